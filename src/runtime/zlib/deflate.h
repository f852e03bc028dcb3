// SPDX-License-Identifier: MIT
/*
 * [DOC] Compression to DEFLATE (RFC 1951), shared by codec_deflate.c (streams, wrappings), deflate_match.c (what is
 * repeated) and deflate_block.c (how it is written).
 *
 * Input is copied to a window of twice 32 KB. Each position's first four bytes lead to the chain of positions that
 * began likewise; the longest match within reach becomes a symbol (a literal is a symbol, too) unless the next position
 * has a longer one. A full block of symbols is written the cheapest way: with Huffman codes of its own, with the fixed
 * ones, or not compressed. What is written waits in `pending` until there is room for it.
 */
#ifndef RUNTIME_ZLIB_DEFLATE_H
#define RUNTIME_ZLIB_DEFLATE_H

#include "runtime/zlib/codec.h"

enum {
  DEFLATE_WINDOW = 1 << 15,
  DEFLATE_MAX_MATCH = 258,
  /* Bytes to have in hand before a position is looked at, so that no match ends where a piece of input does. */
  DEFLATE_LOOKAHEAD = DEFLATE_MAX_MATCH + 4,
  DEFLATE_LITERALS = 286,
  DEFLATE_DISTANCES = 30,
  DEFLATE_END_OF_BLOCK = 256,
};

/* zlib's numbers, which programs pass. */
typedef enum { FLUSH_NONE, FLUSH_PARTIAL, FLUSH_SYNC, FLUSH_FULL, FLUSH_FINISH, FLUSH_BLOCK } DeflateFlush;
typedef enum {
  STRATEGY_DEFAULT,
  STRATEGY_FILTERED,
  STRATEGY_HUFFMAN_ONLY,
  STRATEGY_RLE,
  STRATEGY_FIXED
} DeflateStrategy;

/* How hard a level tries. */
typedef struct DeflateEffort {
  uint16_t chain; /* positions looked at */
  uint16_t good;  /* a quarter of them when the position before has a match of this length */
  uint16_t lazy;  /* none then; 0: the first match is taken */
  uint16_t nice;  /* long enough to look no further */
} DeflateEffort;

typedef struct Deflate {
  int level, strategy;
  const DeflateEffort *effort;
  uint32_t max_distance, min_match;
  /* the window; 0 ends a chain, so that nothing refers to the very first byte, as with zlib */
  uint8_t *window;
  uint32_t start, end; /* of what is not yet looked at */
  int64_t block_start; /* of the block's bytes; negative: not in the window any more */
  uint16_t *heads, *chains;
  uint32_t hash_bits;
  uint32_t match_length, match_at; /* of the position before start; below min_match: none */
  bool waits;                      /* the byte before start is no symbol yet */
  /* the block */
  uint32_t *symbols; /* a byte, or distance << 16 | length */
  uint32_t count, capacity;
  uint32_t literal_counts[DEFLATE_LITERALS], distance_counts[DEFLATE_DISTANCES];
  /* what is written */
  uint64_t bits;
  uint32_t bit_count;
  uint8_t *pending;
  size_t pending_from, pending_to, pending_size;
  /* the stream */
  void (*consumed)(struct Deflate *d, const uint8_t *bytes, size_t count);
  bool failed; /* out of memory */
} Deflate;

/* --- deflate_match.c --- */
void deflate_set_level(Deflate *d, int level, int strategy);
/* Empties the window. */
void deflate_forget(Deflate *d);
/* Nothing from here on refers back. */
void deflate_forget_matches(Deflate *d);
/* Bytes that are taken for read. */
void deflate_preset(Deflate *d, const uint8_t *dictionary, size_t size);
typedef enum { DEFLATE_WANTS_INPUT, DEFLATE_WROTE_BLOCK, DEFLATE_CAME_TO_END } DeflateState;
/* Reads and makes symbols until a block is written, more input is needed, or (flush) all of it was read. */
DeflateState deflate_advance(Deflate *d, CodecIo *io, DeflateFlush flush);
/* Writes what there is as a block; nothing when there is nothing and it is not the last one. */
void deflate_end_block(Deflate *d, bool is_last);

/* --- deflate_block.c --- */
/* The block's symbols; raw: the bytes they stand for, NULL: not at hand. */
void deflate_write_block(Deflate *d, const uint8_t *raw, size_t size, bool is_last);
/* Not compressed; an empty one marks the place where output is whole bytes. */
void deflate_write_stored(Deflate *d, const uint8_t *raw, size_t size, bool is_last);
void deflate_write_empty_fixed(Deflate *d);
void deflate_write_bytes(Deflate *d, const uint8_t *bytes, size_t size);
/* Up to the next whole byte. */
void deflate_write_padding(Deflate *d);

/* Length 3..258 and distance 1..32768 as codes: RFC 1951, 3.2.5. Each power of two has four codes, or two. */
static inline uint32_t deflate_length_code(uint32_t length, uint32_t *extra_bits)
{
  uint32_t x = length - 3;
  *extra_bits = 0;
  if (length == DEFLATE_MAX_MATCH)
    return 285;
  if (x < 8)
    return 257 + x;
  uint32_t log2 = 31 - (uint32_t)__builtin_clz(x);
  *extra_bits = log2 - 2;
  return 257 + 4 * (log2 - 1) + (x >> (log2 - 2) & 3);
}

static inline uint32_t deflate_distance_code(uint32_t distance, uint32_t *extra_bits)
{
  uint32_t x = distance - 1;
  *extra_bits = 0;
  if (x < 4)
    return x;
  uint32_t log2 = 31 - (uint32_t)__builtin_clz(x);
  *extra_bits = log2 - 1;
  return 2 * log2 + (x >> (log2 - 1) & 1);
}

#endif
