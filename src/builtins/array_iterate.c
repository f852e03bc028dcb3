// SPDX-License-Identifier: MIT
/* Array methods that call back or search (ecma262#sec-properties-of-the-array-prototype-object). */
#include "builtins/array.h"

/* The receiver, its length and a checked callback, in the specification's order. */
typedef struct Walk {
  JsObject *obj;
  int64_t len;
  JsValue fn, this_arg;
} Walk;

static bool walk_begin(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, const char *method, Walk *walk)
{
  walk->obj = TRY_OR(false, this_array_like(cx, this_val, method));
  TRY_OR(false, length_of_array_like(cx, walk->obj, &walk->len));
  walk->fn = js_arg(argc, argv, 0);
  walk->this_arg = js_arg(argc, argv, 1);
  return array_check_callback(cx, walk->fn);
}

/* The element, the hole when there is none. */
JS_INLINE bool get_present(JsContext *cx, JsObject *obj, int64_t k, JsValue *val)
{
  if (js_likely((uint64_t)k <= JS_MAX_INDEX)) {
    *val = object_dense_get(obj, (uint32_t)k);
    if (js_likely(!js_is_hole(*val)))
      return true;
  }
  return array_get_present(cx, obj, k, val);
}

/* callback(val, k, obj) */
static JsValue walk_call(JsContext *cx, const Walk *walk, JsValue val, int64_t k)
{
  return js_call3(cx, walk->fn, walk->this_arg, val, js_number_i64(k), js_from_object(walk->obj));
}

JS_INLINE bool answer(JsValue val)
{
  return js_is_boolean(val) ? js_is_true(val) : to_boolean(val);
}

/* --- callbacks --------------------------------------------------------------------------------------------------- */

/* Array.prototype.forEach ( callback [ , thisArg ] )  ecma262#sec-array.prototype.foreach */
JsValue array_proto_for_each(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  TRY(walk_begin(cx, this_val, argc, argv, "Array.prototype.forEach", &walk));
  for (int64_t k = 0; k < walk.len; k++) {
    JsValue val;
    TRY(get_present(cx, walk.obj, k, &val));
    if (!js_is_hole(val))
      TRY(walk_call(cx, &walk, val, k));
    else
      TRY(js_poll(cx, 2));
  }
  return JS_UNDEFINED;
}

/* Array.prototype.map ( callback [ , thisArg ] )  ecma262#sec-array.prototype.map */
JsValue array_proto_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  TRY(walk_begin(cx, this_val, argc, argv, "Array.prototype.map", &walk));
  JsObject *result = TRY(array_species_create(cx, walk.obj, walk.len));
  uint32_t plain = realm_shape(cx, REALM_SHAPE_ARRAY)->id;
  for (int64_t k = 0; k < walk.len; k++) {
    JsValue val;
    TRY(get_present(cx, walk.obj, k, &val));
    if (js_is_hole(val)) {
      TRY(js_poll(cx, 2));
      continue;
    }
    val = TRY(walk_call(cx, &walk, val, k));
    TRY(array_result_add(cx, result, plain, k, val));
  }
  return js_from_object(result);
}

/* Array.prototype.filter ( callback [ , thisArg ] )  ecma262#sec-array.prototype.filter */
JsValue array_proto_filter(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  int64_t to = 0;
  TRY(walk_begin(cx, this_val, argc, argv, "Array.prototype.filter", &walk));
  JsObject *result = TRY(array_species_create(cx, walk.obj, 0));
  uint32_t plain = realm_shape(cx, REALM_SHAPE_ARRAY)->id;
  for (int64_t k = 0; k < walk.len; k++) {
    JsValue val;
    TRY(get_present(cx, walk.obj, k, &val));
    if (js_is_hole(val)) {
      TRY(js_poll(cx, 2));
      continue;
    }
    if (answer(TRY(walk_call(cx, &walk, val, k))))
      TRY(array_result_add(cx, result, plain, to++, val));
  }
  return js_from_object(result);
}

/* Array.prototype.every, .some ( callback [ , thisArg ] )  ecma262#sec-array.prototype.every */
JsValue array_proto_some_every(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  bool is_some = js_callee_magic(cx) == NATIVE_WALK_MAGIC + WALK_SOME;
  TRY(walk_begin(cx, this_val, argc, argv, is_some ? "Array.prototype.some" : "Array.prototype.every", &walk));
  for (int64_t k = 0; k < walk.len; k++) {
    JsValue val;
    TRY(get_present(cx, walk.obj, k, &val));
    if (js_is_hole(val))
      TRY(js_poll(cx, 2));
    else if (answer(TRY(walk_call(cx, &walk, val, k))) == is_some)
      return js_boolean(is_some);
  }
  return js_boolean(!is_some);
}

/* FindViaPredicate ( O, len, direction, predicate, thisArg )  ecma262#sec-findviapredicate */
JsValue array_proto_find(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const methods[] = {[WALK_FIND] = "Array.prototype.find",
                                        [WALK_FIND_LAST] = "Array.prototype.findLast",
                                        [WALK_FIND_INDEX] = "Array.prototype.findIndex",
                                        [WALK_FIND_LAST_INDEX] = "Array.prototype.findLastIndex"};
  Walk walk;
  int kind = js_callee_magic(cx) - NATIVE_WALK_MAGIC;
  TRY(walk_begin(cx, this_val, argc, argv, methods[kind], &walk));
  bool is_last = kind == WALK_FIND_LAST || kind == WALK_FIND_LAST_INDEX, wants_index = kind >= WALK_FIND_INDEX;
  for (int64_t n = 0; n < walk.len; n++) {
    int64_t k = is_last ? walk.len - 1 - n : n;
    JsValue val = TRY(get_index(cx, walk.obj, k));
    if (answer(TRY(walk_call(cx, &walk, val, k))))
      return wants_index ? js_number_i64(k) : val;
  }
  return wants_index ? js_int32(-1) : JS_UNDEFINED;
}

/* Array.prototype.reduce, .reduceRight ( callback [ , initialValue ] )  ecma262#sec-array.prototype.reduce */
JsValue array_proto_reduce(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  bool from_right = js_callee_magic(cx) == NATIVE_WALK_MAGIC + WALK_REDUCE_RIGHT;
  TRY(walk_begin(cx, this_val, argc, argv, from_right ? "Array.prototype.reduceRight" : "Array.prototype.reduce",
                 &walk));
  JsValue accumulator = argc > 1 ? argv[1] : JS_HOLE;
  for (int64_t n = 0; n < walk.len; n++) {
    int64_t k = from_right ? walk.len - 1 - n : n;
    JsValue val;
    TRY(get_present(cx, walk.obj, k, &val));
    if (js_is_hole(val)) {
      TRY(js_poll(cx, 2));
      continue;
    }
    if (js_is_hole(accumulator)) {
      accumulator = val;
      continue;
    }
    JsValue args[] = {accumulator, val, js_number_i64(k), js_from_object(walk.obj)};
    accumulator = TRY(js_call(cx, walk.fn, JS_UNDEFINED, 4, args));
  }
  if (js_is_hole(accumulator))
    return throw_error(cx, JS_MSG_REDUCE_EMPTY);
  return accumulator;
}

/* --- flat -------------------------------------------------------------------------------------------------------- */

/* FlattenIntoArray ( target, source, sourceLen, start, depth [ , mapper, thisArg ] )  ecma262#sec-flattenintoarray */
static bool flatten_into(JsContext *cx, JsObject *target, const Walk *source, int64_t *to, double depth)
{
  TRY_OR(false, js_check_c_stack(cx));
  for (int64_t k = 0; k < source->len; k++) {
    JsValue val;
    bool is_nested = false;
    TRY_OR(false, get_present(cx, source->obj, k, &val));
    TRY_OR(false, js_poll(cx, 2));
    if (js_is_hole(val))
      continue;
    if (!js_is_hole(source->fn))
      val = TRY_OR(false, walk_call(cx, source, val, k));
    if (depth > 0)
      TRY_OR(false, is_array(cx, val, &is_nested));
    if (!is_nested) {
      TRY_OR(false, create_data_property_index_or_throw(cx, target, (*to)++, val));
      continue;
    }
    Walk inner = {.obj = js_as_object(val), .fn = JS_HOLE};
    TRY_OR(false, length_of_array_like(cx, inner.obj, &inner.len));
    TRY_OR(false, flatten_into(cx, target, &inner, to, depth - 1));
  }
  return true;
}

/* Array.prototype.flat ( [ depth ] )  ecma262#sec-array.prototype.flat */
JsValue array_proto_flat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk = {.fn = JS_HOLE};
  double depth = 1;
  int64_t to = 0;
  walk.obj = TRY(this_array_like(cx, this_val, NULL));
  TRY(length_of_array_like(cx, walk.obj, &walk.len));
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    TRY(to_integer_or_infinity(cx, argv[0], &depth));
  JsObject *result = TRY(array_species_create(cx, walk.obj, 0));
  TRY(flatten_into(cx, result, &walk, &to, depth < 0 ? 0 : depth));
  return js_from_object(result);
}

/* Array.prototype.flatMap ( mapper [ , thisArg ] )  ecma262#sec-array.prototype.flatmap */
JsValue array_proto_flat_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Walk walk;
  int64_t to = 0;
  walk.obj = TRY(this_array_like(cx, this_val, NULL));
  TRY(length_of_array_like(cx, walk.obj, &walk.len));
  walk.fn = js_arg(argc, argv, 0);
  walk.this_arg = js_arg(argc, argv, 1);
  TRY(array_check_callback(cx, walk.fn));
  JsObject *result = TRY(array_species_create(cx, walk.obj, 0));
  TRY(flatten_into(cx, result, &walk, &to, 1));
  return js_from_object(result);
}

/* --- searching --------------------------------------------------------------------------------------------------- */

/* fromIndex of indexOf and includes. */
static bool search_start(JsContext *cx, int argc, const JsValue *argv, int64_t len, int64_t *start)
{
  return array_relative_index(cx, js_arg(argc, argv, 1), len, 0, start);
}

/* Array.prototype.indexOf ( searchElement [ , fromIndex ] )  ecma262#sec-array.prototype.indexof */
JsValue array_proto_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, "Array.prototype.indexOf"));
  JsValue wanted = js_arg(argc, argv, 0);
  int64_t len, k;
  TRY(length_of_array_like(cx, obj, &len));
  if (!len)
    return js_int32(-1);
  TRY(search_start(cx, argc, argv, len, &k));
  if (array_is_readable(cx, obj)) {
    JsElements *elements = ptr_slot_get(obj->elements);
    uint32_t end = elements ? elements->length : 0;
    for (uint32_t at = (uint32_t)k; at < end && at < len; at++) {
      JsValue val = slot_get(elements->v[at]);
      if (!js_is_hole(val) && strict_equals(cx->heap, val, wanted))
        return js_number_u32(at);
    }
    return js_int32(-1);
  }
  for (; k < len; k++) {
    JsValue val;
    TRY(get_present(cx, obj, k, &val));
    if (!js_is_hole(val) && strict_equals(cx->heap, val, wanted))
      return js_number_i64(k);
    TRY(js_poll(cx, 2));
  }
  return js_int32(-1);
}

/* Array.prototype.lastIndexOf ( searchElement [ , fromIndex ] )  ecma262#sec-array.prototype.lastindexof */
JsValue array_proto_last_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  JsValue wanted = js_arg(argc, argv, 0);
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (!len)
    return js_int32(-1);
  double from = (double)len - 1;
  if (argc > 1)
    TRY(to_integer_or_infinity(cx, argv[1], &from));
  if (from < 0)
    from += (double)len;
  for (int64_t k = from < 0 ? -1 : from >= (double)len ? len - 1 : (int64_t)from; k >= 0; k--) {
    JsValue val;
    TRY(get_present(cx, obj, k, &val));
    if (!js_is_hole(val) && strict_equals(cx->heap, val, wanted))
      return js_number_i64(k);
    TRY(js_poll(cx, 2));
  }
  return js_int32(-1);
}

/* Array.prototype.includes ( searchElement [ , fromIndex ] )  ecma262#sec-array.prototype.includes */
JsValue array_proto_includes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  JsValue wanted = js_arg(argc, argv, 0);
  int64_t len, k;
  TRY(length_of_array_like(cx, obj, &len));
  if (!len)
    return js_boolean(false);
  TRY(search_start(cx, argc, argv, len, &k));
  for (; k < len; k++) {
    JsValue val = TRY(get_index(cx, obj, k));
    if (same_value_zero(cx->heap, val, wanted))
      return js_boolean(true);
    TRY(js_poll(cx, 1));
  }
  return js_boolean(false);
}
