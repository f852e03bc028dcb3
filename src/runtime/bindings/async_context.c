// SPDX-License-Identifier: MIT
/* internalBinding('async_context'): the frame that promise jobs, ticks, timers and handles carry along. */
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

JsValue binding_async_context(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow functions[] = {
      {"getFrame", async_context_get_frame, 0},
      {"setFrame", async_context_set_frame, 1},
      {NULL, NULL, 0},
  };
  return rt_functions_object(cx, functions);
}
