// SPDX-License-Identifier: MIT
/*
 * What all streams share over their operations: the way to the consumer, and the JavaScript methods. Contract:
 * docs/bindings.md, tcp_wrap.
 */
#include "runtime/binding.h"
#include "runtime/encodings.h"
#include "runtime/stream_wrap.h"

#include <stdlib.h>

void rt_stream_set_consumer(RtStream *stream, RtConsumer *consumer)
{
  stream->consumer = consumer;
}

void rt_stream_call(RtStream *stream, const char *method, int argc, const JsValue *argv)
{
  env_call_method_within(stream->env, stream->context, js_ref_get(stream->self), method, argc, argv);
}

void rt_stream_deliver_to_object(RtStream *stream, ssize_t count, const uint8_t *bytes)
{
  JsContext *cx = stream->env->cx;
  JsValue args[2] = {js_number((double)count), JS_UNDEFINED};
  if (count > 0) {
    args[1] = rt_bytes_new(cx, bytes, (size_t)count);
    if (js_is_exception(args[1])) {
      env_uncaught(stream->env, js_take_exception(cx), false);
      return;
    }
  }
  rt_stream_call(stream, "onread", 2, args);
}

void rt_stream_deliver(RtStream *stream, ssize_t count, const uint8_t *bytes)
{
  stream->last_activity = uv_now(&stream->env->loop);
  if (count > 0)
    stream->bytes_read += (double)count;
  if (stream->consumer)
    stream->consumer->on_read(stream->consumer, count, bytes);
  else
    rt_stream_deliver_to_object(stream, count, bytes);
}

void rt_stream_closed(RtStream *stream)
{
  RtConsumer *consumer = stream->consumer;
  stream->consumer = NULL;
  if (consumer)
    consumer->on_close(consumer);
}

/* --- requests of JavaScript -------------------------------------------------------------------------------------- */

struct RtRequest {
  CulmEnv *env;
  JsRef *object, *context;
};

RtRequest *rt_request_new(JsContext *cx, JsValue object, const char *type, JsValue owner)
{
  RtRequest *request = calloc(1, sizeof *request);
  if (!request)
    return NULL;
  request->env = env_of(cx);
  request->object = js_ref_new(cx, object);
  request->context = env_context_save_for(request->env, object, type, owner);
  return request;
}

void rt_request_free(RtRequest *request)
{
  if (request) {
    js_ref_free(request->object);
    js_ref_free(request->context);
  }
  free(request);
}

void rt_request_done(void *opaque, int status)
{
  RtRequest *request = opaque;
  CulmEnv *env = request->env;
  JsValue object = js_ref_get(request->object), arg = js_int32(status);
  JsRef *context = request->context;
  request->context = NULL;
  rt_request_free(request); /* the object stays alive on the stack */
  env_call_method_in(env, context, object, "oncomplete", 1, &arg);
}

/* --- methods ----------------------------------------------------------------------------------------------------- */

static JsValue stream_read_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  return js_int32(stream ? stream->ops->read_start(stream) : UV_EBADF);
}

static JsValue stream_read_stop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  return js_int32(stream ? stream->ops->read_stop(stream) : UV_EBADF);
}

/* getCounts() -> [bytes read, bytes written or queued] */
static JsValue stream_counts(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  JsValue counts[2] = {js_number(stream ? stream->bytes_read : 0), js_number(stream ? stream->bytes_written : 0)};
  return js_array_new(cx, 2, counts);
}

/* idleTime() -> milliseconds since bytes were last read or written */
static JsValue stream_idle_time(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  return js_number(stream ? (double)(uv_now(&stream->env->loop) - stream->last_activity) : 0);
}

/* What the consumer holds back goes first. */
static void begin_write(RtStream *stream)
{
  stream->last_activity = uv_now(&stream->env->loop);
  if (stream->consumer && stream->consumer->before_write)
    stream->consumer->before_write(stream->consumer);
}

static JsValue write_bytes(JsContext *cx, RtStream *stream, JsValue object, const uint8_t *bytes, size_t length)
{
  begin_write(stream);
  RtRequest *request = rt_request_new(cx, object, "WRITEWRAP", js_ref_get(stream->self));
  if (!request)
    return js_int32(UV_ENOMEM);
  int result = stream->ops->write(stream, (const char *)bytes, length, rt_request_done, request);
  if (result != 1)
    rt_request_free(request);
  return js_int32(result);
}

/* writeBuffer(req, view) */
static JsValue stream_write_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 1, &view))
    return JS_EXCEPTION;
  return stream ? write_bytes(cx, stream, argv[0], view.data, view.byte_length) : js_int32(UV_EBADF);
}

/* writeString(req, string, encoding): the encoding as a number of encodings.h */
static JsValue stream_write_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { ON_STACK = 16 * 1024 }; /* most headers and small bodies */
  RtStream *stream = rt_stream_of(this_val);
  JsValue string;
  if (!rt_string_argument(cx, argc, argv, 1, &string))
    return JS_EXCEPTION;
  if (!stream)
    return js_int32(UV_EBADF);
  RtEncoding encoding = (RtEncoding)rt_int_argument(argc, argv, 2);
  size_t cap = rt_encoded_size(cx, encoding, string);
  uint8_t stack[ON_STACK], *bytes = cap <= sizeof stack ? stack : malloc(cap);
  if (!bytes)
    return js_int32(UV_ENOMEM);
  size_t length = rt_encode_string(cx, encoding, string, bytes, cap);
  JsValue result = write_bytes(cx, stream, argv[0], bytes, length);
  if (bytes != stack)
    free(bytes);
  return result;
}

/* shutdown(req) */
static JsValue stream_shutdown(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *stream = rt_stream_of(this_val);
  if (!stream)
    return js_int32(UV_EBADF);
  RtRequest *request = rt_request_new(cx, js_argument(argc, argv, 0), "SHUTDOWNWRAP", this_val);
  if (!request)
    return js_int32(UV_ENOMEM);
  begin_write(stream);
  int error = stream->ops->shutdown(stream, rt_request_done, request);
  if (error)
    rt_request_free(request);
  return js_int32(error);
}

const JsFunctionRow rt_stream_methods[] = {
    {"getCounts", stream_counts, 0},         {"idleTime", stream_idle_time, 0},
    {"readStart", stream_read_start, 0},     {"readStop", stream_read_stop, 0},
    {"writeBuffer", stream_write_buffer, 2}, {"writeString", stream_write_string, 3},
    {"shutdown", stream_shutdown, 1},        {0},
};
