// SPDX-License-Identifier: MIT
/*
 * String.prototype's methods on case, white space, normal forms and collation. What is Latin-1 is done here; the rest
 * goes to src/unicode.
 */
#include "builtins/string.h"
#include "unicode/unicode.h"

#include <string.h>

/* --- units in UTF-16 for src/unicode
 * ------------------------------------------------------------------------------------------ */

/* A string's units, widened into a scratch cell if need be; keep `keep` alive while they are used. NULL: exception. */
static const uint16_t *wide_units(JsContext *cx, JsString *str, JsString **keep)
{
  StringView view = string_view(cx->heap, str);
  *keep = str;
  if (view.is_wide)
    return view.units;
  uint16_t *units;
  JsString *copy = string_alloc_wide(cx->heap, view.length ? view.length : 1, &units);
  if (!copy) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < view.length; k++)
    units[k] = ((const uint8_t *)view.units)[k];
  js_keep_alive(js_from_cell(str));
  *keep = copy;
  return units;
}

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

static JsValue latin1_to_lower(JsContext *cx, JsString *str, StringView view)
{
  const uint8_t *src = view.units;
  uint32_t k = 0;
  while (k < view.length && !latin1_has_lower_form(src[k]))
    k++;
  if (k == view.length)
    return js_from_cell(str);
  uint8_t *dst;
  JsString *result = string_alloc_latin1(cx->heap, view.length, &dst);
  if (!result)
    return throw_out_of_memory(cx);
  memcpy(dst, src, k);
  for (; k < view.length; k++)
    dst[k] = latin1_has_lower_form(src[k]) ? src[k] + 32 : src[k];
  js_keep_alive(js_from_cell(str));
  return js_from_cell(result);
}

/* Sharp s becomes two units; micro sign and y with diaeresis have capitals beyond Latin-1. */
enum { SHARP_S = 0xDF, MICRO_SIGN = 0xB5, Y_DIAERESIS = 0xFF };

static JsValue latin1_to_upper(JsContext *cx, JsString *str, StringView view)
{
  const uint8_t *src = view.units;
  uint32_t k = 0;
  bool beyond = false;
  for (uint32_t n = 0; n < view.length; n++)
    beyond |= src[n] == SHARP_S || src[n] == MICRO_SIGN || src[n] == Y_DIAERESIS;
  if (beyond)
    return JS_HOLE;
  while (k < view.length && !latin1_has_upper_form(src[k]))
    k++;
  if (k == view.length)
    return js_from_cell(str);
  uint8_t *dst;
  JsString *result = string_alloc_latin1(cx->heap, view.length, &dst);
  if (!result)
    return throw_out_of_memory(cx);
  memcpy(dst, src, k);
  for (; k < view.length; k++)
    dst[k] = latin1_has_upper_form(src[k]) ? src[k] - 32 : src[k];
  js_keep_alive(js_from_cell(str));
  return js_from_cell(result);
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
  const uint16_t *src = TRY(wide_units(cx, str, &keep));
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
  return change_case(cx, TRY(this_string(cx, this_val, "String.prototype.toLowerCase")), false);
}

/* String.prototype.toUpperCase ( )  ecma262#sec-string.prototype.touppercase */
JsValue string_proto_to_upper_case(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return change_case(cx, TRY(this_string(cx, this_val, "String.prototype.toUpperCase")), true);
}

/* --- locales
 * --------------------------------------------------------------------------------------------------------------------
 */

/* Longer language tags than this are refused. ICU's own limit is 157. */
enum { MAX_TAG = 128 };

/* unicode_locale_id's outline: a language of 2-3 or 5-8 letters, then subtags of up to 8 letters and digits. */
static bool tag_is_well_formed(const char *tag)
{
  size_t part = 0;
  bool first = true;
  for (;; tag++) {
    char lower = (char)(*tag | 0x20);
    bool letter = lower >= 'a' && lower <= 'z', digit = *tag >= '0' && *tag <= '9';
    if (letter || (digit && !first)) {
      part++;
      continue;
    }
    if (part == 0 || part > 8 || (first && (part < 2 || part == 4)))
      return false;
    if (!*tag)
      return true;
    if (*tag != '-')
      return false;
    part = 0;
    first = false;
  }
}

/* CanonicalizeLocaleList's first element, as a tag; "" when there is none  ecma402#sec-canonicalizelocalelist */
static bool first_locale(JsContext *cx, JsValue locales, char tag[MAX_TAG])
{
  tag[0] = 0;
  if (js_is_undefined(locales))
    return true;
  if (!js_is_string(locales)) {
    JsObject *list = TRY_OR(false, to_object(cx, locales));
    int64_t length;
    TRY_OR(false, length_of_array_like(cx, list, &length));
    if (!length)
      return true;
    locales = TRY_OR(false, get_index(cx, list, 0));
    if (!js_is_string(locales) && !js_is_object(locales)) {
      throw_error(cx, JS_MSG_INCORRECT_LOCALE);
      return false;
    }
  }
  JsString *text = TRY_OR(false, to_string(cx, locales));
  size_t length = string_utf8_length(cx->heap, text);
  if (length < MAX_TAG) {
    string_to_utf8(cx->heap, text, tag, MAX_TAG);
    tag[length] = 0;
  }
  if (length >= MAX_TAG || strlen(tag) != length || !tag_is_well_formed(tag)) {
    throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, text);
    return false;
  }
  return true;
}

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
  char tag[MAX_TAG];
  TRY(first_locale(cx, locales, tag));
  if (!has_own_case_rules(tag))
    return change_case(cx, str, upper);
  JsString *keep;
  const uint16_t *src = TRY(wide_units(cx, str, &keep));
  size_t cap = (size_t)str->length * 3 + 16, length; /* no mapping makes more than three units of one */
  uint16_t *dst;
  JsString *scratch = string_alloc_wide(cx->heap, cap, &dst);
  if (!scratch)
    return throw_out_of_memory(cx);
  UnicodeResult result = unicode_locale_case(upper, tag, src, str->length, dst, cap, &length);
  if (result == UNICODE_UNKNOWN)
    return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, string_from_c_string(cx->heap, tag));
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

/* --- normalize
 * ------------------------------------------------------------------------------------------------------------------ */

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
  const uint16_t *src = TRY(wide_units(cx, str, &keep));
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

/* --- localeCompare
 * -------------------------------------------------------------------------------------------------------------- */

void collator_finalise(JsHeap *heap, JsCell *cell);
void collator_finalise(JsHeap *heap, JsCell *cell)
{
  unicode_collator_close(((JsCollator *)cell)->collator);
}

/* Printable ASCII in the order of CLDR's root collation; a letter's cases are told apart only where all else is equal.
 */
static const char ascii_order[] = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

/* FAST: the root collation of printable ASCII, without ICU. *order is its answer; false: not such strings. */
static bool compare_ascii(StringView a, StringView b, int *order)
{
  uint8_t weights[128] = {0};
  if (a.is_wide || b.is_wide)
    return false;
  for (size_t k = 0; ascii_order[k]; k++)
    weights[(uint8_t)ascii_order[k]] = (uint8_t)(k + 1);
  const uint8_t *x = a.units, *y = b.units;
  int primary = 0, cases = 0;
  for (uint32_t k = 0; k < a.length || k < b.length; k++) {
    uint8_t c = k < a.length ? x[k] : ' ', d = k < b.length ? y[k] : ' ';
    uint8_t lower_c = (uint8_t)(c - 'A') < 26 ? c + 32 : c, lower_d = (uint8_t)(d - 'A') < 26 ? d + 32 : d;
    if (lower_c >= 128 || lower_d >= 128 || !weights[lower_c] || !weights[lower_d])
      return false;
    if (primary)
      continue;
    if (k >= a.length || k >= b.length)
      primary = k >= a.length ? -1 : 1;
    else if (lower_c != lower_d)
      primary = weights[lower_c] < weights[lower_d] ? -1 : 1;
    else if (c != d && !cases)
      cases = c > d ? -1 : 1; /* lower case, the greater in ASCII, first */
  }
  *order = primary ? primary : cases;
  return true;
}

/* Canonically equivalent strings compare equal, which ICU by itself does not see to in every language. */
#define NORMALIZING "colNormalization=yes"

static UnicodeCollator *root_collator(JsContext *cx)
{
  JsValue known = slot_get(cx->realm->collator);
  if (js_is_cell(known))
    return ((JsCollator *)js_as_cell(known))->collator;
  JsCollator *cell = GC_NEW(cx->heap, COLLATOR, JsCollator);
  UnicodeResult result = unicode_collator_open("", NORMALIZING, &cell->collator);
  if (result != UNICODE_OK) {
    throw_unicode(cx, result);
    return NULL;
  }
  slot_set(cx->heap, cx->realm, &cx->realm->collator, js_from_cell(cell));
  return cell->collator;
}

static void add_keyword(char keywords[128], const char *keyword)
{
  if (keywords[0])
    strncat(keywords, ";", 127 - strlen(keywords));
  strncat(keywords, keyword, 127 - strlen(keywords));
}

/* An option of Intl.Collator: the row of `values` it names, in order; -1 when it is undefined. */
static bool string_option(JsContext *cx, JsObject *options, const char *name, const char *const *values, int *which)
{
  *which = -1;
  JsValue val = TRY_OR(false, get_property(cx, options, key_from_c_string(cx->heap, name)));
  if (js_is_undefined(val))
    return true;
  JsString *text = TRY_OR(false, to_string(cx, val));
  for (int k = 0; values[k]; k++) {
    if (string_equals_ascii(cx->heap, text, values[k])) {
      *which = k;
      return true;
    }
  }
  throw_error(cx, JS_MSG_INVALID_OPTION, text, name);
  return false;
}

/* Intl.Collator's options as ICU's keywords  ecma402#sec-initializecollator */
static bool collator_keywords(JsContext *cx, JsValue options_value, char keywords[128])
{
  static const char *const sensitivities[] = {"base", "accent", "case", "variant", NULL};
  static const char *const strengths[] = {"colStrength=primary", "colStrength=secondary",
                                          "colStrength=primary;colCaseLevel=yes", "colStrength=tertiary"};
  static const char *const case_firsts[] = {"upper", "lower", "false", NULL};
  static const char *const case_keywords[] = {"colCaseFirst=upper", "colCaseFirst=lower", "colCaseFirst=no"};
  keywords[0] = 0;
  if (js_is_undefined(options_value))
    return true;
  JsObject *options = TRY_OR(false, to_object(cx, options_value));
  JsValue numeric = TRY_OR(false, get_property(cx, options, key_from_c_string(cx->heap, "numeric")));
  if (!js_is_undefined(numeric))
    add_keyword(keywords, to_boolean(numeric) ? "colNumeric=yes" : "colNumeric=no");
  int which;
  TRY_OR(false, string_option(cx, options, "caseFirst", case_firsts, &which));
  if (which >= 0)
    add_keyword(keywords, case_keywords[which]);
  TRY_OR(false, string_option(cx, options, "sensitivity", sensitivities, &which));
  if (which >= 0)
    add_keyword(keywords, strengths[which]);
  JsValue punctuation = TRY_OR(false, get_property(cx, options, key_from_c_string(cx->heap, "ignorePunctuation")));
  if (!js_is_undefined(punctuation))
    add_keyword(keywords, to_boolean(punctuation) ? "colAlternate=shifted" : "colAlternate=non-ignorable");
  return true;
}

/* String.prototype.localeCompare ( that [ , locales [ , options ] ] )  ecma402#sup-String.prototype.localeCompare
 * HOST: the default locale's order is the root collation. */
JsValue string_proto_locale_compare(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype.localeCompare"));
  JsString *that = TRY(to_string(cx, js_arg(argc, argv, 0)));
  char tag[MAX_TAG], keywords[128];
  TRY(first_locale(cx, js_arg(argc, argv, 1), tag));
  TRY(collator_keywords(cx, js_arg(argc, argv, 2), keywords));
  bool root = !tag[0] && !keywords[0];
  add_keyword(keywords, NORMALIZING);
  int order;
  if (root && compare_ascii(string_view(cx->heap, str), string_view(cx->heap, that), &order))
    return js_int32(order);
  JsString *keep_a, *keep_b;
  const uint16_t *a = TRY(wide_units(cx, str, &keep_a))
  , *b = TRY(wide_units(cx, that, &keep_b));
  UnicodeCollator *collator;
  if (root) {
    collator = TRY(root_collator(cx));
  } else {
    UnicodeResult result = unicode_collator_open(tag, keywords, &collator);
    if (result == UNICODE_UNKNOWN)
      return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, string_from_c_string(cx->heap, tag));
    if (result != UNICODE_OK)
      return throw_unicode(cx, result);
  }
  order = unicode_collator_compare(collator, a, str->length, b, that->length);
  if (!root)
    unicode_collator_close(collator);
  js_keep_alive(js_from_cell(keep_a));
  js_keep_alive(js_from_cell(keep_b));
  return js_int32(order);
}
