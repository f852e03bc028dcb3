// SPDX-License-Identifier: MIT
/* Functions and classes: parameters, bodies, members with their modifiers. */
#include "parser/typescript/typescript.h"

/* --- parameters -------------------------------------------------------------------------------------------------- */

/* `public`, `private`, `protected`, `readonly`, `override` in front of a parameter; their span, empty if there is none.
 */
static ParseSpan parameter_modifiers(Ts *ts)
{
  Parser *p = &ts->p;
  ParseSpan span = {p->tok.start, p->tok.start};
  while (ts_is(ts, TOK_PUBLIC) || ts_is(ts, TOK_PRIVATE) || ts_is(ts, TOK_PROTECTED) ||
         ts_is_word(ts, ts->word.readonly) || ts_is_word(ts, ts->word.override)) {
    Token next = lexer_peek(p);
    if (!token_is_identifier(&next) && next.type != TOK_LBRACE && next.type != TOK_LBRACKET)
      break;
    lexer_next(p);
    span.end = p->prev_end;
  }
  return span;
}

static void parameter(Ts *ts, TsProperties *properties)
{
  Parser *p = &ts->p;
  ts_decorators(ts);
  ParseSpan modifiers = parameter_modifiers(ts);
  bool is_property = modifiers.end > modifiers.start;
  (void)ts_eat(ts, TOK_ELLIPSIS);
  ParseSpan name = {p->tok.start, p->tok.end};
  bool is_name = ts_is_identifier(ts);
  ts_binding(ts);
  uint32_t name_end = p->prev_end;
  if (ts_is(ts, TOK_QUESTION)) {
    ts_blank(ts, p->tok.start, p->tok.end);
    lexer_next(p);
  }
  ts_annotation(ts);
  if (is_property) {
    ts_blank(ts, modifiers.start, modifiers.end);
    if (!properties)
      ts_error(ts, modifiers.start, name_end, "A parameter property is only allowed in a constructor implementation");
    else if (!is_name)
      ts_error(ts, name.start, name_end, "A parameter property may not be declared using a binding pattern");
    else
      parser_push(p, &properties->names, name);
    ts_needs_transform(ts, name.start, p->prev_end,
                       "TypeScript parameter property is not supported in strip-only mode");
  }
  if (ts_eat(ts, TOK_ASSIGN))
    ts_assignment(ts);
}

void ts_parameters(Ts *ts, TsProperties *properties)
{
  Parser *p = &ts->p;
  bool saved_no_in = p->no_in, is_first = true;
  p->no_in = false;
  ts_expect(ts, TOK_LPAREN);
  while (!ts_is(ts, TOK_RPAREN) && !parser_failed(p)) {
    if (is_first && ts_is(ts, TOK_THIS)) {
      /* a parameter for the checker only: it goes with its comma */
      uint32_t start = p->tok.start, edits = ts->edits.len;
      lexer_next(p);
      ts_annotation(ts);
      if (!ts_is(ts, TOK_RPAREN))
        ts_expect(ts, TOK_COMMA);
      ts_blank_over(ts, edits, start, p->prev_end);
      is_first = false;
      continue;
    }
    is_first = false;
    parameter(ts, properties);
    if (!ts_is(ts, TOK_RPAREN))
      ts_expect(ts, TOK_COMMA);
  }
  p->no_in = saved_no_in;
  ts_expect(ts, TOK_RPAREN);
}

/* --- bodies ------------------------------------------------------------------------------------------------------ */

/* Where parameter properties are assigned: behind the directives, or behind `super(...)` if that comes first. */
static void constructor_body(Ts *ts, const TsProperties *properties)
{
  Parser *p = &ts->p;
  while (ts_is(ts, TOK_STRING)) {
    lexer_next(p);
    if (!ts_can_end_statement(ts))
      break;
    (void)ts_eat(ts, TOK_SEMICOLON);
  }
  uint32_t place = p->prev_end;
  if (ts->is_derived) {
    while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
      bool is_super = ts_is(ts, TOK_SUPER);
      ts_statement(ts, false);
      if (is_super)
        break;
    }
    place = p->prev_end;
  }
  for (uint32_t k = 0; k < properties->names.len; k++) {
    ts_text(ts, place, k ? " this." : "; this.");
    ts_copy(ts, place, properties->names.items[k]);
    ts_text(ts, place, " = ");
    ts_copy(ts, place, properties->names.items[k]);
    ts_text(ts, place, ";");
  }
}

void ts_function_body(Ts *ts, bool is_async, bool is_generator, TsProperties *properties)
{
  Parser *p = &ts->p;
  bool saved_async = ts->is_async, saved_generator = ts->is_generator, saved_no_in = p->no_in;
  ts->is_async = is_async;
  ts->is_generator = is_generator;
  p->no_in = false;
  ts_expect(ts, TOK_LBRACE);
  TsScope scope = ts_open_scope(ts);
  TsNamespace *saved_ns = ts->ns;
  ts->ns = NULL;
  if (ts->transform && properties && properties->names.len)
    constructor_body(ts, properties);
  ts_statements(ts, TOK_RBRACE);
  ts_close_scope(ts, scope);
  ts->ns = saved_ns;
  ts->is_async = saved_async;
  ts->is_generator = saved_generator;
  p->no_in = saved_no_in;
  ts_expect(ts, TOK_RBRACE);
}

bool ts_function_rest(Ts *ts, bool is_async, bool is_generator, TsProperties *properties)
{
  Parser *p = &ts->p;
  bool saved_async = ts->is_async, saved_generator = ts->is_generator;
  if (ts_is(ts, TOK_LT)) {
    uint32_t start = p->tok.start, edits = ts->edits.len;
    ts_type_parameters(ts);
    ts_blank_over(ts, edits, start, p->prev_end);
  }
  ts->is_async = is_async;
  ts->is_generator = is_generator;
  ts_parameters(ts, properties);
  ts->is_async = saved_async;
  ts->is_generator = saved_generator;
  if (ts_is(ts, TOK_COLON)) {
    uint32_t start = p->tok.start, edits = ts->edits.len;
    lexer_next(p);
    ts_return_type(ts);
    ts_blank_over(ts, edits, start, p->prev_end);
  }
  if (!ts_is(ts, TOK_LBRACE))
    return false;
  ts_function_body(ts, is_async, is_generator, properties);
  return true;
}

bool ts_function(Ts *ts, bool is_async)
{
  if (!parser_has_stack(&ts->p))
    return true;
  lexer_next(&ts->p);
  bool is_generator = ts_eat(ts, TOK_MUL);
  if (!ts_is(ts, TOK_LPAREN) && !ts_is(ts, TOK_LT)) {
    ts_declare(ts, ts->p.tok.name);
    ts_identifier(ts);
  }
  return ts_function_rest(ts, is_async, is_generator, NULL);
}

/* --- class members ----------------------------------------------------------------------------------------------- */

typedef struct Member {
  uint32_t start, edits;
  TokenType prev; /* token before */
  bool is_static, is_accessor, is_abstract, is_declare, is_readonly, is_override, has_modifier;
  uint32_t modifier_start; /* the first one blanked */
  ParseSpan readonly, override_, abstract_;
} Member;

/* What may follow a word that is the member's name and no modifier. */
static bool ends_member_name(const Token *tok)
{
  switch (tok->type) {
  case TOK_LPAREN:
  case TOK_LT:
  case TOK_ASSIGN:
  case TOK_COLON:
  case TOK_QUESTION:
  case TOK_NOT:
  case TOK_SEMICOLON:
  case TOK_RBRACE:
  case TOK_EOF: return true;
  default: return false;
  }
}

/* One modifier; false if what is here is none. */
static bool modifier(Ts *ts, Member *member)
{
  Parser *p = &ts->p;
  bool is_typescript = ts_is(ts, TOK_PUBLIC) || ts_is(ts, TOK_PRIVATE) || ts_is(ts, TOK_PROTECTED) ||
                       ts_is_word(ts, ts->word.readonly) || ts_is_word(ts, ts->word.override) ||
                       ts_is_word(ts, ts->word.abstract) || ts_is_word(ts, ts->word.declare);
  if (!is_typescript && !ts_is(ts, TOK_STATIC) && !ts_is_word(ts, ts->word.accessor))
    return false;
  Token next = lexer_peek(p);
  if (ends_member_name(&next))
    return false;
  /* a line end makes most words a field's name; `static` goes on */
  if (next.flags & TOKEN_NEWLINE && !ts_is(ts, TOK_STATIC))
    return false;
  ParseSpan span = {p->tok.start, p->tok.end};
  if (ts_is(ts, TOK_STATIC)) {
    member->is_static = true;
  } else if (ts_is_word(ts, ts->word.readonly)) {
    member->is_readonly = true;
    member->readonly = span;
  } else if (ts_is_word(ts, ts->word.override)) {
    member->is_override = true;
    member->override_ = span;
  } else if (ts_is_word(ts, ts->word.abstract)) {
    member->is_abstract = true;
    member->abstract_ = span;
  } else if (ts_is_word(ts, ts->word.declare)) {
    member->is_declare = true;
  } else if (!is_typescript) {
    member->is_accessor = true;
  }
  lexer_next(p);
  if (is_typescript) {
    if (!member->has_modifier)
      member->modifier_start = span.start;
    member->has_modifier = true;
    ts_blank(ts, span.start, span.end);
  }
  return true;
}

/* A member that is only type: blanked, with what stands around it kept apart. */
static void blank_member(Ts *ts, const Member *member)
{
  Parser *p = &ts->p;
  ts_blank_over(ts, member->edits, member->start, p->prev_end);
  if (member->prev != TOK_SEMICOLON && member->prev != TOK_LBRACE && member->prev != TOK_RBRACE &&
      p->prev_type != TOK_SEMICOLON &&
      (ts_is(ts, TOK_LBRACKET) || ts_is(ts, TOK_MUL) || ts_is(ts, TOK_IN) || ts_is(ts, TOK_INSTANCEOF)))
    ts_put(ts, member->start, ';');
}

static void member_semicolon(Ts *ts)
{
  if (!ts_eat(ts, TOK_SEMICOLON) && !ts_can_end_statement(ts))
    ts_semicolon(ts);
}

/* `[key: K]: T` */
static void member_index_signature(Ts *ts, const Member *member)
{
  lexer_next(&ts->p);
  lexer_next(&ts->p);
  lexer_next(&ts->p);
  ts_type(ts);
  ts_expect(ts, TOK_RBRACKET);
  ts_annotation(ts);
  member_semicolon(ts);
  blank_member(ts, member);
}

static void static_block(Ts *ts)
{
  bool saved_async = ts->is_async, saved_generator = ts->is_generator;
  ts->is_async = ts->is_generator = false;
  ts_block(ts);
  ts->is_async = saved_async;
  ts->is_generator = saved_generator;
}

static void field(Ts *ts, const Member *member, TokenType name)
{
  Parser *p = &ts->p;
  uint32_t colon = p->tok.start;
  bool is_annotated = ts_is(ts, TOK_COLON);
  ts_annotation(ts);
  if (ts_eat(ts, TOK_ASSIGN)) {
    bool saved_async = ts->is_async, saved_generator = ts->is_generator;
    ts->is_async = ts->is_generator = false;
    ts_assignment(ts);
    ts->is_async = saved_async;
    ts->is_generator = saved_generator;
  } else if (is_annotated && (name == TOK_GET || name == TOK_SET || name == TOK_STATIC)) {
    ts_put(ts, colon, ';'); /* or the word would be taken for a modifier of what comes next */
  }
  member_semicolon(ts);
  if (member->is_abstract || member->is_declare)
    blank_member(ts, member);
}

static void check_modifiers(Ts *ts, const Member *member, bool in_abstract)
{
  if (member->is_abstract && !in_abstract)
    ts_error(ts, member->abstract_.start, ts->p.prev_end, "Abstract methods can only appear within an abstract class.");
  if (member->is_override && !ts->is_derived && !ts->is_ambient)
    ts_error(
        ts, member->override_.start, member->override_.end,
        "This member cannot have an 'override' modifier because its containing class does not extend another class.");
}

static void member(Ts *ts, bool in_abstract)
{
  Parser *p = &ts->p;
  Member member = {.start = p->tok.start, .edits = ts->edits.len, .prev = (TokenType)p->prev_type};
  ts_decorators(ts);
  while (modifier(ts, &member)) {
    if (member.is_static && ts_is(ts, TOK_LBRACE) && p->prev_type == TOK_STATIC) {
      static_block(ts);
      return;
    }
  }
  if (ts_at_index_signature(ts)) {
    member_index_signature(ts, &member);
    return;
  }
  bool is_async = false, is_generator = false, is_accessor = false;
  if (ts_is(ts, TOK_ASYNC) || ts_is(ts, TOK_GET) || ts_is(ts, TOK_SET)) {
    Token next = lexer_peek(p);
    bool is_field = next.flags & TOKEN_NEWLINE && (ts_is(ts, TOK_ASYNC) || next.type == TOK_MUL);
    if (!ends_member_name(&next) && !is_field) {
      is_async = ts_is(ts, TOK_ASYNC);
      is_accessor = !is_async;
      lexer_next(p);
    }
  }
  if (!is_accessor && ts_eat(ts, TOK_MUL))
    is_generator = true;
  /* Without its modifier the name could continue the field before. */
  if (member.has_modifier && !member.is_static && !member.is_accessor && !member.is_abstract && !member.is_declare &&
      (ts_is(ts, TOK_LBRACKET) || is_generator || ts_is(ts, TOK_IN) || ts_is(ts, TOK_INSTANCEOF)))
    ts_put(ts, member.modifier_start, ';');
  TokenType name = (TokenType)p->tok.type;
  bool is_constructor =
      !member.is_static && !is_async && !is_generator && !is_accessor &&
      (ts_is_word(ts, ts->word.constructor) || (ts_is(ts, TOK_STRING) && p->tok.name == ts->word.constructor));
  ts_property_name(ts);
  uint32_t name_end = p->prev_end;
  if (ts_is(ts, TOK_QUESTION) || (ts_is(ts, TOK_NOT) && !ts_newline(ts))) {
    ts_blank(ts, p->tok.start, p->tok.end);
    lexer_next(p);
  }
  bool is_method = is_async || is_generator || is_accessor || ts_is(ts, TOK_LPAREN) || ts_is(ts, TOK_LT);
  if (!is_method) {
    field(ts, &member, name);
    check_modifiers(ts, &member, in_abstract);
    return;
  }
  if (member.is_readonly)
    ts_error(ts, member.start, name_end, "A method cannot be readonly");
  TsProperties properties = {0};
  bool has_body = ts_function_rest(ts, is_async, is_generator, is_constructor ? &properties : NULL);
  check_modifiers(ts, &member, in_abstract);
  if (!has_body) {
    member_semicolon(ts);
    blank_member(ts, &member);
  }
}

/* A list of entity names with type arguments, behind `implements`. */
static void implements_list(Ts *ts)
{
  do {
    ts_type(ts);
  } while (ts_eat(ts, TOK_COMMA));
}

static void class_(Ts *ts, bool is_abstract)
{
  Parser *p = &ts->p;
  if (!parser_has_stack(p))
    return;
  lexer_next(p);
  bool saved_derived = ts->is_derived, saved_no_in = p->no_in;
  p->no_in = false;
  ts->is_derived = false;
  if (ts_is_identifier(ts) && !ts_is(ts, TOK_IMPLEMENTS)) {
    ts_declare(ts, p->tok.name);
    lexer_next(p);
  } else if (ts_is(ts, TOK_IMPLEMENTS)) {
    Token next = lexer_peek(p);
    if (next.type == TOK_LBRACE || next.type == TOK_EXTENDS || next.type == TOK_IMPLEMENTS)
      lexer_next(p);
  }
  if (ts_is(ts, TOK_LT)) {
    uint32_t start = p->tok.start, edits = ts->edits.len;
    ts_type_parameters(ts);
    ts_blank_over(ts, edits, start, p->prev_end);
  }
  if (ts_eat(ts, TOK_EXTENDS)) {
    ts_left_hand_side(ts);
    if (ts_is(ts, TOK_LT)) {
      uint32_t start = p->tok.start, edits = ts->edits.len;
      if (ts_type_arguments(ts, false))
        ts_blank_over(ts, edits, start, p->prev_end);
    }
    ts->is_derived = true;
  }
  if (ts_is(ts, TOK_IMPLEMENTS)) {
    uint32_t start = p->tok.start, edits = ts->edits.len;
    lexer_next(p);
    implements_list(ts);
    ts_blank_over(ts, edits, start, p->prev_end);
  }
  ts_expect(ts, TOK_LBRACE);
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
    if (!ts_eat(ts, TOK_SEMICOLON))
      member(ts, is_abstract || ts->is_ambient);
  }
  ts->is_derived = saved_derived;
  p->no_in = saved_no_in;
  ts_expect(ts, TOK_RBRACE);
}

void ts_class(Ts *ts)
{
  class_(ts, false);
}

void ts_abstract_class(Ts *ts)
{
  class_(ts, true);
}
