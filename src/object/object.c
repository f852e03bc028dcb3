// SPDX-License-Identifier: MIT
/*
 * Objects: making them, growing slots, changing shapes, direct definition, and the lookup that inline caches learn
 * from. The ordinary internal methods are in ordinary.c.
 */
#include "object/object.h"

#include "gc/alloc_inl.h"

#include "object/elements.h"
#include "object/realm.h"
#include "object/property.h"
#include "object/vm.h"

enum {
  SLOTS_FIRST = 4,              /* out-of-line slots made at once */
  DICTIONARY_PROPERTIES = 1024, /* an object with more named properties is used as a map: no transitions for it */
};

_Static_assert(sizeof(JsSlots) == 16 && sizeof(JsAccessor) == 24, "update slots_trace(), accessor_trace()");

void object_trace(JsTracer *tracer, JsCell *cell)
{
  JsObject *obj = (JsObject *)cell;
  JsShape *shape = object_shape(gc_tracer_heap(tracer), obj);
  gc_trace_ptr(tracer, obj->slots);
  gc_trace_ptr(tracer, obj->elements);
  if (shape) {
    gc_trace_cell(tracer, shape);
    gc_trace_slots(tracer, (JsSlot *)obj + shape->inline_base, shape->inline_count);
  }
}

void slots_trace(JsTracer *tracer, JsCell *cell)
{
  JsSlots *slots = (JsSlots *)cell;
  gc_trace_slots(tracer, slots->v, slots->capacity);
}

void accessor_trace(JsTracer *tracer, JsCell *cell)
{
  gc_trace_slots(tracer, &((JsAccessor *)cell)->getter, 2);
}

void primitive_wrapper_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsPrimitiveWrapper *)cell)->primitive);
}

/* --- making ------------------------------------------------------------------------------------------------------ */

static uint8_t initial_flags(JsCellKind kind)
{
  return object_ops(kind) ? OBJECT_EXOTIC : 0;
}

JsObject *object_new_with_shape(JsHeap *heap, JsShape *shape)
{
  size_t size = ((size_t)shape->inline_base + shape->inline_count) * 8;
  JsObject *obj = gc_alloc_fast(heap, (JsCellKind)shape->object_kind, size);
  obj->cell.word = shape->id;
  obj->cell.flags = initial_flags((JsCellKind)shape->object_kind);
  return obj;
}

JsObject *object_new(JsContext *cx)
{
  return object_new_with_shape(cx->heap, realm_shape(cx, REALM_SHAPE_OBJECT_ROOM_5));
}

enum { DEFAULT_INLINE = 5 }; /* inline slots of objects made with an explicit prototype */
/* How far a look along the prototypes for a message goes: a proxy among them could make it endless. */
enum { PROTOTYPES_MAX = 100 };

JsObject *object_new_with_proto(JsContext *cx, JsObject *proto)
{
  return object_new_with_shape(cx->heap,
                               shape_root_for(cx->heap, CELL_OBJECT, sizeof(JsObject), DEFAULT_INLINE, proto));
}

JsObject *object_new_kind(JsContext *cx, JsCellKind kind, size_t object_size, JsObject *proto)
{
  return object_new_with_shape(cx->heap, shape_root_for(cx->heap, kind, object_size, 0, proto));
}

/* --- shapes and slots -------------------------------------------------------------------------------------------- */

void object_set_shape(JsHeap *heap, JsObject *obj, JsShape *shape)
{
  obj->cell.word = shape->id;
  gc_barrier(heap, obj);
}

void object_reserve_slot(JsHeap *heap, JsObject *obj, JsShape *shape, uint32_t slot)
{
  if (slot >= shape->inline_count)
    object_reserve_slots(heap, obj, slot - shape->inline_count + 1);
}

JsSlots *object_reserve_slots(JsHeap *heap, JsObject *obj, uint32_t need)
{
  JsSlots *old = ptr_slot_get(obj->slots);
  if (old && need <= old->capacity)
    return old;
  uint32_t capacity = old ? old->capacity * 2 : SLOTS_FIRST;
  while (capacity < need)
    capacity *= 2;
  JsSlots *slots = gc_alloc_fast(heap, CELL_SLOTS, sizeof(JsSlots) + capacity * sizeof(JsSlot));
  slots->capacity = capacity;
  if (old)
    memcpy(slots->v, old->v, old->capacity * sizeof(JsSlot));
  ptr_slot_set(heap, obj, &obj->slots, slots);
  return slots;
}

void object_write_slot(JsHeap *heap, JsShape *shape, JsObject *obj, uint32_t slot, JsValue val)
{
  if (slot < shape->inline_count)
    slot_set(heap, obj, (JsSlot *)obj + shape->inline_base + slot, val);
  else
    slot_set(heap, ptr_slot_get(obj->slots), &ptr_slot_get(obj->slots)->v[slot - shape->inline_count], val);
}

JsShape *object_make_dictionary(JsHeap *heap, JsObject *obj)
{
  JsShape *shape = object_shape(heap, obj);
  if (shape->cell.flags & SHAPE_DICTIONARY)
    return shape;
  shape = shape_to_dictionary(heap, shape);
  object_set_shape(heap, obj, shape);
  return shape;
}

void object_become_proto(JsHeap *heap, JsObject *obj)
{
  if (obj->cell.flags & OBJECT_IS_PROTO)
    return;
  object_make_dictionary(heap, obj);
  obj->cell.flags |= OBJECT_IS_PROTO;
  JsElements *elements = ptr_slot_get(obj->elements);
  bool may_have_elements = (obj->cell.flags & OBJECT_EXOTIC) && obj->cell.kind != CELL_ARRAY;
  if (obj->cell.kind == CELL_PRIMITIVE_WRAPPER) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)obj)->primitive);
    may_have_elements = js_is_string(primitive) && js_as_string(primitive)->length;
  }
  if (elements || may_have_elements)
    heap_face(heap)->vm->protos_have_elements = true;
}

void object_layout_changed(JsHeap *heap, JsObject *obj)
{
  if (obj->cell.flags & OBJECT_IS_PROTO)
    shape_invalidate_proto(heap, obj);
}

/* --- adding, removing, changing named properties: raw ------------------------------------------------------------ */

void object_add_property(JsHeap *heap, JsObject *obj, JsKey key, JsValue val, uint32_t attrs)
{
  JsShape *shape = object_shape(heap, obj);
  if (!(shape->cell.flags & SHAPE_DICTIONARY) && shape->count >= DICTIONARY_PROPERTIES)
    shape = object_make_dictionary(heap, obj);
  uint32_t slot = shape->slot_count;
  if (shape->cell.flags & SHAPE_DICTIONARY) {
    object_reserve_slot(heap, obj, shape, slot);
    object_layout_changed(heap, obj);
    shape_dictionary_add(heap, shape, key, attrs);
  } else {
    shape = shape_add_property(heap, shape, key, attrs);
    object_reserve_slot(heap, obj, shape, slot);
    object_set_shape(heap, obj, shape);
  }
  object_write_slot(heap, shape, obj, slot, val);
}

bool object_add_foreseen(JsHeap *heap, JsObject *obj, StringView name, JsValue val)
{
  JsShape *shape = object_shape(heap, obj), *child = shape_foreseen_child(heap, shape, name);
  if (!child || (obj->cell.flags & OBJECT_IS_PROTO))
    return false;
  object_reserve_slot(heap, obj, child, shape->slot_count);
  object_set_shape(heap, obj, child);
  object_write_slot(heap, child, obj, shape->slot_count, val);
  return true;
}

/* Renumbers the slots of a dictionary once most of them belong to deleted properties. */
static void compact_dictionary(JsHeap *heap, JsObject *obj, JsShape *shape)
{
  JsPropertyTable *old = ptr_slot_get(shape->table);
  uint32_t live = old->count - old->deleted;
  if (shape->slot_count < 64 || shape->slot_count < live * 2)
    return;
  JsElements *values = gc_alloc(heap, CELL_ELEMENTS, sizeof(JsElements) + (live + 1) * sizeof(JsSlot));
  values->capacity = live + 1;
  JsShape *fresh = shape_root_for(heap, (JsCellKind)shape->object_kind, (size_t)shape->inline_base * 8,
                                  shape->inline_count, ptr_slot_get(shape->proto));
  fresh = shape_to_dictionary(heap, fresh);
  fresh->cell.flags |= shape->cell.flags;
  for (uint32_t k = 0; k < old->count; k++) {
    if (!old->entries[k].key.raw_)
      continue;
    slot_set(heap, values, &values->v[values->length++], slot_get(*object_slot(shape, obj, old->entries[k].slot)));
    shape_dictionary_add(heap, fresh, (JsKey){old->entries[k].key.raw_}, old->entries[k].attrs);
  }
  for (uint32_t k = 0; k < shape->slot_count; k++)
    object_write_slot(heap, shape, obj, k, k < values->length ? slot_get(values->v[k]) : JS_HOLE);
  slot_set(heap, fresh, &fresh->transitions, slot_get(shape->transitions));
  object_set_shape(heap, obj, fresh);
}

void object_remove_property(JsHeap *heap, JsObject *obj, JsKey key)
{
  JsShape *shape = object_shape(heap, obj);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, key);
  uint32_t slot = entry->slot;
  JsShape *parent = ptr_slot_get(shape->parent);
  bool is_last = !(shape->cell.flags & SHAPE_DICTIONARY) && parent && parent->count + 1 == shape->count &&
                 slot == shape->slot_count - 1;
  object_write_slot(heap, shape, obj, slot, JS_HOLE);
  if (is_last) { /* undoing the newest addition keeps the object on the shape tree */
    object_set_shape(heap, obj, parent);
    return;
  }
  shape = object_make_dictionary(heap, obj);
  object_layout_changed(heap, obj);
  shape_dictionary_remove(heap, shape, shape_lookup(heap, shape, key));
  compact_dictionary(heap, obj, shape);
}

void object_change_attributes(JsHeap *heap, JsObject *obj, JsKey key, uint32_t attrs)
{
  JsShape *shape = object_make_dictionary(heap, obj);
  JsPropertyEntry *entry = (JsPropertyEntry *)shape_lookup(heap, shape, key);
  if (entry->attrs == attrs)
    return;
  object_layout_changed(heap, obj);
  entry->attrs = attrs;
  if (!(attrs & PROP_WRITABLE) || (attrs & PROP_ACCESSOR))
    shape->cell.flags |= SHAPE_HAS_READONLY;
}

void object_define_direct(JsHeap *heap, JsObject *obj, JsKey key, JsValue val, uint32_t attrs)
{
  if (key_is_index(key)) {
    MUST(elements_define(&heap_face(heap)->vm->cx, obj, key_as_index(key), val, attrs));
    return;
  }
  JsShape *shape = object_shape(heap, obj);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, key);
  if (!entry) {
    object_add_property(heap, obj, key, val, attrs);
    return;
  }
  uint32_t slot = entry->slot;
  if (entry->attrs != attrs) {
    object_change_attributes(heap, obj, key, attrs);
    shape = object_shape(heap, obj);
  }
  object_write_slot(heap, shape, obj, slot, val);
}

void object_define_accessor_direct(JsHeap *heap, JsObject *obj, JsKey key, JsValue getter, JsValue setter,
                                   uint32_t attrs)
{
  JsAccessor *accessor = GC_NEW(heap, ACCESSOR, JsAccessor);
  slot_init(&accessor->getter, getter);
  slot_init(&accessor->setter, setter);
  object_define_direct(heap, obj, key, js_from_cell(accessor), (attrs & ~(uint32_t)PROP_WRITABLE) | PROP_ACCESSOR);
}

JsValue object_get_direct(JsHeap *heap, JsObject *obj, JsKey key)
{
  if (key_is_index(key))
    return object_dense_get(obj, key_as_index(key));
  JsShape *shape = object_shape(heap, obj);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, key);
  if (!entry || (entry->attrs & (PROP_ACCESSOR | PROP_LAZY)))
    return JS_HOLE;
  return slot_get(*object_slot(shape, obj, entry->slot));
}

JsValue object_data_property(JsHeap *heap, JsObject *obj, JsKey key)
{
  for (int depth = 0; obj && depth < PROTOTYPES_MAX; depth++, obj = object_proto(heap, obj)) {
    JsValue val = object_get_direct(heap, obj, key);
    if (!js_is_hole(val))
      return val;
  }
  return JS_HOLE;
}

/* --- lazy properties --------------------------------------------------------------------------------------------- */

bool object_materialise(JsContext *cx, JsObject *obj, JsKey key)
{
  if (obj->cell.kind == CELL_NATIVE_FUNCTION) {
    native_function_materialise(cx, obj);
    return true;
  }
  return cx->vm->materialise(cx, obj, key);
}

bool property_resolve_lazy(JsContext *cx, JsObject *obj, JsKey key)
{
  JsShape *shape = object_shape(cx->heap, obj);
  const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, key);
  JsValue val = slot_get(*object_slot(shape, obj, entry->slot));
  if (js_is_kind(val, CELL_LAZY_VALUE)) {
    JsLazyValue *lazy = (JsLazyValue *)js_as_cell(val);
    val = lazy->resolve(cx, obj, lazy);
    if (js_is_exception(val))
      return false;
    /* resolve may have run code that changed the object */
    shape = object_shape(cx->heap, obj);
    entry = shape_lookup(cx->heap, shape, key);
    if (!entry || !(entry->attrs & PROP_LAZY) ||
        slot_get(*object_slot(shape, obj, entry->slot)).bits != js_from_cell(lazy).bits)
      return true;
    object_write_slot(cx->heap, shape, obj, entry->slot, val);
  }
  if (shape->cell.flags & SHAPE_DICTIONARY)
    object_change_attributes(cx->heap, obj, key, entry->attrs & ~(uint32_t)PROP_LAZY);
  return true;
}

/* --- lookup for inline caches ------------------------------------------------------------------------------------ */

static JsProtoInfo *receiver_validity(JsHeap *heap, JsObject *start)
{
  if (start->cell.flags & OBJECT_IS_PROTO)
    return shape_proto_validity(heap, start);
  JsObject *proto = object_proto(heap, start);
  return proto ? shape_proto_validity(heap, proto) : NULL;
}

/* May `key` be treated specially by this exotic object? */
static bool exotic_hides(JsHeap *heap, JsObject *obj, JsKey key)
{
  if (!(obj->cell.flags & OBJECT_EXOTIC))
    return false;
  switch (obj->cell.kind) {
  case CELL_ARRAY:
  case CELL_PRIMITIVE_WRAPPER: return key_equals(key, KEY(heap, length));
  case CELL_ARGUMENTS: return false;
  case CELL_TYPED_ARRAY: {
    /* Only what could be a canonical numeric string is special: digits, signs, Infinity, NaN. */
    if (!key_is_atom(key))
      return false;
    JsString *name = (JsString *)key_cell(key);
    uint16_t first = name->length ? string_unit_at(heap, name, 0) : 0;
    return (first >= '0' && first <= '9') || first == '-' || first == 'I' || first == 'N';
  }
  default: return object_ops((JsCellKind)obj->cell.kind)->get != NULL;
  }
}

bool object_lookup(JsContext *cx, JsObject *start, JsKey key, JsLookup *result)
{
  JsHeap *heap = cx->heap;
  *result = (JsLookup){.kind = LOOKUP_UNCACHEABLE};
  for (JsObject *obj = start; obj; obj = object_proto(heap, obj)) {
    if (exotic_hides(heap, obj, key))
      return true;
    if (js_unlikely(obj->cell.flags & OBJECT_LAZY))
      TRY_OR(false, object_materialise(cx, obj, key));
    JsShape *shape = object_shape(heap, obj);
    const JsPropertyEntry *entry = shape_lookup(heap, shape, key);
    if (!entry)
      continue;
    if (entry->attrs & PROP_LAZY) {
      TRY_OR(false, property_resolve_lazy(cx, obj, key));
      shape = object_shape(heap, obj);
      entry = shape_lookup(heap, shape, key);
      if (!entry || (entry->attrs & PROP_LAZY))
        return true;
    }
    result->holder = obj;
    result->slot = entry->slot;
    result->attrs = entry->attrs;
    bool start_in_dictionary = object_shape(heap, start)->cell.flags & SHAPE_DICTIONARY;
    if (obj != start || start_in_dictionary) {
      if (start_in_dictionary && !(start->cell.flags & OBJECT_IS_PROTO))
        return true;
      result->validity = receiver_validity(heap, start);
      if (!result->validity)
        return true;
    }
    result->kind = entry->attrs & PROP_ACCESSOR ? LOOKUP_ACCESSOR : LOOKUP_DATA;
    return true;
  }
  bool start_in_dictionary = object_shape(heap, start)->cell.flags & SHAPE_DICTIONARY;
  if (start_in_dictionary && !(start->cell.flags & OBJECT_IS_PROTO))
    return true;
  if (start_in_dictionary || object_proto(heap, start)) {
    result->validity = receiver_validity(heap, start);
    if (!result->validity)
      return true;
  }
  result->kind = LOOKUP_ABSENT;
  return true;
}
