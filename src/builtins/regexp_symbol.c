// SPDX-License-Identifier: MIT
/*
 * RegExp.prototype's methods keyed by symbols, which String.prototype's match, matchAll, replace, search and split end
 * up in, and the iterator of matchAll. Each has the specification's general form and, for pristine objects (see
 * regexp.h), a direct one.
 */
#include "builtins/regexp.h"

#include <string.h>

static JsValue throw_receiver(JsContext *cx, JsValue this_val, const char *method)
{
  return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, this_val);
}

static bool string_has_unit(StringView view, uint16_t unit)
{
  if (!view.is_wide)
    return memchr(view.units, unit, view.length) != NULL;
  for (uint32_t k = 0; k < view.length; k++)
    if (view_unit(view, k) == unit)
      return true;
  return false;
}

static StringView view_part(StringView view, uint32_t from, uint32_t to)
{
  return (StringView){(const char *)view.units + from * (view.is_wide ? 2 : 1), to - from, view.is_wide};
}

static bool flag_in(JsContext *cx, JsString *flags, char letter)
{
  return string_has_unit(string_view(cx->heap, flags), (uint8_t)letter);
}

static bool is_full_unicode(uint32_t flags)
{
  return flags & (REGEXP_UNICODE | REGEXP_UNICODE_SETS);
}

/* lastIndex = ToLength(lastIndex) advanced, after an empty match. */
static bool advance_last_index(JsContext *cx, JsObject *obj, JsString *str, bool full_unicode)
{
  int64_t index;
  JsValue val = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, lastIndex)));
  TRY_OR(false, to_length(cx, val, &index));
  val = js_number_i64(advance_string_index(cx, str, index, full_unicode));
  return set_property(cx, obj, KEY(cx->heap, lastIndex), val);
}

static bool reset_last_index(JsContext *cx, JsObject *obj)
{
  return set_property(cx, obj, KEY(cx->heap, lastIndex), js_int32(0));
}

/* All matches of a pristine global regexp in turn: the loop that match, replace and their likes share. */
typedef struct MatchScan {
  JsRegExpProgram *compiled;
  JsString *str;
  int64_t next; /* where to look */
  RegExpCaptures captures;
} MatchScan;

static bool scan_begin(JsContext *cx, MatchScan *scan, JsRegExp *regexp, JsString *str)
{
  scan->compiled = TRY_OR(false, regexp_program(cx, regexp));
  scan->str = str;
  scan->next = 0;
  return reset_last_index(cx, &regexp->obj) && captures_init(cx, &scan->captures, scan->compiled->group_count);
}

static bool scan_next(JsContext *cx, MatchScan *scan, bool *matched)
{
  *matched = false;
  if (scan->next > scan->str->length)
    return true;
  uint32_t flags = scan->compiled->flags;
  TRY_OR(false, regexp_match(cx, scan->compiled, scan->str, (uint32_t)scan->next, flags & REGEXP_STICKY,
                             scan->captures.at, matched));
  if (*matched) {
    const int32_t *at = scan->captures.at;
    scan->next = at[1] > at[0] ? at[1] : advance_string_index(cx, scan->str, at[1], is_full_unicode(flags));
  }
  return true;
}

/* --- match
 * -------------------------------------------------------------------------------------------------------------------
 */

static JsValue match_all_directly(JsContext *cx, JsRegExp *regexp, JsString *str)
{
  MatchScan scan;
  TRY(scan_begin(cx, &scan, regexp, str));
  JsArray *result = NULL;
  for (bool matched;;) {
    TRY(scan_next(cx, &scan, &matched));
    if (!matched)
      return result ? js_from_object(&result->obj) : JS_NULL;
    const int32_t *at = scan.captures.at;
    JsString *match = string_substring(cx->heap, str, (uint32_t)at[0], (uint32_t)at[1]);
    if (!result)
      result = TRY(array_new(cx, 8));
    TRY(array_push_direct(cx, result, js_from_cell(match)));
  }
}

/* RegExp.prototype [ %Symbol.match% ] ( string )  ecma262#sec-regexp.prototype-%symbol.match% */
JsValue regexp_proto_match(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_receiver(cx, this_val, "RegExp.prototype.@@match");
  JsObject *obj = js_as_object(this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  if (regexp_is_pristine(cx, obj)) {
    if (ptr_slot_get(((JsRegExp *)obj)->compiled)->flags & REGEXP_GLOBAL)
      return match_all_directly(cx, (JsRegExp *)obj, str);
    return regexp_builtin_exec(cx, (JsRegExp *)obj, str);
  }
  JsString *flags = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(cx->heap, flags)))));
  if (!flag_in(cx, flags, 'g'))
    return regexp_exec_method(cx, obj, str);
  bool full_unicode = flag_in(cx, flags, 'u') || flag_in(cx, flags, 'v');
  TRY(reset_last_index(cx, obj));
  JsArray *matches = TRY(array_new(cx, 0));
  for (;;) {
    JsValue result = TRY(regexp_exec_method(cx, obj, str));
    if (js_is_null(result))
      return matches->length ? js_from_object(&matches->obj) : JS_NULL;
    JsValue first = TRY(get_index(cx, js_as_object(result), 0));
    JsString *match = TRY(to_string(cx, first));
    TRY(array_push_direct(cx, matches, js_from_cell(match)));
    if (!match->length)
      TRY(advance_last_index(cx, obj, str, full_unicode));
  }
}

/* --- matchAll ---------------------------------------------------------------------------------------------------- */

/* RegExp.prototype [ %Symbol.matchAll% ] ( string )  ecma262#sec-regexp-prototype-%symbol.matchall% */
JsValue regexp_proto_match_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  if (!js_is_object(this_val))
    return throw_receiver(cx, this_val, "RegExp.prototype.@@matchAll");
  JsObject *obj = js_as_object(this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsObject *ctor = TRY(species_constructor(cx, obj, INTRINSIC_OBJECT(cx, REGEXP)));
  JsString *flags = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(heap, flags)))));
  JsValue args[2] = {this_val, js_from_cell(flags)};
  JsObject *matcher = js_as_object(TRY(js_construct(cx, ctor, 2, args, ctor)));
  int64_t last_index;
  TRY(to_length(cx, TRY(get_property(cx, obj, KEY(heap, lastIndex))), &last_index));
  TRY(set_property(cx, matcher, KEY(heap, lastIndex), js_number_i64(last_index)));

  /* CreateRegExpStringIterator ( R, S, global, fullUnicode )  ecma262#sec-createregexpstringiterator */
  JsRegExpStringIterator *iterator =
      (JsRegExpStringIterator *)TRY(object_new_kind(cx, CELL_REGEXP_STRING_ITERATOR, sizeof(JsRegExpStringIterator),
                                                    INTRINSIC_OBJECT(cx, REGEXP_STRING_ITERATOR_PROTOTYPE)));
  ptr_slot_set(heap, iterator, &iterator->matcher, matcher);
  ptr_slot_set(heap, iterator, &iterator->str, str);
  iterator->global = flag_in(cx, flags, 'g');
  iterator->unicode = flag_in(cx, flags, 'u') || flag_in(cx, flags, 'v');
  return js_from_object(&iterator->obj);
}

void regexp_string_iterator_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsRegExpStringIterator) == 48, "update regexp_string_iterator_trace()");
void regexp_string_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  JsRegExpStringIterator *iterator = (JsRegExpStringIterator *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, iterator->matcher);
  gc_trace_ptr(tracer, iterator->str);
}

/* %RegExpStringIteratorPrototype%.next ( )  ecma262#sec-%regexpstringiteratorprototype%.next */
static JsValue regexp_string_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsRegExpStringIterator *iterator = (JsRegExpStringIterator *)TRY(
      this_kind(cx, this_val, CELL_REGEXP_STRING_ITERATOR, "%RegExpStringIterator%.prototype.next"));
  JsObject *matcher = ptr_slot_get(iterator->matcher);
  if (!matcher)
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  JsString *str = ptr_slot_get(iterator->str);
  JsValue result = TRY(regexp_exec_method(cx, matcher, str));
  if (js_is_null(result)) {
    ptr_slot_init(&iterator->matcher, NULL);
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  }
  if (!iterator->global) {
    ptr_slot_init(&iterator->matcher, NULL);
    return create_iter_result_object(cx, result, false);
  }
  JsString *match = TRY(to_string(cx, TRY(get_index(cx, js_as_object(result), 0))));
  if (!match->length)
    TRY(advance_last_index(cx, matcher, str, iterator->unicode));
  return create_iter_result_object(cx, result, false);
}

/* --- replace ----------------------------------------------------------------------------------------------------- */

static bool add_replacement(JsContext *cx, StringBuilder *out, JsRegExpProgram *compiled, JsString *str,
                            const int32_t *captures, JsString *replacement)
{
  const Substitution sub = {.str = str,
                            .position = (uint32_t)captures[0],
                            .matched_length = (uint32_t)(captures[1] - captures[0]),
                            .count = compiled->group_count - 1,
                            .ranges = captures,
                            .compiled = compiled};
  return get_substitution(cx, out, &sub, replacement);
}

/* FAST: replacement by a template, nothing of which runs user code. */
static JsValue replace_with_text(JsContext *cx, JsRegExp *regexp, JsString *str, JsString *replacement)
{
  StringView text = string_view(cx->heap, str), plain = string_view(cx->heap, replacement);
  bool is_template = string_has_unit(plain, '$'), global = ptr_slot_get(regexp->compiled)->flags & REGEXP_GLOBAL;
  MatchScan scan;
  StringBuilder out;
  uint32_t done = 0;
  bool matched, any = false;
  if (global)
    TRY(scan_begin(cx, &scan, regexp, str));
  builder_init(&out, cx);
  do {
    bool ok = global ? scan_next(cx, &scan, &matched)
                     : regexp_builtin_exec_raw(cx, regexp, str, &scan.captures, &scan.compiled, &matched);
    if (ok && matched) {
      const int32_t *at = scan.captures.at;
      any = true;
      builder_add_view(&out, view_part(text, done, (uint32_t)at[0]));
      done = (uint32_t)at[1];
      if (is_template)
        ok = add_replacement(cx, &out, scan.compiled, str, at, replacement);
      else
        builder_add_view(&out, plain);
    }
    if (!ok) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
  } while (global && matched && !out.failed);
  if (!any) {
    builder_discard(&out);
    return js_from_cell(str);
  }
  builder_add_view(&out, view_part(text, done, text.length));
  js_keep_alive(js_from_cell(replacement));
  return js_from_cell(TRY(builder_finish(&out)));
}

/* Calls the replacing function for a match: captures, position, string and groups. NULL: exception. */
static JsString *call_replacer(JsContext *cx, JsValue fn, JsValue result, JsString *str)
{
  JsArray *array = js_as_array(result);
  JsElements *values = ptr_slot_get(array->obj.elements);
  JsShape *shape = object_shape(cx->heap, &array->obj);
  JsValue position = slot_get(*object_slot(shape, &array->obj, 0)),
          groups = slot_get(*object_slot(shape, &array->obj, 2));
  JsElements *args = elements_new(cx->heap, values->length + 3);
  if (!args) {
    throw_out_of_memory(cx);
    return NULL;
  }
  uint32_t count = values->length;
  for (uint32_t k = 0; k < count; k++)
    slot_set(cx->heap, args, &args->v[k], slot_get(values->v[k]));
  slot_set(cx->heap, args, &args->v[count++], position);
  slot_set(cx->heap, args, &args->v[count++], js_from_cell(str));
  if (!js_is_undefined(groups))
    slot_set(cx->heap, args, &args->v[count++], groups);
  args->length = count;
  JsValue text = js_call(cx, fn, JS_UNDEFINED, (int)count, (const JsValue *)args->v);
  js_keep_alive(js_from_cell(args));
  return js_is_exception(text) ? NULL : to_string(cx, text);
}

/* FAST: replacement by a function. All matches come first, as the specification has it: the function may change the
 * regexp. */
static JsValue replace_with_function(JsContext *cx, JsRegExp *regexp, JsString *str, JsValue fn)
{
  bool global = ptr_slot_get(regexp->compiled)->flags & REGEXP_GLOBAL, matched = false;
  JsElements *results = elements_new(cx->heap, global ? 16 : 1);
  if (!results)
    return throw_out_of_memory(cx);
  MatchScan scan;
  if (global)
    TRY(scan_begin(cx, &scan, regexp, str));
  do {
    if (global)
      TRY(scan_next(cx, &scan, &matched));
    else
      TRY(regexp_builtin_exec_raw(cx, regexp, str, &scan.captures, &scan.compiled, &matched));
    if (matched) {
      JsValue result = TRY(regexp_make_result(cx, scan.compiled, str, scan.captures.at));
      results = TRY(elements_push(cx, results, result));
    }
  } while (global && matched);
  if (!results->length)
    return js_from_cell(str);

  StringView text = string_view(cx->heap, str);
  StringBuilder out;
  uint32_t done = 0;
  builder_init(&out, cx);
  for (uint32_t k = 0; k < results->length && !out.failed; k++) {
    JsValue result = slot_get(results->v[k]);
    JsObject *array = js_as_object(result);
    uint32_t position = (uint32_t)js_as_int32(slot_get(*object_slot(object_shape(cx->heap, array), array, 0)));
    uint32_t length = js_as_string(slot_get(ptr_slot_get(array->elements)->v[0]))->length;
    JsString *replacement = call_replacer(cx, fn, result, str);
    if (!replacement) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    builder_add_view(&out, view_part(text, done, position));
    builder_add_string(&out, replacement);
    done = position + length;
  }
  builder_add_view(&out, view_part(text, done, text.length));
  js_keep_alive(js_from_cell(str));
  return js_from_cell(TRY(builder_finish(&out)));
}

/* The general form's step for one result: replacement text appended, *next_position moved. */
static bool replace_one(JsContext *cx, StringBuilder *out, JsObject *result, JsString *str, JsValue replace_value,
                        uint32_t *next_position)
{
  JsHeap *heap = cx->heap;
  int64_t length;
  TRY_OR(false, length_of_array_like(cx, result, &length));
  int64_t capture_count = length > 1 ? length - 1 : 0;
  JsString *matched = TRY_OR(false, to_string(cx, TRY_OR(false, get_index(cx, result, 0))));
  double position;
  TRY_OR(false, to_integer_or_infinity(cx, TRY_OR(false, get_property(cx, result, KEY(heap, index))), &position));
  position = position < 0 ? 0 : position > str->length ? str->length : position;

  /* matched, captures, position, str, groups: what a function is called with */
  JsElements *args = elements_new(heap, 8);
  if (!args) {
    throw_out_of_memory(cx);
    return false;
  }
  args = TRY_OR(false, elements_push(cx, args, js_from_cell(matched)));
  for (int64_t n = 1; n <= capture_count; n++) {
    JsValue capture = TRY_OR(false, get_index(cx, result, n));
    if (!js_is_undefined(capture))
      capture = js_from_cell(TRY_OR(false, to_string(cx, capture)));
    args = TRY_OR(false, elements_push(cx, args, capture));
  }
  JsValue named = TRY_OR(false, get_property(cx, result, KEY(heap, groups)));
  bool take = position >= *next_position;
  StringView text = string_view(heap, str);
  if (js_is_callable(replace_value)) {
    args = TRY_OR(false, elements_push(cx, args, js_number(position)));
    args = TRY_OR(false, elements_push(cx, args, js_from_cell(str)));
    if (!js_is_undefined(named))
      args = TRY_OR(false, elements_push(cx, args, named));
    JsValue val = TRY_OR(false, js_call(cx, replace_value, JS_UNDEFINED, (int)args->length, (const JsValue *)args->v));
    js_keep_alive(js_from_cell(args));
    JsString *replacement = TRY_OR(false, to_string(cx, val));
    if (take) {
      builder_add_view(out, view_part(text, *next_position, (uint32_t)position));
      builder_add_string(out, replacement);
    }
  } else {
    if (!js_is_undefined(named))
      named = js_from_object(TRY_OR(false, to_object(cx, named)));
    Substitution sub = {.str = str,
                        .position = (uint32_t)position,
                        .matched_length = matched->length,
                        .matched = matched,
                        .count = (uint32_t)capture_count,
                        .values = args->v + 1,
                        .named = named};
    StringBuilder piece; /* apart: the text is wanted whether or not it is taken */
    builder_init(&piece, cx);
    if (!get_substitution(cx, &piece, &sub, js_as_string(replace_value))) {
      builder_discard(&piece);
      return false;
    }
    js_keep_alive(js_from_cell(args));
    JsString *replacement = TRY_OR(false, builder_finish(&piece));
    if (take) {
      builder_add_view(out, view_part(text, *next_position, (uint32_t)position));
      builder_add_string(out, replacement);
    }
  }
  if (take)
    *next_position = (uint32_t)position + matched->length;
  return true;
}

static JsValue replace_generally(JsContext *cx, JsObject *obj, JsString *str, JsValue replace_value)
{
  JsHeap *heap = cx->heap;
  JsString *flags = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(heap, flags)))));
  bool global = flag_in(cx, flags, 'g'), full_unicode = flag_in(cx, flags, 'u') || flag_in(cx, flags, 'v');
  if (global)
    TRY(reset_last_index(cx, obj));
  JsElements *results = elements_new(heap, 4);
  if (!results)
    return throw_out_of_memory(cx);
  for (;;) {
    JsValue result = TRY(regexp_exec_method(cx, obj, str));
    if (js_is_null(result))
      break;
    results = TRY(elements_push(cx, results, result));
    if (!global)
      break;
    JsString *match = TRY(to_string(cx, TRY(get_index(cx, js_as_object(result), 0))));
    if (!match->length)
      TRY(advance_last_index(cx, obj, str, full_unicode));
  }
  StringBuilder out;
  uint32_t next_position = 0;
  builder_init(&out, cx);
  for (uint32_t k = 0; k < results->length; k++) {
    if (!replace_one(cx, &out, js_as_object(slot_get(results->v[k])), str, replace_value, &next_position)) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
  }
  if (next_position < str->length)
    builder_add_view(&out, view_part(string_view(heap, str), next_position, str->length));
  js_keep_alive(js_from_cell(str));
  return js_from_cell(TRY(builder_finish(&out)));
}

/* RegExp.prototype [ %Symbol.replace% ] ( string, replaceValue )  ecma262#sec-regexp.prototype-%symbol.replace% */
JsValue regexp_proto_replace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_receiver(cx, this_val, "RegExp.prototype.@@replace");
  JsObject *obj = js_as_object(this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsValue replace_value = js_arg(argc, argv, 1);
  if (!js_is_callable(replace_value))
    replace_value = js_from_cell(TRY(to_string(cx, replace_value)));
  if (!regexp_is_pristine(cx, obj))
    return replace_generally(cx, obj, str, replace_value);
  if (js_is_callable(replace_value))
    return replace_with_function(cx, (JsRegExp *)obj, str, replace_value);
  return replace_with_text(cx, (JsRegExp *)obj, str, js_as_string(replace_value));
}

/* --- search ------------------------------------------------------------------------------------------------------ */

/* RegExp.prototype [ %Symbol.search% ] ( string )  ecma262#sec-regexp.prototype-%symbol.search% */
JsValue regexp_proto_search(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  if (!js_is_object(this_val))
    return throw_receiver(cx, this_val, "RegExp.prototype.@@search");
  JsObject *obj = js_as_object(this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  if (regexp_is_pristine(cx, obj)) { /* FAST: lastIndex is put back in the end */
    JsRegExpProgram *compiled = TRY(regexp_program(cx, (JsRegExp *)obj));
    RegExpCaptures captures;
    bool matched;
    TRY(captures_init(cx, &captures, compiled->group_count));
    TRY(regexp_match(cx, compiled, str, 0, compiled->flags & REGEXP_STICKY, captures.at, &matched));
    return js_int32(matched ? captures.at[0] : -1);
  }
  JsValue previous = TRY(get_property(cx, obj, KEY(heap, lastIndex)));
  if (!same_value(heap, previous, js_int32(0)))
    TRY(reset_last_index(cx, obj));
  JsValue result = TRY(regexp_exec_method(cx, obj, str));
  JsValue current = TRY(get_property(cx, obj, KEY(heap, lastIndex)));
  if (!same_value(heap, current, previous))
    TRY(set_property(cx, obj, KEY(heap, lastIndex), previous));
  return js_is_null(result) ? js_int32(-1) : get_property(cx, js_as_object(result), KEY(heap, index));
}

/* --- split
 * -------------------------------------------------------------------------------------------------------------------
 */

static bool push_part(JsContext *cx, JsArray *array, JsString *str, uint32_t from, uint32_t to)
{
  return array_push_direct(cx, array, js_from_cell(string_substring(cx->heap, str, from, to)));
}

/* FAST: the splitter would be a fresh copy. Instead of trying each index with y, the next match is searched. */
static JsValue split_directly(JsContext *cx, JsRegExpProgram *compiled, JsString *str, uint32_t limit)
{
  JsArray *array = TRY(array_new(cx, 4));
  RegExpCaptures captures;
  bool matched;
  if (!limit)
    return js_from_object(&array->obj);
  TRY(captures_init(cx, &captures, compiled->group_count));
  uint32_t size = str->length, piece = 0;
  int64_t look = 0;
  if (!size) {
    TRY(regexp_match(cx, compiled, str, 0, true, captures.at, &matched));
    if (!matched)
      TRY(array_push_direct(cx, array, js_from_cell(str)));
    return js_from_object(&array->obj);
  }
  while (look < size) {
    TRY(regexp_match(cx, compiled, str, (uint32_t)look, false, captures.at, &matched));
    if (!matched || (uint32_t)captures.at[0] >= size)
      break;
    uint32_t from = (uint32_t)captures.at[0], to = (uint32_t)captures.at[1];
    if (to == piece) { /* empty, where the piece begins */
      look = advance_string_index(cx, str, from > look ? from : look, is_full_unicode(compiled->flags));
      continue;
    }
    TRY(push_part(cx, array, str, piece, from));
    piece = to;
    if (array->length == limit)
      return js_from_object(&array->obj);
    for (uint32_t k = 1; k < compiled->group_count; k++) {
      int32_t start = captures.at[2 * k], end = captures.at[2 * k + 1];
      if (start < 0)
        TRY(array_push_direct(cx, array, JS_UNDEFINED));
      else
        TRY(push_part(cx, array, str, (uint32_t)start, (uint32_t)end));
      if (array->length == limit)
        return js_from_object(&array->obj);
    }
    look = to;
  }
  TRY(push_part(cx, array, str, piece, size));
  return js_from_object(&array->obj);
}

static bool to_limit(JsContext *cx, JsValue limit, uint32_t *out)
{
  *out = UINT32_MAX;
  return js_is_undefined(limit) || to_uint32(cx, limit, out);
}

/* One splitting match at index `at`, ending at `end`: the piece and the captures. *full: the limit is reached. */
static bool split_step(JsContext *cx, JsArray *array, JsObject *result, JsString *str, uint32_t piece, uint32_t at,
                       uint32_t limit, bool *full)
{
  TRY_OR(false, push_part(cx, array, str, piece, at));
  *full = array->length == limit;
  if (*full)
    return true;
  int64_t length;
  TRY_OR(false, length_of_array_like(cx, result, &length));
  for (int64_t k = 1; k < length; k++) {
    JsValue capture = TRY_OR(false, get_index(cx, result, k));
    TRY_OR(false, array_push_direct(cx, array, capture));
    *full = array->length == limit;
    if (*full)
      return true;
  }
  return true;
}

static JsValue split_generally(JsContext *cx, JsObject *obj, JsString *str, JsValue limit_value)
{
  JsHeap *heap = cx->heap;
  JsObject *ctor = TRY(species_constructor(cx, obj, INTRINSIC_OBJECT(cx, REGEXP)));
  JsString *flags = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(heap, flags)))));
  bool full_unicode = flag_in(cx, flags, 'u') || flag_in(cx, flags, 'v');
  if (!flag_in(cx, flags, 'y'))
    flags = TRY(string_concat(cx, flags, string_from_unit(heap, 'y')));
  JsValue args[2] = {js_from_object(obj), js_from_cell(flags)};
  JsObject *splitter = js_as_object(TRY(js_construct(cx, ctor, 2, args, ctor)));
  JsArray *array = TRY(array_new(cx, 4));
  uint32_t limit, size = str->length, piece = 0;
  TRY(to_limit(cx, limit_value, &limit));
  if (!limit)
    return js_from_object(&array->obj);
  if (!size) {
    JsValue result = TRY(regexp_exec_method(cx, splitter, str));
    if (js_is_null(result))
      TRY(array_push_direct(cx, array, js_from_cell(str)));
    return js_from_object(&array->obj);
  }
  for (int64_t at = 0; at < size;) {
    TRY(set_property(cx, splitter, KEY(heap, lastIndex), js_number_i64(at)));
    JsValue result = TRY(regexp_exec_method(cx, splitter, str));
    int64_t end = 0;
    if (!js_is_null(result)) {
      TRY(to_length(cx, TRY(get_property(cx, splitter, KEY(heap, lastIndex))), &end));
      end = end > size ? size : end;
    }
    if (js_is_null(result) || end == piece) {
      at = advance_string_index(cx, str, at, full_unicode);
      continue;
    }
    bool full;
    TRY(split_step(cx, array, js_as_object(result), str, piece, (uint32_t)at, limit, &full));
    if (full)
      return js_from_object(&array->obj);
    at = piece = (uint32_t)end;
  }
  TRY(push_part(cx, array, str, piece, size));
  return js_from_object(&array->obj);
}

/* RegExp.prototype [ %Symbol.split% ] ( string, limit )  ecma262#sec-regexp.prototype-%symbol.split% */
JsValue regexp_proto_split(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_receiver(cx, this_val, "RegExp.prototype.@@split");
  JsObject *obj = js_as_object(this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsValue limit_value = js_arg(argc, argv, 1);
  if (!regexp_species_is_pristine(cx, obj))
    return split_generally(cx, obj, str, limit_value);
  /* The copy is made before the limit's valueOf. */
  JsRegExpProgram *compiled = TRY(regexp_program(cx, (JsRegExp *)obj));
  uint32_t limit;
  TRY(to_limit(cx, limit_value, &limit));
  return split_directly(cx, compiled, str, limit);
}

/* --- the iterator's table ---------------------------------------------------------------------------------------- */

static const JsBuiltin regexp_string_iterator_proto[] = {
    FN("next", regexp_string_iterator_next, 0),
    STRING_SYM(toStringTag, "RegExp String Iterator"),
};

const JsIntrinsicTable regexp_string_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                                 .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                                 .prototype = -1,
                                                                 .constructor = -1,
                                                                 ROWS(regexp_string_iterator_proto)};
