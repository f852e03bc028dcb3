// SPDX-License-Identifier: MIT
/* internalBinding('performance'): when things happened, how long the loop was idle, and each collection of the heap. */
#include "runtime/message.h"

#include "base/clock.h"

#include <stdlib.h>

/* loopIdleTime() in milliseconds. libuv measures it at the price of a second call of the kernel whenever it waits, so
 * it is asked to by the first look; what the loop waited before is the time that the thread neither ran nor waited for
 * a processor. */
static JsValue loop_idle_time(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  if (!env->worker && !env->measures_idle) {
    env->measures_idle = true;
    uv_loop_configure(&env->loop, UV_METRICS_IDLE_TIME);
    uint64_t start = env->milestones[MILESTONE_LOOP_START];
    uint64_t passed = start ? uv_hrtime() - env->start_ns - start : 0;
    uint64_t ran = start ? clock_thread_cpu_ns() + clock_thread_queued_ns() - env->loop_start_cpu_ns : 0;
    env->idle_before_ns = passed > ran ? passed - ran : 0;
  }
  return js_number((double)(env->idle_before_ns + uv_metrics_idle_time(&env->loop)) / 1e6);
}

/* milestone(which) in milliseconds since the start; -1: not yet. */
static JsValue milestone(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  int32_t which = arg_int32(argc, argv, 0, -1);
  if (which < 0 || (size_t)which >= JS_COUNTOF(env->milestones))
    return js_int32(-1);
  uint64_t at = env->milestones[which];
  if (which == MILESTONE_NODE_START)
    return js_number((double)env->milestones[MILESTONE_V8_START] / 2e6); /* between the start and the engine's */
  return at ? js_number((double)at / 1e6) : js_int32(-1);
}

/* --- collections ------------------------------------------------------------------------------------------------- */

enum { GC_COLUMNS = 8, GC_EVENTS_MAX = 4096 };

/* Noted where nothing may be allocated in the heap, told of in a turn of the loop. */
typedef struct GcWatch {
  uv_async_t async;
  CulmEnv *env;
  JsRef *callback;
  JsGcEvent events[GC_EVENTS_MAX]; /* the oldest ones, when there are more */
  size_t count;
} GcWatch;

static void note_collection(const JsGcEvent *event, void *opaque)
{
  GcWatch *watch = opaque;
  if (watch->count < GC_EVENTS_MAX)
    watch->events[watch->count++] = *event;
  uv_async_send(&watch->async);
}

static JsValue take_rows(GcWatch *watch)
{
  CulmEnv *env = watch->env;
  void *data;
  size_t count = watch->count;
  JsValue rows = rt_typed_array_new(env->cx, JS_FLOAT64, count * GC_COLUMNS, &data);
  if (js_is_exception(rows))
    return rows;
  double *out = data;
  for (size_t k = 0; k < count; k++) {
    const JsGcEvent *event = &watch->events[k];
    double values[GC_COLUMNS] = {event->major,
                                 event->requested,
                                 ((double)event->begin_ns - (double)env->start_ns) / 1e6,
                                 (double)(event->end_ns - event->begin_ns) / 1e6,
                                 (double)event->used_before,
                                 (double)event->committed_before,
                                 (double)event->used_after,
                                 (double)event->committed_after};
    for (size_t j = 0; j < GC_COLUMNS; j++)
      out[k * GC_COLUMNS + j] = values[j];
  }
  /* Making the rows may have collected once more. */
  watch->count -= count;
  for (size_t k = 0; k < watch->count; k++)
    watch->events[k] = watch->events[k + count];
  return rows;
}

static void on_collections(uv_async_t *async)
{
  GcWatch *watch = async->data;
  if (!watch->count || !watch->callback)
    return;
  JsValue rows = take_rows(watch);
  if (js_is_exception(rows))
    (void)js_take_exception(watch->env->cx);
  else
    env_call(watch->env, js_ref_get(watch->callback), JS_UNDEFINED, 1, &rows, NULL);
}

/* watchCollections(callback | undefined): callback(Float64Array), eight columns a collection: docs/bindings.md. */
static JsValue watch_collections(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue callback = js_argument(argc, argv, 0);
  if (!env->gc_watch) {
    GcWatch *watch = calloc(1, sizeof *watch);
    if (!watch)
      return js_throw_range_error(cx, "Out of memory");
    watch->env = env;
    uv_async_init(&env->loop, &watch->async, on_collections);
    uv_unref((uv_handle_t *)&watch->async);
    watch->async.data = watch;
    env->gc_watch = watch;
  }
  bool on = js_value_is_function(callback);
  env_keep(env, &env->gc_watch->callback, callback);
  env->gc_watch->count = 0;
  js_vm_set_gc_observer(env->vm, on ? note_collection : NULL, env->gc_watch);
  return JS_UNDEFINED;
}

/* drainCollections(): tells of them now. */
static JsValue drain_collections(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  GcWatch *watch = env_of(cx)->gc_watch;
  if (!watch || !watch->count)
    return JS_UNDEFINED;
  JsValue rows = take_rows(watch);
  return js_is_exception(rows) ? rows : js_call(cx, js_ref_get(watch->callback), JS_UNDEFINED, 1, &rows);
}

void gc_watch_free(CulmEnv *env)
{
  if (!env->gc_watch)
    return;
  js_vm_set_gc_observer(env->vm, NULL, NULL);
  js_ref_free(env->gc_watch->callback);
  free(env->gc_watch);
  env->gc_watch = NULL;
}

JsValue binding_performance(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"loopIdleTime", loop_idle_time, 0},
      {"milestone", milestone, 1},
      {"watchCollections", watch_collections, 1},
      {"drainCollections", drain_collections, 0},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  if (js_is_exception(binding) || !js_set(cx, binding, "timeOrigin", js_number(env->shared->start_ms)))
    return JS_EXCEPTION;
  return binding;
}
