// SPDX-License-Identifier: MIT
/*
 * Chunks and blocks: where small cells live, and the question "which cell is at this address?".
 *
 * A chunk is mapped whole and costs memory only where it was written. A block that becomes empty keeps its pages for
 * the next use until gc_blocks_trim gives them back; a chunk all of whose blocks were given back is unmapped.
 */
#include "gc/heap_private.h"

#include "base/hash.h"
#include "base/vmem.h"

void gc_commit(JsHeap *heap, size_t bytes)
{
  heap->committed_bytes += bytes;
  mem_account_add(heap->account, MEM_HEAP, bytes);
}

void gc_uncommit(JsHeap *heap, size_t bytes)
{
  heap->committed_bytes -= bytes;
  mem_account_sub(heap->account, MEM_HEAP, bytes);
}

static uint32_t chunk_slot(JsHeap *heap, uintptr_t base)
{
  return (uint32_t)hash_u64(base) & heap->chunk_hash_mask;
}

GcChunk *gc_find_chunk(JsHeap *heap, uintptr_t address)
{
  uintptr_t base = address & ~(uintptr_t)(GC_CHUNK_BYTES - 1);
  if (!heap->chunk_hash)
    return NULL;
  for (uint32_t k = chunk_slot(heap, base); heap->chunk_hash[k]; k = (k + 1) & heap->chunk_hash_mask) {
    GcChunk *chunk = heap->chunks[heap->chunk_hash[k] - 1];
    if ((uintptr_t)chunk == base)
      return chunk;
  }
  return NULL;
}

static void chunk_hash_fill(JsHeap *heap)
{
  memset(heap->chunk_hash, 0, ((size_t)heap->chunk_hash_mask + 1) * sizeof(uint32_t));
  for (uint32_t n = 0; n < heap->chunk_count; n++) {
    uint32_t k = chunk_slot(heap, (uintptr_t)heap->chunks[n]);
    while (heap->chunk_hash[k])
      k = (k + 1) & heap->chunk_hash_mask;
    heap->chunk_hash[k] = n + 1;
  }
}

/* Room in both tables for one more chunk; the hash stays at most half full. */
static bool chunk_tables_reserve(JsHeap *heap)
{
  if (heap->chunk_count < heap->chunk_capacity)
    return true;
  uint32_t capacity = heap->chunk_capacity ? heap->chunk_capacity * 2 : 8;
  size_t hash_bytes = (size_t)capacity * 2 * sizeof(uint32_t);
  uint32_t *hash = mem_alloc(heap->account, MEM_HEAP_TABLES, hash_bytes);
  if (!hash)
    return false;
  GcChunk **chunks = mem_realloc(heap->account, MEM_HEAP_TABLES, heap->chunks, heap->chunk_capacity * sizeof(GcChunk *),
                                 capacity * sizeof(GcChunk *));
  if (!chunks) {
    mem_free(heap->account, MEM_HEAP_TABLES, hash, hash_bytes);
    return false;
  }
  mem_free(heap->account, MEM_HEAP_TABLES, heap->chunk_hash,
           heap->chunk_hash ? ((size_t)heap->chunk_hash_mask + 1) * sizeof(uint32_t) : 0);
  heap->chunks = chunks;
  heap->chunk_capacity = capacity;
  heap->chunk_hash = hash;
  heap->chunk_hash_mask = capacity * 2 - 1;
  chunk_hash_fill(heap);
  return true;
}

static void push_free_block(JsHeap *heap, GcBlock *block)
{
  block->next = heap->free_blocks;
  heap->free_blocks = block;
  heap->free_count++;
}

static bool chunk_new(JsHeap *heap)
{
  if (!chunk_tables_reserve(heap))
    return false;
  GcChunk *chunk = vmem_alloc(GC_CHUNK_BYTES, GC_CHUNK_BYTES);
  if (!chunk)
    return false;
  gc_commit(heap, vmem_page_size());
  chunk->index = heap->chunk_count;
  heap->chunks[heap->chunk_count++] = chunk;
  chunk_hash_fill(heap);
  for (int k = GC_CHUNK_BLOCKS - 1; k >= 0; k--) {
    GcBlock *block = &chunk->block[k];
    block->base = (char *)chunk + (size_t)k * GC_BLOCK_BYTES;
    block->state = BLOCK_FREE;
    block->first = block->dirty = k ? 0 : GC_CHUNK_HEAD;
    gc_poison(block->base + block->first, GC_BLOCK_BYTES - block->first);
    push_free_block(heap, block);
  }
  if ((uintptr_t)chunk < heap->lowest)
    heap->lowest = (uintptr_t)chunk;
  if ((uintptr_t)chunk + GC_CHUNK_BYTES > heap->highest)
    heap->highest = (uintptr_t)chunk + GC_CHUNK_BYTES;
  return true;
}

GcBlock *gc_block_take(JsHeap *heap, uint32_t allocator)
{
  if (!heap->free_blocks && !chunk_new(heap))
    return NULL;
  GcBlock *block = heap->free_blocks;
  heap->free_blocks = block->next;
  heap->free_count--;
  uint32_t cell_size = gc_class_size(allocator % GC_CLASSES);
  block->next = NULL;
  block->cell_size = cell_size;
  block->reciprocal = (uint32_t)(((1ull << 32) + cell_size - 1) / cell_size);
  block->count = (uint32_t)(GC_BLOCK_BYTES - block->first) / cell_size;
  block->fresh = block->first;
  block->end = block->first + block->count * cell_size;
  block->live = 0;
  block->runs = GC_NO_RUN;
  block->state = BLOCK_SWEPT;
  block->has_young = 0;
  block->allocator = (uint8_t)allocator;
  gc_chunk_of(block)->blocks_used++;
  return block;
}

void gc_block_free(JsHeap *heap, GcBlock *block)
{
  if (heap->options.scribble) {
    gc_unpoison(block->base + block->first, block->fresh - block->first);
    memset(block->base + block->first, GC_SCRIBBLE, block->fresh - block->first);
  }
  gc_poison(block->base + block->first, GC_BLOCK_BYTES - block->first);
  block->state = BLOCK_FREE;
  block->has_young = 0;
  gc_chunk_of(block)->blocks_used--;
  push_free_block(heap, block);
}

static void block_discard(JsHeap *heap, GcBlock *block)
{
  /* The page that holds the chunk's head stays. */
  uint32_t from = block->first ? (uint32_t)vmem_round_up(block->first) : 0, to = (uint32_t)vmem_round_up(block->dirty);
  if (to <= from)
    return;
  vmem_discard(block->base + from, to - from);
  gc_uncommit(heap, to - from);
  /* What lies between the head and the first discarded page is still dirty. */
  block->dirty = from;
}

static void chunk_release(JsHeap *heap, GcChunk *chunk)
{
  for (int k = 0; k < GC_CHUNK_BLOCKS; k++)
    block_discard(heap, &chunk->block[k]);
  gc_uncommit(heap, vmem_page_size());
  GcChunk *last = heap->chunks[--heap->chunk_count];
  heap->chunks[chunk->index] = last;
  last->index = chunk->index;
  gc_unpoison(chunk, GC_CHUNK_BYTES);
  vmem_release(chunk, GC_CHUNK_BYTES);
}

void gc_blocks_trim(JsHeap *heap, uint32_t keep, uint32_t most)
{
  if (heap->free_count <= keep)
    return;
  GcBlock *blocks = heap->free_blocks, *next, *kept = NULL;
  uint32_t excess = heap->free_count - keep < most ? heap->free_count - keep : most;
  bool released = false;
  heap->free_blocks = NULL;
  heap->free_count = 0;
  for (GcBlock *block = blocks; block; block = next) {
    next = block->next;
    if (excess && block->dirty > block->first) {
      block_discard(heap, block);
      excess--;
    }
    block->next = kept;
    kept = block;
  }
  /* Chunks without used blocks go back whole, but for one chunk's worth of blocks that someone will need soon. */
  for (uint32_t n = heap->chunk_count; n-- > 1;) {
    GcChunk *chunk = heap->chunks[n];
    bool clean = chunk->blocks_used == 0;
    for (int k = 0; clean && k < GC_CHUNK_BLOCKS; k++)
      clean = chunk->block[k].dirty <= vmem_page_size();
    if (clean) {
      for (GcBlock **link = &kept; *link;) {
        if (gc_chunk_of(*link) == chunk)
          *link = (*link)->next;
        else
          link = &(*link)->next;
      }
      chunk_release(heap, chunk);
      released = true;
    }
  }
  for (GcBlock *block = kept; block; block = next) {
    next = block->next;
    push_free_block(heap, block);
  }
  if (released)
    chunk_hash_fill(heap);
}

bool gc_blocks_to_trim(JsHeap *heap, uint32_t keep)
{
  uint32_t holding = 0;
  for (GcBlock *block = heap->free_blocks; block && holding <= keep; block = block->next)
    holding += block->dirty > block->first;
  return holding > keep;
}

void gc_blocks_release_all(JsHeap *heap)
{
  while (heap->chunk_count)
    chunk_release(heap, heap->chunks[heap->chunk_count - 1]);
  mem_free(heap->account, MEM_HEAP_TABLES, heap->chunks, heap->chunk_capacity * sizeof(GcChunk *));
  mem_free(heap->account, MEM_HEAP_TABLES, heap->chunk_hash,
           heap->chunk_hash ? ((size_t)heap->chunk_hash_mask + 1) * sizeof(uint32_t) : 0);
  heap->chunks = NULL;
  heap->chunk_hash = NULL;
  heap->free_blocks = NULL;
  heap->chunk_capacity = heap->free_count = 0;
}

GC_UNCHECKED JsCell *gc_find_cell(JsHeap *heap, const void *address)
{
  uintptr_t at = (uintptr_t)address;
  if (at < heap->lowest || at >= heap->highest)
    return NULL;
  GcChunk *chunk = gc_find_chunk(heap, at);
  if (!chunk) {
    GcLarge *large = gc_large_find(heap, at);
    return large ? (JsCell *)(large + 1) : NULL;
  }
  GcBlock *block = &chunk->block[(at >> 16) & (GC_CHUNK_BLOCKS - 1)];
  uint32_t offset = (uint32_t)(at & (GC_BLOCK_BYTES - 1));
  if (block->state == BLOCK_FREE || offset < block->first || offset >= block->fresh)
    return NULL;
  uint32_t index = (uint32_t)(((uint64_t)(offset - block->first) * block->reciprocal) >> 32);
  JsCell *cell = (JsCell *)(block->base + block->first + (size_t)index * block->cell_size);
  if (cell->kind == CELL_FREE || (block->state == BLOCK_UNSWEPT && !(cell->gc & GC_MARKED)))
    return NULL;
  return cell;
}

size_t gc_cell_size(const void *cell)
{
  if (((const JsCell *)cell)->gc & GC_LARGE)
    return ((const GcLarge *)cell - 1)->size;
  return gc_block_of(cell)->cell_size;
}

GC_UNCHECKED void gc_walk(JsHeap *heap, void (*visit)(JsHeap *heap, JsCell *cell, void *opaque), void *opaque)
{
  for (uint32_t n = 0; n < heap->chunk_count; n++) {
    for (int k = 0; k < GC_CHUNK_BLOCKS; k++) {
      GcBlock *block = &heap->chunks[n]->block[k];
      if (block->state == BLOCK_FREE)
        continue;
      for (uint32_t offset = block->first; offset < block->fresh; offset += block->cell_size) {
        JsCell *cell = (JsCell *)(block->base + offset);
        if (cell->kind != CELL_FREE)
          visit(heap, cell, opaque);
      }
    }
  }
  for (size_t n = 0; n < heap->large_count; n++)
    visit(heap, (JsCell *)(heap->large[n] + 1), opaque);
}
