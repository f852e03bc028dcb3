// SPDX-License-Identifier: MIT
/* Loops. A loop whose head declares captured variables gets a new environment for each round, others none. */
#include "bytecode/compiler.h"

typedef struct LoopLabels {
  AstLabel *const *labels;
  uint32_t count;
} LoopLabels;

static void loop_push(Fn *fn, Control *control, LoopLabels labels)
{
  *control = (Control){.labels = labels.labels,
                       .label_count = labels.count,
                       .is_plain_break = true,
                       .break_label = label_new(fn),
                       .continue_label = label_new(fn)};
  control_push(fn, control, CONTROL_LOOP);
}

static void compile_while(Fn *fn, AstWhile *node, LoopLabels labels)
{
  Control control;
  loop_push(fn, &control, labels);
  Label *top = label_new(fn), *body = label_new(fn);
  label_bind(fn, top);
  cond_jump(fn, node->test, control.break_label, false);
  label_bind(fn, body);
  cover_range(fn, node->body->start, node->body->end);
  compile_statement(fn, node->body);
  label_bind(fn, control.continue_label);
  if (!loop_jump(fn, node->test, body))
    EMIT_JUMP(fn, LOOP, top, 0);
  control_pop(fn);
  label_bind(fn, control.break_label);
}

static void compile_do_while(Fn *fn, AstWhile *node, LoopLabels labels)
{
  Control control;
  Label *top = label_new(fn);
  loop_push(fn, &control, labels);
  label_bind(fn, top);
  cover_range(fn, node->body->start, node->body->end);
  compile_statement(fn, node->body);
  label_bind(fn, control.continue_label);
  control_pop(fn);
  if (!loop_jump(fn, node->test, top)) {
    cond_jump(fn, node->test, control.break_label, false);
    EMIT_JUMP(fn, LOOP, top, 0);
  }
  label_bind(fn, control.break_label);
}

/* ForLoopEvaluation, CreatePerIterationEnvironment  ecma262#sec-createperiterationenvironment */
static void compile_for(Fn *fn, AstFor *node, LoopLabels labels)
{
  ScopeFrame frame;
  Control using_control, control;
  Reg dispose;
  scope_enter(fn, node->scope, &frame);
  using_begin(fn, node->scope, &using_control, &dispose);
  if (node->init && node->init->kind == AST_VAR_DECL)
    compile_var_decl(fn, (AstVarDecl *)node->init);
  else if (node->init)
    expr_discard(fn, node->init);
  bool copies = node->scope && scope_has_env(node->scope) && node->init->op == AST_DECL_LET;
  Reg env = copies ? frame.state.env : NO_REG;
  if (copies)
    EMIT(fn, COPY_ENV, env, env);
  Label *top = label_new(fn), *body = label_new(fn);
  loop_push(fn, &control, labels);
  label_bind(fn, top);
  if (node->test)
    cond_jump(fn, node->test, control.break_label, false);
  label_bind(fn, body);
  cover_range(fn, node->body->start, node->body->end);
  compile_statement(fn, node->body);
  label_bind(fn, control.continue_label);
  if (copies)
    EMIT(fn, COPY_ENV, env, env);
  uint32_t update_pc = current_pc(fn);
  if (node->update)
    expr_discard(fn, node->update);
  if (!count_jump(fn, node->test, body, update_pc) && !loop_jump(fn, node->test, body))
    EMIT_JUMP(fn, LOOP, top, 0);
  control_pop(fn);
  label_bind(fn, control.break_label);
  using_end(fn, node->scope, &using_control, dispose);
  scope_leave(fn, &frame);
}

/* ForIn/OfHeadEvaluation: the expression sees the loop's bindings uninitialised. */
static Reg compile_head(Fn *fn, AstForIn *node)
{
  Reg result = reg_alloc(fn);
  ScopeFrame frame;
  scope_enter(fn, node->scope, &frame);
  expr_to(fn, node->right, result);
  scope_leave(fn, &frame);
  return result;
}

/* The statement list of one round: a fresh scope, the value bound, the body. */
static void compile_round(Fn *fn, AstForIn *node, Reg value)
{
  ScopeFrame frame;
  Control control;
  Reg dispose;
  scope_enter(fn, node->scope, &frame);
  using_begin(fn, node->scope, &control, &dispose);
  if (node->left->kind == AST_VAR_DECL) {
    AstVarDecl *decl = (AstVarDecl *)node->left;
    AstDeclarator *declarator = (AstDeclarator *)decl->declarators.items[0];
    set_position(fn, declarator->base.start);
    if (decl->base.op >= AST_DECL_USING)
      EMIT_IMM(fn, ADD_DISPOSABLE, decl->base.op == AST_DECL_AWAIT_USING, dispose, value);
    compile_target(fn, declarator->target, value);
  } else {
    compile_target(fn, node->left, value);
  }
  cover_range(fn, node->body->start, node->body->end);
  compile_statement(fn, node->body);
  using_end(fn, node->scope, &control, dispose);
  scope_leave(fn, &frame);
}

/* for (var x = init in o)  ecma262#sec-initializers-in-forin-statement-heads */
static void compile_head_initialiser(Fn *fn, AstForIn *node)
{
  if (node->left->kind != AST_VAR_DECL || node->left->op != AST_DECL_VAR)
    return;
  AstDeclarator *declarator = (AstDeclarator *)((AstVarDecl *)node->left)->declarators.items[0];
  if (declarator->init)
    compile_var_decl(fn, (AstVarDecl *)node->left);
}

static void compile_for_in(Fn *fn, AstForIn *node, LoopLabels labels)
{
  Control control;
  compile_head_initialiser(fn, node);
  Reg keys = compile_head(fn, node), key = reg_alloc(fn);
  set_position(fn, node->right->start);
  EMIT(fn, FOR_IN_START, keys, keys);
  loop_push(fn, &control, labels);
  label_bind(fn, control.continue_label);
  EMIT_JUMP(fn, FOR_IN_NEXT, control.break_label, key, keys);
  compile_round(fn, node, key);
  EMIT_JUMP(fn, LOOP, control.continue_label, 0);
  control_pop(fn);
  label_bind(fn, control.break_label);
}

/* Where V8 points when the iterator's next throws: at the target of each round. */
static uint32_t each_position(const AstForIn *node)
{
  const AstNode *left = node->left;
  if (left->kind == AST_VAR_DECL)
    left = ((const AstDeclarator *)((const AstVarDecl *)left)->declarators.items[0])->target;
  return left->kind == AST_MEMBER ? ((const AstMember *)left)->name_start : left->start;
}

/* ForIn/OfBodyEvaluation  ecma262#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset
 * Three controls: break leaves through the iterator's close, continue does not. */
static void compile_for_of(Fn *fn, AstForIn *node, LoopLabels labels)
{
  bool is_async = node->base.flags & AST_FOR_AWAIT;
  Reg iterator = reg_alloc_many(fn, 3), value = reg_alloc(fn), mark = reg_mark(fn);
  Reg iterable = compile_head(fn, node);
  set_position(fn, node->right->start);
  if (is_async)
    EMIT(fn, GET_ASYNC_ITERATOR, iterator, iterable);
  else
    EMIT(fn, GET_ITERATOR, iterator, iterable);
  reg_release(fn, mark);
  Control outer = {
      .labels = labels.labels, .label_count = labels.count, .is_plain_break = true, .break_label = label_new(fn)};
  Control closing = {.iterator = iterator, .is_async = is_async};
  Control inner = {.labels = labels.labels, .label_count = labels.count, .continue_label = label_new(fn)};
  Label *done = label_new(fn), *handler = label_new(fn);
  control_push(fn, &outer, CONTROL_BREAKABLE);
  label_bind(fn, inner.continue_label);
  set_position(fn, each_position(node));
  if (is_async) {
    EMIT(fn, ITERATOR_CALL_NEXT, value, iterator);
    EMIT(fn, AWAIT, value, value);
    EMIT_JUMP(fn, ITERATOR_UNWRAP, done, value, value, iterator);
  } else {
    EMIT_JUMP(fn, ITERATOR_NEXT, done, value, iterator);
  }
  control_push(fn, &closing, CONTROL_ITERATOR);
  control_push(fn, &inner, CONTROL_LOOP);
  control_protect(fn, &closing, handler);
  compile_round(fn, node, value);
  control_unprotect(fn, &closing);
  control_pop(fn);
  control_pop(fn);
  EMIT_JUMP(fn, LOOP, inner.continue_label, 0);
  emit_iterator_handler(fn, handler, iterator, is_async);
  control_pop(fn);
  label_bind(fn, outer.break_label);
  label_bind(fn, done);
}

void compile_loop(Fn *fn, AstNode *node, AstLabel *const *labels, uint32_t label_count)
{
  Reg mark = reg_mark(fn);
  LoopLabels all = {labels, label_count};
  completion_undefined(fn);
  switch (node->kind) {
  case AST_WHILE: compile_while(fn, (AstWhile *)node, all); break;
  case AST_DO_WHILE: compile_do_while(fn, (AstWhile *)node, all); break;
  case AST_FOR: compile_for(fn, (AstFor *)node, all); break;
  case AST_FOR_IN: compile_for_in(fn, (AstForIn *)node, all); break;
  default: compile_for_of(fn, (AstForIn *)node, all); break;
  }
  cover_after(fn, node->end);
  reg_release(fn, mark);
}
