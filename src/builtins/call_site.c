// SPDX-License-Identifier: MIT
/* CallSite objects, which Error.prepareStackTrace is given. NODE: V8's stack trace API. */
#include "builtins/builtin.h"
#include "interp/stack_trace.h"

static JsValue call_site_proto_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_kind(this_val, CELL_CALL_SITE))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "CallSite method", this_val);
  return call_site_get(cx, (JsCallSite *)js_as_cell(this_val), (JsCallSiteField)js_callee_magic(cx));
}

#define SITE(name, field) FN_MAGIC(name, call_site_proto_get, 0, CALL_SITE_##field)
static const JsBuiltin call_site_proto[] = {
    SITE("getColumnNumber", COLUMN),
    SITE("getEnclosingColumnNumber", ENCLOSING_COLUMN),
    SITE("getEnclosingLineNumber", ENCLOSING_LINE),
    SITE("getEvalOrigin", EVAL_ORIGIN),
    SITE("getFileName", FILE_NAME),
    SITE("getFunction", FUNCTION),
    SITE("getFunctionName", FUNCTION_NAME),
    SITE("getLineNumber", LINE),
    SITE("getMethodName", METHOD_NAME),
    SITE("getPosition", POSITION),
    SITE("getPromiseIndex", PROMISE_INDEX),
    SITE("getScriptHash", SCRIPT_HASH),
    SITE("getScriptNameOrSourceURL", SCRIPT_NAME),
    SITE("getThis", THIS),
    SITE("getTypeName", TYPE_NAME),
    SITE("isAsync", IS_ASYNC),
    SITE("isConstructor", IS_CONSTRUCTOR),
    SITE("isEval", IS_EVAL),
    SITE("isNative", IS_NATIVE),
    SITE("isPromiseAll", IS_PROMISE_ALL),
    SITE("isToplevel", IS_TOPLEVEL),
    SITE("toString", TO_STRING),
};
const JsIntrinsicTable call_site_proto_table = {NAMESPACE_TABLE(), ROWS(call_site_proto)};
