// SPDX-License-Identifier: MIT
/* internalBinding('fs_event_wrap'): what the system tells of changes to one file or folder. */
#include "runtime/binding.h"
#include "runtime/env.h"
#include "runtime/permission.h"

#include <stdlib.h>
#include <string.h>

typedef struct FsEventWrap {
  uv_fs_event_t handle; /* first: the handle's address is the wrap's */
  CulmEnv *env;
  JsRef *self;    /* while the handle is open */
  JsRef *context; /* the async context of its making */
} FsEventWrap;

static const JsHostClass fs_event_class = {"FSEvent", NULL};

static FsEventWrap *fs_event_this(JsValue this_val)
{
  return js_host_native(this_val, &fs_event_class);
}

static JsValue fs_event_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  FsEventWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = js_host_new(cx, &fs_event_class, wrap);
  if (js_is_exception(obj)) {
    free(wrap);
    return obj;
  }
  uv_fs_event_init(&env->loop, &wrap->handle);
  wrap->env = env;
  wrap->self = js_ref_new(cx, obj);
  wrap->context = env_context_save(env, obj, "FSEVENTWRAP");
  return obj;
}

static void on_event(uv_fs_event_t *handle, const char *filename, int events, int status)
{
  FsEventWrap *wrap = (FsEventWrap *)handle;
  CulmEnv *env = wrap->env;
  JsContext *cx = env->cx;
  JsValue args[3] = {js_int32(status), js_boolean((events & UV_RENAME) != 0), JS_NULL};
  if (filename)
    args[2] = rt_bytes_new(cx, filename, strlen(filename)); /* a name is bytes; JavaScript decodes it as asked */
  if (js_is_exception(args[2])) {
    env_uncaught(env, js_take_exception(cx), false);
    return;
  }
  env_call_method_within(env, wrap->context, env_ref(wrap->self), "onchange", 3, args);
}

/* start(path) -> 0 or errno; calls onchange(status, isRename, name as bytes or null) */
static JsValue fs_event_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsEventWrap *wrap = fs_event_this(this_val);
  if (!wrap)
    return js_int32(UV_EBADF);
  JsValue path = js_argument(argc, argv, 0);
  JsView view;
  char *text = NULL;
  if (js_view(path, &view)) {
    text = malloc(view.byte_length + 1);
    if (!text)
      return js_int32(UV_ENOMEM);
    if (view.byte_length)
      memcpy(text, view.data, view.byte_length);
    text[view.byte_length] = 0;
  } else {
    text = js_to_utf8(cx, path, NULL);
    if (!text)
      return JS_EXCEPTION;
  }
  if (!permission_check(cx, PERMISSION_FS_READ, text)) {
    free(text);
    return JS_EXCEPTION;
  }
  int error = uv_fs_event_start(&wrap->handle, on_event, text, 0);
  free(text);
  return js_int32(error);
}

static JsValue fs_event_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsEventWrap *wrap = fs_event_this(this_val);
  if (wrap && js_function_magic(cx))
    uv_unref((uv_handle_t *)&wrap->handle);
  else if (wrap)
    uv_ref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

static void on_closed(uv_handle_t *handle)
{
  FsEventWrap *wrap = (FsEventWrap *)handle;
  js_ref_free(wrap->self);
  js_ref_free(wrap->context);
  free(wrap);
}

static JsValue fs_event_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsEventWrap *wrap = fs_event_this(this_val);
  if (!wrap)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &fs_event_class, NULL);
  env_resource_gone(wrap->env, this_val);
  uv_close((uv_handle_t *)&wrap->handle, on_closed);
  return JS_UNDEFINED;
}

JsValue binding_fs_event_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow none[] = {{0}};
  static const JsFunctionRow methods[] = {
      {"start", fs_event_start, 1},
      {"ref", fs_event_ref, 0, 0},
      {"unref", fs_event_ref, 0, 1},
      {"close", fs_event_close, 0},
      {0},
  };
  JsValue binding = binding_new(cx, none);
  JsValue ctor = js_host_class_new(cx, &fs_event_class, fs_event_new, 0, methods);
  if (js_is_exception(binding) || js_is_exception(ctor) || !js_set(cx, binding, "FSEvent", ctor))
    return JS_EXCEPTION;
  return binding;
}
