// SPDX-License-Identifier: MIT
/*
 * internalBinding('zlib'): deflate, inflate and their gzip and raw forms, one handle a stream. A write feeds input and
 * fills output once, on the thread pool or at once; what is left of both is told through the writeState array.
 */
#include "runtime/env.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef enum {
  ZLIB_NONE,
  ZLIB_DEFLATE,
  ZLIB_INFLATE,
  ZLIB_GZIP,
  ZLIB_GUNZIP,
  ZLIB_DEFLATERAW,
  ZLIB_INFLATERAW,
  ZLIB_UNZIP
} ZlibMode;

typedef struct ZlibWrap {
  uv_work_t work; /* first: the request's address is the wrap's */
  CulmEnv *env;
  z_stream stream;
  ZlibMode mode;
  int level, window_bits, mem_level, strategy;
  int flush;
  int error;
  bool ready, busy, close_when_done;
  bool sniffed; /* UNZIP has seen what it is given */
  uint8_t *dictionary;
  size_t dictionary_size;
  JsRef *self, *write_state, *after_write, *input, *output;
} ZlibWrap;

static void zlib_end(ZlibWrap *wrap)
{
  if (!wrap->ready)
    return;
  wrap->ready = false;
  if (wrap->mode == ZLIB_DEFLATE || wrap->mode == ZLIB_GZIP || wrap->mode == ZLIB_DEFLATERAW)
    deflateEnd(&wrap->stream);
  else
    inflateEnd(&wrap->stream);
}

static void zlib_free(ZlibWrap *wrap)
{
  zlib_end(wrap);
  js_ref_free(wrap->self);
  js_ref_free(wrap->write_state);
  js_ref_free(wrap->after_write);
  js_ref_free(wrap->input);
  js_ref_free(wrap->output);
  free(wrap->dictionary);
  free(wrap);
}

/* A busy stream is referenced by its request, so it cannot die before its work is done. */
static void zlib_finalise(void *native)
{
  if (native)
    zlib_free(native);
}

static const JsHostClass zlib_class = {"Zlib", zlib_finalise};

/* --- the work, on any thread
 * ---------------------------------------------------------------------------------------------- */

static bool is_deflating(const ZlibWrap *wrap)
{
  return wrap->mode == ZLIB_DEFLATE || wrap->mode == ZLIB_GZIP || wrap->mode == ZLIB_DEFLATERAW;
}

static int reset_stream(ZlibWrap *wrap)
{
  int error = is_deflating(wrap) ? deflateReset(&wrap->stream) : inflateReset(&wrap->stream);
  if (error == Z_OK && wrap->dictionary && (wrap->mode == ZLIB_DEFLATE || wrap->mode == ZLIB_DEFLATERAW))
    error = deflateSetDictionary(&wrap->stream, wrap->dictionary, (uInt)wrap->dictionary_size);
  return error;
}

static void run_inflate(ZlibWrap *wrap)
{
  z_stream *s = &wrap->stream;
  if (wrap->mode == ZLIB_UNZIP && !wrap->sniffed && s->avail_in > 0) {
    wrap->sniffed = true;
    if (s->next_in[0] == 0x1f)
      wrap->mode = ZLIB_GUNZIP;
  }
  wrap->error = inflate(s, wrap->flush);
  if (wrap->mode != ZLIB_INFLATERAW && wrap->error == Z_NEED_DICT && wrap->dictionary) {
    wrap->error = inflateSetDictionary(s, wrap->dictionary, (uInt)wrap->dictionary_size);
    if (wrap->error == Z_OK)
      wrap->error = inflate(s, wrap->flush);
    else if (wrap->error == Z_DATA_ERROR)
      wrap->error = Z_NEED_DICT;
  }
  /* Gzip files may be members one after the other; zeroes behind them are padding. */
  while (s->avail_in > 0 && wrap->mode == ZLIB_GUNZIP && wrap->error == Z_STREAM_END && s->next_in[0] != 0) {
    reset_stream(wrap);
    wrap->error = inflate(s, wrap->flush);
  }
}

static void run(ZlibWrap *wrap)
{
  if (is_deflating(wrap))
    wrap->error = deflate(&wrap->stream, wrap->flush);
  else
    run_inflate(wrap);
}

/* --- errors
 * --------------------------------------------------------------------------------------------------------------- */

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

/* What is wrong after a write; NULL when nothing is. */
static const char *write_problem(const ZlibWrap *wrap)
{
  switch (wrap->error) {
  case Z_OK:
  case Z_BUF_ERROR: return wrap->stream.avail_out != 0 && wrap->flush == Z_FINISH ? "unexpected end of file" : NULL;
  case Z_STREAM_END: return NULL;
  case Z_NEED_DICT: return wrap->dictionary ? "Bad dictionary" : "Missing dictionary";
  default: return wrap->stream.msg ? wrap->stream.msg : "Zlib error";
  }
}

/* handle.onerror(message, errno, code): inside a call from JavaScript when cx is given, else through the door. */
static bool report(ZlibWrap *wrap, JsValue self, const char *message, bool through_door)
{
  JsContext *cx = wrap->env->cx;
  int error = wrap->error == Z_OK && strcmp(message, "unexpected end of file") == 0 ? Z_BUF_ERROR : wrap->error;
  JsValue argv[] = {js_string(cx, message), js_int32(error), js_string(cx, code_name(error))};
  if (through_door) {
    env_call_method(wrap->env, self, "onerror", 3, argv);
    return true;
  }
  return !js_is_exception(js_invoke(cx, self, "onerror", 3, argv));
}

static void tell_state(ZlibWrap *wrap)
{
  JsView view;
  if (js_view(env_ref(wrap->write_state), &view) && view.type == JS_UINT32 && view.byte_length >= 8) {
    uint32_t words[2] = {wrap->stream.avail_out, wrap->stream.avail_in};
    memcpy(view.data, words, sizeof words);
  }
}

/* --- methods
 * ----------------------------------------------------------------------------------------------------------------- */

static ZlibWrap *zlib_this(JsContext *cx, JsValue this_val)
{
  ZlibWrap *wrap = js_host_native(this_val, &zlib_class);
  if (!wrap)
    js_throw_type_error(cx, "Illegal invocation");
  return wrap;
}

static JsValue zlib_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int mode = arg_int32(argc, argv, 0, 0);
  if (mode < ZLIB_DEFLATE || mode > ZLIB_UNZIP)
    return js_throw_range_error(cx, "Bad zlib mode");
  ZlibWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  wrap->env = env_of(cx);
  wrap->mode = (ZlibMode)mode;
  JsValue obj = js_host_new(cx, &zlib_class, wrap);
  if (js_is_exception(obj))
    free(wrap);
  return obj;
}

static int start_stream(ZlibWrap *wrap)
{
  int bits = wrap->window_bits;
  switch (wrap->mode) {
  case ZLIB_GZIP:
  case ZLIB_GUNZIP: bits += 16; break;
  case ZLIB_UNZIP: bits += 32; break;
  case ZLIB_DEFLATERAW:
    /* zlib cannot write raw data with a window of 256 bytes; 512 can be read with it. */
    bits = bits == 8 ? -9 : -bits;
    break;
  case ZLIB_INFLATERAW: bits = -bits; break;
  default: break;
  }
  return is_deflating(wrap)
             ? deflateInit2(&wrap->stream, wrap->level, Z_DEFLATED, bits, wrap->mem_level, wrap->strategy)
             : inflateInit2(&wrap->stream, bits);
}

/* init(windowBits, level, memLevel, strategy, writeState, afterWrite, dictionary) */
static JsValue zlib_init(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->ready)
    return js_throw_plain_error(cx, "init() was called before");
  wrap->window_bits = arg_int32(argc, argv, 0, 15);
  wrap->level = arg_int32(argc, argv, 1, -1);
  wrap->mem_level = arg_int32(argc, argv, 2, 8);
  wrap->strategy = arg_int32(argc, argv, 3, 0);
  env_keep(wrap->env, &wrap->write_state, js_argument(argc, argv, 4));
  env_keep(wrap->env, &wrap->after_write, js_argument(argc, argv, 5));
  /* The handle holds itself through these only weakly: JavaScript's stream keeps it. */
  JsView dictionary;
  if (js_view(js_argument(argc, argv, 6), &dictionary) && dictionary.byte_length) {
    wrap->dictionary = malloc(dictionary.byte_length);
    if (!wrap->dictionary)
      return js_throw_range_error(cx, "Out of memory");
    memcpy(wrap->dictionary, dictionary.data, dictionary.byte_length);
    wrap->dictionary_size = dictionary.byte_length;
  }
  wrap->error = start_stream(wrap);
  if (wrap->error != Z_OK)
    return report(wrap, this_val, "Init error", false) ? JS_UNDEFINED : JS_EXCEPTION;
  wrap->ready = true;
  if (wrap->dictionary) {
    if (wrap->mode == ZLIB_DEFLATE || wrap->mode == ZLIB_DEFLATERAW)
      wrap->error = deflateSetDictionary(&wrap->stream, wrap->dictionary, (uInt)wrap->dictionary_size);
    else if (wrap->mode == ZLIB_INFLATERAW)
      wrap->error = inflateSetDictionary(&wrap->stream, wrap->dictionary, (uInt)wrap->dictionary_size);
    if (wrap->error != Z_OK)
      return report(wrap, this_val, "Failed to set dictionary", false) ? JS_UNDEFINED : JS_EXCEPTION;
  }
  return JS_UNDEFINED;
}

/* (flush, input, inOffset, inLength, output, outOffset, outLength) into the stream; false with an exception. */
static bool take_write(JsContext *cx, ZlibWrap *wrap, int argc, const JsValue *argv)
{
  JsView in = {0}, out;
  if (!wrap->ready || wrap->busy) {
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
  wrap->flush = arg_int32(argc, argv, 0, 0);
  wrap->stream.next_in = has_input && in.data ? in.data + (size_t)in_offset : (Bytef *)"";
  wrap->stream.avail_in = (uInt)in_length;
  wrap->stream.next_out = out.data ? out.data + (size_t)out_offset : (Bytef *)"";
  wrap->stream.avail_out = (uInt)out_length;
  return true;
}

static JsValue zlib_write_sync(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap || !take_write(cx, wrap, argc, argv))
    return JS_EXCEPTION;
  run(wrap);
  const char *problem = write_problem(wrap);
  if (problem)
    return report(wrap, this_val, problem, false) ? JS_UNDEFINED : JS_EXCEPTION;
  tell_state(wrap);
  return JS_UNDEFINED;
}

static void on_work(uv_work_t *work)
{
  run((ZlibWrap *)work);
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
  env->requests--;
  wrap->busy = false;
  let_go(&wrap->self);
  let_go(&wrap->input);
  let_go(&wrap->output);
  if (wrap->close_when_done) {
    zlib_end(wrap);
    return;
  }
  if (status < 0)
    wrap->error = Z_STREAM_ERROR;
  const char *problem = write_problem(wrap);
  if (problem) {
    report(wrap, self, problem, true);
    return;
  }
  tell_state(wrap);
  env_call(env, env_ref(wrap->after_write), self, 0, NULL, NULL);
}

static JsValue zlib_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap || !take_write(cx, wrap, argc, argv))
    return JS_EXCEPTION;
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
  wrap->env->requests++;
  return JS_UNDEFINED;
}

static JsValue zlib_params(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->error = Z_OK;
  if (wrap->ready && !wrap->busy && is_deflating(wrap)) {
    wrap->stream.avail_in = 0;
    wrap->error = deflateParams(&wrap->stream, arg_int32(argc, argv, 0, -1), arg_int32(argc, argv, 1, 0));
  }
  if (wrap->error != Z_OK && wrap->error != Z_BUF_ERROR)
    return report(wrap, this_val, "Failed to set parameters", false) ? JS_UNDEFINED : JS_EXCEPTION;
  return JS_UNDEFINED;
}

static JsValue zlib_reset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->error = wrap->ready && !wrap->busy ? reset_stream(wrap) : Z_OK;
  if (wrap->error != Z_OK)
    return report(wrap, this_val, "Failed to reset stream", false) ? JS_UNDEFINED : JS_EXCEPTION;
  return JS_UNDEFINED;
}

static JsValue zlib_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  ZlibWrap *wrap = zlib_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->busy)
    wrap->close_when_done = true;
  else
    zlib_end(wrap);
  return JS_UNDEFINED;
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

JsValue binding_zlib(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {{"crc32", zlib_crc32, 2}, {0}};
  static const JsFunctionRow methods[] = {
      {"init", zlib_init, 7},
      {"write", zlib_write, 7},
      {"writeSync", zlib_write_sync, 7},
      {"params", zlib_params, 2},
      {"reset", zlib_reset, 0},
      {"close", zlib_close, 0},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  JsValue ctor = js_host_class_new(cx, &zlib_class, zlib_new, 1, methods);
  if (js_is_exception(binding) || js_is_exception(ctor) || !js_set(cx, binding, "Zlib", ctor))
    return JS_EXCEPTION;
  return binding;
}
