// SPDX-License-Identifier: MIT
/*
 * Iteration: the three iterator registers (iterator or array, next method or hole, state), for-in's key enumerator,
 * yield*.
 *
 * A fast array iterator holds the array, the hole and an index; a finished iterator of either kind has the hole as
 * state.
 */
#include "interp/interp.h"

#include "interp/call_site.h"
#include "interp/generator.h"

enum { IT_OBJECT, IT_NEXT, IT_STATE };

JS_INLINE bool is_fast(const JsValue *it)
{
  return js_is_hole(it[IT_NEXT]);
}
JS_INLINE bool is_finished(const JsValue *it)
{
  return js_is_hole(it[IT_STATE]);
}

static void set_iterator(JsValue *it, const JsIteratorRecord *record)
{
  it[IT_OBJECT] = js_from_object(record->iterator);
  it[IT_NEXT] = record->next_method;
  it[IT_STATE] = JS_UNDEFINED;
}

/* V8 names the expression where it can. */
void interp_throw_not_iterable(JsContext *cx, JsValue iterable)
{
  bool is_call;
  JsString *text = iterable_site_text(cx, &is_call);
  if (text)
    (void)throw_error(cx, is_call ? JS_MSG_NOT_CALLABLE_OR_ITERABLE : JS_MSG_NOT_ITERABLE_TEXT, text);
  else
    throw_not_iterable(cx, iterable);
}

bool interp_slow_get_iterator(JsContext *cx, JsValue *it, JsValue iterable, bool nameless)
{
  if (js_is_array_object(iterable) && array_iteration_is_pristine(cx, iterable)) {
    it[IT_OBJECT] = iterable;
    it[IT_NEXT] = JS_HOLE;
    it[IT_STATE] = js_int32(0);
    return true;
  }
  JsValue method = JS_UNDEFINED;
  if (!js_is_nullish(iterable)) {
    method = get_v(cx, iterable, KEY_SYM(cx->heap, iterator));
    if (js_is_exception(method))
      return false;
  }
  if (!js_is_callable(method)) {
    if (nameless)
      throw_not_iterable(cx, iterable);
    else
      interp_throw_not_iterable(cx, iterable);
    return false;
  }
  JsIteratorRecord record;
  TRY_OR(false, get_iterator_from_method(cx, iterable, method, &record));
  set_iterator(it, &record);
  return true;
}

/* GetIterator ( obj, async )  ecma262#sec-getiterator */
bool interp_slow_get_async_iterator(JsContext *cx, JsValue *it, JsValue iterable)
{
  JsValue method = get_method(cx, iterable, KEY_SYM(cx->heap, asyncIterator));
  if (js_is_exception(method))
    return false;
  JsIteratorRecord record;
  if (!js_is_undefined(method)) {
    JsValue iterator = js_call0(cx, method, iterable);
    if (js_is_exception(iterator))
      return false;
    if (!js_is_object(iterator)) {
      (void)throw_error(cx, JS_MSG_ASYNC_ITERATOR_NOT_OBJECT, iterator);
      return false;
    }
    TRY_OR(false, get_iterator_direct(cx, js_as_object(iterator), &record));
  } else {
    TRY_OR(false, get_iterator(cx, iterable, &record));
    JsObject *wrapped = TRY_OR(false, async_from_sync_iterator_new(cx, &record));
    TRY_OR(false, get_iterator_direct(cx, wrapped, &record));
  }
  set_iterator(it, &record);
  return true;
}

/* One step of an array: its length is read at every step, as %ArrayIteratorPrototype%.next does. */
static bool fast_next(JsContext *cx, JsValue *it, JsValue *val)
{
  int64_t index = (int64_t)js_number_value(it[IT_STATE]);
  JsArray *array = js_as_array(it[IT_OBJECT]);
  if (index >= array->length) {
    it[IT_STATE] = *val = JS_HOLE;
    return true;
  }
  it[IT_STATE] = JS_HOLE; /* a getter that throws finishes it */
  *val = get_index(cx, &array->obj, index);
  if (js_is_exception(*val))
    return false;
  it[IT_STATE] = js_number_i64(index + 1);
  return true;
}

/* The position is not that of a call: messages show the value. */
static JsValue call_next(JsContext *cx, JsValue *it)
{
  if (js_unlikely(!js_is_callable(it[IT_NEXT])))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, it[IT_NEXT]);
  return js_call0(cx, it[IT_NEXT], it[IT_OBJECT]);
}

/* IteratorStepValue ( iteratorRecord )  ecma262#sec-iteratorstepvalue */
bool interp_slow_iterator_next(JsContext *cx, JsValue *it, JsValue *val)
{
  if (is_finished(it)) {
    *val = JS_HOLE;
    return true;
  }
  if (is_fast(it))
    return fast_next(cx, it, val);
  it[IT_STATE] = JS_HOLE;
  if (generator_is_plain_next(cx, it[IT_OBJECT], it[IT_NEXT])) {
    /* FAST: the result object of the pristine next() would be seen by nobody. */
    bool done;
    JsValue yielded = generator_resume(cx, js_as_object(it[IT_OBJECT]), JS_UNDEFINED, RESUME_NEXT, &done);
    if (js_is_exception(yielded))
      return false;
    *val = done ? JS_HOLE : yielded;
  } else {
    JsValue result = call_next(cx, it);
    if (js_is_exception(result))
      return false;
    if (!js_is_object(result)) {
      (void)throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
      return false;
    }
    return interp_slow_iterator_unwrap(cx, result, it, val);
  }
  if (!js_is_hole(*val))
    it[IT_STATE] = JS_UNDEFINED;
  return true;
}

bool interp_slow_iterator_unwrap(JsContext *cx, JsValue result, JsValue *it, JsValue *val)
{
  it[IT_STATE] = JS_HOLE;
  if (!js_is_object(result)) {
    (void)throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
    return false;
  }
  JsValue done = get_property_cached(cx, js_as_object(result), KEY(cx->heap, done));
  if (js_is_exception(done))
    return false;
  if (to_boolean(done)) {
    *val = JS_HOLE;
    return true;
  }
  *val = get_property_cached(cx, js_as_object(result), KEY(cx->heap, value));
  if (js_is_exception(*val))
    return false;
  it[IT_STATE] = JS_UNDEFINED;
  return true;
}

JsValue interp_slow_iterator_rest(JsContext *cx, JsValue *it)
{
  JsArray *array = TRY(array_new(cx, 0));
  for (;;) {
    JsValue val;
    TRY(interp_slow_iterator_next(cx, it, &val));
    if (js_is_hole(val))
      return js_from_cell(array);
    TRY(array_push_direct(cx, array, val));
  }
}

/* IteratorClose ( iteratorRecord, completion )  ecma262#sec-iteratorclose */
bool interp_slow_iterator_close(JsContext *cx, JsValue *it)
{
  if (is_finished(it) || is_fast(it))
    return true;
  it[IT_STATE] = JS_HOLE;
  JsValue method = get_method(cx, it[IT_OBJECT], KEY(cx->heap, return_));
  if (js_is_exception(method))
    return false;
  if (js_is_undefined(method))
    return true;
  JsValue result = js_call0(cx, method, it[IT_OBJECT]);
  if (js_is_exception(result))
    return false;
  if (!js_is_object(result)) {
    (void)throw_error(cx, JS_MSG_NOT_AN_OBJECT, result);
    return false;
  }
  return true;
}

void interp_slow_iterator_close_throw(JsContext *cx, JsValue *it)
{
  if (is_finished(it) || is_fast(it))
    return;
  it[IT_STATE] = JS_HOLE;
  JsValue method = get_method(cx, it[IT_OBJECT], KEY(cx->heap, return_));
  if (!js_is_exception(method) && !js_is_undefined(method))
    method = js_call0(cx, method, it[IT_OBJECT]);
  if (js_is_exception(method) && !cx->terminating)
    (void)take_exception(cx);
}

JsValue interp_slow_iterator_call_next(JsContext *cx, JsValue *it)
{
  it[IT_STATE] = JS_HOLE; /* a throw finishes it */
  JsValue result = TRY(call_next(cx, it));
  it[IT_STATE] = JS_UNDEFINED;
  return result;
}

bool interp_slow_iterator_call_return(JsContext *cx, JsValue *it, JsValue *result)
{
  *result = JS_HOLE;
  if (is_finished(it))
    return true;
  it[IT_STATE] = JS_HOLE;
  JsValue method = get_method(cx, it[IT_OBJECT], KEY(cx->heap, return_));
  if (js_is_exception(method))
    return false;
  if (js_is_undefined(method))
    return true;
  *result = js_call0(cx, method, it[IT_OBJECT]);
  return !js_is_exception(*result);
}

/* --- yield* ------------------------------------------------------------------------------------------------------ */

/* YieldExpression : yield * AssignmentExpression
 * ecma262#sec-generator-function-definitions-runtime-semantics-evaluation */
bool interp_slow_delegate_step(JsContext *cx, JsValue *it, JsValue received, JsValue *mode, bool is_async,
                               JsValue *result)
{
  JsHeap *heap = cx->heap;
  int32_t how = js_as_int32(*mode);
  JsValue iterator = it[IT_OBJECT];
  if (is_fast(it)) {
    /* An array's own iteration: turn it into the real iterator object, which yield* may hand out results of. */
    JsIteratorRecord record;
    TRY_OR(false, get_iterator(cx, iterator, &record));
    set_iterator(it, &record);
    iterator = it[IT_OBJECT];
  }
  if (how == RESUME_NEXT) {
    *result = js_call1(cx, it[IT_NEXT], iterator, received);
    return !js_is_exception(*result);
  }
  JsValue method = get_method(cx, iterator, how == RESUME_THROW ? KEY(heap, throw_) : KEY(heap, return_));
  if (js_is_exception(method))
    return false;
  if (!js_is_undefined(method)) {
    *result = js_call1(cx, method, iterator, received);
    return !js_is_exception(*result);
  }
  if (how == RESUME_RETURN) {
    *result = JS_HOLE;
    return true;
  }
  /* No `throw`: the iterator gets a chance to clean up, then the protocol violation is reported. */
  if (is_async) {
    JsValue closer = get_method(cx, iterator, KEY(heap, return_));
    if (js_is_exception(closer))
      return false;
    if (!js_is_undefined(closer) && js_is_exception(js_call0(cx, closer, iterator)))
      return false;
  } else {
    TRY_OR(false, interp_slow_iterator_close(cx, it));
  }
  (void)throw_error(cx, JS_MSG_ITERATOR_HAS_NO_THROW);
  return false;
}

bool interp_slow_delegate_result(JsContext *cx, JsValue result, bool is_async, JsValue *val, bool *done)
{
  if (!js_is_object(result)) {
    (void)throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
    return false;
  }
  JsValue flag = get_property_cached(cx, js_as_object(result), KEY(cx->heap, done));
  if (js_is_exception(flag))
    return false;
  *done = to_boolean(flag);
  *val = *done || is_async ? get_property(cx, js_as_object(result), KEY(cx->heap, value)) : result;
  return !js_is_exception(*val);
}

/* --- for-in ------------------------------------------------------------------------------------------------------ */

/* EnumerateObjectProperties  ecma262#sec-enumerate-object-properties. The enumerator is a list cell: [object, shape id
 * when the keys need no check (else -1), position, key 0, key 1, ...] with keys already filtered for shadowing along
 * the chain. */
enum { FOR_IN_OBJECT, FOR_IN_SHAPE, FOR_IN_POSITION, FOR_IN_KEYS };

static bool list_has(const JsElements *list, uint32_t from, JsKey key)
{
  for (uint32_t k = from; k < list->length; k++) {
    if (slot_get(list->v[k]).bits == key.bits)
      return true;
  }
  return false;
}

/* Follows a prototype chain, which proxies may have made into a ring: Brent's algorithm ends it there. */
typedef struct ChainWalk {
  JsObject *mark;
  uint32_t steps, limit;
} ChainWalk;

static bool next_in_chain(JsContext *cx, ChainWalk *walk, JsObject **obj)
{
  TRY_OR(false, object_get_prototype_of(cx, *obj, obj));
  if (*obj && *obj == walk->mark) {
    *obj = NULL;
  } else if (++walk->steps > walk->limit) {
    walk->mark = *obj;
    walk->steps = 0;
    walk->limit *= 2;
  }
  return true;
}

/* Has obj enumerable properties that need asking about? Chains of plain prototypes without any are the rule. */
static JsElements *collect_keys(JsContext *cx, JsObject *obj, JsElements *list, bool *simple)
{
  JsElements *hidden = TRY_OR(NULL, elements_new(cx->heap, 4));
  bool first = true;
  ChainWalk walk = {.limit = 8};
  while (obj) {
    JsElements *keys = TRY_OR(NULL, object_own_keys(cx, obj));
    bool exotic = (obj->cell.flags & OBJECT_EXOTIC) && obj->cell.kind != CELL_ARRAY;
    uint32_t end_of_nearer = list->length;
    for (uint32_t k = 0; k < keys->length; k++) {
      JsKey key = key_from_raw_value(slot_get(keys->v[k]));
      if (key_is_symbol(key) || (!first && (list_has(list, FOR_IN_KEYS, key) || list_has(hidden, 0, key))))
        continue;
      JsPropertyDescriptor desc;
      bool found;
      TRY_OR(NULL, object_get_own_property(cx, obj, key, &desc, &found));
      if (!found)
        continue;
      if (desc.attrs & PROP_ENUMERABLE)
        list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(key)));
      else
        hidden = TRY_OR(NULL, elements_push(cx, hidden, key_raw_value(key)));
    }
    if (exotic || (!first && list->length != end_of_nearer))
      *simple = false;
    first = false;
    TRY_OR(NULL, js_poll(cx, 8));
    TRY_OR(NULL, next_in_chain(cx, &walk, &obj));
  }
  return list;
}

JsValue interp_slow_for_in_start(JsContext *cx, JsValue val)
{
  JsElements *list = TRY(elements_new(cx->heap, 8));
  for (uint32_t k = 0; k < FOR_IN_KEYS; k++)
    list = TRY(elements_push(cx, list, JS_UNDEFINED));
  slot_set(cx->heap, list, &list->v[FOR_IN_POSITION], js_int32(FOR_IN_KEYS));
  slot_set(cx->heap, list, &list->v[FOR_IN_SHAPE], js_int32(-1));
  if (js_is_nullish(val))
    return js_from_cell(list);
  JsObject *obj = TRY(to_object(cx, val));
  slot_set(cx->heap, list, &list->v[FOR_IN_OBJECT], js_from_object(obj));
  bool simple = true;
  list = TRY(collect_keys(cx, obj, list, &simple));
  if (simple)
    slot_set(cx->heap, list, &list->v[FOR_IN_SHAPE], js_number_u32(obj->cell.word));
  return js_from_cell(list);
}

/* Is a key that was there at the start still there? */
static bool still_present(JsContext *cx, JsElements *list, JsKey key, bool *present)
{
  JsObject *obj = js_as_object(slot_get(list->v[FOR_IN_OBJECT]));
  *present = true;
  if (js_same_bits(slot_get(list->v[FOR_IN_SHAPE]), js_number_u32(obj->cell.word)) &&
      (!key_is_index(key) || !js_is_hole(object_dense_get(obj, key_as_index(key)))))
    return true;
  ChainWalk walk = {.limit = 8};
  while (obj) {
    JsPropertyDescriptor desc;
    bool found;
    TRY_OR(false, object_get_own_property(cx, obj, key, &desc, &found));
    if (found) {
      *present = desc.attrs & PROP_ENUMERABLE;
      return true;
    }
    TRY_OR(false, next_in_chain(cx, &walk, &obj));
  }
  *present = false;
  return true;
}

bool interp_slow_for_in_next(JsContext *cx, JsValue enumerator, JsValue *out)
{
  JsElements *list = (JsElements *)js_as_cell(enumerator);
  for (;;) {
    uint32_t position = (uint32_t)js_as_int32(slot_get(list->v[FOR_IN_POSITION]));
    if (position >= list->length) {
      *out = JS_HOLE;
      return true;
    }
    slot_set(cx->heap, list, &list->v[FOR_IN_POSITION], js_int32((int32_t)position + 1));
    JsKey key = key_from_raw_value(slot_get(list->v[position]));
    bool present;
    TRY_OR(false, still_present(cx, list, key, &present));
    if (present) {
      *out = key_to_value(cx->heap, key);
      return true;
    }
  }
}
