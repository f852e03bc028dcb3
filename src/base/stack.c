// SPDX-License-Identifier: MIT
/* Stack bounds through the thread library: see stack.h. */
#include "base/stack.h"

#include <pthread.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <unistd.h>

/* Believed of a stack whose bounds are unknown. */
#define STACK_GUESS_BYTES ((uintptr_t)256 << 10)
/* Used of an unlimited main-thread stack: more than any program needs, less than what other mappings may occupy. */
#define STACK_UNLIMITED_BYTES ((uintptr_t)64 << 20)

/* The main thread's, without the thread library, which reads all of /proc/self/maps for them: the kernel puts the
 * program's name at the very top. */
static bool main_bounds(uintptr_t here, StackBounds *bounds)
{
  uintptr_t name = getauxval(AT_EXECFN), page = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct rlimit limit;
  if (getpid() != gettid() || !name || getrlimit(RLIMIT_STACK, &limit) != 0)
    return false;
  uintptr_t high = (name + strlen((const char *)name) + page) & ~(page - 1);
  uintptr_t size = limit.rlim_cur == RLIM_INFINITY ? STACK_UNLIMITED_BYTES : limit.rlim_cur;
  if (here >= high || high - here >= size)
    return false;
  *bounds = (StackBounds){.low = high - size, .high = high};
  return true;
}

bool stack_bounds(StackBounds *bounds)
{
  uintptr_t here = stack_pointer();
  if (main_bounds(here, bounds))
    return true;
  pthread_attr_t attr;
  if (pthread_getattr_np(pthread_self(), &attr) == 0) {
    void *address = NULL;
    size_t size = 0, guard = 0;
    bool known = pthread_attr_getstack(&attr, &address, &size) == 0 && size > 0;
    if (pthread_attr_getguardsize(&attr, &guard) != 0)
      guard = 0;
    pthread_attr_destroy(&attr);
    uintptr_t low = (uintptr_t)address, high = low + size;
    if (known && here >= low && here < high) {
      struct rlimit limit;
      bool unlimited = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
      if (unlimited && high - low > STACK_UNLIMITED_BYTES)
        low = high - STACK_UNLIMITED_BYTES;
      /* glibc counts the guard of a created thread inside its stack. */
      if (guard < high - low)
        low += guard;
      bounds->low = low;
      bounds->high = high;
      return true;
    }
  }
  bounds->high = here + 4096;
  bounds->low = here - STACK_GUESS_BYTES;
  return false;
}
