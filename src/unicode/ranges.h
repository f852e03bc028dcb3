// SPDX-License-Identifier: MIT
/* Internal to src/unicode: searching sorted range tables. */
#ifndef UNICODE_RANGES_H
#define UNICODE_RANGES_H

#include "unicode/unicode.h"

bool unicode_in_ranges(const UnicodeRange *ranges, size_t count, uint32_t cp);
/* The ID_Start or ID_Continue table as a property. */
void unicode_id_property(bool is_continue, UnicodeProperty *out);

#endif
