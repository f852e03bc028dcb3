// SPDX-License-Identifier: MIT
/*
 * [DOC] WebAssembly modules
 *
 * A WasmModule is what decoding and validating made of a module's bytes: immutable, counted by references, shared by
 * the threads it is posted to; no JavaScript values in it. A function's body is validated with the module and
 * translated to the interpreter's code when it is first called (body.h does both): only that field changes, once, under
 * the module's mutex.
 */
#ifndef WASM_MODULE_H
#define WASM_MODULE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "wasm/types.h"

typedef struct WasmFuncType {
  uint32_t param_count, result_count;
  uint32_t param_slots, result_slots;
  const WasmType *types;           /* the parameters, then the results */
  uint32_t group_start, group_end; /* the recursion group it stands in, as type indices */
  uint32_t super;                  /* UINT32_MAX: none */
  uint32_t canonical;              /* equal for types of the module that are the same */
  bool is_final;
} WasmFuncType;
JS_INLINE const WasmType *wasm_results(const WasmFuncType *type)
{
  return type->types + type->param_count;
}

typedef struct WasmLimits {
  uint64_t initial, maximum;
  bool has_maximum, is_shared, is_64;
} WasmLimits;

/* What the interpreter runs. */
typedef struct WasmHandler {
  uint32_t from, to; /* units that it guards */
  uint32_t target;
} WasmHandler;
typedef struct WasmCode {
  uint32_t frame_slots; /* parameters, locals, operands */
  uint32_t param_slots, zero_slots;
  uint32_t handler_count;
  uint32_t unit_count, function;
  const WasmHandler *handlers; /* innermost first */
  uint16_t units[];
} WasmCode;

typedef struct WasmFunctionInfo {
  uint32_t type;
  uint32_t offset, length; /* of the body in the module's bytes; imported: unused */
  _Atomic(WasmCode *) code;
} WasmFunctionInfo;

/* A constant expression: the bytes to run, checked. */
typedef struct WasmConstant {
  uint32_t offset, length;
} WasmConstant;

typedef struct WasmTableInfo {
  WasmType type;
  WasmLimits limits;
  bool has_init;
  WasmConstant init;
} WasmTableInfo;
typedef struct WasmGlobalInfo {
  WasmType type;
  bool is_mutable;
  WasmConstant init;
} WasmGlobalInfo;

typedef enum { WASM_FUNCTION, WASM_TABLE, WASM_MEMORY, WASM_GLOBAL, WASM_TAG, WASM_EXTERN_COUNT } WasmExternKind;

typedef struct WasmName {
  const char *text; /* UTF-8, checked; not terminated */
  uint32_t length;
} WasmName;
typedef struct WasmImport {
  WasmName module, name;
  WasmExternKind kind;
  uint32_t index;   /* among the things of its kind */
  uint32_t offset;  /* where it stands in the bytes */
  uint32_t builtin; /* 0: imported; else what supplies it instead, see wasm_vm/js_string.h */
} WasmImport;
typedef struct WasmExport {
  WasmName name;
  WasmExternKind kind;
  uint32_t index;
} WasmExport;

typedef enum { SEGMENT_ACTIVE, SEGMENT_PASSIVE, SEGMENT_DECLARED } WasmSegmentMode;
typedef struct WasmElementSegment {
  WasmSegmentMode mode;
  WasmType type;
  uint32_t table;
  WasmConstant offset;
  uint32_t count;
  const uint32_t *functions;     /* or */
  const WasmConstant *constants; /* one each */
} WasmElementSegment;
typedef struct WasmDataSegment {
  WasmSegmentMode mode;
  uint32_t memory;
  WasmConstant offset;
  uint32_t start, length; /* in the module's bytes */
} WasmDataSegment;
typedef struct WasmCustomSection {
  WasmName name;
  uint32_t start, length;
} WasmCustomSection;

#define WASM_VEC(type)                                                                                                 \
  struct {                                                                                                             \
    type *items;                                                                                                       \
    uint32_t len, cap;                                                                                                 \
  }

typedef struct WasmModule {
  atomic_size_t references;
  Arena arena; /* everything below but the code of functions */
  const uint8_t *bytes;
  uint32_t length;
  WASM_VEC(WasmFuncType) types;
  WASM_VEC(WasmImport) imports;
  WASM_VEC(WasmExport) exports;
  WASM_VEC(WasmFunctionInfo) functions;
  WASM_VEC(WasmTableInfo) tables;
  WASM_VEC(WasmLimits) memories;
  WASM_VEC(WasmGlobalInfo) globals;
  WASM_VEC(uint32_t) tags; /* type indices */
  WASM_VEC(WasmElementSegment) elements;
  WASM_VEC(WasmDataSegment) data;
  WASM_VEC(WasmCustomSection) customs;
  uint32_t imported[WASM_EXTERN_COUNT];
  uint32_t start; /* UINT32_MAX: none */
  uint32_t data_count;
  bool has_data_count;
  uint8_t *declared; /* bit per function: ref.func may name it */
  uint32_t hash;     /* in wasm://wasm/<hash> */
  char *url;         /* where it was streamed from, malloc'ed; NULL: shown as wasm://wasm/<hash> */
  pthread_mutex_t mutex;
} WasmModule;

typedef struct WasmError {
  uint32_t offset;
  char text[240]; /* "" while there is none */
} WasmError;
/* Notes the first error; always false. */
JS_COLD bool wasm_error(WasmError *error, uint32_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Decodes and validates. The bytes are copied. NULL: *error says why. */
WasmModule *wasm_module_new(const uint8_t *bytes, size_t length, WasmError *error);
void wasm_module_retain(WasmModule *module);
void wasm_module_release(WasmModule *module);
/* The code of a function that is not imported, translated if need be. NULL: out of memory. */
WasmCode *wasm_module_code(WasmModule *module, uint32_t function);
JS_INLINE const WasmFuncType *wasm_function_type(const WasmModule *module, uint32_t function)
{
  return &module->types.items[module->functions.items[function].type];
}
/* The name section's name of a function; length 0: none. */
WasmName wasm_function_name(const WasmModule *module, uint32_t function);
/* The same of the module itself. */
WasmName wasm_module_name(const WasmModule *module);
/* Is every value of type a one of type b? Indices are the module's. */
bool wasm_is_subtype(const WasmModule *module, WasmType a, WasmType b);
/* "i32", "(ref null 3)", "funcref": as V8 writes them. */
const char *wasm_type_text(WasmType type, char buffer[32]);

/*
 * Types that mean the same get the same number: recursion groups are looked up by their bytes, in which what stands
 * before the group is named by number and what stands in it by place.
 */
typedef struct WasmTypeEntry {
  uint32_t hash, length; /* of the key */
  uint8_t *key;
  uint32_t first; /* number of the group's first type */
} WasmTypeEntry;
typedef struct WasmTypeRegistry {
  WasmTypeEntry *entries; /* open addressing */
  uint32_t used, capacity;
  uint32_t *supers; /* by number: the declared supertype's, or UINT32_MAX */
  uint32_t count, supers_capacity;
} WasmTypeRegistry;
/* The numbers of a module's types from `from`, a group's first, on. False: out of memory. */
JS_MUST_USE bool wasm_registry_add(WasmTypeRegistry *registry, const WasmModule *module, uint32_t from,
                                   uint32_t *numbers);
void wasm_registry_free(WasmTypeRegistry *registry);
bool wasm_registry_is_subtype(const WasmTypeRegistry *registry, uint32_t a, uint32_t b);
/* The types of a parameter list that stands in no module (a Tag's): number of the function type without results. */
JS_MUST_USE bool wasm_registry_add_type(WasmTypeRegistry *registry, const WasmFuncType *type, uint32_t *number);

#endif
