// SPDX-License-Identifier: MIT
/* Searching code units: forward and backward, over any mix of widths. Narrow in narrow uses the C library's vector
 * code. */
#include "object/string.h"

#include "base/find.h"

static int64_t index_of_unit(StringView haystack, uint16_t unit, uint32_t from)
{
  if (!haystack.is_wide) {
    if (unit > 0xFF)
      return -1;
    const uint8_t *units = haystack.units;
    const uint8_t *hit = memchr(units + from, unit, haystack.length - from);
    return hit ? hit - units : -1;
  }
  const uint16_t *units = haystack.units;
  for (uint32_t k = from; k < haystack.length; k++)
    if (units[k] == unit)
      return k;
  return -1;
}

static bool matches_at(StringView haystack, StringView needle, uint32_t at)
{
  StringView part = {(const uint8_t *)haystack.units + ((size_t)at << haystack.is_wide), needle.length,
                     haystack.is_wide};
  return view_equals(part, needle);
}

int64_t view_index_of(StringView haystack, StringView needle, uint32_t from)
{
  if (from > haystack.length || needle.length > haystack.length - from)
    return -1;
  if (needle.length == 0)
    return from;
  if (needle.length == 1)
    return index_of_unit(haystack, view_unit(needle, 0), from);
  if (!haystack.is_wide && !needle.is_wide) {
    const uint8_t *units = haystack.units;
    const uint8_t *hit = bytes_find(units + from, haystack.length - from, needle.units, needle.length);
    return hit ? hit - units : -1;
  }
  uint16_t first = view_unit(needle, 0);
  uint32_t last_start = haystack.length - needle.length;
  for (uint32_t k = from; k <= last_start; k++) {
    int64_t hit = index_of_unit(haystack, first, k);
    if (hit < 0 || hit > last_start)
      return -1;
    if (matches_at(haystack, needle, (uint32_t)hit))
      return hit;
    k = (uint32_t)hit;
  }
  return -1;
}

int64_t view_last_index_of(StringView haystack, StringView needle, uint32_t from)
{
  if (needle.length > haystack.length)
    return -1;
  uint32_t start = haystack.length - needle.length;
  if (from < start)
    start = from;
  for (int64_t k = start; k >= 0; k--)
    if (matches_at(haystack, needle, (uint32_t)k))
      return k;
  return -1;
}
