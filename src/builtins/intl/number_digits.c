// SPDX-License-Identifier: MIT
/* Digit and rounding options (ecma402#sec-setnfdigitoptions), and ICU's number skeletons made of them. */
#include "builtins/intl/number_format.h"

#include <stdarg.h>
#include <stdio.h>

const char *const intl_notations[] = {"standard", "scientific", "engineering", "compact", NULL};
const char *const intl_compact_displays[] = {"short", "long", NULL};

static const char *const rounding_modes[] = {"ceil",      "floor",      "expand",    "trunc",    "halfCeil",
                                             "halfFloor", "halfExpand", "halfTrunc", "halfEven", NULL};
static const char *const icu_rounding_modes[] = {"ceiling",    "floor",   "up",        "down",     "half-ceiling",
                                                 "half-floor", "half-up", "half-down", "half-even"};
enum { MODE_HALF_EXPAND = 6 };
static const char *const priorities[] = {"auto", "morePrecision", "lessPrecision", NULL};
enum { PRIORITY_AUTO, PRIORITY_MORE, PRIORITY_LESS };
static const char *const zero_displays[] = {"auto", "stripIfInteger", NULL};

bool intl_read_notation(JsContext *cx, IntlOptions options, int *out)
{
  return intl_enum_option(cx, options, "notation", intl_notations, NOTATION_STANDARD, out);
}

static bool is_increment(int increment)
{
  static const int increments[] = {1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000};
  for (size_t k = 0; k < JS_COUNTOF(increments); k++)
    if (increments[k] == increment)
      return true;
  return false;
}

static bool out_of_range(JsContext *cx, const char *name)
{
  throw_error(cx, JS_MSG_INTL_OUT_OF_RANGE, name);
  return false;
}

static bool read_significant(JsContext *cx, JsValue min, JsValue max, IntlDigits *out)
{
  out->has_significant = true;
  TRY_OR(false, intl_number_value(cx, min, "minimumSignificantDigits", 1, 21, 1, &out->min_significant));
  return intl_number_value(cx, max, "maximumSignificantDigits", out->min_significant, 21, 21, &out->max_significant);
}

static bool read_fraction(JsContext *cx, JsValue min, JsValue max, int min_default, int max_default, IntlDigits *out)
{
  out->has_fraction = true;
  TRY_OR(false, intl_number_value(cx, min, "minimumFractionDigits", 0, 100, -1, &out->min_fraction));
  TRY_OR(false, intl_number_value(cx, max, "maximumFractionDigits", 0, 100, -1, &out->max_fraction));
  if (out->min_fraction < 0 && out->max_fraction < 0) {
    out->min_fraction = min_default;
    out->max_fraction = max_default;
  } else if (out->min_fraction < 0) {
    out->min_fraction = min_default < out->max_fraction ? min_default : out->max_fraction;
  } else if (out->max_fraction < 0) {
    out->max_fraction = max_default > out->min_fraction ? max_default : out->min_fraction;
  } else if (out->min_fraction > out->max_fraction) {
    return out_of_range(cx, "maximumFractionDigits");
  }
  return true;
}

bool intl_read_digits(JsContext *cx, IntlOptions options, int min_fraction, int max_fraction, int notation,
                      IntlDigits *out)
{
  *out = (IntlDigits){0};
  JsValue mnfd, mxfd, mnsd, mxsd;
  int mode, priority, zeros;
  TRY_OR(false, intl_number_option(cx, options, "minimumIntegerDigits", 1, 21, 1, &out->min_integer));
  TRY_OR(false, intl_option_value(cx, options, "minimumFractionDigits", &mnfd));
  TRY_OR(false, intl_option_value(cx, options, "maximumFractionDigits", &mxfd));
  TRY_OR(false, intl_option_value(cx, options, "minimumSignificantDigits", &mnsd));
  TRY_OR(false, intl_option_value(cx, options, "maximumSignificantDigits", &mxsd));
  TRY_OR(false, intl_number_option(cx, options, "roundingIncrement", 1, 5000, 1, &out->increment));
  if (!is_increment(out->increment))
    return out_of_range(cx, "roundingIncrement");
  TRY_OR(false, intl_enum_option(cx, options, "roundingMode", rounding_modes, MODE_HALF_EXPAND, &mode));
  TRY_OR(false, intl_enum_option(cx, options, "roundingPriority", priorities, PRIORITY_AUTO, &priority));
  TRY_OR(false, intl_enum_option(cx, options, "trailingZeroDisplay", zero_displays, 0, &zeros));
  out->mode = (uint8_t)mode;
  out->strips_zeros = zeros;
  if (out->increment != 1)
    max_fraction = min_fraction;
  bool given_significant = !js_is_undefined(mnsd) || !js_is_undefined(mxsd);
  bool given_fraction = !js_is_undefined(mnfd) || !js_is_undefined(mxfd);
  bool need_significant = priority != PRIORITY_AUTO || given_significant, need_fraction = true;
  if (priority == PRIORITY_AUTO && (need_significant || (!given_fraction && notation == NOTATION_COMPACT)))
    need_fraction = false;
  if (need_significant)
    TRY_OR(false, read_significant(cx, mnsd, mxsd, out));
  if (need_fraction)
    TRY_OR(false, read_fraction(cx, mnfd, mxfd, min_fraction, max_fraction, out));
  if (!need_significant && !need_fraction) {
    /* Compact numbers: two significant digits, but no rounding of the integer part. */
    out->has_fraction = out->has_significant = out->shows_priority = true;
    out->min_significant = 1;
    out->max_significant = 2;
    out->rounding = ROUND_MORE;
  } else {
    out->shows_priority = priority != PRIORITY_AUTO;
    out->rounding = priority == PRIORITY_MORE   ? ROUND_MORE
                    : priority == PRIORITY_LESS ? ROUND_LESS
                    : given_significant         ? ROUND_SIGNIFICANT
                                                : ROUND_FRACTION;
  }
  if (out->increment == 1)
    return true;
  if (out->rounding != ROUND_FRACTION) {
    throw_error(cx, JS_MSG_INTL_ROUNDING_TYPE);
    return false;
  }
  return out->max_fraction == out->min_fraction || out_of_range(cx, "maximumFractionDigits");
}

bool intl_put_digits(JsContext *cx, JsObject *obj, const IntlDigits *digits)
{
  TRY_OR(false, intl_put(cx, obj, "minimumIntegerDigits", js_int32(digits->min_integer)));
  if (digits->has_fraction) {
    TRY_OR(false, intl_put(cx, obj, "minimumFractionDigits", js_int32(digits->min_fraction)));
    TRY_OR(false, intl_put(cx, obj, "maximumFractionDigits", js_int32(digits->max_fraction)));
  }
  if (digits->has_significant) {
    TRY_OR(false, intl_put(cx, obj, "minimumSignificantDigits", js_int32(digits->min_significant)));
    TRY_OR(false, intl_put(cx, obj, "maximumSignificantDigits", js_int32(digits->max_significant)));
  }
  return true;
}

bool intl_put_rounding(JsContext *cx, JsObject *obj, const IntlDigits *digits)
{
  int priority = !digits->shows_priority          ? PRIORITY_AUTO
                 : digits->rounding == ROUND_MORE ? PRIORITY_MORE
                                                  : PRIORITY_LESS;
  TRY_OR(false, intl_put(cx, obj, "roundingIncrement", js_int32(digits->increment)));
  TRY_OR(false, intl_put_ascii(cx, obj, "roundingMode", rounding_modes[digits->mode]));
  TRY_OR(false, intl_put_ascii(cx, obj, "roundingPriority", priorities[priority]));
  return intl_put_ascii(cx, obj, "trailingZeroDisplay", zero_displays[digits->strips_zeros]);
}

/* --- skeletons ---------------------------------------------------------------------------------------------------- */

void intl_skeleton_add(IntlSkeleton *skeleton, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int added = vsnprintf(skeleton->text + skeleton->len, sizeof skeleton->text - skeleton->len, format, arguments);
  va_end(arguments);
  JS_CHECK(added >= 0 && skeleton->len + (size_t)added < sizeof skeleton->text);
  skeleton->len += (size_t)added;
}

static void add_repeated(IntlSkeleton *skeleton, char c, int count)
{
  for (int k = 0; k < count; k++)
    intl_skeleton_add(skeleton, "%c", c);
}

static void add_fraction(IntlSkeleton *skeleton, const IntlDigits *digits)
{
  if (!digits->max_fraction) {
    intl_skeleton_add(skeleton, "precision-integer");
    return;
  }
  intl_skeleton_add(skeleton, ".");
  add_repeated(skeleton, '0', digits->min_fraction);
  add_repeated(skeleton, '#', digits->max_fraction - digits->min_fraction);
}

static void add_significant(IntlSkeleton *skeleton, const IntlDigits *digits)
{
  add_repeated(skeleton, '@', digits->min_significant);
  add_repeated(skeleton, '#', digits->max_significant - digits->min_significant);
}

/* increment * 10^-fraction, written out with all fraction digits */
static void add_increment(IntlSkeleton *skeleton, const IntlDigits *digits)
{
  char plain[8];
  int len = snprintf(plain, sizeof plain, "%d", digits->increment), fraction = digits->max_fraction;
  intl_skeleton_add(skeleton, "precision-increment/");
  if (fraction >= len) {
    intl_skeleton_add(skeleton, "0.");
    add_repeated(skeleton, '0', fraction - len);
    intl_skeleton_add(skeleton, "%s", plain);
  } else if (fraction) {
    intl_skeleton_add(skeleton, "%.*s.%s", len - fraction, plain, plain + len - fraction);
  } else {
    intl_skeleton_add(skeleton, "%s", plain);
  }
}

void intl_skeleton_add_digits(IntlSkeleton *skeleton, const IntlDigits *digits)
{
  if (digits->increment != 1) {
    add_increment(skeleton, digits);
  } else if (digits->rounding == ROUND_SIGNIFICANT) {
    add_significant(skeleton, digits);
  } else {
    add_fraction(skeleton, digits);
    if (digits->rounding != ROUND_FRACTION) {
      intl_skeleton_add(skeleton, "/");
      add_significant(skeleton, digits);
      intl_skeleton_add(skeleton, digits->rounding == ROUND_MORE ? "r" : "s");
    }
  }
  if (digits->strips_zeros)
    intl_skeleton_add(skeleton, "/w");
  intl_skeleton_add(skeleton, " rounding-mode-%s integer-width/+", icu_rounding_modes[digits->mode]);
  add_repeated(skeleton, '0', digits->min_integer);
  intl_skeleton_add(skeleton, " ");
}

void intl_skeleton_add_notation(IntlSkeleton *skeleton, int notation, int compact)
{
  if (notation == NOTATION_SCIENTIFIC)
    intl_skeleton_add(skeleton, "scientific ");
  else if (notation == NOTATION_ENGINEERING)
    intl_skeleton_add(skeleton, "engineering ");
  else if (notation == NOTATION_COMPACT)
    intl_skeleton_add(skeleton, compact == COMPACT_LONG ? "compact-long " : "compact-short ");
}
