// SPDX-License-Identifier: MIT
/* The tagged allocator over malloc: see mem.h. */
#include "base/mem.h"

#include <stdlib.h>

void mem_account_add(MemAccount *account, MemTag tag, size_t size)
{
  if (account) {
    account->live[tag] += size;
    account->total += size;
  }
}

void mem_account_sub(MemAccount *account, MemTag tag, size_t size)
{
  if (account) {
    JS_ASSERT(account->live[tag] >= size);
    account->live[tag] -= size;
    account->total -= size;
  }
}

void *mem_alloc(MemAccount *account, MemTag tag, size_t size)
{
  void *ptr = malloc(size ? size : 1);
  if (ptr)
    mem_account_add(account, tag, size);
  return ptr;
}

void *mem_alloc_zeroed(MemAccount *account, MemTag tag, size_t size)
{
  void *ptr = calloc(1, size ? size : 1);
  if (ptr)
    mem_account_add(account, tag, size);
  return ptr;
}

void *mem_realloc(MemAccount *account, MemTag tag, void *ptr, size_t old_size, size_t new_size)
{
  void *grown = realloc(ptr, new_size ? new_size : 1);
  if (grown) {
    mem_account_sub(account, tag, old_size);
    mem_account_add(account, tag, new_size);
  }
  return grown;
}

void mem_free(MemAccount *account, MemTag tag, void *ptr, size_t size)
{
  if (!ptr)
    return;
  mem_account_sub(account, tag, size);
  free(ptr);
}

const char *mem_tag_name(MemTag tag)
{
  static const char *const names[] = {
#define V(name) #name,
      MEM_TAGS(V)
#undef V
  };
  return names[tag];
}
