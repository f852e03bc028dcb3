// SPDX-License-Identifier: MIT
/*
 * See http_connection.h.
 */
#include "runtime/http_connection.h"

#include "runtime/http_exchange.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* --- what the connections of an environment share ------------------------------------------------------------------*/

HttpEnv *http_env_get(CulmEnv *env)
{
  if (env->http)
    return env->http;
  HttpEnv *http = calloc(1, sizeof *http);
  if (!http)
    return NULL;
  http->env = env;
  strbuf_init(&http->scratch, NULL, MEM_RUNTIME);
  uv_timer_init(&env->loop, &http->timer);
  uv_unref((uv_handle_t *)&http->timer);
  return env->http = http;
}

void http_env_free(CulmEnv *env)
{
  HttpEnv *http = env->http;
  if (!http)
    return;
  for (HttpConnection *connection = http->first_idle; connection; connection = connection->idle_after)
    connection->is_listed = false;
  strbuf_free(&http->scratch);
  http_fields_free(http->fields);
  js_ref_free(http->atoms_kept);
  free(http->atoms);
  free(http);
  env->http = NULL;
}

const char *http_env_date(HttpEnv *http)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (now.tv_sec != http->date_second) {
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct tm tm;
    gmtime_r(&now.tv_sec, &tm);
    http->date_second = now.tv_sec;
    snprintf(http->date, sizeof http->date, "Date: %.3s, %02u %.3s %04u %02u:%02u:%02u GMT\r\n", days + 3 * tm.tm_wday,
             (unsigned)tm.tm_mday % 100, months + 3 * tm.tm_mon, (unsigned)(tm.tm_year + 1900) % 10000,
             (unsigned)tm.tm_hour % 100, (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
  }
  return http->date;
}

/* --- connections between requests ----------------------------------------------------------------------------------*/

static void on_idle_timer(uv_timer_t *timer);

static void start_idle_timer(HttpEnv *http)
{
  if (!http->first_idle)
    return;
  uint64_t now = uv_now(&http->env->loop), until = http->first_idle->listed_until;
  uv_timer_start(&http->timer, on_idle_timer, until > now ? until - now : 0, 0);
}

/* Out of the list. */
static void unlist(HttpConnection *connection)
{
  if (!connection->is_listed)
    return;
  HttpEnv *http = connection->env->http;
  HttpConnection *before = connection->idle_before, *after = connection->idle_after;
  *(before ? &before->idle_after : &http->first_idle) = after;
  *(after ? &after->idle_before : &http->last_idle) = before;
  connection->is_listed = false;
}

/* Nearly always behind the last, as servers have one time for all. */
static void list(HttpConnection *connection)
{
  HttpEnv *http = connection->env->http;
  connection->listed_until = connection->idle_until;
  HttpConnection *before = http->last_idle;
  while (before && before->listed_until > connection->listed_until)
    before = before->idle_before;
  HttpConnection *after = before ? before->idle_after : http->first_idle;
  connection->idle_before = before;
  connection->idle_after = after;
  *(before ? &before->idle_after : &http->first_idle) = connection;
  *(after ? &after->idle_before : &http->last_idle) = connection;
  connection->is_listed = true;
}

/* It keeps its place in the list, which costs the memory of its neighbours to leave. */
static void leave_idle(HttpConnection *connection)
{
  connection->idle_time = connection->idle_until = 0;
}

static void enter_idle(HttpConnection *connection)
{
  HttpEnv *http = connection->env->http;
  connection->idle_until = uv_now(&connection->env->loop) + connection->idle_time;
  if (connection->is_listed && connection->listed_until <= connection->idle_until)
    return;
  unlist(connection);
  list(connection);
  /* A timer that fires earlier looks for itself then. */
  if (http->first_idle == connection &&
      (!uv_is_active((uv_handle_t *)&http->timer) || uv_timer_get_due_in(&http->timer) > connection->idle_time))
    start_idle_timer(http);
}

/* What has answered requests since it was listed is listed anew. */
static void on_idle_timer(uv_timer_t *timer)
{
  HttpEnv *http = (HttpEnv *)((char *)timer - offsetof(HttpEnv, timer));
  HttpConnection *connection;
  while ((connection = http->first_idle) && connection->listed_until <= uv_now(&http->env->loop)) {
    unlist(connection);
    if (connection->idle_until > uv_now(&http->env->loop))
      list(connection);
    if (!connection->idle_until || connection->is_listed)
      continue;
    leave_idle(connection);
    JsContext *cx = http->env->cx;
    JsValue self = env_ref(connection->self), fn = js_get_index(cx, self, ON_TIMEOUT);
    if (js_is_exception(fn))
      env_uncaught(http->env, js_take_exception(cx), false);
    else
      env_call(http->env, fn, self, 0, NULL, NULL);
  }
  start_idle_timer(http);
}

static void maybe_enter_idle(HttpConnection *connection)
{
  if (connection->idle_time && !connection->idle_until && !connection->call && connection->message_start == 0 &&
      connection->stream)
    enter_idle(connection);
}

void http_connection_wait(HttpConnection *connection, uint64_t milliseconds)
{
  connection->idle_time = milliseconds;
  maybe_enter_idle(connection);
}

/* --- writing -------------------------------------------------------------------------------------------------------*/

/* A write under way keeps the connection's object alive. */
typedef struct PendingWrite {
  HttpConnection *connection;
  JsRef *self;
} PendingWrite;

static void on_written(void *opaque, int status)
{
  PendingWrite *pending = opaque;
  pending->connection->writes_pending--;
  js_ref_free(pending->self);
  free(pending);
}

static int write_now(HttpConnection *connection, const char *bytes, size_t len)
{
  RtStream *stream = connection->stream;
  PendingWrite *pending = malloc(sizeof *pending);
  if (!pending)
    return UV_ENOMEM;
  pending->connection = connection;
  pending->self = NULL;
  stream->last_activity = uv_now(&connection->env->loop);
  int result = stream->ops->write(stream, bytes, len, on_written, pending);
  if (result == 1) {
    connection->writes_pending++;
    pending->self = js_ref_new(connection->env->cx, env_ref(connection->self));
    return 0;
  }
  free(pending);
  return result;
}

static int flush(HttpConnection *connection)
{
  StrBuf out = connection->out;
  if (!out.len)
    return 0;
  strbuf_init(&connection->out, NULL, MEM_RUNTIME);
  int result = connection->stream ? write_now(connection, out.data, out.len) : UV_EBADF;
  strbuf_free(&out);
  return result;
}

int http_connection_write(HttpConnection *connection, const char *bytes, size_t len)
{
  if (!connection->stream)
    return UV_EBADF;
  if (!connection->out.len && !(connection->call && connection->parser.input_left))
    return write_now(connection, bytes, len);
  strbuf_append(&connection->out, bytes, len);
  if (connection->out.failed)
    return UV_ENOMEM;
  return connection->out.len >= 64 * 1024 || !connection->call ? flush(connection) : 0;
}

static void before_write(RtConsumer *consumer)
{
  /* An error shows again in the write that follows. */
  (void)flush((HttpConnection *)((char *)consumer - offsetof(HttpConnection, consumer)));
}

/* --- reading -------------------------------------------------------------------------------------------------------*/

/* parser[ON_EXECUTE](outcome, bytes): what a read came to when it was not simply taken: the count of bytes parsed when
 * the rest is another protocol's, or an Error. */
static void tell_outcome(HttpConnection *connection, JsValue self, JsValue outcome, const uint8_t *bytes, size_t len)
{
  CulmEnv *env = connection->env;
  JsContext *cx = env->cx;
  JsValue args[2] = {outcome, rt_bytes_new(cx, bytes, len)};
  JsValue fn = js_is_exception(args[1]) ? args[1] : js_get_index(cx, self, ON_EXECUTE);
  if (js_is_exception(fn)) {
    env_uncaught(env, js_take_exception(cx), false);
    return;
  }
  env_call(env, fn, self, 2, args, NULL);
}

static void on_read(RtConsumer *consumer, ssize_t count, const uint8_t *bytes)
{
  HttpConnection *connection = (HttpConnection *)((char *)consumer - offsetof(HttpConnection, consumer));
  CulmEnv *env = connection->env;
  JsContext *cx = env->cx;
  if (count < 0) {
    rt_stream_deliver_to_object(connection->stream, count, NULL);
    return;
  }
  HttpCall call = {.cx = cx, .self = js_ref_get(connection->self), .generation = connection->generation};
  call.input_buffer = call.input_proto = call.response = JS_UNDEFINED;
  call.is_outermost = env->call_depth == 0;
  JsValue before = js_async_context(cx);
  js_set_async_context(cx, env_ref(connection->context));
  env->call_depth++;
  leave_idle(connection);
  connection->call = &call;
  size_t parsed = http_parser_execute(&connection->parser, (const char *)bytes, (size_t)count);
  bool ends = connection->parser.error != HPE_OK && connection->generation == call.generation;
  JsValue outcome = http_connection_outcome(connection, &call, parsed, js_number((double)parsed));
  int error = flush(connection);
  maybe_enter_idle(connection);
  if (js_is_exception(outcome))
    env_uncaught(env, js_take_exception(cx), false);
  else if (ends)
    tell_outcome(connection, call.self, outcome, bytes, (size_t)count);
  if (error && connection->stream) /* as if reading had met it: the socket is destroyed with the reason */
    rt_stream_deliver_to_object(connection->stream, error, NULL);
  env->call_depth--;
  js_set_async_context(cx, before);
  env_drain(env);
}

static void forget_stream(HttpConnection *connection)
{
  leave_idle(connection);
  unlist(connection);
  connection->stream = NULL;
  connection->writes_responses = connection->runs_exchanges = false;
  strbuf_free(&connection->out);
  JsRef *self = connection->self;
  connection->self = NULL;
  js_ref_free(self);
}

static void on_close(RtConsumer *consumer)
{
  forget_stream((HttpConnection *)((char *)consumer - offsetof(HttpConnection, consumer)));
}

bool http_connection_consume(HttpConnection *connection, JsValue self, JsValue stream_value)
{
  RtStream *stream = rt_stream_of(stream_value);
  if (!stream || stream->consumer || connection->stream)
    return false;
  connection->stream = stream;
  connection->self = js_ref_new(connection->env->cx, self);
  rt_stream_set_consumer(stream, &connection->consumer);
  return true;
}

void http_connection_unconsume(HttpConnection *connection)
{
  if (!connection->stream)
    return;
  (void)flush(connection);
  rt_stream_set_consumer(connection->stream, NULL);
  forget_stream(connection);
}

/* --- life ----------------------------------------------------------------------------------------------------------*/

HttpConnection *http_connection_new(CulmEnv *env)
{
  HttpConnection *connection = http_env_get(env) ? calloc(1, sizeof *connection) : NULL;
  if (!connection)
    return NULL;
  connection->env = env;
  connection->consumer = (RtConsumer){on_read, on_close, before_write};
  strbuf_init(&connection->out, NULL, MEM_RUNTIME);
  http_parser_init(&connection->parser, HTTP_REQUEST, &http_connection_callbacks, connection, NULL);
  return connection;
}

void http_connection_free(HttpConnection *connection)
{
  if (!connection)
    return;
  if (connection->stream)
    rt_stream_set_consumer(connection->stream, NULL);
  forget_stream(connection);
  js_ref_free(connection->context);
  http_parser_free(&connection->parser);
  free(connection);
}

void http_connection_reset(HttpConnection *connection, HttpParserType type)
{
  http_connection_unconsume(connection);
  connection->generation++;
  http_parser_reset(&connection->parser, type);
  connection->head_start = connection->message_start = 0;
  connection->has_head_callback = connection->ends_silently = false;
}

/* --- messages ------------------------------------------------------------------------------------------------------*/

static HttpConnection *connection_of(HttpParser *parser)
{
  return parser->opaque;
}

/* An exception is pending; ends the parsing. */
static bool thrown(HttpCall *call)
{
  call->thrown = true;
  return false;
}

/* Calls self[index]; undefined when there is no such callback. False ends the parsing: exception, or started anew. */
static bool call_back(HttpParser *parser, uint32_t index, int argc, const JsValue *argv, JsValue *result)
{
  HttpConnection *connection = connection_of(parser);
  HttpCall *call = connection->call;
  *result = JS_UNDEFINED;
  JsValue fn = js_get_index(call->cx, call->self, index);
  if (!js_is_exception(fn) && !js_value_is_function(fn))
    return true;
  if (!js_is_exception(fn))
    *result = js_call(call->cx, fn, call->self, argc, argv);
  if (js_is_exception(fn) || js_is_exception(*result))
    return thrown(call);
  return connection->generation == call->generation;
}

static bool on_message_begin(HttpParser *parser)
{
  HttpConnection *connection = connection_of(parser);
  JsValue result;
  connection->idle_time = 0;
  connection->ends_silently = false;
  if (connection->message_start == 0)
    connection->head_start = connection->message_start = uv_now(&connection->env->loop);
  return connection->has_head_callback || call_back(parser, ON_MESSAGE_BEGIN, 0, NULL, &result);
}

static void read_choice(HttpConnection *connection, JsValue result, HttpBodyChoice *choice)
{
  enum { CHOICE_MASK = 3, ENDS_SILENTLY = 4 };
  if (!js_is_int32(result))
    return;
  int answer = js_as_int32(result) & CHOICE_MASK;
  if (answer == HTTP_BODY_NONE || answer == HTTP_BODY_UPGRADE)
    *choice = (HttpBodyChoice)answer;
  connection->ends_silently = connection->has_head_callback && (js_as_int32(result) & ENDS_SILENTLY);
}

static bool on_headers_complete(HttpParser *parser, HttpBodyChoice *choice)
{
  HttpConnection *connection = connection_of(parser);
  HttpCall *call = connection->call;
  JsContext *cx = call->cx;
  bool request = parser->type == HTTP_REQUEST;
  JsValue text = js_string_latin1(cx, http_parser_head(parser) + parser->url, parser->url_len), result;
  if (js_is_exception(text))
    return thrown(call);
  connection->head_start = 0;
  if (connection->has_head_callback) {
    unsigned flags = parser->minor | (unsigned)parser->major << HEAD_MAJOR_SHIFT;
    flags |= parser->should_keep_alive ? HEAD_KEEP_ALIVE : 0;
    flags |= parser->upgrade ? HEAD_UPGRADE : 0;
    flags |= parser->has_body ? HEAD_HAS_BODY : 0;
    flags |= parser->input_left ? HEAD_IS_FOLLOWED : 0;
    JsValue args[4] = {JS_UNDEFINED, http_pack_headers(cx, parser, &flags),
                       request ? http_atom(connection->env->http, HTTP_ATOM_METHODS + (unsigned)parser->method)
                               : js_int32(parser->status),
                       text};
    args[0] = js_int32((int32_t)flags);
    if (js_is_exception(args[1]))
      return thrown(call);
    if (connection->runs_exchanges) {
      HttpExchangeOutcome outcome = http_exchange_run(connection, flags, args[1], args[2], text);
      connection->ends_silently = outcome == EXCHANGE_DONE && !parser->has_body;
      if (outcome != EXCHANGE_LEFT)
        return outcome == EXCHANGE_THREW ? thrown(call) : connection->generation == call->generation;
    }
    if (!call_back(parser, ON_HEAD, 4, args, &result))
      return false;
  } else {
    JsValue headers = http_headers_array(cx, parser);
    if (js_is_exception(headers))
      return thrown(call);
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
    if (!call_back(parser, ON_HEADERS_COMPLETE, 9, args, &result))
      return false;
  }
  read_choice(connection, result, choice);
  return true;
}

/* A chunk of the body: a view of the input, or a Buffer of its own when the input is not JavaScript's. */
static JsValue body_chunk(HttpConnection *connection, const char *bytes, size_t len)
{
  HttpCall *call = connection->call;
  if (js_is_undefined(call->input_buffer)) {
    JsValue chunk = rt_bytes_new(call->cx, bytes, len);
    JsValue proto = env_ref(connection->env->buffers.proto);
    if (!js_is_exception(chunk) && js_value_is_object(proto) && !js_set_prototype(call->cx, chunk, proto))
      return JS_EXCEPTION;
    return chunk;
  }
  size_t offset = call->input_offset + (size_t)((const uint8_t *)bytes - call->input_data);
  JsValue view = js_typed_array_new(call->cx, JS_UINT8, call->input_buffer, offset, len);
  if (!js_is_exception(view) && !js_set_prototype(call->cx, view, call->input_proto))
    return JS_EXCEPTION;
  return view;
}

/* What a part of a message left to do is done before the next part. False as of call_back. */
static bool run_ticks(HttpConnection *connection)
{
  HttpCall *call = connection->call;
  CulmEnv *env = connection->env;
  if (!call->is_outermost)
    return true;
  env->call_depth--;
  env_drain(env);
  env->call_depth++;
  js_set_async_context(call->cx, env_ref(connection->context));
  return connection->call == call && connection->generation == call->generation && !env_is_stopping(env);
}

static bool on_body(HttpParser *parser, const char *bytes, size_t len)
{
  HttpConnection *connection = connection_of(parser);
  JsValue chunk = body_chunk(connection, bytes, len), result;
  if (js_is_exception(chunk))
    return thrown(connection->call);
  return call_back(parser, ON_BODY, 1, &chunk, &result) && run_ticks(connection);
}

static bool on_message_complete(HttpParser *parser)
{
  HttpConnection *connection = connection_of(parser);
  HttpCall *call = connection->call;
  JsValue result;
  connection->message_start = 0;
  if (connection->ends_silently)
    return true;
  if (parser->header_count) {
    JsValue args[2] = {http_headers_array(call->cx, parser), js_string_latin1(call->cx, "", 0)};
    if (js_is_exception(args[0]))
      return thrown(call);
    if (!call_back(parser, ON_HEADERS, 2, args, &result))
      return false;
  }
  return call_back(parser, ON_MESSAGE_COMPLETE, 0, NULL, &result) && (!parser->input_left || run_ticks(connection));
}

const HttpCallbacks http_connection_callbacks = {on_message_begin, on_headers_complete, on_body, on_message_complete};

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

JsValue http_connection_outcome(HttpConnection *connection, HttpCall *call, size_t parsed, JsValue done)
{
  HttpParser *parser = &connection->parser;
  connection->call = NULL;
  if (call->thrown)
    return JS_EXCEPTION;
  if (connection->generation != call->generation) {
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
  return parser->error == HPE_PAUSED ? done : parse_error(call->cx, parser, parsed);
}
