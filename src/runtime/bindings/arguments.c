// SPDX-License-Identifier: MIT
/* What most bindings need: number tables, readers of arguments. */
#include "runtime/binding.h"

bool rt_define_getter(JsContext *cx, JsValue obj, const char *name, JsFunctionCallback get)
{
  JsValue getter = js_closure_new(cx, get, name, 0, 0, 0, NULL);
  return !js_is_exception(getter) &&
         js_define_accessor(cx, obj, js_intern(cx, name), getter, JS_UNDEFINED, JS_ENUMERABLE | JS_CONFIGURABLE);
}

bool rt_define_numbers(JsContext *cx, JsValue obj, const RtNumberRow *rows)
{
  for (; rows->name != NULL; rows++)
    if (!js_define(cx, obj, rows->name, js_number(rows->value), JS_PLAIN))
      return false;
  return true;
}

JsValue rt_functions_object(JsContext *cx, const JsFunctionRow *rows)
{
  JsValue obj = js_object_new(cx);
  if (js_is_exception(obj) || !js_define_functions(cx, obj, rows))
    return JS_EXCEPTION;
  return obj;
}

bool rt_view_argument(JsContext *cx, int argc, const JsValue *argv, int k, JsView *out)
{
  if (k < argc && js_view(argv[k], out))
    return true;
  js_throw_type_error(cx, "argument must be a buffer");
  return false;
}

bool rt_string_argument(JsContext *cx, int argc, const JsValue *argv, int k, JsValue *out)
{
  if (k < argc && js_value_is_string(argv[k])) {
    *out = argv[k];
    return true;
  }
  js_throw_type_error(cx, "argument must be a string");
  return false;
}

double rt_double_argument(int argc, const JsValue *argv, int k)
{
  if (k >= argc || !js_is_number(argv[k]))
    return 0;
  return js_is_int32(argv[k]) ? (double)js_as_int32(argv[k]) : js_as_double(argv[k]);
}

size_t rt_size_argument(int argc, const JsValue *argv, int k)
{
  const double max = 9007199254740991.0; /* the greatest safe integer */
  double d = rt_double_argument(argc, argv, k);
  if (!(d > 0))
    return 0;
  return (size_t)(d < max ? d : max);
}
