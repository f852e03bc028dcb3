// SPDX-License-Identifier: MIT
/* Powers of ten in 128 bits and their binary exponents: shared by dtoa's printer and parser, private to them. */
#ifndef BASE_DTOA_POWERS_H
#define BASE_DTOA_POWERS_H

#include "base/check.h"

/* -343: below it even 20 digits make zero. 324: the scale of the least denormal's digits. */
#define DTOA_POWER_LOW  (-343)
#define DTOA_POWER_HIGH 324
/* 5^0 .. 5^55 fit into 128 bits, so these entries are exact. */
#define DTOA_POWER_EXACT_HIGH 55

typedef struct DtoaPower {
  uint64_t high, low;
} DtoaPower;

extern const DtoaPower dtoa_powers[DTOA_POWER_HIGH - DTOA_POWER_LOW + 1];

/* floor(log2(10^e)), exact for |e| <= 1233. */
static inline int dtoa_floor_log2_pow10(int e)
{
  return (int)(((int64_t)e * 1741647) >> 19);
}

#endif
