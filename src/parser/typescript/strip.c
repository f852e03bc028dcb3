// SPDX-License-Identifier: MIT
/* The entry, edits and their application, tries, errors in the words Node has for them. See typescript.h. */
#include "parser/typescript/strip.h"

#include <stdio.h>

#include "parser/typescript/typescript.h"
#include "unicode/unicode.h"

/* --- tries ------------------------------------------------------------------------------------------------------- */

TsMark ts_mark(const Ts *ts)
{
  return (TsMark){lexer_save(&ts->p), ts->edits.len, ts->unsupported.message != NULL};
}

bool ts_rewind(Ts *ts, const TsMark *mark)
{
  if (ts->p.failed && ts->parse_result.error.kind != PARSE_SYNTAX_ERROR)
    return false;
  ts->p.failed = false;
  if (!mark->has_unsupported)
    ts->unsupported.message = NULL;
  ts->parse_result.error = (ParseError){0};
  ts->edits.len = mark->edits;
  lexer_restore(&ts->p, &mark->lexer);
  return true;
}

static uint64_t *tried_slot(const Ts *ts, uint64_t key)
{
  uint32_t slot = (uint32_t)(key * 0x9E3779B97F4A7C15u >> 32) & ts->tried.mask;
  while (ts->tried.slots[slot] && ts->tried.slots[slot] >> 2 != key)
    slot = (slot + 1) & ts->tried.mask;
  return &ts->tried.slots[slot];
}

static uint64_t tried_key(uint32_t pos, TsTry what)
{
  return ((uint64_t)pos + 1) << 2 | what;
}

TsTried ts_tried(const Ts *ts, uint32_t pos, TsTry what)
{
  return ts->tried.slots ? *tried_slot(ts, tried_key(pos, what)) & 3 : TS_UNTRIED;
}

void ts_remember(Ts *ts, uint32_t pos, TsTry what, TsTried outcome)
{
  if (ts->tried.count * 2 >= ts->tried.mask) {
    uint64_t *old = ts->tried.slots;
    uint32_t old_size = old ? ts->tried.mask + 1 : 0, size = old ? old_size * 2 : 64;
    uint64_t *slots = ARENA_NEW_ARRAY(ts->p.arena, uint64_t, size);
    if (!slots) {
      parser_out_of_memory(&ts->p);
      return;
    }
    ts->tried.slots = slots;
    ts->tried.mask = size - 1;
    for (uint32_t k = 0; k < old_size; k++) {
      if (old[k])
        *tried_slot(ts, old[k] >> 2) = old[k];
    }
  }
  uint64_t key = tried_key(pos, what), *slot = tried_slot(ts, key);
  ts->tried.count += !*slot;
  *slot = key << 2 | outcome;
}

/* --- edits ------------------------------------------------------------------------------------------------------- */

static void push_edit(Ts *ts, TsEdit edit)
{
  if (!ts->p.failed)
    parser_push(&ts->p, &ts->edits, edit);
}

void ts_blank(Ts *ts, uint32_t start, uint32_t end)
{
  if (start < end)
    push_edit(ts, (TsEdit){.kind = TS_EDIT_BLANK, .start = start, .end = end});
}

void ts_blank_over(Ts *ts, uint32_t edits, uint32_t start, uint32_t end)
{
  ts->edits.len = edits;
  ts_blank(ts, start, end);
}

void ts_put(Ts *ts, uint32_t pos, char unit)
{
  push_edit(ts, (TsEdit){.kind = TS_EDIT_UNIT, .start = pos, .end = pos + 1, .unit = unit});
}

void ts_text(Ts *ts, uint32_t pos, const char *text)
{
  push_edit(ts, (TsEdit){.kind = TS_EDIT_TEXT, .start = pos, .text = text});
}

void ts_copy(Ts *ts, uint32_t pos, ParseSpan span)
{
  push_edit(ts, (TsEdit){.kind = TS_EDIT_COPY, .start = pos, .from = span.start, .end = span.end});
}

static bool is_line_end(uint32_t unit)
{
  return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}

bool ts_has_newline(const Ts *ts, uint32_t start, uint32_t end)
{
  for (; start < end; start++) {
    if (is_line_end(lexer_unit(&ts->p, start)))
      return true;
  }
  return false;
}

/* NODE: what a character becomes has as many bytes of UTF-8 as it had: a no-break space for two, an en space for three,
 * a space and a byte order mark for four. */
static uint32_t blank_of(uint32_t unit)
{
  if (unit < 0x80)
    return ' ';
  if (unit < 0x800)
    return 0xA0;
  return unicode_is_lead_surrogate(unit) ? ' ' : unicode_is_trail_surrogate(unit) ? 0xFEFF : 0x2002;
}

/* White space stays as it is. */
static bool is_space(uint32_t unit)
{
  return unit == '\t' || unit == '\v' || unit == '\f' || (unit >= 0x80 && unicode_is_space(unit));
}

static void set_unit(bool is_wide, void *units, uint32_t pos, uint32_t unit)
{
  if (is_wide)
    ((uint16_t *)units)[pos] = (uint16_t)unit;
  else
    ((uint8_t *)units)[pos] = (uint8_t)unit;
}

/* A stable sort of the insertions by place: they come nearly sorted, in runs. */
static bool sort_insertions(Arena *arena, TsEdit *edits, uint32_t count)
{
  TsEdit *from = edits, *to = ARENA_NEW_ARRAY(arena, TsEdit, count + 1);
  if (!to)
    return false;
  for (uint32_t width = 1; width < count; width *= 2) {
    for (uint32_t low = 0; low < count; low += 2 * width) {
      uint32_t middle = low + width < count ? low + width : count;
      uint32_t high = middle + width < count ? middle + width : count;
      for (uint32_t left = low, right = middle, k = low; k < high; k++)
        to[k] =
            left < middle && (right >= high || from[left].start <= from[right].start) ? from[left++] : from[right++];
    }
    TsEdit *swap = from;
    from = to;
    to = swap;
  }
  if (from != edits)
    memcpy(edits, from, count * sizeof *edits);
  return true;
}

static bool apply_insertions(Ts *ts, TsEdit *edits, uint32_t count, TypescriptResult *result)
{
  const ParseSource *source = ts->p.source;
  size_t size = source->is_wide ? 2 : 1, total = source->len;
  for (uint32_t k = 0; k < count; k++)
    total += edits[k].kind == TS_EDIT_TEXT ? strlen(edits[k].text) : edits[k].end - edits[k].from;
  if (total > PARSE_MAX_LENGTH || !sort_insertions(ts->p.arena, edits, count))
    return false;
  char *out = arena_alloc(ts->p.arena, total * size + 1);
  if (!out)
    return false;
  uint32_t done = 0, len = 0;
  for (uint32_t k = 0; k <= count; k++) {
    uint32_t until = k < count ? edits[k].start : source->len;
    memcpy(out + len * size, (const char *)result->units + done * size, (until - done) * size);
    len += until - done;
    done = until;
    if (k == count)
      break;
    if (edits[k].kind == TS_EDIT_COPY) {
      uint32_t span = edits[k].end - edits[k].from;
      memcpy(out + len * size, (const char *)source->units + edits[k].from * size, span * size);
      len += span;
    } else {
      for (const char *text = edits[k].text; *text; text++)
        set_unit(source->is_wide, out, len++, (uint8_t)*text);
    }
  }
  result->units = out;
  result->len = len;
  return true;
}

static bool apply_edits(Ts *ts, TypescriptResult *result)
{
  const ParseSource *source = ts->p.source;
  size_t bytes = (size_t)source->len * (source->is_wide ? 2 : 1);
  void *units = arena_alloc(ts->p.arena, bytes + 1);
  TsEdit *insertions = ARENA_NEW_ARRAY(ts->p.arena, TsEdit, ts->edits.len + 1);
  if (!units || !insertions)
    return false;
  memcpy(units, source->units, bytes);
  uint32_t insertion_count = 0;
  for (uint32_t k = 0; k < ts->edits.len; k++) {
    const TsEdit *edit = &ts->edits.items[k];
    if (edit->kind >= TS_EDIT_TEXT)
      insertions[insertion_count++] = *edit;
    for (uint32_t pos = edit->start; edit->kind == TS_EDIT_BLANK && pos < edit->end; pos++) {
      uint32_t unit = lexer_unit(&ts->p, pos);
      if (!is_line_end(unit) && !is_space(unit))
        set_unit(source->is_wide, units, pos, blank_of(unit));
    }
  }
  for (uint32_t k = 0; k < ts->edits.len; k++) {
    if (ts->edits.items[k].kind == TS_EDIT_UNIT)
      set_unit(source->is_wide, units, ts->edits.items[k].start, (uint8_t)ts->edits.items[k].unit);
  }
  result->units = units;
  result->len = source->len;
  return insertion_count == 0 || apply_insertions(ts, insertions, insertion_count, result);
}

/* --- errors ------------------------------------------------------------------------------------------------------ */

void ts_error(Ts *ts, uint32_t start, uint32_t end, const char *message)
{
  parser_error(&ts->p, start, end, message);
}

void ts_unsupported(Ts *ts, uint32_t start, uint32_t end, const char *message)
{
  if (ts->p.failed || (ts->unsupported.message && ts->unsupported.start < start))
    return;
  ts->unsupported.message = message;
  ts->unsupported.start = start;
  ts->unsupported.end = end;
}

void ts_needs_transform(Ts *ts, uint32_t start, uint32_t end, const char *message)
{
  if (!ts->transform && !ts->is_ambient)
    ts_unsupported(ts, start, end, message);
}

/* The lexer's own complaint, if that is what the current token is. */
static bool report_lexer(Ts *ts)
{
  if (!ts_is(ts, TOK_ERROR))
    return false;
  parser_error(&ts->p, ts->p.lex_error_start, ts->p.lex_error_end, ts->p.lex_error);
  return true;
}

void ts_unexpected(Ts *ts)
{
  if (!report_lexer(ts))
    ts_error(ts, ts->p.tok.start, ts->p.tok.end, "Expression expected");
}

static const char *token_class(const Token *tok)
{
  switch (tok->type) {
  case TOK_EOF: return "<eof>";
  case TOK_STRING: return "string literal";
  case TOK_TEMPLATE: return "`";
  case TOK_NUMBER:
  case TOK_BIGINT: return "numeric literal";
  case TOK_HASH_NAME: return "#";
  case TOK_ESCAPED_KEYWORD: return "ident";
  default: {
    const char *text = token_is_plain_identifier((TokenType)tok->type) ? NULL : token_text((TokenType)tok->type);
    return text ? text : "ident";
  }
  }
}

void ts_expected(Ts *ts, const char *what)
{
  if (!report_lexer(ts))
    parser_error_format(&ts->p, ts->p.tok.start, ts->p.tok.end, "Expected %s, got '%s'", what, token_class(&ts->p.tok));
}

void ts_expect(Ts *ts, TokenType type)
{
  if (ts_eat(ts, type) || report_lexer(ts))
    return;
  parser_error_format(&ts->p, ts->p.tok.start, ts->p.tok.end, "Expected '%s', got '%s'", token_text(type),
                      token_class(&ts->p.tok));
}

bool ts_can_end_statement(const Ts *ts)
{
  return ts_is(ts, TOK_SEMICOLON) || ts_is(ts, TOK_RBRACE) || ts_is(ts, TOK_EOF) || ts_newline(ts);
}

void ts_semicolon(Ts *ts)
{
  if (ts_eat(ts, TOK_SEMICOLON) || ts_can_end_statement(ts) || report_lexer(ts))
    return;
  ts_error(ts, ts->p.tok.start, ts->p.tok.end, "Expected ';', '}' or <eof>");
}

void ts_identifier(Ts *ts)
{
  if (ts_is_identifier(ts))
    lexer_next(&ts->p);
  else if (!report_lexer(ts))
    ts_error(ts, ts->p.tok.start, ts->p.tok.end, "Expected ident");
}

/* --- entry ------------------------------------------------------------------------------------------------------- */

static void skip_hashbang(Ts *ts)
{
  if (lexer_unit(&ts->p, 0) != '#' || lexer_unit(&ts->p, 1) != '!')
    return;
  uint32_t pos = 2;
  while (pos < ts->p.len && !is_line_end(lexer_unit(&ts->p, pos)))
    pos++;
  ts->p.pos = pos;
}

TypescriptStatus typescript_strip(Arena *arena, const ParseSource *source, const TypescriptOptions *options,
                                  TypescriptResult *result)
{
  *result = (TypescriptResult){0};
  Ts ts = {.transform = options->transform, .is_async = true};
  ts.parse_options = (ParseOptions){.stack_limit = options->stack_limit};
  ts.p = (Parser){.arena = arena,
                  .kept = arena,
                  .eager_start = NO_POSITION,
                  .source = source,
                  .options = &ts.parse_options,
                  .result = &ts.parse_result,
                  .is_module = true,
                  .cover_init = NO_POSITION,
                  .params_end = NO_POSITION,
                  .fn = &ts.function};
  if (source->len > PARSE_MAX_LENGTH || !lexer_init(&ts.p))
    return TYPESCRIPT_OUT_OF_MEMORY;
#define WORD(name) ts.word.name = lexer_intern_c(&ts.p, #name);
  TS_WORDS(WORD)
#undef WORD
  skip_hashbang(&ts);
  lexer_next(&ts.p);
  ts_statements(&ts, TOK_EOF);
  if (!ts.p.failed) {
    if (!ts.unsupported.message)
      return apply_edits(&ts, result) ? TYPESCRIPT_OK : TYPESCRIPT_OUT_OF_MEMORY;
    result->message = ts.unsupported.message;
    result->error_start = ts.unsupported.start;
    result->error_end = ts.unsupported.end;
    return TYPESCRIPT_UNSUPPORTED;
  }
  const ParseError *error = &ts.parse_result.error;
  if (error->kind == PARSE_OUT_OF_MEMORY)
    return TYPESCRIPT_OUT_OF_MEMORY;
  if (error->kind == PARSE_STACK_OVERFLOW)
    return TYPESCRIPT_STACK_OVERFLOW;
  result->message = error->message;
  result->error_start = error->start;
  result->error_end = error->end;
  return TYPESCRIPT_INVALID;
}
