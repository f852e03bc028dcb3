// SPDX-License-Identifier: MIT
/*
 * Shapes: ids, property tables, transitions, root shapes, dictionaries. Validity of prototypes is in shape_proto.c.
 */
#include "object/shape.h"

#include "base/hash.h"
#include "base/vmem.h"
#include "object/object.h"
#include "object/shape_space.h"

enum {
  TABLE_LINEAR_MAX = 8,       /* entries up to which a scan beats a hash */
  TRANSITIONS_FIRST = 8,      /* entries of a first transition map */
  ROOTS_FIRST = 64,           /* entries of the root-shape cache */
  SHAPE_IDS_MAX = 1 << 24,    /* 128 MiB of address space; more live shapes than this are out of memory */
  SHAPE_IDS_COMMIT = 1 << 13, /* ids committed at a time: 64 KiB */
};

_Static_assert(sizeof(JsShape) == 56, "update shape_trace()");

typedef struct JsShapeTransitions {
  JsCell cell;
  uint32_t count, mask;
  struct {
    JsSlot key;
    JsSlot shape;
  } entries[];
} JsShapeTransitions;

static JsShapeSpace *space_of(JsHeap *heap)
{
  return heap_face(heap)->shape_space;
}

/* --- tracing ----------------------------------------------------------------------------------------------------- */

void shape_trace(JsTracer *tracer, JsCell *cell)
{
  JsShape *shape = (JsShape *)cell;
  gc_trace_ptr(tracer, shape->proto);
  gc_trace_ptr(tracer, shape->table);
  gc_trace_ptr(tracer, shape->parent);
  gc_trace_slot(tracer, &shape->transitions);
}

void property_table_trace(JsTracer *tracer, JsCell *cell)
{
  JsPropertyTable *table = (JsPropertyTable *)cell;
  size_t from = 0, to = table->count;
  gc_trace_clip(tracer, table->entries, sizeof *table->entries, &from, &to);
  for (size_t k = from; k < to; k++)
    gc_trace_slot(tracer, &table->entries[k].key);
}

void shape_transitions_trace(JsTracer *tracer, JsCell *cell)
{
  JsShapeTransitions *map = (JsShapeTransitions *)cell;
  size_t from = 0, to = (size_t)map->mask + 1;
  gc_trace_clip(tracer, map->entries, sizeof *map->entries, &from, &to);
  for (size_t k = from; k < to; k++) {
    gc_trace_slot(tracer, &map->entries[k].key);
    gc_trace_slot(tracer, &map->entries[k].shape);
  }
}

void lazy_value_trace(JsTracer *tracer, JsCell *cell)
{
  gc_trace_slots(tracer, &((JsLazyValue *)cell)->a, 2);
}

JsLazyValue *lazy_value_new(JsHeap *heap, JsValue (*resolve)(JsContext *, JsObject *, JsLazyValue *), JsValue a,
                            JsValue b)
{
  JsLazyValue *lazy = GC_NEW(heap, LAZY_VALUE, JsLazyValue);
  lazy->resolve = resolve;
  slot_init(&lazy->a, a);
  slot_init(&lazy->b, b);
  return lazy;
}

/* --- ids --------------------------------------------------------------------------------------------------------- */

static void space_sweep(JsHeap *heap, void *opaque)
{
  JsShapeSpace *space = opaque;
  memset(space->recent_roots, 0, sizeof space->recent_roots);
  memset(space->recent_protos, 0, sizeof space->recent_protos);
  for (uint32_t k = 0; k < space->root_capacity; k++) {
    JsShape *root = space->roots[k];
    if (root && root != SHAPE_ROOT_DELETED && !gc_is_live(heap, root))
      space->roots[k] = SHAPE_ROOT_DELETED;
  }
  shape_space_sweep_protos(heap, space);
}

bool shape_table_init(JsHeap *heap)
{
  MemAccount *account = gc_heap_account(heap);
  JsShapeSpace *space = mem_alloc_zeroed(account, MEM_HEAP_TABLES, sizeof *space);
  if (!space)
    return false;
  space->roots = mem_alloc_zeroed(account, MEM_HEAP_TABLES, ROOTS_FIRST * sizeof *space->roots);
  space->root_capacity = ROOTS_FIRST;
  JsShape **table = vmem_reserve((size_t)SHAPE_IDS_MAX * sizeof *table, 0);
  if (!space->roots || !table)
    return false;
  heap_face(heap)->shape_table = table;
  heap_face(heap)->shape_space = space;
  space->next_id = 1; /* 0 is no shape */
  space->weak = (JsWeakSource){.sweep = space_sweep, .opaque = space};
  gc_add_weak_source(heap, &space->weak);
  return true;
}

void shape_table_free(JsHeap *heap)
{
  JsShapeSpace *space = space_of(heap);
  if (!space)
    return;
  MemAccount *account = gc_heap_account(heap);
  gc_remove_weak_source(heap, &space->weak);
  vmem_release(heap_face(heap)->shape_table, (size_t)SHAPE_IDS_MAX * sizeof(JsShape *));
  mem_free(account, MEM_HEAP_TABLES, space->roots, space->root_capacity * sizeof *space->roots);
  mem_free(account, MEM_HEAP_TABLES, space->free_ids, space->free_capacity * sizeof *space->free_ids);
  mem_free(account, MEM_HEAP_TABLES, space->infos, space->info_capacity * sizeof *space->infos);
  mem_free(account, MEM_HEAP_TABLES, space, sizeof *space);
  heap_face(heap)->shape_space = NULL;
}

_Static_assert(SHAPE_IDS_MAX <= 0x80000000u, "string_hash_word()");

static uint32_t take_id(JsHeap *heap, JsShape *shape)
{
  JsShapeSpace *space = space_of(heap);
  uint32_t id;
  if (space->free_count) {
    id = space->free_ids[--space->free_count];
  } else {
    id = space->next_id++;
    JS_CHECK(id < SHAPE_IDS_MAX);
    if (id >= space->committed_ids) {
      JS_CHECK(vmem_commit(heap_face(heap)->shape_table + space->committed_ids, SHAPE_IDS_COMMIT * sizeof(JsShape *)));
      space->committed_ids += SHAPE_IDS_COMMIT;
    }
  }
  heap_face(heap)->shape_table[id] = shape;
  return id;
}

void shape_finalise(JsHeap *heap, JsCell *cell)
{
  JsShape *shape = (JsShape *)cell;
  JsShapeSpace *space = space_of(heap);
  if (!space || !shape->id)
    return;
  heap_face(heap)->shape_table[shape->id] = NULL;
  if (space->free_count == space->free_capacity) {
    uint32_t capacity = space->free_capacity ? space->free_capacity * 2 : 64;
    uint32_t *grown = mem_realloc(gc_heap_account(heap), MEM_HEAP_TABLES, space->free_ids,
                                  space->free_capacity * sizeof *grown, capacity * sizeof *grown);
    if (!grown)
      return; /* the id is lost, nothing else */
    space->free_ids = grown;
    space->free_capacity = capacity;
  }
  space->free_ids[space->free_count++] = shape->id;
}

/* --- property tables --------------------------------------------------------------------------------------------- */

static uint32_t hash_size_for(uint32_t capacity)
{
  if (capacity <= TABLE_LINEAR_MAX)
    return 0;
  uint32_t size = 32;
  while (size < capacity * 2)
    size *= 2;
  return size;
}

static void table_hash_insert(JsPropertyTable *table, uint32_t entry)
{
  uint32_t at = key_hash(key_from_raw_value(slot_get(table->entries[entry].key))) & table->hash_mask;
  while (table->hash[at])
    at = (at + 1) & table->hash_mask;
  table->hash[at] = entry + 1;
}

static JsPropertyTable *table_new(JsHeap *heap, uint32_t capacity)
{
  uint32_t hash_size = hash_size_for(capacity);
  size_t size = sizeof(JsPropertyTable) + capacity * sizeof(JsPropertyEntry) + hash_size * sizeof(uint32_t);
  JsPropertyTable *table = gc_alloc(heap, CELL_PROPERTY_TABLE, size);
  table->capacity = capacity;
  if (hash_size) {
    table->hash_mask = hash_size - 1;
    table->hash = (uint32_t *)(table->entries + capacity);
  }
  return table;
}

/* A copy of the first `count` entries of `from` without deleted ones. */
static JsPropertyTable *table_copy(JsHeap *heap, JsPropertyTable *from, uint32_t count, uint32_t capacity)
{
  JsPropertyTable *table = table_new(heap, capacity);
  for (uint32_t k = 0; k < count; k++) {
    if (!from->entries[k].key.raw_)
      continue;
    table->entries[table->count] = from->entries[k];
    if (table->hash)
      table_hash_insert(table, table->count);
    table->count++;
  }
  return table;
}

static void table_append(JsHeap *heap, JsPropertyTable *table, JsKey key, uint32_t slot, uint32_t attrs)
{
  JsPropertyEntry *entry = &table->entries[table->count];
  slot_set(heap, table, &entry->key, key_raw_value(key));
  entry->slot = slot;
  entry->attrs = attrs;
  if (table->hash)
    table_hash_insert(table, table->count);
  table->count++;
}

const JsPropertyEntry *shape_lookup(JsHeap *heap, JsShape *shape, JsKey key)
{
  (void)heap;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  if (!table)
    return NULL;
  if (!table->hash) {
    for (uint32_t k = 0; k < shape->count; k++)
      if (table->entries[k].key.raw_ == key.bits)
        return &table->entries[k];
    return NULL;
  }
  for (uint32_t at = key_hash(key) & table->hash_mask;; at = (at + 1) & table->hash_mask) {
    uint32_t number = table->hash[at];
    if (!number)
      return NULL;
    if (table->entries[number - 1].key.raw_ == key.bits)
      return number <= shape->count ? &table->entries[number - 1] : NULL;
  }
}

/* --- making shapes ----------------------------------------------------------------------------------------------- */

static JsShape *shape_alloc(JsHeap *heap)
{
  JsShape *shape = GC_NEW(heap, SHAPE, JsShape);
  shape->id = take_id(heap, shape);
  return shape;
}

JsShape *shape_new_root(JsHeap *heap, JsCellKind kind, size_t object_size, uint8_t inline_count, JsObject *proto)
{
  JS_ASSERT(object_size % 8 == 0);
  if (proto)
    object_become_proto(heap, proto);
  JsShape *shape = shape_alloc(heap);
  shape->object_kind = (uint8_t)kind;
  shape->inline_base = (uint8_t)(object_size / 8);
  shape->inline_count = inline_count;
  ptr_slot_init(&shape->proto, proto);
  return shape;
}

/* A shape like `from` (same object layout and prototype), not linked to anything. */
static JsShape *shape_derive(JsHeap *heap, JsShape *from)
{
  JsShape *shape = shape_alloc(heap);
  shape->cell.flags = from->cell.flags;
  shape->count = from->count;
  shape->slot_count = from->slot_count;
  shape->inline_count = from->inline_count;
  shape->inline_base = from->inline_base;
  shape->object_kind = from->object_kind;
  ptr_slot_init(&shape->proto, ptr_slot_get(from->proto));
  ptr_slot_init(&shape->table, ptr_slot_get(from->table));
  return shape;
}

/* What reserved slots for more will have more. */
static uint32_t first_capacity(const JsShape *root)
{
  return root->inline_count > 4 ? root->inline_count : 4;
}

static uint32_t next_capacity(uint32_t count)
{
  return count < 2 ? 4 : count * 2;
}

/* --- transitions ------------------------------------------------------------------------------------------------- */

/* Key and attributes in one word: attrs are below 2^5 and cells are 16-aligned, symbols and atoms only. */
static uint64_t transition_word(JsKey key, uint32_t attrs)
{
  return key.bits | ((uint64_t)attrs << 56);
}

/* Transitions that add nothing. */
enum { TRANSITION_NOT_EXTENSIBLE = 0, TRANSITION_SEALED = 1, TRANSITION_FROZEN = 2 };

static uint64_t transition_of_child(JsShape *child)
{
  uint32_t integrity = child->cell.flags & ~ptr_slot_get(child->parent)->cell.flags & (SHAPE_SEALED | SHAPE_FROZEN);
  if (integrity)
    return integrity & SHAPE_FROZEN ? TRANSITION_FROZEN : TRANSITION_SEALED;
  if ((child->cell.flags & SHAPE_NOT_EXTENSIBLE) && !(ptr_slot_get(child->parent)->cell.flags & SHAPE_NOT_EXTENSIBLE))
    return TRANSITION_NOT_EXTENSIBLE;
  const JsPropertyEntry *last = &ptr_slot_get(child->table)->entries[child->count - 1];
  return transition_word((JsKey){last->key.raw_}, last->attrs);
}

static uint32_t transition_hash(uint64_t word)
{
  return (uint32_t)hash_u64(word);
}

static JsShape *transition_find(JsShape *shape, uint64_t word)
{
  JsValue transitions = slot_get(shape->transitions);
  if (js_is_hole(transitions))
    return NULL;
  if (js_as_cell(transitions)->kind == CELL_SHAPE) {
    JsShape *child = (JsShape *)js_as_cell(transitions);
    return transition_of_child(child) == word ? child : NULL;
  }
  JsShapeTransitions *map = (JsShapeTransitions *)js_as_cell(transitions);
  for (uint32_t at = transition_hash(word) & map->mask;; at = (at + 1) & map->mask) {
    JsShape *child = (JsShape *)js_as_cell(slot_get(map->entries[at].shape));
    if (!child)
      return NULL;
    if (transition_of_child(child) == word)
      return child;
  }
}

JsShape *shape_foreseen_child(JsHeap *heap, JsShape *shape, StringView name)
{
  JsValue transitions = slot_get(shape->transitions);
  if (js_is_hole(transitions) || js_as_cell(transitions)->kind != CELL_SHAPE)
    return NULL;
  JsShape *child = (JsShape *)js_as_cell(transitions);
  if (child->count != shape->count + 1)
    return NULL;
  const JsPropertyEntry *last = &ptr_slot_get(child->table)->entries[shape->count];
  JsKey key = {last->key.raw_};
  if (last->attrs != PROP_ALL || !key_is_atom(key))
    return NULL;
  JsString *atom = (JsString *)key_cell(key);
  if (atom->length != name.length)
    return NULL;
  StringView own = string_view(heap, atom);
  size_t bytes = (size_t)name.length << name.is_wide;
  return own.is_wide == name.is_wide && memcmp(own.units, name.units, bytes) == 0 ? child : NULL;
}

static void transition_put(JsHeap *heap, JsShapeTransitions *map, JsShape *child)
{
  uint32_t at = transition_hash(transition_of_child(child)) & map->mask;
  while (map->entries[at].shape.raw_)
    at = (at + 1) & map->mask;
  slot_set(heap, map, &map->entries[at].shape, js_from_cell(child));
  map->count++;
}

static JsShapeTransitions *transitions_new(JsHeap *heap, uint32_t size)
{
  JsShapeTransitions *map =
      gc_alloc(heap, CELL_SHAPE_TRANSITIONS, sizeof(JsShapeTransitions) + size * sizeof map->entries[0]);
  map->mask = size - 1;
  return map;
}

static void transition_add(JsHeap *heap, JsShape *shape, JsShape *child)
{
  ptr_slot_set(heap, child, &child->parent, shape);
  JsValue transitions = slot_get(shape->transitions);
  if (js_is_hole(transitions)) {
    slot_set(heap, shape, &shape->transitions, js_from_cell(child));
    return;
  }
  JsShapeTransitions *map = (JsShapeTransitions *)js_as_cell(transitions);
  if (map->cell.kind == CELL_SHAPE) {
    map = transitions_new(heap, TRANSITIONS_FIRST);
    transition_put(heap, map, (JsShape *)js_as_cell(transitions));
    slot_set(heap, shape, &shape->transitions, js_from_cell(map));
  } else if ((map->count + 1) * 2 > map->mask) {
    JsShapeTransitions *grown = transitions_new(heap, (map->mask + 1) * 2);
    for (uint32_t k = 0; k <= map->mask; k++)
      if (map->entries[k].shape.raw_)
        transition_put(heap, grown, (JsShape *)js_as_cell(slot_get(map->entries[k].shape)));
    map = grown;
    slot_set(heap, shape, &shape->transitions, js_from_cell(map));
  }
  transition_put(heap, map, child);
}

JsShape *shape_add_property(JsHeap *heap, JsShape *shape, JsKey key, uint32_t attrs)
{
  JS_ASSERT(!(shape->cell.flags & SHAPE_DICTIONARY) && !key_is_index(key));
  JsShape *child = transition_find(shape, transition_word(key, attrs));
  if (child)
    return child;
  child = shape_derive(heap, shape);
  JsPropertyTable *table = ptr_slot_get(shape->table);
  if (!table)
    table = table_new(heap, first_capacity(shape));
  else if (table->count != shape->count || table->count == table->capacity)
    table = table_copy(heap, table, shape->count, next_capacity(shape->count));
  table_append(heap, table, key, shape->slot_count, attrs);
  ptr_slot_set(heap, child, &child->table, table);
  child->count = shape->count + 1;
  child->slot_count = shape->slot_count + 1;
  if (!(attrs & PROP_WRITABLE) || (attrs & PROP_ACCESSOR))
    child->cell.flags |= SHAPE_HAS_READONLY;
  transition_add(heap, shape, child);
  return child;
}

JsShape *shape_not_extensible(JsHeap *heap, JsShape *shape)
{
  if (shape->cell.flags & SHAPE_NOT_EXTENSIBLE)
    return shape;
  JsShape *child = transition_find(shape, TRANSITION_NOT_EXTENSIBLE);
  if (child)
    return child;
  child = shape_derive(heap, shape);
  child->cell.flags |= SHAPE_NOT_EXTENSIBLE;
  transition_add(heap, shape, child);
  return child;
}

JsShape *shape_with_integrity(JsHeap *heap, JsShape *shape, bool frozen)
{
  JS_ASSERT((shape->cell.flags & (SHAPE_NOT_EXTENSIBLE | SHAPE_DICTIONARY)) == SHAPE_NOT_EXTENSIBLE);
  if (shape->cell.flags & (frozen ? SHAPE_FROZEN : SHAPE_FROZEN | SHAPE_SEALED))
    return shape;
  JsShape *child = transition_find(shape, frozen ? TRANSITION_FROZEN : TRANSITION_SEALED);
  if (child)
    return child;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  for (uint32_t k = 0; k < shape->count; k++) {
    if (table->entries[k].attrs & PROP_LAZY)
      return NULL;
  }
  child = shape_derive(heap, shape);
  child->cell.flags |= frozen ? SHAPE_FROZEN : SHAPE_SEALED;
  if (table) {
    table = table_copy(heap, table, shape->count, shape->count);
    ptr_slot_set(heap, child, &child->table, table);
  }
  for (uint32_t k = 0; k < shape->count; k++) {
    JsPropertyEntry *entry = &table->entries[k];
    if (key_is_private(key_from_raw_value(slot_get(entry->key))))
      continue;
    bool is_data = !(entry->attrs & PROP_ACCESSOR);
    entry->attrs &= ~(uint32_t)(PROP_CONFIGURABLE | (frozen && is_data ? PROP_WRITABLE : 0));
    if (frozen)
      child->cell.flags |= SHAPE_HAS_READONLY;
  }
  transition_add(heap, shape, child);
  return child;
}

JsShape *shape_with_proto(JsHeap *heap, JsShape *shape, JsObject *proto)
{
  JsShapeSpace *space = space_of(heap);
  uint32_t place = (uint32_t)hash_u64((uintptr_t)proto ^ shape->id) & (SHAPE_RECENT_PROTOS - 1);
  if (space->recent_protos[place].from == shape->id && space->recent_protos[place].proto == proto)
    return space->recent_protos[place].to;
  JsShape *to =
      shape_root_for(heap, (JsCellKind)shape->object_kind, (size_t)shape->inline_base * 8, shape->inline_count, proto);
  JsPropertyTable *table = ptr_slot_get(shape->table);
  for (uint32_t k = 0; k < shape->count; k++)
    to = shape_add_property(heap, to, (JsKey){table->entries[k].key.raw_}, table->entries[k].attrs);
  if (shape->cell.flags & SHAPE_NOT_EXTENSIBLE)
    to = shape_not_extensible(heap, to);
  space->recent_protos[place].from = shape->id;
  space->recent_protos[place].proto = proto;
  space->recent_protos[place].to = to;
  return to;
}

/* --- root shapes ------------------------------------------------------------------------------------------------- */

static uint32_t root_hash(JsCellKind kind, size_t object_size, uint8_t inline_count, const JsObject *proto)
{
  return (uint32_t)hash_u64((uint64_t)(uintptr_t)proto * 31 + (uint64_t)kind * 65536 + object_size * 256 +
                            inline_count);
}

static uint32_t root_hash_of(JsShape *root)
{
  return root_hash((JsCellKind)root->object_kind, (size_t)root->inline_base * 8, root->inline_count,
                   ptr_slot_get(root->proto));
}

static void roots_insert(JsShapeSpace *space, JsShape *root)
{
  uint32_t mask = space->root_capacity - 1, at = root_hash_of(root) & mask;
  while (space->roots[at] && space->roots[at] != SHAPE_ROOT_DELETED)
    at = (at + 1) & mask;
  if (!space->roots[at])
    space->root_used++;
  space->roots[at] = root;
}

static void roots_grow(JsHeap *heap, JsShapeSpace *space)
{
  uint32_t live = 0;
  for (uint32_t k = 0; k < space->root_capacity; k++)
    live += space->roots[k] && space->roots[k] != SHAPE_ROOT_DELETED;
  uint32_t old_capacity = space->root_capacity;
  uint32_t capacity = live * 2 > old_capacity ? old_capacity * 2 : old_capacity;
  JsShape **old = space->roots;
  JsShape **fresh = mem_alloc_zeroed(gc_heap_account(heap), MEM_HEAP_TABLES, capacity * sizeof *fresh);
  JS_CHECK(fresh != NULL);
  space->roots = fresh;
  space->root_capacity = capacity;
  space->root_used = 0;
  for (uint32_t k = 0; k < old_capacity; k++)
    if (old[k] && old[k] != SHAPE_ROOT_DELETED)
      roots_insert(space, old[k]);
  mem_free(gc_heap_account(heap), MEM_HEAP_TABLES, old, old_capacity * sizeof *old);
}

JsShape *shape_root_for(JsHeap *heap, JsCellKind kind, size_t object_size, uint8_t inline_count, JsObject *proto)
{
  JsShapeSpace *space = space_of(heap);
  JsShape *recent = space->recent_roots[kind];
  if (js_likely(recent && ptr_slot_get(recent->proto) == proto && recent->inline_count == inline_count &&
                (size_t)recent->inline_base * 8 == object_size))
    return recent;
  uint32_t mask = space->root_capacity - 1;
  for (uint32_t at = root_hash(kind, object_size, inline_count, proto) & mask; space->roots[at]; at = (at + 1) & mask) {
    JsShape *root = space->roots[at];
    if (root != SHAPE_ROOT_DELETED && root->object_kind == kind && ptr_slot_get(root->proto) == proto &&
        root->inline_count == inline_count && (size_t)root->inline_base * 8 == object_size)
      return space->recent_roots[kind] = root;
  }
  JsShape *root = shape_new_root(heap, kind, object_size, inline_count, proto);
  if ((space->root_used + 1) * 4 > space->root_capacity * 3)
    roots_grow(heap, space);
  roots_insert(space, root);
  return root;
}

/* --- dictionaries ------------------------------------------------------------------------------------------------ */

JsShape *shape_to_dictionary(JsHeap *heap, JsShape *shape)
{
  JsShape *dictionary = shape_derive(heap, shape);
  dictionary->cell.flags |= SHAPE_DICTIONARY;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  if (table)
    ptr_slot_set(heap, dictionary, &dictionary->table,
                 table_copy(heap, table, shape->count, next_capacity(shape->count)));
  return dictionary;
}

void shape_dictionary_add(JsHeap *heap, JsShape *shape, JsKey key, uint32_t attrs)
{
  JsPropertyTable *table = ptr_slot_get(shape->table);
  if (!table || table->count == table->capacity) {
    uint32_t live = table ? table->count - table->deleted : 0;
    table = table ? table_copy(heap, table, table->count, next_capacity(live)) : table_new(heap, 4);
    ptr_slot_set(heap, shape, &shape->table, table);
  }
  table_append(heap, table, key, shape->slot_count++, attrs);
  shape->count = table->count;
  if (!(attrs & PROP_WRITABLE) || (attrs & PROP_ACCESSOR))
    shape->cell.flags |= SHAPE_HAS_READONLY;
}

void shape_dictionary_remove(JsHeap *heap, JsShape *shape, const JsPropertyEntry *entry)
{
  (void)heap;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  /* The hash keeps pointing at the emptied entry: probing goes over it. */
  table->entries[entry - table->entries].key.raw_ = 0;
  table->deleted++;
}
