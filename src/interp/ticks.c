// SPDX-License-Identifier: MIT
/*
 * The queue of deferred calls behind process.nextTick. Putting a call in allocates nothing for up to three arguments;
 * they run in a drain (jobs.h).
 */
#include "interp/emitter.h"
#include "interp/jobs.h"

#include "object/elements.h"
#include "object/operations.h"

enum { TICKS_FIRST = 64, TICKS_IDLE = 4096 };

static void count_changed(JsTickQueue *queue)
{
  if (queue->count_out)
    *queue->count_out = queue->count;
}

static void resize(JsVm *vm, uint32_t capacity)
{
  JsTickQueue *queue = &vm->ticks;
  JsTick *ticks = mem_alloc(&vm->account, MEM_VM, capacity * sizeof *ticks);
  JS_CHECK(ticks != NULL);
  for (uint32_t k = 0; k < queue->count; k++)
    ticks[k] = queue->ticks[(queue->head + k) & (queue->capacity - 1)];
  mem_free(&vm->account, MEM_VM, queue->ticks, queue->capacity * sizeof *ticks);
  queue->ticks = ticks;
  queue->head = 0;
  queue->capacity = capacity;
}

/* (fn, ...args). Closed, or no function: data 0 gets the call, when it is there. */
static JsValue enqueue_or(JsContext *cx, JsValue slow, JsValue this_val, int argc, const JsValue *argv)
{
  JsVm *vm = cx->vm;
  JsTickQueue *queue = &vm->ticks;
  if (js_unlikely(!argc || !js_is_callable(argv[0]) || (queue->is_closed && !js_is_undefined(slow))))
    return js_call(cx, slow, this_val, argc, argv);
  JsValue list = JS_UNDEFINED;
  if (argc > 1 + TICK_ARGUMENTS)
    list = js_from_cell(TRY(array_from_values(cx, argv + 1, (uint32_t)argc - 1)));
  if (queue->count == queue->capacity)
    resize(vm, queue->capacity ? queue->capacity * 2 : TICKS_FIRST);
  JsTick *tick = &queue->ticks[(queue->head + queue->count++) & (queue->capacity - 1)];
  slot_init(&tick->fn, argv[0]);
  slot_init(&tick->context, vm->async_context);
  tick->argc = (uint32_t)argc - 1;
  for (uint32_t k = 0; k < TICK_ARGUMENTS; k++)
    slot_init(&tick->arguments[k], k < tick->argc ? argv[1 + k] : JS_UNDEFINED);
  if (!js_is_undefined(list)) {
    tick->argc = TICK_ARGUMENTS + 1;
    slot_init(&tick->arguments[0], list);
  }
  count_changed(queue);
  return JS_UNDEFINED;
}

static JsValue enqueue(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return enqueue_or(cx, js_callee_data(cx, 0), this_val, argc, argv);
}

JsValue ticks_defer(JsContext *cx, JsValue process, int argc, const JsValue *argv)
{
  JsValue method = emitter_get(cx, js_as_object(process), KEY(cx->heap, nextTick));
  if (js_likely(js_is_kind(method, CELL_NATIVE_FUNCTION) && js_as_native_function(method)->fn == enqueue))
    return enqueue_or(cx, slot_get(js_as_native_function(method)->data[0]), process, argc, argv);
  if (!js_is_hole(cx->exception))
    return JS_EXCEPTION;
  method = TRY(get_v(cx, process, KEY(cx->heap, nextTick)));
  return js_call(cx, method, process, argc, argv);
}

static JsTick take_first(JsVm *vm)
{
  JsTickQueue *queue = &vm->ticks;
  JsTick tick = queue->ticks[queue->head];
  queue->head = (queue->head + 1) & (queue->capacity - 1);
  if (--queue->count == 0 && queue->capacity > TICKS_IDLE)
    resize(vm, TICKS_FIRST);
  count_changed(queue);
  vm->async_context = slot_get(tick.context);
  return tick;
}

JsJobBegun ticks_begin_next(JsContext *cx)
{
  if (!cx->vm->ticks.count)
    return JOB_NONE;
  JsTick tick = take_first(cx->vm);
  const JsValue *arguments = (const JsValue *)tick.arguments;
  JsValue fn = slot_get(tick.fn);
  uint32_t argc = tick.argc;
  if (argc > TICK_ARGUMENTS) {
    JsElements *list = ptr_slot_get(js_as_object(arguments[0])->elements);
    argc = list->length;
    arguments = (const JsValue *)list->v;
  }
  if (js_likely(frame_push_entry(cx, fn, JS_UNDEFINED, argc, arguments, FRAME_JOB)))
    return JOB_PUSHED;
  return js_is_exception(js_call(cx, fn, JS_UNDEFINED, (int)argc, arguments)) ? JOB_FAILED : JOB_DONE;
}

JsValue tick_enqueue_function_new(JsContext *cx, JsValue slow)
{
  return js_from_cell(native_function_new(cx, enqueue, key_from_c_string(cx->heap, "nextTick"), 1, &slow, 1));
}
