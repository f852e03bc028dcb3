// SPDX-License-Identifier: MIT
/* Set objects (ecma262#sec-set-objects) over the ordered tables of collection.c, with the set algebra of ES2025. */
#include "builtins/collection.h"

#include <math.h>

JsValue set_proto_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

static JsCollection *this_set(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_likely(js_is_kind(this_val, CELL_SET)))
    return (JsCollection *)js_as_cell(this_val);
  return (JsCollection *)this_kind(cx, this_val, CELL_SET, method);
}

/* Set.prototype.add ( value )  ecma262#sec-set.prototype.add */
static JsValue set_proto_add(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *set = TRY(this_set(cx, this_val, "Set.prototype.add"));
  TRY(collection_set(cx, set, js_arg(argc, argv, 0), JS_UNDEFINED));
  return this_val;
}

/* Set ( [ iterable ] )  ecma262#sec-set-iterable */
static JsValue set_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Set");
  JsCollection *set = (JsCollection *)TRY(ordinary_create_from_constructor(
      cx, js_new_target(cx), JS_INTRINSIC_SET_PROTOTYPE, CELL_SET, sizeof(JsCollection)));
  collection_init(cx->heap, set);
  JsValue iterable = js_arg(argc, argv, 0);
  if (js_is_nullish(iterable))
    return js_from_object(&set->obj);
  JsValue adder = TRY(get_property(cx, &set->obj, KEY(cx->heap, add)));
  TRY(add_entries_from_iterable(cx, &set->obj, iterable, adder, false, set_proto_add));
  return js_from_object(&set->obj);
}

/* get Set [ %Symbol.species% ]  ecma262#sec-get-set-%symbol.species% */
static JsValue get_set_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* Set.prototype.clear ( )  ecma262#sec-set.prototype.clear */
static JsValue set_proto_clear(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  collection_clear(cx->heap, TRY(this_set(cx, this_val, "Set.prototype.clear")));
  return JS_UNDEFINED;
}

/* Set.prototype.delete ( value )  ecma262#sec-set.prototype.delete */
static JsValue set_proto_delete(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *set = TRY(this_set(cx, this_val, "Set.prototype.delete"));
  return js_boolean(collection_delete(cx->heap, set, js_arg(argc, argv, 0)));
}

/* Set.prototype.has ( value )  ecma262#sec-set.prototype.has */
static JsValue set_proto_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *set = TRY(this_set(cx, this_val, "Set.prototype.has"));
  return js_boolean(collection_find(cx->heap, set, js_arg(argc, argv, 0)) != NULL);
}

/* get Set.prototype.size  ecma262#sec-get-set.prototype.size */
static JsValue get_set_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number_u32(collection_size(TRY(this_set(cx, this_val, "get Set.prototype.size"))));
}

/* Set.prototype.forEach ( callback [ , thisArg ] )  ecma262#sec-set.prototype.foreach */
static JsValue set_proto_for_each(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollection *set = TRY(this_set(cx, this_val, "Set.prototype.forEach"));
  JsValue callback = js_arg(argc, argv, 0);
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, callback);
  JsCollectionCursor cursor = collection_cursor(set);
  for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));)
    TRY(js_call3(cx, callback, js_arg(argc, argv, 1), slot_get(entry->key), slot_get(entry->key), this_val));
  return JS_UNDEFINED;
}

/* --- set algebra -------------------------------------------------------------------------------------------------- */

/* ecma262#sec-set-records */
typedef struct SetRecord {
  JsObject *set;
  double size;
  JsValue has, keys;
} SetRecord;

/* GetSetRecord ( obj )  ecma262#sec-getsetrecord */
static bool get_set_record(JsContext *cx, JsValue val, const char *method, SetRecord *record)
{
  if (!js_is_object(val)) {
    throw_error(cx, JS_MSG_SET_ARGUMENT, method);
    return false;
  }
  record->set = js_as_object(val);
  JsValue raw_size = TRY_OR(false, get_property(cx, record->set, KEY(cx->heap, size)));
  double size;
  TRY_OR(false, to_number_double(cx, raw_size, &size));
  if (isnan(size)) {
    throw_error(cx, JS_MSG_SET_SIZE_NAN);
    return false;
  }
  record->size = trunc(size);
  if (record->size < 0) {
    throw_error(cx, JS_MSG_SET_SIZE_INVALID, js_number(record->size));
    return false;
  }
  record->has = TRY_OR(false, get_property(cx, record->set, KEY(cx->heap, has)));
  if (!js_is_callable(record->has)) {
    throw_error(cx, JS_MSG_NOT_A_FUNCTION, js_from_cell(ATOM(cx->heap, has)));
    return false;
  }
  record->keys = TRY_OR(false, get_property(cx, record->set, KEY(cx->heap, keys)));
  if (!js_is_callable(record->keys)) {
    throw_error(cx, JS_MSG_NOT_A_FUNCTION, js_from_cell(ATOM(cx->heap, keys)));
    return false;
  }
  return true;
}

/* Iteration over the record's keys; iterator results are read as GetIteratorFromMethod's with no validation of next
 * until it is called. */
static bool keys_iterator(JsContext *cx, const SetRecord *record, JsIteratorRecord *iterator)
{
  JsValue keys = TRY_OR(false, js_call0(cx, record->keys, js_from_object(record->set)));
  if (!js_is_object(keys)) {
    throw_error(cx, JS_MSG_SET_KEYS_RESULT);
    return false;
  }
  return get_iterator_direct(cx, js_as_object(keys), iterator);
}

static bool record_has(JsContext *cx, const SetRecord *record, JsValue val, bool *has)
{
  /* FAST: a Set with its own `has` looks at nothing else. */
  if (is_native_function_of(record->has, set_proto_has) && record->set->cell.kind == CELL_SET) {
    *has = collection_find(cx->heap, (JsCollection *)record->set, val) != NULL;
    return true;
  }
  JsValue result = TRY_OR(false, js_call1(cx, record->has, js_from_object(record->set), val));
  *has = to_boolean(result);
  return true;
}

static JsCollection *set_copy(JsContext *cx, JsCollection *set)
{
  JsCollection *copy = TRY_OR(NULL, set_new(cx));
  JsCollectionCursor cursor = collection_cursor(set);
  for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));)
    TRY_OR(NULL, collection_set(cx, copy, slot_get(entry->key), JS_UNDEFINED));
  return copy;
}

#define SET_METHOD_PROLOGUE(name)                                                                                      \
  JsCollection *set = TRY(this_set(cx, this_val, name));                                                               \
  SetRecord other;                                                                                                     \
  TRY(get_set_record(cx, js_arg(argc, argv, 0), name, &other))

/* Set.prototype.union ( other )  ecma262#sec-set.prototype.union */
static JsValue set_proto_union(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.union");
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  JsCollection *result = TRY(set_copy(cx, set));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return js_from_object(&result->obj);
    TRY(collection_set(cx, result, next, JS_UNDEFINED));
  }
}

/* Set.prototype.intersection ( other )  ecma262#sec-set.prototype.intersection */
static JsValue set_proto_intersection(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.intersection");
  JsCollection *result = TRY(set_new(cx));
  if (collection_size(set) <= other.size) {
    JsCollectionCursor cursor = collection_cursor(set);
    for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));) {
      JsValue val = slot_get(entry->key);
      bool has;
      TRY(record_has(cx, &other, val, &has));
      if (has)
        TRY(collection_set(cx, result, val, JS_UNDEFINED));
    }
    return js_from_object(&result->obj);
  }
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return js_from_object(&result->obj);
    if (collection_find(cx->heap, set, next))
      TRY(collection_set(cx, result, next, JS_UNDEFINED));
  }
}

/* Set.prototype.difference ( other )  ecma262#sec-set.prototype.difference */
static JsValue set_proto_difference(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.difference");
  if (collection_size(set) <= other.size) {
    JsCollection *result = TRY(set_copy(cx, set));
    JsCollectionCursor cursor = collection_cursor(set);
    for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));) {
      JsValue val = slot_get(entry->key);
      bool has;
      TRY(record_has(cx, &other, val, &has));
      if (has)
        collection_delete(cx->heap, result, val);
    }
    return js_from_object(&result->obj);
  }
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  JsCollection *result = TRY(set_copy(cx, set));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return js_from_object(&result->obj);
    collection_delete(cx->heap, result, next);
  }
}

/* Set.prototype.symmetricDifference ( other )  ecma262#sec-set.prototype.symmetricdifference */
static JsValue set_proto_symmetric_difference(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.symmetricDifference");
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  JsCollection *result = TRY(set_copy(cx, set));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return js_from_object(&result->obj);
    /* Membership is asked of the receiver as it is now, not of the copy. */
    if (collection_find(cx->heap, set, next))
      collection_delete(cx->heap, result, next);
    else
      TRY(collection_set(cx, result, next, JS_UNDEFINED));
  }
}

/* Set.prototype.isSubsetOf ( other )  ecma262#sec-set.prototype.issubsetof */
static JsValue set_proto_is_subset_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.isSubsetOf");
  if (collection_size(set) > other.size)
    return JS_FALSE;
  JsCollectionCursor cursor = collection_cursor(set);
  for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));) {
    bool has;
    TRY(record_has(cx, &other, slot_get(entry->key), &has));
    if (!has)
      return JS_FALSE;
  }
  return JS_TRUE;
}

/* Set.prototype.isSupersetOf ( other )  ecma262#sec-set.prototype.issupersetof */
static JsValue set_proto_is_superset_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.isSupersetOf");
  if (collection_size(set) < other.size)
    return JS_FALSE;
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return JS_TRUE;
    if (!collection_find(cx->heap, set, next)) {
      TRY(iterator_close(cx, &keys));
      return JS_FALSE;
    }
  }
}

/* Set.prototype.isDisjointFrom ( other )  ecma262#sec-set.prototype.isdisjointfrom */
static JsValue set_proto_is_disjoint_from(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SET_METHOD_PROLOGUE("Set.prototype.isDisjointFrom");
  if (collection_size(set) <= other.size) {
    JsCollectionCursor cursor = collection_cursor(set);
    for (JsOrderedEntry *entry; (entry = collection_cursor_next(&cursor));) {
      bool has;
      TRY(record_has(cx, &other, slot_get(entry->key), &has));
      if (has)
        return JS_FALSE;
    }
    return JS_TRUE;
  }
  JsIteratorRecord keys;
  TRY(keys_iterator(cx, &other, &keys));
  for (;;) {
    JsValue next;
    TRY(iterator_step_value(cx, &keys, &next));
    if (js_is_hole(next))
      return JS_TRUE;
    if (collection_find(cx->heap, set, next)) {
      TRY(iterator_close(cx, &keys));
      return JS_FALSE;
    }
  }
}

static const JsBuiltin set_static[] = {
    GETTER_SYM(species, get_set_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

static const JsBuiltin set_proto[] = {
    FN("has", set_proto_has, 1),
    FN("add", set_proto_add, 1),
    FN("delete", set_proto_delete, 1),
    FN("clear", set_proto_clear, 0),
    FN_MAGIC("entries", set_proto_entries, 0, OWN_ENTRIES),
    FN("forEach", set_proto_for_each, 1),
    GETTER("size", get_set_size),
    FN_MAGIC("values", set_proto_entries, 0, OWN_VALUES),
    ALIAS("keys", "values"),
    FN("union", set_proto_union, 1),
    FN("intersection", set_proto_intersection, 1),
    FN("difference", set_proto_difference, 1),
    FN("symmetricDifference", set_proto_symmetric_difference, 1),
    FN("isSubsetOf", set_proto_is_subset_of, 1),
    FN("isSupersetOf", set_proto_is_superset_of, 1),
    FN("isDisjointFrom", set_proto_is_disjoint_from, 1),
    STRING_SYM(toStringTag, "Set"),
    ALIAS_SYM(iterator, "values"),
};

const JsIntrinsicTable set_constructor_table = {CONSTRUCTOR_TABLE("Set", set_constructor, 0, SET_PROTOTYPE),
                                                ROWS(set_static)};
const JsIntrinsicTable set_prototype_table = {PROTOTYPE_TABLE(SET), ROWS(set_proto)};
