/* SPDX-License-Identifier: MIT */
/*
 * [DOC] Values
 *
 * A JsValue is one NaN-boxed 64-bit word:
 *
 *   cell pointer   0000 pppp pppp pppp     plain, top 16 bits zero: a conservative scan sees it, gdb follows it
 *   double         0002..FFFC xxxx ....    IEEE bits + 2^49
 *   int32          FFFE 0000 iiii iiii
 *   null 02, undefined 0A, false 06, true 07, hole 00 (array hole, binding in its TDZ), exception 0E (never stored)
 *
 * null and undefined differ in bit 3 only, so "nullish" is one mask and one compare. Every number that is an int32 (and
 * is not -0) is stored as int32: js_number() makes that canonical form.
 */
#ifndef CULM_VALUE_H
#define CULM_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct JsValue {
  uint64_t bits;
} JsValue;

#define JS_VALUE_INT_TAG       0xFFFE000000000000ull
#define JS_VALUE_DOUBLE_OFFSET 0x0002000000000000ull
/* No bit of this mask is set in a cell pointer; null, undefined and the booleans carry bit 1. */
#define JS_VALUE_NOT_CELL_MASK (JS_VALUE_INT_TAG | 0x2ull)

#ifdef __cplusplus
#define JS_VALUE_LITERAL(b) (JsValue{(b)})
#else
#define JS_VALUE_LITERAL(b) ((JsValue){(b)})
#endif

#define JS_HOLE      JS_VALUE_LITERAL(0x00ull)
#define JS_NULL      JS_VALUE_LITERAL(0x02ull)
#define JS_FALSE     JS_VALUE_LITERAL(0x06ull)
#define JS_TRUE      JS_VALUE_LITERAL(0x07ull)
#define JS_UNDEFINED JS_VALUE_LITERAL(0x0Aull)
#define JS_EXCEPTION JS_VALUE_LITERAL(0x0Eull)

static inline bool js_same_bits(JsValue a, JsValue b)
{
  return a.bits == b.bits;
}
static inline bool js_is_hole(JsValue v)
{
  return v.bits == 0x00;
}
static inline bool js_is_null(JsValue v)
{
  return v.bits == 0x02;
}
static inline bool js_is_undefined(JsValue v)
{
  return v.bits == 0x0A;
}
static inline bool js_is_nullish(JsValue v)
{
  return (v.bits & ~0x8ull) == 0x02;
}
static inline bool js_is_boolean(JsValue v)
{
  return (v.bits & ~0x1ull) == 0x06;
}
static inline bool js_is_true(JsValue v)
{
  return v.bits == 0x07;
}
static inline bool js_is_exception(JsValue v)
{
  return v.bits == 0x0E;
}
static inline bool js_is_int32(JsValue v)
{
  return v.bits >= JS_VALUE_INT_TAG;
}
static inline bool js_is_number(JsValue v)
{
  return v.bits >= JS_VALUE_DOUBLE_OFFSET;
}
static inline bool js_is_double(JsValue v)
{
  return js_is_number(v) && !js_is_int32(v);
}
/* A heap cell of any kind: object, string, symbol, bigint. The hole is not a cell. */
static inline bool js_is_cell(JsValue v)
{
  return (v.bits & JS_VALUE_NOT_CELL_MASK) == 0 && v.bits != 0;
}

static inline JsValue js_boolean(bool b)
{
  return JS_VALUE_LITERAL(b ? 0x07ull : 0x06ull);
}
static inline JsValue js_int32(int32_t i)
{
  return JS_VALUE_LITERAL(JS_VALUE_INT_TAG | (uint32_t)i);
}
static inline int32_t js_as_int32(JsValue v)
{
  return (int32_t)(uint32_t)v.bits;
}

/* Boxes without looking for an integer; NaNs are made canonical so that no payload can forge another type. */
static inline JsValue js_double(double d)
{
  uint64_t bits;
  if (d != d)
    return JS_VALUE_LITERAL(0x7FF8000000000000ull + JS_VALUE_DOUBLE_OFFSET);
  memcpy(&bits, &d, sizeof bits);
  return JS_VALUE_LITERAL(bits + JS_VALUE_DOUBLE_OFFSET);
}

static inline double js_as_double(JsValue v)
{
  uint64_t bits = v.bits - JS_VALUE_DOUBLE_OFFSET;
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

/* The canonical number: int32 when exact and not -0. */
static inline JsValue js_number(double d)
{
  if (d >= -2147483648.0 && d <= 2147483647.0) {
    int32_t i = (int32_t)d;
    if ((double)i == d) {
      uint64_t bits;
      memcpy(&bits, &d, sizeof bits);
      if (i != 0 || bits == 0)
        return js_int32(i);
    }
  }
  return js_double(d);
}

static inline JsValue js_number_u32(uint32_t u)
{
  return u <= 0x7FFFFFFFu ? js_int32((int32_t)u) : js_double((double)u);
}
static inline JsValue js_number_i64(int64_t i)
{
  return i >= INT32_MIN && i <= INT32_MAX ? js_int32((int32_t)i) : js_double((double)i);
}
/* Of a value known to be a number. */
static inline double js_number_value(JsValue v)
{
  return js_is_int32(v) ? (double)js_as_int32(v) : js_as_double(v);
}

#ifdef __cplusplus
}
#endif

#endif
