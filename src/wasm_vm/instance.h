// SPDX-License-Identifier: MIT
/* What instance.c, link.c and exports share. */
#ifndef WASM_VM_INSTANCE_H
#define WASM_VM_INSTANCE_H

#include "wasm_vm/runtime.h"

/* Reads the imports object into the instance's vectors. imports: undefined, or an object. */
JS_MUST_USE bool instance_link(JsContext *cx, WasmInstance *instance, JsValue imports, const char *api);
/* The frozen exports object. */
JS_MUST_USE JsObject *instance_exports(JsContext *cx, WasmInstance *instance);

#endif
