// SPDX-License-Identifier: MIT
/*
 * What the dispatch loop answers by itself: operands that are numbers, sites whose inline cache hits, elements of
 * arrays. Each returns false, or NULL, when more has to be asked.
 */
#ifndef INTERP_HITS_H
#define INTERP_HITS_H

#include "interp/interp.h"
#include "object/typed_array.h"

JS_INLINE uint32_t read_u32(const uint16_t *units)
{
  uint32_t word;
  memcpy(&word, units, sizeof word);
  return word;
}
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "32-bit operands are stored low unit first");

JS_INLINE bool both_int32(JsValue a, JsValue b)
{
  return (a.bits & b.bits) >= JS_VALUE_INT_TAG;
}
JS_INLINE bool both_numbers(JsValue a, JsValue b)
{
  return a.bits >= JS_VALUE_DOUBLE_OFFSET && b.bits >= JS_VALUE_DOUBLE_OFFSET;
}
JS_INLINE bool truthy(JsValue v)
{
  if (js_is_cell(v)) {
    if (js_likely(js_as_cell(v)->kind >= CELL_OBJECT))
      return !(js_as_cell(v)->flags & OBJECT_IS_HTMLDDA);
    if (js_as_cell(v)->kind == CELL_STRING)
      return js_as_string(v)->length != 0;
  } else if (js_is_int32(v)) {
    return js_as_int32(v) != 0;
  } else if (js_is_nullish(v)) {
    return false;
  } else if (js_is_boolean(v)) {
    return js_is_true(v);
  }
  return to_boolean(v);
}
/* == of numbers, and of anything with null or undefined but objects that claim to be undefined; false: ask further. */
JS_INLINE bool quick_equals(JsValue a, JsValue b, bool *is)
{
  if (js_likely(both_int32(a, b)))
    *is = a.bits == b.bits;
  else if (both_numbers(a, b))
    *is = js_number_value(a) == js_number_value(b);
  else if (js_is_nullish(b) && !js_is_object(a))
    *is = js_is_nullish(a);
  else if (js_is_nullish(b) && !(js_as_cell(a)->flags & OBJECT_IS_HTMLDDA))
    *is = false;
  else
    return false;
  return true;
}
JS_INLINE bool equals_small_int(JsValue a, int16_t i)
{
  return js_same_bits(a, js_int32(i)) || (js_unlikely(js_is_double(a)) && js_as_double(a) == i);
}
JS_INLINE JsEnv *env_at(JsValue env, uint32_t hops)
{
  JsEnv *e = (JsEnv *)js_as_cell(env);
  while (hops--)
    e = ptr_slot_get(e->parent);
  return e;
}

/* The word of a cell that is no object is never the number of a shape: string_hash_word(). */
/* A read that the site's own entry answers: own or prototype data, nothing at all. */
JS_INLINE bool get_prop_hit(const JsIc *ic, JsValue base, JsValue *out)
{
  if (js_unlikely(!js_is_cell(base) || js_as_cell(base)->word != ic->entry.shape))
    return false;
  JsObject *holder = js_as_object(base);
  if (ic->entry.kind >= IC_PROTO_INLINE) {
    if (js_unlikely(ic->entry.kind > IC_PROTO_SLOTS)) {
      *out = JS_UNDEFINED;
      return ic->entry.kind == IC_ABSENT && ic_is_valid(&ic->entry);
    }
    if (js_unlikely(!ptr_slot_get(ic->entry.validity)->valid))
      return false;
    holder = ptr_slot_get(ic->entry.holder);
  }
  *out = slot_get(*ic_read_slot(&ic->entry, holder));
  return true;
}

/* The getter in JavaScript that the site's own entry leads to, or NULL. */
JS_INLINE JsFunction *get_getter_hit(const JsIc *ic, JsValue base)
{
  if (js_unlikely(!js_is_cell(base) || js_as_cell(base)->word != ic->entry.shape))
    return NULL;
  JsValue getter = ic_getter(&ic->entry, js_as_object(base));
  return js_is_function(getter) && !(js_as_cell(getter)->flags & OBJECT_CLASS_CONSTRUCTOR) ? js_as_function(getter)
                                                                                           : NULL;
}

/* A method or other data property of a string, found on its prototype. */
JS_INLINE bool get_string_prop_hit(const JsIc *ic, JsValue base, JsValue *out)
{
  if (!js_is_string(base) || ic->entry.shape != IC_SHAPE_STRING || !ptr_slot_get(ic->entry.validity)->valid)
    return false;
  JsObject *holder = ptr_slot_get(ic->entry.holder);
  if (js_likely(ic->entry.kind == IC_PROTO_SLOTS))
    *out = slot_get(*ic_vector_slot(holder, ic->entry.slot));
  else if (ic->entry.kind == IC_PROTO_INLINE)
    *out = slot_get(*ic_inline_slot(holder, ic->entry.slot));
  else
    return false;
  return true;
}

/* What a site with several shapes finds beyond its own entry. */
JS_INLINE bool get_prop_of_many(JsContext *cx, const JsIc *ic, JsValue base, JsKey key, JsValue *out)
{
  if (ic->entry.state < IC_STATE_POLY || !js_is_object(base))
    return false;
  JsObject *obj = js_as_object(base);
  const JsIcEntry *entry = ic_find(cx, ic, obj->cell.word, key, IC_FOR_GET);
  if (!entry || !ic_is_valid(entry))
    return false;
  if (js_unlikely(entry->kind > IC_PROTO_SLOTS)) {
    *out = JS_UNDEFINED;
    return entry->kind == IC_ABSENT;
  }
  *out = slot_get(*ic_read_slot(entry, entry->kind >= IC_PROTO_INLINE ? ptr_slot_get(entry->holder) : obj));
  return true;
}

/* A write that an entry for the object's shape answers: to an own data property, or the addition of one that fits. */
JS_INLINE bool set_entry_hit(JsHeap *heap, const JsIcEntry *entry, JsObject *obj, JsValue val)
{
  if (js_likely(entry->kind == IC_SET_INLINE)) {
    slot_set(heap, obj, ic_inline_slot(obj, entry->slot), val);
    return true;
  }
  if (entry->kind == IC_SET_SLOTS) {
    slot_set(heap, ptr_slot_get(obj->slots), ic_vector_slot(obj, entry->slot), val);
    return true;
  }
  if (js_unlikely(!ic_is_valid(entry)))
    return false;
  if (entry->kind == IC_ADD_INLINE) {
    *ic_inline_slot(obj, entry->slot) = (JsSlot){val.bits};
    obj->cell.word = entry->new_shape;
    gc_barrier(heap, obj);
    return true;
  }
  if (entry->kind == IC_ADD_SLOTS) {
    JsSlots *slots = ptr_slot_get(obj->slots);
    if (!slots || entry->slot - IC_VECTOR_BASE >= slots->capacity)
      return false;
    slot_set(heap, slots, ic_vector_slot(obj, entry->slot), val);
    obj->cell.word = entry->new_shape;
    gc_barrier(heap, obj);
    return true;
  }
  return false;
}
JS_INLINE bool set_prop_hit(JsHeap *heap, const JsIc *ic, JsValue base, JsValue val)
{
  if (js_unlikely(!js_is_cell(base) || js_as_cell(base)->word != ic->entry.shape))
    return false;
  return set_entry_hit(heap, &ic->entry, js_as_object(base), val);
}

/* A copy of an object of the shape that the site has seen, whose properties are all plain and lie inside; else NULL. */
JS_INLINE JsObject *object_copy_hit(JsHeap *heap, const JsIc *ic, JsValue source)
{
  if (js_unlikely(!js_is_object(source) || js_as_cell(source)->word != ic->entry.shape))
    return NULL;
  JsObject *from = js_as_object(source);
  if (js_unlikely(from->cell.flags || ptr_slot_get(from->slots) || ptr_slot_get(from->elements)))
    return NULL;
  JsObject *copy = gc_alloc_fast(heap, CELL_OBJECT, ic->entry.slot);
  copy->cell.word = ic->entry.shape;
  memcpy(copy + 1, from + 1, ic->entry.slot - sizeof *copy);
  return copy;
}

/* obj[key] with the one symbol or interned string that the site has seen. */
JS_INLINE bool get_keyed_hit(const JsIc *ic, JsValue base, JsValue property, JsValue *out)
{
  return slot_get(ic->key).bits == property.bits && get_prop_hit(ic, base, out);
}

JS_INLINE bool set_keyed_hit(JsHeap *heap, const JsIc *ic, JsValue base, JsValue property, JsValue val)
{
  return slot_get(ic->key).bits == property.bits && set_prop_hit(heap, ic, base, val);
}

JS_INLINE bool get_index_hit(JsHeap *heap, JsValue base, JsValue property, JsValue *out)
{
  if (js_unlikely(!js_is_int32(property) || !js_is_object(base)))
    return false;
  JsObject *obj = js_as_object(base);
  uint32_t index = (uint32_t)js_as_int32(property);
  if (js_unlikely(obj->cell.kind != CELL_ARRAY && (obj->cell.flags & OBJECT_EXOTIC))) {
    if (obj->cell.kind != CELL_TYPED_ARRAY || js_as_int32(property) < 0)
      return false;
    *out = typed_array_get(heap, (JsTypedArray *)obj, index);
    return true;
  }
  *out = object_dense_get(obj, index);
  return !js_is_hole(*out);
}

JS_INLINE bool set_index_hit(JsHeap *heap, JsValue base, JsValue property, JsValue val)
{
  if (js_unlikely(!js_is_int32(property) || !js_is_object(base)))
    return false;
  JsObject *obj = js_as_object(base);
  uint32_t index = (uint32_t)js_as_int32(property);
  if (js_unlikely(obj->cell.kind != CELL_ARRAY && (obj->cell.flags & OBJECT_EXOTIC)))
    return obj->cell.kind == CELL_TYPED_ARRAY && js_as_int32(property) >= 0 && js_is_number(val) &&
           typed_array_set_number((JsTypedArray *)obj, index, val);
  return object_dense_set(heap, obj, index, val);
}

/* `length` of a typed array whose site has found the original getter on a prototype. */
JS_INLINE bool typed_array_length_hit(const JsIc *ic, JsValue base, JsValue *out)
{
  if (!js_is_typed_array(base) || js_as_cell(base)->word != ic->entry.shape ||
      ic->entry.kind != IC_PROTO_GETTER_SLOTS || !ptr_slot_get(ic->entry.validity)->valid)
    return false;
  JsValue pair = slot_get(*ic_vector_slot(ptr_slot_get(ic->entry.holder), ic->entry.slot));
  JsValue getter = js_is_kind(pair, CELL_ACCESSOR) ? slot_get(((JsAccessor *)js_as_cell(pair))->getter) : JS_HOLE;
  if (!js_is_kind(getter, CELL_NATIVE_FUNCTION) || js_as_native_function(getter)->magic != NATIVE_TYPED_LENGTH_MAGIC)
    return false;
  *out = js_number_i64((int64_t)typed_array_length(js_as_typed_array(base)));
  return true;
}

/* A global binding's slot. A lexical one stays where it is; a property of the global object is guarded by its validity.
 */
JS_INLINE JsSlot *global_hit(JsContext *cx, const JsIc *ic)
{
  const JsRealm *realm = cx->realm;
  JsObject *holder = ptr_slot_get(realm->global_lexicals);
  if (ic->entry.kind >= IC_GLOBAL_OBJECT_INLINE) {
    if (js_unlikely(!ptr_slot_get(ic->entry.validity)->valid))
      return NULL;
    holder = ptr_slot_get(realm->global);
  } else if (js_unlikely(ic->entry.kind < IC_GLOBAL_LEXICAL_INLINE)) {
    return NULL; /* nothing yet, or a getter */
  }
  return (ic->entry.kind & 1) == (IC_GLOBAL_OBJECT_INLINE & 1) ? ic_inline_slot(holder, ic->entry.slot)
                                                               : ic_vector_slot(holder, ic->entry.slot);
}
_Static_assert((IC_GLOBAL_OBJECT_INLINE & 1) == (IC_GLOBAL_LEXICAL_INLINE & 1) &&
                   (IC_GLOBAL_OBJECT_SLOTS & 1) == (IC_GLOBAL_LEXICAL_SLOTS & 1),
               "told by the low bit");

#endif
