// SPDX-License-Identifier: MIT
/* Checks of code that came from outside (embedded, cached): nothing an instruction names may lie out of bounds. */
#include "bytecode/code.h"

#include "object/operations.h"

typedef struct Verifier {
  const JsCode *code;
  uint8_t *starts; /* bitmap of instruction starts */
  const char *what;
} Verifier;

static bool is_start(const Verifier *v, uint32_t pc)
{
  return pc < v->code->unit_count && (v->starts[pc / 8] >> pc % 8 & 1);
}

static bool fail(Verifier *v, const char *what)
{
  v->what = what;
  return false;
}

static uint32_t table_size(const Verifier *v, JsOpcode op)
{
  switch (op) {
  case OP_NEW_ENV: return v->code->scope_count;
  case OP_DECLARE_GLOBALS: return v->code->global_decls_count;
  case OP_SWITCH_INT: return v->code->switch_count;
  case OP_CALL_EVAL:
  case OP_CALL_EVAL_SPREAD: return v->code->eval_site_count;
  default: return v->code->constant_count;
  }
}

static bool may_lack_constant(JsOpcode op)
{
  return op == OP_CHECK_OBJECT_COERCIBLE || op == OP_THROW_ERROR;
}

static uint32_t base_span(JsOpcode op, const uint16_t *units)
{
  switch (op) {
  case OP_CALL:
  case OP_CALL_ARG:
  case OP_CALL_ARGS:
  case OP_CALL_PLAIN:
  case OP_CALL_PLAIN_ARG:
  case OP_CALL_PLAIN_ARGS:
  case OP_NEW:
  case OP_SUPER_CALL:
  case OP_CALL_EVAL: return FRAME_WORDS + 1 + units[3];
  case OP_CALL_NEAR_ARG: return FRAME_WORDS + 2;
  case OP_CALL_NEAR:
  case OP_GET_METHOD:
  case OP_CALL_SPREAD:
  case OP_NEW_SPREAD:
  case OP_SUPER_CALL_SPREAD:
  case OP_SUPER_CALL_FORWARD:
  case OP_CALL_EVAL_SPREAD: return FRAME_WORDS + 1;
  case OP_CONCAT: return units[3];
  case OP_COPY_DATA: return units[4] ? units[4] : 1;
  case OP_NEW_LITERAL:
  case OP_NEW_ARRAY_OF: return units[3];
  default: return 3; /* iterators */
  }
}

static bool verify_instruction(Verifier *v, uint32_t pc)
{
  const JsCode *code = v->code;
  JsOpcode op = code->units[pc] & 0xFF;
  const JsOpcodeInfo *info = &opcode_info[op];
  const uint16_t *unit = code->units + pc + 1;
  for (int k = 0; k < 5; k++) {
    JsOperandKind kind = info->operands[k];
    uint32_t wide = kind >= OP_KIND_I32 ? unit[0] | (uint32_t)unit[1] << 16 : 0;
    switch (kind) {
    case OP_KIND_DST:
    case OP_KIND_REG:
    case OP_KIND_RW:
      if (unit[0] >= code->register_count)
        return fail(v, "register out of range");
      break;
    case OP_KIND_BASE:
      if (unit[0] + base_span(op, code->units + pc) > code->register_count)
        return fail(v, "register group out of range");
      break;
    case OP_KIND_FB:
      if (unit[0] >= code->fb_count)
        return fail(v, "feedback index out of range");
      break;
    case OP_KIND_CONST:
      if (wide >= table_size(v, op) && !(wide == CODE_NO_CONST && may_lack_constant(op)))
        return fail(v, "constant out of range");
      break;
    case OP_KIND_IC:
      if (wide >= code->ic_count || (op == OP_NEW_LITERAL && unit[-1] > code->ic_count - wide))
        return fail(v, "inline cache out of range");
      break;
    case OP_KIND_JUMP:
      if (!is_start(v, pc + wide))
        return fail(v, "jump into nowhere");
      break;
    default: break;
    }
    unit += kind == OP_KIND_NO ? 0 : kind >= OP_KIND_I32 ? 2 : 1;
  }
  if (op == OP_SWITCH_INT) {
    const JsSwitch *table = &code->switches[code->units[pc + 2] | (uint32_t)code->units[pc + 3] << 16];
    for (uint32_t k = 0; k < table->count; k++) {
      if (table->targets[k] && !is_start(v, pc + (uint32_t)table->targets[k]))
        return fail(v, "switch into nowhere");
    }
  }
  return true;
}

static bool ends_code(JsOpcode op)
{
  switch (op) {
  case OP_JUMP:
  case OP_LOOP:
  case OP_RETURN:
  case OP_RETURN_UNDEFINED:
  case OP_THROW:
  case OP_THROW_ERROR:
  case OP_ASYNC_RETURN:
  case OP_ASYNC_THROW:
  case OP_MATERIALISE:
  case OP_GENERATOR_RETURN: return true;
  default: return false;
  }
}

static bool verify_all(Verifier *v)
{
  const JsCode *code = v->code;
  JsOpcode last = OP_COUNT;
  for (uint32_t pc = 0; pc < code->unit_count;) {
    JsOpcode op = code->units[pc] & 0xFF;
    if (op >= OP_COUNT || pc + opcode_info[op].length > code->unit_count)
      return fail(v, "bad instruction");
    v->starts[pc / 8] |= (uint8_t)(1 << pc % 8);
    pc += opcode_info[op].length;
    last = op;
  }
  if (!ends_code(last))
    return fail(v, "code runs over its end");
  for (uint32_t pc = 0; pc < code->unit_count; pc += opcode_info[code->units[pc] & 0xFF].length) {
    if (!verify_instruction(v, pc))
      return false;
  }
  for (uint32_t k = 0; k < code->handler_count; k++) {
    const JsHandler *handler = &code->handlers[k];
    if (handler->start >= handler->end || handler->end > code->unit_count || !is_start(v, handler->target) ||
        (code->units[handler->target] & 0xFF) != OP_CATCH)
      return fail(v, "bad handler");
  }
  for (uint32_t k = 0; k < code->ic_count; k++) {
    if (code->ic_sites[k].key != CODE_NO_CONST && code->ic_sites[k].key >= code->constant_count)
      return fail(v, "bad inline cache key");
  }
  if (code->param_count + 1u >= code->register_count || code->fill_end > code->register_count)
    return fail(v, "too few registers");
  return true;
}

bool code_verify(const JsCode *code, const char **what)
{
  Verifier v = {.code = code};
  const JsElements *constants = ptr_slot_get(code->constants);
  if (code->constant_count && (!constants || constants->length < code->constant_count)) {
    *what = "constants missing";
    return false;
  }
  v.starts = mem_alloc_zeroed(NULL, MEM_SCRATCH, code->unit_count / 8 + 1);
  bool ok = v.starts && verify_all(&v);
  *what = ok ? NULL : v.what ? v.what : "out of memory";
  mem_free(NULL, MEM_SCRATCH, v.starts, code->unit_count / 8 + 1);
  return ok;
}
