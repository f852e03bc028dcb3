// SPDX-License-Identifier: MIT
/*
 * One compressor or decompressor behind zlib's streams: a state that eats input and fills output once a call, on any
 * thread. Knows nothing of JavaScript.
 */
#ifndef RUNTIME_ZLIB_CODEC_H
#define RUNTIME_ZLIB_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CodecIo {
  const uint8_t *next_in;
  size_t avail_in;
  uint8_t *next_out;
  size_t avail_out;
  int flush; /* the codec's own operation number */
} CodecIo;

/* What is told to JavaScript; message NULL: nothing is wrong. Strings are static or the codec's. */
typedef struct CodecError {
  const char *message, *code;
  int number;
} CodecError;

typedef struct CodecOps {
  CodecError (*run)(void *state, CodecIo *io);
  /* Back to the state after init. */
  CodecError (*reset)(void *state);
  void (*free)(void *state);
} CodecOps;

typedef struct Codec {
  const CodecOps *ops; /* NULL: none */
  void *state;
} Codec;

static inline void codec_free(Codec *codec)
{
  if (codec->ops)
    codec->ops->free(codec->state);
  *codec = (Codec){0};
}

/* Input ended where more was expected, with Node's words. */
#define CODEC_UNEXPECTED_END ((CodecError){"unexpected end of file", "Z_BUF_ERROR", -5})
#define CODEC_NO_MEMORY      ((CodecError){"Out of memory", "Z_MEM_ERROR", -4})

/* The first constant of zlib.constants with a prefix that has this value; NULL: none. */
const char *codec_constant_name(const char *prefix, int number);

/* Modes of zlib.constants. */
typedef enum CodecMode {
  CODEC_NONE,
  CODEC_DEFLATE,
  CODEC_INFLATE,
  CODEC_GZIP,
  CODEC_GUNZIP,
  CODEC_DEFLATERAW,
  CODEC_INFLATERAW,
  CODEC_UNZIP,
  CODEC_BROTLI_DECODE,
  CODEC_BROTLI_ENCODE,
  CODEC_ZSTD_COMPRESS,
  CODEC_ZSTD_DECOMPRESS
} CodecMode;

typedef struct ZlibParameters {
  int window_bits, level, mem_level, strategy;
  bool one_member; /* reading gzip: stop at the end of the first member, whatever follows */
} ZlibParameters;

/* Each fills *codec, or returns what is wrong and leaves it alone. Dictionaries are copied; may be NULL. */
CodecError codec_zlib_init(Codec *codec, CodecMode mode, const ZlibParameters *parameters, const uint8_t *dictionary,
                           size_t dictionary_size);
/* Level and strategy of a compressor from now on. */
CodecError codec_zlib_params(Codec *codec, int level, int strategy);

/* Is the library on this machine? Any thread may ask. */
bool codec_brotli_present(void);
bool codec_zstd_present(void);
/* parameters: value by number, UINT32_MAX where not set. */
CodecError codec_brotli_init(Codec *codec, CodecMode mode, const uint32_t *parameters, size_t count);
/* pledged_size: bytes of the whole input, when known; else UINT64_MAX. parameters as above. */
CodecError codec_zstd_init(Codec *codec, CodecMode mode, const uint32_t *parameters, size_t count,
                           uint64_t pledged_size, const uint8_t *dictionary, size_t dictionary_size);

#endif
