// SPDX-License-Identifier: MIT
/*
 * internalBinding('contextify'): compiling CommonJS functions and scripts, and contexts: realms over a host's object.
 * Scripts and contexts are handed to the library as functions whose data holds the engine's values.
 */
#include "runtime/contextify.h"

#include "runtime/code_cache.h"
#include "runtime/trace.h"
#include "runtime/watchdog.h"

#include <stdio.h>

/* --- CommonJS ---------------------------------------------------------------------------------------------------- */

/* The source as a CommonJS function, or an exception. holder: see code_cache_open. */
static JsValue compile_cjs(JsContext *cx, JsValue source, JsValue filename, JsValue holder)
{
  static const char *const names[] = {"exports", "require", "module", "__filename", "__dirname"};
  JsValue params[JS_COUNTOF(names)];
  JsOrigin origin = {.url = filename, .host_defined = filename};
  CodeCache cache;
  if (!code_cache_open(cx, &cache, holder, &origin))
    return JS_EXCEPTION;
  for (size_t i = 0; i < JS_COUNTOF(names); i++)
    params[i] = js_intern(cx, names[i]);
  TraceSpan span = trace_span_begin(env_of(cx), TRACE_V8);
  JsValue fn = js_compile_function_at(cx, source, &origin, JS_COUNTOF(params), params);
  trace_span_end(env_of(cx), span, TRACE_V8, "V8.ScriptCompiler", NULL);
  return code_cache_close(cx, &cache, fn);
}

/* compileFunctionForCJSLoader(source, filename, detect, cache) */
static JsValue compile_function_for_cjs_loader(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue source = js_argument(argc, argv, 0), filename = js_argument(argc, argv, 1);
  JsValue fn = compile_cjs(cx, source, filename, js_argument(argc, argv, 3));
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
  if (!js_is_exception(compile_cjs(cx, source, js_argument(argc, argv, 1), JS_UNDEFINED)))
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

/* --- contexts ---------------------------------------------------------------------------------------------------- */

static JsValue context_handle(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_UNDEFINED;
}

static JsValue script_handle(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_UNDEFINED;
}

/* What --expose-gc gives a context too. */
static JsValue context_gc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_gc(env_of(cx)->vm, true);
  return JS_UNDEFINED;
}

/* makeContext(sandbox | undefined, allowStrings, keepJobs, allowWasm) */
static JsValue make_context(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue realm = js_realm_new(cx, js_argument(argc, argv, 0));
  if (js_is_exception(realm))
    return realm;
  js_realm_allow_code_from_strings(realm, js_to_boolean(js_argument(argc, argv, 1)));
  js_realm_allow_wasm(realm, js_to_boolean(js_argument(argc, argv, 3)));
  if (js_to_boolean(js_argument(argc, argv, 2)))
    js_realm_keep_jobs(realm);
  if (env_of(cx)->options->values[OPT_EXPOSE_GC].set) {
    JsValue before = js_realm_enter(cx, realm);
    bool ok = js_realm_define(cx, realm, "gc", js_function_new(cx, context_gc, "gc", 0));
    (void)js_realm_enter(cx, before);
    if (!ok)
      return JS_EXCEPTION;
  }
  return js_closure_new(cx, context_handle, "", 0, 0, 1, &realm);
}

static JsValue context_global(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue realm = js_closure_data(js_argument(argc, argv, 0), context_handle, 0);
  return js_is_undefined(realm) ? JS_UNDEFINED : js_realm_global(realm);
}

JsValue contextify_realm(JsContext *cx, JsValue handle)
{
  JsValue realm = js_closure_data(handle, context_handle, 0);
  return js_is_undefined(realm) ? js_realm_current(cx) : realm;
}

/* Enters the context that an argument names; a value that names none means the current realm. *before: to go back. */
static void enter_context(JsContext *cx, JsValue handle, JsValue *before)
{
  *before = js_realm_enter(cx, contextify_realm(cx, handle));
}

static JsOrigin origin_of(int argc, const JsValue *argv, int first)
{
  int32_t line = arg_int32(argc, argv, first + 1, 0), column = arg_int32(argc, argv, first + 2, 0);
  return (JsOrigin){.url = js_argument(argc, argv, first),
                    .line = (uint32_t)(line > 0 ? line : 0),
                    .column = (uint32_t)(column > 0 ? column : 0),
                    .host_defined = js_argument(argc, argv, first + 3)};
}

static bool expect_texts(JsContext *cx, int argc, const JsValue *argv)
{
  if (js_value_is_string(js_argument(argc, argv, 0)) && js_value_is_string(js_argument(argc, argv, 1)))
    return true;
  js_throw_type_error(cx, "source and filename must be strings");
  return false;
}

static void trace_new_script(JsContext *cx, JsValue url)
{
  char text[400], args[512];
  text[js_string_write_utf8(cx, url, text, sizeof text - 1)] = 0;
  trace_write(env_of(cx)->shared, &(TraceEvent){.category = TRACE_VM_SCRIPT,
                                                .phase = TRACE_BEGIN,
                                                .name = "ContextifyScript::New",
                                                .args = trace_text_args(args, sizeof args, "filename", text)});
}

/* newScript(source, filename, line, column, hostDefined, context, allowAwait, cache) */
static JsValue new_script(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!expect_texts(cx, argc, argv))
    return JS_EXCEPTION;
  JsOrigin origin = origin_of(argc, argv, 1);
  origin.allow_await = js_to_boolean(js_argument(argc, argv, 6));
  JsValue before;
  CodeCache cache;
  if (!code_cache_open(cx, &cache, js_argument(argc, argv, 7), &origin))
    return JS_EXCEPTION;
  enter_context(cx, js_argument(argc, argv, 5), &before);
  bool traced = trace_is_on(env_of(cx), TRACE_VM_SCRIPT);
  if (traced)
    trace_new_script(cx, origin.url);
  TraceSpan span = trace_span_begin(env_of(cx), TRACE_V8);
  JsValue script = code_cache_close(cx, &cache, js_script_compile(cx, js_argument(argc, argv, 0), &origin));
  trace_span_end(env_of(cx), span, TRACE_V8, "V8.ScriptCompiler", NULL);
  if (traced)
    trace_mark(env_of(cx), TRACE_VM_SCRIPT, TRACE_END, "ContextifyScript::New");
  (void)js_realm_enter(cx, before);
  return js_is_exception(script) ? script : js_closure_new(cx, script_handle, "", 0, 0, 1, &script);
}

static JsValue throw_with_code(JsContext *cx, const char *code, const char *message)
{
  JsValue error = js_error_new(cx, "Error", js_string(cx, message));
  if (js_is_exception(error) || !js_set(cx, error, "code", js_string(cx, code)))
    return JS_EXCEPTION;
  return js_throw(cx, error);
}

/* What runs under a watchdog. */
typedef JsValue (*Guarded)(JsContext *cx, JsValue a, JsValue b);

/* timeout in milliseconds, 0 for none. */
static JsValue run_guarded(JsContext *cx, Guarded run, JsValue a, JsValue b, double timeout, bool on_sigint)
{
  if (timeout <= 0 && !on_sigint)
    return run(cx, a, b);
  Watchdog *dog = watchdog_start(env_of(cx), (uint64_t)timeout, on_sigint);
  if (!dog)
    return js_throw_plain_error(cx, "The watchdog thread could not be started");
  JsValue result = run(cx, a, b);
  WatchdogResult why = watchdog_stop(dog);
  if (why == WATCHDOG_QUIET)
    return result;
  if (js_exception_pending(cx) && !js_is_terminating(cx))
    js_take_exception(cx);
  js_cancel_termination(cx);
  if (atomic_load(&env_of(cx)->stop_requested))
    return js_throw_termination(cx); /* the whole thread is to end */
  if (why == WATCHDOG_SIGINT)
    return throw_with_code(cx, "ERR_SCRIPT_EXECUTION_INTERRUPTED", "Script execution was interrupted by `SIGINT`");
  char message[80];
  snprintf(message, sizeof message, "Script execution timed out after %.0fms", timeout);
  return throw_with_code(cx, "ERR_SCRIPT_EXECUTION_TIMEOUT", message);
}

/* When jobs_realm is a realm, the jobs made in it; then the result. */
static JsValue drain_after(JsContext *cx, JsValue result, JsValue jobs_realm)
{
  if (js_is_undefined(jobs_realm) || js_is_terminating(cx))
    return result;
  JsValue error = js_is_exception(result) ? js_take_exception(cx) : JS_UNDEFINED;
  while (!js_run_realm_jobs(cx, jobs_realm)) {
    if (js_is_terminating(cx)) /* its exception is pending */
      return JS_EXCEPTION;
    env_uncaught(env_of(cx), js_take_exception(cx), false);
  }
  return js_is_exception(result) ? js_throw(cx, error) : result;
}

static JsValue run_and_drain(JsContext *cx, JsValue script, JsValue jobs_realm)
{
  return drain_after(cx, js_script_run(cx, script), jobs_realm);
}

/* runScript(script, context, timeout, breakOnSigint, ownJobs) */
static JsValue run_script_in(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue script = js_closure_data(js_argument(argc, argv, 0), script_handle, 0), before;
  if (js_is_undefined(script))
    return js_throw_type_error(cx, "Illegal invocation");
  JsValue realm = js_closure_data(js_argument(argc, argv, 1), context_handle, 0);
  enter_context(cx, js_argument(argc, argv, 1), &before);
  bool own_jobs = js_to_boolean(js_argument(argc, argv, 4));
  TraceSpan span = trace_span_begin(env_of(cx), TRACE_VM_SCRIPT);
  JsValue result = run_guarded(cx, run_and_drain, script, own_jobs ? realm : JS_UNDEFINED, arg_double(argc, argv, 2, 0),
                               js_to_boolean(js_argument(argc, argv, 3)));
  trace_span_end(env_of(cx), span, TRACE_VM_SCRIPT, "RunInContext", NULL);
  (void)js_realm_enter(cx, before);
  return result;
}

/* compileFunction(source, filename, line, column, hostDefined, context, params, cache) */
static JsValue compile_function(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue list = js_argument(argc, argv, 6), before;
  int64_t count;
  if (!expect_texts(cx, argc, argv) || !js_length(cx, list, &count))
    return JS_EXCEPTION;
  if (count > 256)
    return js_throw_range_error(cx, "Too many parameters");
  JsValue params[256];
  for (int64_t k = 0; k < count; k++) {
    params[k] = js_get_index(cx, list, (uint32_t)k);
    if (js_is_exception(params[k]))
      return JS_EXCEPTION;
    if (!js_value_is_string(params[k]))
      return js_throw_type_error(cx, "parameters must be strings");
  }
  JsOrigin origin = origin_of(argc, argv, 1);
  CodeCache cache;
  if (!code_cache_open(cx, &cache, js_argument(argc, argv, 7), &origin))
    return JS_EXCEPTION;
  enter_context(cx, js_argument(argc, argv, 5), &before);
  JsValue fn =
      code_cache_close(cx, &cache, js_compile_function_at(cx, js_argument(argc, argv, 0), &origin, (int)count, params));
  (void)js_realm_enter(cx, before);
  return fn;
}

static JsValue call_and_drain(JsContext *cx, JsValue fn, JsValue jobs_realm)
{
  return drain_after(cx, js_call(cx, fn, JS_UNDEFINED, 0, NULL), jobs_realm);
}

/* callGuarded(fn, timeout, breakOnSigint, context whose jobs are to be run) */
static JsValue call_guarded(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue realm = js_closure_data(js_argument(argc, argv, 3), context_handle, 0);
  return run_guarded(cx, call_and_drain, js_argument(argc, argv, 0), realm, arg_double(argc, argv, 1, 0),
                     js_to_boolean(js_argument(argc, argv, 2)));
}

/* cachedScript(script) → Uint8Array or undefined */
static JsValue cached_script(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return code_cache_bytes(cx, js_closure_data(js_argument(argc, argv, 0), script_handle, 0));
}

JsValue binding_contextify(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"compileFunctionForCJSLoader", compile_function_for_cjs_loader, 4},
      {"containsModuleSyntax", contains_module_syntax, 2},
      {"compileScript", compile_script, 2},
      {"makeContext", make_context, 3},
      {"contextGlobal", context_global, 1},
      {"newScript", new_script, 8},
      {"cachedScript", cached_script, 1},
      {"runScript", run_script_in, 5},
      {"compileFunction", compile_function, 8},
      {"callGuarded", call_guarded, 4},
      {0},
  };
  return binding_new(cx, rows);
}
