// SPDX-License-Identifier: MIT
/* Memory arguments of the body pass: what plain, vector and atomic accesses share. */
#ifndef WASM_BODY_MEMORY_H
#define WASM_BODY_MEMORY_H

#include "wasm/body_state.h"

typedef struct WasmMemoryArgument {
  uint32_t memory;
  uint64_t offset;
  WasmType address;
} WasmMemoryArgument;
/* align as log2; exact: atomics take only their own. */
JS_MUST_USE bool body_memory_argument(WasmBody *b, uint32_t max_align, bool exact, WasmMemoryArgument *out);
void emit_memory_argument(WasmBody *b, const WasmMemoryArgument *arg);
JS_MUST_USE bool body_memory_index(WasmBody *b, uint32_t *index);
/* A load or store of one value: its short instruction and the one that names memory and offset. */
typedef struct WasmAccess {
  uint16_t op, wide;
  uint8_t type, align; /* log2 of the width */
  bool is_store;
  const char *text;
} WasmAccess;
JS_MUST_USE bool body_access(WasmBody *b, const WasmAccess *op);
WasmType body_address_type(const WasmBody *b, uint32_t memory);

#endif
