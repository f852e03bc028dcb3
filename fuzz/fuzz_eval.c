// SPDX-License-Identifier: MIT
/*
 * Any text is a program that runs, throws, or is stopped: the compiler, the interpreter and the built-ins never fail an
 * assertion. Each input has a Vm of its own; a budget of polls ends endless loops.
 */
#include "builtins/setup.h"
#include "interp/eval.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A poll comes after so many calls and loop rounds that a second one would only cost time. */
enum { POLLS_MAX = 0, JOBS_MAX = 100 };

static bool stop(JsContext *cx, void *opaque)
{
  int *polls = opaque;
  if (++*polls > POLLS_MAX) {
    cx->terminating = true;
    cx->exception = JS_NULL;
    return false;
  }
  atomic_fetch_or(&cx->vm->interrupts, JS_INTERRUPT_HOST);
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size > 1 << 14)
    return 0;
  int polls = 0;
  JsHostHooks hooks = {.opaque = &polls, .interrupt = stop};
  JsVmOptions options = {.stack_bytes = 256 << 10};
  JsVm *vm = vm_new(&options, &hooks);
  if (!vm)
    return 0;
  JsContext *cx = &vm->cx;
  atomic_fetch_or(&vm->interrupts, JS_INTERRUPT_HOST);
  vm->options.cannot_block = true;
  JsString *source = string_from_utf8(cx->heap, (const char *)data, size);
  if (js_is_exception(eval_script(cx, source, string_from_c_string(cx->heap, "fuzz"))))
    (void)take_exception(cx);
  for (int k = 0; k < JOBS_MAX && vm->jobs.count && !cx->terminating; k++)
    if (!vm_run_jobs(cx))
      (void)take_exception(cx);
  cx->terminating = false;
  vm_free(vm);
  return 0;
}
