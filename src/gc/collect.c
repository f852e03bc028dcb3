// SPDX-License-Identifier: MIT
/*
 * One collection from start to end, the remembered set, and the policy: when to collect, which kind, and how far the
 * heap may grow until then.
 */
#include "gc/heap_private.h"

/* Young bytes between minor collections: above any small program's total, near what a last-level cache holds. */
#define GC_NURSERY_BYTES ((size_t)8 << 20)
#define GC_NURSERY_MAX   ((size_t)32 << 20)
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
  if (heap->young_bytes + size > heap->nursery_bytes || heap->external_young >= GC_EXTERNAL_NURSERY ||
      (major && heap->external_young > GC_EXTERNAL_NURSERY / 4))
    gc_collect(heap, major ? GC_MAJOR : GC_MINOR, "allocation failure");
  if (js_likely(size <= limit && heap->old_bytes + heap->young_bytes <= limit - size))
    return true;
  /* For a request that could not be met by an empty heap no collection is worth while. */
  if (size <= limit && heap->near_limit < GC_NEAR_LIMIT_ROUNDS)
    gc_collect(heap, GC_MAJOR, "allocation failure; GC in old space requested");
  heap->refused = !within_limit(heap, size);
  return !heap->refused;
}

JS_COLD void gc_remember(JsHeap *heap, JsCell *owner)
{
  if (heap->remembered_count == heap->remembered_capacity) {
    size_t capacity = heap->remembered_capacity ? heap->remembered_capacity * 2 : 256;
    JsCell **remembered = mem_realloc(heap->account, MEM_HEAP_TABLES, heap->remembered,
                                      heap->remembered_capacity * sizeof(JsCell *), capacity * sizeof(JsCell *));
    if (!remembered) {
      heap->remember_overflow = true;
      return;
    }
    heap->remembered = remembered;
    heap->remembered_capacity = capacity;
  }
  owner->gc |= GC_REMEMBERED;
  heap->remembered[heap->remembered_count++] = owner;
}

static void mark_remembered(JsHeap *heap)
{
  for (size_t k = 0; k < heap->remembered_count; k++) {
    JsCell *owner = heap->remembered[k];
    owner->gc &= (uint8_t)~GC_REMEMBERED;
    gc_trace_children(&heap->tracer, owner);
    gc_mark_drain(&heap->tracer);
  }
}

static void finish_cycle(JsHeap *heap)
{
  size_t young_before = heap->young_bytes, survived = heap->tracer.marked_bytes;
  heap->old_bytes += survived;
  heap->young_bytes = heap->external_young = 0;
  adjust_policy(heap, young_before, survived);
  /* What the next nursery needs stays mapped. */
  if (heap->major || heap->free_count > 2 * heap->nursery_bytes / GC_BLOCK_BYTES)
    gc_blocks_trim(heap, (uint32_t)(heap->nursery_bytes / GC_BLOCK_BYTES));
  if (heap->options.verify)
    gc_verify_after(heap);
}

void gc_collect(JsHeap *heap, GcCollectionKind kind, const char *reason)
{
  JS_CHECK(!heap->collecting);
  uint64_t begin = clock_monotonic_ns(&heap->clock);
  size_t bytes_before = heap->old_bytes + heap->young_bytes - gc_unused_window_bytes(heap);
  size_t committed_before = heap->committed_bytes;
  heap->collecting = true;
  heap->major = kind == GC_MAJOR || heap->remember_overflow;

  gc_retire_windows(heap);
  gc_large_sort(heap);
  if (heap->major) {
    gc_finish_sweep(heap);
    gc_clear_marks(heap);
    heap->old_bytes = 0;
  } else if (heap->options.verify) {
    gc_verify_before_minor(heap);
  }
  gc_mark_begin(heap);
  if (!heap->major)
    mark_remembered(heap);
  heap->remembered_count = 0;
  heap->remember_overflow = false;
  gc_mark_roots(heap);
  gc_scan_stack(heap);
  gc_mark_finish(heap);
  gc_sweep_after_mark(heap);
  finish_cycle(heap);
  heap->collecting = false;

  uint64_t end = clock_monotonic_ns(&heap->clock);
  if (heap->major)
    heap->major_count++;
  else
    heap->minor_count++;
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
