// SPDX-License-Identifier: MIT
/* BigInt values: sign in cell.flags, 64-bit limbs, least significant first, no leading zero limb; zero has no limb and
 * no sign. Arithmetic on limbs is base/bigint.h; here are the cells and the language's operations. */
#ifndef OBJECT_BIGINT_H
#define OBJECT_BIGINT_H

#include "object/context.h"

enum { BIGINT_NEGATIVE = 1 };
/* As V8: 2^30 bits; longer results throw RangeError "Maximum BigInt size exceeded". */
#define JS_MAX_BIGINT_LIMBS (1u << 24)

typedef struct JsBigInt {
  JsCell cell;
  uint32_t length; /* limbs */
  uint32_t pad;
  uint64_t limbs[];
} JsBigInt;

JS_INLINE bool js_is_bigint(JsValue v)
{
  return js_is_cell(v) && js_as_cell(v)->kind == CELL_BIGINT;
}
JS_INLINE JsBigInt *js_as_bigint(JsValue v)
{
  return (JsBigInt *)js_as_cell(v);
}
JS_INLINE bool bigint_is_zero(const JsBigInt *b)
{
  return b->length == 0;
}
JS_INLINE bool bigint_is_negative(const JsBigInt *b)
{
  return b->cell.flags & BIGINT_NEGATIVE;
}

/* Operators: code is the JsBinaryOp of object/arithmetic.h. Both operands BigInt. Throws RangeError for division by
 * zero etc. */
JS_MUST_USE JsValue bigint_binary(JsContext *cx, int op, JsBigInt *a, JsBigInt *b);
JS_MUST_USE JsValue bigint_negate(JsContext *cx, JsBigInt *a);
JS_MUST_USE JsValue bigint_not(JsContext *cx, JsBigInt *a);
JS_MUST_USE JsValue bigint_add_int(JsContext *cx, JsBigInt *a, int32_t delta); /* ++ and -- */
bool bigint_equals(const JsBigInt *a, const JsBigInt *b);
int bigint_compare(const JsBigInt *a, const JsBigInt *b);
/* <0, 0, >0; 2 when d is NaN. */
int bigint_compare_double(const JsBigInt *a, double d);
double bigint_to_double(const JsBigInt *a);
/* From a double that is an integer; NULL with RangeError otherwise. */
JS_MUST_USE JsBigInt *bigint_from_double(JsContext *cx, double d);
JsBigInt *bigint_from_int64(JsHeap *heap, int64_t i);
JsBigInt *bigint_from_uint64(JsHeap *heap, uint64_t u);
/* Modulo 2^64. */
uint64_t bigint_to_uint64(const JsBigInt *a);
/* StringToBigInt: *out NULL when the text is not an integer. False: exception. */
JS_MUST_USE bool string_to_bigint(JsContext *cx, struct JsString *s, JsBigInt **out);
/* Digits of a literal in the given radix, ASCII. */
JS_MUST_USE JsBigInt *bigint_from_digits(JsContext *cx, const char *digits, size_t len, int radix);
JS_MUST_USE struct JsString *bigint_to_string(JsContext *cx, const JsBigInt *a, int radix);
uint32_t bigint_hash(const JsBigInt *a);

#endif
