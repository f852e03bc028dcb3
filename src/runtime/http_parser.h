// SPDX-License-Identifier: MIT
/*
 * [DOC] The HTTP/1 parser
 *
 * Incremental, for requests and responses; no JavaScript, no I/O. A message's head is gathered whole: when it arrives
 * in one buffer, the spans of URL and headers point into that buffer; when it is cut, the parser keeps a copy and the
 * spans point there. Either way they are valid only during the callback. Bodies are passed on as spans of the input.
 *
 * The grammar is the strict one, with the defences against request smuggling that Node's parser has (no bare LF, no
 * space before a colon, no folding, no Content-Length next to Transfer-Encoding, no second Content-Length, chunked
 * last). Errors have the names and reasons that Node shows as err.code and err.reason.
 */
#ifndef RUNTIME_HTTP_PARSER_H
#define RUNTIME_HTTP_PARSER_H

#include "base/strbuf.h"

typedef enum { HTTP_REQUEST = 1, HTTP_RESPONSE = 2 } HttpParserType;

/* In the order of Node's internal numbering (http_parser.methods of the binding). */
#define HTTP_METHODS(V)                                                                                                \
  V(DELETE, "DELETE")                                                                                                  \
  V(GET, "GET")                                                                                                        \
  V(HEAD, "HEAD")                                                                                                      \
  V(POST, "POST")                                                                                                      \
  V(PUT, "PUT")                                                                                                        \
  V(CONNECT, "CONNECT")                                                                                                \
  V(OPTIONS, "OPTIONS")                                                                                                \
  V(TRACE, "TRACE")                                                                                                    \
  V(COPY, "COPY")                                                                                                      \
  V(LOCK, "LOCK")                                                                                                      \
  V(MKCOL, "MKCOL")                                                                                                    \
  V(MOVE, "MOVE")                                                                                                      \
  V(PROPFIND, "PROPFIND")                                                                                              \
  V(PROPPATCH, "PROPPATCH")                                                                                            \
  V(SEARCH, "SEARCH")                                                                                                  \
  V(UNLOCK, "UNLOCK")                                                                                                  \
  V(BIND, "BIND")                                                                                                      \
  V(REBIND, "REBIND")                                                                                                  \
  V(UNBIND, "UNBIND")                                                                                                  \
  V(ACL, "ACL")                                                                                                        \
  V(REPORT, "REPORT")                                                                                                  \
  V(MKACTIVITY, "MKACTIVITY")                                                                                          \
  V(CHECKOUT, "CHECKOUT")                                                                                              \
  V(MERGE, "MERGE")                                                                                                    \
  V(MSEARCH, "M-SEARCH")                                                                                               \
  V(NOTIFY, "NOTIFY")                                                                                                  \
  V(SUBSCRIBE, "SUBSCRIBE")                                                                                            \
  V(UNSUBSCRIBE, "UNSUBSCRIBE")                                                                                        \
  V(PATCH, "PATCH")                                                                                                    \
  V(PURGE, "PURGE")                                                                                                    \
  V(MKCALENDAR, "MKCALENDAR")                                                                                          \
  V(LINK, "LINK")                                                                                                      \
  V(UNLINK, "UNLINK")                                                                                                  \
  V(SOURCE, "SOURCE")                                                                                                  \
  V(PRI, "PRI")                                                                                                        \
  V(DESCRIBE, "DESCRIBE")                                                                                              \
  V(ANNOUNCE, "ANNOUNCE")                                                                                              \
  V(SETUP, "SETUP")                                                                                                    \
  V(PLAY, "PLAY")                                                                                                      \
  V(PAUSE, "PAUSE")                                                                                                    \
  V(TEARDOWN, "TEARDOWN")                                                                                              \
  V(GET_PARAMETER, "GET_PARAMETER")                                                                                    \
  V(SET_PARAMETER, "SET_PARAMETER")                                                                                    \
  V(REDIRECT, "REDIRECT")                                                                                              \
  V(RECORD, "RECORD")                                                                                                  \
  V(FLUSH, "FLUSH")                                                                                                    \
  V(QUERY, "QUERY")

typedef enum {
#define V(id, name) HTTP_METHOD_##id,
  HTTP_METHODS(V)
#undef V
      HTTP_METHOD_COUNT
} HttpMethod;

#define HTTP_ERRORS(V)                                                                                                 \
  V(OK)                                                                                                                \
  V(STRICT)                                                                                                            \
  V(CR_EXPECTED)                                                                                                       \
  V(LF_EXPECTED)                                                                                                       \
  V(UNEXPECTED_CONTENT_LENGTH)                                                                                         \
  V(UNEXPECTED_SPACE)                                                                                                  \
  V(CLOSED_CONNECTION)                                                                                                 \
  V(INVALID_METHOD)                                                                                                    \
  V(INVALID_URL)                                                                                                       \
  V(INVALID_CONSTANT)                                                                                                  \
  V(INVALID_VERSION)                                                                                                   \
  V(INVALID_HEADER_TOKEN)                                                                                              \
  V(INVALID_CONTENT_LENGTH)                                                                                            \
  V(INVALID_CHUNK_SIZE)                                                                                                \
  V(INVALID_STATUS)                                                                                                    \
  V(INVALID_EOF_STATE)                                                                                                 \
  V(INVALID_TRANSFER_ENCODING)                                                                                         \
  V(HEADER_OVERFLOW)                                                                                                   \
  V(CHUNK_EXTENSIONS_OVERFLOW)                                                                                         \
  V(PAUSED)                                                                                                            \
  V(PAUSED_UPGRADE)                                                                                                    \
  V(PAUSED_H2_UPGRADE)                                                                                                 \
  V(CB_HEADERS_COMPLETE)                                                                                               \
  V(CB_MESSAGE_COMPLETE)                                                                                               \
  V(USER)                                                                                                              \
  V(OUT_OF_MEMORY)

typedef enum {
#define V(name) HPE_##name,
  HTTP_ERRORS(V)
#undef V
} HttpError;

/* Offsets from http_parser_head(). */
typedef struct HttpHeader {
  uint32_t name, name_len, value, value_len;
  uint32_t folds; /* line ends within the value, which are no part of it (insecureHTTPParser); see http_value_copy */
} HttpHeader;

typedef enum {
  HTTP_BODY_NORMAL = 0, /* as the head says */
  HTTP_BODY_NONE = 1,   /* the answer to HEAD */
  HTTP_BODY_UPGRADE = 2 /* none, and what follows is not HTTP */
} HttpBodyChoice;

typedef struct HttpParser HttpParser;

/* Members may be NULL. A callback that returns false stops parsing with HPE_USER or HPE_CB_... */
typedef struct HttpCallbacks {
  bool (*message_begin)(HttpParser *parser);
  /* Method or status, URL, version, headers are set; *choice is HTTP_BODY_NORMAL. */
  bool (*headers_complete)(HttpParser *parser, HttpBodyChoice *choice);
  bool (*body)(HttpParser *parser, const char *bytes, size_t len);
  /* header_count trailers, if any, are set. */
  bool (*message_complete)(HttpParser *parser);
} HttpCallbacks;

struct HttpParser {
  /* what the owner sets */
  const HttpCallbacks *callbacks;
  void *opaque;
  uint32_t max_header_bytes; /* of URL, names and values together; default 16 KiB */
  uint32_t max_header_count; /* more are not stored, and an overflow in a request; 0: no limit */
  bool lenient;              /* what insecureHTTPParser asks for: header bytes, bare LF, folding, ... are let through */

  /* the message, for callbacks */
  uint8_t type; /* HttpParserType */
  uint8_t method;
  uint8_t major, minor;
  uint16_t status;
  bool upgrade;           /* what follows the message is not HTTP */
  bool should_keep_alive; /* valid from headers_complete on */
  bool chunked, has_content_length;
  uint64_t content_length; /* body bytes still to come (of the chunk, when chunked) */
  uint32_t url, url_len;   /* URL of a request, reason phrase of a response: offsets from http_parser_head() */
  HttpHeader *headers;
  uint32_t header_count;
  bool has_body;     /* in headers_complete: the head announces one */
  size_t input_left; /* in headers_complete: bytes of the buffer behind the head */

  /* why it stopped */
  HttpError error;
  const char *reason; /* static text */

  /* the parser's own */
  uint8_t state, flags, index;
  bool trailers, paused, folded;
  char token[16]; /* method so far */
  uint32_t header_capacity, header_bytes, extension_bytes;
  uint32_t mark;    /* head offset where the token being read starts */
  uint32_t trimmed; /* head offset behind the last byte of a header value that is no white space */
  HttpHeader pending;
  uint32_t pending_kind;
  const char *head; /* during callbacks */
  StrBuf carry;     /* of a head that did not come in one buffer */
};

void http_parser_init(HttpParser *parser, HttpParserType type, const HttpCallbacks *callbacks, void *opaque,
                      MemAccount *account);
void http_parser_free(HttpParser *parser);
/* Ready for another connection, same settings. */
void http_parser_reset(HttpParser *parser, HttpParserType type);

/* Returns the bytes consumed; parser->error says whether it stopped early: HPE_PAUSED_UPGRADE (the rest is the other
 * protocol's), HPE_PAUSED, or a failure (then the bytes up to the offending one; no more may be fed). */
size_t http_parser_execute(HttpParser *parser, const char *bytes, size_t len);
/* The peer closed: false with HPE_INVALID_EOF_STATE in the middle of a message; completes a body that runs to the end.
 */
bool http_parser_finish(HttpParser *parser);
/* Within a callback: execute returns after it. Resume, then feed the rest. */
void http_parser_pause(HttpParser *parser);
void http_parser_resume(HttpParser *parser);

/* The value's value_len - folds bytes. */
void http_value_copy(const HttpHeader *header, const char *head, uint8_t *out);

/* Base of the span offsets; valid during callbacks. */
static inline const char *http_parser_head(const HttpParser *parser)
{
  return parser->head;
}

/* "HPE_INVALID_METHOD" */
const char *http_error_name(HttpError error);
const char *http_method_name(HttpMethod method);
/* A header's name: RFC 9110's token. */
bool http_is_token(const char *text, size_t len);

#endif
