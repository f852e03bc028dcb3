// SPDX-License-Identifier: MIT
/*
 * The frames of an HTTP/2 session (RFC 9113): what nghttp2 has ready is written to the stream below, what arrives there
 * is told to JavaScript as header lists, chunks of data and the ends of both. Contract: docs/bindings.md.
 */
#include "runtime/http2_session.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GATHERED = 64 * 1024 }; /* bytes of frames in one write */

/* --- life -------------------------------------------------------------------------------------------------------- */

void h2_chunk_tell(Chunk *chunk, int status)
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

void h2_session_free(H2Session *session)
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

void h2_session_release(H2Session *session)
{
  if (session->closed && !session->busy && !session->writing)
    h2_session_free(session);
}

static void call(H2Session *session, const char *method, int argc, const JsValue *argv)
{
  if (!session->closed)
    env_call_method(session->env, js_ref_get(session->self), method, argc, argv);
}

/* --- output ------------------------------------------------------------------------------------------------------ */

void h2_session_tell_sent(H2Session *session, int status)
{
  while (session->sent) {
    Chunk *chunk = session->sent;
    session->sent = chunk->next;
    session->memory -= chunk->length;
    if (!session->sent)
      session->sent_end = &session->sent;
    h2_chunk_tell(chunk, status);
  }
}

static void on_written(void *opaque, int status)
{
  H2Session *session = opaque;
  session->writing = false;
  session->busy++;
  h2_session_tell_sent(session, status);
  if (!session->closed) {
    if (status < 0) {
      JsValue arg = js_int32(status);
      call(session, "onwriteerror", 1, &arg);
    } else {
      h2_session_flush(session);
    }
  }
  session->busy--;
  h2_session_release(session);
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
void h2_session_flush(H2Session *session)
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
    session->bytes_sent += (double)session->out_length;
    int result = session->under->ops->write(session->under, (const char *)session->out, session->out_length, on_written,
                                            session);
    if (result == 1)
      break;
    session->writing = false;
    h2_session_tell_sent(session, result);
    if (result < 0) {
      session->failed = true;
      JsValue arg = js_int32(result);
      call(session, "onwriteerror", 1, &arg);
    }
  }
  if (!session->closed && session->sent && !session->writing)
    h2_session_tell_sent(session, 0);
  if (!session->closed && !session->writing && is_finished(session))
    call(session, "ondone", 0, NULL);
  session->busy--;
}

ssize_t h2_read_data(nghttp2_session *nghttp2, int32_t id, uint8_t *buf, size_t length, uint32_t *flags,
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

/* --- input ------------------------------------------------------------------------------------------------------- */

void h2_stream_link(H2Session *session, H2Stream *stream, int32_t id)
{
  stream->id = id;
  stream->chunks_end = &stream->chunks;
  stream->next = session->streams;
  if (stream->next)
    stream->next->link = &stream->next;
  stream->link = &session->streams;
  session->streams = stream;
}

static H2Stream *stream_new(H2Session *session, int32_t id)
{
  H2Stream *stream = calloc(1, sizeof *stream);
  if (!stream)
    return NULL;
  h2_stream_link(session, stream, id);
  session->lib->nghttp2_session_set_stream_user_data(session->session, id, stream);
  return stream;
}

H2Stream *h2_stream_find(H2Session *session, int32_t id)
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
  H2Stream *stream = h2_stream_find(session, headers_id(frame));
  if (!stream && session->memory > session->max_memory) {
    /* What is asked for waits already: no more of it. A peer that goes on asking is cut off. */
    if (session->rejected_streams++ > session->max_rejected_streams)
      return NGHTTP2_ERR_CALLBACK_FAILURE;
    session->lib->nghttp2_submit_rst_stream(nghttp2, NGHTTP2_FLAG_NONE, headers_id(frame), NGHTTP2_ENHANCE_YOUR_CALM);
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  }
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
  H2Stream *stream = h2_stream_find(session, headers_id(frame));
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
  H2Stream *stream = h2_stream_find(session, headers_id(frame));
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

/* oninvalidframe(nghttp2's error or 0, how many there were) */
static void tell_invalid_frame(H2Session *session, int error)
{
  JsValue args[2] = {js_int32(error), js_int32(++session->invalid_frames)};
  call(session, "oninvalidframe", 2, args);
}

/* onsettings(isAck, [id, value, ...]) */
static void tell_settings(H2Session *session, const nghttp2_frame *frame)
{
  JsContext *cx = session->env->cx;
  JsValue args[2] = {js_boolean(frame->hd.flags & NGHTTP2_FLAG_ACK), js_array_new(cx, 0, NULL)};
  for (size_t k = 0; k < frame->settings.niv; k++) {
    if (js_is_exception(args[1]) || !js_array_push(cx, args[1], js_int32(frame->settings.iv[k].settings_id)) ||
        !js_array_push(cx, args[1], js_number(frame->settings.iv[k].value))) {
      js_take_exception(cx);
      args[1] = JS_UNDEFINED;
      break;
    }
  }
  call(session, "onsettings", 2, args);
}

static int on_frame(nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  H2Session *session = user_data;
  session->frames_received++;
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
    else if (frame->hd.length == 0)
      tell_invalid_frame(session, 0); /* costs work and says nothing (CVE-2019-9518) */
    break;
  case NGHTTP2_SETTINGS: tell_settings(session, frame); break;
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
  H2Stream *stream = h2_stream_find(session, id);
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
  H2Stream *stream = h2_stream_find(session, id);
  if (!stream)
    return 0;
  session->lib->nghttp2_session_set_stream_user_data(nghttp2, id, NULL);
  Chunk *chunks = stream->chunks;
  stream_free(stream);
  while (chunks) {
    Chunk *chunk = chunks;
    chunks = chunk->next;
    session->memory -= chunk->length;
    h2_chunk_tell(chunk, UV_ECANCELED);
  }
  JsValue args[2] = {js_int32(id), js_number(code)};
  call(session, "onstreamclose", 2, args);
  return 0;
}

static int on_frame_sent(nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  H2Session *session = user_data;
  session->frames_sent++;
  if (frame->hd.type == NGHTTP2_GOAWAY) {
    JsValue arg = js_number(frame->goaway.error_code);
    call(session, "ongoawaysent", 1, &arg);
  } else if ((frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) &&
             frame->hd.flags & NGHTTP2_FLAG_END_STREAM) {
    H2Stream *stream = h2_stream_find(session, frame->hd.stream_id);
    if (stream && stream->resets_after_end)
      session->lib->nghttp2_submit_rst_stream(nghttp2, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_NO_ERROR);
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
  tell_invalid_frame(session, error);
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

void h2_session_receive(H2Session *session, const uint8_t *bytes, size_t length)
{
  session->busy++;
  session->bytes_received += (double)length;
  enter_nghttp2(session);
  ssize_t taken = session->lib->nghttp2_session_mem_recv(session->session, bytes, length);
  leave_nghttp2(session);
  if (taken < 0 && !session->closed) {
    JsValue args[2] = {js_int32((int)taken), js_string(session->env->cx, session->lib->nghttp2_strerror((int)taken))};
    call(session, "onerror", 2, args);
  }
  h2_session_flush(session);
  CulmEnv *env = session->env;
  session->busy--;
  h2_session_release(session);
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
    h2_session_receive(session, bytes, (size_t)count);
  else
    rt_stream_deliver_to_object(session->under, count, NULL);
}

static void on_under_close(RtConsumer *consumer)
{
  session_of_consumer(consumer)->under = NULL;
}

const RtConsumer h2_consumer = {.on_read = on_under_read, .on_close = on_under_close};

void h2_callbacks_set(const Nghttp2Lib *lib, nghttp2_session_callbacks *callbacks, int padding)
{
  lib->nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  lib->nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  lib->nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, on_invalid_header);
  lib->nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  lib->nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  lib->nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  lib->nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_sent);
  lib->nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_sent);
  lib->nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, on_invalid_frame);
  if (padding)
    lib->nghttp2_session_callbacks_set_select_padding_callback(callbacks,
                                                               padding == 1 ? select_aligned : select_padding);
}
