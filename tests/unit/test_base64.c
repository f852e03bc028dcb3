// SPDX-License-Identifier: MIT
#include "base/base64.h"
#include "unit.h"

#include <string.h>

static bool lenient(const char *text, const char *expected)
{
  uint8_t out[64];
  size_t len = strlen(text), n = base64_decode_latin1((const uint8_t *)text, len, out, sizeof out);
  return n == strlen(expected) && memcmp(out, expected, n) == 0;
}

UNIT_TEST(base64_round_trips_every_tail)
{
  uint8_t bytes[50], back[50];
  char text[80];
  for (int k = 0; k < 50; k++)
    bytes[k] = (uint8_t)(k * 73 + 11);
  for (size_t len = 0; len <= 50; len++)
    for (int url = 0; url < 2; url++)
      for (int pad = 0; pad < 2; pad++) {
        size_t n = base64_encode(bytes, len, (Base64Alphabet)url, pad, text);
        EXPECT(n == base64_encoded_length(len, pad));
        EXPECT(base64_decode_latin1((uint8_t *)text, n, back, len) == len && memcmp(bytes, back, len) == 0);
        Base64Result r =
            base64_decode_strict_latin1((uint8_t *)text, n, (Base64Alphabet)url, BASE64_LOOSE, back, SIZE_MAX);
        EXPECT(r.error == BASE64_OK && r.read == n && r.written == len && memcmp(bytes, back, len) == 0);
      }
}

UNIT_TEST(base64_lenient_skips_and_stops)
{
  EXPECT(lenient("YQ==YQ==", "a") && lenient("Y Q", "a") && lenient("Y", "") && lenient("YWJjZ", "abc"));
  EXPECT(lenient("Y*Q*", "a") && lenient("=YWJj", "") &&
         lenient("YWJj\xff"
                 "ZGVm",
                 "abcdef"));
  EXPECT(lenient("-_+/", "\xfb\xff\xbf"));
  EXPECT(base64_lenient_length(8, '=', '=') == 4 && base64_lenient_length(1, 0, 'Y') == 0);
  const uint16_t units[] = {'Y', 'W', 'J', 'j', 0x141, 'Z', 'G', 'V'};
  uint8_t out[8];
  EXPECT(base64_decode_utf16(units, 8, out, 8) == 6 && out[3] == 1 && out[4] == 0x91 && out[5] == 0x95);
  EXPECT(base64_decode_utf16(units, 8, out, 2) == 2);
}

static Base64Result strict(const char *text, Base64LastChunk last_chunk, size_t max)
{
  uint8_t out[64];
  return base64_decode_strict_latin1((const uint8_t *)text, strlen(text), BASE64_STANDARD, last_chunk, out, max);
}

#define EXPECT_RESULT(expr, r, w, e)                                                                                   \
  do {                                                                                                                 \
    Base64Result result_ = (expr);                                                                                     \
    EXPECT(result_.read == (r) && result_.written == (w) && result_.error == (e));                                     \
  } while (0)

UNIT_TEST(base64_strict_follows_the_spec)
{
  EXPECT_RESULT(strict("YQ", BASE64_LOOSE, 4), 2, 1, BASE64_OK);
  EXPECT_RESULT(strict("YQ", BASE64_STRICT, 4), 0, 0, BASE64_INCOMPLETE);
  EXPECT_RESULT(strict("YQ=", BASE64_STOP_BEFORE_PARTIAL, 4), 0, 0, BASE64_OK);
  EXPECT_RESULT(strict("YQ=", BASE64_LOOSE, 4), 0, 0, BASE64_BAD_CHARACTER);
  EXPECT_RESULT(strict("YR==", BASE64_STRICT, 4), 0, 0, BASE64_EXTRA_BITS);
  EXPECT_RESULT(strict("YR==", BASE64_LOOSE, 4), 4, 1, BASE64_OK);
  EXPECT_RESULT(strict("YQ = = ", BASE64_STRICT, 4), 7, 1, BASE64_OK);
  EXPECT_RESULT(strict("YWJjZ", BASE64_LOOSE, 8), 4, 3, BASE64_INCOMPLETE);
  EXPECT_RESULT(strict("-_-_", BASE64_LOOSE, 8), 0, 0, BASE64_BAD_CHARACTER);
  EXPECT_RESULT(strict("YWJjZGVm", BASE64_LOOSE, 5), 4, 3, BASE64_OK);
  EXPECT_RESULT(strict("YWJjZGVm", BASE64_LOOSE, 3), 4, 3, BASE64_OK);
}

UNIT_TEST(hex_decodes_until_a_bad_pair)
{
  uint8_t out[8];
  char text[8];
  EXPECT(hex_decode_latin1((const uint8_t *)"0102zz03", 8, out, 8) == 2 && out[1] == 2);
  EXPECT(hex_decode_latin1((const uint8_t *)"AbC", 3, out, 8) == 1 && out[0] == 0xab);
  const uint16_t units[] = {0x130, 0x131};
  EXPECT(hex_decode_utf16(units, 2, true, out, 8) == 1 && out[0] == 1);
  EXPECT(hex_decode_utf16(units, 2, false, out, 8) == 0);
  hex_encode((const uint8_t *)"\x00\xff\x1a", 3, text);
  EXPECT(memcmp(text, "00ff1a", 6) == 0);
}
