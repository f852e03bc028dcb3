// SPDX-License-Identifier: MIT
/* Chunked bump allocation: see arena.h. */
#include "base/arena.h"

#include <string.h>

struct ArenaChunk {
  ArenaChunk *older;
  size_t size; /* whole chunk, bytes */
};

/* First chunk 4 KiB (most scripts' inner parses fit), doubling up to 256 KiB, as large requests get a chunk of their
 * own. */
enum { ARENA_FIRST_CHUNK = 4096, ARENA_MAX_CHUNK = 256 * 1024 };

void arena_init(Arena *arena, MemAccount *account, MemTag tag)
{
  *arena = (Arena){.account = account, .tag = tag};
}

void arena_free(Arena *arena)
{
  ArenaChunk *chunk = arena->chunks;
  while (chunk) {
    ArenaChunk *older = chunk->older;
    mem_free(arena->account, arena->tag, chunk, chunk->size);
    chunk = older;
  }
  if (arena->spare)
    mem_free(arena->account, arena->tag, arena->spare, arena->spare->size);
  arena_init(arena, arena->account, arena->tag);
}

void arena_rewind(Arena *arena, const ArenaMark *mark)
{
  while (arena->chunks != mark->chunk) {
    ArenaChunk *chunk = arena->chunks;
    arena->chunks = chunk->older;
    /* The largest is kept: a mark near a chunk's end would otherwise have the system asked again and again. */
    if (arena->spare && arena->spare->size < chunk->size) {
      mem_free(arena->account, arena->tag, arena->spare, arena->spare->size);
      arena->spare = NULL;
    }
    if (arena->spare)
      mem_free(arena->account, arena->tag, chunk, chunk->size);
    else
      arena->spare = chunk;
  }
  arena->next = mark->next;
  arena->limit = mark->chunk ? (char *)mark->chunk + mark->chunk->size : mark->next;
  arena->used = mark->used;
}

void *arena_alloc_slow(Arena *arena, size_t size)
{
  size_t want = arena->chunks ? arena->chunks->size * 2 : ARENA_FIRST_CHUNK;
  if (want > ARENA_MAX_CHUNK)
    want = ARENA_MAX_CHUNK;
  if (size > SIZE_MAX / 2) {
    arena->failed = true;
    return NULL;
  }
  if (want < size + sizeof(ArenaChunk))
    want = size + sizeof(ArenaChunk);
  ArenaChunk *chunk;
  if (arena->spare && arena->spare->size >= want) {
    chunk = arena->spare;
    want = chunk->size;
    arena->spare = NULL;
  } else {
    chunk = mem_alloc(arena->account, arena->tag, want);
  }
  if (!chunk) {
    arena->failed = true;
    return NULL;
  }
  chunk->older = arena->chunks;
  chunk->size = want;
  arena->chunks = chunk;
  arena->next = (char *)(chunk + 1) + size;
  arena->limit = (char *)chunk + want;
  arena->used += size;
  return chunk + 1;
}

void *arena_alloc_zeroed(Arena *arena, size_t size)
{
  void *ptr = arena_alloc(arena, size);
  if (ptr)
    memset(ptr, 0, size);
  return ptr;
}

char *arena_copy(Arena *arena, const void *bytes, size_t len)
{
  char *copy = arena_alloc(arena, len + 1);
  if (copy) {
    if (len)
      memcpy(copy, bytes, len);
    copy[len] = 0;
  }
  return copy;
}

bool arena_vec_grow(Arena *arena, void **items, uint32_t *cap, size_t item_size)
{
  if (*cap > UINT32_MAX / 2)
    return false;
  uint32_t new_cap = *cap ? *cap * 2 : 4;
  void *grown = arena_alloc(arena, item_size * new_cap);
  if (!grown)
    return false;
  if (*cap)
    memcpy(grown, *items, item_size * *cap);
  *items = grown;
  *cap = new_cap;
  return true;
}
