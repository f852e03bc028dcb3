// SPDX-License-Identifier: MIT
/* The promise core: see promise.h.  ecma262#sec-promise-abstract-operations */
#include "interp/promise.h"

#include "gc/alloc_inl.h"
#include "interp/generator.h"
#include "interp/ic.h"
#include "object/realm.h"
#include "object/vm.h"

_Static_assert(sizeof(JsPromise) == 24 + 8 + 16 + 8, "update promise_trace()");
_Static_assert(sizeof(JsReaction) == 8 + 8 + 40 + 16, "update reaction_trace()");

void promise_trace(JsTracer *tracer, JsCell *cell)
{
  JsPromise *promise = (JsPromise *)cell;
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &promise->result);
  gc_trace_ptr(tracer, promise->reactions);
  gc_trace_ptr(tracer, promise->last_reaction);
}

void reaction_trace(JsTracer *tracer, JsCell *cell)
{
  JsReaction *reaction = (JsReaction *)cell;
  gc_trace_ptr(tracer, reaction->next);
  gc_trace_slots(tracer, &reaction->on_fulfilled, 5);
  gc_trace_slot(tracer, &reaction->async_context);
}

/* Tells the host's hook. What it throws is not the promise's. */
static JS_COLD void call_hook(JsContext *cx, JsPromiseEvent event, JsValue promise, JsValue parent)
{
  JsVm *vm = cx->vm;
  JsValue pending = cx->exception, argv[] = {js_int32(event), promise, parent};
  cx->exception = JS_HOLE;
  vm->promise_parent = JS_UNDEFINED;
  JsValue result = js_call(cx, vm->promise_hook, JS_UNDEFINED, 3, argv);
  if (js_is_exception(result) && !cx->terminating)
    (void)take_exception(cx);
  if (!cx->terminating)
    cx->exception = pending;
}

JS_INLINE void hook(JsContext *cx, JsPromiseEvent event, JsPromise *promise)
{
  if (js_unlikely(!js_is_undefined(cx->vm->promise_hook)))
    call_hook(cx, event, js_from_cell(promise), JS_UNDEFINED);
}

void promise_init(JsContext *cx, JsPromise *promise)
{
  slot_init(&promise->result, JS_UNDEFINED);
  promise->creation_id = (uint32_t)++cx->vm->next_creation_id;
  if (js_unlikely(!js_is_undefined(cx->vm->promise_hook)))
    call_hook(cx, PROMISE_EVENT_INIT, js_from_cell(promise), cx->vm->promise_parent);
  cx->vm->promise_parent = JS_UNDEFINED;
}

JsPromise *promise_new(JsContext *cx)
{
  JsShape *shape = ptr_slot_get(cx->realm->shapes[REALM_SHAPE_PROMISE]);
  if (js_unlikely(!shape)) {
    shape = shape_root_for(cx->heap, CELL_PROMISE, sizeof(JsPromise), 0, INTRINSIC_OBJECT(cx, PROMISE_PROTOTYPE));
    ptr_slot_set(cx->heap, cx->realm, &cx->realm->shapes[REALM_SHAPE_PROMISE], shape);
  }
  JsPromise *promise = gc_alloc_fast(cx->heap, CELL_PROMISE, sizeof(JsPromise));
  promise->obj.cell.word = shape->id;
  promise_init(cx, promise);
  return promise;
}

static void host_rejection(JsContext *cx, JsPromise *promise, bool handled)
{
  JsHostHooks *hooks = &cx->vm->hooks;
  if (hooks->promise_rejection)
    hooks->promise_rejection(cx, js_from_cell(promise), slot_get(promise->result), handled, hooks->opaque);
}

/* --- jobs ------------------------------------------------------------------------------------------------------------
 */

static bool settle_derived(JsContext *cx, JsReaction *reaction, JsValue value, bool rejected)
{
  JsValue fn = slot_get(rejected ? reaction->reject : reaction->resolve);
  JsValue derived = slot_get(reaction->data);
  if (!js_is_hole(fn))
    return !js_is_exception(js_call1(cx, fn, JS_UNDEFINED, value));
  if (!js_is_promise(derived))
    return true;
  if (rejected)
    promise_reject(cx, js_as_promise(derived), value);
  else
    promise_resolve_with(cx, js_as_promise(derived), value);
  return true;
}

/* NewPromiseReactionJob ( reaction, argument )  ecma262#sec-newpromisereactionjob */
static bool run_then_reaction(JsContext *cx, JsReaction *reaction, JsValue argument, bool rejected)
{
  JsValue handler = slot_get(rejected ? reaction->on_rejected : reaction->on_fulfilled);
  if (js_is_undefined(handler))
    return settle_derived(cx, reaction, argument, rejected);
  JsValue result = js_call1(cx, handler, JS_UNDEFINED, argument);
  if (js_is_exception(result)) {
    if (cx->terminating)
      return false;
    /* Without a derived promise only internal operations are waiting; their handlers do not throw. */
    return settle_derived(cx, reaction, take_exception(cx), true);
  }
  return settle_derived(cx, reaction, result, false);
}

/* The promise that a reaction's job is about: the derived one, or the one that stands for an await. */
static JsValue hooked_promise(const JsReaction *reaction)
{
  switch ((JsReactionKind)reaction->cell.aux) {
  case REACTION_RESUME: return slot_get(reaction->on_fulfilled);
  case REACTION_THEN: return slot_get(reaction->data);
  default: return JS_UNDEFINED;
  }
}

static bool reaction_job(JsContext *cx, JsValue *data)
{
  JsReaction *reaction = (JsReaction *)js_as_cell(data[0]);
  JsValue argument = data[1];
  bool rejected = js_is_true(data[2]);
  JsValue saved_context = cx->vm->async_context;
  cx->vm->async_context = slot_get(reaction->async_context);
  cx->vm->running_job = &reaction->cell;
  bool ok;
  JsValue hooked = js_is_undefined(cx->vm->promise_hook) ? JS_UNDEFINED : hooked_promise(reaction);
  if (js_is_promise(hooked))
    hook(cx, PROMISE_EVENT_BEFORE, js_as_promise(hooked));
  switch ((JsReactionKind)reaction->cell.aux) {
  case REACTION_RESUME: ok = async_resume(cx, slot_get(reaction->data), argument, rejected); break;
  case REACTION_FORWARD: ok = settle_derived(cx, reaction, argument, rejected); break;
  case REACTION_CALLBACK: ok = reaction->callback(cx, slot_get(reaction->data), argument, rejected); break;
  default: ok = run_then_reaction(cx, reaction, argument, rejected); break;
  }
  cx->vm->running_job = NULL;
  if (js_is_promise(hooked))
    hook(cx, PROMISE_EVENT_AFTER, js_as_promise(hooked));
  cx->vm->async_context = saved_context;
  return ok;
}

static void enqueue_reaction(JsContext *cx, JsReaction *reaction, JsValue argument, bool rejected)
{
  vm_enqueue_job_of_3(cx, reaction_job, js_from_cell(reaction), argument, js_boolean(rejected));
}

/* NewPromiseResolveThenableJob ( promiseToResolve, thenable, then )  ecma262#sec-newpromiseresolvethenablejob */
static bool thenable_job(JsContext *cx, JsValue *data)
{
  JsPromise *promise = js_as_promise(data[0]);
  JsValue thenable = data[1], then = data[2], resolve, reject;
  JsValue saved_context = cx->vm->async_context;
  cx->vm->async_context = data[3];
  cx->vm->running_job = js_as_cell(data[0]);
  promise_create_resolving_functions(cx, promise, &resolve, &reject);
  JsValue result = js_call2(cx, then, thenable, resolve, reject);
  bool ok = true;
  if (js_is_exception(result))
    ok = !cx->terminating && !js_is_exception(js_call1(cx, reject, JS_UNDEFINED, take_exception(cx)));
  cx->vm->running_job = NULL;
  cx->vm->async_context = saved_context;
  return ok;
}

/* --- settling
 * ---------------------------------------------------------------------------------------------------------- */

static void settle(JsContext *cx, JsPromise *promise, JsPromiseStatus state, JsValue result)
{
  JsReaction *reaction = ptr_slot_get(promise->reactions);
  slot_set(cx->heap, promise, &promise->result, result);
  ptr_slot_init(&promise->reactions, NULL);
  ptr_slot_init(&promise->last_reaction, NULL);
  promise->state = (uint8_t)state;
  if (state == PROMISE_REJECTED && !promise->is_handled)
    host_rejection(cx, promise, false);
  /* The list stays reachable from this local while jobs are queued. */
  for (; reaction; reaction = ptr_slot_get(reaction->next))
    enqueue_reaction(cx, reaction, result, state == PROMISE_REJECTED);
}

void promise_fulfill(JsContext *cx, JsPromise *promise, JsValue value)
{
  settle(cx, promise, PROMISE_FULFILLED, value);
}
void promise_reject(JsContext *cx, JsPromise *promise, JsValue reason)
{
  hook(cx, PROMISE_EVENT_RESOLVE, promise);
  settle(cx, promise, PROMISE_REJECTED, reason);
}

/* Promise Resolve Functions, from step 7  ecma262#sec-promise-resolve-functions */
void promise_resolve_with(JsContext *cx, JsPromise *promise, JsValue resolution)
{
  hook(cx, PROMISE_EVENT_RESOLVE, promise);
  if (js_is_object(resolution)) {
    if (js_as_object(resolution) == &promise->obj) {
      (void)throw_error(cx, JS_MSG_PROMISE_CYCLE);
      promise_reject(cx, promise, take_exception(cx));
      return;
    }
    JsValue then = get_property_cached(cx, js_as_object(resolution), KEY(cx->heap, then));
    if (js_is_exception(then)) {
      if (!cx->terminating)
        promise_reject(cx, promise, take_exception(cx));
      return;
    }
    if (js_is_callable(then)) {
      JsValue data[4] = {js_from_cell(promise), resolution, then, cx->vm->async_context};
      vm_enqueue_job(cx, thenable_job, data, 4);
      return;
    }
  }
  promise_fulfill(cx, promise, resolution);
}

/* Both functions share the promise's mark unless it was used by an earlier pair: then a cell of their own.
 * data: promise, box ([already resolved]). */
static JsValue resolving_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = js_as_promise(js_callee_data(cx, 0));
  JsElements *box = (JsElements *)js_as_cell(js_callee_data(cx, 1));
  bool is_reject = js_is_true(js_callee_data(cx, 2));
  JsValue value = js_arg(argc, argv, 0);
  if (js_is_true(slot_get(box->v[0])))
    return JS_UNDEFINED;
  slot_set(cx->heap, box, &box->v[0], JS_TRUE);
  if (is_reject)
    promise_reject(cx, promise, value);
  else
    promise_resolve_with(cx, promise, value);
  return cx->terminating ? JS_EXCEPTION : JS_UNDEFINED;
}

void promise_create_resolving_functions(JsContext *cx, JsPromise *promise, JsValue *resolve, JsValue *reject)
{
  JsElements *box = MUST(elements_new(cx->heap, 1));
  box = MUST(elements_push(cx, box, JS_FALSE));
  JsValue data[3] = {js_from_cell(promise), js_from_cell(box), JS_FALSE};
  for (int k = 0; k < 2; k++) {
    data[2] = js_boolean(k);
    JsNativeFunction *fn = native_function_new(cx, resolving_function, KEY(cx->heap, empty_name), 1, data, 3);
    fn->magic = NATIVE_SETTLES_MAGIC;
    *(k ? reject : resolve) = js_from_cell(fn);
  }
}

/* GetCapabilitiesExecutor Functions  ecma262#sec-getcapabilitiesexecutor-functions; data: box [resolve, reject] */
static JsValue capability_executor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *box = (JsElements *)js_as_cell(js_callee_data(cx, 0));
  for (int k = 0; k < 2; k++) {
    if (!js_is_undefined(slot_get(box->v[k])))
      return throw_error(cx, JS_MSG_PROMISE_EXECUTOR_TWICE);
  }
  for (int k = 0; k < 2; k++)
    slot_set(cx->heap, box, &box->v[k], js_arg(argc, argv, k));
  return JS_UNDEFINED;
}

/* NewPromiseCapability ( C )  ecma262#sec-newpromisecapability */
bool new_promise_capability(JsContext *cx, JsValue ctor, JsPromiseCapability *capability)
{
  if (!js_is_constructor(ctor)) {
    (void)throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR, ctor);
    return false;
  }
  if (js_as_object(ctor) == INTRINSIC_OBJECT(cx, PROMISE)) {
    JsPromise *promise = promise_new(cx);
    capability->promise = js_from_cell(promise);
    promise_create_resolving_functions(cx, promise, &capability->resolve, &capability->reject);
    return true;
  }
  JsElements *box = TRY_OR(false, elements_new(cx->heap, 2));
  box = TRY_OR(false, elements_push(cx, box, JS_UNDEFINED));
  box = TRY_OR(false, elements_push(cx, box, JS_UNDEFINED));
  JsValue data = js_from_cell(box);
  JsValue executor = js_from_cell(native_function_new(cx, capability_executor, KEY(cx->heap, empty_name), 2, &data, 1));
  JsValue promise = js_construct(cx, js_as_object(ctor), 1, &executor, NULL);
  if (js_is_exception(promise))
    return false;
  capability->promise = promise;
  capability->resolve = slot_get(box->v[0]);
  capability->reject = slot_get(box->v[1]);
  if (!js_is_callable(capability->resolve) || !js_is_callable(capability->reject)) {
    (void)throw_error(cx, JS_MSG_PROMISE_CAPABILITY_NOT_CALLABLE);
    return false;
  }
  return true;
}

/* PromiseResolve ( C, x )  ecma262#sec-promise-resolve */
JsValue promise_resolve(JsContext *cx, JsObject *ctor, JsValue x)
{
  if (js_is_promise(x)) {
    JsValue x_ctor = TRY(get_property_cached(cx, js_as_object(x), KEY(cx->heap, constructor)));
    if (js_same_bits(x_ctor, js_from_object(ctor)))
      return x;
  }
  if (ctor == INTRINSIC_OBJECT(cx, PROMISE)) {
    JsPromise *promise = promise_new(cx);
    promise_resolve_with(cx, promise, x);
    return cx->terminating ? JS_EXCEPTION : js_from_cell(promise);
  }
  JsPromiseCapability capability;
  TRY(new_promise_capability(cx, js_from_object(ctor), &capability));
  TRY(js_call1(cx, capability.resolve, JS_UNDEFINED, x));
  return capability.promise;
}

/* --- reactions
 * ----------------------------------------------------------------------------------------------------------- */

static JsReaction *reaction_new(JsContext *cx, JsReactionKind kind, JsValue data)
{
  JsReaction *reaction = gc_alloc_fast(cx->heap, CELL_REACTION, sizeof(JsReaction));
  reaction->cell.aux = (uint8_t)kind;
  slot_init(&reaction->data, data);
  slot_init(&reaction->async_context, cx->vm->async_context);
  return reaction;
}

void promise_set_handled(JsContext *cx, JsPromise *promise)
{
  if (promise->state == PROMISE_REJECTED && !promise->is_handled)
    host_rejection(cx, promise, true);
  promise->is_handled = 1;
}

static void add_reaction(JsContext *cx, JsPromise *promise, JsReaction *reaction)
{
  if (promise->state == PROMISE_PENDING) {
    JsReaction *last = ptr_slot_get(promise->last_reaction);
    if (last)
      ptr_slot_set(cx->heap, last, &last->next, reaction);
    else
      ptr_slot_set(cx->heap, promise, &promise->reactions, reaction);
    ptr_slot_set(cx->heap, promise, &promise->last_reaction, reaction);
  } else {
    promise_set_handled(cx, promise);
    enqueue_reaction(cx, reaction, slot_get(promise->result), promise->state == PROMISE_REJECTED);
  }
  promise->is_handled = 1;
}

/* PerformPromiseThen  ecma262#sec-performpromisethen */
void perform_promise_then(JsContext *cx, JsPromise *promise, JsValue on_fulfilled, JsValue on_rejected,
                          const JsPromiseCapability *capability)
{
  JsReaction *reaction = reaction_new(cx, REACTION_THEN, capability ? capability->promise : JS_UNDEFINED);
  slot_init(&reaction->on_fulfilled, js_is_callable(on_fulfilled) ? on_fulfilled : JS_UNDEFINED);
  slot_init(&reaction->on_rejected, js_is_callable(on_rejected) ? on_rejected : JS_UNDEFINED);
  if (capability) {
    slot_init(&reaction->resolve, capability->resolve);
    slot_init(&reaction->reject, capability->reject);
  }
  add_reaction(cx, promise, reaction);
}

void promise_then_resume(JsContext *cx, JsPromise *promise, JsValue state)
{
  JsReaction *reaction = reaction_new(cx, REACTION_RESUME, state);
  if (js_unlikely(!js_is_undefined(cx->vm->promise_hook))) {
    cx->vm->promise_parent = js_from_cell(promise);
    slot_set(cx->heap, reaction, &reaction->on_fulfilled, js_from_cell(promise_new(cx)));
  }
  add_reaction(cx, promise, reaction);
}

void promise_then_callback(JsContext *cx, JsPromise *promise, JsPromiseCallback callback, JsValue data)
{
  JsReaction *reaction = reaction_new(cx, REACTION_CALLBACK, data);
  reaction->callback = callback;
  add_reaction(cx, promise, reaction);
}

/* data: the awaiting state, the value, the async context */
static bool resume_job(JsContext *cx, JsValue *data)
{
  JsValue saved_context = cx->vm->async_context;
  cx->vm->async_context = data[2];
  cx->vm->running_job = js_as_cell(data[0]);
  bool ok = async_resume(cx, data[0], data[1], false);
  cx->vm->running_job = NULL;
  cx->vm->async_context = saved_context;
  return ok;
}

/* Await ( value )  ecma262#await */
bool promise_await(JsContext *cx, JsValue value, JsValue state)
{
  /* FAST: what is no object is fulfilled at once; nobody can see the promise and the reaction around it. */
  bool hooked = js_unlikely(!js_is_undefined(cx->vm->promise_hook));
  if (!js_is_object(value) && !hooked) {
    vm_enqueue_job_of_3(cx, resume_job, state, value, cx->vm->async_context);
    return true;
  }
  JsValue promise = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), value);
  if (js_is_exception(promise))
    return false;
  if (js_as_promise(promise)->state == PROMISE_FULFILLED && !hooked) {
    js_as_promise(promise)->is_handled = 1;
    vm_enqueue_job_of_3(cx, resume_job, state, slot_get(js_as_promise(promise)->result), cx->vm->async_context);
    return true;
  }
  promise_then_resume(cx, js_as_promise(promise), state);
  return true;
}
