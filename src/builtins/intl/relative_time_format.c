// SPDX-License-Identifier: MIT
/* Intl.RelativeTimeFormat  ecma402#relativetimeformat-objects */
#include "builtins/intl/number_format.h"

#include <math.h>

extern const JsIntrinsicTable intl_relative_time_format_constructor_table, intl_relative_time_format_prototype_table;

enum { RELATIVE_ICU = 1, RELATIVE_RESULT };

typedef struct JsRelativeTimeFormat {
  JsIntl intl;
  uint8_t style; /* as UDateRelativeDateTimeFormatterStyle */
  bool is_auto;
  char numbering[64];
} JsRelativeTimeFormat;

static const char *const styles[] = {"long", "short", "narrow", NULL};
static const char *const numerics[] = {"always", "auto", NULL};

/* Intl.RelativeTimeFormat ( [ locales [ , options ] ] )  ecma402#sec-intl.relativetimeformat */
static JsValue intl_relative_time_format_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.RelativeTimeFormat");
  JsRelativeTimeFormat *format = TRY(INTL_NEW(cx, js_new_target(cx), RELATIVE_TIME_FORMAT, JsRelativeTimeFormat));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  IntlKey numbering = INTL_KEY_NU;
  IntlLocale locale;
  int style, numeric;
  TRY(intl_coerce_options(cx, js_arg(argc, argv, 1), "Intl.RelativeTimeFormat", &options));
  TRY(intl_read_matcher(cx, options));
  TRY(intl_key_option(cx, options, "numberingSystem", &numbering));
  TRY(intl_resolve_locale(cx, requested, &numbering, 1, &locale));
  TRY(intl_enum_option(cx, options, "style", styles, 0, &style));
  TRY(intl_enum_option(cx, options, "numeric", numerics, 0, &numeric));
  format->style = (uint8_t)style;
  format->is_auto = numeric;
  memcpy(format->numbering, numbering.value, sizeof format->numbering);
  intl_icu_keywords(locale.icu, 1, (const char *[]){"numbers", format->numbering});
  const Icu *icu = TRY(intl_icu(cx));
  enum { CAPITALIZATION_NONE = 1 << 8, FORMATTER_BYTES = 4096, RESULT_BYTES = 512 };
  enum { ICU_DECIMAL = 1, ICU_MINIMUM_GROUPING_DIGITS = 22, GROUPING_AUTO = -2 };
  IcuError error = 0;
  /* Its numbers are grouped as the language does it, which ICU's own do not see to; the formatter owns them. */
  IcuNumberFormat *numbers = icu->unum_open(ICU_DECIMAL, NULL, 0, locale.icu, NULL, &error);
  if (error <= 0)
    icu->unum_setAttribute(numbers, ICU_MINIMUM_GROUPING_DIGITS, GROUPING_AUTO);
  IcuRelativeFormatter *opened =
      error > 0 ? NULL : icu->ureldatefmt_open(locale.icu, numbers, style, CAPITALIZATION_NONE, &error);
  JsIcuHandle *handle =
      TRY(intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->ureldatefmt_close, FORMATTER_BYTES));
  intl_set(cx, &format->intl, RELATIVE_ICU, handle);
  handle = TRY(intl_handle_new(cx, icu->ureldatefmt_openResult(&error), *(void *const *)&icu->ureldatefmt_closeResult,
                               RESULT_BYTES));
  intl_set(cx, &format->intl, RELATIVE_RESULT, handle);
  intl_set(cx, &format->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&format->intl.obj);
}

/* SingularRelativeTimeUnit ( unit )  ecma402#sec-singularrelativetimeunit: its row, as URelativeDateTimeUnit */
static const char *const units[] = {"year", "quarter", "month", "week", "day", "hour", "minute", "second", NULL};

static int singular_unit(char *text)
{
  size_t len = strlen(text);
  if (len && text[len - 1] == 's')
    text[len - 1] = 0;
  return intl_find_name(units, text);
}

/* Intl.RelativeTimeFormat.prototype.format ( value, unit ) and formatToParts
 * ecma402#sec-Intl.RelativeTimeFormat.prototype.format; magic 1: to parts */
static JsValue intl_relative_time_format_proto_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool to_parts = js_callee_magic(cx);
  const char *method =
      to_parts ? "Intl.RelativeTimeFormat.prototype.formatToParts" : "Intl.RelativeTimeFormat.prototype.format";
  JsRelativeTimeFormat *format = INTL_THIS(cx, this_val, RELATIVE_TIME_FORMAT, JsRelativeTimeFormat, method);
  double value;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &value));
  JsString *unit_text = TRY(to_string(cx, js_arg(argc, argv, 1)));
  int unit = singular_unit(TRY(intl_c_string(cx, unit_text)));
  if (unit < 0)
    return throw_error(cx, JS_MSG_INTL_RELATIVE_UNIT, method, unit_text);
  if (!isfinite(value))
    return throw_error(cx, JS_MSG_INTL_NOT_FINITE, method);
  const Icu *icu = TRY(intl_icu(cx));
  IcuRelativeFormatter *formatter = intl_handle(&format->intl, RELATIVE_ICU);
  IcuFormattedRelative *result = intl_handle(&format->intl, RELATIVE_RESULT);
  IcuError error = 0;
  if (format->is_auto)
    icu->ureldatefmt_formatToResult(formatter, value, unit, result, &error);
  else
    icu->ureldatefmt_formatNumericToResult(formatter, value, unit, result, &error);
  const IcuFormattedValue *formatted = error > 0 ? NULL : icu->ureldatefmt_resultAsValue(result, &error);
  if (error > 0)
    return intl_throw_icu(cx);
  if (!to_parts)
    return js_from_cell(TRY(intl_value_string(cx, icu, formatted)));
  JsArray *parts = TRY(array_new(cx, 4));
  IntlNumber number = {.number = value};
  IntlPartNames names = {.from = &number, .unit = units[unit]};
  TRY(intl_add_number_parts(cx, parts, formatted, &names));
  return js_from_object(&parts->obj);
}

/* Intl.RelativeTimeFormat.prototype.resolvedOptions ( )  ecma402#sec-intl.relativetimeformat.prototype.resolvedoptions
 */
static JsValue intl_relative_time_format_proto_resolved_options(JsContext *cx, JsValue this_val, int argc,
                                                                const JsValue *argv)
{
  JsRelativeTimeFormat *format = INTL_THIS(cx, this_val, RELATIVE_TIME_FORMAT, JsRelativeTimeFormat,
                                           "Intl.RelativeTimeFormat.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(format->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "style", styles[format->style]));
  TRY(intl_put_ascii(cx, out, "numeric", numerics[format->is_auto]));
  TRY(intl_put_ascii(cx, out, "numberingSystem", format->numbering));
  return js_from_object(out);
}

static const JsBuiltin intl_relative_time_format_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_RELATIVE_TIME_FORMAT),
};
static const JsBuiltin intl_relative_time_format_proto[] = {
    FN("resolvedOptions", intl_relative_time_format_proto_resolved_options, 0),
    FN_MAGIC("format", intl_relative_time_format_proto_format, 2, 0),
    FN_MAGIC("formatToParts", intl_relative_time_format_proto_format, 2, 1),
    STRING_SYM(toStringTag, "Intl.RelativeTimeFormat"),
};
const JsIntrinsicTable intl_relative_time_format_constructor_table = {
    CONSTRUCTOR_TABLE("RelativeTimeFormat", intl_relative_time_format_constructor, 0,
                      INTL_RELATIVE_TIME_FORMAT_PROTOTYPE),
    ROWS(intl_relative_time_format_static)};
const JsIntrinsicTable intl_relative_time_format_prototype_table = {PROTOTYPE_TABLE(INTL_RELATIVE_TIME_FORMAT),
                                                                    ROWS(intl_relative_time_format_proto)};
