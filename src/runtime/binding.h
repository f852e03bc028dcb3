// SPDX-License-Identifier: MIT
/*
 * What C offers to the core library: internalBinding(name) makes the binding's object on first use. A binding is one
 * file of src/runtime/bindings with a maker `binding_NAME`, one row in bindings.def, and a section in docs/bindings.md.
 *
 Arguments have been checked by lib/, and are checked again here wherever a wrong one could harm
 * memory: such a call throws.
 */
#ifndef RUNTIME_BINDING_H
#define RUNTIME_BINDING_H

#include "culm/js.h"

typedef struct CulmEnv CulmEnv;

/* The makers of the bindings that need no more than this; bindings.def lists all. */
JsValue binding_async_context(CulmEnv *env, JsContext *cx);
JsValue binding_buffer(CulmEnv *env, JsContext *cx);
JsValue binding_code_cache(CulmEnv *env, JsContext *cx);
JsValue binding_constants(CulmEnv *env, JsContext *cx);
JsValue binding_encoding(CulmEnv *env, JsContext *cx);
JsValue binding_buffer_numbers(CulmEnv *env, JsContext *cx);
JsValue binding_http_parser(CulmEnv *env, JsContext *cx);
JsValue binding_os(CulmEnv *env, JsContext *cx);
JsValue binding_string_decoder(CulmEnv *env, JsContext *cx);
JsValue binding_types(CulmEnv *env, JsContext *cx);
JsValue binding_typescript(CulmEnv *env, JsContext *cx);
JsValue binding_url(CulmEnv *env, JsContext *cx);
JsValue binding_util(CulmEnv *env, JsContext *cx);
JsValue binding_uv(CulmEnv *env, JsContext *cx);

/* --- for bindings --------------------------------------------------------------------------------------------------*/

typedef struct RtNumberRow {
  const char *name;
  double value;
} RtNumberRow;
/* Defines plain number properties; rows end with a NULL name. */
bool rt_define_numbers(JsContext *cx, JsValue obj, const RtNumberRow *rows);
/* An enumerable accessor without setter. */
bool rt_define_getter(JsContext *cx, JsValue obj, const char *name, JsFunctionCallback get);

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

/* { url, line, column, endColumn, sourceLine } (task_queue.c). */
JsValue error_place_new(JsContext *cx, const JsErrorLocation *at);

#endif
