// SPDX-License-Identifier: MIT
/* Reading the arguments of the JavaScript API, with V8's words for what is wrong: arguments.c. */
#ifndef WASM_VM_ARGUMENTS_H
#define WASM_VM_ARGUMENTS_H

#include "builtins/builtin.h"
#include "wasm_vm/runtime.h"

/* The receiver of a method. NULL: TypeError "<api>: Receiver is not a <type>". */
JS_MUST_USE JsObject *argument_receiver(JsContext *cx, JsValue this_val, JsCellKind kind, const char *api,
                                        const char *type);
/* A constructor that was called: TypeError. */
JS_MUST_USE bool argument_new(JsContext *cx, const char *name);
/* [EnforceRange] unsigned long; what: "Argument 0", "Property 'initial'". */
JS_MUST_USE bool argument_u32(JsContext *cx, JsValue val, const char *api, const char *what, uint64_t *out);
/* An address or a size: a number, or a BigInt for the 64-bit kind. */
JS_MUST_USE bool argument_address(JsContext *cx, JsValue val, bool is_64, const char *api, const char *what,
                                  uint64_t *out);
/* address, initial, maximum of a descriptor. */
JS_MUST_USE bool argument_limits(JsContext *cx, JsObject *descriptor, const char *api, uint64_t most_initial,
                                 uint64_t most_maximum, WasmLimits *out);
/* A value type by its name. *found false: none. */
JS_MUST_USE bool argument_type(JsContext *cx, JsValue val, WasmType *out, bool *found);
/* A buffer source's bytes, valid until user code runs. */
JS_MUST_USE bool argument_bytes(JsContext *cx, JsValue val, const char *api, const uint8_t **bytes, size_t *length);
/* As wasm_from_js; a TypeError about references is put after "<api>: <what>". */
JS_MUST_USE bool argument_value(JsContext *cx, JsValue val, WasmType type, const char *api, const char *what,
                                const char *end, WasmSlot *out);

#endif
