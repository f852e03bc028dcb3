// SPDX-License-Identifier: MIT
/*
 * Large objects: one malloc block each. The old ones are kept sorted by address, the young ones behind them; before a
 * collection the young ones are merged in, so that the conservative scan can search by halves, and what survives a
 * collection is old and sorted by construction.
 */
#include "base/vmem.h"
#include "gc/heap_private.h"

#include <stdlib.h>

void *gc_large_alloc(JsHeap *heap, JsCellKind kind, size_t size)
{
  if (heap->large_count == heap->large_capacity) {
    size_t capacity = heap->large_capacity ? heap->large_capacity * 2 : 32;
    GcLarge **large = mem_realloc(heap->account, MEM_HEAP_TABLES, heap->large, heap->large_capacity * sizeof(GcLarge *),
                                  capacity * sizeof(GcLarge *));
    if (!large)
      return NULL;
    heap->large = large;
    heap->large_capacity = capacity;
  }
  size = (size + 15) & ~(size_t)15;
  gc_large_free_dead(heap, 2 * size);
  GcLarge *header = calloc(1, sizeof(GcLarge) + size);
  if (!header)
    return NULL;
  header->size = size;
  gc_commit(heap, sizeof(GcLarge) + size);
  heap->large[heap->large_count++] = header;
  heap->young_bytes += size;
  heap->allocated_bytes_total += size;
  JsCell *cell = gc_large_cell(header);
  cell->kind = (uint8_t)kind;
  cell->gc = GC_LARGE;
  if ((uintptr_t)cell < heap->lowest)
    heap->lowest = (uintptr_t)cell;
  if ((uintptr_t)cell + size > heap->highest)
    heap->highest = (uintptr_t)cell + size;
  return cell;
}

GcLarge *gc_large_find(JsHeap *heap, uintptr_t address)
{
  size_t low = 0, high = heap->large_sorted;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if ((uintptr_t)heap->large[middle] <= address)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0) {
    GcLarge *large = heap->large[low - 1];
    uintptr_t cell = (uintptr_t)(large + 1);
    if (address >= cell && address - cell < large->size)
      return large;
  }
  /* Empty during a collection. */
  for (size_t k = heap->large_sorted; k < heap->large_count; k++) {
    uintptr_t cell = (uintptr_t)(heap->large[k] + 1);
    if (address >= cell && address - cell < heap->large[k]->size)
      return heap->large[k];
  }
  return NULL;
}

static int compare_addresses(const void *a, const void *b)
{
  uintptr_t x = (uintptr_t) * (GcLarge *const *)a, y = (uintptr_t) * (GcLarge *const *)b;
  return x < y ? -1 : x > y;
}

void gc_large_sort(JsHeap *heap)
{
  size_t sorted = heap->large_sorted, young = heap->large_count - sorted;
  if (!young)
    return;
  GcLarge **tail = heap->large + sorted;
  qsort(tail, young, sizeof *tail, compare_addresses);
  size_t bytes = young * sizeof *tail;
  GcLarge **copy = sorted ? mem_alloc(heap->account, MEM_HEAP_TABLES, bytes) : NULL;
  if (copy) { /* merge from the back */
    memcpy(copy, tail, bytes);
    size_t out = heap->large_count;
    for (size_t k = young; k > 0;) {
      if (sorted > 0 && (uintptr_t)heap->large[sorted - 1] > (uintptr_t)copy[k - 1])
        heap->large[--out] = heap->large[--sorted];
      else
        heap->large[--out] = copy[--k];
    }
    mem_free(heap->account, MEM_HEAP_TABLES, copy, bytes);
  } else if (sorted) {
    qsort(heap->large, heap->large_count, sizeof *heap->large, compare_addresses);
  }
  heap->large_sorted = heap->large_count;
}

/* Beyond this the memory of a dead cell is given back piece by piece: a millisecond each at most. */
#define LARGE_PIECE ((size_t)4 << 20)

/* Its finaliser runs now; its memory, which takes its time to give back, may wait. */
static void large_die(JsHeap *heap, GcLarge *large)
{
  JsCell *cell = gc_large_cell(large);
  if (gc_kinds[cell->kind].finalise)
    gc_kinds[cell->kind].finalise(heap, cell);
  if (heap->options.scribble)
    memset(cell, GC_SCRIBBLE, large->size);
  mem_free(heap->account, MEM_HEAP_TABLES, large->cards, large->cards ? gc_card_bytes(large) : 0);
  large->next_dead = heap->large_dead;
  heap->large_dead = large;
}

void gc_large_free_dead(JsHeap *heap, size_t bytes)
{
  for (size_t done = 0; heap->large_dead && done < bytes;) {
    GcLarge *large = heap->large_dead;
    if (large->size > 2 * LARGE_PIECE) {
      /* Whole pages within the cell: what malloc wrote around it stays. */
      char *to = (char *)((uintptr_t)gc_large_cell(large) + large->size - LARGE_PIECE);
      to = (char *)((uintptr_t)to & ~(uintptr_t)(vmem_page_size() - 1));
      vmem_discard(to, LARGE_PIECE);
      large->size -= LARGE_PIECE;
      gc_uncommit(heap, LARGE_PIECE);
      done += LARGE_PIECE;
      continue;
    }
    heap->large_dead = large->next_dead;
    done += large->size;
    gc_uncommit(heap, sizeof(GcLarge) + large->size);
    free(large);
  }
}

void gc_large_sweep(JsHeap *heap)
{
  size_t kept = 0;
  for (size_t k = 0; k < heap->large_count; k++) {
    GcLarge *large = heap->large[k];
    if (gc_large_cell(large)->gc & GC_MARKED)
      heap->large[kept++] = large;
    else
      large_die(heap, large);
  }
  heap->large_count = heap->large_sorted = kept;
  gc_large_free_dead(heap, heap->phase == GC_IDLE ? SIZE_MAX : 2 * LARGE_PIECE);
}

void gc_large_free_all(JsHeap *heap)
{
  for (size_t k = 0; k < heap->large_count; k++)
    large_die(heap, heap->large[k]);
  gc_large_free_dead(heap, SIZE_MAX);
  mem_free(heap->account, MEM_HEAP_TABLES, heap->large, heap->large_capacity * sizeof(GcLarge *));
  heap->large = NULL;
  heap->large_count = heap->large_sorted = heap->large_capacity = 0;
}
