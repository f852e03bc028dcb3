// SPDX-License-Identifier: MIT
/*
 * ParseJSON: one pass over the text, iterative.
 *
 * Open containers are on an explicit stack. A container is put into its parent when it is opened, so that everything
 * made so far hangs off the root, which is on the C stack; the explicit stack may therefore be malloc memory. An object
 * is made with the shape that another which began alike turned out to have (realm.h: json_shapes), for as long as its
 * names are that one's; where they part it gets the shape that it has so far. Parse
 * records, when wanted, are finished only when their container closes; those in flight are in a heap list, one entry a
 * level. The scanner is written once for both widths (`wide` is a constant at its two calls).
 */
#include "builtins/json.h"

#include "base/base64.h"
#include "base/dtoa.h"
#include "base/utf.h"
#include "object/property.h"

typedef struct JsonFrame {
  JsObject *container;
  JsKey key;      /* objects: the name whose value is next */
  JsShape *guess; /* objects: the shape that it was made with; NULL: it has its own. The object keeps it alive */
  uint32_t named; /* how many of its names have come */
  bool is_array;
  uint8_t place; /* of its kind in the realm's json_shapes */
} JsonFrame;

enum { FIRST_FRAMES = 8 };

typedef struct JsonParser {
  JsContext *cx;
  JsString *text;
  const void *units;
  uint32_t length, pos;
  JsonFrame *frames;
  uint32_t depth, capacity; /* beyond FIRST_FRAMES the frames are malloc memory */
  JsonFrame first_frames[FIRST_FRAMES];
  JsElements *open_records; /* [depth]: record of the container at that depth; NULL: no records wanted */
  JsElements *last_record;  /* of the value just finished */
  JsKey pending_key;        /* the innermost frame's: frames are malloc memory, this struct is on the scanned C stack */
} JsonParser;

/* Polls the budget every so many values. */
#define JSON_POLL_COST 4

/* --- errors ------------------------------------------------------------------------------------------------------ */

/* NODE: texts longer than this are quoted in part, with this many units to each side of the error. */
#define JSON_WHOLE_TEXT_MAX 20
#define JSON_CONTEXT_UNITS  10

static void add_part(StringBuilder *b, StringView text, uint32_t from, uint32_t to)
{
  const char *units = text.units;
  builder_add_view(b, (StringView){units + (text.is_wide ? (size_t)from * 2 : from), to - from, text.is_wide});
}

static JsValue throw_built(JsContext *cx, StringBuilder *b)
{
  return throw_error_string(cx, JS_SYNTAX_ERROR, TRY(builder_finish(b)));
}

/* "what at position N (line L column C)" */
static JsValue json_fail_at(JsonParser *p, const char *what)
{
  StringView text = string_view(p->cx->heap, p->text);
  uint32_t line = 1, line_start = 0;
  for (uint32_t k = 0; k < p->pos; k++) {
    uint16_t c = view_unit(text, k);
    if (c == '\n' || (c == '\r' && (k + 1 == text.length || view_unit(text, k + 1) != '\n'))) {
      line++;
      line_start = k + 1;
    }
  }
  return throw_error_string(
      p->cx, JS_SYNTAX_ERROR,
      string_printf(p->cx->heap, "%s at position %u (line %u column %u)", what, p->pos, line, p->pos - line_start + 1));
}

static bool is_special_text(JsHeap *heap, JsString *text)
{
  return string_equals_ascii(heap, text, "NaN") || string_equals_ascii(heap, text, "Infinity") ||
         string_equals_ascii(heap, text, "undefined") || string_equals_ascii(heap, text, "[object Object]");
}

/* An unexpected token, or the end of the text, at p->pos. */
static JsValue json_fail(JsonParser *p)
{
  StringView text = string_view(p->cx->heap, p->text);
  if (p->pos >= text.length)
    return throw_error_string(p->cx, JS_SYNTAX_ERROR,
                              string_from_c_string(p->cx->heap, "Unexpected end of JSON input"));
  StringBuilder b;
  builder_init(&b, p->cx);
  if (is_special_text(p->cx->heap, p->text)) {
    builder_add_ascii(&b, "\"");
    builder_add_view(&b, text);
    builder_add_ascii(&b, "\" is not valid JSON");
    return throw_built(p->cx, &b);
  }
  builder_add_ascii(&b, "Unexpected token '");
  builder_add_unit(&b, view_unit(text, p->pos));
  builder_add_ascii(&b, "', ");
  uint32_t from = 0, to = text.length;
  if (text.length > JSON_WHOLE_TEXT_MAX) {
    if (p->pos >= JSON_CONTEXT_UNITS)
      from = p->pos - JSON_CONTEXT_UNITS;
    if (p->pos < text.length - JSON_CONTEXT_UNITS)
      to = p->pos + JSON_CONTEXT_UNITS;
  }
  builder_add_ascii(&b, from ? "...\"" : "\"");
  add_part(&b, text, from, to);
  builder_add_ascii(&b, to < text.length ? "\"... is not valid JSON" : "\" is not valid JSON");
  return throw_built(p->cx, &b);
}

/* --- tokens ------------------------------------------------------------------------------------------------------ */

JS_INLINE uint32_t unit_at(const JsonParser *p, bool wide, uint32_t k)
{
  return wide ? ((const uint16_t *)p->units)[k] : ((const uint8_t *)p->units)[k];
}

JS_INLINE StringView span(const JsonParser *p, bool wide, uint32_t from, uint32_t to)
{
  return (StringView){(const char *)p->units + (wide ? (size_t)from * 2 : from), to - from, wide};
}

/* Skips white space; the unit there, or -1 at the end. */
JS_INLINE int32_t json_next(JsonParser *p, bool wide)
{
  while (p->pos < p->length) {
    uint32_t c = unit_at(p, wide, p->pos);
    if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
      return (int32_t)c;
    p->pos++;
  }
  return -1;
}

/* The string with escapes whose opening quote is at from - 1 and whose first backslash is at p->pos. */
static JS_NOINLINE JsString *json_string_with_escapes(JsonParser *p, bool wide, uint32_t from)
{
  StringBuilder b;
  builder_init(&b, p->cx);
  builder_add_view(&b, span(p, wide, from, p->pos));
  while (p->pos < p->length) {
    uint32_t c = unit_at(p, wide, p->pos);
    if (c == '"') {
      p->pos++;
      return builder_finish(&b);
    }
    if (c < 0x20) {
      builder_discard(&b);
      (void)json_fail_at(p, "Bad control character in string literal in JSON");
      return NULL;
    }
    if (c != '\\') {
      uint32_t start = p->pos;
      while (p->pos < p->length && (c = unit_at(p, wide, p->pos)) != '"' && c != '\\' && c >= 0x20)
        p->pos++;
      builder_add_view(&b, span(p, wide, start, p->pos));
      continue;
    }
    if (++p->pos == p->length) {
      builder_discard(&b);
      (void)json_fail(p);
      return NULL;
    }
    static const char from_chars[] = "\"\\/bfnrt", to_chars[] = "\"\\/\b\f\n\r\t";
    c = unit_at(p, wide, p->pos);
    const char *found = c && c < 0x80 ? strchr(from_chars, (int)c) : NULL;
    if (found) {
      builder_add_unit(&b, (uint16_t)to_chars[found - from_chars]);
      p->pos++;
    } else if (c == 'u') {
      uint32_t unit = 0;
      p->pos++;
      for (int k = 0; k < 4; k++, p->pos++) {
        int digit = p->pos < p->length ? hex_digit(unit_at(p, wide, p->pos)) : -1;
        if (digit < 0) {
          builder_discard(&b);
          (void)json_fail_at(p, "Bad Unicode escape in JSON");
          return NULL;
        }
        unit = unit << 4 | (uint32_t)digit;
      }
      builder_add_unit(&b, (uint16_t)unit);
    } else {
      builder_discard(&b);
      (void)json_fail_at(p, "Bad escaped character in JSON");
      return NULL;
    }
  }
  builder_discard(&b);
  (void)json_fail_at(p, "Unterminated string in JSON");
  return NULL;
}

/* Scans the string at the quote p->pos. *plain: it is the text's units [*from, *to) as they stand; otherwise the result
 * is a string. False: exception. */
JS_INLINE bool json_scan_string(JsonParser *p, bool wide, StringView *plain, JsString **string)
{
  uint32_t from = ++p->pos, k = from;
  *string = NULL;
  if (!wide)
    k += json_plain_prefix((const uint8_t *)p->units + k, p->length - k);
  while (k < p->length) {
    uint32_t c = unit_at(p, wide, k);
    if (c == '"') {
      *plain = span(p, wide, from, k);
      p->pos = k + 1;
      return true;
    }
    if (js_unlikely(c == '\\' || c < 0x20))
      break;
    k++;
  }
  p->pos = k;
  if (k < p->length && unit_at(p, wide, k) == '\\') {
    *string = json_string_with_escapes(p, wide, from);
    return *string != NULL;
  }
  (void)json_fail_at(p,
                     k < p->length ? "Bad control character in string literal in JSON" : "Unterminated string in JSON");
  return false;
}

/* False: exception. */
JS_INLINE bool json_scan_key(JsonParser *p, bool wide, JsKey *key)
{
  StringView plain;
  JsString *string;
  JsHeap *heap = p->cx->heap;
  if (!json_scan_string(p, wide, &plain, &string))
    return false;
  if (!string) {
    /* A name that starts with a letter cannot be an array index. */
    if (plain.length > 0 && view_unit(plain, 0) > '9') {
      JsShape *shape = object_shape(heap, p->frames[p->depth - 1].container);
      JsShape *child = shape_foreseen_child(heap, shape, plain);
      if (js_likely(child != NULL)) {
        *key = (JsKey){ptr_slot_get(child->table)->entries[shape->count].key.raw_};
        return true;
      }
      *key = key_from_atom(atom_from_view(heap, plain));
      return true;
    }
    string = string_from_view(heap, plain);
  }
  *key = key_from_string(heap, string);
  return true;
}

JS_INLINE JsValue json_scan_number(JsonParser *p, bool wide)
{
  uint32_t start = p->pos, k = start;
  bool negative = unit_at(p, wide, k) == '-';
  k += negative;
  uint32_t first = k;
  int32_t small = 0;
  while (k < p->length && unit_at(p, wide, k) - '0' <= 9) {
    if (k - first < 9)
      small = small * 10 + (int32_t)(unit_at(p, wide, k) - '0');
    k++;
  }
  p->pos = k;
  if (k == first)
    return json_fail_at(p, "No number after minus sign in JSON");
  if (unit_at(p, wide, first) == '0' && k > first + 1) {
    p->pos = first + 1;
    return json_fail_at(p, "Unexpected number in JSON");
  }
  bool integer = true;
  if (k < p->length && unit_at(p, wide, k) == '.') {
    integer = false;
    uint32_t fraction = ++k;
    while (k < p->length && unit_at(p, wide, k) - '0' <= 9)
      k++;
    p->pos = k;
    if (k == fraction)
      return json_fail_at(p, "Unterminated fractional number in JSON");
  }
  if (k < p->length && (unit_at(p, wide, k) | 0x20) == 'e') {
    integer = false;
    k++;
    if (k < p->length && (unit_at(p, wide, k) == '+' || unit_at(p, wide, k) == '-'))
      k++;
    uint32_t exponent = k;
    while (k < p->length && unit_at(p, wide, k) - '0' <= 9)
      k++;
    p->pos = k;
    if (k == exponent)
      return json_fail_at(p, "Exponent part is missing a number in JSON");
  }
  p->pos = k;
  if (integer && k - first <= 9 && !(negative && small == 0))
    return js_int32(negative ? -small : small);
  StringView digits = span(p, wide, first, k);
  double value = 0;
  if (wide)
    dtoa_parse_decimal_utf16(digits.units, digits.length, &value);
  else
    dtoa_parse_decimal_latin1(digits.units, digits.length, &value);
  return js_number(negative ? -value : value);
}

/* true, false or null that goes on otherwise: V8 names the token that stands there. */
static JsValue json_fail_in_literal(JsonParser *p)
{
  StringView text = string_view(p->cx->heap, p->text);
  uint16_t c = p->pos < text.length ? view_unit(text, p->pos) : 0;
  if (c == '"')
    return json_fail_at(p, "Unexpected string in JSON");
  if (c == '-' || (c >= '0' && c <= '9'))
    return json_fail_at(p, "Unexpected number in JSON");
  return json_fail(p);
}

JS_INLINE JsValue json_scan_literal(JsonParser *p, bool wide, const char *literal, JsValue val)
{
  for (; *literal; literal++, p->pos++)
    if (p->pos == p->length || unit_at(p, wide, p->pos) != (unsigned char)*literal)
      return json_fail_in_literal(p);
  return val;
}

/* --- guessing shapes ----------------------------------------------------------------------------------------------*/

enum { GUESS_PROPERTIES_MAX = 64 };

/* Where the shape of an object is kept that begins at p->pos, behind its brace, by the beginning of its first name. */
JS_INLINE uint32_t guess_place(const JsonParser *p)
{
  if (p->length - p->pos < 3)
    return 0;
  const uint8_t *chars = (const uint8_t *)p->units + p->pos;
  return (uint32_t)(chars[1] * 7 + chars[2]) % REALM_JSON_SHAPES;
}

JS_INLINE JsKey guessed_key(const JsShape *shape, uint32_t k)
{
  return key_from_raw_value(slot_get(ptr_slot_get(shape->table)->entries[k].key));
}

/* Whether the string at the quote p->pos is this name, as it stands; then it is passed. */
JS_INLINE bool guess_holds(JsonParser *p, JsKey key)
{
  const JsString *name = (const JsString *)key_cell(key);
  uint32_t len = name->length, rest = p->length - p->pos;
  const uint8_t *chars = (const uint8_t *)p->units + p->pos + 1, *text = name->u.latin1;
  if (rest < len + 2 || chars[len] != '"' || chars[0] != text[0] || memcmp(chars, text, len) != 0)
    return false;
  p->pos += len + 2;
  return true;
}

/* A new object whose first name is at p->pos; *guess: see JsonFrame. */
static JsObject *object_guessed(JsonParser *p, uint32_t place, JsShape **guess)
{
  JsHeap *heap = p->cx->heap;
  JsShape *shape = ptr_slot_get(p->cx->realm->json_shapes[place]);
  uint32_t start = p->pos;
  bool holds = shape && guess_holds(p, guessed_key(shape, 0));
  p->pos = start;
  *guess = NULL;
  if (!holds)
    return object_new(p->cx);
  JsObject *obj = object_new_with_shape(heap, shape);
  object_reserve_slot(heap, obj, shape, shape->slot_count - 1);
  *guess = shape;
  return obj;
}

/* The object has no more of the guess's names than have come. */
static JS_NOINLINE void guess_failed(JsonParser *p, JsonFrame *frame)
{
  JsShape *shape = frame->guess;
  while (shape->count > frame->named)
    shape = ptr_slot_get(shape->parent);
  object_set_shape(p->cx->heap, frame->container, shape);
  frame->guess = NULL;
}

/* The next that begins like this finished object is guessed to be like it. */
static JS_NOINLINE void learn_shape(JsonParser *p, const JsonFrame *frame)
{
  JsHeap *heap = p->cx->heap;
  JsRealm *realm = p->cx->realm;
  JsShape *shape = object_shape(heap, frame->container);
  if ((shape->cell.flags & SHAPE_DICTIONARY) || shape->count == 0 || shape->count > GUESS_PROPERTIES_MAX ||
      ptr_slot_get(realm->json_shapes[frame->place]) == shape)
    return;
  for (uint32_t k = 0; k < shape->count; k++) {
    JsKey key = guessed_key(shape, k);
    const JsString *name = (const JsString *)key_cell(key);
    if (!key_is_atom(key) || string_is_wide(name) || !string_is_flat(name) || name->length == 0 ||
        json_plain_prefix(name->u.latin1, name->length) != name->length)
      return;
  }
  ptr_slot_set(heap, realm, &realm->json_shapes[frame->place], shape);
}

/* --- structure --------------------------------------------------------------------------------------------------- */

static bool json_push(JsonParser *p, JsObject *container, bool is_array)
{
  if (p->depth == p->capacity) {
    bool is_first = p->frames == p->first_frames;
    uint32_t capacity = p->capacity * 4;
    JsonFrame *frames = mem_realloc(gc_heap_account(p->cx->heap), MEM_SCRATCH, is_first ? NULL : p->frames,
                                    is_first ? 0 : p->capacity * sizeof *frames, capacity * sizeof *frames);
    if (!frames) {
      throw_out_of_memory(p->cx);
      return false;
    }
    if (is_first)
      memcpy(frames, p->first_frames, sizeof p->first_frames);
    p->frames = frames;
    p->capacity = capacity;
  }
  p->frames[p->depth++] = (JsonFrame){.container = container, .is_array = is_array};
  if (p->open_records) {
    JsElements *record = TRY_OR(false, elements_new(p->cx->heap, 4));
    record = TRY_OR(false, elements_push(p->cx, record, js_from_object(container)));
    p->open_records = TRY_OR(false, elements_push(p->cx, p->open_records, js_from_cell(record)));
  }
  return true;
}

/* Closes the innermost container: its record becomes the last one. */
static void json_pop(JsonParser *p)
{
  p->depth--;
  if (p->open_records) {
    p->last_record = (JsElements *)js_as_cell(slot_get(p->open_records->v[p->depth]));
    p->open_records->length = p->depth;
  }
}

/* Adds the record of a finished value to that of its container. */
static JS_NOINLINE bool json_add_record(JsonParser *p, const JsonFrame *frame)
{
  JsSlot *slot = &p->open_records->v[p->depth - 1];
  JsElements *record = (JsElements *)js_as_cell(slot_get(*slot));
  if (!frame->is_array)
    record = TRY_OR(false, elements_push(p->cx, record, key_raw_value(frame->key)));
  record = TRY_OR(false, elements_push(p->cx, record, js_from_cell(p->last_record)));
  slot_set(p->cx->heap, p->open_records, &p->open_records->v[p->depth - 1], js_from_cell(record));
  return true;
}

/* Puts a value (or a container just opened) into the innermost container. */
static bool json_store(JsonParser *p, JsValue val)
{
  JsonFrame *frame = &p->frames[p->depth - 1];
  if (frame->is_array)
    return array_push_direct(p->cx, (JsArray *)frame->container, val);
  if (js_likely(frame->guess != NULL)) {
    uint32_t slot = ptr_slot_get(frame->guess->table)->entries[frame->named - 1].slot;
    object_write_slot(p->cx->heap, frame->guess, frame->container, slot, val);
    return true;
  }
  if (js_unlikely(key_is_index(frame->key)))
    return elements_define(p->cx, frame->container, key_as_index(frame->key), val, PROP_ALL);
  object_define_direct(p->cx->heap, frame->container, frame->key, val, PROP_ALL);
  return true;
}

static bool json_leaf_record(JsonParser *p, JsValue val, uint32_t from)
{
  JsElements *record = TRY_OR(false, elements_new(p->cx->heap, 2));
  record = TRY_OR(false, elements_push(p->cx, record, val));
  JsString *source = string_substring(p->cx->heap, p->text, from, p->pos);
  p->last_record = TRY_OR(false, elements_push(p->cx, record, js_from_cell(source)));
  return true;
}

/* A value that is no container; c is the unit at p->pos. */
JS_INLINE JsValue json_primitive(JsonParser *p, bool wide, int32_t c)
{
  switch (c) {
  case '"': {
    StringView plain;
    JsString *string;
    if (!json_scan_string(p, wide, &plain, &string))
      return JS_EXCEPTION;
    return js_from_cell(string ? string : string_from_view(p->cx->heap, plain));
  }
  case 't': return json_scan_literal(p, wide, "true", JS_TRUE);
  case 'f': return json_scan_literal(p, wide, "false", JS_FALSE);
  case 'n': return json_scan_literal(p, wide, "null", JS_NULL);
  default: return c == '-' || (c >= '0' && c <= '9') ? json_scan_number(p, wide) : json_fail(p);
  }
}

/* After '{' or ',': the name and its colon. */
JS_INLINE bool json_name(JsonParser *p, bool wide, const char *expected)
{
  if (json_next(p, wide) != '"') {
    (void)json_fail_at(p, expected);
    return false;
  }
  JsonFrame *frame = &p->frames[p->depth - 1];
  if (!wide && frame->guess) {
    if (frame->named < frame->guess->count && guess_holds(p, guessed_key(frame->guess, frame->named))) {
      frame->key = guessed_key(frame->guess, frame->named++);
      goto colon;
    }
    guess_failed(p, frame);
  }
  if (!json_scan_key(p, wide, &p->pending_key))
    return false;
  frame->key = p->pending_key;
colon:
  if (json_next(p, wide) != ':') {
    (void)json_fail_at(p, "Expected ':' after property name in JSON");
    return false;
  }
  p->pos++;
  return true;
}

JS_INLINE JsValue json_run(JsonParser *p, bool wide)
{
  JsValue root = JS_UNDEFINED, val;
value:
  if (!js_poll(p->cx, JSON_POLL_COST))
    return JS_EXCEPTION;
  int32_t c = json_next(p, wide);
  if (c == '{' || c == '[') {
    bool is_array = c == '[';
    uint32_t place = 0;
    JsShape *guess = NULL;
    JsObject *container;
    p->pos++;
    int32_t first = json_next(p, wide);
    if (is_array) {
      container = &TRY(array_new(p->cx, 0))
      ->obj;
    } else if (!wide && first == '"') {
      place = guess_place(p);
      container = object_guessed(p, place, &guess);
    } else {
      container = object_new(p->cx);
    }
    val = js_from_object(container);
    if (p->depth)
      TRY(json_store(p, val));
    else
      root = val;
    TRY(json_push(p, container, is_array));
    p->frames[p->depth - 1].guess = guess;
    p->frames[p->depth - 1].place = (uint8_t)place;
    c = first;
    if (c == (is_array ? ']' : '}')) {
      p->pos++;
      json_pop(p);
      goto stored;
    }
    if (!is_array)
      TRY(json_name(p, wide, "Expected property name or '}' in JSON"));
    goto value;
  }
  uint32_t from = p->pos;
  val = TRY(json_primitive(p, wide, c));
  if (js_unlikely(p->open_records != NULL))
    TRY(json_leaf_record(p, val, from));
  if (p->depth)
    TRY(json_store(p, val));
  else
    root = val;

stored: /* a value was finished and is in its place */
  while (p->depth) {
    JsonFrame *frame = &p->frames[p->depth - 1];
    if (js_unlikely(p->open_records != NULL))
      TRY(json_add_record(p, frame));
    c = json_next(p, wide);
    if (c == ',') {
      p->pos++;
      if (!frame->is_array)
        TRY(json_name(p, wide, "Expected double-quoted property name in JSON"));
      goto value;
    }
    if (c != (frame->is_array ? ']' : '}'))
      return json_fail_at(p, frame->is_array ? "Expected ',' or ']' after array element in JSON"
                                             : "Expected ',' or '}' after property value in JSON");
    p->pos++;
    if (!wide && !frame->is_array && (!frame->guess || frame->named != frame->guess->count)) {
      if (frame->guess)
        guess_failed(p, frame);
      learn_shape(p, frame);
    }
    json_pop(p);
  }
  if (json_next(p, wide) != -1)
    return json_fail_at(p, "Unexpected non-whitespace character after JSON");
  return root;
}

static JS_NOINLINE JsValue json_run_latin1(JsonParser *p)
{
  return json_run(p, false);
}

static JS_NOINLINE JsValue json_run_utf16(JsonParser *p)
{
  return json_run(p, true);
}

JsValue json_parse(JsContext *cx, JsString *text, JsElements **records)
{
  StringView view = string_view(cx->heap, text);
  JsonParser p;
  p.cx = cx;
  p.text = text;
  p.units = view.units;
  p.length = view.length;
  p.pos = p.depth = 0;
  p.frames = p.first_frames;
  p.capacity = FIRST_FRAMES;
  p.open_records = p.last_record = NULL;
  if (records) {
    p.open_records = elements_new(cx->heap, 8);
    if (!p.open_records)
      return throw_out_of_memory(cx);
  }
  JsValue root = view.is_wide ? json_run_utf16(&p) : json_run_latin1(&p);
  if (p.frames != p.first_frames)
    mem_free(gc_heap_account(cx->heap), MEM_SCRATCH, p.frames, p.capacity * sizeof(JsonFrame));
  if (records)
    *records = p.last_record;
  js_keep_alive(js_from_cell(text));
  return root;
}
