// SPDX-License-Identifier: MIT
/*
 * [DOC] Collection by slices
 *
 * A collection is a cycle of slices of a few milliseconds, driven by allocation; a minor one, and a major one of a
 * small heap, is mostly done in its first.
 *
 *   clearing   of a major one: chunk by chunk what is unswept is swept, marks are cleared
 *   marking    from the roots with a deadline; new cells are unmarked
 *   the end    in one slice: what is left to mark, weak processing, sorting of blocks; sweeping stays lazy
 *
 * Invariant while marking: a marked cell that refers to an unmarked one is on the mark stack, waits for its next part
 * (a large cell), or is in the remembered set. The write barrier of the generations keeps it: whoever writes into a
 * marked cell has it remembered, and it is traced again. So nothing is missed, whatever the mutator moves about; roots,
 * which have no barrier, are scanned when marking begins and each time it seems to be done, until a scan and what it
 * turned up fit into one slice. --verify-heap checks the invariant after each slice.
 *
 * No other collection runs during a cycle: in a major one marks do not mean age. What is allocated meanwhile waits for
 * the end, so slices come the closer the larger the heap.
 */
#include "gc/heap_private.h"

/* Up to here a collection in one pause takes about as long as a slice. */
#define GC_SLICING_MIN ((size_t)4 << 20)
/* A slice. When allocation is ahead of the marker it may take twice as long. */
#define GC_SLICE_NS ((uint64_t)3 * 1000 * 1000)
/* What clearing and marking a byte of old cells takes at least, for spreading the slices. */
#define GC_NS_PER_BYTE 2
/* A cycle wants to be over when so much was allocated in it: a fraction of the old cells, and some. */
#define GC_CYCLE_FRACTION 4
#define GC_CYCLE_ROOM     ((size_t)8 << 20)
#define GC_SLICE_STEP_MIN ((size_t)128 << 10)
/* Scans of the roots that may turn up more than a slice can mark, before the rest is done at once. */
#define GC_ATTEMPTS_MAX 16

bool gc_is_worth_slicing(JsHeap *heap)
{
  return heap->old_bytes >= GC_SLICING_MIN && !heap->remember_overflow;
}

static size_t allowance(JsHeap *heap)
{
  if (!heap->cycle_major)
    return heap->nursery_bytes;
  return heap->cycle_old_bytes / GC_CYCLE_FRACTION + GC_CYCLE_ROOM;
}

static void set_slice_due(JsHeap *heap)
{
  size_t work = heap->cycle_major ? heap->cycle_old_bytes : 2 * heap->nursery_bytes;
  size_t slices = work * GC_NS_PER_BYTE / GC_SLICE_NS + 1, step = allowance(heap) / slices;
  heap->slice_due = heap->young_bytes + (step < GC_SLICE_STEP_MIN ? GC_SLICE_STEP_MIN : step);
}

/* --- phases ------------------------------------------------------------------------------------------------------ */

static void scan_roots(JsHeap *heap)
{
  gc_large_sort(heap);
  gc_mark_roots(heap);
  gc_scan_stack(heap);
  heap->roots_slice = heap->cycle_slices;
  gc_part_ended(heap, GC_PART_ROOTS);
}

static void begin_marking(JsHeap *heap)
{
  if (heap->cycle_major) {
    gc_forget_remembered(heap);
    gc_clear_large(heap);
  }
  gc_part_ended(heap, GC_PART_CLEAR);
  gc_mark_begin(heap);
  heap->tracer.in_slices = true;
  heap->phase = GC_MARKING;
  heap->cycle_attempts = 0;
  scan_roots(heap);
}

/* True: all marks are cleared. */
static bool clear_until(JsHeap *heap, uint64_t deadline)
{
  while (heap->clear_chunk < heap->chunk_count) {
    gc_clear_chunk(heap, heap->chunks[heap->clear_chunk++]);
    if (clock_thread_cpu_ns() >= deadline)
      break;
  }
  return heap->clear_chunk == heap->chunk_count;
}

/* What was written to and what waits; true: nothing is left. */
static bool drain_until(JsHeap *heap, uint64_t deadline)
{
  bool all = gc_mark_remembered(heap, deadline);
  gc_part_ended(heap, GC_PART_REMEMBERED);
  all = all && gc_mark_drain_until(&heap->tracer, deadline);
  gc_part_ended(heap, GC_PART_MARK);
  return all;
}

/* What weak sources can do before the end; false: out of time. */
static bool advance_until(JsHeap *heap, uint64_t deadline)
{
  for (JsWeakSource *source = heap->weak_sources; source; source = source->next) {
    while (source->advance && source->advance(&heap->tracer, source->opaque)) {
      gc_part_ended(heap, GC_PART_WEAK);
      if (!drain_until(heap, deadline) || clock_thread_cpu_ns() >= deadline)
        return false;
    }
  }
  return drain_until(heap, deadline);
}

/* True: everything reachable is marked, now. */
static bool mark_until(JsHeap *heap, uint64_t deadline)
{
  if (!drain_until(heap, deadline) || (heap->cycle_major && !advance_until(heap, deadline)))
    return false;
  if (heap->roots_slice == heap->cycle_slices)
    return true; /* nothing moved since they were scanned */
  scan_roots(heap);
  return drain_until(heap, deadline) || ++heap->cycle_attempts >= GC_ATTEMPTS_MAX;
}

static void end_cycle(JsHeap *heap)
{
  heap->major = heap->cycle_major;
  heap->tracer.in_slices = false;
  if (heap->remember_overflow) {
    /* Somebody was forgotten: all marked cells are traced again. */
    heap->tracer.overflow = true;
    heap->remember_overflow = false;
  }
  gc_retire_windows(heap);
  if (heap->major)
    heap->old_bytes = 0;
  gc_finish_collection(heap);
  heap->phase = GC_IDLE;
}

/* --- slices ------------------------------------------------------------------------------------------------------ */

/* budget: of processor time, ns. */
static void slice(JsHeap *heap, uint64_t budget)
{
  uint64_t begin = clock_monotonic_ns(&heap->clock), begin_cpu = clock_thread_cpu_ns(), deadline = begin_cpu + budget;
  size_t bytes_before = heap->old_bytes + heap->young_bytes - gc_unused_window_bytes(heap);
  size_t committed_before = heap->committed_bytes;
  size_t young_bytes = heap->young_bytes;
  GcPhase phase = heap->phase;
  gc_parts_begin(heap);
  heap->collecting = true;
  heap->cycle_slices++;
  heap->external_young = 0;
  if (heap->phase == GC_CLEARING && clear_until(heap, deadline))
    begin_marking(heap);
  bool done = heap->phase == GC_MARKING && mark_until(heap, deadline);
  if (done)
    end_cycle(heap);
  else if (heap->options.verify && heap->phase == GC_MARKING)
    gc_verify_slice(heap);
  heap->collecting = false;
  uint64_t end = clock_monotonic_ns(&heap->clock);
  heap->pause_cpu_ns = clock_thread_cpu_ns() - begin_cpu;
  heap->cycle_slice_ns += heap->pause_cpu_ns;
  if (!done) {
    gc_report_slice(heap, phase, begin, end);
    return;
  }
  gc_collection_done(heap, young_bytes, heap->cycle_slice_ns);
  gc_report_cycle(heap, bytes_before, committed_before, begin, end);
}

void gc_cycle_begin(JsHeap *heap, GcCollectionKind kind)
{
  JS_CHECK(!heap->collecting && heap->phase == GC_IDLE);
  heap->cycle_major = kind == GC_MAJOR;
  heap->clear_chunk = 0;
  heap->cycle_old_bytes = heap->old_bytes;
  heap->cycle_begin_ns = clock_monotonic_ns(&heap->clock);
  heap->cycle_slice_ns = 0;
  heap->cycle_slices = heap->roots_slice = 0;
  heap->phase = GC_CLEARING;
  if (kind == GC_MINOR) {
    heap->clear_chunk = heap->chunk_count; /* marks stay */
    if (heap->options.verify)
      gc_verify_before_minor(heap);
  }
  gc_cycle_step(heap);
}

void gc_cycle_step(JsHeap *heap)
{
  JS_CHECK(!heap->collecting);
  uint64_t budget = GC_SLICE_NS;
  if (heap->options.stress)
    budget = 0; /* as little as can be, so that much happens in between */
  else if (heap->young_bytes > 2 * (allowance(heap) + heap->nursery_bytes) ||
           heap->external_bytes > 2 * heap->external_threshold)
    budget = UINT64_MAX / 2; /* the marker cannot keep up, or what is to be freed lies elsewhere */
  else if (heap->young_bytes > allowance(heap) + heap->nursery_bytes)
    budget = 2 * GC_SLICE_NS;
  slice(heap, budget);
  if (heap->phase != GC_IDLE)
    set_slice_due(heap);
}

void gc_cycle_complete(JsHeap *heap, const char *reason)
{
  (void)reason;
  while (heap->phase != GC_IDLE)
    slice(heap, UINT64_MAX / 2);
}

/* --- idle time --------------------------------------------------------------------------------------------------- */

/* So much garbage is worth a collection that nobody waits for. */
#define GC_IDLE_BYTES ((uint64_t)4 << 20)
/* Blocks that stay mapped for the next burst: 1 MiB. */
#define GC_IDLE_KEEP 16

bool gc_idle_is_due(JsHeap *heap)
{
  return heap->phase != GC_IDLE || heap->allocated_bytes_total - heap->idle_allocated >= GC_IDLE_BYTES;
}

bool gc_idle_step(JsHeap *heap)
{
  if (heap->phase != GC_IDLE) {
    gc_cycle_step(heap);
    return true;
  }
  if (gc_idle_is_due(heap)) {
    heap->idle_allocated = heap->allocated_bytes_total;
    if (heap->old_bytes + heap->young_bytes < GC_SLICING_MIN)
      gc_collect(heap, GC_MAJOR, "idle");
    else
      gc_cycle_begin(heap, GC_MAJOR);
    return true;
  }
  gc_large_free_dead(heap, SIZE_MAX);
  gc_blocks_trim(heap, GC_IDLE_KEEP, GC_TRIM_AT_ONCE);
  return gc_blocks_to_trim(heap, GC_IDLE_KEEP);
}
