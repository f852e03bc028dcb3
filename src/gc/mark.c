// SPDX-License-Identifier: MIT
/*
 * Marking: from the roots through everything that is not marked yet. In a major collection marks were cleared before;
 * in a minor one old cells still carry theirs, so only young cells are entered.
 *
 * References pass a small ring before they are tested, so that the prefetch of the cell's header has arrived. The mark
 * stack grows in malloc memory; when that is refused the cell stays marked but unvisited, and the heap is walked
 * afterwards for such cells (every marked cell is traced again: marking is idempotent).
 */
#include "gc/heap_private.h"

JsHeap *gc_tracer_heap(JsTracer *tracer)
{
  return tracer->heap;
}

static JS_COLD void push_slow(JsTracer *tracer, JsCell *cell)
{
  size_t capacity = tracer->capacity ? tracer->capacity * 2 : 1024;
  JsCell **stack = mem_realloc(tracer->heap->account, MEM_HEAP_TABLES, tracer->stack,
                               tracer->capacity * sizeof(JsCell *), capacity * sizeof(JsCell *));
  if (!stack) {
    tracer->overflow = true;
    return;
  }
  tracer->stack = stack;
  tracer->capacity = capacity;
  tracer->stack[tracer->depth++] = cell;
}

static inline void mark_cell(JsTracer *tracer, JsCell *cell)
{
  if (cell->gc & GC_MARKED)
    return;
  cell->gc |= GC_MARKED;
  tracer->marked_cells++;
  if (js_unlikely(cell->gc & GC_LARGE)) {
    tracer->marked_bytes += gc_large_of(cell)->size;
  } else {
    GcBlock *block = gc_block_of(cell);
    block->live++;
    tracer->marked_bytes += block->cell_size;
  }
  if (gc_kinds[cell->kind].is_leaf)
    return;
  if (js_unlikely(tracer->depth == tracer->capacity))
    push_slow(tracer, cell);
  else
    tracer->stack[tracer->depth++] = cell;
}

void gc_trace_cell(JsTracer *tracer, void *cell)
{
  if (!cell)
    return;
  if (js_unlikely(tracer->mode != TRACE_MARK)) {
    gc_verify_edge(tracer, cell);
    return;
  }
  __builtin_prefetch(cell, 1);
  uint32_t at = tracer->references++ % GC_PREFETCH_RING;
  JsCell *ready = tracer->ring[at];
  tracer->ring[at] = cell;
  if (ready)
    mark_cell(tracer, ready);
}

void gc_trace_slots(JsTracer *tracer, const JsSlot *slots, size_t count)
{
  size_t from = 0, to = count;
  if (js_unlikely(tracer->range_from != NULL))
    gc_trace_clip(tracer, slots, sizeof *slots, &from, &to);
  for (size_t k = from; k < to; k++)
    gc_trace_slot(tracer, &slots[k]);
}

void gc_trace_clip(JsTracer *tracer, const void *base, size_t stride, size_t *from, size_t *to)
{
  if (js_likely(!tracer->range_from))
    return;
  const char *begin = base;
  size_t low = begin < tracer->range_from ? (size_t)(tracer->range_from - begin) / stride : 0;
  size_t high = begin < tracer->range_to ? ((size_t)(tracer->range_to - begin) + stride - 1) / stride : 0;
  if (low > *from || high < *to)
    tracer->clipped = true;
  *from = low > *from ? low : *from;
  *to = high < *to ? high : *to;
}

void gc_trace_children(JsTracer *tracer, JsCell *cell)
{
  gc_kinds[cell->kind].trace(tracer, cell);
}

bool gc_trace_part(JsTracer *tracer, JsCell *cell, size_t from, size_t to)
{
  tracer->range_from = (const char *)cell + from;
  tracer->range_to = (const char *)cell + to;
  tracer->clipped = false;
  gc_trace_children(tracer, cell);
  tracer->range_from = NULL;
  return tracer->clipped;
}

static bool push_partial(JsTracer *tracer, JsCell *cell, size_t offset)
{
  if (tracer->partial_count == tracer->partial_capacity) {
    size_t capacity = tracer->partial_capacity ? tracer->partial_capacity * 2 : 16;
    GcPartial *partial = mem_realloc(tracer->heap->account, MEM_HEAP_TABLES, tracer->partial,
                                     tracer->partial_capacity * sizeof *partial, capacity * sizeof *partial);
    if (!partial)
      return false;
    tracer->partial = partial;
    tracer->partial_capacity = capacity;
  }
  tracer->partial[tracer->partial_count++] = (GcPartial){cell, offset};
  return true;
}

/* The first part of a large cell, the rest later. */
static void trace_large(JsTracer *tracer, JsCell *cell)
{
  if (gc_large_of(cell)->size <= 2 * GC_PARTIAL_BYTES || !push_partial(tracer, cell, GC_PARTIAL_BYTES)) {
    gc_trace_children(tracer, cell);
    return;
  }
  if (!gc_trace_part(tracer, cell, 0, GC_PARTIAL_BYTES))
    tracer->partial_count--;
}

/* The next part of a large cell; false: there is none. */
static bool trace_partial(JsTracer *tracer)
{
  if (!tracer->partial_count)
    return false;
  GcPartial *last = &tracer->partial[tracer->partial_count - 1];
  JsCell *cell = last->cell;
  size_t from = last->offset, size = gc_large_of(cell)->size;
  last->offset += GC_PARTIAL_BYTES;
  if (last->offset >= size)
    tracer->partial_count--;
  gc_trace_part(tracer, cell, from, from + GC_PARTIAL_BYTES);
  return true;
}

inline void gc_trace_marked(JsTracer *tracer, JsCell *cell)
{
  if (js_unlikely((cell->gc & GC_LARGE) && tracer->in_slices))
    trace_large(tracer, cell);
  else
    gc_trace_children(tracer, cell);
}

static bool flush_ring(JsTracer *tracer)
{
  bool any = false;
  for (uint32_t k = 0; k < GC_PREFETCH_RING; k++) {
    uint32_t at = (tracer->references + k) % GC_PREFETCH_RING;
    if (tracer->ring[at]) {
      JsCell *cell = tracer->ring[at];
      tracer->ring[at] = NULL;
      mark_cell(tracer, cell);
      any = true;
    }
  }
  return any;
}

static void retrace(JsHeap *heap, JsCell *cell, void *opaque)
{
  JsTracer *tracer = opaque;
  if (cell->gc & GC_MARKED) {
    gc_trace_children(tracer, cell);
    while (tracer->depth)
      gc_trace_children(tracer, tracer->stack[--tracer->depth]);
  }
}

void gc_mark_drain(JsTracer *tracer)
{
  do {
    do {
      while (tracer->depth)
        gc_trace_marked(tracer, tracer->stack[--tracer->depth]);
    } while (flush_ring(tracer) || trace_partial(tracer));
    if (js_unlikely(tracer->overflow)) {
      tracer->overflow = false;
      gc_walk(tracer->heap, retrace, tracer);
    }
  } while (tracer->depth || flush_ring(tracer) || tracer->overflow);
}

/* Cells, or references, between two looks at the clock: some 20 microseconds. */
enum { CELLS_PER_LOOK = 256, REFERENCES_PER_LOOK = 1024 };

bool gc_mark_drain_until(JsTracer *tracer, uint64_t deadline_ns)
{
  do {
    uint32_t before = tracer->references;
    for (int k = 0; k < CELLS_PER_LOOK && tracer->references - before < REFERENCES_PER_LOOK; k++) {
      if (js_likely(tracer->depth))
        gc_trace_marked(tracer, tracer->stack[--tracer->depth]);
      else if (!flush_ring(tracer) && !trace_partial(tracer))
        break;
    }
    if (!tracer->depth && !tracer->partial_count && !flush_ring(tracer)) {
      if (js_unlikely(tracer->overflow)) /* no memory for the mark stack: not the time for slices */
        gc_mark_drain(tracer);
      return true;
    }
  } while (clock_thread_cpu_ns() < deadline_ns);
  return false;
}

GC_UNCHECKED void gc_trace_conservative(JsTracer *tracer, const void *from, const void *to)
{
  JsHeap *heap = tracer->heap;
  uintptr_t lowest = heap->lowest, highest = heap->highest;
  const uintptr_t *word = (const uintptr_t *)(((uintptr_t)from + 7) & ~(uintptr_t)7);
  for (; (const char *)(word + 1) <= (const char *)to; word++) {
    if (*word - lowest >= highest - lowest)
      continue;
    JsCell *cell = gc_find_cell(heap, (const void *)*word);
    if (cell)
      gc_trace_cell(tracer, cell);
  }
}

/* ASan moves locals whose address is taken to frames outside the stack (detect_stack_use_after_return); the stack then
 * holds pointers into them. */
static GC_UNCHECKED void scan_fake_frames(JsTracer *tracer, const uintptr_t *from, const uintptr_t *to)
{
#ifdef GC_ASAN
  void *fake_stack = __asan_get_current_fake_stack();
  if (!fake_stack)
    return;
  for (const uintptr_t *word = from; word < to; word++) {
    void *begin = NULL, *end = NULL;
    if (__asan_addr_is_in_fake_stack(fake_stack, (void *)*word, &begin, &end))
      gc_trace_conservative(tracer, begin, end);
  }
#else
  (void)tracer, (void)from, (void)to;
#endif
}

static JS_NOINLINE GC_UNCHECKED void scan_from_here(JsHeap *heap)
{
  const uintptr_t *from = __builtin_frame_address(0), *to = (const uintptr_t *)heap->stack.high;
  gc_trace_conservative(&heap->tracer, from, to);
  scan_fake_frames(&heap->tracer, from, to);
}

/* Callee-saved registers are spilled into this frame, which lies above the one the scan starts from. */
JS_NOINLINE void gc_scan_stack(JsHeap *heap)
{
  /* The embedder moved the heap to another thread without a word. */
  if (stack_pointer() < heap->stack.low || stack_pointer() >= heap->stack.high)
    gc_heap_enter_thread(heap);
  __builtin_unwind_init();
  scan_from_here(heap);
  __asm__ volatile("" : : : "memory"); /* no tail call: this frame must stand during the scan */
}

void gc_mark_begin(JsHeap *heap)
{
  JsTracer *tracer = &heap->tracer;
  tracer->mode = TRACE_MARK;
  tracer->overflow = false;
  tracer->depth = tracer->partial_count = 0;
  tracer->marked_cells = tracer->marked_bytes = 0;
}

void gc_mark_roots(JsHeap *heap)
{
  JsTracer *tracer = &heap->tracer;
  for (JsRoot *root = heap->roots; root; root = root->next) {
    tracer->source = root->name;
    gc_trace_value(tracer, root->val);
  }
  for (JsRootSource *source = heap->root_sources; source; source = source->next) {
    tracer->source = source->name;
    source->trace(tracer, source->opaque);
  }
  tracer->source = NULL;
}

static void sweep_sources(JsHeap *heap, JsWeakSource *first)
{
  for (JsWeakSource *source = first, *next; source; source = next) {
    next = source->next;
    if (source->sweep)
      source->sweep(heap, source->opaque);
    if (source->settles && !source->is_settled)
      gc_settle_weak_source(heap, source);
  }
}

/* Ephemerons to their fixpoint, then the weak sources drop what died. */
void gc_mark_finish(JsHeap *heap)
{
  JsTracer *tracer = &heap->tracer;
  bool more;
  gc_mark_drain(tracer);
  gc_part_ended(heap, GC_PART_MARK);
  do {
    size_t before = tracer->marked_cells;
    for (JsWeakSource *source = heap->weak_sources; source; source = source->next) {
      if (source->ephemerons)
        source->ephemerons(tracer, source->opaque);
      gc_mark_drain(tracer);
    }
    more = tracer->marked_cells != before;
  } while (more);
  if (heap->major)
    sweep_sources(heap, heap->settled_sources);
  sweep_sources(heap, heap->weak_sources);
  /* The stack is kept for the next collection unless it grew out of proportion. */
  if (tracer->capacity > 65536) {
    mem_free(heap->account, MEM_HEAP_TABLES, tracer->stack, tracer->capacity * sizeof(JsCell *));
    tracer->stack = NULL;
    tracer->capacity = 0;
  }
}

bool gc_is_live(JsHeap *heap, const void *cell)
{
  return ((const JsCell *)cell)->gc & GC_MARKED;
}

bool gc_collection_is_minor(JsHeap *heap)
{
  return !heap->major;
}
