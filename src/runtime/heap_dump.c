// SPDX-License-Identifier: MIT
/*
 * Heap snapshots: as bytes, into files, and by itself when the heap is nearly full. The engine writes the text
 * (js_heap_snapshot); here is where it goes.
 */
#include "runtime/heap_dump.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/worker.h"

/* Pieces in which a snapshot is handed to a stream. */
#define CHUNK_BYTES ((size_t)1 << 20)
/* Room that the heap gets while a snapshot was written on its account: the program must get on to the next limit. */
#define NEAR_LIMIT_ROOM ((size_t)16 << 20)

typedef struct Chunk {
  struct Chunk *next;
  size_t length;
  char bytes[CHUNK_BYTES];
} Chunk;

typedef struct ChunkList {
  Chunk *first, *last;
} ChunkList;

static bool write_chunk(void *opaque, const char *bytes, size_t length)
{
  ChunkList *list = opaque;
  while (length) {
    if (!list->last || list->last->length == CHUNK_BYTES) {
      Chunk *chunk = malloc(sizeof *chunk);
      if (!chunk)
        return false;
      chunk->next = NULL;
      chunk->length = 0;
      *(list->last ? &list->last->next : &list->first) = chunk;
      list->last = chunk;
    }
    size_t room = CHUNK_BYTES - list->last->length, part = length < room ? length : room;
    memcpy(list->last->bytes + list->last->length, bytes, part);
    list->last->length += part;
    bytes += part;
    length -= part;
  }
  return true;
}

static JsValue chunk_view(JsContext *cx, const Chunk *chunk)
{
  void *data;
  JsValue buffer = js_array_buffer_new(cx, chunk->length, &data);
  if (js_is_exception(buffer))
    return JS_EXCEPTION;
  memcpy(data, chunk->bytes, chunk->length);
  return js_typed_array_new(cx, JS_UINT8, buffer, 0, chunk->length);
}

JsValue heap_dump_chunks(CulmEnv *env, bool with_numbers)
{
  JsContext *cx = env->cx;
  ChunkList list = {NULL, NULL};
  bool done = js_heap_snapshot(env->vm, with_numbers, true, write_chunk, &list);
  JsValue result = done ? js_array_new(cx, 0, NULL) : js_throw_range_error(cx, "Out of memory");
  for (Chunk *chunk = list.first, *next; chunk; chunk = next) {
    next = chunk->next;
    if (!js_is_exception(result)) {
      JsValue view = chunk_view(cx, chunk);
      if (js_is_exception(view) || !js_array_push(cx, result, view))
        result = JS_EXCEPTION;
    }
    free(chunk);
  }
  return result;
}

static bool write_to_file(void *opaque, const char *bytes, size_t length)
{
  int fd = *(const int *)opaque;
  while (length) {
    ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

int heap_dump_file(CulmEnv *env, const char *path, bool with_numbers, bool may_collect)
{
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0)
    return uv_translate_sys_error(errno);
  errno = 0;
  bool done = js_heap_snapshot(env->vm, with_numbers, may_collect, write_to_file, &fd);
  int error = done ? 0 : uv_translate_sys_error(errno ? errno : ENOMEM);
  if (close(fd) != 0 && !error)
    error = uv_translate_sys_error(errno);
  return error;
}

/* --- near the limit ---------------------------------------------------------------------------------------------- */

/* Heap.20251231.235959.1234.0.001.heapsnapshot, in the folder of diagnostics. */
static void make_path(CulmEnv *env, char *path, size_t size)
{
  const char *folder = env->options->values[OPT_DIAGNOSTIC_DIR].text;
  time_t now = time(NULL);
  struct tm parts;
  localtime_r(&now, &parts);
  snprintf(path, size, "%s%sHeap.%04d%02d%02d.%02d%02d%02d.%ld.%u.%03u.heapsnapshot", folder ? folder : "",
           folder ? "/" : "", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
           parts.tm_sec, (long)getpid(), env->worker ? env->worker->id : 0, ++env->near_limit_dumps);
}

static size_t on_near_limit(JsVm *vm, size_t limit, void *opaque)
{
  CulmEnv *env = opaque;
  if (env->near_limit_left == 0)
    return env->worker ? worker_heap_is_full(env->worker, vm, limit) : limit;
  env->near_limit_left--;
  char path[PATH_MAX];
  make_path(env, path, sizeof path);
  int error = heap_dump_file(env, path, false, false);
  if (error)
    fprintf(stderr, "Could not write a heap snapshot to %s: %s\n", path, uv_strerror(error));
  else
    fprintf(stderr, "Wrote snapshot to %s\n", path);
  return limit + NEAR_LIMIT_ROOM;
}

void heap_dump_near_limit(CulmEnv *env, unsigned count)
{
  env->near_limit_left = count;
  js_vm_set_near_heap_limit(env->vm, on_near_limit, env);
}
