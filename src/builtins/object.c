// SPDX-License-Identifier: MIT
/* Object: constructor and statics (ecma262#sec-object-objects). The prototype's methods are in object_proto.c. */
#include "builtins/object.h"

#include "object/property.h"
#include "object/quiet_copy.h"

/* Object ( [ value ] )  ecma262#sec-object-value */
static JsValue object_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx), val = js_arg(argc, argv, 0);
  if (!js_is_undefined(new_target) && js_as_object(new_target) != js_callee(cx))
    return js_from_object(TRY(ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_OBJECT_PROTOTYPE,
                                                               CELL_OBJECT, sizeof(JsObject))));
  if (js_is_nullish(val))
    return js_from_object(object_new(cx));
  return js_from_object(TRY(to_object(cx, val)));
}

/* Object.assign ( target, ...sources )  ecma262#sec-object.assign */
static JsValue object_assign(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(to_object(cx, js_arg(argc, argv, 0)));
  for (int n = 1; n < argc; n++) {
    if (js_is_nullish(argv[n]))
      continue;
    JsObject *from = TRY(to_object(cx, argv[n]));
    uint32_t done = copy_properties_quietly(cx->heap, target, from, COPY_BY_SET, NULL, 0);
    if (done && done == object_shape(cx->heap, from)->count)
      continue;
    JsElements *keys = TRY(object_own_keys(cx, from));
    for (uint32_t k = done; k < keys->length; k++) {
      JsKey key = key_from_raw_value(slot_get(keys->v[k]));
      JsPropertyDescriptor desc;
      bool found;
      TRY(object_get_own_property(cx, from, key, &desc, &found));
      if (!found || !(desc.attrs & PROP_ENUMERABLE))
        continue;
      JsValue val = TRY(get_property(cx, from, key));
      TRY(set_property(cx, target, key, val));
    }
  }
  return js_from_object(target);
}

/* Object.getOwnPropertyDescriptor ( O, P )  ecma262#sec-object.getownpropertydescriptor */
static JsValue object_get_own_property_descriptor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsKey key;
  JsPropertyDescriptor desc;
  bool found;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(object_get_own_property(cx, obj, key, &desc, &found));
  return found ? from_property_descriptor(cx, &desc) : JS_UNDEFINED;
}

/* Object.getOwnPropertyDescriptors ( O )  ecma262#sec-object.getownpropertydescriptors */
static JsValue object_get_own_property_descriptors(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsElements *keys = TRY(object_own_keys(cx, obj));
  JsObject *result = object_new(cx);
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    JsPropertyDescriptor desc;
    bool found;
    TRY(object_get_own_property(cx, obj, key, &desc, &found));
    if (!found)
      continue;
    JsValue val = TRY(from_property_descriptor(cx, &desc));
    TRY(create_data_property_or_throw(cx, result, key, val));
  }
  return js_from_object(result);
}

/* GetOwnPropertyKeys ( O, type )  ecma262#sec-getownpropertykeys; magic 1: symbols */
static JsValue object_get_own_property_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool symbols = js_callee_magic(cx);
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsElements *keys = TRY(object_own_keys(cx, obj));
  JsArray *result = TRY(array_new(cx, keys->length));
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    if (key_is_symbol(key) == symbols)
      TRY(array_push_direct(cx, result, key_to_value(cx->heap, key)));
  }
  return js_from_object(&result->obj);
}

/* Object.hasOwn ( O, P )  ecma262#sec-object.hasown */
static JsValue object_has_own(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsKey key;
  bool has;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(has_own_property(cx, obj, key, &has));
  return js_boolean(has);
}

/* Object.is ( value1, value2 )  ecma262#sec-object.is */
static JsValue object_is(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(same_value(cx->heap, js_arg(argc, argv, 0), js_arg(argc, argv, 1)));
}

/* --- integrity --------------------------------------------------------------------------------------------------- */

/* Object.preventExtensions ( O )  ecma262#sec-object.preventextensions */
static JsValue object_prevent_extensions_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  bool done;
  if (!js_is_object(val))
    return val;
  TRY(object_prevent_extensions(cx, js_as_object(val), &done));
  return done ? val : throw_error(cx, JS_MSG_PREVENT_EXTENSIONS_FALSISH);
}

/* Object.seal ( O )  ecma262#sec-object.seal, Object.freeze ( O )  ecma262#sec-object.freeze; magic: JsIntegrity */
static JsValue object_set_integrity(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  bool done;
  if (!js_is_object(val))
    return val;
  TRY(set_integrity_level(cx, js_as_object(val), (JsIntegrity)js_callee_magic(cx), &done));
  return done ? val : throw_error(cx, JS_MSG_PREVENT_EXTENSIONS_FALSISH);
}

/* Object.isSealed ( O )  ecma262#sec-object.issealed, Object.isFrozen ( O )  ecma262#sec-object.isfrozen; magic:
 * JsIntegrity */
static JsValue object_test_integrity(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  bool answer = true;
  if (js_is_object(val))
    TRY(test_integrity_level(cx, js_as_object(val), (JsIntegrity)js_callee_magic(cx), &answer));
  return js_boolean(answer);
}

/* Object.isExtensible ( O )  ecma262#sec-object.isextensible */
static JsValue object_is_extensible_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  bool extensible = false;
  if (js_is_object(val))
    TRY(object_is_extensible(cx, js_as_object(val), &extensible));
  return js_boolean(extensible);
}

/* --- making and defining ----------------------------------------------------------------------------------------- */

/* ObjectDefineProperties ( O, Properties )  ecma262#sec-objectdefineproperties */
static bool define_properties(JsContext *cx, JsObject *obj, JsValue properties)
{
  JsObject *props = TRY_OR(false, to_object(cx, properties));
  JsElements *keys = TRY_OR(false, object_own_keys(cx, props));
  /* Descriptors are all read before any is applied. Each is kept as the object FromPropertyDescriptor makes of it. */
  JsElements *pairs = elements_new(cx->heap, keys->length * 2);
  if (!pairs) {
    throw_out_of_memory(cx);
    return false;
  }
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    JsPropertyDescriptor desc;
    bool found;
    TRY_OR(false, object_get_own_property(cx, props, key, &desc, &found));
    if (!found || !(desc.attrs & PROP_ENUMERABLE))
      continue;
    JsValue val = TRY_OR(false, get_property(cx, props, key));
    TRY_OR(false, to_property_descriptor(cx, val, &desc));
    JsValue kept = TRY_OR(false, from_property_descriptor(cx, &desc));
    pairs = TRY_OR(false, elements_push(cx, pairs, key_raw_value(key)));
    pairs = TRY_OR(false, elements_push(cx, pairs, kept));
  }
  for (uint32_t k = 0; k < pairs->length; k += 2) {
    JsPropertyDescriptor desc;
    TRY_OR(false, to_property_descriptor(cx, slot_get(pairs->v[k + 1]), &desc));
    TRY_OR(false, define_property_or_throw(cx, obj, key_from_raw_value(slot_get(pairs->v[k])), &desc));
  }
  return true;
}

/* Object.create ( O, Properties )  ecma262#sec-object.create */
static JsValue object_create(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue proto = js_arg(argc, argv, 0), properties = js_arg(argc, argv, 1);
  if (!js_is_object(proto) && !js_is_null(proto))
    return throw_error(cx, JS_MSG_PROTO_OBJECT_OR_NULL, proto);
  JsObject *obj = object_new_with_proto(cx, js_is_null(proto) ? NULL : js_as_object(proto));
  if (!js_is_undefined(properties))
    TRY(define_properties(cx, obj, properties));
  return js_from_object(obj);
}

/* Object.defineProperties ( O, Properties )  ecma262#sec-object.defineproperties */
static JsValue object_define_properties(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  if (!js_is_object(val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, "Object.defineProperties");
  TRY(define_properties(cx, js_as_object(val), js_arg(argc, argv, 1)));
  return val;
}

/* Object.defineProperty ( O, P, Attributes )  ecma262#sec-object.defineproperty */
static JsValue object_define_property(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  JsKey key;
  JsPropertyDescriptor desc;
  if (!js_is_object(val))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, "Object.defineProperty");
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(to_property_descriptor(cx, js_arg(argc, argv, 2), &desc));
  TRY(define_property_or_throw(cx, js_as_object(val), key, &desc));
  return val;
}

/* Object.getPrototypeOf ( O )  ecma262#sec-object.getprototypeof */
static JsValue object_get_prototype_of_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)))
  , *proto;
  TRY(object_get_prototype_of(cx, obj, &proto));
  return proto ? js_from_object(proto) : JS_NULL;
}

bool set_prototype_or_throw(JsContext *cx, JsObject *obj, JsValue proto)
{
  bool done, extensible;
  JsObject *parent = js_is_null(proto) ? NULL : js_as_object(proto);
  TRY_OR(false, object_set_prototype_of(cx, obj, parent, &done));
  if (done)
    return true;
  if (obj->cell.kind == CELL_PROXY) {
    throw_error(cx, JS_MSG_SET_PROTO_FALSISH);
    return false;
  }
  if (obj == INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE)) {
    JsString *text =
        string_from_c_string(cx->heap, "Immutable prototype object 'Object.prototype' cannot have their prototype set");
    throw_error_string(cx, JS_TYPE_ERROR, text);
    return false;
  }
  TRY_OR(false, object_is_extensible(cx, obj, &extensible));
  if (extensible)
    throw_error(cx, JS_MSG_CYCLIC_PROTO);
  else
    throw_error(cx, JS_MSG_PROTO_NOT_EXTENSIBLE, js_from_object(obj));
  return false;
}

/* Object.setPrototypeOf ( O, proto )  ecma262#sec-object.setprototypeof */
static JsValue object_set_prototype_of_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0), proto = js_arg(argc, argv, 1);
  if (js_is_nullish(val))
    return throw_error(cx, JS_MSG_CALLED_ON_NULLISH, "Object.setPrototypeOf");
  if (!js_is_object(proto) && !js_is_null(proto))
    return throw_error(cx, JS_MSG_PROTO_OBJECT_OR_NULL, proto);
  if (js_is_object(val))
    TRY(set_prototype_or_throw(cx, js_as_object(val), proto));
  return val;
}

/* --- listing ----------------------------------------------------------------------------------------------------- */

/* Object.keys, values, entries  ecma262#sec-object.keys; magic: JsOwnKind */
static JsValue object_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsElements *list = TRY(enumerable_own_properties(cx, obj, (JsOwnKind)js_callee_magic(cx)));
  return js_from_object(&TRY(array_from_elements(cx, list))->obj);
}

/* Adds one entry of Object.fromEntries' iterable. */
static bool add_entry(JsContext *cx, JsObject *result, JsValue entry)
{
  JsKey key;
  if (!js_is_object(entry)) {
    throw_error(cx, JS_MSG_NOT_AN_ENTRY, entry);
    return false;
  }
  JsValue name = TRY_OR(false, get_index(cx, js_as_object(entry), 0));
  JsValue val = TRY_OR(false, get_index(cx, js_as_object(entry), 1));
  TRY_OR(false, to_property_key(cx, name, &key));
  return create_data_property_or_throw(cx, result, key, val);
}

/* Object.fromEntries ( iterable )  ecma262#sec-object.fromentries */
static JsValue object_from_entries(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue iterable = js_arg(argc, argv, 0);
  if (js_is_nullish(iterable))
    return throw_error(cx, JS_MSG_NULLISH_NOT_ITERABLE, iterable);
  JsObject *result = object_new(cx);
  JsIteratorRecord record;
  TRY(get_iterator(cx, iterable, &record));
  for (;;) {
    JsValue entry;
    TRY(iterator_step_value(cx, &record, &entry));
    if (js_is_hole(entry))
      return js_from_object(result);
    if (!add_entry(cx, result, entry)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
  }
}

/* One item of groupBy: its group's array gets it. */
static bool group_item(JsContext *cx, JsObject *groups, JsValue callback, JsValue item, int64_t index)
{
  JsKey key;
  JsValue name = TRY_OR(false, js_call2(cx, callback, JS_UNDEFINED, item, js_number_i64(index)));
  TRY_OR(false, to_property_key(cx, name, &key));
  JsPropertyDescriptor desc;
  bool found;
  TRY_OR(false, object_get_own_property(cx, groups, key, &desc, &found)); /* ordinary and unseen: no user code */
  JsValue group = found ? desc.value : JS_UNDEFINED;
  if (!found) {
    group = js_from_object(&TRY_OR(false, array_new(cx, 4))->obj);
    TRY_OR(false, create_data_property_or_throw(cx, groups, key, group));
  }
  return array_push_direct(cx, js_as_array(group), item);
}

/* Object.groupBy ( items, callback )  ecma262#sec-object.groupby */
static JsValue object_group_by(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue items = js_arg(argc, argv, 0), callback = js_arg(argc, argv, 1);
  if (js_is_nullish(items))
    return throw_error(cx, JS_MSG_CALLED_ON_NULLISH, "Object.groupBy");
  if (!js_is_callable(callback))
    return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, callback);
  JsObject *groups = object_new_with_proto(cx, NULL);
  JsIteratorRecord record;
  TRY(get_iterator(cx, items, &record));
  for (int64_t index = 0;; index++) {
    JsValue item;
    TRY(iterator_step_value(cx, &record, &item));
    if (js_is_hole(item))
      return js_from_object(groups);
    if (!group_item(cx, groups, callback, item, index)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
  }
}

static const JsBuiltin object_static[] = {
    FN("assign", object_assign, 2),
    FN("getOwnPropertyDescriptor", object_get_own_property_descriptor, 2),
    FN("getOwnPropertyDescriptors", object_get_own_property_descriptors, 1),
    FN_MAGIC("getOwnPropertyNames", object_get_own_property_keys, 1, 0),
    FN_MAGIC("getOwnPropertySymbols", object_get_own_property_keys, 1, 1),
    FN("hasOwn", object_has_own, 2),
    FN("is", object_is, 2),
    FN("preventExtensions", object_prevent_extensions_fn, 1),
    FN_MAGIC("seal", object_set_integrity, 1, INTEGRITY_SEALED),
    FN("create", object_create, 2),
    FN("defineProperties", object_define_properties, 2),
    FN("defineProperty", object_define_property, 3),
    FN_MAGIC("freeze", object_set_integrity, 1, INTEGRITY_FROZEN),
    FN("getPrototypeOf", object_get_prototype_of_fn, 1),
    FN("setPrototypeOf", object_set_prototype_of_fn, 2),
    FN("isExtensible", object_is_extensible_fn, 1),
    FN_MAGIC("isFrozen", object_test_integrity, 1, INTEGRITY_FROZEN),
    FN_MAGIC("isSealed", object_test_integrity, 1, INTEGRITY_SEALED),
    FN_MAGIC("keys", object_list, 1, OWN_KEYS),
    FN_MAGIC("entries", object_list, 1, OWN_ENTRIES),
    FN("fromEntries", object_from_entries, 1),
    FN_MAGIC("values", object_list, 1, OWN_VALUES),
    FN("groupBy", object_group_by, 2),
};

const JsIntrinsicTable object_constructor_table = {CONSTRUCTOR_TABLE("Object", object_constructor, 1, OBJECT_PROTOTYPE),
                                                   ROWS(object_static)};
