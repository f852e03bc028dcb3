// SPDX-License-Identifier: MIT
/*
 * The queue of deferred calls behind process.nextTick. Putting a call in allocates nothing for up to three arguments;
 * the function that runs the first of the queue hands its call window on (frame.h), so the loop over the queue is
 * JavaScript and what runs stands directly above it.
 */
#include "interp/interp.h"

#include "object/elements.h"

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
static JsValue enqueue(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsVm *vm = cx->vm;
  JsTickQueue *queue = &vm->ticks;
  JsValue slow = js_callee_data(cx, 0);
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

bool ticks_lay_next(JsContext *cx, JsValue *window, uint32_t *argc)
{
  JsTickQueue *queue = &cx->vm->ticks;
  if (!queue->count)
    return false;
  JsTick *first = &queue->ticks[queue->head];
  JsValue fn = slot_get(first->fn);
  if (!js_is_function(fn) || (js_as_cell(fn)->flags & OBJECT_CLASS_CONSTRUCTOR) || first->argc > TICK_ARGUMENTS ||
      window + FRAME_WORDS + 1 + TICK_ARGUMENTS > cx->stack_limit)
    return false;
  JsTick tick = take_first(cx->vm);
  window[0] = fn;
  window[FRAME_WORDS] = JS_UNDEFINED;
  for (uint32_t k = 0; k < tick.argc; k++)
    window[FRAME_WORDS + 1 + k] = slot_get(tick.arguments[k]);
  *argc = tick.argc;
  return true;
}

/* Runs the first of the queue. */
static JsValue run_tick(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!cx->vm->ticks.count)
    return JS_UNDEFINED;
  JsTick tick = take_first(cx->vm);
  JsValue arguments[TICK_ARGUMENTS], fn = slot_get(tick.fn);
  for (uint32_t k = 0; k < TICK_ARGUMENTS; k++)
    arguments[k] = slot_get(tick.arguments[k]);
  if (tick.argc <= TICK_ARGUMENTS)
    return js_call(cx, fn, JS_UNDEFINED, (int)tick.argc, arguments);
  JsElements *list = ptr_slot_get(js_as_object(arguments[0])->elements);
  return js_call(cx, fn, JS_UNDEFINED, (int)list->length, (const JsValue *)list->v);
}

JsValue tick_enqueue_function_new(JsContext *cx, JsValue slow)
{
  return js_from_cell(native_function_new(cx, enqueue, key_from_c_string(cx->heap, "nextTick"), 1, &slow, 1));
}

JsValue tick_run_function_new(JsContext *cx)
{
  JsNativeFunction *fn = native_function_new(cx, run_tick, key_from_c_string(cx->heap, "runTick"), 0, NULL, 0);
  fn->magic = NATIVE_IS_RUN_TICK_MAGIC;
  return js_from_cell(fn);
}
