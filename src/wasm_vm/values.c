// SPDX-License-Identifier: MIT
/* Values from JavaScript to WebAssembly and back (https://webassembly.github.io/spec/js-api/#tojsvalue). */
#include "object/bigint.h"
#include "wasm_vm/runtime.h"

bool wasm_type_is_js(WasmType type)
{
  if (type == WASM_V128)
    return false;
  uint32_t heap = wasm_heap_type(type);
  return !wasm_is_ref(type) || (heap != WASM_HEAP_EXN && heap != WASM_HEAP_NOEXN);
}

/* A reference to a function: null, or an exported function of the type. */
static bool func_from_js(JsContext *cx, JsValue val, WasmType type, WasmSlot *out)
{
  uint32_t heap = wasm_heap_type(type);
  if (js_is_null(val) && wasm_is_nullable(type)) {
    out->val = JS_NULL;
    return true;
  }
  WasmFunc *func = wasm_func_of(val);
  if (!func || heap == WASM_HEAP_NOFUNC)
    return wasm_throw(cx, JS_TYPE_ERROR, "%s",
                      heap == WASM_HEAP_NOFUNC ? "only null allowed for null types"
                                               : "function-typed object must be null (if nullable) or a Wasm function "
                                                 "object");
  WasmVm *wvm = TRY_OR(false, wasm_vm(cx));
  if (heap < WASM_ABSTRACT && !wasm_registry_is_subtype(&wvm->registry, func->type_id, heap))
    return wasm_throw(cx, JS_TYPE_ERROR, "assigned exported function has to be a subtype of the expected type");
  out->val = js_from_cell(func);
  return true;
}

bool wasm_from_js(JsContext *cx, JsValue val, WasmType type, WasmSlot *out)
{
  double d;
  int32_t i;
  switch (wasm_kind(type)) {
  case WASM_I32:
    if (js_likely(js_is_int32(val))) {
      out->u64 = (uint32_t)js_as_int32(val);
      return true;
    }
    TRY_OR(false, to_int32(cx, val, &i));
    out->u64 = (uint32_t)i;
    return true;
  case WASM_I64: {
    JsBigInt *big = TRY_OR(false, to_bigint(cx, val));
    out->u64 = bigint_to_uint64(big);
    return true;
  }
  case WASM_F32:
    TRY_OR(false, to_number_double(cx, val, &d));
    out->u64 = 0;
    out->f32 = (float)d;
    return true;
  case WASM_F64:
    TRY_OR(false, to_number_double(cx, val, &d));
    out->f64 = d;
    return true;
  case WASM_V128: return wasm_throw(cx, JS_TYPE_ERROR, "type incompatibility when transforming from/to JS");
  }
  switch (wasm_heap_type(type)) {
  case WASM_HEAP_EXTERN:
    if (js_is_null(val) && !wasm_is_nullable(type))
      return wasm_throw(cx, JS_TYPE_ERROR, "null is not allowed for (ref extern)");
    out->val = val;
    return true;
  case WASM_HEAP_NOEXTERN:
    if (!js_is_null(val) || !wasm_is_nullable(type))
      return wasm_throw(cx, JS_TYPE_ERROR, "only null allowed for null types");
    out->val = val;
    return true;
  case WASM_HEAP_EXN:
  case WASM_HEAP_NOEXN: return wasm_throw(cx, JS_TYPE_ERROR, "type incompatibility when transforming from/to JS");
  default: return func_from_js(cx, val, type, out);
  }
}

JsValue wasm_to_js(JsContext *cx, WasmType type, const WasmSlot *slot)
{
  switch (wasm_kind(type)) {
  case WASM_I32: return js_int32(slot->i32);
  case WASM_I64: return js_from_cell(bigint_from_int64(cx->heap, slot->i64));
  case WASM_F32: return js_number((double)slot->f32);
  case WASM_F64: return js_number(slot->f64);
  case WASM_V128:
    (void)wasm_throw(cx, JS_TYPE_ERROR, "type incompatibility when transforming from/to JS");
    return JS_EXCEPTION;
  }
  if (js_is_null(slot->val))
    return JS_NULL;
  switch (wasm_heap_type(type)) {
  case WASM_HEAP_EXTERN:
  case WASM_HEAP_NOEXTERN: return slot->val;
  case WASM_HEAP_EXN:
  case WASM_HEAP_NOEXN:
    (void)wasm_throw(cx, JS_TYPE_ERROR, "type incompatibility when transforming from/to JS");
    return JS_EXCEPTION;
  default: return wasm_exported_function(cx, (WasmFunc *)js_as_cell(slot->val));
  }
}
