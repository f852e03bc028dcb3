// SPDX-License-Identifier: MIT
/*
 * Strings of JavaScript as WebAssembly sees them, when a module's compile options ask for it: the functions of
 * wasm:js-string and imported string constants (https://github.com/WebAssembly/js-string-builtins): js_string.c.
 */
#ifndef WASM_VM_JS_STRING_H
#define WASM_VM_JS_STRING_H

#include "wasm_vm/arguments.h"

/* WasmImport.builtin; functions have the numbers behind. */
enum { BUILTIN_NONE, BUILTIN_STRING_CONSTANT, BUILTIN_FUNCTIONS };

/* Marks the imports of a new module that the options supply. False: CompileError, or the options threw. */
JS_MUST_USE bool js_string_resolve(JsContext *cx, WasmModule *module, JsValue options, const char *api);
/* What stands for a marked import. */
JsValue js_string_import(JsContext *cx, const WasmImport *import);

#endif
