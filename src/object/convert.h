// SPDX-License-Identifier: MIT
/* Type conversion (ecma262#sec-type-conversion) and testing. Names are the specification's. */
#ifndef OBJECT_CONVERT_H
#define OBJECT_CONVERT_H

#include "object/bigint.h"
#include "object/function.h"

typedef enum { HINT_DEFAULT, HINT_NUMBER, HINT_STRING } JsHint;

bool to_boolean(JsValue val); /* pure: strings test their length, BigInts their sign */
JS_MUST_USE JsValue to_primitive(JsContext *cx, JsValue val, JsHint hint);
/* A number value. */
JS_MUST_USE JsValue to_number(JsContext *cx, JsValue val);
JS_MUST_USE bool to_number_double(JsContext *cx, JsValue val, double *out);
/* A number or BigInt value. */
JS_MUST_USE JsValue to_numeric(JsContext *cx, JsValue val);
JS_MUST_USE bool to_integer_or_infinity(JsContext *cx, JsValue val, double *out);
JS_MUST_USE bool to_int32(JsContext *cx, JsValue val, int32_t *out);
JS_MUST_USE bool to_uint32(JsContext *cx, JsValue val, uint32_t *out);
JS_MUST_USE bool to_length(JsContext *cx, JsValue val, int64_t *out);
/* 0 .. 2^53-1 or RangeError. */
JS_MUST_USE bool to_index(JsContext *cx, JsValue val, int64_t *out);
JS_MUST_USE JsString *to_string(JsContext *cx, JsValue val);
JS_MUST_USE JsObject *to_object(JsContext *cx, JsValue val);
/* The prototype where a primitive's properties are found; val is not nullish and not an object. */
JsObject *primitive_prototype(JsContext *cx, JsValue val);
JS_MUST_USE bool to_property_key(JsContext *cx, JsValue val, JsKey *out);
JS_MUST_USE JsBigInt *to_bigint(JsContext *cx, JsValue val);

/* Modular conversions of a double. */
int32_t double_to_int32(double d);
static inline uint32_t double_to_uint32(double d)
{
  return (uint32_t)double_to_int32(d);
}
/* The integer part; NaN is 0. */
double double_to_integer(double d);

/* Number::toString(10) and the cached small ones. */
JsString *number_to_string(JsHeap *heap, double d);
/* The same as characters, at most 40; returns how many. */
size_t number_to_chars(double d, char *out);
JsString *int32_to_string(JsHeap *heap, int32_t i);
/* StringToNumber: NaN when it is not a number's text. */
double string_to_number(JsHeap *heap, JsString *s);
JsKey key_from_number(JsHeap *heap, double d);

/* IsArray: sees through proxies. */
JS_MUST_USE bool is_array(JsContext *cx, JsValue val, bool *out);
JS_MUST_USE bool is_regexp(JsContext *cx, JsValue val, bool *out);
JS_INLINE bool is_integral_number(JsValue v)
{
  if (js_is_int32(v))
    return true;
  if (!js_is_double(v))
    return false;
  double d = js_as_double(v);
  return d == __builtin_trunc(d) && d - d == 0;
}
/* typeof as an atom. */
JsString *type_of(JsHeap *heap, JsValue val);
/* What typeof answers, in the order of the answers' table; the bytecode holds these numbers. */
typedef enum {
  TYPEOF_UNDEFINED,
  TYPEOF_OBJECT,
  TYPEOF_BOOLEAN,
  TYPEOF_NUMBER,
  TYPEOF_STRING,
  TYPEOF_SYMBOL,
  TYPEOF_BIGINT,
  TYPEOF_FUNCTION,
  TYPEOF_COUNT
} JsTypeofName;
JsTypeofName type_of_name(JsValue val);
JS_INLINE bool value_is_typeof(JsValue val, JsTypeofName name)
{
  if (js_is_number(val))
    return name == TYPEOF_NUMBER;
  if (js_is_string(val))
    return name == TYPEOF_STRING;
  return type_of_name(val) == name;
}
/* Name of the own or inherited data property `constructor`'s function, without user code; "Object" when there is none.
 */
JsString *object_constructor_name(JsContext *cx, JsObject *obj);
/* For messages: how V8 prints a value (never runs user code). */
JsString *value_to_message_string(JsContext *cx, JsValue val);

#endif
