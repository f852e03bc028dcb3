// SPDX-License-Identifier: MIT
/* Bytes into values: see serial.h. Whatever the bytes are, the worst is an exception. */
#include "runtime/serial.h"

#include "base/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void serial_reader_init(SerialReader *reader, JsContext *cx, const SerialReaderHost *host, void *opaque,
                        const uint8_t *data, size_t length)
{
  *reader = (SerialReader){.cx = cx, .host = host, .opaque = opaque, .data = data, .length = length};
}

void serial_reader_free(SerialReader *reader)
{
  js_ref_free(reader->objects);
  reader->objects = NULL;
}

static JsValue malformed(SerialReader *r)
{
  if (js_exception_pending(r->cx))
    return JS_EXCEPTION;
  return js_throw_plain_error(r->cx, "Unable to deserialize cloned data.");
}

/* --- bytes ------------------------------------------------------------------------------------------------------- */

static bool take(SerialReader *r, uint8_t *byte)
{
  if (r->at >= r->length)
    return false;
  *byte = r->data[r->at++];
  return true;
}

bool serial_read_uint64(SerialReader *r, uint64_t *value)
{
  uint8_t byte;
  *value = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (!take(r, &byte))
      return false;
    if (shift < 64)
      *value |= (uint64_t)(byte & 0x7F) << shift;
    if (!(byte & 0x80))
      return true;
  }
}

bool serial_read_uint32(SerialReader *r, uint32_t *value)
{
  uint64_t wide;
  if (!serial_read_uint64(r, &wide))
    return false;
  *value = (uint32_t)wide;
  return true;
}

bool serial_read_bytes(SerialReader *r, size_t length, const uint8_t **bytes)
{
  if (length > r->length - r->at)
    return false;
  *bytes = r->data + r->at;
  r->at += length;
  return true;
}

bool serial_read_double(SerialReader *r, double *value)
{
  const uint8_t *bytes;
  if (!serial_read_bytes(r, sizeof *value, &bytes))
    return false;
  memcpy(value, bytes, sizeof *value);
  if (*value != *value)
    *value = (double)NAN; /* whatever its bits were */
  return true;
}

bool serial_read_header(SerialReader *r)
{
  if (r->at < r->length && r->data[r->at] == SERIAL_TAG_VERSION) {
    r->at++;
    if (serial_read_uint32(r, &r->version) && r->version >= 13 && r->version <= SERIAL_VERSION)
      return true;
  }
  js_throw_plain_error(r->cx, "Unable to deserialize cloned data due to invalid or unsupported version.");
  return false;
}

static bool take_tag(SerialReader *r, uint8_t *tag)
{
  do {
    if (!take(r, tag))
      return false;
  } while (*tag == SERIAL_TAG_PADDING);
  return true;
}

static bool peek_tag(const SerialReader *r, uint8_t *tag)
{
  for (size_t at = r->at; at < r->length; at++) {
    if (r->data[at] != SERIAL_TAG_PADDING) {
      *tag = r->data[at];
      return true;
    }
  }
  return false;
}

/* --- objects by number ------------------------------------------------------------------------------------------- */

static bool remember(SerialReader *r, uint32_t id, JsValue obj)
{
  if (!r->objects) {
    JsValue list = js_array_new(r->cx, 0, NULL);
    r->objects = js_is_exception(list) ? NULL : js_ref_new(r->cx, list);
    if (!r->objects)
      return false;
  }
  if (id == r->remembered) {
    r->remembered++;
    return js_array_push(r->cx, js_ref_get(r->objects), obj);
  }
  if (id > r->remembered)
    r->remembered = id + 1;
  return js_set_index(r->cx, js_ref_get(r->objects), id, obj);
}

static JsValue read_reference(SerialReader *r)
{
  uint32_t id;
  if (!serial_read_uint32(r, &id) || id >= r->object_count || !r->objects)
    return malformed(r);
  JsValue obj = js_get_index(r->cx, js_ref_get(r->objects), id);
  return js_is_exception(obj) || js_value_is_object(obj) ? obj : malformed(r);
}

/* --- primitives -------------------------------------------------------------------------------------------------- */

static JsValue read_string_of(SerialReader *r, uint8_t tag)
{
  uint32_t size;
  const uint8_t *bytes;
  if (!serial_read_uint32(r, &size) || !serial_read_bytes(r, size, &bytes))
    return malformed(r);
  switch (tag) {
  case SERIAL_TAG_LATIN1_STRING: return js_string_latin1(r->cx, bytes, size);
  case SERIAL_TAG_UTF8_STRING: return js_string_utf8(r->cx, (const char *)bytes, size);
  default: break;
  }
  if (size % 2)
    return malformed(r);
  JsValue string;
  uint16_t *units;
  if (!js_string_reserve_utf16(r->cx, size / 2, &string, &units))
    return JS_EXCEPTION;
  memcpy(units, bytes, size);
  return string;
}

static JsValue read_string(SerialReader *r)
{
  uint8_t tag;
  if (!take_tag(r, &tag) ||
      (tag != SERIAL_TAG_LATIN1_STRING && tag != SERIAL_TAG_UTF8_STRING && tag != SERIAL_TAG_UTF16_STRING))
    return malformed(r);
  return read_string_of(r, tag);
}

static JsValue read_bigint(SerialReader *r)
{
  uint32_t head;
  const uint8_t *bytes;
  if (!serial_read_uint32(r, &head) || !serial_read_bytes(r, head >> 1, &bytes))
    return malformed(r);
  size_t size = head >> 1, count = (size + 7) / 8;
  uint64_t *words = calloc(count + 1, sizeof *words);
  if (!words)
    return js_throw_range_error(r->cx, "Maximum BigInt size exceeded");
  memcpy(words, bytes, size);
  JsValue val = js_bigint_from_words(r->cx, count, words, head & 1);
  free(words);
  return val;
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

/* A property that is new to the object. */
static bool add_property(SerialReader *r, JsValue obj, JsValue key, JsValue val)
{
  bool had;
  if (!js_has_own_key(r->cx, obj, key, &had))
    return false;
  return had ? (void)malformed(r), false : js_define_key(r->cx, obj, key, val, JS_PLAIN);
}

/* The same for an object that nobody but the reader knows, if its name is next. */
static bool read_named(SerialReader *r, JsValue obj)
{
  uint8_t tag;
  uint32_t size;
  const uint8_t *name;
  bool had = false;
  (void)take_tag(r, &tag);
  if (!serial_read_uint32(r, &size) || !serial_read_bytes(r, size, &name))
    return (void)malformed(r), false;
  JsValue val = serial_read_value(r);
  if (js_is_exception(val))
    return false;
  if (js_unlikely(r->host_has_run)) /* while the value was read */
    return add_property(r, obj, js_string_latin1(r->cx, name, size), val);
  if (!js_object_add_latin1(r->cx, obj, name, size, val, &had))
    return false;
  return had ? (void)malformed(r), false : true;
}

/* Properties up to `end`, which is taken; *count of them. */
static bool read_properties(SerialReader *r, JsValue obj, uint8_t end, uint32_t *count)
{
  uint8_t tag;
  for (*count = 0;; ++*count) {
    if (!peek_tag(r, &tag))
      return (void)malformed(r), false;
    if (tag == end)
      return take_tag(r, &tag);
    if (tag == SERIAL_TAG_LATIN1_STRING && end == SERIAL_TAG_OBJECT_END && !r->host_has_run) {
      if (!read_named(r, obj))
        return false;
      continue;
    }
    JsValue key = serial_read_value(r);
    if (js_is_exception(key))
      return false;
    if (!js_value_is_string(key) && !js_is_number(key))
      return (void)malformed(r), false;
    JsValue val = serial_read_value(r);
    if (js_is_exception(val) || !add_property(r, obj, key, val))
      return false;
  }
}

static JsValue read_plain_object(SerialReader *r, uint32_t id)
{
  JsValue obj = js_object_new(r->cx);
  uint32_t count, expected;
  if (js_is_exception(obj) || !remember(r, id, obj) || !read_properties(r, obj, SERIAL_TAG_OBJECT_END, &count))
    return JS_EXCEPTION;
  return serial_read_uint32(r, &expected) && expected == count ? obj : malformed(r);
}

static JsValue read_array(SerialReader *r, uint32_t id, bool dense)
{
  JsContext *cx = r->cx;
  uint32_t length, pushed = 0, count, expected, again;
  if (!serial_read_uint32(r, &length) || (dense && length > r->length - r->at))
    return malformed(r);
  JsValue array = js_array_new(cx, 0, NULL);
  if (js_is_exception(array) || !remember(r, id, array))
    return JS_EXCEPTION;
  if (dense) {
    for (uint32_t k = 0; k < length; k++) {
      uint8_t tag;
      if (!peek_tag(r, &tag))
        return malformed(r);
      if (tag == SERIAL_TAG_HOLE) {
        (void)take_tag(r, &tag);
        continue;
      }
      JsValue item = serial_read_value(r);
      if (js_is_exception(item))
        return JS_EXCEPTION;
      bool appends = pushed == k && !r->host_has_run;
      pushed += appends;
      if (!(appends ? js_array_push(cx, array, item) : js_define_key(cx, array, js_number(k), item, JS_PLAIN)))
        return JS_EXCEPTION;
    }
  }
  if (!read_properties(r, array, dense ? SERIAL_TAG_DENSE_ARRAY_END : SERIAL_TAG_SPARSE_ARRAY_END, &count))
    return JS_EXCEPTION;
  if (!serial_read_uint32(r, &expected) || !serial_read_uint32(r, &again) || expected != count || again != length)
    return malformed(r);
  return pushed == length || js_set(cx, array, "length", js_number(length)) ? array : JS_EXCEPTION;
}

static JsValue read_collection(SerialReader *r, uint32_t id, bool is_map)
{
  JsValue collection = is_map ? js_map_new(r->cx) : js_set_new(r->cx);
  uint8_t end = is_map ? SERIAL_TAG_MAP_END : SERIAL_TAG_SET_END, tag;
  if (js_is_exception(collection) || !remember(r, id, collection))
    return JS_EXCEPTION;
  uint32_t count = 0, expected;
  for (;;) {
    if (!peek_tag(r, &tag))
      return malformed(r);
    if (tag == end)
      break;
    JsValue key = serial_read_value(r);
    JsValue val = js_is_exception(key) || !is_map ? key : serial_read_value(r);
    if (js_is_exception(val) || !js_collection_add(r->cx, collection, key, is_map ? val : JS_UNDEFINED))
      return JS_EXCEPTION;
    count += is_map ? 2 : 1;
  }
  if (!take_tag(r, &tag) || !serial_read_uint32(r, &expected) || expected != count)
    return malformed(r);
  return collection;
}

static JsValue read_regexp(SerialReader *r)
{
  uint32_t bits;
  JsValue source = read_string(r);
  if (js_is_exception(source) || !serial_read_uint32(r, &bits))
    return malformed(r);
  char letters[16];
  size_t count = 0;
#define V(letter, bit)                                                                                                 \
  if (bits & bit)                                                                                                      \
    letters[count++] = letter;
  SERIAL_REGEXP_FLAGS(V)
#undef V
  return js_regexp_new(r->cx, source, js_string_latin1(r->cx, letters, count));
}

static JsValue read_number_object(SerialReader *r)
{
  double number;
  return serial_read_double(r, &number) ? js_to_object(r->cx, js_number(number)) : malformed(r);
}

static JsValue read_date(SerialReader *r)
{
  double time;
  return serial_read_double(r, &time) ? js_date_new(r->cx, time) : malformed(r);
}

static JsValue read_buffer(SerialReader *r, bool resizable)
{
  uint64_t length, max;
  const uint8_t *bytes;
  if (!serial_read_uint64(r, &length) || (resizable && (!serial_read_uint64(r, &max) || max < length)) ||
      length > r->length - r->at)
    return malformed(r);
  void *data = NULL;
  JsValue buffer =
      resizable ? js_array_buffer_resizable(r->cx, length, max) : js_array_buffer_new(r->cx, (size_t)length, NULL);
  if (js_is_exception(buffer) || !serial_read_bytes(r, (size_t)length, &bytes))
    return malformed(r);
  js_array_buffer_get(buffer, &data, NULL);
  if (length)
    memcpy(data, bytes, (size_t)length);
  return buffer;
}

static JsValue read_host_buffer(SerialReader *r, bool shared)
{
  uint32_t id;
  JsValue (*ask)(SerialReader *, uint32_t) = !r->host ? NULL : shared ? r->host->shared : r->host->transferred;
  if (!ask || !serial_read_uint32(r, &id))
    return malformed(r);
  JsValue buffer = ask(r, id);
  return js_is_exception(buffer) || js_array_buffer_traits(buffer, NULL) ? buffer : malformed(r);
}

static bool view_type(uint8_t tag, JsElementType *type)
{
  switch (tag) {
#define V(kind, letter)                                                                                                \
  case letter: *type = kind; return true;
    SERIAL_VIEW_TAGS(V)
#undef V
  default: return false;
  }
}

static unsigned element_bytes(JsElementType type)
{
  static const uint8_t sizes[] = {1, 1, 1, 2, 2, 4, 4, 2, 4, 8, 8, 8, 1};
  return sizes[type];
}

static JsValue read_view(SerialReader *r, JsValue buffer)
{
  uint8_t letter;
  JsElementType type;
  uint64_t offset, length;
  uint32_t flags = 0;
  if (!take(r, &letter) || !view_type(letter, &type) || !serial_read_uint64(r, &offset) ||
      !serial_read_uint64(r, &length) || (r->version >= 14 && !serial_read_uint32(r, &flags)) ||
      length % element_bytes(type))
    return malformed(r);
  JsValue view = js_typed_array_new(r->cx, type, buffer, (size_t)offset, (size_t)length / element_bytes(type));
  if (!js_is_exception(view))
    return view;
  js_take_exception(r->cx);
  return malformed(r);
}

/* A view follows its buffer at once. */
static JsValue with_view(SerialReader *r, JsValue buffer)
{
  uint8_t tag;
  if (js_is_exception(buffer) || !peek_tag(r, &tag) || tag != SERIAL_TAG_VIEW)
    return buffer;
  (void)take_tag(r, &tag);
  uint32_t id = r->object_count++;
  JsValue view = read_view(r, buffer);
  return js_is_exception(view) || !remember(r, id, view) ? JS_EXCEPTION : view;
}

static const char *error_type(uint8_t tag)
{
  switch (tag) {
  case SERIAL_ERROR_EVAL: return "EvalError";
  case SERIAL_ERROR_RANGE: return "RangeError";
  case SERIAL_ERROR_REFERENCE: return "ReferenceError";
  case SERIAL_ERROR_SYNTAX: return "SyntaxError";
  case SERIAL_ERROR_TYPE: return "TypeError";
  case SERIAL_ERROR_URI: return "URIError";
  default: return NULL;
  }
}

static JsValue read_error(SerialReader *r, uint32_t id)
{
  JsContext *cx = r->cx;
  const char *type = "Error";
  JsValue message = JS_UNDEFINED, stack = JS_UNDEFINED, cause = JS_HOLE;
  JsValue error = JS_UNDEFINED;
  uint8_t tag;
  for (;;) {
    if (!take(r, &tag))
      return malformed(r);
    if (error_type(tag)) {
      type = error_type(tag);
      continue;
    }
    if (tag == SERIAL_ERROR_END)
      break;
    JsValue *part = tag == SERIAL_ERROR_MESSAGE ? &message
                    : tag == SERIAL_ERROR_STACK ? &stack
                    : tag == SERIAL_ERROR_CAUSE ? &cause
                                                : NULL;
    if (!part)
      return malformed(r);
    if (part == &cause) {
      /* It may name the error itself. */
      error = js_error_new(cx, type, message);
      if (js_is_exception(error) || !remember(r, id, error))
        return JS_EXCEPTION;
    }
    *part = part == &cause ? serial_read_value(r) : read_string(r);
    if (js_is_exception(*part))
      return JS_EXCEPTION;
  }
  if (js_is_undefined(error))
    error = js_error_new(cx, type, message);
  if (js_is_exception(error) || !remember(r, id, error) ||
      (!js_is_hole(cause) && !js_define(cx, error, "cause", cause, JS_HIDDEN)) ||
      !js_define(cx, error, "stack", stack, JS_HIDDEN))
    return JS_EXCEPTION;
  return error;
}

/* Objects that are whole before anything could name them. */
static JsValue read_closed_object(SerialReader *r, uint8_t tag)
{
  JsValue part;
  switch (tag) {
  case SERIAL_TAG_DATE: return read_date(r);
  case SERIAL_TAG_TRUE_OBJECT: return js_to_object(r->cx, JS_TRUE);
  case SERIAL_TAG_FALSE_OBJECT: return js_to_object(r->cx, JS_FALSE);
  case SERIAL_TAG_NUMBER_OBJECT: return read_number_object(r);
  case SERIAL_TAG_BIGINT_OBJECT: part = read_bigint(r); return js_is_exception(part) ? part : js_to_object(r->cx, part);
  case SERIAL_TAG_STRING_OBJECT: part = read_string(r); return js_is_exception(part) ? part : js_to_object(r->cx, part);
  case SERIAL_TAG_REGEXP: return read_regexp(r);
  case SERIAL_TAG_ARRAY_BUFFER:
  case SERIAL_TAG_RESIZABLE_ARRAY_BUFFER: return read_buffer(r, tag == SERIAL_TAG_RESIZABLE_ARRAY_BUFFER);
  case SERIAL_TAG_TRANSFERRED_BUFFER:
  case SERIAL_TAG_SHARED_BUFFER: return read_host_buffer(r, tag == SERIAL_TAG_SHARED_BUFFER);
  case SERIAL_TAG_HOST_OBJECT:
    r->host_has_run = true;
    return r->host && r->host->object ? r->host->object(r) : malformed(r);
  default: return malformed(r);
  }
}

static JsValue read_object(SerialReader *r, uint8_t tag)
{
  if (!js_check_stack(r->cx))
    return JS_EXCEPTION;
  if (tag == SERIAL_TAG_REFERENCE)
    return with_view(r, read_reference(r));
  uint32_t id = r->object_count++;
  switch (tag) {
  case SERIAL_TAG_OBJECT: return read_plain_object(r, id);
  case SERIAL_TAG_DENSE_ARRAY:
  case SERIAL_TAG_SPARSE_ARRAY: return read_array(r, id, tag == SERIAL_TAG_DENSE_ARRAY);
  case SERIAL_TAG_MAP:
  case SERIAL_TAG_SET: return read_collection(r, id, tag == SERIAL_TAG_MAP);
  case SERIAL_TAG_ERROR: return read_error(r, id);
  default: break;
  }
  JsValue obj = read_closed_object(r, tag);
  if (js_is_exception(obj) || (js_value_is_object(obj) && !remember(r, id, obj)))
    return JS_EXCEPTION;
  return js_array_buffer_traits(obj, NULL) ? with_view(r, obj) : obj;
}

JsValue serial_read_value(SerialReader *r)
{
  uint8_t tag;
  uint32_t bits;
  double number;
  if (!take_tag(r, &tag))
    return malformed(r);
  switch (tag) {
  case SERIAL_TAG_UNDEFINED: return JS_UNDEFINED;
  case SERIAL_TAG_NULL: return JS_NULL;
  case SERIAL_TAG_TRUE: return JS_TRUE;
  case SERIAL_TAG_FALSE: return JS_FALSE;
  case SERIAL_TAG_INT32:
    if (!serial_read_uint32(r, &bits))
      return malformed(r);
    return js_int32((int32_t)(bits >> 1 ^ (0u - (bits & 1))));
  case SERIAL_TAG_UINT32: return serial_read_uint32(r, &bits) ? js_number(bits) : malformed(r);
  case SERIAL_TAG_DOUBLE: return serial_read_double(r, &number) ? js_number(number) : malformed(r);
  case SERIAL_TAG_BIGINT: return read_bigint(r);
  case SERIAL_TAG_LATIN1_STRING:
  case SERIAL_TAG_UTF8_STRING:
  case SERIAL_TAG_UTF16_STRING: return read_string_of(r, tag);
  default: return read_object(r, tag);
  }
}
