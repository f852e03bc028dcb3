// SPDX-License-Identifier: MIT
/* Statements. One that is only type becomes spaces, and a semicolon where it kept its neighbours apart. */
#include "parser/typescript/typescript.h"

/* Blanks from start on. prev: the token before, which ends at prev_end. */
static void blank_statement(Ts *ts, uint32_t edits, uint32_t start, TokenType prev, uint32_t prev_end, bool is_single)
{
  Parser *p = &ts->p;
  ts_blank_over(ts, edits, start, p->prev_end);
  if (is_single) {
    ts_put(ts, start, ';');
    return;
  }
  if (prev == TOK_EOF || !ts_newline(ts))
    return;
  switch (p->tok.type) {
  case TOK_LPAREN:
  case TOK_LBRACKET:
  case TOK_TEMPLATE:
  case TOK_ADD:
  case TOK_SUB:
  case TOK_DIV:
  case TOK_ASSIGN_DIV:
    /* the semicolon before may have gone with its own statement */
    ts_put(ts, prev == TOK_SEMICOLON ? prev_end - 1 : start, ';');
    return;
  default: return;
  }
}

void ts_block(Ts *ts)
{
  ts_expect(ts, TOK_LBRACE);
  TsScope scope = ts_open_scope(ts);
  (void)ts_statements(ts, TOK_RBRACE);
  ts_close_scope(ts, scope);
  ts_expect(ts, TOK_RBRACE);
}

/* --- variables --------------------------------------------------------------------------------------------------- */

/* From `var`, `let`, `const`, `using`, `await using` on. In the head of a for statement no type may stand before `of`
 * and `in`. */
static void variables(Ts *ts, bool in_for)
{
  Parser *p = &ts->p;
  bool is_const = ts_is(ts, TOK_CONST);
  (void)ts_eat(ts, TOK_AWAIT);
  lexer_next(p);
  do {
    uint32_t start = p->tok.start;
    ts_binding(ts);
    if (ts_is(ts, TOK_NOT) && !ts_newline(ts)) {
      ts_blank(ts, p->tok.start, p->tok.end);
      lexer_next(p);
    }
    bool is_annotated = ts_is(ts, TOK_COLON);
    ts_annotation(ts);
    if (in_for && is_annotated && (ts_is(ts, TOK_OF) || ts_is(ts, TOK_IN)))
      ts_error(ts, start, p->prev_end,
               ts_is(ts, TOK_OF) ? "The left-hand side of a 'for...of' statement cannot use a type annotation"
                                 : "The left-hand side of a 'for...in' statement cannot use a type annotation");
    if (ts_eat(ts, TOK_ASSIGN))
      ts_assignment(ts);
    else if (is_const && !ts->is_ambient && !(in_for && (ts_is(ts, TOK_OF) || ts_is(ts, TOK_IN))))
      ts_error(ts, start, p->prev_end, "'const' declarations must be initialized");
  } while (ts_eat(ts, TOK_COMMA));
}

/* `let`, `using` and `await using` are declarations only if a name follows. */
static bool at_variables(Ts *ts)
{
  Parser *p = &ts->p;
  if (ts_is(ts, TOK_VAR) || ts_is(ts, TOK_CONST))
    return true;
  if (ts_is(ts, TOK_LET)) {
    Token next = lexer_peek(p);
    return token_is_identifier(&next) || next.type == TOK_LBRACE || next.type == TOK_LBRACKET;
  }
  LexerState state = lexer_save(p);
  if (ts_is(ts, TOK_AWAIT))
    lexer_next(p);
  bool found = tok_is_word(p, TOK_USING) && !(p->tok.start != state.tok.start && ts_newline(ts));
  if (found) {
    lexer_next(p);
    found = ts_is_identifier(ts) && !ts_newline(ts) && !ts_is_word(ts, ts->word.satisfies) && !ts_is(ts, TOK_AS);
  }
  lexer_restore(p, &state);
  return found;
}

/* --- statements of JavaScript ------------------------------------------------------------------------------------ */

static void parenthesized_expression(Ts *ts)
{
  ts_expect(ts, TOK_LPAREN);
  ts_expression(ts);
  ts_expect(ts, TOK_RPAREN);
}

static void for_statement(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  (void)ts_eat(ts, TOK_AWAIT);
  ts_expect(ts, TOK_LPAREN);
  p->no_in = true;
  if (at_variables(ts) && !ts_is(ts, TOK_USING)) {
    variables(ts, true);
  } else if (ts_is(ts, TOK_USING) && at_variables(ts)) {
    /* `for (using of x)` is about a variable called using */
    Token next = lexer_peek(p);
    if (next.type != TOK_OF) {
      variables(ts, true);
    } else {
      ts_expression(ts);
    }
  } else if (!ts_is(ts, TOK_SEMICOLON)) {
    ts_expression(ts);
  }
  p->no_in = false;
  if (ts_eat(ts, TOK_OF)) {
    ts_assignment(ts);
  } else if (ts_eat(ts, TOK_IN)) {
    ts_expression(ts);
  } else {
    ts_expect(ts, TOK_SEMICOLON);
    if (!ts_is(ts, TOK_SEMICOLON))
      ts_expression(ts);
    ts_expect(ts, TOK_SEMICOLON);
    if (!ts_is(ts, TOK_RPAREN))
      ts_expression(ts);
  }
  ts_expect(ts, TOK_RPAREN);
  (void)ts_statement(ts, true);
}

static void switch_statement(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  parenthesized_expression(ts);
  ts_expect(ts, TOK_LBRACE);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
    if (ts_eat(ts, TOK_CASE))
      ts_expression(ts);
    else
      ts_expect(ts, TOK_DEFAULT);
    ts_expect(ts, TOK_COLON);
    while (!ts_is(ts, TOK_CASE) && !ts_is(ts, TOK_DEFAULT) && !ts_is(ts, TOK_RBRACE) && !parser_failed(p))
      (void)ts_statement(ts, false);
  }
  ts_expect(ts, TOK_RBRACE);
}

static void try_statement(Ts *ts)
{
  lexer_next(&ts->p);
  ts_block(ts);
  if (ts_eat(ts, TOK_CATCH)) {
    if (ts_eat(ts, TOK_LPAREN)) {
      ts_binding(ts);
      ts_annotation(ts);
      ts_expect(ts, TOK_RPAREN);
    }
    ts_block(ts);
  }
  if (ts_eat(ts, TOK_FINALLY))
    ts_block(ts);
}

static void expression_statement(Ts *ts)
{
  ts_expression(ts);
  ts_semicolon(ts);
}

/* `return`, `throw`, `break`, `continue`. */
static void jump(Ts *ts)
{
  TokenType type = (TokenType)ts->p.tok.type;
  lexer_next(&ts->p);
  if (!ts_can_end_statement(ts)) {
    if (type == TOK_BREAK || type == TOK_CONTINUE)
      ts_identifier(ts);
    else
      ts_expression(ts);
  }
  ts_semicolon(ts);
}

/* A function: with a body, or the signature of an overload. */
static TsKind function_statement(Ts *ts, bool is_async)
{
  if (ts_function(ts, is_async))
    return TS_VALUE;
  ts_semicolon(ts);
  return TS_TYPE_ONLY;
}

static TsKind word_statement(Ts *ts)
{
  Parser *p = &ts->p;
  Token next = lexer_peek(p);
  if (next.type == TOK_COLON) {
    lexer_next(p);
    lexer_next(p);
    (void)ts_statement(ts, false);
    return TS_VALUE;
  }
  if (ts_is(ts, TOK_ASYNC) && next.type == TOK_FUNCTION && !(next.flags & TOKEN_NEWLINE)) {
    lexer_next(p);
    return function_statement(ts, true);
  }
  TsKind kind = ts_declaration(ts, false);
  if (kind != TS_NOT_DECLARATION)
    return kind;
  expression_statement(ts);
  return TS_VALUE;
}

static TsKind statement(Ts *ts)
{
  Parser *p = &ts->p;
  if (at_variables(ts)) {
    if (ts_is(ts, TOK_CONST)) {
      Token next = lexer_peek(p);
      if (next.type == TOK_ENUM)
        return ts_declaration(ts, false);
    }
    variables(ts, false);
    ts_semicolon(ts);
    return TS_VALUE;
  }
  switch (p->tok.type) {
  case TOK_LBRACE: ts_block(ts); return TS_VALUE;
  case TOK_SEMICOLON: lexer_next(p); return TS_VALUE;
  case TOK_FUNCTION: return function_statement(ts, false);
  case TOK_CLASS: ts_class(ts); return TS_VALUE;
  case TOK_ENUM: return ts_declaration(ts, false);
  case TOK_IF:
    lexer_next(p);
    parenthesized_expression(ts);
    (void)ts_statement(ts, true);
    if (ts_eat(ts, TOK_ELSE))
      (void)ts_statement(ts, true);
    return TS_VALUE;
  case TOK_FOR: for_statement(ts); return TS_VALUE;
  case TOK_WHILE:
  case TOK_WITH:
    lexer_next(p);
    parenthesized_expression(ts);
    (void)ts_statement(ts, true);
    return TS_VALUE;
  case TOK_DO:
    lexer_next(p);
    (void)ts_statement(ts, true);
    ts_expect(ts, TOK_WHILE);
    parenthesized_expression(ts);
    (void)ts_eat(ts, TOK_SEMICOLON);
    return TS_VALUE;
  case TOK_SWITCH: switch_statement(ts); return TS_VALUE;
  case TOK_TRY: try_statement(ts); return TS_VALUE;
  case TOK_RETURN:
  case TOK_THROW:
  case TOK_BREAK:
  case TOK_CONTINUE: jump(ts); return TS_VALUE;
  case TOK_DEBUGGER:
    lexer_next(p);
    ts_semicolon(ts);
    return TS_VALUE;
  case TOK_IMPORT: {
    Token next = lexer_peek(p);
    if (next.type == TOK_LPAREN || next.type == TOK_DOT) {
      expression_statement(ts);
      return TS_VALUE;
    }
    return ts_import(ts);
  }
  case TOK_EXPORT: return ts_export(ts);
  case TOK_ERROR:
    ts_decorators(ts);
    if (ts_is(ts, TOK_EXPORT))
      return ts_export(ts);
    if (ts_is(ts, TOK_CLASS) || ts_is_word(ts, ts->word.abstract) || ts_is_word(ts, ts->word.declare))
      return statement(ts);
    ts_unexpected(ts);
    return TS_VALUE;
  default: break;
  }
  if (ts_is_identifier(ts))
    return word_statement(ts);
  expression_statement(ts);
  return TS_VALUE;
}

TsKind ts_statement(Ts *ts, bool is_single)
{
  Parser *p = &ts->p;
  if (!parser_has_stack(p))
    return TS_VALUE;
  uint32_t start = p->tok.start, edits = ts->edits.len;
  TokenType prev = (TokenType)p->prev_type;
  uint32_t prev_end = p->prev_end;
  TsKind kind = statement(ts);
  if (kind == TS_TYPE_ONLY && !parser_failed(p))
    blank_statement(ts, edits, start, prev, prev_end, is_single);
  return kind;
}

TsKind ts_statements(Ts *ts, TokenType end)
{
  TsKind kind = TS_TYPE_ONLY;
  while (!ts_is(ts, end) && !parser_failed(&ts->p)) {
    if (ts_is(ts, TOK_EOF)) {
      ts_expect(ts, end);
      break;
    }
    bool is_empty = ts_is(ts, TOK_SEMICOLON);
    if (ts_statement(ts, false) == TS_VALUE && !is_empty)
      kind = TS_VALUE;
  }
  return kind;
}
