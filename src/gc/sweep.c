// SPDX-License-Identifier: MIT
/*
 * Sweeping: turns dead cells into free runs.
 *
 * After marking every block is sorted by what its count of live cells says, without touching its cells: an empty block
 * is dropped whole, a full one is left alone, the others wait to be swept when their allocator needs room. Blocks of
 * kinds with finalisers are swept at once, so that what the cells hold outside the heap is not kept waiting. In a minor
 * collection only blocks that were allocated into since the last one can have changed.
 */
#include "gc/heap_private.h"

/* A block with fewer free cells than count / this is not worth a visit before the next collection. */
#define GC_WORTH_SWEEPING 16
/* Nor is one in which less than three quarters are free, whose runs are short, as long as all that is passed over so
 * comes to no more than this. */
#define GC_PASSED_OVER_MAX ((size_t)3 << 20)

/* Both as plain functions: the sweeper reads poisoned memory, and inlining across that attribute is refused. */
static GC_UNCHECKED void free_cell(JsHeap *heap, JsCell *cell, uint32_t cell_size)
{
  JsFinaliseFn finalise = gc_kinds[cell->kind].finalise;
  if (finalise)
    finalise(heap, cell);
  if (heap->options.scribble)
    memset(cell, GC_SCRIBBLE, cell_size);
  *(uint64_t *)cell = 0;
}

GC_UNCHECKED void gc_sweep_block(JsHeap *heap, GcBlock *block)
{
  uint32_t cell_size = block->cell_size, fresh = block->fresh;
  uint32_t *link32 = &block->runs;
  uint64_t *link = NULL;
  block->runs = GC_NO_RUN;
  for (uint32_t offset = block->first; offset < fresh;) {
    JsCell *cell = (JsCell *)(block->base + offset);
    if (cell->gc & GC_MARKED) {
      offset += cell_size;
      continue;
    }
    uint32_t from = offset;
    for (; offset < fresh; offset += cell_size) {
      cell = (JsCell *)(block->base + offset);
      if (cell->gc & GC_MARKED)
        break;
      if (cell->kind != CELL_FREE)
        free_cell(heap, cell, cell_size);
      else
        *(uint64_t *)cell = 0;
    }
    GcRun *run = (GcRun *)(block->base + from);
    run->cell.word = offset - from;
    run->next = GC_NO_RUN;
    if (link)
      *link = from;
    else
      *link32 = from;
    link = &run->next;
    gc_poison(run, offset - from);
  }
  block->state = BLOCK_SWEPT;
}

void gc_finish_sweep(JsHeap *heap)
{
  for (int k = 0; k < GC_ALLOCATORS; k++) {
    GcAllocator *allocator = &heap->allocator[k];
    while (allocator->unswept) {
      GcBlock *block = allocator->unswept;
      allocator->unswept = block->next;
      gc_sweep_block(heap, block);
      block->next = allocator->available;
      allocator->available = block;
    }
  }
  /* Those that were not worth a visit. */
  for (uint32_t n = 0; n < heap->chunk_count; n++) {
    for (int k = 0; k < GC_CHUNK_BLOCKS; k++) {
      if (heap->chunks[n]->block[k].state == BLOCK_UNSWEPT)
        gc_sweep_block(heap, &heap->chunks[n]->block[k]);
    }
  }
}

GC_UNCHECKED void gc_clear_chunk(JsHeap *heap, GcChunk *chunk)
{
  for (int k = 0; k < GC_CHUNK_BLOCKS; k++) {
    GcBlock *block = &chunk->block[k];
    if (block->state == BLOCK_FREE)
      continue;
    if (block->state == BLOCK_UNSWEPT)
      gc_sweep_block(heap, block);
    block->live = 0;
    for (uint32_t offset = block->first; offset < block->fresh; offset += block->cell_size)
      ((JsCell *)(block->base + offset))->gc = 0;
  }
}

void gc_clear_large(JsHeap *heap)
{
  for (size_t k = 0; k < heap->large_count; k++)
    gc_large_cell(heap->large[k])->gc = GC_LARGE;
}

void gc_clear_marks(JsHeap *heap)
{
  for (uint32_t n = 0; n < heap->chunk_count; n++)
    gc_clear_chunk(heap, heap->chunks[n]);
  gc_clear_large(heap);
}

static void sort_block(JsHeap *heap, GcBlock *block)
{
  GcAllocator *allocator = &heap->allocator[block->allocator];
  bool finalised = block->allocator >= GC_CLASSES;
  if (block->has_young || heap->major) {
    block->has_young = 0;
    block->state = BLOCK_UNSWEPT;
    if (finalised)
      gc_sweep_block(heap, block);
    if (block->live == 0) {
      gc_block_free(heap, block);
      return;
    }
    if (block->live == block->count) {
      block->state = BLOCK_SWEPT;
      block->runs = GC_NO_RUN;
    }
  }
  uint32_t free_cells = block->count - block->live;
  if (free_cells == 0 || free_cells < block->count / GC_WORTH_SWEEPING)
    return;
  size_t free_bytes = (size_t)free_cells * block->cell_size;
  if (free_cells < block->count - block->count / 4 && heap->passed_over + free_bytes <= GC_PASSED_OVER_MAX) {
    heap->passed_over += free_bytes;
    return;
  }
  if (block->state == BLOCK_UNSWEPT) {
    block->next = allocator->unswept;
    allocator->unswept = block;
  } else {
    block->next = allocator->available;
    allocator->available = block;
  }
}

void gc_sweep_after_mark(JsHeap *heap)
{
  for (int k = 0; k < GC_ALLOCATORS; k++)
    heap->allocator[k].available = heap->allocator[k].unswept = NULL;
  heap->passed_over = 0;
  for (uint32_t n = heap->chunk_count; n-- > 0;) {
    for (int k = GC_CHUNK_BLOCKS - 1; k >= 0; k--) {
      GcBlock *block = &heap->chunks[n]->block[k];
      if (block->state != BLOCK_FREE)
        sort_block(heap, block);
    }
  }
  gc_part_ended(heap, GC_PART_SORT);
  gc_large_sweep(heap);
  gc_part_ended(heap, GC_PART_LARGE);
}
