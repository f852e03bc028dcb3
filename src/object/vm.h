// SPDX-License-Identifier: MIT
/* The Vm's insides: what one JavaScript thread owns. Code above src/object reaches it through cx->vm. */
#ifndef OBJECT_VM_H
#define OBJECT_VM_H

#include <stdatomic.h>

#include "object/context.h"
#include "object/realm.h"

/* What the host supplies. Every member may be NULL. */
typedef struct JsHostHooks {
  void *opaque;
  /* A promise was rejected without a handler (handled false) or got its first handler afterwards (true). */
  void (*promise_rejection)(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque);
  /* import(): starts loading; settles by module.h's functions. phase: AstImportPhase. False: exception. */
  bool (*import_dynamically)(JsContext *cx, JsValue referrer, JsString *specifier, JsValue attributes, unsigned phase,
                             JsValue promise, void *opaque);
  /* Fills import.meta on first use. */
  bool (*import_meta)(JsContext *cx, JsValue module, JsObject *meta, void *opaque);
  /* A job was put into an empty queue: the host should run jobs soon. */
  void (*jobs_pending)(JsVm *vm, void *opaque);
  /* Poll with JS_INTERRUPT_HOST set. False: exception pending. */
  bool (*interrupt)(JsContext *cx, void *opaque);
  /* Error.prepareStackTrace override of the host (Node's source maps); hole result: use the default. */
  JsValue (*prepare_stack_trace)(JsContext *cx, JsValue error, JsValue call_sites, void *opaque);
  /* From any thread: an asynchronous wait of this Vm was notified, or has a new deadline. The host is to call
   * atomics_settle_waits on the Vm's thread soon. */
  void (*wake)(JsVm *vm, void *opaque);
  /* A promise of [ArrayBuffer, URL]: the bytes of what WebAssembly.compileStreaming was given, and where from. */
  JsValue (*wasm_source)(JsContext *cx, JsValue source, void *opaque);
  uint64_t (*monotonic_ns)(void *opaque);
  double (*realtime_ms)(void *opaque);
  bool (*random_bytes)(void *opaque, void *out, size_t len);
  /* Is eval / new Function allowed? */
  bool (*allow_code_generation)(JsContext *cx, JsString *source, void *opaque);
  /* See js_vm_set_near_heap_limit. */
  size_t (*near_heap_limit)(JsVm *vm, size_t limit, void *opaque);
  void *near_heap_limit_opaque;
} JsHostHooks;

typedef struct JsVmOptions {
  JsHeapOptions heap;
  size_t stack_bytes; /* VM stack; 0: default */
  bool jitless;
  bool cannot_block; /* AgentCanSuspend is false: Atomics.wait throws */
  bool dump_ast, dump_bytecode;
  const char *dump_filter; /* function name, NULL: all */
} JsVmOptions;

typedef struct JsJob {
  JsSlot fn_or_data[5]; /* what run() needs, traced */
  bool (*run)(JsContext *cx, JsValue *data);
  JsRealm *realm;
} JsJob;

/* A running function of WebAssembly, for stack traces; and what there is to say of it. */
typedef struct JsWasmSite {
  JsCell *instance;
  uint32_t function, unit;
} JsWasmSite;
typedef struct JsWasmPlace {
  JsString *url, *module, *name;   /* of the name section; NULL: none */
  uint32_t offset, function_start; /* in the module's bytes */
} JsWasmPlace;

/* A ring in malloc memory. */
typedef struct JsJobQueue {
  JsJob *jobs;
  uint32_t head, count, capacity;
} JsJobQueue;

/* What process.nextTick and its like defer (interp/ticks.c). */
enum { TICK_ARGUMENTS = 3 };
typedef struct JsTick {
  JsSlot fn, context;               /* the async context it was made in */
  JsSlot arguments[TICK_ARGUMENTS]; /* or an array of them in the first */
  uint32_t argc;                    /* TICK_ARGUMENTS + 1: an array */
} JsTick;

typedef struct JsTickQueue {
  JsTick *ticks; /* a ring in malloc memory */
  uint32_t head, count, capacity;
  uint32_t *count_out; /* the host's word that follows count; NULL: none */
  bool is_closed;      /* new ones go to the function behind */
} JsTickQueue;

struct JsArrayWalk;
struct JsDrain;

enum { LOWER_CASE_SIZE = 64, LOWER_CASE_MAX = 64 /* units */ };

struct JsVm {
  JsContext cx;
  JsHeap *heap;
  MemAccount account;
  JsVmOptions options;
  JsHostHooks hooks;
  atomic_uint interrupts;    /* JS_INTERRUPT_* */
  JsObject *symbol_registry; /* see symbol_for */
  uint64_t hash_seed, rng_state[2];
  /* Promise jobs, traced by the Vm's root source; those of realms that keep their jobs to themselves apart. */
  JsJobQueue jobs, kept_jobs;
  JsTickQueue ticks;       /* traced likewise */
  JsObject *emit_function; /* stands in stack traces above what it called (interp/emit.c); a root */
  /* Memory that a string builder left for the next one; NULL: none. */
  void *spare_units;
  size_t spare_bytes;
  JsRootSource roots;
  size_t stack_bytes;            /* of the VM stack */
  void (*free_layers)(JsVm *vm); /* upper layers' private states, before the heap goes */
  /* Where the exception in flight was thrown: the innermost frame's code and pc; for the report of uncaught errors. */
  JsValue thrown_value;
  JsCell *thrown_code;
  uint32_t thrown_pc;
  bool throw_recorded;  /* until it is caught */
  bool preparing_stack; /* Error.prepareStackTrace runs: stacks touched meanwhile are made without it */
  JsObject *kept_alive; /* ClearKeptObjects list: WeakRef targets of this job */
  JsRealm *first_realm;
  uint64_t next_creation_id; /* promises, timers, handles */
  uint64_t image_stamp;      /* of code images of this build (bytecode/serialise.c); 0: not asked for yet */
  uint64_t build_id;         /* base/build_id.h; 0: not asked for yet, or none */
  bool protos_have_elements; /* some prototype object has index properties: holes must look up */
  /* Upward hooks, set by the layers that own them (listed in tools/layers.txt). */
  JsObject *(*make_intrinsic)(JsContext *cx, JsIntrinsicId id); /* builtins */
  bool (*define_globals)(JsContext *cx, JsObject *global);      /* builtins: a new realm's globals */
  bool (*materialise)(JsContext *cx, JsObject *obj, JsKey key); /* builtins, interp: lazy properties by kind */
  /* builtins: see interp/walk.h */
  bool (*walk_begin)(JsContext *cx, struct JsArrayWalk *walk, uint32_t argc);
  int (*walk_step)(JsContext *cx, struct JsArrayWalk *walk, JsValue returned, JsValue *args, uint32_t *argc,
                   JsValue *result);
  JsValue (*regexp_literal)(JsContext *cx, JsString *source, JsString *flags); /* builtins: a literal's new object */
  bool (*capture_stack)(JsContext *cx, JsObject *error, JsObject *skip_until); /* interp: error_capture_stack */
  void *interp, *modules, *api;                                                /* private states of upper layers */
  void *wasm;                                                                  /* of WebAssembly (wasm_vm/runtime.h) */
  /* The k-th function, innermost first, that runs for an exported function's call. False: there are no more. */
  bool (*wasm_site)(JsVm *vm, const JsNativeFrame *native, uint32_t k, JsWasmSite *site);
  void (*wasm_place)(JsVm *vm, const JsWasmSite *site, JsWasmPlace *place);
  /* Grows the memory whose resizable buffer this is. False: not to that length. */
  bool (*wasm_resize)(JsContext *cx, JsObject *buffer, uint64_t byte_length);
  void (*free_wasm)(JsVm *vm);                           /* NULL: none was used */
  JsValue (*import_meta)(JsContext *cx, JsValue module); /* module: the import.meta object */
  struct JsAsyncWait *async_waits;                       /* of Atomics.waitAsync (builtins/atomics_wait.c) */
  struct JsTimers *timers;                               /* api/api_timers.c; NULL: the host made none */
  void (*free_timers)(JsVm *vm);
  void (*free_async_waits)(JsVm *vm); /* before everything else goes; NULL: there were none */
  struct JsDrain *drain;              /* the innermost that runs (interp/jobs.h), on its C stack; NULL: none */
  JsCell *running_job;       /* reaction, promise or async state a job runs for, on its C stack; for `at async` lines */
  struct JsArrayJoin *joins; /* arrays being joined, innermost first, on the C stack (builtins/array.c) */
  /* What is called of each promise's life, or undefined, and the parent of the promise being made; both are roots. See
   * js_set_promise_hook. */
  JsValue promise_hook, promise_parent;
  /* Source maps, see js_set_source_map_hooks; roots, undefined while there is nobody to ask. */
  JsValue source_map_found, stack_mapped;
  /* toLowerCase of names that are written again and again, such as those of headers: atoms and what they became. */
  struct {
    JsString *from, *to;
  } lower_case[LOWER_CASE_SIZE];
  struct JsCoverage *coverage; /* object/coverage.h; NULL: nobody ever asked */
  JsValue async_context;       /* what reactions and jobs carry along: AsyncLocalStorage's frame; a root */
};

/* A Vm of the object layer alone: no hooks of upper layers, no realm. vm_new (builtins/setup.h) makes a whole one. */
JsVm *vm_new_bare(const JsVmOptions *options, const JsHostHooks *hooks);
void vm_free(JsVm *vm);

/* ecma262#sec-hostenqueuepromisejob and friends: data (up to 5 values) is copied. */
void vm_enqueue_job(JsContext *cx, bool (*run)(JsContext *cx, JsValue *data), const JsValue *data, int count);
void vm_grow_jobs(JsVm *vm, JsJobQueue *queue);
/* The same in line, for what promises queue. */
JS_INLINE void vm_enqueue_job_of_4(JsContext *cx, bool (*run)(JsContext *cx, JsValue *data), JsValue a, JsValue b,
                                   JsValue c, JsValue d)
{
  JsVm *vm = cx->vm;
  JsJobQueue *queue = js_unlikely(cx->realm->keeps_jobs) ? &vm->kept_jobs : &vm->jobs;
  if (js_unlikely(queue->count == queue->capacity))
    vm_grow_jobs(vm, queue);
  JsJob *job = &queue->jobs[(queue->head + queue->count++) & (queue->capacity - 1)];
  job->run = run;
  job->realm = cx->realm;
  slot_init(&job->fn_or_data[0], a);
  slot_init(&job->fn_or_data[1], b);
  slot_init(&job->fn_or_data[2], c);
  slot_init(&job->fn_or_data[3], d);
  slot_init(&job->fn_or_data[4], JS_UNDEFINED);
  if (queue->count == 1 && queue == &vm->jobs && vm->hooks.jobs_pending)
    vm->hooks.jobs_pending(vm, vm->hooks.opaque);
}
/* Runs a job in C. False: it threw (exception pending). */
JS_MUST_USE bool vm_run_job(JsContext *cx, const JsJob *job);
/* ClearKeptObjects ( )  ecma262#sec-clear-kept-objects */
void vm_clear_kept_objects(JsVm *vm);
/* The jobs of a realm that keeps its jobs, until none is left: jobs_run leaves them alone. */
JS_MUST_USE bool vm_run_realm_jobs(JsContext *cx, JsRealm *realm);

#endif
