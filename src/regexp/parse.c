// SPDX-License-Identifier: MIT
/*
 * The pattern parser: disjunctions, terms, quantifiers and groups  ecma262#sec-patterns, with Annex B's extensions
 * (ecma262#sec-regular-expressions-patterns) when neither u nor v is set. Escapes and classes have files of their own.
 *
 * Works on UTF-16 units whatever the pattern's storage. Recursion over nested groups is bounded by the stack limit.
 * What needs the whole pattern (does group 3 exist? are there names?) is found by a scan ahead, at most once.
 */
#include "regexp/ast.h"

#include "base/stack.h"

#include <string.h>

void *parse_fail(Parser *parser, const char *message)
{
  if (!parser->failed) {
    parser->failed = true;
    *parser->error = (RegexpError){REGEXP_ERROR_SYNTAX, message, parser->at};
  }
  return NULL;
}

void *parse_no_memory(Parser *parser)
{
  if (!parser->failed) {
    parser->failed = true;
    *parser->error = (RegexpError){REGEXP_ERROR_MEMORY, "Out of memory", parser->at};
  }
  return NULL;
}

bool parse_stack_ok(Parser *parser)
{
  if (js_likely(stack_pointer() > parser->stack_limit))
    return true;
  parse_fail(parser, "Regular expression too large");
  return false;
}

bool parser_init(Parser *parser, Arena *arena, RegexpSpan pattern, uint32_t flags, uintptr_t stack_limit,
                 RegexpError *error)
{
  *parser = (Parser){.arena = arena,
                     .len = pattern.len,
                     .stack_limit = stack_limit,
                     .unicode = (flags & (REGEXP_UNICODE | REGEXP_UNICODE_SETS)) != 0,
                     .sets = (flags & REGEXP_UNICODE_SETS) != 0,
                     .ignore_case = (flags & REGEXP_IGNORE_CASE) != 0,
                     .multiline = (flags & REGEXP_MULTILINE) != 0,
                     .dot_all = (flags & REGEXP_DOT_ALL) != 0,
                     .group_count = 1,
                     .error = error};
  uint16_t *units = arena_alloc(arena, ((size_t)pattern.len + 1) * 2);
  if (!units) {
    parse_no_memory(parser);
    return false;
  }
  if (pattern.wide && pattern.len)
    memcpy(units, pattern.units, (size_t)pattern.len * 2);
  for (uint32_t k = 0; !pattern.wide && k < pattern.len; k++)
    units[k] = ((const uint8_t *)pattern.units)[k];
  parser->units = units;
  return true;
}

Node *node_new(Parser *parser, NodeKind kind)
{
  Node *node = ARENA_NEW(parser->arena, Node);
  if (!node)
    return parse_no_memory(parser);
  node->kind = (uint8_t)kind;
  return node;
}

uint32_t parse_next_char(Parser *parser)
{
  uint32_t unit = parser->units[parser->at++];
  if (parser->unicode && unicode_is_lead_surrogate(unit) && parse_more(parser) &&
      unicode_is_trail_surrogate(parser->units[parser->at]))
    return unicode_join_surrogates(unit, parser->units[parser->at++]);
  return unit;
}

Node *node_from_set(Parser *parser, const CharSet *set)
{
  Node *node = node_new(parser, NODE_SET);
  if (!node)
    return NULL;
  /* A private copy: sets of \p{...} may share storage. */
  if (!charset_union(parser->arena, &node->set, set) ||
      (parser->ignore_case && !charset_close_case(parser->arena, &node->set, parser->unicode)))
    return parse_no_memory(parser);
  if (node->set.len == 1 && node->set.items[0].first == node->set.items[0].last) {
    node->kind = NODE_CHAR;
    node->cp = node->set.items[0].first;
  }
  return node;
}

Node *node_from_char(Parser *parser, uint32_t cp)
{
  if (!parser->ignore_case) {
    Node *node = node_new(parser, NODE_CHAR);
    if (node)
      node->cp = cp;
    return node;
  }
  CharSet set = {0};
  if (!charset_add(parser->arena, &set, cp, cp))
    return parse_no_memory(parser);
  return node_from_set(parser, &set);
}

/* Counts the pattern's capture groups and learns whether any has a name. Without u or v only: there classes do not
 * nest. */
static void scan_groups(Parser *p)
{
  if (p->scanned)
    return;
  p->scanned = true;
  p->total_groups = 1;
  bool in_class = false;
  for (uint32_t k = 0; k < p->len; k++) {
    uint16_t unit = p->units[k];
    if (unit == '\\')
      k++;
    else if (unit == '[')
      in_class = true;
    else if (unit == ']')
      in_class = false;
    else if (unit != '(' || in_class)
      continue;
    else if (k + 1 >= p->len || p->units[k + 1] != '?')
      p->total_groups++;
    else if (k + 3 < p->len && p->units[k + 2] == '<' && p->units[k + 3] != '=' && p->units[k + 3] != '!') {
      p->total_groups++;
      p->has_names = true;
    }
  }
}

bool parse_has_group_names(Parser *p)
{
  if (p->unicode)
    return true;
  scan_groups(p);
  return p->has_names;
}

/* --- Groups ------------------------------------------------------------------------------------------------------ */

static Node *parse_disjunction(Parser *p);

/* V8's limit: capture registers are numbered in 16 bits there. */
enum { MAX_GROUPS = 32767 };

static bool same_name(const uint16_t *a, uint32_t a_len, const uint16_t *b, uint32_t b_len)
{
  return a_len == b_len && !memcmp(a, b, (size_t)a_len * 2);
}

/* Whether both groups could take part in one match: not if they stand in different alternatives of one disjunction. */
static bool scopes_may_both_match(const AltScope *a, const AltScope *b)
{
  for (const AltScope *x = a; x; x = x->outer)
    for (const AltScope *y = b; y; y = y->outer)
      if (x->disjunction == y->disjunction)
        return x->alternative == y->alternative;
  return true;
}

static bool add_group_name(Parser *p, const uint16_t *name, uint32_t name_len, uint32_t group)
{
  for (uint32_t k = 0; k < p->names.len; k++) {
    NamedGroup *other = &p->names.items[k];
    if (same_name(other->name, other->name_len, name, name_len) && scopes_may_both_match(other->scope, p->scope)) {
      parse_fail(p, "Duplicate capture group name");
      return false;
    }
  }
  NamedGroup named = {name, name_len, group, p->scope};
  if (!arena_vec_push(p->arena, &p->names, named))
    parse_no_memory(p);
  return !p->failed;
}

static bool parse_close(Parser *p)
{
  if (p->failed)
    return false;
  if (parse_peek(p, 0) != ')') {
    parse_fail(p, "Unterminated group");
    return false;
  }
  p->at++;
  return true;
}

static Node *parse_capture(Parser *p, bool named)
{
  Node *node = node_new(p, NODE_GROUP);
  if (!node)
    return NULL;
  if (p->group_count >= MAX_GROUPS)
    return parse_fail(p, "Too many captures");
  node->capture = p->group_count++;
  if (named) {
    const uint16_t *name;
    uint32_t name_len;
    if (!parse_group_name(p, &name, &name_len) || !add_group_name(p, name, name_len, node->capture))
      return NULL;
  }
  Node *body = parse_disjunction(p);
  if (!parse_close(p))
    return NULL;
  return arena_vec_push(p->arena, node, body) ? node : parse_no_memory(p);
}

static Node *parse_look(Parser *p, bool behind, bool negate)
{
  Node *node = node_new(p, NODE_LOOK);
  if (!node)
    return NULL;
  node->behind = behind;
  node->negate = negate;
  node->first_capture = p->group_count;
  Node *body = parse_disjunction(p);
  node->end_capture = p->group_count;
  if (!parse_close(p))
    return NULL;
  return arena_vec_push(p->arena, node, body) ? node : parse_no_memory(p);
}

static bool *modifier_flag(Parser *p, int32_t letter)
{
  return letter == 'i' ? &p->ignore_case : letter == 'm' ? &p->multiline : letter == 's' ? &p->dot_all : NULL;
}

/* (?ims-ims: after the question mark. */
static Node *parse_modifiers(Parser *p)
{
  bool ignore_case = p->ignore_case, multiline = p->multiline, dot_all = p->dot_all;
  bool removing = false, any = false, seen[3] = {false};
  for (;; p->at++) {
    int32_t letter = parse_peek(p, 0);
    bool *flag = modifier_flag(p, letter);
    if (flag) {
      bool *before = &seen[letter == 'i' ? 0 : letter == 'm' ? 1 : 2];
      if (*before)
        return parse_fail(p, "Repeated flag in flag group");
      *before = any = true;
      *flag = !removing;
    } else if (letter == '-') {
      if (removing)
        return parse_fail(p, "Multiple dashes in flag group");
      removing = true;
    } else if (letter == ':') {
      break;
    } else {
      return parse_fail(p, "Invalid group");
    }
  }
  if (!any)
    return parse_fail(p, "Invalid flag group");
  p->at++;
  Node *body = parse_disjunction(p);
  p->ignore_case = ignore_case;
  p->multiline = multiline;
  p->dot_all = dot_all;
  return parse_close(p) ? body : NULL;
}

/* After `(`. *quantifiable: false for lookarounds that may not be repeated. */
static Node *parse_group(Parser *p, bool *quantifiable)
{
  if (!parse_stack_ok(p))
    return NULL;
  if (parse_peek(p, 0) != '?')
    return parse_capture(p, false);
  p->at++;
  int32_t kind = parse_peek(p, 0), next = parse_peek(p, 1);
  if (kind == '=' || kind == '!') {
    p->at++;
    *quantifiable = !p->unicode;
    return parse_look(p, false, kind == '!');
  }
  if (kind == '<' && (next == '=' || next == '!')) {
    p->at += 2;
    *quantifiable = false;
    return parse_look(p, true, next == '!');
  }
  if (kind == '<') {
    p->at++;
    return parse_capture(p, true);
  }
  if (kind == ':') {
    p->at++;
    Node *body = parse_disjunction(p);
    return parse_close(p) ? body : NULL;
  }
  if (kind == '-' || modifier_flag(p, kind))
    return parse_modifiers(p);
  return parse_fail(p, "Invalid group");
}

/* --- Quantifiers ------------------------------------------------------------------------------------------------- */

static bool is_digit(int32_t unit)
{
  return unit >= '0' && unit <= '9';
}

/* Decimal digits, saturating at REPEAT_INFINITE. */
static uint32_t parse_decimal(Parser *p)
{
  uint64_t value = 0;
  for (; is_digit(parse_peek(p, 0)); p->at++) {
    value = value * 10 + (uint64_t)(p->units[p->at] - '0');
    if (value > REPEAT_INFINITE)
      value = REPEAT_INFINITE;
  }
  return (uint32_t)value;
}

/* {n}, {n,} or {n,m}: consumes it if it is one. */
static bool parse_braces(Parser *p, uint32_t *min, uint32_t *max)
{
  uint32_t start = p->at;
  p->at++;
  if (!is_digit(parse_peek(p, 0)))
    goto no;
  *min = *max = parse_decimal(p);
  if (parse_peek(p, 0) == ',') {
    p->at++;
    *max = is_digit(parse_peek(p, 0)) ? parse_decimal(p) : REPEAT_INFINITE;
  }
  if (parse_peek(p, 0) == '}') {
    p->at++;
    return true;
  }
no:
  p->at = start;
  return false;
}

static bool quantifier_is_next(Parser *p)
{
  uint32_t min, max, start = p->at;
  int32_t unit = parse_peek(p, 0);
  bool is = unit == '*' || unit == '+' || unit == '?' || (unit == '{' && parse_braces(p, &min, &max));
  p->at = start;
  return is;
}

static Node *parse_quantifier(Parser *p, Node *atom, uint32_t first_capture)
{
  uint32_t min, max;
  switch (parse_peek(p, 0)) {
  case '*': min = 0, max = REPEAT_INFINITE, p->at++; break;
  case '+': min = 1, max = REPEAT_INFINITE, p->at++; break;
  case '?': min = 0, max = 1, p->at++; break;
  case '{':
    if (parse_braces(p, &min, &max))
      break;
    return p->unicode ? parse_fail(p, "Incomplete quantifier") : atom;
  default: return atom;
  }
  if (max < min)
    return parse_fail(p, "numbers out of order in {} quantifier");
  bool lazy = parse_peek(p, 0) == '?';
  if (lazy)
    p->at++;
  if (min == 1 && max == 1)
    return atom;
  Node *node = node_new(p, max ? NODE_REPEAT : NODE_EMPTY);
  if (!node || !max)
    return node;
  node->min = min;
  node->max = max;
  node->lazy = lazy;
  node->first_capture = first_capture;
  node->end_capture = p->group_count;
  return arena_vec_push(p->arena, node, atom) ? node : parse_no_memory(p);
}

/* --- Terms ------------------------------------------------------------------------------------------------------- */

static Node *parse_named_backref(Parser *p)
{
  if (parse_peek(p, 0) != '<')
    return parse_fail(p, "Invalid named reference");
  p->at++;
  Node *node = node_new(p, NODE_BACKREF);
  if (!node || !parse_group_name(p, &node->name, &node->name_len))
    return NULL;
  node->ignore_case = p->ignore_case;
  return arena_vec_push(p->arena, &p->named_backrefs, node) ? node : parse_no_memory(p);
}

/* \1 ...: NULL without failure when the digits are no back reference (Annex B). */
static Node *parse_numbered_backref(Parser *p)
{
  uint32_t start = p->at, group = parse_decimal(p);
  if (p->unicode) {
    if (group > p->max_backref)
      p->max_backref = group;
  } else {
    scan_groups(p);
    if (group >= p->total_groups) {
      p->at = start;
      return NULL;
    }
  }
  Node *node = node_new(p, NODE_BACKREF);
  if (!node)
    return NULL;
  node->ignore_case = p->ignore_case;
  uint32_t *groups = ARENA_NEW_ARRAY(p->arena, uint32_t, 1);
  if (!groups)
    return parse_no_memory(p);
  groups[0] = group;
  node->groups = groups;
  node->group_len = 1;
  return node;
}

/* After a backslash outside a class. *assertion: set for \b and \B. */
static Node *parse_atom_escape(Parser *p, bool *assertion)
{
  int32_t unit = parse_peek(p, 0);
  if (unit < 0)
    return parse_fail(p, "\\ at end of pattern");
  if (unit == 'b' || unit == 'B') {
    p->at++;
    *assertion = true;
    Node *node = node_new(p, NODE_WORD_BOUNDARY);
    if (node) {
      node->negate = unit == 'B';
      node->ignore_case = p->unicode && p->ignore_case;
    }
    return node;
  }
  if (unit >= '1' && unit <= '9') {
    Node *node = parse_numbered_backref(p);
    if (node || p->failed)
      return node;
  }
  if (unit == 'k' && parse_has_group_names(p)) {
    p->at++;
    return parse_named_backref(p);
  }
  ClassValue value = {0};
  bool found;
  if (!parse_class_escape(p, false, &value, &found))
    return NULL;
  if (found)
    return node_from_class(p, &value);
  uint32_t cp;
  return parse_character_escape(p, false, &cp) ? node_from_char(p, cp) : NULL;
}

static Node *parse_dot(Parser *p)
{
  CharSet set = {0};
  bool ok = p->dot_all || charset_add_lines(p->arena, &set);
  ok = ok && charset_invert(p->arena, &set, p->unicode ? UNICODE_MAX : 0xFFFF);
  if (!ok)
    return parse_no_memory(p);
  bool ignore_case = p->ignore_case; /* no case variant of any character is a line terminator */
  p->ignore_case = false;
  Node *node = node_from_set(p, &set);
  p->ignore_case = ignore_case;
  return node;
}

static Node *parse_line_assertion(Parser *p, NodeKind kind)
{
  Node *node = node_new(p, kind);
  if (node)
    node->multiline = p->multiline;
  return node;
}

/* One term with its quantifier. */
static Node *parse_term(Parser *p)
{
  uint32_t first_capture = p->group_count;
  int32_t unit = parse_peek(p, 0);
  bool quantifiable = true, assertion = false;
  Node *atom;
  switch (unit) {
  case '^':
  case '$': p->at++; return parse_line_assertion(p, unit == '^' ? NODE_LINE_START : NODE_LINE_END);
  case '(':
    p->at++;
    atom = parse_group(p, &quantifiable);
    break;
  case '.':
    p->at++;
    atom = parse_dot(p);
    break;
  case '[':
    p->at++;
    atom = parse_class(p);
    break;
  case '\\':
    p->at++;
    atom = parse_atom_escape(p, &assertion);
    if (assertion)
      return atom;
    break;
  case '*':
  case '+':
  case '?': return parse_fail(p, "Nothing to repeat");
  case '{':
    if (quantifier_is_next(p))
      return parse_fail(p, "Nothing to repeat");
    JS_FALLTHROUGH;
  case '}':
  case ']':
    if (p->unicode)
      return parse_fail(p, "Lone quantifier brackets");
    JS_FALLTHROUGH;
  default: atom = node_from_char(p, parse_next_char(p));
  }
  if (!atom)
    return NULL;
  if (!quantifiable) {
    if (quantifier_is_next(p))
      return parse_fail(p, "Invalid quantifier");
    if (p->unicode && parse_peek(p, 0) == '{')
      return parse_fail(p, "Incomplete quantifier");
    return atom;
  }
  return parse_quantifier(p, atom, first_capture);
}

static Node *parse_alternative(Parser *p)
{
  Node *sequence = NULL, *only = NULL;
  for (int32_t unit; (unit = parse_peek(p, 0)) >= 0 && unit != '|' && unit != ')';) {
    Node *term = parse_term(p);
    if (!term)
      return NULL;
    if (!only) {
      only = term;
      continue;
    }
    if (!sequence) {
      sequence = node_new(p, NODE_SEQUENCE);
      if (!sequence || !arena_vec_push(p->arena, sequence, only))
        return parse_no_memory(p);
    }
    if (!arena_vec_push(p->arena, sequence, term))
      return parse_no_memory(p);
  }
  return sequence ? sequence : only ? only : node_new(p, NODE_EMPTY);
}

/* FAST: a choice among single characters is one set; which of them matched cannot be observed. */
static Node *merge_characters(Parser *p, Node *alternatives)
{
  CharSet set = {0};
  for (uint32_t k = 0; k < alternatives->len; k++) {
    Node *item = alternatives->items[k];
    if (item->kind != NODE_CHAR && item->kind != NODE_SET)
      return alternatives;
    bool ok = item->kind == NODE_CHAR ? charset_add(p->arena, &set, item->cp, item->cp)
                                      : charset_union(p->arena, &set, &item->set);
    if (!ok)
      return parse_no_memory(p);
  }
  charset_normalize(&set);
  bool ignore_case = p->ignore_case; /* the items are closed already */
  p->ignore_case = false;
  Node *node = node_from_set(p, &set);
  p->ignore_case = ignore_case;
  return node;
}

static Node *parse_disjunction(Parser *p)
{
  AltScope *outer = p->scope;
  uint32_t disjunction = p->disjunctions++;
  Node *alternatives = NULL, *first = NULL;
  for (uint32_t alternative = 0;; alternative++) {
    AltScope *scope = ARENA_NEW(p->arena, AltScope);
    if (!scope)
      return parse_no_memory(p);
    *scope = (AltScope){outer, disjunction, alternative};
    p->scope = scope;
    Node *node = parse_alternative(p);
    p->scope = outer;
    if (!node)
      return NULL;
    if (!first) {
      first = node;
    } else {
      if (!alternatives &&
          (!(alternatives = node_new(p, NODE_ALTERNATIVES)) || !arena_vec_push(p->arena, alternatives, first)))
        return parse_no_memory(p);
      if (!arena_vec_push(p->arena, alternatives, node))
        return parse_no_memory(p);
    }
    if (parse_peek(p, 0) != '|')
      break;
    p->at++;
  }
  return alternatives ? merge_characters(p, alternatives) : first;
}

static bool resolve_named_backrefs(Parser *p)
{
  for (uint32_t k = 0; k < p->named_backrefs.len; k++) {
    Node *node = p->named_backrefs.items[k];
    uint32_t *groups = ARENA_NEW_ARRAY(p->arena, uint32_t, p->names.len + 1);
    if (!groups) {
      parse_no_memory(p);
      return false;
    }
    uint32_t len = 0;
    for (uint32_t n = 0; n < p->names.len; n++)
      if (same_name(p->names.items[n].name, p->names.items[n].name_len, node->name, node->name_len))
        groups[len++] = p->names.items[n].group;
    if (!len) {
      parse_fail(p, "Invalid named capture referenced");
      return false;
    }
    node->groups = groups;
    node->group_len = len;
  }
  return true;
}

Node *parse_pattern(Parser *p)
{
  Node *root = parse_disjunction(p);
  if (!root)
    return p->failed ? NULL : parse_no_memory(p);
  if (parse_more(p))
    return parse_fail(p, "Unmatched ')'");
  if (p->max_backref >= p->group_count)
    return parse_fail(p, "Invalid escape");
  return resolve_named_backrefs(p) ? root : NULL;
}
