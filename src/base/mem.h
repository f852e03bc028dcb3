// SPDX-License-Identifier: MIT
/*
 * The tagged allocator: every byte outside the garbage-collected heap is accounted to an owner.
 *
 * A MemAccount belongs to one Vm or environment and counts live bytes per tag; it feeds process.memoryUsage(), the heap
 * limit, memory pressure and leak reports. Callers keep sizes, so a block carries no header: mem_free and mem_realloc
 * are told the old size. A NULL account is allowed (tools, tests): nothing is counted.
 *
 * mem_alloc and mem_realloc return NULL only when the system refuses; size 0 gives a unique non-NULL pointer.
 * An account is used by one thread; what other threads allocate goes to an account of theirs.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/check.h"

#define MEM_TAGS(V)                                                                                                    \
  V(PARSER)                                                                                                            \
  V(CODE)                                                                                                              \
  V(REGEXP)                                                                                                            \
  V(HEAP)                                                                                                              \
  V(HEAP_TABLES)                                                                                                       \
  V(ARRAY_BUFFER)                                                                                                      \
  V(COLLECTION)                                                                                                        \
  V(VM)                                                                                                                \
  V(SCRATCH)                                                                                                           \
  V(API)                                                                                                               \
  V(RUNTIME)

typedef enum {
#define V(name) MEM_##name,
  MEM_TAGS(V)
#undef V
      MEM_TAG_COUNT
} MemTag;

typedef struct MemAccount {
  size_t live[MEM_TAG_COUNT]; /* bytes */
  size_t total;               /* bytes, sum of live[] */
} MemAccount;

JS_MUST_USE void *mem_alloc(MemAccount *account, MemTag tag, size_t size);
JS_MUST_USE void *mem_alloc_zeroed(MemAccount *account, MemTag tag, size_t size);
/* On failure returns NULL and leaves ptr valid. ptr may be NULL with old_size 0. */
JS_MUST_USE void *mem_realloc(MemAccount *account, MemTag tag, void *ptr, size_t old_size, size_t new_size);
/* ptr may be NULL with size 0. */
void mem_free(MemAccount *account, MemTag tag, void *ptr, size_t size);

/* For memory that another library allocated on an owner's behalf. */
void mem_account_add(MemAccount *account, MemTag tag, size_t size);
void mem_account_sub(MemAccount *account, MemTag tag, size_t size);

const char *mem_tag_name(MemTag tag);

#endif
