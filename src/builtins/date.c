// SPDX-License-Identifier: MIT
/*
 * Date  ecma262#sec-date-objects. Arithmetic, zone, parsing and formats are in base/date.h.
 *
 * Getters and setters that differ in a field only share one body; the table's magic number says which field, and
 * whether it is of local or of universal time.
 */
#include "builtins/date.h"
#include "builtins/intl/time_zone.h"

#include "base/clock.h"
#include "base/date.h"
#include "unicode/icu.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

_Static_assert(sizeof(JsDate) == sizeof(JsObject) + 8, "nothing to trace beyond the object");

static JsDate *this_date(JsContext *cx, JsValue this_val)
{
  if (js_is_date(this_val))
    return (JsDate *)js_as_object(this_val);
  /* V8 names its setters and what makes text, not its getters. */
  char method[64] = "Date.prototype.";
  size_t prefix = strlen(method);
  JsString *name = function_debug_name(cx, js_callee(cx));
  method[prefix + string_to_utf8(cx->heap, name, method + prefix, sizeof method - prefix - 1)] = 0;
  bool is_getter = strncmp(method + prefix, "get", 3) == 0 && strcmp(method + prefix, "getYear") != 0;
  if (is_getter || strcmp(method + prefix, "valueOf") == 0)
    throw_error(cx, JS_MSG_NOT_A_DATE);
  else
    throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, this_val);
  return NULL;
}

double date_current_time(JsContext *cx)
{
  const JsHostHooks *hooks = &cx->vm->hooks;
  if (hooks->realtime_ms)
    return floor(hooks->realtime_ms(hooks->opaque));
  Clock clock;
  clock_init(&clock);
  return floor(clock_realtime_ms(&clock));
}

JsObject *date_new(JsContext *cx, double time)
{
  JsObject *obj = object_new_kind(cx, CELL_DATE, sizeof(JsDate), INTRINSIC_OBJECT(cx, DATE_PROTOTYPE));
  ((JsDate *)obj)->time = date_time_clip(time);
  return obj;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

/* The zone's English name, as V8 puts it behind the time: ICU's, else the C library's abbreviation. */
static size_t zone_name(JsContext *cx, double t, char *out, size_t cap)
{
  char abbreviation[32];
  date_zone_abbreviation(t, abbreviation, sizeof abbreviation);
  if (strcmp(abbreviation, "UTC") == 0)
    return (size_t)snprintf(out, cap, "Coordinated Universal Time");
  const Icu *icu = icu_load();
  if (icu) {
    IcuError error = 0;
    JsString *zone = MUST(intl_system_zone(cx))
    , *keep; /* ICU is there */
    const uint16_t *units = intl_units(cx, zone, &keep);
    IcuCalendar *calendar = icu->ucal_open(units, units ? (int32_t)zone->length : 0, "en_US", 0, &error);
    js_keep_alive(js_from_cell(keep));
    if (error <= 0 && calendar) {
      enum { STANDARD = 0, SUMMER = 2 }; /* UCalendarDisplayNameType */
      uint16_t name[64];
      int32_t len = icu->ucal_getTimeZoneDisplayName(calendar, date_zone_is_summer(t) ? SUMMER : STANDARD, "en_US",
                                                     name, JS_COUNTOF(name), &error);
      icu->ucal_close(calendar);
      if (error <= 0 && len > 0 && (size_t)len < cap) {
        for (int32_t k = 0; k < len; k++)
          out[k] = (char)(name[k] < 0x80 ? name[k] : '?');
        return (size_t)len;
      }
    }
  }
  return (size_t)snprintf(out, cap, "%s", abbreviation);
}

typedef enum { TEXT_DATE = 1, TEXT_TIME = 2, TEXT_BOTH = 3 } DateTextParts;

/* ToDateString ( tv ) and its halves  ecma262#sec-todatestring */
static JsValue date_text(JsContext *cx, double t, DateTextParts parts)
{
  if (isnan(t))
    return js_from_cell(string_from_c_string(cx->heap, "Invalid Date"));
  char out[DATE_TEXT_MAX * 3];
  size_t n = 0;
  if (parts & TEXT_DATE)
    n += date_to_date_string(t, out);
  if (parts == TEXT_BOTH)
    out[n++] = ' ';
  if (parts & TEXT_TIME) {
    n += date_to_time_string(t, out + n);
    out[n++] = ' ';
    out[n++] = '(';
    n += zone_name(cx, t, out + n, DATE_TEXT_MAX);
    out[n++] = ')';
  }
  return js_from_cell(string_from_latin1(cx->heap, out, n));
}

/* Date.prototype.toString, toDateString, toTimeString  ecma262#sec-date.prototype.tostring */
static JsValue date_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return date_text(cx, TRY(this_date(cx, this_val))->time, (DateTextParts)js_callee_magic(cx));
}

/* Date.prototype.toLocaleString ( [ locales [ , options ] ] ) and its halves  ecma402#sup-date.prototype.tolocalestring
 */
static JsValue date_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t = TRY(this_date(cx, this_val))
  ->time;
  if (isnan(t))
    return js_from_cell(string_from_c_string(cx->heap, "Invalid Date"));
  int parts = js_callee_magic(cx);
  JsValue locales = js_arg(argc, argv, 0), options = js_arg(argc, argv, 1);
  /* FAST: years of four digits in American English need no ICU. It is the language where there is none, too. */
  bool american = js_is_string(locales) ? string_equals_ascii(cx->heap, js_as_string(locales), "en-US")
                                        : js_is_undefined(locales) && !icu_load();
  const double year_1000 = -30610224000000, year_10000 = 253402300800000;
  if (!american || !js_is_undefined(options) || t < year_1000 + DATE_MS_PER_DAY || t > year_10000 - DATE_MS_PER_DAY)
    return intl_date_to_locale_string(cx, t, locales, options,
                                      parts == TEXT_BOTH   ? INTL_DATE_TIME
                                      : parts == TEXT_DATE ? INTL_DATE
                                                           : INTL_TIME);
  char out[DATE_TEXT_MAX * 2];
  size_t n = 0;
  if (parts & TEXT_DATE)
    n += date_to_locale_date(t, out);
  if (parts == TEXT_BOTH) {
    out[n++] = ',';
    out[n++] = ' ';
  }
  if (parts & TEXT_TIME)
    n += date_to_locale_time(t, out + n);
  return js_from_cell(string_from_latin1(cx->heap, out, n));
}

/* Date.prototype.toISOString ( )  ecma262#sec-date.prototype.toisostring */
static JsValue date_proto_to_iso_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t = TRY(this_date(cx, this_val))
  ->time;
  if (isnan(t))
    return throw_error(cx, JS_MSG_INVALID_TIME_VALUE);
  char out[DATE_TEXT_MAX];
  return js_from_cell(string_from_latin1(cx->heap, out, date_to_iso(t, out)));
}

/* Date.prototype.toUTCString ( )  ecma262#sec-date.prototype.toutcstring */
static JsValue date_proto_to_utc_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t = TRY(this_date(cx, this_val))
  ->time;
  if (isnan(t))
    return js_from_cell(string_from_c_string(cx->heap, "Invalid Date"));
  char out[DATE_TEXT_MAX];
  return js_from_cell(string_from_latin1(cx->heap, out, date_to_utc_string(t, out)));
}

/* Date.prototype.toJSON ( key )  ecma262#sec-date.prototype.tojson */
static JsValue date_proto_to_json(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, this_val));
  JsValue tv = TRY(to_primitive(cx, js_from_object(obj), HINT_NUMBER));
  if (js_is_number(tv) && !isfinite(js_number_value(tv)))
    return JS_NULL;
  JsValue to_iso = TRY(get_property(cx, obj, key_from_c_string(cx->heap, "toISOString")));
  if (!js_is_callable(to_iso))
    return throw_error(cx, JS_MSG_TO_ISO_STRING_NOT_FUNCTION);
  return js_call0(cx, to_iso, js_from_object(obj));
}

/* --- constructor ------------------------------------------------------------------------------------------------- */

static double parse_text(JsContext *cx, JsString *string)
{
  StringView view = string_view(cx->heap, string);
  double t = date_parse(view.units, view.is_wide, view.length);
  js_keep_alive(js_from_cell(string));
  return t;
}

/* The time value of year, month [, day, hours, minutes, seconds, ms ], not clipped, in whatever zone is meant. */
static bool time_from_arguments(JsContext *cx, int argc, const JsValue *argv, double *t)
{
  double part[7] = {NAN, 0, 1, 0, 0, 0, 0};
  for (int k = 0; k < argc && k < 7; k++)
    TRY_OR(false, to_number_double(cx, argv[k], &part[k]));
  double day = date_make_day(date_make_full_year(part[0]), part[1], part[2]);
  *t = date_make_date(day, date_make_time(part[3], part[4], part[5], part[6]));
  return true;
}

/* UTC ( t ) of anything, far or NaN. */
static double utc_of_local(double t)
{
  return isfinite(t) && fabs(t) <= DATE_MAX_TIME + DATE_MS_PER_DAY ? date_utc(t) : NAN;
}

/* Date ( ...values )  ecma262#sec-date */
static JsValue date_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    return date_text(cx, date_current_time(cx), TEXT_BOTH);
  double t;
  if (argc == 0) {
    t = date_current_time(cx);
  } else if (argc == 1 && js_is_date(argv[0])) {
    t = ((JsDate *)js_as_object(argv[0]))->time;
  } else if (argc == 1) {
    JsValue val = TRY(to_primitive(cx, argv[0], HINT_DEFAULT));
    if (js_is_string(val))
      t = parse_text(cx, js_as_string(val));
    else
      TRY(to_number_double(cx, val, &t));
  } else {
    TRY(time_from_arguments(cx, argc, argv, &t));
    t = utc_of_local(t);
  }
  JsObject *obj =
      TRY(ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_DATE_PROTOTYPE, CELL_DATE, sizeof(JsDate)));
  ((JsDate *)obj)->time = date_time_clip(t);
  return js_from_object(obj);
}

/* Date.now ( )  ecma262#sec-date.now */
static JsValue date_now(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(date_current_time(cx));
}

/* Date.parse ( string )  ecma262#sec-date.parse */
static JsValue date_parse_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(parse_text(cx, TRY(to_string(cx, js_arg(argc, argv, 0)))));
}

/* Date.UTC ( year [ , month ... ] )  ecma262#sec-date.utc */
static JsValue date_utc_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t;
  TRY(time_from_arguments(cx, argc, argv, &t));
  return js_number(date_time_clip(t));
}

/* --- getters ----------------------------------------------------------------------------------------------------- */

enum {
  FIELD_YEAR,
  FIELD_MONTH,
  FIELD_DAY,
  FIELD_HOUR,
  FIELD_MINUTE,
  FIELD_SECOND,
  FIELD_MS,
  FIELD_WEEKDAY,
  FIELD_SHORT_YEAR, /* Annex B's getYear */
  FIELD_MASK = 15,
  FIELD_UTC = 16, /* flag: of universal time */
};

/* Date.prototype.getFullYear ... getUTCSeconds  ecma262#sec-date.prototype.getdate and following */
static JsValue date_proto_get_field(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t = TRY(this_date(cx, this_val))
  ->time;
  if (isnan(t))
    return js_double(NAN);
  int magic = js_callee_magic(cx);
  DateFields f;
  date_fields(magic & FIELD_UTC ? t : date_local_time(t), &f);
  switch (magic & FIELD_MASK) {
  case FIELD_YEAR: return js_number_i64(f.year);
  case FIELD_MONTH: return js_int32(f.month);
  case FIELD_DAY: return js_int32(f.day);
  case FIELD_HOUR: return js_int32(f.hour);
  case FIELD_MINUTE: return js_int32(f.minute);
  case FIELD_SECOND: return js_int32(f.second);
  case FIELD_MS: return js_int32(f.ms);
  case FIELD_WEEKDAY: return js_int32(f.weekday);
  default: return js_number_i64(f.year - 1900);
  }
}

/* Date.prototype.getTime ( ), valueOf ( )  ecma262#sec-date.prototype.gettime */
static JsValue date_proto_get_time(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(TRY(this_date(cx, this_val))->time);
}

/* Date.prototype.getTimezoneOffset ( )  ecma262#sec-date.prototype.gettimezoneoffset */
static JsValue date_proto_get_timezone_offset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double t = TRY(this_date(cx, this_val))
  ->time;
  /* NODE: whole minutes, cut towards zero, although historical offsets have seconds. */
  return isnan(t) ? js_double(NAN) : js_number(trunc(0 - date_offset_minutes(t)));
}

/* --- setters ----------------------------------------------------------------------------------------------------- */

/* Converts up to `most` arguments; a missing first one is NaN. *given is how many there are. */
static bool numbers_from_arguments(JsContext *cx, int argc, const JsValue *argv, int most, double *numbers, int *given)
{
  *given = argc < 1 ? 1 : argc < most ? argc : most;
  numbers[0] = NAN;
  for (int k = 0; k < *given && k < argc; k++)
    TRY_OR(false, to_number_double(cx, argv[k], &numbers[k]));
  return true;
}

/* Stores a new time value given in local time or in universal time. */
static JsValue set_time_value(JsDate *date, double t, int magic)
{
  date->time = date_time_clip(magic & FIELD_UTC ? t : utc_of_local(t));
  return js_number(date->time);
}

/* Date.prototype.setHours, setMinutes, setSeconds, setMilliseconds and the UTC ones: a field and those below it
 * ecma262#sec-date.prototype.sethours and following */
static JsValue date_proto_set_time_field(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDate *date = TRY(this_date(cx, this_val));
  double t = date->time, numbers[4];
  int magic = js_callee_magic(cx), first = (magic & FIELD_MASK) - FIELD_HOUR, given;
  TRY(numbers_from_arguments(cx, argc, argv, 4 - first, numbers, &given));
  if (isnan(t))
    return js_double(NAN);
  if (!(magic & FIELD_UTC))
    t = date_local_time(t);
  DateFields f;
  date_fields(t, &f);
  double part[4] = {f.hour, f.minute, f.second, f.ms};
  for (int k = 0; k < given; k++)
    part[first + k] = numbers[k];
  return set_time_value(
      date, date_make_date(floor(t / DATE_MS_PER_DAY), date_make_time(part[0], part[1], part[2], part[3])), magic);
}

/* Date.prototype.setFullYear, setMonth, setDate and the UTC ones  ecma262#sec-date.prototype.setdate and following */
static JsValue date_proto_set_date_field(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDate *date = TRY(this_date(cx, this_val));
  double t = date->time, numbers[3];
  int magic = js_callee_magic(cx), first = (magic & FIELD_MASK) - FIELD_YEAR, given;
  TRY(numbers_from_arguments(cx, argc, argv, 3 - first, numbers, &given));
  if (isnan(t)) {
    if (first != 0)
      return js_double(NAN);
    t = 0; /* setFullYear starts an invalid date anew */
  } else if (!(magic & FIELD_UTC)) {
    t = date_local_time(t);
  }
  DateFields f;
  date_fields(t, &f);
  double part[3] = {(double)f.year, f.month, f.day};
  for (int k = 0; k < given; k++)
    part[first + k] = numbers[k];
  double in_day = t - floor(t / DATE_MS_PER_DAY) * DATE_MS_PER_DAY;
  return set_time_value(date, date_make_date(date_make_day(part[0], part[1], part[2]), in_day), magic);
}

/* Date.prototype.setTime ( time )  ecma262#sec-date.prototype.settime */
static JsValue date_proto_set_time(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDate *date = TRY(this_date(cx, this_val));
  double t;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &t));
  return set_time_value(date, t, FIELD_UTC);
}

/* Date.prototype.setYear ( year )  ecma262#sec-date.prototype.setyear */
static JsValue date_proto_set_year(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDate *date = TRY(this_date(cx, this_val));
  double t = date->time, year;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &year));
  t = isnan(t) ? 0 : date_local_time(t);
  DateFields f;
  date_fields(t, &f);
  double in_day = t - floor(t / DATE_MS_PER_DAY) * DATE_MS_PER_DAY;
  return set_time_value(date, date_make_date(date_make_day(date_make_full_year(year), f.month, f.day), in_day), 0);
}

/* --- conversion -------------------------------------------------------------------------------------------------- */

/* Date.prototype [ %Symbol.toPrimitive% ] ( hint )  ecma262#sec-date.prototype-%symbol.toprimitive% */
static JsValue date_proto_to_primitive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "Date.prototype [ @@toPrimitive ]", this_val);
  JsValue hint = js_arg(argc, argv, 0);
  bool number = false;
  if (js_is_string(hint) && string_equals_ascii(cx->heap, js_as_string(hint), "number"))
    number = true;
  else if (!js_is_string(hint) || !(string_equals_ascii(cx->heap, js_as_string(hint), "string") ||
                                    string_equals_ascii(cx->heap, js_as_string(hint), "default")))
    return throw_error(cx, JS_MSG_INVALID_HINT, hint);
  /* OrdinaryToPrimitive ( O, hint ) */
  for (int k = 0; k < 2; k++) {
    JsKey key = (k == 0) == number ? KEY(cx->heap, valueOf) : KEY(cx->heap, toString);
    JsValue method = TRY(get_property(cx, js_as_object(this_val), key));
    if (!js_is_callable(method))
      continue;
    JsValue result = TRY(js_call0(cx, method, this_val));
    if (!js_is_object(result))
      return result;
  }
  return throw_error(cx, JS_MSG_CANNOT_CONVERT_TO_PRIMITIVE);
}

static const JsBuiltin date_static[] = {
    FN("now", date_now, 0),
    FN("parse", date_parse_fn, 1),
    FN("UTC", date_utc_fn, 7),
};
extern const JsIntrinsicTable date_constructor_table;
const JsIntrinsicTable date_constructor_table = {CONSTRUCTOR_TABLE("Date", date_constructor, 7, DATE_PROTOTYPE),
                                                 ROWS(date_static)};

static const JsBuiltin date_proto[] = {
    FN_MAGIC("toString", date_proto_to_string, 0, TEXT_BOTH),
    FN_MAGIC("toDateString", date_proto_to_string, 0, TEXT_DATE),
    FN_MAGIC("toTimeString", date_proto_to_string, 0, TEXT_TIME),
    FN("toISOString", date_proto_to_iso_string, 0),
    FN("toUTCString", date_proto_to_utc_string, 0),
    FN_MAGIC("getDate", date_proto_get_field, 0, FIELD_DAY),
    FN_MAGIC("setDate", date_proto_set_date_field, 1, FIELD_DAY),
    FN_MAGIC("getDay", date_proto_get_field, 0, FIELD_WEEKDAY),
    FN_MAGIC("getFullYear", date_proto_get_field, 0, FIELD_YEAR),
    FN_MAGIC("setFullYear", date_proto_set_date_field, 3, FIELD_YEAR),
    FN_MAGIC("getHours", date_proto_get_field, 0, FIELD_HOUR),
    FN_MAGIC("setHours", date_proto_set_time_field, 4, FIELD_HOUR),
    FN_MAGIC("getMilliseconds", date_proto_get_field, 0, FIELD_MS),
    FN_MAGIC("setMilliseconds", date_proto_set_time_field, 1, FIELD_MS),
    FN_MAGIC("getMinutes", date_proto_get_field, 0, FIELD_MINUTE),
    FN_MAGIC("setMinutes", date_proto_set_time_field, 3, FIELD_MINUTE),
    FN_MAGIC("getMonth", date_proto_get_field, 0, FIELD_MONTH),
    FN_MAGIC("setMonth", date_proto_set_date_field, 2, FIELD_MONTH),
    FN_MAGIC("getSeconds", date_proto_get_field, 0, FIELD_SECOND),
    FN_MAGIC("setSeconds", date_proto_set_time_field, 2, FIELD_SECOND),
    FN("getTime", date_proto_get_time, 0),
    FN("setTime", date_proto_set_time, 1),
    FN("getTimezoneOffset", date_proto_get_timezone_offset, 0),
    FN_MAGIC("getYear", date_proto_get_field, 0, FIELD_SHORT_YEAR),
    FN("setYear", date_proto_set_year, 1),
    FN_MAGIC("getUTCDate", date_proto_get_field, 0, FIELD_DAY | FIELD_UTC),
    FN_MAGIC("setUTCDate", date_proto_set_date_field, 1, FIELD_DAY | FIELD_UTC),
    FN_MAGIC("getUTCDay", date_proto_get_field, 0, FIELD_WEEKDAY | FIELD_UTC),
    FN_MAGIC("getUTCFullYear", date_proto_get_field, 0, FIELD_YEAR | FIELD_UTC),
    FN_MAGIC("setUTCFullYear", date_proto_set_date_field, 3, FIELD_YEAR | FIELD_UTC),
    FN_MAGIC("getUTCHours", date_proto_get_field, 0, FIELD_HOUR | FIELD_UTC),
    FN_MAGIC("setUTCHours", date_proto_set_time_field, 4, FIELD_HOUR | FIELD_UTC),
    FN_MAGIC("getUTCMilliseconds", date_proto_get_field, 0, FIELD_MS | FIELD_UTC),
    FN_MAGIC("setUTCMilliseconds", date_proto_set_time_field, 1, FIELD_MS | FIELD_UTC),
    FN_MAGIC("getUTCMinutes", date_proto_get_field, 0, FIELD_MINUTE | FIELD_UTC),
    FN_MAGIC("setUTCMinutes", date_proto_set_time_field, 3, FIELD_MINUTE | FIELD_UTC),
    FN_MAGIC("getUTCMonth", date_proto_get_field, 0, FIELD_MONTH | FIELD_UTC),
    FN_MAGIC("setUTCMonth", date_proto_set_date_field, 2, FIELD_MONTH | FIELD_UTC),
    FN_MAGIC("getUTCSeconds", date_proto_get_field, 0, FIELD_SECOND | FIELD_UTC),
    FN_MAGIC("setUTCSeconds", date_proto_set_time_field, 2, FIELD_SECOND | FIELD_UTC),
    FN("valueOf", date_proto_get_time, 0),
    FN("toJSON", date_proto_to_json, 1),
    FN_MAGIC("toLocaleString", date_proto_to_locale_string, 0, TEXT_BOTH),
    FN_MAGIC("toLocaleDateString", date_proto_to_locale_string, 0, TEXT_DATE),
    FN_MAGIC("toLocaleTimeString", date_proto_to_locale_string, 0, TEXT_TIME),
    ALIAS("toGMTString", "toUTCString"),
    FN_SYM(toPrimitive, "[Symbol.toPrimitive]", date_proto_to_primitive, 1, .attrs = PROP_CONFIGURABLE),
};
extern const JsIntrinsicTable date_prototype_table;
const JsIntrinsicTable date_prototype_table = {PROTOTYPE_TABLE(DATE), ROWS(date_proto)};
