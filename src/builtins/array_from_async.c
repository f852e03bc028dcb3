// SPDX-License-Identifier: MIT
/*
 * Array.fromAsync  ecma262#sec-array.fromasync
 *
 * The specification's closure is an async function in prose. Here its local variables are a list cell, and each of its
 * awaits is a reaction that goes on where `FROM_STEP` says. A step returns false with an exception pending when the
 * closure ends abruptly: the result's promise is rejected with it.
 */
#include "builtins/array.h"
#include "interp/generator.h"
#include "interp/promise.h"

/* The closure's variables. */
enum {
  FROM_STEP,     /* JsFromStep: what is awaited */
  FROM_PROMISE,  /* of the result */
  FROM_TARGET,   /* A */
  FROM_MAPPER,   /* or undefined */
  FROM_THIS_ARG, /* of the mapper */
  FROM_SOURCE,   /* the iterator, or the array-like */
  FROM_NEXT,     /* the iterator's next method; JS_HOLE: an array-like */
  FROM_INDEX,    /* k */
  FROM_LENGTH,   /* of an array-like */
  FROM_ERROR,    /* what the iterator is being closed for */
  FROM_COUNT
};

typedef enum { AWAIT_RESULT, AWAIT_ELEMENT, AWAIT_MAPPED, AWAIT_CLOSED } JsFromStep;

static const int64_t max_length = ((int64_t)1 << 53) - 1;

static JsValue variable(JsElements *state, int which)
{
  return slot_get(state->v[which]);
}
static void set_variable(JsContext *cx, JsElements *state, int which, JsValue val)
{
  slot_set(cx->heap, state, &state->v[which], val);
}
static int64_t index_of(JsElements *state)
{
  return (int64_t)js_number_value(variable(state, FROM_INDEX));
}
static bool is_iterating(JsElements *state)
{
  return !js_is_hole(variable(state, FROM_NEXT));
}

static bool from_async_settled(JsContext *cx, JsValue data, JsValue val, bool rejected);

static bool await_then(JsContext *cx, JsElements *state, JsFromStep step, JsValue val)
{
  JsValue promise = TRY_OR(false, promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), val));
  set_variable(cx, state, FROM_STEP, js_int32((int32_t)step));
  promise_then_callback(cx, js_as_promise(promise), from_async_settled, js_from_cell(state));
  return true;
}

/* AsyncIteratorClose with the pending exception as completion, which nothing that happens here replaces.
 * ecma262#sec-asynciteratorclose */
static bool close_on_throw(JsContext *cx, JsElements *state)
{
  if (cx->terminating)
    return false;
  JsValue error = take_exception(cx), iterator = variable(state, FROM_SOURCE);
  JsValue method = get_method(cx, iterator, KEY(cx->heap, return_));
  JsValue result = js_is_exception(method) || js_is_undefined(method) ? method : js_call0(cx, method, iterator);
  set_variable(cx, state, FROM_ERROR, error);
  if (!js_is_exception(result) && !js_is_undefined(method) && await_then(cx, state, AWAIT_CLOSED, result))
    return true;
  if (cx->terminating)
    return false;
  if (has_exception(cx))
    (void)take_exception(cx);
  (void)throw_value(cx, error);
  return false;
}

static bool finish(JsContext *cx, JsElements *state, int64_t len)
{
  JsValue target = variable(state, FROM_TARGET);
  TRY_OR(false, array_set_length_property(cx, js_as_object(target), len));
  promise_resolve_with(cx, js_as_promise(variable(state, FROM_PROMISE)), target);
  return !cx->terminating;
}

/* The top of either loop. */
static bool begin_turn(JsContext *cx, JsElements *state)
{
  int64_t k = index_of(state);
  JsValue source = variable(state, FROM_SOURCE);
  if (is_iterating(state)) {
    if (k >= max_length) {
      (void)throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
      return close_on_throw(cx, state);
    }
    return await_then(cx, state, AWAIT_RESULT, TRY_OR(false, js_call0(cx, variable(state, FROM_NEXT), source)));
  }
  int64_t len = (int64_t)js_number_value(variable(state, FROM_LENGTH));
  if (k >= len)
    return finish(cx, state, len);
  return await_then(cx, state, AWAIT_ELEMENT, TRY_OR(false, get_index(cx, js_as_object(source), k)));
}

/* The bottom of the loop: an element of the result is there. */
static bool take_mapped(JsContext *cx, JsElements *state, JsValue mapped)
{
  int64_t k = index_of(state);
  if (!create_data_property_index_or_throw(cx, js_as_object(variable(state, FROM_TARGET)), k, mapped))
    return is_iterating(state) && close_on_throw(cx, state);
  set_variable(cx, state, FROM_INDEX, js_number_i64(k + 1));
  return begin_turn(cx, state);
}

static bool take_element(JsContext *cx, JsElements *state, JsValue val)
{
  JsValue mapper = variable(state, FROM_MAPPER);
  if (js_is_undefined(mapper))
    return take_mapped(cx, state, val);
  JsValue mapped = js_call2(cx, mapper, variable(state, FROM_THIS_ARG), val, variable(state, FROM_INDEX));
  if (!js_is_exception(mapped) && await_then(cx, state, AWAIT_MAPPED, mapped))
    return true;
  return is_iterating(state) && close_on_throw(cx, state);
}

static bool take_result(JsContext *cx, JsElements *state, JsValue result)
{
  if (!js_is_object(result)) {
    (void)throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
    return false;
  }
  JsValue done = TRY_OR(false, get_property(cx, js_as_object(result), KEY(cx->heap, done)));
  if (to_boolean(done))
    return finish(cx, state, index_of(state));
  return take_element(cx, state, TRY_OR(false, get_property(cx, js_as_object(result), KEY(cx->heap, value))));
}

static bool resume(JsContext *cx, JsElements *state, JsValue val, bool rejected)
{
  JsFromStep step = (JsFromStep)js_as_int32(variable(state, FROM_STEP));
  if (step == AWAIT_CLOSED) {
    (void)throw_value(cx, variable(state, FROM_ERROR));
    return false;
  }
  if (rejected) {
    (void)throw_value(cx, val);
    return step == AWAIT_MAPPED && is_iterating(state) && close_on_throw(cx, state);
  }
  switch (step) {
  case AWAIT_RESULT: return take_result(cx, state, val);
  case AWAIT_ELEMENT: return take_element(cx, state, val);
  default: return take_mapped(cx, state, val);
  }
}

/* A step's abrupt end is the closure's. False: only a termination. */
static bool settle_abrupt(JsContext *cx, JsElements *state)
{
  if (cx->terminating)
    return false;
  promise_reject(cx, js_as_promise(variable(state, FROM_PROMISE)), take_exception(cx));
  return true;
}

static bool from_async_settled(JsContext *cx, JsValue data, JsValue val, bool rejected)
{
  JsElements *state = (JsElements *)js_as_cell(data);
  return resume(cx, state, val, rejected) || settle_abrupt(cx, state);
}

static JsObject *construct_target(JsContext *cx, JsValue ctor, int argc, int64_t len)
{
  JsValue arg = js_number_i64(len);
  if (js_is_constructor(ctor))
    return js_as_object(TRY_OR(NULL, js_construct(cx, js_as_object(ctor), argc, &arg, js_as_object(ctor))));
  if (len > UINT32_MAX) {
    throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
    return NULL;
  }
  JsArray *array = TRY_OR(NULL, array_new(cx, 0));
  array->length = argc ? (uint32_t)len : 0;
  return &array->obj;
}

static bool begin_iterator(JsContext *cx, JsElements *state, JsValue ctor, JsValue items, JsValue method, bool is_async)
{
  JsIteratorRecord record;
  TRY_OR(false, get_iterator_from_method(cx, items, method, &record));
  if (!is_async) {
    JsObject *wrapped = TRY_OR(false, async_from_sync_iterator_new(cx, &record));
    TRY_OR(false, get_iterator_direct(cx, wrapped, &record));
  }
  set_variable(cx, state, FROM_SOURCE, js_from_object(record.iterator));
  set_variable(cx, state, FROM_NEXT, record.next_method);
  JsObject *target = TRY_OR(false, construct_target(cx, ctor, 0, 0));
  set_variable(cx, state, FROM_TARGET, js_from_object(target));
  return begin_turn(cx, state);
}

static bool begin_array_like(JsContext *cx, JsElements *state, JsValue ctor, JsValue items)
{
  JsObject *array_like = TRY_OR(false, to_object(cx, items));
  int64_t len;
  TRY_OR(false, length_of_array_like(cx, array_like, &len));
  JsObject *target = TRY_OR(false, construct_target(cx, ctor, 1, len));
  set_variable(cx, state, FROM_SOURCE, js_from_object(array_like));
  set_variable(cx, state, FROM_LENGTH, js_number_i64(len));
  set_variable(cx, state, FROM_TARGET, js_from_object(target));
  return begin_turn(cx, state);
}

/* The closure up to its first await. */
static bool begin(JsContext *cx, JsElements *state, JsValue ctor, JsValue items)
{
  JsValue mapper = variable(state, FROM_MAPPER);
  if (!js_is_undefined(mapper) && !js_is_callable(mapper)) {
    (void)throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, mapper);
    return false;
  }
  JsValue method = TRY_OR(false, get_method(cx, items, KEY_SYM(cx->heap, asyncIterator)));
  bool is_async = !js_is_undefined(method);
  if (!is_async)
    method = TRY_OR(false, get_method(cx, items, KEY_SYM(cx->heap, iterator)));
  if (js_is_undefined(method))
    return begin_array_like(cx, state, ctor, items);
  return begin_iterator(cx, state, ctor, items, method, is_async);
}

JsValue array_from_async(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = promise_new(cx);
  JsElements *state = TRY(elements_new(cx->heap, FROM_COUNT));
  for (int k = 0; k < FROM_COUNT; k++)
    state = TRY(elements_push(cx, state, JS_HOLE));
  set_variable(cx, state, FROM_PROMISE, js_from_cell(promise));
  set_variable(cx, state, FROM_MAPPER, js_arg(argc, argv, 1));
  set_variable(cx, state, FROM_THIS_ARG, js_arg(argc, argv, 2));
  set_variable(cx, state, FROM_INDEX, js_int32(0));
  if (!begin(cx, state, this_val, js_arg(argc, argv, 0)) && !settle_abrupt(cx, state))
    return JS_EXCEPTION;
  return js_from_cell(promise);
}
