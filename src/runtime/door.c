// SPDX-License-Identifier: MIT
/*
 * The door between the loop and JavaScript: calls, what runs after them, and exceptions that nobody caught.
 */
#include "runtime/env.h"

#include "runtime/fs/fs_op.h"

#include <stdlib.h>
#include <string.h>

void env_run_jobs(CulmEnv *env)
{
  while (!js_run_jobs(env->cx) && !env_is_stopping(env)) {
    env_uncaught(env, js_take_exception(env->cx), false); /* in the frame of what threw */
    js_set_async_context(env->cx, JS_UNDEFINED);
  }
}

void env_drain(CulmEnv *env)
{
  if (env->call_depth > 0 || env_is_stopping(env))
    return;
  env->call_depth++;
  const uint32_t *info = env->tick_info;
  if (!info || (info[0] == 0 && info[1] == 0))
    env_run_jobs(env);
  if (info && (info[0] != 0 || info[1] != 0)) {
    JsValue result = js_call(env->cx, env_ref(env->tick_callback), env_ref(env->process), 0, NULL);
    if (js_is_exception(result))
      env_uncaught(env, js_take_exception(env->cx), false);
  }
  env->call_depth--;
}

/* Through the library's async hooks, which tell what is entered and left. */
static JsValue call_hooked(CulmEnv *env, JsValue fn, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue args[10] = {fn, this_val};
  if (argc > 8)
    argc = 8;
  for (int k = 0; k < argc; k++)
    args[k + 2] = argv[k];
  return js_call(env->cx, env_ref(env->hook_call), JS_UNDEFINED, argc + 2, args);
}

bool env_call(CulmEnv *env, JsValue fn, JsValue this_val, int argc, const JsValue *argv, JsValue *result)
{
  if (!js_value_is_function(fn))
    return true;
  if (env_is_stopping(env))
    return false;
  env->call_depth++;
  JsValue frame = js_async_context(env->cx);
  JsValue value = env->hooks_on && js_value_is_object(this_val) ? call_hooked(env, fn, this_val, argc, argv)
                                                                : js_call(env->cx, fn, this_val, argc, argv);
  bool ok = !js_is_exception(value);
  if (!ok)
    env_uncaught(env, js_take_exception(env->cx), false); /* still in the frame of what threw */
  else if (result)
    *result = value;
  js_set_async_context(env->cx, frame); /* what the callback enters ends with it */
  env->call_depth--;
  env_drain(env);
  return ok;
}

bool env_call_method(CulmEnv *env, JsValue obj, const char *method, int argc, const JsValue *argv)
{
  JsValue fn = js_get(env->cx, obj, method);
  if (js_is_exception(fn)) {
    env_uncaught(env, js_take_exception(env->cx), false);
    return false;
  }
  return env_call(env, fn, obj, argc, argv, NULL);
}

void env_resource_gone(CulmEnv *env, JsValue resource)
{
  if (env->hooks_on && js_is_exception(js_call(env->cx, env_ref(env->hook_destroy), JS_UNDEFINED, 1, &resource)))
    env_uncaught(env, js_take_exception(env->cx), false);
}

JsRef *env_context_save(CulmEnv *env, JsValue resource, const char *type)
{
  return env_context_save_for(env, resource, type, JS_UNDEFINED);
}

JsRef *env_context_save_for(CulmEnv *env, JsValue resource, const char *type, JsValue owner)
{
  if (env->hooks_on && js_value_is_object(resource)) {
    JsValue argv[] = {resource, js_intern(env->cx, type), owner};
    if (js_is_exception(js_call(env->cx, env_ref(env->hook_init), JS_UNDEFINED, 3, argv)))
      env_uncaught(env, js_take_exception(env->cx), false);
  }
  JsValue frame = js_async_context(env->cx);
  return js_is_undefined(frame) ? NULL : js_ref_new(env->cx, frame);
}

bool env_call_method_in(CulmEnv *env, JsRef *context, JsValue obj, const char *method, int argc, const JsValue *argv)
{
  JsValue before = js_async_context(env->cx);
  js_set_async_context(env->cx, env_ref(context));
  js_ref_free(context);
  bool ok = env_call_method(env, obj, method, argc, argv);
  env_resource_gone(env, obj);
  js_set_async_context(env->cx, before);
  return ok;
}

bool env_call_method_within(CulmEnv *env, const JsRef *context, JsValue obj, const char *method, int argc,
                            const JsValue *argv)
{
  JsValue before = js_async_context(env->cx);
  js_set_async_context(env->cx, env_ref(context));
  bool ok = env_call_method(env, obj, method, argc, argv);
  js_set_async_context(env->cx, before);
  return ok;
}

/* The report on stderr: JavaScript words it; should that fail, the value as text. */
static void print_uncaught(CulmEnv *env, JsValue error, bool from_promise)
{
  JsContext *cx = env->cx;
  JsValue text = JS_UNDEFINED;
  JsValue describe = env_ref(env->describe_callback);
  if (js_value_is_function(describe)) {
    JsValue argv[] = {error, js_boolean(from_promise)};
    text = js_call(cx, describe, JS_UNDEFINED, 2, argv);
    if (js_is_exception(text)) {
      js_take_exception(cx);
      text = JS_UNDEFINED;
    }
  }
  if (!js_value_is_string(text) && js_value_is_object(error)) {
    text = js_get(cx, error, "stack");
    if (js_is_exception(text)) {
      js_take_exception(cx);
      text = JS_UNDEFINED;
    }
  }
  size_t length;
  char *bytes = js_to_utf8(cx, js_value_is_string(text) ? text : error, &length);
  if (!bytes) {
    js_take_exception(cx);
    return;
  }
  fs_write_everything(2, (const uint8_t *)bytes, length);
  if (length == 0 || bytes[length - 1] != '\n')
    fs_write_everything(2, (const uint8_t *)"\n", 1);
  free(bytes);
}

void env_uncaught(CulmEnv *env, JsValue error, bool from_promise)
{
  JsContext *cx = env->cx;
  JsValue callback = env_ref(env->uncaught_callback);
  int code = 1;
  if (env_is_stopping(env))
    return;
  env->call_depth++;
  if (js_value_is_function(callback)) {
    JsValue argv[] = {error, js_boolean(from_promise)};
    JsValue handled = js_call(cx, callback, JS_UNDEFINED, 2, argv);
    if (js_is_exception(handled)) {
      /* The handler itself failed: that is what is reported. */
      error = js_take_exception(cx);
      code = 7;
    } else if (js_to_boolean(handled)) {
      env->call_depth--;
      return;
    } else if (env->exit_code >= 0) {
      code = env->exit_code;
    }
  }
  if (env->worker && !env_is_stopping(env)) {
    /* The thread that started this one is told. */
    JsValue told = js_call(cx, env_ref(env->describe_callback), JS_UNDEFINED, 1, &error);
    if (js_is_exception(told))
      (void)js_take_exception(cx);
    env->call_depth--;
    env_run_at_exit(env);
    (void)env_stop(env, code);
    (void)js_take_exception(cx);
    return;
  }
  print_uncaught(env, error, from_promise);
  if (env->options->values[OPT_ABORT_ON_UNCAUGHT_EXCEPTION].set)
    abort();
  env_run_at_exit(env);
  env_exit(env, code);
}
