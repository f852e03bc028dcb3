// SPDX-License-Identifier: MIT
/* Type conversion: see convert.h. Numbers to text and back are base/dtoa.h's. */
#include "object/convert.h"

#include "base/dtoa.h"
#include "object/bigint.h"
#include "object/operations.h"
#include "object/proxy.h"
#include "object/vm.h"
#include "unicode/unicode.h"

bool to_boolean(JsValue val)
{
  if (js_is_boolean(val))
    return js_is_true(val);
  if (js_is_int32(val))
    return js_as_int32(val) != 0;
  if (js_is_double(val)) {
    double d = js_as_double(val);
    return d == d && d != 0;
  }
  if (!js_is_cell(val))
    return false;
  switch (js_as_cell(val)->kind) {
  case CELL_STRING: return js_as_string(val)->length != 0;
  case CELL_BIGINT: return !bigint_is_zero(js_as_bigint(val));
  default: return !(js_is_object(val) && (js_as_cell(val)->flags & OBJECT_IS_HTMLDDA));
  }
}

/* OrdinaryToPrimitive ( O, hint )  ecma262#sec-ordinarytoprimitive */
static JsValue ordinary_to_primitive(JsContext *cx, JsValue val, bool string_first)
{
  JsObject *obj = js_as_object(val);
  for (int k = 0; k < 2; k++) {
    JsKey key = (k == 0) == string_first ? KEY(cx->heap, toString) : KEY(cx->heap, valueOf);
    JsValue method = TRY(get_property(cx, obj, key));
    if (!js_is_callable(method))
      continue;
    JsValue result = TRY(js_call0(cx, method, val));
    if (!js_is_object(result))
      return result;
  }
  return throw_error(cx, JS_MSG_CANNOT_CONVERT_TO_PRIMITIVE);
}

/* ToPrimitive ( input [ , preferredType ] )  ecma262#sec-toprimitive */
JsValue to_primitive(JsContext *cx, JsValue val, JsHint hint)
{
  if (!js_is_object(val))
    return val;
  JsValue exotic = TRY(get_method(cx, val, KEY_SYM(cx->heap, toPrimitive)));
  if (js_is_undefined(exotic))
    return ordinary_to_primitive(cx, val, hint == HINT_STRING);
  JsString *name = hint == HINT_DEFAULT  ? ATOM(cx->heap, default_)
                   : hint == HINT_NUMBER ? ATOM(cx->heap, number)
                                         : ATOM(cx->heap, string);
  JsValue result = TRY(js_call1(cx, exotic, val, js_from_cell(name)));
  if (js_is_object(result))
    return throw_error(cx, JS_MSG_CANNOT_CONVERT_TO_PRIMITIVE);
  return result;
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

/* StringToNumber ( str )  ecma262#sec-stringtonumber */
double string_to_number(JsHeap *heap, JsString *s)
{
  StringView view = string_view(heap, s);
  uint32_t from = 0, to = view.length;
  while (from < to && unicode_is_space_or_line(view_unit(view, from)))
    from++;
  while (to > from && unicode_is_space_or_line(view_unit(view, to - 1)))
    to--;
  if (view.is_wide)
    return dtoa_string_to_number_utf16((const uint16_t *)view.units + from, to - from);
  return dtoa_string_to_number_latin1((const uint8_t *)view.units + from, to - from);
}

/* ToNumber of a value that is not an object. */
static JsValue primitive_to_number(JsContext *cx, JsValue val)
{
  if (js_is_number(val))
    return val;
  if (js_is_undefined(val))
    return js_double(__builtin_nan(""));
  if (js_is_null(val))
    return js_int32(0);
  if (js_is_boolean(val))
    return js_int32(js_is_true(val));
  if (js_is_string(val))
    return js_number(string_to_number(cx->heap, js_as_string(val)));
  return throw_error(cx, js_is_symbol(val) ? JS_MSG_SYMBOL_TO_NUMBER : JS_MSG_BIGINT_TO_NUMBER);
}

JsValue to_number(JsContext *cx, JsValue val)
{
  if (js_is_object(val))
    val = TRY(to_primitive(cx, val, HINT_NUMBER));
  return primitive_to_number(cx, val);
}

bool to_number_double(JsContext *cx, JsValue val, double *out)
{
  JsValue number = TRY_OR(false, to_number(cx, val));
  *out = js_number_value(number);
  return true;
}

JsValue to_numeric(JsContext *cx, JsValue val)
{
  if (js_is_object(val))
    val = TRY(to_primitive(cx, val, HINT_NUMBER));
  return js_is_bigint(val) ? val : primitive_to_number(cx, val);
}

double double_to_integer(double d)
{
  return d != d ? 0 : __builtin_trunc(d) + 0.0;
}

bool to_integer_or_infinity(JsContext *cx, JsValue val, double *out)
{
  if (js_likely(js_is_int32(val))) {
    *out = js_as_int32(val);
    return true;
  }
  TRY_OR(false, to_number_double(cx, val, out));
  *out = double_to_integer(*out);
  return true;
}

int32_t double_to_int32(double d)
{
  if (d >= -2147483648.0 && d <= 2147483647.0)
    return (int32_t)d;
  if (d != d || d - d != 0)
    return 0;
  /* |d| >= 2^31: take the mantissa's bits that land in the low 32. */
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  int exponent = (int)((bits >> 52) & 0x7FF) - 1075;
  uint64_t mantissa = (bits & 0xFFFFFFFFFFFFFull) | 0x10000000000000ull;
  uint32_t low = exponent >= 32  ? 0
                 : exponent >= 0 ? (uint32_t)(mantissa << exponent)
                                 : (uint32_t)(mantissa >> -exponent);
  return (int32_t)(bits >> 63 ? 0u - low : low);
}

bool to_int32(JsContext *cx, JsValue val, int32_t *out)
{
  if (js_likely(js_is_int32(val))) {
    *out = js_as_int32(val);
    return true;
  }
  double d;
  TRY_OR(false, to_number_double(cx, val, &d));
  *out = double_to_int32(d);
  return true;
}

bool to_uint32(JsContext *cx, JsValue val, uint32_t *out)
{
  return to_int32(cx, val, (int32_t *)out);
}

bool to_length(JsContext *cx, JsValue val, int64_t *out)
{
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, val, &d));
  *out = d <= 0 ? 0 : d >= 9007199254740991.0 ? 9007199254740991 : (int64_t)d;
  return true;
}

bool to_index(JsContext *cx, JsValue val, int64_t *out)
{
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, val, &d));
  if (!(d >= 0 && d <= 9007199254740991.0)) {
    throw_error(cx, JS_MSG_INVALID_INDEX);
    return false;
  }
  *out = (int64_t)d;
  return true;
}

/* --- strings, keys, objects -------------------------------------------------------------------------------------- */

JsString *int32_to_string(JsHeap *heap, int32_t i)
{
  if (i >= 0 && i <= 9)
    return string_from_unit(heap, (uint16_t)('0' + i));
  char digits[16];
  return string_from_latin1(heap, digits, dtoa_int32_to_string(i, digits));
}

size_t number_to_chars(double d, char *out)
{
  JsValue canonical = js_number(d);
  if (js_is_int32(canonical))
    return (size_t)dtoa_int32_to_string(js_as_int32(canonical), out);
  const char *name = d != d ? "NaN" : d == 0 ? "0" : d - d == 0 ? NULL : d > 0 ? "Infinity" : "-Infinity";
  if (!name)
    return dtoa_to_string(d, out);
  size_t length = strlen(name);
  memcpy(out, name, length);
  return length;
}

JsString *number_to_string(JsHeap *heap, double d)
{
  JsValue canonical = js_number(d);
  if (js_is_int32(canonical))
    return int32_to_string(heap, js_as_int32(canonical));
  if (d != d)
    return ATOM(heap, NaN);
  if (d == 0)
    return string_from_unit(heap, '0');
  if (d - d != 0)
    return d > 0 ? ATOM(heap, Infinity) : ATOM(heap, minus_Infinity);
  char text[40];
  return string_from_latin1(heap, text, dtoa_to_string(d, text));
}

JsKey key_from_number(JsHeap *heap, double d)
{
  if (d >= 0 && d <= (double)JS_MAX_INDEX && d == (double)(uint32_t)d)
    return key_index((uint32_t)d);
  return key_from_string(heap, number_to_string(heap, d));
}

JsString *to_string(JsContext *cx, JsValue val)
{
  for (;;) {
    if (js_is_string(val))
      return js_as_string(val);
    if (js_is_number(val))
      return number_to_string(cx->heap, js_number_value(val));
    if (js_is_undefined(val))
      return ATOM(cx->heap, undefined);
    if (js_is_null(val))
      return ATOM(cx->heap, null);
    if (js_is_boolean(val))
      return js_is_true(val) ? ATOM(cx->heap, true_) : ATOM(cx->heap, false_);
    if (js_is_symbol(val)) {
      throw_error(cx, JS_MSG_SYMBOL_TO_STRING);
      return NULL;
    }
    if (js_is_bigint(val))
      return bigint_to_string(cx, js_as_bigint(val), 10);
    val = TRY_OR(NULL, to_primitive(cx, val, HINT_STRING));
  }
}

bool to_property_key(JsContext *cx, JsValue val, JsKey *out)
{
  if (js_is_int32(val) && js_as_int32(val) >= 0) {
    *out = key_index((uint32_t)js_as_int32(val));
    return true;
  }
  if (js_is_object(val))
    val = TRY_OR(false, to_primitive(cx, val, HINT_STRING));
  if (js_is_symbol(val)) {
    *out = key_from_symbol(js_as_symbol(val));
    return true;
  }
  if (js_is_number(val)) {
    *out = key_from_number(cx->heap, js_number_value(val));
    return true;
  }
  JsString *s = TRY_OR(false, to_string(cx, val));
  *out = key_from_string(cx->heap, s);
  return true;
}

JsObject *to_object(JsContext *cx, JsValue val)
{
  if (js_is_object(val))
    return js_as_object(val);
  if (js_is_nullish(val)) {
    throw_error(cx, JS_MSG_NULLISH_TO_OBJECT);
    return NULL;
  }
  JsPrimitiveWrapper *wrapper = (JsPrimitiveWrapper *)object_new_kind(
      cx, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper), primitive_prototype(cx, val));
  slot_init(&wrapper->primitive, val);
  return &wrapper->obj;
}

JsObject *primitive_prototype(JsContext *cx, JsValue val)
{
  if (js_is_string(val))
    return INTRINSIC_OBJECT(cx, STRING_PROTOTYPE);
  if (js_is_number(val))
    return INTRINSIC_OBJECT(cx, NUMBER_PROTOTYPE);
  if (js_is_boolean(val))
    return INTRINSIC_OBJECT(cx, BOOLEAN_PROTOTYPE);
  if (js_is_symbol(val))
    return INTRINSIC_OBJECT(cx, SYMBOL_PROTOTYPE);
  return INTRINSIC_OBJECT(cx, BIGINT_PROTOTYPE);
}

/* ToBigInt ( argument )  ecma262#sec-tobigint */
JsBigInt *to_bigint(JsContext *cx, JsValue val)
{
  val = TRY_OR(NULL, to_primitive(cx, val, HINT_NUMBER));
  if (js_is_bigint(val))
    return js_as_bigint(val);
  if (js_is_boolean(val))
    return bigint_from_int64(cx->heap, js_is_true(val));
  if (js_is_string(val)) {
    JsBigInt *parsed;
    TRY_OR(NULL, string_to_bigint(cx, js_as_string(val), &parsed));
    if (!parsed)
      throw_error(cx, JS_MSG_BIGINT_SYNTAX, js_as_string(val));
    return parsed;
  }
  throw_error(cx, JS_MSG_CANNOT_CONVERT_TO_BIGINT, val);
  return NULL;
}

/* --- testing ----------------------------------------------------------------------------------------------------- */

bool is_array(JsContext *cx, JsValue val, bool *out)
{
  while (js_is_kind(val, CELL_PROXY)) {
    JsProxy *proxy = (JsProxy *)js_as_cell(val);
    if (!ptr_slot_get(proxy->target)) {
      throw_error(cx, JS_MSG_PROXY_REVOKED, "IsArray");
      return false;
    }
    val = js_from_object(ptr_slot_get(proxy->target));
    TRY_OR(false, js_poll(cx, 1));
  }
  *out = js_is_kind(val, CELL_ARRAY);
  return true;
}

/* typeof  ecma262#sec-typeof-operator */
JsTypeofName type_of_name(JsValue val)
{
  if (js_is_number(val))
    return TYPEOF_NUMBER;
  if (js_is_undefined(val))
    return TYPEOF_UNDEFINED;
  if (js_is_null(val))
    return TYPEOF_OBJECT;
  if (js_is_boolean(val))
    return TYPEOF_BOOLEAN;
  switch (js_as_cell(val)->kind) {
  case CELL_STRING: return TYPEOF_STRING;
  case CELL_SYMBOL: return TYPEOF_SYMBOL;
  case CELL_BIGINT: return TYPEOF_BIGINT;
  default: break;
  }
  if (js_as_cell(val)->flags & OBJECT_IS_HTMLDDA)
    return TYPEOF_UNDEFINED;
  return js_as_cell(val)->flags & OBJECT_CALLABLE ? TYPEOF_FUNCTION : TYPEOF_OBJECT;
}

JsString *type_of(JsHeap *heap, JsValue val)
{
  switch (type_of_name(val)) {
  case TYPEOF_UNDEFINED: return ATOM(heap, undefined);
  case TYPEOF_OBJECT: return ATOM(heap, object);
  case TYPEOF_BOOLEAN: return ATOM(heap, boolean);
  case TYPEOF_NUMBER: return ATOM(heap, number);
  case TYPEOF_STRING: return ATOM(heap, string);
  case TYPEOF_SYMBOL: return ATOM(heap, symbol);
  case TYPEOF_BIGINT: return ATOM(heap, bigint);
  default: return ATOM(heap, function);
  }
}
