// SPDX-License-Identifier: MIT
/* Array methods that cut, join and copy pieces (ecma262#sec-properties-of-the-array-prototype-object). */
#include <string.h>

#include "builtins/array.h"

static const int64_t max_safe_integer = ((int64_t)1 << 53) - 1;

/* A fresh array of count elements of a readable array from start, holes kept. */
static JsArray *copy_range(JsContext *cx, JsObject *obj, uint32_t start, uint32_t count)
{
  JsArray *result = TRY_OR(NULL, array_new(cx, count));
  JsElements *from = ptr_slot_get(obj->elements), *to = ptr_slot_get(result->obj.elements);
  uint32_t present = from && from->length > start ? from->length - start : 0;
  if (present > count)
    present = count;
  for (uint32_t k = 0; k < present; k++)
    slot_set(cx->heap, to, &to->v[k], slot_get(from->v[start + k]));
  if (present)
    to->length = present;
  result->length = count;
  return result;
}

/* Array.prototype.slice ( start, end )  ecma262#sec-array.prototype.slice */
JsValue array_proto_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len, k, final;
  TRY(length_of_array_like(cx, obj, &len));
  TRY(array_relative_index(cx, js_arg(argc, argv, 0), len, 0, &k));
  TRY(array_relative_index(cx, js_arg(argc, argv, 1), len, len, &final));
  int64_t count = final > k ? final - k : 0, n = 0;
  if (array_is_readable(cx, obj) && array_has_plain_species(cx, obj) && k + count <= ((JsArray *)obj)->length)
    return js_from_object(&TRY(copy_range(cx, obj, (uint32_t)k, (uint32_t)count))->obj);
  JsObject *result = TRY(array_species_create(cx, obj, count));
  for (; k < final; k++, n++) {
    JsValue val;
    TRY(array_get_present(cx, obj, k, &val));
    if (!js_is_hole(val))
      TRY(create_data_property_index_or_throw(cx, result, n, val));
    TRY(js_poll(cx, 2));
  }
  TRY(array_set_length_property(cx, result, n));
  return js_from_object(result);
}

/* start, the number of deleted elements and of items, for splice and toSpliced. */
typedef struct Cut {
  int64_t len, start, deleted;
  int items;
} Cut;

static bool read_cut(JsContext *cx, JsObject *obj, int argc, const JsValue *argv, Cut *cut)
{
  TRY_OR(false, length_of_array_like(cx, obj, &cut->len));
  TRY_OR(false, array_relative_index(cx, js_arg(argc, argv, 0), cut->len, 0, &cut->start));
  cut->items = argc > 2 ? argc - 2 : 0;
  cut->deleted = argc == 0 ? 0 : cut->len - cut->start;
  if (argc > 1) {
    double count;
    TRY_OR(false, to_integer_or_infinity(cx, argv[1], &count));
    cut->deleted = count < 0 ? 0 : count < (double)cut->deleted ? (int64_t)count : cut->deleted;
  }
  return true;
}

/* The fast splice: elements are moved in place. */
static JsValue splice_in_place(JsContext *cx, JsArray *array, const Cut *cut, const JsValue *items)
{
  JsArray *removed = TRY(copy_range(cx, &array->obj, (uint32_t)cut->start, (uint32_t)cut->deleted));
  uint32_t new_length = (uint32_t)(cut->len - cut->deleted + cut->items);
  JsElements *elements = ptr_slot_get(array->obj.elements);
  uint32_t count = elements ? elements->length : 0, start = (uint32_t)cut->start;
  if (start > count) { /* behind the last element: fill the gap with holes */
    for (int k = 0; k < cut->items; k++)
      TRY(elements_define(cx, &array->obj, start + (uint32_t)k, items[k], PROP_ALL));
    array->length = new_length;
    return js_from_object(&removed->obj);
  }
  uint32_t deleted = cut->deleted > count - start ? count - start : (uint32_t)cut->deleted;
  uint32_t after = count - start - deleted, total = start + (uint32_t)cut->items + after;
  if (total) {
    TRY(elements_reserve(cx, &array->obj, total));
    elements = ptr_slot_get(array->obj.elements);
    memmove(elements->v + start + cut->items, elements->v + start + deleted, after * sizeof *elements->v);
    elements->length = total;
    for (int k = 0; k < cut->items; k++)
      slot_set(cx->heap, elements, &elements->v[start + (uint32_t)k], items[k]);
    gc_barrier(cx->heap, elements);
  } else if (elements) {
    elements->length = 0;
  }
  array->length = new_length;
  return js_from_object(&removed->obj);
}

/* Array.prototype.splice ( start, deleteCount, ...items )  ecma262#sec-array.prototype.splice */
JsValue array_proto_splice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  Cut cut;
  TRY(read_cut(cx, obj, argc, argv, &cut));
  int64_t new_length = cut.len + cut.items - cut.deleted;
  if (array_is_writable(cx, obj) && array_has_plain_species(cx, obj) && ((JsArray *)obj)->length == cut.len &&
      new_length < UINT32_MAX)
    return splice_in_place(cx, (JsArray *)obj, &cut, argv + 2);
  if (new_length > max_safe_integer)
    return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
  JsObject *removed = TRY(array_species_create(cx, obj, cut.deleted));
  for (int64_t k = 0; k < cut.deleted; k++) {
    JsValue val;
    TRY(array_get_present(cx, obj, cut.start + k, &val));
    if (!js_is_hole(val))
      TRY(create_data_property_index_or_throw(cx, removed, k, val));
    TRY(js_poll(cx, 2));
  }
  TRY(array_set_length_property(cx, removed, cut.deleted));
  int64_t moved = cut.len - cut.deleted - cut.start;
  bool is_down = cut.items < cut.deleted;
  for (int64_t n = 0; n < moved && cut.items != cut.deleted; n++) {
    int64_t k = is_down ? n : moved - 1 - n;
    JsValue val;
    TRY(array_get_present(cx, obj, cut.start + cut.deleted + k, &val));
    if (js_is_hole(val))
      TRY(array_delete_index(cx, obj, cut.start + cut.items + k));
    else
      TRY(set_index(cx, obj, cut.start + cut.items + k, val));
    TRY(js_poll(cx, 4));
  }
  for (int64_t k = cut.len; is_down && k > new_length; k--)
    TRY(array_delete_index(cx, obj, k - 1));
  for (int k = 0; k < cut.items; k++)
    TRY(set_index(cx, obj, cut.start + k, argv[2 + k]));
  TRY(array_set_length_property(cx, obj, new_length));
  return js_from_object(removed);
}

/* Array.prototype.toSpliced ( start, skipCount, ...items )  ecma262#sec-array.prototype.tospliced */
JsValue array_proto_to_spliced(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  Cut cut;
  TRY(read_cut(cx, obj, argc, argv, &cut));
  int64_t new_length = cut.len + cut.items - cut.deleted;
  if (new_length > max_safe_integer)
    return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
  if (new_length > UINT32_MAX)
    return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
  JsArray *result = TRY(array_new(cx, 0));
  for (int64_t k = 0; k < new_length; k++) {
    int64_t item = k - cut.start;
    JsValue val;
    if (item >= 0 && item < cut.items)
      val = argv[2 + item];
    else
      val = TRY(get_index(cx, obj, item < 0 ? k : k - cut.items + cut.deleted));
    TRY(array_push_direct(cx, result, val));
    TRY(js_poll(cx, 2));
  }
  return js_from_object(&result->obj);
}

/* IsConcatSpreadable ( O )  ecma262#sec-isconcatspreadable */
static bool is_concat_spreadable(JsContext *cx, JsValue val, bool *answer)
{
  *answer = false;
  if (!js_is_object(val))
    return true;
  JsValue spreadable = TRY_OR(false, get_property(cx, js_as_object(val), KEY_SYM(cx->heap, isConcatSpreadable)));
  if (js_is_undefined(spreadable))
    return is_array(cx, val, answer);
  *answer = to_boolean(spreadable);
  return true;
}

static bool concat_spread(JsContext *cx, JsObject *result, JsObject *source, int64_t *n)
{
  int64_t len;
  TRY_OR(false, length_of_array_like(cx, source, &len));
  if (*n + len > max_safe_integer) {
    throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
    return false;
  }
  for (int64_t k = 0; k < len; k++) {
    JsValue val;
    TRY_OR(false, array_get_present(cx, source, k, &val));
    if (!js_is_hole(val)) {
      TRY_OR(false, create_data_property_index_or_throw(cx, result, *n + k, val));
    } else {
      int64_t next = array_skip_holes(cx, source, k, len);
      k = next > k ? next - 1 : k;
    }
    TRY_OR(false, js_poll(cx, 2));
  }
  *n += len;
  return true;
}

/* Array.prototype.concat ( ...items )  ecma262#sec-array.prototype.concat */
JsValue array_proto_concat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, "Array.prototype.concat"));
  JsObject *result = TRY(array_species_create(cx, obj, 0));
  int64_t n = 0;
  for (int item = -1; item < argc; item++) {
    JsValue val = item < 0 ? js_from_object(obj) : argv[item];
    bool is_spreadable;
    TRY(is_concat_spreadable(cx, val, &is_spreadable));
    if (is_spreadable) {
      TRY(concat_spread(cx, result, js_as_object(val), &n));
      continue;
    }
    if (n >= max_safe_integer)
      return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
    TRY(create_data_property_index_or_throw(cx, result, n++, val));
  }
  TRY(array_set_length_property(cx, result, n));
  return js_from_object(result);
}

/* Array.prototype.copyWithin ( target, start [ , end ] )  ecma262#sec-array.prototype.copywithin */
JsValue array_proto_copy_within(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len, to, from, final;
  TRY(length_of_array_like(cx, obj, &len));
  TRY(array_relative_index(cx, js_arg(argc, argv, 0), len, 0, &to));
  TRY(array_relative_index(cx, js_arg(argc, argv, 1), len, 0, &from));
  TRY(array_relative_index(cx, js_arg(argc, argv, 2), len, len, &final));
  int64_t count = final - from < len - to ? final - from : len - to;
  int64_t step = from < to && to < from + count ? -1 : 1;
  if (step < 0) {
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--, from += step, to += step) {
    JsValue val;
    TRY(array_get_present(cx, obj, from, &val));
    if (js_is_hole(val))
      TRY(array_delete_index(cx, obj, to));
    else
      TRY(set_index(cx, obj, to, val));
    TRY(js_poll(cx, 4));
  }
  return js_from_object(obj);
}

/* Array.prototype.fill ( value [ , start [ , end ] ] )  ecma262#sec-array.prototype.fill */
JsValue array_proto_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  JsValue val = js_arg(argc, argv, 0);
  int64_t len, k, final;
  TRY(length_of_array_like(cx, obj, &len));
  TRY(array_relative_index(cx, js_arg(argc, argv, 1), len, 0, &k));
  TRY(array_relative_index(cx, js_arg(argc, argv, 2), len, len, &final));
  if (k == 0 && final > 0 && array_is_writable(cx, obj) && final <= ((JsArray *)obj)->length) {
    TRY(elements_reserve(cx, obj, (uint32_t) final));
    JsElements *elements = ptr_slot_get(obj->elements);
    for (uint32_t at = 0; at < final; at++)
      slot_set(cx->heap, elements, &elements->v[at], val);
    if (elements->length < final)
      elements->length = (uint32_t) final;
    return js_from_object(obj);
  }
  for (; k < final; k++) {
    TRY(set_index(cx, obj, k, val));
    TRY(js_poll(cx, 2));
  }
  return js_from_object(obj);
}

/* Array.prototype.reverse ( )  ecma262#sec-array.prototype.reverse */
JsValue array_proto_reverse(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  for (int64_t lower = 0; lower < len / 2; lower++) {
    int64_t upper = len - 1 - lower;
    JsValue low, high;
    TRY(array_get_present(cx, obj, lower, &low));
    TRY(array_get_present(cx, obj, upper, &high));
    if (!js_is_hole(high))
      TRY(set_index(cx, obj, lower, high));
    else if (!js_is_hole(low))
      TRY(array_delete_index(cx, obj, lower));
    if (!js_is_hole(low))
      TRY(set_index(cx, obj, upper, low));
    else if (!js_is_hole(high))
      TRY(array_delete_index(cx, obj, upper));
    TRY(js_poll(cx, 4));
  }
  return js_from_object(obj);
}

/* A packed copy for the methods that change a copy; RangeError when it would be too long. */
static JsArray *new_copy(JsContext *cx, int64_t len)
{
  if (len > UINT32_MAX) {
    throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
    return NULL;
  }
  return array_new(cx, 0);
}

/* Array.prototype.toReversed ( )  ecma262#sec-array.prototype.toreversed */
JsValue array_proto_to_reversed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  JsArray *result = TRY(new_copy(cx, len));
  for (int64_t k = len - 1; k >= 0; k--) {
    TRY(array_push_direct(cx, result, TRY(get_index(cx, obj, k))));
    TRY(js_poll(cx, 2));
  }
  return js_from_object(&result->obj);
}

/* Array.prototype.with ( index, value )  ecma262#sec-array.prototype.with */
JsValue array_proto_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  double relative;
  TRY(length_of_array_like(cx, obj, &len));
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &relative));
  double index = relative >= 0 ? relative : (double)len + relative;
  if (index >= (double)len || index < 0)
    return throw_error(cx, JS_MSG_INVALID_WITH_INDEX, number_to_string(cx->heap, relative));
  JsArray *result = TRY(new_copy(cx, len));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = k == (int64_t)index ? js_arg(argc, argv, 1) : TRY(get_index(cx, obj, k));
    TRY(array_push_direct(cx, result, val));
    TRY(js_poll(cx, 2));
  }
  return js_from_object(&result->obj);
}
