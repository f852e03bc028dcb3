// SPDX-License-Identifier: MIT
/* Statements and declarations  ecma262#sec-ecmascript-language-statements-and-declarations */
#include "parser/parser.h"

/* What may stand where a statement is due. */
typedef enum {
  IN_LIST,   /* declarations too */
  IN_LABEL,  /* under a label in a list: sloppy functions too */
  IN_IF,     /* branch of if: sloppy functions too, as in a block of their own */
  IN_SINGLE, /* body of a loop, with, or of a label there */
} StatementPlace;

static AstNode *parse_statement(Parser *p, StatementPlace place);

/* A scope that declared nothing is not worth keeping. */
static AstScope *close_block_scope(Parser *p, AstScope *scope)
{
  scope_close(p);
  return scope->bindings.len ? scope : NULL;
}

void parse_statement_list(Parser *p, TokenType end, AstList *list)
{
  uint32_t mark = p->stack.len;
  while (!tok_is(p, end) && !parser_failed(p)) {
    AstNode *statement = parse_statement(p, IN_LIST);
    parser_push_kept(p, &p->stack, statement);
  }
  *list = parser_pop_list(p, mark);
}

AstBlock *parse_block(Parser *p, AstScopeKind kind)
{
  AstBlock *block = NODE(p, AstBlock, BLOCK, p->tok.start);
  AstScope *scope = scope_open(p, kind, p->tok.start);
  parser_expect(p, TOK_LBRACE);
  parse_statement_list(p, TOK_RBRACE, &block->body);
  block->scope = close_block_scope(p, scope);
  parser_expect(p, TOK_RBRACE);
  FINISH(p, block);
  return block;
}

/* --- declarations ------------------------------------------------------------------------------------------------ */

static bool starts_binding(const Parser *p, const Token *tok)
{
  return tok->type == TOK_LBRACKET || tok->type == TOK_LBRACE || token_is_plain_identifier(tok->type) ||
         token_is_strict_reserved(tok->type) || (tok->type == TOK_ESCAPED_KEYWORD);
}

static void check_initializer(Parser *p, const AstDeclarator *node, AstDeclKind kind)
{
  if (node->init || parser_failed(p))
    return;
  if (node->target->kind != AST_IDENTIFIER)
    parser_error(p, node->target->start, node->target->end, "Missing initializer in destructuring declaration");
  else if (kind == AST_DECL_CONST)
    parser_error(p, node->target->start, node->target->end, "Missing initializer in const declaration");
  else if (kind == AST_DECL_AWAIT_USING)
    parser_error(p, node->target->start, node->target->end, "Missing initializer in await using declaration");
  else if (kind == AST_DECL_USING)
    parser_error(p, node->target->start, node->target->end, "Missing initializer in using declaration");
}

static AstNode *parse_declarator(Parser *p, AstDeclKind kind, bool in_for)
{
  static const uint8_t uses[] = {BIND_VAR, BIND_LET, BIND_CONST, BIND_USING, BIND_USING};
  AstDeclarator *node = NODE(p, AstDeclarator, DECLARATOR, p->tok.start);
  AstScope *scope = p->scope;
  uint32_t from = scope->bindings.len;
  if (kind >= AST_DECL_USING && (tok_is(p, TOK_LBRACKET) || tok_is(p, TOK_LBRACE)))
    parser_unexpected(p);
  node->target = parse_binding_target(p, uses[kind]);
  if (tok_is(p, TOK_ASSIGN)) {
    if (kind == AST_DECL_VAR && node->target->kind == AST_IDENTIFIER) {
      node->target->flags |= AST_REF_ASSIGNED;
      scope_reference(p, (AstIdentifier *)node->target);
    }
    lexer_next(p);
    node->init = parse_assignment(p);
  }
  FINISH(p, node);
  if (kind != AST_DECL_VAR)
    scope_set_initialized(p, scope, from, node->base.end);
  if (!in_for)
    check_initializer(p, node, kind);
  return &node->base;
}

/* The keywords were consumed. In a for head the caller judges initialisers. */
AstNode *parse_var_declarations(Parser *p, AstDeclKind kind, uint32_t start, bool in_for)
{
  AstVarDecl *node = NODE(p, AstVarDecl, VAR_DECL, start);
  uint32_t mark = p->stack.len;
  node->base.op = (uint8_t)kind;
  do {
    AstNode *declarator = parse_declarator(p, kind, in_for);
    parser_push_kept(p, &p->stack, declarator);
  } while (parser_eat(p, TOK_COMMA));
  node->declarators = parser_pop_list(p, mark);
  if (kind >= AST_DECL_USING)
    p->scope->has_using = true;
  if (kind == AST_DECL_AWAIT_USING) {
    p->scope->has_await_using = true;
    p->fn->node->has_await = true;
    p->last_await = start + 1;
  }
  return FINISH(p, node);
}

static AstNode *parse_declaration_statement(Parser *p, AstDeclKind kind, uint32_t words)
{
  uint32_t start = p->tok.start;
  while (words--)
    lexer_next(p);
  AstNode *node = parse_var_declarations(p, kind, start, false);
  parser_semicolon(p);
  return FINISH(p, node);
}

/* `let` begins a declaration here. */
static bool is_let_declaration(Parser *p)
{
  if (p->tok.flags & TOKEN_ESCAPED)
    return false;
  Token next = lexer_peek(p);
  return starts_binding(p, &next);
}

/* `using x` with nothing but white space between. */
static bool is_using_declaration(Parser *p, bool in_for)
{
  Token next = lexer_peek(p);
  if (next.flags & TOKEN_NEWLINE || !(token_is_plain_identifier(next.type) || token_is_strict_reserved(next.type)))
    return false;
  if (!in_for || next.type != TOK_OF)
    return true;
  /* `for (using of ...` loops over what follows, unless an initialiser makes it a declaration of `of`. */
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool is_declaration = lexer_peek(p).type == TOK_ASSIGN;
  lexer_restore(p, &state);
  return is_declaration;
}

/* `await using x`. */
static bool is_await_using_declaration(Parser *p, bool in_for)
{
  if (!p->fn->is_async || p->tok.flags & TOKEN_ESCAPED)
    return false;
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool is_using = tok_is_word(p, TOK_USING) && !tok_newline_before(p);
  if (is_using) {
    Token next = lexer_peek(p);
    is_using =
        !(next.flags & TOKEN_NEWLINE) && (token_is_plain_identifier(next.type) || token_is_strict_reserved(next.type));
  }
  lexer_restore(p, &state);
  return is_using;
}

/* using is no declaration at the top level of a script or directly in a switch case. */
static void check_using_place(Parser *p)
{
  if (p->scope->kind == AST_SCOPE_SCRIPT || p->scope->kind == AST_SCOPE_SWITCH || (p->scope->kind == AST_SCOPE_EVAL)) {
    Token next = lexer_peek(p);
    parser_unexpected_token(p, &next);
  }
}

/* --- loops ------------------------------------------------------------------------------------------------------- */

static AstNode *parse_loop_body(Parser *p)
{
  p->fn->loops++;
  p->fn->breakables++;
  AstNode *body = parse_statement(p, IN_SINGLE);
  p->fn->loops--;
  p->fn->breakables--;
  return body;
}

static void check_for_in_declaration(Parser *p, AstVarDecl *decl, bool is_of)
{
  const char *loop = is_of ? "for-of" : "for-in";
  if (parser_failed(p))
    return;
  if (decl->declarators.len != 1) {
    parser_error_format(p, decl->base.start, decl->base.end,
                        "Invalid left-hand side in %s loop: Must have a single binding.", loop);
    return;
  }
  AstDeclarator *declarator = (AstDeclarator *)decl->declarators.items[0];
  if (declarator->init) {
    /* Initializers in ForIn Statement Heads  ecma262#sec-initializers-in-forin-statement-heads */
    bool is_legacy =
        !is_of && !p->is_strict && decl->base.op == AST_DECL_VAR && declarator->target->kind == AST_IDENTIFIER;
    if (!is_legacy)
      parser_error_format(p, decl->base.start, decl->base.end,
                          "%s loop variable declaration may not have an initializer.", loop);
    return;
  }
  if (decl->base.op >= AST_DECL_USING && !is_of)
    parser_error(p, p->tok.start, p->tok.end, "Invalid 'using' in for-in loop");
  if (decl->base.op == AST_DECL_VAR && declarator->target->kind == AST_IDENTIFIER) {
    declarator->target->flags |= AST_REF_ASSIGNED;
    scope_reference(p, (AstIdentifier *)declarator->target);
  }
}

static AstNode *for_in_target(Parser *p, AstNode *left, bool is_of)
{
  if (parser_failed(p))
    return left;
  if ((left->kind == AST_ARRAY || left->kind == AST_OBJECT) && !(left->flags & AST_PARENTHESIZED)) {
    p->cover_init = NO_POSITION;
    return pattern_from_expression(p, left, TARGET_ASSIGN);
  }
  parser_check_cover_init(p);
  parser_needs_arguments(left);
  if (!pattern_is_simple_target(p, left)) {
    parser_error_node(p, left, "Invalid left-hand side in for-loop");
  } else if (left->kind == AST_IDENTIFIER) {
    check_assignment_identifier(p, (AstIdentifier *)left);
    left->flags |= AST_REF_ASSIGNED;
  }
  return left;
}

typedef struct ForHead {
  uint32_t start;
  bool is_await;
  bool starts_with_let;   /* `for (let of` with let as a name */
  bool starts_with_async; /* `for (async of` */
  AstScope *scope;
} ForHead;

static AstNode *parse_for_in_of(Parser *p, ForHead *head, AstNode *left)
{
  bool is_of = tok_is(p, TOK_OF);
  AstForIn *node = parser_node(p, sizeof *node, is_of ? AST_FOR_OF : AST_FOR_IN, head->start);
  AstScope *scope = head->scope;
  if (head->is_await)
    node->base.flags |= AST_FOR_AWAIT;
  node->left = left;
  if (left->kind == AST_VAR_DECL) {
    AstVarDecl *decl = (AstVarDecl *)left;
    check_for_in_declaration(p, decl, is_of);
  } else {
    if (is_of && head->starts_with_let)
      parser_error(p, left->start, left->end, "The left-hand side of a for-of loop may not be 'let'.");
    if (is_of && head->starts_with_async && !head->is_await && left->kind == AST_IDENTIFIER &&
        !(left->flags & AST_PARENTHESIZED))
      parser_error(p, left->start, left->end, "The left-hand side of a for-of loop may not be 'async'.");
    node->left = for_in_target(p, left, is_of);
  }
  lexer_next(p);
  node->right = is_of ? parse_assignment(p) : parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  scope_set_initialized(p, scope, 0, p->prev_end);
  node->body = parse_loop_body(p);
  node->scope = close_block_scope(p, scope);
  return FINISH(p, node);
}

static void check_for_initializers(Parser *p, const AstVarDecl *decl)
{
  for (uint32_t k = 0; k < decl->declarators.len; k++)
    check_initializer(p, (const AstDeclarator *)decl->declarators.items[k], decl->base.op);
}

static AstNode *parse_for_rest(Parser *p, ForHead *head, AstNode *init)
{
  AstFor *node = NODE(p, AstFor, FOR, head->start);
  AstScope *scope = head->scope;
  if (head->is_await)
    parser_unexpected(p);
  if (init && init->kind == AST_VAR_DECL)
    check_for_initializers(p, (const AstVarDecl *)init);
  else
    parser_check_cover_init(p);
  node->init = init;
  parser_expect(p, TOK_SEMICOLON);
  if (!tok_is(p, TOK_SEMICOLON))
    node->test = parse_expression(p);
  parser_expect(p, TOK_SEMICOLON);
  if (!tok_is(p, TOK_RPAREN))
    node->update = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  node->body = parse_loop_body(p);
  node->scope = close_block_scope(p, scope);
  return FINISH(p, node);
}

/* A declaration in a for head, or NULL. */
static AstNode *parse_for_declaration(Parser *p)
{
  uint32_t start = p->tok.start;
  AstDeclKind kind;
  switch (p->tok.type) {
  case TOK_VAR: kind = AST_DECL_VAR; break;
  case TOK_CONST: kind = AST_DECL_CONST; break;
  case TOK_LET:
    if (!is_let_declaration(p))
      return NULL;
    kind = AST_DECL_LET;
    break;
  case TOK_USING:
    if (p->tok.flags & TOKEN_ESCAPED || !is_using_declaration(p, true))
      return NULL;
    kind = AST_DECL_USING;
    break;
  case TOK_AWAIT:
    if (!is_await_using_declaration(p, true))
      return NULL;
    lexer_next(p);
    kind = AST_DECL_AWAIT_USING;
    break;
  default: return NULL;
  }
  lexer_next(p);
  p->no_in = true;
  AstNode *decl = parse_var_declarations(p, kind, start, true);
  p->no_in = false;
  return decl;
}

/* Expression for a head that may become the target of for-in or for-of: a comma is not looked at before that is known.
 */
static AstNode *parse_for_expression(Parser *p)
{
  uint32_t mark = p->stack.len;
  p->no_in = true;
  AstNode *node = parse_assignment_cover(p);
  if (tok_is(p, TOK_COMMA)) {
    parser_check_cover_init(p);
    AstSequence *sequence = NODE(p, AstSequence, SEQUENCE, node->start);
    parser_push_kept(p, &p->stack, node);
    while (parser_eat(p, TOK_COMMA)) {
      node = parse_assignment(p);
      parser_push_kept(p, &p->stack, node);
    }
    sequence->expressions = parser_pop_list(p, mark);
    node = FINISH(p, sequence);
  }
  p->no_in = false;
  return node;
}

static AstNode *parse_for(Parser *p)
{
  ForHead head = {.start = p->tok.start};
  uint32_t saved_cover = p->cover_init;
  p->cover_init = NO_POSITION;
  lexer_next(p);
  if (tok_is(p, TOK_AWAIT) && p->fn->is_async) {
    head.is_await = true;
    p->fn->node->has_await = true;
    p->last_await = p->tok.start + 1;
    lexer_next(p);
  }
  head.scope = scope_open(p, AST_SCOPE_FOR, head.start);
  parser_expect(p, TOK_LPAREN);
  AstNode *init = NULL;
  if (!tok_is(p, TOK_SEMICOLON)) {
    init = parse_for_declaration(p);
    if (!init) {
      head.starts_with_let = tok_is(p, TOK_LET);
      head.starts_with_async = tok_is_word(p, TOK_ASYNC);
      init = parse_for_expression(p);
    }
  }
  bool is_in_of = init && (tok_is_word(p, TOK_OF) || (tok_is(p, TOK_IN) && !head.is_await));
  AstNode *node = is_in_of ? parse_for_in_of(p, &head, init) : parse_for_rest(p, &head, init);
  p->cover_init = saved_cover;
  return node;
}

static AstNode *parse_while(Parser *p)
{
  AstWhile *node = NODE(p, AstWhile, WHILE, p->tok.start);
  lexer_next(p);
  parser_expect(p, TOK_LPAREN);
  node->test = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  node->body = parse_loop_body(p);
  return FINISH(p, node);
}

static AstNode *parse_do_while(Parser *p)
{
  AstWhile *node = NODE(p, AstWhile, DO_WHILE, p->tok.start);
  lexer_next(p);
  node->body = parse_loop_body(p);
  parser_expect(p, TOK_WHILE);
  parser_expect(p, TOK_LPAREN);
  node->test = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  parser_eat(p, TOK_SEMICOLON); /* always inserted */
  return FINISH(p, node);
}

/* --- jumps and labels -------------------------------------------------------------------------------------------- */

static AstLabel *find_label(Parser *p, const AstName *name)
{
  for (AstLabel *label = p->fn->labels; label; label = label->outer) {
    if (label->name == name)
      return label;
  }
  return NULL;
}

static AstNode *parse_jump(Parser *p, bool is_continue)
{
  AstJump *node = parser_node(p, sizeof *node, is_continue ? AST_CONTINUE : AST_BREAK, p->tok.start);
  uint32_t start = p->tok.start, end = p->tok.end;
  lexer_next(p);
  bool has_label = !tok_newline_before(p) && token_can_be_identifier(p, &p->tok);
  if (has_label) {
    AstLabel *label = node->label = find_label(p, p->tok.name);
    if (!label)
      parser_error_format(p, p->tok.start, p->tok.end, "Undefined label '%n'", p->tok.name);
    else if (is_continue && !label->is_loop)
      parser_error_format(p, p->tok.start, p->tok.end,
                          "Illegal continue statement: '%n' does not denote an iteration statement", p->tok.name);
    else
      label->is_used = true;
    lexer_next(p);
  } else if (is_continue && !p->fn->loops) {
    parser_error(p, start, end, "Illegal continue statement: no surrounding iteration statement");
  } else if (!is_continue && !p->fn->breakables) {
    parser_error(p, start, end, "Illegal break statement");
  }
  parser_semicolon(p);
  return FINISH(p, node);
}

static AstNode *parse_return(Parser *p)
{
  AstUnary *node = NODE(p, AstUnary, RETURN, p->tok.start);
  if (!p->fn->allow_return)
    parser_error(p, p->tok.start, p->tok.end, "Illegal return statement");
  lexer_next(p);
  if (!tok_is(p, TOK_SEMICOLON) && !tok_is(p, TOK_RBRACE) && !tok_is(p, TOK_EOF) && !tok_newline_before(p))
    node->operand = parse_expression(p);
  parser_semicolon(p);
  return FINISH(p, node);
}

static AstNode *parse_throw(Parser *p)
{
  AstUnary *node = NODE(p, AstUnary, THROW, p->tok.start);
  lexer_next(p);
  if (tok_newline_before(p))
    parser_error(p, p->prev_end, p->prev_end, "Illegal newline after throw");
  node->operand = parse_expression(p);
  parser_semicolon(p);
  return FINISH(p, node);
}

static bool is_loop_token(TokenType type)
{
  return type == TOK_FOR || type == TOK_WHILE || type == TOK_DO;
}

/* The label around is on the same statement: its body is this label. */
static bool outer_label_touches(const AstLabel *label)
{
  return label->outer && label->outer->body_start == label->start;
}

/* name was parsed as an expression and : follows. Further labels directly behind share the statement. */
static AstNode *parse_labeled(Parser *p, AstIdentifier *name, StatementPlace place)
{
  AstLabeled *node = NODE(p, AstLabeled, LABELED, name->base.start);
  AstLabel *label = parser_alloc(p, sizeof *label);
  AstLabel *outer = p->fn->labels;
  if (!parser_failed(p))
    p->refs.len--; /* a label is no reference */
  if (find_label(p, name->name))
    parser_error_format(p, name->base.start, name->base.end, "Label '%n' has already been declared", name->name);
  label->name = name->name;
  label->start = name->base.start;
  label->outer = outer;
  node->label = label;
  p->fn->labels = label;
  lexer_next(p);
  label->body_start = p->tok.start;
  if (is_loop_token(p->tok.type)) {
    label->is_loop = true;
    for (AstLabel *inner = label; outer_label_touches(inner); inner = inner->outer)
      inner->outer->is_loop = true;
  }
  if (tok_is(p, TOK_FUNCTION)) {
    if (p->is_strict)
      parser_error(p, p->tok.start, p->tok.end,
                   "In strict mode code, functions can only be declared at top level or inside a block.");
    else if (place != IN_LIST && place != IN_LABEL)
      parser_error(p, p->tok.start, p->tok.end,
                   "In non-strict mode code, functions can only be declared at top level, inside a block, or as the "
                   "body of an if statement.");
    else if (lexer_peek(p).type == TOK_MUL)
      parser_error(p, p->tok.start, p->tok.end, "Generators can only be declared at the top level or inside a block.");
    node->body = parser_failed(p) ? &node->base : parse_function_declaration(p, NULL);
  } else {
    node->body = parse_statement(p, place == IN_LIST || place == IN_LABEL ? IN_LABEL : IN_SINGLE);
  }
  p->fn->labels = outer;
  return FINISH(p, node);
}

/* --- compound statements ----------------------------------------------------------------------------------------- */

/* Annex B: FunctionDeclarations in IfStatement Statement Clauses
 * ecma262#sec-functiondeclarations-in-ifstatement-statement-clauses */
static AstNode *parse_if_branch(Parser *p)
{
  if (!tok_is(p, TOK_FUNCTION) || p->is_strict)
    return parse_statement(p, IN_IF);
  AstBlock *block = NODE(p, AstBlock, BLOCK, p->tok.start);
  if (lexer_peek(p).type == TOK_MUL) {
    parser_error(p, p->tok.start, p->tok.end, "Generators can only be declared at the top level or inside a block.");
    return &block->base;
  }
  block->scope = scope_open(p, AST_SCOPE_BLOCK, p->tok.start);
  uint32_t mark = p->stack.len;
  AstNode *function = parse_function_declaration(p, NULL);
  parser_push_kept(p, &p->stack, function);
  block->body = parser_pop_list(p, mark);
  scope_close(p);
  return FINISH(p, block);
}

static AstNode *parse_if(Parser *p)
{
  AstIf *node = NODE(p, AstIf, IF, p->tok.start);
  lexer_next(p);
  parser_expect(p, TOK_LPAREN);
  node->test = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  node->consequent = parse_if_branch(p);
  if (parser_eat(p, TOK_ELSE))
    node->alternate = parse_if_branch(p);
  return FINISH(p, node);
}

static AstNode *parse_with(Parser *p)
{
  AstWith *node = NODE(p, AstWith, WITH, p->tok.start);
  if (p->is_strict)
    parser_error(p, p->tok.start, p->tok.end, "Strict mode code may not include a with statement");
  lexer_next(p);
  parser_expect(p, TOK_LPAREN);
  node->object = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  node->scope = scope_open(p, AST_SCOPE_WITH, p->tok.start);
  node->body = parse_statement(p, IN_SINGLE);
  scope_close(p);
  return FINISH(p, node);
}

static AstNode *parse_case(Parser *p, bool *has_default)
{
  AstCase *node = NODE(p, AstCase, CASE, p->tok.start);
  if (tok_is(p, TOK_CASE)) {
    lexer_next(p);
    node->test = parse_expression(p);
  } else {
    if (tok_is(p, TOK_DEFAULT) && *has_default)
      parser_error(p, p->tok.start, p->tok.end, "More than one default clause in switch statement");
    *has_default = true;
    parser_expect(p, TOK_DEFAULT);
  }
  parser_expect(p, TOK_COLON);
  uint32_t mark = p->stack.len;
  while (!tok_is(p, TOK_CASE) && !tok_is(p, TOK_DEFAULT) && !tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    AstNode *statement = parse_statement(p, IN_LIST);
    parser_push_kept(p, &p->stack, statement);
  }
  node->body = parser_pop_list(p, mark);
  return FINISH(p, node);
}

static AstNode *parse_switch(Parser *p)
{
  AstSwitch *node = NODE(p, AstSwitch, SWITCH, p->tok.start);
  bool has_default = false;
  lexer_next(p);
  parser_expect(p, TOK_LPAREN);
  node->discriminant = parse_expression(p);
  parser_expect(p, TOK_RPAREN);
  AstScope *scope = scope_open(p, AST_SCOPE_SWITCH, p->tok.start);
  parser_expect(p, TOK_LBRACE);
  p->fn->breakables++;
  uint32_t mark = p->stack.len;
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    AstNode *clause = parse_case(p, &has_default);
    parser_push_kept(p, &p->stack, clause);
  }
  node->cases = parser_pop_list(p, mark);
  p->fn->breakables--;
  node->scope = close_block_scope(p, scope);
  parser_expect(p, TOK_RBRACE);
  return FINISH(p, node);
}

static void parse_catch(Parser *p, AstTry *node)
{
  lexer_next(p);
  if (!tok_is(p, TOK_LPAREN)) {
    node->handler = parse_block(p, AST_SCOPE_BLOCK);
    return;
  }
  node->catch_scope = scope_open(p, AST_SCOPE_CATCH, p->tok.start);
  lexer_next(p);
  node->param = parse_binding_target(p, BIND_CATCH);
  if (node->param->kind == AST_IDENTIFIER && ((AstIdentifier *)node->param)->binding)
    ((AstIdentifier *)node->param)->binding->is_simple_catch = true;
  scope_set_initialized(p, node->catch_scope, 0, node->param->kind == AST_IDENTIFIER ? 0 : p->tok.start);
  parser_expect(p, TOK_RPAREN);
  node->handler = parse_block(p, AST_SCOPE_BLOCK);
  scope_close(p);
}

static AstNode *parse_try(Parser *p)
{
  AstTry *node = NODE(p, AstTry, TRY, p->tok.start);
  lexer_next(p);
  node->block = parse_block(p, AST_SCOPE_BLOCK);
  if (!tok_is(p, TOK_CATCH) && !tok_is(p, TOK_FINALLY)) {
    if (tok_is(p, TOK_ERROR))
      parser_unexpected(p);
    parser_error(p, p->prev_start, p->prev_end, "Missing catch or finally after try");
    return &node->base;
  }
  if (tok_is(p, TOK_CATCH))
    parse_catch(p, node);
  if (parser_eat(p, TOK_FINALLY))
    node->finalizer = parse_block(p, AST_SCOPE_BLOCK);
  return FINISH(p, node);
}

/* --- the statement ----------------------------------------------------------------------------------------------- */

static AstNode *parse_expression_statement(Parser *p, StatementPlace place)
{
  uint32_t start = p->tok.start;
  TokenType type = p->tok.type;
  AstExpressionStatement *node = NODE(p, AstExpressionStatement, EXPRESSION_STATEMENT, start);
  AstNode *expression = parse_expression(p);
  if (tok_is(p, TOK_COLON) && expression->kind == AST_IDENTIFIER && !(expression->flags & AST_PARENTHESIZED) &&
      !parser_failed(p) && (token_is_plain_identifier(type) || token_is_strict_reserved(type)))
    return parse_labeled(p, (AstIdentifier *)expression, place);
  node->expression = expression;
  parser_semicolon(p);
  return FINISH(p, node);
}

static AstNode *single_statement_error(Parser *p, const char *message)
{
  AstNode *node = NODE(p, AstNode, EMPTY, p->tok.start);
  parser_error(p, p->tok.start, p->tok.end, message);
  return node;
}

static AstNode *parse_let(Parser *p, StatementPlace place)
{
  if (place == IN_LIST && is_let_declaration(p))
    return parse_declaration_statement(p, AST_DECL_LET, 1);
  if (place != IN_LIST && !(p->tok.flags & TOKEN_ESCAPED)) {
    Token next = lexer_peek(p);
    bool on_line = !(next.flags & TOKEN_NEWLINE);
    if (next.type == TOK_LBRACKET || (on_line && starts_binding(p, &next)))
      return single_statement_error(p, "Lexical declaration cannot appear in a single-statement context");
  }
  return parse_expression_statement(p, place);
}

static AstNode *parse_async_statement(Parser *p, StatementPlace place)
{
  Token next = lexer_peek(p);
  if (p->tok.flags & TOKEN_ESCAPED || next.type != TOK_FUNCTION || next.flags & TOKEN_NEWLINE)
    return parse_expression_statement(p, place);
  if (place != IN_LIST)
    return single_statement_error(p, "Async functions can only be declared at the top level or inside a block.");
  return parse_function_declaration(p, NULL);
}

static AstNode *parse_function_statement(Parser *p, StatementPlace place)
{
  if (place == IN_LIST)
    return parse_function_declaration(p, NULL);
  return single_statement_error(
      p, p->is_strict ? "In strict mode code, functions can only be declared at top level or inside a block."
                      : "In non-strict mode code, functions can only be declared at top level, inside a block, or as "
                        "the body of an if statement.");
}

static AstNode *parse_module_statement(Parser *p, StatementPlace place)
{
  bool is_import = tok_is(p, TOK_IMPORT);
  if (is_import) {
    TokenType next = lexer_peek(p).type;
    if (next == TOK_LPAREN || next == TOK_DOT)
      return parse_expression_statement(p, place);
  }
  if (!p->is_module && is_import)
    return single_statement_error(p, "Cannot use import statement outside a module");
  if (!p->is_module || place != IN_LIST || p->scope->kind != AST_SCOPE_MODULE || p->fn->outer) {
    parser_unexpected(p);
    return NODE(p, AstNode, EMPTY, p->tok.start);
  }
  return is_import ? parse_import(p) : parse_export(p);
}

static AstNode *parse_statement(Parser *p, StatementPlace place)
{
  if (!parser_has_stack(p))
    return NODE(p, AstNode, EMPTY, p->tok.start);
  switch (p->tok.type) {
  case TOK_LBRACE: return &parse_block(p, AST_SCOPE_BLOCK)->base;
  case TOK_SEMICOLON: {
    AstNode *node = NODE(p, AstNode, EMPTY, p->tok.start);
    lexer_next(p);
    return node;
  }
  case TOK_VAR: return parse_declaration_statement(p, AST_DECL_VAR, 1);
  case TOK_CONST:
    if (place != IN_LIST) {
      parser_unexpected(p);
      return NODE(p, AstNode, EMPTY, p->tok.start);
    }
    return parse_declaration_statement(p, AST_DECL_CONST, 1);
  case TOK_LET: return parse_let(p, place);
  case TOK_USING:
    if (place != IN_LIST || p->tok.flags & TOKEN_ESCAPED || !is_using_declaration(p, false))
      return parse_expression_statement(p, place);
    check_using_place(p);
    return parse_declaration_statement(p, AST_DECL_USING, 1);
  case TOK_AWAIT:
    if (place != IN_LIST || !is_await_using_declaration(p, false))
      return parse_expression_statement(p, place);
    check_using_place(p);
    return parse_declaration_statement(p, AST_DECL_AWAIT_USING, 2);
  case TOK_FUNCTION: return parse_function_statement(p, place);
  case TOK_ASYNC: return parse_async_statement(p, place);
  case TOK_CLASS:
    if (place != IN_LIST) {
      parser_unexpected(p);
      return NODE(p, AstNode, EMPTY, p->tok.start);
    }
    return parse_class_declaration(p, NULL);
  case TOK_IF: return parse_if(p);
  case TOK_FOR: return parse_for(p);
  case TOK_WHILE: return parse_while(p);
  case TOK_DO: return parse_do_while(p);
  case TOK_CONTINUE: return parse_jump(p, true);
  case TOK_BREAK: return parse_jump(p, false);
  case TOK_RETURN: return parse_return(p);
  case TOK_WITH: return parse_with(p);
  case TOK_SWITCH: return parse_switch(p);
  case TOK_THROW: return parse_throw(p);
  case TOK_TRY: return parse_try(p);
  case TOK_DEBUGGER: {
    AstNode *node = NODE(p, AstNode, DEBUGGER, p->tok.start);
    lexer_next(p);
    parser_semicolon(p);
    return FINISH(p, node);
  }
  case TOK_IMPORT:
  case TOK_EXPORT: return parse_module_statement(p, place);
  default: return parse_expression_statement(p, place);
  }
}
