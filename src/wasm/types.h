// SPDX-License-Identifier: MIT
/*
 * WebAssembly's value types in one word, and the implementation limits of the JavaScript API.
 *
 *   bits 0..7   the kind: a number type's or v128's binary code, WASM_REF, WASM_REF_NULL, or WASM_BOTTOM
 *   bits 8..31  of references: the heap type, an index into the module's types or WASM_ABSTRACT plus a binary code
 *
 * https://webassembly.github.io/spec/core/syntax/types.html
 */
#ifndef WASM_TYPES_H
#define WASM_TYPES_H

#include "base/check.h"

typedef uint32_t WasmType;

enum {
  WASM_BOTTOM = 0, /* what an unreachable stack gives: matches everything */
  WASM_REF_NULL = 0x63,
  WASM_REF = 0x64,
  WASM_V128 = 0x7B,
  WASM_F64 = 0x7C,
  WASM_F32 = 0x7D,
  WASM_I64 = 0x7E,
  WASM_I32 = 0x7F,
};
/* Abstract heap types by their binary codes. */
enum {
  WASM_ABSTRACT = 0x800000,
  WASM_HEAP_EXN = WASM_ABSTRACT | 0x69,
  WASM_HEAP_EXTERN = WASM_ABSTRACT | 0x6F,
  WASM_HEAP_FUNC = WASM_ABSTRACT | 0x70,
  WASM_HEAP_NOEXTERN = WASM_ABSTRACT | 0x72,
  WASM_HEAP_NOFUNC = WASM_ABSTRACT | 0x73,
  WASM_HEAP_NOEXN = WASM_ABSTRACT | 0x74,
};

#define WASM_REF_TYPE(nullable, heap) ((WasmType)((uint32_t)(heap) << 8 | ((nullable) ? WASM_REF_NULL : WASM_REF)))
#define WASM_FUNCREF                  WASM_REF_TYPE(true, WASM_HEAP_FUNC)
#define WASM_EXTERNREF                WASM_REF_TYPE(true, WASM_HEAP_EXTERN)
#define WASM_EXNREF                   WASM_REF_TYPE(true, WASM_HEAP_EXN)

JS_INLINE uint32_t wasm_kind(WasmType type)
{
  return type & 0xFF;
}
JS_INLINE bool wasm_is_ref(WasmType type)
{
  return wasm_kind(type) == WASM_REF || wasm_kind(type) == WASM_REF_NULL;
}
JS_INLINE bool wasm_is_nullable(WasmType type)
{
  return wasm_kind(type) == WASM_REF_NULL;
}
JS_INLINE uint32_t wasm_heap_type(WasmType type)
{
  return type >> 8;
}
JS_INLINE bool wasm_is_defaultable(WasmType type)
{
  return wasm_kind(type) != WASM_REF;
}
/* Words of the value stack. */
JS_INLINE uint32_t wasm_slots(WasmType type)
{
  return type == WASM_V128 ? 2 : 1;
}

/* https://webassembly.github.io/spec/js-api/#limits, as V8 has them. */
enum {
  WASM_MAX_MODULE_SIZE = 1 << 30,
  WASM_MAX_TYPES = 1000000,
  WASM_MAX_FUNCTIONS = 1000000,
  WASM_MAX_IMPORTS = 1000000,
  WASM_MAX_EXPORTS = 1000000,
  WASM_MAX_GLOBALS = 1000000,
  WASM_MAX_TAGS = 1000000,
  WASM_MAX_SEGMENTS = 100000,
  WASM_MAX_TABLES = 100000,
  WASM_MAX_MEMORIES = 100000,
  WASM_MAX_PARAMS = 1000,
  WASM_MAX_RESULTS = 1000,
  WASM_MAX_LOCALS = 50000,
  WASM_MAX_FUNCTION_SIZE = 7654321,
  WASM_MAX_BR_TABLE = 65520,
  WASM_MAX_STRING = 100000,
  WASM_MAX_TABLE_SIZE = 10000000,
  WASM_PAGE_SHIFT = 16,
  WASM_MAX_PAGES = 65536,
};
#define WASM_MAX_PAGES_64 (UINT64_C(1) << 18) /* HOST: V8's 16 GiB */

#endif
