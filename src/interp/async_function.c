// SPDX-License-Identifier: MIT
/* Async functions (and modules with top-level await): the activation's state, await, completion.
 * ecma262#sec-async-functions-abstract-operations */
#include "interp/generator.h"

#include "interp/interp.h"

_Static_assert(sizeof(JsAsyncState) == 24, "update async_state_trace()");

void async_state_trace(JsTracer *tracer, JsCell *cell)
{
  JsAsyncState *state = (JsAsyncState *)cell;
  gc_trace_ptr(tracer, state->promise);
  gc_trace_ptr(tracer, state->saved);
}

JsValue async_enter(JsContext *cx, JsFrame *frame)
{
  JsPromise *promise = promise_new(cx);
  JsAsyncState *state = GC_NEW(cx->heap, ASYNC_STATE, JsAsyncState);
  ptr_slot_init(&state->promise, promise);
  frame->suspended = state;
  frame->flags |= FRAME_ASYNC;
  return js_from_cell(state);
}

/* What the activation gives its first caller; later ones are resumptions, which look at nothing. */
JsValue async_await(JsContext *cx, JsFrame *frame, JsValue val)
{
  JsCell *cell = frame->suspended;
  JsHeap *heap = cx->heap;
  TRY(promise_await(cx, val, js_from_cell(cell)));
  if (cell->kind == CELL_ASYNC_GENERATOR) {
    JsGenerator *generator = (JsGenerator *)cell;
    JsSavedFrame *saved = ptr_slot_get(generator->saved);
    saved_frame_save(cx, frame, &saved);
    return JS_UNDEFINED;
  }
  JsAsyncState *state = (JsAsyncState *)cell;
  JsSavedFrame *saved = ptr_slot_get(state->saved);
  if (frame->code->flags & CODE_MODULE) /* should the module never go on: module_stalled */
    ((JsScript *)js_as_cell(slot_get(frame->code->script)))->waits_at = (uint32_t)(frame->pc - frame->code->units);
  saved_frame_save(cx, frame, &saved);
  ptr_slot_set(heap, state, &state->saved, saved);
  return js_from_cell(ptr_slot_get(state->promise));
}

JsValue async_return(JsContext *cx, JsValue state_val, JsValue val)
{
  JsAsyncState *state = (JsAsyncState *)js_as_cell(state_val);
  JsPromise *promise = ptr_slot_get(state->promise);
  promise_resolve_with(cx, promise, val);
  return cx->terminating ? JS_EXCEPTION : js_from_cell(promise);
}

JsValue async_throw(JsContext *cx, JsValue state_val, JsValue reason)
{
  JsAsyncState *state = (JsAsyncState *)js_as_cell(state_val);
  JsPromise *promise = ptr_slot_get(state->promise);
  promise_reject(cx, promise, reason);
  return js_from_cell(promise);
}

/* The frame gets what its AWAIT was for. */
static void deliver(JsFrame *frame, JsValue value)
{
  frame_registers(frame)[frame->pc[1]] = value;
  frame->pc += opcode_info[frame->pc[0] & 0xFF].length;
}

bool async_function_push(JsContext *cx, JsAsyncState *state, JsValue value, unsigned flags)
{
  JsSavedFrame *saved = ptr_slot_get(state->saved);
  if (cx->stack_top + FRAME_WORDS + saved->register_count > cx->stack_limit)
    return false;
  deliver(MUST(saved_frame_push(cx, saved, state, FRAME_ASYNC | flags)), value);
  return true;
}

/* Enters a saved activation behind its AWAIT, with the value or by a throw at it. */
static JsValue resume_await(JsContext *cx, JsSavedFrame *saved, void *suspended, unsigned flags, JsValue value,
                            bool rejected)
{
  JsValue *saved_top = cx->stack_top;
  JsRealm *realm = cx->realm;
  JsFrame *frame = TRY(saved_frame_push(cx, saved, suspended, flags));
  if (rejected)
    (void)throw_value(cx, value);
  else
    deliver(frame, value);
  JsValue result = interp_run(cx);
  cx->stack_top = saved_top;
  cx->realm = realm;
  return result;
}

bool async_function_resume(JsContext *cx, JsAsyncState *state, JsValue value, bool rejected)
{
  JsValue result = resume_await(cx, ptr_slot_get(state->saved), state, FRAME_ASYNC, value, rejected);
  if (!js_is_exception(result) || cx->terminating)
    return !js_is_exception(result);
  /* Only a stack overflow before the body's handler could take it gets here. */
  promise_reject(cx, ptr_slot_get(state->promise), take_exception(cx));
  return true;
}

JsValue async_generator_resume_await(JsContext *cx, JsGenerator *generator, JsValue value, bool rejected)
{
  return resume_await(cx, ptr_slot_get(generator->saved), generator, FRAME_GENERATOR | FRAME_ASYNC, value, rejected);
}

bool async_resume(JsContext *cx, JsValue state, JsValue value, bool rejected)
{
  if (js_is_kind(state, CELL_ASYNC_STATE))
    return async_function_resume(cx, (JsAsyncState *)js_as_cell(state), value, rejected);
  return async_generator_continue(cx, (JsGenerator *)js_as_cell(state), value, rejected ? RESUME_THROW : RESUME_NEXT,
                                  true);
}
