// SPDX-License-Identifier: MIT
/*
 * The Error family (ecma262#sec-error-objects), with V8's captureStackTrace and stackTraceLimit. Capturing and
 * formatting stacks is the interpreter's (error_capture_stack).
 */
#include "builtins/error.h"

/* The object with its message; `stack` keeps the first place among the properties, as in V8, and is filled in last. */
static JsObject *begin_error(JsContext *cx, JsErrorType type, JsValue message)
{
  JsHeap *heap = cx->heap;
  JsValue new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    new_target = js_from_object(js_callee(cx));
  JsObject *error = TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, error_type_prototype(type),
                                                                  CELL_ERROR, sizeof(JsErrorObject)));
  error_begin_stack(cx, error);
  if (!js_is_undefined(message)) {
    JsString *text = TRY_OR(NULL, to_string(cx, message));
    object_define_direct(heap, error, KEY(heap, message), js_from_cell(text), PROP_METHOD);
  }
  return error;
}

/* InstallErrorCause ( O, options )  ecma262#sec-installerrorcause */
static bool install_cause(JsContext *cx, JsObject *error, JsValue options)
{
  bool has;
  if (!js_is_object(options))
    return true;
  TRY_OR(false, has_property(cx, js_as_object(options), KEY(cx->heap, cause), &has));
  if (!has)
    return true;
  JsValue cause = TRY_OR(false, get_property(cx, js_as_object(options), KEY(cx->heap, cause)));
  object_define_direct(cx->heap, error, KEY(cx->heap, cause), cause, PROP_METHOD);
  return true;
}

static JsValue finish_error(JsContext *cx, JsObject *error)
{
  /* The frames of the constructors, derived ones too, are no part of the stack. */
  JsValue target = js_new_target(cx);
  TRY(error_capture_stack(cx, error, js_is_object(target) ? js_as_object(target) : js_callee(cx)));
  return js_from_object(error);
}

/* Error ( message [ , options ] )  ecma262#sec-error-message, NativeError  ecma262#sec-nativeerror; magic: JsErrorType
 */
static JsValue error_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *error = TRY(begin_error(cx, (JsErrorType)js_callee_magic(cx), js_arg(argc, argv, 0)));
  TRY(install_cause(cx, error, js_arg(argc, argv, 1)));
  return finish_error(cx, error);
}

/* AggregateError ( errors, message [ , options ] )  ecma262#sec-aggregate-error */
static JsValue aggregate_error_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *error = TRY(begin_error(cx, JS_AGGREGATE_ERROR, js_arg(argc, argv, 1)));
  TRY(install_cause(cx, error, js_arg(argc, argv, 2)));
  JsElements *list = TRY(iterable_to_list(cx, js_arg(argc, argv, 0)));
  JsArray *errors = TRY(array_from_elements(cx, list));
  object_define_direct(cx->heap, error, KEY(cx->heap, errors), js_from_object(&errors->obj), PROP_METHOD);
  return finish_error(cx, error);
}

/* SuppressedError ( error, suppressed, message )  ecma262#sec-suppressederror */
static JsValue suppressed_error_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  JsObject *error = TRY(begin_error(cx, JS_SUPPRESSED_ERROR, js_arg(argc, argv, 2)));
  object_define_direct(heap, error, KEY(heap, error), js_arg(argc, argv, 0), PROP_METHOD);
  object_define_direct(heap, error, KEY(heap, suppressed), js_arg(argc, argv, 1), PROP_METHOD);
  return finish_error(cx, error);
}

/* Error.captureStackTrace ( targetObject [ , constructorOpt ] )  NODE: V8's, 26 */
static JsValue error_capture_stack_trace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue target = js_arg(argc, argv, 0), skip = js_arg(argc, argv, 1);
  bool extensible;
  if (!js_is_object(target))
    return throw_error(cx, JS_MSG_INVALID_ARGUMENT);
  JsObject *obj = js_as_object(target);
  TRY(object_is_extensible(cx, obj, &extensible));
  if (!extensible)
    return throw_error(cx, JS_MSG_DEFINE_NOT_EXTENSIBLE, KEY(cx->heap, stack));
  TRY(error_capture_stack(cx, obj, js_is_callable(skip) ? js_as_object(skip) : js_callee(cx)));
  return JS_UNDEFINED;
}

/* Error.isError ( arg )  ecma262#sec-error.iserror */
static JsValue error_is_error(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(js_is_error(js_arg(argc, argv, 0)));
}

/* Error.prototype.toString ( )  ecma262#sec-error.prototype.tostring */
static JsValue error_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "Error.prototype.toString", this_val);
  JsObject *obj = js_as_object(this_val);
  JsValue name_value = TRY(get_property(cx, obj, KEY(heap, name)));
  JsString *name = js_is_undefined(name_value) ? ATOM(heap, Error) : TRY(to_string(cx, name_value));
  JsValue message_value = TRY(get_property(cx, obj, KEY(heap, message)));
  JsString *message = js_is_undefined(message_value) ? string_empty(heap) : TRY(to_string(cx, message_value));
  if (!name->length)
    return js_from_cell(message);
  if (!message->length)
    return js_from_cell(name);
  StringBuilder out;
  builder_init(&out, cx);
  builder_add_string(&out, name);
  builder_add_ascii(&out, ": ");
  builder_add_string(&out, message);
  return js_from_cell(TRY(builder_finish(&out)));
}

enum { DEFAULT_STACK_TRACE_LIMIT = 10 }; /* V8's */

static const JsBuiltin error_static[] = {
    FN("captureStackTrace", error_capture_stack_trace, 2),
    FN("isError", error_is_error, 1),
    {.name = "stackTraceLimit", .type = BUILTIN_NUMBER, .number = DEFAULT_STACK_TRACE_LIMIT, .attrs = PROP_ALL},
};

#define TEXT(name_, text_)                                                                                             \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_STRING, .text = (text_), .attrs = PROP_METHOD                                     \
  }

static const JsBuiltin error_proto[] = {
    TEXT("name", "Error"),
    TEXT("message", ""),
    FN("toString", error_proto_to_string, 0),
};

const JsIntrinsicTable error_constructor_table = {CONSTRUCTOR_TABLE("Error", error_constructor, 1, ERROR_PROTOTYPE),
                                                  .magic = JS_ERROR, ROWS(error_static)};
const JsIntrinsicTable error_prototype_table = {PROTOTYPE_TABLE(ERROR), ROWS(error_proto)};

#define SUBTYPE(id, ID, text, ctor, length_)                                                                           \
  static const JsBuiltin id##_error_proto[] = {TEXT("name", text), TEXT("message", "")};                               \
  const JsIntrinsicTable id##_error_constructor_table = {.make = INTRINSIC_CONSTRUCTOR,                                \
                                                         .name = (text),                                               \
                                                         .fn = (ctor),                                                 \
                                                         .length = (length_),                                          \
                                                         .magic = JS_##ID##_ERROR,                                     \
                                                         .parent = JS_INTRINSIC_ERROR,                                 \
                                                         .prototype = JS_INTRINSIC_##ID##_ERROR_PROTOTYPE,             \
                                                         .constructor = -1};                                           \
  const JsIntrinsicTable id##_error_prototype_table = {.make = INTRINSIC_PLAIN,                                        \
                                                       .parent = JS_INTRINSIC_ERROR_PROTOTYPE,                         \
                                                       .prototype = -1,                                                \
                                                       .constructor = JS_INTRINSIC_##ID##_ERROR,                       \
                                                       ROWS(id##_error_proto)};

SUBTYPE(eval, EVAL, "EvalError", error_constructor, 1)
SUBTYPE(range, RANGE, "RangeError", error_constructor, 1)
SUBTYPE(reference, REFERENCE, "ReferenceError", error_constructor, 1)
SUBTYPE(syntax, SYNTAX, "SyntaxError", error_constructor, 1)
SUBTYPE(type, TYPE, "TypeError", error_constructor, 1)
SUBTYPE(uri, URI, "URIError", error_constructor, 1)
SUBTYPE(aggregate, AGGREGATE, "AggregateError", aggregate_error_constructor, 2)
SUBTYPE(suppressed, SUPPRESSED, "SuppressedError", suppressed_error_constructor, 3)
SUBTYPE(compile, COMPILE, "CompileError", error_constructor, 1)
SUBTYPE(link, LINK, "LinkError", error_constructor, 1)
SUBTYPE(runtime, RUNTIME, "RuntimeError", error_constructor, 1)
