// SPDX-License-Identifier: MIT
/*
 * What the Intl built-ins share: their objects, option reading, locale negotiation, and ICU's results as values.
 *
 * An ICU object is owned by a JsIcuHandle cell, which closes it when it dies; service objects hold handles in slots,
 * and the realm's cache holds those that were used last, so that toLocaleString and localeCompare in a loop open
 * nothing.
 */
#ifndef BUILTINS_INTL_INTL_H
#define BUILTINS_INTL_INTL_H

#include "builtins/builtin.h"
#include "unicode/locale_tag.h"

#include <string.h>

/* --- objects ------------------------------------------------------------------------------------------------------ */

enum { INTL_SLOTS = 8 };

/* Every Intl object: slots first, whose meaning is the service's; plain data follow in its own struct. */
typedef struct JsIntl {
  JsObject obj;
  JsSlot slots[INTL_SLOTS];
} JsIntl;
enum { INTL_LOCALE = 0 }; /* slots[0] is the resolved locale everywhere */

typedef struct JsIcuHandle {
  JsCell cell;
  void *icu; /* may be NULL once closed */
  void (*close)(void *icu);
  uint32_t bytes; /* what the collector is told */
} JsIcuHandle;

/* A handle for an ICU object of about `bytes` bytes. icu NULL: throws, as ICU had an error. */
JS_MUST_USE JsIcuHandle *intl_handle_new(JsContext *cx, void *icu, void *close, uint32_t bytes);
JS_INLINE void *intl_handle(JsIntl *intl, int slot)
{
  return ((JsIcuHandle *)js_as_cell(slot_get(intl->slots[slot])))->icu;
}
JS_INLINE JsString *intl_string(JsIntl *intl, int slot)
{
  return js_as_string(slot_get(intl->slots[slot]));
}
JS_INLINE bool intl_has(JsIntl *intl, int slot)
{
  return js_is_cell(slot_get(intl->slots[slot]));
}
JS_INLINE void intl_set(JsContext *cx, JsIntl *intl, int slot, const void *cell)
{
  slot_set(cx->heap, intl, &intl->slots[slot], js_from_cell(cell));
}

/* The new object of a constructor. */
#define INTL_NEW(cx, new_target, KIND, Type)                                                                           \
  ((Type *)ordinary_create_from_constructor((cx), (new_target), JS_INTRINSIC_INTL_##KIND##_PROTOTYPE,                  \
                                            CELL_INTL_##KIND, sizeof(Type)))

/* The realm's cache of handles by text: NULL when not there. */
JsIcuHandle *intl_cache_find(JsContext *cx, const char *key);
void intl_cache_add(JsContext *cx, const char *key, JsIcuHandle *handle);
/* A service object made from a `locales` string (or undefined) and undefined options, kept for the next call: what
 * toLocaleString and friends use. `kind` tells which; hole when not there. */
JsValue intl_shared_find(JsContext *cx, int kind, JsValue locales);
void intl_shared_add(JsContext *cx, int kind, JsValue locales, JsValue object);

/* ICU, or NULL with an Error. */
JS_MUST_USE const Icu *intl_icu(JsContext *cx);
/* Throws the RangeError for an ICU failure. */
JS_COLD JsValue intl_throw_icu(JsContext *cx);

/* --- text --------------------------------------------------------------------------------------------------------- */

/*
 * The string that an ICU function writes. `call` is an expression with the names dst, cap and error in ICU's places; it
 * may run twice. NULL: exception.
 */
#define ICU_STRING(cx, call)                                                                                           \
  ({                                                                                                                   \
    uint16_t small_[192], *dst = small_;                                                                               \
    int32_t cap = 192;                                                                                                 \
    IcuError error = 0;                                                                                                \
    int32_t need_ = (call);                                                                                            \
    JsString *scratch_ = NULL;                                                                                         \
    if (error == ICU_BUFFER_OVERFLOW && (scratch_ = string_alloc_wide((cx)->heap, (size_t)need_ + 1, &dst))) {         \
      cap = need_ + 1;                                                                                                 \
      error = 0;                                                                                                       \
      need_ = (call);                                                                                                  \
    }                                                                                                                  \
    JsString *made_ = error > 0 ? NULL : string_from_utf16((cx)->heap, dst, (size_t)need_);                            \
    js_keep_alive(js_from_cell(scratch_ ? scratch_ : string_empty((cx)->heap)));                                       \
    if (!made_)                                                                                                        \
      (void)intl_throw_icu(cx);                                                                                        \
    made_;                                                                                                             \
  })

/* A string's units in UTF-16, from the string or a copy; *keep must stay alive. NULL: exception. */
JS_MUST_USE const uint16_t *intl_units(JsContext *cx, JsString *str, JsString **keep);
/* A NUL-terminated Latin-1 copy (the string's units beyond become '?'); lives in a cell that the pointer keeps alive.
 */
JS_MUST_USE char *intl_c_string(JsContext *cx, JsString *str);
JS_INLINE JsString *intl_ascii(JsContext *cx, const char *text)
{
  return string_from_latin1(cx->heap, text, strlen(text));
}
/* The row of a NULL-terminated list that equals text, or -1. */
int intl_find_name(const char *const *names, const char *text);

/* --- options  ecma402#sec-abstract-operations -------------------------------------------------------------------- */

typedef struct IntlOptions {
  JsObject *obj;       /* NULL: none were given */
  const char *service; /* "Intl.NumberFormat", for messages */
} IntlOptions;

/* GetOptionsObject and CoerceOptionsToObject. */
JS_MUST_USE bool intl_get_options_object(JsContext *cx, JsValue val, const char *service, IntlOptions *out);
JS_MUST_USE bool intl_coerce_options(JsContext *cx, JsValue val, const char *service, IntlOptions *out);
JS_MUST_USE bool intl_option_value(JsContext *cx, IntlOptions options, const char *name, JsValue *out);
/* GetOption of type string with a list of values: its row, `missing` when undefined. */
JS_MUST_USE bool intl_enum_option(JsContext *cx, IntlOptions options, const char *name, const char *const *values,
                                  int missing, int *out);
/* GetOption of any string; NULL when undefined. */
JS_MUST_USE bool intl_text_option(JsContext *cx, IntlOptions options, const char *name, JsString **out);
/* GetOption of type boolean: 0, 1, or `missing`. */
JS_MUST_USE bool intl_boolean_option(JsContext *cx, IntlOptions options, const char *name, int missing, int *out);
/* GetNumberOption; `missing` when undefined. */
JS_MUST_USE bool intl_number_option(JsContext *cx, IntlOptions options, const char *name, int min, int max, int missing,
                                    int *out);
/* DefaultNumberOption of a value that was read. */
JS_MUST_USE bool intl_number_value(JsContext *cx, JsValue val, const char *name, int min, int max, int missing,
                                   int *out);
/* Throws RangeError "Value x out of range for Intl.Foo options property y". */
JS_COLD JsValue intl_throw_option(JsContext *cx, IntlOptions options, const char *name, JsString *value);

/* --- locales ------------------------------------------------------------------------------------------------------ */

/* One of a service's relevant extension keys. */
typedef struct IntlKey {
  char key[3];
  /* What the locale has at first: writes it, "" for null. NULL: always "". */
  void (*preferred)(const Icu *icu, const char *icu_locale, char out[64]);
  bool (*supports)(const Icu *icu, const char *icu_locale, const char *value);
  bool has_option; /* in: an option names it */
  char option[64]; /* in */
  char value[64];  /* out: what is used; "" for null, "true", "false" */
} IntlKey;

typedef struct IntlLocale {
  JsString *tag;                 /* what resolvedOptions() shows */
  char icu[LOCALE_ICU_MAX];      /* ICU's name of it, without keywords */
  char base[LOCALE_TAG_MAX + 1]; /* the tag without keywords */
} IntlLocale;

/* A `type` option for a key: must have the syntax of one; lower-cased and canonical. */
JS_MUST_USE bool intl_key_option(JsContext *cx, IntlOptions options, const char *name, IntlKey *key);
/* CanonicalizeLocaleList: a list of canonical tags. NULL: exception. */
JS_MUST_USE JsElements *intl_locale_list(JsContext *cx, JsValue locales);
/* The canonical form of one tag. NULL: RangeError. */
JS_MUST_USE JsString *intl_canonical_tag(JsContext *cx, JsString *text);
/* localeMatcher, which must be read before other options. */
JS_MUST_USE bool intl_read_matcher(JsContext *cx, IntlOptions options);
/* ResolveLocale. keys are in alphabetical order. */
JS_MUST_USE bool intl_resolve_locale(JsContext *cx, JsElements *requested, IntlKey *keys, int key_count,
                                     IntlLocale *out);
typedef enum {
#define INTL_SERVICE(id, name) INTL_SERVICE_##id,
#include "builtins/intl/services.def"
#undef INTL_SERVICE
} IntlService;
/* Appends "@calendar=...;numbers=..." to an ICU locale name: pairs of ICU keyword and value, "" values are left out. */
void intl_icu_keywords(char name[LOCALE_ICU_MAX], int pairs, const char *const *keyword_value);
/* supportedLocalesOf; magic: row of the service's name. */
JsValue intl_supported_locales_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* Preference and support of numbering systems, the key "nu". */
void intl_numbering_preferred(const Icu *icu, const char *icu_locale, char out[64]);
bool intl_numbering_supported(const Icu *icu, const char *icu_locale, const char *value);
#define INTL_KEY_NU                                                                                                    \
  {                                                                                                                    \
    .key = "nu", .preferred = intl_numbering_preferred, .supports = intl_numbering_supported                           \
  }

/* --- results ------------------------------------------------------------------------------------------------------ */

/* Adds { type, value } to an array of parts, with a third property unless extra_name is NULL. */
JS_MUST_USE bool intl_add_part(JsContext *cx, JsArray *parts, const char *type, JsString *value, const char *extra_name,
                               JsValue extra);
/* An enumerable property of a result object. */
JS_MUST_USE bool intl_put(JsContext *cx, JsObject *obj, const char *name, JsValue val);
JS_INLINE bool intl_put_ascii(JsContext *cx, JsObject *obj, const char *name, const char *text)
{
  return intl_put(cx, obj, name, js_from_cell(intl_ascii(cx, text)));
}
JsString *intl_value_string(JsContext *cx, const Icu *icu, const IcuFormattedValue *value);

/* A field of a formatted value, as ICU reports it. */
typedef struct IntlField {
  int32_t category, field, start, limit;
} IntlField;
/* All fields, in ICU's order; they live in a cell that the pointer keeps alive. NULL: exception. */
JS_MUST_USE IntlField *intl_fields(JsContext *cx, const Icu *icu, const IcuFormattedValue *value, int *count);
/* UFieldCategory */
enum {
  ICU_CATEGORY_DATE = 1,
  ICU_CATEGORY_NUMBER = 2,
  ICU_CATEGORY_LIST = 3,
  ICU_CATEGORY_RELATIVE = 4,
  ICU_CATEGORY_DATE_INTERVAL = 5,
  ICU_CATEGORY_DATE_SPAN = 0x1005,
  ICU_CATEGORY_LIST_SPAN = 0x1003,
  ICU_CATEGORY_NUMBER_SPAN = 0x1002
};

/* Throws TypeError "Method Intl.X.prototype.y called on incompatible receiver z". */
#define INTL_THIS(cx, this_val, KIND, Type, method)                                                                    \
  ((Type *)TRY(this_kind((cx), (this_val), CELL_INTL_##KIND, (method))))

/* --- services that others use ------------------------------------------------------------------------------------- */

/* The number format of (locales, options), as `new Intl.NumberFormat` makes it, and what it makes of a value. */
JS_MUST_USE JsObject *intl_number_format_new(JsContext *cx, JsValue locales, JsValue options);
JS_MUST_USE JsValue intl_number_format(JsContext *cx, JsObject *format, JsValue val);
/* Number.prototype.toLocaleString and BigInt's. */
JS_MUST_USE JsValue intl_number_to_locale_string(JsContext *cx, JsValue number, JsValue locales, JsValue options);
/* Date.prototype.toLocaleString and its halves. */
typedef enum { INTL_DATE_TIME, INTL_DATE, INTL_TIME } IntlDateDefaults;
JS_MUST_USE JsValue intl_date_to_locale_string(JsContext *cx, double time, JsValue locales, JsValue options,
                                               IntlDateDefaults defaults);
/* String.prototype.localeCompare, once both are strings. */
JS_MUST_USE JsValue intl_locale_compare(JsContext *cx, JsString *a, JsString *b, JsValue locales, JsValue options);

#endif
