// SPDX-License-Identifier: MIT
/*
 * Scope analysis, done while parsing.
 *
 * Declarations: AstName.top is the innermost open declaration of a name, each binding's `shadowed` the next one out, so
 * a lookup is two loads and closing a scope pops its bindings. A `var` is inserted into the chain at its function's
 * depth; whether one was hoisted through a block is told by its latest position (last_var) against the block's start.
 *
 * References: p->refs is a stack of uses not resolved yet. A scope knows where its part starts; closing it resolves
 * what it declares and leaves the rest, compacted, to the scope around it. So arrow parameters, parsed as expressions
 * before anybody knew, are simply taken over: the arrow's scope starts at the mark noted before the parenthesis.
 *
 * PendingRef.pos is the earliest position at which a use can run as seen from the scope being closed: its own position
 * in straight-line code, the position of the function expression around it, or the start of the block in which a
 * hoisted function is declared. A lexical binding needs no check when initialised before that.
 */
#include "parser/parser.h"

static bool is_lexical_kind(AstBindingKind kind)
{
  return kind == AST_BINDING_LET || kind == AST_BINDING_CONST || kind == AST_BINDING_USING ||
         kind == AST_BINDING_CLASS || kind == AST_BINDING_IMPORT;
}

/* Function declarations behave like var at the top level of functions and scripts, like let elsewhere. */
static bool functions_are_var_like(const AstScope *scope)
{
  return scope->is_var_scope && scope->kind != AST_SCOPE_MODULE;
}

static bool is_lexical_in(const AstBinding *binding)
{
  return is_lexical_kind(binding->kind) ||
         (binding->kind == AST_BINDING_FUNCTION && !functions_are_var_like(binding->scope)) ||
         (binding->kind == AST_BINDING_CATCH && !binding->is_simple_catch);
}

AstScope *scope_open(Parser *p, AstScopeKind kind, uint32_t start)
{
  AstScope *scope = parser_alloc(p, sizeof *scope);
  scope->kind = (uint8_t)kind;
  scope->start = start;
  scope->is_strict = p->is_strict;
  scope->parent = p->scope;
  scope->depth = ++p->scope_depth;
  scope->function = p->fn ? p->fn->node : NULL;
  scope->first_ref = p->refs.len;
  scope->first_hoist = p->hoists.len;
  if (p->scope && !parser_failed(p)) {
    scope->next_sibling = p->scope->first_child;
    p->scope->first_child = scope;
  }
  p->scope = scope;
  return scope;
}

void scope_reopen(Parser *p, AstScope *scope)
{
  scope->first_ref = p->refs.len;
  scope->first_hoist = p->hoists.len;
  p->scope = scope;
  p->scope_depth = scope->depth;
  for (uint32_t k = 0; k < scope->bindings.len && !parser_failed(p); k++) {
    AstBinding *binding = scope->bindings.items[k];
    binding->shadowed = binding->name->top;
    binding->name->top = binding;
  }
}

/* The scope now belongs to function's code; functions in it have function around them. */
static void retarget_scope(AstScope *scope, AstFunction *function)
{
  if (scope->kind == AST_SCOPE_FUNCTION || scope->kind == AST_SCOPE_FUNCTION_NAME) {
    scope->function->outer = function;
    return;
  }
  scope->function = function;
  for (AstScope *child = scope->first_child; child; child = child->next_sibling)
    retarget_scope(child, function);
}

void scope_adopt(Parser *p, AstScope *scope, const ArrowMark *mark)
{
  if (parser_failed(p))
    return;
  AstScope *outer = scope->parent, *child = scope->next_sibling;
  scope->first_ref = mark->refs;
  while (child != mark->first_child) {
    AstScope *next = child->next_sibling;
    child->parent = scope;
    child->next_sibling = scope->first_child;
    scope->first_child = child;
    retarget_scope(child, scope->function);
    child = next;
  }
  scope->next_sibling = mark->first_child;
  for (uint32_t k = mark->evals; k < p->evals.len; k++) {
    AstCall *call = p->evals.items[k];
    scope->has_direct_eval = true;
    if (call->scope != outer)
      continue;
    call->scope = scope;
    scope->has_sloppy_eval |= !p->is_strict;
  }
}

/* --- declarations ------------------------------------------------------------------------------------------------ */

static void redeclared(Parser *p, AstName *name, uint32_t start, uint32_t end)
{
  parser_error_format(p, start, end, "Identifier '%n' has already been declared", name);
}

static AstBinding *new_binding(Parser *p, AstScope *scope, AstName *name, AstBindingKind kind, uint32_t start)
{
  AstBinding *binding = parser_alloc(p, sizeof *binding);
  binding->name = name;
  binding->scope = scope;
  binding->kind = (uint8_t)kind;
  binding->start = start;
  binding->param_index = UINT32_MAX;
  binding->reg = AST_NO_REGISTER;
  binding->is_const = kind == AST_BINDING_CONST || kind == AST_BINDING_USING || kind == AST_BINDING_IMPORT;
  binding->init_end = is_lexical_kind(kind) ? UINT32_MAX : 0;
  parser_push(p, &scope->bindings, binding);
  return binding;
}

AstBinding *scope_add_binding(Parser *p, AstScope *scope, AstName *name, AstBindingKind kind, uint32_t start)
{
  AstBinding *binding = new_binding(p, scope, name, kind, start);
  binding->shadowed = name->top;
  name->top = binding;
  return binding;
}

static AstScope *var_scope_of(AstScope *scope)
{
  while (!scope->is_var_scope && scope->parent)
    scope = scope->parent;
  return scope;
}

/* A var of name may not pass the scopes between here and its function when they declare the name lexically. */
AstBinding *scope_declare_var(Parser *p, AstName *name, uint32_t start, uint32_t end)
{
  AstScope *target = var_scope_of(p->scope);
  AstBinding **link = &name->top, *binding;
  if (parser_failed(p))
    return scope_add_binding(p, p->scope, name, AST_BINDING_VAR, start);
  for (; (binding = *link) && binding->scope->depth > target->depth; link = &binding->shadowed) {
    bool is_catch_param = binding->kind == AST_BINDING_CATCH && binding->is_simple_catch;
    if (!is_catch_param && is_lexical_in(binding)) {
      redeclared(p, name, start, end);
      return binding;
    }
  }
  if (binding && binding->scope == target) {
    if (is_lexical_in(binding))
      redeclared(p, name, start, end);
    binding->last_var = start;
    return binding;
  }
  AstBinding *outer = binding;
  binding = new_binding(p, target, name, AST_BINDING_VAR, start);
  binding->last_var = start;
  binding->shadowed = outer;
  *link = binding;
  if (target->kind == AST_SCOPE_FUNCTION_BODY && outer && outer->scope == target->parent &&
      outer->kind == AST_BINDING_PARAM)
    binding->shadows_param = true;
  return binding;
}

/* True when declaring name lexically in the current scope clashes with what is there. */
static bool lexical_conflicts(Parser *p, AstScope *scope, AstName *name)
{
  AstBinding *binding = name->top;
  if (!binding)
    return false;
  if (binding->scope == scope)
    return true;
  AstScope *parent = scope->parent;
  if (parent && binding->scope == parent) {
    if (scope->kind == AST_SCOPE_FUNCTION_BODY && binding->kind == AST_BINDING_PARAM)
      return true;
    /* Only the handler's own block is opened directly under a CATCH scope. */
    if (parent->kind == AST_SCOPE_CATCH && binding->kind == AST_BINDING_CATCH)
      return true;
  }
  AstScope *target = var_scope_of(scope);
  for (; binding && binding->scope->depth >= target->depth; binding = binding->shadowed) {
    if (binding->scope == target && binding->last_var >= scope->start && binding->last_var)
      return true;
  }
  return false;
}

AstBinding *scope_declare_lexical(Parser *p, AstName *name, uint32_t start, uint32_t end, AstBindingKind kind)
{
  if (!parser_failed(p) && lexical_conflicts(p, p->scope, name))
    redeclared(p, name, start, end);
  return scope_add_binding(p, p->scope, name, kind, start);
}

AstBinding *scope_declare_param(Parser *p, AstName *name, uint32_t start, uint32_t end)
{
  AstBinding *binding = name->top;
  if (binding && binding->scope == p->scope && !parser_failed(p)) {
    if (!p->fn->node->has_duplicate_params) {
      p->fn->duplicate_start = start;
      p->fn->duplicate_end = end;
    }
    p->fn->node->has_duplicate_params = true;
    return binding;
  }
  return scope_add_binding(p, p->scope, name, AST_BINDING_PARAM, start);
}

AstBinding *scope_declare_function(Parser *p, AstFunctionDecl *decl, uint32_t start, uint32_t end)
{
  AstScope *scope = p->scope;
  AstName *name = decl->function->name;
  AstBinding *binding = name->top;
  if (parser_failed(p)) {
    binding = scope_add_binding(p, scope, name, AST_BINDING_FUNCTION, start);
  } else if (functions_are_var_like(scope)) {
    binding = scope_declare_var(p, name, start, end);
    if (binding->kind == AST_BINDING_VAR)
      binding->kind = AST_BINDING_FUNCTION;
  } else if (binding && binding->scope == scope && binding->kind == AST_BINDING_FUNCTION && !p->is_strict &&
             !decl->function->is_async && !decl->function->is_generator && !binding->function->function->is_async &&
             !binding->function->function->is_generator) {
    /* Annex B: duplicate function declarations in a sloppy block  ecma262#sec-block-duplicates-allowed-static-semantics
     */
  } else {
    /* V8 points at the declaration's first character here. */
    binding = scope_declare_lexical(p, name, decl->base.start, decl->base.start + 1, AST_BINDING_FUNCTION);
    binding->start = start;
  }
  decl->binding = binding;
  binding->function = decl;
  parser_push(p, &scope->functions, decl);
  return binding;
}

void scope_set_initialized(Parser *p, AstScope *scope, uint32_t from, uint32_t end)
{
  for (uint32_t k = from; k < scope->bindings.len; k++)
    scope->bindings.items[k]->init_end = end;
}

/* --- references -------------------------------------------------------------------------------------------------- */

void scope_reference(Parser *p, AstIdentifier *node)
{
  PendingRef ref = {node, node->base.start, false, false, false};
  parser_push_kept(p, &p->refs, ref);
}

void scope_end_heritage(Parser *p)
{
  for (uint32_t k = p->scope->first_ref; k < p->refs.len; k++)
    p->refs.items[k].outside_class |= p->refs.items[k].node->base.kind == AST_PRIVATE_NAME;
}

void scope_direct_eval(Parser *p, AstCall *call)
{
  call->base.flags |= AST_DIRECT_EVAL;
  call->scope = p->scope;
  parser_push_kept(p, &p->evals, call);
  p->scope->has_direct_eval = true;
  p->fn->node->has_direct_eval = true;
  if (p->is_strict)
    return;
  var_scope_of(p->scope)->has_sloppy_eval = true;
}

static bool is_function_with_this(const AstScope *scope)
{
  return scope->kind == AST_SCOPE_FUNCTION && scope->function && scope->function->base.op != AST_FUNCTION_ARROW;
}

static bool has_home_object(const AstFunction *function)
{
  return function->base.op >= AST_FUNCTION_METHOD && function->base.op <= AST_FUNCTION_STATIC_INIT;
}

/* this, new.target, callee and arguments come into being in their function's scope when something refers to them. */
static AstBinding *implicit_binding(Parser *p, AstScope *scope, AstName *name)
{
  AstFunction *function = scope->function;
  AstBinding *binding = name->top && name->top->scope == scope ? name->top : NULL;
  if (name == p->known.arguments) {
    if (binding && (binding->kind != AST_BINDING_VAR || function->arguments_binding))
      return binding; /* a parameter or a function of that name: no arguments object */
    if (function->base.op == AST_FUNCTION_FIELD_INIT || function->base.op == AST_FUNCTION_STATIC_INIT)
      return NULL;
    if (!binding)
      binding = scope_add_binding(p, scope, name, AST_BINDING_ARGUMENTS, scope->start);
    binding->kind = AST_BINDING_ARGUMENTS;
    function->arguments_binding = binding;
    function->uses_arguments = true;
    function->mapped_arguments = !function->is_strict && function->has_simple_params;
    return binding;
  }
  if (binding)
    return binding;
  if (name == p->known.this_) {
    binding = function->this_binding = scope_add_binding(p, scope, name, AST_BINDING_THIS, scope->start);
    if (function->base.op == AST_FUNCTION_DERIVED_CONSTRUCTOR)
      binding->init_end = UINT32_MAX;
    function->uses_this = true;
  } else if (name == p->known.new_target) {
    binding = function->new_target_binding = scope_add_binding(p, scope, name, AST_BINDING_NEW_TARGET, scope->start);
    function->uses_new_target = true;
  } else if (name == p->known.callee) {
    binding = function->callee_binding = scope_add_binding(p, scope, name, AST_BINDING_CALLEE, scope->start);
    function->uses_callee = true;
  }
  return binding;
}

/* Everything a direct eval inside might name must exist, be in an environment and be checked. */
static void taint_by_eval(Parser *p, AstScope *scope)
{
  if (is_function_with_this(scope)) {
    AstFunction *function = scope->function;
    implicit_binding(p, scope, p->known.this_);
    implicit_binding(p, scope, p->known.new_target);
    if (has_home_object(function)) {
      implicit_binding(p, scope, p->known.callee);
      function->needs_home_object = true;
    }
    implicit_binding(p, scope, p->known.arguments);
  }
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    binding->captured = true;
    binding->is_referenced = true;
    binding->is_assigned = true;
    binding->needs_tdz |= binding->init_end == UINT32_MAX || is_lexical_kind(binding->kind);
  }
}

static bool needs_tdz_check(const AstBinding *binding, const PendingRef *ref)
{
  if (binding->init_end == 0)
    return binding->kind == AST_BINDING_IMPORT;
  const AstScope *scope = binding->scope;
  if (scope->kind == AST_SCOPE_CLASS && ref->from_member)
    return false; /* members run after the inner name is initialised */
  if (scope->kind == AST_SCOPE_SWITCH || scope->kind == AST_SCOPE_OUTER)
    return true; /* a case may jump over the declaration */
  return ref->pos < binding->init_end;
}

static void bind_reference(AstIdentifier *node, AstBinding *binding, const PendingRef *ref)
{
  node->binding = binding;
  binding->is_referenced = true;
  binding->captured |= ref->crossed;
  binding->is_assigned |= (node->base.flags & AST_REF_ASSIGNED) != 0;
  if (needs_tdz_check(binding, ref)) {
    node->base.flags |= AST_REF_NEEDS_TDZ;
    binding->needs_tdz = true;
  }
}

/* Sloppy eval code makes its vars in the caller's environment: the name is looked up there. */
static bool is_eval_var(const AstScope *scope, const AstBinding *binding)
{
  return scope->kind == AST_SCOPE_EVAL && !scope->is_strict &&
         (binding->kind == AST_BINDING_VAR || binding->kind == AST_BINDING_FUNCTION);
}

/* Whether a function's open references, from number `from` on, ask for the number of its arguments only. */
static bool only_counts_arguments(Parser *p, const AstScope *scope, uint32_t from)
{
  const AstFunction *function = scope->function;
  const AstName *name = p->known.arguments;
  if (function->is_async || function->is_generator || function->base.op == AST_FUNCTION_FIELD_INIT ||
      function->base.op == AST_FUNCTION_STATIC_INIT || (name->top && name->top->scope == scope))
    return false;
  for (uint32_t k = from; k < p->refs.len; k++) {
    const AstNode *node = &p->refs.items[k].node->base;
    if (p->refs.items[k].node->name == name && !(node->flags & AST_REF_MAY_COUNT))
      return false;
  }
  return true;
}

static void resolve_references(Parser *p, AstScope *scope)
{
  /* A named function expression's own name is inside the function: its scope is the boundary then. */
  bool has_name_scope = scope->parent && scope->parent->kind == AST_SCOPE_FUNCTION_NAME;
  bool is_boundary = scope->kind == AST_SCOPE_FUNCTION_NAME || (scope->kind == AST_SCOPE_FUNCTION && !has_name_scope);
  bool own_this = is_function_with_this(scope);
  bool is_dynamic = scope->kind == AST_SCOPE_WITH || scope->has_sloppy_eval;
  if (!is_boundary && !own_this && !is_dynamic && !scope->bindings.len && scope->kind != AST_SCOPE_CLASS)
    return;
  uint32_t outside = scope->start;
  bool is_member = false;
  if (is_boundary) {
    const AstFunction *function = scope->function;
    const AstScope *around = scope->parent;
    bool is_hoisted = function->base.op == AST_FUNCTION_NORMAL && !function->is_expression;
    outside = is_hoisted && around ? around->start : function->base.start;
    is_member = around && around->kind == AST_SCOPE_CLASS && function->base.op >= AST_FUNCTION_METHOD;
  }
  PendingRef *refs = p->refs.items;
  uint32_t kept = scope->first_ref, len = p->refs.len;
  enum { UNKNOWN, COUNTS, NEEDS_OBJECT } arguments = UNKNOWN;
  for (uint32_t k = kept; k < len; k++) {
    PendingRef ref = refs[k];
    AstIdentifier *node = ref.node;
    AstBinding *binding = node->name->top;
    if (node->base.flags & AST_REF_DECLARES)
      continue;
    if (own_this && (node->base.flags & AST_REF_MAY_COUNT) && arguments == UNKNOWN)
      arguments = only_counts_arguments(p, scope, k) ? COUNTS : NEEDS_OBJECT;
    if (own_this && (node->base.flags & AST_REF_MAY_COUNT) && arguments == COUNTS) {
      node->base.flags |= AST_REF_COUNTS;
      continue;
    }
    if (own_this && (node->name->is_synthetic || node->name == p->known.arguments))
      binding = implicit_binding(p, scope, node->name);
    bool is_passing = ref.outside_class && scope->kind == AST_SCOPE_CLASS;
    if (is_passing)
      ref.outside_class = false;
    if (binding && binding->scope == scope && !is_passing && !is_eval_var(scope, binding)) {
      bind_reference(node, binding, &ref);
      continue;
    }
    if (is_dynamic && !node->name->is_synthetic && node->base.kind == AST_IDENTIFIER)
      node->base.flags |= AST_REF_DYNAMIC;
    if (is_dynamic || is_boundary)
      node->base.flags &= (uint8_t)~AST_REF_MAY_COUNT;
    if (is_boundary) {
      ref.crossed = true;
      ref.pos = outside;
      ref.from_member = is_member;
    } else if (scope->kind == AST_SCOPE_CLASS) {
      ref.from_member = false;
    }
    refs[kept++] = ref;
  }
  p->refs.len = kept;
}

/* --- Annex B function hoisting ----------------------------------------------------------------------------------- */

/* Block-Level Function Declarations Web Legacy Compatibility Semantics
 * ecma262#sec-block-level-function-declarations-web-legacy-compatibility-semantics
 * A candidate goes outwards while a var in its place would be no early error; in the var scope it becomes one. */
static void hoist_to_var_scope(Parser *p, AstScope *scope, AstFunctionDecl *decl)
{
  AstName *name = decl->function->name;
  AstBinding *binding = name->top;
  bool has_arguments = scope->kind == AST_SCOPE_FUNCTION || scope->kind == AST_SCOPE_FUNCTION_BODY;
  if (name == p->known.arguments && has_arguments && scope->function->base.op != AST_FUNCTION_ARROW)
    return;
  if (binding && binding->scope == scope) {
    if (is_lexical_in(binding) || binding->kind == AST_BINDING_PARAM)
      return;
  } else {
    if (binding && scope->kind == AST_SCOPE_FUNCTION_BODY && binding->scope == scope->parent &&
        binding->kind == AST_BINDING_PARAM)
      return;
    binding = scope_add_binding(p, scope, name, AST_BINDING_VAR, decl->base.start);
    binding->is_annex_b = true;
  }
  binding->is_assigned = true;
  decl->annex_b_var = binding;
}

static void hoist_functions(Parser *p, AstScope *scope)
{
  uint32_t kept = scope->first_hoist;
  for (uint32_t k = kept; k < p->hoists.len; k++) {
    AstFunctionDecl *decl = p->hoists.items[k];
    AstBinding *binding = decl->function->name->top;
    if (scope->is_var_scope)
      hoist_to_var_scope(p, scope, decl);
    else if (!(binding && binding->scope == scope && is_lexical_in(binding)))
      p->hoists.items[kept++] = decl;
  }
  p->hoists.len = kept;
  if (p->is_strict || functions_are_var_like(scope))
    return;
  for (uint32_t k = 0; k < scope->functions.len; k++) {
    AstFunctionDecl *decl = scope->functions.items[k];
    if (!decl->function->is_async && !decl->function->is_generator)
      parser_push_kept(p, &p->hoists, decl);
  }
}

/* --- eval code and its surroundings ------------------------------------------------------------------------------ */

/* EvalDeclarationInstantiation  ecma262#sec-evaldeclarationinstantiation, step 3: a var may not hoist past a lexical
 * declaration of the scopes up to the variable environment; for an Annex B function it just stays a block function. */
static bool outer_declares_lexically(AstScope *scope, AstName *name)
{
  for (; scope && scope->kind == AST_SCOPE_OUTER; scope = scope->parent) {
    for (uint32_t k = 0; k < scope->bindings.len; k++) {
      AstBinding *binding = scope->bindings.items[k];
      bool is_lexical = is_lexical_kind(binding->kind) ||
                        (binding->kind == AST_BINDING_FUNCTION && !scope->is_var_scope) ||
                        (binding->kind == AST_BINDING_CATCH && !binding->is_simple_catch);
      if (binding->name == name && is_lexical)
        return true;
    }
    if (scope->is_var_scope)
      break;
  }
  return false;
}

static void check_eval_vars(Parser *p, AstScope *scope)
{
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    if (!is_eval_var(scope, binding) || !outer_declares_lexically(scope->parent, binding->name))
      continue;
    if (!binding->is_annex_b)
      redeclared(p, binding->name, binding->start, binding->start + binding->name->len);
    binding->kind = AST_BINDING_LET; /* an Annex B function that stays in its block: keep it from being made a var */
    binding->is_referenced = false;
  }
}

void scope_open_outer(Parser *p, const ParseOuterScope *outer)
{
  if (!outer || parser_failed(p) || !parser_has_stack(p))
    return;
  scope_open_outer(p, outer->parent);
  AstScope *scope = scope_open(p, AST_SCOPE_OUTER, 0);
  scope->is_var_scope = outer->is_var_scope;
  scope->needs_env = outer->has_env;
  scope->outer = outer->opaque;
  scope->has_sloppy_eval = outer->has_sloppy_eval || outer->kind == AST_SCOPE_WITH;
  for (uint32_t k = 0; k < outer->binding_count && !parser_failed(p); k++) {
    const ParseOuterBinding *from = &outer->bindings[k];
    AstName *name = from->kind == AST_BINDING_THIS         ? p->known.this_
                    : from->kind == AST_BINDING_NEW_TARGET ? p->known.new_target
                    : from->kind == AST_BINDING_CALLEE     ? p->known.callee
                    : from->is_wide                        ? lexer_intern_utf16(p, from->units, from->len)
                                                           : lexer_intern_latin1(p, from->units, from->len, false);
    AstBinding *binding = scope_add_binding(p, scope, name, from->kind, 0);
    binding->captured = true;
    binding->is_const = from->is_const;
    binding->is_static = from->is_static;
    binding->is_simple_catch = from->is_simple_catch;
    binding->env_slot = from->env_slot;
    binding->atom = from->atom;
    if (from->kind == AST_BINDING_THIS || from->kind == AST_BINDING_PARAM)
      binding->init_end = UINT32_MAX; /* perhaps a derived constructor, perhaps in the parameter list: always checked */
  }
}

/* What is left over at the very end is global; private names must have been found. */
static void finish_references(Parser *p)
{
  for (uint32_t k = 0; k < p->refs.len; k++) {
    AstIdentifier *node = p->refs.items[k].node;
    if (node->base.kind == AST_PRIVATE_NAME) {
      parser_error_format(p, node->base.start, node->base.end,
                          "Private field '%n' must be declared in an enclosing class", node->name);
      return;
    }
  }
}

/* Around a lazy function: only what it refers to is made. */
static void find_outer_bindings(Parser *p, AstScope *scope)
{
  const ParseLazy *lazy = p->options->lazy;
  for (uint32_t k = 0; k < p->refs.len; k++) {
    AstName *name = p->refs.items[k].node->name;
    if (name->missing == scope || (name->top && name->top->scope == scope))
      continue;
    AstBindingKind kind = name == p->known.this_        ? AST_BINDING_THIS
                          : name == p->known.new_target ? AST_BINDING_NEW_TARGET
                          : name == p->known.callee     ? AST_BINDING_CALLEE
                                                        : AST_BINDING_VAR;
    ParseOuterBinding found = {0};
    if (!lazy->find(lazy->opaque, scope->outer, name, kind, &found)) {
      name->missing = scope;
      continue;
    }
    AstBinding *binding = scope_add_binding(p, scope, name, found.kind, 0);
    binding->captured = true;
    binding->is_const = found.is_const;
    binding->is_static = found.is_static;
    binding->env_slot = found.env_slot;
    binding->init_end = found.needs_tdz ? UINT32_MAX : 0;
  }
}

void scope_close_outer(Parser *p)
{
  while (p->scope && !parser_failed(p)) {
    AstScope *scope = p->scope;
    if (p->options->lazy)
      find_outer_bindings(p, scope);
    resolve_references(p, scope);
    for (uint32_t k = scope->bindings.len; k-- > 0;)
      scope->bindings.items[k]->name->top = scope->bindings.items[k]->shadowed;
    p->scope = scope->parent;
  }
  if (!parser_failed(p))
    finish_references(p);
}

/* --- closing ----------------------------------------------------------------------------------------------------- */

static bool scope_lives_outside(const AstScope *scope)
{
  return scope->kind == AST_SCOPE_SCRIPT || scope->kind == AST_SCOPE_OUTER;
}

static void assign_slots(AstScope *scope)
{
  uint32_t slots = 0;
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    if (is_eval_var(scope, binding))
      binding->captured = false;
    else if (binding->captured)
      binding->env_slot = slots++;
  }
  scope->env_slots = slots;
  scope->needs_env = slots || scope->kind == AST_SCOPE_WITH || scope->kind == AST_SCOPE_MODULE;
}

void scope_close(Parser *p)
{
  AstScope *scope = p->scope;
  if (parser_failed(p)) {
    p->scope = scope->parent ? scope->parent : scope;
    return;
  }
  hoist_functions(p, scope);
  if (scope->kind == AST_SCOPE_EVAL && !scope->is_strict)
    check_eval_vars(p, scope);
  /* `var arguments` beside a parameter list with expressions starts as the arguments object. */
  AstIdentifier *outer_arguments = NULL;
  if (scope->kind == AST_SCOPE_FUNCTION_BODY && scope->function->base.op != AST_FUNCTION_ARROW) {
    AstBinding *binding = p->known.arguments->top;
    if (binding && binding->scope == scope && binding->kind == AST_BINDING_VAR) {
      binding->shadows_param = true;
      outer_arguments = NODE(p, AstIdentifier, IDENTIFIER, scope->start);
      outer_arguments->name = p->known.arguments;
    }
  }
  if (scope->has_direct_eval)
    taint_by_eval(p, scope);
  resolve_references(p, scope);
  if (outer_arguments)
    scope_reference(p, outer_arguments);
  if (scope->has_direct_eval && scope->parent)
    scope->parent->has_direct_eval = true;
  for (uint32_t k = scope->bindings.len; k-- > 0;) {
    AstBinding *binding = scope->bindings.items[k];
    AstBinding **link =
        &binding->name->top; /* itself, unless a var was put under it and it is a duplicate synthetic name */
    while (*link && *link != binding)
      link = &(*link)->shadowed;
    if (*link)
      *link = binding->shadowed;
  }
  if (!scope_lives_outside(scope))
    assign_slots(scope);
  p->scope = scope->parent;
  p->scope_depth = scope->depth - 1;
}
