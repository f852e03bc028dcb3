// SPDX-License-Identifier: MIT
/*
 * The WebAssembly object (https://webassembly.github.io/spec/js-api/#webassembly-namespace).
 *
 * HOST: compile and instantiate compile at once, on the calling thread: validation is quick and functions are
 * translated when they are first called. Instances are made in a job of their own, as the API has it.
 */
#include <stdlib.h>

#include "interp/promise.h"
#include "wasm_vm/js_string.h"
#include "wasm_vm/module_object.h"

/* Takes the pending exception when it is a CompileError. */
static bool is_compile_error(JsContext *cx)
{
  JsObject *thrown = js_is_object(cx->exception) ? js_as_object(cx->exception) : NULL;
  if (!thrown || object_proto(cx->heap, thrown) != INTRINSIC_OBJECT(cx, COMPILE_ERROR_PROTOTYPE))
    return false;
  (void)take_exception(cx);
  return true;
}

/* WebAssembly.validate ( bytes )  https://webassembly.github.io/spec/js-api/#dom-webassembly-validate */
static JsValue webassembly_validate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const uint8_t *bytes;
  size_t length;
  WasmError error;
  if (!argument_bytes(cx, js_arg(argc, argv, 0), "WebAssembly.validate()", &bytes, &length)) {
    /* An empty source is no module; anything else that is wrong is thrown. */
    return is_compile_error(cx) ? JS_FALSE : JS_EXCEPTION;
  }
  WasmModule *module = wasm_module_new(bytes, length, &error);
  if (!module)
    return JS_FALSE;
  bool ok = js_string_resolve(cx, module, js_arg(argc, argv, 1), "WebAssembly.validate()");
  wasm_module_release(module);
  return ok || is_compile_error(cx) ? js_boolean(ok) : JS_EXCEPTION;
}

/* Settles a promise with what a step gave: a value, or the pending exception. False: the program is to end. */
static bool settle(JsContext *cx, JsPromise *promise, JsValue result)
{
  if (!js_is_exception(result)) {
    promise_resolve_with(cx, promise, result);
    return true;
  }
  if (cx->terminating)
    return false;
  promise_reject(cx, promise, take_exception(cx));
  return true;
}

static JsValue settled(JsContext *cx, JsPromise *promise, JsValue result)
{
  return settle(cx, promise, result) ? js_from_object(&promise->obj) : JS_EXCEPTION;
}

static JsValue compile_object(JsContext *cx, JsValue source, JsValue options, const char *api)
{
  WasmModule *module = TRY(wasm_compile(cx, source, options, api));
  JsWasmModule *object = TRY(wasm_module_object(cx, module, JS_UNDEFINED));
  return js_from_object(&object->obj);
}

/* WebAssembly.compile ( bytes )  https://webassembly.github.io/spec/js-api/#dom-webassembly-compile */
static JsValue webassembly_compile(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = promise_new(cx);
  return settled(cx, promise,
                 compile_object(cx, js_arg(argc, argv, 0), js_arg(argc, argv, 1), "WebAssembly.compile()"));
}

/* Data: promise, Module object, imports, should the module be given too?, is it the streaming form? */
static bool instantiate_job(JsContext *cx, JsValue *data)
{
  JsPromise *promise = js_as_promise(data[0]);
  JsWasmModule *module = (JsWasmModule *)js_as_cell(data[1]);
  const char *api = js_is_true(data[4]) ? "WebAssembly.instantiateStreaming()" : "WebAssembly.instantiate()";
  JsWasmInstance *instance = wasm_instantiate(cx, module->module, data[2], api, JS_UNDEFINED);
  if (!instance)
    return settle(cx, promise, JS_EXCEPTION);
  if (!js_is_true(data[3]))
    return settle(cx, promise, js_from_object(&instance->obj));
  JsObject *both = object_new(cx);
  object_define_direct(cx->heap, both, key_from_c_string(cx->heap, "module"), data[1], PROP_ALL);
  object_define_direct(cx->heap, both, key_from_c_string(cx->heap, "instance"), js_from_object(&instance->obj),
                       PROP_ALL);
  return settle(cx, promise, js_from_object(both));
}

static bool imports_argument(JsContext *cx, JsValue imports, const char *api)
{
  return js_is_undefined(imports) || js_is_object(imports) ||
         wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 1 must be an object", api);
}

/* WebAssembly.instantiate ( bytes or moduleObject [ , importObject ] )
 * https://webassembly.github.io/spec/js-api/#dom-webassembly-instantiate */
static JsValue webassembly_instantiate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.instantiate()";
  JsPromise *promise = promise_new(cx);
  JsValue source = js_arg(argc, argv, 0), imports = js_arg(argc, argv, 1);
  bool is_module = js_is_kind(source, CELL_WASM_MODULE_OBJECT);
  if (!is_module && !js_is_array_buffer(source) && !js_is_typed_array(source) && !js_is_kind(source, CELL_DATA_VIEW)) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a buffer source or a WebAssembly.Module object", api);
    return settled(cx, promise, JS_EXCEPTION);
  }
  if (!imports_argument(cx, imports, api))
    return settled(cx, promise, JS_EXCEPTION);
  JsValue module = is_module ? source : compile_object(cx, source, js_arg(argc, argv, 2), api);
  if (js_is_exception(module))
    return settled(cx, promise, module);
  JsValue data[5] = {js_from_object(&promise->obj), module, imports, js_boolean(!is_module), JS_FALSE};
  vm_enqueue_job(cx, instantiate_job, data, JS_COUNTOF(data));
  return js_from_object(&promise->obj);
}

/* --- streaming (https://webassembly.github.io/spec/web-api/#streaming-modules) ------------------------------------ */

/* The Module object of what the host gave: [ArrayBuffer, where it comes from]. */
static JsValue streamed_module(JsContext *cx, JsValue given, JsValue options, const char *api)
{
  if (!js_is_array_object(given))
    return compile_object(cx, JS_UNDEFINED, JS_UNDEFINED, api);
  JsValue bytes = TRY(get_index(cx, js_as_object(given), 0))
  , url = TRY(get_index(cx, js_as_object(given), 1));
  if (js_is_array_buffer(bytes) && !array_buffer_byte_length(js_as_array_buffer(bytes))) {
    (void)wasm_throw(cx, JS_COMPILE_ERROR, "%s: expected 4 bytes, fell off end @+0", api);
    return JS_EXCEPTION;
  }
  JsValue module = TRY(compile_object(cx, bytes, options, api));
  if (!js_is_string(url) || !js_as_string(url)->length)
    return module;
  size_t length = string_utf8_length(cx->heap, js_as_string(url));
  char *text = calloc(1, length + 1);
  if (text)
    string_to_utf8(cx->heap, js_as_string(url), text, length);
  ((JsWasmModule *)js_as_cell(module))->module->url = text;
  return module;
}

/* Data: promise, imports (hole: compile only), options. */
static bool source_arrived(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  JsElements *list = (JsElements *)js_as_cell(data);
  JsPromise *promise = js_as_promise(slot_get(list->v[0]));
  JsValue imports = slot_get(list->v[1]);
  bool compiles = js_is_hole(imports);
  const char *api = compiles ? "WebAssembly.compileStreaming()" : "WebAssembly.instantiateStreaming()";
  if (rejected) {
    promise_reject(cx, promise, value);
    return true;
  }
  JsValue module = streamed_module(cx, value, slot_get(list->v[2]), api);
  if (compiles || js_is_exception(module))
    return settle(cx, promise, module);
  JsValue job[5] = {js_from_object(&promise->obj), module, imports, JS_TRUE, JS_TRUE};
  vm_enqueue_job(cx, instantiate_job, job, JS_COUNTOF(job));
  return true;
}

static JsValue stream(JsContext *cx, JsValue source, JsValue imports, JsValue options)
{
  JsVm *vm = cx->vm;
  JsPromise *promise = promise_new(cx);
  JsElements *list = elements_new(cx->heap, 3);
  list = TRY(elements_push(cx, list, js_from_object(&promise->obj)));
  list = TRY(elements_push(cx, list, imports));
  list = TRY(elements_push(cx, list, options));
  JsValue bytes = vm->hooks.wasm_source(cx, source, vm->hooks.opaque);
  if (!js_is_exception(bytes))
    bytes = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), bytes);
  if (js_is_exception(bytes))
    return settled(cx, promise, bytes);
  promise_then_callback(cx, js_as_promise(bytes), source_arrived, js_from_cell(list));
  return js_from_object(&promise->obj);
}

/* WebAssembly.compileStreaming ( source )  https://webassembly.github.io/spec/web-api/#dom-webassembly-compilestreaming
 */
static JsValue webassembly_compile_streaming(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return stream(cx, js_arg(argc, argv, 0), JS_HOLE, js_arg(argc, argv, 1));
}

/* WebAssembly.instantiateStreaming ( source [ , importObject ] )
 * https://webassembly.github.io/spec/web-api/#dom-webassembly-instantiatestreaming */
static JsValue webassembly_instantiate_streaming(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue imports = js_arg(argc, argv, 1);
  if (imports_argument(cx, imports, "WebAssembly.instantiateStreaming()"))
    return stream(cx, js_arg(argc, argv, 0), imports, js_arg(argc, argv, 2));
  return settled(cx, promise_new(cx), JS_EXCEPTION);
}

static const JsBuiltin streaming[] = {
    FN("compileStreaming", webassembly_compile_streaming, 1, .attrs = PROP_ALL),
    FN("instantiateStreaming", webassembly_instantiate_streaming, 1, .attrs = PROP_ALL),
};

/* Only hosts with something to stream from have them. */
static bool add_streaming(JsContext *cx, JsObject *obj)
{
  return !cx->vm->hooks.wasm_source || builtin_define_rows(cx, obj, streaming, JS_COUNTOF(streaming));
}

static const JsBuiltin webassembly[] = {
    FN("compile", webassembly_compile, 1, .attrs = PROP_ALL),
    FN("validate", webassembly_validate, 1, .attrs = PROP_ALL),
    FN("instantiate", webassembly_instantiate, 1, .attrs = PROP_ALL),
    INTRINSIC_PROP("Module", WASM_MODULE),
    INTRINSIC_PROP("Instance", WASM_INSTANCE),
    INTRINSIC_PROP("Table", WASM_TABLE),
    INTRINSIC_PROP("Memory", WASM_MEMORY),
    INTRINSIC_PROP("Global", WASM_GLOBAL),
    INTRINSIC_PROP("Tag", WASM_TAG),
    {.name = "JSTag", .type = BUILTIN_INTRINSIC, .number = JS_INTRINSIC_WASM_JS_TAG, .attrs = PROP_CONFIGURABLE},
    INTRINSIC_PROP("Exception", WASM_EXCEPTION),
    INTRINSIC_PROP("CompileError", COMPILE_ERROR),
    INTRINSIC_PROP("LinkError", LINK_ERROR),
    INTRINSIC_PROP("RuntimeError", RUNTIME_ERROR),
    STRING_SYM(toStringTag, "WebAssembly"),
};
extern const JsIntrinsicTable webassembly_table;
const JsIntrinsicTable webassembly_table = {NAMESPACE_TABLE(), .finish = add_streaming, ROWS(webassembly)};
