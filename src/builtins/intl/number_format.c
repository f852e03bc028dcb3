// SPDX-License-Identifier: MIT
/* Intl.NumberFormat  ecma402#numberformat-objects, and what Number's and BigInt's toLocaleString do. */
#include "builtins/intl/intl_state.h"
#include "builtins/intl/number_format.h"

#include <math.h>

extern const JsIntrinsicTable intl_number_format_constructor_table, intl_number_format_prototype_table;

enum { FORMAT_ICU = 1, FORMAT_RESULT, FORMAT_RANGE, FORMAT_RANGE_RESULT, FORMAT_BOUND, FORMAT_UNIT };
enum { STYLE_DECIMAL, STYLE_PERCENT, STYLE_CURRENCY, STYLE_UNIT };
enum { GROUP_MIN2, GROUP_AUTO, GROUP_ALWAYS, GROUP_FALSE };
enum { SIGN_AUTO };

typedef struct JsNumberFormat {
  JsIntl intl;
  IntlDigits digits;
  uint8_t style, notation, compact, grouping, sign, currency_display, currency_sign, unit_display;
  char currency[4];
  char numbering[64];
  char icu_locale[LOCALE_ICU_MAX];
  IntlSkeleton skeleton;
} JsNumberFormat;

static const char *const styles[] = {"decimal", "percent", "currency", "unit", NULL};
static const char *const currency_displays[] = {"code", "symbol", "narrowSymbol", "name", NULL};
static const char *const currency_signs[] = {"standard", "accounting", NULL};
static const char *const unit_displays[] = {"short", "narrow", "long", NULL};
static const char *const sign_displays[] = {"auto", "never", "always", "exceptZero", "negative", NULL};

/* --- options ------------------------------------------------------------------------------------------------------ */

bool intl_is_currency_code(JsContext *cx, JsString *text)
{
  if (text->length != 3)
    return false;
  for (uint32_t k = 0; k < 3; k++)
    if ((unsigned)((string_unit_at(cx->heap, text, k) | 0x20) - 'a') >= 26)
      return false;
  return true;
}

#define V(name) name,
static const char *const sanctioned_units[] = {
#include "builtins/intl/units.def"
    NULL};
#undef V

/* IsWellFormedUnitIdentifier ( unitIdentifier )  ecma402#sec-iswellformedunitidentifier */
static bool is_unit(const char *text)
{
  if (intl_find_name(sanctioned_units, text) >= 0)
    return true;
  const char *per = strstr(text, "-per-");
  char numerator[32];
  if (!per || (size_t)(per - text) >= sizeof numerator)
    return false;
  memcpy(numerator, text, (size_t)(per - text));
  numerator[per - text] = 0;
  return intl_find_name(sanctioned_units, numerator) >= 0 && intl_find_name(sanctioned_units, per + 5) >= 0;
}

/* SetNumberFormatUnitOptions ( intlObj, options )  ecma402#sec-setnumberformatunitoptions */
static bool read_unit_options(JsContext *cx, IntlOptions options, JsNumberFormat *format)
{
  int style, currency_display, currency_sign, unit_display;
  JsString *currency, *unit;
  TRY_OR(false, intl_enum_option(cx, options, "style", styles, STYLE_DECIMAL, &style));
  TRY_OR(false, intl_text_option(cx, options, "currency", &currency));
  if (currency && !intl_is_currency_code(cx, currency)) {
    throw_error(cx, JS_MSG_INTL_INVALID_CODE, "currency code", currency);
    return false;
  }
  if (!currency && style == STYLE_CURRENCY) {
    throw_error(cx, JS_MSG_INTL_CURRENCY_REQUIRED);
    return false;
  }
  TRY_OR(false, intl_enum_option(cx, options, "currencyDisplay", currency_displays, 1, &currency_display));
  TRY_OR(false, intl_enum_option(cx, options, "currencySign", currency_signs, 0, &currency_sign));
  TRY_OR(false, intl_text_option(cx, options, "unit", &unit));
  if (unit && !is_unit(TRY_OR(false, intl_c_string(cx, unit)))) {
    throw_error(cx, JS_MSG_INTL_INVALID_UNIT, unit);
    return false;
  }
  if (!unit && style == STYLE_UNIT) {
    throw_error(cx, JS_MSG_INTL_UNIT_REQUIRED);
    return false;
  }
  TRY_OR(false, intl_enum_option(cx, options, "unitDisplay", unit_displays, 0, &unit_display));
  format->style = (uint8_t)style;
  format->currency_display = (uint8_t)currency_display;
  format->currency_sign = (uint8_t)currency_sign;
  format->unit_display = (uint8_t)unit_display;
  if (style == STYLE_CURRENCY)
    for (uint32_t k = 0; k < 3; k++)
      format->currency[k] = (char)(string_unit_at(cx->heap, currency, k) & ~0x20);
  if (style == STYLE_UNIT)
    intl_set(cx, &format->intl, FORMAT_UNIT, unit);
  return true;
}

/* GetBooleanOrStringNumberFormatOption of useGrouping  ecma402#sec-getbooleanorstringnumberformatoption */
static bool read_grouping(JsContext *cx, IntlOptions options, int missing, uint8_t *out)
{
  static const char *const names[] = {"min2", "auto", "always", "true", "false", NULL};
  JsValue val;
  TRY_OR(false, intl_option_value(cx, options, "useGrouping", &val));
  *out = (uint8_t)missing;
  if (js_is_undefined(val))
    return true;
  if (js_same_bits(val, JS_TRUE)) {
    *out = GROUP_ALWAYS;
    return true;
  }
  if (!to_boolean(val)) {
    *out = GROUP_FALSE;
    return true;
  }
  JsString *text = TRY_OR(false, to_string(cx, val));
  int which = intl_find_name(names, TRY_OR(false, intl_c_string(cx, text)));
  if (which < 0) {
    intl_throw_option(cx, options, "useGrouping", text);
    return false;
  }
  if (which <= GROUP_ALWAYS)
    *out = (uint8_t)which;
  return true;
}

static void build_skeleton(JsContext *cx, JsNumberFormat *format)
{
  static const char *const widths[] = {"iso-code", "short", "narrow", "full-name"};
  static const char *const unit_widths[] = {"short", "narrow", "full-name"};
  static const char *const groups[] = {"min2", "auto", "on-aligned", "off"};
  static const char *const signs[][2] = {{"auto", "accounting"},
                                         {"never", "never"},
                                         {"always", "accounting-always"},
                                         {"except-zero", "accounting-except-zero"},
                                         {"negative", "accounting-negative"}};
  IntlSkeleton *skeleton = &format->skeleton;
  if (format->style == STYLE_PERCENT)
    intl_skeleton_add(skeleton, "percent scale/100 ");
  else if (format->style == STYLE_CURRENCY)
    intl_skeleton_add(skeleton, "currency/%s unit-width-%s ", format->currency, widths[format->currency_display]);
  else if (format->style == STYLE_UNIT)
    intl_skeleton_add(skeleton, "unit/%s unit-width-%s ", intl_c_string(cx, intl_string(&format->intl, FORMAT_UNIT)),
                      unit_widths[format->unit_display]);
  intl_skeleton_add_notation(skeleton, format->notation, format->compact);
  intl_skeleton_add_digits(skeleton, &format->digits);
  bool accounting = format->style == STYLE_CURRENCY && format->currency_sign;
  intl_skeleton_add(skeleton, "group-%s sign-%s", groups[format->grouping], signs[format->sign][accounting]);
}

static int currency_digits(const Icu *icu, const char *code)
{
  uint16_t units[4] = {(uint8_t)code[0], (uint8_t)code[1], (uint8_t)code[2], 0};
  IcuError error = 0;
  int digits = icu->ucurr_getDefaultFractionDigits(units, &error);
  return error > 0 ? 2 : digits;
}

static JsNumberFormat *make_format(JsContext *cx, JsValue new_target, JsValue locales, JsValue options_value)
{
  JsNumberFormat *format = TRY_OR(NULL, INTL_NEW(cx, new_target, NUMBER_FORMAT, JsNumberFormat));
  JsElements *requested = TRY_OR(NULL, intl_locale_list(cx, locales));
  IntlOptions options;
  IntlKey numbering = INTL_KEY_NU;
  IntlLocale locale;
  TRY_OR(NULL, intl_coerce_options(cx, options_value, "Intl.NumberFormat", &options));
  TRY_OR(NULL, intl_read_matcher(cx, options));
  TRY_OR(NULL, intl_key_option(cx, options, "numberingSystem", &numbering));
  TRY_OR(NULL, intl_resolve_locale(cx, requested, &numbering, 1, &locale));
  TRY_OR(NULL, read_unit_options(cx, options, format));
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  int notation, compact, sign, min_fraction = 0, max_fraction = format->style == STYLE_PERCENT ? 0 : 3;
  TRY_OR(NULL, intl_read_notation(cx, options, &notation));
  if (format->style == STYLE_CURRENCY && notation == NOTATION_STANDARD)
    min_fraction = max_fraction = currency_digits(icu, format->currency);
  TRY_OR(NULL, intl_read_digits(cx, options, min_fraction, max_fraction, notation, &format->digits));
  TRY_OR(NULL, intl_enum_option(cx, options, "compactDisplay", intl_compact_displays, COMPACT_SHORT, &compact));
  TRY_OR(NULL, read_grouping(cx, options, notation == NOTATION_COMPACT ? GROUP_MIN2 : GROUP_AUTO, &format->grouping));
  TRY_OR(NULL, intl_enum_option(cx, options, "signDisplay", sign_displays, SIGN_AUTO, &sign));
  format->notation = (uint8_t)notation;
  format->compact = (uint8_t)compact;
  format->sign = (uint8_t)sign;
  memcpy(format->numbering, numbering.value, sizeof format->numbering);
  intl_icu_keywords(locale.icu, 1, (const char *[]){"numbers", format->numbering});
  memcpy(format->icu_locale, locale.icu, sizeof format->icu_locale);
  build_skeleton(cx, format);
  intl_set(cx, &format->intl, INTL_LOCALE, locale.tag);
  JsIcuHandle *handle = TRY_OR(NULL, intl_open_number_formatter(cx, format->icu_locale, &format->skeleton));
  intl_set(cx, &format->intl, FORMAT_ICU, handle);
  JsIcuHandle *result = TRY_OR(NULL, intl_open_number_result(cx));
  intl_set(cx, &format->intl, FORMAT_RESULT, result);
  return format;
}

JsObject *intl_number_format_new(JsContext *cx, JsValue locales, JsValue options)
{
  return &TRY_OR(NULL, make_format(cx, JS_UNDEFINED, locales, options))
  ->intl.obj;
}

/* Intl.NumberFormat ( [ locales [ , options ] ] )  ecma402#sec-intl.numberformat */
static JsValue intl_number_format_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx), callee = js_from_object(js_callee(cx));
  bool called = js_is_undefined(new_target);
  JsValue made = js_from_object(
      &TRY(make_format(cx, called ? callee : new_target, js_arg(argc, argv, 0), js_arg(argc, argv, 1)))->intl.obj);
  return called ? intl_chain_legacy(cx, INTRINSIC_OBJECT(cx, INTL_NUMBER_FORMAT), this_val, made) : made;
}

/* --- formatting --------------------------------------------------------------------------------------------------- */

static const IcuFormattedValue *format_value(JsContext *cx, JsNumberFormat *format, const IntlNumber *number)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  void *result = intl_handle(&format->intl, FORMAT_RESULT);
  TRY_OR(NULL, intl_format_number(cx, intl_handle(&format->intl, FORMAT_ICU), result, number));
  IcuError error = 0;
  return icu->unumf_resultAsValue(result, &error);
}

JsValue intl_number_format(JsContext *cx, JsObject *obj, JsValue val)
{
  JsNumberFormat *format = (JsNumberFormat *)obj;
  IntlNumber number;
  TRY(intl_to_number(cx, val, &number));
  const IcuFormattedValue *value = TRY(format_value(cx, format, &number));
  return js_from_cell(TRY(intl_value_string(cx, icu_load(), value)));
}

JsValue intl_number_to_locale_string(JsContext *cx, JsValue number, JsValue locales, JsValue options)
{
  bool sharable = js_is_undefined(options) && (js_is_undefined(locales) || js_is_string(locales));
  JsValue found = sharable ? intl_shared_find(cx, CELL_INTL_NUMBER_FORMAT, locales) : JS_HOLE;
  if (js_is_hole(found)) {
    found = js_from_object(TRY(intl_number_format_new(cx, locales, options)));
    if (sharable)
      intl_shared_add(cx, CELL_INTL_NUMBER_FORMAT, locales, found);
  }
  return intl_number_format(cx, js_as_object(found), number);
}

/* Number Format Functions  ecma402#sec-number-format-functions; data: the format */
static JsValue bound_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return intl_number_format(cx, js_as_object(js_callee_data(cx, 0)), js_arg(argc, argv, 0));
}

/* UnwrapNumberFormat ( nf )  ecma402#sec-unwrapnumberformat */
static JsNumberFormat *unwrap_format(JsContext *cx, JsValue this_val, const char *method)
{
  return (JsNumberFormat *)intl_unwrap_legacy(cx, INTRINSIC_OBJECT(cx, INTL_NUMBER_FORMAT), CELL_INTL_NUMBER_FORMAT,
                                              this_val, method);
}

/* get Intl.NumberFormat.prototype.format  ecma402#sec-intl.numberformat.prototype.format */
static JsValue get_number_format_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNumberFormat *format = TRY(unwrap_format(cx, this_val, "get Intl.NumberFormat.prototype.format"));
  if (!intl_has(&format->intl, FORMAT_BOUND)) {
    JsValue data = js_from_object(&format->intl.obj);
    intl_set(cx, &format->intl, FORMAT_BOUND,
             native_function_new(cx, bound_format, key_from_c_string(cx->heap, ""), 1, &data, 1));
  }
  return slot_get(format->intl.slots[FORMAT_BOUND]);
}

/* Intl.NumberFormat.prototype.formatToParts ( value )  ecma402#sec-intl.numberformat.prototype.formattoparts */
static JsValue intl_number_format_proto_format_to_parts(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNumberFormat *format =
      INTL_THIS(cx, this_val, NUMBER_FORMAT, JsNumberFormat, "Intl.NumberFormat.prototype.formatToParts");
  IntlNumber number;
  TRY(intl_to_number(cx, js_arg(argc, argv, 0), &number));
  const IcuFormattedValue *value = TRY(format_value(cx, format, &number));
  JsArray *parts = TRY(array_new(cx, 8));
  IntlPartNames names = {.is_percent = format->style == STYLE_PERCENT, .from = &number};
  TRY(intl_add_number_parts(cx, parts, value, &names));
  return js_from_object(&parts->obj);
}

/* Intl.NumberFormat.prototype.formatRange ( start, end ) and formatRangeToParts
 * ecma402#sec-intl.numberformat.prototype.formatrange; magic 1: to parts */
static JsValue intl_number_format_proto_format_range(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool to_parts = js_callee_magic(cx);
  JsNumberFormat *format = INTL_THIS(cx, this_val, NUMBER_FORMAT, JsNumberFormat,
                                     to_parts ? "Intl.NumberFormat.prototype.formatRangeToParts"
                                              : "Intl.NumberFormat.prototype.formatRange");
  IntlNumber from, to;
  if (js_is_undefined(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_INTL_UNDEFINED_END, "start");
  if (js_is_undefined(js_arg(argc, argv, 1)))
    return throw_error(cx, JS_MSG_INTL_UNDEFINED_END, "end");
  TRY(intl_to_number(cx, argv[0], &from));
  TRY(intl_to_number(cx, argv[1], &to));
  if (isnan(from.number) || isnan(to.number))
    return throw_error(cx, JS_MSG_INTL_NAN_END, isnan(from.number) ? "start" : "end");
  if (!intl_has(&format->intl, FORMAT_RANGE)) {
    JsIcuHandle *opened = TRY(intl_open_range_formatter(cx, format->icu_locale, &format->skeleton));
    JsIcuHandle *opened_result = TRY(intl_open_range_result(cx));
    intl_set(cx, &format->intl, FORMAT_RANGE_RESULT, opened_result);
    intl_set(cx, &format->intl, FORMAT_RANGE, opened);
  }
  void *result = intl_handle(&format->intl, FORMAT_RANGE_RESULT);
  TRY(intl_format_number_range(cx, intl_handle(&format->intl, FORMAT_RANGE), result, &from, &to));
  const Icu *icu = TRY(intl_icu(cx));
  IcuError error = 0;
  const IcuFormattedValue *value = icu->unumrf_resultAsValue(result, &error);
  if (!to_parts)
    return js_from_cell(TRY(intl_value_string(cx, icu, value)));
  JsArray *parts = TRY(array_new(cx, 8));
  IntlPartNames names = {.is_percent = format->style == STYLE_PERCENT, .from = &from, .to = &to};
  TRY(intl_add_number_parts(cx, parts, value, &names));
  return js_from_object(&parts->obj);
}

/* Intl.NumberFormat.prototype.resolvedOptions ( )  ecma402#sec-intl.numberformat.prototype.resolvedoptions */
static JsValue intl_number_format_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const groups[] = {"min2", "auto", "always"};
  JsNumberFormat *format = TRY(unwrap_format(cx, this_val, "Intl.NumberFormat.prototype.resolvedOptions"));
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(format->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "numberingSystem", format->numbering));
  TRY(intl_put_ascii(cx, out, "style", styles[format->style]));
  if (format->style == STYLE_CURRENCY) {
    TRY(intl_put_ascii(cx, out, "currency", format->currency));
    TRY(intl_put_ascii(cx, out, "currencyDisplay", currency_displays[format->currency_display]));
    TRY(intl_put_ascii(cx, out, "currencySign", currency_signs[format->currency_sign]));
  }
  if (format->style == STYLE_UNIT) {
    TRY(intl_put(cx, out, "unit", slot_get(format->intl.slots[FORMAT_UNIT])));
    TRY(intl_put_ascii(cx, out, "unitDisplay", unit_displays[format->unit_display]));
  }
  TRY(intl_put_digits(cx, out, &format->digits));
  if (format->grouping == GROUP_FALSE)
    TRY(intl_put(cx, out, "useGrouping", JS_FALSE));
  else
    TRY(intl_put_ascii(cx, out, "useGrouping", groups[format->grouping]));
  TRY(intl_put_ascii(cx, out, "notation", intl_notations[format->notation]));
  if (format->notation == NOTATION_COMPACT)
    TRY(intl_put_ascii(cx, out, "compactDisplay", intl_compact_displays[format->compact]));
  TRY(intl_put_ascii(cx, out, "signDisplay", sign_displays[format->sign]));
  TRY(intl_put_rounding(cx, out, &format->digits));
  return js_from_object(out);
}

static const JsBuiltin intl_number_format_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_NUMBER_FORMAT),
};
static const JsBuiltin intl_number_format_proto[] = {
    FN("resolvedOptions", intl_number_format_proto_resolved_options, 0),
    FN("formatToParts", intl_number_format_proto_format_to_parts, 1),
    GETTER("format", get_number_format_format),
    FN_MAGIC("formatRange", intl_number_format_proto_format_range, 2, 0),
    FN_MAGIC("formatRangeToParts", intl_number_format_proto_format_range, 2, 1),
    STRING_SYM(toStringTag, "Intl.NumberFormat"),
};
const JsIntrinsicTable intl_number_format_constructor_table = {
    CONSTRUCTOR_TABLE("NumberFormat", intl_number_format_constructor, 0, INTL_NUMBER_FORMAT_PROTOTYPE),
    ROWS(intl_number_format_static)};
const JsIntrinsicTable intl_number_format_prototype_table = {PROTOTYPE_TABLE(INTL_NUMBER_FORMAT),
                                                             ROWS(intl_number_format_proto)};
