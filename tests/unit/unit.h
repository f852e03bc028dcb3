// SPDX-License-Identifier: MIT
/*
 * The unit-test harness: each tests/unit/test_<file>.c registers cases with UNIT_TEST; each case runs in its own process.
 *
 *   UNIT_TEST(arena_alloc_aligns_to_eight) { EXPECT(...); }
 */
#ifndef UNIT_H
#define UNIT_H

#include "base/check.h"

typedef struct UnitCase {
  const char *name;
  const char *file;
  void (*run)(void);
  struct UnitCase *next;
} UnitCase;

void unit_register(UnitCase *unit_case);
void unit_fail(const char *file, int line, const char *what);

#define UNIT_TEST(id)                                                                                                  \
  static void unit_run_##id(void);                                                                                     \
  static UnitCase unit_case_##id = {#id, __FILE__, unit_run_##id, NULL};                                               \
  __attribute__((constructor)) static void unit_register_##id(void) { unit_register(&unit_case_##id); }                \
  static void unit_run_##id(void)

#define EXPECT(cond) ((cond) ? (void)0 : unit_fail(__FILE__, __LINE__, #cond))

#endif
