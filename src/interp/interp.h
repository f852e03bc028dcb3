// SPDX-License-Identifier: MIT
/*
 * The interpreter's inner face: what its files share. From outside only object/call.h, interp/generator.h,
 * interp/promise.h, interp/eval.h and interp/stack_trace.h are used.
 */
#ifndef INTERP_INTERP_H
#define INTERP_INTERP_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "interp/frame.h"
#include "interp/ic.h"
#include "interp/walk.h"
#include "object/arithmetic.h"
#include "object/new_inl.h"
#include "object/operations.h"
#include "object/vm.h"

/* Runs cx->frame, which is marked FRAME_ENTRY, and what it calls. The frame is gone afterwards, cx->frame is its
 * caller; cx->stack_top and cx->realm are for the caller to restore. */
JS_MUST_USE JsValue interp_run(JsContext *cx);

/* Finds the handler for the pending exception: pops frames down to it. True: cx->frame is the frame of the handler and
 * its pc the handler's. False: the entry frame was popped as well. */
bool interp_unwind(JsContext *cx);

/* --- frames ------------------------------------------------------------------------------------------------------- */

JS_INLINE JsFeedback *code_feedback(JsHeap *heap, JsCode *code, JsRealm *realm)
{
  JsFeedback *feedback = (JsFeedback *)js_as_cell(slot_get(code->feedback));
  if (js_likely(feedback != NULL) && js_likely(ptr_slot_get(feedback->realm) == realm))
    return feedback;
  return feedback_find(heap, code, realm);
}
JS_INLINE bool frame_is_strict(const JsFrame *frame)
{
  return frame->code->flags & CODE_STRICT;
}
JS_INLINE JsRealm *frame_realm(const JsFrame *frame)
{
  return ptr_slot_get(js_as_function(frame->callee)->realm);
}
JS_INLINE JsFeedback *running_feedback(JsContext *cx)
{
  return code_feedback(cx->heap, cx->frame->code, frame_realm(cx->frame));
}
JS_INLINE JsKey code_key(const JsCode *code, uint32_t constant)
{
  return key_from_raw_value(slot_get(ptr_slot_get(code->constants)->v[constant]));
}
JS_INLINE JsValue code_constant(const JsCode *code, uint32_t constant)
{
  return slot_get(ptr_slot_get(code->constants)->v[constant]);
}

/* Undefined into the registers up to end. */
JS_INLINE void frame_fill(JsValue *reg, JsValue *end)
{
#ifdef __SSE2__
  const __m128i undefined = _mm_set1_epi64x((long long)JS_UNDEFINED.bits);
  for (; reg + 4 <= end; reg += 4) {
    _mm_storeu_si128((__m128i *)reg, undefined);
    _mm_storeu_si128((__m128i *)(reg + 2), undefined);
  }
#endif
  for (; reg < end; reg++)
    *reg = JS_UNDEFINED;
}

/* The registers of a frame that begins, behind the given arguments. */
JS_INLINE void frame_lay(const JsFunction *fn, const JsCode *code, JsValue *registers, uint32_t given)
{
  frame_fill(registers + 1 + given, registers + code->fill_end);
  registers[1 + code->param_count] = JS_VALUE_LITERAL((uint64_t)(uintptr_t)ptr_slot_get(fn->env));
}

/* Units of the instruction that the running frame stands at. */
JS_INLINE unsigned frame_resume(const JsFrame *frame)
{
  return opcode_info[frame->pc[0] & 0xFF].length;
}

/* Lays a frame over a call window (callee, this and argc arguments are in place) and makes it the running one. NULL:
 * RangeError (stack overflow); nothing was changed. resume: see JsFrame. */
JS_INLINE JsFrame *frame_push_from(JsContext *cx, JsValue *window, uint32_t argc, JsValue new_target, unsigned flags,
                                   uint32_t result_register, unsigned resume)
{
  JsFunction *fn = js_as_function(window[0]);
  JsCode *code = ptr_slot_get(fn->code);
  JsValue *registers = window + FRAME_WORDS;
  const JsValue *argv = registers + 1;
  uint32_t given = argc;
  if (js_unlikely(argc > code->param_count)) {
    given = code->param_count;
    if (code->flags & CODE_NEEDS_ARGUMENTS) {
      JsValue *copy = registers + 1 + argc;
      if (js_unlikely(copy + FRAME_WORDS + code->register_count > cx->stack_limit)) {
        (void)throw_stack_overflow(cx);
        return NULL;
      }
      copy[0] = window[0];
      memcpy(copy + FRAME_WORDS, registers, (1 + given) * sizeof *registers);
      registers = copy + FRAME_WORDS;
      window = copy;
    }
  }
  JsValue *end = registers + code->register_count;
  if (js_unlikely(end > cx->stack_limit)) {
    (void)throw_stack_overflow(cx);
    return NULL;
  }
  frame_lay(fn, code, registers, given);
  JsFrame *frame = (JsFrame *)window;
  frame->caller = cx->frame;
  frame->pc = code->units;
  frame->code = code;
  frame->new_target = new_target;
  frame->argv = argv;
  frame->argc = argc;
  frame->result_register = (uint16_t)result_register;
  frame->flags = (uint8_t)flags;
  frame->resume = (uint8_t)resume;
  frame->suspended = NULL;
  cx->frame = frame;
  cx->stack_top = end;
  cx->realm = ptr_slot_get(fn->realm);
  return frame;
}

JS_INLINE JsFrame *frame_push(JsContext *cx, JsValue *window, uint32_t argc, JsValue new_target, unsigned flags,
                              uint32_t result_register)
{
  unsigned resume = flags & FRAME_ENTRY ? 0 : frame_resume(cx->frame);
  return frame_push_from(cx, window, argc, new_target, flags, result_register, resume);
}

/* FAST: the frame of a call from C, when it is an ordinary function that wants no arguments beyond its parameters: what
 * is surplus is not even copied. False: nothing was changed, js_call has to do it. */
JS_INLINE bool frame_push_entry(JsContext *cx, JsValue fn, JsValue this_val, uint32_t argc, const JsValue *argv,
                                unsigned flags)
{
  if (js_unlikely(!js_is_function(fn) || cx->budget <= 0 || stack_pointer() <= cx->c_stack_limit))
    return false;
  JsFunction *function = js_as_function(fn);
  JsCode *code = ptr_slot_get(function->code);
  JsValue *registers = cx->stack_top + FRAME_WORDS, *end = registers + code->register_count;
  uint32_t given = argc < code->param_count ? argc : code->param_count;
  if (js_unlikely(end > cx->stack_limit || (function->obj.cell.flags & OBJECT_CLASS_CONSTRUCTOR) ||
                  (given != argc && (code->flags & CODE_NEEDS_ARGUMENTS))))
    return false;
  JsFrame *frame = (JsFrame *)cx->stack_top;
  cx->budget--;
  registers[0] = this_val;
  for (uint32_t k = 0; k < given; k++)
    registers[1 + k] = argv[k];
  frame_lay(function, code, registers, given);
  *frame = (JsFrame){.callee = fn,
                     .caller = cx->frame,
                     .pc = code->units,
                     .code = code,
                     .new_target = JS_UNDEFINED,
                     .argv = registers + 1,
                     .argc = argc,
                     .flags = (uint8_t)(FRAME_ENTRY | flags)};
  cx->frame = frame;
  cx->stack_top = end;
  cx->realm = ptr_slot_get(function->realm);
  return true;
}

/* The running frame's code gets its body, the frame the registers it asks for. False: exception. */
JS_MUST_USE bool frame_materialise(JsContext *cx, JsFrame *frame);

/* Makes the caller the running frame. */
JS_INLINE void frame_pop(JsContext *cx, JsFrame *frame)
{
  JsFrame *caller = frame->caller;
  cx->frame = caller;
  if (caller) {
    cx->stack_top = frame_registers(caller) + caller->code->register_count;
    cx->realm = frame_realm(caller);
  }
}

/* Calls the C function of a window or an argument vector. */
JS_INLINE JsValue native_call(JsContext *cx, JsNativeFunction *fn, JsValue this_val, uint32_t argc, const JsValue *argv,
                              JsValue new_target)
{
  JsRealm *realm = cx->realm;
  JsNativeFrame native = {cx->native_frame, cx->frame, &fn->obj, new_target, this_val};
  cx->native_frame = &native;
  cx->realm = ptr_slot_get(fn->realm);
  JsValue result = fn->fn(cx, this_val, (int)argc, argv);
  cx->native_frame = native.older;
  cx->realm = realm;
  return result;
}

/* --- call.c: how CALL and its kin begin --------------------------------------------------------------------------- */

typedef enum {
  CALL_FAILED, /* exception pending */
  CALL_PUSHED, /* a frame was pushed: go on in cx->frame */
  CALL_DONE    /* *result has the value */
} JsCallOutcome;

/* [[Call]] of whatever is in the window; the caller's DST is result_register. */
JS_MUST_USE JsCallOutcome interp_begin_call(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register,
                                            JsValue *result);
/* [[Construct]] of the window's callee. */
/* GET_PROP beyond the site's own data: a getter's frame may have been pushed. */
JS_MUST_USE JsCallOutcome interp_get_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key, uint32_t result_register,
                                          JsValue *result);
/* The same of GET_GLOBAL. */
JS_MUST_USE JsCallOutcome interp_get_global(JsContext *cx, JsIc *ic, JsKey key, uint32_t result_register,
                                            JsValue *result);
/* A frame for a getter on top of the running one. CALL_DONE: it has to be called otherwise, nothing was changed. */
JS_MUST_USE JsCallOutcome interp_push_getter(JsContext *cx, JsValue getter, JsValue receiver, uint32_t result_register);
JS_MUST_USE JsCallOutcome interp_begin_construct(JsContext *cx, JsValue *window, uint32_t argc, JsValue new_target,
                                                 uint32_t result_register, JsValue *result);
/* A callback of a walk has returned: if the next element is at hand, its frame is the next callback's at once. False:
 * nothing was changed. */
JS_MUST_USE bool interp_walk_quickly(JsContext *cx, JsFrame *frame, JsValue returned);
/* The same whatever there is to do: the next one's frame (CALL_PUSHED) or the built-in's *result (CALL_DONE), with the
 * walk's caller as the running frame. */
JS_MUST_USE JsCallOutcome interp_walk_on(JsContext *cx, JsFrame *frame, JsValue returned, JsValue *result);
/* emit.c: emit's window. CALL_FAILED with nothing pending: nothing was changed, call the built-in. */
JS_MUST_USE JsCallOutcome emit_begin(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register,
                                     JsValue *result);
/* A listener of a list has returned: the next one's frame, or emit's *result with its caller as the running frame. */
JS_MUST_USE JsCallOutcome emit_go_on(JsContext *cx, JsFrame *frame, JsValue *result);
/* slow: what does the rest; capture: the symbol under which an emitter says that it catches rejections. */
JsValue emit_function_new(JsContext *cx, JsValue slow, JsValue capture);
/* emitter.c: see js_emitter_methods. */
JS_MUST_USE JsValue emitter_methods_new(JsContext *cx, JsObject *slow, JsValue mode, JsValue limits);
/* readable.c: see js_readable_functions; the bits of a readable stream's state word, by name. */
JS_MUST_USE JsValue readable_functions_new(JsContext *cx, JsObject *given);
JsValue readable_bits_new(JsContext *cx);
/* ticks.c: the function (fn, ...arguments). slow: gets the call when the queue is closed or fn is no function.
 */
JsValue tick_enqueue_function_new(JsContext *cx, JsValue slow);
/* Lays the arguments of an array into the window at the stack's top of the running frame. False: RangeError.
 * *window_out is where the window is now (a copy above the registers). */
JS_MUST_USE bool interp_spread_window(JsContext *cx, JsValue *window, JsValue array, JsValue **window_out,
                                      uint32_t *argc);
/* A copy of the window above the running frame's registers, with that frame's own arguments. NULL: RangeError. */
JS_MUST_USE JsValue *interp_forward_window(JsContext *cx, const JsValue *window);
/* SUPER_CALL: the window's callee becomes its [[GetPrototypeOf]]; TypeError when that is no constructor. */
JS_MUST_USE bool interp_super_constructor(JsContext *cx, JsValue *window);
/* The `this` of a base constructor's call: an object that inherits from new_target.prototype. */
JS_MUST_USE JsObject *interp_create_this(JsContext *cx, JsFunction *fn, JsValue new_target);
/* The same for `new fn` of a base constructor where its feedback foresees the instance; else NULL. */
JS_INLINE JsObject *interp_foreseen_this(JsHeap *heap, const JsFunction *fn)
{
  const JsFeedback *feedback = (const JsFeedback *)js_as_cell(slot_get(ptr_slot_get(fn->code)->feedback));
  if (js_unlikely(!feedback || feedback->construct_target != fn->obj.cell.word ||
                  ptr_slot_get(feedback->realm) != ptr_slot_get(fn->realm)))
    return NULL;
  const JsSlot *at = feedback->construct_in_slots ? ptr_slot_get(fn->obj.slots)->v : (const JsSlot *)fn;
  if (js_unlikely(slot_get(at[feedback->construct_word]).bits !=
                  js_from_object(ptr_slot_get(feedback->construct_proto)).bits))
    return NULL;
  return object_new_plain(heap, ptr_slot_get(feedback->construct_shape));
}
/* After a frame with FRAME_LEARN: how many slots the instances of its new.target get. */
void interp_learn_instance(JsContext *cx, JsFunction *new_target, JsValue instance);
JS_COLD JsValue throw_not_callable(JsContext *cx, JsValue callee, bool construct);

/* --- slow paths by topic ----------------------------------------------------------------------------------------- */

/* props */
JS_MUST_USE JsValue interp_slow_get_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key);
JS_MUST_USE bool interp_slow_set_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key, JsValue val, bool strict);
JS_MUST_USE JsValue interp_slow_get_index(JsContext *cx, JsIc *ic, JsValue base, JsValue property);
JS_MUST_USE bool interp_slow_set_index(JsContext *cx, JsIc *ic, JsValue base, JsValue property, JsValue val,
                                       bool strict);
JS_MUST_USE JsValue interp_slow_delete(JsContext *cx, JsValue base, JsKey key, bool strict);
JS_MUST_USE JsValue interp_slow_delete_index(JsContext *cx, JsValue base, JsValue property, bool strict);
JS_MUST_USE JsValue interp_slow_get_super(JsContext *cx, JsValue home, JsValue this_val, JsValue property);
JS_MUST_USE bool interp_slow_set_super(JsContext *cx, JsValue home, JsValue this_val, JsValue property, JsValue val,
                                       bool strict);
JS_MUST_USE JsValue interp_slow_in(JsContext *cx, JsValue property, JsValue base);
JS_MUST_USE JsValue interp_slow_instanceof(JsContext *cx, JsIc *ic, JsValue val, JsValue target);
JS_MUST_USE JsValue interp_slow_get_private(JsContext *cx, JsIc *ic, JsValue base, JsValue name);
JS_MUST_USE bool interp_slow_set_private(JsContext *cx, JsIc *ic, JsValue base, JsValue name, JsValue val);
JS_MUST_USE JsValue interp_slow_has_private(JsContext *cx, JsValue base, JsValue name);
JS_MUST_USE bool interp_slow_define_private(JsContext *cx, JsValue base, JsValue name, JsValue val);
JS_MUST_USE bool interp_slow_define_private_method(JsContext *cx, JsValue base, JsValue name, JsValue fn,
                                                   unsigned kind);
JS_MUST_USE JsValue interp_slow_to_property_key(JsContext *cx, JsValue val);

/* env */
JsEnv *interp_slow_new_env(JsContext *cx, JsCode *code, JsValue parent, uint32_t scope);
JsEnv *interp_slow_copy_env(JsContext *cx, JsEnv *env);
JS_MUST_USE JsValue interp_slow_get_global(JsContext *cx, JsIc *ic, JsKey key, bool is_typeof);
JS_MUST_USE bool interp_slow_set_global(JsContext *cx, JsIc *ic, JsKey key, JsValue val, bool strict);
JS_MUST_USE bool interp_slow_init_global_lexical(JsContext *cx, JsKey key, JsValue val);
JS_MUST_USE bool interp_slow_declare_globals(JsContext *cx, JsCode *code, uint32_t index);
JS_MUST_USE bool interp_slow_set_global_function(JsContext *cx, JsKey key, JsValue fn, bool deletable);
JS_MUST_USE JsValue interp_slow_get_import(JsContext *cx, JsValue env, uint32_t hops, uint32_t slot, JsKey key);
JS_MUST_USE bool interp_slow_find_dynamic(JsContext *cx, JsValue env, uint32_t hops, JsKey key, JsValue *found);
JsValue interp_slow_dynamic_this(JsContext *cx, JsValue found);
JS_MUST_USE JsValue interp_slow_get_dynamic(JsContext *cx, JsValue obj, JsKey key, bool strict);
JS_MUST_USE bool interp_slow_set_dynamic(JsContext *cx, JsValue obj, JsKey key, JsValue val, bool strict);
JS_MUST_USE JsValue interp_slow_delete_dynamic(JsContext *cx, JsValue obj, JsKey key);
JS_MUST_USE JsValue interp_slow_delete_global(JsContext *cx, JsKey key);
JS_MUST_USE bool interp_slow_declare_eval_var(JsContext *cx, JsValue env, uint32_t hops, JsKey key, JsValue function);
JS_MUST_USE JsEnv *interp_slow_push_with(JsContext *cx, JsValue parent, JsValue val);
JS_COLD JsValue interp_throw_tdz(JsContext *cx, JsKey key);

/* literals */
JsObject *interp_slow_new_object(JsContext *cx, JsIc *ic, uint32_t count);
JS_MUST_USE JsValue interp_slow_new_object_from(JsContext *cx, JsIc *ic, JsValue source, uint32_t more);
/* sites: the number of the first cache. */
JsObject *interp_slow_new_literal(JsContext *cx, uint32_t sites, const JsValue *values, uint32_t count, uint32_t more);
JS_MUST_USE bool interp_slow_define_prop(JsContext *cx, JsIc *ic, JsObject *obj, JsKey key, JsValue val);
JS_MUST_USE bool interp_slow_define_index(JsContext *cx, JsObject *obj, JsValue property, JsValue val);
JS_MUST_USE bool interp_slow_define_method(JsContext *cx, JsObject *obj, JsValue property, JsValue fn, unsigned bits);
JS_MUST_USE bool interp_slow_set_proto(JsContext *cx, JsObject *obj, JsValue proto);
JS_MUST_USE bool interp_slow_set_function_name(JsContext *cx, JsValue fn, JsValue property, unsigned kind);
JS_MUST_USE bool interp_slow_copy_data(JsContext *cx, JsValue target, JsValue source, const JsValue *excluded,
                                       uint32_t count);
JS_MUST_USE JsValue interp_slow_new_array_const(JsContext *cx, JsValue elements);
JS_MUST_USE bool interp_slow_array_push_hole(JsContext *cx, JsArray *array);
JS_MUST_USE bool interp_slow_array_spread(JsContext *cx, JsArray *array, JsValue iterable, bool is_call);
JS_MUST_USE JsValue interp_slow_template_object(JsContext *cx, JsValue site);
JS_MUST_USE JsValue interp_slow_copy_rest(JsContext *cx, JsFrame *frame, uint32_t from);
JS_MUST_USE JsValue interp_slow_new_arguments(JsContext *cx, JsFrame *frame, JsValue env, bool mapped);
JS_MUST_USE bool interp_slow_throw_message(JsContext *cx, uint32_t message, JsCode *code, uint32_t constant);
JS_MUST_USE bool interp_slow_check_object_coercible(JsContext *cx, JsValue val, JsCode *code, uint32_t constant);
JS_MUST_USE bool interp_slow_check_object(JsContext *cx, JsValue val, uint32_t reason);
JsValue interp_slow_box_this(JsContext *cx, JsValue this_val);
JS_MUST_USE JsValue interp_slow_check_construct_return(JsContext *cx, JsValue val, JsValue this_val, bool derived);

/* classes */
JS_MUST_USE bool interp_slow_new_class(JsContext *cx, JsValue heritage, bool has_heritage, JsCode *code, JsValue env,
                                       JsValue *ctor, JsValue *proto);
JS_MUST_USE bool interp_slow_init_fields(JsContext *cx, JsValue ctor, JsValue this_val);

/* arithmetic */
JS_MUST_USE JsValue interp_slow_concat_part(JsContext *cx, JsValue val, bool is_operand);
JS_MUST_USE JsValue interp_slow_binary(JsContext *cx, JsBinaryOp op, JsValue a, JsValue b, uint8_t *feedback);
JS_MUST_USE JsValue interp_slow_unary(JsContext *cx, unsigned opcode, JsValue val, uint8_t *feedback);
typedef enum { COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE } JsCompare;
JS_MUST_USE bool interp_slow_compare(JsContext *cx, JsCompare op, JsValue a, JsValue b, uint8_t *feedback, bool *out);
JS_MUST_USE bool interp_slow_equals(JsContext *cx, JsValue a, JsValue b, uint8_t *feedback, bool *out);

/* iteration; it: the three registers */
/* GetIterator's TypeError, with the expression's text. */
void interp_throw_not_iterable(JsContext *cx, JsValue iterable);
JS_MUST_USE bool interp_slow_get_iterator(JsContext *cx, JsValue *it, JsValue iterable, bool nameless);
JS_MUST_USE bool interp_slow_get_async_iterator(JsContext *cx, JsValue *it, JsValue iterable);
/* *val is the hole at the end. */
JS_MUST_USE bool interp_slow_iterator_next(JsContext *cx, JsValue *it, JsValue *val);
JS_MUST_USE JsValue interp_slow_iterator_rest(JsContext *cx, JsValue *it);
JS_MUST_USE bool interp_slow_iterator_close(JsContext *cx, JsValue *it);
void interp_slow_iterator_close_throw(JsContext *cx, JsValue *it);
JS_MUST_USE JsValue interp_slow_iterator_call_next(JsContext *cx, JsValue *it);
JS_MUST_USE bool interp_slow_iterator_unwrap(JsContext *cx, JsValue result, JsValue *it, JsValue *val);
JS_MUST_USE bool interp_slow_iterator_call_return(JsContext *cx, JsValue *it, JsValue *result);
JS_MUST_USE bool interp_slow_delegate_step(JsContext *cx, JsValue *it, JsValue received, JsValue *mode, bool is_async,
                                           JsValue *result);
JS_MUST_USE bool interp_slow_delegate_result(JsContext *cx, JsValue result, bool is_async, JsValue *val, bool *done);
JS_MUST_USE JsValue interp_slow_for_in_start(JsContext *cx, JsValue val);
/* *key is the hole at the end. */
JS_MUST_USE bool interp_slow_for_in_next(JsContext *cx, JsValue enumerator, JsValue *key);

/* disposal */
JsValue interp_slow_new_dispose_scope(JsContext *cx);
JS_MUST_USE bool interp_slow_add_disposable(JsContext *cx, JsValue scope, JsValue val, bool is_async);
/* How a resource is disposed of: its call's result is awaited; a turn is awaited after Symbol.dispose stood in. */
typedef enum { DISPOSE_SYNC, DISPOSE_ASYNC, DISPOSE_FROM_SYNC } JsDisposeHint;
/* CreateDisposableResource with a method, added to the scope. */
JS_MUST_USE bool dispose_scope_add(JsContext *cx, JsValue scope, JsValue val, JsValue method, JsDisposeHint hint);
void interp_slow_dispose_error(JsContext *cx, JsValue scope, JsValue error);
/* *val is the hole when none is left. */
JS_MUST_USE bool interp_slow_dispose_next(JsContext *cx, JsValue scope, JsValue *val);
JS_MUST_USE bool interp_slow_dispose_end(JsContext *cx, JsValue scope);

/* modules */
JS_MUST_USE JsValue interp_slow_import_call(JsContext *cx, JsCode *code, JsValue specifier, JsValue options,
                                            unsigned phase);
JS_MUST_USE JsValue interp_slow_import_meta(JsContext *cx, JsCode *code);

/* --- suspension: generator.c, async_function.c, async_generator.c ------------------------------------------------ */

/* These end the running frame's activation: its registers are saved; the value is what the frame returns. frame->pc is
 * the suspending instruction. JS_EXCEPTION: nothing was suspended. */
JS_MUST_USE JsValue generator_initial_yield(JsContext *cx, JsFrame *frame);
JsValue generator_yield(JsContext *cx, JsFrame *frame, JsValue val, bool is_result_object);
JsValue generator_return(JsContext *cx, JsFrame *frame, JsValue val);
JS_MUST_USE JsValue async_enter(JsContext *cx, JsFrame *frame);
JS_MUST_USE JsValue async_await(JsContext *cx, JsFrame *frame, JsValue val);
JsValue async_return(JsContext *cx, JsValue state, JsValue val);
JsValue async_throw(JsContext *cx, JsValue state, JsValue reason);
/* A frame that was or may be suspended is left by an exception. */
void suspended_abandon(JsContext *cx, JsFrame *frame);

#endif
