// SPDX-License-Identifier: MIT
/*
 * Memory and table instructions (https://webassembly.github.io/spec/core/valid/instructions.html#memory-instructions).
 * A load or store of memory 0 with an offset of 32 bits has a short form; the _X form names memory and offset.
 */
#include "wasm/body_memory.h"

#define ACCESS(code, NAME, type, align, is_store, text)                                                                \
  [code - 0x28] = {OP_##NAME, OP_##NAME##_X, WASM_##type, align, is_store, text}
static const WasmAccess access_ops[] = {
    ACCESS(0x28, I32_LOAD, I32, 2, false, "i32.load"),
    ACCESS(0x29, I64_LOAD, I64, 3, false, "i64.load"),
    ACCESS(0x2A, F32_LOAD, F32, 2, false, "f32.load"),
    ACCESS(0x2B, F64_LOAD, F64, 3, false, "f64.load"),
    ACCESS(0x2C, I32_LOAD8_S, I32, 0, false, "i32.load8_s"),
    ACCESS(0x2D, I32_LOAD8_U, I32, 0, false, "i32.load8_u"),
    ACCESS(0x2E, I32_LOAD16_S, I32, 1, false, "i32.load16_s"),
    ACCESS(0x2F, I32_LOAD16_U, I32, 1, false, "i32.load16_u"),
    ACCESS(0x30, I64_LOAD8_S, I64, 0, false, "i64.load8_s"),
    ACCESS(0x31, I64_LOAD8_U, I64, 0, false, "i64.load8_u"),
    ACCESS(0x32, I64_LOAD16_S, I64, 1, false, "i64.load16_s"),
    ACCESS(0x33, I64_LOAD16_U, I64, 1, false, "i64.load16_u"),
    ACCESS(0x34, I64_LOAD32_S, I64, 2, false, "i64.load32_s"),
    ACCESS(0x35, I64_LOAD32_U, I64, 2, false, "i64.load32_u"),
    ACCESS(0x36, I32_STORE, I32, 2, true, "i32.store"),
    ACCESS(0x37, I64_STORE, I64, 3, true, "i64.store"),
    ACCESS(0x38, F32_STORE, F32, 2, true, "f32.store"),
    ACCESS(0x39, F64_STORE, F64, 3, true, "f64.store"),
    ACCESS(0x3A, I32_STORE8, I32, 0, true, "i32.store8"),
    ACCESS(0x3B, I32_STORE16, I32, 1, true, "i32.store16"),
    ACCESS(0x3C, I64_STORE8, I64, 0, true, "i64.store8"),
    ACCESS(0x3D, I64_STORE16, I64, 1, true, "i64.store16"),
    ACCESS(0x3E, I64_STORE32, I64, 2, true, "i64.store32"),
};

/* --- memory arguments -------------------------------------------------------------------------------------------- */

bool body_memory_index(WasmBody *b, uint32_t *index)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u32(&b->r, index, "memory index"));
  if (*index >= b->m->memories.len)
    return wasm_error(b->r.error, at, "memory index %u exceeds number of declared memories (%u)", *index,
                      b->m->memories.len);
  return true;
}

WasmType body_address_type(const WasmBody *b, uint32_t memory)
{
  return b->m->memories.items[memory].is_64 ? WASM_I64 : WASM_I32;
}

bool body_memory_argument(WasmBody *b, uint32_t max_align, bool exact, WasmMemoryArgument *out)
{
  enum { HAS_MEMORY = 0x40 };
  uint32_t at = reader_offset(&b->r), align;
  READ(read_u32(&b->r, &align, "alignment"));
  out->memory = 0;
  if (align & HAS_MEMORY) {
    align &= ~(uint32_t)HAS_MEMORY;
    READ(body_memory_index(b, &out->memory));
  } else if (!b->m->memories.len) {
    return wasm_error(b->r.error, at, "memory index 0 exceeds number of declared memories (0)");
  }
  if (align > max_align || (exact && align != max_align))
    return wasm_error(b->r.error, at, "invalid alignment; expected %s alignment is %u, actual alignment is %u",
                      exact ? "the" : "maximum", max_align, align);
  out->address = body_address_type(b, out->memory);
  if (out->address == WASM_I64)
    return read_u64(&b->r, &out->offset, "offset");
  uint32_t offset;
  READ(read_u32(&b->r, &offset, "offset"));
  out->offset = offset;
  return true;
}

void emit_memory_argument(WasmBody *b, const WasmMemoryArgument *arg)
{
  emit_u32(b, arg->memory);
  emit_u64(b, arg->offset);
}

bool body_access(WasmBody *b, const WasmAccess *op)
{
  WasmMemoryArgument arg;
  WasmOperand address, val = {0};
  READ(body_memory_argument(b, op->align, false, &arg));
  if (op->is_store)
    READ(body_pop(b, op->type, &val, op->text));
  READ(body_pop(b, arg.address, &address, op->text));
  bool wide = arg.memory || arg.address == WASM_I64 || arg.offset > UINT32_MAX;
  uint32_t slot = emit_slot(b, &address), second = op->is_store ? emit_slot(b, &val) : 0, start = b->units.len;
  if (op->is_store)
    EMIT(b, wide ? op->wide : op->op, slot, second);
  else
    EMIT(b, wide ? op->wide : op->op, address.home, slot);
  if (wide)
    emit_memory_argument(b, &arg);
  else
    emit_u32(b, (uint32_t)arg.offset);
  if (op->is_store)
    return true;
  emit_note_result(b, start);
  return body_push(b, op->type);
}

/* --- sizes, tables ----------------------------------------------------------------------------------------------- */

static bool memory_size(WasmBody *b, bool grow)
{
  uint32_t memory;
  WasmOperand delta;
  READ(body_memory_index(b, &memory));
  WasmType address = body_address_type(b, memory);
  if (!grow) {
    EMIT(b, OP_MEMORY_SIZE, b->top);
    emit_u32(b, memory);
    return body_push(b, address);
  }
  READ(body_pop(b, address, &delta, "memory.grow"));
  uint32_t slot = emit_slot(b, &delta);
  EMIT(b, OP_MEMORY_GROW, delta.home);
  emit_u32(b, memory);
  emit_units(b, (const uint16_t[]){(uint16_t)slot}, 1);
  return body_push(b, address);
}

static bool table_index(WasmBody *b, uint32_t *index, const WasmTableInfo **info, WasmType *address)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u32(&b->r, index, "table index"));
  if (*index >= b->m->tables.len)
    return wasm_error(b->r.error, at, "table index %u exceeds number of tables (%u)", *index, b->m->tables.len);
  *info = &b->m->tables.items[*index];
  *address = (*info)->limits.is_64 ? WASM_I64 : WASM_I32;
  return true;
}

static bool table_access(WasmBody *b, bool is_set)
{
  uint32_t index;
  const WasmTableInfo *info;
  WasmType address;
  WasmOperand at, val;
  READ(table_index(b, &index, &info, &address));
  if (is_set)
    READ(body_pop(b, info->type, &val, "table.set"));
  READ(body_pop(b, address, &at, is_set ? "table.set" : "table.get"));
  uint16_t slot = (uint16_t)emit_slot(b, &at);
  if (is_set) {
    uint16_t value_slot = (uint16_t)emit_slot(b, &val);
    EMIT(b, OP_TABLE_SET, slot);
    emit_u32(b, index);
    emit_units(b, &value_slot, 1);
    return true;
  }
  EMIT(b, OP_TABLE_GET, at.home);
  emit_u32(b, index);
  emit_units(b, &slot, 1);
  return body_push(b, info->type);
}

bool body_memory_op(WasmBody *b, uint8_t op)
{
  switch (op) {
  case 0x25:
  case 0x26: return table_access(b, op == 0x26);
  case 0x3F:
  case 0x40: return memory_size(b, op == 0x40);
  case 0x28 ... 0x3E: return body_access(b, &access_ops[op - 0x28]);
  default: return body_fail(b, "Invalid opcode 0x%x", op);
  }
}

/* --- bulk -------------------------------------------------------------------------------------------------------- */

/* Three operands, the last on top, as slots. */
static bool pop_three(WasmBody *b, WasmType first, WasmType second, WasmType third, const char *text, uint16_t slots[3])
{
  WasmOperand in[3];
  READ(body_pop(b, third, &in[2], text));
  READ(body_pop(b, second, &in[1], text));
  READ(body_pop(b, first, &in[0], text));
  for (int k = 0; k < 3; k++)
    slots[k] = (uint16_t)emit_slot(b, &in[k]);
  return true;
}

static bool data_index(WasmBody *b, uint32_t *index)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u32(&b->r, index, "data segment index"));
  if (!b->m->has_data_count)
    return wasm_error(b->r.error, at, "data count section required");
  if (*index >= b->m->data_count)
    return wasm_error(b->r.error, at, "invalid data segment index: %u", *index);
  return true;
}

static bool element_index(WasmBody *b, uint32_t *index)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u32(&b->r, index, "element segment index"));
  if (*index >= b->m->elements.len)
    return wasm_error(b->r.error, at, "invalid element segment index: %u", *index);
  return true;
}

static WasmType narrower(WasmType a, WasmType b)
{
  return a == WASM_I64 && b == WASM_I64 ? WASM_I64 : WASM_I32;
}

static void emit_bulk(WasmBody *b, WasmOp op, uint32_t first, uint32_t second, const uint16_t slots[3])
{
  EMIT(b, op);
  emit_u32(b, first);
  emit_u32(b, second);
  emit_units(b, slots, 3);
}

static bool memory_bulk(WasmBody *b, uint32_t sub)
{
  uint32_t index, other;
  uint16_t slots[3];
  switch (sub) {
  case 8: {
    READ(data_index(b, &index));
    READ(body_memory_index(b, &other));
    READ(pop_three(b, body_address_type(b, other), WASM_I32, WASM_I32, "memory.init", slots));
    emit_bulk(b, OP_MEMORY_INIT, other, index, slots);
    return true;
  }
  case 9:
    READ(data_index(b, &index));
    EMIT(b, OP_DATA_DROP);
    emit_u32(b, index);
    return true;
  case 10: {
    READ(body_memory_index(b, &index));
    READ(body_memory_index(b, &other));
    WasmType to = body_address_type(b, index), from = body_address_type(b, other);
    READ(pop_three(b, to, from, narrower(to, from), "memory.copy", slots));
    emit_bulk(b, OP_MEMORY_COPY, index, other, slots);
    return true;
  }
  default: {
    READ(body_memory_index(b, &index));
    WasmType address = body_address_type(b, index);
    READ(pop_three(b, address, WASM_I32, address, "memory.fill", slots));
    EMIT(b, OP_MEMORY_FILL);
    emit_u32(b, index);
    emit_units(b, slots, 3);
    return true;
  }
  }
}

static bool table_copy_types(WasmBody *b, WasmType from, WasmType to, const char *text)
{
  char a[32], c[32];
  return wasm_is_subtype(b->m, from, to) || body_fail(b, "%s: type mismatch: %s is not a subtype of %s", text,
                                                      wasm_type_text(from, a), wasm_type_text(to, c));
}

static bool table_grow(WasmBody *b)
{
  uint32_t index;
  const WasmTableInfo *info;
  WasmType address;
  WasmOperand count, val;
  READ(table_index(b, &index, &info, &address));
  READ(body_pop(b, address, &count, "table.grow"));
  READ(body_pop(b, info->type, &val, "table.grow"));
  uint16_t slots[2] = {(uint16_t)emit_slot(b, &val), (uint16_t)emit_slot(b, &count)};
  EMIT(b, OP_TABLE_GROW, val.home);
  emit_u32(b, index);
  emit_units(b, slots, 2);
  return body_push(b, address);
}

static bool table_bulk(WasmBody *b, uint32_t sub)
{
  uint32_t index, other;
  uint16_t slots[3];
  const WasmTableInfo *info, *other_info;
  WasmType address, other_address;
  switch (sub) {
  case 12:
    READ(element_index(b, &other));
    READ(table_index(b, &index, &info, &address));
    READ(table_copy_types(b, b->m->elements.items[other].type, info->type, "table.init"));
    READ(pop_three(b, address, WASM_I32, WASM_I32, "table.init", slots));
    emit_bulk(b, OP_TABLE_INIT, index, other, slots);
    return true;
  case 13:
    READ(element_index(b, &index));
    EMIT(b, OP_ELEM_DROP);
    emit_u32(b, index);
    return true;
  case 14:
    READ(table_index(b, &index, &info, &address));
    READ(table_index(b, &other, &other_info, &other_address));
    READ(table_copy_types(b, other_info->type, info->type, "table.copy"));
    READ(pop_three(b, address, other_address, narrower(address, other_address), "table.copy", slots));
    emit_bulk(b, OP_TABLE_COPY, index, other, slots);
    return true;
  case 15: return table_grow(b);
  case 16:
    READ(table_index(b, &index, &info, &address));
    EMIT(b, OP_TABLE_SIZE, b->top);
    emit_u32(b, index);
    return body_push(b, address);
  default:
    READ(table_index(b, &index, &info, &address));
    READ(pop_three(b, address, info->type, address, "table.fill", slots));
    EMIT(b, OP_TABLE_FILL);
    emit_u32(b, index);
    emit_units(b, slots, 3);
    return true;
  }
}

bool body_bulk_op(WasmBody *b, uint32_t sub)
{
  if (sub >= 8 && sub <= 11)
    return memory_bulk(b, sub);
  if (sub >= 12 && sub <= 17)
    return table_bulk(b, sub);
  return body_fail(b, "invalid numeric opcode: 0xfc%02x", sub);
}
