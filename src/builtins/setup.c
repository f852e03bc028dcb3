// SPDX-License-Identifier: MIT
/*
 * Making intrinsics from their tables on first touch, and whole Vms. Tables: builtins.def.
 */
#include "builtins/setup.h"

#include <stdio.h>

#include "builtins/array.h"
#include "builtins/regexp.h"
#include "object/property.h"

#include "interp/setup.h"

#define BUILTIN_TABLE(id, table) extern const JsIntrinsicTable table;
#define GLOBAL(name, id)
#define GLOBAL_ROWS(rows) extern const JsBuiltin rows[];
#include "builtins/builtins.def"
#undef BUILTIN_TABLE
#undef GLOBAL
#undef GLOBAL_ROWS

static const JsIntrinsicTable *const intrinsic_tables[JS_INTRINSIC_COUNT] = {
#define BUILTIN_TABLE(id, table) [JS_INTRINSIC_##id] = &table,
#define GLOBAL(name, id)
#define GLOBAL_ROWS(rows)
#include "builtins/builtins.def"
#undef BUILTIN_TABLE
#undef GLOBAL
#undef GLOBAL_ROWS
};

static const char *const intrinsic_names[JS_INTRINSIC_COUNT] = {
#define INTRINSIC(id, name) name,
#include "object/intrinsics.def"
#undef INTRINSIC
};

/* --- rows -------------------------------------------------------------------------------------------------------- */

static JsKey row_key(JsContext *cx, const JsBuiltin *row)
{
  return row->name ? key_from_c_string(cx->heap, row->name) : key_by_atom_id(cx->heap, (JsAtomId)row->symbol);
}

static JsValue row_function(JsContext *cx, const JsBuiltin *row, JsKey key, JsNativeFn fn, const char *prefix,
                            int length)
{
  JsKey name = row->text && row->type == BUILTIN_FUNCTION ? key_from_c_string(cx->heap, row->text) : key;
  JsNativeFunction *native = native_function_new(cx, fn, name, length, NULL, 0);
  if (prefix)
    ptr_slot_set(cx->heap, native, &native->name, function_name_text(cx, name, prefix));
  native->magic = row->magic;
  return js_from_cell(native);
}

static JsValue resolve_intrinsic(JsContext *cx, JsObject *obj, JsLazyValue *lazy)
{
  (void)obj;
  JsRealm *realm = (JsRealm *)js_as_cell(slot_get(lazy->a));
  return js_from_object(realm_intrinsic(cx, realm, (JsIntrinsicId)js_as_int32(slot_get(lazy->b))));
}

static void define_lazy_intrinsic(JsContext *cx, JsObject *obj, JsKey key, JsIntrinsicId id, uint32_t attrs)
{
  JsLazyValue *lazy = lazy_value_new(cx->heap, resolve_intrinsic, js_from_cell(cx->realm), js_int32((int32_t)id));
  object_define_direct(cx->heap, obj, key, js_from_cell(lazy), attrs | PROP_LAZY);
}

static bool define_row(JsContext *cx, JsObject *obj, const JsBuiltin *row)
{
  JsHeap *heap = cx->heap;
  JsKey key = row_key(cx, row);
  switch ((JsBuiltinType)row->type) {
  case BUILTIN_FUNCTION:
    object_define_direct(heap, obj, key, row_function(cx, row, key, row->fn, NULL, row->length),
                         row->attrs ? row->attrs : PROP_METHOD);
    return true;
  case BUILTIN_GETTER: {
    JsValue getter = row->fn ? row_function(cx, row, key, row->fn, "get", 0) : JS_UNDEFINED;
    JsValue setter = row->fn2 ? row_function(cx, row, key, row->fn2, "set", 1) : JS_UNDEFINED;
    object_define_accessor_direct(heap, obj, key, getter, setter, row->attrs ? row->attrs : PROP_CONFIGURABLE);
    return true;
  }
  case BUILTIN_NUMBER: object_define_direct(heap, obj, key, js_number(row->number), row->attrs); return true;
  case BUILTIN_STRING:
    object_define_direct(heap, obj, key, js_from_cell(atom_from_c_string(heap, row->text)), row->attrs);
    return true;
  case BUILTIN_ALIAS: {
    JsValue fn = object_get_direct(heap, obj, key_from_c_string(heap, row->text));
    object_define_direct(heap, obj, key, fn, row->attrs ? row->attrs : PROP_METHOD);
    return true;
  }
  case BUILTIN_INTRINSIC: define_lazy_intrinsic(cx, obj, key, (JsIntrinsicId)row->number, row->attrs); return true;
  case BUILTIN_SYMBOL:
    object_define_direct(heap, obj, key, key_raw_value(key_by_atom_id(heap, (JsAtomId)row->number)), 0);
    return true;
  case BUILTIN_VALUE: object_define_direct(heap, obj, key, JS_UNDEFINED, row->attrs); return true;
  }
  JS_UNREACHABLE();
}

bool builtin_define_rows(JsContext *cx, JsObject *obj, const JsBuiltin *rows, uint32_t count)
{
  for (uint32_t k = 0; k < count; k++)
    TRY_OR(false, define_row(cx, obj, &rows[k]));
  return true;
}

/* --- intrinsics -------------------------------------------------------------------------------------------------- */

static JsObject *intrinsic_parent(JsContext *cx, const JsIntrinsicTable *table, JsIntrinsicId id)
{
  if (table->parent >= 0)
    return realm_intrinsic(cx, cx->realm, (JsIntrinsicId)table->parent);
  if (table->parent == -2 || id == JS_INTRINSIC_OBJECT_PROTOTYPE)
    return NULL;
  return table->make == INTRINSIC_PLAIN || id == JS_INTRINSIC_FUNCTION_PROTOTYPE
             ? INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE)
             : INTRINSIC_OBJECT(cx, FUNCTION_PROTOTYPE);
}

static JsValue function_prototype_call(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_UNDEFINED;
}

/* The bare object of an intrinsic; registered before its rows are added, as they may lead back to it. */
static JsObject *make_bare(JsContext *cx, const JsIntrinsicTable *table, JsIntrinsicId id)
{
  JsHeap *heap = cx->heap;
  if (table->custom)
    return table->custom(cx);
  JsObject *parent = intrinsic_parent(cx, table, id);
  if (id == JS_INTRINSIC_FUNCTION_PROTOTYPE) {
    JsNativeFunction *native = (JsNativeFunction *)object_new_with_shape(
        heap, shape_root_for(heap, CELL_NATIVE_FUNCTION, sizeof(JsNativeFunction), 0, parent));
    native->obj.cell.flags |= OBJECT_CALLABLE | OBJECT_LAZY;
    native->fn = function_prototype_call;
    ptr_slot_init(&native->realm, cx->realm);
    return &native->obj;
  }
  if (table->make == INTRINSIC_PLAIN)
    return object_new_with_shape(heap, shape_root_for(heap, CELL_OBJECT, sizeof(JsObject), 0, parent));
  JsNativeFunction *native =
      native_function_new(cx, table->fn, key_from_c_string(heap, table->name), table->length, NULL, 0);
  native->magic = table->magic;
  if (table->make == INTRINSIC_CONSTRUCTOR)
    native->obj.cell.flags |= OBJECT_CONSTRUCTOR;
  if (parent != INTRINSIC_OBJECT(cx, FUNCTION_PROTOTYPE)) {
    bool done;
    MUST(object_set_prototype_of(cx, &native->obj, parent, &done));
  }
  return &native->obj;
}

static JsObject *make_intrinsic(JsContext *cx, JsIntrinsicId id)
{
  const JsIntrinsicTable *table = intrinsic_tables[id];
  if (!table) {
    fprintf(stderr, "culm: internal error: no table for intrinsic %s\n", intrinsic_names[id]);
    return NULL;
  }
  JsHeap *heap = cx->heap;
  JsObject *obj = make_bare(cx, table, id);
  if (!obj)
    return NULL;
  JsObject *made = ptr_slot_get(cx->realm->intrinsics[id]);
  if (made) /* making its parent led here already */
    return made;
  ptr_slot_set(heap, cx->realm, &cx->realm->intrinsics[id], obj);
  if (obj->cell.kind == CELL_NATIVE_FUNCTION)
    native_function_materialise(cx, obj);
  if (table->prototype >= 0) {
    JsObject *proto = realm_intrinsic(cx, cx->realm, (JsIntrinsicId)table->prototype);
    object_define_direct(heap, obj, KEY(heap, prototype), js_from_object(proto), 0);
  }
  if (table->constructor >= 0)
    define_lazy_intrinsic(cx, obj, KEY(heap, constructor), (JsIntrinsicId)table->constructor,
                          table->constructor_attrs ? table->constructor_attrs : PROP_METHOD);
  TRY_OR(NULL, builtin_define_rows(cx, obj, table->rows, table->count));
  if (table->finish)
    TRY_OR(NULL, table->finish(cx, obj));
  return obj;
}

/* Not what the holder has now: a new function object from the row that made the holder's. */
JsValue builtin_original(JsContext *cx, JsIntrinsicId holder, const char *name, uint16_t symbol)
{
  const JsIntrinsicTable *table = intrinsic_tables[holder];
  for (uint32_t k = 0; k < table->count; k++) {
    const JsBuiltin *row = &table->rows[k];
    if (name ? !row->name || strcmp(row->name, name) != 0 : row->name || row->symbol != symbol)
      continue;
    JS_ASSERT(row->type == BUILTIN_FUNCTION || row->type == BUILTIN_GETTER);
    return row_function(cx, row, row_key(cx, row), row->fn, row->type == BUILTIN_GETTER ? "get" : NULL, row->length);
  }
  JS_UNREACHABLE();
}

/* --- globals
 * -------------------------------------------------------------------------------------------------------------------
 */

static bool define_globals(JsContext *cx, JsObject *global)
{
  JsHeap *heap = cx->heap;
  object_define_direct(heap, global, KEY(heap, globalThis), js_from_object(ptr_slot_get(cx->realm->global_this)),
                       PROP_METHOD);
  object_define_direct(heap, global, KEY(heap, undefined), JS_UNDEFINED, 0);
  object_define_direct(heap, global, KEY(heap, NaN), js_double(__builtin_nan("")), 0);
  object_define_direct(heap, global, KEY(heap, Infinity), js_double(__builtin_inf()), 0);
#define BUILTIN_TABLE(id, table)
#define GLOBAL(name, id)                                                                                               \
  define_lazy_intrinsic(cx, global, key_from_c_string(heap, name), JS_INTRINSIC_##id, PROP_METHOD);
#define GLOBAL_ROWS(rows)                                                                                              \
  for (const JsBuiltin *row = rows; row->name || row->symbol; row++)                                                   \
    TRY_OR(false, define_row(cx, global, row));
#include "builtins/builtins.def"
#undef BUILTIN_TABLE
#undef GLOBAL
#undef GLOBAL_ROWS
  return true;
}

JsObject *this_kind(JsContext *cx, JsValue this_val, JsCellKind kind, const char *method)
{
  if (js_is_kind(this_val, kind))
    return js_as_object(this_val);
  throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, this_val);
  return NULL;
}

/* --- Vms
 * ---------------------------------------------------------------------------------------------------------------------------
 */

JsVm *vm_new(const JsVmOptions *options, const JsHostHooks *hooks)
{
  JsVm *vm = vm_new_bare(options, hooks);
  if (!vm)
    return NULL;
  vm->make_intrinsic = make_intrinsic;
  vm->define_globals = define_globals;
  vm->walk_begin = array_walk_begin;
  vm->walk_step = array_walk_step;
  vm->regexp_literal = regexp_from_literal;
  if (!interp_init(vm)) {
    vm_free(vm);
    return NULL;
  }
  JsRealm *realm = realm_new(&vm->cx);
  if (!realm) {
    vm_free(vm);
    return NULL;
  }
  vm->cx.realm = vm->first_realm = realm;
  return vm;
}
