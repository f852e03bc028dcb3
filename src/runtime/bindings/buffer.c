// SPDX-License-Identifier: MIT
/*
 * internalBinding('buffer'): the work per byte of lib/buffer.js. Offsets come checked from there; here they are
 * clamped to the view once more, since a view may have shrunk or been detached in between.
 */
#include "runtime/binding.h"

#include <stdlib.h>

#include "base/find.h"
#include "base/utf.h"
#include "runtime/buffer_search.h"
#include "runtime/encodings.h"

/* What Node reports on 64-bit systems. */
#define BUFFER_MAX_LENGTH 9007199254740991.0
#define STRING_MAX_LENGTH 536870888.0

static JsValue count_value(size_t n)
{
  return js_number((double)n);
}

/* --- slices and writes ------------------------------------------------------------------------------------------- */

/* <encoding>Slice ( buffer, start, end ); the encoding is the function's magic. */
static JsValue buffer_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t end = rt_size_argument(argc, argv, 2);
  if (end > view.byte_length)
    end = view.byte_length;
  size_t start = rt_size_argument(argc, argv, 1);
  if (start > end)
    start = end;
  if (start == end)
    return js_string_latin1(cx, "", 0);
  return rt_decode_bytes(cx, (RtEncoding)js_function_magic(cx), view.data + start, end - start);
}

/* <encoding>Write ( buffer, string, offset, length ) */
static JsValue buffer_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  JsValue string;
  if (!rt_view_argument(cx, argc, argv, 0, &view) || !rt_string_argument(cx, argc, argv, 1, &string))
    return JS_EXCEPTION;
  size_t offset = rt_size_argument(argc, argv, 2);
  size_t cap = rt_size_argument(argc, argv, 3);
  if (offset >= view.byte_length)
    return js_int32(0);
  if (cap > view.byte_length - offset)
    cap = view.byte_length - offset;
  return count_value(rt_encode_string(cx, (RtEncoding)js_function_magic(cx), string, view.data + offset, cap));
}

static JsValue buffer_byte_length_utf8(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue string;
  if (!rt_string_argument(cx, argc, argv, 0, &string))
    return JS_EXCEPTION;
  return count_value(js_string_utf8_size(cx, string));
}

/* --- comparing and copying --------------------------------------------------------------------------------------- */

static JsValue compare_bytes(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
  size_t common = a_length < b_length ? a_length : b_length;
  int order = common == 0 ? 0 : memcmp(a, b, common);
  if (order == 0)
    order = (a_length > b_length) - (a_length < b_length);
  return js_int32((order > 0) - (order < 0));
}

static JsValue buffer_compare(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView a, b;
  if (!rt_view_argument(cx, argc, argv, 0, &a) || !rt_view_argument(cx, argc, argv, 1, &b))
    return JS_EXCEPTION;
  return compare_bytes(a.data, a.byte_length, b.data, b.byte_length);
}

static void clamp_range(const JsView *view, size_t *start, size_t *length)
{
  if (*start > view->byte_length)
    *start = view->byte_length;
  if (*length > view->byte_length - *start)
    *length = view->byte_length - *start;
}

/* compareOffset ( source, target, targetStart, sourceStart, targetLength, sourceLength ) */
static JsValue buffer_compare_offset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView source, target;
  if (!rt_view_argument(cx, argc, argv, 0, &source) || !rt_view_argument(cx, argc, argv, 1, &target))
    return JS_EXCEPTION;
  size_t target_start = rt_size_argument(argc, argv, 2), source_start = rt_size_argument(argc, argv, 3);
  size_t target_length = rt_size_argument(argc, argv, 4), source_length = rt_size_argument(argc, argv, 5);
  clamp_range(&source, &source_start, &source_length);
  clamp_range(&target, &target_start, &target_length);
  return compare_bytes(source.data + source_start, source_length, target.data + target_start, target_length);
}

/* copy ( source, target, targetStart, sourceStart, count ) */
static JsValue buffer_copy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView source, target;
  if (!rt_view_argument(cx, argc, argv, 0, &source) || !rt_view_argument(cx, argc, argv, 1, &target))
    return JS_EXCEPTION;
  size_t target_start = rt_size_argument(argc, argv, 2), source_start = rt_size_argument(argc, argv, 3);
  size_t count = rt_size_argument(argc, argv, 4);
  clamp_range(&source, &source_start, &count);
  clamp_range(&target, &target_start, &count);
  if (count > 0)
    memmove(target.data + target_start, source.data + source_start, count);
  return count_value(count);
}

/* Repeats the first `have` bytes of out over all of it. */
static void repeat_pattern(uint8_t *out, size_t have, size_t total)
{
  while (have < total) {
    size_t step = have < total - have ? have : total - have;
    memcpy(out + have, out, step);
    have += step;
  }
}

/* xorMask ( bytes, offset, mask of four bytes ): masks the bytes from offset on, in place. */
static JsValue buffer_xor_mask(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView bytes, mask;
  if (!rt_view_argument(cx, argc, argv, 0, &bytes) || !rt_view_argument(cx, argc, argv, 2, &mask))
    return JS_EXCEPTION;
  if (mask.byte_length < 4)
    return js_throw_plain_error(cx, "a mask has four bytes");
  uint8_t key[4];
  memcpy(key, mask.data, sizeof key);
  size_t offset = rt_size_argument(argc, argv, 1);
  for (size_t k = 0; offset + k < bytes.byte_length; k++)
    bytes.data[offset + k] ^= key[k & 3];
  return JS_UNDEFINED;
}

/* fill ( buffer, string or view, start, end, encoding ): 0, -1 for an empty pattern, -2 out of bounds */
static JsValue buffer_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t start = rt_size_argument(argc, argv, 2), end = rt_size_argument(argc, argv, 3);
  if (start > end || end > view.byte_length)
    return js_int32(-2);
  size_t total = end - start, have;
  if (total == 0)
    return js_int32(0);
  uint8_t *out = view.data + start;
  JsValue value = js_argument(argc, argv, 1);
  if (js_value_is_string(value)) {
    RtEncoding encoding = (RtEncoding)rt_int_argument(argc, argv, 4);
    size_t size = rt_encoded_size(cx, encoding, value);
    if (size <= total) {
      have = rt_encode_string(cx, encoding, value, out, total);
    } else {
      /* Of a pattern longer than the room the bytes are cut, also within a character. */
      uint8_t *whole = malloc(size);
      if (whole == NULL)
        return js_throw_range_error(cx, "Array buffer allocation failed");
      size = rt_encode_string(cx, encoding, value, whole, size);
      have = size < total ? size : total;
      memcpy(out, whole, have);
      free(whole);
    }
  } else {
    JsView pattern;
    if (!rt_view_argument(cx, argc, argv, 1, &pattern))
      return JS_EXCEPTION;
    have = pattern.byte_length < total ? pattern.byte_length : total;
    if (have > 0)
      memmove(out, pattern.data, have);
  }
  if (have == 0)
    return js_int32(-1);
  repeat_pattern(out, have, total);
  return js_int32(0);
}

/* --- searching --------------------------------------------------------------------------------------------------- */

/* Where a search begins, by the rules of indexOf and lastIndexOf; -1: nowhere. */
static int64_t search_start(int64_t length, double offset, int64_t needle, bool forwards)
{
  if (offset < 0) {
    if (offset + (double)length >= 0)
      return length + (int64_t)offset;
    return forwards || needle == 0 ? 0 : -1;
  }
  if (offset + (double)needle <= (double)length)
    return (int64_t)offset;
  if (needle == 0)
    return length;
  return forwards ? -1 : length - 1;
}

int64_t rt_find_bytes(const JsView *view, const uint8_t *needle, size_t needle_length, double offset, bool forwards,
                      unsigned step)
{
  int64_t length = (int64_t)view->byte_length, size = (int64_t)needle_length;
  int64_t at = search_start(length, offset, size, forwards);
  if (size == 0)
    return at;
  if (length == 0 || at < 0 || size > length || (forwards && at + size > length))
    return -1;
  if (!forwards) {
    if (at > length - size)
      at = length - size;
    at -= at % step;
    for (; at >= 0; at -= step)
      if (memcmp(view->data + at, needle, needle_length) == 0)
        return at;
    return -1;
  }
  if (step == 1) {
    const uint8_t *found = bytes_find(view->data + at, (size_t)(length - at), needle, needle_length);
    return found == NULL ? -1 : found - view->data;
  }
  for (at -= at % step; at + size <= length; at += step)
    if (memcmp(view->data + at, needle, needle_length) == 0)
      return at;
  return -1;
}

/* indexOfString ( buffer, string, offset, encoding, forwards ) */
static JsValue buffer_index_of_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  JsValue string;
  if (!rt_view_argument(cx, argc, argv, 0, &view) || !rt_string_argument(cx, argc, argv, 1, &string))
    return JS_EXCEPTION;
  RtEncoding encoding = (RtEncoding)rt_int_argument(argc, argv, 3);
  enum { ON_STACK = 256 };
  uint8_t local[ON_STACK];
  size_t size = rt_encoded_size(cx, encoding, string);
  uint8_t *needle = size <= ON_STACK ? local : malloc(size);
  if (needle == NULL)
    return js_throw_range_error(cx, "Array buffer allocation failed");
  size = rt_encode_string(cx, encoding, string, needle, size);
  int64_t at = rt_find_bytes(&view, needle, size, rt_double_argument(argc, argv, 2),
                             js_to_boolean(js_argument(argc, argv, 4)), encoding == RT_UTF16LE ? 2 : 1);
  if (needle != local)
    free(needle);
  return js_number((double)at);
}

/* indexOfBuffer ( buffer, view, offset, encoding, forwards ) */
static JsValue buffer_index_of_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view, needle;
  if (!rt_view_argument(cx, argc, argv, 0, &view) || !rt_view_argument(cx, argc, argv, 1, &needle))
    return JS_EXCEPTION;
  bool units = rt_int_argument(argc, argv, 3) == RT_UTF16LE;
  return js_number((double)rt_find_bytes(&view, needle.data, needle.byte_length, rt_double_argument(argc, argv, 2),
                                         js_to_boolean(js_argument(argc, argv, 4)), units ? 2 : 1));
}

/* indexOfNumber ( buffer, number, offset, forwards ) */
static JsValue buffer_index_of_number(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  uint8_t byte = (uint8_t)(int64_t)rt_double_argument(argc, argv, 1);
  return js_number((double)rt_find_bytes(&view, &byte, 1, rt_double_argument(argc, argv, 2),
                                         js_to_boolean(js_argument(argc, argv, 3)), 1));
}

/* --- the rest ---------------------------------------------------------------------------------------------------- */

/* swap16, swap32, swap64 ( buffer ): magic is the width in bytes */
static JsValue buffer_swap(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t width = (size_t)js_function_magic(cx);
  for (size_t i = 0; i + width <= view.byte_length; i += width)
    for (size_t low = i, high = i + width - 1; low < high; low++, high--) {
      uint8_t byte = view.data[low];
      view.data[low] = view.data[high];
      view.data[high] = byte;
    }
  return argv[0];
}

static JsValue buffer_is_utf8(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  return js_boolean(view.byte_length == 0 || utf8_well_formed_prefix(view.data, view.byte_length) == view.byte_length);
}

static JsValue buffer_is_ascii(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  return js_boolean(view.byte_length == 0 || utf_is_ascii(view.data, view.byte_length));
}

static JsValue buffer_create_unsafe(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_array_buffer_new(cx, rt_size_argument(argc, argv, 0), NULL);
}

/* pin ( buffer ): nothing detaches it from now on. */
static JsValue buffer_pin(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_array_buffer_pin(cx, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue buffer_is_pinned(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(js_array_buffer_is_pinned(js_argument(argc, argv, 0)));
}

static const JsFunctionRow buffer_functions[] = {
    {"byteLengthUtf8", buffer_byte_length_utf8, 1},
    {"compare", buffer_compare, 2},
    {"compareOffset", buffer_compare_offset, 6},
    {"copy", buffer_copy, 5},
    {"createUnsafeArrayBuffer", buffer_create_unsafe, 1},
    {"fill", buffer_fill, 5},
    {"xorMask", buffer_xor_mask, 3},
    {"isPinned", buffer_is_pinned, 1},
    {"pin", buffer_pin, 1},
    {"indexOfBuffer", buffer_index_of_buffer, 5},
    {"indexOfNumber", buffer_index_of_number, 4},
    {"indexOfString", buffer_index_of_string, 5},
    {"isAscii", buffer_is_ascii, 1},
    {"isUtf8", buffer_is_utf8, 1},
    {NULL, NULL, 0},
};

static const struct {
  const char *name;
  JsFunctionCallback fn;
  int length, magic;
} buffer_with_magic[] = {
    {"asciiSlice", buffer_slice, 3, RT_ASCII},
    {"base64Slice", buffer_slice, 3, RT_BASE64},
    {"base64urlSlice", buffer_slice, 3, RT_BASE64URL},
    {"hexSlice", buffer_slice, 3, RT_HEX},
    {"latin1Slice", buffer_slice, 3, RT_LATIN1},
    {"ucs2Slice", buffer_slice, 3, RT_UTF16LE},
    {"utf8Slice", buffer_slice, 3, RT_UTF8},
    {"asciiWrite", buffer_write, 4, RT_ASCII},
    {"base64Write", buffer_write, 4, RT_BASE64},
    {"base64urlWrite", buffer_write, 4, RT_BASE64URL},
    {"hexWrite", buffer_write, 4, RT_HEX},
    {"latin1Write", buffer_write, 4, RT_LATIN1},
    {"ucs2Write", buffer_write, 4, RT_UTF16LE},
    {"utf8Write", buffer_write, 4, RT_UTF8},
    {"swap16", buffer_swap, 1, 2},
    {"swap32", buffer_swap, 1, 4},
    {"swap64", buffer_swap, 1, 8},
};

JsValue binding_buffer(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow numbers[] = {
      {"kMaxLength", BUFFER_MAX_LENGTH},
      {"kStringMaxLength", STRING_MAX_LENGTH},
      {NULL, 0},
  };
  JsValue obj = rt_functions_object(cx, buffer_functions);
  if (js_is_exception(obj) || !rt_define_numbers(cx, obj, numbers))
    return JS_EXCEPTION;
  for (size_t i = 0; i < sizeof buffer_with_magic / sizeof *buffer_with_magic; i++) {
    JsValue fn = js_closure_new(cx, buffer_with_magic[i].fn, buffer_with_magic[i].name, buffer_with_magic[i].length,
                                buffer_with_magic[i].magic, 0, NULL);
    if (js_is_exception(fn) || !js_define(cx, obj, buffer_with_magic[i].name, fn, JS_PLAIN))
      return JS_EXCEPTION;
  }
  return obj;
}
