// SPDX-License-Identifier: MIT
/*
 * Allocation in line: the part of the heap that hot code may touch.
 *
 * Each allocator (a size class; kinds with a finaliser have allocators of their own, so that blocks without finalisers
 * can be dropped whole) hands out cells from a window of zeroed memory. gc_alloc_fast takes the next cell of the window
 * and falls back on gc_alloc. With a constant kind and size everything but the compare folds away.
 */
#ifndef GC_ALLOC_INL_H
#define GC_ALLOC_INL_H

#include "gc/heap.h"

enum {
  GC_FINE_CLASSES = 16,   /* 16, 32 ... 256 */
  GC_COARSE_CLASSES = 20, /* four to each doubling, up to 8 KiB */
  GC_CLASSES = GC_FINE_CLASSES + GC_COARSE_CLASSES,
  GC_ALLOCATORS = 2 * GC_CLASSES, /* without, then with finaliser */
};
#define GC_MAX_SMALL ((size_t)8192)

typedef struct GcWindow {
  char *next, *end;
} GcWindow;

/* The beginning of every JsHeap. */
typedef struct GcHeapFront {
  uintptr_t face[8]; /* the object layer's words (JsHeapFace) */
  GcWindow window[GC_ALLOCATORS];
} GcHeapFront;

/* 0 for NULL, 1 for a function's name: the finalise column of a row as a constant. */
#define GC_PROBE_NULL         ~, 0
#define GC_SECOND_(a, b, ...) b
#define GC_SECOND(...)        GC_SECOND_(__VA_ARGS__, ~)

/* First allocator of a kind: 0 or GC_CLASSES. */
static const uint8_t gc_kind_base[CELL_KIND_COUNT] = {
    0,
#define CELL(kind, name, trace, finalise) GC_SECOND(GC_PROBE_##finalise, 1) * GC_CLASSES,
#include "gc/cell_kinds.def"
#undef CELL
};

/* size 1 .. GC_MAX_SMALL */
JS_INLINE uint32_t gc_size_class(size_t size)
{
  if (size <= 16 * GC_FINE_CLASSES)
    return (uint32_t)((size + 15) >> 4) - 1;
  uint32_t last = (uint32_t)size - 1, log2 = 31 - (uint32_t)__builtin_clz(last);
  return GC_FINE_CLASSES + (log2 - 8) * 4 + ((last >> (log2 - 2)) & 3);
}
JS_INLINE uint32_t gc_class_size(uint32_t size_class)
{
  if (size_class < GC_FINE_CLASSES)
    return (size_class + 1) * 16;
  uint32_t k = size_class - GC_FINE_CLASSES;
  return (4 + k % 4 + 1) << (6 + k / 4);
}

/* A cell out of the window; NULL: there is none in it. */
JS_MUST_USE JS_INLINE void *gc_take_cell(JsHeap *heap, JsCellKind kind, size_t size)
{
  if (js_unlikely(size > GC_MAX_SMALL))
    return NULL;
  uint32_t size_class = gc_size_class(size);
  GcWindow *window = &((GcHeapFront *)heap)->window[gc_kind_base[kind] + size_class];
  char *cell = window->next;
  if (js_unlikely((size_t)(window->end - cell) < gc_class_size(size_class)))
    return NULL;
  window->next = cell + gc_class_size(size_class);
  ((JsCell *)cell)->kind = (uint8_t)kind;
  return cell;
}

/* gc_alloc and gc_try_alloc in line. */
JS_MUST_USE JS_INLINE void *gc_alloc_fast(JsHeap *heap, JsCellKind kind, size_t size)
{
  void *cell = gc_take_cell(heap, kind, size);
  return js_likely(cell != NULL) ? cell : gc_alloc(heap, kind, size);
}
JS_MUST_USE JS_INLINE void *gc_try_alloc_fast(JsHeap *heap, JsCellKind kind, size_t size)
{
  void *cell = gc_take_cell(heap, kind, size);
  return js_likely(cell != NULL) ? cell : gc_try_alloc(heap, kind, size);
}

#endif
