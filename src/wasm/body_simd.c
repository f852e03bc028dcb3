// SPDX-License-Identifier: MIT
/* Vector and atomic instructions: refused by number until they are there. */
#include "wasm/body_memory.h"

bool body_simd_op(WasmBody *b, uint32_t sub)
{
  return body_fail(b, "simd opcode 0xfd%02x is not supported", sub);
}

bool body_atomic_op(WasmBody *b, uint32_t sub)
{
  return body_fail(b, "atomic opcode 0xfe%02x is not supported", sub);
}
