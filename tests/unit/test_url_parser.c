// SPDX-License-Identifier: MIT
/* The URL parser, its setters and the places of the parts. Expectations: the standard's examples and Node 26. */
#include <stdlib.h>

#include "runtime/url_parser.h"
#include "unit.h"

static bool becomes(const char *input, const char *base_text, const char *expected)
{
  Url url, base;
  StrBuf text;
  uint32_t parts[URL_PART_COUNT];
  url_init(&url);
  url_init(&base);
  strbuf_init(&text, &url.account, MEM_RUNTIME);
  bool ok = (base_text == NULL || url_parse(&base, base_text, strlen(base_text), NULL)) &&
            url_parse(&url, input, strlen(input), base_text ? &base : NULL);
  if (ok)
    url_serialise(&url, &text, parts);
  bool same = expected == NULL ? !ok : ok && strcmp(strbuf_cstr(&text), expected) == 0;
  strbuf_free(&text);
  url_free(&base);
  url_free(&url);
  return same;
}

static bool set_gives(const char *href, UrlField field, const char *value, const char *expected)
{
  Url url;
  StrBuf text;
  uint32_t parts[URL_PART_COUNT];
  url_init(&url);
  strbuf_init(&text, &url.account, MEM_RUNTIME);
  bool ok = url_parse(&url, href, strlen(href), NULL);
  url_set(&url, field, value, strlen(value));
  url_serialise(&url, &text, parts);
  ok = ok && strcmp(strbuf_cstr(&text), expected) == 0;
  strbuf_free(&text);
  url_free(&url);
  return ok;
}

/* Texts with a NUL in them, which ends no drive letter. */
UNIT_TEST(url_nul_after_drive_letter)
{
  static const char input[] = "c|\0x", expected[] = "file:///D:/a/c|%00x";
  Url url, base;
  StrBuf text;
  uint32_t parts[URL_PART_COUNT];
  url_init(&url);
  url_init(&base);
  strbuf_init(&text, &url.account, MEM_RUNTIME);
  EXPECT(url_parse(&base, "file:///D:/a/b", 14, NULL));
  EXPECT(url_parse(&url, input, sizeof input - 1, &base));
  url_serialise(&url, &text, parts);
  EXPECT(strcmp(strbuf_cstr(&text), expected) == 0);
  strbuf_free(&text);
  url_free(&base);
  url_free(&url);
}

UNIT_TEST(url_parses_absolute)
{
  EXPECT(becomes("HTTP://U:p@A.com:80/x/../y?q#f", NULL, "http://U:p@a.com/y?q#f"));
  EXPECT(becomes("  http:\\\\a\\b\t", NULL, "http://a/b"));
  EXPECT(becomes("file:///C|/a/../..", NULL, "file:///C:/"));
  EXPECT(becomes("mailto:a b", NULL, "mailto:a b"));
  EXPECT(becomes("http://[0:0:1:0:0:0:1:0]", NULL, "http://[0:0:1::1:0]/"));
  EXPECT(becomes("http://0x7f.1", NULL, "http://127.0.0.1/"));
  EXPECT(becomes("a:/.//p", NULL, "a:/.//p"));
}

UNIT_TEST(url_resolves_against_base)
{
  EXPECT(becomes("../x", "http://h/a/b?c#d", "http://h/x"));
  EXPECT(becomes("?q", "http://h/a/b?c#d", "http://h/a/b?q"));
  EXPECT(becomes("//g", "https://h/a", "https://g/"));
  EXPECT(becomes("#x", "a:opaque", "a:opaque#x"));
  EXPECT(becomes("/y", "file:///C:/a", "file:///C:/y"));
}

UNIT_TEST(url_refuses)
{
  static const char *const bad[] = {"",           "x",           "http://",          "http://a b", "http://h:65536",
                                    "http://h:a", "http://[::1", "http://256.1.1.1", "http://u@",  "a://a^b",
                                    "http://a%00"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    EXPECT(becomes(bad[i], NULL, NULL));
}

UNIT_TEST(url_setters)
{
  EXPECT(set_gives("http://h/p", URL_PROTOCOL, "https:", "https://h/p"));
  EXPECT(set_gives("http://h/p", URL_PROTOCOL, "foo", "http://h/p"));
  EXPECT(set_gives("http://h/p", URL_HOST, "g:9/x", "http://g:9/p"));
  EXPECT(set_gives("http://h/p", URL_PORT, "80x", "http://h/p"));
  EXPECT(set_gives("http://h/p", URL_PATHNAME, "a/../b?c", "http://h/b%3Fc"));
  EXPECT(set_gives("http://h/p?q#f", URL_SEARCH, "", "http://h/p#f"));
  EXPECT(set_gives("a:opaque", URL_HOST, "h", "a:opaque"));
}
