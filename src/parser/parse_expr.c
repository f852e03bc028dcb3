// SPDX-License-Identifier: MIT
/*
 * Expressions  ecma262#sec-ecmascript-language-expressions
 *
 * Binary operators by precedence climbing. Arrow functions are recognised where the parenthesis closes (or after a
 * single name), but only when the parenthesis or name stands at p->arrow_start, where an AssignmentExpression begins;
 * the bare arrow that primary expressions may thus return is passed through all levels unchanged.
 */
#include "parser/parser.h"

static AstNode *parse_unary(Parser *p);

static bool is_bare_arrow(const AstNode *node)
{
  return node->kind == AST_FUNCTION && node->op == AST_FUNCTION_ARROW && !(node->flags & AST_PARENTHESIZED);
}

static bool is_literal_cover(const AstNode *node)
{
  return (node->kind == AST_ARRAY || node->kind == AST_OBJECT) && !(node->flags & AST_PARENTHESIZED);
}

void parser_check_cover_init(Parser *p)
{
  if (p->cover_init != NO_POSITION)
    parser_error(p, p->cover_init, p->cover_init_end, p->cover_message);
}

/* --- identifiers ------------------------------------------------------------------------------------------------- */

bool token_can_be_identifier(const Parser *p, const Token *tok)
{
  TokenType type = tok->type;
  if (token_is_plain_identifier(type))
    return true;
  if (type == TOK_AWAIT)
    return !p->is_module && !p->fn->is_async && !p->fn->await_reserved;
  if (type == TOK_YIELD)
    return !p->is_strict && !p->fn->is_generator;
  return token_is_strict_reserved(type) && !p->is_strict;
}

bool parser_check_identifier(Parser *p, bool is_binding)
{
  if (js_unlikely(!token_can_be_identifier(p, &p->tok))) {
    bool escaped = p->tok.flags & TOKEN_ESCAPED && token_is_word(&p->tok);
    if (escaped)
      parser_error(p, p->tok.start, p->tok.end, "Keyword must not contain escaped characters");
    else
      parser_unexpected(p);
    return false;
  }
  if (js_unlikely(p->tok.type == TOK_AWAIT))
    p->last_await_name = p->tok.start + 1;
  if (js_unlikely(p->tok.type == TOK_ARGUMENTS && p->fn->forbid_arguments && !is_binding)) {
    parser_error(p, p->tok.start, p->tok.end,
                 "'arguments' is not allowed in class field initializer or static initialization block");
    return false;
  }
  if (js_unlikely(is_binding && p->is_strict && (p->tok.type == TOK_EVAL || p->tok.type == TOK_ARGUMENTS))) {
    parser_error(p, p->tok.start, p->tok.end, "Unexpected eval or arguments in strict mode");
    return false;
  }
  return true;
}

AstIdentifier *parse_identifier_reference(Parser *p)
{
  AstIdentifier *id = NODE(p, AstIdentifier, IDENTIFIER, p->tok.start);
  id->name = p->known.empty;
  if (parser_check_identifier(p, false)) {
    id->name = p->tok.name;
    scope_reference(p, id);
    lexer_next(p);
  }
  return id;
}

static AstIdentifier *synthetic_reference(Parser *p, AstKind kind, AstName *name, uint32_t start)
{
  AstIdentifier *id = parser_node(p, sizeof *id, kind, start);
  id->name = name;
  scope_reference(p, id);
  return id;
}

static AstIdentifier *private_reference(Parser *p)
{
  AstIdentifier *id = synthetic_reference(p, AST_PRIVATE_NAME, p->tok.name, p->tok.start);
  lexer_next(p);
  return id;
}

/* --- primary expressions ----------------------------------------------------------------------------------------- */

/* A name was consumed and => follows. */
static AstNode *parse_arrow_with_name(Parser *p, AstNode *param, const ArrowMark *mark, bool is_async)
{
  uint32_t list_mark = p->stack.len;
  parser_push_kept(p, &p->stack, param);
  return parse_arrow(p, parser_pop_list(p, list_mark), mark, is_async);
}

static AstNode *parse_name(Parser *p)
{
  bool may_arrow = p->arrow_start == p->tok.start;
  ArrowMark mark = parser_arrow_mark(p);
  AstIdentifier *id = parse_identifier_reference(p);
  if (tok_is(p, TOK_ARROW) && may_arrow && !tok_newline_before(p))
    return parse_arrow_with_name(p, &id->base, &mark, false);
  return &id->base;
}

/* The current token is `async`, unescaped: a function, an arrow with one bare name, or just a name. */
static AstNode *parse_async(Parser *p)
{
  Token next = lexer_peek(p);
  if (next.flags & TOKEN_NEWLINE)
    return parse_name(p);
  if (next.type == TOK_FUNCTION)
    return parse_function_expression(p);
  bool may_arrow = p->arrow_start == p->tok.start;
  if (!may_arrow || !(token_is_plain_identifier(next.type) || token_is_strict_reserved(next.type)))
    return parse_name(p);
  ArrowMark mark = parser_arrow_mark(p);
  Token after;
  {
    LexerState state = lexer_save(p);
    lexer_next(p);
    after = lexer_peek(p);
    if (after.type != TOK_ARROW) { /* `for (async of ...)`, or an error that is reported behind `async` */
      lexer_restore(p, &state);
      return parse_name(p);
    }
  }
  if (tok_is(p, TOK_AWAIT))
    parser_unexpected(p);
  AstIdentifier *param = parse_identifier_reference(p);
  if (tok_newline_before(p)) {
    parser_unexpected(p);
    return &param->base;
  }
  return parse_arrow_with_name(p, &param->base, &mark, true);
}

/* CoverParenthesizedExpressionAndArrowParameterList  ecma262#prod-CoverParenthesizedExpressionAndArrowParameterList */
static AstNode *parse_parenthesized(Parser *p)
{
  bool may_arrow = p->arrow_start == p->tok.start;
  ArrowMark mark = parser_arrow_mark(p);
  uint32_t list_mark = p->stack.len, saved_cover = p->cover_init;
  bool saved_no_in = p->no_in;
  Token only_params = {0}; /* a token that arrow parameters alone may have */
  p->no_in = false;
  p->cover_init = NO_POSITION;
  lexer_next(p);
  p->eager_start = p->tok.start;
  while (!tok_is(p, TOK_RPAREN)) {
    if (tok_is(p, TOK_ELLIPSIS)) {
      only_params = p->tok;
      AstUnary *rest = NODE(p, AstUnary, SPREAD, p->tok.start);
      lexer_next(p);
      rest->operand = parse_assignment_cover(p);
      parser_push_kept(p, &p->stack, FINISH(p, rest));
      if (!tok_is(p, TOK_RPAREN))
        parser_error(p, p->tok.start, p->tok.end,
                     tok_is(p, TOK_COMMA) ? "Rest parameter must be last formal parameter" : "Unexpected token");
      break;
    }
    AstNode *item = parse_assignment_cover(p);
    parser_push_kept(p, &p->stack, item);
    if (!tok_is(p, TOK_COMMA))
      break;
    Token comma = p->tok;
    lexer_next(p);
    if (tok_is(p, TOK_RPAREN))
      only_params = comma;
  }
  p->no_in = saved_no_in;
  Token closing = p->tok;
  parser_expect(p, TOK_RPAREN);
  AstList list = parser_pop_list(p, list_mark);
  if (tok_is(p, TOK_ARROW) && may_arrow && !tok_newline_before(p)) {
    p->cover_init = saved_cover;
    return parse_arrow(p, list, &mark, false);
  }
  if (only_params.type)
    parser_unexpected_token(p, only_params.type == TOK_COMMA ? &closing : &only_params);
  else if (!list.len)
    parser_unexpected_token(p, tok_is(p, TOK_ARROW) ? &p->tok : &closing);
  parser_check_cover_init(p);
  p->cover_init = saved_cover;
  if (parser_failed(p))
    return NODE(p, AstNode, NULL_LITERAL, mark.start);
  AstNode *node = list.items[0];
  if (list.len > 1) {
    AstSequence *sequence = NODE(p, AstSequence, SEQUENCE, node->start);
    sequence->expressions = list;
    sequence->base.end = list.items[list.len - 1]->end;
    node = &sequence->base;
  }
  node->flags |= AST_PARENTHESIZED;
  return node;
}

static AstNode *parse_keyword_literal(Parser *p, AstKind kind)
{
  AstNode *node = parser_node(p, sizeof *node, kind, p->tok.start);
  lexer_next(p);
  return node;
}

static AstNode *parse_regexp(Parser *p)
{
  AstRegExp *node = NODE(p, AstRegExp, REGEXP, p->tok.start);
  node->pattern = node->flags = p->known.empty;
  if (lexer_regexp(p, node)) {
    p->tok.type = TOK_STRING; /* no longer an operator, for whoever asks what came before */
    lexer_next(p);
  }
  return FINISH(p, node);
}

static AstNode *parse_primary(Parser *p)
{
  uint32_t start = p->tok.start;
  switch (p->tok.type) {
  case TOK_IDENTIFIER: return parse_name(p);
  case TOK_ASYNC: return p->tok.flags & TOKEN_ESCAPED ? parse_name(p) : parse_async(p);
  case TOK_NUMBER:
  case TOK_BIGINT: return parse_number(p);
  case TOK_STRING: return parse_string(p);
  case TOK_TEMPLATE: return &parse_template(p, false)->base;
  case TOK_LPAREN: return parse_parenthesized(p);
  case TOK_LBRACKET: return parse_array_literal(p);
  case TOK_LBRACE: return parse_object_literal(p);
  case TOK_FUNCTION: return parse_function_expression(p);
  case TOK_CLASS: return &parse_class_definition(p, true, NULL)->base;
  case TOK_THIS: {
    AstIdentifier *node = synthetic_reference(p, AST_THIS, p->known.this_, start);
    lexer_next(p);
    return &node->base;
  }
  case TOK_NULL: return parse_keyword_literal(p, AST_NULL_LITERAL);
  case TOK_TRUE: return parse_keyword_literal(p, AST_TRUE_LITERAL);
  case TOK_FALSE: return parse_keyword_literal(p, AST_FALSE_LITERAL);
  case TOK_DIV:
  case TOK_ASSIGN_DIV: return parse_regexp(p);
  default:
    if (token_is_plain_identifier(p->tok.type) || token_is_strict_reserved(p->tok.type))
      return parse_name(p);
    parser_unexpected(p);
    return NODE(p, AstNode, NULL_LITERAL, start);
  }
}

/* --- calls and members ------------------------------------------------------------------------------------------- */

/* The arguments after `(`, each parsed by `parse_one`, and the `)`. rest_not_last, where it is given: whether a comma
 * follows a spread argument. */
static AstList parse_argument_list(Parser *p, AstNode *(*parse_one)(Parser *), uint8_t *flags, bool *rest_not_last)
{
  uint32_t mark = p->stack.len;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  lexer_next(p);
  while (!tok_is(p, TOK_RPAREN)) {
    AstNode *arg;
    if (tok_is(p, TOK_ELLIPSIS)) {
      AstUnary *spread = NODE(p, AstUnary, SPREAD, p->tok.start);
      lexer_next(p);
      spread->operand = parse_one(p);
      arg = FINISH(p, spread);
      *flags |= AST_HAS_SPREAD;
      if (rest_not_last)
        *rest_not_last = tok_is(p, TOK_COMMA);
    } else {
      arg = parse_one(p);
    }
    parser_push_kept(p, &p->stack, arg);
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  if (!tok_is(p, TOK_RPAREN)) {
    if (tok_is(p, TOK_ERROR))
      parser_unexpected(p);
    parser_error(p, p->prev_start, p->prev_end, "missing ) after argument list");
  }
  lexer_next(p);
  p->no_in = saved_no_in;
  return parser_pop_list(p, mark);
}

void parse_arguments(Parser *p, AstList *args, uint8_t *flags)
{
  *args = parse_argument_list(p, parse_assignment, flags, NULL);
}

/* `async (` at a place where an arrow may start: arguments that may turn out to be parameters. Fills call, or returns
 * the arrow. */
static AstNode *parse_async_call(Parser *p, AstCall *call, const ArrowMark *mark)
{
  uint32_t saved_cover = p->cover_init;
  bool rest_not_last = false;
  p->cover_init = NO_POSITION;
  call->args = parse_argument_list(p, parse_assignment_cover, &call->base.flags, &rest_not_last);
  if (tok_is(p, TOK_ARROW) && !tok_newline_before(p)) {
    if (rest_not_last)
      parser_error(p, mark->start, p->prev_end, "Rest parameter must be last formal parameter");
    p->cover_init = saved_cover;
    return parse_arrow(p, call->args, mark, true);
  }
  parser_check_cover_init(p);
  p->cover_init = saved_cover;
  return NULL;
}

static AstNode *parse_member_name(Parser *p, AstNode *object, uint32_t start)
{
  if (tok_is(p, TOK_HASH_NAME)) {
    AstPrivateMember *member = NODE(p, AstPrivateMember, PRIVATE_MEMBER, start);
    member->object = object;
    member->name = private_reference(p);
    return FINISH(p, member);
  }
  AstMember *member = NODE(p, AstMember, MEMBER, start);
  member->object = object;
  member->name_start = p->tok.start;
  member->name = p->known.empty;
  if (!token_is_word(&p->tok)) {
    parser_unexpected(p);
    return &member->base;
  }
  member->name = p->tok.name;
  lexer_next(p);
  return FINISH(p, member);
}

/* The identifier of `arguments.x`, or NULL. */
static AstIdentifier *arguments_of_member(AstNode *node)
{
  AstNode *object = node->kind == AST_MEMBER ? ((AstMember *)node)->object : NULL;
  return object && object->kind == AST_IDENTIFIER ? (AstIdentifier *)object : NULL;
}

/* A function that asks for the number of its arguments only needs no object for it. */
static void note_arguments_length(Parser *p, AstNode *node)
{
  AstIdentifier *object = arguments_of_member(node);
  if (object && object->name == p->known.arguments && ((AstMember *)node)->name == p->known.length)
    object->base.flags |= AST_REF_MAY_COUNT;
}

void parser_needs_arguments(AstNode *node)
{
  AstIdentifier *object = arguments_of_member(node);
  if (object)
    object->base.flags &= (uint8_t)~AST_REF_MAY_COUNT;
}

static AstNode *parse_index(Parser *p, AstNode *object, uint32_t start)
{
  bool saved_no_in = p->no_in;
  AstIndex *node = NODE(p, AstIndex, INDEX, start);
  p->no_in = false;
  lexer_next(p);
  node->object = object;
  node->index = parse_expression(p);
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RBRACKET);
  return FINISH(p, node);
}

static AstNode *parse_call(Parser *p, AstNode *callee, uint32_t start, bool is_optional)
{
  AstCall *call = NODE(p, AstCall, CALL, start);
  call->callee = callee;
  call->args_start = p->tok.start;
  parser_needs_arguments(callee);
  parse_arguments(p, &call->args, &call->base.flags);
  if (callee->kind == AST_IDENTIFIER && ((AstIdentifier *)callee)->name->word == TOK_EVAL && !is_optional)
    scope_direct_eval(p, call);
  return FINISH(p, call);
}

static AstNode *parse_tagged_template(Parser *p, AstNode *tag, uint32_t start)
{
  AstTaggedTemplate *node = NODE(p, AstTaggedTemplate, TAGGED_TEMPLATE, start);
  node->tag = tag;
  parser_needs_arguments(tag);
  node->quasi = parse_template(p, true);
  return FINISH(p, node);
}

/* super.x, super[x], super(...)  ecma262#sec-super-keyword */
static AstNode *parse_super(Parser *p, bool in_new)
{
  uint32_t start = p->tok.start, end = p->tok.end;
  lexer_next(p);
  AstSuper *node = NODE(p, AstSuper, SUPER_MEMBER, start);
  node->name_start = p->tok.start;
  node->name = p->known.empty;
  bool is_call = tok_is(p, TOK_LPAREN);
  bool is_allowed = is_call ? p->fn->allow_super_call && !in_new : p->fn->allow_super_property;
  if (!is_allowed || !(is_call || tok_is(p, TOK_DOT) || tok_is(p, TOK_LBRACKET))) {
    parser_error(p, start, end, "'super' keyword unexpected here");
    return &node->base;
  }
  node->callee = synthetic_reference(p, AST_IDENTIFIER, p->known.callee, start);
  node->receiver = synthetic_reference(p, AST_THIS, p->known.this_, start);
  if (is_call) {
    node->base.kind = AST_SUPER_CALL;
    node->new_target = synthetic_reference(p, AST_NEW_TARGET, p->known.new_target, start);
    node->receiver->base.flags |= AST_REF_ASSIGNED;
    parse_arguments(p, &node->args, &node->base.flags);
    return FINISH(p, node);
  }
  for (FunctionState *fn = p->fn; fn; fn = fn->node->base.op == AST_FUNCTION_ARROW ? fn->outer : NULL)
    fn->node->needs_home_object = true;
  if (parser_eat(p, TOK_DOT)) {
    node->name_start = p->tok.start;
    if (tok_is(p, TOK_HASH_NAME))
      parser_error(p, p->tok.start, p->tok.end, "Unexpected private field");
    else if (!token_is_word(&p->tok))
      parser_unexpected(p);
    else
      node->name = p->tok.name;
    lexer_next(p);
    return FINISH(p, node);
  }
  bool saved_no_in = p->no_in;
  p->no_in = false;
  node->base.kind = AST_SUPER_INDEX;
  lexer_next(p);
  node->index = parse_expression(p);
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RBRACKET);
  return FINISH(p, node);
}

static AstNode *parse_new_target(Parser *p, uint32_t start)
{
  lexer_next(p);
  AstIdentifier *node = NODE(p, AstIdentifier, NEW_TARGET, start);
  node->name = p->known.new_target;
  if (!tok_is_word(p, TOK_TARGET)) {
    if (tok_is(p, TOK_TARGET))
      parser_error(p, p->tok.start, p->tok.end, "'new.target' must not contain escaped characters");
    parser_unexpected(p);
    return &node->base;
  }
  if (!p->fn->allow_new_target)
    parser_error(p, p->tok.start, p->tok.end, "new.target expression is not allowed here");
  scope_reference(p, node);
  lexer_next(p);
  return FINISH(p, node);
}

/* The callee of new: members without calls; also new.target. */
static AstNode *parse_new(Parser *p)
{
  uint32_t start = p->tok.start;
  AstCall *node = NODE(p, AstCall, NEW, start);
  if (!parser_has_stack(p))
    return &node->base;
  lexer_next(p);
  if (tok_is(p, TOK_DOT))
    return parse_new_target(p, start);
  uint32_t callee_start = p->tok.start;
  AstNode *callee;
  if (tok_is(p, TOK_NEW)) {
    callee = parse_new(p);
  } else if (tok_is(p, TOK_SUPER)) {
    callee = parse_super(p, true);
  } else if (tok_is(p, TOK_IMPORT)) {
    callee = parse_import_expression(p);
    if (callee->kind == AST_IMPORT_CALL)
      parser_error(p, callee_start, callee_start + 6, "Cannot use new with import");
  } else {
    p->arrow_start = NO_POSITION;
    callee = parse_primary(p);
  }
  for (;;) {
    if (parser_eat(p, TOK_DOT))
      callee = parse_member_name(p, callee, callee_start);
    else if (tok_is(p, TOK_LBRACKET))
      callee = parse_index(p, callee, callee_start);
    else if (tok_is(p, TOK_TEMPLATE))
      callee = parse_tagged_template(p, callee, callee_start);
    else
      break;
  }
  if (tok_is(p, TOK_OPTIONAL_DOT))
    parser_error(p, p->tok.start, p->tok.end, "Invalid optional chain from new expression");
  node->callee = callee;
  node->args_start = p->prev_end;
  if (tok_is(p, TOK_LPAREN)) {
    node->args_start = p->tok.start;
    parse_arguments(p, &node->args, &node->base.flags);
  }
  return FINISH(p, node);
}

static AstNode *parse_optional_link(Parser *p, AstNode *object, uint32_t start)
{
  AstNode *node;
  lexer_next(p);
  switch (p->tok.type) {
  case TOK_LPAREN: node = parse_call(p, object, start, true); break;
  case TOK_LBRACKET: node = parse_index(p, object, start); break;
  case TOK_TEMPLATE:
    parser_error(p, p->tok.start, p->tok.end, "Invalid tagged template on optional chain");
    return object;
  default: node = parse_member_name(p, object, start);
  }
  node->flags |= AST_OPTIONAL;
  return node;
}

/* LeftHandSideExpression  ecma262#sec-left-hand-side-expressions */
AstNode *parse_left_hand_side(Parser *p)
{
  uint32_t start = p->tok.start;
  bool async_may_arrow = p->tok.type == TOK_ASYNC && !(p->tok.flags & TOKEN_ESCAPED) && p->arrow_start == start;
  ArrowMark mark = parser_arrow_mark(p);
  AstNode *node;
  switch (p->tok.type) {
  case TOK_NEW: node = parse_new(p); break;
  case TOK_SUPER: node = parse_super(p, false); break;
  case TOK_IMPORT: node = parse_import_expression(p); break;
  default:
    node = parse_primary(p);
    if (is_bare_arrow(node))
      return node;
  }
  bool in_chain = false;
  for (;;) {
    switch (p->tok.type) {
    case TOK_DOT:
      lexer_next(p);
      node = parse_member_name(p, node, start);
      note_arguments_length(p, node);
      continue;
    case TOK_LBRACKET: node = parse_index(p, node, start); continue;
    case TOK_LPAREN:
      if (async_may_arrow && node->kind == AST_IDENTIFIER && !(node->flags & AST_PARENTHESIZED) &&
          !tok_newline_before(p)) {
        AstCall *call = NODE(p, AstCall, CALL, start);
        call->callee = node;
        call->args_start = p->tok.start;
        AstNode *arrow = parse_async_call(p, call, &mark);
        if (arrow)
          return arrow;
        node = FINISH(p, call);
        continue;
      }
      node = parse_call(p, node, start, false);
      continue;
    case TOK_TEMPLATE:
      if (in_chain)
        parser_error(p, p->tok.start, p->tok.end, "Invalid tagged template on optional chain");
      node = parse_tagged_template(p, node, start);
      continue;
    case TOK_OPTIONAL_DOT:
      in_chain = true;
      node = parse_optional_link(p, node, start);
      continue;
    default: break;
    }
    break;
  }
  if (in_chain) {
    AstUnary *chain = NODE(p, AstUnary, OPTIONAL_CHAIN, start);
    chain->operand = node;
    node = FINISH(p, chain);
  }
  return node;
}

/* --- unary, update, await ---------------------------------------------------------------------------------------- */

static void check_update_target(Parser *p, AstNode *node, const char *message)
{
  if (parser_failed(p))
    return;
  parser_needs_arguments(node);
  if (!pattern_is_simple_target(p, node)) {
    parser_error_node(p, node, message);
    return;
  }
  if (node->kind == AST_IDENTIFIER) {
    check_assignment_identifier(p, (AstIdentifier *)node);
    node->flags |= AST_REF_ASSIGNED;
  }
}

static AstNode *parse_prefix_update(Parser *p)
{
  AstUnary *node = NODE(p, AstUnary, UPDATE, p->tok.start);
  node->base.op = tok_is(p, TOK_INC) ? AST_OP_INC : AST_OP_DEC;
  node->base.flags = AST_PREFIX;
  lexer_next(p);
  p->arrow_start = NO_POSITION;
  node->operand = parse_unary(p);
  check_update_target(p, node->operand, "Invalid left-hand side expression in prefix operation");
  return FINISH(p, node);
}

static bool deletes_private(const AstNode *node)
{
  if (node->kind == AST_OPTIONAL_CHAIN)
    node = ((const AstUnary *)node)->operand;
  return node->kind == AST_PRIVATE_MEMBER;
}

static AstNode *parse_unary_operator(Parser *p, AstOp op)
{
  AstUnary *node = NODE(p, AstUnary, UNARY, p->tok.start);
  node->base.op = (uint8_t)op;
  lexer_next(p);
  p->arrow_start = NO_POSITION;
  p->eager_start = p->tok.start;
  node->operand = parse_unary(p);
  if (op == AST_OP_DELETE && !parser_failed(p)) {
    parser_needs_arguments(node->operand);
    if (p->is_strict && node->operand->kind == AST_IDENTIFIER)
      parser_error_node(p, node->operand, "Delete of an unqualified identifier in strict mode.");
    if (deletes_private(node->operand))
      parser_error_node(p, node->operand, "Private fields can not be deleted");
  }
  return FINISH(p, node);
}

static AstNode *parse_await(Parser *p)
{
  AstUnary *node = NODE(p, AstUnary, AWAIT, p->tok.start);
  if (p->fn->in_params)
    parser_error(p, p->tok.start, p->tok.end, "Illegal await-expression in formal parameters of async function");
  if (p->tok.flags & TOKEN_ESCAPED)
    parser_error(p, p->tok.start, p->tok.end, "Keyword must not contain escaped characters");
  p->last_await = p->tok.start + 1;
  p->fn->node->has_await = true;
  lexer_next(p);
  p->arrow_start = NO_POSITION;
  node->operand = parse_unary(p);
  return FINISH(p, node);
}

static AstNode *parse_unary(Parser *p)
{
  if (!parser_has_stack(p))
    return NODE(p, AstNode, NULL_LITERAL, p->tok.start);
  switch (p->tok.type) {
  case TOK_NOT: return parse_unary_operator(p, AST_OP_NOT);
  case TOK_BIT_NOT: return parse_unary_operator(p, AST_OP_BIT_NOT);
  case TOK_ADD: return parse_unary_operator(p, AST_OP_PLUS);
  case TOK_SUB: return parse_unary_operator(p, AST_OP_MINUS);
  case TOK_TYPEOF: return parse_unary_operator(p, AST_OP_TYPEOF);
  case TOK_VOID: return parse_unary_operator(p, AST_OP_VOID);
  case TOK_DELETE: return parse_unary_operator(p, AST_OP_DELETE);
  case TOK_INC:
  case TOK_DEC: return parse_prefix_update(p);
  case TOK_AWAIT:
    if (p->fn->is_async)
      return parse_await(p);
    break;
  default: break;
  }
  AstNode *node = parse_left_hand_side(p);
  if (js_likely(p->tok.type != TOK_INC && p->tok.type != TOK_DEC) || tok_newline_before(p) || is_bare_arrow(node))
    return node;
  AstUnary *update = NODE(p, AstUnary, UPDATE, node->start);
  update->base.op = tok_is(p, TOK_INC) ? AST_OP_INC : AST_OP_DEC;
  update->operand = node;
  check_update_target(p, node, "Invalid left-hand side expression in postfix operation");
  lexer_next(p);
  return FINISH(p, update);
}

/* --- binary ------------------------------------------------------------------------------------------------------ */

/* Precedences used by name; the rest is in token.def. */
enum { PRECEDENCE_COALESCE = 1, PRECEDENCE_AND = 3, PRECEDENCE_RELATIONAL = 8, PRECEDENCE_EXP = 12 };

static uint32_t binary_precedence(const Parser *p)
{
  TokenType type = p->tok.type;
  if (type < TOK_ADD || (type == TOK_IN && p->no_in))
    return 0;
  return token_precedence(type);
}

static AstOp binary_op(TokenType type)
{
  if (type == TOK_IN)
    return AST_OP_IN;
  if (type == TOK_INSTANCEOF)
    return AST_OP_INSTANCEOF;
  if (type >= TOK_AND)
    return AST_OP_AND + (AstOp)(type - TOK_AND);
  if (type >= TOK_EQ)
    return AST_OP_EQ + (AstOp)(type - TOK_EQ);
  return AST_OP_ADD + (AstOp)(type - TOK_ADD);
}

_Static_assert(TOK_SHR - TOK_ADD == (int)AST_OP_SHR - (int)AST_OP_ADD, "arithmetic operators in one order");
_Static_assert(TOK_GE - TOK_EQ == (int)AST_OP_GE - (int)AST_OP_EQ, "comparison operators in one order");
_Static_assert(TOK_COALESCE - TOK_AND == (int)AST_OP_COALESCE - (int)AST_OP_AND, "logical operators in one order");
_Static_assert(TOK_ASSIGN_SHR - TOK_ASSIGN_ADD == TOK_SHR - TOK_ADD, "assignment operators in one order");
_Static_assert(TOK_ASSIGN_COALESCE - TOK_ASSIGN_AND == TOK_COALESCE - TOK_AND,
               "logical assignment operators in one order");

static bool is_bare(const AstNode *node, AstKind kind)
{
  return node->kind == kind && !(node->flags & AST_PARENTHESIZED);
}

/* `#x in object`, nothing else may start with a private name. */
static AstNode *parse_private_in(Parser *p, uint32_t min_precedence)
{
  uint32_t start = p->tok.start;
  Token name = p->tok;
  AstIdentifier *left = private_reference(p);
  if (!tok_is(p, TOK_IN) || p->no_in || min_precedence >= PRECEDENCE_RELATIONAL) {
    parser_unexpected_token(p, &name);
    return &left->base;
  }
  AstBinary *node = NODE(p, AstBinary, PRIVATE_IN, start);
  node->op_start = p->tok.start;
  node->base.op = AST_OP_IN;
  node->left = &left->base;
  return &node->base; /* the caller goes on at `in` */
}

static AstNode *parse_binary(Parser *p, uint32_t min_precedence)
{
  AstNode *left = js_unlikely(tok_is(p, TOK_HASH_NAME)) ? parse_private_in(p, min_precedence) : parse_unary(p);
  if (js_unlikely(is_bare_arrow(left)))
    return left;
  for (;;) {
    uint32_t precedence = binary_precedence(p);
    if (js_likely(precedence <= min_precedence))
      return left;
    if (!parser_has_stack(p))
      return left;
    TokenType type = p->tok.type;
    AstOp op = binary_op(type);
    bool is_logical = precedence <= PRECEDENCE_AND;
    if (is_logical && is_bare(left, AST_LOGICAL) && (op == AST_OP_COALESCE) != (left->op == AST_OP_COALESCE))
      parser_unexpected(p); /* ?? does not mix with && and || */
    if (op == AST_OP_EXP && (is_bare(left, AST_UNARY) || is_bare(left, AST_AWAIT)))
      parser_error(p, left->start, p->tok.end,
                   "Unary operator used immediately before exponentiation expression. Parenthesis must be used to "
                   "disambiguate operator precedence");
    AstBinary *node;
    if (left->kind == AST_PRIVATE_IN && !((AstBinary *)left)->right) {
      node = (AstBinary *)left;
    } else {
      node = parser_node(p, sizeof *node, is_logical ? AST_LOGICAL : AST_BINARY, left->start);
      node->base.op = (uint8_t)op;
      node->op_start = p->tok.start;
      node->left = left;
    }
    lexer_next(p);
    p->arrow_start = NO_POSITION;
    node->right = parse_binary(p, op == AST_OP_EXP        ? PRECEDENCE_EXP - 1
                                  : op == AST_OP_COALESCE ? PRECEDENCE_AND
                                                          : precedence);
    left = FINISH(p, node);
  }
}

static AstNode *parse_conditional(Parser *p)
{
  AstNode *test = parse_binary(p, 0);
  if (js_likely(!tok_is(p, TOK_QUESTION)) || is_bare_arrow(test))
    return test;
  AstConditional *node = NODE(p, AstConditional, CONDITIONAL, test->start);
  bool saved_no_in = p->no_in;
  node->test = test;
  lexer_next(p);
  p->no_in = false;
  node->consequent = parse_assignment(p);
  p->no_in = saved_no_in;
  parser_expect(p, TOK_COLON);
  node->alternate = parse_assignment(p);
  return FINISH(p, node);
}

/* --- assignment, yield, comma ------------------------------------------------------------------------------------ */

static AstNode *parse_yield(Parser *p)
{
  AstUnary *node = NODE(p, AstUnary, YIELD, p->tok.start);
  if (p->fn->in_params)
    parser_error(p, p->tok.start, p->tok.end, "Yield expression not allowed in formal parameter");
  if (p->tok.flags & TOKEN_ESCAPED)
    parser_error(p, p->tok.start, p->tok.end, "Keyword must not contain escaped characters");
  p->last_yield = p->tok.start + 1;
  p->fn->node->has_yield = true;
  lexer_next(p);
  if (tok_newline_before(p))
    return FINISH(p, node);
  switch (p->tok.type) {
  case TOK_EOF:
  case TOK_SEMICOLON:
  case TOK_RBRACE:
  case TOK_RBRACKET:
  case TOK_RPAREN:
  case TOK_COLON:
  case TOK_COMMA:
  case TOK_IN: return FINISH(p, node);
  case TOK_MUL:
    node->base.kind = AST_YIELD_STAR;
    lexer_next(p);
    break;
  default: break;
  }
  node->operand = parse_assignment(p);
  return FINISH(p, node);
}

static AstNode *assignment_target(Parser *p, AstNode *left, bool is_plain)
{
  if (parser_failed(p))
    return left;
  if (is_plain && is_literal_cover(left)) {
    p->cover_init = NO_POSITION;
    return pattern_from_expression(p, left, TARGET_ASSIGN);
  }
  parser_needs_arguments(left);
  if (!pattern_is_simple_target(p, left)) {
    parser_error_node(p, left, "Invalid left-hand side in assignment");
    return left;
  }
  if (left->kind == AST_IDENTIFIER) {
    check_assignment_identifier(p, (AstIdentifier *)left);
    left->flags |= AST_REF_ASSIGNED;
  }
  return left;
}

static AstNode *parse_assignment_rest(Parser *p, AstNode *left)
{
  TokenType type = p->tok.type;
  AstBinary *node = NODE(p, AstBinary, ASSIGN, left->start);
  node->op_start = p->tok.start;
  if (type >= TOK_ASSIGN_AND) {
    node->base.kind = AST_LOGICAL_ASSIGN;
    node->base.op = (uint8_t)(AST_OP_AND + (type - TOK_ASSIGN_AND));
    if (left->kind == AST_CALL)
      parser_error_node(p, left, "Invalid left-hand side in assignment");
  } else if (type != TOK_ASSIGN) {
    node->base.kind = AST_COMPOUND_ASSIGN;
    node->base.op = (uint8_t)(AST_OP_ADD + (type - TOK_ASSIGN_ADD));
  }
  node->left = assignment_target(p, left, type == TOK_ASSIGN);
  parser_check_cover_init(p);
  lexer_next(p);
  node->right = parse_assignment(p);
  return FINISH(p, node);
}

AstNode *parse_assignment_cover(Parser *p)
{
  if (tok_is(p, TOK_YIELD) && p->fn->is_generator) {
    if (!parser_has_stack(p))
      return NODE(p, AstNode, NULL_LITERAL, p->tok.start);
    return parse_yield(p);
  }
  uint32_t saved_cover = p->cover_init, saved_end = p->cover_init_end;
  p->cover_init = NO_POSITION;
  p->arrow_start = p->tok.start;
  AstNode *node = parse_conditional(p);
  TokenType type = p->tok.type;
  if (js_unlikely(type == TOK_ARROW) && !tok_newline_before(p) && !is_bare_arrow(node))
    parser_error_node(p, node, "Malformed arrow function parameter list");
  if (type >= TOK_ASSIGN && type <= TOK_ASSIGN_COALESCE && !is_bare_arrow(node)) {
    node = parse_assignment_rest(p, node);
  } else if (js_unlikely(p->cover_init != NO_POSITION)) {
    if (!is_literal_cover(node))
      parser_check_cover_init(p);
    if (saved_cover == NO_POSITION)
      return node;
  }
  p->cover_init = saved_cover;
  p->cover_init_end = saved_end;
  return node;
}

AstNode *parse_assignment(Parser *p)
{
  uint32_t saved = p->cover_init, saved_end = p->cover_init_end;
  p->cover_init = NO_POSITION;
  AstNode *node = parse_assignment_cover(p);
  parser_check_cover_init(p);
  p->cover_init = saved;
  p->cover_init_end = saved_end;
  return node;
}

AstNode *parse_expression(Parser *p)
{
  AstNode *node = parse_assignment(p);
  if (js_likely(!tok_is(p, TOK_COMMA)))
    return node;
  uint32_t mark = p->stack.len;
  AstSequence *sequence = NODE(p, AstSequence, SEQUENCE, node->start);
  parser_push_kept(p, &p->stack, node);
  while (parser_eat(p, TOK_COMMA)) {
    node = parse_assignment(p);
    parser_push_kept(p, &p->stack, node);
  }
  sequence->expressions = parser_pop_list(p, mark);
  return FINISH(p, sequence);
}
