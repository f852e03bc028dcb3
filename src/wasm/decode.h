// SPDX-License-Identifier: MIT
/* Decoding and validating a module's bytes: see decode.c. */
#ifndef WASM_DECODE_H
#define WASM_DECODE_H

#include "base/hash.h"
#include "wasm/module.h"

/* Fills a module whose bytes are set. False: *error says why. */
JS_MUST_USE bool wasm_decode(WasmModule *module, WasmError *error);
/* "function", "table" ... */
const char *wasm_extern_name(WasmExternKind kind);

#endif
