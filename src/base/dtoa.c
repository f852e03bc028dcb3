// SPDX-License-Identifier: MIT
/*
 * Shortest printing of doubles, integers, and radix output: see dtoa.h.
 *
 * Schubfach: the rounding interval of v, scaled by a power of ten so that it is between 2 and 20 wide, holds either one
 * multiple of ten, which is then shortest, or at least one integer next to v. The scaled bounds are needed only to
 * a quarter, with a sticky bit that says "not exact".
 */
#include "base/dtoa.h"

#include "base/dtoa_powers.h"

#include <math.h>
#include <string.h>

const DtoaPower dtoa_powers[DTOA_POWER_HIGH - DTOA_POWER_LOW + 1] = {
#include "base/dtoa_powers.inc"
};

static const char two_digits[201] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                    "8081828384858687888990919293949596979899";

/* --- shortest digits --------------------------------------------------------------------------------------------- */

/* floor(g * scaled / 2^128) with the lowest bit set when something was cut off. */
static uint64_t multiply_to_odd(uint64_t g_high, uint64_t g_low, uint64_t scaled)
{
  unsigned __int128 low = (unsigned __int128)g_low * scaled;
  unsigned __int128 high = (unsigned __int128)g_high * scaled + (uint64_t)(low >> 64);
  return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* digits in steps: eight zeros, then two, then one. */
static void strip_trailing_zeros(uint64_t *digits, int *exponent)
{
  while (*digits % 100000000 == 0) {
    *digits /= 100000000;
    *exponent += 8;
  }
  while (*digits % 100 == 0) {
    *digits /= 100;
    *exponent += 2;
  }
  if (*digits % 10 == 0) {
    *digits /= 10;
    *exponent += 1;
  }
}

void dtoa_shortest(double v, uint64_t *digits, int *exponent)
{
  uint64_t bits;
  memcpy(&bits, &v, 8);
  uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
  int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t c = biased ? fraction | (uint64_t)1 << 52 : fraction;
  int q = biased ? biased - 1075 : -1074;

  /* FAST: an integer below 2^53 is its own digits. */
  if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0) {
    *digits = c >> -q;
    *exponent = 0;
    strip_trailing_zeros(digits, exponent);
    return;
  }

  /* The neighbour below a power of two is at half the distance. */
  bool uneven = fraction == 0 && biased > 1;
  bool closed = (c & 1) == 0; /* ties read back to even: the interval's ends belong to it */
  uint64_t centre = c << 2, right = centre + 2, left = centre - (uneven ? 1 : 2);
  int k = (int)(((int64_t)q * 1262611 - (uneven ? 524031 : 0)) >> 22); /* floor(log10(width of the interval)) */
  int h = q + dtoa_floor_log2_pow10(-k) + 1;
  DtoaPower g = dtoa_powers[-k - DTOA_POWER_LOW];
  g.low += 1; /* the algorithm wants the power's upper approximation; no entry's low word is all ones */

  uint64_t vb_left = multiply_to_odd(g.high, g.low, left << h);
  uint64_t vb = multiply_to_odd(g.high, g.low, centre << h);
  uint64_t vb_right = multiply_to_odd(g.high, g.low, right << h);
  uint64_t lower = vb_left + !closed, upper = vb_right - !closed;

  uint64_t s = vb >> 2;
  if (s >= 10) {
    uint64_t tens = s / 10;
    bool low_in = lower <= 40 * tens, high_in = 40 * tens + 40 <= upper;
    if (low_in != high_in) {
      *digits = tens + high_in;
      *exponent = k + 1;
      strip_trailing_zeros(digits, exponent);
      return;
    }
  }
  bool low_in = lower <= 4 * s, high_in = 4 * s + 4 <= upper;
  bool up = low_in != high_in ? high_in : vb > 4 * s + 2 || (vb == 4 * s + 2 && (s & 1));
  *digits = s + up;
  *exponent = k;
  strip_trailing_zeros(digits, exponent);
}

/* --- integers ---------------------------------------------------------------------------------------------------- */

static unsigned digit_count(uint64_t v)
{
  unsigned n = 1;
  for (; v >= 10000; v /= 10000)
    n += 4;
  return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

/* Writes v's digits so that they end before end. */
static void put_digits(uint64_t v, char *end)
{
  while (v >= 100) {
    end -= 2;
    memcpy(end, two_digits + v % 100 * 2, 2);
    v /= 100;
  }
  if (v >= 10)
    memcpy(end - 2, two_digits + v * 2, 2);
  else
    end[-1] = (char)('0' + v);
}

size_t dtoa_uint64_to_string(uint64_t v, char *out)
{
  unsigned n = digit_count(v);
  put_digits(v, out + n);
  return n;
}

size_t dtoa_int64_to_string(int64_t v, char *out)
{
  if (v >= 0)
    return dtoa_uint64_to_string((uint64_t)v, out);
  *out = '-';
  return 1 + dtoa_uint64_to_string(-(uint64_t)v, out + 1);
}

/* As above, with the cheaper division and a way out for what is short. */
size_t dtoa_uint32_to_string(uint32_t v, char *out)
{
  if (v < 10) {
    *out = (char)('0' + v);
    return 1;
  }
  unsigned n = 2;
  for (uint32_t rest = v; rest >= 10000; rest /= 10000)
    n += 4;
  uint32_t head = n == 2 ? v : n == 6 ? v / 10000 : v / 100000000;
  n += (head >= 10) + (head >= 100) + (head >= 1000) - 1;
  for (char *end = out + n;; v /= 100) {
    if (v < 10) {
      end[-1] = (char)('0' + v);
      break;
    }
    end -= 2;
    memcpy(end, two_digits + v % 100 * 2, 2);
    if (v < 100)
      break;
  }
  return n;
}

size_t dtoa_int32_to_string(int32_t v, char *out)
{
  if (v >= 0)
    return dtoa_uint32_to_string((uint32_t)v, out);
  *out = '-';
  return 1 + dtoa_uint32_to_string(0u - (uint32_t)v, out + 1);
}

/* --- Number::toString -------------------------------------------------------------------------------------------- */

static size_t put_text(const char *text, char *out)
{
  size_t len = strlen(text);
  memcpy(out, text, len);
  return len;
}

/* NaN, the infinities and the zeros; 0 when v is none of them. */
static size_t put_special(double v, char *out)
{
  if (isnan(v))
    return put_text("NaN", out);
  if (isinf(v))
    return put_text(v < 0 ? "-Infinity" : "Infinity", out);
  return v == 0 ? put_text("0", out) : 0;
}

size_t dtoa_to_string(double v, char *out)
{
  size_t special = put_special(v, out);
  if (special)
    return special;
  char *p = out;
  if (v < 0) {
    *p++ = '-';
    v = -v;
  }
  if (v < 0x1p63 && v == (double)(uint64_t)v && v < 0x1p53)
    return (size_t)(p - out) + dtoa_uint64_to_string((uint64_t)v, p);

  uint64_t digits;
  int exponent;
  dtoa_shortest(v, &digits, &exponent);
  int k = (int)digit_count(digits), n = k + exponent; /* the spec's k and n */
  if (k <= n && n <= 21) {
    put_digits(digits, p + k);
    memset(p + k, '0', (size_t)(n - k));
    p += n;
  } else if (0 < n && n <= 21) {
    put_digits(digits, p + k + 1);
    memmove(p, p + 1, (size_t)n);
    p[n] = '.';
    p += k + 1;
  } else if (-6 < n && n <= 0) {
    memcpy(p, "0.000000", 8);
    put_digits(digits, p + 2 - n + k);
    p += 2 - n + k;
  } else {
    put_digits(digits, p + k + 1);
    p[0] = p[1];
    if (k == 1) {
      p += 1;
    } else {
      p[1] = '.';
      p += k + 1;
    }
    int e = n - 1;
    *p++ = 'e';
    *p++ = e < 0 ? '-' : '+';
    p += dtoa_uint64_to_string((uint64_t)(e < 0 ? -e : e), p);
  }
  return (size_t)(p - out);
}

/* --- radix ------------------------------------------------------------------------------------------------------- */

static const char radix_digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/* Adds one in the last place of the n fraction digits; false when the carry leaves them (they are then all gone). */
static bool radix_round_up(uint8_t *digits, int *n, int radix)
{
  while (*n > 0) {
    if (++digits[*n - 1] < radix)
      return true;
    --*n;
  }
  return false;
}

size_t dtoa_to_radix(double v, int radix, char *out)
{
  if (radix == 10)
    return dtoa_to_string(v, out);
  size_t special = put_special(v, out);
  if (special)
    return special;
  char *p = out;
  if (v < 0) {
    *p++ = '-';
    v = -v;
  }
  double whole = floor(v), rest = v - whole;

  /* NODE: digits are made in double arithmetic and stop once what remains is less than half the distance to the next
   * double; the last digit is rounded up when that stays within the distance. */
  uint8_t fraction[1200];
  int n = 0;
  double slack = rest > 0 ? fmax(0.5 * (nextafter(v, INFINITY) - v), 0x1p-1074) : INFINITY;
  if (rest >= slack) {
    do {
      rest *= radix;
      slack *= radix;
      int digit = (int)rest;
      fraction[n++] = (uint8_t)digit;
      rest -= digit;
      bool above_half = rest > 0.5 || (rest == 0.5 && (digit & 1));
      if (above_half && rest + slack > 1) {
        if (!radix_round_up(fraction, &n, radix))
          whole += 1;
        break;
      }
    } while (rest >= slack);
  }

  char digits[1100];
  char *end = digits + sizeof digits, *d = end;
  /* NODE: a digit worth less than the double's last place is a zero. */
  while (whole >= 0x1p53 * radix) {
    whole /= radix;
    *--d = '0';
  }
  /* FAST: what an integer holds has no need of fmod. */
  if (whole < 0x1p53) {
    uint64_t left = (uint64_t)whole, base = (uint64_t)radix;
    for (; left >= base; left /= base)
      *--d = radix_digits[left % base];
    whole = (double)left;
  }
  do {
    double digit = fmod(whole, radix);
    *--d = radix_digits[(int)digit];
    whole = (whole - digit) / radix;
  } while (whole > 0);
  memcpy(p, d, (size_t)(end - d));
  p += end - d;
  if (n > 0) {
    *p++ = '.';
    for (int k = 0; k < n; k++)
      *p++ = radix_digits[fraction[k]];
  }
  return (size_t)(p - out);
}
