// SPDX-License-Identifier: MIT
/* Durations from objects and ISO 8601 text: see duration_record.h. */
#include "builtins/intl/duration_record.h"

#include <math.h>

const char *const intl_duration_units[DURATION_UNIT_COUNT] = {
    "years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"};

int intl_duration_sign(const DurationRecord *duration)
{
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++)
    if (duration->value[unit] != 0)
      return duration->value[unit] < 0 ? -1 : 1;
  return 0;
}

DurationInt intl_duration_nanoseconds(const DurationRecord *duration, DurationUnit unit)
{
  static const DurationInt scale[] = {1000000000, 1000000, 1000, 1};
  DurationInt sum = 0;
  for (int k = unit; k < DURATION_UNIT_COUNT; k++)
    sum += (DurationInt)duration->value[k] * scale[k - DURATION_SECONDS];
  return sum;
}

/* IsValidDuration  ecma402#sec-isvalidduration */
static bool is_valid(const DurationRecord *duration)
{
  int sign = intl_duration_sign(duration);
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++) {
    double value = duration->value[unit];
    if (!isfinite(value) || (value < 0 && sign > 0) || (value > 0 && sign < 0))
      return false;
    /* No unit alone may be beyond what the sum may be: 2^53 seconds. */
    if (fabs(value) > 1e25 || (unit <= DURATION_WEEKS && fabs(value) >= 4294967296.0))
      return false;
  }
  DurationInt nanoseconds = intl_duration_nanoseconds(duration, DURATION_SECONDS);
  const double seconds[] = {86400, 3600, 60};
  for (int k = 0; k < 3; k++) {
    if (fabs(duration->value[DURATION_DAYS + k]) > 1e16)
      return false;
    nanoseconds += (DurationInt)duration->value[DURATION_DAYS + k] * (DurationInt)seconds[k] * (DurationInt)1000000000;
  }
  DurationInt limit = ((DurationInt)1 << 53) * 1000000000;
  return nanoseconds < limit && nanoseconds > -limit;
}

/* --- text --------------------------------------------------------------------------------------------------------- */

typedef struct Scanner {
  const char *at;
} Scanner;

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static char upper(char c)
{
  return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* Digits, with up to nine behind a point or comma: *fraction in billionths, -1 when there is none. */
static bool scan_number(Scanner *s, double *integer, double *fraction)
{
  if (!is_digit(*s->at))
    return false;
  *integer = 0;
  *fraction = -1;
  while (is_digit(*s->at))
    *integer = *integer * 10 + (*s->at++ - '0');
  if (*s->at != '.' && *s->at != ',')
    return true;
  s->at++;
  int count = 0;
  for (*fraction = 0; is_digit(*s->at); count++)
    *fraction = *fraction * 10 + (*s->at++ - '0');
  if (!count || count > 9)
    return false;
  for (; count < 9; count++)
    *fraction *= 10;
  return true;
}

/* A fraction of an hour, minute or second goes to the smaller units. */
static void spread_fraction(DurationRecord *out, int unit, double billionths)
{
  static const int64_t nanoseconds_per_billionth[] = {3600, 60, 1};
  int64_t rest = (int64_t)billionths * nanoseconds_per_billionth[unit - DURATION_HOURS];
  static const int64_t sizes[] = {60000000000, 1000000000, 1000000, 1000, 1};
  for (int k = unit == DURATION_HOURS ? 0 : unit == DURATION_MINUTES ? 1 : 2; k < 5; k++) {
    out->value[DURATION_MINUTES + k] = (double)(rest / sizes[k]);
    rest %= sizes[k];
  }
}

/* ParseTemporalDurationString  tc39.es/proposal-temporal#sec-temporal-parsetemporaldurationstring */
static bool parse_duration(const char *text, DurationRecord *out)
{
  static const char date_letters[] = "YMWD", time_letters[] = "HMS";
  Scanner s = {text};
  double sign = *s.at == '-' ? -1 : 1;
  s.at += *s.at == '-' || *s.at == '+';
  if (upper(*s.at++) != 'P')
    return false;
  bool in_time = false, any = false, ended = false;
  int next = 0; /* units come in order */
  while (*s.at) {
    if (upper(*s.at) == 'T' && !in_time) {
      in_time = true;
      any = false;
      next = 0;
      s.at++;
      continue;
    }
    double integer, fraction;
    if (ended || !scan_number(&s, &integer, &fraction))
      return false;
    const char *letters = in_time ? time_letters : date_letters, *letter = letters + next;
    while (*letter && *letter != upper(*s.at))
      letter++;
    if (!*s.at || !*letter)
      return false;
    s.at++;
    next = (int)(letter - letters) + 1;
    int unit = (in_time ? DURATION_HOURS : DURATION_YEARS) + (int)(letter - letters);
    out->value[unit] = integer;
    if (fraction >= 0) {
      if (!in_time)
        return false;
      spread_fraction(out, unit, fraction);
      ended = true;
    }
    any = true;
  }
  for (int unit = 0; unit < DURATION_UNIT_COUNT; unit++)
    out->value[unit] = out->value[unit] == 0 ? 0 : out->value[unit] * sign;
  return any;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static bool invalid(JsContext *cx)
{
  throw_error(cx, JS_MSG_INTL_DURATION_INVALID);
  return false;
}

static bool from_text(JsContext *cx, JsString *text, DurationRecord *out)
{
  char *ascii = TRY_OR(false, intl_c_string(cx, text));
  if (!parse_duration(ascii, out)) {
    throw_error(cx, JS_MSG_INTL_DURATION_SYNTAX);
    return false;
  }
  return is_valid(out) || invalid(cx);
}

bool intl_to_duration(JsContext *cx, JsValue input, DurationRecord *out)
{
  /* In alphabetical order, as the specification reads them. */
  static const uint8_t order[] = {DURATION_DAYS,    DURATION_HOURS,  DURATION_MICROSECONDS, DURATION_MILLISECONDS,
                                  DURATION_MINUTES, DURATION_MONTHS, DURATION_NANOSECONDS,  DURATION_SECONDS,
                                  DURATION_WEEKS,   DURATION_YEARS};
  *out = (DurationRecord){0};
  if (js_is_string(input))
    return from_text(cx, js_as_string(input), out);
  if (!js_is_object(input)) {
    throw_error(cx, JS_MSG_INTL_DURATION_TYPE);
    return false;
  }
  bool any = false;
  for (size_t k = 0; k < JS_COUNTOF(order); k++) {
    JsKey key = key_from_c_string(cx->heap, intl_duration_units[order[k]]);
    JsValue val = TRY_OR(false, get_property(cx, js_as_object(input), key));
    if (js_is_undefined(val))
      continue;
    any = true;
    double number;
    TRY_OR(false, to_number_double(cx, val, &number));
    if (!isfinite(number) || number != trunc(number)) {
      throw_error(cx, JS_MSG_INTL_DURATION_INTEGER);
      return false;
    }
    out->value[order[k]] = number == 0 ? 0 : number;
  }
  if (!any) {
    throw_error(cx, JS_MSG_INTL_DURATION_EMPTY);
    return false;
  }
  return is_valid(out) || invalid(cx);
}
