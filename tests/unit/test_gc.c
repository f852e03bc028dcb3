// SPDX-License-Identifier: MIT
/* The collector alone: reachability, the remembered set, weak sources, large objects, limits. Cells are JsElements. */
#include "unit.h"

#include "object/object.h"

static JsElements *new_list(JsHeap *heap, uint32_t length)
{
  JsElements *list = gc_alloc(heap, CELL_ELEMENTS, sizeof(JsElements) + length * sizeof(JsSlot));
  list->length = list->capacity = length;
  return list;
}

/* A chain of `count` lists, each holding the next in slot 0; built from the far end. */
static JS_NOINLINE JsElements *new_chain(JsHeap *heap, int count)
{
  JsElements *chain = NULL;
  for (int k = 0; k < count; k++) {
    JsElements *list = new_list(heap, 1);
    slot_init(&list->v[0], js_from_cell(chain));
    chain = list;
  }
  return chain;
}

static int chain_length(JsElements *chain)
{
  int count = 0;
  for (; chain; chain = (JsElements *)js_as_cell(slot_get(chain->v[0])))
    count++;
  return count;
}

/* Overwrites what returned calls left on the stack: the scan would believe it. */
static JS_NOINLINE void clear_stack(void)
{
  volatile char below[8192];
  for (size_t k = 0; k < sizeof below; k++)
    below[k] = 0;
}

static JsHeap *new_heap(size_t nursery_bytes)
{
  JsHeapOptions options = {.nursery_bytes = nursery_bytes, .verify = true, .scribble = true};
  return gc_heap_new(&options, NULL);
}

UNIT_TEST(gc_keeps_what_is_rooted_and_frees_the_rest)
{
  JsHeap *heap = new_heap(64 << 10);
  JsRoot root = {0};
  gc_root_add(heap, &root, js_from_cell(new_chain(heap, 5000)), "test");
  for (int k = 0; k < 200; k++)
    (void)!new_chain(heap, 1000);
  gc_collect_major(heap);
  EXPECT(chain_length((JsElements *)js_as_cell(root.val)) == 5000);
  JsHeapStats stats;
  gc_heap_stats(heap, &stats);
  EXPECT(stats.minor_count > 10);
  EXPECT(stats.live_bytes < (size_t)7000 * 64);
  gc_root_remove(heap, &root);
  gc_heap_free(heap);
}

UNIT_TEST(gc_remembers_old_cells_that_refer_to_young_ones)
{
  JsHeap *heap = new_heap(64 << 10);
  JsRoot root = {0};
  JsElements *table = new_list(heap, 3000); /* a large object */
  gc_root_add(heap, &root, js_from_cell(table), "test");
  gc_collect_minor(heap);
  EXPECT(table->cell.gc & GC_MARKED);
  for (int k = 0; k < 60000; k++)
    slot_set(heap, table, &table->v[k % 3000], js_from_cell(new_chain(heap, 2)));
  for (int k = 0; k < 3000; k++)
    EXPECT(chain_length((JsElements *)js_as_cell(slot_get(table->v[k]))) == 2);
  gc_root_remove(heap, &root);
  gc_heap_free(heap);
}

UNIT_TEST(gc_finds_cells_by_interior_addresses)
{
  JsHeap *heap = new_heap(0);
  JsElements *small = new_list(heap, 3), *large = new_list(heap, 100000);
  EXPECT(gc_find_cell(heap, small) == &small->cell);
  EXPECT(gc_find_cell(heap, &small->v[2]) == &small->cell);
  EXPECT(gc_find_cell(heap, &large->v[99999]) == &large->cell);
  EXPECT(gc_find_cell(heap, heap) == NULL);
  EXPECT(gc_find_cell(heap, &small) == NULL);
  EXPECT(gc_cell_size(small) >= sizeof(JsElements) + 24 && gc_cell_size(large) >= 800000);
  gc_heap_free(heap);
}

typedef struct WeakTest {
  JsElements *target;
  int deaths;
} WeakTest;

static void weak_sweep(JsHeap *heap, void *opaque)
{
  WeakTest *test = opaque;
  if (test->target && !gc_is_live(heap, test->target)) {
    test->target = NULL;
    test->deaths++;
  }
}

static JS_NOINLINE void make_weak(JsHeap *heap, WeakTest *test)
{
  test->target = new_list(heap, 4);
}

UNIT_TEST(gc_tells_weak_sources_what_died)
{
  JsHeap *heap = new_heap(64 << 10);
  WeakTest *test = mem_alloc_zeroed(NULL, MEM_SCRATCH, sizeof *test); /* out of the stack scan's sight */
  JsWeakSource source = {weak_sweep, NULL, test};
  gc_add_weak_source(heap, &source);
  /* Stale words on the stack may keep one alive: of many, most must die. */
  for (int k = 0; k < 20; k++) {
    make_weak(heap, test);
    clear_stack();
    gc_collect_minor(heap);
  }
  EXPECT(test->deaths > 10);
  gc_remove_weak_source(heap, &source);
  gc_heap_free(heap);
  mem_free(NULL, MEM_SCRATCH, test, sizeof *test);
}

UNIT_TEST(gc_refuses_what_the_limit_forbids)
{
  JsHeapOptions options = {.max_old_bytes = 16 << 20};
  JsHeap *heap = gc_heap_new(&options, NULL);
  EXPECT(gc_try_alloc(heap, CELL_ELEMENTS, (size_t)64 << 20) == NULL);
  EXPECT(gc_try_alloc(heap, CELL_ELEMENTS, SIZE_MAX - 100) == NULL);
  void *fits = gc_try_alloc(heap, CELL_ELEMENTS, (size_t)4 << 20);
  EXPECT(fits != NULL);
  gc_heap_free(heap);
}

UNIT_TEST(gc_gives_memory_back)
{
  MemAccount account = {0};
  JsHeap *heap = gc_heap_new(NULL, &account);
  JsRoot root = {0};
  gc_root_add(heap, &root, js_from_cell(new_chain(heap, 1000000)), "test");
  JsHeapStats before, after;
  gc_heap_stats(heap, &before);
  gc_root_remove(heap, &root);
  clear_stack();
  gc_collect_major(heap);
  gc_heap_stats(heap, &after);
  EXPECT(before.committed_bytes > (size_t)30 << 20);
  EXPECT(after.committed_bytes < (size_t)12 << 20);
  gc_heap_free(heap);
  EXPECT(account.total == 0);
}
