// SPDX-License-Identifier: MIT
/*
 * Objects made in line: for the interpreter, whose sites know the shape. Everything else calls object_new_with_shape.
 */
#ifndef OBJECT_NEW_INL_H
#define OBJECT_NEW_INL_H

#include "gc/alloc_inl.h"
#include "object/object.h"

/* An object whose shape is one of CELL_OBJECT's. May collect. */
JS_INLINE JsObject *object_new_plain(JsHeap *heap, const JsShape *shape)
{
  JS_ASSERT(shape->object_kind == CELL_OBJECT);
  size_t size = ((size_t)shape->inline_base + shape->inline_count) * sizeof(JsSlot);
  JsObject *obj = gc_alloc_fast(heap, CELL_OBJECT, size);
  obj->cell.word = shape->id;
  return obj;
}

#endif
