// SPDX-License-Identifier: MIT
/* Scopes and variables: where a binding lives, entering and leaving scopes, loads and stores of names. */
#include "bytecode/compiler.h"

/* A place for the variables of sloppy direct evals: the last slot of the function's environment. */
static bool scope_has_eval_vars(const AstScope *scope)
{
  return scope->has_sloppy_eval && (scope->kind == AST_SCOPE_FUNCTION || scope->kind == AST_SCOPE_FUNCTION_BODY);
}

bool scope_has_env(const AstScope *scope)
{
  return scope->kind != AST_SCOPE_SCRIPT && (scope->needs_env || scope_has_eval_vars(scope));
}

uint32_t scope_env_slots(const AstScope *scope)
{
  return scope->env_slots + scope_has_eval_vars(scope);
}

static bool scope_is_own(const Fn *fn, const AstScope *scope)
{
  return scope->scratch && ((const ScopeState *)scope->scratch)->fn == fn;
}

Reg current_env(const Fn *fn)
{
  return fn->env;
}

/* --- entering and leaving ---------------------------------------------------------------------------------------- */

void scope_open_registers(Fn *fn, AstScope *scope, ScopeFrame *frame)
{
  *frame = (ScopeFrame){fn->scope, fn->env, reg_mark(fn), {fn, NO_REG, NO_REG}, scope};
  if (!scope)
    return;
  scope->scratch = &frame->state;
  fn->scope = scope;
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    bool is_outside = scope->kind == AST_SCOPE_EVAL && !scope->is_strict && binding->kind <= AST_BINDING_FUNCTION;
    if (!is_outside && !binding->captured && binding->kind != AST_BINDING_THIS && binding->reg == AST_NO_REGISTER &&
        scope->kind != AST_SCOPE_SCRIPT)
      binding->reg = reg_alloc(fn);
  }
}

void scope_make_env(Fn *fn, AstScope *scope)
{
  if (!scope || !scope_has_env(scope))
    return;
  ScopeState *state = scope->scratch;
  Reg parent = current_env(fn);
  if (state->env == NO_REG)
    state->env = reg_alloc(fn);
  JsScopeInfo info = {.slot_count = (uint16_t)scope_env_slots(scope),
                      .flags = scope_has_eval_vars(scope) ? ENV_EVAL_VARS : 0,
                      .scope_kind = scope->kind};
  if (!arena_vec_push(fn->c->arena, &fn->scopes, info))
    compile_out_of_memory(fn->c);
  EMIT(fn, NEW_ENV, state->env, parent, fn->scopes.len - 1);
  fn->env = state->env;
}

/* Uninitialised lexical bindings get the hole, variables undefined (a new environment is all holes, registers hold
 * anything). */
void scope_init_bindings(Fn *fn, AstScope *scope)
{
  Reg mark = reg_mark(fn), undefined = NO_REG;
  for (uint32_t k = 0; scope && k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    bool is_var = binding->kind == AST_BINDING_VAR || (binding->kind == AST_BINDING_FUNCTION && scope->is_var_scope);
    if (is_var && binding->captured) {
      if (binding->function)
        continue; /* instantiated at once */
      if (undefined == NO_REG) {
        undefined = reg_alloc(fn);
        emit_load_undefined(fn, undefined);
      }
      emit_init_binding(fn, binding, undefined);
    } else if (is_var && scope->kind == AST_SCOPE_STATIC_BLOCK) {
      emit_load_undefined(fn, binding->reg);
    } else if (!is_var && !binding->captured && binding->needs_tdz && binding->kind != AST_BINDING_PARAM &&
               binding->kind < AST_BINDING_IMPORT) {
      emit_load_hole(fn, binding->reg);
    }
  }
  reg_release(fn, mark);
}

void scope_instantiate_functions(Fn *fn, AstScope *scope)
{
  for (uint32_t k = 0; scope && k < scope->functions.len; k++) {
    AstFunctionDecl *decl = scope->functions.items[k];
    AstBinding *binding = decl->binding;
    if (binding->function != decl)
      continue;
    set_position(fn, decl->base.start);
    if (!binding->captured) {
      emit_closure(fn, decl->function, binding->reg, NULL);
      continue;
    }
    Reg mark = reg_mark(fn), closure = reg_alloc(fn);
    emit_closure(fn, decl->function, closure, NULL);
    emit_init_binding(fn, binding, closure);
    reg_release(fn, mark);
  }
}

void scope_enter(Fn *fn, AstScope *scope, ScopeFrame *frame)
{
  scope_open_registers(fn, scope, frame);
  scope_make_env(fn, scope);
  scope_init_bindings(fn, scope);
  scope_instantiate_functions(fn, scope);
}

void scope_leave(Fn *fn, ScopeFrame *frame)
{
  AstScope *scope = frame->scope;
  if (scope) {
    scope->scratch = NULL;
    /* A scope may be entered again (for heads): its registers are chosen anew. */
    for (uint32_t k = 0; k < scope->bindings.len; k++)
      scope->bindings.items[k]->reg = AST_NO_REGISTER;
  }
  fn->scope = frame->previous;
  fn->env = frame->previous_env;
  reg_release(fn, frame->mark);
}

/* --- resolving --------------------------------------------------------------------------------------------------- */

void resolve_binding(Fn *fn, AstBinding *binding, VarRef *ref)
{
  *ref = (VarRef){.kind = VAR_GLOBAL, .name = binding->name, .binding = binding, .reg = NO_REG, .env = NO_REG};
  AstScope *scope = binding->scope;
  if (scope->kind == AST_SCOPE_SCRIPT)
    return;
  if (!binding->captured) {
    ref->kind = VAR_REGISTER;
    ref->reg = binding->kind == AST_BINDING_THIS ? 0 : binding->reg;
    JS_ASSERT(ref->reg != AST_NO_REGISTER || fn->c->failed);
    return;
  }
  ref->kind = binding->kind == AST_BINDING_IMPORT ? VAR_IMPORT : VAR_ENV;
  ref->slot = binding->env_slot;
  if (scope_is_own(fn, scope)) {
    ref->env = ((ScopeState *)scope->scratch)->env;
    return;
  }
  /* The closure's environment is that of what lies around the outermost scope this function has entered; scopes without
   * bindings are never entered. */
  AstScope *around = fn->scope;
  for (AstScope *s = fn->scope; s && s != scope; s = s->parent) {
    if (scope_is_own(fn, s))
      around = s->parent;
  }
  for (AstScope *s = around; s && s != scope; s = s->parent)
    ref->hops += scope_has_env(s);
  ref->env = fn->closure_env;
}

void resolve_identifier(Fn *fn, const AstIdentifier *id, VarRef *ref)
{
  if (id->binding)
    resolve_binding(fn, id->binding, ref);
  else
    *ref = (VarRef){.kind = VAR_GLOBAL, .name = id->name, .reg = NO_REG, .env = NO_REG};
  ref->check_tdz = (id->base.flags & AST_REF_NEEDS_TDZ) != 0;
  if (!(id->base.flags & AST_REF_DYNAMIC))
    return;
  const AstScope *end = id->binding ? id->binding->scope : NULL;
  for (const AstScope *s = fn->scope; s && s != end; s = s->parent)
    ref->dynamic_envs += scope_has_env(s);
  ref->is_dynamic = ref->dynamic_envs != 0;
}

/* --- loads ------------------------------------------------------------------------------------------------------- */

static void emit_load_static(Fn *fn, const VarRef *ref, Reg dst, bool is_typeof)
{
  switch (ref->kind) {
  case VAR_REGISTER:
    if (ref->check_tdz)
      EMIT(fn, CHECK_TDZ, ref->reg, constant_key(fn, ref->name));
    emit_move(fn, dst, ref->reg);
    break;
  case VAR_ENV:
    if (!ref->hops && ref->check_tdz)
      EMIT(fn, GET_NEAR_CHECKED, dst, ref->env, ref->slot, constant_key(fn, ref->name));
    else if (!ref->hops)
      EMIT(fn, GET_NEAR, dst, ref->env, ref->slot);
    else if (ref->check_tdz)
      EMIT(fn, GET_ENV_CHECKED, dst, ref->env, ref->hops, ref->slot, constant_key(fn, ref->name));
    else
      EMIT(fn, GET_ENV, dst, ref->env, ref->hops, ref->slot);
    break;
  case VAR_IMPORT: EMIT(fn, GET_IMPORT, dst, ref->env, ref->hops, ref->slot, constant_key(fn, ref->name)); break;
  case VAR_GLOBAL:
    if (!ref->binding && !ref->is_dynamic && name_is(ref->name, "undefined"))
      emit_load_undefined(fn, dst);
    else if (is_typeof)
      EMIT_IMM(fn, GET_GLOBAL_TYPEOF, fn->strict, dst, ic_key(fn, ref->name));
    else
      EMIT_IMM(fn, GET_GLOBAL, fn->strict, dst, ic_key(fn, ref->name));
    break;
  }
}

void emit_load_var(Fn *fn, const VarRef *ref, Reg dst, bool is_typeof)
{
  if (!ref->is_dynamic) {
    emit_load_static(fn, ref, dst, is_typeof);
    return;
  }
  Label *not_found = label_new(fn), *end = label_new(fn);
  Reg mark = reg_mark(fn), found = reg_alloc(fn);
  uint32_t key = constant_key(fn, ref->name);
  EMIT_JUMP(fn, FIND_DYNAMIC, not_found, found, current_env(fn), ref->dynamic_envs, key);
  EMIT_IMM(fn, GET_DYNAMIC, fn->strict && !is_typeof, dst, found, key);
  EMIT_JUMP(fn, JUMP, end, 0);
  label_bind(fn, not_found);
  emit_load_static(fn, ref, dst, is_typeof);
  label_bind(fn, end);
  reg_release(fn, mark);
}

void emit_load_binding(Fn *fn, AstBinding *binding, Reg dst)
{
  VarRef ref;
  resolve_binding(fn, binding, &ref);
  emit_load_static(fn, &ref, dst, false);
}

/* this, new.target and the active function: an own one is in the frame, one of an outer function in an environment. */
void emit_load_this(Fn *fn, AstIdentifier *id, Reg dst)
{
  AstBinding *binding = id->binding;
  set_position(fn, id->base.start);
  if (!binding) {
    if (id->base.kind == AST_NEW_TARGET || fn->c->this_is_undefined)
      emit_load_undefined(fn, dst);
    else
      EMIT(fn, LOAD_GLOBAL_THIS, dst);
    return;
  }
  bool is_own = scope_is_own(fn, binding->scope);
  if (is_own && binding->kind == AST_BINDING_NEW_TARGET) {
    EMIT(fn, LOAD_NEW_TARGET, dst);
  } else if (is_own && binding->kind == AST_BINDING_CALLEE) {
    EMIT(fn, LOAD_CALLEE, dst);
  } else if (is_own && !(fn->flags & CODE_DERIVED)) {
    emit_move(fn, dst, 0);
  } else {
    VarRef ref;
    resolve_binding(fn, binding, &ref);
    if (ref.kind == VAR_REGISTER) {
      if (id->base.flags & AST_REF_NEEDS_TDZ)
        EMIT(fn, CHECK_THIS, ref.reg);
      emit_move(fn, dst, ref.reg);
      return;
    }
    EMIT(fn, GET_ENV, dst, ref.env, ref.hops, ref.slot);
    if (id->base.flags & AST_REF_NEEDS_TDZ)
      EMIT(fn, CHECK_THIS, dst);
  }
}

Reg var_in_register(Fn *fn, const AstNode *node)
{
  if (node->kind != AST_IDENTIFIER && node->kind != AST_THIS)
    return NO_REG;
  const AstIdentifier *id = (const AstIdentifier *)node;
  AstBinding *binding = id->binding;
  if (!binding || (node->flags & (AST_REF_DYNAMIC | AST_REF_NEEDS_TDZ)) || binding->scope->kind == AST_SCOPE_SCRIPT)
    return NO_REG;
  if (node->kind == AST_THIS)
    return scope_is_own(fn, binding->scope) && (!binding->captured || !(fn->flags & CODE_DERIVED)) ? 0 : NO_REG;
  return binding->captured ? NO_REG : binding->reg;
}

/* --- stores ------------------------------------------------------------------------------------------------------ */

static void emit_store_static(Fn *fn, const VarRef *ref, Reg src)
{
  const AstBinding *binding = ref->binding;
  if (binding && (binding->is_const || binding->kind == AST_BINDING_FUNCTION_NAME) && ref->kind != VAR_GLOBAL) {
    if (ref->check_tdz) {
      Reg mark = reg_mark(fn);
      emit_load_static(fn, ref, reg_alloc(fn), false);
      reg_release(fn, mark);
    }
    if (binding->kind != AST_BINDING_FUNCTION_NAME || fn->strict)
      EMIT(fn, THROW_CONST_ASSIGN, constant_key(fn, ref->name));
    return;
  }
  switch (ref->kind) {
  case VAR_REGISTER:
    if (ref->check_tdz)
      EMIT(fn, CHECK_TDZ, ref->reg, constant_key(fn, ref->name));
    emit_move(fn, ref->reg, src);
    break;
  case VAR_ENV:
  case VAR_IMPORT:
    if (ref->check_tdz)
      EMIT(fn, SET_ENV_CHECKED, ref->env, ref->hops, ref->slot, src, constant_key(fn, ref->name));
    else
      EMIT(fn, SET_ENV, ref->env, ref->hops, ref->slot, src);
    break;
  case VAR_GLOBAL: EMIT_IMM(fn, SET_GLOBAL, fn->strict, ic_key(fn, ref->name), src); break;
  }
}

/* Assignment by a name that was not looked up before the value was computed (declarations). */
void emit_store_var(Fn *fn, const VarRef *ref, Reg src)
{
  if (!ref->is_dynamic) {
    emit_store_static(fn, ref, src);
    return;
  }
  Label *not_found = label_new(fn), *end = label_new(fn);
  Reg mark = reg_mark(fn), found = reg_alloc(fn);
  uint32_t key = constant_key(fn, ref->name);
  EMIT_JUMP(fn, FIND_DYNAMIC, not_found, found, current_env(fn), ref->dynamic_envs, key);
  EMIT_IMM(fn, SET_DYNAMIC, fn->strict, found, key, src);
  EMIT_JUMP(fn, JUMP, end, 0);
  label_bind(fn, not_found);
  emit_store_static(fn, ref, src);
  label_bind(fn, end);
  reg_release(fn, mark);
}

void emit_init_var(Fn *fn, const VarRef *ref, Reg src)
{
  if (ref->kind == VAR_REGISTER)
    emit_move(fn, ref->reg, src);
  else if (ref->kind == VAR_ENV || ref->kind == VAR_IMPORT)
    EMIT(fn, SET_ENV, ref->env, ref->hops, ref->slot, src);
  else if (ref->binding && ast_binding_is_lexical(ref->binding))
    EMIT(fn, INIT_GLOBAL_LEXICAL, ic_key(fn, ref->name), src);
  else
    EMIT_IMM(fn, SET_GLOBAL, fn->strict, ic_key(fn, ref->name), src);
}

void emit_init_binding(Fn *fn, AstBinding *binding, Reg src)
{
  VarRef ref;
  resolve_binding(fn, binding, &ref);
  emit_init_var(fn, &ref, src);
}
