// SPDX-License-Identifier: MIT
/*
 * internalBinding('spawn_sync'): a child that runs to its end while the caller waits, on a loop of its own.
 */
#include "runtime/env.h"

#include "runtime/spawn_options.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* One pipe to or from the child. */
typedef struct SyncPipe {
  uv_pipe_t pipe;
  uv_write_t write;
  uv_shutdown_t shutdown;
  struct SyncChild *child;
  bool used, from_child;
  uv_buf_t input;
  uint8_t *bytes;
  size_t count, capacity;
} SyncPipe;

typedef struct SyncChild {
  uv_loop_t loop;
  uv_process_t process;
  uv_timer_t timer;
  SyncPipe *pipes;
  size_t pipe_count;
  uint64_t timeout;
  double max_buffer;
  int kill_signal;
  int error; /* ETIMEDOUT, ENOBUFS ... */
  bool exited, has_timer;
  int64_t exit_status;
  int term_signal;
} SyncChild;

static void close_once(uv_handle_t *handle)
{
  if (!uv_is_closing(handle))
    uv_close(handle, NULL);
}

static void stop_child(SyncChild *child, int error)
{
  if (!child->error)
    child->error = error;
  if (!child->exited)
    uv_process_kill(&child->process, child->kill_signal ? child->kill_signal : SIGTERM);
  for (size_t i = 0; i < child->pipe_count; i++) {
    if (child->pipes[i].used)
      close_once((uv_handle_t *)&child->pipes[i].pipe);
  }
}

static void on_child_exit(uv_process_t *process, int64_t status, int term_signal)
{
  SyncChild *child = process->data;
  child->exited = true;
  child->exit_status = status;
  child->term_signal = term_signal;
  uv_close((uv_handle_t *)process, NULL);
  if (child->has_timer)
    close_once((uv_handle_t *)&child->timer);
}

static void on_timeout(uv_timer_t *timer)
{
  stop_child(timer->data, UV_ETIMEDOUT);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
  SyncPipe *pipe = handle->data;
  if (pipe->capacity - pipe->count < suggested) {
    size_t larger = pipe->capacity ? pipe->capacity * 2 : suggested;
    while (larger - pipe->count < suggested)
      larger *= 2;
    uint8_t *grown = realloc(pipe->bytes, larger);
    if (!grown) {
      *buffer = uv_buf_init(NULL, 0);
      return;
    }
    pipe->bytes = grown;
    pipe->capacity = larger;
  }
  *buffer = uv_buf_init((char *)pipe->bytes + pipe->count, (unsigned)suggested);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
  SyncPipe *pipe = stream->data;
  if (count < 0) {
    close_once((uv_handle_t *)stream);
    if (count == UV_ENOBUFS)
      stop_child(pipe->child, UV_ENOMEM);
    return;
  }
  pipe->count += (size_t)count;
  if ((double)pipe->count > pipe->child->max_buffer)
    stop_child(pipe->child, UV_ENOBUFS); /* what was read beyond it is shown all the same, as in Node */
}

static void on_shutdown(uv_shutdown_t *req, int status)
{
  close_once((uv_handle_t *)req->handle);
}

static void on_written(uv_write_t *req, int status) {}

/* --- starting ---------------------------------------------------------------------------------------------------- */

static bool read_pipe(JsContext *cx, SyncChild *child, JsValue entry, SyncPipe *pipe, uv_stdio_container_t *out)
{
  JsValue readable = js_get(cx, entry, "readable");
  JsValue writable = js_is_exception(readable) ? readable : js_get(cx, entry, "writable");
  JsValue input = js_is_exception(writable) ? writable : js_get(cx, entry, "input");
  if (js_is_exception(input))
    return false;
  JsView view;
  if (js_view(input, &view)) {
    char *copy = malloc(view.byte_length + 1);
    if (!copy) {
      js_throw_range_error(cx, "Out of memory");
      return false;
    }
    if (view.byte_length)
      memcpy(copy, view.data, view.byte_length);
    pipe->input = (uv_buf_t){copy, view.byte_length};
  }
  uv_pipe_init(&child->loop, &pipe->pipe, 0);
  pipe->pipe.data = pipe;
  pipe->child = child;
  pipe->used = true;
  pipe->from_child = js_to_boolean(writable);
  out->flags = (uv_stdio_flags)(UV_CREATE_PIPE | (js_to_boolean(readable) ? UV_READABLE_PIPE : 0) |
                                (pipe->from_child ? UV_WRITABLE_PIPE : 0));
  out->data.stream = (uv_stream_t *)&pipe->pipe;
  return true;
}

static bool read_stdio(JsContext *cx, SyncChild *child, JsValue list, uv_stdio_container_t *stdio)
{
  for (size_t i = 0; i < child->pipe_count; i++) {
    JsValue entry = js_get_index(cx, list, (uint32_t)i);
    SpawnStdioKind kind;
    int fd;
    if (js_is_exception(entry) || !spawn_stdio_kind(cx, entry, &kind, &fd))
      return false;
    switch (kind) {
    case SPAWN_IGNORE: stdio[i].flags = UV_IGNORE; break;
    case SPAWN_FD:
      stdio[i].flags = UV_INHERIT_FD;
      stdio[i].data.fd = fd;
      break;
    case SPAWN_PIPE:
      if (!read_pipe(cx, child, entry, &child->pipes[i], &stdio[i]))
        return false;
      break;
    case SPAWN_WRAP: js_throw_type_error(cx, "stdio handles are not for synchronous children"); return false;
    }
  }
  return true;
}

static void start_pipes(SyncChild *child)
{
  for (size_t i = 0; i < child->pipe_count; i++) {
    SyncPipe *pipe = &child->pipes[i];
    if (!pipe->used)
      continue;
    uv_stream_t *stream = (uv_stream_t *)&pipe->pipe;
    if (pipe->from_child) {
      uv_read_start(stream, on_alloc, on_read);
      continue;
    }
    if (pipe->input.len > 0)
      uv_write(&pipe->write, stream, &pipe->input, 1, on_written);
    if (uv_shutdown(&pipe->shutdown, stream, on_shutdown) != 0)
      close_once((uv_handle_t *)stream);
  }
}

/* --- result ------------------------------------------------------------------------------------------------------ */

static JsValue make_output(JsContext *cx, const SyncChild *child)
{
  JsValue output = js_array_new(cx, 0, NULL);
  for (size_t i = 0; i < child->pipe_count && !js_is_exception(output); i++) {
    const SyncPipe *pipe = &child->pipes[i];
    JsValue val = pipe->used && pipe->from_child ? rt_bytes_new(cx, pipe->bytes, pipe->count) : JS_NULL;
    if (js_is_exception(val) || !js_array_push(cx, output, val))
      return JS_EXCEPTION;
  }
  return output;
}

static JsValue make_result(JsContext *cx, const SyncChild *child, int spawn_error)
{
  JsValue result = js_object_new(cx);
  JsValue output = spawn_error ? JS_NULL : make_output(cx, child);
  const char *name = child->term_signal > 0 ? spawn_signal_name(child->term_signal) : NULL;
  JsValue status = spawn_error || name ? JS_NULL : js_number((double)child->exit_status);
  int error = spawn_error ? spawn_error : child->error;
  if (js_is_exception(result) || js_is_exception(output) ||
      !js_set(cx, result, "pid", js_int32(spawn_error ? 0 : child->process.pid)) ||
      !js_set(cx, result, "status", status) || !js_set(cx, result, "signal", name ? js_string(cx, name) : JS_NULL) ||
      !js_set(cx, result, "output", output) || (error && !js_set(cx, result, "error", js_int32(error))))
    return JS_EXCEPTION;
  return result;
}

static double number_property(JsContext *cx, JsValue obj, const char *name, double fallback, bool *ok)
{
  JsValue val = js_get(cx, obj, name);
  if (js_is_exception(val))
    *ok = false;
  return js_is_number(val) ? js_number_value(val) : fallback;
}

static JsValue run_child(JsContext *cx, SyncChild *child, JsValue options)
{
  SpawnOptions spawn;
  JsValue list = js_get(cx, options, "stdio");
  int64_t count = 0;
  bool ok = !js_is_exception(list) && js_length(cx, list, &count);
  child->timeout = (uint64_t)number_property(cx, options, "timeout", 0, &ok);
  child->max_buffer = number_property(cx, options, "maxBuffer", 1e300, &ok);
  child->kill_signal = (int)number_property(cx, options, "killSignal", 0, &ok);
  if (!ok || !spawn_options_read(cx, &spawn, options))
    return JS_EXCEPTION;
  if (count < 0 || count > 1024) {
    spawn_options_free(&spawn);
    return js_throw_range_error(cx, "Too many stdio entries");
  }
  uv_stdio_container_t *stdio = calloc((size_t)count + 1, sizeof *stdio);
  child->pipes = calloc((size_t)count + 1, sizeof *child->pipes);
  child->pipe_count = (size_t)count;
  JsValue result = JS_EXCEPTION;
  if (!stdio || !child->pipes) {
    js_throw_range_error(cx, "Out of memory");
  } else if (read_stdio(cx, child, list, stdio)) {
    spawn.uv.stdio = stdio;
    spawn.uv.stdio_count = (int)count;
    spawn.uv.exit_cb = on_child_exit;
    child->process.data = child;
    int error = uv_spawn(&child->loop, &child->process, &spawn.uv);
    if (error) {
      close_once((uv_handle_t *)&child->process);
      for (size_t i = 0; i < child->pipe_count; i++) {
        if (child->pipes[i].used)
          close_once((uv_handle_t *)&child->pipes[i].pipe);
      }
    } else {
      start_pipes(child);
      if (child->timeout > 0) {
        child->has_timer = true;
        uv_timer_init(&child->loop, &child->timer);
        child->timer.data = child;
        uv_timer_start(&child->timer, on_timeout, child->timeout, 0);
      }
    }
    uv_run(&child->loop, UV_RUN_DEFAULT);
    result = make_result(cx, child, error);
  } else {
    for (size_t i = 0; i < child->pipe_count; i++) {
      if (child->pipes[i].used)
        close_once((uv_handle_t *)&child->pipes[i].pipe);
    }
    uv_run(&child->loop, UV_RUN_DEFAULT);
  }
  free(stdio);
  spawn_options_free(&spawn);
  return result;
}

static JsValue spawn_sync_spawn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SyncChild *child = calloc(1, sizeof *child);
  if (!child)
    return js_throw_range_error(cx, "Out of memory");
  if (uv_loop_init(&child->loop) != 0) {
    free(child);
    return js_throw_plain_error(cx, "No loop for a child process");
  }
  JsValue result = run_child(cx, child, js_argument(argc, argv, 0));
  for (size_t i = 0; child->pipes && i < child->pipe_count; i++) {
    free(child->pipes[i].bytes);
    free(child->pipes[i].input.base);
  }
  free(child->pipes);
  uv_loop_close(&child->loop);
  free(child);
  return result;
}

JsValue binding_spawn_sync(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {{"spawn", spawn_sync_spawn, 1}, {0}};
  return binding_new(cx, rows);
}
