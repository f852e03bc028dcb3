// SPDX-License-Identifier: MIT
/* The operators' slow paths: any operands, BigInt included. */
#include "object/arithmetic.h"

#include <math.h>

#include "object/bigint.h"
#include "object/operations.h"

/* Number::remainder ( n, d )  ecma262#sec-numeric-types-number-remainder: C's fmod, the dividend's sign kept. */
double number_remainder(double a, double b)
{
  if (b - b != 0 && b == b && a - a == 0)
    return a; /* finite % infinity, without fmod's slow path */
  /* FAST: the C library goes bit by bit; integers have an instruction. */
  if (js_likely(fabs(a) < 0x1p53 && fabs(b) < 0x1p53)) {
    int64_t x = (int64_t)a, y = (int64_t)b;
    if (js_likely((double)x == a && (double)y == b && y != 0)) {
      int64_t rest = x % y;
      return js_likely(rest) ? (double)rest : copysign(0, a);
    }
  }
  return fmod(a, b);
}

/* Number::exponentiate ( base, exponent )  ecma262#sec-numeric-types-number-exponentiate: unlike C, 1 ** NaN and
 * (+-1) ** (+-Infinity) are NaN. */
double number_exponentiate(double base, double exponent)
{
  if (exponent != exponent)
    return exponent;
  if ((base == 1 || base == -1) && exponent - exponent != 0)
    return __builtin_nan("");
  return pow(base, exponent);
}

static JsValue number_binary(JsBinaryOp op, double x, double y)
{
  switch (op) {
  case BINARY_ADD: return js_number(x + y);
  case BINARY_SUB: return js_number(x - y);
  case BINARY_MUL: return js_number(x * y);
  case BINARY_DIV: return js_number(x / y);
  case BINARY_MOD: return js_number(number_remainder(x, y));
  case BINARY_EXP: return js_number(number_exponentiate(x, y));
  case BINARY_BIT_AND: return js_int32(double_to_int32(x) & double_to_int32(y));
  case BINARY_BIT_OR: return js_int32(double_to_int32(x) | double_to_int32(y));
  case BINARY_BIT_XOR: return js_int32(double_to_int32(x) ^ double_to_int32(y));
  case BINARY_SHL: return js_int32((int32_t)(double_to_uint32(x) << (double_to_uint32(y) & 31)));
  case BINARY_SAR: return js_int32(double_to_int32(x) >> (double_to_uint32(y) & 31));
  case BINARY_SHR: return js_number_u32(double_to_uint32(x) >> (double_to_uint32(y) & 31));
  }
  JS_UNREACHABLE();
}

/* ApplyStringOrNumericBinaryOperator  ecma262#sec-applystringornumericbinaryoperator */
JsValue apply_binary(JsContext *cx, JsBinaryOp op, JsValue left, JsValue right)
{
  if (js_is_bigint(left) && js_is_bigint(right))
    return bigint_binary(cx, op, js_as_bigint(left), js_as_bigint(right));
  if (op == BINARY_ADD) {
    left = TRY(to_primitive(cx, left, HINT_DEFAULT));
    right = TRY(to_primitive(cx, right, HINT_DEFAULT));
    if (js_is_string(left) || js_is_string(right)) {
      JsString *a = TRY(to_string(cx, left));
      JsString *b = TRY(to_string(cx, right));
      JsString *s = TRY(string_concat(cx, a, b));
      return js_from_cell(s);
    }
  }
  left = TRY(to_numeric(cx, left));
  right = TRY(to_numeric(cx, right));
  if (js_is_bigint(left) != js_is_bigint(right))
    return throw_error(cx, JS_MSG_BIGINT_MIX);
  if (js_is_bigint(left))
    return bigint_binary(cx, op, js_as_bigint(left), js_as_bigint(right));
  return number_binary(op, js_number_value(left), js_number_value(right));
}

JsValue apply_negate(JsContext *cx, JsValue val)
{
  val = TRY(to_numeric(cx, val));
  return js_is_bigint(val) ? bigint_negate(cx, js_as_bigint(val)) : js_number(-js_number_value(val));
}

JsValue apply_bit_not(JsContext *cx, JsValue val)
{
  val = TRY(to_numeric(cx, val));
  return js_is_bigint(val) ? bigint_not(cx, js_as_bigint(val)) : js_int32(~double_to_int32(js_number_value(val)));
}

JsValue apply_increment(JsContext *cx, JsValue val, int delta, JsValue *old)
{
  val = TRY(to_numeric(cx, val));
  if (old)
    *old = val;
  return js_is_bigint(val) ? bigint_add_int(cx, js_as_bigint(val), delta) : js_number(js_number_value(val) + delta);
}
