// SPDX-License-Identifier: MIT
/* Array iterators  ecma262#sec-array-iterator-objects */
#include "builtins/array.h"
#include "builtins/typed_array_builtin.h"

_Static_assert(sizeof(JsArrayIterator) == 48, "update array_iterator_trace()");
void array_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsArrayIterator *)cell)->object);
}

/* CreateArrayIterator ( array, kind )  ecma262#sec-createarrayiterator */
JsObject *array_iterator_new(JsContext *cx, JsObject *obj, JsOwnKind kind)
{
  JsArrayIterator *iterator =
      (JsArrayIterator *)TRY_OR(NULL, object_new_kind(cx, CELL_ARRAY_ITERATOR, sizeof(JsArrayIterator),
                                                      INTRINSIC_OBJECT(cx, ARRAY_ITERATOR_PROTOTYPE)));
  slot_set(cx->heap, iterator, &iterator->object, js_from_object(obj));
  iterator->kind = kind;
  return &iterator->obj;
}

/* Array.prototype.keys, .values, .entries; magic: JsOwnKind  ecma262#sec-array.prototype.values */
JsValue array_proto_values(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsOwnKind kind = (JsOwnKind)js_callee_magic(cx);
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  return js_from_object(TRY(array_iterator_new(cx, obj, kind)));
}

/* %ArrayIteratorPrototype%.next ( )  ecma262#sec-%arrayiteratorprototype%.next */
static JsValue array_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayIterator *iterator =
      (JsArrayIterator *)TRY(this_kind(cx, this_val, CELL_ARRAY_ITERATOR, "Array Iterator.prototype.next"));
  JsValue object = slot_get(iterator->object);
  if (!js_is_object(object))
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  JsObject *obj = js_as_object(object);
  int64_t len, index = iterator->index;
  if (obj->cell.kind == CELL_ARRAY)
    len = ((JsArray *)obj)->length;
  else if (obj->cell.kind == CELL_TYPED_ARRAY)
    TRY(validate_typed_array(cx, object, "%ArrayIteratorPrototype%.next", &len));
  else
    TRY(length_of_array_like(cx, obj, &len));
  if (index >= len) {
    slot_set(cx->heap, iterator, &iterator->object, JS_UNDEFINED);
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  }
  iterator->index = index + 1;
  JsValue key = js_number_i64(index);
  if (iterator->kind == OWN_KEYS)
    return create_iter_result_object(cx, key, false);
  JsValue val = TRY(get_index(cx, obj, index));
  if (iterator->kind == OWN_VALUES)
    return create_iter_result_object(cx, val, false);
  JsValue pair[] = {key, val};
  return create_iter_result_object(cx, js_from_object(&TRY(array_from_values(cx, pair, 2))->obj), false);
}

static const JsBuiltin array_iterator_proto[] = {
    FN_MAGIC("next", array_iterator_next, 0, ARRAY_ITERATOR_NEXT_MAGIC),
    STRING_SYM(toStringTag, "Array Iterator"),
};

const JsIntrinsicTable array_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                         .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                         .prototype = -1,
                                                         .constructor = -1,
                                                         ROWS(array_iterator_proto)};

const JsIntrinsicTable array_proto_values_table = {.make = INTRINSIC_FUNCTION,
                                                   .name = "values",
                                                   .fn = array_proto_values,
                                                   .magic = OWN_VALUES,
                                                   .parent = -1,
                                                   .prototype = -1,
                                                   .constructor = -1};
