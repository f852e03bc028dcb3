// SPDX-License-Identifier: MIT
/*
 * Built-in functions as they are in the beginning, whatever a program has done to where it finds them: made anew from
 * the tables that made the intrinsics, when first looked at. One row an entry; the library's `primordials`.
 */
#include "builtins/originals.h"

#include "builtins/builtin.h"
#include "builtins/setup.h"

typedef enum {
  ORIGINAL_OBJECT,   /* the intrinsic itself */
  ORIGINAL_STATIC,   /* its function `name` */
  ORIGINAL_UNCURRIED /* its method `name`, or the getter under a symbol, with the receiver as first argument */
} OriginalType;

static const struct {
  const char *property;
  JsIntrinsicId holder;
  OriginalType type;
  const char *name;
  uint16_t symbol;
} rows[] = {
    {"ReflectApply", JS_INTRINSIC_REFLECT, ORIGINAL_STATIC, "apply", 0},
    {"ReflectOwnKeys", JS_INTRINSIC_REFLECT, ORIGINAL_STATIC, "ownKeys", 0},
    {"TypedArrayPrototype", JS_INTRINSIC_TYPED_ARRAY_PROTOTYPE, ORIGINAL_OBJECT, NULL, 0},
    {"TypedArrayPrototypeGetSymbolToStringTag", JS_INTRINSIC_TYPED_ARRAY_PROTOTYPE, ORIGINAL_UNCURRIED, NULL,
     ATOM_SYM_toStringTag},
    {"BigIntPrototypeValueOf", JS_INTRINSIC_BIGINT_PROTOTYPE, ORIGINAL_UNCURRIED, "valueOf", 0},
    {"BooleanPrototypeValueOf", JS_INTRINSIC_BOOLEAN_PROTOTYPE, ORIGINAL_UNCURRIED, "valueOf", 0},
    {"DatePrototypeGetTime", JS_INTRINSIC_DATE_PROTOTYPE, ORIGINAL_UNCURRIED, "getTime", 0},
    {"DatePrototypeToISOString", JS_INTRINSIC_DATE_PROTOTYPE, ORIGINAL_UNCURRIED, "toISOString", 0},
    {"ErrorPrototypeToString", JS_INTRINSIC_ERROR_PROTOTYPE, ORIGINAL_UNCURRIED, "toString", 0},
    {"FunctionPrototypeToString", JS_INTRINSIC_FUNCTION_PROTOTYPE, ORIGINAL_UNCURRIED, "toString", 0},
    {"MapPrototypeEntries", JS_INTRINSIC_MAP_PROTOTYPE, ORIGINAL_UNCURRIED, "entries", 0},
    {"NumberPrototypeValueOf", JS_INTRINSIC_NUMBER_PROTOTYPE, ORIGINAL_UNCURRIED, "valueOf", 0},
    {"ObjectPrototypeHasOwnProperty", JS_INTRINSIC_OBJECT_PROTOTYPE, ORIGINAL_UNCURRIED, "hasOwnProperty", 0},
    {"ObjectPrototypePropertyIsEnumerable", JS_INTRINSIC_OBJECT_PROTOTYPE, ORIGINAL_UNCURRIED, "propertyIsEnumerable",
     0},
    {"RegExpPrototypeToString", JS_INTRINSIC_REGEXP_PROTOTYPE, ORIGINAL_UNCURRIED, "toString", 0},
    {"SetPrototypeValues", JS_INTRINSIC_SET_PROTOTYPE, ORIGINAL_UNCURRIED, "values", 0},
    {"StringPrototypeValueOf", JS_INTRINSIC_STRING_PROTOTYPE, ORIGINAL_UNCURRIED, "valueOf", 0},
    {"SymbolPrototypeToString", JS_INTRINSIC_SYMBOL_PROTOTYPE, ORIGINAL_UNCURRIED, "toString", 0},
    {"SymbolPrototypeValueOf", JS_INTRINSIC_SYMBOL_PROTOTYPE, ORIGINAL_UNCURRIED, "valueOf", 0},
};

/* fn(receiver, ...arguments): Function.prototype.call bound to it. */
static JsValue uncurry(JsContext *cx, JsValue fn)
{
  JsValue call = builtin_original(cx, JS_INTRINSIC_FUNCTION_PROTOTYPE, "call", 0);
  return js_from_object(TRY(bound_function_create(cx, js_as_object(call), fn, 0, NULL)));
}

static JsValue resolve(JsContext *cx, JsObject *obj, JsLazyValue *lazy)
{
  (void)obj;
  JsRealm *realm = (JsRealm *)js_as_cell(slot_get(lazy->a)), *running = cx->realm;
  uint32_t k = (uint32_t)js_as_int32(slot_get(lazy->b));
  JsValue val;
  if (rows[k].type == ORIGINAL_OBJECT)
    return js_from_object(realm_intrinsic(cx, realm, rows[k].holder));
  cx->realm = realm;
  val = builtin_original(cx, rows[k].holder, rows[k].name, rows[k].symbol);
  if (rows[k].type == ORIGINAL_UNCURRIED)
    val = uncurry(cx, val);
  cx->realm = running;
  return val;
}

void define_originals(JsContext *cx, JsObject *obj)
{
  for (uint32_t k = 0; k < JS_COUNTOF(rows); k++) {
    JsLazyValue *lazy = lazy_value_new(cx->heap, resolve, js_from_cell(cx->realm), js_int32((int32_t)k));
    object_define_direct(cx->heap, obj, key_from_c_string(cx->heap, rows[k].property), js_from_cell(lazy),
                         PROP_ENUMERABLE | PROP_LAZY);
  }
}
