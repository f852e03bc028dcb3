// SPDX-License-Identifier: MIT
/* internalBinding('uv'): libuv's errors by number. */
#include "runtime/binding.h"

#include <stdio.h>
#include <uv.h>

static const struct {
  const char *name, *message;
  int number;
} errors[] = {
#define ROW(name, message) {#name, message, UV_##name},
    UV_ERRNO_MAP(ROW)
#undef ROW
};
enum { ERROR_COUNT = sizeof errors / sizeof *errors };

static int find_error(double number)
{
  for (int i = 0; i < ERROR_COUNT; i++)
    if (errors[i].number == number)
      return i;
  return -1;
}

static JsValue uv_errname(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double number = rt_double_argument(argc, argv, 0);
  int i = find_error(number);
  if (i >= 0)
    return js_string(cx, errors[i].name);
  char text[64];
  snprintf(text, sizeof text, "Unknown system error %.0f", number);
  return js_string(cx, text);
}

static JsValue uv_get_error_message(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int i = find_error(rt_double_argument(argc, argv, 0));
  return i >= 0 ? js_string(cx, errors[i].message) : JS_UNDEFINED;
}

/* A new Map: number → [name, message]. lib/ keeps it. */
static JsValue uv_get_error_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue ctor = js_get(cx, js_global(cx), "Map");
  if (js_is_exception(ctor))
    return JS_EXCEPTION;
  JsValue map = js_new(cx, ctor, 0, NULL);
  if (js_is_exception(map))
    return JS_EXCEPTION;
  for (int i = 0; i < ERROR_COUNT; i++) {
    JsValue pair[2] = {js_string(cx, errors[i].name), js_string(cx, errors[i].message)};
    JsValue entry[2] = {js_int32(errors[i].number), js_array_new(cx, 2, pair)};
    if (js_is_exception(entry[1]) || js_is_exception(js_invoke(cx, map, "set", 2, entry)))
      return JS_EXCEPTION;
  }
  return map;
}

static const JsFunctionRow uv_functions[] = {
    {"errname", uv_errname, 1},
    {"getErrorMap", uv_get_error_map, 0},
    {"getErrorMessage", uv_get_error_message, 1},
    {NULL, NULL, 0},
};

JsValue binding_uv(CulmEnv *env, JsContext *cx)
{
  JsValue obj = rt_functions_object(cx, uv_functions);
  if (js_is_exception(obj))
    return JS_EXCEPTION;
  for (int i = 0; i < ERROR_COUNT; i++) {
    char name[32];
    snprintf(name, sizeof name, "UV_%s", errors[i].name);
    if (!js_define(cx, obj, name, js_int32(errors[i].number), JS_PLAIN))
      return JS_EXCEPTION;
  }
  return obj;
}
