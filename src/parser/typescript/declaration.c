// SPDX-License-Identifier: MIT
/* Declarations that only TypeScript has: interfaces, type aliases, enums, namespaces, `declare`, `abstract class`. */
#include "parser/typescript/typescript.h"

static TsKind interface_declaration(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  ts_identifier(ts);
  if (ts_is(ts, TOK_LT))
    ts_type_parameters(ts);
  if (ts_eat(ts, TOK_EXTENDS)) {
    do {
      ts_type(ts);
    } while (ts_eat(ts, TOK_COMMA));
  }
  ts_type_members(ts);
  return TS_TYPE_ONLY;
}

static TsKind type_alias(Ts *ts)
{
  Parser *p = &ts->p;
  lexer_next(p);
  ts_identifier(ts);
  if (ts_is(ts, TOK_LT))
    ts_type_parameters(ts);
  ts_expect(ts, TOK_ASSIGN);
  ts_type(ts);
  ts_semicolon(ts);
  return TS_TYPE_ONLY;
}

/* Whether the body here has no values in it: then nothing of it is left. */
static bool is_type_only(Ts *ts)
{
  TsMark mark = ts_mark(ts);
  bool saved_ambient = ts->is_ambient;
  ts->is_ambient = true; /* nothing is transformed on the way */
  TsKind kind = TS_VALUE;
  if (ts_eat(ts, TOK_LBRACE))
    kind = ts_statements(ts, TOK_RBRACE);
  ts->is_ambient = saved_ambient;
  bool is_valid = !parser_failed(&ts->p);
  return ts_rewind(ts, &mark) && is_valid && kind == TS_TYPE_ONLY;
}

/* `namespace A.B { ... }`; also `module 'x'` and `global`. Without values in it, it is only type. */
static TsKind namespace_declaration(Ts *ts, bool is_exported)
{
  Parser *p = &ts->p;
  LexerState state = lexer_save(p);
  uint32_t start = p->tok.start, edits = ts->edits.len;
  bool is_module = ts_is_word(ts, ts->word.module), is_global = ts_is_word(ts, ts->word.global), is_string = false;
  lexer_next(p);
  if (!is_global) {
    is_string = ts_is(ts, TOK_STRING);
    if (is_string)
      lexer_next(p);
    else
      ts_identifier(ts);
    if (is_module && !is_string)
      ts_unsupported(ts, start, p->prev_end, "`module` keyword is not supported. Use `namespace` instead.");
    while (!is_string && ts_eat(ts, TOK_DOT))
      ts_identifier(ts);
  }
  if (is_string && !ts_is(ts, TOK_LBRACE)) {
    ts_semicolon(ts);
    return TS_TYPE_ONLY;
  }
  if (ts->transform && !ts->is_ambient && !is_global && !is_string && !is_type_only(ts)) {
    lexer_restore(p, &state);
    ts->edits.len = edits;
    ts_namespace(ts, is_exported);
    return TS_VALUE;
  }
  bool saved_ambient = ts->is_ambient;
  ts->is_ambient |= is_global || is_string;
  ts_expect(ts, TOK_LBRACE);
  TsKind kind = ts_statements(ts, TOK_RBRACE);
  ts_expect(ts, TOK_RBRACE);
  ts->is_ambient = saved_ambient;
  if (is_global || is_string || kind == TS_TYPE_ONLY)
    return TS_TYPE_ONLY;
  ts_needs_transform(ts, start, p->prev_end, "TypeScript namespace declaration is not supported in strip-only mode");
  return TS_VALUE;
}

/* What `declare` stands before; the current token is the one behind it. */
static void ambient_declaration(Ts *ts)
{
  bool saved_ambient = ts->is_ambient;
  ts->is_ambient = true;
  (void)ts_statement(ts, false);
  ts->is_ambient = saved_ambient;
}

static bool follows_declare(Ts *ts, const Token *next)
{
  switch (next->type) {
  case TOK_CONST:
  case TOK_LET:
  case TOK_VAR:
  case TOK_FUNCTION:
  case TOK_CLASS:
  case TOK_ENUM:
  case TOK_ASYNC:
  case TOK_IMPORT:
  case TOK_INTERFACE: return true;
  default:
    return token_is_ts_word(next, ts->word.type) || token_is_ts_word(next, ts->word.abstract) ||
           token_is_ts_word(next, ts->word.namespace) || token_is_ts_word(next, ts->word.module) ||
           token_is_ts_word(next, ts->word.global) || (next->type == TOK_USING && !(next->flags & TOKEN_ESCAPED));
  }
}

TsKind ts_declaration(Ts *ts, bool is_exported)
{
  Parser *p = &ts->p;
  Token next = lexer_peek(p);
  bool is_same_line = !(next.flags & TOKEN_NEWLINE);
  if (ts_is(ts, TOK_ENUM) || (ts_is(ts, TOK_CONST) && next.type == TOK_ENUM)) {
    ts_enum(ts, is_exported);
    return TS_VALUE;
  }
  if (p->tok.flags & TOKEN_ESCAPED)
    return TS_NOT_DECLARATION;
  if (ts_is(ts, TOK_INTERFACE) && token_is_identifier(&next) && is_same_line)
    return interface_declaration(ts);
  if (ts_is_word(ts, ts->word.type) && token_is_identifier(&next) && is_same_line)
    return type_alias(ts);
  if (ts_is_word(ts, ts->word.abstract) && next.type == TOK_CLASS && is_same_line) {
    ts_blank(ts, p->tok.start, p->tok.end);
    lexer_next(p);
    ts_abstract_class(ts);
    return TS_VALUE;
  }
  if (((ts_is_word(ts, ts->word.namespace) && token_is_identifier(&next)) ||
       (ts_is_word(ts, ts->word.module) && (token_is_identifier(&next) || next.type == TOK_STRING))) &&
      is_same_line)
    return namespace_declaration(ts, is_exported);
  if (ts_is_word(ts, ts->word.global) && next.type == TOK_LBRACE && is_same_line)
    return namespace_declaration(ts, is_exported);
  if (ts_is_word(ts, ts->word.declare) && follows_declare(ts, &next)) {
    lexer_next(p);
    ambient_declaration(ts);
    return TS_TYPE_ONLY;
  }
  return TS_NOT_DECLARATION;
}
