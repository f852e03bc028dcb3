// SPDX-License-Identifier: MIT
/* Any text is a time or no time, the same in both widths; a time that is written is read back. */
#include "base/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  /* exactly as long as the text, so that reading past it is caught */
  uint8_t *narrow = malloc(size ? size : 1);
  uint16_t *wide = malloc(size ? size * 2 : 1);
  if (size)
    memcpy(narrow, data, size);
  for (size_t k = 0; k < size; k++)
    wide[k] = data[k];
  double first = date_parse(narrow, false, size), second = date_parse(wide, true, size);
  if (isnan(first) != isnan(second) || (!isnan(first) && first != second))
    abort();
  if (!isnan(first) && fabs(first) > 8.64e15)
    abort();
  free(narrow);
  free(wide);
  return 0;
}
