// SPDX-License-Identifier: MIT
/* Between the files of Intl.DateTimeFormat. */
#ifndef BUILTINS_INTL_DATE_TIME_FORMAT_H
#define BUILTINS_INTL_DATE_TIME_FORMAT_H

#include "builtins/intl/intl_state.h"

enum { DATE_ICU = 1, DATE_INTERVAL, DATE_BOUND, DATE_ZONE, DATE_PATTERN, DATE_INTERVAL_RESULT };
enum { STYLE_NONE = -1, STYLE_FULL, STYLE_LONG, STYLE_MEDIUM, STYLE_SHORT }; /* as UDateFormatStyle */
enum { CYCLE_NONE = -1, CYCLE_H11, CYCLE_H12, CYCLE_H23, CYCLE_H24 };

typedef struct JsDateTimeFormat {
  JsIntl intl;
  int8_t date_style, time_style;
  char calendar[64], numbering[64];
  char icu_locale[LOCALE_ICU_MAX];
} JsDateTimeFormat;

/* The fields of a pattern: component names as in options and what the letters mean. */
typedef enum {
  FIELD_WEEKDAY,
  FIELD_ERA,
  FIELD_YEAR,
  FIELD_MONTH,
  FIELD_DAY,
  FIELD_DAY_PERIOD,
  FIELD_HOUR,
  FIELD_MINUTE,
  FIELD_SECOND,
  FIELD_FRACTION,
  FIELD_ZONE,
  DATE_FIELD_COUNT
} DateField;

/* The options of the components, rows of their value lists, -1 when absent; fraction: 0 to 3. */
typedef struct DateComponents {
  int value[DATE_FIELD_COUNT];
} DateComponents;

extern const char *const intl_date_field_names[DATE_FIELD_COUNT];
extern const char *const *const intl_date_field_values[DATE_FIELD_COUNT]; /* NULL for the fraction */
extern const char *const intl_hour_cycles[];

/* date_pattern.c: what ICU's patterns and skeletons say. */

/* The skeleton for components, with the letter of a cycle, or 'j'. */
size_t intl_date_skeleton(const DateComponents *components, int cycle, char out[64]);
/* The components that a pattern shows; *cycle: its hour cycle. */
void intl_read_pattern(JsContext *cx, JsString *pattern, DateComponents *out, int *cycle);
/* The locale's own hour cycle. */
JS_MUST_USE bool intl_default_cycle(JsContext *cx, const char *icu_locale, int *out);
/* The best pattern for a skeleton; its hours in `cycle` unless that is CYCLE_NONE. */
JS_MUST_USE JsString *intl_best_pattern(JsContext *cx, const char *icu_locale, const char *skeleton, int cycle);
/* The pattern of styles. */
JS_MUST_USE JsString *intl_style_pattern(JsContext *cx, const char *icu_locale, int date_style, int time_style,
                                         int cycle);

/* date_parts.c: format, formatToParts, formatRange, formatRangeToParts. */
JS_MUST_USE JsString *intl_format_date(JsContext *cx, JsDateTimeFormat *format, double time);
JS_MUST_USE JsArray *intl_format_date_parts(JsContext *cx, JsDateTimeFormat *format, double time, const char *source);
JS_MUST_USE JsValue intl_format_date_range(JsContext *cx, JsDateTimeFormat *format, double from, double to,
                                           bool to_parts);

#endif
