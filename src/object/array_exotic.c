// SPDX-License-Identifier: MIT
/*
 * Array exotic objects (ecma262#sec-array-exotic-objects) and String exotic objects
 * (ecma262#sec-string-exotic-objects): `length` and index properties; and making arrays.
 */
#include "gc/alloc_inl.h"
#include "object/elements.h"
#include "object/operations.h"
#include "object/property.h"
#include "object/vm.h"

/* --- arrays: making ---------------------------------------------------------------------------------------------- */

/* Larger `new Array(n)` get no storage up front: the length is a promise nobody has paid for. */
enum { ARRAY_PREALLOCATE_MAX = 1 << 16 };

static JsArray *array_cell(JsContext *cx)
{
  JsShape *shape = realm_shape(cx, REALM_SHAPE_ARRAY);
  JsArray *array = gc_alloc_fast(cx->heap, CELL_ARRAY, sizeof(JsArray));
  array->obj.cell.word = shape->id;
  array->obj.cell.flags = OBJECT_EXOTIC;
  return array;
}

JsArray *array_new(JsContext *cx, uint32_t capacity)
{
  JsArray *array = array_cell(cx);
  if (capacity) {
    JsElements *elements = elements_new(cx->heap, capacity);
    if (js_unlikely(!elements)) {
      throw_out_of_memory(cx);
      return NULL;
    }
    ptr_slot_set(cx->heap, array, &array->obj.elements, elements);
  }
  return array;
}

JsArray *array_new_with_proto(JsContext *cx, uint32_t length, JsObject *proto)
{
  JsArray *array = (JsArray *)object_new_kind(cx, CELL_ARRAY, sizeof(JsArray), proto);
  if (length && length <= ARRAY_PREALLOCATE_MAX)
    TRY_OR(NULL, elements_reserve(cx, &array->obj, length));
  array->length = length;
  return array;
}

JsArray *array_from_values(JsContext *cx, const JsValue *values, uint32_t count)
{
  JsElements *elements = NULL;
  if (count) {
    elements = elements_new(cx->heap, count);
    if (js_unlikely(!elements)) {
      throw_out_of_memory(cx);
      return NULL;
    }
    /* They are younger than anything: no barrier. */
    memcpy(elements->v, values, count * sizeof *values);
    elements->length = count;
  }
  JsArray *array = array_cell(cx);
  ptr_slot_init(&array->obj.elements, elements);
  array->length = count;
  return array;
}

JsArray *array_from_elements(JsContext *cx, JsElements *list)
{
  JsArray *array = TRY_OR(NULL, array_new(cx, 0));
  if (list->length)
    ptr_slot_set(cx->heap, array, &array->obj.elements, list);
  array->length = list->length;
  return array;
}

bool array_push_direct(JsContext *cx, JsArray *array, JsValue val)
{
  JsElements *elements = ptr_slot_get(array->obj.elements);
  uint32_t length = array->length;
  if (js_likely(elements && elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags &&
                elements->length == length && length < elements->capacity)) {
    elements->length = array->length = length + 1;
    slot_set(cx->heap, elements, &elements->v[length], val);
    return true;
  }
  TRY_OR(false, elements_define(cx, &array->obj, length, val, PROP_ALL));
  array->length++;
  return true;
}

bool realm_protos_have_no_elements(JsContext *cx)
{
  return !cx->vm->protos_have_elements;
}

bool array_is_packed(JsContext *cx, JsArray *array)
{
  if (array->length == 0)
    return true;
  JsElements *elements = ptr_slot_get(array->obj.elements);
  if (!elements || elements->cell.kind != CELL_ELEMENTS || elements->length < array->length)
    return false;
  for (uint32_t k = 0; k < array->length; k++)
    if (js_is_hole(slot_get(elements->v[k])))
      return false;
  return true;
}

/* --- arrays: internal methods ------------------------------------------------------------------------------------ */

bool array_set_length(JsContext *cx, JsArray *array, uint32_t length, bool *done)
{
  *done = true;
  if (length == array->length)
    return true;
  if (array->length_readonly) {
    *done = false;
    return true;
  }
  if (length < array->length) {
    uint32_t reached = elements_truncate(cx->heap, &array->obj, length);
    *done = reached == length;
    length = reached;
    if (object_shape(cx->heap, &array->obj)->cell.flags & SHAPE_NOT_EXTENSIBLE) {
      if (!ptr_slot_get(array->obj.elements))
        TRY_OR(false, elements_reserve(cx, &array->obj, 1));
      ptr_slot_get(array->obj.elements)->cell.flags |=
          object_has_dense_elements(&array->obj) ? ELEMENTS_NOT_EXTENSIBLE : 0;
    }
  }
  array->length = length;
  return true;
}

static bool array_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  if (!key_equals(key, KEY(cx->heap, length)))
    return ordinary_get_own_property(cx, obj, key, desc, found);
  JsArray *array = (JsArray *)obj;
  *desc = descriptor_data(js_number_u32(array->length), array->length_readonly ? 0 : PROP_WRITABLE);
  *found = true;
  return true;
}

/* ArraySetLength ( A, Desc )  ecma262#sec-arraysetlength */
static bool define_length(JsContext *cx, JsArray *array, const JsPropertyDescriptor *desc, bool *done)
{
  uint32_t length = array->length;
  bool has_value = !js_is_hole(desc->value);
  if (has_value) {
    double number;
    TRY_OR(false, to_uint32(cx, desc->value, &length));
    TRY_OR(false, to_number_double(cx, desc->value, &number));
    if ((double)length != number) {
      throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
      return false;
    }
  }
  *done = false;
  if (descriptor_is_accessor(desc) || ((desc->present & desc->attrs) & (PROP_CONFIGURABLE | PROP_ENUMERABLE)))
    return true;
  bool wants_writable = (desc->present & PROP_WRITABLE) && (desc->attrs & PROP_WRITABLE);
  if (array->length_readonly && (wants_writable || length != array->length))
    return true;
  TRY_OR(false, array_set_length(cx, array, length, done));
  if ((desc->present & PROP_WRITABLE) && !(desc->attrs & PROP_WRITABLE)) {
    array->length_readonly = 1;
    JsElements *elements = ptr_slot_get(array->obj.elements);
    if (!elements) { /* a vector to carry the flag that keeps fast paths from appending */
      TRY_OR(false, elements_reserve(cx, &array->obj, 1));
      elements = ptr_slot_get(array->obj.elements);
    }
    if (elements->cell.kind == CELL_ELEMENTS)
      elements->cell.flags |= ELEMENTS_NOT_EXTENSIBLE;
  }
  return true;
}

static bool array_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                      bool *done)
{
  JsArray *array = (JsArray *)obj;
  if (key_equals(key, KEY(cx->heap, length)))
    return define_length(cx, array, desc, done);
  if (!key_is_index(key))
    return ordinary_define_own_property(cx, obj, key, desc, done);
  uint32_t index = key_as_index(key);
  if (index >= array->length && array->length_readonly) {
    *done = false;
    return true;
  }
  TRY_OR(false, ordinary_define_own_property(cx, obj, key, desc, done));
  if (*done && index >= array->length)
    array->length = index + 1;
  return true;
}

static bool array_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  if (key_equals(key, KEY(cx->heap, length))) {
    *done = false;
    return true;
  }
  return ordinary_delete(cx, obj, key, done);
}

static JsElements *own_keys_with_length(JsContext *cx, JsObject *obj, JsElements *list)
{
  list = TRY_OR(NULL, elements_append_indices(cx, obj, list));
  list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(KEY(cx->heap, length))));
  return object_append_named_keys(cx, obj, list);
}

static JsElements *list_new(JsContext *cx, uint32_t capacity)
{
  JsElements *list = elements_new(cx->heap, capacity);
  if (!list)
    throw_out_of_memory(cx);
  return list;
}

static JsElements *array_own_keys(JsContext *cx, JsObject *obj)
{
  JsElements *list = TRY_OR(NULL, list_new(cx, 8));
  return own_keys_with_length(cx, obj, list);
}

const JsObjectOps array_ops = {
    .get_own_property = array_get_own_property,
    .define_own_property = array_define_own_property,
    .delete_ = array_delete,
    .own_keys = array_own_keys,
};

/* --- String objects ---------------------------------------------------------------------------------------------- */

static JsString *wrapped_string(JsObject *obj)
{
  JsValue primitive = slot_get(((JsPrimitiveWrapper *)obj)->primitive);
  return js_is_string(primitive) ? js_as_string(primitive) : NULL;
}

/* StringGetOwnProperty, and `length`. */
static bool string_own(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc)
{
  JsString *s = wrapped_string(obj);
  if (!s)
    return false;
  if (key_equals(key, KEY(cx->heap, length))) {
    *desc = descriptor_data(js_int32((int32_t)s->length), 0);
    return true;
  }
  if (!key_is_index(key) || key_as_index(key) >= s->length)
    return false;
  JsString *unit = string_from_unit(cx->heap, string_unit_at(cx->heap, s, key_as_index(key)));
  *desc = descriptor_data(js_from_cell(unit), PROP_ENUMERABLE);
  return true;
}

static bool string_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  *found = string_own(cx, obj, key, desc);
  return *found || ordinary_get_own_property(cx, obj, key, desc, found);
}

static bool string_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                       bool *done)
{
  JsPropertyDescriptor own;
  if (!string_own(cx, obj, key, &own))
    return ordinary_define_own_property(cx, obj, key, desc, done);
  return validate_and_apply_property_descriptor(cx, NULL, key, false, desc, &own, done);
}

static bool string_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  JsPropertyDescriptor own;
  if (!string_own(cx, obj, key, &own))
    return ordinary_delete(cx, obj, key, done);
  *done = false;
  return true;
}

static JsElements *string_own_keys(JsContext *cx, JsObject *obj)
{
  JsString *s = wrapped_string(obj);
  if (!s)
    return ordinary_own_keys(cx, obj);
  JsElements *list = TRY_OR(NULL, list_new(cx, s->length + 8));
  for (uint32_t k = 0; k < s->length; k++)
    list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(key_index(k))));
  return own_keys_with_length(cx, obj, list);
}

const JsObjectOps string_object_ops = {
    .get_own_property = string_get_own_property,
    .define_own_property = string_define_own_property,
    .delete_ = string_delete,
    .own_keys = string_own_keys,
};
