// SPDX-License-Identifier: MIT
/* internalBinding('url'): the URL parser for lib/internal/url.js. */
#include "runtime/binding.h"

#include <stdlib.h>

#include "runtime/url_parser.h"

static bool parts_argument(JsContext *cx, int argc, const JsValue *argv, int k, JsView *out)
{
  if (!rt_view_argument(cx, argc, argv, k, out))
    return false;
  if (out->type == JS_UINT32 && out->byte_length >= URL_PART_COUNT * sizeof(uint32_t))
    return true;
  js_throw_type_error(cx, "parts must be a Uint32Array");
  return false;
}

/* The UTF-8 of argument k; NULL with an exception pending. */
static char *text_argument(JsContext *cx, int argc, const JsValue *argv, int k, size_t *length)
{
  JsValue string;
  if (!rt_string_argument(cx, argc, argv, k, &string))
    return NULL;
  return js_to_utf8(cx, string, length);
}

/* Parses argument 0 against argument 1. False with an exception pending; *ok says whether it is a URL. */
static bool parse_arguments(JsContext *cx, int argc, const JsValue *argv, Url *url, bool *ok)
{
  size_t length, base_length;
  char *input = text_argument(cx, argc, argv, 0, &length);
  if (input == NULL)
    return false;
  if (!js_value_is_string(js_argument(argc, argv, 1))) {
    *ok = url_parse(url, input, length, NULL);
    free(input);
    return true;
  }
  char *base_text = text_argument(cx, argc, argv, 1, &base_length);
  if (base_text == NULL) {
    free(input);
    return false;
  }
  Url base;
  url_init(&base);
  *ok = url_parse(&base, base_text, base_length, NULL) && url_parse(url, input, length, &base);
  url_free(&base);
  free(base_text);
  free(input);
  return true;
}

static JsValue serialised(JsContext *cx, Url *url, const JsView *parts)
{
  StrBuf text;
  uint32_t offsets[URL_PART_COUNT];
  strbuf_init(&text, &url->account, MEM_RUNTIME);
  url_serialise(url, &text, offsets);
  JsValue href = text.failed ? js_throw_range_error(cx, "Invalid string length")
                             : js_string_latin1(cx, text.data, text.len); /* a URL is ASCII */
  memcpy(parts->data, offsets, sizeof offsets);
  strbuf_free(&text);
  return href;
}

/* parse ( input, base, parts ) */
static JsValue url_binding_parse(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView parts;
  if (!parts_argument(cx, argc, argv, 2, &parts))
    return JS_EXCEPTION;
  Url url;
  url_init(&url);
  bool ok;
  JsValue href = JS_EXCEPTION;
  if (parse_arguments(cx, argc, argv, &url, &ok))
    href = ok ? serialised(cx, &url, &parts) : JS_UNDEFINED;
  url_free(&url);
  return href;
}

static JsValue url_binding_can_parse(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Url url;
  url_init(&url);
  bool ok = false;
  bool done = parse_arguments(cx, argc, argv, &url, &ok);
  url_free(&url);
  return done ? js_boolean(ok) : JS_EXCEPTION;
}

/* set ( href, field, value, parts ) */
static JsValue url_binding_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView parts;
  int field = rt_int_argument(argc, argv, 1);
  if (!parts_argument(cx, argc, argv, 3, &parts))
    return JS_EXCEPTION;
  if (field < URL_HREF || field > URL_HASH)
    return js_throw_range_error(cx, "unknown field");
  size_t href_length, value_length;
  char *value = text_argument(cx, argc, argv, 2, &value_length);
  if (value == NULL)
    return JS_EXCEPTION;
  char *href = text_argument(cx, argc, argv, 0, &href_length);
  if (href == NULL) {
    free(value);
    return JS_EXCEPTION;
  }
  Url url;
  url_init(&url);
  bool ok = field == URL_HREF ? url_parse(&url, value, value_length, NULL) : url_parse(&url, href, href_length, NULL);
  if (ok && field != URL_HREF)
    url_set(&url, (UrlField)field, value, value_length);
  JsValue result = ok ? serialised(cx, &url, &parts) : JS_UNDEFINED;
  url_free(&url);
  free(href);
  free(value);
  return result;
}

/* domainToASCII and domainToUnicode ( domain ): magic 0 and 1 */
static JsValue url_binding_domain(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  size_t length;
  char *domain = text_argument(cx, argc, argv, 0, &length);
  if (domain == NULL)
    return JS_EXCEPTION;
  Url scratch;
  url_init(&scratch);
  /* As the host of a special URL, with all its checks; then the Unicode form of that. */
  if (!url_parse_host(&scratch.host, domain, length, false))
    strbuf_clear(&scratch.host);
  StrBuf *result = &scratch.host;
  if (js_function_magic(cx) == 1 && scratch.host.len > 0) {
    url_domain_to_unicode(&scratch.path, scratch.host.data, scratch.host.len);
    result = &scratch.path;
  }
  JsValue text = js_string_utf8(cx, result->data ? result->data : "", result->len);
  url_free(&scratch);
  free(domain);
  return text;
}

static const JsFunctionRow url_functions[] = {
    {"canParse", url_binding_can_parse, 2},
    {"parse", url_binding_parse, 3},
    {"set", url_binding_set, 4},
    {NULL, NULL, 0},
};

JsValue binding_url(CulmEnv *env, JsContext *cx)
{
  static const char *const domains[] = {"domainToASCII", "domainToUnicode"};
  JsValue obj = rt_functions_object(cx, url_functions);
  if (js_is_exception(obj))
    return JS_EXCEPTION;
  for (int i = 0; i < 2; i++) {
    JsValue fn = js_closure_new(cx, url_binding_domain, domains[i], 1, i, 0, NULL);
    if (js_is_exception(fn) || !js_define(cx, obj, domains[i], fn, JS_PLAIN))
      return JS_EXCEPTION;
  }
  return obj;
}
