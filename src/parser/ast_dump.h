// SPDX-License-Identifier: MIT
/* Text form of a tree and its scopes, for --dump-ast, --dump-scopes and the tests: one node a line, indented, stable.
 */
#ifndef PARSER_AST_DUMP_H
#define PARSER_AST_DUMP_H

#include <stdio.h>

#include "parser/parse.h"

typedef struct AstDumpOptions {
  bool positions; /* [start,end) behind each node */
  bool scopes;    /* scopes with their bindings; references with their resolution */
} AstDumpOptions;

void ast_dump(FILE *out, const AstNode *node, const AstDumpOptions *options);

/* Writes a name as UTF-8 (lone surrogates as \uXXXX). */
void ast_dump_name(FILE *out, const AstName *name);

#endif
