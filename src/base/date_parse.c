// SPDX-License-Identifier: MIT
/*
 * Date text. The spec's ISO form is tried first; any other text is read token by token, as V8 was observed to do:
 * words before the first number are ignored, unless they name a month; text in parentheses is ignored; a number before
 * ':' is a part of the time; a signed number behind a time or zone name is an offset; other numbers are the date's.
 */
#include "base/date.h"

#include <math.h>
#include <string.h>

typedef struct DateText {
  const void *units;
  bool wide;
  size_t len, pos;
} DateText;

/* Numbers are capped here: far over every range that is accepted, far under overflow. */
#define NUMBER_CAP 1000000000

static uint32_t peek_at(const DateText *text, size_t ahead)
{
  size_t k = text->pos + ahead;
  if (k >= text->len)
    return 0;
  return text->wide ? ((const uint16_t *)text->units)[k] : ((const uint8_t *)text->units)[k];
}

static uint32_t peek(const DateText *text)
{
  return peek_at(text, 0);
}

static bool at_end(const DateText *text)
{
  return text->pos >= text->len;
}

static bool is_digit(uint32_t c)
{
  return c - '0' < 10;
}

static bool is_letter(uint32_t c)
{
  return (c | 0x20) - 'a' < 26 && c < 0x80;
}

static bool take(DateText *text, uint32_t c)
{
  if (at_end(text) || peek(text) != c)
    return false;
  text->pos++;
  return true;
}

/* Exactly n digits. */
static bool take_digits(DateText *text, int n, int *value)
{
  *value = 0;
  for (int k = 0; k < n; k++) {
    if (!is_digit(peek_at(text, (size_t)k)))
      return false;
    *value = *value * 10 + (int)(peek_at(text, (size_t)k) - '0');
  }
  text->pos += (size_t)n;
  return true;
}

/* The digits of a fraction of a second: the first three count. */
static int take_milliseconds(DateText *text)
{
  int ms = 0, scale = 100;
  for (; is_digit(peek(text)); text->pos++, scale /= 10)
    ms += (int)(peek(text) - '0') * scale;
  return ms;
}

/* --- ISO --------------------------------------------------------------------------------------------------------- */

typedef enum { ISO_DONE, ISO_INVALID, ISO_OTHER } IsoOutcome;

/* [+-]hh:mm or [+-]hhmm, up to the end of the text. */
static bool iso_offset(DateText *text, double *minutes)
{
  int sign = peek(text) == '-' ? -1 : 1, hour, minute;
  text->pos++;
  if (!take_digits(text, 2, &hour))
    return false;
  take(text, ':');
  if (!take_digits(text, 2, &minute) || hour > 23 || minute > 59)
    return false;
  *minutes = sign * (hour * 60 + minute);
  return at_end(text);
}

/* The text behind 'T'. */
static IsoOutcome iso_time(DateText *text, double day, double *result)
{
  int hour, minute, second = 0, ms = 0;
  if (!take_digits(text, 2, &hour) || !take(text, ':') || !take_digits(text, 2, &minute) || is_digit(peek(text)))
    return ISO_INVALID;
  if (take(text, ':')) {
    if (!take_digits(text, 2, &second) || is_digit(peek(text)))
      return ISO_INVALID;
    if (take(text, '.')) {
      if (!is_digit(peek(text)))
        return ISO_INVALID;
      ms = take_milliseconds(text);
    }
  }
  if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute || second || ms)))
    return ISO_INVALID;
  double t = date_make_date(day, date_make_time(hour, minute, second, ms)), offset = 0;
  if (at_end(text)) {
    *result = fabs(t) <= DATE_MAX_TIME + DATE_MS_PER_DAY ? date_utc(t) : NAN;
    return ISO_DONE;
  }
  if ((peek(text) | 0x20) == 'z' && text->pos + 1 == text->len) {
    *result = t;
    return ISO_DONE;
  }
  if ((peek(text) != '+' && peek(text) != '-') || !iso_offset(text, &offset))
    return ISO_INVALID;
  *result = t - offset * 60000;
  return ISO_DONE;
}

/* ecma262#sec-date-time-string-format. ISO_OTHER: the date part already is of another form. */
static IsoOutcome iso_parse(DateText *text, double *result)
{
  int year, month = 1, day = 1;
  uint32_t sign = peek(text);
  bool extended = sign == '+' || sign == '-';
  text->pos += extended;
  if (!take_digits(text, extended ? 6 : 4, &year))
    return ISO_OTHER;
  if (sign == '-') {
    if (year == 0)
      return ISO_INVALID;
    year = -year;
  }
  if (take(text, '-')) {
    if (!take_digits(text, 2, &month) || month < 1 || month > 12)
      return ISO_OTHER;
    if (take(text, '-') && (!take_digits(text, 2, &day) || day < 1 || day > 31))
      return ISO_OTHER;
  }
  double days = date_make_day(year, month - 1, day);
  if (at_end(text)) {
    *result = days * DATE_MS_PER_DAY;
    return ISO_DONE;
  }
  if ((peek(text) | 0x20) != 't')
    return ISO_OTHER;
  text->pos++;
  return iso_time(text, days, result);
}

/* --- other forms ------------------------------------------------------------------------------------------------- */

typedef struct DateParts {
  int date[3], date_count;
  int time[4], time_count; /* hour, minute, second, millisecond */
  bool time_open;          /* the last number was followed by ':' */
  int month;               /* named; -1: none */
  int half_day;            /* hours to add: 0 AM, 12 PM; -1: none */
  bool has_zone;
  int zone_sign; /* 0: offset not signed (yet) */
  int zone_hour, zone_minute;
  bool zone_open; /* minutes may follow a ':' */
  bool any_number;
} DateParts;

typedef struct DateWord {
  char text[4];
  enum { WORD_MONTH, WORD_HALF_DAY, WORD_ZONE } kind;
  int value; /* month, hours to add, hours east of UTC */
} DateWord;

static const DateWord date_words[] = {
    {"jan", WORD_MONTH, 0},   {"feb", WORD_MONTH, 1},    {"mar", WORD_MONTH, 2},  {"apr", WORD_MONTH, 3},
    {"may", WORD_MONTH, 4},   {"jun", WORD_MONTH, 5},    {"jul", WORD_MONTH, 6},  {"aug", WORD_MONTH, 7},
    {"sep", WORD_MONTH, 8},   {"oct", WORD_MONTH, 9},    {"nov", WORD_MONTH, 10}, {"dec", WORD_MONTH, 11},
    {"am", WORD_HALF_DAY, 0}, {"pm", WORD_HALF_DAY, 12}, {"ut", WORD_ZONE, 0},    {"utc", WORD_ZONE, 0},
    {"z", WORD_ZONE, 0},      {"gmt", WORD_ZONE, 0},     {"est", WORD_ZONE, -5},  {"edt", WORD_ZONE, -4},
    {"cst", WORD_ZONE, -6},   {"cdt", WORD_ZONE, -5},    {"mst", WORD_ZONE, -7},  {"mdt", WORD_ZONE, -6},
    {"pst", WORD_ZONE, -8},   {"pdt", WORD_ZONE, -7},
};

/* Months are known by three letters, whatever follows them; the others by the whole word. */
static const DateWord *find_word(const char *lower, size_t len)
{
  for (size_t k = 0; k < JS_COUNTOF(date_words); k++) {
    const DateWord *word = &date_words[k];
    size_t own = strlen(word->text);
    if (memcmp(lower, word->text, own) == 0 && (word->kind == WORD_MONTH ? len >= own : len == own))
      return word;
  }
  return NULL;
}

static bool read_word(DateText *text, DateParts *parts)
{
  char lower[4] = {0};
  size_t len = 0;
  for (; is_letter(peek(text)); text->pos++, len++)
    if (len < 3)
      lower[len] = (char)(peek(text) | 0x20);
  const DateWord *word = find_word(lower, len);
  if (!word)
    return !parts->any_number && !is_digit(peek(text));
  switch (word->kind) {
  case WORD_MONTH:
    parts->month = word->value;
    take(text, '-');
    return true;
  case WORD_HALF_DAY: parts->half_day = word->value; return parts->time_count > 0;
  case WORD_ZONE:
    if (!parts->any_number)
      return true;
    parts->has_zone = true;
    parts->zone_sign = word->value < 0 ? -1 : 1;
    parts->zone_hour = word->value < 0 ? -word->value : word->value;
    parts->zone_minute = 0;
    return true;
  }
  return false;
}

/* Seconds may have a fraction; the time is complete after this number. */
static bool close_time(DateText *text, DateParts *parts)
{
  parts->time_open = false;
  if (parts->time_count == 3 && take(text, '.')) {
    if (!is_digit(peek(text)))
      return false;
    parts->time[parts->time_count++] = take_milliseconds(text);
  }
  uint32_t c = peek(text);
  return at_end(text) || c == '+' || c == '-' || (c | 0x20) == 'z' || c <= ' ' || c == '(' ||
         c >= 0x80; /* all other spaces are beyond ASCII */
}

static bool time_accepts(const DateParts *parts, int n)
{
  static const int limit[4] = {23, 59, 59, 999};
  return parts->time_count < 4 && n <= limit[parts->time_count];
}

static bool read_number(DateText *text, DateParts *parts)
{
  int n = 0;
  for (; is_digit(peek(text)); text->pos++)
    if (n < NUMBER_CAP / 10)
      n = n * 10 + (int)(peek(text) - '0');
  parts->any_number = true;
  uint32_t c = peek(text);
  if (parts->zone_open) {
    parts->zone_open = false;
    parts->zone_minute = n;
    return n < 60;
  }
  if (c == ':' && (parts->time_count == 0 || parts->time_open)) {
    if (parts->time_count == 3 || (parts->time_count && !time_accepts(parts, n)))
      return false;
    text->pos++;
    parts->time[parts->time_count++] = n;
    parts->time_open = true;
    return true;
  }
  if (parts->time_open && time_accepts(parts, n)) {
    parts->time[parts->time_count++] = n;
    return close_time(text, parts);
  }
  parts->time_open = false;
  if (parts->date_count == 3)
    return false;
  parts->date[parts->date_count++] = n;
  take(text, '-');
  return true;
}

/* A sign: an offset behind a time or zone name, else noise before the first number. */
static bool read_sign(DateText *text, DateParts *parts)
{
  int sign = peek(text) == '-' ? -1 : 1;
  text->pos++;
  if (parts->time_count == 0 && !(parts->has_zone && parts->zone_hour == 0))
    return !parts->any_number;
  size_t start = text->pos;
  int n = 0;
  for (; is_digit(peek(text)); text->pos++)
    if (n < NUMBER_CAP / 10)
      n = n * 10 + (int)(peek(text) - '0');
  size_t digits = text->pos - start;
  if (digits == 0)
    return false;
  parts->has_zone = true;
  parts->zone_sign = sign;
  if (digits <= 2) {
    parts->zone_hour = n;
    parts->zone_minute = 0;
    parts->zone_open = take(text, ':');
  } else {
    parts->zone_hour = n / 100;
    parts->zone_minute = n % 100;
  }
  return n <= 9999 && parts->zone_minute < 60;
}

static void skip_parentheses(DateText *text)
{
  int depth = 0;
  do {
    depth += (peek(text) == '(') - (peek(text) == ')');
    text->pos++;
  } while (depth > 0 && !at_end(text));
}

static bool is_day(int n)
{
  return n >= 1 && n <= 31;
}

/* The day number; NaN when the parts make no date. */
static double compose_day(const DateParts *parts)
{
  const int *n = parts->date;
  int count = parts->date_count, year = 2001, month, day = 1; /* V8's default year */
  if (count == 0)
    return NAN;
  if (parts->month >= 0) {
    month = parts->month;
    bool year_first = !is_day(n[0]);
    if (year_first) {
      year = n[0];
      day = count > 1 ? n[1] : 1;
    } else {
      day = n[0];
      year = count > 1 ? n[1] : year;
    }
  } else if (!is_day(n[0])) {
    year = n[0];
    month = count > 1 ? n[1] - 1 : 0;
    day = count > 2 ? n[2] : 1;
  } else {
    month = n[0] - 1;
    day = count > 1 ? n[1] : 1;
    year = count > 2 ? n[2] : year;
  }
  if (month < 0 || month > 11 || !is_day(day))
    return NAN;
  if (year <= 99)
    year += year <= 49 ? 2000 : 1900;
  return date_make_day(year, month, day);
}

static double compose_time(const DateParts *parts)
{
  int hour = parts->time[0], minute = parts->time[1], second = parts->time[2], ms = parts->time[3];
  if (parts->half_day >= 0) {
    if (hour > 12)
      return NAN;
    hour = hour % 12 + parts->half_day;
  }
  if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute || second || ms)))
    return NAN;
  return date_make_time(hour, minute, second, ms);
}

static double legacy_parse(DateText *text)
{
  DateParts parts = {.month = -1, .half_day = -1};
  while (!at_end(text)) {
    uint32_t c = peek(text);
    bool ok = true;
    if (is_digit(c))
      ok = read_number(text, &parts);
    else if (is_letter(c))
      ok = read_word(text, &parts);
    else if (c == '(')
      skip_parentheses(text);
    else if (c == '+' || c == '-')
      ok = read_sign(text, &parts);
    else if (c == ')' && parts.any_number)
      ok = false;
    else
      text->pos++;
    if (!ok)
      return NAN;
  }
  double t = date_make_date(compose_day(&parts), compose_time(&parts));
  if (isnan(t) || fabs(t) > DATE_MAX_TIME + DATE_MS_PER_DAY)
    return NAN;
  if (!parts.has_zone)
    return date_utc(t);
  return t - parts.zone_sign * (parts.zone_hour * 60 + parts.zone_minute) * 60000.0;
}

double date_parse(const void *units, bool wide, size_t len)
{
  DateText text = {units, wide, len, 0};
  double t = NAN;
  switch (iso_parse(&text, &t)) {
  case ISO_DONE: break;
  case ISO_INVALID: t = NAN; break;
  case ISO_OTHER:
    text.pos = 0;
    t = legacy_parse(&text);
    break;
  }
  return date_time_clip(t);
}
