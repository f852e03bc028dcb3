// SPDX-License-Identifier: MIT
/* Own properties of plain objects read and copied in bulk: see quiet_copy.h. */
#include "object/quiet_copy.h"

#include "object/property.h"
#include "object/shape.h"

/* Reads of its own named properties run nothing but getters, and it has no index keys. */
static bool is_quiet(const JsObject *obj)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  return obj->cell.kind == CELL_OBJECT && !(obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY)) &&
         (!elements || (elements->cell.kind == CELL_ELEMENTS && elements->length == 0));
}

/* Set of a key that the object does not have makes an own property: nothing on its prototypes has a say. */
static bool protos_are_quiet(JsHeap *heap, JsObject *obj, JsKey key)
{
  for (JsObject *proto = object_proto(heap, obj); proto; proto = object_proto(heap, proto)) {
    if (proto->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY))
      return false;
    const JsPropertyEntry *entry = shape_lookup(heap, object_shape(heap, proto), key);
    if (entry)
      return !(entry->attrs & (PROP_ACCESSOR | PROP_LAZY)) && (entry->attrs & PROP_WRITABLE);
  }
  return true;
}

static bool put(JsHeap *heap, JsObject *target, JsKey key, JsValue val, JsQuietCopy how)
{
  JsShape *shape = object_shape(heap, target);
  const JsPropertyEntry *entry = shape->count ? shape_lookup(heap, shape, key) : NULL;
  if (entry) {
    uint32_t need = how == COPY_BY_DEFINE ? PROP_ALL : PROP_WRITABLE;
    if ((entry->attrs & need) != need || (entry->attrs & (PROP_ACCESSOR | PROP_LAZY)))
      return false;
    object_write_slot(heap, shape, target, entry->slot, val);
    return true;
  }
  if ((shape->cell.flags & SHAPE_NOT_EXTENSIBLE) || (how == COPY_BY_SET && !protos_are_quiet(heap, target, key)))
    return false;
  object_add_property(heap, target, key, val, PROP_ALL);
  return true;
}

static bool is_excluded(const JsKey *excluded, uint32_t count, JsKey key)
{
  for (uint32_t k = 0; k < count; k++)
    if (key_equals(excluded[k], key))
      return true;
  return false;
}

uint32_t copy_properties_quietly(JsHeap *heap, JsObject *target, JsObject *from, JsQuietCopy how, const JsKey *excluded,
                                 uint32_t excluded_count)
{
  uint32_t done = 0;
  if (!is_quiet(from) || target == from || target->cell.kind != CELL_OBJECT ||
      (target->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY)))
    return 0;
  JsShape *shape = object_shape(heap, from);
  JsPropertyTable *table = ptr_slot_get(shape->table);
  bool more = table != NULL;
  for (int symbols = 0; more; symbols++) {
    more = false;
    for (uint32_t k = 0; k < shape->count; k++) {
      JsKey key = {table->entries[k].key.raw_};
      uint32_t attrs = table->entries[k].attrs;
      if (key_is_none(key))
        continue;
      if (key_is_symbol(key) != (bool)symbols) {
        more |= !symbols;
        continue;
      }
      if (symbols && key_is_private(key))
        continue;
      if (attrs & (PROP_ACCESSOR | PROP_LAZY))
        return done;
      if ((attrs & PROP_ENUMERABLE) && !is_excluded(excluded, excluded_count, key) &&
          !put(heap, target, key, slot_get(*object_slot(shape, from, table->entries[k].slot)), how))
        return done;
      done++;
    }
  }
  return done;
}

JsElements *own_properties_quietly(JsContext *cx, JsObject *obj, JsOwnKind kind)
{
  if (!is_quiet(obj))
    return NULL;
  JsHeap *heap = cx->heap;
  JsShape *shape = object_shape(heap, obj);
  JsPropertyTable *table = ptr_slot_get(shape->table);
  JsElements *list = elements_new(heap, shape->count);
  if (!list)
    return NULL;
  for (uint32_t k = 0; k < shape->count; k++) {
    JsKey key = {table->entries[k].key.raw_};
    uint32_t attrs = table->entries[k].attrs;
    if (key_is_none(key) || !(attrs & PROP_ENUMERABLE) || key_is_symbol(key))
      continue;
    if (kind != OWN_KEYS && (attrs & (PROP_ACCESSOR | PROP_LAZY)))
      return NULL;
    JsValue item = key_raw_value(key);
    if (kind != OWN_KEYS)
      item = slot_get(*object_slot(shape, obj, table->entries[k].slot));
    if (kind == OWN_ENTRIES) {
      JsValue pair[2] = {key_raw_value(key), item};
      JsArray *entry = array_from_values(cx, pair, 2);
      item = js_from_cell(MUST(entry));
    }
    list->length++;
    slot_set(heap, list, &list->v[list->length - 1], item);
  }
  return list;
}
