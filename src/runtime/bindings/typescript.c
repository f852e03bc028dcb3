// SPDX-License-Identifier: MIT
/* internalBinding('typescript'): types taken out of a source text. */
#include "runtime/binding.h"

/* strip(source, transform) → the text, or [isUnsupported, message, start, end] */
static JsValue strip(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue source = js_argument(argc, argv, 0);
  if (!js_value_is_string(source))
    return js_throw_type_error(cx, "source must be a string");
  JsTypescriptError error;
  JsValue text = js_strip_types(cx, source, js_to_boolean(js_argument(argc, argv, 1)), &error);
  if (!js_is_undefined(text))
    return text;
  JsValue parts[4] = {js_boolean(error.is_unsupported), error.message, js_number(error.start), js_number(error.end)};
  return js_array_new(cx, 4, parts);
}

static const JsFunctionRow typescript_functions[] = {
    {"strip", strip, 2},
    {NULL, NULL, 0},
};

JsValue binding_typescript(CulmEnv *env, JsContext *cx)
{
  return rt_functions_object(cx, typescript_functions);
}
