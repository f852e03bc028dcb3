// SPDX-License-Identifier: MIT
/*
 * internalBinding('types'): brands of objects, past anything a program can forge. kindOf gives one number for the whole
 * question that util.inspect and deep equality ask.
 */
#include "runtime/binding.h"

typedef enum Kind {
  KIND_OTHER,
  KIND_ARRAY,
  KIND_SET,
  KIND_MAP,
  KIND_TYPED_ARRAY,
  KIND_MAP_ITERATOR,
  KIND_SET_ITERATOR,
  KIND_ARGUMENTS,
  KIND_REGEXP,
  KIND_DATE,
  KIND_ERROR,
  KIND_ARRAY_BUFFER,
  KIND_DATA_VIEW,
  KIND_PROMISE,
  KIND_WEAK_SET,
  KIND_WEAK_MAP,
  KIND_MODULE_NAMESPACE,
  KIND_BOXED,
  KIND_FUNCTION,
  KIND_EXTERNAL,
} Kind;

static Kind kind_of(JsValue val)
{
  if (!js_value_is_object(val))
    return KIND_OTHER;
  switch (js_object_kind(val)) {
  case JS_OBJECT_ARRAY: return KIND_ARRAY;
  case JS_OBJECT_FUNCTION: return KIND_FUNCTION;
  case JS_OBJECT_ERROR: return KIND_ERROR;
  case JS_OBJECT_BOOLEAN:
  case JS_OBJECT_NUMBER:
  case JS_OBJECT_STRING:
  case JS_OBJECT_SYMBOL:
  case JS_OBJECT_BIGINT: return KIND_BOXED;
  case JS_OBJECT_DATE: return KIND_DATE;
  case JS_OBJECT_REGEXP: return KIND_REGEXP;
  case JS_OBJECT_MAP: return KIND_MAP;
  case JS_OBJECT_SET: return KIND_SET;
  case JS_OBJECT_WEAK_MAP: return KIND_WEAK_MAP;
  case JS_OBJECT_WEAK_SET: return KIND_WEAK_SET;
  case JS_OBJECT_PROMISE: return KIND_PROMISE;
  case JS_OBJECT_ARRAY_BUFFER:
  case JS_OBJECT_SHARED_ARRAY_BUFFER: return KIND_ARRAY_BUFFER;
  case JS_OBJECT_TYPED_ARRAY: return KIND_TYPED_ARRAY;
  case JS_OBJECT_DATA_VIEW: return KIND_DATA_VIEW;
  case JS_OBJECT_ARGUMENTS: return KIND_ARGUMENTS;
  case JS_OBJECT_MAP_ITERATOR: return KIND_MAP_ITERATOR;
  case JS_OBJECT_SET_ITERATOR: return KIND_SET_ITERATOR;
  case JS_OBJECT_MODULE_NAMESPACE: return KIND_MODULE_NAMESPACE;
  default: return js_value_is_function(val) && js_object_kind(val) != JS_OBJECT_PROXY ? KIND_FUNCTION : KIND_OTHER;
  }
}

static JsValue types_kind_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32((int32_t)kind_of(js_argument(argc, argv, 0)));
}

/* is<Kind> ( value ): magic is the engine's object kind */
static JsValue types_is_kind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_argument(argc, argv, 0);
  return js_boolean(js_value_is_object(val) && (int)js_object_kind(val) == js_function_magic(cx));
}

static JsValue types_is_external(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_FALSE; /* nothing in the runtime makes any yet */
}

static JsValue types_is_any_array_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(kind_of(js_argument(argc, argv, 0)) == KIND_ARRAY_BUFFER);
}

static JsValue types_is_boxed_primitive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(kind_of(js_argument(argc, argv, 0)) == KIND_BOXED);
}

static JsValue types_is_async_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_argument(argc, argv, 0);
  return js_boolean(js_value_is_function(val) && js_function_is_async(val));
}

static JsValue types_is_generator_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_argument(argc, argv, 0);
  return js_boolean(js_value_is_function(val) && js_function_is_generator(val));
}

static const JsFunctionRow types_functions[] = {
    {"kindOf", types_kind_of, 1},
    {"isAnyArrayBuffer", types_is_any_array_buffer, 1},
    {"isAsyncFunction", types_is_async_function, 1},
    {"isBoxedPrimitive", types_is_boxed_primitive, 1},
    {"isExternal", types_is_external, 1},
    {"isGeneratorFunction", types_is_generator_function, 1},
    {NULL, NULL, 0},
};

static const struct {
  const char *name;
  JsObjectKind kind;
} types_by_kind[] = {
    {"isArgumentsObject", JS_OBJECT_ARGUMENTS},
    {"isArrayBuffer", JS_OBJECT_ARRAY_BUFFER},
    {"isBigIntObject", JS_OBJECT_BIGINT},
    {"isBooleanObject", JS_OBJECT_BOOLEAN},
    {"isDataView", JS_OBJECT_DATA_VIEW},
    {"isDate", JS_OBJECT_DATE},
    {"isGeneratorObject", JS_OBJECT_GENERATOR},
    {"isMap", JS_OBJECT_MAP},
    {"isMapIterator", JS_OBJECT_MAP_ITERATOR},
    {"isModuleNamespaceObject", JS_OBJECT_MODULE_NAMESPACE},
    {"isNativeError", JS_OBJECT_ERROR},
    {"isNumberObject", JS_OBJECT_NUMBER},
    {"isPromise", JS_OBJECT_PROMISE},
    {"isProxy", JS_OBJECT_PROXY},
    {"isRegExp", JS_OBJECT_REGEXP},
    {"isSet", JS_OBJECT_SET},
    {"isSetIterator", JS_OBJECT_SET_ITERATOR},
    {"isSharedArrayBuffer", JS_OBJECT_SHARED_ARRAY_BUFFER},
    {"isStringObject", JS_OBJECT_STRING},
    {"isSymbolObject", JS_OBJECT_SYMBOL},
    {"isWeakMap", JS_OBJECT_WEAK_MAP},
    {"isWeakSet", JS_OBJECT_WEAK_SET},
};

JsValue binding_types(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow kinds[] = {
      {"other", KIND_OTHER},
      {"array", KIND_ARRAY},
      {"set", KIND_SET},
      {"map", KIND_MAP},
      {"typedArray", KIND_TYPED_ARRAY},
      {"mapIterator", KIND_MAP_ITERATOR},
      {"setIterator", KIND_SET_ITERATOR},
      {"arguments", KIND_ARGUMENTS},
      {"regExp", KIND_REGEXP},
      {"date", KIND_DATE},
      {"error", KIND_ERROR},
      {"arrayBuffer", KIND_ARRAY_BUFFER},
      {"dataView", KIND_DATA_VIEW},
      {"promise", KIND_PROMISE},
      {"weakSet", KIND_WEAK_SET},
      {"weakMap", KIND_WEAK_MAP},
      {"moduleNamespace", KIND_MODULE_NAMESPACE},
      {"boxed", KIND_BOXED},
      {"function", KIND_FUNCTION},
      {"external", KIND_EXTERNAL},
      {NULL, 0},
  };
  JsValue obj = rt_functions_object(cx, types_functions);
  if (js_is_exception(obj))
    return JS_EXCEPTION;
  for (size_t i = 0; i < sizeof types_by_kind / sizeof *types_by_kind; i++) {
    JsValue fn = js_closure_new(cx, types_is_kind, types_by_kind[i].name, 1, (int)types_by_kind[i].kind, 0, NULL);
    if (js_is_exception(fn) || !js_define(cx, obj, types_by_kind[i].name, fn, JS_PLAIN))
      return JS_EXCEPTION;
  }
  JsValue numbers = js_object_new(cx);
  if (js_is_exception(numbers) || !rt_define_numbers(cx, numbers, kinds) ||
      !js_define(cx, obj, "kinds", numbers, JS_PLAIN))
    return JS_EXCEPTION;
  return obj;
}
