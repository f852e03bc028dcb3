// SPDX-License-Identifier: MIT
/*
 * The interpreter of WebAssembly: ops.def's instructions, one frame's slots in fp, threaded dispatch. Calls between
 * functions push a WasmFrame; what may allocate, throw or run JavaScript first notes where the function is (SYNC).
 *
 * https://webassembly.github.io/spec/core/exec/instructions.html
 */
#include "wasm_vm/interp.h"

#include "wasm/numeric.h"
#include "wasm/ops.h"
#include "wasm/simd.h"

#define SLOT(k)        fp[pc[k]]
#define V128(k)        ((WasmV128 *)(void *)&SLOT(k))
#define GET_u32(k)     SLOT(k).u32
#define GET_i32(k)     SLOT(k).i32
#define GET_u64(k)     SLOT(k).u64
#define GET_i64(k)     SLOT(k).i64
#define GET_f32(k)     SLOT(k).f32
#define GET_f64(k)     SLOT(k).f64
#define GET_u32b(k)    SLOT(k).u32
#define GET_u64b(k)    SLOT(k).u64
#define SET_u32(k, v)  (SLOT(k).u64 = (uint32_t)(v))
#define SET_i32(k, v)  (SLOT(k).u64 = (uint32_t)(v))
#define SET_u64(k, v)  (SLOT(k).u64 = (uint64_t)(v))
#define SET_i64(k, v)  (SLOT(k).u64 = (uint64_t)(v))
#define SET_f32(k, v)  (SLOT(k).f32 = (v))
#define SET_f64(k, v)  (SLOT(k).f64 = (v))
#define SET_u32b(k, v) (SLOT(k).u64 = (uint32_t)(v))
#define SET_u64b(k, v) (SLOT(k).u64 = (v))
/* The C types of the fields. */
typedef uint32_t T_u32, T_u32b;
typedef int32_t T_i32;
typedef uint64_t T_u64, T_u64b;
typedef int64_t T_i64;
typedef float T_f32;
typedef double T_f64;

#define NEXT(units)                                                                                                    \
  do {                                                                                                                 \
    pc += (units);                                                                                                     \
    goto *labels[*pc];                                                                                                 \
  } while (0)
#define DISPATCH() goto *labels[*pc]
#define SYNC()     (activation.current = (WasmFrame){pc, fp, inst, code})
#define TRAP(text)                                                                                                     \
  do {                                                                                                                 \
    SYNC();                                                                                                            \
    wasm_trap(cx, text);                                                                                               \
    goto thrown;                                                                                                       \
  } while (0)
/* A function that may fail was called. */
#define CHECKED(expr)                                                                                                  \
  do {                                                                                                                 \
    SYNC();                                                                                                            \
    if (!(expr))                                                                                                       \
      goto thrown;                                                                                                     \
  } while (0)
#define RELOAD_MEMORY()                                                                                                \
  do {                                                                                                                 \
    JsWasmMemory *memory_ = inst->module->memories.len ? instance_memory(inst, 0) : NULL;                              \
    memory = memory_ ? memory_->data : NULL;                                                                           \
    memory_size = memory_ ? wasm_memory_length(memory_) : 0;                                                           \
  } while (0)
/* A jump by the offset in unit k; going back costs budget, so that endless loops can be interrupted. */
#define TAKE_JUMP(k)                                                                                                   \
  do {                                                                                                                 \
    int32_t offset_ = units_i32(pc + (k));                                                                             \
    pc += (k) + offset_;                                                                                               \
    if (offset_ < 0 && js_unlikely(--cx->budget <= 0))                                                                 \
      goto poll;                                                                                                       \
    DISPATCH();                                                                                                        \
  } while (0)

/* The checked address of a short access: memory 0, an offset of 32 bits, addresses that are zero-extended. */
#define ADDRESS(k, Type)                                                                                               \
  ({                                                                                                                   \
    uint64_t ea_ = SLOT(k).u64 + units_u32(pc + 3);                                                                    \
    if (js_unlikely(ea_ + sizeof(Type) > memory_size)) {                                                               \
      SYNC();                                                                                                          \
      if (!slow_memory_seen(inst, 0, ea_, sizeof(Type), &memory_size))                                                 \
        goto out_of_bounds;                                                                                            \
    }                                                                                                                  \
    memory + ea_;                                                                                                      \
  })
#define ADDRESS_X(k, Type)                                                                                             \
  ({                                                                                                                   \
    uint8_t *ea_ = slow_address(inst, SLOT(k).u64, units_u32(pc + 3), units_u64(pc + 5), sizeof(Type));                \
    if (js_unlikely(!ea_))                                                                                             \
      goto out_of_bounds;                                                                                              \
    ea_;                                                                                                               \
  })
#define LOAD(NAME, Type, out)                                                                                          \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    Type val_;                                                                                                         \
    memcpy(&val_, ADDRESS(2, Type), sizeof val_);                                                                      \
    SET_##out(1, (T_##out)val_);                                                                                       \
    NEXT(5);                                                                                                           \
  }                                                                                                                    \
  L_##NAME##_X:                                                                                                        \
  {                                                                                                                    \
    Type val_;                                                                                                         \
    memcpy(&val_, ADDRESS_X(2, Type), sizeof val_);                                                                    \
    SET_##out(1, (T_##out)val_);                                                                                       \
    NEXT(9);                                                                                                           \
  }
#define STORE(NAME, Type)                                                                                              \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    Type val_ = (Type)SLOT(2).u64;                                                                                     \
    memcpy(ADDRESS(1, Type), &val_, sizeof val_);                                                                      \
    NEXT(5);                                                                                                           \
  }                                                                                                                    \
  L_##NAME##_X:                                                                                                        \
  {                                                                                                                    \
    Type val_ = (Type)SLOT(2).u64;                                                                                     \
    memcpy(ADDRESS_X(1, Type), &val_, sizeof val_);                                                                    \
    NEXT(9);                                                                                                           \
  }
#define DIVIDE(NAME, T, zero_text, overflow_check, expr)                                                               \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    T_##T a = GET_##T(2), b = GET_##T(3);                                                                              \
    if (js_unlikely(b == 0))                                                                                           \
      TRAP(zero_text);                                                                                                 \
    if (js_unlikely(overflow_check))                                                                                   \
      TRAP("divide result unrepresentable");                                                                           \
    SET_##T(1, expr);                                                                                                  \
    NEXT(4);                                                                                                           \
  }

/* Runs the function whose frame is at fp until it returns; its results are then at fp. */
bool wasm_run(JsContext *cx, WasmVm *wvm, WasmInstance *inst, const WasmCode *code, WasmSlot *fp)
{
  static const void *const labels[OP_COUNT] = {
#define OP(NAME, units) &&L_##NAME,
#include "wasm/ops.def"
#undef OP
  };
  WasmActivation activation = {wvm->activation, cx->native_frame, wvm->frame_top, {code->units, fp, inst, code}};
  WasmSlot *const saved_top = wvm->top;
  const uint16_t *pc;
  uint8_t *memory;
  uint64_t memory_size;
  WasmFunc *callee;
  uint32_t index;
  wvm->activation = &activation;
  goto enter;

enter: /* a frame at fp for code of inst */
  if (js_unlikely(code->frame_slots > (size_t)(wvm->limit - fp)))
    goto stack_overflow;
  pc = code->units;
  if (code->zero_slots)
    memset(fp + code->param_slots, 0, code->zero_slots * sizeof *fp);
  wvm->top = fp + code->frame_slots;
  RELOAD_MEMORY();
  if (js_unlikely(--cx->budget <= 0))
    goto poll;
  DISPATCH();

enter_same: /* the same, in the same instance */
  if (js_unlikely(code->frame_slots > (size_t)(wvm->limit - fp)))
    goto stack_overflow;
  pc = code->units;
  if (code->zero_slots)
    memset(fp + code->param_slots, 0, code->zero_slots * sizeof *fp);
  wvm->top = fp + code->frame_slots;
  if (js_unlikely(--cx->budget <= 0))
    goto poll;
  DISPATCH();

leave:
  if (wvm->frame_top == activation.frames) {
    wvm->activation = activation.older;
    wvm->top = saved_top;
    return true;
  }
  {
    WasmFrame *frame = --wvm->frame_top;
    pc = frame->pc;
    fp = frame->fp;
    code = frame->code;
    wvm->top = fp + code->frame_slots;
    if (js_unlikely(frame->instance != inst)) {
      inst = frame->instance;
      RELOAD_MEMORY();
    }
    DISPATCH();
  }

poll:
  CHECKED(vm_poll(cx));
  RELOAD_MEMORY();
  DISPATCH();
out_of_bounds:
  TRAP("memory access out of bounds");
stack_overflow:
  activation.current = (WasmFrame){code->units, fp, inst, code};
  (void)throw_stack_overflow(cx);
  goto thrown;

thrown: /* an exception is pending; the function that runs is where it was noted */
  inst = activation.current.instance;
  code = activation.current.code;
  fp = activation.current.fp;
  if (!slow_unwind(cx, wvm, &activation)) {
    wvm->frame_top = activation.frames;
    wvm->activation = activation.older;
    wvm->top = saved_top;
    return false;
  }
  pc = activation.current.pc;
  inst = activation.current.instance;
  code = activation.current.code;
  fp = activation.current.fp;
  wvm->top = fp + code->frame_slots;
  RELOAD_MEMORY();
  DISPATCH();

  /* --- control ------------------------------------------------------------------------------------------------- */

L_UNREACHABLE:
  TRAP("unreachable");
L_JUMP:
  TAKE_JUMP(1);
L_JUMP_IF:
  if (GET_u32(1))
    TAKE_JUMP(2);
  NEXT(4);
L_JUMP_UNLESS:
  if (!GET_u32(1))
    TAKE_JUMP(2);
  NEXT(4);
L_JUMP_IF_NULL:
  if (js_is_null(SLOT(1).val))
    TAKE_JUMP(2);
  NEXT(4);
L_JUMP_IF_NOT_NULL:
  if (!js_is_null(SLOT(1).val))
    TAKE_JUMP(2);
  NEXT(4);
L_JUMP_TABLE : {
  uint32_t count = units_u32(pc + 2), k = GET_u32(1);
  pc += 4 + 2 * (size_t)(k < count ? k : count);
  TAKE_JUMP(0);
}
L_RETURN:
  goto leave;
L_RETURN_1:
  fp[0] = SLOT(1);
  goto leave;
L_RETURN_MANY:
  memmove(fp, &SLOT(1), pc[2] * sizeof *fp);
  goto leave;

#define PUSH_FRAME(units)                                                                                              \
  do {                                                                                                                 \
    if (js_unlikely(wvm->frame_top == wvm->frame_limit)) {                                                             \
      SYNC();                                                                                                          \
      (void)throw_stack_overflow(cx);                                                                                  \
      goto thrown;                                                                                                     \
    }                                                                                                                  \
    *wvm->frame_top++ = (WasmFrame){pc + (units), fp, inst, code};                                                     \
  } while (0)
#define CODE_OF(instance, k)                                                                                           \
  ({                                                                                                                   \
    const WasmCode *code_ = atomic_load_explicit(&(instance)->module->functions.items[k].code, memory_order_acquire);  \
    if (js_unlikely(!code_)) {                                                                                         \
      SYNC();                                                                                                          \
      code_ = slow_code(cx, instance, k);                                                                              \
      if (!code_)                                                                                                      \
        goto thrown;                                                                                                   \
    }                                                                                                                  \
    code_;                                                                                                             \
  })
L_CALL : {
  const WasmCode *target = CODE_OF(inst, units_u32(pc + 1));
  PUSH_FRAME(4);
  fp += pc[3];
  code = target;
  goto enter_same;
}
L_RETURN_CALL : {
  const WasmCode *target = CODE_OF(inst, units_u32(pc + 1));
  memmove(fp, &SLOT(3), target->param_slots * sizeof *fp);
  code = target;
  goto enter_same;
}
/* What is left of an indirect call: callee, the base in `index`, the length of the instruction in `units`. */
#define CALL_CALLEE(base, units)                                                                                       \
  do {                                                                                                                 \
    if (!js_is_hole(slot_get(callee->host))) {                                                                         \
      CHECKED(wasm_call_host(cx, callee, fp + (base)));                                                                \
      RELOAD_MEMORY();                                                                                                 \
      NEXT(units);                                                                                                     \
    }                                                                                                                  \
    const WasmCode *target_ = CODE_OF(ptr_slot_get(callee->instance), callee->index);                                  \
    PUSH_FRAME(units);                                                                                                 \
    fp += (base);                                                                                                      \
    code = target_;                                                                                                    \
    if (inst == ptr_slot_get(callee->instance))                                                                        \
      goto enter_same;                                                                                                 \
    inst = ptr_slot_get(callee->instance);                                                                             \
    goto enter;                                                                                                        \
  } while (0)
#define TAIL_CALL_CALLEE(base)                                                                                         \
  do {                                                                                                                 \
    if (!js_is_hole(slot_get(callee->host))) {                                                                         \
      uint32_t base_ = (base), slots_ = callee->type->result_slots;                                                    \
      CHECKED(wasm_call_host(cx, callee, fp + base_));                                                                 \
      memmove(fp, fp + base_, slots_ * sizeof *fp);                                                                    \
      goto leave;                                                                                                      \
    }                                                                                                                  \
    const WasmCode *target_ = CODE_OF(ptr_slot_get(callee->instance), callee->index);                                  \
    memmove(fp, fp + (base), target_->param_slots * sizeof *fp);                                                       \
    code = target_;                                                                                                    \
    inst = ptr_slot_get(callee->instance);                                                                             \
    goto enter;                                                                                                        \
  } while (0)
L_CALL_IMPORT:
  callee = (WasmFunc *)js_as_cell(slot_get(inst->functions[units_u32(pc + 1)]));
  CALL_CALLEE(pc[3], 4);
L_RETURN_CALL_IMPORT:
  callee = (WasmFunc *)js_as_cell(slot_get(inst->functions[units_u32(pc + 1)]));
  TAIL_CALL_CALLEE(pc[3]);
#define FIND_CALLEE()                                                                                                  \
  do {                                                                                                                 \
    JsWasmTable *table_ = instance_table(inst, units_u32(pc + 3));                                                     \
    uint64_t at_ = GET_u64(6);                                                                                         \
    if (js_unlikely(at_ >= table_->length))                                                                            \
      TRAP("table index is out of bounds");                                                                            \
    JsValue element_ = slot_get(table_->items[at_]);                                                                   \
    if (js_unlikely(js_is_null(element_)))                                                                             \
      TRAP("function signature mismatch");                                                                             \
    callee = (WasmFunc *)js_as_cell(element_);                                                                         \
    index = inst->type_ids[units_u32(pc + 1)];                                                                         \
    if (js_unlikely(callee->type_id != index && !wasm_registry_is_subtype(&wvm->registry, callee->type_id, index)))    \
      TRAP("function signature mismatch");                                                                             \
  } while (0)
L_CALL_INDIRECT:
  FIND_CALLEE();
  CALL_CALLEE(pc[5], 7);
L_RETURN_CALL_INDIRECT:
  FIND_CALLEE();
  TAIL_CALL_CALLEE(pc[5]);
L_CALL_REF:
  if (js_is_null(SLOT(2).val))
    TRAP("dereferencing a null pointer");
  callee = (WasmFunc *)js_as_cell(SLOT(2).val);
  CALL_CALLEE(pc[1], 3);
L_RETURN_CALL_REF:
  if (js_is_null(SLOT(2).val))
    TRAP("dereferencing a null pointer");
  callee = (WasmFunc *)js_as_cell(SLOT(2).val);
  TAIL_CALL_CALLEE(pc[1]);

  /* --- moves, variables ---------------------------------------------------------------------------------------- */

L_COPY:
  SLOT(1) = SLOT(2);
  NEXT(3);
L_COPY2 : {
  WasmSlot low = SLOT(2), high = (&SLOT(2))[1];
  SLOT(1) = low;
  (&SLOT(1))[1] = high;
  NEXT(3);
}
L_CONST32:
  SLOT(1).u64 = units_u32(pc + 2);
  NEXT(4);
L_CONST64:
  SLOT(1).u64 = units_u64(pc + 2);
  NEXT(6);
L_CONST128:
  memcpy(&SLOT(1), pc + 2, 16);
  NEXT(10);
L_SELECT:
  SLOT(1) = GET_u32(2) ? SLOT(3) : SLOT(4);
  NEXT(5);
L_SELECT2 : {
  WasmSlot *from = GET_u32(2) ? &SLOT(3) : &SLOT(4), low = from[0], high = from[1];
  SLOT(1) = low;
  (&SLOT(1))[1] = high;
  NEXT(5);
}
L_GLOBAL_GET : {
  JsWasmGlobal *global = instance_global(inst, units_u32(pc + 2));
  SLOT(1) = global->val[0];
  NEXT(4);
}
L_GLOBAL_GET2 : {
  JsWasmGlobal *global = instance_global(inst, units_u32(pc + 2));
  memcpy(&SLOT(1), global->val, 16);
  NEXT(4);
}
L_GLOBAL_SET : {
  JsWasmGlobal *global = instance_global(inst, units_u32(pc + 2));
  global->val[0] = SLOT(1);
  NEXT(4);
}
L_GLOBAL_SET2 : {
  JsWasmGlobal *global = instance_global(inst, units_u32(pc + 2));
  memcpy(global->val, &SLOT(1), 16);
  NEXT(4);
}
L_GLOBAL_SET_REF : {
  JsWasmGlobal *global = instance_global(inst, units_u32(pc + 2));
  global->val[0] = SLOT(1);
  slot_set(cx->heap, global, &global->ref, SLOT(1).val);
  NEXT(4);
}

  /* --- references, tables ----------------------------------------------------------------------------------------- */

L_REF_IS_NULL:
  SET_u32(1, js_is_null(SLOT(2).val));
  NEXT(3);
L_REF_AS_NON_NULL:
  if (js_is_null(SLOT(1).val))
    TRAP("dereferencing a null pointer");
  NEXT(2);
L_REF_FUNC:
  CHECKED(callee = instance_function(cx, inst, units_u32(pc + 2)));
  SLOT(1).val = js_from_cell(callee);
  NEXT(4);
L_TABLE_GET : {
  JsWasmTable *table = instance_table(inst, units_u32(pc + 2));
  uint64_t at = GET_u64(4);
  if (at >= table->length)
    TRAP("table index is out of bounds");
  SLOT(1).val = slot_get(table->items[at]);
  NEXT(5);
}
L_TABLE_SET : {
  JsWasmTable *table = instance_table(inst, units_u32(pc + 2));
  uint64_t at = GET_u64(1);
  if (at >= table->length)
    TRAP("table index is out of bounds");
  slot_set(cx->heap, table, &table->items[at], SLOT(4).val);
  NEXT(5);
}
L_TABLE_SIZE:
  SLOT(1).u64 = instance_table(inst, units_u32(pc + 2))->length;
  NEXT(4);
L_TABLE_GROW : {
  JsWasmTable *table = instance_table(inst, units_u32(pc + 2));
  SYNC();
  int64_t old = wasm_table_grow(cx, table, GET_u64(5), SLOT(4).val);
  SLOT(1).u64 = table->is_64 ? (uint64_t)old : (uint32_t)old;
  NEXT(6);
}
L_TABLE_FILL:
  CHECKED(slow_table_fill(cx, instance_table(inst, units_u32(pc + 1)), GET_u64(3), SLOT(4).val, GET_u64(5)));
  NEXT(6);
L_TABLE_COPY:
  CHECKED(slow_table_copy(cx, instance_table(inst, units_u32(pc + 1)), instance_table(inst, units_u32(pc + 3)),
                          GET_u64(5), GET_u64(6), GET_u64(7)));
  NEXT(8);
L_TABLE_INIT:
  CHECKED(instance_table_init(cx, inst, units_u32(pc + 1), units_u32(pc + 3), GET_u64(5), GET_u64(6), GET_u64(7)));
  NEXT(8);
L_ELEM_DROP:
  inst->dropped_elements[units_u32(pc + 1)] = true;
  NEXT(3);

  /* --- memory ---------------------------------------------------------------------------------------------------- */

L_MEMORY_SIZE:
  SLOT(1).u64 = wasm_memory_length(instance_memory(inst, units_u32(pc + 2))) >> WASM_PAGE_SHIFT;
  NEXT(4);
L_MEMORY_GROW : {
  JsWasmMemory *grown = instance_memory(inst, units_u32(pc + 2));
  SYNC();
  int64_t old = wasm_memory_grow(cx, grown, GET_u64(4));
  SLOT(1).u64 = grown->is_64 ? (uint64_t)old : (uint32_t)old;
  RELOAD_MEMORY();
  NEXT(5);
}
L_MEMORY_FILL:
  CHECKED(slow_memory_fill(cx, instance_memory(inst, units_u32(pc + 1)), GET_u64(3), GET_u32(4), GET_u64(5)));
  NEXT(6);
L_MEMORY_COPY:
  CHECKED(slow_memory_copy(cx, instance_memory(inst, units_u32(pc + 1)), instance_memory(inst, units_u32(pc + 3)),
                           GET_u64(5), GET_u64(6), GET_u64(7)));
  NEXT(8);
L_MEMORY_INIT:
  CHECKED(instance_memory_init(cx, inst, units_u32(pc + 1), units_u32(pc + 3), GET_u64(5), GET_u64(6), GET_u64(7)));
  NEXT(8);
L_DATA_DROP:
  inst->dropped_data[units_u32(pc + 1)] = true;
  NEXT(3);
  LOAD(I32_LOAD, uint32_t, u32)
  LOAD(I64_LOAD, uint64_t, u64)
  LOAD(F32_LOAD, uint32_t, u32)
  LOAD(F64_LOAD, uint64_t, u64)
  LOAD(I32_LOAD8_S, int8_t, i32)
  LOAD(I32_LOAD8_U, uint8_t, u32)
  LOAD(I32_LOAD16_S, int16_t, i32)
  LOAD(I32_LOAD16_U, uint16_t, u32)
  LOAD(I64_LOAD8_S, int8_t, i64)
  LOAD(I64_LOAD8_U, uint8_t, u64)
  LOAD(I64_LOAD16_S, int16_t, i64)
  LOAD(I64_LOAD16_U, uint16_t, u64)
  LOAD(I64_LOAD32_S, int32_t, i64)
  LOAD(I64_LOAD32_U, uint32_t, u64)
  STORE(I32_STORE, uint32_t)
  STORE(I64_STORE, uint64_t)
  STORE(F32_STORE, uint32_t)
  STORE(F64_STORE, uint64_t)
  STORE(I32_STORE8, uint8_t)
  STORE(I32_STORE16, uint16_t)
  STORE(I64_STORE8, uint8_t)
  STORE(I64_STORE16, uint16_t)
  STORE(I64_STORE32, uint32_t)

L_V128_LOAD : {
  const uint8_t *from_ = ADDRESS(2, WasmV128);
  memcpy(&SLOT(1), from_, sizeof(WasmV128));
  NEXT(5);
}
L_V128_LOAD_X : {
  const uint8_t *from_ = ADDRESS_X(2, WasmV128);
  memcpy(&SLOT(1), from_, sizeof(WasmV128));
  NEXT(9);
}
L_V128_STORE : {
  uint8_t *to_ = ADDRESS(1, WasmV128);
  memcpy(to_, &SLOT(2), sizeof(WasmV128));
  NEXT(5);
}
L_V128_STORE_X : {
  uint8_t *to_ = ADDRESS_X(1, WasmV128);
  memcpy(to_, &SLOT(2), sizeof(WasmV128));
  NEXT(9);
}

  /* --- vectors, atomics ------------------------------------------------------------------------------------------ */

L_SIMD:
  wasm_simd_functions[pc[5]](V128(1), V128(2), V128(3), V128(4), pc[6]);
  NEXT(7);
L_SIMD_SHUFFLE:
  wasm_simd_shuffle(V128(1), V128(2), V128(3), (const uint8_t *)(pc + 4));
  NEXT(12);
L_SIMD_ACCESS : {
  uint8_t *ea_ = slow_address(inst, SLOT(2).u64, units_u32(pc + 6), units_u64(pc + 8), wasm_simd_access_size(pc[4]));
  if (js_unlikely(!ea_))
    goto out_of_bounds;
  wasm_simd_access(pc[4], pc[5], ea_, V128(1), V128(3));
  NEXT(12);
}
L_ATOMIC:
  CHECKED(wasm_atomic_step(cx, inst, pc, fp));
  NEXT(12);
L_ATOMIC_FENCE:
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  NEXT(1);

  /* --- exceptions ------------------------------------------------------------------------------------------------ */

L_THROW:
  CHECKED(slow_throw(cx, inst, units_u32(pc + 1), &SLOT(3)));
L_THROW_REF:
  if (js_is_null(SLOT(1).val))
    TRAP("rethrowing null value");
  SYNC();
  slow_throw_ref(cx, SLOT(1).val);
  goto thrown;
L_RETHROW_CAUGHT:
  SYNC();
  (void)throw_value(cx, wvm->caught);
  goto thrown;
L_CATCH : {
  bool taken;
  CHECKED(slow_catch(cx, wvm, inst, units_u32(pc + 1), &SLOT(3), &taken));
  if (!taken)
    NEXT(7);
  if (pc[4] != 0xFFFF)
    SLOT(4).val = slow_exception_ref(cx, wvm->caught);
  TAKE_JUMP(5);
}
L_CATCH_ALL:
  SYNC();
  if (pc[1] != 0xFFFF)
    SLOT(1).val = slow_exception_ref(cx, wvm->caught);
  TAKE_JUMP(2);

  /* --- numbers --------------------------------------------------------------------------------------------------- */

#define UNARY(code, NAME, text, in, out, expr)                                                                         \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    T_##in a = GET_##in(2);                                                                                            \
    SET_##out(1, expr);                                                                                                \
    NEXT(3);                                                                                                           \
  }
#define BINARY(code, NAME, text, in, out, expr)                                                                        \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    T_##in a = GET_##in(2), b = GET_##in(3);                                                                           \
    SET_##out(1, expr);                                                                                                \
    NEXT(4);                                                                                                           \
  }
#define INT_BINARY(code, NAME, text, in, out, expr, SWAPPED)                                                           \
  BINARY(code, NAME, text, in, out, expr)                                                                              \
  L_##NAME##_I:                                                                                                        \
  {                                                                                                                    \
    T_##in a = GET_##in(2), b = (T_##in)(int64_t)units_i32(pc + 3);                                                    \
    SET_##out(1, expr);                                                                                                \
    NEXT(5);                                                                                                           \
  }
#define COMPARE(code, NAME, text, in, out, expr, SWAPPED, NEGATED)                                                     \
  INT_BINARY(code, NAME, text, in, out, expr, SWAPPED)                                                                 \
  L_JUMP_##NAME:                                                                                                       \
  {                                                                                                                    \
    T_##in a = GET_##in(1), b = GET_##in(2);                                                                           \
    if (expr)                                                                                                          \
      TAKE_JUMP(3);                                                                                                    \
    NEXT(5);                                                                                                           \
  }                                                                                                                    \
  L_JUMP_##NAME##_I:                                                                                                   \
  {                                                                                                                    \
    T_##in a = GET_##in(1), b = (T_##in)(int64_t)units_i32(pc + 2);                                                    \
    if (expr)                                                                                                          \
      TAKE_JUMP(4);                                                                                                    \
    NEXT(6);                                                                                                           \
  }
#define DIVISION(code, NAME, text, type)
#define TRUNCATE(code, NAME, text, in, out)                                                                            \
  L_##NAME:                                                                                                            \
  {                                                                                                                    \
    T_##in a = GET_##in(2);                                                                                            \
    if (js_unlikely(!in##_fits_##out(a)))                                                                              \
      TRAP("float unrepresentable in integer range");                                                                  \
    SET_##out(1, (T_##out)a);                                                                                          \
    NEXT(3);                                                                                                           \
  }
#include "wasm/numeric.def"
  DIVIDE(I32_DIV_S, i32, "divide by zero", a == INT32_MIN && b == -1, a / b)
  DIVIDE(I32_DIV_U, u32, "divide by zero", false, a / b)
  DIVIDE(I32_REM_S, i32, "remainder by zero", false, b == -1 ? 0 : a % b)
  DIVIDE(I32_REM_U, u32, "remainder by zero", false, a % b)
  DIVIDE(I64_DIV_S, i64, "divide by zero", a == INT64_MIN && b == -1, a / b)
  DIVIDE(I64_DIV_U, u64, "divide by zero", false, a / b)
  DIVIDE(I64_REM_S, i64, "remainder by zero", false, b == -1 ? 0 : a % b)
  DIVIDE(I64_REM_U, u64, "remainder by zero", false, a % b)
}
