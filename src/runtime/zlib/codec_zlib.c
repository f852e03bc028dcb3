// SPDX-License-Identifier: MIT
/* zlib's deflate and inflate in their three wrappings, and Unzip, which takes whichever of two it is given. */
#include "runtime/zlib/codec.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct ZlibState {
  z_stream stream;
  CodecMode mode;
  bool sniffed; /* UNZIP has seen what it is given */
  bool one_member;
  uint8_t *dictionary;
  size_t dictionary_size;
} ZlibState;

static bool is_deflating(const ZlibState *z)
{
  return z->mode == CODEC_DEFLATE || z->mode == CODEC_GZIP || z->mode == CODEC_DEFLATERAW;
}

static const char *code_name(int error)
{
  switch (error) {
  case Z_OK: return "Z_OK";
  case Z_STREAM_END: return "Z_STREAM_END";
  case Z_NEED_DICT: return "Z_NEED_DICT";
  case Z_ERRNO: return "Z_ERRNO";
  case Z_STREAM_ERROR: return "Z_STREAM_ERROR";
  case Z_DATA_ERROR: return "Z_DATA_ERROR";
  case Z_MEM_ERROR: return "Z_MEM_ERROR";
  case Z_BUF_ERROR: return "Z_BUF_ERROR";
  case Z_VERSION_ERROR: return "Z_VERSION_ERROR";
  default: return "Z_ERROR";
  }
}

static CodecError zlib_error(int error, const char *message)
{
  return error == Z_OK ? (CodecError){0} : (CodecError){message, code_name(error), error};
}

static void zlib_state_free(void *state)
{
  ZlibState *z = state;
  if (is_deflating(z))
    deflateEnd(&z->stream);
  else
    inflateEnd(&z->stream);
  free(z->dictionary);
  free(z);
}

static int reset_stream(ZlibState *z)
{
  int error = is_deflating(z) ? deflateReset(&z->stream) : inflateReset(&z->stream);
  if (error == Z_OK && z->dictionary && (z->mode == CODEC_DEFLATE || z->mode == CODEC_DEFLATERAW))
    error = deflateSetDictionary(&z->stream, z->dictionary, (uInt)z->dictionary_size);
  return error;
}

static CodecError zlib_reset(void *state)
{
  return zlib_error(reset_stream(state), "Failed to reset stream");
}

static int run_inflate(ZlibState *z, int flush)
{
  z_stream *s = &z->stream;
  if (z->mode == CODEC_UNZIP && !z->sniffed && s->avail_in > 0) {
    z->sniffed = true;
    if (s->next_in[0] == 0x1f)
      z->mode = CODEC_GUNZIP;
  }
  int error = inflate(s, flush);
  if (z->mode != CODEC_INFLATERAW && error == Z_NEED_DICT && z->dictionary) {
    error = inflateSetDictionary(s, z->dictionary, (uInt)z->dictionary_size);
    if (error == Z_OK)
      error = inflate(s, flush);
    else if (error == Z_DATA_ERROR)
      error = Z_NEED_DICT;
  }
  /* Gzip files may be members one after the other; zeroes behind them are padding. */
  while (s->avail_in > 0 && z->mode == CODEC_GUNZIP && !z->one_member && error == Z_STREAM_END && s->next_in[0] != 0) {
    reset_stream(z);
    error = inflate(s, flush);
  }
  return error;
}

static CodecError zlib_run(void *state, CodecIo *io)
{
  ZlibState *z = state;
  z_stream *s = &z->stream;
  s->next_in = (Bytef *)io->next_in;
  s->avail_in = (uInt)io->avail_in;
  s->next_out = io->next_out;
  s->avail_out = (uInt)io->avail_out;
  int error = is_deflating(z) ? deflate(s, io->flush) : run_inflate(z, io->flush);
  io->avail_in = s->avail_in;
  io->avail_out = s->avail_out;
  switch (error) {
  case Z_OK:
  case Z_BUF_ERROR: return s->avail_out != 0 && io->flush == Z_FINISH ? CODEC_UNEXPECTED_END : (CodecError){0};
  case Z_STREAM_END: return (CodecError){0};
  case Z_NEED_DICT: return zlib_error(error, z->dictionary ? "Bad dictionary" : "Missing dictionary");
  default: return zlib_error(error, s->msg ? s->msg : "Zlib error");
  }
}

static const CodecOps zlib_ops = {zlib_run, zlib_reset, zlib_state_free};

static int start_stream(ZlibState *z, const ZlibParameters *parameters)
{
  int bits = parameters->window_bits;
  switch (z->mode) {
  case CODEC_GZIP:
  case CODEC_GUNZIP: bits += 16; break;
  case CODEC_UNZIP: bits += 32; break;
  case CODEC_DEFLATERAW:
    /* zlib cannot write raw data with a window of 256 bytes; 512 can be read with it. */
    bits = bits == 8 ? -9 : -bits;
    break;
  case CODEC_INFLATERAW: bits = -bits; break;
  default: break;
  }
  return is_deflating(z) ? deflateInit2(&z->stream, parameters->level, Z_DEFLATED, bits, parameters->mem_level,
                                        parameters->strategy)
                         : inflateInit2(&z->stream, bits);
}

CodecError codec_zlib_init(Codec *codec, CodecMode mode, const ZlibParameters *parameters, const uint8_t *dictionary,
                           size_t dictionary_size)
{
  ZlibState *z = calloc(1, sizeof *z);
  if (!z)
    return CODEC_NO_MEMORY;
  z->mode = mode;
  z->one_member = parameters->one_member;
  if (dictionary_size) {
    z->dictionary = malloc(dictionary_size);
    if (!z->dictionary) {
      free(z);
      return CODEC_NO_MEMORY;
    }
    memcpy(z->dictionary, dictionary, dictionary_size);
    z->dictionary_size = dictionary_size;
  }
  int error = start_stream(z, parameters);
  if (error != Z_OK) {
    free(z->dictionary);
    free(z);
    return zlib_error(error, "Init error");
  }
  if (z->dictionary) {
    if (mode == CODEC_DEFLATE || mode == CODEC_DEFLATERAW)
      error = deflateSetDictionary(&z->stream, z->dictionary, (uInt)z->dictionary_size);
    else if (mode == CODEC_INFLATERAW)
      error = inflateSetDictionary(&z->stream, z->dictionary, (uInt)z->dictionary_size);
    if (error != Z_OK) {
      zlib_state_free(z);
      return zlib_error(error, "Failed to set dictionary");
    }
  }
  *codec = (Codec){&zlib_ops, z};
  return (CodecError){0};
}

CodecError codec_zlib_params(Codec *codec, int level, int strategy)
{
  ZlibState *z = codec->state;
  if (codec->ops != &zlib_ops || !is_deflating(z))
    return (CodecError){0};
  z->stream.avail_in = 0;
  int error = deflateParams(&z->stream, level, strategy);
  return error == Z_BUF_ERROR ? (CodecError){0} : zlib_error(error, "Failed to set parameters");
}
