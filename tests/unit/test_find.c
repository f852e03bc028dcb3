// SPDX-License-Identifier: MIT
#include "base/find.h"
#include "base/rng.h"
#include "unit.h"

#include <string.h>

/* Texts of few letters, so that much is nearly right. */
UNIT_TEST(bytes_find_agrees_with_memmem)
{
  Rng rng;
  rng_seed(&rng, 7);
  for (int round = 0; round < 20000; round++) {
    uint8_t text[400], needle[40];
    size_t len = rng_next(&rng) % sizeof text, size = rng_next(&rng) % sizeof needle;
    unsigned letters = 1 + rng_next(&rng) % 3;
    for (size_t k = 0; k < len; k++)
      text[k] = (uint8_t)('a' + rng_next(&rng) % letters);
    for (size_t k = 0; k < size; k++)
      needle[k] = (uint8_t)('a' + rng_next(&rng) % letters);
    if (size <= len && rng_next(&rng) % 2)
      memcpy(text + rng_next(&rng) % (len - size + 1), needle, size);
    EXPECT(bytes_find(text, len, needle, size) == memmem(text, len, needle, size));
  }
}
