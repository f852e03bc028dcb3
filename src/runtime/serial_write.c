// SPDX-License-Identifier: MIT
/* Values into bytes: see serial.h. */
#include "runtime/serial.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- bytes ------------------------------------------------------------------------------------------------------- */

void serial_writer_init(SerialWriter *writer, JsContext *cx, const SerialWriterHost *host, void *opaque)
{
  *writer = (SerialWriter){.cx = cx, .host = host, .opaque = opaque, .default_proto = JS_UNDEFINED};
}

void serial_writer_free(SerialWriter *writer)
{
  free(writer->data);
  free(writer->seen);
  js_ref_free(writer->alive);
  writer->data = NULL;
  writer->seen = NULL;
  writer->alive = NULL;
}

uint8_t *serial_writer_take(SerialWriter *writer, size_t *length)
{
  uint8_t *data = writer->data;
  *length = writer->length;
  writer->data = NULL;
  writer->length = writer->capacity = 0;
  return data;
}

static bool reserve(SerialWriter *w, size_t more)
{
  if (js_likely(w->capacity - w->length >= more))
    return true;
  size_t capacity = w->capacity * 2 + more + 64;
  uint8_t *data = realloc(w->data, capacity);
  if (!data) {
    js_throw_range_error(w->cx, "Array buffer allocation failed");
    return false;
  }
  w->data = data;
  w->capacity = capacity;
  return true;
}

static bool put(SerialWriter *w, uint8_t byte)
{
  if (!reserve(w, 1))
    return false;
  w->data[w->length++] = byte;
  return true;
}

bool serial_write_uint64(SerialWriter *w, uint64_t value)
{
  if (!reserve(w, 10))
    return false;
  uint8_t *to = w->data + w->length;
  for (; value >= 0x80; value >>= 7)
    *to++ = (uint8_t)(value | 0x80);
  *to++ = (uint8_t)value;
  w->length = (size_t)(to - w->data);
  return true;
}

/* Tag and number of at most 32 bits. */
static bool put_tagged(SerialWriter *w, SerialTag tag, uint32_t value)
{
  if (!reserve(w, 6))
    return false;
  w->data[w->length++] = (uint8_t)tag;
  return serial_write_uint64(w, value);
}

bool serial_write_uint32(SerialWriter *w, uint32_t value)
{
  return serial_write_uint64(w, value);
}

bool serial_write_bytes(SerialWriter *w, const void *bytes, size_t length)
{
  if (!reserve(w, length))
    return false;
  if (length)
    memcpy(w->data + w->length, bytes, length);
  w->length += length;
  return true;
}

bool serial_write_double(SerialWriter *w, double value)
{
  return serial_write_bytes(w, &value, sizeof value);
}

bool serial_write_header(SerialWriter *w)
{
  return put(w, SERIAL_TAG_VERSION) && put(w, SERIAL_VERSION);
}

bool serial_write_host_tag(SerialWriter *w)
{
  return put(w, SERIAL_TAG_HOST_OBJECT);
}

/* --- objects seen before ----------------------------------------------------------------------------------------- */

static SerialSeen *seen_place(SerialWriter *w, uint64_t bits)
{
  uint32_t at = (uint32_t)((bits >> 4) * 0x9E3779B97F4A7C15u >> 32);
  for (;; at++) {
    SerialSeen *place = &w->seen[at & (w->seen_capacity - 1)];
    if (place->bits == bits || place->bits == 0)
      return place;
  }
}

static bool grow_seen(SerialWriter *w)
{
  uint32_t old_capacity = w->seen_capacity;
  SerialSeen *old = w->seen;
  w->seen_capacity = old_capacity ? old_capacity * 2 : 16;
  w->seen = calloc(w->seen_capacity, sizeof *w->seen);
  if (!w->seen) {
    w->seen = old;
    w->seen_capacity = old_capacity;
    js_throw_range_error(w->cx, "Out of memory");
    return false;
  }
  for (uint32_t k = 0; k < old_capacity; k++) {
    if (old[k].bits)
      *seen_place(w, old[k].bits) = old[k];
  }
  free(old);
  return true;
}

/* Gives the object a number. False in *fresh: it had one, and a reference is written. */
static bool number_object(SerialWriter *w, JsValue obj, bool *fresh)
{
  if (w->seen_count * 2 >= w->seen_capacity && !grow_seen(w))
    return false;
  SerialSeen *place = seen_place(w, obj.bits);
  *fresh = place->bits == 0;
  if (!*fresh)
    return put(w, SERIAL_TAG_REFERENCE) && serial_write_uint32(w, place->id);
  *place = (SerialSeen){obj.bits, w->seen_count++};
  if (!w->alive) {
    JsValue list = js_array_new(w->cx, 0, NULL);
    w->alive = js_is_exception(list) ? NULL : js_ref_new(w->cx, list);
    if (!w->alive)
      return false;
  }
  return js_array_push(w->cx, js_ref_get(w->alive), obj);
}

/* --- primitives -------------------------------------------------------------------------------------------------- */

static bool write_string(SerialWriter *w, JsValue string)
{
  JsStringView view = js_string_view(w->cx, string);
  bool ok;
  if (!view.is_wide) {
    ok = put_tagged(w, SERIAL_TAG_LATIN1_STRING, view.length) && serial_write_bytes(w, view.units, view.length);
  } else {
    /* The units stand at an even offset. */
    size_t size = (size_t)view.length * 2, count_size = 1;
    for (size_t rest = size; rest >= 0x80; rest >>= 7)
      count_size++;
    ok = ((w->length + 1 + count_size) % 2 == 0 || put(w, SERIAL_TAG_PADDING)) && put(w, SERIAL_TAG_UTF16_STRING) &&
         serial_write_uint64(w, size) && serial_write_bytes(w, view.units, size);
  }
  return ok;
}

static bool write_bigint_body(SerialWriter *w, JsValue bigint)
{
  const uint64_t *words;
  bool negative;
  size_t count = js_bigint_words(bigint, &words, &negative);
  return serial_write_uint64(w, (uint64_t)count * 8 << 1 | negative) && serial_write_bytes(w, words, count * 8);
}

static bool write_int32(SerialWriter *w, int32_t number)
{
  return put_tagged(w, SERIAL_TAG_INT32, (uint32_t)number << 1 ^ (uint32_t)(number >> 31));
}

static bool write_number(SerialWriter *w, JsValue val)
{
  if (js_likely(js_is_int32(val)))
    return write_int32(w, js_as_int32(val));
  double number = js_number_value(val);
  int32_t small = number >= -2147483648.0 && number <= 2147483647.0 ? (int32_t)number : 0;
  if (small == number && (small != 0 || !(1 / number < 0)))
    return write_int32(w, small);
  return put(w, SERIAL_TAG_DOUBLE) && serial_write_double(w, number);
}

/* --- refusals ---------------------------------------------------------------------------------------------------- */

/* "#<Name> could not be cloned.", or the value as text. */
static bool refuse(SerialWriter *w, JsValue val, const char *why)
{
  JsContext *cx = w->cx;
  char *text = NULL;
  if (js_value_is_symbol(val)) {
    JsValue shown = js_invoke(cx, val, "toString", 0, NULL);
    text = js_is_exception(shown) ? NULL : js_to_utf8(cx, shown, NULL);
  } else if (js_value_is_function(val)) {
    JsValue source = js_to_string(cx, val);
    text = js_is_exception(source) ? NULL : js_to_utf8(cx, source, NULL);
  } else {
    text = js_to_utf8(cx, js_constructor_name(cx, val), NULL);
  }
  if (!text)
    return false;
  bool named = js_value_is_object(val) && !js_value_is_function(val);
  size_t size = strlen(text) + strlen(why) + 16;
  char *message = malloc(size);
  if (message)
    snprintf(message, size, named ? "#<%s> %s" : "%s %s", named && !*text ? "Object" : text, why);
  JsValue string = js_string(cx, message ? message : "The value could not be cloned.");
  free(text);
  free(message);
  if (js_is_exception(string))
    return false;
  if (w->host && w->host->refuse)
    w->host->refuse(w, string);
  else
    js_throw(cx, js_error_new(cx, "Error", string));
  return false;
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

static bool write_walked(SerialWriter *w, JsPropertyWalk *walk, uint32_t *count)
{
  JsValue key, val;
  for (*count = 0;; ++*count) {
    if (!js_walk_next(w->cx, walk, &key, &val))
      return false;
    if (js_is_hole(key))
      return true;
    if (!write_string(w, key) || !serial_write_value(w, val))
      return false;
  }
}

/* Own enumerable string-keyed properties, but the first `skip` indices, which are elements; *count of them. */
static bool write_properties(SerialWriter *w, JsValue obj, bool skip_indices, uint32_t *count)
{
  JsContext *cx = w->cx;
  JsPropertyWalk walk;
  if ((skip_indices || !js_value_is_array(obj)) && js_walk_begin(cx, obj, &walk))
    return write_walked(w, &walk, count);
  int which = JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE_ONLY | (skip_indices ? JS_KEYS_SKIP_INDICES : 0);
  JsValue keys = js_own_keys(cx, obj, which);
  int64_t length;
  *count = 0;
  if (js_is_exception(keys) || !js_length(cx, keys, &length))
    return false;
  for (int64_t k = 0; k < length; k++) {
    JsValue key = js_get_index(cx, keys, (uint32_t)k);
    bool has;
    if (js_is_exception(key))
      return false;
    /* A getter may have removed it. */
    if (k && (!js_has_own_key(cx, obj, key, &has)))
      return false;
    if (k && !has)
      continue;
    JsValue val = js_get_key(cx, obj, key);
    if (js_is_exception(val))
      return false;
    uint32_t index = 0;
    JsStringView view = js_string_view(cx, key);
    bool is_index = view.length > 0 && view.length <= 10 && !view.is_wide;
    uint64_t number = 0;
    for (uint32_t j = 0; is_index && j < view.length; j++) {
      uint8_t digit = ((const uint8_t *)view.units)[j];
      is_index = digit >= '0' && digit <= '9' && !(j == 0 && digit == '0' && view.length > 1);
      number = number * 10 + (digit - '0');
    }
    is_index = is_index && number < UINT32_MAX;
    index = (uint32_t)number;
    if (!(is_index ? write_number(w, js_number(index)) : write_string(w, key)) || !serial_write_value(w, val))
      return false;
    ++*count;
  }
  return true;
}

static bool write_plain_object(SerialWriter *w, JsValue obj)
{
  uint32_t count;
  return put(w, SERIAL_TAG_OBJECT) && write_properties(w, obj, false, &count) && put(w, SERIAL_TAG_OBJECT_END) &&
         serial_write_uint32(w, count);
}

static bool write_array(SerialWriter *w, JsValue array)
{
  JsContext *cx = w->cx;
  int64_t length;
  uint32_t count;
  if (!js_length(cx, array, &length))
    return false;
  if (!js_array_is_dense(array))
    return put(w, SERIAL_TAG_SPARSE_ARRAY) && serial_write_uint64(w, (uint64_t)length) &&
           write_properties(w, array, false, &count) && put(w, SERIAL_TAG_SPARSE_ARRAY_END) &&
           serial_write_uint32(w, count) && serial_write_uint64(w, (uint64_t)length);
  if (!put(w, SERIAL_TAG_DENSE_ARRAY) || !serial_write_uint64(w, (uint64_t)length))
    return false;
  for (int64_t k = 0; k < length; k++) {
    JsValue item = js_get_index(cx, array, (uint32_t)k);
    bool has = true;
    if (js_is_exception(item))
      return false;
    if (js_is_undefined(item) && !js_has_own_key(cx, array, js_number((double)k), &has))
      return false;
    if (!(has ? serial_write_value(w, item) : put(w, SERIAL_TAG_HOLE)))
      return false;
  }
  return write_properties(w, array, true, &count) && put(w, SERIAL_TAG_DENSE_ARRAY_END) &&
         serial_write_uint32(w, count) && serial_write_uint64(w, (uint64_t)length);
}

static bool write_collection(SerialWriter *w, JsValue obj, bool is_map)
{
  bool pairs;
  JsValue entries = js_preview_entries(w->cx, obj, &pairs);
  int64_t length;
  if (js_is_exception(entries) || !js_length(w->cx, entries, &length) ||
      !put(w, is_map ? SERIAL_TAG_MAP : SERIAL_TAG_SET))
    return false;
  for (int64_t k = 0; k < length; k++) {
    JsValue item = js_get_index(w->cx, entries, (uint32_t)k);
    if (js_is_exception(item) || !serial_write_value(w, item))
      return false;
  }
  return put(w, is_map ? SERIAL_TAG_MAP_END : SERIAL_TAG_SET_END) && serial_write_uint64(w, (uint64_t)length);
}

static bool write_regexp(SerialWriter *w, JsValue obj)
{
  JsValue source, flags;
  if (!js_regexp_parts(w->cx, obj, &source, &flags))
    return refuse(w, obj, "could not be cloned.");
  uint32_t bits = 0;
  JsStringView view = js_string_view(w->cx, flags);
  for (uint32_t k = 0; k < view.length; k++) {
    switch (((const uint8_t *)view.units)[k]) {
#define V(letter, bit)                                                                                                 \
  case letter: bits |= bit; break;
      SERIAL_REGEXP_FLAGS(V)
#undef V
    default: break;
    }
  }
  return put(w, SERIAL_TAG_REGEXP) && write_string(w, source) && serial_write_uint32(w, bits);
}

static bool write_wrapper(SerialWriter *w, JsValue obj)
{
  JsValue primitive = js_unwrap_primitive(obj);
  switch (js_value_type(primitive)) {
  case JS_TYPE_BOOLEAN: return put(w, js_to_boolean(primitive) ? SERIAL_TAG_TRUE_OBJECT : SERIAL_TAG_FALSE_OBJECT);
  case JS_TYPE_NUMBER: return put(w, SERIAL_TAG_NUMBER_OBJECT) && serial_write_double(w, js_number_value(primitive));
  case JS_TYPE_BIGINT: return put(w, SERIAL_TAG_BIGINT_OBJECT) && write_bigint_body(w, primitive);
  case JS_TYPE_STRING: return put(w, SERIAL_TAG_STRING_OBJECT) && write_string(w, primitive);
  default: return refuse(w, obj, "could not be cloned.");
  }
}

static bool write_buffer(SerialWriter *w, JsValue buffer)
{
  size_t max = 0, length = 0;
  void *data = NULL;
  unsigned traits = js_array_buffer_traits(buffer, &max);
  uint32_t id = 0;
  if (traits & JS_BUFFER_SHARED) {
    SerialAnswer answer = w->host && w->host->shared ? w->host->shared(w, buffer, &id) : SERIAL_NOT_MINE;
    if (answer == SERIAL_NOT_MINE)
      return refuse(w, buffer, "could not be cloned.");
    return answer == SERIAL_DONE && put(w, SERIAL_TAG_SHARED_BUFFER) && serial_write_uint32(w, id);
  }
  SerialAnswer answer = w->host && w->host->transferred ? w->host->transferred(w, buffer, &id) : SERIAL_NOT_MINE;
  if (answer != SERIAL_NOT_MINE)
    return answer == SERIAL_DONE && put(w, SERIAL_TAG_TRANSFERRED_BUFFER) && serial_write_uint32(w, id);
  if (traits & JS_BUFFER_DETACHED) {
    if (w->host && w->host->refuse) {
      JsValue message = js_string(w->cx, "An ArrayBuffer is detached and could not be cloned.");
      if (!js_is_exception(message))
        w->host->refuse(w, message);
      return false;
    }
    return refuse(w, buffer, "is detached and could not be cloned.");
  }
  js_array_buffer_get(buffer, &data, &length);
  if (traits & JS_BUFFER_RESIZABLE)
    return put(w, SERIAL_TAG_RESIZABLE_ARRAY_BUFFER) && serial_write_uint64(w, length) && serial_write_uint64(w, max) &&
           serial_write_bytes(w, data, length);
  return put(w, SERIAL_TAG_ARRAY_BUFFER) && serial_write_uint64(w, length) && serial_write_bytes(w, data, length);
}

static uint8_t view_tag(JsElementType type)
{
  switch (type) {
#define V(kind, tag)                                                                                                   \
  case kind: return tag;
    SERIAL_VIEW_TAGS(V)
#undef V
  }
  return '?';
}

/* The buffer has been written before. */
static bool write_view(SerialWriter *w, JsValue obj)
{
  JsView view;
  size_t offset = 0;
  JsValue buffer = js_view_buffer(w->cx, obj, &offset);
  js_view(obj, &view);
  uint32_t flags = (js_view_tracks_length(obj) ? SERIAL_VIEW_TRACKS_LENGTH : 0u) |
                   (js_array_buffer_traits(buffer, NULL) & JS_BUFFER_RESIZABLE ? SERIAL_VIEW_RESIZABLE : 0u);
  return put(w, SERIAL_TAG_VIEW) && put(w, view_tag(view.type)) && serial_write_uint64(w, offset) &&
         serial_write_uint64(w, view.byte_length) && serial_write_uint32(w, flags);
}

/* The own data property of an error, JS_HOLE when there is none. */
static JsValue own_value(JsContext *cx, JsValue obj, const char *name)
{
  bool has;
  if (!js_has_own_key(cx, obj, js_intern(cx, name), &has))
    return JS_EXCEPTION;
  return has ? js_get(cx, obj, name) : JS_HOLE;
}

static bool write_error(SerialWriter *w, JsValue obj)
{
  static const struct {
    const char *name;
    SerialErrorTag tag;
  } types[] = {{"EvalError", SERIAL_ERROR_EVAL},           {"RangeError", SERIAL_ERROR_RANGE},
               {"ReferenceError", SERIAL_ERROR_REFERENCE}, {"SyntaxError", SERIAL_ERROR_SYNTAX},
               {"TypeError", SERIAL_ERROR_TYPE},           {"URIError", SERIAL_ERROR_URI}};
  JsContext *cx = w->cx;
  JsValue name = js_get(cx, obj, "name");
  if (js_is_exception(name))
    return false;
  char *text = js_to_utf8(cx, name, NULL);
  if (!text)
    return false;
  bool ok = put(w, SERIAL_TAG_ERROR);
  for (size_t k = 0; k < JS_COUNTOF(types) && ok; k++) {
    if (strcmp(types[k].name, text) == 0)
      ok = put(w, (uint8_t)types[k].tag);
  }
  free(text);
  if (!ok)
    return false;
  JsValue message = own_value(cx, obj, "message"), cause = own_value(cx, obj, "cause");
  JsValue stack = js_is_exception(message) || js_is_exception(cause) ? JS_EXCEPTION : own_value(cx, obj, "stack");
  if (js_is_exception(stack))
    return false;
  if (!js_is_hole(message)) {
    message = js_to_string(cx, message);
    if (js_is_exception(message) || !put(w, SERIAL_ERROR_MESSAGE) || !write_string(w, message))
      return false;
  }
  if (js_value_is_string(stack) && (!put(w, SERIAL_ERROR_STACK) || !write_string(w, stack)))
    return false;
  if (!js_is_hole(cause) && (!put(w, SERIAL_ERROR_CAUSE) || !serial_write_value(w, cause)))
    return false;
  return put(w, SERIAL_ERROR_END);
}

static SerialAnswer ask_host(SerialWriter *w, JsValue obj)
{
  return w->host && w->host->object ? w->host->object(w, obj) : SERIAL_NOT_MINE;
}

/* An object that is not plain, or whose prototype is not Object.prototype or null. */
static bool is_plain(SerialWriter *w, JsValue obj, bool *plain)
{
  JsContext *cx = w->cx;
  JsValue proto = js_get_prototype(cx, obj);
  if (js_is_exception(proto))
    return false;
  if (js_is_undefined(w->default_proto)) {
    w->default_proto = js_get_prototype(cx, js_object_new(cx));
    if (js_is_exception(w->default_proto))
      return false;
  }
  *plain = js_is_null(proto) || proto.bits == w->default_proto.bits;
  return true;
}

static bool write_object(SerialWriter *w, JsValue obj)
{
  JsContext *cx = w->cx;
  if (!js_check_stack(cx))
    return false;
  JsObjectKind kind = js_object_kind(obj);
  bool fresh = false;
  /* A view comes behind its buffer. */
  if ((kind == JS_OBJECT_TYPED_ARRAY || kind == JS_OBJECT_DATA_VIEW) && !w->views_are_host &&
      (w->seen_capacity == 0 || seen_place(w, obj.bits)->bits == 0)) {
    JsValue buffer = js_view_buffer(cx, obj, NULL);
    if (!serial_write_value(w, buffer))
      return false;
  }
  if (!number_object(w, obj, &fresh))
    return false;
  if (!fresh)
    return true;
  switch (kind) {
  case JS_OBJECT_ARRAY: return write_array(w, obj);
  case JS_OBJECT_DATE: {
    double time = 0;
    js_date_value(obj, &time);
    return put(w, SERIAL_TAG_DATE) && serial_write_double(w, time);
  }
  case JS_OBJECT_BOOLEAN:
  case JS_OBJECT_NUMBER:
  case JS_OBJECT_STRING:
  case JS_OBJECT_BIGINT:
  case JS_OBJECT_SYMBOL: return write_wrapper(w, obj);
  case JS_OBJECT_REGEXP: return write_regexp(w, obj);
  case JS_OBJECT_MAP:
  case JS_OBJECT_SET: return write_collection(w, obj, kind == JS_OBJECT_MAP);
  case JS_OBJECT_ARRAY_BUFFER:
  case JS_OBJECT_SHARED_ARRAY_BUFFER: return write_buffer(w, obj);
  case JS_OBJECT_TYPED_ARRAY:
  case JS_OBJECT_DATA_VIEW:
    if (w->views_are_host) {
      SerialAnswer answer = ask_host(w, obj);
      return answer == SERIAL_NOT_MINE ? refuse(w, obj, "could not be cloned.") : answer == SERIAL_DONE;
    }
    return write_view(w, obj);
  case JS_OBJECT_ERROR: {
    SerialAnswer answer = ask_host(w, obj);
    return answer == SERIAL_NOT_MINE ? write_error(w, obj) : answer == SERIAL_DONE;
  }
  case JS_OBJECT_HOST: {
    SerialAnswer answer = ask_host(w, obj);
    return answer == SERIAL_NOT_MINE ? refuse(w, obj, "could not be cloned.") : answer == SERIAL_DONE;
  }
  case JS_OBJECT_ORDINARY:
  case JS_OBJECT_ARGUMENTS: {
    bool plain;
    if (!is_plain(w, obj, &plain))
      return false;
    SerialAnswer answer = plain ? SERIAL_NOT_MINE : ask_host(w, obj);
    return answer == SERIAL_NOT_MINE ? write_plain_object(w, obj) : answer == SERIAL_DONE;
  }
  default: {
    /* Functions, proxies, promises, weak things, iterators, generators, namespaces. */
    SerialAnswer answer = kind == JS_OBJECT_PROXY ? SERIAL_NOT_MINE : ask_host(w, obj);
    return answer == SERIAL_NOT_MINE ? refuse(w, obj, "could not be cloned.") : answer == SERIAL_DONE;
  }
  }
}

bool serial_write_value(SerialWriter *w, JsValue val)
{
  switch (js_value_type(val)) {
  case JS_TYPE_UNDEFINED: return put(w, SERIAL_TAG_UNDEFINED);
  case JS_TYPE_NULL: return put(w, SERIAL_TAG_NULL);
  case JS_TYPE_BOOLEAN: return put(w, js_to_boolean(val) ? SERIAL_TAG_TRUE : SERIAL_TAG_FALSE);
  case JS_TYPE_NUMBER: return write_number(w, val);
  case JS_TYPE_BIGINT: return put(w, SERIAL_TAG_BIGINT) && write_bigint_body(w, val);
  case JS_TYPE_STRING: return write_string(w, val);
  case JS_TYPE_SYMBOL: return refuse(w, val, "could not be cloned.");
  case JS_TYPE_OBJECT: return write_object(w, val);
  case JS_TYPE_FUNCTION: {
    SerialAnswer answer = ask_host(w, val);
    return answer == SERIAL_NOT_MINE ? refuse(w, val, "could not be cloned.") : answer == SERIAL_DONE;
  }
  }
  return false;
}
