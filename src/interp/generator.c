// SPDX-License-Identifier: MIT
/* Saving and restoring activations, and generators.  ecma262#sec-generator-abstract-operations */
#include "interp/generator.h"

#include "interp/interp.h"

_Static_assert(sizeof(JsSavedFrame) == 40, "update saved_frame_trace()");
_Static_assert(sizeof(JsGenerator) == 24 + 8 + 8 + 16, "update generator_trace()");

void saved_frame_trace(JsTracer *tracer, JsCell *cell)
{
  JsSavedFrame *saved = (JsSavedFrame *)cell;
  gc_trace_slot(tracer, &saved->callee);
  gc_trace_slot(tracer, &saved->new_target);
  /* Temporaries may hold what is left of callees' frame headers. */
  gc_trace_conservative(tracer, saved->registers, saved->registers + saved->register_count);
}

void generator_trace(JsTracer *tracer, JsCell *cell)
{
  JsGenerator *generator = (JsGenerator *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, generator->saved);
  gc_trace_ptr(tracer, generator->queue);
  gc_trace_ptr(tracer, generator->queue_last);
}

void saved_frame_save(JsContext *cx, JsFrame *frame, JsSavedFrame **out)
{
  uint32_t count = frame->code->register_count;
  JsSavedFrame *saved = *out;
  if (!saved) {
    saved = gc_alloc(cx->heap, CELL_SAVED_FRAME, sizeof(JsSavedFrame) + count * sizeof(JsSlot));
    saved->register_count = count;
    slot_init(&saved->callee, frame->callee);
    slot_init(&saved->new_target, frame->new_target);
    *out = saved;
  }
  saved->pc = (uint32_t)(frame->pc - frame->code->units);
  saved->flags = frame->flags;
  memcpy(saved->registers, frame_registers(frame), count * sizeof(JsSlot));
  gc_barrier(cx->heap, saved);
}

JsFrame *saved_frame_push(JsContext *cx, JsSavedFrame *saved, void *suspended, unsigned flags)
{
  JsFunction *fn = js_as_function(slot_get(saved->callee));
  JsCode *code = ptr_slot_get(fn->code);
  JsValue *window = cx->stack_top, *registers = window + FRAME_WORDS, *end = registers + saved->register_count;
  if (js_unlikely(end > cx->stack_limit)) {
    (void)throw_stack_overflow(cx);
    return NULL;
  }
  memcpy(registers, saved->registers, saved->register_count * sizeof(JsSlot));
  JsFrame *frame = (JsFrame *)window;
  *frame = (JsFrame){.callee = slot_get(saved->callee),
                     .caller = cx->frame,
                     .pc = code->units + saved->pc,
                     .code = code,
                     .new_target = slot_get(saved->new_target),
                     .argv = registers + 1,
                     .flags = (uint8_t)(FRAME_ENTRY | flags),
                     .suspended = suspended};
  cx->frame = frame;
  cx->stack_top = end;
  cx->realm = ptr_slot_get(fn->realm);
  return frame;
}

/* --- generators -------------------------------------------------------------------------------------------------- */

static bool is_async_code(const JsCode *code)
{
  return code->flags & CODE_ASYNC;
}

/* The object of a generator call: its prototype is the function's `prototype`, or the realm's default. */
JsValue generator_initial_yield(JsContext *cx, JsFrame *frame)
{
  bool is_async = is_async_code(frame->code);
  JsObject *fn = js_as_object(frame->callee);
  JsValue proto = TRY(get_property(cx, fn, KEY(cx->heap, prototype)));
  JsObject *proto_obj = js_is_object(proto) ? js_as_object(proto)
                        : is_async          ? INTRINSIC_OBJECT(cx, ASYNC_GENERATOR_PROTOTYPE)
                                            : INTRINSIC_OBJECT(cx, GENERATOR_PROTOTYPE);
  JsGenerator *generator = (JsGenerator *)object_new_kind(cx, is_async ? CELL_ASYNC_GENERATOR : CELL_GENERATOR,
                                                          sizeof(JsGenerator), proto_obj);
  JsSavedFrame *saved = NULL;
  saved_frame_save(cx, frame, &saved);
  ptr_slot_set(cx->heap, generator, &generator->saved, saved);
  generator->obj.cell.aux = GENERATOR_SUSPENDED_START;
  return js_from_cell(generator);
}

JsValue generator_yield(JsContext *cx, JsFrame *frame, JsValue val, bool is_result_object)
{
  JsGenerator *generator = frame->suspended;
  if (generator->obj.cell.kind == CELL_ASYNC_GENERATOR)
    return async_generator_yield(cx, frame, generator, val);
  JsSavedFrame *saved = ptr_slot_get(generator->saved);
  saved_frame_save(cx, frame, &saved);
  generator->yields_result_object = is_result_object;
  generator->obj.cell.aux = GENERATOR_SUSPENDED_YIELD;
  return val;
}

JsValue generator_return(JsContext *cx, JsFrame *frame, JsValue val)
{
  JsGenerator *generator = frame->suspended;
  if (generator->obj.cell.kind == CELL_ASYNC_GENERATOR)
    return async_generator_return(cx, generator, val);
  generator->obj.cell.aux = GENERATOR_COMPLETED;
  generator->yields_result_object = 0;
  ptr_slot_init(&generator->saved, NULL);
  return val;
}

void suspended_abandon(JsContext *cx, JsFrame *frame)
{
  JsCell *cell = frame->suspended;
  if (cell->kind == CELL_GENERATOR) {
    cell->aux = GENERATOR_COMPLETED;
    ptr_slot_init(&((JsGenerator *)cell)->saved, NULL);
  }
}

/* Puts what was sent into the registers of the suspending instruction and moves on behind it. */
static void deliver(JsFrame *frame, JsValue value, JsResumeMode mode)
{
  const uint16_t *pc = frame->pc;
  JsValue *registers = frame_registers(frame);
  registers[pc[1]] = value;
  registers[pc[2]] = js_int32((int32_t)mode);
  frame->pc = pc + opcode_info[pc[0] & 0xFF].length;
}

static JsGenerator *validate(JsContext *cx, JsValue val, const char *method)
{
  if (!js_is_kind(val, CELL_GENERATOR)) {
    (void)throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, val);
    return NULL;
  }
  JsGenerator *generator = (JsGenerator *)js_as_cell(val);
  if (generator->obj.cell.aux == GENERATOR_EXECUTING) {
    (void)throw_error(cx, JS_MSG_GENERATOR_RUNNING);
    return NULL;
  }
  return generator;
}

/* GeneratorResume, GeneratorResumeAbrupt without the result object; *is_result: the value is one already. */
static JsValue resume(JsContext *cx, JsGenerator *generator, JsValue value, JsResumeMode mode, bool *done,
                      bool *is_result)
{
  *is_result = false;
  *done = true;
  if (generator->obj.cell.aux == GENERATOR_SUSPENDED_START && mode != RESUME_NEXT) {
    generator->obj.cell.aux = GENERATOR_COMPLETED;
    ptr_slot_init(&generator->saved, NULL);
  }
  if (generator->obj.cell.aux == GENERATOR_COMPLETED) {
    if (mode == RESUME_THROW)
      return throw_value(cx, value);
    return mode == RESUME_RETURN ? value : JS_UNDEFINED;
  }
  TRY(js_check_c_stack(cx));
  JsValue *saved_top = cx->stack_top;
  JsRealm *realm = cx->realm;
  JsFrame *frame = TRY(saved_frame_push(cx, ptr_slot_get(generator->saved), generator, FRAME_GENERATOR));
  deliver(frame, value, mode);
  generator->obj.cell.aux = GENERATOR_EXECUTING;
  JsValue result = interp_run(cx);
  cx->stack_top = saved_top;
  cx->realm = realm;
  if (js_is_exception(result))
    return result;
  *done = generator->obj.cell.aux == GENERATOR_COMPLETED;
  *is_result = !*done && generator->yields_result_object;
  return result;
}

JsValue generator_resume(JsContext *cx, JsObject *obj, JsValue value, JsResumeMode mode, bool *done)
{
  JsGenerator *generator = TRY(validate(cx, js_from_object(obj), "[Generator].prototype.next"));
  bool is_result;
  JsValue result = TRY(resume(cx, generator, value, mode, done, &is_result));
  if (!is_result)
    return result;
  JsValue inner_done = TRY(get_property(cx, js_as_object(result), KEY(cx->heap, done)));
  *done = to_boolean(inner_done);
  return *done ? JS_UNDEFINED : get_property(cx, js_as_object(result), KEY(cx->heap, value));
}

JsValue generator_resume_result(JsContext *cx, JsObject *obj, JsValue value, JsResumeMode mode)
{
  bool done, is_result;
  JsValue result = TRY(resume(cx, (JsGenerator *)obj, value, mode, &done, &is_result));
  return is_result ? result : create_iter_result_object(cx, result, done);
}

bool generator_is_plain_next(JsContext *cx, JsValue iterator, JsValue next_method)
{
  return js_is_kind(iterator, CELL_GENERATOR) && js_is_kind(next_method, CELL_NATIVE_FUNCTION) &&
         js_as_native_function(next_method)->fn == generator_proto_next;
}

/* %GeneratorPrototype%.next ( value )  ecma262#sec-generator.prototype.next */
JsValue generator_proto_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsGenerator *generator = TRY(validate(cx, this_val, "[Generator].prototype.next"));
  return generator_resume_result(cx, &generator->obj, js_arg(argc, argv, 0), RESUME_NEXT);
}

JsValue generator_proto_return(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsGenerator *generator = TRY(validate(cx, this_val, "[Generator].prototype.return"));
  return generator_resume_result(cx, &generator->obj, js_arg(argc, argv, 0), RESUME_RETURN);
}

JsValue generator_proto_throw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsGenerator *generator = TRY(validate(cx, this_val, "[Generator].prototype.throw"));
  return generator_resume_result(cx, &generator->obj, js_arg(argc, argv, 0), RESUME_THROW);
}
