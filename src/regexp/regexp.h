// SPDX-License-Identifier: MIT
/*
 * Regular expressions as a library: compiles ECMAScript patterns (ES2026, Annex B included) to an immutable program and
 * runs it over spans of Latin-1 or UTF-16 units. Knows base/ and unicode/ only; no JavaScript values.
 *
 *   RegexpError error;
 *   RegexpProgram *program = regexp_compile(account, pattern, REGEXP_IGNORE_CASE, 0, &error);
 *   int32_t captures[2 * regexp_group_count(program)];
 *   if (regexp_exec(program, &(RegexpInput){...}, captures) == REGEXP_MATCH) ...
 *   regexp_free(account, program);
 *
 * A program may be shared by threads. The flags g, y and d mean nothing to it (sticky is an argument of each run).
 */
#ifndef REGEXP_REGEXP_H
#define REGEXP_REGEXP_H

#include "base/mem.h"

typedef enum {
  REGEXP_HAS_INDICES = 1,
  REGEXP_GLOBAL = 2,
  REGEXP_IGNORE_CASE = 4,
  REGEXP_MULTILINE = 8,
  REGEXP_DOT_ALL = 16,
  REGEXP_UNICODE = 32,
  REGEXP_UNICODE_SETS = 64,
  REGEXP_STICKY = 128
} RegexpFlag;

typedef struct RegexpSpan {
  const void *units; /* uint8_t (Latin-1) or, if wide, uint16_t */
  uint32_t len;      /* units */
  bool wide;
} RegexpSpan;

typedef enum {
  REGEXP_ERROR_SYNTAX,
  REGEXP_ERROR_MEMORY,
  REGEXP_ERROR_NO_ICU /* the pattern needs \p{...} data and ICU is not installed */
} RegexpErrorKind;

typedef struct RegexpError {
  RegexpErrorKind kind;
  const char *message; /* static; V8's words: "Unterminated group" */
  uint32_t offset;     /* in pattern units, where reading stopped */
} RegexpError;

typedef struct RegexpProgram RegexpProgram;

/* Flags from their letters; false when one is unknown or repeated, or u and v stand together. */
JS_MUST_USE bool regexp_parse_flags(RegexpSpan letters, uint32_t *flags);

/* NULL on error. stack_limit: the lowest stack address the compiler may reach (it recurses over nested groups);
 * 0 for the thread's own limit with a reserve. The pattern is not kept. */
JS_MUST_USE RegexpProgram *regexp_compile(MemAccount *account, RegexpSpan pattern, uint32_t flags,
                                          uintptr_t stack_limit, RegexpError *error);
void regexp_free(MemAccount *account, RegexpProgram *program);

/* The early errors of a literal: as regexp_compile, without making a program. */
JS_MUST_USE bool regexp_check_syntax(MemAccount *account, RegexpSpan pattern, uint32_t flags, uintptr_t stack_limit,
                                     RegexpError *error);

/* Bytes of the whole program. */
size_t regexp_program_size(const RegexpProgram *program);
/* Capture groups, group 0 (the whole match) included. */
uint32_t regexp_group_count(const RegexpProgram *program);

/* Named groups in source order; a name may occur more than once, in different alternatives. */
typedef struct RegexpName {
  const uint16_t *units;
  uint32_t len;
  uint32_t group;
} RegexpName;
uint32_t regexp_name_count(const RegexpProgram *program);
RegexpName regexp_name(const RegexpProgram *program, uint32_t index);

typedef enum {
  REGEXP_NO_MATCH,
  REGEXP_MATCH,
  REGEXP_TOO_COMPLEX, /* the backtrack stack reached its limit */
  REGEXP_OUT_OF_MEMORY,
  REGEXP_INTERRUPTED /* the interrupt hook said so */
} RegexpResult;

typedef struct RegexpInput {
  RegexpSpan text;
  uint32_t start;      /* <= text.len. With u or v, a start amid a surrogate pair means the pair's beginning. */
  bool sticky;         /* match at start only */
  MemAccount *account; /* owns the backtrack stack while it runs; may be NULL */
  bool (*interrupt)(void *arg); /* may be NULL; called every so many backtracks; true stops the run */
  void *interrupt_arg;
} RegexpInput;

/* captures: 2 * group_count entries, start and end unit of each group, -1 for a group that took no part.
 * They are written on REGEXP_MATCH only. */
JS_MUST_USE RegexpResult regexp_exec(const RegexpProgram *program, const RegexpInput *input, int32_t *captures);

#endif
