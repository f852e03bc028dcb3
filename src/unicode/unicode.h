// SPDX-License-Identifier: MIT
/*
 * The one face to Unicode data.
 *
 * Classification of identifiers and spaces, case folding, case mapping and the sets of \p{...} come from generated
 * tables (Unicode 17) and cost no start-up. Normalisation is ICU's; ICU is loaded with dlopen on first need and a
 * function that needs it answers UNICODE_NO_ICU when it is not installed. Nothing here knows JavaScript values.
 *
 * Strings are UTF-16 code units; lone surrogates are passed through. All functions may be called from any thread.
 */
#ifndef UNICODE_UNICODE_H
#define UNICODE_UNICODE_H

#include "base/arena.h"

#define UNICODE_MAX 0x10FFFFu

typedef enum { UNICODE_OK, UNICODE_UNKNOWN, UNICODE_NO_ICU, UNICODE_NO_MEMORY } UnicodeResult;

/* Inclusive. */
typedef struct UnicodeRange {
  uint32_t first, last;
} UnicodeRange;

static inline bool unicode_is_lead_surrogate(uint32_t unit)
{
  return (unit & 0xFFFFFC00u) == 0xD800;
}
static inline bool unicode_is_trail_surrogate(uint32_t unit)
{
  return (unit & 0xFFFFFC00u) == 0xDC00;
}
static inline bool unicode_is_surrogate(uint32_t unit)
{
  return (unit & 0xFFFFF800u) == 0xD800;
}
static inline uint32_t unicode_join_surrogates(uint32_t lead, uint32_t trail)
{
  return 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00);
}
static inline uint16_t unicode_lead_of(uint32_t cp)
{
  return (uint16_t)(0xD7C0 + (cp >> 10));
}
static inline uint16_t unicode_trail_of(uint32_t cp)
{
  return (uint16_t)(0xDC00 + (cp & 0x3FF));
}

/* --- Classification ------------------------------------------------------------------------------------------- */

/* The Unicode properties ID_Start and ID_Continue: `$`, `_`, ZWNJ and ZWJ are the lexer's business. */
bool unicode_is_id_start(uint32_t cp);
bool unicode_is_id_continue(uint32_t cp);
/* WhiteSpace  ecma262#sec-white-space: TAB, VT, FF, ZWNBSP and Zs; no line terminators. */
bool unicode_is_space(uint32_t cp);
/* LineTerminator  ecma262#sec-line-terminators */
static inline bool unicode_is_line_terminator(uint32_t cp)
{
  return cp == '\n' || cp == '\r' || (cp & ~1u) == 0x2028;
}
/* What \s matches and String.prototype.trim strips. */
static inline bool unicode_is_space_or_line(uint32_t cp)
{
  return unicode_is_line_terminator(cp) || unicode_is_space(cp);
}

/* --- Case ------------------------------------------------------------------------------------------------------- */

/* Canonicalize with u or v: simple or common case folding. */
uint32_t unicode_simple_fold(uint32_t cp);
/* Canonicalize without u or v, of one code unit. */
uint32_t unicode_regexp_upper(uint32_t unit);
/* A piece of a mapping: first, first + stride, ... (count of them) each map to themselves plus delta. */
typedef struct UnicodeRun {
  uint32_t first;
  uint16_t count;
  uint8_t stride;
  int32_t delta;
} UnicodeRun;
/* The runs of unicode_simple_fold (fold) or unicode_regexp_upper, sorted: every code point that is not its own
 * canonical form. The regexp compiler closes its sets under them. */
const UnicodeRun *unicode_canonical_runs(bool fold, uint32_t *count);

/* Simple (one to one) mappings. */
uint32_t unicode_simple_upper(uint32_t cp);
uint32_t unicode_simple_lower(uint32_t cp);
/* Full, locale-independent mapping of a string; result length in units. With dst NULL only the length is computed;
 * otherwise dst has room for it (at most 3 * len). Lower-casing knows Final_Sigma. */
size_t unicode_to_upper(const uint16_t *src, size_t len, uint16_t *dst);
size_t unicode_to_lower(const uint16_t *src, size_t len, uint16_t *dst);

/* --- Normalisation and case (ICU) ------------------------------------------------------------------------ */

typedef enum { UNICODE_NFC, UNICODE_NFD, UNICODE_NFKC, UNICODE_NFKD } UnicodeForm;

/* Writes at most cap units and stores the length the whole result has: call again with more room if it is above cap. */
JS_MUST_USE UnicodeResult unicode_normalize(UnicodeForm form, const uint16_t *src, size_t len, uint16_t *dst,
                                            size_t cap, size_t *out_len);

/* Case mapping with a language's own rules (Turkish, Lithuanian ...); writes as unicode_normalize does. The tag is BCP
 * 47's; UNICODE_UNKNOWN if it is malformed. */
JS_MUST_USE UnicodeResult unicode_locale_case(bool upper, const char *tag, const uint16_t *src, size_t len,
                                              uint16_t *dst, size_t cap, size_t *out_len);

/* --- Properties: \p{...} ---------------------------------------------------------------------------------------- */

typedef struct UnicodeString {
  const uint16_t *units;
  uint32_t len; /* units */
} UnicodeString;

typedef struct UnicodeProperty {
  const UnicodeRange *ranges; /* sorted, disjoint */
  uint32_t range_count;
  const UnicodeString *strings; /* properties of strings only: the members that are not one code point */
  uint32_t string_count;
} UnicodeProperty;

typedef enum {
  UNICODE_CODE_POINTS_ONLY, /* u: properties of strings are unknown */
  UNICODE_WITH_STRINGS      /* v */
} UnicodePropertyMode;

/* name=value, or with value NULL a lone General_Category value or binary property. Exact spelling, as
 * ecma262#sec-static-semantics-unicodematchproperty demands. The answer lives in the arena or in static tables. */
JS_MUST_USE UnicodeResult unicode_property(Arena *arena, const char *name, const char *value, UnicodePropertyMode mode,
                                           UnicodeProperty *out);

#endif
