// SPDX-License-Identifier: MIT
/* Reflect (ecma262#sec-reflect-object) and the Proxy constructor (ecma262#sec-proxy-constructor). */
#include "builtins/builtin.h"
#include "object/proxy.h"

extern const JsIntrinsicTable reflect_table;
extern const JsIntrinsicTable proxy_constructor_table;

/* The first argument as an object; NULL with the TypeError. */
static JsObject *target_argument(JsContext *cx, int argc, const JsValue *argv, const char *method)
{
  JsValue val = js_arg(argc, argv, 0);
  if (js_is_object(val))
    return js_as_object(val);
  throw_error(cx, JS_MSG_CALLED_ON_NON_OBJECT, method);
  return NULL;
}

/* Reflect.apply ( target, thisArgument, argumentsList )  ecma262#sec-reflect.apply */
static JsValue reflect_apply(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue target = js_arg(argc, argv, 0);
  if (!js_is_callable(target))
    return throw_error(cx, JS_MSG_CALLED_ON_NON_FUNCTION, "apply", target, js_is_object(target) ? "an" : "a",
                       type_of(cx->heap, target));
  JsElements *args = TRY(create_list_from_array_like(cx, js_arg(argc, argv, 2)));
  JsValue result = js_call(cx, target, js_arg(argc, argv, 1), (int)args->length, (const JsValue *)args->v);
  js_keep_alive(js_from_cell(args));
  return result;
}

/* Reflect.construct ( target, argumentsList [ , newTarget ] )  ecma262#sec-reflect.construct */
static JsValue reflect_construct(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue target = js_arg(argc, argv, 0), new_target = argc > 2 ? argv[2] : target;
  if (!js_is_constructor(target))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR_VALUE, target);
  if (!js_is_constructor(new_target))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR_VALUE, new_target);
  JsElements *args = TRY(create_list_from_array_like(cx, js_arg(argc, argv, 1)));
  JsValue result =
      js_construct(cx, js_as_object(target), (int)args->length, (const JsValue *)args->v, js_as_object(new_target));
  js_keep_alive(js_from_cell(args));
  return result;
}

/* Reflect.defineProperty ( target, propertyKey, attributes )  ecma262#sec-reflect.defineproperty */
static JsValue reflect_define_property(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.defineProperty"));
  JsKey key;
  JsPropertyDescriptor desc;
  bool done;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(to_property_descriptor(cx, js_arg(argc, argv, 2), &desc));
  TRY(object_define_own_property(cx, target, key, &desc, &done));
  return js_boolean(done);
}

/* Reflect.deleteProperty ( target, propertyKey )  ecma262#sec-reflect.deleteproperty */
static JsValue reflect_delete_property(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.deleteProperty"));
  JsKey key;
  bool done;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(object_delete(cx, target, key, &done));
  return js_boolean(done);
}

/* Reflect.get ( target, propertyKey [ , receiver ] )  ecma262#sec-reflect.get */
static JsValue reflect_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.get"));
  JsKey key;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  return object_get(cx, target, key, argc > 2 ? argv[2] : argv[0]);
}

/* Reflect.set ( target, propertyKey, V [ , receiver ] )  ecma262#sec-reflect.set */
static JsValue reflect_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.set"));
  JsKey key;
  bool done;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(object_set(cx, target, key, js_arg(argc, argv, 2), argc > 3 ? argv[3] : argv[0], &done));
  return js_boolean(done);
}

/* Reflect.getOwnPropertyDescriptor ( target, propertyKey )  ecma262#sec-reflect.getownpropertydescriptor */
static JsValue reflect_get_own_property_descriptor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.getOwnPropertyDescriptor"));
  JsKey key;
  JsPropertyDescriptor desc;
  bool found;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(object_get_own_property(cx, target, key, &desc, &found));
  return found ? from_property_descriptor(cx, &desc) : JS_UNDEFINED;
}

/* Reflect.getPrototypeOf ( target )  ecma262#sec-reflect.getprototypeof */
static JsValue reflect_get_prototype_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.getPrototypeOf"))
  , *proto;
  TRY(object_get_prototype_of(cx, target, &proto));
  return proto ? js_from_object(proto) : JS_NULL;
}

/* Reflect.setPrototypeOf ( target, proto )  ecma262#sec-reflect.setprototypeof */
static JsValue reflect_set_prototype_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.setPrototypeOf"));
  JsValue proto = js_arg(argc, argv, 1);
  bool done;
  if (!js_is_object(proto) && !js_is_null(proto))
    return throw_error(cx, JS_MSG_PROTO_OBJECT_OR_NULL, proto);
  TRY(object_set_prototype_of(cx, target, js_is_null(proto) ? NULL : js_as_object(proto), &done));
  return js_boolean(done);
}

/* Reflect.has ( target, propertyKey )  ecma262#sec-reflect.has */
static JsValue reflect_has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.has"));
  JsKey key;
  bool has;
  TRY(to_property_key(cx, js_arg(argc, argv, 1), &key));
  TRY(object_has_property(cx, target, key, &has));
  return js_boolean(has);
}

/* Reflect.isExtensible ( target )  ecma262#sec-reflect.isextensible */
static JsValue reflect_is_extensible(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.isExtensible"));
  bool extensible;
  TRY(object_is_extensible(cx, target, &extensible));
  return js_boolean(extensible);
}

/* Reflect.preventExtensions ( target )  ecma262#sec-reflect.preventextensions */
static JsValue reflect_prevent_extensions(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.preventExtensions"));
  bool done;
  TRY(object_prevent_extensions(cx, target, &done));
  return js_boolean(done);
}

/* Reflect.ownKeys ( target )  ecma262#sec-reflect.ownkeys */
static JsValue reflect_own_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *target = TRY(target_argument(cx, argc, argv, "Reflect.ownKeys"));
  JsElements *keys = TRY(object_own_keys(cx, target));
  JsArray *result = TRY(array_new(cx, keys->length));
  for (uint32_t k = 0; k < keys->length; k++) {
    JsValue key = key_to_value(cx->heap, key_from_raw_value(slot_get(keys->v[k])));
    TRY(array_push_direct(cx, result, key));
  }
  return js_from_object(&result->obj);
}

static const JsBuiltin reflect[] = {
    FN("defineProperty", reflect_define_property, 3),
    FN("deleteProperty", reflect_delete_property, 2),
    FN_MAGIC("apply", reflect_apply, 3, NATIVE_IS_REFLECT_APPLY_MAGIC),
    FN_MAGIC("construct", reflect_construct, 2, NATIVE_PASSES_CALL_MAGIC),
    FN("get", reflect_get, 2),
    FN("getOwnPropertyDescriptor", reflect_get_own_property_descriptor, 2),
    FN("getPrototypeOf", reflect_get_prototype_of, 1),
    FN("has", reflect_has, 2),
    FN("isExtensible", reflect_is_extensible, 1),
    FN("ownKeys", reflect_own_keys, 1),
    FN("preventExtensions", reflect_prevent_extensions, 1),
    FN("set", reflect_set, 3),
    FN("setPrototypeOf", reflect_set_prototype_of, 2),
    STRING_SYM(toStringTag, "Reflect"),
};

const JsIntrinsicTable reflect_table = {NAMESPACE_TABLE(), ROWS(reflect)};

/* --- Proxy ------------------------------------------------------------------------------------------------------- */

/* Proxy ( target, handler )  ecma262#sec-proxy-target-handler */
static JsValue proxy_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Proxy");
  return js_from_object(TRY(proxy_create(cx, js_arg(argc, argv, 0), js_arg(argc, argv, 1))));
}

/* The revoker of Proxy.revocable; its data slot 0 holds the proxy, then null. */
static JsValue proxy_revoke(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *fn = (JsNativeFunction *)js_callee(cx);
  JsValue held = slot_get(fn->data[0]);
  if (js_is_null(held))
    return JS_UNDEFINED;
  slot_set(cx->heap, fn, &fn->data[0], JS_NULL);
  JsProxy *proxy = (JsProxy *)js_as_object(held);
  ptr_slot_init(&proxy->target, NULL);
  ptr_slot_init(&proxy->handler, NULL);
  return JS_UNDEFINED;
}

/* Proxy.revocable ( target, handler )  ecma262#sec-proxy.revocable */
static JsValue proxy_revocable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue proxy = js_from_object(TRY(proxy_create(cx, js_arg(argc, argv, 0), js_arg(argc, argv, 1))));
  JsNativeFunction *revoke = native_function_new(cx, proxy_revoke, KEY(cx->heap, empty_name), 0, &proxy, 1);
  JsObject *result = object_new(cx);
  object_define_direct(cx->heap, result, KEY(cx->heap, proxy), proxy, PROP_ALL);
  object_define_direct(cx->heap, result, KEY(cx->heap, revoke), js_from_object(&revoke->obj), PROP_ALL);
  return js_from_object(result);
}

static const JsBuiltin proxy_static[] = {
    FN("revocable", proxy_revocable, 2),
};

/* Without a `prototype` property. */
const JsIntrinsicTable proxy_constructor_table = {.make = INTRINSIC_CONSTRUCTOR,
                                                  .name = "Proxy",
                                                  .fn = proxy_constructor,
                                                  .length = 2,
                                                  .parent = -1,
                                                  .prototype = -1,
                                                  .constructor = -1,
                                                  ROWS(proxy_static)};
