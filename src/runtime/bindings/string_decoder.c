// SPDX-License-Identifier: MIT
/*
 * internalBinding('string_decoder'): text from chunks of bytes. The state is a Uint8Array of STATE_SIZE bytes owned by
 * the JavaScript object: up to four bytes of a character cut in two, how many are missing, how many are held, and the
 * encoding.
 */
#include "runtime/binding.h"

#include "runtime/encodings.h"

enum {
  HELD_START = 0,
  HELD_END = 4,
  MISSING = 4,
  HELD_COUNT = 5,
  ENCODING = 6,
  STATE_SIZE = 7,
};

static bool state_argument(JsContext *cx, int argc, const JsValue *argv, uint8_t **out)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return false;
  if (view.byte_length < STATE_SIZE || view.data[HELD_COUNT] > HELD_END || view.data[ENCODING] > RT_BASE64URL) {
    js_throw_type_error(cx, "bad decoder state");
    return false;
  }
  *out = view.data;
  return true;
}

static JsValue concatenate(JsContext *cx, JsValue a, JsValue b)
{
  if (js_string_length(a) == 0)
    return b;
  if (js_string_length(b) == 0)
    return a;
  /* The first part is one character: the copy is what any concatenation would be. */
  JsStringView left = js_string_view(cx, a), right = js_string_view(cx, b);
  JsValue joined;
  uint16_t *units;
  if (!js_string_reserve_utf16(cx, (size_t)left.length + right.length, &joined, &units))
    return JS_EXCEPTION;
  for (uint32_t i = 0; i < left.length; i++)
    units[i] = left.is_wide ? ((const uint16_t *)left.units)[i] : ((const uint8_t *)left.units)[i];
  for (uint32_t i = 0; i < right.length; i++)
    units[left.length + i] = right.is_wide ? ((const uint16_t *)right.units)[i] : ((const uint8_t *)right.units)[i];
  return joined;
}

/* How many bytes at the end begin a character that is not whole, and how many it lacks. */
static void incomplete_utf8(const uint8_t *data, size_t length, uint8_t *held, uint8_t *missing)
{
  *held = *missing = 0;
  for (size_t back = 1; back <= length && back <= HELD_END; back++) {
    uint8_t byte = data[length - back];
    if ((byte & 0xC0) == 0x80)
      continue;
    unsigned need = (byte & 0xE0) == 0xC0 ? 2 : (byte & 0xF0) == 0xE0 ? 3 : (byte & 0xF8) == 0xF0 ? 4 : 0;
    if (need > back) {
      *held = (uint8_t)back;
      *missing = (uint8_t)(need - back);
    }
    return;
  }
}

static void incomplete_tail(RtEncoding encoding, const uint8_t *data, size_t length, uint8_t *held, uint8_t *missing)
{
  *held = *missing = 0;
  if (length == 0)
    return;
  if (encoding == RT_UTF8) {
    incomplete_utf8(data, length, held, missing);
  } else if (encoding == RT_UTF16LE) {
    if (length % 2 == 1) {
      *held = *missing = 1;
    } else if ((data[length - 1] & 0xFC) == 0xD8) {
      *held = *missing = 2;
    }
  } else if (length % 3 != 0) {
    *held = (uint8_t)(length % 3);
    *missing = (uint8_t)(3 - *held);
  }
}

/* Completes the held character with the chunk's first bytes; *data and *length move past them. */
static JsValue complete_held(JsContext *cx, uint8_t *state, const uint8_t **data, size_t *length)
{
  RtEncoding encoding = (RtEncoding)state[ENCODING];
  JsValue empty = js_string_latin1(cx, "", 0);
  size_t take = state[MISSING] < *length ? state[MISSING] : *length;
  if (encoding == RT_UTF8)
    for (size_t i = 0; i < take; i++)
      if (((*data)[i] & 0xC0) != 0x80) {
        /* Not a continuation: what is held stays broken. */
        take = i;
        state[MISSING] = (uint8_t)i;
        break;
      }
  if (take > (size_t)(HELD_END - state[HELD_COUNT]))
    take = HELD_END - state[HELD_COUNT];
  memcpy(state + HELD_START + state[HELD_COUNT], *data, take);
  *data += take;
  *length -= take;
  state[MISSING] = (uint8_t)(state[MISSING] - take);
  state[HELD_COUNT] = (uint8_t)(state[HELD_COUNT] + take);
  if (state[MISSING] > 0)
    return empty;
  if (encoding == RT_UTF16LE && state[HELD_COUNT] == 2 && (state[HELD_START + 1] & 0xFC) == 0xD8) {
    /* The unit is whole, but the first half of a pair. */
    state[MISSING] = 2;
    if (*length == 0)
      return empty;
    return complete_held(cx, state, data, length);
  }
  JsValue text = rt_decode_bytes(cx, encoding, state + HELD_START, state[HELD_COUNT]);
  state[HELD_COUNT] = 0;
  return text;
}

/* decode ( state, view ) */
static JsValue string_decoder_decode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint8_t *state;
  JsView view;
  if (!state_argument(cx, argc, argv, &state) || !rt_view_argument(cx, argc, argv, 1, &view))
    return JS_EXCEPTION;
  RtEncoding encoding = (RtEncoding)state[ENCODING];
  const uint8_t *data = view.data;
  size_t length = view.byte_length;
  if (encoding != RT_UTF8 && encoding != RT_UTF16LE && encoding != RT_BASE64 && encoding != RT_BASE64URL)
    return rt_decode_bytes(cx, encoding, data, length);

  JsValue before = js_string_latin1(cx, "", 0);
  if (state[MISSING] > 0 && length > 0) {
    before = complete_held(cx, state, &data, &length);
    if (js_is_exception(before))
      return JS_EXCEPTION;
  }
  if (length == 0)
    return before;
  uint8_t held, missing;
  incomplete_tail(encoding, data, length, &held, &missing);
  JsValue body = rt_decode_bytes(cx, encoding, data, length - held);
  if (js_is_exception(body))
    return JS_EXCEPTION;
  memcpy(state + HELD_START, data + length - held, held);
  state[HELD_COUNT] = held;
  state[MISSING] = missing;
  return concatenate(cx, before, body);
}

/* flush ( state ) */
static JsValue string_decoder_flush(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint8_t *state;
  if (!state_argument(cx, argc, argv, &state))
    return JS_EXCEPTION;
  size_t count = state[HELD_COUNT];
  if (state[ENCODING] == RT_UTF16LE)
    count -= count % 2;
  state[HELD_COUNT] = state[MISSING] = 0;
  return rt_decode_bytes(cx, (RtEncoding)state[ENCODING], state + HELD_START, count);
}

static const JsFunctionRow string_decoder_functions[] = {
    {"decode", string_decoder_decode, 2},
    {"flush", string_decoder_flush, 1},
    {NULL, NULL, 0},
};

JsValue binding_string_decoder(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow numbers[] = {
      {"kIncompleteCharactersStart", HELD_START},
      {"kIncompleteCharactersEnd", HELD_END},
      {"kMissingBytes", MISSING},
      {"kBufferedBytes", HELD_COUNT},
      {"kEncodingField", ENCODING},
      {"kSize", STATE_SIZE},
      {NULL, 0},
  };
  JsValue obj = rt_functions_object(cx, string_decoder_functions);
  if (js_is_exception(obj) || !rt_define_numbers(cx, obj, numbers))
    return JS_EXCEPTION;
  return obj;
}
