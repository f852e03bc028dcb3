// SPDX-License-Identifier: MIT
/*
 * From tree to program.
 *
 * Each node is emitted knowing what may follow it (Follow): with that, loops over one character class whose next
 * character cannot belong to the class never give back, and choices told apart by their next character push no choice
 * point. Nothing of the kind is tried right to left (lookbehind).
 */
#include "regexp/analysis.h"

#include "base/stack.h"

#include <string.h>

typedef struct Follow {
  const CharSet *set; /* superset of the characters that can come next where what follows succeeds */
  bool end_ok;        /* what follows may succeed at the end of the input */
  bool accepts;       /* nothing follows: whatever comes, the match (or lookaround) has succeeded */
} Follow;

typedef struct Compiler {
  Arena *arena;
  bool unicode;
  uintptr_t stack_limit;
  uint32_t registers;
  CharSet anything;
  struct {
    uint32_t *items;
    uint32_t len, cap;
  } code;
  struct {
    CharSet *items;
    uint32_t len, cap;
  } sets;
  bool no_memory, too_deep;
} Compiler;

/* Beyond this many alternatives their mutual exclusion is not looked into: the sets would cost more than they save. */
enum { MAX_EXCLUSIVE_ALTERNATIVES = 64 };

static void emit_node(Compiler *c, const Node *node, Follow follow, bool backward);

static void emit(Compiler *c, uint32_t word)
{
  if (!arena_vec_push(c->arena, &c->code, word))
    c->no_memory = true;
}

static void emit_op(Compiler *c, RegexpOp op)
{
  emit(c, op);
}
static void emit_op1(Compiler *c, RegexpOp op, uint32_t a)
{
  emit(c, op);
  emit(c, a);
}
static void emit_op2(Compiler *c, RegexpOp op, uint32_t a, uint32_t b)
{
  emit_op1(c, op, a);
  emit(c, b);
}

/* Emits a word to be patched by patch_here. */
static uint32_t emit_hole(Compiler *c)
{
  emit(c, 0);
  return c->code.len - 1;
}

static void patch_here(Compiler *c, uint32_t hole)
{
  if (!c->no_memory)
    c->code.items[hole] = c->code.len;
}

static uint32_t add_set(Compiler *c, const CharSet *set)
{
  for (uint32_t k = 0; k < c->sets.len; k++) {
    const CharSet *known = &c->sets.items[k];
    if (known->len == set->len && (set->len == 0 || !memcmp(known->items, set->items, set->len * sizeof *set->items)))
      return k;
  }
  if (!arena_vec_push(c->arena, &c->sets, *set))
    c->no_memory = true;
  return c->sets.len - 1;
}

/* Whether reading single units decides membership: always without u; with u if no surrogate or astral character is in.
 */
static bool set_is_plain(const Compiler *c, const CharSet *set)
{
  static const UnicodeRange beyond[] = {{0xD800, 0xDFFF}, {0x10000, UNICODE_MAX}};
  const CharSet other = {(UnicodeRange *)beyond, 2, 2};
  return !c->unicode || charset_disjoint(set, &other);
}

/* The single unit the set consists of, or REGEXP_NONE. */
static uint32_t set_single_unit(const Compiler *c, const CharSet *set)
{
  if (set->len != 1 || set->items[0].first != set->items[0].last || set->items[0].first > 0xFFFF ||
      !set_is_plain(c, set))
    return REGEXP_NONE;
  return set->items[0].first;
}

/* --- Characters -------------------------------------------------------------------------------------------------- */

static bool is_plain_char(const Compiler *c, const Node *node)
{
  return node->kind == NODE_CHAR && !(c->unicode && unicode_is_surrogate(node->cp));
}

static void emit_set(Compiler *c, const CharSet *set, bool backward)
{
  if (!set->len)
    emit_op(c, OP_FAIL);
  else if (set_is_plain(c, set))
    emit_op1(c, backward ? OP_SET_B : OP_SET, add_set(c, set));
  else
    emit_op1(c, backward ? OP_SET_U_B : OP_SET_U, add_set(c, set));
}

/* Characters items[0..count) that all are plain, as one string. */
static void emit_string(Compiler *c, Node *const *items, uint32_t count, bool backward)
{
  if (count == 1 && items[0]->cp <= 0xFFFF) {
    emit_op1(c, backward ? OP_CHAR_B : OP_CHAR, items[0]->cp);
    return;
  }
  uint32_t units = 0;
  for (uint32_t k = 0; k < count; k++)
    units += items[k]->cp > 0xFFFF ? 2 : 1;
  emit_op2(c, backward ? OP_STRING_B : OP_STRING, units, (units + 1) / 2);
  uint32_t word = 0, filled = 0;
  for (uint32_t k = 0; k < count; k++) {
    uint32_t cp = items[k]->cp, parts[2] = {cp, 0}, n = 1;
    if (cp > 0xFFFF) {
      parts[0] = unicode_lead_of(cp);
      parts[1] = unicode_trail_of(cp);
      n = 2;
    }
    for (uint32_t i = 0; i < n; i++) {
      word |= parts[i] << (filled & 1 ? 16 : 0);
      if (filled++ & 1) {
        emit(c, word);
        word = 0;
      }
    }
  }
  if (filled & 1)
    emit(c, word);
}

static void emit_char(Compiler *c, const Node *node, bool backward)
{
  if (is_plain_char(c, node)) {
    Node *item = (Node *)node;
    emit_string(c, &item, 1, backward);
  } else {
    emit_set(c, &node->first, backward);
  }
}

/* --- Sequences and choices --------------------------------------------------------------------------------------- */

static void emit_sequence_backward(Compiler *c, const Node *node, Follow follow)
{
  for (uint32_t end = node->len; end > 0;) {
    uint32_t start = end;
    while (start > 0 && is_plain_char(c, node->items[start - 1]))
      start--;
    if (start < end) {
      emit_string(c, &node->items[start], end - start, true);
      end = start;
    } else {
      emit_node(c, node->items[--end], follow, true);
    }
  }
}

static void emit_sequence(Compiler *c, const Node *node, Follow follow)
{
  CharSet *after = ARENA_NEW_ARRAY(c->arena, CharSet, node->len); /* after[k]: what follows item k */
  bool *end_ok = ARENA_NEW_ARRAY(c->arena, bool, node->len);
  if (!after || !end_ok) {
    c->no_memory = true;
    return;
  }
  after[node->len - 1] = *follow.set;
  end_ok[node->len - 1] = follow.end_ok;
  for (uint32_t k = node->len - 1; k > 0; k--) {
    const Node *item = node->items[k];
    after[k - 1] = item->first;
    end_ok[k - 1] = item->end_ok || (item->nullable && end_ok[k]);
    if (!item->nullable)
      continue;
    CharSet both = {0};
    if (!charset_union(c->arena, &both, &after[k]) || !charset_union(c->arena, &both, &item->first))
      c->no_memory = true;
    after[k - 1] = both;
  }
  for (uint32_t k = 0; k < node->len;) {
    uint32_t end = k;
    while (end < node->len && is_plain_char(c, node->items[end]))
      end++;
    if (end > k) {
      emit_string(c, &node->items[k], end - k, false);
      k = end;
    } else {
      emit_node(c, node->items[k], (Follow){&after[k], end_ok[k], follow.accepts && k + 1 == node->len}, false);
      k++;
    }
  }
}

/* A jump taken unless a character of the set is next; returns the hole of its target. */
static uint32_t emit_guard(Compiler *c, const CharSet *set)
{
  uint32_t unit = set_single_unit(c, set);
  if (unit != REGEXP_NONE)
    emit_op1(c, OP_IF_CHAR, unit);
  else
    emit_op1(c, set_is_plain(c, set) ? OP_IF_SET : OP_IF_SET_U, add_set(c, set));
  return emit_hole(c);
}

/* A node that succeeds only before a character out of its first set. */
static bool can_guard(const Node *node, bool backward)
{
  return !backward && !node->nullable && !node->end_ok;
}

/* later[k]: what can be next where an alternative behind k, and what follows it, succeeds. NULL: not looked into. */
static CharSet *later_sets(Compiler *c, const Node *node, Follow follow)
{
  if (node->len > MAX_EXCLUSIVE_ALTERNATIVES)
    return NULL;
  CharSet *later = ARENA_NEW_ARRAY(c->arena, CharSet, node->len);
  for (uint32_t k = node->len - 1; later && k > 0; k--) {
    const Node *item = node->items[k];
    bool ok = charset_union(c->arena, &later[k - 1], &later[k]) &&
              charset_union(c->arena, &later[k - 1], &item->first) &&
              (!item->nullable || charset_union(c->arena, &later[k - 1], follow.set));
    if (!ok)
      later = NULL;
  }
  if (!later)
    c->no_memory = true;
  return later;
}

static void emit_alternatives(Compiler *c, const Node *node, Follow follow, bool backward)
{
  CharSet *later = backward ? NULL : later_sets(c, node, follow);
  struct {
    uint32_t *items;
    uint32_t len, cap;
  } ends = {0};
  for (uint32_t k = 0; k + 1 < node->len; k++) {
    const Node *item = node->items[k];
    uint32_t guard = 0, choice = 0;
    bool guarded = can_guard(item, backward);
    if (guarded)
      guard = emit_guard(c, &item->first);
    bool determined = guarded && later && charset_disjoint(&item->first, &later[k]);
    if (!determined) {
      emit_op(c, OP_PUSH);
      choice = emit_hole(c);
    }
    emit_node(c, item, follow, backward);
    emit_op(c, OP_JUMP);
    uint32_t end = emit_hole(c);
    if (!arena_vec_push(c->arena, &ends, end))
      c->no_memory = true;
    if (guarded)
      patch_here(c, guard);
    if (!determined)
      patch_here(c, choice);
  }
  emit_node(c, node->items[node->len - 1], follow, backward);
  for (uint32_t k = 0; k < ends.len; k++)
    patch_here(c, ends.items[k]);
}

/* --- Loops ------------------------------------------------------------------------------------------------------- */

/* One character class, left to right: no code for the body, no choice point per iteration. */
static void emit_class_loop(Compiler *c, const Node *node, Follow follow)
{
  const CharSet *set = &node->items[0]->first;
  if (!set->len) {
    if (node->min > 0)
      emit_op(c, OP_FAIL);
    return;
  }
  bool plain = set_is_plain(c, set);
  uint32_t index = add_set(c, set);
  bool determined = charset_disjoint(set, follow.set);
  if (node->min == node->max || determined || (follow.accepts && !node->lazy)) {
    emit_op2(c, plain ? OP_REPEAT_ALL : OP_REPEAT_ALL_U, index, node->min);
    emit(c, node->max);
    return;
  }
  RegexpOp op = node->lazy ? (plain ? OP_REPEAT_LAZY : OP_REPEAT_LAZY_U) : (plain ? OP_REPEAT : OP_REPEAT_U);
  emit_op2(c, op, index, node->min);
  emit(c, node->max);
  emit(c, follow.end_ok ? REGEXP_NONE : set_single_unit(c, follow.set));
  emit_op(c, node->lazy ? (plain ? OP_REPEAT_MORE : OP_REPEAT_MORE_U) : (plain ? OP_REPEAT_BACK : OP_REPEAT_BACK_U));
}

/* The choice at a loop's head: enter the body, which must be emitted next, or go to the exit (whose hole is returned).
 */
static uint32_t emit_enter_or_exit(Compiler *c, bool lazy)
{
  emit_op(c, OP_PUSH);
  if (!lazy)
    return emit_hole(c);
  uint32_t body = emit_hole(c);
  emit_op(c, OP_JUMP);
  uint32_t exit = emit_hole(c);
  patch_here(c, body);
  return exit;
}

static void emit_capture_reset(Compiler *c, const Node *node)
{
  if (node->first_capture < node->end_capture)
    emit_op2(c, OP_RESET, 2 * node->first_capture, 2 * node->end_capture);
}

static void emit_counted_loop(Compiler *c, const Node *node, Follow inner, bool guarded, bool determined, bool backward)
{
  const Node *body = node->items[0];
  uint32_t counter = c->registers++, mark = 0;
  bool may_be_empty = body->min_width == 0;
  emit_op1(c, OP_COUNT_INIT, counter);
  uint32_t head = c->code.len;
  emit_op2(c, OP_COUNT_LOOP, counter, node->min);
  emit(c, node->max);
  uint32_t exit = emit_hole(c);
  emit(c, guarded ? add_set(c, &body->first) : REGEXP_NONE);
  emit(c, (node->lazy ? COUNT_LAZY : 0) | (determined ? COUNT_DETERMINED : 0) |
              (guarded && !set_is_plain(c, &body->first) ? COUNT_GUARD_U : 0));
  emit_op1(c, OP_COUNT_ENTER, counter);
  emit_capture_reset(c, node);
  if (may_be_empty) {
    mark = c->registers++;
    emit_op1(c, OP_SAVE, mark);
  }
  emit_node(c, body, inner, backward);
  if (may_be_empty) {
    emit_op2(c, OP_CHECK_COUNT, mark, counter);
    emit(c, node->min);
    emit(c, node->first_capture == node->end_capture);
  }
  emit_op1(c, OP_JUMP, head);
  patch_here(c, exit);
}

static void emit_repeat(Compiler *c, const Node *node, Follow follow, bool backward)
{
  const Node *body = node->items[0];
  if (!backward && (body->kind == NODE_CHAR || body->kind == NODE_SET)) {
    emit_class_loop(c, node, follow);
    return;
  }
  bool guarded = can_guard(body, backward), may_be_empty = body->min_width == 0;
  bool determined = guarded && charset_disjoint(&body->first, follow.set);
  CharSet next = {0};
  if (!charset_union(c->arena, &next, &body->first) || !charset_union(c->arena, &next, follow.set))
    c->no_memory = true;
  Follow inner = {&next, body->end_ok || follow.end_ok, false};
  bool unbounded = node->max == REPEAT_INFINITE;

  if (node->min == 1 && unbounded && !may_be_empty) { /* body first, then the choice to do it again */
    uint32_t head = c->code.len, guard = 0;
    emit_capture_reset(c, node);
    emit_node(c, body, inner, backward);
    if (guarded)
      guard = emit_guard(c, &body->first);
    if (node->lazy && !determined) {
      emit_op1(c, OP_PUSH, head);
    } else {
      uint32_t choice = determined ? 0 : emit_enter_or_exit(c, false);
      emit_op1(c, OP_JUMP, head);
      if (!determined)
        patch_here(c, choice);
    }
    if (guarded)
      patch_here(c, guard);
    return;
  }
  if (node->min > 0 || (node->max > 1 && !unbounded)) {
    emit_counted_loop(c, node, inner, guarded, determined, backward);
    return;
  }
  /* ? and * */
  uint32_t head = c->code.len, guard = 0, choice = 0, mark = 0;
  if (guarded)
    guard = emit_guard(c, &body->first);
  if (!determined)
    choice = emit_enter_or_exit(c, node->lazy);
  if (unbounded)
    emit_capture_reset(c, node);
  if (may_be_empty) {
    mark = c->registers++;
    emit_op1(c, OP_SAVE, mark);
  }
  emit_node(c, body, unbounded ? inner : follow, backward);
  if (may_be_empty)
    emit_op1(c, OP_CHECK_ADVANCED, mark);
  if (unbounded)
    emit_op1(c, OP_JUMP, head);
  if (guarded)
    patch_here(c, guard);
  if (!determined)
    patch_here(c, choice);
}

/* --- The rest ---------------------------------------------------------------------------------------------------- */

static void emit_look(Compiler *c, const Node *node)
{
  uint32_t height = c->registers;
  c->registers += 2;
  Follow end = {&c->anything, true, true};
  if (node->negate) {
    emit_op1(c, OP_NOT_LOOK, height);
    uint32_t after = emit_hole(c);
    emit_node(c, node->items[0], end, node->behind);
    emit_op1(c, OP_NOT_LOOK_END, height);
    patch_here(c, after);
  } else {
    emit_op1(c, OP_LOOK, height);
    emit_node(c, node->items[0], end, node->behind);
    emit_op2(c, OP_LOOK_END, height, node->first_capture < node->end_capture);
  }
}

static void emit_backref(Compiler *c, const Node *node, bool backward)
{
  emit_op2(c, OP_BACKREF,
           (node->ignore_case ? BACKREF_IGNORE_CASE : 0) | (backward ? BACKREF_BACKWARD : 0) |
               (c->unicode ? BACKREF_FOLD : 0),
           node->group_len);
  for (uint32_t k = 0; k < node->group_len; k++)
    emit(c, node->groups[k]);
}

static void emit_node(Compiler *c, const Node *node, Follow follow, bool backward)
{
  if (c->no_memory || c->too_deep)
    return;
  if (js_unlikely(stack_pointer() <= c->stack_limit)) {
    c->too_deep = true;
    return;
  }
  switch ((NodeKind)node->kind) {
  case NODE_EMPTY: return;
  case NODE_CHAR: emit_char(c, node, backward); return;
  case NODE_SET: emit_set(c, &node->set, backward); return;
  case NODE_SEQUENCE:
    if (backward)
      emit_sequence_backward(c, node, follow);
    else
      emit_sequence(c, node, follow);
    return;
  case NODE_ALTERNATIVES: emit_alternatives(c, node, follow, backward); return;
  case NODE_GROUP:
    emit_op1(c, OP_SAVE, 2 * node->capture + backward);
    emit_node(c, node->items[0], follow, backward);
    emit_op1(c, OP_SAVE, 2 * node->capture + !backward);
    return;
  case NODE_BACKREF: emit_backref(c, node, backward); return;
  case NODE_LINE_START: emit_op(c, node->multiline ? OP_LINE_START_M : OP_LINE_START); return;
  case NODE_LINE_END: emit_op(c, node->multiline ? OP_LINE_END_M : OP_LINE_END); return;
  case NODE_WORD_BOUNDARY: emit_op2(c, OP_WORD_BOUNDARY, node->negate, node->ignore_case); return;
  case NODE_LOOK: emit_look(c, node); return;
  case NODE_REPEAT: emit_repeat(c, node, follow, backward); return;
  }
  JS_UNREACHABLE();
}

/* --- The program ------------------------------------------------------------------------------------------------- */

static uint32_t ranges_beyond_latin1(const CharSet *set)
{
  uint32_t count = 0;
  for (uint32_t k = 0; k < set->len; k++)
    count += set->items[k].last > 255;
  return count;
}

static void fill_set(RegexpSet *out, const CharSet *set, UnicodeRange *ranges, uint32_t *next)
{
  *out = (RegexpSet){.ranges = *next};
  for (uint32_t k = 0; k < set->len; k++) {
    UnicodeRange range = set->items[k];
    for (uint32_t cp = range.first; cp <= range.last && cp < 256; cp++)
      out->latin1[cp >> 5] |= 1u << (cp & 31);
    if (range.last > 255)
      ranges[(*next)++] = (UnicodeRange){range.first > 255 ? range.first : 256, range.last};
  }
  out->range_count = *next - out->ranges;
  out->everything = set->len == 1 && set->items[0].first == 0 && set->items[0].last >= 0xFFFF;
}

static size_t align8(size_t size)
{
  return (size + 7) & ~(size_t)7;
}

static RegexpProgram *make_program(Compiler *c, MemAccount *account, const Parser *parser, uint32_t flags,
                                   const Node *root)
{
  uint32_t range_count = 0, name_units = 0;
  for (uint32_t k = 0; k < c->sets.len; k++)
    range_count += ranges_beyond_latin1(&c->sets.items[k]);
  for (uint32_t k = 0; k < parser->names.len; k++)
    name_units += parser->names.items[k].name_len;
  size_t code_at = align8(sizeof(RegexpProgram)), sets_at = code_at + align8(c->code.len * sizeof(uint32_t));
  size_t ranges_at = sets_at + align8(c->sets.len * sizeof(RegexpSet));
  size_t names_at = ranges_at + align8(range_count * sizeof(UnicodeRange));
  size_t units_at = names_at + align8(parser->names.len * sizeof(RegexpName)), size = units_at + name_units * 2;

  char *block = mem_alloc_zeroed(account, MEM_REGEXP, size);
  if (!block)
    return NULL;
  RegexpProgram *program = (RegexpProgram *)block;
  RegexpSet *sets = (RegexpSet *)(block + sets_at);
  UnicodeRange *ranges = (UnicodeRange *)(block + ranges_at);
  RegexpName *names = (RegexpName *)(block + names_at);
  uint16_t *units = (uint16_t *)(block + units_at);
  *program = (RegexpProgram){.size = size,
                             .flags = flags,
                             .group_count = parser->group_count,
                             .register_count = c->registers,
                             .code_len = c->code.len,
                             .set_count = c->sets.len,
                             .range_count = range_count,
                             .name_count = parser->names.len,
                             .name_unit_count = name_units,
                             .code = (uint32_t *)(block + code_at),
                             .sets = sets,
                             .ranges = ranges,
                             .names = names};
  memcpy(block + code_at, c->code.items, c->code.len * sizeof(uint32_t));
  uint32_t next = 0;
  for (uint32_t k = 0; k < c->sets.len; k++)
    fill_set(&sets[k], &c->sets.items[k], ranges, &next);
  for (uint32_t k = 0; k < parser->names.len; k++) {
    const NamedGroup *group = &parser->names.items[k];
    names[k] = (RegexpName){units, group->name_len, group->group};
    memcpy(units, group->name, (size_t)group->name_len * 2);
    units += group->name_len;
  }
  choose_search(root, c->unicode, program);
  return program;
}

/* What compiling needs on top of a caller's own needs when no limit is given: a few hundred frames of the deepest
 * helper. */
enum { STACK_RESERVE = 64 * 1024 };

static uintptr_t default_stack_limit(uintptr_t limit)
{
  if (limit)
    return limit;
  StackBounds bounds;
  stack_bounds(&bounds);
  return bounds.low + STACK_RESERVE;
}

RegexpProgram *regexp_compile(MemAccount *account, RegexpSpan pattern, uint32_t flags, uintptr_t stack_limit,
                              RegexpError *error)
{
  stack_limit = default_stack_limit(stack_limit);
  Arena arena;
  arena_init(&arena, account, MEM_REGEXP);
  RegexpProgram *program = NULL;
  Parser parser;
  Node *root = NULL;
  if (parser_init(&parser, &arena, pattern, flags, stack_limit, error))
    root = parse_pattern(&parser);
  if (root) {
    Compiler c = {
        .arena = &arena, .unicode = parser.unicode, .stack_limit = stack_limit, .registers = 2 * parser.group_count};
    c.no_memory = !analyze(&arena, root) || !charset_add(&arena, &c.anything, 0, UNICODE_MAX);
    emit_node(&c, root, (Follow){&c.anything, true, true}, false);
    emit_op(&c, OP_MATCH);
    if (!c.no_memory && !c.too_deep)
      program = make_program(&c, account, &parser, flags, root);
    if (!program)
      *error = c.too_deep ? (RegexpError){REGEXP_ERROR_SYNTAX, "Regular expression too large", 0}
                          : (RegexpError){REGEXP_ERROR_MEMORY, "Out of memory", 0};
  }
  arena_free(&arena);
  return program;
}

bool regexp_check_syntax(MemAccount *account, RegexpSpan pattern, uint32_t flags, uintptr_t stack_limit,
                         RegexpError *error)
{
  Arena arena;
  arena_init(&arena, account, MEM_REGEXP);
  Parser parser;
  bool ok =
      parser_init(&parser, &arena, pattern, flags, default_stack_limit(stack_limit), error) && parse_pattern(&parser);
  arena_free(&arena);
  return ok;
}

void regexp_free(MemAccount *account, RegexpProgram *program)
{
  if (program)
    mem_free(account, MEM_REGEXP, program, program->size);
}

bool regexp_parse_flags(RegexpSpan letters, uint32_t *flags)
{
  static const char known[] = "dgimsuvy"; /* in the order of RegexpFlag's bits */
  *flags = 0;
  for (uint32_t k = 0; k < letters.len; k++) {
    uint32_t letter = letters.wide ? ((const uint16_t *)letters.units)[k] : ((const uint8_t *)letters.units)[k];
    const char *found = letter && letter < 0x80 ? strchr(known, (int)letter) : NULL;
    if (!found || *flags & 1u << (found - known))
      return false;
    *flags |= 1u << (found - known);
  }
  return (*flags & (REGEXP_UNICODE | REGEXP_UNICODE_SETS)) != (REGEXP_UNICODE | REGEXP_UNICODE_SETS);
}

size_t regexp_program_size(const RegexpProgram *program)
{
  return program->size;
}
uint32_t regexp_group_count(const RegexpProgram *program)
{
  return program->group_count;
}
uint32_t regexp_name_count(const RegexpProgram *program)
{
  return program->name_count;
}
RegexpName regexp_name(const RegexpProgram *program, uint32_t index)
{
  return program->names[index];
}
