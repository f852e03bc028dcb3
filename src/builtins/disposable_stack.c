// SPDX-License-Identifier: MIT
/*
 * DisposableStack and AsyncDisposableStack (ecma262#sec-disposablestack-objects,
 * ecma262#sec-asyncdisposablestack-objects).
 *
 * A stack holds a dispose capability, the same as the scope of a `using` declaration: what is added, and disposing, are
 * the interpreter's (interp_slow_disposal.c). Here disposeAsync is the async function that the compiler would make.
 */
#include "builtins/builtin.h"
#include "interp/interp.h"
#include "interp/promise.h"

#include <string.h>

/* CELL_DISPOSABLE_STACK and CELL_ASYNC_DISPOSABLE_STACK */
typedef struct JsDisposableStack {
  JsObject obj;
  JsSlot capability; /* JS_HOLE: disposed */
} JsDisposableStack;

void disposable_stack_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsDisposableStack) == sizeof(JsObject) + 8, "update disposable_stack_trace()");
void disposable_stack_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsDisposableStack *)cell)->capability);
}

/* --- shared: magic 1 in the async methods ----------------------------------------------------------------------- */

static bool is_async_method(JsContext *cx)
{
  return js_callee_magic(cx) == 1;
}

static const char *method_name(bool is_async, const char *async_name)
{
  return async_name + (is_async ? 0 : strlen("Async"));
}

static JsDisposableStack *this_stack(JsContext *cx, JsValue this_val, bool is_async, const char *method)
{
  JsCellKind kind = is_async ? CELL_ASYNC_DISPOSABLE_STACK : CELL_DISPOSABLE_STACK;
  return (JsDisposableStack *)this_kind(cx, this_val, kind, method);
}

static bool is_disposed(JsDisposableStack *stack)
{
  return js_is_hole(slot_get(stack->capability));
}

/* The stack of a method that a disposed one refuses. */
static JsDisposableStack *this_pending_stack(JsContext *cx, JsValue this_val, bool is_async, const char *async_name)
{
  const char *method = method_name(is_async, async_name);
  JsDisposableStack *stack = TRY_OR(NULL, this_stack(cx, this_val, is_async, method));
  if (is_disposed(stack)) {
    throw_error(cx, JS_MSG_ALREADY_DISPOSED, method);
    return NULL;
  }
  return stack;
}

static JsDisposableStack *stack_new(JsContext *cx, JsValue new_target, bool is_async)
{
  JsIntrinsicId fallback =
      is_async ? JS_INTRINSIC_ASYNC_DISPOSABLE_STACK_PROTOTYPE : JS_INTRINSIC_DISPOSABLE_STACK_PROTOTYPE;
  JsObject *obj =
      TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, fallback,
                                                    is_async ? CELL_ASYNC_DISPOSABLE_STACK : CELL_DISPOSABLE_STACK,
                                                    sizeof(JsDisposableStack)));
  JsDisposableStack *stack = (JsDisposableStack *)obj;
  slot_init(&stack->capability, JS_HOLE);
  return stack;
}

/* DisposableStack ( ), AsyncDisposableStack ( )  ecma262#sec-disposablestack */
static JsValue disposable_stack_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = is_async_method(cx);
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, method_name(is_async, "AsyncDisposableStack"));
  JsDisposableStack *stack = TRY(stack_new(cx, js_new_target(cx), is_async));
  slot_set(cx->heap, stack, &stack->capability, interp_slow_new_dispose_scope(cx));
  return js_from_object(&stack->obj);
}

/* DisposableStack.prototype.use ( value )  ecma262#sec-disposablestack.prototype.use */
static JsValue stack_proto_use(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = is_async_method(cx);
  JsDisposableStack *stack = TRY(this_pending_stack(cx, this_val, is_async, "AsyncDisposableStack.prototype.use"));
  TRY(interp_slow_add_disposable(cx, slot_get(stack->capability), js_arg(argc, argv, 0), is_async));
  return js_arg(argc, argv, 0);
}

/* What disposes an adopted value; data: the value, onDispose. */
static JsValue dispose_adopted(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_call1(cx, js_callee_data(cx, 1), JS_UNDEFINED, js_callee_data(cx, 0));
}

/* DisposableStack.prototype.adopt ( value, onDispose )  ecma262#sec-disposablestack.prototype.adopt */
static JsValue stack_proto_adopt(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = is_async_method(cx);
  JsDisposableStack *stack = TRY(this_pending_stack(cx, this_val, is_async, "AsyncDisposableStack.prototype.adopt"));
  JsValue data[2] = {js_arg(argc, argv, 0), js_arg(argc, argv, 1)};
  if (!js_is_callable(data[1]))
    return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, data[1]);
  JsValue closure = js_from_cell(native_function_new(cx, dispose_adopted, KEY(cx->heap, empty_name), 0, data, 2));
  TRY(dispose_scope_add(cx, slot_get(stack->capability), JS_UNDEFINED, closure,
                        is_async ? DISPOSE_ASYNC : DISPOSE_SYNC));
  return data[0];
}

/* DisposableStack.prototype.defer ( onDispose )  ecma262#sec-disposablestack.prototype.defer */
static JsValue stack_proto_defer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = is_async_method(cx);
  JsDisposableStack *stack = TRY(this_pending_stack(cx, this_val, is_async, "AsyncDisposableStack.prototype.defer"));
  JsValue on_dispose = js_arg(argc, argv, 0);
  if (!js_is_callable(on_dispose))
    return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, on_dispose);
  TRY(dispose_scope_add(cx, slot_get(stack->capability), JS_UNDEFINED, on_dispose,
                        is_async ? DISPOSE_ASYNC : DISPOSE_SYNC));
  return JS_UNDEFINED;
}

/* DisposableStack.prototype.move ( )  ecma262#sec-disposablestack.prototype.move */
static JsValue stack_proto_move(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = is_async_method(cx);
  JsDisposableStack *stack = TRY(this_pending_stack(cx, this_val, is_async, "AsyncDisposableStack.prototype.move"));
  JsDisposableStack *moved = TRY(stack_new(cx, JS_UNDEFINED, is_async));
  slot_set(cx->heap, moved, &moved->capability, slot_get(stack->capability));
  slot_set(cx->heap, stack, &stack->capability, JS_HOLE);
  return js_from_object(&moved->obj);
}

/* get DisposableStack.prototype.disposed  ecma262#sec-get-disposablestack.prototype.disposed */
static JsValue get_disposed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(is_disposed(TRY(this_stack(cx, this_val, false, "get DisposableStack.prototype.disposed"))));
}

/* get AsyncDisposableStack.prototype.disposed  ecma262#sec-get-asyncdisposablestack.prototype.disposed */
static JsValue get_async_disposed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(is_disposed(TRY(this_stack(cx, this_val, true, "get AsyncDisposableStack.prototype.disposed"))));
}

/* --- disposing ---------------------------------------------------------------------------------------------------- */

/* DisposableStack.prototype.dispose ( )  ecma262#sec-disposablestack.prototype.dispose */
static JsValue stack_proto_dispose(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDisposableStack *stack = TRY(this_stack(cx, this_val, false, "DisposableStack.prototype.dispose"));
  if (is_disposed(stack))
    return JS_UNDEFINED;
  JsValue capability = slot_get(stack->capability), awaited;
  slot_set(cx->heap, stack, &stack->capability, JS_HOLE);
  TRY(interp_slow_dispose_next(cx, capability, &awaited)); /* nothing to await: one call goes through all */
  TRY(interp_slow_dispose_end(cx, capability));
  return JS_UNDEFINED;
}

static bool disposal_settled(JsContext *cx, JsValue data, JsValue val, bool rejected);

/* DisposeResources up to its next await, or to its end. data: a list of the promise and the capability. */
static bool continue_disposal(JsContext *cx, JsElements *data)
{
  JsPromise *promise = js_as_promise(slot_get(data->v[0]));
  JsValue capability = slot_get(data->v[1]);
  for (;;) {
    JsValue val;
    TRY_OR(false, interp_slow_dispose_next(cx, capability, &val));
    if (js_is_hole(val))
      break;
    JsValue awaited = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), val);
    if (!js_is_exception(awaited)) {
      promise_then_callback(cx, js_as_promise(awaited), disposal_settled, js_from_cell(data));
      return true;
    }
    if (cx->terminating)
      return false;
    interp_slow_dispose_error(cx, capability, take_exception(cx));
  }
  if (interp_slow_dispose_end(cx, capability))
    promise_fulfill(cx, promise, JS_UNDEFINED);
  else if (!cx->terminating)
    promise_reject(cx, promise, take_exception(cx));
  return !cx->terminating;
}

static bool disposal_settled(JsContext *cx, JsValue data, JsValue val, bool rejected)
{
  JsElements *list = (JsElements *)js_as_cell(data);
  if (rejected)
    interp_slow_dispose_error(cx, slot_get(list->v[1]), val);
  return continue_disposal(cx, list);
}

/* AsyncDisposableStack.prototype.disposeAsync ( )  ecma262#sec-asyncdisposablestack.prototype.disposeAsync */
static JsValue stack_proto_dispose_async(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPromise *promise = promise_new(cx);
  if (!js_is_kind(this_val, CELL_ASYNC_DISPOSABLE_STACK)) {
    (void)throw_error(cx, JS_MSG_NOT_ASYNC_DISPOSABLE_STACK);
    promise_reject(cx, promise, take_exception(cx));
    return js_from_cell(promise);
  }
  JsDisposableStack *stack = (JsDisposableStack *)js_as_object(this_val);
  if (is_disposed(stack)) {
    promise_fulfill(cx, promise, JS_UNDEFINED);
    return js_from_cell(promise);
  }
  JsElements *data = TRY(elements_new(cx->heap, 2));
  data = TRY(elements_push(cx, data, js_from_cell(promise)));
  data = TRY(elements_push(cx, data, slot_get(stack->capability)));
  slot_set(cx->heap, stack, &stack->capability, JS_HOLE);
  TRY(continue_disposal(cx, data));
  return js_from_cell(promise);
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

static const JsBuiltin disposable_stack_proto[] = {
    FN("use", stack_proto_use, 1),     FN("dispose", stack_proto_dispose, 0),
    FN("adopt", stack_proto_adopt, 2), FN("defer", stack_proto_defer, 1),
    FN("move", stack_proto_move, 0),   GETTER("disposed", get_disposed),
    ALIAS_SYM(dispose, "dispose"),     STRING_SYM(toStringTag, "DisposableStack"),
};
static const JsBuiltin async_disposable_stack_proto[] = {
    FN_MAGIC("use", stack_proto_use, 1, 1),     FN("disposeAsync", stack_proto_dispose_async, 0),
    FN_MAGIC("adopt", stack_proto_adopt, 2, 1), FN_MAGIC("defer", stack_proto_defer, 1, 1),
    FN_MAGIC("move", stack_proto_move, 0, 1),   GETTER("disposed", get_async_disposed),
    ALIAS_SYM(asyncDispose, "disposeAsync"),    STRING_SYM(toStringTag, "AsyncDisposableStack"),
};
const JsIntrinsicTable disposable_stack_constructor_table = {
    CONSTRUCTOR_TABLE("DisposableStack", disposable_stack_constructor, 0, DISPOSABLE_STACK_PROTOTYPE)};
const JsIntrinsicTable disposable_stack_prototype_table = {PROTOTYPE_TABLE(DISPOSABLE_STACK),
                                                           ROWS(disposable_stack_proto)};
const JsIntrinsicTable async_disposable_stack_constructor_table = {
    CONSTRUCTOR_TABLE("AsyncDisposableStack", disposable_stack_constructor, 0, ASYNC_DISPOSABLE_STACK_PROTOTYPE),
    .magic = 1};
const JsIntrinsicTable async_disposable_stack_prototype_table = {PROTOTYPE_TABLE(ASYNC_DISPOSABLE_STACK),
                                                                 ROWS(async_disposable_stack_proto)};
