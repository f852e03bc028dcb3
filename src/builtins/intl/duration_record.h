// SPDX-License-Identifier: MIT
/* Durations as Intl.DurationFormat takes them. */
#ifndef BUILTINS_INTL_DURATION_RECORD_H
#define BUILTINS_INTL_DURATION_RECORD_H

#include "builtins/intl/intl.h"

typedef enum {
  DURATION_YEARS,
  DURATION_MONTHS,
  DURATION_WEEKS,
  DURATION_DAYS,
  DURATION_HOURS,
  DURATION_MINUTES,
  DURATION_SECONDS,
  DURATION_MILLISECONDS,
  DURATION_MICROSECONDS,
  DURATION_NANOSECONDS,
  DURATION_UNIT_COUNT
} DurationUnit;

/* Plural names, as properties are called. */
extern const char *const intl_duration_units[DURATION_UNIT_COUNT];

typedef __int128 DurationInt;

typedef struct DurationRecord {
  double value[DURATION_UNIT_COUNT]; /* integral */
} DurationRecord;

/* ToDurationRecord ( input )  ecma402#sec-todurationrecord */
JS_MUST_USE bool intl_to_duration(JsContext *cx, JsValue input, DurationRecord *out);
/* DurationSign */
int intl_duration_sign(const DurationRecord *duration);
/* The unit and what is below it, in nanoseconds; unit is seconds or smaller. */
DurationInt intl_duration_nanoseconds(const DurationRecord *duration, DurationUnit unit);

#endif
