// SPDX-License-Identifier: MIT
/*
 * The parser's own state and the functions its files share; included by src/parser only.
 *
 * One pass, one token of look-ahead (lexer_peek for a second one), cover grammars by turning the expression already
 * parsed into a pattern (parse_pattern.c). Errors are sticky: the first one is recorded, from then on the lexer gives
 * only TOK_EOF, so every loop ends; parsing functions never return NULL where a node is due, and code that walks what
 * was parsed looks at parser_failed first, because after a failure the tree may be nonsense.
 */
#ifndef PARSER_PARSER_H
#define PARSER_PARSER_H

#include <string.h>

#include "base/stack.h"
#include "parser/parse.h"

typedef enum {
#define TOKEN(name, text, precedence) TOK_##name,
#define WORD(name, text, precedence)  TOK_##name,
#include "parser/token.def"
  TOK_COUNT
} TokenType;

enum {
  TOKEN_NEWLINE = 1, /* a line terminator stands before it */
  TOKEN_ESCAPED = 2, /* identifier or string with a backslash */
  TOKEN_OCTAL = 4,   /* 017, "\1" */
  TOKEN_EIGHT = 8,   /* 08, "\8" */
  TOKEN_TAIL = 16,   /* template piece that ends the template */
};

typedef struct Token {
  uint8_t type;
  uint8_t flags;
  uint32_t start, end;
  AstName *name; /* words, strings, bigint digits, cooked template piece (NULL: bad escape, see lex_error) */
  union {
    double number;
    AstName *raw; /* TEMPLATE */
    uint32_t radix;
  } u;
} Token;

/* A use of a name not yet resolved; a stack of them runs parallel to the open scopes (scope.c). */
typedef struct PendingRef {
  AstIdentifier *node;
  uint32_t pos;       /* earliest source position, seen from the open scope, at which the use can run */
  bool crossed;       /* a function boundary lies between */
  bool outside_class; /* a private name in the heritage of the class whose scope comes next: not one of its own */
  bool from_member;   /* inside a member function of the class whose scope comes next */
} PendingRef;

/* The function (or root) being parsed; lives on the C stack. */
typedef struct FunctionState {
  struct FunctionState *outer;
  AstFunction *node;
  bool is_async;       /* `await` is an operator */
  bool is_generator;   /* `yield` is an operator */
  bool await_reserved; /* `await` is no identifier though no operator: static blocks and arrows in them */
  bool in_params;      /* of an async function or generator: operators are errors */
  bool allow_return, allow_super_property, allow_super_call, allow_new_target;
  bool forbid_arguments; /* field initialisers, static blocks, and arrows in them */
  bool has_param_expressions;
  uint32_t duplicate_start, duplicate_end; /* of the first duplicate parameter */
  AstLabel *labels;
  uint32_t loops, breakables; /* enclosing statements of this function */
  struct {                    /* of the parser, to be restored behind the function */
    bool is_strict, no_in;
    uint32_t cover_init, last_await, last_yield, last_await_name;
  } saved;
} FunctionState;

/* A position that may turn out to be an error: UINT32_MAX means none. */
#define NO_POSITION UINT32_MAX

typedef struct Parser {
  /* lexer */
  const uint8_t *latin1; /* one of the two */
  const uint16_t *utf16;
  uint32_t pos, len;
  Token tok;
  uint32_t prev_start, prev_end; /* of the token before tok */
  uint8_t prev_type;
  bool is_module;        /* no HTML-like comments, await reserved */
  const char *lex_error; /* what TOK_ERROR or a bad template escape means */
  uint32_t lex_error_start, lex_error_end;
  ARENA_VEC(uint16_t) units; /* scratch of string scanning */
  AstName **names;           /* open hash table */
  uint32_t name_count, name_mask;

  Arena *arena;         /* nodes, scopes, bindings */
  Arena *kept;          /* names and the lists of the parser itself; the same one when there are no lazy functions */
  uint32_t eager_start; /* a function that starts here is likely to be called at once: it is not lazy */
  const ParseSource *source;
  const ParseOptions *options;
  ParseResult *result;
  bool failed;

  /* grammar context */
  bool is_strict;
  bool no_in; /* `in` is not an operator here (for heads) */
  FunctionState *fn;
  AstScope *scope;
  uint32_t scope_depth;
  uint32_t cover_init; /* start of a form that only a pattern may have, `{a = 1}`, while it is not known to be one */
  uint32_t cover_init_end;
  const char *cover_message;
  uint32_t
      arrow_start;     /* where the assignment expression being parsed starts: only there may an arrow function stand */
  uint32_t last_await; /* start + 1 of the latest await expression of this function (errors in arrow parameters) */
  uint32_t last_yield; /* the same for yield */
  uint32_t last_await_name; /* the same for `await` used as an identifier */
  uint32_t params_end;      /* where a Function constructor's parameters must end; NO_POSITION: no such demand */
  uint32_t class_depth;

  ARENA_VEC(AstNode *) stack; /* lists being built */
  ARENA_VEC(PendingRef) refs;
  ARENA_VEC(AstCall *) evals;          /* direct evals so far */
  ARENA_VEC(AstFunctionDecl *) hoists; /* Annex B candidates of the open scopes */

  struct {
    AstName *empty, *this_, *new_target, *callee, *arguments, *default_, *star_default, *key, *use_strict, *length;
  } known;
  uint64_t spill[64]; /* stands in for a node when memory is out */
} Parser;

/* --- errors and allocation (parse.c) ----------------------------------------------------------------------------- */

static inline bool parser_failed(const Parser *p)
{
  return js_unlikely(p->failed);
}

/* Record the first error; later ones are ignored. message must be constant or in the arena. */
JS_COLD void parser_error(Parser *p, uint32_t start, uint32_t end, const char *message);
/* %n: an AstName, %s: a C string; nothing else. */
JS_COLD void parser_error_format(Parser *p, uint32_t start, uint32_t end, const char *format, ...);
JS_COLD void parser_error_node(Parser *p, const AstNode *node, const char *message);
/* "Unexpected token ..." in the words V8 has for the current token. */
JS_COLD void parser_unexpected(Parser *p);
JS_COLD void parser_unexpected_token(Parser *p, const Token *tok);
JS_COLD void *parser_out_of_memory(Parser *p);
/* False, with the error recorded, when the C stack is nearly used up. */
JS_COLD bool parser_stack_overflow(Parser *p);

JS_INLINE bool parser_has_stack(Parser *p)
{
  return js_likely(stack_pointer() > p->options->stack_limit) || parser_stack_overflow(p);
}

/* Zeroed memory, never NULL; size at most sizeof p->spill. */
JS_INLINE void *parser_alloc(Parser *p, size_t size)
{
  void *ptr = arena_alloc(p->arena, size);
  if (js_unlikely(!ptr))
    ptr = parser_out_of_memory(p);
  memset(ptr, 0, size);
  return ptr;
}

JS_INLINE void *parser_node(Parser *p, size_t size, AstKind kind, uint32_t start)
{
  AstNode *node = parser_alloc(p, size);
  node->kind = (uint8_t)kind;
  node->start = start;
  node->end = p->tok.end;
  return node;
}

#define NODE(p, type, kind, start) ((type *)parser_node((p), sizeof(type), AST_##kind, (start)))

/* The node ends where the last consumed token ended. */
#define FINISH(p, n)                                                                                                   \
  ({                                                                                                                   \
    AstNode *finished_ = (AstNode *)(n);                                                                               \
    finished_->end = (p)->prev_end;                                                                                    \
    finished_;                                                                                                         \
  })

/* For the lists of the parser itself. */
#define parser_push_kept(p, vec, item)                                                                                 \
  do {                                                                                                                 \
    if (js_unlikely(!arena_vec_push((p)->kept, (vec), (item))))                                                        \
      parser_out_of_memory(p);                                                                                         \
  } while (0)

#define parser_push(p, vec, item)                                                                                      \
  do {                                                                                                                 \
    if (js_unlikely(!arena_vec_push((p)->arena, (vec), (item))))                                                       \
      parser_out_of_memory(p);                                                                                         \
  } while (0)

/* Lists: note p->stack.len, push nodes, then pop them into a list of exact size. */
AstList parser_pop_list(Parser *p, uint32_t mark);

/* --- lexer (lexer.c) --------------------------------------------------------------------------------------------- */

bool lexer_init(Parser *p);
void lexer_next(Parser *p);
/* Where the lexer is, to look ahead by several tokens and come back. */
typedef struct LexerState {
  Token tok;
  uint32_t pos, prev_start, prev_end;
  uint8_t prev_type;
} LexerState;
static inline LexerState lexer_save(const Parser *p)
{
  return (LexerState){p->tok, p->pos, p->prev_start, p->prev_end, p->prev_type};
}
void lexer_restore(Parser *p, const LexerState *state);
/* The token after the current one, without consuming. */
Token lexer_peek(Parser *p);
/* The current token is / or /=: scan a regular expression; its body and flags as names. False after an error. */
bool lexer_regexp(Parser *p, AstRegExp *node);
/* The current token is } of a template substitution: make tok the next TEMPLATE piece. */
void lexer_template_continue(Parser *p);
AstName *lexer_intern_latin1(Parser *p, const uint8_t *units, uint32_t len, bool is_stable);
AstName *lexer_intern_utf16(Parser *p, const uint16_t *units, uint32_t len);
AstName *lexer_intern_c(Parser *p, const char *text);
uint32_t lexer_unit(const Parser *p, uint32_t offset);
const char *token_text(TokenType type);
uint8_t token_precedence(TokenType type);

/* --- token tests ------------------------------------------------------------------------------------------------- */

static inline bool tok_is(const Parser *p, TokenType type)
{
  return p->tok.type == type;
}
static inline bool tok_newline_before(const Parser *p)
{
  return p->tok.flags & TOKEN_NEWLINE;
}
/* Any IdentifierName, reserved or not. */
static inline bool token_is_word(const Token *tok)
{
  return tok->type >= TOK_ESCAPED_KEYWORD;
}
/* Reserved in no context. */
static inline bool token_is_plain_identifier(TokenType type)
{
  return type >= TOK_IDENTIFIER && type <= TOK_PROTO;
}
/* Reserved in strict code only (yield and await have further rules). */
static inline bool token_is_strict_reserved(TokenType type)
{
  return type >= TOK_LET && type <= TOK_PUBLIC;
}
/* A contextual keyword, written without escapes. */
static inline bool tok_is_word(const Parser *p, TokenType type)
{
  return p->tok.type == type && !(p->tok.flags & TOKEN_ESCAPED);
}

static inline bool parser_eat(Parser *p, TokenType type)
{
  if (p->tok.type != type)
    return false;
  lexer_next(p);
  return true;
}

void parser_expect(Parser *p, TokenType type);
void parser_semicolon(Parser *p); /* with automatic insertion */

/* --- expressions (parse_expr.c, parse_literal.c) ----------------------------------------------------------------- */

AstNode *parse_expression(Parser *p); /* Expression; comma operator */
AstNode *parse_assignment(Parser *p); /* AssignmentExpression */
/* Leaves p->cover_init set when the node is an object or array literal that is valid only as a pattern. */
AstNode *parse_assignment_cover(Parser *p);
AstNode *parse_left_hand_side(Parser *p); /* for class heritage and for heads; leaves cover_init like the above */
void parse_arguments(Parser *p, AstList *args, uint8_t *flags);
AstNode *parse_array_literal(Parser *p);
AstNode *parse_object_literal(Parser *p);
AstTemplate *parse_template(Parser *p, bool is_tagged);
AstNode *parse_string(Parser *p);
AstNode *parse_number(Parser *p);
AstNode *parse_property_name(Parser *p, uint8_t *flags); /* sets AST_COMPUTED in *flags */
void parser_check_cover_init(Parser *p);

/* Identifier tokens: the current one may be used as a reference or binding in this context, else an error. */
bool parser_check_identifier(Parser *p, bool is_binding);
bool token_can_be_identifier(const Parser *p, const Token *tok);
AstIdentifier *parse_identifier_reference(Parser *p);

/* --- patterns (parse_pattern.c) ---------------------------------------------------------------------------------- */

typedef enum { TARGET_ASSIGN, TARGET_PARAM } TargetUse;
typedef enum { BIND_VAR, BIND_LET, BIND_CONST, BIND_USING, BIND_PARAM, BIND_CATCH } BindingUse;

AstNode *parse_binding_target(Parser *p, BindingUse use); /* identifier or pattern, declared at once */
AstIdentifier *parse_binding_identifier(Parser *p);       /* not declared */
/* Reinterprets an expression as an assignment pattern or arrow parameter, in place. */
AstNode *pattern_from_expression(Parser *p, AstNode *node, TargetUse use);
bool pattern_is_simple_target(Parser *p, const AstNode *node);
/* `arguments.length` as a target, callee or operand of delete needs the arguments object after all. */
void parser_needs_arguments(AstNode *node);

/* --- statements (parse_stmt.c) ----------------------------------------------------------------------------------- */

void parse_statement_list(Parser *p, TokenType end, AstList *list);
AstBlock *parse_block(Parser *p, AstScopeKind kind);
AstNode *parse_var_declarations(Parser *p, AstDeclKind kind, uint32_t start, bool in_for);
AstNode *parse_function_declaration(Parser *p, AstName *default_name);
AstNode *parse_class_declaration(Parser *p, AstName *default_name);

/* --- functions and classes (parse_function.c, parse_class.c) ----------------------------------------------------- */

typedef struct FunctionSpec {
  AstFunctionKind kind;
  uint32_t start; /* of the text for toString */
  AstName *name;  /* own name, or NULL */
  uint32_t name_start, name_end;
  uint8_t name_token; /* for the retroactive strict check of the name */
  bool is_async, is_generator, is_expression, is_class_member;
} FunctionSpec;

AstNode *parse_function_expression(Parser *p);
/* The current token is the ( of the parameters. */
AstFunction *parse_function_rest(Parser *p, const FunctionSpec *spec);
/* What an arrow function takes over when its parameters turn out to be parameters: noted before them. */
typedef struct ArrowMark {
  uint32_t start; /* of the function's text */
  uint32_t refs, evals;
  AstScope *first_child;
  bool is_eager; /* likely to be called at once */
} ArrowMark;

static inline ArrowMark parser_arrow_mark(const Parser *p)
{
  return (ArrowMark){p->tok.start, p->refs.len, p->evals.len, p->scope->first_child, p->tok.start == p->eager_start};
}

/* params are expressions parsed so far, to be turned into parameters; the current token is =>. */
AstNode *parse_arrow(Parser *p, AstList params, const ArrowMark *mark, bool is_async);
/* What there was before a function's inside was parsed. */
typedef struct LazyMark {
  ArenaMark arena;
  AstScope *first_child;
  uint32_t refs;
  bool is_eager;
} LazyMark;

/* The function just closed becomes lazy, if that is allowed and seems worth it: everything since the mark is given back
 * (parse_lazy.c). */
void parser_make_lazy(Parser *p, AstFunction *node, const LazyMark *mark);
/* PARSE_LAZY_FUNCTION: the function itself. */
AstFunction *parse_lazy_function(Parser *p);
/* Makes node the current function; arrows inherit what they may use from the function around. */
void parser_enter_function(Parser *p, FunctionState *state, AstFunction *node);
void parser_leave_function(Parser *p, FunctionState *state);
void parse_directives(Parser *p, bool *has_use_strict, uint32_t *start, uint32_t *end);
void parse_function_source(Parser *p, AstFunction *root);
AstClass *parse_class_definition(Parser *p, bool is_expression, AstName *default_name);

/* --- modules (parse_module.c) ------------------------------------------------------------------------------------ */

AstNode *parse_import(Parser *p);
AstNode *parse_export(Parser *p);
void module_finish(Parser *p);
AstNode *parse_import_expression(Parser *p); /* import(...), import.meta, import.source(...), import.defer(...) */

/* --- scopes (scope.c) -------------------------------------------------------------------------------------------- */

AstScope *scope_open(Parser *p, AstScopeKind kind, uint32_t start);
void scope_close(Parser *p);
void scope_reopen(Parser *p, AstScope *scope);
AstBinding *scope_declare_var(Parser *p, AstName *name, uint32_t start, uint32_t end);
AstBinding *scope_declare_lexical(Parser *p, AstName *name, uint32_t start, uint32_t end, AstBindingKind kind);
AstBinding *scope_declare_param(Parser *p, AstName *name, uint32_t start, uint32_t end);
AstBinding *scope_declare_function(Parser *p, AstFunctionDecl *decl, uint32_t start, uint32_t end);
AstBinding *scope_add_binding(Parser *p, AstScope *scope, AstName *name, AstBindingKind kind, uint32_t start);
void scope_reference(Parser *p, AstIdentifier *node);
/* Private names used so far in the current scope, a class's, are not that class's. */
void scope_end_heritage(Parser *p);
void scope_direct_eval(Parser *p, AstCall *call);
void scope_open_outer(Parser *p, const ParseOuterScope *outer);
void scope_close_outer(Parser *p);
/* Bindings declared in the current scope since `from` are initialised from offset `end` on. */
void scope_set_initialized(Parser *p, AstScope *scope, uint32_t from, uint32_t end);
/* Gives an arrow's scope, just opened, what was parsed since the mark. */
void scope_adopt(Parser *p, AstScope *scope, const ArrowMark *mark);

/* --- early errors (early_errors.c) ------------------------------------------------------------------------------- */

void check_strict_name(Parser *p, AstName *name, uint32_t start, uint32_t end);
void check_strict_params(Parser *p, const AstFunction *function);
void check_assignment_identifier(Parser *p, const AstIdentifier *id);
void check_legacy_literal(Parser *p, const Token *tok);
void check_template_escape(Parser *p, const Token *tok);

#endif
