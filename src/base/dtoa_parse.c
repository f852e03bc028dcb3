// SPDX-License-Identifier: MIT
/*
 * Text to numbers, exactly rounded: see dtoa.h. Scanners are written once for both character widths; `wide` is a
 * constant at every call, so the compiler makes two copies.
 */
#include "base/dtoa.h"

#include "base/dtoa_powers.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

/* Significant digits that can decide a rounding: a halfway point between doubles has at most 767. */
#define PARSE_DIGITS 800
/* Decimal exponents are clamped to this, far outside what any digit string in memory can bring back. */
#define PARSE_EXPONENT_LIMIT 2000000000

/* A scanned decimal: value = (first digits as integer, rest for the exact path) * 10^exponent. */
typedef struct ParsedDecimal {
  uint64_t first;   /* the first 19 significant digits */
  int64_t exponent; /* of first's last digit */
  bool more;        /* significant digits follow those in first, not all zero */
} ParsedDecimal;

JS_INLINE uint32_t text_at(const void *text, bool wide, size_t k)
{
  return wide ? ((const uint16_t *)text)[k] : ((const uint8_t *)text)[k];
}

double dtoa_round_bits(uint64_t mantissa, int exponent, bool sticky)
{
  if (mantissa == 0)
    return 0;
  int top = exponent + 63; /* mantissa * 2^exponent is in [2^top, 2^(top+1)) */
  if (top > 1023)
    return INFINITY;
  if (top < -1075)
    return 0;
  int drop = top >= -1022 ? 11 : 11 + (-1022 - top); /* bits below the double's last place: 11 .. 64 */
  uint64_t kept = drop < 64 ? mantissa >> drop : 0;
  uint64_t rest = drop < 64 ? mantissa << (64 - drop) : mantissa;
  const uint64_t half = (uint64_t)1 << 63;
  if (rest > half || (rest == half && (sticky || (kept & 1))))
    kept++;
  /* kept may be 2^53 by carry: ldexp renormalises, and makes infinity past the largest double. */
  return ldexp((double)kept, exponent + drop);
}

/* --- decimal ----------------------------------------------------------------------------------------------------- */

/* first * 10^q when an interval argument decides it: first <= true digits < first + 1 (equal when !more), and the
 * table's power is at most one unit too small. */
static bool scale_interval(uint64_t first, int q, bool more, double *value)
{
  int lead = __builtin_clzll(first);
  DtoaPower power = dtoa_powers[q - DTOA_POWER_LOW];
  uint64_t m = first << lead;
  unsigned __int128 low = (unsigned __int128)m * power.low;
  unsigned __int128 high = (unsigned __int128)m * power.high + (uint64_t)(low >> 64);
  uint64_t w2 = (uint64_t)(high >> 64), w1 = (uint64_t)high, w0 = (uint64_t)low;

  /* Width of the interval in units of w1: 1 for the power's truncation, 2^(lead + 64) and its own truncation for more.
   */
  unsigned __int128 width = q >= 0 && q <= DTOA_POWER_EXACT_HIGH ? 0 : 1;
  if (more)
    width += ((unsigned __int128)1 << (lead + 64)) + 1;
  unsigned __int128 floor_bits = (unsigned __int128)w2 << 64 | w1;
  unsigned __int128 ceil_bits = floor_bits + width;
  if (ceil_bits < floor_bits)
    return false;
  int exponent = dtoa_floor_log2_pow10(q) - 127 - lead + 64; /* of floor_bits' last bit */
  double ends[2];
  for (int end = 0; end < 2; end++) {
    unsigned __int128 bits = end ? ceil_bits : floor_bits;
    int shift = __builtin_clzll((uint64_t)(bits >> 64)); /* 0 or 1 */
    bits <<= shift;
    ends[end] = dtoa_round_bits((uint64_t)(bits >> 64), exponent - shift + 64, (uint64_t)bits != 0 || w0 != 0);
  }
  *value = ends[0];
  return ends[0] == ends[1];
}

/* digits[0..n) (values 0..9) * 10^exponent by big arithmetic. */
static JS_COLD double scale_exact(const unsigned char *digits, int n, int exponent)
{
  /* The greatest numerator: 801 digits, shifted to leave 64 quotient bits over 10^1145 (3804 bits). */
  mp_limb_t num[160] = {0}, den[64], quotient[160], rest[64];
  mp_size_t num_len = mpn_set_str(num, digits, (size_t)n, 10);
  while (num_len > 0 && num[num_len - 1] == 0)
    num_len--;
  if (num_len == 0)
    return 0;
  if (n + exponent > 310)
    return INFINITY;
  if (n + exponent < -324)
    return 0;

  mp_limb_t power = 1;
  int tens = exponent < 0 ? -exponent : exponent;
  mp_limb_t *scaled = exponent < 0 ? den : num;
  mp_size_t len = exponent < 0 ? 1 : num_len;
  if (exponent < 0)
    den[0] = 1;
  for (; tens > 0; tens -= 19) {
    power = 1;
    for (int k = 0; k < 19 && k < tens; k++)
      power *= 10;
    mp_limb_t carry = mpn_mul_1(scaled, scaled, len, power);
    if (carry)
      scaled[len++] = carry;
  }

  mp_limb_t *bits = num;
  mp_size_t bits_len = len;
  int shift_limbs = 0;
  bool sticky = false;
  if (exponent < 0) {
    /* Shift the numerator by whole limbs until the quotient has more than 64 bits. */
    if (num_len < len + 2) {
      shift_limbs = (int)(len + 2 - num_len);
      memmove(num + shift_limbs, num, (size_t)num_len * sizeof *num);
      memset(num, 0, (size_t)shift_limbs * sizeof *num);
      num_len += shift_limbs;
    }
    mpn_tdiv_qr(quotient, rest, 0, num, num_len, den, len);
    bits = quotient;
    bits_len = num_len - len + 1;
    while (bits[bits_len - 1] == 0)
      bits_len--;
    sticky = !mpn_zero_p(rest, len);
  }
  uint64_t top = bits[bits_len - 1];
  int lead = __builtin_clzll(top), below = (int)bits_len - 1;
  top <<= lead;
  if (below > 0) {
    if (lead)
      top |= bits[below - 1] >> (64 - lead);
    sticky = sticky || (bits[below - 1] << lead) != 0;
    for (int k = 0; k < below - 1 && !sticky; k++)
      sticky = bits[k] != 0;
  }
  return dtoa_round_bits(top, (below - shift_limbs) * 64 - lead, sticky);
}

/* Collects the significant digits again, as many as matter, and scales them exactly. text[0..end) is digits and a
 * point. */
JS_INLINE double convert_exact(const void *text, bool wide, size_t end, int64_t last_exponent)
{
  unsigned char digits[PARSE_DIGITS + 1];
  int n = 0;
  int64_t dropped = 0;
  bool rest = false;
  for (size_t k = 0; k < end; k++) {
    uint32_t c = text_at(text, wide, k);
    if (c == '.' || (c == '0' && n == 0))
      continue;
    if (n < PARSE_DIGITS) {
      digits[n++] = (unsigned char)(c - '0');
    } else {
      dropped++;
      rest = rest || c != '0';
    }
  }
  int64_t exponent = last_exponent + dropped;
  if (rest) {
    digits[n++] = 1; /* any nonzero digit there stands for all the rest */
    exponent--;
  }
  if (exponent > 400)
    return n ? INFINITY : 0;
  if (exponent < -2000)
    return 0;
  return scale_exact(digits, n, (int)exponent);
}

static const double exact_tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* False when the interval does not decide. */
static bool convert_fast(const ParsedDecimal *parsed, double *value)
{
  uint64_t first = parsed->first;
  int64_t q = parsed->exponent;
  if (first == 0) {
    *value = 0;
    return true;
  }
  if (!parsed->more && first <= (uint64_t)1 << 53 && q >= -22 && q <= 22) {
    /* Both factors are exact doubles, so one rounding is made (Clinger 1990). */
    *value = q < 0 ? (double)first / exact_tens[-q] : (double)first * exact_tens[q];
    return true;
  }
  if (q > 308 || q < DTOA_POWER_LOW) {
    *value = q > 308 ? INFINITY : 0;
    return true;
  }
  return scale_interval(first, (int)q, parsed->more, value);
}

JS_INLINE size_t parse_decimal(const void *text, bool wide, size_t len, double *value)
{
  ParsedDecimal parsed = {0};
  size_t k = 0, digits = 0;
  int taken = 0;         /* significant digits in first */
  int64_t behind = 0;    /* digits behind the point, all of them */
  int64_t not_taken = 0; /* significant digits that did not fit into first */
  bool point = false;
  for (; k < len; k++) {
    uint32_t c = text_at(text, wide, k);
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c - '0' > 9)
      break;
    digits++;
    behind += point;
    if (taken < 19) {
      parsed.first = parsed.first * 10 + (c - '0');
      taken += parsed.first != 0;
    } else {
      not_taken++;
      parsed.more = parsed.more || c != '0';
    }
  }
  if (digits == 0)
    return 0;
  size_t mantissa_end = k;

  int64_t exponent = 0;
  if (k + 1 < len && (text_at(text, wide, k) | 0x20) == 'e') {
    size_t e = k + 1;
    uint32_t c = text_at(text, wide, e);
    bool negative = c == '-';
    if (negative || c == '+')
      e++;
    if (e < len && text_at(text, wide, e) - '0' <= 9) {
      for (; e < len && (c = text_at(text, wide, e) - '0') <= 9; e++)
        if (exponent < PARSE_EXPONENT_LIMIT)
          exponent = exponent * 10 + c;
      k = e;
      if (negative)
        exponent = -exponent;
    }
  }
  parsed.exponent = exponent - behind + not_taken;
  if (!convert_fast(&parsed, value))
    *value = convert_exact(text, wide, mantissa_end, exponent - behind);
  return k;
}

size_t dtoa_parse_decimal_latin1(const uint8_t *chars, size_t len, double *value)
{
  return parse_decimal(chars, false, len, value);
}

size_t dtoa_parse_decimal_utf16(const uint16_t *units, size_t len, double *value)
{
  return parse_decimal(units, true, len, value);
}

/* --- other radices ----------------------------------------------------------------------------------------------- */

/* Radices that are powers of two: the bits themselves, 64 of them and a sticky one. */
JS_INLINE double radix_power_of_two(const void *text, bool wide, size_t len, int bits)
{
  uint64_t mantissa = 0;
  int exponent = 0;
  bool sticky = false;
  for (size_t k = 0; k < len; k++) {
    uint32_t digit = dtoa_digit_value(text_at(text, wide, k));
    if (mantissa >> (64 - bits) == 0) {
      mantissa = mantissa << bits | digit;
    } else {
      /* Fewer than `bits` bits are free at the top: what is below is kept apart. */
      sticky = sticky || digit != 0;
      if (exponent < 4096)
        exponent += bits;
    }
  }
  if (mantissa == 0)
    return 0;
  int lead = __builtin_clzll(mantissa);
  /* The free bits would have held the top of the first dropped digit; it lies below the 54th bit, so sticky covers it.
   */
  return dtoa_round_bits(mantissa << lead, exponent - lead, sticky);
}

/* Any other radix: blocks of digits into big limbs; past the largest double it is infinity whatever follows. */
JS_INLINE double radix_general(const void *text, bool wide, size_t len, int radix)
{
  mp_limb_t limbs[24] = {0}; /* 1536 bits: over 2^1024 already means infinity */
  mp_size_t n = 0;
  for (size_t k = 0; k < len;) {
    mp_limb_t block = 0, scale = 1;
    while (k < len && scale < UINT64_MAX / 36 / 36) {
      block = block * (mp_limb_t)radix + dtoa_digit_value(text_at(text, wide, k++));
      scale *= (mp_limb_t)radix;
    }
    mp_limb_t carry = n ? mpn_mul_1(limbs, limbs, n, scale) : 0;
    if (carry)
      limbs[n++] = carry;
    if (n == 0) {
      limbs[0] = block;
      n = block != 0;
    } else if (mpn_add_1(limbs, limbs, n, block)) {
      limbs[n++] = 1;
    }
    if (n > 18)
      return INFINITY;
  }
  if (n == 0)
    return 0;
  int lead = __builtin_clzll(limbs[n - 1]);
  uint64_t top = limbs[n - 1] << lead;
  bool sticky = false;
  if (n > 1) {
    if (lead)
      top |= limbs[n - 2] >> (64 - lead);
    sticky = (limbs[n - 2] << lead) != 0;
    for (mp_size_t k = 0; k < n - 2; k++)
      sticky = sticky || limbs[k] != 0;
  }
  return dtoa_round_bits(top, (int)(n - 1) * 64 - lead, sticky);
}

JS_INLINE size_t parse_radix(const void *text, bool wide, size_t len, int radix, double *value)
{
  size_t n = 0;
  uint64_t small = 0;
  while (n < len && dtoa_digit_value(text_at(text, wide, n)) < (uint32_t)radix) {
    if (n < 10)
      small = small * (uint64_t)radix + dtoa_digit_value(text_at(text, wide, n));
    n++;
  }
  if (n <= 10)
    *value = (double)small; /* below 36^10 < 2^53 */
  else if (radix == 10)
    parse_decimal(text, wide, n, value);
  else if ((radix & (radix - 1)) == 0)
    *value = radix_power_of_two(text, wide, n, __builtin_ctz((unsigned)radix));
  else
    *value = radix_general(text, wide, n, radix);
  return n;
}

size_t dtoa_parse_radix_latin1(const uint8_t *chars, size_t len, int radix, double *value)
{
  return parse_radix(chars, false, len, radix, value);
}

size_t dtoa_parse_radix_utf16(const uint16_t *units, size_t len, int radix, double *value)
{
  return parse_radix(units, true, len, radix, value);
}

/* --- StringToNumber ---------------------------------------------------------------------------------------------- */

JS_INLINE double string_to_number(const void *text, bool wide, size_t len)
{
  if (len == 0)
    return 0;
  uint32_t c = text_at(text, wide, 0);
  double value;
  if (c == '0' && len > 2) {
    uint32_t kind = text_at(text, wide, 1) | 0x20;
    int radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
    if (radix) {
      const void *digits = wide ? (const void *)((const uint16_t *)text + 2) : (const uint8_t *)text + 2;
      return parse_radix(digits, wide, len - 2, radix, &value) == len - 2 ? value : NAN;
    }
  }
  bool negative = c == '-';
  size_t k = negative || c == '+';
  const void *rest = wide ? (const void *)((const uint16_t *)text + k) : (const uint8_t *)text + k;
  if (len - k == 8) {
    static const char infinity[] = "Infinity";
    size_t same = 0;
    while (same < 8 && text_at(rest, wide, same) == (uint32_t)infinity[same])
      same++;
    if (same == 8)
      return negative ? -INFINITY : INFINITY;
  }
  size_t taken = parse_decimal(rest, wide, len - k, &value);
  if (taken == 0 || taken != len - k)
    return NAN;
  return negative ? -value : value;
}

double dtoa_string_to_number_latin1(const uint8_t *chars, size_t len)
{
  return string_to_number(chars, false, len);
}

double dtoa_string_to_number_utf16(const uint16_t *units, size_t len)
{
  return string_to_number(units, true, len);
}
