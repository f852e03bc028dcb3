// SPDX-License-Identifier: MIT
/*
 * Bytes as text: hex, base64 and base64url, in Node's lenient manner and in ECMAScript's strict one.
 *
 * Lenient (Buffer): either alphabet, unknown characters skipped, the first '=' ends; hex stops at the first bad pair.
 * From UTF-16 the lenient decoders look at each unit's low byte, as Node does.
 * Strict (Uint8Array.fromBase64): the spec's FromBase64, with errors told apart for V8's messages.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/check.h"

typedef enum { BASE64_STANDARD, BASE64_URL } Base64Alphabet;
typedef enum { BASE64_LOOSE, BASE64_STRICT, BASE64_STOP_BEFORE_PARTIAL } Base64LastChunk;

typedef enum {
  BASE64_OK,
  BASE64_BAD_CHARACTER,
  BASE64_INCOMPLETE, /* the last chunk lacks characters or padding */
  BASE64_EXTRA_BITS, /* the last chunk's unused bits are not zero */
} Base64Error;

typedef struct Base64Result {
  size_t read;    /* characters consumed */
  size_t written; /* bytes stored, also when an error follows them */
  Base64Error error;
} Base64Result;

/* --- base64 ------------------------------------------------------------------------------------------------------ */

size_t base64_encoded_length(size_t len, bool pad);
/* Returns characters written: base64_encoded_length(len, pad). */
size_t base64_encode(const uint8_t *bytes, size_t len, Base64Alphabet alphabet, bool pad, char *out);

/* Buffer.byteLength's figure for a text of len characters whose last two are given: an upper bound of the decoded size.
 */
size_t base64_lenient_length(size_t len, uint32_t last_but_one, uint32_t last);
/* Stores at most cap bytes; returns how many. */
size_t base64_decode_latin1(const uint8_t *chars, size_t len, uint8_t *out, size_t cap);
size_t base64_decode_utf16(const uint16_t *units, size_t len, uint8_t *out, size_t cap);

/* FromBase64 ( string, alphabet, lastChunkHandling [ , maxLength ] )  ecma262#sec-frombase64 */
Base64Result base64_decode_strict_latin1(const uint8_t *chars, size_t len, Base64Alphabet alphabet,
                                         Base64LastChunk last_chunk, uint8_t *out, size_t max);
Base64Result base64_decode_strict_utf16(const uint16_t *units, size_t len, Base64Alphabet alphabet,
                                        Base64LastChunk last_chunk, uint8_t *out, size_t max);

/* --- hex --------------------------------------------------------------------------------------------------------- */

/* Value of a hex digit, or -1. */
int hex_digit(uint32_t c);
/* Lower case; writes 2 * len characters. */
void hex_encode(const uint8_t *bytes, size_t len, char *out);
/* Decodes pairs until cap bytes, a bad pair or the end; returns the bytes stored. A caller that wants strictness
 * compares with len / 2. */
size_t hex_decode_latin1(const uint8_t *chars, size_t len, uint8_t *out, size_t cap);
/* lenient: each unit's low byte (Node); otherwise a unit above 0x7f is a bad digit (Uint8Array.fromHex). */
size_t hex_decode_utf16(const uint16_t *units, size_t len, bool lenient, uint8_t *out, size_t cap);

#endif
