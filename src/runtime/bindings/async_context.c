// SPDX-License-Identifier: MIT
/* internalBinding('async_context'): the frame that promise jobs, ticks, timers and handles carry along. */
#include "runtime/env.h"

#include "runtime/binding.h"

static JsValue async_context_get_frame(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_async_context(cx);
}

static JsValue async_context_set_frame(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_set_async_context(cx, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* setHooks(init, call, destroy): init(resource, type, owner), call(fn, self, ...args), destroy(resource); without them,
 * off.
 */
static JsValue async_context_set_hooks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_keep(env, &env->hook_init, js_argument(argc, argv, 0));
  env_keep(env, &env->hook_call, js_argument(argc, argv, 1));
  env_keep(env, &env->hook_destroy, js_argument(argc, argv, 2));
  env->hooks_on = js_value_is_function(js_argument(argc, argv, 0));
  js_tick_close(js_context_vm(cx), env->hooks_on || env->exiting);
  return JS_UNDEFINED;
}

static JsValue async_context_set_promise_hook(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_set_promise_hook(cx, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* The main script runs: not a callback from the loop. */
static JsValue async_context_is_in_main(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(env_of(cx)->in_main);
}

JsValue binding_async_context(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow functions[] = {
      {"getFrame", async_context_get_frame, 0},  {"setFrame", async_context_set_frame, 1},
      {"setHooks", async_context_set_hooks, 3},  {"setPromiseHook", async_context_set_promise_hook, 1},
      {"isInMain", async_context_is_in_main, 0}, {NULL, NULL, 0},
  };
  return rt_functions_object(cx, functions);
}
