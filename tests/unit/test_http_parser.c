// SPDX-License-Identifier: MIT
/* Whole messages and the same cut at every byte; errors with the names and places that Node gives. */
#include "runtime/http_parser.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static bool log_begin(HttpParser *parser)
{
  strbuf_append_str(parser->opaque, "begin;");
  return true;
}

static void log_headers(HttpParser *parser)
{
  const char *head = http_parser_head(parser);
  for (uint32_t k = 0; k < parser->header_count; k++) {
    const HttpHeader *h = &parser->headers[k];
    strbuf_printf(parser->opaque, "%.*s=%.*s,", (int)h->name_len, head + h->name, (int)h->value_len, head + h->value);
  }
}

static bool log_head(HttpParser *parser, HttpBodyChoice *choice)
{
  StrBuf *log = parser->opaque;
  if (parser->type == HTTP_REQUEST)
    strbuf_printf(log, "%s ", http_method_name((HttpMethod)parser->method));
  else
    strbuf_printf(log, "%d ", parser->status);
  strbuf_printf(log, "%.*s %d.%d ", (int)parser->url_len, http_parser_head(parser) + parser->url, parser->major,
                parser->minor);
  log_headers(parser);
  strbuf_printf(log, "%s%s;", parser->upgrade ? "up" : "", parser->should_keep_alive ? "ka" : "");
  return true;
}

static bool log_body(HttpParser *parser, const char *bytes, size_t len)
{
  strbuf_append(parser->opaque, bytes, len);
  return true;
}

static bool log_end(HttpParser *parser)
{
  if (parser->header_count)
    log_headers(parser);
  strbuf_append_str(parser->opaque, "|end;");
  return true;
}

static const HttpCallbacks log_callbacks = {log_begin, log_head, log_body, log_end};

/* Feeds text in pieces of `step` bytes, each in a buffer of its own; appends the outcome to log. */
static void feed(StrBuf *log, HttpParserType type, const char *text, size_t step)
{
  HttpParser parser;
  http_parser_init(&parser, type, &log_callbacks, log, NULL);
  size_t len = strlen(text), at = 0;
  while (at < len && parser.error == HPE_OK) {
    size_t piece = len - at < step ? len - at : step;
    char *copy = malloc(piece);
    memcpy(copy, text + at, piece);
    at += http_parser_execute(&parser, copy, piece);
    free(copy);
  }
  if (parser.error != HPE_OK)
    strbuf_printf(log, "%s %s@%zu", http_error_name(parser.error), parser.reason, at);
  http_parser_free(&parser);
}

static bool parses(HttpParserType type, const char *text, const char *expected)
{
  size_t steps[] = {SIZE_MAX, 1, 3, 7};
  for (size_t k = 0; k < JS_COUNTOF(steps); k++) {
    StrBuf log;
    strbuf_init(&log, NULL, MEM_SCRATCH);
    feed(&log, type, text, steps[k]);
    bool ok = strcmp(strbuf_cstr(&log), expected) == 0;
    if (!ok)
      fprintf(stderr, "in steps of %zu: %s\n", steps[k], strbuf_cstr(&log));
    strbuf_free(&log);
    if (!ok)
      return false;
  }
  return true;
}

#define REQUEST(text, expected)  EXPECT(parses(HTTP_REQUEST, text, expected))
#define RESPONSE(text, expected) EXPECT(parses(HTTP_RESPONSE, text, expected))

UNIT_TEST(http_parser_requests)
{
  REQUEST("GET /a?b#c HTTP/1.1\r\nHost: x\r\nA:\t b c \t\r\n\r\n", "begin;GET /a?b#c 1.1 Host=x,A=b c,ka;|end;");
  REQUEST("\r\nGET / HTTP/1.0\r\n\r\n", "begin;GET / 1.0 ;|end;");
  REQUEST("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n",
          "begin;POST / 1.1 Content-Length=5,ka;hello|end;begin;GET / 1.1 ka;|end;");
  REQUEST("PUT / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;x=\"y\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: "
          "u\r\n\r\n",
          "begin;PUT / 1.1 Transfer-Encoding=gzip, chunked,ka;abc0123456789T=u,|end;");
  REQUEST("M-SEARCH * HTTP/1.1\r\nConnection: close\r\n\r\n", "begin;M-SEARCH * 1.1 Connection=close,;|end;");
  REQUEST("CONNECT a.b:80 HTTP/1.1\r\n\r\n",
          "begin;CONNECT a.b:80 1.1 upka;|end;HPE_PAUSED_UPGRADE Pause on CONNECT/Upgrade@27");
  REQUEST("GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
          "begin;GET / 1.1 Connection=Upgrade,Upgrade=x,upka;|end;HPE_PAUSED_UPGRADE Pause on CONNECT/Upgrade@51");
}

UNIT_TEST(http_parser_responses)
{
  RESPONSE("HTTP/1.1 200 Very OK\r\nContent-Length: 2\r\n\r\nhi", "begin;200 Very OK 1.1 Content-Length=2,ka;hi|end;");
  RESPONSE("HTTP/1.1 304\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
           "begin;304  1.1 ka;|end;begin;100 Continue 1.1 ka;|end;");
  RESPONSE("HTTP/1.1 200 OK\r\n\r\nto the end", "begin;200 OK 1.1 ;to the end");
  RESPONSE("HTTP/1.1 2000 OK\r\n", "begin;HPE_INVALID_STATUS Invalid response status@12");
  RESPONSE("HTTX", "begin;HPE_INVALID_CONSTANT Expected HTTP/, RTSP/ or ICE/@3");
}

UNIT_TEST(http_parser_refuses)
{
  REQUEST("\x16\x03\x01", "begin;HPE_INVALID_METHOD Invalid method encountered@0");
  REQUEST("FOO / HTTP/1.1\r\n", "begin;HPE_INVALID_METHOD Invalid method encountered@1");
  REQUEST("GET /a b HTTP/1.1\r\n", "begin;HPE_INVALID_CONSTANT Expected HTTP/, RTSP/ or ICE/@7");
  REQUEST("GET / HTTP/1.2\r\n", "begin;HPE_INVALID_VERSION Invalid HTTP version@14");
  REQUEST("GET / HTTP/1.1\n\n", "begin;HPE_INVALID_VERSION Expected CRLF after version@15");
  REQUEST("GET / HTTP/1.1\r\nA : b\r\n\r\n", "begin;HPE_INVALID_HEADER_TOKEN Invalid header token@17");
  REQUEST("GET / HTTP/1.1\r\nA: b\n\r\n", "begin;HPE_CR_EXPECTED Missing expected CR after header value@20");
  REQUEST("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
          "begin;HPE_INVALID_HEADER_TOKEN Unexpected whitespace after header value@22");
  REQUEST("GET / HTTP/1.1\r\n A: b\r\n\r\n", "begin;HPE_UNEXPECTED_SPACE Unexpected space after start line@17");
  REQUEST("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
          "begin;HPE_INVALID_CONTENT_LENGTH Content-Length can't be present with Transfer-Encoding@60");
  REQUEST("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
          "begin;POST / 1.1 Transfer-Encoding=gzip,ka;HPE_INVALID_TRANSFER_ENCODING Request has invalid "
          "`Transfer-Encoding`@44");
  REQUEST("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\ng\r\n",
          "begin;POST / 1.1 Transfer-Encoding=chunked,ka;HPE_INVALID_CHUNK_SIZE Invalid character in chunk size@47");
  REQUEST("GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET",
          "begin;GET / 1.1 Connection=close,;|end;HPE_CLOSED_CONNECTION Data after `Connection: close`@38");
}

UNIT_TEST(http_parser_limits_and_end_of_stream)
{
  static char text[40000];
  HttpParser parser;
  StrBuf log;
  strbuf_init(&log, NULL, MEM_SCRATCH);
  memset(text, 'x', sizeof text);
  memcpy(text, "GET / HTTP/1.1\r\nA: ", 19);
  http_parser_init(&parser, HTTP_REQUEST, &log_callbacks, &log, NULL);
  EXPECT(http_parser_execute(&parser, text, 10000) == 10000 && parser.error == HPE_OK);
  EXPECT(!http_parser_finish(&parser) && parser.error == HPE_INVALID_EOF_STATE);
  http_parser_reset(&parser, HTTP_REQUEST);
  http_parser_execute(&parser, text, 10000);
  http_parser_execute(&parser, text + 10000, 10000);
  EXPECT(parser.error == HPE_HEADER_OVERFLOW);
  http_parser_reset(&parser, HTTP_REQUEST);
  EXPECT(http_parser_finish(&parser));
  parser.max_header_count = 2;
  strbuf_clear(&log);
  const char *many = "GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n";
  http_parser_execute(&parser, many, strlen(many));
  EXPECT(parser.error == HPE_HEADER_OVERFLOW);
  http_parser_reset(&parser, HTTP_RESPONSE);
  strbuf_clear(&log);
  many = "HTTP/1.1 204 OK\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n";
  EXPECT(http_parser_execute(&parser, many, strlen(many)) == strlen(many) && parser.error == HPE_OK);
  EXPECT(strstr(strbuf_cstr(&log), "A=1,B=2,") && !strstr(strbuf_cstr(&log), "C=3"));
  http_parser_free(&parser);
  strbuf_free(&log);
}
