// SPDX-License-Identifier: MIT
/* A whole file, and JSON.parse of an engine without an environment. */
#include "runtime/json_file.h"

#include <errno.h>
#include <stdio.h>

bool json_file_read(const char *path, StrBuf *text)
{
  FILE *file = fopen(path, "rbe");
  if (!file)
    return false;
  char chunk[4096];
  size_t size;
  while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
    strbuf_append(text, chunk, size);
  int error = ferror(file) ? errno : 0;
  fclose(file);
  errno = error;
  return !error && !text->failed;
}

JsValue json_file_parse(JsContext *cx, const StrBuf *text)
{
  JsValue json = js_get(cx, js_global(cx), "JSON");
  if (js_is_exception(json))
    return json;
  JsValue source = js_string_utf8(cx, text->data, text->len);
  return js_invoke(cx, json, "parse", 1, &source);
}
