// SPDX-License-Identifier: MIT
/* Atomic memory instructions at run time (https://webassembly.github.io/threads/core/exec/instructions.html). */
#include "wasm/atomics.h"

#include "wasm/ops.h"
#include "wasm_vm/interp.h"

/* Units: d address a b code, memory n, offset64. */
bool wasm_atomic_step(JsContext *cx, WasmInstance *inst, const uint16_t *pc, WasmSlot *fp)
{
  uint32_t code = pc[5], size = wasm_atomic_size(code);
  uint64_t address = fp[pc[2]].u64, offset = units_u64(pc + 8);
  if ((address + offset) % size)
    return wasm_trap(cx, "operation does not support unaligned accesses");
  uint8_t *place = slow_address(inst, address, units_u32(pc + 6), offset, size);
  if (!place)
    return wasm_trap(cx, "memory access out of bounds");
  if (code < WASM_ATOMIC_FIRST_ACCESS)
    return wasm_trap(cx, "memory.atomic.wait and notify are not supported");
  uint64_t result = wasm_atomic_run(code, place, fp[pc[3]].u64, fp[pc[4]].u64);
  if (wasm_atomic(code).kind != ATOMIC_STORE)
    fp[pc[1]].u64 = result;
  return true;
}
