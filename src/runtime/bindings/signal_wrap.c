// SPDX-License-Identifier: MIT
/*
 * internalBinding('signal_wrap'): one watched signal.
 */
#include "runtime/env.h"

#include <stdlib.h>

typedef struct SignalWrap {
  uv_signal_t handle; /* first: the handle's address is the wrap's */
  CulmEnv *env;
  JsRef *context;
  JsRef *self; /* while the handle is open, so that a watched signal keeps its object */
} SignalWrap;

static const JsHostClass signal_class = {"Signal", NULL};

static void on_closed(uv_handle_t *handle)
{
  free(handle);
}

static SignalWrap *signal_this(JsValue this_val)
{
  return js_host_native(this_val, &signal_class);
}

static JsValue signal_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  SignalWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = js_host_new(cx, &signal_class, wrap);
  if (js_is_exception(obj)) {
    free(wrap);
    return obj;
  }
  uv_signal_init(&env->loop, &wrap->handle);
  wrap->handle.data = wrap;
  wrap->env = env;
  wrap->self = js_ref_new(cx, obj);
  wrap->context = env_context_save(env, obj, "SIGNALWRAP");
  return obj;
}

static void on_signal(uv_signal_t *handle, int number)
{
  SignalWrap *wrap = (SignalWrap *)handle;
  JsValue arg = js_int32(number);
  env_call_method_within(wrap->env, wrap->context, env_ref(wrap->self), "onsignal", 1, &arg);
}

static JsValue signal_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SignalWrap *wrap = signal_this(this_val);
  return js_int32(wrap ? uv_signal_start(&wrap->handle, on_signal, arg_int32(argc, argv, 0, 0)) : UV_EINVAL);
}

static JsValue signal_stop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SignalWrap *wrap = signal_this(this_val);
  return js_int32(wrap ? uv_signal_stop(&wrap->handle) : UV_EINVAL);
}

static JsValue signal_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SignalWrap *wrap = signal_this(this_val);
  if (!wrap)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &signal_class, NULL);
  js_ref_free(wrap->self);
  js_ref_free(wrap->context);
  wrap->self = wrap->context = NULL;
  env_resource_gone(wrap->env, this_val);
  uv_close((uv_handle_t *)&wrap->handle, on_closed);
  return JS_UNDEFINED;
}

static JsValue signal_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SignalWrap *wrap = signal_this(this_val);
  if (wrap)
    uv_ref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

static JsValue signal_unref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SignalWrap *wrap = signal_this(this_val);
  if (wrap)
    uv_unref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

JsValue binding_signal_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow none[] = {{0}};
  static const JsFunctionRow methods[] = {
      {"start", signal_start, 1}, {"stop", signal_stop, 0},   {"close", signal_close, 0},
      {"ref", signal_ref, 0},     {"unref", signal_unref, 0}, {0},
  };
  JsValue binding = binding_new(cx, none);
  JsValue ctor = js_host_class_new(cx, &signal_class, signal_new, 0, methods);
  if (js_is_exception(binding) || js_is_exception(ctor) || !js_set(cx, binding, "Signal", ctor))
    return JS_EXCEPTION;
  return binding;
}
