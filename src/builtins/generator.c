// SPDX-License-Identifier: MIT
/*
 * GeneratorFunction, AsyncFunction, AsyncGeneratorFunction, their prototypes, %GeneratorPrototype%,
 * %AsyncGeneratorPrototype% and %AsyncFromSyncIteratorPrototype%.  ecma262#sec-control-abstraction-objects
 */
#include "builtins/builtin.h"

#include "builtins/function.h"
#include "bytecode/code.h"
#include "interp/eval.h"
#include "interp/generator.h"

/* --- constructors ------------------------------------------------------------------------------------------------ */

/* CreateDynamicFunction ( constructor, newTarget, kind, parameterArgs, bodyArg )  ecma262#sec-createdynamicfunction */
JsValue create_dynamic_function(JsContext *cx, int argc, const JsValue *argv, bool is_async, bool is_generator,
                                JsIntrinsicId fallback)
{
  JsHeap *heap = cx->heap;
  StringBuilder params;
  builder_init(&params, cx);
  for (int k = 0; k + 1 < argc; k++) {
    JsString *param = to_string(cx, argv[k]);
    if (!param) {
      builder_discard(&params);
      return JS_EXCEPTION;
    }
    if (k)
      builder_add_unit(&params, ',');
    builder_add_string(&params, param);
  }
  JsString *param_text = TRY(builder_finish(&params));
  JsString *body = argc ? TRY(to_string(cx, argv[argc - 1])) : string_empty(heap);
  JsHostHooks *hooks = &cx->vm->hooks;
  if (cx->realm->forbids_code_from_strings)
    return throw_error(cx, JS_MSG_CODE_GENERATION_FORBIDDEN);
  if (hooks->allow_code_generation && !hooks->allow_code_generation(cx, body, hooks->opaque))
    return has_exception(cx) ? JS_EXCEPTION : throw_error(cx, JS_MSG_CODE_GENERATION_FORBIDDEN);
  JsCode *code = TRY(compile_function_from_parts(cx, param_text, body, is_async, is_generator));
  eval_note_origin(cx, code);
  JsValue new_target = js_new_target(cx);
  JsFunction *fn = function_new(cx, code, NULL);
  if (!js_is_undefined(new_target) && js_as_object(new_target) != js_callee(cx)) {
    JsObject *proto = TRY(get_prototype_from_constructor(cx, new_target, fallback));
    bool done;
    TRY(ordinary_set_prototype_of(cx, &fn->obj, proto, &done));
  }
  return js_from_cell(fn);
}

static JsValue generator_function_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return create_dynamic_function(cx, argc, argv, false, true, JS_INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE);
}
static JsValue async_function_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return create_dynamic_function(cx, argc, argv, true, false, JS_INTRINSIC_ASYNC_FUNCTION_PROTOTYPE);
}
static JsValue async_generator_function_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return create_dynamic_function(cx, argc, argv, true, true, JS_INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE);
}

/* --- %AsyncGeneratorPrototype% ----------------------------------------------------------------------------------- */

static JsValue async_generator_proto_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return async_generator_enqueue(cx, this_val, js_arg(argc, argv, 0), RESUME_NEXT);
}
static JsValue async_generator_proto_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return async_generator_enqueue(cx, this_val, js_arg(argc, argv, 0), RESUME_RETURN);
}
static JsValue async_generator_proto_throw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return async_generator_enqueue(cx, this_val, js_arg(argc, argv, 0), RESUME_THROW);
}

/* --- %AsyncFromSyncIteratorPrototype% ---------------------------------------------------------------------------- */

static JsValue rejected_with_exception(JsContext *cx, JsPromise *promise)
{
  if (cx->terminating)
    return JS_EXCEPTION;
  promise_reject(cx, promise, take_exception(cx));
  return js_from_cell(promise);
}

/* The unwrap and closing functions of AsyncFromSyncIteratorContinuation; data: [promise, done, sync iterator or
 * undefined]. */
static bool continuation_settled(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  JsElements *parts = (JsElements *)js_as_cell(data);
  JsPromise *promise = js_as_promise(slot_get(parts->v[0]));
  if (!rejected) {
    promise_resolve_with(cx, promise, create_iter_result_object(cx, value, js_is_true(slot_get(parts->v[1]))));
    return true;
  }
  JsValue iterator = slot_get(parts->v[2]);
  if (js_is_object(iterator)) {
    JsIteratorRecord record = {js_as_object(iterator), JS_UNDEFINED, false};
    (void)throw_value(cx, value);
    (void)iterator_close_on_throw(cx, &record);
    if (cx->terminating)
      return false;
    value = take_exception(cx);
  }
  promise_reject(cx, promise, value);
  return true;
}

/* AsyncFromSyncIteratorContinuation  ecma262#sec-asyncfromsynciteratorcontinuation */
static JsValue continuation(JsContext *cx, JsValue result, JsPromise *promise, JsValue sync_iterator,
                            bool close_on_rejection)
{
  JsHeap *heap = cx->heap;
  JsValue done_val = get_property(cx, js_as_object(result), KEY(heap, done));
  if (js_is_exception(done_val))
    return rejected_with_exception(cx, promise);
  bool done = to_boolean(done_val);
  JsValue value = get_property(cx, js_as_object(result), KEY(heap, value));
  if (js_is_exception(value))
    return rejected_with_exception(cx, promise);
  bool closes = !done && close_on_rejection;
  JsValue wrapper = promise_resolve(cx, INTRINSIC_OBJECT(cx, PROMISE), value);
  if (js_is_exception(wrapper)) {
    if (closes && !cx->terminating) {
      JsIteratorRecord record = {js_as_object(sync_iterator), JS_UNDEFINED, false};
      (void)iterator_close_on_throw(cx, &record);
    }
    return rejected_with_exception(cx, promise);
  }
  JsElements *data = TRY(elements_new(heap, 3));
  data = TRY(elements_push(cx, data, js_from_cell(promise)));
  data = TRY(elements_push(cx, data, js_boolean(done)));
  data = TRY(elements_push(cx, data, closes ? sync_iterator : JS_UNDEFINED));
  promise_then_callback(cx, js_as_promise(wrapper), continuation_settled, js_from_cell(data));
  return js_from_cell(promise);
}

static JsValue call_sync(JsContext *cx, JsValue method, JsValue iterator, int argc, const JsValue *argv)
{
  return js_call(cx, method, iterator, argc > 0 ? 1 : 0, argv);
}

/* %AsyncFromSyncIteratorPrototype%.next ( [ value ] )  ecma262#sec-%asyncfromsynciteratorprototype%.next */
static JsValue async_from_sync_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsAsyncFromSyncIterator *it = (JsAsyncFromSyncIterator *)js_as_cell(this_val);
  JsPromise *promise = promise_new(cx);
  JsValue iterator = slot_get(it->iterator);
  JsValue result = call_sync(cx, slot_get(it->next_method), iterator, argc, argv);
  if (!js_is_exception(result) && !js_is_object(result))
    result = throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
  if (js_is_exception(result))
    return rejected_with_exception(cx, promise);
  return continuation(cx, result, promise, iterator, true);
}

/* %AsyncFromSyncIteratorPrototype%.return ( [ value ] )  ecma262#sec-%asyncfromsynciteratorprototype%.return */
static JsValue async_from_sync_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsAsyncFromSyncIterator *it = (JsAsyncFromSyncIterator *)js_as_cell(this_val);
  JsPromise *promise = promise_new(cx);
  JsValue iterator = slot_get(it->iterator);
  JsValue method = get_method(cx, iterator, KEY(cx->heap, return_));
  if (js_is_exception(method))
    return rejected_with_exception(cx, promise);
  if (js_is_undefined(method)) {
    promise_resolve_with(cx, promise, create_iter_result_object(cx, js_arg(argc, argv, 0), true));
    return js_from_cell(promise);
  }
  JsValue result = call_sync(cx, method, iterator, argc, argv);
  if (!js_is_exception(result) && !js_is_object(result))
    result = throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
  if (js_is_exception(result))
    return rejected_with_exception(cx, promise);
  return continuation(cx, result, promise, iterator, false);
}

/* %AsyncFromSyncIteratorPrototype%.throw ( [ value ] )  ecma262#sec-%asyncfromsynciteratorprototype%.throw */
static JsValue async_from_sync_throw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsAsyncFromSyncIterator *it = (JsAsyncFromSyncIterator *)js_as_cell(this_val);
  JsPromise *promise = promise_new(cx);
  JsValue iterator = slot_get(it->iterator);
  JsValue method = get_method(cx, iterator, KEY(cx->heap, throw_));
  if (js_is_exception(method))
    return rejected_with_exception(cx, promise);
  if (js_is_undefined(method)) {
    JsIteratorRecord record = {js_as_object(iterator), JS_UNDEFINED, false};
    if (iterator_close(cx, &record))
      (void)throw_error(cx, JS_MSG_ITERATOR_HAS_NO_THROW);
    return rejected_with_exception(cx, promise);
  }
  JsValue result = call_sync(cx, method, iterator, argc, argv);
  if (!js_is_exception(result) && !js_is_object(result))
    result = throw_error(cx, JS_MSG_ITERATOR_RESULT_NOT_OBJECT, result);
  if (js_is_exception(result))
    return rejected_with_exception(cx, promise);
  return continuation(cx, result, promise, iterator, true);
}

/* eval ( x )  ecma262#sec-eval-x, when it is not a direct call */
static JsValue global_eval(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return eval_indirect(cx, js_arg(argc, argv, 0));
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static const JsBuiltin generator_proto[] = {
    FN("next", generator_proto_next, 1),
    FN("return", generator_proto_return, 1),
    FN("throw", generator_proto_throw, 1),
    STRING_SYM(toStringTag, "Generator"),
};
static const JsBuiltin async_generator_proto[] = {
    FN("next", async_generator_proto_next, 1),
    FN("return", async_generator_proto_return, 1),
    FN("throw", async_generator_proto_throw, 1),
    STRING_SYM(toStringTag, "AsyncGenerator"),
};
static const JsBuiltin async_from_sync_iterator_proto[] = {
    FN("next", async_from_sync_next, 1),
    FN("return", async_from_sync_return, 1),
    FN("throw", async_from_sync_throw, 1),
};
static const JsBuiltin generator_function_proto[] = {
    {.name = "prototype",
     .type = BUILTIN_INTRINSIC,
     .number = JS_INTRINSIC_GENERATOR_PROTOTYPE,
     .attrs = PROP_CONFIGURABLE},
    STRING_SYM(toStringTag, "GeneratorFunction"),
};
static const JsBuiltin async_function_proto[] = {
    STRING_SYM(toStringTag, "AsyncFunction"),
};
static const JsBuiltin async_generator_function_proto[] = {
    {.name = "prototype",
     .type = BUILTIN_INTRINSIC,
     .number = JS_INTRINSIC_ASYNC_GENERATOR_PROTOTYPE,
     .attrs = PROP_CONFIGURABLE},
    STRING_SYM(toStringTag, "AsyncGeneratorFunction"),
};

/* The constructors inherit from %Function%; their `prototype` is not writable and not configurable. */
#define FUNCTION_CONSTRUCTOR(name_, fn_, prototype_)                                                                   \
  {                                                                                                                    \
    .make = INTRINSIC_CONSTRUCTOR, .name = (name_), .fn = (fn_), .length = 1, .parent = JS_INTRINSIC_FUNCTION,         \
    .prototype = JS_INTRINSIC_##prototype_, .constructor = -1                                                          \
  }
#define FUNCTION_PROTOTYPE(parent_, constructor_, rows_)                                                               \
  {                                                                                                                    \
    .make = INTRINSIC_PLAIN, .parent = JS_INTRINSIC_##parent_, .prototype = -1,                                        \
    .constructor = JS_INTRINSIC_##constructor_, .constructor_attrs = PROP_CONFIGURABLE, ROWS(rows_)                    \
  }
const JsIntrinsicTable generator_function_constructor_table =
    FUNCTION_CONSTRUCTOR("GeneratorFunction", generator_function_constructor, GENERATOR_FUNCTION_PROTOTYPE);
const JsIntrinsicTable async_function_constructor_table =
    FUNCTION_CONSTRUCTOR("AsyncFunction", async_function_constructor, ASYNC_FUNCTION_PROTOTYPE);
const JsIntrinsicTable async_generator_function_constructor_table = FUNCTION_CONSTRUCTOR(
    "AsyncGeneratorFunction", async_generator_function_constructor, ASYNC_GENERATOR_FUNCTION_PROTOTYPE);
const JsIntrinsicTable generator_function_proto_table =
    FUNCTION_PROTOTYPE(FUNCTION_PROTOTYPE, GENERATOR_FUNCTION, generator_function_proto);
const JsIntrinsicTable async_function_proto_table =
    FUNCTION_PROTOTYPE(FUNCTION_PROTOTYPE, ASYNC_FUNCTION, async_function_proto);
const JsIntrinsicTable async_generator_function_proto_table =
    FUNCTION_PROTOTYPE(FUNCTION_PROTOTYPE, ASYNC_GENERATOR_FUNCTION, async_generator_function_proto);
const JsIntrinsicTable generator_proto_table =
    FUNCTION_PROTOTYPE(ITERATOR_PROTOTYPE, GENERATOR_FUNCTION_PROTOTYPE, generator_proto);
const JsIntrinsicTable async_generator_proto_table =
    FUNCTION_PROTOTYPE(ASYNC_ITERATOR_PROTOTYPE, ASYNC_GENERATOR_FUNCTION_PROTOTYPE, async_generator_proto);
const JsIntrinsicTable async_from_sync_iterator_proto_table = {.make = INTRINSIC_PLAIN,
                                                               .parent = JS_INTRINSIC_ASYNC_ITERATOR_PROTOTYPE,
                                                               .prototype = -1,
                                                               .constructor = -1,
                                                               ROWS(async_from_sync_iterator_proto)};
const JsIntrinsicTable eval_table = {.make = INTRINSIC_FUNCTION,
                                     .name = "eval",
                                     .fn = global_eval,
                                     .length = 1,
                                     .parent = -1,
                                     .prototype = -1,
                                     .constructor = -1};
