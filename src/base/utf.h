// SPDX-License-Identifier: MIT
/*
 * Transcoding between UTF-8, UTF-16, Latin-1 and WTF-8: validation, counting, bulk conversion.
 *
 * Malformed UTF-8 is decoded as the WHATWG Encoding standard says: each maximal subpart of an ill-formed sequence
 * becomes one U+FFFD. A lone surrogate in UTF-16 becomes U+FFFD (UTF_REPLACE) or its own three-byte form (UTF_WTF8).
 * Counting and converting functions agree: the caller counts, allocates, converts; no function writes past the count.
 * Runs of ASCII go 16 bytes a step where SSE2 is there, longer texts by blocks (utf_bulk.h). (Hex and base64 are in
 * base64.h.)
 */
#ifndef BASE_UTF_H
#define BASE_UTF_H

#include "base/check.h"

#define UTF_REPLACEMENT 0xfffdu

typedef enum {
  UTF_REPLACE, /* lone surrogates become U+FFFD */
  UTF_WTF8,    /* lone surrogates are kept */
} UtfPolicy;

/* What a UTF-8 text holds: enough to choose and size its string. */
typedef struct Utf8Info {
  size_t units; /* UTF-16 code units after decoding */
  uint32_t max; /* no code point is greater (of the decoded text: 0xfffd at least when malformed), exact as to 0x7f,
                 * 0xff and 0xffff */
  bool well_formed;
} Utf8Info;

/* --- surrogates ------------------------------------------------------------------------------------------------- */

static inline bool utf16_is_lead(uint32_t unit)
{
  return (unit & 0xfffffc00u) == 0xd800;
}

static inline bool utf16_is_trail(uint32_t unit)
{
  return (unit & 0xfffffc00u) == 0xdc00;
}

static inline bool utf16_is_surrogate(uint32_t unit)
{
  return (unit & 0xfffff800u) == 0xd800;
}

static inline uint32_t utf16_join(uint32_t lead, uint32_t trail)
{
  return 0x10000 + ((lead - 0xd800) << 10) + (trail - 0xdc00);
}

static inline uint16_t utf16_lead_of(uint32_t code_point)
{
  return (uint16_t)(0xd7c0 + (code_point >> 10));
}

static inline uint16_t utf16_trail_of(uint32_t code_point)
{
  return (uint16_t)(0xdc00 | (code_point & 0x3ff));
}

/* --- scans ------------------------------------------------------------------------------------------------------ */

/* Length of the longest prefix of ASCII bytes. */
size_t utf_ascii_prefix(const uint8_t *bytes, size_t len);
bool utf_is_ascii(const uint8_t *bytes, size_t len);
/* Whether every unit is below 0x80 / below 0x100. */
bool utf16_is_ascii(const uint16_t *units, size_t len);
bool utf16_is_latin1(const uint16_t *units, size_t len);
/* Index of the first lone surrogate, or len. */
size_t utf16_well_formed_prefix(const uint16_t *units, size_t len);
/* Length of the longest prefix that is well-formed UTF-8. */
size_t utf8_well_formed_prefix(const uint8_t *bytes, size_t len);

/* --- UTF-8 in ---------------------------------------------------------------------------------------------------- */

/* One code point; *size is the bytes it takes. Malformed: UTF_REPLACEMENT with *size the maximal subpart (at least 1),
 * and *bad (may be NULL) set true. bytes < end. UTF_WTF8 accepts three-byte surrogates. */
uint32_t utf8_decode(const uint8_t *bytes, const uint8_t *end, UtfPolicy policy, unsigned *size, bool *bad);

void utf8_scan(const uint8_t *bytes, size_t len, UtfPolicy policy, Utf8Info *info);
/* out has room for utf8_scan's units; returns units written. */
size_t utf8_to_utf16(const uint8_t *bytes, size_t len, uint16_t *out, UtfPolicy policy);
/* The same of a text that utf8_scan found well-formed. */
size_t utf8_well_formed_to_utf16(const uint8_t *bytes, size_t len, uint16_t *out);
/* The text's code points are all below 0x100 (utf8_scan's max says so). */
size_t utf8_to_latin1(const uint8_t *bytes, size_t len, uint8_t *out);

/* --- UTF-8 out --------------------------------------------------------------------------------------------------- */

/* Bytes of one code point's encoding, 1 to 4, written to out. Surrogates get their three-byte form. */
unsigned utf8_encode(uint32_t code_point, uint8_t *out);

size_t utf16_utf8_length(const uint16_t *units, size_t len);
size_t utf16_to_utf8(const uint16_t *units, size_t len, uint8_t *out, UtfPolicy policy);
size_t latin1_utf8_length(const uint8_t *chars, size_t len);
size_t latin1_to_utf8(const uint8_t *chars, size_t len, uint8_t *out);
/* As many whole code points as fit into cap bytes; *read is the source units consumed. Returns bytes written. */
size_t utf16_to_utf8_bounded(const uint16_t *units, size_t len, uint8_t *out, size_t cap, UtfPolicy policy,
                             size_t *read);
size_t latin1_to_utf8_bounded(const uint8_t *chars, size_t len, uint8_t *out, size_t cap, size_t *read);

/* --- width ------------------------------------------------------------------------------------------------------- */

void utf_widen(const uint8_t *chars, size_t len, uint16_t *out);
/* Keeps each unit's low byte. */
void utf_narrow(const uint16_t *units, size_t len, uint8_t *out);
/* As utf_narrow, with bytes over 0x7f keeping seven bits: Buffer's 'ascii' decoding. */
void utf_strip_to_ascii(const uint8_t *bytes, size_t len, uint8_t *out);

#endif
