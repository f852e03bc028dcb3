// SPDX-License-Identifier: MIT
/* The interpreter's hooks in the Vm. */
#include "interp/setup.h"

#include "interp/ic.h"
#include "interp/stack_trace.h"

/* What the interpreter keeps beside the heap. */
static void free_interp(JsVm *vm)
{
  JsInterp *interp = vm->interp;
  if (!interp)
    return;
  gc_remove_weak_source(vm->heap, &interp->weak);
  mem_free(&vm->account, MEM_VM, interp->mega, interp->mega ? MEGA_CACHE_SIZE * sizeof *interp->mega : 0);
  mem_free(&vm->account, MEM_VM, interp, sizeof *interp);
  vm->interp = NULL;
}

bool interp_init(JsVm *vm)
{
  vm->capture_stack = stack_trace_capture;
  vm->materialise = interp_materialise;
  vm->free_layers = free_interp;
  vm->async_context = vm->promise_hook = vm->promise_parent = JS_UNDEFINED;
  vm->source_map_found = vm->stack_mapped = JS_UNDEFINED;
  return true;
}
