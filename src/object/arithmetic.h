// SPDX-License-Identifier: MIT
/* The operators' slow paths: numeric operations on any values (ecma262#sec-applystringornumericbinaryoperator). */
#ifndef OBJECT_ARITHMETIC_H
#define OBJECT_ARITHMETIC_H

#include "object/convert.h"

typedef enum {
  BINARY_ADD,
  BINARY_SUB,
  BINARY_MUL,
  BINARY_DIV,
  BINARY_MOD,
  BINARY_EXP,
  BINARY_BIT_AND,
  BINARY_BIT_OR,
  BINARY_BIT_XOR,
  BINARY_SHL,
  BINARY_SAR,
  BINARY_SHR
} JsBinaryOp;

/* ApplyStringOrNumericBinaryOperator */
JS_MUST_USE JsValue apply_binary(JsContext *cx, JsBinaryOp op, JsValue left, JsValue right);
JS_MUST_USE JsValue apply_negate(JsContext *cx, JsValue val);
JS_MUST_USE JsValue apply_bit_not(JsContext *cx, JsValue val);
/* ToNumeric then +1 or -1; *old (may be NULL) gets the numeric before. */
JS_MUST_USE JsValue apply_increment(JsContext *cx, JsValue val, int delta, JsValue *old);
double number_remainder(double a, double b);
double number_exponentiate(double base, double exponent);

#endif
