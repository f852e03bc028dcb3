// SPDX-License-Identifier: MIT
/* Transcoding, bulk first: ASCII runs by SSE2 or by 8-byte words, the rest a code point at a time. See utf.h. */
#include "base/utf.h"

#include "base/utf_bulk.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Shorter texts are done before a block is set up. */
enum { BULK_MIN = 64 };

#define HIGH_BITS_8  0x8080808080808080ull
#define HIGH_BITS_16 0xff80ff80ff80ff80ull
#define HIGH_BYTES   0xff00ff00ff00ff00ull

static uint64_t load64(const void *ptr)
{
  uint64_t word;
  memcpy(&word, ptr, 8);
  return word;
}

size_t utf_ascii_prefix(const uint8_t *bytes, size_t len)
{
  size_t k = 0;
#ifdef __SSE2__
#define LOAD(at) _mm_loadu_si128((const __m128i *)(bytes + k + (at)))
  for (; k + 64 <= len; k += 64)
    if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(LOAD(0), LOAD(16)), _mm_or_si128(LOAD(32), LOAD(48)))))
      break;
#undef LOAD
  for (; k + 16 <= len; k += 16) {
    int mask = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + k)));
    if (mask)
      return k + (size_t)__builtin_ctz((unsigned)mask);
  }
#endif
  while (k + 8 <= len && !(load64(bytes + k) & HIGH_BITS_8))
    k += 8;
  while (k < len && bytes[k] < 0x80)
    k++;
  return k;
}

bool utf_is_ascii(const uint8_t *bytes, size_t len)
{
  return utf_ascii_prefix(bytes, len) == len;
}

/* Whether no unit has a bit of unit_mask (repeated over the word in word_mask). */
static bool utf16_has_none(const uint16_t *units, size_t len, uint64_t word_mask)
{
  size_t k = 0;
  for (; k + 16 <= len; k += 16) {
    uint64_t any = load64(units + k) | load64(units + k + 4) | load64(units + k + 8) | load64(units + k + 12);
    if (any & word_mask)
      return false;
  }
  uint16_t any = 0;
  for (; k < len; k++)
    any |= units[k];
  return !(any & (uint16_t)word_mask);
}

bool utf16_is_ascii(const uint16_t *units, size_t len)
{
  return utf16_has_none(units, len, HIGH_BITS_16);
}

bool utf16_is_latin1(const uint16_t *units, size_t len)
{
  return utf16_has_none(units, len, HIGH_BYTES);
}

size_t utf16_well_formed_prefix(const uint16_t *units, size_t len)
{
  for (size_t k = 0; k < len; k++) {
    if (js_likely(!utf16_is_surrogate(units[k])))
      continue;
    if (utf16_is_trail(units[k]) || k + 1 == len || !utf16_is_trail(units[k + 1]))
      return k;
    k++;
  }
  return len;
}

/* --- UTF-8 in ---------------------------------------------------------------------------------------------------- */

uint32_t utf8_decode(const uint8_t *p, const uint8_t *end, UtfPolicy policy, unsigned *size, bool *bad)
{
  uint32_t lead = p[0], code_point;
  unsigned need, low = 0x80, high = 0xbf; /* the range of the second byte */
  if (lead < 0x80) {
    *size = 1;
    return lead;
  }
  if (lead >= 0xc2 && lead <= 0xdf) {
    need = 1;
    code_point = lead & 0x1f;
  } else if ((lead & 0xf0) == 0xe0) {
    need = 2;
    code_point = lead & 0x0f;
    if (lead == 0xe0)
      low = 0xa0;
    else if (lead == 0xed && policy == UTF_REPLACE)
      high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    need = 3;
    code_point = lead & 0x07;
    if (lead == 0xf0)
      low = 0x90;
    else if (lead == 0xf4)
      high = 0x8f;
  } else {
    *size = 1;
    if (bad)
      *bad = true;
    return UTF_REPLACEMENT;
  }
  for (unsigned k = 1; k <= need; k++) {
    if (p + k >= end || p[k] < low || p[k] > high) {
      *size = k;
      if (bad)
        *bad = true;
      return UTF_REPLACEMENT;
    }
    code_point = code_point << 6 | (p[k] & 0x3f);
    low = 0x80;
    high = 0xbf;
  }
  *size = need + 1;
  return code_point;
}

size_t utf8_well_formed_prefix(const uint8_t *bytes, size_t len)
{
  const uint8_t *p = bytes, *end = bytes + len;
  while (p < end) {
    if (*p < 0x80) {
      p += utf_ascii_prefix(p, (size_t)(end - p));
      continue;
    }
    unsigned size;
    bool bad = false;
    utf8_decode(p, end, UTF_REPLACE, &size, &bad);
    if (bad)
      break;
    p += size;
  }
  return (size_t)(p - bytes);
}

/* Between other scripts' letters runs of ASCII are a few bytes long, not worth a call. */
enum { SHORT_RUN = 8 };
JS_INLINE size_t ascii_run(const uint8_t *p, const uint8_t *end)
{
  size_t k = 0;
  for (; k < SHORT_RUN; k++)
    if (p + k == end || p[k] >= 0x80)
      return k;
  return k + utf_ascii_prefix(p + k, (size_t)(end - p) - k);
}

/* FAST: the common well-formed sequences in line: two bytes, and three of neither range's edge. */
JS_INLINE uint32_t decode_quick(const uint8_t *p, const uint8_t *end, UtfPolicy policy, unsigned *size, bool *bad)
{
  if (p[0] >= 0xc2 && p[0] <= 0xdf && p + 1 < end && (p[1] & 0xc0) == 0x80) {
    *size = 2;
    return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
  }
  if (p[0] > 0xe0 && p[0] < 0xed && p + 2 < end && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
    *size = 3;
    return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
  }
  return utf8_decode(p, end, policy, size, bad);
}

static bool scan_blocks(const uint8_t *bytes, size_t len, Utf8Info *info)
{
#ifdef CPU_HAS_AVX512_VBMI2
  if (UTF_BULK_AVAILABLE())
    return utf8_scan_blocks_avx512(bytes, len, info);
#endif
#ifdef __SSE2__
  return utf8_scan_blocks_sse2(bytes, len, info);
#else
  return false;
#endif
}

void utf8_scan(const uint8_t *bytes, size_t len, UtfPolicy policy, Utf8Info *info)
{
  const uint8_t *p = bytes, *end = bytes + len;
  size_t units = 0;
  uint32_t max = 0;
  bool bad = false;
  if (len >= BULK_MIN && scan_blocks(bytes, len, info))
    return;
  while (p < end) {
    if (*p < 0x80) {
      size_t run = ascii_run(p, end);
      p += run;
      units += run;
      max |= 0x7f;
      continue;
    }
    unsigned size;
    uint32_t code_point = decode_quick(p, end, policy, &size, &bad);
    p += size;
    units += code_point > 0xffff ? 2 : 1;
    if (code_point > max)
      max = code_point;
  }
  *info = (Utf8Info){.units = units, .max = max, .well_formed = !bad};
}

size_t utf8_to_utf16(const uint8_t *bytes, size_t len, uint16_t *out, UtfPolicy policy)
{
  const uint8_t *p = bytes, *end = bytes + len;
  uint16_t *to = out;
  while (p < end) {
    if (*p < 0x80) {
      size_t run = ascii_run(p, end);
      if (run < SHORT_RUN)
        for (size_t k = 0; k < run; k++)
          to[k] = p[k];
      else
        utf_widen(p, run, to);
      p += run;
      to += run;
      continue;
    }
    unsigned size;
    uint32_t code_point = decode_quick(p, end, policy, &size, NULL);
    p += size;
    if (code_point > 0xffff) {
      *to++ = utf16_lead_of(code_point);
      *to++ = utf16_trail_of(code_point);
    } else {
      *to++ = (uint16_t)code_point;
    }
  }
  return (size_t)(to - out);
}

size_t utf8_well_formed_to_utf16(const uint8_t *bytes, size_t len, uint16_t *out)
{
  size_t k = 0, n = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE())
    k = utf8_to_utf16_blocks(bytes, len, out, &n);
#endif
  return n + utf8_to_utf16(bytes + k, len - k, out + n, UTF_REPLACE);
}

size_t utf8_to_latin1(const uint8_t *bytes, size_t len, uint8_t *out)
{
  const uint8_t *p = bytes, *end = bytes + len;
  uint8_t *to = out;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE()) {
    size_t n;
    p += utf8_to_latin1_blocks(bytes, len, out, &n);
    to += n;
  }
#endif
  while (p < end) {
    if (*p < 0x80) {
      size_t run = utf_ascii_prefix(p, (size_t)(end - p));
      memcpy(to, p, run);
      p += run;
      to += run;
      continue;
    }
    unsigned size;
    *to++ = (uint8_t)decode_quick(p, end, UTF_REPLACE, &size, NULL);
    p += size;
  }
  return (size_t)(to - out);
}

/* --- UTF-8 out --------------------------------------------------------------------------------------------------- */

unsigned utf8_encode(uint32_t code_point, uint8_t *out)
{
  if (code_point < 0x80) {
    out[0] = (uint8_t)code_point;
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = (uint8_t)(0xc0 | code_point >> 6);
    out[1] = (uint8_t)(0x80 | (code_point & 0x3f));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = (uint8_t)(0xe0 | code_point >> 12);
    out[1] = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
    out[2] = (uint8_t)(0x80 | (code_point & 0x3f));
    return 3;
  }
  out[0] = (uint8_t)(0xf0 | code_point >> 18);
  out[1] = (uint8_t)(0x80 | (code_point >> 12 & 0x3f));
  out[2] = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
  out[3] = (uint8_t)(0x80 | (code_point & 0x3f));
  return 4;
}

size_t utf16_utf8_length(const uint16_t *units, size_t len)
{
  /* A surrogate pair is 4 bytes: count 3 + 3 - 2. A lone surrogate is 3 under either policy. */
  size_t bytes = 0, k = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE())
    k = utf16_utf8_length_blocks(units, len, &bytes);
#endif
#ifdef __SSE2__
  /* Eight units without surrogates at a time: one byte each, one more from 0x80 on, one more from 0x800 on. */
  const __m128i zero = _mm_setzero_si128(), one = _mm_set1_epi16(1);
  while (k + 8 <= len) {
    __m128i text = _mm_loadu_si128((const __m128i *)(units + k));
    __m128i top = _mm_and_si128(text, _mm_set1_epi16((short)0xf800));
    if (js_unlikely(_mm_movemask_epi8(_mm_cmpeq_epi16(top, _mm_set1_epi16((short)0xd800))))) {
      /* Past the pair, or the lone one, that comes first. */
      for (; !utf16_is_surrogate(units[k]); k++)
        bytes += 1u + (units[k] >= 0x80) + (units[k] >= 0x800);
      bool pair = utf16_is_lead(units[k]) && k + 1 < len && utf16_is_trail(units[k + 1]);
      bytes += pair ? 4 : 3;
      k += pair ? 2 : 1;
      continue;
    }
    __m128i narrow = _mm_cmpeq_epi16(_mm_and_si128(text, _mm_set1_epi16((short)0xff80)), zero);
    __m128i middle = _mm_cmpeq_epi16(top, zero);
    /* 3, less one for each mask (a mask is -1) */
    __m128i sizes = _mm_add_epi16(_mm_add_epi16(narrow, middle), _mm_set1_epi16(3));
    __m128i sums = _mm_madd_epi16(sizes, one);
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0x4e));
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0xb1));
    bytes += (uint32_t)_mm_cvtsi128_si32(sums);
    k += 8;
  }
#endif
  for (; k < len; k++) {
    uint32_t unit = units[k];
    bytes += 1 + (unit >= 0x80) + (unit >= 0x800);
    if (js_unlikely(utf16_is_lead(unit)) && k + 1 < len && utf16_is_trail(units[k + 1])) {
      bytes++;
      k++;
    }
  }
  return bytes;
}

/* Copies units below 0x80 from the start, at most max; returns how many. */
static size_t utf16_copy_ascii(const uint16_t *units, size_t max, uint8_t *out)
{
  size_t k = 0;
#ifdef __SSE2__
  const __m128i high = _mm_set1_epi16((short)0xff80);
  for (; k + 16 <= max; k += 16) {
    __m128i a = _mm_loadu_si128((const __m128i *)(units + k));
    __m128i b = _mm_loadu_si128((const __m128i *)(units + k + 8));
    __m128i bits = _mm_and_si128(_mm_or_si128(a, b), high);
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(bits, _mm_setzero_si128())) != 0xffff)
      break;
    _mm_storeu_si128((__m128i *)(out + k), _mm_packus_epi16(a, b));
  }
#endif
  for (; k < max && units[k] < 0x80; k++)
    out[k] = (uint8_t)units[k];
  return k;
}

/* The code point at units[0]; *size is 1 or 2. */
static uint32_t utf16_decode(const uint16_t *units, size_t len, UtfPolicy policy, unsigned *size)
{
  uint32_t unit = units[0];
  *size = 1;
  if (js_likely(!utf16_is_surrogate(unit)))
    return unit;
  if (utf16_is_lead(unit) && len > 1 && utf16_is_trail(units[1])) {
    *size = 2;
    return utf16_join(unit, units[1]);
  }
  return policy == UTF_WTF8 ? unit : UTF_REPLACEMENT;
}

size_t utf16_to_utf8_bounded(const uint16_t *units, size_t len, uint8_t *out, size_t cap, UtfPolicy policy,
                             size_t *read)
{
  size_t k = 0, n = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE())
    k = utf16_to_utf8_blocks(units, len, out, cap, policy, &n);
#endif
  while (k < len) {
    if (units[k] < 0x80) {
      size_t run = utf16_copy_ascii(units + k, len - k < cap - n ? len - k : cap - n, out + n);
      if (!run)
        break;
      k += run;
      n += run;
      continue;
    }
    unsigned size;
    uint8_t encoded[4];
    uint32_t code_point = utf16_decode(units + k, len - k, policy, &size);
    unsigned bytes = utf8_encode(code_point, encoded);
    if (bytes > cap - n)
      break;
    memcpy(out + n, encoded, bytes);
    k += size;
    n += bytes;
  }
  *read = k;
  return n;
}

size_t utf16_to_utf8(const uint16_t *units, size_t len, uint8_t *out, UtfPolicy policy)
{
  size_t read;
  return utf16_to_utf8_bounded(units, len, out, SIZE_MAX, policy, &read);
}

size_t latin1_utf8_length(const uint8_t *chars, size_t len)
{
  size_t bytes = len, k = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE()) {
    k = latin1_utf8_length_blocks(chars, len, &bytes);
    bytes += len - k;
  }
#endif
#ifdef __SSE2__
  for (; k + 16 <= len; k += 16) {
    __m128i high = _mm_and_si128(_mm_srli_epi16(_mm_loadu_si128((const __m128i *)(chars + k)), 7), _mm_set1_epi8(1));
    __m128i sums = _mm_sad_epu8(high, _mm_setzero_si128());
    bytes += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
  }
#endif
  for (; k < len; k++)
    bytes += chars[k] >> 7;
  return bytes;
}

size_t latin1_to_utf8_bounded(const uint8_t *chars, size_t len, uint8_t *out, size_t cap, size_t *read)
{
  size_t k = 0, n = 0;
#ifdef CPU_HAS_AVX512_VBMI2
  if (len >= BULK_MIN && UTF_BULK_AVAILABLE())
    k = latin1_to_utf8_blocks(chars, len, out, cap, &n);
#endif
  while (k < len) {
    if (chars[k] < 0x80) {
      size_t most = len - k < cap - n ? len - k : cap - n;
      size_t run = utf_ascii_prefix(chars + k, most);
      if (!run)
        break;
      memcpy(out + n, chars + k, run);
      k += run;
      n += run;
      continue;
    }
    if (cap - n < 2)
      break;
    out[n++] = (uint8_t)(0xc0 | chars[k] >> 6);
    out[n++] = (uint8_t)(0x80 | (chars[k] & 0x3f));
    k++;
  }
  *read = k;
  return n;
}

size_t latin1_to_utf8(const uint8_t *chars, size_t len, uint8_t *out)
{
  size_t read;
  return latin1_to_utf8_bounded(chars, len, out, SIZE_MAX, &read);
}

/* --- width ------------------------------------------------------------------------------------------------------- */

void utf_widen(const uint8_t *chars, size_t len, uint16_t *out)
{
  size_t k = 0;
#ifdef __SSE2__
  const __m128i zero = _mm_setzero_si128();
  for (; k + 16 <= len; k += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(chars + k));
    _mm_storeu_si128((__m128i *)(out + k), _mm_unpacklo_epi8(bytes, zero));
    _mm_storeu_si128((__m128i *)(out + k + 8), _mm_unpackhi_epi8(bytes, zero));
  }
#endif
  for (; k < len; k++)
    out[k] = chars[k];
}

void utf_narrow(const uint16_t *units, size_t len, uint8_t *out)
{
  size_t k = 0;
#ifdef __SSE2__
  const __m128i low = _mm_set1_epi16(0x00ff);
  for (; k + 16 <= len; k += 16) {
    __m128i a = _mm_and_si128(_mm_loadu_si128((const __m128i *)(units + k)), low);
    __m128i b = _mm_and_si128(_mm_loadu_si128((const __m128i *)(units + k + 8)), low);
    _mm_storeu_si128((__m128i *)(out + k), _mm_packus_epi16(a, b));
  }
#endif
  for (; k < len; k++)
    out[k] = (uint8_t)units[k];
}

void utf_strip_to_ascii(const uint8_t *bytes, size_t len, uint8_t *out)
{
  for (size_t k = 0; k < len; k++)
    out[k] = bytes[k] & 0x7f;
}
