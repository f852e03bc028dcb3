// SPDX-License-Identifier: MIT
/* Cases for the small system faces: vmem, stack, clock, rng. */
#include "base/clock.h"
#include "base/rng.h"
#include "base/stack.h"
#include "base/vmem.h"
#include "unit.h"

#include <pthread.h>
#include <string.h>

UNIT_TEST(vmem_reservation_is_aligned_and_commits_zeroed)
{
  size_t page = vmem_page_size(), align = (size_t)1 << 20;
  EXPECT(vmem_round_up(1) == page && vmem_round_up(page) == page);
  char *base = vmem_reserve(align * 2, align);
  EXPECT(base && ((uintptr_t)base & (align - 1)) == 0);
  EXPECT(vmem_commit(base, page * 4));
  EXPECT(base[page * 4 - 1] == 0);
  memset(base, 0xab, page * 4);
  vmem_discard(base, page);
  EXPECT(base[0] == 0 && (unsigned char)base[page] == 0xab);
  vmem_decommit(base, page * 4);
  EXPECT(vmem_commit(base, page * 4) && base[page] == 0);
  EXPECT(vmem_protect(base, page, VMEM_READ));
  vmem_release(base, align * 2);
  EXPECT(!vmem_reserve(SIZE_MAX & ~(page - 1), align));
}

static void *stack_check_thread(void *ok)
{
  StackBounds bounds;
  uintptr_t here = stack_pointer();
  *(bool *)ok = stack_bounds(&bounds) && bounds.low < here && here < bounds.high && bounds.high - bounds.low >= 100000;
  return NULL;
}

UNIT_TEST(stack_bounds_enclose_this_frame)
{
  bool ok = false;
  stack_check_thread(&ok);
  EXPECT(ok);
  ok = false;
  pthread_t thread;
  EXPECT(pthread_create(&thread, NULL, stack_check_thread, &ok) == 0);
  EXPECT(pthread_join(thread, NULL) == 0);
  EXPECT(ok);
}

UNIT_TEST(clock_system_moves_and_fixed_stands)
{
  Clock clock;
  clock_init(&clock);
  uint64_t first = clock_monotonic_ns(&clock);
  EXPECT(clock_monotonic_ns(&clock) >= first);
  EXPECT(clock_realtime_ms(&clock) > 1.6e12);
  clock_init_fixed(&clock, 1000);
  EXPECT(clock_realtime_ms(&clock) == 1000 && clock_monotonic_ns(&clock) == 0);
  clock_advance(&clock, 2500000);
  EXPECT(clock_realtime_ms(&clock) == 1002.5 && clock_monotonic_ns(&clock) == 2500000);
}

UNIT_TEST(rng_repeats_by_seed_and_is_uniform)
{
  Rng a, b;
  rng_seed(&a, 0);
  rng_seed(&b, 0);
  double sum = 0;
  for (int k = 0; k < 10000; k++) {
    double x = rng_next_double(&a);
    EXPECT(x == rng_next_double(&b) && x >= 0 && x < 1);
    sum += x;
  }
  EXPECT(sum > 4850 && sum < 5150);
  rng_seed_from_system(&b);
  EXPECT(rng_next(&a) != rng_next(&b));
}
