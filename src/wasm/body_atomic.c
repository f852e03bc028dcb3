// SPDX-License-Identifier: MIT
/* Atomic instructions in the body pass (https://webassembly.github.io/threads/core/valid/instructions.html). */
#include <stdio.h>

#include "wasm/atomics.h"
#include "wasm/body_memory.h"

enum { MAX_TEXT = 40 };

static const char *access_text(uint32_t code, char text[MAX_TEXT])
{
  static const char *const kinds[] = {"load", "store", "add", "sub", "and", "or", "xor", "xchg", "cmpxchg"};
  WasmAtomic atomic = wasm_atomic(code);
  bool wide = atomic.type == WASM_I64, whole = atomic.size == (wide ? 8u : 4u);
  const char *type = wide ? "i64" : "i32", *kind = kinds[atomic.kind];
  char bits[4] = "";
  if (!whole)
    snprintf(bits, sizeof bits, "%u", atomic.size * 8 & 63);
  if (atomic.kind <= ATOMIC_STORE)
    snprintf(text, MAX_TEXT, "%s.atomic.%s%s%s", type, kind, bits, whole || atomic.kind == ATOMIC_STORE ? "" : "_u");
  else
    snprintf(text, MAX_TEXT, "%s.atomic.rmw%s.%s%s", type, bits, kind, whole ? "" : "_u");
  return text;
}

static bool emit_atomic(WasmBody *b, uint32_t code, uint32_t log2, const WasmType *types, uint32_t count, WasmType out,
                        const char *text)
{
  WasmMemoryArgument arg;
  WasmOperand address, in[2] = {0};
  uint32_t slots[2] = {0};
  READ(body_memory_argument(b, log2, true, &arg));
  for (uint32_t k = count; k--;)
    READ(body_pop(b, types[k], &in[k], text));
  READ(body_pop(b, arg.address, &address, text));
  uint32_t slot = emit_slot(b, &address);
  for (uint32_t k = 0; k < count; k++)
    slots[k] = emit_slot(b, &in[k]);
  uint32_t start = b->units.len;
  EMIT(b, OP_ATOMIC, address.home, slot, slots[0], slots[1], code);
  emit_memory_argument(b, &arg);
  if (out == WASM_BOTTOM)
    return true;
  emit_note_result(b, start);
  return body_push(b, out);
}

static bool fence(WasmBody *b)
{
  uint8_t order;
  READ(read_u8(&b->r, &order, "zero"));
  if (order)
    return body_fail(b, "invalid atomic operand");
  EMIT(b, OP_ATOMIC_FENCE);
  return true;
}

bool body_atomic_op(WasmBody *b, uint32_t code)
{
  static const WasmType notify[] = {WASM_I32}, wait32[] = {WASM_I32, WASM_I64}, wait64[] = {WASM_I64, WASM_I64};
  switch (code) {
  case WASM_ATOMIC_NOTIFY: return emit_atomic(b, code, 2, notify, 1, WASM_I32, "memory.atomic.notify");
  case WASM_ATOMIC_WAIT32: return emit_atomic(b, code, 2, wait32, 2, WASM_I32, "memory.atomic.wait32");
  case WASM_ATOMIC_WAIT64: return emit_atomic(b, code, 3, wait64, 2, WASM_I32, "memory.atomic.wait64");
  case WASM_ATOMIC_FENCE: return fence(b);
  default: break;
  }
  if (code < WASM_ATOMIC_FIRST_ACCESS || code >= WASM_ATOMIC_COUNT)
    return body_fail(b, "invalid atomic opcode: 0xfe%02x", code);
  char text[MAX_TEXT];
  WasmAtomic atomic = wasm_atomic(code);
  WasmType types[2] = {atomic.type, atomic.type};
  uint32_t count = atomic.kind == ATOMIC_LOAD ? 0 : atomic.kind == ATOMIC_CMPXCHG ? 2 : 1;
  WasmType out = atomic.kind == ATOMIC_STORE ? WASM_BOTTOM : atomic.type;
  return emit_atomic(b, code, (uint32_t)__builtin_ctz(atomic.size), types, count, out, access_text(code, text));
}
