// SPDX-License-Identifier: MIT
/* The system's clocks and the fixed one: see clock.h. */
#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static uint64_t clock_system_monotonic_ns(const Clock *clock)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static double clock_system_realtime_ms(const Clock *clock)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static uint64_t clock_fixed_monotonic_ns(const Clock *clock)
{
  return clock->fixed_monotonic_ns;
}

static double clock_fixed_realtime_ms(const Clock *clock)
{
  return clock->fixed_realtime_ms;
}

void clock_init(Clock *clock)
{
  *clock = (Clock){.monotonic_ns = clock_system_monotonic_ns, .realtime_ms = clock_system_realtime_ms};
}

void clock_init_fixed(Clock *clock, double realtime_ms)
{
  *clock = (Clock){.monotonic_ns = clock_fixed_monotonic_ns,
                   .realtime_ms = clock_fixed_realtime_ms,
                   .fixed_realtime_ms = realtime_ms};
}

void clock_advance(Clock *clock, uint64_t ns)
{
  clock->fixed_monotonic_ns += ns;
  clock->fixed_realtime_ms += (double)ns / 1e6;
}

uint64_t clock_thread_cpu_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t clock_thread_queued_ns(void)
{
  unsigned long long cpu = 0, queued = 0;
  int fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  char text[96];
  ssize_t len = read(fd, text, sizeof text - 1);
  close(fd);
  if (len <= 0)
    return 0;
  text[len] = 0;
  return sscanf(text, "%llu %llu", &cpu, &queued) == 2 ? queued : 0;
}
