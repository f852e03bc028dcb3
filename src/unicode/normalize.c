// SPDX-License-Identifier: MIT
/* Normalisation and collation on ICU: see unicode.h. */
#include "unicode/unicode.h"
#include "unicode/icu.h"

struct UnicodeCollator {
  const Icu *icu;
  IcuCollator *collator;
};

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

UnicodeResult unicode_collator_open(const char *locale, UnicodeCollator **out)
{
  const Icu *icu = icu_load();
  if (!icu)
    return UNICODE_NO_ICU;
  UnicodeCollator *collator = mem_alloc(NULL, MEM_VM, sizeof *collator);
  if (!collator)
    return UNICODE_NO_MEMORY;
  IcuError error = 0;
  *collator = (UnicodeCollator){.icu = icu, .collator = icu->ucol_open(locale, &error)};
  if (error > 0) {
    mem_free(NULL, MEM_VM, collator, sizeof *collator);
    return UNICODE_NO_ICU;
  }
  *out = collator;
  return UNICODE_OK;
}

void unicode_collator_close(UnicodeCollator *collator)
{
  if (!collator)
    return;
  collator->icu->ucol_close(collator->collator);
  mem_free(NULL, MEM_VM, collator, sizeof *collator);
}

int unicode_collator_compare(const UnicodeCollator *collator, const uint16_t *a, size_t a_len, const uint16_t *b,
                             size_t b_len)
{
  return collator->icu->ucol_strcoll(collator->collator, a, (int32_t)a_len, b, (int32_t)b_len);
}
