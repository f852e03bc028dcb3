// SPDX-License-Identifier: MIT
/* What the interpreter's loop calls: slow.c. */
#ifndef WASM_VM_INTERP_H
#define WASM_VM_INTERP_H

#include "wasm_vm/runtime.h"

JS_MUST_USE bool wasm_run(JsContext *cx, WasmVm *wvm, WasmInstance *inst, const WasmCode *code, WasmSlot *fp);
/* Code of a function, translated. NULL: RangeError. */
JS_MUST_USE const WasmCode *slow_code(JsContext *cx, WasmInstance *inst, uint32_t function);
/* A shared memory may have grown behind the loop's back: is the access in bounds now? */
bool slow_memory_seen(WasmInstance *inst, uint32_t memory, uint64_t address, uint64_t size, uint64_t *memory_size);
/* The place of an access to any memory; NULL: out of bounds. */
uint8_t *slow_address(WasmInstance *inst, uint64_t address, uint32_t memory, uint64_t offset, uint64_t size);
/* Calls an imported JavaScript function; arguments and results at slots. */
JS_MUST_USE bool wasm_call_host(JsContext *cx, WasmFunc *func, WasmSlot *slots);
/* Finds the handler of the pending exception: activation->current is then where it begins. False: none here. */
JS_MUST_USE bool slow_unwind(JsContext *cx, WasmVm *wvm, WasmActivation *activation);
JS_MUST_USE bool slow_throw(JsContext *cx, WasmInstance *inst, uint32_t tag, const WasmSlot *payload);
void slow_throw_ref(JsContext *cx, JsValue ref);
/* Is the caught exception of this tag? Then its values are in slots. */
JS_MUST_USE bool slow_catch(JsContext *cx, WasmVm *wvm, WasmInstance *inst, uint32_t tag, WasmSlot *slots, bool *taken);
JsValue slow_exception_ref(JsContext *cx, JsValue caught);
JS_MUST_USE bool slow_table_fill(JsContext *cx, JsWasmTable *table, uint64_t at, JsValue val, uint64_t count);
JS_MUST_USE bool slow_table_copy(JsContext *cx, JsWasmTable *to_table, JsWasmTable *from_table, uint64_t to,
                                 uint64_t from, uint64_t count);
JS_MUST_USE bool slow_memory_fill(JsContext *cx, JsWasmMemory *memory, uint64_t at, uint32_t val, uint64_t count);
JS_MUST_USE bool slow_memory_copy(JsContext *cx, JsWasmMemory *to_memory, JsWasmMemory *from_memory, uint64_t to,
                                  uint64_t from, uint64_t count);

/* atomic.c: an OP_ATOMIC. */
JS_MUST_USE bool wasm_atomic_step(JsContext *cx, WasmInstance *inst, const uint16_t *pc, WasmSlot *fp);

#endif
