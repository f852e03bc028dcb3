// SPDX-License-Identifier: MIT
/*
 * [DOC] Promises
 *
 * The promise core (ecma262#sec-promise-abstract-operations): cells, resolution, reactions, jobs. The constructor and
 * its methods are in builtins/promise.c. A reaction names what to do without closures wherever nobody can see the
 * difference: resume an async function, settle a promise, run a C function.
 */
#ifndef INTERP_PROMISE_H
#define INTERP_PROMISE_H

#include "object/operations.h"

typedef enum { PROMISE_PENDING, PROMISE_FULFILLED, PROMISE_REJECTED } JsPromiseStatus;

/* What the host's promise hook is told. */
typedef enum {
  PROMISE_EVENT_INIT,
  PROMISE_EVENT_BEFORE,
  PROMISE_EVENT_AFTER,
  PROMISE_EVENT_RESOLVE,
} JsPromiseEvent;

typedef struct JsReaction JsReaction;

typedef struct JsPromise {
  JsObject obj;
  JsSlot result;
  JS_PTR_SLOT(JsReaction) reactions; /* oldest first */
  JS_PTR_SLOT(JsReaction) last_reaction;
  uint32_t creation_id;
  uint8_t state; /* JsPromiseStatus */
  uint8_t is_handled;
  uint8_t already_resolved; /* the mark of its first resolve and reject functions */
  uint8_t has_functions;    /* they were made: others get a mark of their own */
} JsPromise;

/* A C continuation: what an internal reaction calls. False: exception pending (ends the job). */
typedef bool (*JsPromiseCallback)(JsContext *cx, JsValue data, JsValue value, bool rejected);

typedef enum {
  REACTION_THEN,     /* handlers in JavaScript; derived promise or capability */
  REACTION_RESUME,   /* an async function or generator awaits: data is its state */
  REACTION_FORWARD,  /* settles the promise in data */
  REACTION_CALLBACK, /* a C function with data */
} JsReactionKind;

struct JsReaction {
  JsCell cell; /* aux: JsReactionKind */
  JS_PTR_SLOT(JsReaction) next;
  JsSlot on_fulfilled, on_rejected; /* callable or undefined */
  JsSlot data;                      /* derived promise (or undefined), state, ... */
  JsSlot resolve, reject; /* capability functions when the derived promise is not a native one made by us; else hole */
  JsPromiseCallback callback;
  JsSlot async_context; /* the Vm's async context when the reaction was made */
};

typedef struct JsPromiseCapability {
  JsValue promise, resolve, reject;
} JsPromiseCapability;

JS_INLINE bool js_is_promise(JsValue v)
{
  return js_is_kind(v, CELL_PROMISE);
}
JS_INLINE JsPromise *js_as_promise(JsValue v)
{
  return (JsPromise *)js_as_cell(v);
}

/* A pending promise of the current realm. */
JsPromise *promise_new(JsContext *cx);
/* Makes a new cell a pending promise; hooks are told. */
void promise_init(JsContext *cx, JsPromise *promise);
/* What a resolve function does (thenables are followed), without the already-resolved check. */
void promise_resolve_with(JsContext *cx, JsPromise *promise, JsValue resolution);
void promise_fulfill(JsContext *cx, JsPromise *promise, JsValue value);
void promise_reject(JsContext *cx, JsPromise *promise, JsValue reason);
/* Somebody looked at its outcome: a rejection is not reported, or is taken back. */
void promise_set_handled(JsContext *cx, JsPromise *promise);
/* CreateResolvingFunctions */
void promise_create_resolving_functions(JsContext *cx, JsPromise *promise, JsValue *resolve, JsValue *reject);
/* NewPromiseCapability ( C ) */
JS_MUST_USE bool new_promise_capability(JsContext *cx, JsValue ctor, JsPromiseCapability *capability);
/* PromiseResolve ( C, x ) */
JS_MUST_USE JsValue promise_resolve(JsContext *cx, JsObject *ctor, JsValue x);
/* PerformPromiseThen; capability NULL: none. */
void perform_promise_then(JsContext *cx, JsPromise *promise, JsValue on_fulfilled, JsValue on_rejected,
                          const JsPromiseCapability *capability);
/* Internal reactions. */
void promise_then_resume(JsContext *cx, JsPromise *promise, JsValue state);
void promise_then_callback(JsContext *cx, JsPromise *promise, JsPromiseCallback callback, JsValue data);
/* Await ( value ): PromiseResolve and a RESUME reaction. False: exception. */
JS_MUST_USE bool promise_await(JsContext *cx, JsValue value, JsValue state);

/* A call of Promise.resolve or Promise.prototype.then, when nobody can see how it is done. False: nothing was changed.
 */
JS_MUST_USE bool promise_call_quickly(JsContext *cx, const JsValue *window, uint32_t argc, JsValue *result);
/* What %Promise.prototype.then% does, in the same case. */
JS_MUST_USE bool promise_then_quickly(JsContext *cx, JsValue this_val, JsValue on_fulfilled, JsValue on_rejected,
                                      JsValue *result);
/* The host's promise hook, if there is one. */
void promise_tell_hook(JsContext *cx, JsPromiseEvent event, JsPromise *promise);

void promise_trace(JsTracer *tracer, JsCell *cell);
void reaction_trace(JsTracer *tracer, JsCell *cell);

#endif
