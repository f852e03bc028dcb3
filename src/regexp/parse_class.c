// SPDX-License-Identifier: MIT
/*
 * Character classes: ClassContents  ecma262#sec-compileclasscontents without v, class set expressions with v.
 *
 * With v and i every leaf is closed under case as it is read, and strings are folded: set operations on closed sets
 * give what the specification's operations on folded sets give.
 */
#include "regexp/ast.h"

#include <stdlib.h>
#include <string.h>

static bool fail(Parser *p, const char *message)
{
  parse_fail(p, message);
  return false;
}

static bool fail_memory(Parser *p)
{
  parse_no_memory(p);
  return false;
}

/* --- Strings of a class ------------------------------------------------------------------------------------------ */

/* Longest first, then by units: equal strings are neighbours. */
static int compare_strings(const void *a, const void *b)
{
  const UnicodeString *x = a, *y = b;
  if (x->len != y->len)
    return x->len > y->len ? -1 : 1;
  return x->len ? memcmp(x->units, y->units, (size_t)x->len * 2) : 0;
}

static void sort_strings(ClassValue *value)
{
  if (value->strings.len < 2)
    return;
  qsort(value->strings.items, value->strings.len, sizeof *value->strings.items, compare_strings);
  uint32_t out = 0;
  for (uint32_t k = 1; k < value->strings.len; k++)
    if (compare_strings(&value->strings.items[out], &value->strings.items[k]))
      value->strings.items[++out] = value->strings.items[k];
  value->strings.len = out + 1;
}

/* Keeps of a's strings those that are (keep_common) or are not in b. Both sorted. */
static void filter_strings(ClassValue *a, const ClassValue *b, bool keep_common)
{
  uint32_t out = 0, j = 0;
  for (uint32_t k = 0; k < a->strings.len; k++) {
    int order = 1;
    while (j < b->strings.len && (order = compare_strings(&b->strings.items[j], &a->strings.items[k])) < 0)
      j++;
    if ((j < b->strings.len && order == 0) == keep_common)
      a->strings.items[out++] = a->strings.items[k];
  }
  a->strings.len = out;
}

static bool union_values(Parser *p, ClassValue *a, const ClassValue *b)
{
  if (!charset_union(p->arena, &a->set, &b->set))
    return fail_memory(p);
  for (uint32_t k = 0; k < b->strings.len; k++)
    if (!arena_vec_push(p->arena, &a->strings, b->strings.items[k]))
      return fail_memory(p);
  a->may_contain_strings |= b->may_contain_strings;
  return true;
}

static Node *node_from_string(Parser *p, UnicodeString string)
{
  Node *sequence = node_new(p, string.len ? NODE_SEQUENCE : NODE_EMPTY);
  for (uint32_t k = 0; sequence && k < string.len; k++) {
    uint32_t cp = string.units[k];
    if (unicode_is_lead_surrogate(cp) && k + 1 < string.len && unicode_is_trail_surrogate(string.units[k + 1]))
      cp = unicode_join_surrogates(cp, string.units[++k]);
    Node *item = node_from_char(p, cp);
    if (!item || !arena_vec_push(p->arena, sequence, item))
      return parse_no_memory(p);
  }
  return sequence;
}

Node *node_from_class(Parser *p, ClassValue *value)
{
  if (!value->strings.len)
    return node_from_set(p, &value->set);
  Node *alternatives = node_new(p, NODE_ALTERNATIVES);
  if (!alternatives)
    return NULL;
  sort_strings(value);
  bool pushed_set = value->set.len == 0;
  for (uint32_t k = 0; k <= value->strings.len; k++) {
    bool end = k == value->strings.len;
    if (!pushed_set && (end || value->strings.items[k].len == 0)) { /* one character: longer than the empty string */
      Node *set = node_from_set(p, &value->set);
      if (!set || !arena_vec_push(p->arena, alternatives, set))
        return parse_no_memory(p);
      pushed_set = true;
    }
    if (end)
      break;
    Node *string = node_from_string(p, value->strings.items[k]);
    if (!string || !arena_vec_push(p->arena, alternatives, string))
      return parse_no_memory(p);
  }
  return alternatives->len == 1 ? alternatives->items[0] : alternatives;
}

/* --- Without v --------------------------------------------------------------------------------------------------- */

/* One class atom: a character (*is_set false) or a class escape's set. */
static bool parse_class_atom(Parser *p, uint32_t *cp, ClassValue *value, bool *is_set)
{
  *value = (ClassValue){0};
  *is_set = false;
  if (parse_peek(p, 0) != '\\') {
    *cp = parse_next_char(p);
    return true;
  }
  p->at++;
  if (!parse_class_escape(p, true, value, is_set))
    return false;
  return *is_set || parse_character_escape(p, true, cp);
}

static bool parse_class_items(Parser *p, ClassValue *out)
{
  for (;;) {
    if (!parse_more(p))
      return fail(p, "Unterminated character class");
    if (parse_peek(p, 0) == ']') {
      p->at++;
      return true;
    }
    uint32_t first, last;
    ClassValue left, right;
    bool left_set, right_set;
    if (!parse_class_atom(p, &first, &left, &left_set))
      return false;
    bool range = parse_peek(p, 0) == '-' && parse_peek(p, 1) != ']' && parse_peek(p, 1) >= 0;
    if (!range) {
      bool ok =
          left_set ? charset_union(p->arena, &out->set, &left.set) : charset_add(p->arena, &out->set, first, first);
      if (!ok)
        return fail_memory(p);
      continue;
    }
    p->at++;
    if (!parse_class_atom(p, &last, &right, &right_set))
      return false;
    if (left_set || right_set) {
      if (p->unicode)
        return fail(p, "Invalid character class");
      bool ok =
          charset_add(p->arena, &out->set, '-', '-') &&
          (left_set ? charset_union(p->arena, &out->set, &left.set) : charset_add(p->arena, &out->set, first, first)) &&
          (right_set ? charset_union(p->arena, &out->set, &right.set) : charset_add(p->arena, &out->set, last, last));
      if (!ok)
        return fail_memory(p);
      continue;
    }
    if (first > last)
      return fail(p, "Range out of order in character class");
    if (!charset_add(p->arena, &out->set, first, last))
      return fail_memory(p);
  }
}

/* --- With v ------------------------------------------------------------------------------------------------------ */

typedef enum { OPERAND_CHAR, OPERAND_OTHER } OperandKind;

static bool is_double_punctuator(const Parser *p)
{
  int32_t unit = parse_peek(p, 0);
  return unit > 0 && unit < 0x80 && unit == parse_peek(p, 1) && strchr("&!#$%*+,.:;<=>?@^`~", unit);
}

/* ClassSetCharacter */
static bool parse_set_char(Parser *p, uint32_t *cp)
{
  int32_t unit = parse_peek(p, 0);
  if (unit < 0)
    return fail(p, "Unterminated character class");
  if (unit == '\\') {
    p->at++;
    return parse_character_escape(p, true, cp);
  }
  if (is_double_punctuator(p))
    return fail(p, "Invalid set operation in character class");
  if (unit < 0x80 && strchr("()[]{}/-|", unit))
    return fail(p, "Invalid character in character class");
  *cp = parse_next_char(p);
  return true;
}

static bool add_string(Parser *p, ClassValue *out, const uint32_t *cps, uint32_t len)
{
  if (len == 1)
    return charset_add(p->arena, &out->set, cps[0], cps[0]) || fail_memory(p);
  uint16_t *units = ARENA_NEW_ARRAY(p->arena, uint16_t, len * 2 + 1);
  if (!units)
    return fail_memory(p);
  UnicodeString string = {units, 0};
  for (uint32_t k = 0; k < len; k++) {
    uint32_t cp = p->ignore_case ? unicode_simple_fold(cps[k]) : cps[k];
    if (cp >= 0x10000) {
      units[string.len++] = unicode_lead_of(cp);
      cp = unicode_trail_of(cp);
    }
    units[string.len++] = (uint16_t)cp;
  }
  out->may_contain_strings = true;
  return arena_vec_push(p->arena, &out->strings, string) || fail_memory(p);
}

/* \q{ab|c|}: after the brace. */
static bool parse_string_disjunction(Parser *p, ClassValue *out)
{
  struct {
    uint32_t *items;
    uint32_t len, cap;
  } string = {0};
  for (;;) {
    int32_t unit = parse_peek(p, 0);
    if (unit == '|' || unit == '}') {
      p->at++;
      if (!add_string(p, out, string.items, string.len))
        return false;
      string.len = 0;
      if (unit == '}')
        return true;
      continue;
    }
    uint32_t cp;
    if (!parse_set_char(p, &cp))
      return false;
    if (!arena_vec_push(p->arena, &string, cp))
      return fail_memory(p);
  }
}

static bool close_leaf(Parser *p, ClassValue *value)
{
  charset_normalize(&value->set);
  if (p->ignore_case && !charset_close_case(p->arena, &value->set, true))
    return fail_memory(p);
  sort_strings(value);
  return true;
}

/* Properties of strings hold no cased characters in their strings, so these need no folding. */
static bool parse_set_class(Parser *p, ClassValue *out);

static bool parse_operand(Parser *p, ClassValue *out, OperandKind *kind, uint32_t *cp)
{
  *out = (ClassValue){0};
  *kind = OPERAND_OTHER;
  int32_t unit = parse_peek(p, 0);
  if (unit == '[') {
    p->at++;
    return parse_stack_ok(p) && parse_set_class(p, out);
  }
  if (unit == '\\' && parse_peek(p, 1) == 'q' && parse_peek(p, 2) == '{') {
    p->at += 3;
    return parse_string_disjunction(p, out) && close_leaf(p, out);
  }
  if (unit == '\\') {
    bool found;
    p->at++;
    if (!parse_class_escape(p, true, out, &found))
      return false;
    if (found)
      return close_leaf(p, out);
    p->at--;
  }
  *kind = OPERAND_CHAR;
  return parse_set_char(p, cp);
}

static bool operand_value(Parser *p, ClassValue *value, OperandKind kind, uint32_t cp)
{
  if (kind == OPERAND_CHAR && !charset_add(p->arena, &value->set, cp, cp))
    return fail_memory(p);
  return kind != OPERAND_CHAR || close_leaf(p, value);
}

static bool at_operator(const Parser *p, char letter)
{
  return parse_peek(p, 0) == letter && parse_peek(p, 1) == letter;
}

/* ClassIntersection or ClassSubtraction behind their first operand. */
static bool parse_set_operation(Parser *p, ClassValue *out, char letter)
{
  while (parse_peek(p, 0) != ']') {
    if (!parse_more(p))
      return fail(p, "Unterminated character class");
    if (!at_operator(p, letter))
      return fail(p, "Invalid set operation in character class");
    p->at += 2;
    if (letter == '&' && parse_peek(p, 0) == '&')
      return fail(p, "Invalid character in character class");
    ClassValue right;
    OperandKind kind;
    uint32_t cp;
    if (!parse_operand(p, &right, &kind, &cp) || !operand_value(p, &right, kind, cp))
      return false;
    bool ok = letter == '&' ? charset_intersect(p->arena, &out->set, &right.set)
                            : charset_subtract(p->arena, &out->set, &right.set);
    if (!ok)
      return fail_memory(p);
    filter_strings(out, &right, letter == '&');
    if (letter == '&')
      out->may_contain_strings &= right.may_contain_strings;
  }
  return true;
}

static bool parse_set_union(Parser *p, ClassValue *out, ClassValue *operand, OperandKind kind, uint32_t cp)
{
  for (;;) {
    if (parse_peek(p, 0) == '-' && parse_peek(p, 1) != '-') {
      p->at++;
      ClassValue right;
      OperandKind right_kind;
      uint32_t last;
      if (!parse_operand(p, &right, &right_kind, &last))
        return false;
      if (kind != OPERAND_CHAR || right_kind != OPERAND_CHAR)
        return fail(p, "Invalid character class");
      if (cp > last)
        return fail(p, "Range out of order in character class");
      if (!charset_add(p->arena, &operand->set, cp, last))
        return fail_memory(p);
      if (!close_leaf(p, operand))
        return false;
    } else if (!operand_value(p, operand, kind, cp)) {
      return false;
    }
    if (!union_values(p, out, operand))
      return false;
    if (!parse_more(p))
      return fail(p, "Unterminated character class");
    if (parse_peek(p, 0) == ']') {
      sort_strings(out);
      return true;
    }
    if (at_operator(p, '-') || at_operator(p, '&'))
      return fail(p, "Invalid set operation in character class");
    if (!parse_operand(p, operand, &kind, &cp))
      return false;
  }
}

/* After `[`, through `]`. */
static bool parse_set_class(Parser *p, ClassValue *out)
{
  bool negate = parse_peek(p, 0) == '^';
  if (negate)
    p->at++;
  if (!parse_more(p))
    return fail(p, "Unterminated character class");
  if (parse_peek(p, 0) != ']') {
    ClassValue operand;
    OperandKind kind;
    uint32_t cp;
    if (!parse_operand(p, &operand, &kind, &cp))
      return false;
    if (at_operator(p, '&') || at_operator(p, '-')) {
      if (!operand_value(p, &operand, kind, cp))
        return false;
      *out = operand;
      if (!parse_set_operation(p, out, (char)parse_peek(p, 0)))
        return false;
    } else if (!parse_set_union(p, out, &operand, kind, cp)) {
      return false;
    }
  }
  p->at++;
  if (!negate)
    return true;
  if (out->may_contain_strings)
    return fail(p, "Negated character class may contain strings");
  return charset_invert(p->arena, &out->set, UNICODE_MAX) || fail_memory(p);
}

Node *parse_class(Parser *p)
{
  ClassValue value = {0};
  if (p->sets)
    return parse_set_class(p, &value) ? node_from_class(p, &value) : NULL;

  bool negate = parse_peek(p, 0) == '^';
  if (negate)
    p->at++;
  if (!parse_class_items(p, &value))
    return NULL;
  charset_normalize(&value.set);
  if (!negate)
    return node_from_set(p, &value.set);
  /* The complement is of what the class matches, so case comes first. */
  if ((p->ignore_case && !charset_close_case(p->arena, &value.set, p->unicode)) ||
      !charset_invert(p->arena, &value.set, p->unicode ? UNICODE_MAX : 0xFFFF))
    return parse_no_memory(p);
  return node_from_set(p, &value.set);
}
