// SPDX-License-Identifier: MIT
/* Intl.DurationFormat  ecma402#durationformat-objects: our own, on number and list formatting. */
#include "builtins/intl/date_time_format.h"
#include "builtins/intl/duration_record.h"
#include "builtins/intl/list_format.h"
#include "builtins/intl/number_format.h"

extern const JsIntrinsicTable intl_duration_format_constructor_table, intl_duration_format_prototype_table;

enum { DURATION_LIST = 1, DURATION_SEPARATOR };
enum { UNIT_LONG, UNIT_SHORT, UNIT_NARROW, UNIT_NUMERIC, UNIT_TWO_DIGIT, UNIT_FRACTIONAL };
enum { BASE_LONG, BASE_SHORT, BASE_NARROW, BASE_DIGITAL };
enum { DISPLAY_AUTO, DISPLAY_ALWAYS };

typedef struct JsDurationFormat {
  JsIntl intl;
  uint8_t base;
  int8_t fraction_digits; /* -1: not given */
  uint8_t styles[DURATION_UNIT_COUNT], displays[DURATION_UNIT_COUNT];
  char numbering[64];
  char icu_locale[LOCALE_ICU_MAX];
} JsDurationFormat;

static const char *const base_styles[] = {"long", "short", "narrow", "digital", NULL};
static const char *const displays[] = {"auto", "always", NULL};
/* Rows as UNIT_*: of days and longer, of hours to seconds, of what is shorter. */
static const char *const long_styles[] = {"long", "short", "narrow", NULL};
static const char *const clock_styles[] = {"long", "short", "narrow", "numeric", "2-digit", NULL};
static const char *const fraction_styles[] = {"long", "short", "narrow", "numeric", NULL};

static bool is_clock_unit(int unit)
{
  return unit >= DURATION_HOURS && unit <= DURATION_SECONDS;
}

/* --- the constructor ---------------------------------------------------------------------------------------------- */

static bool invalid_style(JsContext *cx, IntlOptions options)
{
  throw_error(cx, JS_MSG_INTL_INVALID_OBJECT, options.obj ? js_from_object(options.obj) : JS_UNDEFINED);
  return false;
}

/* GetDurationUnitOptions  ecma402#sec-getdurationunitoptions; *previous: the longer unit's style, -1 for none */
static bool read_unit(JsContext *cx, IntlOptions options, JsDurationFormat *format, int unit, int previous)
{
  static const char *const display_names[] = {
      "yearsDisplay",   "monthsDisplay",  "weeksDisplay",        "daysDisplay",         "hoursDisplay",
      "minutesDisplay", "secondsDisplay", "millisecondsDisplay", "microsecondsDisplay", "nanosecondsDisplay"};
  bool is_clock = is_clock_unit(unit), is_fraction = unit > DURATION_SECONDS;
  const char *const *names = is_clock ? clock_styles : is_fraction ? fraction_styles : long_styles;
  int style, display, display_default = DISPLAY_ALWAYS;
  TRY_OR(false, intl_enum_option(cx, options, intl_duration_units[unit], names, -1, &style));
  bool previous_numeric = previous >= UNIT_NUMERIC;
  if (style < 0) {
    if (format->base == BASE_DIGITAL) {
      style = is_clock || is_fraction ? UNIT_NUMERIC : UNIT_SHORT;
      if (!is_clock)
        display_default = DISPLAY_AUTO;
    } else if (previous_numeric) {
      style = UNIT_NUMERIC;
      if (unit != DURATION_MINUTES && unit != DURATION_SECONDS)
        display_default = DISPLAY_AUTO;
    } else {
      style = format->base;
      display_default = DISPLAY_AUTO;
    }
  }
  if (style == UNIT_NUMERIC && is_fraction) {
    style = UNIT_FRACTIONAL;
    display_default = DISPLAY_AUTO;
  }
  TRY_OR(false, intl_enum_option(cx, options, display_names[unit], displays, display_default, &display));
  /* ValidateDurationUnitStyle */
  if ((display == DISPLAY_ALWAYS && style == UNIT_FRACTIONAL) ||
      (previous == UNIT_FRACTIONAL && style != UNIT_FRACTIONAL) || (previous_numeric && style < UNIT_NUMERIC))
    return invalid_style(cx, options);
  if ((unit == DURATION_MINUTES || unit == DURATION_SECONDS) &&
      (previous == UNIT_NUMERIC || previous == UNIT_TWO_DIGIT))
    style = UNIT_TWO_DIGIT;
  format->styles[unit] = (uint8_t)style;
  format->displays[unit] = (uint8_t)display;
  return true;
}

/* What stands between hours and minutes: the locale's pattern for them tells. */
static JsString *read_separator(JsContext *cx, const char *icu_locale)
{
  JsString *pattern = TRY_OR(NULL, intl_best_pattern(cx, icu_locale, "Hms", CYCLE_NONE));
  StringView view = string_view(cx->heap, pattern);
  uint32_t from = 0, to;
  while (from < view.length && view_unit(view, from) != 'H')
    from++;
  while (from < view.length && view_unit(view, from) == 'H')
    from++;
  for (to = from; to < view.length && view_unit(view, to) != 'm';)
    to++;
  return to > from && to < view.length ? string_substring(cx->heap, pattern, from, to) : intl_ascii(cx, ":");
}

/* Intl.DurationFormat ( [ locales [ , options ] ] )  ecma402#sec-Intl.DurationFormat */
static JsValue intl_duration_format_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.DurationFormat");
  JsDurationFormat *format = TRY(INTL_NEW(cx, js_new_target(cx), DURATION_FORMAT, JsDurationFormat));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  IntlKey numbering = INTL_KEY_NU;
  IntlLocale locale;
  int base, digits, previous = -1;
  TRY(intl_get_options_object(cx, js_arg(argc, argv, 1), "Intl.DurationFormat", &options));
  TRY(intl_read_matcher(cx, options));
  TRY(intl_key_option(cx, options, "numberingSystem", &numbering));
  TRY(intl_resolve_locale(cx, requested, &numbering, 1, &locale));
  TRY(intl_enum_option(cx, options, "style", base_styles, BASE_SHORT, &base));
  format->base = (uint8_t)base;
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++) {
    TRY(read_unit(cx, options, format, unit, previous));
    if (unit >= DURATION_HOURS)
      previous = format->styles[unit];
  }
  TRY(intl_number_option(cx, options, "fractionalDigits", 0, 9, -1, &digits));
  format->fraction_digits = (int8_t)digits;
  memcpy(format->numbering, numbering.value, sizeof format->numbering);
  intl_icu_keywords(locale.icu, 1, (const char *[]){"numbers", format->numbering});
  memcpy(format->icu_locale, locale.icu, sizeof format->icu_locale);
  JsString *separator = TRY(read_separator(cx, format->icu_locale));
  intl_set(cx, &format->intl, DURATION_SEPARATOR, separator);
  static const uint8_t widths[] = {LIST_LONG, LIST_SHORT, LIST_NARROW, LIST_SHORT};
  JsIcuHandle *list = TRY(intl_open_list_formatter(cx, locale.icu, LIST_UNIT, widths[base]));
  intl_set(cx, &format->intl, DURATION_LIST, list);
  intl_set(cx, &format->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&format->intl.obj);
}

/* --- formatting --------------------------------------------------------------------------------------------------- */

typedef struct Work {
  JsContext *cx;
  JsDurationFormat *format;
  const DurationRecord *duration;
  bool shows_sign;     /* the first number shown has the sign */
  JsElements *strings; /* the list's elements, and their parts */
  JsElements *parts;
} Work;

/* The name of one of a unit: what NumberFormat and parts call it. */
static void singular(int unit, char out[16])
{
  size_t len = strlen(intl_duration_units[unit]) - 1;
  memcpy(out, intl_duration_units[unit], len);
  out[len] = 0;
}

/* A count of nanoseconds in units of 10^digits of them, as exact decimal text. */
static size_t write_decimal(DurationInt value, int digits, bool negative_zero, char out[64])
{
  char reversed[64];
  size_t n = 0, len = 0;
  bool negative = value < 0;
  unsigned __int128 rest = negative ? -(unsigned __int128)value : (unsigned __int128)value;
  for (int k = 0; rest || k <= digits; k++, rest /= 10) {
    if (k == digits && digits)
      reversed[n++] = '.';
    reversed[n++] = (char)('0' + (int)(rest % 10));
  }
  if (negative || negative_zero)
    out[len++] = '-';
  while (n)
    out[len++] = reversed[--n];
  out[len] = 0;
  return len;
}

/* Formats a number and appends its text and parts. */
static bool add_number(Work *work, int unit, DurationInt value, int decimals, IntlSkeleton *skeleton,
                       StringBuilder *text, JsArray *parts)
{
  JsContext *cx = work->cx;
  bool negative_zero = work->shows_sign && value == 0 && intl_duration_sign(work->duration) < 0;
  if (!work->shows_sign)
    intl_skeleton_add(skeleton, " sign-never");
  work->shows_sign = false;
  char name[16], digits[64];
  singular(unit, name);
  size_t len = write_decimal(value, decimals, negative_zero, digits);
  IntlNumber number = {true, value < 0 || negative_zero ? -1 : 1, digits, (uint32_t)len};
  JsString *made = TRY_OR(false, intl_number_text(cx, work->format->icu_locale, skeleton, &number, parts, name));
  builder_add_string(text, made);
  return true;
}

static void add_fraction_digits(IntlSkeleton *skeleton, const JsDurationFormat *format, int minimum_integer)
{
  int digits = format->fraction_digits;
  IntlDigits options = {.min_integer = minimum_integer,
                        .min_fraction = digits < 0 ? 0 : digits,
                        .max_fraction = digits < 0 ? 9 : digits,
                        .increment = 1,
                        .mode = 3 /* trunc */};
  intl_skeleton_add_digits(skeleton, &options);
}

static bool finish_element(Work *work, StringBuilder *text, JsArray *parts)
{
  JsString *made = TRY_OR(false, builder_finish(text));
  work->strings = TRY_OR(false, elements_push(work->cx, work->strings, js_from_cell(made)));
  work->parts = TRY_OR(false, elements_push(work->cx, work->parts, js_from_object(&parts->obj)));
  return true;
}

/* FormatNumericHours, FormatNumericMinutes, FormatNumericSeconds  ecma402#sec-formatnumerichours */
static bool add_clock_field(Work *work, int unit, bool after_another, StringBuilder *text, JsArray *parts)
{
  JsContext *cx = work->cx;
  const JsDurationFormat *format = work->format;
  if (after_another) {
    JsString *separator = intl_string(&work->format->intl, DURATION_SEPARATOR);
    builder_add_string(text, separator);
    TRY_OR(false, intl_add_part(cx, parts, "literal", separator, NULL, JS_UNDEFINED));
  }
  IntlSkeleton skeleton = {0};
  int minimum = format->styles[unit] == UNIT_TWO_DIGIT ? 2 : 1;
  if (unit != DURATION_SECONDS) {
    IntlDigits digits = {.min_integer = minimum, .increment = 1};
    intl_skeleton_add_digits(&skeleton, &digits);
    intl_skeleton_add(&skeleton, "group-off");
    return add_number(work, unit, (DurationInt)work->duration->value[unit], 0, &skeleton, text, parts);
  }
  add_fraction_digits(&skeleton, format, minimum);
  intl_skeleton_add(&skeleton, "group-off");
  return add_number(work, unit, intl_duration_nanoseconds(work->duration, unit), 9, &skeleton, text, parts);
}

/* FormatNumericUnits  ecma402#sec-formatnumericunits */
static bool add_clock(Work *work, int first)
{
  const JsDurationFormat *format = work->format;
  const DurationRecord *duration = work->duration;
  bool shown[3];
  shown[2] = intl_duration_nanoseconds(duration, DURATION_SECONDS) != 0 ||
             format->displays[DURATION_SECONDS] == DISPLAY_ALWAYS;
  shown[0] = first == DURATION_HOURS &&
             (duration->value[DURATION_HOURS] != 0 || format->displays[DURATION_HOURS] == DISPLAY_ALWAYS);
  shown[1] = first <= DURATION_MINUTES && ((shown[0] && shown[2]) || duration->value[DURATION_MINUTES] != 0 ||
                                           format->displays[DURATION_MINUTES] == DISPLAY_ALWAYS);
  StringBuilder text;
  builder_init(&text, work->cx);
  JsArray *parts = array_new(work->cx, 8);
  bool ok = parts != NULL, any = false;
  for (int k = 0; k < 3 && ok; k++) {
    if (!shown[k])
      continue;
    /* Seconds come behind minutes only, minutes behind hours only. */
    ok = add_clock_field(work, DURATION_HOURS + k, k && shown[k - 1], &text, parts);
    any = true;
  }
  if (!ok || !any) {
    builder_discard(&text);
    return ok;
  }
  return finish_element(work, &text, parts);
}

/* A unit on its own: "5 hours". */
static bool add_unit(Work *work, int unit, bool with_fraction)
{
  static const char *const widths[] = {"full-name", "short", "narrow"};
  static const int decimals[] = {9, 6, 3, 0};
  const JsDurationFormat *format = work->format;
  DurationInt value =
      with_fraction ? intl_duration_nanoseconds(work->duration, unit) : (DurationInt)work->duration->value[unit];
  if (value == 0 && format->displays[unit] != DISPLAY_ALWAYS)
    return true;
  IntlSkeleton skeleton = {0};
  char name[16];
  singular(unit, name);
  intl_skeleton_add(&skeleton, "unit/%s unit-width-%s ", name, widths[format->styles[unit]]);
  if (with_fraction)
    add_fraction_digits(&skeleton, format, 1);
  StringBuilder text;
  builder_init(&text, work->cx);
  JsArray *parts = array_new(work->cx, 4);
  if (!parts ||
      !add_number(work, unit, value, with_fraction ? decimals[unit - DURATION_SECONDS] : 0, &skeleton, &text, parts)) {
    builder_discard(&text);
    return false;
  }
  return finish_element(work, &text, parts);
}

/* PartitionDurationFormatPattern ( durationFormat, duration )  ecma402#sec-partitiondurationformatpattern */
static bool collect_elements(Work *work)
{
  const JsDurationFormat *format = work->format;
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++) {
    int style = format->styles[unit];
    if (style == UNIT_NUMERIC || style == UNIT_TWO_DIGIT)
      return add_clock(work, unit);
    bool with_fraction =
        unit >= DURATION_SECONDS && unit < DURATION_NANOSECONDS && format->styles[unit + 1] == UNIT_FRACTIONAL;
    TRY_OR(false, add_unit(work, unit, with_fraction));
    if (with_fraction)
      return true;
  }
  return true;
}

/* Intl.DurationFormat.prototype.format ( duration ) and formatToParts
 * ecma402#sec-Intl.DurationFormat.prototype.format; magic 1: to parts */
static JsValue intl_duration_format_proto_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool to_parts = js_callee_magic(cx);
  JsDurationFormat *format =
      INTL_THIS(cx, this_val, DURATION_FORMAT, JsDurationFormat,
                to_parts ? "Intl.DurationFormat.prototype.formatToParts" : "Intl.DurationFormat.prototype.format");
  DurationRecord duration;
  TRY(intl_to_duration(cx, js_arg(argc, argv, 0), &duration));
  Work work = {cx, format, &duration, true, elements_new(cx->heap, 8), elements_new(cx->heap, 8)};
  TRY(collect_elements(&work));
  JsArray *parts = to_parts ? TRY(array_new(cx, 16)) : NULL;
  JsIcuHandle *list = (JsIcuHandle *)js_as_cell(slot_get(format->intl.slots[DURATION_LIST]));
  JsString *text = TRY(intl_join_list(cx, list, work.strings, parts, work.parts));
  return parts ? js_from_object(&parts->obj) : js_from_cell(text);
}

/* Intl.DurationFormat.prototype.resolvedOptions ( )  ecma402#sec-Intl.DurationFormat.prototype.resolvedOptions */
static JsValue intl_duration_format_proto_resolved_options(JsContext *cx, JsValue this_val, int argc,
                                                           const JsValue *argv)
{
  JsDurationFormat *format =
      INTL_THIS(cx, this_val, DURATION_FORMAT, JsDurationFormat, "Intl.DurationFormat.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(format->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "numberingSystem", format->numbering));
  TRY(intl_put_ascii(cx, out, "style", base_styles[format->base]));
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++) {
    int style = format->styles[unit] == UNIT_FRACTIONAL ? UNIT_NUMERIC : format->styles[unit];
    char name[32];
    size_t len = strlen(intl_duration_units[unit]);
    memcpy(name, intl_duration_units[unit], len);
    memcpy(name + len, "Display", 8);
    TRY(intl_put_ascii(cx, out, intl_duration_units[unit], clock_styles[style]));
    TRY(intl_put_ascii(cx, out, name, displays[format->displays[unit]]));
  }
  if (format->fraction_digits >= 0)
    TRY(intl_put(cx, out, "fractionalDigits", js_int32(format->fraction_digits)));
  return js_from_object(out);
}

static const JsBuiltin intl_duration_format_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_DURATION_FORMAT),
};
static const JsBuiltin intl_duration_format_proto[] = {
    FN("resolvedOptions", intl_duration_format_proto_resolved_options, 0),
    FN_MAGIC("format", intl_duration_format_proto_format, 1, 0),
    FN_MAGIC("formatToParts", intl_duration_format_proto_format, 1, 1),
    STRING_SYM(toStringTag, "Intl.DurationFormat"),
};
const JsIntrinsicTable intl_duration_format_constructor_table = {
    CONSTRUCTOR_TABLE("DurationFormat", intl_duration_format_constructor, 0, INTL_DURATION_FORMAT_PROTOTYPE),
    ROWS(intl_duration_format_static)};
const JsIntrinsicTable intl_duration_format_prototype_table = {PROTOTYPE_TABLE(INTL_DURATION_FORMAT),
                                                               ROWS(intl_duration_format_proto)};
