// SPDX-License-Identifier: MIT
/* WebAssembly.Tag, WebAssembly.Exception, WebAssembly.JSTag (https://webassembly.github.io/spec/js-api/#tags). */
#include <stdlib.h>

#include "wasm_vm/arguments.h"

/* The number of a tag's type in the Vm's registry. */
static bool tag_type_id(JsContext *cx, const WasmType *params, uint32_t count, uint32_t *id)
{
  WasmVm *wvm = TRY_OR(false, wasm_vm(cx));
  WasmFuncType type = {.param_count = count, .types = params, .group_end = 1, .super = UINT32_MAX, .is_final = true};
  if (wasm_registry_add_type(&wvm->registry, &type, id))
    return true;
  (void)throw_out_of_memory(cx);
  return false;
}

/* Tag ( descriptor )  https://webassembly.github.io/spec/js-api/#dom-tag-tag */
static JsValue tag_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Tag()";
  WasmType params[WASM_MAX_PARAMS];
  uint32_t id;
  TRY(argument_new(cx, "WebAssembly.Tag"));
  if (!js_is_object(js_arg(argc, argv, 0))) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a tag type", api);
    return JS_EXCEPTION;
  }
  JsValue list = TRY(get_property(cx, js_as_object(argv[0]), key_from_c_string(cx->heap, "parameters")));
  if (!js_is_object(list)) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a tag type with 'parameters'", api);
    return JS_EXCEPTION;
  }
  int64_t count;
  TRY(length_of_array_like(cx, js_as_object(list), &count));
  if (count > WASM_MAX_PARAMS) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 contains too many parameters", api);
    return JS_EXCEPTION;
  }
  for (int64_t k = 0; k < count; k++) {
    bool found;
    JsValue name = TRY(get_index(cx, js_as_object(list), k));
    TRY(argument_type(cx, name, &params[k], &found));
    if (!found) {
      (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 parameter type at index #%lld must be a value type", api,
                       (long long)k);
      return JS_EXCEPTION;
    }
  }
  TRY(tag_type_id(cx, params, (uint32_t)count, &id));
  JsWasmTag *tag = TRY(wasm_tag_new(cx, params, (uint32_t)count, id, js_new_target(cx)));
  return js_from_object(&tag->obj);
}

static JsObject *js_tag_new(JsContext *cx)
{
  static const WasmType params[1] = {WASM_EXTERNREF};
  uint32_t id;
  TRY_OR(NULL, tag_type_id(cx, params, 1, &id));
  JsWasmTag *tag = TRY_OR(NULL, wasm_tag_new(cx, params, 1, id, JS_UNDEFINED));
  tag->is_js = true;
  return &tag->obj;
}

static const JsBuiltin tag_proto[] = {STRING_SYM(toStringTag, "WebAssembly.Tag")};
extern const JsIntrinsicTable wasm_tag_constructor_table, wasm_tag_prototype_table, wasm_js_tag_table;
const JsIntrinsicTable wasm_tag_constructor_table = {CONSTRUCTOR_TABLE("Tag", tag_constructor, 1, WASM_TAG_PROTOTYPE)};
const JsIntrinsicTable wasm_tag_prototype_table = {PROTOTYPE_TABLE(WASM_TAG), ROWS(tag_proto)};
const JsIntrinsicTable wasm_js_tag_table = {
    .make = INTRINSIC_CUSTOM, .parent = -1, .prototype = -1, .constructor = -1, .custom = js_tag_new};

/* --- exceptions ------------------------------------------------------------------------------------------------- */

/* The payload from a list of JavaScript values. */
static bool fill_payload(JsContext *cx, const JsWasmTag *tag, JsElements *values, WasmSlot *payload)
{
  uint32_t slot = 0;
  for (uint32_t k = 0; k < tag->param_count; k++) {
    TRY_OR(false, wasm_from_js(cx, slot_get(values->v[k]), tag->params[k], &payload[slot]));
    slot += wasm_slots(tag->params[k]);
  }
  return true;
}

static bool wants_stack(JsContext *cx, JsValue options, const char *api, bool *wants)
{
  *wants = false;
  if (js_is_undefined(options))
    return true;
  if (!js_is_object(options))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 2 is not an object", api);
  JsValue val = TRY_OR(false, get_property(cx, js_as_object(options), key_from_c_string(cx->heap, "traceStack")));
  *wants = to_boolean(val);
  return true;
}

/* Exception ( tag, payload [ , options ] )  https://webassembly.github.io/spec/js-api/#dom-exception-exception */
static JsValue exception_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Exception()";
  bool traced;
  TRY(argument_new(cx, "WebAssembly.Exception"));
  JsValue tag_val = js_arg(argc, argv, 0), values = js_arg(argc, argv, 1);
  if (!js_is_kind(tag_val, CELL_WASM_TAG)) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a WebAssembly tag", api);
    return JS_EXCEPTION;
  }
  JsWasmTag *tag = (JsWasmTag *)js_as_cell(tag_val);
  if (tag->is_js) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 cannot be WebAssembly.JSTag", api);
    return JS_EXCEPTION;
  }
  if (!js_is_object(values)) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Exception values must be an iterable object", api);
    return JS_EXCEPTION;
  }
  JsElements *list = TRY(iterable_to_list(cx, values));
  if (list->length != tag->param_count) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Number of exception values does not match signature length", api);
    return JS_EXCEPTION;
  }
  TRY(wants_stack(cx, js_arg(argc, argv, 2), api, &traced));
  /* Above the stack's top, where the collector sees them. */
  WasmVm *wvm = TRY(wasm_vm(cx));
  WasmSlot *payload = wvm->top;
  if (tag->slot_count > (size_t)(wvm->limit - payload))
    return throw_stack_overflow(cx);
  memset(payload, 0, tag->slot_count * sizeof *payload);
  wvm->top += tag->slot_count;
  bool ok = fill_payload(cx, tag, list, payload);
  JsWasmException *exception = ok ? wasm_exception_new(cx, tag, payload, js_new_target(cx)) : NULL;
  wvm->top = payload;
  if (!exception)
    return JS_EXCEPTION;
  if (traced) {
    JsValue error = js_from_object(js_as_object(error_new(cx, JS_ERROR, NULL)));
    JsValue stack = TRY(get_property(cx, js_as_object(error), KEY(cx->heap, stack)));
    slot_set(cx->heap, exception, &exception->stack, stack);
  }
  return js_from_object(&exception->obj);
}

static bool tag_argument(JsContext *cx, JsValue val, const char *api, JsWasmTag **tag)
{
  if (!js_is_kind(val, CELL_WASM_TAG))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a WebAssembly.Tag", api);
  *tag = (JsWasmTag *)js_as_cell(val);
  return true;
}

static JsWasmException *this_exception(JsContext *cx, JsValue this_val, const char *api)
{
  return (JsWasmException *)argument_receiver(cx, this_val, CELL_WASM_EXCEPTION, api, "WebAssembly.Exception");
}

/* Exception.prototype.getArg ( tag, index )  https://webassembly.github.io/spec/js-api/#dom-exception-getarg */
static JsValue exception_proto_get_arg(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Exception.getArg()";
  JsWasmTag *tag = NULL;
  uint64_t index;
  JsWasmException *exception = TRY(this_exception(cx, this_val, api));
  TRY(tag_argument(cx, js_arg(argc, argv, 0), api, &tag));
  TRY(argument_u32(cx, js_arg(argc, argv, 1), api, "Argument 1", &index));
  if (ptr_slot_get(exception->tag) != tag) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: First argument does not match the exception tag", api);
    return JS_EXCEPTION;
  }
  if (index >= tag->param_count) {
    (void)wasm_throw(cx, JS_RANGE_ERROR, "%s: Index out of range", api);
    return JS_EXCEPTION;
  }
  uint32_t slot = 0;
  for (uint32_t k = 0; k < index; k++)
    slot += wasm_slots(tag->params[k]);
  return wasm_to_js(cx, tag->params[index], &exception->payload[slot]);
}

/* Exception.prototype.is ( tag )  https://webassembly.github.io/spec/js-api/#dom-exception-is */
static JsValue exception_proto_is(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Exception.is()";
  JsWasmTag *tag = NULL;
  JsWasmException *exception = TRY(this_exception(cx, this_val, api));
  TRY(tag_argument(cx, js_arg(argc, argv, 0), api, &tag));
  return js_boolean(ptr_slot_get(exception->tag) == tag);
}

/* get Exception.prototype.stack  https://webassembly.github.io/spec/js-api/#dom-exception-stack */
static JsValue get_exception_stack(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWasmException *exception = TRY(this_exception(cx, this_val, "WebAssembly.Exception.stack"));
  return slot_get(exception->stack);
}

static const JsBuiltin exception_proto[] = {
    FN("getArg", exception_proto_get_arg, 2, .attrs = PROP_ALL),
    FN("is", exception_proto_is, 1, .attrs = PROP_ALL),
    GETTER("stack", get_exception_stack, .attrs = PROP_ENUMERABLE | PROP_CONFIGURABLE),
    STRING_SYM(toStringTag, "WebAssembly.Exception"),
};
extern const JsIntrinsicTable wasm_exception_constructor_table, wasm_exception_prototype_table;
const JsIntrinsicTable wasm_exception_constructor_table = {
    CONSTRUCTOR_TABLE("Exception", exception_constructor, 2, WASM_EXCEPTION_PROTOTYPE)};
const JsIntrinsicTable wasm_exception_prototype_table = {PROTOTYPE_TABLE(WASM_EXCEPTION), ROWS(exception_proto)};
