// SPDX-License-Identifier: MIT
/* Calendar, zone and formatting: see date.h. Parsing is in date_parse.c. */
#include "base/date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Days from 0000-03-01 to 1970-01-01. */
#define DAYS_TO_EPOCH 719468
#define DAYS_PER_ERA  146097 /* 400 years */

/* --- calendar ---------------------------------------------------------------------------------------------------- */

static int64_t floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

/* Days since the epoch of the first of a month. Years are counted from March, so that the leap day is a year's last. */
static int64_t days_from_month(int64_t year, int month)
{
  int64_t y = month < 2 ? year - 1 : year;
  int from_march = (month + 10) % 12;
  int64_t era = floor_div(y, 400), of_era = y - era * 400;
  int64_t day_of_year = (153 * from_march + 2) / 5; /* lengths 31 30 31 30 31, twice, and 31 */
  return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - DAYS_TO_EPOCH;
}

int date_days_in_month(int64_t year, int month)
{
  return (int)(month == 11 ? 31 : days_from_month(year, month + 1) - days_from_month(year, month));
}

void date_fields(double t, DateFields *fields)
{
  int64_t ms = (int64_t)t, days = floor_div(ms, DATE_MS_PER_DAY);
  int in_day = (int)(ms - days * DATE_MS_PER_DAY);
  int64_t z = days + DAYS_TO_EPOCH, era = floor_div(z, DAYS_PER_ERA);
  int64_t of_era = z - era * DAYS_PER_ERA; /* 0 .. 146096 */
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t day_of_year = of_era - (365 * year + year / 4 - year / 100);
  int from_march = (int)((5 * day_of_year + 2) / 153);
  fields->day = (int)(day_of_year - (153 * from_march + 2) / 5) + 1;
  fields->month = (from_march + 2) % 12;
  fields->year = year + era * 400 + (fields->month < 2);
  fields->weekday = (int)((days % 7 + 11) % 7); /* the epoch was a Thursday */
  fields->hour = in_day / 3600000;
  fields->minute = in_day / 60000 % 60;
  fields->second = in_day / 1000 % 60;
  fields->ms = in_day % 1000;
}

/* --- the spec's constructors ------------------------------------------------------------------------------------- */

double date_make_time(double hour, double minute, double second, double ms)
{
  if (!isfinite(hour) || !isfinite(minute) || !isfinite(second) || !isfinite(ms))
    return NAN;
  return trunc(hour) * 3600000 + trunc(minute) * 60000 + trunc(second) * 1000 + trunc(ms);
}

double date_make_day(double year, double month, double day)
{
  if (!isfinite(year) || !isfinite(month) || !isfinite(day))
    return NAN;
  double y = trunc(year), m = trunc(month), whole_year = y + floor(m / 12);
  /* Beyond this no time value can come out, whatever the day. */
  if (fabs(whole_year) > 400000)
    return NAN;
  int month_of_year = (int)(m - floor(m / 12) * 12);
  return (double)days_from_month((int64_t)whole_year, month_of_year) + trunc(day) - 1;
}

double date_make_date(double day, double time)
{
  double t = day * DATE_MS_PER_DAY + time;
  return isfinite(day) && isfinite(time) && isfinite(t) ? t : NAN;
}

double date_make_full_year(double year)
{
  if (isnan(year))
    return NAN;
  double y = trunc(year);
  return y >= 0 && y <= 99 ? 1900 + y : y;
}

double date_time_clip(double t)
{
  if (!isfinite(t) || fabs(t) > DATE_MAX_TIME)
    return NAN;
  return trunc(t) + 0.0; /* no negative zero */
}

/* --- zone -------------------------------------------------------------------------------------------------------- */

static bool zone_at(double t, struct tm *local)
{
  time_t seconds = (time_t)floor(t / 1000);
  return localtime_r(&seconds, local) != NULL;
}

/* Milliseconds east of UTC at the UTC time t. */
static double zone_offset(double t)
{
  struct tm local;
  return zone_at(t, &local) ? (double)local.tm_gmtoff * 1000 : 0;
}

double date_local_time(double t)
{
  return t + zone_offset(t);
}

double date_utc(double local)
{
  /* Offsets a day before and after enclose any transition near local. */
  double before = zone_offset(local - DATE_MS_PER_DAY), after = zone_offset(local + DATE_MS_PER_DAY);
  if (before == after && zone_offset(local - before) == before)
    return local - before;
  bool before_fits = zone_offset(local - before) == before, after_fits = zone_offset(local - after) == after;
  if (before_fits && after_fits)
    return before > after ? local - before : local - after;
  return after_fits ? local - after : local - before;
}

double date_offset_minutes(double t)
{
  return zone_offset(t) / 60000;
}

void date_zone_abbreviation(double t, char *out, size_t cap)
{
  struct tm local;
  snprintf(out, cap, "%s", zone_at(t, &local) && local.tm_zone ? local.tm_zone : "");
}

bool date_zone_is_summer(double t)
{
  struct tm local;
  return zone_at(t, &local) && local.tm_isdst > 0;
}

void date_zone_reload(void)
{
  tzset();
}

/* --- formatting -------------------------------------------------------------------------------------------------- */

static const char day_names[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char month_names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* At least four digits, the sign before them. */
static const char *year_sign(int64_t year)
{
  return year < 0 ? "-" : "";
}

static long long year_digits(int64_t year)
{
  return (long long)(year < 0 ? -year : year);
}

/* A number in `width` digits, zeros before it, and what stands behind it. */
static char *put_number(char *to, unsigned number, int width, char behind)
{
  for (int k = width; k-- > 0; number /= 10)
    to[k] = (char)('0' + number % 10);
  to[width] = behind;
  return to + width + 1;
}

size_t date_to_iso(double t, char *out)
{
  DateFields f;
  date_fields(t, &f);
  bool plain = f.year >= 0 && f.year <= 9999;
  char *to = out;
  if (!plain)
    *to++ = f.year < 0 ? '-' : '+';
  to = put_number(to, (unsigned)year_digits(f.year), plain ? 4 : 6, '-');
  to = put_number(to, (unsigned)f.month + 1, 2, '-');
  to = put_number(to, (unsigned)f.day, 2, 'T');
  to = put_number(to, (unsigned)f.hour, 2, ':');
  to = put_number(to, (unsigned)f.minute, 2, ':');
  to = put_number(to, (unsigned)f.second, 2, '.');
  to = put_number(to, (unsigned)f.ms, 3, 'Z');
  return (size_t)(to - out);
}

size_t date_to_utc_string(double t, char *out)
{
  DateFields f;
  date_fields(t, &f);
  return (size_t)snprintf(out, DATE_TEXT_MAX, "%s, %02d %s %s%04lld %02d:%02d:%02d GMT", day_names[f.weekday], f.day,
                          month_names[f.month], year_sign(f.year), year_digits(f.year), f.hour, f.minute, f.second);
}

size_t date_to_date_string(double t, char *out)
{
  DateFields f;
  date_fields(date_local_time(t), &f);
  return (size_t)snprintf(out, DATE_TEXT_MAX, "%s %s %02d %s%04lld", day_names[f.weekday], month_names[f.month], f.day,
                          year_sign(f.year), year_digits(f.year));
}

size_t date_to_time_string(double t, char *out)
{
  DateFields f;
  date_fields(date_local_time(t), &f);
  int offset = (int)trunc(date_offset_minutes(t)), size = offset < 0 ? -offset : offset;
  return (size_t)snprintf(out, DATE_TEXT_MAX, "%02d:%02d:%02d GMT%c%02d%02d", f.hour, f.minute, f.second,
                          offset < 0 ? '-' : '+', size / 60, size % 60);
}

size_t date_to_locale_date(double t, char *out)
{
  DateFields f;
  date_fields(date_local_time(t), &f);
  /* Years before 1 are counted as era years, without their era, as ICU does. */
  long long year = f.year <= 0 ? 1 - (long long)f.year : (long long)f.year;
  return (size_t)snprintf(out, DATE_TEXT_MAX, "%d/%d/%lld", f.month + 1, f.day, year);
}

size_t date_to_locale_time(double t, char *out)
{
  DateFields f;
  date_fields(date_local_time(t), &f);
  /* U+202F narrow no-break space would not be Latin-1; V8 prints a plain space here. */
  return (size_t)snprintf(out, DATE_TEXT_MAX, "%d:%02d:%02d %s", f.hour % 12 ? f.hour % 12 : 12, f.minute, f.second,
                          f.hour < 12 ? "AM" : "PM");
}
