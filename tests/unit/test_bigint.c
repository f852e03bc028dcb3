// SPDX-License-Identifier: MIT
/* Results are held against 128-bit arithmetic of the compiler, and against identities for longer numbers. */
#include "base/bigint.h"
#include "base/rng.h"
#include "unit.h"

#include <math.h>
#include <string.h>

typedef __int128 Wide;

typedef struct Number {
  uint64_t limbs[4];
  Limbs view;
} Number;

static void number_set(Number *n, Wide v)
{
  unsigned __int128 magnitude = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;
  n->limbs[0] = (uint64_t)magnitude;
  n->limbs[1] = (uint64_t)(magnitude >> 64);
  n->view = (Limbs){n->limbs, limbs_normalise(n->limbs, 2), v < 0};
}

static Wide wide_of(const uint64_t *limbs, size_t len, bool negative)
{
  unsigned __int128 magnitude = (len > 0 ? limbs[0] : 0) | (len > 1 ? (unsigned __int128)limbs[1] << 64 : 0);
  EXPECT(len == limbs_normalise(limbs, len) && !(negative && len == 0));
  return negative ? -(Wide)magnitude : (Wide)magnitude;
}

static Wide random_wide(Rng *rng)
{
  Wide v = (Wide)((unsigned __int128)rng_next(rng) << 64 | rng_next(rng));
  return v >> (2 + rng_next(rng) % 125);
}

UNIT_TEST(limbs_agree_with_128_bit_arithmetic)
{
  Rng rng;
  rng_seed(&rng, 3);
  for (int k = 0; k < 100000; k++) {
    Wide x = random_wide(&rng), y = k % 10 ? random_wide(&rng) : x;
    Number a, b;
    number_set(&a, x);
    number_set(&b, y);
    uint64_t out[8], rest[8];
    bool negative;
    size_t len = limbs_add(out, &negative, a.view, b.view);
    EXPECT(wide_of(out, len, negative) == x + y);
    len = limbs_sub(out, &negative, a.view, b.view);
    EXPECT(wide_of(out, len, negative) == x - y);
    EXPECT(limbs_compare(a.view, b.view) == (x > y) - (x < y));
    if (y != 0) {
      size_t rest_len;
      len = limbs_divrem(out, rest, &rest_len, a.view, b.view);
      EXPECT(wide_of(out, len, len && limbs_sign_product(a.view, b.view)) == x / y);
      EXPECT(wide_of(rest, rest_len, rest_len && x < 0) == x % y);
    }
    Wide low_x = (int64_t)x, low_y = (int64_t)y;
    Number c, d;
    number_set(&c, low_x);
    number_set(&d, low_y);
    len = limbs_mul(out, c.view, d.view);
    EXPECT(wide_of(out, len, limbs_sign_product(c.view, d.view)) == low_x * low_y);
    len = limbs_bitwise(LIMBS_AND, out, &negative, a.view, b.view);
    EXPECT(wide_of(out, len, negative) == (x & y));
    len = limbs_bitwise(LIMBS_OR, out, &negative, a.view, b.view);
    EXPECT(wide_of(out, len, negative) == (x | y));
    len = limbs_bitwise(LIMBS_XOR, out, &negative, a.view, b.view);
    EXPECT(wide_of(out, len, negative) == (x ^ y));
    unsigned shift = (unsigned)(rng_next(&rng) % 127);
    len = limbs_shift_right(out, a.view, shift);
    EXPECT(wide_of(out, len, len && x < 0) == x >> shift);
    len = limbs_as_int_n(out, &negative, a.view, 64);
    EXPECT(wide_of(out, len, negative) == (int64_t)x);
    len = limbs_as_uint_n(out, a.view, 64);
    EXPECT(wide_of(out, len, false) == (uint64_t)x);
    len = limbs_as_int_n(out, &negative, a.view, shift + 1);
    EXPECT(wide_of(out, len, negative) == (Wide)((unsigned __int128)x << (127 - shift)) >> (127 - shift));
    EXPECT(limbs_to_double(a.view) == (double)x);
    double whole = floor((double)low_x / 3);
    len = limbs_from_double(out, whole);
    EXPECT(wide_of(out, len, whole < 0) == (Wide)whole);
    int32_t small = (int32_t)low_y;
    EXPECT(limbs_compare_double(a.view, small + 0.5) == (x > small ? 1 : -1));
    EXPECT(limbs_compare_double(c.view, (double)(int32_t)low_x) == (low_x > (int32_t)low_x) - (low_x < (int32_t)low_x));
  }
}

UNIT_TEST(limbs_shift_and_power)
{
  uint64_t one = 1, three = 3, out[40], scratch[40];
  size_t len = limbs_shift_left(out, (Limbs){&one, 1, false}, 1023);
  EXPECT(len == 16 && limbs_to_double((Limbs){out, len, true}) == -0x1p1023);
  len = limbs_shift_left(out, (Limbs){&one, 1, false}, 1024);
  EXPECT(isinf(limbs_to_double((Limbs){out, len, false})));
  EXPECT(limbs_shift_right(out, (Limbs){&one, 1, true}, 1000000) == 1 && out[0] == 1);
  Limbs a = {&three, 1, false};
  EXPECT(limbs_pow_size(a, 40, 1 << 20) <= 40 && limbs_pow_size(a, UINT64_MAX, 1 << 20) == SIZE_MAX);
  EXPECT(limbs_pow(out, scratch, a, 40) == 1 && out[0] == 12157665459056928801u);
  EXPECT(limbs_pow(out, scratch, (Limbs){&one, 1, true}, UINT64_MAX) == 1 && out[0] == 1);
  EXPECT(limbs_pow(out, scratch, (Limbs){NULL, 0, false}, 5) == 0);
  EXPECT(limbs_pow(out, scratch, (Limbs){NULL, 0, false}, 0) == 1 && out[0] == 1);
  double big = 0x1.fffffffffffffp1023;
  len = limbs_from_double(out, big);
  EXPECT(len == 16 && limbs_compare_double((Limbs){out, len, false}, big) == 0);
  EXPECT(limbs_compare_double((Limbs){out, len, false}, INFINITY) == -1);
  EXPECT(limbs_compare_double((Limbs){out, len, false}, NAN) == 2);
}

UNIT_TEST(limbs_text_round_trips_in_every_radix)
{
  Rng rng;
  rng_seed(&rng, 5);
  for (int radix = 2; radix <= 36; radix++)
    for (size_t len = 1; len < 12; len++) {
      uint64_t limbs[12], scratch[13], back[20];
      char text[800];
      for (size_t k = 0; k < len; k++)
        limbs[k] = rng_next(&rng) | (k + 1 == len);
      Limbs a = {limbs, len, false};
      size_t n = limbs_to_digits(text, scratch, a, radix);
      EXPECT(n <= limbs_to_digits_size(a, radix) && n < sizeof text && text[0] != '0');
      EXPECT(limbs_from_digits_size(n, radix) <= 20);
      EXPECT(limbs_from_digits(back, text, n, radix) == len && memcmp(back, limbs, len * 8) == 0);
    }
  char zeros[] = "000", digits[] = "00ff";
  uint64_t out[4], scratch[2];
  EXPECT(limbs_from_digits(out, zeros, 3, 10) == 0 && limbs_from_digits(out, digits, 4, 16) == 1 && out[0] == 255);
  EXPECT(limbs_to_digits(zeros, scratch, (Limbs){NULL, 0, false}, 10) == 1 && zeros[0] == '0');
}
