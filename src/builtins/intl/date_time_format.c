// SPDX-License-Identifier: MIT
/*
 * Intl.DateTimeFormat  ecma402#datetimeformat-objects, and Date's toLocaleString.
 *
 * Options become an ICU skeleton (or styles), that a pattern, and what resolvedOptions() shows is read off the pattern.
 */
#include "builtins/date.h"
#include "builtins/intl/date_time_format.h"
#include "builtins/intl/time_zone.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"

extern const JsIntrinsicTable intl_date_time_format_constructor_table, intl_date_time_format_prototype_table;

static const char *const date_styles[] = {"full", "long", "medium", "short", NULL};

typedef enum { NEED_ANY, NEED_DATE, NEED_TIME } DateNeed;
typedef enum { DEFAULTS_ALL, DEFAULTS_DATE, DEFAULTS_TIME } DateDefaults;

/* --- locale data -------------------------------------------------------------------------------------------------- */

static void preferred_calendar(const Icu *icu, const char *icu_locale, char out[64])
{
  IcuError error = 0;
  IcuEnumeration *list = icu->ucal_getKeywordValuesForLocale("calendar", icu_locale, true, &error);
  const char *name = error > 0 ? NULL : icu->uenum_next(list, NULL, &error);
  const char *type = name ? icu->uloc_toUnicodeLocaleType("ca", name) : NULL;
  snprintf(out, 64, "%s", type ? type : "gregory");
  if (list)
    icu->uenum_close(list);
}

static bool supports_calendar(const Icu *icu, const char *icu_locale, const char *value)
{
  IcuError error = 0;
  IcuEnumeration *list = icu->ucal_getKeywordValuesForLocale("calendar", icu_locale, false, &error);
  bool found = false;
  const char *name;
  while (error <= 0 && !found && (name = icu->uenum_next(list, NULL, &error))) {
    const char *type = icu->uloc_toUnicodeLocaleType("ca", name);
    found = type && !strcmp(type, value) && strcmp(value, "unknown");
  }
  if (list)
    icu->uenum_close(list);
  return found;
}

static bool supports_cycle(const Icu *icu, const char *icu_locale, const char *value)
{
  return intl_find_name(intl_hour_cycles, value) >= 0;
}

/* --- the constructor ---------------------------------------------------------------------------------------------- */

static bool is_date_field(int field)
{
  return field == FIELD_WEEKDAY || field == FIELD_YEAR || field == FIELD_MONTH || field == FIELD_DAY;
}

static bool is_time_field(int field)
{
  return field >= FIELD_DAY_PERIOD && field <= FIELD_FRACTION;
}

static bool read_components(JsContext *cx, IntlOptions options, DateComponents *out)
{
  for (int field = 0; field < DATE_FIELD_COUNT; field++) {
    const char *name = intl_date_field_names[field];
    if (field == FIELD_FRACTION)
      TRY_OR(false, intl_number_option(cx, options, name, 1, 3, -1, &out->value[field]));
    else
      TRY_OR(false, intl_enum_option(cx, options, name, intl_date_field_values[field], -1, &out->value[field]));
  }
  return true;
}

static bool throw_invalid_option(JsContext *cx, const char *name)
{
  throw_error(cx, JS_MSG_INTL_INVALID_OPTION, name);
  return false;
}

/* Steps on dateStyle, timeStyle and default components of CreateDateTimeFormat. */
static bool apply_defaults(JsContext *cx, DateComponents *components, int date_style, int time_style, DateNeed need,
                           DateDefaults defaults)
{
  bool any = false, needed = true;
  for (int field = 0; field < DATE_FIELD_COUNT; field++) {
    if (components->value[field] < 0)
      continue;
    any = true;
    if ((need != NEED_TIME && is_date_field(field)) || (need != NEED_DATE && is_time_field(field)))
      needed = false;
  }
  if (date_style != STYLE_NONE || time_style != STYLE_NONE) {
    if (any)
      return throw_invalid_option(cx, "option");
    if (need == NEED_DATE && time_style != STYLE_NONE)
      return throw_invalid_option(cx, "timeStyle");
    return !(need == NEED_TIME && date_style != STYLE_NONE) || throw_invalid_option(cx, "dateStyle");
  }
  enum { NUMERIC = 1 };
  if (needed && defaults != DEFAULTS_TIME)
    components->value[FIELD_YEAR] = components->value[FIELD_MONTH] = components->value[FIELD_DAY] = NUMERIC;
  if (needed && defaults != DEFAULTS_DATE)
    components->value[FIELD_HOUR] = components->value[FIELD_MINUTE] = components->value[FIELD_SECOND] = NUMERIC;
  return true;
}

/* The cycle for hour12: the locale's own when it is of that kind. */
static bool cycle_for_hour12(JsContext *cx, const IntlLocale *locale, int hour12, int *out)
{
  TRY_OR(false, intl_default_cycle(cx, locale->icu, out));
  bool is_twelve = *out == CYCLE_H11 || *out == CYCLE_H12, is_japanese = strstr(locale->icu, "_JP") != NULL;
  if (hour12 && !is_twelve)
    *out = is_japanese ? CYCLE_H11 : CYCLE_H12;
  else if (!hour12 && is_twelve)
    *out = CYCLE_H23;
  return true;
}

/* Opens the UDateFormat of a pattern: from the cache when the same locale, zone and request were open before. */
static bool open_format(JsContext *cx, JsDateTimeFormat *format, const DateComponents *components, int cycle)
{
  JsString *zone = TRY_OR(false, intl_icu_zone(cx, intl_string(&format->intl, DATE_ZONE)));
  char skeleton[64], key[2 * LOCALE_ICU_MAX + 128];
  intl_date_skeleton(components, cycle, skeleton);
  char *zone_text = TRY_OR(false, intl_c_string(cx, zone));
  snprintf(key, sizeof key, "D|%s|%.*s|%s|%d%d|%d", format->icu_locale, 128, zone_text, skeleton, format->date_style,
           format->time_style, cycle);
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  JsIcuHandle *handle = intl_cache_find(cx, key);
  if (!handle) {
    bool styled = format->date_style != STYLE_NONE || format->time_style != STYLE_NONE;
    JsString *pattern =
        TRY_OR(false, styled ? intl_style_pattern(cx, format->icu_locale, format->date_style, format->time_style, cycle)
                             : intl_best_pattern(cx, format->icu_locale, skeleton, cycle));
    JsString *keep, *zone_keep;
    const uint16_t *units = TRY_OR(false, intl_units(cx, pattern, &keep));
    const uint16_t *zone_units = TRY_OR(false, intl_units(cx, zone, &zone_keep));
    enum { ICU_BY_PATTERN = -2, FORMAT_BYTES = 16384 };
    IcuError error = 0;
    IcuDateFormat *opened = icu->udat_open(ICU_BY_PATTERN, ICU_BY_PATTERN, format->icu_locale, zone_units,
                                           (int32_t)zone->length, units, (int32_t)pattern->length, &error);
    handle =
        TRY_OR(false, intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->udat_close, FORMAT_BYTES));
    js_keep_alive(js_from_cell(keep));
    js_keep_alive(js_from_cell(zone_keep));
    /* The calendar is Gregorian at all times: no Julian one before 1582. Others than GregorianCalendar refuse. */
    IcuCalendar *calendar = icu->ucal_clone(icu->udat_getCalendar(opened), &error);
    if (error <= 0) {
      icu->ucal_setGregorianChange(calendar, -DATE_MAX_TIME, &error);
      icu->udat_setCalendar(opened, calendar);
      icu->ucal_close(calendar);
    }
    intl_cache_add(cx, key, handle);
  }
  JsString *shown = TRY_OR(false, ICU_STRING(cx, icu->udat_toPattern(handle->icu, false, dst, cap, &error)));
  intl_set(cx, &format->intl, DATE_ICU, handle);
  intl_set(cx, &format->intl, DATE_PATTERN, shown);
  return true;
}

static bool read_zone(JsContext *cx, IntlOptions options, JsDateTimeFormat *format)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, "timeZone", &text));
  JsString *zone = TRY_OR(false, text ? intl_named_zone(cx, text) : intl_system_zone(cx));
  intl_set(cx, &format->intl, DATE_ZONE, zone);
  return true;
}

/* CreateDateTimeFormat ( newTarget, locales, options, required, defaults )  ecma402#sec-createdatetimeformat */
static JsDateTimeFormat *make_format(JsContext *cx, JsValue new_target, JsValue locales, JsValue options_value,
                                     DateNeed need, DateDefaults defaults)
{
  static const char *const matchers[] = {"basic", "best fit", NULL};
  JsDateTimeFormat *format = TRY_OR(NULL, INTL_NEW(cx, new_target, DATE_TIME_FORMAT, JsDateTimeFormat));
  JsElements *requested = TRY_OR(NULL, intl_locale_list(cx, locales));
  IntlOptions options;
  IntlKey keys[] = {{.key = "ca", .preferred = preferred_calendar, .supports = supports_calendar},
                    {.key = "hc", .supports = supports_cycle},
                    INTL_KEY_NU};
  int hour12, cycle, matcher, date_style, time_style;
  TRY_OR(NULL, intl_coerce_options(cx, options_value, "Intl.DateTimeFormat", &options));
  TRY_OR(NULL, intl_read_matcher(cx, options));
  TRY_OR(NULL, intl_key_option(cx, options, "calendar", &keys[0]));
  TRY_OR(NULL, intl_key_option(cx, options, "numberingSystem", &keys[2]));
  TRY_OR(NULL, intl_boolean_option(cx, options, "hour12", -1, &hour12));
  TRY_OR(NULL, intl_enum_option(cx, options, "hourCycle", intl_hour_cycles, CYCLE_NONE, &cycle));
  keys[1].has_option = hour12 >= 0 || cycle != CYCLE_NONE;
  if (hour12 < 0 && cycle != CYCLE_NONE)
    memcpy(keys[1].option, intl_hour_cycles[cycle], 4);
  IntlLocale locale;
  TRY_OR(NULL, intl_resolve_locale(cx, requested, keys, 3, &locale));
  TRY_OR(NULL, read_zone(cx, options, format));
  DateComponents components;
  TRY_OR(NULL, read_components(cx, options, &components));
  TRY_OR(NULL, intl_enum_option(cx, options, "formatMatcher", matchers, 1, &matcher));
  TRY_OR(NULL, intl_enum_option(cx, options, "dateStyle", date_styles, STYLE_NONE, &date_style));
  TRY_OR(NULL, intl_enum_option(cx, options, "timeStyle", date_styles, STYLE_NONE, &time_style));
  TRY_OR(NULL, apply_defaults(cx, &components, date_style, time_style, need, defaults));
  memcpy(format->calendar, keys[0].value, sizeof format->calendar);
  memcpy(format->numbering, keys[2].value, sizeof format->numbering);
  format->date_style = (int8_t)date_style;
  format->time_style = (int8_t)time_style;
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  const char *calendar = icu->uloc_toLegacyType("ca", format->calendar);
  intl_icu_keywords(locale.icu, 2,
                    (const char *[]){"calendar", calendar ? calendar : format->calendar, "numbers", format->numbering});
  memcpy(format->icu_locale, locale.icu, sizeof format->icu_locale);
  cycle = keys[1].value[0] ? intl_find_name(intl_hour_cycles, keys[1].value) : CYCLE_NONE;
  bool has_hour = components.value[FIELD_HOUR] >= 0 || time_style != STYLE_NONE;
  if (!has_hour)
    cycle = CYCLE_NONE;
  else if (hour12 >= 0)
    TRY_OR(NULL, cycle_for_hour12(cx, &locale, hour12, &cycle));
  else if (cycle == CYCLE_NONE && components.value[FIELD_DAY_PERIOD] >= 0) /* "j" alone would bring AM and PM */
    TRY_OR(NULL, intl_default_cycle(cx, locale.icu, &cycle));
  intl_set(cx, &format->intl, INTL_LOCALE, locale.tag);
  TRY_OR(NULL, open_format(cx, format, &components, cycle));
  return format;
}

/* Intl.DateTimeFormat ( [ locales [ , options ] ] )  ecma402#sec-intl.datetimeformat */
static JsValue intl_date_time_format_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx), callee = js_from_object(js_callee(cx));
  bool called = js_is_undefined(new_target);
  JsDateTimeFormat *format = TRY(make_format(cx, called ? callee : new_target, js_arg(argc, argv, 0),
                                             js_arg(argc, argv, 1), NEED_ANY, DEFAULTS_DATE));
  JsValue made = js_from_object(&format->intl.obj);
  return called ? intl_chain_legacy(cx, INTRINSIC_OBJECT(cx, INTL_DATE_TIME_FORMAT), this_val, made) : made;
}

JsValue intl_date_to_locale_string(JsContext *cx, double time, JsValue locales, JsValue options,
                                   IntlDateDefaults defaults)
{
  static const DateNeed needs[] = {NEED_ANY, NEED_DATE, NEED_TIME};
  bool sharable = js_is_undefined(options) && (js_is_undefined(locales) || js_is_string(locales));
  /* A zone of its own each: TZ may change. */
  int kind = CELL_INTL_DATE_TIME_FORMAT + 256 * (1 + (int)defaults);
  JsValue found = sharable ? intl_shared_find(cx, kind, locales) : JS_HOLE;
  if (js_is_cell(found)) {
    JsString *zone = TRY(intl_system_zone(cx));
    if (zone != intl_string((JsIntl *)js_as_object(found), DATE_ZONE))
      found = JS_HOLE;
  }
  if (js_is_hole(found)) {
    found = js_from_object(
        &TRY(make_format(cx, JS_UNDEFINED, locales, options, needs[defaults], (DateDefaults)defaults))->intl.obj);
    if (sharable)
      intl_shared_add(cx, kind, locales, found);
  }
  return js_from_cell(TRY(intl_format_date(cx, (JsDateTimeFormat *)js_as_object(found), time)));
}

/* --- formatting --------------------------------------------------------------------------------------------------- */

/* The time an argument stands for; RangeError when it is none. */
static bool time_argument(JsContext *cx, JsValue val, double *out)
{
  if (js_is_undefined(val))
    *out = date_current_time(cx);
  else
    TRY_OR(false, to_number_double(cx, val, out));
  *out = date_time_clip(*out);
  if (isnan(*out))
    throw_error(cx, JS_MSG_INVALID_TIME_VALUE);
  return !isnan(*out);
}

/* DateTime Format Functions  ecma402#sec-datetime-format-functions; data: the format */
static JsValue bound_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double time;
  TRY(time_argument(cx, js_arg(argc, argv, 0), &time));
  return js_from_cell(TRY(intl_format_date(cx, (JsDateTimeFormat *)js_as_object(js_callee_data(cx, 0)), time)));
}

/* UnwrapDateTimeFormat ( dtf )  ecma402#sec-unwrapdatetimeformat */
static JsDateTimeFormat *unwrap_format(JsContext *cx, JsValue this_val, const char *method)
{
  return (JsDateTimeFormat *)intl_unwrap_legacy(cx, INTRINSIC_OBJECT(cx, INTL_DATE_TIME_FORMAT),
                                                CELL_INTL_DATE_TIME_FORMAT, this_val, method);
}

/* get Intl.DateTimeFormat.prototype.format  ecma402#sec-intl.datetimeformat.prototype.format */
static JsValue get_date_time_format_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDateTimeFormat *format = TRY(unwrap_format(cx, this_val, "get Intl.DateTimeFormat.prototype.format"));
  if (!intl_has(&format->intl, DATE_BOUND)) {
    JsValue data = js_from_object(&format->intl.obj);
    intl_set(cx, &format->intl, DATE_BOUND,
             native_function_new(cx, bound_format, key_from_c_string(cx->heap, ""), 1, &data, 1));
  }
  return slot_get(format->intl.slots[DATE_BOUND]);
}

/* Intl.DateTimeFormat.prototype.formatToParts ( date )  ecma402#sec-intl.datetimeformat.prototype.formattoparts */
static JsValue intl_date_time_format_proto_format_to_parts(JsContext *cx, JsValue this_val, int argc,
                                                           const JsValue *argv)
{
  JsDateTimeFormat *format =
      INTL_THIS(cx, this_val, DATE_TIME_FORMAT, JsDateTimeFormat, "Intl.DateTimeFormat.prototype.formatToParts");
  double time;
  TRY(time_argument(cx, js_arg(argc, argv, 0), &time));
  return js_from_object(&TRY(intl_format_date_parts(cx, format, time, NULL))->obj);
}

/* Intl.DateTimeFormat.prototype.formatRange ( startDate, endDate ) and formatRangeToParts
 * ecma402#sec-intl.datetimeformat.prototype.formatRange; magic 1: to parts */
static JsValue intl_date_time_format_proto_format_range(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool to_parts = js_callee_magic(cx);
  JsDateTimeFormat *format = INTL_THIS(cx, this_val, DATE_TIME_FORMAT, JsDateTimeFormat,
                                       to_parts ? "Intl.DateTimeFormat.prototype.formatRangeToParts"
                                                : "Intl.DateTimeFormat.prototype.formatRange");
  JsValue start = js_arg(argc, argv, 0), end = js_arg(argc, argv, 1);
  if (js_is_undefined(start) || js_is_undefined(end))
    return throw_error(cx, JS_MSG_INTL_UNDEFINED_TIME);
  double from, to;
  TRY(to_number_double(cx, start, &from));
  TRY(to_number_double(cx, end, &to));
  from = date_time_clip(from);
  to = date_time_clip(to);
  if (isnan(from) || isnan(to))
    return throw_error(cx, JS_MSG_INVALID_TIME_VALUE);
  return intl_format_date_range(cx, format, from, to, to_parts);
}

/* Intl.DateTimeFormat.prototype.resolvedOptions ( )  ecma402#sec-intl.datetimeformat.prototype.resolvedoptions */
static JsValue intl_date_time_format_proto_resolved_options(JsContext *cx, JsValue this_val, int argc,
                                                            const JsValue *argv)
{
  JsDateTimeFormat *format = TRY(unwrap_format(cx, this_val, "Intl.DateTimeFormat.prototype.resolvedOptions"));
  JsObject *out = object_new(cx);
  DateComponents components;
  int cycle;
  intl_read_pattern(cx, intl_string(&format->intl, DATE_PATTERN), &components, &cycle);
  TRY(intl_put(cx, out, "locale", slot_get(format->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "calendar", format->calendar));
  TRY(intl_put_ascii(cx, out, "numberingSystem", format->numbering));
  TRY(intl_put(cx, out, "timeZone", slot_get(format->intl.slots[DATE_ZONE])));
  if (cycle != CYCLE_NONE) {
    TRY(intl_put_ascii(cx, out, "hourCycle", intl_hour_cycles[cycle]));
    TRY(intl_put(cx, out, "hour12", js_boolean(cycle <= CYCLE_H12)));
  }
  bool styled = format->date_style != STYLE_NONE || format->time_style != STYLE_NONE;
  for (int field = 0; field < DATE_FIELD_COUNT && !styled; field++) {
    int value = components.value[field];
    if (value < 0)
      continue;
    if (field == FIELD_FRACTION)
      TRY(intl_put(cx, out, intl_date_field_names[field], js_int32(value)));
    else
      TRY(intl_put_ascii(cx, out, intl_date_field_names[field], intl_date_field_values[field][value]));
  }
  if (format->date_style != STYLE_NONE)
    TRY(intl_put_ascii(cx, out, "dateStyle", date_styles[format->date_style]));
  if (format->time_style != STYLE_NONE)
    TRY(intl_put_ascii(cx, out, "timeStyle", date_styles[format->time_style]));
  return js_from_object(out);
}

static const JsBuiltin intl_date_time_format_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_DATE_TIME_FORMAT),
};
static const JsBuiltin intl_date_time_format_proto[] = {
    FN("resolvedOptions", intl_date_time_format_proto_resolved_options, 0),
    FN("formatToParts", intl_date_time_format_proto_format_to_parts, 1),
    GETTER("format", get_date_time_format_format),
    FN_MAGIC("formatRange", intl_date_time_format_proto_format_range, 2, 0),
    FN_MAGIC("formatRangeToParts", intl_date_time_format_proto_format_range, 2, 1),
    STRING_SYM(toStringTag, "Intl.DateTimeFormat"),
};
const JsIntrinsicTable intl_date_time_format_constructor_table = {
    CONSTRUCTOR_TABLE("DateTimeFormat", intl_date_time_format_constructor, 0, INTL_DATE_TIME_FORMAT_PROTOTYPE),
    ROWS(intl_date_time_format_static)};
const JsIntrinsicTable intl_date_time_format_prototype_table = {PROTOTYPE_TABLE(INTL_DATE_TIME_FORMAT),
                                                                ROWS(intl_date_time_format_proto)};
