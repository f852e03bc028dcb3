// SPDX-License-Identifier: MIT
/* en-US number text: see number_format.h. */
#include "builtins/number_format.h"

#include "base/dtoa.h"

#include <math.h>
#include <string.h>

size_t number_group_digits(const char *digits, size_t len, char *out)
{
  size_t n = 0;
  for (size_t k = 0; k < len; k++) {
    if (k && (len - k) % 3 == 0)
      out[n++] = ',';
    out[n++] = digits[k];
  }
  return n;
}

size_t number_format_en_us(double x, char *out)
{
  char digits[NUMBER_FORMAT_MAX];
  char *p = out;
  if (signbit(x))
    *p++ = '-';
  x = fabs(x);
  uint64_t significant;
  int exponent;
  size_t len;
  if (x < 1e15) {
    /* ICU rounds the shortest decimal, not the exact binary value. */
    len = dtoa_to_string(x, digits);
    const char *e = memchr(digits, 'e', len);
    if (e) {
      digits[0] = '0'; /* below 1e-6 */
      len = 1;
    }
    char *point = memchr(digits, '.', len);
    size_t whole = point ? (size_t)(point - digits) : len;
    unsigned fraction = 0, places = 3;
    uint64_t integer = 0;
    for (size_t k = 0; k < whole; k++)
      integer = integer * 10 + (uint64_t)(digits[k] - '0');
    for (size_t k = whole + 1; k <= whole + 3; k++)
      fraction = fraction * 10 + (k < len ? (unsigned)(digits[k] - '0') : 0);
    if (whole + 4 < len && digits[whole + 4] >= '5')
      fraction++;
    if (fraction == 1000) {
      fraction = 0;
      integer++;
    }
    len = dtoa_uint64_to_string(integer, digits);
    p += number_group_digits(digits, len, p);
    if (fraction) {
      *p++ = '.';
      for (; fraction % 10 == 0; fraction /= 10)
        places--;
      for (unsigned k = places; k-- > 0; fraction /= 10)
        p[k] = (char)('0' + fraction % 10);
      p += places;
    }
    return (size_t)(p - out);
  }
  dtoa_shortest(x, &significant, &exponent);
  if (exponent >= 0) {
    len = dtoa_uint64_to_string(significant, digits);
    memset(digits + len, '0', (size_t)exponent);
    len += (size_t)exponent;
    p += number_group_digits(digits, len, p);
    return (size_t)(p - out);
  }
  /* 1e15 and above with a fraction: at most one digit of it. */
  len = dtoa_to_string(x, digits);
  const char *point = memchr(digits, '.', len);
  size_t whole = point ? (size_t)(point - digits) : len;
  p += number_group_digits(digits, whole, p);
  memcpy(p, digits + whole, len - whole);
  return (size_t)(p + (len - whole) - out);
}
