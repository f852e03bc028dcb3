// SPDX-License-Identifier: MIT
/*
 * Atomic memory instructions by the number after the prefix 0xFE (https://webassembly.github.io/threads/core/): what
 * they are and, for those that neither wait nor wake, doing them.
 */
#ifndef WASM_ATOMICS_H
#define WASM_ATOMICS_H

#include "wasm/types.h"

enum {
  WASM_ATOMIC_NOTIFY = 0,
  WASM_ATOMIC_WAIT32 = 1,
  WASM_ATOMIC_WAIT64 = 2,
  WASM_ATOMIC_FENCE = 3,
  WASM_ATOMIC_FIRST_ACCESS = 0x10,
  WASM_ATOMIC_COUNT = 0x4F,
};
typedef enum {
  ATOMIC_LOAD,
  ATOMIC_STORE,
  ATOMIC_ADD,
  ATOMIC_SUB,
  ATOMIC_AND,
  ATOMIC_OR,
  ATOMIC_XOR,
  ATOMIC_XCHG,
  ATOMIC_CMPXCHG,
} WasmAtomicKind;

typedef struct WasmAtomic {
  WasmAtomicKind kind;
  WasmType type; /* of the operands and the result */
  uint32_t size; /* bytes of memory */
} WasmAtomic;

/* Those from WASM_ATOMIC_FIRST_ACCESS on: seven widths of each kind. */
WasmAtomic wasm_atomic(uint32_t code);
/* Bytes of memory that any of them but the fence takes, which the address is a multiple of. */
uint32_t wasm_atomic_size(uint32_t code);
/* The loaded or former value, zero-extended; 0 of a store. a: operand or what is expected, b: the replacement. */
uint64_t wasm_atomic_run(uint32_t code, uint8_t *memory, uint64_t a, uint64_t b);

#endif
