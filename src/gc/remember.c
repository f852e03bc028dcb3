// SPDX-License-Identifier: MIT
/*
 * The remembered set: marked cells that were written to. In a minor collection they are the old cells that may refer to
 * young ones; while a cycle marks in slices they are cells that were traced too early.
 *
 * Of a large cell that is written to word by word each word is noted, so that an array of millions costs neither its
 * length nor its neighbours' cache misses at each collection; it is listed once, and stays without GC_REMEMBERED so
 * that every write comes by.
 */
#include "gc/heap_private.h"

static bool list(JsHeap *heap, JsCell *owner)
{
  if (heap->remembered_count == heap->remembered_capacity) {
    size_t capacity = heap->remembered_capacity ? heap->remembered_capacity * 2 : 256;
    JsCell **remembered = mem_realloc(heap->account, MEM_HEAP_TABLES, heap->remembered,
                                      heap->remembered_capacity * sizeof(JsCell *), capacity * sizeof(JsCell *));
    if (!remembered) {
      heap->remember_overflow = true;
      return false;
    }
    heap->remembered = remembered;
    heap->remembered_capacity = capacity;
  }
  heap->remembered[heap->remembered_count++] = owner;
  return true;
}

JS_COLD void gc_remember(JsHeap *heap, JsCell *owner)
{
  if (list(heap, owner))
    owner->gc |= GC_REMEMBERED;
}

void gc_remember_slot(JsHeap *heap, JsCell *owner, const void *slot)
{
  size_t offset = (size_t)((const char *)slot - (const char *)owner);
  GcLarge *large = gc_large_of(owner);
  if (js_likely(!(owner->gc & GC_LARGE)) || offset >= large->size) {
    gc_remember(heap, owner);
    return;
  }
  if (js_unlikely(!large->listed)) {
    if (!large->cards)
      large->cards = mem_alloc_zeroed(heap->account, MEM_HEAP_TABLES, gc_card_bytes(large));
    if (!large->cards) {
      gc_remember(heap, owner);
      return;
    }
    if (!list(heap, owner))
      return;
    large->listed = true;
  }
  large->cards[offset / GC_CARD_WORD_SPAN] |= (uint64_t)1 << (offset / sizeof(JsSlot) % 64);
}

bool gc_is_remembered(JsCell *cell)
{
  return (cell->gc & GC_REMEMBERED) || ((cell->gc & GC_LARGE) && gc_large_of(cell)->listed);
}

static void forget_cards(GcLarge *large)
{
  large->listed = false;
  if (large->cards)
    memset(large->cards, 0, gc_card_bytes(large));
}

/* Takes the first run of bits out of a word that is not 0. */
static uint32_t take_bits(uint64_t *word, uint32_t *count)
{
  uint32_t from = (uint32_t)__builtin_ctzll(*word);
  uint64_t gap = ~(*word >> from);
  *count = gap ? (uint32_t)__builtin_ctzll(gap) : 64;
  *word &= *count == 64 ? 0 : ~((((uint64_t)1 << *count) - 1) << from);
  return from;
}

/* Parts or cells between two looks at the clock: some 20 microseconds. */
enum { TRACES_PER_LOOK = 256 };

/* The words of a large cell that were written to; false: out of time, the rest stays noted. */
static bool trace_cards(JsTracer *tracer, JsCell *cell, GcLarge *large, uint64_t deadline_ns)
{
  size_t words = gc_card_bytes(large) / sizeof(uint64_t), parts = 0;
  for (size_t k = 0; k < words; k++) {
    while (large->cards[k]) {
      uint32_t count, bit = take_bits(&large->cards[k], &count);
      size_t from = k * GC_CARD_WORD_SPAN + bit * sizeof(JsSlot);
      if (!gc_trace_part(tracer, cell, from, from + count * sizeof(JsSlot))) {
        forget_cards(large); /* that was all of it */
        return true;
      }
      if (++parts % TRACES_PER_LOOK == 0 && clock_thread_cpu_ns() >= deadline_ns)
        return false;
    }
  }
  large->listed = false;
  return true;
}

bool gc_mark_remembered(JsHeap *heap, uint64_t deadline_ns)
{
  JsTracer *tracer = &heap->tracer;
  while (heap->remembered_count) {
    JsCell *owner = heap->remembered[heap->remembered_count - 1];
    GcLarge *large = owner->gc & GC_LARGE ? gc_large_of(owner) : NULL;
    bool whole = owner->gc & GC_REMEMBERED;
    if (!whole && large && large->listed && !trace_cards(tracer, owner, large, deadline_ns))
      return false;
    heap->remembered_count--;
    owner->gc &= (uint8_t)~GC_REMEMBERED;
    if (whole && large)
      forget_cards(large);
    if (whole)
      gc_trace_marked(tracer, owner);
    if (heap->remembered_count % TRACES_PER_LOOK == 0 && clock_thread_cpu_ns() >= deadline_ns)
      break;
  }
  return heap->remembered_count == 0;
}

/* Drops the set: all marks are about to be cleared. */
void gc_forget_remembered(JsHeap *heap)
{
  for (size_t k = 0; k < heap->remembered_count; k++) {
    JsCell *owner = heap->remembered[k];
    owner->gc &= (uint8_t)~GC_REMEMBERED;
    if (owner->gc & GC_LARGE)
      forget_cards(gc_large_of(owner));
  }
  heap->remembered_count = 0;
  heap->remember_overflow = false;
}
