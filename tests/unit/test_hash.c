// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "unit.h"

UNIT_TEST(hash_latin1_and_utf16_agree)
{
  uint8_t narrow[40];
  uint16_t wide[40];
  for (int k = 0; k < 40; k++)
    wide[k] = narrow[k] = (uint8_t)(k * 37 + 5);
  for (size_t len = 0; len <= 40; len++)
    EXPECT(hash_latin1(narrow, len, 12345) == hash_utf16(wide, len, 12345));
}

UNIT_TEST(hash_depends_on_seed_length_and_every_char)
{
  uint8_t chars[16] = {0};
  uint32_t zero8 = hash_latin1(chars, 8, 1);
  EXPECT(zero8 != hash_latin1(chars, 8, 2));
  EXPECT(zero8 != hash_latin1(chars, 7, 1));
  for (int k = 0; k < 8; k++) {
    chars[k] = 1;
    EXPECT(hash_latin1(chars, 8, 1) != zero8);
    chars[k] = 0;
  }
}

UNIT_TEST(hash_u32_spreads_low_bits)
{
  /* 4096 consecutive keys into 4096 buckets: a random function leaves about 37% empty. */
  static unsigned char used[4096];
  int filled = 0;
  for (uint32_t k = 0; k < 4096; k++) {
    uint32_t bucket = hash_u32(k) & 4095;
    filled += !used[bucket];
    used[bucket] = 1;
  }
  EXPECT(filled > 2400);
}

UNIT_TEST(hash_bytes_sees_the_tail)
{
  char text[] = "abcdefghijk";
  uint64_t before = hash_bytes(text, 11, 7);
  text[10] = 'x';
  EXPECT(hash_bytes(text, 11, 7) != before);
}
