// SPDX-License-Identifier: MIT
/*
 * internalBinding('encoding'): TextEncoder's and TextDecoder's bytes. A streaming decoder's state is a Uint8Array of
 * STATE_SIZE bytes: up to four bytes of a character that the last chunk cut, their count, and whether the byte order
 * mark is behind it.
 */
#include "runtime/binding.h"
#include "runtime/legacy_decoder.h"

#include <stdlib.h>

#include "base/utf.h"

enum { FLUSH = 1, FATAL = 2, IGNORE_BOM = 4 };
enum { HELD = 0, HELD_MAX = 4, HELD_COUNT = 4, PAST_BOM = 5, STATE_SIZE = 8 };

/* Single-byte decoders follow, then the ICU ones are LegacyDecoder's. */
typedef enum Decoder { DECODE_UTF8, DECODE_UTF16LE, DECODE_UTF16BE, DECODE_SINGLE_BYTE } Decoder;
static const char *const decoder_names[DECODE_SINGLE_BYTE] = {"utf-8", "utf-16le", "utf-16be"};

static const struct {
  const char *name;
  uint16_t upper[128];
} single_bytes[] = {
#define SINGLE_BYTE(name, ...) {name, {__VA_ARGS__}},
#include "runtime/single_byte.inc"
#undef SINGLE_BYTE
};
enum { DECODER_COUNT = DECODE_SINGLE_BYTE + JS_COUNTOF(single_bytes) };

static JsValue encoding_id(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue name;
  if (!rt_string_argument(cx, argc, argv, 0, &name))
    return JS_EXCEPTION;
  char *text = js_to_utf8(cx, name, NULL);
  if (text == NULL)
    return JS_EXCEPTION;
  int id = -1;
  for (int i = 0; i < DECODER_COUNT; i++)
    if (strcmp(text, i < DECODE_SINGLE_BYTE ? decoder_names[i] : single_bytes[i - DECODE_SINGLE_BYTE].name) == 0)
      id = i;
  free(text);
  return js_int32(id);
}

/* encodeUtf8 ( string ): Uint8Array */
static JsValue encoding_encode_utf8(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue string;
  if (!rt_string_argument(cx, argc, argv, 0, &string))
    return JS_EXCEPTION;
  size_t size = js_string_utf8_size(cx, string);
  void *data;
  JsValue buffer = js_array_buffer_new(cx, size, &data);
  if (js_is_exception(buffer))
    return JS_EXCEPTION;
  if (size > 0)
    js_string_write_utf8(cx, string, data, size);
  return js_typed_array_new(cx, JS_UINT8, buffer, 0, size);
}

/* encodeInto ( string, Uint8Array, results ): results[0] units read, results[1] bytes written */
static JsValue encoding_encode_into(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue string;
  JsView out, results;
  if (!rt_string_argument(cx, argc, argv, 0, &string) || !rt_view_argument(cx, argc, argv, 1, &out) ||
      !rt_view_argument(cx, argc, argv, 2, &results))
    return JS_EXCEPTION;
  if (results.type != JS_UINT32 || results.byte_length < 8)
    return js_throw_type_error(cx, "results must be a Uint32Array");
  JsStringView text = js_string_view(cx, string);
  size_t read = 0, written = 0;
  if (out.byte_length > 0)
    written = text.is_wide
                  ? utf16_to_utf8_bounded(text.units, text.length, out.data, out.byte_length, UTF_REPLACE, &read)
                  : latin1_to_utf8_bounded(text.units, text.length, out.data, out.byte_length, &read);
  ((uint32_t *)(void *)results.data)[0] = (uint32_t)read;
  ((uint32_t *)(void *)results.data)[1] = (uint32_t)written;
  return JS_UNDEFINED;
}

/* --- decoding ---------------------------------------------------------------------------------------------------- */

/* Bytes at the end that may become a character with what follows. */
static size_t unfinished_utf8(const uint8_t *bytes, size_t length)
{
  for (size_t back = 1; back <= 3 && back <= length; back++) {
    uint8_t byte = bytes[length - back];
    if ((byte & 0xC0) == 0x80)
      continue;
    unsigned need = byte >= 0xC2 && byte <= 0xDF   ? 2
                    : byte >= 0xE0 && byte <= 0xEF ? 3
                    : byte >= 0xF0 && byte <= 0xF4 ? 4
                                                   : 0;
    if (need <= back)
      return 0;
    if (back >= 2) {
      /* The second byte's range is narrower after some leads. */
      uint8_t second = bytes[length - back + 1];
      if ((byte == 0xE0 && second < 0xA0) || (byte == 0xED && second > 0x9F) || (byte == 0xF0 && second < 0x90) ||
          (byte == 0xF4 && second > 0x8F))
        return 0;
    }
    return back;
  }
  return 0;
}

static size_t unfinished_utf16(const uint8_t *bytes, size_t length, bool big_endian)
{
  size_t odd = length % 2;
  size_t whole = length - odd;
  if (whole >= 2) {
    uint8_t high = big_endian ? bytes[whole - 2] : bytes[whole - 1];
    if ((high & 0xFC) == 0xD8)
      return odd + 2;
  }
  return odd;
}

static JsValue decode_utf8(JsContext *cx, const uint8_t *bytes, size_t length, bool fatal)
{
  if (fatal && utf8_well_formed_prefix(bytes, length) != length)
    return JS_UNDEFINED;
  return js_string_utf8(cx, (const char *)bytes, length);
}

static JsValue decode_utf16(JsContext *cx, const uint8_t *bytes, size_t length, bool big_endian, bool fatal)
{
  size_t units = length / 2 + length % 2;
  if (units == 0)
    return js_string_latin1(cx, "", 0);
  if (fatal && length % 2 != 0)
    return JS_UNDEFINED;
  uint16_t *text = malloc(units * 2);
  if (text == NULL)
    return js_throw_range_error(cx, "Array buffer allocation failed");
  for (size_t i = 0; i < length / 2; i++)
    text[i] = big_endian ? (uint16_t)(bytes[2 * i] << 8 | bytes[2 * i + 1])
                         : (uint16_t)(bytes[2 * i + 1] << 8 | bytes[2 * i]);
  if (length % 2 != 0)
    text[units - 1] = UTF_REPLACEMENT;
  bool bad = false;
  for (size_t i = utf16_well_formed_prefix(text, units); i < units;
       i += utf16_well_formed_prefix(text + i, units - i)) {
    bad = true;
    text[i] = UTF_REPLACEMENT;
  }
  JsValue string = bad && fatal ? JS_UNDEFINED : js_string_utf16(cx, text, units);
  free(text);
  return string;
}

/* single-byte decoder  https://encoding.spec.whatwg.org/#single-byte-decoder */
static JsValue decode_single_byte(JsContext *cx, const uint16_t upper[128], const uint8_t *bytes, size_t length,
                                  bool fatal)
{
  bool same = true;
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] < 0x80)
      continue;
    uint16_t unit = upper[bytes[i] & 0x7F];
    if (unit == UTF_REPLACEMENT && fatal)
      return JS_UNDEFINED;
    same = same && unit == bytes[i];
  }
  if (same)
    return js_string_latin1(cx, bytes, length);
  JsValue string;
  uint16_t *units;
  if (!js_string_reserve_utf16(cx, length, &string, &units))
    return JS_EXCEPTION;
  for (size_t i = 0; i < length; i++)
    units[i] = bytes[i] < 0x80 ? bytes[i] : upper[bytes[i] & 0x7F];
  return string;
}

static bool begins_with_bom(Decoder decoder, const uint8_t *bytes, size_t length, size_t *size)
{
  *size = decoder == DECODE_UTF8 ? 3 : 2;
  if (decoder >= DECODE_SINGLE_BYTE || length < *size)
    return false;
  if (decoder == DECODE_UTF8)
    return bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
  return decoder == DECODE_UTF16LE ? bytes[0] == 0xFF && bytes[1] == 0xFE : bytes[0] == 0xFE && bytes[1] == 0xFF;
}

static JsValue decode_all(JsContext *cx, Decoder decoder, const uint8_t *bytes, size_t length, bool fatal)
{
  if (length == 0)
    return js_string_latin1(cx, "", 0);
  if (decoder == DECODE_UTF8)
    return decode_utf8(cx, bytes, length, fatal);
  if (decoder >= DECODE_SINGLE_BYTE)
    return decode_single_byte(cx, single_bytes[decoder - DECODE_SINGLE_BYTE].upper, bytes, length, fatal);
  return decode_utf16(cx, bytes, length, decoder == DECODE_UTF16BE, fatal);
}

/* decode ( encodingId, view, flags, state ): a string; undefined for bad input when fatal */
static JsValue encoding_decode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int id = rt_int_argument(argc, argv, 0), flags = rt_int_argument(argc, argv, 2);
  JsView view, state_view = {0};
  if (id < 0 || id >= DECODER_COUNT)
    return js_throw_range_error(cx, "unknown encoding");
  if (!rt_view_argument(cx, argc, argv, 1, &view))
    return JS_EXCEPTION;
  Decoder decoder = (Decoder)id;
  uint8_t fresh[STATE_SIZE] = {0};
  uint8_t *state = fresh;
  if (argc > 3 && js_view(argv[3], &state_view)) {
    if (state_view.byte_length < STATE_SIZE || state_view.data[HELD_COUNT] > HELD_MAX)
      return js_throw_type_error(cx, "bad decoder state");
    state = state_view.data;
  }

  const uint8_t *bytes = view.data;
  size_t length = view.byte_length;
  uint8_t *joined = NULL;
  if (state[HELD_COUNT] > 0) {
    joined = malloc(state[HELD_COUNT] + length);
    if (joined == NULL)
      return js_throw_range_error(cx, "Array buffer allocation failed");
    memcpy(joined, state + HELD, state[HELD_COUNT]);
    if (length > 0)
      memcpy(joined + state[HELD_COUNT], bytes, length);
    bytes = joined;
    length += state[HELD_COUNT];
    state[HELD_COUNT] = 0;
  }
  size_t keep = 0;
  if ((flags & FLUSH) == 0) {
    if (decoder == DECODE_UTF8)
      keep = unfinished_utf8(bytes, length);
    else if (decoder < DECODE_SINGLE_BYTE)
      keep = unfinished_utf16(bytes, length, decoder == DECODE_UTF16BE);
    if (keep > 0)
      memcpy(state + HELD, bytes + length - keep, keep);
    state[HELD_COUNT] = (uint8_t)keep;
    length -= keep;
  }
  size_t bom = 0;
  if (!state[PAST_BOM] && length > 0) {
    if (!(flags & IGNORE_BOM) && begins_with_bom(decoder, bytes, length, &bom)) {
      bytes += bom;
      length -= bom;
    }
    state[PAST_BOM] = 1;
  }
  if (flags & FLUSH)
    state[PAST_BOM] = 0;
  JsValue text = decode_all(cx, decoder, bytes, length, (flags & FATAL) != 0);
  free(joined);
  return text;
}

static const JsFunctionRow encoding_functions[] = {
    {"decode", encoding_decode, 4},
    {"encodeInto", encoding_encode_into, 3},
    {"encodeUtf8", encoding_encode_utf8, 1},
    {"encodingId", encoding_id, 1},
    {NULL, NULL, 0},
};

JsValue binding_encoding(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow numbers[] = {{"kStateSize", STATE_SIZE}, {NULL, 0}};
  JsValue obj = rt_functions_object(cx, encoding_functions);
  if (js_is_exception(obj) || !rt_define_numbers(cx, obj, numbers) || !rt_add_legacy_decoder(cx, obj))
    return JS_EXCEPTION;
  return obj;
}
