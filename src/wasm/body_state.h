// SPDX-License-Identifier: MIT
/*
 * What the files of the body pass share: see body.c.
 *
 * The validation stack says of each operand its type and where it is: in its home (the slot of the frame that its depth
 * gives it), still in a local, or a constant. Operands that are locals or constants cost no instruction: those that
 * use them name the local, or carry the constant. They are brought home (flushed) where control flow joins, before
 * calls, and when the local is about to change.
 */
#ifndef WASM_BODY_STATE_H
#define WASM_BODY_STATE_H

#include "wasm/body.h"
#include "wasm/ops.h"

/* A slot is named by one unit. */
enum { MAX_SLOTS = 65535 };

typedef enum { AT_HOME, IN_LOCAL, CONSTANT } WasmPlace;
typedef struct WasmOperand {
  WasmType type;
  WasmPlace place;
  uint32_t home;
  union {
    uint32_t local; /* its slot */
    uint64_t bits;  /* of one-word constants */
  };
} WasmOperand;

typedef enum {
  CONTROL_FUNCTION,
  CONTROL_BLOCK,
  CONTROL_LOOP,
  CONTROL_IF,
  CONTROL_ELSE,
  CONTROL_TRY_TABLE,
  CONTROL_TRY,
  CONTROL_CATCH,
  CONTROL_CATCH_ALL
} WasmControlKind;

enum { NO_UNIT = UINT32_MAX };

typedef struct WasmControl {
  WasmControlKind kind;
  bool is_unreachable; /* the stack is polymorphic */
  bool is_dead;        /* what encloses it was unreachable: nothing is emitted */
  uint32_t param_count, result_count;
  const WasmType *params, *results;
  WasmType single[1];            /* results of a block type that is one value type */
  uint32_t height;               /* operands below the parameters */
  uint32_t base;                 /* slot of the first parameter and of the first result */
  uint32_t jumps;                /* CONTROL_LOOP: the target; else the last jump to its end, or NO_UNIT */
  uint32_t else_jump;            /* CONTROL_IF: the jump to else, or NO_UNIT */
  uint32_t stub, stub_of;        /* br_table: where its values are moved for this target, and of which table */
  uint32_t inits;                /* locals set before */
  uint32_t try_from;             /* units that it guards begin here */
  uint32_t delegated;            /* handlers that inner delegates gave to this one, a list through target, or NO_UNIT */
  uint32_t exception;            /* CONTROL_CATCH*: the slot of what was caught */
  uint32_t catches, catch_count; /* CONTROL_TRY_TABLE: in body->catches */
} WasmControl;

typedef struct WasmCatch {
  uint8_t kind; /* the binary code: 0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref */
  uint32_t tag, label;
} WasmCatch;

typedef struct WasmBody {
  WasmReader r;
  const WasmModule *m;
  const WasmFuncType *type;
  uint32_t function;
  bool emitting, failed; /* failed: out of memory, or the frame is too large */
  bool is_dead;          /* nothing is emitted: not emitting, or unreachable */
  uint32_t at;           /* offset of the instruction being read */
  WASM_VEC(WasmOperand) stack;
  uint32_t flushed; /* operands below are at home */
  uint32_t top;     /* first free slot */
  uint32_t max_top;
  WASM_VEC(WasmControl) controls;
  WASM_VEC(WasmType) locals;
  WASM_VEC(uint32_t) local_slots;
  WASM_VEC(uint8_t) local_set; /* those that must be set before they are read */
  WASM_VEC(uint32_t) inits;    /* of those the ones that are, in order */
  WASM_VEC(WasmCatch) catches;
  WASM_VEC(uint16_t) units;
  WASM_VEC(WasmHandler) handlers;
  uint32_t last; /* start of the instruction emitted last whose destination may still be changed; or NO_UNIT */
  uint32_t find_unit, found; /* wasm_body_find_offset's question and answer */
} WasmBody;

/* malloc'ed vectors of the body; false: out of memory, noted. */
JS_MUST_USE bool body_grow(WasmBody *b, void **items, uint32_t *cap, uint32_t len, size_t size);
#define BODY_PUSH(b, vec)                                                                                              \
  ((b)->vec.len < (b)->vec.cap ||                                                                                      \
           body_grow((b), (void **)&(b)->vec.items, &(b)->vec.cap, (b)->vec.len, sizeof *(b)->vec.items)               \
       ? &(b)->vec.items[(b)->vec.len++]                                                                               \
       : NULL)
#define body_fail(b, ...) wasm_error((b)->r.error, (b)->at, __VA_ARGS__)

JS_INLINE WasmControl *body_control(WasmBody *b, uint32_t depth)
{
  return &b->controls.items[b->controls.len - 1 - depth];
}

/* --- body_stack.c: the validation stack ------------------------------------------------------------------------- */

JS_MUST_USE bool body_push(WasmBody *b, WasmType type);
JS_MUST_USE bool body_push_local(WasmBody *b, WasmType type, uint32_t slot);
JS_MUST_USE bool body_push_constant(WasmBody *b, WasmType type, uint64_t bits);
/* The operand popped; its type is `type` or a subtype. text: of the instruction, for messages. */
JS_MUST_USE bool body_pop(WasmBody *b, WasmType type, WasmOperand *out, const char *text);
JS_MUST_USE bool body_pop_any(WasmBody *b, WasmOperand *out, const char *text);
/* A list of types, the last on top. */
JS_MUST_USE bool body_pop_types(WasmBody *b, const WasmType *types, uint32_t count, const char *text);
JS_MUST_USE bool body_push_types(WasmBody *b, const WasmType *types, uint32_t count);
/* Is a list on top, for a branch? It stays there; on an unreachable stack with the list's types. */
JS_MUST_USE bool body_check_types(WasmBody *b, const WasmType *types, uint32_t count, const char *text);
void body_set_unreachable(WasmBody *b);

/* --- body_emit.c ------------------------------------------------------------------------------------------------ */

void emit_units(WasmBody *b, const uint16_t *units, uint32_t count);
/* An instruction of slots only. */
#define EMIT(b, ...) emit_op((b), (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / 4)
void emit_op(WasmBody *b, const uint32_t *operands, uint32_t count);
void emit_u32(WasmBody *b, uint32_t u);
void emit_u64(WasmBody *b, uint64_t u);
/* The slot where the operand's value is to be read: constants are brought home. */
uint32_t emit_slot(WasmBody *b, const WasmOperand *operand);
/* The destination of the instruction emitted next is the operand pushed last. */
void emit_note_result(WasmBody *b, uint32_t start);
/* Brings home all operands from `from` on. */
void emit_flush(WasmBody *b, uint32_t from);
void emit_flush_all(WasmBody *b);
/* Those operands that are read from a local which is about to change. */
void emit_preserve_local(WasmBody *b, uint32_t slot);
/* local = the operand (already popped). */
void emit_local_set(WasmBody *b, uint32_t slot, const WasmOperand *operand);
/* A jump: the offset to come is linked into a list, or known. */
void emit_jump_to(WasmBody *b, WasmControl *target);
void emit_forward(WasmBody *b, uint32_t *list);
void emit_patch(WasmBody *b, uint32_t list, uint32_t target);
/* Here jumps arrive: nothing before may be changed. */
uint32_t emit_label(WasmBody *b);
/* Moves the top `count` operands to where the target wants them; false: they are there. */
bool emit_needs_moves(WasmBody *b, const WasmControl *target, uint32_t count);
void emit_moves(WasmBody *b, const WasmControl *target, uint32_t count);
/* A jump on a condition, popped: fused with the comparison that made it. The offset comes next. */
void emit_condition(WasmBody *b, const WasmOperand *condition, bool jump_if);
void emit_return(WasmBody *b);

/* --- body_control.c, body_memory.c, body_simd.c: one instruction each --------------------------------------------- */

JS_MUST_USE bool body_control_op(WasmBody *b, uint8_t op);
JS_MUST_USE bool body_memory_op(WasmBody *b, uint8_t op);
JS_MUST_USE bool body_bulk_op(WasmBody *b, uint32_t sub);
JS_MUST_USE bool body_simd_op(WasmBody *b, uint32_t sub);
JS_MUST_USE bool body_atomic_op(WasmBody *b, uint32_t sub);
/* Operands and results of instructions that only compute (numeric.def). */
JS_MUST_USE bool body_simple_op(WasmBody *b, uint32_t code);

#endif
