// SPDX-License-Identifier: MIT
/* The promise core: see promise.h.  ecma262#sec-promise-abstract-operations */
#include "interp/promise.h"

#include "gc/alloc_inl.h"
#include "interp/generator.h"
#include "interp/ic.h"
#include "interp/interp.h"
#include "interp/jobs.h"
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
void promise_tell_hook(JsContext *cx, JsPromiseEvent event, JsPromise *promise)
{
  hook(cx, event, promise);
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

/* --- jobs -------------------------------------------------------------------------------------------------------- */

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
  JsValue context = slot_get(reaction->async_context), data = slot_get(reaction->data);
  if (reaction->cell.aux == REACTION_THEN && js_is_hole(slot_get(reaction->resolve))) {
    JsValue handler = slot_get(rejected ? reaction->on_rejected : reaction->on_fulfilled);
    if (!js_is_undefined(handler)) {
      job_enqueue_then(cx, handler, argument, data, context);
      return;
    }
  } else if (reaction->cell.aux == REACTION_RESUME && !rejected && !js_is_promise(hooked_promise(reaction))) {
    job_enqueue_resume(cx, data, argument, context);
    return;
  }
  vm_enqueue_job_of_4(cx, reaction_job, js_from_cell(reaction), argument, js_boolean(rejected), JS_UNDEFINED);
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

/* --- settling ---------------------------------------------------------------------------------------------------- */

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

/* Data of resolve and reject functions. MARK: undefined for the first pair, whose mark is the promise's own, else a
 * list of it. */
enum { RESOLVER_PROMISE, RESOLVER_MARK, RESOLVER_REJECTS, RESOLVER_COUNT };

static JsValue resolving_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = js_as_promise(js_callee_data(cx, RESOLVER_PROMISE));
  JsValue mark = js_callee_data(cx, RESOLVER_MARK), value = js_arg(argc, argv, 0);
  if (js_likely(js_is_undefined(mark))) {
    if (promise->already_resolved)
      return JS_UNDEFINED;
    promise->already_resolved = 1;
  } else {
    JsElements *box = (JsElements *)js_as_cell(mark);
    if (js_is_true(slot_get(box->v[0])))
      return JS_UNDEFINED;
    slot_set(cx->heap, box, &box->v[0], JS_TRUE);
  }
  if (js_is_true(js_callee_data(cx, RESOLVER_REJECTS)))
    promise_reject(cx, promise, value);
  else
    promise_resolve_with(cx, promise, value);
  return cx->terminating ? JS_EXCEPTION : JS_UNDEFINED;
}

static JsShape *resolver_shape(JsContext *cx)
{
  JsShape *shape = ptr_slot_get(cx->realm->shapes[REALM_SHAPE_RESOLVER]);
  if (js_unlikely(!shape)) {
    shape = shape_root_for(cx->heap, CELL_NATIVE_FUNCTION, sizeof(JsNativeFunction) + RESOLVER_COUNT * sizeof(JsSlot),
                           0, INTRINSIC_OBJECT(cx, FUNCTION_PROTOTYPE));
    ptr_slot_set(cx->heap, cx->realm, &cx->realm->shapes[REALM_SHAPE_RESOLVER], shape);
  }
  return shape;
}

void promise_create_resolving_functions(JsContext *cx, JsPromise *promise, JsValue *resolve, JsValue *reject)
{
  JsShape *shape = resolver_shape(cx);
  JsValue mark = JS_UNDEFINED;
  if (js_unlikely(promise->has_functions)) {
    JsElements *box = MUST(elements_new(cx->heap, 1));
    mark = js_from_cell(MUST(elements_push(cx, box, JS_FALSE)));
  }
  promise->has_functions = 1;
  for (int k = 0; k < 2; k++) {
    JsNativeFunction *fn = (JsNativeFunction *)object_new_with_shape(cx->heap, shape);
    fn->obj.cell.flags |= OBJECT_CALLABLE | OBJECT_LAZY;
    fn->fn = resolving_function;
    fn->length = 1;
    fn->magic = NATIVE_SETTLES_MAGIC;
    ptr_slot_init(&fn->realm, cx->realm);
    fn->data_count = RESOLVER_COUNT;
    slot_init(&fn->data[RESOLVER_PROMISE], js_from_cell(promise));
    slot_init(&fn->data[RESOLVER_MARK], mark);
    slot_init(&fn->data[RESOLVER_REJECTS], js_boolean(k));
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

/* Fills the guard, when things are as they were made. */
static JS_COLD bool learn_species(JsContext *cx, JsPromise *promise, JsObject *promise_ctor)
{
  JsInterp *interp = interp_state(cx);
  JsShape *shape = ptr_slot_get(cx->realm->shapes[REALM_SHAPE_PROMISE]);
  JsKey constructor = KEY(cx->heap, constructor), species = KEY_SYM(cx->heap, species);
  if (!shape || promise->obj.cell.word != shape->id ||
      !js_same_bits(peek_property(cx, &promise->obj, constructor), js_from_object(promise_ctor)))
    return false;
  const JsIcEntry by_proto = ic_mega_entry(cx, shape->id, constructor)->entry;
  if (!js_same_bits(peek_property(cx, promise_ctor, species), js_from_object(promise_ctor)))
    return false;
  const JsIcEntry own = ic_mega_entry(cx, promise_ctor->cell.word, species)->entry;
  if (by_proto.shape != shape->id || own.shape != promise_ctor->cell.word ||
      (by_proto.kind != IC_PROTO_INLINE && by_proto.kind != IC_PROTO_SLOTS) ||
      (own.kind != IC_OWN_GETTER_INLINE && own.kind != IC_OWN_GETTER_SLOTS))
    return false;
  interp->promise_guard.constructor = by_proto;
  interp->promise_guard.species = own;
  interp->promise_guard.getter = ic_getter(&own, promise_ctor);
  interp->promise_guard.realm = cx->realm;
  return true;
}

/* By the guard, the promise has no other `constructor` than %Promise%. */
JS_INLINE bool constructor_is_promise(JsContext *cx, JsPromise *promise, JsObject *promise_ctor)
{
  const JsInterp *interp = cx->vm->interp;
  if (js_unlikely(!interp || interp->promise_guard.realm != cx->realm))
    return false;
  const JsIcEntry *entry = &interp->promise_guard.constructor;
  return promise->obj.cell.word == entry->shape && ptr_slot_get(entry->validity)->valid &&
         js_same_bits(slot_get(*ic_read_slot(entry, ptr_slot_get(entry->holder))), js_from_object(promise_ctor));
}

/* SpeciesConstructor ( promise, %Promise% ) is %Promise%, which nothing needs to be called for. */
JS_INLINE bool species_is_promise(JsContext *cx, JsPromise *promise, JsObject *promise_ctor)
{
  if (js_likely(constructor_is_promise(cx, promise, promise_ctor))) {
    const JsInterp *interp = cx->vm->interp;
    const JsIcEntry *species = &interp->promise_guard.species;
    if (js_likely(promise_ctor->cell.word == species->shape &&
                  js_same_bits(ic_getter(species, promise_ctor), interp->promise_guard.getter)))
      return true;
  }
  return learn_species(cx, promise, promise_ctor);
}

/* PromiseResolve ( C, x )  ecma262#sec-promise-resolve */
JsValue promise_resolve(JsContext *cx, JsObject *ctor, JsValue x)
{
  if (js_is_promise(x)) {
    if (js_likely(ctor == INTRINSIC_OBJECT(cx, PROMISE) &&
                  (constructor_is_promise(cx, js_as_promise(x), ctor) || learn_species(cx, js_as_promise(x), ctor))))
      return x;
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

/* --- reactions --------------------------------------------------------------------------------------------------- */

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
  /* FAST: a settled promise needs no reaction to remember its handler. */
  JsValue handler = promise->state == PROMISE_FULFILLED ? on_fulfilled : on_rejected;
  if (promise->state != PROMISE_PENDING && js_is_callable(handler) &&
      (!capability || js_is_hole(capability->resolve))) {
    promise_set_handled(cx, promise);
    job_enqueue_then(cx, handler, slot_get(promise->result), capability ? capability->promise : JS_UNDEFINED,
                     cx->vm->async_context);
    return;
  }
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

/* Await ( value )  ecma262#await */
bool promise_await(JsContext *cx, JsValue value, JsValue state)
{
  /* FAST: what is no object is fulfilled at once; nobody can see the promise and the reaction around it. */
  bool hooked = js_unlikely(!js_is_undefined(cx->vm->promise_hook));
  if (!js_is_object(value) && !hooked) {
    job_enqueue_resume(cx, state, value, cx->vm->async_context);
    return true;
  }
  JsValue promise = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), value);
  if (js_is_exception(promise))
    return false;
  if (js_as_promise(promise)->state == PROMISE_FULFILLED && !hooked) {
    js_as_promise(promise)->is_handled = 1;
    job_enqueue_resume(cx, state, slot_get(js_as_promise(promise)->result), cx->vm->async_context);
    return true;
  }
  promise_then_resume(cx, js_as_promise(promise), state);
  return true;
}

/* --- calls that the interpreter answers at once ------------------------------------------------------------------ */

/* A promise without a hook to tell. */
JS_INLINE JsPromise *quick_promise(JsContext *cx)
{
  JsShape *shape = ptr_slot_get(cx->realm->shapes[REALM_SHAPE_PROMISE]);
  if (js_unlikely(!shape))
    return promise_new(cx);
  JsPromise *promise = gc_alloc_fast(cx->heap, CELL_PROMISE, sizeof(JsPromise));
  promise->obj.cell.word = shape->id;
  slot_init(&promise->result, JS_UNDEFINED);
  promise->creation_id = (uint32_t)++cx->vm->next_creation_id;
  return promise;
}

bool promise_then_quickly(JsContext *cx, JsValue this_val, JsValue on_fulfilled, JsValue on_rejected, JsValue *result)
{
  JsObject *promise_ctor = ptr_slot_get(cx->realm->intrinsics[JS_INTRINSIC_PROMISE]);
  if (!js_is_promise(this_val) || js_unlikely(!js_is_undefined(cx->vm->promise_hook)) ||
      !species_is_promise(cx, js_as_promise(this_val), promise_ctor))
    return false;
  JsPromise *promise = js_as_promise(this_val), *derived = quick_promise(cx);
  if (js_likely(promise->state == PROMISE_FULFILLED && js_is_callable(on_fulfilled))) {
    promise->is_handled = 1;
    job_enqueue_then(cx, on_fulfilled, slot_get(promise->result), js_from_cell(derived), cx->vm->async_context);
  } else {
    JsPromiseCapability capability = {js_from_cell(derived), JS_HOLE, JS_HOLE};
    perform_promise_then(cx, promise, on_fulfilled, on_rejected, &capability);
  }
  *result = js_from_cell(derived);
  return true;
}

bool promise_call_quickly(JsContext *cx, const JsValue *window, uint32_t argc, JsValue *result)
{
  const JsNativeFunction *callee = js_as_native_function(window[0]);
  JsValue this_val = window[FRAME_WORDS], argument = argc ? window[FRAME_WORDS + 1] : JS_UNDEFINED;
  JsObject *promise_ctor = ptr_slot_get(cx->realm->intrinsics[JS_INTRINSIC_PROMISE]);
  if (js_unlikely(ptr_slot_get(callee->realm) != cx->realm || !js_is_undefined(cx->vm->promise_hook)))
    return false;
  if (callee->magic == NATIVE_PROMISE_RESOLVE_MAGIC) {
    if (!js_same_bits(this_val, js_from_object(promise_ctor)) || js_is_object(argument))
      return false;
    JsPromise *promise = quick_promise(cx);
    slot_init(&promise->result, argument);
    promise->state = PROMISE_FULFILLED;
    *result = js_from_cell(promise);
    return true;
  }
  return promise_then_quickly(cx, this_val, argument, argc > 1 ? window[FRAME_WORDS + 2] : JS_UNDEFINED, result);
}
