// SPDX-License-Identifier: MIT
/* The shell's loop: promise jobs, setTimeout's timers, and waits that other threads notify. */
#include "shell/shell.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "builtins/atomics.h"
#include "interp/jobs.h"

struct ShellTimer {
  ShellTimer *next;
  uint64_t due;
  JsRoot callback;
};

uint64_t shell_monotonic_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

/* setTimeout ( callback, milliseconds ): no arguments passed on, nothing to clear it with. */
JsValue shell_set_timeout(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Shell *shell = shell_of(cx);
  double delay;
  TRY(to_number_double(cx, js_arg(argc, argv, 1), &delay));
  if (!js_is_callable(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, js_arg(argc, argv, 0));
  ShellTimer *timer = calloc(1, sizeof *timer);
  if (!timer)
    return throw_out_of_memory(cx);
  timer->due = shell_monotonic_ns() + (delay > 0 && delay < 1e12 ? (uint64_t)(delay * 1e6) : 0);
  gc_root_add(cx->heap, &timer->callback, argv[0], "setTimeout");
  ShellTimer **link = &shell->timers;
  while (*link && (*link)->due <= timer->due)
    link = &(*link)->next;
  timer->next = *link;
  *link = timer;
  return JS_UNDEFINED;
}

static JsValue take_timer(Shell *shell)
{
  ShellTimer *timer = shell->timers;
  JsValue callback = timer->callback.val;
  shell->timers = timer->next;
  gc_root_remove(shell->vm->heap, &timer->callback);
  free(timer);
  return callback;
}

void shell_free_timers(Shell *shell)
{
  while (shell->timers)
    (void)take_timer(shell);
}

void shell_wake(JsVm *vm, void *opaque)
{
  Shell *shell = opaque;
  pthread_mutex_lock(&shell->mutex);
  shell->wake_pending = true;
  pthread_cond_signal(&shell->woken_up);
  pthread_mutex_unlock(&shell->mutex);
}

/* Sleeps until another thread wakes this one, or at most so long (UINT64_MAX: without end). */
static void sleep_for(Shell *shell, uint64_t nanoseconds)
{
  pthread_mutex_lock(&shell->mutex);
  uint64_t until = shell_monotonic_ns() + nanoseconds;
  while (!shell->wake_pending) {
    if (nanoseconds == UINT64_MAX) {
      pthread_cond_wait(&shell->woken_up, &shell->mutex);
      continue;
    }
    struct timespec at = {(time_t)(until / 1000000000ull), (long)(until % 1000000000ull)};
    if (pthread_cond_timedwait(&shell->woken_up, &shell->mutex, &at) != 0)
      break;
  }
  shell->wake_pending = false;
  pthread_mutex_unlock(&shell->mutex);
}

/* True: something threw. */
static bool report_thrown(JsContext *cx, FILE *err)
{
  JsValue error = take_exception(cx);
  if (err && !cx->terminating)
    shell_report_value(cx, error, err);
  return false;
}

bool shell_run_loop(Shell *shell, FILE *err)
{
  JsContext *cx = &shell->vm->cx;
  bool ok = true;
  for (;;) {
    while (!jobs_run(cx)) {
      ok = report_thrown(cx, err);
      if (cx->terminating)
        return false;
    }
    uint64_t next_wait = atomics_settle_waits(cx), now = shell_monotonic_ns();
    if (shell->vm->jobs.count)
      continue;
    if (shell->timers && shell->timers->due <= now) {
      if (js_is_exception(js_call0(cx, take_timer(shell), JS_UNDEFINED)))
        ok = report_thrown(cx, err);
      if (cx->terminating)
        return false;
      continue;
    }
    if (shell->timers && shell->timers->due - now < next_wait)
      next_wait = shell->timers->due - now;
    /* A wait without end keeps an agent alive, which others may notify; in the main Vm nobody is left to do it. */
    if (next_wait == UINT64_MAX && !(atomics_has_waits(shell->vm) && shell->agents))
      return ok;
    sleep_for(shell, next_wait);
    if (atomic_load(&shell->vm->interrupts) && !vm_poll(cx))
      return false;
  }
}
