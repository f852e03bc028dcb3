// SPDX-License-Identifier: MIT
/* Atomic memory instructions: see atomics.h. All are sequentially consistent. */
#include "wasm/atomics.h"

WasmAtomic wasm_atomic(uint32_t code)
{
  static const struct {
    uint8_t type, size;
  } widths[7] = {{WASM_I32, 4}, {WASM_I64, 8}, {WASM_I32, 1}, {WASM_I32, 2},
                 {WASM_I64, 1}, {WASM_I64, 2}, {WASM_I64, 4}};
  uint32_t k = code - WASM_ATOMIC_FIRST_ACCESS;
  return (WasmAtomic){(WasmAtomicKind)(k / 7), widths[k % 7].type, widths[k % 7].size};
}

uint32_t wasm_atomic_size(uint32_t code)
{
  if (code >= WASM_ATOMIC_FIRST_ACCESS)
    return wasm_atomic(code).size;
  return code == WASM_ATOMIC_WAIT64 ? 8 : 4;
}

#define RUN(Int)                                                                                                       \
  static uint64_t run_##Int(WasmAtomicKind kind, Int *place, uint64_t a, uint64_t b)                                   \
  {                                                                                                                    \
    Int val = (Int)a;                                                                                                  \
    switch (kind) {                                                                                                    \
    case ATOMIC_LOAD: return __atomic_load_n(place, __ATOMIC_SEQ_CST);                                                 \
    case ATOMIC_STORE: __atomic_store_n(place, val, __ATOMIC_SEQ_CST); return 0;                                       \
    case ATOMIC_ADD: return __atomic_fetch_add(place, val, __ATOMIC_SEQ_CST);                                          \
    case ATOMIC_SUB: return __atomic_fetch_sub(place, val, __ATOMIC_SEQ_CST);                                          \
    case ATOMIC_AND: return __atomic_fetch_and(place, val, __ATOMIC_SEQ_CST);                                          \
    case ATOMIC_OR: return __atomic_fetch_or(place, val, __ATOMIC_SEQ_CST);                                            \
    case ATOMIC_XOR: return __atomic_fetch_xor(place, val, __ATOMIC_SEQ_CST);                                          \
    case ATOMIC_XCHG: return __atomic_exchange_n(place, val, __ATOMIC_SEQ_CST);                                        \
    case ATOMIC_CMPXCHG: break;                                                                                        \
    }                                                                                                                  \
    __atomic_compare_exchange_n(place, &val, (Int)b, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                       \
    return val;                                                                                                        \
  }
RUN(uint8_t)
RUN(uint16_t)
RUN(uint32_t)
RUN(uint64_t)

uint64_t wasm_atomic_run(uint32_t code, uint8_t *memory, uint64_t a, uint64_t b)
{
  WasmAtomic atomic = wasm_atomic(code);
  switch (atomic.size) {
  case 1: return run_uint8_t(atomic.kind, memory, a, b);
  case 2: return run_uint16_t(atomic.kind, (uint16_t *)(void *)memory, a, b);
  case 4: return run_uint32_t(atomic.kind, (uint32_t *)(void *)memory, a, b);
  default: return run_uint64_t(atomic.kind, (uint64_t *)(void *)memory, a, b);
  }
}
