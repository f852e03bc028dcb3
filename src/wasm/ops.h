// SPDX-License-Identifier: MIT
/* The interpreter's instructions by number, and their lengths: ops.def. */
#ifndef WASM_OPS_H
#define WASM_OPS_H

#include <string.h>

#include "wasm/types.h"

typedef enum {
#define OP(NAME, units) OP_##NAME,
#include "wasm/ops.def"
#undef OP
  OP_COUNT,
  OP_NONE = OP_COUNT
} WasmOp;
_Static_assert(OP_COUNT < 65536, "an instruction is one unit");

/* Two and four units as one number. */
JS_INLINE uint32_t units_u32(const uint16_t *units)
{
  uint32_t u;
  memcpy(&u, units, sizeof u);
  return u;
}
JS_INLINE int32_t units_i32(const uint16_t *units)
{
  return (int32_t)units_u32(units);
}
JS_INLINE uint64_t units_u64(const uint16_t *units)
{
  uint64_t u;
  memcpy(&u, units, sizeof u);
  return u;
}

#endif
