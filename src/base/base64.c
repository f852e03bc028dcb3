// SPDX-License-Identifier: MIT
/*
 * Hex and base64. The decoders are written once over a text of either width: `wide` is a constant at every call, so the
 * compiler makes two copies. See base64.h.
 */
#include "base/base64.h"

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

size_t base64_encode(const uint8_t *bytes, size_t len, Base64Alphabet alphabet, bool pad, char *out)
{
  const char *chars = base64_chars[alphabet];
  char *to = out;
  size_t k = 0;
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
  while (k < len) {
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
  for (size_t k = 0; k < len; k++) {
    out[2 * k] = digits[bytes[k] >> 4];
    out[2 * k + 1] = digits[bytes[k] & 15];
  }
}

JS_INLINE size_t hex_decode(const void *text, bool wide, uint32_t mask, size_t len, uint8_t *out, size_t cap)
{
  size_t n = 0;
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
