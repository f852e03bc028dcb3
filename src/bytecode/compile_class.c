// SPDX-License-Identifier: MIT
/*
 * Classes: ClassDefinitionEvaluation (ecma262#sec-runtime-semantics-classdefinitionevaluation).
 *
 * The class scope's environment holds what members need after the definition: private names, keys of computed fields,
 * and the functions of private instance methods, which the field initialiser function installs on each instance before
 * the fields.
 */
#include "bytecode/compiler.h"

static void capture(AstScope *scope, AstBinding *binding)
{
  if (binding->captured)
    return;
  binding->captured = true;
  binding->env_slot = scope->env_slots++;
  scope->needs_env = true;
}

static bool is_private(const AstClassElement *element)
{
  return element->key && element->key->kind == AST_PRIVATE_NAME;
}

static bool is_private_instance_method(const AstClassElement *element)
{
  return is_private(element) && !(element->base.flags & AST_STATIC) && element->base.op <= AST_ELEMENT_SET;
}

static AstBinding *private_binding(const AstClassElement *element)
{
  return ((AstIdentifier *)element->key)->binding;
}

/* Which bindings the initialiser functions need; done before the environment is made. */
static void prepare_scope(Fn *fn, AstClass *node)
{
  AstScope *scope = node->scope;
  for (uint32_t k = 0; k < node->elements.len; k++) {
    AstClassElement *element = (AstClassElement *)node->elements.items[k];
    if (is_private(element))
      capture(scope, private_binding(element));
    if (element->key_binding)
      capture(scope, element->key_binding);
    if (!is_private_instance_method(element))
      continue;
    AstBinding *method = ARENA_NEW(fn->c->arena, AstBinding);
    if (!method) {
      compile_out_of_memory(fn->c);
      return;
    }
    method->name = private_binding(element)->name;
    method->scope = scope;
    method->kind = AST_BINDING_KEY;
    method->reg = AST_NO_REGISTER;
    capture(scope, method);
    element->key_binding = method;
  }
}

static void make_private_names(Fn *fn, const AstClass *klass, AstScope *scope)
{
  Reg mark = reg_mark(fn), name = reg_alloc(fn);
  /* V8 says `anonymous` of a class without a name of its own. */
  JsValue text = klass->name ? name_value(fn->c, klass->name) : js_from_cell(ATOM(fn->c->heap, anonymous));
  uint32_t class_name = constant_value(fn, text);
  for (uint32_t k = 0; k < scope->bindings.len; k++) {
    AstBinding *binding = scope->bindings.items[k];
    if (binding->kind < AST_BINDING_PRIVATE_FIELD)
      continue;
    unsigned flags = SYMBOL_PRIVATE | (binding->kind == AST_BINDING_PRIVATE_FIELD ? 0 : SYMBOL_PRIVATE_METHOD) |
                     (binding->is_static ? SYMBOL_PRIVATE_STATIC : 0);
    EMIT_IMM(fn, NEW_PRIVATE_NAME, flags, name, constant_key(fn, binding->name), class_name);
    emit_init_binding(fn, binding, name);
  }
  reg_release(fn, mark);
}

/* The default constructor  ecma262#sec-runtime-semantics-classdefinitionevaluation step 14 */
JsCode *compile_default_constructor(Fn *outer, AstClass *klass, AstName *name)
{
  Compiler *c = outer->c;
  if (c->failed)
    return NULL;
  Fn fn_struct, *fn = &fn_struct;
  fn_init(fn, c, outer, NULL);
  fn->strict = true;
  fn->flags = CODE_STRICT | CODE_CLASS_CONSTRUCTOR;
  fn->position = fn->last_position = klass->base.start;
  bool has_fields = klass->instance_init || klass->has_instance_private_methods;
  if (has_fields)
    fn->flags |= CODE_HAS_FIELDS_INIT;
  Reg callee = reg_alloc(fn);
  if (klass->heritage) {
    fn->flags |= CODE_DERIVED | CODE_NEEDS_ARGUMENTS;
    Reg new_target = reg_alloc(fn), window = reg_alloc_many(fn, FRAME_WORDS + 1);
    EMIT(fn, LOAD_CALLEE, callee);
    EMIT(fn, LOAD_NEW_TARGET, new_target);
    emit_move(fn, window, callee);
    EMIT(fn, SUPER_CALL_FORWARD, 0, window, new_target);
    if (has_fields)
      EMIT(fn, INIT_FIELDS, callee, 0);
    EMIT(fn, RETURN, 0);
  } else {
    if (has_fields) {
      EMIT(fn, LOAD_CALLEE, callee);
      EMIT(fn, INIT_FIELDS, callee, 0);
    }
    EMIT0(fn, RETURN_UNDEFINED);
  }
  JsString *string = name && !c->failed ? js_as_string(name_value(c, name)) : string_empty(c->heap);
  JsCode *code = emit_finish(fn, string, 0);
  if (code) {
    code->source_start = klass->base.start;
    code->source_end = klass->base.end;
  }
  return code;
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

static void compile_private_method(Fn *fn, AstClassElement *element, Reg target)
{
  AstFunction *function = (AstFunction *)element->value;
  Reg closure = reg_alloc(fn), name = reg_alloc(fn);
  int kind = element->base.op == AST_ELEMENT_GET ? 1 : element->base.op == AST_ELEMENT_SET ? 2 : 0;
  emit_closure(fn, function, closure, private_binding(element)->name);
  emit_load_binding(fn, private_binding(element), name);
  if (kind)
    EMIT_IMM(fn, SET_FUNCTION_NAME, kind, closure, name);
  if (function->needs_home_object)
    EMIT(fn, SET_HOME, closure, target);
  if (element->base.flags & AST_STATIC)
    EMIT_IMM(fn, DEFINE_PRIVATE_METHOD, kind, target, name, closure);
  else
    emit_init_binding(fn, element->key_binding, closure);
}

static void compile_method_element(Fn *fn, AstClassElement *element, Reg target)
{
  AstFunction *function = (AstFunction *)element->value;
  AstName *name = NULL;
  bool is_computed = element->base.flags & AST_COMPUTED;
  bool has_name = !is_computed && static_key_name(element->key, &name);
  int kind = element->base.op == AST_ELEMENT_GET ? 1 : element->base.op == AST_ELEMENT_SET ? 2 : 0;
  Reg key = property_key(fn, element->key, is_computed), closure = reg_alloc(fn);
  emit_closure(fn, function, closure, kind ? NULL : name);
  if (!has_name || kind)
    EMIT_IMM(fn, SET_FUNCTION_NAME, kind, closure, key);
  if (function->needs_home_object)
    EMIT(fn, SET_HOME, closure, target);
  EMIT_IMM(fn, DEFINE_METHOD, kind << 1, target, key, closure);
}

static void compile_element(Fn *fn, AstClassElement *element, Reg ctor, Reg proto)
{
  Reg mark = reg_mark(fn), target = element->base.flags & AST_STATIC ? ctor : proto;
  set_position(fn, element->base.start);
  if (element->base.op <= AST_ELEMENT_SET) {
    if (is_private(element))
      compile_private_method(fn, element, target);
    else
      compile_method_element(fn, element, target);
  } else if (element->base.op == AST_ELEMENT_FIELD && (element->base.flags & AST_COMPUTED)) {
    Reg key = property_key(fn, element->key, true);
    emit_init_binding(fn, element->key_binding, key);
  }
  reg_release(fn, mark);
}

/* DefineField  ecma262#sec-definefield */
static void compile_field(Fn *fn, AstClassElement *element)
{
  Reg mark = reg_mark(fn), key = reg_alloc(fn), value = reg_alloc(fn);
  AstName *name = NULL;
  bool is_computed = element->base.flags & AST_COMPUTED;
  set_position(fn, element->base.start);
  if (is_private(element)) {
    emit_load_binding(fn, private_binding(element), key);
    name = private_binding(element)->name;
  } else if (is_computed) {
    emit_load_binding(fn, element->key_binding, key);
  } else {
    (void)static_key_name(element->key, &name);
    Reg made = property_key(fn, element->key, false);
    emit_move(fn, key, made);
  }
  if (!element->value)
    emit_load_undefined(fn, value);
  else if (name)
    expr_named(fn, element->value, value, name);
  else if (element->value->kind == AST_CLASS && is_anonymous_function(element->value))
    compile_class_with_key(fn, (AstClass *)element->value, value, key);
  else
    expr_to(fn, element->value, value);
  if (!name && element->value && element->value->kind == AST_FUNCTION && is_anonymous_function(element->value))
    EMIT(fn, SET_FUNCTION_NAME, value, key);
  set_position(fn, element->base.start);
  if (is_private(element))
    EMIT(fn, DEFINE_PRIVATE, 0, key, value);
  else
    EMIT(fn, DEFINE_INDEX, 0, key, value);
  reg_release(fn, mark);
}

/* InitializeInstanceElements  ecma262#sec-initializeinstanceelements, and static fields and blocks */
void compile_field_initialisers(Fn *fn, AstClass *klass, bool is_static)
{
  for (uint32_t k = 0; !is_static && k < klass->elements.len; k++) {
    AstClassElement *element = (AstClassElement *)klass->elements.items[k];
    if (!is_private_instance_method(element))
      continue;
    Reg mark = reg_mark(fn), name = reg_alloc(fn), method = reg_alloc(fn);
    emit_load_binding(fn, private_binding(element), name);
    emit_load_binding(fn, element->key_binding, method);
    int kind = element->base.op == AST_ELEMENT_GET ? 1 : element->base.op == AST_ELEMENT_SET ? 2 : 0;
    EMIT_IMM(fn, DEFINE_PRIVATE_METHOD, kind, 0, name, method);
    reg_release(fn, mark);
  }
  for (uint32_t k = 0; k < klass->elements.len; k++) {
    AstClassElement *element = (AstClassElement *)klass->elements.items[k];
    if (element->base.op == AST_ELEMENT_FIELD && ((element->base.flags & AST_STATIC) != 0) == is_static)
      compile_field(fn, element);
    else if (element->base.op == AST_ELEMENT_STATIC_BLOCK && is_static)
      compile_block(fn, (AstBlock *)element->value);
  }
}

/* A class with private methods but no instance fields still needs the function that installs them. */
static AstFunction *instance_initialiser(Fn *fn, AstClass *node)
{
  if (node->instance_init || !node->has_instance_private_methods)
    return node->instance_init;
  AstFunction *function = ARENA_NEW(fn->c->arena, AstFunction);
  AstScope *scope = ARENA_NEW(fn->c->arena, AstScope);
  if (!function || !scope) {
    compile_out_of_memory(fn->c);
    return NULL;
  }
  function->base =
      (AstNode){.kind = AST_FUNCTION, .op = AST_FUNCTION_FIELD_INIT, .start = node->base.start, .end = node->base.end};
  function->is_strict = true;
  function->has_simple_params = true;
  function->scope = scope;
  scope->kind = AST_SCOPE_FUNCTION;
  scope->is_strict = scope->is_var_scope = true;
  scope->parent = node->scope;
  scope->function = function;
  return function;
}

static void emit_initialiser(Fn *fn, AstClass *node, AstFunction *function, Reg dst, Reg home)
{
  static const char text[] = "<instance_members_initializer>", static_text[] = "<static_initializer>";
  bool is_static = function->base.op == AST_FUNCTION_STATIC_INIT;
  AstName *name = ARENA_NEW(fn->c->arena, AstName);
  if (!name) {
    compile_out_of_memory(fn->c);
    return;
  }
  name->units = is_static ? static_text : text;
  name->len = is_static ? sizeof static_text - 1 : sizeof text - 1;
  function->name = NULL;
  JsCode *code = compile_function(fn, fn->c, function, name, node);
  EMIT(fn, NEW_CLOSURE, dst, constant_cell(fn, code), current_env(fn));
  EMIT(fn, SET_HOME, dst, home);
}

static void class_body(Fn *fn, AstClass *node, Reg dst, AstName *name, Reg name_key)
{
  bool outer_strict = fn->strict;
  Reg mark = reg_mark(fn), ctor = reg_alloc(fn), proto = reg_alloc(fn);
  ScopeFrame frame;
  fn->strict = true;
  if (node->name)
    name = node->name;
  prepare_scope(fn, node);
  scope_enter(fn, node->scope, &frame);
  make_private_names(fn, node, node->scope);
  Reg heritage = node->heritage ? expr_any(fn, node->heritage) : ctor;
  JsCode *code;
  if (node->constructor) {
    node->constructor->name = NULL;
    code = compile_function(fn, fn->c, node->constructor, name, node);
  } else {
    code = compile_default_constructor(fn, node, name);
  }
  set_position(fn, node->heritage ? node->heritage->start : node->base.start);
  EMIT_IMM(fn, NEW_CLASS, node->heritage != NULL, ctor, proto, heritage, constant_cell(fn, code), current_env(fn));
  if (name_key != NO_REG)
    EMIT(fn, SET_FUNCTION_NAME, ctor, name_key);
  for (uint32_t k = 0; k < node->elements.len && !fn->c->failed; k++)
    compile_element(fn, (AstClassElement *)node->elements.items[k], ctor, proto);
  if (node->inner_name)
    emit_init_binding(fn, node->inner_name, ctor);
  AstFunction *instance_init = instance_initialiser(fn, node);
  Reg inner = reg_mark(fn);
  if (instance_init) {
    Reg closure = reg_alloc(fn);
    emit_initialiser(fn, node, instance_init, closure, proto);
    EMIT(fn, SET_CLASS_FIELDS, ctor, closure);
    reg_release(fn, inner);
  }
  if (node->static_init) {
    Reg window = reg_alloc_many(fn, FRAME_WORDS + 1);
    emit_initialiser(fn, node, node->static_init, window, ctor);
    emit_move(fn, window + FRAME_WORDS, ctor);
    set_position(fn, node->base.start);
    emit_call(fn, false, window, window, 0);
    reg_release(fn, inner);
  }
  scope_leave(fn, &frame);
  fn->strict = outer_strict;
  emit_move(fn, dst, ctor);
  reg_release(fn, mark);
}

void compile_class(Fn *fn, AstClass *node, Reg dst, AstName *name)
{
  class_body(fn, node, dst, name, NO_REG);
}

void compile_class_with_key(Fn *fn, AstClass *node, Reg dst, Reg key)
{
  class_body(fn, node, dst, NULL, key);
}
