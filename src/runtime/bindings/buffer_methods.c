// SPDX-License-Identifier: MIT
/*
 * internalBinding('buffer_methods'): methods of Buffer.prototype for what they are nearly always given: a Uint8Array,
 * whole numbers, encodings by their plain names. Anything else goes to the JavaScript function of the same name, which
 * converts, or says what is wrong.
 */
#include "runtime/binding.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/buffer_search.h"
#include "runtime/encodings.h"
#include "runtime/env.h"

enum { DATA_FALLBACK };

static JsValue fall_back(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_call(cx, js_function_data(cx, DATA_FALLBACK), this_val, argc, argv);
}

/* A Uint8Array of fixed length that has memory. */
static bool bytes_of(JsValue val, JsView *view)
{
  return js_view(val, view) && view->type == JS_UINT8 && view->byte_length && js_value_is_object(val) &&
         !js_array_buffer_traits(val, NULL);
}

/* An encoding by its plain name; undefined is UTF-8. False: ask JavaScript. */
static bool plain_encoding(JsContext *cx, JsValue name, RtEncoding *encoding)
{
  static const struct {
    const char *name;
    RtEncoding encoding;
  } names[] = {{"utf8", RT_UTF8},          {"utf-8", RT_UTF8},    {"hex", RT_HEX},
               {"base64", RT_BASE64},      {"latin1", RT_LATIN1}, {"binary", RT_LATIN1},
               {"base64url", RT_BASE64URL}};
  if (js_is_undefined(name)) {
    *encoding = RT_UTF8;
    return true;
  }
  if (!js_value_is_string(name))
    return false;
  JsStringView view = js_string_view(cx, name);
  if (view.is_wide)
    return false;
  for (size_t k = 0; k < JS_COUNTOF(names); k++) {
    if (strlen(names[k].name) == view.length && memcmp(names[k].name, view.units, view.length) == 0) {
      *encoding = names[k].encoding;
      return true;
    }
  }
  return false;
}

/* toString ( encoding, start, end ) */
static JsValue buffer_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  RtEncoding encoding;
  JsValue from = js_argument(argc, argv, 1), to = js_argument(argc, argv, 2);
  if (!bytes_of(this_val, &view) || !plain_encoding(cx, js_argument(argc, argv, 0), &encoding) ||
      !(js_is_undefined(from) || js_is_int32(from)) || !(js_is_undefined(to) || js_is_int32(to)))
    return fall_back(cx, this_val, argc, argv);
  int64_t start = js_is_int32(from) && js_as_int32(from) > 0 ? js_as_int32(from) : 0;
  int64_t end = js_is_int32(to) ? js_as_int32(to) : INT64_MAX;
  if (end > (int64_t)view.byte_length)
    end = (int64_t)view.byte_length;
  if (start >= end)
    return js_string_latin1(cx, "", 0);
  return rt_decode_bytes(cx, encoding, view.data + start, (size_t)(end - start));
}

/* write ( string, offset, length, encoding ) */
static JsValue buffer_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  RtEncoding encoding;
  JsValue string = js_argument(argc, argv, 0), at = js_argument(argc, argv, 1), count = js_argument(argc, argv, 2);
  JsValue name = js_argument(argc, argv, 3);
  if (!js_value_is_string(string) || !bytes_of(this_val, &view))
    return fall_back(cx, this_val, argc, argv);
  int64_t offset = 0, room = (int64_t)view.byte_length;
  if (js_is_undefined(at)) {
    name = JS_UNDEFINED;
  } else if (js_value_is_string(at) && js_is_undefined(count)) {
    name = at;
  } else {
    if (!js_is_int32(at) || js_as_int32(at) < 0 || js_as_int32(at) > room)
      return fall_back(cx, this_val, argc, argv);
    offset = js_as_int32(at);
    room -= offset;
    if (js_value_is_string(count)) {
      name = count;
    } else if (!js_is_undefined(count)) {
      if (!js_is_int32(count) || js_as_int32(count) < 0 || (size_t)js_as_int32(count) > view.byte_length)
        return fall_back(cx, this_val, argc, argv);
      if (js_as_int32(count) < room)
        room = js_as_int32(count);
    }
  }
  if (!plain_encoding(cx, name, &encoding))
    return fall_back(cx, this_val, argc, argv);
  if (room == 0)
    return js_int32(0);
  return js_number((double)rt_encode_string(cx, encoding, string, view.data + offset, (size_t)room));
}

/* The byte that fill's value stands for. False: none. */
static bool filling_byte(JsContext *cx, JsValue value, JsValue encoding, int *byte)
{
  if (js_is_int32(value)) {
    *byte = js_as_int32(value) & 0xFF;
    return true;
  }
  if (!js_value_is_string(value) || !js_is_undefined(encoding) || js_string_length(value) != 1)
    return false;
  JsStringView view = js_string_view(cx, value);
  *byte = view.is_wide ? 0xFF : *(const uint8_t *)view.units;
  return *byte < 0x80;
}

/* fill ( value, offset, end, encoding ) */
static JsValue buffer_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  int byte;
  JsValue from = js_argument(argc, argv, 1), to = js_argument(argc, argv, 2);
  if (!bytes_of(this_val, &view) || !filling_byte(cx, js_argument(argc, argv, 0), js_argument(argc, argv, 3), &byte))
    return fall_back(cx, this_val, argc, argv);
  size_t start = 0, end = view.byte_length;
  if (!js_is_undefined(from)) {
    if (!js_is_int32(from) || js_as_int32(from) < 0 || !(js_is_int32(to) || js_is_undefined(to)) ||
        (js_is_int32(to) && (js_as_int32(to) < 0 || (size_t)js_as_int32(to) > end)))
      return fall_back(cx, this_val, argc, argv);
    start = (size_t)js_as_int32(from);
    if (js_is_int32(to))
      end = (size_t)js_as_int32(to);
  } else if (!js_is_undefined(to)) {
    return fall_back(cx, this_val, argc, argv);
  }
  if (start < end)
    memset(view.data + start, byte, end - start);
  return this_val;
}

/* indexOf, includes ( value, byteOffset, encoding ); magic: whether the answer is a boolean */
static JsValue buffer_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { NEEDLE_MAX = 256 };
  JsView view, bytes;
  uint8_t local[NEEDLE_MAX];
  const uint8_t *needle = local;
  size_t size = 1;
  JsValue value = js_argument(argc, argv, 0), from = js_argument(argc, argv, 1);
  if (!bytes_of(this_val, &view) || !(js_is_undefined(from) || js_is_int32(from)) ||
      !js_is_undefined(js_argument(argc, argv, 2)))
    return fall_back(cx, this_val, argc, argv);
  if (js_is_int32(value)) {
    local[0] = (uint8_t)js_as_int32(value);
  } else if (js_value_is_string(value) && rt_encoded_size(cx, RT_UTF8, value) <= NEEDLE_MAX) {
    size = rt_encode_string(cx, RT_UTF8, value, local, NEEDLE_MAX);
  } else if (bytes_of(value, &bytes)) {
    needle = bytes.data;
    size = bytes.byte_length;
  } else {
    return fall_back(cx, this_val, argc, argv);
  }
  int64_t at = rt_find_bytes(&view, needle, size, js_is_int32(from) ? js_as_int32(from) : 0, true, 1);
  return js_function_magic(cx) ? js_boolean(at != -1) : js_number((double)at);
}

/* equals ( other ) */
static JsValue buffer_equals(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView a, b;
  if (!bytes_of(this_val, &a) || !bytes_of(js_argument(argc, argv, 0), &b))
    return fall_back(cx, this_val, argc, argv);
  return js_boolean(a.byte_length == b.byte_length && memcmp(a.data, b.data, a.byte_length) == 0);
}

/* An index from the end when negative, within 0 and length. False: no whole number. */
static bool place(JsValue val, size_t length, size_t fallback, size_t *out)
{
  *out = fallback;
  if (js_is_undefined(val))
    return true;
  if (!js_is_int32(val))
    return false;
  int64_t index = js_as_int32(val);
  if (index < 0)
    index += (int64_t)length;
  *out = index < 0 ? 0 : (size_t)index < length ? (size_t)index : length;
  return true;
}

/* subarray ( start, end ) */
static JsValue buffer_subarray(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  size_t start, end, offset;
  if (!bytes_of(this_val, &view) || js_view_tracks_length(this_val) ||
      !place(js_argument(argc, argv, 0), view.byte_length, 0, &start) ||
      !place(js_argument(argc, argv, 1), view.byte_length, view.byte_length, &end))
    return fall_back(cx, this_val, argc, argv);
  JsValue store = js_view_buffer(cx, this_val, &offset);
  if (js_is_exception(store))
    return store;
  return js_uint8_array_over(cx, env_ref(env_of(cx)->buffers.proto), store, offset + start,
                             end > start ? end - start : 0);
}

/* method ( fallback ): the function that serves the common case of the method of that name. */
static JsValue methods_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const struct {
    const char *name;
    JsFunctionCallback fn;
    int length, magic;
  } rows[] = {
      {"toString", buffer_to_string, 3, 0}, {"write", buffer_write, 4, 0},       {"fill", buffer_fill, 4, 0},
      {"indexOf", buffer_index_of, 4, 0},   {"includes", buffer_index_of, 4, 1}, {"equals", buffer_equals, 1, 0},
      {"subarray", buffer_subarray, 2, 0},
  };
  JsValue fallback = js_argument(argc, argv, 0);
  JsValue name = js_value_is_function(fallback) ? js_get(cx, fallback, "name") : JS_UNDEFINED;
  char text[16] = "";
  if (js_is_exception(name))
    return name;
  if (js_value_is_string(name))
    js_string_write_utf8(cx, name, text, sizeof text - 1);
  for (size_t k = 0; k < JS_COUNTOF(rows); k++) {
    if (strcmp(rows[k].name, text) == 0)
      return js_closure_new(cx, rows[k].fn, text, rows[k].length, rows[k].magic, 1, &fallback);
  }
  return js_throw_type_error(cx, "No such method of Buffers");
}

static const JsFunctionRow methods_functions[] = {
    {"method", methods_method, 1},
    {NULL, NULL, 0},
};

JsValue binding_buffer_methods(CulmEnv *env, JsContext *cx)
{
  return rt_functions_object(cx, methods_functions);
}
