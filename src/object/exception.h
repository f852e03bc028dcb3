// SPDX-License-Identifier: MIT
/*
 * Exceptions in C: one convention. A failing function leaves the exception in cx and returns its type's sentinel:
 * JsValue -> JS_EXCEPTION, bool -> false (true means done, never an answer), pointer -> NULL. TRY propagates, MUST
 * asserts.
 *
 *   JsObject *obj = TRY(to_object(cx, v));            in a function returning JsValue
 *   TRY_OR(false, create_data_property(cx, ...));     in one returning bool
 *   TRY_OR(NULL, ...)                                 in one returning a pointer
 */
#ifndef OBJECT_EXCEPTION_H
#define OBJECT_EXCEPTION_H

#include "object/key.h"

JS_INLINE bool js_failed_value(JsValue v)
{
  return js_is_exception(v);
}
JS_INLINE bool js_failed_bool(bool ok)
{
  return !ok;
}
JS_INLINE bool js_failed_pointer(const void *p)
{
  return !p;
}
#define js_failed(x) _Generic((x), JsValue : js_failed_value, bool : js_failed_bool, default : js_failed_pointer)(x)
#define TRY_OR(fail, expr)                                                                                             \
  ({                                                                                                                   \
    __auto_type try_ = (expr);                                                                                         \
    if (js_unlikely(js_failed(try_)))                                                                                  \
      return fail;                                                                                                     \
    try_;                                                                                                              \
  })
#define TRY(expr) TRY_OR(JS_EXCEPTION, expr)
#define MUST(expr)                                                                                                     \
  ({                                                                                                                   \
    __auto_type must_ = (expr);                                                                                        \
    JS_CHECK(!js_failed(must_));                                                                                       \
    must_;                                                                                                             \
  })

typedef enum {
#define ERROR_TYPE(id, name) JS_##id,
#include "object/error_types.def"
#undef ERROR_TYPE
  JS_ERROR_TYPE_COUNT
} JsErrorType;
/* "TypeError" */
const char *error_type_name(JsErrorType type);

typedef enum {
#define ERROR_ROW(id, type, format) JS_MSG_##id,
#include "object/errors.def"
#undef ERROR_ROW
  JS_MSG_COUNT
} JsMessageId;

/*
 * Throws a new error of the message's type, made in the current realm, with its stack captured. Always returns
 * JS_EXCEPTION. Conversions in errors.def's formats, with the argument each takes: %s  const char * (UTF-8)      %d int
 * %u  uint32_t        %S  JsString * %k  JsKey (as V8 shows it: name, index, Symbol(x)) %v  JsValue as V8 prints it in
 * messages (strings quoted with "", functions by source, #<Foo> for objects, [object Array]) %t  JsValue, its typeof
 * %c  JsValue rendered for
 * "x is not a function"-style call sites (class-like short form)
 */
JS_COLD JsValue throw_error(JsContext *cx, JsMessageId id, ...);
/* Throws a value as it is. */
JS_COLD JsValue throw_value(JsContext *cx, JsValue val);
/* RangeError: Maximum call stack size exceeded. */
JS_COLD JsValue throw_stack_overflow(JsContext *cx);
/* For memory that could not be had: the heap limit's refusal ends in the out-of-memory handler (Node's fatal error),
 * the system's throws RangeError. */
JS_COLD JsValue throw_out_of_memory(JsContext *cx);
/* Throws an error of a type with a ready message. */
JS_COLD JsValue throw_error_string(JsContext *cx, JsErrorType type, JsString *message);

/* The pending exception, which is cleared. */
JsValue take_exception(JsContext *cx);
bool has_exception(JsContext *cx);

/* A new error object of the current realm, stack captured; not thrown. */
JsValue error_new(JsContext *cx, JsErrorType type, JsString *message);

#endif
