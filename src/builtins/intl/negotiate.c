// SPDX-License-Identifier: MIT
/* Locale lists and their negotiation (ecma402#sec-internal-slots): see intl.h. */
#include "builtins/intl/intl_state.h"

#include <stdio.h>

JsString *intl_canonical_tag(JsContext *cx, JsString *text)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  LocaleTag tag;
  char out[LOCALE_TAG_MAX + 1];
  if (text->length <= LOCALE_TAG_MAX) {
    char *ascii = TRY_OR(NULL, intl_c_string(cx, text));
    if (locale_tag_parse(&tag, ascii, text->length)) {
      locale_tag_canonicalize(icu, &tag);
      size_t len = locale_tag_write(&tag, out);
      if (len)
        return string_from_latin1(cx->heap, out, len);
    }
  }
  throw_error(cx, JS_MSG_INVALID_LANGUAGE_TAG, text);
  return NULL;
}

static bool list_contains(JsContext *cx, JsElements *list, JsString *tag)
{
  for (uint32_t k = 0; k < list->length; k++)
    if (string_equals(cx->heap, js_as_string(slot_get(list->v[k])), tag))
      return true;
  return false;
}

/* The canonical tag of a member of a locale list. */
static JsString *tag_of_value(JsContext *cx, JsValue val)
{
  if (js_is_kind(val, CELL_INTL_LOCALE))
    return intl_string((JsIntl *)js_as_object(val), INTL_LOCALE);
  if (!js_is_string(val) && !js_is_object(val)) {
    throw_error(cx, JS_MSG_INCORRECT_LOCALE);
    return NULL;
  }
  JsString *text = TRY_OR(NULL, to_string(cx, val));
  return intl_canonical_tag(cx, text);
}

/* CanonicalizeLocaleList ( locales )  ecma402#sec-canonicalizelocalelist */
JsElements *intl_locale_list(JsContext *cx, JsValue locales)
{
  JsElements *list = elements_new(cx->heap, 4);
  if (js_is_undefined(locales))
    return list;
  if (js_is_string(locales) || js_is_kind(locales, CELL_INTL_LOCALE))
    return elements_push(cx, list, js_from_cell(TRY_OR(NULL, tag_of_value(cx, locales))));
  JsObject *obj = TRY_OR(NULL, to_object(cx, locales));
  int64_t len;
  TRY_OR(NULL, length_of_array_like(cx, obj, &len));
  for (int64_t k = 0; k < len; k++) {
    JsKey key = key_from_integer(cx->heap, (uint64_t)k);
    bool present;
    TRY_OR(NULL, has_property(cx, obj, key, &present));
    TRY_OR(NULL, js_poll(cx, 1));
    if (!present)
      continue;
    JsValue val = TRY_OR(NULL, get_property(cx, obj, key));
    JsString *tag = TRY_OR(NULL, tag_of_value(cx, val));
    if (!list_contains(cx, list, tag))
      list = TRY_OR(NULL, elements_push(cx, list, js_from_cell(tag)));
  }
  return list;
}

/* BestAvailableLocale: shortens `base` to what ICU has; false: nothing. */
static bool best_available(const Icu *icu, char *base)
{
  while (!locale_is_available(icu, base)) {
    char *hyphen = strrchr(base, '-');
    if (!hyphen)
      return false;
    if (hyphen >= base + 2 && hyphen[-2] == '-')
      hyphen -= 2;
    *hyphen = 0;
  }
  return true;
}

/* LookupMatchingLocaleByPrefix: the first requested locale that ICU has; tag gets all of it, base what matched. */
static bool find_matching(JsContext *cx, const Icu *icu, JsElements *requested, LocaleTag *tag, char *base)
{
  for (uint32_t k = 0; k < requested->length; k++) {
    JsString *text = js_as_string(slot_get(requested->v[k]));
    char *ascii = intl_c_string(cx, text);
    if (!ascii || !locale_tag_parse(tag, ascii, text->length) || !locale_tag_write_base(tag, base))
      continue;
    if (best_available(icu, base))
      return true;
  }
  return false;
}

static void resolve_key(const Icu *icu, const char *icu_locale, const char *requested, LocaleTag *shown, IntlKey *key)
{
  key->value[0] = 0;
  if (key->preferred)
    key->preferred(icu, icu_locale, key->value);
  bool keep = false;
  if (requested) {
    const char *value = *requested ? requested : "true";
    if (strlen(value) < sizeof key->value && key->supports(icu, icu_locale, value)) {
      memcpy(key->value, value, strlen(value) + 1);
      keep = true;
    }
  }
  if (key->has_option && strcmp(key->option, key->value) &&
      (!key->option[0] || key->supports(icu, icu_locale, key->option))) {
    memcpy(key->value, key->option, sizeof key->value);
    keep = false;
  }
  if (keep)
    locale_tag_set_keyword(shown, key->key, strcmp(key->value, "true") ? key->value : "");
}

/* ResolveLocale  ecma402#sec-resolvelocale */
bool intl_resolve_locale(JsContext *cx, JsElements *requested, IntlKey *keys, int key_count, IntlLocale *out)
{
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  LocaleTag tag, shown;
  if (!find_matching(cx, icu, requested, &tag, out->base)) {
    memset(&tag, 0, offsetof(LocaleTag, pool));
    JsString *fallback = intl_default_locale(cx, icu);
    memcpy(out->base, TRY_OR(false, intl_c_string(cx, fallback)), fallback->length + 1);
  }
  JS_CHECK(locale_tag_parse(&shown, out->base, strlen(out->base)));
  if (!locale_icu_name(out->base, out->icu))
    return !js_is_exception(intl_throw_icu(cx));
  for (int k = 0; k < key_count; k++)
    resolve_key(icu, out->icu, locale_tag_keyword(&tag, keys[k].key), &shown, &keys[k]);
  char text[LOCALE_TAG_MAX + 1];
  size_t len = locale_tag_write(&shown, text);
  out->tag = string_from_latin1(cx->heap, text, len);
  return true;
}

void intl_icu_keywords(char name[LOCALE_ICU_MAX], int pairs, const char *const *keyword_value)
{
  size_t len = strlen(name);
  char separator = '@';
  for (int k = 0; k < pairs; k++) {
    const char *value = keyword_value[2 * k + 1];
    if (!*value)
      continue;
    int added = snprintf(name + len, LOCALE_ICU_MAX - len, "%c%s=%s", separator, keyword_value[2 * k], value);
    if (added < 0 || (size_t)added >= LOCALE_ICU_MAX - len) {
      name[len] = 0;
      return;
    }
    len += (size_t)added;
    separator = ';';
  }
}

/* The constructors' supportedLocalesOf ( locales [ , options ] )  ecma402#sec-intl.collator.supportedlocalesof
 * magic: the service's row */
JsValue intl_supported_locales_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const services[] = {
#define INTL_SERVICE(id, name) "Intl." name,
#include "builtins/intl/services.def"
#undef INTL_SERVICE
  };
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  TRY(intl_coerce_options(cx, js_arg(argc, argv, 1), services[js_callee_magic(cx)], &options));
  TRY(intl_read_matcher(cx, options));
  const Icu *icu = TRY(intl_icu(cx));
  JsArray *found = TRY(array_new(cx, requested->length));
  for (uint32_t k = 0; k < requested->length; k++) {
    JsString *text = js_as_string(slot_get(requested->v[k]));
    LocaleTag tag;
    char base[LOCALE_TAG_MAX + 1];
    char *ascii = TRY(intl_c_string(cx, text));
    if (locale_tag_parse(&tag, ascii, text->length) && locale_tag_write_base(&tag, base) && best_available(icu, base))
      TRY(array_push_direct(cx, found, js_from_cell(text)));
  }
  return js_from_object(&found->obj);
}

/* --- numbering systems -------------------------------------------------------------------------------------------- */

void intl_numbering_preferred(const Icu *icu, const char *icu_locale, char out[64])
{
  IcuError error = 0;
  IcuNumberingSystem *system = icu->unumsys_open(icu_locale, &error);
  const char *name = error > 0 ? "latn" : icu->unumsys_getName(system);
  snprintf(out, 64, "%s", name);
  if (system)
    icu->unumsys_close(system);
}

/* Only those whose digits replace ASCII's; the others are spelled out by rules. */
bool intl_numbering_supported(const Icu *icu, const char *icu_locale, const char *value)
{
  (void)icu_locale;
  if (!strcmp(value, "native") || !strcmp(value, "traditio") || !strcmp(value, "finance"))
    return false;
  IcuError error = 0;
  IcuNumberingSystem *system = icu->unumsys_openByName(value, &error);
  bool supported = error <= 0 && system && !icu->unumsys_isAlgorithmic(system);
  if (system)
    icu->unumsys_close(system);
  return supported;
}
