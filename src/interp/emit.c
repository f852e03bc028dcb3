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

/* --- finding the listeners -----------------------------------------------------------------------------------------*/

/* A function that leaves its frame when it returns, and not before. */
static bool is_plain_function(JsValue listener)
{
  return js_is_function(listener) && !(js_as_cell(listener)->flags & OBJECT_CLASS_CONSTRUCTOR) &&
         !(ptr_slot_get(js_as_function(listener)->code)->flags & (CODE_GENERATOR | CODE_ASYNC));
}

/* Where the Vm's cache found the key. False: not as an own data property. */
static bool find_place(JsContext *cx, const JsObject *obj, JsKey key, uint32_t *place)
{
  const JsMegaEntry *mega = ic_mega_entry(cx, obj->cell.word, key);
  *place = mega->entry.slot << 1 | (mega->entry.kind == IC_OWN_INLINE);
  return mega->key == key.bits && mega->entry.shape == obj->cell.word &&
         (mega->entry.kind == IC_OWN_INLINE || mega->entry.kind == IC_OWN_SLOTS);
}

static void learn(JsContext *cx, JsObject *emitter, JsObject *table, JsKey name, JsKey capture, JsValue listener)
{
  JsEmitEntry entry = {.name = name.bits, .emitter_shape = emitter->cell.word, .table_shape = table->cell.word};
  if (is_plain_function(listener))
    entry.plain = listener.bits;
  if (find_place(cx, emitter, KEY(cx->heap, _events), &entry.table) &&
      find_place(cx, emitter, capture, &entry.capture) && find_place(cx, table, name, &entry.listener))
    *emit_cache_place(cx->vm->interp, emitter, name.bits) = entry;
}

JS_INLINE Found kind_of_listener(JsValue listener)
{
  if (js_is_function(listener))
    return FOUND_FUNCTION;
  if (js_is_array_object(listener))
    return FOUND_ARRAY;
  return js_is_callable(listener) && !js_is_kind(listener, CELL_PROXY) ? FOUND_FUNCTION : FOUND_SLOW;
}

/* What listens to the event that is argv[0]. */
static Found find_listeners(JsContext *cx, JsNativeFunction *emit, JsValue this_val, uint32_t argc, const JsValue *argv,
                            JsValue *out)
{
  if (!argc || !js_is_object(this_val))
    return FOUND_SLOW;
  const JsEmitEntry *entry;
  *out = emit_cached_listener(cx, this_val, argv[0], &entry);
  if (js_likely(!js_is_hole(*out)))
    return js_is_undefined(*out) ? FOUND_NONE : kind_of_listener(*out);
  JsObject *emitter = js_as_object(this_val);
  JsKey name;
  if (!emitter_event_key(cx, argv[0], &name))
    return FOUND_SLOW;
  if (key_equals(name, KEY(cx->heap, error)))
    return FOUND_SLOW;
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
  learn(cx, emitter, js_as_object(events), name, capture, listener);
  *out = listener;
  return kind_of_listener(listener);
}

/* --- calling them from bytecode ------------------------------------------------------------------------------------*/

/* Several listeners, called in frames: copies of them lie above emit's window, this above the copies, and the
 * listener's window follows. */
typedef struct JsEmitList {
  JsValue *window; /* emit's */
  JsValue *next;
  uint64_t left, argc; /* arguments of a listener */
  uint64_t result_register;
  uint64_t pad;
} JsEmitList;
_Static_assert(sizeof(JsEmitList) % (2 * sizeof(JsValue)) == 0, "frames keep their alignment");

/* Those of now: a listener may add or remove some. */
static uint32_t copy_listeners(JsValue found, JsValue *out, size_t room)
{
  JsElements *elements = ptr_slot_get(js_as_object(found)->elements);
  uint32_t count = js_as_array(found)->length;
  if (!elements || elements->cell.kind != CELL_ELEMENTS || elements->length < count || count > room)
    return 0;
  for (uint32_t k = 0; k < count; k++) {
    out[k] = slot_get(elements->v[k]);
    if (!js_is_callable(out[k]))
      return 0;
  }
  return count;
}

/* Whoever is called for what is registered. */
static JsValue listener_to_call(JsContext *cx, JsValue registered, JsValue emitter)
{
  JsValue listener;
  return emitter_is_once(registered, emitter, &listener) && emitter_take_once(cx, registered) ? listener : registered;
}

/* A listener that gets no frame. */
static bool call_listener(JsContext *cx, const JsEmitList *list, JsValue listener)
{
  const JsValue *window = list->window;
  JsNativeFunction *emit = js_as_native_function(window[0]);
  JsNativeFrame native = {cx->native_frame, cx->frame, &emit->obj, JS_UNDEFINED, window[FRAME_WORDS]};
  cx->native_frame = &native;
  cx->realm = ptr_slot_get(emit->realm);
  JsValue result = js_call(cx, listener, window[FRAME_WORDS], (int)list->argc, window + FRAME_WORDS + 2);
  cx->native_frame = native.older;
  return !js_is_exception(result);
}

/* Calls the next ones, until one has a frame. */
static JsCallOutcome call_next(JsContext *cx, JsEmitList *list, JsValue *result)
{
  JsValue *above = (JsValue *)(list + 1);
  uint32_t argc = (uint32_t)list->argc;
  cx->stack_top = above;
  while (list->left > 0) {
    list->left--;
    JsValue registered = *list->next++, emitter = list->window[FRAME_WORDS];
    JsValue listener = js_is_function(registered) ? registered : listener_to_call(cx, registered, emitter);
    if (js_likely(is_plain_function(listener) && above + FRAME_WORDS + 1 + argc <= cx->stack_limit &&
                  !(ptr_slot_get(js_as_function(listener)->code)->flags & CODE_NEEDS_ARGUMENTS))) {
      above[0] = listener;
      above[FRAME_WORDS] = emitter;
      for (uint32_t k = 0; k < argc; k++)
        above[FRAME_WORDS + 1 + k] = list->window[FRAME_WORDS + 2 + k];
      return frame_push(cx, above, argc, JS_UNDEFINED, FRAME_EMIT | FRAME_LIST, (uint32_t)list->result_register)
                 ? CALL_PUSHED
                 : CALL_FAILED;
    }
    if (!call_listener(cx, list, listener))
      return CALL_FAILED;
  }
  cx->stack_top = frame_registers(cx->frame) + cx->frame->code->register_count;
  cx->realm = frame_realm(cx->frame);
  *result = JS_TRUE;
  return CALL_DONE;
}

JsCallOutcome emit_begin_list(JsContext *cx, JsValue *window, uint32_t argc, JsValue found, uint32_t result_register,
                              JsValue *result)
{
  JsValue *copies = window + FRAME_WORDS + 1 + argc;
  if (copies < cx->stack_top)
    copies = cx->stack_top;
  size_t taken = (sizeof(JsEmitList) / sizeof(JsValue)) + FRAME_WORDS + argc;
  if (copies + taken > cx->stack_limit)
    return CALL_FAILED;
  uint32_t count = copy_listeners(found, copies, (size_t)(cx->stack_limit - copies) - taken);
  if (!count)
    return CALL_FAILED;
  JsEmitList *list = (JsEmitList *)(copies + count);
  *list = (JsEmitList){
      .window = window, .next = copies, .left = count, .argc = argc - 1, .result_register = result_register};
  return call_next(cx, list, result);
}

JsCallOutcome emit_go_on(JsContext *cx, JsFrame *frame, JsValue *result)
{
  cx->frame = frame->caller;
  if (js_unlikely(--cx->budget <= 0))
    TRY_OR(CALL_FAILED, vm_poll(cx));
  return call_next(cx, (JsEmitList *)frame - 1, result);
}

JsCallOutcome emit_begin(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register, JsValue *result)
{
  JsValue *args = &window[FRAME_WORDS + 1], found;
  switch (find_listeners(cx, js_as_native_function(window[0]), window[FRAME_WORDS], argc, args, &found)) {
  case FOUND_NONE: *result = JS_FALSE; return CALL_DONE;
  case FOUND_FUNCTION: break;
  case FOUND_ARRAY: return emit_begin_list(cx, window, argc, found, result_register, result);
  default: return CALL_FAILED;
  }
  JsValue listener = found;
  bool is_once = !js_is_function(found) && emitter_is_once(found, window[FRAME_WORDS], &listener);
  if (!is_plain_function(listener) || (is_once && !emitter_take_once(cx, found)))
    return CALL_FAILED;
  argc--;
  for (uint32_t k = 0; k < argc; k++)
    args[k] = args[k + 1];
  window[0] = listener;
  return frame_push(cx, window, argc, JS_UNDEFINED, FRAME_EMIT, result_register) ? CALL_PUSHED : CALL_FAILED;
}

/* --- the built-in --------------------------------------------------------------------------------------------------*/

/* argv[0] is the name. */
static JsValue emit_with(JsContext *cx, JsNativeFunction *self, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue found, listeners[LISTENERS_ON_STACK];
  uint32_t count = 1;
  switch (find_listeners(cx, self, this_val, (uint32_t)argc, argv, &found)) {
  case FOUND_NONE: return JS_FALSE;
  case FOUND_FUNCTION: listeners[0] = found; break;
  case FOUND_ARRAY:
    count = copy_listeners(found, listeners, LISTENERS_ON_STACK);
    if (count)
      break;
    /* fall through */
  default: return js_call(cx, slot_get(self->data[DATA_SLOW]), this_val, argc, argv);
  }
  for (uint32_t k = 0; k < count; k++)
    TRY(js_call(cx, listener_to_call(cx, listeners[k], this_val), this_val, argc - 1, argv + 1));
  return JS_TRUE;
}

static JsValue emit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return emit_with(cx, (JsNativeFunction *)js_callee(cx), this_val, argc, argv);
}

JsValue emitter_emit(JsContext *cx, JsValue emitter, JsKey name, int argc, const JsValue *argv)
{
  enum { ARGUMENTS_MAX = 2 };
  JsValue args[1 + ARGUMENTS_MAX] = {key_to_value(cx->heap, name)};
  JS_CHECK(argc <= ARGUMENTS_MAX);
  for (int k = 0; k < argc; k++)
    args[1 + k] = argv[k];
  JsValue method = emitter_get(cx, js_as_object(emitter), KEY(cx->heap, emit));
  if (js_likely(js_is_kind(method, CELL_NATIVE_FUNCTION) && js_as_native_function(method)->fn == emit))
    return emit_with(cx, js_as_native_function(method), emitter, 1 + argc, args);
  if (!js_is_hole(cx->exception))
    return JS_EXCEPTION;
  method = TRY(get_v(cx, emitter, KEY(cx->heap, emit)));
  return js_call(cx, method, emitter, 1 + argc, args);
}

JsValue emit_function_new(JsContext *cx, JsValue slow, JsValue capture)
{
  JsValue data[DATA_COUNT] = {slow, capture};
  JsNativeFunction *fn = native_function_new(cx, emit, key_from_c_string(cx->heap, "emit"), 1, data, DATA_COUNT);
  fn->magic = NATIVE_IS_EMIT_MAGIC;
  cx->vm->emit_function = &fn->obj;
  return js_from_cell(fn);
}
