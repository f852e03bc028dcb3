// SPDX-License-Identifier: MIT
/*
 * The header that every heap cell starts with, and the field types that hold values inside cells.
 *
 *   0        4      5       6      7      8
 *   +--------+------+-------+------+------+----------
 *   | word   | kind | flags | gc   | aux  | payload ...
 *   +--------+------+-------+------+------+----------
 *
 * `word` is the shape id of an object and belongs to the kind otherwise (a string keeps its hash there).
 * `kind` is a row of cell_kinds.def. `flags` and `aux` belong to the kind. `gc` belongs to the collector.
 *
 * Heap fields are JsSlot (a value) or JS_PTR_SLOT(T) (a cell pointer or NULL), never JsValue or T *: a store must go
 * through slot_set / ptr_slot_set, which carry the write barrier, or slot_init / ptr_slot_init on a cell that was just
 * allocated (nothing allocated in between).
 */
#ifndef GC_CELL_H
#define GC_CELL_H

#include "base/check.h"
#include "culm/value.h"

typedef enum {
  CELL_FREE = 0, /* swept: on a free run */
#define CELL(kind, name, trace, finalise) CELL_##kind,
#include "gc/cell_kinds.def"
#undef CELL
  CELL_KIND_COUNT
} JsCellKind;

typedef struct JsCell {
  uint32_t word;
  uint8_t kind; /* JsCellKind */
  uint8_t flags;
  uint8_t gc;
  uint8_t aux;
} JsCell;

_Static_assert(sizeof(JsCell) == 8, "one word");
_Static_assert(CELL_KIND_COUNT <= 256, "kind is a byte");

/* JsCell.gc. A marked cell is old (sticky mark bits); a minor collection leaves marks alone. */
enum {
  GC_MARKED = 1,     /* survived a collection, or was reached in this one */
  GC_REMEMBERED = 2, /* old, and in the remembered set */
};

typedef struct JsHeap JsHeap;

typedef struct JsSlot {
  uint64_t raw_;
} JsSlot;

#define JS_PTR_SLOT(T)                                                                                                 \
  struct {                                                                                                             \
    T *raw_;                                                                                                           \
  }

static inline JsCell *js_as_cell(JsValue v)
{
  return (JsCell *)(uintptr_t)v.bits;
}
static inline JsValue js_from_cell(const void *cell)
{
  return JS_VALUE_LITERAL((uint64_t)(uintptr_t)cell);
}

/* Puts an old owner into the remembered set (slow path of the barrier). */
void gc_remember(JsHeap *heap, JsCell *owner);
/* The same when it is known which word was written: of a large owner only its surroundings are looked at again. */
void gc_remember_slot(JsHeap *heap, JsCell *owner, const void *slot);

/* The write barrier: call after storing a cell reference into owner by other means than slot_set. */
JS_INLINE void gc_barrier(JsHeap *heap, void *owner)
{
  JsCell *cell = (JsCell *)owner;
  if (js_unlikely((cell->gc & (GC_MARKED | GC_REMEMBERED)) == GC_MARKED))
    gc_remember(heap, cell);
}

JS_INLINE JsValue slot_get(JsSlot slot)
{
  return JS_VALUE_LITERAL(slot.raw_);
}
JS_INLINE void slot_init(JsSlot *slot, JsValue val)
{
  slot->raw_ = val.bits;
}
JS_INLINE void slot_set(JsHeap *heap, void *owner, JsSlot *slot, JsValue val)
{
  slot->raw_ = val.bits;
  if ((val.bits & JS_VALUE_NOT_CELL_MASK) == 0) {
    JsCell *cell = (JsCell *)owner;
    if (js_unlikely((cell->gc & (GC_MARKED | GC_REMEMBERED)) == GC_MARKED))
      gc_remember_slot(heap, cell, slot);
  }
}

#define ptr_slot_get(slot)                 ((slot).raw_)
#define ptr_slot_init(slot, p)             ((void)((slot)->raw_ = (p)))
#define ptr_slot_set(heap, owner, slot, p) ((void)((slot)->raw_ = (p)), gc_barrier((heap), (owner)))

#endif
