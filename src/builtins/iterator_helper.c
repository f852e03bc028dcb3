// SPDX-License-Identifier: MIT
/*
 * The lazy half of Iterator: map, filter, take, drop, flatMap and Iterator.concat
 * (ecma262#sec-iterator-helper-objects). Each helper is an object with a state, stepped by next and closed by return.
 */
#include "builtins/iterator.h"

#include <math.h>

void iterator_helper_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsIteratorHelper) == 88, "update iterator_helper_trace()");
void iterator_helper_trace(JsTracer *tracer, JsCell *cell)
{
  JsIteratorHelper *helper = (JsIteratorHelper *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, helper->iterator);
  gc_trace_slot(tracer, &helper->next_method);
  gc_trace_slot(tracer, &helper->callback);
  gc_trace_ptr(tracer, helper->inner);
  gc_trace_slot(tracer, &helper->inner_next);
}

static JsIteratorRecord outer_record(JsIteratorHelper *helper)
{
  return (JsIteratorRecord){ptr_slot_get(helper->iterator), slot_get(helper->next_method), false};
}

static JsIteratorRecord inner_record(JsIteratorHelper *helper)
{
  return (JsIteratorRecord){ptr_slot_get(helper->inner), slot_get(helper->inner_next), false};
}

static void set_inner(JsContext *cx, JsIteratorHelper *helper, const JsIteratorRecord *record)
{
  ptr_slot_set(cx->heap, helper, &helper->inner, record->iterator);
  slot_set(cx->heap, helper, &helper->inner_next, record->next_method);
}

static JsIteratorHelper *helper_new(JsContext *cx, JsHelperKind kind)
{
  JsIteratorHelper *helper =
      (JsIteratorHelper *)TRY_OR(NULL, object_new_kind(cx, CELL_ITERATOR_HELPER, sizeof(JsIteratorHelper),
                                                       INTRINSIC_OBJECT(cx, ITERATOR_HELPER_PROTOTYPE)));
  helper->kind = (uint8_t)kind;
  slot_init(&helper->next_method, JS_UNDEFINED);
  slot_init(&helper->callback, JS_UNDEFINED);
  slot_init(&helper->inner_next, JS_UNDEFINED);
  return helper;
}

/* --- making them ------------------------------------------------------------------------------------------------- */

/* Closes `this` because an argument is wrong; the pending exception stays. */
static JsValue close_this(JsContext *cx, JsValue this_val)
{
  JsIteratorRecord record = {js_as_object(this_val), JS_UNDEFINED, false};
  iterator_close_on_throw(cx, &record);
  return JS_EXCEPTION;
}

static JsValue make_helper(JsContext *cx, JsValue this_val, JsHelperKind kind, JsValue callback, double remaining)
{
  JsIteratorRecord record;
  TRY(get_iterator_direct(cx, js_as_object(this_val), &record));
  JsIteratorHelper *helper = TRY(helper_new(cx, kind));
  ptr_slot_set(cx->heap, helper, &helper->iterator, record.iterator);
  slot_set(cx->heap, helper, &helper->next_method, record.next_method);
  slot_set(cx->heap, helper, &helper->callback, callback);
  helper->remaining = remaining;
  return js_from_object(&helper->obj);
}

static JsValue with_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, JsHelperKind kind,
                             const char *method)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
  JsValue callback = js_arg(argc, argv, 0);
  if (!js_is_callable(callback)) {
    throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
    return close_this(cx, this_val);
  }
  return make_helper(cx, this_val, kind, callback, 0);
}

#define MAX_SAFE_LIMIT 9007199254740991.0 /* 2^53 - 1 */

static JsValue with_limit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, JsHelperKind kind,
                          const char *method)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
  double limit;
  if (!to_number_double(cx, js_arg(argc, argv, 0), &limit))
    return close_this(cx, this_val);
  double integer = isinf(limit) ? limit : double_to_integer(limit);
  if (limit != limit || integer < 0 || (integer > MAX_SAFE_LIMIT && !isinf(integer))) {
    throw_error(cx, JS_MSG_MUST_BE_POSITIVE, js_arg(argc, argv, 0));
    return close_this(cx, this_val);
  }
  return make_helper(cx, this_val, kind, JS_UNDEFINED, integer);
}

/* Iterator.prototype.map ( mapper )  ecma262#sec-iterator.prototype.map */
JsValue iterator_proto_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return with_callback(cx, this_val, argc, argv, HELPER_MAP, "Iterator.prototype.map");
}

/* Iterator.prototype.filter ( predicate )  ecma262#sec-iterator.prototype.filter */
JsValue iterator_proto_filter(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return with_callback(cx, this_val, argc, argv, HELPER_FILTER, "Iterator.prototype.filter");
}

/* Iterator.prototype.flatMap ( mapper )  ecma262#sec-iterator.prototype.flatmap */
JsValue iterator_proto_flat_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return with_callback(cx, this_val, argc, argv, HELPER_FLAT_MAP, "Iterator.prototype.flatMap");
}

/* Iterator.prototype.take ( limit )  ecma262#sec-iterator.prototype.take */
JsValue iterator_proto_take(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return with_limit(cx, this_val, argc, argv, HELPER_TAKE, "Iterator.prototype.take");
}

/* Iterator.prototype.drop ( limit )  ecma262#sec-iterator.prototype.drop */
JsValue iterator_proto_drop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return with_limit(cx, this_val, argc, argv, HELPER_DROP, "Iterator.prototype.drop");
}

/* Iterator.concat ( ...items )  ecma262#sec-iterator.concat */
JsValue iterator_concat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *list = elements_new(cx->heap, (uint32_t)argc * 2);
  if (!list)
    return throw_out_of_memory(cx);
  for (int k = 0; k < argc; k++) {
    if (!js_is_object(argv[k]))
      return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, "Iterator.concat");
    JsValue method = TRY(get_method(cx, argv[k], KEY_SYM(cx->heap, iterator)));
    if (js_is_undefined(method))
      return throw_error(cx, JS_MSG_NULLISH_NOT_ITERABLE, argv[k]);
    list = TRY(elements_push(cx, list, argv[k]));
    list = TRY(elements_push(cx, list, method));
  }
  JsIteratorHelper *helper = TRY(helper_new(cx, HELPER_CONCAT));
  slot_set(cx->heap, helper, &helper->callback, js_from_cell(list));
  return js_from_object(&helper->obj);
}

/* --- stepping: *val is the next value, or JS_HOLE at the end ----------------------------------------------------- */

/* Calls the callback with a value of the underlying iterator, which is closed if that throws. */
static JsValue call_back(JsContext *cx, JsIteratorHelper *helper, JsIteratorRecord *outer, JsValue val)
{
  JsValue result = js_call2(cx, slot_get(helper->callback), JS_UNDEFINED, val, js_number(helper->counter));
  helper->counter++;
  if (js_is_exception(result))
    iterator_close_on_throw(cx, outer);
  return result;
}

static bool step_map(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  JsIteratorRecord outer = outer_record(helper);
  TRY_OR(false, iterator_step_value(cx, &outer, val));
  if (!js_is_hole(*val))
    *val = TRY_OR(false, call_back(cx, helper, &outer, *val));
  return true;
}

static bool step_filter(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  JsIteratorRecord outer = outer_record(helper);
  for (;;) {
    TRY_OR(false, iterator_step_value(cx, &outer, val));
    if (js_is_hole(*val))
      return true;
    JsValue selected = TRY_OR(false, call_back(cx, helper, &outer, *val));
    if (to_boolean(selected))
      return true;
    TRY_OR(false, js_poll(cx, 1));
  }
}

static bool step_take(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  JsIteratorRecord outer = outer_record(helper);
  if (helper->remaining == 0) {
    *val = JS_HOLE;
    return iterator_close(cx, &outer);
  }
  helper->remaining--; /* infinity stays what it is */
  return iterator_step_value(cx, &outer, val);
}

static bool step_drop(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  JsIteratorRecord outer = outer_record(helper);
  for (;;) {
    TRY_OR(false, iterator_step_value(cx, &outer, val));
    if (helper->remaining == 0 || js_is_hole(*val))
      return true;
    helper->remaining--;
    TRY_OR(false, js_poll(cx, 1));
  }
}

static bool step_flat_map(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  JsIteratorRecord outer = outer_record(helper);
  for (;;) {
    if (ptr_slot_get(helper->inner)) {
      JsIteratorRecord inner = inner_record(helper);
      if (!iterator_step_value(cx, &inner, val)) {
        iterator_close_on_throw(cx, &outer);
        return false;
      }
      if (!js_is_hole(*val))
        return true;
      ptr_slot_init(&helper->inner, NULL);
    }
    TRY_OR(false, iterator_step_value(cx, &outer, val));
    if (js_is_hole(*val))
      return true;
    JsValue mapped = TRY_OR(false, call_back(cx, helper, &outer, *val));
    JsIteratorRecord inner;
    if (!get_iterator_flattenable(cx, mapped, false, "Iterator.prototype.flatMap", &inner)) {
      iterator_close_on_throw(cx, &outer);
      return false;
    }
    set_inner(cx, helper, &inner);
    TRY_OR(false, js_poll(cx, 1));
  }
}

static bool step_concat(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  for (;;) {
    if (ptr_slot_get(helper->inner)) {
      JsIteratorRecord inner = inner_record(helper);
      TRY_OR(false, iterator_step_value(cx, &inner, val));
      if (!js_is_hole(*val))
        return true;
      ptr_slot_init(&helper->inner, NULL);
    }
    JsElements *list = (JsElements *)js_as_cell(slot_get(helper->callback));
    uint32_t at = (uint32_t)helper->counter;
    if (at >= list->length) {
      *val = JS_HOLE;
      return true;
    }
    helper->counter += 2;
    JsIteratorRecord inner;
    TRY_OR(false, get_iterator_from_method(cx, slot_get(list->v[at]), slot_get(list->v[at + 1]), &inner));
    set_inner(cx, helper, &inner);
    TRY_OR(false, js_poll(cx, 1));
  }
}

static bool step(JsContext *cx, JsIteratorHelper *helper, JsValue *val)
{
  switch ((JsHelperKind)helper->kind) {
  case HELPER_MAP: return step_map(cx, helper, val);
  case HELPER_FILTER: return step_filter(cx, helper, val);
  case HELPER_TAKE: return step_take(cx, helper, val);
  case HELPER_DROP: return step_drop(cx, helper, val);
  case HELPER_FLAT_MAP: return step_flat_map(cx, helper, val);
  case HELPER_CONCAT: return step_concat(cx, helper, val);
  }
  JS_UNREACHABLE();
}

/* --- %IteratorHelperPrototype% ----------------------------------------------------------------------------------- */

/* %IteratorHelperPrototype%.next ( )  ecma262#sec-%iteratorhelperprototype%.next */
static JsValue iterator_helper_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIteratorHelper *helper =
      (JsIteratorHelper *)TRY(this_kind(cx, this_val, CELL_ITERATOR_HELPER, "Iterator Helper.prototype.next"));
  if (helper->state == HELPER_RUNNING)
    return throw_error(cx, JS_MSG_HELPER_RUNNING);
  if (helper->state == HELPER_DONE)
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  helper->state = HELPER_RUNNING;
  JsValue val;
  bool ok = step(cx, helper, &val);
  helper->state = !ok || js_is_hole(val) ? HELPER_DONE : HELPER_YIELDED;
  if (!ok)
    return JS_EXCEPTION;
  return helper->state == HELPER_DONE ? create_iter_result_object(cx, JS_UNDEFINED, true)
                                      : create_iter_result_object(cx, val, false);
}

/* Closes what the helper draws from; the inner iterator first. */
static bool close_sources(JsContext *cx, JsIteratorHelper *helper)
{
  bool ok = true;
  if (ptr_slot_get(helper->inner)) {
    JsIteratorRecord inner = inner_record(helper);
    ok = iterator_close(cx, &inner);
  }
  if (!ptr_slot_get(helper->iterator))
    return ok;
  JsIteratorRecord outer = outer_record(helper);
  if (ok)
    return iterator_close(cx, &outer);
  iterator_close_on_throw(cx, &outer);
  return false;
}

/* %IteratorHelperPrototype%.return ( )  ecma262#sec-%iteratorhelperprototype%.return */
static JsValue iterator_helper_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIteratorHelper *helper =
      (JsIteratorHelper *)TRY(this_kind(cx, this_val, CELL_ITERATOR_HELPER, "Iterator Helper.prototype.return"));
  if (helper->state == HELPER_RUNNING)
    return throw_error(cx, JS_MSG_HELPER_RUNNING);
  if (helper->state != HELPER_DONE) {
    /* Not begun: it is done before the source is closed. Amid it: the generator runs while it closes. */
    helper->state = helper->state == HELPER_START ? HELPER_DONE : HELPER_RUNNING;
    bool ok = close_sources(cx, helper);
    helper->state = HELPER_DONE;
    if (!ok)
      return JS_EXCEPTION;
  }
  return create_iter_result_object(cx, JS_UNDEFINED, true);
}

static const JsBuiltin iterator_helper_proto[] = {
    FN("next", iterator_helper_next, 0),
    FN("return", iterator_helper_return, 0),
    STRING_SYM(toStringTag, "Iterator Helper"),
};

const JsIntrinsicTable iterator_helper_prototype_table = {.make = INTRINSIC_PLAIN,
                                                          .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                          .prototype = -1,
                                                          .constructor = -1,
                                                          ROWS(iterator_helper_proto)};
