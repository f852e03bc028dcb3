// SPDX-License-Identifier: MIT
/*
 * [DOC] Shapes
 *
 * A shape (hidden class) says which named properties an object has, in which slots, with which attributes, and what its
 * prototype is. Objects refer to it by a 32-bit id through the heap's shape table. Adding a property follows a
 * transition; shapes on one line share one JsPropertyTable, of which each sees the first `count` entries. A DICTIONARY
 * shape belongs to one object, is changed in place, and takes a NEW id whenever a layout change could make an inline
 * cache wrong.
 *
 * A shape's id is what inline caches compare. Same id: same keys, slots, attributes, prototype, extensibility, cell
 * kind.
 *
 * Prototype objects (OBJECT_IS_PROTO) have a dictionary shape of their own and a JsProtoInfo with a validity cell:
 * inline caches that found a property (or its absence) through prototypes hold the receiver's shape id and the validity
 * cell of the receiver's prototype; any change to a prototype's layout or prototype invalidates its cell and those of
 * the prototypes that inherit from it. Values in slots may change without invalidation, so a cached hit re-reads the
 * holder's slot.
 */
#ifndef OBJECT_SHAPE_H
#define OBJECT_SHAPE_H

#include "object/atom.h"

typedef struct JsObject JsObject;
typedef struct JsShape JsShape;

/* Property attributes. PROP_LAZY: the slot holds what property_resolve_lazy turns into the value on first touch. */
enum {
  PROP_WRITABLE = 1,
  PROP_ENUMERABLE = 2,
  PROP_CONFIGURABLE = 4,
  PROP_ACCESSOR = 8, /* the slot holds a JsAccessor cell */
  PROP_LAZY = 16,
  PROP_ALL = PROP_WRITABLE | PROP_ENUMERABLE | PROP_CONFIGURABLE, /* what plain assignment makes */
  PROP_METHOD = PROP_WRITABLE | PROP_CONFIGURABLE,                /* what built-in and class methods have */
};

typedef struct JsPropertyEntry {
  JsSlot key;    /* JsKey bits; 0: deleted (dictionary tables only) */
  uint32_t slot; /* slot number */
  uint32_t attrs;
} JsPropertyEntry;

/* Insertion-ordered entries with a hash index built when count exceeds a few. */
typedef struct JsPropertyTable {
  JsCell cell;
  uint32_t count, capacity; /* entries used, room */
  uint32_t hash_mask;       /* 0: no hash yet; else size of hash[] - 1 */
  uint32_t deleted;         /* dictionary: entries with key 0 */
  uint32_t *hash;           /* entry number + 1, 0 empty; in entries' tail */
  JsPropertyEntry entries[];
} JsPropertyTable;

enum {
  SHAPE_DICTIONARY = 1, /* owned by one object, mutable */
  SHAPE_NOT_EXTENSIBLE = 2,
  SHAPE_HAS_READONLY = 4, /* some property is not writable or is an accessor (slow path hint for set) */
};

struct JsShape {
  JsCell cell; /* flags: SHAPE_* */
  uint32_t id;
  uint32_t count;       /* entries of table that belong to this shape */
  uint32_t slot_count;  /* slots in use (or ever used, dictionary) */
  uint8_t inline_count; /* slots inside the object */
  uint8_t inline_base;  /* offset of inline slot 0 in the object, in words */
  uint8_t object_kind;  /* JsCellKind */
  uint8_t pad;
  JS_PTR_SLOT(JsObject) proto; /* NULL: null prototype */
  JS_PTR_SLOT(JsPropertyTable) table;
  JS_PTR_SLOT(JsShape) parent;
  JsSlot transitions; /* hole, one child JsShape, or JsShapeTransitions */
};

/* A prototype's validity cell and its dependants. Lives in the IS_PROTO object's Vm side list, see shape.c. */
typedef struct JsProtoInfo {
  JsCell cell;
  uint32_t valid; /* 1 until invalidated; a new JsProtoInfo is made for the next cache */
  uint32_t pad;
  JS_PTR_SLOT(struct JsElements) dependants; /* prototypes that inherit from this one and have live validity cells */
} JsProtoInfo;

JS_INLINE JsShape *shape_by_id(JsHeap *heap, uint32_t id)
{
  return heap_face(heap)->shape_table[id];
}
JS_INLINE JsShape *object_shape(JsHeap *heap, const JsObject *obj)
{
  return shape_by_id(heap, ((const JsCell *)obj)->word);
}

/* False when address space for the table cannot be had. */
bool shape_table_init(JsHeap *heap);
void shape_table_free(JsHeap *heap);

/* A root shape: no properties. object_size: bytes of the kind's C struct (inline slots start behind it). proto may be
 * NULL. */
JsShape *shape_new_root(JsHeap *heap, JsCellKind kind, size_t object_size, uint8_t inline_count, JsObject *proto);
/* The shape with one more property at the next slot. From a dictionary shape: use object-level functions. */
JsShape *shape_add_property(JsHeap *heap, JsShape *shape, JsKey key, uint32_t attrs);
/* Finds an entry: NULL when absent. */
const JsPropertyEntry *shape_lookup(JsHeap *heap, JsShape *shape, JsKey key);

/* The validity cell for caching through `proto` (a receiver's prototype, not NULL): registers it up the chain. Returns
 * NULL when the chain cannot be cached (a proxy or other exotic object in it). */
JsProtoInfo *shape_proto_validity(JsHeap *heap, JsObject *proto);
/* The layout or prototype of an IS_PROTO object changed. */
void shape_invalidate_proto(JsHeap *heap, JsObject *proto);

void shape_trace(JsTracer *tracer, JsCell *cell);
void shape_finalise(JsHeap *heap, JsCell *cell);
void property_table_trace(JsTracer *tracer, JsCell *cell);
void shape_transitions_trace(JsTracer *tracer, JsCell *cell);
void proto_info_trace(JsTracer *tracer, JsCell *cell);

#endif
