// SPDX-License-Identifier: MIT
/*
 * What C offers to the core library: internalBinding(name) makes the binding's object on first use.
 *
 * A binding is one file of src/runtime/bindings with one RtBinding and one row in bindings.def; the contract is in
 * docs/bindings.md. Arguments have been checked by lib/, and are checked again here wherever a wrong one could harm
 * memory: such a call throws.
 */
#ifndef RUNTIME_BINDING_H
#define RUNTIME_BINDING_H

#include "culm/js.h"

typedef struct RtEnv RtEnv;

typedef struct RtBinding {
  const char *name;
  JsValue (*make)(RtEnv *env, JsContext *cx); /* JS_EXCEPTION: pending */
} RtBinding;

#define BINDING(name) extern const RtBinding rt_binding_##name;
#include "runtime/bindings/bindings.def"
#undef BINDING

/* By exact name; NULL when there is none. */
const RtBinding *rt_binding_find(const char *name);

/* --- for bindings --------------------------------------------------------------------------------------------------*/

typedef struct RtNumberRow {
  const char *name;
  double value;
} RtNumberRow;
/* Defines plain number properties; rows end with a NULL name. */
bool rt_define_numbers(JsContext *cx, JsValue obj, const RtNumberRow *rows);

/* A fresh object with these functions. */
JsValue rt_functions_object(JsContext *cx, const JsFunctionRow *rows);

/* argv[k] as a view's bytes; false with a TypeError pending when it is none. */
bool rt_view_argument(JsContext *cx, int argc, const JsValue *argv, int k, JsView *out);
/* argv[k] as a string; false with a TypeError pending. */
bool rt_string_argument(JsContext *cx, int argc, const JsValue *argv, int k, JsValue *out);
/* argv[k] as a size: integers from 0 up, anything else as 0. */
size_t rt_size_argument(int argc, const JsValue *argv, int k);
/* argv[k] as a number; 0 when it is none. */
double rt_double_argument(int argc, const JsValue *argv, int k);
static inline int rt_int_argument(int argc, const JsValue *argv, int k)
{
  double d = rt_double_argument(argc, argv, k);
  return d >= -2147483648.0 && d <= 2147483647.0 ? (int)d : 0;
}

#endif
