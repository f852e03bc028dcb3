// SPDX-License-Identifier: MIT
/*
 * Vector and atomic instructions of WebAssembly as functions: rounding, saturation, NaNs, lanes, operands that are also
 * the result.
 */
#include <stdio.h>
#include <string.h>

#include "unit.h"
#include "wasm/atomics.h"
#include "wasm/numeric.h"
#include "wasm/simd.h"

/* A vector as 32 hexadecimal digits, lane 0 first. */
static WasmV128 vector(const char *text)
{
  WasmV128 v = {0};
  for (int k = 0; k < 16 && text[0]; k++, text += 2) {
    const char *digits = "0123456789abcdef";
    v.u8[k] = (uint8_t)((strchr(digits, text[0]) - digits) << 4 | (strchr(digits, text[1]) - digits));
  }
  return v;
}

static bool same(const WasmV128 *a, const WasmV128 *b)
{
  return !memcmp(a, b, sizeof *a);
}

typedef struct Case {
  const char *what;
  uint32_t code, lane;
  const char *a, *b, *c, *result;
} Case;
static const Case cases[] = {
    {"i8x16.swizzle", 0x0E, 0, "000102030405060708090a0b0c0d0e0f", "0f0e10ff000102030405060708090a0b", "",
     "0f0e0000000102030405060708090a0b"},
    {"i8x16.splat", 0x0F, 0, "7f", "", "", "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f"},
    {"i16x8.replace_lane 3", 0x1A, 3, "00000000000000000000000000000000", "cdab0000", "",
     "000000000000cdab0000000000000000"},
    {"i8x16.lt_s", 0x25, 0, "ff00", "0001", "", "ffff0000000000000000000000000000"},
    {"f32x4.ne of NaN", 0x42, 0, "0000c07f", "0000c07f", "", "ffffffff000000000000000000000000"},
    {"v128.bitselect", 0x52, 0, "ffffffff", "00000000ffffffff", "0f0f0f0f0f0f0f0f", "0f0f0f0ff0f0f0f00000000000000000"},
    {"f32x4.demote_f64x2_zero", 0x5E, 0, "000000000000f03f0000000000000040", "", "",
     "0000803f000000400000000000000000"},
    {"i8x16.abs of -128", 0x60, 0, "80ff", "", "", "80010000000000000000000000000000"},
    {"i8x16.narrow_i16x8_s", 0x65, 0, "00800001ff7f", "ffff", "", "807f7f0000000000ff00000000000000"},
    {"i8x16.narrow_i16x8_u", 0x66, 0, "00800001ff00", "ffff", "", "00ffff00000000000000000000000000"},
    {"i8x16.shr_s by 9", 0x6C, 0, "8040", "09000000", "", "c0200000000000000000000000000000"},
    {"i8x16.add_sat_s", 0x6F, 0, "7f80", "01ff", "", "7f800000000000000000000000000000"},
    {"i8x16.sub_sat_u", 0x73, 0, "00ff", "0101", "", "00fe0000000000000000000000000000"},
    {"i16x8.extadd_pairwise_i8x16_u", 0x7D, 0, "ffff", "", "", "fe010000000000000000000000000000"},
    {"i16x8.q15mulr_sat_s", 0x82, 0, "00800040", "00800040", "", "ff7f0020000000000000000000000000"},
    {"i16x8.extend_high_i8x16_s", 0x88, 0, "0000000000000000ff01", "", "", "ffff0100000000000000000000000000"},
    {"i32x4.dot_i16x8_s wraps", 0xBA, 0, "00800080", "00800080", "", "00000080000000000000000000000000"},
    {"i64x2.extmul_high_i32x4_u", 0xDF, 0, "0000000000000000ffffffff", "0000000000000000ffffffff", "",
     "01000000feffffff0000000000000000"},
    {"f32x4.min of zeros", 0xE8, 0, "00000000", "00000080", "", "00000080000000000000000000000000"},
    {"f32x4.pmin keeps the first", 0xEA, 0, "00000000", "00000080", "", "00000000000000000000000000000000"},
    {"f32x4.nearest", 0x6A, 0, "0000203f0000c03f00002040", "", "", "0000803f000000400000004000000000"},
    {"i32x4.trunc_sat_f32x4_s", 0xF8, 0, "0000c07f0000804f0000c0bf", "", "", "00000000ffffff7fffffffff00000000"},
    {"f64x2.convert_low_i32x4_u", 0xFF, 0, "ffffffff", "", "", "0000e0ffffffef410000000000000000"},
    {"f32x4.relaxed_madd", 0x105, 0, "00000040", "00004040", "0000803f", "0000e040000000000000000000000000"},
    {"i32x4.relaxed_dot_i8x16_i7x16_add_s", 0x113, 0, "ff010203", "01010101", "01000000",
     "06000000000000000000000000000000"},
};

UNIT_TEST(wasm_vector_instructions_compute)
{
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    const Case *test = &cases[k];
    WasmV128 a = vector(test->a), b = vector(test->b), c = vector(test->c), expected = vector(test->result), r = {0};
    WasmSimdFn *fn = wasm_simd_functions[test->code];
    EXPECT(fn != NULL);
    fn(&r, &a, &b, &c, test->lane);
    if (!same(&r, &expected))
      fprintf(stderr, "%s\n", test->what);
    EXPECT(same(&r, &expected));
    r = a;
    fn(&r, &r, &b, &c, test->lane);
    EXPECT(same(&r, &expected));
    /* A vector operand on the right can be the result as well; a scalar one has one word. */
    if (test->code != 0x6C && test->code != 0x1A) {
      r = b;
      fn(&r, &a, &r, &c, test->lane);
      EXPECT(same(&r, &expected));
    }
  }
}

UNIT_TEST(wasm_vector_tests_give_one_word)
{
  WasmV128 r, v = vector("80000000000000000000000000000001");
  memset(&r, 0xFF, sizeof r);
  wasm_simd_functions[0x53](&r, &v, NULL, NULL, 0);
  EXPECT(r.u64[0] == 1 && r.u64[1] == UINT64_MAX);
  wasm_simd_functions[0x64](&r, &v, NULL, NULL, 0);
  EXPECT(r.u64[0] == 1);
  wasm_simd_functions[0x63](&r, &v, NULL, NULL, 0);
  EXPECT(r.u64[0] == 0);
  wasm_simd_functions[0x15](&r, &v, NULL, NULL, 0);
  EXPECT(r.u64[0] == 0xFFFFFF80);
}

UNIT_TEST(wasm_vector_memory_accesses_take_their_bytes)
{
  uint8_t memory[8] = {0x80, 2, 3, 4, 5, 6, 7, 8};
  WasmV128 r, v = vector("000102030405060708090a0b0c0d0e0f");
  EXPECT(wasm_simd_access_size(0x01) == 8 && wasm_simd_access_size(0x07) == 1 && wasm_simd_access_size(0x5C) == 4);
  EXPECT(!wasm_simd_access_size(0x0C) && !wasm_simd_access_size(0x6E));
  wasm_simd_access(0x01, 0, memory, &r, &v);
  EXPECT(r.i16[0] == -128 && r.i16[7] == 8);
  wasm_simd_access(0x08, 0, memory, &r, &v);
  EXPECT(r.u16[0] == 0x0280 && r.u16[7] == 0x0280);
  wasm_simd_access(0x5C, 0, memory, &r, &v);
  EXPECT(r.u32[0] == 0x04030280 && !r.u32[1] && !r.u64[1]);
  r = v;
  wasm_simd_access(0x55, 7, memory, &r, &r);
  EXPECT(r.u16[7] == 0x0280 && r.u16[0] == 0x0100);
  wasm_simd_access(0x59, 2, memory, &r, &v);
  EXPECT(memory[0] == 4 && memory[1] == 5 && memory[2] == 3);
}

UNIT_TEST(wasm_atomic_instructions_read_modify_and_write)
{
  _Alignas(8) uint8_t memory[8] = {0xFE, 0, 0, 0, 0, 0, 0, 0};
  EXPECT(wasm_atomic_size(WASM_ATOMIC_WAIT64) == 8 && wasm_atomic_size(0x12) == 1);
  /* i32.atomic.rmw8.add_u, then rmw8.cmpxchg_u with an expectation that does not hold, then one of which the low byte
   * does. */
  EXPECT(wasm_atomic_run(0x20, memory, 3, 0) == 0xFE && memory[0] == 1 && memory[1] == 0);
  EXPECT(wasm_atomic_run(0x4A, memory, 2, 9) == 1 && memory[0] == 1);
  EXPECT(wasm_atomic_run(0x4A, memory, 0x101, 9) == 1 && memory[0] == 9);
  EXPECT(wasm_atomic_run(0x18, memory, UINT64_MAX, 0) == 0 && wasm_atomic_run(0x16, memory, 0, 0) == 0xFFFFFFFF);
}

UNIT_TEST(wasm_rounding_quiets_signalling_nans)
{
  union {
    uint64_t bits;
    double f64;
  } d = {.bits = UINT64_C(0x7FF4000000000000)};
  union {
    uint32_t bits;
    float f32;
  } f = {.bits = 0x7FA00000};
  d.f64 = f64_floor(d.f64);
  f.f32 = f32_nearest(f.f32);
  EXPECT(d.bits == UINT64_C(0x7FFC000000000000) && f.bits == 0x7FE00000);
  EXPECT(f64_nearest(2.5) == 2 && f32_ceil(0.5f) == 1);
}
