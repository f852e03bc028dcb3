// SPDX-License-Identifier: MIT
/*
 * Counters for code coverage (object/coverage.h), at the places and with the ranges of text that V8 has for them: the
 * branches of statements and expressions from their first token (`?`, `:`, `&&`, `?.`, `catch`, `finally`, `case`) to
 * the end of their last, and continuations after statements that control may leave otherwise.
 */
#include "bytecode/compiler.h"
#include "object/coverage.h"

void cover_function(Fn *fn, uint32_t start, uint32_t end)
{
  JsVm *vm = fn->c->cx->vm;
  if (js_likely(!vm->coverage) || !vm->coverage->is_on || (fn->c->code_flags & CODE_BUILTIN))
    return;
  uint32_t counter = coverage_counter_new(vm);
  if (counter == UINT32_MAX)
    return;
  fn->covers = true;
  fn->cover_start = start;
  fn->cover_end = end;
  fn->cover_counter = counter;
  EMIT(fn, COUNT_RUN, counter);
}

void cover_range(Fn *fn, uint32_t start, uint32_t end)
{
  if (!fn->covers)
    return;
  JsCoverageRange range = {start, end, coverage_counter_new(fn->c->cx->vm)};
  if (range.counter == UINT32_MAX)
    return;
  if (!arena_vec_push(fn->c->arena, &fn->cover_ranges, range))
    compile_out_of_memory(fn->c);
  EMIT(fn, COUNT_RUN, range.counter);
}

void cover_after(Fn *fn, uint32_t end)
{
  cover_range(fn, end, COVERAGE_OPEN_END);
}

void cover_drop_last(Fn *fn, uint32_t end)
{
  while (fn->cover_ranges.len) {
    const JsCoverageRange *last = &fn->cover_ranges.items[fn->cover_ranges.len - 1];
    if (last->end != COVERAGE_OPEN_END || last->start != end)
      return;
    fn->cover_ranges.len--;
  }
}

void cover_finish(Fn *fn, JsCode *code)
{
  if (!fn->covers)
    return;
  JsCoverageFunction function = {.start = fn->cover_start,
                                 .end = fn->cover_end,
                                 .counter = fn->cover_counter,
                                 .range_count = fn->cover_ranges.len};
  coverage_function_add(fn->c->cx, function, fn->cover_ranges.items, &code->cell);
}

/* --- tokens that the tree does not keep: found in the text behind the node before them --------------------------- */

static uint32_t unit_at(const ParseSource *source, uint32_t at)
{
  if (at >= source->len)
    return 0;
  return source->is_wide ? ((const uint16_t *)source->units)[at] : ((const uint8_t *)source->units)[at];
}

static bool is_line_end(uint32_t unit)
{
  return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}

static bool is_space(uint32_t unit)
{
  return unit == ' ' || (unit >= '\t' && unit <= '\r') || unit == 0xA0 || unit == 0xFEFF || is_line_end(unit) ||
         unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x202F || unit == 0x205F || unit == 0x3000;
}

/* The first token at or after `at`. */
static uint32_t next_token(Fn *fn, uint32_t at)
{
  const ParseSource *source = fn->c->source;
  while (at < source->len) {
    uint32_t unit = unit_at(source, at), next = unit_at(source, at + 1);
    if (is_space(unit)) {
      at++;
    } else if (unit == '/' && next == '/') {
      while (at < source->len && !is_line_end(unit_at(source, at)))
        at++;
    } else if (unit == '/' && next == '*') {
      for (at += 2; at < source->len && !(unit_at(source, at) == '*' && unit_at(source, at + 1) == '/');)
        at++;
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

/* Behind the parentheses that close after a node's end; *token: what comes then. */
static uint32_t behind_parentheses(Fn *fn, uint32_t end, uint32_t *token)
{
  *token = next_token(fn, end);
  while (unit_at(fn->c->source, *token) == ')') {
    end = *token + 1;
    *token = next_token(fn, end);
  }
  return end;
}

void cover_consequent(Fn *fn, const AstConditional *node)
{
  uint32_t question, colon;
  if (!fn->covers)
    return;
  (void)behind_parentheses(fn, node->test->end, &question);
  cover_range(fn, question, behind_parentheses(fn, node->consequent->end, &colon));
}

void cover_alternate(Fn *fn, const AstConditional *node)
{
  uint32_t colon;
  if (!fn->covers)
    return;
  (void)behind_parentheses(fn, node->consequent->end, &colon);
  cover_range(fn, colon, node->base.end);
}

void cover_right(Fn *fn, const AstBinary *node)
{
  cover_range(fn, node->op_start, node->base.end);
}

static const AstNode *link_object(const AstNode *link)
{
  switch (link->kind) {
  case AST_MEMBER: return ((const AstMember *)link)->object;
  case AST_INDEX: return ((const AstIndex *)link)->object;
  case AST_PRIVATE_MEMBER: return ((const AstPrivateMember *)link)->object;
  default: return ((const AstCall *)link)->callee;
  }
}

void emit_link_jump(Fn *fn, const AstNode *link, Reg reg)
{
  uint32_t token;
  EMIT_JUMP(fn, JUMP_NULLISH, fn->chain_end, reg);
  if (!fn->covers)
    return;
  (void)behind_parentheses(fn, link_object(link)->end, &token);
  cover_range(fn, token, link->end);
}

void cover_clause(Fn *fn, const AstNode *before, const AstBlock *clause)
{
  if (fn->covers)
    cover_range(fn, next_token(fn, before->end), clause->base.end);
}

void cover_after_suspension(Fn *fn, const AstNode *node)
{
  if (!fn->covers)
    return;
  uint32_t token = next_token(fn, node->end);
  cover_after(fn, unit_at(fn->c->source, token) == ';' ? token + 1 : node->end);
}
