// SPDX-License-Identifier: MIT
/*
 * internalBinding('js_stream'): a stream whose other side is JavaScript, so that TLS and HTTP/2 run over any Duplex. C
 * writes by calling onwrite(bytes) and onshutdown(); JavaScript tells their ends in order, and gives what it read.
 */
#include "runtime/binding.h"
#include "runtime/stream_wrap.h"

#include <stdlib.h>

typedef struct Pending {
  struct Pending *next;
  RtDone done;
  void *opaque;
} Pending;

typedef struct JsStream {
  RtStream base; /* first */
  Pending *writes, **writes_end;
  Pending *shutdown;
} JsStream;

static void stream_free(void *native)
{
  JsStream *stream = native;
  if (!stream)
    return;
  for (Pending *next; stream->writes; stream->writes = next) {
    next = stream->writes->next;
    free(stream->writes);
  }
  free(stream->shutdown);
  js_ref_free(stream->base.self);
  js_ref_free(stream->base.context);
  free(stream);
}

const JsHostClass js_stream_class = {"JSStream", stream_free};

static int op_read_start(RtStream *stream)
{
  rt_stream_call(stream, "onreadstart", 0, NULL);
  return 0;
}

static int op_read_stop(RtStream *stream)
{
  rt_stream_call(stream, "onreadstop", 0, NULL);
  return 0;
}

static Pending *pending_new(RtDone done, void *opaque)
{
  Pending *pending = calloc(1, sizeof *pending);
  if (pending) {
    pending->done = done;
    pending->opaque = opaque;
  }
  return pending;
}

static int op_write(RtStream *base, const char *bytes, size_t length, RtDone done, void *opaque)
{
  JsStream *stream = (JsStream *)base;
  JsContext *cx = base->env->cx;
  JsValue copy = rt_bytes_new(cx, bytes, length);
  Pending *pending = js_is_exception(copy) ? NULL : pending_new(done, opaque);
  if (!pending) {
    if (js_is_exception(copy))
      js_take_exception(cx);
    return UV_ENOMEM;
  }
  base->bytes_written += (double)length;
  *stream->writes_end = pending;
  stream->writes_end = &pending->next;
  rt_stream_call(base, "onwrite", 1, &copy);
  return 1;
}

static int op_shutdown(RtStream *base, RtDone done, void *opaque)
{
  JsStream *stream = (JsStream *)base;
  if (stream->shutdown)
    return UV_EALREADY;
  stream->shutdown = pending_new(done, opaque);
  if (!stream->shutdown)
    return UV_ENOMEM;
  rt_stream_call(base, "onshutdown", 0, NULL);
  return 0;
}

static const RtStreamOps js_stream_ops = {op_read_start, op_read_stop, op_write, op_shutdown};

static JsValue stream_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = calloc(1, sizeof *stream);
  if (!stream)
    return js_throw_range_error(cx, "Out of memory");
  stream->writes_end = &stream->writes;
  JsValue obj = js_host_new(cx, &js_stream_class, stream);
  if (js_is_exception(obj)) {
    free(stream);
    return obj;
  }
  stream->base.ops = &js_stream_ops;
  stream->base.env = env_of(cx);
  stream->base.self = js_ref_new(cx, obj);
  stream->base.context = env_context_save(stream->base.env, obj, "JSSTREAM");
  return obj;
}

/* readBuffer(view): bytes that came */
static JsValue stream_read_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = js_host_native(this_val, &js_stream_class);
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (stream && view.byte_length)
    rt_stream_deliver(&stream->base, (ssize_t)view.byte_length, view.data);
  return JS_UNDEFINED;
}

/* readEnd(errno): UV_EOF, or why it broke */
static JsValue stream_read_end(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = js_host_native(this_val, &js_stream_class);
  int status = rt_int_argument(argc, argv, 0);
  if (stream && status < 0)
    rt_stream_deliver(&stream->base, status, NULL);
  return JS_UNDEFINED;
}

static void finish(Pending *pending, int status)
{
  RtDone done = pending->done;
  void *opaque = pending->opaque;
  free(pending);
  done(opaque, status);
}

/* writeDone(status): of the oldest write */
static JsValue stream_write_done(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = js_host_native(this_val, &js_stream_class);
  Pending *pending = stream ? stream->writes : NULL;
  if (!pending)
    return JS_UNDEFINED;
  stream->writes = pending->next;
  if (!stream->writes)
    stream->writes_end = &stream->writes;
  finish(pending, rt_int_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue stream_shutdown_done(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = js_host_native(this_val, &js_stream_class);
  Pending *pending = stream ? stream->shutdown : NULL;
  if (!pending)
    return JS_UNDEFINED;
  stream->shutdown = NULL;
  finish(pending, rt_int_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* close(): what is pending ends as cancelled. */
static JsValue stream_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStream *stream = js_host_native(this_val, &js_stream_class);
  if (!stream)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &js_stream_class, NULL);
  rt_stream_closed(&stream->base);
  while (stream->writes) {
    Pending *pending = stream->writes;
    stream->writes = pending->next;
    finish(pending, UV_ECANCELED);
  }
  if (stream->shutdown) {
    Pending *pending = stream->shutdown;
    stream->shutdown = NULL;
    finish(pending, UV_ECANCELED);
  }
  stream_free(stream);
  return JS_UNDEFINED;
}

JsValue binding_js_stream(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"readBuffer", stream_read_buffer, 1},     {"readEnd", stream_read_end, 1}, {"writeDone", stream_write_done, 1},
      {"shutdownDone", stream_shutdown_done, 1}, {"close", stream_close, 0},      {0},
  };
  static const JsFunctionRow none[] = {{0}};
  JsValue binding = binding_new(cx, none), fn = js_host_class_new(cx, &js_stream_class, stream_new, 0, methods);
  if (js_is_exception(binding) || js_is_exception(fn))
    return JS_EXCEPTION;
  JsValue proto = js_get(cx, fn, "prototype");
  if (js_is_exception(proto) || !js_define_functions(cx, proto, rt_stream_methods) ||
      !js_set(cx, binding, "JSStream", fn))
    return JS_EXCEPTION;
  return binding;
}
