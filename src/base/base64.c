// SPDX-License-Identifier: MIT
/*
 * Hex and base64. The decoders are written once over a text of either width: `wide` is a constant at every call, so the
 * compiler makes two copies. See base64.h.
 */
#include "base/base64.h"

#include "base/cpu.h"

#ifdef __SSE2__
#include <immintrin.h>
/* The byte shuffle came later than the baseline: functions that use it are asked for at run time. */
#define TARGET_SSSE3 __attribute__((target("ssse3")))
#endif

/* 0..63, or 64 for a character of neither alphabet, 65 for '='. Both alphabets decode: '-' is '+', '_' is '/'. */
#define XX 64
#define EQ 65
static const uint8_t base64_values[256] = {
    [0 ... 255] = XX, ['A'] = 0,  ['B'] = 1,  ['C'] = 2,  ['D'] = 3,  ['E'] = 4,  ['F'] = 5,  ['G'] = 6,  ['H'] = 7,
    ['I'] = 8,        ['J'] = 9,  ['K'] = 10, ['L'] = 11, ['M'] = 12, ['N'] = 13, ['O'] = 14, ['P'] = 15, ['Q'] = 16,
    ['R'] = 17,       ['S'] = 18, ['T'] = 19, ['U'] = 20, ['V'] = 21, ['W'] = 22, ['X'] = 23, ['Y'] = 24, ['Z'] = 25,
    ['a'] = 26,       ['b'] = 27, ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31, ['g'] = 32, ['h'] = 33, ['i'] = 34,
    ['j'] = 35,       ['k'] = 36, ['l'] = 37, ['m'] = 38, ['n'] = 39, ['o'] = 40, ['p'] = 41, ['q'] = 42, ['r'] = 43,
    ['s'] = 44,       ['t'] = 45, ['u'] = 46, ['v'] = 47, ['w'] = 48, ['x'] = 49, ['y'] = 50, ['z'] = 51, ['0'] = 52,
    ['1'] = 53,       ['2'] = 54, ['3'] = 55, ['4'] = 56, ['5'] = 57, ['6'] = 58, ['7'] = 59, ['8'] = 60, ['9'] = 61,
    ['+'] = 62,       ['-'] = 62, ['/'] = 63, ['_'] = 63, ['='] = EQ,
};

static const char base64_chars[2][65] = {
    [BASE64_STANDARD] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    [BASE64_URL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

JS_INLINE uint32_t text_at(const void *text, bool wide, size_t k)
{
  return wide ? ((const uint16_t *)text)[k] : ((const uint8_t *)text)[k];
}

/* --- encoding ---------------------------------------------------------------------------------------------------- */

size_t base64_encoded_length(size_t len, bool pad)
{
  size_t rest = len % 3;
  return len / 3 * 4 + (rest == 0 ? 0 : pad ? 4 : rest + 1);
}

#ifdef __SSE2__
/* Groups of 12 bytes into 16 characters, as long as 16 bytes can be read; returns the bytes consumed. */
TARGET_SSSE3 static size_t base64_encode_ssse3(const uint8_t *bytes, size_t len, Base64Alphabet alphabet, char *out)
{
  /* In each 32-bit lane the three bytes b a c b, so that every sextet lies within one 16-bit half. */
  const __m128i spread = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
  /* What is to be added to a sextet, by its class: 0: a-z, 1-10: digits, 11: 62, 12: 63, 13: A-Z. */
  const char *chars = base64_chars[alphabet];
  const __m128i offsets =
      _mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                    '0' - 52, (char)(chars[62] - 62), (char)(chars[63] - 63), 'A', 0, 0);
  size_t k = 0;
  for (; k + 16 <= len; k += 12, out += 16) {
    __m128i in = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + k)), spread);
    /* Sextets 0 and 2 come down by multiplications that shift right, 1 and 3 go up by ones that shift left. */
    __m128i even = _mm_mulhi_epu16(_mm_and_si128(in, _mm_set1_epi32(0x0fc0fc00)), _mm_set1_epi32(0x04000040));
    __m128i odd = _mm_mullo_epi16(_mm_and_si128(in, _mm_set1_epi32(0x003f03f0)), _mm_set1_epi32(0x01000010));
    __m128i sextets = _mm_or_si128(even, odd);
    __m128i class = _mm_subs_epu8(sextets, _mm_set1_epi8(51));
    __m128i upper = _mm_cmpgt_epi8(_mm_set1_epi8(26), sextets);
    class = _mm_or_si128(class, _mm_and_si128(upper, _mm_set1_epi8(13)));
    _mm_storeu_si128((__m128i *)out, _mm_add_epi8(sextets, _mm_shuffle_epi8(offsets, class)));
  }
  return k;
}

/* 16 characters of either alphabet into 12 bytes, as long as 16 bytes can be written; stops at any other character.
 * Returns the characters consumed. */
TARGET_SSSE3 static size_t base64_decode_ssse3(const uint8_t *chars, size_t len, uint8_t *out, size_t cap)
{
  size_t k = 0, n = 0;
  for (; k + 16 <= len && n + 16 <= cap; k += 16, n += 12) {
    __m128i text = _mm_loadu_si128((const __m128i *)(chars + k));
#define IN_RANGE(low, high)                                                                                            \
  _mm_cmpeq_epi8(_mm_min_epu8(_mm_sub_epi8(text, _mm_set1_epi8(low)), _mm_set1_epi8((high) - (low))),                  \
                 _mm_sub_epi8(text, _mm_set1_epi8(low)))
#define IS(c) _mm_cmpeq_epi8(text, _mm_set1_epi8(c))
    __m128i upper = IN_RANGE('A', 'Z'), lower = IN_RANGE('a', 'z'), digit = IN_RANGE('0', '9');
    __m128i plus = IS('+'), minus = IS('-'), slash = IS('/'), low_line = IS('_');
    __m128i known = _mm_or_si128(_mm_or_si128(_mm_or_si128(upper, lower), _mm_or_si128(digit, plus)),
                                 _mm_or_si128(minus, _mm_or_si128(slash, low_line)));
    if (_mm_movemask_epi8(known) != 0xffff)
      break;
#define WHEN(mask, offset) _mm_and_si128(mask, _mm_set1_epi8((char)(offset)))
    __m128i offset = _mm_or_si128(WHEN(upper, -'A'), _mm_or_si128(WHEN(lower, 26 - 'a'), WHEN(digit, 52 - '0')));
    offset = _mm_or_si128(offset, _mm_or_si128(WHEN(plus, 62 - '+'), WHEN(minus, 62 - '-')));
    offset = _mm_or_si128(offset, _mm_or_si128(WHEN(slash, 63 - '/'), WHEN(low_line, 63 - '_')));
#undef IN_RANGE
#undef IS
#undef WHEN
    __m128i sextets = _mm_add_epi8(text, offset);
    __m128i pairs = _mm_maddubs_epi16(sextets, _mm_set1_epi32(0x01400140));
    __m128i groups = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));
    __m128i bytes = _mm_shuffle_epi8(groups, _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    _mm_storeu_si128((__m128i *)(out + n), bytes);
  }
  return k;
}
#endif

#ifdef CPU_HAS_AVX512_VBMI2
#define TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* Groups of 48 bytes into 64 characters; returns the bytes consumed. */
TARGET_AVX512 static size_t base64_encode_avx512(const uint8_t *bytes, size_t len, Base64Alphabet alphabet, char *out)
{
  const __m512i chars = _mm512_loadu_si512(base64_chars[alphabet]);
  const uint64_t group = 0xffffffffffff;
  /* In each 32-bit lane the three bytes b a c b: each sextet is six bits in a row, from these places on. */
  const __m512i places = _mm512_set1_epi64(0x3036242a1016040a);
  uint8_t order[64];
  for (int k = 0; k < 64; k++)
    order[k] = (uint8_t)(k / 4 * 3 + (int[]){1, 0, 2, 1}[k % 4]);
  const __m512i spread = _mm512_loadu_si512(order);
  size_t k = 0;
  for (; k + 48 <= len; k += 48, out += 64) {
    __m512i in = _mm512_permutexvar_epi8(spread, _mm512_maskz_loadu_epi8(group, bytes + k));
    __m512i sextets = _mm512_multishift_epi64_epi8(places, in);
    _mm512_storeu_si512(out, _mm512_permutexvar_epi8(sextets, chars));
  }
  return k;
}

/* 64 characters of either alphabet into 48 bytes; stops at any other character. Returns the characters consumed. */
TARGET_AVX512 static size_t base64_decode_avx512(const uint8_t *chars, size_t len, uint8_t *out, size_t cap)
{
  const __m512i low = _mm512_loadu_si512(base64_values), high = _mm512_loadu_si512(base64_values + 64);
  uint8_t order[64] = {0};
  for (int k = 0; k < 48; k++)
    order[k] = (uint8_t)(k / 3 * 4 + 2 - k % 3);
  const __m512i gather = _mm512_loadu_si512(order);
  size_t k = 0, n = 0;
  for (; k + 64 <= len && n + 48 <= cap; k += 64, n += 48) {
    __m512i text = _mm512_loadu_si512(chars + k);
    __m512i sextets = _mm512_permutex2var_epi8(low, text, high);
    if (_mm512_movepi8_mask(text) | _mm512_test_epi8_mask(sextets, _mm512_set1_epi8(XX)))
      break;
    __m512i pairs = _mm512_maddubs_epi16(sextets, _mm512_set1_epi32(0x01400140));
    __m512i groups = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00011000));
    _mm512_mask_storeu_epi8(out + n, 0xffffffffffff, _mm512_permutexvar_epi8(gather, groups));
  }
  return k;
}
#endif

size_t base64_encode(const uint8_t *bytes, size_t len, Base64Alphabet alphabet, bool pad, char *out)
{
  const char *chars = base64_chars[alphabet];
  char *to = out;
  size_t k = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= 48 && CPU_HAS_AVX512_VBMI2()) {
    k = base64_encode_avx512(bytes, len, alphabet, out);
    to += k / 3 * 4;
  }
#endif
#ifdef __SSE2__
  if (len - k >= 16 && CPU_HAS_SSSE3()) {
    size_t done = base64_encode_ssse3(bytes + k, len - k, alphabet, to);
    k += done;
    to += done / 3 * 4;
  }
#endif
  for (; k + 3 <= len; k += 3, to += 4) {
    uint32_t group = (uint32_t)bytes[k] << 16 | (uint32_t)bytes[k + 1] << 8 | bytes[k + 2];
    to[0] = chars[group >> 18];
    to[1] = chars[group >> 12 & 63];
    to[2] = chars[group >> 6 & 63];
    to[3] = chars[group & 63];
  }
  if (k < len) {
    uint32_t group = (uint32_t)bytes[k] << 16 | (k + 1 < len ? (uint32_t)bytes[k + 1] << 8 : 0);
    *to++ = chars[group >> 18];
    *to++ = chars[group >> 12 & 63];
    if (k + 1 < len)
      *to++ = chars[group >> 6 & 63];
    else if (pad)
      *to++ = '=';
    if (pad)
      *to++ = '=';
  }
  return (size_t)(to - out);
}

/* --- lenient ----------------------------------------------------------------------------------------------------- */

size_t base64_lenient_length(size_t len, uint32_t last_but_one, uint32_t last)
{
  if (len > 0 && last == '=') {
    len--;
    if (len > 0 && last_but_one == '=')
      len--;
  }
  static const uint8_t tail[4] = {0, 0, 1, 2};
  return len / 4 * 3 + tail[len % 4];
}

JS_INLINE size_t base64_decode_lenient(const void *text, bool wide, size_t len, uint8_t *out, size_t cap)
{
  size_t k = 0, n = 0;
  uint32_t bits = 0;
  unsigned have = 0; /* sextets in bits */
#ifdef __SSE2__
  bool fast = !wide && len >= 16 && CPU_HAS_SSSE3();
#endif
#ifdef CPU_HAS_AVX512_VBMI2
  bool fastest = !wide && len >= 64 && CPU_HAS_AVX512_VBMI2();
#endif
  while (k < len) {
#ifdef CPU_HAS_AVX512_VBMI2
    if (fastest && have == 0) {
      size_t done = base64_decode_avx512((const uint8_t *)text + k, len - k, out + n, cap - n);
      k += done;
      n += done / 4 * 3;
    }
#endif
#ifdef __SSE2__
    if (fast && have == 0) {
      size_t done = base64_decode_ssse3((const uint8_t *)text + k, len - k, out + n, cap - n);
      k += done;
      n += done / 4 * 3;
    }
#endif
    /* FAST: four good characters at once. */
    while (have == 0 && k + 4 <= len && cap - n >= 3) {
      uint32_t a = base64_values[text_at(text, wide, k) & 0xff], b = base64_values[text_at(text, wide, k + 1) & 0xff];
      uint32_t c = base64_values[text_at(text, wide, k + 2) & 0xff];
      uint32_t d = base64_values[text_at(text, wide, k + 3) & 0xff];
      if ((a | b | c | d) & 64)
        break;
      uint32_t group = a << 18 | b << 12 | c << 6 | d;
      out[n] = (uint8_t)(group >> 16);
      out[n + 1] = (uint8_t)(group >> 8);
      out[n + 2] = (uint8_t)group;
      n += 3;
      k += 4;
    }
    if (k == len)
      break;
    uint32_t value = base64_values[text_at(text, wide, k++) & 0xff];
    if (value == EQ)
      break;
    if (value == XX)
      continue;
    bits = bits << 6 | value;
    if (++have > 1) {
      if (n == cap)
        return n;
      out[n++] = (uint8_t)(bits >> (have == 2 ? 4 : have == 3 ? 2 : 0));
      if (have == 4)
        have = 0;
    }
  }
  return n;
}

size_t base64_decode_latin1(const uint8_t *chars, size_t len, uint8_t *out, size_t cap)
{
  return base64_decode_lenient(chars, false, len, out, cap);
}

size_t base64_decode_utf16(const uint16_t *units, size_t len, uint8_t *out, size_t cap)
{
  return base64_decode_lenient(units, true, len, out, cap);
}

/* --- strict ------------------------------------------------------------------------------------------------------ */

JS_INLINE size_t skip_ascii_whitespace(const void *text, bool wide, size_t len, size_t k)
{
  while (k < len) {
    uint32_t c = text_at(text, wide, k);
    if (c != ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r')
      break;
    k++;
  }
  return k;
}

/* The last chunk, of two or three sextets. */
static Base64Error base64_final_chunk(uint32_t bits, unsigned sextets, bool throw_on_extra, uint8_t *out,
                                      size_t *written)
{
  unsigned spare = sextets == 2 ? 4 : 2;
  if (throw_on_extra && (bits & ((1u << spare) - 1)))
    return BASE64_EXTRA_BITS;
  bits >>= spare;
  if (sextets == 3)
    out[(*written)++] = (uint8_t)(bits >> 8);
  out[(*written)++] = (uint8_t)bits;
  return BASE64_OK;
}

/* The state after a '=' at index - 1. */
JS_INLINE Base64Result base64_padding(const void *text, bool wide, size_t len, size_t index, uint32_t bits,
                                      unsigned sextets, Base64LastChunk last_chunk, uint8_t *out, Base64Result result)
{
  result.error = BASE64_BAD_CHARACTER;
  if (sextets < 2)
    return result;
  index = skip_ascii_whitespace(text, wide, len, index);
  if (sextets == 2) {
    if (index == len) {
      result.error = last_chunk == BASE64_STOP_BEFORE_PARTIAL ? BASE64_OK
                     : last_chunk == BASE64_STRICT            ? BASE64_INCOMPLETE
                                                              : BASE64_BAD_CHARACTER;
      return result;
    }
    if (text_at(text, wide, index) == '=')
      index = skip_ascii_whitespace(text, wide, len, index + 1);
  }
  if (index < len)
    return result;
  result.error = base64_final_chunk(bits, sextets, last_chunk == BASE64_STRICT, out, &result.written);
  if (result.error == BASE64_OK)
    result.read = len;
  return result;
}

JS_INLINE Base64Result base64_decode_strict(const void *text, bool wide, size_t len, Base64Alphabet alphabet,
                                            Base64LastChunk last_chunk, uint8_t *out, size_t max)
{
  Base64Result result = {0, 0, BASE64_OK};
  if (max == 0)
    return result;
  uint32_t bits = 0;
  unsigned sextets = 0;
  size_t index = 0;
  for (;;) {
    index = skip_ascii_whitespace(text, wide, len, index);
    if (index == len) {
      if (sextets > 0) {
        if (last_chunk == BASE64_STOP_BEFORE_PARTIAL)
          return result;
        if (last_chunk == BASE64_STRICT || sextets == 1) {
          result.error = BASE64_INCOMPLETE;
          return result;
        }
        base64_final_chunk(bits, sextets, false, out, &result.written);
      }
      result.read = len;
      return result;
    }
    uint32_t c = text_at(text, wide, index++);
    if (c == '=')
      return base64_padding(text, wide, len, index, bits, sextets, last_chunk, out, result);
    uint32_t value = c < 256 ? base64_values[c] : XX;
    bool other = alphabet == BASE64_URL ? c == '+' || c == '/' : c == '-' || c == '_';
    if (value >= XX || other) {
      result.error = BASE64_BAD_CHARACTER;
      return result;
    }
    size_t remaining = max - result.written;
    if ((remaining == 1 && sextets == 2) || (remaining == 2 && sextets == 3))
      return result;
    bits = bits << 6 | value;
    if (++sextets == 4) {
      out[result.written++] = (uint8_t)(bits >> 16);
      out[result.written++] = (uint8_t)(bits >> 8);
      out[result.written++] = (uint8_t)bits;
      bits = sextets = 0;
      result.read = index;
      if (result.written == max)
        return result;
    }
  }
}

Base64Result base64_decode_strict_latin1(const uint8_t *chars, size_t len, Base64Alphabet alphabet,
                                         Base64LastChunk last_chunk, uint8_t *out, size_t max)
{
  return base64_decode_strict(chars, false, len, alphabet, last_chunk, out, max);
}

Base64Result base64_decode_strict_utf16(const uint16_t *units, size_t len, Base64Alphabet alphabet,
                                        Base64LastChunk last_chunk, uint8_t *out, size_t max)
{
  return base64_decode_strict(units, true, len, alphabet, last_chunk, out, max);
}

/* --- hex --------------------------------------------------------------------------------------------------------- */

int hex_digit(uint32_t c)
{
  if (c - '0' < 10)
    return (int)(c - '0');
  c |= 0x20;
  return c - 'a' < 6 ? (int)(c - 'a' + 10) : -1;
}

void hex_encode(const uint8_t *bytes, size_t len, char *out)
{
  static const char digits[] = "0123456789abcdef";
  size_t k = 0;
#ifdef __SSE2__
  const __m128i low = _mm_set1_epi8(15), nine = _mm_set1_epi8(9), zero = _mm_set1_epi8('0');
  const __m128i letter = _mm_set1_epi8('a' - '0' - 10);
  for (; k + 16 <= len; k += 16) {
    __m128i in = _mm_loadu_si128((const __m128i *)(bytes + k));
    __m128i highs = _mm_and_si128(_mm_srli_epi16(in, 4), low), lows = _mm_and_si128(in, low);
    highs = _mm_add_epi8(_mm_add_epi8(highs, zero), _mm_and_si128(_mm_cmpgt_epi8(highs, nine), letter));
    lows = _mm_add_epi8(_mm_add_epi8(lows, zero), _mm_and_si128(_mm_cmpgt_epi8(lows, nine), letter));
    _mm_storeu_si128((__m128i *)(out + 2 * k), _mm_unpacklo_epi8(highs, lows));
    _mm_storeu_si128((__m128i *)(out + 2 * k + 16), _mm_unpackhi_epi8(highs, lows));
  }
#endif
  for (; k < len; k++) {
    out[2 * k] = digits[bytes[k] >> 4];
    out[2 * k + 1] = digits[bytes[k] & 15];
  }
}

JS_INLINE size_t hex_decode(const void *text, bool wide, uint32_t mask, size_t len, uint8_t *out, size_t cap)
{
  size_t n = 0;
#ifdef __SSE2__
  for (; !wide && n + 8 <= cap && 2 * n + 16 <= len; n += 8) {
    __m128i in = _mm_loadu_si128((const __m128i *)((const uint8_t *)text + 2 * n));
    __m128i digit = _mm_sub_epi8(in, _mm_set1_epi8('0'));
    __m128i letter = _mm_sub_epi8(_mm_or_si128(in, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
    if (_mm_movemask_epi8(_mm_or_si128(is_digit, is_letter)) != 0xffff)
      break;
    __m128i values = _mm_or_si128(_mm_and_si128(is_digit, digit),
                                  _mm_andnot_si128(is_digit, _mm_add_epi8(letter, _mm_set1_epi8(10))));
    /* high * 16 + low in each 16-bit lane */
    __m128i bytes = _mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8));
    bytes = _mm_and_si128(bytes, _mm_set1_epi16(0xff));
    _mm_storel_epi64((__m128i *)(out + n), _mm_packus_epi16(bytes, bytes));
  }
#endif
  for (; n < cap && 2 * n + 1 < len; n++) {
    int high = hex_digit(text_at(text, wide, 2 * n) & mask), low = hex_digit(text_at(text, wide, 2 * n + 1) & mask);
    if (high < 0 || low < 0)
      break;
    out[n] = (uint8_t)(high << 4 | low);
  }
  return n;
}

size_t hex_decode_latin1(const uint8_t *chars, size_t len, uint8_t *out, size_t cap)
{
  return hex_decode(chars, false, 0xff, len, out, cap);
}

size_t hex_decode_utf16(const uint16_t *units, size_t len, bool lenient, uint8_t *out, size_t cap)
{
  return hex_decode(units, true, lenient ? 0xff : 0xffff, len, out, cap);
}
