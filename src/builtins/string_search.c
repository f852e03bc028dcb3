// SPDX-License-Identifier: MIT
/* String.prototype's searching, splitting and replacing methods, and their way into RegExp's. */
#include "builtins/string.h"
#include "builtins/regexp.h"

/* --- indexOf and its likes --------------------------------------------------------------------------------------- */

/* String.prototype.indexOf ( searchString, position )  ecma262#sec-string.prototype.indexof */
JsValue string_proto_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.indexOf"));
  JsString *search = TRY(to_string(cx, js_arg(argc, argv, 0)));
  uint32_t start;
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, 0, &start));
  int64_t found = view_index_of(string_view(cx->heap, str), string_view(cx->heap, search), start);
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(search));
  return js_number_i64(found);
}

/* String.prototype.lastIndexOf ( searchString, position )  ecma262#sec-string.prototype.lastindexof */
JsValue string_proto_last_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.lastIndexOf"));
  JsString *search = TRY(to_string(cx, js_arg(argc, argv, 0)));
  double position;
  TRY(to_number_double(cx, js_arg(argc, argv, 1), &position));
  if (search->length > str->length)
    return js_int32(-1);
  uint32_t last = str->length - search->length, start = last;
  if (position == position) {
    position = double_to_integer(position);
    start = position < 0 ? 0 : position < last ? (uint32_t)position : last;
  }
  int64_t found = view_last_index_of(string_view(cx->heap, str), string_view(cx->heap, search), start);
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(search));
  return js_number_i64(found);
}

/* The search string of includes, startsWith and endsWith: no regexp. */
static JsString *plain_search_argument(JsContext *cx, JsValue val, const char *method)
{
  bool regexp;
  TRY_OR(NULL, is_regexp(cx, val, &regexp));
  if (regexp) {
    throw_error(cx, JS_MSG_REGEXP_ARGUMENT, method);
    return NULL;
  }
  return to_string(cx, val);
}

/* String.prototype.includes ( searchString, position )  ecma262#sec-string.prototype.includes */
JsValue string_proto_includes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.includes"));
  JsString *search = TRY(plain_search_argument(cx, js_arg(argc, argv, 0), "includes"));
  uint32_t start;
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, 0, &start));
  int64_t found = view_index_of(string_view(cx->heap, str), string_view(cx->heap, search), start);
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(search));
  return js_boolean(found >= 0);
}

static bool stands_at(JsContext *cx, JsString *str, JsString *search, uint32_t at)
{
  StringView part = view_slice(string_view(cx->heap, str), at, at + search->length);
  bool equal = view_equals(part, string_view(cx->heap, search));
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(search));
  return equal;
}

/* String.prototype.startsWith ( searchString, position )  ecma262#sec-string.prototype.startswith */
JsValue string_proto_starts_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.startsWith"));
  JsString *search = TRY(plain_search_argument(cx, js_arg(argc, argv, 0), "startsWith"));
  uint32_t start;
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, 0, &start));
  return js_boolean(search->length <= str->length - start && stands_at(cx, str, search, start));
}

/* String.prototype.endsWith ( searchString, endPosition )  ecma262#sec-string.prototype.endswith */
JsValue string_proto_ends_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.endsWith"));
  JsString *search = TRY(plain_search_argument(cx, js_arg(argc, argv, 0), "endsWith"));
  uint32_t end;
  TRY(clamped_argument(cx, js_arg(argc, argv, 1), str->length, str->length, &end));
  return js_boolean(search->length <= end && stands_at(cx, str, search, end - search->length));
}

/* --- dispatch to an object's own method -------------------------------------------------------------------------- */

/* If the pattern is an object with the method, its answer; JS_HOLE otherwise. RegExp's own method is called directly.
 */
static JsValue dispatch(JsContext *cx, JsValue pattern, JsKey symbol, JsNativeFn own, int argc, const JsValue *argv)
{
  if (!js_is_object(pattern))
    return JS_HOLE;
  JsValue method = TRY(get_method(cx, pattern, symbol));
  if (js_is_undefined(method))
    return JS_HOLE;
  if (js_is_kind(method, CELL_NATIVE_FUNCTION) && js_as_native_function(method)->fn == own &&
      ptr_slot_get(js_as_native_function(method)->realm) == cx->realm)
    return own(cx, pattern, argc, argv); /* FAST: it looks at neither its callee nor new.target */
  return js_call(cx, method, pattern, argc, argv);
}

static bool require_coercible(JsContext *cx, JsValue this_val, const char *method)
{
  if (!js_is_nullish(this_val))
    return true;
  throw_error(cx, JS_MSG_CALLED_ON_NULLISH, method);
  return false;
}

/* match and search: the method of the pattern, or of a new RegExp. */
static JsValue by_regexp(JsContext *cx, JsValue this_val, JsValue pattern, JsKey symbol, JsNativeFn own,
                         const char *flags)
{
  JsValue result = TRY(dispatch(cx, pattern, symbol, own, 1, &this_val));
  if (!js_is_hole(result))
    return result;
  JsValue str = js_from_cell(TRY(to_string(cx, this_val)));
  JsValue flags_value = flags ? js_from_cell(string_from_c_string(cx->heap, flags)) : JS_UNDEFINED;
  JsRegExp *regexp = TRY(regexp_create(cx, pattern, flags_value));
  result = TRY(dispatch(cx, js_from_object(&regexp->obj), symbol, own, 1, &str));
  return js_is_hole(result) ? invoke(cx, js_from_object(&regexp->obj), symbol, 1, &str) : result;
}

/* String.prototype.match ( regexp )  ecma262#sec-string.prototype.match */
JsValue string_proto_match(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(require_coercible(cx, this_val, "String.prototype.match"));
  return by_regexp(cx, this_val, js_arg(argc, argv, 0), KEY_SYM(cx->heap, match), regexp_proto_match, NULL);
}

/* String.prototype.search ( regexp )  ecma262#sec-string.prototype.search */
JsValue string_proto_search(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(require_coercible(cx, this_val, "String.prototype.search"));
  return by_regexp(cx, this_val, js_arg(argc, argv, 0), KEY_SYM(cx->heap, search), regexp_proto_search, NULL);
}

/* matchAll and replaceAll demand g of a regexp. */
static bool require_global(JsContext *cx, JsValue pattern, const char *name, const char *method)
{
  bool regexp;
  if (!js_is_object(pattern))
    return true;
  TRY_OR(false, is_regexp(cx, pattern, &regexp));
  if (!regexp)
    return true;
  JsValue flags = TRY_OR(false, get_property(cx, js_as_object(pattern), KEY(cx->heap, flags)));
  TRY_OR(false, require_coercible(cx, flags, method));
  JsString *letters = TRY_OR(false, to_string(cx, flags));
  StringView view = string_view(cx->heap, letters);
  for (uint32_t k = 0; k < view.length; k++)
    if (view_unit(view, k) == 'g')
      return true;
  throw_error(cx, JS_MSG_REGEXP_NOT_GLOBAL, name);
  return false;
}

/* String.prototype.matchAll ( regexp )  ecma262#sec-string.prototype.matchall */
JsValue string_proto_match_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue pattern = js_arg(argc, argv, 0);
  TRY(require_coercible(cx, this_val, "String.prototype.matchAll"));
  TRY(require_global(cx, pattern, "matchAll", "String.prototype.matchAll"));
  return by_regexp(cx, this_val, pattern, KEY_SYM(cx->heap, matchAll), regexp_proto_match_all, "g");
}

/* --- replace
 * -----------------------------------------------------------------------------------------------------------------------
 */

/* The text for one occurrence at `position`: a function's answer or the expanded template, appended. */
static bool add_replacement(JsContext *cx, StringBuilder *out, JsString *str, JsString *search, uint32_t position,
                            JsValue replace_value)
{
  if (js_is_callable(replace_value)) {
    JsValue val = TRY_OR(false, js_call3(cx, replace_value, JS_UNDEFINED, js_from_cell(search), js_number_u32(position),
                                         js_from_cell(str)));
    builder_add_string(out, TRY_OR(false, to_string(cx, val)));
    return true;
  }
  const Substitution sub = {
      .str = str, .position = position, .matched_length = search->length, .matched = search, .named = JS_UNDEFINED};
  return get_substitution(cx, out, &sub, js_as_string(replace_value));
}

static JsValue replace_occurrences(JsContext *cx, JsString *str, JsString *search, JsValue replace_value, bool all)
{
  StringView text = string_view(cx->heap, str), needle = string_view(cx->heap, search);
  uint32_t done = 0, step = search->length ? search->length : 1;
  int64_t found = view_index_of(text, needle, 0);
  if (found < 0)
    return js_from_cell(str);
  StringBuilder out;
  builder_init(&out, cx);
  while (found >= 0 && !out.failed) {
    builder_add_view(&out, view_slice(text, done, (uint32_t)found));
    if (!add_replacement(cx, &out, str, search, (uint32_t)found, replace_value)) {
      builder_discard(&out);
      return JS_EXCEPTION;
    }
    done = (uint32_t)found + search->length;
    if (!all || found + step > text.length)
      break;
    found = view_index_of(text, needle, (uint32_t)found + step);
  }
  builder_add_view(&out, view_slice(text, done, text.length));
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(search));
  return js_from_cell(TRY(builder_finish(&out)));
}

static JsValue replace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, bool all)
{
  JsValue args[2] = {this_val, js_arg(argc, argv, 1)}, pattern = js_arg(argc, argv, 0);
  JsValue result = TRY(dispatch(cx, pattern, KEY_SYM(cx->heap, replace), regexp_proto_replace, 2, args));
  if (!js_is_hole(result))
    return result;
  JsString *str = TRY(to_string(cx, this_val));
  JsString *search = TRY(to_string(cx, pattern));
  JsValue replace_value = args[1];
  if (!js_is_callable(replace_value))
    replace_value = js_from_cell(TRY(to_string(cx, replace_value)));
  return replace_occurrences(cx, str, search, replace_value, all);
}

/* String.prototype.replace ( searchValue, replaceValue )  ecma262#sec-string.prototype.replace */
JsValue string_proto_replace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(require_coercible(cx, this_val, "String.prototype.replace"));
  return replace(cx, this_val, argc, argv, false);
}

/* String.prototype.replaceAll ( searchValue, replaceValue )  ecma262#sec-string.prototype.replaceall */
JsValue string_proto_replace_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(require_coercible(cx, this_val, "String.prototype.replaceAll"));
  TRY(require_global(cx, js_arg(argc, argv, 0), "replaceAll", "String.prototype.replaceAll"));
  return replace(cx, this_val, argc, argv, true);
}

/* --- split
 * -------------------------------------------------------------------------------------------------------------------------
 */

static JsValue split_units(JsContext *cx, JsString *str, uint32_t limit)
{
  StringView view = string_view(cx->heap, str);
  uint32_t count = view.length < limit ? view.length : limit;
  JsArray *array = TRY(array_new(cx, count));
  for (uint32_t k = 0; k < count; k++)
    TRY(array_push_direct(cx, array, js_from_cell(string_from_unit(cx->heap, view_unit(view, k)))));
  js_keep_alive(js_from_cell(str));
  return js_from_object(&array->obj);
}

static JsValue split_by_string(JsContext *cx, JsString *str, JsString *separator, uint32_t limit)
{
  StringView text = string_view(cx->heap, str), needle = string_view(cx->heap, separator);
  JsArray *array = TRY(array_new(cx, 8));
  uint32_t from = 0;
  for (int64_t found; (found = view_index_of(text, needle, from)) >= 0; from = (uint32_t)found + needle.length) {
    JsString *part = string_substring(cx->heap, str, from, (uint32_t)found);
    TRY(array_push_direct(cx, array, js_from_cell(part)));
    if (array->length == limit)
      return js_from_object(&array->obj);
    TRY(js_poll(cx, 4));
  }
  TRY(array_push_direct(cx, array, js_from_cell(string_substring(cx->heap, str, from, text.length))));
  js_keep_alive(js_from_cell(separator));
  return js_from_object(&array->obj);
}

/* String.prototype.split ( separator, limit )  ecma262#sec-string.prototype.split */
JsValue string_proto_split(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TRY(require_coercible(cx, this_val, "String.prototype.split"));
  JsValue separator_value = js_arg(argc, argv, 0), limit_value = js_arg(argc, argv, 1);
  JsValue args[2] = {this_val, limit_value};
  JsValue result = TRY(dispatch(cx, separator_value, KEY_SYM(cx->heap, split), regexp_proto_split, 2, args));
  if (!js_is_hole(result))
    return result;
  JsString *str = TRY(to_string(cx, this_val));
  uint32_t limit = UINT32_MAX;
  if (!js_is_undefined(limit_value))
    TRY(to_uint32(cx, limit_value, &limit));
  JsString *separator = TRY(to_string(cx, separator_value));
  if (!limit)
    return js_from_object(&TRY(array_new(cx, 0))->obj);
  if (js_is_undefined(separator_value)) {
    JsValue whole = js_from_cell(str);
    return js_from_object(&TRY(array_from_values(cx, &whole, 1))->obj);
  }
  if (!separator->length)
    return split_units(cx, str, limit);
  return split_by_string(cx, str, separator, limit);
}
