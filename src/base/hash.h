// SPDX-License-Identifier: MIT
/*
 * Non-cryptographic hashing: strings (seeded), integers, pointers.
 *
 * One primitive carries everything: the 64x64 -> 128 bit product folded to 64 bits, which mixes every input bit into
 * every output bit in one multiplication. A string's hash does not depend on its storage: the Latin-1 and the UTF-16
 * form of the same text hash alike, so the character loop widens Latin-1 to 16-bit units, four at a time.
 * The seed comes from the Vm (hash flooding defence); nothing here keeps state.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/check.h"

#include <string.h>

/* Odd constants with balanced bits, from the fractional parts of the square roots of 2, 3 and 5. */
#define HASH_K0 0x6a09e667f3bcc909ull
#define HASH_K1 0xbb67ae8584caa73bull
#define HASH_K2 0x3c6ef372fe94f82bull

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_combine(uint64_t hash, uint64_t more)
{
  return hash_fold(hash ^ HASH_K1, more ^ HASH_K2);
}

static inline uint64_t hash_u64(uint64_t value)
{
  return hash_fold(value ^ HASH_K0, HASH_K2);
}

static inline uint32_t hash_u32(uint32_t value)
{
  return (uint32_t)hash_u64(value);
}

static inline uint32_t hash_pointer(const void *ptr)
{
  return (uint32_t)hash_u64((uint64_t)(uintptr_t)ptr >> 3);
}

static inline uint64_t hash_bytes(const void *bytes, size_t len, uint64_t seed)
{
  const unsigned char *p = bytes;
  uint64_t hash = seed ^ hash_fold(len ^ HASH_K0, HASH_K1), word;
  size_t k = len;
  for (; k >= 8; k -= 8, p += 8) {
    memcpy(&word, p, 8);
    hash = hash_combine(hash, word);
  }
  if (k) {
    word = 0;
    memcpy(&word, p, k);
    hash = hash_combine(hash, word);
  }
  return hash_fold(hash ^ HASH_K2, HASH_K0);
}

/* Four Latin-1 bytes as the four 16-bit units they stand for, first unit lowest. */
static inline uint64_t hash_widen4(uint32_t latin1)
{
  uint64_t x = latin1;
  x = (x | x << 16) & 0x0000ffff0000ffffull;
  return (x | x << 8) & 0x00ff00ff00ff00ffull;
}

static inline uint32_t hash_string_finish(uint64_t hash, size_t len)
{
  hash = hash_fold(hash ^ HASH_K2, len ^ HASH_K0);
  return (uint32_t)(hash ^ hash >> 32);
}

/* hash_latin1 and hash_utf16 agree on equal text. */
static inline uint32_t hash_latin1(const uint8_t *chars, size_t len, uint64_t seed)
{
  uint64_t hash = seed ^ HASH_K0;
  uint32_t four;
  size_t k = 0;
  for (; k + 4 <= len; k += 4) {
    memcpy(&four, chars + k, 4);
    hash = hash_combine(hash, hash_widen4(four));
  }
  if (k < len) {
    four = 0;
    memcpy(&four, chars + k, len - k);
    hash = hash_combine(hash, hash_widen4(four));
  }
  return hash_string_finish(hash, len);
}

static inline uint32_t hash_utf16(const uint16_t *chars, size_t len, uint64_t seed)
{
  uint64_t hash = seed ^ HASH_K0, four;
  size_t k = 0;
  for (; k + 4 <= len; k += 4) {
    memcpy(&four, chars + k, 8);
    hash = hash_combine(hash, four);
  }
  if (k < len) {
    four = 0;
    memcpy(&four, chars + k, (len - k) * 2);
    hash = hash_combine(hash, four);
  }
  return hash_string_finish(hash, len);
}

#endif
