// SPDX-License-Identifier: MIT
/*
 * toFixed, toExponential, toPrecision: the double's exact decimal expansion, rounded half up at the wanted digit.
 *
 * A double m * 2^e is an integer (e >= 0), or m * 5^-e with the decimal point -e places from the right; both are
 * printed whole by GMP. At most 767 significant digits come out.
 */
#include "base/dtoa.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

/* 53 bits and 5^1074 (2494 bits), or 1024 bits; GMP wants a limb of room while multiplying. */
#define EXACT_LIMBS 44
/* Digits: 767 at most, one more before stripping, and GMP's leading zero. */
#define EXACT_DIGITS 800

typedef struct ExactDecimal {
  unsigned char digits[EXACT_DIGITS + 8]; /* values 0..9; 0.d1d2d3... * 10^point */
  int count;                              /* 0 for zero */
  int point;
} ExactDecimal;

static void exact_from_double(ExactDecimal *exact, double v)
{
  int e;
  uint64_t m = (uint64_t)ldexp(frexp(v, &e), 53);
  e -= 53;
  exact->count = exact->point = 0;
  if (m == 0)
    return;
  int zeros = __builtin_ctzll(m);
  m >>= zeros;
  e += zeros;

  mp_limb_t limbs[EXACT_LIMBS] = {m};
  mp_size_t n = 1;
  if (e > 0) {
    mp_size_t whole = e / 64;
    unsigned part = (unsigned)e % 64;
    mp_limb_t low = m << part, high = part ? m >> (64 - part) : 0;
    limbs[0] = 0;
    limbs[whole] = low;
    limbs[whole + 1] = high;
    n = whole + 1 + (high != 0);
  } else {
    const mp_limb_t five27 = 7450580596923828125u;
    int fives = -e;
    for (; fives >= 27; fives -= 27) {
      mp_limb_t carry = mpn_mul_1(limbs, limbs, n, five27);
      if (carry)
        limbs[n++] = carry;
    }
    mp_limb_t rest = 1;
    while (fives-- > 0)
      rest *= 5;
    mp_limb_t carry = mpn_mul_1(limbs, limbs, n, rest);
    if (carry)
      limbs[n++] = carry;
  }
  int count = (int)mpn_get_str(exact->digits, 10, limbs, n), lead = 0;
  while (exact->digits[lead] == 0)
    lead++;
  memmove(exact->digits, exact->digits + lead, (size_t)(count - lead));
  exact->count = count - lead;
  exact->point = exact->count + (e < 0 ? e : 0);
}

/* Keeps `keep` digits (it may be negative), rounding half up. A carry out of the front moves the point. */
static void exact_round(ExactDecimal *exact, int keep)
{
  if (keep >= exact->count)
    return;
  if (keep < 0) {
    exact->count = 0;
    return;
  }
  bool up = exact->digits[keep] >= 5;
  exact->count = keep;
  if (!up)
    return;
  for (int k = keep - 1; k >= 0; k--) {
    if (++exact->digits[k] < 10)
      return;
    exact->digits[k] = 0;
  }
  memmove(exact->digits + 1, exact->digits, (size_t)keep);
  exact->digits[0] = 1;
  exact->count = keep + 1;
  exact->point++;
}

/* The digit k places behind the first one; zero outside. */
static char exact_digit(const ExactDecimal *exact, int k)
{
  return (char)('0' + (k >= 0 && k < exact->count ? exact->digits[k] : 0));
}

static char *put_fixed(const ExactDecimal *exact, int fraction_digits, char *p)
{
  if (exact->count == 0 || exact->point <= 0)
    *p++ = '0';
  else
    for (int k = 0; k < exact->point; k++)
      *p++ = exact_digit(exact, k);
  if (fraction_digits > 0) {
    int point = exact->count ? exact->point : 0;
    *p++ = '.';
    for (int k = 0; k < fraction_digits; k++)
      *p++ = exact_digit(exact, point + k);
  }
  return p;
}

static char *put_exponential(const ExactDecimal *exact, int fraction_digits, char *p)
{
  *p++ = exact_digit(exact, 0);
  if (fraction_digits > 0) {
    *p++ = '.';
    for (int k = 1; k <= fraction_digits; k++)
      *p++ = exact_digit(exact, k);
  }
  int e = exact->count ? exact->point - 1 : 0;
  *p++ = 'e';
  *p++ = e < 0 ? '-' : '+';
  return p + dtoa_uint64_to_string((uint64_t)(e < 0 ? -e : e), p);
}

/* FAST: v = whole + part / 2^shift with part * 10^digits in 128 bits. Returns NULL when v is not of that size. */
static char *put_fixed_fast(double v, int fraction_digits, char *p)
{
  static const uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
  if (fraction_digits >= (int)JS_COUNTOF(powers) || v >= 0x1p53 || v < 0x1p-30)
    return NULL;
  int e;
  uint64_t m = (uint64_t)ldexp(frexp(v, &e), 53);
  int shift = 53 - e; /* 0 .. 83 */
  uint64_t power = powers[fraction_digits];
  /* scaled = v * power in units of 2^-shift: below 2^53 * 2^30 */
  unsigned __int128 scaled = (unsigned __int128)m * power;
  if (shift > 0)
    scaled += (unsigned __int128)1 << (shift - 1); /* half up */
  scaled >>= shift;
  uint64_t whole = (uint64_t)(scaled / power), part = (uint64_t)(scaled % power);
  p += dtoa_uint64_to_string(whole, p);
  if (fraction_digits > 0) {
    *p++ = '.';
    for (int k = fraction_digits - 1; k >= 0; k--, part /= 10)
      p[k] = (char)('0' + part % 10);
    p += fraction_digits;
  }
  return p;
}

size_t dtoa_to_fixed(double v, int fraction_digits, char *out)
{
  char *p = out;
  if (v < 0) {
    *p++ = '-';
    v = -v;
  }
  char *end = put_fixed_fast(v, fraction_digits, p);
  if (!end) {
    ExactDecimal exact;
    exact_from_double(&exact, v);
    exact_round(&exact, exact.point + fraction_digits);
    end = put_fixed(&exact, fraction_digits, p);
  }
  return (size_t)(end - out);
}

size_t dtoa_to_exponential(double v, int fraction_digits, char *out)
{
  char *p = out;
  if (v < 0) {
    *p++ = '-';
    v = -v;
  }
  ExactDecimal exact = {.count = 0};
  if (fraction_digits >= 0) {
    exact_from_double(&exact, v);
    exact_round(&exact, fraction_digits + 1);
  } else if (v != 0) {
    uint64_t digits;
    int exponent;
    char text[DTOA_INTEGER_MAX];
    dtoa_shortest(v, &digits, &exponent);
    exact.count = (int)dtoa_uint64_to_string(digits, text);
    exact.point = exact.count + exponent;
    for (int k = 0; k < exact.count; k++)
      exact.digits[k] = (unsigned char)(text[k] - '0');
  }
  p = put_exponential(&exact, fraction_digits >= 0 ? fraction_digits : exact.count - 1, p);
  return (size_t)(p - out);
}

size_t dtoa_to_precision(double v, int precision, char *out)
{
  char *p = out;
  if (v < 0) {
    *p++ = '-';
    v = -v;
  }
  ExactDecimal exact;
  exact_from_double(&exact, v);
  exact_round(&exact, precision);
  int e = exact.count ? exact.point - 1 : 0;
  if (e < -6 || e >= precision)
    p = put_exponential(&exact, precision - 1, p);
  else
    p = put_fixed(&exact, precision - 1 - e, p);
  return (size_t)(p - out);
}
