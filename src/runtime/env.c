// SPDX-License-Identifier: MIT
/*
 * Making, running and freeing an environment.
 */
#include "runtime/env.h"

#include "base/clock.h"
#include "runtime/heap_dump.h"
#include "runtime/host_hooks.h"
#include "runtime/dns_channel.h"
#include "runtime/http_connection.h"
#include "runtime/lib_table.h"
#include "runtime/locks.h"
#include "runtime/loop.h"
#include "runtime/trace.h"
#include "runtime/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const LibFile *lib_find(const char *id, size_t length)
{
  size_t low = 0, high = lib_file_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strncmp(lib_files[middle].id, id, length);
    if (order == 0 && lib_files[middle].id[length] != '\0')
      order = 1;
    if (order == 0)
      return &lib_files[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static size_t number_option(const Options *options, OptionId id, size_t unit)
{
  double number = option_number(options, id, 0);
  return number > 0 && number < 1e12 ? (size_t)number * unit : 0;
}

/* Calls internal/bootstrap/realm and keeps what it exports. */
static bool start_realm(CulmEnv *env)
{
  JsContext *cx = env->cx;
  JsValue builtins = env_binding(env, js_intern(cx, "builtins"));
  if (js_is_exception(builtins))
    return false;
  JsValue id = js_string(cx, "internal/bootstrap/realm");
  JsValue realm = js_invoke(cx, builtins, "compileFunction", 1, &id);
  if (js_is_exception(realm))
    return false;
  JsValue internal_binding = js_function_new(cx, host_internal_binding, "internalBinding", 1);
  env_keep(env, &env->internal_binding, internal_binding);
  JsValue module = js_object_new(cx), exports = js_object_new(cx), primordials = js_object_new(cx);
  JsValue process = js_object_new(cx);
  if (!js_set(cx, module, "exports", exports))
    return false;
  env_keep(env, &env->process, process);
  js_define_originals(cx, primordials);
  JsValue argv[] = {exports, JS_UNDEFINED, module, process, internal_binding, primordials};
  if (js_is_exception(js_call(cx, realm, JS_UNDEFINED, JS_COUNTOF(argv), argv)))
    return false;
  exports = js_get(cx, module, "exports");
  if (js_is_exception(exports))
    return false;
  JsValue require = js_get(cx, exports, "require");
  if (js_is_exception(require))
    return false;
  env_keep(env, &env->require, require);
  return true;
}

static bool require_id(CulmEnv *env, const char *id)
{
  JsValue arg = js_string(env->cx, id);
  return !js_is_exception(js_call(env->cx, env_ref(env->require), JS_UNDEFINED, 1, &arg));
}

CulmEnv *rt_env_new(Options *options, RtProcess *shared, RtWorker *worker)
{
  CulmEnv *env = calloc(1, sizeof *env);
  if (!env)
    return NULL;
  env->options = options;
  env->worker = worker;
  env->shared = shared ? shared : process_shared_new();
  env->variables = worker && worker->variables ? variables_retain(worker->variables) : variables_new(NULL);
  env->exit_code = -1;
  env->start_ns = env->shared->start_ns;
  if (!env->variables || uv_loop_init(&env->loop) != 0) {
    variables_release(env->variables);
    free(env);
    return NULL;
  }
  JsConfig config = {
      .heap_limit_bytes = number_option(options, OPT_MAX_OLD_SPACE_SIZE, 1024 * 1024),
      .nursery_bytes = number_option(options, OPT_MAX_SEMI_SPACE_SIZE, 1024 * 1024),
      .stack_bytes = number_option(options, OPT_STACK_SIZE, 1024),
      .gc_stress = (unsigned)number_option(options, OPT_GC_STRESS, 1),
      .trace_gc = options->values[OPT_TRACE_GC].set,
  };
  if (worker)
    worker_configure(worker, &config);
  JsHost host = {
      .opaque = env,
      .promise_rejection = host_promise_rejection,
      .import_dynamically = host_import_dynamically,
      .import_meta = host_import_meta,
      .wake = loop_wake,
      .wasm_source = host_wasm_source,
  };
  if (worker) {
    env->permission = worker->permission;
    memset(&worker->permission, 0, sizeof worker->permission);
  } else if (!permission_init(&env->permission, options, NULL)) {
    permission_free(&env->permission);
    uv_loop_close(&env->loop);
    free(env);
    return NULL;
  }
  if (worker) /* the thread that started it asks from outside */
    uv_loop_configure(&env->loop, UV_METRICS_IDLE_TIME);
  env->milestones[MILESTONE_V8_START] = uv_hrtime() - env->start_ns;
  env->vm = js_vm_new(&config, &host);
  if (!env->vm) {
    uv_loop_close(&env->loop);
    variables_release(env->variables);
    free(env);
    return NULL;
  }
  js_vm_set_data(env->vm, env);
  env->cx = js_vm_context(env->vm);
  loop_start(env);
  env->milestones[MILESTONE_ENVIRONMENT] = uv_hrtime() - env->start_ns;
  if (worker) {
    worker_watch_heap(worker, env);
    uv_mutex_lock(&worker->mutex);
    worker->env = env;
    if (worker->stop_early) {
      atomic_store(&env->stop_requested, true);
      js_vm_terminate(env->vm);
    }
    uv_mutex_unlock(&worker->mutex);
  }
  double near_limit_dumps = option_number(options, OPT_HEAPSNAPSHOT_NEAR_HEAP_LIMIT, 0);
  if (near_limit_dumps >= 1)
    heap_dump_near_limit(env, (unsigned)near_limit_dumps);
  if (options->values[OPT_DISALLOW_CODE_FROM_STRINGS].set)
    js_realm_allow_code_from_strings(js_realm_current(env->cx), false);
  if (!start_realm(env) || !require_id(env, "internal/bootstrap/node")) {
    env_uncaught(env, js_take_exception(env->cx), false);
    if (worker)
      return env; /* it is ending */
    return NULL;
  }
  return env;
}

JsValue env_stop(CulmEnv *env, int code)
{
  if (!env->worker->has_exit_code) {
    env->worker->exit_code = code;
    env->worker->has_exit_code = true;
  }
  uv_stop(&env->loop);
  return js_throw_termination(env->cx);
}

/* Their owners are host objects, which go with the Vm. */
static void close_handle(uv_handle_t *handle, void *opaque)
{
  if (!uv_is_closing(handle))
    uv_close(handle, NULL);
}

void rt_env_free(CulmEnv *env)
{
  worker_stop_all(env);
  messaging_close_all(env);
  locks_release_all(env);
  uv_walk(&env->loop, close_handle, NULL);
  /* Requests on the thread pool are waited for: their memory is ours. */
  while (uv_run(&env->loop, UV_RUN_DEFAULT) != 0)
    ;
  permission_free(&env->permission);
  JsRef **refs[] = {&env->process,
                    &env->bindings,
                    &env->require,
                    &env->internal_binding,
                    &env->tick_callback,
                    &env->reject_callback,
                    &env->uncaught_callback,
                    &env->describe_callback,
                    &env->emit_before_exit,
                    &env->emit_exit,
                    &env->at_exit,
                    &env->process_timers,
                    &env->process_immediate,
                    &env->import_callback,
                    &env->meta_callback,
                    &env->hook_init,
                    &env->hook_call,
                    &env->hook_destroy,
                    &env->messaging_callbacks,
                    &env->messaging_handle_key,
                    &env->messaging_handle_class,
                    &env->buffers.proto,
                    &env->buffers.pool};
  for (size_t i = 0; i < JS_COUNTOF(refs); i++)
    js_ref_free(*refs[i]);
  http_env_free(env);
  locks_client_free(env);
  dns_env_free(env);
  gc_watch_free(env);
  js_vm_free(env->vm);
  uv_loop_close(&env->loop);
  free(env->read_buffer);
  variables_release(env->variables);
  free(env);
}

void env_run_at_exit(CulmEnv *env)
{
  JsRef *at_exit = env->at_exit;
  if (!at_exit)
    return;
  env->at_exit = NULL;
  env->exiting = true;
  env->call_depth++;
  env_call(env, env_ref(at_exit), JS_UNDEFINED, 0, NULL, NULL);
  env->call_depth--;
  js_ref_free(at_exit);
}

/* libgcov's, in a build that counts for `make release`: _exit() would lose the counts. */
extern void __gcov_dump(void) __attribute__((weak));

_Noreturn void env_exit(CulmEnv *env, int code)
{
  fflush(NULL);
  trace_finish(env->shared);
  if (__gcov_dump)
    __gcov_dump();
  /* Not exit(): threads of the pool may stand in a read that never ends. */
  _exit(code);
}

/* -i, or nothing to run and somebody at the terminal. */
static bool wants_repl(const Options *options)
{
  return options->values[OPT_INTERACTIVE].set || (options->argc == 0 && uv_guess_handle(STDIN_FILENO) == UV_TTY);
}

/* The program that is watched runs with the same NODE_OPTIONS and does not watch itself. */
static bool wants_watch(const Options *options)
{
  return (options->values[OPT_WATCH].set || options->values[OPT_WATCH_PATH].count > 0) &&
         !getenv("WATCH_REPORT_DEPENDENCIES");
}

static const char *main_script(const CulmEnv *env)
{
  const Options *options = env->options;
  if (env->worker)
    return "internal/main/worker_thread";
  if (options->values[OPT_TEST].set)
    return "internal/main/test_runner";
  if (wants_watch(options))
    return "internal/main/watch_mode";
  if (options->values[OPT_EVAL].set && !options->values[OPT_INTERACTIVE].set)
    return "internal/main/eval_string";
  bool has_file = options->argc > 0 && options->argv[0][0] && strcmp(options->argv[0], "-") != 0;
  if (has_file && options->values[OPT_CHECK].set)
    return "internal/main/check_syntax";
  if (has_file)
    return "internal/main/run_main_module";
  if (options->values[OPT_CHECK].set)
    return "internal/main/check_syntax";
  return wants_repl(options) ? "internal/main/repl" : "internal/main/eval_stdin";
}

int rt_env_run(CulmEnv *env)
{
  JsContext *cx = env->cx;
  env->call_depth++;
  env->in_main = true;
  env->milestones[MILESTONE_BOOTSTRAP_COMPLETE] = uv_hrtime() - env->start_ns;
  if (!require_id(env, main_script(env)))
    env_uncaught(env, js_take_exception(cx), false);
  env->call_depth--;
  env->in_main = false;
  env->milestones[MILESTONE_LOOP_START] = uv_hrtime() - env->start_ns;
  env->loop_start_cpu_ns = clock_thread_cpu_ns();
  if (trace_is_on(env, TRACE_BOOTSTRAP))
    trace_mark(env, TRACE_BOOTSTRAP, TRACE_INSTANT, "loopStart");
  env_drain(env);
  bool more;
  do {
    uv_run(&env->loop, UV_RUN_DEFAULT);
    if (env_is_stopping(env))
      return 1;
    more = uv_loop_alive(&env->loop);
    if (more)
      continue;
    TraceSpan span = trace_span_begin(env, TRACE_ENVIRONMENT);
    env_call(env, env_ref(env->emit_before_exit), JS_UNDEFINED, 0, NULL, NULL);
    trace_span_end(env, span, TRACE_ENVIRONMENT, "BeforeExit", NULL);
    more = uv_loop_alive(&env->loop);
  } while (more && !env_is_stopping(env));
  if (env_is_stopping(env))
    return 1;
  env->milestones[MILESTONE_LOOP_EXIT] = uv_hrtime() - env->start_ns;
  if (trace_is_on(env, TRACE_BOOTSTRAP))
    trace_mark(env, TRACE_BOOTSTRAP, TRACE_INSTANT, "loopExit");
  JsValue code = JS_UNDEFINED;
  env->call_depth++; /* 'exit' listeners are the last JavaScript: no ticks after them */
  bool ok = env_call(env, env_ref(env->emit_exit), JS_UNDEFINED, 0, NULL, &code);
  env->call_depth--;
  env_run_at_exit(env);
  if (trace_is_on(env, TRACE_ENVIRONMENT))
    trace_async(env, TRACE_ENVIRONMENT, TRACE_ASYNC_END, "Environment", (void *)1, NULL);
  if (!ok)
    return env->exit_code >= 0 ? env->exit_code : 1;
  return js_is_int32(code) ? js_as_int32(code) : 0;
}
