// SPDX-License-Identifier: MIT
/*
 * Arena: memory freed all at once. The parser's trees, the compiler's scratch, the regexp compiler's nodes live in one.
 *
 * An allocation that the system refuses sets arena->failed and returns NULL; callers may check once at the end of a
 * phase if every write is guarded, or use arena_alloc's NULL at once.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/mem.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
  char *next;
  char *limit;
  ArenaChunk *chunks; /* newest first */
  ArenaChunk *spare;  /* one that a rewind gave back */
  MemAccount *account;
  MemTag tag;
  bool failed;
  size_t used; /* bytes handed out, for limits and statistics */
} Arena;

void arena_init(Arena *arena, MemAccount *account, MemTag tag);
void arena_free(Arena *arena);

/* Slow path of arena_alloc: a new chunk. */
void *arena_alloc_slow(Arena *arena, size_t size);

/* Zeroed? No: contents are undefined. Alignment 8. Returns NULL when out of memory. */
JS_MUST_USE static inline void *arena_alloc(Arena *arena, size_t size)
{
  size = (size + 7) & ~(size_t)7;
  if (js_likely((size_t)(arena->limit - arena->next) >= size)) {
    void *ptr = arena->next;
    arena->next += size;
    arena->used += size;
    return ptr;
  }
  return arena_alloc_slow(arena, size);
}

/* Everything allocated since a mark, vectors that grew included, can be given back at once. */
typedef struct ArenaMark {
  ArenaChunk *chunk;
  char *next;
  size_t used;
} ArenaMark;

static inline ArenaMark arena_mark(const Arena *arena)
{
  return (ArenaMark){arena->chunks, arena->next, arena->used};
}
void arena_rewind(Arena *arena, const ArenaMark *mark);

JS_MUST_USE void *arena_alloc_zeroed(Arena *arena, size_t size);
/* A copy of len bytes with a terminating NUL behind them. */
JS_MUST_USE char *arena_copy(Arena *arena, const void *bytes, size_t len);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc_zeroed((arena), sizeof(type)))
#define ARENA_NEW_ARRAY(arena, type, n) ((type *)arena_alloc_zeroed((arena), sizeof(type) * (size_t)(n)))

/* A growable array whose storage is in an arena; old storage is left behind on growth (at most as much again).
 *   ARENA_VEC(AstNode *) body = {0};
 *   arena_vec_push(arena, &body, node);      false when out of memory
 */
#define ARENA_VEC(type)                                                                                                \
  struct {                                                                                                             \
    type *items;                                                                                                       \
    uint32_t len, cap;                                                                                                 \
  }

bool arena_vec_grow(Arena *arena, void **items, uint32_t *cap, size_t item_size);

#define arena_vec_push(arena, vec, item)                                                                               \
  ({                                                                                                                   \
    bool ok_ =                                                                                                         \
        (vec)->len < (vec)->cap || arena_vec_grow((arena), (void **)&(vec)->items, &(vec)->cap, sizeof *(vec)->items); \
    if (ok_)                                                                                                           \
      (vec)->items[(vec)->len++] = (item);                                                                             \
    ok_;                                                                                                               \
  })

#endif
