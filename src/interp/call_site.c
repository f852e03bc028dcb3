// SPDX-License-Identifier: MIT
/*
 * Names in messages, from the source text. An instruction's position points into the expression it belongs to: the last
 * name of a callee, or the parenthesis behind it, or the start of what is iterated. From there the text is read back to
 * the start of the chain of member accesses and calls, and then written in the form V8 gives it: calls as `(...)`,
 * whatever is no name, literal or chain as `(intermediate value)`. No tree is needed; text that cannot be told gives no
 * name at all.
 */
#include "interp/call_site.h"

#include <string.h>

#include "bytecode/code.h"
#include "interp/frame.h"

/* Brackets within brackets that are followed. */
enum { NESTING_MAX = 8 };

typedef struct Reader {
  JsContext *cx;
  StringView text;
  StringBuilder *out;
  bool ends_in_call; /* of what was written last */
  bool is_optional;  /* there is a `?.` in it */
} Reader;

static bool is_name_unit(uint16_t c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         c == '#' || c > 0x7F;
}

static uint16_t unit_at(const Reader *r, uint32_t k)
{
  return k < r->text.length ? view_unit(r->text, k) : 0;
}

static bool is_blank(uint16_t c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint32_t skip_blanks(const Reader *r, uint32_t k)
{
  while (is_blank(unit_at(r, k)))
    k++;
  return k;
}

static uint32_t skip_blanks_back(const Reader *r, uint32_t k)
{
  while (k && is_blank(unit_at(r, k - 1)))
    k--;
  return k;
}

static uint32_t name_end(const Reader *r, uint32_t k)
{
  while (is_name_unit(unit_at(r, k)))
    k++;
  return k;
}

static uint32_t name_start(const Reader *r, uint32_t k)
{
  while (k && is_name_unit(unit_at(r, k - 1)))
    k--;
  return k;
}

static bool word_is(const Reader *r, uint32_t start, uint32_t end, const char *word)
{
  size_t len = strlen(word);
  if (end - start != len)
    return false;
  for (size_t k = 0; k < len; k++)
    if (unit_at(r, start + (uint32_t)k) != (uint16_t)word[k])
      return false;
  return true;
}

static bool is_keyword(const Reader *r, uint32_t start, uint32_t end)
{
  static const char *const words[] = {"return", "typeof", "instanceof", "in",    "of",       "new",   "delete",
                                      "void",   "throw",  "case",       "do",    "else",     "await", "yield",
                                      "if",     "while",  "for",        "with",  "function", "class", "async",
                                      "switch", "catch",  "super",      "import"};
  for (size_t k = 0; k < JS_COUNTOF(words); k++)
    if (word_is(r, start, end, words[k]))
      return true;
  return false;
}

/* Behind the closing quote of the string that opens at k; UINT32_MAX: it does not end on its line. */
static uint32_t string_end(const Reader *r, uint32_t k)
{
  uint16_t quote = unit_at(r, k++);
  for (; k < r->text.length && unit_at(r, k) != '\n'; k++) {
    if (unit_at(r, k) == '\\')
      k++;
    else if (unit_at(r, k) == quote)
      return k + 1;
  }
  return UINT32_MAX;
}

/* Behind the bracket that closes the one at k; UINT32_MAX: cannot be told. */
static uint32_t bracket_end(const Reader *r, uint32_t k)
{
  for (uint32_t depth = 0; k < r->text.length; k++) {
    uint16_t c = unit_at(r, k);
    if (c == '(' || c == '[' || c == '{') {
      depth++;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth == 0)
        return k + 1;
    } else if (c == '"' || c == '\'') {
      uint32_t end = string_end(r, k);
      if (end == UINT32_MAX)
        return UINT32_MAX;
      k = end - 1;
    } else if (c == '`' || (c == '/' && (unit_at(r, k + 1) == '/' || unit_at(r, k + 1) == '*'))) {
      return UINT32_MAX;
    }
  }
  return UINT32_MAX;
}

/* Where the bracket opens that is closed before k; UINT32_MAX: cannot be told. */
static uint32_t bracket_start(const Reader *r, uint32_t k)
{
  for (uint32_t depth = 0; k > 0; k--) {
    uint16_t c = unit_at(r, k - 1);
    if (c == ')' || c == ']' || c == '}') {
      depth++;
    } else if (c == '(' || c == '[' || c == '{') {
      if (--depth == 0)
        return k - 1;
    } else if (c == '"' || c == '\'') {
      uint32_t open = k - 1;
      while (open && (unit_at(r, open - 1) != c || (open > 1 && unit_at(r, open - 2) == '\\')))
        open--;
      if (!open)
        return UINT32_MAX;
      k = open;
    } else if (c == '`') {
      return UINT32_MAX;
    }
  }
  return UINT32_MAX;
}

static bool has_newline(const Reader *r, uint32_t k, uint32_t end)
{
  for (; k < end; k++)
    if (unit_at(r, k) == '\n')
      return true;
  return false;
}

/* Where the chain starts that ends before `end`; UINT32_MAX: there is none. */
static uint32_t chain_start(const Reader *r, uint32_t end)
{
  uint32_t k = end;
  for (;;) {
    k = skip_blanks_back(r, k);
    uint16_t c = k ? unit_at(r, k - 1) : 0;
    if (c == ')' || c == ']') {
      uint32_t open = bracket_start(r, k);
      if (open == UINT32_MAX)
        return UINT32_MAX;
      uint32_t before = skip_blanks_back(r, open);
      uint16_t left = before ? unit_at(r, before - 1) : 0;
      if (left == '.' && before > 1 && unit_at(r, before - 2) == '?') {
        k = before - 2;
        continue;
      }
      bool continues = left == ')' || left == ']' || left == '"' || left == '\'' ||
                       (is_name_unit(left) && !is_keyword(r, name_start(r, before), before));
      if (continues && left == ')') { /* `if (x) (f)()`: no call */
        uint32_t outer = bracket_start(r, before), word_end = outer == UINT32_MAX ? 0 : skip_blanks_back(r, outer);
        uint32_t word = name_start(r, word_end);
        continues = outer != UINT32_MAX && !(word < word_end && is_keyword(r, word, word_end));
      }
      if (!continues)
        return open;
      k = before;
      continue;
    }
    uint32_t start;
    if (c == '"' || c == '\'') {
      start = k - 1;
      while (start && (unit_at(r, start - 1) != c || (start > 1 && unit_at(r, start - 2) == '\\')))
        start--;
      start = start ? start - 1 : UINT32_MAX;
    } else if (is_name_unit(c)) {
      start = name_start(r, k);
    } else {
      return UINT32_MAX;
    }
    if (start == UINT32_MAX)
      return start;
    uint32_t before = skip_blanks_back(r, start);
    uint16_t left = before ? unit_at(r, before - 1) : 0;
    /* A dot on the line before is more likely the end of a comment. */
    if (left == '.' && !(before > 2 && unit_at(r, before - 2) == '.') && !has_newline(r, before, start)) {
      k = before - 1;
      if (k && unit_at(r, k - 1) == '?')
        k--;
      continue;
    }
    uint32_t word = name_start(r, before);
    if (before < start && word_is(r, word, before, "new"))
      return word;
    return start;
  }
}

static void add_text(Reader *r, uint32_t start, uint32_t end)
{
  StringView view = r->text;
  view.units = (const char *)view.units + (size_t)start * (view.is_wide ? 2 : 1);
  view.length = end - start;
  builder_add_view(r->out, view);
}

static void add_intermediate(Reader *r)
{
  builder_add_ascii(r->out, "(intermediate value)");
}

static bool write_chain(Reader *r, uint32_t *at, uint32_t end, uint32_t depth);

/* The head of a chain. False: not to be told. */
static bool write_head(Reader *r, uint32_t *at, uint32_t depth)
{
  uint32_t k = *at;
  uint16_t c = unit_at(r, k);
  if (c == '(') {
    uint32_t close = bracket_end(r, k), inner = skip_blanks(r, k + 1);
    if (close == UINT32_MAX)
      return false;
    uint32_t mark = r->out->length;
    bool plain = depth < NESTING_MAX && write_chain(r, &inner, close - 1, depth + 1);
    if (plain && skip_blanks(r, inner) == close - 1 && !r->is_optional) {
      *at = close;
      return true;
    }
    if (!r->out->failed)
      r->out->length = mark;
    add_intermediate(r);
    *at = close;
    return true;
  }
  if (c == '[' || c == '{') {
    uint32_t close = bracket_end(r, k);
    if (close == UINT32_MAX)
      return false;
    bool is_empty = skip_blanks(r, k + 1) == close - 1;
    builder_add_ascii(r->out, c == '[' ? "(intermediate value)" : is_empty ? "{}" : "{(intermediate value)}");
    *at = close;
    return true;
  }
  if (c == '"' || c == '\'') {
    uint32_t close = string_end(r, k);
    if (close == UINT32_MAX)
      return false;
    builder_add_unit(r->out, '"');
    add_text(r, k + 1, close - 1);
    builder_add_unit(r->out, '"');
    *at = close;
    return true;
  }
  uint32_t end = name_end(r, k);
  if (end == k)
    return false;
  if (word_is(r, k, end, "new")) {
    /* new X(...) or new X.y: what was made has no name */
    uint32_t from = skip_blanks(r, end);
    uint32_t mark = r->out->length;
    if (depth >= NESTING_MAX || !write_head(r, &from, depth + 1))
      return false;
    while (unit_at(r, from) == '.' && is_name_unit(unit_at(r, from + 1)))
      from = name_end(r, from + 1);
    if (unit_at(r, from) == '(') {
      from = bracket_end(r, from);
      if (from == UINT32_MAX)
        return false;
    }
    if (!r->out->failed)
      r->out->length = mark;
    add_intermediate(r);
    *at = from;
    return true;
  }
  if (word_is(r, k, end, "super"))
    builder_add_ascii(r->out, "(intermediate value)");
  else if (is_keyword(r, k, end))
    return false;
  else
    add_text(r, k, end);
  *at = end;
  return true;
}

/* `[...]` behind a chain: a string is shown as a name. */
static bool write_index(Reader *r, uint32_t *at, uint32_t depth)
{
  uint32_t close = bracket_end(r, *at), inner = skip_blanks(r, *at + 1);
  if (close == UINT32_MAX)
    return false;
  uint16_t c = unit_at(r, inner);
  if ((c == '"' || c == '\'') && skip_blanks(r, string_end(r, inner)) == close - 1) {
    builder_add_unit(r->out, '.');
    add_text(r, inner + 1, string_end(r, inner) - 1);
  } else {
    uint32_t mark;
    builder_add_unit(r->out, '[');
    mark = r->out->length;
    if (depth >= NESTING_MAX || !write_chain(r, &inner, close - 1, depth + 1) || skip_blanks(r, inner) != close - 1) {
      if (!r->out->failed)
        r->out->length = mark;
      add_intermediate(r);
    }
    builder_add_unit(r->out, ']');
  }
  *at = close;
  return true;
}

/* Writes the chain at *at, as far as it goes, but not beyond `end`; *at ends behind it. */
static bool write_chain(Reader *r, uint32_t *at, uint32_t end, uint32_t depth)
{
  *at = skip_blanks(r, *at);
  if (!write_head(r, at, depth))
    return false;
  r->ends_in_call = false;
  while (*at < end) {
    uint32_t k = skip_blanks(r, *at);
    if (k >= end)
      break;
    uint16_t c = unit_at(r, k);
    bool optional = c == '?' && unit_at(r, k + 1) == '.' && (unit_at(r, k + 2) < '0' || unit_at(r, k + 2) > '9');
    r->is_optional |= optional;
    if (optional) {
      builder_add_ascii(r->out, "?.");
      k += 2;
      c = unit_at(r, k);
    }
    if (c == '.' || (optional && is_name_unit(c))) {
      bool is_dot = c == '.';
      if (is_dot) {
        k = skip_blanks(r, k + 1);
      }
      uint32_t stop = name_end(r, k);
      if (stop == k)
        return false;
      bool is_private = unit_at(r, k) == '#'; /* shown as a key */
      if (is_private || is_dot)
        builder_add_unit(r->out, is_private ? '[' : '.');
      add_text(r, k, stop);
      if (is_private)
        builder_add_unit(r->out, ']');
      *at = stop;
      r->ends_in_call = false;
    } else if (c == '[') {
      *at = k;
      if (!write_index(r, at, depth))
        return false;
      r->ends_in_call = false;
    } else if (c == '(') {
      *at = bracket_end(r, k);
      if (*at == UINT32_MAX)
        return false;
      builder_add_ascii(r->out, "(...)");
      r->ends_in_call = true;
    } else {
      break;
    }
  }
  return true;
}

/* Opens the running frame's source at its instruction. False: there is none. */
static bool open_site(JsContext *cx, Reader *r, uint32_t *at)
{
  JsFrame *frame = cx->frame;
  if (!frame || (cx->native_frame && cx->native_frame->caller == frame))
    return false;
  JsValue script_val = slot_get(frame->code->script);
  if (!js_is_kind(script_val, CELL_SCRIPT))
    return false;
  JsString *source = script_source(cx->heap, (JsScript *)js_as_cell(script_val));
  if (!source)
    return false;
  *r = (Reader){.cx = cx, .text = string_view(cx->heap, source)};
  *at = code_position(frame->code, (uint32_t)(frame->pc - frame->code->units));
  return true;
}

static JsString *finish(JsContext *cx, StringBuilder *out, bool ok)
{
  if (!ok) {
    builder_discard(out);
    return NULL;
  }
  JsString *text = builder_finish(out);
  if (!text)
    (void)take_exception(cx);
  return text;
}

JsString *call_site_text(JsContext *cx, bool construct)
{
  Reader r;
  uint32_t at;
  if (!open_site(cx, &r, &at))
    return NULL;
  StringBuilder out;
  builder_init(&out, cx);
  r.out = &out;
  uint32_t start, end;
  if (construct && word_is(&r, at, name_end(&r, at), "new")) {
    start = skip_blanks(&r, at + 3);
    uint32_t k = start;
    if (unit_at(&r, k) == '(')
      k = bracket_end(&r, k);
    else
      k = name_end(&r, k);
    /* members belong to it, arguments do not */
    while (k != UINT32_MAX && (unit_at(&r, k) == '.' || unit_at(&r, k) == '['))
      k = unit_at(&r, k) == '.' ? name_end(&r, k + 1) : bracket_end(&r, k);
    end = k;
    if (word_is(&r, start, name_end(&r, start), "function") || word_is(&r, start, name_end(&r, start), "class")) {
      add_intermediate(&r);
      return finish(cx, &out, true);
    }
  } else {
    end = unit_at(&r, at) == '(' || unit_at(&r, at) == '?' ? at : name_end(&r, at);
    if (end > 1 && unit_at(&r, end) == '(' && unit_at(&r, end - 1) == '.' && unit_at(&r, end - 2) == '?')
      end -= 2; /* f?.() */
    start = chain_start(&r, end);
  }
  bool ok = start != UINT32_MAX && end != UINT32_MAX && start < end && write_chain(&r, &start, end, 0) &&
            skip_blanks(&r, start) >= end;
  return finish(cx, &out, ok);
}

JsString *iterable_site_text(JsContext *cx, bool *is_call)
{
  Reader r;
  uint32_t at;
  if (!open_site(cx, &r, &at))
    return NULL;
  StringBuilder out;
  builder_init(&out, cx);
  r.out = &out;
  bool ok = write_chain(&r, &at, r.text.length, 0);
  *is_call = r.ends_in_call;
  if (ok && r.ends_in_call && !out.failed)
    out.length -= (uint32_t)strlen("(...)"); /* the message speaks of the callee */
  at = skip_blanks(&r, at);
  /* the chain is the whole expression only when something follows that ends one */
  uint16_t next = unit_at(&r, at);
  return finish(cx, &out, ok && (next == 0 || strchr(")],;}", next)));
}

/* --- functions without a name of their own: what they are assigned to -------------------------------------------- */

/* Writes `a.b["c"]` as V8 infers a name from it: prototype left out, computed parts as such. */
static bool write_inferred(Reader *r, uint32_t at, uint32_t end)
{
  uint32_t stop = name_end(r, at);
  if (stop == at || is_keyword(r, at, stop) || word_is(r, at, stop, "this"))
    return false;
  add_text(r, at, stop);
  at = stop;
  if (skip_blanks(r, at) >= end)
    return false; /* a plain name is the function's own */
  while ((at = skip_blanks(r, at)) < end) {
    uint16_t c = unit_at(r, at);
    if (c == '.') {
      at = skip_blanks(r, at + 1);
      stop = name_end(r, at);
      if (stop == at)
        return false;
      if (!word_is(r, at, stop, "prototype")) {
        builder_add_unit(r->out, '.');
        add_text(r, at, stop);
      }
      at = stop;
    } else if (c == '[') {
      uint32_t close = bracket_end(r, at), inner = skip_blanks(r, at + 1);
      if (close == UINT32_MAX)
        return false;
      uint16_t quote = unit_at(r, inner);
      builder_add_unit(r->out, '.');
      if (quote == '"' || quote == '\'')
        add_text(r, inner + 1, string_end(r, inner) - 1);
      else
        builder_add_ascii(r->out, "<computed>");
      at = close;
    } else {
      return false;
    }
  }
  return true;
}

/* The operator before k: its start; *is_assignment tells `=` and its like from the ones whose result may be this
 * function (`||`, `&&`, `??`, `?`). UINT32_MAX: neither. */
static uint32_t operator_before(const Reader *r, uint32_t k, bool *is_assignment)
{
  uint16_t last = k ? unit_at(r, k - 1) : 0, before = k > 1 ? unit_at(r, k - 2) : 0;
  *is_assignment = last == '=';
  if (last == '=') {
    if (before == '=' || before == '!' || before == '<' || before == '>')
      return UINT32_MAX;
    bool logical = before == '|' || before == '&' || before == '?';
    return logical ? k - 3 : k - 1;
  }
  if ((last == '|' || last == '&' || last == '?') && before == last)
    return k - 2;
  return last == '?' ? k - 1 : UINT32_MAX;
}

JsString *inferred_function_name(JsContext *cx, const JsCode *code)
{
  JsValue script_val = slot_get(code->script);
  if (!js_is_kind(script_val, CELL_SCRIPT) || (code->flags & CODE_BUILTIN))
    return NULL;
  JsString *source = script_source(cx->heap, (JsScript *)js_as_cell(script_val));
  if (!source || code->source_start > source->length)
    return NULL;
  Reader r = {.cx = cx, .text = string_view(cx->heap, source)};
  uint32_t k = code->source_start;
  for (int operands = 0; operands < NESTING_MAX; operands++) {
    k = skip_blanks_back(&r, k);
    while (k && unit_at(&r, k - 1) == '(')
      k = skip_blanks_back(&r, k - 1);
    bool is_assignment;
    uint32_t operator_start = operator_before(&r, k, &is_assignment);
    if (operator_start == UINT32_MAX)
      return NULL;
    uint32_t end = skip_blanks_back(&r, operator_start), start = chain_start(&r, end);
    if (start == UINT32_MAX)
      return NULL;
    if (!is_assignment) {
      k = start;
      continue;
    }
    StringBuilder out;
    builder_init(&out, cx);
    r.out = &out;
    return finish(cx, &out, write_inferred(&r, start, end));
  }
  return NULL;
}
