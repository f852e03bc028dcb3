// SPDX-License-Identifier: MIT
/*
 * internalBinding('buffer_make'): Buffers as lib/buffer.js hands them out, made by one call each: pieces of the shared
 * pool, bytes from text and lists; and the comparisons and copies whose arguments need no look.
 * What is unusual (other types, odd numbers, detached memory) is answered with undefined: JavaScript does it then.
 */
#include "runtime/binding.h"

#include <math.h>
#include <string.h>

#include "runtime/encodings.h"
#include "runtime/env.h"

static JsValue view_of(JsContext *cx, JsValue store, size_t offset, size_t length)
{
  return js_uint8_array_over(cx, env_ref(env_of(cx)->buffers.proto), store, offset, length);
}

/* A Buffer with memory of its own. */
static JsValue whole(JsContext *cx, size_t size, size_t length, uint8_t **data)
{
  void *memory;
  JsValue store = js_array_buffer_new(cx, size, &memory);
  if (js_is_exception(store))
    return store;
  if (data)
    *data = memory;
  return view_of(cx, store, 0, length);
}

/* Memory for `size` bytes: of the pool when that is less than half of it. Pieces start at multiples of eight, so that
 * views of other element sizes can lie over them. */
typedef struct Room {
  JsValue store;
  uint8_t *data;
  size_t offset;
  bool is_pooled;
} Room;

static bool take_room(JsContext *cx, size_t size, size_t pool_size, Room *room)
{
  CulmEnv *env = env_of(cx);
  void *memory;
  *room = (Room){.is_pooled = size < pool_size / 2};
  if (!room->is_pooled) {
    room->store = js_array_buffer_new(cx, size, &memory);
    room->data = memory;
    return !js_is_exception(room->store);
  }
  if (!env->buffers.pool || size > env->buffers.size - env->buffers.used) {
    room->store = js_array_buffer_new(cx, pool_size, &memory);
    if (js_is_exception(room->store))
      return false;
    js_array_buffer_pin(cx, room->store); /* it is no single Buffer's to give away */
    env_keep(env, &env->buffers.pool, room->store);
    env->buffers.data = memory;
    env->buffers.size = pool_size;
    env->buffers.used = 0;
  }
  room->store = env_ref(env->buffers.pool);
  room->offset = env->buffers.used;
  room->data = env->buffers.data + room->offset;
  return true;
}

/* The Buffer of the first `length` bytes. */
static JsValue use_room(JsContext *cx, const Room *room, size_t length)
{
  CulmEnv *env = env_of(cx);
  if (room->is_pooled) {
    size_t end = room->offset + ((length + 7) & ~(size_t)7);
    env->buffers.used = end < env->buffers.size ? end : env->buffers.size;
  }
  return view_of(cx, room->store, room->offset, length);
}

/* allocate ( size, poolSize ) */
static JsValue make_allocate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Room room;
  size_t size = rt_size_argument(argc, argv, 0);
  if (!size)
    return whole(cx, 0, 0, NULL);
  return take_room(cx, size, rt_size_argument(argc, argv, 1), &room) ? use_room(cx, &room, size) : JS_EXCEPTION;
}

/* zeroed ( size ) */
static JsValue make_zeroed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  size_t size = rt_size_argument(argc, argv, 0);
  return whole(cx, size, size, NULL);
}

/* Item k of a dense Array, when it is a Uint8Array. */
static bool bytes_at(JsContext *cx, JsValue list, uint32_t k, JsView *view)
{
  JsValue item = js_get_index(cx, list, k);
  return js_value_is_object(item) && js_object_kind(item) == JS_OBJECT_TYPED_ARRAY && js_view(item, view) &&
         view->type == JS_UINT8;
}

/* join ( list, poolSize ): the bytes of a dense Array of Uint8Arrays one after the other, when there are any. */
static JsValue make_join(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue list = js_argument(argc, argv, 0);
  int64_t count;
  if (!js_value_is_array(list) || !js_array_is_dense(list) || !js_length(cx, list, &count))
    return JS_UNDEFINED;
  enum { VIEWS_MAX = 32 }; /* are looked at once */
  size_t total = 0;
  JsView views[VIEWS_MAX], view;
  for (uint32_t k = 0; k < count; k++) {
    if (!bytes_at(cx, list, k, &view))
      return JS_UNDEFINED;
    total += view.byte_length;
    if (k < VIEWS_MAX)
      views[k] = view;
  }
  Room room;
  if (total == 0)
    return JS_UNDEFINED;
  if (!take_room(cx, total, rt_size_argument(argc, argv, 1), &room))
    return JS_EXCEPTION;
  uint8_t *out = room.data;
  for (uint32_t k = 0; k < count; k++) {
    if (k < VIEWS_MAX)
      view = views[k];
    else if (!bytes_at(cx, list, k, &view))
      continue;
    if (view.byte_length) {
      memcpy(out, view.data, view.byte_length);
      out += view.byte_length;
    }
  }
  return use_room(cx, &room, total);
}

/* The size that text in base64 seems to have: without padding, whatever else is in it. */
static size_t base64_size(JsContext *cx, JsValue string)
{
  JsStringView view = js_string_view(cx, string);
  size_t length = view.length;
  for (int k = 0; k < 2 && length > (k ? 1 : 0); k++) {
    uint32_t unit =
        view.is_wide ? ((const uint16_t *)view.units)[length - 1] : ((const uint8_t *)view.units)[length - 1];
    if (unit == '=')
      length--;
  }
  return length * 3 / 4;
}

/* encode ( string, encoding, poolSize ) */
static JsValue make_encode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue string;
  if (!rt_string_argument(cx, argc, argv, 0, &string))
    return JS_EXCEPTION;
  RtEncoding encoding = (RtEncoding)rt_int_argument(argc, argv, 1);
  size_t pool_size = rt_size_argument(argc, argv, 2);
  if (js_string_length(string) == 0)
    return whole(cx, 0, 0, NULL);
  bool is_base64 = encoding == RT_BASE64 || encoding == RT_BASE64URL;
  size_t size = is_base64 ? base64_size(cx, string) : rt_encoded_size(cx, encoding, string);
  Room room;
  if (!take_room(cx, size, pool_size, &room))
    return JS_EXCEPTION;
  return use_room(cx, &room, size ? rt_encode_string(cx, encoding, string, room.data, size) : 0);
}

/* A Uint8Array of fixed length with bytes. */
static bool plain_bytes(JsValue val, JsView *view)
{
  return js_view(val, view) && view->type == JS_UINT8 && view->byte_length && js_value_is_object(val) &&
         !js_array_buffer_traits(val, NULL);
}

static uint8_t number_to_byte(double number)
{
  if (!isfinite(number))
    return 0;
  double byte = fmod(trunc(number), 256);
  return (uint8_t)(int)(byte < 0 ? byte + 256 : byte);
}

/* fromList ( value, poolSize ): of a Uint8Array or a dense Array of numbers. */
static JsValue make_from_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue list = js_argument(argc, argv, 0);
  size_t pool_size = rt_size_argument(argc, argv, 1);
  JsView view;
  Room room;
  if (plain_bytes(list, &view)) {
    if (!take_room(cx, view.byte_length, pool_size, &room))
      return JS_EXCEPTION;
    memcpy(room.data, view.data, view.byte_length);
    return use_room(cx, &room, view.byte_length);
  }
  int64_t length;
  if (!js_value_is_array(list) || !js_array_is_dense(list) || !js_length(cx, list, &length) || length == 0)
    return JS_UNDEFINED;
  for (uint32_t k = 0; k < length; k++)
    if (!js_is_number(js_get_index(cx, list, k)))
      return JS_UNDEFINED;
  if (!take_room(cx, (size_t)length, pool_size, &room))
    return JS_EXCEPTION;
  for (uint32_t k = 0; k < length; k++) {
    JsValue item = js_get_index(cx, list, k);
    room.data[k] = js_is_int32(item) ? (uint8_t)js_as_int32(item) : number_to_byte(js_number_value(item));
  }
  return use_room(cx, &room, (size_t)length);
}

/* order ( a, b ): -1, 0 or 1. */
static JsValue make_order(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView a, b;
  if (!plain_bytes(js_argument(argc, argv, 0), &a) || !plain_bytes(js_argument(argc, argv, 1), &b))
    return JS_UNDEFINED;
  int order = memcmp(a.data, b.data, a.byte_length < b.byte_length ? a.byte_length : b.byte_length);
  if (order == 0)
    order = (a.byte_length > b.byte_length) - (a.byte_length < b.byte_length);
  return js_int32((order > 0) - (order < 0));
}

/* copyBytes ( source, target, targetStart, sourceStart, sourceEnd ): the count. */
static JsValue make_copy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView source, target;
  if (!plain_bytes(js_argument(argc, argv, 0), &source) || !plain_bytes(js_argument(argc, argv, 1), &target))
    return JS_UNDEFINED;
  size_t at[3] = {0, 0, source.byte_length};
  for (int k = 0; k < 3; k++) {
    JsValue val = js_argument(argc, argv, 2 + k);
    if (js_is_undefined(val))
      continue;
    if (!js_is_int32(val) || js_as_int32(val) < 0)
      return JS_UNDEFINED;
    at[k] = (size_t)js_as_int32(val);
  }
  if (at[1] > source.byte_length)
    return JS_UNDEFINED;
  if (at[2] > source.byte_length)
    at[2] = source.byte_length;
  if (at[0] >= target.byte_length || at[1] >= at[2])
    return js_int32(0);
  size_t count = at[2] - at[1], room = target.byte_length - at[0];
  if (count > room)
    count = room;
  memmove(target.data + at[0], source.data + at[1], count);
  return js_number((double)count);
}

/* setPrototype ( Buffer.prototype ) */
static JsValue set_prototype(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_keep(env, &env->buffers.proto, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static const JsFunctionRow functions[] = {
    {"allocate", make_allocate, 2}, {"zeroed", make_zeroed, 1},         {"encode", make_encode, 3},
    {"join", make_join, 2},         {"fromList", make_from_list, 2},    {"order", make_order, 2},
    {"copyBytes", make_copy, 5},    {"setPrototype", set_prototype, 1}, {NULL, NULL, 0},
};

JsValue binding_buffer_make(CulmEnv *env, JsContext *cx)
{
  return rt_functions_object(cx, functions);
}
