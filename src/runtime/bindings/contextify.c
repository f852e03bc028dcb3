// SPDX-License-Identifier: MIT
/*
 * internalBinding('contextify'): compiling CommonJS functions and scripts.
 */
#include "runtime/env.h"

/* The source as a CommonJS function, or an exception. */
static JsValue compile_cjs(JsContext *cx, JsValue source, JsValue filename)
{
  static const char *const names[] = {"exports", "require", "module", "__filename", "__dirname"};
  JsValue params[JS_COUNTOF(names)];
  for (size_t i = 0; i < JS_COUNTOF(names); i++)
    params[i] = js_intern(cx, names[i]);
  return js_compile_function(cx, source, filename, JS_COUNTOF(params), params, filename);
}

static JsValue compile_function_for_cjs_loader(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue source = js_argument(argc, argv, 0), filename = js_argument(argc, argv, 1);
  JsValue fn = compile_cjs(cx, source, filename);
  bool is_module = false;
  if (js_is_exception(fn)) {
    if (!js_to_boolean(js_argument(argc, argv, 2)))
      return fn;
    JsValue error = js_take_exception(cx);
    if (!js_parses_as_module(cx, source))
      return js_throw(cx, error);
    fn = JS_UNDEFINED;
    is_module = true;
  }
  JsValue result = js_object_new(cx);
  if (js_is_exception(result) || !js_set(cx, result, "function", fn) ||
      !js_set(cx, result, "canParseAsESM", js_boolean(is_module)) || !js_set(cx, result, "sourceMapURL", JS_UNDEFINED))
    return JS_EXCEPTION;
  return result;
}

static JsValue contains_module_syntax(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue source = js_argument(argc, argv, 0);
  if (!js_is_exception(compile_cjs(cx, source, js_argument(argc, argv, 1))))
    return JS_FALSE;
  js_take_exception(cx);
  return js_boolean(js_parses_as_module(cx, source));
}

static JsValue run_script(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_eval(cx, js_function_data(cx, 0), js_function_data(cx, 1), js_function_data(cx, 1));
}

/* The source is parsed when it runs: a script's early errors are thrown by the call. */
static JsValue compile_script(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue data[] = {js_argument(argc, argv, 0), js_argument(argc, argv, 1)};
  return js_closure_new(cx, run_script, "", 0, 0, 2, data);
}

JsValue binding_contextify(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"compileFunctionForCJSLoader", compile_function_for_cjs_loader, 3},
      {"containsModuleSyntax", contains_module_syntax, 2},
      {"compileScript", compile_script, 2},
      {0},
  };
  return binding_new(cx, rows);
}
