// SPDX-License-Identifier: MIT
/*
 * Index-keyed properties: dense vectors with holes, and the sparse hash for odd attributes and huge gaps. Everything
 * here is about one object's own elements; prototypes and proxies are the caller's business.
 */
#ifndef OBJECT_ELEMENTS_H
#define OBJECT_ELEMENTS_H

#include "object/object.h"

typedef struct JsSparseEntry {
  JsSlot value; /* or a JsAccessor cell when attrs has PROP_ACCESSOR; JS_HOLE: free or deleted */
  uint32_t index;
  uint32_t attrs;
} JsSparseEntry;
typedef struct JsSparseElements {
  JsCell cell;
  uint32_t count; /* live entries */
  uint32_t used;  /* entries in use incl. deleted */
  uint32_t mask;  /* size - 1 */
  uint32_t pad;
  JsSparseEntry entries[];
} JsSparseElements;

/* A vector with room for capacity elements, length 0. NULL (no exception) when the memory cannot be had. */
JS_MUST_USE JsElements *elements_new(JsHeap *heap, uint32_t capacity);

JS_INLINE bool object_has_dense_elements(const JsObject *obj)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  return elements && elements->cell.kind == CELL_ELEMENTS;
}
/* The dense element or JS_HOLE (absent, hole, sparse: ask further). */
JS_INLINE JsValue object_dense_get(const JsObject *obj, uint32_t index)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && elements->cell.kind == CELL_ELEMENTS && index < elements->length)
    return slot_get(elements->v[index]);
  return JS_HOLE;
}
/* Element number `index` right behind those of a plain array (its shape's id is `plain`), in room it has. False: there
 * is more to it. */
JS_INLINE bool array_append_quick(JsHeap *heap, JsObject *obj, uint32_t plain, int64_t index, JsValue val)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  JsArray *array = (JsArray *)obj;
  if (js_unlikely(obj->cell.word != plain || !elements || elements->cell.kind != CELL_ELEMENTS ||
                  elements->cell.flags || index != elements->length || index >= elements->capacity))
    return false;
  if (index >= array->length) {
    if (js_unlikely(index != array->length || array->length_readonly))
      return false;
    array->length++;
  }
  elements->length++;
  slot_set(heap, elements, &elements->v[index], val);
  return true;
}
/* Overwrites an existing dense, writable element; false when the fast path does not apply (hole, out of range, frozen,
 * sparse). */
JS_INLINE bool object_dense_set(JsHeap *heap, JsObject *obj, uint32_t index, JsValue val)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags && index < elements->length &&
      !js_is_hole(slot_get(elements->v[index]))) {
    slot_set(heap, elements, &elements->v[index], val);
    return true;
  }
  return false;
}

/* Own element, any representation. False: absent. attrs may be NULL. An accessor gives its JsAccessor cell. */
bool elements_lookup(JsHeap *heap, JsObject *obj, uint32_t index, JsValue *val, uint32_t *attrs);
/* Adds or overwrites with attributes (no checks; grows, goes sparse as needed). Throws RangeError when memory cannot be
 * had. Does not touch an array's length. */
JS_MUST_USE bool elements_define(JsContext *cx, JsObject *obj, uint32_t index, JsValue val, uint32_t attrs);
/* Removes; no checks. */
void elements_remove(JsHeap *heap, JsObject *obj, uint32_t index);
/* Removes from `length` on, backwards, stopping at a non-configurable one; returns the new length. */
uint32_t elements_truncate(JsHeap *heap, JsObject *obj, uint32_t length);
/* Room for `capacity` dense elements. False with an exception when it cannot be had. */
JS_MUST_USE bool elements_reserve(JsContext *cx, JsObject *obj, uint32_t capacity);
/* Appends indices in ascending order to list (grown as needed). NULL on exception. */
JS_MUST_USE JsElements *elements_append_indices(JsContext *cx, JsObject *obj, JsElements *list);
/* Pushes onto a growing list (own_keys and friends); returns the possibly new list, NULL on exception. */
JS_MUST_USE JsElements *elements_push(JsContext *cx, JsElements *list, JsValue val);
/* Sets all attributes for freeze / seal. */
JS_MUST_USE bool elements_set_integrity(JsContext *cx, JsObject *obj, bool frozen);

/* --- arrays ------------------------------------------------------------------------------------------------------- */
JS_INLINE bool js_is_array_object(JsValue v)
{
  return js_is_kind(v, CELL_ARRAY);
}
JS_INLINE JsArray *js_as_array(JsValue v)
{
  return (JsArray *)js_as_cell(v);
}
/* ArrayCreate with %Array.prototype% of the current realm; dense room for `capacity`, length 0. NULL with RangeError
 * when memory cannot be had. */
JS_MUST_USE JsArray *array_new(JsContext *cx, uint32_t capacity);
JS_MUST_USE JsArray *array_new_with_proto(JsContext *cx, uint32_t length, JsObject *proto);
/* CreateArrayFromList */
JS_MUST_USE JsArray *array_from_values(JsContext *cx, const JsValue *values, uint32_t count);
JS_MUST_USE JsArray *array_from_elements(JsContext *cx, JsElements *list);
/* Appends to an array that only C code has seen so far. */
JS_MUST_USE bool array_push_direct(JsContext *cx, JsArray *array, JsValue val);
/* ArraySetLength with an already converted length. */
JS_MUST_USE bool array_set_length(JsContext *cx, JsArray *array, uint32_t length, bool *done);
/* True when every index read of [0,length) is an own dense data element: no holes can be seen through (the prototype
 * chain has no indexed properties either), so C loops may read elements directly until user code runs. */
bool array_is_packed(JsContext *cx, JsArray *array);
/* True while no object that serves as a prototype has index properties: holes read as undefined. */
bool realm_protos_have_no_elements(JsContext *cx);

void elements_trace(JsTracer *tracer, JsCell *cell);
void sparse_elements_trace(JsTracer *tracer, JsCell *cell);

#endif
