// SPDX-License-Identifier: MIT
/* Symbol (ecma262#sec-symbol-objects). */
#include "builtins/builtin.h"

extern const JsIntrinsicTable symbol_constructor_table;
extern const JsIntrinsicTable symbol_prototype_table;

/* Symbol ( [ description ] )  ecma262#sec-symbol-description */
static JsValue symbol_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_undefined(js_new_target(cx)))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR_NAMED, "Symbol");
  JsValue description = js_arg(argc, argv, 0);
  JsString *text = js_is_undefined(description) ? NULL : TRY(to_string(cx, description));
  return js_from_cell(symbol_new(cx->heap, text, 0));
}

/* Symbol.for ( key )  ecma262#sec-symbol.for */
static JsValue symbol_for_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_from_cell(symbol_for(cx->heap, TRY(to_string(cx, js_arg(argc, argv, 0)))));
}

/* Symbol.keyFor ( sym )  ecma262#sec-symbol.keyfor */
static JsValue symbol_key_for(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  if (!js_is_symbol(val))
    return throw_error(cx, JS_MSG_NOT_A_SYMBOL, val);
  JsSymbol *symbol = js_as_symbol(val);
  if (!(symbol->cell.flags & SYMBOL_REGISTERED))
    return JS_UNDEFINED;
  return js_from_cell(ptr_slot_get(symbol->description));
}

/* ThisSymbolValue ( value )  ecma262#sec-thissymbolvalue */
static JsValue this_symbol_value(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_is_symbol(this_val))
    return this_val;
  if (js_is_kind(this_val, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(this_val))->primitive);
    if (js_is_symbol(primitive))
      return primitive;
  }
  return throw_error(cx, JS_MSG_THIS_NOT_A, method, "Symbol");
}

/* Symbol.prototype.toString ( )  ecma262#sec-symbol.prototype.tostring */
static JsValue symbol_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue symbol = TRY(this_symbol_value(cx, this_val, "Symbol.prototype.toString"));
  return js_from_cell(symbol_descriptive_string(cx->heap, js_as_symbol(symbol)));
}

/* Symbol.prototype.valueOf ( )  ecma262#sec-symbol.prototype.valueof */
static JsValue symbol_proto_value_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_symbol_value(cx, this_val, "Symbol.prototype.valueOf");
}

/* get Symbol.prototype.description  ecma262#sec-symbol.prototype.description */
static JsValue symbol_proto_description(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue symbol = TRY(this_symbol_value(cx, this_val, "Symbol.prototype.description"));
  JsString *description = ptr_slot_get(js_as_symbol(symbol)->description);
  return description ? js_from_cell(description) : JS_UNDEFINED;
}

/* Symbol.prototype [ %Symbol.toPrimitive% ] ( hint )  ecma262#sec-symbol.prototype-%symbol.toprimitive% */
static JsValue symbol_proto_to_primitive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_symbol_value(cx, this_val, "Symbol.prototype [ @@toPrimitive ]");
}

static const JsBuiltin symbol_static[] = {
    FN("for", symbol_for_fn, 1),
    FN("keyFor", symbol_key_for, 1),
    SYMBOL_CONST(asyncIterator),
    SYMBOL_CONST(hasInstance),
    SYMBOL_CONST(isConcatSpreadable),
    SYMBOL_CONST(iterator),
    SYMBOL_CONST(match),
    SYMBOL_CONST(matchAll),
    SYMBOL_CONST(replace),
    SYMBOL_CONST(search),
    SYMBOL_CONST(species),
    SYMBOL_CONST(split),
    SYMBOL_CONST(toPrimitive),
    SYMBOL_CONST(toStringTag),
    SYMBOL_CONST(unscopables),
    SYMBOL_CONST(dispose),
    SYMBOL_CONST(asyncDispose),
};

const JsIntrinsicTable symbol_constructor_table = {CONSTRUCTOR_TABLE("Symbol", symbol_constructor, 0, SYMBOL_PROTOTYPE),
                                                   ROWS(symbol_static)};

static const JsBuiltin symbol_proto[] = {
    FN("toString", symbol_proto_to_string, 0),
    FN("valueOf", symbol_proto_value_of, 0),
    GETTER("description", symbol_proto_description),
    STRING_SYM(toStringTag, "Symbol"),
    FN_SYM(toPrimitive, "[Symbol.toPrimitive]", symbol_proto_to_primitive, 1, .attrs = PROP_CONFIGURABLE),
};

const JsIntrinsicTable symbol_prototype_table = {PROTOTYPE_TABLE(SYMBOL), ROWS(symbol_proto)};
