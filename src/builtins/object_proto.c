// SPDX-License-Identifier: MIT
/* Object.prototype's methods (ecma262#sec-properties-of-the-object-prototype-object), Annex B's accessors included. */
#include "builtins/object.h"

#include <string.h>

/* --- Annex B: __defineGetter__ and its likes --------------------------------------------------------------------- */

/* Object.prototype.__defineGetter__ ( P, getter )  ecma262#sec-object.prototype.__defineGetter__; magic 1: setter */
static JsValue object_proto_define_accessor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool setter = js_callee_magic(cx);
  JsObject *obj = TRY(to_object(cx, this_val));
  JsValue fn = js_arg(argc, argv, 1);
  JsKey key;
  if (!js_is_callable(fn))
    return throw_error(cx, JS_MSG_EXPECTING_FUNCTION, setter ? "__defineSetter__" : "__defineGetter__");
  JsPropertyDescriptor desc =
      descriptor_accessor(setter ? JS_HOLE : fn, setter ? fn : JS_HOLE, PROP_ENUMERABLE | PROP_CONFIGURABLE);
  TRY(to_property_key(cx, js_arg(argc, argv, 0), &key));
  TRY(define_property_or_throw(cx, obj, key, &desc));
  return JS_UNDEFINED;
}

/* Object.prototype.__lookupGetter__ ( P )  ecma262#sec-object.prototype.__lookupGetter__; magic 1: setter */
static JsValue object_proto_lookup_accessor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool setter = js_callee_magic(cx);
  JsObject *obj = TRY(to_object(cx, this_val));
  JsKey key;
  TRY(to_property_key(cx, js_arg(argc, argv, 0), &key));
  while (obj) {
    JsPropertyDescriptor desc;
    bool found;
    TRY(object_get_own_property(cx, obj, key, &desc, &found));
    if (found)
      return descriptor_is_accessor(&desc) ? (setter ? desc.setter : desc.getter) : JS_UNDEFINED;
    TRY(object_get_prototype_of(cx, obj, &obj));
    TRY(js_poll(cx, 1));
  }
  return JS_UNDEFINED;
}

/* get Object.prototype.__proto__  ecma262#sec-get-object.prototype.__proto__ */
static JsValue object_proto_get_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(to_object(cx, this_val))
  , *proto;
  TRY(object_get_prototype_of(cx, obj, &proto));
  return proto ? js_from_object(proto) : JS_NULL;
}

/* set Object.prototype.__proto__  ecma262#sec-set-object.prototype.__proto__ */
static JsValue object_proto_set_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue proto = js_arg(argc, argv, 0);
  if (js_is_nullish(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NULLISH, "set Object.prototype.__proto__");
  if ((js_is_object(proto) || js_is_null(proto)) && js_is_object(this_val))
    TRY(set_prototype_or_throw(cx, js_as_object(this_val), proto));
  return JS_UNDEFINED;
}

/* --- questions --------------------------------------------------------------------------------------------------- */

/* Object.prototype.hasOwnProperty ( V )  ecma262#sec-object.prototype.hasownproperty */
static JsValue object_proto_has_own_property(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsKey key;
  bool has;
  TRY(to_property_key(cx, js_arg(argc, argv, 0), &key));
  JsObject *obj = TRY(to_object(cx, this_val));
  TRY(has_own_property(cx, obj, key, &has));
  return js_boolean(has);
}

/* Object.prototype.isPrototypeOf ( V )  ecma262#sec-object.prototype.isprototypeof */
static JsValue object_proto_is_prototype_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  if (!js_is_object(val))
    return JS_FALSE;
  JsObject *obj = TRY(to_object(cx, this_val))
  , *proto = js_as_object(val);
  uint32_t proxies = 0;
  for (;;) {
    TRY(next_prototype(cx, &proto, &proxies));
    if (!proto)
      return JS_FALSE;
    if (proto == obj)
      return JS_TRUE;
  }
}

/* Object.prototype.propertyIsEnumerable ( V )  ecma262#sec-object.prototype.propertyisenumerable */
static JsValue object_proto_property_is_enumerable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsKey key;
  JsPropertyDescriptor desc;
  bool found;
  TRY(to_property_key(cx, js_arg(argc, argv, 0), &key));
  JsObject *obj = TRY(to_object(cx, this_val));
  TRY(object_get_own_property(cx, obj, key, &desc, &found));
  return js_boolean(found && (desc.attrs & PROP_ENUMERABLE));
}

/* --- conversion -------------------------------------------------------------------------------------------------- */

/* builtinTag of Object.prototype.toString. */
static bool builtin_tag(JsContext *cx, JsObject *obj, const char **tag)
{
  bool array;
  TRY_OR(false, is_array(cx, js_from_object(obj), &array));
  *tag = "Object";
  if (array) {
    *tag = "Array";
    return true;
  }
  JsValue primitive;
  switch ((JsCellKind)obj->cell.kind) {
  case CELL_ARGUMENTS: *tag = "Arguments"; break;
  case CELL_ERROR: *tag = "Error"; break;
  case CELL_REGEXP: *tag = "RegExp"; break;
  case CELL_DATE: *tag = "Date"; break;
  case CELL_PRIMITIVE_WRAPPER:
    primitive = slot_get(((JsPrimitiveWrapper *)obj)->primitive);
    if (js_is_string(primitive))
      *tag = "String";
    else if (js_is_number(primitive))
      *tag = "Number";
    else if (js_is_boolean(primitive))
      *tag = "Boolean";
    break;
  default:
    if (obj->cell.flags & OBJECT_CALLABLE)
      *tag = "Function";
  }
  return true;
}

JsValue object_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(this_val))
    return js_from_cell(string_from_c_string(cx->heap, "[object Undefined]"));
  if (js_is_null(this_val))
    return js_from_cell(string_from_c_string(cx->heap, "[object Null]"));
  JsObject *obj = TRY(to_object(cx, this_val));
  const char *builtin;
  TRY(builtin_tag(cx, obj, &builtin));
  JsValue tag = TRY(get_property(cx, obj, KEY_SYM(cx->heap, toStringTag)));
  StringBuilder out;
  builder_init(&out, cx);
  builder_add_ascii(&out, "[object ");
  if (js_is_string(tag))
    builder_add_string(&out, js_as_string(tag));
  else
    builder_add_ascii(&out, builtin);
  builder_add_unit(&out, ']');
  return js_from_cell(TRY(builder_finish(&out)));
}

/* Object.prototype.toLocaleString ( )  ecma262#sec-object.prototype.tolocalestring */
static JsValue object_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_nullish(this_val))
    return throw_error(cx, JS_MSG_CALLED_ON_NULLISH, "Object.prototype.toLocaleString");
  return invoke(cx, this_val, KEY(cx->heap, toString), 0, NULL);
}

/* Object.prototype.valueOf ( )  ecma262#sec-object.prototype.valueof */
static JsValue object_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_object(TRY(to_object(cx, this_val)));
}

static const JsBuiltin object_proto_rows[] = {
    FN_MAGIC("__defineGetter__", object_proto_define_accessor, 2, 0),
    FN_MAGIC("__defineSetter__", object_proto_define_accessor, 2, 1),
    FN("hasOwnProperty", object_proto_has_own_property, 1),
    FN_MAGIC("__lookupGetter__", object_proto_lookup_accessor, 1, 0),
    FN_MAGIC("__lookupSetter__", object_proto_lookup_accessor, 1, 1),
    FN("isPrototypeOf", object_proto_is_prototype_of, 1),
    FN("propertyIsEnumerable", object_proto_property_is_enumerable, 1),
    FN("toString", object_proto_to_string, 0),
    FN("valueOf", object_proto_value_of, 0),
    ACCESSOR("__proto__", object_proto_get_proto, object_proto_set_proto),
    FN("toLocaleString", object_proto_to_locale_string, 0),
};

/* An immutable prototype exotic object  ecma262#sec-immutable-prototype-exotic-objects */
static bool finish_prototype(JsContext *cx, JsObject *proto)
{
  proto->cell.flags |= OBJECT_IMMUTABLE_PROTO;
  return true;
}

const JsIntrinsicTable object_prototype_table = {.make = INTRINSIC_PLAIN,
                                                 .parent = -2,
                                                 .prototype = -1,
                                                 .constructor = JS_INTRINSIC_OBJECT,
                                                 .finish = finish_prototype,
                                                 ROWS(object_proto_rows)};
