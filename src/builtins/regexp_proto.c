// SPDX-License-Identifier: MIT
/*
 * RegExp.prototype's plain methods and getters, RegExp.escape, Annex B's static properties and compile.
 * The methods keyed by symbols are in regexp_symbol.c.
 */
#include "builtins/regexp.h"
#include "unicode/unicode.h"

#include <string.h>

/* --- exec, test, toString, compile ------------------------------------------------------------------------------- */

/* RegExp.prototype.exec ( string )  ecma262#sec-regexp.prototype.exec */
JsValue regexp_proto_exec(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsRegExp *regexp = (JsRegExp *)TRY(this_kind(cx, this_val, CELL_REGEXP, "RegExp.prototype.exec"));
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  return regexp_builtin_exec(cx, regexp, str);
}

/* RegExp.prototype.test ( S )  ecma262#sec-regexp.prototype.test */
static JsValue regexp_proto_test(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "RegExp.prototype.test", this_val);
  JsString *str = TRY(to_string(cx, js_arg(argc, argv, 0)));
  if (regexp_exec_is_pristine(cx, js_as_object(this_val))) { /* FAST: nobody sees the array */
    RegExpCaptures captures;
    JsRegExpProgram *compiled;
    bool matched;
    TRY(regexp_builtin_exec_raw(cx, (JsRegExp *)js_as_object(this_val), str, &captures, &compiled, &matched));
    return js_boolean(matched);
  }
  JsValue result = TRY(regexp_exec_method(cx, js_as_object(this_val), str));
  return js_boolean(!js_is_null(result));
}

/* RegExp.prototype.toString ( )  ecma262#sec-regexp.prototype.tostring */
static JsValue regexp_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "RegExp.prototype.toString", this_val);
  JsObject *obj = js_as_object(this_val);
  JsString *source = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(cx->heap, source)))));
  JsString *flags = TRY(to_string(cx, TRY(get_property(cx, obj, KEY(cx->heap, flags)))));
  StringBuilder out;
  builder_init(&out, cx);
  builder_add_unit(&out, '/');
  builder_add_string(&out, source);
  builder_add_unit(&out, '/');
  builder_add_string(&out, flags);
  return js_from_cell(TRY(builder_finish(&out)));
}

/* RegExp.prototype.compile ( pattern, flags )  ecma262#sec-regexp.prototype.compile */
static JsValue regexp_proto_compile(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsRegExp *regexp = (JsRegExp *)TRY(this_kind(cx, this_val, CELL_REGEXP, "RegExp.prototype.compile"));
  JsValue pattern = js_arg(argc, argv, 0), flags = js_arg(argc, argv, 1);
  if (js_is_regexp_object(pattern)) {
    if (!js_is_undefined(flags))
      return throw_error(cx, JS_MSG_REGEXP_COMPILE_FLAGS);
    JsRegExp *from = (JsRegExp *)js_as_object(pattern);
    ptr_slot_set(cx->heap, regexp, &regexp->source, ptr_slot_get(from->source));
    ptr_slot_set(cx->heap, regexp, &regexp->compiled, ptr_slot_get(from->compiled));
    TRY(set_property(cx, &regexp->obj, KEY(cx->heap, lastIndex), js_int32(0)));
    return this_val;
  }
  TRY(regexp_initialize(cx, regexp, pattern, flags));
  return this_val;
}

/* --- getters ----------------------------------------------------------------------------------------------------- */

static bool is_realm_prototype(JsContext *cx, JsValue val)
{
  return js_is_object(val) && js_as_object(val) == INTRINSIC_OBJECT(cx, REGEXP_PROTOTYPE);
}

/* RegExpHasFlag ( R, codeUnit )  ecma262#sec-regexphasflag; the flag's bit is the function's magic */
JsValue regexp_get_flag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {"hasIndices", "global",  "ignoreCase",  "multiline",
                                      "dotAll",     "unicode", "unicodeSets", "sticky"};
  int flag = js_callee_magic(cx);
  if (js_is_regexp_object(this_val))
    return js_boolean(ptr_slot_get(((JsRegExp *)js_as_object(this_val))->compiled)->flags & (uint32_t)flag);
  if (is_realm_prototype(cx, this_val))
    return JS_UNDEFINED;
  return throw_error(cx, JS_MSG_REGEXP_GETTER_RECEIVER, names[__builtin_ctz((unsigned)flag)]);
}

/* get RegExp.prototype.flags  ecma262#sec-get-regexp.prototype.flags */
JsValue regexp_get_flags(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const struct {
    uint16_t atom;
    char letter;
  } flags[] = {{ATOM_hasIndices, 'd'}, {ATOM_global, 'g'},  {ATOM_ignoreCase, 'i'},  {ATOM_multiline, 'm'},
               {ATOM_dotAll, 's'},     {ATOM_unicode, 'u'}, {ATOM_unicodeSets, 'v'}, {ATOM_sticky, 'y'}};
  if (!js_is_object(this_val))
    return throw_error(cx, JS_MSG_REGEXP_FLAGS_RECEIVER, this_val);
  char letters[JS_COUNTOF(flags)];
  size_t len = 0;
  for (size_t k = 0; k < JS_COUNTOF(flags); k++) {
    JsValue val = TRY(get_property(cx, js_as_object(this_val), key_by_atom_id(cx->heap, flags[k].atom)));
    if (to_boolean(val))
      letters[len++] = flags[k].letter;
  }
  return js_from_cell(string_from_latin1(cx->heap, letters, len));
}

static void add_line_terminator_escape(StringBuilder *out, uint16_t unit)
{
  if (unit == '\n')
    builder_add_ascii(out, "n");
  else if (unit == '\r')
    builder_add_ascii(out, "r");
  else
    builder_add_ascii(out, unit == 0x2028 ? "u2028" : "u2029");
}

/* EscapeRegExpPattern  ecma262#sec-escaperegexppattern. HOST: as V8, a slash within a class stays as it is. */
static JsString *escape_pattern(JsContext *cx, JsString *source)
{
  StringView view = string_view(cx->heap, source);
  if (!view.length)
    return string_from_c_string(cx->heap, "(?:)");
  bool in_class = false, needed = false;
  StringBuilder out;
  builder_init(&out, cx);
  for (uint32_t k = 0; k < view.length; k++) {
    uint16_t unit = view_unit(view, k);
    bool escaped = unit == '\\' && k + 1 < view.length;
    if (escaped) {
      builder_add_unit(&out, '\\');
      unit = view_unit(view, ++k);
    }
    if (unicode_is_line_terminator(unit)) {
      needed = true;
      if (!escaped)
        builder_add_unit(&out, '\\');
      add_line_terminator_escape(&out, unit);
      continue;
    }
    if (!escaped) {
      if (unit == '/' && !in_class) {
        builder_add_unit(&out, '\\');
        needed = true;
      } else if (unit == '[') {
        in_class = true;
      } else if (unit == ']') {
        in_class = false;
      }
    }
    builder_add_unit(&out, unit);
  }
  if (needed)
    return builder_finish(&out);
  builder_discard(&out);
  return source;
}

/* get RegExp.prototype.source  ecma262#sec-get-regexp.prototype.source */
JsValue regexp_get_source(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_regexp_object(this_val))
    return js_from_cell(TRY(escape_pattern(cx, ptr_slot_get(((JsRegExp *)js_as_object(this_val))->source))));
  if (is_realm_prototype(cx, this_val))
    return js_from_cell(string_from_c_string(cx->heap, "(?:)"));
  return throw_error(cx, JS_MSG_REGEXP_GETTER_RECEIVER, "source");
}

/* --- RegExp.escape ----------------------------------------------------------------------------------------------- */

static void add_hex_escape(StringBuilder *out, uint32_t unit)
{
  static const char digits[] = "0123456789abcdef";
  builder_add_ascii(out, unit < 0x100 ? "\\x" : "\\u");
  for (int shift = unit < 0x100 ? 4 : 12; shift >= 0; shift -= 4)
    builder_add_unit(out, (uint8_t)digits[unit >> shift & 15]);
}

/* EncodeForRegExpEscape ( cp )  ecma262#sec-encodeforregexpescape */
static void add_escaped(StringBuilder *out, uint32_t cp)
{
  static const char controls[] = "\t\n\v\f\r", letters[] = "tnvfr";
  const char *control = cp && cp < 0x80 ? strchr(controls, (int)cp) : NULL;
  if (cp && cp < 0x80 && strchr("^$\\.*+?()[]{}|/", (int)cp)) {
    builder_add_unit(out, '\\');
    builder_add_unit(out, (uint16_t)cp);
  } else if (control) {
    builder_add_unit(out, '\\');
    builder_add_unit(out, (uint8_t)letters[control - controls]);
  } else if ((cp && cp < 0x80 && strchr(",-=<>#&!%:;@~'`\"", (int)cp)) || unicode_is_space_or_line(cp) ||
             unicode_is_surrogate(cp)) {
    add_hex_escape(out, cp);
  } else {
    builder_add_code_point(out, cp);
  }
}

/* RegExp.escape ( S )  ecma262#sec-regexp.escape */
JsValue regexp_escape(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue val = js_arg(argc, argv, 0);
  if (!js_is_string(val))
    return throw_error(cx, JS_MSG_REGEXP_ESCAPE_ARGUMENT);
  StringView view = string_view(cx->heap, js_as_string(val));
  StringBuilder out;
  builder_init(&out, cx);
  for (uint32_t k = 0; k < view.length; k++) {
    uint32_t cp = view_unit(view, k);
    if (unicode_is_lead_surrogate(cp) && k + 1 < view.length && unicode_is_trail_surrogate(view_unit(view, k + 1)))
      cp = unicode_join_surrogates(cp, view_unit(view, ++k));
    bool alphanumeric = cp - '0' < 10 || (cp < 0x80 && (cp | 0x20) - 'a' < 26);
    if (k == 0 && alphanumeric)
      add_hex_escape(&out, cp);
    else
      add_escaped(&out, cp);
  }
  js_keep_alive(val);
  return js_from_cell(TRY(builder_finish(&out)));
}

/* --- Annex B's static properties: RegExp.$1, input ... ----------------------------------------------------------- */

static bool this_is_realm_constructor(JsContext *cx, JsValue this_val)
{
  return js_is_object(this_val) && js_as_object(this_val) == INTRINSIC_OBJECT(cx, REGEXP);
}

static JsValue legacy_range(JsContext *cx, JsString *input, int32_t from, int32_t to)
{
  if (!input || from < 0)
    return js_from_cell(string_empty(cx->heap));
  return js_from_cell(string_substring(cx->heap, input, (uint32_t)from, (uint32_t)to));
}

/* NODE: the accessors answer for the last match whatever object they are called on (26). */
JsValue regexp_get_legacy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsRegExpState *state = regexp_state(cx);
  JsString *input = ptr_slot_get(state->last_input);
  const int32_t *captures = state->last_captures;
  int which = js_callee_magic(cx);
  if (which == LEGACY_INPUT && ptr_slot_get(state->input_override))
    return js_from_cell(ptr_slot_get(state->input_override));
  if (!input)
    return js_from_cell(string_empty(cx->heap));
  switch (which) {
  case LEGACY_INPUT: return js_from_cell(input);
  case LEGACY_LAST_MATCH: return legacy_range(cx, input, captures[0], captures[1]);
  case LEGACY_LAST_PAREN:
    if (state->last_group_count < 2)
      return js_from_cell(string_empty(cx->heap));
    return legacy_range(cx, input, state->last_paren[0], state->last_paren[1]);
  case LEGACY_LEFT_CONTEXT: return legacy_range(cx, input, 0, captures[0]);
  case LEGACY_RIGHT_CONTEXT: return legacy_range(cx, input, captures[1], (int32_t)input->length);
  default:
    if ((uint32_t)which >= state->last_group_count)
      return js_from_cell(string_empty(cx->heap));
    return legacy_range(cx, input, captures[2 * which], captures[2 * which + 1]);
  }
}

JsValue regexp_set_legacy_input(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!this_is_realm_constructor(cx, this_val))
    return JS_UNDEFINED;
  JsString *input = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsRegExpState *state = regexp_state(cx);
  ptr_slot_set(cx->heap, state, &state->input_override, input);
  return JS_UNDEFINED;
}

JsValue regexp_set_legacy_nothing(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_UNDEFINED;
}

/* --- the prototype's table --------------------------------------------------------------------------------------- */

#define FLAG(name_, flag_)                                                                                             \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_GETTER, .fn = regexp_get_flag, .magic = (flag_)                                   \
  }

static const JsBuiltin regexp_proto[] = {
    FN("exec", regexp_proto_exec, 1),
    FLAG("dotAll", REGEXP_DOT_ALL),
    GETTER("flags", regexp_get_flags),
    FLAG("global", REGEXP_GLOBAL),
    FLAG("hasIndices", REGEXP_HAS_INDICES),
    FLAG("ignoreCase", REGEXP_IGNORE_CASE),
    FLAG("multiline", REGEXP_MULTILINE),
    GETTER("source", regexp_get_source),
    FLAG("sticky", REGEXP_STICKY),
    FLAG("unicode", REGEXP_UNICODE),
    FLAG("unicodeSets", REGEXP_UNICODE_SETS),
    FN("compile", regexp_proto_compile, 2),
    FN("toString", regexp_proto_to_string, 0),
    FN("test", regexp_proto_test, 1),
    FN_SYM(match, "[Symbol.match]", regexp_proto_match, 1),
    FN_SYM(matchAll, "[Symbol.matchAll]", regexp_proto_match_all, 1),
    FN_SYM(replace, "[Symbol.replace]", regexp_proto_replace, 2),
    FN_SYM(search, "[Symbol.search]", regexp_proto_search, 1),
    FN_SYM(split, "[Symbol.split]", regexp_proto_split, 2),
};

const JsIntrinsicTable regexp_prototype_table = {PROTOTYPE_TABLE(REGEXP), ROWS(regexp_proto)};
