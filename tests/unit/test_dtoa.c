// SPDX-License-Identifier: MIT
#include "base/dtoa.h"
#include "base/rng.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double double_from_bits(uint64_t bits)
{
  double v;
  memcpy(&v, &bits, 8);
  return v;
}

static double parse(const char *text)
{
  return dtoa_string_to_number_latin1((const uint8_t *)text, strlen(text));
}

static bool same(double a, double b)
{
  return memcmp(&a, &b, 8) == 0 || (isnan(a) && isnan(b));
}

static bool prints(double v, const char *expected)
{
  char out[DTOA_STRING_MAX];
  size_t n = dtoa_to_string(v, out);
  if (n == strlen(expected) && memcmp(out, expected, n) == 0)
    return true;
  fprintf(stderr, "printed %.*s, expected %s\n", (int)n, out, expected);
  return false;
}

UNIT_TEST(dtoa_to_string_has_the_spec_layouts)
{
  EXPECT(prints(0, "0") && prints(-0.0, "0") && prints(NAN, "NaN") && prints(-INFINITY, "-Infinity"));
  EXPECT(prints(1, "1") && prints(-123456789, "-123456789") && prints(0.1, "0.1") && prints(-1.5, "-1.5"));
  EXPECT(prints(1e21, "1e+21") && prints(123e18, "123000000000000000000") && prints(1e-6, "0.000001"));
  EXPECT(prints(1e-7, "1e-7") && prints(1.5e-9, "1.5e-9") && prints(0.00001234, "0.00001234"));
  EXPECT(prints(5e-324, "5e-324") && prints(1.7976931348623157e308, "1.7976931348623157e+308"));
  EXPECT(prints(9007199254740993.0, "9007199254740992") && prints(4.35, "4.35") && prints(9.5e-3, "0.0095"));
  EXPECT(prints(2.2250738585072014e-308, "2.2250738585072014e-308") && prints(1e23, "1e+23"));
  EXPECT(prints(9.007199254740992e15, "9007199254740992") && prints(0x1p63, "9223372036854776000"));
}

UNIT_TEST(dtoa_shortest_reads_back_and_is_shortest)
{
  Rng rng;
  rng_seed(&rng, 42);
  for (int k = 0; k < 60000; k++) {
    /* Every third a power of two's neighbourhood, where the interval is uneven. */
    uint64_t bits = rng_next(&rng) >> 1;
    if (k % 3 == 0)
      bits = (bits & 0x7ff0000000000000u) + (uint64_t)(k % 5);
    double v = double_from_bits(bits);
    if (!isfinite(v) || v == 0)
      continue;
    uint64_t digits;
    int exponent;
    dtoa_shortest(v, &digits, &exponent);
    char text[64], longer[64];
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);
    EXPECT(strtod(text, NULL) == v);
    EXPECT(digits % 10 != 0);
    int count = snprintf(text, sizeof text, "%llu", (unsigned long long)digits);
    if (count > 1) {
      snprintf(longer, sizeof longer, "%.*e", count - 2, v);
      EXPECT(strtod(longer, NULL) != v);
    }
  }
}

UNIT_TEST(dtoa_parse_is_exactly_rounded)
{
  Rng rng;
  rng_seed(&rng, 7);
  char text[80];
  for (int k = 0; k < 60000; k++) {
    double v = double_from_bits(rng_next(&rng));
    if (!isfinite(v))
      continue;
    snprintf(text, sizeof text, "%.*e", (int)(rng_next(&rng) % 25), v);
    EXPECT(same(parse(text), strtod(text, NULL)));
    snprintf(text, sizeof text, "%llu%llue%d", (unsigned long long)rng_next(&rng), (unsigned long long)rng_next(&rng),
             (int)(rng_next(&rng) % 700) - 380);
    EXPECT(same(parse(text), strtod(text, NULL)));
  }
}

UNIT_TEST(dtoa_parse_decides_halfway_points)
{
  /* The exact expansion of the midpoint between two doubles, and a hair above it. */
  Rng rng;
  rng_seed(&rng, 9);
  static char text[1300];
  for (int k = 0; k < 400; k++) {
    uint64_t bits = rng_next(&rng) >> 1;
    if (k % 2)
      bits >>= 9 + k % 3; /* small exponents: long expansions, denormals */
    double v = double_from_bits(bits);
    if (!isfinite(v))
      continue;
    /* long double has the range and the bits for a midpoint, denormal ones too */
    int n = snprintf(text, sizeof text, "%.1100Le", ((long double)v + (long double)nextafter(v, INFINITY)) / 2);
    EXPECT(n > 0 && n < (int)sizeof text);
    EXPECT(same(parse(text), strtod(text, NULL)));
    char *e = strchr(text, 'e');
    e[-1] = '1';
    EXPECT(same(parse(text), strtod(text, NULL)));
  }
  EXPECT(parse("2.4703282292062327208e-324") == 0);
  EXPECT(parse("2.4703282292062328e-324") == 5e-324);
  EXPECT(parse("1.7976931348623158e308") == 1.7976931348623157e308 && isinf(parse("1.7976931348623159e308")));
  EXPECT(parse("0.000000000000000000000000000000000001e36") == 1);
  EXPECT(isinf(parse("1e99999999999999999999")) && parse("0e99999999999999999999") == 0);
  EXPECT(parse("1e-99999999999999999999") == 0);
}

UNIT_TEST(dtoa_string_to_number_grammar)
{
  EXPECT(parse("") == 0 && parse("12") == 12 && parse("+.5") == 0.5 && parse("5.") == 5 && parse("-0") == 0);
  EXPECT(signbit(parse("-0")) && isinf(parse("-Infinity")) && parse("+Infinity") > 0);
  EXPECT(parse("0x1F") == 31 && parse("0b101") == 5 && parse("0O17") == 15 && isnan(parse("-0x1")));
  EXPECT(isnan(parse("0x")) && isnan(parse("0xg")) && isnan(parse("1e")) && isnan(parse(".")) && isnan(parse("1_0")));
  EXPECT(isnan(parse("infinity")) && isnan(parse("1 2")) && isnan(parse("e5")) && isnan(parse("--1")));
  EXPECT(parse("0x20000000000001") == 9007199254740992.0 && parse("0x20000000000003") == 9007199254740996.0);
  EXPECT(parse("0x2000000000000100000000001") == 0x1.00000000000001p97 + 0x1p45);
  const uint16_t units[] = {'1', '.', '5'}, wide[] = {'1', 0x131};
  EXPECT(dtoa_string_to_number_utf16(units, 3) == 1.5 && isnan(dtoa_string_to_number_utf16(wide, 2)));
  double v;
  EXPECT(dtoa_parse_decimal_latin1((const uint8_t *)"3.25e+x", 7, &v) == 4 && v == 3.25);
  EXPECT(dtoa_parse_radix_latin1((const uint8_t *)"zz!", 3, 36, &v) == 2 && v == 1295);
  const char *base3 = "2222222222222222222222222222222222222222";
  EXPECT(dtoa_parse_radix_latin1((const uint8_t *)base3, 40, 3, &v) == 40 && v == 12157665459056928800.0);
}

static bool gives(size_t n, const char *out, const char *expected)
{
  if (n == strlen(expected) && memcmp(out, expected, n) == 0)
    return true;
  fprintf(stderr, "printed %.*s, expected %s\n", (int)n, out, expected);
  return false;
}

#define FIXED(v, d, expected)       EXPECT(gives(dtoa_to_fixed(v, d, out), out, expected))
#define EXPONENTIAL(v, d, expected) EXPECT(gives(dtoa_to_exponential(v, d, out), out, expected))
#define PRECISION(v, d, expected)   EXPECT(gives(dtoa_to_precision(v, d, out), out, expected))
#define RADIX(v, r, expected)       EXPECT(gives(dtoa_to_radix(v, r, out), out, expected))

UNIT_TEST(dtoa_exact_forms)
{
  char out[DTOA_RADIX_MAX];
  FIXED(0.5, 0, "1");
  FIXED(2.5, 0, "3");
  FIXED(-2.5, 0, "-3");
  FIXED(1.005, 2, "1.00");
  FIXED(1.45, 1, "1.4");
  FIXED(0, 2, "0.00");
  FIXED(123.456, 2, "123.46");
  FIXED(1e-10, 2, "0.00");
  FIXED(0.000001, 7, "0.0000010");
  FIXED(999.999, 2, "1000.00");
  FIXED(123456789012345680000.0, 1, "123456789012345683968.0");
  FIXED(0.1, 20, "0.10000000000000000555");
  EXPONENTIAL(0, -1, "0e+0");
  EXPONENTIAL(0, 2, "0.00e+0");
  EXPONENTIAL(123456, 2, "1.23e+5");
  EXPONENTIAL(-1.5e-9, -1, "-1.5e-9");
  EXPONENTIAL(9.99, 1, "1.0e+1");
  EXPONENTIAL(25, 0, "3e+1");
  PRECISION(123.456, 4, "123.5");
  PRECISION(0.000001, 2, "0.0000010");
  PRECISION(1e-7, 2, "1.0e-7");
  PRECISION(1e21, 3, "1.00e+21");
  PRECISION(99.99, 3, "100");
  PRECISION(0, 3, "0.00");
  PRECISION(5e-324, 100,
            "4.940656458412465441765687928682213723650598026143247644255856825006755072702087518652998363616"
            "359924e-324");
}

UNIT_TEST(dtoa_radix_forms)
{
  char out[DTOA_RADIX_MAX];
  RADIX(255, 16, "ff");
  RADIX(-255.5, 16, "-ff.8");
  RADIX(0.1, 2, "0.0001100110011001100110011001100110011001100110011001101");
  RADIX(0.1, 3, "0.0022002200220022002200220022002201");
  RADIX(1e21, 36, "5v1j4f4ds7c000");
  EXPECT(dtoa_to_radix(5e-324, 2, out) == 2 + 1074);
}

UNIT_TEST(dtoa_fixed_fast_path_agrees_with_printf_off_ties)
{
  Rng rng;
  rng_seed(&rng, 11);
  char out[DTOA_FIXED_MAX], expected[200];
  for (int k = 0; k < 20000; k++) {
    double v = ldexp((double)(rng_next(&rng) >> 11), (int)(rng_next(&rng) % 120) - 110);
    int d = (int)(rng_next(&rng) % 12);
    snprintf(expected, sizeof expected, "%.*f", d, v);
    char exact[1200];
    snprintf(exact, sizeof exact, "%.1100f", v);
    /* printf rounds ties to even, we round them up: leave the exact ties out. */
    const char *tail = strchr(exact, '.') + 1 + d;
    if (v >= 1e21 || (tail[0] == '5' && strspn(tail + 1, "0") == strlen(tail + 1)))
      continue;
    EXPECT(gives(dtoa_to_fixed(v, d, out), out, expected));
  }
}
