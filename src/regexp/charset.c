// SPDX-License-Identifier: MIT
/* Sets of code points: see charset.h. */
#include "regexp/charset.h"

#include <stdlib.h>
#include <string.h>

bool charset_add(Arena *arena, CharSet *set, uint32_t first, uint32_t last)
{
  UnicodeRange *tail = set->len ? &set->items[set->len - 1] : NULL;
  if (tail && first >= tail->first && first <= tail->last + 1) { /* the usual case: ascending */
    if (last > tail->last)
      tail->last = last;
    return true;
  }
  UnicodeRange range = {first, last};
  return arena_vec_push(arena, set, range);
}

static int compare_ranges(const void *a, const void *b)
{
  const UnicodeRange *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

void charset_normalize(CharSet *set)
{
  bool sorted = true;
  for (uint32_t k = 1; k < set->len && sorted; k++)
    sorted = set->items[k].first > set->items[k - 1].last + 1;
  if (sorted)
    return;
  qsort(set->items, set->len, sizeof *set->items, compare_ranges);
  uint32_t out = 0;
  for (uint32_t k = 1; k < set->len; k++) {
    UnicodeRange *last = &set->items[out], next = set->items[k];
    if (next.first > last->last + 1)
      set->items[++out] = next;
    else if (next.last > last->last)
      last->last = next.last;
  }
  set->len = out + 1;
}

bool charset_union(Arena *arena, CharSet *set, const CharSet *other)
{
  for (uint32_t k = 0; k < other->len; k++)
    if (!charset_add(arena, set, other->items[k].first, other->items[k].last))
      return false;
  charset_normalize(set);
  return true;
}

bool charset_intersect(Arena *arena, CharSet *set, const CharSet *other)
{
  CharSet result = {0};
  uint32_t a = 0, b = 0;
  while (a < set->len && b < other->len) {
    UnicodeRange x = set->items[a], y = other->items[b];
    uint32_t first = x.first > y.first ? x.first : y.first, last = x.last < y.last ? x.last : y.last;
    if (first <= last && !charset_add(arena, &result, first, last))
      return false;
    if (x.last < y.last)
      a++;
    else
      b++;
  }
  *set = result;
  return true;
}

bool charset_invert(Arena *arena, CharSet *set, uint32_t max)
{
  CharSet result = {0};
  uint32_t next = 0;
  for (uint32_t k = 0; k < set->len && set->items[k].first <= max; k++) {
    if (set->items[k].first > next && !charset_add(arena, &result, next, set->items[k].first - 1))
      return false;
    next = set->items[k].last + 1;
  }
  if (next <= max && !charset_add(arena, &result, next, max))
    return false;
  *set = result;
  return true;
}

bool charset_subtract(Arena *arena, CharSet *set, const CharSet *other)
{
  CharSet rest = {0};
  return charset_union(arena, &rest, other) && charset_invert(arena, &rest, UNICODE_MAX) &&
         charset_intersect(arena, set, &rest);
}

bool charset_contains(const CharSet *set, uint32_t cp)
{
  uint32_t low = 0, high = set->len;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (cp > set->items[mid].last)
      low = mid + 1;
    else if (cp < set->items[mid].first)
      high = mid;
    else
      return true;
  }
  return false;
}

bool charset_disjoint(const CharSet *a, const CharSet *b)
{
  uint32_t i = 0, j = 0;
  while (i < a->len && j < b->len) {
    if (a->items[i].last < b->items[j].first)
      i++;
    else if (b->items[j].last < a->items[i].first)
      j++;
    else
      return false;
  }
  return true;
}

enum { LONG_S = 0x17F, KELVIN = 0x212A };

/* ASCII letters fold with each other, and with u also with two signs beyond. */
static bool close_ascii(Arena *arena, CharSet *set, bool fold)
{
  uint32_t members[4] = {0}; /* bitmap of 0..127 */
  for (uint32_t k = 0; k < set->len; k++)
    for (uint32_t c = set->items[k].first; c <= set->items[k].last; c++)
      members[c >> 5] |= 1u << (c & 31);
  uint32_t letters = (members[2] | members[3]) & 0x07FFFFFE; /* '@' + bit */
  members[2] |= letters;
  members[3] |= letters;
  *set = (CharSet){0};
  for (uint32_t c = 0; c < 128; c++)
    if (members[c >> 5] >> (c & 31) & 1 && !charset_add(arena, set, c, c))
      return false;
  if (fold && letters >> ('s' & 31) & 1 && !charset_add(arena, set, LONG_S, LONG_S))
    return false;
  return !(fold && letters >> ('k' & 31) & 1) || charset_add(arena, set, KELVIN, KELVIN);
}

bool charset_close_case(Arena *arena, CharSet *set, bool fold)
{
  if (!set->len || (set->len == 1 && set->items[0].first == 0 && set->items[0].last >= 0xFFFF))
    return true;
  if (set->items[set->len - 1].last < 0x80)
    return close_ascii(arena, set, fold);

  uint32_t run_count;
  const UnicodeRun *runs = unicode_canonical_runs(fold, &run_count);
  CharSet more = {0};
  for (int pass = 0; pass < 2;
       pass++) { /* members to their canonical forms, then canonical forms to all their sources */
    more.len = 0;
    for (uint32_t r = 0; r < run_count; r++) {
      uint32_t cp = runs[r].first;
      for (uint32_t k = 0; k < runs[r].count; k++, cp += runs[r].stride) {
        uint32_t form = cp + (uint32_t)runs[r].delta, probe = pass ? form : cp, found = pass ? cp : form;
        if (charset_contains(set, probe) && !charset_add(arena, &more, found, found))
          return false;
      }
    }
    charset_normalize(&more);
    if (!charset_union(arena, set, &more))
      return false;
  }
  return true;
}

bool charset_add_digits(Arena *arena, CharSet *set)
{
  return charset_add(arena, set, '0', '9');
}

bool charset_add_lines(Arena *arena, CharSet *set)
{
  return charset_add(arena, set, '\n', '\n') && charset_add(arena, set, '\r', '\r') &&
         charset_add(arena, set, 0x2028, 0x2029);
}

bool charset_add_spaces(Arena *arena, CharSet *set)
{
  static const UnicodeRange spaces[] = {{9, 13},          {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
                                        {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
                                        {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  for (size_t k = 0; k < JS_COUNTOF(spaces); k++)
    if (!charset_add(arena, set, spaces[k].first, spaces[k].last))
      return false;
  return true;
}

bool charset_add_word(Arena *arena, CharSet *set, bool extra_word)
{
  return charset_add(arena, set, '0', '9') && charset_add(arena, set, 'A', 'Z') && charset_add(arena, set, '_', '_') &&
         charset_add(arena, set, 'a', 'z') &&
         (!extra_word || (charset_add(arena, set, LONG_S, LONG_S) && charset_add(arena, set, KELVIN, KELVIN)));
}
