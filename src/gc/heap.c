// SPDX-License-Identifier: MIT
/* The heap's life: making and freeing it, roots and weak sources, statistics, visits. The rest of the folder works on
 * it. */
#include "gc/heap_private.h"

#include <unistd.h>

_Static_assert(offsetof(JsHeap, front.face) == 0, "the object layer lays its words over the beginning");

/* HOST: default heap limit. */
#define GC_LIMIT_MAX ((size_t)4 << 30)
#define GC_LIMIT_MIN ((size_t)1 << 20)
/* With --gc-stress every so many-th collection is major. */
#define GC_STRESS_MAJOR 8

static size_t default_limit(void)
{
  long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0)
    return GC_LIMIT_MAX / 4;
  size_t quarter = (size_t)pages * (size_t)page_bytes / 4;
  return quarter < GC_LIMIT_MAX ? quarter : GC_LIMIT_MAX;
}

JsHeap *gc_heap_new(const JsHeapOptions *options, MemAccount *account)
{
  JsHeap *heap = mem_alloc_zeroed(account, MEM_HEAP_TABLES, sizeof(JsHeap));
  if (!heap)
    return NULL;
  if (options)
    heap->options = *options;
  if (!heap->options.max_old_bytes)
    heap->options.max_old_bytes = default_limit();
  if (heap->options.max_old_bytes < GC_LIMIT_MIN)
    heap->options.max_old_bytes = GC_LIMIT_MIN;
  if (!heap->options.stress_major)
    heap->options.stress_major = GC_STRESS_MAJOR;
  heap->account = account;
  heap->lowest = UINTPTR_MAX;
  heap->tracer.heap = heap;
#ifdef GC_ASAN
  heap->single_step = true;
#else
  heap->single_step = heap->options.stress != 0;
#endif
  clock_init(&heap->clock);
  heap->started_ns = heap->last_end_ns = clock_monotonic_ns(&heap->clock);
  gc_policy_init(heap);
  gc_heap_enter_thread(heap);
  return heap;
}

static void finalise_cell(JsHeap *heap, JsCell *cell, void *opaque)
{
  if (!(cell->gc & GC_LARGE) && gc_kinds[cell->kind].finalise)
    gc_kinds[cell->kind].finalise(heap, cell);
}

void gc_heap_free(JsHeap *heap)
{
  if (!heap)
    return;
  heap->collecting = true;
  gc_walk(heap, finalise_cell, NULL);
  gc_large_free_all(heap);
  gc_blocks_release_all(heap);
  mem_free(heap->account, MEM_HEAP_TABLES, heap->remembered, heap->remembered_capacity * sizeof(JsCell *));
  mem_free(heap->account, MEM_HEAP_TABLES, heap->tracer.partial, heap->tracer.partial_capacity * sizeof(GcPartial));
  mem_free(heap->account, MEM_HEAP_TABLES, heap->tracer.stack, heap->tracer.capacity * sizeof(JsCell *));
  mem_free(heap->account, MEM_HEAP_TABLES, heap, sizeof(JsHeap));
}

void gc_heap_enter_thread(JsHeap *heap)
{
  stack_bounds(&heap->stack);
}

MemAccount *gc_heap_account(JsHeap *heap)
{
  return heap->account;
}

void gc_heap_set_out_of_memory(JsHeap *heap, JsOutOfMemoryFn fn, void *opaque)
{
  heap->out_of_memory = fn;
  heap->out_of_memory_opaque = opaque;
}

void gc_heap_set_near_heap_limit(JsHeap *heap, JsNearHeapLimitFn fn, void *opaque)
{
  heap->near_heap_limit = fn;
  heap->near_heap_limit_opaque = opaque;
}

/* The three intrusive lists: new members go first. */
#define LIST_ADD(head, item)                                                                                           \
  do {                                                                                                                 \
    (item)->prev = NULL;                                                                                               \
    (item)->next = (head);                                                                                             \
    if (head)                                                                                                          \
      (head)->prev = (item);                                                                                           \
    (head) = (item);                                                                                                   \
  } while (0)
#define LIST_REMOVE(head, item)                                                                                        \
  do {                                                                                                                 \
    if ((item)->next)                                                                                                  \
      (item)->next->prev = (item)->prev;                                                                               \
    if ((item)->prev)                                                                                                  \
      (item)->prev->next = (item)->next;                                                                               \
    else                                                                                                               \
      (head) = (item)->next;                                                                                           \
    (item)->next = (item)->prev = NULL;                                                                                \
  } while (0)

void gc_add_root_source(JsHeap *heap, JsRootSource *source)
{
  LIST_ADD(heap->root_sources, source);
}

void gc_remove_root_source(JsHeap *heap, JsRootSource *source)
{
  LIST_REMOVE(heap->root_sources, source);
}

void gc_add_weak_source(JsHeap *heap, JsWeakSource *source)
{
  LIST_ADD(heap->weak_sources, source);
}

void gc_remove_weak_source(JsHeap *heap, JsWeakSource *source)
{
  if (source->is_settled)
    LIST_REMOVE(heap->settled_sources, source);
  else
    LIST_REMOVE(heap->weak_sources, source);
}

void gc_settle_weak_source(JsHeap *heap, JsWeakSource *source)
{
  gc_remove_weak_source(heap, source);
  source->is_settled = true;
  LIST_ADD(heap->settled_sources, source);
}

static bool root_is_added(JsHeap *heap, JsRoot *root)
{
  return root->prev || root->next || heap->roots == root;
}

void gc_root_add(JsHeap *heap, JsRoot *root, JsValue val, const char *name)
{
  root->val = val;
  root->name = name;
  if (!root_is_added(heap, root))
    LIST_ADD(heap->roots, root);
}

void gc_root_remove(JsHeap *heap, JsRoot *root)
{
  if (root_is_added(heap, root))
    LIST_REMOVE(heap->roots, root);
  root->val = JS_HOLE;
}

void gc_heap_stats(JsHeap *heap, JsHeapStats *stats)
{
  size_t unused = gc_unused_window_bytes(heap);
  stats->live_bytes = heap->old_bytes + heap->young_bytes - unused;
  stats->committed_bytes = heap->committed_bytes;
  stats->external_bytes = heap->external_bytes;
  stats->limit_bytes = heap->options.max_old_bytes;
  stats->minor_count = heap->minor_count;
  stats->major_count = heap->major_count;
  stats->pause_ns_total = heap->pause_ns_total;
  stats->pause_ns_max = heap->pause_ns_max;
  stats->allocated_bytes_total = heap->allocated_bytes_total - unused;
}

typedef struct Visit {
  void (*visit)(JsCell *cell, void *opaque);
  void *opaque;
} Visit;

static void visit_cell(JsHeap *heap, JsCell *cell, void *opaque)
{
  Visit *visit = opaque;
  visit->visit(cell, visit->opaque);
}

void gc_each_cell(JsHeap *heap, void (*visit)(JsCell *cell, void *opaque), void *opaque)
{
  Visit each = {visit, opaque};
  gc_finish_sweep(heap);
  gc_walk(heap, visit_cell, &each);
}
