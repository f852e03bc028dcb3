// SPDX-License-Identifier: MIT
/*
 * The table of cell kinds: what cell_kinds.def says, as data. The trace and finalise functions live beside the structs
 * they know; they are declared here from the list, which is why no header of an upper layer is needed.
 */
#include "gc/heap_private.h"

#define CELL(kind, name, trace, finalise) void trace(JsTracer *, JsCell *);
#include "gc/cell_kinds.def"
#undef CELL

#define GC_DECLARE_0(name)
#define GC_DECLARE_1(name)                void name(JsHeap *, JsCell *);
#define GC_DECLARE__(has, name)           GC_DECLARE_##has(name)
#define GC_DECLARE_(has, name)            GC_DECLARE__(has, name)
#define CELL(kind, name, trace, finalise) GC_DECLARE_(GC_SECOND(GC_PROBE_##finalise, 1), finalise)
#include "gc/cell_kinds.def"
#undef CELL

void gc_trace_nothing(JsTracer *tracer, JsCell *cell)
{
  (void)tracer, (void)cell;
}

/* 1 for gc_trace_nothing: such cells are marked and not visited. */
#define GC_LEAF_gc_trace_nothing ~, 1

const GcKind gc_kinds[CELL_KIND_COUNT] = {
    [CELL_FREE] = {gc_trace_nothing, NULL, "FREE", true},
#define CELL(kind, name, trace, finalise) [CELL_##kind] = {trace, finalise, #kind, GC_SECOND(GC_LEAF_##trace, 0)},
#include "gc/cell_kinds.def"
#undef CELL
};

const char *gc_cell_kind_name(JsCellKind kind)
{
  return (unsigned)kind < CELL_KIND_COUNT ? gc_kinds[kind].name : "?";
}
