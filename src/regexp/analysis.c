// SPDX-License-Identifier: MIT
/* First sets, widths and search strategies: see analysis.h. */
#include "regexp/analysis.h"

#include <string.h>

static uint32_t saturating_add(uint32_t a, uint32_t b)
{
  return a + b < a || a + b > REPEAT_INFINITE ? REPEAT_INFINITE : a + b;
}

static uint32_t saturating_mul(uint32_t a, uint32_t b)
{
  uint64_t product = (uint64_t)a * b;
  return product > REPEAT_INFINITE ? REPEAT_INFINITE : (uint32_t)product;
}

static bool analyze_sequence(Arena *arena, Node *node)
{
  node->nullable = true;
  for (uint32_t k = 0; k < node->len; k++) {
    Node *item = node->items[k];
    if (!analyze(arena, item))
      return false;
    node->min_width = saturating_add(node->min_width, item->min_width);
    if (!node->nullable)
      continue;
    if (!charset_union(arena, &node->first, &item->first))
      return false;
    node->end_ok |= item->end_ok;
    node->nullable = item->nullable;
  }
  return true;
}

static bool analyze_alternatives(Arena *arena, Node *node)
{
  node->min_width = REPEAT_INFINITE;
  for (uint32_t k = 0; k < node->len; k++) {
    Node *item = node->items[k];
    if (!analyze(arena, item))
      return false;
    if (item->min_width < node->min_width)
      node->min_width = item->min_width;
    node->nullable |= item->nullable;
    node->end_ok |= item->end_ok;
    for (uint32_t n = 0; n < item->first.len; n++)
      if (!charset_add(arena, &node->first, item->first.items[n].first, item->first.items[n].last))
        return false;
  }
  charset_normalize(&node->first);
  return true;
}

bool analyze(Arena *arena, Node *node)
{
  Node *child;
  switch ((NodeKind)node->kind) {
  case NODE_CHAR:
    node->min_width = node->cp > 0xFFFF ? 2 : 1;
    return charset_add(arena, &node->first, node->cp, node->cp);
  case NODE_SET:
    node->first = node->set;
    node->min_width = node->set.len && node->set.items[0].first > 0xFFFF ? 2 : 1;
    return true;
  case NODE_SEQUENCE: return analyze_sequence(arena, node);
  case NODE_ALTERNATIVES: return analyze_alternatives(arena, node);
  case NODE_GROUP:
    child = node->items[0];
    if (!analyze(arena, child))
      return false;
    node->first = child->first;
    node->nullable = child->nullable;
    node->end_ok = child->end_ok;
    node->min_width = child->min_width;
    return true;
  case NODE_REPEAT:
    child = node->items[0];
    if (!analyze(arena, child))
      return false;
    node->first = child->first;
    node->nullable = child->nullable || node->min == 0;
    node->end_ok = child->end_ok;
    node->min_width = saturating_mul(child->min_width, node->min);
    return true;
  case NODE_LOOK: node->nullable = true; return analyze(arena, node->items[0]);
  case NODE_LINE_END: node->end_ok = true; return !node->multiline || charset_add_lines(arena, &node->first);
  case NODE_BACKREF: /* empty or anything */
    node->nullable = true;
    return charset_add(arena, &node->first, 0, UNICODE_MAX);
  case NODE_EMPTY:
  case NODE_LINE_START:
  case NODE_WORD_BOUNDARY: node->nullable = true; return true;
  }
  JS_UNREACHABLE();
}

/* --- Search ------------------------------------------------------------------------------------------------------ */

/* Appends the literal every match of the node begins with; true if that is all the node matches. */
static bool collect_prefix(const Node *node, bool unicode, RegexpProgram *program)
{
  switch ((NodeKind)node->kind) {
  case NODE_CHAR:
    if (unicode && unicode_is_surrogate(node->cp))
      return false;
    if (program->prefix_len + 2 > REGEXP_MAX_PREFIX)
      return false;
    if (node->cp > 0xFFFF) {
      program->prefix[program->prefix_len++] = unicode_lead_of(node->cp);
      program->prefix[program->prefix_len++] = unicode_trail_of(node->cp);
    } else {
      program->prefix[program->prefix_len++] = (uint16_t)node->cp;
    }
    return true;
  case NODE_SEQUENCE:
    for (uint32_t k = 0; k < node->len; k++)
      if (!collect_prefix(node->items[k], unicode, program))
        return false;
    return true;
  case NODE_GROUP: return collect_prefix(node->items[0], unicode, program);
  case NODE_REPEAT:
    for (uint32_t k = 0; k < node->min; k++) {
      uint32_t before = program->prefix_len;
      if (!collect_prefix(node->items[0], unicode, program))
        return false;
      if (program->prefix_len == before)
        break;
    }
    return node->min == node->max;
  case NODE_EMPTY:
  case NODE_LOOK:
  case NODE_WORD_BOUNDARY:
  case NODE_LINE_START:
  case NODE_LINE_END: return true; /* consumes nothing: what comes next still stands at the beginning */
  case NODE_SET:
  case NODE_ALTERNATIVES:
  case NODE_BACKREF: return false;
  }
  JS_UNREACHABLE();
}

/* Matches at the input's beginning only (SEARCH_FIRST_ONLY) or at line beginnings only (SEARCH_LINES)? */
static RegexpSearch anchor_of(const Node *node)
{
  RegexpSearch all, item;
  switch ((NodeKind)node->kind) {
  case NODE_LINE_START: return node->multiline ? SEARCH_LINES : SEARCH_FIRST_ONLY;
  case NODE_GROUP: return anchor_of(node->items[0]);
  case NODE_SEQUENCE: return anchor_of(node->items[0]);
  case NODE_ALTERNATIVES:
    all = anchor_of(node->items[0]);
    for (uint32_t k = 1; k < node->len && all != SEARCH_EVERYWHERE; k++) {
      item = anchor_of(node->items[k]);
      if (item != all)
        all = item == SEARCH_EVERYWHERE ? item : SEARCH_LINES;
    }
    return all;
  default: return SEARCH_EVERYWHERE;
  }
}

/* .* or .*? at the very beginning: if no match starts here, none starts later in the line, for the dots would have
 * reached it. */
static bool begins_with_dot_star(const Node *node)
{
  if (node->kind == NODE_SEQUENCE)
    node = node->items[0];
  if (node->kind != NODE_REPEAT || node->min != 0 || node->max != REPEAT_INFINITE || node->items[0]->kind != NODE_SET)
    return false;
  const CharSet *set = &node->items[0]->set;
  static const uint32_t lines[] = {'\n', '\r', 0x2028, 0x2029};
  if (set->len != 4 || set->items[3].last < 0xFFFF)
    return false;
  for (size_t k = 0; k < JS_COUNTOF(lines); k++)
    if (charset_contains(set, lines[k]))
      return false;
  return true;
}

/* The units that can stand at the first places of a match: at[n] of every match is allowed by bit n. */
typedef struct Heads {
  uint32_t len;   /* places known; no match is shorter */
  bool complete;  /* the node matches exactly len units */
  uint8_t beyond; /* bit n: some unit beyond Latin-1 is allowed at place n */
  uint8_t allowed[256];
} Heads;

static void heads_allow(Heads *heads, uint32_t place, UnicodeRange range)
{
  for (uint32_t c = range.first; c <= range.last && c < 256; c++)
    heads->allowed[c] |= (uint8_t)(1u << place);
  if (range.last > 255)
    heads->beyond |= (uint8_t)(1u << place);
}

static void heads_append(Heads *heads, const Heads *more)
{
  uint32_t room = REGEXP_MAX_HEADS - heads->len, take = more->len < room ? more->len : room;
  uint8_t mask = (uint8_t)((1u << take) - 1);
  for (size_t c = 0; c < JS_COUNTOF(heads->allowed); c++)
    heads->allowed[c] |= (uint8_t)((more->allowed[c] & mask) << heads->len);
  heads->beyond |= (uint8_t)((more->beyond & mask) << heads->len);
  heads->len += take;
  heads->complete = more->complete && take == more->len;
}

static void heads_unite(Heads *heads, const Heads *other)
{
  uint32_t len = heads->len < other->len ? heads->len : other->len;
  uint8_t mask = (uint8_t)((1u << len) - 1);
  for (size_t c = 0; c < JS_COUNTOF(heads->allowed); c++)
    heads->allowed[c] = (heads->allowed[c] | other->allowed[c]) & mask;
  heads->beyond = (heads->beyond | other->beyond) & mask;
  heads->complete = heads->complete && other->complete && heads->len == other->len;
  heads->len = len;
}

static void collect_heads(const Node *node, Heads *heads)
{
  Heads item;
  *heads = (Heads){.complete = true};
  switch ((NodeKind)node->kind) {
  case NODE_CHAR:
  case NODE_SET: /* a character of two units is given up on */
    if (!node->first.len || node->first.items[node->first.len - 1].last > 0xFFFF) {
      heads->complete = false;
      return;
    }
    heads->len = 1;
    for (uint32_t k = 0; k < node->first.len; k++)
      heads_allow(heads, 0, node->first.items[k]);
    return;
  case NODE_SEQUENCE:
    for (uint32_t k = 0; k < node->len && heads->complete && heads->len < REGEXP_MAX_HEADS; k++) {
      collect_heads(node->items[k], &item);
      heads_append(heads, &item);
    }
    return;
  case NODE_ALTERNATIVES:
    collect_heads(node->items[0], heads);
    for (uint32_t k = 1; k < node->len && (heads->len || heads->complete); k++) {
      collect_heads(node->items[k], &item);
      heads_unite(heads, &item);
    }
    return;
  case NODE_GROUP: collect_heads(node->items[0], heads); return;
  case NODE_REPEAT:
    collect_heads(node->items[0], &item);
    for (uint32_t k = 0; k < node->min && heads->complete && heads->len < REGEXP_MAX_HEADS && item.len; k++)
      heads_append(heads, &item);
    if (!item.len)
      heads->complete = item.complete; /* nothing at all, or something of unknown length */
    else
      heads->complete = heads->complete && node->min == node->max;
    return;
  case NODE_EMPTY:
  case NODE_LOOK:
  case NODE_WORD_BOUNDARY:
  case NODE_LINE_START:
  case NODE_LINE_END: return;
  case NODE_BACKREF: heads->complete = false; return;
  }
  JS_UNREACHABLE();
}

static void search_by_heads(const Heads *heads, uint32_t count, RegexpProgram *program)
{
  int only = -1, found = heads->beyond & 1 ? 2 : 0;
  for (int unit = 0; unit < 256; unit++) {
    if (heads->allowed[unit] & 1) {
      only = unit;
      found++;
    }
  }
  program->search = SEARCH_HEADS;
  program->head_count = (uint8_t)count;
  program->only_head = (int16_t)(found == 1 ? only : -1);
  memcpy(program->heads, heads->allowed, sizeof program->heads);
  program->heads_beyond = heads->beyond;
}

void choose_search(const Node *root, bool unicode, RegexpProgram *program)
{
  program->min_width = root->min_width;
  program->search = (uint8_t)anchor_of(root);
  if (program->search != SEARCH_EVERYWHERE)
    return;
  if (begins_with_dot_star(root)) {
    program->search = SEARCH_LINES;
    return;
  }
  collect_prefix(root, unicode, program);
  Heads heads;
  collect_heads(root, &heads);
  if (program->prefix_len && (program->prefix_len > 1 || heads.len < 2)) {
    program->search = SEARCH_STRING;
    program->prefix_is_latin1 = true;
    for (uint32_t k = 0; k < program->prefix_len; k++) {
      program->prefix_is_latin1 &= program->prefix[k] < 256;
      program->prefix8[k] = (uint8_t)program->prefix[k];
    }
    return;
  }
  if (heads.len) {
    search_by_heads(&heads, heads.len, program);
    return;
  }
  /* Nothing is known by units (characters beyond the BMP, say); the first character may still be. */
  if (root->nullable || root->end_ok || !(program->flags & (REGEXP_UNICODE | REGEXP_UNICODE_SETS)))
    return;
  for (uint32_t k = 0; k < root->first.len; k++)
    heads_allow(&heads, 0, root->first.items[k]);
  search_by_heads(&heads, 1, program);
}
