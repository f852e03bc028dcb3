// SPDX-License-Identifier: MIT
/* Any text through StringToNumber; what it gives must print and read back, and agree with the C library's strtod. */
#include "base/dtoa.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  double v = dtoa_string_to_number_latin1(data, size);
  if (isnan(v))
    return 0;
  char out[DTOA_STRING_MAX];
  size_t n = dtoa_to_string(v, out);
  JS_CHECK(dtoa_string_to_number_latin1((const uint8_t *)out, n) == v);
  if (size > 0 && size < 2000 && !(size > 2 && data[0] == '0' && (data[1] | 0x20) > '9')) {
    char text[2001];
    memcpy(text, data, size);
    text[size] = 0;
    JS_CHECK(strtod(text, NULL) == v);
  }
  char big[DTOA_RADIX_MAX];
  for (int radix = 2; radix <= 36; radix += 7)
    dtoa_to_radix(v, radix, big);
  if (isfinite(v)) {
    dtoa_to_precision(v, (int)(size % 100) + 1, big);
    dtoa_to_exponential(v, (int)(size % 101), big);
    if (fabs(v) < 1e21)
      dtoa_to_fixed(v, (int)(size % 101), big);
  }
  return 0;
}
