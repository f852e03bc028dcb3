// SPDX-License-Identifier: MIT
/* Number  ecma262#sec-number-objects. Digits come from base/dtoa.h. */
#include "builtins/builtin.h"

#include "base/dtoa.h"
#include "builtins/intl/intl.h"
#include "builtins/number_format.h"
#include "object/bigint.h"

#include <math.h>

/* ThisNumberValue ( value )  ecma262#sec-thisnumbervalue */
static bool this_number_value(JsContext *cx, JsValue this_val, const char *method, double *out)
{
  if (js_is_number(this_val)) {
    *out = js_number_value(this_val);
    return true;
  }
  if (js_is_kind(this_val, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(this_val))->primitive);
    if (js_is_number(primitive)) {
      *out = js_number_value(primitive);
      return true;
    }
  }
  throw_error(cx, JS_MSG_REQUIRES_THIS_TYPE, method, "Number");
  return false;
}

/* Number ( value )  ecma262#sec-number-constructor-number-value */
static JsValue number_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue number = js_int32(0);
  if (argc > 0) {
    number = TRY(to_numeric(cx, argv[0]));
    if (js_is_bigint(number))
      number = js_number(bigint_to_double(js_as_bigint(number)));
  }
  JsValue new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    return number;
  JsObject *obj = TRY(ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_NUMBER_PROTOTYPE,
                                                       CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper)));
  slot_set(cx->heap, obj, &((JsPrimitiveWrapper *)obj)->primitive, number);
  return js_from_object(obj);
}

/* Number.isFinite ( number )  ecma262#sec-number.isfinite */
static JsValue number_is_finite(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue v = js_arg(argc, argv, 0);
  return js_boolean(js_is_number(v) && isfinite(js_number_value(v)));
}

/* Number.isInteger ( number )  ecma262#sec-number.isinteger */
static JsValue number_is_integer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(is_integral_number(js_arg(argc, argv, 0)));
}

/* Number.isNaN ( number )  ecma262#sec-number.isnan */
static JsValue number_is_nan(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue v = js_arg(argc, argv, 0);
  return js_boolean(js_is_double(v) && isnan(js_as_double(v)));
}

/* Number.isSafeInteger ( number )  ecma262#sec-number.issafeinteger */
static JsValue number_is_safe_integer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue v = js_arg(argc, argv, 0);
  return js_boolean(is_integral_number(v) && fabs(js_number_value(v)) <= 9007199254740991.0);
}

/* Number.prototype.toExponential ( fractionDigits )  ecma262#sec-number.prototype.toexponential */
static JsValue number_proto_to_exponential(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x, digits;
  TRY(this_number_value(cx, this_val, "Number.prototype.toExponential", &x));
  JsValue wanted = js_arg(argc, argv, 0);
  TRY(to_integer_or_infinity(cx, wanted, &digits));
  if (!isfinite(x))
    return js_from_cell(number_to_string(cx->heap, x));
  if (digits < 0 || digits > 100)
    return throw_error(cx, JS_MSG_DIGITS_RANGE, "toExponential() argument", 0);
  char out[DTOA_EXPONENTIAL_MAX];
  return js_from_cell(
      string_from_latin1(cx->heap, out, dtoa_to_exponential(x, js_is_undefined(wanted) ? -1 : (int)digits, out)));
}

/* Number.prototype.toFixed ( fractionDigits )  ecma262#sec-number.prototype.tofixed */
static JsValue number_proto_to_fixed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x, digits;
  TRY(this_number_value(cx, this_val, "Number.prototype.toFixed", &x));
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &digits));
  if (digits < 0 || digits > 100)
    return throw_error(cx, JS_MSG_DIGITS_RANGE, "toFixed() digits argument", 0);
  if (!isfinite(x) || fabs(x) >= 1e21)
    return js_from_cell(number_to_string(cx->heap, x));
  char out[DTOA_FIXED_MAX];
  return js_from_cell(string_from_latin1(cx->heap, out, dtoa_to_fixed(x, (int)digits, out)));
}

/* Number.prototype.toLocaleString ( [ locales [ , options ] ] )  ecma402#sup-number.prototype.tolocalestring */
static JsValue number_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(this_number_value(cx, this_val, "Number.prototype.toLocaleString", &x));
  JsValue locales = js_arg(argc, argv, 0), options = js_arg(argc, argv, 1);
  /* FAST: finite numbers in American English need no ICU. It is the language where there is none, too. */
  bool american = js_is_string(locales) ? string_equals_ascii(cx->heap, js_as_string(locales), "en-US")
                                        : js_is_undefined(locales) && !icu_load();
  if (isfinite(x) && js_is_undefined(options) && american) {
    char out[NUMBER_FORMAT_MAX];
    return js_from_cell(string_from_latin1(cx->heap, out, number_format_en_us(x, out)));
  }
  return intl_number_to_locale_string(cx, js_number(x), locales, options);
}

/* Number.prototype.toPrecision ( precision )  ecma262#sec-number.prototype.toprecision */
static JsValue number_proto_to_precision(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x, precision;
  TRY(this_number_value(cx, this_val, "Number.prototype.toPrecision", &x));
  JsValue wanted = js_arg(argc, argv, 0);
  if (js_is_undefined(wanted))
    return js_from_cell(number_to_string(cx->heap, x));
  TRY(to_integer_or_infinity(cx, wanted, &precision));
  if (!isfinite(x))
    return js_from_cell(number_to_string(cx->heap, x));
  if (precision < 1 || precision > 100)
    return throw_error(cx, JS_MSG_DIGITS_RANGE, "toPrecision() argument", 1);
  char out[DTOA_EXPONENTIAL_MAX];
  return js_from_cell(string_from_latin1(cx->heap, out, dtoa_to_precision(x, (int)precision, out)));
}

/* Number.prototype.toString ( [ radix ] )  ecma262#sec-number.prototype.tostring */
static JsValue number_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x, radix = 10;
  TRY(this_number_value(cx, this_val, "Number.prototype.toString", &x));
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    TRY(to_integer_or_infinity(cx, argv[0], &radix));
  if (radix < 2 || radix > 36)
    return throw_error(cx, JS_MSG_RADIX_RANGE);
  if (radix == 10)
    return js_from_cell(number_to_string(cx->heap, x));
  char out[DTOA_RADIX_MAX];
  return js_from_cell(string_from_latin1(cx->heap, out, dtoa_to_radix(x, (int)radix, out)));
}

/* Number.prototype.valueOf ( )  ecma262#sec-number.prototype.valueof */
static JsValue number_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(this_number_value(cx, this_val, "Number.prototype.valueOf", &x));
  return js_number(x);
}

static const JsBuiltin number_static[] = {
    NUMBER("MAX_VALUE", 1.7976931348623157e308),
    NUMBER("MIN_VALUE", 5e-324),
    NUMBER("NaN", NAN),
    NUMBER("NEGATIVE_INFINITY", -INFINITY),
    NUMBER("POSITIVE_INFINITY", INFINITY),
    NUMBER("MAX_SAFE_INTEGER", 9007199254740991.0),
    NUMBER("MIN_SAFE_INTEGER", -9007199254740991.0),
    NUMBER("EPSILON", 0x1p-52),
    FN("isFinite", number_is_finite, 1),
    FN("isInteger", number_is_integer, 1),
    FN("isNaN", number_is_nan, 1),
    FN("isSafeInteger", number_is_safe_integer, 1),
    INTRINSIC_PROP("parseFloat", PARSE_FLOAT),
    INTRINSIC_PROP("parseInt", PARSE_INT),
};
extern const JsIntrinsicTable number_constructor_table;
const JsIntrinsicTable number_constructor_table = {CONSTRUCTOR_TABLE("Number", number_constructor, 1, NUMBER_PROTOTYPE),
                                                   ROWS(number_static)};

static const JsBuiltin number_proto[] = {
    FN("toExponential", number_proto_to_exponential, 1),
    FN("toFixed", number_proto_to_fixed, 1),
    FN("toPrecision", number_proto_to_precision, 1),
    FN("toString", number_proto_to_string, 1),
    FN("valueOf", number_proto_value_of, 0),
    FN("toLocaleString", number_proto_to_locale_string, 0),
};

/* %Number.prototype% is itself a Number object, of value +0. */
static JsObject *number_make_prototype(JsContext *cx)
{
  JsObject *obj =
      object_new_kind(cx, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper), INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE));
  slot_set(cx->heap, obj, &((JsPrimitiveWrapper *)obj)->primitive, js_int32(0));
  return obj;
}
extern const JsIntrinsicTable number_prototype_table;
const JsIntrinsicTable number_prototype_table = {.make = INTRINSIC_CUSTOM,
                                                 .parent = -1,
                                                 .prototype = -1,
                                                 .constructor = JS_INTRINSIC_NUMBER,
                                                 .custom = number_make_prototype,
                                                 ROWS(number_proto)};
