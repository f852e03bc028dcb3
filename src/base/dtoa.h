// SPDX-License-Identifier: MIT
/*
 * Numbers and text: shortest and exact printing of doubles, integers, exactly rounded parsing.
 *
 * Shortest digits come from Schubfach (Giulietti 2020); exact digits (toFixed and its kin) from the double's whole
 * decimal expansion in big arithmetic; parsing multiplies by a truncated 128-bit power of ten, keeps an interval that
 * is certain to hold the true product, and falls back to big arithmetic only when the interval's ends round
 * differently. Output buffers are the caller's; nothing is NUL-terminated; every printing function returns the
 * characters written.
 */
#ifndef BASE_DTOA_H
#define BASE_DTOA_H

#include "base/check.h"

/* Sizes of output buffers, in characters. */
#define DTOA_STRING_MAX      32   /* "-1.2345678901234567e-308" is 24 */
#define DTOA_INTEGER_MAX     24   /* int64, uint64 */
#define DTOA_FIXED_MAX       136  /* sign, 21 digits, point, 100 digits */
#define DTOA_EXPONENTIAL_MAX 136  /* sign, 101 digits, point, e-324; toPrecision's too */
#define DTOA_RADIX_MAX       2304 /* sign, 1024 bits, point, 1074 bits, and some */

/* --- printing ---------------------------------------------------------------------------------------------------- */

/* v is finite and > 0: v == digits * 10^exponent read back, digits shortest, closest, without trailing zeros. */
void dtoa_shortest(double v, uint64_t *digits, int *exponent);

/* Number::toString ( x, 10 )  ecma262#sec-numeric-types-number-tostring */
size_t dtoa_to_string(double v, char *out);
/* Number::toString for radix 2 to 36, the fraction cut as V8 cuts it: as soon as the digits identify v. */
size_t dtoa_to_radix(double v, int radix, char *out);
size_t dtoa_int32_to_string(int32_t v, char *out);
size_t dtoa_uint32_to_string(uint32_t v, char *out);
size_t dtoa_int64_to_string(int64_t v, char *out);
size_t dtoa_uint64_to_string(uint64_t v, char *out);

/* Finite v with |v| < 1e21; 0 <= fraction_digits <= 100. Ties go away from zero, as "pick the larger n" says. */
size_t dtoa_to_fixed(double v, int fraction_digits, char *out);
/* Finite v; 0 <= fraction_digits <= 100, or -1 for as many as necessary. */
size_t dtoa_to_exponential(double v, int fraction_digits, char *out);
/* Finite v; 1 <= precision <= 100. */
size_t dtoa_to_precision(double v, int precision, char *out);

/* --- parsing ----------------------------------------------------------------------------------------------------- */

/* The longest prefix that is StrUnsignedDecimalLiteral without Infinity: 1, 1., .5, 1e10. Returns the characters taken
 * (0: none) and stores the exactly rounded value. */
size_t dtoa_parse_decimal_latin1(const uint8_t *chars, size_t len, double *value);
size_t dtoa_parse_decimal_utf16(const uint16_t *units, size_t len, double *value);

/* The longest run of digits of the radix (2 to 36). Returns characters taken; the value is exactly rounded. */
size_t dtoa_parse_radix_latin1(const uint8_t *chars, size_t len, int radix, double *value);
size_t dtoa_parse_radix_utf16(const uint16_t *units, size_t len, int radix, double *value);

/* StringToNumber of a text whose white space the caller has trimmed; NaN when it does not match.
 * ecma262#sec-stringtonumber */
double dtoa_string_to_number_latin1(const uint8_t *chars, size_t len);
double dtoa_string_to_number_utf16(const uint16_t *units, size_t len);

/* mantissa * 2^exponent, plus something less than one unit of the mantissa's last place when sticky, rounded to the
 * nearest double (ties to even), with gradual underflow and overflow to infinity. mantissa's top bit is set, or it is
 * zero. */
double dtoa_round_bits(uint64_t mantissa, int exponent, bool sticky);

/* value of a digit or letter as a digit of base 36, or 36. */
static inline uint32_t dtoa_digit_value(uint32_t c)
{
  if (c - '0' < 10)
    return c - '0';
  c |= 0x20;
  return c - 'a' < 26 && c < 0x80 ? c - 'a' + 10 : 36;
}

#endif
