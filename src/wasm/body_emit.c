// SPDX-License-Identifier: MIT
/*
 * Writing the interpreter's code: operands, moves, jumps.
 *
 * Two things are changed after they were written: the destination of an instruction whose result goes into a local at
 * once, and a comparison that only decides a jump. `last` names the instruction as long as nothing jumps behind it.
 */
#include "wasm/body_state.h"

/* The jump and its operands, for a comparison: (JUMP_x when it holds). */
typedef struct FusedCompare {
  uint16_t jump, negated_jump;
  bool immediate;
} FusedCompare;

static FusedCompare fused_compare(uint16_t op)
{
  switch (op) {
#define UNARY(code, NAME, text, in, out, expr)
#define BINARY(code, NAME, text, in, out, expr)
#define INT_BINARY(code, NAME, text, in, out, expr, SWAPPED)
#define DIVISION(code, NAME, text, type)
#define TRUNCATE(code, NAME, text, in, out)
#define COMPARE(code, NAME, text, in, out, expr, SWAPPED, NEGATED)                                                     \
  case OP_##NAME: return (FusedCompare){OP_JUMP_##NAME, OP_JUMP_##NEGATED, false};                                     \
  case OP_##NAME##_I:                                                                                                  \
    return (FusedCompare){OP_JUMP_##NAME##_I, OP_JUMP_##NEGATED##_I, true};
#include "wasm/numeric.def"
#undef UNARY
#undef BINARY
#undef INT_BINARY
#undef DIVISION
#undef TRUNCATE
#undef COMPARE
  default: return (FusedCompare){0};
  }
}

/* --- units -------------------------------------------------------------------------------------------------------- */

void emit_units(WasmBody *b, const uint16_t *units, uint32_t count)
{
  if (b->is_dead)
    return;
  for (uint32_t k = 0; k < count; k++) {
    if (b->find_unit != NO_UNIT && b->units.len == b->find_unit)
      b->found = b->at;
    uint16_t *unit = BODY_PUSH(b, units);
    if (!unit)
      return;
    *unit = units[k];
  }
}

void emit_op(WasmBody *b, const uint32_t *operands, uint32_t count)
{
  uint16_t units[8];
  for (uint32_t k = 0; k < count; k++)
    units[k] = (uint16_t)operands[k];
  b->last = NO_UNIT;
  emit_units(b, units, count);
}

void emit_u32(WasmBody *b, uint32_t u)
{
  uint16_t units[2];
  memcpy(units, &u, sizeof u);
  emit_units(b, units, 2);
}

void emit_u64(WasmBody *b, uint64_t u)
{
  uint16_t units[4];
  memcpy(units, &u, sizeof u);
  emit_units(b, units, 4);
}

void emit_note_result(WasmBody *b, uint32_t start)
{
  b->last = b->is_dead ? NO_UNIT : start;
}

/* --- operands ---------------------------------------------------------------------------------------------------- */

static void emit_constant(WasmBody *b, uint32_t slot, uint64_t bits)
{
  if (bits <= UINT32_MAX) {
    EMIT(b, OP_CONST32, slot);
    emit_u32(b, (uint32_t)bits);
  } else {
    EMIT(b, OP_CONST64, slot);
    emit_u64(b, bits);
  }
}

static void emit_copy(WasmBody *b, WasmType type, uint32_t to, uint32_t from)
{
  EMIT(b, type == WASM_V128 ? OP_COPY2 : OP_COPY, to, from);
}

/* Writes the operand's value to a slot. */
static void emit_value(WasmBody *b, uint32_t slot, const WasmOperand *operand)
{
  if (operand->place == CONSTANT)
    emit_constant(b, slot, operand->bits);
  else
    emit_copy(b, operand->type, slot, operand->place == AT_HOME ? operand->home : operand->local);
}

uint32_t emit_slot(WasmBody *b, const WasmOperand *operand)
{
  if (operand->place == IN_LOCAL)
    return operand->local;
  if (operand->place == CONSTANT)
    emit_constant(b, operand->home, operand->bits);
  return operand->home;
}

void emit_flush(WasmBody *b, uint32_t from)
{
  for (uint32_t k = from < b->flushed ? b->flushed : from; k < b->stack.len; k++) {
    WasmOperand *operand = &b->stack.items[k];
    if (operand->place == AT_HOME)
      continue;
    emit_value(b, operand->home, operand);
    operand->place = AT_HOME;
  }
  if (from <= b->flushed)
    b->flushed = b->stack.len;
}

void emit_flush_all(WasmBody *b)
{
  emit_flush(b, 0);
}

void emit_preserve_local(WasmBody *b, uint32_t slot)
{
  for (uint32_t k = b->flushed; k < b->stack.len; k++) {
    WasmOperand *operand = &b->stack.items[k];
    if (operand->place != IN_LOCAL || operand->local != slot)
      continue;
    emit_value(b, operand->home, operand);
    operand->place = AT_HOME;
  }
}

void emit_local_set(WasmBody *b, uint32_t slot, const WasmOperand *operand)
{
  uint32_t last = b->last;
  emit_preserve_local(b, slot);
  if (b->is_dead)
    return;
  if (operand->place == AT_HOME && last != NO_UNIT && b->last == last && b->units.items[last + 1] == operand->home) {
    b->units.items[last + 1] = (uint16_t)slot;
    b->last = NO_UNIT;
    return;
  }
  if (operand->place == IN_LOCAL && operand->local == slot)
    return;
  emit_value(b, slot, operand);
}

/* --- jumps -------------------------------------------------------------------------------------------------------- */

uint32_t emit_label(WasmBody *b)
{
  b->last = NO_UNIT;
  return b->units.len;
}

void emit_forward(WasmBody *b, uint32_t *list)
{
  if (b->is_dead)
    return;
  uint32_t at = b->units.len;
  emit_u32(b, *list);
  *list = at;
  b->last = NO_UNIT;
}

void emit_patch(WasmBody *b, uint32_t list, uint32_t target)
{
  while (list != NO_UNIT && !b->failed) {
    uint16_t *place = &b->units.items[list];
    uint32_t next = units_u32(place), offset = target - list;
    memcpy(place, &offset, sizeof offset);
    list = next;
  }
}

void emit_jump_to(WasmBody *b, WasmControl *target)
{
  if (target->kind == CONTROL_LOOP)
    emit_u32(b, target->jumps - b->units.len);
  else
    emit_forward(b, &target->jumps);
}

static const WasmOperand *top_operand(WasmBody *b, uint32_t count, uint32_t k)
{
  return &b->stack.items[b->stack.len - count + k];
}

bool emit_needs_moves(WasmBody *b, const WasmControl *target, uint32_t count)
{
  if (b->is_dead || !count || b->stack.len < count)
    return false;
  return top_operand(b, count, 0)->home != target->base;
}

/* Destinations are never above the sources, so going up overwrites nothing that is still to be read. */
void emit_moves(WasmBody *b, const WasmControl *target, uint32_t count)
{
  if (b->is_dead || b->stack.len < count)
    return;
  uint32_t slot = target->base;
  for (uint32_t k = 0; k < count; k++) {
    const WasmOperand *operand = top_operand(b, count, k);
    if (operand->place != AT_HOME || operand->home != slot)
      emit_value(b, slot, operand);
    slot += wasm_slots(operand->type);
  }
}

void emit_condition(WasmBody *b, const WasmOperand *condition, bool jump_if)
{
  if (b->is_dead)
    return;
  if (b->last != NO_UNIT && condition->place == AT_HOME && b->units.items[b->last + 1] == condition->home) {
    uint16_t *units = &b->units.items[b->last], op = units[0];
    FusedCompare fused = fused_compare(op);
    uint16_t a = units[2];
    if (op == OP_I32_EQZ) {
      b->units.len = b->last;
      EMIT(b, jump_if ? OP_JUMP_UNLESS : OP_JUMP_IF, a);
      return;
    }
    if (fused.jump) {
      uint16_t c[2] = {units[3], fused.immediate ? units[4] : 0};
      b->units.len = b->last;
      EMIT(b, jump_if ? fused.jump : fused.negated_jump, a);
      emit_units(b, c, fused.immediate ? 2 : 1);
      return;
    }
  }
  uint32_t slot = emit_slot(b, condition);
  EMIT(b, jump_if ? OP_JUMP_IF : OP_JUMP_UNLESS, slot);
}

void emit_return(WasmBody *b)
{
  uint32_t count = b->type->result_count;
  if (b->is_dead || b->stack.len < count)
    return;
  if (!count) {
    EMIT(b, OP_RETURN);
    return;
  }
  const WasmOperand *first = top_operand(b, count, 0);
  if (b->type->result_slots == 1) {
    uint32_t slot = emit_slot(b, first);
    EMIT(b, OP_RETURN_1, slot);
    return;
  }
  emit_flush(b, b->stack.len - count);
  first = top_operand(b, count, 0);
  EMIT(b, OP_RETURN_MANY, first->home, b->type->result_slots);
}
