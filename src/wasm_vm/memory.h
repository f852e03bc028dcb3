// SPDX-License-Identifier: MIT
/* What memory.c and the buffers of memories (memory_object.c) share. */
#ifndef WASM_VM_MEMORY_H
#define WASM_VM_MEMORY_H

#include "wasm_vm/runtime.h"

void wasm_bytes_release(WasmBytes *bytes);
/* The length has changed: a buffer of fixed length is detached, a resizable one gets the new length. */
void wasm_memory_refresh_buffer(JsContext *cx, JsWasmMemory *memory);
/* A memory over a store that another thread made. */
JsWasmMemory *wasm_memory_over(JsContext *cx, JsSharedStore *store, uint64_t maximum, bool is_64);

#endif
