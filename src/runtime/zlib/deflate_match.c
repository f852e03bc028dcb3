// SPDX-License-Identifier: MIT
/* The window, its chains, and the choice of matches: deflate.h. */
#include "runtime/zlib/deflate.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { HASHED = 4 /* bytes; shorter matches are not found */, STORED_PIECE = 65535 };

static const DeflateEffort efforts[10] = {
    {0, 0, 0, 0},    {2, 4, 0, 12},   {4, 4, 0, 16},     {8, 8, 0, 32},        {12, 8, 6, 24},
    {32, 8, 16, 48}, {72, 8, 16, 96}, {256, 8, 32, 128}, {1024, 32, 128, 258}, {4096, 32, 258, 258},
};

void deflate_set_level(Deflate *d, int level, int strategy)
{
  d->level = level;
  d->strategy = strategy;
  d->effort = &efforts[level];
  /* Filtered data are small numbers at random: short matches among them are chance. */
  d->min_match = strategy == STRATEGY_FILTERED ? 6 : HASHED;
}

void deflate_forget_matches(Deflate *d)
{
  memset(d->heads, 0, sizeof *d->heads << d->hash_bits);
}

void deflate_forget(Deflate *d)
{
  d->start = d->end = 0;
  d->block_start = 0;
  d->match_length = 0;
  d->waits = false;
  deflate_forget_matches(d);
}

static inline uint32_t load32(const uint8_t *bytes)
{
  uint32_t word;
  memcpy(&word, bytes, 4);
  return word;
}

static inline uint64_t load64(const uint8_t *bytes)
{
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

/* Puts a position at the head of its chain; returns the head before. */
static inline uint32_t chain_add(Deflate *d, uint32_t at)
{
  uint32_t hash = load32(d->window + at) * 0x9e3779b1u >> (32 - d->hash_bits);
  uint32_t before = d->heads[hash];
  d->chains[at & (DEFLATE_WINDOW - 1)] = (uint16_t)before;
  d->heads[hash] = (uint16_t)at;
  return before;
}

void deflate_preset(Deflate *d, const uint8_t *dictionary, size_t size)
{
  if (size > d->max_distance) {
    dictionary += size - d->max_distance;
    size = d->max_distance;
  }
  memcpy(d->window + d->end, dictionary, size);
  d->end += (uint32_t)size;
  for (; d->start + HASHED <= d->end; d->start++)
    chain_add(d, d->start);
  d->start = d->end;
  d->block_start = d->start;
}

/* --- input ------------------------------------------------------------------------------------------------------- */

/* count: a multiple of 8 */
static void slide_table(uint16_t *table, uint32_t count)
{
#ifdef __SSE2__
  const __m128i by = _mm_set1_epi16((short)DEFLATE_WINDOW);
  for (uint32_t k = 0; k < count; k += 8)
    _mm_storeu_si128((__m128i *)(table + k), _mm_subs_epu16(_mm_loadu_si128((const __m128i *)(table + k)), by));
#else
  for (uint32_t k = 0; k < count; k++)
    table[k] = table[k] >= DEFLATE_WINDOW ? table[k] - DEFLATE_WINDOW : 0;
#endif
}

/* The upper half becomes the lower one. */
static void slide(Deflate *d)
{
  memcpy(d->window, d->window + DEFLATE_WINDOW, d->end - DEFLATE_WINDOW);
  d->start -= DEFLATE_WINDOW;
  d->end -= DEFLATE_WINDOW;
  d->block_start -= DEFLATE_WINDOW;
  d->match_at -= DEFLATE_WINDOW;
  slide_table(d->heads, 1u << d->hash_bits);
  slide_table(d->chains, DEFLATE_WINDOW);
}

static void take_input(Deflate *d, CodecIo *io, uint32_t room)
{
  size_t count = io->avail_in < room ? io->avail_in : room;
  if (!count)
    return;
  memcpy(d->window + d->end, io->next_in, count);
  d->consumed(d, io->next_in, count);
  io->next_in += count;
  io->avail_in -= count;
  d->end += (uint32_t)count;
}

static void fill(Deflate *d, CodecIo *io)
{
  /* What the position before start refers to stays in the window. */
  if (io->avail_in && d->start > DEFLATE_WINDOW + d->max_distance)
    slide(d);
  take_input(d, io, 2 * DEFLATE_WINDOW - d->end);
}

/* --- matches ----------------------------------------------------------------------------------------------------- */

static inline void add_literal(Deflate *d, uint8_t byte)
{
  d->symbols[d->count++] = byte;
  d->literal_counts[byte]++;
}

static inline void add_match(Deflate *d, uint32_t length, uint32_t distance)
{
  uint32_t extra;
  d->symbols[d->count++] = distance << 16 | length;
  d->literal_counts[deflate_length_code(length, &extra)]++;
  d->distance_counts[deflate_distance_code(distance, &extra)]++;
}

/* The length of what is the same at both places, at most max; HASHED bytes are. */
static inline uint32_t same_length(const uint8_t *a, const uint8_t *b, uint32_t max)
{
  uint32_t length = HASHED;
  while (length < max) {
    uint64_t differ = load64(a + length) ^ load64(b + length);
    if (differ) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
      length += (uint32_t)__builtin_clzll(differ) / 8;
#else
      length += (uint32_t)__builtin_ctzll(differ) / 8;
#endif
      break;
    }
    length += 8;
  }
  return length < max ? length : max;
}

/* The longest match of the bytes at `at` along a chain that is longer than `longest`; returns its length, or longest.
 */
static uint32_t find_match(Deflate *d, uint32_t at, uint32_t candidate, uint32_t longest, uint32_t chain,
                           uint32_t *found)
{
  const uint8_t *window = d->window, *here = window + at;
  const uint16_t *chains = d->chains;
  uint32_t limit = at > d->max_distance ? at - d->max_distance - 1 : 0, left = d->end - at;
  uint32_t max = left < DEFLATE_MAX_MATCH ? left : DEFLATE_MAX_MATCH;
  uint32_t nice = d->effort->nice < max ? d->effort->nice : max;
  if (longest >= max)
    return longest;
  uint32_t head = load32(here), tail = load32(here + longest - (HASHED - 1));
  do {
    const uint8_t *there = window + candidate;
    /* Its last bytes first: they differ most often. */
    if (load32(there + longest - (HASHED - 1)) == tail && load32(there) == head) {
      uint32_t length = same_length(here, there, max);
      if (length > longest) {
        longest = length;
        *found = candidate;
        if (length >= nice)
          break;
        tail = load32(here + longest - (HASHED - 1));
      }
    }
    candidate = chains[candidate & (DEFLATE_WINDOW - 1)];
  } while (candidate > limit && --chain);
  return longest;
}

/* Chains for the rest of a match that begins at `at`. */
static inline void chain_add_all(Deflate *d, uint32_t from, uint32_t to)
{
  uint32_t last = d->end < HASHED ? 0 : d->end - HASHED + 1;
  if (to > last)
    to = last;
  for (; from < to; from++)
    chain_add(d, from);
}

/* Makes symbols while more than `keep` bytes are in hand and the block has room. */
static void make_symbols(Deflate *d, uint32_t keep)
{
  const DeflateEffort effort = *d->effort;
  const uint32_t none = d->min_match - 1, end = d->end;
  uint32_t at = d->start;
  while (end - at > keep && d->count < d->capacity) {
    uint32_t candidate = end - at >= HASHED ? chain_add(d, at) : 0;
    uint32_t before = d->match_length > none ? d->match_length : none, before_at = d->match_at, length = before;
    if (candidate && at - candidate <= d->max_distance && (before == none || before < effort.lazy))
      length = find_match(d, at, candidate, before, before >= effort.good ? effort.chain / 4 + 1 : effort.chain,
                          &d->match_at);
    if (!effort.lazy && length > none) {
      add_match(d, length, at - d->match_at);
      chain_add_all(d, at + 1, at + length);
      at += length;
    } else if (before > none && length <= before) {
      add_match(d, before, at - 1 - before_at);
      chain_add_all(d, at + 1, at - 1 + before);
      at += before - 1;
      d->match_length = 0;
      d->waits = false;
    } else {
      if (d->waits)
        add_literal(d, d->window[at - 1]);
      d->match_length = length > before ? length : 0;
      d->waits = effort.lazy != 0;
      if (!d->waits)
        add_literal(d, d->window[at]);
      at++;
    }
  }
  d->start = at;
}

static void make_literals(Deflate *d)
{
  while (d->start < d->end && d->count < d->capacity)
    add_literal(d, d->window[d->start++]);
}

/* Matches at distance one only. */
static void make_runs(Deflate *d, uint32_t keep)
{
  enum { SHORTEST = 3 };
  while (d->end - d->start > keep && d->count < d->capacity) {
    const uint8_t *here = d->window + d->start;
    uint32_t length = 0, left = d->end - d->start, max = left < DEFLATE_MAX_MATCH ? left : DEFLATE_MAX_MATCH;
    while (d->start > 0 && length < max && here[length] == here[-1])
      length++;
    if (length >= SHORTEST) {
      add_match(d, length, 1);
      d->start += length;
    } else {
      add_literal(d, *here);
      d->start++;
    }
  }
}

/* --- blocks ------------------------------------------------------------------------------------------------------ */

void deflate_end_block(Deflate *d, bool is_last)
{
  if (d->waits && d->start == d->end) {
    add_literal(d, d->window[d->start - 1]);
    d->waits = false;
    d->match_length = 0;
  }
  uint32_t upto = d->start - d->waits;
  const uint8_t *raw = d->block_start >= 0 ? d->window + d->block_start : NULL;
  size_t size = (size_t)(upto - d->block_start);
  if (d->level == 0) {
    if (size || is_last)
      deflate_write_stored(d, raw, size, is_last);
    deflate_forget(d);
    return;
  }
  if (d->count || is_last)
    deflate_write_block(d, raw, size, is_last);
  d->block_start = upto;
}

static DeflateState store(Deflate *d, CodecIo *io, DeflateFlush flush)
{
  take_input(d, io, STORED_PIECE - d->end);
  d->start = d->end;
  /* As zlib does: what fills its window goes out at once, smaller pieces wait. */
  bool is_full = d->end == STORED_PIECE && (io->avail_in || flush != FLUSH_FINISH);
  if (is_full || (flush == FLUSH_NONE && d->end >= DEFLATE_WINDOW)) {
    deflate_end_block(d, false);
    return DEFLATE_WROTE_BLOCK;
  }
  return flush == FLUSH_NONE ? DEFLATE_WANTS_INPUT : DEFLATE_CAME_TO_END;
}

DeflateState deflate_advance(Deflate *d, CodecIo *io, DeflateFlush flush)
{
  if (d->level == 0)
    return store(d, io, flush);
  for (;;) {
    uint32_t keep = DEFLATE_LOOKAHEAD - 1;
    if (d->end - d->start < DEFLATE_LOOKAHEAD) {
      fill(d, io);
      if (d->end - d->start < DEFLATE_LOOKAHEAD && flush == FLUSH_NONE)
        return DEFLATE_WANTS_INPUT;
      if (d->start == d->end)
        return DEFLATE_CAME_TO_END;
      if (!io->avail_in && flush != FLUSH_NONE)
        keep = 0;
    }
    switch (d->strategy) {
    case STRATEGY_HUFFMAN_ONLY: make_literals(d); break;
    case STRATEGY_RLE: make_runs(d, keep); break;
    default: make_symbols(d, keep); break;
    }
    if (d->count >= d->capacity) {
      deflate_end_block(d, false);
      return DEFLATE_WROTE_BLOCK;
    }
  }
}
