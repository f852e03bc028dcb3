// SPDX-License-Identifier: MIT
/*
 * internalBinding('zlib'): handles over the codecs of runtime/zlib, one a stream. A write feeds input and fills output
 * once, on the thread pool or at once; what is left of both is told through the writeState array.
 *
 * Output that fills its buffer is mostly followed by more. While it has the thread, a write on the pool goes on into a
 * few buffers of its own; the writes that ask for the rest get those and are done at once.
 */
#include "runtime/env.h"
#include "runtime/zlib/codec.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { SPARES = 3, SPARE_MIN = 1 << 14, SPARE_MAX = 1 << 18 };

typedef struct Spare {
  uint8_t *bytes;
  size_t made, avail_in; /* as the write would have told */
} Spare;

typedef struct ZlibWrap {
  uv_work_t work; /* first: the request's address is the wrap's */
  CulmEnv *env;
  Codec codec;
  CodecMode mode;
  CodecIo io;
  CodecError error; /* of the write in hand */
  Spare spares[SPARES];
  const uint8_t *input_end;
  size_t spare_size; /* bytes of the output's buffer, 0: none are made */
  unsigned spare_at, spare_count;
  CodecError spare_error; /* behind the last of them */
  bool busy, close_when_done;
  JsRef *self, *write_state, *after_write, *input, *output;
  JsRef *context; /* the async context of init() */
} ZlibWrap;

static void drop_spares(ZlibWrap *wrap)
{
  for (; wrap->spare_at < wrap->spare_count; wrap->spare_at++)
    free(wrap->spares[wrap->spare_at].bytes);
  wrap->spare_at = wrap->spare_count = 0;
  wrap->spare_error = (CodecError){0};
}

static void end_codec(ZlibWrap *wrap)
{
  drop_spares(wrap);
  codec_free(&wrap->codec);
}

/* A busy stream is referenced by its request, so it cannot die before its work is done. */
static void zlib_finalise(void *native)
{
  ZlibWrap *wrap = native;
  if (!wrap)
    return;
  end_codec(wrap);
  js_ref_free(wrap->self);
  js_ref_free(wrap->write_state);
  js_ref_free(wrap->after_write);
  js_ref_free(wrap->input);
  js_ref_free(wrap->output);
  js_ref_free(wrap->context);
  free(wrap);
}

static const JsHostClass zlib_class = {"Zlib", zlib_finalise};
static const JsHostClass brotli_encoder_class = {"BrotliEncoder", zlib_finalise};
static const JsHostClass brotli_decoder_class = {"BrotliDecoder", zlib_finalise};
static const JsHostClass zstd_compress_class = {"ZstdCompress", zlib_finalise};
static const JsHostClass zstd_decompress_class = {"ZstdDecompress", zlib_finalise};

static ZlibWrap *zlib_this(JsContext *cx, JsValue this_val)
{
  static const JsHostClass *const classes[] = {&zlib_class, &brotli_encoder_class, &brotli_decoder_class,
                                               &zstd_compress_class, &zstd_decompress_class};
  for (size_t k = 0; k < sizeof classes / sizeof classes[0]; k++) {
    ZlibWrap *wrap = js_host_native(this_val, classes[k]);
    if (wrap)
      return wrap;
  }
  js_throw_type_error(cx, "Illegal invocation");
  return NULL;
}

/* --- construction and init --------------------------------------------------------------------------------------- */

static JsValue wrap_new(JsContext *cx, const JsHostClass *cls, CodecMode mode)
{
  ZlibWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  wrap->env = env_of(cx);
  wrap->mode = mode;
  JsValue obj = js_host_new(cx, cls, wrap);
  if (js_is_exception(obj))
    free(wrap);
  return obj;
}

/* new Zlib ( mode ) */
static JsValue zlib_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int mode = arg_int32(argc, argv, 0, 0);
  if (mode < CODEC_DEFLATE || mode > CODEC_UNZIP)
    return js_throw_range_error(cx, "Bad zlib mode");
  return wrap_new(cx, &zlib_class, (CodecMode)mode);
}

static JsValue brotli_encoder_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return wrap_new(cx, &brotli_encoder_class, CODEC_BROTLI_ENCODE);
}

static JsValue brotli_decoder_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return wrap_new(cx, &brotli_decoder_class, CODEC_BROTLI_DECODE);
}

static JsValue zstd_compress_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return wrap_new(cx, &zstd_compress_class, CODEC_ZSTD_COMPRESS);
}

static JsValue zstd_decompress_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return wrap_new(cx, &zstd_decompress_class, CODEC_ZSTD_DECOMPRESS);
}

/* handle.onerror(message, errno, code): inside a call from JavaScript, or through the door. */
static bool report(ZlibWrap *wrap, JsValue self, bool through_door)
{
  JsContext *cx = wrap->env->cx;
  JsValue argv[] = {js_string(cx, wrap->error.message), js_int32(wrap->error.number), js_string(cx, wrap->error.code)};
  if (through_door) {
    env_call_method(wrap->env, self, "onerror", 3, argv);
    return true;
  }
  return !js_is_exception(js_invoke(cx, self, "onerror", 3, argv));
}

/* The wrap of a first init(), its callbacks kept; NULL: exception. */
static ZlibWrap *begin_init(JsContext *cx, JsValue this_val, JsValue write_state, JsValue after_write)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return NULL;
  if (wrap->codec.ops) {
    js_throw_plain_error(cx, "init() was called before");
    return NULL;
  }
  /* The handle holds itself through these only weakly: JavaScript's stream keeps it. */
  env_keep(wrap->env, &wrap->write_state, write_state);
  env_keep(wrap->env, &wrap->after_write, after_write);
  wrap->context = env_context_save(wrap->env, this_val, "ZLIB");
  return wrap;
}

/* init(windowBits, level, memLevel, strategy, writeState, afterWrite, dictionary, oneMember) of zlib's own formats;
 * errors through onerror. init(parameters, writeState, afterWrite) of brotli, init(parameters, pledgedSize, writeState,
 * afterWrite, dictionary) of zstd, with parameters in a Uint32Array: undefined, or what is wrong. */
static JsValue zlib_init(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = begin_init(cx, this_val, js_argument(argc, argv, 4), js_argument(argc, argv, 5));
  if (!wrap)
    return JS_EXCEPTION;
  ZlibParameters parameters = {arg_int32(argc, argv, 0, 15), arg_int32(argc, argv, 1, -1), arg_int32(argc, argv, 2, 8),
                               arg_int32(argc, argv, 3, 0), js_is_true(js_argument(argc, argv, 7))};
  JsView dictionary = {0};
  js_view(js_argument(argc, argv, 6), &dictionary);
  wrap->error = codec_zlib_init(&wrap->codec, wrap->mode, &parameters, dictionary.data, dictionary.byte_length);
  return wrap->error.message && !report(wrap, this_val, false) ? JS_EXCEPTION : JS_UNDEFINED;
}

static const uint32_t *parameter_view(JsValue val, size_t *count)
{
  JsView view;
  bool ok = js_view(val, &view) && view.type == JS_UINT32;
  *count = ok ? view.byte_length / sizeof(uint32_t) : 0;
  return ok ? (const uint32_t *)view.data : NULL;
}

static JsValue init_result(JsContext *cx, const ZlibWrap *wrap)
{
  return wrap->error.message ? js_string(cx, wrap->error.message) : JS_UNDEFINED;
}

static JsValue brotli_init(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = begin_init(cx, this_val, js_argument(argc, argv, 1), js_argument(argc, argv, 2));
  if (!wrap)
    return JS_EXCEPTION;
  if (!codec_brotli_present())
    return js_throw_plain_error(cx, "libbrotlienc and libbrotlidec are not installed");
  size_t count;
  const uint32_t *parameters = parameter_view(js_argument(argc, argv, 0), &count);
  wrap->error = codec_brotli_init(&wrap->codec, wrap->mode, parameters, count);
  return init_result(cx, wrap);
}

static JsValue zstd_init(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = begin_init(cx, this_val, js_argument(argc, argv, 2), js_argument(argc, argv, 3));
  if (!wrap)
    return JS_EXCEPTION;
  if (!codec_zstd_present())
    return js_throw_plain_error(cx, "libzstd is not installed");
  size_t count;
  const uint32_t *parameters = parameter_view(js_argument(argc, argv, 0), &count);
  double pledged = arg_double(argc, argv, 1, -1);
  JsView dictionary = {0};
  js_view(js_argument(argc, argv, 4), &dictionary);
  wrap->error = codec_zstd_init(&wrap->codec, wrap->mode, parameters, count,
                                pledged >= 0 && pledged < 0x1p63 ? (uint64_t)pledged : UINT64_MAX, dictionary.data,
                                dictionary.byte_length);
  return init_result(cx, wrap);
}

/* --- writes ------------------------------------------------------------------------------------------------------ */

static void tell_state(ZlibWrap *wrap)
{
  JsView view;
  if (js_view(env_ref(wrap->write_state), &view) && view.type == JS_UINT32 && view.byte_length >= 8) {
    uint32_t words[2] = {(uint32_t)wrap->io.avail_out, (uint32_t)wrap->io.avail_in};
    memcpy(view.data, words, sizeof words);
  }
}

/* (flush, input, inOffset, inLength, output, outOffset, outLength) into the stream; false with an exception. */
static bool take_write(JsContext *cx, ZlibWrap *wrap, int argc, const JsValue *argv)
{
  JsView in = {0}, out;
  if (!wrap->codec.ops || wrap->busy) {
    js_throw_plain_error(cx, wrap->busy ? "write already in progress" : "write before init");
    return false;
  }
  bool has_input = js_view(js_argument(argc, argv, 1), &in);
  double in_offset = arg_double(argc, argv, 2, 0), in_length = has_input ? arg_double(argc, argv, 3, 0) : 0;
  double out_offset = arg_double(argc, argv, 5, 0), out_length = arg_double(argc, argv, 6, 0);
  if (!js_view(js_argument(argc, argv, 4), &out) || in_offset < 0 || in_length < 0 ||
      in_offset + in_length > (double)in.byte_length || in_length > UINT32_MAX || out_offset < 0 || out_length < 0 ||
      out_offset + out_length > (double)out.byte_length || out_length > UINT32_MAX) {
    js_throw_range_error(cx, "Bad range of a zlib write");
    return false;
  }
  uint8_t *nothing = (uint8_t *)wrap; /* an address: no byte is read or written there */
  wrap->io = (CodecIo){.next_in = has_input && in.data ? in.data + (size_t)in_offset : nothing,
                       .avail_in = (size_t)in_length,
                       .next_out = out.data ? out.data + (size_t)out_offset : nothing,
                       .avail_out = (size_t)out_length,
                       .flush = arg_int32(argc, argv, 0, 0)};
  wrap->input_end = wrap->io.next_in + wrap->io.avail_in;
  wrap->spare_size = out.byte_length >= SPARE_MIN && out.byte_length <= SPARE_MAX ? out.byte_length : 0;
  return true;
}

static void run(ZlibWrap *wrap)
{
  wrap->error = wrap->codec.ops->run(wrap->codec.state, &wrap->io);
}

static JsValue zlib_write_sync(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap || !take_write(cx, wrap, argc, argv))
    return JS_EXCEPTION;
  run(wrap);
  if (wrap->error.message)
    return report(wrap, this_val, false) ? JS_UNDEFINED : JS_EXCEPTION;
  tell_state(wrap);
  return JS_UNDEFINED;
}

static void make_spares(ZlibWrap *wrap)
{
  CodecIo io = wrap->io;
  bool has_failed = wrap->error.message != NULL;
  while (!has_failed && io.avail_out == 0 && wrap->spare_size && wrap->spare_count < SPARES) {
    uint8_t *bytes = malloc(wrap->spare_size);
    if (!bytes)
      break;
    io.next_in = wrap->input_end - io.avail_in;
    io.next_out = bytes;
    io.avail_out = wrap->spare_size;
    wrap->spare_error = wrap->codec.ops->run(wrap->codec.state, &io);
    has_failed = wrap->spare_error.message != NULL;
    if (has_failed)
      free(bytes);
    else
      wrap->spares[wrap->spare_count++] = (Spare){bytes, wrap->spare_size - io.avail_out, io.avail_in};
  }
}

static void on_work(uv_work_t *work)
{
  ZlibWrap *wrap = (ZlibWrap *)work;
  run(wrap);
  make_spares(wrap);
}

/* The write that asks for what a spare holds. */
static JsValue write_from_spare(JsContext *cx, ZlibWrap *wrap, JsValue this_val)
{
  if (wrap->spare_at == wrap->spare_count) {
    wrap->error = wrap->spare_error;
    drop_spares(wrap);
    return report(wrap, this_val, false) ? JS_UNDEFINED : JS_EXCEPTION;
  }
  Spare *spare = &wrap->spares[wrap->spare_at];
  if (spare->made > wrap->io.avail_out)
    return js_throw_range_error(cx, "Bad range of a zlib write");
  memcpy(wrap->io.next_out, spare->bytes, spare->made);
  free(spare->bytes);
  wrap->spare_at++;
  wrap->io.avail_out -= spare->made;
  wrap->io.avail_in = spare->avail_in;
  if (wrap->spare_at == wrap->spare_count && !wrap->spare_error.message)
    drop_spares(wrap);
  tell_state(wrap);
  return js_call(cx, env_ref(wrap->after_write), this_val, 0, NULL);
}

static void let_go(JsRef **ref)
{
  js_ref_free(*ref);
  *ref = NULL;
}

static void on_done(uv_work_t *work, int status)
{
  ZlibWrap *wrap = (ZlibWrap *)work;
  CulmEnv *env = wrap->env;
  JsValue self = env_ref(wrap->self);
  wrap->busy = false;
  let_go(&wrap->self);
  let_go(&wrap->input);
  let_go(&wrap->output);
  if (wrap->close_when_done) {
    end_codec(wrap);
    return;
  }
  if (status < 0)
    wrap->error = (CodecError){"Zlib error", "Z_STREAM_ERROR", Z_STREAM_ERROR};
  JsValue before = js_async_context(env->cx);
  js_set_async_context(env->cx, env_ref(wrap->context));
  if (wrap->error.message) {
    report(wrap, self, true);
  } else {
    tell_state(wrap);
    env_call(env, env_ref(wrap->after_write), self, 0, NULL, NULL);
  }
  js_set_async_context(env->cx, before);
}

static JsValue zlib_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap || !take_write(cx, wrap, argc, argv))
    return JS_EXCEPTION;
  if (wrap->spare_at < wrap->spare_count || wrap->spare_error.message)
    return write_from_spare(cx, wrap, this_val);
  env_keep(wrap->env, &wrap->self, this_val);
  JsView lent; /* the pool reads and writes them: what is in flight must survive that a buffer is detached */
  js_view_lend(js_argument(argc, argv, 1), &lent);
  js_view_lend(js_argument(argc, argv, 4), &lent);
  env_keep(wrap->env, &wrap->input, js_argument(argc, argv, 1));
  env_keep(wrap->env, &wrap->output, js_argument(argc, argv, 4));
  int error = uv_queue_work(&wrap->env->loop, &wrap->work, on_work, on_done);
  if (error)
    return uv_error_throw(cx, error, "zlib", NULL, NULL);
  wrap->busy = true;
  return JS_UNDEFINED;
}

/* --- the rest ---------------------------------------------------------------------------------------------------- */

static JsValue zlib_params(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (!wrap->codec.ops || wrap->busy)
    return JS_UNDEFINED;
  wrap->error = codec_zlib_params(&wrap->codec, arg_int32(argc, argv, 0, -1), arg_int32(argc, argv, 1, 0));
  return wrap->error.message && !report(wrap, this_val, false) ? JS_EXCEPTION : JS_UNDEFINED;
}

static JsValue zlib_reset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->busy)
    return js_throw_plain_error(cx, "Cannot reset zlib stream while a write is in progress");
  if (!wrap->codec.ops)
    return JS_UNDEFINED;
  drop_spares(wrap);
  wrap->error = wrap->codec.ops->reset(wrap->codec.state);
  return wrap->error.message && !report(wrap, this_val, false) ? JS_EXCEPTION : JS_UNDEFINED;
}

static JsValue zlib_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->busy)
    wrap->close_when_done = true;
  else
    end_codec(wrap);
  return JS_UNDEFINED;
}

/* hasBrotli(), hasZstd(): is the library on this machine? */
static JsValue zlib_has_brotli(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(codec_brotli_present());
}

static JsValue zlib_has_zstd(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(codec_zstd_present());
}

/* crc32(data, value) */
static JsValue zlib_crc32(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uLong crc = (uLong)arg_double(argc, argv, 1, 0);
  JsView view;
  if (js_view(js_argument(argc, argv, 0), &view))
    return js_number((double)(uint32_t)crc32_z(crc, view.data ? view.data : (const Bytef *)"", view.byte_length));
  size_t length;
  char *text = js_to_utf8(cx, js_argument(argc, argv, 0), &length);
  if (!text)
    return JS_EXCEPTION;
  crc = crc32_z(crc, (const Bytef *)text, length);
  free(text);
  return js_number((double)(uint32_t)crc);
}

/* clang-format off */
#define COMMON_METHODS {"write", zlib_write, 7}, {"writeSync", zlib_write_sync, 7}, {"reset", zlib_reset, 0}, \
    {"close", zlib_close, 0}, {0}
/* clang-format on */

JsValue binding_zlib(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"crc32", zlib_crc32, 2}, {"hasBrotli", zlib_has_brotli, 0}, {"hasZstd", zlib_has_zstd, 0}, {0}};
  static const JsFunctionRow zlib_methods[] = {{"init", zlib_init, 7}, {"params", zlib_params, 2}, COMMON_METHODS};
  static const JsFunctionRow brotli_methods[] = {{"init", brotli_init, 3}, COMMON_METHODS};
  static const JsFunctionRow zstd_methods[] = {{"init", zstd_init, 5}, COMMON_METHODS};
  static const struct {
    const JsHostClass *cls;
    JsFunctionCallback constructor;
    const JsFunctionRow *methods;
  } classes[] = {
      {&zlib_class, zlib_new, zlib_methods},
      {&brotli_encoder_class, brotli_encoder_new, brotli_methods},
      {&brotli_decoder_class, brotli_decoder_new, brotli_methods},
      {&zstd_compress_class, zstd_compress_new, zstd_methods},
      {&zstd_decompress_class, zstd_decompress_new, zstd_methods},
  };
  JsValue binding = binding_new(cx, rows);
  if (js_is_exception(binding))
    return JS_EXCEPTION;
  for (size_t k = 0; k < sizeof classes / sizeof classes[0]; k++) {
    JsValue ctor = js_host_class_new(cx, classes[k].cls, classes[k].constructor, 1, classes[k].methods);
    if (js_is_exception(ctor) || !js_set(cx, binding, classes[k].cls->name, ctor))
      return JS_EXCEPTION;
  }
  return binding;
}
