// SPDX-License-Identifier: MIT
/* Function: constructor, prototype's methods and %ThrowTypeError% (ecma262#sec-function-objects). */
#include "builtins/function.h"
#include "bytecode/code.h"

#include <math.h>

/* Function ( ...parameterArgs, bodyArg )  ecma262#sec-function-p1-p2-pn-body */
static JsValue function_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return create_dynamic_function(cx, argc, argv, false, false, JS_INTRINSIC_FUNCTION_PROTOTYPE);
}

static JsValue throw_not_function(JsContext *cx, const char *method, JsValue val)
{
  return throw_error(cx, JS_MSG_CALLED_ON_NON_FUNCTION, method, val, js_is_object(val) ? "an" : "a",
                     type_of(cx->heap, val));
}

/* Function.prototype.apply ( thisArg, argArray )  ecma262#sec-function.prototype.apply */
static JsValue function_proto_apply(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue list = js_arg(argc, argv, 1);
  if (!js_is_callable(this_val))
    return throw_not_function(cx, "apply", this_val);
  if (js_is_nullish(list))
    return js_call(cx, this_val, js_arg(argc, argv, 0), 0, NULL);
  JsElements *args = TRY(create_list_from_array_like(cx, list));
  JsValue result = js_call(cx, this_val, js_arg(argc, argv, 0), (int)args->length, (const JsValue *)args->v);
  js_keep_alive(js_from_cell(args));
  return result;
}

/* Function.prototype.call ( thisArg, ...args )  ecma262#sec-function.prototype.call */
static JsValue function_proto_call(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_callable(this_val))
    return throw_not_function(cx, "call", this_val);
  return js_call(cx, this_val, js_arg(argc, argv, 0), argc > 1 ? argc - 1 : 0, argv + 1);
}

/* The bound function's length: what is left of the target's  ecma262#sec-function.prototype.bind, 4-6 */
static bool bound_length(JsContext *cx, JsObject *target, int bound_count, double *length)
{
  bool has;
  *length = 0;
  TRY_OR(false, has_own_property(cx, target, KEY(cx->heap, length), &has));
  if (!has)
    return true;
  JsValue val = TRY_OR(false, get_property(cx, target, KEY(cx->heap, length)));
  if (!js_is_number(val))
    return true;
  double number = js_number_value(val);
  if (isinf(number)) {
    *length = number > 0 ? number : 0;
    return true;
  }
  number = double_to_integer(number) - bound_count;
  *length = number > 0 ? number : 0;
  return true;
}

/* Function.prototype.bind ( thisArg, ...args )  ecma262#sec-function.prototype.bind */
static JsValue function_proto_bind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  if (!js_is_callable(this_val))
    return throw_error(cx, JS_MSG_BIND_NON_FUNCTION);
  JsObject *target = js_as_object(this_val);
  int bound_count = argc > 1 ? argc - 1 : 0;
  JsObject *bound = TRY(bound_function_create(cx, target, js_arg(argc, argv, 0), bound_count, argv + 1));
  double length;
  TRY(bound_length(cx, target, bound_count, &length));
  object_define_direct(heap, bound, KEY(heap, length), js_number(length), PROP_CONFIGURABLE);
  JsValue name = TRY(get_property(cx, target, KEY(heap, name)));
  JsString *text = string_from_c_string(heap, "bound ");
  if (js_is_string(name))
    text = TRY(string_concat(cx, text, js_as_string(name)));
  object_define_direct(heap, bound, KEY(heap, name), js_from_cell(text), PROP_CONFIGURABLE);
  return js_from_object(bound);
}

/* Function.prototype.toString ( )  ecma262#sec-function.prototype.tostring */
static JsValue function_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_callable(this_val))
    return throw_error(cx, JS_MSG_THIS_NOT_A, "Function.prototype.toString", "Function");
  JsString *source = function_source_text(cx, js_as_object(this_val));
  if (source)
    return js_from_cell(source);
  StringBuilder out;
  builder_init(&out, cx);
  builder_add_ascii(&out, "function ");
  if (js_is_kind(this_val, CELL_NATIVE_FUNCTION)) {
    JsString *name = ptr_slot_get(js_as_native_function(this_val)->name);
    if (name)
      builder_add_string(&out, name);
  }
  builder_add_ascii(&out, "() { [native code] }");
  return js_from_cell(TRY(builder_finish(&out)));
}

/* Function.prototype [ %Symbol.hasInstance% ] ( V )  ecma262#sec-function.prototype-%symbol.hasinstance% */
static JsValue function_proto_has_instance(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool answer;
  TRY(ordinary_has_instance(cx, this_val, js_arg(argc, argv, 0), &answer));
  return js_boolean(answer);
}

/* --- %ThrowTypeError% -------------------------------------------------------------------------------------------- */

/* Functions that never had such properties, whatever their strictness. */
enum { NO_CALLER = CODE_ARROW | CODE_METHOD | CODE_ASYNC | CODE_GENERATOR | CODE_CLASS_CONSTRUCTOR };

/* %ThrowTypeError% ( )  ecma262#sec-%throwtypeerror%
 * NODE: `fn.caller` and `fn.arguments` of a sloppy function are null (26). */
static JsValue throw_type_error(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_function(this_val) && !(ptr_slot_get(js_as_function(this_val)->code)->flags & (CODE_STRICT | NO_CALLER)))
    return JS_NULL;
  return throw_error(cx, JS_MSG_RESTRICTED_PROPERTY);
}

static bool freeze_throw_type_error(JsContext *cx, JsObject *fn)
{
  bool done;
  return set_integrity_level(cx, fn, INTEGRITY_FROZEN, &done);
}

const JsIntrinsicTable throw_type_error_table = {.make = INTRINSIC_FUNCTION,
                                                 .name = "",
                                                 .fn = throw_type_error,
                                                 .parent = -1,
                                                 .prototype = -1,
                                                 .constructor = -1,
                                                 .finish = freeze_throw_type_error};

/* --- tables ------------------------------------------------------------------------------------------------------ */

/* The rows a table cannot say: @@hasInstance with no attribute at all, and the restricted accessors
 * (ecma262#sec-addrestrictedfunctionproperties). */
static bool finish_prototype(JsContext *cx, JsObject *proto)
{
  JsHeap *heap = cx->heap;
  JsNativeFunction *has_instance =
      native_function_new(cx, function_proto_has_instance, KEY_SYM(heap, hasInstance), 1, NULL, 0);
  has_instance->magic = NATIVE_HAS_INSTANCE_MAGIC;
  object_define_direct(heap, proto, KEY_SYM(heap, hasInstance), js_from_object(&has_instance->obj), 0);
  JsValue thrower = js_from_object(INTRINSIC_OBJECT(cx, THROW_TYPE_ERROR));
  object_define_accessor_direct(heap, proto, KEY(heap, arguments), thrower, thrower, PROP_CONFIGURABLE);
  object_define_accessor_direct(heap, proto, KEY(heap, caller), thrower, thrower, PROP_CONFIGURABLE);
  return true;
}

static const JsBuiltin function_proto[] = {
    FN_MAGIC("apply", function_proto_apply, 2, NATIVE_IS_APPLY_MAGIC),
    FN("bind", function_proto_bind, 1),
    FN_MAGIC("call", function_proto_call, 1, NATIVE_IS_CALL_MAGIC),
    FN("toString", function_proto_to_string, 0),
};

const JsIntrinsicTable function_constructor_table = {
    CONSTRUCTOR_TABLE("Function", function_constructor, 1, FUNCTION_PROTOTYPE)};

const JsIntrinsicTable function_prototype_table = {PROTOTYPE_TABLE(FUNCTION), .finish = finish_prototype,
                                                   ROWS(function_proto)};
