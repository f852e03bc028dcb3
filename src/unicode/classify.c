// SPDX-License-Identifier: MIT
/* Identifiers and white space, from tables: see unicode.h. */
#include "unicode/unicode.h"
#include "unicode/ranges.h"

#include "unicode/id_table.inc"

bool unicode_in_ranges(const UnicodeRange *ranges, size_t count, uint32_t cp)
{
  size_t low = 0, high = count;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (cp > ranges[mid].last)
      low = mid + 1;
    else if (cp < ranges[mid].first)
      high = mid;
    else
      return true;
  }
  return false;
}

static bool is_ascii_letter(uint32_t cp)
{
  return (cp | 0x20) - 'a' < 26;
}

bool unicode_is_id_start(uint32_t cp)
{
  if (cp < 0x80)
    return is_ascii_letter(cp);
  return unicode_in_ranges(unicode_id_start_ranges, JS_COUNTOF(unicode_id_start_ranges), cp);
}

bool unicode_is_id_continue(uint32_t cp)
{
  if (cp < 0x80)
    return is_ascii_letter(cp) || cp - '0' < 10 || cp == '_';
  return unicode_in_ranges(unicode_id_continue_ranges, JS_COUNTOF(unicode_id_continue_ranges), cp);
}

void unicode_id_property(bool is_continue, UnicodeProperty *out)
{
  *out = (UnicodeProperty){0};
  if (is_continue) {
    out->ranges = unicode_id_continue_ranges;
    out->range_count = JS_COUNTOF(unicode_id_continue_ranges);
  } else {
    out->ranges = unicode_id_start_ranges;
    out->range_count = JS_COUNTOF(unicode_id_start_ranges);
  }
}

bool unicode_is_space(uint32_t cp)
{
  if (cp < 0x80)
    return cp == ' ' || cp == '\t' || cp == '\v' || cp == '\f';
  return cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000 ||
         cp == 0xFEFF;
}
