// SPDX-License-Identifier: MIT
/*
 * The HTTP/1 parser: see http_parser.h.
 *
 * A state machine over bytes, with inner loops over tables where runs are long (URL, header names, values). All
 * positions within a head are kept as offsets from the head's first byte, so that a head cut anywhere goes on where it
 * stopped: the bytes seen are copied to `carry`, offsets stay. `at` below is such an offset, computed from the read
 * pointer.
 */
#include "runtime/http_parser.h"

#include "runtime/http_parser_inl.h"

#define DEFAULT_MAX_HEADER_BYTES (16u << 10)
/* Raw head bytes (line ends and white space too) may exceed what the limit counts by this factor. */
#define RAW_HEAD_FACTOR     8
#define MAX_EXTENSION_BYTES (16u << 10)

/* --- life -------------------------------------------------------------------------------------------------------- */

void http_parser_init(HttpParser *parser, HttpParserType type, const HttpCallbacks *callbacks, void *opaque,
                      MemAccount *account)
{
  *parser = (HttpParser){.callbacks = callbacks, .opaque = opaque, .max_header_bytes = DEFAULT_MAX_HEADER_BYTES};
  strbuf_init(&parser->carry, account, MEM_RUNTIME);
  http_parser_reset(parser, type);
}

void http_parser_free(HttpParser *parser)
{
  mem_free(parser->carry.account, MEM_RUNTIME, parser->headers, parser->header_capacity * sizeof(HttpHeader));
  parser->headers = NULL;
  parser->header_capacity = 0;
  strbuf_free(&parser->carry);
}

static void start_message(HttpParser *parser)
{
  parser->state = HTTP_STATE_START;
  parser->flags = parser->index = 0;
  parser->trailers = parser->upgrade = parser->chunked = parser->has_content_length = false;
  parser->content_length = 0;
  parser->header_count = parser->header_bytes = parser->extension_bytes = 0;
  parser->url = parser->url_len = 0;
  strbuf_clear(&parser->carry);
}

void http_parser_reset(HttpParser *parser, HttpParserType type)
{
  parser->type = (uint8_t)type;
  parser->error = HPE_OK;
  parser->reason = "";
  parser->paused = false;
  strbuf_clear(&parser->carry);
  parser->carry.failed = false;
  start_message(parser);
}

void http_parser_pause(HttpParser *parser)
{
  parser->paused = true;
}

void http_parser_resume(HttpParser *parser)
{
  parser->paused = false;
  if (parser->error == HPE_PAUSED || parser->error == HPE_PAUSED_UPGRADE)
    parser->error = HPE_OK;
}

const char *http_error_name(HttpError error)
{
  static const char *const names[] = {
#define V(name) "HPE_" #name,
      HTTP_ERRORS(V)
#undef V
  };
  return names[error];
}

static const char *const method_names[] = {
#define V(id, name) name,
    HTTP_METHODS(V)
#undef V
};

const char *http_method_name(HttpMethod method)
{
  return method_names[method];
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

enum { CLASS_TOKEN = 1, CLASS_VALUE = 2, CLASS_PATH = 4, CLASS_SERVER = 8 };

/* RFC 9110: tchar; field-vchar, space and tab; RFC 3986 characters that may stand in a path or query, or an authority.
 */
static const uint8_t classes[256] = {
    ['\t'] = CLASS_VALUE,
    [' '] = CLASS_VALUE,
    [0x80 ... 0xff] = CLASS_VALUE,
    ['!'] = 15,
    ['"'] = 6,
    ['#'] = 7,
    ['$'] = 15,
    ['%'] = 15,
    ['&'] = 15,
    ['\''] = 15,
    ['('] = 14,
    [')'] = 14,
    ['*'] = 15,
    ['+'] = 15,
    [','] = 14,
    ['-'] = 15,
    ['.'] = 15,
    ['/'] = 6,
    ['0' ... '9'] = 15,
    [':'] = 14,
    [';'] = 14,
    ['<'] = 6,
    ['='] = 14,
    ['>'] = 6,
    ['?'] = 6,
    ['@'] = 14,
    ['A' ... 'Z'] = 15,
    ['['] = 14,
    ['\\'] = 6,
    [']'] = 14,
    ['^'] = 7,
    ['_'] = 15,
    ['`'] = 7,
    ['a' ... 'z'] = 15,
    ['{'] = 6,
    ['|'] = 7,
    ['}'] = 6,
    ['~'] = 15,
};

static bool is_class(char c, uint8_t class)
{
  return classes[(uint8_t)c] & class;
}

bool http_is_token(const char *text, size_t len)
{
  for (size_t k = 0; k < len; k++)
    if (!is_class(text[k], CLASS_TOKEN))
      return false;
  return len > 0;
}

static bool is_alpha(char c)
{
  return (uint8_t)((c | 0x20) - 'a') < 26;
}

static bool is_digit(char c)
{
  return (uint8_t)(c - '0') < 10;
}

static bool equals_ignoring_case(const char *text, size_t len, const char *lower)
{
  if (strlen(lower) != len)
    return false;
  for (size_t k = 0; k < len; k++) {
    char c = text[k];
    if (c >= 'A' && c <= 'Z')
      c = (char)(c | 0x20);
    if (c != lower[k])
      return false;
  }
  return true;
}

/* --- header meaning ---------------------------------------------------------------------------------------------- */

enum {
  FLAG_KEEP_ALIVE = 1,
  FLAG_CLOSE = 2,
  FLAG_CONNECTION_UPGRADE = 4,
  FLAG_UPGRADE = 8,
  FLAG_TRANSFER_ENCODING = 16,
  FLAG_SKIP_BODY = 32,
};

enum { HEADER_OTHER, HEADER_CONNECTION, HEADER_CONTENT_LENGTH, HEADER_TRANSFER_ENCODING, HEADER_UPGRADE };

static uint32_t header_kind(const char *name, size_t len)
{
  switch (len) {
  case 7: return equals_ignoring_case(name, len, "upgrade") ? HEADER_UPGRADE : HEADER_OTHER;
  case 10: return equals_ignoring_case(name, len, "connection") ? HEADER_CONNECTION : HEADER_OTHER;
  case 14: return equals_ignoring_case(name, len, "content-length") ? HEADER_CONTENT_LENGTH : HEADER_OTHER;
  case 16: return equals_ignoring_case(name, len, "proxy-connection") ? HEADER_CONNECTION : HEADER_OTHER;
  case 17: return equals_ignoring_case(name, len, "transfer-encoding") ? HEADER_TRANSFER_ENCODING : HEADER_OTHER;
  default: return HEADER_OTHER;
  }
}

/* Sets the error; always false. */
static bool fail(HttpParser *parser, HttpError error, const char *reason)
{
  parser->error = error;
  parser->reason = reason;
  return false;
}

/* The next element of a comma-separated list in text[*k..len), trimmed. False at the end. */
static bool next_element(const char *text, size_t len, size_t *k, const char **element, size_t *element_len)
{
  if (*k > len)
    return false;
  size_t from = *k, to = from;
  while (to < len && text[to] != ',')
    to++;
  *k = to + 1;
  while (from < to && (text[from] == ' ' || text[from] == '\t'))
    from++;
  while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t'))
    to--;
  *element = text + from;
  *element_len = to - from;
  return true;
}

static void read_connection(HttpParser *parser, const char *text, size_t len)
{
  const char *element;
  size_t k = 0, element_len;
  while (next_element(text, len, &k, &element, &element_len)) {
    if (equals_ignoring_case(element, element_len, "close"))
      parser->flags |= FLAG_CLOSE;
    else if (equals_ignoring_case(element, element_len, "keep-alive"))
      parser->flags |= FLAG_KEEP_ALIVE;
    else if (equals_ignoring_case(element, element_len, "upgrade"))
      parser->flags |= FLAG_CONNECTION_UPGRADE;
  }
}

/* chunked must come last, and once. */
static bool read_transfer_encoding(HttpParser *parser, const char *text, size_t len)
{
  const char *element;
  size_t k = 0, element_len;
  bool invalid = parser->chunked;
  while (next_element(text, len, &k, &element, &element_len)) {
    invalid = invalid || parser->chunked;
    if (equals_ignoring_case(element, element_len, "chunked"))
      parser->chunked = true;
  }
  if (invalid && parser->lenient) {
    parser->chunked = false;
    return true;
  }
  return !invalid || fail(parser, HPE_INVALID_TRANSFER_ENCODING, "Invalid `Transfer-Encoding` header value");
}

/* *where: index in text of the offending character. */
static bool read_content_length(HttpParser *parser, const char *text, size_t len, size_t *where)
{
  if (len == 0) {
    *where = 2; /* behind the line's end */
    return fail(parser, HPE_INVALID_CONTENT_LENGTH, "Empty Content-Length");
  }
  uint64_t length = 0;
  for (size_t k = 0; k < len; k++) {
    *where = k;
    if (text[k] == ' ' && k + 1 < len) { /* inner white space is wrong at the character behind it */
      *where = k + 1;
      return fail(parser, HPE_INVALID_CONTENT_LENGTH, "Invalid character in Content-Length");
    }
    if (!is_digit(text[k]))
      return fail(parser, HPE_INVALID_CONTENT_LENGTH, "Invalid character in Content-Length");
    if (__builtin_mul_overflow(length, 10, &length) ||
        __builtin_add_overflow(length, (uint64_t)(text[k] - '0'), &length)) {
      *where = k + 1;
      return fail(parser, HPE_INVALID_CONTENT_LENGTH, "Content-Length overflow");
    }
  }
  parser->content_length = length;
  parser->has_content_length = true;
  return true;
}

/* After the colon: what may not be there at all. */
static bool check_header_name(HttpParser *parser)
{
  if (parser->pending_kind == HEADER_CONTENT_LENGTH && (parser->flags & FLAG_TRANSFER_ENCODING) && !parser->lenient)
    return fail(parser, HPE_INVALID_CONTENT_LENGTH, "Content-Length can't be present with Transfer-Encoding");
  if (parser->pending_kind == HEADER_TRANSFER_ENCODING && parser->has_content_length && !parser->lenient)
    return fail(parser, HPE_INVALID_TRANSFER_ENCODING, "Transfer-Encoding can't be present with Content-Length");
  return true;
}

static bool count_header_bytes(HttpParser *parser, uint32_t len)
{
  parser->header_bytes += len;
  return parser->header_bytes < parser->max_header_bytes || fail(parser, HPE_HEADER_OVERFLOW, "Header overflow");
}

static bool store_header(HttpParser *parser)
{
  if (parser->max_header_count && parser->header_count >= parser->max_header_count)
    return parser->type == HTTP_RESPONSE || fail(parser, HPE_HEADER_OVERFLOW, "Header overflow");
  if (parser->header_count == parser->header_capacity) {
    uint32_t capacity = parser->header_capacity ? parser->header_capacity * 2 : 16;
    HttpHeader *headers = mem_realloc(parser->carry.account, MEM_RUNTIME, parser->headers,
                                      parser->header_capacity * sizeof(HttpHeader), capacity * sizeof(HttpHeader));
    if (!headers)
      return fail(parser, HPE_OUT_OF_MEMORY, "Out of memory");
    parser->headers = headers;
    parser->header_capacity = capacity;
  }
  parser->headers[parser->header_count++] = parser->pending;
  return true;
}

/* The pending header is whole; text is its value. *where: as in read_content_length. */
static bool finish_header(HttpParser *parser, const char *text, size_t *where)
{
  size_t len = parser->pending.value_len;
  *where = 1;
  parser->pending.folds = 0;
  for (size_t k = 0; parser->folded && k < len; k++)
    parser->pending.folds += text[k] == '\r' || text[k] == '\n';
  parser->folded = false;
  if (!count_header_bytes(parser, parser->pending.value_len))
    return false;
  if (!parser->trailers) {
    switch (parser->pending_kind) {
    case HEADER_CONNECTION: read_connection(parser, text, len); break;
    case HEADER_UPGRADE: parser->flags |= FLAG_UPGRADE; break;
    case HEADER_CONTENT_LENGTH:
      *where = 0;
      if (parser->has_content_length)
        return fail(parser, HPE_UNEXPECTED_CONTENT_LENGTH, "Duplicate Content-Length");
      if (!read_content_length(parser, text, len, where))
        return false;
      break;
    case HEADER_TRANSFER_ENCODING:
      parser->flags |= FLAG_TRANSFER_ENCODING;
      if (!read_transfer_encoding(parser, text, len))
        return false;
      break;
    default: break;
    }
  }
  return store_header(parser);
}

/* --- message boundaries ------------------------------------------------------------------------------------------ */

static bool run_callback(HttpParser *parser, bool ok, HttpError error)
{
  if (ok)
    return true;
  return parser->error != HPE_OK ? false : fail(parser, error, "User callback error");
}

/* A response without length whose end is the connection's. */
static bool needs_eof(const HttpParser *parser)
{
  if (parser->type == HTTP_REQUEST || parser->status / 100 == 1 || parser->status == 204 || parser->status == 304 ||
      (parser->flags & FLAG_SKIP_BODY))
    return false;
  if ((parser->flags & FLAG_TRANSFER_ENCODING) && !parser->chunked)
    return true;
  return !parser->chunked && !parser->has_content_length;
}

static bool keep_alive(const HttpParser *parser)
{
  if (parser->major > 0 && parser->minor > 0 ? parser->flags & FLAG_CLOSE : !(parser->flags & FLAG_KEEP_ALIVE))
    return false;
  return !needs_eof(parser);
}

static bool complete_message(HttpParser *parser)
{
  bool upgrade = parser->upgrade || (parser->type == HTTP_RESPONSE && parser->status == 101);
  bool lasting = parser->should_keep_alive;
  if (parser->callbacks->message_complete &&
      !run_callback(parser, parser->callbacks->message_complete(parser), HPE_CB_MESSAGE_COMPLETE))
    return false;
  start_message(parser);
  if (upgrade) {
    parser->upgrade = true;
    return fail(parser, HPE_PAUSED_UPGRADE, "Pause on CONNECT/Upgrade");
  }
  if (!lasting && !parser->lenient)
    parser->state = HTTP_STATE_CLOSED;
  return true;
}

/* The head is whole, parser->head is set: decides what follows. */
static bool complete_head(HttpParser *parser)
{
  if (parser->trailers)
    return complete_message(parser);
  if (parser->type == HTTP_REQUEST && parser->method == HTTP_METHOD_PRI)
    return parser->major == 2 ? fail(parser, HPE_PAUSED_H2_UPGRADE, "Pause on PRI/Upgrade")
                              : fail(parser, HPE_INVALID_METHOD, "Expected HTTP/2 Connection Preface");
  bool asked = (parser->flags & FLAG_UPGRADE) && (parser->flags & FLAG_CONNECTION_UPGRADE);
  bool connect = parser->type == HTTP_REQUEST && parser->method == HTTP_METHOD_CONNECT;
  parser->upgrade = connect || (asked && (parser->type == HTTP_REQUEST || parser->status == 101));
  parser->should_keep_alive = keep_alive(parser);
  parser->has_body = parser->chunked || (parser->flags & FLAG_TRANSFER_ENCODING) ||
                     (parser->has_content_length && parser->content_length > 0);
  HttpBodyChoice choice = HTTP_BODY_NORMAL;
  if (parser->callbacks->headers_complete &&
      !run_callback(parser, parser->callbacks->headers_complete(parser, &choice), HPE_CB_HEADERS_COMPLETE))
    return false;
  if (choice == HTTP_BODY_UPGRADE)
    parser->upgrade = true;
  if (choice != HTTP_BODY_NORMAL) {
    parser->flags |= FLAG_SKIP_BODY;
    parser->should_keep_alive = keep_alive(parser);
  }
  /* The head's headers are spent; what is stored from now on are trailers. */
  parser->header_count = parser->header_bytes = 0;
  strbuf_clear(&parser->carry);

  bool has_body = parser->chunked || (parser->has_content_length && parser->content_length > 0);
  if ((parser->flags & FLAG_SKIP_BODY) || connect || (parser->upgrade && !has_body))
    return complete_message(parser);
  if (parser->chunked) {
    parser->state = HTTP_STATE_CHUNK_SIZE;
    parser->index = 0;
    return true;
  }
  if (parser->flags & FLAG_TRANSFER_ENCODING) {
    if (parser->type == HTTP_REQUEST && !parser->lenient)
      return fail(parser, HPE_INVALID_TRANSFER_ENCODING, "Request has invalid `Transfer-Encoding`");
    parser->state = HTTP_STATE_BODY_TO_EOF;
    return true;
  }
  bool bodiless =
      parser->type == HTTP_RESPONSE && (parser->status / 100 == 1 || parser->status == 204 || parser->status == 304);
  if (bodiless || (parser->has_content_length && parser->content_length == 0))
    return complete_message(parser);
  if (parser->has_content_length) {
    parser->state = HTTP_STATE_BODY_LENGTH;
    return true;
  }
  if (!needs_eof(parser))
    return complete_message(parser);
  parser->state = HTTP_STATE_BODY_TO_EOF;
  return true;
}

bool http_parser_finish(HttpParser *parser)
{
  if (parser->error != HPE_OK)
    return parser->error == HPE_PAUSED_UPGRADE || parser->error == HPE_PAUSED;
  switch (parser->state) {
  case HTTP_STATE_BODY_TO_EOF: {
    bool ok = complete_message(parser);
    return ok || parser->error == HPE_PAUSED_UPGRADE;
  }
  case HTTP_STATE_START:
  case HTTP_STATE_CLOSED: return true;
  default: return fail(parser, HPE_INVALID_EOF_STATE, "Invalid EOF state");
  }
}

/* --- the machine ------------------------------------------------------------------------------------------------- */

/* A request's method, a byte at a time. */
static bool read_method_byte(HttpParser *parser, char c)
{
  bool exact = false, prefix = false;
  if (parser->index < sizeof parser->token - 1)
    parser->token[parser->index] = c;
  for (unsigned m = 0; m < HTTP_METHOD_COUNT; m++) {
    const char *name = method_names[m];
    if (memcmp(name, parser->token, parser->index < strlen(name) ? parser->index : strlen(name)) != 0 ||
        strlen(name) < parser->index)
      continue;
    if (strlen(name) == parser->index) {
      exact = true;
      if (c == ' ') {
        parser->method = (uint8_t)m;
        parser->state = HTTP_STATE_URL_START;
        return true;
      }
    } else if (name[parser->index] == c) {
      prefix = true;
    }
  }
  if (prefix) {
    parser->index++;
    return true;
  }
  return fail(parser, HPE_INVALID_METHOD, exact ? "Expected space after method" : "Invalid method encountered");
}

/* The first byte of a URL that is not a space. */
static bool read_url_start(HttpParser *parser, char c)
{
  if (parser->method == HTTP_METHOD_CONNECT && is_class(c, CLASS_SERVER))
    parser->state = HTTP_STATE_URL_SERVER;
  else if (c == '/' || c == '*')
    parser->state = HTTP_STATE_URL_PATH;
  else if (is_alpha(c))
    parser->state = HTTP_STATE_URL_SCHEMA;
  else if (c == '\t' || c == '\f')
    return fail(parser, HPE_INVALID_URL, "Invalid characters in url");
  else
    return fail(parser, HPE_INVALID_URL, "Unexpected start char in url");
  return true;
}

typedef struct HttpCursor {
  const char *p, *end;
  int64_t base; /* head offset of p is base + p, as integers */
} HttpCursor;

/* Errors that are reported one past the offending byte. */
static bool fail_past(HttpParser *parser, HttpCursor *in, HttpError error, const char *reason)
{
  in->p++;
  return fail(parser, error, reason);
}

/* The end of a URL was found at p. */
static bool finish_url(HttpParser *parser, uint32_t at, uint8_t state)
{
  parser->url = parser->mark;
  parser->url_len = at - parser->mark;
  parser->state = state;
  parser->index = 0;
  return count_header_bytes(parser, parser->url_len);
}

static bool step_url(HttpParser *parser, HttpCursor *in, uint32_t at)
{
  char c = *in->p;
  if (c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\f') {
    bool open = parser->state == HTTP_STATE_URL_SCHEMA || parser->state == HTTP_STATE_URL_SLASHES;
    if (open || c == '\t' || c == '\f')
      return fail_past(parser, in, HPE_INVALID_URL, "Invalid characters in url");
    if (c == ' ') {
      in->p++;
      return finish_url(parser, at, HTTP_STATE_PROTOCOL);
    }
    /* HTTP/0.9: no version */
    parser->major = 0;
    parser->minor = 9;
    if (c == '\n' && !parser->lenient)
      return fail_past(parser, in, HPE_CR_EXPECTED, "Missing expected CR after url");
    in->p++;
    return finish_url(parser, at, c == '\r' ? HTTP_STATE_LINE_LF : HTTP_STATE_FIRST_HEADER);
  }
  switch (parser->state) {
  case HTTP_STATE_URL_SCHEMA:
    if (c == ':') {
      parser->state = HTTP_STATE_URL_SLASHES;
      parser->index = 0;
    } else if (!is_alpha(c)) {
      return fail(parser, HPE_INVALID_URL, "Unexpected char in url schema");
    }
    break;
  case HTTP_STATE_URL_SLASHES:
    if (c != '/')
      return fail(parser, HPE_INVALID_URL, "Unexpected char in url schema");
    if (++parser->index == 2)
      parser->state = HTTP_STATE_URL_SERVER;
    break;
  case HTTP_STATE_URL_SERVER:
    if (c == '/' || c == '?')
      parser->state = HTTP_STATE_URL_PATH;
    else if (!is_class(c, CLASS_SERVER))
      return fail(parser, HPE_INVALID_URL, "Unexpected char in url server");
    break;
  default:
    while (in->p < in->end && is_class(*in->p, CLASS_PATH))
      in->p++;
    c = in->p < in->end ? *in->p : ' ';
    if (c != ' ' && c != '\r' && c != '\n' && c != '\t' && c != '\f')
      return fail(parser, HPE_INVALID_URL, "Invalid char in url path");
    return true;
  }
  in->p++;
  return true;
}

static bool version_is_known(const HttpParser *parser)
{
  int version = parser->major * 10 + parser->minor;
  return version == 9 || version == 10 || version == 11 || version == 20 || parser->lenient;
}

/* "HTTP/" (or, in requests, "RTSP/", "ICE/") and the version, then on to next. */
static bool step_protocol(HttpParser *parser, HttpCursor *in, uint8_t next)
{
  static const char http[] = "HTTP/", rtsp[] = "RTSP/", ice[] = "ICE/";
  char c = *in->p;
  if (parser->state == HTTP_STATE_PROTOCOL) {
    if (parser->index == 0 && c == ' ' && parser->type == HTTP_REQUEST) { /* more than one behind the target */
      in->p++;
      return true;
    }
    if (parser->index == 0)
      parser->token[0] = parser->type == HTTP_REQUEST && (c == 'R' || c == 'I') ? c : 'H';
    const char *expected = parser->token[0] == 'R' ? rtsp : parser->token[0] == 'I' ? ice : http;
    if (c != expected[parser->index])
      return fail(parser, HPE_INVALID_CONSTANT, "Expected HTTP/, RTSP/ or ICE/");
    in->p++;
    if (!expected[++parser->index]) {
      parser->state = HTTP_STATE_VERSION;
      parser->index = 0;
    }
    return true;
  }
  switch (parser->index++) {
  case 0:
    if (!is_digit(c))
      return fail(parser, HPE_INVALID_VERSION, "Invalid major version");
    parser->major = (uint8_t)(c - '0');
    break;
  case 1:
    if (c != '.')
      return fail(parser, HPE_INVALID_VERSION, "Expected dot");
    break;
  default:
    if (!is_digit(c))
      return fail(parser, HPE_INVALID_VERSION, "Invalid minor version");
    parser->minor = (uint8_t)(c - '0');
    if (!version_is_known(parser))
      return fail_past(parser, in, HPE_INVALID_VERSION, "Invalid HTTP version");
    parser->state = next;
    parser->index = 0;
    break;
  }
  in->p++;
  return true;
}

/* " 200 OK": the part of a status line behind the version. */
static bool step_status(HttpParser *parser, HttpCursor *in, uint32_t at)
{
  char c = *in->p;
  switch (parser->index) {
  case 0:
    if (c != ' ')
      return fail(parser, HPE_INVALID_VERSION, "Expected space after version");
    parser->status = 0;
    break;
  case 1:
  case 2:
  case 3:
    if (!is_digit(c))
      return fail(parser, HPE_INVALID_STATUS, "Invalid status code");
    parser->status = (uint16_t)(parser->status * 10 + (c - '0'));
    break;
  case 4:
    if (c == ' ') {
      parser->mark = at + 1;
    } else if (c == '\r') {
      parser->url = parser->url_len = 0;
      parser->state = HTTP_STATE_LINE_LF;
    } else if (c == '\n') {
      return fail_past(parser, in, HPE_INVALID_STATUS, "Invalid response status");
    } else {
      return fail(parser, HPE_INVALID_STATUS, "Invalid response status");
    }
    break;
  default:
    if (c == '\n' && !parser->lenient)
      return fail_past(parser, in, HPE_CR_EXPECTED, "Missing expected CR after response line");
    if (c == '\r' || c == '\n') {
      in->p++;
      parser->url = parser->mark;
      parser->url_len = at - parser->mark;
      parser->state = c == '\r' ? HTTP_STATE_LINE_LF : HTTP_STATE_FIRST_HEADER;
      return count_header_bytes(parser, parser->url_len);
    }
    in->p++;
    return true;
  }
  parser->index++;
  in->p++;
  return true;
}

/* RFC 9112, 5.2: a line that begins with white space goes on with the header before it. Those that say how long the
 * message is stay as they were understood. */
static bool fold_header(HttpParser *parser)
{
  if (parser->pending_kind == HEADER_CONTENT_LENGTH)
    return fail(parser, HPE_UNEXPECTED_CONTENT_LENGTH, "Duplicate Content-Length");
  if (parser->pending_kind == HEADER_TRANSFER_ENCODING)
    return fail(parser, HPE_INVALID_TRANSFER_ENCODING, "Invalid `Transfer-Encoding` header value");
  if (parser->header_count && parser->headers[parser->header_count - 1].name == parser->pending.name)
    parser->header_count--;
  parser->header_bytes -= parser->pending.value_len;
  parser->state = parser->pending.value_len ? HTTP_STATE_VALUE : HTTP_STATE_VALUE_START;
  parser->folded = parser->pending.value_len > 0;
  return true;
}

void http_value_copy(const HttpHeader *header, const char *head, uint8_t *out)
{
  const char *value = head + header->value;
  if (header->folds == 0) {
    memcpy(out, value, header->value_len);
    return;
  }
  for (uint32_t k = 0; k < header->value_len; k++) {
    if (value[k] != '\r' && value[k] != '\n')
      *out++ = (uint8_t)value[k];
  }
}

/* At the start of a header line, or of the empty line. */
static bool step_header_start(HttpParser *parser, HttpCursor *in, uint32_t at)
{
  char c = *in->p;
  if (c == '\r') {
    in->p++;
    parser->state = HTTP_STATE_HEAD_LF;
    return true;
  }
  if ((c == ' ' || c == '\t') && parser->state == HTTP_STATE_FIRST_HEADER && !parser->trailers)
    return fail_past(parser, in, HPE_UNEXPECTED_SPACE, "Unexpected space after start line");
  if (c == '\n') {
    if (!parser->lenient)
      return fail_past(parser, in, HPE_INVALID_HEADER_TOKEN, "Invalid header field char");
    parser->state = HTTP_STATE_HEAD_LF;
    return true;
  }
  if ((c == ' ' || c == '\t') && parser->state == HTTP_STATE_NEXT_HEADER && parser->lenient)
    return fold_header(parser);
  if ((c == ' ' || c == '\t') && parser->state == HTTP_STATE_NEXT_HEADER)
    return fail(parser, HPE_INVALID_HEADER_TOKEN, "Unexpected whitespace after header value");
  parser->mark = at;
  parser->state = HTTP_STATE_NAME;
  return is_class(c, CLASS_TOKEN) || fail(parser, HPE_INVALID_HEADER_TOKEN, "Invalid header token");
}

/* One or more bytes of the head. base is where the head starts, as far as this buffer knows it. */
static bool step_head(HttpParser *parser, HttpCursor *in, const char *start)
{
  uint32_t at = (uint32_t)(in->base + (in->p - start));
  char c = *in->p;
  switch (parser->state) {
  case HTTP_STATE_METHOD:
    /* FAST: the two commonest, when they are in one piece. */
    if (parser->index == 0 && in->end - in->p >= 5) {
      bool get = memcmp(in->p, "GET ", 4) == 0;
      if (get || memcmp(in->p, "POST ", 5) == 0) {
        parser->method = get ? HTTP_METHOD_GET : HTTP_METHOD_POST;
        parser->state = HTTP_STATE_URL_START;
        in->p += get ? 4 : 5;
        return true;
      }
    }
    if (!read_method_byte(parser, c))
      return false;
    in->p++;
    return true;
  case HTTP_STATE_URL_START:
    if (c == ' ') {
      in->p++;
      return true;
    }
    parser->mark = at;
    return read_url_start(parser, c);
  case HTTP_STATE_URL_SCHEMA:
  case HTTP_STATE_URL_SLASHES:
  case HTTP_STATE_URL_SERVER:
  case HTTP_STATE_URL_PATH: return step_url(parser, in, at);
  case HTTP_STATE_PROTOCOL:
  case HTTP_STATE_VERSION:
    return step_protocol(parser, in, parser->type == HTTP_REQUEST ? HTTP_STATE_LINE_CR : HTTP_STATE_STATUS);
  case HTTP_STATE_STATUS: return step_status(parser, in, at);
  case HTTP_STATE_LINE_CR:
    if (c == '\n' && !parser->lenient)
      return fail_past(parser, in, HPE_INVALID_VERSION, "Expected CRLF after version");
    if (c != '\r' && c != '\n')
      return fail(parser, HPE_INVALID_VERSION, "Expected CRLF after version");
    parser->state = c == '\r' ? HTTP_STATE_LINE_LF : HTTP_STATE_FIRST_HEADER;
    in->p++;
    return true;
  case HTTP_STATE_LINE_LF:
    if (c != '\n')
      return fail(parser, HPE_STRICT,
                  parser->type == HTTP_REQUEST ? "Expected CRLF after version" : "Expected LF after CR");
    parser->state = HTTP_STATE_FIRST_HEADER;
    in->p++;
    return true;
  case HTTP_STATE_FIRST_HEADER:
  case HTTP_STATE_NEXT_HEADER: return step_header_start(parser, in, at);
  case HTTP_STATE_NAME:
    while (in->p < in->end && is_class(*in->p, CLASS_TOKEN))
      in->p++;
    if (in->p == in->end)
      return true;
    if (*in->p != ':')
      return fail(parser, HPE_INVALID_HEADER_TOKEN, "Invalid header token");
    at = (uint32_t)(in->base + (in->p - start));
    parser->pending.name = parser->mark;
    parser->pending.name_len = at - parser->mark;
    in->p++;
    parser->state = HTTP_STATE_COLON;
    return count_header_bytes(parser, parser->pending.name_len);
  case HTTP_STATE_VALUE_START:
    if (c == ' ' || c == '\t') {
      in->p++;
      return true;
    }
    parser->mark = parser->trimmed = at;
    parser->state = HTTP_STATE_VALUE;
    return true;
  case HTTP_STATE_VALUE:
    while (in->p < in->end && is_class(*in->p, CLASS_VALUE)) {
      if (*in->p != ' ' && *in->p != '\t')
        parser->trimmed = (uint32_t)(in->base + (in->p - start)) + 1;
      in->p++;
    }
    if (in->p == in->end)
      return true;
    c = *in->p;
    if (c == '\r') {
      in->p++;
      parser->state = HTTP_STATE_VALUE_LF;
      return true;
    }
    if (c == '\n' && parser->lenient) {
      parser->state = HTTP_STATE_VALUE_LF;
      return true;
    }
    if (c == '\n')
      return fail(parser, HPE_CR_EXPECTED, "Missing expected CR after header value");
    if (!parser->lenient || c == 0)
      return fail(parser, HPE_INVALID_HEADER_TOKEN, "Invalid header value char");
    in->p++;
    parser->trimmed = (uint32_t)(in->base + (in->p - start));
    return true;
  case HTTP_STATE_VALUE_LF:
    if (c != '\n')
      return fail(parser, HPE_LF_EXPECTED, "Missing expected LF after header value");
    parser->pending.value = parser->mark;
    parser->pending.value_len = parser->trimmed - parser->mark;
    parser->state = HTTP_STATE_HEADER_END; /* handled where the head's bytes are at hand */
    in->p++;
    return true;
  case HTTP_STATE_HEAD_LF:
    if (c != '\n')
      return fail(parser, HPE_STRICT, "Expected LF after headers");
    parser->state = HTTP_STATE_HEAD_END;
    in->p++;
    return true;
  }
  JS_UNREACHABLE();
}

/* White space behind the value of Content-Length etc. has been cut; a token still being read counts towards the limit.
 */
static bool head_fits(HttpParser *parser, uint32_t at)
{
  bool in_token = parser->state == HTTP_STATE_NAME || parser->state == HTTP_STATE_VALUE ||
                  (parser->state >= HTTP_STATE_URL_SCHEMA && parser->state <= HTTP_STATE_URL_PATH) ||
                  (parser->state == HTTP_STATE_STATUS && parser->index > 4);
  uint32_t open = in_token ? at - parser->mark : 0;
  if (parser->header_bytes + open < parser->max_header_bytes &&
      at / RAW_HEAD_FACTOR <= parser->max_header_bytes + DEFAULT_MAX_HEADER_BYTES)
    return true;
  return fail(parser, HPE_HEADER_OVERFLOW, "Header overflow");
}

/* Runs head states from in->p on. True: the head goes on in the next buffer, or is complete (state says). */
static bool run_head(HttpParser *parser, HttpCursor *in)
{
  const char *start = in->p;
  in->base = (int64_t)parser->carry.len;
  while (in->p < in->end && parser->state <= HTTP_STATE_LAST_HEAD) {
    if (!step_head(parser, in, start))
      return false;
    if (parser->state < HTTP_STATE_COLON)
      continue;
    /* The bytes of the head so far, in one piece. */
    const char *head = start - in->base;
    if (parser->carry.len) {
      strbuf_append(&parser->carry, start, (size_t)(in->p - start));
      if (parser->carry.failed)
        return fail(parser, HPE_OUT_OF_MEMORY, "Out of memory");
      head = parser->carry.data;
      start = in->p;
      in->base = (int64_t)parser->carry.len;
    }
    if (parser->state == HTTP_STATE_COLON) {
      parser->pending_kind = header_kind(head + parser->pending.name, parser->pending.name_len);
      parser->state = HTTP_STATE_VALUE_START;
      if (!check_header_name(parser))
        return false;
    } else if (parser->state == HTTP_STATE_HEADER_END) {
      size_t where = 0;
      parser->state = HTTP_STATE_NEXT_HEADER;
      if (!finish_header(parser, head + parser->pending.value, &where)) {
        /* Back to the character that is at fault, when it is in this buffer. */
        int64_t behind = (int64_t)(in->base + (in->p - start)) - (int64_t)(parser->pending.value + where);
        if (behind > 0 && behind <= in->p - start)
          in->p -= behind;
        return false;
      }
    } else {
      parser->head = head;
      parser->input_left = (size_t)(in->end - in->p);
      bool ok = complete_head(parser);
      parser->head = NULL;
      return ok;
    }
  }
  uint32_t at = (uint32_t)(in->base + (in->p - start));
  if (!head_fits(parser, at))
    return false;
  strbuf_append(&parser->carry, start, (size_t)(in->p - start));
  return !parser->carry.failed || fail(parser, HPE_OUT_OF_MEMORY, "Out of memory");
}

/* Chunk extensions: name[=token or "quoted"], separated by ';'. index: what is being read. */
enum { EXTENSION_START, EXTENSION_NAME, EXTENSION_VALUE, EXTENSION_QUOTED, EXTENSION_ESCAPED, EXTENSION_QUOTED_END };

static bool step_extension(HttpParser *parser, HttpCursor *in)
{
  char c = *in->p;
  if (++parser->extension_bytes > MAX_EXTENSION_BYTES)
    return fail(parser, HPE_CHUNK_EXTENSIONS_OVERFLOW, "Chunk extensions overflow");
  switch (parser->index) {
  case EXTENSION_QUOTED:
    if (c == '"')
      parser->index = EXTENSION_QUOTED_END;
    else if (c == '\\')
      parser->index = EXTENSION_ESCAPED;
    else if (!is_class(c, CLASS_VALUE))
      return fail_past(parser, in, HPE_STRICT, "Invalid character in chunk extensions quoted value");
    break;
  case EXTENSION_ESCAPED:
    if (!is_class(c, CLASS_VALUE))
      return fail_past(parser, in, HPE_STRICT, "Invalid quoted-pair in chunk extensions quoted value");
    parser->index = EXTENSION_QUOTED;
    break;
  default:
    if (c == '\r' && parser->index != EXTENSION_START) {
      parser->state = HTTP_STATE_CHUNK_SIZE_LF;
    } else if (c == '\r' || c == ' ') {
      return fail_past(parser, in, HPE_STRICT, "Invalid character in chunk extensions");
    } else if (c == '\n') {
      return fail(parser, HPE_CR_EXPECTED,
                  parser->index == EXTENSION_NAME ? "Missing expected CR after chunk extension name"
                                                  : "Missing expected CR after chunk extension value");
    } else if (c == ';' && parser->index != EXTENSION_START) {
      parser->index = EXTENSION_START;
    } else if (c == '=' && parser->index == EXTENSION_NAME) {
      parser->index = EXTENSION_VALUE;
    } else if (c == '"' && parser->index == EXTENSION_VALUE) {
      parser->index = EXTENSION_QUOTED;
    } else if (!is_class(c, CLASS_TOKEN) || parser->index == EXTENSION_QUOTED_END) {
      return fail_past(parser, in, HPE_STRICT,
                       parser->index == EXTENSION_VALUE ? "Invalid character in chunk extensions value"
                                                        : "Invalid character in chunk extensions name");
    } else if (parser->index == EXTENSION_START) {
      parser->index = EXTENSION_NAME;
    }
    break;
  }
  in->p++;
  return true;
}

/* How far a chunk's size is read (parser->index): 0 is nothing yet. */
enum { CHUNK_SIZE_DIGITS = 1, CHUNK_SIZE_OVER };

static int hex_value(char c)
{
  return is_digit(c) ? c - '0' : is_alpha(c) && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static bool step_chunk(HttpParser *parser, HttpCursor *in)
{
  char c = *in->p;
  switch (parser->state) {
  case HTTP_STATE_CHUNK_SIZE: {
    int digit = hex_value(c);
    if (parser->index == 0)
      parser->content_length = parser->extension_bytes = 0;
    if (digit >= 0 && parser->index != CHUNK_SIZE_OVER) {
      if (parser->content_length >> 60)
        return fail_past(parser, in, HPE_INVALID_CHUNK_SIZE, "Chunk size overflow");
      parser->content_length = parser->content_length << 4 | (unsigned)digit;
      parser->index = CHUNK_SIZE_DIGITS;
    } else if (parser->index == 0) {
      return fail(parser, HPE_INVALID_CHUNK_SIZE, "Invalid character in chunk size");
    } else if (c == '\r') {
      parser->state = HTTP_STATE_CHUNK_SIZE_LF;
    } else if (c == ';') {
      parser->state = HTTP_STATE_CHUNK_EXTENSION;
      parser->index = EXTENSION_START;
    } else if (c == '\n') {
      if (!parser->lenient)
        return fail_past(parser, in, HPE_CR_EXPECTED, "Missing expected CR after chunk size");
      parser->state = HTTP_STATE_CHUNK_SIZE_LF;
      return true;
    } else if (c == ' ' && parser->lenient) {
      parser->index = CHUNK_SIZE_OVER;
    } else {
      if (c == ' ')
        in->p++;
      return fail(parser, HPE_INVALID_CHUNK_SIZE, "Invalid character in chunk size");
    }
    break;
  }
  case HTTP_STATE_CHUNK_EXTENSION: return step_extension(parser, in);
  case HTTP_STATE_CHUNK_SIZE_LF:
    if (c != '\n')
      return fail(parser, HPE_STRICT, "Expected LF after chunk size");
    if (parser->content_length == 0) {
      parser->trailers = true;
      parser->state = HTTP_STATE_FIRST_HEADER;
    } else {
      parser->state = HTTP_STATE_CHUNK_DATA;
    }
    break;
  case HTTP_STATE_CHUNK_DATA_CR:
    if (c == '\n' && !parser->lenient)
      return fail_past(parser, in, HPE_CR_EXPECTED, "Missing expected CR after chunk data");
    if (c != '\r' && c != '\n') {
      if (!parser->lenient)
        return fail(parser, HPE_STRICT, "Expected LF after chunk data");
      parser->state = HTTP_STATE_CHUNK_SIZE; /* the line end is missing */
      parser->index = 0;
      return true;
    }
    parser->state = c == '\r' ? HTTP_STATE_CHUNK_DATA_LF : HTTP_STATE_CHUNK_SIZE;
    parser->index = 0;
    break;
  default:
    if (c != '\n')
      return fail(parser, HPE_STRICT, "Expected LF after chunk data");
    parser->state = HTTP_STATE_CHUNK_SIZE;
    parser->index = 0;
    break;
  }
  in->p++;
  return true;
}

/* Body bytes: a chunk's, a body's of known length, or all there are. */
static bool run_body(HttpParser *parser, HttpCursor *in)
{
  size_t len = (size_t)(in->end - in->p);
  bool counted = parser->state != HTTP_STATE_BODY_TO_EOF;
  if (counted && len > parser->content_length)
    len = (size_t)parser->content_length;
  const char *bytes = in->p;
  in->p += len;
  if (counted)
    parser->content_length -= len;
  bool ended = counted && parser->content_length == 0, chunk = parser->state == HTTP_STATE_CHUNK_DATA;
  if (ended && chunk)
    parser->state = HTTP_STATE_CHUNK_DATA_CR;
  if (parser->callbacks->body && !run_callback(parser, parser->callbacks->body(parser, bytes, len), HPE_USER))
    return false;
  return ended && !chunk ? complete_message(parser) : true;
}

/* Between messages: empty lines are skipped, then the head begins. */
static bool step_start(HttpParser *parser, HttpCursor *in)
{
  if (*in->p == '\r' || *in->p == '\n') {
    in->p++;
    return true;
  }
  if (parser->state == HTTP_STATE_CLOSED)
    return fail_past(parser, in, HPE_CLOSED_CONNECTION, "Data after `Connection: close`");
  parser->state = parser->type == HTTP_REQUEST ? HTTP_STATE_METHOD : HTTP_STATE_PROTOCOL;
  parser->index = 0;
  parser->mark = 0;
  memset(parser->token, 0, sizeof parser->token);
  return !parser->callbacks->message_begin || run_callback(parser, parser->callbacks->message_begin(parser), HPE_USER);
}

size_t http_parser_execute(HttpParser *parser, const char *bytes, size_t len)
{
  HttpCursor in = {bytes, bytes + len, 0};
  if (parser->error != HPE_OK)
    return 0;
  while (in.p < in.end) {
    bool ok;
    if (parser->state <= HTTP_STATE_LAST_HEAD)
      ok = run_head(parser, &in);
    else if (parser->state >= HTTP_STATE_CHUNK_DATA)
      ok = run_body(parser, &in);
    else if (parser->state >= HTTP_STATE_CHUNK_SIZE)
      ok = step_chunk(parser, &in);
    else
      ok = step_start(parser, &in);
    if (!ok)
      break;
    if (parser->paused) {
      fail(parser, HPE_PAUSED, "Paused by user");
      break;
    }
  }
  return (size_t)(in.p - bytes);
}
