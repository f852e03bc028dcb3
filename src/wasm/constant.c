// SPDX-License-Identifier: MIT
/*
 * Constant expressions (https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions): checked
 * here; computing them is the instance's work.
 */
#include "wasm/body.h"

/* HOST: deeper ones are refused; toolchains write depth 2. */
enum { CONSTANT_DEPTH = 64 };

typedef struct ConstantStack {
  WasmModule *module;
  WasmReader *r;
  WasmType types[CONSTANT_DEPTH];
  uint32_t depth;
} ConstantStack;

static bool push_type(ConstantStack *s, WasmType type)
{
  if (s->depth == CONSTANT_DEPTH)
    return reader_fail(s->r, "constant expression is too deep");
  s->types[s->depth++] = type;
  return true;
}

static bool arithmetic(ConstantStack *s, WasmType type)
{
  if (s->depth < 2 || s->types[s->depth - 1] != type || s->types[s->depth - 2] != type)
    return reader_fail(s->r, "type error in constant expression");
  s->depth--;
  return true;
}

static bool global_get(ConstantStack *s, uint32_t known_globals)
{
  uint32_t index;
  READ(read_u32(s->r, &index, "global index"));
  if (index >= known_globals)
    return reader_fail(s->r, "Invalid global index: %u", index);
  WasmGlobalInfo *global = &s->module->globals.items[index];
  if (global->is_mutable)
    return reader_fail(s->r, "non-imported or mutable globals cannot be used in constant expressions");
  return push_type(s, global->type);
}

static bool ref_func(ConstantStack *s)
{
  uint32_t index;
  READ(read_u32(s->r, &index, "function index"));
  if (index >= s->module->functions.len)
    return reader_fail(s->r, "function index %u out of bounds (%u entries)", index, s->module->functions.len);
  s->module->declared[index / 8] |= (uint8_t)(1u << index % 8);
  return push_type(s, WASM_REF_TYPE(false, s->module->functions.items[index].type));
}

static bool skip_bytes(ConstantStack *s, uint32_t count, WasmType type)
{
  const uint8_t *bytes;
  return read_bytes(s->r, count, &bytes, "constant") && push_type(s, type);
}

/* *done: it was the end. */
static bool step(ConstantStack *s, uint32_t known_globals, bool *done)
{
  WasmReader *r = s->r;
  uint32_t at = reader_offset(r), sub, heap;
  uint8_t op;
  int32_t i32;
  int64_t i64;
  READ(read_u8(r, &op, "opcode"));
  switch (op) {
  case 0x0B: *done = true; return true;
  case 0x23: return global_get(s, known_globals);
  case 0x41: READ(read_s32(r, &i32, "i32.const")); return push_type(s, WASM_I32);
  case 0x42: READ(read_s64(r, &i64, "i64.const")); return push_type(s, WASM_I64);
  case 0x43: return skip_bytes(s, 4, WASM_F32);
  case 0x44: return skip_bytes(s, 8, WASM_F64);
  case 0x6A:
  case 0x6B:
  case 0x6C: return arithmetic(s, WASM_I32);
  case 0x7C:
  case 0x7D:
  case 0x7E: return arithmetic(s, WASM_I64);
  case 0xD0: READ(read_heap_type(r, s->module->types.len, &heap)); return push_type(s, WASM_REF_TYPE(true, heap));
  case 0xD2: return ref_func(s);
  case 0xFD:
    READ(read_u32(r, &sub, "prefixed opcode"));
    if (sub == 0x0C)
      return skip_bytes(s, 16, WASM_V128);
    break;
  }
  return wasm_error(r->error, at, "opcode 0x%02x is not allowed in constant expressions", op);
}

bool wasm_constant_read(WasmModule *module, WasmReader *r, WasmType expected, uint32_t known_globals, WasmConstant *out)
{
  ConstantStack s = {.module = module, .r = r};
  bool done = false;
  out->offset = reader_offset(r);
  while (!done)
    READ(step(&s, known_globals, &done));
  out->length = reader_offset(r) - out->offset;
  char want[32], got[32];
  if (s.depth != 1)
    return wasm_error(r->error, out->offset, "expected 1 elements on the stack for constant expression, found %u",
                      s.depth);
  if (!wasm_is_subtype(module, s.types[0], expected))
    return wasm_error(r->error, out->offset, "type error in constant expression[0] (expected %s, got %s)",
                      wasm_type_text(expected, want), wasm_type_text(s.types[0], got));
  return true;
}
