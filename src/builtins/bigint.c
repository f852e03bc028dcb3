// SPDX-License-Identifier: MIT
/* BigInt  ecma262#sec-bigint-objects. Operators and conversions are in object/bigint.c. */
#include "builtins/builtin.h"

#include "base/bigint.h"
#include "builtins/intl/intl.h"
#include "object/bigint.h"

/* ThisBigIntValue ( value )  ecma262#sec-thisbigintvalue */
static JsBigInt *this_bigint_value(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_is_kind(this_val, CELL_PRIMITIVE_WRAPPER))
    this_val = slot_get(((JsPrimitiveWrapper *)js_as_object(this_val))->primitive);
  if (js_is_bigint(this_val))
    return js_as_bigint(this_val);
  throw_error(cx, JS_MSG_REQUIRES_THIS_TYPE, method, "BigInt");
  return NULL;
}

/* BigInt ( value )  ecma262#sec-bigint-constructor-number-value */
static JsValue bigint_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_undefined(js_new_target(cx)))
    return throw_error(cx, JS_MSG_BIGINT_NO_CONSTRUCTOR);
  JsValue primitive = TRY(to_primitive(cx, js_arg(argc, argv, 0), HINT_NUMBER));
  if (js_is_number(primitive))
    return js_from_cell(TRY(bigint_from_double(cx, js_number_value(primitive))));
  return js_from_cell(TRY(to_bigint(cx, primitive)));
}

static JsValue bigint_as_n(JsContext *cx, int argc, const JsValue *argv, bool is_signed)
{
  int64_t bits;
  TRY(to_index(cx, js_arg(argc, argv, 0), &bits));
  JsBigInt *a = TRY(to_bigint(cx, js_arg(argc, argv, 1)));
  Limbs limbs = {a->limbs, a->length, bigint_is_negative(a)};
  size_t room = (size_t)a->length + 1;
  if ((uint64_t)bits / 64 + 1 < room)
    room = (size_t)bits / 64 + 1;
  if (!is_signed && limbs.negative) {
    /* A negative number wraps to nearly 2^bits, which must be a BigInt. */
    if ((uint64_t)bits / 64 >= JS_MAX_BIGINT_LIMBS)
      return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
    room = (size_t)bits / 64 + 1;
  }
  JsBigInt *cell = gc_try_alloc(cx->heap, CELL_BIGINT, sizeof(JsBigInt) + (room + 1) * 8);
  if (!cell)
    return throw_out_of_memory(cx);
  bool negative = false;
  cell->length = (uint32_t)(is_signed ? limbs_as_int_n(cell->limbs, &negative, limbs, (uint64_t)bits)
                                      : limbs_as_uint_n(cell->limbs, limbs, (uint64_t)bits));
  cell->cell.flags = negative && cell->length ? BIGINT_NEGATIVE : 0;
  return js_from_cell(cell);
}

/* BigInt.asIntN ( bits, bigint )  ecma262#sec-bigint.asintn */
static JsValue bigint_as_int_n(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return bigint_as_n(cx, argc, argv, true);
}

/* BigInt.asUintN ( bits, bigint )  ecma262#sec-bigint.asuintn */
static JsValue bigint_as_uint_n(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return bigint_as_n(cx, argc, argv, false);
}

/* BigInt.prototype.toLocaleString ( [ locales [ , options ] ] )  ecma402#sup-bigint.prototype.tolocalestring */
static JsValue bigint_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsBigInt *a = TRY(this_bigint_value(cx, this_val, "BigInt.prototype.toLocaleString"));
  return intl_number_to_locale_string(cx, js_from_cell(a), js_arg(argc, argv, 0), js_arg(argc, argv, 1));
}

/* BigInt.prototype.toString ( [ radix ] )  ecma262#sec-bigint.prototype.tostring */
static JsValue bigint_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsBigInt *a = TRY(this_bigint_value(cx, this_val, "BigInt.prototype.toString"));
  double radix = 10;
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    TRY(to_integer_or_infinity(cx, argv[0], &radix));
  if (radix < 2 || radix > 36)
    return throw_error(cx, JS_MSG_RADIX_RANGE);
  return js_from_cell(TRY(bigint_to_string(cx, a, (int)radix)));
}

/* BigInt.prototype.valueOf ( )  ecma262#sec-bigint.prototype.valueof */
static JsValue bigint_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_cell(TRY(this_bigint_value(cx, this_val, "BigInt.prototype.valueOf")));
}

static const JsBuiltin bigint_static[] = {
    FN("asUintN", bigint_as_uint_n, 2),
    FN("asIntN", bigint_as_int_n, 2),
};
extern const JsIntrinsicTable bigint_constructor_table;
const JsIntrinsicTable bigint_constructor_table = {CONSTRUCTOR_TABLE("BigInt", bigint_constructor, 1, BIGINT_PROTOTYPE),
                                                   ROWS(bigint_static)};

static const JsBuiltin bigint_proto[] = {
    FN("toLocaleString", bigint_proto_to_locale_string, 0),
    FN("toString", bigint_proto_to_string, 0),
    FN("valueOf", bigint_proto_value_of, 0),
    STRING_SYM(toStringTag, "BigInt"),
};
extern const JsIntrinsicTable bigint_prototype_table;
const JsIntrinsicTable bigint_prototype_table = {PROTOTYPE_TABLE(BIGINT), ROWS(bigint_proto)};
