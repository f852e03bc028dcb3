// SPDX-License-Identifier: MIT
/*
 * Sets of code points for the regexp compiler: sorted, disjoint, non-adjacent inclusive ranges in an arena.
 *
 * charset_add may append out of order; every other function expects and leaves a set in normal form, which
 * charset_normalize makes. Functions returning bool return false when out of memory.
 */
#ifndef REGEXP_CHARSET_H
#define REGEXP_CHARSET_H

#include "unicode/unicode.h"

typedef struct CharSet {
  UnicodeRange *items;
  uint32_t len, cap;
} CharSet;

JS_MUST_USE bool charset_add(Arena *arena, CharSet *set, uint32_t first, uint32_t last);
void charset_normalize(CharSet *set);

/* set becomes set op other */
JS_MUST_USE bool charset_union(Arena *arena, CharSet *set, const CharSet *other);
JS_MUST_USE bool charset_intersect(Arena *arena, CharSet *set, const CharSet *other);
JS_MUST_USE bool charset_subtract(Arena *arena, CharSet *set, const CharSet *other);
/* Complement within 0..max. */
JS_MUST_USE bool charset_invert(Arena *arena, CharSet *set, uint32_t max);
bool charset_contains(const CharSet *set, uint32_t cp);
bool charset_disjoint(const CharSet *a, const CharSet *b);

/* Adds every code point whose canonical form is that of a member. fold: as with u or v, else as without. */
JS_MUST_USE bool charset_close_case(Arena *arena, CharSet *set, bool fold);

/* Members of the classes \d, \s, \w; extra_word adds what \w matches with u and i. */
JS_MUST_USE bool charset_add_digits(Arena *arena, CharSet *set);
JS_MUST_USE bool charset_add_spaces(Arena *arena, CharSet *set);
JS_MUST_USE bool charset_add_word(Arena *arena, CharSet *set, bool extra_word);
/* Line terminators. */
JS_MUST_USE bool charset_add_lines(Arena *arena, CharSet *set);

#endif
