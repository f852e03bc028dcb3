// SPDX-License-Identifier: MIT
/* Entry points, the sticky error, and the small steps every grammar file uses. See parser.h. */
#include <stdarg.h>
#include <stdio.h>

#include "parser/parser.h"
#include "unicode/unicode.h"

/* --- errors ------------------------------------------------------------------------------------------------------ */

void parser_error(Parser *p, uint32_t start, uint32_t end, const char *message)
{
  if (p->failed)
    return;
  p->failed = true;
  p->result->error = (ParseError){PARSE_SYNTAX_ERROR, message, start, end < start ? start : end};
  p->tok.type = TOK_EOF;
}

void *parser_out_of_memory(Parser *p)
{
  p->failed = true;
  p->result->error = (ParseError){.kind = PARSE_OUT_OF_MEMORY, .message = "Out of memory"};
  p->tok.type = TOK_EOF;
  return p->spill;
}

bool parser_stack_overflow(Parser *p)
{
  if (p->options->stack_limit == 0)
    return true;
  parser_error(p, p->tok.start, p->tok.end, "Maximum call stack size exceeded");
  if (p->result->error.kind == PARSE_SYNTAX_ERROR)
    p->result->error.kind = PARSE_STACK_OVERFLOW;
  return false;
}

typedef ARENA_VEC(char) Text;

static void text_add(Parser *p, Text *text, const char *bytes, size_t len)
{
  for (size_t k = 0; k < len; k++)
    parser_push(p, text, bytes[k]);
}

static void text_add_cp(Parser *p, Text *text, uint32_t cp)
{
  char out[4];
  size_t len = 0;
  if (cp < 0x80) {
    out[len++] = (char)cp;
  } else if (cp < 0x800) {
    out[len++] = (char)(0xC0 | cp >> 6);
    out[len++] = (char)(0x80 | (cp & 63));
  } else if (cp < 0x10000) {
    out[len++] = (char)(0xE0 | cp >> 12);
    out[len++] = (char)(0x80 | (cp >> 6 & 63));
    out[len++] = (char)(0x80 | (cp & 63));
  } else {
    out[len++] = (char)(0xF0 | cp >> 18);
    out[len++] = (char)(0x80 | (cp >> 12 & 63));
    out[len++] = (char)(0x80 | (cp >> 6 & 63));
    out[len++] = (char)(0x80 | (cp & 63));
  }
  text_add(p, text, out, len);
}

static void text_add_name(Parser *p, Text *text, const AstName *name)
{
  const uint8_t *narrow = name->units;
  const uint16_t *wide = name->units;
  for (uint32_t k = 0; k < name->len; k++) {
    uint32_t cp = name->is_wide ? wide[k] : narrow[k];
    if (unicode_is_lead_surrogate(cp) && k + 1 < name->len && unicode_is_trail_surrogate(wide[k + 1]))
      cp = unicode_join_surrogates(cp, wide[++k]);
    else if (unicode_is_surrogate(cp))
      cp = 0xFFFD;
    text_add_cp(p, text, cp);
  }
}

void parser_error_format(Parser *p, uint32_t start, uint32_t end, const char *format, ...)
{
  if (p->failed)
    return;
  Text text = {0};
  va_list args;
  va_start(args, format);
  for (; *format; format++) {
    if (*format != '%') {
      text_add(p, &text, format, 1);
    } else if (*++format == 'n') {
      text_add_name(p, &text, va_arg(args, const AstName *));
    } else {
      const char *s = va_arg(args, const char *);
      s = s ? s : "";
      text_add(p, &text, s, strlen(s));
    }
  }
  va_end(args);
  text_add(p, &text, "", 1);
  if (!p->failed)
    parser_error(p, start, end, text.items);
}

void parser_error_node(Parser *p, const AstNode *node, const char *message)
{
  parser_error(p, node->start, node->end, message);
}

void parser_unexpected_token(Parser *p, const Token *tok)
{
  uint32_t start = tok->start, end = tok->end;
  TokenType type = tok->type;
  if (p->failed)
    return;
  switch (type) {
  case TOK_ERROR: parser_error(p, p->lex_error_start, p->lex_error_end, p->lex_error); return;
  case TOK_EOF: parser_error(p, start, end, "Unexpected end of input"); return;
  case TOK_NUMBER:
  case TOK_BIGINT: parser_error(p, start, end, "Unexpected number"); return;
  case TOK_STRING: parser_error(p, start, end, "Unexpected string"); return;
  case TOK_TEMPLATE: parser_error(p, start, end, "Unexpected template string"); return;
  case TOK_HASH_NAME: parser_error_format(p, start, end, "Unexpected identifier '%n'", tok->name); return;
  case TOK_ESCAPED_KEYWORD: parser_error(p, start, end, "Keyword must not contain escaped characters"); return;
  case TOK_ENUM: parser_error(p, start, end, "Unexpected reserved word"); return;
  default: break;
  }
  if (type == TOK_AWAIT && (p->is_module || p->fn->is_async || p->fn->await_reserved)) {
    parser_error(p, start, end, "Unexpected reserved word");
  } else if (token_is_strict_reserved(type) && p->is_strict && type != TOK_AWAIT) {
    parser_error(p, start, end,
                 tok->flags & TOKEN_ESCAPED ? "Keyword must not contain escaped characters"
                                            : "Unexpected strict mode reserved word");
  } else if (token_is_plain_identifier(type) || token_is_strict_reserved(type)) {
    parser_error_format(p, start, end, "Unexpected identifier '%n'", tok->name);
  } else {
    parser_error_format(p, start, end, "Unexpected token '%s'", token_text(type));
  }
}

void parser_unexpected(Parser *p)
{
  Token tok = p->tok;
  parser_unexpected_token(p, &tok);
}

/* --- small steps ------------------------------------------------------------------------------------------------- */

void parser_expect(Parser *p, TokenType type)
{
  if (js_likely(p->tok.type == type))
    lexer_next(p);
  else
    parser_unexpected(p);
}

/* Automatic Semicolon Insertion  ecma262#sec-automatic-semicolon-insertion */
void parser_semicolon(Parser *p)
{
  if (p->tok.type == TOK_SEMICOLON) {
    lexer_next(p);
    return;
  }
  if (p->tok.type == TOK_RBRACE || p->tok.type == TOK_EOF || tok_newline_before(p))
    return;
  if (p->prev_type == TOK_AWAIT && !p->fn->is_async && !p->is_module) {
    parser_error(p, p->prev_end - 5, p->prev_end,
                 "await is only valid in async functions and the top level bodies of modules");
    return;
  }
  parser_unexpected(p);
}

AstList parser_pop_list(Parser *p, uint32_t mark)
{
  AstList list = {NULL, p->stack.len > mark ? p->stack.len - mark : 0};
  if (list.len) {
    list.items = arena_alloc(p->arena, list.len * sizeof *list.items);
    if (!list.items) {
      parser_out_of_memory(p);
      list.len = 0;
    } else {
      memcpy(list.items, p->stack.items + mark, list.len * sizeof *list.items);
    }
  }
  p->stack.len = mark;
  return list;
}

/* --- entry ------------------------------------------------------------------------------------------------------- */

static AstName *synthetic_name(Parser *p, const char *text)
{
  AstName *name = parser_alloc(p, sizeof *name);
  name->units = text;
  name->len = (uint32_t)strlen(text);
  name->word = TOK_IDENTIFIER;
  name->is_synthetic = true;
  return name;
}

static void parser_known_names(Parser *p)
{
  p->known.arguments = lexer_intern_c(p, "arguments");
  p->known.default_ = lexer_intern_c(p, "default");
  p->known.length = lexer_intern_c(p, "length");
  p->known.star_default = synthetic_name(p, "*default*");
  p->known.use_strict = lexer_intern_c(p, "use strict");
  p->known.this_ = synthetic_name(p, "this");
  p->known.new_target = synthetic_name(p, "new.target");
  p->known.callee = synthetic_name(p, "%callee");
  p->known.key = synthetic_name(p, "%key");
}

static AstScopeKind root_scope_kind(ParseGoal goal)
{
  return goal == PARSE_MODULE ? AST_SCOPE_MODULE : goal == PARSE_EVAL ? AST_SCOPE_EVAL : AST_SCOPE_SCRIPT;
}

static AstFunctionKind root_function_kind(ParseGoal goal)
{
  return goal == PARSE_MODULE ? AST_FUNCTION_MODULE : goal == PARSE_EVAL ? AST_FUNCTION_EVAL : AST_FUNCTION_SCRIPT;
}

static void skip_hashbang(Parser *p)
{
  /* Hashbang Comments  ecma262#sec-hashbang */
  if (lexer_unit(p, 0) != '#' || lexer_unit(p, 1) != '!')
    return;
  uint32_t pos = 2;
  for (; pos < p->len; pos++) {
    if (unicode_is_line_terminator(lexer_unit(p, pos)))
      break;
  }
  p->pos = pos;
}

static void parse_root(Parser *p, AstFunction *root, FunctionState *state)
{
  const ParseOptions *options = p->options;
  parser_enter_function(p, state, root);
  state->is_async = options->goal == PARSE_MODULE || options->allow_top_level_await;
  bool is_lazy = options->goal == PARSE_LAZY_FUNCTION; /* was all looked at the first time */
  state->allow_new_target = is_lazy || (options->goal == PARSE_EVAL && options->allow_new_target);
  state->allow_super_property = is_lazy || (options->goal == PARSE_EVAL && options->allow_super_property);
  state->allow_super_call = is_lazy || (options->goal == PARSE_EVAL && options->allow_super_call);
  state->forbid_arguments = options->goal == PARSE_EVAL && options->forbid_arguments;

  root->scope = scope_open(p, root_scope_kind(options->goal), 0);
  root->scope->is_var_scope = true;
  p->is_strict = options->is_strict || options->goal == PARSE_MODULE;
  if (options->goal == PARSE_SCRIPT || options->goal == PARSE_MODULE || options->goal == PARSE_EVAL)
    skip_hashbang(p);
  if (is_lazy)
    p->pos = options->lazy->start;
  lexer_next(p);

  if (options->goal >= PARSE_FUNCTION_BODY) {
    parse_function_source(p, root);
  } else {
    bool has_use_strict;
    uint32_t mark = p->stack.len, start, end;
    parse_directives(p, &has_use_strict, &start, &end);
    AstList rest;
    parse_statement_list(p, TOK_EOF, &rest);
    for (uint32_t k = 0; k < rest.len; k++)
      parser_push_kept(p, &p->stack, rest.items[k]);
    root->body = parser_pop_list(p, mark);
  }
  if (options->goal == PARSE_MODULE)
    module_finish(p);
  root->is_strict = p->is_strict;
  root->scope->is_strict = p->is_strict;
  root->base.end = p->len;
  root->body_end = p->len;
  scope_close(p);
  parser_leave_function(p, state);
}

bool parse_program(Arena *arena, const ParseSource *source, const ParseOptions *options, ParseResult *result)
{
  *result = (ParseResult){0};
  Parser p = {.arena = arena,
              .kept = options->kept ? options->kept : arena,
              .eager_start = NO_POSITION,
              .source = source,
              .options = options,
              .result = result,
              .is_module = options->goal == PARSE_MODULE || (options->lazy && options->lazy->is_module),
              .cover_init = NO_POSITION,
              .params_end = options->goal == PARSE_FUNCTION_CONSTRUCTOR ? options->params_end : NO_POSITION};
  if (source->len > PARSE_MAX_LENGTH || !lexer_init(&p)) {
    result->error = (ParseError){.kind = PARSE_OUT_OF_MEMORY, .message = "Out of memory"};
    return false;
  }
  parser_known_names(&p);
  AstFunction *root = NODE(&p, AstFunction, FUNCTION, 0);
  root->base.op = (uint8_t)root_function_kind(options->goal);
  if (options->goal == PARSE_MODULE)
    result->module = parser_alloc(&p, sizeof *result->module);
  scope_open_outer(&p, options->outer);
  FunctionState state = {0};
  parse_root(&p, root, &state);
  scope_close_outer(&p);
  result->name_count = p.name_count;
  if (p.failed) {
    result->module = NULL;
    result->function = NULL;
    return false;
  }
  root->is_async = state.is_async && root->has_await;
  result->root = root;
  return true;
}
