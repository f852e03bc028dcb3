// SPDX-License-Identifier: MIT
/* Page operations over mmap: see vmem.h. */
#include "base/vmem.h"

#include <sys/mman.h>
#include <unistd.h>

size_t vmem_page_size(void)
{
  long size = sysconf(_SC_PAGESIZE);
  return size > 0 ? (size_t)size : 4096;
}

size_t vmem_round_up(size_t size)
{
  size_t page = vmem_page_size();
  return (size + page - 1) & ~(page - 1);
}

static void *vmem_map(size_t size, size_t alignment, int protection)
{
  size_t page = vmem_page_size();
  if (alignment <= page) {
    void *address = mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return address == MAP_FAILED ? NULL : address;
  }
  if (size > SIZE_MAX - alignment)
    return NULL;
  /* Map enough to hold an aligned run, then give the two ends back. */
  size_t whole = size + alignment - page;
  char *base = mmap(NULL, whole, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED)
    return NULL;
  uintptr_t aligned = ((uintptr_t)base + alignment - 1) & ~(uintptr_t)(alignment - 1);
  size_t head = aligned - (uintptr_t)base, tail = whole - head - size;
  if (head)
    munmap(base, head);
  if (tail)
    munmap((char *)aligned + size, tail);
  return (void *)aligned;
}

void *vmem_reserve(size_t size, size_t alignment)
{
  return vmem_map(size, alignment, PROT_NONE);
}

void *vmem_alloc(size_t size, size_t alignment)
{
  return vmem_map(size, alignment, PROT_READ | PROT_WRITE);
}

bool vmem_commit(void *address, size_t size)
{
  return mprotect(address, size, PROT_READ | PROT_WRITE) == 0;
}

void vmem_decommit(void *address, size_t size)
{
  /* The memory goes first: were the order reversed, a failed madvise would keep it. */
  madvise(address, size, MADV_DONTNEED);
  mprotect(address, size, PROT_NONE);
}

void vmem_discard(void *address, size_t size)
{
  madvise(address, size, MADV_DONTNEED);
}

void vmem_release(void *address, size_t size)
{
  munmap(address, size);
}

bool vmem_protect(void *address, size_t size, VmemProtection protection)
{
  static const int flags[] = {[VMEM_NONE] = PROT_NONE,
                              [VMEM_READ] = PROT_READ,
                              [VMEM_READ_WRITE] = PROT_READ | PROT_WRITE,
                              [VMEM_READ_EXECUTE] = PROT_READ | PROT_EXEC};
  return mprotect(address, size, flags[protection]) == 0;
}
