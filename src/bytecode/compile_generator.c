// SPDX-License-Identifier: MIT
/* yield and yield*: suspension, and the three ways a generator is resumed. */
#include "bytecode/compiler.h"

enum { MODE_NEXT = 0, MODE_THROW = 1, MODE_RETURN = 2 };

static bool is_async_generator(const Fn *fn)
{
  return (fn->flags & CODE_ASYNC) && (fn->flags & CODE_GENERATOR);
}

/* Yield ( value )  ecma262#sec-yield; AsyncGeneratorYield awaits what return() brought. */
void compile_yield(Fn *fn, AstUnary *node, Reg dst)
{
  Reg mark = reg_mark(fn), value = reg_alloc(fn), mode = reg_alloc(fn);
  if (node->operand)
    expr_to(fn, node->operand, value);
  else
    emit_load_undefined(fn, value);
  set_position(fn, node->base.start);
  if (is_async_generator(fn))
    EMIT(fn, AWAIT, value, value);
  EMIT(fn, YIELD, value, mode);
  Label *on_return = label_new(fn), *end = label_new(fn);
  EMIT_JUMP(fn, RESUME, on_return, value, mode);
  EMIT_JUMP(fn, JUMP, end, 0);
  label_bind(fn, on_return);
  if (is_async_generator(fn))
    EMIT(fn, AWAIT, value, value);
  emit_exit(fn, NULL, false, value);
  label_bind(fn, end);
  cover_after_suspension(fn, &node->base);
  emit_move(fn, dst, value);
  reg_release(fn, mark);
}

/* After an async yield was resumed by return(): its value is awaited, and a rejection is delivered as a throw. */
static void await_returned_value(Fn *fn, Reg received, Reg mode)
{
  Label *skip = label_new(fn), *handler = label_new(fn);
  Reg two = reg_alloc(fn);
  emit_load_int(fn, two, MODE_RETURN);
  EMIT_JUMP(fn, JUMP_STRICT_NE, skip, mode, two);
  Control control = {0};
  control_push(fn, &control, CONTROL_HANDLER);
  control_protect(fn, &control, handler);
  EMIT(fn, AWAIT, received, received);
  control_unprotect(fn, &control);
  control_pop(fn);
  EMIT_JUMP(fn, JUMP, skip, 0);
  label_bind(fn, handler);
  EMIT(fn, CATCH, received);
  emit_load_int(fn, mode, MODE_THROW);
  label_bind(fn, skip);
  reg_release(fn, two);
}

/* yield*  ecma262#sec-generator-function-definitions-runtime-semantics-evaluation */
void compile_yield_star(Fn *fn, AstUnary *node, Reg dst)
{
  bool is_async = is_async_generator(fn);
  Reg mark = reg_mark(fn), iterator = reg_alloc_many(fn, 3), received = reg_alloc(fn), mode = reg_alloc(fn);
  Reg result = reg_alloc(fn);
  Reg value = expr_any(fn, node->operand);
  set_position(fn, node->operand->start);
  if (is_async)
    EMIT(fn, GET_ASYNC_ITERATOR, iterator, value);
  else
    EMIT(fn, GET_ITERATOR, iterator, value);
  emit_load_undefined(fn, received);
  emit_load_int(fn, mode, MODE_NEXT);
  Label *loop = label_new(fn), *no_method = label_new(fn), *done = label_new(fn), *end = label_new(fn);
  label_bind(fn, loop);
  set_position(fn, node->base.start);
  emit_jump(fn, OP_DELEGATE_STEP, is_async, (const uint32_t[6]){result, iterator, received, mode}, no_method);
  if (is_async)
    EMIT(fn, AWAIT, result, result);
  emit_jump(fn, OP_DELEGATE_RESULT, is_async, (const uint32_t[6]){received, result}, done);
  EMIT_IMM(fn, YIELD, !is_async, received, mode);
  if (is_async)
    await_returned_value(fn, received, mode);
  EMIT_JUMP(fn, LOOP, loop, 0);
  label_bind(fn, no_method);
  if (is_async)
    EMIT(fn, AWAIT, received, received);
  emit_exit(fn, NULL, false, received);
  label_bind(fn, done);
  Reg two = reg_alloc(fn);
  emit_load_int(fn, two, MODE_RETURN);
  EMIT_JUMP(fn, JUMP_STRICT_NE, end, mode, two);
  emit_exit(fn, NULL, false, received);
  label_bind(fn, end);
  cover_after_suspension(fn, &node->base);
  emit_move(fn, dst, received);
  reg_release(fn, mark);
}
