// SPDX-License-Identifier: MIT
#include "base/date.h"
#include "base/rng.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double parse(const char *text)
{
  return date_parse(text, false, strlen(text));
}

static void set_zone(const char *zone)
{
  setenv("TZ", zone, 1);
  date_zone_reload();
}

UNIT_TEST(date_fields_invert_make_day)
{
  Rng rng;
  rng_seed(&rng, 1);
  for (int k = 0; k < 100000; k++) {
    double t = floor((rng_next_double(&rng) - 0.5) * 2 * DATE_MAX_TIME);
    DateFields f;
    date_fields(t, &f);
    double day = date_make_day((double)f.year, f.month, f.day);
    EXPECT(date_make_date(day, date_make_time(f.hour, f.minute, f.second, f.ms)) == t);
    EXPECT(f.day <= date_days_in_month(f.year, f.month));
    EXPECT(fmod(day + 4, 7) == f.weekday || fmod(day + 4, 7) + 7 == f.weekday);
    /* the C library agrees */
    time_t seconds = (time_t)floor(t / 1000);
    struct tm utc;
    EXPECT(gmtime_r(&seconds, &utc) && utc.tm_mon == f.month && utc.tm_mday == f.day && utc.tm_wday == f.weekday);
  }
}

UNIT_TEST(date_make_handles_overflowing_parts)
{
  EXPECT(date_make_day(2020, 12, 1) == date_make_day(2021, 0, 1));
  EXPECT(date_make_day(2020, -1, 1) == date_make_day(2019, 11, 1));
  EXPECT(date_make_day(2020, 1, 30) == date_make_day(2020, 2, 1));
  EXPECT(isnan(date_make_day(1e300, 0, 1)) && isnan(date_make_day(INFINITY, 0, 1)));
  EXPECT(isnan(date_time_clip(8640000000000001)) && date_time_clip(-0.5) == 0);
}

UNIT_TEST(date_utc_at_transitions)
{
  set_zone("Europe/Paris");
  /* 2022-03-27 02:30 does not exist: read with the offset before (+1). 2022-10-30 02:30 exists twice: the first (+2).
   */
  EXPECT(date_utc(date_make_date(date_make_day(2022, 2, 27), 9000000)) == parse("2022-03-27T01:30Z"));
  EXPECT(date_utc(date_make_date(date_make_day(2022, 9, 30), 9000000)) == parse("2022-10-30T00:30Z"));
  EXPECT(parse("2022-07-01T00:00") == parse("2022-06-30T22:00Z"));
  EXPECT(date_offset_minutes(parse("2022-07-01")) == 120);
}

UNIT_TEST(date_parse_forms)
{
  set_zone("UTC");
  double march = 1646128800000; /* 2022-03-01T10:00Z */
  EXPECT(parse("2022-03-01T10:00:00.000Z") == march && parse("2022-03-01T11:00+01:00") == march);
  EXPECT(parse("Tue Mar 01 2022 11:00:00 GMT+0100 (CET)") == march && parse("Mar 1, 2022 10:00") == march);
  EXPECT(parse("Tue, 01 Mar 2022 10:00:00 GMT") == march && parse("2022/03/01 10:00 AM") == march);
  EXPECT(parse("1 March 2022 10:00 UTC") == march && parse("Tue, 01 Mar 2022 05:00:00 EST") == march);
  EXPECT(isnan(parse("2022-13-01")) && isnan(parse("foo")) && isnan(parse("")) && isnan(parse("2022-03-01T25:00Z")));
  EXPECT(isnan(parse("2022 foo")) && isnan(parse("1 2 3 4")) && parse("foo 2022") == parse("2022-01-01T00:00"));
  EXPECT(parse("5/6/49") == parse("2049-05-06") && parse("5/6/50") == parse("1950-05-06"));
}

UNIT_TEST(date_formats)
{
  set_zone("UTC");
  char out[DATE_TEXT_MAX];
  size_t n = date_to_iso(1646128800000, out);
  EXPECT(n == 24 && memcmp(out, "2022-03-01T10:00:00.000Z", 24) == 0);
  n = date_to_iso(-62198755200000, out);
  EXPECT(n == 27 && memcmp(out, "-000001-01-01T00:00:00.000Z", 27) == 0);
  n = date_to_utc_string(1646128800000, out);
  EXPECT(n == 29 && memcmp(out, "Tue, 01 Mar 2022 10:00:00 GMT", 29) == 0);
  n = date_to_date_string(-62198755200000, out);
  EXPECT(n == 16 && memcmp(out, "Fri Jan 01 -0001", 16) == 0);
  n = date_to_locale_time(0, out);
  EXPECT(n == 11 && memcmp(out, "12:00:00 AM", 11) == 0);
}
