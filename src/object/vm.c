// SPDX-License-Identifier: MIT
/* The Vm: making and freeing it, its roots, the job queue, the budget poll. */
#include "object/vm.h"

#include "object/coverage.h"

#include <stdlib.h>

#include "base/rng.h"
#include "base/stack.h"
#include "base/vmem.h"
#include "object/object.h"

enum {
  VM_STACK_DEFAULT = 8 << 20,  /* bytes of registers: about 100,000 small frames; the C stack is checked apart */
  C_STACK_RESERVE = 128 << 10, /* bytes of C stack left for what runs without checks (formatting, libraries) */
  VM_BUDGET = 1 << 20,         /* units between polls: some milliseconds */
  JOBS_FIRST = 64,
};

static void trace_jobs(JsTracer *tracer, const JsJobQueue *queue)
{
  for (uint32_t k = 0; k < queue->count; k++) {
    JsJob *job = &queue->jobs[(queue->head + k) & (queue->capacity - 1)];
    gc_trace_slots(tracer, job->fn_or_data, JS_COUNTOF(job->fn_or_data));
    gc_trace_cell(tracer, job->realm);
  }
}

static void vm_trace(JsTracer *tracer, void *opaque)
{
  JsVm *vm = opaque;
  JsContext *cx = &vm->cx;
  gc_trace_cell(tracer, cx->realm);
  gc_trace_cell(tracer, vm->first_realm);
  gc_trace_value(tracer, cx->exception);
  gc_trace_value(tracer, vm->async_context);
  gc_trace_value(tracer, vm->promise_hook);
  gc_trace_value(tracer, vm->promise_parent);
  gc_trace_value(tracer, vm->source_map_found);
  for (uint32_t k = 0; k < LOWER_CASE_SIZE; k++) {
    gc_trace_cell(tracer, vm->lower_case[k].from);
    gc_trace_cell(tracer, vm->lower_case[k].to);
  }
  gc_trace_value(tracer, vm->stack_mapped);
  gc_trace_value(tracer, vm->thrown_value);
  gc_trace_cell(tracer, vm->thrown_code);
  gc_trace_cell(tracer, vm->symbol_registry);
  gc_trace_cell(tracer, vm->kept_alive);
  gc_trace_conservative(tracer, cx->stack_base, cx->stack_top);
  trace_jobs(tracer, &vm->jobs);
  trace_jobs(tracer, &vm->kept_jobs);
  gc_trace_cell(tracer, vm->emit_function);
  if (vm->coverage)
    gc_trace_cell(tracer, vm->coverage->codes);
  const JsTickQueue *ticks = &vm->ticks;
  for (uint32_t k = 0; k < ticks->count; k++) {
    JsTick *tick = &ticks->ticks[(ticks->head + k) & (ticks->capacity - 1)];
    gc_trace_slots(tracer, &tick->fn, 2);
    gc_trace_slots(tracer, tick->arguments, TICK_ARGUMENTS);
  }
}

static void set_c_stack_limit(JsContext *cx)
{
  StackBounds bounds;
  uintptr_t here = stack_pointer();
  if (stack_bounds(&bounds) && bounds.low < here)
    cx->c_stack_limit = bounds.low + C_STACK_RESERVE;
  else
    cx->c_stack_limit = here - (512 << 10);
}

/* Order of setting up the layers above, see vm_layers in builtins/setup.c. */
JsVm *vm_new_bare(const JsVmOptions *options, const JsHostHooks *hooks)
{
  JsVm *vm = calloc(1, sizeof *vm);
  if (!vm)
    return NULL;
  if (options)
    vm->options = *options;
  if (hooks)
    vm->hooks = *hooks;
  JsContext *cx = &vm->cx;
  cx->vm = vm;
  cx->exception = JS_HOLE;
  cx->budget = VM_BUDGET;
  set_c_stack_limit(cx);
  size_t stack_bytes = vmem_round_up(vm->options.stack_bytes ? vm->options.stack_bytes : VM_STACK_DEFAULT);
  vm->heap = cx->heap = gc_heap_new(&vm->options.heap, &vm->account);
  cx->stack_base = vmem_alloc(stack_bytes, 0);
  if (!vm->heap || !cx->stack_base) {
    if (vm->heap)
      gc_heap_free(vm->heap);
    free(vm);
    return NULL;
  }
  vm->stack_bytes = stack_bytes;
  cx->stack_top = cx->stack_base;
  cx->stack_limit = cx->stack_base + stack_bytes / sizeof(JsValue);
  heap_face(vm->heap)->vm = vm;
  Rng rng;
  rng_seed_from_system(&rng);
  vm->hash_seed = rng_next(&rng);
  vm->rng_state[0] = rng_next(&rng);
  vm->rng_state[1] = rng_next(&rng);
  vm->roots = (JsRootSource){.trace = vm_trace, .opaque = vm, .name = "vm"};
  gc_add_root_source(vm->heap, &vm->roots);
  if (!atom_table_init(vm->heap) || !shape_table_init(vm->heap)) {
    vm_free(vm);
    return NULL;
  }
  vm->symbol_registry = object_new_with_proto(cx, NULL);
  return vm;
}

void vm_free(JsVm *vm)
{
  if (!vm)
    return;
  vm->cx.stack_top = vm->cx.stack_base;
  if (vm->free_timers)
    vm->free_timers(vm);
  if (vm->free_async_waits)
    vm->free_async_waits(vm);
  if (vm->free_wasm)
    vm->free_wasm(vm);
  if (vm->free_layers)
    vm->free_layers(vm);
  gc_remove_root_source(vm->heap, &vm->roots);
  /* With its space gone, a dying shape gives no id back. */
  JsHeap *heap = vm->heap;
  atom_table_free(heap);
  shape_table_free(heap);
  gc_heap_free(heap);
  coverage_free(vm);
  mem_free(&vm->account, MEM_VM, vm->jobs.jobs, vm->jobs.capacity * sizeof(JsJob));
  mem_free(&vm->account, MEM_VM, vm->ticks.ticks, vm->ticks.capacity * sizeof(JsTick));
  mem_free(&vm->account, MEM_SCRATCH, vm->spare_units, vm->spare_bytes);
  mem_free(&vm->account, MEM_VM, vm->kept_jobs.jobs, vm->kept_jobs.capacity * sizeof(JsJob));
  vmem_release(vm->cx.stack_base, vm->stack_bytes);
  free(vm);
}

bool vm_poll(JsContext *cx)
{
  JsVm *vm = cx->vm;
  if (cx->terminating) {
    /* What made a rejected promise of it must not run on either. */
    cx->budget = 0;
    cx->exception = JS_NULL;
    return false;
  }
  cx->budget = VM_BUDGET;
  unsigned requests = atomic_exchange(&vm->interrupts, 0);
  if (requests & JS_INTERRUPT_GC)
    gc_collect_major(cx->heap);
  if (requests & JS_INTERRUPT_TERMINATE) {
    cx->terminating = true;
    cx->budget = 0;
    cx->exception = JS_NULL;
    return false;
  }
  if ((requests & JS_INTERRUPT_HOST) && vm->hooks.interrupt)
    return vm->hooks.interrupt(cx, vm->hooks.opaque);
  return true;
}

/* --- jobs -------------------------------------------------------------------------------------------------------- */

static JsJob *job_at(const JsJobQueue *queue, uint32_t k)
{
  return &queue->jobs[(queue->head + k) & (queue->capacity - 1)];
}

void vm_grow_jobs(JsVm *vm, JsJobQueue *queue)
{
  uint32_t capacity = queue->capacity ? queue->capacity * 2 : JOBS_FIRST;
  JsJob *jobs = mem_alloc(&vm->account, MEM_VM, capacity * sizeof *jobs);
  JS_CHECK(jobs != NULL);
  for (uint32_t k = 0; k < queue->count; k++)
    jobs[k] = *job_at(queue, k);
  mem_free(&vm->account, MEM_VM, queue->jobs, queue->capacity * sizeof *jobs);
  queue->jobs = jobs;
  queue->head = 0;
  queue->capacity = capacity;
}

void vm_enqueue_job(JsContext *cx, bool (*run)(JsContext *cx, JsValue *data), const JsValue *data, int count)
{
  JsVm *vm = cx->vm;
  JS_ASSERT(count <= (int)JS_COUNTOF(((JsJob *)0)->fn_or_data));
  JsJobQueue *queue = js_unlikely(cx->realm->keeps_jobs) ? &vm->kept_jobs : &vm->jobs;
  if (queue->count == queue->capacity)
    vm_grow_jobs(vm, queue);
  JsJob *job = job_at(queue, queue->count++);
  job->run = run;
  job->realm = cx->realm;
  for (int k = 0; k < (int)JS_COUNTOF(job->fn_or_data); k++)
    slot_init(&job->fn_or_data[k], k < count ? data[k] : JS_UNDEFINED);
  if (queue == &vm->jobs && queue->count == 1 && vm->hooks.jobs_pending)
    vm->hooks.jobs_pending(vm, vm->hooks.opaque);
}

/* The list is emptied too: a word left on the stack may still point to it. */
void vm_clear_kept_objects(JsVm *vm)
{
  JsElements *list = vm->kept_alive ? ptr_slot_get(vm->kept_alive->elements) : NULL;
  if (list && list->cell.kind == CELL_ELEMENTS)
    list->length = 0;
  vm->kept_alive = NULL;
}

/* Copies what it needs of the job: what runs may move the queue. */
bool vm_run_job(JsContext *cx, const JsJob *job)
{
  JsRealm *realm = cx->realm;
  JsValue data[JS_COUNTOF(job->fn_or_data)];
  memcpy(data, job->fn_or_data, sizeof data);
  cx->realm = job->realm;
  bool ok = job->run(cx, data);
  cx->realm = realm;
  vm_clear_kept_objects(cx->vm);
  if (!cx->terminating)
    return ok;
  cx->exception = JS_NULL;
  return false;
}

/* Takes the first job of the realm out of the queue. */
static bool take_realm_job(JsJobQueue *queue, JsRealm *realm, JsJob *out)
{
  for (uint32_t k = 0; k < queue->count; k++) {
    if (job_at(queue, k)->realm != realm)
      continue;
    *out = *job_at(queue, k);
    for (; k + 1 < queue->count; k++)
      *job_at(queue, k) = *job_at(queue, k + 1);
    queue->count--;
    return true;
  }
  return false;
}

bool vm_run_realm_jobs(JsContext *cx, JsRealm *realm)
{
  JsJob job;
  while (take_realm_job(&cx->vm->kept_jobs, realm, &job)) {
    if (!vm_run_job(cx, &job))
      return false;
  }
  return true;
}
