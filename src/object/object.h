// SPDX-License-Identifier: MIT
/*
 * [DOC] Objects
 *
 *   +0   JsCell      word = shape id, kind, flags = OBJECT_*
 *   +8   slots       JsSlots *     named slots beyond the inline ones, or NULL
 *   +16  elements    JsElements * or JsSparseElements *, or NULL: index-keyed properties
 *   +24  kind's own C fields, then shape->inline_count inline slots
 *
 * Named properties live in slots as the shape says; index-keyed ones in elements: dense (holes are JS_HOLE, all
 * attributes set) or, once an index property gets other attributes or the array is very sparse, a JsSparseElements
 * hash.
 *
 * This header has the essential internal methods (ecma262#sec-ordinary-object-internal-methods-and-internal-slots);
 * each dispatches to the exotic kinds' tables. operations.h has the abstract operations on top.
 */
#ifndef OBJECT_OBJECT_H
#define OBJECT_OBJECT_H

#include "object/context.h"
#include "object/shape.h"

enum {
  OBJECT_EXOTIC = 1, /* its kind has a JsObjectOps row */
  OBJECT_CALLABLE = 2,
  OBJECT_CONSTRUCTOR = 4,
  OBJECT_IS_PROTO = 8,    /* is or was some object's prototype: owns its shape; changes invalidate caches */
  OBJECT_LAZY = 16,       /* has properties that are made on first touch (object_materialise) */
  OBJECT_IS_HTMLDDA = 32, /* test262's document.all */
  OBJECT_CLASS_CONSTRUCTOR = 64,
  OBJECT_IMMUTABLE_PROTO = 128, /* %Object.prototype%: its [[Prototype]] stays null */
};

typedef struct JsSlots {
  JsCell cell;
  uint32_t capacity;
  uint32_t pad;
  JsSlot v[];
} JsSlots;

enum {
  ELEMENTS_FROZEN = 1,         /* none writable, none configurable (Object.freeze) */
  ELEMENTS_SEALED = 2,         /* none configurable (Object.seal) */
  ELEMENTS_NOT_EXTENSIBLE = 8, /* the object is not extensible: no appending on fast paths */
  ELEMENTS_COPY_ON_WRITE = 4,  /* shared with an array literal's template */
};

typedef struct JsElements {
  JsCell cell;     /* flags: ELEMENTS_* */
  uint32_t length; /* initialised entries; beyond it nothing */
  uint32_t capacity;
  JsSlot v[];
} JsElements;

struct JsObject {
  JsCell cell;
  JS_PTR_SLOT(JsSlots) slots;
  JS_PTR_SLOT(JsElements) elements; /* check elements->cell.kind: CELL_ELEMENTS or CELL_SPARSE_ELEMENTS */
};
_Static_assert(sizeof(JsObject) == 24, "update object_trace() and inline_base");

typedef struct JsArray {
  JsObject obj;
  uint32_t length;
  uint32_t length_readonly; /* 0 or 1 */
} JsArray;

typedef struct JsAccessor {
  JsCell cell;
  JsSlot getter, setter; /* callable or undefined */
} JsAccessor;

/* Boolean, Number, String, Symbol, BigInt objects. A String object is exotic (length and index properties). */
typedef struct JsPrimitiveWrapper {
  JsObject obj;
  JsSlot primitive;
} JsPrimitiveWrapper;

JS_INLINE bool js_is_object(JsValue v)
{
  return js_is_cell(v) && js_as_cell(v)->kind >= CELL_OBJECT;
}
JS_INLINE JsObject *js_as_object(JsValue v)
{
  return (JsObject *)js_as_cell(v);
}
JS_INLINE bool js_is_kind(JsValue v, JsCellKind kind)
{
  return js_is_cell(v) && js_as_cell(v)->kind == kind;
}
JS_INLINE bool js_is_callable(JsValue v)
{
  return js_is_object(v) && (js_as_cell(v)->flags & OBJECT_CALLABLE);
}
JS_INLINE bool js_is_constructor(JsValue v)
{
  return js_is_object(v) && (js_as_cell(v)->flags & OBJECT_CONSTRUCTOR);
}
JS_INLINE JsValue js_from_object(JsObject *obj)
{
  return js_from_cell(obj);
}
JS_INLINE JsObject *object_proto(JsHeap *heap, JsObject *obj)
{
  return ptr_slot_get(object_shape(heap, obj)->proto);
}

/* --- making objects --------------------------------------------------------------------------------------------- */

/* An object with this (root or later) shape: kind and size from the shape; slots undefined. */
JsObject *object_new_with_shape(JsHeap *heap, JsShape *shape);
/* OrdinaryObjectCreate( %Object.prototype% ), 5 inline slots. */
JsObject *object_new(JsContext *cx);
/* OrdinaryObjectCreate( proto ) as CELL_OBJECT; proto may be NULL. */
JsObject *object_new_with_proto(JsContext *cx, JsObject *proto);
/* An object of another kind: object_size = sizeof its struct; fields zeroed. Root shapes are cached per (kind, proto).
 */
JsObject *object_new_kind(JsContext *cx, JsCellKind kind, size_t object_size, JsObject *proto);
/* Marks an object as prototype (own dictionary shape, validity tracking). */
void object_become_proto(JsHeap *heap, JsObject *obj);

/* --- own named slots: raw access, no user code -------------------------------------------------------------------- */

/* Address of a slot by number. */
JS_INLINE JsSlot *object_slot(JsShape *shape, JsObject *obj, uint32_t slot)
{
  if (slot < shape->inline_count)
    return (JsSlot *)obj + shape->inline_base + slot;
  return &ptr_slot_get(obj->slots)->v[slot - shape->inline_count];
}

/* A found own property, exotic or not. */
typedef struct JsPropertyDescriptor {
  JsValue value;          /* data; JS_HOLE: absent */
  JsValue getter, setter; /* accessor; undefined or callable; JS_HOLE: absent */
  uint8_t attrs;          /* PROP_WRITABLE/ENUMERABLE/CONFIGURABLE values */
  uint8_t present;        /* which of those attributes are present (PROP_* bits); all three for a found property */
} JsPropertyDescriptor;
JS_INLINE bool descriptor_is_accessor(const JsPropertyDescriptor *d)
{
  return !js_is_hole(d->getter) || !js_is_hole(d->setter);
}
JS_INLINE bool descriptor_is_data(const JsPropertyDescriptor *d)
{
  return !js_is_hole(d->value) || (d->present & PROP_WRITABLE);
}
JS_INLINE JsPropertyDescriptor descriptor_data(JsValue value, uint8_t attrs)
{
  return (JsPropertyDescriptor){value, JS_HOLE, JS_HOLE, attrs, PROP_ALL};
}
JS_INLINE JsPropertyDescriptor descriptor_accessor(JsValue getter, JsValue setter, uint8_t attrs)
{
  return (JsPropertyDescriptor){JS_HOLE, getter, setter, attrs, PROP_ENUMERABLE | PROP_CONFIGURABLE};
}

/* --- essential internal methods: dispatch to exotic kinds; may run user code (proxies) --------------------------- */

JS_MUST_USE bool object_get_prototype_of(JsContext *cx, JsObject *obj, JsObject **proto);
JS_MUST_USE bool object_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done);
JS_MUST_USE bool object_is_extensible(JsContext *cx, JsObject *obj, bool *extensible);
JS_MUST_USE bool object_prevent_extensions(JsContext *cx, JsObject *obj, bool *done);
/* found false: *desc untouched. */
JS_MUST_USE bool object_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc,
                                         bool *found);
JS_MUST_USE bool object_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                            bool *done);
JS_MUST_USE bool object_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has);
JS_MUST_USE JsValue object_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver);
JS_MUST_USE bool object_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done);
JS_MUST_USE bool object_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done);
/* Own keys in the specification's order (indices ascending, strings, symbols; no private names), as raw keys in a fresh
 * list: key_from_raw_value(slot_get(list->v[k])) for k < list->length. NULL on exception. */
JS_MUST_USE JsElements *object_own_keys(JsContext *cx, JsObject *obj);
/* The same for callers that leave index keys out anyway: elements of arrays and typed arrays are not listed (other
 * objects' index keys may be). */
JS_MUST_USE JsElements *object_own_named_keys(JsContext *cx, JsObject *obj);

/* A row of exotic behaviour; NULL members are ordinary. Same contracts as above. */
typedef struct JsObjectOps {
  bool (*get_prototype_of)(JsContext *, JsObject *, JsObject **);
  bool (*set_prototype_of)(JsContext *, JsObject *, JsObject *, bool *);
  bool (*is_extensible)(JsContext *, JsObject *, bool *);
  bool (*prevent_extensions)(JsContext *, JsObject *, bool *);
  bool (*get_own_property)(JsContext *, JsObject *, JsKey, JsPropertyDescriptor *, bool *);
  bool (*define_own_property)(JsContext *, JsObject *, JsKey, const JsPropertyDescriptor *, bool *);
  bool (*has_property)(JsContext *, JsObject *, JsKey, bool *);
  JsValue (*get)(JsContext *, JsObject *, JsKey, JsValue);
  bool (*set)(JsContext *, JsObject *, JsKey, JsValue, JsValue, bool *);
  bool (*delete_)(JsContext *, JsObject *, JsKey, bool *);
  JsElements *(*own_keys)(JsContext *, JsObject *);
} JsObjectOps;
/* The table of a kind or NULL; rows are in exotic_kinds.def. */
const JsObjectOps *object_ops(JsCellKind kind);

/* The ordinary versions, for exotic kinds to fall back on. */
JS_MUST_USE bool ordinary_prevent_extensions(JsContext *cx, JsObject *obj, bool *done);
JS_MUST_USE bool ordinary_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc,
                                           bool *found);
JS_MUST_USE bool ordinary_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                              bool *done);
JS_MUST_USE bool ordinary_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has);
JS_MUST_USE JsValue ordinary_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver);
JS_MUST_USE bool ordinary_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done);
JS_MUST_USE bool ordinary_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done);
JS_MUST_USE JsElements *ordinary_own_keys(JsContext *cx, JsObject *obj);
/* The string keys, then the symbols, of an own_keys list in the making (exotic kinds put their indices first). NULL:
 * exception. */
JS_MUST_USE JsElements *object_append_named_keys(JsContext *cx, JsObject *obj, JsElements *list);
JS_MUST_USE bool ordinary_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done);
/* ecma262#sec-validateandapplypropertydescriptor; obj NULL: only check. current NULL: no such property. */
JS_MUST_USE bool validate_and_apply_property_descriptor(JsContext *cx, JsObject *obj, JsKey key, bool extensible,
                                                        const JsPropertyDescriptor *desc,
                                                        const JsPropertyDescriptor *current, bool *done);

/* --- direct definition on ordinary objects known to be extensible and not to run user code (built-in set-up, literals)
 * ---- */

/* Adds or overwrites an own property without checks. Never fails for ordinary objects. */
void object_define_direct(JsHeap *heap, JsObject *obj, JsKey key, JsValue val, uint32_t attrs);
void object_define_accessor_direct(JsHeap *heap, JsObject *obj, JsKey key, JsValue getter, JsValue setter,
                                   uint32_t attrs);
/* Own data property of an ordinary object by key; JS_HOLE when absent, accessor or lazy. */
/* Adds a plain property to an ordinary object if shape_foreseen_child knows it. */
bool object_add_foreseen(JsHeap *heap, JsObject *obj, StringView name, JsValue val);
JsValue object_get_direct(JsHeap *heap, JsObject *obj, JsKey key);
/* The same along the prototypes: what a property reads as without running code. */
JsValue object_data_property(JsHeap *heap, JsObject *obj, JsKey key);

/* Turns the shape into the object's own dictionary shape (no-op when it is). */
JsShape *object_make_dictionary(JsHeap *heap, JsObject *obj);

/* Lazy properties: makes what `key` needs (key none: everything). Called by every own-property operation on OBJECT_LAZY
 * objects. */
JS_MUST_USE bool object_materialise(JsContext *cx, JsObject *obj, JsKey key);

/* --- one-step lookup for inline caches --------------------------------------------------------------------------- */

typedef enum {
  LOOKUP_ABSENT,   /* nowhere on the chain (cacheable when validity is set) */
  LOOKUP_DATA,     /* holder, slot */
  LOOKUP_ACCESSOR, /* holder, slot with a JsAccessor */
  LOOKUP_UNCACHEABLE
} JsLookupKind;
typedef struct JsLookup {
  JsLookupKind kind;
  JsObject *holder;      /* == receiver object for own properties */
  JsProtoInfo *validity; /* NULL for own properties */
  uint32_t slot;
  uint32_t attrs;
} JsLookup;
/* Named key (not an index) from `start` upwards. May materialise lazy properties; never runs user code. False:
 * exception. */
JS_MUST_USE bool object_lookup(JsContext *cx, JsObject *start, JsKey key, JsLookup *result);

void object_trace(JsTracer *tracer, JsCell *cell);
void slots_trace(JsTracer *tracer, JsCell *cell);
void accessor_trace(JsTracer *tracer, JsCell *cell);
void primitive_wrapper_trace(JsTracer *tracer, JsCell *cell);

#endif
