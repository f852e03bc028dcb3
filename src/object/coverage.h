// SPDX-License-Identifier: MIT
/*
 * Code coverage of one Vm: which functions were compiled since it began, the ranges of their text that are counted, and
 * the counters. The compiler writes the lists (bytecode/compile_coverage.c) and emits COUNT_RUN instructions; without
 * coverage there are neither, so it costs nothing.
 *
 * A range is a branch (part of an if, an operand that may be skipped, a loop's body), or the continuation of a
 * statement that may be left otherwise: what follows up to where something else begins, or its parent ends. Making
 * disjoint nested ranges of them is the reader's work.
 */
#ifndef OBJECT_COVERAGE_H
#define OBJECT_COVERAGE_H

#include "object/object.h"
#include "object/vm.h"

#define COVERAGE_OPEN_END UINT32_MAX /* end of a continuation */

typedef struct JsCoverageRange {
  uint32_t start, end; /* source units; COVERAGE_OPEN_END */
  uint32_t counter;
} JsCoverageRange;

typedef struct JsCoverageFunction {
  uint32_t start, end;
  uint32_t counter;            /* calls */
  uint32_t first, range_count; /* of ranges */
} JsCoverageFunction;

typedef struct JsCoverage {
  bool is_on;  /* code that is compiled now is counted */
  bool failed; /* out of memory: what was lost is not counted */
  uint32_t *counters;
  uint32_t counter_count, counter_capacity;
  JsCoverageRange *ranges;
  uint32_t range_count, range_capacity;
  JsCoverageFunction *functions;
  uint32_t function_count, function_capacity;
  JsElements *codes; /* of the functions, in their order; a root */
} JsCoverage;

/* False: exception (out of memory). */
JS_MUST_USE bool coverage_start(JsContext *cx);
/* Forgets everything. Code compiled meanwhile goes on counting, unseen. */
void coverage_stop(JsVm *vm);
void coverage_free(JsVm *vm);
/* A fresh counter, UINT32_MAX when there is no memory left. */
uint32_t coverage_counter_new(JsVm *vm);
/* code: the function's, a cell. */
void coverage_function_add(JsContext *cx, JsCoverageFunction function, const JsCoverageRange *ranges, JsCell *code);

#endif
