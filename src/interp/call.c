// SPDX-License-Identifier: MIT
/*
 * Calling and constructing: the beginning of CALL, NEW and super() for every kind of callee, and js_call / js_construct
 * for C code, which run a nested interpreter loop when the callee is JavaScript.
 */
#include "interp/interp.h"

#include "interp/call_site.h"
#include "interp/promise.h"
#include "object/error_object.h"
#include "object/proxy.h"

/* Extra slots given to instances of a constructor that has not been observed yet, and the most it may learn.
 * Odd: with the three words before the slots, cells of an even number of words are full. */
enum { INSTANCE_SLOTS_FIRST = 5, INSTANCE_SLOTS_MAX = 63 };

JsValue throw_not_callable(JsContext *cx, JsValue callee, bool construct)
{
  JsString *text = call_site_text(cx, construct);
  if (text)
    return throw_error(cx, construct ? JS_MSG_NOT_A_CONSTRUCTOR_TEXT : JS_MSG_NOT_A_FUNCTION_TEXT, text);
  return throw_error(cx, construct ? JS_MSG_NOT_A_CONSTRUCTOR : JS_MSG_NOT_A_FUNCTION, callee);
}

static JsValue throw_class_requires_new(JsContext *cx, JsFunction *fn)
{
  JsString *name = function_debug_name(cx, &fn->obj);
  /* The error belongs to the callee's realm. */
  JsRealm *realm = cx->realm;
  cx->realm = ptr_slot_get(fn->realm);
  (void)throw_error(cx, JS_MSG_CLASS_CALLED_WITHOUT_NEW, name);
  cx->realm = realm;
  return JS_EXCEPTION;
}

/* --- windows ------------------------------------------------------------------------------------------------------ */

/* A window at the top of the stack for a call from C. NULL: RangeError. The caller restores cx->stack_top. */
static JsValue *push_window(JsContext *cx, JsValue callee, JsValue this_val, uint32_t argc, const JsValue *argv)
{
  JsValue *window = cx->stack_top, *end = window + FRAME_WORDS + 1 + argc;
  if (js_unlikely(end > cx->stack_limit)) {
    (void)throw_stack_overflow(cx);
    return NULL;
  }
  window[0] = callee;
  for (uint32_t k = 1; k < FRAME_WORDS; k++)
    window[k] = JS_UNDEFINED;
  window[FRAME_WORDS] = this_val;
  if (argc)
    memcpy(window + FRAME_WORDS + 1, argv, argc * sizeof *argv);
  cx->stack_top = end;
  return window;
}

bool interp_spread_window(JsContext *cx, JsValue *window, JsValue array, JsValue **window_out, uint32_t *argc)
{
  JsObject *obj = js_as_object(array);
  uint32_t count = js_as_array(array)->length;
  JsValue *copy = push_window(cx, window[0], window[FRAME_WORDS], 0, NULL);
  if (!copy || js_unlikely(count > (size_t)(cx->stack_limit - cx->stack_top))) {
    if (copy)
      (void)throw_stack_overflow(cx);
    return false;
  }
  for (uint32_t k = 0; k < count; k++) {
    JsValue val = object_dense_get(obj, k);
    copy[FRAME_WORDS + 1 + k] = js_is_hole(val) ? JS_UNDEFINED : val;
  }
  cx->stack_top += count;
  *window_out = copy;
  *argc = count;
  return true;
}

JsValue *interp_forward_window(JsContext *cx, const JsValue *window)
{
  return push_window(cx, window[0], window[FRAME_WORDS], cx->frame->argc, cx->frame->argv);
}

bool frame_materialise(JsContext *cx, JsFrame *frame)
{
  JsCode *code = frame->code;
  uint32_t known = code->register_count;
  TRY_OR(false, code_materialise(cx, code));
  frame->pc = code->units;
  JsValue *end = frame_registers(frame) + code->register_count;
  if (js_unlikely(end > cx->stack_limit)) {
    (void)throw_stack_overflow(cx);
    return false;
  }
  frame_fill(frame_registers(frame) + known, frame_registers(frame) + code->fill_end);
  cx->stack_top = end;
  return true;
}

/* --- [[Call]] ---------------------------------------------------------------------------------------------------- */

/* [[Call]] of a callee that is not an interpreted function. */
static JsValue call_other(JsContext *cx, JsValue callee, JsValue this_val, uint32_t argc, const JsValue *argv)
{
  if (js_unlikely(!js_is_callable(callee)))
    return throw_not_callable(cx, callee, false);
  switch (js_as_cell(callee)->kind) {
  case CELL_NATIVE_FUNCTION: return native_call(cx, js_as_native_function(callee), this_val, argc, argv, JS_UNDEFINED);
  case CELL_PROXY: return proxy_call(cx, (JsProxy *)js_as_cell(callee), this_val, (int)argc, argv);
  case CELL_BOUND_FUNCTION: {
    JsBoundFunction *bound = (JsBoundFunction *)js_as_cell(callee);
    JsElements *extra = ptr_slot_get(bound->bound_args);
    JsValue *saved_top = cx->stack_top;
    JsValue *window =
        push_window(cx, js_from_object(ptr_slot_get(bound->target)), slot_get(bound->bound_this), 0, NULL);
    uint32_t extra_count = extra ? extra->length : 0;
    if (!window || js_unlikely(argc + extra_count > (size_t)(cx->stack_limit - cx->stack_top))) {
      if (window)
        (void)throw_stack_overflow(cx);
      cx->stack_top = saved_top;
      return JS_EXCEPTION;
    }
    for (uint32_t k = 0; k < extra_count; k++)
      *cx->stack_top++ = slot_get(extra->v[k]);
    if (argc)
      memcpy(cx->stack_top, argv, argc * sizeof *argv);
    cx->stack_top += argc;
    JsValue result = js_call(cx, window[0], window[FRAME_WORDS], (int)(extra_count + argc), window + FRAME_WORDS + 1);
    cx->stack_top = saved_top;
    return result;
  }
  default: return throw_not_callable(cx, callee, false);
  }
}

/* The arguments of apply into the window. False: not a list that can be read without user code and checks. */
static bool lay_list(JsContext *cx, JsValue *window, JsValue list, uint32_t *argc)
{
  if (js_is_nullish(list)) {
    *argc = 0;
    return true;
  }
  if (!js_is_array_object(list))
    return false;
  JsElements *elements = ptr_slot_get(js_as_object(list)->elements);
  uint32_t count = js_as_array(list)->length;
  if (!count) {
    *argc = 0;
    return true;
  }
  if (!elements || elements->cell.kind != CELL_ELEMENTS || elements->length < count ||
      count > (size_t)(cx->stack_limit - (window + FRAME_WORDS + 1)))
    return false;
  for (uint32_t k = 0; k < count; k++) {
    JsValue val = slot_get(elements->v[k]);
    if (js_unlikely(js_is_hole(val)))
      return false;
    window[FRAME_WORDS + 1 + k] = val;
  }
  *argc = count;
  return true;
}

/* FAST: call, apply and Reflect.apply of an ordinary function: its frame takes the window, so that nothing stands
 * between it and the caller. False: nothing was changed that matters, call the built-in. */
static bool pass_call(JsContext *cx, JsValue *window, uint32_t *argc)
{
  JsValue *receiver = &window[FRAME_WORDS], *args = receiver + 1;
  int32_t magic = js_as_native_function(window[0])->magic;
  bool is_reflect = magic == NATIVE_IS_REFLECT_APPLY_MAGIC;
  if (magic == NATIVE_PASSES_CALL_MAGIC || (is_reflect && *argc < 3))
    return false;
  JsValue target = is_reflect ? args[0] : *receiver;
  if (!js_is_function(target) || (js_as_cell(target)->flags & OBJECT_CLASS_CONSTRUCTOR))
    return false;
  if (magic == NATIVE_IS_CALL_MAGIC) {
    *receiver = *argc ? args[0] : JS_UNDEFINED;
    if (*argc)
      memmove(args, args + 1, --*argc * sizeof *args);
  } else {
    JsValue this_val = is_reflect ? args[1] : *argc ? args[0] : JS_UNDEFINED;
    JsValue list = is_reflect ? args[2] : *argc > 1 ? args[1] : JS_UNDEFINED;
    JsValue first = *argc ? args[0] : JS_UNDEFINED, second = *argc > 1 ? args[1] : JS_UNDEFINED;
    JsValue third = *argc > 2 ? args[2] : JS_UNDEFINED;
    if ((is_reflect && js_is_nullish(list)) || !lay_list(cx, window, list, argc)) {
      /* What was overwritten comes back. */
      if (*argc > 0)
        args[0] = first;
      if (*argc > 1)
        args[1] = second;
      if (*argc > 2)
        args[2] = third;
      return false;
    }
    *receiver = this_val;
  }
  window[0] = target;
  return true;
}

/* --- walks (walk.h) ---------------------------------------------------------------------------------------------- */

/* Can this callback have its frame right above the walk, again and again? */
static bool can_walk_with(JsValue callback)
{
  return js_is_function(callback) && !(js_as_cell(callback)->flags & OBJECT_CLASS_CONSTRUCTOR) &&
         !(ptr_slot_get(js_as_function(callback)->code)->flags & (CODE_GENERATOR | CODE_ASYNC | CODE_NEEDS_ARGUMENTS));
}

static JsCallOutcome leave_walk(JsContext *cx)
{
  cx->stack_top = frame_registers(cx->frame) + cx->frame->code->register_count;
  cx->realm = frame_realm(cx->frame);
  return CALL_DONE;
}

/* The built-in's own work, for which it stands in traces as any C function. start: the count of arguments when the walk
 * is to begin. */
static JsWalkStep walk_step(JsContext *cx, JsArrayWalk *walk, JsValue returned, JsValue *args, uint32_t *argc,
                            const uint32_t *start, JsValue *result)
{
  JsNativeFunction *builtin = js_as_native_function(walk->callee);
  JsNativeFrame native = {cx->native_frame, cx->frame, &builtin->obj, JS_UNDEFINED, walk->receiver};
  cx->native_frame = &native;
  cx->realm = ptr_slot_get(builtin->realm);
  JsWalkStep step = WALK_FAILED;
  if (!start || cx->vm->walk_begin(cx, walk, *start))
    step = (JsWalkStep)cx->vm->walk_step(cx, walk, returned, args, argc, result);
  cx->native_frame = native.older;
  return step;
}

/* CALL_FAILED with nothing pending: nothing was changed that matters, call the built-in. */
static JsCallOutcome begin_walk(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register,
                                JsValue *result)
{
  JsArrayWalk *walk = (JsArrayWalk *)window;
  JsValue *above = (JsValue *)(walk + 1), *args = above + FRAME_WORDS + 1;
  if (!argc || !js_is_array_object(walk->receiver) || !can_walk_with(walk->callback) ||
      args + WALK_ARGS_MAX > cx->stack_limit)
    return CALL_FAILED;
  if (argc < 2)
    walk->this_arg = JS_UNDEFINED;
  walk->kind = (uint64_t)(js_as_native_function(walk->callee)->magic - NATIVE_WALK_MAGIC);
  if (cx->stack_top < above)
    cx->stack_top = above;
  uint32_t given = argc;
  switch (walk_step(cx, walk, JS_HOLE, args, &argc, &given, result)) {
  case WALK_CALLS: break;
  case WALK_ENDS: return leave_walk(cx);
  default: return CALL_FAILED;
  }
  above[0] = walk->callback;
  above[FRAME_WORDS] = walk->this_arg;
  return frame_push(cx, above, argc, JS_UNDEFINED, FRAME_WALK, result_register) ? CALL_PUSHED : CALL_FAILED;
}

/* The frame has the arguments of the next element. */
static void lay_callback(JsFrame *frame, const JsArrayWalk *walk, uint32_t argc)
{
  JsCode *code = frame->code;
  JsValue *registers = frame_registers(frame);
  uint32_t given = argc < code->param_count ? argc : code->param_count;
  registers[0] = walk->this_arg;
  frame_lay(js_as_function(frame->callee), code, registers, given);
  frame->pc = code->units;
}

bool interp_walk_quickly(JsContext *cx, JsFrame *frame, JsValue returned)
{
  JsArrayWalk *walk = frame_walk(frame);
  JsElements *elements = ptr_slot_get(js_as_object(walk->receiver)->elements);
  int64_t next = walk->at + 1;
  if (js_unlikely((walk->kind & 1) || walk->left < 2 || cx->budget <= 0 || !elements ||
                  elements->cell.kind != CELL_ELEMENTS || next >= elements->length))
    return false;
  JsValue element = slot_get(elements->v[next]), *args = frame_registers(frame) + 1;
  if (js_unlikely(js_is_hole(element)))
    return false;
  switch ((JsWalkKind)walk->kind) {
  case WALK_FOR_EACH: break;
  case WALK_MAP:
    if (!array_append_quick(cx->heap, js_as_object(walk->result), (uint32_t)walk->plain, walk->at, returned))
      return false;
    break;
  case WALK_FILTER:
    if (!js_is_boolean(returned))
      return false;
    if (js_is_true(returned)) {
      if (!array_append_quick(cx->heap, js_as_object(walk->result), (uint32_t)walk->plain, (int64_t)walk->to,
                              walk->element))
        return false;
      walk->to++;
    }
    break;
  case WALK_EVERY:
    if (!js_same_bits(returned, JS_TRUE))
      return false;
    break;
  case WALK_REDUCE: *args++ = walk->result = returned; break;
  default:
    if (!js_same_bits(returned, JS_FALSE))
      return false;
  }
  cx->budget--;
  walk->left--;
  walk->at = next;
  walk->element = args[0] = element;
  args[1] = js_number_i64(next);
  args[2] = walk->receiver;
  lay_callback(frame, walk, 3 + (walk->kind == WALK_REDUCE));
  return true;
}

JsCallOutcome interp_walk_on(JsContext *cx, JsFrame *frame, JsValue returned, JsValue *result)
{
  JsArrayWalk *walk = frame_walk(frame);
  uint32_t argc;
  cx->frame = frame->caller;
  cx->stack_top = frame_registers(frame); /* the header stays */
  if (js_unlikely(--cx->budget <= 0))
    TRY_OR(CALL_FAILED, vm_poll(cx));
  switch (walk_step(cx, walk, returned, frame_registers(frame) + 1, &argc, NULL, result)) {
  case WALK_CALLS: break;
  case WALK_ENDS: return leave_walk(cx);
  default: return CALL_FAILED;
  }
  lay_callback(frame, walk, argc);
  cx->frame = frame;
  cx->stack_top = frame_registers(frame) + frame->code->register_count;
  cx->realm = ptr_slot_get(js_as_function(walk->callback)->realm);
  return CALL_PUSHED;
}

/* Built-ins that the interpreter begins by itself. CALL_FAILED with nothing pending: nothing was changed that matters,
 * call the function; argc is then as it was. */
static JsCallOutcome begin_known(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register,
                                 JsValue *result)
{
  const JsNativeFunction *callee = js_as_native_function(window[0]);
  const JsValue *operands = window + FRAME_WORDS;
  switch (callee->magic) {
  case NATIVE_CHAR_CODE_AT_MAGIC:
    /* FAST: a unit of a string by its number. */
    if (argc == 1 && js_is_string(operands[0]) && js_is_int32(operands[1]) &&
        (uint32_t)js_as_int32(operands[1]) < js_as_string(operands[0])->length) {
      StringView view = string_view(cx->heap, js_as_string(operands[0]));
      *result = js_int32(view_unit(view, (uint32_t)js_as_int32(operands[1])));
      return CALL_DONE;
    }
    return CALL_FAILED;
  case NATIVE_PROMISE_THEN_MAGIC:
  case NATIVE_PROMISE_RESOLVE_MAGIC: return promise_call_quickly(cx, window, argc, result) ? CALL_DONE : CALL_FAILED;
  case NATIVE_IS_EMIT_MAGIC: return emit_begin(cx, window, argc, result_register, result);
  default: break;
  }
  if (callee->magic >= NATIVE_WALK_MAGIC)
    return begin_walk(cx, window, argc, result_register, result);
  if (!native_passes_call(callee) || !pass_call(cx, window, &argc))
    return CALL_FAILED;
  return frame_push(cx, window, argc, JS_UNDEFINED, 0, result_register) ? CALL_PUSHED : CALL_FAILED;
}

JsCallOutcome interp_begin_call(JsContext *cx, JsValue *window, uint32_t argc, uint32_t result_register,
                                JsValue *result)
{
  JsValue callee = window[0];
  if (js_is_function(callee)) {
    if (js_as_cell(callee)->flags & OBJECT_CLASS_CONSTRUCTOR) {
      (void)throw_class_requires_new(cx, js_as_function(callee));
      return CALL_FAILED;
    }
    return frame_push(cx, window, argc, JS_UNDEFINED, 0, result_register) ? CALL_PUSHED : CALL_FAILED;
  }
  if (js_likely(js_is_kind(callee, CELL_NATIVE_FUNCTION))) {
    if (native_may_take_window(js_as_native_function(callee))) {
      JsCallOutcome outcome = begin_known(cx, window, argc, result_register, result);
      if (outcome != CALL_FAILED || has_exception(cx))
        return outcome;
    }
    *result = native_call(cx, js_as_native_function(callee), window[FRAME_WORDS], argc, window + FRAME_WORDS + 1,
                          JS_UNDEFINED);
    return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
  }
  if (!js_check_c_stack(cx))
    return CALL_FAILED;
  *result = call_other(cx, callee, window[FRAME_WORDS], argc, window + FRAME_WORDS + 1);
  return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
}

/* Call ( F, V, argumentsList )  ecma262#sec-call */
JsValue js_call(JsContext *cx, JsValue fn, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue *saved_top = cx->stack_top, *window = saved_top;
  JsRealm *realm = cx->realm;
  if (js_likely(frame_push_entry(cx, fn, this_val, (uint32_t)argc, argv, 0))) {
    JsValue result = interp_run(cx);
    cx->stack_top = saved_top;
    cx->realm = realm;
    return result;
  }
  TRY(js_check_c_stack(cx));
  if (js_unlikely(cx->budget-- <= 0))
    TRY(vm_poll(cx));
  if (!js_is_function(fn))
    return call_other(cx, fn, this_val, (uint32_t)argc, argv);
  if (js_as_cell(fn)->flags & OBJECT_CLASS_CONSTRUCTOR)
    return throw_class_requires_new(cx, js_as_function(fn));
  if (js_unlikely(window + FRAME_WORDS + 1 + argc > cx->stack_limit))
    return throw_stack_overflow(cx);
  /* The header's other words are filled by frame_push before anything can look at them. */
  window[0] = fn;
  window[FRAME_WORDS] = this_val;
  for (int k = 0; k < argc; k++)
    window[FRAME_WORDS + 1 + k] = argv[k];
  JsValue result = JS_EXCEPTION;
  if (js_likely(frame_push(cx, window, (uint32_t)argc, JS_UNDEFINED, FRAME_ENTRY, 0) != NULL))
    result = interp_run(cx);
  cx->stack_top = saved_top;
  cx->realm = realm;
  return result;
}

/* --- [[Construct]] ----------------------------------------------------------------------------------------------- */

/* The `prototype` of new_target when it is an ordinary data property that can be read without user code. */
static JsValue quick_prototype(JsContext *cx, JsValue new_target)
{
  if (!js_is_function(new_target))
    return JS_HOLE;
  return object_get_direct(cx->heap, js_as_object(new_target), KEY(cx->heap, prototype));
}

/* The first instances are made with a guess; once one has outgrown it the next get a root shape with room for what was
 * seen. */
enum { INSTANCES_TO_LEARN_FROM = 8 };

/* What is known about the instances of a new.target; fn: the constructor that runs. */
static JsFeedback *instance_feedback(JsHeap *heap, JsFunction *fn, JsValue new_target)
{
  JsFunction *maker = js_is_function(new_target) ? js_as_function(new_target) : fn;
  return code_feedback(heap, ptr_slot_get(maker->code), ptr_slot_get(maker->realm));
}

/* Where `prototype` is, for interp_foreseen_this: a plain property of a shape that others may have, or one that never
 * changes. */
static void foresee_prototype(JsHeap *heap, JsFeedback *feedback, JsObject *target)
{
  JsShape *shape = object_shape(heap, target);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, KEY(heap, prototype));
  bool fixed = !(entry->attrs & (PROP_WRITABLE | PROP_CONFIGURABLE));
  if ((shape->cell.flags & SHAPE_DICTIONARY) && !fixed)
    return;
  feedback->construct_target = shape->id;
  feedback->construct_in_slots = entry->slot >= shape->inline_count;
  feedback->construct_word =
      feedback->construct_in_slots ? entry->slot - shape->inline_count : shape->inline_base + entry->slot;
  gc_barrier(heap, feedback);
}

JsObject *interp_create_this(JsContext *cx, JsFunction *fn, JsValue new_target)
{
  JsHeap *heap = cx->heap;
  JsFeedback *feedback = instance_feedback(heap, fn, new_target);
  JsValue quick = quick_prototype(cx, new_target);
  JsObject *proto;
  if (js_is_object(quick)) {
    proto = js_as_object(quick);
  } else {
    proto = get_prototype_from_constructor(cx, new_target, JS_INTRINSIC_OBJECT_PROTOTYPE);
    if (!proto)
      return NULL;
  }
  JsShape *shape = ptr_slot_get(feedback->construct_shape);
  if (js_unlikely(proto != ptr_slot_get(feedback->construct_proto) || !shape)) {
    uint32_t slots = feedback->construct_slots ? feedback->construct_slots : INSTANCE_SLOTS_FIRST;
    object_become_proto(heap, proto);
    shape = shape_root_for(heap, CELL_OBJECT, sizeof(JsObject), (uint8_t)(slots | 1), proto);
    ptr_slot_set(heap, feedback, &feedback->construct_shape, shape);
    ptr_slot_set(heap, feedback, &feedback->construct_proto, proto);
  }
  if (js_is_object(quick) && js_same_bits(new_target, js_from_cell(fn)) &&
      feedback->construct_count > INSTANCES_TO_LEARN_FROM)
    foresee_prototype(heap, feedback, &fn->obj);
  return object_new_with_shape(heap, shape);
}

void interp_learn_instance(JsContext *cx, JsFunction *new_target, JsValue instance)
{
  JsFeedback *feedback = instance_feedback(cx->heap, new_target, js_from_cell(new_target));
  feedback->construct_count++;
  if (!js_is_kind(instance, CELL_OBJECT))
    return;
  JsShape *shape = object_shape(cx->heap, js_as_object(instance));
  if (shape->cell.flags & SHAPE_DICTIONARY)
    return;
  uint32_t slots = shape->slot_count < INSTANCE_SLOTS_MAX ? shape->slot_count : INSTANCE_SLOTS_MAX;
  if (slots > feedback->construct_slots) {
    bool outgrown = slots > (feedback->construct_slots ? feedback->construct_slots : INSTANCE_SLOTS_FIRST);
    feedback->construct_slots = slots;
    if (outgrown || feedback->construct_count == 1) {
      ptr_slot_init(&feedback->construct_shape, NULL);
      feedback->construct_target = IC_NO_SHAPE;
    }
  }
}

bool interp_super_constructor(JsContext *cx, JsValue *window)
{
  JsObject *parent;
  TRY_OR(false, object_get_prototype_of(cx, js_as_object(window[0]), &parent));
  if (!parent || !js_is_constructor(js_from_object(parent))) {
    JsString *name = function_debug_name(cx, js_as_object(window[0]));
    JsString *parent_name = parent && js_is_callable(js_from_object(parent)) ? function_debug_name(cx, parent) : NULL;
    if (!parent_name || parent_name->length == 0)
      parent_name = ATOM(cx->heap, null);
    (void)throw_error(cx, name->length ? JS_MSG_SUPER_NOT_CONSTRUCTOR : JS_MSG_SUPER_NOT_CONSTRUCTOR_ANONYMOUS,
                      parent_name, name);
    return false;
  }
  window[0] = js_from_object(parent);
  return true;
}

/* [[Construct]] of a constructor that is not an interpreted function. */
static JsValue construct_other(JsContext *cx, JsObject *ctor, uint32_t argc, const JsValue *argv, JsValue new_target)
{
  switch (ctor->cell.kind) {
  case CELL_NATIVE_FUNCTION: {
    JsValue result = native_call(cx, (JsNativeFunction *)ctor, JS_HOLE, argc, argv, new_target);
    JS_ASSERT(js_is_exception(result) || js_is_object(result));
    return result;
  }
  case CELL_PROXY: return proxy_construct(cx, (JsProxy *)ctor, (int)argc, argv, js_as_object(new_target));
  case CELL_BOUND_FUNCTION: {
    JsBoundFunction *bound = (JsBoundFunction *)ctor;
    JsObject *target = ptr_slot_get(bound->target);
    JsElements *extra = ptr_slot_get(bound->bound_args);
    uint32_t extra_count = extra ? extra->length : 0;
    JsValue *saved_top = cx->stack_top;
    if (js_unlikely(argc + extra_count > (size_t)(cx->stack_limit - cx->stack_top)))
      return throw_stack_overflow(cx);
    JsValue *args = cx->stack_top;
    for (uint32_t k = 0; k < extra_count; k++)
      *cx->stack_top++ = slot_get(extra->v[k]);
    if (argc)
      memcpy(cx->stack_top, argv, argc * sizeof *argv);
    cx->stack_top += argc;
    if (js_same_bits(new_target, js_from_object(ctor)))
      new_target = js_from_object(target);
    JsValue result = js_construct(cx, target, (int)(extra_count + argc), args, js_as_object(new_target));
    cx->stack_top = saved_top;
    return result;
  }
  default: return throw_not_callable(cx, js_from_object(ctor), true);
  }
}

/* Pushes the frame of an interpreted constructor; `this` is made for base constructors. */
static JsFrame *push_construct_frame(JsContext *cx, JsValue *window, uint32_t argc, JsValue new_target, unsigned flags,
                                     uint32_t result_register)
{
  JsFunction *fn = js_as_function(window[0]);
  if (js_same_bits(window[0], new_target) &&
      instance_feedback(cx->heap, fn, new_target)->construct_count <= INSTANCES_TO_LEARN_FROM)
    flags |= FRAME_LEARN;
  if (ptr_slot_get(fn->code)->flags & CODE_DERIVED) {
    window[FRAME_WORDS] = JS_HOLE;
    return frame_push(cx, window, argc, new_target, flags, result_register);
  }
  JsObject *this_obj = interp_create_this(cx, fn, new_target);
  if (!this_obj)
    return NULL;
  window[FRAME_WORDS] = js_from_object(this_obj);
  return frame_push(cx, window, argc, new_target, flags | FRAME_CONSTRUCT, result_register);
}

JsCallOutcome interp_begin_construct(JsContext *cx, JsValue *window, uint32_t argc, JsValue new_target,
                                     uint32_t result_register, JsValue *result)
{
  JsValue callee = window[0];
  if (js_unlikely(!js_is_constructor(callee))) {
    (void)throw_not_callable(cx, callee, true);
    return CALL_FAILED;
  }
  if (js_is_function(callee))
    return push_construct_frame(cx, window, argc, new_target, 0, result_register) ? CALL_PUSHED : CALL_FAILED;
  if (!js_check_c_stack(cx))
    return CALL_FAILED;
  *result = construct_other(cx, js_as_object(callee), argc, window + FRAME_WORDS + 1, new_target);
  return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
}

/* Construct ( F, argumentsList, newTarget )  ecma262#sec-construct */
JsValue js_construct(JsContext *cx, JsObject *ctor, int argc, const JsValue *argv, JsObject *new_target)
{
  TRY(js_check_c_stack(cx));
  JsValue target = js_from_object(new_target ? new_target : ctor);
  if (ctor->cell.kind != CELL_FUNCTION)
    return construct_other(cx, ctor, (uint32_t)argc, argv, target);
  JsValue *saved_top = cx->stack_top;
  JsRealm *realm = cx->realm;
  JsValue result = JS_EXCEPTION;
  JsValue *window = push_window(cx, js_from_object(ctor), JS_HOLE, (uint32_t)argc, argv);
  if (window && push_construct_frame(cx, window, (uint32_t)argc, target, FRAME_ENTRY, 0))
    result = interp_run(cx);
  cx->stack_top = saved_top;
  cx->realm = realm;
  return result;
}
