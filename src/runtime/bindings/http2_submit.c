// SPDX-License-Identifier: MIT
/* What JavaScript says on an HTTP/2 session: requests, responses, bodies, settings and the other frames; and its state.
 */
#include "runtime/http2_session.h"

#include <stdlib.h>
#include <string.h>

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
  H2Session *session = h2_session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 0), &block))
    return JS_EXCEPTION;
  int flags = rt_int_argument(argc, argv, 1);
  H2Stream *stream = calloc(1, sizeof *stream);
  if (!stream) {
    free_headers(&block);
    return js_throw_range_error(cx, "Out of memory");
  }
  nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = h2_read_data};
  int32_t id = session->lib->nghttp2_submit_request(session->session, NULL, block.nva, block.count,
                                                    flags & HAS_BODY ? &provider : NULL, stream);
  free_headers(&block);
  if (id < 0) {
    free(stream);
    return js_int32(id);
  }
  h2_stream_link(session, stream, id);
  stream->wants_trailers = flags & WANTS_TRAILERS;
  stream->sends_body = flags & HAS_BODY;
  return js_int32(id);
}

/* respond(id, headers, flags) -> 0 or nghttp2's error */
static JsValue session_respond(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  H2Stream *stream = h2_stream_find(session, rt_int_argument(argc, argv, 0));
  int flags = rt_int_argument(argc, argv, 2), result = NGHTTP2_ERR_INVALID_ARGUMENT;
  if (stream) {
    stream->wants_trailers = flags & WANTS_TRAILERS;
    stream->sends_body = flags & HAS_BODY;
    nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = h2_read_data};
    result = session->lib->nghttp2_submit_response(session->session, stream->id, block.nva, block.count,
                                                   flags & HAS_BODY ? &provider : NULL);
  }
  free_headers(&block);
  return js_int32(result);
}

/* info(id, headers): a 1xx */
static JsValue session_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_this(cx, this_val);
  HeaderBlock block;
  if (!session || !read_headers(cx, js_argument(argc, argv, 1), &block))
    return JS_EXCEPTION;
  int32_t id = rt_int_argument(argc, argv, 0);
  H2Stream *stream = h2_stream_find(session, id);
  int result = NGHTTP2_ERR_INVALID_ARGUMENT;
  if (stream && block.count) {
    result = session->lib->nghttp2_submit_trailer(session->session, id, block.nva, block.count);
  } else if (stream) {
    stream->wants_trailers = false;
    nghttp2_data_provider provider = {.source = {.ptr = stream}, .read_callback = h2_read_data};
    result = session->lib->nghttp2_submit_data(session->session, NGHTTP2_FLAG_END_STREAM, id, &provider);
  }
  free_headers(&block);
  return js_int32(result);
}

/* pushPromise(id, headers) -> the promised stream's id or nghttp2's error */
static JsValue session_push(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_this(cx, this_val);
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
    h2_stream_link(session, stream, id);
    /* The stream itself is made when the promise is sent: at once. */
    h2_session_flush(session);
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
  H2Session *session = h2_session_of(this_val);
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 2, &view))
    return JS_EXCEPTION;
  H2Stream *stream = session ? h2_stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
  if (!stream || stream->ended)
    return js_int32(UV_EPIPE);
  Chunk *chunk = malloc(sizeof *chunk + view.byte_length);
  if (!chunk)
    return js_int32(UV_ENOMEM);
  *chunk = (Chunk){.length = view.byte_length, .request = rt_request_new(cx, argv[1], "HTTP2STREAM", this_val)};
  if (view.byte_length)
    memcpy(chunk->bytes, view.data, view.byte_length);
  session->memory += view.byte_length;
  *stream->chunks_end = chunk;
  stream->chunks_end = &chunk->next;
  resume(session, stream);
  return js_int32(1);
}

/* end(id): nothing more will be written */
static JsValue session_end(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  H2Stream *stream = session ? h2_stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
  if (stream) {
    stream->ended = true;
    resume(session, stream);
  }
  return JS_UNDEFINED;
}

/* rst(id, code). Without an error it waits for the end of what has been written (RFC 9113, 8.1: a response that is
 * whole may ask that the rest of the request is not sent). */
static JsValue session_rst(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  int32_t id = rt_int_argument(argc, argv, 0);
  uint32_t code = (uint32_t)rt_double_argument(argc, argv, 1);
  H2Stream *stream = h2_stream_find(session, id);
  if (code == NGHTTP2_NO_ERROR && stream && stream->ended && stream->sends_body &&
      session->lib->nghttp2_session_get_stream_local_close(session->session, id) == 0)
    stream->resets_after_end = true;
  else
    session->lib->nghttp2_submit_rst_stream(session->session, NGHTTP2_FLAG_NONE, id, code);
  return JS_UNDEFINED;
}

/* read(id, on): while on, what comes is acknowledged at once */
static JsValue session_read(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  H2Stream *stream = session ? h2_stream_find(session, rt_int_argument(argc, argv, 0)) : NULL;
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
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_of(this_val);
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
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_of(this_val);
  if (session)
    session->lib->nghttp2_session_terminate_session(session->session, (uint32_t)rt_double_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* altsvc(id, origin, value) */
static JsValue session_altsvc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_this(cx, this_val);
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
  H2Session *session = h2_session_of(this_val);
  return js_boolean(session && session->lib->nghttp2_session_set_next_stream_id(session->session,
                                                                                rt_int_argument(argc, argv, 0)) == 0);
}

static JsValue session_set_window(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  return js_int32(session->lib->nghttp2_session_set_local_window_size(session->session, NGHTTP2_FLAG_NONE, 0,
                                                                      rt_int_argument(argc, argv, 0)));
}

/* state() -> the nine numbers of session.state, in its order */
static JsValue session_state(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
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

/* counts() -> frames received and sent, bytes received and sent */
static JsValue session_counts(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  JsValue zero = js_int32(0), numbers[] = {zero, zero, zero, zero};
  if (session) {
    numbers[0] = js_number(session->frames_received);
    numbers[1] = js_number(session->frames_sent);
    numbers[2] = js_number(session->bytes_received);
    numbers[3] = js_number(session->bytes_sent);
  }
  return js_array_new(cx, 4, numbers);
}

/* streamState(id) -> [state, weight, dependencies' weight, local close, remote close, local window] */
static JsValue session_stream_state(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  const Nghttp2Lib *lib = session->lib;
  int32_t id = rt_int_argument(argc, argv, 0);
  nghttp2_stream *stream = lib->nghttp2_session_find_stream(session->session, id);
  if (!stream && !h2_stream_find(session, id))
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

const JsFunctionRow h2_submit_methods[] = {
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
    {"counts", session_counts, 0},
    {"streamState", session_stream_state, 1},
    {0},
};
