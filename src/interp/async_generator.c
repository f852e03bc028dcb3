// SPDX-License-Identifier: MIT
/* Async generators: the request queue and its states, and async-from-sync iterators.
 * ecma262#sec-asyncgenerator-abstract-operations */
#include "interp/generator.h"

#include "interp/interp.h"

_Static_assert(sizeof(JsAsyncRequest) == 32, "update async_request_trace()");
_Static_assert(sizeof(JsAsyncFromSyncIterator) == 40, "update async_from_sync_iterator_trace()");

void async_request_trace(JsTracer *tracer, JsCell *cell)
{
  JsAsyncRequest *request = (JsAsyncRequest *)cell;
  gc_trace_ptr(tracer, request->next);
  gc_trace_slot(tracer, &request->value);
  gc_trace_slot(tracer, &request->promise);
}

void async_from_sync_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  JsAsyncFromSyncIterator *it = (JsAsyncFromSyncIterator *)cell;
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &it->iterator);
  gc_trace_slot(tracer, &it->next_method);
}

static JsAsyncRequest *first_request(JsGenerator *generator)
{
  return ptr_slot_get(generator->queue);
}

/* AsyncGeneratorCompleteStep  ecma262#sec-asyncgeneratorcompletestep */
static void complete_step(JsContext *cx, JsGenerator *generator, JsValue value, bool rejected, bool done)
{
  JsAsyncRequest *request = first_request(generator);
  JsAsyncRequest *next = ptr_slot_get(request->next);
  ptr_slot_set(cx->heap, generator, &generator->queue, next);
  if (!next)
    ptr_slot_init(&generator->queue_last, NULL);
  JsPromise *promise = js_as_promise(slot_get(request->promise));
  if (rejected)
    promise_reject(cx, promise, value);
  else
    promise_resolve_with(cx, promise, create_iter_result_object(cx, value, done));
}

static void drain_queue(JsContext *cx, JsGenerator *generator);

/* The two reactions of AsyncGeneratorAwaitReturn. */
static bool return_awaited(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  JsGenerator *generator = (JsGenerator *)js_as_cell(data);
  complete_step(cx, generator, value, rejected, true);
  drain_queue(cx, generator);
  return true;
}

/* AsyncGeneratorAwaitReturn  ecma262#sec-asyncgeneratorawaitreturn. False: PromiseResolve threw; the step was
 * completed. */
static bool await_return(JsContext *cx, JsGenerator *generator)
{
  JsAsyncRequest *request = first_request(generator);
  JsValue promise = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), slot_get(request->value));
  if (js_is_exception(promise)) {
    complete_step(cx, generator, take_exception(cx), true, true);
    return false;
  }
  promise_then_callback(cx, js_as_promise(promise), return_awaited, js_from_cell(generator));
  return true;
}

/* AsyncGeneratorDrainQueue  ecma262#sec-asyncgeneratordrainqueue */
static void drain_queue(JsContext *cx, JsGenerator *generator)
{
  JsAsyncRequest *request;
  while ((request = first_request(generator))) {
    if (request->cell.aux == RESUME_RETURN) {
      if (await_return(cx, generator))
        return;
      continue;
    }
    bool is_throw = request->cell.aux == RESUME_THROW;
    complete_step(cx, generator, is_throw ? slot_get(request->value) : JS_UNDEFINED, is_throw, true);
  }
  generator->obj.cell.aux = GENERATOR_COMPLETED;
}

static void finish(JsContext *cx, JsGenerator *generator, JsValue value, bool rejected)
{
  generator->obj.cell.aux = GENERATOR_DRAINING;
  ptr_slot_init(&generator->saved, NULL);
  complete_step(cx, generator, value, rejected, true);
  drain_queue(cx, generator);
}

JsValue async_generator_yield(JsContext *cx, JsFrame *frame, JsGenerator *generator, JsValue val)
{
  JsSavedFrame *saved = ptr_slot_get(generator->saved);
  saved_frame_save(cx, frame, &saved);
  generator->obj.cell.aux = GENERATOR_SUSPENDED_YIELD;
  complete_step(cx, generator, val, false, false);
  return JS_UNDEFINED;
}

JsValue async_generator_return(JsContext *cx, JsGenerator *generator, JsValue val)
{
  finish(cx, generator, val, false);
  return JS_UNDEFINED;
}

static JsValue resume_yield(JsContext *cx, JsGenerator *generator, JsValue value, JsResumeMode mode)
{
  JsValue *saved_top = cx->stack_top;
  JsRealm *realm = cx->realm;
  JsFrame *frame = TRY(saved_frame_push(cx, ptr_slot_get(generator->saved), generator, FRAME_GENERATOR | FRAME_ASYNC));
  const uint16_t *pc = frame->pc;
  frame_registers(frame)[pc[1]] = value;
  frame_registers(frame)[pc[2]] = js_int32((int32_t)mode);
  frame->pc = pc + opcode_info[pc[0] & 0xFF].length;
  JsValue result = interp_run(cx);
  cx->stack_top = saved_top;
  cx->realm = realm;
  return result;
}

/* AsyncGeneratorResume, and on as long as requests are waiting at a yield: a yield with a waiting request goes on at
 * once. */
bool async_generator_continue(JsContext *cx, JsGenerator *generator, JsValue value, JsResumeMode mode, bool awaited)
{
  for (;;) {
    generator->obj.cell.aux = GENERATOR_EXECUTING;
    JsValue result = awaited ? async_generator_resume_await(cx, generator, value, mode == RESUME_THROW)
                             : resume_yield(cx, generator, value, mode);
    if (js_is_exception(result)) {
      if (cx->terminating)
        return false;
      finish(cx, generator, take_exception(cx), true);
    }
    JsAsyncRequest *request = first_request(generator);
    if (generator->obj.cell.aux != GENERATOR_SUSPENDED_YIELD || !request)
      return true;
    awaited = false;
    value = slot_get(request->value);
    mode = request->cell.aux;
  }
}

/* AsyncGenerator.prototype.next, return, throw  ecma262#sec-properties-of-asyncgenerator-prototype */
JsValue async_generator_enqueue(JsContext *cx, JsValue this_val, JsValue value, JsResumeMode mode)
{
  static const char *const names[] = {"[AsyncGenerator].prototype.next", "[AsyncGenerator].prototype.throw",
                                      "[AsyncGenerator].prototype.return"};
  JsHeap *heap = cx->heap;
  JsPromise *promise = promise_new(cx);
  if (!js_is_kind(this_val, CELL_ASYNC_GENERATOR)) {
    (void)throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, names[mode], this_val);
    promise_reject(cx, promise, take_exception(cx));
    return js_from_cell(promise);
  }
  JsGenerator *generator = (JsGenerator *)js_as_cell(this_val);
  if (generator->obj.cell.aux == GENERATOR_SUSPENDED_START && mode != RESUME_NEXT) {
    ptr_slot_init(&generator->saved, NULL);
    generator->obj.cell.aux = GENERATOR_COMPLETED;
  }
  if (generator->obj.cell.aux == GENERATOR_COMPLETED && mode != RESUME_RETURN) {
    if (mode == RESUME_THROW)
      promise_reject(cx, promise, value);
    else
      promise_resolve_with(cx, promise, create_iter_result_object(cx, JS_UNDEFINED, true));
    return js_from_cell(promise);
  }
  JsAsyncRequest *request = GC_NEW(heap, ASYNC_REQUEST, JsAsyncRequest), *last = ptr_slot_get(generator->queue_last);
  request->cell.aux = (uint8_t)mode;
  slot_init(&request->value, value);
  slot_init(&request->promise, js_from_cell(promise));
  if (last)
    ptr_slot_set(heap, last, &last->next, request);
  else
    ptr_slot_set(heap, generator, &generator->queue, request);
  ptr_slot_set(heap, generator, &generator->queue_last, request);
  switch (generator->obj.cell.aux) {
  case GENERATOR_SUSPENDED_START:
  case GENERATOR_SUSPENDED_YIELD: TRY(async_generator_continue(cx, generator, value, mode, false)); break;
  case GENERATOR_COMPLETED:
    generator->obj.cell.aux = GENERATOR_DRAINING;
    if (!await_return(cx, generator))
      drain_queue(cx, generator);
    break;
  default: break;
  }
  return js_from_cell(promise);
}

/* --- async-from-sync iterators ----------------------------------------------------------------------------------- */

/* CreateAsyncFromSyncIterator ( syncIteratorRecord )  ecma262#sec-createasyncfromsynciterator */
JsObject *async_from_sync_iterator_new(JsContext *cx, const JsIteratorRecord *record)
{
  JsObject *obj = object_new_kind(cx, CELL_ASYNC_FROM_SYNC_ITERATOR, sizeof(JsAsyncFromSyncIterator),
                                  INTRINSIC_OBJECT(cx, ASYNC_FROM_SYNC_ITERATOR_PROTOTYPE));
  JsAsyncFromSyncIterator *it = (JsAsyncFromSyncIterator *)obj;
  slot_set(cx->heap, it, &it->iterator, js_from_object(record->iterator));
  slot_set(cx->heap, it, &it->next_method, record->next_method);
  return obj;
}
