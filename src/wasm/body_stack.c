// SPDX-License-Identifier: MIT
/* The validation stack (https://webassembly.github.io/spec/core/appendix/algorithm.html): see body_state.h. */
#include "wasm/body_state.h"

#include <stdlib.h>

/* So many operands are left in locals or constant at most; more are brought home, so that looking for those of one
 * local takes no time. */
enum { MAX_UNFLUSHED = 64 };

bool body_grow(WasmBody *b, void **items, uint32_t *cap, uint32_t len, size_t size)
{
  uint32_t new_cap = len < 16 ? 32 : len * 2;
  void *grown = new_cap > len ? realloc(*items, new_cap * size) : NULL;
  if (!grown) {
    b->failed = true;
    return wasm_error(b->r.error, b->at, "out of memory");
  }
  *items = grown;
  *cap = new_cap;
  return true;
}

static bool push_operand(WasmBody *b, WasmOperand operand)
{
  if (b->stack.len - b->flushed >= MAX_UNFLUSHED)
    emit_flush_all(b);
  WasmOperand *place = BODY_PUSH(b, stack);
  if (!place)
    return false;
  operand.home = b->top;
  *place = operand;
  b->top += wasm_slots(operand.type);
  if (b->top > b->max_top) {
    b->max_top = b->top;
    if (b->max_top > MAX_SLOTS)
      return body_fail(b, "function needs more than %u words of stack", (unsigned)MAX_SLOTS);
  }
  if (operand.place == AT_HOME && b->flushed + 1 == b->stack.len)
    b->flushed++;
  return true;
}

bool body_push(WasmBody *b, WasmType type)
{
  return push_operand(b, (WasmOperand){.type = type, .place = AT_HOME});
}

bool body_push_local(WasmBody *b, WasmType type, uint32_t slot)
{
  return push_operand(b, (WasmOperand){.type = type, .place = IN_LOCAL, .local = slot});
}

bool body_push_constant(WasmBody *b, WasmType type, uint64_t bits)
{
  return push_operand(b, (WasmOperand){.type = type, .place = CONSTANT, .bits = bits});
}

bool body_pop_any(WasmBody *b, WasmOperand *out, const char *text)
{
  const WasmControl *control = body_control(b, 0);
  if (b->stack.len == control->height) {
    *out = (WasmOperand){.type = WASM_BOTTOM, .home = b->top};
    if (control->is_unreachable)
      return true;
    return body_fail(b, "not enough arguments on the stack for %s", text);
  }
  *out = b->stack.items[--b->stack.len];
  b->top = out->home;
  if (b->flushed > b->stack.len)
    b->flushed = b->stack.len;
  return true;
}

bool body_pop(WasmBody *b, WasmType type, WasmOperand *out, const char *text)
{
  char got[32], want[32];
  READ(body_pop_any(b, out, text));
  if (js_likely(out->type == type) || wasm_is_subtype(b->m, out->type, type))
    return true;
  return body_fail(b, "%s expected type %s, found type %s", text, wasm_type_text(type, want),
                   wasm_type_text(out->type, got));
}

bool body_pop_types(WasmBody *b, const WasmType *types, uint32_t count, const char *text)
{
  WasmOperand ignored;
  while (count)
    READ(body_pop(b, types[--count], &ignored, text));
  return true;
}

bool body_push_types(WasmBody *b, const WasmType *types, uint32_t count)
{
  for (uint32_t k = 0; k < count; k++)
    READ(body_push(b, types[k]));
  return true;
}

bool body_check_types(WasmBody *b, const WasmType *types, uint32_t count, const char *text)
{
  const WasmControl *control = body_control(b, 0);
  uint32_t have = b->stack.len - control->height;
  char got[32], want[32];
  if (have < count && !control->is_unreachable)
    return body_fail(b, "expected %u elements on the stack for %s, found %u", count, text, have);
  for (uint32_t k = 0; k < count && k < have; k++) {
    WasmType type = b->stack.items[b->stack.len - 1 - k].type, expected = types[count - 1 - k];
    if (!wasm_is_subtype(b->m, type, expected))
      return body_fail(b, "type error in %s[%u] (expected %s, got %s)", text, count - 1 - k,
                       wasm_type_text(expected, want), wasm_type_text(type, got));
  }
  return true;
}

void body_set_unreachable(WasmBody *b)
{
  WasmControl *control = body_control(b, 0);
  b->stack.len = control->height;
  b->top = control->base;
  if (b->flushed > b->stack.len)
    b->flushed = b->stack.len;
  control->is_unreachable = true;
  b->is_dead = true;
}
