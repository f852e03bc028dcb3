// SPDX-License-Identifier: MIT
/* What a Vm needs to run WebAssembly: the two stacks, the registry of types, and the errors that are thrown. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vmem.h"
#include "wasm/body.h"
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

/* --- stack traces ----------------------------------------------------------------------------------------------- */

/* Frames that called say where they go on: their call stands just before. */
static void site_of_frame(const WasmFrame *frame, uint32_t back, JsWasmSite *site)
{
  site->instance = &frame->instance->cell;
  site->function = frame->code->function;
  site->unit = (uint32_t)(frame->pc - frame->code->units) - back;
}

static bool wasm_site(JsVm *vm, const JsNativeFrame *native, uint32_t k, JsWasmSite *site)
{
  const WasmVm *wvm = vm->wasm;
  const WasmFrame *end = wvm->frame_top;
  for (const WasmActivation *activation = wvm->activation; activation; activation = activation->older) {
    if (activation->native != native) {
      end = activation->frames;
      continue;
    }
    if (!k)
      site_of_frame(&activation->current, 0, site);
    else if (k <= (size_t)(end - activation->frames))
      site_of_frame(end - k, 1, site);
    return k <= (size_t)(end - activation->frames);
  }
  return false;
}

static JsString *string_of_name(JsHeap *heap, WasmName name)
{
  return name.length ? string_from_utf8(heap, name.text, name.length) : NULL;
}

static void wasm_place(JsVm *vm, const JsWasmSite *site, JsWasmPlace *place)
{
  const WasmModule *module = ((const WasmInstance *)site->instance)->module;
  WasmName name = wasm_module_name(module);
  char hash[16];
  StringBuilder b;
  snprintf(hash, sizeof hash, "%08x", module->hash);
  place->module = string_of_name(vm->heap, name);
  place->name = string_of_name(vm->heap, wasm_function_name(module, site->function));
  builder_init(&b, &vm->cx);
  builder_add_ascii(&b, "wasm://wasm/");
  if (place->module) {
    builder_add_string(&b, place->module);
    builder_add_unit(&b, '-');
  }
  builder_add_ascii(&b, hash);
  place->url = module->url ? string_from_utf8(vm->heap, module->url, strlen(module->url)) : MUST(builder_finish(&b));
  place->function_start = module->functions.items[site->function].offset;
  place->offset = wasm_body_find_offset(module, site->function, site->unit);
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
  vm->wasm_site = wasm_site;
  vm->wasm_place = wasm_place;
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
