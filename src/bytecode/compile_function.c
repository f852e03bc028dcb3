// SPDX-License-Identifier: MIT
/*
 * Functions: FunctionDeclarationInstantiation (ecma262#sec-functiondeclarationinstantiation) as a prologue, the bodies
 * of generators and async functions, and the roots: scripts, eval code, modules.
 */
#include "bytecode/compiler.h"
#include "bytecode/lazy.h"

static uint32_t function_flags(const AstFunction *node)
{
  uint32_t flags = node->is_strict ? CODE_STRICT : 0;
  if (node->is_async)
    flags |= CODE_ASYNC | (node->is_generator ? 0 : CODE_METHOD);
  if (node->is_generator)
    flags |= CODE_GENERATOR;
  switch (node->base.op) {
  case AST_FUNCTION_ARROW: flags |= CODE_ARROW | CODE_METHOD; break;
  case AST_FUNCTION_METHOD:
  case AST_FUNCTION_GETTER:
  case AST_FUNCTION_SETTER:
  case AST_FUNCTION_FIELD_INIT:
  case AST_FUNCTION_STATIC_INIT: flags |= CODE_METHOD; break;
  case AST_FUNCTION_CLASS_CONSTRUCTOR: flags |= CODE_CLASS_CONSTRUCTOR; break;
  case AST_FUNCTION_DERIVED_CONSTRUCTOR: flags |= CODE_CLASS_CONSTRUCTOR | CODE_DERIVED; break;
  case AST_FUNCTION_SCRIPT: flags |= CODE_SCRIPT; break;
  case AST_FUNCTION_MODULE: flags |= CODE_MODULE; break;
  case AST_FUNCTION_EVAL: flags |= CODE_EVAL; break;
  default: break;
  }
  return flags;
}

void fn_init(Fn *fn, Compiler *c, Fn *outer, AstFunction *node)
{
  *fn = (Fn){.c = c, .outer = outer, .node = node, .completion = NO_REG, .async_state = NO_REG};
  fn->constants = c->failed ? NULL : elements_new(c->heap, 8);
  if (!fn->constants)
    compile_out_of_memory(c);
  fn->flags = node ? function_flags(node) : 0;
  fn->strict = node && node->is_strict;
  fn->position = fn->last_position = node ? node->base.start : 0;
  fn->scope = outer ? outer->scope : NULL;
  uint32_t params = node ? node->params.len : 0;
  if (params && node->params.items[params - 1]->kind == AST_REST)
    params--;
  fn->param_count = (uint16_t)(params < 0xFFFF ? params : 0xFFFF);
  (void)reg_alloc_many(fn, 1 + params);
  fn->closure_env = fn->env = reg_alloc(fn); /* where a frame is given it: frame_lay() */
}

static JsString *function_name(Compiler *c, const AstFunction *node, AstName *name)
{
  if (node->name)
    name = node->name;
  return name && !c->failed ? js_as_string(name_value(c, name)) : string_empty(c->heap);
}

void emit_closure(Fn *fn, AstFunction *node, Reg dst, AstName *name)
{
  JsCode *code = compile_function(fn, fn->c, node, name, NULL);
  EMIT(fn, NEW_CLOSURE, dst, constant_cell(fn, code), current_env(fn));
}

/* --- parameters -------------------------------------------------------------------------------------------------- */

static AstIdentifier *param_identifier(AstNode *param)
{
  if (param->kind == AST_DEFAULT)
    param = ((AstBinary *)param)->left;
  return param->kind == AST_IDENTIFIER ? (AstIdentifier *)param : NULL;
}

/* A mapped arguments object shares the parameters with the code through the function's environment. */
static void map_arguments(Fn *fn, AstFunction *node)
{
  Compiler *c = fn->c;
  if (!node->mapped_arguments || !node->arguments_binding || !fn->param_count)
    return;
  fn->arguments_map = ARENA_NEW_ARRAY(c->arena, uint16_t, fn->param_count);
  if (!fn->arguments_map) {
    compile_out_of_memory(c);
    return;
  }
  for (uint32_t k = fn->param_count; k-- > 0;) {
    AstBinding *binding = ((AstIdentifier *)node->params.items[k])->binding;
    bool is_last = true;
    for (uint32_t j = k + 1; node->has_duplicate_params && j < fn->param_count; j++)
      is_last &= ((AstIdentifier *)node->params.items[j])->binding != binding;
    if (!binding->captured) {
      binding->captured = true;
      binding->env_slot = node->scope->env_slots++;
      node->scope->needs_env = true;
    }
    fn->arguments_map[k] = is_last ? (uint16_t)binding->env_slot : 0xFFFF;
  }
}

/* Parameters that are plain names live where they were passed, unless an environment or a dead zone is needed. */
static void place_params(Fn *fn, AstFunction *node)
{
  for (uint32_t k = 0; k < fn->param_count; k++) {
    AstIdentifier *id = param_identifier(node->params.items[k]);
    if (id && id->binding && !id->binding->captured && (node->has_simple_params || !id->binding->needs_tdz))
      id->binding->reg = 1 + k;
  }
}

static void bind_params(Fn *fn, AstFunction *node)
{
  for (uint32_t k = 0; k < node->scope->bindings.len && !node->has_simple_params; k++) {
    AstBinding *binding = node->scope->bindings.items[k];
    if (binding->kind == AST_BINDING_PARAM && binding->needs_tdz && !binding->captured)
      emit_load_hole(fn, binding->reg);
  }
  for (uint32_t k = 0; k < node->params.len; k++) {
    AstNode *param = node->params.items[k];
    Reg mark = reg_mark(fn), value = 1 + k;
    set_position(fn, param->start);
    if (param->kind == AST_REST) {
      value = reg_alloc(fn);
      EMIT(fn, COPY_REST, value, fn->param_count);
      compile_target(fn, ((AstUnary *)param)->operand, value);
    } else if (param->kind == AST_DEFAULT) {
      AstBinary *with_default = (AstBinary *)param;
      AstIdentifier *id = param_identifier(param);
      Label *present = label_new(fn);
      EMIT_JUMP(fn, JUMP_NOT_UNDEFINED, present, value);
      expr_named(fn, with_default->right, value, id ? id->name : NULL);
      label_bind(fn, present);
      compile_target(fn, with_default->left, value);
    } else if (node->has_duplicate_params && param->kind == AST_IDENTIFIER &&
               ((AstIdentifier *)param)->binding->reg <= fn->param_count) {
      /* of parameters with one name the last is the variable, and it lies there already */
    } else {
      fn->pattern_is_param = param->kind == AST_OBJECT_PATTERN;
      compile_target(fn, param, value);
    }
    fn->pattern_is_param = false;
    reg_release(fn, mark);
  }
}

/* --- prologue ---------------------------------------------------------------------------------------------------- */

static void store_captured(Fn *fn, AstBinding *binding, JsOpcode load)
{
  if (!binding || !binding->captured)
    return;
  Reg mark = reg_mark(fn), value = reg_alloc(fn);
  emit_instruction(fn, load, 0, (const uint32_t[6]){value});
  emit_init_binding(fn, binding, value);
  reg_release(fn, mark);
}

static void bind_implicit(Fn *fn, AstFunction *node, AstClass *klass)
{
  bool is_arrow = fn->flags & CODE_ARROW;
  if (is_arrow)
    return;
  if (node->this_binding && node->this_binding->captured && !(fn->flags & CODE_DERIVED))
    emit_init_binding(fn, node->this_binding, 0);
  store_captured(fn, node->new_target_binding, OP_LOAD_NEW_TARGET);
  store_captured(fn, node->callee_binding, OP_LOAD_CALLEE);
  bool is_constructor = fn->flags & CODE_CLASS_CONSTRUCTOR;
  if (is_constructor && klass && (klass->instance_init || klass->has_instance_private_methods)) {
    fn->flags |= CODE_HAS_FIELDS_INIT;
    if (!(fn->flags & CODE_DERIVED)) {
      Reg mark = reg_mark(fn), callee = reg_alloc(fn);
      EMIT(fn, LOAD_CALLEE, callee);
      EMIT(fn, INIT_FIELDS, callee, 0);
      reg_release(fn, mark);
    }
  }
}

static void bind_arguments(Fn *fn, AstFunction *node)
{
  AstBinding *binding = node->arguments_binding;
  if (!binding)
    return;
  Reg mark = reg_mark(fn), value = binding->captured ? reg_alloc(fn) : binding->reg;
  fn->flags |= CODE_NEEDS_ARGUMENTS;
  EMIT_IMM(fn, NEW_ARGUMENTS, node->mapped_arguments, value, current_env(fn));
  if (binding->captured)
    emit_init_binding(fn, binding, value);
  reg_release(fn, mark);
}

/* Names of body_scope that a parameter has too start with the parameter's value. */
static void copy_shadowed_params(Fn *fn, AstFunction *node)
{
  AstScope *body = node->body_scope;
  for (uint32_t k = 0; k < body->bindings.len; k++) {
    AstBinding *binding = body->bindings.items[k];
    for (uint32_t j = 0; binding->shadows_param && j < node->scope->bindings.len; j++) {
      AstBinding *param = node->scope->bindings.items[j];
      if (param->name != binding->name)
        continue;
      Reg mark = reg_mark(fn), value = reg_alloc(fn);
      emit_load_binding(fn, param, value);
      emit_init_binding(fn, binding, value);
      reg_release(fn, mark);
      break;
    }
  }
}

static void bind_own_name(Fn *fn, AstScope *scope)
{
  if (!scope)
    return;
  scope_make_env(fn, scope);
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    if (binding->captured)
      store_captured(fn, binding, OP_LOAD_CALLEE);
    else
      EMIT(fn, LOAD_CALLEE, binding->reg);
  }
}

/* --- bodies ------------------------------------------------------------------------------------------------------ */

void emit_function_return(Fn *fn, Reg value)
{
  if (fn->flags & CODE_GENERATOR) {
    EMIT(fn, GENERATOR_RETURN, value);
  } else if (fn->async_state != NO_REG) {
    EMIT(fn, ASYNC_RETURN, fn->async_state, value);
  } else if (fn->flags & CODE_DERIVED) {
    Reg mark = reg_mark(fn), this_reg = 0, result = reg_alloc(fn);
    AstBinding *binding = fn->node->this_binding;
    if (binding && binding->captured) {
      this_reg = reg_alloc(fn);
      emit_load_binding(fn, binding, this_reg);
    }
    EMIT_IMM(fn, CHECK_CONSTRUCT_RETURN, 1, result, value, this_reg);
    EMIT(fn, RETURN, result);
    reg_release(fn, mark);
  } else {
    EMIT(fn, RETURN, value);
  }
}

static void emit_implicit_return(Fn *fn)
{
  if (!fn->control && !(fn->flags & (CODE_GENERATOR | CODE_ASYNC | CODE_DERIVED))) {
    EMIT0(fn, RETURN_UNDEFINED);
    return;
  }
  Reg mark = reg_mark(fn), value = reg_alloc(fn);
  emit_load_undefined(fn, value);
  emit_exit(fn, NULL, false, value);
  reg_release(fn, mark);
}

static void emit_initial_yield(Fn *fn)
{
  if (!(fn->flags & CODE_GENERATOR))
    return;
  Reg mark = reg_mark(fn), value = reg_alloc(fn), mode = reg_alloc(fn);
  Label *on_return = label_new(fn), *start = label_new(fn);
  EMIT(fn, INITIAL_YIELD, value, mode);
  EMIT_JUMP(fn, RESUME, on_return, value, mode);
  EMIT_JUMP(fn, JUMP, start, 0);
  label_bind(fn, on_return);
  emit_exit(fn, NULL, false, value);
  label_bind(fn, start);
  reg_release(fn, mark);
}

static bool ends_in_return(const AstFunction *node)
{
  return node->body.len && node->body.items[node->body.len - 1]->kind == AST_RETURN;
}

static void compile_body(Fn *fn, AstFunction *node, AstClass *klass)
{
  AstScope *body = node->body_scope ? node->body_scope : node->scope;
  Control control;
  Reg dispose;
  using_begin(fn, body, &control, &dispose);
  if (node->base.op == AST_FUNCTION_FIELD_INIT || node->base.op == AST_FUNCTION_STATIC_INIT)
    compile_field_initialisers(fn, klass, node->base.op == AST_FUNCTION_STATIC_INIT);
  else
    compile_statements(fn, &node->body);
  using_end(fn, body, &control, dispose);
  set_position(fn, node->base.end ? node->base.end - 1 : 0);
  if (dispose != NO_REG || fn->covers || !ends_in_return(node))
    emit_implicit_return(fn);
}

/* Async functions: everything from the parameters on runs under a handler that rejects the promise. */
static void async_begin(Fn *fn, Control *control)
{
  if (!(fn->flags & CODE_ASYNC) || (fn->flags & CODE_GENERATOR))
    return;
  fn->async_state = reg_alloc(fn);
  EMIT(fn, ASYNC_ENTER, fn->async_state);
  control_push(fn, control, CONTROL_HANDLER);
  control_protect(fn, control, label_new(fn));
}

static void async_end(Fn *fn, Control *control)
{
  if (fn->async_state == NO_REG)
    return;
  control_unprotect(fn, control);
  control_pop(fn);
  Reg mark = reg_mark(fn), exception = reg_alloc(fn);
  label_bind(fn, control->handler);
  EMIT(fn, CATCH, exception);
  EMIT(fn, ASYNC_THROW, fn->async_state, exception);
  reg_release(fn, mark);
}

/* Counts the calls of what the text has as a function. */
static void cover_source_function(Fn *fn, AstFunction *node, const AstClass *klass)
{
  uint32_t start = node->base.start, end = node->base.end;
  bool is_static = node->base.op == AST_FUNCTION_STATIC_INIT;
  if (is_static || node->base.op == AST_FUNCTION_FIELD_INIT) {
    /* From the first element that contributes. */
    const AstNode *first = NULL;
    for (uint32_t k = 0; k < klass->elements.len; k++) {
      const AstNode *element = klass->elements.items[k];
      bool contributes = element->op == AST_ELEMENT_FIELD || element->op == AST_ELEMENT_STATIC_BLOCK;
      if (contributes && ((element->flags & AST_STATIC) || element->op == AST_ELEMENT_STATIC_BLOCK) == is_static) {
        first = first ? first : element;
        if (element->op == AST_ELEMENT_STATIC_BLOCK)
          end = element->end;
        else if (end < element->start)
          end = node->base.end;
      }
    }
    if (!first)
      return; /* only installs private methods */
    start = first->start;
  }
  if (!fn->outer && node->base.op == AST_FUNCTION_NORMAL && !node->outer && start == 0)
    cover_function(fn, 0, fn->c->source->len);
  else
    cover_function(fn, start, end);
}

JsCode *compile_function(Fn *outer, Compiler *c, AstFunction *node, AstName *name, AstClass *klass)
{
  if (c->failed)
    return NULL;
  if (!js_check_c_stack(c->cx)) {
    c->failed = true;
    return NULL;
  }
  if (node->is_lazy)
    return lazy_code_new(outer, c, node, function_name(c, node, name), function_flags(node));
  Fn fn_struct, *fn = &fn_struct;
  fn_init(fn, c, outer, node);
  cover_source_function(fn, node, klass);
  if (klass && (fn->flags & CODE_CLASS_CONSTRUCTOR))
    fn->last_position = klass->base.start; /* positions count from the code's source_start: see the end */
  ScopeFrame name_frame, frame, body_frame;
  Control async_control = {0};
  map_arguments(fn, node);
  scope_open_registers(fn, node->name_scope, &name_frame);
  place_params(fn, node);
  scope_open_registers(fn, node->scope, &frame);
  for (uint32_t k = 0; node->body_scope && k < node->body_scope->bindings.len; k++) {
    AstBinding *binding = node->body_scope->bindings.items[k];
    if (!binding->captured)
      binding->reg = reg_alloc(fn); /* untouched by the parameters' temporaries: undefined at first */
  }
  if (!(fn->flags & (CODE_GENERATOR | CODE_ASYNC))) /* what waits shall keep nothing alive by chance */
    fn->fill_end = fn->next_reg;
  async_begin(fn, &async_control);
  bool boxes_this = node->this_binding && !fn->strict && !(fn->flags & CODE_ARROW);
  if (boxes_this) {
    fn->flags |= CODE_USES_THIS;
    EMIT(fn, BOX_THIS, 0);
  }
  bind_own_name(fn, node->name_scope);
  scope_make_env(fn, node->scope);
  bind_implicit(fn, node, klass);
  bind_arguments(fn, node);
  if (node->params.len && node->params.items[node->params.len - 1]->kind == AST_REST)
    fn->flags |= CODE_NEEDS_ARGUMENTS;
  fn->in_params = !node->has_simple_params;
  bind_params(fn, node);
  fn->in_params = false;
  scope_init_bindings(fn, node->scope);
  scope_instantiate_functions(fn, node->scope);
  scope_open_registers(fn, node->body_scope, &body_frame);
  if (node->body_scope) {
    scope_make_env(fn, node->body_scope);
    scope_init_bindings(fn, node->body_scope);
    copy_shadowed_params(fn, node);
    scope_instantiate_functions(fn, node->body_scope);
  }
  emit_initial_yield(fn);
  compile_body(fn, node, klass);
  async_end(fn, &async_control);
  scope_leave(fn, &body_frame);
  scope_leave(fn, &frame);
  scope_leave(fn, &name_frame);
  JsCode *code = emit_finish(fn, function_name(c, node, name), node->length);
  if (code && klass && (fn->flags & CODE_CLASS_CONSTRUCTOR)) {
    code->source_start = klass->base.start;
    code->source_end = klass->base.end;
  }
  return code;
}

/* --- roots ------------------------------------------------------------------------------------------------------- */

static void instantiate_module_functions(Fn *fn, AstScope *scope, bool captured)
{
  for (uint32_t k = 0; k < scope->functions.len; k++) {
    AstFunctionDecl *decl = scope->functions.items[k];
    AstBinding *binding = decl->binding;
    if (binding->function != decl || binding->captured != captured)
      continue;
    Reg mark = reg_mark(fn), closure = captured ? reg_alloc(fn) : binding->reg;
    AstName *name = NULL;
    if (!decl->function->name || name_is(decl->function->name, "*default*")) {
      name = ARENA_NEW(fn->c->arena, AstName);
      if (!name) {
        compile_out_of_memory(fn->c);
        return;
      }
      name->units = "default";
      name->len = 7;
      decl->function->name = NULL;
    }
    emit_closure(fn, decl->function, closure, name);
    if (captured)
      emit_init_binding(fn, binding, closure);
    reg_release(fn, mark);
  }
}

static void open_module_scope(Fn *fn, AstScope *scope, ScopeFrame *frame)
{
  scope_open_registers(fn, scope, frame);
  frame->state.env = fn->closure_env;
}

/* Linking a module fills its environment: vars are undefined, functions exist before any code runs. */
JsCode *compile_module_init(Compiler *c, AstFunction *root)
{
  Fn fn_struct, *fn = &fn_struct;
  ScopeFrame frame;
  fn_init(fn, c, NULL, root);
  fn->flags &= ~(uint32_t)CODE_ASYNC;
  open_module_scope(fn, root->scope, &frame);
  Reg undefined = reg_alloc(fn);
  emit_load_undefined(fn, undefined);
  for (uint32_t k = 0; k < root->scope->bindings.len; k++) {
    AstBinding *binding = root->scope->bindings.items[k];
    if (binding->captured && binding->kind == AST_BINDING_VAR)
      emit_init_binding(fn, binding, undefined);
  }
  instantiate_module_functions(fn, root->scope, true);
  EMIT0(fn, RETURN_UNDEFINED);
  scope_leave(fn, &frame);
  return emit_finish(fn, string_empty(c->heap), 0);
}

static void compile_module_body(Fn *fn, AstFunction *root)
{
  ScopeFrame frame;
  Control async_control = {0}, using_control;
  Reg dispose;
  open_module_scope(fn, root->scope, &frame);
  async_begin(fn, &async_control);
  for (uint32_t k = 0; k < root->scope->bindings.len; k++) {
    AstBinding *binding = root->scope->bindings.items[k];
    if (!binding->captured && binding->needs_tdz && (ast_binding_is_lexical(binding)))
      emit_load_hole(fn, binding->reg);
  }
  instantiate_module_functions(fn, root->scope, false);
  using_begin(fn, root->scope, &using_control, &dispose);
  compile_statements(fn, &root->body);
  using_end(fn, root->scope, &using_control, dispose);
  emit_implicit_return(fn);
  async_end(fn, &async_control);
  scope_leave(fn, &frame);
}

static void compile_script_body(Fn *fn, AstFunction *root)
{
  ScopeFrame frame;
  Control async_control = {0}, using_control;
  Reg dispose;
  AstScope *scope = root->scope;
  scope_open_registers(fn, scope, &frame);
  async_begin(fn, &async_control);
  fn->completion = reg_alloc(fn);
  emit_load_undefined(fn, fn->completion);
  bool vars_outside = scope->kind == AST_SCOPE_SCRIPT || !root->is_strict;
  if (scope->kind == AST_SCOPE_EVAL) {
    scope_make_env(fn, scope);
    for (uint32_t k = 0; vars_outside && k < scope->bindings.len; k++) {
      AstBinding *binding = scope->bindings.items[k];
      if (!binding->captured && binding->needs_tdz && ast_binding_is_lexical(binding))
        emit_load_hole(fn, binding->reg);
    }
  }
  if (vars_outside) {
    if (scope->kind == AST_SCOPE_SCRIPT)
      declare_globals(fn, scope);
    else
      declare_eval_vars(fn, scope);
  } else {
    scope_init_bindings(fn, scope);
    scope_instantiate_functions(fn, scope);
  }
  using_begin(fn, scope, &using_control, &dispose);
  compile_statements(fn, &root->body);
  using_end(fn, scope, &using_control, dispose);
  emit_exit(fn, NULL, false, fn->completion);
  async_end(fn, &async_control);
  scope_leave(fn, &frame);
}

JsCode *compile_root(Compiler *c, AstFunction *root)
{
  Fn fn_struct, *fn = &fn_struct;
  fn_init(fn, c, NULL, root);
  cover_function(fn, 0, c->source->len);
  if (root->base.op == AST_FUNCTION_MODULE)
    compile_module_body(fn, root);
  else
    compile_script_body(fn, root);
  return emit_finish(fn, string_empty(c->heap), 0);
}
