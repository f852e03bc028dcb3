// SPDX-License-Identifier: MIT
/*
 * internalBinding('constants'): numbers of the operating system, of fs, zlib and crypto, in objects of one topic each.
 * A name that this system lacks is left out. Brotli's and zstd's numbers are parts of their formats' documented
 * interfaces, so that they need no header.
 */
#include "runtime/binding.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/engine.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>
#include <zlib.h>

#define C(name)        {#name, name},
#define V(name, value) {#name, value},

static const RtNumberRow errno_rows[] = {
#include "runtime/bindings/constants_errno.def"
    {NULL, 0},
};

static const RtNumberRow signal_rows[] = {
#include "runtime/bindings/constants_signal.def"
    {NULL, 0},
};

static const RtNumberRow priority_rows[] = {
#include "runtime/bindings/constants_priority.def"
    {NULL, 0},
};

static const RtNumberRow dlopen_rows[] = {
#include "runtime/bindings/constants_dlopen.def"
    {NULL, 0},
};

static const RtNumberRow fs_rows[] = {
#include "runtime/bindings/constants_fs.def"
    {NULL, 0},
};

static const RtNumberRow zlib_rows[] = {
#include "runtime/bindings/constants_zlib.def"
    {NULL, 0},
};

static const RtNumberRow crypto_rows[] = {
#include "runtime/bindings/constants_crypto.def"
    {NULL, 0},
};

static bool define_rows(JsContext *cx, JsValue obj, const char *name, const RtNumberRow *rows)
{
  JsValue numbers = js_object_new_with_proto(cx, JS_NULL);
  return !js_is_exception(numbers) && rt_define_numbers(cx, numbers, rows) &&
         js_define(cx, obj, name, numbers, JS_PLAIN);
}

static const struct {
  const char *name;
  const RtNumberRow *rows;
} topics[] = {
    {"fs", fs_rows},
    {"zlib", zlib_rows},
    {"crypto", crypto_rows},
};

/* The getter of a topic: replaces itself by the object. data: the constants object; magic: which topic, -1 os. */
static JsValue constants_topic(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue holder = js_function_data(cx, 0);
  int topic = js_function_magic(cx);
  const char *name = topic < 0 ? "os" : topics[topic].name;
  if (topic >= 0) {
    if (!define_rows(cx, holder, name, topics[topic].rows))
      return JS_EXCEPTION;
    return js_get(cx, holder, name);
  }
  JsValue os = js_object_new_with_proto(cx, JS_NULL);
  if (js_is_exception(os) || !js_define(cx, os, "UV_UDP_REUSEADDR", js_int32(UV_UDP_REUSEADDR), JS_PLAIN) ||
      !define_rows(cx, os, "dlopen", dlopen_rows) || !define_rows(cx, os, "errno", errno_rows) ||
      !define_rows(cx, os, "signals", signal_rows) || !define_rows(cx, os, "priority", priority_rows) ||
      !js_define(cx, holder, name, os, JS_PLAIN))
    return JS_EXCEPTION;
  return os;
}

static bool define_topic(JsContext *cx, JsValue obj, const char *name, int topic)
{
  JsValue getter = js_closure_new(cx, constants_topic, name, 0, topic, 1, &obj);
  return !js_is_exception(getter) &&
         js_define_accessor(cx, obj, js_intern(cx, name), getter, JS_UNDEFINED, JS_ENUMERABLE | JS_CONFIGURABLE);
}

JsValue binding_constants(CulmEnv *env, JsContext *cx)
{
  JsValue obj = js_object_new(cx);
  if (js_is_exception(obj) || !define_topic(cx, obj, "os", -1) || !define_topic(cx, obj, "fs", 0) ||
      !define_topic(cx, obj, "zlib", 1) || !define_topic(cx, obj, "crypto", 2))
    return JS_EXCEPTION;
  JsValue none = js_object_new_with_proto(cx, JS_NULL);
  if (js_is_exception(none) || !js_define(cx, obj, "trace", none, JS_PLAIN))
    return JS_EXCEPTION;
  return obj;
}
