// SPDX-License-Identifier: MIT
/*
 * The URL parser. The standard's state machine is written as one function a part: each takes the text where its state
 * begins and goes on to the next state's function. A setter calls the function of the state that the standard would
 * enter it with.
 */
#include "runtime/url_parser.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/base64.h"

typedef struct Text {
  const char *at, *end;
} Text;

static int peek(Text text)
{
  return text.at < text.end ? (unsigned char)*text.at : -1;
}
static bool is_alpha(int c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static bool is_digit(int c)
{
  return c >= '0' && c <= '9';
}

/* --- percent-encoding ----------------------------------------------------------------------------------------------*/

static bool must_encode(unsigned char c, UrlEncodeSet set)
{
  if (c <= 0x1F || c >= 0x7F)
    return true;
  static const char *const more[] = {
      [URL_ENCODE_C0] = "",
      [URL_ENCODE_FRAGMENT] = " \"<>`",
      [URL_ENCODE_QUERY] = " \"#<>",
      [URL_ENCODE_SPECIAL_QUERY] = " \"#<>'",
      [URL_ENCODE_PATH] = " \"#<>?^`{}",
      [URL_ENCODE_USERINFO] = " \"#<>?^`{}/:;=@[\\]|",
  };
  return strchr(more[set], c) != NULL;
}

void url_percent_encode(StrBuf *out, const char *text, size_t length, UrlEncodeSet set)
{
  static const char digits[] = "0123456789ABCDEF";
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (must_encode(c, set)) {
      char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
      strbuf_append(out, escaped, 3);
    } else {
      strbuf_append_char(out, (char)c);
    }
  }
}

void url_percent_decode(StrBuf *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '%' && i + 2 < length && hex_digit((unsigned char)text[i + 1]) >= 0 &&
        hex_digit((unsigned char)text[i + 2]) >= 0) {
      strbuf_append_char(out,
                         (char)(hex_digit((unsigned char)text[i + 1]) * 16 + hex_digit((unsigned char)text[i + 2])));
      i += 2;
    } else {
      strbuf_append_char(out, text[i]);
    }
  }
}

/* --- records -------------------------------------------------------------------------------------------------------*/

static StrBuf *const *buffers_of(Url *url, StrBuf *list[7])
{
  list[0] = &url->scheme;
  list[1] = &url->username;
  list[2] = &url->password;
  list[3] = &url->host;
  list[4] = &url->path;
  list[5] = &url->query;
  list[6] = &url->fragment;
  return list;
}

void url_init(Url *url)
{
  StrBuf *list[7];
  memset(url, 0, sizeof *url);
  url->port = -1;
  buffers_of(url, list);
  for (int i = 0; i < 7; i++)
    strbuf_init(list[i], &url->account, MEM_RUNTIME);
}

void url_free(Url *url)
{
  StrBuf *list[7];
  buffers_of(url, list);
  for (int i = 0; i < 7; i++)
    strbuf_free(list[i]);
}

static bool out_of_memory(Url *url)
{
  StrBuf *list[7];
  buffers_of(url, list);
  for (int i = 0; i < 7; i++)
    if (list[i]->failed)
      return true;
  return false;
}

static bool scheme_is(const Url *url, const char *name)
{
  return url->scheme.len == strlen(name) && memcmp(url->scheme.data, name, url->scheme.len) == 0;
}

/* The default port of a special scheme; -1 for file, -2 for schemes that are not special. */
static int32_t default_port(const Url *url)
{
  static const struct {
    const char *scheme;
    int32_t port;
  } special[] = {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", -1}};
  for (size_t i = 0; i < sizeof special / sizeof *special; i++)
    if (scheme_is(url, special[i].scheme))
      return special[i].port;
  return -2;
}

static bool is_special(const Url *url)
{
  return default_port(url) != -2;
}

static void copy_buffer(StrBuf *to, const StrBuf *from)
{
  strbuf_clear(to);
  strbuf_append(to, from->data, from->len);
}

static void copy_authority(Url *url, const Url *base)
{
  copy_buffer(&url->username, &base->username);
  copy_buffer(&url->password, &base->password);
  copy_buffer(&url->host, &base->host);
  url->has_host = base->has_host;
  url->port = base->port;
}

static void copy_path_and_query(Url *url, const Url *base)
{
  copy_buffer(&url->path, &base->path);
  copy_buffer(&url->query, &base->query);
  url->has_query = base->has_query;
}

/* --- paths ---------------------------------------------------------------------------------------------------------*/

static bool is_drive_letter(const char *text, size_t length)
{
  return length == 2 && is_alpha((unsigned char)text[0]) && (text[1] == ':' || text[1] == '|');
}

/* starts with a Windows drive letter  https://url.spec.whatwg.org/#start-with-a-windows-drive-letter */
static bool starts_with_drive_letter(Text text)
{
  return text.end - text.at >= 2 && is_drive_letter(text.at, 2) &&
         (text.end - text.at == 2 || memchr("/\\?#", text.at[2], 4) != NULL);
}

/* shorten a url's path  https://url.spec.whatwg.org/#shorten-a-urls-path */
static void shorten_path(Url *url)
{
  StrBuf *path = &url->path;
  /* A file's lone drive letter stays. */
  if (scheme_is(url, "file") && path->len == 3 && path->data[0] == '/' && is_alpha((unsigned char)path->data[1]) &&
      path->data[2] == ':')
    return;
  while (path->len > 0 && path->data[--path->len] != '/')
    ;
}

/* One or two dots, each perhaps written %2e: how many; 0 for anything else. */
static int count_dots(const char *text, size_t length)
{
  int dots = 0;
  while (length > 0) {
    if (text[0] == '.') {
      text++;
      length--;
    } else if (length >= 3 && text[0] == '%' && text[1] == '2' && (text[2] == 'e' || text[2] == 'E')) {
      text += 3;
      length -= 3;
    } else {
      return 0;
    }
    dots++;
  }
  return dots <= 2 ? dots : 0;
}

static void parse_query(Url *url, Text text)
{
  url->has_query = true;
  strbuf_clear(&url->query);
  url_percent_encode(&url->query, text.at, (size_t)(text.end - text.at),
                     is_special(url) ? URL_ENCODE_SPECIAL_QUERY : URL_ENCODE_QUERY);
}

static void parse_fragment(Url *url, Text text)
{
  url->has_fragment = true;
  strbuf_clear(&url->fragment);
  url_percent_encode(&url->fragment, text.at, (size_t)(text.end - text.at), URL_ENCODE_FRAGMENT);
}

/* What follows a path: text is at '?', '#' or its end. */
static void parse_after_path(Url *url, Text text)
{
  if (peek(text) == '?') {
    Text query = {text.at + 1, memchr(text.at, '#', (size_t)(text.end - text.at))};
    if (query.end == NULL)
      query.end = text.end;
    parse_query(url, query);
    text.at = query.end;
  }
  if (peek(text) == '#')
    parse_fragment(url, (Text){text.at + 1, text.end});
}

/* path state  https://url.spec.whatwg.org/#path-state; a setter's value has no query or fragment. */
static void parse_path(Url *url, Text text, bool setter)
{
  bool special = is_special(url);
  for (;;) {
    const char *start = text.at;
    while (text.at < text.end && *text.at != '/' && !(special && *text.at == '\\') &&
           (setter || (*text.at != '?' && *text.at != '#')))
      text.at++;
    size_t length = (size_t)(text.at - start);
    bool more = peek(text) == '/' || (special && peek(text) == '\\');
    int dots = count_dots(start, length);
    if (dots == 2) {
      shorten_path(url);
      if (!more)
        strbuf_append_char(&url->path, '/');
    } else if (dots == 1) {
      if (!more)
        strbuf_append_char(&url->path, '/');
    } else {
      bool drive = scheme_is(url, "file") && url->path.len == 0 && is_drive_letter(start, length);
      strbuf_append_char(&url->path, '/');
      if (drive) {
        strbuf_append_char(&url->path, start[0]);
        strbuf_append_char(&url->path, ':');
      } else {
        url_percent_encode(&url->path, start, length, URL_ENCODE_PATH);
      }
    }
    if (!more)
      break;
    text.at++;
  }
  if (!setter)
    parse_after_path(url, text);
}

/* path start state  https://url.spec.whatwg.org/#path-start-state */
static void parse_path_start(Url *url, Text text, bool setter)
{
  if (is_special(url)) {
    if (peek(text) == '/' || peek(text) == '\\')
      text.at++;
    parse_path(url, text, setter);
  } else if (!setter && (peek(text) == '?' || peek(text) == '#')) {
    parse_after_path(url, text);
  } else if (text.at < text.end) {
    if (*text.at == '/')
      text.at++;
    parse_path(url, text, setter);
  } else if (setter && !url->has_host) {
    strbuf_append_char(&url->path, '/');
  }
}

/* opaque path state  https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state */
static void parse_opaque_path(Url *url, Text text)
{
  const char *start = text.at;
  while (text.at < text.end && *text.at != '?' && *text.at != '#')
    text.at++;
  size_t length = (size_t)(text.at - start);
  url->opaque_path = true;
  bool trailing_space = length > 0 && start[length - 1] == ' ' && text.at < text.end;
  url_percent_encode(&url->path, start, length - (trailing_space ? 1 : 0), URL_ENCODE_C0);
  if (trailing_space)
    strbuf_append_str(&url->path, "%20");
  parse_after_path(url, text);
}

/* --- authorities ---------------------------------------------------------------------------------------------------*/

static const char *end_of_authority(const Url *url, Text text)
{
  bool special = is_special(url);
  while (text.at < text.end && *text.at != '/' && *text.at != '?' && *text.at != '#' && !(special && *text.at == '\\'))
    text.at++;
  return text.at;
}

/* The colon before a port: the first one outside brackets. */
static const char *find_port_colon(Text text)
{
  bool in_brackets = false;
  for (; text.at < text.end; text.at++) {
    if (*text.at == ':' && !in_brackets)
      return text.at;
    if (*text.at == '[')
      in_brackets = true;
    else if (*text.at == ']')
      in_brackets = false;
  }
  return text.end;
}

static bool set_port(Url *url, const char *digits, size_t length)
{
  if (length == 0)
    return true;
  uint32_t port = 0;
  for (size_t i = 0; i < length; i++) {
    port = port * 10 + (uint32_t)(digits[i] - '0');
    if (port > 65535)
      return false;
  }
  url->port = (int32_t)port == default_port(url) ? -1 : (int32_t)port;
  return true;
}

static bool replace_host(Url *url, const char *text, size_t length)
{
  StrBuf host;
  strbuf_init(&host, &url->account, MEM_RUNTIME);
  bool ok = url_parse_host(&host, text, length, !is_special(url));
  if (ok) {
    copy_buffer(&url->host, &host);
    url->has_host = true;
  }
  strbuf_free(&host);
  return ok;
}

/* authority, host and port states  https://url.spec.whatwg.org/#authority-state */
static bool parse_authority(Url *url, Text text)
{
  const char *end = end_of_authority(url, text);
  const char *at_sign = NULL;
  for (const char *p = text.at; p < end; p++)
    if (*p == '@')
      at_sign = p;
  if (at_sign != NULL) {
    const char *colon = memchr(text.at, ':', (size_t)(at_sign - text.at));
    const char *user_end = colon ? colon : at_sign;
    url_percent_encode(&url->username, text.at, (size_t)(user_end - text.at), URL_ENCODE_USERINFO);
    if (colon)
      url_percent_encode(&url->password, colon + 1, (size_t)(at_sign - colon - 1), URL_ENCODE_USERINFO);
    text.at = at_sign + 1;
    if (text.at == end)
      return false;
  }
  const char *colon = find_port_colon((Text){text.at, end});
  if (colon == text.at && (colon < end || is_special(url)))
    return false;
  if (!replace_host(url, text.at, (size_t)(colon - text.at)))
    return false;
  if (colon < end) {
    for (const char *p = colon + 1; p < end; p++)
      if (!is_digit((unsigned char)*p))
        return false;
    if (!set_port(url, colon + 1, (size_t)(end - colon - 1)))
      return false;
  }
  parse_path_start(url, (Text){end, text.end}, false);
  return true;
}

/* special authority ignore slashes state */
static bool parse_special_authority(Url *url, Text text)
{
  while (peek(text) == '/' || peek(text) == '\\')
    text.at++;
  return parse_authority(url, text);
}

/* --- file URLs -----------------------------------------------------------------------------------------------------*/

/* file host state  https://url.spec.whatwg.org/#file-host-state */
static bool parse_file_host(Url *url, Text text)
{
  const char *end = end_of_authority(url, text);
  size_t length = (size_t)(end - text.at);
  if (is_drive_letter(text.at, length)) {
    parse_path(url, text, false);
    return true;
  }
  url->has_host = true;
  if (length > 0) {
    if (!replace_host(url, text.at, length))
      return false;
    if (url->host.len == 9 && memcmp(url->host.data, "localhost", 9) == 0)
      strbuf_clear(&url->host);
  }
  parse_path_start(url, (Text){end, text.end}, false);
  return true;
}

/* file and file slash states  https://url.spec.whatwg.org/#file-state */
static bool parse_file(Url *url, Text text, const Url *base)
{
  bool from_file = base != NULL && scheme_is(base, "file");
  url->has_host = true;
  if (peek(text) == '/' || peek(text) == '\\') {
    text.at++;
    if (peek(text) == '/' || peek(text) == '\\') {
      text.at++;
      return parse_file_host(url, text);
    }
    if (from_file) {
      copy_buffer(&url->host, &base->host);
      const StrBuf *path = &base->path;
      if (!starts_with_drive_letter(text) && path->len >= 3 && is_alpha((unsigned char)path->data[1]) &&
          path->data[2] == ':' && (path->len == 3 || path->data[3] == '/'))
        strbuf_append(&url->path, path->data, 3);
    }
    parse_path(url, text, false);
    return true;
  }
  if (!from_file) {
    parse_path(url, text, false);
    return true;
  }
  copy_buffer(&url->host, &base->host);
  copy_path_and_query(url, base);
  if (peek(text) == '?' || peek(text) == '#') {
    parse_after_path(url, text);
  } else if (text.at < text.end) {
    url->has_query = false;
    if (starts_with_drive_letter(text))
      strbuf_clear(&url->path);
    else
      shorten_path(url);
    parse_path(url, text, false);
  }
  return true;
}

/* --- the whole -----------------------------------------------------------------------------------------------------*/

/* relative and relative slash states  https://url.spec.whatwg.org/#relative-state */
static bool parse_relative(Url *url, Text text, const Url *base)
{
  copy_buffer(&url->scheme, &base->scheme);
  bool special = is_special(url);
  if (peek(text) == '/' || (special && peek(text) == '\\')) {
    text.at++;
    if (special && (peek(text) == '/' || peek(text) == '\\'))
      return parse_special_authority(url, text);
    if (peek(text) == '/')
      return parse_authority(url, (Text){text.at + 1, text.end});
    copy_authority(url, base);
    parse_path(url, text, false);
    return true;
  }
  copy_authority(url, base);
  copy_path_and_query(url, base);
  if (peek(text) == '?' || peek(text) == '#') {
    parse_after_path(url, text);
  } else if (text.at < text.end) {
    url->has_query = false;
    shorten_path(url);
    parse_path(url, text, false);
  }
  return true;
}

static bool parse_without_scheme(Url *url, Text text, const Url *base)
{
  if (base == NULL)
    return false;
  if (base->opaque_path) {
    if (peek(text) != '#')
      return false;
    copy_buffer(&url->scheme, &base->scheme);
    copy_path_and_query(url, base);
    url->opaque_path = true;
    parse_fragment(url, (Text){text.at + 1, text.end});
    return true;
  }
  if (scheme_is(base, "file")) {
    strbuf_append_str(&url->scheme, "file");
    return parse_file(url, text, base);
  }
  return parse_relative(url, text, base);
}

/* The scheme up to its colon, in lower case; NULL when the text begins with none. */
static const char *take_scheme(StrBuf *out, Text text)
{
  if (!is_alpha(peek(text)))
    return NULL;
  const char *p = text.at;
  while (p < text.end &&
         (is_alpha((unsigned char)*p) || is_digit((unsigned char)*p) || *p == '+' || *p == '-' || *p == '.'))
    p++;
  if (p == text.end || *p != ':')
    return NULL;
  for (const char *c = text.at; c < p; c++)
    strbuf_append_char(out, (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c));
  return p + 1;
}

static bool parse_trimmed(Url *url, Text text, const Url *base)
{
  const char *after = take_scheme(&url->scheme, text);
  if (after == NULL)
    return parse_without_scheme(url, text, base);
  text.at = after;
  if (scheme_is(url, "file"))
    return parse_file(url, text, base);
  if (is_special(url)) {
    bool two_slashes = text.end - text.at >= 2 && text.at[0] == '/' && text.at[1] == '/';
    if (base != NULL && !two_slashes && base->scheme.len == url->scheme.len &&
        memcmp(base->scheme.data, url->scheme.data, url->scheme.len) == 0) {
      strbuf_clear(&url->scheme);
      return parse_relative(url, text, base);
    }
    return parse_special_authority(url, text);
  }
  if (peek(text) == '/') {
    text.at++;
    if (peek(text) == '/')
      return parse_authority(url, (Text){text.at + 1, text.end});
    parse_path(url, text, false);
    return true;
  }
  parse_opaque_path(url, text);
  return true;
}

/* Tabs and newlines do not count anywhere. Returns malloc'ed bytes, NULL when out of memory. */
static char *without_tabs_and_newlines(const char *input, size_t length, size_t *out_length)
{
  char *clean = malloc(length + 1);
  size_t n = 0;
  for (size_t i = 0; clean != NULL && i < length; i++)
    if (input[i] != '\t' && input[i] != '\n' && input[i] != '\r')
      clean[n++] = input[i];
  *out_length = n;
  return clean;
}

bool url_parse(Url *url, const char *input, size_t length, const Url *base)
{
  while (length > 0 && (unsigned char)input[0] <= 0x20) {
    input++;
    length--;
  }
  while (length > 0 && (unsigned char)input[length - 1] <= 0x20)
    length--;
  char *clean = without_tabs_and_newlines(input, length, &length);
  if (clean == NULL)
    return false;
  bool ok = parse_trimmed(url, (Text){clean, clean + length}, base) && !out_of_memory(url);
  free(clean);
  return ok;
}

/* --- setters -------------------------------------------------------------------------------------------------------*/

static bool cannot_have_credentials(const Url *url)
{
  return !url->has_host || url->host.len == 0 || scheme_is(url, "file");
}

static void set_protocol(Url *url, Text text)
{
  StrBuf scheme;
  strbuf_init(&scheme, &url->account, MEM_RUNTIME);
  /* A value without a colon is taken as if it had one at its end. */
  char *with_colon = malloc((size_t)(text.end - text.at) + 1);
  if (with_colon != NULL) {
    size_t length = (size_t)(text.end - text.at);
    memcpy(with_colon, text.at, length);
    with_colon[length] = ':';
    if (take_scheme(&scheme, (Text){with_colon, with_colon + length + 1}) != NULL) {
      StrBuf old = url->scheme;
      bool was_special = is_special(url), was_file = scheme_is(url, "file");
      url->scheme = scheme;
      bool refused = is_special(url) != was_special ||
                     (scheme_is(url, "file") && (url->username.len || url->password.len || url->port >= 0)) ||
                     (was_file && url->host.len == 0);
      if (refused) {
        url->scheme = old;
      } else {
        scheme = old;
        if (url->port == default_port(url))
          url->port = -1;
      }
    }
    free(with_colon);
  }
  strbuf_free(&scheme);
}

static void set_host(Url *url, Text text, bool with_port)
{
  if (url->opaque_path)
    return;
  const char *end = end_of_authority(url, text);
  bool file = scheme_is(url, "file");
  const char *colon = file ? end : find_port_colon((Text){text.at, end});
  size_t length = (size_t)(colon - text.at);
  if (!with_port && colon < end)
    return;
  if (length == 0) {
    /* Special URLs need a host; credentials and ports need one too. */
    if ((is_special(url) && !file) || colon < end || url->username.len || url->password.len || url->port >= 0)
      return;
    strbuf_clear(&url->host);
    url->has_host = true;
    return;
  }
  if (!replace_host(url, text.at, length))
    return;
  if (file && url->host.len == 9 && memcmp(url->host.data, "localhost", 9) == 0)
    strbuf_clear(&url->host);
  if (colon < end) {
    size_t digits = 0;
    while (colon + 1 + digits < end && is_digit((unsigned char)colon[1 + digits]))
      digits++;
    (void)set_port(url, colon + 1, digits);
  }
}

static void set_port_text(Url *url, Text text)
{
  if (cannot_have_credentials(url))
    return;
  if (text.at == text.end) {
    url->port = -1;
    return;
  }
  size_t digits = 0;
  while (text.at + digits < text.end && is_digit((unsigned char)text.at[digits]))
    digits++;
  (void)set_port(url, text.at, digits);
}

void url_set(Url *url, UrlField field, const char *value, size_t length)
{
  size_t value_length = length; /* credentials keep even tabs, encoded */
  char *clean = without_tabs_and_newlines(value, length, &length);
  if (clean == NULL)
    return;
  Text text = {clean, clean + length};
  switch (field) {
  case URL_PROTOCOL: set_protocol(url, text); break;
  case URL_USERNAME:
  case URL_PASSWORD: {
    StrBuf *target = field == URL_USERNAME ? &url->username : &url->password;
    if (cannot_have_credentials(url))
      break;
    strbuf_clear(target);
    url_percent_encode(target, value, value_length, URL_ENCODE_USERINFO);
    break;
  }
  case URL_HOST:
  case URL_HOSTNAME: set_host(url, text, field == URL_HOST); break;
  case URL_PORT: set_port_text(url, text); break;
  case URL_PATHNAME:
    if (url->opaque_path)
      break;
    strbuf_clear(&url->path);
    parse_path_start(url, text, true);
    break;
  case URL_SEARCH:
    if (text.at == text.end) {
      url->has_query = false;
      strbuf_clear(&url->query);
      break;
    }
    if (*text.at == '?')
      text.at++;
    parse_query(url, text);
    break;
  case URL_HASH:
    if (text.at == text.end) {
      url->has_fragment = false;
      strbuf_clear(&url->fragment);
      break;
    }
    if (*text.at == '#')
      text.at++;
    parse_fragment(url, text);
    break;
  case URL_HREF: break;
  }
  free(clean);
}

/* --- serialising ---------------------------------------------------------------------------------------------------*/

void url_serialise(Url *url, StrBuf *out, uint32_t parts[URL_PART_COUNT])
{
  strbuf_append(out, url->scheme.data, url->scheme.len);
  strbuf_append_char(out, ':');
  for (int i = 0; i < 7; i++)
    parts[i] = (uint32_t)out->len;
  if (url->has_host) {
    strbuf_append_str(out, "//");
    for (int i = 1; i < 5; i++)
      parts[i] = (uint32_t)out->len;
    if (url->username.len || url->password.len) {
      strbuf_append(out, url->username.data, url->username.len);
      parts[2] = parts[3] = parts[4] = (uint32_t)out->len;
      if (url->password.len) {
        strbuf_append_char(out, ':');
        parts[3] = (uint32_t)out->len;
        strbuf_append(out, url->password.data, url->password.len);
        parts[4] = (uint32_t)out->len;
      }
      strbuf_append_char(out, '@');
    }
    parts[5] = (uint32_t)out->len;
    strbuf_append(out, url->host.data, url->host.len);
    parts[6] = (uint32_t)out->len;
    if (url->port >= 0)
      strbuf_printf(out, ":%d", url->port);
  } else if (!url->opaque_path && url->path.len > 1 && url->path.data[0] == '/' && url->path.data[1] == '/') {
    /* Otherwise the path would read as a host. */
    strbuf_append_str(out, "/.");
  }
  parts[7] = (uint32_t)out->len;
  strbuf_append(out, url->path.data, url->path.len);
  parts[8] = (uint32_t)out->len;
  if (url->has_query) {
    strbuf_append_char(out, '?');
    strbuf_append(out, url->query.data, url->query.len);
  }
  parts[9] = (uint32_t)out->len;
  if (url->has_fragment) {
    strbuf_append_char(out, '#');
    strbuf_append(out, url->fragment.data, url->fragment.len);
  }
}
