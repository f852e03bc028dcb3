// SPDX-License-Identifier: MIT
/* Transcoding by blocks: utf_bulk.h. Well-formedness is Unicode's table 3-7 as masks of a block's bytes. */
#include "base/utf_bulk.h"

#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>

enum { BLOCK = 64 };

/* --- scanning ---------------------------------------------------------------------------------------------------- */

/* A bit for each byte of a block: the byte is at least ... */
typedef struct ByteMasks {
  uint64_t from_80, from_90, from_a0, from_c0, from_c2, from_c4, from_e0, from_e1, from_ed, from_ee, from_f0, from_f1,
      from_f4, from_f5;
} ByteMasks;

/* Of the block before: what its last bytes ask of the first ones of the next. */
typedef struct ScanState {
  uint64_t lead, lead3, lead4, after_e0, after_ed, after_f0, after_f4;
  uint64_t wrong, wide;
  size_t units;
  bool supplementary, not_ascii;
} ScanState;

/* The bytes `places` behind those of a mask. */
JS_INLINE uint64_t follow(uint64_t mask, uint64_t before, unsigned places)
{
  return mask << places | before >> (64 - places);
}

JS_INLINE void scan_masks(ScanState *state, const ByteMasks *m)
{
  uint64_t trail = m->from_80 & ~m->from_c0;
  uint64_t e0 = m->from_e0 & ~m->from_e1, ed = m->from_ed & ~m->from_ee;
  uint64_t f0 = m->from_f0 & ~m->from_f1, f4 = m->from_f4 & ~m->from_f5;
  uint64_t wanted =
      follow(m->from_c0, state->lead, 1) | follow(m->from_e0, state->lead3, 2) | follow(m->from_f0, state->lead4, 3);
  state->wrong |= (wanted ^ trail) | (m->from_c0 & ~m->from_c2) | m->from_f5 |
                  (follow(e0, state->after_e0, 1) & ~m->from_a0) | (follow(ed, state->after_ed, 1) & m->from_a0) |
                  (follow(f0, state->after_f0, 1) & ~m->from_90) | (follow(f4, state->after_f4, 1) & m->from_90);
  state->lead = m->from_c0;
  state->lead3 = m->from_e0;
  state->lead4 = m->from_f0;
  state->after_e0 = e0;
  state->after_ed = ed;
  state->after_f0 = f0;
  state->after_f4 = f4;
  state->wide |= m->from_c4;
  state->units += BLOCK - (size_t)__builtin_popcountll(trail) + (size_t)__builtin_popcountll(m->from_f0);
  state->supplementary |= m->from_f0 != 0;
  state->not_ascii = true;
}

/* A block of ASCII: is it what the one before lets follow? */
JS_INLINE void scan_ascii(ScanState *state)
{
  state->wrong |= state->lead >> 63 | state->lead3 >> 62 | state->lead4 >> 61;
  state->lead = state->lead3 = state->lead4 = 0;
  state->after_e0 = state->after_ed = state->after_f0 = state->after_f4 = 0;
  state->units += BLOCK;
}

static bool scan_end(const ScanState *state, size_t padding, Utf8Info *info)
{
  if (state->wrong)
    return false;
  uint32_t max = !state->not_ascii ? 0x7f : !state->wide ? 0xff : state->supplementary ? 0x10ffff : 0xffff;
  *info = (Utf8Info){.units = state->units - padding, .max = max, .well_formed = true};
  return true;
}

/* The last bytes, with ASCII behind them. */
static size_t scan_tail(const uint8_t *bytes, size_t len, uint8_t tail[BLOCK])
{
  memset(tail, 0, BLOCK);
  memcpy(tail, bytes, len);
  return BLOCK - len;
}

JS_INLINE uint64_t mask64_sse2(const __m128i v[4], __m128i (*test)(__m128i, uint8_t), uint8_t from)
{
  uint64_t mask = 0;
  for (int k = 3; k >= 0; k--)
    mask = mask << 16 | (uint16_t)_mm_movemask_epi8(test(v[k], from));
  return mask;
}

JS_INLINE __m128i at_least_sse2(__m128i v, uint8_t from)
{
  return _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)from)), v);
}

JS_INLINE void scan_block_sse2(ScanState *state, const uint8_t *bytes)
{
  __m128i v[4];
  for (int k = 0; k < 4; k++)
    v[k] = _mm_loadu_si128((const __m128i *)(bytes + 16 * k));
  if (!_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(v[0], v[1]), _mm_or_si128(v[2], v[3])))) {
    scan_ascii(state);
    return;
  }
#define FROM(byte) mask64_sse2(v, at_least_sse2, 0x##byte)
  ByteMasks masks = {FROM(80), FROM(90), FROM(a0), FROM(c0), FROM(c2), FROM(c4), FROM(e0),
                     FROM(e1), FROM(ed), FROM(ee), FROM(f0), FROM(f1), FROM(f4), FROM(f5)};
#undef FROM
  scan_masks(state, &masks);
}

bool utf8_scan_blocks_sse2(const uint8_t *bytes, size_t len, Utf8Info *info)
{
  ScanState state = {0};
  uint8_t tail[BLOCK];
  size_t k = 0;
  for (; k + BLOCK <= len && !state.wrong; k += BLOCK)
    scan_block_sse2(&state, bytes + k);
  if (state.wrong)
    return false;
  size_t padding = scan_tail(bytes + k, len - k, tail);
  scan_block_sse2(&state, tail);
  return scan_end(&state, padding, info);
}
#endif

#ifdef CPU_HAS_AVX512_VBMI2
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

TARGET JS_INLINE void scan_block_avx512(ScanState *state, __m512i v)
{
  uint64_t from_80 = _mm512_movepi8_mask(v);
  if (!from_80) {
    scan_ascii(state);
    return;
  }
#define FROM(byte) _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0x##byte))
  ByteMasks masks = {from_80,  FROM(90), FROM(a0), FROM(c0), FROM(c2), FROM(c4), FROM(e0),
                     FROM(e1), FROM(ed), FROM(ee), FROM(f0), FROM(f1), FROM(f4), FROM(f5)};
#undef FROM
  scan_masks(state, &masks);
}

TARGET bool utf8_scan_blocks_avx512(const uint8_t *bytes, size_t len, Utf8Info *info)
{
  ScanState state = {0};
  size_t k = 0;
  for (; k + BLOCK <= len && !state.wrong; k += BLOCK)
    scan_block_avx512(&state, _mm512_loadu_si512(bytes + k));
  if (state.wrong)
    return false;
  scan_block_avx512(&state, _mm512_maskz_loadu_epi8(((uint64_t)1 << (len - k)) - 1, bytes + k));
  return scan_end(&state, BLOCK - (len - k), info);
}

/* --- UTF-8 in ---------------------------------------------------------------------------------------------------- */

/* The bytes `back` places before each; the front ones are not used. */
TARGET JS_INLINE __m512i bytes_before(__m512i v, unsigned back)
{
  static const uint8_t places[BLOCK + 2] = {
      0,  0,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
      42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
  };
  return _mm512_permutexvar_epi8(_mm512_loadu_si512(places + 2 - back), v);
}

typedef struct Lanes {
  __m512i last, middle, first; /* bytes of a character's last, last but one, last but two; 6, 6 and 4 bits */
  uint64_t lead, trail;        /* of lanes that are a pair's */
} Lanes;

/* 32 units from lane `from` on, count of them there are. */
TARGET JS_INLINE void store_units(const Lanes *lanes, unsigned from, unsigned count, uint16_t *out)
{
#define HALF(v) _mm512_cvtepu8_epi16(from ? _mm512_extracti64x4_epi64(v, 1) : _mm512_castsi512_si256(v))
  __m512i last = HALF(lanes->last), middle = HALF(lanes->middle), first = HALF(lanes->first);
#undef HALF
  __m512i units = _mm512_or_si512(_mm512_or_si512(last, _mm512_slli_epi16(middle, 6)), _mm512_slli_epi16(first, 12));
  if (js_unlikely(lanes->lead)) {
    /* A lead surrogate's ten bits lie in the first three of four bytes; the trail's need only their mark. */
    __m512i top = _mm512_or_si512(_mm512_slli_epi16(first, 8), _mm512_slli_epi16(middle, 2));
    top = _mm512_add_epi16(_mm512_or_si512(top, _mm512_srli_epi16(last, 4)), _mm512_set1_epi16((short)0xd7c0));
    units = _mm512_mask_mov_epi16(units, (__mmask32)(lanes->lead >> from), top);
    units = _mm512_mask_add_epi16(units, (__mmask32)(lanes->trail >> from), units, _mm512_set1_epi16((short)0xdc00));
  }
  if (js_likely(count >= 32))
    _mm512_storeu_si512(out + from, units);
  else
    _mm512_mask_storeu_epi16(out + from, ((__mmask32)1 << count) - 1, units);
}

TARGET size_t utf8_to_utf16_blocks(const uint8_t *bytes, size_t len, uint16_t *out, size_t *written)
{
  size_t k = 0, n = 0;
  const __m512i six = _mm512_set1_epi8(0x3f);
  while (k + BLOCK <= len) {
    __m512i v = _mm512_loadu_si512(bytes + k);
    uint64_t from_80 = _mm512_movepi8_mask(v);
    if (!from_80) {
      _mm512_storeu_si512(out + n, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(v)));
      _mm512_storeu_si512(out + n + 32, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(v, 1)));
      k += BLOCK;
      n += BLOCK;
      continue;
    }
    uint64_t from_c0 = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xc0));
    uint64_t from_e0 = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xe0));
    uint64_t from_f0 = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xf0));
    uint64_t begins = ~from_80 | from_c0;
    /* The last character of the block may lack bytes: the next block begins with it. */
    unsigned whole = 63 - (unsigned)__builtin_clzll(begins);
    uint64_t taken = ((uint64_t)1 << whole) - 1;
    uint64_t third_of_four = from_f0 << 2 & taken, fourth = from_f0 << 3 & taken;
    uint64_t third_of_three = (from_e0 & ~from_f0) << 2;
    uint64_t places = (begins >> 1 & taken) | third_of_four;
    unsigned count = (unsigned)__builtin_popcountll(places);
    __m512i last = _mm512_mask_blend_epi8(from_80, v, _mm512_and_si512(v, six));
    __m512i middle = _mm512_and_si512(bytes_before(v, 1), six);
    middle = _mm512_maskz_mov_epi8(from_80, middle);
    __m512i first = _mm512_and_si512(bytes_before(v, 2), _mm512_set1_epi8(15));
    first = _mm512_maskz_mov_epi8(third_of_three | third_of_four, first);
    Lanes lanes = {.lead = 0};
    if (js_unlikely(from_f0)) {
      middle = _mm512_mask_blend_epi8(fourth, middle, _mm512_and_si512(middle, _mm512_set1_epi8(15)));
      lanes.lead = _pext_u64(third_of_four, places);
      lanes.trail = _pext_u64(fourth, places);
    }
    lanes.last = _mm512_maskz_compress_epi8(places, last);
    lanes.middle = _mm512_maskz_compress_epi8(places, middle);
    lanes.first = _mm512_maskz_compress_epi8(places, first);
    store_units(&lanes, 0, count, out + n);
    if (count > 32)
      store_units(&lanes, 32, count - 32, out + n);
    k += whole;
    n += count;
  }
  *written = n;
  return k;
}

TARGET size_t utf8_to_latin1_blocks(const uint8_t *bytes, size_t len, uint8_t *out, size_t *written)
{
  size_t k = 0, n = 0;
  while (k + BLOCK <= len) {
    __m512i v = _mm512_loadu_si512(bytes + k);
    if (!_mm512_movepi8_mask(v)) {
      _mm512_storeu_si512(out + n, v);
      k += BLOCK;
      n += BLOCK;
      continue;
    }
    /* A trailing byte is its character but for bit 6, which the lead's last bit says. */
    uint64_t leads = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xc0));
    uint64_t upper = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)0xc3)) << 1;
    unsigned whole = leads >> 63 ? BLOCK - 1 : BLOCK;
    v = _mm512_mask_add_epi8(v, upper, v, _mm512_set1_epi8(0x40));
    unsigned count = BLOCK - (unsigned)__builtin_popcountll(leads);
    _mm512_mask_storeu_epi8(out + n, count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1,
                            _mm512_maskz_compress_epi8(~leads, v));
    k += whole;
    n += count;
  }
  *written = n;
  return k;
}

/* --- UTF-8 out --------------------------------------------------------------------------------------------------- */

/* Lanes of code points as UTF-8, skipped ones left out; returns the bytes written (at most 64). */
TARGET JS_INLINE size_t store_code_points(__m512i c, __mmask16 skipped, __mmask16 used, uint8_t *out)
{
  const __m512i six = _mm512_set1_epi32(0x3f);
  __mmask16 two = _mm512_cmpge_epu32_mask(c, _mm512_set1_epi32(0x80));
  __mmask16 three = _mm512_cmpge_epu32_mask(c, _mm512_set1_epi32(0x800));
  __mmask16 four = _mm512_cmpge_epu32_mask(c, _mm512_set1_epi32(0x10000));
  /* Six bits a byte, the first ones in the lowest byte, right-aligned; then the marks, the longest last. */
  __m512i bits = _mm512_slli_epi32(_mm512_and_si512(c, six), 24);
  bits = _mm512_or_si512(bits, _mm512_slli_epi32(_mm512_and_si512(c, _mm512_set1_epi32(0xfc0)), 10));
  bits = _mm512_or_si512(bits, _mm512_srli_epi32(_mm512_and_si512(c, _mm512_set1_epi32(0x3f000)), 4));
  bits = _mm512_or_si512(bits, _mm512_srli_epi32(c, 18));
  __m512i marks = _mm512_set1_epi32((int)0x80c00000);
  marks = _mm512_mask_mov_epi32(marks, three, _mm512_set1_epi32((int)0x8080e000));
  marks = _mm512_mask_mov_epi32(marks, four, _mm512_set1_epi32((int)0x808080f0));
  bits = _mm512_or_si512(bits, marks);
  bits = _mm512_mask_mov_epi32(_mm512_slli_epi32(c, 24), two, bits);
  __m512i kept = _mm512_maskz_set1_epi32((__mmask16)(used & ~skipped), (int)0xff000000);
  kept = _mm512_mask_or_epi32(kept, (__mmask16)(two & used & ~skipped), kept, _mm512_set1_epi32(0x00ff0000));
  kept = _mm512_mask_or_epi32(kept, (__mmask16)(three & used & ~skipped), kept, _mm512_set1_epi32(0x0000ff00));
  kept = _mm512_mask_or_epi32(kept, (__mmask16)(four & used & ~skipped), kept, _mm512_set1_epi32(0x000000ff));
  uint64_t places = _mm512_movepi8_mask(kept);
  unsigned count = (unsigned)__builtin_popcountll(places);
  _mm512_mask_storeu_epi8(out, count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1,
                          _mm512_maskz_compress_epi8(places, bits));
  return count;
}

TARGET size_t utf16_to_utf8_blocks(const uint16_t *units, size_t len, uint8_t *out, size_t cap, UtfPolicy policy,
                                   size_t *written)
{
  size_t k = 0, n = 0;
  const __m512i surrogate = _mm512_set1_epi32(0xd800), top = _mm512_set1_epi32(0xfc00);
  while (k + 32 <= len && cap - n >= BLOCK) {
    __m512i v = _mm512_loadu_si512(units + k);
    if (!_mm512_test_epi16_mask(v, _mm512_set1_epi16((short)0xff80))) {
      _mm256_storeu_si256((__m256i *)(out + n), _mm512_cvtepi16_epi8(v));
      k += 32;
      n += 32;
      continue;
    }
    __m512i c = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(v));
    __mmask16 leads = _mm512_cmpeq_epi32_mask(_mm512_and_si512(c, top), surrogate);
    __mmask16 trails = _mm512_cmpeq_epi32_mask(_mm512_and_si512(c, top), _mm512_set1_epi32(0xdc00));
    __mmask16 used = 0xffff, skipped = 0;
    if (js_unlikely(leads | trails)) {
      if (leads >> 15) /* its trail is in the next block */
        used = 0x7fff;
      skipped = leads & (__mmask16)(trails >> 1);
      __mmask16 paired = trails & (__mmask16)(leads << 1);
      __m512i before =
          _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), c);
      /* (lead - 0xd800) * 0x400 + trail - 0xdc00 + 0x10000 */
      __m512i joined = _mm512_add_epi32(_mm512_slli_epi32(before, 10), c);
      joined = _mm512_sub_epi32(joined, _mm512_set1_epi32((0xd800 << 10) + 0xdc00 - 0x10000));
      __mmask16 lone = (leads | trails) & ~(skipped | paired);
      if (policy == UTF_REPLACE)
        c = _mm512_mask_mov_epi32(c, lone, _mm512_set1_epi32(UTF_REPLACEMENT));
      c = _mm512_mask_mov_epi32(c, paired, joined);
    }
    n += store_code_points(c, skipped, used, out + n);
    k += used == 0xffff ? 16 : 15;
  }
  *written = n;
  return k;
}

TARGET size_t latin1_to_utf8_blocks(const uint8_t *chars, size_t len, uint8_t *out, size_t cap, size_t *written)
{
  size_t k = 0, n = 0;
  while (k + BLOCK <= len && cap - n >= BLOCK) {
    __m512i v = _mm512_loadu_si512(chars + k);
    if (!_mm512_movepi8_mask(v)) {
      _mm512_storeu_si512(out + n, v);
      k += BLOCK;
      n += BLOCK;
      continue;
    }
    /* In each 16-bit lane the lead below the trailing byte; ASCII keeps the upper one only. */
    __m512i c = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(v));
    __mmask32 two = _mm512_cmpge_epu16_mask(c, _mm512_set1_epi16(0x80));
    __m512i pair = _mm512_or_si512(_mm512_srli_epi16(c, 6), _mm512_set1_epi16((short)0x80c0));
    pair = _mm512_or_si512(pair, _mm512_slli_epi16(_mm512_and_si512(c, _mm512_set1_epi16(0x3f)), 8));
    pair = _mm512_mask_mov_epi16(_mm512_slli_epi16(c, 8), two, pair);
    uint64_t places = _pdep_u64(two, 0x5555555555555555) | 0xaaaaaaaaaaaaaaaa;
    unsigned count = (unsigned)__builtin_popcountll(places);
    _mm512_mask_storeu_epi8(out + n, count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1,
                            _mm512_maskz_compress_epi8(places, pair));
    k += 32;
    n += count;
  }
  *written = n;
  return k;
}

TARGET size_t utf16_utf8_length_blocks(const uint16_t *units, size_t len, size_t *bytes)
{
  size_t k = 0, total = 0;
  uint32_t lead_before = 0;
  const __m512i top = _mm512_set1_epi16((short)0xfc00);
  for (; k + 32 <= len; k += 32) {
    __m512i v = _mm512_loadu_si512(units + k);
    uint32_t two = _mm512_cmpge_epu16_mask(v, _mm512_set1_epi16(0x80));
    uint32_t three = _mm512_cmpge_epu16_mask(v, _mm512_set1_epi16(0x800));
    uint32_t leads = _mm512_cmpeq_epi16_mask(_mm512_and_si512(v, top), _mm512_set1_epi16((short)0xd800));
    uint32_t trails = _mm512_cmpeq_epi16_mask(_mm512_and_si512(v, top), _mm512_set1_epi16((short)0xdc00));
    uint32_t pairs = (leads << 1 | lead_before) & trails;
    lead_before = leads >> 31;
    /* A pair would be six bytes and is four. */
    total += 32 + (size_t)__builtin_popcount(two) + (size_t)__builtin_popcount(three) -
             2 * (size_t)__builtin_popcount(pairs);
  }
  if (lead_before) { /* goes with what is left */
    k--;
    total -= 3;
  }
  *bytes = total;
  return k;
}

TARGET size_t latin1_utf8_length_blocks(const uint8_t *chars, size_t len, size_t *bytes)
{
  size_t k = 0, high = 0;
  for (; k + BLOCK <= len; k += BLOCK)
    high += (size_t)__builtin_popcountll(_mm512_movepi8_mask(_mm512_loadu_si512(chars + k)));
  *bytes = k + high;
  return k;
}
#endif
