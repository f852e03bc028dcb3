// SPDX-License-Identifier: MIT
/* js.h: taking built-in objects apart and making them, without running code: what cloning is built on. */
#include "culm/js.h"

#include <stdlib.h>
#include <string.h>

#include "builtins/collection.h"
#include "builtins/date.h"
#include "builtins/regexp.h"
#include "object/bigint.h"
#include "object/elements.h"
#include "object/operations.h"
#include "object/typed_array.h"

/* --- dates, regular expressions, collections --------------------------------------------------------------------- */

JsValue js_date_new(JsContext *cx, double time)
{
  return js_from_object(TRY(date_new(cx, time)));
}

bool js_date_value(JsValue val, double *time)
{
  if (!js_is_date(val))
    return false;
  *time = ((const JsDate *)js_as_cell(val))->time;
  return true;
}

static const struct {
  uint32_t flag;
  char letter;
} regexp_letters[] = {
    {REGEXP_HAS_INDICES, 'd'}, {REGEXP_GLOBAL, 'g'},  {REGEXP_IGNORE_CASE, 'i'},  {REGEXP_MULTILINE, 'm'},
    {REGEXP_DOT_ALL, 's'},     {REGEXP_UNICODE, 'u'}, {REGEXP_UNICODE_SETS, 'v'}, {REGEXP_STICKY, 'y'},
};

bool js_regexp_parts(JsContext *cx, JsValue val, JsValue *source, JsValue *flags)
{
  if (!js_is_regexp_object(val) || !ptr_slot_get(((const JsRegExp *)js_as_cell(val))->compiled))
    return false;
  const JsRegExp *regexp = (const JsRegExp *)js_as_cell(val);
  char letters[JS_COUNTOF(regexp_letters)];
  size_t count = 0;
  for (size_t k = 0; k < JS_COUNTOF(regexp_letters); k++) {
    if (ptr_slot_get(regexp->compiled)->flags & regexp_letters[k].flag)
      letters[count++] = regexp_letters[k].letter;
  }
  *source = js_from_cell(ptr_slot_get(regexp->source));
  *flags = js_string_latin1(cx, letters, count);
  return true;
}

JsValue js_regexp_new(JsContext *cx, JsValue source, JsValue flags)
{
  JsRegExp *regexp = TRY(regexp_alloc(cx, JS_UNDEFINED));
  TRY(regexp_initialize(cx, regexp, source, flags));
  return js_from_object(&regexp->obj);
}

JsValue js_map_new(JsContext *cx)
{
  return js_from_cell(TRY(map_new(cx)));
}

JsValue js_set_new(JsContext *cx)
{
  return js_from_cell(TRY(set_new(cx)));
}

bool js_collection_add(JsContext *cx, JsValue collection, JsValue key, JsValue val)
{
  JS_CHECK(js_is_kind(collection, CELL_MAP) || js_is_kind(collection, CELL_SET));
  return collection_set(cx, (JsCollection *)js_as_cell(collection), key, val);
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

size_t js_bigint_words(JsValue bigint, const uint64_t **words, bool *negative)
{
  const JsBigInt *value = js_as_bigint(bigint);
  *words = value->limbs;
  *negative = bigint_is_negative(value);
  return value->length;
}

JsValue js_bigint_from_words(JsContext *cx, size_t count, const uint64_t *words, bool negative)
{
  while (count && !words[count - 1])
    count--;
  size_t size = count * 16 + 1;
  char *digits = malloc(size);
  if (!digits || count > JS_MAX_BIGINT_LIMBS) {
    free(digits);
    return js_throw_range_error(cx, "Maximum BigInt size exceeded");
  }
  static const char hex[] = "0123456789abcdef";
  size_t at = 0;
  for (size_t k = count; k-- > 0;) {
    for (int shift = 60; shift >= 0; shift -= 4)
      digits[at++] = hex[words[k] >> shift & 15];
  }
  if (at == 0)
    digits[at++] = '0';
  JsBigInt *value = bigint_from_digits(cx, digits, at, 16);
  free(digits);
  if (!value)
    return JS_EXCEPTION;
  return negative ? bigint_negate(cx, value) : js_from_cell(value);
}

/* --- arrays ------------------------------------------------------------------------------------------------------ */

JsValue js_array_peek(JsValue array, uint32_t k)
{
  return js_is_array_object(array) ? object_dense_get(js_as_object(array), k) : JS_HOLE;
}

bool js_array_is_dense(JsValue array)
{
  if (!js_value_is_array(array))
    return false;
  const JsArray *arr = (const JsArray *)js_as_cell(array);
  if (!object_has_dense_elements(&arr->obj))
    return arr->length == 0;
  const JsElements *elements = ptr_slot_get(arr->obj.elements);
  if (!elements || elements->length != arr->length)
    return arr->length == 0;
  for (uint32_t k = 0; k < elements->length; k++) {
    if (js_is_hole(slot_get(elements->v[k])))
      return false;
  }
  return true;
}

/* --- properties -------------------------------------------------------------------------------------------------- */

bool js_walk_begin(JsContext *cx, JsValue obj_val, JsPropertyWalk *walk)
{
  bool is_array = js_is_kind(obj_val, CELL_ARRAY);
  if (!is_array && !js_is_kind(obj_val, CELL_OBJECT))
    return false;
  JsObject *obj = js_as_object(obj_val);
  JsShape *shape = object_shape(cx->heap, obj);
  JsElements *elements = ptr_slot_get(obj->elements);
  if ((shape->cell.flags & SHAPE_DICTIONARY) || (obj->cell.flags & OBJECT_LAZY) ||
      (!is_array && ((obj->cell.flags & OBJECT_EXOTIC) || (elements && elements->length))))
    return false;
  *walk = (JsPropertyWalk){obj_val, shape, 0};
  return true;
}

bool js_walk_next(JsContext *cx, JsPropertyWalk *walk, JsValue *key_out, JsValue *val)
{
  JsObject *obj = js_as_object(walk->obj);
  JsShape *shape = walk->shape;
  while (walk->at < shape->count) {
    const JsPropertyEntry *entry = &ptr_slot_get(shape->table)->entries[walk->at++];
    JsKey key = key_from_raw_value(slot_get(entry->key));
    if (key_is_none(key) || !key_is_atom(key) || !(entry->attrs & PROP_ENUMERABLE))
      continue;
    *key_out = key_to_value(cx->heap, key);
    if (js_likely(obj->cell.word == shape->id && !(entry->attrs & (PROP_ACCESSOR | PROP_LAZY)))) {
      *val = slot_get(*object_slot(shape, obj, entry->slot));
      return true;
    }
    bool has;
    TRY_OR(false, has_own_property(cx, obj, key, &has));
    if (!has)
      continue;
    *val = TRY_OR(false, object_get(cx, obj, key, walk->obj));
    return true;
  }
  *key_out = JS_HOLE;
  return true;
}

bool js_object_add_latin1(JsContext *cx, JsValue obj_val, const void *name, size_t length, JsValue val, bool *had)
{
  JsHeap *heap = cx->heap;
  JsObject *obj = js_as_object(obj_val);
  StringView view = {name, (uint32_t)length, false};
  JsKey key;
  *had = false;
  if (length > 0 && *(const uint8_t *)name > '9') { /* no index */
    if (js_likely(object_add_foreseen(heap, obj, view, val)))
      return true;
    key = key_from_atom(atom_from_view(heap, view));
  } else {
    key = key_from_string(heap, string_from_view(heap, view));
  }
  TRY_OR(false, has_own_property(cx, obj, key, had));
  if (!*had)
    object_define_direct(heap, obj, key, val, PROP_ALL);
  return true;
}

/* --- buffers ----------------------------------------------------------------------------------------------------- */

unsigned js_array_buffer_traits(JsValue val, size_t *max_length)
{
  if (!js_is_array_buffer(val))
    return 0;
  const JsArrayBuffer *buffer = js_as_array_buffer(val);
  unsigned aux = buffer->obj.cell.aux;
  if (max_length)
    *max_length = buffer->max_byte_length;
  return JS_BUFFER_ANY | (aux & BUFFER_SHARED ? JS_BUFFER_SHARED : 0) |
         (aux & BUFFER_DETACHED ? JS_BUFFER_DETACHED : 0) | (aux & BUFFER_RESIZABLE ? JS_BUFFER_RESIZABLE : 0);
}

bool js_view_tracks_length(JsValue view)
{
  return js_is_typed_array(view)            ? js_as_typed_array(view)->length_tracking
         : js_is_kind(view, CELL_DATA_VIEW) ? ((const JsDataView *)js_as_cell(view))->length_tracking
                                            : false;
}

static void free_bytes(void *data, void *opaque)
{
  (void)opaque;
  free(data);
}

bool js_array_buffer_take(JsContext *cx, JsValue val, JsBytes *out)
{
  JsArrayBuffer *buffer = js_as_array_buffer(val);
  *out = (JsBytes){.length = buffer->byte_length, .max_length = buffer->max_byte_length};
  out->resizable = !array_buffer_is_fixed(buffer);
  if (out->resizable || (buffer->free && buffer->free != free_bytes)) {
    /* Bytes that somebody else frees, or with room to grow, are copied. */
    out->data = malloc(out->max_length ? out->max_length : 1);
    if (!out->data)
      return throw_error(cx, JS_MSG_ARRAY_BUFFER_ALLOCATION), false;
    memset(out->data, 0, out->max_length);
    memcpy(out->data, buffer->data, out->length);
    if (detach_array_buffer(cx, buffer, JS_UNDEFINED))
      return true;
    free(out->data);
    return false;
  }
  JsBufferFreeFn free_fn;
  void *opaque;
  out->data = array_buffer_take(cx, buffer, &out->length, &free_fn, &opaque);
  out->max_length = out->length;
  return out->data != NULL;
}

JsValue js_array_buffer_adopt(JsContext *cx, const JsBytes *bytes)
{
  if (!bytes->resizable)
    return js_array_buffer_external(cx, bytes->data, bytes->length, free_bytes, NULL);
  JsValue made = js_array_buffer_resizable(cx, bytes->length, bytes->max_length);
  if (js_is_exception(made))
    return made;
  memcpy(js_as_array_buffer(made)->data, bytes->data, bytes->length);
  free(bytes->data);
  return made;
}

JsValue js_array_buffer_resizable(JsContext *cx, size_t length, size_t max_length)
{
  JsArrayBuffer *buffer = TRY(array_buffer_new(cx, max_length));
  buffer->byte_length = length;
  buffer->obj.cell.aux |= BUFFER_RESIZABLE;
  return js_from_object(&buffer->obj);
}

JsSharedBytes *js_shared_bytes(JsValue val)
{
  JsSharedStore *store = js_is_array_buffer(val) ? js_as_array_buffer(val)->store : NULL;
  if (store)
    shared_store_retain(store);
  return (JsSharedBytes *)store;
}

void js_shared_bytes_release(JsSharedBytes *bytes)
{
  shared_store_release((JsSharedStore *)bytes);
}

JsValue js_shared_array_buffer_new(JsContext *cx, JsSharedBytes *bytes, bool growable)
{
  JsSharedStore *store = (JsSharedStore *)bytes;
  shared_store_retain(store);
  JsArrayBuffer *buffer = shared_array_buffer_new(cx, store, growable);
  if (!buffer) {
    shared_store_release(store);
    return JS_EXCEPTION;
  }
  return js_from_object(&buffer->obj);
}
