// SPDX-License-Identifier: MIT
/* Proxy object internal methods  ecma262#sec-proxy-object-internal-methods-and-internal-slots */
#include "object/proxy.h"

#include "object/operations.h"

_Static_assert(sizeof(JsProxy) == 40, "update proxy_trace()");
void proxy_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsProxy *)cell)->target);
  gc_trace_ptr(tracer, ((JsProxy *)cell)->handler);
}

JsObject *proxy_live_target(JsContext *cx, JsObject *proxy, const char *trap)
{
  JsObject *target = ptr_slot_get(((JsProxy *)proxy)->target);
  if (!target)
    throw_error(cx, JS_MSG_PROXY_REVOKED, trap);
  return target;
}

/* ProxyCreate ( target, handler )  ecma262#sec-proxycreate */
JsObject *proxy_create(JsContext *cx, JsValue target, JsValue handler)
{
  if (!js_is_object(target) || !js_is_object(handler)) {
    throw_error(cx, JS_MSG_PROXY_NON_OBJECT);
    return NULL;
  }
  JsProxy *proxy = (JsProxy *)object_new_kind(cx, CELL_PROXY, sizeof(JsProxy), NULL);
  proxy->obj.cell.flags |= js_as_cell(target)->flags & (OBJECT_CALLABLE | OBJECT_CONSTRUCTOR);
  ptr_slot_init(&proxy->target, js_as_object(target));
  ptr_slot_init(&proxy->handler, js_as_object(handler));
  return &proxy->obj;
}

/* What every trap begins with: the target, the handler, the trap's function (undefined: go on with the target). */
typedef struct Trap {
  JsObject *target;
  JsValue handler, method;
} Trap;

static bool find_trap(JsContext *cx, JsObject *obj, JsKey name, const char *text, Trap *trap)
{
  TRY_OR(false, js_check_c_stack(cx));
  TRY_OR(false, js_poll(cx, 4));
  trap->target = TRY_OR(false, proxy_live_target(cx, obj, text));
  trap->handler = js_from_object(ptr_slot_get(((JsProxy *)obj)->handler));
  trap->method = TRY_OR(false, get_v(cx, trap->handler, name));
  if (js_is_null(trap->method))
    trap->method = JS_UNDEFINED;
  if (js_is_undefined(trap->method) || js_is_callable(trap->method))
    return true;
  throw_error(cx, JS_MSG_PROXY_TRAP_NOT_CALLABLE, trap->method, name, trap->handler);
  return false;
}

/* FIND_TRAP(get) with `key` names; declares `trap`. */
#define FIND_TRAP(fail, atom, text)                                                                                    \
  Trap trap;                                                                                                           \
  TRY_OR(fail, find_trap(cx, obj, KEY(cx->heap, atom), text, &trap))
#define NO_TRAP() js_is_undefined(trap.method)

static bool broken(JsContext *cx, const char *trap, const char *before, JsKey key, const char *after)
{
  throw_error(cx, JS_MSG_PROXY_INVARIANT, trap, before, key, after);
  return false;
}

static bool broken_no_key(JsContext *cx, const char *trap, const char *what)
{
  throw_error(cx, JS_MSG_PROXY_INVARIANT_NO_KEY, trap, what);
  return false;
}

static bool proxy_get_prototype_of(JsContext *cx, JsObject *obj, JsObject **proto)
{
  FIND_TRAP(false, getPrototypeOf, "getPrototypeOf");
  if (NO_TRAP())
    return object_get_prototype_of(cx, trap.target, proto);
  JsValue result = TRY_OR(false, js_call1(cx, trap.method, trap.handler, js_from_object(trap.target)));
  if (!js_is_object(result) && !js_is_null(result))
    return broken_no_key(cx, "getPrototypeOf", "trap returned neither object nor null");
  *proto = js_is_null(result) ? NULL : js_as_object(result);
  bool extensible;
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  if (extensible)
    return true;
  JsObject *target_proto;
  TRY_OR(false, object_get_prototype_of(cx, trap.target, &target_proto));
  return target_proto == *proto ||
         broken_no_key(cx, "getPrototypeOf",
                       "proxy target is non-extensible but the trap did not return its actual prototype");
}

static bool proxy_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done)
{
  FIND_TRAP(false, setPrototypeOf, "setPrototypeOf");
  if (NO_TRAP())
    return object_set_prototype_of(cx, trap.target, proto, done);
  JsValue result = TRY_OR(false, js_call2(cx, trap.method, trap.handler, js_from_object(trap.target),
                                          proto ? js_from_object(proto) : JS_NULL));
  *done = to_boolean(result);
  if (!*done)
    return true;
  bool extensible;
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  if (extensible)
    return true;
  JsObject *target_proto;
  TRY_OR(false, object_get_prototype_of(cx, trap.target, &target_proto));
  return target_proto == proto ||
         broken_no_key(cx, "setPrototypeOf",
                       "trap returned truish for setting a new prototype on the non-extensible proxy target");
}

static bool proxy_is_extensible(JsContext *cx, JsObject *obj, bool *extensible)
{
  FIND_TRAP(false, isExtensible, "isExtensible");
  if (NO_TRAP())
    return object_is_extensible(cx, trap.target, extensible);
  JsValue result = TRY_OR(false, js_call1(cx, trap.method, trap.handler, js_from_object(trap.target)));
  bool actual;
  *extensible = to_boolean(result);
  TRY_OR(false, object_is_extensible(cx, trap.target, &actual));
  return actual == *extensible ||
         broken_no_key(cx, "isExtensible",
                       actual ? "trap result does not reflect extensibility of proxy target (which is 'true')"
                              : "trap result does not reflect extensibility of proxy target (which is 'false')");
}

static bool proxy_prevent_extensions(JsContext *cx, JsObject *obj, bool *done)
{
  FIND_TRAP(false, preventExtensions, "preventExtensions");
  if (NO_TRAP())
    return object_prevent_extensions(cx, trap.target, done);
  JsValue result = TRY_OR(false, js_call1(cx, trap.method, trap.handler, js_from_object(trap.target)));
  *done = to_boolean(result);
  if (!*done)
    return true;
  bool extensible;
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  return !extensible ||
         broken_no_key(cx, "preventExtensions", "trap returned truish but the proxy target is extensible");
}

/* CompletePropertyDescriptor  ecma262#sec-completepropertydescriptor */
static void complete_descriptor(JsPropertyDescriptor *desc)
{
  if (descriptor_is_accessor(desc)) {
    if (js_is_hole(desc->getter))
      desc->getter = JS_UNDEFINED;
    if (js_is_hole(desc->setter))
      desc->setter = JS_UNDEFINED;
    desc->present = PROP_ENUMERABLE | PROP_CONFIGURABLE;
  } else {
    if (js_is_hole(desc->value))
      desc->value = JS_UNDEFINED;
    desc->present = PROP_ALL;
  }
}

static bool proxy_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  if (key_is_private(key))
    return ordinary_get_own_property(cx, obj, key, desc, found);
  FIND_TRAP(false, getOwnPropertyDescriptor, "getOwnPropertyDescriptor");
  if (NO_TRAP())
    return object_get_own_property(cx, trap.target, key, desc, found);
  static const char name[] = "getOwnPropertyDescriptor";
  JsValue result =
      TRY_OR(false, js_call2(cx, trap.method, trap.handler, js_from_object(trap.target), key_to_value(cx->heap, key)));
  if (!js_is_object(result) && !js_is_undefined(result))
    return broken(cx, name, "trap returned neither object nor undefined for property", key, "");
  JsPropertyDescriptor target_desc;
  bool in_target, extensible;
  TRY_OR(false, object_get_own_property(cx, trap.target, key, &target_desc, &in_target));
  if (js_is_undefined(result)) {
    *found = false;
    if (!in_target)
      return true;
    if (!(target_desc.attrs & PROP_CONFIGURABLE))
      return broken(cx, name, "trap returned undefined for property", key,
                    " which is non-configurable in the proxy target");
    TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
    return extensible || broken(cx, name, "trap returned undefined for property", key,
                                " which exists in the non-extensible proxy target");
  }
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  TRY_OR(false, to_property_descriptor(cx, result, desc));
  complete_descriptor(desc);
  bool valid;
  TRY_OR(false, validate_and_apply_property_descriptor(cx, NULL, key, extensible, desc, in_target ? &target_desc : NULL,
                                                       &valid));
  if (!valid)
    return broken(cx, name, "trap returned descriptor for property", key,
                  " that is incompatible with the existing property in the proxy target");
  if (!(desc->attrs & PROP_CONFIGURABLE)) {
    if (!in_target || (target_desc.attrs & PROP_CONFIGURABLE))
      return broken(cx, name, "trap reported non-configurability for property", key,
                    " which is either non-existent or configurable in the proxy target");
    if ((desc->present & PROP_WRITABLE) && !(desc->attrs & PROP_WRITABLE) && (target_desc.attrs & PROP_WRITABLE))
      return broken(cx, name, "trap reported non-configurable and non-writable for property", key,
                    " which is non-configurable, writable in the proxy target");
  }
  *found = true;
  return true;
}

static bool proxy_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                      bool *done)
{
  if (key_is_private(key))
    return ordinary_define_own_property(cx, obj, key, desc, done);
  FIND_TRAP(false, defineProperty, "defineProperty");
  if (NO_TRAP())
    return object_define_own_property(cx, trap.target, key, desc, done);
  JsValue argv[3] = {js_from_object(trap.target), key_to_value(cx->heap, key), from_property_descriptor(cx, desc)};
  JsValue result = TRY_OR(false, js_call(cx, trap.method, trap.handler, 3, argv));
  *done = to_boolean(result);
  if (!*done)
    return true;
  JsPropertyDescriptor target_desc;
  bool in_target, extensible;
  TRY_OR(false, object_get_own_property(cx, trap.target, key, &target_desc, &in_target));
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  bool sets_fixed = (desc->present & PROP_CONFIGURABLE) && !(desc->attrs & PROP_CONFIGURABLE);
  if (!in_target) {
    if (!extensible)
      return broken(cx, "defineProperty", "trap returned truish for adding property", key,
                    "  to the non-extensible proxy target");
    return !sets_fixed || broken(cx, "defineProperty", "trap returned truish for defining non-configurable property",
                                 key, " which is either non-existent or configurable in the proxy target");
  }
  bool valid;
  TRY_OR(false, validate_and_apply_property_descriptor(cx, NULL, key, extensible, desc, &target_desc, &valid));
  if (!valid)
    return broken(cx, "defineProperty", "trap returned truish for adding property", key,
                  "  that is incompatible with the existing property in the proxy target");
  if (sets_fixed && (target_desc.attrs & PROP_CONFIGURABLE))
    return broken(cx, "defineProperty", "trap returned truish for defining non-configurable property", key,
                  " which is either non-existent or configurable in the proxy target");
  if (!descriptor_is_accessor(&target_desc) && !(target_desc.attrs & PROP_CONFIGURABLE) &&
      (target_desc.attrs & PROP_WRITABLE) && (desc->present & PROP_WRITABLE) && !(desc->attrs & PROP_WRITABLE))
    return broken(cx, "defineProperty", "trap returned truish for defining non-configurable property", key,
                  " which cannot be non-writable, unless there exists a corresponding non-configurable, non-writable "
                  "own property of the target object.");
  return true;
}

static bool proxy_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  FIND_TRAP(false, has, "has");
  if (NO_TRAP())
    return object_has_property(cx, trap.target, key, has);
  JsValue result =
      TRY_OR(false, js_call2(cx, trap.method, trap.handler, js_from_object(trap.target), key_to_value(cx->heap, key)));
  *has = to_boolean(result);
  if (*has)
    return true;
  JsPropertyDescriptor own;
  bool found, extensible;
  TRY_OR(false, object_get_own_property(cx, trap.target, key, &own, &found));
  if (!found)
    return true;
  if (!(own.attrs & PROP_CONFIGURABLE))
    return broken(cx, "has", "trap returned falsish for property", key,
                  " which exists in the proxy target as non-configurable");
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  return extensible ||
         broken(cx, "has", "trap returned falsish for property", key, " but the proxy target is not extensible");
}

static JsValue proxy_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  FIND_TRAP(JS_EXCEPTION, get, "get");
  if (NO_TRAP())
    return object_get(cx, trap.target, key, receiver);
  JsValue result =
      TRY(js_call3(cx, trap.method, trap.handler, js_from_object(trap.target), key_to_value(cx->heap, key), receiver));
  JsPropertyDescriptor own;
  bool found;
  TRY(object_get_own_property(cx, trap.target, key, &own, &found));
  if (!found || (own.attrs & PROP_CONFIGURABLE))
    return result;
  if (descriptor_is_accessor(&own)) {
    if (js_is_undefined(own.getter) && !js_is_undefined(result))
      return throw_error(cx, JS_MSG_PROXY_GET_NO_GETTER, key, result);
  } else if (!(own.attrs & PROP_WRITABLE) && !same_value(cx->heap, result, own.value)) {
    return throw_error(cx, JS_MSG_PROXY_GET_FROZEN, key, own.value, result);
  }
  return result;
}

static bool proxy_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  FIND_TRAP(false, set, "set");
  if (NO_TRAP())
    return object_set(cx, trap.target, key, val, receiver, done);
  JsValue argv[4] = {js_from_object(trap.target), key_to_value(cx->heap, key), val, receiver};
  JsValue result = TRY_OR(false, js_call(cx, trap.method, trap.handler, 4, argv));
  *done = to_boolean(result);
  if (!*done)
    return true;
  JsPropertyDescriptor own;
  bool found;
  TRY_OR(false, object_get_own_property(cx, trap.target, key, &own, &found));
  if (!found || (own.attrs & PROP_CONFIGURABLE))
    return true;
  if (descriptor_is_accessor(&own))
    return !js_is_undefined(own.setter) || broken(cx, "set", "trap returned truish for property", key,
                                                  " which exists in the proxy target as a non-configurable and "
                                                  "non-writable accessor property without a setter");
  return (own.attrs & PROP_WRITABLE) || same_value(cx->heap, val, own.value) ||
         broken(cx, "set", "trap returned truish for property", key,
                " which exists in the proxy target as a non-configurable and non-writable data property with a "
                "different value");
}

static bool proxy_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  FIND_TRAP(false, deleteProperty, "deleteProperty");
  if (NO_TRAP())
    return object_delete(cx, trap.target, key, done);
  JsValue result =
      TRY_OR(false, js_call2(cx, trap.method, trap.handler, js_from_object(trap.target), key_to_value(cx->heap, key)));
  *done = to_boolean(result);
  if (!*done)
    return true;
  JsPropertyDescriptor own;
  bool found, extensible;
  TRY_OR(false, object_get_own_property(cx, trap.target, key, &own, &found));
  if (!found)
    return true;
  if (!(own.attrs & PROP_CONFIGURABLE))
    return broken(cx, "deleteProperty", "trap returned truish for property", key,
                  " which is non-configurable in the proxy target");
  TRY_OR(false, object_is_extensible(cx, trap.target, &extensible));
  return extensible || broken(cx, "deleteProperty", "trap returned truish for property", key,
                              " but the proxy target is non-extensible");
}

static bool list_has(const JsElements *list, JsKey key)
{
  for (uint32_t k = 0; k < list->length; k++)
    if (slot_get(list->v[k]).bits == key.bits)
      return true;
  return false;
}

/* The trap's result as a list of distinct keys (steps 7-9). */
static JsElements *trap_keys(JsContext *cx, JsValue result)
{
  JsElements *values = TRY_OR(NULL, create_list_from_array_like(cx, result));
  JsElements *keys = elements_new(cx->heap, values->length);
  for (uint32_t k = 0; k < values->length && keys; k++) {
    JsValue val = slot_get(values->v[k]);
    if (!js_is_string(val) && !js_is_symbol(val)) {
      throw_error(cx, JS_MSG_PROXY_OWN_KEYS_TYPE, val);
      return NULL;
    }
    JsKey key;
    TRY_OR(NULL, to_property_key(cx, val, &key));
    if (list_has(keys, key)) {
      (void)broken_no_key(cx, "ownKeys", "trap returned duplicate entries");
      return NULL;
    }
    keys = elements_push(cx, keys, key_raw_value(key));
  }
  return keys;
}

static JsElements *proxy_own_keys(JsContext *cx, JsObject *obj)
{
  FIND_TRAP(NULL, ownKeys, "ownKeys");
  if (NO_TRAP())
    return object_own_keys(cx, trap.target);
  JsValue result = TRY_OR(NULL, js_call1(cx, trap.method, trap.handler, js_from_object(trap.target)));
  JsElements *keys = TRY_OR(NULL, trap_keys(cx, result));
  bool extensible, complete = true;
  TRY_OR(NULL, object_is_extensible(cx, trap.target, &extensible));
  JsElements *own = TRY_OR(NULL, object_own_keys(cx, trap.target));
  for (uint32_t k = 0; k < own->length; k++) {
    JsKey key = key_from_raw_value(slot_get(own->v[k]));
    JsPropertyDescriptor desc;
    bool found;
    TRY_OR(NULL, object_get_own_property(cx, trap.target, key, &desc, &found));
    bool must = !extensible || (found && !(desc.attrs & PROP_CONFIGURABLE));
    if (must && !list_has(keys, key)) {
      (void)broken(cx, "ownKeys", "trap result did not include", key, "");
      return NULL;
    }
    complete = complete && list_has(keys, key);
  }
  if (!extensible && (!complete || keys->length != own->length)) {
    (void)broken_no_key(cx, "ownKeys", "trap returned extra keys but proxy target is non-extensible");
    return NULL;
  }
  return keys;
}

JsValue proxy_call(JsContext *cx, JsProxy *proxy, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = &proxy->obj;
  FIND_TRAP(JS_EXCEPTION, apply, "apply");
  if (NO_TRAP())
    return js_call(cx, js_from_object(trap.target), this_val, argc, argv);
  JsArray *args = TRY(array_from_values(cx, argv, (uint32_t)argc));
  return js_call3(cx, trap.method, trap.handler, js_from_object(trap.target), this_val, js_from_cell(args));
}

JsValue proxy_construct(JsContext *cx, JsProxy *proxy, int argc, const JsValue *argv, JsObject *new_target)
{
  JsObject *obj = &proxy->obj;
  FIND_TRAP(JS_EXCEPTION, construct, "construct");
  if (NO_TRAP())
    return js_construct(cx, trap.target, argc, argv, new_target);
  JsArray *args = TRY(array_from_values(cx, argv, (uint32_t)argc));
  JsValue result = TRY(js_call3(cx, trap.method, trap.handler, js_from_object(trap.target), js_from_cell(args),
                                js_from_object(new_target)));
  if (!js_is_object(result))
    return throw_error(cx, JS_MSG_PROXY_CONSTRUCT_NON_OBJECT, result);
  return result;
}

const JsObjectOps proxy_ops = {
    .get_prototype_of = proxy_get_prototype_of,
    .set_prototype_of = proxy_set_prototype_of,
    .is_extensible = proxy_is_extensible,
    .prevent_extensions = proxy_prevent_extensions,
    .get_own_property = proxy_get_own_property,
    .define_own_property = proxy_define_own_property,
    .has_property = proxy_has_property,
    .get = proxy_get,
    .set = proxy_set,
    .delete_ = proxy_delete,
    .own_keys = proxy_own_keys,
};
