// SPDX-License-Identifier: MIT
/* js.h: WebAssembly's modules and shared memories on their way between Vms. */
#include "culm/js.h"

#include <stdlib.h>

#include "wasm_vm/memory.h"
#include "wasm_vm/module_object.h"

struct JsSharedWasm {
  WasmModule *module; /* or */
  JsSharedStore *store;
  uint64_t maximum;
  bool is_64;
};

JsSharedWasm *js_shared_wasm(JsValue val)
{
  WasmModule *module = js_is_kind(val, CELL_WASM_MODULE_OBJECT) ? ((JsWasmModule *)js_as_cell(val))->module : NULL;
  const JsWasmMemory *memory = js_is_kind(val, CELL_WASM_MEMORY) ? (JsWasmMemory *)js_as_cell(val) : NULL;
  if (!module && (!memory || !memory->store))
    return NULL;
  JsSharedWasm *shared = calloc(1, sizeof *shared);
  JS_CHECK(shared != NULL);
  shared->module = module;
  if (module) {
    wasm_module_retain(module);
    return shared;
  }
  shared_store_retain(memory->store);
  shared->store = memory->store;
  shared->maximum = memory->maximum;
  shared->is_64 = memory->is_64;
  return shared;
}

void js_shared_wasm_release(JsSharedWasm *shared)
{
  if (shared->module)
    wasm_module_release(shared->module);
  if (shared->store)
    shared_store_release(shared->store);
  free(shared);
}

JsValue js_shared_wasm_object(JsContext *cx, JsSharedWasm *shared)
{
  if (shared->store)
    return js_from_object(&wasm_memory_over(cx, shared->store, shared->maximum, shared->is_64)->obj);
  wasm_module_retain(shared->module);
  JsWasmModule *object = TRY(wasm_module_object(cx, shared->module, JS_UNDEFINED));
  return js_from_object(&object->obj);
}
