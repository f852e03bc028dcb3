// SPDX-License-Identifier: MIT
/*
 * The current thread's C stack: its bounds, for recursion checks and for the collector's conservative scan.
 *
 * The stack grows down: low is the last usable byte's address, high is one past the oldest byte. Stack overflow checks
 * compare stack_pointer() with a limit computed once per thread: bounds.low plus a reserve for what must still run.
 */
#ifndef BASE_STACK_H
#define BASE_STACK_H

#include "base/check.h"

typedef struct StackBounds {
  uintptr_t low;
  uintptr_t high;
} StackBounds;

/* False when the system will not say; *bounds is then a guess of 256 KiB below the caller's frame.
 * For the main thread, whose stack grows on demand, low follows the soft limit RLIMIT_STACK (64 MiB when unlimited). */
bool stack_bounds(StackBounds *bounds);

/* An address in the caller's frame. */
JS_INLINE uintptr_t stack_pointer(void)
{
  return (uintptr_t)__builtin_frame_address(0);
}

#endif
