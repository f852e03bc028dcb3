// SPDX-License-Identifier: MIT
/*
 * The sets behind \p{...}: see unicode.h. Unicode 17, from the text in property_table.inc (tools/gen_unicode_tables.mjs
 * describes it): a set is the list of its boundaries, and lists combine by xor, which is union for disjoint sets and
 * complement with the boundaries of everything. Names are the language's exact spellings.
 */
#include "unicode/unicode.h"
#include "unicode/ranges.h"

#include <string.h>

typedef struct UnicodeNames {
  const char *name, *alias, *other; /* alias and other may be NULL */
} UnicodeNames;
typedef struct UnicodeNamedSet {
  UnicodeNames names;
  const char *set;
} UnicodeNamedSet;
typedef struct UnicodeNamedScript {
  UnicodeNames names;
  const char *set;
  const char *extensions; /* xor'ed with set: Script_Extensions */
} UnicodeNamedScript;
typedef struct UnicodeNamedSequences {
  const char *name;
  const char *set, *strings;
} UnicodeNamedSequences;

#include "unicode/property_table.inc"

/* General_Category values that are unions; members are aliases. */
static const struct {
  UnicodeNames names;
  const char *members;
} category_groups[] = {
    {{"Cased_Letter", "LC", NULL}, "Lu Ll Lt"},
    {{"Letter", "L", NULL}, "Lu Ll Lt Lm Lo"},
    {{"Mark", "M", "Combining_Mark"}, "Mn Mc Me"},
    {{"Number", "N", NULL}, "Nd Nl No"},
    {{"Punctuation", "P", "punct"}, "Pc Pd Ps Pe Pi Pf Po"},
    {{"Symbol", "S", NULL}, "Sm Sc Sk So"},
    {{"Separator", "Z", NULL}, "Zs Zl Zp"},
    {{"Other", "C", NULL}, "Cc Cf Cs Co Cn"},
};

static bool is_named(const UnicodeNames *names, const char *name)
{
  return !strcmp(names->name, name) || (names->alias && !strcmp(names->alias, name)) ||
         (names->other && !strcmp(names->other, name));
}

/* --- the text ---------------------------------------------------------------------------------------------------- */

static uint32_t read_number(const char **text)
{
  uint32_t n = 0;
  for (int shift = 0;; shift += 5) {
    uint32_t digit = (uint32_t)(unsigned char)*(*text)++;
    digit -= '#' + (digit > '?') + (digit > '\\'); /* the two that are not used */
    n |= (digit & 31) << shift;
    if (digit < 32)
      return n;
  }
}

/* Boundaries of sets, joined by xor as they come. */
typedef struct Boundaries {
  Arena *arena;
  uint32_t *at;
  uint32_t count;
} Boundaries;

static bool combine(Boundaries *all, const char *set)
{
  size_t most = all->count + strlen(set); /* a number has at least one character */
  uint32_t *merged = ARENA_NEW_ARRAY(all->arena, uint32_t, most + 1);
  if (!merged)
    return false;
  uint32_t count = 0, k = 0, next = 0;
  bool more = *set != 0;
  if (more)
    next = read_number(&set);
  while (more || k < all->count) {
    if (more && k < all->count && all->at[k] == next)
      k++;
    else if (!more || (k < all->count && all->at[k] < next)) {
      merged[count++] = all->at[k++];
      continue;
    } else {
      merged[count++] = next;
    }
    more = *set != 0;
    if (more)
      next += read_number(&set);
  }
  all->at = merged;
  all->count = count;
  return true;
}

/* Flips membership of everything. */
static bool complement(Boundaries *all)
{
  uint32_t *at = ARENA_NEW_ARRAY(all->arena, uint32_t, all->count + 2), count = 0;
  if (!at)
    return false;
  bool from_start = all->count && all->at[0] == 0;
  if (!from_start)
    at[count++] = 0;
  for (uint32_t k = from_start; k < all->count; k++)
    at[count++] = all->at[k];
  if (count && at[count - 1] == UNICODE_MAX + 1)
    count--;
  else
    at[count++] = UNICODE_MAX + 1;
  all->at = at;
  all->count = count;
  return true;
}

static UnicodeResult to_property(const Boundaries *all, UnicodeProperty *out)
{
  UnicodeRange *ranges = ARENA_NEW_ARRAY(all->arena, UnicodeRange, all->count / 2 + 1);
  if (!ranges)
    return UNICODE_NO_MEMORY;
  for (uint32_t k = 0; k + 1 < all->count; k += 2)
    ranges[k / 2] = (UnicodeRange){all->at[k], all->at[k + 1] - 1};
  *out = (UnicodeProperty){.ranges = ranges, .range_count = all->count / 2};
  return UNICODE_OK;
}

static UnicodeResult set_property(Arena *arena, const char *set, UnicodeProperty *out)
{
  Boundaries all = {.arena = arena};
  return combine(&all, set) ? to_property(&all, out) : UNICODE_NO_MEMORY;
}

/* --- General_Category, Script, Script_Extensions ----------------------------------------------------------------- */

static UnicodeResult category_property(Arena *arena, const char *name, UnicodeProperty *out)
{
  for (size_t k = 0; k < JS_COUNTOF(unicode_category_sets); k++)
    if (is_named(&unicode_category_sets[k].names, name))
      return set_property(arena, unicode_category_sets[k].set, out);
  for (size_t k = 0; k < JS_COUNTOF(category_groups); k++) {
    if (!is_named(&category_groups[k].names, name))
      continue;
    Boundaries all = {.arena = arena};
    for (size_t j = 0; j < JS_COUNTOF(unicode_category_sets); j++)
      if (strstr(category_groups[k].members, unicode_category_sets[j].names.alias) &&
          !combine(&all, unicode_category_sets[j].set))
        return UNICODE_NO_MEMORY;
    return to_property(&all, out);
  }
  return UNICODE_UNKNOWN;
}

static UnicodeResult assigned_property(Arena *arena, UnicodeProperty *out)
{
  Boundaries all = {.arena = arena};
  for (size_t k = 0; k < JS_COUNTOF(unicode_category_sets); k++)
    if (!strcmp(unicode_category_sets[k].names.alias, "Cn") && !combine(&all, unicode_category_sets[k].set))
      return UNICODE_NO_MEMORY;
  return complement(&all) ? to_property(&all, out) : UNICODE_NO_MEMORY;
}

static UnicodeResult script_property(Arena *arena, const char *name, bool extensions, UnicodeProperty *out)
{
  static const UnicodeNames unknown = {"Unknown", "Zzzz", NULL};
  Boundaries all = {.arena = arena};
  for (size_t k = 0; k < JS_COUNTOF(unicode_scripts); k++) {
    const UnicodeNamedScript *script = &unicode_scripts[k];
    if (!is_named(&script->names, name))
      continue;
    if (!combine(&all, script->set) || (extensions && !combine(&all, script->extensions)))
      return UNICODE_NO_MEMORY;
    return to_property(&all, out);
  }
  if (!is_named(&unknown, name))
    return UNICODE_UNKNOWN;
  for (size_t k = 0; k < JS_COUNTOF(unicode_scripts); k++)
    if (!combine(&all, unicode_scripts[k].set))
      return UNICODE_NO_MEMORY;
  return complement(&all) ? to_property(&all, out) : UNICODE_NO_MEMORY;
}

/* --- properties of strings --------------------------------------------------------------------------------------- */

/* More code points than any emoji sequence has, and UTF-16 units of so many. */
enum { SEQUENCE_POINTS = 32 };

static bool read_strings(Arena *arena, const char *text, UnicodeString *strings, uint32_t count)
{
  uint32_t points[SEQUENCE_POINTS] = {0};
  for (uint32_t n = 0; n < count; n++) {
    uint32_t shared = read_number(&text), len = shared + read_number(&text), before = points[0];
    uint16_t units[2 * SEQUENCE_POINTS];
    uint32_t unit_count = 0;
    JS_CHECK(len <= SEQUENCE_POINTS);
    for (uint32_t k = shared; k < len; k++) {
      uint32_t step = read_number(&text);
      points[k] = (k ? points[k - 1] : before) + (step & 1 ? -(step / 2) - 1 : step / 2);
    }
    for (uint32_t k = 0; k < len; k++) {
      if (points[k] >= 0x10000) {
        units[unit_count++] = unicode_lead_of(points[k]);
        units[unit_count++] = unicode_trail_of(points[k]);
      } else {
        units[unit_count++] = (uint16_t)points[k];
      }
    }
    const uint16_t *copy = (const uint16_t *)arena_copy(arena, units, unit_count * sizeof *units);
    if (!copy)
      return false;
    strings[n] = (UnicodeString){copy, unit_count};
  }
  return true;
}

/* RGI_Emoji is all of them. */
static UnicodeResult sequence_property(Arena *arena, const char *name, UnicodeProperty *out)
{
  bool everything = !strcmp(name, "RGI_Emoji"), found = false;
  Boundaries singles = {.arena = arena};
  uint32_t total = 0, count = 0;
  for (size_t k = 0; k < JS_COUNTOF(unicode_sequences); k++) {
    if (!everything && strcmp(unicode_sequences[k].name, name))
      continue;
    const char *text = unicode_sequences[k].strings;
    total += read_number(&text);
    found = true;
  }
  if (!found)
    return UNICODE_UNKNOWN;
  UnicodeString *strings = ARENA_NEW_ARRAY(arena, UnicodeString, total + 1);
  if (!strings)
    return UNICODE_NO_MEMORY;
  for (size_t k = 0; k < JS_COUNTOF(unicode_sequences); k++) {
    if (!everything && strcmp(unicode_sequences[k].name, name))
      continue;
    const char *text = unicode_sequences[k].strings;
    uint32_t own = read_number(&text);
    if (!combine(&singles, unicode_sequences[k].set) || !read_strings(arena, text, strings + count, own))
      return UNICODE_NO_MEMORY;
    count += own;
  }
  UnicodeResult result = to_property(&singles, out);
  out->strings = strings;
  out->string_count = total;
  return result;
}

static UnicodeResult lone_property(Arena *arena, const char *name, UnicodePropertyMode mode, UnicodeProperty *out)
{
  static const UnicodeRange any[] = {{0, UNICODE_MAX}}, ascii[] = {{0, 0x7F}};
  *out = (UnicodeProperty){.ranges = any, .range_count = 1};
  if (!strcmp(name, "Any"))
    return UNICODE_OK;
  out->ranges = ascii;
  if (!strcmp(name, "ASCII"))
    return UNICODE_OK;
  if (!strcmp(name, "Assigned"))
    return assigned_property(arena, out);
  for (size_t k = 0; k < JS_COUNTOF(unicode_binary_sets); k++) {
    const UnicodeNamedSet *binary = &unicode_binary_sets[k];
    if (!is_named(&binary->names, name))
      continue;
    if (*binary->set)
      return set_property(arena, binary->set, out);
    unicode_id_property(!strcmp(binary->names.alias, "IDC"), out);
    return UNICODE_OK;
  }
  UnicodeResult result = mode == UNICODE_WITH_STRINGS ? sequence_property(arena, name, out) : UNICODE_UNKNOWN;
  return result == UNICODE_UNKNOWN ? category_property(arena, name, out) : result;
}

UnicodeResult unicode_property(Arena *arena, const char *name, const char *value, UnicodePropertyMode mode,
                               UnicodeProperty *out)
{
  if (!value)
    return lone_property(arena, name, mode, out);
  if (!strcmp(name, "General_Category") || !strcmp(name, "gc"))
    return category_property(arena, value, out);
  if (!strcmp(name, "Script") || !strcmp(name, "sc"))
    return script_property(arena, value, false, out);
  if (!strcmp(name, "Script_Extensions") || !strcmp(name, "scx"))
    return script_property(arena, value, true, out);
  return UNICODE_UNKNOWN;
}
