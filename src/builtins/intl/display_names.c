// SPDX-License-Identifier: MIT
/* Intl.DisplayNames  ecma402#intl-displaynames-objects */
#include "builtins/intl/number_format.h"

extern const JsIntrinsicTable intl_display_names_constructor_table, intl_display_names_prototype_table;

enum { NAMES_ICU = 1 };
enum { TYPE_LANGUAGE, TYPE_REGION, TYPE_SCRIPT, TYPE_CURRENCY, TYPE_CALENDAR, TYPE_DATE_TIME_FIELD };
enum { STYLE_NARROW, STYLE_SHORT, STYLE_LONG };
enum { FALLBACK_CODE, FALLBACK_NONE };

typedef struct JsDisplayNames {
  JsIntl intl;
  uint8_t type, style, fallback, language_display;
  char icu_locale[LOCALE_ICU_MAX];
} JsDisplayNames;

static const char *const types[] = {"language", "region", "script", "currency", "calendar", "dateTimeField", NULL};
static const char *const styles[] = {"narrow", "short", "long", NULL};
static const char *const fallbacks[] = {"code", "none", NULL};
static const char *const language_displays[] = {"dialect", "standard", NULL};

/* ICU's names of locales or, for fields of dates, its pattern generator. */
static JsIcuHandle *open_names(JsContext *cx, const JsDisplayNames *names)
{
  enum { NAMES_BYTES = 8192, GENERATOR_BYTES = 65536 };
  /* UDisplayContext: a kind in the high byte and a row in the low one */
  enum { DIALECT_HANDLING = 0 << 8, CAPITALIZATION = 1 << 8, LENGTH = 2 << 8, SUBSTITUTE = 3 << 8 };
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  IcuError error = 0;
  if (names->type == TYPE_DATE_TIME_FIELD) {
    IcuPatternGenerator *generator = icu->udatpg_open(names->icu_locale, &error);
    return intl_handle_new(cx, error > 0 ? NULL : generator, *(void *const *)&icu->udatpg_close, GENERATOR_BYTES);
  }
  int32_t contexts[] = {DIALECT_HANDLING + (names->language_display == 0), CAPITALIZATION,
                        LENGTH + (names->style != STYLE_LONG), SUBSTITUTE + (names->fallback == FALLBACK_NONE)};
  IcuDisplayNames *opened = icu->uldn_openForContext(names->icu_locale, contexts, 4, &error);
  return intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->uldn_close, NAMES_BYTES);
}

/* Intl.DisplayNames ( locales, options )  ecma402#sec-Intl.DisplayNames */
static JsValue intl_display_names_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.DisplayNames");
  JsDisplayNames *names = TRY(INTL_NEW(cx, js_new_target(cx), DISPLAY_NAMES, JsDisplayNames));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  if (!js_is_object(js_arg(argc, argv, 1)))
    return throw_error(cx, JS_MSG_INTL_INVALID_ARGUMENT);
  IntlOptions options = {js_as_object(argv[1]), "Intl.DisplayNames"};
  IntlLocale locale;
  int style, type, fallback, language_display;
  TRY(intl_read_matcher(cx, options));
  TRY(intl_enum_option(cx, options, "style", styles, STYLE_LONG, &style));
  TRY(intl_enum_option(cx, options, "type", types, -1, &type));
  if (type < 0)
    return throw_error(cx, JS_MSG_INTL_INVALID_ARGUMENT);
  TRY(intl_enum_option(cx, options, "fallback", fallbacks, FALLBACK_CODE, &fallback));
  TRY(intl_resolve_locale(cx, requested, NULL, 0, &locale));
  TRY(intl_enum_option(cx, options, "languageDisplay", language_displays, 0, &language_display));
  names->style = (uint8_t)style;
  names->type = (uint8_t)type;
  names->fallback = (uint8_t)fallback;
  names->language_display = (uint8_t)language_display;
  memcpy(names->icu_locale, locale.icu, sizeof locale.icu);
  JsIcuHandle *handle = TRY(open_names(cx, names));
  intl_set(cx, &names->intl, NAMES_ICU, handle);
  intl_set(cx, &names->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&names->intl.obj);
}

/* --- codes -------------------------------------------------------------------------------------------------------- */

/* The fields of dates, with their UDateTimePatternField. */
static const char *const date_fields[] = {"era",       "year", "quarter", "month",  "weekOfYear",   "weekday", "day",
                                          "dayPeriod", "hour", "minute",  "second", "timeZoneName", NULL};
static const int8_t icu_date_fields[] = {0, 1, 2, 3, 4, 6, 9, 10, 11, 12, 13, 15};

static bool canonical_language(const Icu *icu, const char *text, size_t len, char *out)
{
  LocaleTag tag;
  if (!locale_tag_parse(&tag, text, len) || tag.keyword_count || tag.attribute_count || tag.has_transform ||
      tag.other_count || tag.private_use)
    return false;
  locale_tag_canonicalize(icu, &tag);
  return locale_tag_write_base(&tag, out) > 0;
}

static void copy_cased(char *out, const char *text, bool upper)
{
  for (; *text; text++)
    *out++ = upper && *text >= 'a' && *text <= 'z'    ? (char)(*text - 32)
             : !upper && *text >= 'A' && *text <= 'Z' ? (char)(*text + 32)
                                                      : *text;
  *out = 0;
}

/* CanonicalCodeForDisplayNames ( type, code )  ecma402#sec-canonicalcodefordisplaynames; false: malformed */
static bool canonical_code(const Icu *icu, int type, const char *text, size_t len, char out[LOCALE_TAG_MAX + 1])
{
  if (len > LOCALE_TAG_MAX || strlen(text) != len)
    return false;
  switch (type) {
  case TYPE_LANGUAGE: return canonical_language(icu, text, len, out);
  case TYPE_REGION: copy_cased(out, text, true); return locale_is_region(text, len);
  case TYPE_SCRIPT:
    copy_cased(out, text, false);
    if (out[0] >= 'a' && out[0] <= 'z')
      out[0] -= 32;
    return locale_is_script(text, len);
  case TYPE_CURRENCY: copy_cased(out, text, true); return len == 3 && locale_is_language(text, len);
  case TYPE_CALENDAR: copy_cased(out, text, false); return locale_is_type(out);
  default: memcpy(out, text, len + 1); return intl_find_name(date_fields, text) >= 0;
  }
}

/* The name of a currency; undefined: ICU has none. */
static JsValue currency_name(JsContext *cx, const JsDisplayNames *names, const char *code)
{
  enum { ICU_LONG_NAME = 1, ICU_USING_DEFAULT = -127 };
  const Icu *icu = TRY(intl_icu(cx));
  uint16_t units[4] = {(uint8_t)code[0], (uint8_t)code[1], (uint8_t)code[2], 0};
  IcuError error = 0;
  int32_t len = 0;
  int8_t is_choice = false;
  const uint16_t *name = icu->ucurr_getName(units, names->icu_locale, ICU_LONG_NAME, &is_choice, &len, &error);
  if (error > 0 || !name || (error == ICU_USING_DEFAULT && len == 3 && !memcmp(name, units, 6)))
    return JS_UNDEFINED;
  return js_from_cell(string_from_utf16(cx->heap, name, (size_t)len));
}

static JsValue name_of(JsContext *cx, JsDisplayNames *names, const char *code)
{
  enum { CAP = 512 };
  const Icu *icu = TRY(intl_icu(cx));
  void *opened = intl_handle(&names->intl, NAMES_ICU);
  uint16_t text[CAP];
  char icu_name[LOCALE_ICU_MAX];
  IcuError error = 0;
  int32_t len = 0;
  switch (names->type) {
  case TYPE_LANGUAGE:
    if (locale_icu_name(code, icu_name))
      len = icu->uldn_localeDisplayName(opened, icu_name, text, CAP, &error);
    break;
  case TYPE_REGION: len = icu->uldn_regionDisplayName(opened, code, text, CAP, &error); break;
  case TYPE_SCRIPT: len = icu->uldn_scriptDisplayName(opened, code, text, CAP, &error); break;
  case TYPE_CURRENCY: return currency_name(cx, names, code);
  case TYPE_CALENDAR: {
    const char *legacy = icu->uloc_toLegacyType("ca", code);
    len = icu->uldn_keyValueDisplayName(opened, "calendar", legacy ? legacy : code, text, CAP, &error);
    break;
  }
  default: {
    static const int widths[] = {2, 1, 0}; /* of the styles, as UDateTimePGDisplayWidth */
    len = icu->udatpg_getFieldDisplayName(opened, icu_date_fields[intl_find_name(date_fields, code)],
                                          widths[names->style], text, CAP, &error);
  }
  }
  return error > 0 || len <= 0 || len > CAP ? JS_UNDEFINED
                                            : js_from_cell(string_from_utf16(cx->heap, text, (size_t)len));
}

/* Intl.DisplayNames.prototype.of ( code )  ecma402#sec-Intl.DisplayNames.prototype.of */
static JsValue intl_display_names_proto_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDisplayNames *names = INTL_THIS(cx, this_val, DISPLAY_NAMES, JsDisplayNames, "Intl.DisplayNames.prototype.of");
  JsString *text = TRY(to_string(cx, js_arg(argc, argv, 0)));
  const Icu *icu = TRY(intl_icu(cx));
  char code[LOCALE_TAG_MAX + 1];
  if (!canonical_code(icu, names->type, TRY(intl_c_string(cx, text)), text->length, code))
    return throw_error(cx, JS_MSG_INTL_INVALID_ARGUMENT_RANGE);
  JsValue name = TRY(name_of(cx, names, code));
  if (!js_is_undefined(name) || names->fallback == FALLBACK_NONE)
    return name;
  return js_from_cell(intl_ascii(cx, code));
}

/* Intl.DisplayNames.prototype.resolvedOptions ( )  ecma402#sec-Intl.DisplayNames.prototype.resolvedOptions */
static JsValue intl_display_names_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDisplayNames *names =
      INTL_THIS(cx, this_val, DISPLAY_NAMES, JsDisplayNames, "Intl.DisplayNames.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(names->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "style", styles[names->style]));
  TRY(intl_put_ascii(cx, out, "type", types[names->type]));
  TRY(intl_put_ascii(cx, out, "fallback", fallbacks[names->fallback]));
  if (names->type == TYPE_LANGUAGE)
    TRY(intl_put_ascii(cx, out, "languageDisplay", language_displays[names->language_display]));
  return js_from_object(out);
}

static const JsBuiltin intl_display_names_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_DISPLAY_NAMES),
};
static const JsBuiltin intl_display_names_proto[] = {
    FN("of", intl_display_names_proto_of, 1),
    FN("resolvedOptions", intl_display_names_proto_resolved_options, 0),
    STRING_SYM(toStringTag, "Intl.DisplayNames"),
};
const JsIntrinsicTable intl_display_names_constructor_table = {
    CONSTRUCTOR_TABLE("DisplayNames", intl_display_names_constructor, 2, INTL_DISPLAY_NAMES_PROTOTYPE),
    ROWS(intl_display_names_static)};
const JsIntrinsicTable intl_display_names_prototype_table = {PROTOTYPE_TABLE(INTL_DISPLAY_NAMES),
                                                             ROWS(intl_display_names_proto)};
