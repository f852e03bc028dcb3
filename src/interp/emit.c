// SPDX-License-Identifier: MIT
/*
 * emit() of event emitters. The table of listeners is an object `_events` of the emitter: under an event's name stands
 * a function, or an array of them. A single ordinary function takes emit's call window (frame.h), so that nothing
 * stands between it and who emits. What is out of the ordinary (the event 'error', captured rejections, listeners that
 * are proxies) goes to the JavaScript function that emit was made with.
 */
#include "interp/emitter.h"

enum { DATA_SLOW, DATA_CAPTURE, DATA_COUNT };
enum { LISTENERS_ON_STACK = 16 };

typedef enum { FOUND_SLOW, FOUND_NONE, FOUND_FUNCTION, FOUND_ARRAY } Found;

/* What listens to the event that is argv[0]. */
static Found find_listeners(JsContext *cx, JsNativeFunction *emit, JsValue this_val, uint32_t argc, const JsValue *argv,
                            JsValue *out)
{
  if (!argc || !js_is_object(this_val))
    return FOUND_SLOW;
  JsKey name;
  if (!emitter_event_key(cx, argv[0], &name) || key_equals(name, KEY(cx->heap, error)))
    return FOUND_SLOW;
  JsObject *emitter = js_as_object(this_val);
  JsValue events = emitter_get(cx, emitter, KEY(cx->heap, _events));
  if (js_is_undefined(events))
    return FOUND_NONE;
  if (!js_is_object(events))
    return FOUND_SLOW; /* an exception too: JavaScript meets it again */
  JsValue listener = emitter_get(cx, js_as_object(events), name);
  if (js_is_undefined(listener))
    return FOUND_NONE;
  JsKey capture = key_from_symbol((JsSymbol *)js_as_cell(slot_get(emit->data[DATA_CAPTURE])));
  if (!js_is_object(listener) || !js_same_bits(emitter_get(cx, emitter, capture), JS_FALSE))
    return FOUND_SLOW;
  *out = listener;
  if (js_is_array_object(listener))
    return FOUND_ARRAY;
  return js_is_callable(listener) && !js_is_kind(listener, CELL_PROXY) ? FOUND_FUNCTION : FOUND_SLOW;
}

JsCallOutcome emit_begin(JsContext *cx, JsValue *window, uint32_t *argc, JsValue *result)
{
  JsValue *args = &window[FRAME_WORDS + 1], listener;
  switch (find_listeners(cx, js_as_native_function(window[0]), window[FRAME_WORDS], *argc, args, &listener)) {
  case FOUND_NONE: *result = JS_FALSE; return CALL_DONE;
  case FOUND_FUNCTION: break;
  default: return CALL_FAILED;
  }
  JsValue registered = listener;
  bool is_once = emitter_is_once(registered, window[FRAME_WORDS], &listener);
  if (!js_is_function(listener) || (js_as_cell(listener)->flags & OBJECT_CLASS_CONSTRUCTOR) ||
      (ptr_slot_get(js_as_function(listener)->code)->flags & (CODE_GENERATOR | CODE_ASYNC)))
    return CALL_FAILED;
  if (is_once && !emitter_take_once(cx, registered))
    return CALL_FAILED;
  --*argc;
  for (uint32_t k = 0; k < *argc; k++)
    args[k] = args[k + 1];
  window[0] = listener;
  return CALL_PUSHED;
}

/* Those of now: a listener may add or remove some. */
static uint32_t copy_listeners(JsValue list, JsValue *out)
{
  JsElements *elements = ptr_slot_get(js_as_object(list)->elements);
  uint32_t count = js_as_array(list)->length;
  if (!elements || elements->cell.kind != CELL_ELEMENTS || elements->length < count || count > LISTENERS_ON_STACK)
    return 0;
  for (uint32_t k = 0; k < count; k++) {
    out[k] = slot_get(elements->v[k]);
    if (!js_is_callable(out[k]))
      return 0;
  }
  return count;
}

static JsValue emit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  JsValue found, listeners[LISTENERS_ON_STACK];
  uint32_t count = 1;
  switch (find_listeners(cx, self, this_val, (uint32_t)argc, argv, &found)) {
  case FOUND_NONE: return JS_FALSE;
  case FOUND_FUNCTION: listeners[0] = found; break;
  case FOUND_ARRAY:
    count = copy_listeners(found, listeners);
    if (count)
      break;
    /* fall through */
  default: return js_call(cx, slot_get(self->data[DATA_SLOW]), this_val, argc, argv);
  }
  for (uint32_t k = 0; k < count; k++) {
    JsValue listener = listeners[k];
    if (emitter_is_once(listeners[k], this_val, &listener) && !emitter_take_once(cx, listeners[k]))
      listener = listeners[k];
    TRY(js_call(cx, listener, this_val, argc - 1, argv + 1));
  }
  return JS_TRUE;
}

JsValue emit_function_new(JsContext *cx, JsValue slow, JsValue capture)
{
  JsValue data[DATA_COUNT] = {slow, capture};
  JsNativeFunction *fn = native_function_new(cx, emit, key_from_c_string(cx->heap, "emit"), 1, data, DATA_COUNT);
  fn->magic = NATIVE_IS_EMIT_MAGIC;
  cx->vm->emit_function = &fn->obj;
  return js_from_cell(fn);
}
