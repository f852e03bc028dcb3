// SPDX-License-Identifier: MIT
/* Reading the arguments of the JavaScript API: see arguments.h. */
#include "wasm_vm/arguments.h"

#include <math.h>
#include <stdio.h>

#include "object/bigint.h"

JsObject *argument_receiver(JsContext *cx, JsValue this_val, JsCellKind kind, const char *api, const char *type)
{
  if (js_is_kind(this_val, kind))
    return js_as_object(this_val);
  (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Receiver is not a %s", api, type);
  return NULL;
}

bool argument_new(JsContext *cx, const char *name)
{
  if (!js_is_undefined(js_new_target(cx)))
    return true;
  return wasm_throw(cx, JS_TYPE_ERROR, "%s(): %s must be invoked with 'new'", name, name);
}

bool argument_u32(JsContext *cx, JsValue val, const char *api, const char *what, uint64_t *out)
{
  double d;
  TRY_OR(false, to_number_double(cx, val, &d));
  if (!isfinite(d))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: %s must be convertible to a valid number", api, what);
  d = trunc(d);
  if (d < 0)
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: %s must be non-negative", api, what);
  if (d > UINT32_MAX)
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: %s must be in the unsigned long range", api, what);
  *out = (uint64_t)d;
  return true;
}

bool argument_address(JsContext *cx, JsValue val, bool is_64, const char *api, const char *what, uint64_t *out)
{
  if (!is_64)
    return argument_u32(cx, val, api, what, out);
  JsBigInt *big = TRY_OR(false, to_bigint(cx, val));
  *out = bigint_to_uint64(big);
  JsBigInt *back = bigint_from_uint64(cx->heap, *out);
  if (!same_value(cx->heap, js_from_cell(big), js_from_cell(back)))
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: %s must be in u64 range", api, what);
  return true;
}

static bool read_limit(JsContext *cx, JsObject *descriptor, const char *name, bool is_64, const char *api,
                       uint64_t least, uint64_t most, bool *present, uint64_t *out)
{
  char what[32];
  snprintf(what, sizeof what, "Property '%s'", name);
  JsValue val = TRY_OR(false, get_property(cx, descriptor, key_from_c_string(cx->heap, name)));
  *present = !js_is_undefined(val);
  if (!*present)
    return true;
  TRY_OR(false, argument_address(cx, val, is_64, api, what, out));
  if (*out < least)
    return wasm_throw(cx, JS_RANGE_ERROR, "%s: %s: value %llu is below the lower bound %llu", api, what,
                      (unsigned long long)*out, (unsigned long long)least);
  if (*out > most)
    return wasm_throw(cx, JS_RANGE_ERROR, "%s: %s: value %llu is above the upper bound %llu", api, what,
                      (unsigned long long)*out, (unsigned long long)most);
  return true;
}

static bool read_address_type(JsContext *cx, JsObject *descriptor, const char *api, bool *is_64)
{
  *is_64 = false;
  JsValue val = TRY_OR(false, get_property(cx, descriptor, key_from_c_string(cx->heap, "address")));
  if (js_is_undefined(val))
    return true;
  JsString *text = TRY_OR(false, to_string(cx, val));
  *is_64 = string_equals_ascii(cx->heap, text, "i64");
  if (*is_64 || string_equals_ascii(cx->heap, text, "i32"))
    return true;
  char shown[64] = {0};
  string_to_utf8(cx->heap, text, shown, sizeof shown - 1);
  return wasm_throw(cx, JS_TYPE_ERROR, "%s: Unknown address type '%s'; pass 'i32' or 'i64'", api, shown);
}

bool argument_limits(JsContext *cx, JsObject *descriptor, const char *api, uint64_t most_initial, uint64_t most_maximum,
                     WasmLimits *out)
{
  bool has_initial;
  *out = (WasmLimits){0};
  TRY_OR(false, read_address_type(cx, descriptor, api, &out->is_64));
  if (out->is_64 && most_initial == WASM_MAX_PAGES)
    most_initial = most_maximum = WASM_MAX_PAGES_64;
  TRY_OR(false, read_limit(cx, descriptor, "initial", out->is_64, api, 0, most_initial, &has_initial, &out->initial));
  if (!has_initial)
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Property 'initial' is required", api);
  return read_limit(cx, descriptor, "maximum", out->is_64, api, out->initial, most_maximum, &out->has_maximum,
                    &out->maximum);
}

bool argument_type(JsContext *cx, JsValue val, WasmType *out, bool *found)
{
  static const struct {
    const char *name;
    WasmType type;
  } types[] = {
      {"i32", WASM_I32},
      {"i64", WASM_I64},
      {"f32", WASM_F32},
      {"f64", WASM_F64},
      {"v128", WASM_V128},
      {"anyfunc", WASM_FUNCREF},
      {"externref", WASM_EXTERNREF},
      {"exnref", WASM_EXNREF},
      {"funcref", WASM_FUNCREF},
  };
  *found = false;
  JsString *text = TRY_OR(false, to_string(cx, val));
  for (size_t k = 0; k < JS_COUNTOF(types) && !*found; k++) {
    *found = string_equals_ascii(cx->heap, text, types[k].name);
    *out = types[k].type;
  }
  return true;
}

bool argument_bytes(JsContext *cx, JsValue val, const char *api, const uint8_t **bytes, size_t *length)
{
  const JsArrayBuffer *buffer = NULL;
  size_t offset = 0;
  if (js_is_array_buffer(val)) {
    buffer = js_as_array_buffer(val);
    *length = array_buffer_byte_length(buffer);
  } else if (js_is_typed_array(val)) {
    const JsTypedArray *array = js_as_typed_array(val);
    buffer = ptr_slot_get(array->buffer);
    offset = array->byte_offset;
    *length = typed_array_length(array) << element_shift(typed_array_type(array));
  } else if (js_is_kind(val, CELL_DATA_VIEW)) {
    const JsDataView *view = (JsDataView *)js_as_cell(val);
    buffer = ptr_slot_get(view->buffer);
    offset = view->byte_offset;
    *length = data_view_byte_length(view);
  } else {
    return wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a buffer source", api);
  }
  if (!*length)
    return wasm_throw(cx, JS_COMPILE_ERROR, "%s: BufferSource argument is empty", api);
  *bytes = buffer->data + offset;
  return true;
}

bool argument_value(JsContext *cx, JsValue val, WasmType type, const char *api, const char *what, const char *end,
                    WasmSlot *out)
{
  if (wasm_from_js(cx, val, type, out))
    return true;
  if (!wasm_is_ref(type) || cx->terminating)
    return false;
  JsValue error = take_exception(cx);
  char text[160] = {0};
  JsValue message = object_get_direct(cx->heap, js_as_object(error), KEY(cx->heap, message));
  if (js_is_string(message))
    string_to_utf8(cx->heap, js_as_string(message), text, sizeof text - 1);
  return wasm_throw(cx, JS_TYPE_ERROR, "%s: %s%s%s", api, what, text, end);
}
