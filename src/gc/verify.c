// SPDX-License-Identifier: MIT
/*
 * --verify-heap: the two promises that cells make, checked around each collection.
 *
 *  - Before a minor collection: an old cell that refers to a young one is in the remembered set; else a store went
 *    without its barrier.
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
  if (gc_find_cell(tracer->heap, cell) != cell)
    gc_verify_fail(tracer->heap, "reference to a dead cell", tracer->owner, cell);
  if (cell->gc & GC_MARKED)
    return;
  if (tracer->mode == TRACE_VERIFY_BARRIER)
    gc_verify_fail(tracer->heap, "old-to-young reference without barrier", tracer->owner, cell);
  gc_verify_fail(tracer->heap, "reference to an unmarked cell", tracer->owner, cell);
}

static void verify_cell(JsHeap *heap, JsCell *cell, void *opaque)
{
  if (!(cell->gc & GC_MARKED) || (cell->gc & GC_REMEMBERED))
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
