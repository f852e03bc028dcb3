// SPDX-License-Identifier: MIT
/*
 * URLs as the WHATWG standard has them (https://url.spec.whatwg.org/): parsing, the setters of the URL class, and
 * serialisation with the places of the parts. Texts are UTF-8; nothing here knows JavaScript.
 *
 * A record owns its buffers: url_init before, url_free after. Running out of memory shows as failure.
 */
#ifndef RUNTIME_URL_PARSER_H
#define RUNTIME_URL_PARSER_H

#include "base/strbuf.h"

typedef struct Url {
  StrBuf scheme, username, password, host, path, query, fragment;
  bool has_host, has_query, has_fragment;
  bool opaque_path; /* otherwise path is empty or begins with a slash */
  int32_t port;     /* -1: none */
  MemAccount account;
} Url;

void url_init(Url *url);
void url_free(Url *url);

/* base may be NULL. False: not a URL; url is then undefined but for url_free. */
bool url_parse(Url *url, const char *input, size_t length, const Url *base);

typedef enum UrlField {
  URL_HREF,
  URL_PROTOCOL,
  URL_USERNAME,
  URL_PASSWORD,
  URL_HOST,
  URL_HOSTNAME,
  URL_PORT,
  URL_PATHNAME,
  URL_SEARCH,
  URL_HASH,
} UrlField;
/* A setter of the URL class, not URL_HREF. A value that does not fit changes nothing. */
void url_set(Url *url, UrlField field, const char *value, size_t length);

/* Offsets into the serialisation: docs/bindings.md, url. */
enum { URL_PART_COUNT = 10 };
/* url serialiser  https://url.spec.whatwg.org/#url-serializing */
void url_serialise(Url *url, StrBuf *out, uint32_t parts[URL_PART_COUNT]);

/* --- hosts (url_host.c) --------------------------------------------------------------------------------------------*/

/* host parser  https://url.spec.whatwg.org/#host-parsing; appends the serialised host to out. */
bool url_parse_host(StrBuf *out, const char *input, size_t length, bool is_opaque);
/* domain to ASCII / Unicode, with the checks of a host; false when invalid. */
bool url_domain_to_ascii(StrBuf *out, const char *input, size_t length);
void url_domain_to_unicode(StrBuf *out, const char *input, size_t length);

/* --- percent-encoding ----------------------------------------------------------------------------------------------*/

typedef enum UrlEncodeSet {
  URL_ENCODE_C0,
  URL_ENCODE_FRAGMENT,
  URL_ENCODE_QUERY,
  URL_ENCODE_SPECIAL_QUERY,
  URL_ENCODE_PATH,
  URL_ENCODE_USERINFO,
} UrlEncodeSet;
void url_percent_encode(StrBuf *out, const char *text, size_t length, UrlEncodeSet set);
void url_percent_decode(StrBuf *out, const char *text, size_t length);

#endif
