// SPDX-License-Identifier: MIT
/*
 * Timers and immediates: one uv_timer for all timers, a check handle for the immediates, and an idle handle that keeps
 * the loop from blocking while immediates wait. Their lists are made by js_timers_new and run by
 * lib/internal/timers.js. And what settles the promises of Atomics.waitAsync.
 */
#include "runtime/loop.h"

#include "runtime/trace.h"

#include <malloc.h>

#include "base/clock.h"

static void on_timer(uv_timer_t *handle);
static void on_rest(uv_timer_t *handle);

static void schedule(CulmEnv *env, double msecs)
{
  uint64_t after = msecs >= 1 ? (uint64_t)msecs : 1;
  uv_timer_start(&env->timer, on_timer, after, 0);
}

static void on_timer(uv_timer_t *handle)
{
  CulmEnv *env = handle->data;
  TraceSpan span = trace_span_begin(env, TRACE_ENVIRONMENT);
  bool ok;
  do {
    JsValue now = js_number((double)uv_now(&env->loop));
    ok = env_call(env, env_ref(env->process_timers), env_ref(env->process), 1, &now, NULL);
  } while (!ok && !env_is_stopping(env));
  trace_span_end(env, span, TRACE_ENVIRONMENT, "RunTimers", NULL);
}

/* --- rest: what the collector does when the program waits -------------------------------------------------------- */

/* The loop has rested when it turned at most this often in REST_MS, and its thread hardly ran and did not wait for a
 * processor: what a crowded machine keeps from running is not at rest. */
enum { REST_MS = 400, REST_TURNS = 40, REST_STEP_MS = 1 };
#define REST_BUSY_NS ((uint64_t)REST_MS * 1000000 / 5)

static void rest_begin(CulmEnv *env, unsigned ms)
{
  env->rest_turns = env->turns;
  env->resting = ms == REST_STEP_MS;
  if (!env->resting)
    env->rest_busy = clock_thread_cpu_ns() + clock_thread_queued_ns();
  uv_timer_start(&env->rest_timer, on_rest, ms, 0);
}

static bool has_rested(CulmEnv *env)
{
  if (env->turns - env->rest_turns > REST_TURNS)
    return false;
  /* Between the collector's steps its own time is not the program's. */
  return env->resting || clock_thread_cpu_ns() + clock_thread_queued_ns() - env->rest_busy < REST_BUSY_NS;
}

static void on_rest(uv_timer_t *handle)
{
  CulmEnv *env = handle->data;
  bool rested = has_rested(env);
  if (rested && !js_idle_step(env->vm)) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    return;
  }
  rest_begin(env, rested ? REST_STEP_MS : REST_MS);
}

/* Before the loop waits: a program that made its garbage at once and then waits never comes to another turn. */
static void on_prepare(uv_prepare_t *handle)
{
  CulmEnv *env = handle->data;
  if (env_is_stopping(env)) { /* JavaScript was left for good while handles keep the loop alive: a full heap */
    uv_stop(&env->loop);
    return;
  }
  env->turns++;
  if (uv_is_active((uv_handle_t *)&env->rest_timer) || !js_idle_is_due(env->vm))
    return;
  rest_begin(env, REST_MS);
}

static void on_check(uv_check_t *handle)
{
  CulmEnv *env = handle->data;
  const uint32_t *info = env->immediate_info;
  if (!info || (info[0] == 0 && info[2] == 0))
    return;
  TraceSpan span = trace_span_begin(env, TRACE_ENVIRONMENT);
  do {
    env_call(env, env_ref(env->process_immediate), env_ref(env->process), 0, NULL, NULL);
  } while (info[2] != 0 && !env_is_stopping(env));
  trace_span_end(env, span, TRACE_ENVIRONMENT, "CheckImmediate", NULL);
  if (info[1] == 0)
    uv_idle_stop(&env->idle);
}

static void on_idle(uv_idle_t *handle) {}

/* --- Atomics.waitAsync: a notification from any thread, or a deadline; neither keeps the loop alive, as in Node
 * ------ */

static void on_wait_timer(uv_timer_t *handle)
{
  loop_settle_waits(handle->data);
}

static void on_wake(uv_async_t *handle)
{
  CulmEnv *env = handle->data;
  if (env_is_stopping(env)) {
    uv_stop(&env->loop);
    return;
  }
  loop_settle_waits(handle->data);
}

void loop_settle_waits(CulmEnv *env)
{
  uint64_t next = js_settle_async_waits(env->cx);
  if (next == UINT64_MAX)
    uv_timer_stop(&env->wait_timer);
  else
    uv_timer_start(&env->wait_timer, on_wait_timer, next / 1000000 + 1, 0);
  env_drain(env);
}

void loop_wake(JsVm *vm, void *opaque)
{
  CulmEnv *env = opaque;
  uv_async_send(&env->wake);
}

void loop_start(CulmEnv *env)
{
  uv_timer_init(&env->loop, &env->wait_timer);
  uv_async_init(&env->loop, &env->wake, on_wake);
  env->wait_timer.data = env->wake.data = env;
  uv_unref((uv_handle_t *)&env->wait_timer);
  uv_unref((uv_handle_t *)&env->wake);
  uv_timer_init(&env->loop, &env->rest_timer);
  env->rest_timer.data = env;
  uv_unref((uv_handle_t *)&env->rest_timer);
  uv_timer_init(&env->loop, &env->timer);
  uv_unref((uv_handle_t *)&env->timer); /* no timer keeps the loop alive yet */
  uv_prepare_init(&env->loop, &env->prepare);
  uv_check_init(&env->loop, &env->check);
  uv_idle_init(&env->loop, &env->idle);
  env->timer.data = env->prepare.data = env->check.data = env->idle.data = env;
  uv_prepare_start(&env->prepare, on_prepare);
  uv_unref((uv_handle_t *)&env->prepare);
  uv_check_start(&env->check, on_check);
  uv_unref((uv_handle_t *)&env->check);
  env->has_timer_handles = true;
}

/* --- internalBinding('timers') ----------------------------------------------------------------------------------- */

static JsValue setup_timers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_keep(env, &env->process_immediate, js_argument(argc, argv, 0));
  env_keep(env, &env->process_timers, js_argument(argc, argv, 1));
  return JS_UNDEFINED;
}

static JsValue schedule_timer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  schedule(env_of(cx), arg_double(argc, argv, 0, 1));
  return JS_UNDEFINED;
}

static void host_keep_alive(void *opaque, bool on)
{
  CulmEnv *env = opaque;
  if (on)
    uv_ref((uv_handle_t *)&env->timer);
  else
    uv_unref((uv_handle_t *)&env->timer);
}

static JsValue toggle_timer_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  host_keep_alive(env_of(cx), js_to_boolean(js_argument(argc, argv, 0)));
  return JS_UNDEFINED;
}

static JsValue toggle_immediate_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  if (js_to_boolean(js_argument(argc, argv, 0)))
    uv_idle_start(&env->idle, on_idle);
  else
    uv_idle_stop(&env->idle);
  return JS_UNDEFINED;
}

static double host_now(void *opaque)
{
  CulmEnv *env = opaque;
  uv_update_time(&env->loop);
  return (double)uv_now(&env->loop);
}

static JsValue get_libuv_now(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(host_now(env_of(cx)));
}

static void host_schedule(void *opaque, double msecs)
{
  schedule(opaque, msecs);
}

static void host_keep_turning(void *opaque)
{
  CulmEnv *env = opaque;
  uv_idle_start(&env->idle, on_idle);
}

/* makeTimers(slow): see js_timers_new. */
static JsValue make_timers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsTimerHost host = {.schedule = host_schedule,
                      .keep_alive = host_keep_alive,
                      .keep_turning = host_keep_turning,
                      .now = host_now,
                      .live_timers = env->timer_info,
                      .immediates = env->immediate_info,
                      .is_hooked = &env->hooks_on,
                      .opaque = env};
  return js_timers_new(cx, &host, js_argument(argc, argv, 0));
}

JsValue binding_timers(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"setupTimers", setup_timers, 2},
      {"scheduleTimer", schedule_timer, 1},
      {"toggleTimerRef", toggle_timer_ref, 1},
      {"toggleImmediateRef", toggle_immediate_ref, 1},
      {"getLibuvNow", get_libuv_now, 0},
      {"makeTimers", make_timers, 1},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  void *data;
  JsValue timer_info = rt_typed_array_new(cx, JS_INT32, 1, &data);
  env->timer_info = data;
  JsValue immediate_info = js_is_exception(timer_info) ? timer_info : rt_typed_array_new(cx, JS_UINT32, 3, &data);
  env->immediate_info = data;
  if (js_is_exception(binding) || js_is_exception(immediate_info) || !js_set(cx, binding, "timerInfo", timer_info) ||
      !js_set(cx, binding, "immediateInfo", immediate_info))
    return JS_EXCEPTION;
  return binding;
}
