// SPDX-License-Identifier: MIT
/*
 * ECMAScript time arithmetic (ecma262#sec-time-values-and-time-range), the local time zone, and date text.
 *
 * A time value is milliseconds since 1970-01-01 UTC, an integral double of at most 8.64e15 in size, or NaN. The
 * calendar is the proleptic Gregorian one. The zone is the C library's (TZ, /etc/localtime); date_zone_reload makes a
 * changed TZ count.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/check.h"

#define DATE_MS_PER_DAY 86400000
#define DATE_MAX_TIME   8.64e15

typedef struct DateFields {
  int64_t year;
  int month; /* 0 .. 11 */
  int day;   /* 1 .. 31 */
  int hour, minute, second, ms;
  int weekday; /* 0: Sunday */
} DateFields;

/* t is finite and integral. */
void date_fields(double t, DateFields *fields);
/* 1 .. 31 */
int date_days_in_month(int64_t year, int month);

/* The spec's MakeTime, MakeDay, MakeDate, MakeFullYear, TimeClip: NaN in, NaN out. */
double date_make_time(double hour, double minute, double second, double ms);
double date_make_day(double year, double month, double day);
double date_make_date(double day, double time);
double date_make_full_year(double year);
double date_time_clip(double t);

/* LocalTime ( t ) and UTC ( t ) for finite t. A local time that occurs twice means the first; one that is skipped is
 * read with the offset before the transition. */
double date_local_time(double t);
double date_utc(double local);
/* Minutes east of UTC at t, with a fraction for historical offsets; and the zone's abbreviation there (may be ""). */
double date_offset_minutes(double t);
void date_zone_abbreviation(double t, char *out, size_t cap);
bool date_zone_is_summer(double t);
void date_zone_reload(void);

/* --- text -------------------------------------------------------------------------------------------------------- */

/* Date.parse: ISO 8601 as the spec says, and the older forms that V8 reads. NaN when it is none. text has len units of
 * 8 bits (Latin-1) or, when wide, 16. */
double date_parse(const void *text, bool wide, size_t len);

/* Longest output of the formatters, in characters. */
#define DATE_TEXT_MAX 96

/* "2022-03-01T09:00:00.000Z"; t is finite. Returns the length. */
size_t date_to_iso(double t, char *out);
/* "Tue, 01 Mar 2022 09:00:00 GMT" */
size_t date_to_utc_string(double t, char *out);
/* "Tue Mar 01 2022", of the local day */
size_t date_to_date_string(double t, char *out);
/* "10:00:00 GMT+0100"; the caller adds the zone's name in parentheses. */
size_t date_to_time_string(double t, char *out);
/* en-US: "3/1/2022" and "10:00:00 AM" */
size_t date_to_locale_date(double t, char *out);
size_t date_to_locale_time(double t, char *out);

#endif
