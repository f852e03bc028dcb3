// SPDX-License-Identifier: MIT
/*
 * The matcher: a backtracking interpreter of program.h's instructions with a stack of its own, never C recursion.
 *
 * [DOC] The backtrack stack. Entries are pairs of int32:
 *
 *   a >= 0   choice point: go on at code index a from position b
 *   a <  0   undo: register ~a gets b back
 *
 * Failure pops entries, undoing registers, until a choice point. Loops over one class put a second entry below their
 * choice point: the position they may not give back beyond, or how many more they may take; its a is never negative, so
 * whoever only looks for undo entries can pass over it. A register is written without an undo entry while the stack is
 * empty: nothing can come back to before.
 *
 * The loop itself is exec_loop.inc, compiled once for Latin-1 and once for UTF-16 input.
 */
#include "regexp/program.h"

#include <string.h>

typedef struct Entry {
  int32_t a, b;
} Entry;

enum {
  INLINE_ENTRIES = 256,       /* on the C stack; most runs need no more */
  INLINE_REGISTERS = 64,      /* likewise: some 20 groups */
  MAX_STACK_BYTES = 64 << 20, /* V8's limit for the same stack */
  STEPS_PER_POLL = 1 << 14,   /* backtracks between two calls of the interrupt hook: well under a millisecond */
};

typedef struct Matcher {
  const RegexpProgram *program;
  const RegexpInput *input;
  int32_t *registers;
  Entry *stack, *stack_end;
  Entry *inline_stack;
  uint32_t steps; /* left until the next poll */
  RegexpResult failure;
} Matcher;

static inline bool set_has(const RegexpProgram *program, const RegexpSet *set, uint32_t c)
{
  if (js_likely(c < 256))
    return set->latin1[c >> 5] >> (c & 31) & 1;
  const UnicodeRange *ranges = program->ranges + set->ranges;
  uint32_t low = 0, high = set->range_count;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (c > ranges[mid].last)
      low = mid + 1;
    else if (c < ranges[mid].first)
      high = mid;
    else
      return true;
  }
  return false;
}

static inline bool bit_has(const uint32_t bits[8], uint32_t c)
{
  return bits[c >> 5] >> (c & 31) & 1;
}

/* Twice the room; returns the entry that *sp has become, or NULL with failure set. */
static Entry *grow_stack(Matcher *m, Entry *sp)
{
  size_t used = (size_t)(sp - m->stack), cap = (size_t)(m->stack_end - m->stack), bytes = cap * sizeof(Entry);
  MemAccount *account = m->input->account;
  if (bytes * 2 > MAX_STACK_BYTES) {
    m->failure = REGEXP_TOO_COMPLEX;
    return NULL;
  }
  bool was_inline = m->stack == m->inline_stack;
  Entry *grown = mem_realloc(account, MEM_REGEXP, was_inline ? NULL : m->stack, was_inline ? 0 : bytes, bytes * 2);
  if (!grown) {
    m->failure = REGEXP_OUT_OF_MEMORY;
    return NULL;
  }
  if (was_inline)
    memcpy(grown, m->stack, used * sizeof(Entry));
  m->stack = grown;
  m->stack_end = grown + cap * 2;
  return grown + used;
}

/* True to go on. */
static bool poll_interrupt(Matcher *m)
{
  m->steps = STEPS_PER_POLL;
  if (!m->input->interrupt || !m->input->interrupt(m->input->interrupt_arg))
    return true;
  m->failure = REGEXP_INTERRUPTED;
  return false;
}

static inline bool is_word(uint32_t c, bool extra)
{
  if (c < 128)
    return (c | 0x20) - 'a' < 26 || c - '0' < 10 || c == '_';
  return extra && (c == 0x17F || c == 0x212A); /* long s and the Kelvin sign fold to s and k */
}

static inline bool is_line_end(uint32_t c)
{
  return c == '\n' || c == '\r' || (c & ~1u) == 0x2028;
}

#define UNIT     uint8_t
#define WIDE     0
#define NAME(id) id##_latin1
#include "regexp/exec_loop.inc"
#undef UNIT
#undef WIDE
#undef NAME

#define UNIT     uint16_t
#define WIDE     1
#define NAME(id) id##_wide
#include "regexp/exec_loop.inc"
#undef UNIT
#undef WIDE
#undef NAME

RegexpResult regexp_exec(const RegexpProgram *program, const RegexpInput *input, int32_t *captures)
{
  Entry entries[INLINE_ENTRIES];
  int32_t registers[INLINE_REGISTERS];
  Matcher m = {.program = program,
               .input = input,
               .registers = registers,
               .stack = entries,
               .stack_end = entries + INLINE_ENTRIES,
               .inline_stack = entries,
               .steps = STEPS_PER_POLL};
  size_t register_bytes = program->register_count * sizeof(int32_t);
  if (input->text.len > INT32_MAX || input->start > input->text.len)
    return REGEXP_NO_MATCH;
  if (program->register_count > INLINE_REGISTERS) {
    m.registers = mem_alloc(input->account, MEM_REGEXP, register_bytes);
    if (!m.registers)
      return REGEXP_OUT_OF_MEMORY;
  }
  RegexpResult result = input->text.wide ? search_wide(&m) : search_latin1(&m);
  if (result == REGEXP_MATCH)
    memcpy(captures, m.registers, 2 * program->group_count * sizeof(int32_t));
  if (m.stack != entries)
    mem_free(input->account, MEM_REGEXP, m.stack, (size_t)(m.stack_end - m.stack) * sizeof(Entry));
  if (m.registers != registers)
    mem_free(input->account, MEM_REGEXP, m.registers, register_bytes);
  return result;
}
