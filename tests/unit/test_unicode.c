// SPDX-License-Identifier: MIT
/* Expectations recorded from Node 26. The cases that need ICU pass trivially where it is not installed. */
#include "unicode/locale_tag.h"
#include "unicode/unicode.h"
#include "unit.h"

#include <string.h>

UNIT_TEST(unicode_identifier_classes)
{
  EXPECT(unicode_is_id_start('a') && unicode_is_id_start('Z') && !unicode_is_id_start('$') &&
         !unicode_is_id_start('0'));
  EXPECT(unicode_is_id_continue('0') && unicode_is_id_continue('_') && !unicode_is_id_continue('-'));
  EXPECT(unicode_is_id_start(0xE9) && unicode_is_id_start(0x2118) && unicode_is_id_start(0x309B));
  EXPECT(!unicode_is_id_start(0x2E2F) && !unicode_is_id_start(0xD800) && unicode_is_id_start(0x20000));
  EXPECT(unicode_is_id_continue(0x300) && !unicode_is_id_start(0x300) && unicode_is_id_continue(0xB7));
  EXPECT(unicode_is_id_start(0x16EA0)); /* Beria Erfe, new in Unicode 17 */
  EXPECT(!unicode_is_id_start(0x10FFFF) && !unicode_is_id_continue(0x110000));
}

UNIT_TEST(unicode_spaces)
{
  static const uint32_t spaces[] = {9, 11, 12, 32, 0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF};
  for (size_t k = 0; k < JS_COUNTOF(spaces); k++)
    EXPECT(unicode_is_space(spaces[k]));
  EXPECT(!unicode_is_space('\n') && !unicode_is_space(0x85) && !unicode_is_space(0x180E) && !unicode_is_space(0x200B));
  EXPECT(unicode_is_space_or_line('\n') && unicode_is_space_or_line('\r') && unicode_is_space_or_line(0x2029));
}

UNIT_TEST(unicode_canonical_forms)
{
  EXPECT(unicode_simple_fold('A') == 'a' && unicode_simple_fold(0x212A) == 'k' && unicode_simple_fold(0x17F) == 's');
  EXPECT(unicode_simple_fold(0x1E9E) == 0xDF && unicode_simple_fold(0xDF) == 0xDF);
  EXPECT(unicode_simple_fold(0x10400) == 0x10428 && unicode_simple_fold(0x13A0) == 0x13A0);
  EXPECT(unicode_simple_fold(0xAB70) == 0x13A0 && unicode_simple_fold(0x3C2) == 0x3C3);
  EXPECT(unicode_regexp_upper('k') == 'K' && unicode_regexp_upper(0x212A) == 0x212A);
  EXPECT(unicode_regexp_upper(0x17F) == 0x17F && unicode_regexp_upper(0xDF) == 0xDF);
  EXPECT(unicode_regexp_upper(0xFF) == 0x178 && unicode_regexp_upper(0xB5) == 0x39C);
  EXPECT(unicode_regexp_upper(0x131) == 0x131 && unicode_regexp_upper(0x1F80) == 0x1F80);
  EXPECT(unicode_regexp_upper(0x1C8) == 0x1C7); /* title case form */
}

static bool maps(size_t (*map)(const uint16_t *, size_t, uint16_t *), const uint16_t *from, const uint16_t *to)
{
  uint16_t out[64];
  size_t from_len = 0, to_len = 0;
  while (from[from_len])
    from_len++;
  while (to[to_len])
    to_len++;
  size_t len = map(from, from_len, NULL);
  return len == to_len && map(from, from_len, out) == len && !memcmp(out, to, len * 2);
}

UNIT_TEST(unicode_full_case_mapping)
{
  EXPECT(maps(unicode_to_upper, u"straße", u"STRASSE") && maps(unicode_to_upper, u"\uFB03", u"FFI"));
  EXPECT(maps(unicode_to_upper, u"\u0390", u"\u0399\u0308\u0301") &&
         maps(unicode_to_upper, u"\U00010428", u"\U00010400"));
  EXPECT(maps(unicode_to_upper, u"\u0130\u0131", u"\u0130I"));
  EXPECT(maps(unicode_to_lower, u"ΑΣ", u"ας") && maps(unicode_to_lower, u"ΑΣΑ", u"ασα") &&
         maps(unicode_to_lower, u"Σ", u"σ"));
  EXPECT(maps(unicode_to_lower, u"ΑΣ.Β", u"ασ.β") && maps(unicode_to_lower, u"Α.Σ", u"α.ς") &&
         maps(unicode_to_lower, u"ΑΣ Β", u"ας β"));
  EXPECT(maps(unicode_to_lower, u"\u0130", u"i\u0307") && maps(unicode_to_lower, u"\U00010400", u"\U00010428"));
}

UNIT_TEST(unicode_normal_forms)
{
  uint16_t out[16];
  size_t len;
  UnicodeResult result = unicode_normalize(UNICODE_NFC, u"e\u0301", 2, out, 16, &len);
  if (result == UNICODE_NO_ICU)
    return;
  EXPECT(result == UNICODE_OK && len == 1 && out[0] == 0xE9);
  EXPECT(unicode_normalize(UNICODE_NFD, u"\u00E9", 1, out, 16, &len) == UNICODE_OK && len == 2 && out[1] == 0x301);
  EXPECT(unicode_normalize(UNICODE_NFKC, u"\uFB03", 1, out, 2, &len) == UNICODE_OK && len == 3);
  EXPECT(unicode_normalize(UNICODE_NFKD, u"\uFB03", 1, out, 16, &len) == UNICODE_OK && len == 3 && out[2] == 'i');
}

/* The canonical form of a tag, "" when it is malformed. */
static const char *canonical(const char *text, char out[LOCALE_TAG_MAX + 1])
{
  LocaleTag tag;
  out[0] = 0;
  if (locale_tag_parse(&tag, text, strlen(text))) {
    locale_tag_canonicalize(icu_load(), &tag);
    locale_tag_write(&tag, out);
  }
  return out;
}

UNIT_TEST(unicode_locale_tags)
{
  char out[LOCALE_TAG_MAX + 1];
  if (!icu_load())
    return;
  EXPECT(!strcmp(canonical("EN-us", out), "en-US"));
  EXPECT(!strcmp(canonical("sh", out), "sr-Latn"));
  EXPECT(!strcmp(canonical("art-lojban", out), "jbo"));
  EXPECT(!strcmp(canonical("de-u-kn-true-co-phonebk", out), "de-u-co-phonebk-kn"));
  EXPECT(!strcmp(canonical("en-x-A-u-b-t-foo-a-bar", out), "en-x-a-u-b-t-foo-a-bar"));
  static const char *const malformed[] = {
      "",      "e",         "en-",          "en--us",      "en_US",     "de-latn-latn", "en-u",
      "en-x",  "i-klingon", "de-1901-1901", "en-u-c0-abc", "abcd-Latn", "en-a",         "en-a-bb-a-cc",
      "en-t-a"};
  for (size_t k = 0; k < JS_COUNTOF(malformed); k++)
    EXPECT(!*canonical(malformed[k], out));
  char filler[LOCALE_TAG_MAX + 8] = "en-x";
  for (size_t n = 4; n + 3 < sizeof filler; n += 2)
    memcpy(filler + n, "-a", 3);
  EXPECT(!*canonical(filler, out));
}

static bool has(const UnicodeProperty *property, uint32_t cp)
{
  for (uint32_t k = 0; k < property->range_count; k++)
    if (cp >= property->ranges[k].first && cp <= property->ranges[k].last)
      return true;
  return false;
}

UNIT_TEST(unicode_properties_by_exact_name)
{
  Arena arena;
  arena_init(&arena, NULL, MEM_REGEXP);
  UnicodeProperty set;
  EXPECT(unicode_property(&arena, "Any", NULL, UNICODE_CODE_POINTS_ONLY, &set) == UNICODE_OK && has(&set, 0x10FFFF));
  EXPECT(unicode_property(&arena, "IDS", NULL, UNICODE_CODE_POINTS_ONLY, &set) == UNICODE_OK && has(&set, 0xE9));
  UnicodeResult result = unicode_property(&arena, "Lu", NULL, UNICODE_CODE_POINTS_ONLY, &set);
  if (result == UNICODE_NO_ICU)
    return;
  EXPECT(result == UNICODE_OK && has(&set, 'A') && !has(&set, 'a') && has(&set, 0xC9));
#define PROPERTY(name, value) unicode_property(&arena, name, value, UNICODE_CODE_POINTS_ONLY, &set)
  EXPECT(PROPERTY("Letter", NULL) == UNICODE_OK && has(&set, 'a') && !has(&set, '1'));
  EXPECT(PROPERTY("gc", "punct") == UNICODE_OK && has(&set, '!'));
  EXPECT(PROPERTY("Script", "Greek") == UNICODE_OK && has(&set, 0x3B1));
  EXPECT(PROPERTY("scx", "Grek") == UNICODE_OK && has(&set, 0x342));
  EXPECT(PROPERTY("sc", "Qaai") == UNICODE_OK && has(&set, 0x300));
  EXPECT(PROPERTY("Assigned", NULL) == UNICODE_OK && has(&set, 'a') && !has(&set, 0x378));
  EXPECT(PROPERTY("Emoji", NULL) == UNICODE_OK && has(&set, 0x1F600));
  EXPECT(PROPERTY("lu", NULL) == UNICODE_UNKNOWN && PROPERTY("letter", NULL) == UNICODE_UNKNOWN);
  EXPECT(PROPERTY("Script", "greek") == UNICODE_UNKNOWN && PROPERTY("Block", "Latin") == UNICODE_UNKNOWN);
  EXPECT(PROPERTY("Greek", NULL) == UNICODE_UNKNOWN && PROPERTY("", NULL) == UNICODE_UNKNOWN);
  EXPECT(PROPERTY("RGI_Emoji", NULL) == UNICODE_UNKNOWN && PROPERTY("Line_Break", NULL) == UNICODE_UNKNOWN);
  result = unicode_property(&arena, "Emoji_Keycap_Sequence", NULL, UNICODE_WITH_STRINGS, &set);
  EXPECT(result == UNICODE_OK && set.range_count == 0 && set.string_count == 12 && set.strings[0].len == 3);
  arena_free(&arena);
}
