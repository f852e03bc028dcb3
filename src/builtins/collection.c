// SPDX-License-Identifier: MIT
/* Ordered hash tables for Map and Set: see collection.h. */
#include "builtins/collection.h"

#include "base/hash.h"
#include "object/bigint.h"

/* Entries of a new collection: most maps stay this small or become much larger. */
#define COLLECTION_FIRST_CAPACITY 4
/* HOST: as V8, 2^24 entries. */
#define COLLECTION_MAX_CAPACITY (1u << 24)

void ordered_table_trace(JsTracer *tracer, JsCell *cell);
void collection_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsOrderedTable) == 32 && sizeof(JsOrderedEntry) == 24, "update ordered_table_trace()");
void ordered_table_trace(JsTracer *tracer, JsCell *cell)
{
  JsOrderedTable *table = (JsOrderedTable *)cell;
  gc_trace_ptr(tracer, table->successor);
  size_t from = 0, to = table->used;
  gc_trace_clip(tracer, table->entries, sizeof *table->entries, &from, &to);
  for (size_t k = from; k < to; k++) {
    gc_trace_slot(tracer, &table->entries[k].key);
    gc_trace_slot(tracer, &table->entries[k].value);
  }
}

_Static_assert(sizeof(JsCollection) == 32, "update collection_trace()");
void collection_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsCollection *)cell)->table);
}

static uint32_t *buckets(JsOrderedTable *table)
{
  return (uint32_t *)&table->entries[table->capacity];
}

static JsValue normalise_key(JsValue key)
{
  if (js_is_double(key)) {
    double d = js_as_double(key);
    return d == 0 ? js_int32(0) : js_number(d);
  }
  return key;
}

/* Of a normalised key. */
static uint32_t key_hash_of(JsHeap *heap, JsValue key)
{
  if (js_is_cell(key)) {
    JsCell *cell = js_as_cell(key);
    if (cell->kind == CELL_STRING)
      return string_hash(heap, (JsString *)cell);
    if (cell->kind == CELL_BIGINT)
      return bigint_hash((JsBigInt *)cell);
  }
  return (uint32_t)hash_u64(key.bits);
}

/* Normalised keys with the same hash but other bits. */
static bool same_key_slow(JsHeap *heap, JsValue a, JsValue b)
{
  if (!js_is_cell(a) || !js_is_cell(b))
    return false;
  uint8_t kind = js_as_cell(a)->kind;
  if (kind != js_as_cell(b)->kind)
    return false;
  if (kind == CELL_STRING) {
    JsString *x = js_as_string(a), *y = js_as_string(b);
    return !(string_is_atom(x) && string_is_atom(y)) && string_equals(heap, x, y);
  }
  return kind == CELL_BIGINT && bigint_equals(js_as_bigint(a), js_as_bigint(b));
}

static size_t table_bytes(uint32_t capacity)
{
  return sizeof(JsOrderedTable) + (size_t)capacity * (sizeof(JsOrderedEntry) + sizeof(uint32_t));
}

static JsOrderedTable *table_new(JsHeap *heap, uint32_t capacity)
{
  JsOrderedTable *table = gc_try_alloc(heap, CELL_ORDERED_TABLE, table_bytes(capacity));
  if (table)
    table->capacity = capacity;
  return table;
}

void collection_init(JsHeap *heap, JsCollection *collection)
{
  JsOrderedTable *table = gc_alloc(heap, CELL_ORDERED_TABLE, table_bytes(COLLECTION_FIRST_CAPACITY));
  table->capacity = COLLECTION_FIRST_CAPACITY;
  ptr_slot_set(heap, collection, &collection->table, table);
}

static JsOrderedEntry *table_find(JsHeap *heap, JsOrderedTable *table, JsValue key, uint32_t hash)
{
  for (uint32_t at = buckets(table)[hash & (table->capacity - 1)]; at; at = table->entries[at - 1].chain) {
    JsOrderedEntry *entry = &table->entries[at - 1];
    if (entry->hash != hash)
      continue;
    JsValue other = slot_get(entry->key);
    if (js_same_bits(other, key) || (!js_is_hole(other) && same_key_slow(heap, other, key)))
      return entry;
  }
  return NULL;
}

JsOrderedEntry *collection_find(JsHeap *heap, JsCollection *collection, JsValue key)
{
  key = normalise_key(key);
  return table_find(heap, ptr_slot_get(collection->table), key, key_hash_of(heap, key));
}

static void table_append(JsHeap *heap, JsOrderedTable *table, JsValue key, JsValue val, uint32_t hash)
{
  JsOrderedEntry *entry = &table->entries[table->used++];
  uint32_t *bucket = &buckets(table)[hash & (table->capacity - 1)];
  entry->hash = hash;
  entry->chain = *bucket;
  *bucket = table->used;
  table->live++;
  slot_set(heap, table, &entry->key, key);
  slot_set(heap, table, &entry->value, val);
}

/* Moves the live entries to a new table. False: no memory. */
static bool rehash(JsHeap *heap, JsCollection *collection, uint32_t capacity)
{
  JsOrderedTable *old = ptr_slot_get(collection->table);
  JsOrderedTable *table = table_new(heap, capacity);
  if (!table)
    return false;
  for (uint32_t k = 0; k < old->used; k++) {
    JsValue key = slot_get(old->entries[k].key);
    if (!js_is_hole(key))
      table_append(heap, table, key, slot_get(old->entries[k].value), old->entries[k].hash);
  }
  ptr_slot_set(heap, old, &old->successor, table);
  ptr_slot_set(heap, collection, &collection->table, table);
  return true;
}

bool collection_set(JsContext *cx, JsCollection *collection, JsValue key, JsValue val)
{
  JsHeap *heap = cx->heap;
  key = normalise_key(key);
  uint32_t hash = key_hash_of(heap, key);
  JsOrderedTable *table = ptr_slot_get(collection->table);
  JsOrderedEntry *entry = table_find(heap, table, key, hash);
  if (entry) {
    slot_set(heap, table, &entry->value, val);
    return true;
  }
  if (js_unlikely(table->used == table->capacity)) {
    /* Many tombstones: compacting is enough. */
    uint32_t capacity = table->live > table->capacity / 2 ? table->capacity * 2 : table->capacity;
    if (capacity > COLLECTION_MAX_CAPACITY) {
      throw_error(cx, JS_MSG_COLLECTION_FULL, collection->obj.cell.kind == CELL_MAP ? "Map" : "Set");
      return false;
    }
    if (!rehash(heap, collection, capacity)) {
      throw_out_of_memory(cx);
      return false;
    }
    table = ptr_slot_get(collection->table);
  }
  table_append(heap, table, key, val, hash);
  return true;
}

bool collection_delete(JsHeap *heap, JsCollection *collection, JsValue key)
{
  JsOrderedEntry *entry = collection_find(heap, collection, key);
  if (!entry)
    return false;
  JsOrderedTable *table = ptr_slot_get(collection->table);
  slot_init(&entry->key, JS_HOLE);
  slot_init(&entry->value, JS_HOLE);
  table->live--;
  /* When the memory cannot be had the table stays as large as it is. */
  if (table->live < table->capacity / 4 && table->capacity > COLLECTION_FIRST_CAPACITY)
    rehash(heap, collection, table->capacity / 2);
  return true;
}

void collection_clear(JsHeap *heap, JsCollection *collection)
{
  JsOrderedTable *old = ptr_slot_get(collection->table);
  if (!old->used)
    return;
  collection_init(heap, collection);
  old->cleared = 1;
  ptr_slot_set(heap, old, &old->successor, ptr_slot_get(collection->table));
}

static void follow_successors(JsCollectionCursor *cursor)
{
  JsOrderedTable *table = cursor->table, *next;
  while ((next = ptr_slot_get(table->successor))) {
    if (table->cleared) {
      cursor->index = 0;
    } else {
      uint32_t deleted = 0;
      for (uint32_t k = 0; k < cursor->index; k++)
        deleted += js_is_hole(slot_get(table->entries[k].key));
      cursor->index -= deleted;
    }
    table = next;
  }
  cursor->table = table;
}

JsOrderedEntry *collection_cursor_next(JsCollectionCursor *cursor)
{
  if (js_unlikely(ptr_slot_get(cursor->table->successor) != NULL))
    follow_successors(cursor);
  JsOrderedTable *table = cursor->table;
  while (cursor->index < table->used) {
    JsOrderedEntry *entry = &table->entries[cursor->index++];
    if (!js_is_hole(slot_get(entry->key)))
      return entry;
  }
  return NULL;
}

static JsCollection *collection_new(JsContext *cx, JsCellKind kind, JsObject *proto)
{
  JsCollection *collection = (JsCollection *)TRY_OR(NULL, object_new_kind(cx, kind, sizeof(JsCollection), proto));
  collection_init(cx->heap, collection);
  return collection;
}

JsCollection *map_new(JsContext *cx)
{
  return collection_new(cx, CELL_MAP, INTRINSIC_OBJECT(cx, MAP_PROTOTYPE));
}

JsCollection *set_new(JsContext *cx)
{
  return collection_new(cx, CELL_SET, INTRINSIC_OBJECT(cx, SET_PROTOTYPE));
}

bool can_be_held_weakly(JsValue val)
{
  if (js_is_object(val))
    return true;
  return js_is_symbol(val) && !(js_as_symbol(val)->cell.flags & SYMBOL_REGISTERED);
}

static bool add_one(JsContext *cx, JsObject *target, JsValue item, JsValue adder, bool pairs, JsNativeFn pristine)
{
  JsValue args[2] = {item, JS_UNDEFINED};
  if (pairs) {
    if (!js_is_object(item)) {
      throw_error(cx, JS_MSG_NOT_AN_ENTRY, item);
      return false;
    }
    args[0] = TRY_OR(false, get_index(cx, js_as_object(item), 0));
    args[1] = TRY_OR(false, get_index(cx, js_as_object(item), 1));
  }
  int argc = pairs ? 2 : 1;
  /* FAST: the built-in adder looks at nothing but its receiver and arguments. */
  if (is_native_function_of(adder, pristine))
    return !js_failed(pristine(cx, js_from_object(target), argc, args));
  return !js_failed(js_call(cx, adder, js_from_object(target), argc, args));
}

/* AddEntriesFromIterable ( target, iterable, adder )  ecma262#sec-add-entries-from-iterable */
bool add_entries_from_iterable(JsContext *cx, JsObject *target, JsValue iterable, JsValue adder, bool pairs,
                               JsNativeFn pristine)
{
  if (!js_is_callable(adder)) {
    throw_error(cx, JS_MSG_ADDER_NOT_CALLABLE, adder, pairs ? "set" : "add");
    return false;
  }
  if (js_is_array_object(iterable) && array_iteration_is_pristine(cx, iterable)) {
    JsArray *array = js_as_array(iterable);
    for (uint32_t k = 0; k < array->length; k++) {
      JsValue item = TRY_OR(false, get_index(cx, &array->obj, k));
      TRY_OR(false, add_one(cx, target, item, adder, pairs, pristine));
      TRY_OR(false, js_poll(cx, 4));
    }
    return true;
  }
  JsIteratorRecord record;
  TRY_OR(false, get_iterator(cx, iterable, &record));
  for (;;) {
    JsValue item;
    TRY_OR(false, iterator_step_value(cx, &record, &item));
    if (js_is_hole(item))
      return true;
    if (!add_one(cx, target, item, adder, pairs, pristine))
      return iterator_close_on_throw(cx, &record);
  }
}
