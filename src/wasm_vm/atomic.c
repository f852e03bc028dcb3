// SPDX-License-Identifier: MIT
/* Atomic memory instructions at run time (https://webassembly.github.io/threads/core/exec/instructions.html). */
#include "wasm/atomics.h"

#include "builtins/atomics.h"
#include "wasm/ops.h"
#include "wasm_vm/interp.h"

/* https://webassembly.github.io/threads/core/exec/instructions.html#exec-memory-atomic-wait, ...-notify */
static bool wait_or_notify(JsContext *cx, JsWasmMemory *memory, uint32_t code, uint8_t *place, const WasmSlot *a,
                           const WasmSlot *b, uint64_t *result)
{
  if (code == WASM_ATOMIC_NOTIFY) {
    *result = memory->store ? atomics_notify_word(memory->store, place, a->u32) : 0;
    return true;
  }
  if (!memory->store || cx->vm->options.cannot_block)
    return wasm_trap(cx, "Atomics.wait cannot be called in this context");
  bool wide = code == WASM_ATOMIC_WAIT64;
  AtomicsWaitResult outcome;
  /* The memory's bytes stay where they are: the instance holds the memory. */
  if (!atomics_wait_word(cx, memory->store, wide ? ELEMENT_BIGINT64 : ELEMENT_INT32, place, wide ? a->u64 : a->u32,
                         b->i64, &outcome))
    return false;
  *result = outcome;
  return true;
}

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
    return wait_or_notify(cx, instance_memory(inst, units_u32(pc + 6)), code, place, &fp[pc[3]], &fp[pc[4]],
                          &fp[pc[1]].u64);
  uint64_t result = wasm_atomic_run(code, place, fp[pc[3]].u64, fp[pc[4]].u64);
  if (wasm_atomic(code).kind != ATOMIC_STORE)
    fp[pc[1]].u64 = result;
  return true;
}
