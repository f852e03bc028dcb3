// SPDX-License-Identifier: MIT
/*
 * The parser's face: source text in, AstFunction (ast.h) out, or the first early error.
 *
 *   Arena arena;
 *   arena_init(&arena, account, MEM_PARSER);
 *   ParseOptions options = {.goal = PARSE_SCRIPT, .stack_limit = limit};
 *   ParseResult result;
 *   if (!parse_program(&arena, &source, &options, &result))
 *     ... result.error ...
 *
 * The parser knows no values and no heap: it reads the units where they are (they must stay until the tree is
 * dropped) and allocates in the arena only. It keeps no state between calls.
 */
#ifndef PARSER_PARSE_H
#define PARSER_PARSE_H

#include "parser/ast.h"

/* Source text: Latin-1 or UTF-16 units. Offsets everywhere are in units. */
typedef struct ParseSource {
  const void *units; /* uint8_t[len] or uint16_t[len] */
  uint32_t len;      /* at most PARSE_MAX_LENGTH */
  bool is_wide;
} ParseSource;

/* Offsets are uint32_t and the lexer looks a few units ahead; also the longest string the heap can hold. */
#define PARSE_MAX_LENGTH ((1u << 30) - 25)

typedef enum {
  PARSE_SCRIPT,
  PARSE_MODULE,
  PARSE_EVAL,                 /* direct (with outer) or indirect */
  PARSE_FUNCTION_BODY,        /* the text is the body of a function whose parameters are options.param_names: CommonJS,
                                 vm.compileFunction.        The root is SCRIPT with one EXPRESSION_STATEMENT holding the
                                 FUNCTION */
  PARSE_FUNCTION_CONSTRUCTOR, /* the text is `function anonymous(P\n) {\nB\n}` (or async, *) built by the Function
                          constructors: a parenthesis or brace inside P or B must not end them. The root is as for
                          PARSE_FUNCTION_BODY */
  PARSE_LAZY_FUNCTION, /* one function of a text that was parsed before (ParseOptions.lazy, outer); the text ends with
                         it. The root is as for PARSE_FUNCTION_BODY */
} ParseGoal;

/* What surrounds eval code, innermost first. */
typedef struct ParseOuterBinding {
  const void *units;
  uint32_t len;
  bool is_wide;
  uint8_t kind; /* AstBindingKind; THIS, NEW_TARGET, CALLEE match by kind, their units are ignored */
  bool is_const;
  bool is_static; /* private names */
  bool is_simple_catch;
  bool needs_tdz; /* PARSE_LAZY_FUNCTION; elsewhere all uses are checked */
  uint32_t env_slot;
  void *atom; /* handed on in AstBinding.atom */
} ParseOuterBinding;

typedef struct ParseOuterScope {
  const struct ParseOuterScope *parent; /* NULL: the global environment */
  const ParseOuterBinding *bindings;
  uint32_t binding_count;
  uint8_t kind;         /* AstScopeKind; WITH makes references through it dynamic */
  bool is_var_scope;    /* sloppy eval code's vars go here */
  bool has_sloppy_eval; /* variables may be added at run time (true for the var scope of a sloppy direct eval) */
  bool has_env;         /* an environment exists for it (counts as a hop) */
  void *opaque;         /* PARSE_LAZY_FUNCTION: for ParseFindOuter; there are no bindings then */
} ParseOuterScope;

/* Whether the scope declares name (or, for a synthetic name, something of that kind). The answer's units are not
 * used. needs_tdz: uses must be checked. */
typedef bool (*ParseFindOuter)(void *opaque, void *scope, AstName *name, AstBindingKind kind, ParseOuterBinding *found);

/* A function that AstFunction.is_lazy said to come back to. */
typedef struct ParseLazy {
  uint32_t start;          /* AstFunction.parameters_start */
  uint32_t function_start; /* AstFunction.base.start */
  uint8_t kind;            /* AstFunctionKind */
  bool is_async, is_generator, is_expression, is_class_member, is_module;
  const void *name; /* own name; NULL none */
  uint32_t name_len;
  bool name_is_wide;
  ParseFindOuter find;
  void *opaque;
} ParseLazy;

/* Validates a regular expression literal: body in [body_start, body_end), flags in [flags_start, flags_end) of the
 * source, flags already known to be valid and unique. Returns false with *message set to V8's detail ("Unterminated
 * group"), which must outlive the parse. */
typedef bool (*ParseRegExpCheck)(void *opaque, const ParseSource *source, uint32_t body_start, uint32_t body_end,
                                 uint32_t flags_start, uint32_t flags_end, const char **message);

typedef struct ParseOptions {
  ParseGoal goal;
  bool is_strict;               /* strict from outside: eval in strict code, --use-strict */
  bool allow_new_target;        /* eval inside a function (not an arrow at top level) */
  bool allow_super_property;    /* eval inside a method or field initialiser */
  bool allow_super_call;        /* eval inside a derived constructor */
  bool forbid_arguments;        /* eval inside a field initialiser or static block */
  bool allow_top_level_await;   /* PARSE_SCRIPT: `await` as in a module (REPL); sets has_await on the root */
  bool is_async_function;       /* PARSE_FUNCTION_BODY */
  const ParseOuterScope *outer; /* PARSE_EVAL: NULL for indirect eval; PARSE_LAZY_FUNCTION */
  const ParseLazy *lazy;        /* PARSE_LAZY_FUNCTION */
  /* An arena for what outlives the nodes of single functions: names and lists. With it functions are only checked and
   * their nodes given back (AstFunction.is_lazy) where that is likely to pay. NULL: every function is kept. */
  Arena *kept;
  const char *const *param_names; /* PARSE_FUNCTION_BODY: ASCII */
  uint32_t param_count;
  uint32_t params_end;           /* PARSE_FUNCTION_CONSTRUCTOR: offset of the `)` that closes the parameters */
  ParseRegExpCheck regexp_check; /* NULL: bodies are not looked into */
  void *regexp_opaque;
  uintptr_t stack_limit; /* lowest address the C stack may reach; 0: no check (tests only) */
} ParseOptions;

typedef enum {
  PARSE_OK,
  PARSE_SYNTAX_ERROR,
  PARSE_REFERENCE_ERROR,
  PARSE_STACK_OVERFLOW, /* RangeError: Maximum call stack size exceeded */
  PARSE_OUT_OF_MEMORY,
} ParseErrorKind;

typedef struct ParseError {
  ParseErrorKind kind;
  const char *message; /* UTF-8, V8's wording, in the arena or constant */
  uint32_t start, end; /* source units; what Node underlines */
} ParseError;

/* `//# sourceMappingURL=` and `//# sourceURL=` comments (also with @), the last of each. len 0: none. */
typedef struct ParseSpan {
  uint32_t start, end;
} ParseSpan;

typedef struct ParseResult {
  AstFunction *root;     /* NULL on error; base.op: AST_FUNCTION_SCRIPT, _MODULE or _EVAL */
  AstModule *module;     /* PARSE_MODULE only */
  AstFunction *function; /* PARSE_FUNCTION_BODY, PARSE_FUNCTION_CONSTRUCTOR, PARSE_LAZY_FUNCTION: the function itself */
  uint32_t name_count;
  uint32_t function_count;
  ParseSpan source_url, source_mapping_url;
  ParseError error;
} ParseResult;

/* True when result->root is set. */
JS_MUST_USE bool parse_program(Arena *arena, const ParseSource *source, const ParseOptions *options,
                               ParseResult *result);

/* 1-based line and 0-based column (in units) of an offset; line terminators are those of ECMA-262. */
void parse_position(const ParseSource *source, uint32_t offset, uint32_t *line, uint32_t *column);

#endif
