// SPDX-License-Identifier: MIT
/*
 * What people read: a line per collection (--trace-gc) and the fatal report when the heap is full, both worded as
 * Node's.
 */
#include "gc/heap_private.h"

#include <execinfo.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GC_MEGABYTE      ((double)(1 << 20))
#define GC_NATIVE_FRAMES 32

/* The share of time since the last collection that was not spent in this one. */
static double mutator_utilisation(JsHeap *heap, uint64_t begin_ns, uint64_t end_ns)
{
  double whole = (double)(end_ns - heap->last_end_ns);
  return whole > 0 ? (double)(begin_ns - heap->last_end_ns) / whole : 0;
}

static void count_pause(JsHeap *heap, uint64_t begin_ns, uint64_t end_ns)
{
  uint64_t pause = end_ns - begin_ns;
  heap->pause_ns_total += pause;
  if (pause > heap->pause_ns_max)
    heap->pause_ns_max = pause;
}

void gc_parts_begin(JsHeap *heap)
{
  if (js_likely(!heap->options.trace))
    return;
  memset(heap->part_ns, 0, sizeof heap->part_ns);
  heap->part_at = clock_thread_cpu_ns();
}

void gc_part_ended(JsHeap *heap, GcPart part)
{
  if (js_likely(!heap->options.trace))
    return;
  uint64_t now = clock_thread_cpu_ns();
  heap->part_ns[part] += now - heap->part_at;
  heap->part_at = now;
}

static void print_parts(JsHeap *heap)
{
  static const char *const titles[] = {
#define PART(name, title) title,
#include "gc/parts.def"
#undef PART
  };
  printf("processor %.2f ms", (double)heap->pause_cpu_ns / 1e6);
  for (int k = 0; k < GC_PARTS; k++) {
    if (heap->part_ns[k] >= 10000)
      printf(", %s %.2f", titles[k], (double)heap->part_ns[k] / 1e6);
  }
  putchar('\n');
  fflush(stdout);
}

static void report(JsHeap *heap, const char *kind, size_t bytes_before, size_t committed_before, uint64_t begin_ns,
                   uint64_t end_ns, const char *reason)
{
  double current = mutator_utilisation(heap, begin_ns, end_ns);
  heap->average_mutator = heap->history_count ? (heap->average_mutator + current) / 2 : current;
  heap->last_end_ns = end_ns;

  char *line = heap->history[heap->history_count++ % GC_HISTORY_LINES];
  snprintf(line, GC_HISTORY_WIDTH,
           "[%ld:%p] %8.0f ms: %s %.1f (%.1f) -> %.1f (%.1f) MB, pooled: %.1f MB, %.2f / 0.00 ms (average mu = %.3f, "
           "current mu = %.3f) %s; ",
           (long)getpid(), (void *)heap, (double)(end_ns - heap->started_ns) / 1e6, kind,
           (double)bytes_before / GC_MEGABYTE, (double)committed_before / GC_MEGABYTE,
           (double)heap->old_bytes / GC_MEGABYTE, (double)heap->committed_bytes / GC_MEGABYTE, 0.0,
           (double)(end_ns - begin_ns) / 1e6, heap->average_mutator, current, reason);
  if (heap->observer) {
    GcEvent event = {heap->major,      strcmp(reason, "requested") == 0,
                     begin_ns,         end_ns,
                     bytes_before,     heap->old_bytes,
                     committed_before, heap->committed_bytes};
    heap->observer(&event, heap->observer_opaque);
  }
  if (heap->options.trace) {
    fputs(line, stdout);
    print_parts(heap);
  }
}

void gc_heap_set_observer(JsHeap *heap, GcObserverFn fn, void *opaque)
{
  heap->observer = fn;
  heap->observer_opaque = opaque;
}

void gc_report_collection(JsHeap *heap, size_t bytes_before, size_t committed_before, uint64_t begin_ns,
                          uint64_t end_ns, const char *reason)
{
  count_pause(heap, begin_ns, end_ns);
  report(heap, heap->major ? "Mark-Compact" : "Scavenge", bytes_before, committed_before, begin_ns, end_ns, reason);
}

void gc_report_slice(JsHeap *heap, GcPhase phase, uint64_t begin_ns, uint64_t end_ns)
{
  count_pause(heap, begin_ns, end_ns);
  if (!heap->options.trace)
    return;
  printf("[%ld:%p] %8.0f ms: slice %u: %s, %.2f ms; ", (long)getpid(), (void *)heap,
         (double)(end_ns - heap->started_ns) / 1e6, heap->cycle_slices, phase == GC_CLEARING ? "clearing" : "marking",
         (double)(end_ns - begin_ns) / 1e6);
  print_parts(heap);
}

void gc_report_cycle(JsHeap *heap, size_t bytes_before, size_t committed_before, uint64_t begin_ns, uint64_t end_ns)
{
  char reason[96];
  if (heap->cycle_slices == 1) {
    gc_report_collection(heap, bytes_before, committed_before, begin_ns, end_ns, "allocation failure");
    return;
  }
  count_pause(heap, begin_ns, end_ns);
  snprintf(reason, sizeof reason, "last of %u slices, %.1f ms over %.1f ms", heap->cycle_slices,
           (double)heap->cycle_slice_ns / 1e6, (double)(end_ns - heap->cycle_begin_ns) / 1e6);
  report(heap, heap->major ? "Mark-Compact (incremental)" : "Scavenge (incremental)", bytes_before, committed_before,
         begin_ns, end_ns, reason);
}

static void print_native_stack(void)
{
  void *frames[GC_NATIVE_FRAMES];
  int count = backtrace(frames, GC_NATIVE_FRAMES);
  char **names = backtrace_symbols(frames, count);
  fputs("----- Native stack trace -----\n\n", stderr);
  for (int k = 1; names && k < count; k++)
    fprintf(stderr, "%2d: %p %s\n", k, frames[k], names[k]);
  fputc('\n', stderr);
}

void gc_fail_if_refused(JsHeap *heap)
{
  if (heap->refused)
    gc_fail_out_of_memory(heap);
}

_Noreturn void gc_fail_out_of_memory(JsHeap *heap)
{
  if (heap->out_of_memory)
    heap->out_of_memory(heap, heap->out_of_memory_opaque);
  fputs("\n<--- Last few GCs --->\n\n", stderr);
  uint32_t first = heap->history_count > GC_HISTORY_LINES ? heap->history_count - GC_HISTORY_LINES : 0;
  for (uint32_t k = first; k < heap->history_count; k++)
    fprintf(stderr, "%s\n", heap->history[k % GC_HISTORY_LINES]);
  fputs("\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n", stderr);
  print_native_stack();
  abort();
}
