// SPDX-License-Identifier: MIT
/* Registers as a stack. A function that needs more than an operand can name is refused with a RangeError. */
#include "bytecode/compiler.h"

Reg reg_alloc_many(Fn *fn, uint32_t count)
{
  Reg first = fn->next_reg;
  if (js_unlikely(first + count > MAX_REGISTERS)) {
    if (!fn->c->failed) {
      fn->c->failed = true;
      (void)throw_stack_overflow(fn->c->cx);
    }
    return 0;
  }
  fn->next_reg += count;
  if (fn->next_reg > fn->max_reg)
    fn->max_reg = fn->next_reg;
  return first;
}

Reg reg_alloc(Fn *fn)
{
  return reg_alloc_many(fn, 1);
}
