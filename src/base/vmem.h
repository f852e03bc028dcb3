// SPDX-License-Identifier: MIT
/*
 * Pages from the operating system: reserve address space, commit, decommit, release, protect.
 *
 * Sizes and addresses given to these functions are multiples of vmem_page_size(). Reserved pages fault until committed;
 * committed pages read as zero until written; decommitting gives the memory back and keeps the address space (pages
 * must be committed again before use).
 */
#ifndef BASE_VMEM_H
#define BASE_VMEM_H

#include "base/check.h"

typedef enum {
  VMEM_NONE,
  VMEM_READ,
  VMEM_READ_WRITE,
  VMEM_READ_EXECUTE,
} VmemProtection;

size_t vmem_page_size(void);
/* size rounded up to whole pages. */
size_t vmem_round_up(size_t size);

/* Address space only; NULL when refused. alignment is a power of two, at least a page (0: a page). */
JS_MUST_USE void *vmem_reserve(size_t size, size_t alignment);
/* Reserve and commit in one step. */
JS_MUST_USE void *vmem_alloc(size_t size, size_t alignment);
JS_MUST_USE bool vmem_commit(void *address, size_t size);
void vmem_decommit(void *address, size_t size);
/* Gives the memory back; the pages stay committed and read as zero when touched again. Cheaper than
 * vmem_decommit for blocks that are likely to be used again. */
void vmem_discard(void *address, size_t size);
/* Any page-aligned part of a reservation, or all of it. */
void vmem_release(void *address, size_t size);
JS_MUST_USE bool vmem_protect(void *address, size_t size, VmemProtection protection);

#endif
