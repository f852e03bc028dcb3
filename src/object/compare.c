// SPDX-License-Identifier: MIT
/* Equality, order, and the hash that goes with SameValueZero. */
#include "object/compare.h"

#include "base/hash.h"
#include "object/bigint.h"
#include "object/convert.h"

/* IsStrictlyEqual ( x, y )  ecma262#sec-isstrictlyequal: bits differ, or both are the same double. */
bool same_value(JsHeap *heap, JsValue a, JsValue b)
{
  if (js_is_number(a) && js_is_number(b)) {
    double x = js_number_value(a), y = js_number_value(b);
    if (x != x)
      return y != y;
    return x == y && __builtin_signbit(x) == __builtin_signbit(y);
  }
  return js_same_bits(a, b) || strict_equals(heap, a, b);
}

bool same_value_zero(JsHeap *heap, JsValue a, JsValue b)
{
  if (js_is_number(a) && js_is_number(b)) {
    double x = js_number_value(a), y = js_number_value(b);
    return x == y || (x != x && y != y);
  }
  return js_same_bits(a, b) || strict_equals(heap, a, b);
}

uint32_t same_value_zero_hash(JsHeap *heap, JsValue val)
{
  if (js_is_number(val)) {
    val = js_number(js_number_value(val));
    if (js_is_int32(val))
      return hash_u32((uint32_t)js_as_int32(val));
    if (js_as_double(val) == 0)
      return hash_u32(0);
    return (uint32_t)hash_u64(val.bits);
  }
  if (js_is_string(val))
    return string_hash(heap, js_as_string(val));
  if (js_is_bigint(val))
    return bigint_hash(js_as_bigint(val));
  return (uint32_t)hash_u64(val.bits);
}

/* A BigInt and a string or number. */
static bool bigint_loosely_equals(JsContext *cx, JsBigInt *a, JsValue b, bool *out)
{
  if (js_is_string(b)) {
    JsBigInt *parsed;
    TRY_OR(false, string_to_bigint(cx, js_as_string(b), &parsed));
    *out = parsed && bigint_equals(a, parsed);
    return true;
  }
  *out = bigint_compare_double(a, js_number_value(b)) == 0;
  return true;
}

/* IsLooselyEqual ( x, y )  ecma262#sec-islooselyequal */
bool loosely_equals(JsContext *cx, JsValue a, JsValue b, bool *out)
{
  for (;;) {
    if (strict_equals(cx->heap, a, b)) {
      *out = true;
      return true;
    }
    *out = false;
    if (js_is_nullish(a) || js_is_nullish(b)) {
      bool both = js_is_nullish(a) && js_is_nullish(b);
      bool a_dda = js_is_object(a) && (js_as_cell(a)->flags & OBJECT_IS_HTMLDDA);
      bool b_dda = js_is_object(b) && (js_as_cell(b)->flags & OBJECT_IS_HTMLDDA);
      *out = both || a_dda || b_dda;
      return true;
    }
    if (js_is_boolean(a)) {
      a = js_int32(js_is_true(a));
      continue;
    }
    if (js_is_boolean(b)) {
      b = js_int32(js_is_true(b));
      continue;
    }
    bool a_object = js_is_object(a), b_object = js_is_object(b);
    if (a_object && b_object)
      return true;
    if (a_object) {
      a = TRY_OR(false, to_primitive(cx, a, HINT_DEFAULT));
      continue;
    }
    if (b_object) {
      b = TRY_OR(false, to_primitive(cx, b, HINT_DEFAULT));
      continue;
    }
    if (js_is_symbol(a) || js_is_symbol(b))
      return true;
    if (js_is_bigint(a) || js_is_bigint(b)) {
      if (js_is_bigint(a) && js_is_bigint(b))
        return true;
      return js_is_bigint(a) ? bigint_loosely_equals(cx, js_as_bigint(a), b, out)
                             : bigint_loosely_equals(cx, js_as_bigint(b), a, out);
    }
    if (js_is_string(a) && js_is_string(b))
      return true;
    double x = js_is_string(a) ? string_to_number(cx->heap, js_as_string(a)) : js_number_value(a);
    double y = js_is_string(b) ? string_to_number(cx->heap, js_as_string(b)) : js_number_value(b);
    *out = x == y;
    return true;
  }
}

static JsOrder order_numbers(double x, double y)
{
  return x != x || y != y ? ORDER_UNDEFINED : x < y ? ORDER_TRUE : ORDER_FALSE;
}

static JsOrder order_from(int comparison)
{
  return comparison == 2 ? ORDER_UNDEFINED : comparison < 0 ? ORDER_TRUE : ORDER_FALSE;
}

static bool order_with_bigint(JsContext *cx, JsValue x, JsValue y, JsOrder *out)
{
  if (js_is_string(x) || js_is_string(y)) {
    JsBigInt *parsed;
    TRY_OR(false, string_to_bigint(cx, js_as_string(js_is_string(x) ? x : y), &parsed));
    if (!parsed)
      *out = ORDER_UNDEFINED;
    else
      *out = order_from(js_is_string(x) ? bigint_compare(parsed, js_as_bigint(y))
                                        : bigint_compare(js_as_bigint(x), parsed));
    return true;
  }
  JsValue nx = TRY_OR(false, to_numeric(cx, x))
  , ny = TRY_OR(false, to_numeric(cx, y));
  if (js_is_bigint(nx) && js_is_bigint(ny)) {
    *out = order_from(bigint_compare(js_as_bigint(nx), js_as_bigint(ny)));
  } else if (js_is_bigint(nx)) {
    *out = order_from(bigint_compare_double(js_as_bigint(nx), js_number_value(ny)));
  } else {
    int c = bigint_compare_double(js_as_bigint(ny), js_number_value(nx));
    *out = order_from(c == 2 ? 2 : -c);
  }
  return true;
}

/* IsLessThan ( x, y, LeftFirst )  ecma262#sec-islessthan */
bool is_less_than(JsContext *cx, JsValue x, JsValue y, bool left_first, JsOrder *out)
{
  if (left_first) {
    x = TRY_OR(false, to_primitive(cx, x, HINT_NUMBER));
    y = TRY_OR(false, to_primitive(cx, y, HINT_NUMBER));
  } else {
    y = TRY_OR(false, to_primitive(cx, y, HINT_NUMBER));
    x = TRY_OR(false, to_primitive(cx, x, HINT_NUMBER));
  }
  if (js_is_string(x) && js_is_string(y)) {
    *out = string_compare(cx->heap, js_as_string(x), js_as_string(y)) < 0 ? ORDER_TRUE : ORDER_FALSE;
    return true;
  }
  if (js_is_bigint(x) || js_is_bigint(y))
    return order_with_bigint(cx, x, y, out);
  double dx, dy;
  TRY_OR(false, to_number_double(cx, x, &dx));
  TRY_OR(false, to_number_double(cx, y, &dy));
  *out = order_numbers(dx, dy);
  return true;
}
