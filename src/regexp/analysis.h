// SPDX-License-Identifier: MIT
/* Internal to src/regexp: what the compiler knows about a tree before it emits code. */
#ifndef REGEXP_ANALYSIS_H
#define REGEXP_ANALYSIS_H

#include "regexp/ast.h"
#include "regexp/program.h"

/*
 * Fills in first, nullable, end_ok and min_width of every node below:
 *   first      a superset of the code points that can be next where the node succeeds, unless it is nullable
 *   nullable   may succeed whatever is next
 *   end_ok     may succeed at the end of the input
 * Right-to-left parts (lookbehind bodies) get them too, as if read forwards; the compiler does not use them there.
 */
JS_MUST_USE bool analyze(Arena *arena, Node *node);

/* Chooses how a match is looked for: fills in the search fields of the program. */
void choose_search(const Node *root, bool unicode, RegexpProgram *program);

#endif
