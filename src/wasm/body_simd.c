// SPDX-License-Identifier: MIT
/*
 * Vector instructions in the body pass: simd.def gives each its operands.
 * https://webassembly.github.io/spec/core/valid/instructions.html#vector-instructions
 */
#include "wasm/body_memory.h"
#include "wasm/simd.h"

typedef enum { SHAPE_NONE, SHAPE_COMPUTES, SHAPE_LOAD, SHAPE_LOAD_LANE, SHAPE_STORE_LANE } SimdShape;

typedef struct SimdOp {
  uint8_t shape, count;  /* of operands */
  uint8_t in[3], out;    /* value types */
  uint8_t lanes, memory; /* lanes: the immediate is below; memory: log2 of the bytes */
  const char *text;
} SimdOp;

#define V WASM_V128
#define COMPUTES(code, text, count, in0, in1, in2, out, lanes)                                                         \
  [code] = {SHAPE_COMPUTES, count, {in0, in1, in2}, out, lanes, 0, text},
#define UNARY_V(code, text)  COMPUTES(code, text, 1, V, 0, 0, V, 0)
#define BINARY_V(code, text) COMPUTES(code, text, 2, V, V, 0, V, 0)
#define TO_I32(code, text)   COMPUTES(code, text, 1, V, 0, 0, WASM_I32, 0)

#define MAP1(code, NAME, text, ...)                         UNARY_V(code, text)
#define MAP2(code, NAME, text, ...)                         BINARY_V(code, text)
#define MAP3(code, NAME, text, ...)                         COMPUTES(code, text, 3, V, V, V, V, 0)
#define SHIFT(code, NAME, text, ...)                        COMPUTES(code, text, 2, V, WASM_I32, 0, V, 0)
#define WIDEN(code, NAME, text, ...)                        UNARY_V(code, text)
#define EXTMUL(code, NAME, text, ...)                       BINARY_V(code, text)
#define PAIRWISE(code, NAME, text, ...)                     UNARY_V(code, text)
#define NARROW(code, NAME, text, ...)                       BINARY_V(code, text)
#define ALL_TRUE(code, NAME, text, ...)                     TO_I32(code, text)
#define BITMASK(code, NAME, text, ...)                      TO_I32(code, text)
#define SPLAT(code, NAME, text, lane, lanes, field, TYPE)   COMPUTES(code, text, 1, WASM_##TYPE, 0, 0, V, 0)
#define EXTRACT(code, NAME, text, lane, lanes, field, TYPE) COMPUTES(code, text, 1, V, 0, 0, WASM_##TYPE, lanes)
#define REPLACE(code, NAME, text, lane, lanes, field, TYPE) COMPUTES(code, text, 2, V, WASM_##TYPE, 0, V, lanes)
#define WHOLE1(code, NAME, text)                            UNARY_V(code, text)
#define WHOLE2(code, NAME, text)                            BINARY_V(code, text)
#define WHOLE3(code, NAME, text)                            COMPUTES(code, text, 3, V, V, V, V, 0)
#define TEST(code, NAME, text)                              TO_I32(code, text)
#define LOG2(size)                                          ((size) == 1 ? 0 : (size) == 2 ? 1 : (size) == 4 ? 2 : 3)
#define LOAD(code, NAME, text, size)                        [code] = {SHAPE_LOAD, 0, {0}, V, 0, LOG2(size), text},
#define LOAD_LANE(code, NAME, text, size)                   [code] = {SHAPE_LOAD_LANE, 1, {V}, V, 16 / (size), LOG2(size), text},
#define STORE_LANE(code, NAME, text, size)                  [code] = {SHAPE_STORE_LANE, 1, {V}, 0, 16 / (size), LOG2(size), text},
static const SimdOp simd_ops[WASM_SIMD_COUNT] = {
#include "wasm/simd.def"
};

static bool read_lane(WasmBody *b, uint32_t count, uint8_t *lane)
{
  uint32_t at = reader_offset(&b->r);
  READ(read_u8(&b->r, lane, "lane"));
  return *lane < count || wasm_error(b->r.error, at, "invalid lane index");
}

static bool computes(WasmBody *b, uint32_t code, const SimdOp *op)
{
  WasmOperand in[3];
  uint8_t lane = 0;
  uint32_t slots[3] = {0};
  if (op->lanes)
    READ(read_lane(b, op->lanes, &lane));
  for (int k = op->count; k--;)
    READ(body_pop(b, op->in[k], &in[k], op->text));
  for (int k = 0; k < op->count; k++)
    slots[k] = emit_slot(b, &in[k]);
  uint32_t start = b->units.len;
  EMIT(b, OP_SIMD, in[0].home, slots[0], slots[1], slots[2], code, lane);
  emit_note_result(b, start);
  return body_push(b, op->out);
}

static bool accesses(WasmBody *b, uint32_t code, const SimdOp *op)
{
  WasmMemoryArgument arg;
  WasmOperand address, vector = {0};
  uint8_t lane = 0;
  READ(body_memory_argument(b, op->memory, false, &arg));
  if (op->lanes)
    READ(read_lane(b, op->lanes, &lane));
  if (op->count)
    READ(body_pop(b, WASM_V128, &vector, op->text));
  READ(body_pop(b, arg.address, &address, op->text));
  uint32_t slot = emit_slot(b, &address), second = op->count ? emit_slot(b, &vector) : slot, start = b->units.len;
  EMIT(b, OP_SIMD_ACCESS, address.home, slot, second, code, lane);
  emit_memory_argument(b, &arg);
  if (!op->out)
    return true;
  emit_note_result(b, start);
  return body_push(b, WASM_V128);
}

static bool constant(WasmBody *b)
{
  const uint8_t *bytes;
  READ(read_bytes(&b->r, 16, &bytes, "v128.const"));
  uint16_t units[8];
  memcpy(units, bytes, sizeof units);
  uint32_t start = b->units.len;
  EMIT(b, OP_CONST128, b->top);
  emit_units(b, units, 8);
  emit_note_result(b, start);
  return body_push(b, WASM_V128);
}

static bool shuffle(WasmBody *b)
{
  WasmOperand left, right;
  uint8_t lanes[16];
  uint16_t units[8];
  for (int k = 0; k < 16; k++)
    READ(read_lane(b, 32, &lanes[k]));
  READ(body_pop(b, WASM_V128, &right, "i8x16.shuffle"));
  READ(body_pop(b, WASM_V128, &left, "i8x16.shuffle"));
  uint32_t slots[2] = {emit_slot(b, &left), emit_slot(b, &right)}, start = b->units.len;
  memcpy(units, lanes, sizeof units);
  EMIT(b, OP_SIMD_SHUFFLE, left.home, slots[0], slots[1]);
  emit_units(b, units, 8);
  emit_note_result(b, start);
  return body_push(b, WASM_V128);
}

bool body_simd_op(WasmBody *b, uint32_t code)
{
  static const WasmAccess load = {OP_V128_LOAD, OP_V128_LOAD_X, WASM_V128, 4, false, "v128.load"};
  static const WasmAccess store = {OP_V128_STORE, OP_V128_STORE_X, WASM_V128, 4, true, "v128.store"};
  switch (code) {
  case 0x00: return body_access(b, &load);
  case 0x0B: return body_access(b, &store);
  case 0x0C: return constant(b);
  case WASM_SIMD_SHUFFLE: return shuffle(b);
  default: break;
  }
  const SimdOp *op = code < WASM_SIMD_COUNT ? &simd_ops[code] : &simd_ops[0];
  switch ((SimdShape)op->shape) {
  case SHAPE_NONE: return body_fail(b, "invalid simd opcode: 0xfd%02x", code);
  case SHAPE_COMPUTES: return computes(b, code, op);
  default: return accesses(b, code, op);
  }
}
