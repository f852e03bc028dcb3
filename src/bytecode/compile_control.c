// SPDX-License-Identifier: MIT
/*
 * [DOC] Leaving by break, continue and return
 *
 * Every statement that has a say in it stands on a stack of Controls while its body is compiled. emit_exit walks it
 * outwards, closes iterators on the way and stops at the target or at the first finally, which records where to go on:
 * its block ends with a dispatch on the completion register (0 normal, 1 throw, 2 + k: the k-th recorded exit). What
 * emit_exit writes belongs to the statements outside, so the protected ranges of all it has passed have a gap there.
 */
#include "bytecode/compiler.h"

void control_push(Fn *fn, Control *control, ControlKind kind)
{
  control->kind = kind;
  control->outer = fn->control;
  control->depth = fn->control ? fn->control->depth + 1 : 1;
  control->range_start = UINT32_MAX;
  fn->control = control;
}

void control_pop(Fn *fn)
{
  fn->control = fn->control->outer;
}

void control_protect(Fn *fn, Control *control, Label *handler)
{
  control->handler = handler;
  control->range_start = current_pc(fn);
}

void control_unprotect(Fn *fn, Control *control)
{
  uint32_t start = control->range_start, end = current_pc(fn);
  control->range_start = UINT32_MAX;
  if (start == UINT32_MAX || start >= end || fn->c->failed)
    return;
  HandlerRange range = {start, end, control->handler, control->depth};
  if (!arena_vec_push(fn->c->arena, &fn->handlers, range))
    compile_out_of_memory(fn->c);
}

static void close_iterator(Fn *fn, const Control *control)
{
  if (!control->is_async) {
    EMIT(fn, ITERATOR_CLOSE, control->iterator);
    return;
  }
  /* AsyncIteratorClose  ecma262#sec-asynciteratorclose */
  Label *skip = label_new(fn);
  Reg mark = reg_mark(fn), result = reg_alloc(fn);
  EMIT_JUMP(fn, ITERATOR_CALL_RETURN, skip, result, control->iterator);
  EMIT(fn, AWAIT, result, result);
  EMIT(fn, CHECK_OBJECT, result, CHECK_OBJECT_ITERATOR_RESULT);
  label_bind(fn, skip);
  reg_release(fn, mark);
}

void emit_iterator_handler(Fn *fn, Label *handler, Reg iterator, bool is_async)
{
  Reg mark = reg_mark(fn), exception = reg_alloc(fn);
  label_bind(fn, handler);
  EMIT(fn, CATCH, exception);
  if (!is_async) {
    EMIT(fn, ITERATOR_CLOSE_THROW, iterator);
    EMIT_IMM(fn, THROW, 1, exception);
    reg_release(fn, mark);
    return;
  }
  Label *skip = label_new(fn), *inner = label_new(fn);
  Reg result = reg_alloc(fn);
  Control control = {0};
  control_push(fn, &control, CONTROL_HANDLER);
  control_protect(fn, &control, inner);
  EMIT_JUMP(fn, ITERATOR_CALL_RETURN, skip, result, iterator);
  EMIT(fn, AWAIT, result, result);
  control_unprotect(fn, &control);
  control_pop(fn);
  EMIT_IMM(fn, THROW, 1, exception);
  label_bind(fn, inner);
  EMIT(fn, CATCH, result);
  label_bind(fn, skip);
  EMIT_IMM(fn, THROW, 1, exception);
  reg_release(fn, mark);
}

void emit_exit(Fn *fn, Control *target, bool is_continue, Reg value)
{
  Control *c = fn->control;
  Reg mark = reg_mark(fn);
  for (; c && c != target; c = c->outer) {
    c->is_suspended = c->range_start != UINT32_MAX;
    if (c->is_suspended)
      control_unprotect(fn, c);
    if (c->kind == CONTROL_ITERATOR) {
      close_iterator(fn, c);
    } else if (c->kind == CONTROL_FINALLY) {
      PendingExit pending = {target, is_continue};
      if (!arena_vec_push(fn->c->arena, &c->exits, pending))
        compile_out_of_memory(fn->c);
      if (value != NO_REG)
        emit_move(fn, c->value_reg, value);
      emit_load_int(fn, c->kind_reg, (int32_t)c->exits.len + 1);
      EMIT_JUMP(fn, JUMP, c->finally_label, 0);
      c = c->outer;
      goto resume;
    }
  }
  if (!target) {
    emit_function_return(fn, value);
  } else if (is_continue && target->continue_label && target->continue_label->pc != UINT32_MAX) {
    EMIT_JUMP(fn, LOOP, target->continue_label, 0);
  } else {
    EMIT_JUMP(fn, JUMP, is_continue ? target->continue_label : target->break_label, 0);
  }
resume:
  for (Control *passed = fn->control; passed != c; passed = passed->outer) {
    if (passed->is_suspended)
      passed->range_start = current_pc(fn);
    passed->is_suspended = false;
  }
  reg_release(fn, mark);
}

static bool has_label(const Control *c, const AstLabel *label)
{
  for (uint32_t k = 0; k < c->label_count; k++) {
    if (c->labels[k] == label)
      return true;
  }
  return false;
}

void compile_break(Fn *fn, AstJump *node)
{
  bool is_continue = node->base.kind == AST_CONTINUE;
  for (Control *c = fn->control; c; c = c->outer) {
    bool matches = is_continue ? c->continue_label && (!node->label || has_label(c, node->label))
                               : c->break_label && (node->label ? has_label(c, node->label) : c->is_plain_break);
    if (matches) {
      set_position(fn, node->base.start);
      emit_exit(fn, c, is_continue, NO_REG);
      return;
    }
  }
}

/* --- finally ----------------------------------------------------------------------------------------------------- */

int32_t *emit_switch(Fn *fn, Reg reg, int32_t low, uint32_t count, uint32_t *pc)
{
  int32_t *targets = ARENA_NEW_ARRAY(fn->c->arena, int32_t, count);
  JsSwitch table = {low, count, targets};
  if (!targets || !arena_vec_push(fn->c->arena, &fn->switches, table)) {
    compile_out_of_memory(fn->c);
    return NULL;
  }
  *pc = EMIT(fn, SWITCH_INT, reg, fn->switches.len - 1);
  return targets;
}

void finally_begin(Fn *fn, Control *control)
{
  control->kind_reg = reg_alloc(fn);
  control->value_reg = reg_alloc(fn);
  control->finally_label = label_new(fn);
  control_push(fn, control, CONTROL_FINALLY);
  control_protect(fn, control, label_new(fn));
}

void finally_enter(Fn *fn, Control *control, Reg dispose_scope)
{
  control_unprotect(fn, control);
  control_pop(fn);
  emit_load_int(fn, control->kind_reg, 0);
  EMIT_JUMP(fn, JUMP, control->finally_label, 0);
  label_bind(fn, control->handler);
  EMIT(fn, CATCH, control->value_reg);
  if (dispose_scope != NO_REG)
    EMIT(fn, DISPOSE_ERROR, dispose_scope, control->value_reg);
  emit_load_int(fn, control->kind_reg, 1);
  label_bind(fn, control->finally_label);
}

void finally_end(Fn *fn, Control *control)
{
  Label *end = label_new(fn);
  EMIT_JUMP(fn, JUMP_FALSE, end, control->kind_reg);
  if (control->exits.len) {
    uint32_t pc = 0, count = control->exits.len;
    int32_t *targets = emit_switch(fn, control->kind_reg, 2, count, &pc);
    EMIT_IMM(fn, THROW, 1, control->value_reg);
    for (uint32_t k = 0; k < count && targets && !fn->c->failed; k++) {
      const PendingExit *pending = &control->exits.items[k];
      targets[k] = (int32_t)(current_pc(fn) - pc);
      emit_exit(fn, pending->target, pending->is_continue, pending->target ? NO_REG : control->value_reg);
    }
  } else {
    EMIT_IMM(fn, THROW, 1, control->value_reg);
  }
  label_bind(fn, end);
}

/* Runtime Semantics: TryStatement  ecma262#sec-try-statement-runtime-semantics-evaluation */
static void compile_try_catch(Fn *fn, AstTry *node)
{
  Label *handler = label_new(fn), *end = label_new(fn);
  Control control = {0};
  control_push(fn, &control, CONTROL_HANDLER);
  control_protect(fn, &control, handler);
  compile_block(fn, node->block);
  control_unprotect(fn, &control);
  control_pop(fn);
  EMIT_JUMP(fn, JUMP, end, 0);
  label_bind(fn, handler);
  Reg mark = reg_mark(fn), exception = reg_alloc(fn);
  EMIT(fn, CATCH, exception);
  cover_clause(fn, &node->block->base, node->handler);
  completion_undefined(fn);
  ScopeFrame frame;
  scope_enter(fn, node->catch_scope, &frame);
  if (node->param)
    compile_target(fn, node->param, exception);
  compile_block(fn, node->handler);
  scope_leave(fn, &frame);
  reg_release(fn, mark);
  label_bind(fn, end);
  cover_after(fn, node->handler->base.end);
}

void compile_try(Fn *fn, AstTry *node)
{
  completion_undefined(fn);
  if (!node->finalizer) {
    compile_try_catch(fn, node);
    return;
  }
  Reg mark = reg_mark(fn), saved = NO_REG;
  Control control = {0};
  finally_begin(fn, &control);
  if (node->handler)
    compile_try_catch(fn, node);
  else
    compile_block(fn, node->block);
  finally_enter(fn, &control, NO_REG);
  cover_clause(fn, node->handler ? &node->handler->base : &node->block->base, node->finalizer);
  if (fn->completion != NO_REG) {
    saved = reg_alloc(fn);
    emit_move(fn, saved, fn->completion);
    completion_undefined(fn);
  }
  compile_block(fn, node->finalizer);
  if (saved != NO_REG)
    emit_move(fn, fn->completion, saved);
  finally_end(fn, &control);
  cover_after(fn, node->base.end);
  reg_release(fn, mark);
}

/* --- using: DisposeResources  ecma262#sec-disposeresources ------------------------------------------------------- */

void using_begin(Fn *fn, AstScope *scope, Control *control, Reg *dispose_scope)
{
  *dispose_scope = NO_REG;
  if (!scope || !scope->has_using)
    return;
  *dispose_scope = reg_alloc(fn);
  ((ScopeState *)scope->scratch)->dispose = *dispose_scope;
  EMIT(fn, NEW_DISPOSE_SCOPE, *dispose_scope);
  *control = (Control){0};
  finally_begin(fn, control);
}

void using_end(Fn *fn, AstScope *scope, Control *control, Reg dispose_scope)
{
  if (dispose_scope == NO_REG)
    return;
  finally_enter(fn, control, dispose_scope);
  Label *loop = label_new(fn), *done = label_new(fn);
  Reg value = reg_alloc(fn);
  label_bind(fn, loop);
  EMIT_JUMP(fn, DISPOSE_NEXT, done, value, dispose_scope);
  if (scope->has_await_using) {
    Label *rejected = label_new(fn);
    Control inner = {0};
    control_push(fn, &inner, CONTROL_HANDLER);
    control_protect(fn, &inner, rejected);
    EMIT(fn, AWAIT, value, value);
    control_unprotect(fn, &inner);
    control_pop(fn);
    EMIT_JUMP(fn, LOOP, loop, 0);
    label_bind(fn, rejected);
    EMIT(fn, CATCH, value);
    EMIT(fn, DISPOSE_ERROR, dispose_scope, value);
  }
  EMIT_JUMP(fn, LOOP, loop, 0);
  label_bind(fn, done);
  EMIT(fn, DISPOSE_END, dispose_scope);
  finally_end(fn, control);
}
