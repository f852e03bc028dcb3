// SPDX-License-Identifier: MIT
/*
 * Explicit resource management: dispose capabilities of `using` scopes.  ecma262#sec-disposecapability-records
 *
 * A capability is a list cell: [error so far or hole, "await needed" mark, "has awaited" mark, then per resource:
 * value, method, is-async]. Resources leave from the end. The compiler awaits what DISPOSE_NEXT hands out.
 */
#include "interp/interp.h"

enum { SCOPE_ERROR, DISPOSE_NEEDS_AWAIT, DISPOSE_HAS_AWAITED, DISPOSE_FIRST, DISPOSE_WORDS = 3 };

/* The list cell may be replaced when it grows, so the register holds a one-element box. */
static JsElements *box_list(JsValue scope)
{
  return (JsElements *)js_as_cell(slot_get(((JsElements *)js_as_cell(scope))->v[0]));
}

JsValue interp_slow_new_dispose_scope(JsContext *cx)
{
  JsElements *box = MUST(elements_new(cx->heap, 1));
  JsElements *list = MUST(elements_new(cx->heap, DISPOSE_FIRST + 2 * DISPOSE_WORDS));
  box = MUST(elements_push(cx, box, js_from_cell(list)));
  list = MUST(elements_push(cx, list, JS_HOLE));
  list = MUST(elements_push(cx, list, JS_FALSE));
  list = MUST(elements_push(cx, list, JS_FALSE));
  return js_from_cell(box);
}

/* GetMethod ( V, symbol ) with the message of `using`; nullish: undefined. */
static JsValue disposer(JsContext *cx, JsValue val, JsKey symbol)
{
  JsValue method = TRY(get_v(cx, val, symbol));
  if (js_is_nullish(method))
    return JS_UNDEFINED;
  return js_is_callable(method) ? method : throw_error(cx, JS_MSG_NOT_DISPOSABLE, symbol);
}

/* GetDisposeMethod ( V, hint )  ecma262#sec-getdisposemethod; *hint: an async one may fall back to Symbol.dispose. */
static JsValue dispose_method(JsContext *cx, JsValue val, JsDisposeHint *hint)
{
  JsHeap *heap = cx->heap;
  if (*hint == DISPOSE_ASYNC) {
    JsValue method = TRY(disposer(cx, val, KEY_SYM(heap, asyncDispose)));
    if (!js_is_undefined(method))
      return method;
    *hint = DISPOSE_FROM_SYNC;
  }
  JsValue method = TRY(disposer(cx, val, KEY_SYM(heap, dispose)));
  return js_is_undefined(method) ? throw_error(cx, JS_MSG_NOT_DISPOSABLE, KEY_SYM(heap, dispose)) : method;
}

bool dispose_scope_add(JsContext *cx, JsValue scope, JsValue val, JsValue method, JsDisposeHint hint)
{
  JsElements *list = box_list(scope);
  list = TRY_OR(false, elements_push(cx, list, val));
  list = TRY_OR(false, elements_push(cx, list, method));
  list = TRY_OR(false, elements_push(cx, list, js_int32((int32_t)hint)));
  JsElements *box = (JsElements *)js_as_cell(scope);
  slot_set(cx->heap, box, &box->v[0], js_from_cell(list));
  return true;
}

/* AddDisposableResource ( disposeCapability, V, hint )  ecma262#sec-adddisposableresource */
bool interp_slow_add_disposable(JsContext *cx, JsValue scope, JsValue val, bool is_async)
{
  JsDisposeHint hint = is_async ? DISPOSE_ASYNC : DISPOSE_SYNC;
  if (js_is_nullish(val))
    return !is_async || dispose_scope_add(cx, scope, JS_UNDEFINED, JS_UNDEFINED, hint);
  if (!js_is_object(val)) {
    (void)throw_error(cx, JS_MSG_USING_NOT_AN_OBJECT);
    return false;
  }
  JsValue method = TRY_OR(false, dispose_method(cx, val, &hint));
  return dispose_scope_add(cx, scope, val, method, hint);
}

void interp_slow_dispose_error(JsContext *cx, JsValue scope, JsValue error)
{
  JsElements *list = box_list(scope);
  JsValue before = slot_get(list->v[SCOPE_ERROR]);
  if (!js_is_hole(before)) {
    JsObject *ctor = INTRINSIC_OBJECT(cx, SUPPRESSED_ERROR);
    JsValue argv[2] = {error, before};
    JsValue made = js_construct(cx, ctor, 2, argv, NULL);
    error = js_is_exception(made) ? take_exception(cx) : made;
  }
  slot_set(cx->heap, list, &list->v[SCOPE_ERROR], error);
}

/* DisposeResources ( disposeCapability, completion )  ecma262#sec-disposeresources */
bool interp_slow_dispose_next(JsContext *cx, JsValue scope, JsValue *val)
{
  JsHeap *heap = cx->heap;
  for (;;) {
    JsElements *list = box_list(scope);
    bool needs_await = js_is_true(slot_get(list->v[DISPOSE_NEEDS_AWAIT]));
    bool has_awaited = js_is_true(slot_get(list->v[DISPOSE_HAS_AWAITED]));
    uint32_t length = list->length;
    int32_t kind = length > DISPOSE_FIRST ? js_as_int32(slot_get(list->v[length - 1])) : -1;
    /* An async scope whose only resources were null still takes one turn; before a sync disposer too. */
    if (needs_await && !has_awaited && kind <= DISPOSE_SYNC) {
      slot_set(heap, list, &list->v[DISPOSE_NEEDS_AWAIT], JS_FALSE);
      *val = JS_UNDEFINED;
      return true;
    }
    if (kind < 0) {
      *val = JS_HOLE;
      return true;
    }
    JsValue resource = slot_get(list->v[length - 3]), method = slot_get(list->v[length - 2]);
    list->length = length - DISPOSE_WORDS;
    if (js_is_undefined(method)) {
      slot_set(heap, list, &list->v[DISPOSE_NEEDS_AWAIT], JS_TRUE);
      continue;
    }
    JsValue result = js_call0(cx, method, resource);
    if (js_is_exception(result)) {
      if (cx->terminating)
        return false;
      interp_slow_dispose_error(cx, scope, take_exception(cx));
      if (kind != DISPOSE_FROM_SYNC)
        continue;
      /* The wrapper around Symbol.dispose turned the exception into a rejected promise, which is awaited. */
    }
    if (kind != DISPOSE_SYNC) {
      slot_set(heap, list, &list->v[DISPOSE_HAS_AWAITED], JS_TRUE);
      /* Symbol.dispose standing in for Symbol.asyncDispose: its result is not awaited, a turn is. */
      *val = kind == DISPOSE_FROM_SYNC ? JS_UNDEFINED : result;
      return true;
    }
  }
}

bool interp_slow_dispose_end(JsContext *cx, JsValue scope)
{
  JsValue error = slot_get(box_list(scope)->v[SCOPE_ERROR]);
  if (js_is_hole(error))
    return true;
  (void)throw_value(cx, error);
  return false;
}
