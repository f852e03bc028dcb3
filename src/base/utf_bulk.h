// SPDX-License-Identifier: MIT
/*
 * Transcoding by blocks of 64 bytes, for utf.c. Everything here takes the front of a text as far as blocks go and
 * leaves the rest, which begins at a character, to the caller; texts shorter than a block are not worth a call.
 *
 * The AVX-512 functions need VBMI2 (UTF_BULK_AVAILABLE): a character's bytes are looked at where the last of them lies,
 * brought together by a compression under a mask of those places, and put together in lanes. They write nothing past
 * what they report.
 */
#ifndef BASE_UTF_BULK_H
#define BASE_UTF_BULK_H

#include "base/cpu.h"
#include "base/utf.h"

#ifdef __SSE2__
/* Is the text well-formed UTF-8? Then *info is filled in. Any length. */
bool utf8_scan_blocks_sse2(const uint8_t *bytes, size_t len, Utf8Info *info);
#endif

#ifdef CPU_HAS_AVX512_VBMI2
#define UTF_BULK_AVAILABLE() CPU_HAS_AVX512_VBMI2()

bool utf8_scan_blocks_avx512(const uint8_t *bytes, size_t len, Utf8Info *info);
/* Well-formed text; return the bytes read, *written counts what was written. */
size_t utf8_to_utf16_blocks(const uint8_t *bytes, size_t len, uint16_t *out, size_t *written);
size_t utf8_to_latin1_blocks(const uint8_t *bytes, size_t len, uint8_t *out, size_t *written);
/* As many units as give at most cap bytes; lone surrogates become what the policy says. */
size_t utf16_to_utf8_blocks(const uint16_t *units, size_t len, uint8_t *out, size_t cap, UtfPolicy policy,
                            size_t *written);
size_t latin1_to_utf8_blocks(const uint8_t *chars, size_t len, uint8_t *out, size_t cap, size_t *written);
/* Bytes of the UTF-8 that the units read become: *bytes. */
size_t utf16_utf8_length_blocks(const uint16_t *units, size_t len, size_t *bytes);
size_t latin1_utf8_length_blocks(const uint8_t *chars, size_t len, size_t *bytes);
#endif

#endif
