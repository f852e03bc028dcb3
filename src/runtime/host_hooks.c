// SPDX-License-Identifier: MIT
/*
 * The engine's questions to its host, passed on to the library; internalBinding; small helpers of all bindings.
 */
#include "runtime/host_hooks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REJECT_WITH_NO_HANDLER = 0, HANDLER_ADDED_AFTER_REJECT = 1 };

void host_promise_rejection(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque)
{
  CulmEnv *env = opaque;
  JsValue callback = env_ref(env->reject_callback);
  if (!js_value_is_function(callback))
    return;
  JsValue argv[] = {js_int32(handled ? HANDLER_ADDED_AFTER_REJECT : REJECT_WITH_NO_HANDLER), promise, reason};
  /* The library's function only notes it down; running out of stack there must not replace the rejection. */
  if (js_is_exception(js_call(cx, callback, JS_UNDEFINED, 3, argv)))
    js_take_exception(cx);
}

JsValue host_import_dynamically(JsContext *cx, JsValue referrer, JsValue specifier, JsValue attributes,
                                JsImportPhase phase, void *opaque)
{
  CulmEnv *env = opaque;
  JsValue callback = env_ref(env->import_callback);
  if (!js_value_is_function(callback))
    return js_throw_type_error(cx, "A dynamic import callback was not specified.");
  JsValue argv[] = {specifier, attributes, referrer, js_int32((int32_t)phase)};
  return js_call(cx, callback, JS_UNDEFINED, 4, argv);
}

bool host_import_meta(JsContext *cx, JsValue host_defined, JsValue meta, void *opaque)
{
  CulmEnv *env = opaque;
  JsValue callback = env_ref(env->meta_callback);
  if (!js_value_is_function(callback))
    return true;
  JsValue argv[] = {meta, host_defined};
  return !js_is_exception(js_call(cx, callback, JS_UNDEFINED, 2, argv));
}

JsValue host_wasm_source(JsContext *cx, JsValue source, void *opaque)
{
  CulmEnv *env = opaque;
  JsValue id = js_string(cx, "internal/wasm_web_api");
  JsValue exports = js_call(cx, env_ref(env->require), JS_UNDEFINED, 1, &id);
  return js_is_exception(exports) ? exports : js_invoke(cx, exports, "bytesOfSource", 1, &source);
}

typedef struct BindingRow {
  const char *name;
  JsValue (*make)(CulmEnv *env, JsContext *cx);
} BindingRow;

static const BindingRow binding_rows[] = {
#define BINDING(name, make) {#name, make},
#include "runtime/bindings.def"
#undef BINDING
};

JsValue env_binding(CulmEnv *env, JsValue name)
{
  JsContext *cx = env->cx;
  if (!env->bindings)
    env_keep(env, &env->bindings, js_object_new_with_proto(cx, JS_NULL));
  JsValue known = js_get_key(cx, env_ref(env->bindings), name);
  if (js_is_exception(known) || !js_is_undefined(known))
    return known;
  char text[64];
  size_t length = js_value_is_string(name) ? js_string_write_utf8(cx, name, text, sizeof text - 1) : 0;
  text[length] = '\0';
  for (size_t i = 0; i < JS_COUNTOF(binding_rows); i++) {
    if (strcmp(binding_rows[i].name, text) != 0)
      continue;
    JsValue made = binding_rows[i].make(env, cx);
    if (js_is_exception(made) || !js_set_key(cx, env_ref(env->bindings), name, made))
      return JS_EXCEPTION;
    return made;
  }
  return js_throw_plain_error(cx, "No such binding: %s", text);
}

JsValue host_internal_binding(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return env_binding(env_of(cx), js_argument(argc, argv, 0));
}

void env_keep(CulmEnv *env, JsRef **ref, JsValue val)
{
  if (*ref)
    js_ref_set(*ref, val);
  else
    *ref = js_ref_new(env->cx, val);
}

JsValue env_ref(const JsRef *ref)
{
  return ref ? js_ref_get(ref) : JS_UNDEFINED;
}

JsValue binding_new(JsContext *cx, const JsFunctionRow *rows)
{
  JsValue obj = js_object_new(cx);
  if (js_is_exception(obj) || !js_define_functions(cx, obj, rows))
    return JS_EXCEPTION;
  return obj;
}

static size_t element_size(JsElementType type)
{
  switch (type) {
  case JS_INT8:
  case JS_UINT8:
  case JS_UINT8_CLAMPED:
  case JS_DATA_VIEW: return 1;
  case JS_INT16:
  case JS_UINT16:
  case JS_FLOAT16: return 2;
  case JS_INT32:
  case JS_UINT32:
  case JS_FLOAT32: return 4;
  case JS_FLOAT64:
  case JS_BIGINT64:
  case JS_BIGUINT64: return 8;
  }
  return 1;
}

JsValue rt_typed_array_new(JsContext *cx, JsElementType type, size_t length, void **data)
{
  JsValue buffer = js_array_buffer_new(cx, length * element_size(type), data);
  if (js_is_exception(buffer))
    return buffer;
  return js_typed_array_new(cx, type, buffer, 0, length);
}

JsValue rt_bytes_new(JsContext *cx, const void *bytes, size_t length)
{
  void *data;
  JsValue array = rt_typed_array_new(cx, JS_UINT8, length, &data);
  if (!js_is_exception(array) && length)
    memcpy(data, bytes, length);
  return array;
}

int32_t arg_int32(int argc, const JsValue *argv, int k, int32_t fallback)
{
  JsValue val = js_argument(argc, argv, k);
  if (js_is_int32(val))
    return js_as_int32(val);
  double d = arg_double(argc, argv, k, fallback);
  if (isnan(d) || isinf(d))
    return fallback;
  return (int32_t)(uint32_t)(int64_t)fmod(trunc(d), 4294967296.0);
}

double arg_double(int argc, const JsValue *argv, int k, double fallback)
{
  JsValue val = js_argument(argc, argv, k);
  if (js_is_int32(val))
    return js_as_int32(val);
  return js_is_double(val) ? js_as_double(val) : fallback;
}

/* --- errors of libuv --------------------------------------------------------------------------------------------- */

static bool set_text(JsContext *cx, JsValue obj, const char *name, const char *text)
{
  return !text || js_set(cx, obj, name, js_string(cx, text));
}

JsValue uv_error_new(JsContext *cx, int error, const char *syscall, const char *path, const char *dest)
{
  char code[64], message[128];
  uv_err_name_r(error, code, sizeof code);
  uv_strerror_r(error, message, sizeof message);
  JsValue text = JS_UNDEFINED;
  size_t room =
      sizeof code + sizeof message + strlen(syscall) + (path ? strlen(path) : 0) + (dest ? strlen(dest) : 0) + 32;
  char *line = malloc(room);
  if (line) {
    int length = snprintf(line, room, "%s: %s, %s", code, message, syscall);
    if (path)
      length += snprintf(line + length, room - (size_t)length, " '%s'", path);
    if (dest)
      snprintf(line + length, room - (size_t)length, " -> '%s'", dest);
    text = js_string(cx, line);
    free(line);
  }
  JsValue err = js_error_new(cx, "Error", text);
  if (js_is_exception(err) || !js_set(cx, err, "errno", js_int32(error)) || !set_text(cx, err, "code", code) ||
      !set_text(cx, err, "syscall", syscall) || !set_text(cx, err, "path", path) || !set_text(cx, err, "dest", dest))
    return JS_EXCEPTION;
  return err;
}

JsValue uv_error_throw(JsContext *cx, int error, const char *syscall, const char *path, const char *dest)
{
  JsValue err = uv_error_new(cx, error, syscall, path, dest);
  return js_is_exception(err) ? err : js_throw(cx, err);
}
