// SPDX-License-Identifier: MIT
/* Threads: each has a Vm, a loop and an environment of its own. */
#ifndef RUNTIME_WORKER_H
#define RUNTIME_WORKER_H

#include "runtime/message.h"
#include "runtime/variables.h"

enum { WORKER_LIMIT_YOUNG, WORKER_LIMIT_OLD, WORKER_LIMIT_CODE, WORKER_LIMIT_STACK, WORKER_LIMIT_COUNT };

typedef struct RtWorker {
  CulmEnv *parent;
  struct RtWorker *next; /* in the parent's list, while running */
  uv_thread_t thread;
  bool running;
  uv_async_t done; /* on the parent's loop */
  bool has_done;   /* done is open */
  bool seen_done;  /* it has rung once */
  JsRef *self;     /* strong while running */
  unsigned id;

  /* Given before the thread starts, its own from then on. */
  Options options;
  char **words; /* execArgv, owned */
  int word_count;
  RtVariables *variables; /* a set of its own, or the parent's (SHARE_ENV) */
  char *name;
  Permission permission;             /* a copy of the parent's */
  double limits[WORKER_LIMIT_COUNT]; /* MiB; 0 or less: default */
  PortData *port;                    /* to the parent's library part */
  PortData *inbox;                   /* where other threads reach it by its id */
  bool shares_variables;             /* with its parent */

  uv_mutex_t mutex; /* of env */
  CulmEnv *env;     /* while it runs */
  bool stop_early;  /* asked to end before it had an env */

  pid_t system_id; /* of the running thread, 0 before; under the mutex too */

  /* Read by the parent when the thread has ended. */
  int exit_code;
  bool has_exit_code, out_of_memory;
} RtWorker;

/* Ends the threads that this environment started, and waits for them. */
void worker_stop_all(CulmEnv *env);
/* Sets up a Vm's limits for its thread. */
void worker_configure(const RtWorker *worker, JsConfig *config);
void worker_watch_heap(RtWorker *worker, CulmEnv *env);
/* The thread is to end; returns its heap's limit until it has. */
size_t worker_heap_is_full(RtWorker *worker, JsVm *vm, size_t limit);

#endif
