// SPDX-License-Identifier: MIT
/*
 * Stamps: objects that start alike. A stamp holds a template object and which of its properties differ from one copy
 * to the next; a copy is the template's shape and slots, taken over as they are.
 */
#include "culm/js.h"

#include "object/convert.h"
#include "object/object.h"
#include "object/operations.h"

enum { DATA_TEMPLATE, DATA_FIRST_SLOT, STAMP_SLOTS_MAX = 128 };

static JsValue copy_template(JsHeap *heap, JsNativeFunction *self, uint32_t argc, const JsValue *argv)
{
  JsObject *template = js_as_object(slot_get(self->data[DATA_TEMPLATE]));
  JsShape *shape = object_shape(heap, template);
  JsObject *copy = object_new_with_shape(heap, shape);
  uint32_t inline_count = shape->slot_count < shape->inline_count ? shape->slot_count : shape->inline_count;
  JsSlot *own = (JsSlot *)copy + shape->inline_base;
  memcpy(own, (JsSlot *)template + shape->inline_base, inline_count * sizeof(JsSlot));
  gc_barrier(heap, copy);
  JsSlots *slots = NULL;
  if (shape->slot_count > inline_count) {
    JsSlots *source = ptr_slot_get(template->slots);
    slots = gc_alloc(heap, CELL_SLOTS, sizeof(JsSlots) + source->capacity * sizeof(JsSlot));
    slots->capacity = source->capacity;
    memcpy(slots->v, source->v, source->capacity * sizeof(JsSlot));
    gc_barrier(heap, slots);
    ptr_slot_set(heap, copy, &copy->slots, slots);
  }
  uint32_t count = self->data_count - DATA_FIRST_SLOT;
  for (uint32_t k = 0; k < count && k < argc; k++) {
    uint32_t slot = (uint32_t)js_as_int32(slot_get(self->data[DATA_FIRST_SLOT + k]));
    if (slot < shape->inline_count)
      slot_set(heap, copy, own + slot, argv[k]);
    else
      slot_set(heap, slots, &slots->v[slot - shape->inline_count], argv[k]);
  }
  return js_from_object(copy);
}

/* (v0, v1 ...): a copy with these values in the properties that differ. */
static JsValue stamp(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return copy_template(cx->heap, (JsNativeFunction *)js_callee(cx), (uint32_t)argc, argv);
}

JsValue js_stamp_copy(JsContext *cx, JsValue function, int argc, const JsValue *argv)
{
  if (!js_is_kind(function, CELL_NATIVE_FUNCTION) || js_as_native_function(function)->fn != stamp)
    return JS_HOLE;
  return copy_template(cx->heap, js_as_native_function(function), (uint32_t)argc, argv);
}

/* The numbers of the slots that the keys have; false: the template will not do. */
static bool find_slots(JsContext *cx, JsObject *template, JsElements *keys, uint32_t count, JsValue *out)
{
  for (uint32_t k = 0; k < count; k++) {
    JsKey key;
    JsLookup found;
    if (!to_property_key(cx, slot_get(keys->v[k]), &key) || key_is_index(key) ||
        !object_lookup(cx, template, key, &found) || found.kind != LOOKUP_DATA || found.holder != template)
      return false;
    out[k] = js_int32((int32_t)found.slot);
  }
  return true;
}

JsValue js_stamp_function(JsContext *cx, JsValue template, JsValue keys)
{
  JsValue data[1 + STAMP_SLOTS_MAX] = {template};
  bool fits = js_is_kind(template, CELL_OBJECT) && js_is_array_object(keys);
  if (fits) {
    JsObject *obj = js_as_object(template);
    JsShape *shape = object_shape(cx->heap, obj);
    JsElements *elements = ptr_slot_get(js_as_object(keys)->elements);
    uint32_t count = js_as_array(keys)->length;
    fits = !(obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY | OBJECT_IS_PROTO)) &&
           !(shape->cell.flags & (SHAPE_DICTIONARY | SHAPE_NOT_EXTENSIBLE | SHAPE_HAS_READONLY)) && count > 0 &&
           count <= STAMP_SLOTS_MAX && elements && elements->cell.kind == CELL_ELEMENTS && elements->length >= count &&
           !ptr_slot_get(obj->elements) && find_slots(cx, obj, elements, count, data + 1);
    if (fits)
      return js_from_cell(native_function_new(cx, stamp, key_from_c_string(cx->heap, "stamp"), 0, data, 1 + count));
  }
  return js_exception_pending(cx) ? JS_EXCEPTION : js_throw_type_error(cx, "not an object that can be stamped");
}
