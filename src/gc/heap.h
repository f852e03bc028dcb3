// SPDX-License-Identifier: MIT
/*
 * [DOC] The garbage collector
 *
 * Non-moving, size-segregated blocks, lazy sweep, large objects apart; generational by sticky mark bits: a minor
 * collection keeps the marks of old cells, traces from the roots and the remembered set through unmarked (young) cells
 * only, and sweeps; a major collection clears the marks first. Roots: the C stack and registers are scanned
 * conservatively (interior pointers included), so C code holds JsValues and cell pointers in plain locals; the VM stack
 * is scanned word by word up to its top; JsRoot handles and root sources exactly.
 *
 * Rules for code that uses it:
 *  - gc_alloc may collect. It returns a zeroed cell that is traceable at once (kind set, every slot the hole or NULL).
 *  - A cell never moves. A cell that is referenced from a local, an argument or the VM stack is alive.
 *  - What is referenced only from malloc memory, statics or other threads is invisible: use JsRoot, a root source or a
 *    weak source.
 *  - Finalisers only free; they never allocate cells nor run JavaScript, nor look at other cells.
 *  - Memory held outside the heap is reported with gc_external_add/sub so that it drives collections.
 * Nothing here throws or runs JavaScript. Running out of memory for a small cell is fatal with Node's report; large,
 * script-controlled sizes use gc_try_alloc and get NULL.
 */
#ifndef GC_HEAP_H
#define GC_HEAP_H

#include "base/mem.h"
#include "gc/cell.h"

typedef struct JsTracer JsTracer;

/* Reports a reference of the cell being traced. NULL is ignored. */
void gc_trace_cell(JsTracer *tracer, void *cell);
JS_INLINE void gc_trace_value(JsTracer *tracer, JsValue val)
{
  if ((val.bits & JS_VALUE_NOT_CELL_MASK) == 0 && val.bits != 0)
    gc_trace_cell(tracer, js_as_cell(val));
}
JS_INLINE void gc_trace_slot(JsTracer *tracer, const JsSlot *slot)
{
  gc_trace_value(tracer, slot_get(*slot));
}
/* Long vectors go through one of these two: only the part of a large cell may be wanted. */
void gc_trace_slots(JsTracer *tracer, const JsSlot *slots, size_t count);
/* Narrows [*from, *to), entries of `stride` bytes at base, to those that are wanted now. */
void gc_trace_clip(JsTracer *tracer, const void *base, size_t stride, size_t *from, size_t *to);
#define gc_trace_ptr(tracer, slot) gc_trace_cell((tracer), ptr_slot_get(slot))
/* Words of a range that may hold values, cell pointers (interior ones too) or anything else. */
void gc_trace_conservative(JsTracer *tracer, const void *from, const void *to);
JsHeap *gc_tracer_heap(JsTracer *tracer);

typedef void (*JsTraceFn)(JsTracer *tracer, JsCell *cell);
typedef void (*JsFinaliseFn)(JsHeap *heap, JsCell *cell);

/* One registered source of roots (the Vm, the API's handles ...). Intrusive. */
typedef struct JsRootSource {
  void (*trace)(JsTracer *tracer, void *opaque);
  void *opaque;
  const char *name; /* for heap dumps */
  struct JsRootSource *next, *prev;
} JsRootSource;
void gc_add_root_source(JsHeap *heap, JsRootSource *source);
void gc_remove_root_source(JsHeap *heap, JsRootSource *source);

/* One rooted value outside the heap and the stack. Intrusive; zero-initialise before the first add. */
typedef struct JsRoot {
  JsValue val;
  const char *name;
  struct JsRoot *next, *prev;
} JsRoot;
void gc_root_add(JsHeap *heap, JsRoot *root, JsValue val, const char *name);
void gc_root_remove(JsHeap *heap, JsRoot *root); /* no-op when not added */

/*
 * Weak processing. After marking and before sweeping each source is asked to drop what died (ask gc_is_live).
 * `ephemerons` (may be NULL) is called repeatedly at the end of marking until no source marks anything new; it traces
 * the values whose keys are live and returns true if it traced a value that was not live before.
 */
typedef struct JsWeakSource {
  void (*sweep)(JsHeap *heap, void *opaque);
  bool (*ephemerons)(JsTracer *tracer, void *opaque);
  void *opaque;
  /* May do some of that before, while a major collection marks by slices; true: there is more. May be NULL. */
  bool (*advance)(JsTracer *tracer, void *opaque);
  bool settles;    /* what it refers to never changes: after one collection minor ones need not ask it again */
  bool is_settled; /* the heap's */
  struct JsWeakSource *next, *prev;
} JsWeakSource;
void gc_add_weak_source(JsHeap *heap, JsWeakSource *source);
void gc_remove_weak_source(JsHeap *heap, JsWeakSource *source);
/* Within weak processing: was this cell reached? In a minor collection old cells are live. */
bool gc_is_live(JsHeap *heap, const void *cell);
/* Within weak processing: is this collection minor? Then a table that nothing was put into since the last collection
 * holds only old cells, all live. */
bool gc_collection_is_minor(JsHeap *heap);

typedef struct JsHeapOptions {
  size_t max_old_bytes;  /* heap limit, bytes; 0: default (a quarter of physical memory, at most 4 GiB) */
  size_t nursery_bytes;  /* bytes allocated between minor collections; 0: default */
  uint32_t stress;       /* --gc-stress=N: collect at every N-th allocation; 0: off */
  uint32_t stress_major; /* each stress_major-th stress collection is major; 0: default */
  bool trace;            /* --trace-gc: a line per collection on stdout, as Node */
  bool scribble;         /* --gc-scribble: fill freed cells */
  bool verify;           /* --verify-heap: check the heap after each collection */
} JsHeapOptions;

typedef struct JsHeapStats {
  size_t live_bytes;      /* cells in use after the last collection plus those allocated since */
  size_t committed_bytes; /* blocks and large objects mapped */
  size_t external_bytes;  /* gc_external_add'ed */
  size_t limit_bytes;
  uint64_t minor_count, major_count;
  uint64_t pause_ns_total, pause_ns_max;
  uint64_t allocated_bytes_total;
} JsHeapStats;

/* account: where tables and block memory are accounted. NULL when out of memory. The calling thread becomes the heap's
 * thread: its C stack is what is scanned. */
JsHeap *gc_heap_new(const JsHeapOptions *options, MemAccount *account);
/* Finalises every cell and gives all memory back. */
void gc_heap_free(JsHeap *heap);
/* Another thread takes the heap over: its stack is scanned from now on. */
void gc_heap_enter_thread(JsHeap *heap);
MemAccount *gc_heap_account(JsHeap *heap);
/* Called, not to return, when a small cell cannot be had within the limit. Default: Node's fatal error and abort. */
/* What a collection did; told at its end, when nothing may be allocated. */
typedef struct GcEvent {
  bool major, requested;
  uint64_t begin_ns, end_ns;
  size_t used_before, used_after, committed_before, committed_after;
} GcEvent;
typedef void (*GcObserverFn)(const GcEvent *event, void *opaque);
void gc_heap_set_observer(JsHeap *heap, GcObserverFn fn, void *opaque);
typedef void (*JsOutOfMemoryFn)(JsHeap *heap, void *opaque);
void gc_heap_set_out_of_memory(JsHeap *heap, JsOutOfMemoryFn fn, void *opaque);

/* Called when a request does not fit under `limit` bytes; returns the limit from now on: a higher one lets the program
 * run on for a while (having asked for its termination, say), the same one ends it. Must not allocate cells. */
typedef size_t (*JsNearHeapLimitFn)(JsHeap *heap, size_t limit, void *opaque);
void gc_heap_set_near_heap_limit(JsHeap *heap, JsNearHeapLimitFn fn, void *opaque);
/* To be called when gc_try_alloc's NULL cannot be helped: ends in the out-of-memory handler if the heap limit was what
 * refused; returns if it was the system, so that the caller throws. */
JS_COLD void gc_fail_if_refused(JsHeap *heap);

/* A zeroed cell of `size` bytes, header included. Never NULL. May collect. */
JS_MUST_USE void *gc_alloc(JsHeap *heap, JsCellKind kind, size_t size) __attribute__((returns_nonnull));
/* The same; NULL when the heap limit or the system refuses. */
JS_MUST_USE void *gc_try_alloc(JsHeap *heap, JsCellKind kind, size_t size);
#define GC_NEW(heap, KIND, Type) ((Type *)gc_alloc((heap), CELL_##KIND, sizeof(Type)))
/* Usable size of a cell, bytes (at least what was asked for). */
size_t gc_cell_size(const void *cell);

/* Bytes kept alive by cells but held elsewhere (ArrayBuffer stores, code). */
void gc_external_add(JsHeap *heap, size_t bytes);
void gc_external_sub(JsHeap *heap, size_t bytes);

void gc_collect_minor(JsHeap *heap);
void gc_collect_major(JsHeap *heap);
/* Work for a time when nothing runs: a cycle to finish, garbage since the last idle time, memory to give back. */
bool gc_idle_is_due(JsHeap *heap);
/* Does a few milliseconds of it; true: there is more. */
bool gc_idle_step(JsHeap *heap);
void gc_heap_stats(JsHeap *heap, JsHeapStats *stats);
/* Visits every live cell (dumps, snapshots, tests). The callback must not allocate. */
void gc_each_cell(JsHeap *heap, void (*visit)(JsCell *cell, void *opaque), void *opaque);

/* Visits the references of a cell, as often as they are there; of all roots, with the name of their source. Not within
 * a collection; the callback must not allocate. */
typedef void (*GcVisitFn)(JsCell *target, const char *source, void *opaque);
void gc_each_reference(JsHeap *heap, JsCell *cell, GcVisitFn visit, void *opaque);
void gc_each_root(JsHeap *heap, GcVisitFn visit, void *opaque);

/* The cell that contains this address, or NULL: the conservative scan's question, also for gdb and tests. */
JsCell *gc_find_cell(JsHeap *heap, const void *address);

const char *gc_cell_kind_name(JsCellKind kind);

/* Keeps val alive up to this point although only data inside it is still used. */
JS_INLINE void js_keep_alive(JsValue val)
{
  __asm__ volatile("" : : "r"(val.bits) : "memory");
}

#endif
