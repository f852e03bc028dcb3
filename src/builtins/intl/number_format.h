// SPDX-License-Identifier: MIT
/* Number formatting inside Intl: digit options, skeletons, exact numbers. */
#ifndef BUILTINS_INTL_NUMBER_FORMAT_H
#define BUILTINS_INTL_NUMBER_FORMAT_H

#include "builtins/intl/intl.h"

typedef enum { ROUND_FRACTION, ROUND_SIGNIFICANT, ROUND_MORE, ROUND_LESS } IntlRounding;
enum { NOTATION_STANDARD, NOTATION_SCIENTIFIC, NOTATION_ENGINEERING, NOTATION_COMPACT };
enum { COMPACT_SHORT, COMPACT_LONG };

/* SetNumberFormatDigitOptions' slots. */
typedef struct IntlDigits {
  int min_integer, min_fraction, max_fraction, min_significant, max_significant, increment;
  uint8_t mode; /* row of the rounding modes */
  uint8_t rounding;
  bool strips_zeros, has_fraction, has_significant;
  bool shows_priority; /* rounding priority is not "auto" */
} IntlDigits;

/* SetNumberFormatDigitOptions  ecma402#sec-setnfdigitoptions */
JS_MUST_USE bool intl_read_digits(JsContext *cx, IntlOptions options, int min_fraction, int max_fraction, int notation,
                                  IntlDigits *out);
/* The rows of resolvedOptions(): before useGrouping, and the last four. */
JS_MUST_USE bool intl_put_digits(JsContext *cx, JsObject *obj, const IntlDigits *digits);
JS_MUST_USE bool intl_put_rounding(JsContext *cx, JsObject *obj, const IntlDigits *digits);
JS_MUST_USE bool intl_read_notation(JsContext *cx, IntlOptions options, int *out);
extern const char *const intl_notations[], *const intl_compact_displays[];

/* An ICU number skeleton in the making: stems separated by spaces. */
typedef struct IntlSkeleton {
  char text[512];
  size_t len;
} IntlSkeleton;
JS_PRINTF(2, 3) void intl_skeleton_add(IntlSkeleton *skeleton, const char *format, ...);
void intl_skeleton_add_digits(IntlSkeleton *skeleton, const IntlDigits *digits);
void intl_skeleton_add_notation(IntlSkeleton *skeleton, int notation, int compact);

/* An opened UNumberFormatter of (locale name with keywords, skeleton); from the cache if it is there. */
JS_MUST_USE JsIcuHandle *intl_open_number_formatter(JsContext *cx, const char *icu_locale,
                                                    const IntlSkeleton *skeleton);
/* Likewise a UNumberRangeFormatter. */
JS_MUST_USE JsIcuHandle *intl_open_range_formatter(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton);
JS_MUST_USE JsIcuHandle *intl_open_number_result(JsContext *cx);
JS_MUST_USE JsIcuHandle *intl_open_range_result(JsContext *cx);

/* An Intl mathematical value: a double, or decimal text that is exact. */
typedef struct IntlNumber {
  bool is_text;
  double number;    /* of a text: roughly */
  const char *text; /* in a cell that the pointer keeps alive */
  uint32_t len;
} IntlNumber;
/* ToIntlMathematicalValue  ecma402#sec-tointlmathematicalvalue */
JS_MUST_USE bool intl_to_number(JsContext *cx, JsValue val, IntlNumber *out);
/* Formats into a UFormattedNumber. */
JS_MUST_USE bool intl_format_number(JsContext *cx, void *formatter, void *result, const IntlNumber *number);
JS_MUST_USE bool intl_format_number_range(JsContext *cx, void *formatter, void *result, const IntlNumber *from,
                                          const IntlNumber *to);

/* Which number a part belongs to, for its sign and its name. */
typedef struct IntlPartNames {
  bool is_percent;             /* style percent: the sign is a percentSign */
  const IntlNumber *from, *to; /* to NULL: no range */
  const char *unit;            /* adds { unit } to the parts, or NULL */
  bool marks_literals;         /* to literal ones, too */
} IntlPartNames;
JS_MUST_USE bool intl_add_number_parts(JsContext *cx, JsArray *parts, const IcuFormattedValue *value,
                                       const IntlPartNames *names);

/* For DurationFormat: the string, or parts, of a number with a locale and a skeleton. */
JS_MUST_USE JsString *intl_number_text(JsContext *cx, const char *icu_locale, const IntlSkeleton *skeleton,
                                       const IntlNumber *number, JsArray *parts, const char *unit);

/* IsWellFormedCurrencyCode */
bool intl_is_currency_code(JsContext *cx, JsString *text);

#endif
