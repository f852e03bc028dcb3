// SPDX-License-Identifier: MIT
/*
 * ICU, loaded on first need: a table of function pointers, immutable once made.
 *
 * The functions are declared here with plain C types instead of ICU's headers, whose names carry the version they were
 * installed with: ICU's C ABI has been stable since version 60, only the suffix of its symbols moves. The table is the
 * one process-wide object of this folder: it is written once, under pthread_once, before anybody can read it.
 */
#ifndef UNICODE_ICU_H
#define UNICODE_ICU_H

#include "base/check.h"

typedef int32_t IcuError; /* UErrorCode: above 0 is a failure, below a warning */
enum { ICU_BUFFER_OVERFLOW = 15 };
/* UProperty and UPropertyNameChoice values, frozen by ICU's stability policy. */
enum {
  ICU_GENERAL_CATEGORY = 0x1005,
  ICU_SCRIPT = 0x100A,
  ICU_GENERAL_CATEGORY_MASK = 0x2000,
  ICU_SCRIPT_EXTENSIONS = 0x7000,
  ICU_SHORT_NAME = 0
};

typedef struct IcuSet IcuSet;
typedef struct IcuNormalizer IcuNormalizer;
typedef struct IcuCollator IcuCollator;
typedef struct IcuCalendar IcuCalendar;
typedef struct IcuIdna IcuIdna;
struct IdnaInfo;

#define ICU_UC_FUNCTIONS(V)                                                                                            \
  V(int32_t, u_getPropertyEnum, (const char *alias))                                                                   \
  V(int32_t, u_getPropertyValueEnum, (int32_t property, const char *alias))                                            \
  V(const char *, u_getPropertyName, (int32_t property, int32_t choice))                                               \
  V(const char *, u_getPropertyValueName, (int32_t property, int32_t value, int32_t choice))                           \
  V(IcuSet *, uset_openEmpty, (void))                                                                                  \
  V(void, uset_close, (IcuSet * set))                                                                                  \
  V(void, uset_applyIntPropertyValue, (IcuSet * set, int32_t property, int32_t value, IcuError * error))               \
  V(int32_t, uset_getItemCount, (const IcuSet *set))                                                                   \
  V(int32_t, uset_getItem,                                                                                             \
    (const IcuSet *set, int32_t item, int32_t *first, int32_t *last, uint16_t *units, int32_t cap, IcuError *error))   \
  V(const IcuNormalizer *, unorm2_getNFCInstance, (IcuError * error))                                                  \
  V(const IcuNormalizer *, unorm2_getNFDInstance, (IcuError * error))                                                  \
  V(const IcuNormalizer *, unorm2_getNFKCInstance, (IcuError * error))                                                 \
  V(const IcuNormalizer *, unorm2_getNFKDInstance, (IcuError * error))                                                 \
  V(int32_t, u_strToUpper,                                                                                             \
    (uint16_t * dst, int32_t cap, const uint16_t *src, int32_t len, const char *locale, IcuError *error))              \
  V(int32_t, u_strToLower,                                                                                             \
    (uint16_t * dst, int32_t cap, const uint16_t *src, int32_t len, const char *locale, IcuError *error))              \
  V(int32_t, uloc_forLanguageTag, (const char *tag, char *id, int32_t cap, int32_t *parsed, IcuError *error))          \
  V(IcuIdna *, uidna_openUTS46, (uint32_t options, IcuError * error))                                                  \
  V(void, uidna_close, (IcuIdna * idna))                                                                               \
  V(int32_t, uidna_nameToASCII_UTF8,                                                                                   \
    (const IcuIdna *idna, const char *name, int32_t len, char *dst, int32_t cap, struct IdnaInfo *info,                \
     IcuError *error))                                                                                                 \
  V(int32_t, uidna_nameToUnicodeUTF8,                                                                                  \
    (const IcuIdna *idna, const char *name, int32_t len, char *dst, int32_t cap, struct IdnaInfo *info,                \
     IcuError *error))                                                                                                 \
  V(int32_t, unorm2_normalize,                                                                                         \
    (const IcuNormalizer *form, const uint16_t *src, int32_t len, uint16_t *dst, int32_t cap, IcuError *error))

/* Newer than the oldest ICU we take; NULL when absent. */
#define ICU_UC_OPTIONAL(V) V(const IcuSet *, u_getBinaryPropertySet, (int32_t property, IcuError * error))

#define ICU_I18N_FUNCTIONS(V)                                                                                          \
  V(IcuCollator *, ucol_open, (const char *locale, IcuError *error))                                                   \
  V(void, ucol_close, (IcuCollator * collator))                                                                        \
  V(int32_t, ucol_strcoll,                                                                                             \
    (const IcuCollator *collator, const uint16_t *a, int32_t a_len, const uint16_t *b, int32_t b_len))                 \
  V(IcuCalendar *, ucal_open, (const uint16_t *zone, int32_t len, const char *locale, int32_t type, IcuError *error))  \
  V(void, ucal_close, (IcuCalendar * calendar))                                                                        \
  V(int32_t, ucal_getTimeZoneDisplayName,                                                                              \
    (const IcuCalendar *calendar, int32_t type, const char *locale, uint16_t *dst, int32_t cap, IcuError *error))

typedef struct Icu {
#define V(type, name, params) type(*name) params;
  ICU_UC_FUNCTIONS(V)
  ICU_UC_OPTIONAL(V)
  ICU_I18N_FUNCTIONS(V)
#undef V
  int version;
} Icu;

/* NULL when no usable ICU is installed. */
const Icu *icu_load(void);

#endif
