// SPDX-License-Identifier: MIT
/* Intl.Collator  ecma402#collator-objects, and String.prototype.localeCompare. */
#include "builtins/intl/intl.h"

#include <stdio.h>

extern const JsIntrinsicTable intl_collator_constructor_table, intl_collator_prototype_table;

enum { COLLATOR_ICU = 1, COLLATOR_COMPARE = 2 };
enum { USAGE_SORT, USAGE_SEARCH };

typedef struct JsCollator {
  JsIntl intl;
  uint8_t usage, sensitivity;
  bool ignores_punctuation, numeric;
  bool is_plain; /* compare_ascii answers as ICU does */
  uint8_t case_first;
  char collation[64];
} JsCollator;

static const char *const usages[] = {"sort", "search", NULL};
static const char *const sensitivities[] = {"base", "accent", "case", "variant", NULL};
static const char *const case_firsts[] = {"upper", "lower", "false", NULL};
enum { CASE_UPPER, CASE_LOWER, CASE_FALSE };

/* UColAttribute and UColAttributeValue */
enum {
  ICU_ALTERNATE_HANDLING = 1,
  ICU_CASE_FIRST = 2,
  ICU_CASE_LEVEL = 3,
  ICU_NORMALIZATION_MODE = 4,
  ICU_STRENGTH = 5,
  ICU_NUMERIC_COLLATION = 7,
  ICU_PRIMARY = 0,
  ICU_SECONDARY = 1,
  ICU_TERTIARY = 2,
  ICU_OFF = 16,
  ICU_ON = 17,
  ICU_SHIFTED = 20,
  ICU_NON_IGNORABLE = 21,
  ICU_LOWER_FIRST = 24,
  ICU_UPPER_FIRST = 25
};

/* --- locale data -------------------------------------------------------------------------------------------------- */

static bool supports_collation(const Icu *icu, const char *icu_locale, const char *value)
{
  if (!strcmp(value, "standard") || !strcmp(value, "search"))
    return false;
  IcuError error = 0;
  IcuEnumeration *list = icu->ucol_getKeywordValuesForLocale("collation", icu_locale, false, &error);
  bool found = false;
  const char *name;
  while (error <= 0 && !found && (name = icu->uenum_next(list, NULL, &error))) {
    const char *type = icu->uloc_toUnicodeLocaleType("co", name);
    found = type && !strcmp(type, value);
  }
  if (list)
    icu->uenum_close(list);
  return found;
}

static bool supports_boolean(const Icu *icu, const char *icu_locale, const char *value)
{
  return !strcmp(value, "true") || !strcmp(value, "false");
}

static bool supports_case_first(const Icu *icu, const char *icu_locale, const char *value)
{
  return intl_find_name(case_firsts, value) >= 0;
}

/* --- the constructor ---------------------------------------------------------------------------------------------- */

static void set_attributes(const Icu *icu, IcuCollator *icu_collator, const IntlKey *numeric, const IntlKey *case_first,
                           int sensitivity, int punctuation)
{
  IcuError error = 0;
  /* Canonically equivalent strings compare equal, which ICU by itself does not see to in every language. */
  icu->ucol_setAttribute(icu_collator, ICU_NORMALIZATION_MODE, ICU_ON, &error);
  if (numeric->value[0])
    icu->ucol_setAttribute(icu_collator, ICU_NUMERIC_COLLATION, strcmp(numeric->value, "true") ? ICU_OFF : ICU_ON,
                           &error);
  static const int cases[] = {ICU_UPPER_FIRST, ICU_LOWER_FIRST, ICU_OFF};
  if (case_first->value[0])
    icu->ucol_setAttribute(icu_collator, ICU_CASE_FIRST, cases[intl_find_name(case_firsts, case_first->value)], &error);
  static const int strengths[] = {ICU_PRIMARY, ICU_SECONDARY, ICU_PRIMARY, ICU_TERTIARY};
  if (sensitivity >= 0) {
    icu->ucol_setAttribute(icu_collator, ICU_STRENGTH, strengths[sensitivity], &error);
    if (!strcmp(sensitivities[sensitivity], "case"))
      icu->ucol_setAttribute(icu_collator, ICU_CASE_LEVEL, ICU_ON, &error);
  }
  if (punctuation >= 0)
    icu->ucol_setAttribute(icu_collator, ICU_ALTERNATE_HANDLING, punctuation ? ICU_SHIFTED : ICU_NON_IGNORABLE, &error);
}

/* What the collator turned out to be, for resolvedOptions(). */
static void read_attributes(const Icu *icu, IcuCollator *icu_collator, JsCollator *collator)
{
  IcuError error = 0;
  int strength = icu->ucol_getAttribute(icu_collator, ICU_STRENGTH, &error);
  bool case_level = icu->ucol_getAttribute(icu_collator, ICU_CASE_LEVEL, &error) == ICU_ON;
  int first = icu->ucol_getAttribute(icu_collator, ICU_CASE_FIRST, &error);
  collator->sensitivity = strength == ICU_PRIMARY ? (case_level ? 2 : 0) : strength == ICU_SECONDARY ? 1 : 3;
  collator->ignores_punctuation = icu->ucol_getAttribute(icu_collator, ICU_ALTERNATE_HANDLING, &error) == ICU_SHIFTED;
  collator->numeric = icu->ucol_getAttribute(icu_collator, ICU_NUMERIC_COLLATION, &error) == ICU_ON;
  collator->case_first = first == ICU_UPPER_FIRST ? CASE_UPPER : first == ICU_LOWER_FIRST ? CASE_LOWER : CASE_FALSE;
}

/* Languages that order ASCII as the root does. */
static bool orders_ascii_plainly(const char *base)
{
  static const char *const languages[] = {"ca", "de", "en", "es", "fr", "id", "it", "nl", "pt", NULL};
  char language[4] = {0};
  memcpy(language, base, strnlen(base, 3));
  language[2] = language[2] == '-' ? 0 : language[2];
  return intl_find_name(languages, language) >= 0;
}

static JsObject *make_collator(JsContext *cx, JsValue new_target, JsValue locales, JsValue options_value)
{
  JsCollator *collator = TRY_OR(NULL, INTL_NEW(cx, new_target, COLLATOR, JsCollator));
  JsElements *requested = TRY_OR(NULL, intl_locale_list(cx, locales));
  IntlOptions options;
  TRY_OR(NULL, intl_coerce_options(cx, options_value, "Intl.Collator", &options));
  int usage, numeric, sensitivity, punctuation, first;
  TRY_OR(NULL, intl_enum_option(cx, options, "usage", usages, USAGE_SORT, &usage));
  TRY_OR(NULL, intl_read_matcher(cx, options));
  IntlKey keys[] = {{.key = "co", .supports = supports_collation},
                    {.key = "kf", .supports = supports_case_first},
                    {.key = "kn", .supports = supports_boolean}};
  TRY_OR(NULL, intl_key_option(cx, options, "collation", &keys[0]));
  TRY_OR(NULL, intl_boolean_option(cx, options, "numeric", -1, &numeric));
  if (numeric >= 0) {
    keys[2].has_option = true;
    memcpy(keys[2].option, numeric ? "true" : "false", numeric ? 5 : 6);
  }
  TRY_OR(NULL, intl_enum_option(cx, options, "caseFirst", case_firsts, -1, &first));
  if (first >= 0) {
    keys[1].has_option = true;
    memcpy(keys[1].option, case_firsts[first], strlen(case_firsts[first]) + 1);
  }
  IntlLocale locale;
  TRY_OR(NULL, intl_resolve_locale(cx, requested, keys, 3, &locale));
  TRY_OR(NULL, intl_enum_option(cx, options, "sensitivity", sensitivities, -1, &sensitivity));
  TRY_OR(NULL, intl_boolean_option(cx, options, "ignorePunctuation", -1, &punctuation));
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  const char *collation = keys[0].value[0] ? icu->uloc_toLegacyType("co", keys[0].value) : "";
  /* DIFF: searching has one collation a language; what -u-co- asks for is shown, not used, as in V8. */
  intl_icu_keywords(locale.icu, 1,
                    (const char *[]){"collation", usage == USAGE_SEARCH ? "search"
                                                  : collation           ? collation
                                                                        : ""});
  char key[LOCALE_ICU_MAX + 192];
  snprintf(key, sizeof key, "C|%s|%s|%s|%d|%d", locale.icu, keys[1].value, keys[2].value, sensitivity, punctuation);
  JsIcuHandle *handle = intl_cache_find(cx, key);
  if (!handle) {
    enum { COLLATOR_BYTES = 2048 };
    IcuError error = 0;
    IcuCollator *opened = icu->ucol_open(locale.icu, &error);
    handle =
        TRY_OR(NULL, intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->ucol_close, COLLATOR_BYTES));
    set_attributes(icu, opened, &keys[2], &keys[1], sensitivity, punctuation);
    intl_cache_add(cx, key, handle);
  }
  read_attributes(icu, handle->icu, collator);
  collator->usage = (uint8_t)usage;
  const char *shown = usage == USAGE_SORT && keys[0].value[0] ? keys[0].value : "default";
  memcpy(collator->collation, shown, strlen(shown) + 1);
  collator->is_plain = usage == USAGE_SORT && !keys[0].value[0] && !collator->numeric && collator->sensitivity == 3 &&
                       !collator->ignores_punctuation && collator->case_first == CASE_FALSE &&
                       orders_ascii_plainly(locale.base);
  intl_set(cx, &collator->intl, INTL_LOCALE, locale.tag);
  intl_set(cx, &collator->intl, COLLATOR_ICU, handle);
  return &collator->intl.obj;
}

/* Intl.Collator ( [ locales [ , options ] ] )  ecma402#sec-intl.collator */
static JsValue intl_collator_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx);
  if (js_is_undefined(new_target))
    new_target = js_from_object(js_callee(cx));
  return js_from_object(TRY(make_collator(cx, new_target, js_arg(argc, argv, 0), js_arg(argc, argv, 1))));
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

/*
 * Weights of printable ASCII in CLDR's root collation, 0 for what is not printable. Space comes first, then
 *    _ - , ; : ! ? . ' " ( ) [ ] { } @ * / \ & # % ` ^ + < = > | ~ $
 * then digits, then letters, whose cases are told apart only where all else is equal.
 */
/* clang-format off */
static const uint8_t ascii_weights[128] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     1,  7, 11, 23, 33, 24, 22, 10, 12, 13, 19, 27,  4,  3,  9, 20,
    34, 35, 36, 37, 38, 39, 40, 41, 42, 43,  6,  5, 28, 29, 30,  8,
    18, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 14, 21, 15, 26,  2,
    25, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 16, 31, 17, 32,  0,
};
/* clang-format on */

/* FAST: the root collation of printable ASCII, without ICU. *order is its answer; false: not such strings. */
static bool compare_ascii(StringView a, StringView b, int *order)
{
  if (a.is_wide || b.is_wide)
    return false;
  const uint8_t *x = a.units, *y = b.units;
  int primary = 0, cases = 0;
  uint32_t common = a.length < b.length ? a.length : b.length;
  for (uint32_t k = 0; k < common; k++) {
    uint8_t c = x[k], d = y[k];
    if (c >= 128 || d >= 128 || !ascii_weights[c] || !ascii_weights[d])
      return false;
    if (c == d || primary)
      continue;
    if (ascii_weights[c] != ascii_weights[d])
      primary = ascii_weights[c] < ascii_weights[d] ? -1 : 1;
    else if (!cases)
      cases = c > d ? -1 : 1; /* lower case, the greater in ASCII, first */
  }
  const uint8_t *rest = a.length > common ? x : y;
  for (uint32_t k = common; k < a.length || k < b.length; k++)
    if (rest[k] >= 128 || !ascii_weights[rest[k]])
      return false;
  *order = primary ? primary : a.length != b.length ? (a.length < b.length ? -1 : 1) : cases;
  return true;
}

/* CompareStrings ( collator, x, y )  ecma402#sec-collator-comparestrings */
static JsValue compare_strings(JsContext *cx, JsCollator *collator, JsString *a, JsString *b)
{
  int order;
  if (collator->is_plain && compare_ascii(string_view(cx->heap, a), string_view(cx->heap, b), &order))
    return js_int32(order);
  const Icu *icu = TRY(intl_icu(cx));
  JsString *keep_a, *keep_b;
  const uint16_t *x = TRY(intl_units(cx, a, &keep_a))
  , *y = TRY(intl_units(cx, b, &keep_b));
  order = icu->ucol_strcoll(intl_handle(&collator->intl, COLLATOR_ICU), x, (int32_t)a->length, y, (int32_t)b->length);
  js_keep_alive(js_from_cell(keep_a));
  js_keep_alive(js_from_cell(keep_b));
  return js_int32(order);
}

/* Collator Compare Functions  ecma402#sec-collator-compare-functions; data: the collator */
static JsValue collator_compare(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollator *collator = (JsCollator *)js_as_object(js_callee_data(cx, 0));
  JsString *a = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsString *b = TRY(to_string(cx, js_arg(argc, argv, 1)));
  return compare_strings(cx, collator, a, b);
}

JsValue intl_locale_compare(JsContext *cx, JsString *a, JsString *b, JsValue locales, JsValue options)
{
  bool sharable = js_is_undefined(options) && (js_is_undefined(locales) || js_is_string(locales));
  JsValue found = sharable ? intl_shared_find(cx, CELL_INTL_COLLATOR, locales) : JS_HOLE;
  if (js_is_hole(found)) {
    found = js_from_object(TRY(make_collator(cx, JS_UNDEFINED, locales, options)));
    if (sharable)
      intl_shared_add(cx, CELL_INTL_COLLATOR, locales, found);
  }
  return compare_strings(cx, (JsCollator *)js_as_object(found), a, b);
}

/* get Intl.Collator.prototype.compare  ecma402#sec-intl.collator.prototype.compare */
static JsValue get_collator_compare(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIntl *collator = INTL_THIS(cx, this_val, COLLATOR, JsIntl, "get Intl.Collator.prototype.compare");
  if (!intl_has(collator, COLLATOR_COMPARE)) {
    JsValue data = js_from_object(&collator->obj);
    intl_set(cx, collator, COLLATOR_COMPARE,
             native_function_new(cx, collator_compare, key_from_c_string(cx->heap, ""), 2, &data, 1));
  }
  return slot_get(collator->slots[COLLATOR_COMPARE]);
}

/* Intl.Collator.prototype.resolvedOptions ( )  ecma402#sec-intl.collator.prototype.resolvedoptions */
static JsValue intl_collator_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsCollator *collator = INTL_THIS(cx, this_val, COLLATOR, JsCollator, "Intl.Collator.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(collator->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "usage", usages[collator->usage]));
  TRY(intl_put_ascii(cx, out, "sensitivity", sensitivities[collator->sensitivity]));
  TRY(intl_put(cx, out, "ignorePunctuation", js_boolean(collator->ignores_punctuation)));
  TRY(intl_put_ascii(cx, out, "collation", collator->collation));
  TRY(intl_put(cx, out, "numeric", js_boolean(collator->numeric)));
  TRY(intl_put_ascii(cx, out, "caseFirst", case_firsts[collator->case_first]));
  return js_from_object(out);
}

static const JsBuiltin intl_collator_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_COLLATOR),
};
static const JsBuiltin intl_collator_proto[] = {
    FN("resolvedOptions", intl_collator_proto_resolved_options, 0),
    GETTER("compare", get_collator_compare),
    STRING_SYM(toStringTag, "Intl.Collator"),
};
const JsIntrinsicTable intl_collator_constructor_table = {
    CONSTRUCTOR_TABLE("Collator", intl_collator_constructor, 0, INTL_COLLATOR_PROTOTYPE), ROWS(intl_collator_static)};
const JsIntrinsicTable intl_collator_prototype_table = {PROTOTYPE_TABLE(INTL_COLLATOR), ROWS(intl_collator_proto)};
