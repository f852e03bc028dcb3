// SPDX-License-Identifier: MIT
/* Date components, ICU's skeletons and its patterns: see date_time_format.h. */
#include "builtins/intl/date_time_format.h"

#include <stdio.h>

static const char *const texts[] = {"narrow", "short", "long", NULL};
static const char *const digits[] = {"2-digit", "numeric", NULL};
static const char *const months[] = {"2-digit", "numeric", "narrow", "short", "long", NULL};
static const char *const zones[] = {"short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric", NULL};
const char *const intl_hour_cycles[] = {"h11", "h12", "h23", "h24", NULL};
static const char cycle_letters[] = "KhHk";

const char *const intl_date_field_names[DATE_FIELD_COUNT] = {
    "weekday",     "era", "year", "month", "day", "dayPeriod", "hour", "minute", "second", "fractionalSecondDigits",
    "timeZoneName"};
const char *const *const intl_date_field_values[DATE_FIELD_COUNT] = {texts,  texts,  digits, months, digits, texts,
                                                                     digits, digits, digits, NULL,   zones};

/* --- skeletons ---------------------------------------------------------------------------------------------------- */

size_t intl_date_skeleton(const DateComponents *components, int cycle, char out[64])
{
  /* The letters of each row of the value lists. */
  static const char *const letters[DATE_FIELD_COUNT][6] = {
      [FIELD_WEEKDAY] = {"EEEEE", "EEE", "EEEE"},
      [FIELD_ERA] = {"GGGGG", "GGG", "GGGG"},
      [FIELD_YEAR] = {"yy", "y"},
      [FIELD_MONTH] = {"MM", "M", "MMMMM", "MMM", "MMMM"},
      [FIELD_DAY] = {"dd", "d"},
      [FIELD_DAY_PERIOD] = {"BBBBB", "B", "BBBB"},
      [FIELD_HOUR] = {"jj", "j"},
      [FIELD_MINUTE] = {"mm", "m"},
      [FIELD_SECOND] = {"ss", "s"},
      [FIELD_FRACTION] = {"", "S", "SS", "SSS"},
      [FIELD_ZONE] = {"z", "zzzz", "O", "OOOO", "v", "vvvv"},
  };
  size_t len = 0;
  for (int field = 0; field < DATE_FIELD_COUNT; field++) {
    if (components->value[field] < 0)
      continue;
    for (const char *c = letters[field][components->value[field]]; *c; c++)
      out[len++] = *c == 'j' && cycle != CYCLE_NONE ? cycle_letters[cycle] : *c;
  }
  out[len] = 0;
  return len;
}

/* --- patterns ----------------------------------------------------------------------------------------------------- */

static int text_row(int count)
{
  return count == 5 ? 0 : count == 4 ? 2 : 1;
}

static int zone_row(uint16_t letter, int count)
{
  return letter == 'O' ? (count == 4 ? 3 : 2) : letter == 'v' ? (count == 4 ? 5 : 4) : count == 4 ? 1 : 0;
}

static void read_field(uint16_t letter, int count, DateComponents *out, int *cycle)
{
  switch (letter) {
  case 'G': out->value[FIELD_ERA] = text_row(count); break;
  case 'y':
  case 'u':
  case 'U':
  case 'r': out->value[FIELD_YEAR] = count != 2; break;
  case 'M':
  case 'L': out->value[FIELD_MONTH] = count == 1 ? 1 : count == 2 ? 0 : count == 3 ? 3 : count == 4 ? 4 : 2; break;
  case 'd': out->value[FIELD_DAY] = count != 2; break;
  case 'E':
  case 'c': out->value[FIELD_WEEKDAY] = text_row(count); break;
  case 'B': out->value[FIELD_DAY_PERIOD] = text_row(count); break;
  case 'm': out->value[FIELD_MINUTE] = count != 2; break;
  case 's': out->value[FIELD_SECOND] = count != 2; break;
  case 'S': out->value[FIELD_FRACTION] = count < 3 ? count : 3; break;
  case 'z':
  case 'O':
  case 'v': out->value[FIELD_ZONE] = zone_row(letter, count); break;
  default:
    for (int k = 0; k < 4; k++) {
      if (letter == cycle_letters[k]) {
        *cycle = k;
        out->value[FIELD_HOUR] = count != 2;
      }
    }
  }
}

void intl_read_pattern(JsContext *cx, JsString *pattern, DateComponents *out, int *cycle)
{
  for (int k = 0; k < DATE_FIELD_COUNT; k++)
    out->value[k] = -1;
  *cycle = CYCLE_NONE;
  StringView view = string_view(cx->heap, pattern);
  bool quoted = false;
  for (uint32_t k = 0, to; k < view.length; k = to) {
    uint16_t letter = view_unit(view, k);
    for (to = k + 1; to < view.length && view_unit(view, to) == letter && letter != '\'';)
      to++;
    if (letter == '\'')
      quoted = !quoted;
    else if (!quoted)
      read_field(letter, (int)(to - k), out, cycle);
  }
}

static bool is_hour_letter(uint16_t unit)
{
  return unit == 'K' || unit == 'h' || unit == 'H' || unit == 'k';
}

/* The pattern with its hours' letter replaced. */
static JsString *with_cycle(JsContext *cx, JsString *pattern, int cycle)
{
  StringView view = string_view(cx->heap, pattern);
  StringBuilder out;
  builder_init(&out, cx);
  bool quoted = false;
  for (uint32_t k = 0; k < view.length; k++) {
    uint16_t unit = view_unit(view, k);
    quoted ^= unit == '\'';
    builder_add_unit(&out, !quoted && is_hour_letter(unit) ? (uint16_t)cycle_letters[cycle] : unit);
  }
  js_keep_alive(js_from_cell(pattern));
  return builder_finish(&out);
}

/* Pattern generators are slow to open: the realm keeps some. */
static IcuPatternGenerator *generator_of(JsContext *cx, const char *icu_locale, JsIcuHandle **keep)
{
  char key[LOCALE_ICU_MAX + 4];
  snprintf(key, sizeof key, "G|%s", icu_locale);
  *keep = intl_cache_find(cx, key);
  if (!*keep) {
    enum { GENERATOR_BYTES = 65536 };
    const Icu *icu = TRY_OR(NULL, intl_icu(cx));
    IcuError error = 0;
    IcuPatternGenerator *opened = icu->udatpg_open(icu_locale, &error);
    *keep = TRY_OR(NULL,
                   intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->udatpg_close, GENERATOR_BYTES));
    intl_cache_add(cx, key, *keep);
  }
  return (*keep)->icu;
}

JsString *intl_best_pattern(JsContext *cx, const char *icu_locale, const char *skeleton, int cycle)
{
  enum { ICU_MATCH_HOUR_FIELD_LENGTH = 1 << 11 };
  JsIcuHandle *keep;
  IcuPatternGenerator *generator = TRY_OR(NULL, generator_of(cx, icu_locale, &keep));
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  uint16_t units[64];
  int32_t len = 0;
  for (; skeleton[len] && len < 64; len++)
    units[len] = (uint8_t)skeleton[len];
  JsString *pattern =
      TRY_OR(NULL, ICU_STRING(cx, icu->udatpg_getBestPatternWithOptions(
                                      generator, units, len, ICU_MATCH_HOUR_FIELD_LENGTH, dst, cap, &error)));
  js_keep_alive(js_from_cell(keep));
  return cycle == CYCLE_NONE ? pattern : with_cycle(cx, pattern, cycle);
}

bool intl_default_cycle(JsContext *cx, const char *icu_locale, int *out)
{
  JsString *pattern = TRY_OR(false, intl_best_pattern(cx, icu_locale, "j", CYCLE_NONE));
  DateComponents ignored;
  intl_read_pattern(cx, pattern, &ignored, out);
  if (*out == CYCLE_NONE)
    *out = CYCLE_H23;
  return true;
}

JsString *intl_style_pattern(JsContext *cx, const char *icu_locale, int date_style, int time_style, int cycle)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuError failed = 0;
  IcuDateFormat *format = icu->udat_open(time_style, date_style, icu_locale, NULL, 0, NULL, 0, &failed);
  JsIcuHandle *keep =
      TRY_OR(NULL, intl_handle_new(cx, failed > 0 ? NULL : format, *(void *const *)&icu->udat_close, 4096));
  JsString *pattern = TRY_OR(NULL, ICU_STRING(cx, icu->udat_toPattern(format, false, dst, cap, &error)));
  js_keep_alive(js_from_cell(keep));
  DateComponents components;
  int own;
  intl_read_pattern(cx, pattern, &components, &own);
  if (cycle == CYCLE_NONE || own == CYCLE_NONE || own == cycle)
    return pattern;
  /* Another cycle than the locale's: the pattern is made anew from what this one shows. */
  JsString *kept;
  const uint16_t *units = TRY_OR(NULL, intl_units(cx, pattern, &kept));
  JsString *skeleton =
      TRY_OR(NULL, ICU_STRING(cx, icu->udatpg_getSkeleton(NULL, units, (int32_t)pattern->length, dst, cap, &error)));
  js_keep_alive(js_from_cell(kept));
  char text[64];
  size_t len = 0;
  for (uint32_t k = 0; k < skeleton->length && len < sizeof text - 1; k++) {
    uint16_t unit = string_unit_at(cx->heap, skeleton, k);
    if (unit == 'a' || unit == 'b' || unit == 'B' ||
        (len && is_hour_letter(unit) && is_hour_letter((uint8_t)text[len - 1])))
      continue;
    text[len++] = is_hour_letter(unit) ? cycle_letters[cycle] : (char)unit;
  }
  text[len] = 0;
  return intl_best_pattern(cx, icu_locale, text, cycle);
}
