// SPDX-License-Identifier: MIT
/* One run of parser and compiler over a text. On the C stack: its Compiler keeps cells alive. */
#ifndef BYTECODE_COMPILE_ENTRY_H
#define BYTECODE_COMPILE_ENTRY_H

#include "bytecode/compiler.h"
#include "parser/check_regexp.h"

typedef struct Compilation {
  Compiler c;
  Arena arena;
  Arena kept; /* ParseOptions.kept */
  ParseSource source;
  JsString *string;
  ParseOptions parse;
  ParseResult result;
  CheckRegexp regexp;
} Compilation;

/* url NULL: the caller sets c.script. */
bool compilation_begin(Compilation *comp, JsContext *cx, JsString *source, JsString *url);
void compilation_options(Compilation *comp, const JsCompileOptions *options);
void compilation_allow_lazy(Compilation *comp);
bool compilation_parse(Compilation *comp);
JsCode *compilation_end(Compilation *comp, JsCode *code);

#endif
