// SPDX-License-Identifier: MIT
/*
 * [DOC] Exchanges: a request and its response without the library's JavaScript
 *
 * What lib/_http_server.js does about a request of the usual kind is done here, on the same objects: the two messages
 * are made, the server's 'request' is emitted, a response that is one end() is formatted and written, and when the
 * listener has returned both are settled. Between the parser and the program's listener stands no bytecode.
 *
 * Each step looks first at all it depends on, through fields (js_peek), and does nothing when something is out of the
 * ordinary: a replaced method, a listener, a subscriber, pipelined requests. Then the function of the same purpose in
 * lib/ does it, from the unchanged state.
 */
#ifndef RUNTIME_HTTP_EXCHANGE_H
#define RUNTIME_HTTP_EXCHANGE_H

#include "runtime/http_head.h"

typedef enum {
  EXCHANGE_LEFT, /* to JavaScript; nothing has been done */
  EXCHANGE_DONE,
  EXCHANGE_THREW,
} HttpExchangeOutcome;

/* A request's head has come, within the connection's call. */
HttpExchangeOutcome http_exchange_run(HttpConnection *connection, unsigned flags, JsValue packed, JsValue method,
                                      JsValue url);

/* Functions of the binding. defineExchange ( given ): the values of http_fields.def. deferHead (
 * response, status, headers ): whether the head was settled, so that C may write it with a body that follows at once.
 * respond ( chunk ), a method of
 * responses: whether head and body have been written and the rest of end() done. finishResponse ( response ): the
 * response has been handed over. */
JsValue http_exchange_define(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue http_exchange_defer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue http_exchange_respond(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue http_exchange_finish(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* The connection of an HTTPParser (bindings/http_parser.c); NULL: val is none. */
HttpConnection *http_connection_of(JsValue val);

#endif
