// SPDX-License-Identifier: MIT
/*
 * Function references, and the doors between JavaScript and WebAssembly: exported functions, and imported JavaScript
 * functions (https://webassembly.github.io/spec/js-api/#exported-function-exotic-objects).
 */
#include "wasm_vm/interp.h"

#include <stdio.h>

void wasm_func_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(WasmFunc) == 56, "update wasm_func_trace()");
void wasm_func_trace(JsTracer *tracer, JsCell *cell)
{
  WasmFunc *func = (WasmFunc *)cell;
  gc_trace_ptr(tracer, func->instance);
  gc_trace_slot(tracer, &func->host);
  gc_trace_ptr(tracer, func->exported);
}

static bool types_are_js(const WasmFuncType *type)
{
  for (uint32_t k = 0; k < type->param_count + type->result_count; k++)
    if (!wasm_type_is_js(type->types[k]))
      return false;
  return true;
}

WasmFunc *wasm_func_new(JsContext *cx, WasmInstance *instance, uint32_t index, JsValue host)
{
  WasmFunc *func = GC_NEW(cx->heap, WASM_FUNC, WasmFunc);
  ptr_slot_init(&func->instance, instance);
  func->type = wasm_function_type(instance->module, index);
  func->index = index;
  func->call_slots =
      func->type->param_slots > func->type->result_slots ? func->type->param_slots : func->type->result_slots;
  func->is_js = types_are_js(func->type);
  func->type_id = instance->type_ids[instance->module->functions.items[index].type];
  slot_init(&func->host, host);
  return func;
}

WasmFunc *instance_function(JsContext *cx, WasmInstance *instance, uint32_t index)
{
  JsSlot *slot = &instance->functions[index];
  JsValue val = slot_get(*slot);
  if (js_is_hole(val)) {
    val = js_from_cell(wasm_func_new(cx, instance, index, JS_HOLE));
    slot_set(cx->heap, instance, slot, val);
  }
  return (WasmFunc *)js_as_cell(val);
}

bool wasm_call(JsContext *cx, WasmFunc *func, WasmSlot *args)
{
  if (!js_is_hole(slot_get(func->host)))
    return wasm_call_host(cx, func, args);
  TRY_OR(false, js_check_c_stack(cx));
  WasmInstance *instance = ptr_slot_get(func->instance);
  const WasmCode *code =
      atomic_load_explicit(&instance->module->functions.items[func->index].code, memory_order_acquire);
  if (js_unlikely(!code))
    code = TRY_OR(false, slow_code(cx, instance, func->index));
  return wasm_run(cx, cx->vm->wasm, instance, code, args);
}

/* --- exported functions ----------------------------------------------------------------------------------------- */

static bool throw_incompatible(JsContext *cx)
{
  return wasm_throw(cx, JS_TYPE_ERROR, "type incompatibility when transforming from/to JS");
}

static JsValue results_to_js(JsContext *cx, WasmFunc *func, const WasmSlot *slots)
{
  const WasmFuncType *type = func->type;
  if (!type->result_count)
    return JS_UNDEFINED;
  const WasmType *results = wasm_results(type);
  if (js_likely(type->result_count == 1))
    return results[0] == WASM_I32 ? js_int32(slots->i32) : wasm_to_js(cx, results[0], slots);
  JsArray *array = TRY(array_new(cx, type->result_count));
  for (uint32_t k = 0; k < type->result_count; k++) {
    JsValue val = TRY(wasm_to_js(cx, results[k], &slots[k]));
    TRY(array_push_direct(cx, array, val));
  }
  return js_from_object(&array->obj);
}

/* The stack's top is above the arguments while they are converted, which may run JavaScript; what is left there of
 * older calls does the collector no harm. */
static JsValue exported_call(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  WasmFunc *func = (WasmFunc *)js_as_cell(js_callee_data(cx, 0));
  WasmInstance *instance = ptr_slot_get(func->instance);
  const WasmFuncType *type = func->type;
  WasmVm *wvm = TRY(wasm_vm(cx));
  if (js_unlikely(!func->is_js)) {
    (void)throw_incompatible(cx);
    return JS_EXCEPTION;
  }
  uint32_t count = func->call_slots;
  WasmSlot *args = wvm->top;
  if (js_unlikely(count > (size_t)(wvm->limit - args)))
    return throw_stack_overflow(cx);
  wvm->top = args + count;
  JsValue result = JS_EXCEPTION;
  bool ok = true;
  for (uint32_t k = 0; ok && k < type->param_count; k++) {
    JsValue arg = js_arg(argc, argv, (int)k);
    if (js_likely(type->types[k] == WASM_I32 && js_is_int32(arg)))
      args[k].u64 = (uint32_t)js_as_int32(arg);
    else
      ok = wasm_from_js(cx, arg, instance_type(instance, type->types[k]), &args[k]);
  }
  if (ok && wasm_call(cx, func, args))
    result = results_to_js(cx, func, args);
  wvm->top = args;
  return result;
}

JsValue wasm_exported_function(JsContext *cx, WasmFunc *func)
{
  JsNativeFunction *exported = ptr_slot_get(func->exported);
  if (exported)
    return js_from_cell(exported);
  char name[16];
  snprintf(name, sizeof name, "%u", func->index);
  JsValue data = js_from_cell(func);
  JsRealm *realm = cx->realm;
  cx->realm = ptr_slot_get(ptr_slot_get(func->instance)->realm);
  exported =
      native_function_new(cx, exported_call, key_from_c_string(cx->heap, name), (int)func->type->param_count, &data, 1);
  cx->realm = realm;
  exported->magic = NATIVE_RUNS_WASM_MAGIC;
  ptr_slot_set(cx->heap, func, &func->exported, exported);
  return js_from_cell(exported);
}

WasmFunc *wasm_func_of(JsValue val)
{
  if (!js_is_kind(val, CELL_NATIVE_FUNCTION) || js_as_native_function(val)->fn != exported_call)
    return NULL;
  return (WasmFunc *)js_as_cell(slot_get(js_as_native_function(val)->data[0]));
}

/* --- imported JavaScript functions ------------------------------------------------------------------------------ */

static bool results_from_js(JsContext *cx, WasmFunc *func, JsValue val, WasmSlot *slots)
{
  const WasmFuncType *type = func->type;
  const WasmInstance *instance = ptr_slot_get(func->instance);
  const WasmType *results = wasm_results(type);
  if (!type->result_count)
    return true;
  if (type->result_count == 1)
    return wasm_from_js(cx, val, instance_type(instance, results[0]), &slots[0]);
  JsElements *list = TRY_OR(false, iterable_to_list(cx, val));
  if (list->length != type->result_count)
    return wasm_throw(cx, JS_TYPE_ERROR, "multi-return length mismatch");
  for (uint32_t k = 0; k < type->result_count; k++)
    TRY_OR(false, wasm_from_js(cx, slot_get(list->v[k]), instance_type(instance, results[k]), &slots[k]));
  return true;
}

/* https://webassembly.github.io/spec/js-api/#create-a-host-function */
bool wasm_call_host(JsContext *cx, WasmFunc *func, WasmSlot *slots)
{
  enum { FEW = 8 };
  const WasmFuncType *type = func->type;
  uint32_t argc = type->param_count;
  JsValue few[FEW], *argv = few;
  TRY_OR(false, js_check_c_stack(cx));
  if (js_unlikely(!func->is_js))
    return throw_incompatible(cx);
  if (argc > FEW) {
    JsElements *list = TRY_OR(false, elements_new(cx->heap, argc) ?: (throw_out_of_memory(cx), NULL));
    for (uint32_t k = 0; k < argc; k++)
      list = TRY_OR(false, elements_push(cx, list, JS_UNDEFINED));
    for (uint32_t k = 0; k < argc; k++) {
      JsValue val = TRY_OR(false, wasm_to_js(cx, type->types[k], &slots[k]));
      slot_set(cx->heap, list, &list->v[k], val);
    }
    argv = (JsValue *)list->v;
    JsValue result = TRY_OR(false, js_call(cx, slot_get(func->host), JS_UNDEFINED, (int)argc, argv));
    js_keep_alive(js_from_cell(list));
    return results_from_js(cx, func, result, slots);
  }
  for (uint32_t k = 0; k < argc; k++)
    argv[k] = TRY_OR(false, wasm_to_js(cx, type->types[k], &slots[k]));
  JsValue result = TRY_OR(false, js_call(cx, slot_get(func->host), JS_UNDEFINED, (int)argc, argv));
  return results_from_js(cx, func, result, slots);
}
