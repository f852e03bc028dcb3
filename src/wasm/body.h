// SPDX-License-Identifier: MIT
/*
 * Function bodies: one pass validates, and, when it is told to emit, writes the interpreter's code (ops.def).
 * See body.c.
 */
#ifndef WASM_BODY_H
#define WASM_BODY_H

#include "wasm/reader.h"

/* All of a module's functions. False: *error says why. */
JS_MUST_USE bool wasm_bodies_validate(const WasmModule *module, WasmError *error);
/* The code of a valid function, malloc'ed. NULL: out of memory, or the frame is too large for the interpreter. */
WasmCode *wasm_body_translate(const WasmModule *module, uint32_t function);
/* Where in the module's bytes the instruction stands whose code holds this unit. */
uint32_t wasm_body_find_offset(const WasmModule *module, uint32_t function, uint32_t unit);

/* constant.c: a constant expression of a type, up to and including its end; globals from known_globals on are not
 * defined yet. */
JS_MUST_USE bool wasm_constant_read(WasmModule *module, WasmReader *r, WasmType expected, uint32_t known_globals,
                                    WasmConstant *out);

#endif
