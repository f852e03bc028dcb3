// SPDX-License-Identifier: MIT
/* Searching bytes by the rules of Buffer's indexOf and lastIndexOf; in bindings/buffer.c. */
#ifndef RUNTIME_BUFFER_SEARCH_H
#define RUNTIME_BUFFER_SEARCH_H

#include "culm/js.h"

/* Where the needle is found, -1 for nowhere; offset: as given to indexOf, from the end when negative. step is 2 for
 * UTF-16: matches begin at whole units. */
int64_t rt_find_bytes(const JsView *view, const uint8_t *needle, size_t needle_length, double offset, bool forwards,
                      unsigned step);

#endif
