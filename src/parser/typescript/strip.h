// SPDX-License-Identifier: MIT
/*
 * TypeScript to JavaScript: the types of a source text replaced by spaces.
 *
 * A parser of its own over the lexer of JavaScript recognises the whole of TypeScript and notes what to blank; it makes
 * no tree, and JavaScript's early errors are left to the parser proper, which reads the result. Every line and column
 * stays where it was, so that no source map is needed. What TypeScript adds at run time (enums, namespaces with values,
 * parameter properties, `import x = `, `export = `, `<T>x`) is refused by name, or with `transform` rewritten in place:
 * lines hold, columns behind the rewritten text shift.
 */
#ifndef PARSER_TYPESCRIPT_STRIP_H
#define PARSER_TYPESCRIPT_STRIP_H

#include "parser/parse.h"

typedef enum {
  TYPESCRIPT_OK,
  TYPESCRIPT_INVALID,     /* no TypeScript */
  TYPESCRIPT_UNSUPPORTED, /* TypeScript that only `transform` turns into JavaScript */
  TYPESCRIPT_STACK_OVERFLOW,
  TYPESCRIPT_OUT_OF_MEMORY,
} TypescriptStatus;

typedef struct TypescriptOptions {
  bool transform;
  uintptr_t stack_limit; /* as in ParseOptions */
} TypescriptOptions;

typedef struct TypescriptResult {
  const void *units; /* as wide as the source; in the arena */
  uint32_t len;      /* without `transform` the source's */
  const char *message;
  uint32_t error_start, error_end; /* source units */
} TypescriptResult;

JS_MUST_USE TypescriptStatus typescript_strip(Arena *arena, const ParseSource *source, const TypescriptOptions *options,
                                              TypescriptResult *result);

#endif
