// SPDX-License-Identifier: MIT
/*
 * internalBinding('module_wrap'): the engine's module records as objects. A record object holds the engine's record in
 * its `record` property, which library code passes on but never looks into.
 */
#include "runtime/code_cache.h"
#include "runtime/contextify.h"

#include <stdlib.h>

static JsValue record_of(JsContext *cx, JsValue obj)
{
  return js_get(cx, obj, "record");
}

/* A record object around an engine record; its methods come from the prototype in the closure's data. context: whose
 * realm it runs in, undefined for the program's own. */
static JsValue wrap(JsContext *cx, JsValue record, JsValue proto, JsValue context)
{
  if (js_is_exception(record))
    return record;
  JsValue obj = js_object_new_with_proto(cx, proto);
  if (js_is_exception(obj) || !js_define(cx, obj, "record", record, JS_FIXED) ||
      (!js_is_undefined(context) && !js_define(cx, obj, "context", context, JS_FIXED)))
    return JS_EXCEPTION;
  return obj;
}

/* Runs one of the engine's operations in the record's realm. */
static JsValue in_realm_of(JsContext *cx, JsValue obj, JsValue (*run)(JsContext *cx, JsValue record))
{
  JsValue record = record_of(cx, obj);
  if (js_is_exception(record))
    return record;
  JsValue context = js_get(cx, obj, "context");
  if (js_is_exception(context))
    return context;
  JsValue before = js_realm_enter(cx, contextify_realm(cx, context));
  JsValue result = run(cx, record);
  (void)js_realm_enter(cx, before);
  return result;
}

/* compile(source, url, hostDefined, context, line, column, cache) */
static JsValue module_compile(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int32_t line = arg_int32(argc, argv, 4, 0), column = arg_int32(argc, argv, 5, 0);
  JsOrigin origin = {.url = js_argument(argc, argv, 1),
                     .host_defined = js_argument(argc, argv, argc > 2 ? 2 : 1),
                     .line = (uint32_t)(line > 0 ? line : 0),
                     .column = (uint32_t)(column > 0 ? column : 0)};
  JsValue proto = js_function_data(cx, 0);
  CodeCache cache;
  if (!code_cache_open(cx, &cache, js_argument(argc, argv, 6), &origin))
    return JS_EXCEPTION;
  JsValue before = js_realm_enter(cx, contextify_realm(cx, js_argument(argc, argv, 3)));
  JsValue record = code_cache_close(cx, &cache, js_module_compile_at(cx, js_argument(argc, argv, 0), &origin));
  (void)js_realm_enter(cx, before);
  return wrap(cx, record, proto, js_argument(argc, argv, 3));
}

static JsValue module_create_synthetic(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue names = js_argument(argc, argv, 1);
  int64_t count;
  if (!js_length(cx, names, &count))
    return JS_EXCEPTION;
  if (count > 1 << 20)
    return js_throw_range_error(cx, "Too many exports");
  /* The names stay reachable through their array while the C copy is in use. */
  JsValue *copy = malloc(((size_t)count + 1) * sizeof *copy);
  if (!copy)
    return js_throw_range_error(cx, "Out of memory");
  JsValue record = JS_UNDEFINED;
  for (int64_t i = 0; i < count && !js_is_exception(record); i++) {
    copy[i] = js_get_index(cx, names, (uint32_t)i);
    if (js_is_exception(copy[i]))
      record = JS_EXCEPTION;
  }
  JsValue before = js_realm_enter(cx, contextify_realm(cx, js_argument(argc, argv, 3)));
  if (!js_is_exception(record))
    record = js_module_synthetic(cx, js_argument(argc, argv, 0), (int)count, copy, js_argument(argc, argv, 2));
  (void)js_realm_enter(cx, before);
  free(copy);
  return wrap(cx, record, js_function_data(cx, 0), js_argument(argc, argv, 3));
}

static JsValue record_get_requests(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_module_requests(cx, record);
}

static JsValue record_link(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val), list = js_argument(argc, argv, 0);
  int64_t count;
  if (js_is_exception(record) || !js_length(cx, list, &count))
    return JS_EXCEPTION;
  if (count > 1 << 20)
    return js_throw_range_error(cx, "Too many modules");
  JsValue *modules = malloc(((size_t)count + 1) * sizeof *modules);
  if (!modules)
    return js_throw_range_error(cx, "Out of memory");
  bool ok = true;
  for (int64_t i = 0; i < count && ok; i++) {
    JsValue each = js_get_index(cx, list, (uint32_t)i);
    modules[i] = js_is_exception(each) ? each : record_of(cx, each);
    ok = !js_is_exception(modules[i]);
  }
  ok = ok && js_module_link(cx, record, (int)count, modules);
  free(modules);
  return ok ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue instantiate(JsContext *cx, JsValue record)
{
  return js_module_instantiate(cx, record) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue record_instantiate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return in_realm_of(cx, this_val, instantiate);
}

static JsValue record_evaluate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return in_realm_of(cx, this_val, js_module_evaluate);
}

static JsValue record_import_deferred(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return in_realm_of(cx, this_val, js_module_import_deferred);
}

static JsValue record_get_namespace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_module_namespace(cx, record);
}

static JsValue record_get_status(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_int32(js_module_status(record));
}

static JsValue record_get_error(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_module_error(record);
}

static JsValue record_is_graph_async(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_boolean(js_module_is_async(record));
}

/* The place where a module of the graph waits, or undefined. */
static JsValue record_stalled_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsErrorLocation at;
  JsValue record = record_of(cx, this_val);
  if (js_is_exception(record))
    return record;
  return js_module_stalled_at(cx, record, &at) ? error_place_new(cx, &at) : JS_UNDEFINED;
}

static JsValue record_has_top_level_await(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_boolean(js_module_has_top_level_await(record));
}

static JsValue record_set_export(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  if (js_is_exception(record) ||
      !js_module_set_export(cx, record, js_argument(argc, argv, 0), js_argument(argc, argv, 1)))
    return JS_EXCEPTION;
  return JS_UNDEFINED;
}

static JsValue record_set_source(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  if (js_is_exception(record) || !js_module_set_source(cx, record, js_argument(argc, argv, 0)))
    return JS_EXCEPTION;
  return JS_UNDEFINED;
}

static JsValue record_get_source(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue record = record_of(cx, this_val);
  return js_is_exception(record) ? record : js_module_source(record);
}

static JsValue set_import_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->import_callback, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue set_meta_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->meta_callback, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

JsValue binding_module_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"setImportModuleDynamicallyCallback", set_import_callback, 1},
      {"setInitializeImportMetaObjectCallback", set_meta_callback, 1},
      {0},
  };
  static const JsFunctionRow record_rows[] = {
      {"getRequests", record_get_requests, 0},
      {"link", record_link, 1},
      {"instantiate", record_instantiate, 0},
      {"evaluate", record_evaluate, 0},
      {"getNamespace", record_get_namespace, 0},
      {"importDeferred", record_import_deferred, 0},
      {"getStatus", record_get_status, 0},
      {"getError", record_get_error, 0},
      {"isGraphAsync", record_is_graph_async, 0},
      {"setExport", record_set_export, 2},
      {"getSource", record_get_source, 0},
      {"setSource", record_set_source, 1},
      {"stalledAt", record_stalled_at, 0},
      {"hasTopLevelAwait", record_has_top_level_await, 0},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  JsValue proto = binding_new(cx, record_rows);
  if (js_is_exception(binding) || js_is_exception(proto) ||
      !js_set(cx, binding, "compile", js_closure_new(cx, module_compile, "compile", 2, 0, 1, &proto)) ||
      !js_set(cx, binding, "createSynthetic",
              js_closure_new(cx, module_create_synthetic, "createSynthetic", 3, 0, 1, &proto)))
    return JS_EXCEPTION;
  return binding;
}
