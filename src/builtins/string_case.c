// SPDX-License-Identifier: MIT
/*
 * String.prototype's methods on case, white space, normal forms and collation. What is Latin-1 is done here; the rest
 * goes to src/unicode.
 */
#include "builtins/string.h"
#include "builtins/intl/intl.h"
#include "object/atom.h"
#include "object/vm.h"
#include "unicode/unicode.h"

#include <string.h>

static JsValue throw_unicode(JsContext *cx, UnicodeResult result)
{
  return result == UNICODE_NO_MEMORY ? throw_out_of_memory(cx) : throw_error(cx, JS_MSG_ICU_NOT_AVAILABLE);
}

/* --- case
 * -----------------------------------------------------------------------------------------------------------------------
 */

static bool latin1_has_lower_form(uint8_t c)
{
  return (uint8_t)(c - 'A') < 26 || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

static bool latin1_has_upper_form(uint8_t c)
{
  return (uint8_t)(c - 'a') < 26 || c == 0xB5 || (c >= 0xDF && c != 0xF7);
}

/* Whether eight units are ASCII and none is a letter that moves by `distance`, which is negative for small letters. */
JS_INLINE bool is_caseless_ascii(const uint8_t *units, int distance)
{
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  const unsigned first = distance < 0 ? 'a' : 'A', last = first + 25;
  uint64_t word;
  memcpy(&word, units, sizeof word);
  /* A byte below 0x80 plus 0x80 - x has its top bit set when it is x or more. */
  return !((word | ((word + ones * (0x80 - first)) ^ (word + ones * (0x7F - last)))) & tops);
}

/* A copy in which every unit from the first that `has_form` on moves by `distance` where it has one; `str` if none
 * does. */
JS_INLINE JsValue latin1_convert(JsContext *cx, JsString *str, StringView view, bool (*has_form)(uint8_t), int distance)
{
  const uint8_t *src = view.units;
  uint32_t k = 0;
  while (k + 8 <= view.length && is_caseless_ascii(src + k, distance))
    k += 8;
  while (k < view.length && !has_form(src[k]))
    k++;
  if (k == view.length)
    return js_from_cell(str);
  uint8_t *dst;
  JsString *result = string_alloc_latin1(cx->heap, view.length, &dst);
  if (!result)
    return throw_out_of_memory(cx);
  memcpy(dst, src, k);
  for (; k < view.length; k++)
    dst[k] = has_form(src[k]) ? src[k] + distance : src[k];
  js_keep_alive(js_from_cell(str));
  return js_from_cell(result);
}

static JsValue latin1_to_lower(JsContext *cx, JsString *str, StringView view)
{
  return latin1_convert(cx, str, view, latin1_has_lower_form, 'a' - 'A');
}

/* Sharp s becomes two units; micro sign and y with diaeresis have capitals beyond Latin-1. */
enum { SHARP_S = 0xDF, MICRO_SIGN = 0xB5, Y_DIAERESIS = 0xFF };

static JsValue latin1_to_upper(JsContext *cx, JsString *str, StringView view)
{
  const uint8_t *src = view.units;
  bool beyond = false;
  for (uint32_t n = 0; n < view.length; n++)
    beyond |= src[n] == SHARP_S || src[n] == MICRO_SIGN || src[n] == Y_DIAERESIS;
  if (beyond)
    return JS_HOLE;
  return latin1_convert(cx, str, view, latin1_has_upper_form, 'A' - 'a');
}

static JsValue change_case(JsContext *cx, JsString *str, bool upper)
{
  StringView view = string_view(cx->heap, str);
  if (!view.is_wide) {
    JsValue result = upper ? latin1_to_upper(cx, str, view) : latin1_to_lower(cx, str, view);
    if (!js_is_hole(result))
      return result;
  }
  JsString *keep;
  const uint16_t *src = TRY(intl_units(cx, str, &keep));
  size_t (*map)(const uint16_t *, size_t, uint16_t *) = upper ? unicode_to_upper : unicode_to_lower;
  size_t length = map(src, view.length, NULL);
  if (length > JS_MAX_STRING_LENGTH)
    return throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
  uint16_t *dst;
  JsString *result = string_alloc_wide(cx->heap, length, &dst);
  if (!result)
    return throw_out_of_memory(cx);
  map(src, view.length, dst);
  js_keep_alive(js_from_cell(keep));
  return js_from_cell(result);
}

/* String.prototype.toLowerCase ( )  ecma262#sec-string.prototype.tolowercase */
JsValue string_proto_to_lower_case(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.toLowerCase"));
  if (!string_is_atom(str) || str->length > LOWER_CASE_MAX)
    return change_case(cx, str, false);
  __auto_type known = &cx->vm->lower_case[str->cell.word % LOWER_CASE_SIZE];
  if (js_likely(known->from == str))
    return js_from_cell(known->to);
  JsValue lower = TRY(change_case(cx, str, false));
  JsKey key = key_from_string(cx->heap, js_as_string(lower));
  if (key_is_atom(key))
    lower = js_from_cell(key_cell(key));
  known->from = str;
  known->to = js_as_string(lower);
  return lower;
}

/* String.prototype.toUpperCase ( )  ecma262#sec-string.prototype.touppercase */
JsValue string_proto_to_upper_case(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return change_case(cx, TRY(this_string(cx, this_val, "String.prototype.toUpperCase")), true);
}

/* --- locales
 * --------------------------------------------------------------------------------------------------------------------
 */

/* Languages whose case mapping differs from the root's. */
static bool has_own_case_rules(const char *tag)
{
  static const char *const languages[] = {"tr", "az", "lt", "el", "hy"};
  for (size_t k = 0; k < JS_COUNTOF(languages); k++)
    if ((tag[0] | 0x20) == languages[k][0] && (tag[1] | 0x20) == languages[k][1] && (!tag[2] || tag[2] == '-'))
      return true;
  return false;
}

/* TransformCase  ecma402#sec-transform-case */
static JsValue change_case_for_locale(JsContext *cx, JsString *str, JsValue locales, bool upper)
{
  /* HOST: the default locale has the root's rules, so nothing needs ICU here. */
  if (js_is_undefined(locales))
    return change_case(cx, str, upper);
  JsElements *requested = TRY(intl_locale_list(cx, locales));
  JsString *first = requested->length ? js_as_string(slot_get(requested->v[0])) : string_empty(cx->heap);
  char *tag = TRY(intl_c_string(cx, first));
  if (!has_own_case_rules(tag))
    return change_case(cx, str, upper);
  JsString *keep;
  const uint16_t *src = TRY(intl_units(cx, str, &keep));
  size_t cap = (size_t)str->length * 3 + 16, length; /* no mapping makes more than three units of one */
  uint16_t *dst;
  JsString *scratch = string_alloc_wide(cx->heap, cap, &dst);
  if (!scratch)
    return throw_out_of_memory(cx);
  UnicodeResult result = unicode_locale_case(upper, tag, src, str->length, dst, cap, &length);
  if (result == UNICODE_UNKNOWN)
    return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, first);
  if (result != UNICODE_OK || length > cap)
    return throw_unicode(cx, result);
  JsString *out = string_from_utf16(cx->heap, dst, length);
  js_keep_alive(js_from_cell(scratch));
  js_keep_alive(js_from_cell(keep));
  return js_from_cell(out);
}

/* String.prototype.toLocaleLowerCase ( [ locales ] )  ecma402#sup-string.prototype.tolocalelowercase */
JsValue string_proto_to_locale_lower_case(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.toLocaleLowerCase"));
  return change_case_for_locale(cx, str, js_arg(argc, argv, 0), false);
}

/* String.prototype.toLocaleUpperCase ( [ locales ] )  ecma402#sup-string.prototype.tolocaleuppercase */
JsValue string_proto_to_locale_upper_case(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.toLocaleUpperCase"));
  return change_case_for_locale(cx, str, js_arg(argc, argv, 0), true);
}

/* --- trim
 * -----------------------------------------------------------------------------------------------------------------------
 */

static JsValue trim(JsContext *cx, JsString *str, bool start, bool end)
{
  StringView view = string_view(cx->heap, str);
  uint32_t from = 0, to = view.length;
  while (start && from < to && unicode_is_space_or_line(view_unit(view, from)))
    from++;
  while (end && to > from && unicode_is_space_or_line(view_unit(view, to - 1)))
    to--;
  return js_from_cell(from == 0 && to == view.length ? str : string_substring(cx->heap, str, from, to));
}

/* String.prototype.trim ( )  ecma262#sec-string.prototype.trim */
JsValue string_proto_trim(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return trim(cx, TRY(this_string(cx, this_val, "String.prototype.trim")), true, true);
}

/* String.prototype.trimStart ( )  ecma262#sec-string.prototype.trimstart */
JsValue string_proto_trim_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return trim(cx, TRY(this_string(cx, this_val, "String.prototype.trimLeft")), true, false);
}

/* String.prototype.trimEnd ( )  ecma262#sec-string.prototype.trimend */
JsValue string_proto_trim_end(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return trim(cx, TRY(this_string(cx, this_val, "String.prototype.trimRight")), false, true);
}

/* --- normalize --------------------------------------------------------------------------------------------------- */

/* FAST: every Latin-1 string is in NFC, every ASCII string in all forms. */
static bool is_normal_already(StringView view, UnicodeForm form)
{
  if (view.is_wide)
    return false;
  if (form == UNICODE_NFC)
    return true;
  for (uint32_t k = 0; k < view.length; k++)
    if (((const uint8_t *)view.units)[k] >= 0x80)
      return false;
  return true;
}

/* String.prototype.normalize ( [ form ] )  ecma262#sec-string.prototype.normalize */
JsValue string_proto_normalize(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {"NFC", "NFD", "NFKC", "NFKD"}; /* as UnicodeForm */
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.normalize"));
  JsValue form_value = js_arg(argc, argv, 0);
  size_t form = 0;
  if (!js_is_undefined(form_value)) {
    JsString *name = TRY(to_string(cx, form_value));
    while (form < JS_COUNTOF(names) && !string_equals_ascii(cx->heap, name, names[form]))
      form++;
    if (form == JS_COUNTOF(names))
      return throw_error(cx, JS_MSG_INVALID_NORMALIZATION_FORM);
  }
  if (is_normal_already(string_view(cx->heap, str), (UnicodeForm)form))
    return js_from_cell(str);
  JsString *keep;
  const uint16_t *src = TRY(intl_units(cx, str, &keep));
  size_t cap = (size_t)str->length + 32, length;
  for (;;) {
    uint16_t *dst;
    JsString *scratch = string_alloc_wide(cx->heap, cap, &dst);
    if (!scratch)
      return throw_out_of_memory(cx);
    UnicodeResult result = unicode_normalize((UnicodeForm)form, src, str->length, dst, cap, &length);
    if (result != UNICODE_OK)
      return throw_unicode(cx, result);
    if (length <= cap) {
      JsString *out = string_from_utf16(cx->heap, dst, length);
      js_keep_alive(js_from_cell(scratch));
      js_keep_alive(js_from_cell(keep));
      return js_from_cell(out);
    }
    if (length > JS_MAX_STRING_LENGTH)
      return throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
    cap = length;
  }
}

/* --- localeCompare ----------------------------------------------------------------------------------------------- */

/* String.prototype.localeCompare ( that [ , locales [ , options ] ] )  ecma402#sup-String.prototype.localeCompare */
JsValue string_proto_locale_compare(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.localeCompare"));
  JsString *that = TRY(to_string(cx, js_arg(argc, argv, 0)));
  return intl_locale_compare(cx, str, that, js_arg(argc, argv, 1), js_arg(argc, argv, 2));
}
