// SPDX-License-Identifier: MIT
/*
 * String: constructor, statics, and the prototype's methods for characters and pieces (ecma262#sec-string-objects).
 * Searching and replacing are in string_search.c, case, white space, normal forms and order in string_case.c, Annex B's
 * HTML methods and the iterator in string_iterator.c.
 */
#include "builtins/string.h"
#include "unicode/unicode.h"

#include <math.h>
#include <string.h>

JsString *this_string(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_likely(js_is_string(this_val)))
    return js_as_string(this_val);
  if (js_is_nullish(this_val)) {
    throw_error(cx, JS_MSG_CALLED_ON_NULLISH, method);
    return NULL;
  }
  return to_string(cx, this_val);
}

bool clamped_argument(JsContext *cx, JsValue val, uint32_t max, uint32_t missing, uint32_t *out)
{
  if (js_likely(js_is_int32(val))) {
    int32_t integer = js_as_int32(val);
    *out = integer < 0 ? 0 : (uint32_t)integer < max ? (uint32_t)integer : max;
    return true;
  }
  if (js_is_undefined(val)) {
    *out = missing;
    return true;
  }
  double integer;
  TRY_OR(false, to_integer_or_infinity(cx, val, &integer));
  *out = integer < 0 ? 0 : integer < max ? (uint32_t)integer : max;
  return true;
}

/* An index counted from the end when negative: 0 .. length. */
static bool relative_argument(JsContext *cx, JsValue val, uint32_t length, uint32_t missing, uint32_t *out)
{
  double integer;
  if (js_is_undefined(val)) {
    *out = missing;
    return true;
  }
  TRY_OR(false, to_integer_or_infinity(cx, val, &integer));
  if (integer < 0)
    integer += length;
  *out = integer < 0 ? 0 : integer < length ? (uint32_t)integer : length;
  return true;
}

/* --- constructor and statics ------------------------------------------------------------------------------------- */

/* String ( value )  ecma262#sec-string-constructor-string-value */
static JsValue string_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx);
  JsString *str;
  if (argc == 0)
    str = string_empty(cx->heap);
  else if (js_is_undefined(new_target) && js_is_symbol(argv[0]))
    return js_from_cell(symbol_descriptive_string(cx->heap, js_as_symbol(argv[0])));
  else
    str = TRY(to_string(cx, argv[0]));
  if (js_is_undefined(new_target))
    return js_from_cell(str);
  JsPrimitiveWrapper *wrapper = (JsPrimitiveWrapper *)TRY(ordinary_create_from_constructor(
      cx, new_target, JS_INTRINSIC_STRING_PROTOTYPE, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper)));
  slot_set(cx->heap, wrapper, &wrapper->primitive, js_from_cell(str));
  return js_from_object(&wrapper->obj);
}

/* String.fromCharCode ( ...codeUnits )  ecma262#sec-string.fromcharcode */
static JsValue string_from_char_code(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (argc == 1 && js_is_int32(argv[0]))
    return js_from_cell(string_from_unit(cx->heap, (uint16_t)js_as_int32(argv[0])));
  StringBuilder out;
  builder_init(&out, cx);
  for (int k = 0; k < argc; k++) {
    uint32_t unit;
    if (!to_uint32(cx, argv[k], &unit)) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    builder_add_unit(&out, (uint16_t)unit);
  }
  return js_from_cell(TRY(builder_finish(&out)));
}

/* String.fromCodePoint ( ...codePoints )  ecma262#sec-string.fromcodepoint */
static JsValue string_from_code_point_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StringBuilder out;
  builder_init(&out, cx);
  for (int k = 0; k < argc; k++) {
    double cp;
    bool ok = to_number_double(cx, argv[k], &cp);
    if (ok && !(cp >= 0 && cp <= UNICODE_MAX && cp == trunc(cp))) {
      throw_error(cx, JS_MSG_INVALID_CODE_POINT, number_to_string(cx->heap, cp));
      ok = false;
    }
    if (!ok) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    builder_add_code_point(&out, (uint32_t)cp);
  }
  return js_from_cell(TRY(builder_finish(&out)));
}

/* String.raw ( template, ...substitutions )  ecma262#sec-string.raw */
static JsValue string_raw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *cooked = TRY(to_object(cx, js_arg(argc, argv, 0)));
  JsObject *literals = TRY(to_object(cx, TRY(get_property(cx, cooked, KEY(cx->heap, raw)))));
  int64_t length;
  TRY(length_of_array_like(cx, literals, &length));
  JsString *result = string_empty(cx->heap);
  for (int64_t k = 0; k < length; k++) {
    JsString *literal = TRY(to_string(cx, TRY(get_index(cx, literals, k))));
    result = TRY(string_concat(cx, result, literal));
    if (k + 1 < length && k + 1 < argc) {
      JsString *substitution = TRY(to_string(cx, argv[k + 1]));
      result = TRY(string_concat(cx, result, substitution));
    }
    TRY(js_poll(cx, 1));
  }
  return js_from_cell(result);
}

/* --- characters -------------------------------------------------------------------------------------------------- */

/* A position argument as an index; false in *inside when it is outside the string. */
static bool position_argument(JsContext *cx, JsValue val, const JsString *str, uint32_t *index, bool *inside)
{
  double position;
  if (js_likely(js_is_int32(val)))
    position = js_as_int32(val);
  else
    TRY_OR(false, to_integer_or_infinity(cx, val, &position));
  *inside = position >= 0 && position < str->length;
  *index = *inside ? (uint32_t)position : 0;
  return true;
}

/* String.prototype.at ( index )  ecma262#sec-string.prototype.at */
static JsValue string_proto_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.at"));
  double index;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &index));
  if (index < 0)
    index += str->length;
  if (index < 0 || index >= str->length)
    return JS_UNDEFINED;
  return js_from_cell(string_from_unit(cx->heap, string_unit_at(cx->heap, str, (uint32_t)index)));
}

/* String.prototype.charAt ( pos )  ecma262#sec-string.prototype.charat */
static JsValue string_proto_char_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.charAt"));
  uint32_t index;
  bool inside;
  TRY(position_argument(cx, js_arg(argc, argv, 0), str, &index, &inside));
  if (!inside)
    return js_from_cell(string_empty(cx->heap));
  return js_from_cell(string_from_unit(cx->heap, string_unit_at(cx->heap, str, index)));
}

/* String.prototype.charCodeAt ( pos )  ecma262#sec-string.prototype.charcodeat */
static JsValue string_proto_char_code_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.charCodeAt"));
  uint32_t index;
  bool inside;
  TRY(position_argument(cx, js_arg(argc, argv, 0), str, &index, &inside));
  return inside ? js_int32(string_unit_at(cx->heap, str, index)) : js_double(NAN);
}

/* String.prototype.codePointAt ( pos )  ecma262#sec-string.prototype.codepointat */
static JsValue string_proto_code_point_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.codePointAt"));
  uint32_t index;
  bool inside;
  TRY(position_argument(cx, js_arg(argc, argv, 0), str, &index, &inside));
  if (!inside)
    return JS_UNDEFINED;
  uint32_t unit = string_unit_at(cx->heap, str, index);
  if (unicode_is_lead_surrogate(unit) && index + 1 < str->length) {
    uint32_t trail = string_unit_at(cx->heap, str, index + 1);
    if (unicode_is_trail_surrogate(trail))
      return js_int32((int32_t)unicode_join_surrogates(unit, trail));
  }
  return js_int32((int32_t)unit);
}

/* Index of the first lone surrogate at or behind `from`, or length. */
static uint32_t find_lone_surrogate(StringView view, uint32_t from)
{
  if (!view.is_wide)
    return view.length;
  const uint16_t *units = view.units;
  for (uint32_t k = from; k < view.length; k++) {
    if (!unicode_is_surrogate(units[k]))
      continue;
    if (unicode_is_trail_surrogate(units[k]) || k + 1 == view.length || !unicode_is_trail_surrogate(units[k + 1]))
      return k;
    k++;
  }
  return view.length;
}

/* String.prototype.isWellFormed ( )  ecma262#sec-string.prototype.iswellformed */
static JsValue string_proto_is_well_formed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.isWellFormed"));
  return js_boolean(find_lone_surrogate(string_view(cx->heap, str), 0) == str->length);
}

/* String.prototype.toWellFormed ( )  ecma262#sec-string.prototype.towellformed */
static JsValue string_proto_to_well_formed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.toWellFormed"));
  StringView view = string_view(cx->heap, str);
  uint32_t lone = find_lone_surrogate(view, 0);
  if (lone == view.length)
    return js_from_cell(str);
  uint16_t *units;
  JsString *copy = string_alloc_wide(cx->heap, view.length, &units);
  if (!copy)
    return throw_out_of_memory(cx);
  memcpy(units, view.units, (size_t)view.length * 2);
  js_keep_alive(js_from_cell(str));
  for (; lone < view.length; lone = find_lone_surrogate((StringView){units, view.length, true}, lone + 1))
    units[lone] = 0xFFFD;
  return js_from_cell(copy);
}

/* --- pieces
 * -------------------------------------------------------------------------------------------------------------------
 */

/* String.prototype.concat ( ...args )  ecma262#sec-string.prototype.concat */
static JsValue string_proto_concat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *result = TRY(this_string(cx, this_val, "String.prototype.concat"));
  for (int k = 0; k < argc; k++) {
    JsString *next = TRY(to_string(cx, argv[k]));
    result = TRY(string_concat(cx, result, next));
  }
  return js_from_cell(result);
}

/* String.prototype.slice ( start, end )  ecma262#sec-string.prototype.slice */
static JsValue string_proto_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.slice"));
  uint32_t from, to;
  TRY(relative_argument(cx, js_arg(argc, argv, 0), str->length, 0, &from));
  TRY(relative_argument(cx, js_arg(argc, argv, 1), str->length, str->length, &to));
  return js_from_cell(from < to ? string_substring(cx->heap, str, from, to) : string_empty(cx->heap));
}

/* String.prototype.substring ( start, end )  ecma262#sec-string.prototype.substring */
static JsValue string_proto_substring(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.substring"));
  uint32_t from, to;
  TRY(clamped_argument(cx, js_arg(argc, argv, 0), str->length, 0, &from));
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, str->length, &to));
  return js_from_cell(from < to ? string_substring(cx->heap, str, from, to)
                                : string_substring(cx->heap, str, to, from));
}

/* String.prototype.substr ( start, length )  ecma262#sec-string.prototype.substr */
static JsValue string_proto_substr(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.substr"));
  uint32_t from, length;
  TRY(relative_argument(cx, js_arg(argc, argv, 0), str->length, 0, &from));
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, str->length, &length));
  if (length > str->length - from)
    length = str->length - from;
  return js_from_cell(string_substring(cx->heap, str, from, from + length));
}

/* `count` units of filler, repeated from its beginning. */
static void add_repeated(StringBuilder *out, StringView filler, uint32_t count)
{
  for (; count >= filler.length; count -= filler.length)
    builder_add_view(out, filler);
  builder_add_view(out, view_slice(filler, 0, count));
}

/* StringPad  ecma262#sec-stringpaddingbuiltinsimpl; magic 1: padStart */
static JsValue string_proto_pad(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool at_start = js_callee_magic(cx);
  JsString *str = TRY(this_string(cx, this_val, at_start ? "String.prototype.padStart" : "String.prototype.padEnd"));
  int64_t length;
  TRY(to_length(cx, js_arg(argc, argv, 0), &length));
  if (length <= str->length)
    return js_from_cell(str);
  JsValue fill_value = js_arg(argc, argv, 1);
  JsString *filler = js_is_undefined(fill_value) ? string_from_unit(cx->heap, ' ') : TRY(to_string(cx, fill_value));
  if (!filler->length)
    return js_from_cell(str);
  if (length > JS_MAX_STRING_LENGTH)
    return throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
  StringView fill = string_view(cx->heap, filler), text = string_view(cx->heap, str);
  StringBuilder out;
  builder_init(&out, cx);
  if (!at_start)
    builder_add_view(&out, text);
  add_repeated(&out, fill, (uint32_t)(length - str->length));
  if (at_start)
    builder_add_view(&out, text);
  js_keep_alive(js_from_cell(filler));
  js_keep_alive(js_from_cell(str));
  return js_from_cell(TRY(builder_finish(&out)));
}

/* Doubles what is there until `size` bytes are filled; the first `unit` bytes are given. */
static void fill_by_doubling(char *bytes, size_t unit, size_t size)
{
  for (size_t done = unit; done < size;) {
    size_t chunk = done < size - done ? done : size - done;
    memcpy(bytes + done, bytes, chunk);
    done += chunk;
  }
}

/* String.prototype.repeat ( count )  ecma262#sec-string.prototype.repeat */
static JsValue string_proto_repeat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.repeat"));
  double count;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &count));
  if (count < 0 || isinf(count))
    return throw_error(cx, JS_MSG_INVALID_COUNT, number_to_string(cx->heap, count));
  if (count == 0 || !str->length)
    return js_from_cell(string_empty(cx->heap));
  if (count == 1)
    return js_from_cell(str);
  if (count * str->length > JS_MAX_STRING_LENGTH)
    return throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
  StringView view = string_view(cx->heap, str);
  size_t length = (size_t)count * view.length;
  JsString *result;
  if (view.is_wide) {
    uint16_t *units;
    result = string_alloc_wide(cx->heap, length, &units);
    if (!result)
      return throw_out_of_memory(cx);
    memcpy(units, view.units, (size_t)view.length * 2);
    fill_by_doubling((char *)units, (size_t)view.length * 2, length * 2);
  } else {
    uint8_t *units;
    result = string_alloc_latin1(cx->heap, length, &units);
    if (!result)
      return throw_out_of_memory(cx);
    memcpy(units, view.units, view.length);
    fill_by_doubling((char *)units, view.length, length);
  }
  js_keep_alive(js_from_cell(str));
  return js_from_cell(result);
}

/* ThisStringValue  ecma262#sec-thisstringvalue; magic 1: valueOf */
static JsValue string_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_string(this_val))
    return this_val;
  if (js_is_kind(this_val, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(this_val))->primitive);
    if (js_is_string(primitive))
      return primitive;
  }
  return throw_error(cx, JS_MSG_THIS_NOT_STRING, js_callee_magic(cx) ? "valueOf" : "toString");
}

/* --- tables
 * --------------------------------------------------------------------------------------------------------------------
 */

static const JsBuiltin string_static[] = {
    FN("fromCharCode", string_from_char_code, 1),
    FN("fromCodePoint", string_from_code_point_fn, 1),
    FN("raw", string_raw, 1),
};

const JsIntrinsicTable string_constructor_table = {CONSTRUCTOR_TABLE("String", string_constructor, 1, STRING_PROTOTYPE),
                                                   ROWS(string_static)};

/* %String.prototype% is a String object itself, of "". */
static JsObject *make_string_prototype(JsContext *cx)
{
  JsPrimitiveWrapper *proto =
      (JsPrimitiveWrapper *)TRY_OR(NULL, object_new_kind(cx, CELL_PRIMITIVE_WRAPPER, sizeof(JsPrimitiveWrapper),
                                                         INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE)));
  slot_set(cx->heap, proto, &proto->primitive, js_from_cell(string_empty(cx->heap)));
  return &proto->obj;
}

/* Annex B: tag and attribute by number, see string_proto_html. */
#define HTML(name_, length_, magic_) FN_MAGIC(name_, string_proto_html, length_, magic_)

static const JsBuiltin string_proto[] = {
    HTML("anchor", 1, 0),
    FN("at", string_proto_at, 1),
    HTML("big", 0, 1),
    HTML("blink", 0, 2),
    HTML("bold", 0, 3),
    FN("charAt", string_proto_char_at, 1),
    FN_MAGIC("charCodeAt", string_proto_char_code_at, 1, NATIVE_CHAR_CODE_AT_MAGIC),
    FN("codePointAt", string_proto_code_point_at, 1),
    FN("concat", string_proto_concat, 1),
    FN("endsWith", string_proto_ends_with, 1),
    HTML("fontcolor", 1, 4),
    HTML("fontsize", 1, 5),
    HTML("fixed", 0, 6),
    FN("includes", string_proto_includes, 1),
    FN("indexOf", string_proto_index_of, 1),
    FN("isWellFormed", string_proto_is_well_formed, 0),
    HTML("italics", 0, 7),
    FN("lastIndexOf", string_proto_last_index_of, 1),
    HTML("link", 1, 8),
    FN("localeCompare", string_proto_locale_compare, 1),
    FN("match", string_proto_match, 1),
    FN("matchAll", string_proto_match_all, 1),
    FN("normalize", string_proto_normalize, 0),
    FN_MAGIC("padEnd", string_proto_pad, 1, 0),
    FN_MAGIC("padStart", string_proto_pad, 1, 1),
    FN("repeat", string_proto_repeat, 1),
    FN("replace", string_proto_replace, 2),
    FN("replaceAll", string_proto_replace_all, 2),
    FN("search", string_proto_search, 1),
    FN("slice", string_proto_slice, 2),
    HTML("small", 0, 9),
    FN("split", string_proto_split, 2),
    HTML("strike", 0, 10),
    HTML("sub", 0, 11),
    FN("substr", string_proto_substr, 2),
    FN("substring", string_proto_substring, 2),
    HTML("sup", 0, 12),
    FN("startsWith", string_proto_starts_with, 1),
    FN_MAGIC("toString", string_proto_to_string, 0, 0),
    FN("toWellFormed", string_proto_to_well_formed, 0),
    FN("trim", string_proto_trim, 0),
    FN("trimStart", string_proto_trim_start, 0),
    ALIAS("trimLeft", "trimStart"),
    FN("trimEnd", string_proto_trim_end, 0),
    ALIAS("trimRight", "trimEnd"),
    FN("toLocaleLowerCase", string_proto_to_locale_lower_case, 0),
    FN("toLocaleUpperCase", string_proto_to_locale_upper_case, 0),
    FN("toLowerCase", string_proto_to_lower_case, 0),
    FN("toUpperCase", string_proto_to_upper_case, 0),
    FN_MAGIC("valueOf", string_proto_to_string, 0, 1),
    FN_SYM(iterator, "[Symbol.iterator]", string_proto_iterator, 0),
};

const JsIntrinsicTable string_prototype_table = {.make = INTRINSIC_CUSTOM,
                                                 .custom = make_string_prototype,
                                                 .parent = -1,
                                                 .prototype = -1,
                                                 .constructor = JS_INTRINSIC_STRING,
                                                 ROWS(string_proto)};
