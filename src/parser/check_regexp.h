// SPDX-License-Identifier: MIT
/* The early errors of regular expression literals: a ready ParseOptions.regexp_check on src/regexp. */
#ifndef PARSER_CHECK_REGEXP_H
#define PARSER_CHECK_REGEXP_H

#include "parser/parse.h"

/* opaque: a CheckRegexp, or NULL (then the stack's limit is asked of the system for each literal, which is slow). */
typedef struct CheckRegexp {
  struct MemAccount *account; /* scratch memory counts to it; may be NULL */
  uintptr_t stack_limit;
} CheckRegexp;
bool check_regexp_literal(void *opaque, const ParseSource *source, uint32_t body_start, uint32_t body_end,
                          uint32_t flags_start, uint32_t flags_end, const char **message);

#endif
