// SPDX-License-Identifier: MIT
/* Blocks of DEFLATE: Huffman codes of limited length, the three kinds of block, bits. RFC 1951, 3.2. */
#include "runtime/zlib/deflate.h"

#include <stdlib.h>
#include <string.h>

enum {
  MAX_LENGTH = 15,     /* of a code for literals and distances */
  MAX_META_LENGTH = 7, /* of a code for those lengths */
  META_SYMBOLS = 19,
  REPEAT_LAST = 16,  /* 3 to 6 times */
  ZEROES_SHORT = 17, /* 3 to 10 */
  ZEROES_LONG = 18,  /* 11 to 138 */
  STORED_MAX = 65535,
  SYMBOL_BYTES = 6, /* 15 + 5 + 15 + 13 bits at most */
  HEADER_BYTES = 512,
};
enum { TYPE_STORED, TYPE_FIXED, TYPE_DYNAMIC };

typedef struct Codes {
  uint8_t lengths[DEFLATE_LITERALS + 2]; /* the fixed code has two that are never used */
  uint16_t codes[DEFLATE_LITERALS + 2];  /* first bit lowest */
} Codes;

/* --- codes ------------------------------------------------------------------------------------------------------- */

typedef struct Leaf {
  uint32_t weight, symbol;
} Leaf;

static int by_weight(const void *left, const void *right)
{
  const Leaf *a = left, *b = right;
  if (a->weight != b->weight)
    return a->weight < b->weight ? -1 : 1;
  return a->symbol < b->symbol ? -1 : 1;
}

/* How many leaves have each depth in Huffman's tree of leaves sorted by weight, none deeper than max. */
static void depth_counts(const Leaf *leaves, uint32_t count, uint32_t max, uint32_t counts[MAX_LENGTH + 1])
{
  uint32_t weights[2 * DEFLATE_LITERALS], parents[2 * DEFLATE_LITERALS];
  uint8_t depths[2 * DEFLATE_LITERALS];
  for (uint32_t k = 0; k < count; k++)
    weights[k] = leaves[k].weight;
  /* Two queues, both sorted: the leaves, and the nodes in the order they are made. */
  uint32_t leaf = 0, node = count, total = 2 * count - 1;
  for (uint32_t made = count; made < total; made++) {
    uint32_t sum = 0;
    for (int side = 0; side < 2; side++) {
      bool take_leaf = leaf < count && (node >= made || weights[leaf] <= weights[node]);
      uint32_t taken = take_leaf ? leaf++ : node++;
      sum += weights[taken];
      parents[taken] = made;
    }
    weights[made] = sum;
  }
  depths[total - 1] = 0;
  for (uint32_t k = total - 1; k-- > 0;) {
    uint32_t depth = depths[parents[k]] + 1u;
    depths[k] = (uint8_t)(depth < 255 ? depth : 255);
    if (k < count)
      counts[depth < max ? depth : max]++;
  }
  /* Those that were pulled up took more than there is: each leaf split one level up makes room for one at the bottom.
   */
  uint32_t taken = 0;
  for (uint32_t depth = 1; depth <= max; depth++)
    taken += counts[depth] << (max - depth);
  for (; taken > 1u << max; taken--) {
    uint32_t depth = max - 1;
    while (!counts[depth])
      depth--;
    counts[depth]--;
    counts[depth + 1] += 2;
    counts[max]--;
  }
}

static uint16_t reversed(uint32_t code, uint32_t length)
{
  uint32_t result = 0;
  for (uint32_t k = 0; k < length; k++)
    result |= (code >> k & 1) << (length - 1 - k);
  return (uint16_t)result;
}

static void assign_codes(Codes *codes, uint32_t count)
{
  uint32_t next[MAX_LENGTH + 2] = {0}, counts[MAX_LENGTH + 1] = {0};
  for (uint32_t k = 0; k < count; k++)
    counts[codes->lengths[k]]++;
  counts[0] = 0;
  for (uint32_t length = 1; length <= MAX_LENGTH; length++)
    next[length + 1] = (next[length] + counts[length]) << 1;
  for (uint32_t k = 0; k < count; k++)
    codes->codes[k] = codes->lengths[k] ? reversed(next[codes->lengths[k]]++, codes->lengths[k]) : 0;
}

/* At least two symbols get a code: some decoders do not like fewer. */
static void make_codes(Codes *codes, const uint32_t *weights, uint32_t count, uint32_t max)
{
  Leaf leaves[DEFLATE_LITERALS];
  uint32_t used = 0, counts[MAX_LENGTH + 1] = {0};
  memset(codes->lengths, 0, sizeof codes->lengths);
  for (uint32_t k = 0; k < count; k++)
    if (weights[k])
      leaves[used++] = (Leaf){weights[k], k};
  for (uint32_t k = 0; used < 2; k++)
    if (!weights[k])
      leaves[used++] = (Leaf){1, k};
  qsort(leaves, used, sizeof *leaves, by_weight);
  depth_counts(leaves, used, max, counts);
  uint32_t leaf = 0;
  for (uint32_t length = max; length > 0; length--)
    for (uint32_t k = 0; k < counts[length]; k++)
      codes->lengths[leaves[leaf++].symbol] = (uint8_t)length;
  assign_codes(codes, count);
}

/* Their lengths; the codes are assigned when they are used. */
static void fixed_lengths(Codes *literals, Codes *distances)
{
  for (uint32_t k = 0; k < DEFLATE_LITERALS + 2; k++)
    literals->lengths[k] = k < 144 ? 8 : k < 256 ? 9 : k < 280 ? 7 : 8;
  memset(distances->lengths, 5, sizeof distances->lengths);
}

/* --- bits -------------------------------------------------------------------------------------------------------- */

static bool make_room(Deflate *d, size_t size)
{
  if (d->pending_from == d->pending_to)
    d->pending_from = d->pending_to = 0;
  size_t needed = d->pending_to + size + sizeof d->bits;
  if (needed > d->pending_size) {
    uint8_t *grown = realloc(d->pending, needed);
    if (!grown) {
      d->failed = true;
      return false;
    }
    d->pending = grown;
    d->pending_size = needed;
  }
  return true;
}

/* At most 56 bits between two calls of settle. */
static inline void put(Deflate *d, uint64_t bits, uint32_t count)
{
  d->bits |= bits << d->bit_count;
  d->bit_count += count;
}

static inline void settle(Deflate *d)
{
  uint8_t *to = d->pending + d->pending_to;
  for (int k = 0; k < 8; k++)
    to[k] = (uint8_t)(d->bits >> 8 * k);
  uint32_t bytes = d->bit_count / 8;
  d->pending_to += bytes;
  d->bits >>= 8 * bytes;
  d->bit_count %= 8;
}

void deflate_write_padding(Deflate *d)
{
  if (!make_room(d, 1))
    return;
  d->bit_count = (d->bit_count + 7) & ~7u;
  settle(d);
}

void deflate_write_bytes(Deflate *d, const uint8_t *bytes, size_t size)
{
  if (!size || !make_room(d, size))
    return;
  memcpy(d->pending + d->pending_to, bytes, size);
  d->pending_to += size;
}

/* --- blocks ------------------------------------------------------------------------------------------------------ */

void deflate_write_stored(Deflate *d, const uint8_t *raw, size_t size, bool is_last)
{
  do {
    size_t piece = size < STORED_MAX ? size : STORED_MAX;
    if (!make_room(d, piece + 8))
      return;
    put(d, (is_last && piece == size) | TYPE_STORED << 1, 3);
    deflate_write_padding(d);
    put(d, piece | (~(uint64_t)piece & 0xffff) << 16, 32);
    settle(d);
    deflate_write_bytes(d, raw, piece);
    raw += piece;
    size -= piece;
  } while (size);
}

void deflate_write_empty_fixed(Deflate *d)
{
  if (!make_room(d, 8))
    return;
  put(d, TYPE_FIXED << 1, 3 + 7); /* the code of the block's end is seven zeroes */
  settle(d);
}

/* The lengths of a block's codes, as they are written. */
typedef struct MetaCodes {
  uint8_t symbols[DEFLATE_LITERALS + DEFLATE_DISTANCES], extra[DEFLATE_LITERALS + DEFLATE_DISTANCES];
  uint32_t count, literals, distances, lengths;
  uint32_t weights[META_SYMBOLS];
  Codes codes;
} MetaCodes;

static const uint8_t meta_order[META_SYMBOLS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

static void meta_add(MetaCodes *meta, uint32_t symbol, uint32_t extra)
{
  meta->symbols[meta->count] = (uint8_t)symbol;
  meta->extra[meta->count++] = (uint8_t)extra;
  meta->weights[symbol]++;
}

static uint32_t meta_extra_bits(uint32_t symbol)
{
  return symbol == REPEAT_LAST ? 2 : symbol == ZEROES_SHORT ? 3 : symbol == ZEROES_LONG ? 7 : 0;
}

static void meta_make(MetaCodes *meta, const Codes *literals, const Codes *distances)
{
  uint8_t lengths[DEFLATE_LITERALS + DEFLATE_DISTANCES];
  memset(meta, 0, sizeof *meta);
  meta->literals = DEFLATE_LITERALS;
  while (meta->literals > 257 && !literals->lengths[meta->literals - 1])
    meta->literals--;
  meta->distances = DEFLATE_DISTANCES;
  while (meta->distances > 1 && !distances->lengths[meta->distances - 1])
    meta->distances--;
  memcpy(lengths, literals->lengths, meta->literals);
  memcpy(lengths + meta->literals, distances->lengths, meta->distances);
  uint32_t total = meta->literals + meta->distances;
  for (uint32_t k = 0; k < total;) {
    uint32_t run = 1;
    while (k + run < total && lengths[k + run] == lengths[k] && run < 138)
      run++;
    if (lengths[k] == 0 && run >= 3) {
      meta_add(meta, run < 11 ? ZEROES_SHORT : ZEROES_LONG, run < 11 ? run - 3 : run - 11);
    } else if (run >= 4 && lengths[k] != 0) {
      meta_add(meta, lengths[k], 0);
      run = run < 7 ? run : 7;
      meta_add(meta, REPEAT_LAST, run - 1 - 3);
    } else {
      run = 1;
      meta_add(meta, lengths[k], 0);
    }
    k += run;
  }
  make_codes(&meta->codes, meta->weights, META_SYMBOLS, MAX_META_LENGTH);
  meta->lengths = META_SYMBOLS;
  while (meta->lengths > 4 && !meta->codes.lengths[meta_order[meta->lengths - 1]])
    meta->lengths--;
}

static uint64_t meta_cost(const MetaCodes *meta)
{
  uint64_t bits = 5 + 5 + 4 + 3 * meta->lengths;
  for (uint32_t k = 0; k < META_SYMBOLS; k++)
    bits += (uint64_t)meta->weights[k] * (meta->codes.lengths[k] + meta_extra_bits(k));
  return bits;
}

static void meta_write(Deflate *d, const MetaCodes *meta)
{
  put(d, (meta->literals - 257) | (meta->distances - 1) << 5 | (meta->lengths - 4) << 10, 14);
  settle(d);
  for (uint32_t k = 0; k < meta->lengths; k++) {
    put(d, meta->codes.lengths[meta_order[k]], 3);
    settle(d);
  }
  for (uint32_t k = 0; k < meta->count; k++) {
    uint32_t symbol = meta->symbols[k];
    put(d, meta->codes.codes[symbol], meta->codes.lengths[symbol]);
    put(d, meta->extra[k], meta_extra_bits(symbol));
    settle(d);
  }
}

static uint64_t codes_cost(const uint32_t *weights, uint32_t count, const Codes *codes)
{
  uint64_t bits = 0;
  for (uint32_t k = 0; k < count; k++)
    bits += (uint64_t)weights[k] * codes->lengths[k];
  return bits;
}

static uint64_t extra_cost(const Deflate *d)
{
  uint64_t bits = 0;
  for (uint32_t k = 265; k < 285; k++)
    bits += (uint64_t)d->literal_counts[k] * ((k - 261) / 4);
  for (uint32_t k = 4; k < DEFLATE_DISTANCES; k++)
    bits += (uint64_t)d->distance_counts[k] * (k / 2 - 1);
  return bits;
}

static void write_symbols(Deflate *d, const Codes *literals, const Codes *distances)
{
  for (uint32_t k = 0; k < d->count; k++) {
    uint32_t symbol = d->symbols[k];
    if (symbol < 0x10000) {
      put(d, literals->codes[symbol], literals->lengths[symbol]);
    } else {
      uint32_t length = symbol & 0xffff, distance = symbol >> 16, extra;
      uint32_t code = deflate_length_code(length, &extra);
      put(d, literals->codes[code], literals->lengths[code]);
      put(d, (length - 3) & ((1u << extra) - 1), extra);
      code = deflate_distance_code(distance, &extra);
      put(d, distances->codes[code], distances->lengths[code]);
      put(d, (distance - 1) & ((1u << extra) - 1), extra);
    }
    settle(d);
  }
  put(d, literals->codes[DEFLATE_END_OF_BLOCK], literals->lengths[DEFLATE_END_OF_BLOCK]);
  settle(d);
}

void deflate_write_block(Deflate *d, const uint8_t *raw, size_t size, bool is_last)
{
  Codes literals, distances, fixed_literals, fixed_distances;
  MetaCodes meta;
  d->literal_counts[DEFLATE_END_OF_BLOCK] = 1;
  make_codes(&literals, d->literal_counts, DEFLATE_LITERALS, MAX_LENGTH);
  make_codes(&distances, d->distance_counts, DEFLATE_DISTANCES, MAX_LENGTH);
  meta_make(&meta, &literals, &distances);
  fixed_lengths(&fixed_literals, &fixed_distances);
  uint64_t fixed = codes_cost(d->literal_counts, DEFLATE_LITERALS, &fixed_literals) +
                   codes_cost(d->distance_counts, DEFLATE_DISTANCES, &fixed_distances);
  uint64_t dynamic = codes_cost(d->literal_counts, DEFLATE_LITERALS, &literals) +
                     codes_cost(d->distance_counts, DEFLATE_DISTANCES, &distances) + meta_cost(&meta);
  bool use_fixed = d->strategy == STRATEGY_FIXED || fixed <= dynamic;
  uint64_t least = (use_fixed ? fixed : dynamic) + extra_cost(d);
  if (raw && (uint64_t)(size + 5 * (size / STORED_MAX + 1)) * 8 <= least) {
    deflate_write_stored(d, raw, size, is_last);
  } else if (make_room(d, (size_t)d->count * SYMBOL_BYTES + HEADER_BYTES)) {
    put(d, is_last | (use_fixed ? TYPE_FIXED : TYPE_DYNAMIC) << 1, 3);
    if (use_fixed) {
      assign_codes(&fixed_literals, DEFLATE_LITERALS + 2);
      assign_codes(&fixed_distances, 32);
      write_symbols(d, &fixed_literals, &fixed_distances);
    } else {
      meta_write(d, &meta);
      write_symbols(d, &literals, &distances);
    }
  }
  d->count = 0;
  memset(d->literal_counts, 0, sizeof d->literal_counts);
  memset(d->distance_counts, 0, sizeof d->distance_counts);
}
