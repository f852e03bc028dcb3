// SPDX-License-Identifier: MIT
/*
 * Heads of HTTP messages between bytes and JavaScript values: received headers as one packed string and what is made of
 * it when somebody looks, and the text of a response's head.
 */
#ifndef RUNTIME_HTTP_HEAD_H
#define RUNTIME_HTTP_HEAD_H

#include "runtime/http_connection.h"

/* What JavaScript is told of a head in one number (kept by lib/_http_common.js too). */
enum {
  HEAD_MINOR = 0xf, /* version: minor, and major << 4 */
  HEAD_MAJOR_SHIFT = 4,
  HEAD_KEEP_ALIVE = 1 << 8,
  HEAD_UPGRADE = 1 << 9,
  HEAD_HAS_HOST = 1 << 10,
  HEAD_HAS_EXPECT = 1 << 11,
  HEAD_HAS_BODY = 1 << 12,
  HEAD_IS_FOLLOWED = 1 << 13, /* by bytes that came with it */
};

/* Headers as "name NUL value NUL ..."; *flags gets HEAD_HAS_HOST and HEAD_HAS_EXPECT. "" for none. */
JS_MUST_USE JsValue http_pack_headers(JsContext *cx, const HttpParser *parser, unsigned *flags);
/* [name, value, name, value ...] */
JS_MUST_USE JsValue http_headers_array(JsContext *cx, const HttpParser *parser);
JS_MUST_USE JsValue http_unpack_headers(JsContext *cx, JsValue packed);
/* message.headers as Node documents it: names in lower case, repeated ones joined or dropped. */
JS_MUST_USE JsValue http_headers_object(JsContext *cx, JsValue packed, bool join_all);

/* Strings that messages are made of again and again, by number; each is made when first asked for. */
enum {
  HTTP_ATOM_EMPTY,
  HTTP_ATOM_UNKNOWN,
  HTTP_ATOM_METHODS,                                       /* + HttpMethod */
  HTTP_ATOM_NAMES = HTTP_ATOM_METHODS + HTTP_METHOD_COUNT, /* + 2 * a known header, + 1 in lower case */
};
JsValue http_atom(HttpEnv *http, unsigned number);

/* Tab and the printable characters of Latin-1. */
bool http_is_header_text(const uint8_t *text, size_t len);
/* A number, or a string of them. */
bool http_is_header_value(JsContext *cx, JsValue val);

/* Headers that the head's other lines depend on (kept by lib/_http_outgoing.js too). */
enum {
  HEAD_MARK_CONNECTION = 1,
  HEAD_MARK_TRANSFER_ENCODING = 2,
  HEAD_MARK_CONTENT_LENGTH = 4,
  HEAD_MARK_DATE = 8,
  HEAD_MARK_EXPECT = 16,
  HEAD_MARK_TRAILER = 32,
  HEAD_MARK_KEEP_ALIVE = 64,
};
/* A message's headers are a flat list of keys (names in lower case), names and values. The place of a header's key, -1
 * when it is not there; name: a string in any case. */
int http_find_header(JsContext *cx, JsValue list, JsValue name);
/* Stores a header there: *mark is its HEAD_MARK_* or 0; -1: JavaScript has to (and knows the errors). */
bool http_store_header(JsContext *cx, JsValue list, JsValue name, JsValue val, int *mark);
/* "HTTP/1.1 status reason" and the lines of headers, checked: an object, a list of names and values (stride 2) or of
 * keys, names and values (3), undefined or null. *marks: HEAD_MARK_CONTENT_LENGTH and _DATE. False when it has to be
 * done by JavaScript, which knows the errors too: nothing is pending. */
bool http_append_settled(JsContext *cx, StrBuf *out, int status, JsValue reason, JsValue headers, uint32_t stride,
                         unsigned *marks);

/* How a response's head is completed. */
enum {
  RESPONSE_DATE = 1,
  RESPONSE_KEEP_ALIVE = 2,      /* Connection: keep-alive, else close */
  RESPONSE_KEEP_ALIVE_HINT = 4, /* and Keep-Alive: timeout= */
  RESPONSE_LENGTH = 8,          /* Content-Length */
  RESPONSE_NO_BODY = 16,        /* the body is not sent */
  RESPONSE_CHUNKED = 32,        /* Transfer-Encoding: chunked */
};
typedef struct HttpResponse {
  unsigned flags;
  int status;
  uint32_t keep_alive_seconds, max_requests; /* of the hint; max_requests 0: not said */
  JsValue reason;                            /* string */
  JsValue headers; /* [key, name, value ...] or null; or a string of http_append_settled, which has status and reason */
  JsValue body;    /* string (written as UTF-8), view or undefined */
} HttpResponse;
/* Appends the head alone, of a response whose body has this size. */
bool http_append_head(JsContext *cx, HttpEnv *http, StrBuf *out, const HttpResponse *response, size_t body_size);
/* Appends head and body, whose size goes to *body_size. False when something of it has to be done by JavaScript: then
 * nothing is appended. */
bool http_append_response(JsContext *cx, HttpEnv *http, StrBuf *out, const HttpResponse *response, size_t *body_size);

#endif
