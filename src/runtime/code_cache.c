// SPDX-License-Identifier: MIT
/*
 * Cached code: bytes for the engine's JsCodeCache, and internalBinding('code_cache'). The engine decides whether it can
 * use them (bytecode/code_cache.c); which file is whose is decided in lib/internal/modules/compile_cache.js.
 */
#include "runtime/code_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/permission.h"

/* Larger files are no caches of ours. */
#define SIZE_MAX_BYTES ((off_t)1 << 30)

/* 0 or an errno. A copy, not a mapping: nobody can change it after it was checked. */
static int read_whole(const char *path, JsCodeCache *cache)
{
  struct stat info;
  int fd = open(path, O_RDONLY | O_CLOEXEC), error = 0;
  if (fd < 0)
    return errno;
  if (fstat(fd, &info) != 0)
    error = errno;
  else if (!S_ISREG(info.st_mode) || info.st_size <= 0 || info.st_size > SIZE_MAX_BYTES)
    error = EINVAL;
  char *bytes = error ? NULL : malloc((size_t)info.st_size);
  size_t size = 0;
  while (bytes && size < (size_t)info.st_size) {
    ssize_t got = read(fd, bytes + size, (size_t)info.st_size - size);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    size += (size_t)got;
  }
  close(fd);
  if (!error && !bytes)
    return ENOMEM;
  cache->bytes = bytes;
  cache->size = size;
  return error;
}

bool code_cache_open(JsContext *cx, CodeCache *cache, JsValue holder, JsOrigin *origin)
{
  *cache = (CodeCache){.holder = holder};
  if (!js_value_is_object(holder))
    return true;
  JsValue data = js_get(cx, holder, "data");
  JsView view;
  if (js_is_exception(data))
    return false;
  if (js_value_is_string(data)) {
    size_t length;
    char *path = js_to_utf8(cx, data, &length);
    if (!path)
      return false;
    cache->error = permission_has(env_of(cx), PERMISSION_FS_READ, path) ? read_whole(path, &cache->cache) : EACCES;
    free(path);
  } else if (js_view(data, &view)) {
    cache->cache.bytes = malloc(view.byte_length + 1);
    cache->cache.size = view.byte_length;
    if (cache->cache.bytes && view.byte_length)
      memcpy(cache->cache.bytes, view.data, view.byte_length);
  }
  if (cache->cache.bytes)
    origin->cache = &cache->cache;
  return true;
}

JsValue code_cache_close(JsContext *cx, CodeCache *cache, JsValue result)
{
  JsCodeCache *bytes = &cache->cache;
  bool has_bytes = bytes->bytes != NULL;
  if (has_bytes && bytes->status != JS_CACHE_ACCEPTED)
    free(bytes->bytes);
  if (js_is_exception(result) || !js_value_is_object(cache->holder))
    return result;
  double status = has_bytes ? (double)bytes->status : -(double)(cache->error ? cache->error : ENOMEM);
  if (!js_set(cx, cache->holder, "status", js_number(status)) ||
      !js_set(cx, cache->holder, "size", js_number((double)bytes->size)))
    return JS_EXCEPTION;
  return result;
}

JsValue code_cache_bytes(JsContext *cx, JsValue compiled)
{
  size_t size;
  void *data, *bytes = js_code_cache(cx, compiled, &size);
  if (!bytes) {
    if (js_is_terminating(cx))
      return JS_EXCEPTION;
    js_take_exception(cx);
    return JS_UNDEFINED;
  }
  JsValue buffer = js_array_buffer_new(cx, size, &data);
  if (!js_is_exception(buffer))
    memcpy(data, bytes, size);
  free(bytes);
  return js_is_exception(buffer) ? buffer : js_typed_array_new(cx, JS_UINT8, buffer, 0, size);
}

/* serialise(function or record of module_wrap) → Uint8Array or undefined */
static JsValue serialise(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue compiled = js_argument(argc, argv, 0);
  if (js_value_is_object(compiled) && !js_value_is_function(compiled)) {
    compiled = js_get(cx, compiled, "record");
    if (js_is_exception(compiled))
      return compiled;
  }
  return code_cache_bytes(cx, compiled);
}

static JsValue tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(js_code_cache_tag());
}

JsValue binding_code_cache(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"serialise", serialise, 1},
      {"tag", tag, 0},
      {0},
  };
  return binding_new(cx, rows);
}
