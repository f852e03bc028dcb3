// SPDX-License-Identifier: MIT
/*
 * Ordinary objects' internal methods, and the dispatch to exotic ones
 * (ecma262#sec-ordinary-object-internal-methods-and-internal-slots).
 */
#include "object/arguments.h"
#include "object/call.h"
#include "object/compare.h"
#include "object/elements.h"
#include "object/operations.h"
#include "object/property.h"
#include "object/proxy.h"
#include "object/vm.h"

/* --- exotic kinds ------------------------------------------------------------------------------------------------ */

#define EXOTIC(kind, ops) extern const JsObjectOps ops;
#include "object/exotic_kinds.def"
#undef EXOTIC

static const JsObjectOps *const exotic_ops[CELL_KIND_COUNT] = {
#define EXOTIC(kind, ops) [CELL_##kind] = &ops,
#include "object/exotic_kinds.def"
#undef EXOTIC
};

const JsObjectOps *object_ops(JsCellKind kind)
{
  return exotic_ops[kind];
}

/* Calls the exotic method when there is one. */
#define DISPATCH(obj, method, ...)                                                                                     \
  do {                                                                                                                 \
    if ((obj)->cell.flags & OBJECT_EXOTIC) {                                                                           \
      const JsObjectOps *ops_ = exotic_ops[(obj)->cell.kind];                                                          \
      if (ops_->method)                                                                                                \
        return ops_->method(__VA_ARGS__);                                                                              \
    }                                                                                                                  \
  } while (0)

/* --- prototype and extensibility --------------------------------------------------------------------------------- */

bool object_get_prototype_of(JsContext *cx, JsObject *obj, JsObject **proto)
{
  DISPATCH(obj, get_prototype_of, cx, obj, proto);
  *proto = object_proto(cx->heap, obj);
  return true;
}

static bool is_not_extensible(JsContext *cx, JsObject *obj)
{
  return object_shape(cx->heap, obj)->cell.flags & SHAPE_NOT_EXTENSIBLE;
}

/* Objects with more properties than this change prototype by becoming dictionaries. */
enum { REPARENT_MAX = 128 };

static void object_set_proto_direct(JsContext *cx, JsObject *obj, JsObject *proto)
{
  JsHeap *heap = cx->heap;
  if (proto)
    object_become_proto(heap, proto);
  JsShape *shape = object_shape(heap, obj);
  if (!(shape->cell.flags & SHAPE_DICTIONARY) && shape->count <= REPARENT_MAX) {
    object_set_shape(heap, obj, shape_with_proto(heap, shape, proto));
    return;
  }
  shape = object_make_dictionary(heap, obj);
  object_layout_changed(heap, obj);
  ptr_slot_set(heap, shape, &shape->proto, proto);
  slot_set(heap, shape, &shape->transitions, JS_HOLE); /* its validity was registered along the old chain */
}

/* OrdinarySetPrototypeOf ( O, V )  ecma262#sec-ordinarysetprototypeof */
bool ordinary_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done)
{
  *done = true;
  if (object_proto(cx->heap, obj) == proto)
    return true;
  if (is_not_extensible(cx, obj) || (obj->cell.flags & OBJECT_IMMUTABLE_PROTO)) {
    *done = false;
    return true;
  }
  for (JsObject *p = proto; p; p = object_proto(cx->heap, p)) {
    if (p == obj) {
      *done = false;
      return true;
    }
    if (p->cell.kind == CELL_PROXY)
      break;
    TRY_OR(false, js_poll(cx, 1));
  }
  if (obj->cell.flags & OBJECT_LAZY)
    TRY_OR(false, object_materialise(cx, obj, (JsKey){0}));
  object_set_proto_direct(cx, obj, proto);
  return true;
}

bool object_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done)
{
  DISPATCH(obj, set_prototype_of, cx, obj, proto, done);
  return ordinary_set_prototype_of(cx, obj, proto, done);
}

bool object_is_extensible(JsContext *cx, JsObject *obj, bool *extensible)
{
  DISPATCH(obj, is_extensible, cx, obj, extensible);
  *extensible = !is_not_extensible(cx, obj);
  return true;
}

bool object_prevent_extensions(JsContext *cx, JsObject *obj, bool *done)
{
  DISPATCH(obj, prevent_extensions, cx, obj, done);
  return ordinary_prevent_extensions(cx, obj, done);
}

bool ordinary_prevent_extensions(JsContext *cx, JsObject *obj, bool *done)
{
  *done = true;
  if (obj->cell.flags & OBJECT_LAZY)
    TRY_OR(false, object_materialise(cx, obj, (JsKey){0}));
  JsShape *shape = object_shape(cx->heap, obj);
  if (shape->cell.flags & SHAPE_NOT_EXTENSIBLE)
    return true;
  if (shape->cell.flags & SHAPE_DICTIONARY)
    shape->cell.flags |= SHAPE_NOT_EXTENSIBLE;
  else
    object_set_shape(cx->heap, obj, shape_not_extensible(cx->heap, shape));
  object_layout_changed(cx->heap, obj);
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements) {
    TRY_OR(false, elements_reserve(cx, obj, 1));
    elements = ptr_slot_get(obj->elements);
  }
  if (elements->cell.kind == CELL_ELEMENTS)
    elements->cell.flags |= ELEMENTS_NOT_EXTENSIBLE;
  return true;
}

/* --- [[GetOwnProperty]] ------------------------------------------------------------------------------------------ */

static void descriptor_from(JsValue val, uint32_t attrs, JsPropertyDescriptor *desc)
{
  if (attrs & PROP_ACCESSOR) {
    JsAccessor *accessor = (JsAccessor *)js_as_cell(val);
    *desc = descriptor_accessor(slot_get(accessor->getter), slot_get(accessor->setter),
                                (uint8_t)(attrs & (PROP_ENUMERABLE | PROP_CONFIGURABLE)));
  } else {
    *desc = descriptor_data(val, (uint8_t)(attrs & PROP_ALL));
  }
}

/* The raw own property of an ordinary object: value or JsAccessor, attributes. May materialise. */
static bool own_raw(JsContext *cx, JsObject *obj, JsKey key, JsValue *val, uint32_t *attrs, bool *found)
{
  *found = false;
  if (key_is_index(key)) {
    *found = elements_lookup(cx->heap, obj, key_as_index(key), val, attrs);
    return true;
  }
  if (js_unlikely(obj->cell.flags & OBJECT_LAZY))
    TRY_OR(false, object_materialise(cx, obj, key));
  JsShape *shape = object_shape(cx->heap, obj);
  const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, key);
  if (!entry)
    return true;
  if (js_unlikely(entry->attrs & PROP_LAZY)) {
    TRY_OR(false, property_resolve_lazy(cx, obj, key));
    shape = object_shape(cx->heap, obj);
    entry = shape_lookup(cx->heap, shape, key);
    if (!entry)
      return true;
  }
  *found = true;
  *val = slot_get(*object_slot(shape, obj, entry->slot));
  *attrs = entry->attrs;
  return true;
}

bool ordinary_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  JsValue val;
  uint32_t attrs;
  TRY_OR(false, own_raw(cx, obj, key, &val, &attrs, found));
  if (*found)
    descriptor_from(val, attrs, desc);
  return true;
}

bool object_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  DISPATCH(obj, get_own_property, cx, obj, key, desc, found);
  return ordinary_get_own_property(cx, obj, key, desc, found);
}

/* --- [[DefineOwnProperty]] --------------------------------------------------------------------------------------- */

static bool store_own(JsContext *cx, JsObject *obj, JsKey key, JsValue val, uint32_t attrs)
{
  if (key_is_index(key)) {
    TRY_OR(false, elements_define(cx, obj, key_as_index(key), val, attrs));
    if (is_not_extensible(cx, obj) && object_has_dense_elements(obj))
      ptr_slot_get(obj->elements)->cell.flags |= ELEMENTS_NOT_EXTENSIBLE;
    return true;
  }
  JsShape *shape = object_shape(cx->heap, obj);
  const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, key);
  if (!entry) {
    object_add_property(cx->heap, obj, key, val, attrs);
    return true;
  }
  uint32_t slot = entry->slot;
  if (entry->attrs != attrs) {
    object_change_attributes(cx->heap, obj, key, attrs);
    shape = object_shape(cx->heap, obj);
  }
  object_write_slot(cx->heap, shape, obj, slot, val);
  return true;
}

static bool same_or_absent(JsContext *cx, JsValue field, JsValue current)
{
  return js_is_hole(field) || same_value(cx->heap, field, current);
}

/* Steps 3-7 of ValidateAndApplyPropertyDescriptor: is the change allowed? */
static bool change_allowed(JsContext *cx, const JsPropertyDescriptor *desc, const JsPropertyDescriptor *current)
{
  if (current->attrs & PROP_CONFIGURABLE)
    return true;
  if ((desc->present & PROP_CONFIGURABLE) && (desc->attrs & PROP_CONFIGURABLE))
    return false;
  if ((desc->present & PROP_ENUMERABLE) && ((desc->attrs ^ current->attrs) & PROP_ENUMERABLE))
    return false;
  bool current_accessor = descriptor_is_accessor(current);
  if (!descriptor_is_accessor(desc) && !descriptor_is_data(desc))
    return true;
  if (descriptor_is_accessor(desc) != current_accessor)
    return false;
  if (current_accessor)
    return same_or_absent(cx, desc->getter, current->getter) && same_or_absent(cx, desc->setter, current->setter);
  if (current->attrs & PROP_WRITABLE)
    return true;
  if ((desc->present & PROP_WRITABLE) && (desc->attrs & PROP_WRITABLE))
    return false;
  return same_or_absent(cx, desc->value, current->value);
}

static JsValue or_undefined(JsValue field)
{
  return js_is_hole(field) ? JS_UNDEFINED : field;
}

static JsValue accessor_cell(JsContext *cx, JsValue getter, JsValue setter)
{
  JsAccessor *accessor = GC_NEW(cx->heap, ACCESSOR, JsAccessor);
  slot_init(&accessor->getter, getter);
  slot_init(&accessor->setter, setter);
  return js_from_cell(accessor);
}

bool validate_and_apply_property_descriptor(JsContext *cx, JsObject *obj, JsKey key, bool extensible,
                                            const JsPropertyDescriptor *desc, const JsPropertyDescriptor *current,
                                            bool *done)
{
  *done = false;
  uint32_t given = desc->attrs & desc->present;
  if (!current) {
    if (!extensible)
      return true;
    *done = true;
    if (!obj)
      return true;
    if (descriptor_is_accessor(desc))
      return store_own(cx, obj, key, accessor_cell(cx, or_undefined(desc->getter), or_undefined(desc->setter)),
                       (given & (PROP_ENUMERABLE | PROP_CONFIGURABLE)) | PROP_ACCESSOR);
    return store_own(cx, obj, key, or_undefined(desc->value), given & PROP_ALL);
  }
  if (!change_allowed(cx, desc, current))
    return true;
  *done = true;
  if (!obj)
    return true;
  uint32_t attrs = (current->attrs & ~(uint32_t)desc->present) | given;
  bool to_accessor = descriptor_is_accessor(desc) || (descriptor_is_accessor(current) && !descriptor_is_data(desc));
  if (to_accessor) {
    bool was = descriptor_is_accessor(current);
    JsValue getter = js_is_hole(desc->getter) ? (was ? current->getter : JS_UNDEFINED) : desc->getter;
    JsValue setter = js_is_hole(desc->setter) ? (was ? current->setter : JS_UNDEFINED) : desc->setter;
    object_layout_changed(cx->heap, obj);
    return store_own(cx, obj, key, accessor_cell(cx, getter, setter),
                     (attrs & (PROP_ENUMERABLE | PROP_CONFIGURABLE)) | PROP_ACCESSOR);
  }
  JsValue val = desc->value;
  if (descriptor_is_accessor(current)) {
    attrs = (attrs & ~(uint32_t)PROP_WRITABLE) | (given & PROP_WRITABLE);
    val = or_undefined(val);
  } else if (js_is_hole(val)) {
    val = current->value;
  }
  return store_own(cx, obj, key, val, attrs & PROP_ALL);
}

bool ordinary_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc, bool *done)
{
  JsPropertyDescriptor current;
  bool found, extensible = true;
  TRY_OR(false, object_get_own_property(cx, obj, key, &current, &found));
  if (!found)
    TRY_OR(false, object_is_extensible(cx, obj, &extensible));
  return validate_and_apply_property_descriptor(cx, obj, key, extensible, desc, found ? &current : NULL, done);
}

bool object_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc, bool *done)
{
  DISPATCH(obj, define_own_property, cx, obj, key, desc, done);
  return ordinary_define_own_property(cx, obj, key, desc, done);
}

/* --- [[HasProperty]], [[Get]] ------------------------------------------------------------------------------------ */

bool ordinary_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  for (;;) {
    bool exotic = obj->cell.flags & OBJECT_EXOTIC;
    if (exotic && exotic_ops[obj->cell.kind]->get_own_property) {
      JsPropertyDescriptor desc;
      TRY_OR(false, exotic_ops[obj->cell.kind]->get_own_property(cx, obj, key, &desc, has));
    } else {
      JsValue val;
      uint32_t attrs;
      TRY_OR(false, own_raw(cx, obj, key, &val, &attrs, has));
    }
    if (*has)
      return true;
    JsObject *proto;
    TRY_OR(false, object_get_prototype_of(cx, obj, &proto));
    if (!proto)
      return true;
    if ((proto->cell.flags & OBJECT_EXOTIC) && exotic_ops[proto->cell.kind]->has_property) {
      TRY_OR(false, js_check_c_stack(cx));
      return exotic_ops[proto->cell.kind]->has_property(cx, proto, key, has);
    }
    obj = proto;
  }
}

bool object_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  DISPATCH(obj, has_property, cx, obj, key, has);
  return ordinary_has_property(cx, obj, key, has);
}

static JsValue call_getter(JsContext *cx, JsValue getter, JsValue receiver)
{
  return js_is_undefined(getter) ? JS_UNDEFINED : js_call(cx, getter, receiver, 0, NULL);
}

JsValue ordinary_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  for (;;) {
    JsValue val;
    uint32_t attrs;
    bool found;
    if ((obj->cell.flags & OBJECT_EXOTIC) && exotic_ops[obj->cell.kind]->get_own_property) {
      JsPropertyDescriptor desc;
      TRY(exotic_ops[obj->cell.kind]->get_own_property(cx, obj, key, &desc, &found));
      if (found)
        return descriptor_is_accessor(&desc) ? call_getter(cx, desc.getter, receiver) : desc.value;
    } else {
      TRY(own_raw(cx, obj, key, &val, &attrs, &found));
      if (found)
        return attrs & PROP_ACCESSOR ? call_getter(cx, slot_get(((JsAccessor *)js_as_cell(val))->getter), receiver)
                                     : val;
    }
    JsObject *proto;
    TRY(object_get_prototype_of(cx, obj, &proto));
    if (!proto)
      return JS_UNDEFINED;
    if ((proto->cell.flags & OBJECT_EXOTIC) && exotic_ops[proto->cell.kind]->get) {
      TRY(js_check_c_stack(cx));
      return exotic_ops[proto->cell.kind]->get(cx, proto, key, receiver);
    }
    obj = proto;
  }
}

JsValue object_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  DISPATCH(obj, get, cx, obj, key, receiver);
  return ordinary_get(cx, obj, key, receiver);
}

/* --- [[Set]]
 * ---------------------------------------------------------------------------------------------------------------------------
 */

/* Steps 2.b-2.e of OrdinarySetWithOwnDescriptor: the data property goes onto the receiver. */
static bool set_on_receiver(JsContext *cx, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  *done = false;
  if (!js_is_object(receiver))
    return true;
  JsObject *target = js_as_object(receiver);
  JsPropertyDescriptor existing;
  bool found;
  TRY_OR(false, object_get_own_property(cx, target, key, &existing, &found));
  if (!found) {
    JsPropertyDescriptor fresh = descriptor_data(val, PROP_ALL);
    return object_define_own_property(cx, target, key, &fresh, done);
  }
  if (descriptor_is_accessor(&existing) || !(existing.attrs & PROP_WRITABLE))
    return true;
  JsPropertyDescriptor change = {val, JS_HOLE, JS_HOLE, 0, 0};
  return object_define_own_property(cx, target, key, &change, done);
}

static bool call_setter(JsContext *cx, JsValue setter, JsValue val, JsValue receiver, bool *done)
{
  *done = false;
  if (js_is_undefined(setter))
    return true;
  TRY_OR(false, js_call1(cx, setter, receiver, val));
  *done = true;
  return true;
}

/* FAST: an own writable data property of an ordinary receiver is stored without building descriptors. */
static bool set_own_fast(JsContext *cx, JsObject *obj, JsKey key, JsValue val, bool *stored)
{
  *stored = false;
  if (key_is_index(key)) {
    *stored = object_dense_set(cx->heap, obj, key_as_index(key), val);
    return true;
  }
  if (obj->cell.flags & OBJECT_LAZY)
    TRY_OR(false, object_materialise(cx, obj, key));
  JsShape *shape = object_shape(cx->heap, obj);
  const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, key);
  if (entry && (entry->attrs & (PROP_WRITABLE | PROP_ACCESSOR | PROP_LAZY)) == PROP_WRITABLE) {
    object_write_slot(cx->heap, shape, obj, entry->slot, val);
    *stored = true;
  }
  return true;
}

/* OrdinarySet ( O, P, V, Receiver )  ecma262#sec-ordinaryset */
bool ordinary_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  if (js_same_bits(receiver, js_from_object(obj)) &&
      (!(obj->cell.flags & OBJECT_EXOTIC) || obj->cell.kind == CELL_ARRAY)) {
    if (obj->cell.kind != CELL_ARRAY || !key_equals(key, KEY(cx->heap, length))) {
      TRY_OR(false, set_own_fast(cx, obj, key, val, done));
      if (*done)
        return true;
    }
  }
  for (;;) {
    JsPropertyDescriptor own;
    bool found;
    TRY_OR(false, object_get_own_property(cx, obj, key, &own, &found));
    if (found) {
      if (descriptor_is_accessor(&own))
        return call_setter(cx, own.setter, val, receiver, done);
      *done = false;
      if (!(own.attrs & PROP_WRITABLE))
        return true;
      break;
    }
    JsObject *proto;
    TRY_OR(false, object_get_prototype_of(cx, obj, &proto));
    if (!proto)
      break;
    if ((proto->cell.flags & OBJECT_EXOTIC) && exotic_ops[proto->cell.kind]->set) {
      TRY_OR(false, js_check_c_stack(cx));
      return exotic_ops[proto->cell.kind]->set(cx, proto, key, val, receiver, done);
    }
    obj = proto;
  }
  return set_on_receiver(cx, key, val, receiver, done);
}

bool object_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  DISPATCH(obj, set, cx, obj, key, val, receiver, done);
  return ordinary_set(cx, obj, key, val, receiver, done);
}

/* --- [[Delete]], [[OwnPropertyKeys]] ----------------------------------------------------------------------------- */

bool ordinary_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  JsPropertyDescriptor own;
  bool found;
  TRY_OR(false, object_get_own_property(cx, obj, key, &own, &found));
  *done = !found || (own.attrs & PROP_CONFIGURABLE);
  if (!found || !*done)
    return true;
  if (key_is_index(key))
    elements_remove(cx->heap, obj, key_as_index(key));
  else
    object_remove_property(cx->heap, obj, key);
  return true;
}

bool object_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  DISPATCH(obj, delete_, cx, obj, key, done);
  return ordinary_delete(cx, obj, key, done);
}

JsElements *object_append_named_keys(JsContext *cx, JsObject *obj, JsElements *list)
{
  if (obj->cell.flags & OBJECT_LAZY)
    TRY_OR(NULL, object_materialise(cx, obj, (JsKey){0}));
  for (int symbols = 0; symbols < 2; symbols++) {
    JsShape *shape = object_shape(cx->heap, obj);
    JsPropertyTable *table = ptr_slot_get(shape->table);
    for (uint32_t k = 0; table && k < shape->count; k++) {
      JsKey key = {table->entries[k].key.raw_};
      if (key_is_none(key) || key_is_symbol(key) != (bool)symbols || key_is_private(key))
        continue;
      list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(key)));
    }
  }
  return list;
}

JsElements *ordinary_own_keys(JsContext *cx, JsObject *obj)
{
  JsShape *shape = object_shape(cx->heap, obj);
  JsElements *list = elements_new(cx->heap, shape->count + 4);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  list = TRY_OR(NULL, elements_append_indices(cx, obj, list));
  return object_append_named_keys(cx, obj, list);
}

JsElements *object_own_keys(JsContext *cx, JsObject *obj)
{
  DISPATCH(obj, own_keys, cx, obj);
  return ordinary_own_keys(cx, obj);
}

JsElements *object_own_named_keys(JsContext *cx, JsObject *obj)
{
  bool is_array = obj->cell.kind == CELL_ARRAY;
  if (!is_array && obj->cell.kind != CELL_TYPED_ARRAY)
    return object_own_keys(cx, obj);
  JsElements *list = elements_new(cx->heap, 8);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  if (is_array)
    list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(KEY(cx->heap, length))));
  return object_append_named_keys(cx, obj, list);
}
