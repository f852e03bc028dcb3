// SPDX-License-Identifier: MIT
/*
 * %TypedArray%.prototype without callbacks: accessors, copying, searching, sorting
 * (ecma262#sec-properties-of-the-%typedarrayprototype%-object). Arguments are converted before elements are touched;
 * a conversion may run user code that shrinks or detaches the buffer, so lengths are read again after the last one.
 */
#include "builtins/array.h"
#include "builtins/typed_array_builtin.h"
#include "builtins/typed_array_bulk.h"

#include <math.h>
#include <stdlib.h>

#include "object/bigint.h"

#define METHOD(name_) "%TypedArray%.prototype." name_

/* The callbacks' rows are merged into this prototype's table: typed_array_callback.c */
#define CALLBACK_METHODS(V)                                                                                            \
  V(every)                                                                                                             \
  V(filter) V(find) V(findIndex) V(findLast) V(findLastIndex) V(forEach) V(map) V(reduce) V(reduceRight) V(some)
#define V(name_) JsValue typed_array_proto_##name_(JsContext *, JsValue, int, const JsValue *);
CALLBACK_METHODS(V)
#undef V

static JsTypedArray *this_typed_array(JsContext *cx, JsValue this_val, const char *method)
{
  return (JsTypedArray *)this_kind(cx, this_val, CELL_TYPED_ARRAY, method);
}

/* A relative index argument clamped to [0, len]. */
static bool relative_index(JsContext *cx, JsValue val, int64_t len, double absent, int64_t *out)
{
  double relative = absent;
  if (!js_is_undefined(val))
    TRY_OR(false, to_integer_or_infinity(cx, val, &relative));
  if (relative < 0)
    *out = relative + (double)len > 0 ? (int64_t)(relative + (double)len) : 0;
  else
    *out = relative < (double)len ? (int64_t)relative : len;
  return true;
}

/* --- accessors --------------------------------------------------------------------------------------------------- */

/* get %TypedArray%.prototype.buffer  ecma262#sec-get-%typedarray%.prototype.buffer */
static JsValue get_typed_array_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(this_typed_array(cx, this_val, "get %TypedArray%.prototype.buffer"));
  return js_from_object(&ptr_slot_get(array->buffer)->obj);
}

/* get %TypedArray%.prototype.byteLength  ecma262#sec-get-%typedarray%.prototype.bytelength */
static JsValue get_typed_array_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(this_typed_array(cx, this_val, "get %TypedArray%.prototype.byteLength"));
  return js_number_i64((int64_t)(typed_array_length(array) << element_shift(typed_array_type(array))));
}

/* get %TypedArray%.prototype.byteOffset  ecma262#sec-get-%typedarray%.prototype.byteoffset */
static JsValue get_typed_array_byte_offset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(this_typed_array(cx, this_val, "get %TypedArray%.prototype.byteOffset"));
  return typed_array_is_out_of_bounds(array) ? js_int32(0) : js_number_i64((int64_t)array->byte_offset);
}

/* get %TypedArray%.prototype.length  ecma262#sec-get-%typedarray%.prototype.length */
static JsValue get_typed_array_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(this_typed_array(cx, this_val, "get %TypedArray%.prototype.length"));
  return js_number_i64((int64_t)typed_array_length(array));
}

/* get %TypedArray%.prototype [ %Symbol.toStringTag% ]  ecma262#sec-get-%typedarray%.prototype-%symbol.tostringtag% */
static JsValue get_typed_array_to_string_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_typed_array(this_val))
    return JS_UNDEFINED;
  return js_from_cell(string_from_c_string(cx->heap, typed_array_name(typed_array_type(js_as_typed_array(this_val)))));
}

/* --- copying ----------------------------------------------------------------------------------------------------- */

/* %TypedArray%.prototype.at ( index )  ecma262#sec-%typedarray%.prototype.at */
static JsValue typed_array_proto_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("at"), &len));
  double relative;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &relative));
  double k = relative >= 0 ? relative : (double)len + relative;
  return k < 0 || k >= (double)len ? JS_UNDEFINED : typed_array_get(cx->heap, array, (size_t)k);
}

/* %TypedArray%.prototype.copyWithin ( target, start [ , end ] )  ecma262#sec-%typedarray%.prototype.copywithin */
static JsValue typed_array_proto_copy_within(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len, to, from, final;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("copyWithin"), &len));
  TRY(relative_index(cx, js_arg(argc, argv, 0), len, 0, &to));
  TRY(relative_index(cx, js_arg(argc, argv, 1), len, 0, &from));
  TRY(relative_index(cx, js_arg(argc, argv, 2), len, (double)len, &final));
  int64_t count = final - from < len - to ? final - from : len - to;
  if (count <= 0)
    return this_val;
  int64_t now;
  TRY(validate_typed_array(cx, this_val, METHOD("copyWithin"), &now));
  if (to >= now || from >= now)
    return this_val;
  if (count > now - from)
    count = now - from;
  if (count > now - to)
    count = now - to;
  memmove(typed_array_at(array, (size_t)to), typed_array_at(array, (size_t)from),
          (size_t)count << element_shift(typed_array_type(array)));
  return this_val;
}

static void fill_elements(JsTypedArray *array, size_t from, size_t to, JsValue numeric)
{
  JsArrayElement type = typed_array_type(array);
  uint32_t size = element_size(type);
  if (from >= to)
    return;
  uint8_t *first = typed_array_at(array, from), *end = typed_array_at(array, to);
  element_store(type, first, numeric);
  if (size == 1)
    memset(first + 1, *first, (size_t)(end - first) - 1);
  else
    for (uint8_t *out = first + size; out < end; out += size)
      memcpy(out, first, size);
}

/* %TypedArray%.prototype.fill ( value [ , start [ , end ] ] )  ecma262#sec-%typedarray%.prototype.fill */
static JsValue typed_array_proto_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len, start, end;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("fill"), &len));
  JsValue numeric = TRY(to_element_value(cx, typed_array_type(array), js_arg(argc, argv, 0)));
  TRY(relative_index(cx, js_arg(argc, argv, 1), len, 0, &start));
  TRY(relative_index(cx, js_arg(argc, argv, 2), len, (double)len, &end));
  TRY(validate_typed_array(cx, this_val, METHOD("fill"), &len));
  if (end > len)
    end = len;
  fill_elements(array, (size_t)start, (size_t)end, numeric);
  return this_val;
}

/* SetTypedArrayFromTypedArray ( target, targetOffset, source )  ecma262#sec-settypedarrayfromtypedarray */
static JsValue set_from_typed_array(JsContext *cx, JsTypedArray *target, double offset, JsTypedArray *source)
{
  int64_t len, source_len;
  TRY(validate_typed_array(cx, js_from_object(&target->obj), METHOD("set"), &len));
  TRY(validate_typed_array(cx, js_from_object(&source->obj), METHOD("set"), &source_len));
  if (element_is_bigint(typed_array_type(target)) != element_is_bigint(typed_array_type(source)))
    return throw_error(cx, JS_MSG_BIGINT_MIX);
  if (offset + (double)source_len > (double)len)
    return throw_error(cx, JS_MSG_TYPED_ARRAY_OFFSET);
  typed_array_copy_elements(cx->heap, target, (size_t)offset, source, 0, (size_t)source_len);
  return JS_UNDEFINED;
}

/* SetTypedArrayFromArrayLike ( target, targetOffset, source )  ecma262#sec-settypedarrayfromarraylike */
static JsValue set_from_array_like(JsContext *cx, JsTypedArray *target, double offset, JsValue source)
{
  int64_t len, source_len;
  TRY(validate_typed_array(cx, js_from_object(&target->obj), METHOD("set"), &len));
  JsObject *obj = TRY(to_object(cx, source));
  TRY(length_of_array_like(cx, obj, &source_len));
  if (offset + (double)source_len > (double)len)
    return throw_error(cx, JS_MSG_TYPED_ARRAY_OFFSET);
  for (int64_t k = 0; k < source_len; k++) {
    JsValue val = TRY(get_index(cx, obj, k));
    if (!typed_array_set_number(target, (size_t)offset + (size_t)k, val))
      TRY(typed_array_set(cx, target, offset + (double)k, val));
  }
  return JS_UNDEFINED;
}

/* %TypedArray%.prototype.set ( source [ , offset ] )  ecma262#sec-%typedarray%.prototype.set */
static JsValue typed_array_proto_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *target = TRY(this_typed_array(cx, this_val, METHOD("set")));
  double offset;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 1), &offset));
  if (offset < 0)
    return throw_error(cx, JS_MSG_TYPED_ARRAY_OFFSET);
  JsValue source = js_arg(argc, argv, 0);
  if (js_is_typed_array(source))
    return set_from_typed_array(cx, target, offset, js_as_typed_array(source));
  return set_from_array_like(cx, target, offset, source);
}

/* %TypedArray%.prototype.slice ( start, end )  ecma262#sec-%typedarray%.prototype.slice */
static JsValue typed_array_proto_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len, start, end;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("slice"), &len));
  TRY(relative_index(cx, js_arg(argc, argv, 0), len, 0, &start));
  TRY(relative_index(cx, js_arg(argc, argv, 1), len, (double)len, &end));
  int64_t count = end > start ? end - start : 0;
  JsValue length = js_number_i64(count);
  JsTypedArray *copy = TRY(typed_array_species_create(cx, array, 1, &length, METHOD("slice")));
  if (count == 0)
    return js_from_object(&copy->obj);
  TRY(validate_typed_array(cx, this_val, METHOD("slice"), &len));
  if (end > len)
    end = len;
  count = end > start ? end - start : 0;
  if (typed_array_type(copy) == typed_array_type(array)) {
    /* Byte by byte upwards: the copy may be a view of the same buffer, and then this order can be seen. */
    size_t bytes = (size_t)count << element_shift(typed_array_type(array));
    uint8_t *out = typed_array_data(copy);
    const uint8_t *in = count ? typed_array_at(array, (size_t)start) : NULL;
    size_t room = typed_array_length(copy) << element_shift(typed_array_type(copy));
    if (bytes > room)
      bytes = room;
    if (in && out > in && out < in + bytes)
      for (size_t k = 0; k < bytes; k++)
        out[k] = in[k];
    else if (bytes)
      memmove(out, in, bytes);
    return js_from_object(&copy->obj);
  }
  for (int64_t k = 0; k < count; k++)
    TRY(typed_array_set(cx, copy, (double)k, typed_array_get(cx->heap, array, (size_t)(start + k))));
  return js_from_object(&copy->obj);
}

/* %TypedArray%.prototype.subarray ( start, end )  ecma262#sec-%typedarray%.prototype.subarray */
static JsValue typed_array_proto_subarray(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(this_typed_array(cx, this_val, METHOD("subarray")));
  JsArrayBuffer *buffer = ptr_slot_get(array->buffer);
  int64_t len = (int64_t)typed_array_length(array), start, end;
  TRY(relative_index(cx, js_arg(argc, argv, 0), len, 0, &start));
  JsValue args[3] = {js_from_object(&buffer->obj), JS_UNDEFINED, JS_UNDEFINED};
  int count = 2;
  if (!array->length_tracking || !js_is_undefined(js_arg(argc, argv, 1))) {
    TRY(relative_index(cx, js_arg(argc, argv, 1), len, (double)len, &end));
    args[2] = js_number_i64(end > start ? end - start : 0);
    count = 3;
  }
  args[1] = js_number_i64((int64_t)array->byte_offset + (start << element_shift(typed_array_type(array))));
  return js_from_object(&TRY(typed_array_species_create(cx, array, count, args, METHOD("subarray")))->obj);
}

/* %TypedArray%.prototype.with ( index, value )  ecma262#sec-%typedarray%.prototype.with */
static JsValue typed_array_proto_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("with"), &len));
  double relative;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &relative));
  double index = relative >= 0 ? relative : (double)len + relative;
  JsValue numeric = TRY(to_element_value(cx, typed_array_type(array), js_arg(argc, argv, 1)));
  if (!(index >= 0 && index < (double)typed_array_length(array)))
    return throw_error(cx, JS_MSG_TYPED_ARRAY_INDEX);
  JsTypedArray *copy = TRY(typed_array_create_same_type(cx, array, len));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = (double)k == index ? numeric : typed_array_get(cx->heap, array, (size_t)k);
    TRY(typed_array_set(cx, copy, (double)k, val));
  }
  return js_from_object(&copy->obj);
}

/* %TypedArray%.prototype.reverse ( )  ecma262#sec-%typedarray%.prototype.reverse */
static JsValue typed_array_proto_reverse(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("reverse"), &len));
  elements_reverse(typed_array_data(array), (size_t)len, element_size(typed_array_type(array)));
  return this_val;
}

/* %TypedArray%.prototype.toReversed ( )  ecma262#sec-%typedarray%.prototype.toreversed */
static JsValue typed_array_proto_to_reversed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("toReversed"), &len));
  JsTypedArray *copy = TRY(typed_array_create_same_type(cx, array, len));
  uint32_t size = element_size(typed_array_type(array));
  if (len > 0)
    memcpy(typed_array_data(copy), typed_array_data(array), (size_t)len * size);
  elements_reverse(typed_array_data(copy), (size_t)len, size);
  return js_from_object(&copy->obj);
}

/* --- searching --------------------------------------------------------------------------------------------------- */

typedef enum { SEARCH_INCLUDES, SEARCH_INDEX_OF, SEARCH_LAST_INDEX_OF } SearchKind;

/* %TypedArray%.prototype.includes, indexOf, lastIndexOf ( searchElement [ , fromIndex ] )
 * ecma262#sec-%typedarray%.prototype.indexof; magic: SearchKind */
static JsValue typed_array_proto_search(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {METHOD("includes"), METHOD("indexOf"), METHOD("lastIndexOf")};
  SearchKind kind = (SearchKind)js_callee_magic(cx);
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, names[kind], &len));
  JsValue absent = kind == SEARCH_INCLUDES ? JS_FALSE : js_int32(-1), wanted = js_arg(argc, argv, 0);
  double n = kind == SEARCH_LAST_INDEX_OF ? (double)len - 1 : 0;
  if (len == 0)
    return absent;
  if (argc > 1)
    TRY(to_integer_or_infinity(cx, argv[1], &n));
  double from = n >= 0 ? n : (double)len + n;
  int64_t now = (int64_t)typed_array_length(array); /* the conversion may have changed it */
  JsArrayElement type = typed_array_type(array);
  /* FAST: a number among numbers. An array that has shrunk has an undefined to be found, NaN equals nothing here. */
  if (js_is_number(wanted) && js_number_value(wanted) == js_number_value(wanted) && !element_is_bigint(type) &&
      type != ELEMENT_FLOAT16) {
    bool backwards = kind == SEARCH_LAST_INDEX_OF;
    double last = backwards ? from + 1 : (double)len, first = backwards || from < 0 ? 0 : from;
    int64_t to = last < (double)now ? (int64_t)last : now;
    int64_t found = first < (double)to ? elements_find(type, typed_array_data(array), (int64_t)first, to,
                                                       js_number_value(wanted), backwards)
                                       : -1;
    return found < 0 ? absent : kind == SEARCH_INCLUDES ? JS_TRUE : js_number_i64(found);
  }
  if (kind == SEARCH_LAST_INDEX_OF) {
    if (from >= (double)len)
      from = (double)len - 1;
    for (int64_t k = from < 0 ? -1 : (int64_t)from; k >= 0; k--) {
      if (k < now && strict_equals(cx->heap, typed_array_get(cx->heap, array, (size_t)k), wanted))
        return js_number_i64(k);
    }
    return absent;
  }
  for (int64_t k = from < 0 ? 0 : from < (double)len ? (int64_t)from : len; k < len; k++) {
    if (kind == SEARCH_INCLUDES) {
      /* Elements that vanished read as undefined. */
      if (same_value_zero(cx->heap, typed_array_get(cx->heap, array, (size_t)k), wanted))
        return JS_TRUE;
    } else if (k < now && strict_equals(cx->heap, typed_array_get(cx->heap, array, (size_t)k), wanted)) {
      return js_number_i64(k);
    }
  }
  return absent;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

enum { JOIN_PIECE = 256 }; /* elements_add_integers adds as many or none */

/* %TypedArray%.prototype.join ( separator )  ecma262#sec-%typedarray%.prototype.join */
static JsValue typed_array_proto_join(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("join"), &len));
  JsString *separator = NULL;
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    separator = TRY(to_string(cx, argv[0]));
  StringBuilder out;
  builder_init(&out, cx);
  bool is_unit = !separator || separator->length == 1;
  uint16_t unit = separator && is_unit ? string_unit_at(cx->heap, separator, 0) : ',';
  int64_t first = 0;
  /* FAST: integers by the thousand; the last one, and whatever vanished, below. */
  JsArrayElement type = typed_array_type(array);
  int64_t bulk = (int64_t)typed_array_length(array) - 1;
  bool is_bulk = is_unit && unit <= 0xFF && bulk < len && !element_is_bigint(type) && type < ELEMENT_FLOAT16;
  for (int64_t piece; is_bulk && first < bulk; first += piece) {
    piece = bulk - first < JOIN_PIECE ? bulk - first : JOIN_PIECE;
    if (!elements_add_integers(&out, type, typed_array_data(array) + first * element_size(type), (size_t)piece,
                               (char)unit))
      break;
    if (!js_poll(cx, 4 * (int)piece)) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
  }
  for (int64_t k = first; k < len; k++) {
    if (k > first) {
      if (is_unit)
        builder_add_unit(&out, unit);
      else
        builder_add_string(&out, separator);
    }
    JsValue val = typed_array_get(cx->heap, array, (size_t)k);
    if (js_is_undefined(val))
      continue;
    if (js_is_number(val)) {
      if (js_is_int32(val))
        builder_add_int32(&out, js_as_int32(val));
      else
        builder_add_double(&out, js_as_double(val));
      if (js_likely(js_poll(cx, 4)))
        continue;
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    JsString *text = to_string(cx, val); /* numbers and BigInts: no user code */
    if (!text || !js_poll(cx, 4)) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    builder_add_string(&out, text);
  }
  return js_from_cell(TRY(builder_finish(&out)));
}

/* %TypedArray%.prototype.toLocaleString ( [ locales [ , options ] ] )
 * ecma402#sup-array.prototype.tolocalestring, for typed arrays */
static JsValue typed_array_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("toLocaleString"), &len));
  JsString *result = string_empty(cx->heap), *comma = string_from_c_string(cx->heap, ",");
  JsKey key = key_from_c_string(cx->heap, "toLocaleString");
  const JsValue locale[] = {js_arg(argc, argv, 0), js_arg(argc, argv, 1)};
  for (int64_t k = 0; k < len; k++) {
    if (k > 0)
      result = TRY(string_concat(cx, result, comma));
    JsValue val = typed_array_get(cx->heap, array, (size_t)k);
    if (js_is_undefined(val))
      continue;
    JsValue text = TRY(invoke(cx, val, key, 2, locale));
    result = TRY(string_concat(cx, result, TRY(to_string(cx, text))));
  }
  return js_from_cell(result);
}

/* --- sorting ----------------------------------------------------------------------------------------------------- */

/* Without a comparator: by value. */
static bool sort_numerically(JsContext *cx, JsTypedArray *array, size_t len)
{
  if (elements_sort(gc_heap_account(cx->heap), typed_array_type(array), typed_array_data(array), len))
    return true;
  throw_out_of_memory(cx);
  return false;
}

/* The elements as a sorted list, by the user's comparator. */
static JsElements *sorted_list(JsContext *cx, JsTypedArray *array, int64_t len, JsValue comparator)
{
  if (len > UINT32_MAX / 2) {
    throw_out_of_memory(cx);
    return NULL;
  }
  JsElements *list = elements_new(cx->heap, (uint32_t)len);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (int64_t k = 0; k < len; k++)
    list = TRY_OR(NULL, elements_push(cx, list, typed_array_get(cx->heap, array, (size_t)k)));
  TRY_OR(NULL, sort_list(cx, list, comparator));
  return list;
}

/* %TypedArray%.prototype.sort ( comparator )  ecma262#sec-%typedarray%.prototype.sort */
static JsValue typed_array_proto_sort(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue comparator = js_arg(argc, argv, 0);
  if (!js_is_undefined(comparator) && !js_is_callable(comparator))
    return throw_error(cx, JS_MSG_BAD_COMPARE_FUNCTION, comparator);
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("sort"), &len));
  if (js_is_undefined(comparator)) {
    TRY(sort_numerically(cx, array, (size_t)len));
    return this_val;
  }
  JsElements *list = TRY(sorted_list(cx, array, len, comparator));
  for (int64_t k = 0; k < len; k++) /* the comparator may have shrunk the array: writes beyond it are dropped */
    TRY(typed_array_set(cx, array, (double)k, slot_get(list->v[k])));
  return this_val;
}

/* %TypedArray%.prototype.toSorted ( comparator )  ecma262#sec-%typedarray%.prototype.tosorted */
static JsValue typed_array_proto_to_sorted(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue comparator = js_arg(argc, argv, 0);
  if (!js_is_undefined(comparator) && !js_is_callable(comparator))
    return throw_error(cx, JS_MSG_BAD_COMPARE_FUNCTION, comparator);
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, METHOD("toSorted"), &len));
  JsTypedArray *copy = TRY(typed_array_create_same_type(cx, array, len));
  if (js_is_undefined(comparator)) {
    typed_array_copy_elements(cx->heap, copy, 0, array, 0, (size_t)len);
    TRY(sort_numerically(cx, copy, (size_t)len));
    return js_from_object(&copy->obj);
  }
  JsElements *list = TRY(sorted_list(cx, array, len, comparator));
  for (int64_t k = 0; k < len; k++)
    TRY(typed_array_set(cx, copy, (double)k, slot_get(list->v[k])));
  return js_from_object(&copy->obj);
}

/* --- iterators --------------------------------------------------------------------------------------------------- */

/* %TypedArray%.prototype.entries, keys, values ( )  ecma262#sec-%typedarray%.prototype.entries; magic: JsOwnKind */
static JsValue typed_array_proto_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {METHOD("keys"), METHOD("values"), METHOD("entries")};
  int kind = js_callee_magic(cx);
  int64_t len;
  JsTypedArray *array = TRY(validate_typed_array(cx, this_val, names[kind], &len));
  return js_from_object(TRY(array_iterator_new(cx, &array->obj, (JsOwnKind)kind)));
}

/* toString is the very function of Array.prototype. */
static bool finish_prototype(JsContext *cx, JsObject *proto)
{
  JsValue fn = TRY_OR(false, get_property(cx, INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE), KEY(cx->heap, toString)));
  object_define_direct(cx->heap, proto, KEY(cx->heap, toString), fn, PROP_METHOD);
  return true;
}

static const JsBuiltin typed_array_proto[] = {
    GETTER("buffer", get_typed_array_buffer),
    GETTER("byteLength", get_typed_array_byte_length),
    GETTER("byteOffset", get_typed_array_byte_offset),
    GETTER("length", get_typed_array_length, .magic = NATIVE_TYPED_LENGTH_MAGIC),
    FN_MAGIC("entries", typed_array_proto_entries, 0, OWN_ENTRIES),
    FN_MAGIC("keys", typed_array_proto_entries, 0, OWN_KEYS),
    FN_MAGIC("values", typed_array_proto_entries, 0, OWN_VALUES),
    FN("at", typed_array_proto_at, 1),
    FN("copyWithin", typed_array_proto_copy_within, 2),
    FN("every", typed_array_proto_every, 1),
    FN("fill", typed_array_proto_fill, 1),
    FN("filter", typed_array_proto_filter, 1),
    FN("find", typed_array_proto_find, 1),
    FN("findIndex", typed_array_proto_findIndex, 1),
    FN("findLast", typed_array_proto_findLast, 1),
    FN("findLastIndex", typed_array_proto_findLastIndex, 1),
    FN("forEach", typed_array_proto_forEach, 1),
    FN_MAGIC("includes", typed_array_proto_search, 1, SEARCH_INCLUDES),
    FN_MAGIC("indexOf", typed_array_proto_search, 1, SEARCH_INDEX_OF),
    FN("join", typed_array_proto_join, 1),
    FN_MAGIC("lastIndexOf", typed_array_proto_search, 1, SEARCH_LAST_INDEX_OF),
    FN("map", typed_array_proto_map, 1),
    FN("reverse", typed_array_proto_reverse, 0),
    FN("reduce", typed_array_proto_reduce, 1),
    FN("reduceRight", typed_array_proto_reduceRight, 1),
    FN("set", typed_array_proto_set, 1),
    FN("slice", typed_array_proto_slice, 2),
    FN("some", typed_array_proto_some, 1),
    FN("sort", typed_array_proto_sort, 1),
    FN("subarray", typed_array_proto_subarray, 2),
    FN("toReversed", typed_array_proto_to_reversed, 0),
    FN("toSorted", typed_array_proto_to_sorted, 1),
    FN("with", typed_array_proto_with, 2),
    FN("toLocaleString", typed_array_proto_to_locale_string, 0),
    GETTER_SYM(toStringTag, get_typed_array_to_string_tag),
    ALIAS_SYM(iterator, "values"),
};

const JsIntrinsicTable typed_array_prototype_table = {PROTOTYPE_TABLE(TYPED_ARRAY), .finish = finish_prototype,
                                                      ROWS(typed_array_proto)};
