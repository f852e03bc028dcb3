// SPDX-License-Identifier: MIT
/* Comparison (ecma262#sec-testing-and-comparison-operations). */
#ifndef OBJECT_COMPARE_H
#define OBJECT_COMPARE_H

#include "object/object.h"

bool strict_equals_slow(JsHeap *heap, JsValue a, JsValue b);
/* IsStrictlyEqual */
JS_INLINE bool strict_equals(JsHeap *heap, JsValue a, JsValue b)
{
  if (js_same_bits(a, b))
    return !js_is_double(a) || js_as_double(a) == js_as_double(a);
  if ((a.bits & b.bits) >= JS_VALUE_INT_TAG)
    return false;
  /* Atoms are equal when they are the same. */
  if (js_is_string(a) && js_is_string(b) && string_is_atom(js_as_string(a)) && string_is_atom(js_as_string(b)))
    return false;
  return strict_equals_slow(heap, a, b);
}
bool same_value(JsHeap *heap, JsValue a, JsValue b);
bool same_value_zero(JsHeap *heap, JsValue a, JsValue b);
/* IsLooselyEqual */
JS_MUST_USE bool loosely_equals(JsContext *cx, JsValue a, JsValue b, bool *out);

typedef enum { ORDER_FALSE = 0, ORDER_TRUE = 1, ORDER_UNDEFINED = 2 } JsOrder;
/* IsLessThan ( x, y, LeftFirst ) */
JS_MUST_USE bool is_less_than(JsContext *cx, JsValue x, JsValue y, bool left_first, JsOrder *out);

/* A hash for Map and Set keys: equal for values that are SameValueZero. */
uint32_t same_value_zero_hash(JsHeap *heap, JsValue val);

#endif
