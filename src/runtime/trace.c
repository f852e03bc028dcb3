// SPDX-License-Identifier: MIT
/* The log of trace events: its buffer, its files, and the categories that are on. */
#include "runtime/trace.h"

#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A file holds so many events; then comes the next. The buffer goes out when it is this full. */
enum { EVENTS_PER_FILE = 1 << 19, FLUSH_BYTES = 64 * 1024 };

typedef struct TraceLog {
  uv_mutex_t mutex;
  char *pattern;   /* of the files' names */
  int fd;          /* -1: could not be opened, or the process ends */
  unsigned number; /* of the file, from 1 on */
  size_t events;   /* in it */
  StrBuf buffer;
  StrBuf metadata; /* the events that every file begins with */
} TraceLog;

static const char *const category_groups[] = {
#define TRACE_CATEGORY(id, groups) groups,
#include "runtime/trace_categories.def"
#undef TRACE_CATEGORY
};

static void write_all(TraceLog *log)
{
  for (size_t done = 0; log->fd >= 0 && done < log->buffer.len;) {
    ssize_t count = write(log->fd, log->buffer.data + done, log->buffer.len - done);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      break; /* a log on a full disk ends where it ends */
    done += (size_t)count;
  }
  strbuf_clear(&log->buffer);
}

/* ${rotation} and ${pid} in the pattern. */
static void file_name(const TraceLog *log, StrBuf *name)
{
  static const char rotation[] = "${rotation}", pid[] = "${pid}";
  for (const char *at = log->pattern; *at;) {
    if (strncmp(at, rotation, sizeof rotation - 1) == 0) {
      strbuf_printf(name, "%u", log->number);
      at += sizeof rotation - 1;
    } else if (strncmp(at, pid, sizeof pid - 1) == 0) {
      strbuf_printf(name, "%d", (int)getpid());
      at += sizeof pid - 1;
    } else {
      strbuf_append_char(name, *at++);
    }
  }
}

static int open_file(TraceLog *log)
{
  StrBuf name;
  strbuf_init(&name, NULL, MEM_RUNTIME);
  log->number++;
  file_name(log, &name);
  log->fd = open(strbuf_cstr(&name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  int error = log->fd < 0 ? errno : 0;
  if (error)
    fprintf(stderr, "Could not open trace file %s: %s\n", strbuf_cstr(&name), strerror(error));
  strbuf_free(&name);
  log->events = 0;
  strbuf_append_str(&log->buffer, "{\"traceEvents\":[");
  strbuf_append(&log->buffer, log->metadata.data, log->metadata.len);
  if (log->metadata.len)
    log->events++;
  return error;
}

static void close_file(TraceLog *log)
{
  strbuf_append_str(&log->buffer, "]}");
  write_all(log);
  if (log->fd >= 0)
    close(log->fd);
  log->fd = -1;
}

static uint64_t thread_cpu_ns(void)
{
  struct timespec time;
  return clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0
             ? (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec
             : 0;
}

/* A string's inside, as JSON. */
static void append_json(StrBuf *out, const char *text)
{
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\')
      strbuf_append_char(out, '\\');
    if (c < 0x20)
      strbuf_printf(out, "\\u%04x", c);
    else
      strbuf_append_char(out, (char)c);
  }
}

static void append_event(StrBuf *out, const TraceEvent *event)
{
  uint64_t at = event->at_ns ? event->at_ns : uv_hrtime(), cpu = event->cpu_ns;
  if (!cpu)
    cpu = thread_cpu_ns();
  strbuf_printf(
      out, "{\"pid\":%d,\"tid\":%d,\"ts\":%" PRIu64 ",\"tts\":%" PRIu64 ",\"ph\":\"%c\",\"cat\":\"%s\",\"name\":\"",
      (int)getpid(), (int)syscall(SYS_gettid), at / 1000, cpu / 1000, event->phase, category_groups[event->category]);
  append_json(out, event->name);
  strbuf_printf(out, "\",\"dur\":%" PRIu64 ",\"tdur\":%" PRIu64, event->duration_ns / 1000,
                event->duration_cpu_ns / 1000);
  if (event->has_id)
    strbuf_printf(out, ",\"id\":\"0x%" PRIx64 "\"", event->id);
  strbuf_printf(out, ",\"args\":%s}", event->args ? event->args : "{}");
}

void trace_write(RtProcess *process, const TraceEvent *event)
{
  TraceLog *log = atomic_load(&process->trace_log);
  if (!log)
    return;
  uv_mutex_lock(&log->mutex);
  if (log->fd >= 0) {
    if (log->events >= EVENTS_PER_FILE) {
      close_file(log);
      open_file(log);
    }
    if (event->category == TRACE_METADATA) {
      if (log->metadata.len)
        strbuf_append_char(&log->metadata, ',');
      append_event(&log->metadata, event);
    }
    if (log->events++ > 0)
      strbuf_append_char(&log->buffer, ',');
    append_event(&log->buffer, event);
    if (log->buffer.len >= FLUSH_BYTES)
      write_all(log);
  }
  uv_mutex_unlock(&log->mutex);
}

void trace_mark(CulmEnv *env, TraceCategory category, char phase, const char *name)
{
  trace_write(env->shared, &(TraceEvent){.category = category, .phase = phase, .name = name});
}

void trace_async(CulmEnv *env, TraceCategory category, char phase, const char *name, const void *id, const char *args)
{
  trace_write(env->shared, &(TraceEvent){.category = category,
                                         .phase = phase,
                                         .name = name,
                                         .has_id = true,
                                         .id = (uint64_t)(uintptr_t)id,
                                         .args = args});
}

const char *trace_text_args(char *buffer, size_t size, const char *key, const char *text)
{
  if (!text)
    return "{}";
  StrBuf out;
  strbuf_init(&out, NULL, MEM_RUNTIME);
  strbuf_printf(&out, "{\"%s\":\"", key);
  append_json(&out, text);
  strbuf_append_str(&out, "\"}");
  bool fits = !out.failed && out.len < size;
  snprintf(buffer, size, "%s", fits ? strbuf_cstr(&out) : "{}");
  strbuf_free(&out);
  return buffer;
}

TraceSpan trace_span_begin(const CulmEnv *env, TraceCategory category)
{
  if (!trace_is_on(env, category))
    return (TraceSpan){0};
  return (TraceSpan){uv_hrtime(), thread_cpu_ns()};
}

void trace_span_end(CulmEnv *env, TraceSpan span, TraceCategory category, const char *name, const char *args)
{
  if (!span.at_ns)
    return;
  trace_write(env->shared, &(TraceEvent){.category = category,
                                         .phase = TRACE_COMPLETE,
                                         .name = name,
                                         .args = args,
                                         .at_ns = span.at_ns,
                                         .duration_ns = uv_hrtime() - span.at_ns,
                                         .cpu_ns = span.cpu_ns,
                                         .duration_cpu_ns = thread_cpu_ns() - span.cpu_ns});
}

/* Is one of the comma-separated names in `some` among those in `all`? */
static bool lists_meet(const char *some, const char *all)
{
  for (const char *name = some; *name;) {
    size_t length = strcspn(name, ",");
    for (const char *other = all; *other;) {
      size_t other_length = strcspn(other, ",");
      if (other_length == length && length > 0 && memcmp(name, other, length) == 0)
        return true;
      other += other_length + (other[other_length] == ',');
    }
    name += length + (name[length] == ',');
  }
  return false;
}

static TraceLog *log_new(const CulmEnv *env)
{
  const OptionValue *given = &env->options->values[OPT_TRACE_EVENT_FILE_PATTERN];
  TraceLog *log = calloc(1, sizeof *log);
  if (!log)
    return NULL;
  log->pattern = strdup(given->set ? given->text : "node_trace.${rotation}.log");
  if (!log->pattern) {
    free(log);
    return NULL;
  }
  uv_mutex_init(&log->mutex);
  strbuf_init(&log->buffer, NULL, MEM_RUNTIME);
  strbuf_init(&log->metadata, NULL, MEM_RUNTIME);
  return log;
}

int trace_enable(CulmEnv *env, const char *categories)
{
  RtProcess *process = env->shared;
  unsigned mask = 0;
  for (int k = 0; k < TRACE_CATEGORY_COUNT; k++)
    mask |= lists_meet(category_groups[k], categories) ? 1u << k : 0;
  int error = 0;
  /* Only the main thread comes here, so nobody else makes the log meanwhile. */
  if (*categories && !atomic_load(&process->trace_log)) {
    TraceLog *log = log_new(env);
    if (!log)
      return ENOMEM;
    error = open_file(log);
    atomic_store(&process->trace_log, log);
  }
  atomic_store(&process->trace_mask, mask);
  return error;
}

void trace_finish(RtProcess *process)
{
  TraceLog *log = atomic_load(&process->trace_log);
  if (!log)
    return;
  uv_mutex_lock(&log->mutex);
  if (log->fd >= 0)
    close_file(log);
  uv_mutex_unlock(&log->mutex);
}
