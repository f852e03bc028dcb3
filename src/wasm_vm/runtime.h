// SPDX-License-Identifier: MIT
/*
 * [DOC] WebAssembly at run time
 *
 * Memories, tables, globals and tags are JavaScript objects from the start: what a module defines and what
 * `new WebAssembly.Memory` makes are the same cells. A WasmInstance (no object; the Instance object holds it) has
 * vectors of them. A WasmFunc is a function reference: of an instance, or a JavaScript function that was imported; the
 * exported function that JavaScript sees is made when it is asked for, once.
 *
 * The value stack and the stack of frames are the Vm's (WasmVm), apart from the C stack and from JavaScript's: calls
 * between WebAssembly functions do not recurse in C. Their words are scanned conservatively, so references need no
 * maps: a reference is a JsValue's bits, null is JS_NULL, a function reference the WasmFunc cell, a v128 two slots, the
 * low half first.
 *
 * Types here are the Vm's: a concrete heap type is a number of its registry, not an index into a module (see
 * instance_type).
 */
#ifndef WASM_VM_RUNTIME_H
#define WASM_VM_RUNTIME_H

#include "object/error_object.h"
#include "object/operations.h"
#include "object/typed_array.h"
#include "object/vm.h"
#include "wasm/module.h"

typedef union WasmSlot {
  uint32_t u32;
  int32_t i32;
  uint64_t u64;
  int64_t i64;
  float f32;
  double f64;
  JsValue val;
} WasmSlot;
_Static_assert(sizeof(WasmSlot) == 8, "one word");

typedef struct WasmInstance WasmInstance;

typedef struct WasmFunc {
  JsCell cell;
  JS_PTR_SLOT(WasmInstance) instance; /* whose function it is, or that imported it */
  const WasmFuncType *type;           /* of the instance's module */
  uint32_t index, type_id;
  uint32_t call_slots;                    /* for arguments or results, whichever are more */
  bool is_js;                             /* all of the type's types exist in JavaScript */
  JsSlot host;                            /* the JavaScript function, or the hole */
  JS_PTR_SLOT(JsNativeFunction) exported; /* what JavaScript sees, once made */
} WasmFunc;

/* Bytes of memories that are not shared; ArrayBuffers over them count too. The address never changes: there is address
 * space for all that the memory may grow to. */
typedef struct WasmBytes {
  size_t references;
  uint8_t *data;
  size_t committed, reserved;
} WasmBytes;

typedef struct JsWasmMemory {
  JsObject obj;
  uint8_t *data;
  uint64_t byte_length;              /* of shared memories: as last seen */
  uint64_t maximum;                  /* pages */
  WasmBytes *bytes;                  /* or */
  JsSharedStore *store;              /* shared */
  JS_PTR_SLOT(JsArrayBuffer) buffer; /* what `buffer` gives; NULL: not asked for */
  size_t counted;                    /* bytes that the heap was told of */
  bool has_maximum, is_64;
} JsWasmMemory;

typedef struct JsWasmTable {
  JsObject obj;
  JsSlot *items;
  uint32_t length, capacity;
  uint64_t maximum;
  WasmType type;
  bool has_maximum, is_64;
} JsWasmTable;

typedef struct JsWasmGlobal {
  JsObject obj;
  WasmType type;
  bool is_mutable;
  WasmSlot val[2];
  JsSlot ref; /* of references: the same as val[0], for the collector */
} JsWasmGlobal;

typedef struct JsWasmTag {
  JsObject obj;
  uint32_t type_id;
  uint32_t param_count, slot_count;
  WasmType *params; /* malloc'ed */
  bool is_js;       /* WebAssembly.JSTag: the payload is a JavaScript value that was thrown */
} JsWasmTag;

typedef struct JsWasmException {
  JsObject obj;
  JS_PTR_SLOT(JsWasmTag) tag;
  WasmSlot *payload; /* malloc'ed: tag->slot_count slots */
  JsSlot stack;
} JsWasmException;

typedef struct JsWasmModule {
  JsObject obj;
  WasmModule *module;
} JsWasmModule;

typedef struct JsWasmInstance {
  JsObject obj;
  JS_PTR_SLOT(WasmInstance) data;
  JS_PTR_SLOT(JsObject) exports;
} JsWasmInstance;

/* Vectors are malloc'ed in one piece. */
struct WasmInstance {
  JsCell cell;
  WasmModule *module;
  JS_PTR_SLOT(JsRealm) realm;
  JsSlot *functions; /* WasmFunc or hole until it is asked for */
  JsSlot *tables, *memories, *globals, *tags;
  uint32_t *type_ids;
  uint8_t *dropped_elements, *dropped_data;
  size_t size; /* of the vectors */
};
#define instance_table(inst, k)  ((JsWasmTable *)js_as_cell(slot_get((inst)->tables[k])))
#define instance_memory(inst, k) ((JsWasmMemory *)js_as_cell(slot_get((inst)->memories[k])))
#define instance_global(inst, k) ((JsWasmGlobal *)js_as_cell(slot_get((inst)->globals[k])))
#define instance_tag(inst, k)    ((JsWasmTag *)js_as_cell(slot_get((inst)->tags[k])))

typedef struct WasmFrame {
  const uint16_t *pc;
  WasmSlot *fp;
  WasmInstance *instance;
  const WasmCode *code;
} WasmFrame;

/* A call from JavaScript into WebAssembly; on the C stack. */
typedef struct WasmActivation {
  struct WasmActivation *older;
  JsNativeFrame *native; /* the exported function's */
  WasmFrame *frames;     /* its first */
  WasmFrame current;     /* where the running function was when it left the interpreter's loop */
} WasmActivation;

typedef struct WasmVm {
  JsVm *vm;
  WasmSlot *stack, *top, *limit;
  WasmFrame *frames, *frame_top, *frame_limit;
  WasmActivation *activation;
  JsValue caught; /* the exception that handlers are looking at */
  WasmTypeRegistry registry;
  JsRootSource roots;
} WasmVm;

/* --- vm.c ------------------------------------------------------------------------------------------------------- */

/* The Vm's, made at the first call. NULL: RangeError. */
JS_MUST_USE WasmVm *wasm_vm(JsContext *cx);
/* Is every value of type a one of type b? The Vm's types. */
bool wasm_vm_is_subtype(const WasmVm *wvm, WasmType a, WasmType b);
/* A type of the instance's module as the Vm's. */
WasmType instance_type(const WasmInstance *instance, WasmType type);
/* Throws one of WebAssembly's errors. Always false. */
JS_COLD bool wasm_throw(JsContext *cx, JsErrorType type, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A RuntimeError that WebAssembly's handlers do not catch. Always false. */
JS_COLD bool wasm_trap(JsContext *cx, const char *text);

/* --- function.c ------------------------------------------------------------------------------------------------- */

WasmFunc *wasm_func_new(JsContext *cx, WasmInstance *instance, uint32_t index, JsValue host);
/* Calls a function with arguments at args, which is at the stack's top or above; results are there afterwards. */
JS_MUST_USE bool wasm_call(JsContext *cx, WasmFunc *func, WasmSlot *args);
/* The exported function of a function reference, made once. */
JsValue wasm_exported_function(JsContext *cx, WasmFunc *func);
/* The WasmFunc behind an exported function; NULL: it is none. */
WasmFunc *wasm_func_of(JsValue val);
/* The function of an instance, made when it is first asked for. */
WasmFunc *instance_function(JsContext *cx, WasmInstance *instance, uint32_t index);

/* --- instance.c ------------------------------------------------------------------------------------------------- */

/* https://webassembly.github.io/spec/js-api/#instantiate-a-webassembly-module; api: who asks, for messages. */
JS_MUST_USE JsWasmInstance *wasm_instantiate(JsContext *cx, WasmModule *module, JsValue imports, const char *api,
                                             JsValue new_target);
JS_MUST_USE bool instance_memory_init(JsContext *cx, WasmInstance *instance, uint32_t memory, uint32_t segment,
                                      uint64_t to, uint64_t from, uint64_t count);
JS_MUST_USE bool instance_table_init(JsContext *cx, WasmInstance *instance, uint32_t table, uint32_t segment,
                                     uint64_t to, uint64_t from, uint64_t count);

/* --- memory.c, table.c, global.c, exception.c ------------------------------------------------------------------- */

JS_MUST_USE JsWasmMemory *wasm_memory_new(JsContext *cx, const WasmLimits *limits, JsValue new_target);
/* The pages before, or -1. */
int64_t wasm_memory_grow(JsContext *cx, JsWasmMemory *memory, uint64_t delta);
uint64_t wasm_memory_length(JsWasmMemory *memory);
JS_MUST_USE JsWasmTable *wasm_table_new(JsContext *cx, WasmType type, const WasmLimits *limits, JsValue init,
                                        JsValue new_target);
int64_t wasm_table_grow(JsContext *cx, JsWasmTable *table, uint64_t delta, JsValue val);
JS_MUST_USE JsWasmGlobal *wasm_global_new(JsContext *cx, WasmType type, bool is_mutable, JsValue new_target);
void wasm_global_store(JsContext *cx, JsWasmGlobal *global, const WasmSlot *val);
/* The parameters are copied. */
JS_MUST_USE JsWasmTag *wasm_tag_new(JsContext *cx, const WasmType *params, uint32_t count, uint32_t type_id,
                                    JsValue new_target);
/* The payload is copied. */
JS_MUST_USE JsWasmException *wasm_exception_new(JsContext *cx, JsWasmTag *tag, const WasmSlot *payload,
                                                JsValue new_target);

/* --- values.c: https://webassembly.github.io/spec/js-api/#towebassemblyvalue ------------------------------------- */

/* type: the Vm's. Fills one slot (v128 does not come from JavaScript). */
JS_MUST_USE bool wasm_from_js(JsContext *cx, JsValue val, WasmType type, WasmSlot *out);
JS_MUST_USE JsValue wasm_to_js(JsContext *cx, WasmType type, const WasmSlot *slot);
/* Neither v128 nor exnref: does the type exist in JavaScript? */
bool wasm_type_is_js(WasmType type);
JS_INLINE void wasm_default(WasmType type, WasmSlot out[2])
{
  out[0].u64 = wasm_is_ref(type) ? JS_NULL.bits : 0;
  out[1].u64 = 0;
}

#endif
