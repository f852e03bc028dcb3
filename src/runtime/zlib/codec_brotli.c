// SPDX-License-Identifier: MIT
/* Brotli: libbrotlienc and libbrotlidec, loaded when a program first asks for them. */
#include "runtime/zlib/codec.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DECODER_PREFIX "BROTLI_DECODER"

#define ENCODER_FUNCTIONS(V)                                                                                           \
  V(BrotliEncoderCreateInstance)                                                                                       \
  V(BrotliEncoderSetParameter)                                                                                         \
  V(BrotliEncoderCompressStream)                                                                                       \
  V(BrotliEncoderDestroyInstance)
#define DECODER_FUNCTIONS(V)                                                                                           \
  V(BrotliDecoderCreateInstance)                                                                                       \
  V(BrotliDecoderSetParameter)                                                                                         \
  V(BrotliDecoderDecompressStream)                                                                                     \
  V(BrotliDecoderGetErrorCode)                                                                                         \
  V(BrotliDecoderDestroyInstance)

/* Immutable after init: written inside pthread_once only. */
static struct {
#define FIELD(name) __typeof__(name) *name;
  ENCODER_FUNCTIONS(FIELD)
  DECODER_FUNCTIONS(FIELD)
#undef FIELD
  bool present;
} brotli;
static pthread_once_t brotli_once = PTHREAD_ONCE_INIT;

static void brotli_load(void)
{
  void *encoder = dlopen("libbrotlienc.so.1", RTLD_LAZY | RTLD_LOCAL);
  void *decoder = dlopen("libbrotlidec.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!encoder || !decoder)
    return;
#define BIND(library, name)                                                                                            \
  *(void **)&brotli.name = dlsym(library, #name);                                                                      \
  if (!brotli.name)                                                                                                    \
    return;
#define BIND_ENCODER(name) BIND(encoder, name)
#define BIND_DECODER(name) BIND(decoder, name)
  ENCODER_FUNCTIONS(BIND_ENCODER)
  DECODER_FUNCTIONS(BIND_DECODER)
  brotli.present = true;
}

bool codec_brotli_present(void)
{
  pthread_once(&brotli_once, brotli_load);
  return brotli.present;
}

typedef struct BrotliState {
  BrotliEncoderState *encoder; /* one of the two */
  BrotliDecoderState *decoder;
  bool encodes;
  char code[96]; /* of the last error */
  size_t count;
  uint32_t parameters[]; /* for a reset */
} BrotliState;

static void brotli_end(BrotliState *b)
{
  if (b->encoder)
    brotli.BrotliEncoderDestroyInstance(b->encoder);
  if (b->decoder)
    brotli.BrotliDecoderDestroyInstance(b->decoder);
  b->encoder = NULL;
  b->decoder = NULL;
}

static void brotli_free(void *state)
{
  brotli_end(state);
  free(state);
}

static CodecError brotli_start(BrotliState *b)
{
  bool ok = true;
  if (b->encodes)
    b->encoder = brotli.BrotliEncoderCreateInstance(NULL, NULL, NULL);
  else
    b->decoder = brotli.BrotliDecoderCreateInstance(NULL, NULL, NULL);
  if (!b->encoder && !b->decoder)
    return CODEC_NO_MEMORY;
  for (size_t k = 0; k < b->count; k++) {
    if (b->parameters[k] == UINT32_MAX)
      continue;
    ok &= b->encodes ? brotli.BrotliEncoderSetParameter(b->encoder, (BrotliEncoderParameter)k, b->parameters[k])
                     : brotli.BrotliDecoderSetParameter(b->decoder, (BrotliDecoderParameter)k, b->parameters[k]);
  }
  return ok ? (CodecError){0} : (CodecError){"Setting parameter failed", "ERR_BROTLI_PARAM_SET_FAILED", -1};
}

static CodecError brotli_reset(void *state)
{
  brotli_end(state);
  return brotli_start(state);
}

static CodecError brotli_run(void *state, CodecIo *io)
{
  BrotliState *b = state;
  if (b->encodes) {
    bool ok = brotli.BrotliEncoderCompressStream(b->encoder, (BrotliEncoderOperation)io->flush, &io->avail_in,
                                                 &io->next_in, &io->avail_out, &io->next_out, NULL);
    return ok ? (CodecError){0} : (CodecError){"Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1};
  }
  BrotliDecoderResult result = brotli.BrotliDecoderDecompressStream(b->decoder, &io->avail_in, &io->next_in,
                                                                    &io->avail_out, &io->next_out, NULL);
  if (result == BROTLI_DECODER_RESULT_ERROR) {
    BrotliDecoderErrorCode error = brotli.BrotliDecoderGetErrorCode(b->decoder);
    const char *name = codec_constant_name(DECODER_PREFIX "_ERROR", (int)error);
    snprintf(b->code, sizeof b->code, "ERR_%s", name ? name + strlen(DECODER_PREFIX) : "_ERROR_UNREACHABLE");
    return (CodecError){"Decompression failed", b->code, (int)error};
  }
  if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && io->flush == BROTLI_OPERATION_FINISH)
    return CODEC_UNEXPECTED_END;
  return (CodecError){0};
}

static const CodecOps brotli_ops = {brotli_run, brotli_reset, brotli_free};

CodecError codec_brotli_init(Codec *codec, CodecMode mode, const uint32_t *parameters, size_t count)
{
  BrotliState *b = calloc(1, sizeof *b + count * sizeof *parameters);
  if (!b)
    return CODEC_NO_MEMORY;
  b->encodes = mode == CODEC_BROTLI_ENCODE;
  b->count = count;
  for (size_t k = 0; k < count; k++)
    b->parameters[k] = parameters[k];
  CodecError error = brotli_start(b);
  if (error.message)
    brotli_free(b);
  else
    *codec = (Codec){&brotli_ops, b};
  return error;
}
