// SPDX-License-Identifier: MIT
/*
 * Unicode locale identifiers (UTS #35): parsing, canonicalising and writing language tags, and which locales ICU has
 * data for. The syntax is checked here; aliases come from ICU's supplemental data.
 */
#ifndef UNICODE_LOCALE_TAG_H
#define UNICODE_LOCALE_TAG_H

#include "unicode/icu.h"

/* HOST: longer tags are refused as malformed. */
enum { LOCALE_TAG_MAX = 640, LOCALE_VARIANTS_MAX = 16, LOCALE_KEYWORDS_MAX = 32, LOCALE_OTHERS_MAX = 34 };
/* ICU's ULOC_FULLNAME_CAPACITY is 157. */
enum { LOCALE_ICU_MAX = 256 };

typedef struct LocaleKeyword {
  char key[3];
  const char *value; /* lower case, subtags joined by '-'; "" for true */
} LocaleKeyword;

typedef struct LocaleTag {
  char language[9], script[5], region[4];
  uint8_t variant_count, attribute_count, keyword_count, field_count, other_count;
  bool has_transform;
  char variants[LOCALE_VARIANTS_MAX][9];
  const char *attributes[LOCALE_KEYWORDS_MAX];
  LocaleKeyword keywords[LOCALE_KEYWORDS_MAX]; /* -u-, sorted by key */
  const char *transform;                       /* language of -t-, "" when absent */
  LocaleKeyword fields[LOCALE_KEYWORDS_MAX];   /* of -t-, sorted by key */
  struct {
    char singleton;
    const char *body;
  } others[LOCALE_OTHERS_MAX];
  const char *private_use; /* without "x-"; NULL: none */
  uint32_t used;
  char pool[3 * LOCALE_TAG_MAX]; /* what the pointers above point into: a tag must not be copied */
} LocaleTag;

/* False: not a well-formed Unicode locale identifier. */
bool locale_tag_parse(LocaleTag *tag, const char *text, size_t len);
/* CanonicalizeUnicodeLocaleId  ecma402#sec-canonicalizeunicodelocaleid */
void locale_tag_canonicalize(const Icu *icu, LocaleTag *tag);
/* At most LOCALE_TAG_MAX characters and a NUL; returns the length, 0 when it does not fit. */
size_t locale_tag_write(const LocaleTag *tag, char out[LOCALE_TAG_MAX + 1]);
/* Only language, script, region and variants. */
size_t locale_tag_write_base(const LocaleTag *tag, char out[LOCALE_TAG_MAX + 1]);
/* The value of a -u- keyword, NULL when absent. */
const char *locale_tag_keyword(const LocaleTag *tag, const char *key);
/* Adds, replaces or (value NULL) removes a -u- keyword; false when there is no room. */
bool locale_tag_set_keyword(LocaleTag *tag, const char *key, const char *value);
/* type = alphanum{3,8} ("-" alphanum{3,8})* */
bool locale_is_type(const char *text);
/* The preferred form of a keyword's value; in lower case already. The answer is `value` or ICU's own. */
const char *locale_canonical_type(const Icu *icu, const char *key, const char *value);

/* Pieces of a language identifier, any case. */
bool locale_is_language(const char *text, size_t len);
bool locale_is_script(const char *text, size_t len);
bool locale_is_region(const char *text, size_t len);
bool locale_is_variant(const char *text, size_t len);

/* "zh-Hant-TW" -> "zh_Hant_TW": without extensions. False: too long. */
bool locale_icu_name(const char *base_tag, char out[LOCALE_ICU_MAX]);
/* ICU has data for this canonical tag without extensions. */
bool locale_is_available(const Icu *icu, const char *base_tag);
/* Tags of ICU's default locale, canonical, without extensions. */
void locale_default(const Icu *icu, char out[LOCALE_TAG_MAX + 1]);

#endif
