// SPDX-License-Identifier: MIT
/* What a Vm needs to run WebAssembly: the two stacks, the registry of types, and the errors that are thrown. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vmem.h"
#include "wasm_vm/runtime.h"

/* HOST: about as deep as V8 goes with its default stack: address space only until it is used. */
enum { VALUE_STACK_SLOTS = 1 << 20, FRAME_STACK_FRAMES = 1 << 16 };

static void trace_stacks(JsTracer *tracer, void *opaque)
{
  const WasmVm *wvm = opaque;
  gc_trace_conservative(tracer, wvm->stack, wvm->top);
  gc_trace_conservative(tracer, wvm->frames, wvm->frame_top);
  gc_trace_value(tracer, wvm->caught);
}

static void release_stacks(WasmVm *wvm)
{
  if (wvm->stack)
    vmem_release(wvm->stack, VALUE_STACK_SLOTS * sizeof *wvm->stack);
  if (wvm->frames)
    vmem_release(wvm->frames, FRAME_STACK_FRAMES * sizeof *wvm->frames);
  free(wvm);
}

static void free_wasm(JsVm *vm)
{
  WasmVm *wvm = vm->wasm;
  gc_remove_root_source(vm->heap, &wvm->roots);
  wasm_registry_free(&wvm->registry);
  release_stacks(wvm);
  vm->wasm = NULL;
}

WasmVm *wasm_vm(JsContext *cx)
{
  JsVm *vm = cx->vm;
  if (js_likely(vm->wasm != NULL))
    return vm->wasm;
  WasmVm *wvm = calloc(1, sizeof *wvm);
  if (wvm) {
    wvm->stack = vmem_alloc(VALUE_STACK_SLOTS * sizeof *wvm->stack, 0);
    wvm->frames = vmem_alloc(FRAME_STACK_FRAMES * sizeof *wvm->frames, 0);
  }
  if (!wvm || !wvm->stack || !wvm->frames) {
    if (wvm)
      release_stacks(wvm);
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  wvm->vm = vm;
  wvm->top = wvm->stack;
  wvm->limit = wvm->stack + VALUE_STACK_SLOTS;
  wvm->frame_top = wvm->frames;
  wvm->frame_limit = wvm->frames + FRAME_STACK_FRAMES;
  wvm->caught = JS_HOLE;
  wvm->roots = (JsRootSource){.trace = trace_stacks, .opaque = wvm, .name = "wasm"};
  gc_add_root_source(vm->heap, &wvm->roots);
  vm->wasm = wvm;
  vm->free_wasm = free_wasm;
  return wvm;
}

/* --- types ------------------------------------------------------------------------------------------------------ */

WasmType instance_type(const WasmInstance *instance, WasmType type)
{
  if (!wasm_is_ref(type) || wasm_heap_type(type) >= WASM_ABSTRACT)
    return type;
  return WASM_REF_TYPE(wasm_is_nullable(type), instance->type_ids[wasm_heap_type(type)]);
}

bool wasm_vm_is_subtype(const WasmVm *wvm, WasmType a, WasmType b)
{
  if (a == b)
    return true;
  if (!wasm_is_ref(a) || !wasm_is_ref(b) || (wasm_is_nullable(a) && !wasm_is_nullable(b)))
    return false;
  uint32_t from = wasm_heap_type(a), to = wasm_heap_type(b);
  if (from == to)
    return true;
  if (to < WASM_ABSTRACT)
    return from == WASM_HEAP_NOFUNC || (from < WASM_ABSTRACT && wasm_registry_is_subtype(&wvm->registry, from, to));
  return (to == WASM_HEAP_FUNC && (from < WASM_ABSTRACT || from == WASM_HEAP_NOFUNC)) ||
         (to == WASM_HEAP_EXTERN && from == WASM_HEAP_NOEXTERN) || (to == WASM_HEAP_EXN && from == WASM_HEAP_NOEXN);
}

/* --- errors ----------------------------------------------------------------------------------------------------- */

bool wasm_throw(JsContext *cx, JsErrorType type, const char *format, ...)
{
  char *text;
  va_list args;
  va_start(args, format);
  int len = vasprintf(&text, format, args);
  va_end(args);
  if (len < 0) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  JsString *message = string_from_utf8(cx->heap, text, (size_t)len);
  free(text);
  (void)throw_error_string(cx, type, message);
  return false;
}

bool wasm_trap(JsContext *cx, const char *text)
{
  (void)wasm_throw(cx, JS_RUNTIME_ERROR, "%s", text);
  if (js_is_error(cx->exception))
    js_as_cell(cx->exception)->aux |= ERROR_IS_TRAP;
  return false;
}
