// SPDX-License-Identifier: MIT
/* Operations on iterator objects (ecma262#sec-operations-on-iterator-objects). */
#include "object/operations.h"
#include "object/property.h"
#include "object/vm.h"

/* CreateIterResultObject ( value, done )  ecma262#sec-createiterresultobject */
JsValue create_iter_result_object(JsContext *cx, JsValue value, bool done)
{
  JsShape *shape = realm_shape(cx, REALM_SHAPE_ITERATOR_RESULT);
  JsObject *obj = object_new_with_shape(cx->heap, shape);
  slot_init(object_slot(shape, obj, 0), value);
  slot_init(object_slot(shape, obj, 1), js_boolean(done));
  return js_from_object(obj);
}

bool get_iterator_direct(JsContext *cx, JsObject *obj, JsIteratorRecord *record)
{
  record->iterator = obj;
  record->done = false;
  record->next_method = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, next)));
  return true;
}

bool get_iterator_from_method(JsContext *cx, JsValue obj, JsValue method, JsIteratorRecord *record)
{
  JsValue iterator = TRY_OR(false, js_call0(cx, method, obj));
  if (!js_is_object(iterator)) {
    throw_error(cx, JS_MSG_ITERATOR_NOT_OBJECT);
    return false;
  }
  return get_iterator_direct(cx, js_as_object(iterator), record);
}

void throw_not_iterable(JsContext *cx, JsValue val)
{
  JsString *type = type_of(cx->heap, val);
  if (js_is_null(val))
    (void)throw_error(cx, JS_MSG_NULL_NOT_ITERABLE);
  else if (js_is_object(val) || js_is_undefined(val))
    (void)throw_error(cx, JS_MSG_OBJECT_NOT_ITERABLE, type);
  else
    (void)throw_error(cx, JS_MSG_VALUE_NOT_ITERABLE, type, val);
}

bool get_iterator(JsContext *cx, JsValue iterable, JsIteratorRecord *record)
{
  JsValue method = JS_UNDEFINED;
  if (!js_is_nullish(iterable))
    method = TRY_OR(false, get_v(cx, iterable, KEY_SYM(cx->heap, iterator)));
  if (!js_is_callable(method)) {
    throw_not_iterable(cx, iterable);
    return false;
  }
  return get_iterator_from_method(cx, iterable, method, record);
}

/* IteratorStepValue ( iteratorRecord )  ecma262#sec-iteratorstepvalue */
bool iterator_step_value(JsContext *cx, JsIteratorRecord *record, JsValue *val)
{
  JsValue result = js_call0(cx, record->next_method, js_from_object(record->iterator));
  if (js_is_exception(result)) {
    record->done = true;
    return false;
  }
  if (!js_is_object(result)) {
    record->done = true;
    throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
    return false;
  }
  JsShape *plain = realm_shape(cx, REALM_SHAPE_ITERATOR_RESULT);
  if (js_likely(js_as_cell(result)->word == plain->id)) {
    /* FAST: as CreateIterResultObject made it: two data properties in its first slots. */
    const JsSlot *slots = (const JsSlot *)js_as_object(result) + plain->inline_base;
    record->done = to_boolean(slot_get(slots[1]));
    *val = record->done ? JS_HOLE : slot_get(slots[0]);
    return true;
  }
  JsValue done = get_property(cx, js_as_object(result), KEY(cx->heap, done));
  if (js_is_exception(done) || to_boolean(done)) {
    record->done = true;
    *val = JS_HOLE;
    return !js_is_exception(done);
  }
  *val = get_property(cx, js_as_object(result), KEY(cx->heap, value));
  if (js_is_exception(*val)) {
    record->done = true;
    return false;
  }
  return true;
}

/* IteratorClose ( iteratorRecord, completion )  ecma262#sec-iteratorclose */
bool iterator_close(JsContext *cx, JsIteratorRecord *record)
{
  JsValue iterator = js_from_object(record->iterator);
  JsValue method = TRY_OR(false, get_method(cx, iterator, KEY(cx->heap, return_)));
  if (js_is_undefined(method))
    return true;
  JsValue result = TRY_OR(false, js_call0(cx, method, iterator));
  if (js_is_object(result))
    return true;
  throw_error(cx, JS_MSG_NOT_AN_OBJECT, result);
  return false;
}

bool iterator_close_on_throw(JsContext *cx, JsIteratorRecord *record)
{
  if (cx->terminating)
    return false;
  JsValue pending = take_exception(cx);
  JsValue iterator = js_from_object(record->iterator);
  JsValue method = get_method(cx, iterator, KEY(cx->heap, return_));
  if (!js_is_exception(method) && !js_is_undefined(method))
    method = js_call0(cx, method, iterator);
  if (js_is_exception(method) && cx->terminating)
    return false;
  cx->exception = pending;
  return false;
}

/* --- arrays whose iteration nobody has changed ------------------------------------------------------------------- */

/* The value of an own data property of an intrinsic, when nothing replaced it. */
static bool still_intrinsic(JsContext *cx, JsObject *holder, JsKey key, JsValue expected)
{
  return js_same_bits(object_get_direct(cx->heap, holder, key), expected);
}

bool array_iteration_is_pristine(JsContext *cx, JsValue iterable)
{
  if (!js_is_kind(iterable, CELL_ARRAY))
    return false;
  JsHeap *heap = cx->heap;
  JsObject *array = js_as_object(iterable);
  JsObject *proto = INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE);
  JsShape *shape = object_shape(heap, array);
  if (ptr_slot_get(shape->proto) != proto || (shape->count && shape_lookup(heap, shape, KEY_SYM(heap, iterator))))
    return false;
  JsObject *values = INTRINSIC_OBJECT(cx, ARRAY_PROTO_VALUES);
  if (!still_intrinsic(cx, proto, KEY_SYM(heap, iterator), js_from_object(values)))
    return false;
  JsObject *iterator_proto = INTRINSIC_OBJECT(cx, ARRAY_ITERATOR_PROTOTYPE);
  JsValue next = object_get_direct(heap, iterator_proto, KEY(heap, next));
  return js_is_kind(next, CELL_NATIVE_FUNCTION) && js_as_native_function(next)->magic == ARRAY_ITERATOR_NEXT_MAGIC;
}

JsElements *iterable_to_list(JsContext *cx, JsValue iterable)
{
  if (array_iteration_is_pristine(cx, iterable)) {
    JsArray *array = js_as_array(iterable);
    if (array_is_packed(cx, array)) {
      JsElements *list = elements_new(cx->heap, array->length);
      if (!list) {
        throw_out_of_memory(cx);
        return NULL;
      }
      JsElements *from = ptr_slot_get(array->obj.elements);
      for (uint32_t k = 0; k < array->length; k++)
        slot_init(&list->v[k], slot_get(from->v[k]));
      list->length = array->length;
      return list;
    }
  }
  JsIteratorRecord record;
  TRY_OR(NULL, get_iterator(cx, iterable, &record));
  return iterator_to_list(cx, &record);
}

/* IteratorToList ( iteratorRecord )  ecma262#sec-iteratortolist */
JsElements *iterator_to_list(JsContext *cx, JsIteratorRecord *iterator)
{
  JsIteratorRecord record = *iterator;
  JsElements *list = elements_new(cx->heap, 8);
  for (;;) {
    JsValue val;
    TRY_OR(NULL, iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return list;
    list = TRY_OR(NULL, elements_push(cx, list, val));
    TRY_OR(NULL, js_poll(cx, 1));
  }
}
