// SPDX-License-Identifier: MIT
/* Bytecode as text for --dump-bytecode and tests: one line an instruction, stable from run to run. */
#include "bytecode/code.h"

#include "base/strbuf.h"
#include "object/operations.h"

#define MAX_SHOWN 60

static void append_string(JsHeap *heap, JsString *s, StrBuf *out)
{
  StringView view = string_view(heap, s);
  for (uint32_t k = 0; k < view.length && k < MAX_SHOWN; k++) {
    uint16_t unit = view_unit(view, k);
    if (unit == '\n')
      strbuf_append_str(out, "\\n");
    else
      strbuf_append_code_point(out, unit);
  }
  if (view.length > MAX_SHOWN)
    strbuf_append_str(out, "...");
}

static void append_constant(JsHeap *heap, const JsCode *code, uint32_t index, StrBuf *out)
{
  const JsElements *constants = ptr_slot_get(code->constants);
  if (index == CODE_NO_CONST || !constants || index >= constants->length) {
    strbuf_append_str(out, "-");
    return;
  }
  JsValue val = slot_get(constants->v[index]);
  if (js_is_int32(val)) {
    strbuf_printf(out, "%d", js_as_int32(val));
  } else if (js_is_double(val)) {
    strbuf_printf(out, "%.17g", js_as_double(val));
  } else if (js_is_string(val)) {
    strbuf_append_char(out, '"');
    append_string(heap, js_as_string(val), out);
    strbuf_append_char(out, '"');
  } else if (js_is_kind(val, CELL_CODE)) {
    strbuf_append_str(out, "function ");
    append_string(heap, ptr_slot_get(((JsCode *)js_as_cell(val))->name), out);
  } else if (js_is_cell(val)) {
    strbuf_printf(out, "<%s>", gc_cell_kind_name(js_as_cell(val)->kind));
  } else {
    strbuf_append_str(out, js_is_null(val) ? "null" : js_is_undefined(val) ? "undefined" : "?");
  }
}

/* Operands of kind CONST that index a table of the code instead of its constants. */
static const char *table_of(JsOpcode op)
{
  switch (op) {
  case OP_NEW_ENV: return "scope";
  case OP_DECLARE_GLOBALS: return "globals";
  case OP_SWITCH_INT: return "switch";
  case OP_CALL_EVAL:
  case OP_CALL_EVAL_SPREAD: return "site";
  default: return NULL;
  }
}

static void append_operand(JsHeap *heap, const JsCode *code, uint32_t pc, JsOpcode op, JsOperandKind kind,
                           const uint16_t *units, StrBuf *out)
{
  uint32_t wide = kind >= OP_KIND_I32 ? units[0] | (uint32_t)units[1] << 16 : 0;
  switch (kind) {
  case OP_KIND_DST:
  case OP_KIND_REG:
  case OP_KIND_RW:
  case OP_KIND_BASE: strbuf_printf(out, "r%u", units[0]); break;
  case OP_KIND_U16: strbuf_printf(out, "%u", units[0]); break;
  case OP_KIND_I16: strbuf_printf(out, "%d", (int16_t)units[0]); break;
  case OP_KIND_FB: strbuf_printf(out, "[fb %u]", units[0]); break;
  case OP_KIND_I32: strbuf_printf(out, "%d", (int32_t)wide); break;
  case OP_KIND_JUMP: strbuf_printf(out, "-> %04u", pc + wide); break;
  case OP_KIND_CONST:
    if (table_of(op))
      strbuf_printf(out, "%s %u", table_of(op), wide);
    else
      append_constant(heap, code, wide, out);
    break;
  case OP_KIND_IC:
    if (code->ic_sites[wide].key != CODE_NO_CONST) {
      strbuf_append_char(out, '.');
      append_constant(heap, code, code->ic_sites[wide].key, out);
      strbuf_append_char(out, ' ');
    }
    strbuf_printf(out, "[ic %u]", wide);
    break;
  case OP_KIND_NO: break;
  }
}

static void disassemble_one(JsHeap *heap, const JsCode *code, StrBuf *out)
{
  strbuf_append_str(out, "function ");
  append_string(heap, ptr_slot_get(code->name), out);
  strbuf_printf(out, ": %u registers, %u parameters, flags %x\n", code->register_count, code->param_count, code->flags);
  for (uint32_t pc = 0; pc < code->unit_count;) {
    JsOpcode op = code->units[pc] & 0xFF;
    if (op >= OP_COUNT)
      return;
    const JsOpcodeInfo *info = &opcode_info[op];
    strbuf_printf(out, "  %04u %s", pc, info->name);
    if (code->units[pc] >> 8)
      strbuf_printf(out, ":%u", code->units[pc] >> 8);
    uint32_t unit = pc + 1;
    for (int k = 0; k < 5 && info->operands[k] != OP_KIND_NO; k++) {
      strbuf_append_str(out, k ? ", " : " ");
      append_operand(heap, code, pc, op, info->operands[k], code->units + unit, out);
      unit += info->operands[k] >= OP_KIND_I32 ? 2 : 1;
    }
    strbuf_append_char(out, '\n');
    pc += info->length;
  }
  for (uint32_t k = 0; k < code->handler_count; k++) {
    const JsHandler *handler = &code->handlers[k];
    strbuf_printf(out, "  handler %04u..%04u -> %04u\n", handler->start, handler->end, handler->target);
  }
}

void disassemble(JsHeap *heap, const JsCode *code, bool recursive, StrBuf *out)
{
  disassemble_one(heap, code, out);
  const JsElements *constants = ptr_slot_get(code->constants);
  for (uint32_t k = 0; recursive && constants && k < constants->length; k++) {
    JsValue val = slot_get(constants->v[k]);
    if (js_is_kind(val, CELL_CODE))
      disassemble(heap, (const JsCode *)js_as_cell(val), true, out);
  }
}
