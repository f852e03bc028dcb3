// SPDX-License-Identifier: MIT
/*
 * internalBinding('http2'): HTTP/2 sessions (RFC 9113) of nghttp2 over any stream; here their making and their end.
 * Frames are read and written in http2_frames.c, what JavaScript submits is http2_submit.c's. Contract:
 * docs/bindings.md.
 *
 * What a stream reads is acknowledged to the peer when JavaScript reads on; what it writes waits here for the peer's
 * windows. JavaScript may destroy the session in any callback: it is freed when the last function working on it returns
 * and the last write below is over.
 */
#include "runtime/http2_session.h"

#include <stdlib.h>
#include <string.h>

enum {
  RESET_BURST = 1000, /* streams that a client may reset at once ... */
  RESET_RATE = 33,    /* ... and per second (CVE-2023-44487) */
};

static void session_finalise(void *native)
{
  if (native)
    h2_session_free(native);
}

const JsHostClass h2_session_class = {"Http2Session", session_finalise};

H2Session *h2_session_of(JsValue val)
{
  return js_host_native(val, &h2_session_class);
}

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
  h2_callbacks_set(lib, callbacks, (int)number_option(cx, given, "paddingStrategy", 0));
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
  session->max_rejected_streams = (uint32_t)number_option(cx, argv[2], "maxSessionRejectedStreams", 100);
  double megabytes = number_option(cx, argv[2], "maxSessionMemory", 10);
  session->max_memory = megabytes < 1e6 ? (size_t)(megabytes * 1e6) : SIZE_MAX;
  JsValue obj = make_session(cx, session, argv[2]) ? js_host_new(cx, &h2_session_class, session)
                                                   : js_throw_range_error(cx, "Out of memory");
  if (js_is_exception(obj)) {
    h2_session_free(session);
    return obj;
  }
  session->self = js_ref_new(cx, obj);
  session->under_ref = js_ref_new(cx, argv[1]);
  session->under = under;
  session->consumer = h2_consumer;
  rt_stream_set_consumer(under, &session->consumer);
  return obj;
}

H2Session *h2_session_this(JsContext *cx, JsValue this_val)
{
  H2Session *session = h2_session_of(this_val);
  if (!session)
    js_throw_type_error(cx, "Illegal invocation");
  return session;
}

/* destroy(): the stream below is left alone; what waits to be written ends as cancelled. */
static JsValue session_destroy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  if (!session)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &h2_session_class, NULL);
  session->closed = true;
  session->busy++;
  if (session->under)
    rt_stream_set_consumer(session->under, NULL);
  session->under = NULL;
  for (H2Stream *stream = session->streams; stream; stream = stream->next) {
    while (stream->chunks) {
      Chunk *chunk = stream->chunks;
      stream->chunks = chunk->next;
      session->memory -= chunk->length;
      if (!stream->chunks)
        stream->chunks_end = &stream->chunks;
      h2_chunk_tell(chunk, UV_ECANCELED);
    }
  }
  h2_session_tell_sent(session, UV_ECANCELED);
  session->busy--;
  h2_session_release(session);
  return JS_UNDEFINED;
}

/* h2_session_receive(view): bytes that were read before */
static JsValue session_receive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_this(cx, this_val);
  JsView view;
  if (!session || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  h2_session_receive(session, view.data, view.byte_length);
  return JS_UNDEFINED;
}

static JsValue session_flush(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  H2Session *session = h2_session_of(this_val);
  if (session) {
    h2_session_flush(session);
    h2_session_release(session);
  }
  return JS_UNDEFINED;
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
      {0},
  };
  static const JsFunctionRow functions[] = {{"errorString", error_string, 1}, {0}};
  JsValue binding = binding_new(cx, functions), fn = js_host_class_new(cx, &h2_session_class, session_new, 3, methods);
  if (js_is_exception(binding) || js_is_exception(fn) || !js_set(cx, binding, "Http2Session", fn))
    return JS_EXCEPTION;
  JsValue proto = js_get(cx, fn, "prototype");
  if (js_is_exception(proto) || !js_define_functions(cx, proto, h2_submit_methods))
    return JS_EXCEPTION;
  return binding;
}
