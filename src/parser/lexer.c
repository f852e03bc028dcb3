// SPDX-License-Identifier: MIT
/*
 * Lexical grammar  ecma262#sec-ecmascript-language-lexical-grammar
 *
 * The scanner proper is lexer_scan.inc, compiled once for Latin-1 and once for UTF-16 source. Names, strings and
 * keywords go through one intern table seeded with the words of token.def, so that a word's token type costs the lookup
 * its name needs anyway. The lexer knows neither strictness nor grammar context: the parser asks for a regular
 * expression or a template continuation where one may stand, and judges legacy octal forms by the token's flags.
 */
#include "base/dtoa.h"
#include "base/hash.h"
#include "parser/parser.h"
#include "unicode/unicode.h"

/* Enough for the seeds and a small program; doubles at half full. */
enum { LEXER_FIRST_NAMES = 256 };

static const struct {
  const char *text;
  uint8_t precedence;
  uint8_t word_length; /* 0: no word */
} tokens[TOK_COUNT] = {
#define TOKEN(name, text, precedence) {text, precedence, 0},
#define WORD(name, text, precedence)  {text, precedence, sizeof text - 1},
#include "parser/token.def"
};

const char *token_text(TokenType type)
{
  return tokens[type].text;
}

uint8_t token_precedence(TokenType type)
{
  return tokens[type].precedence;
}

/* --- intern table ------------------------------------------------------------------------------------------------ */

static bool names_grow(Parser *p)
{
  uint32_t size = p->names ? (p->name_mask + 1) * 2 : LEXER_FIRST_NAMES;
  AstName **table = ARENA_NEW_ARRAY(p->kept, AstName *, size);
  if (!table)
    return false;
  for (uint32_t k = 0; p->names && k <= p->name_mask; k++) {
    AstName *name = p->names[k];
    if (!name)
      continue;
    uint32_t slot = name->hash & (size - 1);
    while (table[slot])
      slot = (slot + 1) & (size - 1);
    table[slot] = name;
  }
  p->names = table;
  p->name_mask = size - 1;
  return true;
}

/* A new name in a free slot; units are set by the caller. */
static AstName *names_add(Parser *p, uint32_t slot, uint32_t hash, uint32_t len)
{
  AstName *name = ARENA_NEW(p->kept, AstName);
  if (!name) {
    parser_out_of_memory(p);
    return p->known.empty;
  }
  name->hash = hash;
  name->len = len;
  name->word = TOK_IDENTIFIER;
  p->names[slot] = name;
  if (++p->name_count * 2 > p->name_mask && !names_grow(p))
    parser_out_of_memory(p);
  return name;
}

AstName *lexer_intern_latin1(Parser *p, const uint8_t *units, uint32_t len, bool is_stable)
{
  uint32_t hash = hash_latin1(units, len, 0);
  uint32_t slot = hash & p->name_mask;
  for (AstName *name; (name = p->names[slot]); slot = (slot + 1) & p->name_mask) {
    if (name->hash == hash && name->len == len && !name->is_wide && memcmp(name->units, units, len) == 0)
      return name;
  }
  if (!is_stable && !(units = (const uint8_t *)arena_copy(p->kept, units, len))) {
    parser_out_of_memory(p);
    return p->known.empty;
  }
  AstName *name = names_add(p, slot, hash, len);
  if (!parser_failed(p))
    name->units = units;
  return name;
}

AstName *lexer_intern_utf16(Parser *p, const uint16_t *units, uint32_t len)
{
  uint16_t all = 0;
  for (uint32_t k = 0; k < len; k++)
    all |= units[k];
  bool is_wide = all > 0xFF;
  uint32_t hash = hash_utf16(units, len, 0);
  uint32_t slot = hash & p->name_mask;
  for (AstName *name; (name = p->names[slot]); slot = (slot + 1) & p->name_mask) {
    if (name->hash != hash || name->len != len || name->is_wide != is_wide)
      continue;
    if (is_wide) {
      if (memcmp(name->units, units, (size_t)len * 2) == 0)
        return name;
      continue;
    }
    const uint8_t *narrow = name->units;
    uint32_t k = 0;
    while (k < len && narrow[k] == units[k])
      k++;
    if (k == len)
      return name;
  }
  void *copy = arena_alloc(p->kept, is_wide ? (size_t)len * 2 : (size_t)len + 1);
  if (!copy) {
    parser_out_of_memory(p);
    return p->known.empty;
  }
  if (is_wide) {
    memcpy(copy, units, (size_t)len * 2);
  } else {
    for (uint32_t k = 0; k < len; k++)
      ((uint8_t *)copy)[k] = (uint8_t)units[k];
  }
  AstName *name = names_add(p, slot, hash, len);
  if (!parser_failed(p)) {
    name->units = copy;
    name->is_wide = is_wide;
  }
  return name;
}

AstName *lexer_intern_c(Parser *p, const char *text)
{
  return lexer_intern_latin1(p, (const uint8_t *)text, (uint32_t)strlen(text), true);
}

/* The words of token.def, into the empty table. */
static bool seed_words(Parser *p)
{
  enum { WORDS = TOK_COUNT - TOK_IDENTIFIER - 1 };
  _Static_assert(WORDS * 2 < LEXER_FIRST_NAMES, "the words fit without growth");
  AstName *name = ARENA_NEW_ARRAY(p->kept, AstName, WORDS);
  if (!name)
    return false;
  for (TokenType type = TOK_IDENTIFIER + 1; type < TOK_COUNT; type++, name++) {
    name->units = tokens[type].text;
    name->len = tokens[type].word_length;
    name->hash = hash_latin1(name->units, name->len, 0);
    name->word = (uint8_t)type;
    uint32_t slot = name->hash & p->name_mask;
    while (p->names[slot])
      slot = (slot + 1) & p->name_mask;
    p->names[slot] = name;
  }
  p->name_count += WORDS;
  return true;
}

bool lexer_init(Parser *p)
{
  const ParseSource *source = p->source;
  p->len = source->len;
  if (source->is_wide)
    p->utf16 = source->units;
  else
    p->latin1 = source->units;
  if (!names_grow(p) || !(p->known.empty = ARENA_NEW(p->kept, AstName)))
    return false;
  p->known.empty->units = "";
  p->known.empty = lexer_intern_c(p, "");
  return !p->failed && seed_words(p);
}

uint32_t lexer_unit(const Parser *p, uint32_t offset)
{
  if (offset >= p->len)
    return 0;
  return p->latin1 ? p->latin1[offset] : p->utf16[offset];
}

/* --- shared by both widths --------------------------------------------------------------------------------------- */

/* What a unit below 128 may be part of. */
enum { CHAR_ID_START = 1, CHAR_ID_PART = 2, CHAR_DIGIT = 4, CHAR_HEX = 8 };

static const uint8_t char_flags[256] = {['$'] = 3,
                                        ['_'] = 3,
                                        ['0' ... '9'] = 14,
                                        ['A' ... 'F'] = 11,
                                        ['G' ... 'Z'] = 3,
                                        ['a' ... 'f'] = 11,
                                        ['g' ... 'z'] = 3,
                                        /* Latin-1: the letters; MIDDLE DOT continues an identifier */
                                        [0xAA] = 3,
                                        [0xB5] = 3,
                                        [0xB7] = 2,
                                        [0xBA] = 3,
                                        [0xC0 ... 0xD6] = 3,
                                        [0xD8 ... 0xF6] = 3,
                                        [0xF8 ... 0xFF] = 3};

static inline bool is_id_start(uint32_t cp)
{
  return cp < 256 ? char_flags[cp] & CHAR_ID_START : unicode_is_id_start(cp);
}

static inline bool is_id_part(uint32_t cp)
{
  /* ZWNJ and ZWJ are IdentifierPart but not ID_Continue. */
  return cp < 256 ? char_flags[cp] & CHAR_ID_PART : unicode_is_id_continue(cp) || cp == 0x200C || cp == 0x200D;
}

static int digit_value(uint32_t unit)
{
  if (unit - '0' < 10)
    return (int)(unit - '0');
  unit |= 32;
  return unit - 'a' < 6 ? (int)(unit - 'a' + 10) : 99;
}

static void units_push(Parser *p, uint32_t cp)
{
  if (cp > 0xFFFF) {
    parser_push_kept(p, &p->units, unicode_lead_of(cp));
    parser_push_kept(p, &p->units, unicode_trail_of(cp));
  } else {
    parser_push_kept(p, &p->units, (uint16_t)cp);
  }
}

/* tok becomes an error that the parser reports when it gets there. */
static void token_error(Parser *p, uint32_t start, uint32_t end, const char *message)
{
  p->tok.type = TOK_ERROR;
  p->tok.end = p->lex_error_end = end < p->len ? end : p->len;
  p->lex_error = message;
  p->lex_error_start = start;
}

static const char illegal_token[] = "Invalid or unexpected token";

static void remember_magic_comment(Parser *p, bool is_mapping, uint32_t start, uint32_t end)
{
  *(is_mapping ? &p->result->source_mapping_url : &p->result->source_url) = (ParseSpan){start, end};
}

#define UNIT     uint8_t
#define SOURCE   latin1
#define FN(name) latin1_##name
#define WIDE     0
#include "parser/lexer_scan.inc"
#undef UNIT
#undef SOURCE
#undef FN
#undef WIDE

#define UNIT     uint16_t
#define SOURCE   utf16
#define FN(name) utf16_##name
#define WIDE     1
#include "parser/lexer_scan.inc"

/* --- the face ---------------------------------------------------------------------------------------------------- */

void lexer_next(Parser *p)
{
  p->prev_start = p->tok.start;
  p->prev_end = p->tok.end;
  p->prev_type = p->tok.type;
  if (parser_failed(p)) {
    p->tok.type = TOK_EOF;
    return;
  }
  if (p->latin1)
    latin1_scan(p);
  else
    utf16_scan(p);
}

void lexer_restore(Parser *p, const LexerState *state)
{
  p->tok = state->tok;
  p->pos = state->pos;
  p->prev_start = state->prev_start;
  p->prev_end = state->prev_end;
  p->prev_type = state->prev_type;
  if (parser_failed(p))
    p->tok.type = TOK_EOF;
}

Token lexer_peek(Parser *p)
{
  LexerState state = lexer_save(p);
  lexer_next(p);
  Token next = p->tok;
  lexer_restore(p, &state);
  return next;
}

bool lexer_regexp(Parser *p, AstRegExp *node)
{
  return p->latin1 ? latin1_regexp(p, node) : utf16_regexp(p, node);
}

void lexer_template_continue(Parser *p)
{
  p->pos = p->tok.start + 1;
  if (parser_failed(p))
    return;
  if (p->latin1)
    latin1_template(p);
  else
    utf16_template(p);
}

static bool is_line_break(uint32_t unit)
{
  return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}

void parse_position(const ParseSource *source, uint32_t offset, uint32_t *line, uint32_t *column)
{
  const uint8_t *latin1 = source->is_wide ? NULL : source->units;
  const uint16_t *utf16 = source->units;
  uint32_t number = 1, start = 0;
  if (offset > source->len)
    offset = source->len;
  for (uint32_t k = 0; k < offset; k++) {
    uint32_t unit = latin1 ? latin1[k] : utf16[k];
    if (!is_line_break(unit))
      continue;
    if (unit == '\r' && k + 1 < source->len && (latin1 ? latin1[k + 1] : utf16[k + 1]) == '\n') {
      if (k + 1 >= offset)
        break;
      k++;
    }
    number++;
    start = k + 1;
  }
  *line = number;
  *column = offset - start;
}
