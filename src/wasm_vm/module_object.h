// SPDX-License-Identifier: MIT
/* Making Module objects: module_object.c. */
#ifndef WASM_VM_MODULE_OBJECT_H
#define WASM_VM_MODULE_OBJECT_H

#include "wasm_vm/arguments.h"

/* Compiles a buffer source; options: js_string.h. NULL: TypeError or CompileError. */
JS_MUST_USE WasmModule *wasm_compile(JsContext *cx, JsValue source, JsValue options, const char *api);
/* An object for a module whose reference is taken over, also when it fails. */
JS_MUST_USE JsWasmModule *wasm_module_object(JsContext *cx, WasmModule *module, JsValue new_target);

#endif
