// SPDX-License-Identifier: MIT
/*
 * Iterator: constructor, Iterator.from, and the consuming methods of %Iterator.prototype%
 * (ecma262#sec-iterator-objects); %AsyncIteratorPrototype%. The lazy methods are in iterator_helper.c.
 */
#include "builtins/iterator.h"
#include "interp/promise.h"

void wrapped_iterator_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsWrappedIterator) == 40, "update wrapped_iterator_trace()");
void wrapped_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  JsWrappedIterator *wrapped = (JsWrappedIterator *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, wrapped->iterator);
  gc_trace_slot(tracer, &wrapped->next_method);
}

/* --- constructor and from ---------------------------------------------------------------------------------------- */

/* Iterator ( )  ecma262#sec-iterator */
static JsValue iterator_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    return throw_constructor_requires_new(cx, "Iterator");
  if (js_as_object(new_target) == js_callee(cx))
    return throw_error(cx, JS_MSG_ABSTRACT_ITERATOR);
  return js_from_object(TRY(ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                             CELL_OBJECT, sizeof(JsObject))));
}

bool get_iterator_flattenable(JsContext *cx, JsValue val, bool strings, const char *method, JsIteratorRecord *record)
{
  if (!js_is_object(val) && !(strings && js_is_string(val))) {
    throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
    return false;
  }
  JsValue make = TRY_OR(false, get_method(cx, val, KEY_SYM(cx->heap, iterator)));
  JsValue iterator = js_is_undefined(make) ? val : TRY_OR(false, js_call0(cx, make, val));
  if (!js_is_object(iterator)) {
    throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
    return false;
  }
  return get_iterator_direct(cx, js_as_object(iterator), record);
}

/* Iterator.from ( O )  ecma262#sec-iterator.from */
static JsValue iterator_from(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIteratorRecord record;
  bool is_instance;
  TRY(get_iterator_flattenable(cx, js_arg(argc, argv, 0), true, "Iterator.from", &record));
  TRY(ordinary_has_instance(cx, js_from_object(INTRINSIC_OBJECT(cx, ITERATOR)), js_from_object(record.iterator),
                            &is_instance));
  if (is_instance)
    return js_from_object(record.iterator);
  JsWrappedIterator *wrapped = (JsWrappedIterator *)TRY(object_new_kind(
      cx, CELL_WRAPPED_ITERATOR, sizeof(JsWrappedIterator), INTRINSIC_OBJECT(cx, WRAP_FOR_VALID_ITERATOR_PROTOTYPE)));
  ptr_slot_set(cx->heap, wrapped, &wrapped->iterator, record.iterator);
  slot_set(cx->heap, wrapped, &wrapped->next_method, record.next_method);
  return js_from_object(&wrapped->obj);
}

/* %WrapForValidIteratorPrototype%.next ( )  ecma262#sec-%wrapforvaliditeratorprototype%.next */
static JsValue wrapped_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWrappedIterator *wrapped =
      (JsWrappedIterator *)TRY(this_kind(cx, this_val, CELL_WRAPPED_ITERATOR, "%WrapForValidIteratorPrototype%.next"));
  return js_call0(cx, slot_get(wrapped->next_method), js_from_object(ptr_slot_get(wrapped->iterator)));
}

/* %WrapForValidIteratorPrototype%.return ( )  ecma262#sec-%wrapforvaliditeratorprototype%.return */
static JsValue wrapped_iterator_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWrappedIterator *wrapped = (JsWrappedIterator *)TRY(
      this_kind(cx, this_val, CELL_WRAPPED_ITERATOR, "%WrapForValidIteratorPrototype%.return"));
  JsValue iterator = js_from_object(ptr_slot_get(wrapped->iterator));
  JsValue method = TRY(get_method(cx, iterator, KEY(cx->heap, return_)));
  if (js_is_undefined(method))
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  return js_call0(cx, method, iterator);
}

/* --- consuming --------------------------------------------------------------------------------------------------- */

/* this as an iterator record for a method with a callback; the callback is checked. */
static bool begin_consuming(JsContext *cx, JsValue this_val, JsValue callback, const char *method,
                            JsIteratorRecord *record)
{
  if (!js_is_object(this_val)) {
    throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
    return false;
  }
  *record = (JsIteratorRecord){js_as_object(this_val), JS_UNDEFINED, false};
  if (!js_is_callable(callback)) {
    throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
    return iterator_close_on_throw(cx, record);
  }
  return get_iterator_direct(cx, js_as_object(this_val), record);
}

static JsValue close_and_return(JsContext *cx, JsIteratorRecord *record, JsValue val)
{
  return iterator_close(cx, record) ? val : JS_EXCEPTION;
}

/* Iterator.prototype.reduce ( reducer [ , initialValue ] )  ecma262#sec-iterator.prototype.reduce */
static JsValue iterator_proto_reduce(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIteratorRecord record;
  JsValue reducer = js_arg(argc, argv, 0), accumulator = js_arg(argc, argv, 1);
  int64_t counter = 0;
  TRY(begin_consuming(cx, this_val, reducer, "Iterator.prototype.reduce", &record));
  if (argc < 2) {
    TRY(iterator_step_value(cx, &record, &accumulator));
    if (js_is_hole(accumulator))
      return throw_error(cx, JS_MSG_REDUCE_DONE_ITERATOR);
    counter = 1;
  }
  for (;; counter++) {
    JsValue val;
    TRY(iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return accumulator;
    accumulator = js_call3(cx, reducer, JS_UNDEFINED, accumulator, val, js_number_i64(counter));
    if (js_is_exception(accumulator)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
  }
}

/* Iterator.prototype.toArray ( )  ecma262#sec-iterator.prototype.toarray */
static JsValue iterator_proto_to_array(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIteratorRecord record;
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, "Iterator.prototype.toArray");
  TRY(get_iterator_direct(cx, js_as_object(this_val), &record));
  JsArray *array = TRY(array_new(cx, 8));
  for (;;) {
    JsValue val;
    TRY(iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return js_from_object(&array->obj);
    TRY(array_push_direct(cx, array, val));
  }
}

typedef enum { VISIT_FOR_EACH, VISIT_SOME, VISIT_EVERY, VISIT_FIND } Visit;

/* forEach, some, every, find  ecma262#sec-iterator.prototype.foreach and following; magic: Visit */
static JsValue iterator_proto_visit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const methods[] = {"Iterator.prototype.forEach", "Iterator.prototype.some",
                                        "Iterator.prototype.every", "Iterator.prototype.find"};
  static const JsValue at_end[] = {{0x0A}, {0x06}, {0x07}, {0x0A}}; /* undefined, false, true, undefined */
  Visit visit = (Visit)js_callee_magic(cx);
  JsIteratorRecord record;
  JsValue callback = js_arg(argc, argv, 0);
  TRY(begin_consuming(cx, this_val, callback, methods[visit], &record));
  for (int64_t counter = 0;; counter++) {
    JsValue val;
    TRY(iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return at_end[visit];
    JsValue result = js_call2(cx, callback, JS_UNDEFINED, val, js_number_i64(counter));
    if (js_is_exception(result)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
    if (visit == VISIT_FOR_EACH)
      continue;
    bool yes = to_boolean(result);
    if (visit == VISIT_SOME && yes)
      return close_and_return(cx, &record, JS_TRUE);
    if (visit == VISIT_EVERY && !yes)
      return close_and_return(cx, &record, JS_FALSE);
    if (visit == VISIT_FIND && yes)
      return close_and_return(cx, &record, val);
  }
}

/* --- the prototype's odd properties ------------------------------------------------------------------------------ */

/* %IteratorPrototype% [ %Symbol.iterator% ] ( )  ecma262#sec-%iteratorprototype%-%symbol.iterator% */
static JsValue return_this(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* %IteratorPrototype% [ %Symbol.dispose% ] ( )  ecma262#sec-%iteratorprototype%-%symbol.dispose% */
static JsValue iterator_proto_dispose(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue method = TRY(get_method(cx, this_val, KEY(cx->heap, return_)));
  if (!js_is_undefined(method))
    TRY(js_call0(cx, method, this_val));
  return JS_UNDEFINED;
}

/* SetterThatIgnoresPrototypeProperties  ecma262#sec-SetterThatIgnoresPrototypeProperties */
static JsValue set_ignoring_prototype(JsContext *cx, JsValue this_val, JsKey key, JsValue val)
{
  JsObject *home = INTRINSIC_OBJECT(cx, ITERATOR_PROTOTYPE);
  JsPropertyDescriptor desc;
  bool found;
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, "set Iterator.prototype property");
  JsObject *obj = js_as_object(this_val);
  if (obj == home)
    return throw_error(cx, JS_MSG_READ_ONLY_PROPERTY, key, this_val, this_val);
  TRY(object_get_own_property(cx, obj, key, &desc, &found));
  if (found)
    TRY(set_property(cx, obj, key, val));
  else
    TRY(create_data_property_or_throw(cx, obj, key, val));
  return JS_UNDEFINED;
}

/* get and set %Iterator.prototype%.constructor  ecma262#sec-iterator.prototype.constructor */
static JsValue iterator_proto_get_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_object(INTRINSIC_OBJECT(cx, ITERATOR));
}
static JsValue iterator_proto_set_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return set_ignoring_prototype(cx, this_val, KEY(cx->heap, constructor), js_arg(argc, argv, 0));
}

/* get and set %Iterator.prototype% [ %Symbol.toStringTag% ]  ecma262#sec-iterator.prototype-%symbol.tostringtag% */
static JsValue iterator_proto_get_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_cell(string_from_c_string(cx->heap, "Iterator"));
}
static JsValue iterator_proto_set_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return set_ignoring_prototype(cx, this_val, KEY_SYM(cx->heap, toStringTag), js_arg(argc, argv, 0));
}

/* --- %AsyncIteratorPrototype% ------------------------------------------------------------------------------------ */

static bool dispose_settled(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  if (rejected)
    promise_reject(cx, js_as_promise(data), value);
  else
    promise_fulfill(cx, js_as_promise(data), JS_UNDEFINED);
  return true;
}

static JsValue reject_with_pending(JsContext *cx, JsPromise *promise)
{
  if (cx->terminating)
    return JS_EXCEPTION;
  promise_reject(cx, promise, take_exception(cx));
  return js_from_cell(promise);
}

/* %AsyncIteratorPrototype% [ %Symbol.asyncDispose% ] ( )  ecma262#sec-%asynciteratorprototype%-%symbol.asyncdispose% */
static JsValue async_iterator_proto_dispose(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = promise_new(cx);
  JsValue method = get_method(cx, this_val, KEY(cx->heap, return_));
  if (js_is_exception(method))
    return reject_with_pending(cx, promise);
  if (js_is_undefined(method)) {
    promise_fulfill(cx, promise, JS_UNDEFINED);
    return js_from_cell(promise);
  }
  JsValue result = js_call0(cx, method, this_val);
  if (js_is_exception(result))
    return reject_with_pending(cx, promise);
  JsValue wrapper = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), result);
  if (js_is_exception(wrapper))
    return reject_with_pending(cx, promise);
  promise_then_callback(cx, js_as_promise(wrapper), dispose_settled, js_from_cell(promise));
  return js_from_cell(promise);
}

/* --- tables
 * ---------------------------------------------------------------------------------------------------------------------
 */

static const JsBuiltin iterator_static[] = {
    FN("from", iterator_from, 1),
    FN("concat", iterator_concat, 0),
};

const JsIntrinsicTable iterator_constructor_table = {
    CONSTRUCTOR_TABLE("Iterator", iterator_constructor, 0, ITERATOR_PROTOTYPE), ROWS(iterator_static)};

static const JsBuiltin iterator_proto[] = {
    ACCESSOR("constructor", iterator_proto_get_constructor, iterator_proto_set_constructor),
    FN("reduce", iterator_proto_reduce, 1),
    FN("toArray", iterator_proto_to_array, 0),
    FN_MAGIC("forEach", iterator_proto_visit, 1, VISIT_FOR_EACH),
    FN_MAGIC("some", iterator_proto_visit, 1, VISIT_SOME),
    FN_MAGIC("every", iterator_proto_visit, 1, VISIT_EVERY),
    FN_MAGIC("find", iterator_proto_visit, 1, VISIT_FIND),
    FN("map", iterator_proto_map, 1),
    FN("filter", iterator_proto_filter, 1),
    FN("take", iterator_proto_take, 1),
    FN("drop", iterator_proto_drop, 1),
    FN("flatMap", iterator_proto_flat_map, 1),
    FN_SYM(iterator, "[Symbol.iterator]", return_this, 0),
    ACCESSOR_SYM(toStringTag, iterator_proto_get_tag, iterator_proto_set_tag),
    FN_SYM(dispose, "[Symbol.dispose]", iterator_proto_dispose, 0),
};

const JsIntrinsicTable iterator_prototype_table = {
    .make = INTRINSIC_PLAIN, .parent = -1, .prototype = -1, .constructor = -1, ROWS(iterator_proto)};

static const JsBuiltin async_iterator_proto[] = {
    FN_SYM(asyncIterator, "[Symbol.asyncIterator]", return_this, 0),
    FN_SYM(asyncDispose, "[Symbol.asyncDispose]", async_iterator_proto_dispose, 0),
};

const JsIntrinsicTable async_iterator_prototype_table = {
    .make = INTRINSIC_PLAIN, .parent = -1, .prototype = -1, .constructor = -1, ROWS(async_iterator_proto)};

static const JsBuiltin wrapped_iterator_proto[] = {
    FN("next", wrapped_iterator_next, 0),
    FN("return", wrapped_iterator_return, 0),
};

const JsIntrinsicTable wrap_for_valid_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                                  .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                                  .prototype = -1,
                                                                  .constructor = -1,
                                                                  ROWS(wrapped_iterator_proto)};
