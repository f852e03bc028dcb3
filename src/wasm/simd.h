// SPDX-License-Identifier: MIT
/*
 * Vector instructions as functions on 128-bit values, by number (simd.def). They know nothing of the interpreter.
 */
#ifndef WASM_SIMD_H
#define WASM_SIMD_H

#include "wasm/types.h"

/* Two words of the value stack, so aligned like one. Lane 0 is in the lowest byte: the host is little-endian. */
typedef union WasmV128 {
  int8_t i8[16];
  uint8_t u8[16];
  int16_t i16[8];
  uint16_t u16[8];
  int32_t i32[4];
  uint32_t u32[4];
  int64_t i64[2];
  uint64_t u64[2];
  float f32[4];
  double f64[2];
} WasmV128;

enum { WASM_SIMD_COUNT = 0x114, WASM_SIMD_SHUFFLE = 0x0D };

/* r may be one of the operands. Those that are scalars, and a scalar result, are one word. */
typedef void WasmSimdFn(WasmV128 *r, const WasmV128 *a, const WasmV128 *b, const WasmV128 *c, uint32_t lane);
/* NULL: not an instruction that only computes. */
extern WasmSimdFn *const wasm_simd_functions[WASM_SIMD_COUNT];
/* i8x16.shuffle: lanes of a and b by number. */
void wasm_simd_shuffle(WasmV128 *r, const WasmV128 *a, const WasmV128 *b, const uint8_t lanes[16]);

/* Bytes of memory that a load or store of part of a vector takes; 0: no such instruction. */
uint32_t wasm_simd_access_size(uint32_t code);
/* r: what is loaded; v: the vector a lane is put into or taken from. */
void wasm_simd_access(uint32_t code, uint32_t lane, uint8_t *memory, WasmV128 *r, const WasmV128 *v);

#endif
