// SPDX-License-Identifier: MIT
/*
 * Suspended functions: generators, async functions, async generators. A suspended activation is a JsSavedFrame: the
 * registers and the header's words that matter. The one cell is reused for all suspensions of an activation.
 */
#ifndef INTERP_GENERATOR_H
#define INTERP_GENERATOR_H

#include "interp/frame.h"
#include "interp/promise.h"

typedef enum { RESUME_NEXT, RESUME_THROW, RESUME_RETURN } JsResumeMode;

typedef struct JsSavedFrame {
  JsCell cell;
  uint32_t register_count;
  uint32_t pc; /* units, of the suspending instruction */
  uint32_t flags;
  uint32_t pad;
  JsSlot callee, new_target;
  JsSlot registers[];
} JsSavedFrame;

typedef enum {
  GENERATOR_SUSPENDED_START,
  GENERATOR_SUSPENDED_YIELD,
  GENERATOR_EXECUTING, /* or awaiting, for async ones */
  GENERATOR_DRAINING,  /* async: the queue is being answered */
  GENERATOR_COMPLETED
} JsGeneratorState;

/* CELL_GENERATOR and, with the queue, CELL_ASYNC_GENERATOR. */
typedef struct JsGenerator {
  JsObject obj; /* cell.aux: JsGeneratorState */
  JS_PTR_SLOT(JsSavedFrame) saved;
  uint32_t yields_result_object; /* the last YIELD passed an iterator result through */
  uint32_t pad;
  JS_PTR_SLOT(struct JsAsyncRequest) queue, queue_last; /* async */
} JsGenerator;

typedef struct JsAsyncRequest {
  JsCell cell; /* aux: JsResumeMode */
  JS_PTR_SLOT(struct JsAsyncRequest) next;
  JsSlot value;
  JsSlot promise; /* of the capability, always a native promise */
} JsAsyncRequest;

/* An async function's activation. */
typedef struct JsAsyncState {
  JsCell cell;
  JS_PTR_SLOT(JsPromise) promise;
  JS_PTR_SLOT(JsSavedFrame) saved; /* NULL: never suspended */
} JsAsyncState;

typedef struct JsAsyncFromSyncIterator {
  JsObject obj;
  JsSlot iterator, next_method;
} JsAsyncFromSyncIterator;

/* --- saving and restoring ---------------------------------------------------------------------------------------- */

/* Saves the running frame's registers; *saved is made when NULL, owner holds it. */
void saved_frame_save(JsContext *cx, JsFrame *frame, JsSavedFrame **saved);
/* Pushes the activation again as an entry frame whose pc is that of the suspending instruction. NULL: RangeError. */
JS_MUST_USE JsFrame *saved_frame_push(JsContext *cx, JsSavedFrame *saved, void *suspended, unsigned flags);

/* --- generators -------------------------------------------------------------------------------------------------- */

/* GeneratorResume / GeneratorResumeAbrupt: the value yielded or returned. When the generator passed an iterator result
 * through (yield*), *done and the value are read from it. */
JS_MUST_USE JsValue generator_resume(JsContext *cx, JsObject *generator, JsValue value, JsResumeMode mode, bool *done);
/* The same, giving the iterator result object the methods return. */
JS_MUST_USE JsValue generator_resume_result(JsContext *cx, JsObject *generator, JsValue value, JsResumeMode mode);
/* Is this `next` method %GeneratorPrototype%.next, on a generator? */
bool generator_is_plain_next(JsContext *cx, JsValue iterator, JsValue next_method);
/* The methods of %GeneratorPrototype%. */
JsValue generator_proto_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue generator_proto_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue generator_proto_throw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* --- async ------------------------------------------------------------------------------------------------------- */

/* An awaited promise has settled: state is a JsAsyncState or an async JsGenerator. False: exception pending
 * (termination). */
JS_MUST_USE bool async_resume(JsContext *cx, JsValue state, JsValue value, bool rejected);
/* The activation's entry frame, resumed with a value, is to run next. False: nothing was changed, resume it in C. */
JS_MUST_USE bool async_function_push(JsContext *cx, JsAsyncState *state, JsValue value, unsigned flags);
JS_MUST_USE bool async_function_resume(JsContext *cx, JsAsyncState *state, JsValue value, bool rejected);
JS_MUST_USE JsValue async_generator_resume_await(JsContext *cx, JsGenerator *generator, JsValue value, bool rejected);
JS_MUST_USE bool async_generator_continue(JsContext *cx, JsGenerator *generator, JsValue value, JsResumeMode mode,
                                          bool awaited);

JsValue async_generator_yield(JsContext *cx, JsFrame *frame, JsGenerator *generator, JsValue val);
JsValue async_generator_return(JsContext *cx, JsGenerator *generator, JsValue val);
/* AsyncGenerator.prototype.next / return / throw, by mode. */
JS_MUST_USE JsValue async_generator_enqueue(JsContext *cx, JsValue this_val, JsValue value, JsResumeMode mode);

/* CreateAsyncFromSyncIterator */
JS_MUST_USE JsObject *async_from_sync_iterator_new(JsContext *cx, const JsIteratorRecord *record);

void saved_frame_trace(JsTracer *tracer, JsCell *cell);
void generator_trace(JsTracer *tracer, JsCell *cell);
void async_state_trace(JsTracer *tracer, JsCell *cell);
void async_request_trace(JsTracer *tracer, JsCell *cell);
void async_from_sync_iterator_trace(JsTracer *tracer, JsCell *cell);

#endif
