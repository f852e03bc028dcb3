// SPDX-License-Identifier: MIT
/*
 * The slow side of allocation: filling an allocator's window from free runs, fresh memory, lazily swept blocks or a new
 * block, in this order, and asking for collections on the way.
 *
 * A window is zeroed when it is opened, so a cell that the fast path hands out is zero but for its kind. In
 * single-step mode (--gc-stress, ASan) a window shows one cell at a time, so that every allocation comes through here.
 */
#include "gc/heap_private.h"

void gc_close_windows(JsHeap *heap)
{
  for (int k = 0; k < GC_ALLOCATORS; k++)
    heap->front.window[k].end = heap->front.window[k].next;
}

void gc_retire_windows(JsHeap *heap)
{
  for (int k = 0; k < GC_ALLOCATORS; k++) {
    heap->front.window[k] = (GcWindow){NULL, NULL};
    heap->allocator[k].block = NULL;
    heap->allocator[k].limit = NULL;
  }
}

size_t gc_unused_window_bytes(JsHeap *heap)
{
  size_t bytes = 0;
  for (int k = 0; k < GC_ALLOCATORS; k++)
    bytes += (size_t)(heap->allocator[k].limit - heap->front.window[k].next);
  return bytes;
}

/* Takes the front of a free run, at most a piece. */
static size_t take_run(JsHeap *heap, GcBlock *block, char **from)
{
  GcRun *run = (GcRun *)(block->base + block->runs);
  uint32_t piece = (uint32_t)GC_PIECE - (uint32_t)GC_PIECE % block->cell_size;
  gc_unpoison(run, sizeof *run);
  uint32_t bytes = run->cell.word, next = (uint32_t)run->next;
  if (bytes > piece) {
    GcRun *rest = (GcRun *)((char *)run + piece);
    gc_unpoison(rest, sizeof *rest);
    rest->cell.word = bytes - piece;
    rest->next = next;
    gc_poison(rest, sizeof *rest);
    next = block->runs + piece;
    bytes = piece;
  }
  block->runs = next;
  gc_unpoison(run, bytes);
  memset((void *)run, 0, bytes);
  *from = (char *)run;
  return bytes;
}

static size_t take_fresh(JsHeap *heap, GcBlock *block, char **from)
{
  size_t piece = heap->old_bytes + heap->young_bytes < GC_SMALL_HEAP ? GC_SMALL_PIECE : GC_PIECE;
  size_t left = block->end - block->fresh, bytes = piece - piece % block->cell_size;
  if (bytes == 0)
    bytes = block->cell_size;
  if (bytes > left)
    bytes = left;
  *from = block->base + block->fresh;
  gc_unpoison(*from, bytes);
  uint32_t end = block->fresh + (uint32_t)bytes;
  if (block->fresh < block->dirty)
    memset(*from, 0, (block->dirty < end ? block->dirty : end) - block->fresh);
  if (end > block->dirty) {
    size_t pages = (((size_t)end + 4095) & ~(size_t)4095) - (((size_t)block->dirty + 4095) & ~(size_t)4095);
    gc_commit(heap, pages);
    block->dirty = end;
  }
  block->fresh = end;
  return bytes;
}

/* Puts memory in hand for one allocator; false when no block can be had. */
static bool refill(JsHeap *heap, uint32_t number)
{
  GcAllocator *allocator = &heap->allocator[number];
  for (;;) {
    GcBlock *block = allocator->block;
    size_t bytes = 0;
    char *from = NULL;
    if (block && block->runs != GC_NO_RUN)
      bytes = take_run(heap, block, &from);
    else if (block && block->fresh < block->end)
      bytes = take_fresh(heap, block, &from);
    if (bytes) {
      block->has_young = 1;
      heap->young_bytes += bytes;
      heap->allocated_bytes_total += bytes;
      heap->front.window[number] = (GcWindow){from, from + bytes};
      allocator->limit = from + bytes;
      gc_poison(from, bytes);
      if (!heap->single_step)
        gc_unpoison(from, bytes);
      return true;
    }
    if (allocator->available) {
      allocator->block = allocator->available;
      allocator->available = allocator->block->next;
    } else if (allocator->unswept) {
      allocator->block = allocator->unswept;
      allocator->unswept = allocator->block->next;
      if (allocator->block->state == BLOCK_UNSWEPT) /* a cycle that clears marks may have been here */
        gc_sweep_block(heap, allocator->block);
    } else {
      allocator->block = gc_block_take(heap, number);
      if (!allocator->block)
        return false;
    }
  }
}

static void stress(JsHeap *heap)
{
  if (++heap->stress_count < heap->options.stress)
    return;
  heap->stress_count = 0;
  if (heap->phase != GC_IDLE) {
    gc_cycle_step(heap);
    return;
  }
  GcCollectionKind kind = ++heap->stress_collections % heap->options.stress_major == 0 ? GC_MAJOR : GC_MINOR;
  /* Every other round goes by slices. */
  if (heap->stress_collections / heap->options.stress_major % 2)
    gc_cycle_begin(heap, kind);
  else
    gc_collect(heap, kind, "stress");
}

static void *alloc_slow(JsHeap *heap, JsCellKind kind, size_t size)
{
  JS_CHECK(!heap->collecting);
  if (heap->options.stress)
    stress(heap);
  if (size > GC_MAX_SMALL) {
    if (size > SIZE_MAX / 2 || !gc_make_room(heap, size))
      return NULL;
    void *cell = gc_large_alloc(heap, kind, size);
    if (!cell) {
      gc_collect(heap, GC_MAJOR, "last resort");
      cell = gc_large_alloc(heap, kind, size);
    }
    return cell;
  }
  uint32_t number = gc_kind_base[kind] + gc_size_class(size);
  GcWindow *window = &heap->front.window[number];
  GcAllocator *allocator = &heap->allocator[number];
  if (window->next == allocator->limit || heap->pressure) {
    if (!gc_make_room(heap, size))
      return NULL;
  }
  if (window->next == allocator->limit && !refill(heap, number)) {
    gc_collect(heap, GC_MAJOR, "last resort");
    if (!refill(heap, number))
      return NULL;
  }
  uint32_t cell_size = gc_class_size(number % GC_CLASSES);
  JsCell *cell = (JsCell *)window->next;
  window->next += cell_size;
  window->end = heap->single_step ? window->next : allocator->limit;
  if (heap->single_step)
    gc_unpoison(cell, cell_size);
  cell->kind = (uint8_t)kind;
  return cell;
}

void *gc_try_alloc(JsHeap *heap, JsCellKind kind, size_t size)
{
  void *cell = gc_take_cell(heap, kind, size);
  return js_likely(cell != NULL) ? cell : alloc_slow(heap, kind, size);
}

void *gc_alloc(JsHeap *heap, JsCellKind kind, size_t size)
{
  void *cell = gc_try_alloc(heap, kind, size);
  if (js_unlikely(!cell))
    gc_fail_out_of_memory(heap);
  return cell;
}
