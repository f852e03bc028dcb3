// SPDX-License-Identifier: MIT
/*
 * internalBinding('http_parser'): class HTTPParser over runtime/http_connection.h, and what lib/_http_*.js asks of
 * header texts. Contract: docs/bindings.md.
 */
#include "runtime/binding.h"

#include "runtime/encodings.h"
#include "runtime/http_exchange.h"

#include <stdlib.h>

enum { LENIENT_NONE = 0, LENIENT_ALL = 0x3ff };

static void http_parser_finalise(void *native)
{
  http_connection_free(native);
}

static const JsHostClass http_parser_class = {"HTTPParser", http_parser_finalise};

static HttpConnection *connection_this(JsContext *cx, JsValue this_val)
{
  HttpConnection *connection = js_host_native(this_val, &http_parser_class);
  if (!connection)
    js_throw_type_error(cx, "Illegal invocation");
  return connection;
}

HttpConnection *http_connection_of(JsValue val)
{
  return js_host_native(val, &http_parser_class);
}

/* --- the parser ----------------------------------------------------------------------------------------------------*/

static JsValue http_parser_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = http_connection_new(env_of(cx));
  if (!connection)
    return js_throw_range_error(cx, "Out of memory");
  return js_host_new(cx, &http_parser_class, connection);
}

/* initialize ( type, resource [ , maxHeaderSize [ , lenientFlags [ , maxHeaderCount ] ] ] ) */
static JsValue http_parser_initialize(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  int type = rt_int_argument(argc, argv, 0);
  if (type != HTTP_REQUEST && type != HTTP_RESPONSE)
    return js_throw_type_error(cx, "bad parser type");
  http_connection_reset(connection, (HttpParserType)type);
  double max = rt_double_argument(argc, argv, 2);
  connection->parser.max_header_bytes = max >= 1 && max < 0x7fffffff ? (uint32_t)max : 16u << 10;
  connection->parser.lenient = rt_int_argument(argc, argv, 3) != LENIENT_NONE;
  connection->parser.max_header_count = (uint32_t)rt_size_argument(argc, argv, 4);
  connection->head_start = connection->message_start = uv_now(&connection->env->loop);
  JsValue on_head = js_get_index(cx, this_val, ON_HEAD);
  if (js_is_exception(on_head))
    return on_head;
  connection->has_head_callback = js_value_is_function(on_head);
  js_ref_free(connection->context);
  connection->context = env_context_save(connection->env, this_val, "HTTPPARSER");
  return JS_UNDEFINED;
}

/* execute ( view [ , offset, length ] ): bytes parsed, or an Error with code, reason and bytesParsed. */
static JsValue http_parser_execute_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  JsView view;
  if (!connection || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (connection->call)
    return js_throw_plain_error(cx, "HTTPParser is already executing");
  size_t offset = rt_size_argument(argc, argv, 1), len = view.byte_length;
  if (offset > len)
    offset = len;
  len -= offset;
  if (argc > 2 && rt_size_argument(argc, argv, 2) < len)
    len = rt_size_argument(argc, argv, 2);
  if (len == 0)
    return js_int32(0);
  size_t view_offset = 0;
  HttpCall call = {.cx = cx, .self = this_val, .input_data = view.data, .generation = connection->generation};
  call.response = JS_UNDEFINED;
  call.input_buffer = js_view_buffer(cx, argv[0], &view_offset);
  call.input_offset = view_offset;
  if (js_is_exception(call.input_buffer))
    return JS_EXCEPTION;
  call.input_proto = js_get_prototype(cx, argv[0]);
  if (js_is_exception(call.input_proto))
    return JS_EXCEPTION;
  JsValue before = js_async_context(cx);
  js_set_async_context(cx, env_ref(connection->context));
  connection->call = &call;
  size_t parsed = http_parser_execute(&connection->parser, (const char *)view.data + offset, len);
  js_set_async_context(cx, before);
  return http_connection_outcome(connection, &call, parsed, js_number((double)parsed));
}

/* finish ( ): undefined, or an Error when the peer closed in the middle of a message. */
static JsValue http_parser_finish_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  if (connection->call)
    return js_throw_plain_error(cx, "HTTPParser is already executing");
  HttpCall call = {.cx = cx, .self = this_val, .generation = connection->generation};
  call.input_buffer = call.input_proto = call.response = JS_UNDEFINED;
  connection->call = &call;
  http_parser_finish(&connection->parser);
  return http_connection_outcome(connection, &call, 0, JS_UNDEFINED);
}

static JsValue http_parser_pause_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  http_parser_pause(&connection->parser);
  return JS_UNDEFINED;
}

static JsValue http_parser_resume_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  http_parser_resume(&connection->parser);
  return JS_UNDEFINED;
}

/* close ( ), free ( ), remove ( ): the message in progress is forgotten, the stream let go; a call in progress stops.
 * Whether the parser may be used for another connection at once. */
static JsValue http_parser_close_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  http_connection_reset(connection, (HttpParserType)connection->parser.type);
  return js_boolean(!connection->call && connection->writes_pending == 0);
}

/* --- the connection ------------------------------------------------------------------------------------------------*/

/* consume ( handle [ , writesResponses, runsExchanges ] ): whether the handle's bytes now come here. */
static JsValue http_parser_consume(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  bool consumes = http_connection_consume(connection, this_val, js_argument(argc, argv, 0));
  connection->writes_responses = consumes && js_to_boolean(js_argument(argc, argv, 1));
  connection->runs_exchanges = consumes && js_to_boolean(js_argument(argc, argv, 2));
  return js_boolean(consumes);
}

static JsValue http_parser_unconsume(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  http_connection_unconsume(connection);
  return JS_UNDEFINED;
}

/* wait ( milliseconds ): the request is answered; this[kOnTimeout]() is called unless another one begins in time. */
static JsValue http_parser_wait(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  http_connection_wait(connection, rt_size_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* isLate ( headersTimeout, requestTimeout ): whether the head or the message being read takes longer than that; 0: may
 * take any time. */
static JsValue http_parser_is_late(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  uint64_t now = uv_now(&connection->env->loop);
  size_t head = rt_size_argument(argc, argv, 0), message = rt_size_argument(argc, argv, 1);
  return js_boolean((connection->head_start && head && now - connection->head_start > head) ||
                    (connection->message_start && message && now - connection->message_start > message));
}

/* isBetweenMessages ( ): at least one message was read, and no other has begun. */
static JsValue http_parser_is_between(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  if (!connection)
    return JS_EXCEPTION;
  return js_boolean(connection->message_start == 0);
}

enum { SENT_WHOLE_MAX = 64 * 1024 };

/* send ( text or view, isLatin1 ): writes it whole at once, or with what else waits. Undefined: not now; else 0 or an
 * errno. */
static JsValue http_parser_send(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpConnection *connection = connection_this(cx, this_val);
  JsValue data = js_argument(argc, argv, 0);
  JsView view;
  if (!connection)
    return JS_EXCEPTION;
  if (!connection->stream || connection->writes_pending)
    return JS_UNDEFINED;
  if (js_view(data, &view))
    return view.byte_length > SENT_WHOLE_MAX
               ? JS_UNDEFINED
               : js_int32(http_connection_write(connection, (const char *)view.data, view.byte_length));
  if (!js_value_is_string(data) || js_string_length(data) > SENT_WHOLE_MAX)
    return JS_UNDEFINED;
  RtEncoding encoding = js_to_boolean(js_argument(argc, argv, 1)) ? RT_LATIN1 : RT_UTF8;
  size_t size = rt_encoded_size(cx, encoding, data);
  StrBuf *scratch = &connection->env->http->scratch;
  strbuf_clear(scratch);
  if (!strbuf_reserve(scratch, size))
    return JS_UNDEFINED;
  size = rt_encode_string(cx, encoding, data, (uint8_t *)scratch->data, size);
  return js_int32(http_connection_write(connection, scratch->data, size));
}

/* --- texts ---------------------------------------------------------------------------------------------------------*/

static JsValue unpack_headers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue packed;
  return rt_string_argument(cx, argc, argv, 0, &packed) ? http_unpack_headers(cx, packed) : JS_EXCEPTION;
}

/* headersObject ( packed, joinAll ) */
static JsValue headers_object(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue packed;
  if (!rt_string_argument(cx, argc, argv, 0, &packed))
    return JS_EXCEPTION;
  return http_headers_object(cx, packed, js_to_boolean(js_argument(argc, argv, 1)));
}

/* isHeaderText ( value ): a number, or a string of the characters that may stand in a header's value: tab and printable
 * Latin-1. */
static JsValue is_header_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(http_is_header_value(cx, js_argument(argc, argv, 0)));
}

/* headText ( flags, settled text, keepAliveSeconds, maxRequests ): the whole head. */
static JsValue head_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpEnv *http = http_env_get(env_of(cx));
  HttpResponse response = {
      .flags = (unsigned)rt_int_argument(argc, argv, 0),
      .headers = js_argument(argc, argv, 1),
      .keep_alive_seconds = (uint32_t)rt_int_argument(argc, argv, 2),
      .max_requests = (uint32_t)rt_int_argument(argc, argv, 3),
  };
  strbuf_clear(&http->scratch);
  if (!js_value_is_string(response.headers) || !http_append_head(cx, http, &http->scratch, &response, 0))
    return js_exception_pending(cx) ? JS_EXCEPTION : js_throw_type_error(cx, "Illegal invocation");
  return js_string_latin1(cx, http->scratch.data, http->scratch.len);
}

/* findHeader ( list, name ): http_find_header. */
static JsValue find_header(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (argc < 2 || !js_value_is_array(argv[0]) || !js_value_is_string(argv[1]))
    return js_throw_type_error(cx, "Illegal invocation");
  return js_int32(http_find_header(cx, argv[0], argv[1]));
}

/* storeHeader ( list, name, value ): http_store_header. */
static JsValue store_header(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int mark = -1;
  if (argc < 3 || !js_value_is_array(argv[0]))
    return js_throw_type_error(cx, "Illegal invocation");
  if (js_value_is_string(argv[1]) && !http_store_header(cx, argv[0], argv[1], argv[2], &mark))
    return JS_EXCEPTION;
  return js_int32(mark);
}

/* --- tables --------------------------------------------------------------------------------------------------------*/

static const JsFunctionRow http_parser_methods[] = {
    {"initialize", http_parser_initialize, 2},
    {"execute", http_parser_execute_method, 1},
    {"finish", http_parser_finish_method, 0},
    {"pause", http_parser_pause_method, 0},
    {"resume", http_parser_resume_method, 0},
    {"close", http_parser_close_method, 0},
    {"free", http_parser_close_method, 0},
    {"remove", http_parser_close_method, 0},
    {"consume", http_parser_consume, 1},
    {"unconsume", http_parser_unconsume, 0},
    {"wait", http_parser_wait, 1},
    {"isLate", http_parser_is_late, 2},
    {"isBetweenMessages", http_parser_is_between, 0},
    {"send", http_parser_send, 2},
    {NULL, NULL, 0},
};

static const JsFunctionRow functions[] = {
    {"unpackHeaders", unpack_headers, 1},
    {"headersObject", headers_object, 2},
    {"isHeaderText", is_header_text, 1},
    {"headText", head_text, 4},
    {"findHeader", find_header, 2},
    {"storeHeader", store_header, 3},
    {"defineExchange", http_exchange_define, 1},
    {"deferHead", http_exchange_defer, 3},
    {"respond", http_exchange_respond, 1},
    {"finishResponse", http_exchange_finish, 1},
    {NULL, NULL, 0},
};

/* The methods that http.METHODS lists: not those of RTSP, nor PRI. */
static bool is_listed(HttpMethod method)
{
  return method == HTTP_METHOD_QUERY || method < HTTP_METHOD_PRI;
}

static JsValue methods_array(JsContext *cx, bool all)
{
  JsValue array = js_array_new(cx, 0, NULL);
  for (int m = 0; m < HTTP_METHOD_COUNT && !js_is_exception(array); m++)
    if ((all || is_listed((HttpMethod)m)) && !js_array_push(cx, array, js_intern(cx, http_method_name((HttpMethod)m))))
      return JS_EXCEPTION;
  return array;
}

JsValue binding_http_parser(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow numbers[] = {
      {"REQUEST", HTTP_REQUEST},
      {"RESPONSE", HTTP_RESPONSE},
      {"kOnMessageBegin", ON_MESSAGE_BEGIN},
      {"kOnHeaders", ON_HEADERS},
      {"kOnHeadersComplete", ON_HEADERS_COMPLETE},
      {"kOnBody", ON_BODY},
      {"kOnMessageComplete", ON_MESSAGE_COMPLETE},
      {"kOnExecute", ON_EXECUTE},
      {"kOnTimeout", ON_TIMEOUT},
      {"kOnHead", ON_HEAD},
      {"kLenientNone", LENIENT_NONE},
      {"kLenientAll", LENIENT_ALL},
      {NULL, 0},
  };
  if (!http_env_get(env))
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = rt_functions_object(cx, functions);
  JsValue cls = js_host_class_new(cx, &http_parser_class, http_parser_constructor, 0, http_parser_methods);
  JsValue listed = methods_array(cx, false), all = methods_array(cx, true);
  if (js_is_exception(obj) || js_is_exception(cls) || js_is_exception(listed) || js_is_exception(all) ||
      !rt_define_numbers(cx, cls, numbers) || !js_define(cx, obj, "HTTPParser", cls, JS_PLAIN) ||
      !js_define(cx, obj, "methods", listed, JS_PLAIN) || !js_define(cx, obj, "allMethods", all, JS_PLAIN))
    return JS_EXCEPTION;
  return obj;
}
