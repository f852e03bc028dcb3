// SPDX-License-Identifier: MIT
/*
 * internalBinding('process_wrap'): a child process running beside us.
 */
#include "runtime/env.h"

#include "runtime/spawn_options.h"
#include "runtime/stream_wrap.h"

#include <stdlib.h>

typedef struct ProcessWrap {
  uv_process_t handle; /* first: the handle's address is the wrap's */
  CulmEnv *env;
  JsRef *self; /* while the child runs */
  JsRef *context;
  bool started, closed;
} ProcessWrap;

/* A wrap that never started a child has no handle to close. */
static void process_finalise(void *native)
{
  ProcessWrap *wrap = native;
  if (wrap && !wrap->started) {
    js_ref_free(wrap->context);
    free(wrap);
  }
}

static const JsHostClass process_class = {"Process", process_finalise};

static void on_closed(uv_handle_t *handle)
{
  free(handle);
}

static JsValue process_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  wrap->env = env_of(cx);
  JsValue obj = js_host_new(cx, &process_class, wrap);
  if (js_is_exception(obj))
    free(wrap);
  else
    wrap->context = env_context_save(wrap->env, obj, "PROCESSWRAP");
  return obj;
}

static void on_child_exit(uv_process_t *handle, int64_t status, int term_signal)
{
  ProcessWrap *wrap = (ProcessWrap *)handle;
  CulmEnv *env = wrap->env;
  const char *name = term_signal > 0 ? spawn_signal_name(term_signal) : NULL;
  JsValue argv[] = {js_number((double)status), js_string(env->cx, name ? name : "")};
  env_call_method_within(env, wrap->context, env_ref(wrap->self), "onexit", 2, argv);
}

static bool read_stdio(JsContext *cx, JsValue list, size_t count, uv_stdio_container_t *stdio)
{
  for (size_t i = 0; i < count; i++) {
    JsValue entry = js_get_index(cx, list, (uint32_t)i);
    SpawnStdioKind kind;
    int fd;
    if (js_is_exception(entry) || !spawn_stdio_kind(cx, entry, &kind, &fd))
      return false;
    if (kind == SPAWN_IGNORE) {
      stdio[i].flags = UV_IGNORE;
    } else if (kind == SPAWN_FD) {
      stdio[i].flags = UV_INHERIT_FD;
      stdio[i].data.fd = fd;
    } else {
      JsValue handle = js_get(cx, entry, "handle");
      if (js_is_exception(handle))
        return false;
      uv_stream_t *stream = stream_wrap_handle(handle);
      if (!stream) {
        js_throw_type_error(cx, "A stdio entry has no stream handle");
        return false;
      }
      stdio[i].flags = kind == SPAWN_PIPE ? (uv_stdio_flags)(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE)
                                          : UV_INHERIT_STREAM;
      stdio[i].data.stream = stream;
    }
  }
  return true;
}

static JsValue process_spawn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  JsValue options = js_argument(argc, argv, 0);
  SpawnOptions spawn;
  int64_t count;
  if (!wrap || wrap->started)
    return js_throw_type_error(cx, "Illegal invocation");
  JsValue list = js_get(cx, options, "stdio");
  if (js_is_exception(list) || !js_length(cx, list, &count) || !spawn_options_read(cx, &spawn, options))
    return JS_EXCEPTION;
  uv_stdio_container_t *stdio = count >= 0 && count <= 1024 ? calloc((size_t)count + 1, sizeof *stdio) : NULL;
  if (!stdio || !read_stdio(cx, list, (size_t)count, stdio)) {
    if (!js_exception_pending(cx))
      js_throw_range_error(cx, "Too many stdio entries");
    free(stdio);
    spawn_options_free(&spawn);
    return JS_EXCEPTION;
  }
  spawn.uv.stdio = stdio;
  spawn.uv.stdio_count = (int)count;
  spawn.uv.exit_cb = on_child_exit;
  wrap->started = true;
  wrap->self = js_ref_new(cx, this_val);
  int error = uv_spawn(&wrap->env->loop, &wrap->handle, &spawn.uv);
  free(stdio);
  spawn_options_free(&spawn);
  if (!js_set(cx, this_val, "pid", error ? JS_UNDEFINED : js_int32(wrap->handle.pid)))
    return JS_EXCEPTION;
  return js_int32(error);
}

static JsValue process_kill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  if (!wrap || !wrap->started || wrap->handle.pid == 0)
    return js_int32(UV_ESRCH);
  return js_int32(uv_process_kill(&wrap->handle, arg_int32(argc, argv, 0, 0)));
}

static JsValue process_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  if (!wrap || !wrap->started)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &process_class, NULL);
  js_ref_free(wrap->self);
  js_ref_free(wrap->context);
  wrap->self = wrap->context = NULL;
  env_resource_gone(wrap->env, this_val);
  uv_close((uv_handle_t *)&wrap->handle, on_closed);
  return JS_UNDEFINED;
}

static JsValue process_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  if (wrap && wrap->started)
    uv_ref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

static JsValue process_unref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  if (wrap && wrap->started)
    uv_unref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

static JsValue process_has_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ProcessWrap *wrap = js_host_native(this_val, &process_class);
  return js_boolean(wrap && wrap->started && uv_has_ref((uv_handle_t *)&wrap->handle));
}

JsValue binding_process_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow none[] = {{0}};
  static const JsFunctionRow methods[] = {
      {"spawn", process_spawn, 1},
      {"kill", process_kill, 1},
      {"close", process_close, 0},
      {"ref", process_ref, 0},
      {"unref", process_unref, 0},
      {"hasRef", process_has_ref, 0},
      {0},
  };
  JsValue binding = binding_new(cx, none);
  JsValue ctor = js_host_class_new(cx, &process_class, process_new, 0, methods);
  if (js_is_exception(binding) || js_is_exception(ctor) || !js_set(cx, binding, "Process", ctor))
    return JS_EXCEPTION;
  return binding;
}
