// SPDX-License-Identifier: MIT
/*
 * Fields: inline caches for C. Each name remembers where two shapes of objects have it, in the way of interp/ic.h:
 * shapes, holders and validity cells are weak and forgotten when they die.
 */
#include "culm/js.h"

#include <stdlib.h>

#include "object/object.h"
#include "object/vm.h"

typedef enum { FIELD_NONE, FIELD_OWN_INLINE, FIELD_OWN_SLOTS, FIELD_INLINE, FIELD_SLOTS, FIELD_ABSENT } FieldKind;

enum { FIELD_WAYS = 2, NO_SHAPE = -1 };

typedef struct FieldEntry {
  uint32_t shape;
  uint32_t slot; /* word of the object, or index of its slot vector */
  uint8_t kind;  /* FieldKind; what is not OWN stands in holder and is guarded by validity (NULL: no prototype) */
  bool may_write;
  JsObject *holder;
  JsProtoInfo *validity;
} FieldEntry;

struct JsFields {
  JsContext *cx;
  JsWeakSource weak;
  JsRef *names;
  uint32_t count;
  bool has_new; /* entries since the last collection */
  FieldEntry *entries;
  JsKey keys[];
};

static bool is_live_or_null(JsHeap *heap, const void *cell)
{
  return !cell || gc_is_live(heap, cell);
}

static void sweep_entries(JsHeap *heap, void *opaque)
{
  JsFields *fields = opaque;
  if (gc_collection_is_minor(heap) && !fields->has_new)
    return;
  for (uint32_t k = 0; k < fields->count * FIELD_WAYS; k++) {
    FieldEntry *entry = &fields->entries[k];
    if (entry->kind != FIELD_NONE && !(gc_is_live(heap, shape_by_id(heap, entry->shape)) &&
                                       is_live_or_null(heap, entry->holder) && is_live_or_null(heap, entry->validity)))
      *entry = (FieldEntry){.shape = (uint32_t)NO_SHAPE};
  }
  fields->has_new = false;
}

JsFields *js_fields_new(JsContext *cx, uint32_t count, const JsValue *names)
{
  JsValue kept = js_array_new(cx, count, names);
  if (js_is_exception(kept))
    return NULL;
  JsFields *fields = calloc(1, sizeof *fields + count * sizeof(JsKey));
  if (fields)
    fields->entries = malloc(count * FIELD_WAYS * sizeof *fields->entries);
  if (!fields || !fields->entries) {
    free(fields);
    (void)js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  fields->cx = cx;
  fields->count = count;
  fields->names = js_ref_new(cx, kept);
  for (uint32_t k = 0; k < count; k++)
    fields->keys[k] = js_is_symbol(names[k]) ? key_from_symbol(js_as_symbol(names[k]))
                                             : key_from_string(cx->heap, js_as_string(names[k]));
  for (uint32_t k = 0; k < count * FIELD_WAYS; k++)
    fields->entries[k] = (FieldEntry){.shape = (uint32_t)NO_SHAPE};
  fields->weak.sweep = sweep_entries;
  fields->weak.opaque = fields;
  gc_add_weak_source(cx->heap, &fields->weak);
  return fields;
}

void js_fields_free(JsFields *fields)
{
  if (!fields)
    return;
  gc_remove_weak_source(fields->cx->heap, &fields->weak);
  js_ref_free(fields->names);
  free(fields->entries);
  free(fields);
}

static bool entry_from_lookup(JsHeap *heap, FieldEntry *entry, JsObject *obj, const JsLookup *found)
{
  *entry = (FieldEntry){.shape = obj->cell.word, .holder = found->holder, .validity = found->validity};
  if (found->kind == LOOKUP_ABSENT) {
    entry->kind = FIELD_ABSENT;
    return found->validity || !object_proto(heap, obj);
  }
  if (found->kind != LOOKUP_DATA)
    return false;
  const JsShape *shape = object_shape(heap, found->holder);
  bool is_inline = found->slot < shape->inline_count;
  entry->slot = is_inline ? shape->inline_base + found->slot : found->slot - shape->inline_count;
  if (found->validity) {
    entry->kind = is_inline ? FIELD_INLINE : FIELD_SLOTS;
  } else {
    entry->kind = is_inline ? FIELD_OWN_INLINE : FIELD_OWN_SLOTS;
    entry->holder = NULL;
    entry->may_write = found->attrs & PROP_WRITABLE;
  }
  return true;
}

/* Puts the newest first. NULL: nothing was learnt. */
static const FieldEntry *learn(JsFields *fields, uint32_t k, JsObject *obj, JsLookup *found)
{
  FieldEntry entry, *ways = &fields->entries[k * FIELD_WAYS];
  if (!object_lookup(fields->cx, obj, fields->keys[k], found)) {
    (void)js_take_exception(fields->cx);
    found->kind = LOOKUP_UNCACHEABLE;
    return NULL;
  }
  if (!entry_from_lookup(fields->cx->heap, &entry, obj, found))
    return NULL;
  if (ways[0].shape != entry.shape)
    ways[1] = ways[0];
  ways[0] = entry;
  fields->has_new = true;
  return ways;
}

JS_INLINE const FieldEntry *known(const JsFields *fields, uint32_t k, const JsObject *obj)
{
  const FieldEntry *entry = &fields->entries[k * FIELD_WAYS];
  if (js_unlikely(entry->shape != obj->cell.word) && (++entry)->shape != obj->cell.word)
    return NULL;
  return js_unlikely(entry->validity && !entry->validity->valid) ? NULL : entry;
}

JsValue js_field_get(JsFields *fields, JsValue obj_val, uint32_t k)
{
  if (js_unlikely(!js_is_object(obj_val)))
    return JS_HOLE;
  JsObject *obj = js_as_object(obj_val);
  const FieldEntry *entry = known(fields, k, obj);
  if (js_unlikely(!entry)) {
    JsLookup found;
    entry = learn(fields, k, obj, &found);
    if (!entry) /* such as an object with a shape of its own */
      return obj->cell.flags & OBJECT_EXOTIC || found.kind == LOOKUP_ACCESSOR
                 ? JS_HOLE
                 : object_data_property(fields->cx->heap, obj, fields->keys[k]);
  }
  switch ((FieldKind)entry->kind) {
  case FIELD_OWN_INLINE: return slot_get(((JsSlot *)obj)[entry->slot]);
  case FIELD_OWN_SLOTS: return slot_get(ptr_slot_get(obj->slots)->v[entry->slot]);
  case FIELD_INLINE: return slot_get(((JsSlot *)entry->holder)[entry->slot]);
  case FIELD_SLOTS: return slot_get(ptr_slot_get(entry->holder->slots)->v[entry->slot]);
  case FIELD_ABSENT: return JS_UNDEFINED;
  default: return JS_HOLE;
  }
}

static bool set_uncached(JsFields *fields, JsObject *obj, uint32_t k, JsValue val)
{
  JsHeap *heap = fields->cx->heap;
  if (obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY))
    return false;
  JsShape *shape = object_shape(heap, obj);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, fields->keys[k]);
  if (!entry || (entry->attrs & (PROP_WRITABLE | PROP_ACCESSOR | PROP_LAZY)) != PROP_WRITABLE)
    return false;
  void *owner = entry->slot < shape->inline_count ? (void *)obj : (void *)ptr_slot_get(obj->slots);
  slot_set(heap, owner, object_slot(shape, obj, entry->slot), val);
  return true;
}

bool js_field_set(JsFields *fields, JsValue obj_val, uint32_t k, JsValue val)
{
  if (js_unlikely(!js_is_object(obj_val)))
    return false;
  JsHeap *heap = fields->cx->heap;
  JsObject *obj = js_as_object(obj_val);
  JsLookup found;
  const FieldEntry *entry = known(fields, k, obj);
  if (js_unlikely(!entry))
    entry = learn(fields, k, obj, &found);
  if (js_unlikely(!entry || !entry->may_write))
    return set_uncached(fields, obj, k, val);
  if (entry->kind == FIELD_OWN_INLINE) {
    slot_set(heap, obj, (JsSlot *)obj + entry->slot, val);
  } else {
    JsSlots *slots = ptr_slot_get(obj->slots);
    slot_set(heap, slots, &slots->v[entry->slot], val);
  }
  return true;
}
