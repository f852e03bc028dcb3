// SPDX-License-Identifier: MIT
/* The Intl object  ecma402#intl-object */
#include "builtins/intl/intl.h"

extern const JsIntrinsicTable intl_table;
JsValue intl_supported_values_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* Intl.getCanonicalLocales ( locales )  ecma402#sec-intl.getcanonicallocales */
static JsValue intl_get_canonical_locales(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *list = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  return js_from_object(&TRY(array_from_elements(cx, list))->obj);
}

static const JsBuiltin intl_rows[] = {
    FN("getCanonicalLocales", intl_get_canonical_locales, 1),
    FN("supportedValuesOf", intl_supported_values_of, 1),
    INTRINSIC_PROP("DateTimeFormat", INTL_DATE_TIME_FORMAT),
    INTRINSIC_PROP("NumberFormat", INTL_NUMBER_FORMAT),
    INTRINSIC_PROP("Collator", INTL_COLLATOR),
    INTRINSIC_PROP("PluralRules", INTL_PLURAL_RULES),
    INTRINSIC_PROP("RelativeTimeFormat", INTL_RELATIVE_TIME_FORMAT),
    INTRINSIC_PROP("ListFormat", INTL_LIST_FORMAT),
    INTRINSIC_PROP("Locale", INTL_LOCALE),
    INTRINSIC_PROP("DisplayNames", INTL_DISPLAY_NAMES),
    INTRINSIC_PROP("Segmenter", INTL_SEGMENTER),
    INTRINSIC_PROP("DurationFormat", INTL_DURATION_FORMAT),
    STRING_SYM(toStringTag, "Intl"),
};
const JsIntrinsicTable intl_table = {NAMESPACE_TABLE(), ROWS(intl_rows)};
