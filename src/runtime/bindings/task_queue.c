// SPDX-License-Identifier: MIT
/*
 * internalBinding('task_queue'), 'errors', 'options', 'builtins': how the library hooks into the environment.
 */
#include "runtime/lib_wrapper.h"
#include "runtime/env.h"

#include "runtime/fs/fs_op.h"

#include <stdlib.h>
#include <string.h>
#include <stdio.h>

/* --- task_queue -------------------------------------------------------------------------------------------------- */

static JsValue set_tick_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->tick_callback, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue set_promise_reject_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->reject_callback, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue run_microtasks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_run_jobs(env_of(cx));
  return JS_UNDEFINED;
}

static JsValue enqueue_microtask(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue fn = js_argument(argc, argv, 0);
  if (!js_value_is_function(fn))
    return js_throw_type_error(cx, "callback is not a function");
  js_enqueue_job(cx, fn);
  return JS_UNDEFINED;
}

/* The function behind `queueMicrotask`; data 0 gets what is out of the ordinary. */
static JsValue queue_microtask(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue fn = js_argument(argc, argv, 0);
  if (!js_value_is_function(fn) || env_of(cx)->hooks_on)
    return js_call(cx, js_function_data(cx, 0), JS_UNDEFINED, argc, argv);
  js_enqueue_job(cx, fn);
  return JS_UNDEFINED;
}

/* Runs all ticks, then all promise jobs, again while there are ticks: whether there are rejections to look at then. */
static JsValue drain(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  do {
    if (env->tick_info[0] != 0 && !js_run_ticks(cx))
      return JS_EXCEPTION;
    js_set_async_context(cx, JS_UNDEFINED);
    env_run_jobs(env);
  } while (env->tick_info[0] != 0 && !env_is_stopping(env));
  return js_boolean(env->tick_info[1] != 0);
}

/* makeQueue(nextTickSlow, queueMicrotaskSlow) */
static JsValue make_queue(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue result = js_object_new(cx), slow = js_argument(argc, argv, 1);
  if (js_is_exception(result) ||
      !js_set(cx, result, "nextTick", js_tick_enqueue_function(cx, js_argument(argc, argv, 0))) ||
      !js_set(cx, result, "enqueueTick", js_tick_enqueue_function(cx, JS_UNDEFINED)) ||
      !js_set(cx, result, "queueMicrotask", js_closure_new(cx, queue_microtask, "queueMicrotask", 1, 0, 1, &slow)))
    return JS_EXCEPTION;
  return result;
}

static JsValue set_exiting(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env->exiting = js_to_boolean(js_argument(argc, argv, 0));
  js_tick_close(js_context_vm(cx), env->hooks_on || env->exiting);
  return JS_UNDEFINED;
}

JsValue binding_task_queue(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"setTickCallback", set_tick_callback, 1},
      {"setPromiseRejectCallback", set_promise_reject_callback, 1},
      {"drain", drain, 0},
      {"runMicrotasks", run_microtasks, 0},
      {"enqueueMicrotask", enqueue_microtask, 1},
      {"makeQueue", make_queue, 2},
      {"setExiting", set_exiting, 1},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  void *data;
  JsValue tick_info = rt_typed_array_new(cx, JS_UINT32, 2, &data);
  JsValue events = js_object_new(cx);
  if (js_is_exception(binding) || js_is_exception(tick_info) || js_is_exception(events))
    return JS_EXCEPTION;
  env->tick_info = data;
  js_tick_count_to(js_context_vm(cx), env->tick_info);
  static const char *const names[] = {"kPromiseRejectWithNoHandler", "kPromiseHandlerAddedAfterReject",
                                      "kPromiseResolveAfterResolved", "kPromiseRejectAfterResolved"};
  for (size_t i = 0; i < JS_COUNTOF(names); i++) {
    if (!js_set(cx, events, names[i], js_int32((int32_t)i)))
      return JS_EXCEPTION;
  }
  if (!js_set(cx, binding, "tickInfo", tick_info) || !js_set(cx, binding, "promiseRejectEvents", events))
    return JS_EXCEPTION;
  return binding;
}

/* --- errors ------------------------------------------------------------------------------------------------------ */

static JsValue set_uncaught_exception_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_keep(env, &env->uncaught_callback, js_argument(argc, argv, 0));
  env_keep(env, &env->describe_callback, js_argument(argc, argv, 1));
  return JS_UNDEFINED;
}

static JsValue trigger_uncaught_exception(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_uncaught(env_of(cx), js_argument(argc, argv, 0), js_to_boolean(js_argument(argc, argv, 1)));
  return JS_UNDEFINED;
}

JsValue error_place_new(JsContext *cx, const JsErrorLocation *at)
{
  JsValue obj = js_object_new(cx);
  if (js_is_exception(obj) || !js_set(cx, obj, "url", at->url) || !js_set(cx, obj, "sourceLine", at->source_line) ||
      !js_set(cx, obj, "line", js_number(at->line)) || !js_set(cx, obj, "column", js_number(at->column)) ||
      !js_set(cx, obj, "endColumn", js_number(at->end_column)))
    return JS_EXCEPTION;
  return obj;
}

/* The place of a SyntaxError from compiling, or where the error was thrown last (no sourceLine then); else undefined.
 */
static JsValue error_location(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsErrorLocation at;
  JsValue error = js_argument(argc, argv, 0);
  if (!js_error_location(cx, error, &at) && !js_thrown_location(cx, error, &at))
    return JS_UNDEFINED;
  return error_place_new(cx, &at);
}

static JsValue set_source_map_hooks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_set_source_map_hooks(cx, js_argument(argc, argv, 0), js_argument(argc, argv, 1));
  return JS_UNDEFINED;
}

JsValue binding_errors(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"setUncaughtExceptionCallback", set_uncaught_exception_callback, 2},
      {"triggerUncaughtException", trigger_uncaught_exception, 2},
      {"errorLocation", error_location, 1},
      {"setSourceMapHooks", set_source_map_hooks, 2},
      {0},
  };
  return binding_new(cx, rows);
}

/* --- options ----------------------------------------------------------------------------------------------------- */

static JsValue get_option_value(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const Options *options = env_of(cx)->options;
  JsValue name = js_argument(argc, argv, 0);
  char text[64];
  size_t length = js_value_is_string(name) ? js_string_write_utf8(cx, name, text, sizeof text - 1) : 0;
  text[length] = '\0';
  for (int id = 0; id < OPT_COUNT; id++) {
    if (strcmp(option_name((OptionId)id), text) != 0)
      continue;
    const OptionValue *value = &options->values[id];
    switch (option_kind((OptionId)id)) {
    case OPTION_STATE: return JS_TRUE;
    case OPTION_BOOLEAN: return js_boolean(value->set);
    case OPTION_NUMBER: return value->set ? js_number(strtod(value->text, NULL)) : JS_UNDEFINED;
    case OPTION_STRING: return value->set ? js_string(cx, value->text) : JS_UNDEFINED;
    case OPTION_LIST: {
      JsValue list = js_array_new(cx, 0, NULL);
      for (size_t i = 0; i < value->count && !js_is_exception(list); i++) {
        if (!js_array_push(cx, list, js_string(cx, value->list[i])))
          return JS_EXCEPTION;
      }
      return list;
    }
    }
  }
  return JS_UNDEFINED;
}

JsValue binding_options(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {{"getOptionValue", get_option_value, 1}, {0}};
  JsValue binding = binding_new(cx, rows);
  JsValue flags = js_array_new(cx, 0, NULL);
  if (js_is_exception(binding) || js_is_exception(flags))
    return JS_EXCEPTION;
  for (int id = 0; id < OPT_COUNT; id++) {
    if (option_is_environment((OptionId)id) && !js_array_push(cx, flags, js_string(cx, option_name((OptionId)id))))
      return JS_EXCEPTION;
  }
  if (!js_set(cx, binding, "allowedEnvironmentFlags", flags))
    return JS_EXCEPTION;
  return binding;
}

/* --- builtins ---------------------------------------------------------------------------------------------------- */

/* With --lib-dir a library file is read from that folder. The bytes are in op, or nothing was found. */
static bool read_lib_file(CulmEnv *env, const char *id, FsOp *op)
{
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.js", env->options->values[OPT_LIB_DIR].text, id);
  fs_op_init(op, FS_READ_FILE);
  if (!fs_op_set_path(op, path, strlen(path)))
    return false;
  fs_op_run(op);
  return op->result >= 0;
}

static bool id_argument(JsContext *cx, JsValue id, char *text, size_t size)
{
  if (!js_value_is_string(id))
    return false;
  size_t length = js_string_write_utf8(cx, id, text, size - 1);
  text[length] = '\0';
  return length < size - 1;
}

static JsValue builtins_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  char id[128];
  if (!id_argument(cx, js_argument(argc, argv, 0), id, sizeof id))
    return JS_FALSE;
  if (env->options->values[OPT_LIB_DIR].set) {
    FsOp op;
    bool found = read_lib_file(env, id, &op);
    fs_op_clear(&op);
    return js_boolean(found);
  }
  return js_boolean(lib_find(id, strlen(id)) != NULL);
}

static JsValue builtins_compile_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  char id[128], url[160];
  if (!id_argument(cx, js_argument(argc, argv, 0), id, sizeof id))
    return js_throw_type_error(cx, "No such built-in module");
  JsValue source;
  if (env->options->values[OPT_LIB_DIR].set) {
    FsOp op;
    if (!read_lib_file(env, id, &op)) {
      fs_op_clear(&op);
      return js_throw_plain_error(cx, "No such built-in module: %s", id);
    }
    source = js_string_utf8(cx, (const char *)op.bytes, op.byte_count);
    fs_op_clear(&op);
  } else {
    const LibFile *file = lib_find(id, strlen(id));
    if (!file)
      return js_throw_plain_error(cx, "No such built-in module: %s", id);
    return js_load_function(cx, file->image, file->size);
  }
  if (js_is_exception(source))
    return source;
  static const char *const names[] = {LIB_WRAPPER_PARAMS};
  JsValue params[JS_COUNTOF(names)];
  for (size_t i = 0; i < JS_COUNTOF(names); i++)
    params[i] = js_intern(cx, names[i]);
  snprintf(url, sizeof url, "node:%s", id);
  return js_compile_function(cx, source, js_string(cx, url), JS_COUNTOF(params), params, JS_UNDEFINED);
}

JsValue binding_builtins(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"has", builtins_has, 1},
      {"compileFunction", builtins_compile_function, 1},
      {0},
  };
  return binding_new(cx, rows);
}
