// SPDX-License-Identifier: MIT
/*
 * WeakMap and WeakSet (ecma262#sec-weakmap-objects, ecma262#sec-weakset-objects).
 *
 * The table is an open-addressed hash in malloc memory, keyed by the cell's address, that the collector's tracing does
 * not see: each collection is a weak source of its own. At the end of marking it marks the values of live keys
 * (ephemerons) until nothing new turns up, then drops the entries whose keys died. A collection that is itself dead
 * keeps nothing alive. In a minor collection only entries that were written since the last one are looked at. In a
 * major one all are, once, by slices where it goes by slices; at the end only those whose key was not reached then, and
 * those written to since.
 */
#include "builtins/collection.h"

#include "base/hash.h"
#include "gc/recent.h"

#define WEAK_FIRST_CAPACITY 8

typedef struct WeakEntry {
  JsCell *key; /* NULL: empty; WEAK_DELETED */
  JsValue val; /* undefined in a WeakSet */
} WeakEntry;
#define WEAK_DELETED ((JsCell *)8)

/* CELL_WEAK_MAP and CELL_WEAK_SET */
typedef struct JsWeakCollection {
  JsObject obj;
  WeakEntry *entries; /* capacity of them; NULL with 0 */
  uint32_t capacity, live, used;
  GcRecent recent;  /* keys written to since the last collection */
  GcRecent waiting; /* a major one: keys that were not reached at the first look */
  uint32_t seen;    /* a major one: entries that were looked at; rehashing begins anew */
  JsWeakSource source;
} JsWeakCollection;

void weak_collection_finalise(JsHeap *heap, JsCell *cell);

void weak_collection_finalise(JsHeap *heap, JsCell *cell)
{
  JsWeakCollection *weak = (JsWeakCollection *)cell;
  if (!weak->source.opaque)
    return;
  gc_remove_weak_source(heap, &weak->source);
  mem_free(gc_heap_account(heap), MEM_COLLECTION, weak->entries, weak->capacity * sizeof(WeakEntry));
  gc_external_sub(heap, weak->capacity * sizeof(WeakEntry));
  gc_recent_clear(heap, &weak->recent);
  gc_recent_clear(heap, &weak->waiting);
}

static bool is_entry(const WeakEntry *entry)
{
  return entry->key > WEAK_DELETED;
}

void weak_collection_each(JsCell *weak, void (*visit)(JsCell *key, JsValue val, void *opaque), void *opaque)
{
  JsWeakCollection *collection = (JsWeakCollection *)weak;
  for (uint32_t k = 0; k < collection->capacity; k++)
    if (is_entry(&collection->entries[k]))
      visit(collection->entries[k].key, collection->entries[k].val, opaque);
}

static WeakEntry *find_cell(JsWeakCollection *weak, const JsCell *cell)
{
  if (!weak->live)
    return NULL;
  for (uint32_t k = hash_pointer(cell) & (weak->capacity - 1);; k = (k + 1) & (weak->capacity - 1)) {
    if (weak->entries[k].key == cell)
      return &weak->entries[k];
    if (!weak->entries[k].key)
      return NULL;
  }
}

static WeakEntry *weak_find(JsWeakCollection *weak, JsValue key)
{
  return js_is_cell(key) ? find_cell(weak, js_as_cell(key)) : NULL;
}

/* The value of a live key lives. True: it did not before. */
static bool trace_entry(JsTracer *tracer, JsHeap *heap, const WeakEntry *entry)
{
  if (!js_is_cell(entry->val) || !gc_is_live(heap, entry->key) || gc_is_live(heap, js_as_cell(entry->val)))
    return false;
  gc_trace_value(tracer, entry->val);
  return true;
}

static bool trace_listed(JsTracer *tracer, JsWeakCollection *weak, const GcRecent *keys)
{
  bool any = false;
  for (uint32_t k = 0; k < keys->count; k++) {
    const WeakEntry *entry = find_cell(weak, keys->cells[k]);
    any |= entry && trace_entry(tracer, gc_tracer_heap(tracer), entry);
  }
  return any;
}

/* Entries ahead whose key's header is fetched. */
enum { FETCH_AHEAD = 16 };

/* The next entries, at most so many. */
static bool trace_unseen(JsTracer *tracer, JsWeakCollection *weak, uint32_t most)
{
  JsHeap *heap = gc_tracer_heap(tracer);
  uint32_t to = weak->capacity - weak->seen < most ? weak->capacity : weak->seen + most;
  bool any = false;
  for (uint32_t k = weak->seen; k < to; k++) {
    const WeakEntry *entry = &weak->entries[k];
    if (k + FETCH_AHEAD < weak->capacity && is_entry(entry + FETCH_AHEAD)) {
      __builtin_prefetch(entry[FETCH_AHEAD].key);
      if (js_is_cell(entry[FETCH_AHEAD].val))
        __builtin_prefetch(js_as_cell(entry[FETCH_AHEAD].val));
    }
    if (!is_entry(entry))
      continue;
    any |= trace_entry(tracer, heap, entry);
    if (!gc_is_live(heap, entry->key))
      gc_recent_add(heap, &weak->waiting, entry->key);
  }
  weak->seen = to;
  return any;
}

static bool trace_all(JsTracer *tracer, JsWeakCollection *weak)
{
  weak->seen = 0;
  return trace_unseen(tracer, weak, UINT32_MAX);
}

/* Entries of a slice: a fraction of a millisecond. */
enum { ENTRIES_AT_ONCE = 4096 };

static bool weak_advance(JsTracer *tracer, void *opaque)
{
  JsWeakCollection *weak = opaque;
  if (!gc_is_live(gc_tracer_heap(tracer), weak) || weak->seen == weak->capacity)
    return false;
  (void)trace_unseen(tracer, weak, ENTRIES_AT_ONCE);
  return true;
}

/* Do the lists tell which entries may have a key that is dead, or a value that was not marked? */
static bool knows_what_is_left(const JsWeakCollection *weak)
{
  return weak->seen == weak->capacity && !weak->waiting.is_all && !weak->recent.is_all;
}

static bool weak_ephemerons(JsTracer *tracer, void *opaque)
{
  JsHeap *heap = gc_tracer_heap(tracer);
  JsWeakCollection *weak = opaque;
  if (!gc_is_live(heap, weak))
    return false;
  if (gc_collection_is_minor(heap))
    return weak->recent.is_all ? trace_all(tracer, weak) : trace_listed(tracer, weak, &weak->recent);
  if (!knows_what_is_left(weak))
    return trace_all(tracer, weak);
  bool any = trace_listed(tracer, weak, &weak->waiting);
  return trace_listed(tracer, weak, &weak->recent) || any;
}

static void drop_if_dead(JsHeap *heap, JsWeakCollection *weak, WeakEntry *entry)
{
  if (entry && is_entry(entry) && !gc_is_live(heap, entry->key)) {
    *entry = (WeakEntry){WEAK_DELETED, JS_UNDEFINED};
    weak->live--;
  }
}

static void drop_listed(JsHeap *heap, JsWeakCollection *weak, const GcRecent *keys)
{
  for (uint32_t k = 0; k < keys->count; k++)
    drop_if_dead(heap, weak, find_cell(weak, keys->cells[k]));
}

static void weak_sweep(JsHeap *heap, void *opaque)
{
  JsWeakCollection *weak = opaque;
  if (!gc_is_live(heap, weak))
    return;
  bool is_minor = gc_collection_is_minor(heap);
  if (is_minor ? !weak->recent.is_all : knows_what_is_left(weak)) {
    drop_listed(heap, weak, &weak->recent);
    if (!is_minor)
      drop_listed(heap, weak, &weak->waiting);
  } else {
    for (uint32_t k = 0; k < weak->capacity; k++)
      drop_if_dead(heap, weak, &weak->entries[k]);
  }
  gc_recent_clear(heap, &weak->recent);
  gc_recent_clear(heap, &weak->waiting);
  weak->seen = 0;
}

static void weak_init(JsHeap *heap, JsWeakCollection *weak)
{
  weak->source = (JsWeakSource){.sweep = weak_sweep,
                                .ephemerons = weak->obj.cell.kind == CELL_WEAK_MAP ? weak_ephemerons : NULL,
                                .opaque = weak,
                                .advance = weak_advance};
  gc_add_weak_source(heap, &weak->source);
}

static void weak_insert(JsWeakCollection *weak, JsCell *key, JsValue val)
{
  uint32_t k = hash_pointer(key) & (weak->capacity - 1);
  while (weak->entries[k].key)
    k = (k + 1) & (weak->capacity - 1);
  weak->entries[k] = (WeakEntry){key, val};
  weak->used++;
  weak->live++;
}

/* Keeps a quarter of the table empty. */
static bool weak_reserve(JsContext *cx, JsWeakCollection *weak)
{
  if (weak->used + 1 <= weak->capacity - weak->capacity / 4 && weak->capacity)
    return true;
  MemAccount *account = gc_heap_account(cx->heap);
  uint32_t capacity = WEAK_FIRST_CAPACITY, old_capacity = weak->capacity;
  while (capacity / 2 < weak->live + 1) {
    if (capacity == 1u << 31) {
      throw_out_of_memory(cx);
      return false;
    }
    capacity *= 2;
  }
  WeakEntry *old = weak->entries;
  WeakEntry *entries = mem_alloc_zeroed(account, MEM_COLLECTION, capacity * sizeof(WeakEntry));
  if (!entries) {
    throw_out_of_memory(cx);
    return false;
  }
  weak->entries = entries;
  weak->capacity = capacity;
  weak->seen = 0;
  weak->used = weak->live = 0;
  for (uint32_t k = 0; k < old_capacity; k++) {
    if (is_entry(&old[k]))
      weak_insert(weak, old[k].key, old[k].val);
  }
  mem_free(account, MEM_COLLECTION, old, old_capacity * sizeof(WeakEntry));
  gc_external_sub(cx->heap, old_capacity * sizeof(WeakEntry));
  gc_external_add(cx->heap, capacity * sizeof(WeakEntry));
  return true;
}

static bool weak_set(JsContext *cx, JsWeakCollection *weak, JsValue key, JsValue val)
{
  WeakEntry *entry = weak_find(weak, key);
  if (entry) {
    entry->val = val;
    gc_recent_add(cx->heap, &weak->recent, entry->key);
    return true;
  }
  TRY_OR(false, weak_reserve(cx, weak));
  weak_insert(weak, js_as_cell(key), val);
  gc_recent_add(cx->heap, &weak->recent, js_as_cell(key));
  return true;
}

static bool weak_delete(JsWeakCollection *weak, JsValue key)
{
  WeakEntry *entry = weak_find(weak, key);
  if (!entry)
    return false;
  *entry = (WeakEntry){WEAK_DELETED, JS_UNDEFINED};
  weak->live--;
  return true;
}

JsArray *weak_collection_preview(JsContext *cx, JsObject *obj)
{
  JsWeakCollection *weak = (JsWeakCollection *)obj;
  JsArray *array = TRY_OR(NULL, array_new(cx, 0));
  /* A collection in between may drop entries; the table itself stays. */
  for (uint32_t k = 0; k < weak->capacity; k++) {
    WeakEntry entry = weak->entries[k];
    if (!is_entry(&entry))
      continue;
    TRY_OR(NULL, array_push_direct(cx, array, js_from_cell(entry.key)));
    if (obj->cell.kind == CELL_WEAK_MAP)
      TRY_OR(NULL, array_push_direct(cx, array, entry.val));
  }
  return array;
}

static JsWeakCollection *this_weak(JsContext *cx, JsValue this_val, JsCellKind kind, const char *method)
{
  return (JsWeakCollection *)this_kind(cx, this_val, kind, method);
}

/* What WeakMap and WeakSet differ in when they are constructed. */
typedef struct WeakClass {
  const char *name;
  JsCellKind kind;
  JsIntrinsicId prototype;
  JsKey adder;
  JsNativeFn own_adder;
  bool pairs;
} WeakClass;

static JsValue weak_construct(JsContext *cx, JsValue iterable, const WeakClass *of)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, of->name);
  JsObject *weak =
      TRY(ordinary_create_from_constructor(cx, js_new_target(cx), of->prototype, of->kind, sizeof(JsWeakCollection)));
  weak_init(cx->heap, (JsWeakCollection *)weak);
  if (js_is_nullish(iterable))
    return js_from_object(weak);
  JsValue adder = TRY(get_property(cx, weak, of->adder));
  TRY(add_entries_from_iterable(cx, weak, iterable, adder, of->pairs, of->own_adder));
  return js_from_object(weak);
}

/* --- WeakMap ------------------------------------------------------------------------------------------------------ */

/* WeakMap.prototype.set ( key, value )  ecma262#sec-weakmap.prototype.set */
static JsValue weak_map_proto_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.set"));
  if (!can_be_held_weakly(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_INVALID_WEAK_KEY);
  TRY(weak_set(cx, weak, argv[0], js_arg(argc, argv, 1)));
  return this_val;
}

/* WeakMap ( [ iterable ] )  ecma262#sec-weakmap-iterable */
static JsValue weak_map_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return weak_construct(cx, js_arg(argc, argv, 0),
                        &(WeakClass){"WeakMap", CELL_WEAK_MAP, JS_INTRINSIC_WEAK_MAP_PROTOTYPE, KEY(cx->heap, set),
                                     weak_map_proto_set, true});
}

/* WeakMap.prototype.delete ( key )  ecma262#sec-weakmap.prototype.delete */
static JsValue weak_map_proto_delete(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.delete"));
  return js_boolean(weak_delete(weak, js_arg(argc, argv, 0)));
}

/* WeakMap.prototype.get ( key )  ecma262#sec-weakmap.prototype.get */
static JsValue weak_map_proto_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.get"));
  WeakEntry *entry = weak_find(weak, js_arg(argc, argv, 0));
  return entry ? entry->val : JS_UNDEFINED;
}

/* WeakMap.prototype.getOrInsert ( key, value )  ecma262#sec-weakmap.prototype.getorinsert */
static JsValue weak_map_proto_get_or_insert(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.getOrInsert"));
  if (!can_be_held_weakly(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_INVALID_WEAK_KEY);
  WeakEntry *entry = weak_find(weak, argv[0]);
  if (entry)
    return entry->val;
  TRY(weak_set(cx, weak, argv[0], js_arg(argc, argv, 1)));
  return js_arg(argc, argv, 1);
}

/* WeakMap.prototype.getOrInsertComputed ( key, callback )  ecma262#sec-weakmap.prototype.getorinsertcomputed */
static JsValue weak_map_proto_get_or_insert_computed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.getOrInsertComputed"));
  JsValue key = js_arg(argc, argv, 0), callback = js_arg(argc, argv, 1);
  if (!can_be_held_weakly(key))
    return throw_error(cx, JS_MSG_INVALID_WEAK_KEY);
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
  WeakEntry *entry = weak_find(weak, key);
  if (entry)
    return entry->val;
  JsValue val = TRY(js_call1(cx, callback, JS_UNDEFINED, key));
  TRY(weak_set(cx, weak, key, val));
  return val;
}

/* WeakMap.prototype.has ( key )  ecma262#sec-weakmap.prototype.has */
static JsValue weak_map_proto_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_MAP, "WeakMap.prototype.has"));
  return js_boolean(weak_find(weak, js_arg(argc, argv, 0)) != NULL);
}

/* --- WeakSet ------------------------------------------------------------------------------------------------------ */

/* WeakSet.prototype.add ( value )  ecma262#sec-weakset.prototype.add */
static JsValue weak_set_proto_add(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_SET, "WeakSet.prototype.add"));
  if (!can_be_held_weakly(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_INVALID_WEAK_SET_VALUE);
  TRY(weak_set(cx, weak, argv[0], JS_UNDEFINED));
  return this_val;
}

/* WeakSet ( [ iterable ] )  ecma262#sec-weakset-iterable */
static JsValue weak_set_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return weak_construct(cx, js_arg(argc, argv, 0),
                        &(WeakClass){"WeakSet", CELL_WEAK_SET, JS_INTRINSIC_WEAK_SET_PROTOTYPE, KEY(cx->heap, add),
                                     weak_set_proto_add, false});
}

/* WeakSet.prototype.delete ( value )  ecma262#sec-weakset.prototype.delete */
static JsValue weak_set_proto_delete(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_SET, "WeakSet.prototype.delete"));
  return js_boolean(weak_delete(weak, js_arg(argc, argv, 0)));
}

/* WeakSet.prototype.has ( value )  ecma262#sec-weakset.prototype.has */
static JsValue weak_set_proto_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakCollection *weak = TRY(this_weak(cx, this_val, CELL_WEAK_SET, "WeakSet.prototype.has"));
  return js_boolean(weak_find(weak, js_arg(argc, argv, 0)) != NULL);
}

static const JsBuiltin weak_map_proto[] = {
    FN("delete", weak_map_proto_delete, 1),
    FN("get", weak_map_proto_get, 1),
    FN("set", weak_map_proto_set, 2),
    FN("has", weak_map_proto_has, 1),
    FN("getOrInsert", weak_map_proto_get_or_insert, 2),
    FN("getOrInsertComputed", weak_map_proto_get_or_insert_computed, 2),
    STRING_SYM(toStringTag, "WeakMap"),
};

static const JsBuiltin weak_set_proto[] = {
    FN("delete", weak_set_proto_delete, 1),
    FN("has", weak_set_proto_has, 1),
    FN("add", weak_set_proto_add, 1),
    STRING_SYM(toStringTag, "WeakSet"),
};

const JsIntrinsicTable weak_map_constructor_table = {
    CONSTRUCTOR_TABLE("WeakMap", weak_map_constructor, 0, WEAK_MAP_PROTOTYPE)};
const JsIntrinsicTable weak_map_prototype_table = {PROTOTYPE_TABLE(WEAK_MAP), ROWS(weak_map_proto)};
const JsIntrinsicTable weak_set_constructor_table = {
    CONSTRUCTOR_TABLE("WeakSet", weak_set_constructor, 0, WEAK_SET_PROTOTYPE)};
const JsIntrinsicTable weak_set_prototype_table = {PROTOTYPE_TABLE(WEAK_SET), ROWS(weak_set_proto)};
