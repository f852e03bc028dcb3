// SPDX-License-Identifier: MIT
/* What the shell's files share. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include <pthread.h>
#include <stdio.h>

#include "object/operations.h"
#include "object/vm.h"

typedef struct ShellRejection ShellRejection;
typedef struct ShellTimer ShellTimer;
typedef struct ShellAgents ShellAgents;

/* One Vm's shell: the opaque of its host hooks. */
typedef struct Shell {
  JsVm *vm;
  FILE *out;                  /* of print */
  ShellRejection *rejections; /* unhandled so far */
  ShellTimer *timers;         /* earliest first */
  JsRoot modules;             /* cache of the loader */
  /* $262.agent (agent.c): of the main Vm the agents it started, of an agent's the list it is in. */
  ShellAgents *agents;
  struct ShellAgent *self;
  /* Another thread may have settled a wait: atomics_settle_waits is due. */
  pthread_mutex_t mutex;
  pthread_cond_t woken_up;
  bool wake_pending;
} Shell;

JS_INLINE Shell *shell_of(JsContext *cx)
{
  return cx->vm->hooks.opaque;
}

/* A Vm with its shell, globals defined. False: no memory. */
JS_MUST_USE bool shell_start(Shell *shell, const JsVmOptions *options, FILE *out);
void shell_end(Shell *shell);

/* globals.c: print, console, setTimeout, $262 in the current realm. False: exception. */
JS_MUST_USE bool shell_define_globals(JsContext *cx);
void shell_write_string(JsContext *cx, JsString *str, FILE *out);
JsString *shell_read_source(JsContext *cx, const char *path);

/* loop.c: jobs, timers and asynchronous waits until nothing is left. False: something threw, and was reported on err
 * (NULL: nowhere). */
bool shell_run_loop(Shell *shell, FILE *err);
void shell_wake(JsVm *vm, void *opaque);
void shell_free_timers(Shell *shell);
JsValue shell_set_timeout(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
uint64_t shell_monotonic_ns(void);

/* modules.c: the loader; the cache lives as long as the Vm. */
void shell_modules_start(Shell *shell);
/* Loads a module, with what it imports. NULL: exception; *parsed tells whether the module itself was no SyntaxError
 * (may be NULL). */
JS_MUST_USE struct JsModule *shell_load_module(JsContext *cx, const char *name, bool *parsed);
/* Evaluates the module: its promise. */
JS_MUST_USE JsValue shell_run_module(JsContext *cx, const char *name);

/* report.c: an uncaught error's text. */
void shell_report_value(JsContext *cx, JsValue error, FILE *out);
void shell_promise_rejection(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque);
/* True when there were any; written to out when it is not NULL. */
bool shell_report_rejections(Shell *shell, FILE *out);

/* agent.c */
JS_MUST_USE bool shell_define_agent(JsContext *cx, JsObject *host);
void shell_stop_agents(Shell *shell);

/* conformance.c: answers requests on stdin until its end. */
int shell_serve_tests(const JsVmOptions *options);

#endif
