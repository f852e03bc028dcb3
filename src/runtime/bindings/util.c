// SPDX-License-Identifier: MIT
/* internalBinding('util'): what util needs to see of objects without running their code, and small services. */
#include "runtime/binding.h"

#include <sys/ioctl.h>
#include <uv.h>

enum { ALL_PROPERTIES = 0, ONLY_ENUMERABLE = 2 };

/* getOwnNonIndexProperties ( object, filter ) */
static JsValue util_get_own_non_index_properties(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue obj = js_argument(argc, argv, 0);
  if (!js_value_is_object(obj))
    return js_throw_type_error(cx, "argument must be an object");
  int which = JS_KEYS_STRINGS | JS_KEYS_SYMBOLS | JS_KEYS_SKIP_INDICES;
  if (rt_int_argument(argc, argv, 1) == ONLY_ENUMERABLE)
    which |= JS_KEYS_ENUMERABLE_ONLY;
  return js_own_keys(cx, obj, which);
}

/* getPromiseDetails ( promise ): [state, result] */
static JsValue util_get_promise_details(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue promise = js_argument(argc, argv, 0);
  if (!js_value_is_object(promise) || js_object_kind(promise) != JS_OBJECT_PROMISE)
    return JS_UNDEFINED;
  JsValue result = JS_UNDEFINED;
  JsPromiseState state = js_promise_state(promise, &result);
  JsValue details[2] = {js_int32((int32_t)state), result};
  return js_array_new(cx, state == JS_PROMISE_PENDING ? 1 : 2, details);
}

/* getProxyDetails ( value ): [target, handler], nulls when revoked; undefined for what is no proxy */
static JsValue util_get_proxy_details(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue details[2];
  if (!js_proxy_details(js_argument(argc, argv, 0), &details[0], &details[1]))
    return JS_UNDEFINED;
  return js_array_new(cx, 2, details);
}

/* previewEntries ( collection or iterator ): entries; with a second argument [entries, areKeysAndValues] */
static JsValue util_preview_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue obj = js_argument(argc, argv, 0);
  if (!js_value_is_object(obj))
    return JS_UNDEFINED;
  bool pairs = false;
  JsValue entries = js_preview_entries(cx, obj, &pairs);
  if (js_is_exception(entries) || argc < 2)
    return entries;
  JsValue both[2] = {entries, js_boolean(pairs)};
  return js_array_new(cx, 2, both);
}

static JsValue util_get_constructor_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue obj = js_argument(argc, argv, 0);
  if (!js_value_is_object(obj))
    return js_throw_type_error(cx, "argument must be an object");
  JsValue name = js_constructor_name(cx, obj);
  return js_value_is_string(name) && js_string_length(name) > 0 ? name : js_string(cx, "Object");
}

static JsValue util_guess_handle_type(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double fd = rt_double_argument(argc, argv, 0);
  if (!(fd >= 0 && fd <= 0x7fffffff))
    return js_string(cx, "INVALID");
  switch (uv_guess_handle((uv_file)fd)) {
  case UV_TTY: return js_string(cx, "TTY");
  case UV_NAMED_PIPE: return js_string(cx, "PIPE");
  case UV_TCP: return js_string(cx, "TCP");
  case UV_UDP: return js_string(cx, "UDP");
  case UV_FILE: return js_string(cx, "FILE");
  default: return js_string(cx, "UNKNOWN");
  }
}

static JsValue util_sleep(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uv_sleep((unsigned)rt_size_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* getWindowSize ( fd ): [columns, rows], or undefined when it is no terminal */
/* EventEmitter's emit, over what it leaves to JavaScript and the symbol of captureRejections. */
static JsValue util_make_emit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue slow = js_argument(argc, argv, 0), capture = js_argument(argc, argv, 1);
  if (!js_value_is_function(slow) || !js_value_is_symbol(capture))
    return js_throw_type_error(cx, "a function and a symbol are needed");
  return js_emit_function(cx, slow, capture);
}

/* The other methods: see js_emitter_methods. */
static JsValue util_make_emitter_methods(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_emitter_methods(cx, js_argument(argc, argv, 0), js_argument(argc, argv, 1), js_argument(argc, argv, 2));
}

static JsValue util_make_readable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_readable_functions(cx, js_argument(argc, argv, 0));
}

static JsValue util_readable_bits(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_readable_bits(cx);
}

static JsValue util_make_stamp(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_stamp_function(cx, js_argument(argc, argv, 0), js_argument(argc, argv, 1));
}

static JsValue util_get_window_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  struct winsize size;
  if (ioctl(rt_int_argument(argc, argv, 0), TIOCGWINSZ, &size) != 0)
    return JS_UNDEFINED;
  JsValue values[2] = {js_int32(size.ws_col), js_int32(size.ws_row)};
  return js_array_new(cx, 2, values);
}

/* defineLazy(target, key, make, flags): see js_define_lazy. */
static JsValue util_define_lazy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue target = js_argument(argc, argv, 0), make = js_argument(argc, argv, 2);
  if (!js_value_is_object(target) || !js_value_is_function(make))
    return js_throw_type_error(cx, "An object and a function are expected");
  if (!js_define_lazy(cx, target, js_argument(argc, argv, 1), make, rt_int_argument(argc, argv, 3)))
    return JS_EXCEPTION;
  return JS_UNDEFINED;
}

/* defineHeld(target, key, make): see js_define_held. */
static JsValue util_define_held(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue target = js_argument(argc, argv, 0), make = js_argument(argc, argv, 2);
  if (!js_value_is_object(target) || !js_value_is_function(make))
    return js_throw_type_error(cx, "An object and a function are expected");
  return js_define_held(cx, target, js_argument(argc, argv, 1), make) ? JS_UNDEFINED : JS_EXCEPTION;
}

static const JsFunctionRow util_functions[] = {
    {"defineHeld", util_define_held, 3},
    {"defineLazy", util_define_lazy, 4},
    {"getConstructorName", util_get_constructor_name, 1},
    {"getOwnNonIndexProperties", util_get_own_non_index_properties, 2},
    {"getPromiseDetails", util_get_promise_details, 1},
    {"getProxyDetails", util_get_proxy_details, 1},
    {"getWindowSize", util_get_window_size, 1},
    {"guessHandleType", util_guess_handle_type, 1},
    {"makeEmit", util_make_emit, 2},
    {"makeEmitterMethods", util_make_emitter_methods, 3},
    {"makeReadable", util_make_readable, 1},
    {"makeStamp", util_make_stamp, 2},
    {"previewEntries", util_preview_entries, 2},
    {"readableBits", util_readable_bits, 0},
    {"sleep", util_sleep, 1},
    {NULL, NULL, 0},
};

JsValue binding_util(CulmEnv *env, JsContext *cx)
{
  static const RtNumberRow numbers[] = {
      {"kPending", JS_PROMISE_PENDING},   {"kFulfilled", JS_PROMISE_FULFILLED}, {"kRejected", JS_PROMISE_REJECTED},
      {"kAllProperties", ALL_PROPERTIES}, {"kOnlyEnumerable", ONLY_ENUMERABLE}, {NULL, 0},
  };
  JsValue obj = rt_functions_object(cx, util_functions);
  if (js_is_exception(obj) || !rt_define_numbers(cx, obj, numbers))
    return JS_EXCEPTION;
  return obj;
}
