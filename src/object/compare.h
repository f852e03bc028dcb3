// SPDX-License-Identifier: MIT
/* Comparison (ecma262#sec-testing-and-comparison-operations). */
#ifndef OBJECT_COMPARE_H
#define OBJECT_COMPARE_H

#include "object/bigint.h"
#include "object/object.h"
#include "object/string.h"

/* IsStrictlyEqual */
JS_INLINE bool strict_equals(JsHeap *heap, JsValue a, JsValue b)
{
  if (js_same_bits(a, b))
    return !js_is_double(a) || js_as_double(a) == js_as_double(a);
  if (!js_is_cell(a) || !js_is_cell(b))
    return js_is_number(a) && js_is_number(b) && js_number_value(a) == js_number_value(b);
  if (js_as_cell(a)->kind != js_as_cell(b)->kind)
    return false;
  if (js_as_cell(a)->kind == CELL_STRING) {
    /* Atoms are equal when they are the same. */
    return js_as_string(a)->length == js_as_string(b)->length &&
           !(js_as_cell(a)->flags & js_as_cell(b)->flags & STRING_ATOM) &&
           string_equals(heap, js_as_string(a), js_as_string(b));
  }
  return js_as_cell(a)->kind == CELL_BIGINT && bigint_equals(js_as_bigint(a), js_as_bigint(b));
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
