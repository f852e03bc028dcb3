// SPDX-License-Identifier: MIT
/*
 * internalBinding('http_parser'): class HTTPParser over runtime/http_parser.h.
 *
 * One JavaScript call a message head: it gets the whole of it. Header strings of names that everybody sends are shared,
 * so a head costs little more than its values. A body callback gets a view of the input's own memory, with the input's
 * prototype (a Buffer gives Buffers): nothing is copied.
 *
 * A callback may do anything to the parser, starting it anew for another connection too. The call in progress notices
 * by `generation` and stops.
 */
#include "runtime/binding.h"

#include "runtime/http_parser.h"

#include <stdlib.h>

/* Where the callbacks are on a parser object, and how bits of the last argument of initialize are read: Node's numbers.
 */
enum { ON_MESSAGE_BEGIN, ON_HEADERS, ON_HEADERS_COMPLETE, ON_BODY, ON_MESSAGE_COMPLETE, ON_EXECUTE, ON_TIMEOUT };
enum { LENIENT_NONE = 0, LENIENT_ALL = 0x3ff };

/* What lives while execute or finish runs; on the C stack, so that its values are rooted. */
typedef struct HttpCall {
  JsContext *cx;
  JsValue self, input_buffer, input_proto;
  const uint8_t *input_data;
  size_t input_offset;
  uint32_t generation;
  bool thrown;
} HttpCall;

typedef struct HttpBinding {
  HttpParser parser;
  HttpCall *call; /* NULL outside execute and finish */
  uint32_t generation;
} HttpBinding;

static void http_parser_finalise(void *native)
{
  HttpBinding *binding = native;
  if (binding) {
    http_parser_free(&binding->parser);
    free(binding);
  }
}

static const JsHostClass http_parser_class = {"HTTPParser", http_parser_finalise};

static HttpBinding *binding_of(JsContext *cx, JsValue this_val)
{
  HttpBinding *binding = js_host_native(this_val, &http_parser_class);
  if (!binding)
    js_throw_type_error(cx, "Illegal invocation");
  return binding;
}

/* --- callbacks --------------------------------------------------------------------------------------------------- */

/* Calls self[index]; undefined when there is no such callback. False ends the parsing: exception, or started anew. */
static bool call_back(HttpParser *parser, uint32_t index, int argc, const JsValue *argv, JsValue *result)
{
  HttpCall *call = ((HttpBinding *)parser->opaque)->call;
  *result = JS_UNDEFINED;
  JsValue fn = js_get_index(call->cx, call->self, index);
  if (!js_is_exception(fn) && !js_value_is_function(fn))
    return true;
  if (!js_is_exception(fn))
    *result = js_call(call->cx, fn, call->self, argc, argv);
  if (js_is_exception(fn) || js_is_exception(*result)) {
    call->thrown = true;
    return false;
  }
  return ((HttpBinding *)parser->opaque)->generation == call->generation;
}

static bool on_message_begin(HttpParser *parser)
{
  JsValue result;
  return call_back(parser, ON_MESSAGE_BEGIN, 0, NULL, &result);
}

/* Names as most clients and servers write them; made once a Vm and shared by every head. */
static JsValue header_name(JsContext *cx, const char *name, size_t len)
{
  static const char *const common[] = {
      "Host",
      "host",
      "Date",
      "Accept",
      "accept",
      "Cookie",
      "cookie",
      "Origin",
      "origin",
      "Referer",
      "referer",
      "Connection",
      "connection",
      "User-Agent",
      "user-agent",
      "Content-Type",
      "content-type",
      "Content-Length",
      "content-length",
      "Keep-Alive",
      "keep-alive",
      "Accept-Encoding",
      "accept-encoding",
      "Accept-Language",
      "accept-language",
      "Authorization",
      "authorization",
      "Cache-Control",
      "cache-control",
      "Transfer-Encoding",
      "transfer-encoding",
      "If-None-Match",
      "if-none-match",
      "ETag",
      "Upgrade",
      "sec-fetch-mode",
  };
  for (size_t k = 0; k < JS_COUNTOF(common); k++)
    if (common[k][0] == name[0] && strlen(common[k]) == len && memcmp(common[k], name, len) == 0)
      return js_intern(cx, common[k]);
  return js_string_latin1(cx, name, len);
}

/* [name, value, name, value ...] */
static JsValue headers_array(JsContext *cx, const HttpParser *parser)
{
  JsValue array = js_array_new(cx, 0, NULL);
  const char *head = http_parser_head(parser);
  for (uint32_t k = 0; k < parser->header_count && !js_is_exception(array); k++) {
    const HttpHeader *h = &parser->headers[k];
    if (!js_array_push(cx, array, header_name(cx, head + h->name, h->name_len)) ||
        !js_array_push(cx, array, js_string_latin1(cx, head + h->value, h->value_len)))
      return JS_EXCEPTION;
  }
  return array;
}

static bool on_headers_complete(HttpParser *parser, HttpBodyChoice *choice)
{
  HttpCall *call = ((HttpBinding *)parser->opaque)->call;
  JsContext *cx = call->cx;
  bool request = parser->type == HTTP_REQUEST;
  JsValue text = js_string_latin1(cx, http_parser_head(parser) + parser->url, parser->url_len);
  JsValue headers = headers_array(cx, parser);
  if (js_is_exception(text) || js_is_exception(headers)) {
    call->thrown = true;
    return false;
  }
  JsValue args[9] = {
      js_int32(parser->major),
      js_int32(parser->minor),
      headers,
      request ? js_int32(parser->method) : JS_UNDEFINED,
      request ? text : JS_UNDEFINED,
      request ? JS_UNDEFINED : js_int32(parser->status),
      request ? JS_UNDEFINED : text,
      js_boolean(parser->upgrade),
      js_boolean(parser->should_keep_alive),
  };
  JsValue result;
  if (!call_back(parser, ON_HEADERS_COMPLETE, 9, args, &result))
    return false;
  if (js_is_int32(result) && (js_as_int32(result) == HTTP_BODY_NONE || js_as_int32(result) == HTTP_BODY_UPGRADE))
    *choice = (HttpBodyChoice)js_as_int32(result);
  return true;
}

static bool on_body(HttpParser *parser, const char *bytes, size_t len)
{
  HttpCall *call = ((HttpBinding *)parser->opaque)->call;
  size_t offset = call->input_offset + (size_t)((const uint8_t *)bytes - call->input_data);
  JsValue view = js_typed_array_new(call->cx, JS_UINT8, call->input_buffer, offset, len), result;
  if (js_is_exception(view) || !js_set_prototype(call->cx, view, call->input_proto)) {
    call->thrown = true;
    return false;
  }
  return call_back(parser, ON_BODY, 1, &view, &result);
}

static bool on_message_complete(HttpParser *parser)
{
  HttpCall *call = ((HttpBinding *)parser->opaque)->call;
  JsValue result;
  if (parser->header_count) {
    JsValue args[2] = {headers_array(call->cx, parser), js_string_latin1(call->cx, "", 0)};
    if (js_is_exception(args[0])) {
      call->thrown = true;
      return false;
    }
    if (!call_back(parser, ON_HEADERS, 2, args, &result))
      return false;
  }
  return call_back(parser, ON_MESSAGE_COMPLETE, 0, NULL, &result);
}

static const HttpCallbacks http_callbacks = {on_message_begin, on_headers_complete, on_body, on_message_complete};

/* --- methods ----------------------------------------------------------------------------------------------------- */

static JsValue http_parser_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = calloc(1, sizeof *binding);
  if (!binding)
    return js_throw_range_error(cx, "Out of memory");
  http_parser_init(&binding->parser, HTTP_REQUEST, &http_callbacks, binding, NULL);
  return js_host_new(cx, &http_parser_class, binding);
}

/* initialize ( type, resource [ , maxHeaderSize [ , lenientFlags ] ] ) */
static JsValue http_parser_initialize(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  if (!binding)
    return JS_EXCEPTION;
  int type = rt_int_argument(argc, argv, 0);
  if (type != HTTP_REQUEST && type != HTTP_RESPONSE)
    return js_throw_type_error(cx, "bad parser type");
  binding->generation++;
  http_parser_reset(&binding->parser, (HttpParserType)type);
  double max = rt_double_argument(argc, argv, 2);
  binding->parser.max_header_bytes = max >= 1 && max < 0x7fffffff ? (uint32_t)max : 16u << 10;
  binding->parser.lenient = rt_int_argument(argc, argv, 3) != LENIENT_NONE;
  return JS_UNDEFINED;
}

/* The Error that Node makes of a parser's failure. */
static JsValue parse_error(JsContext *cx, const HttpParser *parser, size_t parsed)
{
  JsValue error = js_error_new(cx, "Error", js_string(cx, "Parse Error"));
  if (js_is_exception(error) || !js_define(cx, error, "bytesParsed", js_number((double)parsed), JS_PLAIN) ||
      !js_define(cx, error, "code", js_string(cx, http_error_name(parser->error)), JS_PLAIN) ||
      !js_define(cx, error, "reason", js_string(cx, parser->reason), JS_PLAIN))
    return JS_EXCEPTION;
  return error;
}

/* After execute or finish: exception, error, or what `done` says. */
static JsValue call_outcome(JsContext *cx, HttpBinding *binding, HttpCall *call, size_t parsed, JsValue done)
{
  binding->call = NULL;
  HttpParser *parser = &binding->parser;
  if (call->thrown)
    return JS_EXCEPTION;
  if (binding->generation != call->generation) {
    /* Started anew meanwhile: what the old call left behind in it is dropped. */
    http_parser_reset(parser, (HttpParserType)parser->type);
    return done;
  }
  if (parser->error == HPE_OK)
    return done;
  if (parser->error == HPE_PAUSED_UPGRADE) {
    http_parser_resume(parser);
    return done;
  }
  return parser->error == HPE_PAUSED ? done : parse_error(cx, parser, parsed);
}

/* execute ( view [ , offset, length ] ): bytes parsed, or an Error with code, reason and bytesParsed. */
static JsValue http_parser_execute_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  JsView view;
  if (!binding || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (binding->call)
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
  HttpCall call = {.cx = cx, .self = this_val, .input_data = view.data, .generation = binding->generation};
  call.input_buffer = js_view_buffer(cx, argv[0], &view_offset);
  call.input_offset = view_offset;
  if (js_is_exception(call.input_buffer))
    return JS_EXCEPTION;
  call.input_proto = js_get_prototype(cx, argv[0]);
  if (js_is_exception(call.input_proto))
    return JS_EXCEPTION;
  binding->call = &call;
  size_t parsed = http_parser_execute(&binding->parser, (const char *)view.data + offset, len);
  return call_outcome(cx, binding, &call, parsed, js_number((double)parsed));
}

/* finish ( ): undefined, or an Error when the peer closed in the middle of a message. */
static JsValue http_parser_finish_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  if (!binding)
    return JS_EXCEPTION;
  if (binding->call)
    return js_throw_plain_error(cx, "HTTPParser is already executing");
  HttpCall call = {.cx = cx, .self = this_val, .generation = binding->generation};
  call.input_buffer = call.input_proto = JS_UNDEFINED;
  binding->call = &call;
  http_parser_finish(&binding->parser);
  return call_outcome(cx, binding, &call, 0, JS_UNDEFINED);
}

static JsValue http_parser_pause_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  if (!binding)
    return JS_EXCEPTION;
  http_parser_pause(&binding->parser);
  return JS_UNDEFINED;
}

static JsValue http_parser_resume_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  if (!binding)
    return JS_EXCEPTION;
  http_parser_resume(&binding->parser);
  return JS_UNDEFINED;
}

/* close ( ), free ( ), remove ( ): the message in progress is forgotten; a call in progress stops. */
static JsValue http_parser_close_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpBinding *binding = binding_of(cx, this_val);
  if (!binding)
    return JS_EXCEPTION;
  if (binding->call)
    binding->generation++;
  else
    http_parser_reset(&binding->parser, (HttpParserType)binding->parser.type);
  return JS_UNDEFINED;
}

static const JsFunctionRow http_parser_methods[] = {
    {"initialize", http_parser_initialize, 2}, {"execute", http_parser_execute_method, 1},
    {"finish", http_parser_finish_method, 0},  {"pause", http_parser_pause_method, 0},
    {"resume", http_parser_resume_method, 0},  {"close", http_parser_close_method, 0},
    {"free", http_parser_close_method, 0},     {NULL, NULL, 0},
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
      {"kLenientNone", LENIENT_NONE},
      {"kLenientAll", LENIENT_ALL},
      {NULL, 0},
  };
  JsValue obj = js_object_new(cx);
  JsValue cls = js_host_class_new(cx, &http_parser_class, http_parser_constructor, 0, http_parser_methods);
  JsValue listed = methods_array(cx, false), all = methods_array(cx, true);
  if (js_is_exception(cls) || js_is_exception(listed) || js_is_exception(all) || !rt_define_numbers(cx, cls, numbers) ||
      !js_define(cx, obj, "HTTPParser", cls, JS_PLAIN) || !js_define(cx, obj, "methods", listed, JS_PLAIN) ||
      !js_define(cx, obj, "allMethods", all, JS_PLAIN))
    return JS_EXCEPTION;
  return obj;
}
