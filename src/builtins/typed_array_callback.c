// SPDX-License-Identifier: MIT
/*
 * %TypedArray%.prototype's methods that take a callback. The length is read once; an element that a callback made
 * vanish reads as undefined.
 */
#include "builtins/typed_array_builtin.h"

#define METHOD(name_) "%TypedArray%.prototype." name_
#define CALLBACK(name_)                                                                                                \
  JsValue typed_array_proto_##name_(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)

CALLBACK(every);
CALLBACK(filter);
CALLBACK(find);
CALLBACK(findIndex);
CALLBACK(findLast);
CALLBACK(findLastIndex);
CALLBACK(forEach);
CALLBACK(map);
CALLBACK(reduce);
CALLBACK(reduceRight);
CALLBACK(some);

/* The array, its length and the callback; false: exception. */
static bool callback_prologue(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, const char *method,
                              JsTypedArray **array, int64_t *len)
{
  *array = TRY_OR(false, validate_typed_array(cx, this_val, method, len));
  if (js_is_callable(js_arg(argc, argv, 0)))
    return true;
  throw_error(cx, JS_MSG_NOT_A_FUNCTION, js_arg(argc, argv, 0));
  return false;
}

static JsValue call_back(JsContext *cx, int argc, const JsValue *argv, JsTypedArray *array, JsValue val, int64_t k)
{
  return js_call3(cx, argv[0], js_arg(argc, argv, 1), val, js_number_i64(k), js_from_object(&array->obj));
}

#define PROLOGUE(name_)                                                                                                \
  JsTypedArray *array;                                                                                                 \
  int64_t len;                                                                                                         \
  TRY(callback_prologue(cx, this_val, argc, argv, METHOD(name_), &array, &len))

/* %TypedArray%.prototype.every ( callback [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.every */
CALLBACK(every)
{
  PROLOGUE("every");
  for (int64_t k = 0; k < len; k++) {
    JsValue result = TRY(call_back(cx, argc, argv, array, typed_array_get(cx->heap, array, (size_t)k), k));
    if (!to_boolean(result))
      return JS_FALSE;
  }
  return JS_TRUE;
}

/* %TypedArray%.prototype.some ( callback [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.some */
CALLBACK(some)
{
  PROLOGUE("some");
  for (int64_t k = 0; k < len; k++) {
    JsValue result = TRY(call_back(cx, argc, argv, array, typed_array_get(cx->heap, array, (size_t)k), k));
    if (to_boolean(result))
      return JS_TRUE;
  }
  return JS_FALSE;
}

/* %TypedArray%.prototype.forEach ( callback [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.foreach */
CALLBACK(forEach)
{
  PROLOGUE("forEach");
  for (int64_t k = 0; k < len; k++)
    TRY(call_back(cx, argc, argv, array, typed_array_get(cx->heap, array, (size_t)k), k));
  return JS_UNDEFINED;
}

/* %TypedArray%.prototype.filter ( callback [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.filter */
CALLBACK(filter)
{
  PROLOGUE("filter");
  JsElements *kept = elements_new(cx->heap, 16);
  if (!kept)
    return throw_out_of_memory(cx);
  for (int64_t k = 0; k < len; k++) {
    JsValue val = typed_array_get(cx->heap, array, (size_t)k);
    JsValue selected = TRY(call_back(cx, argc, argv, array, val, k));
    if (to_boolean(selected))
      kept = TRY(elements_push(cx, kept, val));
  }
  JsValue length = js_number_u32(kept->length);
  JsTypedArray *result = TRY(typed_array_species_create(cx, array, 1, &length, METHOD("filter")));
  for (uint32_t k = 0; k < kept->length; k++)
    TRY(typed_array_set(cx, result, k, slot_get(kept->v[k])));
  return js_from_object(&result->obj);
}

/* %TypedArray%.prototype.map ( callback [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.map */
CALLBACK(map)
{
  PROLOGUE("map");
  JsValue length = js_number_i64(len);
  JsTypedArray *result = TRY(typed_array_species_create(cx, array, 1, &length, METHOD("map")));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = TRY(call_back(cx, argc, argv, array, typed_array_get(cx->heap, array, (size_t)k), k));
    TRY(typed_array_set(cx, result, (double)k, val));
  }
  return js_from_object(&result->obj);
}

/* FindViaPredicate ( O, len, direction, predicate, thisArg )  ecma262#sec-findviapredicate; -1: none */
static bool find_via_predicate(JsContext *cx, int argc, const JsValue *argv, JsTypedArray *array, int64_t from,
                               int64_t end, int64_t step, int64_t *index, JsValue *val)
{
  for (int64_t k = from; k != end; k += step) {
    *val = typed_array_get(cx->heap, array, (size_t)k);
    JsValue result = TRY_OR(false, call_back(cx, argc, argv, array, *val, k));
    if (to_boolean(result)) {
      *index = k;
      return true;
    }
  }
  *index = -1;
  *val = JS_UNDEFINED;
  return true;
}

#define FIND(name_, from_, end_, step_, result_)                                                                       \
  CALLBACK(name_)                                                                                                      \
  {                                                                                                                    \
    PROLOGUE(#name_);                                                                                                  \
    int64_t index;                                                                                                     \
    JsValue val;                                                                                                       \
    TRY(find_via_predicate(cx, argc, argv, array, from_, end_, step_, &index, &val));                                  \
    return result_;                                                                                                    \
  }
/* %TypedArray%.prototype.find ( predicate [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.find */
FIND(find, 0, len, 1, val)
/* %TypedArray%.prototype.findIndex ( predicate [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.findindex */
FIND(findIndex, 0, len, 1, js_number_i64(index))
/* %TypedArray%.prototype.findLast ( predicate [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.findlast */
FIND(findLast, len - 1, -1, -1, val)
/* %TypedArray%.prototype.findLastIndex ( predicate [ , thisArg ] )  ecma262#sec-%typedarray%.prototype.findlastindex */
FIND(findLastIndex, len - 1, -1, -1, js_number_i64(index))

static JsValue reduce(JsContext *cx, int argc, const JsValue *argv, JsTypedArray *array, int64_t from, int64_t end,
                      int64_t step)
{
  JsValue accumulator;
  int64_t k = from;
  if (argc >= 2) {
    accumulator = argv[1];
  } else {
    if (from == end)
      return throw_error(cx, JS_MSG_REDUCE_EMPTY_TYPED_ARRAY);
    accumulator = typed_array_get(cx->heap, array, (size_t)k);
    k += step;
  }
  for (; k != end; k += step) {
    JsValue args[4] = {accumulator, typed_array_get(cx->heap, array, (size_t)k), js_number_i64(k),
                       js_from_object(&array->obj)};
    accumulator = TRY(js_call(cx, argv[0], JS_UNDEFINED, 4, args));
  }
  return accumulator;
}

/* %TypedArray%.prototype.reduce ( callback [ , initialValue ] )  ecma262#sec-%typedarray%.prototype.reduce */
CALLBACK(reduce)
{
  PROLOGUE("reduce");
  return reduce(cx, argc, argv, array, 0, len, 1);
}

/* %TypedArray%.prototype.reduceRight ( callback [ , initialValue ] )  ecma262#sec-%typedarray%.prototype.reduceright */
CALLBACK(reduceRight)
{
  PROLOGUE("reduceRight");
  return reduce(cx, argc, argv, array, len - 1, -1, -1);
}
