// SPDX-License-Identifier: MIT
/*
 * See http_exchange.h.
 */
#include "runtime/http_exchange.h"

#include "runtime/binding.h"

#include <stdlib.h>

/* Names first; F_FIRST_OF_... is the first of a range, which ends before F_FIRST_OF_ the next. */
enum {
#define RANGE(id)        F_FIRST_OF_##id, F_BEFORE_##id = F_FIRST_OF_##id - 1,
#define FIELD(id, name)  F_##id,
#define SYMBOL(id, name) F_##id,
#define GIVEN(id, name)
#include "runtime/http_fields.def"
#undef RANGE
#undef FIELD
#undef SYMBOL
#undef GIVEN
  F_NAME_COUNT,
  F_BEFORE_GIVEN = F_NAME_COUNT - 1,
#define RANGE(id)
#define FIELD(id, name)
#define SYMBOL(id, name)
#define GIVEN(id, name) F_##id,
#include "runtime/http_fields.def"
#undef RANGE
#undef FIELD
#undef SYMBOL
#undef GIVEN
  F_COUNT
};

typedef enum { ORIGIN_FIELD, ORIGIN_SYMBOL, ORIGIN_GIVEN } FieldOrigin;

static const struct {
  const char *name;
  FieldOrigin origin;
} field_rows[F_COUNT] = {
#define RANGE(id)
#define FIELD(id, name)  [F_##id] = {name, ORIGIN_FIELD},
#define SYMBOL(id, name) [F_##id] = {name, ORIGIN_SYMBOL},
#define GIVEN(id, name)  [F_##id] = {name, ORIGIN_GIVEN},
#include "runtime/http_fields.def"
#undef RANGE
#undef FIELD
#undef SYMBOL
#undef GIVEN
};

/* `kept` is an array that keeps the values alive. */
typedef struct HttpFields {
  JsContext *cx;
  HttpEnv *http;
  JsFields *fields;
  JsRef *kept;
  JsValue channel_proto; /* of channels that nobody subscribed to */
  JsValue values[F_COUNT];
} HttpFields;

/* Of kPhase and kHeader in lib/_http_incoming.js and lib/_http_outgoing.js. */
enum { PHASE_FRESH = 0, PHASE_ENDED = 1, PHASE_PASSED = 2, PHASE_STREAM = 3 };
enum { HEADER_SENT = 1, HEADER_DEFERRED = 2, HEADER_FLAGS_SHIFT = 2 };

/* What a range of an object's properties was when it was read. */
typedef struct Seen {
  int first;
  JsValue values[F_FIRST_OF_SENT_RESPONSES - F_FIRST_OF_RESPONSES]; /* the longest */
} Seen;

static void see(HttpFields *fields, Seen *seen, JsValue obj, int first, int end)
{
  seen->first = first;
  js_fields_read(fields->fields, obj, (uint32_t)first, (uint32_t)(end - first), seen->values);
}

#define SEE(seen, obj, range, next) see(fields, seen, obj, F_FIRST_OF_##range, F_FIRST_OF_##next)

static JsValue of(const Seen *seen, int name)
{
  return seen->values[name - seen->first];
}

static void poke(HttpFields *fields, JsValue obj, int name, JsValue val)
{
  (void)js_field_set(fields->fields, obj, (uint32_t)name, val);
}

static bool is(const Seen *seen, int name, JsValue val)
{
  return js_same_bits(of(seen, name), val);
}

static bool is_given(const HttpFields *fields, const Seen *seen, int name, int given)
{
  return js_same_bits(of(seen, name), fields->values[given]);
}

static bool all_false(const Seen *seen, const int *names, size_t count)
{
  for (size_t k = 0; k < count; k++)
    if (!is(seen, names[k], JS_FALSE))
      return false;
  return true;
}

/* The property's truth; false when it cannot be told. */
static bool truth(const Seen *seen, int name, bool *out)
{
  JsValue val = of(seen, name);
  if (js_is_hole(val))
    return false;
  *out = js_to_boolean(val);
  return true;
}

/* Of the channels: they change their class with the first subscriber. */
static bool has_no_subscribers(HttpFields *fields)
{
  JsContext *cx = fields->cx;
  for (int k = F_CREATED_CHANNEL; k <= F_FINISH_CHANNEL; k++)
    if (!js_same_bits(js_get_prototype(cx, fields->values[k]), fields->channel_proto))
      return false;
  return true;
}

JsValue http_exchange_define(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue given = js_argument(argc, argv, 0);
  HttpFields *fields = env->http->fields;
  if (fields)
    return JS_UNDEFINED;
  fields = calloc(1, sizeof *fields);
  if (!fields)
    return js_throw_range_error(cx, "Out of memory");
  JsValue kept = js_array_new(cx, 0, NULL);
  for (int k = 0; k < F_COUNT && !js_is_exception(kept); k++) {
    JsValue val = field_rows[k].origin == ORIGIN_FIELD ? js_intern(cx, field_rows[k].name)
                                                       : js_get(cx, given, field_rows[k].name);
    if (js_is_exception(val) || !js_array_push(cx, kept, val))
      kept = JS_EXCEPTION;
    fields->values[k] = val;
  }
  JsValue class = js_is_exception(kept) ? kept : js_get(cx, given, "Channel");
  fields->channel_proto = js_is_exception(class) ? class : js_get(cx, class, "prototype");
  if (!js_is_exception(fields->channel_proto) && js_array_push(cx, kept, fields->channel_proto))
    fields->fields = js_fields_new(cx, F_NAME_COUNT, fields->values);
  if (!fields->fields) {
    free(fields);
    return JS_EXCEPTION;
  }
  fields->cx = cx;
  fields->http = env->http;
  fields->kept = js_ref_new(cx, kept);
  env->http->fields = fields;
  return JS_UNDEFINED;
}

void http_fields_free(HttpFields *fields)
{
  if (!fields)
    return;
  js_fields_free(fields->fields);
  js_ref_free(fields->kept);
  free(fields);
}

/* --- sockets -------------------------------------------------------------------------------------------------------*/

/* isIdle of lib/internal/streams/writable.js: nothing is queued, the next write would go to the handle at once. */
static bool is_idle(HttpFields *fields, JsValue writable_state)
{
  Seen state;
  SEE(&state, writable_state, WRITABLE_STATES, REQUESTS);
  JsValue bits = of(&state, F_BITS);
  return js_is_int32(bits) && is(&state, F_LENGTH, js_int32(0)) &&
         (js_as_int32(bits) & js_as_int32(fields->values[F_IDLE_MASK])) == js_as_int32(fields->values[F_IDLE_BITS]);
}

/* Nothing stands between a response and its socket's handle. */
static bool is_first(HttpFields *fields, JsValue response, JsValue socket_val)
{
  Seen socket;
  SEE(&socket, socket_val, SOCKETS, WRITABLE_STATES);
  return is(&socket, F_HTTP_MESSAGE, response) && is_given(fields, &socket, F_WRITE, F_OWN_SOCKET_WRITE) &&
         is_idle(fields, of(&socket, F_WRITABLE_STATE));
}

/* --- the end of an exchange ----------------------------------------------------------------------------------------*/

/* isUntouched of lib/_http_incoming.js, for a request whose stream nobody has looked at. */
static bool is_untouched(HttpFields *fields, const Seen *request)
{
  static const int unused[] = {F_CONSUMING, F_DUMPED};
  if (!is(request, F_PHASE, js_int32(PHASE_ENDED)) || !is(request, F_COMPLETE, JS_TRUE) ||
      !all_false(request, unused, JS_COUNTOF(unused)) || !is_given(fields, request, F_REQUEST_EMIT, F_OWN_EMIT) ||
      !is_given(fields, request, F_DESTROY, F_OWN_DESTROY) ||
      !is_given(fields, request, F_DESTROY_HOOK, F_OWN_DESTROY_HOOK))
    return false;
  return is(request, F_REQUEST_EVENTS, JS_UNDEFINED) || is(request, F_REQUEST_EVENTS_COUNT, js_int32(0));
}

/* The program read its body, and has heard of the end. */
static bool is_read(HttpFields *fields, JsValue request_val, const Seen *request)
{
  if (!is(request, F_PHASE, js_int32(PHASE_STREAM)) || !is(request, F_CONSUMING, JS_TRUE))
    return false;
  JsValue state = js_field_get(fields->fields, request_val, F_REQUEST_STATE);
  JsValue bits = js_field_get(fields->fields, state, F_READ_BITS);
  return js_is_int32(bits) && js_as_int32(bits) & js_as_int32(fields->values[F_END_EMITTED]);
}

/* finish() of lib/_http_outgoing.js for a response nobody listens to, to a request nobody has read or that was read to
 * its end. False: nothing was done. */
static bool finish_unheard(HttpFields *fields, JsValue response_val)
{
  Seen response, seen_socket, owner, parser, seen_request;
  SEE(&response, response_val, SENT_RESPONSES, OTHERS);
  JsValue request = of(&response, F_SENT_REQUEST), owner_val = of(&response, F_SENT_CONNECTION);
  JsValue socket = of(&response, F_SENT_SOCKET);
  if (!is(&response, F_SENT_EVENTS, JS_UNDEFINED) || !is_given(fields, &response, F_SENT_EMIT, F_OWN_EMIT) ||
      !is(&response, F_SENT_HEADER, js_int32(HEADER_SENT)) || !is(&response, F_LAST, JS_FALSE) ||
      !is(&response, F_CLOSED, JS_FALSE))
    return false;
  SEE(&seen_socket, socket, SOCKETS, WRITABLE_STATES);
  SEE(&owner, owner_val, CONNECTIONS, OPTIONS);
  if (!is(&seen_socket, F_HAD_ERROR, JS_FALSE) || !is(&owner, F_REQUEST, request) || !is(&owner, F_LATER, JS_NULL) ||
      !is(&owner, F_WAITING, JS_NULL))
    return false;
  SEE(&parser, of(&owner, F_PARSER), PARSERS, CONNECTIONS);
  SEE(&seen_request, request, REQUESTS, RESPONSES);
  bool untouched = is(&parser, F_INCOMING, JS_NULL) && is_untouched(fields, &seen_request);
  if ((!untouched && !is_read(fields, request, &seen_request)) || !has_no_subscribers(fields))
    return false;
  poke(fields, response_val, F_IS_FINISHED, JS_TRUE);
  poke(fields, owner_val, F_REQUEST, JS_NULL);
  poke(fields, socket, F_HTTP_MESSAGE, JS_NULL);
  poke(fields, response_val, F_MESSAGE_SOCKET, JS_NULL);
  if (untouched) {
    poke(fields, request, F_DUMPED, JS_TRUE);
    poke(fields, request, F_CONSUMING, JS_TRUE);
    poke(fields, request, F_PHASE, js_int32(PHASE_PASSED));
  } else if (is(&parser, F_INCOMING, request)) {
    poke(fields, of(&owner, F_PARSER), F_INCOMING, JS_NULL);
  }
  poke(fields, response_val, F_DESTROYED, JS_TRUE);
  poke(fields, response_val, F_CLOSED, JS_TRUE);
  return true;
}

/* False: exception. */
static bool finish(HttpFields *fields, JsValue response)
{
  return finish_unheard(fields, response) ||
         !js_is_exception(js_call(fields->cx, fields->values[F_FINISH], JS_UNDEFINED, 1, &response));
}

JsValue http_exchange_finish(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpFields *fields = env_of(cx)->http->fields;
  return fields && finish(fields, js_argument(argc, argv, 0)) ? JS_UNDEFINED : JS_EXCEPTION;
}

/* --- its beginning -------------------------------------------------------------------------------------------------*/

static JsValue new_request(HttpFields *fields, const Seen *parser, JsValue socket, bool has_body, JsValue packed,
                           JsValue method, JsValue url)
{
  JsContext *cx = fields->cx;
  JsValue values[7] = {socket, socket, packed, method, url, of(parser, F_JOIN)};
  if (!has_body)
    return js_stamp_copy(cx, fields->values[F_STAMP_BARE], 6, values);
  JsValue readable = js_field_get(fields->fields, socket, F_READABLE_STATE);
  JsValue mark = js_field_get(fields->fields, readable, F_READ_MARK);
  JsValue state[3] = {mark, js_array_new(cx, 0, NULL), js_array_new(cx, 0, NULL)};
  if (js_is_exception(state[1]) || js_is_exception(state[2]))
    return JS_EXCEPTION;
  values[6] = js_stamp_copy(cx, fields->values[F_STAMP_STATE], 3, state);
  return js_is_exception(values[6]) ? values[6] : js_stamp_copy(cx, fields->values[F_STAMP_BODY], 7, values);
}

static JsValue new_response(HttpFields *fields, const Seen *owner, JsValue owner_val, JsValue socket, JsValue request,
                            JsValue keep_alive, bool stays)
{
  JsContext *cx = fields->cx;
  Seen options;
  SEE(&options, of(owner, F_MESSAGE_OPTIONS), OPTIONS, SERVERS);
  JsValue values[9] = {
      request,    owner_val,   js_array_new(cx, 0, NULL),       js_boolean(stays),
      keep_alive, js_int32(0), of(&options, F_HIGH_WATER_MARK), of(&options, F_REJECT_BODY),
      socket,
  };
  return js_is_exception(values[2]) ? values[2] : js_stamp_copy(cx, fields->values[F_STAMP_RESPONSE], 9, values);
}

/* The request has no body: all of it is there. False: exception. */
static bool complete(HttpFields *fields, JsValue request)
{
  JsValue end = JS_NULL;
  poke(fields, request, F_COMPLETE, JS_TRUE);
  if (js_same_bits(js_field_get(fields->fields, request, F_PHASE), js_int32(PHASE_FRESH))) {
    poke(fields, request, F_PHASE, js_int32(PHASE_ENDED));
    return true;
  }
  return !js_is_exception(js_invoke(fields->cx, request, "push", 1, &end));
}

/* What follows the listeners, whether or not they threw; the later exception counts. */
static bool after_listeners(HttpConnection *connection, HttpFields *fields, JsValue owner, JsValue request,
                            bool has_body, bool threw)
{
  HttpCall *call = connection->call;
  bool ok = true;
  JsValue response = call->response;
  call->response = JS_UNDEFINED;
  if (!has_body) {
    /* The parser may serve another connection by now. */
    if (js_same_bits(js_field_get(fields->fields, call->self, F_OWNER), owner))
      poke(fields, call->self, F_INCOMING, JS_NULL);
    ok = complete(fields, request);
  }
  if (call->response_ended) {
    call->response_ended = false;
    /* What listens to 'finish' hears it after the exception has been reported. */
    if (ok && threw)
      ok = !js_is_exception(js_call(fields->cx, fields->values[F_FINISH_LATER], JS_UNDEFINED, 1, &response));
    else if (ok)
      ok = finish(fields, response);
  }
  return ok;
}

HttpExchangeOutcome http_exchange_run(HttpConnection *connection, unsigned flags, JsValue packed, JsValue method,
                                      JsValue url)
{
  enum { HTTP_1_1 = 0x11, LOOKED_AT = 0xff | HEAD_UPGRADE | HEAD_HAS_HOST | HEAD_HAS_EXPECT };
  HttpCall *call = connection->call;
  HttpFields *fields = connection->env->http->fields;
  JsContext *cx = call->cx;
  if (!fields || !connection->runs_exchanges || !connection->stream ||
      (flags & LOOKED_AT) != (HTTP_1_1 | HEAD_HAS_HOST) || connection->parser.method == HTTP_METHOD_HEAD)
    return EXCHANGE_LEFT;
  Seen parser, owner, seen_socket, server;
  SEE(&parser, call->self, PARSERS, CONNECTIONS);
  JsValue owner_val = of(&parser, F_OWNER), socket = of(&parser, F_SOCKET);
  SEE(&owner, owner_val, CONNECTIONS, OPTIONS);
  SEE(&seen_socket, socket, SOCKETS, WRITABLE_STATES);
  SEE(&server, of(&owner, F_SERVER), SERVERS, SOCKETS);
  JsValue keep_alive = of(&server, F_KEEP_ALIVE);
  if (!is(&owner, F_REQUEST, JS_NULL) || !is(&seen_socket, F_HTTP_MESSAGE, JS_NULL) ||
      !is_idle(fields, of(&seen_socket, F_WRITABLE_STATE)) || !is_given(fields, &server, F_SERVER_EMIT, F_OWN_EMIT) ||
      !is(&server, F_MAX_REQUESTS, js_int32(0)) || !js_is_int32(keep_alive) || !has_no_subscribers(fields))
    return EXCHANGE_LEFT;
  bool has_body = flags & HEAD_HAS_BODY;
  JsValue request = new_request(fields, &parser, socket, has_body, packed, method, url);
  if (js_is_exception(request))
    return EXCHANGE_THREW;
  JsValue response = new_response(fields, &owner, owner_val, socket, request, keep_alive, flags & HEAD_KEEP_ALIVE);
  if (js_is_exception(response))
    return EXCHANGE_THREW;
  poke(fields, call->self, F_INCOMING, request);
  poke(fields, owner_val, F_REQUEST, request);
  poke(fields, socket, F_HTTP_MESSAGE, response);
  /* What follows, a body or another request, comes before 'finish'. */
  call->response = flags & HEAD_IS_FOLLOWED ? JS_UNDEFINED : response;
  call->response_ended = false;
  JsValue args[3] = {fields->values[F_REQUEST], request, response};
  bool threw = js_is_exception(js_call(cx, fields->values[F_OWN_EMIT], of(&owner, F_SERVER), 3, args));
  if (threw && js_is_terminating(cx))
    return EXCHANGE_THREW;
  JsValue error = threw ? js_take_exception(cx) : JS_UNDEFINED;
  if (!after_listeners(connection, fields, owner_val, request, has_body, threw))
    return EXCHANGE_THREW;
  if (threw)
    (void)js_throw(cx, error);
  return threw ? EXCHANGE_THREW : EXCHANGE_DONE;
}

/* --- the response --------------------------------------------------------------------------------------------------*/

/* hasOwnWays of lib/_http_server.js. */
static bool has_own_ways(const HttpFields *fields, const Seen *response)
{
  return is_given(fields, response, F_WRITE_HEAD, F_OWN_WRITE_HEAD) &&
         is_given(fields, response, F_IMPLICIT_HEADER, F_OWN_IMPLICIT_HEADER) &&
         is_given(fields, response, F_STORE_HEADER, F_OWN_STORE_HEADER);
}

static bool is_unsent(const HttpFields *fields, const Seen *response)
{
  static const int names[] = {F_FINISHED, F_DESTROYED, F_HEADER_SENT};
  return all_false(response, names, JS_COUNTOF(names)) && is(response, F_CORKED, js_int32(0)) &&
         is(response, F_TRAILER, http_atom(fields->http, HTTP_ATOM_EMPTY));
}

/* The head has only what is added here. */
static bool is_plain(const Seen *response)
{
  static const int names[] = {F_REMOVED_CONNECTION, F_REMOVED_LENGTH, F_REMOVED_TE,
                              F_EXPECTS_CONTINUE,   F_CHUNKED,        F_STRICT_LENGTH};
  return all_false(response, names, JS_COUNTOF(names)) && is(response, F_USES_CHUNKED, JS_TRUE) &&
         is(response, F_UNIQUE_HEADERS, JS_NULL);
}

/* responseFlags of lib/_http_server.js; false when it cannot be told. */
static bool response_flags(const Seen *response, unsigned marks, unsigned *out)
{
  bool dates, stays, is_last, hints, has_body;
  if (!truth(response, F_SEND_DATE, &dates) || !truth(response, F_SHOULD_KEEP_ALIVE, &stays) ||
      !truth(response, F_LAST_REQUEST, &is_last) || !truth(response, F_DEFAULT_KEEP_ALIVE, &hints) ||
      !truth(response, F_HAS_BODY, &has_body))
    return false;
  unsigned flags = dates && !(marks & HEAD_MARK_DATE) ? RESPONSE_DATE : 0;
  if (stays && !is_last) {
    flags |= RESPONSE_KEEP_ALIVE;
    if (hints && !is(response, F_MESSAGE_KEEP_ALIVE, js_int32(0)))
      flags |= RESPONSE_KEEP_ALIVE_HINT;
  }
  if (!has_body)
    flags |= RESPONSE_NO_BODY;
  else if (!(marks & HEAD_MARK_CONTENT_LENGTH))
    flags |= RESPONSE_LENGTH;
  *out = flags;
  return true;
}

/* A head that has not been settled: status, reason, headers and what completes them. False: JavaScript has to. */
static bool describe_head(const HttpFields *fields, const Seen *response, HttpResponse *out)
{
  JsContext *cx = fields->cx;
  JsValue marks = of(response, F_MARKS), status = of(response, F_STATUS_CODE);
  if (!js_is_int32(marks) || js_as_int32(marks) & ~(HEAD_MARK_CONTENT_LENGTH | HEAD_MARK_DATE) ||
      !has_own_ways(fields, response) || !is_unsent(fields, response) || !is_plain(response))
    return false;
  if (!js_is_int32(status) || js_as_int32(status) < 200 || js_as_int32(status) > 999 || js_as_int32(status) == 204 ||
      js_as_int32(status) == 304)
    return false;
  JsValue reason = of(response, F_STATUS_MESSAGE);
  if (js_is_hole(reason))
    return false;
  if (!js_to_boolean(reason)) {
    reason = js_get_index(cx, fields->values[F_STATUS_CODES], (uint32_t)js_as_int32(status));
    if (js_is_exception(reason))
      (void)js_take_exception(cx); /* JavaScript meets it again */
    if (js_is_undefined(reason))
      reason = http_atom(fields->http, HTTP_ATOM_UNKNOWN);
  }
  if (!js_value_is_string(reason) || !http_is_header_value(cx, reason) ||
      !response_flags(response, (unsigned)js_as_int32(marks), &out->flags))
    return false;
  out->status = js_as_int32(status);
  out->reason = reason;
  out->headers = of(response, F_OUT_HEADERS);
  return !js_is_hole(out->headers);
}

/* The hint of keep-alive; false: unusual numbers. */
static bool describe_hint(const Seen *response, HttpResponse *out)
{
  JsValue time = of(response, F_MESSAGE_KEEP_ALIVE), max = of(response, F_MESSAGE_MAX_REQUESTS);
  if (!js_is_int32(time) || js_as_int32(time) < 0 || !js_is_int32(max) || js_as_int32(max) < 0)
    return false;
  out->keep_alive_seconds = (uint32_t)js_as_int32(time) / 1000;
  out->max_requests = (uint32_t)js_as_int32(max);
  return true;
}

/* How long the connection waits for another request after this response. False: JavaScript has to look. */
static bool waiting_time(HttpFields *fields, const Seen *owner, const HttpResponse *response, size_t *out)
{
  *out = 0;
  if (!(response->flags & RESPONSE_KEEP_ALIVE) || !is(owner, F_LATER, JS_NULL))
    return true;
  Seen server;
  SEE(&server, of(owner, F_SERVER), SERVERS, SOCKETS);
  JsValue time = of(&server, F_KEEP_ALIVE), buffer = of(&server, F_KEEP_ALIVE_BUFFER);
  if (!js_is_int32(time) || js_as_int32(time) < 0 || !js_is_int32(buffer) || js_as_int32(buffer) < 0)
    return false;
  if (js_as_int32(time))
    *out = (size_t)js_as_int32(time) + (size_t)js_as_int32(buffer);
  return true;
}

JsValue http_exchange_defer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpEnv *http = env_of(cx)->http;
  HttpFields *fields = http->fields;
  JsValue response_val = js_argument(argc, argv, 0), headers = js_argument(argc, argv, 2);
  int status = rt_int_argument(argc, argv, 1);
  if (!fields || status < 200 || status > 999 || status == 204 || status == 304)
    return JS_FALSE;
  Seen seen;
  SEE(&seen, response_val, RESPONSES, SENT_RESPONSES);
  JsValue parser = js_field_get(fields->fields, of(&seen, F_CONNECTION), F_PARSER);
  HttpConnection *connection = http_connection_of(parser);
  if (!connection || !connection->writes_responses || !connection->stream || !has_own_ways(fields, &seen) ||
      !is_unsent(fields, &seen) || !is_plain(&seen))
    return JS_FALSE;
  unsigned marks, flags, stride = js_same_bits(headers, of(&seen, F_OUT_HEADERS)) ? 3 : 2;
  strbuf_clear(&http->scratch);
  if (!http_append_settled(cx, &http->scratch, status, of(&seen, F_STATUS_MESSAGE), headers, stride, &marks))
    return js_exception_pending(cx) ? JS_EXCEPTION : JS_FALSE;
  if (!response_flags(&seen, marks, &flags))
    return JS_FALSE;
  JsValue text = js_string_latin1(cx, http->scratch.data, http->scratch.len);
  if (js_is_exception(text))
    return text;
  if (flags & RESPONSE_LENGTH) {
    flags ^= RESPONSE_LENGTH | RESPONSE_CHUNKED;
    poke(fields, response_val, F_CHUNKED, JS_TRUE);
  }
  poke(fields, response_val, F_LAST, js_boolean(!(flags & RESPONSE_KEEP_ALIVE)));
  poke(fields, response_val, F_SETTLED, text);
  poke(fields, response_val, F_HEADER, js_int32((int32_t)(HEADER_DEFERRED | flags << HEADER_FLAGS_SHIFT)));
  return JS_TRUE;
}

/* A string, bytes, or nothing. */
static bool is_body(JsValue chunk)
{
  JsView view;
  return js_is_undefined(chunk) || js_value_is_string(chunk) ||
         (js_view(chunk, &view) && view.type == JS_UINT8 && js_object_kind(chunk) == JS_OBJECT_TYPED_ARRAY);
}

/* The response's fields after it was handed over. False: exception. */
static bool note_sent(HttpFields *fields, JsValue response_val, const Seen *response, const HttpResponse *sent,
                      bool was_settled, size_t size)
{
  if (!was_settled && !is(response, F_STATUS_MESSAGE, sent->reason) &&
      !js_field_put(fields->fields, response_val, F_STATUS_MESSAGE, sent->reason))
    return false;
  poke(fields, response_val, F_HEADER, js_int32(HEADER_SENT));
  poke(fields, response_val, F_HEADER_SENT, JS_TRUE);
  poke(fields, response_val, F_FINISHED, JS_TRUE);
  poke(fields, response_val, F_LAST, js_boolean(!(sent->flags & RESPONSE_KEEP_ALIVE)));
  if (sent->flags & RESPONSE_LENGTH)
    poke(fields, response_val, F_CONTENT_LENGTH, js_number((double)size));
  return true;
}

/* 'finish' comes in the next tick; within the parser's call that is when the call ends, if no tick is queued before. */
static JsValue finish_later(HttpConnection *connection, HttpFields *fields, JsValue response_val, const Seen *response)
{
  JsContext *cx = fields->cx;
  HttpCall *call = connection->call;
  bool is_heard = !is(response, F_EVENTS, JS_UNDEFINED) || !is_given(fields, response, F_EMIT, F_OWN_EMIT);
  if (is_heard && js_is_exception(js_invoke(cx, response_val, "_finish", 0, NULL)))
    return JS_EXCEPTION;
  if (call && js_same_bits(call->response, response_val) && connection->env->tick_info[0] == 0)
    call->response_ended = true;
  else if (js_is_exception(js_call(cx, fields->values[F_FINISH_LATER], JS_UNDEFINED, 1, &response_val)))
    return JS_EXCEPTION;
  return JS_TRUE;
}

JsValue http_exchange_respond(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  HttpEnv *http = env_of(cx)->http;
  HttpFields *fields = http->fields;
  if (!fields)
    return JS_FALSE;
  Seen seen, owner;
  SEE(&seen, this_val, RESPONSES, SENT_RESPONSES);
  SEE(&owner, of(&seen, F_CONNECTION), CONNECTIONS, OPTIONS);
  JsValue header = of(&seen, F_HEADER), socket = of(&seen, F_MESSAGE_SOCKET);
  HttpConnection *connection = http_connection_of(of(&owner, F_PARSER));
  if (!connection || !connection->writes_responses || !connection->stream || connection->writes_pending ||
      !is_first(fields, this_val, socket))
    return JS_FALSE;
  HttpResponse response = {.body = js_argument(argc, argv, 0)};
  if (js_is_null(response.body))
    response.body = JS_UNDEFINED;
  bool is_settled = js_is_int32(header) && js_as_int32(header) & HEADER_DEFERRED;
  if (is_settled) {
    response.flags = (unsigned)js_as_int32(header) >> HEADER_FLAGS_SHIFT;
    response.headers = of(&seen, F_SETTLED);
    if (!is_unsent(fields, &seen))
      return JS_FALSE;
  } else if (!js_is_null(header) || !describe_head(fields, &seen, &response)) {
    return JS_FALSE;
  }
  size_t wait, size;
  if (!is_body(response.body) || !describe_hint(&seen, &response) || !waiting_time(fields, &owner, &response, &wait))
    return JS_FALSE;
  StrBuf *scratch = &http->scratch;
  strbuf_clear(scratch);
  if (!http_append_response(cx, http, scratch, &response, &size))
    return js_exception_pending(cx) ? JS_EXCEPTION : JS_FALSE;
  int error = http_connection_write(connection, scratch->data, scratch->len);
  if (!error && wait)
    http_connection_wait(connection, wait);
  if (!note_sent(fields, this_val, &seen, &response, is_settled, size))
    return JS_EXCEPTION;
  if (error) {
    JsValue args[2] = {socket, js_int32(error)};
    return js_is_exception(js_call(cx, fields->values[F_FAIL_WRITE], JS_UNDEFINED, 2, args)) ? JS_EXCEPTION : JS_TRUE;
  }
  return finish_later(connection, fields, this_val, &seen);
}
