// SPDX-License-Identifier: MIT
/*
 * Patterns: binding patterns parsed as such, and the cover grammars: array and object literals that turn out to be
 * assignment patterns or arrow parameters are changed in place (ast.def gives both the same layout).
 */
#include "parser/parser.h"

/* --- binding patterns  ecma262#sec-destructuring-binding-patterns ------------------------------------------------ */

AstIdentifier *parse_binding_identifier(Parser *p)
{
  AstIdentifier *id = NODE(p, AstIdentifier, IDENTIFIER, p->tok.start);
  id->name = p->known.empty;
  if (parser_check_identifier(p, true)) {
    id->name = p->tok.name;
    lexer_next(p);
  }
  return id;
}

static void declare_binding(Parser *p, AstIdentifier *id, BindingUse use)
{
  uint32_t start = id->base.start, end = id->base.end;
  if (use == BIND_VAR) {
    scope_declare_var(p, id->name, start, end);
    return;
  }
  id->base.flags |= AST_REF_DECLARES;
  if (use == BIND_PARAM) {
    id->binding = scope_declare_param(p, id->name, start, end);
    return;
  }
  if (use == BIND_CATCH) {
    if (id->name->top && id->name->top->scope == p->scope)
      parser_error_format(p, start, end, "Identifier '%n' has already been declared", id->name);
    id->binding = scope_add_binding(p, p->scope, id->name, AST_BINDING_CATCH, start);
    id->binding->init_end = UINT32_MAX;
    return;
  }
  if (id->name->word == TOK_LET)
    parser_error(p, start, end, "let is disallowed as a lexically bound name");
  id->binding = scope_declare_lexical(p, id->name, start, end,
                                      use == BIND_LET     ? AST_BINDING_LET
                                      : use == BIND_CONST ? AST_BINDING_CONST
                                                          : AST_BINDING_USING);
}

/* Name or nested pattern; a `var` name inside a pattern is an assignment through a reference. */
static AstNode *parse_pattern_target(Parser *p, BindingUse use);

static AstNode *parse_pattern_element(Parser *p, BindingUse use)
{
  AstNode *target = parse_pattern_target(p, use);
  if (!tok_is(p, TOK_ASSIGN))
    return target;
  AstBinary *node = NODE(p, AstBinary, DEFAULT, target->start);
  bool saved_no_in = p->no_in;
  node->op_start = p->tok.start;
  node->left = target;
  p->no_in = false;
  p->fn->has_param_expressions |= use == BIND_PARAM;
  lexer_next(p);
  node->right = parse_assignment(p);
  p->no_in = saved_no_in;
  return FINISH(p, node);
}

static AstNode *parse_pattern_rest(Parser *p, BindingUse use, bool in_object)
{
  AstUnary *rest = NODE(p, AstUnary, REST, p->tok.start);
  lexer_next(p);
  if (in_object && !token_is_word(&p->tok))
    parser_error(p, p->tok.start, p->tok.end, "`...` must be followed by an identifier in declaration contexts");
  rest->operand = parse_pattern_target(p, use);
  if (tok_is(p, TOK_COMMA))
    parser_error(p, in_object ? rest->operand->start : rest->base.start, p->prev_end,
                 "Rest element must be last element");
  return FINISH(p, rest);
}

static AstNode *parse_array_pattern(Parser *p, BindingUse use)
{
  AstArray *node = NODE(p, AstArray, ARRAY_PATTERN, p->tok.start);
  uint32_t mark = p->stack.len;
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACKET) && !parser_failed(p)) {
    AstNode *element;
    if (tok_is(p, TOK_COMMA)) {
      element = NODE(p, AstNode, HOLE, p->tok.start);
      lexer_next(p);
      parser_push_kept(p, &p->stack, element);
      continue;
    }
    bool is_rest = tok_is(p, TOK_ELLIPSIS);
    element = is_rest ? parse_pattern_rest(p, use, false) : parse_pattern_element(p, use);
    parser_push_kept(p, &p->stack, element);
    if (is_rest || !parser_eat(p, TOK_COMMA))
      break;
  }
  parser_expect(p, TOK_RBRACKET);
  node->elements = parser_pop_list(p, mark);
  return FINISH(p, node);
}

static AstNode *parse_pattern_property(Parser *p, BindingUse use)
{
  AstProperty *property = NODE(p, AstProperty, PROPERTY, p->tok.start);
  Token first = p->tok;
  if (token_is_word(&first)) {
    Token next = lexer_peek(p);
    if (next.type != TOK_COLON) {
      AstString *key = NODE(p, AstString, STRING, first.start);
      key->value = first.name;
      property->key = &key->base;
      property->base.op = AST_PROPERTY_SHORTHAND;
      property->value = parse_pattern_element(p, use);
      return FINISH(p, property);
    }
  }
  property->base.op = AST_PROPERTY_INIT;
  property->key = parse_property_name(p, &property->base.flags);
  p->fn->has_param_expressions |= use == BIND_PARAM && property->base.flags & AST_COMPUTED;
  if (!tok_is(p, TOK_COLON) && !(property->base.flags & AST_COMPUTED))
    parser_unexpected_token(p, &first);
  parser_expect(p, TOK_COLON);
  property->value = parse_pattern_element(p, use);
  return FINISH(p, property);
}

static AstNode *parse_object_pattern(Parser *p, BindingUse use)
{
  AstObject *node = NODE(p, AstObject, OBJECT_PATTERN, p->tok.start);
  uint32_t mark = p->stack.len;
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    bool is_rest = tok_is(p, TOK_ELLIPSIS);
    AstNode *item = is_rest ? parse_pattern_rest(p, use, true) : parse_pattern_property(p, use);
    parser_push_kept(p, &p->stack, item);
    if (is_rest || !parser_eat(p, TOK_COMMA))
      break;
  }
  parser_expect(p, TOK_RBRACE);
  node->properties = parser_pop_list(p, mark);
  return FINISH(p, node);
}

static AstNode *parse_pattern_target(Parser *p, BindingUse use)
{
  if (!parser_has_stack(p))
    return NODE(p, AstNode, NULL_LITERAL, p->tok.start);
  if (tok_is(p, TOK_LBRACKET))
    return parse_array_pattern(p, use);
  if (tok_is(p, TOK_LBRACE))
    return parse_object_pattern(p, use);
  AstIdentifier *id = parse_binding_identifier(p);
  declare_binding(p, id, use);
  if (use == BIND_VAR) {
    id->base.flags |= AST_REF_ASSIGNED;
    scope_reference(p, id);
  }
  return &id->base;
}

AstNode *parse_binding_target(Parser *p, BindingUse use)
{
  if (tok_is(p, TOK_LBRACKET) || tok_is(p, TOK_LBRACE))
    return parse_pattern_target(p, use);
  AstIdentifier *id = parse_binding_identifier(p);
  declare_binding(p, id, use);
  return &id->base;
}

/* --- reinterpretation of expressions ----------------------------------------------------------------------------- */

bool pattern_is_simple_target(Parser *p, const AstNode *node)
{
  switch (node->kind) {
  case AST_IDENTIFIER:
  case AST_MEMBER:
  case AST_INDEX:
  case AST_PRIVATE_MEMBER:
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: return true;
  /* A call as a target is an error only when it is reached, in sloppy code.
   * ecma262#sec-runtime-errors-for-function-call-assignment-targets */
  case AST_CALL: return !p->is_strict;
  default: return false;
  }
}

static void invalid_target(Parser *p, const AstNode *node, TargetUse use)
{
  parser_error_node(p, node, "Invalid destructuring assignment target");
}

static AstNode *convert(Parser *p, AstNode *node, TargetUse use);

static void convert_array(Parser *p, AstArray *array, TargetUse use)
{
  array->base.kind = AST_ARRAY_PATTERN;
  array->base.flags &= (uint8_t)~AST_HAS_SPREAD;
  for (uint32_t k = 0; k < array->elements.len && !parser_failed(p); k++) {
    AstNode *element = array->elements.items[k];
    if (element->kind == AST_HOLE)
      continue;
    if (element->kind != AST_SPREAD && element->kind != AST_REST) {
      array->elements.items[k] = convert(p, element, use);
      continue;
    }
    AstUnary *rest = (AstUnary *)element;
    if (k + 1 < array->elements.len || element->flags & AST_TRAILING_COMMA) {
      parser_error_node(p, element, "Rest element must be last element");
      return;
    }
    element->kind = AST_REST;
    if (rest->operand->kind == AST_ASSIGN || rest->operand->kind == AST_DEFAULT)
      invalid_target(p, rest->operand, use);
    rest->operand = convert(p, rest->operand, use);
  }
}

static void convert_property(Parser *p, AstProperty *property, TargetUse use)
{
  if (property->base.op == AST_PROPERTY_PROTO)
    property->base.op = AST_PROPERTY_INIT;
  if (property->base.op > AST_PROPERTY_SHORTHAND) {
    parser_error(p, property->key->start, property->key->end, "Invalid destructuring assignment target");
    return;
  }
  if (use == TARGET_PARAM && property->base.flags & AST_COMPUTED)
    p->fn->has_param_expressions = true;
  property->value = convert(p, property->value, use);
}

static void convert_object(Parser *p, AstObject *object, TargetUse use)
{
  object->base.kind = AST_OBJECT_PATTERN;
  for (uint32_t k = 0; k < object->properties.len && !parser_failed(p); k++) {
    AstNode *item = object->properties.items[k];
    if (item->kind == AST_PROPERTY) {
      convert_property(p, (AstProperty *)item, use);
      continue;
    }
    AstUnary *rest = (AstUnary *)item;
    if (k + 1 < object->properties.len || item->flags & AST_TRAILING_COMMA) {
      parser_error_node(p, item, "Rest element must be last element");
      return;
    }
    item->kind = AST_REST;
    AstKind kind = rest->operand->kind;
    if (use == TARGET_PARAM ? kind != AST_IDENTIFIER : !pattern_is_simple_target(p, rest->operand) || kind == AST_CALL)
      parser_error_node(p, rest->operand,
                        use == TARGET_PARAM
                            ? "`...` must be followed by an identifier in declaration contexts"
                            : "`...` must be followed by an assignable reference in assignment contexts");
    rest->operand = convert(p, rest->operand, use);
  }
}

static AstNode *convert_identifier(Parser *p, AstIdentifier *id, TargetUse use)
{
  if (use == TARGET_ASSIGN) {
    if (p->is_strict && (id->name->word == TOK_EVAL || id->name->word == TOK_ARGUMENTS))
      invalid_target(p, &id->base, use);
    id->base.flags |= AST_REF_ASSIGNED;
    return &id->base;
  }
  if (p->is_strict && (id->name->word == TOK_EVAL || id->name->word == TOK_ARGUMENTS))
    parser_error_node(p, &id->base, "Unexpected eval or arguments in strict mode");
  id->base.flags &= (uint8_t)~AST_REF_ASSIGNED;
  declare_binding(p, id, BIND_PARAM);
  return &id->base;
}

static AstNode *convert(Parser *p, AstNode *node, TargetUse use)
{
  if (parser_failed(p) || !parser_has_stack(p))
    return node;
  bool in_parens = node->flags & AST_PARENTHESIZED;
  if (use == TARGET_PARAM && in_parens) {
    invalid_target(p, node, use);
    return node;
  }
  switch (node->kind) {
  case AST_IDENTIFIER: return convert_identifier(p, (AstIdentifier *)node, use);
  case AST_MEMBER:
  case AST_INDEX:
  case AST_PRIVATE_MEMBER:
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX:
    if (use == TARGET_PARAM)
      break;
    parser_needs_arguments(node);
    return node;
  case AST_ARRAY:
  case AST_ARRAY_PATTERN:
    if (in_parens)
      break;
    convert_array(p, (AstArray *)node, use);
    return node;
  case AST_OBJECT:
  case AST_OBJECT_PATTERN:
    if (in_parens)
      break;
    convert_object(p, (AstObject *)node, use);
    return node;
  case AST_ASSIGN:
  case AST_DEFAULT: {
    AstBinary *binary = (AstBinary *)node;
    if (in_parens)
      break;
    node->kind = AST_DEFAULT;
    if (use == TARGET_PARAM)
      p->fn->has_param_expressions = true;
    binary->left = convert(p, binary->left, use);
    return node;
  }
  default: break;
  }
  invalid_target(p, node, use);
  return node;
}

AstNode *pattern_from_expression(Parser *p, AstNode *node, TargetUse use)
{
  return convert(p, node, use);
}
