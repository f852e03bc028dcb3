// SPDX-License-Identifier: MIT
/* WebAssembly.Module and WebAssembly.Instance (https://webassembly.github.io/spec/js-api/#modules, #instances). */
#include "wasm_vm/module_object.h"

#include "wasm/decode.h"
#include "wasm_vm/js_string.h"

void wasm_module_finalise(JsHeap *heap, JsCell *cell);

/* HOST: what a module weighs besides its bytes, for the collector: types, functions' records, code once it is made. */
enum { MODULE_WEIGHT = 4 };

void wasm_module_finalise(JsHeap *heap, JsCell *cell)
{
  WasmModule *module = ((JsWasmModule *)cell)->module;
  if (!module)
    return;
  gc_external_sub(heap, (size_t)module->length * MODULE_WEIGHT);
  wasm_module_release(module);
}

WasmModule *wasm_compile(JsContext *cx, JsValue source, JsValue options, const char *api)
{
  const uint8_t *bytes;
  size_t length;
  WasmError error;
  TRY_OR(NULL, argument_bytes(cx, source, api, &bytes, &length));
  if (cx->realm->forbids_wasm) {
    (void)wasm_throw(cx, JS_COMPILE_ERROR, "%s: Wasm code generation disallowed by embedder", api);
    return NULL;
  }
  WasmModule *module = wasm_module_new(bytes, length, &error);
  if (!module)
    (void)wasm_throw(cx, JS_COMPILE_ERROR, "%s: %s @+%u", api, error.text, error.offset);
  if (!module || js_string_resolve(cx, module, options, api))
    return module;
  wasm_module_release(module);
  return NULL;
}

JsWasmModule *wasm_module_object(JsContext *cx, WasmModule *module, JsValue new_target)
{
  JsWasmModule *object = (JsWasmModule *)ordinary_create_from_constructor(
      cx, new_target, JS_INTRINSIC_WASM_MODULE_PROTOTYPE, CELL_WASM_MODULE_OBJECT, sizeof(JsWasmModule));
  if (!object) {
    wasm_module_release(module);
    return NULL;
  }
  object->module = module;
  gc_external_add(cx->heap, (size_t)module->length * MODULE_WEIGHT);
  return object;
}

/* Module ( bytes )  https://webassembly.github.io/spec/js-api/#dom-module-module */
static JsValue module_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(argument_new(cx, "WebAssembly.Module"));
  WasmModule *module = TRY(wasm_compile(cx, js_arg(argc, argv, 0), js_arg(argc, argv, 1), "WebAssembly.Module()"));
  JsWasmModule *object = TRY(wasm_module_object(cx, module, js_new_target(cx)));
  return js_from_object(&object->obj);
}

/* --- what is in a module ---------------------------------------------------------------------------------------- */

static const WasmModule *module_argument(JsContext *cx, JsValue val, const char *api)
{
  if (js_is_kind(val, CELL_WASM_MODULE_OBJECT))
    return ((JsWasmModule *)js_as_cell(val))->module;
  (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a WebAssembly.Module", api);
  return NULL;
}

static void add_text(JsContext *cx, JsObject *obj, const char *name, const char *text, size_t length)
{
  object_define_direct(cx->heap, obj, key_from_c_string(cx->heap, name),
                       js_from_cell(string_from_utf8(cx->heap, text, length)), PROP_ALL);
}

/* Module.imports ( moduleObject )  https://webassembly.github.io/spec/js-api/#dom-module-imports */
static JsValue module_imports(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const WasmModule *module = TRY(module_argument(cx, js_arg(argc, argv, 0), "WebAssembly.Module.imports()"));
  JsArray *array = TRY(array_new(cx, module->imports.len));
  for (uint32_t k = 0; k < module->imports.len; k++) {
    const WasmImport *import = &module->imports.items[k];
    if (import->builtin)
      continue;
    const char *kind = wasm_extern_name(import->kind);
    JsObject *entry = object_new(cx);
    add_text(cx, entry, "module", import->module.text, import->module.length);
    add_text(cx, entry, "name", import->name.text, import->name.length);
    add_text(cx, entry, "kind", kind, strlen(kind));
    TRY(array_push_direct(cx, array, js_from_object(entry)));
  }
  return js_from_object(&array->obj);
}

/* Module.exports ( moduleObject )  https://webassembly.github.io/spec/js-api/#dom-module-exports */
static JsValue module_exports(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const WasmModule *module = TRY(module_argument(cx, js_arg(argc, argv, 0), "WebAssembly.Module.exports()"));
  JsArray *array = TRY(array_new(cx, module->exports.len));
  for (uint32_t k = 0; k < module->exports.len; k++) {
    const WasmExport *export = &module->exports.items[k];
    const char *kind = wasm_extern_name(export->kind);
    JsObject *entry = object_new(cx);
    add_text(cx, entry, "name", export->name.text, export->name.length);
    add_text(cx, entry, "kind", kind, strlen(kind));
    TRY(array_push_direct(cx, array, js_from_object(entry)));
  }
  return js_from_object(&array->obj);
}

/* Module.customSections ( moduleObject, sectionName )
 * https://webassembly.github.io/spec/js-api/#dom-module-customsections */
static JsValue module_custom_sections(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Module.customSections()";
  const WasmModule *module = TRY(module_argument(cx, js_arg(argc, argv, 0), api));
  if (js_is_undefined(js_arg(argc, argv, 1))) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 1 is required", api);
    return JS_EXCEPTION;
  }
  JsString *wanted = TRY(to_string(cx, argv[1]));
  JsArray *array = TRY(array_new(cx, 0));
  for (uint32_t k = 0; k < module->customs.len; k++) {
    const WasmCustomSection *section = &module->customs.items[k];
    if (!string_equals(cx->heap, wanted, string_from_utf8(cx->heap, section->name.text, section->name.length)))
      continue;
    JsArrayBuffer *buffer = TRY(array_buffer_new(cx, section->length));
    if (section->length)
      memcpy(buffer->data, module->bytes + section->start, section->length);
    TRY(array_push_direct(cx, array, js_from_object(&buffer->obj)));
  }
  js_keep_alive(argv[0]);
  return js_from_object(&array->obj);
}

static const JsBuiltin module_static[] = {
    FN("imports", module_imports, 1, .attrs = PROP_ALL),
    FN("exports", module_exports, 1, .attrs = PROP_ALL),
    FN("customSections", module_custom_sections, 2, .attrs = PROP_ALL),
};
static const JsBuiltin module_proto[] = {STRING_SYM(toStringTag, "WebAssembly.Module")};
extern const JsIntrinsicTable wasm_module_constructor_table, wasm_module_prototype_table;
const JsIntrinsicTable wasm_module_constructor_table = {.make = INTRINSIC_CONSTRUCTOR,
                                                        .name = "Module",
                                                        .fn = module_constructor,
                                                        .length = 1,
                                                        .parent = JS_INTRINSIC_ABSTRACT_MODULE_SOURCE,
                                                        .prototype = JS_INTRINSIC_WASM_MODULE_PROTOTYPE,
                                                        .constructor = -1,
                                                        ROWS(module_static)};
const JsIntrinsicTable wasm_module_prototype_table = {.make = INTRINSIC_PLAIN,
                                                      .parent = JS_INTRINSIC_ABSTRACT_MODULE_SOURCE_PROTOTYPE,
                                                      .prototype = -1,
                                                      .constructor = JS_INTRINSIC_WASM_MODULE,
                                                      ROWS(module_proto)};

/* %AbstractModuleSource% ( )  https://tc39.es/proposal-source-phase-imports/#sec-%abstractmodulesource% */
static JsValue abstract_module_source(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  (void)wasm_throw(cx, JS_TYPE_ERROR, "Illegal invocation");
  return JS_EXCEPTION;
}

/* get %AbstractModuleSource%.prototype [ @@toStringTag ] */
static JsValue get_module_source_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_kind(this_val, CELL_WASM_MODULE_OBJECT))
    return JS_UNDEFINED;
  return js_from_cell(atom_from_c_string(cx->heap, "WebAssembly.Module"));
}

static const JsBuiltin module_source_proto[] = {GETTER_SYM(toStringTag, get_module_source_tag)};
extern const JsIntrinsicTable abstract_module_source_table, abstract_module_source_prototype_table;
const JsIntrinsicTable abstract_module_source_table = {
    CONSTRUCTOR_TABLE("AbstractModuleSource", abstract_module_source, 0, ABSTRACT_MODULE_SOURCE_PROTOTYPE)};
const JsIntrinsicTable abstract_module_source_prototype_table = {PROTOTYPE_TABLE(ABSTRACT_MODULE_SOURCE),
                                                                 ROWS(module_source_proto)};

/* --- instances -------------------------------------------------------------------------------------------------- */

/* Instance ( module [ , importObject ] )  https://webassembly.github.io/spec/js-api/#dom-instance-instance */
static JsValue instance_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Instance()";
  TRY(argument_new(cx, "WebAssembly.Instance"));
  const WasmModule *module = TRY(module_argument(cx, js_arg(argc, argv, 0), api));
  JsWasmInstance *instance =
      TRY(wasm_instantiate(cx, (WasmModule *)module, js_arg(argc, argv, 1), api, js_new_target(cx)));
  return js_from_object(&instance->obj);
}

/* get Instance.prototype.exports  https://webassembly.github.io/spec/js-api/#dom-instance-exports */
static JsValue get_instance_exports(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWasmInstance *instance = (JsWasmInstance *)TRY(argument_receiver(
      cx, this_val, CELL_WASM_INSTANCE_OBJECT, "WebAssembly.Instance.exports", "WebAssembly.Instance"));
  return js_from_object(ptr_slot_get(instance->exports));
}

static const JsBuiltin instance_proto[] = {
    GETTER("exports", get_instance_exports, .attrs = PROP_ENUMERABLE | PROP_CONFIGURABLE),
    STRING_SYM(toStringTag, "WebAssembly.Instance"),
};
extern const JsIntrinsicTable wasm_instance_constructor_table, wasm_instance_prototype_table;
const JsIntrinsicTable wasm_instance_constructor_table = {
    CONSTRUCTOR_TABLE("Instance", instance_constructor, 1, WASM_INSTANCE_PROTOTYPE)};
const JsIntrinsicTable wasm_instance_prototype_table = {PROTOTYPE_TABLE(WASM_INSTANCE), ROWS(instance_proto)};
