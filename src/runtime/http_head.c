// SPDX-License-Identifier: MIT
/*
 * See http_head.h. A received head is kept as one packed string, because most programs look at few of its headers; the
 * strings of names that everybody sends are shared.
 */
#include "runtime/http_head.h"

#include <stdlib.h>
#include <string.h>

/* Bodies up to this size are copied behind their head; larger ones are the socket's business. */
enum { MAX_COPIED_BODY = 64 * 1024 };

/* --- names ---------------------------------------------------------------------------------------------------------*/

/* How repeated headers are put together: Node's documentation of message.headers. */
typedef enum { REPEAT_JOIN, REPEAT_FIRST, REPEAT_COOKIE, REPEAT_LIST } HeaderRepeat;

typedef struct KnownHeader {
  const char *name, *lower;
  uint8_t len;
  uint8_t repeat; /* HeaderRepeat */
  uint8_t mark;   /* HEAD_MARK_* */
} KnownHeader;

static const KnownHeader known_headers[] = {
#define LENGTH(n)
#define HEADER(id, name, lower, repeat, mark) {name, lower, sizeof(name) - 1, repeat, mark},
#include "runtime/http_headers.def"
#undef LENGTH
#undef HEADER
};

/* By their number; FIRST_OF_n is the first of length n. */
enum {
#define LENGTH(n)                             FIRST_OF_##n, BEFORE_##n = FIRST_OF_##n - 1,
#define HEADER(id, name, lower, repeat, mark) KNOWN_##id,
#include "runtime/http_headers.def"
#undef LENGTH
#undef HEADER
  KNOWN_COUNT
};

/* One more than the number; 0: there are none. */
static const uint8_t first_of_length[] = {
#define LENGTH(n) [n] = FIRST_OF_##n + 1,
#define HEADER(id, name, lower, repeat, mark)
#include "runtime/http_headers.def"
#undef LENGTH
#undef HEADER
};

static char lower_case(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool equals_lower(const char *text, const char *lower, size_t len)
{
  for (size_t k = 0; k < len; k++)
    if (lower_case(text[k]) != lower[k])
      return false;
  return true;
}

static const KnownHeader *known_header(const char *name, size_t len)
{
  size_t k = len < sizeof first_of_length ? first_of_length[len] : 0;
  if (!k)
    return NULL;
  char first = lower_case(name[0]);
  for (k--; k < KNOWN_COUNT && known_headers[k].len == len; k++)
    if (known_headers[k].lower[0] == first && equals_lower(name, known_headers[k].lower, len))
      return &known_headers[k];
  return NULL;
}

enum { ATOM_COUNT = HTTP_ATOM_NAMES + 2 * KNOWN_COUNT };

static const char *atom_text(unsigned number)
{
  if (number == HTTP_ATOM_EMPTY)
    return "";
  if (number == HTTP_ATOM_UNKNOWN)
    return "unknown";
  if (number < HTTP_ATOM_NAMES)
    return http_method_name((HttpMethod)(number - HTTP_ATOM_METHODS));
  const KnownHeader *known = &known_headers[(number - HTTP_ATOM_NAMES) / 2];
  return (number - HTTP_ATOM_NAMES) % 2 ? known->lower : known->name;
}

static bool start_atoms(HttpEnv *http)
{
  JsContext *cx = http->env->cx;
  JsValue kept = js_array_new(cx, 0, NULL);
  if (js_is_exception(kept)) {
    (void)js_take_exception(cx);
    return false;
  }
  if (!http->atoms_kept && !(http->atoms_kept = js_ref_new(cx, kept)))
    return false;
  http->atoms = malloc(ATOM_COUNT * sizeof *http->atoms);
  for (unsigned k = 0; http->atoms && k < ATOM_COUNT; k++)
    http->atoms[k] = JS_HOLE;
  return http->atoms;
}

/* What cannot be kept is still the string. */
static JsValue make_atom(HttpEnv *http, unsigned number)
{
  JsContext *cx = http->env->cx;
  JsValue text = js_intern(cx, atom_text(number));
  if (!http->atoms && !start_atoms(http))
    return text;
  if (js_array_push(cx, js_ref_get(http->atoms_kept), text))
    http->atoms[number] = text;
  else
    (void)js_take_exception(cx);
  return text;
}

JsValue http_atom(HttpEnv *http, unsigned number)
{
  return http->atoms && !js_is_hole(http->atoms[number]) ? http->atoms[number] : make_atom(http, number);
}

static JsValue known_name(JsContext *cx, const KnownHeader *known, bool lower)
{
  return http_atom(env_of(cx)->http, HTTP_ATOM_NAMES + 2 * (unsigned)(known - known_headers) + lower);
}

static JsValue header_name(JsContext *cx, const char *name, size_t len)
{
  const KnownHeader *known = known_header(name, len);
  if (known && memcmp(known->name, name, len) == 0)
    return known_name(cx, known, false);
  if (known && memcmp(known->lower, name, len) == 0)
    return known_name(cx, known, true);
  return js_string_latin1(cx, name, len);
}

/* --- received headers ----------------------------------------------------------------------------------------------*/

JsValue http_pack_headers(JsContext *cx, const HttpParser *parser, unsigned *flags)
{
  const char *head = http_parser_head(parser);
  size_t size = 0;
  for (uint32_t k = 0; k < parser->header_count; k++)
    size += parser->headers[k].name_len + (size_t)(parser->headers[k].value_len - parser->headers[k].folds) + 2;
  if (size == 0)
    return http_atom(env_of(cx)->http, HTTP_ATOM_EMPTY);
  JsValue packed;
  uint8_t *at;
  if (!js_string_reserve_latin1(cx, size, &packed, &at))
    return JS_EXCEPTION;
  for (uint32_t k = 0; k < parser->header_count; k++) {
    const HttpHeader *h = &parser->headers[k];
    const char *name = head + h->name;
    if (h->name_len == 4 && equals_lower(name, "host", 4))
      *flags |= HEAD_HAS_HOST;
    else if (h->name_len == 6 && equals_lower(name, "expect", 6))
      *flags |= HEAD_HAS_EXPECT;
    memcpy(at, name, h->name_len);
    at += h->name_len;
    *at++ = 0;
    http_value_copy(h, head, at);
    at += h->value_len - h->folds;
    *at++ = 0;
  }
  return packed;
}

JsValue http_headers_array(JsContext *cx, const HttpParser *parser)
{
  JsValue array = js_array_new(cx, 0, NULL);
  const char *head = http_parser_head(parser);
  for (uint32_t k = 0; k < parser->header_count && !js_is_exception(array); k++) {
    const HttpHeader *h = &parser->headers[k];
    JsValue value;
    uint8_t *bytes;
    if (!js_string_reserve_latin1(cx, h->value_len - h->folds, &value, &bytes))
      return JS_EXCEPTION;
    http_value_copy(h, head, bytes);
    if (!js_array_push(cx, array, header_name(cx, head + h->name, h->name_len)) || !js_array_push(cx, array, value))
      return JS_EXCEPTION;
  }
  return array;
}

/* The text up to the next NUL, which every packed string ends with. */
static const char *next_text(const char **at, const char *end, size_t *len)
{
  const char *text = *at, *nul = memchr(text, 0, (size_t)(end - text));
  *len = (size_t)((nul ? nul : end) - text);
  *at = nul ? nul + 1 : end;
  return text;
}

static bool view_packed(JsContext *cx, JsValue packed, const char **at, const char **end)
{
  JsStringView view = js_string_view(cx, packed);
  *at = view.units;
  *end = *at + view.length;
  return !view.is_wide;
}

JsValue http_unpack_headers(JsContext *cx, JsValue packed)
{
  const char *at, *end;
  JsValue array = js_array_new(cx, 0, NULL);
  if (js_is_exception(array) || !view_packed(cx, packed, &at, &end))
    return array;
  while (at < end) {
    size_t name_len, value_len;
    const char *name = next_text(&at, end, &name_len), *value = next_text(&at, end, &value_len);
    if (!js_array_push(cx, array, header_name(cx, name, name_len)) ||
        !js_array_push(cx, array, js_string_latin1(cx, value, value_len)))
      return JS_EXCEPTION;
  }
  return array;
}

static JsValue lower_name(JsContext *cx, const KnownHeader *known, const char *name, size_t len)
{
  if (known)
    return known_name(cx, known, true);
  JsValue string;
  uint8_t *units;
  if (!js_string_reserve_latin1(cx, len, &string, &units))
    return JS_EXCEPTION;
  for (size_t k = 0; k < len; k++)
    units[k] = (uint8_t)lower_case(name[k]);
  return string;
}

/* known + separator + value; all of Latin-1. */
static JsValue join_values(JsContext *cx, JsValue known, const char *separator, const char *value, size_t len)
{
  JsStringView view = js_string_view(cx, known);
  JsValue string;
  uint8_t *units;
  if (view.is_wide || !js_string_reserve_latin1(cx, view.length + 2 + len, &string, &units))
    return JS_EXCEPTION;
  view = js_string_view(cx, known);
  memcpy(units, view.units, view.length);
  memcpy(units + view.length, separator, 2);
  memcpy(units + view.length + 2, value, len);
  return string;
}

static bool add_header(JsContext *cx, JsValue target, const char *name, size_t name_len, const char *value,
                       size_t value_len, bool join_all)
{
  const KnownHeader *known = known_header(name, name_len);
  HeaderRepeat repeat = known ? known->repeat : REPEAT_JOIN;
  JsValue key = lower_name(cx, known, name, name_len);
  bool exists = false;
  if (js_is_exception(key) || !js_has_own_key(cx, target, key, &exists))
    return false;
  JsValue known_value = exists ? js_get_key(cx, target, key) : JS_UNDEFINED;
  if (js_is_exception(known_value))
    return false;
  JsValue text;
  if (repeat == REPEAT_LIST) {
    text = js_string_latin1(cx, value, value_len);
    if (js_is_exception(text))
      return false;
    if (exists)
      return js_array_push(cx, known_value, text);
    text = js_array_new(cx, 1, &text);
  } else if (!exists) {
    /* Not an own property of headers in Node either: assigning it does nothing. */
    if (name_len == 9 && memcmp(name, "__proto__", 9) == 0)
      return true;
    text = js_string_latin1(cx, value, value_len);
  } else if (repeat == REPEAT_FIRST && !join_all) {
    return true;
  } else {
    text = join_values(cx, known_value, repeat == REPEAT_COOKIE ? "; " : ", ", value, value_len);
  }
  return !js_is_exception(text) && js_define_key(cx, target, key, text, JS_PLAIN);
}

JsValue http_headers_object(JsContext *cx, JsValue packed, bool join_all)
{
  const char *at, *end;
  JsValue target = js_object_new(cx);
  if (js_is_exception(target) || !view_packed(cx, packed, &at, &end))
    return target;
  while (at < end) {
    size_t name_len, value_len;
    const char *name = next_text(&at, end, &name_len), *value = next_text(&at, end, &value_len);
    if (!add_header(cx, target, name, name_len, value, value_len, join_all))
      return JS_EXCEPTION;
  }
  return target;
}

/* --- responses -----------------------------------------------------------------------------------------------------*/

/* A header's name or value, or the reason. False for what is no string of Latin-1 (nor, for values, a small integer).
 */
static bool append_text(JsContext *cx, StrBuf *out, JsValue text)
{
  if (js_is_int32(text)) {
    strbuf_printf(out, "%d", js_as_int32(text));
    return true;
  }
  if (!js_value_is_string(text))
    return false;
  JsStringView view = js_string_view(cx, text);
  if (!view.is_wide) {
    strbuf_append(out, view.units, view.length);
    return true;
  }
  const uint16_t *units = view.units;
  for (uint32_t k = 0; k < view.length; k++) {
    if (units[k] > 0xff)
      return false;
    strbuf_append_char(out, (char)units[k]);
  }
  return true;
}

static void append_number(StrBuf *out, size_t number)
{
  char digits[24], *at = digits + sizeof digits;
  do
    *--at = (char)('0' + number % 10);
  while (number /= 10);
  strbuf_append(out, at, (size_t)(digits + sizeof digits - at));
}

#define APPEND_LITERAL(out, text) strbuf_append(out, text, sizeof(text) - 1)

static bool append_headers(JsContext *cx, StrBuf *out, JsValue headers)
{
  if (!js_value_is_array(headers))
    return true;
  for (uint32_t k = 0; !js_is_hole(js_array_peek(headers, k)); k += 3) {
    if (!append_text(cx, out, js_array_peek(headers, k + 1)))
      return false;
    APPEND_LITERAL(out, ": ");
    if (!append_text(cx, out, js_array_peek(headers, k + 2)))
      return false;
    APPEND_LITERAL(out, "\r\n");
  }
  return true;
}

typedef struct SettledHeaders {
  StrBuf *out;
  unsigned marks;
} SettledHeaders;

/* False: a header that JavaScript has to see. */
static bool mark_name(const char *name, size_t len, unsigned *marks)
{
  const KnownHeader *known = known_header(name, len);
  if (!known || !known->mark)
    return true;
  *marks |= known->mark;
  return known->mark == HEAD_MARK_CONTENT_LENGTH || known->mark == HEAD_MARK_DATE;
}

bool http_is_header_text(const uint8_t *text, size_t len)
{
  for (size_t k = 0; k < len; k++)
    if ((text[k] < ' ' && text[k] != '\t') || text[k] == 0x7f)
      return false;
  return true;
}

bool http_is_header_value(JsContext *cx, JsValue val)
{
  if (!js_value_is_string(val))
    return js_is_number(val);
  JsStringView view = js_string_view(cx, val);
  if (!view.is_wide)
    return http_is_header_text(view.units, view.length);
  const uint16_t *units = view.units;
  for (uint32_t k = 0; k < view.length; k++)
    if ((units[k] < ' ' && units[k] != '\t') || units[k] == 0x7f || units[k] > 0xff)
      return false;
  return true;
}

int http_find_header(JsContext *cx, JsValue list, JsValue name)
{
  JsStringView view = js_string_view(cx, name);
  if (view.is_wide)
    return -1;
  for (uint32_t k = 0;; k += 3) {
    JsValue known = js_array_peek(list, k);
    if (js_is_hole(known))
      return -1;
    if (js_same_bits(known, name))
      return (int)k;
    JsStringView key = js_string_view(cx, known);
    if (key.length == view.length && !key.is_wide && equals_lower(view.units, key.units, view.length))
      return (int)k;
  }
}

/* The key of a valid name. */
static JsValue header_key(JsContext *cx, JsValue name, JsStringView view, const KnownHeader *known)
{
  if (known)
    return known_name(cx, known, true);
  const char *text = view.units;
  uint32_t k = 0;
  while (k < view.length && lower_case(text[k]) == text[k])
    k++;
  JsValue key;
  uint8_t *at;
  if (k == view.length)
    return name;
  if (!js_string_reserve_latin1(cx, view.length, &key, &at))
    return JS_EXCEPTION;
  for (k = 0; k < view.length; k++)
    at[k] = (uint8_t)lower_case(text[k]);
  return key;
}

bool http_store_header(JsContext *cx, JsValue list, JsValue name, JsValue val, int *mark)
{
  JsStringView view = js_string_view(cx, name);
  *mark = -1;
  if (view.is_wide || !http_is_token(view.units, view.length))
    return true;
  if (!js_is_number(val)) {
    JsStringView text = js_value_is_string(val) ? js_string_view(cx, val) : (JsStringView){.is_wide = true};
    if (text.is_wide || !http_is_header_text(text.units, text.length))
      return true;
  }
  const KnownHeader *known = known_header(view.units, view.length);
  int at = http_find_header(cx, list, name);
  *mark = known ? known->mark : 0;
  if (at >= 0)
    return js_set_index(cx, list, (uint32_t)at + 1, name) && js_set_index(cx, list, (uint32_t)at + 2, val);
  JsValue key = header_key(cx, name, view, known);
  return !js_is_exception(key) && js_array_push(cx, list, key) && js_array_push(cx, list, name) &&
         js_array_push(cx, list, val);
}

static bool append_settled(JsContext *cx, JsValue name_val, JsValue val, void *opaque)
{
  SettledHeaders *headers = opaque;
  StrBuf *out = headers->out;
  if (!js_value_is_string(name_val))
    return false;
  JsStringView name = js_string_view(cx, name_val);
  if (name.is_wide || !http_is_token(name.units, name.length) || !mark_name(name.units, name.length, &headers->marks))
    return false;
  strbuf_append(out, name.units, name.length);
  APPEND_LITERAL(out, ": ");
  size_t start = out->len;
  if (!append_text(cx, out, val) || !http_is_header_text((const uint8_t *)out->data + start, out->len - start))
    return false;
  APPEND_LITERAL(out, "\r\n");
  return true;
}

static bool append_settled_list(JsContext *cx, JsValue list, uint32_t stride, SettledHeaders *headers)
{
  int64_t length;
  if (!js_array_is_dense(list) || !js_length(cx, list, &length) || length % stride != 0)
    return false;
  for (uint32_t k = stride - 2; k < length; k += stride)
    if (!append_settled(cx, js_get_index(cx, list, k), js_get_index(cx, list, k + 1), headers))
      return false;
  return true;
}

static void append_status(StrBuf *out, int status)
{
  APPEND_LITERAL(out, "HTTP/1.1 ");
  append_number(out, (size_t)status);
  APPEND_LITERAL(out, " ");
}

bool http_append_settled(JsContext *cx, StrBuf *out, int status, JsValue reason, JsValue headers, uint32_t stride,
                         unsigned *marks)
{
  SettledHeaders settled = {out, 0};
  append_status(out, status);
  size_t start = out->len;
  if (!js_value_is_string(reason) || !append_text(cx, out, reason) ||
      !http_is_header_text((const uint8_t *)out->data + start, out->len - start))
    return false;
  APPEND_LITERAL(out, "\r\n");
  bool done = true;
  if (js_value_is_array(headers))
    done = append_settled_list(cx, headers, stride, &settled);
  else if (!js_is_undefined(headers) && !js_is_null(headers))
    done = js_each_plain_property(cx, headers, append_settled, &settled);
  *marks = settled.marks;
  return done && !out->failed;
}

static void append_connection(StrBuf *out, const HttpResponse *response)
{
  if (!(response->flags & RESPONSE_KEEP_ALIVE)) {
    APPEND_LITERAL(out, "Connection: close\r\n");
    return;
  }
  APPEND_LITERAL(out, "Connection: keep-alive\r\n");
  if (!(response->flags & RESPONSE_KEEP_ALIVE_HINT))
    return;
  APPEND_LITERAL(out, "Keep-Alive: timeout=");
  append_number(out, response->keep_alive_seconds);
  if (response->max_requests) {
    APPEND_LITERAL(out, ", max=");
    append_number(out, response->max_requests);
  }
  APPEND_LITERAL(out, "\r\n");
}

static bool is_ascii(const uint8_t *bytes, size_t len)
{
  size_t k = 0;
  for (; k + 8 <= len; k += 8) {
    uint64_t word;
    memcpy(&word, bytes + k, 8);
    if (word & 0x8080808080808080u)
      return false;
  }
  for (; k < len; k++)
    if (bytes[k] & 0x80)
      return false;
  return true;
}

/* The body as the bytes it has on the wire: *size, and *bytes when they lie somewhere already. */
static bool measure_body(JsContext *cx, JsValue body, const uint8_t **bytes, size_t *size)
{
  JsView view;
  *bytes = NULL;
  *size = 0;
  if (js_is_undefined(body))
    return true;
  if (js_value_is_string(body)) {
    JsStringView text = js_string_view(cx, body);
    if (!text.is_wide && is_ascii(text.units, text.length)) {
      *bytes = text.units;
      *size = text.length;
    } else {
      *size = js_string_utf8_size(cx, body);
    }
  } else if (js_view(body, &view)) {
    *bytes = view.data;
    *size = view.byte_length;
  } else {
    return false;
  }
  return *size <= MAX_COPIED_BODY;
}

bool http_append_head(JsContext *cx, HttpEnv *http, StrBuf *out, const HttpResponse *response, size_t body_size)
{
  size_t start = out->len;
  if (js_value_is_string(response->headers)) {
    if (!append_text(cx, out, response->headers))
      goto refuse;
  } else {
    append_status(out, response->status);
    if (!append_text(cx, out, response->reason))
      goto refuse;
    APPEND_LITERAL(out, "\r\n");
    if (!append_headers(cx, out, response->headers))
      goto refuse;
  }
  if (response->flags & RESPONSE_DATE)
    strbuf_append_str(out, http_env_date(http));
  append_connection(out, response);
  if (response->flags & RESPONSE_LENGTH) {
    APPEND_LITERAL(out, "Content-Length: ");
    append_number(out, body_size);
    APPEND_LITERAL(out, "\r\n");
  }
  if (response->flags & RESPONSE_CHUNKED)
    APPEND_LITERAL(out, "Transfer-Encoding: chunked\r\n");
  APPEND_LITERAL(out, "\r\n");
  if (!out->failed)
    return true;
refuse:
  out->len = start;
  out->failed = false;
  return false;
}

bool http_append_response(JsContext *cx, HttpEnv *http, StrBuf *out, const HttpResponse *response, size_t *size_out)
{
  size_t start = out->len, body_size;
  const uint8_t *body;
  if (!measure_body(cx, response->body, &body, &body_size) || !http_append_head(cx, http, out, response, body_size))
    return false;
  bool chunked = response->flags & RESPONSE_CHUNKED;
  if (!(response->flags & RESPONSE_NO_BODY) && body_size) {
    if (chunked)
      strbuf_printf(out, "%zx\r\n", body_size);
    if (body)
      strbuf_append(out, body, body_size);
    else if (strbuf_reserve(out, body_size))
      out->len += js_string_write_utf8(cx, response->body, out->data + out->len, body_size);
    if (chunked)
      APPEND_LITERAL(out, "\r\n");
  }
  if (chunked)
    APPEND_LITERAL(out, "0\r\n\r\n");
  *size_out = body_size;
  if (!out->failed)
    return true;
  out->len = start;
  out->failed = false;
  return false;
}
