// SPDX-License-Identifier: MIT
/* Seeding of the generator: see rng.h. */
#include "base/rng.h"

#include <sys/random.h>
#include <time.h>

/* SplitMix64 (Steele, Lea, Flood 2014): spreads a poor seed over the whole state. */
static uint64_t rng_spread(uint64_t *state)
{
  uint64_t z = *state += 0x9e3779b97f4a7c15ull;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ z >> 27) * 0x94d049bb133111ebull;
  return z ^ z >> 31;
}

void rng_seed(Rng *rng, uint64_t seed)
{
  rng->s0 = rng_spread(&seed);
  rng->s1 = rng_spread(&seed);
  if (!(rng->s0 | rng->s1))
    rng->s1 = 1;
}

void rng_seed_from_system(Rng *rng)
{
  uint64_t seed;
  if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    seed = (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec + (uint64_t)(uintptr_t)rng;
  }
  rng_seed(rng, seed);
}
