// SPDX-License-Identifier: MIT
/* Operators on anything but numbers, and the type feedback of these cases. */
#include "interp/interp.h"

#include "object/bigint.h"

static uint8_t type_feedback(JsValue v)
{
  return js_is_number(v) ? FB_DOUBLE : js_is_string(v) ? FB_STRING : js_is_bigint(v) ? FB_BIGINT : FB_OTHER;
}

JsValue interp_slow_concat_part(JsContext *cx, JsValue val, bool is_operand)
{
  if (is_operand)
    val = TRY(to_primitive(cx, val, HINT_DEFAULT));
  return js_from_cell(TRY(to_string(cx, val)));
}

JsValue interp_slow_binary(JsContext *cx, JsBinaryOp op, JsValue a, JsValue b, uint8_t *feedback)
{
  *feedback |= type_feedback(a) | type_feedback(b);
  if (op == BINARY_ADD && js_is_string(a)) {
    if (js_is_string(b)) {
      JsString *str = TRY(string_concat(cx, js_as_string(a), js_as_string(b)));
      return js_from_cell(str);
    }
    if (js_is_number(b)) {
      JsString *str = TRY(string_concat_parts(cx, (const JsValue[]){a, b}, 2));
      return js_from_cell(str);
    }
  }
  if (op >= BINARY_BIT_AND && js_is_number(a) && js_is_number(b)) {
    int32_t x = double_to_int32(js_number_value(a)), y = double_to_int32(js_number_value(b));
    switch (op) {
    case BINARY_BIT_AND: return js_int32(x & y);
    case BINARY_BIT_OR: return js_int32(x | y);
    case BINARY_BIT_XOR: return js_int32(x ^ y);
    case BINARY_SHL: return js_int32((int32_t)((uint32_t)x << (y & 31)));
    case BINARY_SAR: return js_int32(x >> (y & 31));
    default: return js_number_u32((uint32_t)x >> (y & 31));
    }
  }
  return apply_binary(cx, op, a, b);
}

JsValue interp_slow_unary(JsContext *cx, unsigned opcode, JsValue val, uint8_t *feedback)
{
  *feedback |= type_feedback(val);
  switch (opcode) {
  case OP_NEG: return apply_negate(cx, val);
  case OP_BIT_NOT: return apply_bit_not(cx, val);
  case OP_INC: return apply_increment(cx, val, 1, NULL);
  default: return apply_increment(cx, val, -1, NULL);
  }
}

bool interp_slow_compare(JsContext *cx, JsCompare op, JsValue a, JsValue b, uint8_t *feedback, bool *out)
{
  *feedback |= type_feedback(a) | type_feedback(b);
  if (js_is_string(a) && js_is_string(b)) {
    int order = string_compare(cx->heap, js_as_string(a), js_as_string(b));
    *out = op == COMPARE_LT ? order < 0 : op == COMPARE_LE ? order <= 0 : op == COMPARE_GT ? order > 0 : order >= 0;
    return true;
  }
  if (js_is_bigint(a) && js_is_bigint(b)) {
    int order = bigint_compare(js_as_bigint(a), js_as_bigint(b));
    *out = op == COMPARE_LT ? order < 0 : op == COMPARE_LE ? order <= 0 : op == COMPARE_GT ? order > 0 : order >= 0;
    return true;
  }
  /* a > b is b < a with the operands evaluated right first; a <= b is not b < a, which undefined makes false. */
  JsOrder order;
  bool swap = op == COMPARE_GT || op == COMPARE_LE;
  if (!(swap ? is_less_than(cx, b, a, false, &order) : is_less_than(cx, a, b, true, &order)))
    return false;
  bool negate = op == COMPARE_LE || op == COMPARE_GE;
  *out = negate ? order == ORDER_FALSE : order == ORDER_TRUE;
  return true;
}

bool interp_slow_equals(JsContext *cx, JsValue a, JsValue b, uint8_t *feedback, bool *out)
{
  *feedback |= type_feedback(a) | type_feedback(b);
  return loosely_equals(cx, a, b, out);
}
