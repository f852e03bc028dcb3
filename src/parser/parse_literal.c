// SPDX-License-Identifier: MIT
/* Literals  ecma262#sec-primary-expression-literals: numbers, strings, templates, arrays, objects, property names. */
#include "parser/parser.h"

AstNode *parse_number(Parser *p)
{
  if (tok_is(p, TOK_BIGINT)) {
    AstBigInt *node = NODE(p, AstBigInt, BIGINT, p->tok.start);
    node->digits = p->tok.name;
    node->radix = p->tok.u.radix;
    lexer_next(p);
    return &node->base;
  }
  AstNumber *node = NODE(p, AstNumber, NUMBER, p->tok.start);
  node->value = p->tok.u.number;
  check_legacy_literal(p, &p->tok);
  lexer_next(p);
  return &node->base;
}

AstNode *parse_string(Parser *p)
{
  AstString *node = NODE(p, AstString, STRING, p->tok.start);
  node->value = p->tok.name;
  if (p->tok.flags & TOKEN_ESCAPED)
    node->base.flags |= AST_HAS_ESCAPE;
  if (p->tok.flags & (TOKEN_OCTAL | TOKEN_EIGHT)) {
    node->base.flags |= AST_LEGACY_ESCAPE;
    check_legacy_literal(p, &p->tok);
  }
  lexer_next(p);
  return &node->base;
}

/* The current token is the first piece. */
AstTemplate *parse_template(Parser *p, bool is_tagged)
{
  AstTemplate *node = NODE(p, AstTemplate, TEMPLATE, p->tok.start);
  ARENA_VEC(AstTemplatePart) parts = {0};
  uint32_t mark = p->stack.len;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  for (;;) {
    if (!tok_is(p, TOK_TEMPLATE)) {
      parser_unexpected(p);
      break;
    }
    if (!p->tok.name && !is_tagged)
      check_template_escape(p, &p->tok);
    AstTemplatePart part = {p->tok.name, p->tok.u.raw};
    parser_push(p, &parts, part);
    bool is_tail = p->tok.flags & TOKEN_TAIL;
    lexer_next(p);
    if (is_tail)
      break;
    AstNode *substitution = parse_expression(p);
    parser_push_kept(p, &p->stack, substitution);
    if (!tok_is(p, TOK_RBRACE)) {
      if (tok_is(p, TOK_ERROR))
        parser_unexpected(p);
      else
        parser_error(p, substitution->start, p->tok.start, "Missing } in template expression");
      break;
    }
    lexer_template_continue(p);
  }
  p->no_in = saved_no_in;
  node->parts = parts.items;
  node->part_count = parts.len;
  node->substitutions = parser_pop_list(p, mark);
  FINISH(p, node);
  return node;
}

AstNode *parse_array_literal(Parser *p)
{
  AstArray *node = NODE(p, AstArray, ARRAY, p->tok.start);
  uint32_t mark = p->stack.len;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACKET) && !parser_failed(p)) {
    AstNode *element;
    if (tok_is(p, TOK_COMMA)) {
      element = NODE(p, AstNode, HOLE, p->tok.start);
      lexer_next(p);
      parser_push_kept(p, &p->stack, element);
      continue;
    }
    if (tok_is(p, TOK_ELLIPSIS)) {
      AstUnary *spread = NODE(p, AstUnary, SPREAD, p->tok.start);
      lexer_next(p);
      spread->operand = parse_assignment_cover(p);
      element = FINISH(p, spread);
      node->base.flags |= AST_HAS_SPREAD;
      if (tok_is(p, TOK_COMMA))
        element->flags |= AST_TRAILING_COMMA;
    } else {
      element = parse_assignment_cover(p);
    }
    parser_push_kept(p, &p->stack, element);
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RBRACKET);
  node->elements = parser_pop_list(p, mark);
  return FINISH(p, node);
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

/* PropertyName  ecma262#prod-PropertyName */
AstNode *parse_property_name(Parser *p, uint8_t *flags)
{
  if (token_is_word(&p->tok)) {
    AstString *node = NODE(p, AstString, STRING, p->tok.start);
    node->value = p->tok.name;
    lexer_next(p);
    return &node->base;
  }
  switch (p->tok.type) {
  case TOK_STRING: return parse_string(p);
  case TOK_NUMBER:
  case TOK_BIGINT: return parse_number(p);
  case TOK_LBRACKET: {
    bool saved_no_in = p->no_in;
    *flags |= AST_COMPUTED;
    p->no_in = false;
    lexer_next(p);
    AstNode *node = parse_assignment(p);
    p->no_in = saved_no_in;
    parser_expect(p, TOK_RBRACKET);
    return node;
  }
  default: {
    parser_unexpected(p);
    AstString *node = NODE(p, AstString, STRING, p->tok.start);
    node->value = p->known.empty;
    return &node->base;
  }
  }
}

static void cover_only(Parser *p, uint32_t start, uint32_t end, const char *message)
{
  if (p->cover_init != NO_POSITION)
    return;
  p->cover_init = start;
  p->cover_init_end = end;
  p->cover_message = message;
}

static bool ends_property_name(TokenType type)
{
  return type == TOK_COMMA || type == TOK_RBRACE || type == TOK_COLON || type == TOK_LPAREN || type == TOK_ASSIGN;
}

static AstNode *parse_method_value(Parser *p, AstFunctionKind kind, uint32_t start, bool is_async, bool is_generator)
{
  FunctionSpec spec = {.kind = kind, .start = start, .is_async = is_async, .is_generator = is_generator};
  if (!tok_is(p, TOK_LPAREN)) {
    parser_unexpected(p);
    return NODE(p, AstNode, NULL_LITERAL, start);
  }
  return &parse_function_rest(p, &spec)->base;
}

/* `name` or, where this may be a pattern, `name = initialiser`. The name was consumed as a property key. */
static void parse_shorthand(Parser *p, AstProperty *property, const Token *name)
{
  AstIdentifier *id = NODE(p, AstIdentifier, IDENTIFIER, name->start);
  property->base.op = AST_PROPERTY_SHORTHAND;
  property->value = &id->base;
  id->base.end = name->end;
  id->name = name->name ? name->name : p->known.empty;
  if (!token_is_word(name)) {
    parser_unexpected(p);
    return;
  }
  Token after = p->tok;
  uint32_t pos = p->pos;
  p->tok = *name; /* judge the name as if it were the current token */
  bool is_good = parser_check_identifier(p, false);
  if (!is_good)
    return;
  p->tok = after;
  p->pos = pos;
  scope_reference(p, id);
  if (!tok_is(p, TOK_ASSIGN))
    return;
  AstBinary *init = NODE(p, AstBinary, ASSIGN, name->start);
  init->op_start = p->tok.start;
  init->left = &id->base;
  lexer_next(p);
  init->right = parse_assignment(p);
  property->value = FINISH(p, init);
  cover_only(p, name->start, p->prev_end, "Invalid shorthand property initializer");
}

static bool is_proto_key(const AstNode *key)
{
  return key->kind == AST_STRING && ((const AstString *)key)->value->word == TOK_PROTO;
}

static AstNode *parse_property(Parser *p, bool *has_proto)
{
  AstProperty *property = NODE(p, AstProperty, PROPERTY, p->tok.start);
  uint32_t start = p->tok.start;
  bool is_async = false, is_generator = false;
  AstFunctionKind accessor = AST_FUNCTION_NORMAL;
  Token first = p->tok;

  if (tok_is_word(p, TOK_ASYNC) || tok_is_word(p, TOK_GET) || tok_is_word(p, TOK_SET)) {
    Token next = lexer_peek(p);
    bool is_modifier = !ends_property_name(next.type) && !(first.type == TOK_ASYNC && next.flags & TOKEN_NEWLINE);
    if (is_modifier) {
      lexer_next(p);
      is_async = first.type == TOK_ASYNC;
      accessor = first.type == TOK_GET   ? AST_FUNCTION_GETTER
                 : first.type == TOK_SET ? AST_FUNCTION_SETTER
                                         : AST_FUNCTION_NORMAL;
      first = p->tok;
    }
  }
  if (tok_is(p, TOK_MUL) && accessor == AST_FUNCTION_NORMAL) {
    is_generator = true;
    lexer_next(p);
    first = p->tok;
  }
  if (tok_is(p, TOK_HASH_NAME))
    parser_unexpected(p);
  property->key = parse_property_name(p, &property->base.flags);
  bool is_computed = property->base.flags & AST_COMPUTED;

  if (accessor != AST_FUNCTION_NORMAL) {
    property->base.op = accessor == AST_FUNCTION_GETTER ? AST_PROPERTY_GET : AST_PROPERTY_SET;
    property->value = parse_method_value(p, accessor, start, false, false);
  } else if (is_async || is_generator || tok_is(p, TOK_LPAREN)) {
    property->base.op = AST_PROPERTY_METHOD;
    property->value = parse_method_value(p, AST_FUNCTION_METHOD, start, is_async, is_generator);
  } else if (parser_eat(p, TOK_COLON)) {
    property->base.op = AST_PROPERTY_INIT;
    if (!is_computed && is_proto_key(property->key)) {
      property->base.op = AST_PROPERTY_PROTO;
      if (*has_proto)
        cover_only(p, first.start, first.end, "Duplicate __proto__ fields are not allowed in object literals");
      *has_proto = true;
    }
    property->value = parse_assignment_cover(p);
  } else if (is_computed) {
    parser_unexpected(p);
    property->value = property->key;
  } else {
    parse_shorthand(p, property, &first);
  }
  return FINISH(p, property);
}

AstNode *parse_object_literal(Parser *p)
{
  AstObject *node = NODE(p, AstObject, OBJECT, p->tok.start);
  uint32_t mark = p->stack.len;
  bool has_proto = false, saved_no_in = p->no_in;
  p->no_in = false;
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    AstNode *item;
    if (tok_is(p, TOK_ELLIPSIS)) {
      AstUnary *spread = NODE(p, AstUnary, SPREAD, p->tok.start);
      lexer_next(p);
      spread->operand = parse_assignment_cover(p);
      item = FINISH(p, spread);
      if (tok_is(p, TOK_COMMA))
        item->flags |= AST_TRAILING_COMMA;
    } else {
      item = parse_property(p, &has_proto);
    }
    parser_push_kept(p, &p->stack, item);
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RBRACE);
  node->properties = parser_pop_list(p, mark);
  return FINISH(p, node);
}
