// SPDX-License-Identifier: MIT
/*
 * Internal to src/regexp: the tree the parser makes and the compiler reads, in an arena.
 *
 * Case-insensitivity of characters is resolved by the parser: a character with case variants is a NODE_SET closed under
 * canonicalisation, so the matcher compares plain units. Strings of a v-mode class are a NODE_ALT of sequences.
 */
#ifndef REGEXP_AST_H
#define REGEXP_AST_H

#include "regexp/charset.h"
#include "regexp/regexp.h"

typedef enum {
  NODE_EMPTY,
  NODE_CHAR,          /* cp */
  NODE_SET,           /* set: one character out of it; an empty set never matches */
  NODE_SEQUENCE,      /* items */
  NODE_ALTERNATIVES,  /* items, at least two */
  NODE_GROUP,         /* capture, items[0] */
  NODE_BACKREF,       /* groups: the first of them that took part; ignore_case */
  NODE_LINE_START,    /* multiline */
  NODE_LINE_END,      /* multiline */
  NODE_WORD_BOUNDARY, /* negate, ignore_case (with u: \w has two more members) */
  NODE_LOOK,          /* behind, negate, items[0] */
  NODE_REPEAT         /* min, max, lazy, items[0] */
} NodeKind;

#define REPEAT_INFINITE 0x7FFFFFFFu

typedef struct Node Node;
struct Node {
  uint8_t kind;
  bool negate, behind, lazy, multiline, ignore_case;
  /* from analyze(): see analysis.h */
  bool nullable, end_ok;
  uint32_t cp;
  uint32_t capture;                    /* NODE_GROUP */
  uint32_t first_capture, end_capture; /* groups inside, [first, end): NODE_REPEAT, NODE_LOOK */
  uint32_t min, max;
  uint32_t min_width; /* units at least consumed, saturating */
  CharSet set;
  CharSet first; /* superset of the code points a non-empty match begins with */
  union {
    struct {
      Node **items;
      uint32_t len, cap;
    };
    struct {
      uint32_t *groups;
      uint32_t group_len, group_cap;
    };
  };
  const uint16_t *name; /* NODE_BACKREF by name until it is resolved */
  uint32_t name_len;
};

typedef struct NodeList {
  Node **items;
  uint32_t len, cap;
} NodeList;

/* One alternative of one disjunction, and what it stands in: two groups of one name must differ in one of these. */
typedef struct AltScope {
  struct AltScope *outer;
  uint32_t disjunction, alternative;
} AltScope;

typedef struct NamedGroup {
  const uint16_t *name;
  uint32_t name_len;
  uint32_t group;
  const AltScope *scope;
} NamedGroup;

typedef struct Parser {
  Arena *arena;
  const uint16_t *units;
  uint32_t len, at;
  uintptr_t stack_limit;
  bool unicode, sets;                   /* u or v; v */
  bool ignore_case, multiline, dot_all; /* as modifiers stand */
  bool scanned, has_names;              /* result of looking ahead for groups (scan_groups) */
  uint32_t total_groups;
  uint32_t group_count; /* so far, group 0 included */
  uint32_t disjunctions;
  uint32_t max_backref;
  AltScope *scope;
  struct {
    NamedGroup *items;
    uint32_t len, cap;
  } names;
  NodeList named_backrefs;
  RegexpError *error;
  bool failed;
} Parser;

/* Sets up a parser over a pattern; false when out of memory (the error is set). */
bool parser_init(Parser *parser, Arena *arena, RegexpSpan pattern, uint32_t flags, uintptr_t stack_limit,
                 RegexpError *error);
/* The whole pattern; NULL with parser->error set. */
Node *parse_pattern(Parser *parser);

/* --- between the parser's files ----------------------------------------------------------------------------------- */

void *parse_fail(Parser *parser, const char *message); /* keeps the first error; returns NULL */
void *parse_no_memory(Parser *parser);
bool parse_stack_ok(Parser *parser);
Node *node_new(Parser *parser, NodeKind kind);
/* A node matching exactly this set or this character under the current flags. */
Node *node_from_set(Parser *parser, const CharSet *set);
Node *node_from_char(Parser *parser, uint32_t cp);

static inline bool parse_more(const Parser *p)
{
  return p->at < p->len;
}
/* The unit `ahead` units on, or -1 past the end. */
static inline int32_t parse_peek(const Parser *p, uint32_t ahead)
{
  return p->at + ahead < p->len ? p->units[p->at + ahead] : -1;
}
/* The next character: a code point with u or v, else a unit. Not at the end. */
uint32_t parse_next_char(Parser *parser);

/* Whether \k is a named reference: always with u or v, else if the pattern has a named group. */
bool parse_has_group_names(Parser *parser);
/* After a backslash inside or outside a class: escapes that stand for one character. */
bool parse_character_escape(Parser *parser, bool in_class, uint32_t *cp);
/* After a backslash: \d \D \s \S \w \W \p \P. *found false when none of them is next. Properties of strings add
 * strings. */
typedef struct ClassValue {
  CharSet set;
  struct {
    UnicodeString *items;
    uint32_t len, cap;
  } strings;
  bool may_contain_strings; /* MayContainStrings  ecma262#sec-static-semantics-maycontainstrings */
} ClassValue;
bool parse_class_escape(Parser *parser, bool in_class, ClassValue *out, bool *found);
/* Name and `>` after `<`. */
bool parse_group_name(Parser *parser, const uint16_t **name, uint32_t *name_len);
/* After `[`. */
Node *parse_class(Parser *parser);
/* A node for a class: its strings, longest first, then its characters. */
Node *node_from_class(Parser *parser, ClassValue *value);

#endif
