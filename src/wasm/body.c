// SPDX-License-Identifier: MIT
/*
 * [DOC] WebAssembly function bodies
 *
 * One pass over a function's bytes, without recursion: the stack of control frames and the stack of operands are
 * vectors. It checks every instruction; when emitting it also writes the interpreter's code: every local and every
 * depth of the operand stack has a slot of the frame (v128 two), instructions name slots, and operands that are locals
 * or constants are used where they are (body_state.h). Modules are validated whole when they are made; a function is
 * translated, by the same code, when it is first called.
 *
 * Here: locals, constants, variables, calls' neighbours and the dispatch; control flow, memory and vectors have files
 * of their own.
 */
#include "wasm/body_state.h"

#include <stdlib.h>

/* --- instructions that only compute ------------------------------------------------------------------------------ */

typedef struct SimpleOp {
  uint16_t op, immediate; /* immediate, compare only: OP_NONE when there is none */
  uint16_t swapped_op, swapped_immediate;
  uint8_t count;
  uint8_t in[3], out; /* value types */
  const char *text;
} SimpleOp;

enum {
  TYPE_u32 = WASM_I32,
  TYPE_i32 = WASM_I32,
  TYPE_u64 = WASM_I64,
  TYPE_i64 = WASM_I64,
  TYPE_f32 = WASM_F32,
  TYPE_f64 = WASM_F64,
  TYPE_u32b = WASM_F32,
  TYPE_u64b = WASM_F64,
  OP_NONE_I = OP_NONE
};
#define UNARY(code, NAME, text, in_, out_, expr)                                                                       \
  [code] = {OP_##NAME, OP_NONE, OP_NONE, OP_NONE, 1, {TYPE_##in_}, TYPE_##out_, text},
#define BINARY(code, NAME, text, in_, out_, expr)                                                                      \
  [code] = {OP_##NAME, OP_NONE, OP_NONE, OP_NONE, 2, {TYPE_##in_, TYPE_##in_}, TYPE_##out_, text},
#define INT_BINARY(code, NAME, text, in_, out_, expr, SWAPPED)                                                         \
  [code] = {OP_##NAME, OP_##NAME##_I, OP_##SWAPPED, OP_##SWAPPED##_I, 2, {TYPE_##in_, TYPE_##in_}, TYPE_##out_, text},
#define COMPARE(code, NAME, text, in_, out_, expr, SWAPPED, NEGATED)                                                   \
  INT_BINARY(code, NAME, text, in_, out_, expr, SWAPPED)
#define DIVISION(code, NAME, text, type)      BINARY(code, NAME, text, type, type, 0)
#define TRUNCATE(code, NAME, text, in_, out_) UNARY(code, NAME, text, in_, out_, 0)

enum { SIMPLE_COUNT = 0x108 };
static const SimpleOp simple_ops[SIMPLE_COUNT] = {
#include "wasm/numeric.def"
};

/* Does a constant operand fit the immediate of 32 bits, sign-extended for i64? */
static bool fits_immediate(const WasmOperand *operand)
{
  if (operand->place != CONSTANT)
    return false;
  return operand->type == WASM_I32 || (int64_t)operand->bits == (int32_t)operand->bits;
}

static bool emit_immediate(WasmBody *b, const SimpleOp *op, const WasmOperand *in)
{
  uint16_t emitted = op->immediate;
  const WasmOperand *left = &in[0], *right = &in[1];
  if (emitted == OP_NONE || !fits_immediate(right)) {
    emitted = op->swapped_immediate;
    left = &in[1];
    right = &in[0];
    if (emitted == OP_NONE || !fits_immediate(right))
      return false;
  }
  uint32_t slot = emit_slot(b, left), start = b->units.len;
  EMIT(b, emitted, in[0].home, slot);
  emit_u32(b, (uint32_t)right->bits);
  emit_note_result(b, start);
  return true;
}

bool body_simple_op(WasmBody *b, uint32_t code)
{
  const SimpleOp *op = code < SIMPLE_COUNT ? &simple_ops[code] : &simple_ops[0];
  if (!op->text)
    return body_fail(b, code < 0x100 ? "Invalid opcode 0x%x" : "invalid numeric opcode: 0xfc%02x", code & 0xFF);
  WasmOperand in[3];
  for (int k = op->count; k--;)
    READ(body_pop(b, op->in[k], &in[k], op->text));
  if (b->is_dead)
    return body_push(b, op->out);
  if (op->count == 2 && emit_immediate(b, op, in))
    return body_push(b, op->out);
  if (op->op == OP_I64_EQZ) { /* a comparison with zero, so that jumps take it */
    uint32_t slot = emit_slot(b, &in[0]), at = b->units.len;
    EMIT(b, OP_I64_EQ_I, in[0].home, slot);
    emit_u32(b, 0);
    emit_note_result(b, at);
    return body_push(b, op->out);
  }
  uint32_t slots[3] = {0};
  for (int k = 0; k < op->count; k++)
    slots[k] = emit_slot(b, &in[k]);
  uint32_t start = b->units.len;
  emit_op(b, (const uint32_t[]){op->op, in[0].home, slots[0], slots[1], slots[2]}, op->count + 2u);
  emit_note_result(b, start);
  return body_push(b, op->out);
}

/* --- variables --------------------------------------------------------------------------------------------------- */

static bool local_index(WasmBody *b, uint32_t *index)
{
  READ(read_u32(&b->r, index, "local index"));
  return *index < b->locals.len || body_fail(b, "invalid local index: %u", *index);
}

static bool mark_set(WasmBody *b, uint32_t index)
{
  if (b->local_set.items[index])
    return true;
  uint32_t *place = BODY_PUSH(b, inits);
  if (!place)
    return false;
  b->local_set.items[index] = true;
  *place = index;
  return true;
}

static bool local_op(WasmBody *b, uint8_t op)
{
  uint32_t index;
  WasmOperand operand;
  READ(local_index(b, &index));
  WasmType type = b->locals.items[index];
  uint32_t slot = b->local_slots.items[index];
  if (op == 0x20) {
    if (!b->local_set.items[index])
      return body_fail(b, "uninitialized non-defaultable local: %u", index);
    return body_push_local(b, type, slot);
  }
  READ(body_pop(b, type, &operand, op == 0x21 ? "local.set" : "local.tee"));
  READ(mark_set(b, index));
  emit_local_set(b, slot, &operand);
  return op == 0x21 || body_push_local(b, type, slot);
}

static bool global_op(WasmBody *b, bool is_set)
{
  uint32_t index;
  WasmOperand operand;
  READ(read_u32(&b->r, &index, "global index"));
  if (index >= b->m->globals.len)
    return body_fail(b, "Invalid global index: %u", index);
  const WasmGlobalInfo *global = &b->m->globals.items[index];
  bool wide = global->type == WASM_V128;
  if (!is_set) {
    uint32_t start = b->units.len;
    EMIT(b, wide ? OP_GLOBAL_GET2 : OP_GLOBAL_GET, b->top);
    emit_u32(b, index);
    emit_note_result(b, start);
    return body_push(b, global->type);
  }
  if (!global->is_mutable)
    return body_fail(b, "immutable global #%u cannot be assigned", index);
  READ(body_pop(b, global->type, &operand, "global.set"));
  uint32_t slot = emit_slot(b, &operand);
  EMIT(b, wide ? OP_GLOBAL_SET2 : wasm_is_ref(global->type) ? OP_GLOBAL_SET_REF : OP_GLOBAL_SET, slot);
  emit_u32(b, index);
  return true;
}

/* --- constants, references --------------------------------------------------------------------------------------- */

static bool constant_op(WasmBody *b, uint8_t op)
{
  int32_t i32;
  int64_t i64;
  const uint8_t *bytes;
  uint64_t bits = 0;
  switch (op) {
  case 0x41: READ(read_s32(&b->r, &i32, "i32.const")); return body_push_constant(b, WASM_I32, (uint32_t)i32);
  case 0x42: READ(read_s64(&b->r, &i64, "i64.const")); return body_push_constant(b, WASM_I64, (uint64_t)i64);
  default:
    READ(read_bytes(&b->r, op == 0x43 ? 4 : 8, &bytes, "constant"));
    memcpy(&bits, bytes, op == 0x43 ? 4 : 8);
    return body_push_constant(b, op == 0x43 ? WASM_F32 : WASM_F64, bits);
  }
}

static bool ref_func(WasmBody *b)
{
  uint32_t index;
  READ(read_u32(&b->r, &index, "function index"));
  if (index >= b->m->functions.len)
    return body_fail(b, "function index #%u is out of bounds", index);
  if (!(b->m->declared[index / 8] & (1u << index % 8)))
    return body_fail(b, "undeclared reference to function #%u", index);
  EMIT(b, OP_REF_FUNC, b->top);
  emit_u32(b, index);
  return body_push(b, WASM_REF_TYPE(false, b->m->functions.items[index].type));
}

/* A reference popped; the type of what is under a null check. */
static bool pop_ref(WasmBody *b, WasmOperand *out, const char *text)
{
  char got[32];
  READ(body_pop_any(b, out, text));
  if (out->type == WASM_BOTTOM || wasm_is_ref(out->type))
    return true;
  return body_fail(b, "%s[0] expected reference type, found type %s", text, wasm_type_text(out->type, got));
}

static bool ref_op(WasmBody *b, uint8_t op)
{
  enum { NULL_BITS = 2 }; /* JS_NULL's */
  WasmOperand operand, other;
  uint32_t heap;
  switch (op) {
  case 0xD0:
    READ(read_heap_type(&b->r, b->m->types.len, &heap));
    return body_push_constant(b, WASM_REF_TYPE(true, heap), NULL_BITS);
  case 0xD1: {
    READ(pop_ref(b, &operand, "ref.is_null"));
    uint32_t slot = emit_slot(b, &operand), start = b->units.len;
    EMIT(b, OP_REF_IS_NULL, operand.home, slot);
    emit_note_result(b, start);
    return body_push(b, WASM_I32);
  }
  case 0xD2: return ref_func(b);
  case 0xD3: {
    READ(pop_ref(b, &operand, "ref.eq"));
    READ(pop_ref(b, &other, "ref.eq"));
    return body_fail(b, "ref.eq is not supported");
  }
  default: {
    READ(pop_ref(b, &operand, "ref.as_non_null"));
    if (operand.type == WASM_BOTTOM)
      return body_push(b, WASM_BOTTOM);
    uint32_t slot = emit_slot(b, &operand);
    EMIT(b, OP_REF_AS_NON_NULL, slot);
    WasmType type = WASM_REF_TYPE(false, wasm_heap_type(operand.type));
    return operand.place == IN_LOCAL ? body_push_local(b, type, operand.local) : body_push(b, type);
  }
  }
}

/* --- parametric -------------------------------------------------------------------------------------------------- */

static bool select_values(WasmBody *b, WasmType type, WasmOperand *condition, WasmOperand *second, WasmOperand *first)
{
  uint32_t slots[3] = {emit_slot(b, condition), emit_slot(b, first), emit_slot(b, second)}, start = b->units.len;
  EMIT(b, type == WASM_V128 ? OP_SELECT2 : OP_SELECT, first->home, slots[0], slots[1], slots[2]);
  emit_note_result(b, start);
  return body_push(b, type);
}

static bool select_op(WasmBody *b, bool typed)
{
  WasmOperand condition, first, second;
  if (typed) {
    uint32_t count;
    WasmType type;
    READ(read_u32(&b->r, &count, "number of select types"));
    if (count != 1)
      return body_fail(b, "Invalid number of types. Select accepts exactly one type");
    READ(read_value_type(&b->r, b->m->types.len, &type));
    READ(body_pop(b, WASM_I32, &condition, "select"));
    READ(body_pop(b, type, &second, "select"));
    READ(body_pop(b, type, &first, "select"));
    return select_values(b, type, &condition, &second, &first);
  }
  READ(body_pop(b, WASM_I32, &condition, "select"));
  READ(body_pop_any(b, &second, "select"));
  READ(body_pop_any(b, &first, "select"));
  WasmType type = first.type == WASM_BOTTOM ? second.type : first.type;
  if (wasm_is_ref(type) || wasm_is_ref(second.type))
    return body_fail(b, "select without type is restricted to number and simd types");
  if (second.type != WASM_BOTTOM && second.type != type)
    return body_fail(b, "select operands are of different types");
  return select_values(b, type, &condition, &second, &first);
}

/* --- the pass ---------------------------------------------------------------------------------------------------- */

static bool instruction(WasmBody *b, uint8_t op)
{
  uint32_t sub;
  WasmOperand ignored;
  switch (op) {
  case 0x00 ... 0x19: return body_control_op(b, op);
  case 0x1A: return body_pop_any(b, &ignored, "drop");
  case 0x1B: return select_op(b, false);
  case 0x1C: return select_op(b, true);
  case 0x1F: return body_control_op(b, op);
  case 0x20 ... 0x22: return local_op(b, op);
  case 0x23:
  case 0x24: return global_op(b, op == 0x24);
  case 0x25 ... 0x26: return body_memory_op(b, op);
  case 0x28 ... 0x40: return body_memory_op(b, op);
  case 0x41 ... 0x44: return constant_op(b, op);
  case 0xD0 ... 0xD4: return ref_op(b, op);
  case 0xD5:
  case 0xD6: return body_control_op(b, op);
  case 0xFC:
    READ(read_u32(&b->r, &sub, "prefixed opcode index"));
    if (sub < 8)
      return body_simple_op(b, 0x100 + sub);
    return body_bulk_op(b, sub);
  case 0xFD: READ(read_u32(&b->r, &sub, "prefixed opcode index")); return body_simd_op(b, sub);
  case 0xFE: READ(read_u32(&b->r, &sub, "prefixed opcode index")); return body_atomic_op(b, sub);
  default: return body_simple_op(b, op);
  }
}

static bool push_local_type(WasmBody *b, WasmType type, bool is_set)
{
  WasmType *place = BODY_PUSH(b, locals);
  uint32_t *slot = BODY_PUSH(b, local_slots);
  uint8_t *set = BODY_PUSH(b, local_set);
  if (!place || !slot || !set)
    return false;
  *place = type;
  *slot = b->top;
  *set = is_set;
  b->top += wasm_slots(type);
  return true;
}

static bool read_locals(WasmBody *b)
{
  uint32_t groups;
  for (uint32_t k = 0; k < b->type->param_count; k++)
    READ(push_local_type(b, b->type->types[k], true));
  READ(read_u32(&b->r, &groups, "local decls count"));
  while (groups--) {
    uint32_t count;
    WasmType type;
    b->at = reader_offset(&b->r);
    READ(read_u32(&b->r, &count, "local count"));
    if (count > WASM_MAX_LOCALS - b->locals.len)
      return body_fail(b, "local count too large");
    READ(read_value_type(&b->r, b->m->types.len, &type));
    for (uint32_t k = 0; k < count; k++)
      READ(push_local_type(b, type, wasm_is_defaultable(type)));
  }
  b->max_top = b->top;
  return b->max_top <= MAX_SLOTS || body_fail(b, "function needs more than %u words of stack", (unsigned)MAX_SLOTS);
}

/* References start as null; everything else was zeroed. */
static void emit_local_defaults(WasmBody *b)
{
  enum { NULL_BITS = 2 };
  for (uint32_t k = b->type->param_count; b->emitting && k < b->locals.len; k++) {
    if (!wasm_is_ref(b->locals.items[k]))
      continue;
    EMIT(b, OP_CONST32, b->local_slots.items[k]);
    emit_u32(b, NULL_BITS);
  }
}

static bool begin(WasmBody *b, uint32_t function)
{
  const WasmFunctionInfo *info = &b->m->functions.items[function];
  b->function = function;
  b->type = &b->m->types.items[info->type];
  b->r.start = b->m->bytes;
  b->r.p = b->m->bytes + info->offset;
  b->r.end = b->r.p + info->length;
  b->at = info->offset;
  b->is_dead = !b->emitting;
  b->stack.len = b->controls.len = b->locals.len = b->local_slots.len = b->local_set.len = b->inits.len = 0;
  b->catches.len = b->units.len = b->handlers.len = 0;
  b->flushed = b->top = b->max_top = 0;
  b->last = NO_UNIT;
  READ(read_locals(b));
  WasmControl *control = BODY_PUSH(b, controls);
  if (!control)
    return false;
  *control = (WasmControl){.kind = CONTROL_FUNCTION,
                           .result_count = b->type->result_count,
                           .results = wasm_results(b->type),
                           .base = b->top,
                           .jumps = NO_UNIT,
                           .else_jump = NO_UNIT,
                           .delegated = NO_UNIT,
                           .stub_of = NO_UNIT};
  emit_local_defaults(b);
  return true;
}

static bool pass(WasmBody *b, uint32_t function)
{
  READ(begin(b, function));
  while (b->controls.len) {
    uint8_t op;
    b->at = reader_offset(&b->r);
    if (b->r.p == b->r.end)
      return body_fail(b, "function body must end with \"end\" opcode");
    READ(read_u8(&b->r, &op, "opcode"));
    READ(instruction(b, op));
  }
  if (b->r.p != b->r.end) {
    b->at = reader_offset(&b->r);
    return body_fail(b, "trailing code after function end");
  }
  return true;
}

static void free_body(WasmBody *b)
{
  free(b->stack.items);
  free(b->controls.items);
  free(b->locals.items);
  free(b->local_slots.items);
  free(b->local_set.items);
  free(b->inits.items);
  free(b->catches.items);
  free(b->units.items);
  free(b->handlers.items);
}

/* V8 says which function it was. */
static void name_function(const WasmModule *module, uint32_t function, WasmError *error)
{
  char text[sizeof error->text];
  WasmName name = wasm_function_name(module, function);
  int shown = name.length > 60 ? 60 : (int)name.length;
  memcpy(text, error->text, sizeof text);
  error->text[0] = 0;
  if (shown)
    wasm_error(error, error->offset, "Compiling function #%u:\"%.*s\" failed: %s", function, shown, name.text, text);
  else
    wasm_error(error, error->offset, "Compiling function #%u failed: %s", function, text);
}

bool wasm_bodies_validate(const WasmModule *module, WasmError *error)
{
  WasmBody b = {.m = module, .r = {.error = error}, .find_unit = NO_UNIT};
  bool ok = true;
  for (uint32_t k = module->imported[WASM_FUNCTION]; ok && k < module->functions.len; k++) {
    ok = pass(&b, k);
    if (!ok)
      name_function(module, k, error);
  }
  free_body(&b);
  return ok;
}

static WasmCode *make_code(const WasmBody *b)
{
  size_t units = b->units.len * sizeof(uint16_t), aligned = (units + 3) & ~(size_t)3;
  size_t handlers = b->handlers.len * sizeof(WasmHandler);
  WasmCode *code = malloc(sizeof *code + aligned + handlers);
  if (!code)
    return NULL;
  memcpy(code->units, b->units.items, units);
  WasmHandler *copy = (WasmHandler *)((char *)code->units + aligned);
  if (handlers)
    memcpy(copy, b->handlers.items, handlers);
  code->handlers = copy;
  code->handler_count = b->handlers.len;
  code->unit_count = b->units.len;
  code->function = b->function;
  code->frame_slots = b->max_top > b->type->result_slots ? b->max_top : b->type->result_slots;
  code->param_slots = b->type->param_slots;
  uint32_t locals = b->locals.len;
  uint32_t end = locals ? b->local_slots.items[locals - 1] + wasm_slots(b->locals.items[locals - 1]) : 0;
  code->zero_slots = end - code->param_slots;
  return code;
}

WasmCode *wasm_body_translate(const WasmModule *module, uint32_t function)
{
  WasmError error = {0};
  WasmBody b = {.m = module, .r = {.error = &error}, .emitting = true, .find_unit = NO_UNIT};
  WasmCode *code = pass(&b, function) && !b.failed ? make_code(&b) : NULL;
  free_body(&b);
  return code;
}

uint32_t wasm_body_find_offset(const WasmModule *module, uint32_t function, uint32_t unit)
{
  WasmError error = {0};
  WasmBody b = {.m = module, .r = {.error = &error}, .emitting = true, .find_unit = unit};
  bool ok = pass(&b, function);
  free_body(&b);
  return ok ? b.found : module->functions.items[function].offset;
}
