// SPDX-License-Identifier: MIT
/*
 * [DOC] The interpreter
 *
 * The dispatch loop and nothing else. Dispatch is threaded: one label per row of opcodes.def. pc, fp, the constants,
 * the inline caches and the feedback bytes of the running frame live in locals and are read anew (LOAD_FRAME) whenever
 * the frame changes. Bodies hold the int32, double and cache-hit paths; everything else is in interp_slow_*.c, call.c
 * and the suspension files.
 *
 * What may throw, run user code or collect is preceded by SAVE(): it writes the frame's pc, which stack traces,
 * unwinding and returns read. A failing operation goes to `exception`. A JavaScript-to-JavaScript call pushes a frame
 * and goes on here.
 *
 * The loop is one function: its bodies stand by topic in interp_props.inc, interp_arith.inc and interp_iteration.inc,
 * moves, environments, globals, calls and exceptions here.
 */
#include "interp/interp.h"

#include "interp/emitter.h"
#include "interp/eval.h"
#include "interp/interp_hits.h"
#include "interp/jobs.h"
#include "interp/promise.h"
#include "object/coverage.h"

enum {
#define UNITS_NO                      0
#define UNITS_DST                     1
#define UNITS_REG                     1
#define UNITS_RW                      1
#define UNITS_BASE                    1
#define UNITS_U16                     1
#define UNITS_I16                     1
#define UNITS_FB                      1
#define UNITS_I32                     2
#define UNITS_CONST                   2
#define UNITS_IC                      2
#define UNITS_JUMP                    2
#define OP(name, a, b, c, d, e, text) LEN_##name = 1 + UNITS_##a + UNITS_##b + UNITS_##c + UNITS_##d + UNITS_##e,
#include "bytecode/opcodes.def"
#undef OP
};

/* get_prop_of_many; the hole: ask further. A function, so that sites with one shape do not prepare for it. */
static __attribute__((noinline)) JsValue read_of_many(JsContext *cx, const JsCode *code, const JsIc *ics, uint32_t site,
                                                      JsValue base)
{
  JsValue val;
  JsKey key = {slot_get(ptr_slot_get(code->constants)->v[code->ic_sites[site].key]).bits};
  return get_prop_of_many(cx, &ics[site], base, key, &val) ? val : JS_HOLE;
}

/* Computed jumps out of block scopes are what this file is made of; gcc and clang both accept them. */
JsValue interp_run(JsContext *cx)
{
  static const void *const labels[OP_COUNT] = {
#define OP(name, a, b, c, d, e, text) &&op_##name,
#include "bytecode/opcodes.def"
#undef OP
  };
  JsValue *fp;
  const uint16_t *pc;
  JsIc *ics;
  const JsSlot *constants;
  uint8_t *fb;
  JsHeap *const heap = cx->heap;

#define FRAME()      ((JsFrame *)fp - 1)
#define U(k)         (pc[k])
#define R(k)         (fp[pc[k]])
#define U32(k)       read_u32(pc + (k))
#define I32(k)       ((int32_t)U32(k))
#define IMM8()       (pc[0] >> 8)
#define IC(k)        (&ics[U32(k)])
#define SITE_KEY(k)  ((JsKey){ptr_slot_get(FRAME()->code->constants)->v[FRAME()->code->ic_sites[U32(k)].key].raw_})
#define CONST(k)     (slot_get(constants[U32(k)]))
#define CONST_KEY(k) (key_from_raw_value(CONST(k)))
#define DISPATCH()   goto *labels[pc[0] & 0xFF]
#define CASE(name)   op_##name:
#define NEXT(name)                                                                                                     \
  do {                                                                                                                 \
    pc += LEN_##name;                                                                                                  \
    DISPATCH();                                                                                                        \
  } while (0)
#define JUMP_TO(k)                                                                                                     \
  do {                                                                                                                 \
    pc += I32(k);                                                                                                      \
    DISPATCH();                                                                                                        \
  } while (0)
#define SAVE() ((void)(FRAME()->pc = pc))
#define STORE(k, expr)                                                                                                 \
  do {                                                                                                                 \
    JsValue store_ = (expr);                                                                                           \
    if (js_unlikely(js_is_exception(store_)))                                                                          \
      goto exception;                                                                                                  \
    R(k) = store_;                                                                                                     \
  } while (0)
/* A call's outcome; `result` is in scope. */
#define AFTER_CALL(name, outcome)                                                                                      \
  switch (outcome) {                                                                                                   \
  case CALL_PUSHED: goto load_frame;                                                                                   \
  case CALL_DONE: R(1) = result; NEXT(name);                                                                           \
  default: goto exception;                                                                                             \
  }
#define CHECK(expr)                                                                                                    \
  do {                                                                                                                 \
    if (js_unlikely(!(expr)))                                                                                          \
      goto exception;                                                                                                  \
  } while (0)
#define STRICT() (IMM8() & 1)

  /* A suspended frame may be resumed with a throw. */
  if (js_unlikely(!js_is_hole(cx->exception)))
    goto exception;
  JsFrame *running;
  JsValue returned, *call_window;
  uint32_t call_argc, call_resume;
load_frame:
  running = cx->frame;
  pc = running->pc;
frame_loaded : {
  JsFeedback *feedback = code_feedback(heap, running->code, cx->realm);
  fp = frame_registers(running);
  ics = feedback->ics;
  fb = feedback->fb;
  constants = ptr_slot_get(running->code->constants)->v;
  DISPATCH();
}

  /* --- moves and constants --- */
  CASE(MOV)
  {
    R(1) = R(2);
    NEXT(MOV);
  }
  CASE(LOAD_CONST)
  {
    R(1) = CONST(2);
    NEXT(LOAD_CONST);
  }
  CASE(LOAD_INT)
  {
    R(1) = js_int32(I32(2));
    NEXT(LOAD_INT);
  }
  CASE(LOAD_UNDEFINED)
  {
    R(1) = JS_UNDEFINED;
    NEXT(LOAD_UNDEFINED);
  }
  CASE(LOAD_NULL)
  {
    R(1) = JS_NULL;
    NEXT(LOAD_NULL);
  }
  CASE(LOAD_TRUE)
  {
    R(1) = JS_TRUE;
    NEXT(LOAD_TRUE);
  }
  CASE(LOAD_FALSE)
  {
    R(1) = JS_FALSE;
    NEXT(LOAD_FALSE);
  }
  CASE(LOAD_HOLE)
  {
    R(1) = JS_HOLE;
    NEXT(LOAD_HOLE);
  }
  CASE(LOAD_CALLEE)
  {
    R(1) = FRAME()->callee;
    NEXT(LOAD_CALLEE);
  }
  CASE(LOAD_NEW_TARGET)
  {
    R(1) = FRAME()->new_target;
    NEXT(LOAD_NEW_TARGET);
  }
  CASE(LOAD_GLOBAL_THIS)
  {
    R(1) = js_from_object(ptr_slot_get(cx->realm->global_this));
    NEXT(LOAD_GLOBAL_THIS);
  }

  /* --- environments --- */
  CASE(NEW_ENV)
  {
    SAVE();
    R(1) = js_from_cell(interp_slow_new_env(cx, FRAME()->code, R(2), U32(3)));
    NEXT(NEW_ENV);
  }
  CASE(COPY_ENV)
  {
    SAVE();
    R(1) = js_from_cell(interp_slow_copy_env(cx, (JsEnv *)js_as_cell(R(2))));
    NEXT(COPY_ENV);
  }
  CASE(GET_ENV)
  {
    R(1) = slot_get(env_at(R(2), U(3))->slots[U(4)]);
    NEXT(GET_ENV);
  }
  CASE(GET_ENV_CHECKED)
  {
    JsValue val = slot_get(env_at(R(2), U(3))->slots[U(4)]);
    if (js_unlikely(js_is_hole(val))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(5));
      goto exception;
    }
    R(1) = val;
    NEXT(GET_ENV_CHECKED);
  }
  CASE(GET_NEAR)
  {
    R(1) = slot_get(((JsEnv *)js_as_cell(R(2)))->slots[U(3)]);
    NEXT(GET_NEAR);
  }
  CASE(GET_NEAR_CHECKED)
  {
    JsValue val = slot_get(((JsEnv *)js_as_cell(R(2)))->slots[U(3)]);
    if (js_unlikely(js_is_hole(val))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(4));
      goto exception;
    }
    R(1) = val;
    NEXT(GET_NEAR_CHECKED);
  }
  CASE(SET_ENV)
  {
    JsEnv *env = env_at(R(1), U(2));
    slot_set(heap, env, &env->slots[U(3)], R(4));
    NEXT(SET_ENV);
  }
  CASE(SET_ENV_CHECKED)
  {
    JsEnv *env = env_at(R(1), U(2));
    if (js_unlikely(js_is_hole(slot_get(env->slots[U(3)])))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(5));
      goto exception;
    }
    slot_set(heap, env, &env->slots[U(3)], R(4));
    NEXT(SET_ENV_CHECKED);
  }
  CASE(GET_IMPORT)
  {
    SAVE();
    STORE(1, interp_slow_get_import(cx, R(2), U(3), U(4), CONST_KEY(5)));
    NEXT(GET_IMPORT);
  }
  CASE(CHECK_TDZ)
  {
    if (js_unlikely(js_is_hole(R(1)))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(2));
      goto exception;
    }
    NEXT(CHECK_TDZ);
  }
  CASE(THROW_CONST_ASSIGN)
  {
    SAVE();
    (void)throw_error(cx, JS_MSG_ASSIGN_TO_CONST);
    goto exception;
  }

  /* --- globals --- */
  CASE(DECLARE_GLOBALS)
  {
    SAVE();
    CHECK(interp_slow_declare_globals(cx, FRAME()->code, U32(1)));
    NEXT(DECLARE_GLOBALS);
  }
  CASE(GET_GLOBAL)
  {
    JsSlot *slot = global_hit(cx, IC(2));
    if (js_likely(slot != NULL && !js_is_hole(slot_get(*slot)))) {
      R(1) = slot_get(*slot);
      NEXT(GET_GLOBAL);
    }
    JsValue result;
    SAVE();
    AFTER_CALL(GET_GLOBAL, interp_get_global(cx, IC(2), SITE_KEY(2), U(1), &result))
  }
  CASE(GET_GLOBAL_TYPEOF)
  {
    SAVE();
    STORE(1, interp_slow_get_global(cx, IC(2), SITE_KEY(2), true));
    NEXT(GET_GLOBAL_TYPEOF);
  }
  CASE(SET_GLOBAL)
  {
    SAVE();
    CHECK(interp_slow_set_global(cx, IC(1), SITE_KEY(1), R(3), STRICT()));
    NEXT(SET_GLOBAL);
  }
  CASE(INIT_GLOBAL_LEXICAL)
  {
    SAVE();
    CHECK(interp_slow_init_global_lexical(cx, SITE_KEY(1), R(3)));
    NEXT(INIT_GLOBAL_LEXICAL);
  }
  CASE(SET_GLOBAL_FUNCTION)
  {
    SAVE();
    CHECK(interp_slow_set_global_function(cx, CONST_KEY(1), R(3), U(4) != 0));
    NEXT(SET_GLOBAL_FUNCTION);
  }

#include "interp/interp_props.inc"

#include "interp/interp_arith.inc"

  /* --- calls --- */
  /* The window of a spread call lies above the registers. */
#define AFTER_SPREAD(name, outcome)                                                                                    \
  switch (outcome) {                                                                                                   \
  case CALL_PUSHED: goto load_frame;                                                                                   \
  case CALL_DONE:                                                                                                      \
    cx->stack_top = fp + FRAME()->code->register_count;                                                                \
    R(1) = result;                                                                                                     \
    NEXT(name);                                                                                                        \
  default: goto exception;                                                                                             \
  }
  CASE(CALL_PLAIN)
  {
    (&R(2))[FRAME_WORDS] = JS_UNDEFINED;
    goto op_CALL;
  }
  CASE(CALL_NEAR)
  {
    call_window = &R(2);
    call_argc = 0;
    call_resume = LEN_CALL_NEAR;
    call_window[0] = slot_get(((JsEnv *)js_as_cell(R(3)))->slots[U(4)]);
    call_window[FRAME_WORDS] = JS_UNDEFINED;
    goto begin_call;
  }
  CASE(CALL_NEAR_ARG)
  {
    call_window = &R(2);
    call_argc = 1;
    call_resume = LEN_CALL_NEAR_ARG;
    call_window[0] = slot_get(((JsEnv *)js_as_cell(R(3)))->slots[U(4)]);
    call_window[FRAME_WORDS] = JS_UNDEFINED;
    call_window[FRAME_WORDS + 1] = R(5);
    goto begin_call;
  }
  CASE(CALL_PLAIN_ARG)
  {
    (&R(2))[FRAME_WORDS] = JS_UNDEFINED;
    goto op_CALL_ARG;
  }
  CASE(CALL_PLAIN_ARGS)
  {
    (&R(2))[FRAME_WORDS] = JS_UNDEFINED;
    goto op_CALL_ARGS;
  }
  _Static_assert(LEN_CALL == LEN_CALL_PLAIN && LEN_CALL_ARG == LEN_CALL_PLAIN_ARG &&
                     LEN_CALL_ARGS == LEN_CALL_PLAIN_ARGS,
                 "the rest is that of those with a receiver");
  CASE(CALL_ARG)
  {
    call_window = &R(2);
    call_argc = U(3);
    call_resume = LEN_CALL_ARG;
    call_window[FRAME_WORDS + call_argc] = R(4);
    goto begin_call;
  }
  CASE(CALL_ARGS)
  {
    call_window = &R(2);
    call_argc = U(3);
    call_resume = LEN_CALL_ARGS;
    call_window[FRAME_WORDS + call_argc - 1] = R(4);
    call_window[FRAME_WORDS + call_argc] = R(5);
    goto begin_call;
  }
  CASE(CALL)
  {
    call_window = &R(2);
    call_argc = U(3);
    call_resume = LEN_CALL;
    goto begin_call;
  }
begin_call : {
  const JsValue *operands = call_window + FRAME_WORDS;
  JsValue result;
  SAVE();
  if (js_unlikely(--cx->budget < 0))
    CHECK(vm_poll(cx));
  if (js_likely(js_is_cell(call_window[0]))) {
    JsCell *callee = js_as_cell(call_window[0]);
    if (js_likely(callee->kind == CELL_FUNCTION && !(callee->flags & OBJECT_CLASS_CONSTRUCTOR)))
      goto push_frame;
    if (js_likely(callee->kind == CELL_NATIVE_FUNCTION)) {
      JsNativeFunction *fn = (JsNativeFunction *)callee;
      /* A unit of a string by its number. */
      if (fn->magic == NATIVE_CHAR_CODE_AT_MAGIC && call_argc == 1 && js_is_string(operands[0]) &&
          js_is_int32(operands[1]) && (uint32_t)js_as_int32(operands[1]) < js_as_string(operands[0])->length) {
        StringView view = string_view(heap, js_as_string(operands[0]));
        R(1) = js_int32((int32_t)view_unit(view, (uint32_t)js_as_int32(operands[1])));
        pc += call_resume;
        DISPATCH();
      }
      if (js_likely(!native_may_take_window(fn))) {
        STORE(1, native_call(cx, fn, operands[0], call_argc, operands + 1, JS_UNDEFINED));
        pc += call_resume;
        DISPATCH();
      }
      if (fn->magic == NATIVE_PROMISE_THEN_MAGIC || fn->magic == NATIVE_PROMISE_RESOLVE_MAGIC) {
        if (js_likely(promise_call_quickly(cx, call_window, call_argc, &result))) {
          R(1) = result;
          pc += call_resume;
          DISPATCH();
        }
      }
      if (fn->magic == NATIVE_IS_EMIT_MAGIC) {
        JsValue listener;
        if (js_likely(emit_takes_window(cx, call_window, &call_argc, &listener))) {
          running = frame_push_from(cx, call_window, call_argc, JS_UNDEFINED, FRAME_EMIT, U(1), call_resume);
          CHECK(running != NULL);
          pc = running->code->units;
          goto frame_loaded;
        }
        if (js_is_array_object(listener)) {
          switch (emit_begin_list(cx, call_window, call_argc, listener, U(1), &result)) {
          case CALL_PUSHED: goto load_frame;
          case CALL_FAILED: CHECK(!has_exception(cx)); break;
          case CALL_DONE:
            R(1) = result;
            pc += call_resume;
            DISPATCH();
          }
        }
      }
    }
  }
  switch (interp_begin_call(cx, call_window, call_argc, U(1), &result)) {
  case CALL_PUSHED: goto load_frame;
  case CALL_DONE:
    R(1) = result;
    pc += call_resume;
    DISPATCH();
  default: goto exception;
  }
}
  CASE(CALL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(CALL_SPREAD, interp_begin_call(cx, window, argc, U(1), &result))
  }
  CASE(NEW)
  {
    JsValue *window = &R(2), result;
    SAVE();
    JsObject *foreseen = js_is_function(window[0]) ? interp_foreseen_this(heap, js_as_function(window[0])) : NULL;
    if (js_likely(foreseen != NULL)) {
      window[FRAME_WORDS] = js_from_object(foreseen);
      running = frame_push_from(cx, window, U(3), window[0], FRAME_CONSTRUCT, U(1), LEN_NEW);
      CHECK(running != NULL);
      pc = running->code->units;
      goto frame_loaded;
    }
    AFTER_CALL(NEW, interp_begin_construct(cx, window, U(3), window[0], U(1), &result))
  }
  CASE(NEW_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(NEW_SPREAD, interp_begin_construct(cx, window, argc, window[0], U(1), &result))
  }
  CASE(SUPER_CALL)
  {
    JsValue *window = &R(2), result;
    SAVE();
    CHECK(interp_super_constructor(cx, window));
    AFTER_CALL(SUPER_CALL, interp_begin_construct(cx, window, U(3), R(4), U(1), &result))
  }
  CASE(SUPER_CALL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_super_constructor(cx, &R(2)) && interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(SUPER_CALL_SPREAD, interp_begin_construct(cx, window, argc, R(4), U(1), &result))
  }
  CASE(SUPER_CALL_FORWARD)
  {
    JsValue *window, result;
    SAVE();
    CHECK(interp_super_constructor(cx, &R(2)) && (window = interp_forward_window(cx, &R(2))) != NULL);
    AFTER_SPREAD(SUPER_CALL_FORWARD, interp_begin_construct(cx, window, FRAME()->argc, R(3), U(1), &result))
  }
  CASE(CALL_EVAL)
  {
    JsValue *window = &R(2), result;
    SAVE();
    if (eval_is_direct(cx, window[0])) {
      STORE(1, eval_direct(cx, FRAME(), U(3) ? window[FRAME_WORDS + 1] : JS_UNDEFINED, U32(4), R(6)));
      NEXT(CALL_EVAL);
    }
    AFTER_CALL(CALL_EVAL, interp_begin_call(cx, window, U(3), U(1), &result))
  }
  CASE(CALL_EVAL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    if (eval_is_direct(cx, window[0])) {
      STORE(1, eval_direct(cx, FRAME(), argc ? window[FRAME_WORDS + 1] : JS_UNDEFINED, U32(4), R(6)));
      NEXT(CALL_EVAL_SPREAD);
    }
    AFTER_SPREAD(CALL_EVAL_SPREAD, interp_begin_call(cx, window, argc, U(1), &result))
  }
  CASE(RETURN)
  {
    returned = R(1);
    goto returning;
  }
  CASE(RETURN_UNDEFINED)
  {
    returned = JS_UNDEFINED;
    goto returning;
  }

  /* --- exceptions --- */
  CASE(THROW)
  {
    SAVE();
    (void)throw_value(cx, R(1));
    cx->vm->throw_recorded = IMM8() == 1 && js_same_bits(cx->vm->thrown_value, R(1));
    goto exception;
  }
  CASE(CATCH)
  {
    R(1) = take_exception(cx);
    NEXT(CATCH);
  }
  CASE(THROW_ERROR)
  {
    SAVE();
    CHECK(interp_slow_throw_message(cx, U(1), FRAME()->code, U32(2)));
    NEXT(THROW_ERROR);
  }
  CASE(COUNT_RUN)
  {
    uint32_t *counter = &cx->vm->coverage->counters[U32(1)];
    *counter += *counter != UINT32_MAX;
    NEXT(COUNT_RUN);
  }
  CASE(DEBUGGER)
  {
    NEXT(DEBUGGER);
  }

#include "interp/interp_iteration.inc"

  /* --- entering a frame: the window has its callee, this and argc arguments; DST is U(1) --- */
push_frame:
  running = frame_push_from(cx, call_window, call_argc, JS_UNDEFINED, 0, U(1), call_resume);
  CHECK(running != NULL);
  pc = running->code->units;
  goto frame_loaded;

  /* --- leaving a frame --- */
returning:
  if (js_likely(!FRAME()->flags))
    goto popped;
  if (FRAME()->flags == FRAME_CONSTRUCT) {
    if (js_likely(!js_is_object(returned)))
      returned = fp[0];
    goto popped;
  }
  if (js_unlikely(FRAME()->flags & (FRAME_CONSTRUCT | FRAME_LEARN | FRAME_EMIT | FRAME_WALK))) {
    if ((FRAME()->flags & FRAME_WALK) || (FRAME()->flags & (FRAME_EMIT | FRAME_LIST)) == (FRAME_EMIT | FRAME_LIST)) {
      if ((FRAME()->flags & FRAME_WALK) && js_likely(interp_walk_quickly(cx, FRAME(), returned))) {
        pc = FRAME()->pc;
        DISPATCH();
      }
      uint32_t result_register = FRAME()->result_register;
      JsValue result;
      switch (FRAME()->flags & FRAME_WALK ? interp_walk_on(cx, FRAME(), returned, &result)
                                          : emit_go_on(cx, FRAME(), &result)) {
      case CALL_PUSHED: goto load_frame;
      case CALL_DONE:
        cx->frame->pc += frame_resume(cx->frame);
        frame_registers(cx->frame)[result_register] = result;
        goto load_frame;
      default: goto exception;
      }
    }
    if (FRAME()->flags & FRAME_EMIT) {
      returned = JS_TRUE;
    } else {
      if (!js_is_object(returned))
        returned = fp[0]; /* a base constructor gives its object unless it returns one */
      if (js_unlikely(FRAME()->flags & FRAME_LEARN))
        interp_learn_instance(cx, js_as_function(FRAME()->callee), returned);
    }
  }
  goto left;
leave:
  returned = fp[0];
left:
  if (FRAME()->flags & FRAME_ENTRY) {
    unsigned flags = FRAME()->flags;
    cx->frame = FRAME()->caller; /* the rest is for whoever ran it to restore */
    if ((flags & FRAME_JOB) && jobs_go_on(cx, returned))
      goto load_frame;
    return returned;
  }
popped : {
  JsFrame *frame = FRAME();
  running = cx->frame = frame->caller;
  pc = running->pc + frame->resume;
  frame_registers(running)[frame->result_register] = returned;
  cx->stack_top = frame_registers(running) + running->code->register_count;
  cx->realm = frame_realm(running);
  goto frame_loaded;
}

exception:
  if (interp_unwind(cx))
    goto load_frame;
  return JS_EXCEPTION;
}
