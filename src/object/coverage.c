// SPDX-License-Identifier: MIT
/* The lists of coverage.h. Counters are never given back while the Vm lives: code that has them goes on running. */
#include "object/coverage.h"

#include "object/elements.h"
#include "object/exception.h"

bool coverage_start(JsContext *cx)
{
  JsVm *vm = cx->vm;
  if (!vm->coverage)
    vm->coverage = mem_alloc_zeroed(&vm->account, MEM_VM, sizeof *vm->coverage);
  if (vm->coverage && !vm->coverage->codes)
    vm->coverage->codes = elements_new(cx->heap, 64);
  if (!vm->coverage || !vm->coverage->codes) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  vm->coverage->is_on = true;
  return true;
}

static void forget_functions(JsVm *vm, JsCoverage *coverage)
{
  mem_free(&vm->account, MEM_VM, coverage->ranges, coverage->range_capacity * sizeof *coverage->ranges);
  mem_free(&vm->account, MEM_VM, coverage->functions, coverage->function_capacity * sizeof *coverage->functions);
  coverage->ranges = NULL;
  coverage->functions = NULL;
  coverage->range_count = coverage->range_capacity = coverage->function_count = coverage->function_capacity = 0;
  coverage->codes = NULL;
}

void coverage_stop(JsVm *vm)
{
  if (!vm->coverage)
    return;
  vm->coverage->is_on = false;
  forget_functions(vm, vm->coverage);
}

void coverage_free(JsVm *vm)
{
  JsCoverage *coverage = vm->coverage;
  if (!coverage)
    return;
  forget_functions(vm, coverage);
  mem_free(&vm->account, MEM_VM, coverage->counters, coverage->counter_capacity * sizeof *coverage->counters);
  mem_free(&vm->account, MEM_VM, coverage, sizeof *coverage);
  vm->coverage = NULL;
}

/* Room for `more` items of `size`. */
static bool reserve(JsVm *vm, void **items, uint32_t count, uint32_t *capacity, uint32_t more, size_t size)
{
  if (more <= *capacity - count)
    return true;
  size_t wanted = ((size_t)count + more) * 2 + 64;
  if (wanted >= UINT32_MAX)
    return false;
  void *grown = mem_realloc(&vm->account, MEM_VM, *items, *capacity * size, wanted * size);
  if (!grown)
    return false;
  *items = grown;
  *capacity = (uint32_t)wanted;
  return true;
}

uint32_t coverage_counter_new(JsVm *vm)
{
  JsCoverage *c = vm->coverage;
  if (!reserve(vm, (void **)&c->counters, c->counter_count, &c->counter_capacity, 1, sizeof *c->counters)) {
    c->failed = true;
    return UINT32_MAX;
  }
  c->counters[c->counter_count] = 0;
  return c->counter_count++;
}

void coverage_function_add(JsContext *cx, JsCoverageFunction function, const JsCoverageRange *ranges, JsCell *code)
{
  JsVm *vm = cx->vm;
  JsCoverage *c = vm->coverage;
  if (!reserve(vm, (void **)&c->functions, c->function_count, &c->function_capacity, 1, sizeof *c->functions) ||
      !reserve(vm, (void **)&c->ranges, c->range_count, &c->range_capacity, function.range_count, sizeof *c->ranges)) {
    c->failed = true;
    return;
  }
  JsElements *codes = elements_push(cx, c->codes, js_from_cell(code));
  if (!codes) {
    (void)take_exception(cx);
    c->failed = true;
    return;
  }
  c->codes = codes;
  function.first = c->range_count;
  if (function.range_count)
    memcpy(&c->ranges[c->range_count], ranges, function.range_count * sizeof *ranges);
  c->range_count += function.range_count;
  c->functions[c->function_count++] = function;
}
