// SPDX-License-Identifier: MIT
/*
 * Compressors as codecs: DEFLATE bare, in zlib's wrapping (RFC 1950) or gzip's (RFC 1952), with zlib's flush operations
 * and parameters, as its manual describes them. Compression itself: deflate.h.
 */
#include "runtime/zlib/deflate.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { WINDOW_SLACK = DEFLATE_MAX_MATCH + 16 };

typedef struct DeflateCodec {
  Deflate deflate;
  CodecMode mode;
  int window_bits;
  bool wrote_header, wrote_last;
  int last_flush;      /* done with; nothing came since */
  uint32_t checksum;   /* of the input */
  uint32_t input_size; /* modulo 2^32 */
  uint8_t *dictionary;
  size_t dictionary_size;
} DeflateCodec;

static const CodecOps deflate_ops;

static void count_input(Deflate *deflate, const uint8_t *bytes, size_t count)
{
  DeflateCodec *z = (DeflateCodec *)deflate;
  z->input_size += (uint32_t)count;
  if (z->mode == CODEC_GZIP)
    z->checksum = (uint32_t)crc32_z(z->checksum, bytes, count);
  else if (z->mode == CODEC_DEFLATE)
    z->checksum = (uint32_t)adler32_z(z->checksum, bytes, count);
}

static void put_big_endian(uint8_t *out, uint32_t value)
{
  for (int k = 0; k < 4; k++)
    out[k] = (uint8_t)(value >> (24 - 8 * k));
}

static void put_little_endian(uint8_t *out, uint32_t value)
{
  for (int k = 0; k < 4; k++)
    out[k] = (uint8_t)(value >> 8 * k);
}

static void write_gzip_header(DeflateCodec *z)
{
  const Deflate *d = &z->deflate;
  bool is_fast = d->level < 2 || d->strategy >= STRATEGY_HUFFMAN_ONLY;
  enum { OS_UNIX = 3 };
  const uint8_t header[10] = {0x1f, 0x8b, Z_DEFLATED, [8] = d->level == 9 ? 2 : is_fast ? 4 : 0, OS_UNIX};
  deflate_write_bytes(&z->deflate, header, sizeof header);
}

static void write_zlib_header(DeflateCodec *z)
{
  const Deflate *d = &z->deflate;
  enum { HAS_DICTIONARY = 0x20 };
  uint32_t effort = d->level < 2 || d->strategy >= STRATEGY_HUFFMAN_ONLY ? 0 : d->level < 6 ? 1 : d->level == 6 ? 2 : 3;
  uint32_t header =
      (Z_DEFLATED | (uint32_t)(z->window_bits - 8) << 4) << 8 | effort << 6 | (z->dictionary ? HAS_DICTIONARY : 0);
  header += 31 - header % 31;
  uint8_t bytes[6] = {(uint8_t)(header >> 8), (uint8_t)header};
  if (z->dictionary)
    put_big_endian(bytes + 2, (uint32_t)adler32_z(1, z->dictionary, z->dictionary_size));
  deflate_write_bytes(&z->deflate, bytes, z->dictionary ? 6 : 2);
}

static void write_header(DeflateCodec *z)
{
  if (z->mode == CODEC_GZIP)
    write_gzip_header(z);
  else if (z->mode == CODEC_DEFLATE)
    write_zlib_header(z);
  z->wrote_header = true;
}

static void write_trailer(DeflateCodec *z)
{
  uint8_t bytes[8];
  deflate_write_padding(&z->deflate);
  if (z->mode == CODEC_GZIP) {
    put_little_endian(bytes, z->checksum);
    put_little_endian(bytes + 4, z->input_size);
    deflate_write_bytes(&z->deflate, bytes, 8);
  } else if (z->mode == CODEC_DEFLATE) {
    put_big_endian(bytes, z->checksum);
    deflate_write_bytes(&z->deflate, bytes, 4);
  }
}

/* False: there is more than io has room for. */
static bool drain(Deflate *d, CodecIo *io)
{
  size_t count = d->pending_to - d->pending_from;
  if (count > io->avail_out)
    count = io->avail_out;
  if (count) {
    memcpy(io->next_out, d->pending + d->pending_from, count);
    io->next_out += count;
    io->avail_out -= count;
    d->pending_from += count;
  }
  return d->pending_from == d->pending_to;
}

/* All input is in symbols: the end of the block, and what the operation puts behind it. */
static void end_flush(DeflateCodec *z, DeflateFlush flush)
{
  Deflate *d = &z->deflate;
  deflate_end_block(d, flush == FLUSH_FINISH);
  switch (flush) {
  case FLUSH_PARTIAL: deflate_write_empty_fixed(d); break;
  case FLUSH_SYNC: deflate_write_stored(d, NULL, 0, false); break;
  case FLUSH_FULL:
    deflate_write_stored(d, NULL, 0, false);
    deflate_forget_matches(d);
    break;
  case FLUSH_FINISH:
    write_trailer(z);
    z->wrote_last = true;
    break;
  default: break;
  }
  z->last_flush = flush;
}

/* Operations by how much they do; one that does no more than the last is no use without input between. */
static int rank(int flush)
{
  static const uint8_t ranks[] = {
      [FLUSH_NONE] = 0, [FLUSH_BLOCK] = 1, [FLUSH_PARTIAL] = 2, [FLUSH_SYNC] = 3, [FLUSH_FULL] = 4, [FLUSH_FINISH] = 5};
  return ranks[flush];
}

static CodecError deflate_run(void *state, CodecIo *io)
{
  DeflateCodec *z = state;
  Deflate *d = &z->deflate;
  DeflateFlush flush = (DeflateFlush)io->flush;
  if (io->flush < FLUSH_NONE || io->flush > FLUSH_BLOCK)
    return (CodecError){"Zlib error", "Z_STREAM_ERROR", Z_STREAM_ERROR};
  if (!z->wrote_header)
    write_header(z);
  if (z->wrote_last) {
    bool is_done = drain(d, io);
    return is_done && io->avail_in && io->avail_out && flush == FLUSH_FINISH ? CODEC_UNEXPECTED_END : (CodecError){0};
  }
  if (io->avail_in)
    z->last_flush = FLUSH_NONE;
  bool is_idle = !io->avail_in && flush != FLUSH_FINISH && rank(flush) <= rank(z->last_flush);
  while (drain(d, io) && !is_idle) {
    DeflateState came = deflate_advance(d, io, flush);
    if (came == DEFLATE_CAME_TO_END)
      end_flush(z, flush);
    is_idle = came != DEFLATE_WROTE_BLOCK;
  }
  return d->failed ? CODEC_NO_MEMORY : (CodecError){0};
}

static void start(DeflateCodec *z)
{
  Deflate *d = &z->deflate;
  z->wrote_header = z->wrote_last = false;
  z->last_flush = FLUSH_NONE;
  z->checksum = z->mode == CODEC_DEFLATE ? 1 : 0;
  z->input_size = 0;
  d->bits = d->bit_count = 0;
  d->pending_from = d->pending_to = 0;
  d->count = 0;
  memset(d->literal_counts, 0, sizeof d->literal_counts);
  memset(d->distance_counts, 0, sizeof d->distance_counts);
  deflate_forget(d);
  if (z->dictionary && d->level > 0)
    deflate_preset(d, z->dictionary, z->dictionary_size);
}

static CodecError deflate_reset(void *state)
{
  start(state);
  return (CodecError){0};
}

static void deflate_free(void *state)
{
  DeflateCodec *z = state;
  free(z->deflate.window);
  free(z->deflate.heads);
  free(z->deflate.chains);
  free(z->deflate.symbols);
  free(z->deflate.pending);
  free(z->dictionary);
  free(z);
}

static const CodecOps deflate_ops = {deflate_run, deflate_reset, deflate_free};

static bool is_valid(const ZlibParameters *parameters)
{
  return parameters->level >= Z_DEFAULT_COMPRESSION && parameters->level <= 9 && parameters->strategy >= 0 &&
         parameters->strategy <= STRATEGY_FIXED && parameters->window_bits >= 8 && parameters->window_bits <= 15 &&
         parameters->mem_level >= 1 && parameters->mem_level <= 9;
}

static int level_of(int level)
{
  return level == Z_DEFAULT_COMPRESSION ? 6 : level;
}

CodecError codec_deflate_init(Codec *codec, CodecMode mode, const ZlibParameters *parameters, const uint8_t *dictionary,
                              size_t dictionary_size)
{
  if (!is_valid(parameters))
    return (CodecError){"Init error", "Z_STREAM_ERROR", Z_STREAM_ERROR};
  DeflateCodec *z = calloc(1, sizeof *z);
  if (!z)
    return CODEC_NO_MEMORY;
  Deflate *d = &z->deflate;
  z->mode = mode;
  /* A window of 256 bytes has no room for what is looked ahead: it is written as one of 512, as zlib does. */
  z->window_bits = parameters->window_bits == 8 ? 9 : parameters->window_bits;
  d->max_distance = (1u << z->window_bits) - DEFLATE_LOOKAHEAD - 1;
  d->hash_bits = (uint32_t)parameters->mem_level + 7;
  d->capacity = 1u << (parameters->mem_level + 6);
  d->consumed = count_input;
  deflate_set_level(d, level_of(parameters->level), parameters->strategy);
  d->window = calloc(1, 2 * DEFLATE_WINDOW + WINDOW_SLACK);
  d->heads = malloc(sizeof *d->heads << d->hash_bits);
  d->chains = calloc(DEFLATE_WINDOW, sizeof *d->chains);
  d->symbols = malloc((d->capacity + 2) * sizeof *d->symbols);
  if (dictionary_size && mode != CODEC_GZIP && (z->dictionary = malloc(dictionary_size))) {
    memcpy(z->dictionary, dictionary, dictionary_size);
    z->dictionary_size = dictionary_size;
  }
  if (!d->window || !d->heads || !d->chains || !d->symbols ||
      (dictionary_size && mode != CODEC_GZIP && !z->dictionary)) {
    deflate_free(z);
    return CODEC_NO_MEMORY;
  }
  start(z);
  *codec = (Codec){&deflate_ops, z};
  return (CodecError){0};
}

CodecError codec_zlib_params(Codec *codec, int level, int strategy)
{
  if (codec->ops != &deflate_ops)
    return (CodecError){0};
  DeflateCodec *z = codec->state;
  Deflate *d = &z->deflate;
  ZlibParameters parameters = {.window_bits = 15, .mem_level = 8, .level = level, .strategy = strategy};
  if (!is_valid(&parameters))
    return (CodecError){"Failed to set parameters", "Z_STREAM_ERROR", Z_STREAM_ERROR};
  level = level_of(level);
  if (level == d->level && strategy == d->strategy)
    return (CodecError){0};
  /* What was read so far is written as it was meant to be. */
  CodecIo none = {0};
  if (d->start != d->end || d->count || d->waits || (d->level == 0 && d->end > 0)) {
    while (deflate_advance(d, &none, FLUSH_BLOCK) == DEFLATE_WROTE_BLOCK) {
    }
    deflate_end_block(d, false);
  }
  if ((level == 0) != (d->level == 0))
    deflate_forget(d);
  deflate_set_level(d, level, strategy);
  return d->failed ? CODEC_NO_MEMORY : (CodecError){0};
}
