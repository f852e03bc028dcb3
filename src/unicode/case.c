// SPDX-License-Identifier: MIT
/* Case folding for regexps and case mapping for strings, from tables: see unicode.h. */
#include "unicode/unicode.h"
#include "unicode/ranges.h"

typedef struct UnicodeSpecialUpper {
  uint32_t from;
  uint16_t to[3]; /* zero-terminated if shorter */
} UnicodeSpecialUpper;

#include "unicode/case_table.inc"

static uint32_t map_by_runs(const UnicodeRun *runs, size_t count, uint32_t cp)
{
  size_t low = 0, high = count;
  while (low < high) {
    size_t mid = (low + high) / 2;
    const UnicodeRun *run = &runs[mid];
    if (cp < run->first) {
      high = mid;
    } else if (cp - run->first > (uint32_t)(run->count - 1) * run->stride) {
      low = mid + 1;
    } else {
      return (cp - run->first) % run->stride == 0 ? cp + (uint32_t)run->delta : cp;
    }
  }
  return cp;
}

#define MAP(runs, cp) map_by_runs(runs, JS_COUNTOF(runs), cp)

static uint32_t ascii_lower(uint32_t cp)
{
  return cp - 'A' < 26 ? cp + 32 : cp;
}
static uint32_t ascii_upper(uint32_t cp)
{
  return cp - 'a' < 26 ? cp - 32 : cp;
}

uint32_t unicode_simple_fold(uint32_t cp)
{
  return cp < 0x80 ? ascii_lower(cp) : MAP(unicode_fold_runs, cp);
}
uint32_t unicode_regexp_upper(uint32_t unit)
{
  return unit < 0x80 ? ascii_upper(unit) : MAP(unicode_regexp_upper_runs, unit);
}
uint32_t unicode_simple_upper(uint32_t cp)
{
  return cp < 0x80 ? ascii_upper(cp) : MAP(unicode_upper_runs, cp);
}
uint32_t unicode_simple_lower(uint32_t cp)
{
  return cp < 0x80 ? ascii_lower(cp) : MAP(unicode_lower_runs, cp);
}

const UnicodeRun *unicode_canonical_runs(bool fold, uint32_t *count)
{
  *count = fold ? JS_COUNTOF(unicode_fold_runs) : JS_COUNTOF(unicode_regexp_upper_runs);
  return fold ? unicode_fold_runs : unicode_regexp_upper_runs;
}

static const UnicodeSpecialUpper *special_upper(uint32_t cp)
{
  size_t low = 0, high = JS_COUNTOF(unicode_special_upper);
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (cp > unicode_special_upper[mid].from)
      low = mid + 1;
    else if (cp < unicode_special_upper[mid].from)
      high = mid;
    else
      return &unicode_special_upper[mid];
  }
  return NULL;
}

static uint32_t code_point_at(const uint16_t *src, size_t len, size_t k, size_t *width)
{
  *width = 1;
  if (unicode_is_lead_surrogate(src[k]) && k + 1 < len && unicode_is_trail_surrogate(src[k + 1])) {
    *width = 2;
    return unicode_join_surrogates(src[k], src[k + 1]);
  }
  return src[k];
}

static size_t put(uint16_t *dst, size_t at, uint32_t cp)
{
  if (cp < 0x10000) {
    if (dst)
      dst[at] = (uint16_t)cp;
    return at + 1;
  }
  if (dst) {
    dst[at] = unicode_lead_of(cp);
    dst[at + 1] = unicode_trail_of(cp);
  }
  return at + 2;
}

size_t unicode_to_upper(const uint16_t *src, size_t len, uint16_t *dst)
{
  size_t at = 0, width;
  for (size_t k = 0; k < len; k += width) {
    uint32_t cp = code_point_at(src, len, k, &width);
    const UnicodeSpecialUpper *special = cp >= 0xDF ? special_upper(cp) : NULL;
    if (!special) {
      at = put(dst, at, unicode_simple_upper(cp));
      continue;
    }
    for (size_t n = 0; n < JS_COUNTOF(special->to) && special->to[n]; n++)
      at = put(dst, at, special->to[n]);
  }
  return at;
}

static bool is_cased(uint32_t cp)
{
  return unicode_in_ranges(unicode_cased_ranges, JS_COUNTOF(unicode_cased_ranges), cp);
}
static bool is_case_ignorable(uint32_t cp)
{
  return unicode_in_ranges(unicode_case_ignorable_ranges, JS_COUNTOF(unicode_case_ignorable_ranges), cp);
}

/* The condition Final_Sigma of SpecialCasing.txt: a cased letter before, none after, case-ignorable ones not counting.
 */
static bool is_final_sigma(const uint16_t *src, size_t len, size_t k)
{
  bool cased_before = false;
  size_t width;
  for (size_t n = k; n > 0;) {
    n--;
    if (n > 0 && unicode_is_trail_surrogate(src[n]) && unicode_is_lead_surrogate(src[n - 1]))
      n--;
    uint32_t cp = code_point_at(src, len, n, &width);
    if (is_case_ignorable(cp))
      continue;
    cased_before = is_cased(cp);
    break;
  }
  if (!cased_before)
    return false;
  for (size_t n = k + 1; n < len; n += width) {
    uint32_t cp = code_point_at(src, len, n, &width);
    if (!is_case_ignorable(cp))
      return !is_cased(cp);
  }
  return true;
}

enum { CAPITAL_SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2, CAPITAL_I_WITH_DOT = 0x130, COMBINING_DOT_ABOVE = 0x307 };

size_t unicode_to_lower(const uint16_t *src, size_t len, uint16_t *dst)
{
  size_t at = 0, width;
  for (size_t k = 0; k < len; k += width) {
    uint32_t cp = code_point_at(src, len, k, &width);
    if (cp == CAPITAL_I_WITH_DOT) { /* the one unconditional special lower-casing */
      at = put(dst, at, 'i');
      at = put(dst, at, COMBINING_DOT_ABOVE);
    } else if (cp == CAPITAL_SIGMA && is_final_sigma(src, len, k)) {
      at = put(dst, at, FINAL_SIGMA);
    } else {
      at = put(dst, at, unicode_simple_lower(cp));
    }
  }
  return at;
}
