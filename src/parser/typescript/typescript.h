// SPDX-License-Identifier: MIT
/*
 * The recogniser's own state and the functions its files share; included by src/parser/typescript only.
 *
 * Parsing functions consume tokens and push edits. Errors are sticky as in parser.h: the first one is recorded, from
 * then on every token is TOK_EOF. Where TypeScript's grammar needs a try (is this parenthesis an arrow function's? is
 * this `<` the start of type arguments?) TsMark and ts_rewind take everything back, errors included, and the outcome is
 * remembered by position, so that nested tries stay quadratic at worst.
 */
#ifndef PARSER_TYPESCRIPT_TYPESCRIPT_H
#define PARSER_TYPESCRIPT_TYPESCRIPT_H

#include "parser/parser.h"
#include "parser/typescript/strip.h"

/* Words of TypeScript that are plain identifiers to the lexer. */
#define TS_WORDS(WORD)                                                                                                 \
  WORD(abstract)                                                                                                       \
  WORD(accessor)                                                                                                       \
  WORD(asserts)                                                                                                        \
  WORD(constructor)                                                                                                    \
  WORD(declare)                                                                                                        \
  WORD(global)                                                                                                         \
  WORD(infer)                                                                                                          \
  WORD(is)                                                                                                             \
  WORD(keyof)                                                                                                          \
  WORD(module)                                                                                                         \
  WORD(namespace)                                                                                                      \
  WORD(out)                                                                                                            \
  WORD(override)                                                                                                       \
  WORD(readonly)                                                                                                       \
  WORD(require)                                                                                                        \
  WORD(satisfies)                                                                                                      \
  WORD(type)                                                                                                           \
  WORD(unique)                                                                                                         \
  WORD(undefined)

typedef enum {
  TS_EDIT_BLANK, /* spaces in the place of everything but line ends */
  TS_EDIT_UNIT,  /* one unit overwritten, after all blanking */
  TS_EDIT_TEXT,  /* text put in before start */
  TS_EDIT_COPY,  /* source text put in before start */
} TsEditKind;

typedef struct TsEdit {
  uint32_t start, end;
  uint8_t kind;
  char unit;
  const char *text; /* TEXT: ASCII */
  uint32_t from;    /* COPY: [from, end) of the source */
} TsEdit;

/* What a try at a position may have been about. */
typedef enum {
  TS_TRY_ARROW,
  TS_TRY_ARROW_IN_CONDITIONAL, /* `a ? (b): c => d : e` */
  TS_TRY_TYPE_ARGUMENTS,
  TS_TRY_ANGLE_ARROW,
} TsTry;

typedef enum { TS_UNTRIED, TS_TRIED_NO, TS_TRIED_YES } TsTried;

typedef struct TsName {
  ParseSpan span;
  AstName *atom;
} TsName;

typedef struct TsDeclared {
  AstName *name;
  ARENA_VEC(TsName) names; /* members of the enum so far */
} TsDeclared;

typedef struct TsScope {
  uint32_t from, len;
} TsScope;

typedef struct TsNamespace {
  struct TsNamespace *outer;
  ParseSpan name;
  AstName *atom;
  uint32_t body; /* behind its { */
} TsNamespace;

typedef struct Ts {
  Parser p; /* the lexer's part of it */
  ParseResult parse_result;
  ParseOptions parse_options;
  FunctionState function;
  bool transform;
  struct { /* the first thing met that only `transform` turns into JavaScript; an error once the text is known to be
              valid */
    const char *message;
    uint32_t start, end;
  } unsupported;
  bool is_async, is_generator;
  bool is_ambient; /* inside `declare`: bodies may be missing, initialisers too */
  bool is_derived; /* the class around has a heritage */
  ARENA_VEC(TsEdit) edits;
  struct {
    uint64_t *slots; /* position << 4 | try << 2 | outcome, 0: free */
    uint32_t count, mask;
  } tried;
  /* transform.c */
  struct TsNamespace *ns;         /* whose body this is, innermost first */
  ARENA_VEC(TsDeclared) declared; /* by functions, classes, enums and namespaces of the open scopes */
  uint32_t declared_from;         /* those of the innermost scope */
  bool collects_bound;
  ARENA_VEC(TsName) bound; /* by variable declarations, while collects_bound */
  struct {
#define WORD(name) AstName *name;
    TS_WORDS(WORD)
#undef WORD
  } word;
} Ts;

typedef struct TsMark {
  LexerState lexer;
  uint32_t edits;
  bool has_unsupported;
} TsMark;

/* --- strip.c */

TsMark ts_mark(const Ts *ts);
/* Takes back what happened since the mark. False when the failure is not one of syntax: it stays. */
bool ts_rewind(Ts *ts, const TsMark *mark);
TsTried ts_tried(const Ts *ts, uint32_t pos, TsTry what);
void ts_remember(Ts *ts, uint32_t pos, TsTry what, TsTried outcome);

void ts_blank(Ts *ts, uint32_t start, uint32_t end);
/* Blanks and forgets the edits since the mark, which lie inside. */
void ts_blank_over(Ts *ts, uint32_t edits, uint32_t start, uint32_t end);
void ts_put(Ts *ts, uint32_t pos, char unit);
void ts_text(Ts *ts, uint32_t pos, const char *text);
void ts_copy(Ts *ts, uint32_t pos, ParseSpan span);

JS_COLD void ts_error(Ts *ts, uint32_t start, uint32_t end, const char *message);
/* Not an error yet: parsing goes on. What starts first counts. */
JS_COLD void ts_unsupported(Ts *ts, uint32_t start, uint32_t end, const char *message);
/* The same for what transform knows and `declare` may hold. */
JS_COLD void ts_needs_transform(Ts *ts, uint32_t start, uint32_t end, const char *message);
JS_COLD void ts_unexpected(Ts *ts);                 /* the current token cannot be here: "Expression expected" */
JS_COLD void ts_expected(Ts *ts, const char *what); /* "Expected ',', got ..." */
void ts_expect(Ts *ts, TokenType type);
void ts_semicolon(Ts *ts);
bool ts_can_end_statement(const Ts *ts);
/* Whether a line end stands in [start, end). */
bool ts_has_newline(const Ts *ts, uint32_t start, uint32_t end);

static inline bool ts_is(const Ts *ts, TokenType type)
{
  return ts->p.tok.type == type;
}
static inline bool ts_eat(Ts *ts, TokenType type)
{
  if (ts->p.tok.type != type)
    return false;
  lexer_next(&ts->p);
  return true;
}
static inline bool ts_newline(const Ts *ts)
{
  return ts->p.tok.flags & TOKEN_NEWLINE;
}
static inline bool token_is_ts_word(const Token *tok, const AstName *word)
{
  return tok->type >= TOK_IDENTIFIER && tok->name == word && !(tok->flags & TOKEN_ESCAPED);
}
static inline bool ts_is_word(const Ts *ts, const AstName *word)
{
  return token_is_ts_word(&ts->p.tok, word);
}
/* A name that may be bound or referred to. */
static inline bool token_is_identifier(const Token *tok)
{
  return token_is_plain_identifier((TokenType)tok->type) || token_is_strict_reserved((TokenType)tok->type);
}
static inline bool ts_is_identifier(const Ts *ts)
{
  return token_is_identifier(&ts->p.tok);
}
void ts_identifier(Ts *ts);

/* --- type.c */

void ts_type(Ts *ts);
void ts_return_type(Ts *ts); /* behind the colon: also `x is T`, `asserts x` */
void ts_type_parameters(Ts *ts);
bool ts_at_index_signature(Ts *ts); /* `[key:` */
/* From `<` on; false after an error. In an expression the closing > must stand alone. */
bool ts_type_arguments(Ts *ts, bool in_expression);
/* `?`, `!` and `: T` behind a binding, blanked. */
void ts_annotation(Ts *ts);
void ts_type_members(Ts *ts); /* `{ ... }` of an interface */

/* --- expression.c */

void ts_expression(Ts *ts);
void ts_assignment(Ts *ts);
void ts_left_hand_side(Ts *ts); /* of a class heritage or a decorator: no calls of type arguments at the end */
void ts_binding(Ts *ts);        /* identifier or pattern, without annotation */
void ts_property_name(Ts *ts);
void ts_decorators(Ts *ts);
void ts_arguments(Ts *ts);

/* --- function.c */

typedef enum { TS_PARAMETERS, TS_CONSTRUCTOR_PARAMETERS } TsParameters;

/* Parameter properties of a constructor, to be assigned in its body. */
typedef struct TsProperties {
  ARENA_VEC(ParseSpan) names;
} TsProperties;

void ts_parameters(Ts *ts, TsProperties *properties);
/* From the ( or < of the signature on. False: there is no body (an overload, an abstract method). */
bool ts_function_rest(Ts *ts, bool is_async, bool is_generator, TsProperties *properties);
void ts_function_body(Ts *ts, bool is_async, bool is_generator, TsProperties *properties);
void ts_arrow_body(Ts *ts, bool is_async, bool before_colon);
/* `function` declarations and expressions; the current token is `function`. True: it had a body. */
bool ts_function(Ts *ts, bool is_async);
void ts_class(Ts *ts); /* the current token is `class` */
void ts_abstract_class(Ts *ts);

/* --- statement.c */

/* What a statement turned out to be. */
typedef enum {
  TS_NOT_DECLARATION, /* of TypeScript's own: nothing was consumed */
  TS_TYPE_ONLY,
  TS_VALUE,
} TsKind;

/* Up to `end`, which is not consumed. TS_TYPE_ONLY if every one was. */
TsKind ts_statements(Ts *ts, TokenType end);
/* is_single: the body of `if`, a loop: an empty statement stays where it was only type. */
TsKind ts_statement(Ts *ts, bool is_single);
void ts_block(Ts *ts);

/* --- declaration.c */

/* A declaration that only TypeScript has: types, enums, namespaces, `declare`, `abstract class`. */
TsKind ts_declaration(Ts *ts, bool is_exported);

/* --- module.c */

TsKind ts_import(Ts *ts);
TsKind ts_export(Ts *ts);

/* --- transform.c: what TypescriptOptions.transform is for */

TsScope ts_open_scope(Ts *ts);
void ts_close_scope(Ts *ts, TsScope saved);
void ts_declare(Ts *ts, AstName *name);
/* The current token is `enum` or `const`. Without transform it is recognised and refused. */
void ts_enum(Ts *ts, bool is_exported);
void ts_namespace(Ts *ts, bool is_exported); /* the current token is `namespace` */
TsKind ts_namespace_export(Ts *ts);          /* `export` in a namespace's body */

#endif
