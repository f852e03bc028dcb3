// SPDX-License-Identifier: MIT
/*
 * internalBinding('crypto'), and what its parts share: bytes, OpenSSL's errors, jobs. The parts are crypto_*.c.
 */
#include "runtime/crypto.h"
#include "runtime/openssl_error.h"

#include <stdlib.h>
#include <string.h>

bool crypto_ready(JsContext *cx)
{
  if (openssl_get())
    return true;
  js_throw_plain_error(cx, "OpenSSL 3 (libcrypto.so.3) cannot be loaded");
  return false;
}

/* --- bytes ---------------------------------------------------------------------------------------------------------*/

static bool is_ascii(const uint8_t *units, size_t length)
{
  uint8_t all = 0;
  for (size_t k = 0; k < length; k++)
    all |= units[k];
  return all < 0x80;
}

bool crypto_bytes(JsContext *cx, JsValue val, CryptoBytes *out)
{
  *out = (CryptoBytes){(const uint8_t *)"", 0, NULL};
  if (js_value_is_string(val)) {
    JsStringView view = js_string_view(cx, val);
    if (!view.is_wide && is_ascii(view.units, view.length)) {
      out->data = view.units;
      out->size = view.length;
      return true;
    }
    out->owned = js_to_utf8(cx, val, &out->size);
    out->data = (const uint8_t *)out->owned;
    return out->owned != NULL;
  }
  JsView view;
  if (!js_view(val, &view)) {
    js_throw_type_error(cx, "argument must be a buffer");
    return false;
  }
  if (view.data) {
    out->data = view.data;
    out->size = view.byte_length;
  }
  return true;
}

void crypto_bytes_free(CryptoBytes *bytes)
{
  if (bytes->owned)
    explicit_bzero(bytes->owned, bytes->size);
  free(bytes->owned);
}

bool crypto_block_alloc(CryptoBlock *out, size_t size)
{
  *out = (CryptoBlock){calloc(1, size + 1), size};
  return out->data != NULL;
}

bool crypto_block_copy(JsContext *cx, JsValue val, CryptoBlock *out)
{
  *out = (CryptoBlock){0};
  if (js_is_undefined(val) || js_is_null(val))
    return true;
  CryptoBytes bytes;
  if (!crypto_bytes(cx, val, &bytes))
    return false;
  bool done = crypto_block_alloc(out, bytes.size);
  if (done)
    memcpy(out->data, bytes.data, bytes.size);
  else
    crypto_throw_memory(cx);
  crypto_bytes_free(&bytes);
  return done;
}

void crypto_block_free(CryptoBlock *block)
{
  if (block->data)
    explicit_bzero(block->data, block->size);
  free(block->data);
  *block = (CryptoBlock){0};
}

JsValue crypto_block_array(JsContext *cx, const CryptoBlock *block)
{
  return rt_bytes_new(cx, block->data, block->size);
}

JsValue crypto_object(JsContext *cx, const JsHostClass *cls, void *native)
{
  JsValue binding = env_binding(env_of(cx), js_intern(cx, "crypto"));
  JsValue ctor = js_is_exception(binding) ? binding : js_get(cx, binding, cls->name);
  return js_is_exception(ctor) ? ctor : js_host_new_of(cx, ctor, cls, native);
}

bool crypto_name(JsContext *cx, JsValue val, char *out, size_t cap)
{
  if (!js_value_is_string(val) || js_string_utf8_size(cx, val) >= cap)
    return false;
  out[js_string_write_utf8(cx, val, out, cap - 1)] = '\0';
  return true;
}

BIGNUM *crypto_bignum(JsContext *cx, JsValue val)
{
  CryptoBytes bytes;
  if (!crypto_bytes(cx, val, &bytes))
    return NULL;
  BIGNUM *bn = bytes.size <= INT32_MAX ? ossl->BN_bin2bn(bytes.data, (int)bytes.size, NULL) : NULL;
  crypto_bytes_free(&bytes);
  if (!bn)
    crypto_throw_memory(cx);
  return bn;
}

JsValue crypto_bignum_array(JsContext *cx, const BIGNUM *bn, size_t size)
{
  void *data;
  size_t needed = bn ? ((size_t)ossl->BN_num_bits(bn) + 7) / 8 : 0;
  if (size < needed)
    size = needed;
  JsValue array = rt_typed_array_new(cx, JS_UINT8, size, &data);
  if (!js_is_exception(array) && size && bn)
    ossl->BN_bn2binpad(bn, data, (int)size);
  return array;
}

static long bio_bytes(BIO *bio, char **data)
{
  return ossl->BIO_ctrl(bio, BIO_CTRL_INFO, 0, data);
}

JsValue crypto_bio_string(JsContext *cx, BIO *bio)
{
  char *data = NULL;
  long size = bio_bytes(bio, &data);
  return js_string_utf8(cx, data, size > 0 ? (size_t)size : 0);
}

JsValue crypto_bio_array(JsContext *cx, BIO *bio)
{
  char *data = NULL;
  long size = bio_bytes(bio, &data);
  return rt_bytes_new(cx, data, size > 0 ? (size_t)size : 0);
}

/* --- errors --------------------------------------------------------------------------------------------------------*/

void crypto_error_take(CryptoError *error)
{
  error->count = 0;
  unsigned long code;
  while ((code = ossl->ERR_get_error()))
    if (error->count < CRYPTO_ERROR_MAX)
      error->codes[error->count++] = code;
}

void crypto_raise(int library, int reason)
{
  ossl->ERR_new();
  ossl->ERR_set_error(library, reason, NULL);
}

static JsValue error_text(JsContext *cx, unsigned long code)
{
  char text[256];
  ossl->ERR_error_string_n(code, text, sizeof text);
  return js_string(cx, text);
}

static JsValue error_stack(JsContext *cx, const unsigned long *codes, int count)
{
  JsValue array = js_array_new(cx, 0, NULL);
  if (js_is_exception(array))
    return array;
  for (int k = count - 1; k >= 0; k--) {
    JsValue text = error_text(cx, codes[k]);
    if (js_is_exception(text) || !js_array_push(cx, array, text))
      return JS_EXCEPTION;
  }
  return array;
}

/* The error with its own message, or with `message`; then all of the queue is in opensslErrorStack. */
static JsValue openssl_error(JsContext *cx, const CryptoError *error, JsValue message, int stack_from)
{
  JsValue obj = js_error_new(cx, "Error", message);
  if (js_is_exception(obj))
    return obj;
  if (error->count > stack_from) {
    JsValue stack = error_stack(cx, error->codes + stack_from, error->count - stack_from);
    if (js_is_exception(stack) || !js_set(cx, obj, "opensslErrorStack", stack))
      return JS_EXCEPTION;
  }
  return !error->count || openssl_error_describe(cx, ossl, obj, error->codes[0], false) ? obj : JS_EXCEPTION;
}

JsValue crypto_error_new(JsContext *cx, const CryptoError *error, const char *fallback)
{
  JsValue message = error->count ? error_text(cx, error->codes[0]) : js_string(cx, fallback);
  return js_is_exception(message) ? message : openssl_error(cx, error, message, 1);
}

JsValue crypto_throw(JsContext *cx, const char *fallback)
{
  CryptoError error;
  crypto_error_take(&error);
  JsValue obj = crypto_error_new(cx, &error, fallback);
  return js_is_exception(obj) ? obj : js_throw(cx, obj);
}

static JsValue throw_whole(JsContext *cx, const char *fallback, bool is_named)
{
  CryptoError error;
  crypto_error_take(&error);
  JsValue message = error.count && !is_named ? error_text(cx, error.codes[0]) : js_string(cx, fallback);
  JsValue obj = js_is_exception(message) ? message : openssl_error(cx, &error, message, 0);
  return js_is_exception(obj) ? obj : js_throw(cx, obj);
}

JsValue crypto_throw_whole(JsContext *cx, const char *fallback)
{
  return throw_whole(cx, fallback, false);
}

JsValue crypto_throw_named(JsContext *cx, const char *message)
{
  return throw_whole(cx, message, true);
}

static JsValue coded_error(JsContext *cx, const char *type, const char *code, const char *message)
{
  JsValue text = js_string(cx, message);
  JsValue obj = js_is_exception(text) ? text : js_error_new(cx, type, text);
  return js_is_exception(obj) || !code || js_set(cx, obj, "code", js_string(cx, code)) ? obj : JS_EXCEPTION;
}

JsValue crypto_throw_coded(JsContext *cx, const char *type, const char *code, const char *message)
{
  ossl->ERR_clear_error();
  JsValue obj = coded_error(cx, type, code, message);
  return js_is_exception(obj) ? obj : js_throw(cx, obj);
}

JsValue crypto_throw_operation(JsContext *cx, const char *message)
{
  CryptoError error;
  crypto_error_take(&error);
  if (!error.count)
    return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", message);
  error.count = 1;
  JsValue obj = crypto_error_new(cx, &error, message);
  return js_is_exception(obj) ? obj : js_throw(cx, obj);
}

JsValue crypto_throw_memory(JsContext *cx)
{
  return js_throw_range_error(cx, "Out of memory");
}

/* --- jobs ----------------------------------------------------------------------------------------------------------*/

void *crypto_job_new(JsContext *cx, const CryptoJobKind *kind)
{
  CryptoJob *job = crypto_ready(cx) ? calloc(1, kind->size) : NULL;
  if (job) {
    job->kind = kind;
    job->env = env_of(cx);
  } else if (!js_exception_pending(cx)) {
    crypto_throw_memory(cx);
  }
  return job;
}

void crypto_job_free(CryptoJob *job)
{
  if (job->kind->free)
    job->kind->free(job);
  js_ref_free(job->req);
  js_ref_free(job->context);
  free(job);
}

static void job_run(CryptoJob *job)
{
  ossl->ERR_clear_error();
  job->done = job->kind->run(job);
  if (job->done)
    ossl->ERR_clear_error();
  else
    crypto_error_take(&job->error);
}

static JsValue job_error(JsContext *cx, CryptoJob *job)
{
  if (job->message)
    return coded_error(cx, "Error", job->code, job->message);
  if (!job->kind->plain_failure)
    return crypto_error_new(cx, &job->error, job->kind->failure);
  JsValue message = js_string(cx, job->kind->failure);
  return js_is_exception(message) ? message : openssl_error(cx, &job->error, message, 0);
}

static void on_job(uv_work_t *work)
{
  job_run((CryptoJob *)work);
}

static void on_job_done(uv_work_t *work, int status)
{
  CryptoJob *job = (CryptoJob *)work;
  CulmEnv *env = job->env;
  JsContext *cx = env->cx;
  JsValue args[2] = {JS_NULL, JS_UNDEFINED}, req = env_ref(job->req);
  bool done = status == 0 && job->done;
  args[done] = done ? job->kind->result(cx, job) : job_error(cx, job);
  if (js_is_exception(args[done])) {
    args[0] = js_take_exception(cx);
    args[1] = JS_UNDEFINED;
  }
  JsRef *context = job->context;
  job->context = NULL;
  crypto_job_free(job);
  env_call_method_in(env, context, req, "oncomplete", 2, args);
}

JsValue crypto_job_start(JsContext *cx, CryptoJob *job, JsValue req)
{
  if (!js_value_is_object(req)) {
    job_run(job);
    JsValue result = job->done ? job->kind->result(cx, job) : job_error(cx, job);
    bool failed = !job->done;
    crypto_job_free(job);
    return failed && !js_is_exception(result) ? js_throw(cx, result) : result;
  }
  env_keep(job->env, &job->req, req);
  job->context = env_context_save(job->env, req, job->kind->resource ? job->kind->resource : "CRYPTOREQUEST");
  int error = uv_queue_work(&job->env->loop, &job->work, on_job, on_job_done);
  if (error) {
    crypto_job_free(job);
    return uv_error_throw(cx, error, "crypto", NULL, NULL);
  }
  return JS_UNDEFINED;
}

JsValue binding_crypto(CulmEnv *env, JsContext *cx)
{
  JsValue binding = js_object_new(cx);
  if (js_is_exception(binding))
    return binding;
#define CRYPTO_PART(name)                                                                                              \
  if (!crypto_define_##name(cx, binding))                                                                              \
    return JS_EXCEPTION;
  CRYPTO_PARTS(CRYPTO_PART)
#undef CRYPTO_PART
  return binding;
}
