// SPDX-License-Identifier: MIT
/*
 * --verify-heap: the two promises that cells make, checked around each collection.
 *
 *  - Before a minor collection: an old cell that refers to a young one is in the remembered set; else a store went
 *    without its barrier.
 *  - After a slice of an incremental one: a marked cell that refers to an unmarked one waits to be traced, or is
 *    remembered.
 *  - After any collection: what a live cell refers to is the beginning of a live cell; else a trace function reports
 *    garbage, or a reference was kept where the collector could not see it.
 * A breach is reported with both cells' kinds, and the process aborts.
 */
#include "gc/heap_private.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void gc_verify_fail(JsHeap *heap, const char *what, JsCell *owner, JsCell *cell)
{
  JsCell *found = gc_find_cell(heap, cell);
  fprintf(stderr, "verify-heap: %s: owner %p (%s), referent %p (%s)\n", what, (void *)owner,
          owner                 ? gc_cell_kind_name(owner->kind)
          : heap->tracer.source ? heap->tracer.source
                                : "root",
          (void *)cell,
          found == cell ? gc_cell_kind_name(cell->kind)
          : found       ? "inside another cell"
                        : "no cell");
  abort();
}

void gc_verify_edge(JsTracer *tracer, JsCell *cell)
{
  if (tracer->mode == TRACE_VISIT) {
    tracer->visit(cell, tracer->source, tracer->visit_opaque);
    return;
  }
  if (gc_find_cell(tracer->heap, cell) != cell)
    gc_verify_fail(tracer->heap, "reference to a dead cell", tracer->owner, cell);
  if (cell->gc & GC_MARKED)
    return;
  if (tracer->mode == TRACE_VERIFY_SLICE)
    gc_verify_fail(tracer->heap, "marked cell refers to an unmarked one, and nobody waits", tracer->owner, cell);
  if (tracer->mode == TRACE_VERIFY_BARRIER)
    gc_verify_fail(tracer->heap, "old-to-young reference without barrier", tracer->owner, cell);
  gc_verify_fail(tracer->heap, "reference to an unmarked cell", tracer->owner, cell);
}

static void verify_cell(JsHeap *heap, JsCell *cell, void *opaque)
{
  if (!(cell->gc & GC_MARKED) || (cell->gc & GC_WAITING) || gc_is_remembered(cell))
    return;
  heap->tracer.owner = cell;
  gc_trace_children(&heap->tracer, cell);
}

static void verify(JsHeap *heap, GcTraceMode mode)
{
  heap->tracer.mode = mode;
  gc_walk(heap, verify_cell, NULL);
  heap->tracer.owner = NULL;
  heap->tracer.mode = TRACE_MARK;
}

void gc_verify_before_minor(JsHeap *heap)
{
  verify(heap, TRACE_VERIFY_BARRIER);
}

void gc_verify_after(JsHeap *heap)
{
  verify(heap, TRACE_VERIFY_EDGES);
}

static void set_waiting(JsTracer *tracer, bool waiting)
{
  uint8_t bit = waiting ? GC_WAITING : 0;
  for (size_t k = 0; k < tracer->depth; k++)
    tracer->stack[k]->gc = (uint8_t)((tracer->stack[k]->gc & ~GC_WAITING) | bit);
  for (size_t k = 0; k < tracer->partial_count; k++)
    tracer->partial[k].cell->gc = (uint8_t)((tracer->partial[k].cell->gc & ~GC_WAITING) | bit);
}

/* Cells in the ring are as good as marked: they wait there for the next slice. */
static void set_ring_marked(JsTracer *tracer, bool marked[GC_PREFETCH_RING])
{
  for (uint32_t k = 0; k < GC_PREFETCH_RING; k++) {
    JsCell *cell = tracer->ring[k];
    marked[k] = cell && !(cell->gc & GC_MARKED);
    if (marked[k])
      cell->gc |= GC_MARKED | GC_WAITING;
  }
}

static void unset_ring_marked(JsTracer *tracer, const bool marked[GC_PREFETCH_RING])
{
  for (uint32_t k = 0; k < GC_PREFETCH_RING; k++)
    if (marked[k])
      tracer->ring[k]->gc &= (uint8_t) ~(GC_MARKED | GC_WAITING);
}

void gc_verify_slice(JsHeap *heap)
{
  bool marked[GC_PREFETCH_RING];
  set_waiting(&heap->tracer, true);
  set_ring_marked(&heap->tracer, marked);
  verify(heap, TRACE_VERIFY_SLICE);
  unset_ring_marked(&heap->tracer, marked);
  set_waiting(&heap->tracer, false);
}
