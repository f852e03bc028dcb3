// SPDX-License-Identifier: MIT
/*
 * Any bytes to the URL parser, with a base or without, and to a setter. What parses is serialised with its parts in
 * order, and its href parses to the same href. Bytes of 0xFF part the first byte's choices, input, base and the value
 * set.
 */
#include "runtime/url_parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
  if (!ok)
    abort();
}

/* Takes the bytes up to the next 0xFF, copied: their end is the sanitizer's to watch. */
static char *take_text(const uint8_t **data, size_t *size, size_t *length)
{
  const uint8_t *end = *size ? memchr(*data, 0xFF, *size) : NULL;
  *length = end ? (size_t)(end - *data) : *size;
  char *text = malloc(*length ? *length : 1);
  check(text != NULL);
  if (*length)
    memcpy(text, *data, *length);
  size_t taken = *length + (end ? 1 : 0);
  *data += taken;
  *size -= taken;
  return text;
}

/* The href reparses to itself. */
static void check_href(Url *url)
{
  uint32_t parts[URL_PART_COUNT], again_parts[URL_PART_COUNT];
  StrBuf href, again_href;
  Url again;
  url_init(&again);
  strbuf_init(&href, &url->account, MEM_RUNTIME);
  strbuf_init(&again_href, &again.account, MEM_RUNTIME);
  url_serialise(url, &href, parts);
  check(!href.failed && parts[0] > 0 && parts[URL_PART_COUNT - 1] <= href.len);
  for (int k = 1; k < URL_PART_COUNT; k++)
    check(parts[k - 1] <= parts[k]);
  check(url_parse(&again, href.data, href.len, NULL));
  url_serialise(&again, &again_href, again_parts);
  check(href.len == again_href.len && memcmp(href.data, again_href.data, href.len) == 0);
  check(memcmp(parts, again_parts, sizeof parts) == 0);
  strbuf_free(&again_href);
  strbuf_free(&href);
  url_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 1 << 14)
    return 0;
  uint8_t choice = data[0];
  data++;
  size--;
  size_t input_length, base_length, value_length;
  char *input = take_text(&data, &size, &input_length);
  char *base_text = take_text(&data, &size, &base_length);
  char *value = take_text(&data, &size, &value_length);
  Url url, base;
  url_init(&url);
  url_init(&base);
  bool with_base = (choice & 1) && url_parse(&base, base_text, base_length, NULL);
  if (with_base)
    check_href(&base);
  if (url_parse(&url, input, input_length, with_base ? &base : NULL)) {
    check_href(&url);
    UrlField field = (UrlField)(URL_PROTOCOL + (choice >> 1) % (URL_HASH - URL_PROTOCOL + 1));
    url_set(&url, field, value, value_length);
    /* The protocol's setter may leave file://localhost, which only the parser shortens. */
    if (field != URL_PROTOCOL || url.scheme.len != 4 || memcmp(url.scheme.data, "file", 4) != 0)
      check_href(&url);
  }
  url_free(&base);
  url_free(&url);
  free(value);
  free(base_text);
  free(input);
  return 0;
}
