// SPDX-License-Identifier: MIT
/* js.h: objects, functions, host classes. */
#include "culm/js.h"

#include "api/host_object.h"
#include "builtins/builtin.h"
#include "builtins/originals.h"
#include "object/operations.h"
#include "object/property.h"
#include "object/vm.h"

JsValue js_global(JsContext *cx)
{
  return js_from_object(ptr_slot_get(cx->realm->global));
}
JsValue js_object_new(JsContext *cx)
{
  return js_from_object(object_new(cx));
}

JsValue js_object_new_with_proto(JsContext *cx, JsValue proto)
{
  return js_from_object(object_new_with_proto(cx, js_is_object(proto) ? js_as_object(proto) : NULL));
}

JsValue js_array_new(JsContext *cx, size_t count, const JsValue *values)
{
  JsArray *array = TRY(array_from_values(cx, values, (uint32_t)count));
  return js_from_cell(array);
}

bool js_array_push(JsContext *cx, JsValue array, JsValue val)
{
  return array_push_direct(cx, js_as_array(array), val);
}

bool js_length(JsContext *cx, JsValue array_like, int64_t *out)
{
  JsObject *obj = TRY_OR(false, to_object(cx, array_like));
  return length_of_array_like(cx, obj, out);
}

JsValue js_get(JsContext *cx, JsValue obj, const char *name)
{
  return get_v(cx, obj, key_from_c_string(cx->heap, name));
}
JsValue js_get_key(JsContext *cx, JsValue obj, JsValue key)
{
  return get_value_property(cx, obj, key);
}
JsValue js_get_index(JsContext *cx, JsValue obj, uint32_t index)
{
  return js_is_object(obj) ? get_index(cx, js_as_object(obj), index)
                           : get_v(cx, obj, key_from_integer(cx->heap, index));
}

bool js_set(JsContext *cx, JsValue obj, const char *name, JsValue val)
{
  return put_value_property(cx, obj, key_from_c_string(cx->heap, name), val, true);
}

bool js_set_key(JsContext *cx, JsValue obj, JsValue key_val, JsValue val)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  return put_value_property(cx, obj, key, val, true);
}

bool js_set_index(JsContext *cx, JsValue obj, uint32_t index, JsValue val)
{
  return put_value_property(cx, obj, key_from_integer(cx->heap, index), val, true);
}

bool js_has_key(JsContext *cx, JsValue obj, JsValue key_val, bool *out)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  JsObject *target = TRY_OR(false, to_object(cx, obj));
  return has_property(cx, target, key, out);
}

bool js_has_own_key(JsContext *cx, JsValue obj, JsValue key_val, bool *out)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  JsObject *target = TRY_OR(false, to_object(cx, obj));
  return has_own_property(cx, target, key, out);
}

bool js_delete_key(JsContext *cx, JsValue obj, JsValue key_val, bool *out)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  JsObject *target = TRY_OR(false, to_object(cx, obj));
  return object_delete(cx, target, key, out);
}

/* JS_WRITABLE etc. are PROP_WRITABLE etc. */
_Static_assert((int)JS_WRITABLE == (int)PROP_WRITABLE && (int)JS_ENUMERABLE == (int)PROP_ENUMERABLE &&
                   (int)JS_CONFIGURABLE == (int)PROP_CONFIGURABLE,
               "public flags are the engine's");

static bool define_with_key(JsContext *cx, JsValue obj, JsKey key, JsValue val, int flags)
{
  JsPropertyDescriptor desc = descriptor_data(val, (uint8_t)flags);
  return define_property_or_throw(cx, js_as_object(obj), key, &desc);
}

bool js_define(JsContext *cx, JsValue obj, const char *name, JsValue val, int flags)
{
  return define_with_key(cx, obj, key_from_c_string(cx->heap, name), val, flags);
}

bool js_define_key(JsContext *cx, JsValue obj, JsValue key_val, JsValue val, int flags)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  return define_with_key(cx, obj, key, val, flags);
}

static JsValue resolve_by_call(JsContext *cx, JsObject *obj, JsLazyValue *lazy)
{
  return js_call0(cx, slot_get(lazy->a), JS_UNDEFINED);
}

bool js_define_lazy(JsContext *cx, JsValue obj_val, JsValue key_val, JsValue make, int flags)
{
  JsKey key;
  bool found, extensible;
  JsPropertyDescriptor desc;
  JsObject *obj = js_as_object(obj_val);
  TRY_OR(false, to_property_key(cx, key_val, &key));
  TRY_OR(false, object_get_own_property(cx, obj, key, &desc, &found));
  TRY_OR(false, object_is_extensible(cx, obj, &extensible));
  if (found || !extensible || key_is_index(key) || (obj->cell.flags & OBJECT_EXOTIC)) {
    JsValue val = TRY_OR(false, js_call0(cx, make, JS_UNDEFINED));
    return define_with_key(cx, obj_val, key, val, flags);
  }
  JsLazyValue *lazy = lazy_value_new(cx->heap, resolve_by_call, make, JS_HOLE);
  object_define_direct(cx->heap, obj, key, js_from_cell(lazy), (uint32_t)flags | PROP_LAZY);
  return true;
}

void js_define_originals(JsContext *cx, JsValue obj)
{
  define_originals(cx, js_as_object(obj));
}

bool js_define_accessor(JsContext *cx, JsValue obj, JsValue key_val, JsValue getter, JsValue setter, int flags)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, key_val, &key));
  JsPropertyDescriptor desc = descriptor_accessor(getter, setter, (uint8_t)flags);
  return define_property_or_throw(cx, js_as_object(obj), key, &desc);
}

enum { HELD_VALUE, HELD_MAKE, HELD_COUNT };

static JsValue held_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = js_as_native_function(js_from_object(js_callee(cx)));
  JsValue val = slot_get(self->data[HELD_VALUE]);
  if (!js_is_hole(val))
    return val;
  val = TRY(js_call0(cx, slot_get(self->data[HELD_MAKE]), JS_UNDEFINED));
  slot_set(cx->heap, self, &self->data[HELD_VALUE], val);
  return val;
}

/* data: the getter */
static JsValue held_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *getter = js_as_native_function(js_callee_data(cx, 0));
  slot_set(cx->heap, getter, &getter->data[HELD_VALUE], js_arg(argc, argv, 0));
  return JS_UNDEFINED;
}

bool js_define_held(JsContext *cx, JsValue obj, JsValue key, JsValue make)
{
  JsValue data[HELD_COUNT] = {JS_HOLE, make};
  JsNativeFunction *getter = native_function_new(cx, held_get, KEY(cx->heap, get), 0, data, HELD_COUNT);
  getter->magic = NATIVE_RETURNS_HELD_MAGIC;
  JsValue getter_val = js_from_cell(getter);
  JsNativeFunction *setter = native_function_new(cx, held_set, KEY(cx->heap, set), 1, &getter_val, 1);
  return js_define_accessor(cx, obj, key, getter_val, js_from_cell(setter), PROP_CONFIGURABLE);
}

JsValue js_get_prototype(JsContext *cx, JsValue obj)
{
  JsObject *proto;
  TRY(object_get_prototype_of(cx, js_as_object(obj), &proto));
  return proto ? js_from_object(proto) : JS_NULL;
}

bool js_set_prototype(JsContext *cx, JsValue obj, JsValue proto)
{
  bool done;
  TRY_OR(false,
         object_set_prototype_of(cx, js_as_object(obj), js_is_object(proto) ? js_as_object(proto) : NULL, &done));
  if (!done)
    throw_error(cx, JS_MSG_CYCLIC_PROTO);
  return done;
}

JsValue js_own_keys(JsContext *cx, JsValue obj_val, int which)
{
  JsObject *obj = js_as_object(obj_val);
  JsElements *keys = TRY(which & JS_KEYS_SKIP_INDICES ? object_own_named_keys(cx, obj) : object_own_keys(cx, obj));
  JsArray *array = TRY(array_new(cx, keys->length));
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    if (!(which & (key_is_symbol(key) ? JS_KEYS_SYMBOLS : JS_KEYS_STRINGS)))
      continue;
    if ((which & JS_KEYS_SKIP_INDICES) && key_is_index(key))
      continue;
    if (which & JS_KEYS_ENUMERABLE_ONLY) {
      JsPropertyDescriptor own;
      bool found;
      TRY(object_get_own_property(cx, obj, key, &own, &found));
      if (!found || !(own.attrs & PROP_ENUMERABLE))
        continue;
    }
    TRY(array_push_direct(cx, array, key_to_value(cx->heap, key)));
  }
  return js_from_cell(array);
}

bool js_each_plain_property(JsContext *cx, JsValue obj_val, JsPropertyVisitor visit, void *opaque)
{
  if (!js_is_kind(obj_val, CELL_OBJECT))
    return false;
  JsObject *obj = js_as_object(obj_val);
  JsShape *shape = object_shape(cx->heap, obj);
  JsElements *elements = ptr_slot_get(obj->elements);
  if ((obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY)) || (elements && elements->length))
    return false;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  for (uint32_t k = 0; k < shape->count; k++) {
    const JsPropertyEntry *entry = &table->entries[k];
    JsKey key = key_from_raw_value(slot_get(entry->key));
    if (key_is_none(key) || !key_is_atom(key) || !(entry->attrs & PROP_ENUMERABLE))
      continue;
    if ((entry->attrs & (PROP_ACCESSOR | PROP_LAZY)) ||
        !visit(cx, key_to_value(cx->heap, key), slot_get(*object_slot(shape, obj, entry->slot)), opaque))
      return false;
  }
  return true;
}

bool js_instance_of(JsContext *cx, JsValue val, JsValue ctor, bool *out)
{
  return instance_of(cx, val, ctor, out);
}

/* --- functions --------------------------------------------------------------------------------------------------- */

static JsNativeFunction *host_function(JsContext *cx, JsFunctionCallback fn, const char *name, int length,
                                       int data_count, const JsValue *data)
{
  JsNativeFunction *native =
      native_function_new(cx, fn, key_from_c_string(cx->heap, name), length, data, (uint32_t)data_count);
  native->obj.cell.aux |= NATIVE_OF_HOST;
  return native;
}

JsValue js_function_new(JsContext *cx, JsFunctionCallback fn, const char *name, int length)
{
  return js_from_cell(host_function(cx, fn, name, length, 0, NULL));
}

JsValue js_closure_new(JsContext *cx, JsFunctionCallback fn, const char *name, int length, int magic, int data_count,
                       const JsValue *data)
{
  JsNativeFunction *native = host_function(cx, fn, name, length, data_count, data);
  native->magic = (int16_t)magic;
  return js_from_cell(native);
}

JsValue js_closure_data(JsValue fn, JsFunctionCallback callback, int k)
{
  if (!js_is_kind(fn, CELL_NATIVE_FUNCTION))
    return JS_UNDEFINED;
  const JsNativeFunction *native = (const JsNativeFunction *)js_as_cell(fn);
  return native->fn == callback && (uint32_t)k < native->data_count ? slot_get(native->data[k]) : JS_UNDEFINED;
}

JsValue js_function_data(JsContext *cx, int k)
{
  return js_callee_data(cx, (uint32_t)k);
}
int js_function_magic(JsContext *cx)
{
  return js_callee_magic(cx);
}
bool js_is_construct_call(JsContext *cx)
{
  return !js_is_undefined(cx->native_frame->new_target);
}
JsValue js_current_new_target(JsContext *cx)
{
  return cx->native_frame->new_target;
}

JsValue js_new(JsContext *cx, JsValue ctor, int argc, const JsValue *argv)
{
  if (!js_is_constructor(ctor))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR, ctor);
  return js_construct(cx, js_as_object(ctor), argc, argv, js_as_object(ctor));
}

JsValue js_invoke(JsContext *cx, JsValue obj, const char *method, int argc, const JsValue *argv)
{
  return invoke(cx, obj, key_from_c_string(cx->heap, method), argc, argv);
}

bool js_define_functions(JsContext *cx, JsValue obj, const JsFunctionRow *rows)
{
  for (const JsFunctionRow *row = rows; row->name; row++)
    TRY_OR(false, js_define(cx, obj, row->name,
                            js_closure_new(cx, row->fn, row->name, row->length, row->magic, 0, NULL), JS_HIDDEN));
  return true;
}

/* --- host objects ------------------------------------------------------------------------------------------------ */

_Static_assert(sizeof(JsHostObject) == 40, "host_object_finalise() frees what it holds");
void host_object_finalise(JsHeap *heap, JsCell *cell)
{
  JsHostObject *obj = (JsHostObject *)cell;
  if (obj->native && obj->cls->finalise)
    obj->cls->finalise(obj->native);
}

JsValue js_host_class_new(JsContext *cx, const JsHostClass *cls, JsFunctionCallback constructor, int length,
                          const JsFunctionRow *methods)
{
  JsObject *proto = object_new(cx);
  JsNativeFunction *ctor =
      native_constructor_new(cx, constructor, key_from_c_string(cx->heap, cls->name), length, proto);
  ctor->obj.cell.aux |= NATIVE_OF_HOST;
  object_define_direct(cx->heap, proto, KEY(cx->heap, constructor), js_from_cell(ctor), PROP_METHOD);
  if (methods)
    TRY(js_define_functions(cx, js_from_object(proto), methods));
  return js_from_cell(ctor);
}

static JsValue host_new(JsContext *cx, JsObject *proto, const JsHostClass *cls, void *native)
{
  JsHostObject *obj = (JsHostObject *)object_new_kind(cx, CELL_HOST_OBJECT, sizeof(JsHostObject), proto);
  obj->cls = cls;
  obj->native = native;
  return js_from_cell(obj);
}

JsValue js_host_new(JsContext *cx, const JsHostClass *cls, void *native)
{
  JsObject *proto = TRY(get_prototype_from_constructor(cx, js_new_target(cx), JS_INTRINSIC_OBJECT_PROTOTYPE));
  return host_new(cx, proto, cls, native);
}

JsValue js_host_new_of(JsContext *cx, JsValue constructor, const JsHostClass *cls, void *native)
{
  JsValue proto = TRY(get_property(cx, js_as_object(constructor), KEY(cx->heap, prototype)));
  return host_new(cx, js_is_object(proto) ? js_as_object(proto) : INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE), cls, native);
}

void *js_host_native(JsValue val, const JsHostClass *cls)
{
  if (!js_is_kind(val, CELL_HOST_OBJECT))
    return NULL;
  JsHostObject *obj = (JsHostObject *)js_as_cell(val);
  return obj->cls == cls ? obj->native : NULL;
}

void js_host_set_native(JsValue val, const JsHostClass *cls, void *native)
{
  if (js_is_kind(val, CELL_HOST_OBJECT) && ((JsHostObject *)js_as_cell(val))->cls == cls)
    ((JsHostObject *)js_as_cell(val))->native = native;
}
