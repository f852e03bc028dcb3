// SPDX-License-Identifier: MIT
/*
 * Integers of any size as spans of 64-bit limbs, on GMP's mpn layer: the arithmetic under BigInt.
 *
 * A number is sign and magnitude: limbs, least significant first, and a sign that the caller keeps. Inputs are
 * normalised (no leading zero limb; zero has no limb and is not negative); so are results: every function returns the
 * result's length. Nothing here allocates cells or fails: the caller gives room for the size stated with each function,
 * and refuses results that are too long beforehand. Outputs do not overlap inputs unless said.
 */
#ifndef BASE_BIGINT_H
#define BASE_BIGINT_H

#include "base/check.h"

typedef struct Limbs {
  const uint64_t *limbs;
  size_t len;
  bool negative;
} Limbs;

typedef enum { LIMBS_AND, LIMBS_OR, LIMBS_XOR } LimbsBitwise;

/* Length without leading zero limbs. */
size_t limbs_normalise(const uint64_t *limbs, size_t len);
/* Bits of the magnitude; 0 for zero. */
uint64_t limbs_bit_length(const uint64_t *limbs, size_t len);

/* -1, 0, 1. */
int limbs_compare(Limbs a, Limbs b);
int limbs_compare_magnitude(Limbs a, Limbs b);
/* -1, 0, 1; 2 when d is NaN. Exact. */
int limbs_compare_double(Limbs a, double d);

/* out: max(a.len, b.len) + 1 limbs; may be a's or b's. */
size_t limbs_add(uint64_t *out, bool *negative, Limbs a, Limbs b);
size_t limbs_sub(uint64_t *out, bool *negative, Limbs a, Limbs b);
/* out: a.len + b.len limbs. The sign is a's times b's (zero is positive): limbs_sign_product. */
size_t limbs_mul(uint64_t *out, Limbs a, Limbs b);
/* Truncating division; b is not zero. quotient: a.len - b.len + 1 limbs (1 when a is shorter), remainder: b.len limbs
 * (the shorter a is copied whole: max(a.len, b.len) is always enough). Returns the quotient's length. */
size_t limbs_divrem(uint64_t *quotient, uint64_t *remainder, size_t *remainder_len, Limbs a, Limbs b);

/* |a| * 2^bits. out: a.len + bits / 64 + 1 limbs. */
size_t limbs_shift_left(uint64_t *out, Limbs a, uint64_t bits);
/* floor(a / 2^bits), so negative numbers round down. The sign stays unless the result is zero. out: a.len + 1 limbs. */
size_t limbs_shift_right(uint64_t *out, Limbs a, uint64_t bits);
/* On two's complement of unbounded width. out: max(a.len, b.len) + 1 limbs. */
size_t limbs_bitwise(LimbsBitwise op, uint64_t *out, bool *negative, Limbs a, Limbs b);

/* a modulo 2^bits, in [0, 2^bits) or in [-2^(bits-1), 2^(bits-1)). out: bits / 64 + 1 limbs, or a.len + 1 if that is
 * less and a is not negative or is_signed. */
size_t limbs_as_uint_n(uint64_t *out, Limbs a, uint64_t bits);
size_t limbs_as_int_n(uint64_t *out, bool *negative, Limbs a, uint64_t bits);

/* Limbs that |a|^exponent may take, SIZE_MAX when over `limit`. */
size_t limbs_pow_size(Limbs a, uint64_t exponent, size_t limit);
/* out and scratch: limbs_pow_size limbs each. */
size_t limbs_pow(uint64_t *out, uint64_t *scratch, Limbs a, uint64_t exponent);

/* Nearest double, ties to even; infinite past the range. */
double limbs_to_double(Limbs a);
/* Limbs of an integral finite double's magnitude: at most LIMBS_DOUBLE_MAX, which out has room for (fewer when d is
 * known to be small). */
#define LIMBS_DOUBLE_MAX 17
size_t limbs_from_double(uint64_t *out, double d);
/* a modulo 2^64. */
uint64_t limbs_to_uint64(Limbs a);

/* Limbs that `digits` digits of the radix may take. */
size_t limbs_from_digits_size(size_t digits, int radix);
/* digits are ASCII, all valid for the radix (2 to 36), and are overwritten. out: limbs_from_digits_size limbs. */
size_t limbs_from_digits(uint64_t *out, char *digits, size_t len, int radix);
/* Characters that a's magnitude may take in the radix. */
size_t limbs_to_digits_size(Limbs a, int radix);
/* scratch: a.len + 1 limbs. out: limbs_to_digits_size characters, no sign. Returns the characters written ("0" for
 * zero). */
size_t limbs_to_digits(char *out, uint64_t *scratch, Limbs a, int radix);

static inline bool limbs_sign_product(Limbs a, Limbs b)
{
  return a.len && b.len && a.negative != b.negative;
}

#endif
