// SPDX-License-Identifier: MIT
/* Boolean (ecma262#sec-boolean-objects). */
#include "builtins/builtin.h"

extern const JsIntrinsicTable boolean_constructor_table;
extern const JsIntrinsicTable boolean_prototype_table;

/* Boolean ( value )  ecma262#sec-boolean-constructor-boolean-value */
static JsValue boolean_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_boolean(to_boolean(js_arg(argc, argv, 0))), new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    return val;
  JsPrimitiveWrapper *wrapper = (JsPrimitiveWrapper *)TRY(ordinary_create_from_constructor(
      cx, new_target, JS_INTRINSIC_BOOLEAN_PROTOTYPE, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper)));
  slot_set(cx->heap, wrapper, &wrapper->primitive, val);
  return js_from_object(&wrapper->obj);
}

/* ThisBooleanValue ( value )  ecma262#sec-thisbooleanvalue */
static JsValue this_boolean_value(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_is_boolean(this_val))
    return this_val;
  if (js_is_kind(this_val, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(this_val))->primitive);
    if (js_is_boolean(primitive))
      return primitive;
  }
  return throw_error(cx, JS_MSG_THIS_NOT_A, method, "Boolean");
}

/* Boolean.prototype.toString ( )  ecma262#sec-boolean.prototype.tostring */
static JsValue boolean_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = TRY(this_boolean_value(cx, this_val, "Boolean.prototype.toString"));
  return js_from_cell(js_is_true(val) ? ATOM(cx->heap, true_) : ATOM(cx->heap, false_));
}

/* Boolean.prototype.valueOf ( )  ecma262#sec-boolean.prototype.valueof */
static JsValue boolean_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_boolean_value(cx, this_val, "Boolean.prototype.valueOf");
}

const JsIntrinsicTable boolean_constructor_table = {
    CONSTRUCTOR_TABLE("Boolean", boolean_constructor, 1, BOOLEAN_PROTOTYPE)};

static const JsBuiltin boolean_proto[] = {
    FN("toString", boolean_proto_to_string, 0),
    FN("valueOf", boolean_proto_value_of, 0),
};

/* %Boolean.prototype% is a Boolean object itself, of false. */
static JsObject *make_boolean_prototype(JsContext *cx)
{
  JsPrimitiveWrapper *proto =
      (JsPrimitiveWrapper *)TRY_OR(NULL, object_new_kind(cx, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper),
                                                         INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE)));
  slot_set(cx->heap, proto, &proto->primitive, JS_FALSE);
  return &proto->obj;
}

const JsIntrinsicTable boolean_prototype_table = {.make = INTRINSIC_CUSTOM,
                                                  .custom = make_boolean_prototype,
                                                  .parent = -1,
                                                  .prototype = -1,
                                                  .constructor = JS_INTRINSIC_BOOLEAN,
                                                  ROWS(boolean_proto)};
