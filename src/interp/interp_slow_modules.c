// SPDX-License-Identifier: MIT
/* import() and import.meta: what belongs to the language; loading is the host's. */
#include "interp/interp.h"

#include "interp/promise.h"
#include "parser/ast.h"

static JsValue referrer_of(JsCode *code)
{
  JsValue script = slot_get(code->script);
  return js_is_kind(script, CELL_SCRIPT) ? slot_get(((JsScript *)js_as_cell(script))->host_defined) : JS_HOLE;
}

/* The `with` member of import()'s second argument: a plain object of strings, or undefined. */
static JsValue import_attributes(JsContext *cx, JsValue options)
{
  if (js_is_undefined(options))
    return JS_UNDEFINED;
  if (!js_is_object(options))
    return throw_error(cx, JS_MSG_IMPORT_OPTIONS);
  JsValue with = TRY(get_property(cx, js_as_object(options), KEY(cx->heap, with)));
  if (js_is_undefined(with))
    return JS_UNDEFINED;
  if (!js_is_object(with))
    return throw_error(cx, JS_MSG_IMPORT_ATTRIBUTES);
  JsElements *entries = TRY(enumerable_own_properties(cx, js_as_object(with), OWN_KEYS));
  JsObject *copy = TRY(object_new_with_proto(cx, NULL));
  for (uint32_t k = 0; k < entries->length; k++) {
    JsKey key;
    TRY(to_property_key(cx, slot_get(entries->v[k]), &key));
    JsValue val = TRY(get_property(cx, js_as_object(with), key));
    if (!js_is_string(val))
      return throw_error(cx, JS_MSG_IMPORT_ATTRIBUTE_VALUE);
    TRY(create_data_property_or_throw(cx, copy, key, val));
  }
  return js_from_object(copy);
}

static bool start_import(JsContext *cx, JsCode *code, JsValue specifier, JsValue options, unsigned phase,
                         JsValue promise)
{
  JsString *name = TRY_OR(false, to_string(cx, specifier));
  JsValue attributes = import_attributes(cx, options);
  if (js_is_exception(attributes))
    return false;
  JsHostHooks *hooks = &cx->vm->hooks;
  if (!hooks->import_dynamically) {
    (void)throw_error(cx, JS_MSG_NO_INTRINSIC, "import()");
    return false;
  }
  return hooks->import_dynamically(cx, referrer_of(code), name, attributes, phase, promise, hooks->opaque);
}

/* EvaluateImportCall  ecma262#sec-evaluate-import-call */
JsValue interp_slow_import_call(JsContext *cx, JsCode *code, JsValue specifier, JsValue options, unsigned phase)
{
  JsPromise *promise = promise_new(cx);
  if (!start_import(cx, code, specifier, options, phase, js_from_cell(promise))) {
    if (cx->terminating)
      return JS_EXCEPTION;
    promise_reject(cx, promise, take_exception(cx));
  }
  return js_from_cell(promise);
}

/* import.meta  ecma262#sec-meta-properties-runtime-semantics-evaluation */
JsValue interp_slow_import_meta(JsContext *cx, JsCode *code)
{
  if (!cx->vm->import_meta)
    return throw_error(cx, JS_MSG_NO_INTRINSIC, "import.meta");
  return cx->vm->import_meta(cx, referrer_of(code));
}
