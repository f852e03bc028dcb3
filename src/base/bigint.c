// SPDX-License-Identifier: MIT
/* Sign-magnitude arithmetic on mpn: see bigint.h. */
#include "base/bigint.h"

#include "base/dtoa.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "a limb is a uint64_t");

/* GMP's limb is unsigned long; uint64_t is the same type or one of the same size (-fno-strict-aliasing). */
#define MP(p)  ((mp_limb_t *)(p))
#define MPC(p) ((const mp_limb_t *)(p))

size_t limbs_normalise(const uint64_t *limbs, size_t len)
{
  while (len > 0 && limbs[len - 1] == 0)
    len--;
  return len;
}

uint64_t limbs_bit_length(const uint64_t *limbs, size_t len)
{
  return len ? (uint64_t)len * 64 - (uint64_t)__builtin_clzll(limbs[len - 1]) : 0;
}

/* --- comparison -------------------------------------------------------------------------------------------------- */

int limbs_compare_magnitude(Limbs a, Limbs b)
{
  if (a.len != b.len)
    return a.len < b.len ? -1 : 1;
  int order = a.len ? mpn_cmp(MPC(a.limbs), MPC(b.limbs), (mp_size_t)a.len) : 0;
  return (order > 0) - (order < 0);
}

int limbs_compare(Limbs a, Limbs b)
{
  if (a.negative != b.negative)
    return a.negative ? -1 : 1;
  return a.negative ? limbs_compare_magnitude(b, a) : limbs_compare_magnitude(a, b);
}

int limbs_compare_double(Limbs a, double d)
{
  if (isnan(d))
    return 2;
  if (isinf(d))
    return d > 0 ? -1 : 1;
  double whole = trunc(d);
  uint64_t limbs[LIMBS_DOUBLE_MAX];
  Limbs b = {limbs, limbs_from_double(limbs, whole), whole < 0};
  int order = limbs_compare(a, b);
  return order ? order : (whole > d) - (whole < d);
}

/* --- sums -------------------------------------------------------------------------------------------------------- */

static size_t add_magnitudes(uint64_t *out, Limbs a, Limbs b)
{
  if (a.len < b.len) {
    Limbs swap = a;
    a = b;
    b = swap;
  }
  if (b.len == 0) {
    memmove(out, a.limbs, a.len * 8);
    return a.len;
  }
  mp_limb_t carry = mpn_add(MP(out), MPC(a.limbs), (mp_size_t)a.len, MPC(b.limbs), (mp_size_t)b.len);
  out[a.len] = carry;
  return a.len + (carry != 0);
}

/* |a| - |b| with its sign. */
static size_t sub_magnitudes(uint64_t *out, bool *negative, Limbs a, Limbs b)
{
  int order = limbs_compare_magnitude(a, b);
  *negative = order < 0;
  if (order == 0)
    return 0;
  if (order < 0) {
    Limbs swap = a;
    a = b;
    b = swap;
  }
  if (b.len == 0)
    memmove(out, a.limbs, a.len * 8);
  else
    mpn_sub(MP(out), MPC(a.limbs), (mp_size_t)a.len, MPC(b.limbs), (mp_size_t)b.len);
  return limbs_normalise(out, a.len);
}

size_t limbs_add(uint64_t *out, bool *negative, Limbs a, Limbs b)
{
  if (a.negative == b.negative) {
    *negative = a.negative;
    return add_magnitudes(out, a, b);
  }
  size_t len = sub_magnitudes(out, negative, a, b);
  if (a.negative)
    *negative = len && !*negative;
  return len;
}

size_t limbs_sub(uint64_t *out, bool *negative, Limbs a, Limbs b)
{
  /* A zero b with its sign flipped still adds nothing; but an equal sign must then not be reported for a zero sum. */
  b.negative = !b.negative;
  size_t len = limbs_add(out, negative, a, b);
  if (len == 0)
    *negative = false;
  return len;
}

/* --- products ---------------------------------------------------------------------------------------------------- */

size_t limbs_mul(uint64_t *out, Limbs a, Limbs b)
{
  if (a.len == 0 || b.len == 0)
    return 0;
  if (a.limbs == b.limbs && a.len == b.len)
    mpn_sqr(MP(out), MPC(a.limbs), (mp_size_t)a.len);
  else if (a.len >= b.len)
    mpn_mul(MP(out), MPC(a.limbs), (mp_size_t)a.len, MPC(b.limbs), (mp_size_t)b.len);
  else
    mpn_mul(MP(out), MPC(b.limbs), (mp_size_t)b.len, MPC(a.limbs), (mp_size_t)a.len);
  return limbs_normalise(out, a.len + b.len);
}

size_t limbs_divrem(uint64_t *quotient, uint64_t *remainder, size_t *remainder_len, Limbs a, Limbs b)
{
  if (a.len < b.len) {
    memcpy(remainder, a.limbs, a.len * 8);
    *remainder_len = a.len;
    return 0;
  }
  mpn_tdiv_qr(MP(quotient), MP(remainder), 0, MPC(a.limbs), (mp_size_t)a.len, MPC(b.limbs), (mp_size_t)b.len);
  *remainder_len = limbs_normalise(remainder, b.len);
  return limbs_normalise(quotient, a.len - b.len + 1);
}

size_t limbs_pow_size(Limbs a, uint64_t exponent, size_t limit)
{
  uint64_t bits = limbs_bit_length(a.limbs, a.len);
  if (bits <= 1 || exponent == 0)
    return 2;
  if (exponent > UINT64_MAX / 64 / bits || bits * exponent / 64 >= limit + 2)
    return SIZE_MAX;
  /* Room for the product's unnormalised length, which is at most two limbs more than the bits need. */
  return (size_t)(bits * exponent / 64) + a.len + 3;
}

size_t limbs_pow(uint64_t *out, uint64_t *scratch, Limbs a, uint64_t exponent)
{
  uint64_t *result = out, *other = scratch;
  result[0] = 1;
  size_t len = 1;
  for (int bit = exponent ? 63 - __builtin_clzll(exponent) : -1; bit >= 0; bit--) {
    uint64_t *swap;
    len = limbs_mul(other, (Limbs){result, len, false}, (Limbs){result, len, false});
    swap = result, result = other, other = swap;
    if (exponent >> bit & 1) {
      len = limbs_mul(other, (Limbs){result, len, false}, a);
      swap = result, result = other, other = swap;
    }
    if (len == 0 || (len == 1 && result[0] == 1 && a.len == 1 && a.limbs[0] == 1))
      break; /* 0 and 1 stay what they are, however great the exponent */
  }
  if (result != out)
    memcpy(out, result, len * 8);
  return len;
}

/* --- shifts and bits --------------------------------------------------------------------------------------------- */

size_t limbs_shift_left(uint64_t *out, Limbs a, uint64_t bits)
{
  if (a.len == 0)
    return 0;
  size_t whole = (size_t)(bits / 64);
  unsigned part = (unsigned)(bits % 64);
  memset(out, 0, whole * 8);
  size_t len = whole + a.len;
  if (part) {
    mp_limb_t carry = mpn_lshift(MP(out + whole), MPC(a.limbs), (mp_size_t)a.len, part);
    if (carry)
      out[len++] = carry;
  } else {
    memcpy(out + whole, a.limbs, a.len * 8);
  }
  return len;
}

size_t limbs_shift_right(uint64_t *out, Limbs a, uint64_t bits)
{
  uint64_t whole = bits / 64;
  unsigned part = (unsigned)(bits % 64);
  if (whole >= a.len) {
    out[0] = 1; /* floor of a small negative number is -1 */
    return a.negative ? 1 : 0;
  }
  size_t len = a.len - (size_t)whole;
  bool lost = false;
  if (a.negative) {
    for (size_t k = 0; k < whole && !lost; k++)
      lost = a.limbs[k] != 0;
    lost = lost || (part && a.limbs[whole] << (64 - part) != 0);
  }
  if (part)
    mpn_rshift(MP(out), MPC(a.limbs + whole), (mp_size_t)len, part);
  else
    memcpy(out, a.limbs + whole, len * 8);
  if (lost) {
    out[len] = mpn_add_1(MP(out), MPC(out), (mp_size_t)len, 1);
    len++;
  }
  return limbs_normalise(out, len);
}

/* The k-th limb of a's two's complement; *borrow starts as a.negative and carries the "minus one" along. */
static inline uint64_t twos_complement_limb(Limbs a, size_t k, bool *borrow)
{
  uint64_t limb = k < a.len ? a.limbs[k] : 0;
  if (!a.negative)
    return limb;
  uint64_t less = limb - *borrow;
  *borrow = *borrow && limb == 0;
  return ~less;
}

/* out[0..len) holds two's complement of a negative number: its magnitude in place. */
static size_t twos_complement_to_magnitude(uint64_t *out, size_t len)
{
  mpn_neg(MP(out), MPC(out), (mp_size_t)len);
  return limbs_normalise(out, len);
}

size_t limbs_bitwise(LimbsBitwise op, uint64_t *out, bool *negative, Limbs a, Limbs b)
{
  size_t len = (a.len > b.len ? a.len : b.len) + 1;
  bool borrow_a = a.negative, borrow_b = b.negative;
  for (size_t k = 0; k < len; k++) {
    uint64_t x = twos_complement_limb(a, k, &borrow_a), y = twos_complement_limb(b, k, &borrow_b);
    out[k] = op == LIMBS_AND ? x & y : op == LIMBS_OR ? x | y : x ^ y;
  }
  *negative = out[len - 1] >> 63;
  return *negative ? twos_complement_to_magnitude(out, len) : limbs_normalise(out, len);
}

/* The low `bits` bits of a's two's complement in `limbs` limbs. */
static void low_bits(uint64_t *out, size_t limbs, Limbs a, uint64_t bits)
{
  bool borrow = a.negative;
  for (size_t k = 0; k < limbs; k++)
    out[k] = twos_complement_limb(a, k, &borrow);
  unsigned part = (unsigned)(bits % 64);
  if (limbs > bits / 64)
    out[bits / 64] &= ((uint64_t)1 << part) - 1;
}

size_t limbs_as_uint_n(uint64_t *out, Limbs a, uint64_t bits)
{
  if (!a.negative && limbs_bit_length(a.limbs, a.len) <= bits) {
    memcpy(out, a.limbs, a.len * 8);
    return a.len;
  }
  size_t limbs = (size_t)((bits + 63) / 64);
  low_bits(out, limbs, a, bits);
  return limbs_normalise(out, limbs);
}

size_t limbs_as_int_n(uint64_t *out, bool *negative, Limbs a, uint64_t bits)
{
  *negative = a.negative;
  if (limbs_bit_length(a.limbs, a.len) < bits) {
    memcpy(out, a.limbs, a.len * 8);
    return a.len;
  }
  *negative = false;
  if (bits == 0)
    return 0;
  size_t limbs = (size_t)((bits + 63) / 64);
  low_bits(out, limbs, a, bits);
  unsigned sign = (unsigned)((bits - 1) % 64);
  if (out[limbs - 1] >> sign & 1) {
    *negative = true;
    if (sign < 63)
      out[limbs - 1] |= ~(uint64_t)0 << (sign + 1);
    return twos_complement_to_magnitude(out, limbs);
  }
  return limbs_normalise(out, limbs);
}

/* --- doubles ----------------------------------------------------------------------------------------------------- */

double limbs_to_double(Limbs a)
{
  if (a.len == 0)
    return 0;
  double v = INFINITY;
  if (a.len <= 16) {
    uint64_t top = a.limbs[a.len - 1];
    int lead = __builtin_clzll(top);
    top <<= lead;
    bool sticky = false;
    if (a.len > 1) {
      uint64_t next = a.limbs[a.len - 2];
      top |= lead ? next >> (64 - lead) : 0;
      sticky = next << lead != 0;
      for (size_t k = 0; k + 2 < a.len && !sticky; k++)
        sticky = a.limbs[k] != 0;
    }
    v = dtoa_round_bits(top, (int)(a.len - 1) * 64 - lead, sticky);
  }
  return a.negative ? -v : v;
}

size_t limbs_from_double(uint64_t *out, double d)
{
  int e;
  uint64_t m = (uint64_t)ldexp(frexp(fabs(d), &e), 53);
  e -= 53;
  if (m == 0)
    return 0;
  if (e <= 0) {
    out[0] = m >> -e;
    return 1;
  }
  return limbs_shift_left(out, (Limbs){&m, 1, false}, (uint64_t)e);
}

uint64_t limbs_to_uint64(Limbs a)
{
  uint64_t low = a.len ? a.limbs[0] : 0;
  return a.negative ? -low : low;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

size_t limbs_from_digits_size(size_t digits, int radix)
{
  unsigned bits = 32 - (unsigned)__builtin_clz((unsigned)radix - 1); /* per digit, rounded up */
  return digits / 64 * bits + (digits % 64 * bits) / 64 + 2;
}

size_t limbs_from_digits(uint64_t *out, char *digits, size_t len, int radix)
{
  size_t lead = 0;
  while (lead < len && digits[lead] == '0')
    lead++;
  if (lead == len)
    return 0;
  for (size_t k = lead; k < len; k++)
    digits[k] = (char)dtoa_digit_value((unsigned char)digits[k]);
  mp_size_t n = mpn_set_str(MP(out), (const unsigned char *)digits + lead, len - lead, radix);
  return limbs_normalise(out, (size_t)n);
}

size_t limbs_to_digits_size(Limbs a, int radix)
{
  /* A digit holds at least floor(log2(radix)) bits. GMP may write one more. */
  unsigned bits = 31 - (unsigned)__builtin_clz((unsigned)radix);
  return (size_t)(limbs_bit_length(a.limbs, a.len) / bits) + 2;
}

size_t limbs_to_digits(char *out, uint64_t *scratch, Limbs a, int radix)
{
  if (a.len == 0) {
    out[0] = '0';
    return 1;
  }
  memcpy(scratch, a.limbs, a.len * 8);
  size_t n = mpn_get_str((unsigned char *)out, radix, MP(scratch), (mp_size_t)a.len), lead = 0;
  while (lead + 1 < n && out[lead] == 0)
    lead++;
  n -= lead;
  for (size_t k = 0; k < n; k++)
    out[k] = "0123456789abcdefghijklmnopqrstuvwxyz"[(unsigned char)out[k + lead]];
  return n;
}
