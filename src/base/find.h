// SPDX-License-Identifier: MIT
/* Where bytes lie in others. */
#ifndef BASE_FIND_H
#define BASE_FIND_H

#include "base/check.h"

/* The first place of the needle, or NULL. */
const uint8_t *bytes_find(const uint8_t *bytes, size_t len, const uint8_t *needle, size_t size);

#endif
