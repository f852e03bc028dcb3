// SPDX-License-Identifier: MIT
/*
 * [DOC] An HTTP connection in C
 *
 * The native half of HTTPParser: the parser, and what is done per request without JavaScript. Once it consumes a stream
 * the bytes read go to the parser at once; JavaScript is entered with a whole head, with body bytes and at the end of
 * a body, and with what cannot go on (errors, upgrades). Responses are formatted here (http_head.h) and written here:
 * those to requests that came in one read leave in one write.
 *
 * The connections between two requests stand in a list by the time when they are to be closed; one timer of the loop
 * looks at its head. One that answers a request stays where it is; the timer puts it where it belongs.
 */
#ifndef RUNTIME_HTTP_CONNECTION_H
#define RUNTIME_HTTP_CONNECTION_H

#include "runtime/http_parser.h"
#include "runtime/stream_wrap.h"

/* Where the callbacks are on a parser object. The first seven are Node's numbers. ON_HEAD, when there, stands in for
 * ON_HEADERS_COMPLETE: its arguments are http_head_flags(), the packed headers, then method and URL or status and
 * reason; ON_EXECUTE gets what ends a consumed stream's parsing and the bytes in hand. */
enum {
  ON_MESSAGE_BEGIN,
  ON_HEADERS,
  ON_HEADERS_COMPLETE,
  ON_BODY,
  ON_MESSAGE_COMPLETE,
  ON_EXECUTE,
  ON_TIMEOUT,
  ON_HEAD
};

/* What lives while execute or finish runs; on the C stack, so that its values are rooted. */
typedef struct HttpCall {
  JsContext *cx;
  JsValue self;
  JsValue input_buffer, input_proto; /* what body chunks are views of; undefined: they are copied */
  const uint8_t *input_data;
  size_t input_offset;
  uint32_t generation;
  bool thrown;
  JsValue response;    /* http_exchange.c: whose request is with the listeners; undefined: none */
  bool response_ended; /* and it has been written */
  bool is_outermost;   /* called by the loop: ticks run between the parts of a message, as in Node */
} HttpCall;

typedef struct HttpConnection HttpConnection;
struct HttpConnection {
  HttpParser parser;
  RtConsumer consumer;
  CulmEnv *env;
  RtStream *stream; /* NULL: nothing is consumed */
  JsRef *self;      /* the parser's object while a stream is consumed */
  JsRef *context;   /* async context of initialize() */
  HttpCall *call;   /* NULL outside execute and finish */
  uint32_t generation;
  bool has_head_callback;             /* ON_HEAD is there */
  bool writes_responses;              /* JavaScript has no business between them and the stream */
  bool runs_exchanges;                /* http_exchange.h */
  bool ends_silently;                 /* the message's end needs no callback */
  unsigned writes_pending;            /* of responses written here */
  StrBuf out;                         /* responses to be written when the input in hand is parsed */
  uint64_t head_start, message_start; /* loop time when the head or message being read began, 0: none is */
  uint64_t idle_time;  /* how long the connection may wait for a request; 0: no matter, or none is waited for */
  uint64_t idle_until; /* when that is over; 0: none is waited for */
  HttpConnection *idle_before, *idle_after; /* in HttpEnv's list */
  uint64_t listed_until;                    /* orders it: not later than idle_until */
  bool is_listed;
};

/* What all connections of an environment share. */
typedef struct HttpEnv {
  CulmEnv *env;
  uv_timer_t timer;
  HttpConnection *first_idle, *last_idle;
  StrBuf scratch;            /* a response on its way out */
  JsValue *atoms;            /* http_head.c; hole: not made yet */
  JsRef *atoms_kept;         /* an array of them */
  struct HttpFields *fields; /* http_exchange.c; NULL until the first server's first connection */
  int64_t date_second;
  char date[40]; /* "Date: ...\r\n" of date_second */
} HttpEnv;

/* The environment's; made when there is none. NULL: out of memory. */
HttpEnv *http_env_get(CulmEnv *env);
void http_env_free(CulmEnv *env);
void http_fields_free(struct HttpFields *fields);
/* "Date: Sat, 21 Nov 2026 06:00:00 GMT\r\n", of now. */
const char *http_env_date(HttpEnv *http);

HttpConnection *http_connection_new(CulmEnv *env);
void http_connection_free(HttpConnection *connection);
/* For another peer; what was going on is forgotten, a call in progress stops. */
void http_connection_reset(HttpConnection *connection, HttpParserType type);
/* Takes the stream's bytes from now on. False when it is no open stream or has a consumer. */
bool http_connection_consume(HttpConnection *connection, JsValue self, JsValue stream);
void http_connection_unconsume(HttpConnection *connection);
/* The response has been given: the connection may wait that long for another request. */
void http_connection_wait(HttpConnection *connection, uint64_t milliseconds);
/* A whole response: written at once, or with others of the same read. 0 or an errno. */
int http_connection_write(HttpConnection *connection, const char *bytes, size_t len);
/* After execute or finish: exception (pending), an Error, or `done`. */
JS_MUST_USE JsValue http_connection_outcome(HttpConnection *connection, HttpCall *call, size_t parsed, JsValue done);

extern const HttpCallbacks http_connection_callbacks;

#endif
