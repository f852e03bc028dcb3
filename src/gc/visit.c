// SPDX-License-Identifier: MIT
/*
 * Visits for those who look at the heap without changing it: what a cell refers to and what the roots are, told to a
 * callback instead of being marked. For heap snapshots.
 */
#include "gc/heap_private.h"

typedef struct VisitState {
  GcTraceMode mode;
  const char *source;
} VisitState;

/* A cycle of marking may be under way: its state stays in the tracer. */
static VisitState begin_visit(JsHeap *heap, GcVisitFn visit, void *opaque)
{
  JS_ASSERT(!heap->collecting);
  VisitState before = {heap->tracer.mode, heap->tracer.source};
  heap->tracer.mode = TRACE_VISIT;
  heap->tracer.visit = visit;
  heap->tracer.visit_opaque = opaque;
  return before;
}

static void end_visit(JsHeap *heap, VisitState before)
{
  heap->tracer.mode = before.mode;
  heap->tracer.source = before.source;
}

void gc_each_reference(JsHeap *heap, JsCell *cell, GcVisitFn visit, void *opaque)
{
  VisitState before = begin_visit(heap, visit, opaque);
  heap->tracer.source = NULL;
  gc_trace_children(&heap->tracer, cell);
  end_visit(heap, before);
}

void gc_each_root(JsHeap *heap, GcVisitFn visit, void *opaque)
{
  VisitState before = begin_visit(heap, visit, opaque);
  heap->tracer.source = "stack";
  gc_scan_stack(heap);
  gc_mark_roots(heap);
  end_visit(heap, before);
}
