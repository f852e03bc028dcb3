// SPDX-License-Identifier: MIT
/*
 * One collection from start to end, and the policy: when to collect, which kind, and how far the
 * heap may grow until then.
 */
#include "gc/heap_private.h"

/* Young bytes between minor collections: above any small program's total, near what a last-level cache holds. */
#define GC_NURSERY_BYTES ((size_t)8 << 20)
#define GC_NURSERY_MAX   ((size_t)32 << 20)
#define GC_NURSERY_MIN   ((size_t)1 << 20)
/* What a minor collection should take, all its slices together. */
#define GC_MINOR_NS 10e6
/* Below these no major collection is worth its pause. */
#define GC_MAJOR_MIN    ((size_t)16 << 20)
#define GC_EXTERNAL_MIN ((size_t)64 << 20)
/* External memory of young cells that makes a minor collection due (V8's soft limit is the same). */
#define GC_EXTERNAL_NURSERY ((size_t)32 << 20)
/* Beyond this the heap grows by a fixed step instead of doubling. */
#define GC_GROWTH_STEP ((size_t)512 << 20)
/* As many major collections in a row that leave less than 1/32 of the limit free mean that the heap is full. */
#define GC_NEAR_LIMIT_ROUNDS   4
#define GC_NEAR_LIMIT_FRACTION 32

void gc_policy_init(JsHeap *heap)
{
  if (!heap->options.nursery_bytes)
    heap->options.nursery_bytes = GC_NURSERY_BYTES;
  /* A small limit must leave the old cells room. */
  if (heap->options.nursery_bytes > heap->options.max_old_bytes / 8)
    heap->options.nursery_bytes = heap->options.max_old_bytes / 8;
  heap->nursery_bytes = heap->options.nursery_bytes;
  heap->major_threshold = GC_MAJOR_MIN;
  heap->external_threshold = GC_EXTERNAL_MIN;
}

static size_t grown(size_t bytes, size_t least)
{
  size_t more = bytes < GC_GROWTH_STEP ? bytes : GC_GROWTH_STEP;
  return bytes + more > least ? bytes + more : least;
}

static void adjust_policy(JsHeap *heap, size_t young_before, size_t survived)
{
  size_t limit = heap->options.max_old_bytes;
  if (heap->major) {
    /* A heap that shrank does not need the room its growth was given. */
    if (heap->old_bytes < heap->nursery_bytes)
      heap->nursery_bytes = heap->options.nursery_bytes;
    heap->major_threshold = grown(heap->old_bytes, GC_MAJOR_MIN);
    heap->external_threshold = grown(heap->external_bytes, GC_EXTERNAL_MIN);
    if (heap->major_threshold > limit - heap->nursery_bytes)
      heap->major_threshold = limit - heap->nursery_bytes;
    heap->near_limit = heap->old_bytes > limit - limit / GC_NEAR_LIMIT_FRACTION ? heap->near_limit + 1 : 0;
    return;
  }
  /* Many survivors: they were not given time to die. */
  if (survived > young_before / 4 && heap->nursery_bytes < GC_NURSERY_MAX && heap->nursery_bytes * 2 <= limit / 8)
    heap->nursery_bytes *= 2;
  else if (survived < young_before / 32 && heap->nursery_bytes > heap->options.nursery_bytes)
    heap->nursery_bytes /= 2;
}

/* A minor collection takes as long as its survivors, and what was written to, are many: the nursery is cut to what the
 * last ones say can be done in time. */
static void adjust_nursery_to_pause(JsHeap *heap, size_t young_before, uint64_t cpu_ns)
{
  if (heap->major || young_before < GC_NURSERY_MIN / 2)
    return;
  double rate = (double)cpu_ns / (double)young_before, calm = (3 * heap->minor_ns_per_byte + rate) / 4;
  heap->minor_ns_per_byte = rate > calm ? rate : calm;
  size_t affordable = (size_t)(GC_MINOR_NS / (heap->minor_ns_per_byte + 1e-3));
  if (heap->nursery_bytes > affordable)
    heap->nursery_bytes = affordable > GC_NURSERY_MIN ? affordable : GC_NURSERY_MIN;
  else if (heap->nursery_bytes < heap->options.nursery_bytes)
    heap->nursery_bytes = affordable < heap->options.nursery_bytes ? affordable : heap->options.nursery_bytes;
}

void gc_collection_done(JsHeap *heap, size_t young_bytes, uint64_t cpu_ns)
{
  if (heap->major)
    heap->major_count++;
  else
    heap->minor_count++;
  adjust_nursery_to_pause(heap, young_bytes, cpu_ns);
}

/* Whether `size` more bytes stay within the limit, which its owner may raise when they do not. */
static bool within_limit(JsHeap *heap, size_t size)
{
  size_t limit = heap->options.max_old_bytes, used = heap->old_bytes + heap->young_bytes;
  bool full = heap->near_limit >= GC_NEAR_LIMIT_ROUNDS;
  if (js_likely(!full && size <= limit && used <= limit - size))
    return true;
  if (!heap->near_heap_limit)
    return false;
  size_t raised = heap->near_heap_limit(heap, limit, heap->near_heap_limit_opaque);
  if (raised <= limit)
    return false;
  heap->options.max_old_bytes = raised;
  heap->near_limit = 0;
  return size <= raised && used <= raised - size;
}

bool gc_make_room(JsHeap *heap, size_t size)
{
  size_t limit = heap->options.max_old_bytes;
  heap->refused = false;
  heap->pressure = false;
  bool major = heap->old_bytes >= heap->major_threshold || heap->external_bytes >= heap->external_threshold ||
               heap->remember_overflow;
  if (js_unlikely(heap->phase != GC_IDLE)) {
    if (heap->young_bytes + size > heap->slice_due || heap->external_young >= GC_EXTERNAL_NURSERY / 4)
      gc_cycle_step(heap);
  } else if (heap->young_bytes + size > heap->nursery_bytes || heap->external_young >= GC_EXTERNAL_NURSERY ||
             (major && heap->external_young > GC_EXTERNAL_NURSERY / 4)) {
    if (!major || gc_is_worth_slicing(heap))
      gc_cycle_begin(heap, major ? GC_MAJOR : GC_MINOR);
    else
      gc_collect(heap, GC_MAJOR, "allocation failure");
  }
  if (js_likely(size <= limit && heap->old_bytes + heap->young_bytes <= limit - size))
    return true;
  /* For a request that could not be met by an empty heap no collection is worth while. */
  if (size <= limit && heap->near_limit < GC_NEAR_LIMIT_ROUNDS)
    gc_collect(heap, GC_MAJOR, "allocation failure; GC in old space requested");
  heap->refused = !within_limit(heap, size);
  return !heap->refused;
}

void gc_finish_collection(JsHeap *heap)
{
  gc_mark_finish(heap);
  gc_part_ended(heap, GC_PART_WEAK);
  gc_sweep_after_mark(heap);
  size_t young_before = heap->young_bytes, survived = heap->tracer.marked_bytes;
  heap->old_bytes += survived;
  heap->young_bytes = heap->external_young = 0;
  adjust_policy(heap, young_before, survived);
  /* What the next nursery needs stays mapped. Giving memory back takes its time, so a slice gives some at a time. */
  uint32_t keep = (uint32_t)(heap->nursery_bytes / GC_BLOCK_BYTES), most = GC_TRIM_AT_ONCE;
  if (heap->major && heap->phase == GC_IDLE)
    most = UINT32_MAX;
  if (heap->major || heap->free_count > 2 * keep)
    gc_blocks_trim(heap, keep, most);
  gc_part_ended(heap, GC_PART_TRIM);
  if (heap->options.verify)
    gc_verify_after(heap);
}

void gc_collect(JsHeap *heap, GcCollectionKind kind, const char *reason)
{
  JS_CHECK(!heap->collecting);
  if (heap->phase != GC_IDLE) {
    gc_cycle_complete(heap, reason);
    if (kind == GC_MINOR)
      return;
  }
  uint64_t begin = clock_monotonic_ns(&heap->clock), begin_cpu = clock_thread_cpu_ns();
  size_t bytes_before = heap->old_bytes + heap->young_bytes - gc_unused_window_bytes(heap);
  size_t committed_before = heap->committed_bytes, young_bytes = heap->young_bytes;
  gc_parts_begin(heap);
  heap->collecting = true;
  heap->major = kind == GC_MAJOR || heap->remember_overflow;

  gc_retire_windows(heap);
  gc_large_sort(heap);
  if (heap->major) {
    gc_forget_remembered(heap);
    gc_finish_sweep(heap);
    gc_clear_marks(heap);
    heap->old_bytes = 0;
  } else if (heap->options.verify) {
    gc_verify_before_minor(heap);
  }
  gc_part_ended(heap, GC_PART_CLEAR);
  gc_mark_begin(heap);
  gc_mark_remembered(heap, UINT64_MAX);
  gc_part_ended(heap, GC_PART_REMEMBERED);
  gc_mark_roots(heap);
  gc_scan_stack(heap);
  gc_part_ended(heap, GC_PART_ROOTS);
  gc_finish_collection(heap);
  heap->collecting = false;

  uint64_t end = clock_monotonic_ns(&heap->clock);
  heap->pause_cpu_ns = clock_thread_cpu_ns() - begin_cpu;
  gc_collection_done(heap, young_bytes, heap->pause_cpu_ns);
  gc_report_collection(heap, bytes_before, committed_before, begin, end, reason);
}

void gc_collect_minor(JsHeap *heap)
{
  gc_collect(heap, GC_MINOR, "requested");
}

void gc_collect_major(JsHeap *heap)
{
  gc_collect(heap, GC_MAJOR, "requested");
}

void gc_external_add(JsHeap *heap, size_t bytes)
{
  heap->external_bytes += bytes;
  heap->external_young += bytes;
  if (heap->external_young >= GC_EXTERNAL_NURSERY || heap->external_bytes >= heap->external_threshold) {
    heap->pressure = true;
    gc_close_windows(heap);
  }
}

void gc_external_sub(JsHeap *heap, size_t bytes)
{
  JS_ASSERT(heap->external_bytes >= bytes);
  heap->external_bytes -= bytes;
  heap->external_young -= bytes < heap->external_young ? bytes : heap->external_young;
}
