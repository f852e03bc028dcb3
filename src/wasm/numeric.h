// SPDX-License-Identifier: MIT
/* What numeric.def's expressions call (https://webassembly.github.io/spec/core/exec/numerics.html). */
#ifndef WASM_NUMERIC_H
#define WASM_NUMERIC_H

#include "base/check.h"

/* Saturating conversions: NaN is 0. The bounds are the first doubles that do not fit. */
#define SATURATE(name, Float, Int, low, high, min, max)                                                                \
  JS_INLINE Int name(Float a)                                                                                          \
  {                                                                                                                    \
    return a != a ? 0 : a <= (low) ? (min) : a >= (high) ? (max) : (Int)a;                                             \
  }
SATURATE(i32_from_f32, float, int32_t, -2147483648.0f, 2147483648.0f, INT32_MIN, INT32_MAX)
SATURATE(u32_from_f32, float, uint32_t, -1.0f, 4294967296.0f, 0, UINT32_MAX)
SATURATE(i32_from_f64, double, int32_t, -2147483649.0, 2147483648.0, INT32_MIN, INT32_MAX)
SATURATE(u32_from_f64, double, uint32_t, -1.0, 4294967296.0, 0, UINT32_MAX)
SATURATE(i64_from_f32, float, int64_t, -9223372036854775808.0f, 9223372036854775808.0f, INT64_MIN, INT64_MAX)
SATURATE(u64_from_f32, float, uint64_t, -1.0f, 18446744073709551616.0f, 0, UINT64_MAX)
SATURATE(i64_from_f64, double, int64_t, -9223372036854775808.0, 9223372036854775808.0, INT64_MIN, INT64_MAX)
SATURATE(u64_from_f64, double, uint64_t, -1.0, 18446744073709551616.0, 0, UINT64_MAX)
#undef SATURATE

/* Does truncation fit the type? */
#define FITS(name, Float, lowest, high)                                                                                \
  JS_INLINE bool name(Float a)                                                                                         \
  {                                                                                                                    \
    return a lowest && a < (high);                                                                                     \
  }
FITS(f32_fits_i32, float, >= -2147483648.0f, 2147483648.0f)
FITS(f32_fits_u32, float, > -1.0f, 4294967296.0f)
FITS(f64_fits_i32, double, > -2147483649.0, 2147483648.0)
FITS(f64_fits_u32, double, > -1.0, 4294967296.0)
FITS(f32_fits_i64, float, >= -9223372036854775808.0f, 9223372036854775808.0f)
FITS(f32_fits_u64, float, > -1.0f, 18446744073709551616.0f)
FITS(f64_fits_i64, double, >= -9223372036854775808.0, 9223372036854775808.0)
FITS(f64_fits_u64, double, > -1.0, 18446744073709551616.0)
#undef FITS

#define MIN_MAX(T, Float, signbit)                                                                                     \
  JS_INLINE Float T##_min(Float a, Float b)                                                                            \
  {                                                                                                                    \
    if (a != a || b != b)                                                                                              \
      return a + b;                                                                                                    \
    return a == b ? (signbit(a) ? a : b) : a < b ? a : b;                                                              \
  }                                                                                                                    \
  JS_INLINE Float T##_max(Float a, Float b)                                                                            \
  {                                                                                                                    \
    if (a != a || b != b)                                                                                              \
      return a + b;                                                                                                    \
    return a == b ? (signbit(a) ? b : a) : a > b ? a : b;                                                              \
  }
MIN_MAX(f32, float, __builtin_signbitf)
MIN_MAX(f64, double, __builtin_signbit)
#undef MIN_MAX

/* Rounding to an integer: the compiler's leave a signalling NaN as it is. */
#define ROUND(name, Float, builtin)                                                                                    \
  JS_INLINE Float name(Float a)                                                                                        \
  {                                                                                                                    \
    return a != a ? a + a : builtin(a);                                                                                \
  }
ROUND(f32_ceil, float, __builtin_ceilf)
ROUND(f32_floor, float, __builtin_floorf)
ROUND(f32_trunc, float, __builtin_truncf)
ROUND(f32_nearest, float, __builtin_nearbyintf)
ROUND(f64_ceil, double, __builtin_ceil)
ROUND(f64_floor, double, __builtin_floor)
ROUND(f64_trunc, double, __builtin_trunc)
ROUND(f64_nearest, double, __builtin_nearbyint)
#undef ROUND

#endif
