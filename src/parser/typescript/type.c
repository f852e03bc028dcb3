// SPDX-License-Identifier: MIT
/*
 * Types. All that matters is where a type ends, for it is blanked as a whole: precedence is not kept apart, conditional
 * types are read as a row of `extends` clauses with `? :` behind, which holds for the ambiguous `infer U extends V ?`
 * too.
 */
#include "parser/typescript/typescript.h"

/* The current token starts with `>`: takes that one unit of it. */
static bool close_angle(Ts *ts)
{
  Parser *p = &ts->p;
  switch (p->tok.type) {
  case TOK_GE:
  case TOK_SAR:
  case TOK_SHR:
  case TOK_ASSIGN_SAR:
  case TOK_ASSIGN_SHR:
    p->tok.type = TOK_GT;
    p->tok.end = p->pos = p->tok.start + 1;
    break;
  case TOK_GT: break;
  default: ts_expect(ts, TOK_COMMA); return false;
  }
  lexer_next(p);
  return true;
}

/* The current token starts with `<`: makes it that one unit. */
static bool at_open_angle(Ts *ts)
{
  Parser *p = &ts->p;
  if (p->tok.type == TOK_SHL) {
    p->tok.type = TOK_LT;
    p->tok.end = p->pos = p->tok.start + 1;
  }
  return p->tok.type == TOK_LT;
}

void ts_type_parameters(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  if (ts_is(ts, TOK_GT))
    ts_error(ts, p->tok.start, p->tok.end, "Type parameter list cannot be empty");
  while (!parser_failed(p)) {
    for (;;) {
      if (ts_is(ts, TOK_CONST) || ts_is(ts, TOK_IN)) {
        lexer_next(p);
      } else if (ts_is_word(ts, ts->word.out)) {
        Token next = lexer_peek(p);
        if (!token_is_identifier(&next) && next.type != TOK_IN && next.type != TOK_CONST)
          break;
        lexer_next(p);
      } else {
        break;
      }
    }
    ts_identifier(ts);
    if (ts_eat(ts, TOK_EXTENDS))
      ts_type(ts);
    if (ts_eat(ts, TOK_ASSIGN))
      ts_type(ts);
    if (!ts_eat(ts, TOK_COMMA) || ts_is(ts, TOK_GT))
      break;
  }
  (void)close_angle(ts);
}

bool ts_type_arguments(Ts *ts, bool in_expression)
{
  Parser *p = &ts->p;
  if (!at_open_angle(ts))
    return false;
  lexer_next(p);
  do {
    ts_type(ts);
  } while (ts_eat(ts, TOK_COMMA));
  if (in_expression && !ts_is(ts, TOK_GT))
    ts_expect(ts, TOK_COMMA);
  else
    (void)close_angle(ts);
  return !parser_failed(p);
}

/* `a.b.c`, also with words that are reserved. */
static void entity_name(Ts *ts)
{
  Parser *p = &ts->p;
  if (!token_is_word(&p->tok)) {
    ts_expected(ts, "ident");
    return;
  }
  lexer_next(p);
  while (ts_eat(ts, TOK_DOT)) {
    if (token_is_word(&p->tok) || ts_is(ts, TOK_HASH_NAME))
      lexer_next(p);
    else
      ts_error(ts, p->tok.start, p->tok.end, "Expected ident");
  }
}

static void maybe_type_arguments(Ts *ts)
{
  if (!ts_newline(ts) && at_open_angle(ts))
    (void)ts_type_arguments(ts, false);
}

/* import('x', { with: {...} }).A<B> */
static void import_type(Ts *ts)
{
  lexer_next(&ts->p);
  ts_expect(ts, TOK_LPAREN);
  ts_type(ts);
  if (ts_eat(ts, TOK_COMMA) && !ts_is(ts, TOK_RPAREN)) {
    ts_assignment(ts);
    (void)ts_eat(ts, TOK_COMMA);
  }
  ts_expect(ts, TOK_RPAREN);
  while (ts_eat(ts, TOK_DOT)) {
    if (token_is_word(&ts->p.tok))
      lexer_next(&ts->p);
    else
      ts_expected(ts, "ident");
  }
  maybe_type_arguments(ts);
}

static void template_type(Ts *ts)
{
  Parser *p = &ts->p;
  for (;;) {
    if (!ts_is(ts, TOK_TEMPLATE)) {
      ts_unexpected(ts);
      return;
    }
    bool is_tail = p->tok.flags & TOKEN_TAIL;
    lexer_next(p);
    if (is_tail)
      return;
    ts_type(ts);
    if (!ts_is(ts, TOK_RBRACE)) {
      ts_expect(ts, TOK_RBRACE);
      return;
    }
    lexer_template_continue(p);
  }
}

/* --- members of object types ------------------------------------------------------------------------------------- */

static void type_annotation(Ts *ts)
{
  if (ts_eat(ts, TOK_COLON))
    ts_type(ts);
}

static void signature(Ts *ts)
{
  if (at_open_angle(ts))
    ts_type_parameters(ts);
  ts_parameters(ts, NULL);
  if (ts_eat(ts, TOK_COLON))
    ts_return_type(ts);
}

static bool at_signature(Ts *ts)
{
  return ts_is(ts, TOK_LPAREN) || at_open_angle(ts);
}

/* A modifier only if the name it modifies follows. */
static bool at_modifier(Ts *ts)
{
  if (!ts_is_word(ts, ts->word.readonly) && !ts_is(ts, TOK_GET) && !ts_is(ts, TOK_SET))
    return false;
  Token next = lexer_peek(&ts->p);
  return token_is_word(&next) || next.type == TOK_LBRACKET || next.type == TOK_STRING || next.type == TOK_NUMBER ||
         next.type == TOK_BIGINT || next.type == TOK_HASH_NAME;
}

bool ts_at_index_signature(Ts *ts)
{
  if (!ts_is(ts, TOK_LBRACKET))
    return false;
  LexerState state = lexer_save(&ts->p);
  lexer_next(&ts->p);
  bool found = ts_is_identifier(ts);
  if (found) {
    Token next = lexer_peek(&ts->p);
    found = next.type == TOK_COLON;
  }
  lexer_restore(&ts->p, &state);
  return found;
}

static void index_signature(Ts *ts)
{
  lexer_next(&ts->p);
  lexer_next(&ts->p);
  ts_expect(ts, TOK_COLON);
  ts_type(ts);
  ts_expect(ts, TOK_RBRACKET);
  type_annotation(ts);
}

static void type_member(Ts *ts)
{
  Parser *p = &ts->p;
  if (ts_is(ts, TOK_NEW)) {
    Token next = lexer_peek(p);
    if (next.type == TOK_LPAREN || next.type == TOK_LT)
      lexer_next(p);
  }
  if (at_signature(ts)) {
    signature(ts);
    return;
  }
  while (at_modifier(ts))
    lexer_next(p);
  if (ts_at_index_signature(ts)) {
    index_signature(ts);
    return;
  }
  ts_property_name(ts);
  (void)ts_eat(ts, TOK_QUESTION);
  if (at_signature(ts))
    signature(ts);
  else
    type_annotation(ts);
}

/* `{` or `{ readonly` or `{ +readonly` before `[name in`. */
static bool at_mapped_type(Ts *ts)
{
  Parser *p = &ts->p;
  LexerState state = lexer_save(p);
  lexer_next(p);
  if (ts_is(ts, TOK_ADD) || ts_is(ts, TOK_SUB))
    lexer_next(p);
  if (ts_is_word(ts, ts->word.readonly))
    lexer_next(p);
  bool found = ts_eat(ts, TOK_LBRACKET) && ts_is_identifier(ts);
  if (found) {
    lexer_next(p);
    found = ts_is(ts, TOK_IN);
  }
  lexer_restore(p, &state);
  return found;
}

static void mapped_type(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  if (ts_is(ts, TOK_ADD) || ts_is(ts, TOK_SUB))
    lexer_next(p);
  if (ts_is_word(ts, ts->word.readonly))
    lexer_next(p);
  ts_expect(ts, TOK_LBRACKET);
  lexer_next(p);
  ts_expect(ts, TOK_IN);
  ts_type(ts);
  if (ts_eat(ts, TOK_AS))
    ts_type(ts);
  ts_expect(ts, TOK_RBRACKET);
  if (ts_is(ts, TOK_ADD) || ts_is(ts, TOK_SUB)) {
    lexer_next(p);
    ts_expect(ts, TOK_QUESTION);
  } else {
    (void)ts_eat(ts, TOK_QUESTION);
  }
  type_annotation(ts);
  (void)(ts_eat(ts, TOK_SEMICOLON) || ts_eat(ts, TOK_COMMA));
  ts_expect(ts, TOK_RBRACE);
}

void ts_type_members(Ts *ts)
{
  ts_expect(ts, TOK_LBRACE);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(&ts->p)) {
    type_member(ts);
    if (!ts_eat(ts, TOK_SEMICOLON) && !ts_eat(ts, TOK_COMMA) && !ts_is(ts, TOK_RBRACE) && !ts_newline(ts))
      ts_expect(ts, TOK_SEMICOLON);
  }
  ts_expect(ts, TOK_RBRACE);
}

/* --- tuples ------------------------------------------------------------------------------------------------------ */

static void tuple_type(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  while (!ts_is(ts, TOK_RBRACKET) && !parser_failed(p)) {
    (void)ts_eat(ts, TOK_ELLIPSIS);
    if (token_is_word(&p->tok)) {
      LexerState state = lexer_save(p);
      lexer_next(p);
      (void)ts_eat(ts, TOK_QUESTION);
      if (!ts_eat(ts, TOK_COLON))
        lexer_restore(p, &state);
    }
    ts_type(ts);
    (void)ts_eat(ts, TOK_QUESTION);
    if (!ts_eat(ts, TOK_COMMA))
      break;
  }
  ts_expect(ts, TOK_RBRACKET);
}

/* --- function types ---------------------------------------------------------------------------------------------- */

/* Whether the parenthesis here opens the parameters of a function type. */
static bool at_function_parameters(Ts *ts)
{
  Parser *p = &ts->p;
  TsMark mark = ts_mark(ts);
  lexer_next(p);
  bool found = ts_is(ts, TOK_RPAREN) || ts_is(ts, TOK_ELLIPSIS);
  if (!found) {
    if (ts_is(ts, TOK_LBRACE) || ts_is(ts, TOK_LBRACKET))
      ts_binding(ts);
    else if (ts_is_identifier(ts) || ts_is(ts, TOK_THIS))
      lexer_next(p);
    else
      goto out;
    if (parser_failed(p))
      goto out;
    if (ts_is(ts, TOK_RPAREN)) {
      lexer_next(p);
      found = ts_is(ts, TOK_ARROW);
    } else if (ts_is(ts, TOK_QUESTION)) {
      /* not a conditional type, whose check would have to be followed by `extends` */
      found = true;
    } else {
      found = ts_is(ts, TOK_COLON) || ts_is(ts, TOK_COMMA) || ts_is(ts, TOK_ASSIGN);
    }
  }
out:
  (void)ts_rewind(ts, &mark);
  return found;
}

static bool function_type(Ts *ts)
{
  Parser *p = &ts->p;
  if (ts_is_word(ts, ts->word.abstract)) {
    Token next = lexer_peek(p);
    if (next.type == TOK_NEW)
      lexer_next(p);
  }
  if (!ts_eat(ts, TOK_NEW) && !at_open_angle(ts) && !(ts_is(ts, TOK_LPAREN) && at_function_parameters(ts)))
    return false;
  if (at_open_angle(ts))
    ts_type_parameters(ts);
  ts_parameters(ts, NULL);
  ts_expect(ts, TOK_ARROW);
  ts_return_type(ts);
  return true;
}

/* --- the row of operators ---------------------------------------------------------------------------------------- */

static bool starts_type(const Token *tok)
{
  switch (tok->type) {
  case TOK_LBRACE:
  case TOK_LBRACKET:
  case TOK_LPAREN:
  case TOK_LT:
  case TOK_STRING:
  case TOK_NUMBER:
  case TOK_BIGINT:
  case TOK_TEMPLATE:
  case TOK_SUB: return true;
  case TOK_IN:
  case TOK_INSTANCEOF:
  case TOK_EXTENDS: return false;
  default: return token_is_word(tok);
  }
}

static void primary_type(Ts *ts)
{
  Parser *p = &ts->p;
  switch (p->tok.type) {
  case TOK_LBRACE:
    if (at_mapped_type(ts))
      mapped_type(ts);
    else
      ts_type_members(ts);
    return;
  case TOK_LBRACKET: tuple_type(ts); return;
  case TOK_LPAREN:
    lexer_next(p);
    ts_type(ts);
    ts_expect(ts, TOK_RPAREN);
    return;
  case TOK_SUB:
    lexer_next(p);
    if (ts_is(ts, TOK_NUMBER) || ts_is(ts, TOK_BIGINT))
      lexer_next(p);
    else
      ts_expected(ts, "numeric literal or bigint literal");
    return;
  case TOK_STRING:
  case TOK_NUMBER:
  case TOK_BIGINT:
  case TOK_THIS:
  case TOK_VOID:
  case TOK_NULL:
  case TOK_TRUE:
  case TOK_FALSE: lexer_next(p); return;
  case TOK_TEMPLATE: template_type(ts); return;
  case TOK_IMPORT: import_type(ts); return;
  case TOK_TYPEOF:
    lexer_next(p);
    if (ts_is(ts, TOK_IMPORT)) {
      import_type(ts);
      return;
    }
    entity_name(ts);
    maybe_type_arguments(ts);
    return;
  default:
    if (ts_is_identifier(ts)) {
      entity_name(ts);
      maybe_type_arguments(ts);
      return;
    }
    if (ts_is(ts, TOK_ERROR))
      ts_unexpected(ts);
    else
      parser_error_format(p, p->tok.start, p->tok.end,
                          "Unexpected token `%s`. Expected an identifier, void, yield, null, await, break, a string "
                          "literal, a numeric literal, true, false, `, -, import, this, typeof, {, [, (",
                          ts_is(ts, TOK_EOF) ? "<eof>" : token_text(p->tok.type));
  }
}

/* One operand of `|` and `&` with its prefixes and `[]`s. */
static void operand_type(Ts *ts)
{
  Parser *p = &ts->p;
  for (;;) {
    if (ts_is_word(ts, ts->word.keyof) || ts_is_word(ts, ts->word.unique) || ts_is_word(ts, ts->word.readonly)) {
      Token next = lexer_peek(p);
      if (!starts_type(&next) || (next.flags & TOKEN_NEWLINE && next.type == TOK_LBRACKET))
        break;
      lexer_next(p);
    } else if (ts_is_word(ts, ts->word.infer)) {
      Token next = lexer_peek(p);
      if (!token_is_identifier(&next))
        break;
      lexer_next(p);
    } else {
      break;
    }
  }
  if (function_type(ts))
    return;
  primary_type(ts);
  while (ts_is(ts, TOK_LBRACKET) && !ts_newline(ts)) {
    lexer_next(p);
    if (!ts_is(ts, TOK_RBRACKET))
      ts_type(ts);
    ts_expect(ts, TOK_RBRACKET);
  }
}

void ts_type(Ts *ts)
{
  Parser *p = &ts->p;
  if (!parser_has_stack(p))
    return;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  uint32_t open = 0; /* `extends` clauses */
  for (;;) {
    if (ts_is(ts, TOK_BIT_OR) || ts_is(ts, TOK_BIT_AND))
      lexer_next(p);
    operand_type(ts);
    while (ts_is(ts, TOK_BIT_OR) || ts_is(ts, TOK_BIT_AND)) {
      lexer_next(p);
      operand_type(ts);
    }
    if (ts_is(ts, TOK_EXTENDS) && !ts_newline(ts)) {
      open++;
      lexer_next(p);
      continue;
    }
    break;
  }
  if (open && ts_is(ts, TOK_QUESTION)) {
    Token next = lexer_peek(p);
    if (next.type != TOK_COMMA && next.type != TOK_RBRACKET) {
      lexer_next(p);
      ts_type(ts);
      ts_expect(ts, TOK_COLON);
      ts_type(ts);
    }
  }
  p->no_in = saved_no_in;
}

/* `asserts x`, `asserts x is T`, but not `asserts is T`, which is about a parameter called asserts. */
static bool assertion_predicate(Ts *ts)
{
  Parser *p = &ts->p;
  if (!ts_is_word(ts, ts->word.asserts))
    return false;
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool found = !ts_newline(ts) && (ts_is_identifier(ts) || ts_is(ts, TOK_THIS));
  if (found && ts_is_word(ts, ts->word.is)) {
    Token next = lexer_peek(p);
    found = token_is_ts_word(&next, ts->word.is);
  }
  if (!found) {
    lexer_restore(p, &state);
    return false;
  }
  lexer_next(p);
  if (ts_is_word(ts, ts->word.is) && !ts_newline(ts)) {
    lexer_next(p);
    ts_type(ts);
  }
  return true;
}

void ts_return_type(Ts *ts)
{
  Parser *p = &ts->p;
  if (assertion_predicate(ts))
    return;
  if (ts_is_identifier(ts) || ts_is(ts, TOK_THIS)) {
    Token next = lexer_peek(p);
    if (token_is_ts_word(&next, ts->word.is) && !(next.flags & TOKEN_NEWLINE)) {
      lexer_next(p);
      lexer_next(p);
    }
  }
  ts_type(ts);
}

/* --- annotations ------------------------------------------------------------------------------------------------- */

void ts_annotation(Ts *ts)
{
  if (!ts_is(ts, TOK_COLON))
    return;
  uint32_t start = ts->p.tok.start, edits = ts->edits.len;
  lexer_next(&ts->p);
  ts_type(ts);
  ts_blank_over(ts, edits, start, ts->p.prev_end);
}
