// SPDX-License-Identifier: MIT
/*
 * Which cells came into a weak table since the last collection: all that a minor collection need look at there, for
 * what was in the table before is old and alive. When they are too many, the whole table is looked at.
 */
#ifndef GC_RECENT_H
#define GC_RECENT_H

#include "gc/heap.h"

typedef struct GcRecent {
  const JsCell **cells; /* addresses only: they may be gone */
  uint32_t count, capacity;
  bool is_all; /* they were too many */
} GcRecent;

enum { GC_RECENT_FIRST = 8, GC_RECENT_MAX = 1 << 18 };

JS_INLINE void gc_recent_clear(JsHeap *heap, GcRecent *recent)
{
  mem_free(gc_heap_account(heap), MEM_HEAP_TABLES, (void *)recent->cells, recent->capacity * sizeof(JsCell *));
  *recent = (GcRecent){0};
}

JS_INLINE void gc_recent_add(JsHeap *heap, GcRecent *recent, const JsCell *cell)
{
  if (recent->is_all)
    return;
  if (recent->count == recent->capacity) {
    uint32_t capacity = recent->capacity ? recent->capacity * 2 : GC_RECENT_FIRST;
    const JsCell **cells = NULL;
    if (capacity <= GC_RECENT_MAX)
      cells = mem_realloc(gc_heap_account(heap), MEM_HEAP_TABLES, (void *)recent->cells,
                          recent->capacity * sizeof(JsCell *), capacity * sizeof(JsCell *));
    if (!cells) {
      gc_recent_clear(heap, recent);
      recent->is_all = true;
      return;
    }
    recent->cells = cells;
    recent->capacity = capacity;
  }
  recent->cells[recent->count++] = cell;
}

#endif
