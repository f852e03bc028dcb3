// SPDX-License-Identifier: MIT
/* Raw changes of an object's own named properties, for the object layer, the interpreter's caches and the built-ins'
 * set-up: no checks, no user code. */
#ifndef OBJECT_PROPERTY_H
#define OBJECT_PROPERTY_H

#include "object/object.h"

/* Takes another shape; the slots must suit it (object_reserve_slot first when it has more). */
void object_set_shape(JsHeap *heap, JsObject *obj, JsShape *shape);
/* Makes room for slot number `slot` of `shape` (the shape the object is about to have, or has). */
void object_reserve_slot(JsHeap *heap, JsObject *obj, JsShape *shape, uint32_t slot);
/* The slot vector, with room for so many slots. */
JsSlots *object_reserve_slots(JsHeap *heap, JsObject *obj, uint32_t need);
/* Stores with the barrier. */
void object_write_slot(JsHeap *heap, JsShape *shape, JsObject *obj, uint32_t slot, JsValue val);
/* The key must be absent, and not an index. */
void object_add_property(JsHeap *heap, JsObject *obj, JsKey key, JsValue val, uint32_t attrs);
/* The key must be present. */
void object_remove_property(JsHeap *heap, JsObject *obj, JsKey key);
void object_change_attributes(JsHeap *heap, JsObject *obj, JsKey key, uint32_t attrs);
/* After a change that caches through a prototype could have seen. */
void object_layout_changed(JsHeap *heap, JsObject *obj);
/* Turns a PROP_LAZY property's slot into its value. False: exception. */
JS_MUST_USE bool property_resolve_lazy(JsContext *cx, JsObject *obj, JsKey key);
/* Gives a C function its `length` and `name` properties. */
void native_function_materialise(JsContext *cx, JsObject *fn);

#endif
