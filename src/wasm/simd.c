// SPDX-License-Identifier: MIT
/*
 * Vector instructions (https://webassembly.github.io/spec/core/exec/numerics.html): simd.def as functions. Loops over
 * lanes have constant bounds; compilers make vector instructions of them.
 */
#include "wasm/simd.h"

#include <string.h>

#include "wasm/numeric.h"

typedef int8_t T_i8;
typedef uint8_t T_u8;
typedef int16_t T_i16;
typedef uint16_t T_u16;
typedef int32_t T_i32;
typedef uint32_t T_u32;
typedef int64_t T_i64;
typedef uint64_t T_u64;
typedef float T_f32;
typedef double T_f64;

JS_INLINE int clamp(int val, int low, int high)
{
  return val < low ? low : val > high ? high : val;
}
JS_INLINE int8_t saturate_i8(int val)
{
  return (int8_t)clamp(val, INT8_MIN, INT8_MAX);
}
JS_INLINE uint8_t saturate_u8(int val)
{
  return (uint8_t)clamp(val, 0, UINT8_MAX);
}
JS_INLINE int16_t saturate_i16(int val)
{
  return (int16_t)clamp(val, INT16_MIN, INT16_MAX);
}
JS_INLINE uint16_t saturate_u16(int val)
{
  return (uint16_t)clamp(val, 0, UINT16_MAX);
}

#define UNUSED __attribute__((unused))
#define FN(NAME)                                                                                                       \
  static void NAME(WasmV128 *r, const WasmV128 *a_ UNUSED, const WasmV128 *b_ UNUSED, const WasmV128 *c_ UNUSED,       \
                   uint32_t lane_ UNUSED)

/* --- written out ------------------------------------------------------------------------------------------------- */

FN(I8X16_SWIZZLE)
{
  WasmV128 from = *a_, at = *b_;
  for (int k = 0; k < 16; k++)
    r->u8[k] = at.u8[k] < 16 ? from.u8[at.u8[k]] : 0;
}
#define I8X16_RELAXED_SWIZZLE I8X16_SWIZZLE

FN(V128_ANY_TRUE)
{
  r->u64[0] = (a_->u64[0] | a_->u64[1]) != 0;
}

FN(F32X4_DEMOTE_F64X2_ZERO)
{
  float low = (float)a_->f64[0], high = (float)a_->f64[1];
  *r = (WasmV128){.f32 = {low, high}};
}

FN(F64X2_PROMOTE_LOW_F32X4)
{
  float low = a_->f32[0], high = a_->f32[1];
  *r = (WasmV128){.f64 = {low, high}};
}

FN(I32X4_TRUNC_SAT_F64X2_S_ZERO)
{
  int32_t low = i32_from_f64(a_->f64[0]), high = i32_from_f64(a_->f64[1]);
  *r = (WasmV128){.i32 = {low, high}};
}
#define I32X4_RELAXED_TRUNC_F64X2_S_ZERO I32X4_TRUNC_SAT_F64X2_S_ZERO

FN(I32X4_TRUNC_SAT_F64X2_U_ZERO)
{
  uint32_t low = u32_from_f64(a_->f64[0]), high = u32_from_f64(a_->f64[1]);
  *r = (WasmV128){.u32 = {low, high}};
}
#define I32X4_RELAXED_TRUNC_F64X2_U_ZERO I32X4_TRUNC_SAT_F64X2_U_ZERO

FN(I32X4_DOT_I16X8_S)
{
  WasmV128 a = *a_, b = *b_;
  for (int k = 0; k < 4; k++) /* both products may be 2^30: their sum wraps */
    r->u32[k] = (uint32_t)(a.i16[2 * k] * b.i16[2 * k]) + (uint32_t)(a.i16[2 * k + 1] * b.i16[2 * k + 1]);
}

FN(I16X8_RELAXED_DOT_I8X16_I7X16_S)
{
  WasmV128 a = *a_, b = *b_;
  for (int k = 0; k < 8; k++)
    r->i16[k] = saturate_i16(a.i8[2 * k] * b.i8[2 * k] + a.i8[2 * k + 1] * b.i8[2 * k + 1]);
}

FN(I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S)
{
  WasmV128 sum = *c_, pairs;
  I16X8_RELAXED_DOT_I8X16_I7X16_S(&pairs, a_, b_, NULL, 0);
  for (int k = 0; k < 4; k++)
    r->u32[k] = sum.u32[k] + (uint32_t)(pairs.i16[2 * k] + pairs.i16[2 * k + 1]);
}

void wasm_simd_shuffle(WasmV128 *r, const WasmV128 *a, const WasmV128 *b, const uint8_t lanes[16])
{
  uint8_t both[32];
  memcpy(both, a, 16);
  memcpy(both + 16, b, 16);
  for (int k = 0; k < 16; k++)
    r->u8[k] = both[lanes[k] & 31];
}

/* --- by pattern -------------------------------------------------------------------------------------------------- */

#define LANES(count) for (int k = 0; k < (count); k++)
#define MAP1(code, NAME, text, out, in, count, expr)                                                                   \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 from = *a_;                                                                                               \
    LANES(count)                                                                                                       \
    {                                                                                                                  \
      T_##in a = from.in[k];                                                                                           \
      r->out[k] = (T_##out)(expr);                                                                                     \
    }                                                                                                                  \
  }
#define MAP2(code, NAME, text, out, in, count, expr)                                                                   \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 left = *a_, right = *b_;                                                                                  \
    LANES(count)                                                                                                       \
    {                                                                                                                  \
      T_##in a = left.in[k], b = right.in[k];                                                                          \
      r->out[k] = (T_##out)(expr);                                                                                     \
    }                                                                                                                  \
  }
#define MAP3(code, NAME, text, lane, count, expr)                                                                      \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 first = *a_, second = *b_, third = *c_;                                                                   \
    LANES(count)                                                                                                       \
    {                                                                                                                  \
      T_##lane a = first.lane[k], b = second.lane[k], c = third.lane[k];                                               \
      r->lane[k] = expr;                                                                                               \
    }                                                                                                                  \
  }
#define SHIFT(code, NAME, text, lane, count, expr)                                                                     \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 from = *a_;                                                                                               \
    uint32_t n = b_->u32[0] & (8 * sizeof(T_##lane) - 1);                                                              \
    LANES(count)                                                                                                       \
    {                                                                                                                  \
      T_##lane a = from.lane[k];                                                                                       \
      r->lane[k] = (T_##lane)(expr);                                                                                   \
    }                                                                                                                  \
  }
#define WIDEN(code, NAME, text, out, in, count, first)                                                                 \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 from = *a_;                                                                                               \
    LANES(count)                                                                                                       \
    r->out[k] = from.in[(first) + k];                                                                                  \
  }
#define EXTMUL(code, NAME, text, out, in, count, first)                                                                \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 left = *a_, right = *b_;                                                                                  \
    LANES(count)                                                                                                       \
    r->out[k] = (T_##out)((T_##out##_wide)left.in[(first) + k] * right.in[(first) + k]);                               \
  }
/* A product in a type where it does not overflow. */
typedef int T_i16_wide, T_i32_wide;
typedef uint32_t T_u16_wide, T_u32_wide;
typedef int64_t T_i64_wide;
typedef uint64_t T_u64_wide;
#define PAIRWISE(code, NAME, text, out, in, count)                                                                     \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 from = *a_;                                                                                               \
    LANES(count)                                                                                                       \
    r->out[k] = (T_##out)(from.in[2 * k] + from.in[2 * k + 1]);                                                        \
  }
#define NARROW(code, NAME, text, out, in, count, saturate)                                                             \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    WasmV128 low = *a_, high = *b_;                                                                                    \
    LANES((count) / 2)                                                                                                 \
    r->out[k] = saturate(low.in[k]);                                                                                   \
    LANES((count) / 2)                                                                                                 \
    r->out[(count) / 2 + k] = saturate(high.in[k]);                                                                    \
  }
#define ALL_TRUE(code, NAME, text, lane, count)                                                                        \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    bool all = true;                                                                                                   \
    LANES(count)                                                                                                       \
    all &= a_->lane[k] != 0;                                                                                           \
    r->u64[0] = all;                                                                                                   \
  }
#define BITMASK(code, NAME, text, lane, count)                                                                         \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    uint32_t mask = 0;                                                                                                 \
    LANES(count)                                                                                                       \
    mask |= (uint32_t)(a_->lane[k] < 0) << k;                                                                          \
    r->u64[0] = mask;                                                                                                  \
  }
#define SPLAT(code, NAME, text, lane, count, field, TYPE)                                                              \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    T_##lane val = (T_##lane)a_->field[0];                                                                             \
    LANES(count)                                                                                                       \
    r->lane[k] = val;                                                                                                  \
  }
#define EXTRACT(code, NAME, text, lane, count, field, TYPE)                                                            \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    T_##field val = (T_##field)a_->lane[lane_];                                                                        \
    r->u64[0] = 0;                                                                                                     \
    r->field[0] = val;                                                                                                 \
  }
#define REPLACE(code, NAME, text, lane, count, field, TYPE)                                                            \
  FN(NAME)                                                                                                             \
  {                                                                                                                    \
    T_##lane val = (T_##lane)b_->field[0];                                                                             \
    *r = *a_;                                                                                                          \
    r->lane[lane_] = val;                                                                                              \
  }
#include "wasm/simd.def"

WasmSimdFn *const wasm_simd_functions[WASM_SIMD_COUNT] = {
#define SIMD_OP(code, NAME) [code] = NAME,
#include "wasm/simd.def"
};

/* --- memory ------------------------------------------------------------------------------------------------------ */

uint32_t wasm_simd_access_size(uint32_t code)
{
  static const uint8_t sizes[WASM_SIMD_COUNT] = {
#define SIMD_ACCESS(code, NAME, text, size) [code] = size,
#include "wasm/simd.def"
  };
  return code < WASM_SIMD_COUNT ? sizes[code] : 0;
}

void wasm_simd_access(uint32_t code, uint32_t lane, uint8_t *memory, WasmV128 *r, const WasmV128 *v)
{
  WasmV128 in = {0};
  uint32_t size = wasm_simd_access_size(code);
  switch (code) {
  case 0x54 ... 0x57: /* load a lane */
    in = *v;
    memcpy(&in.u8[lane * size], memory, size);
    *r = in;
    return;
  case 0x58 ... 0x5B: /* store a lane */ memcpy(memory, &v->u8[lane * size], size); return;
  default: break;
  }
  memcpy(&in, memory, size);
  switch (code) {
  case 0x01: wasm_simd_functions[0x87](r, &in, NULL, NULL, 0); return;
  case 0x02: wasm_simd_functions[0x89](r, &in, NULL, NULL, 0); return;
  case 0x03: wasm_simd_functions[0xA7](r, &in, NULL, NULL, 0); return;
  case 0x04: wasm_simd_functions[0xA9](r, &in, NULL, NULL, 0); return;
  case 0x05: wasm_simd_functions[0xC7](r, &in, NULL, NULL, 0); return;
  case 0x06: wasm_simd_functions[0xC9](r, &in, NULL, NULL, 0); return;
  case 0x07 ... 0x0A: /* splat */ wasm_simd_functions[code + 0x08](r, &in, NULL, NULL, 0); return;
  default: *r = in; return; /* the rest of the vector is zero */
  }
}
