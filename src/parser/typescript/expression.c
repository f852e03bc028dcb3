// SPDX-License-Identifier: MIT
/*
 * Expressions and binding patterns. Precedence is not kept apart: a row of operands and operators is a row; what an
 * assignment may assign to is the JavaScript parser's business. Types occur behind `as` and `satisfies`, as type
 * arguments, as `<T>x`, behind `!`, and in the heads of functions.
 */
#include "parser/typescript/typescript.h"

static void assignment(Ts *ts, bool before_colon);

/* --- names and patterns ------------------------------------------------------------------------------------------ */

/* [expression] with `in` allowed. */
static void computed(Ts *ts)
{
  bool saved_no_in = ts->p.no_in;
  ts->p.no_in = false;
  lexer_next(&ts->p);
  ts_expression(ts);
  ts_expect(ts, TOK_RBRACKET);
  ts->p.no_in = saved_no_in;
}

void ts_property_name(Ts *ts)
{
  Parser *p = &ts->p;
  if (ts_is(ts, TOK_LBRACKET))
    computed(ts);
  else if (token_is_word(&p->tok) || ts_is(ts, TOK_STRING) || ts_is(ts, TOK_NUMBER) || ts_is(ts, TOK_BIGINT) ||
           ts_is(ts, TOK_HASH_NAME))
    lexer_next(p);
  else if (ts_is(ts, TOK_ERROR))
    ts_unexpected(ts);
  else
    parser_error_format(p, p->tok.start, p->tok.end,
                        "Unexpected token `%s`. Expected identifier, string literal, numeric literal or [ for the "
                        "computed key",
                        ts_is(ts, TOK_EOF) ? "<eof>" : token_text(p->tok.type));
}

static void binding_initializer(Ts *ts)
{
  if (ts_eat(ts, TOK_ASSIGN))
    ts_assignment(ts);
}

static void object_binding(Ts *ts)
{
  lexer_next(&ts->p);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(&ts->p)) {
    if (ts_eat(ts, TOK_ELLIPSIS)) {
      ts_binding(ts);
    } else {
      TsName name = {{ts->p.tok.start, ts->p.tok.end}, ts->p.tok.name};
      bool is_name = ts_is_identifier(ts);
      ts_property_name(ts);
      if (ts_eat(ts, TOK_COLON))
        ts_binding(ts);
      else if (ts->collects_bound && is_name)
        parser_push(&ts->p, &ts->bound, name);
      binding_initializer(ts);
    }
    if (!ts_eat(ts, TOK_COMMA))
      break;
  }
  ts_expect(ts, TOK_RBRACE);
}

static void array_binding(Ts *ts)
{
  lexer_next(&ts->p);
  while (!ts_is(ts, TOK_RBRACKET) && !parser_failed(&ts->p)) {
    if (ts_eat(ts, TOK_COMMA))
      continue;
    (void)ts_eat(ts, TOK_ELLIPSIS);
    ts_binding(ts);
    binding_initializer(ts);
    if (!ts_eat(ts, TOK_COMMA))
      break;
  }
  ts_expect(ts, TOK_RBRACKET);
}

static void bound_name(Ts *ts)
{
  if (ts->collects_bound && ts_is_identifier(ts)) {
    TsName name = {{ts->p.tok.start, ts->p.tok.end}, ts->p.tok.name};
    parser_push(&ts->p, &ts->bound, name);
  }
  ts_identifier(ts);
}

void ts_binding(Ts *ts)
{
  if (!parser_has_stack(&ts->p))
    return;
  bool saved_no_in = ts->p.no_in;
  ts->p.no_in = false;
  if (ts_is(ts, TOK_LBRACE))
    object_binding(ts);
  else if (ts_is(ts, TOK_LBRACKET))
    array_binding(ts);
  else
    bound_name(ts);
  ts->p.no_in = saved_no_in;
}

/* --- literals ---------------------------------------------------------------------------------------------------- */

static void template_literal(Ts *ts)
{
  Parser *p = &ts->p;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  while (!parser_failed(p)) {
    if (!ts_is(ts, TOK_TEMPLATE)) {
      ts_unexpected(ts);
      break;
    }
    bool is_tail = p->tok.flags & TOKEN_TAIL;
    lexer_next(p);
    if (is_tail)
      break;
    ts_expression(ts);
    if (!ts_is(ts, TOK_RBRACE)) {
      ts_expect(ts, TOK_RBRACE);
      break;
    }
    lexer_template_continue(p);
  }
  p->no_in = saved_no_in;
}

static void array_literal(Ts *ts)
{
  lexer_next(&ts->p);
  while (!ts_is(ts, TOK_RBRACKET) && !parser_failed(&ts->p)) {
    if (ts_eat(ts, TOK_COMMA))
      continue;
    (void)ts_eat(ts, TOK_ELLIPSIS);
    ts_assignment(ts);
    if (!ts_eat(ts, TOK_COMMA))
      break;
  }
  ts_expect(ts, TOK_RBRACKET);
}

/* What may follow a property name that was no modifier after all. */
static bool ends_name(const Token *tok)
{
  switch (tok->type) {
  case TOK_COMMA:
  case TOK_RBRACE:
  case TOK_COLON:
  case TOK_LPAREN:
  case TOK_LT:
  case TOK_ASSIGN:
  case TOK_EOF: return true;
  default: return false;
  }
}

static void property(Ts *ts)
{
  Parser *p = &ts->p;
  if (ts_eat(ts, TOK_ELLIPSIS)) {
    ts_assignment(ts);
    return;
  }
  bool is_async = false, is_generator = false;
  if (ts_is(ts, TOK_ASYNC) || ts_is(ts, TOK_GET) || ts_is(ts, TOK_SET)) {
    Token next = lexer_peek(p);
    if (!ends_name(&next)) {
      is_async = ts_is(ts, TOK_ASYNC);
      lexer_next(p);
    }
  }
  if (ts_eat(ts, TOK_MUL))
    is_generator = true;
  ts_property_name(ts);
  if (ts_is(ts, TOK_LPAREN) || ts_is(ts, TOK_LT)) {
    if (!ts_function_rest(ts, is_async, is_generator, NULL))
      ts_expect(ts, TOK_LBRACE);
  } else if (ts_eat(ts, TOK_COLON)) {
    ts_assignment(ts);
  } else if (ts_eat(ts, TOK_ASSIGN)) {
    ts_assignment(ts); /* a pattern's default */
  }
}

static void object_literal(Ts *ts)
{
  lexer_next(&ts->p);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(&ts->p)) {
    property(ts);
    if (!ts_eat(ts, TOK_COMMA))
      break;
  }
  ts_expect(ts, TOK_RBRACE);
}

void ts_arguments(Ts *ts)
{
  bool saved_no_in = ts->p.no_in;
  ts->p.no_in = false;
  ts_expect(ts, TOK_LPAREN);
  while (!ts_is(ts, TOK_RPAREN) && !parser_failed(&ts->p)) {
    (void)ts_eat(ts, TOK_ELLIPSIS);
    ts_assignment(ts);
    if (!ts_is(ts, TOK_RPAREN))
      ts_expect(ts, TOK_COMMA);
  }
  ts_expect(ts, TOK_RPAREN);
  ts->p.no_in = saved_no_in;
}

static void parenthesized(Ts *ts)
{
  Parser *p = &ts->p;
  bool saved_no_in = p->no_in;
  p->no_in = false;
  lexer_next(p);
  for (;;) {
    ts_assignment(ts);
    if (ts_is(ts, TOK_RPAREN) || parser_failed(p))
      break;
    ts_expect(ts, TOK_COMMA);
  }
  p->no_in = saved_no_in;
  ts_expect(ts, TOK_RPAREN);
}

/* --- operands ---------------------------------------------------------------------------------------------------- */

void ts_decorators(Ts *ts)
{
  Parser *p = &ts->p;
  while (ts_is(ts, TOK_ERROR) && lexer_unit(p, p->tok.start) == '@') {
    p->pos = p->tok.start + 1;
    p->tok.type = TOK_IDENTIFIER;
    p->tok.end = p->pos;
    lexer_next(p);
    ts_left_hand_side(ts);
  }
}

static void import_expression(Ts *ts)
{
  lexer_next(&ts->p);
  if (ts_eat(ts, TOK_DOT)) {
    if (token_is_word(&ts->p.tok))
      lexer_next(&ts->p);
    else
      ts_expected(ts, "ident");
  }
}

/* `new X<T>(...)`, `new.target`: up to the arguments. */
static void new_expression(Ts *ts);

static void primary(Ts *ts)
{
  Parser *p = &ts->p;
  bool saved_no_in = p->no_in;
  switch (p->tok.type) {
  case TOK_LPAREN: parenthesized(ts); return;
  case TOK_LBRACKET:
    p->no_in = false;
    array_literal(ts);
    p->no_in = saved_no_in;
    return;
  case TOK_LBRACE:
    p->no_in = false;
    object_literal(ts);
    p->no_in = saved_no_in;
    return;
  case TOK_TEMPLATE: template_literal(ts); return;
  case TOK_FUNCTION:
    if (!ts_function(ts, false))
      ts_expect(ts, TOK_LBRACE);
    return;
  case TOK_CLASS: ts_class(ts); return;
  case TOK_NEW: new_expression(ts); return;
  case TOK_IMPORT: import_expression(ts); return;
  case TOK_ASYNC: {
    Token next = lexer_peek(p);
    if (next.type == TOK_FUNCTION && !(next.flags & TOKEN_NEWLINE)) {
      lexer_next(p);
      if (!ts_function(ts, true))
        ts_expect(ts, TOK_LBRACE);
      return;
    }
    lexer_next(p);
    return;
  }
  case TOK_DIV:
  case TOK_ASSIGN_DIV: {
    AstRegExp regexp = {0};
    if (lexer_regexp(p, &regexp))
      lexer_next(p);
    return;
  }
  case TOK_NUMBER:
  case TOK_BIGINT:
  case TOK_STRING:
  case TOK_THIS:
  case TOK_SUPER:
  case TOK_NULL:
  case TOK_TRUE:
  case TOK_FALSE:
  case TOK_HASH_NAME: lexer_next(p); return;
  case TOK_ERROR:
    if (lexer_unit(p, p->tok.start) == '@') {
      ts_decorators(ts);
      if (ts_is(ts, TOK_CLASS))
        ts_class(ts);
      else
        ts_unexpected(ts);
      return;
    }
    JS_FALLTHROUGH;
  default:
    if (ts_is_identifier(ts))
      lexer_next(p);
    else
      ts_unexpected(ts);
  }
}

/* Whether type arguments may end here: what follows could not go on with an operand of `>`. */
static bool ends_type_arguments(const Token *tok)
{
  switch (tok->type) {
  case TOK_LPAREN:
  case TOK_TEMPLATE: return true;
  case TOK_LT:
  case TOK_GT:
  case TOK_ADD:
  case TOK_SUB: return false;
  default: break;
  }
  if (tok->flags & TOKEN_NEWLINE || token_precedence((TokenType)tok->type) > 0)
    return true;
  switch (tok->type) {
  case TOK_LBRACKET:
  case TOK_LBRACE:
  case TOK_NOT:
  case TOK_BIT_NOT:
  case TOK_INC:
  case TOK_DEC:
  case TOK_NUMBER:
  case TOK_BIGINT:
  case TOK_STRING:
  case TOK_HASH_NAME:
  case TOK_ERROR: return false;
  case TOK_AS: return true;
  default: return !token_is_word(tok) || tok->type == TOK_EXTENDS;
  }
}

/* `<T, U>` behind an operand, if that is what the `<` means. */
static bool try_type_arguments(Ts *ts)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start;
  if (ts_tried(ts, start, TS_TRY_TYPE_ARGUMENTS) == TS_TRIED_NO)
    return false;
  TsMark mark = ts_mark(ts);
  bool found = ts_type_arguments(ts, true);
  if (found) {
    found = ends_type_arguments(&p->tok) || token_is_ts_word(&p->tok, ts->word.satisfies) ||
            token_is_ts_word(&p->tok, ts->word.is);
  }
  if (found) {
    ts_blank_over(ts, mark.edits, start, p->prev_end);
    return true;
  }
  if (ts_rewind(ts, &mark))
    ts_remember(ts, start, TS_TRY_TYPE_ARGUMENTS, TS_TRIED_NO);
  return false;
}

typedef enum { CALLS, NO_CALLS } Calls;

/* Members, calls, `!`, type arguments and templates behind an operand. */
static void suffixes(Ts *ts, Calls calls)
{
  Parser *p = &ts->p;
  for (;;) {
    switch (p->tok.type) {
    case TOK_DOT:
      lexer_next(p);
      if (token_is_word(&p->tok) || ts_is(ts, TOK_HASH_NAME))
        lexer_next(p);
      else
        ts_expected(ts, "ident");
      break;
    case TOK_OPTIONAL_DOT:
      if (calls == NO_CALLS)
        return;
      lexer_next(p);
      if (token_is_word(&p->tok) || ts_is(ts, TOK_HASH_NAME)) {
        lexer_next(p);
      } else if (ts_is(ts, TOK_LT) || ts_is(ts, TOK_SHL)) {
        uint32_t start = p->tok.start, edits = ts->edits.len;
        if (ts_type_arguments(ts, false))
          ts_blank_over(ts, edits, start, p->prev_end);
        if (!ts_is(ts, TOK_TEMPLATE))
          ts_arguments(ts);
      } else if (!ts_is(ts, TOK_LPAREN) && !ts_is(ts, TOK_LBRACKET) && !ts_is(ts, TOK_TEMPLATE)) {
        ts_expected(ts, "ident");
      }
      break;
    case TOK_LBRACKET: computed(ts); break;
    case TOK_LPAREN:
      if (calls == NO_CALLS)
        return;
      ts_arguments(ts);
      break;
    case TOK_TEMPLATE: template_literal(ts); break;
    case TOK_NOT:
      if (ts_newline(ts))
        return;
      ts_blank(ts, p->tok.start, p->tok.end);
      lexer_next(p);
      break;
    case TOK_LT:
    case TOK_SHL:
      if (!try_type_arguments(ts))
        return;
      break;
    default: return;
    }
    if (parser_failed(p))
      return;
  }
}

static void new_expression(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  if (ts_eat(ts, TOK_DOT)) {
    ts_identifier(ts);
    return;
  }
  if (!parser_has_stack(p))
    return;
  primary(ts);
  suffixes(ts, NO_CALLS);
  if (ts_is(ts, TOK_LPAREN))
    ts_arguments(ts);
}

void ts_left_hand_side(Ts *ts)
{
  if (!parser_has_stack(&ts->p))
    return;
  primary(ts);
  suffixes(ts, CALLS);
}

static void assertion(Ts *ts, uint32_t start)
{
  Parser *p = &ts->p;
  uint32_t edits = ts->edits.len;
  if (ts_type_arguments(ts, false) && ts->transform)
    ts_blank_over(ts, edits, start, p->prev_end);
}

static const char assertion_message[] = "The angle-bracket syntax for type assertions, `<T>expr`, is not supported in "
                                        "type strip mode. Instead, use the 'as' "
                                        "syntax: `expr as T`.";

static void unary(Ts *ts)
{
  Parser *p = &ts->p;
  if (!parser_has_stack(p))
    return;
  for (;;) {
    uint32_t start = p->tok.start;
    switch (p->tok.type) {
    case TOK_NOT:
    case TOK_BIT_NOT:
    case TOK_ADD:
    case TOK_SUB:
    case TOK_INC:
    case TOK_DEC:
    case TOK_TYPEOF:
    case TOK_VOID:
    case TOK_DELETE: lexer_next(p); continue;
    case TOK_AWAIT:
      if (!ts->is_async)
        break;
      lexer_next(p);
      continue;
    case TOK_LT:
    case TOK_SHL:
      assertion(ts, start);
      unary(ts);
      ts_needs_transform(ts, start, p->prev_end, assertion_message);
      return;
    default: break;
    }
    break;
  }
  primary(ts);
  suffixes(ts, CALLS);
  if ((ts_is(ts, TOK_INC) || ts_is(ts, TOK_DEC)) && !ts_newline(ts))
    lexer_next(p);
}

/* `as T` and `satisfies T`: the text before and the line behind must not grow together. */
static void cast(Ts *ts)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start, edits = ts->edits.len;
  lexer_next(p);
  if (ts_is(ts, TOK_CONST))
    lexer_next(p);
  else
    ts_type(ts);
  ts_blank_over(ts, edits, start, p->prev_end);
  if (ts_newline(ts) && (ts_is(ts, TOK_LPAREN) || ts_is(ts, TOK_LBRACKET) || ts_is(ts, TOK_TEMPLATE)))
    ts_put(ts, start, ';');
}

/* --- arrow functions --------------------------------------------------------------------------------------------- */

/* Without looking far: whether the parenthesis here may open an arrow function's parameters. */
static bool may_open_parameters(Ts *ts)
{
  Parser *p = &ts->p;
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool may = true;
  if (ts_is_identifier(ts) || ts_is(ts, TOK_THIS)) {
    lexer_next(p);
    may = ts_is(ts, TOK_COMMA) || ts_is(ts, TOK_COLON) || ts_is(ts, TOK_QUESTION) || ts_is(ts, TOK_ASSIGN) ||
          ts_is(ts, TOK_RPAREN);
  } else {
    may = ts_is(ts, TOK_RPAREN) || ts_is(ts, TOK_ELLIPSIS) || ts_is(ts, TOK_LBRACE) || ts_is(ts, TOK_LBRACKET) ||
          ts_is(ts, TOK_ERROR);
  }
  lexer_restore(p, &state);
  return may;
}

/* A return type that ends on a later line than the parameters takes their `)` with it: no line end may stand before =>.
 */
static void arrow_return_type(Ts *ts)
{
  Parser *p = &ts->p;
  uint32_t paren = p->prev_start, start = p->tok.start, edits = ts->edits.len;
  lexer_next(p);
  ts_return_type(ts);
  ts_blank_over(ts, edits, start, p->prev_end);
  if (ts_has_newline(ts, paren, p->prev_end)) {
    ts_blank(ts, paren, paren + 1);
    ts_put(ts, p->prev_end - 1, ')');
  }
}

/* The head of an arrow function up to and with =>. Type parameters with a line end in them take the `(` along where a
 * line end may not stand. */
static void arrow_head(Ts *ts, bool is_restricted, bool *has_return_type)
{
  Parser *p = &ts->p;
  if (ts_is(ts, TOK_LT)) {
    uint32_t start = p->tok.start, edits = ts->edits.len;
    ts_type_parameters(ts);
    ts_blank_over(ts, edits, start, p->prev_end);
    if (is_restricted && ts_is(ts, TOK_LPAREN) && ts_has_newline(ts, start, p->tok.start)) {
      ts_put(ts, start, '(');
      ts_blank(ts, p->tok.start, p->tok.end);
    }
  }
  if (!ts_is(ts, TOK_LPAREN)) {
    ts_expect(ts, TOK_LPAREN);
    return;
  }
  ts_parameters(ts, NULL);
  *has_return_type = ts_is(ts, TOK_COLON);
  if (*has_return_type)
    arrow_return_type(ts);
  if (ts_is(ts, TOK_ARROW) && ts_newline(ts))
    ts_error(ts, p->prev_start, p->tok.start, "Unexpected line break between arrow head and arrow");
  ts_expect(ts, TOK_ARROW);
}

/* At `(` or `<`, behind `async` if is_async: an arrow function, or nothing is consumed. */
static bool try_arrow(Ts *ts, bool is_async, bool before_colon, TokenType prev)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start;
  TsTry what = ts_is(ts, TOK_LT) ? TS_TRY_ANGLE_ARROW : before_colon ? TS_TRY_ARROW_IN_CONDITIONAL : TS_TRY_ARROW;
  TsTried tried = ts_tried(ts, start, what);
  if (tried == TS_TRIED_NO || (ts_is(ts, TOK_LPAREN) && !may_open_parameters(ts)))
    return false;
  bool is_restricted = is_async || prev == TOK_RETURN || prev == TOK_THROW || prev == TOK_YIELD;
  bool has_return_type = false, saved_no_in = p->no_in;
  TsMark mark = ts_mark(ts);
  arrow_head(ts, is_restricted, &has_return_type);
  bool found = !parser_failed(p);
  if (found && !(before_colon && has_return_type)) {
    ts_remember(ts, start, what, TS_TRIED_YES);
    ts_arrow_body(ts, is_async, before_colon);
    return true;
  }
  if (found) {
    ts_arrow_body(ts, is_async, before_colon);
    if ((tried == TS_TRIED_YES || ts_is(ts, TOK_COLON)) && !parser_failed(p)) {
      ts_remember(ts, start, what, TS_TRIED_YES);
      return true;
    }
  }
  p->no_in = saved_no_in;
  if (tried != TS_TRIED_YES && ts_rewind(ts, &mark))
    ts_remember(ts, start, what, TS_TRIED_NO);
  return false;
}

/* Any form of arrow function at the start of an assignment expression. */
static bool arrow(Ts *ts, bool before_colon)
{
  Parser *p = &ts->p;
  TokenType prev = (TokenType)p->prev_type;
  if (ts_is(ts, TOK_SHL))
    return false;
  if (ts_is(ts, TOK_LPAREN) || ts_is(ts, TOK_LT))
    return try_arrow(ts, false, before_colon, prev);
  if (!ts_is(ts, TOK_ASYNC) || p->tok.flags & TOKEN_ESCAPED)
    return false;
  LexerState state = lexer_save(p);
  lexer_next(p);
  if (!ts_newline(ts)) {
    if ((ts_is(ts, TOK_LPAREN) || ts_is(ts, TOK_LT)) && try_arrow(ts, true, before_colon, prev))
      return true;
    if (ts_is_identifier(ts)) {
      lexer_next(p);
      if (ts_is(ts, TOK_ARROW) && !ts_newline(ts)) {
        lexer_next(p);
        ts_arrow_body(ts, true, before_colon);
        return true;
      }
    }
  }
  if (!parser_failed(p))
    lexer_restore(p, &state);
  return false;
}

/* --- expressions ------------------------------------------------------------------------------------------------- */

static void yield_expression(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  if (ts_newline(ts))
    return;
  if (ts_eat(ts, TOK_MUL)) {
    ts_assignment(ts);
    return;
  }
  switch (p->tok.type) {
  case TOK_RPAREN:
  case TOK_RBRACKET:
  case TOK_RBRACE:
  case TOK_COMMA:
  case TOK_SEMICOLON:
  case TOK_COLON:
  case TOK_EOF:
  case TOK_IN: return;
  default: ts_assignment(ts);
  }
}

static void assignment(Ts *ts, bool before_colon)
{
  Parser *p = &ts->p;
  if (!parser_has_stack(p))
    return;
  if (ts_is(ts, TOK_YIELD) && ts->is_generator) {
    yield_expression(ts);
    return;
  }
  if (arrow(ts, before_colon) || parser_failed(p))
    return;
  uint32_t start = p->tok.start;
  bool is_name = ts_is_identifier(ts);
  for (;;) {
    unary(ts);
    if (is_name && ts_is(ts, TOK_ARROW) && p->prev_start == start && !ts_newline(ts)) {
      lexer_next(p);
      ts_arrow_body(ts, false, before_colon);
      return;
    }
    is_name = false;
    while ((ts_is(ts, TOK_AS) || ts_is_word(ts, ts->word.satisfies)) && !ts_newline(ts))
      cast(ts);
    TokenType type = (TokenType)p->tok.type;
    if (type >= TOK_ASSIGN && type <= TOK_ASSIGN_COALESCE) {
      lexer_next(p);
      assignment(ts, before_colon);
      return;
    }
    if (token_precedence(type) == 0 || (type == TOK_IN && p->no_in))
      break;
    lexer_next(p);
  }
  if (ts_eat(ts, TOK_QUESTION)) {
    bool saved_no_in = p->no_in;
    p->no_in = false;
    assignment(ts, true);
    p->no_in = saved_no_in;
    ts_expect(ts, TOK_COLON);
    assignment(ts, before_colon);
  }
}

void ts_assignment(Ts *ts)
{
  bool saved = ts->collects_bound; /* the names of functions' parameters are not meant */
  ts->collects_bound = false;
  assignment(ts, false);
  ts->collects_bound = saved;
}

void ts_arrow_body(Ts *ts, bool is_async, bool before_colon)
{
  if (ts_is(ts, TOK_LBRACE)) {
    ts_function_body(ts, is_async, false, NULL);
    return;
  }
  bool saved_async = ts->is_async, saved_generator = ts->is_generator;
  ts->is_async = is_async;
  ts->is_generator = false;
  assignment(ts, before_colon);
  ts->is_async = saved_async;
  ts->is_generator = saved_generator;
}

void ts_expression(Ts *ts)
{
  do {
    ts_assignment(ts);
  } while (ts_eat(ts, TOK_COMMA));
}
