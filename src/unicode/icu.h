// SPDX-License-Identifier: MIT
/*
 * ICU, loaded on first need: a table of function pointers, immutable once made.
 *
 * The functions are declared here with plain C types instead of ICU's headers, whose names carry the version they were
 * installed with: ICU's C ABI is stable from version to version, only the suffix of its symbols moves. The table is the
 * one process-wide object of this folder: it is written once, under pthread_once, before anybody can read it.
 */
#ifndef UNICODE_ICU_H
#define UNICODE_ICU_H

#include "base/check.h"

typedef int32_t IcuError; /* UErrorCode: above 0 is a failure, below a warning */
enum { ICU_TRUNCATED_CHAR = 11, ICU_BUFFER_OVERFLOW = 15 };

typedef struct IcuBreaker IcuBreaker;
typedef struct IcuCalendar IcuCalendar;
typedef struct IcuCollator IcuCollator;
typedef struct IcuConverter IcuConverter;
typedef struct IcuDateFormat IcuDateFormat;
typedef struct IcuDateInterval IcuDateInterval;
typedef struct IcuDisplayNames IcuDisplayNames;
typedef struct IcuEnumeration IcuEnumeration;
typedef struct IcuFieldIterator IcuFieldIterator;
typedef struct IcuFieldPosition IcuFieldPosition;
typedef struct IcuFormattedDateInterval IcuFormattedDateInterval;
typedef struct IcuFormattedList IcuFormattedList;
typedef struct IcuFormattedNumber IcuFormattedNumber;
typedef struct IcuFormattedNumberRange IcuFormattedNumberRange;
typedef struct IcuFormattedRelative IcuFormattedRelative;
typedef struct IcuFormattedValue IcuFormattedValue;
typedef struct IcuIdna IcuIdna;
typedef struct IcuListFormatter IcuListFormatter;
typedef struct IcuNormalizer IcuNormalizer;
typedef struct IcuNumberFormat IcuNumberFormat;
typedef struct IcuNumberFormatter IcuNumberFormatter;
typedef struct IcuNumberRangeFormatter IcuNumberRangeFormatter;
typedef struct IcuNumberingSystem IcuNumberingSystem;
typedef struct IcuPatternGenerator IcuPatternGenerator;
typedef struct IcuPluralRules IcuPluralRules;
typedef struct IcuRelativeFormatter IcuRelativeFormatter;
typedef struct IcuResource IcuResource;
struct IdnaInfo;

typedef struct Icu {
#define ICU_UC(type, name, params)   type(*name) params;
#define ICU_I18N(type, name, params) type(*name) params;
#include "unicode/icu_functions.def"
#undef ICU_UC
#undef ICU_I18N
  int version;
} Icu;

/* NULL when no usable ICU is installed. */
const Icu *icu_load(void);

#endif
