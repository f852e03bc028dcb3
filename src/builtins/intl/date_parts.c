// SPDX-License-Identifier: MIT
/* Formatting dates and ranges of dates, as text and in parts: see date_time_format.h. */
#include "builtins/intl/date_time_format.h"
#include "builtins/intl/time_zone.h"

/* CLDR has a narrow space before AM; V8 writes a plain one, as programs parse it. */
static JsString *with_plain_spaces(JsContext *cx, JsString *text)
{
  enum { NARROW_NO_BREAK_SPACE = 0x202F };
  StringView view = string_view(cx->heap, text);
  if (!view.is_wide)
    return text;
  uint32_t k = 0;
  while (k < view.length && view_unit(view, k) != NARROW_NO_BREAK_SPACE)
    k++;
  if (k == view.length)
    return text;
  StringBuilder out;
  builder_init(&out, cx);
  for (k = 0; k < view.length; k++) {
    uint16_t unit = view_unit(view, k);
    builder_add_unit(&out, unit == NARROW_NO_BREAK_SPACE ? ' ' : unit);
  }
  js_keep_alive(js_from_cell(text));
  return builder_finish(&out);
}

JsString *intl_format_date(JsContext *cx, JsDateTimeFormat *format, double time)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuDateFormat *opened = intl_handle(&format->intl, DATE_ICU);
  JsString *text = TRY_OR(NULL, ICU_STRING(cx, icu->udat_format(opened, time, dst, cap, NULL, &error)));
  return with_plain_spaces(cx, text);
}

/* The part that a UDateFormatField makes. */
static const char *field_name(int field)
{
  switch (field) {
  case 0: return "era";
  case 1:
  case 18:
  case 20: return "year";
  case 2:
  case 26: return "month";
  case 3: return "day";
  case 4:
  case 5:
  case 15:
  case 16: return "hour";
  case 6: return "minute";
  case 7: return "second";
  case 8: return "fractionalSecond";
  case 9:
  case 19:
  case 25: return "weekday";
  case 14:
  case 35:
  case 36: return "dayPeriod";
  case 17:
  case 23:
  case 24:
  case 29:
  case 31:
  case 32:
  case 33: return "timeZoneName";
  case 30: return "yearName";
  case 34: return "relatedYear";
  default: return "literal";
  }
}

static bool add_piece(JsContext *cx, JsArray *parts, const char *type, JsString *text, int32_t from, int32_t to,
                      const char *source)
{
  JsString *piece = string_substring(cx->heap, text, (uint32_t)from, (uint32_t)to);
  return intl_add_part(cx, parts, type, piece, source ? "source" : NULL,
                       source ? js_from_cell(intl_ascii(cx, source)) : JS_UNDEFINED);
}

JsArray *intl_format_date_parts(JsContext *cx, JsDateTimeFormat *format, double time, const char *source)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuDateFormat *opened = intl_handle(&format->intl, DATE_ICU);
  IcuError failed = 0;
  IcuFieldIterator *fields = icu->ufieldpositer_open(&failed);
  JsIcuHandle *keep = TRY_OR(NULL, intl_handle_new(cx, fields, *(void *const *)&icu->ufieldpositer_close, 256));
  JsString *text = TRY_OR(NULL, ICU_STRING(cx, icu->udat_formatForFields(opened, time, dst, cap, fields, &error)));
  text = TRY_OR(NULL, with_plain_spaces(cx, text));
  JsArray *parts = TRY_OR(NULL, array_new(cx, 12));
  int32_t field, from, to, done = 0;
  while ((field = icu->ufieldpositer_next(fields, &from, &to)) >= 0) {
    if (from < done || to <= from || !strcmp(field_name(field), "literal"))
      continue;
    if (from > done)
      TRY_OR(NULL, add_piece(cx, parts, "literal", text, done, from, source));
    TRY_OR(NULL, add_piece(cx, parts, field_name(field), text, from, to, source));
    done = to;
  }
  js_keep_alive(js_from_cell(keep));
  if (done < (int32_t)text->length)
    TRY_OR(NULL, add_piece(cx, parts, "literal", text, done, (int32_t)text->length, source));
  return parts;
}

/* --- ranges ------------------------------------------------------------------------------------------------------- */

static IcuDateInterval *open_interval(JsContext *cx, JsDateTimeFormat *format)
{
  if (intl_has(&format->intl, DATE_INTERVAL))
    return intl_handle(&format->intl, DATE_INTERVAL);
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  JsString *pattern = intl_string(&format->intl, DATE_PATTERN), *keep, *zone_keep;
  const uint16_t *units = TRY_OR(NULL, intl_units(cx, pattern, &keep));
  JsString *skeleton =
      TRY_OR(NULL, ICU_STRING(cx, icu->udatpg_getSkeleton(NULL, units, (int32_t)pattern->length, dst, cap, &error)));
  js_keep_alive(js_from_cell(keep));
  JsString *zone = TRY_OR(NULL, intl_icu_zone(cx, intl_string(&format->intl, DATE_ZONE)));
  const uint16_t *zone_units = TRY_OR(NULL, intl_units(cx, zone, &zone_keep));
  units = TRY_OR(NULL, intl_units(cx, skeleton, &keep));
  /* The skeleton's hour letter alone does not make ICU keep to the cycle. */
  char name[LOCALE_ICU_MAX];
  DateComponents components;
  int cycle;
  intl_read_pattern(cx, pattern, &components, &cycle);
  memcpy(name, format->icu_locale, sizeof name);
  size_t len = strlen(name);
  if (cycle != CYCLE_NONE && len + 12 < sizeof name) {
    memcpy(name + len, strchr(name, '@') ? ";hours=" : "@hours=", 8);
    memcpy(name + len + 7, intl_hour_cycles[cycle], 4);
  }
  IcuError error = 0;
  IcuDateInterval *interval =
      icu->udtitvfmt_open(name, units, (int32_t)skeleton->length, zone_units, (int32_t)zone->length, &error);
  js_keep_alive(js_from_cell(zone_keep));
  js_keep_alive(js_from_cell(keep));
  enum { INTERVAL_BYTES = 16384 };
  JsIcuHandle *handle = TRY_OR(
      NULL, intl_handle_new(cx, error > 0 ? NULL : interval, *(void *const *)&icu->udtitvfmt_close, INTERVAL_BYTES));
  JsIcuHandle *result = TRY_OR(
      NULL, intl_handle_new(cx, icu->udtitvfmt_openResult(&error), *(void *const *)&icu->udtitvfmt_closeResult, 512));
  intl_set(cx, &format->intl, DATE_INTERVAL_RESULT, result);
  intl_set(cx, &format->intl, DATE_INTERVAL, handle);
  return interval;
}

/* A copy of the format's calendar, which has its zone and is Gregorian all along, at a time. */
static JsIcuHandle *calendar_at(JsContext *cx, JsDateTimeFormat *format, double time)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuError error = 0;
  IcuCalendar *calendar = icu->ucal_clone(icu->udat_getCalendar(intl_handle(&format->intl, DATE_ICU)), &error);
  JsIcuHandle *handle =
      TRY_OR(NULL, intl_handle_new(cx, error > 0 ? NULL : calendar, *(void *const *)&icu->ucal_close, 1024));
  icu->ucal_setMillis(calendar, time, &error);
  return handle;
}

static const char *span_source(const IntlField *fields, int count, int32_t at)
{
  for (int k = 0; k < count; k++)
    if (fields[k].category == ICU_CATEGORY_DATE_SPAN && fields[k].start <= at && at < fields[k].limit)
      return fields[k].field ? "endRange" : "startRange";
  return "shared";
}

/* Literal text, split where a span begins or ends. */
static bool add_literals(JsContext *cx, JsArray *parts, JsString *text, int32_t from, int32_t to,
                         const IntlField *fields, int count)
{
  while (from < to) {
    const char *source = span_source(fields, count, from);
    int32_t end = from + 1;
    while (end < to && !strcmp(span_source(fields, count, end), source))
      end++;
    TRY_OR(false, add_piece(cx, parts, "literal", text, from, end, source));
    from = end;
  }
  return true;
}

/* PartitionDateTimeRangePattern ( dateTimeFormat, x, y )  ecma402#sec-partitiondatetimerangepattern */
JsValue intl_format_date_range(JsContext *cx, JsDateTimeFormat *format, double from, double to, bool to_parts)
{
  const Icu *icu = TRY(intl_icu(cx));
  IcuDateInterval *interval = TRY(open_interval(cx, format));
  JsIcuHandle *start = TRY(calendar_at(cx, format, from))
  , *end = TRY(calendar_at(cx, format, to));
  IcuFormattedDateInterval *result = intl_handle(&format->intl, DATE_INTERVAL_RESULT);
  IcuError error = 0;
  icu->udtitvfmt_formatCalendarToResult(interval, start->icu, end->icu, result, &error);
  js_keep_alive(js_from_cell(start));
  js_keep_alive(js_from_cell(end));
  const IcuFormattedValue *value = error > 0 ? NULL : icu->udtitvfmt_resultAsValue(result, &error);
  if (error > 0)
    return intl_throw_icu(cx);
  int count;
  const IntlField *fields = TRY(intl_fields(cx, icu, value, &count));
  bool has_span = false;
  for (int k = 0; k < count; k++)
    has_span |= fields[k].category == ICU_CATEGORY_DATE_SPAN;
  /* Equal as far as the pattern shows: a single date. */
  if (!has_span) {
    if (!to_parts)
      return js_from_cell(TRY(intl_format_date(cx, format, from)));
    return js_from_object(&TRY(intl_format_date_parts(cx, format, from, "shared"))->obj);
  }
  JsString *text = TRY(intl_value_string(cx, icu, value));
  text = TRY(with_plain_spaces(cx, text));
  if (!to_parts)
    return js_from_cell(text);
  JsArray *parts = TRY(array_new(cx, 16));
  int32_t done = 0;
  for (int k = 0; k < count; k++) {
    const IntlField *field = &fields[k];
    if (field->category != ICU_CATEGORY_DATE || field->start < done || !strcmp(field_name(field->field), "literal"))
      continue;
    TRY(add_literals(cx, parts, text, done, field->start, fields, count));
    TRY(add_piece(cx, parts, field_name(field->field), text, field->start, field->limit,
                  span_source(fields, count, field->start)));
    done = field->limit;
  }
  TRY(add_literals(cx, parts, text, done, (int32_t)text->length, fields, count));
  return js_from_object(&parts->obj);
}
