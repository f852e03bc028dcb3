// SPDX-License-Identifier: MIT
/*
 * Any bytes as a WebAssembly module: decoded, validated; of valid ones every function is translated, then an instance
 * is made, with something of the right kind for each import, and every exported function is called for a while. The
 * header need not be guessed: it is put in front.
 */
#include <stdlib.h>
#include <string.h>

#include "builtins/setup.h"
#include "wasm/body.h"
#include "wasm_vm/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Units of the budget that a call gets. */
enum { FUEL = 20000 };

static void translate(WasmModule *module)
{
  for (uint32_t k = module->imported[WASM_FUNCTION]; k < module->functions.len; k++) {
    const WasmCode *code = wasm_module_code(module, k);
    JS_CHECK(code && code->unit_count);
    JS_CHECK(wasm_body_find_offset(module, k, code->unit_count - 1) < module->length);
  }
}

static JsValue give_number(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32(argc);
}

/* What an import may be given; it need not fit, then there is no instance. */
static JsValue import_value(JsContext *cx, const WasmModule *module, const WasmImport *import)
{
  switch (import->kind) {
  case WASM_FUNCTION: return js_from_cell(native_function_new(cx, give_number, (JsKey){0}, 0, NULL, 0));
  case WASM_TABLE: {
    const WasmTableInfo *info = &module->tables.items[import->index];
    if (info->limits.initial > 1000)
      return JS_NULL;
    return js_from_cell(wasm_table_new(cx, info->type, &info->limits, JS_NULL, JS_UNDEFINED));
  }
  case WASM_MEMORY: {
    const WasmLimits *limits = &module->memories.items[import->index];
    return limits->initial > 16 ? JS_NULL : js_from_cell(wasm_memory_new(cx, limits, JS_UNDEFINED));
  }
  case WASM_GLOBAL: {
    const WasmGlobalInfo *info = &module->globals.items[import->index];
    return js_from_cell(wasm_global_new(cx, info->type, info->is_mutable, JS_UNDEFINED));
  }
  default: return JS_NULL;
  }
}

static JsKey key_of_name(JsContext *cx, const WasmName *name)
{
  return key_from_string(cx->heap, string_from_utf8(cx->heap, name->text, name->length));
}

static JsObject *imports_of(JsContext *cx, const WasmModule *module)
{
  JsObject *imports = object_new(cx);
  for (uint32_t k = 0; k < module->imports.len; k++) {
    const WasmImport *import = &module->imports.items[k];
    JsKey from = key_of_name(cx, &import->module);
    JsValue holder = MUST(get_property(cx, imports, from));
    if (!js_is_object(holder)) {
      holder = js_from_object(object_new(cx));
      MUST(create_data_property_or_throw(cx, imports, from, holder));
    }
    JsValue val = import_value(cx, module, import);
    if (!js_is_hole(val))
      MUST(create_data_property_or_throw(cx, js_as_object(holder), key_of_name(cx, &import->name), val));
  }
  return imports;
}

/* Drops what was thrown, and the termination when the fuel was used up. */
static void recover(JsContext *cx)
{
  cx->terminating = false;
  if (has_exception(cx))
    (void)take_exception(cx);
}

static void call_exports(JsContext *cx, const WasmModule *module, JsWasmInstance *instance)
{
  JsValue args[4] = {js_int32(1), js_int32(-1), js_int32(65536), JS_NULL};
  for (uint32_t k = 0; k < module->exports.len; k++) {
    if (module->exports.items[k].kind != WASM_FUNCTION)
      continue;
    JsValue fn = get_property(cx, ptr_slot_get(instance->exports), key_of_name(cx, &module->exports.items[k].name));
    atomic_store(&cx->vm->interrupts, JS_INTERRUPT_TERMINATE);
    cx->budget = FUEL;
    if (!js_is_exception(fn))
      (void)!js_is_exception(js_call(cx, fn, JS_UNDEFINED, JS_COUNTOF(args), args));
    recover(cx);
  }
}

static void run(WasmModule *module)
{
  for (uint32_t k = 0; k < module->memories.len; k++)
    if (module->memories.items[k].initial > 16)
      return;
  for (uint32_t k = 0; k < module->tables.len; k++)
    if (module->tables.items[k].limits.initial > 1000)
      return;
  JsVm *vm = vm_new(NULL, NULL);
  JS_CHECK(vm != NULL);
  JsContext *cx = &vm->cx;
  JsObject *imports = imports_of(cx, module);
  recover(cx);
  atomic_store(&vm->interrupts, JS_INTERRUPT_TERMINATE);
  cx->budget = FUEL;
  JsWasmInstance *instance = wasm_instantiate(cx, module, js_from_object(imports), "fuzz", JS_UNDEFINED);
  recover(cx);
  if (instance)
    call_exports(cx, module, instance);
  vm_free(vm);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const uint8_t header[8] = {0, 'a', 's', 'm', 1, 0, 0, 0};
  uint8_t *bytes = malloc(sizeof header + size);
  memcpy(bytes, header, sizeof header);
  if (size)
    memcpy(bytes + sizeof header, data, size);
  WasmError error;
  WasmModule *module = wasm_module_new(bytes, sizeof header + size, &error);
  free(bytes);
  if (!module) {
    JS_CHECK(error.text[0] && error.offset <= sizeof header + size);
    return 0;
  }
  translate(module);
  run(module);
  wasm_module_release(module);
  return 0;
}
