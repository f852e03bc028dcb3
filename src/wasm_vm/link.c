// SPDX-License-Identifier: MIT
/*
 * Imports and exports: what an imports object must hold (https://webassembly.github.io/spec/js-api/#read-the-imports,
 * .../core/exec/modules.html#external-typing), and the exports object.
 */
#include <stdio.h>

#include "wasm_vm/instance.h"
#include "wasm_vm/js_string.h"

typedef struct Link {
  JsContext *cx;
  WasmInstance *instance;
  const char *api;
  uint32_t number;
  const WasmImport *import;
} Link;

static JsKey name_key(JsContext *cx, const WasmName *name)
{
  return key_from_string(cx->heap, string_from_utf8(cx->heap, name->text, name->length));
}

/* `WebAssembly.Instance(): Import #0 "m" "f": what`. Always false. */
static JS_COLD bool link_error(const Link *link, const char *what)
{
  const WasmName *module = &link->import->module, *name = &link->import->name;
  return wasm_throw(link->cx, JS_LINK_ERROR, "%s: Import #%u \"%.*s\" \"%.*s\": %s", link->api, link->number,
                    (int)module->length, module->text, (int)name->length, name->text, what);
}

#define LINK_ERROR_F(link, ...)                                                                                        \
  ({                                                                                                                   \
    char text_[160];                                                                                                   \
    snprintf(text_, sizeof text_, __VA_ARGS__);                                                                        \
    link_error((link), text_);                                                                                         \
  })

static bool link_function(const Link *link, JsValue val)
{
  JsContext *cx = link->cx;
  WasmInstance *instance = link->instance;
  uint32_t index = link->import->index;
  WasmVm *wvm = TRY_OR(false, wasm_vm(cx));
  if (!js_is_callable(val))
    return link_error(link, "function import requires a callable");
  WasmFunc *func = wasm_func_of(val);
  uint32_t wanted = instance->type_ids[instance->module->functions.items[index].type];
  if (func && func->type_id != wanted && !wasm_registry_is_subtype(&wvm->registry, func->type_id, wanted))
    return link_error(link, "imported function does not match the expected type");
  if (!func)
    func = wasm_func_new(cx, instance, index, val);
  slot_set(cx->heap, instance, &instance->functions[index], js_from_cell(func));
  return true;
}

static bool same_type(const WasmVm *wvm, WasmType a, WasmType b)
{
  return a == b || (wasm_vm_is_subtype(wvm, a, b) && wasm_vm_is_subtype(wvm, b, a));
}

static bool link_table(const Link *link, JsValue val)
{
  JsContext *cx = link->cx;
  const WasmTableInfo *info = &link->instance->module->tables.items[link->import->index];
  const WasmLimits *limits = &info->limits;
  if (!js_is_kind(val, CELL_WASM_TABLE))
    return link_error(link, "table import requires a WebAssembly.Table");
  const JsWasmTable *table = (JsWasmTable *)js_as_cell(val);
  if (table->length < limits->initial)
    return wasm_throw(cx, JS_LINK_ERROR, "%s: table import %u is smaller than initial %llu, got %u", link->api,
                      link->number, (unsigned long long)limits->initial, table->length);
  if (limits->has_maximum && !table->has_maximum)
    return wasm_throw(cx, JS_LINK_ERROR, "%s: table import %u has no maximum length; required: %llu", link->api,
                      link->number, (unsigned long long)limits->maximum);
  if (limits->has_maximum && table->maximum > limits->maximum)
    return wasm_throw(cx, JS_LINK_ERROR,
                      "%s: table import %u has a larger maximum size %llu than the module's declared maximum %llu",
                      link->api, link->number, (unsigned long long)table->maximum, (unsigned long long)limits->maximum);
  if (table->is_64 != limits->is_64)
    return LINK_ERROR_F(link, "cannot import i%d table as i%d", table->is_64 ? 64 : 32, limits->is_64 ? 64 : 32);
  if (!same_type(cx->vm->wasm, table->type, instance_type(link->instance, info->type)))
    return link_error(link, "imported table does not match the expected type");
  slot_set(cx->heap, link->instance, &link->instance->tables[link->import->index], val);
  return true;
}

static bool link_memory(const Link *link, JsValue val)
{
  const WasmLimits *limits = &link->instance->module->memories.items[link->import->index];
  if (!js_is_kind(val, CELL_WASM_MEMORY))
    return link_error(link, "memory import must be a WebAssembly.Memory object");
  JsWasmMemory *memory = (JsWasmMemory *)js_as_cell(val);
  uint64_t pages = wasm_memory_length(memory) >> WASM_PAGE_SHIFT;
  if (memory->is_64 != limits->is_64)
    return LINK_ERROR_F(link, "cannot import i%d memory as i%d", memory->is_64 ? 64 : 32, limits->is_64 ? 64 : 32);
  if (pages < limits->initial)
    return LINK_ERROR_F(link, "memory import has %llu pages which is smaller than the declared initial of %llu",
                        (unsigned long long)pages, (unsigned long long)limits->initial);
  if (limits->has_maximum && !memory->has_maximum)
    return LINK_ERROR_F(link, "memory import has no maximum limit, expected at most %llu",
                        (unsigned long long)limits->maximum);
  if (limits->has_maximum && memory->maximum > limits->maximum)
    return LINK_ERROR_F(link, "memory import has a larger maximum size %llu than the module's declared maximum %llu",
                        (unsigned long long)memory->maximum, (unsigned long long)limits->maximum);
  if ((memory->store != NULL) != limits->is_shared)
    return LINK_ERROR_F(link, "mismatch in shared state of memory, declared = %d, imported = %d", limits->is_shared,
                        memory->store != NULL);
  slot_set(link->cx->heap, link->instance, &link->instance->memories[link->import->index], val);
  return true;
}

/* A value instead of a Global: an immutable global of it. */
static bool link_global_value(const Link *link, const WasmGlobalInfo *info, WasmType type, JsValue val)
{
  JsContext *cx = link->cx;
  WasmSlot slots[2] = {{0}, {0}};
  if (info->is_mutable)
    return link_error(link, "imported mutable global must be a WebAssembly.Global object");
  if (type == WASM_V128)
    return link_error(link, "global import of type v128 must be a WebAssembly.Global");
  if (wasm_is_ref(type)) {
    if (!wasm_from_js(cx, val, type, slots)) {
      if (cx->terminating)
        return false;
      JsValue reason = get_property(cx, js_as_object(take_exception(cx)), KEY(cx->heap, message));
      char text[128] = {0};
      if (js_is_string(reason))
        string_to_utf8(cx->heap, js_as_string(reason), text, sizeof text - 1);
      return link_error(link, text);
    }
  } else if (type == WASM_I64 ? !js_is_kind(val, CELL_BIGINT) : !js_is_number(val)) {
    return link_error(link, "global import must be a number, valid Wasm reference, or WebAssembly.Global object");
  } else {
    TRY_OR(false, wasm_from_js(cx, val, type, slots));
  }
  JsWasmGlobal *global = TRY_OR(false, wasm_global_new(cx, type, false, JS_UNDEFINED));
  wasm_global_store(cx, global, slots);
  slot_set(cx->heap, link->instance, &link->instance->globals[link->import->index], js_from_cell(global));
  return true;
}

static bool link_global(const Link *link, JsValue val)
{
  JsContext *cx = link->cx;
  const WasmGlobalInfo *info = &link->instance->module->globals.items[link->import->index];
  WasmType type = instance_type(link->instance, info->type);
  if (!js_is_kind(val, CELL_WASM_GLOBAL))
    return link_global_value(link, info, type, val);
  const JsWasmGlobal *global = (JsWasmGlobal *)js_as_cell(val);
  if (global->is_mutable != info->is_mutable)
    return link_error(link, "imported global does not match the expected mutability");
  const WasmVm *wvm = cx->vm->wasm;
  if (info->is_mutable ? !same_type(wvm, global->type, type) : !wasm_vm_is_subtype(wvm, global->type, type))
    return link_error(link, "imported global does not match the expected type");
  slot_set(cx->heap, link->instance, &link->instance->globals[link->import->index], val);
  return true;
}

static bool link_tag(const Link *link, JsValue val)
{
  uint32_t index = link->import->index;
  if (!js_is_kind(val, CELL_WASM_TAG))
    return link_error(link, "tag import requires a WebAssembly.Tag");
  if (((JsWasmTag *)js_as_cell(val))->type_id != link->instance->type_ids[link->instance->module->tags.items[index]])
    return link_error(link, "imported tag does not match the expected type");
  slot_set(link->cx->heap, link->instance, &link->instance->tags[index], val);
  return true;
}

static bool link_one(const Link *link, JsValue val)
{
  switch (link->import->kind) {
  case WASM_FUNCTION: return link_function(link, val);
  case WASM_TABLE: return link_table(link, val);
  case WASM_MEMORY: return link_memory(link, val);
  case WASM_GLOBAL: return link_global(link, val);
  default: return link_tag(link, val);
  }
}

/* All values are read before any is looked at, as the API has it. */
bool instance_link(JsContext *cx, WasmInstance *instance, JsValue imports, const char *api)
{
  const WasmModule *module = instance->module;
  if (!js_is_undefined(imports) && !js_is_object(imports))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 1 must be an object", api);
  bool needs_imports = false;
  for (uint32_t k = 0; k < module->imports.len; k++)
    needs_imports |= !module->imports.items[k].builtin;
  if (needs_imports && js_is_undefined(imports))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Imports argument must be present and must be an object", api);
  JsElements *values = elements_new(cx->heap, module->imports.len);
  for (uint32_t k = 0; k < module->imports.len; k++) {
    const WasmImport *import = &module->imports.items[k];
    if (import->builtin) {
      values = TRY_OR(false, elements_push(cx, values, js_string_import(cx, import)));
      continue;
    }
    JsValue from = TRY_OR(false, get_property(cx, js_as_object(imports), name_key(cx, &import->module)));
    if (!js_is_object(from))
      return wasm_throw(cx, JS_TYPE_ERROR, "%s: Import #%u \"%.*s\": module is not an object or function", api, k,
                        (int)import->module.length, import->module.text);
    JsValue val = TRY_OR(false, get_property(cx, js_as_object(from), name_key(cx, &import->name)));
    values = TRY_OR(false, elements_push(cx, values, val));
  }
  for (uint32_t k = 0; k < module->imports.len; k++) {
    Link link = {cx, instance, api, k, &module->imports.items[k]};
    TRY_OR(false, link_one(&link, slot_get(values->v[k])));
  }
  return true;
}

/* --- exports ---------------------------------------------------------------------------------------------------- */

static JsValue export_value(JsContext *cx, WasmInstance *instance, const WasmExport *export)
{
  switch (export->kind) {
  case WASM_FUNCTION: return wasm_exported_function(cx, instance_function(cx, instance, export->index));
  case WASM_TABLE: return slot_get(instance->tables[export->index]);
  case WASM_MEMORY: return slot_get(instance->memories[export->index]);
  case WASM_GLOBAL: return slot_get(instance->globals[export->index]);
  default: return slot_get(instance->tags[export->index]);
  }
}

/* https://webassembly.github.io/spec/js-api/#create-an-exports-object */
JsObject *instance_exports(JsContext *cx, WasmInstance *instance)
{
  const WasmModule *module = instance->module;
  JsObject *exports = object_new_with_proto(cx, NULL);
  bool done;
  for (uint32_t k = 0; k < module->exports.len; k++) {
    const WasmExport *export = &module->exports.items[k];
    JsValue val = export_value(cx, instance, export);
    TRY_OR(NULL, create_data_property_or_throw(cx, exports, name_key(cx, &export->name), val));
  }
  TRY_OR(NULL, set_integrity_level(cx, exports, INTEGRITY_FROZEN, &done));
  return exports;
}
