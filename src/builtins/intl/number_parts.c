// SPDX-License-Identifier: MIT
/* Exact numbers for ICU, and what it makes of them as text and parts: see number_format.h. */
#include "builtins/intl/number_format.h"
#include "unicode/unicode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --- mathematical values ------------------------------------------------------------------------------------------ */

/* Decimal text that stands for a finite number other than zero: ICU reads what StrDecimalLiteral allows. */
static bool number_from_string(JsContext *cx, JsString *text, IntlNumber *out)
{
  double number = string_to_number(cx->heap, text);
  *out = (IntlNumber){.number = number};
  if (!isfinite(number) || number == 0)
    return true;
  StringView view = string_view(cx->heap, text);
  uint32_t from = 0, to = view.length;
  while (from < to && unicode_is_space_or_line(view_unit(view, from)))
    from++;
  while (to > from && unicode_is_space_or_line(view_unit(view, to - 1)))
    to--;
  JsString *trimmed = string_substring(cx->heap, text, from, to);
  if (to - from > 2 && view_unit(view, from) == '0' && view_unit(view, from + 1) >= 'A') {
    /* 0x, 0o, 0b */
    JsBigInt *integer;
    TRY_OR(false, string_to_bigint(cx, trimmed, &integer));
    trimmed = integer ? TRY_OR(false, bigint_to_string(cx, integer, 10)) : trimmed;
  }
  out->is_text = true;
  out->text = TRY_OR(false, intl_c_string(cx, trimmed));
  out->len = trimmed->length;
  return true;
}

bool intl_to_number(JsContext *cx, JsValue val, IntlNumber *out)
{
  JsValue primitive = TRY_OR(false, to_primitive(cx, val, HINT_NUMBER));
  if (js_is_string(primitive))
    return number_from_string(cx, js_as_string(primitive), out);
  if (js_is_bigint(primitive)) {
    JsString *text = TRY_OR(false, bigint_to_string(cx, js_as_bigint(primitive), 10));
    *out = (IntlNumber)
    {
      true, bigint_to_double(js_as_bigint(primitive)), TRY_OR(false, intl_c_string(cx, text))
      , text->length
    };
    return true;
  }
  *out = (IntlNumber){0};
  return to_number_double(cx, primitive, &out->number);
}

/* --- ICU ---------------------------------------------------------------------------------------------------------- */

static JsIcuHandle *open_cached(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton, bool range)
{
  char key[LOCALE_ICU_MAX + sizeof skeleton->text + 4];
  snprintf(key, sizeof key, "%c|%s|%s", range ? 'R' : 'N', icu_locale, skeleton->text);
  JsIcuHandle *handle = intl_cache_find(cx, key);
  if (handle)
    return handle;
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  uint16_t units[sizeof skeleton->text];
  for (size_t k = 0; k < skeleton->len; k++)
    units[k] = (uint8_t)skeleton->text[k];
  enum { FORMATTER_BYTES = 8192, COLLAPSE_AUTO = 0, IDENTITY_APPROXIMATELY = 2 };
  IcuError error = 0;
  int32_t len = (int32_t)skeleton->len;
  void *made = range ? (void *)icu->unumrf_openForSkeletonWithCollapseAndIdentityFallback(
                           units, len, COLLAPSE_AUTO, IDENTITY_APPROXIMATELY, icu_locale, NULL, &error)
                     : (void *)icu->unumf_openForSkeletonAndLocale(units, len, icu_locale, &error);
  void *close = range ? *(void *const *)&icu->unumrf_close : *(void *const *)&icu->unumf_close;
  handle = TRY_OR(NULL, intl_handle_new(cx, error > 0 ? NULL : made, close, FORMATTER_BYTES));
  intl_cache_add(cx, key, handle);
  return handle;
}

JsIcuHandle *intl_open_number_formatter(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton)
{
  return open_cached(cx, icu_locale, skeleton, false);
}

JsIcuHandle *intl_open_range_formatter(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton)
{
  return open_cached(cx, icu_locale, skeleton, true);
}

enum { RESULT_BYTES = 512 };

JsIcuHandle *intl_open_number_result(JsContext *cx)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuError error = 0;
  return intl_handle_new(cx, icu->unumf_openResult(&error), *(void *const *)&icu->unumf_closeResult, RESULT_BYTES);
}

JsIcuHandle *intl_open_range_result(JsContext *cx)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuError error = 0;
  return intl_handle_new(cx, icu->unumrf_openResult(&error), *(void *const *)&icu->unumrf_closeResult, RESULT_BYTES);
}

static bool check(JsContext *cx, IcuError error)
{
  if (error > 0)
    intl_throw_icu(cx);
  return error <= 0;
}

bool intl_format_number(JsContext *cx, void *formatter, void *result, const IntlNumber *number)
{
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  IcuError error = 0;
  if (number->is_text)
    icu->unumf_formatDecimal(formatter, number->text, (int32_t)number->len, result, &error);
  else
    icu->unumf_formatDouble(formatter, number->number, result, &error);
  return check(cx, error);
}

/* A number as the text that a range formatter takes. */
static const char *number_text(JsContext *cx, const IntlNumber *number, int32_t *len)
{
  if (number->is_text) {
    *len = (int32_t)number->len;
    return number->text;
  }
  double d = number->number;
  const char *text = isinf(d)               ? (d < 0 ? "-Infinity" : "Infinity")
                     : d == 0 && signbit(d) ? "-0"
                                            : TRY_OR(NULL, intl_c_string(cx, number_to_string(cx->heap, d)));
  *len = (int32_t)strlen(text);
  return text;
}

bool intl_format_number_range(JsContext *cx, void *formatter, void *result, const IntlNumber *from,
                              const IntlNumber *to)
{
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  int32_t from_len, to_len;
  const char *from_text = TRY_OR(false, number_text(cx, from, &from_len));
  const char *to_text = TRY_OR(false, number_text(cx, to, &to_len));
  IcuError error = 0;
  icu->unumrf_formatDecimalRange(formatter, from_text, from_len, to_text, to_len, result, &error);
  return check(cx, error);
}

/* --- parts -------------------------------------------------------------------------------------------------------- */

/* UNumberFormatFields */
enum {
  FIELD_INTEGER,
  FIELD_FRACTION,
  FIELD_DECIMAL,
  FIELD_EXPONENT_SYMBOL,
  FIELD_EXPONENT_SIGN,
  FIELD_EXPONENT,
  FIELD_GROUPING,
  FIELD_CURRENCY,
  FIELD_PERCENT,
  FIELD_PERMILLE,
  FIELD_SIGN,
  FIELD_UNIT,
  FIELD_COMPACT,
  FIELD_APPROXIMATELY,
};

static const char *field_name(int field, bool is_percent, const IntlNumber *number)
{
  switch (field) {
  case FIELD_INTEGER: return isnan(number->number) ? "nan" : isinf(number->number) ? "infinity" : "integer";
  case FIELD_FRACTION: return "fraction";
  case FIELD_DECIMAL: return "decimal";
  case FIELD_EXPONENT_SYMBOL: return "exponentSeparator";
  case FIELD_EXPONENT_SIGN: return "exponentMinusSign";
  case FIELD_EXPONENT: return "exponentInteger";
  case FIELD_GROUPING: return "group";
  case FIELD_CURRENCY: return "currency";
  case FIELD_PERCENT: return is_percent ? "percentSign" : "unit";
  case FIELD_SIGN: return signbit(number->number) ? "minusSign" : "plusSign";
  case FIELD_UNIT: return "unit";
  case FIELD_COMPACT: return "compact";
  case FIELD_APPROXIMATELY: return "approximatelySign";
  default: return "literal";
  }
}

static int wider_first(const void *a, const void *b)
{
  const IntlField *x = a, *y = b;
  return (y->limit - y->start) - (x->limit - x->start);
}

/* Which field covers each unit: they are laid over each other, the wider ones first. */
static void cover(const IntlField *fields, int count, int32_t category, int32_t *owner, int32_t len)
{
  for (int32_t k = 0; k < len; k++)
    owner[k] = -1;
  for (int n = 0; n < count; n++)
    for (int32_t k = fields[n].start; fields[n].category == category && k < fields[n].limit && k < len; k++)
      owner[k] = n;
}

bool intl_add_number_parts(JsContext *cx, JsArray *parts, const IcuFormattedValue *value, const IntlPartNames *names)
{
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  JsString *text = TRY_OR(false, intl_value_string(cx, icu, value));
  int count;
  IntlField *fields = TRY_OR(false, intl_fields(cx, icu, value, &count));
  qsort(fields, (size_t)count, sizeof *fields, wider_first);
  int32_t len = (int32_t)text->length;
  uint8_t *room;
  JsString *scratch = string_alloc_latin1(cx->heap, (size_t)len * 2 * sizeof(int32_t) + 8, &room);
  if (!scratch) {
    throw_out_of_memory(cx);
    return false;
  }
  int32_t *owner = (int32_t *)(((uintptr_t)room + 3) & ~(uintptr_t)3), *span = owner + len;
  cover(fields, count, ICU_CATEGORY_NUMBER, owner, len);
  cover(fields, count, ICU_CATEGORY_NUMBER_SPAN, span, len);
  for (int32_t from = 0, to; from < len; from = to) {
    for (to = from + 1; to < len && owner[to] == owner[from] && span[to] == span[from];)
      to++;
    bool is_end = span[from] >= 0 && fields[span[from]].field == 1;
    const IntlNumber *number = is_end && names->to ? names->to : names->from;
    const char *type = owner[from] < 0 ? "literal" : field_name(fields[owner[from]].field, names->is_percent, number);
    const char *source = span[from] < 0 ? "shared" : is_end ? "endRange" : "startRange";
    const char *extra = names->to                                                    ? "source"
                        : names->unit && (owner[from] >= 0 || names->marks_literals) ? "unit"
                                                                                     : NULL;
    JsString *piece = string_substring(cx->heap, text, (uint32_t)from, (uint32_t)to);
    JsValue extra_value = extra ? js_from_cell(intl_ascii(cx, names->to ? source : names->unit)) : JS_UNDEFINED;
    TRY_OR(false, intl_add_part(cx, parts, type, piece, extra, extra_value));
  }
  js_keep_alive(js_from_cell(scratch));
  return true;
}

JsString *intl_number_text(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton,
                           const IntlNumber *number, JsArray *parts, const char *unit)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  JsIcuHandle *formatter = TRY_OR(NULL, intl_open_number_formatter(cx, icu_locale, skeleton));
  JsIcuHandle *result = TRY_OR(NULL, intl_open_number_result(cx));
  TRY_OR(NULL, intl_format_number(cx, formatter->icu, result->icu, number));
  IcuError error = 0;
  const IcuFormattedValue *value = icu->unumf_resultAsValue(result->icu, &error);
  if (parts) {
    IntlPartNames names = {.from = number, .unit = unit, .marks_literals = true};
    TRY_OR(NULL, intl_add_number_parts(cx, parts, value, &names));
  }
  JsString *text = intl_value_string(cx, icu, value);
  js_keep_alive(js_from_cell(formatter));
  js_keep_alive(js_from_cell(result));
  return text;
}
