// SPDX-License-Identifier: MIT
/* Functions whose text is compiled when they first run. */
#ifndef BYTECODE_LAZY_H
#define BYTECODE_LAZY_H

#include "bytecode/compiler.h"

/* The code of a function the parser left lazy: a stub. */
JsCode *lazy_code_new(Fn *outer, Compiler *c, const AstFunction *node, JsString *name, uint32_t flags);
/* Parses and compiles it. False: exception. */
JS_MUST_USE bool lazy_compile(JsContext *cx, JsCode *code);
/* Links are searched by their names' addresses: one that was read from an image is put in order. */
void lazy_link_sort(JsElements *link);

#endif
