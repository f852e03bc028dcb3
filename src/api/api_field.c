// SPDX-License-Identifier: MIT
/*
 * Fields: inline caches for C. Each name, and each range of names that are read together, remembers where two shapes of
 * objects have it, in the way of interp/ic.h; a name also remembers one addition. Shapes, holders and validity cells
 * are weak and forgotten when they die.
 */
#include "culm/js.h"

#include <stdlib.h>

#include "object/object.h"
#include "object/property.h"
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

/* An added property. */
typedef struct FieldAddition {
  uint32_t shape, new_shape;
  uint32_t slot; /* number */
  JsProtoInfo *validity;
} FieldAddition;

/* Where a shape has the names of a range: slots of some places, which are the object, its prototypes and their slot
 * vectors, and one that holds undefined. */
enum { PLACES_MAX = 16 };

typedef struct FieldPlace {
  const JsObject *holder; /* NULL: the object itself */
  enum { PLACE_WORDS, PLACE_SLOTS, PLACE_NOTHING } part;
} FieldPlace;

typedef struct RangeEntry {
  uint32_t shape;
  uint32_t place_count;
  JsProtoInfo *validity;
  FieldPlace places[PLACES_MAX];
  struct {
    uint16_t place, slot;
  } * items;
} RangeEntry;

typedef struct FieldRange {
  uint32_t count;
  RangeEntry ways[FIELD_WAYS];
} FieldRange;

struct JsFields {
  JsContext *cx;
  JsWeakSource weak;
  JsRef *names;
  uint32_t count;
  bool has_new; /* entries since the last collection */
  JsSlot nothing;
  FieldEntry *entries;
  FieldAddition *additions;
  FieldRange **ranges; /* by their first name */
  JsKey keys[];
};

static bool is_live_or_null(JsHeap *heap, const void *cell)
{
  return !cell || gc_is_live(heap, cell);
}

static bool are_live(JsHeap *heap, uint32_t shape, const void *holder, const void *validity)
{
  return gc_is_live(heap, shape_by_id(heap, shape)) && is_live_or_null(heap, holder) && is_live_or_null(heap, validity);
}

static bool range_entry_is_live(JsHeap *heap, const RangeEntry *entry)
{
  for (uint32_t k = 0; k < entry->place_count; k++)
    if (!is_live_or_null(heap, entry->places[k].holder))
      return false;
  return are_live(heap, entry->shape, NULL, entry->validity);
}

static void sweep_entries(JsHeap *heap, void *opaque)
{
  JsFields *fields = opaque;
  if (gc_collection_is_minor(heap) && !fields->has_new)
    return;
  for (uint32_t k = 0; k < fields->count * FIELD_WAYS; k++) {
    FieldEntry *entry = &fields->entries[k];
    if (entry->kind != FIELD_NONE && !are_live(heap, entry->shape, entry->holder, entry->validity))
      *entry = (FieldEntry){.shape = (uint32_t)NO_SHAPE};
  }
  for (uint32_t k = 0; k < fields->count; k++) {
    FieldAddition *addition = &fields->additions[k];
    if (addition->shape != (uint32_t)NO_SHAPE &&
        !are_live(heap, addition->shape, shape_by_id(heap, addition->new_shape), addition->validity))
      addition->shape = (uint32_t)NO_SHAPE;
    for (int way = 0; fields->ranges[k] && way < FIELD_WAYS; way++) {
      RangeEntry *entry = &fields->ranges[k]->ways[way];
      if (entry->shape != (uint32_t)NO_SHAPE && !range_entry_is_live(heap, entry))
        entry->shape = (uint32_t)NO_SHAPE;
    }
  }
  fields->has_new = false;
}

static void free_range(FieldRange *range)
{
  for (int way = 0; range && way < FIELD_WAYS; way++)
    free(range->ways[way].items);
  free(range);
}

static void free_tables(JsFields *fields)
{
  for (uint32_t k = 0; fields->ranges && k < fields->count; k++)
    free_range(fields->ranges[k]);
  free(fields->ranges);
  free(fields->additions);
  free(fields->entries);
  free(fields);
}

static JsFields *allocate(uint32_t count)
{
  JsFields *fields = calloc(1, sizeof *fields + count * sizeof(JsKey));
  if (!fields)
    return NULL;
  fields->count = count;
  fields->entries = malloc(count * FIELD_WAYS * sizeof *fields->entries);
  fields->additions = malloc(count * sizeof *fields->additions);
  fields->ranges = calloc(count, sizeof *fields->ranges);
  if (!fields->entries || !fields->additions || !fields->ranges) {
    free_tables(fields);
    return NULL;
  }
  for (uint32_t k = 0; k < count * FIELD_WAYS; k++)
    fields->entries[k] = (FieldEntry){.shape = (uint32_t)NO_SHAPE};
  for (uint32_t k = 0; k < count; k++)
    fields->additions[k] = (FieldAddition){.shape = (uint32_t)NO_SHAPE};
  slot_init(&fields->nothing, JS_UNDEFINED);
  return fields;
}

JsFields *js_fields_new(JsContext *cx, uint32_t count, const JsValue *names)
{
  JsValue kept = js_array_new(cx, count, names);
  if (js_is_exception(kept))
    return NULL;
  JsFields *fields = allocate(count);
  if (!fields) {
    (void)js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  fields->cx = cx;
  fields->names = js_ref_new(cx, kept);
  for (uint32_t k = 0; k < count; k++)
    fields->keys[k] = js_is_symbol(names[k]) ? key_from_symbol(js_as_symbol(names[k]))
                                             : key_from_string(cx->heap, js_as_string(names[k]));
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
  free_tables(fields);
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

/* --- ranges ------------------------------------------------------------------------------------------------------ */

/* The number of a place; PLACES_MAX: there are too many. */
static uint16_t place_of(RangeEntry *range, const FieldEntry *entry)
{
  FieldPlace place = {entry->holder, PLACE_WORDS};
  if (entry->kind == FIELD_ABSENT)
    place = (FieldPlace){NULL, PLACE_NOTHING};
  else if (entry->kind == FIELD_OWN_SLOTS || entry->kind == FIELD_SLOTS)
    place.part = PLACE_SLOTS;
  uint16_t k = 0;
  while (k < range->place_count && (range->places[k].holder != place.holder || range->places[k].part != place.part))
    k++;
  if (k < PLACES_MAX && k == range->place_count)
    range->places[range->place_count++] = place;
  return k;
}

/* False: some of it cannot be remembered. */
static bool learn_range(JsFields *fields, uint32_t first, uint32_t count, JsObject *obj)
{
  FieldRange *range = fields->ranges[first];
  if (!range || range->count != count) {
    free_range(range);
    range = fields->ranges[first] = calloc(1, sizeof *range);
    if (!range)
      return false;
    range->count = count;
    range->ways[0].shape = range->ways[1].shape = (uint32_t)NO_SHAPE;
  }
  uint32_t shape = obj->cell.word;
  if (range->ways[0].shape != shape) {
    RangeEntry oldest = range->ways[1];
    range->ways[1] = range->ways[0];
    range->ways[0] = oldest;
  }
  RangeEntry *entry = &range->ways[0];
  entry->shape = (uint32_t)NO_SHAPE;
  entry->place_count = 0;
  entry->validity = NULL;
  if (!entry->items && !(entry->items = calloc(count, sizeof *entry->items)))
    return false;
  for (uint32_t k = 0; k < count; k++) {
    JsLookup found;
    const FieldEntry *field = learn(fields, first + k, obj, &found);
    if (!field || field->slot > UINT16_MAX ||
        (entry->validity && field->validity && entry->validity != field->validity))
      return false;
    if (field->validity)
      entry->validity = field->validity;
    entry->items[k].place = place_of(entry, field);
    entry->items[k].slot = field->kind == FIELD_ABSENT ? 0 : (uint16_t)field->slot;
    if (entry->items[k].place == PLACES_MAX)
      return false;
  }
  if (obj->cell.word != shape)
    return false;
  entry->shape = shape;
  return true;
}

/* False: it is not known. */
JS_INLINE bool read_known(const JsFields *fields, uint32_t first, uint32_t count, JsObject *obj, JsValue *out)
{
  const FieldRange *range = fields->ranges[first];
  if (js_unlikely(!range || range->count != count))
    return false;
  const RangeEntry *entry = &range->ways[0];
  if (js_unlikely(entry->shape != obj->cell.word) && (++entry)->shape != obj->cell.word)
    return false;
  if (js_unlikely(entry->validity && !entry->validity->valid))
    return false;
  const JsSlot *places[PLACES_MAX];
  for (uint32_t k = 0; k < entry->place_count; k++) {
    const FieldPlace *place = &entry->places[k];
    const JsObject *holder = place->holder ? place->holder : obj;
    places[k] = place->part == PLACE_WORDS   ? (const JsSlot *)holder
                : place->part == PLACE_SLOTS ? ptr_slot_get(holder->slots)->v
                                             : &fields->nothing;
  }
  for (uint32_t k = 0; k < count; k++)
    out[k] = slot_get(places[entry->items[k].place][entry->items[k].slot]);
  return true;
}

void js_fields_read(JsFields *fields, JsValue obj, uint32_t first, uint32_t count, JsValue *out)
{
  if (js_likely(js_is_object(obj))) {
    if (js_likely(read_known(fields, first, count, js_as_object(obj), out)))
      return;
    if (learn_range(fields, first, count, js_as_object(obj)) &&
        read_known(fields, first, count, js_as_object(obj), out))
      return;
  }
  for (uint32_t k = 0; k < count; k++)
    out[k] = js_field_get(fields, obj, first + k);
}

/* --- additions --------------------------------------------------------------------------------------------------- */

static void learn_addition(JsFields *fields, uint32_t k, JsObject *obj, uint32_t old_shape, JsProtoInfo *validity)
{
  JsShape *shape = object_shape(fields->cx->heap, obj), *parent = ptr_slot_get(shape->parent);
  if (obj->cell.word == old_shape || shape->cell.flags & SHAPE_DICTIONARY ||
      obj->cell.flags & (OBJECT_IS_PROTO | OBJECT_EXOTIC) || !parent || parent->id != old_shape ||
      shape->slot_count != parent->slot_count + 1)
    return;
  fields->additions[k] = (FieldAddition){old_shape, shape->id, parent->slot_count, validity};
  fields->has_new = true;
}

/* As was learnt. */
static bool add_known(JsHeap *heap, const FieldAddition *addition, JsObject *obj, JsValue val)
{
  if (addition->shape != obj->cell.word || (addition->validity && !addition->validity->valid))
    return false;
  JsShape *shape = shape_by_id(heap, addition->new_shape);
  object_reserve_slot(heap, obj, shape, addition->slot);
  object_write_slot(heap, shape, obj, addition->slot, val);
  obj->cell.word = addition->new_shape;
  gc_barrier(heap, obj);
  return true;
}

bool js_field_put(JsFields *fields, JsValue obj_val, uint32_t k, JsValue val)
{
  JsContext *cx = fields->cx;
  if (!js_is_object(obj_val))
    return true;
  JsObject *obj = js_as_object(obj_val);
  if (add_known(cx->heap, &fields->additions[k], obj, val))
    return true;
  JsLookup found;
  JsValue name = js_get_index(cx, js_ref_get(fields->names), k);
  if (!object_lookup(cx, obj, fields->keys[k], &found))
    return false;
  uint32_t shape = obj->cell.word;
  bool may_learn = found.kind == LOOKUP_ABSENT || (found.kind == LOOKUP_DATA && found.holder != obj && found.validity);
  if (js_is_exception(name) || !js_set_key(cx, obj_val, name, val))
    return false;
  if (may_learn)
    learn_addition(fields, k, obj, shape, found.validity);
  return true;
}
