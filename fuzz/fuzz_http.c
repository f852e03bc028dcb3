// SPDX-License-Identifier: MIT
/* Any bytes to the HTTP parser: whole, and in pieces; both ways must end alike. The first byte chooses type and piece
 * size. */
#include "runtime/http_parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Seen {
  uint64_t hash; /* of everything the callbacks saw, body pieces joined */
} Seen;

static void see(HttpParser *parser, const char *bytes, size_t len)
{
  Seen *seen = parser->opaque;
  for (size_t k = 0; k < len; k++)
    seen->hash = (seen->hash ^ (uint8_t)bytes[k]) * 1099511628211u;
}

static void see_headers(HttpParser *parser)
{
  const char *head = http_parser_head(parser);
  for (uint32_t k = 0; k < parser->header_count; k++) {
    see(parser, head + parser->headers[k].name, parser->headers[k].name_len);
    see(parser, head + parser->headers[k].value, parser->headers[k].value_len);
  }
}

static bool see_head(HttpParser *parser, HttpBodyChoice *choice)
{
  see(parser, http_parser_head(parser) + parser->url, parser->url_len);
  see_headers(parser);
  return true;
}

static bool see_body(HttpParser *parser, const char *bytes, size_t len)
{
  see(parser, bytes, len);
  return true;
}

static bool see_end(HttpParser *parser)
{
  see_headers(parser);
  see(parser, "|", 1);
  return true;
}

static const HttpCallbacks callbacks = {NULL, see_head, see_body, see_end};

static HttpError run(const uint8_t *data, size_t size, HttpParserType type, size_t step, Seen *seen)
{
  HttpParser parser;
  http_parser_init(&parser, type, &callbacks, seen, NULL);
  size_t at = 0;
  while (at < size && parser.error == HPE_OK) {
    size_t piece = size - at < step ? size - at : step;
    char *copy = malloc(piece);
    memcpy(copy, data + at, piece);
    at += http_parser_execute(&parser, copy, piece);
    free(copy);
  }
  if (parser.error == HPE_OK)
    http_parser_finish(&parser);
  HttpError error = parser.error;
  http_parser_free(&parser);
  return error;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  HttpParserType type = data[0] & 1 ? HTTP_REQUEST : HTTP_RESPONSE;
  Seen whole = {1469598103934665603u}, pieces = whole;
  HttpError a = run(data + 1, size - 1, type, SIZE_MAX, &whole);
  HttpError b = run(data + 1, size - 1, type, (size_t)(data[0] >> 1) + 1, &pieces);
  /* Where a limit strikes depends on the pieces; everything else may not. */
  if (a != HPE_HEADER_OVERFLOW && b != HPE_HEADER_OVERFLOW)
    JS_CHECK(a == b && whole.hash == pieces.hash);
  return 0;
}
