// SPDX-License-Identifier: MIT
/*
 * $262.agent: threads with a Vm each, which share memory and exchange strings. The main Vm starts agents, broadcasts
 * buffers to them and collects their reports; shell_stop_agents terminates what still runs and joins every thread.
 */
#include "shell/shell.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtins/builtin.h"
#include "interp/eval.h"
#include "object/bigint.h"
#include "object/typed_array.h"

typedef struct Report {
  struct Report *next;
  size_t length;
  char text[];
} Report;

typedef struct ShellAgent {
  struct ShellAgent *next;
  pthread_t thread;
  ShellAgents *agents;
  Shell shell;
  char *source;
  size_t source_length;
  bool started, listening, ended;
  uint64_t seen; /* number of the last broadcast it got */
} ShellAgent;

struct ShellAgents {
  pthread_mutex_t mutex; /* of everything here and in the agents' flags */
  pthread_cond_t changed;
  ShellAgent *list;
  Report *reports; /* oldest first */
  uint64_t broadcast;
  JsSharedStore *store;
  JsValue number; /* second argument of a broadcast, when it is a number */
  bool growable, stopping;
};

static ShellAgents *agents_of(JsContext *cx)
{
  Shell *shell = shell_of(cx);
  if (!shell->agents) {
    shell->agents = calloc(1, sizeof *shell->agents);
    JS_CHECK(shell->agents != NULL);
    pthread_mutex_init(&shell->agents->mutex, NULL);
    pthread_cond_init(&shell->agents->changed, NULL);
  }
  return shell->agents;
}

/* --- in the agent's thread --------------------------------------------------------------------------------------- */

static void *agent_main(void *opaque)
{
  ShellAgent *agent = opaque;
  ShellAgents *agents = agent->agents;
  JsVmOptions options = {0};
  bool ok = shell_start(&agent->shell, &options, stdout);
  pthread_mutex_lock(&agents->mutex);
  agent->started = true;
  if (agents->stopping)
    ok = false;
  pthread_cond_broadcast(&agents->changed);
  pthread_mutex_unlock(&agents->mutex);
  if (ok) {
    JsContext *cx = &agent->shell.vm->cx;
    JsString *source = string_from_utf8(cx->heap, agent->source, agent->source_length);
    if (js_is_exception(eval_script(cx, source, string_from_c_string(cx->heap, "agent")))) {
      JsValue error = take_exception(cx);
      if (!cx->terminating)
        shell_report_value(cx, error, stderr);
    }
    if (!cx->terminating)
      (void)shell_run_loop(&agent->shell, stderr);
  }
  pthread_mutex_lock(&agents->mutex);
  agent->ended = true;
  pthread_cond_broadcast(&agents->changed);
  pthread_mutex_unlock(&agents->mutex);
  return NULL;
}

/* receiveBroadcast ( callback ): waits for the next broadcast, and calls with its buffer and number. */
static JsValue agent_receive_broadcast(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ShellAgent *agent = shell_of(cx)->self;
  if (!agent)
    return throw_error(cx, JS_MSG_NOT_AN_OBJECT, JS_UNDEFINED);
  ShellAgents *agents = agent->agents;
  pthread_mutex_lock(&agents->mutex);
  agent->listening = true;
  pthread_cond_broadcast(&agents->changed);
  while (agent->seen == agents->broadcast && !agents->stopping)
    pthread_cond_wait(&agents->changed, &agents->mutex);
  bool stopping = agents->stopping, growable = agents->growable;
  JsSharedStore *store = agents->store;
  JsValue number = agents->number;
  if (!stopping)
    shared_store_retain(store);
  agent->seen = agents->broadcast;
  agent->listening = false;
  pthread_cond_broadcast(&agents->changed);
  pthread_mutex_unlock(&agents->mutex);
  if (stopping)
    return JS_UNDEFINED;
  JsArrayBuffer *buffer = TRY(shared_array_buffer_new(cx, store, growable));
  JsValue args[2] = {js_from_object(&buffer->obj), number};
  return js_call(cx, js_arg(argc, argv, 0), JS_UNDEFINED, 2, args);
}

/* report ( message ) */
static JsValue agent_report(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ShellAgents *agents = agents_of(cx);
  JsString *message = TRY(to_string(cx, js_arg(argc, argv, 0)));
  size_t length, size;
  char *text = string_to_utf8_alloc(cx->heap, message, &length, &size);
  Report *report = text ? calloc(1, sizeof *report + length) : NULL;
  if (!report)
    return throw_out_of_memory(cx);
  report->length = length;
  memcpy(report->text, text, length);
  string_utf8_free(cx->heap, text, size);
  pthread_mutex_lock(&agents->mutex);
  Report **link = &agents->reports;
  while (*link)
    link = &(*link)->next;
  *link = report;
  pthread_mutex_unlock(&agents->mutex);
  return JS_UNDEFINED;
}

static JsValue agent_leaving(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_UNDEFINED; /* the thread ends when its script has */
}

/* --- in any thread ----------------------------------------------------------------------------------------------- */

static JsValue agent_sleep(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double milliseconds;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &milliseconds));
  uint64_t until = shell_monotonic_ns() + (milliseconds > 0 ? (uint64_t)(milliseconds * 1e6) : 0), now;
  /* In slices: the Vm may be terminated. */
  while ((now = shell_monotonic_ns()) < until) {
    uint64_t left = (until - now) / 1000;
    usleep((useconds_t)(left < 20000 ? left + 1 : 20000));
    if (atomic_load_explicit(&cx->vm->interrupts, memory_order_relaxed))
      TRY(vm_poll(cx));
  }
  return JS_UNDEFINED;
}

static JsValue agent_monotonic_now(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)shell_monotonic_ns() / 1e6);
}

/* --- in the main thread ------------------------------------------------------------------------------------------ */

/* start ( source ): when it returns, the agent's Vm is there. */
static JsValue agent_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ShellAgents *agents = agents_of(cx);
  JsString *source = TRY(to_string(cx, js_arg(argc, argv, 0)));
  size_t size;
  ShellAgent *agent = calloc(1, sizeof *agent);
  char *text = string_to_utf8_alloc(cx->heap, source, &agent->source_length, &size);
  JS_CHECK(agent && text);
  agent->source = malloc(agent->source_length + 1);
  JS_CHECK(agent->source != NULL);
  memcpy(agent->source, text, agent->source_length);
  string_utf8_free(cx->heap, text, size);
  agent->agents = agent->shell.agents = agents;
  agent->shell.self = agent;
  pthread_mutex_lock(&agents->mutex);
  agent->seen = agents->broadcast;
  agent->next = agents->list;
  agents->list = agent;
  JS_CHECK(pthread_create(&agent->thread, NULL, agent_main, agent) == 0);
  while (!agent->started)
    pthread_cond_wait(&agents->changed, &agents->mutex);
  pthread_mutex_unlock(&agents->mutex);
  return JS_UNDEFINED;
}

/* Did every agent that still runs get the last broadcast? */
static bool everyone_got_it(const ShellAgents *agents)
{
  for (const ShellAgent *agent = agents->list; agent; agent = agent->next)
    if (!agent->ended && agent->seen != agents->broadcast)
      return false;
  return true;
}

/* broadcast ( buffer, number ) */
static JsValue agent_broadcast(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ShellAgents *agents = agents_of(cx);
  JsValue val = js_arg(argc, argv, 0);
  if (!js_is_array_buffer(val) || !array_buffer_is_shared(js_as_array_buffer(val)))
    return throw_error(cx, JS_MSG_NOT_SHARED_TYPED_ARRAY, val);
  JsArrayBuffer *buffer = js_as_array_buffer(val);
  pthread_mutex_lock(&agents->mutex);
  if (agents->store)
    shared_store_release(agents->store);
  agents->store = buffer->store;
  shared_store_retain(agents->store);
  agents->growable = !array_buffer_is_fixed(buffer);
  agents->number = js_is_number(js_arg(argc, argv, 1)) ? argv[1] : JS_UNDEFINED;
  agents->broadcast++;
  pthread_cond_broadcast(&agents->changed);
  while (!everyone_got_it(agents))
    pthread_cond_wait(&agents->changed, &agents->mutex);
  pthread_mutex_unlock(&agents->mutex);
  return JS_UNDEFINED;
}

/* getReport ( ): the oldest, or null */
static JsValue agent_get_report(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ShellAgents *agents = agents_of(cx);
  pthread_mutex_lock(&agents->mutex);
  Report *report = agents->reports;
  if (report)
    agents->reports = report->next;
  pthread_mutex_unlock(&agents->mutex);
  if (!report)
    return JS_NULL;
  JsString *text = string_from_utf8(cx->heap, report->text, report->length);
  free(report);
  return js_from_cell(text);
}

static const JsBuiltin agent_rows[] = {
    FN("start", agent_start, 1),          FN("broadcast", agent_broadcast, 2),
    FN("getReport", agent_get_report, 0), FN("receiveBroadcast", agent_receive_broadcast, 1),
    FN("report", agent_report, 1),        FN("leaving", agent_leaving, 0),
    FN("sleep", agent_sleep, 1),          FN("monotonicNow", agent_monotonic_now, 0),
};

bool shell_define_agent(JsContext *cx, JsObject *host)
{
  JsObject *agent = object_new(cx);
  TRY_OR(false, builtin_define_rows(cx, agent, agent_rows, JS_COUNTOF(agent_rows)));
  object_define_direct(cx->heap, host, key_from_c_string(cx->heap, "agent"), js_from_object(agent), PROP_METHOD);
  return true;
}

void shell_stop_agents(Shell *shell)
{
  ShellAgents *agents = shell->agents;
  if (!agents || shell->self)
    return;
  pthread_mutex_lock(&agents->mutex);
  agents->stopping = true;
  for (ShellAgent *agent = agents->list; agent; agent = agent->next) {
    if (agent->started && agent->shell.vm) {
      atomic_fetch_or(&agent->shell.vm->interrupts, JS_INTERRUPT_TERMINATE);
      __atomic_store_n(&agent->shell.vm->cx.budget, 0, __ATOMIC_RELAXED);
      shell_wake(agent->shell.vm, &agent->shell);
    }
  }
  pthread_cond_broadcast(&agents->changed);
  pthread_mutex_unlock(&agents->mutex);
  while (agents->list) {
    ShellAgent *agent = agents->list;
    agents->list = agent->next;
    pthread_join(agent->thread, NULL);
    shell_end(&agent->shell); /* here, where nobody can terminate it any more */
    free(agent->source);
    free(agent);
  }
  while (agents->reports) {
    Report *report = agents->reports;
    agents->reports = report->next;
    free(report);
  }
  if (agents->store)
    shared_store_release(agents->store);
  pthread_mutex_destroy(&agents->mutex);
  pthread_cond_destroy(&agents->changed);
  free(agents);
  shell->agents = NULL;
}
