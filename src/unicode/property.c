// SPDX-License-Identifier: MIT
/*
 * The sets behind \p{...}, from ICU: see unicode.h.
 *
 * ICU looks names up loosely (case, spaces and underscores do not count); the language wants them exact, so a name that
 * ICU accepts is compared with the spellings ICU lists for it. Which binary properties exist in the language is a list
 * of the specification's: the table below.
 */
#include "unicode/unicode.h"
#include "unicode/icu.h"
#include "unicode/ranges.h"

#include <string.h>

/* Binary Unicode property aliases and names  ecma262#table-binary-unicode-properties */
static const char *const binary_properties[][2] = {
    {"ASCII_Hex_Digit", "AHex"},
    {"Alphabetic", "Alpha"},
    {"Bidi_Control", "Bidi_C"},
    {"Bidi_Mirrored", "Bidi_M"},
    {"Case_Ignorable", "CI"},
    {"Cased", "Cased"},
    {"Changes_When_Casefolded", "CWCF"},
    {"Changes_When_Casemapped", "CWCM"},
    {"Changes_When_Lowercased", "CWL"},
    {"Changes_When_NFKC_Casefolded", "CWKCF"},
    {"Changes_When_Titlecased", "CWT"},
    {"Changes_When_Uppercased", "CWU"},
    {"Dash", "Dash"},
    {"Default_Ignorable_Code_Point", "DI"},
    {"Deprecated", "Dep"},
    {"Diacritic", "Dia"},
    {"Emoji", "Emoji"},
    {"Emoji_Component", "EComp"},
    {"Emoji_Modifier", "EMod"},
    {"Emoji_Modifier_Base", "EBase"},
    {"Emoji_Presentation", "EPres"},
    {"Extended_Pictographic", "ExtPict"},
    {"Extender", "Ext"},
    {"Grapheme_Base", "Gr_Base"},
    {"Grapheme_Extend", "Gr_Ext"},
    {"Hex_Digit", "Hex"},
    {"IDS_Binary_Operator", "IDSB"},
    {"IDS_Trinary_Operator", "IDST"},
    {"ID_Continue", "IDC"},
    {"ID_Start", "IDS"},
    {"Ideographic", "Ideo"},
    {"Join_Control", "Join_C"},
    {"Logical_Order_Exception", "LOE"},
    {"Lowercase", "Lower"},
    {"Math", "Math"},
    {"Noncharacter_Code_Point", "NChar"},
    {"Pattern_Syntax", "Pat_Syn"},
    {"Pattern_White_Space", "Pat_WS"},
    {"Quotation_Mark", "QMark"},
    {"Radical", "Radical"},
    {"Regional_Indicator", "RI"},
    {"Sentence_Terminal", "STerm"},
    {"Soft_Dotted", "SD"},
    {"Terminal_Punctuation", "Term"},
    {"Unified_Ideograph", "UIdeo"},
    {"Uppercase", "Upper"},
    {"Variation_Selector", "VS"},
    {"White_Space", "space"},
    {"XID_Continue", "XIDC"},
    {"XID_Start", "XIDS"},
};

/* Binary properties of strings  ecma262#table-binary-unicode-properties-of-strings, with ICU's UProperty. */
static const struct {
  const char *name;
  int32_t property;
} string_properties[] = {
    {"Basic_Emoji", 65},
    {"Emoji_Keycap_Sequence", 66},
    {"RGI_Emoji_Modifier_Sequence", 67},
    {"RGI_Emoji_Flag_Sequence", 68},
    {"RGI_Emoji_Tag_Sequence", 69},
    {"RGI_Emoji_ZWJ_Sequence", 70},
    {"RGI_Emoji", 71},
};

/* The longest sequence in emoji data has 10 code points; ICU reports a longer one as an error, which is refused. */
enum { MAX_STRING_UNITS = 64 };

static UnicodeResult copy_set(Arena *arena, const Icu *icu, const IcuSet *set, UnicodeProperty *out)
{
  int32_t count = icu->uset_getItemCount(set);
  UnicodeRange *ranges = ARENA_NEW_ARRAY(arena, UnicodeRange, count + 1);
  UnicodeString *strings = NULL;
  if (!ranges)
    return UNICODE_NO_MEMORY;
  *out = (UnicodeProperty){.ranges = ranges};
  for (int32_t k = 0; k < count; k++) {
    int32_t first, last;
    uint16_t units[MAX_STRING_UNITS];
    IcuError error = 0;
    int32_t len = icu->uset_getItem(set, k, &first, &last, units, MAX_STRING_UNITS, &error);
    if (error > 0)
      return UNICODE_NO_ICU;
    if (len == 0) {
      ranges[out->range_count++] = (UnicodeRange){(uint32_t)first, (uint32_t)last};
      continue;
    }
    if (!strings && !(out->strings = strings = ARENA_NEW_ARRAY(arena, UnicodeString, count - k)))
      return UNICODE_NO_MEMORY;
    const uint16_t *copy = (const uint16_t *)arena_copy(arena, units, (size_t)len * 2);
    if (!copy)
      return UNICODE_NO_MEMORY;
    strings[out->string_count++] = (UnicodeString){copy, (uint32_t)len};
  }
  return UNICODE_OK;
}

static UnicodeResult from_int_value(Arena *arena, const Icu *icu, int32_t property, int32_t value, UnicodeProperty *out)
{
  IcuSet *set = icu->uset_openEmpty();
  if (!set)
    return UNICODE_NO_MEMORY;
  IcuError error = 0;
  icu->uset_applyIntPropertyValue(set, property, value, &error);
  UnicodeResult result = error > 0 ? UNICODE_NO_ICU : copy_set(arena, icu, set, out);
  icu->uset_close(set);
  return result;
}

static bool exact_value_name(const Icu *icu, int32_t property, int32_t value, const char *name)
{
  for (int32_t choice = ICU_SHORT_NAME;; choice++) {
    const char *known = icu->u_getPropertyValueName(property, value, choice);
    if (known && !strcmp(known, name))
      return true;
    if (!known && choice > ICU_SHORT_NAME) /* a value may lack a short name only */
      return false;
  }
}

static UnicodeResult from_value_name(Arena *arena, const Icu *icu, int32_t names_of, int32_t property, const char *name,
                                     UnicodeProperty *out)
{
  int32_t value = icu->u_getPropertyValueEnum(names_of, name);
  if (value == -1 || !exact_value_name(icu, names_of, value, name))
    return UNICODE_UNKNOWN;
  return from_int_value(arena, icu, property, value, out);
}

static UnicodeResult from_binary_set(Arena *arena, const Icu *icu, int32_t property, UnicodeProperty *out)
{
  if (property < 0)
    return UNICODE_UNKNOWN;
  IcuError error = 0;
  const IcuSet *set = icu->u_getBinaryPropertySet(property, &error);
  return error > 0 ? UNICODE_UNKNOWN : copy_set(arena, icu, set, out);
}

static const char *binary_property_named(const char *name)
{
  for (size_t k = 0; k < JS_COUNTOF(binary_properties); k++)
    if (!strcmp(binary_properties[k][0], name) || !strcmp(binary_properties[k][1], name))
      return binary_properties[k][0];
  return NULL;
}

static UnicodeResult lone_property(Arena *arena, const char *name, UnicodePropertyMode mode, UnicodeProperty *out)
{
  static const UnicodeRange any[] = {{0, UNICODE_MAX}}, ascii[] = {{0, 0x7F}};
  *out = (UnicodeProperty){.ranges = any, .range_count = 1};
  if (!strcmp(name, "Any"))
    return UNICODE_OK;
  out->ranges = ascii;
  if (!strcmp(name, "ASCII"))
    return UNICODE_OK;

  const char *binary = binary_property_named(name);
  if (binary && !strncmp(binary, "ID_", 3)) {
    unicode_id_property(binary[3] == 'C', out);
    return UNICODE_OK;
  }
  const Icu *icu = icu_load();
  if (!icu)
    return UNICODE_NO_ICU;
  if (binary)
    return from_binary_set(arena, icu, icu->u_getPropertyEnum(binary), out);
  if (!strcmp(name, "Assigned")) {
    enum { ASSIGNED = ~1 }; /* every General_Category but Cn, which is bit 0 of ICU's mask */
    return from_int_value(arena, icu, ICU_GENERAL_CATEGORY_MASK, ASSIGNED, out);
  }
  for (size_t k = 0; mode == UNICODE_WITH_STRINGS && k < JS_COUNTOF(string_properties); k++)
    if (!strcmp(string_properties[k].name, name))
      return from_binary_set(arena, icu, string_properties[k].property, out);
  return from_value_name(arena, icu, ICU_GENERAL_CATEGORY_MASK, ICU_GENERAL_CATEGORY_MASK, name, out);
}

UnicodeResult unicode_property(Arena *arena, const char *name, const char *value, UnicodePropertyMode mode,
                               UnicodeProperty *out)
{
  if (!value)
    return lone_property(arena, name, mode, out);
  bool category = !strcmp(name, "General_Category") || !strcmp(name, "gc");
  bool script = !strcmp(name, "Script") || !strcmp(name, "sc");
  bool extensions = !strcmp(name, "Script_Extensions") || !strcmp(name, "scx");
  if (!category && !script && !extensions)
    return UNICODE_UNKNOWN;
  const Icu *icu = icu_load();
  if (!icu)
    return UNICODE_NO_ICU;
  if (category)
    return from_value_name(arena, icu, ICU_GENERAL_CATEGORY_MASK, ICU_GENERAL_CATEGORY_MASK, value, out);
  return from_value_name(arena, icu, ICU_SCRIPT, script ? ICU_SCRIPT : ICU_SCRIPT_EXTENSIONS, value, out);
}
