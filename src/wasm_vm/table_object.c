// SPDX-License-Identifier: MIT
/* WebAssembly.Table and WebAssembly.Global (https://webassembly.github.io/spec/js-api/#tables, #globals). */
#include "wasm_vm/arguments.h"

static JsWasmTable *this_table(JsContext *cx, JsValue this_val, const char *api)
{
  return (JsWasmTable *)argument_receiver(cx, this_val, CELL_WASM_TABLE, api, "WebAssembly.Table");
}

/* What a missing value means. */
static JsValue default_value(WasmType type)
{
  return wasm_heap_type(type) == WASM_HEAP_EXTERN ? JS_UNDEFINED : JS_NULL;
}

/* Table ( descriptor [ , value ] )  https://webassembly.github.io/spec/js-api/#dom-table-table */
static JsValue table_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Table()";
  WasmLimits limits;
  WasmType type;
  bool found;
  TRY(argument_new(cx, "WebAssembly.Table"));
  if (!js_is_object(js_arg(argc, argv, 0))) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a table descriptor", api);
    return JS_EXCEPTION;
  }
  JsObject *descriptor = js_as_object(argv[0]);
  JsValue element = TRY(get_property(cx, descriptor, key_from_c_string(cx->heap, "element")));
  TRY(argument_type(cx, element, &type, &found));
  if (!found || !wasm_is_ref(type)) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Descriptor property 'element' must be a WebAssembly reference type", api);
    return JS_EXCEPTION;
  }
  TRY(argument_limits(cx, descriptor, api, WASM_MAX_TABLE_SIZE, UINT32_MAX, &limits));
  WasmSlot init = {.val = default_value(type)};
  if (argc > 1 && !js_is_undefined(argv[1]))
    TRY(argument_value(
        cx, argv[1], type, api,
        "Argument 2 must be undefined or a value of type compatible with the type of the new table: ", ".", &init));
  JsWasmTable *table = TRY(wasm_table_new(cx, type, &limits, init.val, js_new_target(cx)));
  return js_from_object(&table->obj);
}

static JsValue size_value(JsContext *cx, const JsWasmTable *table, uint64_t size)
{
  WasmSlot slot = {.u64 = size};
  return table->is_64 ? wasm_to_js(cx, WASM_I64, &slot) : js_number((double)size);
}

/* get Table.prototype.length  https://webassembly.github.io/spec/js-api/#dom-table-length */
static JsValue get_table_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWasmTable *table = TRY(this_table(cx, this_val, "WebAssembly.Table.length"));
  return size_value(cx, table, table->length);
}

/* Table.prototype.grow ( delta [ , value ] )  https://webassembly.github.io/spec/js-api/#dom-table-grow */
static JsValue table_proto_grow(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Table.grow()";
  uint64_t delta;
  JsWasmTable *table = TRY(this_table(cx, this_val, api));
  TRY(argument_address(cx, js_arg(argc, argv, 0), table->is_64, api, "Argument 0", &delta));
  WasmSlot init = {.val = default_value(table->type)};
  if (argc > 1 && !js_is_undefined(argv[1]))
    TRY(argument_value(cx, argv[1], table->type, api, "Argument 1 is invalid: ", "", &init));
  int64_t old = wasm_table_grow(cx, table, delta, init.val);
  if (old < 0) {
    (void)wasm_throw(cx, JS_RANGE_ERROR, "%s: failed to grow table by %llu", api, (unsigned long long)delta);
    return JS_EXCEPTION;
  }
  return size_value(cx, table, (uint64_t)old);
}

static bool table_place(JsContext *cx, const JsWasmTable *table, JsValue val, const char *api, uint64_t *at)
{
  char text[32];
  TRY_OR(false, argument_address(cx, val, table->is_64, api, "Argument 0", at));
  if (*at < table->length)
    return true;
  return wasm_throw(cx, JS_RANGE_ERROR, "%s: invalid address %llu in %s table of size %u", api, (unsigned long long)*at,
                    wasm_type_text(table->type, text), table->length);
}

/* Table.prototype.set ( index [ , value ] )  https://webassembly.github.io/spec/js-api/#dom-table-set */
static JsValue table_proto_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Table.set()";
  uint64_t at;
  JsWasmTable *table = TRY(this_table(cx, this_val, api));
  TRY(table_place(cx, table, js_arg(argc, argv, 0), api, &at));
  WasmSlot val = {.val = default_value(table->type)};
  if (argc > 1)
    TRY(argument_value(cx, argv[1], table->type, api, "Argument 1 is invalid for table: ", "", &val));
  slot_set(cx->heap, table, &table->items[at], val.val);
  return JS_UNDEFINED;
}

/* Table.prototype.get ( index )  https://webassembly.github.io/spec/js-api/#dom-table-get */
static JsValue table_proto_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Table.get()";
  uint64_t at;
  JsWasmTable *table = TRY(this_table(cx, this_val, api));
  TRY(table_place(cx, table, js_arg(argc, argv, 0), api, &at));
  WasmSlot slot = {.val = slot_get(table->items[at])};
  return wasm_to_js(cx, table->type, &slot);
}

static const JsBuiltin table_proto[] = {
    GETTER("length", get_table_length, .attrs = PROP_ENUMERABLE | PROP_CONFIGURABLE),
    FN("grow", table_proto_grow, 1, .attrs = PROP_ALL),
    FN("set", table_proto_set, 1, .attrs = PROP_ALL),
    FN("get", table_proto_get, 1, .attrs = PROP_ALL),
    STRING_SYM(toStringTag, "WebAssembly.Table"),
};
extern const JsIntrinsicTable wasm_table_constructor_table, wasm_table_prototype_table;
const JsIntrinsicTable wasm_table_constructor_table = {
    CONSTRUCTOR_TABLE("Table", table_constructor, 1, WASM_TABLE_PROTOTYPE)};
const JsIntrinsicTable wasm_table_prototype_table = {PROTOTYPE_TABLE(WASM_TABLE), ROWS(table_proto)};

/* --- globals ---------------------------------------------------------------------------------------------------- */

static JsWasmGlobal *this_global(JsContext *cx, JsValue this_val, const char *api)
{
  return (JsWasmGlobal *)argument_receiver(cx, this_val, CELL_WASM_GLOBAL, api, "WebAssembly.Global");
}

/* Global ( descriptor [ , value ] )  https://webassembly.github.io/spec/js-api/#dom-global-global */
static JsValue global_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Global()";
  WasmType type;
  bool found;
  TRY(argument_new(cx, "WebAssembly.Global"));
  if (!js_is_object(js_arg(argc, argv, 0))) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a global descriptor", api);
    return JS_EXCEPTION;
  }
  JsObject *descriptor = js_as_object(argv[0]);
  JsValue is_mutable = TRY(get_property(cx, descriptor, key_from_c_string(cx->heap, "mutable")));
  JsValue name = TRY(get_property(cx, descriptor, KEY(cx->heap, value)));
  TRY(argument_type(cx, name, &type, &found));
  if (!found || wasm_heap_type(type) == WASM_HEAP_EXN) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Descriptor property 'value' must be a WebAssembly type", api);
    return JS_EXCEPTION;
  }
  if (type == WASM_V128) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: A global of type 'v128' cannot be created in JavaScript", api);
    return JS_EXCEPTION;
  }
  WasmSlot val[2];
  wasm_default(type, val);
  if (wasm_is_ref(type))
    val[0].val = default_value(type);
  if (argc > 1 && !js_is_undefined(argv[1]))
    TRY(argument_value(cx, argv[1], type, api, "", "", val));
  JsWasmGlobal *global = TRY(wasm_global_new(cx, type, to_boolean(is_mutable), js_new_target(cx)));
  wasm_global_store(cx, global, val);
  return js_from_object(&global->obj);
}

static JsValue global_value(JsContext *cx, JsValue this_val, const char *api)
{
  JsWasmGlobal *global = TRY(this_global(cx, this_val, api));
  return wasm_to_js(cx, global->type, global->val);
}

/* Global.prototype.valueOf ( )  https://webassembly.github.io/spec/js-api/#dom-global-valueof */
static JsValue global_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return global_value(cx, this_val, "WebAssembly.Global.valueOf()");
}

/* Global.prototype.value  https://webassembly.github.io/spec/js-api/#dom-global-value */
static JsValue get_global_value(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return global_value(cx, this_val, "get WebAssembly.Global.value");
}

static JsValue set_global_value(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "set WebAssembly.Global.value)"; /* NODE: with V8's parenthesis */
  WasmSlot val[2] = {{0}, {0}};
  JsWasmGlobal *global = TRY(this_global(cx, this_val, api));
  if (!global->is_mutable) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Can't set the value of an immutable global.", api);
    return JS_EXCEPTION;
  }
  if (!argc) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 is required", api);
    return JS_EXCEPTION;
  }
  TRY(argument_value(cx, argv[0], global->type, api, "", "", val));
  wasm_global_store(cx, global, val);
  return JS_UNDEFINED;
}

static const JsBuiltin global_proto[] = {
    FN("valueOf", global_proto_value_of, 0, .attrs = PROP_ALL),
    ACCESSOR("value", get_global_value, set_global_value, .attrs = PROP_ENUMERABLE | PROP_CONFIGURABLE),
    STRING_SYM(toStringTag, "WebAssembly.Global"),
};
extern const JsIntrinsicTable wasm_global_constructor_table, wasm_global_prototype_table;
const JsIntrinsicTable wasm_global_constructor_table = {
    CONSTRUCTOR_TABLE("Global", global_constructor, 1, WASM_GLOBAL_PROTOTYPE)};
const JsIntrinsicTable wasm_global_prototype_table = {PROTOTYPE_TABLE(WASM_GLOBAL), ROWS(global_proto)};
