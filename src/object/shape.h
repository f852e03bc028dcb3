// SPDX-License-Identifier: MIT
/*
 * [DOC] Shapes
 *
 * A shape (hidden class) says which named properties an object has, in which slots, with which attributes, and what its
 * prototype is. Objects refer to it by a 32-bit id through the heap's shape table. Adding a property follows a
 * transition; shapes on one line share one JsPropertyTable, of which each sees the first `count` entries. A DICTIONARY
 * shape belongs to one object and is changed in place; its id never changes, so an inline cache may not trust the id
 * alone.
 *
 * Same id, not DICTIONARY: same keys, slots, attributes, prototype, extensibility, cell kind.
 *
 * Prototype objects (OBJECT_IS_PROTO) have a DICTIONARY shape of their own and, once a cache looked through them, a
 * JsProtoInfo: the validity cell. A cached hit (or miss) through prototypes holds the receiver's shape id and the
 * validity cell of the receiver's prototype; a cached own property of an IS_PROTO receiver holds its shape id and its
 * own validity cell. Any change to a prototype's layout, attributes or prototype invalidates its cell and those of the
 * prototypes that inherit from it. Values in slots may change without invalidation, so a cached hit re-reads the
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
  SHAPE_SEALED = 8,       /* made by shape_with_integrity; attributes may say the same without it */
  SHAPE_FROZEN = 16,
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
  JsSlot transitions; /* hole, one child JsShape, or JsShapeTransitions; DICTIONARY: hole or JsProtoInfo */
};

/* A prototype's validity cell. Stands in its shape's `transitions`; replaced by a new one when needed again. */
typedef struct JsProtoInfo {
  JsCell cell;
  uint32_t valid; /* 1 until invalidated */
  uint32_t dependant_count, dependant_capacity;
  uint32_t serial;               /* of this info */
  uint64_t registered_in;        /* serial of the parent's info that has our object among its dependants; 0 none */
  JsObject **dependants;         /* weak, malloc: prototypes inheriting from ours that have validity cells */
  struct JsProtoInfo *next_work; /* invalidation in progress */
} JsProtoInfo;

/* What a PROP_LAZY slot holds until first touched: resolve makes the value. */
typedef struct JsLazyValue {
  JsCell cell;
  JsValue (*resolve)(JsContext *cx, JsObject *obj, struct JsLazyValue *lazy);
  JsSlot a, b;
} JsLazyValue;
JsLazyValue *lazy_value_new(JsHeap *heap, JsValue (*resolve)(JsContext *, JsObject *, JsLazyValue *), JsValue a,
                            JsValue b);
void lazy_value_trace(JsTracer *tracer, JsCell *cell);

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
/* The same properties over another prototype (replays the additions). shape is not a dictionary. */
JsShape *shape_with_proto(JsHeap *heap, JsShape *shape, JsObject *proto);
/* The same without extensibility. shape is not a dictionary. */
JsShape *shape_not_extensible(JsHeap *heap, JsShape *shape);
/* The same with all properties sealed or frozen; private names stay as they are. shape is not extensible, no
 * dictionary, and has no lazy property. NULL: it has one. */
JsShape *shape_with_integrity(JsHeap *heap, JsShape *shape, bool frozen);
/* An unshared copy that may be changed in place. */
JsShape *shape_to_dictionary(JsHeap *heap, JsShape *shape);
/* Appends to a dictionary shape; the slot is shape->slot_count - 1 afterwards. */
void shape_dictionary_add(JsHeap *heap, JsShape *shape, JsKey key, uint32_t attrs);
/* Removes the entry from a dictionary shape. */
void shape_dictionary_remove(JsHeap *heap, JsShape *shape, const JsPropertyEntry *entry);
/* The cached root shape for objects of this kind inheriting from proto. */
JsShape *shape_root_for(JsHeap *heap, JsCellKind kind, size_t object_size, uint8_t inline_count, JsObject *proto);
/* Finds an entry: NULL when absent. */
/* FAST: the shape that the only transition of `shape` leads to if that adds a plain property of this name: names often
 * come in an order that was seen before, and need no hashing then. NULL: look further. */
JsShape *shape_foreseen_child(JsHeap *heap, JsShape *shape, StringView name);
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
void proto_info_finalise(JsHeap *heap, JsCell *cell);

#endif
