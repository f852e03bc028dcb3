// SPDX-License-Identifier: MIT
/*
 * Loops over whole typed arrays that run no user code: conversion between element types, search, numeric order.
 *
 * Conversion goes through a piece of int32s, int64s or doubles, whichever holds every value of the source exactly: one
 * loop for each type on either side instead of one for each pair, and loops that the compiler turns into vector code.
 */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3") /* gcc makes vector code of few loops at -O2 */
#endif

#include "builtins/typed_array_bulk.h"

#include <math.h>

#include "base/dtoa.h"
#include "object/convert.h"

/* Elements of a piece: 2 KiB stay in the first-level cache. */
enum { PIECE = 256 };

/* --- conversion -------------------------------------------------------------------------------------------------- */

static bool is_float(JsArrayElement type)
{
  return type == ELEMENT_FLOAT16 || type == ELEMENT_FLOAT32 || type == ELEMENT_FLOAT64;
}

#define LOAD_LOOP(id, ctype, target)                                                                                   \
  case ELEMENT_##id:                                                                                                   \
    for (size_t k = 0; k < count; k++)                                                                                 \
      target[k] = ((const ctype *)in)[k];                                                                              \
    break;
#define STORE_LOOP(id, ctype, expr)                                                                                    \
  case ELEMENT_##id:                                                                                                   \
    for (size_t k = 0; k < count; k++)                                                                                 \
      ((ctype *)out)[k] = (ctype)(expr);                                                                               \
    break;

/* value_type: int32_t where the source is not Uint32, whose values need more. */
#define INTEGER_LOOPS(suffix, value_type)                                                                              \
  static void load_integers##suffix(JsArrayElement type, const uint8_t *in, size_t count, value_type *values)          \
  {                                                                                                                    \
    switch (type) {                                                                                                    \
      LOAD_LOOP(INT8, int8_t, values)                                                                                  \
      LOAD_LOOP(UINT8, uint8_t, values)                                                                                \
      LOAD_LOOP(UINT8_CLAMPED, uint8_t, values)                                                                        \
      LOAD_LOOP(INT16, int16_t, values)                                                                                \
      LOAD_LOOP(UINT16, uint16_t, values)                                                                              \
      LOAD_LOOP(INT32, int32_t, values)                                                                                \
      LOAD_LOOP(UINT32, uint32_t, values)                                                                              \
    default: JS_UNREACHABLE();                                                                                         \
    }                                                                                                                  \
  }                                                                                                                    \
  static void store_integers##suffix(JsArrayElement type, uint8_t *out, size_t count, const value_type *values)        \
  {                                                                                                                    \
    switch (type) {                                                                                                    \
      STORE_LOOP(INT8, int8_t, values[k])                                                                              \
      STORE_LOOP(UINT8, uint8_t, values[k])                                                                            \
      STORE_LOOP(UINT8_CLAMPED, uint8_t, values[k]<0 ? 0 : values[k]> 255 ? 255 : values[k])                           \
      STORE_LOOP(INT16, int16_t, values[k])                                                                            \
      STORE_LOOP(UINT16, uint16_t, values[k])                                                                          \
      STORE_LOOP(INT32, int32_t, values[k])                                                                            \
      STORE_LOOP(UINT32, uint32_t, values[k])                                                                          \
      STORE_LOOP(FLOAT16, uint16_t, double_to_float16((double)values[k]))                                              \
      STORE_LOOP(FLOAT32, float, values[k])                                                                            \
      STORE_LOOP(FLOAT64, double, values[k])                                                                           \
    default: JS_UNREACHABLE();                                                                                         \
    }                                                                                                                  \
  }
INTEGER_LOOPS(, int64_t)
INTEGER_LOOPS(_32, int32_t)

static void load_floats(JsArrayElement type, const uint8_t *in, size_t count, double *values)
{
  switch (type) {
    LOAD_LOOP(FLOAT32, float, values)
    LOAD_LOOP(FLOAT64, double, values)
  case ELEMENT_FLOAT16:
    for (size_t k = 0; k < count; k++)
      values[k] = float16_to_double(((const uint16_t *)in)[k]);
    break;
  default: JS_UNREACHABLE();
  }
}

static void store_floats(JsArrayElement type, uint8_t *out, size_t count, const double *values)
{
  switch (type) {
    STORE_LOOP(FLOAT16, uint16_t, double_to_float16(values[k]))
    STORE_LOOP(FLOAT32, float, values[k])
    STORE_LOOP(FLOAT64, double, values[k])
    /* ToUint8Clamp: ties to even, NaN is 0. */
    STORE_LOOP(UINT8_CLAMPED, uint8_t, values[k] >= 255 ? 255 : values[k] > 0 ? lrint(values[k]) : 0)
  default: {
    /* Modulo 2^32, of which the narrower types keep less. */
    int64_t integers[PIECE];
    for (size_t k = 0; k < count; k++)
      integers[k] = fabs(values[k]) < 9e18 ? (int64_t)values[k] : double_to_int32(values[k]);
    store_integers(type, out, count, integers);
  }
  }
}

void elements_convert(JsArrayElement type, uint8_t *out, JsArrayElement source_type, const uint8_t *in, size_t count)
{
  uint32_t size = element_size(type), source_size = element_size(source_type);
  for (size_t piece; count; count -= piece, in += piece * source_size, out += piece * size) {
    piece = count < PIECE ? count : PIECE;
    if (is_float(source_type)) {
      double values[PIECE];
      load_floats(source_type, in, piece, values);
      store_floats(type, out, piece, values);
    } else if (source_type == ELEMENT_UINT32) {
      int64_t values[PIECE];
      load_integers(source_type, in, piece, values);
      store_integers(type, out, piece, values);
    } else {
      int32_t values[PIECE];
      load_integers_32(source_type, in, piece, values);
      store_integers_32(type, out, piece, values);
    }
  }
}

/* The eight bytes of a word with its elements in the other order. */
JS_INLINE uint64_t reversed_word(uint64_t word, uint32_t size)
{
  if (size == 8)
    return word;
  word = word << 32 | word >> 32;
  if (size == 4)
    return word;
  word = (word & 0x0000ffff0000ffff) << 16 | (word >> 16 & 0x0000ffff0000ffff);
  return size == 2 ? word : (word & 0x00ff00ff00ff00ff) << 8 | (word >> 8 & 0x00ff00ff00ff00ff);
}

JS_INLINE void reverse_loop(uint8_t *data, size_t count, uint32_t size)
{
  uint8_t *low = data, *high = data + count * size;
  for (; high - low >= 16; low += 8) {
    uint64_t a, b;
    high -= 8;
    memcpy(&a, low, 8);
    memcpy(&b, high, 8);
    a = reversed_word(a, size);
    b = reversed_word(b, size);
    memcpy(low, &b, 8);
    memcpy(high, &a, 8);
  }
  for (; high - low >= 2 * (ptrdiff_t)size; low += size) {
    uint8_t a[8], b[8];
    high -= size;
    memcpy(a, low, size);
    memcpy(b, high, size);
    memcpy(low, b, size);
    memcpy(high, a, size);
  }
}

void elements_reverse(uint8_t *data, size_t count, uint32_t size)
{
  switch (size) {
  case 1: reverse_loop(data, count, 1); break;
  case 2: reverse_loop(data, count, 2); break;
  case 4: reverse_loop(data, count, 4); break;
  default: reverse_loop(data, count, 8); break;
  }
}

bool elements_add_integers(StringBuilder *out, JsArrayElement type, const uint8_t *data, size_t count, char separator)
{
  uint32_t size = element_size(type);
  for (size_t piece; count; count -= piece, data += piece * size) {
    int64_t values[PIECE];
    piece = count < PIECE ? count : PIECE;
    load_integers(type, data, piece, values);
    char *start = builder_room(out, piece * (DTOA_INTEGER_MAX + 1)), *at = start;
    if (!start)
      return false;
    for (size_t k = 0; k < piece; k++) {
      bool is_negative = values[k] < 0;
      *at = '-';
      at += is_negative;
      at += dtoa_uint32_to_string((uint32_t)(is_negative ? -values[k] : values[k]), at);
      *at++ = separator;
    }
    out->length += (uint32_t)(at - start);
  }
  return true;
}

/* --- search ------------------------------------------------------------------------------------------------------ */

#define FIND_LOOP(id, ctype)                                                                                           \
  case ELEMENT_##id: {                                                                                                 \
    const ctype *values = (const ctype *)data, value = (ctype)wanted;                                                  \
    if ((double)value != wanted)                                                                                       \
      return -1;                                                                                                       \
    if (backwards) {                                                                                                   \
      while (to-- > from)                                                                                              \
        if (values[to] == value)                                                                                       \
          return to;                                                                                                   \
    } else {                                                                                                           \
      for (; from < to; from++)                                                                                        \
        if (values[from] == value)                                                                                     \
          return from;                                                                                                 \
    }                                                                                                                  \
    return -1;                                                                                                         \
  }

int64_t elements_find(JsArrayElement type, const uint8_t *data, int64_t from, int64_t to, double wanted, bool backwards)
{
  if (from >= to)
    return -1;
  if (!is_float(type) && !(wanted >= INT32_MIN && wanted <= UINT32_MAX))
    return -1;
  if (element_size(type) == 1) {
    int value = type == ELEMENT_INT8 ? (int8_t)wanted : (uint8_t)wanted;
    const uint8_t *hit = NULL;
    if (value == wanted)
      hit = backwards ? memrchr(data + from, value & 0xff, (size_t)(to - from))
                      : memchr(data + from, value & 0xff, (size_t)(to - from));
    return hit ? hit - data : -1;
  }
  switch (type) {
    FIND_LOOP(INT16, int16_t)
    FIND_LOOP(UINT16, uint16_t)
    FIND_LOOP(INT32, int32_t)
    FIND_LOOP(UINT32, uint32_t)
    FIND_LOOP(FLOAT32, float)
    FIND_LOOP(FLOAT64, double)
  default: JS_UNREACHABLE();
  }
}

/* --- order ------------------------------------------------------------------------------------------------------- */

/* Below this many elements the passes over the histogram cost more than comparing. */
enum { RADIX_MIN = 64 };

/* A key that orders as the element does: two's complement and sign-magnitude made unsigned; every NaN above the rest.
 */
static uint64_t key_of(JsArrayElement type, const uint8_t *at)
{
  switch (type) {
  case ELEMENT_INT8: return (uint8_t)(*at ^ 0x80);
  case ELEMENT_INT16: return (uint16_t)(*(const uint16_t *)at ^ 0x8000);
  case ELEMENT_UINT16: return *(const uint16_t *)at;
  case ELEMENT_INT32: return *(const uint32_t *)at ^ 0x80000000u;
  case ELEMENT_UINT32: return *(const uint32_t *)at;
  case ELEMENT_BIGINT64: return *(const uint64_t *)at ^ (1ull << 63);
  case ELEMENT_BIGUINT64: return *(const uint64_t *)at;
  case ELEMENT_FLOAT16: {
    uint16_t bits = *(const uint16_t *)at;
    return (bits & 0x7fff) > 0x7c00 ? 0xffff : (uint16_t)(bits & 0x8000 ? ~bits : bits | 0x8000);
  }
  case ELEMENT_FLOAT32: {
    uint32_t bits = *(const uint32_t *)at;
    return (bits & 0x7fffffff) > 0x7f800000 ? UINT32_MAX : bits >> 31 ? ~bits : bits | 0x80000000u;
  }
  case ELEMENT_FLOAT64: {
    uint64_t bits = *(const uint64_t *)at;
    return (bits & INT64_MAX) > 0x7ffull << 52 ? UINT64_MAX : bits >> 63 ? ~bits : bits | 1ull << 63;
  }
  default: return *at;
  }
}

/* The element of a key. Every NaN becomes the same one, which nobody but a view of the bytes can tell. */
static void element_of(JsArrayElement type, uint64_t key, uint8_t *at)
{
  switch (type) {
  case ELEMENT_INT8: *at = (uint8_t)key ^ 0x80; return;
  case ELEMENT_INT16: *(uint16_t *)at = (uint16_t)key ^ 0x8000; return;
  case ELEMENT_UINT16: *(uint16_t *)at = (uint16_t)key; return;
  case ELEMENT_INT32: *(uint32_t *)at = (uint32_t)key ^ 0x80000000u; return;
  case ELEMENT_UINT32: *(uint32_t *)at = (uint32_t)key; return;
  case ELEMENT_BIGINT64: *(uint64_t *)at = key ^ (1ull << 63); return;
  case ELEMENT_BIGUINT64: *(uint64_t *)at = key; return;
  case ELEMENT_FLOAT16:
    *(uint16_t *)at = key == 0xffff ? 0x7e00 : (uint16_t)(key & 0x8000 ? key & 0x7fff : ~key);
    return;
  case ELEMENT_FLOAT32:
    *(uint32_t *)at = key == UINT32_MAX ? 0x7fc00000u : (uint32_t)(key >> 31 ? key & 0x7fffffff : ~key);
    return;
  case ELEMENT_FLOAT64:
    *(uint64_t *)at = key == UINT64_MAX ? 0x7ff8ull << 48 : key >> 63 ? key & INT64_MAX : ~key;
    return;
  default: *at = (uint8_t)key; return;
  }
}

/* Least significant byte first; a byte that all keys share is skipped. Returns where the sorted keys are. */
static uint64_t *radix_sort(uint64_t *keys, uint64_t *other, size_t count, uint32_t bytes)
{
  for (uint32_t byte = 0; byte < bytes; byte++) {
    size_t starts[256] = {0}, at = 0;
    for (size_t k = 0; k < count; k++)
      starts[keys[k] >> (8 * byte) & 0xff]++;
    if (starts[keys[0] >> (8 * byte) & 0xff] == count)
      continue;
    for (int value = 0; value < 256; value++) {
      size_t here = starts[value];
      starts[value] = at;
      at += here;
    }
    for (size_t k = 0; k < count; k++)
      other[starts[keys[k] >> (8 * byte) & 0xff]++] = keys[k];
    uint64_t *swap = keys;
    keys = other;
    other = swap;
  }
  return keys;
}

static void insertion_sort(uint64_t *keys, size_t count)
{
  for (size_t k = 1; k < count; k++) {
    uint64_t key = keys[k];
    size_t at = k;
    for (; at > 0 && keys[at - 1] > key; at--)
      keys[at] = keys[at - 1];
    keys[at] = key;
  }
}

bool elements_sort(MemAccount *account, JsArrayElement type, uint8_t *data, size_t count)
{
  uint32_t size = element_size(type);
  uint64_t few[RADIX_MIN], *keys = few, *sorted = few;
  bool is_small = count <= RADIX_MIN;
  if (!is_small)
    keys = count <= SIZE_MAX / 32 ? mem_alloc(account, MEM_SCRATCH, count * 16) : NULL;
  if (!keys)
    return false;
  for (size_t k = 0; k < count; k++)
    keys[k] = key_of(type, data + k * size);
  if (is_small)
    insertion_sort(keys, count);
  else
    sorted = radix_sort(keys, keys + count, count, size);
  for (size_t k = 0; k < count; k++)
    element_of(type, sorted[k], data + k * size);
  if (!is_small)
    mem_free(account, MEM_SCRATCH, keys, count * 16);
  return true;
}
