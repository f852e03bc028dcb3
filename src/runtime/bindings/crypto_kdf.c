// SPDX-License-Identifier: MIT
/* Key derivation of internalBinding('crypto'): PBKDF2 (RFC 8018), scrypt (RFC 7914), HKDF (RFC 5869). */
#include "runtime/crypto.h"

typedef enum DeriveKind { DERIVE_PBKDF2, DERIVE_SCRYPT, DERIVE_HKDF } DeriveKind;

typedef struct DeriveJob {
  CryptoJob job;
  DeriveKind kind;
  EVP_MD *md; /* not scrypt's */
  CryptoBlock secret, salt, info, out;
  int iterations;
  uint64_t n, r, p, max_memory;
} DeriveJob;

static bool derive_hkdf(DeriveJob *job)
{
  EVP_KDF *kdf = ossl->EVP_KDF_fetch(NULL, "HKDF", NULL);
  EVP_KDF_CTX *ctx = kdf ? ossl->EVP_KDF_CTX_new(kdf) : NULL;
  ossl->EVP_KDF_free(kdf);
  if (!ctx)
    return false;
  OSSL_PARAM params[] = {
      ossl->OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)ossl->EVP_MD_get0_name(job->md), 0),
      ossl->OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, job->secret.data, job->secret.size),
      ossl->OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, job->salt.data, job->salt.size),
      ossl->OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, job->info.data, job->info.size),
      ossl->OSSL_PARAM_construct_end(),
  };
  bool done = ossl->EVP_KDF_derive(ctx, job->out.data, job->out.size, params) > 0;
  ossl->EVP_KDF_CTX_free(ctx);
  return done;
}

static bool derive_run(CryptoJob *base)
{
  DeriveJob *job = (DeriveJob *)base;
  const char *secret = (const char *)job->secret.data;
  switch (job->kind) {
  case DERIVE_PBKDF2:
    return job->out.size > 0 &&
           ossl->PKCS5_PBKDF2_HMAC(secret, (int)job->secret.size, job->salt.data, (int)job->salt.size, job->iterations,
                                   job->md, (int)job->out.size, job->out.data) == 1;
  case DERIVE_SCRYPT:
    return job->out.size == 0 ||
           ossl->EVP_PBE_scrypt(secret, job->secret.size, job->salt.data, job->salt.size, job->n, job->r, job->p,
                                job->max_memory, job->out.data, job->out.size) == 1;
  case DERIVE_HKDF: return job->out.size > 0 && derive_hkdf(job);
  }
  return false;
}

static JsValue derive_result(JsContext *cx, CryptoJob *base)
{
  return crypto_block_array(cx, &((DeriveJob *)base)->out);
}

static void derive_free(CryptoJob *base)
{
  DeriveJob *job = (DeriveJob *)base;
  ossl->EVP_MD_free(job->md);
  crypto_block_free(&job->secret);
  crypto_block_free(&job->salt);
  crypto_block_free(&job->info);
  crypto_block_free(&job->out);
}

static const CryptoJobKind derive_kinds[] = {
    [DERIVE_PBKDF2] = {sizeof(DeriveJob), "PBKDF2 derivation failed", derive_run, derive_result, derive_free, true,
                       "PBKDF2REQUEST"},
    [DERIVE_SCRYPT] = {sizeof(DeriveJob), "Scrypt derivation failed", derive_run, derive_result, derive_free, true,
                       "SCRYPTREQUEST"},
    [DERIVE_HKDF] = {sizeof(DeriveJob), "HKDF derivation failed", derive_run, derive_result, derive_free, true,
                     "HKDFREQUEST"},
};

/* A secret key's bytes, or a view's or string's. */
static bool secret_argument(JsContext *cx, JsValue val, CryptoBlock *out)
{
  CryptoKey *key = js_host_native(val, &crypto_key_class);
  if (!key || key->kind != CRYPTO_KEY_SECRET)
    return crypto_block_copy(cx, val, out);
  if (!crypto_block_alloc(out, key->secret.size)) {
    crypto_throw_memory(cx);
    return false;
  }
  for (size_t k = 0; k < key->secret.size; k++)
    out->data[k] = key->secret.data[k];
  return true;
}

/* (secret, salt, length, ...): NULL with an exception. A digest's name is at argument digest_at, if any. */
static DeriveJob *derive_new(JsContext *cx, DeriveKind kind, int argc, const JsValue *argv, int digest_at)
{
  DeriveJob *job = crypto_job_new(cx, &derive_kinds[kind]);
  if (!job)
    return NULL;
  job->kind = kind;
  size_t size = rt_size_argument(argc, argv, 2);
  if (digest_at && !(job->md = crypto_digest_fetch(cx, js_argument(argc, argv, digest_at))))
    js_throw_type_error(cx, "Invalid digest");
  else if (size > INT32_MAX || !crypto_block_alloc(&job->out, size))
    crypto_throw_memory(cx);
  else if (secret_argument(cx, js_argument(argc, argv, 0), &job->secret) &&
           crypto_block_copy(cx, js_argument(argc, argv, 1), &job->salt)) {
    if (job->secret.size <= INT32_MAX && job->salt.size <= INT32_MAX && job->secret.data && job->salt.data)
      return job;
    js_throw_range_error(cx, "Too many bytes for a key derivation");
  }
  crypto_job_free(&job->job);
  return NULL;
}

/* pbkdf2(password, salt, length, iterations, digest, req) */
static JsValue crypto_pbkdf2(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DeriveJob *job = derive_new(cx, DERIVE_PBKDF2, argc, argv, 4);
  if (!job)
    return JS_EXCEPTION;
  job->iterations = rt_int_argument(argc, argv, 3);
  return crypto_job_start(cx, &job->job, js_argument(argc, argv, 5));
}

/* scrypt(password, salt, length, N, r, p, maxmem, req) */
static JsValue crypto_scrypt(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DeriveJob *job = derive_new(cx, DERIVE_SCRYPT, argc, argv, 0);
  if (!job)
    return JS_EXCEPTION;
  job->n = rt_size_argument(argc, argv, 3);
  job->r = rt_size_argument(argc, argv, 4);
  job->p = rt_size_argument(argc, argv, 5);
  job->max_memory = rt_size_argument(argc, argv, 6);
  return crypto_job_start(cx, &job->job, js_argument(argc, argv, 7));
}

/* scryptCheck(N, r, p, maxmem) -> undefined when scrypt takes these, else OpenSSL's reason or ''. */
static JsValue crypto_scrypt_check(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  /* Without room for a key only the parameters are checked. */
  int done = ossl->EVP_PBE_scrypt(NULL, 0, NULL, 0, rt_size_argument(argc, argv, 0), rt_size_argument(argc, argv, 1),
                                  rt_size_argument(argc, argv, 2), rt_size_argument(argc, argv, 3), NULL, 0);
  CryptoError error;
  crypto_error_take(&error);
  if (done == 1)
    return JS_UNDEFINED;
  char text[256] = "";
  if (error.count)
    ossl->ERR_error_string_n(error.codes[0], text, sizeof text);
  return js_string(cx, text);
}

/* hkdf(key, salt, length, info, digest, req) */
static JsValue crypto_hkdf(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DeriveJob *job = derive_new(cx, DERIVE_HKDF, argc, argv, 4);
  if (!job)
    return JS_EXCEPTION;
  if (!crypto_block_copy(cx, js_argument(argc, argv, 3), &job->info)) {
    crypto_job_free(&job->job);
    return JS_EXCEPTION;
  }
  return crypto_job_start(cx, &job->job, js_argument(argc, argv, 5));
}

bool crypto_define_kdf(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"pbkdf2", crypto_pbkdf2, 6},
      {"scrypt", crypto_scrypt, 8},
      {"scryptCheck", crypto_scrypt_check, 4},
      {"hkdf", crypto_hkdf, 6},
      {0},
  };
  return js_define_functions(cx, binding, rows);
}
