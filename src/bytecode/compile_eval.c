// SPDX-License-Identifier: MIT
/* Direct eval: what a call site shows to the code it will run; and declarations that end up outside their own code:
 * globals, and the vars of sloppy eval code. */
#include "bytecode/compiler.h"

/* --- call sites -------------------------------------------------------------------------------------------------- */

static void site_permissions(Fn *fn, JsEvalSite *site)
{
  const Fn *f = fn;
  while (f->outer && (f->flags & CODE_ARROW))
    f = f->outer;
  if (!f->node)
    return;
  int kind = f->node->base.op;
  const JsEvalSite *around = fn->c->eval_site;
  if (kind == AST_FUNCTION_EVAL || (kind == AST_FUNCTION_ARROW && around)) {
    if (around) {
      site->allow_new_target = around->allow_new_target;
      site->allow_super_property = around->allow_super_property;
      site->allow_super_call = around->allow_super_call;
      site->in_class_field_init = around->in_class_field_init;
      site->in_function = around->in_function;
      site->this_is_undefined = around->this_is_undefined;
    }
    return;
  }
  site->this_is_undefined = fn->c->this_is_undefined;
  if (kind > AST_FUNCTION_STATIC_INIT || kind == AST_FUNCTION_ARROW)
    return;
  site->in_function = true;
  site->allow_new_target = true;
  site->allow_super_property = kind >= AST_FUNCTION_METHOD;
  site->allow_super_call = kind == AST_FUNCTION_DERIVED_CONSTRUCTOR;
  site->in_class_field_init = kind == AST_FUNCTION_FIELD_INIT || kind == AST_FUNCTION_STATIC_INIT;
}

static JsScopeInfo *scope_info(Fn *fn, const AstScope *scope)
{
  JsScopeInfo *info = ARENA_NEW(fn->c->arena, JsScopeInfo);
  JsScopeName *names = ARENA_NEW_ARRAY(fn->c->arena, JsScopeName, scope->bindings.len + 1);
  if (!info || !names) {
    compile_out_of_memory(fn->c);
    return NULL;
  }
  bool is_with = scope->kind == AST_SCOPE_WITH || (scope->kind == AST_SCOPE_OUTER && scope->has_sloppy_eval &&
                                                   !scope->is_var_scope && !scope->bindings.len);
  info->slot_count = (uint16_t)scope_env_slots(scope);
  info->scope_kind = is_with ? AST_SCOPE_WITH : scope->kind;
  bool is_own_var_scope = scope->is_var_scope && (scope->kind != AST_SCOPE_EVAL || scope->is_strict);
  info->flags = (is_own_var_scope ? SCOPE_INFO_VAR : 0) | (scope->has_sloppy_eval ? SCOPE_INFO_EVAL : 0);
  info->names = names;
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    const AstBinding *binding = scope->bindings.items[k];
    if (!binding->captured || binding->kind == AST_BINDING_KEY)
      continue;
    /* In a parameter list the parameters lie inside of the variable environment: eval code may not declare their names.
     */
    bool clashes = fn->in_params && scope == fn->node->scope &&
                   (binding->kind == AST_BINDING_PARAM || binding->kind == AST_BINDING_ARGUMENTS);
    uint8_t kind = clashes ? AST_BINDING_LET : binding->kind;
    uint32_t key = binding->name->is_synthetic ? CODE_NO_CONST : constant_value(fn, name_value(fn->c, binding->name));
    names[info->name_count++] = (JsScopeName){
        .key = key,
        .slot = (uint16_t)binding->env_slot,
        .kind = kind,
        .flags = (uint8_t)((binding->is_const ? SCOPE_NAME_CONST : 0) | (binding->is_static ? SCOPE_NAME_STATIC : 0) |
                           (binding->is_simple_catch ? SCOPE_NAME_SIMPLE_CATCH : 0))};
  }
  return info;
}

uint32_t eval_site_new(Fn *fn, AstScope *scope)
{
  Compiler *c = fn->c;
  JsEvalSite site = {.is_strict = fn->strict};
  site_permissions(fn, &site);
  uint32_t count = 0;
  scope = fn->scope;
  for (const AstScope *s = scope; s; s = s->parent)
    count += scope_has_env(s);
  const JsScopeInfo **infos = ARENA_NEW_ARRAY(c->arena, const JsScopeInfo *, count + 1);
  if (!infos) {
    compile_out_of_memory(c);
    return 0;
  }
  for (const AstScope *s = scope; s && !c->failed; s = s->parent) {
    if (scope_has_env(s))
      infos[site.scope_count++] = scope_info(fn, s);
  }
  site.scopes = infos;
  if (c->failed || !arena_vec_push(c->arena, &fn->eval_sites, site)) {
    compile_out_of_memory(c);
    return 0;
  }
  return fn->eval_sites.len - 1;
}

/* --- globals ----------------------------------------------------------------------------------------------------- */

static uint8_t global_kind(const AstBinding *binding)
{
  switch (binding->kind) {
  case AST_BINDING_LET:
  case AST_BINDING_CLASS: return binding->is_const ? GLOBAL_DECL_CONST : GLOBAL_DECL_LET;
  case AST_BINDING_CONST:
  case AST_BINDING_USING: return GLOBAL_DECL_CONST;
  case AST_BINDING_FUNCTION: return GLOBAL_DECL_FUNCTION;
  default: return binding->is_annex_b ? GLOBAL_DECL_ANNEX_B_FUNCTION : GLOBAL_DECL_VAR;
  }
}

static bool is_var_like(const AstBinding *binding)
{
  return binding->kind == AST_BINDING_VAR || binding->kind == AST_BINDING_FUNCTION;
}

static void declare_on_global(Fn *fn, AstScope *scope, bool is_eval)
{
  Compiler *c = fn->c;
  JsGlobalDecl *list = ARENA_NEW_ARRAY(c->arena, JsGlobalDecl, scope->bindings.len + 1);
  JsGlobalDecls decls = {0, is_eval, list};
  if (!list) {
    compile_out_of_memory(c);
    return;
  }
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    const AstBinding *binding = scope->bindings.items[k];
    if (binding->kind >= AST_BINDING_FUNCTION_NAME || (is_eval && !is_var_like(binding)))
      continue;
    list[decls.count++] = (JsGlobalDecl){constant_key(fn, binding->name), global_kind(binding)};
  }
  if (decls.count) {
    if (!arena_vec_push(c->arena, &fn->global_decls, decls))
      compile_out_of_memory(c);
    EMIT(fn, DECLARE_GLOBALS, fn->global_decls.len - 1);
  }
  for (uint32_t k = 0; k < scope->functions.len; k++) {
    AstFunctionDecl *decl = scope->functions.items[k];
    if (decl->binding->function != decl)
      continue;
    Reg mark = reg_mark(fn), closure = reg_alloc(fn);
    emit_closure(fn, decl->function, closure, NULL);
    EMIT(fn, SET_GLOBAL_FUNCTION, constant_key(fn, decl->binding->name), closure, is_eval);
    reg_release(fn, mark);
  }
}

/* GlobalDeclarationInstantiation  ecma262#sec-globaldeclarationinstantiation */
void declare_globals(Fn *fn, AstScope *scope)
{
  declare_on_global(fn, scope, false);
}

/* --- vars of sloppy eval code ------------------------------------------------------------------------------------ */

static AstScope *outer_var_scope(AstScope *scope)
{
  for (; scope; scope = scope->parent) {
    if (scope->kind == AST_SCOPE_OUTER && scope->is_var_scope)
      return scope;
  }
  return NULL;
}

static AstBinding *binding_in(const AstScope *scope, const AstName *name)
{
  for (uint32_t k = 0; scope && k < scope->bindings.len; k++) {
    if (scope->bindings.items[k]->name == name)
      return scope->bindings.items[k];
  }
  return NULL;
}

void resolve_eval_var(Fn *fn, AstName *name, VarRef *ref)
{
  AstScope *target = outer_var_scope(fn->scope);
  AstBinding *binding = binding_in(target, name);
  if (binding) {
    resolve_binding(fn, binding, ref);
    return;
  }
  *ref = (VarRef){.kind = VAR_GLOBAL, .name = name, .reg = NO_REG, .env = NO_REG};
  for (const AstScope *s = fn->scope; s; s = s->parent) {
    ref->dynamic_envs += scope_has_env(s);
    if (s == target)
      break;
  }
  ref->is_dynamic = target != NULL && ref->dynamic_envs;
}

/* EvalDeclarationInstantiation  ecma262#sec-evaldeclarationinstantiation */
void declare_eval_vars(Fn *fn, AstScope *scope)
{
  AstScope *target = outer_var_scope(scope->parent);
  if (!target) {
    declare_on_global(fn, scope, true);
    return;
  }
  uint32_t hops = 0;
  for (const AstScope *s = scope->parent; s != target; s = s->parent)
    hops += scope_has_env(s);
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    if (!is_var_like(binding))
      continue;
    AstBinding *existing = binding_in(target, binding->name);
    if (existing && !binding->function)
      continue;
    Reg mark = reg_mark(fn), value = reg_alloc(fn);
    if (binding->function)
      emit_closure(fn, binding->function->function, value, NULL);
    else
      emit_load_hole(fn, value);
    if (existing)
      emit_init_binding(fn, existing, value);
    else
      EMIT(fn, DECLARE_EVAL_VAR, fn->closure_env, hops, constant_key(fn, binding->name), value);
    reg_release(fn, mark);
  }
}
