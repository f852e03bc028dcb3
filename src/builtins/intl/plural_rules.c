// SPDX-License-Identifier: MIT
/* Intl.PluralRules  ecma402#pluralrules-objects */
#include "builtins/intl/number_format.h"

#include <math.h>

extern const JsIntrinsicTable intl_plural_rules_constructor_table, intl_plural_rules_prototype_table;

enum { RULES_ICU = 1, RULES_FORMAT, RULES_RESULT, RULES_RANGE, RULES_RANGE_RESULT };

typedef struct JsPluralRules {
  JsIntl intl;
  IntlDigits digits;
  uint8_t type, notation, compact;
  char icu_locale[LOCALE_ICU_MAX];
  IntlSkeleton skeleton;
} JsPluralRules;

static const char *const types[] = {"cardinal", "ordinal", NULL};

/* Intl.PluralRules ( [ locales [ , options ] ] )  ecma402#sec-intl.pluralrules */
static JsValue intl_plural_rules_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.PluralRules");
  JsPluralRules *rules = TRY(INTL_NEW(cx, js_new_target(cx), PLURAL_RULES, JsPluralRules));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  TRY(intl_coerce_options(cx, js_arg(argc, argv, 1), "Intl.PluralRules", &options));
  TRY(intl_read_matcher(cx, options));
  int type, notation, compact;
  TRY(intl_enum_option(cx, options, "type", types, 0, &type));
  TRY(intl_read_notation(cx, options, &notation));
  TRY(intl_enum_option(cx, options, "compactDisplay", intl_compact_displays, COMPACT_SHORT, &compact));
  TRY(intl_read_digits(cx, options, 0, 3, notation, &rules->digits));
  IntlLocale locale;
  TRY(intl_resolve_locale(cx, requested, NULL, 0, &locale));
  rules->type = (uint8_t)type;
  rules->notation = (uint8_t)notation;
  rules->compact = (uint8_t)compact;
  memcpy(rules->icu_locale, locale.icu, sizeof locale.icu);
  intl_skeleton_add_notation(&rules->skeleton, notation, compact);
  intl_skeleton_add_digits(&rules->skeleton, &rules->digits);
  const Icu *icu = TRY(intl_icu(cx));
  enum { RULES_BYTES = 2048 };
  IcuError error = 0;
  IcuPluralRules *opened = icu->uplrules_openForType(locale.icu, type, &error);
  JsIcuHandle *handle =
      TRY(intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->uplrules_close, RULES_BYTES));
  intl_set(cx, &rules->intl, RULES_ICU, handle);
  handle = TRY(intl_open_number_formatter(cx, rules->icu_locale, &rules->skeleton));
  intl_set(cx, &rules->intl, RULES_FORMAT, handle);
  handle = TRY(intl_open_number_result(cx));
  intl_set(cx, &rules->intl, RULES_RESULT, handle);
  intl_set(cx, &rules->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&rules->intl.obj);
}

/* Intl.PluralRules.prototype.select ( value )  ecma402#sec-intl.pluralrules.prototype.select */
static JsValue intl_plural_rules_proto_select(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPluralRules *rules = INTL_THIS(cx, this_val, PLURAL_RULES, JsPluralRules, "Intl.PluralRules.prototype.select");
  IntlNumber number;
  TRY(intl_to_number(cx, js_arg(argc, argv, 0), &number));
  if (!isfinite(number.number) && !number.is_text)
    return js_from_cell(intl_ascii(cx, "other"));
  void *result = intl_handle(&rules->intl, RULES_RESULT);
  TRY(intl_format_number(cx, intl_handle(&rules->intl, RULES_FORMAT), result, &number));
  const Icu *icu = TRY(intl_icu(cx));
  return js_from_cell(TRY(
      ICU_STRING(cx, icu->uplrules_selectFormatted(intl_handle(&rules->intl, RULES_ICU), result, dst, cap, &error))));
}

/* Intl.PluralRules.prototype.selectRange ( start, end )  ecma402#sec-intl.pluralrules.prototype.selectrange */
static JsValue intl_plural_rules_proto_select_range(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPluralRules *rules = INTL_THIS(cx, this_val, PLURAL_RULES, JsPluralRules, "Intl.PluralRules.prototype.selectRange");
  if (js_is_undefined(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_INTL_UNDEFINED_END, "startRange");
  if (js_is_undefined(js_arg(argc, argv, 1)))
    return throw_error(cx, JS_MSG_INTL_UNDEFINED_END, "endRange");
  IntlNumber from, to;
  TRY(intl_to_number(cx, argv[0], &from));
  TRY(intl_to_number(cx, argv[1], &to));
  if (isnan(from.number) || isnan(to.number))
    return throw_error(cx, JS_MSG_INTL_NAN_END, isnan(from.number) ? "startRange" : "endRange");
  if (!intl_has(&rules->intl, RULES_RANGE)) {
    JsIcuHandle *opened = TRY(intl_open_range_formatter(cx, rules->icu_locale, &rules->skeleton));
    JsIcuHandle *opened_result = TRY(intl_open_range_result(cx));
    intl_set(cx, &rules->intl, RULES_RANGE_RESULT, opened_result);
    intl_set(cx, &rules->intl, RULES_RANGE, opened);
  }
  void *result = intl_handle(&rules->intl, RULES_RANGE_RESULT);
  TRY(intl_format_number_range(cx, intl_handle(&rules->intl, RULES_RANGE), result, &from, &to));
  const Icu *icu = TRY(intl_icu(cx));
  return js_from_cell(TRY(
      ICU_STRING(cx, icu->uplrules_selectForRange(intl_handle(&rules->intl, RULES_ICU), result, dst, cap, &error))));
}

/* The categories of a language in the specification's order. */
static JsArray *plural_categories(JsContext *cx, JsPluralRules *rules)
{
  static const char *const categories[] = {"zero", "one", "two", "few", "many", "other", NULL};
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  bool present[JS_COUNTOF(categories)] = {false};
  IcuError error = 0;
  IcuEnumeration *list = icu->uplrules_getKeywords(intl_handle(&rules->intl, RULES_ICU), &error);
  const char *name;
  while (error <= 0 && (name = icu->uenum_next(list, NULL, &error))) {
    int which = intl_find_name(categories, name);
    if (which >= 0)
      present[which] = true;
  }
  if (list)
    icu->uenum_close(list);
  JsArray *array = TRY_OR(NULL, array_new(cx, 6));
  for (int k = 0; categories[k]; k++)
    if (present[k])
      TRY_OR(NULL, array_push_direct(cx, array, js_from_cell(intl_ascii(cx, categories[k]))));
  return array;
}

/* Intl.PluralRules.prototype.resolvedOptions ( )  ecma402#sec-intl.pluralrules.prototype.resolvedoptions */
static JsValue intl_plural_rules_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsPluralRules *rules =
      INTL_THIS(cx, this_val, PLURAL_RULES, JsPluralRules, "Intl.PluralRules.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(rules->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "type", types[rules->type]));
  TRY(intl_put_ascii(cx, out, "notation", intl_notations[rules->notation]));
  if (rules->notation == NOTATION_COMPACT)
    TRY(intl_put_ascii(cx, out, "compactDisplay", intl_compact_displays[rules->compact]));
  TRY(intl_put_digits(cx, out, &rules->digits));
  JsArray *categories = TRY(plural_categories(cx, rules));
  TRY(intl_put(cx, out, "pluralCategories", js_from_object(&categories->obj)));
  TRY(intl_put_rounding(cx, out, &rules->digits));
  return js_from_object(out);
}

static const JsBuiltin intl_plural_rules_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_PLURAL_RULES),
};
static const JsBuiltin intl_plural_rules_proto[] = {
    FN("resolvedOptions", intl_plural_rules_proto_resolved_options, 0),
    FN("select", intl_plural_rules_proto_select, 1),
    FN("selectRange", intl_plural_rules_proto_select_range, 2),
    STRING_SYM(toStringTag, "Intl.PluralRules"),
};
const JsIntrinsicTable intl_plural_rules_constructor_table = {
    CONSTRUCTOR_TABLE("PluralRules", intl_plural_rules_constructor, 0, INTL_PLURAL_RULES_PROTOTYPE),
    ROWS(intl_plural_rules_static)};
const JsIntrinsicTable intl_plural_rules_prototype_table = {PROTOTYPE_TABLE(INTL_PLURAL_RULES),
                                                            ROWS(intl_plural_rules_proto)};
