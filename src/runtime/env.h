// SPDX-License-Identifier: MIT
/*
 * An environment: one Vm, one libuv loop, the core library running in it, and what C must remember for both.
 *
 * Callbacks from the loop enter JavaScript through env_call() only: it runs the callback, reports what it threw, and
 * then runs ticks and promise jobs. Bindings are made on first use of internalBinding(name); bindings.def lists them.
 */
#ifndef RUNTIME_ENV_H
#define RUNTIME_ENV_H

#include "base/check.h"
#include "culm/js.h"
#include "runtime/options.h"
#include "runtime/permission.h"

#include <stdatomic.h>
#include <uv.h>

#define CULM_VERSION      "0.1.0"
#define CULM_NODE_VERSION "v26.10.0"

/* Requests that process.getActiveResourcesInfo() tells of. */
typedef enum {
  RT_PENDING_FS,
  RT_PENDING_FS_PROMISE,
  RT_PENDING_ADDRINFO,
  RT_PENDING_NAMEINFO,
  RT_PENDING_CONNECT,
  RT_PENDING_SEND,
  RT_PENDING_COUNT
} RtPending;

typedef struct CulmEnv CulmEnv;

struct CulmEnv {
  JsVm *vm;
  JsContext *cx;
  uv_loop_t loop;
  Options *options;
  uint64_t start_ns; /* the process's: what counts from its start does so in every thread */

  JsRef *process;  /* the process object */
  JsRef *bindings; /* object: name -> binding, made so far */
  JsRef *require;  /* the library's require */
  JsRef *internal_binding;

  /* What JavaScript told us to call; NULL until it did. */
  JsRef *tick_callback, *reject_callback;
  JsRef *uncaught_callback, *describe_callback;
  JsRef *emit_before_exit, *emit_exit, *at_exit;
  JsRef *process_timers, *process_immediate;
  JsRef *import_callback, *meta_callback;

  /* Words that JavaScript and C share; their arrays are kept alive by the bindings. */
  uint32_t *tick_info;      /* [0] ticks are queued, [1] rejections are to be looked at */
  int32_t *timer_info;      /* [0] timers that keep the loop alive */
  uint32_t *immediate_info; /* [0] waiting, [1] of those keeping the loop alive, [2] left over by an exception */

  uv_timer_t timer, wait_timer; /* of setTimeout and friends; of Atomics.waitAsync */
  uv_timer_t rest_timer;        /* fires when the loop has had nothing to do for a while */
  uint64_t rest_turns;          /* turns of the loop when it was started */
  uint64_t rest_busy;           /* and what the thread had run or wanted to run, ns */
  bool resting;                 /* the loop was found at rest and has not been seen busy since */
  uint64_t turns;
  uv_prepare_t prepare;
  uv_check_t check;
  uv_idle_t idle;
  uv_async_t wake; /* another thread notified an asynchronous wait */
  bool has_timer_handles;

  struct {
    JsRef *proto, *pool; /* Buffer.prototype; memory that small Buffers share */
    uint8_t *data;       /* the pool's */
    size_t size, used;
  } buffers;            /* bindings/buffer_make.c */
  char *read_buffer;    /* bindings/stream_wrap.c: where reads of all streams arrive */
  struct HttpEnv *http; /* http_connection.c; NULL until the binding is made */

  JsRef *hook_init, *hook_call, *hook_destroy; /* async hooks: bindings/async_context.c */
  bool hooks_on;                               /* some are on */
  bool exiting;                                /* the process is about to exit: no more ticks */
  bool in_main;                                /* the main script runs */
  uint64_t milestones[6];                      /* bindings/performance.c: since start_ns; 0: not yet */
  uint64_t loop_start_cpu_ns,
      idle_before_ns; /* bindings/performance.c: before libuv measures how long the loop waits */
  bool measures_idle;
  struct GcWatch *gc_watch;
  struct DnsChannel *dns_channels;                                            /* bindings/dns_channel.c */
  JsRef *messaging_callbacks, *messaging_handle_key, *messaging_handle_class; /* bindings/messaging.c */
  struct LockClient *locks;                                                   /* locks.h; NULL: never asked for any */
  struct Port *reading_port;     /* of another context: it gets the message that is being read */
  struct Port *ports;            /* open ones */
  struct RtVariables *variables; /* the environment's */
  struct RtProcess *shared;      /* what the threads of the process share */
  struct RtWorker *worker;       /* NULL: the main thread */
  struct RtWorker *workers;      /* threads that this one started and that run */
  atomic_bool stop_requested;    /* from another thread: this one is to end */

  Permission permission;

  unsigned near_limit_left, near_limit_dumps; /* heap snapshots near the heap's limit: heap_dump.c */

  int call_depth;                     /* of env_call */
  int exit_code;                      /* as JavaScript last said, -1 for none */
  unsigned pending[RT_PENDING_COUNT]; /* requests under way */
};

/* worker, shared: NULL for the main thread. NULL: out of memory, or the library did not start (said on stderr). */
CulmEnv *rt_env_new(Options *options, struct RtProcess *shared, struct RtWorker *worker);
void rt_env_free(CulmEnv *env);
/* Runs the main script chosen by the options and the loop to its end; the exit code. */
int rt_env_run(CulmEnv *env);
/* Ends the process at once, without running JavaScript. */
/* Calls what JavaScript left to be called last of all, once (profiles and coverage are written there). */
void env_run_at_exit(CulmEnv *env);
_Noreturn void env_exit(CulmEnv *env, int code);
/* A thread's end: its JavaScript unwinds, its loop stops. Returns JS_EXCEPTION for the caller to return. */
JsValue env_stop(CulmEnv *env, int code);
/* JavaScript is not to be entered any more. */
static inline bool env_is_stopping(const CulmEnv *env)
{
  return env->worker &&
         (atomic_load_explicit(&env->stop_requested, memory_order_relaxed) || js_is_terminating(env->cx));
}

static inline CulmEnv *env_of(JsContext *cx)
{
  return js_vm_data(js_context_vm(cx));
}

/* Points in an environment's life. */
enum {
  MILESTONE_NODE_START,
  MILESTONE_V8_START,
  MILESTONE_ENVIRONMENT,
  MILESTONE_BOOTSTRAP_COMPLETE,
  MILESTONE_LOOP_START,
  MILESTONE_LOOP_EXIT,
};
void gc_watch_free(CulmEnv *env);

/* --- the door ---------------------------------------------------------------------------------------------------- */

/* Calls from the loop. False when the function threw; that has been reported. result may be NULL. */
bool env_call(CulmEnv *env, JsValue fn, JsValue this_val, int argc, const JsValue *argv, JsValue *result);
/* obj[method](...argv) through the door; nothing happens when it is no function. */
bool env_call_method(CulmEnv *env, JsValue obj, const char *method, int argc, const JsValue *argv);
/* The async context of now, for a request or a handle that calls back later; NULL when there is none. Async hooks are
 * told of it: resource is the object whose methods will be called, type Node's name for its kind. */
JS_MUST_USE JsRef *env_context_save(CulmEnv *env, JsValue resource, const char *type);
/* The same; owner: the resource that triggers it (a request's handle, a connection's server). */
JS_MUST_USE JsRef *env_context_save_for(CulmEnv *env, JsValue resource, const char *type, JsValue owner);
/* Async hooks are told that a resource is done with. */
void env_resource_gone(CulmEnv *env, JsValue resource);
/* env_call_method in that context; frees it. */
bool env_call_method_in(CulmEnv *env, JsRef *context, JsValue obj, const char *method, int argc, const JsValue *argv);
/* The same for a handle that calls more than once: the context stays the caller's; NULL is none. */
bool env_call_method_within(CulmEnv *env, const JsRef *context, JsValue obj, const char *method, int argc,
                            const JsValue *argv);
/* Runs ticks and promise jobs. env_call does it; for C that ran JavaScript in another way. */
void env_drain(CulmEnv *env);
/* Promise jobs only; reports what they throw. */
void env_run_jobs(CulmEnv *env);
/* An exception that nobody caught: events of process, then the report and the end. Returns when it was handled. */
void env_uncaught(CulmEnv *env, JsValue error, bool from_promise);

/* --- for bindings ------------------------------------------------------------------------------------------------ */

/* internalBinding(name) */
JS_MUST_USE JsValue env_binding(CulmEnv *env, JsValue name);
/* Replaces *ref by a reference to val. */
void env_keep(CulmEnv *env, JsRef **ref, JsValue val);
JsValue env_ref(const JsRef *ref); /* undefined for NULL */

/* `CODE: message, syscall 'path' -> 'dest'` with errno, code, syscall, path, dest; path and dest may be NULL. */
JS_MUST_USE JsValue uv_error_new(JsContext *cx, int error, const char *syscall, const char *path, const char *dest);
/* Throws it. */
JsValue uv_error_throw(JsContext *cx, int error, const char *syscall, const char *path, const char *dest);

/* A fresh object with these functions. */
JS_MUST_USE JsValue binding_new(JsContext *cx, const JsFunctionRow *rows);
/* Uint32Array, Float64Array ... of `length` zeroes; *data points into it. */
JS_MUST_USE JsValue rt_typed_array_new(JsContext *cx, JsElementType type, size_t length, void **data);
/* A Uint8Array over a copy of the bytes. */
JS_MUST_USE JsValue rt_bytes_new(JsContext *cx, const void *bytes, size_t length);
/* Argument k as int32 or double by ToInt32/ToNumber of a plain number; `fallback` for anything else. No code runs. */
int32_t arg_int32(int argc, const JsValue *argv, int k, int32_t fallback);
double arg_double(int argc, const JsValue *argv, int k, double fallback);

/* --- the embedded library ---------------------------------------------------------------------------------------- */

typedef struct LibFile {
  const char *id;
  const void *image; /* for js_load_function */
  size_t size;
} LibFile;
/* NULL when there is none of that id. */
const LibFile *lib_find(const char *id, size_t length);

/* --- every binding's maker (bindings.def) ------------------------------------------------------------------------ */

#define BINDING(name, make) JsValue make(CulmEnv *env, JsContext *cx);
#include "runtime/bindings.def"
#undef BINDING

#endif
