// SPDX-License-Identifier: MIT
/*
 * Statements. In scripts and eval code the completion value is kept in one register: statements that the
 * specification's UpdateEmpty gives undefined set it to undefined before they begin, expression statements store
 * theirs.
 */
#include "bytecode/compiler.h"

void completion_undefined(Fn *fn)
{
  if (fn->completion != NO_REG)
    emit_load_undefined(fn, fn->completion);
}

void compile_statements(Fn *fn, const AstList *list)
{
  for (uint32_t k = 0; k < list->len && !fn->c->failed; k++)
    compile_statement(fn, list->items[k]);
  if (list->len)
    cover_drop_last(fn, list->items[list->len - 1]->end);
}

void compile_block(Fn *fn, AstBlock *block)
{
  if (!block->scope) {
    compile_statements(fn, &block->body);
    return;
  }
  ScopeFrame frame;
  Control control;
  Reg dispose;
  scope_enter(fn, block->scope, &frame);
  using_begin(fn, block->scope, &control, &dispose);
  compile_statements(fn, &block->body);
  using_end(fn, block->scope, &control, dispose);
  scope_leave(fn, &frame);
}

static void compile_using_declarator(Fn *fn, AstVarDecl *node, AstDeclarator *declarator, Reg value)
{
  AstIdentifier *target = (AstIdentifier *)declarator->target;
  ScopeState *state = target->binding->scope->scratch;
  EMIT_IMM(fn, ADD_DISPOSABLE, node->base.op == AST_DECL_AWAIT_USING, state->dispose, value);
}

static void compile_declarator(Fn *fn, AstVarDecl *node, AstDeclarator *declarator)
{
  Reg mark = reg_mark(fn);
  AstNode *target = declarator->target;
  if (!declarator->init) {
    if (node->base.op != AST_DECL_VAR) {
      Reg undefined = reg_alloc(fn);
      emit_load_undefined(fn, undefined);
      compile_target(fn, target, undefined);
    }
    reg_release(fn, mark);
    return;
  }
  if (target->kind == AST_IDENTIFIER) {
    Ref ref;
    ref_prepare(fn, target, &ref, false);
    const AstBinding *binding = ((AstIdentifier *)target)->binding;
    bool is_using = node->base.op >= AST_DECL_USING;
    bool in_place = ref.kind == REF_VAR && ref.var.kind == VAR_REGISTER && !is_using && !ref.var.is_dynamic &&
                    ((ref.declares && !binding->needs_tdz) || is_safe_destination(declarator->init)) &&
                    !ref.var.check_tdz;
    if (in_place && !(binding->needs_tdz && !is_safe_destination(declarator->init))) {
      expr_named(fn, declarator->init, ref.var.reg, ref.name);
    } else {
      Reg value;
      if (is_anonymous_function(declarator->init)) {
        value = reg_alloc(fn);
        expr_named(fn, declarator->init, value, ref.name);
      } else {
        value = expr_any(fn, declarator->init);
      }
      set_position(fn, declarator->init->start);
      if (is_using)
        compile_using_declarator(fn, node, declarator, value);
      ref_put(fn, &ref, value);
    }
  } else {
    Reg value = expr_any(fn, declarator->init);
    fn->pattern_source = declarator->init;
    compile_target(fn, target, value);
  }
  reg_release(fn, mark);
}

void compile_var_decl(Fn *fn, AstVarDecl *node)
{
  for (uint32_t k = 0; k < node->declarators.len; k++)
    compile_declarator(fn, node, (AstDeclarator *)node->declarators.items[k]);
}

/* FunctionDeclarations in blocks  ecma262#sec-block-level-function-declarations-web-legacy-compatibility-semantics */
static void compile_function_declaration(Fn *fn, AstFunctionDecl *node)
{
  if (!node->annex_b_var)
    return;
  Reg mark = reg_mark(fn), value = reg_alloc(fn);
  emit_load_binding(fn, node->binding, value);
  AstBinding *var = node->annex_b_var;
  VarRef ref;
  if (var->scope->kind == AST_SCOPE_EVAL) {
    resolve_eval_var(fn, var->name, &ref);
  } else {
    resolve_binding(fn, var, &ref);
  }
  emit_store_var(fn, &ref, value);
  reg_release(fn, mark);
}

static void compile_class_declaration(Fn *fn, AstClassDecl *node, AstName *name)
{
  Reg mark = reg_mark(fn), value = reg_alloc(fn);
  compile_class(fn, node->klass, value, name);
  emit_init_binding(fn, node->binding, value);
  reg_release(fn, mark);
}

/* export default  ecma262#sec-exports-runtime-semantics-evaluation */
static void compile_export_default(Fn *fn, AstExportDefault *node)
{
  static const char text[] = "default";
  AstName *name = ARENA_NEW(fn->c->arena, AstName);
  if (!name) {
    compile_out_of_memory(fn->c);
    return;
  }
  name->units = text;
  name->len = sizeof text - 1;
  AstNode *declaration = node->declaration;
  if (declaration->kind == AST_FUNCTION_DECL) {
    compile_function_declaration(fn, (AstFunctionDecl *)declaration);
  } else if (declaration->kind == AST_CLASS_DECL) {
    AstClassDecl *decl = (AstClassDecl *)declaration;
    compile_class_declaration(fn, decl, decl->klass->name ? NULL : name);
  } else {
    Reg mark = reg_mark(fn), value = reg_alloc(fn);
    expr_named(fn, declaration, value, name);
    emit_init_binding(fn, node->binding, value);
    reg_release(fn, mark);
  }
}

static void compile_if(Fn *fn, AstIf *node)
{
  completion_undefined(fn);
  for (;;) {
    Label *otherwise = label_new(fn), *end = label_new(fn);
    cond_jump(fn, node->test, otherwise, false);
    cover_range(fn, node->consequent->start, node->consequent->end);
    compile_statement(fn, node->consequent);
    if (node->alternate) {
      EMIT_JUMP(fn, JUMP, end, 0);
      label_bind(fn, otherwise);
      cover_range(fn, node->consequent->end, node->alternate->end);
      compile_statement(fn, node->alternate);
      label_bind(fn, end);
    } else {
      label_bind(fn, otherwise);
    }
    cover_after(fn, node->base.end);
    return;
  }
}

static void compile_return_statement(Fn *fn, AstUnary *node)
{
  Reg mark = reg_mark(fn), value;
  set_position(fn, node->base.start);
  bool is_async_generator = (fn->flags & CODE_ASYNC) && (fn->flags & CODE_GENERATOR);
  bool is_plain = !(fn->flags & (CODE_ASYNC | CODE_GENERATOR | CODE_DERIVED));
  if (!node->operand) {
    if (is_plain && !fn->control) {
      EMIT0(fn, RETURN_UNDEFINED);
      cover_after(fn, node->base.end);
      return;
    }
    value = reg_alloc(fn);
    emit_load_undefined(fn, value);
  } else {
    value = expr_any(fn, node->operand);
    set_position(fn, node->base.start);
    if (is_async_generator) {
      Reg awaited = reg_alloc(fn);
      EMIT(fn, AWAIT, awaited, value);
      value = awaited;
    } else if (fn->control && value < mark) {
      /* a finally block may assign the variable */
      Reg copy = reg_alloc(fn);
      emit_move(fn, copy, value);
      value = copy;
    }
  }
  emit_exit(fn, NULL, false, value);
  if (!fn->node->has_expression_body)
    cover_after(fn, node->base.end);
  reg_release(fn, mark);
}

static void compile_labeled(Fn *fn, AstLabeled *node)
{
  uint32_t count = 1;
  AstNode *body = node->body;
  for (; body->kind == AST_LABELED; body = ((AstLabeled *)body)->body)
    count++;
  AstLabel **labels = ARENA_NEW_ARRAY(fn->c->arena, AstLabel *, count);
  if (!labels) {
    compile_out_of_memory(fn->c);
    return;
  }
  AstNode *n = &node->base;
  for (uint32_t k = 0; k < count; k++, n = ((AstLabeled *)n)->body)
    labels[k] = ((AstLabeled *)n)->label;
  switch (body->kind) {
  case AST_FOR:
  case AST_FOR_IN:
  case AST_FOR_OF:
  case AST_WHILE:
  case AST_DO_WHILE: compile_loop(fn, body, labels, count); return;
  case AST_SWITCH: compile_switch(fn, (AstSwitch *)body, labels, count); return;
  default: break;
  }
  Control control = {.labels = labels, .label_count = count, .break_label = label_new(fn)};
  control_push(fn, &control, CONTROL_BREAKABLE);
  compile_statement(fn, body);
  control_pop(fn);
  label_bind(fn, control.break_label);
  cover_after(fn, node->base.end);
}

/* WithStatement  ecma262#sec-with-statement-runtime-semantics-evaluation */
static void compile_with(Fn *fn, AstWith *node)
{
  completion_undefined(fn);
  Reg mark = reg_mark(fn), object = expr_any(fn, node->object);
  ScopeFrame frame;
  scope_open_registers(fn, node->scope, &frame);
  frame.mark = mark;
  Reg env = reg_alloc(fn), parent = current_env(fn);
  set_position(fn, node->object->start);
  EMIT(fn, PUSH_WITH, env, parent, object);
  frame.state.env = env;
  fn->env = env;
  compile_statement(fn, node->body);
  scope_leave(fn, &frame);
}

/* Places of a jump table for each of its integers, at most; what a table of six may have anyway. */
enum { SWITCH_SPARSENESS = 24, SWITCH_PLACES = 512 };

void compile_switch(Fn *fn, AstSwitch *node, AstLabel *const *labels, uint32_t label_count)
{
  completion_undefined(fn);
  Reg mark = reg_mark(fn);
  Reg value = expr_temp(fn, node->discriminant);
  ScopeFrame frame;
  scope_enter(fn, node->scope, &frame);
  Control control = {
      .labels = labels, .label_count = label_count, .is_plain_break = true, .break_label = label_new(fn)};
  control_push(fn, &control, CONTROL_BREAKABLE);
  uint32_t count = node->cases.len;
  Label **targets = ARENA_NEW_ARRAY(fn->c->arena, Label *, count + 1);
  int32_t *table = NULL, low = INT32_MAX, high = INT32_MIN, i;
  uint32_t pc = 0, ints = 0;
  if (!targets) {
    compile_out_of_memory(fn->c);
    return;
  }
  /* Small integers among constants jump through a table; what is no int32 of its range still takes the comparisons. */
  bool all_constant = true;
  for (uint32_t k = 0; k < count; k++) {
    AstCase *c = (AstCase *)node->cases.items[k];
    JsValue constant;
    targets[k] = label_new(fn);
    if (c->test && small_int_of(c->test, &i)) {
      low = i < low ? i : low;
      high = i > high ? i : high;
      ints++;
    } else if (c->test) {
      all_constant &= constant_of(fn, c->test, &constant);
    }
  }
  if (ints >= 4 && all_constant &&
      (uint32_t)(high - low) <
          (ints < 6 || ints * SWITCH_SPARSENESS > SWITCH_PLACES ? ints * SWITCH_SPARSENESS : SWITCH_PLACES))
    table = emit_switch(fn, value, low, (uint32_t)(high - low) + 1, &pc);
  Label *otherwise = control.break_label;
  for (uint32_t k = 0; k < count; k++) {
    AstCase *c = (AstCase *)node->cases.items[k];
    if (!c->test) {
      otherwise = targets[k];
      continue;
    }
    Reg inner = reg_mark(fn);
    if (small_int_of(c->test, &i)) {
      set_position(fn, c->test->start);
      EMIT_JUMP(fn, JUMP_STRICT_EQ_INT, targets[k], value, (uint32_t)i);
      continue;
    }
    Reg test = expr_any(fn, c->test);
    set_position(fn, c->test->start);
    EMIT_JUMP(fn, JUMP_STRICT_EQ, targets[k], value, test);
    reg_release(fn, inner);
  }
  EMIT_JUMP(fn, JUMP, otherwise, 0);
  for (uint32_t k = 0; k < count && !fn->c->failed; k++) {
    AstCase *c = (AstCase *)node->cases.items[k];
    label_bind(fn, targets[k]);
    if (table && c->test && small_int_of(c->test, &i) && !table[i - low])
      table[i - low] = (int32_t)(targets[k]->pc - pc);
    cover_range(fn, c->base.start, c->base.end);
    compile_statements(fn, &c->body);
  }
  control_pop(fn);
  label_bind(fn, control.break_label);
  for (int32_t k = low; table && k <= high && !fn->c->failed; k++) {
    if (!table[k - low])
      table[k - low] = (int32_t)(otherwise->pc - pc);
  }
  cover_after(fn, node->base.end);
  scope_leave(fn, &frame);
  reg_release(fn, mark);
}

void compile_statement(Fn *fn, AstNode *node)
{
  if (fn->c->failed)
    return;
  if (!js_check_c_stack(fn->c->cx)) {
    fn->c->failed = true;
    return;
  }
  Reg mark = reg_mark(fn);
  switch ((AstKind)node->kind) {
  case AST_BLOCK: compile_block(fn, (AstBlock *)node); break;
  case AST_EXPRESSION_STATEMENT: {
    AstNode *expression = ((AstExpressionStatement *)node)->expression;
    if (fn->completion != NO_REG)
      emit_move(fn, fn->completion, expr_any(fn, expression));
    else
      expr_discard(fn, expression);
    break;
  }
  case AST_VAR_DECL: compile_var_decl(fn, (AstVarDecl *)node); break;
  case AST_FUNCTION_DECL: compile_function_declaration(fn, (AstFunctionDecl *)node); break;
  case AST_CLASS_DECL: compile_class_declaration(fn, (AstClassDecl *)node, NULL); break;
  case AST_IF: compile_if(fn, (AstIf *)node); break;
  case AST_FOR:
  case AST_FOR_IN:
  case AST_FOR_OF:
  case AST_WHILE:
  case AST_DO_WHILE: compile_loop(fn, node, NULL, 0); break;
  case AST_CONTINUE:
  case AST_BREAK:
    compile_break(fn, (AstJump *)node);
    cover_after(fn, node->end);
    break;
  case AST_RETURN: compile_return_statement(fn, (AstUnary *)node); break;
  case AST_THROW: {
    Reg value = expr_any(fn, ((AstUnary *)node)->operand);
    set_position(fn, node->start);
    EMIT(fn, THROW, value);
    cover_after(fn, node->end);
    break;
  }
  case AST_WITH: compile_with(fn, (AstWith *)node); break;
  case AST_SWITCH: compile_switch(fn, (AstSwitch *)node, NULL, 0); break;
  case AST_LABELED: compile_labeled(fn, (AstLabeled *)node); break;
  case AST_TRY: compile_try(fn, (AstTry *)node); break;
  case AST_DEBUGGER: EMIT0(fn, DEBUGGER); break;
  case AST_EXPORT_DECL:
    if (((AstExportDecl *)node)->declaration)
      compile_statement(fn, ((AstExportDecl *)node)->declaration);
    break;
  case AST_EXPORT_DEFAULT: compile_export_default(fn, (AstExportDefault *)node); break;
  default: break; /* EMPTY, IMPORT_DECL */
  }
  reg_release(fn, mark);
}
