// SPDX-License-Identifier: MIT
/*
 * The remembered set: marked cells that were written to. In a minor collection they are the old cells that may refer to
 * young ones; while a cycle marks in slices they are cells that were traced too early.
 *
 * A large cell that is written to word by word is looked at by cards, so that an array of millions does not cost its
 * length at each collection; it is listed once, and stays without GC_REMEMBERED so that every write comes by.
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
    size_t cards = large->size / GC_CARD_BYTES + 1;
    if (!large->cards)
      large->cards = mem_alloc_zeroed(heap->account, MEM_HEAP_TABLES, cards);
    if (!large->cards) {
      gc_remember(heap, owner);
      return;
    }
    if (!list(heap, owner))
      return;
    large->listed = true;
  }
  large->cards[offset / GC_CARD_BYTES] = 1;
}

bool gc_is_remembered(JsCell *cell)
{
  return (cell->gc & GC_REMEMBERED) || ((cell->gc & GC_LARGE) && gc_large_of(cell)->listed);
}

static void forget_cards(GcLarge *large)
{
  large->listed = false;
  if (large->cards)
    memset(large->cards, 0, large->size / GC_CARD_BYTES + 1);
}

static void trace_cards(JsTracer *tracer, JsCell *cell, GcLarge *large)
{
  size_t count = large->size / GC_CARD_BYTES + 1;
  for (size_t k = 0; k < count;) {
    const uint8_t *dirty = memchr(large->cards + k, 1, count - k);
    if (!dirty)
      return;
    size_t from = (size_t)(dirty - large->cards);
    for (k = from; k < count && large->cards[k]; k++)
      ;
    if (!gc_trace_part(tracer, cell, from * GC_CARD_BYTES, k * GC_CARD_BYTES))
      return; /* that was all of it */
  }
}

/* Traces what was written to. The caller drains. */
void gc_mark_remembered(JsHeap *heap)
{
  JsTracer *tracer = &heap->tracer;
  for (size_t k = 0; k < heap->remembered_count; k++) {
    JsCell *owner = heap->remembered[k];
    GcLarge *large = owner->gc & GC_LARGE ? gc_large_of(owner) : NULL;
    bool whole = owner->gc & GC_REMEMBERED;
    owner->gc &= (uint8_t)~GC_REMEMBERED;
    if (whole)
      gc_trace_marked(tracer, owner);
    else if (large && large->listed)
      trace_cards(tracer, owner, large);
    if (large)
      forget_cards(large);
  }
  heap->remembered_count = 0;
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
