// SPDX-License-Identifier: MIT
/*
 * xorshift128+ (Vigna 2014): Math.random and every other need for quick, not secret, numbers. One Rng per instance.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include "base/check.h"

typedef struct Rng {
  uint64_t s0, s1; /* never both zero */
} Rng;

/* The same seed gives the same sequence. */
void rng_seed(Rng *rng, uint64_t seed);
/* Seeds from the operating system. */
void rng_seed_from_system(Rng *rng);

static inline uint64_t rng_next(Rng *rng)
{
  uint64_t a = rng->s0, b = rng->s1;
  rng->s0 = b;
  a ^= a << 23;
  a ^= a >> 17;
  a ^= b ^ b >> 26;
  rng->s1 = a;
  return a + b;
}

/* Uniform in [0, 1), 53 random bits (the high ones: the low bits of xorshift128+ are the weak ones). */
static inline double rng_next_double(Rng *rng)
{
  return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

#endif
