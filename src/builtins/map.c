// SPDX-License-Identifier: MIT
/* Map objects (ecma262#sec-map-objects) over the ordered tables of collection.c. */
#include "builtins/collection.h"

static JsCollection *this_map(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_likely(js_is_kind(this_val, CELL_MAP)))
    return (JsCollection *)js_as_cell(this_val);
  return (JsCollection *)this_kind(cx, this_val, CELL_MAP, method);
}

/* Map.prototype.set ( key, value )  ecma262#sec-map.prototype.set */
static JsValue map_proto_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.set"));
  TRY(collection_set(cx, map, js_arg(argc, argv, 0), js_arg(argc, argv, 1)));
  return this_val;
}

/* Map ( [ iterable ] )  ecma262#sec-map-iterable */
static JsValue map_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Map");
  JsCollection *map = (JsCollection *)TRY(ordinary_create_from_constructor(
      cx, js_new_target(cx), JS_INTRINSIC_MAP_PROTOTYPE, CELL_MAP, sizeof(JsCollection)));
  collection_init(cx->heap, map);
  JsValue iterable = js_arg(argc, argv, 0);
  if (js_is_nullish(iterable))
    return js_from_object(&map->obj);
  JsValue adder = TRY(get_property(cx, &map->obj, KEY(cx->heap, set)));
  TRY(add_entries_from_iterable(cx, &map->obj, iterable, adder, true, map_proto_set));
  return js_from_object(&map->obj);
}

/* One item of GroupBy with keyCoercion COLLECTION. */
static bool group_item(JsContext *cx, JsCollection *map, JsValue item, int64_t k, JsValue callback)
{
  JsValue key = TRY_OR(false, js_call2(cx, callback, JS_UNDEFINED, item, js_number_i64(k)));
  JsOrderedEntry *entry = collection_find(cx->heap, map, key);
  JsArray *group;
  if (entry) {
    group = js_as_array(slot_get(entry->value));
  } else {
    group = TRY_OR(false, array_new(cx, 4));
    TRY_OR(false, collection_set(cx, map, key, js_from_object(&group->obj)));
  }
  return array_push_direct(cx, group, item);
}

/* Map.groupBy ( items, callback )  ecma262#sec-map.groupby */
static JsValue map_group_by(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue items = js_arg(argc, argv, 0), callback = js_arg(argc, argv, 1);
  if (js_is_nullish(items))
    return throw_error(cx, JS_MSG_CALLED_ON_NULLISH, "Map.groupBy");
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
  /* The arrays stay invisible to user code until the map is returned, so they can be grown in place. */
  JsCollection *map = TRY(map_new(cx));
  JsIteratorRecord record;
  TRY(get_iterator(cx, items, &record));
  for (int64_t k = 0;; k++) {
    JsValue item;
    TRY(iterator_step_value(cx, &record, &item));
    if (js_is_hole(item))
      return js_from_object(&map->obj);
    if (!group_item(cx, map, item, k, callback)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
  }
}

/* get Map [ %Symbol.species% ]  ecma262#sec-get-map-%symbol.species% */
static JsValue get_map_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* Map.prototype.clear ( )  ecma262#sec-map.prototype.clear */
static JsValue map_proto_clear(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  collection_clear(cx->heap, TRY(this_map(cx, this_val, "Map.prototype.clear")));
  return JS_UNDEFINED;
}

/* Map.prototype.delete ( key )  ecma262#sec-map.prototype.delete */
static JsValue map_proto_delete(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.delete"));
  return js_boolean(collection_delete(cx->heap, map, js_arg(argc, argv, 0)));
}

/* Map.prototype.get ( key )  ecma262#sec-map.prototype.get */
static JsValue map_proto_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.get"));
  JsOrderedEntry *entry = collection_find(cx->heap, map, js_arg(argc, argv, 0));
  return entry ? slot_get(entry->value) : JS_UNDEFINED;
}

/* Map.prototype.getOrInsert ( key, value )  ecma262#sec-map.prototype.getorinsert */
static JsValue map_proto_get_or_insert(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.getOrInsert"));
  JsOrderedEntry *entry = collection_find(cx->heap, map, js_arg(argc, argv, 0));
  if (entry)
    return slot_get(entry->value);
  TRY(collection_set(cx, map, js_arg(argc, argv, 0), js_arg(argc, argv, 1)));
  return js_arg(argc, argv, 1);
}

/* Map.prototype.getOrInsertComputed ( key, callback )  ecma262#sec-map.prototype.getorinsertcomputed */
static JsValue map_proto_get_or_insert_computed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.getOrInsertComputed"));
  JsValue key = js_arg(argc, argv, 0), callback = js_arg(argc, argv, 1);
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
  JsOrderedEntry *entry = collection_find(cx->heap, map, key);
  if (entry)
    return slot_get(entry->value);
  if (js_is_double(key) && js_as_double(key) == 0)
    key = js_int32(0); /* CanonicalizeKeyedCollectionKey: the callback sees +0 */
  JsValue val = TRY(js_call1(cx, callback, JS_UNDEFINED, key));
  /* The callback may have changed the map: set looks again. */
  TRY(collection_set(cx, map, key, val));
  return val;
}

/* Map.prototype.has ( key )  ecma262#sec-map.prototype.has */
static JsValue map_proto_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.has"));
  return js_boolean(collection_find(cx->heap, map, js_arg(argc, argv, 0)) != NULL);
}

/* get Map.prototype.size  ecma262#sec-get-map.prototype.size */
static JsValue get_map_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number_u32(collection_size(TRY(this_map(cx, this_val, "get Map.prototype.size"))));
}

/* Map.prototype.forEach ( callback [ , thisArg ] )  ecma262#sec-map.prototype.foreach */
static JsValue map_proto_for_each(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *map = TRY(this_map(cx, this_val, "Map.prototype.forEach"));
  JsValue callback = js_arg(argc, argv, 0);
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
  JsCollectionCursor cursor = collection_cursor(map);
  for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));)
    TRY(js_call3(cx, callback, js_arg(argc, argv, 1), slot_get(entry->value), slot_get(entry->key), this_val));
  return JS_UNDEFINED;
}

/* --- iterators ---------------------------------------------------------------------------------------------------- */

void collection_iterator_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsCollectionIterator) == 40, "update collection_iterator_trace()");
void collection_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsCollectionIterator *)cell)->table);
}

static JsValue collection_iterator_new(JsContext *cx, JsCollection *collection, JsOwnKind kind)
{
  bool is_map = collection->obj.cell.kind == CELL_MAP;
  JsObject *proto =
      is_map ? INTRINSIC_OBJECT(cx, MAP_ITERATOR_PROTOTYPE) : INTRINSIC_OBJECT(cx, SET_ITERATOR_PROTOTYPE);
  JsCollectionIterator *iterator = (JsCollectionIterator *)TRY(
      object_new_kind(cx, is_map ? CELL_MAP_ITERATOR : CELL_SET_ITERATOR, sizeof(JsCollectionIterator), proto));
  iterator->obj.cell.aux = (uint8_t)kind;
  ptr_slot_set(cx->heap, iterator, &iterator->table, ptr_slot_get(collection->table));
  return js_from_object(&iterator->obj);
}

JsValue collection_iterator_step(JsContext *cx, JsCollectionIterator *iterator)
{
  JsOrderedTable *table = ptr_slot_get(iterator->table);
  if (!table)
    return JS_HOLE;
  JsCollectionCursor cursor = {table, iterator->index};
  JsOrderedEntry *entry = collection_cursor_next(&cursor);
  if (!entry) {
    ptr_slot_init(&iterator->table, NULL);
    return JS_HOLE;
  }
  iterator->index = cursor.index;
  if (cursor.table != table)
    ptr_slot_set(cx->heap, iterator, &iterator->table, cursor.table);
  if (iterator->obj.cell.aux == OWN_KEYS)
    return slot_get(entry->key);
  JsValue pair[2] = {slot_get(entry->key), slot_get(entry->value)};
  if (iterator->obj.cell.kind == CELL_SET_ITERATOR)
    pair[1] = pair[0];
  if (iterator->obj.cell.aux == OWN_VALUES)
    return pair[1];
  return js_from_object(&TRY(array_from_values(cx, pair, 2))->obj);
}

/* %MapIteratorPrototype%.next ( )  ecma262#sec-%mapiteratorprototype%.next */
static JsValue map_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *iterator = TRY(this_kind(cx, this_val, CELL_MAP_ITERATOR, "Map Iterator.prototype.next"));
  JsValue val = TRY(collection_iterator_step(cx, (JsCollectionIterator *)iterator));
  return create_iter_result_object(cx, js_is_hole(val) ? JS_UNDEFINED : val, js_is_hole(val));
}

/* %SetIteratorPrototype%.next ( )  ecma262#sec-%setiteratorprototype%.next */
static JsValue set_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *iterator = TRY(this_kind(cx, this_val, CELL_SET_ITERATOR, "Set Iterator.prototype.next"));
  JsValue val = TRY(collection_iterator_step(cx, (JsCollectionIterator *)iterator));
  return create_iter_result_object(cx, js_is_hole(val) ? JS_UNDEFINED : val, js_is_hole(val));
}

bool collection_next_is_pristine(JsValue next_method)
{
  return is_native_function_of(next_method, map_iterator_next) || is_native_function_of(next_method, set_iterator_next);
}

/* Map.prototype.entries, keys, values ( )  ecma262#sec-map.prototype.entries; magic: JsOwnKind */
static JsValue map_proto_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {"Map.prototype.keys", "Map.prototype.values", "Map.prototype.entries"};
  int kind = js_callee_magic(cx);
  return collection_iterator_new(cx, TRY(this_map(cx, this_val, names[kind])), (JsOwnKind)kind);
}

/* Set.prototype.entries, values ( )  ecma262#sec-set.prototype.entries; magic: JsOwnKind */
JsValue set_proto_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue set_proto_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int kind = js_callee_magic(cx);
  const char *name = kind == OWN_ENTRIES ? "Set.prototype.entries" : "Set.prototype.values";
  return collection_iterator_new(cx, (JsCollection *)TRY(this_kind(cx, this_val, CELL_SET, name)), (JsOwnKind)kind);
}

static const JsBuiltin map_static[] = {
    FN("groupBy", map_group_by, 2),
    GETTER_SYM(species, get_map_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

static const JsBuiltin map_proto[] = {
    FN("get", map_proto_get, 1),
    FN("set", map_proto_set, 2),
    FN("has", map_proto_has, 1),
    FN("delete", map_proto_delete, 1),
    FN("clear", map_proto_clear, 0),
    FN_MAGIC("entries", map_proto_entries, 0, OWN_ENTRIES),
    FN("forEach", map_proto_for_each, 1),
    FN_MAGIC("keys", map_proto_entries, 0, OWN_KEYS),
    GETTER("size", get_map_size),
    FN_MAGIC("values", map_proto_entries, 0, OWN_VALUES),
    FN("getOrInsert", map_proto_get_or_insert, 2),
    FN("getOrInsertComputed", map_proto_get_or_insert_computed, 2),
    STRING_SYM(toStringTag, "Map"),
    ALIAS_SYM(iterator, "entries"),
};

static const JsBuiltin map_iterator_proto[] = {
    FN("next", map_iterator_next, 0),
    STRING_SYM(toStringTag, "Map Iterator"),
};

static const JsBuiltin set_iterator_proto[] = {
    FN("next", set_iterator_next, 0),
    STRING_SYM(toStringTag, "Set Iterator"),
};

const JsIntrinsicTable map_constructor_table = {CONSTRUCTOR_TABLE("Map", map_constructor, 0, MAP_PROTOTYPE),
                                                ROWS(map_static)};
const JsIntrinsicTable map_prototype_table = {PROTOTYPE_TABLE(MAP), ROWS(map_proto)};
const JsIntrinsicTable map_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                       .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                       .prototype = -1,
                                                       .constructor = -1,
                                                       ROWS(map_iterator_proto)};
const JsIntrinsicTable set_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                       .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                       .prototype = -1,
                                                       .constructor = -1,
                                                       ROWS(set_iterator_proto)};
