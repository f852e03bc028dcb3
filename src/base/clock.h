// SPDX-License-Identifier: MIT
/*
 * The clocks, behind a hook so that a host or a test can seed time.
 *
 * A Vm or environment owns one Clock and asks nothing else for the time. clock_init gives the system's clocks;
 * clock_init_fixed gives one that stands still until clock_advance moves it.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/check.h"

typedef struct Clock Clock;
struct Clock {
  uint64_t (*monotonic_ns)(const Clock *clock);
  double (*realtime_ms)(const Clock *clock); /* since 1970-01-01 UTC, with a fraction */
  uint64_t fixed_monotonic_ns;
  double fixed_realtime_ms;
  void *opaque; /* the host's, for hooks of its own */
};

void clock_init(Clock *clock);
void clock_init_fixed(Clock *clock, double realtime_ms);
/* For a fixed clock. */
void clock_advance(Clock *clock, uint64_t ns);

static inline uint64_t clock_monotonic_ns(const Clock *clock)
{
  return clock->monotonic_ns(clock);
}

/* Processor time of the calling thread: for budgets, which other processes' turns must not use up. */
uint64_t clock_thread_cpu_ns(void);
/* How long the calling thread was ready to run and had no processor; 0 where the system does not tell. */
uint64_t clock_thread_queued_ns(void);

static inline double clock_realtime_ms(const Clock *clock)
{
  return clock->realtime_ms(clock);
}

#endif
