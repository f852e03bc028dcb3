// SPDX-License-Identifier: MIT
/* Intl.Locale  ecma402#locale-objects. The object holds its canonical tag; what is asked of it is parsed again. */
#include "builtins/intl/intl.h"

#include <stdio.h>
#include <stdlib.h>

extern const JsIntrinsicTable intl_locale_constructor_table, intl_locale_prototype_table;

static bool out_of_range(JsContext *cx, IntlOptions options, const char *name, JsString *text)
{
  intl_throw_option(cx, options, name, text);
  return false;
}

/* --- the constructor ---------------------------------------------------------------------------------------------- */

/* A language, script or region option. */
static bool update_subtag(JsContext *cx, IntlOptions options, const char *name, bool (*valid)(const char *, size_t),
                          char *field, size_t size)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, name, &text));
  if (!text)
    return true;
  char *subtag = TRY_OR(false, intl_c_string(cx, text));
  if (!valid(subtag, text->length) || text->length >= size) {
    throw_error(cx, JS_MSG_INTL_INCORRECT_INFORMATION);
    return false;
  }
  memcpy(field, subtag, text->length + 1);
  return true;
}

static bool update_variants(JsContext *cx, IntlOptions options, LocaleTag *tag)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, "variants", &text));
  if (!text)
    return true;
  char *at = TRY_OR(false, intl_c_string(cx, text));
  tag->variant_count = 0;
  for (;;) {
    size_t len = strcspn(at, "-");
    if (!locale_is_variant(at, len) || tag->variant_count == LOCALE_VARIANTS_MAX)
      return out_of_range(cx, options, "variants", text);
    char *variant = tag->variants[tag->variant_count++];
    for (size_t k = 0; k < len; k++)
      variant[k] = at[k] >= 'A' && at[k] <= 'Z' ? (char)(at[k] + 32) : at[k];
    variant[len] = 0;
    for (uint32_t k = 0; k + 1 < tag->variant_count; k++)
      if (!strcmp(tag->variants[k], variant))
        return out_of_range(cx, options, "variants", text);
    if (!at[len])
      return true;
    at += len + 1;
  }
}

/* UpdateLanguageId ( tag, options )  ecma402#sec-updatelanguageid */
static bool update_language_id(JsContext *cx, IntlOptions options, LocaleTag *tag)
{
  TRY_OR(false, update_subtag(cx, options, "language", locale_is_language, tag->language, sizeof tag->language));
  TRY_OR(false, update_subtag(cx, options, "script", locale_is_script, tag->script, sizeof tag->script));
  TRY_OR(false, update_subtag(cx, options, "region", locale_is_region, tag->region, sizeof tag->region));
  return update_variants(cx, options, tag);
}

/* WeekdayToUValue ( fw )  ecma402#sec-weekday-to-uvalue */
static const char *weekday_value(const char *text)
{
  static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return text[0] >= '0' && text[0] <= '7' && !text[1] ? days[text[0] - '0'] : text;
}

/* A keyword from an option: any type when values is NULL. */
static bool update_keyword(JsContext *cx, IntlOptions options, const char *name, const char *key,
                           const char *const *values, LocaleTag *tag)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, name, &text));
  if (!text)
    return true;
  char *ascii = TRY_OR(false, intl_c_string(cx, text));
  const char *value = !strcmp(key, "fw") ? weekday_value(ascii) : ascii;
  if (values ? intl_find_name(values, value) < 0 : !locale_is_type(value))
    return out_of_range(cx, options, name, text);
  if (value == ascii)
    for (char *c = ascii; *c; c++)
      if (*c >= 'A' && *c <= 'Z')
        *c += 'a' - 'A';
  if (!locale_tag_set_keyword(tag, key, value))
    return out_of_range(cx, options, name, text);
  return true;
}

static bool update_keywords(JsContext *cx, IntlOptions options, LocaleTag *tag)
{
  static const char *const hour_cycles[] = {"h11", "h12", "h23", "h24", NULL};
  static const char *const case_firsts[] = {"upper", "lower", "false", NULL};
  int numeric;
  TRY_OR(false, update_keyword(cx, options, "calendar", "ca", NULL, tag));
  TRY_OR(false, update_keyword(cx, options, "collation", "co", NULL, tag));
  TRY_OR(false, update_keyword(cx, options, "firstDayOfWeek", "fw", NULL, tag));
  TRY_OR(false, update_keyword(cx, options, "hourCycle", "hc", hour_cycles, tag));
  TRY_OR(false, update_keyword(cx, options, "caseFirst", "kf", case_firsts, tag));
  TRY_OR(false, intl_boolean_option(cx, options, "numeric", -1, &numeric));
  if (numeric >= 0)
    locale_tag_set_keyword(tag, "kn", numeric ? "" : "false");
  return update_keyword(cx, options, "numberingSystem", "nu", NULL, tag);
}

static JsValue new_locale(JsContext *cx, JsIntl *locale, const LocaleTag *tag)
{
  char text[LOCALE_TAG_MAX + 1];
  size_t len = locale_tag_write(tag, text);
  if (!len)
    return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, string_empty(cx->heap));
  intl_set(cx, locale, INTL_LOCALE, string_from_latin1(cx->heap, text, len));
  return js_from_object(&locale->obj);
}

/* Intl.Locale ( tag [ , options ] )  ecma402#sec-Intl.Locale */
static JsValue intl_locale_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx), val = js_arg(argc, argv, 0);
  if (js_is_undefined(new_target))
    return throw_constructor_requires_new(cx, "Intl.Locale");
  JsIntl *locale = TRY(INTL_NEW(cx, new_target, LOCALE, JsIntl));
  JsString *text;
  if (js_is_kind(val, CELL_INTL_LOCALE))
    text = intl_string((JsIntl *)js_as_object(val), INTL_LOCALE);
  else if (js_is_string(val) || js_is_object(val))
    text = TRY(to_string(cx, val));
  else
    return throw_error(cx, JS_MSG_INTL_EMPTY_LOCALE);
  if (!text->length)
    return throw_error(cx, JS_MSG_INTL_NO_LOCALE);
  IntlOptions options;
  TRY(intl_coerce_options(cx, js_arg(argc, argv, 1), "locale", &options));
  const Icu *icu = TRY(intl_icu(cx));
  LocaleTag tag;
  char *ascii = TRY(intl_c_string(cx, text));
  if (!locale_tag_parse(&tag, ascii, text->length))
    return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, text);
  /* Canonical first: an option replaces a subtag of the canonical tag. */
  locale_tag_canonicalize(icu, &tag);
  TRY(update_language_id(cx, options, &tag));
  TRY(update_keywords(cx, options, &tag));
  char out[LOCALE_TAG_MAX + 1];
  size_t len = locale_tag_write(&tag, out);
  if (!len || !locale_tag_parse(&tag, out, len))
    return throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, text);
  locale_tag_canonicalize(icu, &tag);
  return new_locale(cx, locale, &tag);
}

/* --- accessors ---------------------------------------------------------------------------------------------------- */

#define LOCALE_ACCESSORS(V)                                                                                            \
  V(BASE_NAME, "baseName", "")                                                                                         \
  V(CALENDAR, "calendar", "ca")                                                                                        \
  V(CASE_FIRST, "caseFirst", "kf")                                                                                     \
  V(COLLATION, "collation", "co")                                                                                      \
  V(FIRST_DAY_OF_WEEK, "firstDayOfWeek", "fw")                                                                         \
  V(HOUR_CYCLE, "hourCycle", "hc")                                                                                     \
  V(NUMERIC, "numeric", "kn")                                                                                          \
  V(NUMBERING_SYSTEM, "numberingSystem", "nu")                                                                         \
  V(LANGUAGE, "language", "")                                                                                          \
  V(SCRIPT, "script", "")                                                                                              \
  V(REGION, "region", "")                                                                                              \
  V(VARIANTS, "variants", "")

enum {
#define V(id, name, key) LOCALE_GET_##id,
  LOCALE_ACCESSORS(V)
#undef V
};

static void parse_this(JsIntl *locale, LocaleTag *tag, JsContext *cx)
{
  JsString *text = intl_string(locale, INTL_LOCALE);
  StringView view = string_view(cx->heap, text);
  JS_CHECK(!view.is_wide && locale_tag_parse(tag, view.units, view.length));
}

static JsValue text_or_undefined(JsContext *cx, const char *text)
{
  return text && *text ? js_from_cell(intl_ascii(cx, text)) : JS_UNDEFINED;
}

/* get Intl.Locale.prototype.baseName and the others  ecma402#sec-Intl.Locale.prototype.baseName; magic: LOCALE_GET_* */
static JsValue get_locale_property(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const struct {
    const char *method, *key;
  } rows[] = {
#define V(id, name, key) {"get Intl.Locale.prototype." name, key},
      LOCALE_ACCESSORS(V)
#undef V
  };
  int which = js_callee_magic(cx);
  JsIntl *locale = INTL_THIS(cx, this_val, LOCALE, JsIntl, rows[which].method);
  LocaleTag tag;
  parse_this(locale, &tag, cx);
  if (rows[which].key[0]) {
    const char *value = locale_tag_keyword(&tag, rows[which].key);
    if (which == LOCALE_GET_NUMERIC)
      return js_boolean(value && !*value);
    return value ? js_from_cell(intl_ascii(cx, value)) : JS_UNDEFINED;
  }
  char text[LOCALE_TAG_MAX + 1];
  switch (which) {
  case LOCALE_GET_LANGUAGE: return text_or_undefined(cx, tag.language);
  case LOCALE_GET_SCRIPT: return text_or_undefined(cx, tag.script);
  case LOCALE_GET_REGION: return text_or_undefined(cx, tag.region);
  case LOCALE_GET_VARIANTS: {
    LocaleTag only;
    memset(&only, 0, offsetof(LocaleTag, pool));
    only.variant_count = tag.variant_count;
    memcpy(only.variants, tag.variants, sizeof tag.variants);
    locale_tag_write_base(&only, text);
    return text_or_undefined(cx, text);
  }
  default: locale_tag_write_base(&tag, text); return text_or_undefined(cx, text);
  }
}

/* Intl.Locale.prototype.toString ( )  ecma402#sec-Intl.Locale.prototype.toString */
static JsValue intl_locale_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsIntl *locale = INTL_THIS(cx, this_val, LOCALE, JsIntl, "Intl.Locale.prototype.toString");
  return slot_get(locale->slots[INTL_LOCALE]);
}

/* Intl.Locale.prototype.maximize ( ) and minimize ( )  ecma402#sec-Intl.Locale.prototype.maximize; magic 1: minimize */
static JsValue intl_locale_proto_likely(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool minimize = js_callee_magic(cx);
  JsIntl *locale = INTL_THIS(cx, this_val, LOCALE, JsIntl,
                             minimize ? "Intl.Locale.prototype.minimize" : "Intl.Locale.prototype.maximize");
  const Icu *icu = TRY(intl_icu(cx));
  LocaleTag tag, core, likely;
  parse_this(locale, &tag, cx);
  memset(&core, 0, offsetof(LocaleTag, pool));
  memcpy(core.language, tag.language, sizeof tag.language);
  memcpy(core.script, tag.script, sizeof tag.script);
  memcpy(core.region, tag.region, sizeof tag.region);
  char text[LOCALE_TAG_MAX + 1], name[LOCALE_ICU_MAX], result[LOCALE_ICU_MAX];
  locale_tag_write_base(&core, text);
  IcuError error = 0;
  if (locale_icu_name(text, name)) {
    int32_t len = minimize ? icu->uloc_minimizeSubtags(name, result, LOCALE_ICU_MAX, &error)
                           : icu->uloc_addLikelySubtags(name, result, LOCALE_ICU_MAX, &error);
    for (int32_t k = 0; error <= 0 && k < len; k++)
      if (result[k] == '_')
        result[k] = '-';
    if (error <= 0 && len > 0 && locale_tag_parse(&likely, result, (size_t)len)) {
      memcpy(tag.language, likely.language, sizeof tag.language);
      memcpy(tag.script, likely.script, sizeof tag.script);
      memcpy(tag.region, likely.region, sizeof tag.region);
    }
  }
  JsIntl *made = TRY(INTL_NEW(cx, JS_UNDEFINED, LOCALE, JsIntl));
  return new_locale(cx, made, &tag);
}

/* --- locale information ------------------------------------------------------------------------------------------- */

/* ICU's name of the whole tag, keywords included. */
static void icu_name_of(const Icu *icu, const char *tag, char out[LOCALE_ICU_MAX])
{
  IcuError error = 0;
  int32_t parsed;
  icu->uloc_forLanguageTag(tag, out, LOCALE_ICU_MAX, &parsed, &error);
  if (error != 0)
    out[0] = 0;
}

/* RegionPreference ( locale )  ecma402#sec-regionpreference: the tag's language in the region whose customs count. */
static void preferred_region_name(const Icu *icu, const LocaleTag *tag, char out[LOCALE_ICU_MAX])
{
  const char *override = locale_tag_keyword(tag, "rg"), *subdivision = locale_tag_keyword(tag, "sd");
  const char *source = override && strlen(override) >= 3         ? override
                       : tag->region[0]                          ? NULL
                       : subdivision && strlen(subdivision) >= 3 ? subdivision
                                                                 : NULL;
  if (!source)
    return;
  LocaleTag core;
  memset(&core, 0, offsetof(LocaleTag, pool));
  memcpy(core.language, tag->language, sizeof tag->language);
  memcpy(core.script, tag->script, sizeof tag->script);
  size_t len = source[0] >= '0' && source[0] <= '9' ? 3 : 2;
  for (size_t k = 0; k < len; k++)
    core.region[k] = source[k] >= 'a' && source[k] <= 'z' ? (char)(source[k] - 32) : source[k];
  char text[LOCALE_TAG_MAX + 1], name[LOCALE_ICU_MAX];
  if (locale_tag_write_base(&core, text) && locale_icu_name(text, name))
    memcpy(out, name, sizeof name);
}

/* The values of an ICU enumeration as an array of Unicode types; skip: names that are left out. Closes it. */
static JsArray *types_of(JsContext *cx, const Icu *icu, IcuEnumeration *list, const char *key, const char *const *skip)
{
  JsArray *array = array_new(cx, 8);
  IcuError error = 0;
  const char *value;
  while (array && (value = icu->uenum_next(list, NULL, &error)) && error <= 0) {
    if (skip && intl_find_name(skip, value) >= 0)
      continue;
    const char *type = icu->uloc_toUnicodeLocaleType(key, value);
    if (!array_push_direct(cx, array, js_from_cell(intl_ascii(cx, type ? type : value))))
      array = NULL;
  }
  icu->uenum_close(list);
  return array;
}

static const char hour_cycle_letters[] = "KhHk";
static const char *const hour_cycle_names[] = {"h11", "h12", "h23", "h24", NULL};

/* The hour cycle a locale prefers, out of the pattern for the skeleton "j". */
static const char *preferred_hour_cycle(const Icu *icu, const char *name)
{
  IcuError error = 0;
  IcuPatternGenerator *generator = icu->udatpg_open(name, &error);
  uint16_t skeleton[] = {'j'}, pattern[64];
  int32_t len = error > 0 ? 0 : icu->udatpg_getBestPatternWithOptions(generator, skeleton, 1, 0, pattern, 64, &error);
  if (generator)
    icu->udatpg_close(generator);
  for (int32_t k = 0; error <= 0 && k < len; k++)
    for (int n = 0; n < 4; n++)
      if (pattern[k] == hour_cycle_letters[n])
        return hour_cycle_names[n];
  return "h23";
}

/* ICU counts weekdays from Sunday, 1; the answer from Monday, 1. */
static int weekday_from_icu(int day)
{
  return day == 1 ? 7 : day - 1;
}

static JsValue week_info(JsContext *cx, const Icu *icu, const char *name, const char *first_day)
{
  static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};
  enum { ICU_FIRST_DAY_OF_WEEK = 1, ICU_WEEKDAY = 0 };
  IcuError error = 0;
  uint16_t zone[] = {'G', 'M', 'T'};
  IcuCalendar *calendar = icu->ucal_open(zone, 3, name, 0, &error);
  if (error > 0)
    return intl_throw_icu(cx);
  int first = first_day ? intl_find_name(days, first_day) + 1 : 0;
  if (!first)
    first = weekday_from_icu(icu->ucal_getAttribute(calendar, ICU_FIRST_DAY_OF_WEEK));
  int weekend[7], count = 0;
  for (int day = 1; day <= 7; day++)
    if (icu->ucal_getDayOfWeekType(calendar, day % 7 + 1, &error) != ICU_WEEKDAY)
      weekend[count++] = day;
  icu->ucal_close(calendar);
  JsObject *info = object_new(cx);
  JsArray *list = TRY(array_new(cx, 2));
  for (int k = 0; k < count; k++)
    TRY(array_push_direct(cx, list, js_int32(weekend[k])));
  TRY(intl_put(cx, info, "firstDay", js_int32(first)));
  TRY(intl_put(cx, info, "weekend", js_from_object(&list->obj)));
  return js_from_object(info);
}

static JsValue single(JsContext *cx, const char *text)
{
  JsValue val = js_from_cell(intl_ascii(cx, text));
  return js_from_object(&TRY(array_from_values(cx, &val, 1))->obj);
}

static int compare_texts(const void *a, const void *b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* An array of ASCII strings in code unit order, each once. */
static JsValue sorted_array(JsContext *cx, JsArray *array)
{
  enum { MOST = 1024 };
  const char *texts[MOST];
  JsString *held[MOST];
  uint32_t count = array->length < MOST ? array->length : MOST;
  for (uint32_t k = 0; k < count; k++) {
    held[k] = js_as_string(object_dense_get(&array->obj, k));
    texts[k] = TRY(intl_c_string(cx, held[k]));
  }
  qsort(texts, count, sizeof *texts, compare_texts);
  JsArray *sorted = TRY(array_new(cx, count));
  for (uint32_t k = 0; k < count; k++)
    if (!k || strcmp(texts[k], texts[k - 1]))
      TRY(array_push_direct(cx, sorted, js_from_cell(intl_ascii(cx, texts[k]))));
  js_keep_alive(js_from_object(&array->obj));
  return js_from_object(&sorted->obj);
}

static const char *const unlisted_collations[] = {"standard", "search", NULL};

#define LOCALE_METHODS(V)                                                                                              \
  V(CALENDARS, "getCalendars")                                                                                         \
  V(COLLATIONS, "getCollations")                                                                                       \
  V(HOUR_CYCLES, "getHourCycles")                                                                                      \
  V(NUMBERING_SYSTEMS, "getNumberingSystems")                                                                          \
  V(TIME_ZONES, "getTimeZones")                                                                                        \
  V(TEXT_INFO, "getTextInfo")                                                                                          \
  V(WEEK_INFO, "getWeekInfo")

enum {
#define V(id, name) LOCALE_INFO_##id,
  LOCALE_METHODS(V)
#undef V
};

/* Intl.Locale.prototype.getCalendars ( ) and the others  ecma402#sec-Intl.Locale.prototype.getCalendars
 * magic: LOCALE_INFO_* */
static JsValue intl_locale_proto_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const methods[] = {
#define V(id, name) "Intl.Locale.prototype." name,
      LOCALE_METHODS(V)
#undef V
  };
  int which = js_callee_magic(cx);
  JsIntl *locale = INTL_THIS(cx, this_val, LOCALE, JsIntl, methods[which]);
  const Icu *icu = TRY(intl_icu(cx));
  LocaleTag tag;
  parse_this(locale, &tag, cx);
  char name[LOCALE_ICU_MAX], system[64];
  icu_name_of(icu, TRY(intl_c_string(cx, intl_string(locale, INTL_LOCALE))), name);
  if (which == LOCALE_INFO_CALENDARS || which == LOCALE_INFO_HOUR_CYCLES || which == LOCALE_INFO_WEEK_INFO)
    preferred_region_name(icu, &tag, name);
  static const char keys[][3] = {"ca", "co", "hc", "nu", "", "", ""};
  const char *chosen = keys[which][0] ? locale_tag_keyword(&tag, keys[which]) : NULL;
  if (chosen)
    return single(cx, chosen);
  IcuError error = 0;
  switch (which) {
  case LOCALE_INFO_CALENDARS: {
    IcuEnumeration *list = icu->ucal_getKeywordValuesForLocale("calendar", name, true, &error);
    if (error > 0)
      return intl_throw_icu(cx);
    return js_from_object(&TRY(types_of(cx, icu, list, "ca", NULL))->obj);
  }
  case LOCALE_INFO_COLLATIONS: {
    IcuEnumeration *list = icu->ucol_getKeywordValuesForLocale("collation", name, false, &error);
    if (error > 0)
      return intl_throw_icu(cx);
    return sorted_array(cx, TRY(types_of(cx, icu, list, "co", unlisted_collations)));
  }
  case LOCALE_INFO_HOUR_CYCLES: return single(cx, preferred_hour_cycle(icu, name));
  case LOCALE_INFO_NUMBERING_SYSTEMS: intl_numbering_preferred(icu, name, system); return single(cx, system);
  case LOCALE_INFO_TIME_ZONES: {
    enum { ICU_CANONICAL_LOCATION = 2 };
    if (!tag.region[0])
      return JS_UNDEFINED;
    IcuEnumeration *list = icu->ucal_openTimeZoneIDEnumeration(ICU_CANONICAL_LOCATION, tag.region, NULL, &error);
    if (error > 0)
      return intl_throw_icu(cx);
    return sorted_array(cx, TRY(types_of(cx, icu, list, "", NULL)));
  }
  case LOCALE_INFO_TEXT_INFO: {
    JsObject *info = object_new(cx);
    TRY(intl_put_ascii(cx, info, "direction", icu->uloc_isRightToLeft(name) ? "rtl" : "ltr"));
    return js_from_object(info);
  }
  default: return week_info(cx, icu, name, locale_tag_keyword(&tag, "fw"));
  }
}

/* --- Intl.supportedValuesOf --------------------------------------------------------------------------------------- */

#define V(name) name,
static const char *const units[] = {
#include "builtins/intl/units.def"
    NULL};
#undef V

/* Intl.supportedValuesOf ( key )  ecma402#sec-intl.supportedvaluesof */
JsValue intl_supported_values_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue intl_supported_values_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const keys[] = {"calendar", "collation", "currency", "numberingSystem", "timeZone", "unit", NULL};
  enum { CALENDAR, COLLATION, CURRENCY, NUMBERING_SYSTEM, TIME_ZONE, UNIT };
  static const char *const unlisted_calendars[] = {"unknown", NULL};
  static const char *const unlisted_currencies[] = {"LSM", NULL};
  JsString *text = TRY(to_string(cx, js_arg(argc, argv, 0)));
  const Icu *icu = TRY(intl_icu(cx));
  IcuError error = 0;
  IcuEnumeration *list = NULL;
  JsArray *array = NULL;
  int which = intl_find_name(keys, TRY(intl_c_string(cx, text)));
  switch (which) {
  case CALENDAR: list = icu->ucal_getKeywordValuesForLocale("calendar", "und", false, &error); break;
  case COLLATION: list = icu->ucol_getKeywordValues("collation", &error); break;
  case CURRENCY: {
    enum { ICU_COMMON_CURRENT = 1 | 8 };
    list = icu->ucurr_openISOCurrencies(ICU_COMMON_CURRENT, &error);
    break;
  }
  case NUMBERING_SYSTEM: {
    list = icu->unumsys_openAvailableNames(&error);
    array = TRY(array_new(cx, 64));
    const char *name;
    while (error <= 0 && (name = icu->uenum_next(list, NULL, &error)))
      if (intl_numbering_supported(icu, "", name) && !array_push_direct(cx, array, js_from_cell(intl_ascii(cx, name))))
        break;
    icu->uenum_close(list);
    return array->length ? sorted_array(cx, array) : intl_throw_icu(cx);
  }
  case TIME_ZONE: {
    enum { ICU_CANONICAL = 1 };
    list = icu->ucal_openTimeZoneIDEnumeration(ICU_CANONICAL, NULL, NULL, &error);
    array = TRY(array_new(cx, 512));
    const char *name;
    /* Of Etc/ the offsets and UTC; the abbreviations without a place are none. */
    while (error <= 0 && (name = icu->uenum_next(list, NULL, &error)))
      if ((!strncmp(name, "Etc/", 4) ? !strncmp(name, "Etc/GMT", 7)
                                     : strchr(name, '/') && strncmp(name, "SystemV/", 8) != 0) &&
          !array_push_direct(cx, array, js_from_cell(intl_ascii(cx, strcmp(name, "Etc/GMT") ? name : "UTC"))))
        break;
    icu->uenum_close(list);
    return array->length ? sorted_array(cx, array) : intl_throw_icu(cx);
  }
  case UNIT:
    array = TRY(array_new(cx, 64));
    for (int k = 0; units[k]; k++)
      TRY(array_push_direct(cx, array, js_from_cell(intl_ascii(cx, units[k]))));
    return js_from_object(&array->obj);
  default: return throw_error(cx, JS_MSG_INTL_INVALID_KEY, text);
  }
  if (error > 0)
    return intl_throw_icu(cx);
  array = which == CALENDAR    ? types_of(cx, icu, list, "ca", unlisted_calendars)
          : which == COLLATION ? types_of(cx, icu, list, "co", unlisted_collations)
                               : types_of(cx, icu, list, "", unlisted_currencies);
  return sorted_array(cx, TRY(array));
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

#define LOCALE_GETTER(id, name_, key_)                                                                                 \
  {.name = (name_), .type = BUILTIN_GETTER, .fn = get_locale_property, .magic = LOCALE_GET_##id},
#define LOCALE_METHOD(id, name) FN_MAGIC(name, intl_locale_proto_info, 0, LOCALE_INFO_##id),
static const JsBuiltin intl_locale_proto[] = {
    FN("toString", intl_locale_proto_to_string, 0),
    FN_MAGIC("maximize", intl_locale_proto_likely, 0, 0),
    FN_MAGIC("minimize", intl_locale_proto_likely, 0, 1),
    LOCALE_ACCESSORS(LOCALE_GETTER) LOCALE_METHODS(LOCALE_METHOD) STRING_SYM(toStringTag, "Intl.Locale"),
};
const JsIntrinsicTable intl_locale_constructor_table = {
    CONSTRUCTOR_TABLE("Locale", intl_locale_constructor, 1, INTL_LOCALE_PROTOTYPE)};
const JsIntrinsicTable intl_locale_prototype_table = {PROTOTYPE_TABLE(INTL_LOCALE), ROWS(intl_locale_proto)};
