// SPDX-License-Identifier: MIT
/*
 * Classes  ecma262#sec-class-definitions
 *
 * Field initialisers and static blocks become the code of two synthetic functions per class, instance_init and
 * static_init, whose FUNCTION scope is opened again for every element that contributes to it.
 */
#include "parser/parser.h"

/* --- private names ----------------------------------------------------------------------------------------------- */

static void declare_private(Parser *p, AstClass *class, AstIdentifier *id, AstBindingKind kind, bool is_static)
{
  AstName *name = id->name;
  if (parser_failed(p))
    return;
  if (name->len == 12 && !name->is_wide && memcmp(name->units, "#constructor", 12) == 0) {
    parser_error_node(p, &id->base, "Classes may not have a field named 'constructor'");
    return;
  }
  id->base.flags |= AST_REF_DECLARES;
  AstBinding *binding = name->top && name->top->scope == class->scope ? name->top : NULL;
  if (!binding) {
    id->binding = scope_add_binding(p, class->scope, name, kind, id->base.start);
    id->binding->is_static = is_static;
    return;
  }
  id->binding = binding;
  bool is_pair = (binding->kind == AST_BINDING_PRIVATE_GETTER && kind == AST_BINDING_PRIVATE_SETTER) ||
                 (binding->kind == AST_BINDING_PRIVATE_SETTER && kind == AST_BINDING_PRIVATE_GETTER);
  if (is_pair && binding->is_static == is_static)
    binding->kind = AST_BINDING_PRIVATE_ACCESSOR;
  else
    parser_error_format(p, id->base.start, id->base.end, "Identifier '%n' has already been declared", name);
}

/* --- initialiser functions --------------------------------------------------------------------------------------- */

/* Make the class's synthetic function the current one; made on first use. */
static AstFunction *enter_initializer(Parser *p, AstClass *class, bool is_static, FunctionState *state)
{
  AstFunction **slot = is_static ? &class->static_init : &class->instance_init;
  AstFunction *node = *slot;
  bool is_new = !node;
  if (is_new) {
    node = *slot = NODE(p, AstFunction, FUNCTION, p->tok.start);
    node->base.op = is_static ? AST_FUNCTION_STATIC_INIT : AST_FUNCTION_FIELD_INIT;
    node->is_class_member = true;
    node->body_start = p->tok.start;
  }
  parser_enter_function(p, state, node);
  state->allow_return = false;
  state->forbid_arguments = true;
  if (is_new) {
    node->scope = scope_open(p, AST_SCOPE_FUNCTION, node->base.start);
    node->scope->is_var_scope = true;
  } else {
    scope_reopen(p, node->scope);
  }
  return node;
}

static void leave_initializer(Parser *p, AstFunction *node, FunctionState *state)
{
  node->base.end = node->body_end = p->prev_end;
  scope_close(p);
  parser_leave_function(p, state);
}

static void parse_field(Parser *p, AstClass *class, AstClassElement *element, bool is_static)
{
  element->base.op = AST_ELEMENT_FIELD;
  FunctionState state;
  AstFunction *init = enter_initializer(p, class, is_static, &state);
  if (parser_eat(p, TOK_ASSIGN))
    element->value = parse_assignment(p);
  leave_initializer(p, init, &state);
  if (element->base.flags & AST_COMPUTED && !parser_failed(p)) {
    element->key_binding = scope_add_binding(p, class->scope, p->known.key, AST_BINDING_KEY, element->base.start);
    element->key_binding->captured = true;
    element->key_binding->is_referenced = true;
  }
}

/* ClassStaticBlock  ecma262#prod-ClassStaticBlock */
static void parse_static_block(Parser *p, AstClass *class, AstClassElement *element)
{
  element->base.op = AST_ELEMENT_STATIC_BLOCK;
  FunctionState state;
  AstFunction *init = enter_initializer(p, class, true, &state);
  state.await_reserved = true;
  AstBlock *block = NODE(p, AstBlock, BLOCK, p->tok.start);
  parser_expect(p, TOK_LBRACE);
  block->scope = scope_open(p, AST_SCOPE_STATIC_BLOCK, block->base.start);
  block->scope->is_var_scope = true;
  parse_statement_list(p, TOK_RBRACE, &block->body);
  scope_close(p);
  block->base.end = p->tok.end;
  element->value = &block->base;
  leave_initializer(p, init, &state);
  parser_expect(p, TOK_RBRACE);
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

typedef struct ElementHead {
  uint32_t start;
  bool is_static, is_async, is_generator;
  AstFunctionKind accessor; /* GETTER, SETTER or NORMAL */
  uint32_t key_start, key_end;
} ElementHead;

/* The word before this token is itself the element's name. */
static bool ends_element_name(const Token *tok)
{
  switch (tok->type) {
  case TOK_LPAREN:
  case TOK_ASSIGN:
  case TOK_SEMICOLON:
  case TOK_RBRACE:
  case TOK_EOF: return true;
  default: return false;
  }
}

static void parse_modifiers(Parser *p, ElementHead *head)
{
  if (tok_is_word(p, TOK_STATIC)) {
    Token next = lexer_peek(p);
    if (!ends_element_name(&next)) {
      head->is_static = true;
      lexer_next(p);
    }
  }
  if (tok_is_word(p, TOK_ASYNC)) {
    Token next = lexer_peek(p);
    if (!ends_element_name(&next) && !(next.flags & TOKEN_NEWLINE)) {
      head->is_async = true;
      lexer_next(p);
    }
  } else if (tok_is_word(p, TOK_GET) || tok_is_word(p, TOK_SET)) {
    Token next = lexer_peek(p);
    if (!ends_element_name(&next) && next.type != TOK_MUL) {
      head->accessor = tok_is(p, TOK_GET) ? AST_FUNCTION_GETTER : AST_FUNCTION_SETTER;
      lexer_next(p);
    }
  }
  if (head->accessor == AST_FUNCTION_NORMAL)
    head->is_generator = parser_eat(p, TOK_MUL);
}

static bool key_is(const AstClassElement *element, TokenType word)
{
  const AstNode *key = element->key;
  return key->kind == AST_STRING && !(element->base.flags & AST_COMPUTED) &&
         ((const AstString *)key)->value->word == word;
}

static void check_method_name(Parser *p, const AstClassElement *element, const ElementHead *head)
{
  const char *message = NULL;
  if (head->is_static && key_is(element, TOK_PROTOTYPE))
    message = "Classes may not have a static property named 'prototype'";
  else if (!head->is_static && key_is(element, TOK_CONSTRUCTOR))
    message = head->accessor != AST_FUNCTION_NORMAL ? "Class constructor may not be an accessor"
              : head->is_async                      ? "Class constructor may not be an async method"
              : head->is_generator                  ? "Class constructor may not be a generator"
                                                    : NULL;
  if (message)
    parser_error(p, head->key_start, head->key_end, message);
}

static void check_field_name(Parser *p, const AstClassElement *element, const ElementHead *head)
{
  if (key_is(element, TOK_CONSTRUCTOR))
    parser_error(p, head->key_start, head->key_end, "Classes may not have a field named 'constructor'");
  else if (head->is_static && key_is(element, TOK_PROTOTYPE))
    parser_error(p, head->key_start, head->key_end, "Classes may not have a static property named 'prototype'");
}

/* True when the element was the constructor, which is not listed. */
static bool parse_method(Parser *p, AstClass *class, AstClassElement *element, const ElementHead *head)
{
  FunctionSpec spec = {.kind = AST_FUNCTION_METHOD,
                       .start = head->start,
                       .is_async = head->is_async,
                       .is_generator = head->is_generator,
                       .is_class_member = true};
  check_method_name(p, element, head);
  bool is_constructor = !head->is_static && key_is(element, TOK_CONSTRUCTOR);
  if (is_constructor)
    spec.kind = class->heritage ? AST_FUNCTION_DERIVED_CONSTRUCTOR : AST_FUNCTION_CLASS_CONSTRUCTOR;
  else if (head->accessor != AST_FUNCTION_NORMAL)
    spec.kind = head->accessor;
  if (element->key->kind == AST_PRIVATE_NAME) {
    AstBindingKind kind = spec.kind == AST_FUNCTION_GETTER   ? AST_BINDING_PRIVATE_GETTER
                          : spec.kind == AST_FUNCTION_SETTER ? AST_BINDING_PRIVATE_SETTER
                                                             : AST_BINDING_PRIVATE_METHOD;
    declare_private(p, class, (AstIdentifier *)element->key, kind, head->is_static);
    if (head->is_static)
      class->has_static_private_methods = true;
    else
      class->has_instance_private_methods = true;
  }
  /* The text for toString begins behind `static`. */
  AstFunction *function = parse_function_rest(p, &spec);
  element->base.op = head->accessor == AST_FUNCTION_GETTER   ? AST_ELEMENT_GET
                     : head->accessor == AST_FUNCTION_SETTER ? AST_ELEMENT_SET
                                                             : AST_ELEMENT_METHOD;
  element->value = &function->base;
  if (!is_constructor)
    return false;
  if (class->constructor)
    parser_error(p, head->key_start, head->key_end, "A class may only have one constructor");
  class->constructor = function;
  return true;
}

static void parse_element(Parser *p, AstClass *class)
{
  AstClassElement *element = NODE(p, AstClassElement, CLASS_ELEMENT, p->tok.start);
  ElementHead head = {.start = p->tok.start, .accessor = AST_FUNCTION_NORMAL};
  uint32_t static_end = p->tok.end;
  parse_modifiers(p, &head);
  if (head.is_static) {
    element->base.flags |= AST_STATIC;
    if (tok_is(p, TOK_LBRACE) && p->prev_end == static_end) {
      parse_static_block(p, class, element);
      parser_push_kept(p, &p->stack, FINISH(p, element));
      return;
    }
    /* Skip `static` and what separates it from the rest. */
    LexerState state = lexer_save(p);
    p->pos = static_end;
    lexer_next(p);
    head.start = p->tok.start;
    lexer_restore(p, &state);
  }
  head.key_start = p->tok.start;
  head.key_end = p->tok.end;
  if (tok_is(p, TOK_HASH_NAME)) {
    AstIdentifier *id = NODE(p, AstIdentifier, PRIVATE_NAME, p->tok.start);
    id->name = p->tok.name;
    lexer_next(p);
    element->key = &id->base;
  } else {
    element->key = parse_property_name(p, &element->base.flags);
  }
  if (tok_is(p, TOK_LPAREN) || head.accessor != AST_FUNCTION_NORMAL || head.is_async || head.is_generator) {
    if (!tok_is(p, TOK_LPAREN))
      parser_unexpected(p);
    if (parser_failed(p) || parse_method(p, class, element, &head))
      return;
  } else {
    check_field_name(p, element, &head);
    if (element->key->kind == AST_PRIVATE_NAME)
      declare_private(p, class, (AstIdentifier *)element->key, AST_BINDING_PRIVATE_FIELD, head.is_static);
    parse_field(p, class, element, head.is_static);
    parser_semicolon(p);
  }
  parser_push_kept(p, &p->stack, FINISH(p, element));
}

/* --- the class --------------------------------------------------------------------------------------------------- */

static void parse_class_name(Parser *p, AstClass *class, bool is_expression, AstName *default_name)
{
  bool has_name = token_is_word(&p->tok) && !tok_is(p, TOK_EXTENDS);
  if (has_name) {
    AstIdentifier *id = parse_binding_identifier(p);
    class->name = id->name;
    class->name_start = id->base.start;
  } else if (!is_expression && !default_name) {
    parser_unexpected(p);
  }
}

AstClass *parse_class_definition(Parser *p, bool is_expression, AstName *default_name)
{
  AstClass *class = NODE(p, AstClass, CLASS, p->tok.start);
  bool saved_strict = p->is_strict, saved_no_in = p->no_in;
  if (!parser_has_stack(p))
    return class;
  p->is_strict = true;
  p->no_in = false;
  lexer_next(p);
  parse_class_name(p, class, is_expression, default_name);
  class->scope = scope_open(p, AST_SCOPE_CLASS, class->base.start);
  if (class->name) {
    class->inner_name = scope_add_binding(p, class->scope, class->name, AST_BINDING_CLASS, class->name_start);
    class->inner_name->is_const = true;
    class->inner_name->init_end = UINT32_MAX;
  }
  p->class_depth++;
  if (parser_eat(p, TOK_EXTENDS)) {
    uint32_t saved_cover = p->cover_init;
    p->cover_init = NO_POSITION;
    p->arrow_start = NO_POSITION;
    class->heritage = parse_left_hand_side(p);
    scope_end_heritage(p);
    parser_check_cover_init(p);
    p->cover_init = saved_cover;
  }
  uint32_t mark = p->stack.len;
  parser_expect(p, TOK_LBRACE);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    if (!parser_eat(p, TOK_SEMICOLON))
      parse_element(p, class);
  }
  class->elements = parser_pop_list(p, mark);
  class->base.end = p->tok.end;
  if (class->inner_name)
    class->inner_name->init_end = class->base.end;
  scope_close(p);
  p->class_depth--;
  p->is_strict = saved_strict;
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RBRACE);
  return class;
}

AstNode *parse_class_declaration(Parser *p, AstName *default_name)
{
  AstClassDecl *decl = NODE(p, AstClassDecl, CLASS_DECL, p->tok.start);
  uint32_t start = p->tok.start, end = p->tok.end;
  decl->klass = parse_class_definition(p, false, default_name);
  AstName *name = decl->klass->name;
  if (name) {
    start = decl->klass->name_start;
    end = start + name->len;
  } else {
    name = default_name ? default_name : p->known.empty;
  }
  decl->binding = scope_declare_lexical(p, name, start, end, AST_BINDING_CLASS);
  FINISH(p, decl);
  decl->binding->init_end = decl->base.end;
  return &decl->base;
}
