// SPDX-License-Identifier: MIT
/* The functions of wasm:js-string, and compile options: see js_string.h. */
#include "wasm_vm/js_string.h"

#include <stdio.h>

/* --- the functions ---------------------------------------------------------------------------------------------- */

/* A string, or the trap of a cast that fails. */
static JsString *cast(JsContext *cx, JsValue val)
{
  if (js_is_string(val))
    return js_as_string(val);
  (void)wasm_trap(cx, "illegal cast");
  return NULL;
}

/* Arguments that are i32 come as numbers. */
static uint32_t unsigned_arg(int argc, const JsValue *argv, int k)
{
  return (uint32_t)js_as_int32(js_arg(argc, argv, k));
}

static JsValue string_cast(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_cell(TRY(cast(cx, js_arg(argc, argv, 0))));
}

static JsValue string_test(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32(js_is_string(js_arg(argc, argv, 0)));
}

static JsValue string_from_char_code(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_cell(string_from_unit(cx->heap, (uint16_t)unsigned_arg(argc, argv, 0)));
}

static JsValue string_from_point(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint32_t point = unsigned_arg(argc, argv, 0);
  if (point > 0x10FFFF) {
    char text[40];
    snprintf(text, sizeof text, "Invalid code point %u", point);
    (void)wasm_trap(cx, text);
    return JS_EXCEPTION;
  }
  return js_from_cell(string_from_code_point(cx->heap, point));
}

/* The view of argument 0 and the place that argument 1 names. */
static bool unit_place(JsContext *cx, int argc, const JsValue *argv, StringView *view, uint32_t *at)
{
  JsString *s = TRY_OR(false, cast(cx, js_arg(argc, argv, 0)));
  *view = string_view(cx->heap, s);
  *at = unsigned_arg(argc, argv, 1);
  return *at < view->length || wasm_trap(cx, "string offset out of bounds");
}

static JsValue string_char_code_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StringView view;
  uint32_t at;
  TRY(unit_place(cx, argc, argv, &view, &at));
  return js_int32(view_unit(view, at));
}

static JsValue string_code_point_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StringView view;
  uint32_t at;
  TRY(unit_place(cx, argc, argv, &view, &at));
  uint32_t high = view_unit(view, at), low = at + 1 < view.length ? view_unit(view, at + 1) : 0;
  bool is_pair = high >> 10 == 0xD800 >> 10 && low >> 10 == 0xDC00 >> 10;
  return js_int32((int32_t)(is_pair ? 0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF)) : high));
}

static JsValue string_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32((int32_t)TRY(cast(cx, js_arg(argc, argv, 0)))->length);
}

static JsValue string_concatenate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *left = TRY(cast(cx, js_arg(argc, argv, 0)))
  , *right = TRY(cast(cx, js_arg(argc, argv, 1)));
  return js_from_cell(TRY(string_concat(cx, left, right)));
}

static JsValue string_part(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *s = TRY(cast(cx, js_arg(argc, argv, 0)));
  uint32_t from = unsigned_arg(argc, argv, 1), to = unsigned_arg(argc, argv, 2);
  if (from > to || from > s->length)
    return js_from_cell(string_empty(cx->heap));
  return js_from_cell(string_substring(cx->heap, s, from, to < s->length ? to : s->length));
}

static JsValue string_equal(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue a = js_arg(argc, argv, 0), b = js_arg(argc, argv, 1);
  JsString *left = js_is_null(a) ? NULL : TRY(cast(cx, a))
  , *right = js_is_null(b) ? NULL : TRY(cast(cx, b));
  return js_int32(left && right ? string_equals(cx->heap, left, right) : left == right);
}

static JsValue string_order(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *left = TRY(cast(cx, js_arg(argc, argv, 0)))
  , *right = TRY(cast(cx, js_arg(argc, argv, 1)));
  int order = string_compare(cx->heap, left, right);
  return js_int32(order < 0 ? -1 : order > 0);
}

enum { REF_EXTERN = WASM_REF_TYPE(false, WASM_HEAP_EXTERN) };

typedef struct StringFunction {
  const char *name;
  JsNativeFn fn;
  uint32_t param_count;
  WasmType params[3], result;
} StringFunction;

/* fromCharCodeArray and intoCharCodeArray want array types, which no module has here. */
static const StringFunction functions[] = {
    {"cast", string_cast, 1, {WASM_EXTERNREF}, REF_EXTERN},
    {"test", string_test, 1, {WASM_EXTERNREF}, WASM_I32},
    {"fromCharCode", string_from_char_code, 1, {WASM_I32}, REF_EXTERN},
    {"fromCodePoint", string_from_point, 1, {WASM_I32}, REF_EXTERN},
    {"charCodeAt", string_char_code_at, 2, {WASM_EXTERNREF, WASM_I32}, WASM_I32},
    {"codePointAt", string_code_point_at, 2, {WASM_EXTERNREF, WASM_I32}, WASM_I32},
    {"length", string_length, 1, {WASM_EXTERNREF}, WASM_I32},
    {"concat", string_concatenate, 2, {WASM_EXTERNREF, WASM_EXTERNREF}, REF_EXTERN},
    {"substring", string_part, 3, {WASM_EXTERNREF, WASM_I32, WASM_I32}, REF_EXTERN},
    {"equals", string_equal, 2, {WASM_EXTERNREF, WASM_EXTERNREF}, WASM_I32},
    {"compare", string_order, 2, {WASM_EXTERNREF, WASM_EXTERNREF}, WASM_I32},
};

JsValue js_string_import(JsContext *cx, const WasmImport *import)
{
  if (import->builtin == BUILTIN_STRING_CONSTANT)
    return js_from_cell(string_from_utf8(cx->heap, import->name.text, import->name.length));
  const StringFunction *function = &functions[import->builtin - BUILTIN_FUNCTIONS];
  return js_from_cell(native_function_new(cx, function->fn, key_from_c_string(cx->heap, function->name),
                                          (int)function->param_count, NULL, 0));
}

/* --- compile options (https://webassembly.github.io/js-string-builtins/js-api/#dictdef-webassemblycompileoptions) ----
 */

static bool name_is(const WasmName *name, const char *text)
{
  return name->length == strlen(text) && !memcmp(name->text, text, name->length);
}

/* May the function stand for an import of the type: does it take all that is given, and give what is wanted? */
static bool fits(const WasmModule *module, const StringFunction *function, const WasmFuncType *type)
{
  if (type->param_count != function->param_count || type->result_count != 1)
    return false;
  for (uint32_t k = 0; k < type->param_count; k++)
    if (type->types[k] != function->params[k])
      return false;
  return wasm_results(type)[0] == function->result;
}

static bool resolve_function(JsContext *cx, const WasmModule *module, WasmImport *import, const char *api)
{
  for (uint32_t k = 0; k < JS_COUNTOF(functions); k++) {
    if (!name_is(&import->name, functions[k].name))
      continue;
    if (import->kind != WASM_FUNCTION || !fits(module, &functions[k], wasm_function_type(module, import->index)))
      return wasm_throw(cx, JS_COMPILE_ERROR,
                        "%s: Imported builtin function \"wasm:js-string\" \"%s\" has incorrect signature @+%u", api,
                        functions[k].name, import->offset);
    import->builtin = BUILTIN_FUNCTIONS + k;
  }
  return true;
}

static bool resolve_constant(JsContext *cx, const WasmModule *module, WasmImport *import, uint32_t number,
                             const char *api)
{
  const WasmGlobalInfo *global = import->kind == WASM_GLOBAL ? &module->globals.items[import->index] : NULL;
  if (!global || global->is_mutable || (global->type != WASM_EXTERNREF && global->type != REF_EXTERN))
    return wasm_throw(cx, JS_COMPILE_ERROR,
                      "%s: String constant import #%u \"%.*s\" must be an immutable global subtyping externref @+%u",
                      api, number, (int)import->name.length, import->name.text, import->offset);
  import->builtin = BUILTIN_STRING_CONSTANT;
  return true;
}

/* Is "js-string" among the builtins? What is not known is left out. */
static bool wants_strings(JsContext *cx, JsObject *options, bool *wants)
{
  *wants = false;
  JsValue list = TRY_OR(false, get_property(cx, options, key_from_c_string(cx->heap, "builtins")));
  if (!js_is_object(list))
    return true;
  int64_t count;
  TRY_OR(false, length_of_array_like(cx, js_as_object(list), &count));
  for (int64_t k = 0; k < count && !*wants; k++) {
    JsValue name = TRY_OR(false, get_index(cx, js_as_object(list), k));
    *wants = js_is_string(name) && string_equals_ascii(cx->heap, js_as_string(name), "js-string");
  }
  return true;
}

bool js_string_resolve(JsContext *cx, WasmModule *module, JsValue options, const char *api)
{
  bool functions_wanted;
  if (!js_is_object(options))
    return true;
  TRY_OR(false, wants_strings(cx, js_as_object(options), &functions_wanted));
  JsValue constants =
      TRY_OR(false, get_property(cx, js_as_object(options), key_from_c_string(cx->heap, "importedStringConstants")));
  for (uint32_t k = 0; k < module->imports.len; k++) {
    WasmImport *import = &module->imports.items[k];
    if (functions_wanted && name_is(&import->module, "wasm:js-string")) {
      TRY_OR(false, resolve_function(cx, module, import, api));
    } else if (js_is_string(constants)) {
      JsString *name = string_from_utf8(cx->heap, import->module.text, import->module.length);
      if (string_equals(cx->heap, js_as_string(constants), name))
        TRY_OR(false, resolve_constant(cx, module, import, k, api));
    }
  }
  return true;
}
