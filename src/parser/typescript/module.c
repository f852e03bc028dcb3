// SPDX-License-Identifier: MIT
/* Import and export declarations with their type-only forms. */
#include "parser/typescript/typescript.h"

static void module_name(Ts *ts)
{
  if (token_is_word(&ts->p.tok) || ts_is(ts, TOK_STRING))
    lexer_next(&ts->p);
  else
    ts_expected(ts, "ident");
}

/* 'specifier' with { ... }; */
static void source(Ts *ts)
{
  Parser *p = &ts->p;
  if (!ts_is(ts, TOK_STRING)) {
    if (ts_is(ts, TOK_ERROR))
      ts_unexpected(ts);
    else
      parser_error_format(p, p->tok.start, p->tok.end, "Unexpected token `%s`. Expected a string literal",
                          ts_is(ts, TOK_EOF)        ? "<eof>"
                          : token_text(p->tok.type) ? token_text(p->tok.type)
                                                    : "ident");
    return;
  }
  lexer_next(p);
  if (ts_is(ts, TOK_WITH) || (ts_is_identifier(ts) && !ts_newline(ts) && p->tok.name->len == 6 &&
                              !p->tok.name->is_wide && memcmp(p->tok.name->units, "assert", 6) == 0)) {
    lexer_next(p);
    ts_expect(ts, TOK_LBRACE);
    while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
      module_name(ts);
      ts_expect(ts, TOK_COLON);
      ts_expect(ts, TOK_STRING);
      if (!ts_eat(ts, TOK_COMMA))
        break;
    }
    ts_expect(ts, TOK_RBRACE);
  }
  ts_semicolon(ts);
}

static void from(Ts *ts)
{
  if (!ts_eat(ts, TOK_FROM)) {
    ts_expected(ts, "'from'");
    return;
  }
  source(ts);
}

/* --- specifiers in braces ---------------------------------------------------------------------------------------- */

/* Whether the word `type` here is the modifier: `type X`, `type as`, `type as as Y`, but not `type`, `type as X`, `type
 * as as`. */
static bool is_type_specifier(Ts *ts)
{
  Parser *p = &ts->p;
  if (!ts_is_word(ts, ts->word.type))
    return false;
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool is_type = token_is_word(&p->tok) || ts_is(ts, TOK_STRING);
  if (tok_is_word(p, TOK_AS)) {
    lexer_next(p);
    if (tok_is_word(p, TOK_AS)) {
      lexer_next(p);
      is_type = token_is_word(&p->tok) || ts_is(ts, TOK_STRING);
    } else {
      is_type = !token_is_word(&p->tok) && !ts_is(ts, TOK_STRING);
    }
  }
  lexer_restore(p, &state);
  return is_type;
}

/* { a, type b as c, 'd' as e }: those that are types go with the comma behind them. */
static void specifiers(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
    uint32_t start = p->tok.start;
    bool is_type = is_type_specifier(ts);
    if (is_type)
      lexer_next(p);
    module_name(ts);
    if (ts_eat(ts, TOK_AS))
      module_name(ts);
    bool has_comma = ts_eat(ts, TOK_COMMA);
    if (is_type)
      ts_blank(ts, start, p->prev_end);
    if (!has_comma && !ts_is(ts, TOK_RBRACE))
      ts_expect(ts, TOK_COMMA);
  }
  ts_expect(ts, TOK_RBRACE);
}

/* --- import ------------------------------------------------------------------------------------------------------ */

/* `type` behind `import`: the modifier, not the name that is imported. */
static bool is_type_import(Ts *ts)
{
  Parser *p = &ts->p;
  if (!ts_is_word(ts, ts->word.type))
    return false;
  LexerState state = lexer_save(p);
  lexer_next(p);
  bool is_type = ts_is_identifier(ts) || ts_is(ts, TOK_LBRACE) || ts_is(ts, TOK_MUL);
  if (ts_is(ts, TOK_FROM)) {
    /* `import type from 'x'` imports a default called type; `import type from from 'x'` and `import type from = ...` do
     * not */
    lexer_next(p);
    is_type = !ts_is(ts, TOK_STRING);
  }
  lexer_restore(p, &state);
  return is_type;
}

/* The current token is the `=`. */
static TsKind import_equals(Ts *ts, uint32_t start, bool is_type)
{
  Parser *p = &ts->p;
  if (ts->transform && !ts->is_ambient && !is_type) {
    uint32_t name = p->prev_start;
    bool is_export = lexer_unit(&ts->p, start) == 'e';
    ts_blank(ts, start, name);
    ts_text(ts, start, is_export ? "export const " : "const ");
  }
  lexer_next(p);
  if (ts_is_word(ts, ts->word.require) && lexer_peek(p).type == TOK_LPAREN) {
    lexer_next(p);
    lexer_next(p);
    ts_expect(ts, TOK_STRING);
    ts_expect(ts, TOK_RPAREN);
  } else {
    ts_identifier(ts);
    while (ts_eat(ts, TOK_DOT))
      module_name(ts);
  }
  ts_semicolon(ts);
  if (is_type)
    return TS_TYPE_ONLY;
  ts_needs_transform(ts, start, p->prev_end,
                     "TypeScript import equals declaration is not supported in strip-only mode");
  return TS_VALUE;
}

/* start: of the statement, which is at `export` for `export import`. */
static TsKind import_declaration(Ts *ts, uint32_t start)
{
  Parser *p = &ts->p;
  lexer_next(p);
  bool is_type = is_type_import(ts);
  if (is_type)
    lexer_next(p);
  TsKind kind = is_type ? TS_TYPE_ONLY : TS_VALUE;
  if (ts_is(ts, TOK_STRING)) {
    source(ts);
    return kind;
  }
  if (ts_is(ts, TOK_DEFER) || ts_is(ts, TOK_SOURCE)) {
    /* a phase, unless it is the name itself */
    Token next = lexer_peek(p);
    if (next.type == TOK_MUL || (token_is_identifier(&next) && next.type != TOK_FROM))
      lexer_next(p);
  }
  if (ts_is_identifier(ts)) {
    lexer_next(p);
    if (ts_is(ts, TOK_ASSIGN))
      return import_equals(ts, start, is_type);
    if (is_type || !ts_eat(ts, TOK_COMMA)) {
      from(ts);
      return kind;
    }
  }
  if (ts_eat(ts, TOK_MUL)) {
    if (!ts_eat(ts, TOK_AS))
      ts_expected(ts, "'as'");
    ts_identifier(ts);
  } else if (ts_is(ts, TOK_LBRACE)) {
    specifiers(ts);
  } else {
    ts_expected(ts, "'{'");
  }
  from(ts);
  return kind;
}

TsKind ts_import(Ts *ts)
{
  return import_declaration(ts, ts->p.tok.start);
}

/* --- export ------------------------------------------------------------------------------------------------------ */

static TsKind export_default(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  Token next = lexer_peek(p);
  bool is_same_line = !(next.flags & TOKEN_NEWLINE);
  ts_decorators(ts);
  if (ts_is(ts, TOK_FUNCTION) || (ts_is(ts, TOK_ASYNC) && next.type == TOK_FUNCTION && is_same_line)) {
    bool is_async = ts_eat(ts, TOK_ASYNC);
    if (ts_function(ts, is_async))
      return TS_VALUE;
    ts_semicolon(ts);
    return TS_TYPE_ONLY;
  }
  if (ts_is(ts, TOK_CLASS)) {
    ts_class(ts);
    return TS_VALUE;
  }
  if ((ts_is(ts, TOK_INTERFACE) && token_is_identifier(&next) && is_same_line) ||
      (ts_is_word(ts, ts->word.abstract) && next.type == TOK_CLASS && is_same_line))
    return ts_declaration(ts, true);
  ts_assignment(ts);
  ts_semicolon(ts);
  return TS_VALUE;
}

/* { ... } or * behind `export` or `export type`. */
static void export_list(Ts *ts)
{
  if (ts_eat(ts, TOK_MUL)) {
    if (ts_eat(ts, TOK_AS))
      module_name(ts);
    from(ts);
    return;
  }
  specifiers(ts);
  if (ts_is(ts, TOK_FROM))
    from(ts);
  else
    ts_semicolon(ts);
}

/* An enum's or namespace's own declaration says `export` where it is due. */
static void hide_export(Ts *ts, uint32_t start)
{
  if (ts->transform && !ts->is_ambient)
    ts_blank(ts, start, ts->p.prev_end);
}

TsKind ts_export(Ts *ts)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start;
  if (ts->transform && ts->ns && !ts->is_ambient)
    return ts_namespace_export(ts);
  lexer_next(p);
  if (ts_is(ts, TOK_LBRACE) || ts_is(ts, TOK_MUL)) {
    export_list(ts);
    return TS_VALUE;
  }
  if (ts_is(ts, TOK_DEFAULT))
    return export_default(ts);
  if (ts_is(ts, TOK_IMPORT))
    return import_declaration(ts, start);
  if (ts_eat(ts, TOK_ASSIGN)) {
    if (ts->transform && !ts->is_ambient) {
      ts_blank(ts, start, p->prev_start);
      ts_text(ts, start, "module.exports ");
    }
    ts_assignment(ts);
    ts_semicolon(ts);
    ts_needs_transform(ts, start, p->prev_end, "TypeScript export assignment is not supported in strip-only mode");
    return TS_VALUE;
  }
  if (ts_is_word(ts, ts->word.type)) {
    Token next = lexer_peek(p);
    if (next.type == TOK_LBRACE || next.type == TOK_MUL) {
      lexer_next(p);
      export_list(ts);
      return TS_TYPE_ONLY;
    }
  }
  if (ts_is(ts, TOK_AS)) {
    /* `export as namespace X`: for the checker of a script; left for JavaScript's parser to refuse */
    lexer_next(p);
    if (!ts_is_word(ts, ts->word.namespace))
      ts_expected(ts, "'namespace'");
    lexer_next(p);
    ts_identifier(ts);
    ts_semicolon(ts);
    return TS_VALUE;
  }
  ts_decorators(ts);
  if (ts_is_identifier(ts) && !ts_is(ts, TOK_LET) && !ts_is(ts, TOK_ASYNC) && !ts_is(ts, TOK_USING) &&
      !ts_is(ts, TOK_AWAIT)) {
    if (ts_is_word(ts, ts->word.namespace) || ts_is_word(ts, ts->word.module))
      hide_export(ts, start);
    TsKind kind = ts_declaration(ts, true);
    if (kind == TS_NOT_DECLARATION)
      ts_expected(ts, "'{'");
    return kind;
  }
  if (ts_is(ts, TOK_ENUM) || (ts_is(ts, TOK_CONST) && lexer_peek(p).type == TOK_ENUM)) {
    hide_export(ts, start);
    return ts_declaration(ts, true);
  }
  /* the statement itself: what it blanks over is blanked again from `export` on */
  return ts_statement(ts, false);
}
