// SPDX-License-Identifier: MIT
/* Zstandard: libzstd, loaded when a program first asks for it. */
#include "runtime/zlib/codec.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#define ZSTD_FUNCTIONS(V)                                                                                              \
  V(ZSTD_createCCtx)                                                                                                   \
  V(ZSTD_freeCCtx)                                                                                                     \
  V(ZSTD_CCtx_setParameter)                                                                                            \
  V(ZSTD_CCtx_setPledgedSrcSize)                                                                                       \
  V(ZSTD_CCtx_loadDictionary)                                                                                          \
  V(ZSTD_CCtx_reset)                                                                                                   \
  V(ZSTD_compressStream2)                                                                                              \
  V(ZSTD_createDCtx)                                                                                                   \
  V(ZSTD_freeDCtx)                                                                                                     \
  V(ZSTD_DCtx_setParameter)                                                                                            \
  V(ZSTD_DCtx_loadDictionary)                                                                                          \
  V(ZSTD_DCtx_reset)                                                                                                   \
  V(ZSTD_decompressStream)                                                                                             \
  V(ZSTD_getErrorCode)                                                                                                 \
  V(ZSTD_getErrorString)                                                                                               \
  V(ZSTD_isError)

/* Immutable after init: written inside pthread_once only. */
static struct {
#define FIELD(name) __typeof__(name) *name;
  ZSTD_FUNCTIONS(FIELD)
#undef FIELD
  bool present;
} zstd;
static pthread_once_t zstd_once = PTHREAD_ONCE_INIT;

static void zstd_load(void)
{
  void *library = dlopen("libzstd.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return;
#define BIND(name)                                                                                                     \
  *(void **)&zstd.name = dlsym(library, #name);                                                                        \
  if (!zstd.name)                                                                                                      \
    return;
  ZSTD_FUNCTIONS(BIND)
#undef BIND
  zstd.present = true;
}

bool codec_zstd_present(void)
{
  pthread_once(&zstd_once, zstd_load);
  return zstd.present;
}

typedef struct ZstdState {
  ZSTD_CCtx *compressor; /* one of the two */
  ZSTD_DCtx *decompressor;
  uint64_t pledged_size;
  bool between_frames; /* all input so far was whole frames, at least one */
} ZstdState;

static CodecError zstd_error(size_t result)
{
  if (!zstd.ZSTD_isError(result))
    return (CodecError){0};
  ZSTD_ErrorCode number = zstd.ZSTD_getErrorCode(result);
  return (CodecError){zstd.ZSTD_getErrorString(number), codec_constant_name("ZSTD_error_", (int)number), (int)number};
}

static void zstd_free(void *state)
{
  ZstdState *z = state;
  if (z->compressor)
    zstd.ZSTD_freeCCtx(z->compressor);
  if (z->decompressor)
    zstd.ZSTD_freeDCtx(z->decompressor);
  free(z);
}

static CodecError zstd_reset(void *state)
{
  ZstdState *z = state;
  z->between_frames = false;
  if (z->decompressor)
    return zstd_error(zstd.ZSTD_DCtx_reset(z->decompressor, ZSTD_reset_session_only));
  CodecError error = zstd_error(zstd.ZSTD_CCtx_reset(z->compressor, ZSTD_reset_session_only));
  if (!error.message && z->pledged_size != UINT64_MAX)
    error = zstd_error(zstd.ZSTD_CCtx_setPledgedSrcSize(z->compressor, z->pledged_size));
  return error;
}

/* Does another frame, plain or skippable, start here? */
static bool is_frame(const uint8_t *bytes, size_t count)
{
  if (count < 4)
    return false;
  uint32_t magic = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
  return magic == ZSTD_MAGICNUMBER || (magic & 0xfffffff0u) == ZSTD_MAGIC_SKIPPABLE_START;
}

static CodecError zstd_run(void *state, CodecIo *io)
{
  ZstdState *z = state;
  ZSTD_inBuffer in = {io->next_in, io->avail_in, 0};
  ZSTD_outBuffer out = {io->next_out, io->avail_out, 0};
  size_t left;
  if (z->compressor) {
    left = zstd.ZSTD_compressStream2(z->compressor, &out, &in, (ZSTD_EndDirective)io->flush);
  } else if (z->between_frames && in.size == 0) {
    left = 0; /* a frame that does not begin lacks nothing */
  } else {
    do
      left = zstd.ZSTD_decompressStream(z->decompressor, &out, &in);
    while (!zstd.ZSTD_isError(left) && out.pos < out.size && in.pos < in.size &&
           (left != 0 || is_frame(io->next_in + in.pos, in.size - in.pos)));
  }
  io->next_in += in.pos;
  io->avail_in -= in.pos;
  io->next_out += out.pos;
  io->avail_out -= out.pos;
  CodecError error = zstd_error(left);
  z->between_frames = left == 0;
  if (!error.message && z->decompressor && left != 0 && io->flush == ZSTD_e_end && io->avail_in == 0 &&
      io->avail_out != 0)
    return CODEC_UNEXPECTED_END;
  return error;
}

static const CodecOps zstd_ops = {zstd_run, zstd_reset, zstd_free};

static CodecError set_parameters(ZstdState *z, const uint32_t *parameters, size_t count)
{
  for (size_t k = 0; k < count; k++) {
    if (parameters[k] == UINT32_MAX)
      continue;
    size_t result = z->compressor
                        ? zstd.ZSTD_CCtx_setParameter(z->compressor, (ZSTD_cParameter)k, (int)parameters[k])
                        : zstd.ZSTD_DCtx_setParameter(z->decompressor, (ZSTD_dParameter)k, (int)parameters[k]);
    if (zstd.ZSTD_isError(result))
      return (CodecError){"Setting parameter failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1};
  }
  return (CodecError){0};
}

CodecError codec_zstd_init(Codec *codec, CodecMode mode, const uint32_t *parameters, size_t count,
                           uint64_t pledged_size, const uint8_t *dictionary, size_t dictionary_size)
{
  ZstdState *z = calloc(1, sizeof *z);
  if (!z)
    return CODEC_NO_MEMORY;
  z->pledged_size = pledged_size;
  if (mode == CODEC_ZSTD_COMPRESS)
    z->compressor = zstd.ZSTD_createCCtx();
  else
    z->decompressor = zstd.ZSTD_createDCtx();
  CodecError error = z->compressor || z->decompressor ? set_parameters(z, parameters, count) : CODEC_NO_MEMORY;
  if (!error.message && z->compressor && pledged_size != UINT64_MAX)
    error = zstd_error(zstd.ZSTD_CCtx_setPledgedSrcSize(z->compressor, pledged_size));
  if (!error.message && dictionary_size)
    error = zstd_error(z->compressor ? zstd.ZSTD_CCtx_loadDictionary(z->compressor, dictionary, dictionary_size)
                                     : zstd.ZSTD_DCtx_loadDictionary(z->decompressor, dictionary, dictionary_size));
  if (error.message)
    zstd_free(z);
  else
    *codec = (Codec){&zstd_ops, z};
  return error;
}
