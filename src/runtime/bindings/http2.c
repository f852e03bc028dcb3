// SPDX-License-Identifier: MIT
/*
 * internalBinding('http2'): an HTTP/2 session (RFC 9113) of nghttp2 over any stream. Frames are read and written here;
 * JavaScript sees header lists, chunks of data and the ends of both. Contract: docs/bindings.md.
 *
 * What a stream reads is acknowledged to the peer when JavaScript reads on; what it writes waits here for the peer's
 * windows. JavaScript may destroy the session in any callback: it is freed when the last function working on it returns
 * and the last write below is over.
 */
#include "runtime/binding.h"
#include "runtime/nghttp2_lib.h"
#include "runtime/stream_wrap.h"

#include <stdlib.h>
#include <string.h>

enum {
  MAX_GATHERED = 64 * 1024, /* bytes of frames in one write */
  RESET_BURST = 1000,       /* streams that a client may reset at once ... */
  RESET_RATE = 33,          /* ... and per second (CVE-2023-44487) */
};

/* Bytes that wait for the peer's windows. */
typedef struct Chunk {
  struct Chunk *next;
  RtRequest *request;
  size_t length, sent;
  uint8_t bytes[];
} Chunk;

typedef struct H2Stream {
  struct H2Stream *next, **link; /* in the session's list */
  int32_t id;
  Chunk *chunks, **chunks_end;
  JsRef *headers; /* array under construction: name, value, ... */
  uint32_t header_count, header_bytes;
  size_t unconsumed;
  bool reading, ended, wants_trailers, deferred, too_many_headers;
} H2Stream;

typedef struct H2Session {
  const Nghttp2Lib *lib;
  nghttp2_session *session;
  CulmEnv *env;
  JsRef *self, *under_ref;
  RtStream *under;
  RtConsumer consumer;
  H2Stream *streams;
  Chunk *sent; /* written to frames; told when these are out */
  Chunk **sent_end;
  uint8_t *out;
  size_t out_length;
  unsigned busy;
  bool closed, is_server, writing, in_nghttp2, failed;
  uint32_t max_header_pairs, max_header_bytes;
  int32_t invalid_frames;
} H2Session;

static void session_finalise(void *native);
static const JsHostClass session_class = {"Http2Session", session_finalise};

/* --- life
 * -----------------------------------------------------------------------------------------------------------*/

static void tell_chunk(Chunk *chunk, int status)
{
  RtRequest *request = chunk->request;
  free(chunk);
  if (request)
    rt_request_done(request, status);
}

static void stream_free(H2Stream *stream)
{
  *stream->link = stream->next;
  if (stream->next)
    stream->next->link = stream->link;
  js_ref_free(stream->headers);
  free(stream);
}

static void session_free(H2Session *session)
{
  if (session->session)
    session->lib->nghttp2_session_del(session->session);
  session->session = NULL;
  while (session->streams) {
    for (Chunk *next, *chunk = session->streams->chunks; chunk; chunk = next) {
      next = chunk->next;
      rt_request_free(chunk->request);
      free(chunk);
    }
    stream_free(session->streams);
  }
  for (Chunk *next; session->sent; session->sent = next) {
    next = session->sent->next;
    rt_request_free(session->sent->request);
    free(session->sent);
  }
  js_ref_free(session->self);
  js_ref_free(session->under_ref);
  free(session->out);
  free(session);
}

static void session_finalise(void *native)
{
  if (native)
    session_free(native);
}

static void release_if_over(H2Session *session)
{
  if (session->closed && !session->busy && !session->writing)
    session_free(session);
}

static H2Session *session_of(JsValue val)
{
  return js_host_native(val, &session_class);
}

static void call(H2Session *session, const char *method, int argc, const JsValue *argv)
{
  if (!session->closed)
    env_call_method(session->env, js_ref_get(session->self), method, argc, argv);
}

/* --- output
 * ---------------------------------------------------------------------------------------------------------*/

static void flush(H2Session *session);

static void tell_sent(H2Session *session, int status)
{
  while (session->sent) {
    Chunk *chunk = session->sent;
    session->sent = chunk->next;
    if (!session->sent)
      session->sent_end = &session->sent;
    tell_chunk(chunk, status);
  }
}

static void on_written(void *opaque, int status)
{
  H2Session *session = opaque;
  session->writing = false;
  session->busy++;
  tell_sent(session, status);
  if (!session->closed) {
    if (status < 0) {
      JsValue arg = js_int32(status);
      call(session, "onwriteerror", 1, &arg);
    } else {
      flush(session);
    }
  }
  session->busy--;
  release_if_over(session);
}

/* Callbacks of nghttp2 must not call back into its sending and receiving; ticks would. */
static void enter_nghttp2(H2Session *session)
{
  session->in_nghttp2 = true;
  session->env->call_depth++;
}

static void leave_nghttp2(H2Session *session)
{
  session->env->call_depth--;
  session->in_nghttp2 = false;
}

/* Frames that are ready, as many as one write takes. */
static bool gather(H2Session *session)
{
  session->out_length = 0;
  while (session->out_length < MAX_GATHERED) {
    const uint8_t *bytes;
    enter_nghttp2(session);
    ssize_t length = session->lib->nghttp2_session_mem_send(session->session, &bytes);
    leave_nghttp2(session);
    if (length <= 0)
      return length == 0;
    uint8_t *grown = realloc(session->out, session->out_length + (size_t)length);
    if (!grown)
      return false;
    session->out = grown;
    memcpy(grown + session->out_length, bytes, (size_t)length);
    session->out_length += (size_t)length;
  }
  return true;
}

static bool is_finished(H2Session *session)
{
  return !session->lib->nghttp2_session_want_read(session->session) &&
         !session->lib->nghttp2_session_want_write(session->session);
}

/* Everything that may be sent, until a write below is under way. */
static void flush(H2Session *session)
{
  if (session->in_nghttp2 || session->writing || session->closed || !session->under || session->failed)
    return;
  session->busy++;
  while (!session->closed && session->under && !session->writing) {
    if (!gather(session))
      session->failed = true;
    if (session->closed || !session->out_length)
      break;
    session->writing = true;
    int result = session->under->ops->write(session->under, (const char *)session->out, session->out_length, on_written,
                                            session);
    if (result == 1)
      break;
    session->writing = false;
    tell_sent(session, result);
    if (result < 0) {
      session->failed = true;
      JsValue arg = js_int32(result);
      call(session, "onwriteerror", 1, &arg);
    }
  }
  if (!session->closed && session->sent && !session->writing)
    tell_sent(session, 0);
  if (!session->closed && !session->writing && is_finished(session))
    call(session, "ondone", 0, NULL);
  session->busy--;
}

static ssize_t read_data(nghttp2_session *nghttp2, int32_t id, uint8_t *buf, size_t length, uint32_t *flags,
                         nghttp2_data_source *source, void *user_data)
{
  H2Session *session = user_data;
  H2Stream *stream = source->ptr;
  size_t count = 0;
  while (stream->chunks && count < length) {
    Chunk *chunk = stream->chunks;
    size_t part = chunk->length - chunk->sent;
    if (part > length - count)
      part = length - count;
    if (part)
      memcpy(buf + count, chunk->bytes + chunk->sent, part);
    chunk->sent += part;
    count += part;
    if (chunk->sent < chunk->length)
      break;
    stream->chunks = chunk->next;
    if (!stream->chunks)
      stream->chunks_end = &stream->chunks;
    chunk->next = NULL;
    *session->sent_end = chunk;
    session->sent_end = &chunk->next;
  }
  if (!stream->chunks && stream->ended) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (stream->wants_trailers) {
      *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      JsValue arg = js_int32(id);
      call(session, "onwanttrailers", 1, &arg);
    }
  } else if (!count) {
    stream->deferred = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  return (ssize_t)count;
}

/* --- input
 * ----------------------------------------------------------------------------------------------------------*/

static H2Stream *stream_new(H2Session *session, int32_t id)
{
  H2Stream *stream = calloc(1, sizeof *stream);
  if (!stream)
    return NULL;
  stream->id = id;
  stream->chunks_end = &stream->chunks;
  stream->next = session->streams;
  if (stream->next)
    stream->next->link = &stream->next;
  stream->link = &session->streams;
  session->streams = stream;
  session->lib->nghttp2_session_set_stream_user_data(session->session, id, stream);
  return stream;
}

static H2Stream *stream_find(H2Session *session, int32_t id)
{
  H2Stream *stream = session->lib->nghttp2_session_get_stream_user_data(session->session, id);
  if (stream)
    return stream;
  /* nghttp2 does not know a request before it is sent; the newest is first. */
  for (stream = session->streams; stream && stream->id != id; stream = stream->next)
    ;
  return stream;
}

static int32_t headers_id(const nghttp2_frame *frame)
{
  return frame->hd.type == NGHTTP2_PUSH_PROMISE ? frame->push_promise.promised_stream_id : frame->hd.stream_id;
}

static int on_begin_headers(nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  H2Session *session = user_data;
  H2Stream *stream = stream_find(session, headers_id(frame));
  if (!stream && !(stream = stream_new(session, headers_id(frame))))
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  JsValue list = js_array_new(session->env->cx, 0, NULL);
  if (js_is_exception(list)) {
    js_take_exception(session->env->cx);
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  js_ref_free(stream->headers);
  stream->headers = js_ref_new(session->env->cx, list);
  stream->header_count = stream->header_bytes = 0;
  stream->too_many_headers = false;
  return 0;
}

/* Each header is three items: name, value, whether it is sensitive. */
static int on_header(nghttp2_session *nghttp2, const nghttp2_frame *frame, const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags, void *user_data)
{
  enum { OVERHEAD = 32 }; /* RFC 9113, 6.5.2 */
  H2Session *session = user_data;
  H2Stream *stream = stream_find(session, headers_id(frame));
  if (!stream || !stream->headers || stream->too_many_headers)
    return 0;
  stream->header_count++;
  stream->header_bytes += (uint32_t)(name_length + value_length + OVERHEAD);
  if (stream->header_count > session->max_header_pairs || stream->header_bytes > session->max_header_bytes) {
    stream->too_many_headers = true;
    session->lib->nghttp2_submit_rst_stream(nghttp2, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_ENHANCE_YOUR_CALM);
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  }
  JsContext *cx = session->env->cx;
  JsValue list = js_ref_get(stream->headers);
  if (js_array_push(cx, list, js_string_latin1(cx, name, name_length)) &&
      js_array_push(cx, list, js_string_latin1(cx, value, value_length)) &&
      js_array_push(cx, list, js_boolean(flags & NGHTTP2_NV_FLAG_NO_INDEX)))
    return 0;
  js_take_exception(cx);
  return NGHTTP2_ERR_CALLBACK_FAILURE;
}

/* onheaders(id, list, category, endStream, parent's id or 0) */
static void tell_headers(H2Session *session, const nghttp2_frame *frame)
{
  H2Stream *stream = stream_find(session, headers_id(frame));
  if (!stream || !stream->headers)
    return;
  bool is_push = frame->hd.type == NGHTTP2_PUSH_PROMISE;
  JsValue args[5] = {js_int32(stream->id), js_ref_get(stream->headers),
                     js_int32(is_push ? NGHTTP2_HCAT_PUSH_RESPONSE + 100 : (int)frame->headers.cat),
                     js_boolean(!is_push && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)),
                     js_int32(is_push ? frame->hd.stream_id : 0)};
  js_ref_free(stream->headers);
  stream->headers = NULL;
  if (!stream->too_many_headers)
    call(session, "onheaders", 5, args);
}

static void tell_end(H2Session *session, int32_t id)
{
  JsValue arg = js_int32(id);
  call(session, "onend", 1, &arg);
}

static void tell_goaway(H2Session *session, const nghttp2_goaway *frame)
{
  JsValue args[3] = {js_number(frame->error_code), js_int32(frame->last_stream_id), JS_UNDEFINED};
  if (frame->opaque_data_len)
    args[2] = rt_bytes_new(session->env->cx, frame->opaque_data, frame->opaque_data_len);
  if (js_is_exception(args[2]))
    args[2] = js_take_exception(session->env->cx);
  call(session, "ongoaway", 3, args);
}

static void tell_altsvc(H2Session *session, const nghttp2_frame *frame)
{
  const nghttp2_ext_altsvc *altsvc = frame->ext.payload;
  JsContext *cx = session->env->cx;
  JsValue args[3] = {js_int32(frame->hd.stream_id), js_string_latin1(cx, altsvc->origin, altsvc->origin_len),
                     js_string_latin1(cx, altsvc->field_value, altsvc->field_value_len)};
  call(session, "onaltsvc", 3, args);
}

static void tell_origins(H2Session *session, const nghttp2_frame *frame)
{
  const nghttp2_ext_origin *origin = frame->ext.payload;
  JsContext *cx = session->env->cx;
  JsValue list = js_array_new(cx, 0, NULL);
  for (size_t k = 0; k < origin->nov; k++)
    if (js_is_exception(list) ||
        !js_array_push(cx, list, js_string_latin1(cx, origin->ov[k].origin, origin->ov[k].origin_len))) {
      js_take_exception(cx);
      return;
    }
  call(session, "onorigin", 1, &list);
}

static int on_frame(nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  H2Session *session = user_data;
  bool is_ack = frame->hd.flags & NGHTTP2_FLAG_ACK, ends = frame->hd.flags & NGHTTP2_FLAG_END_STREAM;
  JsValue args[2] = {js_boolean(is_ack), JS_UNDEFINED};
  switch (frame->hd.type) {
  case NGHTTP2_HEADERS:
  case NGHTTP2_PUSH_PROMISE:
    tell_headers(session, frame);
    if (frame->hd.type == NGHTTP2_HEADERS && ends)
      tell_end(session, frame->hd.stream_id);
    break;
  case NGHTTP2_DATA:
    if (ends)
      tell_end(session, frame->hd.stream_id);
    break;
  case NGHTTP2_SETTINGS: call(session, "onsettings", 1, args); break;
  case NGHTTP2_PING:
    args[1] = rt_bytes_new(session->env->cx, frame->ping.opaque_data, 8);
    if (js_is_exception(args[1]))
      args[1] = js_take_exception(session->env->cx);
    call(session, "onping", 2, args);
    break;
  case NGHTTP2_GOAWAY: tell_goaway(session, &frame->goaway); break;
  case NGHTTP2_ALTSVC: tell_altsvc(session, frame); break;
  case NGHTTP2_ORIGIN: tell_origins(session, frame); break;
  }
  return 0;
}

static int on_data(nghttp2_session *nghttp2, uint8_t flags, int32_t id, const uint8_t *bytes, size_t length,
                   void *user_data)
{
  H2Session *session = user_data;
  H2Stream *stream = stream_find(session, id);
  session->lib->nghttp2_session_consume_connection(nghttp2, length);
  if (!stream) {
    session->lib->nghttp2_session_consume_stream(nghttp2, id, length);
    return 0;
  }
  if (stream->reading)
    session->lib->nghttp2_session_consume_stream(nghttp2, id, length);
  else
    stream->unconsumed += length;
  JsValue args[2] = {js_int32(id), rt_bytes_new(session->env->cx, bytes, length)};
  if (js_is_exception(args[1])) {
    js_take_exception(session->env->cx);
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  call(session, "ondata", 2, args);
  return 0;
}

static int on_stream_close(nghttp2_session *nghttp2, int32_t id, uint32_t code, void *user_data)
{
  H2Session *session = user_data;
  H2Stream *stream = stream_find(session, id);
  if (!stream)
    return 0;
  session->lib->nghttp2_session_set_stream_user_data(nghttp2, id, NULL);
  Chunk *chunks = stream->chunks;
  stream_free(stream);
  while (chunks) {
    Chunk *chunk = chunks;
    chunks = chunk->next;
    tell_chunk(chunk, UV_ECANCELED);
  }
  JsValue args[2] = {js_int32(id), js_number(code)};
  call(session, "onstreamclose", 2, args);
  return 0;
}

static int on_frame_sent(nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  H2Session *session = user_data;
  if (frame->hd.type == NGHTTP2_GOAWAY) {
    JsValue arg = js_number(frame->goaway.error_code);
    call(session, "ongoawaysent", 1, &arg);
  }
  return 0;
}

static int on_frame_not_sent(nghttp2_session *nghttp2, const nghttp2_frame *frame, int error, void *user_data)
{
  H2Session *session = user_data;
  /* Streams that were closed meanwhile, or sessions that are closing, are no errors of anyone. */
  if (error == NGHTTP2_ERR_SESSION_CLOSING || error == NGHTTP2_ERR_STREAM_CLOSED || error == NGHTTP2_ERR_STREAM_CLOSING)
    return 0;
  JsValue args[3] = {js_int32(frame->hd.stream_id), js_int32(frame->hd.type), js_int32(error)};
  call(session, "onframeerror", 3, args);
  return 0;
}

static int on_invalid_frame(nghttp2_session *nghttp2, const nghttp2_frame *frame, int error, void *user_data)
{
  H2Session *session = user_data;
  if (error == NGHTTP2_ERR_PROTO || error == NGHTTP2_ERR_STREAM_CLOSED) {
    JsValue args[2] = {js_int32(error), js_int32(++session->invalid_frames)};
    call(session, "oninvalidframe", 2, args);
  }
  return 0;
}

/* A bad field of a good message is left out. */
static int on_invalid_header(nghttp2_session *nghttp2, const nghttp2_frame *frame, const uint8_t *name,
                             size_t name_length, const uint8_t *value, size_t value_length, uint8_t flags,
                             void *user_data)
{
  return 0;
}

static ssize_t select_padding(nghttp2_session *nghttp2, const nghttp2_frame *frame, size_t most, void *user_data)
{
  return (ssize_t)most;
}

/* To a multiple of eight bytes, header included. */
static ssize_t select_aligned(nghttp2_session *nghttp2, const nghttp2_frame *frame, size_t most, void *user_data)
{
  size_t rest = (frame->hd.length + 9) % 8, padded = frame->hd.length + (rest ? 8 - rest : 0);
  return (ssize_t)(padded < most ? padded : most);
}

static void receive(H2Session *session, const uint8_t *bytes, size_t length)
{
  session->busy++;
  enter_nghttp2(session);
  ssize_t taken = session->lib->nghttp2_session_mem_recv(session->session, bytes, length);
  leave_nghttp2(session);
  if (taken < 0 && !session->closed) {
    JsValue args[2] = {js_int32((int)taken), js_string(session->env->cx, session->lib->nghttp2_strerror((int)taken))};
    call(session, "onerror", 2, args);
  }
  flush(session);
  CulmEnv *env = session->env;
  session->busy--;
  release_if_over(session);
  env_drain(env);
}

static H2Session *session_of_consumer(RtConsumer *consumer)
{
  return (H2Session *)((char *)consumer - offsetof(H2Session, consumer));
}

static void on_under_read(RtConsumer *consumer, ssize_t count, const uint8_t *bytes)
{
  H2Session *session = session_of_consumer(consumer);
  if (session->closed || !session->session)
    return;
  if (count > 0)
    receive(session, bytes, (size_t)count);
  else
    rt_stream_deliver_to_object(session->under, count, NULL);
}

static void on_under_close(RtConsumer *consumer)
{
  session_of_consumer(consumer)->under = NULL;
}

/* --- the session
 * ----------------------------------------------------------------------------------------------------*/

static double number_option(JsContext *cx, JsValue options, const char *name, double fallback)
{
  double number;
  JsValue val = js_get(cx, options, name);
  if (js_is_exception(val)) {
    js_take_exception(cx);
    return fallback;
  }
  if (js_value_type(val) != JS_TYPE_NUMBER || !js_to_double(cx, val, &number) || number < 0)
    return fallback;
  return number;
}

static nghttp2_option *make_options(JsContext *cx, const Nghttp2Lib *lib, JsValue given)
{
  nghttp2_option *option;
  if (lib->nghttp2_option_new(&option))
    return NULL;
  lib->nghttp2_option_set_no_auto_window_update(option, 1);
  lib->nghttp2_option_set_no_closed_streams(option, 1);
  lib->nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ALTSVC);
  lib->nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ORIGIN);
  lib->nghttp2_option_set_stream_reset_rate_limit(option,
                                                  (uint64_t)number_option(cx, given, "streamResetBurst", RESET_BURST),
                                                  (uint64_t)number_option(cx, given, "streamResetRate", RESET_RATE));
  lib->nghttp2_option_set_max_deflate_dynamic_table_size(
      option, (size_t)number_option(cx, given, "maxDeflateDynamicTableSize", 4096));
  lib->nghttp2_option_set_max_reserved_remote_streams(
      option, (uint32_t)number_option(cx, given, "maxReservedRemoteStreams", 200));
  lib->nghttp2_option_set_max_send_header_block_length(
      option, (size_t)number_option(cx, given, "maxSendHeaderBlockLength", 65536));
  lib->nghttp2_option_set_peer_max_concurrent_streams(
      option, (uint32_t)number_option(cx, given, "peerMaxConcurrentStreams", 100));
  lib->nghttp2_option_set_max_settings(option, (size_t)number_option(cx, given, "maxSettings", 32));
  JsValue strict = js_get(cx, given, "strictFieldWhitespaceValidation");
  if (js_is_exception(strict))
    js_take_exception(cx);
  else if (js_value_type(strict) == JS_TYPE_BOOLEAN && !js_to_boolean(strict))
    lib->nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(option, 1);
  return option;
}

static bool make_session(JsContext *cx, H2Session *session, JsValue given)
{
  const Nghttp2Lib *lib = session->lib;
  nghttp2_session_callbacks *callbacks;
  nghttp2_option *option = make_options(cx, lib, given);
  if (!option || lib->nghttp2_session_callbacks_new(&callbacks)) {
    if (option)
      lib->nghttp2_option_del(option);
    return false;
  }
  lib->nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  lib->nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  lib->nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, on_invalid_header);
  lib->nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  lib->nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  lib->nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  lib->nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_sent);
  lib->nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_sent);
  lib->nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, on_invalid_frame);
  int padding = (int)number_option(cx, given, "paddingStrategy", 0);
  if (padding)
    lib->nghttp2_session_callbacks_set_select_padding_callback(callbacks,
                                                               padding == 1 ? select_aligned : select_padding);
  int failed = session->is_server ? lib->nghttp2_session_server_new2(&session->session, callbacks, session, option)
                                  : lib->nghttp2_session_client_new2(&session->session, callbacks, session, option);
  lib->nghttp2_session_callbacks_del(callbacks);
  lib->nghttp2_option_del(option);
  return !failed;
}

/* new Http2Session(isServer, stream's handle, options) */
static JsValue session_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const Nghttp2Lib *lib = nghttp2_lib_get();
  if (!lib)
    return js_throw_plain_error(cx, "libnghttp2.so.14 cannot be loaded");
  RtStream *under = rt_stream_of(js_argument(argc, argv, 1));
  if (!under || !js_value_is_object(js_argument(argc, argv, 2)))
    return js_throw_type_error(cx, "An Http2Session needs an open stream");
  H2Session *session = calloc(1, sizeof *session);
  if (!session)
    return js_throw_range_error(cx, "Out of memory");
  session->lib = lib;
  session->env = env_of(cx);
  session->is_server = js_to_boolean(argv[0]);
  session->sent_end = &session->sent;
  session->max_header_pairs = (uint32_t)number_option(cx, argv[2], "maxHeaderListPairs", 128);
  session->max_header_bytes = (uint32_t)number_option(cx, argv[2], "maxHeaderListSize", 65535);
  JsValue obj = make_session(cx, session, argv[2]) ? js_host_new(cx, &session_class, session)
                                                   : js_throw_range_error(cx, "Out of memory");
  if (js_is_exception(obj)) {
    session_free(session);
    return obj;
  }
  session->self = js_ref_new(cx, obj);
  session->under_ref = js_ref_new(cx, argv[1]);
  session->under = under;
  session->consumer = (RtConsumer){.on_read = on_under_read, .on_close = on_under_close};
  rt_stream_set_consumer(under, &session->consumer);
  return obj;
}

static H2Session *session_this(JsContext *cx, JsValue this_val)
{
  H2Session *session = session_of(this_val);
  if (!session)
    js_throw_type_error(cx, "Illegal invocation");
  return session;
}

/* destroy(): the stream below is left alone; what waits to be written ends as cancelled. */
static JsValue session_destroy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &session_class, NULL);
  session->closed = true;
  session->busy++;
  if (session->under)
    rt_stream_set_consumer(session->under, NULL);
  session->under = NULL;
  for (H2Stream *stream = session->streams; stream; stream = stream->next) {
    while (stream->chunks) {
      Chunk *chunk = stream->chunks;
      stream->chunks = chunk->next;
      if (!stream->chunks)
        stream->chunks_end = &stream->chunks;
      tell_chunk(chunk, UV_ECANCELED);
    }
  }
  tell_sent(session, UV_ECANCELED);
  session->busy--;
  release_if_over(session);
  return JS_UNDEFINED;
}

/* receive(view): bytes that were read before */
static JsValue session_receive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  JsView view;
  if (!session || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  receive(session, view.data, view.byte_length);
  return JS_UNDEFINED;
}

static JsValue session_flush(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (session) {
    flush(session);
    release_if_over(session);
  }
  return JS_UNDEFINED;
}

/* --- what JavaScript submits
 * ----------------------------------------------------------------------------------------*/

typedef struct HeaderBlock {
  nghttp2_nv *nva;
  size_t count;
  char *text;
} HeaderBlock;

/* [name, value, sensitive, ...] as nghttp2 has it. */
static bool read_headers(JsContext *cx, JsValue list, HeaderBlock *out)
{
  int64_t length;
  *out = (HeaderBlock){0};
  if (!js_value_is_array(list) || !js_length(cx, list, &length) || length % 3 || length > 3 * 65536) {
    js_throw_type_error(cx, "Bad header list");
    return false;
  }
  size_t bytes = 1, at = 0;
  for (int64_t k = 0; k < length; k++) {
    JsValue item = js_get_index(cx, list, (uint32_t)k);
    if (js_is_exception(item))
      return false;
    if (k % 3 < 2 && !js_value_is_string(item)) {
      js_throw_type_error(cx, "Bad header list");
      return false;
    }
    bytes += k % 3 < 2 ? js_string_length(item) : 0;
  }
  out->count = (size_t)length / 3;
  out->nva = calloc(out->count + 1, sizeof *out->nva);
  out->text = malloc(bytes);
  if (!out->nva || !out->text) {
    free(out->nva);
    free(out->text);
    js_throw_range_error(cx, "Out of memory");
    return false;
  }
  for (int64_t k = 0; k < length; k++) {
    JsValue item = js_get_index(cx, list, (uint32_t)k);
    nghttp2_nv *nv = &out->nva[k / 3];
    if (k % 3 == 2) {
      nv->flags = js_to_boolean(item) ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
      continue;
    }
    JsStringView view = js_string_view(cx, item);
    uint8_t *start = (uint8_t *)out->text + at;
    for (uint32_t i = 0; i < view.length; i++)
      start[i] = view.is_wide ? (uint8_t)((const uint16_t *)view.units)[i] : ((const uint8_t *)view.units)[i];
    at += view.length;
    if (k % 3 == 0) {
      nv->name = start;
      nv->namelen = view.length;
    } else {
      nv->value = start;
      nv->valuelen = view.length;
    }
  }
  return true;
}

static void free_headers(HeaderBlock *block)
{
  free(block->nva);
  free(block->text);
}

enum { HAS_BODY = 1, WANTS_TRAILERS = 2 };

/* request(headers, flags) -> the stream's id or nghttp2's error */
static JsValue session_request(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 0), &block))
    return JS_EXCEPTION;
  int flags = rt_int_argument(argc, argv, 1);
  H2Stream *stream = calloc(1, sizeof *stream);
  if (!stream) {
    free_headers(&block);
    return js_throw_range_error(cx, "Out of memory");
  }
  nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = read_data};
  int32_t id = session->lib->nghttp2_submit_request(session->session, NULL, block.nva, block.count,
                                                    flags & HAS_BODY ? &provider : NULL, stream);
  free_headers(&block);
  if (id < 0) {
    free(stream);
    return js_int32(id);
  }
  stream->id = id;
  stream->chunks_end = &stream->chunks;
  stream->wants_trailers = flags & WANTS_TRAILERS;
  stream->next = session->streams;
  if (stream->next)
    stream->next->link = &stream->next;
  stream->link = &session->streams;
  session->streams = stream;
  return js_int32(id);
}

/* respond(id, headers, flags) -> 0 or nghttp2's error */
static JsValue session_respond(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  H2Stream *stream = stream_find(session, rt_int_argument(argc, argv, 0));
  int flags = rt_int_argument(argc, argv, 2), result = NGHTTP2_ERR_INVALID_ARGUMENT;
  if (stream) {
    stream->wants_trailers = flags & WANTS_TRAILERS;
    nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = read_data};
    result = session->lib->nghttp2_submit_response(session->session, stream->id, block.nva, block.count,
                                                   flags & HAS_BODY ? &provider : NULL);
  }
  free_headers(&block);
  return js_int32(result);
}

/* info(id, headers): a 1xx */
static JsValue session_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  int result = session->lib->nghttp2_submit_headers(session->session, NGHTTP2_FLAG_NONE, rt_int_argument(argc, argv, 0),
                                                    NULL, block.nva, block.count, NULL);
  free_headers(&block);
  return js_int32(result);
}

/* trailers(id, headers): without any, the stream just ends */
static JsValue session_trailers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  int32_t id = rt_int_argument(argc, argv, 0);
  H2Stream *stream = stream_find(session, id);
  int result = NGHTTP2_ERR_INVALID_ARGUMENT;
  if (stream && block.count) {
    result = session->lib->nghttp2_submit_trailer(session->session, id, block.nva, block.count);
  } else if (stream) {
    stream->wants_trailers = false;
    nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = read_data};
    result = session->lib->nghttp2_submit_data(session->session, NGHTTP2_FLAG_END_STREAM, id, &provider);
  }
  free_headers(&block);
  return js_int32(result);
}

/* pushPromise(id, headers) -> the promised stream's id or nghttp2's error */
static JsValue session_push(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  int32_t id = session->lib->nghttp2_submit_push_promise(session->session, NGHTTP2_FLAG_NONE,
                                                         rt_int_argument(argc, argv, 0), block.nva, block.count, NULL);
  free_headers(&block);
  if (id > 0) {
    H2Stream *stream = calloc(1, sizeof *stream);
    if (!stream)
      return js_throw_range_error(cx, "Out of memory");
    stream->id = id;
    stream->chunks_end = &stream->chunks;
    stream->next = session->streams;
    if (stream->next)
      stream->next->link = &stream->next;
    stream->link = &session->streams;
    session->streams = stream;
    /* The stream itself is made when the promise is sent: at once. */
    flush(session);
    session->lib->nghttp2_session_set_stream_user_data(session->session, id, stream);
  }
  return js_int32(id);
}

static void resume(H2Session *session, H2Stream *stream)
{
  if (!stream->deferred)
    return;
  stream->deferred = false;
  session->lib->nghttp2_session_resume_data(session->session, stream->id);
}

/* write(id, req, view) -> 1, and req.oncomplete(status) when it is out; or errno */
static JsValue session_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 2, &view))
    return JS_EXCEPTION;
  H2Stream *stream = session ? stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
  if (!stream || stream->ended)
    return js_int32(UV_EPIPE);
  Chunk *chunk = malloc(sizeof *chunk + view.byte_length);
  if (!chunk)
    return js_int32(UV_ENOMEM);
  *chunk = (Chunk){.length = view.byte_length, .request = rt_request_new(cx, argv[1], "HTTP2STREAM")};
  if (view.byte_length)
    memcpy(chunk->bytes, view.data, view.byte_length);
  *stream->chunks_end = chunk;
  stream->chunks_end = &chunk->next;
  resume(session, stream);
  return js_int32(1);
}

/* end(id): nothing more will be written */
static JsValue session_end(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  H2Stream *stream = session ? stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
  if (stream) {
    stream->ended = true;
    resume(session, stream);
  }
  return JS_UNDEFINED;
}

/* rst(id, code) */
static JsValue session_rst(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (session)
    session->lib->nghttp2_submit_rst_stream(session->session, NGHTTP2_FLAG_NONE, rt_int_argument(argc, argv, 0),
                                            (uint32_t)rt_double_argument(argc, argv, 1));
  return JS_UNDEFINED;
}

/* read(id, on): while on, what comes is acknowledged at once */
static JsValue session_read(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  H2Stream *stream = session ? stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
  if (!stream)
    return JS_UNDEFINED;
  stream->reading = js_to_boolean(js_argument(argc, argv, 1));
  if (stream->reading && stream->unconsumed) {
    session->lib->nghttp2_session_consume_stream(session->session, stream->id, stream->unconsumed);
    stream->unconsumed = 0;
  }
  return JS_UNDEFINED;
}

/* settings([id, value, ...]) -> 0 or nghttp2's error */
static JsValue session_settings(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { MOST = 64 };
  H2Session *session = session_this(cx, this_val);
  JsView view;
  nghttp2_settings_entry entries[MOST];
  if (!session || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t count = view.byte_length / 8;
  if (view.type != JS_UINT32 || count > MOST)
    return js_throw_type_error(cx, "Bad settings");
  for (size_t k = 0; k < count; k++) {
    uint32_t pair[2];
    memcpy(pair, view.data + 8 * k, sizeof pair);
    entries[k] = (nghttp2_settings_entry){(int32_t)pair[0], pair[1]};
  }
  return js_int32(session->lib->nghttp2_submit_settings(session->session, NGHTTP2_FLAG_NONE, entries, count));
}

/* getSettings(remote, id) */
static JsValue session_get_settings(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  nghttp2_settings_id id = (nghttp2_settings_id)rt_int_argument(argc, argv, 1);
  return js_number(js_to_boolean(js_argument(argc, argv, 0))
                       ? session->lib->nghttp2_session_get_remote_settings(session->session, id)
                       : session->lib->nghttp2_session_get_local_settings(session->session, id));
}

/* ping(8 bytes) */
static JsValue session_ping(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  JsView view;
  if (!session || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (view.byte_length != 8)
    return js_throw_range_error(cx, "Bad ping");
  return js_int32(session->lib->nghttp2_submit_ping(session->session, NGHTTP2_FLAG_NONE, view.data));
}

/* goaway(code, lastStreamId or below 1 for the newest, view or undefined) */
static JsValue session_goaway(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  if (!session)
    return JS_EXCEPTION;
  JsView view = {0};
  js_view(js_argument(argc, argv, 2), &view);
  int32_t last = rt_int_argument(argc, argv, 1);
  if (last < 1)
    last = session->lib->nghttp2_session_get_last_proc_stream_id(session->session);
  session->lib->nghttp2_submit_goaway(session->session, NGHTTP2_FLAG_NONE, last,
                                      (uint32_t)rt_double_argument(argc, argv, 0), view.data, view.byte_length);
  return JS_UNDEFINED;
}

/* terminate(code): goaway, then nothing more is read */
static JsValue session_terminate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (session)
    session->lib->nghttp2_session_terminate_session(session->session, (uint32_t)rt_double_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* altsvc(id, origin, value) */
static JsValue session_altsvc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_this(cx, this_val);
  size_t origin_length, value_length;
  char *origin = session ? js_to_utf8(cx, js_argument(argc, argv, 1), &origin_length) : NULL;
  char *value = origin ? js_to_utf8(cx, js_argument(argc, argv, 2), &value_length) : NULL;
  if (value)
    session->lib->nghttp2_submit_altsvc(session->session, NGHTTP2_FLAG_NONE, rt_int_argument(argc, argv, 0),
                                        (uint8_t *)origin, origin_length, (uint8_t *)value, value_length);
  free(origin);
  free(value);
  return value ? JS_UNDEFINED : JS_EXCEPTION;
}

/* origin([text, ...]) */
static JsValue session_origin(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { MOST = 1024 };
  H2Session *session = session_this(cx, this_val);
  int64_t count;
  if (!session || !js_length(cx, js_argument(argc, argv, 0), &count))
    return JS_EXCEPTION;
  if (count > MOST)
    return js_throw_range_error(cx, "Too many origins");
  nghttp2_origin_entry *entries = calloc((size_t)count + 1, sizeof *entries);
  bool failed = !entries;
  for (int64_t k = 0; k < count && !failed; k++) {
    JsValue item = js_get_index(cx, argv[0], (uint32_t)k);
    entries[k].origin = js_is_exception(item) ? NULL : (uint8_t *)js_to_utf8(cx, item, &entries[k].origin_len);
    failed = !entries[k].origin;
  }
  if (!failed)
    session->lib->nghttp2_submit_origin(session->session, NGHTTP2_FLAG_NONE, entries, (size_t)count);
  for (int64_t k = 0; entries && k < count; k++)
    free(entries[k].origin);
  free(entries);
  return failed ? JS_EXCEPTION : JS_UNDEFINED;
}

static JsValue session_set_next_id(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  return js_boolean(session && session->lib->nghttp2_session_set_next_stream_id(session->session,
                                                                                rt_int_argument(argc, argv, 0)) == 0);
}

static JsValue session_set_window(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  return js_int32(session->lib->nghttp2_session_set_local_window_size(session->session, NGHTTP2_FLAG_NONE, 0,
                                                                      rt_int_argument(argc, argv, 0)));
}

/* state() -> the nine numbers of session.state, in its order */
static JsValue session_state(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  const Nghttp2Lib *lib = session->lib;
  nghttp2_session *s = session->session;
  JsValue numbers[] = {
      js_number(lib->nghttp2_session_get_effective_local_window_size(s)),
      js_number(lib->nghttp2_session_get_effective_recv_data_length(s)),
      js_number(lib->nghttp2_session_get_next_stream_id(s)),
      js_number(lib->nghttp2_session_get_local_window_size(s)),
      js_number(lib->nghttp2_session_get_last_proc_stream_id(s)),
      js_number(lib->nghttp2_session_get_remote_window_size(s)),
      js_number((double)lib->nghttp2_session_get_outbound_queue_size(s)),
      js_number((double)lib->nghttp2_session_get_hd_deflate_dynamic_table_size(s)),
      js_number((double)lib->nghttp2_session_get_hd_inflate_dynamic_table_size(s)),
  };
  return js_array_new(cx, sizeof numbers / sizeof *numbers, numbers);
}

/* streamState(id) -> [state, weight, dependencies' weight, local close, remote close, local window] */
static JsValue session_stream_state(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  const Nghttp2Lib *lib = session->lib;
  int32_t id = rt_int_argument(argc, argv, 0);
  nghttp2_stream *stream = lib->nghttp2_session_find_stream(session->session, id);
  if (!stream && !stream_find(session, id))
    return JS_UNDEFINED;
  if (!stream) { /* asked for, but not sent */
    JsValue idle[] = {
        js_int32(NGHTTP2_STREAM_STATE_IDLE), js_int32(0), js_int32(0), js_int32(0), js_int32(0), js_int32(0)};
    return js_array_new(cx, sizeof idle / sizeof *idle, idle);
  }
  JsValue numbers[] = {
      js_number(lib->nghttp2_stream_get_state(stream)),
      js_number(lib->nghttp2_stream_get_weight(stream)),
      js_number(lib->nghttp2_stream_get_sum_dependency_weight(stream)),
      js_number(lib->nghttp2_session_get_stream_local_close(session->session, id)),
      js_number(lib->nghttp2_session_get_stream_remote_close(session->session, id)),
      js_number(lib->nghttp2_session_get_stream_local_window_size(session->session, id)),
  };
  return js_array_new(cx, sizeof numbers / sizeof *numbers, numbers);
}

/* errorString(code) */
static JsValue error_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const Nghttp2Lib *lib = nghttp2_lib_get();
  return js_string(cx, lib ? lib->nghttp2_strerror(rt_int_argument(argc, argv, 0)) : "");
}

JsValue binding_http2(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"destroy", session_destroy, 0},
      {"receive", session_receive, 1},
      {"flush", session_flush, 0},
      {"request", session_request, 2},
      {"respond", session_respond, 3},
      {"info", session_info, 2},
      {"trailers", session_trailers, 2},
      {"pushPromise", session_push, 2},
      {"write", session_write, 3},
      {"end", session_end, 1},
      {"rst", session_rst, 2},
      {"read", session_read, 2},
      {"settings", session_settings, 1},
      {"getSettings", session_get_settings, 2},
      {"ping", session_ping, 1},
      {"goaway", session_goaway, 3},
      {"terminate", session_terminate, 1},
      {"altsvc", session_altsvc, 3},
      {"origin", session_origin, 1},
      {"setNextStreamID", session_set_next_id, 1},
      {"setLocalWindowSize", session_set_window, 1},
      {"state", session_state, 0},
      {"streamState", session_stream_state, 1},
      {0},
  };
  static const JsFunctionRow functions[] = {{"errorString", error_string, 1}, {0}};
  JsValue binding = binding_new(cx, functions), fn = js_host_class_new(cx, &session_class, session_new, 3, methods);
  if (js_is_exception(binding) || js_is_exception(fn) || !js_set(cx, binding, "Http2Session", fn))
    return JS_EXCEPTION;
  return binding;
}
