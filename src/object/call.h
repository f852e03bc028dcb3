// SPDX-License-Identifier: MIT
/*
 * Calling: the one sanctioned upward hook of the object layer; implemented in interp/call.c.
 * argv need not be on the VM stack; the callee gets its own copy.
 */
#ifndef OBJECT_CALL_H
#define OBJECT_CALL_H

#include "object/function.h"

/* Call ( F, V, argumentsList ): TypeError when not callable. */
JS_MUST_USE JsValue js_call(JsContext *cx, JsValue fn, JsValue this_val, int argc, const JsValue *argv);
/* Construct ( F, argumentsList, newTarget ): ctor and new_target must be constructors. Returns an object. */
JS_MUST_USE JsValue js_construct(JsContext *cx, JsObject *ctor, int argc, const JsValue *argv, JsObject *new_target);

JS_MUST_USE static inline JsValue js_call0(JsContext *cx, JsValue fn, JsValue this_val)
{
  return js_call(cx, fn, this_val, 0, NULL);
}
JS_MUST_USE static inline JsValue js_call1(JsContext *cx, JsValue fn, JsValue this_val, JsValue a)
{
  return js_call(cx, fn, this_val, 1, &a);
}
JS_MUST_USE static inline JsValue js_call2(JsContext *cx, JsValue fn, JsValue this_val, JsValue a, JsValue b)
{
  JsValue argv[2] = {a, b};
  return js_call(cx, fn, this_val, 2, argv);
}
JS_MUST_USE static inline JsValue js_call3(JsContext *cx, JsValue fn, JsValue this_val, JsValue a, JsValue b, JsValue c)
{
  JsValue argv[3] = {a, b, c};
  return js_call(cx, fn, this_val, 3, argv);
}

#endif
