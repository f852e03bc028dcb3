// SPDX-License-Identifier: MIT
/* The Promise constructor, its statics and its prototype.  ecma262#sec-promise-objects. The core is in
 * interp/promise.c. */
#include "builtins/builtin.h"
#include "interp/ic.h"
#include "interp/promise.h"

/* Promise ( executor )  ecma262#sec-promise-executor */
static JsValue promise_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue executor = js_arg(argc, argv, 0), new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    return throw_error(cx, JS_MSG_PROMISE_REQUIRES_NEW);
  if (!js_is_callable(executor))
    return throw_error(cx, JS_MSG_PROMISE_RESOLVER_NOT_FUNCTION, executor);
  JsPromise *promise;
  if (js_likely(js_same_bits(new_target, js_from_object(INTRINSIC_OBJECT(cx, PROMISE))))) {
    promise = promise_new(cx); /* FAST: its `prototype` cannot be another */
  } else {
    promise = (JsPromise *)TRY(ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_PROMISE_PROTOTYPE,
                                                                CELL_PROMISE, sizeof(JsPromise)));
    promise_init(cx, promise);
  }
  JsValue resolve, reject;
  promise_create_resolving_functions(cx, promise, &resolve, &reject);
  JsValue result = js_call2(cx, executor, JS_UNDEFINED, resolve, reject);
  if (js_is_exception(result)) {
    if (cx->terminating)
      return JS_EXCEPTION;
    TRY(js_call1(cx, reject, JS_UNDEFINED, take_exception(cx)));
  }
  return js_from_cell(promise);
}

/* Invoke ( promise, "then", « onFulfilled, onRejected » ); without a call when that is the original of this realm. */
static JsValue invoke_then(JsContext *cx, JsValue promise, JsValue on_fulfilled, JsValue on_rejected)
{
  JsValue handlers[2] = {on_fulfilled, on_rejected}, result;
  if (js_is_promise(promise)) {
    JsValue then = peek_property(cx, js_as_object(promise), KEY(cx->heap, then));
    if (js_is_kind(then, CELL_NATIVE_FUNCTION) && js_as_native_function(then)->magic == NATIVE_PROMISE_THEN_MAGIC &&
        ptr_slot_get(js_as_native_function(then)->realm) == cx->realm &&
        promise_then_quickly(cx, promise, on_fulfilled, on_rejected, &result))
      return result;
  }
  return invoke(cx, promise, KEY(cx->heap, then), 2, handlers);
}

/* --- combinators ------------------------------------------------------------------------------------------------- */

/* The kinds differ in what an element's settling does; see [DOC] below. */
typedef enum { COMBINE_ALL, COMBINE_ALL_SETTLED, COMBINE_ANY, COMBINE_RACE } JsCombinator;

/* IfAbruptRejectPromise: the pending exception goes to the capability. */
static JsValue reject_capability(JsContext *cx, const JsPromiseCapability *capability)
{
  if (cx->terminating)
    return JS_EXCEPTION;
  TRY(js_call1(cx, capability->reject, JS_UNDEFINED, take_exception(cx)));
  return capability->promise;
}

/*
 * [DOC] The combinators' shared state is a list: [resolve or reject of the result, values array, remaining count]. An
 * element function's data: state, index, whether it was called (shared ones: a list of it), kind (0 the plain value, 1
 * {fulfilled}, 2 {rejected}).
 */
enum { STATE_SETTLE, STATE_VALUES, STATE_REMAINING };
enum { ELEMENT_STATE, ELEMENT_INDEX, ELEMENT_CALLED, ELEMENT_KIND };

static JsValue aggregate_error(JsContext *cx, JsArray *errors)
{
  JsString *message = string_from_c_string(cx->heap, "All promises were rejected");
  JsValue error = error_new(cx, JS_AGGREGATE_ERROR, message);
  JsPropertyDescriptor desc = descriptor_data(js_from_cell(errors), PROP_METHOD);
  TRY(define_property_or_throw(cx, js_as_object(error), KEY(cx->heap, errors), &desc));
  return error;
}

/* Counts one down; at zero the result is settled with the values (any: with an AggregateError). */
static JsValue count_down(JsContext *cx, JsElements *state, bool is_any)
{
  int32_t remaining = js_as_int32(slot_get(state->v[STATE_REMAINING])) - 1;
  slot_set(cx->heap, state, &state->v[STATE_REMAINING], js_int32(remaining));
  if (remaining)
    return JS_UNDEFINED;
  JsValue values = slot_get(state->v[STATE_VALUES]);
  if (is_any)
    values = TRY(aggregate_error(cx, js_as_array(values)));
  return js_call1(cx, slot_get(state->v[STATE_SETTLE]), JS_UNDEFINED, values);
}

static JsValue settled_record(JsContext *cx, bool rejected, JsValue value)
{
  JsHeap *heap = cx->heap;
  JsObject *record = object_new(cx);
  object_define_direct(heap, record, KEY(heap, status),
                       js_from_cell(rejected ? ATOM(heap, rejected) : ATOM(heap, fulfilled)), PROP_ALL);
  object_define_direct(heap, record, rejected ? KEY(heap, reason) : KEY(heap, value), value, PROP_ALL);
  return js_from_object(record);
}

/* Promise.all Resolve Element Functions and the others of their kind  ecma262#sec-promise.all-resolve-element-functions
 */
static JsValue element_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  JsValue mark = slot_get(self->data[ELEMENT_CALLED]);
  JsElements *state = (JsElements *)js_as_cell(js_callee_data(cx, ELEMENT_STATE));
  uint32_t index = (uint32_t)js_number_value(js_callee_data(cx, ELEMENT_INDEX));
  int32_t kind = js_as_int32(js_callee_data(cx, ELEMENT_KIND));
  if (js_is_boolean(mark)) {
    if (js_is_true(mark))
      return JS_UNDEFINED;
    slot_set(cx->heap, self, &self->data[ELEMENT_CALLED], JS_TRUE);
  } else {
    JsElements *called = (JsElements *)js_as_cell(mark);
    if (js_is_true(slot_get(called->v[0])))
      return JS_UNDEFINED;
    slot_set(cx->heap, called, &called->v[0], JS_TRUE);
  }
  JsValue value = js_arg(argc, argv, 0);
  if (kind == 1 || kind == 2)
    value = settled_record(cx, kind == 2, value);
  JsObject *values = js_as_object(slot_get(state->v[STATE_VALUES]));
  TRY(create_data_property_index_or_throw(cx, values, index, value));
  return count_down(cx, state, kind == 3);
}

static JsValue element_function_new(JsContext *cx, JsElements *state, uint32_t index, JsValue called, int32_t kind)
{
  JsValue data[4] = {js_from_cell(state), js_number_u32(index), called, js_int32(kind)};
  JsNativeFunction *fn = native_function_new(cx, element_function, KEY(cx->heap, empty_name), 1, data, 4);
  fn->magic = kind == 0   ? NATIVE_ELEMENT_OF_ALL_MAGIC
              : kind == 3 ? NATIVE_ELEMENT_OF_ANY_MAGIC
                          : NATIVE_ELEMENT_OF_ALL_SETTLED_MAGIC;
  return js_from_cell(fn);
}

/* GetPromiseResolve ( promiseConstructor )  ecma262#sec-getpromiseresolve */
static JsValue get_promise_resolve(JsContext *cx, JsValue ctor)
{
  JsValue resolve = TRY(get_property(cx, js_as_object(ctor), KEY(cx->heap, resolve)));
  if (!js_is_callable(resolve))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION_TEXT,
                       string_from_c_string(cx->heap, "Promise resolve or reject function"));
  return resolve;
}

/* The element's `then` gets these two. */
static bool element_handlers(JsContext *cx, JsCombinator kind, JsElements *state, uint32_t index,
                             const JsPromiseCapability *capability, JsValue *handlers)
{
  handlers[0] = capability->resolve;
  handlers[1] = capability->reject;
  if (kind == COMBINE_RACE)
    return true;
  JsValue called = JS_FALSE;
  if (kind == COMBINE_ALL_SETTLED) {
    JsElements *box = TRY_OR(false, elements_new(cx->heap, 1));
    called = js_from_cell(TRY_OR(false, elements_push(cx, box, JS_FALSE)));
  }
  if (kind == COMBINE_ALL || kind == COMBINE_ALL_SETTLED)
    handlers[0] = element_function_new(cx, state, index, called, kind == COMBINE_ALL ? 0 : 1);
  if (kind == COMBINE_ALL_SETTLED || kind == COMBINE_ANY)
    handlers[1] = element_function_new(cx, state, index, called, kind == COMBINE_ANY ? 3 : 2);
  return true;
}

/* PerformPromiseAll and its siblings  ecma262#sec-performpromiseall */
static JsValue perform_combinator(JsContext *cx, JsCombinator kind, JsIteratorRecord *iterator, JsValue ctor,
                                  const JsPromiseCapability *capability, JsValue promise_resolve_fn)
{
  JsArray *values = TRY(array_new(cx, 0));
  JsElements *state = TRY(elements_new(cx->heap, 3));
  state = TRY(elements_push(cx, state, kind == COMBINE_ANY ? capability->reject : capability->resolve));
  state = TRY(elements_push(cx, state, js_from_cell(values)));
  state = TRY(elements_push(cx, state, js_int32(1)));
  for (uint32_t index = 0;; index++) {
    JsValue next;
    TRY(iterator_step_value(cx, iterator, &next));
    if (js_is_hole(next)) {
      if (kind != COMBINE_RACE)
        TRY(count_down(cx, state, kind == COMBINE_ANY));
      return capability->promise;
    }
    if (kind != COMBINE_RACE)
      TRY(create_data_property_index_or_throw(cx, &values->obj, index, JS_UNDEFINED));
    JsValue next_promise = TRY(js_call1(cx, promise_resolve_fn, ctor, next));
    JsValue handlers[2];
    TRY(element_handlers(cx, kind, state, index, capability, handlers));
    if (kind != COMBINE_RACE)
      slot_set(cx->heap, state, &state->v[STATE_REMAINING],
               js_int32(js_as_int32(slot_get(state->v[STATE_REMAINING])) + 1));
    TRY(invoke_then(cx, next_promise, handlers[0], handlers[1]));
  }
}

/* Promise.all, allSettled, any, race ( iterable ); magic: JsCombinator  ecma262#sec-promise.all */
static JsValue promise_combinator(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCombinator kind = (JsCombinator)js_callee_magic(cx);
  JsPromiseCapability capability;
  TRY(new_promise_capability(cx, this_val, &capability));
  JsValue resolve_fn = get_promise_resolve(cx, this_val);
  if (js_is_exception(resolve_fn))
    return reject_capability(cx, &capability);
  JsIteratorRecord iterator;
  if (!get_iterator(cx, js_arg(argc, argv, 0), &iterator))
    return reject_capability(cx, &capability);
  JsValue result = perform_combinator(cx, kind, &iterator, this_val, &capability, resolve_fn);
  if (!js_is_exception(result))
    return result;
  if (!iterator.done)
    (void)iterator_close_on_throw(cx, &iterator);
  return reject_capability(cx, &capability);
}

/* --- other statics ----------------------------------------------------------------------------------------------- */

/* Promise.reject ( r )  ecma262#sec-promise.reject */
static JsValue promise_static_reject(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_object(this_val) && js_as_object(this_val) == INTRINSIC_OBJECT(cx, PROMISE)) {
    /* FAST: the resolving functions would be seen by nobody. */
    JsPromise *promise = promise_new(cx);
    promise_reject(cx, promise, js_arg(argc, argv, 0));
    return js_from_cell(promise);
  }
  JsPromiseCapability capability;
  TRY(new_promise_capability(cx, this_val, &capability));
  TRY(js_call1(cx, capability.reject, JS_UNDEFINED, js_arg(argc, argv, 0)));
  return capability.promise;
}

/* Promise.resolve ( x )  ecma262#sec-promise.resolve */
static JsValue promise_static_resolve(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_PROMISE_NON_OBJECT, "PromiseResolve");
  return promise_resolve(cx, js_as_object(this_val), js_arg(argc, argv, 0));
}

/* Promise.try ( callback, ...args )  ecma262#sec-promise.try */
static JsValue promise_static_try(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_PROMISE_NON_OBJECT, "Promise.try");
  JsPromiseCapability capability;
  TRY(new_promise_capability(cx, this_val, &capability));
  JsValue result = js_call(cx, js_arg(argc, argv, 0), JS_UNDEFINED, argc > 1 ? argc - 1 : 0, argv + 1);
  if (js_is_exception(result))
    return reject_capability(cx, &capability);
  TRY(js_call1(cx, capability.resolve, JS_UNDEFINED, result));
  return capability.promise;
}

/* Promise.withResolvers ( )  ecma262#sec-promise.withResolvers */
static JsValue promise_static_with_resolvers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  JsPromiseCapability capability;
  TRY(new_promise_capability(cx, this_val, &capability));
  JsObject *obj = object_new(cx);
  object_define_direct(heap, obj, KEY(heap, promise), capability.promise, PROP_ALL);
  object_define_direct(heap, obj, KEY(heap, resolve), capability.resolve, PROP_ALL);
  object_define_direct(heap, obj, KEY(heap, reject), capability.reject, PROP_ALL);
  return js_from_object(obj);
}

static JsValue promise_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* --- prototype
 * ----------------------------------------------------------------------------------------------------------------------
 */

/* SpeciesConstructor ( promise, %Promise% ), its two reads through the Vm's cache. */
static JsObject *then_constructor(JsContext *cx, JsPromise *promise, JsObject *default_ctor)
{
  JsValue ctor = TRY_OR(NULL, get_property_cached(cx, &promise->obj, KEY(cx->heap, constructor)));
  if (js_unlikely(!js_same_bits(ctor, js_from_object(default_ctor))))
    return species_of_constructor(cx, ctor, default_ctor);
  JsValue species = TRY_OR(NULL, get_property_cached(cx, default_ctor, KEY_SYM(cx->heap, species)));
  return js_same_bits(species, ctor) ? default_ctor : species_checked(cx, species, default_ctor);
}

/* Promise.prototype.then ( onFulfilled, onRejected )  ecma262#sec-promise.prototype.then */
static JsValue promise_proto_then(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = (JsPromise *)TRY(this_kind(cx, this_val, CELL_PROMISE, "Promise.prototype.then"));
  JsObject *default_ctor = INTRINSIC_OBJECT(cx, PROMISE);
  JsObject *ctor = TRY(then_constructor(cx, promise, default_ctor));
  JsPromiseCapability capability = {JS_UNDEFINED, JS_HOLE, JS_HOLE};
  cx->vm->promise_parent = this_val;
  if (ctor == default_ctor)
    capability.promise = js_from_cell(promise_new(cx)); /* FAST: nobody can get at its resolving functions */
  else
    TRY(new_promise_capability(cx, js_from_object(ctor), &capability));
  perform_promise_then(cx, promise, js_arg(argc, argv, 0), js_arg(argc, argv, 1), &capability);
  return capability.promise;
}

/* Promise.prototype.catch ( onRejected )  ecma262#sec-promise.prototype.catch */
static JsValue promise_proto_catch(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return invoke_then(cx, this_val, JS_UNDEFINED, js_arg(argc, argv, 0));
}

/* The value or thrower function at the end of finally; data: value */
static JsValue value_thunk(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_callee_data(cx, 0);
}
static JsValue thrower(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return throw_value(cx, js_callee_data(cx, 0));
}

/* Then Finally and Catch Finally functions; data: onFinally, constructor; magic would be shared, so data 2 says which
 * ecma262#sec-promise.prototype.finally */
static JsValue finally_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue on_finally = js_callee_data(cx, 0), ctor = js_callee_data(cx, 1), value = js_arg(argc, argv, 0);
  bool rejected = js_is_true(js_callee_data(cx, 2));
  JsValue result = TRY(js_call0(cx, on_finally, JS_UNDEFINED));
  JsValue promise = TRY(promise_resolve(cx, js_as_object(ctor), result));
  JsValue continuation =
      js_from_cell(native_function_new(cx, rejected ? thrower : value_thunk, KEY(cx->heap, empty_name), 0, &value, 1));
  return invoke(cx, promise, KEY(cx->heap, then), 1, &continuation);
}

static JsValue promise_proto_finally(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "Promise.prototype.finally", this_val);
  JsObject *ctor = TRY(species_constructor(cx, js_as_object(this_val), INTRINSIC_OBJECT(cx, PROMISE)));
  JsValue on_finally = js_arg(argc, argv, 0), args[2] = {on_finally, on_finally};
  if (js_is_callable(on_finally)) {
    for (int k = 0; k < 2; k++) {
      JsValue data[3] = {on_finally, js_from_object(ctor), js_boolean(k)};
      args[k] = js_from_cell(native_function_new(cx, finally_function, KEY(cx->heap, empty_name), 1, data, 3));
    }
  }
  return invoke_then(cx, this_val, args[0], args[1]);
}

/* --- tables
 * ---------------------------------------------------------------------------------------------------------------------------
 */

static const JsBuiltin promise_static[] = {
    FN_MAGIC("all", promise_combinator, 1, COMBINE_ALL),
    FN_MAGIC("allSettled", promise_combinator, 1, COMBINE_ALL_SETTLED),
    FN_MAGIC("any", promise_combinator, 1, COMBINE_ANY),
    FN_MAGIC("race", promise_combinator, 1, COMBINE_RACE),
    FN_MAGIC("resolve", promise_static_resolve, 1, NATIVE_PROMISE_RESOLVE_MAGIC),
    FN("reject", promise_static_reject, 1),
    FN("try", promise_static_try, 1),
    FN("withResolvers", promise_static_with_resolvers, 0),
    GETTER_SYM(species, promise_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};
static const JsBuiltin promise_proto[] = {
    FN_MAGIC("then", promise_proto_then, 2, NATIVE_PROMISE_THEN_MAGIC),
    FN("catch", promise_proto_catch, 1),
    FN("finally", promise_proto_finally, 1),
    STRING_SYM(toStringTag, "Promise"),
};
const JsIntrinsicTable promise_constructor_table = {
    CONSTRUCTOR_TABLE("Promise", promise_constructor, 1, PROMISE_PROTOTYPE), ROWS(promise_static)};
const JsIntrinsicTable promise_proto_table = {PROTOTYPE_TABLE(PROMISE), ROWS(promise_proto)};
