// SPDX-License-Identifier: MIT
/* js.h: kinds of values, conversions, strings, symbols. */
#include "culm/js.h"

#include <stdlib.h>

#include "base/utf.h"
#include "bytecode/code.h"
#include "object/operations.h"
#include "object/typed_array.h"
#include "object/vm.h"

JsType js_value_type(JsValue val)
{
  if (js_is_number(val))
    return JS_TYPE_NUMBER;
  if (js_is_undefined(val) || js_is_hole(val))
    return JS_TYPE_UNDEFINED;
  if (js_is_null(val))
    return JS_TYPE_NULL;
  if (js_is_boolean(val))
    return JS_TYPE_BOOLEAN;
  switch (js_as_cell(val)->kind) {
  case CELL_STRING: return JS_TYPE_STRING;
  case CELL_SYMBOL: return JS_TYPE_SYMBOL;
  case CELL_BIGINT: return JS_TYPE_BIGINT;
  default: return js_as_cell(val)->flags & OBJECT_CALLABLE ? JS_TYPE_FUNCTION : JS_TYPE_OBJECT;
  }
}

bool js_value_is_object(JsValue val)
{
  return js_is_object(val);
}
bool js_value_is_string(JsValue val)
{
  return js_is_string(val);
}
bool js_value_is_symbol(JsValue val)
{
  return js_is_symbol(val);
}
bool js_value_is_bigint(JsValue val)
{
  return js_is_bigint(val);
}
bool js_value_is_function(JsValue val)
{
  return js_is_callable(val);
}
bool js_value_is_array(JsValue val)
{
  return js_is_kind(val, CELL_ARRAY);
}

/* What is not here is JS_OBJECT_ORDINARY, which is 0. */
static const uint8_t object_kinds[CELL_KIND_COUNT] = {
    [CELL_ARRAY] = JS_OBJECT_ARRAY,
    [CELL_FUNCTION] = JS_OBJECT_FUNCTION,
    [CELL_NATIVE_FUNCTION] = JS_OBJECT_FUNCTION,
    [CELL_BOUND_FUNCTION] = JS_OBJECT_FUNCTION,
    [CELL_PROXY] = JS_OBJECT_PROXY,
    [CELL_ERROR] = JS_OBJECT_ERROR,
    [CELL_DATE] = JS_OBJECT_DATE,
    [CELL_REGEXP] = JS_OBJECT_REGEXP,
    [CELL_MAP] = JS_OBJECT_MAP,
    [CELL_SET] = JS_OBJECT_SET,
    [CELL_WEAK_MAP] = JS_OBJECT_WEAK_MAP,
    [CELL_WEAK_SET] = JS_OBJECT_WEAK_SET,
    [CELL_WEAK_REF] = JS_OBJECT_WEAK_REF,
    [CELL_PROMISE] = JS_OBJECT_PROMISE,
    [CELL_ARRAY_BUFFER] = JS_OBJECT_ARRAY_BUFFER,
    [CELL_TYPED_ARRAY] = JS_OBJECT_TYPED_ARRAY,
    [CELL_DATA_VIEW] = JS_OBJECT_DATA_VIEW,
    [CELL_ARGUMENTS] = JS_OBJECT_ARGUMENTS,
    [CELL_GENERATOR] = JS_OBJECT_GENERATOR,
    [CELL_ASYNC_GENERATOR] = JS_OBJECT_GENERATOR,
    [CELL_MAP_ITERATOR] = JS_OBJECT_MAP_ITERATOR,
    [CELL_SET_ITERATOR] = JS_OBJECT_SET_ITERATOR,
    [CELL_MODULE_NAMESPACE] = JS_OBJECT_MODULE_NAMESPACE,
    [CELL_WASM_MODULE_OBJECT] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_INSTANCE_OBJECT] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_MEMORY] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_TABLE] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_GLOBAL] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_TAG] = JS_OBJECT_WEBASSEMBLY,
    [CELL_WASM_EXCEPTION] = JS_OBJECT_WEBASSEMBLY,
    [CELL_HOST_OBJECT] = JS_OBJECT_HOST,
};

static JsObjectKind wrapper_kind(JsValue primitive)
{
  switch (js_value_type(primitive)) {
  case JS_TYPE_BOOLEAN: return JS_OBJECT_BOOLEAN;
  case JS_TYPE_NUMBER: return JS_OBJECT_NUMBER;
  case JS_TYPE_STRING: return JS_OBJECT_STRING;
  case JS_TYPE_SYMBOL: return JS_OBJECT_SYMBOL;
  default: return JS_OBJECT_BIGINT;
  }
}

JsObjectKind js_object_kind(JsValue obj)
{
  if (!js_is_object(obj))
    return JS_OBJECT_ORDINARY;
  JsCellKind kind = (JsCellKind)js_as_cell(obj)->kind;
  if (kind == CELL_OBJECT)
    return JS_OBJECT_ORDINARY;
  if (kind == CELL_PRIMITIVE_WRAPPER)
    return wrapper_kind(slot_get(((JsPrimitiveWrapper *)js_as_cell(obj))->primitive));
  if (kind == CELL_ARRAY_BUFFER && js_as_cell(obj)->aux & BUFFER_SHARED)
    return JS_OBJECT_SHARED_ARRAY_BUFFER;
  return (JsObjectKind)object_kinds[kind];
}

static uint32_t function_flags(JsValue fn)
{
  if (!js_is_function(fn))
    return 0;
  const JsCode *code = ptr_slot_get(js_as_function(fn)->code);
  return code->flags;
}

bool js_function_is_async(JsValue fn)
{
  return function_flags(fn) & CODE_ASYNC;
}
bool js_function_is_generator(JsValue fn)
{
  return function_flags(fn) & CODE_GENERATOR;
}

bool js_proxy_details(JsValue val, JsValue *target, JsValue *handler)
{
  if (!js_is_kind(val, CELL_PROXY))
    return false;
  JsProxy *proxy = (JsProxy *)js_as_cell(val);
  bool revoked = !ptr_slot_get(proxy->target);
  *target = revoked ? JS_NULL : js_from_object(ptr_slot_get(proxy->target));
  *handler = revoked ? JS_NULL : js_from_object(ptr_slot_get(proxy->handler));
  return true;
}

JsValue js_unwrap_primitive(JsValue obj)
{
  return js_is_kind(obj, CELL_PRIMITIVE_WRAPPER) ? slot_get(((JsPrimitiveWrapper *)js_as_cell(obj))->primitive)
                                                 : JS_HOLE;
}

/* --- conversions ------------------------------------------------------------------------------------------------- */

bool js_to_boolean(JsValue val)
{
  return to_boolean(val);
}
bool js_to_double(JsContext *cx, JsValue val, double *out)
{
  return to_number_double(cx, val, out);
}
bool js_to_int32(JsContext *cx, JsValue val, int32_t *out)
{
  return to_int32(cx, val, out);
}

bool js_to_int64(JsContext *cx, JsValue val, int64_t *out)
{
  if (js_is_bigint(val)) {
    *out = (int64_t)bigint_to_uint64(js_as_bigint(val));
    return true;
  }
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, val, &d));
  *out = d >= 9223372036854775807.0 ? INT64_MAX : d <= -9223372036854775808.0 ? INT64_MIN : (int64_t)d;
  return true;
}

JsValue js_to_string(JsContext *cx, JsValue val)
{
  JsString *s = TRY(to_string(cx, val));
  return js_from_cell(s);
}

JsValue js_to_object(JsContext *cx, JsValue val)
{
  JsObject *obj = TRY(to_object(cx, val));
  return js_from_object(obj);
}

bool js_strict_equals(JsContext *cx, JsValue a, JsValue b)
{
  return strict_equals(cx->heap, a, b);
}
bool js_same_value(JsContext *cx, JsValue a, JsValue b)
{
  return same_value(cx->heap, a, b);
}
JsValue js_bigint_from_int64(JsContext *cx, int64_t i)
{
  return js_from_cell(bigint_from_int64(cx->heap, i));
}
JsValue js_bigint_from_uint64(JsContext *cx, uint64_t u)
{
  return js_from_cell(bigint_from_uint64(cx->heap, u));
}
uint64_t js_bigint_to_uint64(JsValue bigint)
{
  return bigint_to_uint64(js_as_bigint(bigint));
}

/* --- strings ----------------------------------------------------------------------------------------------------- */

JsValue js_string_utf8(JsContext *cx, const char *bytes, size_t length)
{
  return js_from_cell(string_from_utf8(cx->heap, bytes, length));
}

JsValue js_string_latin1(JsContext *cx, const void *bytes, size_t length)
{
  return js_from_cell(string_from_latin1(cx->heap, bytes, length));
}

JsValue js_string_utf16(JsContext *cx, const uint16_t *units, size_t length)
{
  return js_from_cell(string_from_utf16(cx->heap, units, length));
}

JsValue js_string(JsContext *cx, const char *utf8)
{
  return js_string_utf8(cx, utf8, strlen(utf8));
}
JsValue js_intern(JsContext *cx, const char *ascii)
{
  return key_to_value(cx->heap, key_from_c_string(cx->heap, ascii));
}

static bool too_long(JsContext *cx)
{
  throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
  return false;
}

bool js_string_reserve_latin1(JsContext *cx, size_t length, JsValue *string, uint8_t **units)
{
  JsString *s = length <= JS_MAX_STRING_LENGTH ? string_alloc_latin1(cx->heap, length, units) : NULL;
  if (!s)
    return too_long(cx);
  *string = js_from_cell(s);
  return true;
}

bool js_string_reserve_utf16(JsContext *cx, size_t length, JsValue *string, uint16_t **units)
{
  JsString *s = length <= JS_MAX_STRING_LENGTH ? string_alloc_wide(cx->heap, length, units) : NULL;
  if (!s)
    return too_long(cx);
  *string = js_from_cell(s);
  return true;
}

size_t js_string_length(JsValue string)
{
  return js_as_string(string)->length;
}

JsStringView js_string_view(JsContext *cx, JsValue string)
{
  StringView view = string_view(cx->heap, js_as_string(string));
  return (JsStringView){view.units, view.length, view.is_wide};
}

size_t js_string_utf8_size(JsContext *cx, JsValue string)
{
  return string_utf8_length(cx->heap, js_as_string(string));
}

size_t js_string_write_utf8(JsContext *cx, JsValue string, char *out, size_t cap)
{
  return string_to_utf8(cx->heap, js_as_string(string), out, cap);
}

char *js_to_utf8(JsContext *cx, JsValue val, size_t *length)
{
  JsString *s = TRY_OR(NULL, to_string(cx, val));
  size_t need = string_utf8_length(cx->heap, s);
  char *utf8 = malloc(need + 1);
  if (!utf8) {
    throw_out_of_memory(cx);
    return NULL;
  }
  need = string_to_utf8(cx->heap, s, utf8, need);
  utf8[need] = 0;
  if (length)
    *length = need;
  return utf8;
}

/* --- symbols
 * --------------------------------------------------------------------------------------------------------------------
 */

JsValue js_symbol_new(JsContext *cx, const char *description)
{
  return js_from_cell(symbol_new(cx->heap, string_from_utf8(cx->heap, description, strlen(description)), 0));
}

JsValue js_symbol_for(JsContext *cx, const char *key)
{
  return js_from_cell(symbol_for(cx->heap, string_from_utf8(cx->heap, key, strlen(key))));
}

JsValue js_symbol_well_known(JsContext *cx, const char *name)
{
  static const struct {
    const char *name;
    JsAtomId id;
  } rows[] = {
#define ATOM_ROW(id, text)
#define SYMBOL_ROW(id) {#id, ATOM_SYM_##id},
#define PRIVATE_ROW(id)
#include "object/atoms.def"
#undef ATOM_ROW
#undef SYMBOL_ROW
#undef PRIVATE_ROW
  };
  for (size_t k = 0; k < JS_COUNTOF(rows); k++)
    if (!strcmp(rows[k].name, name))
      return key_raw_value(key_by_atom_id(cx->heap, rows[k].id));
  return JS_UNDEFINED;
}
