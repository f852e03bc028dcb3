// SPDX-License-Identifier: MIT
/* The opcode table as data: names, operand kinds and lengths, from opcodes.def. */
#include "bytecode/code.h"

#define NO    OP_KIND_NO
#define DST   OP_KIND_DST
#define REG   OP_KIND_REG
#define RW    OP_KIND_RW
#define BASE  OP_KIND_BASE
#define U16   OP_KIND_U16
#define I16   OP_KIND_I16
#define FB    OP_KIND_FB
#define I32   OP_KIND_I32
#define CONST OP_KIND_CONST
#define IC    OP_KIND_IC
#define JUMP  OP_KIND_JUMP

/* Units of an operand kind: none, one, or two for the 32-bit ones. */
#define UNITS(kind) ((kind) == OP_KIND_NO ? 0 : (kind) >= OP_KIND_I32 ? 2 : 1)

const JsOpcodeInfo opcode_info[OP_COUNT] = {
#define OP(name, a, b, c, d, e, text)                                                                                  \
  [OP_##name] = {#name, {a, b, c, d, e}, 1 + UNITS(a) + UNITS(b) + UNITS(c) + UNITS(d) + UNITS(e)},
#include "bytecode/opcodes.def"
#undef OP
};
