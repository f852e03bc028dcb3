// SPDX-License-Identifier: MIT
/*
 * [DOC] Map and Set
 *
 * Both hold a JsOrderedTable: entries in insertion order, chained from hash buckets in the same cell. Deleting leaves a
 * tombstone (key JS_HOLE). Growing, compacting and clearing make a new table and leave the old one as it was, with a
 * link to its successor: an iterator that stands in an old table counts the tombstones before its position and goes on
 * in the new one. So iteration costs nothing while nothing moves and survives any mutation.
 *
 * A key is stored normalised (-0 as 0, integral doubles as int32), so that SameValueZero is "same bits" but for strings
 * and BigInts.
 */
#ifndef BUILTINS_COLLECTION_H
#define BUILTINS_COLLECTION_H

#include "builtins/builtin.h"

typedef struct JsOrderedEntry {
  JsSlot key; /* JS_HOLE: deleted */
  JsSlot value;
  uint32_t hash;
  uint32_t chain; /* next entry in the bucket + 1, 0: last */
} JsOrderedEntry;

typedef struct JsOrderedTable {
  JsCell cell;
  uint32_t used, live; /* entries in use, of these not deleted */
  uint32_t capacity;   /* a power of two, also the number of buckets */
  uint32_t cleared;    /* the successor was made by clear */
  JS_PTR_SLOT(struct JsOrderedTable) successor;
  JsOrderedEntry entries[]; /* then uint32_t buckets[capacity]: entry + 1, 0: empty */
} JsOrderedTable;

/* CELL_MAP and CELL_SET */
typedef struct JsCollection {
  JsObject obj;
  JS_PTR_SLOT(JsOrderedTable) table;
} JsCollection;

/* A place in the iteration of a collection. On the C stack or in an iterator. */
typedef struct JsCollectionCursor {
  JsOrderedTable *table;
  uint32_t index;
} JsCollectionCursor;

typedef struct JsCollectionIterator {
  JsObject obj;                      /* cell.aux: JsOwnKind */
  JS_PTR_SLOT(JsOrderedTable) table; /* NULL: exhausted */
  uint32_t index;
  uint32_t pad;
} JsCollectionIterator;

/* Makes the table of a new collection. */
void collection_init(JsHeap *heap, JsCollection *collection);
JsOrderedEntry *collection_find(JsHeap *heap, JsCollection *collection, JsValue key);
/* Adds or overwrites. RangeError when the collection is full. */
JS_MUST_USE bool collection_set(JsContext *cx, JsCollection *collection, JsValue key, JsValue val);
bool collection_delete(JsHeap *heap, JsCollection *collection, JsValue key);
void collection_clear(JsHeap *heap, JsCollection *collection);
JS_INLINE uint32_t collection_size(const JsCollection *collection)
{
  return ptr_slot_get(collection->table)->live;
}
JS_INLINE JsCollectionCursor collection_cursor(JsCollection *collection)
{
  return (JsCollectionCursor){ptr_slot_get(collection->table), 0};
}
/* The next entry, or NULL at the end (later additions are still found). Pure; the entry is valid until the collection
 * changes. */
JsOrderedEntry *collection_cursor_next(JsCollectionCursor *cursor);

/* %Map%, %Set% instances of the current realm. */
JS_MUST_USE JsCollection *map_new(JsContext *cx);
JS_MUST_USE JsCollection *set_new(JsContext *cx);

/* One step of a CELL_MAP_ITERATOR or CELL_SET_ITERATOR without a result object: JS_HOLE at the end. For loops whose
 * iterator's `next` is the pristine one (collection_next_is_pristine). */
JsValue collection_iterator_step(JsContext *cx, JsCollectionIterator *iterator);
/* Is this function %MapIteratorPrototype%.next or %SetIteratorPrototype%.next? */
bool collection_next_is_pristine(JsValue next_method);

/* CanBeHeldWeakly ( v )  ecma262#sec-canbeheldweakly */
bool can_be_held_weakly(JsValue val);

/* What a CELL_WEAK_MAP (keys and values in turn) or CELL_WEAK_SET holds now, in no particular order. */
JS_MUST_USE JsArray *weak_collection_preview(JsContext *cx, JsObject *weak);

/* Visits the entries of a CELL_WEAK_MAP or CELL_WEAK_SET (undefined values) without touching anything. */
void weak_collection_each(JsCell *weak, void (*visit)(JsCell *key, JsValue val, void *opaque), void *opaque);

/* A native function with this C body. */
JS_INLINE bool is_native_function_of(JsValue val, JsNativeFn fn)
{
  return js_is_kind(val, CELL_NATIVE_FUNCTION) && js_as_native_function(val)->fn == fn;
}

/* Shared by the constructors of Map, Set, WeakMap, WeakSet: adds what `iterable` gives by calling `adder`; pairs:
 * entries are [key, value] objects. pristine_add is called directly when adder is the built-in function `pristine`. */
JS_MUST_USE bool add_entries_from_iterable(JsContext *cx, JsObject *target, JsValue iterable, JsValue adder, bool pairs,
                                           JsNativeFn pristine);

#endif
