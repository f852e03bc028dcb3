// SPDX-License-Identifier: MIT
/*
 * Blocks, branches, calls and exceptions (https://webassembly.github.io/spec/core/valid/instructions.html).
 *
 * Where blocks begin all operands are at home, so that every way into a label finds them in the same slots. A try's
 * handlers stand behind its body: units that look at the exception caught and jump to the label or body that takes it.
 */
#include "wasm/body_state.h"

/* --- control frames ---------------------------------------------------------------------------------------------- */

static bool block_type(WasmBody *b, WasmControl *control)
{
  uint32_t at = reader_offset(&b->r), index;
  if (b->r.p == b->r.end)
    return body_fail(b, "expected 1 byte (block type)");
  if (*b->r.p == 0x40) {
    b->r.p++;
    return true;
  }
  if ((*b->r.p & 0xC0) == 0x40) {
    READ(read_value_type(&b->r, b->m->types.len, &control->single[0]));
    control->result_count = 1;
    return true;
  }
  uint64_t raw;
  READ(read_leb_slow(&b->r, 33, true, &raw, "block type index"));
  if ((int64_t)raw < 0 || raw >= b->m->types.len)
    return wasm_error(b->r.error, at, "block type index %lld is not a signature definition", (long long)raw);
  index = (uint32_t)raw;
  const WasmFuncType *type = &b->m->types.items[index];
  control->param_count = type->param_count;
  control->params = type->types;
  control->result_count = type->result_count;
  control->results = wasm_results(type);
  return true;
}

static const WasmType *results_of(const WasmControl *control)
{
  return control->results ? control->results : control->single;
}

/* What a branch to the label carries. */
static const WasmType *label_types(const WasmControl *control, uint32_t *count)
{
  bool is_loop = control->kind == CONTROL_LOOP;
  *count = is_loop ? control->param_count : control->result_count;
  return is_loop ? control->params : results_of(control);
}

/* The parameters are popped and pushed again with the block's types. */
static bool push_control(WasmBody *b, WasmControl *frame, WasmControlKind kind, const char *text)
{
  emit_flush_all(b);
  READ(body_check_types(b, frame->params, frame->param_count, text));
  READ(body_pop_types(b, frame->params, frame->param_count, text));
  frame->kind = kind;
  frame->height = b->stack.len;
  frame->base = b->top;
  frame->jumps = frame->else_jump = frame->delegated = frame->stub_of = NO_UNIT;
  frame->inits = b->inits.len;
  frame->is_dead = b->is_dead;
  if (kind == CONTROL_LOOP)
    frame->jumps = emit_label(b);
  frame->try_from = emit_label(b);
  WasmControl *place = BODY_PUSH(b, controls);
  if (!place)
    return false;
  *place = *frame;
  return body_push_types(b, frame->params, frame->param_count);
}

/* Everything a body leaves is its results. */
static bool check_end(WasmBody *b, WasmControl *control)
{
  uint32_t have = b->stack.len - control->height;
  READ(body_check_types(b, results_of(control), control->result_count, "fallthru"));
  if (have > control->result_count)
    return body_fail(b, "expected %u elements on the stack for fallthru, found %u", control->result_count, have);
  return true;
}

static void reset_to(WasmBody *b, WasmControl *control)
{
  b->stack.len = control->height;
  b->top = control->base;
  if (b->flushed > b->stack.len)
    b->flushed = b->stack.len;
  while (b->inits.len > control->inits)
    b->local_set.items[b->inits.items[--b->inits.len]] = false;
  control->is_unreachable = false;
  b->is_dead = control->is_dead;
}

/* The end of one arm: its results where the label has them. */
static void end_arm(WasmBody *b, WasmControl *control)
{
  emit_moves(b, control, control->result_count);
  if (!b->is_dead) {
    EMIT(b, OP_JUMP);
    emit_forward(b, &control->jumps);
  }
}

static bool end_function(WasmBody *b, WasmControl *control)
{
  b->at = reader_offset(&b->r) - 1;
  READ(check_end(b, control));
  emit_return(b);
  if (control->jumps != NO_UNIT) {
    b->is_dead = control->is_dead || !b->emitting;
    uint32_t here = emit_label(b);
    emit_patch(b, control->jumps, here);
    reset_to(b, control);
    b->is_dead = !b->emitting;
    READ(body_push_types(b, results_of(control), control->result_count));
    emit_return(b);
  }
  b->controls.len--;
  return true;
}

static void emit_catches(WasmBody *b, WasmControl *control);

static bool end_block(WasmBody *b)
{
  WasmControl *control = body_control(b, 0);
  if (control->kind == CONTROL_FUNCTION)
    return end_function(b, control);
  READ(check_end(b, control));
  if (control->kind == CONTROL_IF) {
    /* No else: its results are the parameters. */
    bool same = control->param_count == control->result_count;
    for (uint32_t k = 0; same && k < control->param_count; k++)
      same = wasm_is_subtype(b->m, control->params[k], results_of(control)[k]);
    if (!same)
      return body_fail(b, "type error in fallthru of if without else");
  }
  emit_moves(b, control, control->result_count);
  if (control->kind == CONTROL_TRY_TABLE) {
    emit_catches(b, control);
    control = body_control(b, 0);
  } else if (control->kind >= CONTROL_CATCH) {
    /* handlers were emitted where the catches began */
  } else if (control->kind == CONTROL_TRY && !control->is_dead && control->delegated != NO_UNIT) {
    /* A try without catches passes on what inner ones delegated to it. */
    uint32_t over = NO_UNIT;
    b->is_dead = !b->emitting;
    EMIT(b, OP_JUMP);
    emit_forward(b, &over);
    for (uint32_t at = control->delegated; at != NO_UNIT;) {
      uint32_t next = b->handlers.items[at].target;
      b->handlers.items[at].target = b->units.len;
      at = next;
    }
    EMIT(b, OP_RETHROW_CAUGHT);
    emit_patch(b, over, emit_label(b));
  }
  reset_to(b, control);
  uint32_t here = emit_label(b);
  if (control->kind != CONTROL_LOOP)
    emit_patch(b, control->jumps, here);
  emit_patch(b, control->else_jump, here);
  WasmControl ended = *control;
  b->controls.len--;
  return body_push_types(b, results_of(&ended), ended.result_count);
}

/* --- branches ---------------------------------------------------------------------------------------------------- */

static bool read_label(WasmBody *b, WasmControl **target)
{
  uint32_t depth, at = reader_offset(&b->r);
  READ(read_u32(&b->r, &depth, "branch depth"));
  if (depth >= b->controls.len)
    return wasm_error(b->r.error, at, "invalid branch depth: %u", depth);
  *target = body_control(b, depth);
  return true;
}

static bool branch(WasmBody *b)
{
  WasmControl *target;
  uint32_t count;
  READ(read_label(b, &target));
  const WasmType *types = label_types(target, &count);
  READ(body_check_types(b, types, count, "branch"));
  if (target->kind == CONTROL_FUNCTION) {
    emit_return(b);
  } else {
    emit_moves(b, target, count);
    if (!b->is_dead) {
      EMIT(b, OP_JUMP);
      emit_jump_to(b, target);
    }
  }
  body_set_unreachable(b);
  return true;
}

/* After a branch not taken the operands have the label's types. */
static bool retype(WasmBody *b, const WasmType *types, uint32_t count)
{
  if (body_control(b, 0)->is_unreachable) {
    READ(body_pop_types(b, types, count, "br_if"));
    return body_push_types(b, types, count);
  }
  for (uint32_t k = 0; k < count; k++)
    b->stack.items[b->stack.len - count + k].type = types[k];
  return true;
}

/* What both ways of a conditional jump to a label do; the condition is popped. */
typedef void (*EmitConditionFn)(WasmBody *b, const WasmOperand *condition, bool jump_if);
static void conditional_jump(WasmBody *b, WasmControl *target, uint32_t count, const WasmOperand *condition,
                             EmitConditionFn emit)
{
  if (b->is_dead)
    return;
  if (!count) {
    emit(b, condition, true);
    emit_jump_to(b, target);
    return;
  }
  /* The operands come home by copies, which would stand between the comparison and its jump; the condition may lie in
   * none of their slots. */
  uint32_t over = NO_UNIT;
  if (!emit_needs_moves(b, target, count)) {
    bool at_home = true;
    for (uint32_t k = 0; k < count; k++)
      at_home &= b->stack.items[b->stack.len - count + k].place == AT_HOME;
    if (at_home) {
      emit(b, condition, true);
      emit_jump_to(b, target);
      return;
    }
  }
  emit(b, condition, false);
  emit_forward(b, &over);
  emit_moves(b, target, count);
  EMIT(b, OP_JUMP);
  emit_jump_to(b, target);
  emit_patch(b, over, emit_label(b));
}

static bool branch_if(WasmBody *b)
{
  WasmControl *target;
  WasmOperand condition;
  uint32_t count;
  READ(read_label(b, &target));
  const WasmType *types = label_types(target, &count);
  READ(body_pop(b, WASM_I32, &condition, "br_if"));
  READ(body_check_types(b, types, count, "branch"));
  conditional_jump(b, target, count, &condition, emit_condition);
  return retype(b, types, count);
}

static void emit_null_condition(WasmBody *b, const WasmOperand *ref, bool jump_if)
{
  uint32_t slot = emit_slot(b, ref);
  EMIT(b, jump_if ? OP_JUMP_IF_NULL : OP_JUMP_IF_NOT_NULL, slot);
}

static void emit_not_null_condition(WasmBody *b, const WasmOperand *ref, bool jump_if)
{
  emit_null_condition(b, ref, !jump_if);
}

static bool pop_nullable(WasmBody *b, WasmOperand *ref, const char *text)
{
  READ(body_pop_any(b, ref, text));
  if (ref->type != WASM_BOTTOM && !wasm_is_ref(ref->type))
    return body_fail(b, "%s[0] expected reference type", text);
  return true;
}

static bool push_non_null(WasmBody *b, const WasmOperand *ref)
{
  if (ref->type == WASM_BOTTOM)
    return body_push(b, WASM_BOTTOM);
  WasmType type = WASM_REF_TYPE(false, wasm_heap_type(ref->type));
  return ref->place == IN_LOCAL ? body_push_local(b, type, ref->local) : body_push(b, type);
}

static bool branch_on_null(WasmBody *b)
{
  WasmControl *target;
  WasmOperand ref;
  uint32_t count;
  READ(read_label(b, &target));
  const WasmType *types = label_types(target, &count);
  READ(pop_nullable(b, &ref, "br_on_null"));
  READ(body_check_types(b, types, count, "br_on_null"));
  conditional_jump(b, target, count, &ref, emit_null_condition);
  READ(retype(b, types, count));
  return push_non_null(b, &ref);
}

static bool branch_on_non_null(WasmBody *b)
{
  WasmControl *target;
  WasmOperand ref;
  uint32_t count;
  READ(read_label(b, &target));
  const WasmType *types = label_types(target, &count);
  if (!count || !wasm_is_ref(types[count - 1]))
    return body_fail(b, "br_on_non_null target must carry a reference");
  READ(pop_nullable(b, &ref, "br_on_non_null"));
  READ(push_non_null(b, &ref));
  READ(body_check_types(b, types, count, "br_on_non_null"));
  conditional_jump(b, target, count, &ref, emit_not_null_condition);
  READ(retype(b, types, count));
  return body_pop_any(b, &ref, "br_on_non_null");
}

/* One target of a table: straight to the label, or to a stub behind the table that moves the operands. */
typedef struct TableTarget {
  uint32_t depth, at; /* where its offset stands */
} TableTarget;

static bool branch_table(WasmBody *b)
{
  uint32_t count, arity = 0, label_count, table = b->r.p - b->r.start;
  WasmOperand index;
  WasmControl *target;
  READ(body_pop(b, WASM_I32, &index, "br_table"));
  READ(read_count(&b->r, &count, WASM_MAX_BR_TABLE, "table count"));
  WasmReader targets = b->r;
  /* Checked first: operands come home for the widest. */
  for (uint32_t k = 0; k <= count; k++) {
    READ(read_label(b, &target));
    const WasmType *types = label_types(target, &label_count);
    if (k && label_count != arity)
      return body_fail(b, "br_table: label arity inconsistent with previous arity %u", arity);
    arity = label_count;
    READ(body_check_types(b, types, arity, "br_table"));
  }
  if (!b->is_dead) {
    uint32_t slot = emit_slot(b, &index);
    if (b->stack.len >= arity)
      emit_flush(b, b->stack.len - arity);
    EMIT(b, OP_JUMP_TABLE, slot);
    emit_u32(b, count);
    uint32_t first = b->units.len;
    for (uint32_t k = 0; k <= count; k++)
      emit_u32(b, 0);
    for (uint32_t k = 0; k <= count && !b->failed; k++) {
      uint32_t depth, at = first + 2 * k, offset;
      READ(read_u32(&targets, &depth, "branch depth"));
      target = body_control(b, depth);
      if (emit_needs_moves(b, target, arity) || target->kind == CONTROL_LOOP) {
        if (target->stub_of != table) {
          target->stub_of = table;
          target->stub = b->units.len;
          emit_moves(b, target, arity);
          EMIT(b, OP_JUMP);
          emit_jump_to(b, target);
        }
        offset = target->stub - at;
        if (!b->failed)
          memcpy(&b->units.items[at], &offset, sizeof offset);
      } else if (!b->failed) {
        memcpy(&b->units.items[at], &target->jumps, sizeof target->jumps);
        target->jumps = at;
      }
    }
  }
  body_set_unreachable(b);
  return true;
}

static bool begin_if(WasmBody *b)
{
  WasmControl frame = {0};
  WasmOperand condition;
  READ(block_type(b, &frame));
  READ(body_pop(b, WASM_I32, &condition, "if"));
  /* The operands come home before the comparison is taken back, so that both arms find them there. */
  bool flushed = b->flushed == b->stack.len;
  if (!flushed && !b->is_dead) {
    if (condition.place == CONSTANT)
      emit_slot(b, &condition);
    emit_flush_all(b);
    if (condition.place == CONSTANT)
      condition.place = AT_HOME;
  }
  uint32_t jump = NO_UNIT;
  if (!b->is_dead) {
    emit_condition(b, &condition, false);
    emit_forward(b, &jump);
  }
  READ(push_control(b, &frame, CONTROL_IF, "if"));
  body_control(b, 0)->else_jump = jump;
  return true;
}

static bool begin_else(WasmBody *b)
{
  WasmControl *control = body_control(b, 0);
  if (control->kind != CONTROL_IF)
    return body_fail(b, "else does not match an if");
  READ(check_end(b, control));
  end_arm(b, control);
  reset_to(b, control);
  emit_patch(b, control->else_jump, emit_label(b));
  control->else_jump = NO_UNIT;
  control->kind = CONTROL_ELSE;
  return body_push_types(b, control->params, control->param_count);
}

/* --- calls ------------------------------------------------------------------------------------------------------- */

/* The arguments, at home and popped; their first slot. */
static bool pop_arguments(WasmBody *b, const WasmFuncType *type, const char *text, uint32_t *base)
{
  if (!b->is_dead && b->stack.len - body_control(b, 0)->height >= type->param_count)
    emit_flush(b, b->stack.len - type->param_count);
  READ(body_pop_types(b, type->types, type->param_count, text));
  *base = b->top;
  return true;
}

static bool end_call(WasmBody *b, const WasmFuncType *type, bool is_tail)
{
  if (!is_tail)
    return body_push_types(b, wasm_results(type), type->result_count);
  bool ok = type->result_count == b->type->result_count;
  for (uint32_t k = 0; ok && k < type->result_count; k++)
    ok = wasm_is_subtype(b->m, wasm_results(type)[k], wasm_results(b->type)[k]);
  if (!ok)
    return body_fail(b, "tail call type error");
  body_set_unreachable(b);
  return true;
}

static bool call(WasmBody *b, bool is_tail)
{
  uint32_t index, base, at = reader_offset(&b->r);
  READ(read_u32(&b->r, &index, "function index"));
  if (index >= b->m->functions.len)
    return wasm_error(b->r.error, at, "function index #%u is out of bounds", index);
  const WasmFuncType *type = wasm_function_type(b->m, index);
  READ(pop_arguments(b, type, is_tail ? "return_call" : "call", &base));
  bool imported = index < b->m->imported[WASM_FUNCTION];
  uint32_t op = is_tail ? (imported ? OP_RETURN_CALL_IMPORT : OP_RETURN_CALL) : imported ? OP_CALL_IMPORT : OP_CALL;
  EMIT(b, op);
  emit_u32(b, index);
  emit_units(b, (const uint16_t[]){(uint16_t)base}, 1);
  return end_call(b, type, is_tail);
}

static bool call_indirect(WasmBody *b, bool is_tail)
{
  uint32_t index, table, base, at = reader_offset(&b->r);
  WasmOperand element;
  READ(read_u32(&b->r, &index, "signature index"));
  if (index >= b->m->types.len)
    return wasm_error(b->r.error, at, "invalid signature index: #%u", index);
  at = reader_offset(&b->r);
  READ(read_u32(&b->r, &table, "table index"));
  if (table >= b->m->tables.len)
    return wasm_error(b->r.error, at, "table index %u out of range", table);
  const WasmTableInfo *info = &b->m->tables.items[table];
  if (!wasm_is_subtype(b->m, info->type, WASM_FUNCREF))
    return wasm_error(b->r.error, at, "call_indirect: immediate table is not of function type");
  const char *text = is_tail ? "return_call_indirect" : "call_indirect";
  READ(body_pop(b, info->limits.is_64 ? WASM_I64 : WASM_I32, &element, text));
  const WasmFuncType *type = &b->m->types.items[index];
  uint32_t slot = emit_slot(b, &element);
  READ(pop_arguments(b, type, text, &base));
  EMIT(b, is_tail ? OP_RETURN_CALL_INDIRECT : OP_CALL_INDIRECT);
  emit_u32(b, index);
  emit_u32(b, table);
  emit_units(b, (const uint16_t[]){(uint16_t)base, (uint16_t)slot}, 2);
  return end_call(b, type, is_tail);
}

static bool call_ref(WasmBody *b, bool is_tail)
{
  uint32_t index, base, at = reader_offset(&b->r);
  WasmOperand ref;
  READ(read_u32(&b->r, &index, "type index"));
  if (index >= b->m->types.len)
    return wasm_error(b->r.error, at, "invalid signature index: #%u", index);
  const char *text = is_tail ? "return_call_ref" : "call_ref";
  const WasmFuncType *type = &b->m->types.items[index];
  READ(body_pop(b, WASM_REF_TYPE(true, index), &ref, text));
  uint32_t slot = emit_slot(b, &ref);
  READ(pop_arguments(b, type, text, &base));
  EMIT(b, is_tail ? OP_RETURN_CALL_REF : OP_CALL_REF, base, slot);
  return end_call(b, type, is_tail);
}

/* --- exceptions -------------------------------------------------------------------------------------------------- */

static bool read_tag(WasmBody *b, uint32_t *tag, const WasmFuncType **type)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u32(&b->r, tag, "tag index"));
  if (*tag >= b->m->tags.len)
    return wasm_error(b->r.error, at, "Invalid tag index: %u", *tag);
  *type = &b->m->types.items[b->m->tags.items[*tag]];
  return true;
}

static bool throw_op(WasmBody *b)
{
  uint32_t tag, base;
  const WasmFuncType *type;
  READ(read_tag(b, &tag, &type));
  READ(pop_arguments(b, type, "throw", &base));
  EMIT(b, OP_THROW);
  emit_u32(b, tag);
  emit_units(b, (const uint16_t[]){(uint16_t)base}, 1);
  body_set_unreachable(b);
  return true;
}

static bool throw_ref(WasmBody *b)
{
  WasmOperand ref;
  READ(body_pop(b, WASM_EXNREF, &ref, "throw_ref"));
  uint32_t slot = emit_slot(b, &ref);
  EMIT(b, OP_THROW_REF, slot);
  body_set_unreachable(b);
  return true;
}

/* The handlers that were delegated here, and one for the units since try_from, go to this unit. */
static void emit_handlers(WasmBody *b, WasmControl *control, uint32_t to)
{
  uint32_t here = emit_label(b);
  WasmHandler *handler = BODY_PUSH(b, handlers);
  if (!handler)
    return;
  *handler = (WasmHandler){control->try_from, to, here};
  for (uint32_t at = control->delegated; at != NO_UNIT;) {
    uint32_t next = b->handlers.items[at].target;
    b->handlers.items[at].target = here;
    at = next;
  }
  control->delegated = NO_UNIT;
}

enum { NO_REFERENCE = 0xFFFF };

/* Is the list that a clause of try_table gives what its label takes? */
static bool check_catch(WasmBody *b, const WasmCatch *c, const WasmFuncType *type)
{
  uint32_t count, have = type ? type->param_count : 0, refs = c->kind & 1;
  const WasmType *types = label_types(&b->controls.items[b->controls.len - 1 - c->label], &count);
  bool ok = count == have + refs;
  for (uint32_t k = 0; ok && k < have; k++)
    ok = wasm_is_subtype(b->m, type->types[k], types[k]);
  if (ok && refs)
    ok = wasm_is_subtype(b->m, WASM_REF_TYPE(false, WASM_HEAP_EXN), types[have]);
  return ok || body_fail(b, "catch clause does not fit its label");
}

static bool begin_try_table(WasmBody *b)
{
  WasmControl frame = {0};
  READ(block_type(b, &frame));
  frame.catches = b->catches.len;
  READ(read_count(&b->r, &frame.catch_count, WASM_MAX_BR_TABLE, "catch count"));
  for (uint32_t k = 0; k < frame.catch_count; k++) {
    WasmCatch c = {0};
    const WasmFuncType *type = NULL;
    READ(read_u8(&b->r, &c.kind, "catch kind"));
    if (c.kind > 3)
      return body_fail(b, "invalid catch kind 0x%02x in try table", c.kind);
    if (c.kind < 2)
      READ(read_tag(b, &c.tag, &type));
    uint32_t at = reader_offset(&b->r);
    READ(read_u32(&b->r, &c.label, "branch depth"));
    if (c.label >= b->controls.len)
      return wasm_error(b->r.error, at, "invalid branch depth: %u", c.label);
    READ(check_catch(b, &c, type));
    WasmCatch *place = BODY_PUSH(b, catches);
    if (!place)
      return false;
    *place = c;
  }
  return push_control(b, &frame, CONTROL_TRY_TABLE, "try_table");
}

/* The clauses of a try_table behind its body; the labels are counted from outside it. */
static void emit_catches(WasmBody *b, WasmControl *control)
{
  b->is_dead = control->is_dead;
  if (b->is_dead) {
    b->catches.len = control->catches;
    return;
  }
  uint32_t to = b->units.len;
  EMIT(b, OP_JUMP);
  emit_forward(b, &control->jumps);
  emit_handlers(b, control, to);
  bool caught_all = false;
  for (uint32_t k = 0; k < control->catch_count && !caught_all; k++) {
    const WasmCatch *c = &b->catches.items[control->catches + k];
    WasmControl *target = body_control(b, c->label + 1);
    uint32_t slots = c->kind < 2 ? b->m->types.items[b->m->tags.items[c->tag]].param_slots : 0;
    uint32_t reference = c->kind & 1 ? target->base + slots : NO_REFERENCE;
    if (c->kind & 1 && reference + 1 > b->max_top)
      b->max_top = reference + 1;
    if (target->base + slots > b->max_top)
      b->max_top = target->base + slots;
    if (c->kind < 2) {
      EMIT(b, OP_CATCH);
      emit_u32(b, c->tag);
      emit_units(b, (const uint16_t[]){(uint16_t)target->base, (uint16_t)reference}, 2);
    } else {
      EMIT(b, OP_CATCH_ALL, reference);
      caught_all = true;
    }
    emit_jump_to(b, target);
  }
  if (!caught_all)
    EMIT(b, OP_RETHROW_CAUGHT);
  b->catches.len = control->catches;
}

/* The old form: the body's end, the first look at the exception, and the body of a catch. */
static bool begin_catch(WasmBody *b, bool catch_all)
{
  WasmControl *control = body_control(b, 0);
  uint32_t tag = 0;
  const WasmFuncType *type = NULL;
  if (control->kind != CONTROL_TRY && control->kind != CONTROL_CATCH)
    return body_fail(b, "catch does not match a try");
  if (!catch_all)
    READ(read_tag(b, &tag, &type));
  READ(check_end(b, control));
  uint32_t to = b->units.len;
  end_arm(b, control);
  bool is_first = control->kind == CONTROL_TRY;
  reset_to(b, control);
  control->kind = catch_all ? CONTROL_CATCH_ALL : CONTROL_CATCH;
  control->exception = b->top++;
  if (b->top > b->max_top)
    b->max_top = b->top;
  if (!b->is_dead) {
    if (is_first)
      emit_handlers(b, control, to);
    else
      emit_patch(b, control->else_jump, emit_label(b));
    control->else_jump = NO_UNIT;
    uint32_t taken = NO_UNIT, slots = type ? type->param_slots : 0;
    if (b->top + slots > b->max_top)
      b->max_top = b->top + slots;
    if (catch_all) {
      EMIT(b, OP_CATCH_ALL, control->exception);
    } else {
      EMIT(b, OP_CATCH);
      emit_u32(b, tag);
      emit_units(b, (const uint16_t[]){(uint16_t)b->top, (uint16_t)control->exception}, 2);
    }
    emit_forward(b, &taken);
    if (!catch_all) {
      EMIT(b, OP_JUMP);
      emit_forward(b, &control->else_jump);
    }
    emit_patch(b, taken, emit_label(b));
  }
  return !type || body_push_types(b, type->types, type->param_count);
}

static bool rethrow(WasmBody *b)
{
  WasmControl *target;
  READ(read_label(b, &target));
  if (target->kind != CONTROL_CATCH && target->kind != CONTROL_CATCH_ALL)
    return body_fail(b, "rethrow not targeting catch or catch-all");
  EMIT(b, OP_THROW_REF, target->exception);
  body_set_unreachable(b);
  return true;
}

static bool delegate(WasmBody *b)
{
  WasmControl *control = body_control(b, 0);
  uint32_t depth;
  if (control->kind != CONTROL_TRY)
    return body_fail(b, "delegate does not match a try");
  READ(read_u32(&b->r, &depth, "branch depth"));
  /* Counted from outside the try. */
  if (depth + 1 >= b->controls.len)
    return body_fail(b, "invalid branch depth: %u", depth);
  uint32_t place = b->controls.len - 2 - depth;
  /* A block is not a handler, and a try whose catches are running is not one any more: the next one outside is. */
  while (b->controls.items[place].kind != CONTROL_TRY && b->controls.items[place].kind != CONTROL_TRY_TABLE && place)
    place--;
  READ(check_end(b, control));
  emit_moves(b, control, control->result_count);
  if (!control->is_dead) {
    uint32_t to = b->units.len;
    WasmHandler *handler = BODY_PUSH(b, handlers);
    if (!handler)
      return false;
    WasmControl *outer = &b->controls.items[place];
    *handler = (WasmHandler){control->try_from, to, NO_UNIT};
    uint32_t at = b->handlers.len - 1;
    if (place) {
      handler->target = outer->delegated;
      outer->delegated = at;
    }
    /* Those that were delegated to this one go the same way. */
    for (uint32_t inner = control->delegated; inner != NO_UNIT;) {
      uint32_t next = b->handlers.items[inner].target;
      b->handlers.items[inner].target = place ? outer->delegated : NO_UNIT;
      if (place)
        outer->delegated = inner;
      inner = next;
    }
  }
  reset_to(b, control);
  uint32_t here = emit_label(b);
  emit_patch(b, control->jumps, here);
  WasmControl ended = *control;
  b->controls.len--;
  return body_push_types(b, results_of(&ended), ended.result_count);
}

/* A try's catches are over: what none of them took goes on. */
static void emit_last_catch(WasmBody *b, WasmControl *control)
{
  if (control->kind != CONTROL_CATCH || control->is_dead)
    return;
  emit_moves(b, control, control->result_count);
  if (!b->is_dead) {
    EMIT(b, OP_JUMP);
    emit_forward(b, &control->jumps);
  }
  b->is_dead = control->is_dead;
  emit_patch(b, control->else_jump, emit_label(b));
  control->else_jump = NO_UNIT;
  EMIT(b, OP_RETHROW_CAUGHT);
}

/* --- dispatch ---------------------------------------------------------------------------------------------------- */

bool body_control_op(WasmBody *b, uint8_t op)
{
  WasmControl frame = {0};
  switch (op) {
  case 0x00:
    EMIT(b, OP_UNREACHABLE);
    body_set_unreachable(b);
    return true;
  case 0x01: return true;
  case 0x02: READ(block_type(b, &frame)); return push_control(b, &frame, CONTROL_BLOCK, "block");
  case 0x03: READ(block_type(b, &frame)); return push_control(b, &frame, CONTROL_LOOP, "loop");
  case 0x04: return begin_if(b);
  case 0x05: return begin_else(b);
  case 0x06: READ(block_type(b, &frame)); return push_control(b, &frame, CONTROL_TRY, "try");
  case 0x07: return begin_catch(b, false);
  case 0x08: return throw_op(b);
  case 0x09: return rethrow(b);
  case 0x0A: return throw_ref(b);
  case 0x0B:
    if (body_control(b, 0)->kind == CONTROL_CATCH) {
      READ(check_end(b, body_control(b, 0)));
      emit_last_catch(b, body_control(b, 0));
    }
    return end_block(b);
  case 0x0C: return branch(b);
  case 0x0D: return branch_if(b);
  case 0x0E: return branch_table(b);
  case 0x0F:
    READ(body_check_types(b, wasm_results(b->type), b->type->result_count, "return"));
    emit_return(b);
    body_set_unreachable(b);
    return true;
  case 0x10: return call(b, false);
  case 0x11: return call_indirect(b, false);
  case 0x12: return call(b, true);
  case 0x13: return call_indirect(b, true);
  case 0x14: return call_ref(b, false);
  case 0x15: return call_ref(b, true);
  case 0x18: return delegate(b);
  case 0x19: return begin_catch(b, true);
  case 0x1F: return begin_try_table(b);
  case 0xD5: return branch_on_null(b);
  case 0xD6: return branch_on_non_null(b);
  default: return body_fail(b, "Invalid opcode 0x%x", op);
  }
}
