// SPDX-License-Identifier: MIT
/*
 * Trace events: what happened when, in the JSON that Chrome's trace viewer reads, one log for all threads of the
 * process.
 *
 * Off, an event costs one load and one test (trace_is_on). The log is opened when the first category is enabled, and
 * ends with the process.
 */
#ifndef RUNTIME_TRACE_H
#define RUNTIME_TRACE_H

#include "runtime/message.h"

typedef enum {
#define TRACE_CATEGORY(id, groups) TRACE_##id,
#include "runtime/trace_categories.def"
#undef TRACE_CATEGORY
  TRACE_CATEGORY_COUNT
} TraceCategory;

/* Chrome's phases. */
enum {
  TRACE_BEGIN = 'B',
  TRACE_END = 'E',
  TRACE_COMPLETE = 'X',
  TRACE_ASYNC_BEGIN = 'b',
  TRACE_ASYNC_END = 'e',
  TRACE_INSTANT = 'I',
};

typedef struct TraceEvent {
  TraceCategory category;
  char phase;
  bool has_id;
  const char *name;
  uint64_t id;
  const char *args;                 /* JSON of an object; NULL: {} */
  uint64_t at_ns, duration_ns;      /* at_ns: 0 for now */
  uint64_t cpu_ns, duration_cpu_ns; /* the thread's, 0 with an at_ns when it is not known */
} TraceEvent;

static inline bool trace_is_on(const CulmEnv *env, TraceCategory category)
{
  return js_unlikely(atomic_load_explicit(&env->shared->trace_mask, memory_order_relaxed) & (1u << category));
}

/* From any thread, whether the category is on or not. */
void trace_write(RtProcess *process, const TraceEvent *event);
/* name with {} or args, without an id, now. */
void trace_mark(CulmEnv *env, TraceCategory category, char phase, const char *name);
/* Of an operation that the pointer stands for; args may be NULL. */
void trace_async(CulmEnv *env, TraceCategory category, char phase, const char *name, const void *id, const char *args);
/* `{"key":"text"}` in buffer, cut where it does not fit; returns buffer. text: UTF-8, or NULL for {}. */
const char *trace_text_args(char *buffer, size_t size, const char *key, const char *text);

/* What lasts: begun when the category is on, written when it ends. */
typedef struct TraceSpan {
  uint64_t at_ns, cpu_ns; /* 0: not traced */
} TraceSpan;
TraceSpan trace_span_begin(const CulmEnv *env, TraceCategory category);
void trace_span_end(CulmEnv *env, TraceSpan span, TraceCategory category, const char *name, const char *args);

/* These categories, separated by commas, are enabled, all others are not. 0 or an errno of the log's opening. */
int trace_enable(CulmEnv *env, const char *categories);
/* The log is completed: the process ends. */
void trace_finish(RtProcess *process);

#endif
