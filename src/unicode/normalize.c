// SPDX-License-Identifier: MIT
/* Normalisation and case mapping on ICU: see unicode.h. */
#include "unicode/unicode.h"
#include "unicode/icu.h"

#include <string.h>

UnicodeResult unicode_normalize(UnicodeForm form, const uint16_t *src, size_t len, uint16_t *dst, size_t cap,
                                size_t *out_len)
{
  const Icu *icu = icu_load();
  if (!icu)
    return UNICODE_NO_ICU;
  if (len > INT32_MAX)
    return UNICODE_NO_MEMORY;
  if (cap > INT32_MAX)
    cap = INT32_MAX;
  IcuError error = 0;
  const IcuNormalizer *normalizer = form == UNICODE_NFC    ? icu->unorm2_getNFCInstance(&error)
                                    : form == UNICODE_NFD  ? icu->unorm2_getNFDInstance(&error)
                                    : form == UNICODE_NFKC ? icu->unorm2_getNFKCInstance(&error)
                                                           : icu->unorm2_getNFKDInstance(&error);
  if (error > 0)
    return UNICODE_NO_ICU; /* its data file is missing */
  int32_t need = icu->unorm2_normalize(normalizer, src, (int32_t)len, dst, (int32_t)cap, &error);
  if (error > 0 && error != ICU_BUFFER_OVERFLOW)
    return UNICODE_NO_MEMORY;
  *out_len = (size_t)need;
  return UNICODE_OK;
}

/* ICU's longest locale name (ULOC_FULLNAME_CAPACITY is 157). */
enum { MAX_LOCALE_NAME = 256 };

static UnicodeResult locale_from_tag(const Icu *icu, const char *tag, char out[MAX_LOCALE_NAME])
{
  IcuError error = 0;
  int32_t parsed = 0, len = icu->uloc_forLanguageTag(tag, out, MAX_LOCALE_NAME, &parsed, &error);
  if (error > 0 || len >= MAX_LOCALE_NAME || (size_t)parsed != strlen(tag))
    return UNICODE_UNKNOWN;
  return UNICODE_OK;
}

UnicodeResult unicode_locale_case(bool upper, const char *tag, const uint16_t *src, size_t len, uint16_t *dst,
                                  size_t cap, size_t *out_len)
{
  const Icu *icu = icu_load();
  if (!icu)
    return UNICODE_NO_ICU;
  char locale[MAX_LOCALE_NAME];
  UnicodeResult result = locale_from_tag(icu, tag, locale);
  if (result != UNICODE_OK)
    return result;
  if (len > INT32_MAX || cap > INT32_MAX)
    return UNICODE_NO_MEMORY;
  IcuError error = 0;
  int32_t need = upper ? icu->u_strToUpper(dst, (int32_t)cap, src, (int32_t)len, locale, &error)
                       : icu->u_strToLower(dst, (int32_t)cap, src, (int32_t)len, locale, &error);
  if (error > 0 && error != ICU_BUFFER_OVERFLOW)
    return UNICODE_NO_MEMORY;
  *out_len = (size_t)need;
  return UNICODE_OK;
}
