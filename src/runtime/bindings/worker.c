// SPDX-License-Identifier: MIT
/*
 * internalBinding('worker'): starting, ending and watching threads, from the thread that started them; and what a
 * thread knows of itself.
 */
#include "runtime/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MIB              ((size_t)1 << 20)
#define WORKER_STACK_MIB 4
/* C below the JavaScript stack's share. */
#define WORKER_STACK_SPARE (512 * (size_t)1024)

static void worker_finalise(void *native);
static const JsHostClass worker_class = {"Worker", worker_finalise};

/* --- the thread -------------------------------------------------------------------------------------------------- */

void worker_configure(const RtWorker *worker, JsConfig *config)
{
  if (worker->limits[WORKER_LIMIT_OLD] > 0)
    config->heap_limit_bytes = (size_t)(worker->limits[WORKER_LIMIT_OLD] * (double)MIB);
  if (worker->limits[WORKER_LIMIT_YOUNG] > 0)
    config->nursery_bytes = (size_t)(worker->limits[WORKER_LIMIT_YOUNG] * (double)MIB);
}

/* The heap is full: the thread ends, with room to do so. */
size_t worker_heap_is_full(RtWorker *worker, JsVm *vm, size_t limit)
{
  worker->out_of_memory = true;
  js_vm_terminate(vm);
  return limit + limit / 2 + 64 * MIB;
}

static size_t on_near_heap_limit(JsVm *vm, size_t limit, void *opaque)
{
  return worker_heap_is_full(opaque, vm, limit);
}

void worker_watch_heap(RtWorker *worker, CulmEnv *env)
{
  js_vm_set_near_heap_limit(env->vm, on_near_heap_limit, worker);
}

static void run_thread(void *opaque)
{
  RtWorker *worker = opaque;
  uv_mutex_lock(&worker->mutex);
  worker->system_id = (pid_t)syscall(SYS_gettid);
  uv_mutex_unlock(&worker->mutex);
  CulmEnv *env = rt_env_new(&worker->options, worker->parent->shared, worker);
  int code = 1;
  if (env) {
    code = rt_env_run(env);
    uv_mutex_lock(&worker->mutex);
    worker->env = NULL;
    uv_mutex_unlock(&worker->mutex);
    rt_env_free(env);
  }
  process_close_inbox(worker->parent->shared, worker->id);
  uv_mutex_lock(&worker->mutex);
  worker->system_id = 0;
  uv_mutex_unlock(&worker->mutex);
  if (!worker->has_exit_code)
    worker->exit_code = code;
  uv_async_send(&worker->done);
}

/* From any thread. */
static void stop_thread(RtWorker *worker)
{
  uv_mutex_lock(&worker->mutex);
  worker->stop_early = true;
  if (worker->env) {
    atomic_store(&worker->env->stop_requested, true);
    js_vm_terminate(worker->env->vm);
    uv_async_send(&worker->env->wake);
  }
  uv_mutex_unlock(&worker->mutex);
}

/* --- the parent's side ------------------------------------------------------------------------------------------- */

static void worker_finalise(void *native)
{
  RtWorker *worker = native;
  if (worker->port)
    port_data_free(worker->port);
  if (worker->inbox)
    port_data_free(worker->inbox);
  process_close_inbox(worker->parent->shared, worker->id);
  permission_free(&worker->permission);
  options_free(&worker->options);
  variables_free_words(worker->words);
  variables_release(worker->variables);
  free(worker->name);
  uv_mutex_destroy(&worker->mutex);
  free(worker);
}

static void unlist(RtWorker *worker)
{
  for (RtWorker **link = &worker->parent->workers; *link; link = &(*link)->next) {
    if (*link == worker) {
      *link = worker->next;
      return;
    }
  }
}

static void on_done_closed(uv_handle_t *handle)
{
  RtWorker *worker = handle->data;
  JsRef *self = worker->self;
  worker->self = NULL;
  js_ref_free(self);
}

static void on_done(uv_async_t *handle)
{
  RtWorker *worker = handle->data;
  CulmEnv *env = worker->parent;
  if (!worker->running)
    return;
  if (!worker->seen_done) {
    /* What it posted to ports of this thread before comes first. */
    worker->seen_done = true;
    uv_async_send(handle);
    return;
  }
  uv_thread_join(&worker->thread);
  worker->running = false;
  unlist(worker);
  JsValue self = js_ref_get(worker->self);
  worker->has_done = false;
  uv_close((uv_handle_t *)handle, on_done_closed);
  JsValue argv[] = {js_int32(worker->exit_code), js_boolean(worker->out_of_memory)};
  env_call_method(env, self, "onexit", 2, argv);
}

void worker_stop_all(CulmEnv *env)
{
  for (RtWorker *worker = env->workers; worker; worker = worker->next)
    stop_thread(worker);
  while (env->workers) {
    RtWorker *worker = env->workers;
    uv_thread_join(&worker->thread);
    worker->running = false;
    worker->has_done = false;
    unlist(worker);
    uv_close((uv_handle_t *)&worker->done, on_done_closed);
  }
}

/* --- new Worker({ name, execArgv, env: undefined to share the parent's, limits }) -------------------------------- */

/* An array of strings as a NULL-terminated malloced list. */
static bool read_words(JsContext *cx, JsValue list, char ***out, int *count)
{
  int64_t length;
  if (!js_length(cx, list, &length) || length > 1 << 20)
    return false;
  char **words = calloc((size_t)length + 1, sizeof *words);
  *out = words;
  for (int64_t k = 0; words && k < length; k++) {
    JsValue each = js_get_index(cx, list, (uint32_t)k);
    words[k] = js_is_exception(each) ? NULL : js_to_utf8(cx, each, NULL);
    if (!words[k])
      return false;
  }
  *count = (int)length;
  return words != NULL;
}

typedef struct Complaints {
  JsContext *cx;
  JsValue list;
} Complaints;

static void note_complaint(void *opaque, const char *message)
{
  Complaints *complaints = opaque;
  JsValue text = js_string(complaints->cx, message);
  if (js_is_exception(text) || !js_array_push(complaints->cx, complaints->list, text))
    (void)js_take_exception(complaints->cx);
}

static bool read_options(JsContext *cx, RtWorker *worker, JsValue given, JsValue complaints)
{
  JsValue name = js_get(cx, given, "name"), exec_argv = js_get(cx, given, "execArgv");
  JsValue variables = js_get(cx, given, "env"), limits = js_get(cx, given, "limits");
  JsView view;
  int ignored;
  if (js_is_exception(name) || js_is_exception(exec_argv) || js_is_exception(variables) || js_is_exception(limits))
    return false;
  worker->name = js_to_utf8(cx, name, NULL);
  if (!worker->name || !options_copy(&worker->options, env_of(cx)->options))
    return false;
  worker->options.argc = 0;
  if (js_view(limits, &view) && view.type == JS_FLOAT64 && view.byte_length >= sizeof worker->limits)
    memcpy(worker->limits, view.data, sizeof worker->limits);
  char **words = NULL;
  if (js_value_is_object(variables) && !read_words(cx, variables, &words, &ignored)) {
    variables_free_words(words);
    return false;
  }
  worker->shares_variables = !words;
  worker->variables = words ? variables_new(words) : variables_retain(env_of(cx)->variables);
  if (!worker->variables)
    return (void)js_throw_range_error(cx, "Out of memory"), false;
  if (!js_value_is_object(exec_argv))
    return true;
  if (!read_words(cx, exec_argv, &worker->words, &worker->word_count))
    return false;
  /* Given options replace the parent's. */
  Options fresh = {.argv0 = worker->options.argv0, .exec_path = worker->options.exec_path};
  worker->options.exec_path = NULL;
  options_free(&worker->options);
  worker->options = fresh;
  worker->options.exec_argc = worker->word_count;
  worker->options.exec_argv = worker->words;
  Complaints all = {cx, complaints};
  /* What is wrong with them the library throws. */
  if (!options_add(&worker->options, worker->word_count, worker->words, false, note_complaint, &all))
    return true;
  return true;
}

static JsValue worker_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue complaints = js_array_new(cx, 0, NULL);
  if (!js_is_construct_call(cx) || js_is_exception(complaints))
    return js_throw_type_error(cx, "Illegal invocation");
  if (!permission_check(cx, PERMISSION_WORKER, NULL))
    return JS_EXCEPTION;
  RtWorker *worker = calloc(1, sizeof *worker);
  if (!worker)
    return js_throw_range_error(cx, "Out of memory");
  uv_mutex_init(&worker->mutex);
  worker->parent = env;
  worker->id = atomic_fetch_add(&env->shared->next_thread_id, 1);
  PortData *mine = NULL;
  worker->inbox = process_open_inbox(env->shared, worker->id);
  if (!worker->inbox || !permission_init(&worker->permission, NULL, &env->permission) ||
      !read_options(cx, worker, js_argument(argc, argv, 0), complaints) || !port_data_new_pair(&mine, &worker->port)) {
    worker_finalise(worker);
    return js_exception_pending(cx) ? JS_EXCEPTION : js_throw_range_error(cx, "Out of memory");
  }
  JsValue obj = js_host_new(cx, &worker_class, worker);
  JsValue port = js_is_exception(obj) ? obj : port_object_new(env, mine);
  if (js_is_exception(port) || !js_set(cx, obj, "port", port) || !js_set(cx, obj, "threadId", js_number(worker->id)) ||
      !js_set(cx, obj, "complaints", complaints))
    return JS_EXCEPTION;
  return obj;
}

static JsValue worker_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  RtWorker *worker = js_host_native(this_val, &worker_class);
  if (!worker || worker->running)
    return js_throw_type_error(cx, "Illegal invocation");
  uv_async_init(&env->loop, &worker->done, on_done);
  worker->done.data = worker;
  worker->has_done = true;
  double stack_mib = worker->limits[WORKER_LIMIT_STACK] > 0 ? worker->limits[WORKER_LIMIT_STACK] : WORKER_STACK_MIB;
  uv_thread_options_t options = {.flags = UV_THREAD_HAS_STACK_SIZE,
                                 .stack_size = (size_t)(stack_mib * (double)MIB) + WORKER_STACK_SPARE};
  worker->self = js_ref_new(cx, this_val);
  worker->running = true;
  worker->next = env->workers;
  env->workers = worker;
  int error = uv_thread_create_ex(&worker->thread, &options, run_thread, worker);
  if (error) {
    worker->running = false;
    unlist(worker);
    worker->has_done = false;
    uv_close((uv_handle_t *)&worker->done, on_done_closed);
  }
  return js_int32(error);
}

static JsValue worker_terminate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  if (worker && worker->running)
    stop_thread(worker);
  return JS_UNDEFINED;
}

static JsValue worker_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  if (worker && worker->has_done)
    uv_ref((uv_handle_t *)&worker->done);
  return JS_UNDEFINED;
}

static JsValue worker_unref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  if (worker && worker->has_done)
    uv_unref((uv_handle_t *)&worker->done);
  return JS_UNDEFINED;
}

static JsValue worker_has_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  /* Until the handle is closed, which is after 'exit'; not before start() and not behind the end. */
  return worker && worker->self ? js_boolean(uv_has_ref((uv_handle_t *)&worker->done)) : JS_UNDEFINED;
}

/* The thread's time in the kernel, in microseconds. The kernel counts whole ticks. */
static double system_time(pid_t thread)
{
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/self/task/%d/stat", (int)thread);
  FILE *file = fopen(path, "re");
  size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;
  if (file)
    fclose(file);
  text[len] = 0;
  /* Behind the name, which may hold anything: state and ten numbers, then utime and stime. proc(5) */
  const char *at = strrchr(text, ')');
  unsigned long user = 0, system = 0;
  if (!at || sscanf(at + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user, &system) != 2)
    return 0;
  return (double)system * 1e6 / (double)sysconf(_SC_CLK_TCK);
}

/* cpuUsage ( ): [user, system] in microseconds. */
static JsValue worker_cpu_usage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  double total = 0, system = 0;
  if (worker && worker->running) {
    clockid_t clock;
    struct timespec now;
    uv_mutex_lock(&worker->mutex);
    if (worker->system_id && pthread_getcpuclockid(worker->thread, &clock) == 0 && clock_gettime(clock, &now) == 0) {
      total = (double)now.tv_sec * 1e6 + (double)(now.tv_nsec / 1000);
      system = system_time(worker->system_id);
    }
    uv_mutex_unlock(&worker->mutex);
  }
  if (system > total)
    system = total;
  JsValue parts[] = {js_number(total - system), js_number(system)};
  return js_array_new(cx, 2, parts);
}

/* loopTimes() → [idle, active] in milliseconds since the thread's loop began; undefined before and after. */
static JsValue worker_loop_times(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtWorker *worker = js_host_native(this_val, &worker_class);
  uint64_t began = 0, idle = 0, now = 0;
  if (worker && worker->running) {
    uv_mutex_lock(&worker->mutex);
    if (worker->env) {
      began = __atomic_load_n(&worker->env->milestones[MILESTONE_LOOP_START], __ATOMIC_RELAXED);
      idle = uv_metrics_idle_time(&worker->env->loop);
      now = uv_hrtime() - worker->env->start_ns;
    }
    uv_mutex_unlock(&worker->mutex);
  }
  if (!began)
    return JS_UNDEFINED;
  uint64_t active = now - began > idle ? now - began - idle : 0;
  JsValue parts[] = {js_number((double)idle / 1e6), js_number((double)active / 1e6)};
  return js_array_new(cx, 2, parts);
}

/* --- the thread's own side --------------------------------------------------------------------------------------- */

/* takePort() → the MessagePort to the parent. */
static JsValue take_port(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  if (!env->worker || !env->worker->port)
    return JS_UNDEFINED;
  PortData *data = env->worker->port;
  env->worker->port = NULL;
  return port_object_new(env, data);
}

/* takeInbox() → the MessagePort where other threads reach this one. */
static JsValue take_inbox(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  PortData *data = env->worker ? env->worker->inbox : process_open_inbox(env->shared, 0);
  if (!data)
    return js_throw_range_error(cx, "Out of memory");
  if (env->worker)
    env->worker->inbox = NULL;
  return port_object_new(env, data);
}

/* postToThread(id, value, transfer): false when there is no such thread. */
static JsValue post_to_thread(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  double id;
  if (!js_to_double(cx, js_argument(argc, argv, 0), &id))
    return JS_EXCEPTION;
  RtMessage *message = message_write(env, js_argument(argc, argv, 1), js_argument(argc, argv, 2), NULL);
  if (!message)
    return JS_EXCEPTION;
  if (!(id >= 0 && id <= UINT32_MAX)) {
    message_release(message);
    return JS_FALSE;
  }
  return js_boolean(process_post(env->shared, (unsigned)id, message));
}

static JsValue limits_array(JsContext *cx, const RtWorker *worker)
{
  void *data;
  JsValue limits = rt_typed_array_new(cx, JS_FLOAT64, WORKER_LIMIT_COUNT, &data);
  if (!js_is_exception(limits) && worker)
    memcpy(data, worker->limits, sizeof worker->limits);
  return limits;
}

JsValue binding_worker(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"takePort", take_port, 0}, {"takeInbox", take_inbox, 0}, {"postToThread", post_to_thread, 3}, {0}};
  static const JsFunctionRow methods[] = {
      {"start", worker_start, 0},
      {"terminate", worker_terminate, 0},
      {"ref", worker_ref, 0},
      {"unref", worker_unref, 0},
      {"hasRef", worker_has_ref, 0},
      {"cpuUsage", worker_cpu_usage, 0},
      {"loopTimes", worker_loop_times, 0},
      {0},
  };
  const RtWorker *worker = env->worker;
  JsValue binding = binding_new(cx, rows);
  JsValue cls = js_host_class_new(cx, &worker_class, worker_new, 1, methods);
  JsValue limits = js_is_exception(cls) ? cls : limits_array(cx, worker);
  if (js_is_exception(binding) || js_is_exception(limits) || !js_set(cx, binding, "Worker", cls) ||
      !js_set(cx, binding, "isMainThread", js_boolean(!worker)) ||
      !js_set(cx, binding, "threadId", js_number(worker ? worker->id : 0)) ||
      !js_set(cx, binding, "threadName", js_string(cx, worker ? worker->name : "")) ||
      !js_set(cx, binding, "sharesEnv", js_boolean(worker && worker->shares_variables)) ||
      !js_set(cx, binding, "limits", limits))
    return JS_EXCEPTION;
  return binding;
}
