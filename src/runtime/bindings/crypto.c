// SPDX-License-Identifier: MIT
/*
 * internalBinding('crypto'): digests, HMACs, random bytes and key derivation over OpenSSL. Hashing works at once; key
 * derivation, which is slow on purpose, works on the thread pool when it is given a request.
 */
#include "runtime/binding.h"
#include "runtime/env.h"
#include "runtime/openssl.h"

#include <stdlib.h>
#include <string.h>

typedef struct Digest {
  const OpenSsl *ssl;
  EVP_MD_CTX *md;   /* a hash */
  EVP_MAC_CTX *mac; /* or an HMAC */
  size_t size;      /* of the result */
  bool extendable;  /* the size was asked for (XOF) */
} Digest;

static void digest_free(Digest *digest)
{
  digest->ssl->EVP_MD_CTX_free(digest->md);
  digest->ssl->EVP_MAC_CTX_free(digest->mac);
  free(digest);
}

static void digest_finalise(void *native)
{
  if (native)
    digest_free(native);
}

static const JsHostClass hash_class = {"Hash", digest_finalise};
static const JsHostClass hmac_class = {"Hmac", digest_finalise};

static const OpenSsl *openssl_or_throw(JsContext *cx)
{
  const OpenSsl *ssl = openssl_get();
  if (!ssl)
    js_throw_plain_error(cx, "OpenSSL 3 (libcrypto.so.3) cannot be loaded");
  return ssl;
}

/* The digest of a name, NULL when there is none; what was fetched is to be freed after use. */
static const EVP_MD *digest_find(JsContext *cx, const OpenSsl *ssl, JsValue name_val, EVP_MD **fetched)
{
  char name[64];
  *fetched = NULL;
  if (!js_value_is_string(name_val) || js_string_utf8_size(cx, name_val) >= sizeof name)
    return NULL;
  name[js_string_write_utf8(cx, name_val, name, sizeof name - 1)] = '\0';
  const EVP_MD *md = ssl->EVP_get_digestbyname(name);
  if (!md)
    md = *fetched = ssl->EVP_MD_fetch(NULL, name, NULL);
  ssl->ERR_clear_error();
  return md;
}

static Digest *digest_this(JsContext *cx, JsValue this_val)
{
  Digest *digest = js_host_native(this_val, &hash_class);
  if (!digest)
    digest = js_host_native(this_val, &hmac_class);
  if (!digest)
    js_throw_type_error(cx, "Illegal invocation");
  return digest;
}

static JsValue digest_object(JsContext *cx, const JsHostClass *cls, Digest *digest)
{
  JsValue obj = js_host_new(cx, cls, digest);
  if (js_is_exception(obj))
    digest_free(digest);
  return obj;
}

static Digest *digest_new(JsContext *cx, const OpenSsl *ssl)
{
  Digest *digest = calloc(1, sizeof *digest);
  if (!digest) {
    js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  digest->ssl = ssl;
  return digest;
}

/* The hash in the state another one is in. */
static bool hash_copy(Digest *digest, const Digest *from)
{
  digest->md = digest->ssl->EVP_MD_CTX_new();
  digest->size = from->size;
  digest->extendable = from->extendable;
  return digest->md && from->md && digest->ssl->EVP_MD_CTX_copy_ex(digest->md, from->md);
}

static bool hash_start(JsContext *cx, Digest *digest, JsValue name)
{
  EVP_MD *fetched;
  const EVP_MD *md = digest_find(cx, digest->ssl, name, &fetched);
  if (!md)
    return false;
  digest->md = digest->ssl->EVP_MD_CTX_new();
  digest->size = (size_t)digest->ssl->EVP_MD_get_size(md);
  digest->extendable = digest->ssl->EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF;
  bool done = digest->md && digest->ssl->EVP_DigestInit_ex(digest->md, md, NULL);
  digest->ssl->EVP_MD_free(fetched);
  return done;
}

/* new Hash(name or Hash) */
static JsValue hash_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const OpenSsl *ssl = openssl_or_throw(cx);
  Digest *digest = ssl ? digest_new(cx, ssl) : NULL;
  if (!digest)
    return JS_EXCEPTION;
  Digest *from = js_host_native(js_argument(argc, argv, 0), &hash_class);
  if (from ? hash_copy(digest, from) : hash_start(cx, digest, js_argument(argc, argv, 0)))
    return digest_object(cx, &hash_class, digest);
  ssl->ERR_clear_error();
  digest_free(digest);
  return js_throw_plain_error(cx, "Digest method not supported");
}

/* new Hmac(name, key) */
static JsValue hmac_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView key;
  if (!rt_view_argument(cx, argc, argv, 1, &key))
    return JS_EXCEPTION;
  const OpenSsl *ssl = openssl_or_throw(cx);
  Digest *digest = ssl ? digest_new(cx, ssl) : NULL;
  if (!digest)
    return JS_EXCEPTION;
  EVP_MD *fetched;
  const EVP_MD *md = digest_find(cx, ssl, js_argument(argc, argv, 0), &fetched);
  EVP_MAC *hmac = ssl->EVP_MAC_fetch(NULL, "HMAC", NULL);
  bool done = false;
  if (md && hmac) {
    digest->mac = ssl->EVP_MAC_CTX_new(hmac);
    OSSL_PARAM params[] = {
        ssl->OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)ssl->EVP_MD_get0_name(md), 0),
        ssl->OSSL_PARAM_construct_end(),
    };
    const uint8_t *bytes = key.data ? key.data : (const uint8_t *)"";
    done = digest->mac && ssl->EVP_MAC_init(digest->mac, bytes, key.byte_length, params);
  }
  ssl->EVP_MAC_free(hmac);
  ssl->EVP_MD_free(fetched);
  ssl->ERR_clear_error();
  if (!done) {
    digest_free(digest);
    return js_throw_plain_error(cx, "Digest method not supported");
  }
  digest->size = ssl->EVP_MAC_CTX_get_mac_size(digest->mac);
  return digest_object(cx, &hmac_class, digest);
}

/* update(view) -> whether it was taken */
static JsValue digest_update(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  Digest *digest = digest_this(cx, this_val);
  if (!digest || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (!view.byte_length)
    return JS_TRUE;
  return js_boolean(digest->md ? digest->ssl->EVP_DigestUpdate(digest->md, view.data, view.byte_length)
                               : digest->ssl->EVP_MAC_update(digest->mac, view.data, view.byte_length));
}

/* final(view) -> whether it was filled: as many bytes as `size` says, or for an extendable digest any number. */
static JsValue digest_final(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView out;
  Digest *digest = digest_this(cx, this_val);
  if (!digest || !rt_view_argument(cx, argc, argv, 0, &out))
    return JS_EXCEPTION;
  if (digest->extendable)
    return js_boolean(!out.byte_length || digest->ssl->EVP_DigestFinalXOF(digest->md, out.data, out.byte_length));
  if (out.byte_length < digest->size)
    return js_throw_range_error(cx, "Bad size of a digest");
  size_t written;
  return js_boolean(digest->md ? digest->ssl->EVP_DigestFinal_ex(digest->md, out.data, NULL)
                               : digest->ssl->EVP_MAC_final(digest->mac, out.data, &written, out.byte_length));
}

static JsValue digest_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Digest *digest = digest_this(cx, this_val);
  return digest ? js_number((double)digest->size) : JS_EXCEPTION;
}

static JsValue digest_is_extendable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Digest *digest = digest_this(cx, this_val);
  return digest ? js_boolean(digest->extendable) : JS_EXCEPTION;
}

/* hasDigest(name) */
static JsValue crypto_has_digest(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const OpenSsl *ssl = openssl_or_throw(cx);
  if (!ssl)
    return JS_EXCEPTION;
  EVP_MD *fetched;
  bool has = digest_find(cx, ssl, js_argument(argc, argv, 0), &fetched);
  ssl->EVP_MD_free(fetched);
  return js_boolean(has);
}

/* timingSafeEqual(a, b): views of one length */
static JsValue crypto_timing_safe_equal(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView a, b;
  const OpenSsl *ssl = openssl_or_throw(cx);
  if (!ssl || !rt_view_argument(cx, argc, argv, 0, &a) || !rt_view_argument(cx, argc, argv, 1, &b))
    return JS_EXCEPTION;
  if (a.byte_length != b.byte_length)
    return js_throw_range_error(cx, "Input buffers must have the same byte length");
  return js_boolean(!a.byte_length || ssl->CRYPTO_memcmp(a.data, b.data, a.byte_length) == 0);
}

/* randomFill(view, offset, length) -> whether there was enough randomness */
static JsValue crypto_random_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  const OpenSsl *ssl = openssl_or_throw(cx);
  if (!ssl || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t offset = rt_size_argument(argc, argv, 1), length = rt_size_argument(argc, argv, 2);
  if (offset > view.byte_length || length > view.byte_length - offset || length > INT32_MAX)
    return js_throw_range_error(cx, "Bad range of random bytes");
  return js_boolean(!length || ssl->RAND_bytes(view.data + offset, (int)length) == 1);
}

/* --- key derivation
 * ------------------------------------------------------------------------------------------------------------ */

typedef struct DeriveJob {
  uv_work_t work; /* first: the request's address is the job's */
  CulmEnv *env;
  const OpenSsl *ssl;
  const EVP_MD *md; /* PBKDF2; NULL: scrypt */
  EVP_MD *fetched;
  int iterations;
  uint64_t n, r, p, max_memory;
  uint8_t *password, *salt, *key;
  size_t password_size, salt_size, key_size;
  bool done;
  JsRef *out, *req, *context;
} DeriveJob;

static void wipe_free(uint8_t *bytes, size_t size)
{
  if (bytes)
    explicit_bzero(bytes, size);
  free(bytes);
}

static void derive_free(DeriveJob *job)
{
  wipe_free(job->password, job->password_size);
  wipe_free(job->key, job->key_size);
  free(job->salt);
  job->ssl->EVP_MD_free(job->fetched);
  js_ref_free(job->out);
  js_ref_free(job->req);
  js_ref_free(job->context);
  free(job);
}

static void derive_run(DeriveJob *job)
{
  const char *password = (const char *)job->password;
  if (job->md)
    job->done = job->ssl->PKCS5_PBKDF2_HMAC(password, (int)job->password_size, job->salt, (int)job->salt_size,
                                            job->iterations, job->md, (int)job->key_size, job->key) == 1;
  else
    job->done = job->ssl->EVP_PBE_scrypt(password, job->password_size, job->salt, job->salt_size, job->n, job->r,
                                         job->p, job->max_memory, job->key, job->key_size) == 1;
  job->ssl->ERR_clear_error();
}

static void on_derive(uv_work_t *work)
{
  derive_run((DeriveJob *)work);
}

/* The key into the view that waits for it, as far as that still has memory. */
static void derive_deliver(DeriveJob *job, JsValue out)
{
  JsView view;
  if (job->done && js_view(out, &view) && view.byte_length == job->key_size && view.byte_length)
    memcpy(view.data, job->key, job->key_size);
}

static void on_derived(uv_work_t *work, int status)
{
  DeriveJob *job = (DeriveJob *)work;
  CulmEnv *env = job->env;
  JsValue req = env_ref(job->req), done = js_boolean(status == 0 && job->done);
  derive_deliver(job, env_ref(job->out));
  env->requests--;
  JsRef *context = job->context;
  job->context = NULL;
  derive_free(job);
  env_call_method_in(env, context, req, "oncomplete", 1, &done);
}

static bool copy_bytes(const JsView *view, uint8_t **bytes, size_t *size)
{
  *bytes = malloc(view->byte_length + 1);
  if (!*bytes)
    return false;
  if (view->byte_length)
    memcpy(*bytes, view->data, view->byte_length);
  *size = view->byte_length;
  return true;
}

/* A job over argv[0] (password) and argv[1] (salt) for argv[out_at]; NULL with an exception. */
static DeriveJob *derive_new(JsContext *cx, int argc, const JsValue *argv, int out_at)
{
  JsView password, salt, out;
  const OpenSsl *ssl = openssl_or_throw(cx);
  if (!ssl || !rt_view_argument(cx, argc, argv, 0, &password) || !rt_view_argument(cx, argc, argv, 1, &salt) ||
      !rt_view_argument(cx, argc, argv, out_at, &out))
    return NULL;
  if (password.byte_length > INT32_MAX || salt.byte_length > INT32_MAX || out.byte_length > INT32_MAX) {
    js_throw_range_error(cx, "Too much for a key derivation");
    return NULL;
  }
  DeriveJob *job = calloc(1, sizeof *job);
  if (!job) {
    js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  job->ssl = ssl;
  job->env = env_of(cx);
  job->key_size = out.byte_length;
  job->key = calloc(1, out.byte_length + 1);
  if (!job->key || !copy_bytes(&password, &job->password, &job->password_size) ||
      !copy_bytes(&salt, &job->salt, &job->salt_size)) {
    derive_free(job);
    js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  return job;
}

/* At once without a request: whether it worked; else on the thread pool. */
static JsValue derive_start(JsContext *cx, DeriveJob *job, JsValue out, JsValue req)
{
  if (js_is_undefined(req)) {
    derive_run(job);
    derive_deliver(job, out);
    bool done = job->done;
    derive_free(job);
    return js_boolean(done);
  }
  env_keep(job->env, &job->out, out);
  env_keep(job->env, &job->req, req);
  job->context = env_context_save(job->env);
  int error = uv_queue_work(&job->env->loop, &job->work, on_derive, on_derived);
  if (error) {
    derive_free(job);
    return uv_error_throw(cx, error, "crypto", NULL, NULL);
  }
  job->env->requests++;
  return JS_UNDEFINED;
}

/* pbkdf2(password, salt, iterations, digest, out, req) */
static JsValue crypto_pbkdf2(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DeriveJob *job = derive_new(cx, argc, argv, 4);
  if (!job)
    return JS_EXCEPTION;
  job->iterations = rt_int_argument(argc, argv, 2);
  job->md = digest_find(cx, job->ssl, js_argument(argc, argv, 3), &job->fetched);
  if (!job->md) {
    derive_free(job);
    return js_throw_type_error(cx, "Invalid digest");
  }
  return derive_start(cx, job, js_argument(argc, argv, 4), js_argument(argc, argv, 5));
}

/* scrypt(password, salt, N, r, p, maxmem, out, req) */
static JsValue crypto_scrypt(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DeriveJob *job = derive_new(cx, argc, argv, 6);
  if (!job)
    return JS_EXCEPTION;
  job->n = rt_size_argument(argc, argv, 2);
  job->r = rt_size_argument(argc, argv, 3);
  job->p = rt_size_argument(argc, argv, 4);
  job->max_memory = rt_size_argument(argc, argv, 5);
  return derive_start(cx, job, js_argument(argc, argv, 6), js_argument(argc, argv, 7));
}

/* scryptFits(N, r, p, maxmem): OpenSSL takes these parameters */
static JsValue crypto_scrypt_fits(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const OpenSsl *ssl = openssl_or_throw(cx);
  if (!ssl)
    return JS_EXCEPTION;
  bool fits = ssl->EVP_PBE_scrypt(NULL, 0, NULL, 0, rt_size_argument(argc, argv, 0), rt_size_argument(argc, argv, 1),
                                  rt_size_argument(argc, argv, 2), rt_size_argument(argc, argv, 3), NULL, 0) == 1;
  ssl->ERR_clear_error();
  return js_boolean(fits);
}

JsValue binding_crypto(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"hasDigest", crypto_has_digest, 1},
      {"timingSafeEqual", crypto_timing_safe_equal, 2},
      {"randomFill", crypto_random_fill, 3},
      {"pbkdf2", crypto_pbkdf2, 6},
      {"scrypt", crypto_scrypt, 8},
      {"scryptFits", crypto_scrypt_fits, 4},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"update", digest_update, 1},
      {"final", digest_final, 1},
      {"size", digest_size, 0},
      {"isExtendable", digest_is_extendable, 0},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  JsValue hash = js_host_class_new(cx, &hash_class, hash_new, 1, methods);
  JsValue hmac = js_host_class_new(cx, &hmac_class, hmac_new, 2, methods);
  if (js_is_exception(binding) || js_is_exception(hash) || js_is_exception(hmac) ||
      !js_set(cx, binding, "Hash", hash) || !js_set(cx, binding, "Hmac", hmac))
    return JS_EXCEPTION;
  return binding;
}
