// SPDX-License-Identifier: MIT
#include "base/rng.h"
#include "base/utf.h"
#include "base/utf_bulk.h"
#include "unit.h"

#include <string.h>

static const uint8_t *bytes_of(const char *text)
{
  return (const uint8_t *)text;
}

/* Decodes and compares with expected units. */
static bool decodes_to(const char *text, size_t len, UtfPolicy policy, const uint16_t *expected, size_t units)
{
  uint16_t out[64];
  Utf8Info info;
  utf8_scan(bytes_of(text), len, policy, &info);
  return info.units == units && utf8_to_utf16(bytes_of(text), len, out, policy) == units &&
         memcmp(out, expected, units * 2) == 0;
}

UNIT_TEST(utf8_decodes_every_length)
{
  const uint16_t expected[] = {'a', 0xe9, 0x20ac, 0xd83d, 0xde00, 0xffff};
  EXPECT(decodes_to("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbf", 13, UTF_REPLACE, expected, 6));
}

UNIT_TEST(utf8_replaces_maximal_subparts)
{
  /* Unicode's own example: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 */
  const uint16_t expected[] = {'a', 0xfffd, 0xfffd, 0xfffd, 'b', 0xfffd, 'c', 0xfffd, 0xfffd, 'd'};
  EXPECT(decodes_to("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64", 13, UTF_REPLACE, expected, 10));
  const uint16_t three[] = {0xfffd, 0xfffd, 0xfffd}, lone[] = {0xd800};
  EXPECT(decodes_to("\xed\xa0\x80", 3, UTF_REPLACE, three, 3));
  EXPECT(decodes_to("\xed\xa0\x80", 3, UTF_WTF8, lone, 1));
  EXPECT(decodes_to("\xc0\xaf\xff", 3, UTF_REPLACE, three, 3));
  EXPECT(decodes_to("\xf0\x9f\x98", 3, UTF_REPLACE, three, 1));
}

UNIT_TEST(utf8_round_trips_every_code_point)
{
  for (uint32_t cp = 0; cp < 0x110000; cp++) {
    uint8_t bytes[4];
    unsigned len = utf8_encode(cp, bytes), size;
    bool bad = false;
    EXPECT(utf8_decode(bytes, bytes + len, UTF_WTF8, &size, &bad) == cp && size == len && !bad);
    EXPECT((utf8_well_formed_prefix(bytes, len) == len) == !utf16_is_surrogate(cp));
  }
}

UNIT_TEST(utf16_encodes_with_both_policies)
{
  const uint16_t units[] = {'x', 0xd800, 'y', 0xd83d, 0xde00, 0xdc00};
  uint8_t out[32];
  EXPECT(utf16_utf8_length(units, 6) == 12);
  EXPECT(utf16_to_utf8(units, 6, out, UTF_REPLACE) == 12);
  EXPECT(memcmp(out, "x\xef\xbf\xbdy\xf0\x9f\x98\x80\xef\xbf\xbd", 12) == 0);
  EXPECT(utf16_to_utf8(units, 6, out, UTF_WTF8) == 12);
  EXPECT(memcmp(out, "x\xed\xa0\x80y\xf0\x9f\x98\x80\xed\xb0\x80", 12) == 0);
  EXPECT(utf16_well_formed_prefix(units, 6) == 1 && utf16_well_formed_prefix(units + 2, 3) == 3);
  size_t read;
  EXPECT(utf16_to_utf8_bounded(units + 2, 4, out, 4, UTF_REPLACE, &read) == 1 && read == 1);
  EXPECT(utf16_to_utf8_bounded(units + 2, 4, out, 5, UTF_REPLACE, &read) == 5 && read == 3);
}

UNIT_TEST(utf_bulk_paths_agree_at_every_length)
{
  uint8_t latin1[100], narrow[100], utf8[200], back[100];
  uint16_t wide[100];
  for (size_t len = 0; len < 100; len++)
    for (size_t odd = 0; odd <= len; odd += 7) {
      memset(latin1, 'a', sizeof latin1);
      if (odd < len)
        latin1[odd] = 0xe9;
      EXPECT(utf_ascii_prefix(latin1, len) == (odd < len ? odd : len));
      utf_widen(latin1, len, wide);
      EXPECT(utf16_is_latin1(wide, len) && utf16_is_ascii(wide, len) == (odd >= len));
      utf_narrow(wide, len, narrow);
      EXPECT(memcmp(latin1, narrow, len) == 0);
      size_t bytes = latin1_to_utf8(latin1, len, utf8);
      EXPECT(bytes == latin1_utf8_length(latin1, len) && bytes == utf16_utf8_length(wide, len));
      EXPECT(utf16_to_utf8(wide, len, utf8, UTF_REPLACE) == bytes);
      EXPECT(utf8_to_latin1(utf8, bytes, back) == len && memcmp(back, latin1, len) == 0);
      Utf8Info info;
      utf8_scan(utf8, bytes, UTF_REPLACE, &info);
      EXPECT(info.units == len && info.well_formed && info.max <= 0xff && (info.max > 0x7f) == (odd < len));
    }
}

/* --- blocks against one character at a time --- */

enum { RANDOM_UNITS = 300, RANDOM_ROUNDS = 6000 };

/* Runs of characters of one size, so that blocks of every mixture turn up. */
static size_t random_units(Rng *rng, uint16_t *units)
{
  size_t len = rng_next(rng) % RANDOM_UNITS, k = 0;
  while (k < len) {
    uint32_t kind = rng_next(rng) % 5;
    for (size_t run = rng_next(rng) % 40; run > 0 && k < len; run--) {
      uint32_t r = (uint32_t)(rng_next(rng) >> 20);
      if (kind == 4 && k + 1 < len && r % 16) {
        units[k++] = (uint16_t)(0xd800 | (r & 0x3ff));
        units[k++] = (uint16_t)(0xdc00 | (r >> 10 & 0x3ff));
      } else {
        static const uint16_t ranges[] = {0x7f, 0xff, 0x7ff, 0xffff, 0xffff};
        units[k++] = (uint16_t)(r & ranges[kind]);
      }
    }
  }
  return len;
}

static bool same_scan(const uint8_t *bytes, size_t len, const Utf8Info *info)
{
  const uint8_t *p = bytes, *end = bytes + len;
  size_t units = 0;
  uint32_t max = 0;
  bool bad = false;
  while (p < end) {
    unsigned size;
    uint32_t cp = utf8_decode(p, end, UTF_REPLACE, &size, &bad);
    units += cp > 0xffff ? 2 : 1;
    max = cp > max ? cp : max;
    p += size;
  }
  return info->units == units && info->well_formed == !bad && (info->max > 0x7f) == (max > 0x7f) &&
         (info->max > 0xff) == (max > 0xff) && (info->max > 0xffff) == (max > 0xffff);
}

static void check_scans(const uint8_t *bytes, size_t len)
{
  Utf8Info info;
  utf8_scan(bytes, len, UTF_REPLACE, &info);
  EXPECT(same_scan(bytes, len, &info));
#ifdef __SSE2__
  Utf8Info other;
  bool good = utf8_scan_blocks_sse2(bytes, len, &other);
  EXPECT(good == info.well_formed && (!good || same_scan(bytes, len, &other)));
#endif
}

UNIT_TEST(utf_blocks_do_what_characters_do)
{
  Rng rng;
  rng_seed(&rng, 26);
  for (int round = 0; round < RANDOM_ROUNDS; round++) {
    uint16_t units[RANDOM_UNITS], back[RANDOM_UNITS + 1];
    uint8_t bytes[3 * RANDOM_UNITS], expected[3 * RANDOM_UNITS + 4], latin1[RANDOM_UNITS], narrow[RANDOM_UNITS + 1];
    size_t len = random_units(&rng, units), want = 0, read;
    for (size_t k = 0; k < len; k++) {
      uint32_t cp = units[k];
      if (utf16_is_lead(cp) && k + 1 < len && utf16_is_trail(units[k + 1]))
        cp = utf16_join(cp, units[++k]);
      want += utf8_encode(utf16_is_surrogate(cp) ? UTF_REPLACEMENT : cp, expected + want);
    }
    EXPECT(utf16_utf8_length(units, len) == want);
    EXPECT(utf16_to_utf8_bounded(units, len, bytes, want, UTF_REPLACE, &read) == want && read == len);
    EXPECT(memcmp(bytes, expected, want) == 0);
    size_t some = len ? rng_next(&rng) % (want + 1) : 0;
    size_t got = utf16_to_utf8_bounded(units, len, bytes, some, UTF_REPLACE, &read);
    EXPECT(got <= some && got + 4 > some && memcmp(bytes, expected, got) == 0);
    EXPECT(utf16_utf8_length(units, read) == got);
    check_scans(expected, want);
    Utf8Info info;
    utf8_scan(expected, want, UTF_REPLACE, &info);
    back[info.units] = 0xabcd;
    EXPECT(utf8_well_formed_to_utf16(expected, want, back) == len && back[info.units] == 0xabcd);
    for (size_t k = 0; k < len; k++)
      EXPECT(back[k] == units[k] || (utf16_is_surrogate(units[k]) && back[k] == UTF_REPLACEMENT));
    utf_narrow(units, len, latin1);
    want = latin1_utf8_length(latin1, len);
    EXPECT(latin1_to_utf8_bounded(latin1, len, bytes, want, &read) == want && read == len);
    narrow[len] = 0xab;
    EXPECT(utf8_to_latin1(bytes, want, narrow) == len && memcmp(narrow, latin1, len) == 0 && narrow[len] == 0xab);
    /* Malformed somewhere, perhaps. */
    want = utf16_to_utf8(units, len, bytes, UTF_REPLACE);
    for (int k = 0; k < 3 && want; k++) {
      bytes[rng_next(&rng) % want] = (uint8_t)(rng_next(&rng) >> 30);
      check_scans(bytes, want);
    }
    check_scans(bytes, want - want % 3);
  }
}
