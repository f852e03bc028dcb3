// SPDX-License-Identifier: MIT
/* The early errors of regular expression literals: a ready ParseOptions.regexp_check on src/regexp. */
#ifndef PARSER_CHECK_REGEXP_H
#define PARSER_CHECK_REGEXP_H

#include "parser/parse.h"

/* opaque: the MemAccount that scratch memory counts to, or NULL. */
bool check_regexp_literal(void *opaque, const ParseSource *source, uint32_t body_start, uint32_t body_end,
                          uint32_t flags_start, uint32_t flags_end, const char **message);

#endif
