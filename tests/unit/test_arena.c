// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "unit.h"

#include <string.h>

UNIT_TEST(arena_alloc_is_aligned_and_accounted)
{
  MemAccount account = {0};
  Arena arena;
  arena_init(&arena, &account, MEM_PARSER);
  for (int k = 1; k < 3000; k++) {
    char *ptr = arena_alloc(&arena, (size_t)k);
    EXPECT(ptr && ((uintptr_t)ptr & 7) == 0);
    memset(ptr, k, (size_t)k);
  }
  EXPECT(account.live[MEM_PARSER] > 3000 * 1500);
  arena_free(&arena);
  EXPECT(account.total == 0);
}

UNIT_TEST(arena_vec_keeps_items_across_growth)
{
  Arena arena;
  arena_init(&arena, NULL, MEM_PARSER);
  ARENA_VEC(int) vec = {0};
  for (int k = 0; k < 1000; k++)
    EXPECT(arena_vec_push(&arena, &vec, k));
  for (int k = 0; k < 1000; k++)
    EXPECT(vec.items[k] == k);
  arena_free(&arena);
}

UNIT_TEST(arena_rewind_gives_back_what_came_after_the_mark)
{
  MemAccount account = {0};
  Arena arena;
  arena_init(&arena, &account, MEM_PARSER);
  ArenaMark empty = arena_mark(&arena);
  char *first = arena_alloc(&arena, 100);
  EXPECT(first != NULL);
  memset(first, 'a', 100);
  ArenaMark mark = arena_mark(&arena);
  size_t peak = 0;
  for (int round = 0; round < 50; round++) {
    for (int k = 0; k < 100; k++) {
      char *ptr = arena_alloc(&arena, 5000);
      EXPECT(ptr != NULL);
      memset(ptr, 'b', 5000);
    }
    arena_rewind(&arena, &mark);
    if (round == 10)
      peak = account.total;
    EXPECT(round < 10 || account.total == peak);
    EXPECT(arena.used == mark.used);
  }
  for (int k = 0; k < 100; k++)
    EXPECT(first[k] == 'a');
  arena_rewind(&arena, &empty);
  EXPECT(arena_alloc(&arena, 10) != NULL);
  arena_free(&arena);
  EXPECT(account.total == 0);
}
