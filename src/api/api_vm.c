// SPDX-License-Identifier: MIT
/* js.h: Vms, exceptions, references, jobs, running code. */
#include "culm/js.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "builtins/atomics.h"
#include "builtins/setup.h"
#include "bytecode/code.h"
#include "interp/interp.h"
#include "interp/jobs.h"
#include "object/error_object.h"
#include "object/operations.h"
#include "module/module.h"
#include "object/vm.h"
#include "parser/ast.h"

typedef struct ApiState {
  JsHost host;
  void *data;
  JsRef *refs; /* strong and weak, doubly linked */
  JsRootSource roots;
  JsWeakSource weak;
} ApiState;

struct JsRef {
  JsValue val;
  JsVm *vm;
  JsRef *next, *prev;
  bool is_weak;
};

static ApiState *api_of(JsVm *vm)
{
  return vm->api;
}

/* --- host hooks: the engine's, answered by the public ones ------------------------------------------------------- */

static void hook_promise_rejection(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque)
{
  ApiState *api = opaque;
  api->host.promise_rejection(cx, promise, reason, handled, api->host.opaque);
}

static void hook_jobs_pending(JsVm *vm, void *opaque)
{
  ApiState *api = opaque;
  api->host.jobs_pending(vm, api->host.opaque);
}

static bool hook_interrupt(JsContext *cx, void *opaque)
{
  ApiState *api = opaque;
  return api->host.interrupt(cx, api->host.opaque);
}

static void hook_wake(JsVm *vm, void *opaque)
{
  ApiState *api = opaque;
  api->host.wake(vm, api->host.opaque);
}

static JsValue hook_wasm_source(JsContext *cx, JsValue source, void *opaque)
{
  ApiState *api = opaque;
  return api->host.wasm_source(cx, source, api->host.opaque);
}

static bool hook_import_meta(JsContext *cx, JsValue host_defined, JsObject *meta, void *opaque)
{
  ApiState *api = opaque;
  return api->host.import_meta(cx, js_is_hole(host_defined) ? JS_UNDEFINED : host_defined, js_from_object(meta),
                               api->host.opaque);
}

/* The host gives a promise (or any value); import()'s own promise follows it. */
static bool hook_import_dynamically(JsContext *cx, JsValue referrer, JsString *specifier, JsValue attributes,
                                    unsigned phase, JsValue promise, void *opaque)
{
  ApiState *api = opaque;
  referrer = module_host_defined(referrer);
  if (js_is_hole(referrer))
    referrer = JS_UNDEFINED;
  JsValue result = api->host.import_dynamically(cx, referrer, js_from_cell(specifier), attributes, (JsImportPhase)phase,
                                                api->host.opaque);
  TRY_OR(false, result);
  promise_resolve_with(cx, js_as_promise(promise), result);
  return true;
}

/* --- references -------------------------------------------------------------------------------------------------- */

static void trace_refs(JsTracer *tracer, void *opaque)
{
  ApiState *api = opaque;
  for (JsRef *ref = api->refs; ref; ref = ref->next)
    if (!ref->is_weak)
      gc_trace_value(tracer, ref->val);
}

static void sweep_refs(JsHeap *heap, void *opaque)
{
  ApiState *api = opaque;
  for (JsRef *ref = api->refs; ref; ref = ref->next)
    if (ref->is_weak && js_is_cell(ref->val) && !gc_is_live(heap, js_as_cell(ref->val)))
      ref->val = JS_UNDEFINED;
}

JsRef *js_ref_new(JsContext *cx, JsValue val)
{
  JsRef *ref = mem_alloc_zeroed(&cx->vm->account, MEM_API, sizeof *ref);
  if (!ref)
    return NULL;
  ApiState *api = api_of(cx->vm);
  ref->val = val;
  ref->vm = cx->vm;
  ref->next = api->refs;
  if (api->refs)
    api->refs->prev = ref;
  api->refs = ref;
  return ref;
}

JsValue js_ref_get(const JsRef *ref)
{
  return ref->val;
}
void js_ref_set(JsRef *ref, JsValue val)
{
  ref->val = val;
}
void js_ref_weaken(JsRef *ref)
{
  ref->is_weak = true;
}

bool js_ref_strengthen(JsRef *ref)
{
  ref->is_weak = false;
  return !js_is_undefined(ref->val);
}

void js_ref_free(JsRef *ref)
{
  if (!ref)
    return;
  ApiState *api = api_of(ref->vm);
  if (ref->prev)
    ref->prev->next = ref->next;
  else
    api->refs = ref->next;
  if (ref->next)
    ref->next->prev = ref->prev;
  mem_free(&ref->vm->account, MEM_API, ref, sizeof *ref);
}

/* --- Vms
 * ---------------------------------------------------------------------------------------------------------------------
 */

JsVm *js_vm_new(const JsConfig *config, const JsHost *host)
{
  ApiState *api = calloc(1, sizeof *api);
  if (!api)
    return NULL;
  JsVmOptions options = {0};
  if (config) {
    options.heap = (JsHeapOptions){.max_old_bytes = config->heap_limit_bytes,
                                   .nursery_bytes = config->nursery_bytes,
                                   .stress = config->gc_stress,
                                   .trace = config->trace_gc,
                                   .scribble = config->gc_scribble,
                                   .verify = config->verify_heap};
    options.stack_bytes = config->stack_bytes;
    options.dump_bytecode = config->dump_bytecode;
  }
  JsHostHooks hooks = {.opaque = api};
  if (host) {
    api->host = *host;
    hooks.promise_rejection = host->promise_rejection ? hook_promise_rejection : NULL;
    hooks.jobs_pending = host->jobs_pending ? hook_jobs_pending : NULL;
    hooks.interrupt = host->interrupt ? hook_interrupt : NULL;
    hooks.wake = host->wake ? hook_wake : NULL;
    hooks.wasm_source = host->wasm_source ? hook_wasm_source : NULL;
    hooks.import_meta = host->import_meta ? hook_import_meta : NULL;
    hooks.import_dynamically = host->import_dynamically ? hook_import_dynamically : NULL;
  }
  JsVm *vm = vm_new(&options, &hooks);
  if (!vm) {
    free(api);
    return NULL;
  }
  vm->api = api;
  api->roots = (JsRootSource){.trace = trace_refs, .opaque = api, .name = "references"};
  gc_add_root_source(vm->heap, &api->roots);
  api->weak = (JsWeakSource){.sweep = sweep_refs, .opaque = api};
  gc_add_weak_source(vm->heap, &api->weak);
  return vm;
}

void js_vm_free(JsVm *vm)
{
  if (!vm)
    return;
  ApiState *api = api_of(vm);
  gc_remove_root_source(vm->heap, &api->roots);
  gc_remove_weak_source(vm->heap, &api->weak);
  vm_free(vm);
  /* Host objects have let go of their references as they were finalised; these are what nobody owns any more. */
  for (JsRef *ref = api->refs, *next; ref; ref = next) {
    next = ref->next;
    free(ref);
  }
  free(api);
}

JsContext *js_vm_context(JsVm *vm)
{
  return &vm->cx;
}
JsVm *js_context_vm(JsContext *cx)
{
  return cx->vm;
}
void js_vm_set_data(JsVm *vm, void *data)
{
  api_of(vm)->data = data;
}
void *js_vm_data(JsVm *vm)
{
  return api_of(vm)->data;
}

void js_vm_terminate(JsVm *vm)
{
  atomic_fetch_or(&vm->interrupts, JS_INTERRUPT_TERMINATE);
  __atomic_store_n(&vm->cx.budget, 0, __ATOMIC_RELAXED);
}

JsValue js_throw_termination(JsContext *cx)
{
  cx->terminating = true;
  cx->budget = 0;
  cx->exception = JS_NULL;
  return JS_EXCEPTION;
}

bool js_is_terminating(const JsContext *cx)
{
  return cx->terminating;
}

void js_cancel_termination(JsContext *cx)
{
  atomic_fetch_and(&cx->vm->interrupts, ~(unsigned)JS_INTERRUPT_TERMINATE);
  if (cx->terminating) {
    cx->exception = JS_HOLE;
    cx->budget = 1;
  }
  cx->terminating = false;
}

bool js_idle_is_due(JsVm *vm)
{
  return gc_idle_is_due(vm->heap);
}

bool js_idle_step(JsVm *vm)
{
  return gc_idle_step(vm->heap);
}

void js_gc(JsVm *vm, bool major)
{
  if (major)
    gc_collect_major(vm->heap);
  else
    gc_collect_minor(vm->heap);
}

static size_t near_heap_limit(JsHeap *heap, size_t limit, void *opaque)
{
  JsVm *vm = opaque;
  return vm->hooks.near_heap_limit(vm, limit, vm->hooks.near_heap_limit_opaque);
}

void js_vm_set_near_heap_limit(JsVm *vm, JsNearHeapLimitCallback callback, void *opaque)
{
  vm->hooks.near_heap_limit = callback;
  vm->hooks.near_heap_limit_opaque = opaque;
  gc_heap_set_near_heap_limit(vm->heap, callback ? near_heap_limit : NULL, vm);
}

_Static_assert(sizeof(JsGcEvent) == sizeof(GcEvent) &&
                   offsetof(JsGcEvent, committed_after) == offsetof(GcEvent, committed_after),
               "the public event is the collector's");

void js_vm_set_gc_observer(JsVm *vm, JsGcObserver observer, void *opaque)
{
  gc_heap_set_observer(vm->heap, (GcObserverFn)(void (*)(void))observer, opaque);
}

void js_memory(JsVm *vm, JsMemory *out)
{
  JsHeapStats stats;
  gc_heap_stats(vm->heap, &stats);
  *out = (JsMemory){.heap_used = stats.live_bytes,
                    .heap_total = stats.committed_bytes,
                    .heap_limit = stats.limit_bytes,
                    .external = stats.external_bytes,
                    .malloced = vm->account.total,
                    .array_buffers = vm->account.live[MEM_ARRAY_BUFFER],
                    .minor_collections = stats.minor_count,
                    .major_collections = stats.major_count,
                    .pause_ns_total = stats.pause_ns_total,
                    .pause_ns_max = stats.pause_ns_max};
}

void js_adjust_external(JsVm *vm, int64_t delta_bytes)
{
  if (delta_bytes >= 0)
    gc_external_add(vm->heap, (size_t)delta_bytes);
  else
    gc_external_sub(vm->heap, (size_t)-delta_bytes);
}

/* --- exceptions -------------------------------------------------------------------------------------------------- */

JsValue js_throw(JsContext *cx, JsValue val)
{
  return throw_value(cx, val);
}

static JsValue throw_formatted(JsContext *cx, JsErrorType type, const char *format, va_list args)
{
  char small[512];
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(small, sizeof small, format, args);
  JsString *message;
  if (length >= 0 && (size_t)length >= sizeof small) {
    char *big = malloc((size_t)length + 1);
    if (big)
      vsnprintf(big, (size_t)length + 1, format, again);
    message = string_from_utf8(cx->heap, big ? big : small, big ? (size_t)length : sizeof small - 1);
    free(big);
  } else {
    message = string_from_utf8(cx->heap, small, length < 0 ? 0 : (size_t)length);
  }
  va_end(again);
  return throw_error_string(cx, type, message);
}

#define THROW_FUNCTION(name, type)                                                                                     \
  JsValue name(JsContext *cx, const char *format, ...)                                                                 \
  {                                                                                                                    \
    va_list args;                                                                                                      \
    va_start(args, format);                                                                                            \
    JsValue thrown = throw_formatted(cx, type, format, args);                                                          \
    va_end(args);                                                                                                      \
    return thrown;                                                                                                     \
  }
THROW_FUNCTION(js_throw_type_error, JS_TYPE_ERROR)
THROW_FUNCTION(js_throw_range_error, JS_RANGE_ERROR)
THROW_FUNCTION(js_throw_plain_error, JS_ERROR)

JsValue js_error_new(JsContext *cx, const char *type, JsValue message)
{
  for (int k = 0; k < JS_ERROR_TYPE_COUNT; k++)
    if (!strcmp(error_type_name((JsErrorType)k), type))
      return error_new(cx, (JsErrorType)k, js_is_string(message) ? js_as_string(message) : NULL);
  return error_new(cx, JS_ERROR, js_is_string(message) ? js_as_string(message) : NULL);
}

bool js_check_stack(JsContext *cx)
{
  return js_check_c_stack(cx);
}

bool js_exception_pending(JsContext *cx)
{
  return has_exception(cx);
}

JsValue js_take_exception(JsContext *cx)
{
  if (!has_exception(cx))
    return JS_UNDEFINED;
  return take_exception(cx);
}

/* --- running code ------------------------------------------------------------------------------------------------ */

static JsFunction *function_of(JsContext *cx, JsCode *code)
{
  return function_new(cx, code, NULL);
}

static JsCompileOptions options_for(JsCompileKind kind, JsValue host_defined)
{
  return (JsCompileOptions){
      .kind = kind, .first_line = 1, .host_defined = js_is_undefined(host_defined) ? JS_HOLE : host_defined};
}

JsValue js_eval(JsContext *cx, JsValue source, JsValue url, JsValue host_defined)
{
  JsCompileOptions options = options_for(COMPILE_SCRIPT, host_defined);
  JsCode *code = TRY(compile_source(cx, js_as_string(source), js_as_string(url), &options, NULL));
  return js_call0(cx, js_from_cell(function_of(cx, code)), js_from_object(ptr_slot_get(cx->realm->global_this)));
}

/* More parameters than any wrapper has. */
enum { WRAPPER_PARAMS_MAX = 64 };

JsValue js_compile_function(JsContext *cx, JsValue source, JsValue url, int param_count, const JsValue *params,
                            JsValue host_defined)
{
  JsString *names[WRAPPER_PARAMS_MAX];
  if (param_count > WRAPPER_PARAMS_MAX)
    return js_throw_range_error(cx, "Too many parameters");
  for (int k = 0; k < param_count; k++)
    names[k] = js_as_string(params[k]);
  JsCompileOptions options = options_for(COMPILE_FUNCTION, host_defined);
  JsCode *code = TRY(
      compile_wrapped_function(cx, js_as_string(source), js_as_string(url), names, (uint32_t)param_count, &options));
  return js_from_cell(function_of(cx, code));
}

/* --- jobs
 * -------------------------------------------------------------------------------------------------------------------------
 */

bool js_run_jobs(JsContext *cx)
{
  return jobs_run(cx);
}
bool js_jobs_are_pending(JsVm *vm)
{
  return vm->jobs.count != 0;
}

uint64_t js_settle_async_waits(JsContext *cx)
{
  return atomics_settle_waits(cx);
}

void js_enqueue_job(JsContext *cx, JsValue fn)
{
  job_enqueue_call(cx, fn);
}

JsValue js_tick_enqueue_function(JsContext *cx, JsValue slow)
{
  return tick_enqueue_function_new(cx, slow);
}

bool js_run_ticks(JsContext *cx)
{
  return jobs_run_ticks(cx);
}

void js_tick_count_to(JsVm *vm, uint32_t *count)
{
  vm->ticks.count_out = count;
}

void js_tick_close(JsVm *vm, bool closed)
{
  vm->ticks.is_closed = closed;
}

JsValue js_emit_function(JsContext *cx, JsValue slow, JsValue capture)
{
  return emit_function_new(cx, slow, capture);
}

JsValue js_emitter_methods(JsContext *cx, JsValue slow, JsValue mode, JsValue limits)
{
  if (!js_is_object(slow) || !js_is_symbol(mode) || !js_is_array_object(limits))
    return js_throw_type_error(cx, "an object, a symbol and an array are needed");
  return emitter_methods_new(cx, js_as_object(slow), mode, limits);
}

JsValue js_readable_functions(JsContext *cx, JsValue given)
{
  if (!js_is_object(given))
    return js_throw_type_error(cx, "an object is needed");
  return readable_functions_new(cx, js_as_object(given));
}

JsValue js_readable_bits(JsContext *cx)
{
  return readable_bits_new(cx);
}

JsValue js_async_context(JsContext *cx)
{
  return cx->vm->async_context;
}

void js_set_async_context(JsContext *cx, JsValue val)
{
  cx->vm->async_context = val;
}
