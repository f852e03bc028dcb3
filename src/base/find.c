// SPDX-License-Identifier: MIT
/*
 * The needle's first and last byte are looked for at 32 places at once; the bytes between are compared where both are
 * right. Where that is often in vain the C library goes on, whose time is linear whatever the text.
 */
#include "base/find.h"

#include <string.h>

#include "base/cpu.h"

#ifdef CPU_HAS_AVX2
#include <immintrin.h>

/* From *at on, which it moves; NULL: not before *at. */
__attribute__((target("avx2,bmi"))) static const uint8_t *find_avx2(const uint8_t *bytes, size_t len,
                                                                    const uint8_t *needle, size_t size, size_t *at)
{
  const __m256i first = _mm256_set1_epi8((char)needle[0]), last = _mm256_set1_epi8((char)needle[size - 1]);
  size_t k = *at, in_vain = 0;
  for (; k + 32 + size - 1 <= len; k += 32) {
    __m256i begins = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(bytes + k)), first);
    __m256i ends = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(bytes + k + size - 1)), last);
    uint32_t places = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(begins, ends));
    for (; places; places &= places - 1) {
      const uint8_t *place = bytes + k + __builtin_ctz(places);
      if (memcmp(place + 1, needle + 1, size - 2) == 0)
        return place;
      in_vain++;
    }
    if (in_vain > 64 + k / 16)
      break;
  }
  *at = k;
  return NULL;
}
#endif

const uint8_t *bytes_find(const uint8_t *bytes, size_t len, const uint8_t *needle, size_t size)
{
  size_t at = 0;
  if (size == 1)
    return len ? memchr(bytes, needle[0], len) : NULL;
#ifdef CPU_HAS_AVX2
  if (size > 1 && len >= 32 + size && CPU_HAS_AVX2()) {
    const uint8_t *found = find_avx2(bytes, len, needle, size, &at);
    if (found)
      return found;
  }
#endif
  return memmem(bytes + at, len - at, needle, size);
}
