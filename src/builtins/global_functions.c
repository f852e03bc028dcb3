// SPDX-License-Identifier: MIT
/* parseInt, parseFloat, isNaN, isFinite, the URI functions, escape and unescape. */
#include "builtins/builtin.h"

#include "base/base64.h"
#include "base/dtoa.h"
#include "base/utf.h"
#include "unicode/unicode.h"

#include <math.h>

/* isFinite ( number )  ecma262#sec-isfinite-number */
static JsValue global_is_finite(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_boolean(isfinite(x));
}

/* isNaN ( number )  ecma262#sec-isnan-number */
static JsValue global_is_nan(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_boolean(isnan(x));
}

/* A view without its first n units. */
static StringView view_from(StringView view, uint32_t n)
{
  const char *units = view.units;
  return (StringView){units + (view.is_wide ? (size_t)n * 2 : n), view.length - n, view.is_wide};
}

static StringView view_trim_start(StringView view)
{
  uint32_t k = 0;
  while (k < view.length && unicode_is_space_or_line(view_unit(view, k)))
    k++;
  return view_from(view, k);
}

/* parseFloat ( string )  ecma262#sec-parsefloat-string */
static JsValue global_parse_float(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue input = js_arg(argc, argv, 0);
  if (js_is_int32(input))
    return input;
  JsString *string = TRY(to_string(cx, input));
  StringView view = view_trim_start(string_view(cx->heap, string));
  bool negative = view.length && view_unit(view, 0) == '-';
  if (negative || (view.length && view_unit(view, 0) == '+'))
    view = view_from(view, 1);
  double x;
  size_t taken = view.is_wide ? dtoa_parse_decimal_utf16(view.units, view.length, &x)
                              : dtoa_parse_decimal_latin1(view.units, view.length, &x);
  if (taken == 0) {
    static const char infinity[] = "Infinity";
    uint32_t k = 0;
    while (k < 8 && k < view.length && view_unit(view, k) == (unsigned char)infinity[k])
      k++;
    x = k == 8 ? INFINITY : NAN;
  }
  js_keep_alive(js_from_cell(string));
  return js_number(negative ? -x : x);
}

/* parseInt ( string, radix )  ecma262#sec-parseint-string-radix */
static JsValue global_parse_int(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue input = js_arg(argc, argv, 0), radix_arg = js_arg(argc, argv, 1);
  /* FAST: the decimal text of an int32 reads back as itself. */
  if (js_is_int32(input) && (js_is_undefined(radix_arg) || js_same_bits(radix_arg, js_int32(10))))
    return input;
  JsString *string = TRY(to_string(cx, input));
  int32_t radix;
  TRY(to_int32(cx, radix_arg, &radix));
  StringView view = view_trim_start(string_view(cx->heap, string));
  bool negative = view.length && view_unit(view, 0) == '-';
  if (negative || (view.length && view_unit(view, 0) == '+'))
    view = view_from(view, 1);
  if (radix != 0 && (radix < 2 || radix > 36))
    return js_double(NAN);
  if ((radix == 0 || radix == 16) && view.length >= 2 && view_unit(view, 0) == '0' &&
      (view_unit(view, 1) | 0x20) == 'x') {
    view = view_from(view, 2);
    radix = 16;
  }
  if (radix == 0)
    radix = 10;
  double x;
  size_t taken = view.is_wide ? dtoa_parse_radix_utf16(view.units, view.length, radix, &x)
                              : dtoa_parse_radix_latin1(view.units, view.length, radix, &x);
  js_keep_alive(js_from_cell(string));
  if (taken == 0)
    return js_double(NAN);
  return js_number(negative ? -x : x);
}

/* --- URI --------------------------------------------------------------------------------------------------------- */

#define URI_ALPHANUMERIC "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define URI_MARK         "-_.!~*'()"
#define URI_RESERVED     ";/?:@&=+$,"

static bool in_set(const char *set, uint32_t c)
{
  return c > 0 && c < 0x80 && strchr(set, (int)c);
}

static void add_escaped_byte(StringBuilder *b, uint8_t byte)
{
  static const char digits[] = "0123456789ABCDEF";
  builder_add_unit(b, '%');
  builder_add_unit(b, (uint16_t)digits[byte >> 4]);
  builder_add_unit(b, (uint16_t)digits[byte & 15]);
}

/* Encode ( string, extraUnescaped )  ecma262#sec-encode */
static JsValue uri_encode(JsContext *cx, JsValue val, const char *unescaped)
{
  JsString *string = TRY(to_string(cx, val));
  StringView view = string_view(cx->heap, string);
  uint32_t k = 0;
  while (k < view.length && in_set(unescaped, view_unit(view, k)))
    k++;
  if (k == view.length)
    return js_from_cell(string);
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_view(&b, (StringView){view.units, k, view.is_wide});
  while (k < view.length) {
    uint32_t c = view_unit(view, k++);
    if (in_set(unescaped, c)) {
      builder_add_unit(&b, (uint16_t)c);
      continue;
    }
    if (utf16_is_surrogate(c)) {
      if (utf16_is_trail(c) || k == view.length || !utf16_is_trail(view_unit(view, k))) {
        builder_discard(&b);
        return throw_error(cx, JS_MSG_URI_MALFORMED);
      }
      c = utf16_join(c, view_unit(view, k++));
    }
    uint8_t bytes[4];
    unsigned n = utf8_encode(c, bytes);
    for (unsigned i = 0; i < n; i++)
      add_escaped_byte(&b, bytes[i]);
  }
  js_keep_alive(js_from_cell(string));
  return js_from_cell(TRY(builder_finish(&b)));
}

/* The byte that %XX at k spells, or -1. */
static int escaped_byte(StringView view, uint32_t k)
{
  if (k + 3 > view.length || view_unit(view, k) != '%')
    return -1;
  int high = hex_digit(view_unit(view, k + 1)), low = hex_digit(view_unit(view, k + 2));
  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* The code point that the escapes at *k spell; moves *k behind them. False when they are malformed. */
static bool decode_escapes(StringView view, uint32_t *k, uint32_t *code_point)
{
  uint8_t bytes[4];
  int first = escaped_byte(view, *k);
  if (first < 0)
    return false;
  bytes[0] = (uint8_t)first;
  unsigned n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, size;
  for (unsigned i = 1; i < n; i++) {
    int byte = escaped_byte(view, *k + 3 * i);
    if (byte < 0)
      return false;
    bytes[i] = (uint8_t)byte;
  }
  bool bad = false;
  *code_point = utf8_decode(bytes, bytes + n, UTF_REPLACE, &size, &bad);
  *k += 3 * n;
  return !bad;
}

/* Decode ( string, preserveEscapeSet )  ecma262#sec-decode */
static JsValue uri_decode(JsContext *cx, JsValue val, const char *preserve)
{
  JsString *string = TRY(to_string(cx, val));
  StringView view = string_view(cx->heap, string);
  uint32_t k = 0;
  while (k < view.length && view_unit(view, k) != '%')
    k++;
  if (k == view.length)
    return js_from_cell(string);
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_view(&b, (StringView){view.units, k, view.is_wide});
  while (k < view.length) {
    uint32_t c = view_unit(view, k), start = k;
    if (c != '%') {
      builder_add_unit(&b, (uint16_t)c);
      k++;
      continue;
    }
    if (!decode_escapes(view, &k, &c)) {
      builder_discard(&b);
      return throw_error(cx, JS_MSG_URI_MALFORMED);
    }
    if (in_set(preserve, c))
      for (; start < k; start++)
        builder_add_unit(&b, view_unit(view, start));
    else
      builder_add_code_point(&b, c);
  }
  js_keep_alive(js_from_cell(string));
  return js_from_cell(TRY(builder_finish(&b)));
}

/* decodeURI ( encodedURI )  ecma262#sec-decodeuri-encodeduri */
static JsValue global_decode_uri(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return uri_decode(cx, js_arg(argc, argv, 0), URI_RESERVED "#");
}

/* decodeURIComponent ( encodedURIComponent )  ecma262#sec-decodeuricomponent-encodeduricomponent */
static JsValue global_decode_uri_component(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return uri_decode(cx, js_arg(argc, argv, 0), "");
}

/* encodeURI ( uri )  ecma262#sec-encodeuri-uri */
static JsValue global_encode_uri(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return uri_encode(cx, js_arg(argc, argv, 0), URI_ALPHANUMERIC URI_MARK URI_RESERVED "#");
}

/* encodeURIComponent ( uriComponent )  ecma262#sec-encodeuricomponent-uricomponent */
static JsValue global_encode_uri_component(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return uri_encode(cx, js_arg(argc, argv, 0), URI_ALPHANUMERIC URI_MARK);
}

/* --- Annex B ----------------------------------------------------------------------------------------------------- */

/* escape ( string )  ecma262#sec-escape-string */
static JsValue global_escape(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *string = TRY(to_string(cx, js_arg(argc, argv, 0)));
  StringView view = string_view(cx->heap, string);
  StringBuilder b;
  builder_init(&b, cx);
  for (uint32_t k = 0; k < view.length; k++) {
    uint16_t c = view_unit(view, k);
    if (in_set(URI_ALPHANUMERIC "@*_+-./", c)) {
      builder_add_unit(&b, c);
    } else if (c < 256) {
      add_escaped_byte(&b, (uint8_t)c);
    } else {
      static const char digits[] = "0123456789ABCDEF";
      builder_add_ascii(&b, "%u");
      for (int shift = 12; shift >= 0; shift -= 4)
        builder_add_unit(&b, (uint16_t)digits[c >> shift & 15]);
    }
  }
  js_keep_alive(js_from_cell(string));
  return js_from_cell(TRY(builder_finish(&b)));
}

/* unescape ( string )  ecma262#sec-unescape-string */
static JsValue global_unescape(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *string = TRY(to_string(cx, js_arg(argc, argv, 0)));
  StringView view = string_view(cx->heap, string);
  StringBuilder b;
  builder_init(&b, cx);
  for (uint32_t k = 0; k < view.length;) {
    int byte = escaped_byte(view, k);
    if (byte >= 0) {
      builder_add_unit(&b, (uint16_t)byte);
      k += 3;
      continue;
    }
    if (k + 6 <= view.length && view_unit(view, k) == '%' && view_unit(view, k + 1) == 'u') {
      int unit = 0;
      for (uint32_t i = 2; i < 6 && unit >= 0; i++) {
        int digit = hex_digit(view_unit(view, k + i));
        unit = digit < 0 ? -1 : unit << 4 | digit;
      }
      if (unit >= 0) {
        builder_add_unit(&b, (uint16_t)unit);
        k += 6;
        continue;
      }
    }
    builder_add_unit(&b, view_unit(view, k++));
  }
  js_keep_alive(js_from_cell(string));
  return js_from_cell(TRY(builder_finish(&b)));
}

extern const JsBuiltin global_function_rows[];
const JsBuiltin global_function_rows[] = {
    FN("isFinite", global_is_finite, 1),
    FN("isNaN", global_is_nan, 1),
    FN("decodeURI", global_decode_uri, 1),
    FN("decodeURIComponent", global_decode_uri_component, 1),
    FN("encodeURI", global_encode_uri, 1),
    FN("encodeURIComponent", global_encode_uri_component, 1),
    FN("escape", global_escape, 1),
    FN("unescape", global_unescape, 1),
    {0},
};

#define FUNCTION_TABLE(name_, fn_, length_)                                                                            \
  {                                                                                                                    \
    .make = INTRINSIC_FUNCTION, .name = (name_), .fn = (fn_), .length = (length_), .parent = -1, .prototype = -1,      \
    .constructor = -1                                                                                                  \
  }
extern const JsIntrinsicTable parse_int_table, parse_float_table;
const JsIntrinsicTable parse_int_table = FUNCTION_TABLE("parseInt", global_parse_int, 2);
const JsIntrinsicTable parse_float_table = FUNCTION_TABLE("parseFloat", global_parse_float, 1);
