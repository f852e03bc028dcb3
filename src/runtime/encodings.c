// SPDX-License-Identifier: MIT
/* Buffer's encodings over base/utf.h and base/base64.h. */
#include "runtime/encodings.h"

#include <stdlib.h>

#include "base/base64.h"
#include "base/utf.h"

static JsValue decode_utf16le(JsContext *cx, const uint8_t *bytes, size_t length)
{
  size_t units = length / 2;
  if (((uintptr_t)bytes & 1) == 0)
    return js_string_utf16(cx, (const uint16_t *)(const void *)bytes, units);
  uint16_t *aligned = malloc(units * 2);
  if (aligned == NULL)
    return js_throw_range_error(cx, "Array buffer allocation failed");
  memcpy(aligned, bytes, units * 2);
  JsValue string = js_string_utf16(cx, aligned, units);
  free(aligned);
  return string;
}

JsValue rt_decode_bytes(JsContext *cx, RtEncoding encoding, const uint8_t *bytes, size_t length)
{
  if (length == 0)
    return js_string_latin1(cx, "", 0);
  JsValue string;
  uint8_t *out;
  switch (encoding) {
  case RT_UTF8:
  case RT_BUFFER: return js_string_utf8(cx, (const char *)bytes, length);
  case RT_LATIN1: return js_string_latin1(cx, bytes, length);
  case RT_UTF16LE: return decode_utf16le(cx, bytes, length);
  case RT_ASCII:
    if (!js_string_reserve_latin1(cx, length, &string, &out))
      return JS_EXCEPTION;
    utf_strip_to_ascii(bytes, length, out);
    return string;
  case RT_HEX:
    if (!js_string_reserve_latin1(cx, length * 2, &string, &out))
      return JS_EXCEPTION;
    hex_encode(bytes, length, (char *)out);
    return string;
  case RT_BASE64:
  case RT_BASE64URL: {
    bool pad = encoding == RT_BASE64;
    if (!js_string_reserve_latin1(cx, base64_encoded_length(length, pad), &string, &out))
      return JS_EXCEPTION;
    base64_encode(bytes, length, pad ? BASE64_STANDARD : BASE64_URL, pad, (char *)out);
    return string;
  }
  }
  return js_throw_type_error(cx, "Unknown encoding");
}

size_t rt_encoded_size(JsContext *cx, RtEncoding encoding, JsValue string)
{
  size_t length = js_string_length(string);
  switch (encoding) {
  case RT_UTF16LE: return length * 2;
  case RT_LATIN1:
  case RT_ASCII: return length;
  case RT_HEX: return length / 2;
  case RT_BASE64:
  case RT_BASE64URL: return length / 4 * 3 + 3;
  default: return js_string_utf8_size(cx, string);
  }
}

static size_t encode_utf16le(JsStringView text, uint8_t *out, size_t cap)
{
  size_t units = text.length < cap / 2 ? text.length : cap / 2;
  if (text.is_wide) {
    memcpy(out, text.units, units * 2);
  } else {
    const uint8_t *chars = text.units;
    for (size_t i = 0; i < units; i++) {
      out[2 * i] = chars[i];
      out[2 * i + 1] = 0;
    }
  }
  return units * 2;
}

size_t rt_encode_string(JsContext *cx, RtEncoding encoding, JsValue string, uint8_t *out, size_t cap)
{
  if (cap == 0)
    return 0;
  if (encoding == RT_UTF8 || encoding == RT_BUFFER)
    return js_string_write_utf8(cx, string, (char *)out, cap);
  JsStringView text = js_string_view(cx, string);
  switch (encoding) {
  case RT_UTF16LE: return encode_utf16le(text, out, cap);
  case RT_HEX:
    return text.is_wide ? hex_decode_utf16(text.units, text.length, true, out, cap)
                        : hex_decode_latin1(text.units, text.length, out, cap);
  case RT_BASE64:
  case RT_BASE64URL:
    return text.is_wide ? base64_decode_utf16(text.units, text.length, out, cap)
                        : base64_decode_latin1(text.units, text.length, out, cap);
  default: {
    size_t count = text.length < cap ? text.length : cap;
    if (text.is_wide)
      utf_narrow(text.units, count, out);
    else
      memcpy(out, text.units, count);
    return count;
  }
  }
}
