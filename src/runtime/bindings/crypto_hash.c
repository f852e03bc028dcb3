// SPDX-License-Identifier: MIT
/*
 * Digests and HMACs of internalBinding('crypto'): objects that are fed and give their result once, and the lists of
 * names. All of it works at once; for data that is hashed on the thread pool there is digest(..., req).
 */
#include "runtime/crypto.h"
#include "runtime/encodings.h"

#include <stdlib.h>
#include <string.h>

typedef struct Digest {
  EVP_MD *md;
  EVP_MD_CTX *hash; /* a hash */
  EVP_MAC_CTX *mac; /* or an HMAC */
  size_t size;
} Digest;

static void digest_finalise(void *native)
{
  Digest *digest = native;
  if (!digest)
    return;
  ossl->EVP_MD_CTX_free(digest->hash);
  ossl->EVP_MAC_CTX_free(digest->mac);
  ossl->EVP_MD_free(digest->md);
  free(digest);
}

static const JsHostClass hash_class = {"Hash", digest_finalise};
static const JsHostClass hmac_class = {"Hmac", digest_finalise};

EVP_MD *crypto_digest_named(const char *name)
{
  EVP_MD *md = ossl->EVP_MD_fetch(NULL, name, NULL);
  /* Names of signature schemes ("RSA-SHA256") are aliases that only the table of names knows. */
  const EVP_MD *alias = md ? NULL : ossl->EVP_get_digestbyname(name);
  if (alias)
    md = ossl->EVP_MD_fetch(NULL, ossl->EVP_MD_get0_name(alias), NULL);
  ossl->ERR_clear_error();
  return md;
}

EVP_MD *crypto_digest_fetch(JsContext *cx, JsValue name_val)
{
  char name[64];
  return crypto_name(cx, name_val, name, sizeof name) ? crypto_digest_named(name) : NULL;
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
    digest_finalise(digest);
  return obj;
}

/* new Hash(name or Hash): a digest or a copy of another one's state */
static JsValue hash_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  Digest *digest = calloc(1, sizeof *digest);
  if (!digest)
    return crypto_throw_memory(cx);
  Digest *from = js_host_native(js_argument(argc, argv, 0), &hash_class);
  digest->hash = ossl->EVP_MD_CTX_new();
  bool done = digest->hash != NULL;
  if (from) {
    done = done && from->hash && ossl->EVP_MD_CTX_copy_ex(digest->hash, from->hash);
    digest->size = from->size;
  } else {
    digest->md = crypto_digest_fetch(cx, js_argument(argc, argv, 0));
    done = done && digest->md && ossl->EVP_DigestInit_ex(digest->hash, digest->md, NULL);
    digest->size = digest->md ? (size_t)ossl->EVP_MD_get_size(digest->md) : 0;
  }
  if (done)
    return digest_object(cx, &hash_class, digest);
  ossl->ERR_clear_error();
  digest_finalise(digest);
  return js_throw_plain_error(cx, "Digest method not supported");
}

/* new Hmac(name, key): the key is a view or a secret key */
static JsValue hmac_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  CryptoBytes bytes;
  if (!crypto_key_bytes(cx, js_argument(argc, argv, 1), &bytes))
    return JS_EXCEPTION;
  Digest *digest = calloc(1, sizeof *digest);
  EVP_MAC *hmac = ossl->EVP_MAC_fetch(NULL, "HMAC", NULL);
  bool done = false;
  if (digest && hmac && (digest->md = crypto_digest_fetch(cx, js_argument(argc, argv, 0)))) {
    digest->mac = ossl->EVP_MAC_CTX_new(hmac);
    OSSL_PARAM params[] = {
        ossl->OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)ossl->EVP_MD_get0_name(digest->md), 0),
        ossl->OSSL_PARAM_construct_end(),
    };
    done = digest->mac && ossl->EVP_MAC_init(digest->mac, bytes.data, bytes.size, params);
  }
  crypto_bytes_free(&bytes);
  ossl->EVP_MAC_free(hmac);
  if (!done) {
    digest_finalise(digest);
    /* NODE: says so of digests that HMAC cannot use (SHAKE). */
    ossl->ERR_clear_error();
    return js_throw_plain_error(cx, "error:00000000:lib(0)::reason(0)");
  }
  digest->size = ossl->EVP_MAC_CTX_get_mac_size(digest->mac);
  return digest_object(cx, &hmac_class, digest);
}

/* update(view or string as UTF-8) -> whether it was taken */
static JsValue digest_update(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  Digest *digest = digest_this(cx, this_val);
  if (!digest || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  int done = 0;
  if (digest->hash)
    done = ossl->EVP_DigestUpdate(digest->hash, bytes.data, bytes.size);
  else if (digest->mac)
    done = ossl->EVP_MAC_update(digest->mac, bytes.data, bytes.size);
  crypto_bytes_free(&bytes);
  return js_boolean(done == 1);
}

enum { DIGEST_MAX_ON_STACK = EVP_MAX_MD_SIZE };

/* Fills size bytes. An extendable digest gives any number of them. */
static bool digest_finish(Digest *digest, uint8_t *out, size_t size)
{
  size_t written;
  if (digest->mac)
    return size == digest->size && ossl->EVP_MAC_final(digest->mac, out, &written, size);
  if (!digest->hash)
    return false;
  if (size == digest->size)
    return ossl->EVP_DigestFinal_ex(digest->hash, out, NULL);
  return size == 0 || ossl->EVP_DigestFinalXOF(digest->hash, out, size);
}

/* digest(length, encoding) -> a Uint8Array, or a string when encoding is a number of encodingsMap. The state is spent.
 */
static JsValue digest_digest(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Digest *digest = digest_this(cx, this_val);
  if (!digest)
    return JS_EXCEPTION;
  size_t size = argc > 0 && js_is_number(argv[0]) ? rt_size_argument(argc, argv, 0) : digest->size;
  JsValue encoding = js_argument(argc, argv, 1), result;
  bool done;
  if (js_is_number(encoding) && size <= DIGEST_MAX_ON_STACK) {
    uint8_t bytes[DIGEST_MAX_ON_STACK];
    done = digest_finish(digest, bytes, size);
    result = done ? rt_decode_bytes(cx, (RtEncoding)rt_int_argument(argc, argv, 1), bytes, size) : JS_UNDEFINED;
  } else {
    void *data;
    result = rt_typed_array_new(cx, JS_UINT8, size, &data);
    if (js_is_exception(result))
      return result;
    done = digest_finish(digest, data, size);
    if (done && js_is_number(encoding))
      result = rt_decode_bytes(cx, (RtEncoding)rt_int_argument(argc, argv, 1), data, size);
  }
  ossl->EVP_MD_CTX_free(digest->hash);
  ossl->EVP_MAC_CTX_free(digest->mac);
  digest->hash = NULL;
  digest->mac = NULL;
  return done ? result : crypto_throw(cx, "Digest failed");
}

static JsValue digest_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Digest *digest = digest_this(cx, this_val);
  return digest ? js_number((double)digest->size) : JS_EXCEPTION;
}

/* isExtendable(): its result may have any length */
static JsValue digest_is_extendable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Digest *digest = digest_this(cx, this_val);
  if (!digest)
    return JS_EXCEPTION;
  const EVP_MD *md = digest->hash ? ossl->EVP_MD_CTX_get0_md(digest->hash) : digest->md;
  return js_boolean(md && (ossl->EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) != 0);
}

/* digestSize(name) -> bytes, undefined when there is none of that name */
static JsValue crypto_digest_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  EVP_MD *md = crypto_digest_fetch(cx, js_argument(argc, argv, 0));
  JsValue size = md ? js_int32(ossl->EVP_MD_get_size(md)) : JS_UNDEFINED;
  ossl->EVP_MD_free(md);
  return size;
}

/* --- one digest on the thread pool ---------------------------------------------------------------------------------*/

typedef struct DigestJob {
  CryptoJob job;
  EVP_MD *md;
  CryptoBlock secret, data, out; /* secret: the key of an HMAC */
} DigestJob;

static bool digest_job_run(CryptoJob *base)
{
  DigestJob *job = (DigestJob *)base;
  if (job->secret.data) {
    unsigned size;
    return job->secret.size <= INT32_MAX && ossl->HMAC(job->md, job->secret.data, (int)job->secret.size, job->data.data,
                                                       job->data.size, job->out.data, &size) != NULL;
  }
  Digest digest = {.hash = ossl->EVP_MD_CTX_new(), .size = (size_t)ossl->EVP_MD_get_size(job->md)};
  bool done = digest.hash && ossl->EVP_DigestInit_ex(digest.hash, job->md, NULL) &&
              ossl->EVP_DigestUpdate(digest.hash, job->data.data, job->data.size) &&
              digest_finish(&digest, job->out.data, job->out.size);
  ossl->EVP_MD_CTX_free(digest.hash);
  return done;
}

static JsValue digest_job_result(JsContext *cx, CryptoJob *base)
{
  return crypto_block_array(cx, &((DigestJob *)base)->out);
}

static void digest_job_free(CryptoJob *base)
{
  DigestJob *job = (DigestJob *)base;
  ossl->EVP_MD_free(job->md);
  crypto_block_free(&job->secret);
  crypto_block_free(&job->data);
  crypto_block_free(&job->out);
}

static const CryptoJobKind digest_job = {sizeof(DigestJob), "Digest failed", digest_job_run, digest_job_result,
                                         digest_job_free};

/* digest(name, data, length or undefined, req) -> Uint8Array */
static JsValue crypto_digest(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DigestJob *job = crypto_job_new(cx, &digest_job);
  if (!job)
    return JS_EXCEPTION;
  job->md = crypto_digest_fetch(cx, js_argument(argc, argv, 0));
  size_t size = job->md ? (size_t)ossl->EVP_MD_get_size(job->md) : 0;
  if (argc > 2 && js_is_number(argv[2]))
    size = rt_size_argument(argc, argv, 2);
  if (!job->md)
    js_throw_plain_error(cx, "Digest method not supported");
  else if (!crypto_block_alloc(&job->out, size))
    crypto_throw_memory(cx);
  else if (crypto_block_copy(cx, js_argument(argc, argv, 1), &job->data))
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 3));
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* hmac(name, secret key, data, req) -> Uint8Array */
static JsValue crypto_hmac(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_argument(cx, argc, argv, 1, true);
  DigestJob *job = key ? crypto_job_new(cx, &digest_job) : NULL;
  if (!job)
    return JS_EXCEPTION;
  job->md = crypto_digest_fetch(cx, js_argument(argc, argv, 0));
  if (!job->md)
    js_throw_plain_error(cx, "Digest method not supported");
  else if (!crypto_block_alloc(&job->out, (size_t)ossl->EVP_MD_get_size(job->md)) ||
           !crypto_block_alloc(&job->secret, key->secret.size))
    crypto_throw_memory(cx);
  else if (crypto_block_copy(cx, js_argument(argc, argv, 2), &job->data)) {
    memcpy(job->secret.data, key->secret.data, key->secret.size);
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 3));
  }
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* --- KMAC (NIST SP 800-185) ----------------------------------------------------------------------------------------*/

typedef struct KmacJob {
  CryptoJob job;
  EVP_MAC *mac;
  CryptoBlock secret, data, custom, out;
} KmacJob;

static bool kmac_run(CryptoJob *base)
{
  KmacJob *job = (KmacJob *)base;
  EVP_MAC_CTX *ctx = ossl->EVP_MAC_CTX_new(job->mac);
  size_t size = job->out.size;
  OSSL_PARAM params[] = {
      ossl->OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
      ossl->OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_CUSTOM, job->custom.data, job->custom.size),
      ossl->OSSL_PARAM_construct_end(),
  };
  if (!job->custom.data)
    params[1] = params[2];
  bool done = ctx && ossl->EVP_MAC_init(ctx, job->secret.data, job->secret.size, params) &&
              ossl->EVP_MAC_update(ctx, job->data.data, job->data.size) &&
              ossl->EVP_MAC_final(ctx, job->out.data, &size, job->out.size);
  ossl->EVP_MAC_CTX_free(ctx);
  return done;
}

static JsValue kmac_result(JsContext *cx, CryptoJob *base)
{
  return crypto_block_array(cx, &((KmacJob *)base)->out);
}

static void kmac_free(CryptoJob *base)
{
  KmacJob *job = (KmacJob *)base;
  ossl->EVP_MAC_free(job->mac);
  CryptoBlock *blocks[] = {&job->secret, &job->data, &job->custom, &job->out};
  for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
    crypto_block_free(blocks[k]);
}

static const CryptoJobKind kmac_kind = {sizeof(KmacJob), "KMAC failed", kmac_run, kmac_result, kmac_free};

/* kmac(is256, secret key, data, length, customization or undefined, req) -> Uint8Array */
static JsValue crypto_kmac(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_argument(cx, argc, argv, 1, true);
  KmacJob *job = key ? crypto_job_new(cx, &kmac_kind) : NULL;
  if (!job)
    return JS_EXCEPTION;
  job->mac = ossl->EVP_MAC_fetch(NULL, js_to_boolean(argv[0]) ? "KMAC-256" : "KMAC-128", NULL);
  if (!job->mac)
    crypto_throw(cx, "KMAC is not supported");
  else if (!crypto_block_alloc(&job->out, rt_size_argument(argc, argv, 3)) ||
           !crypto_block_alloc(&job->secret, key->secret.size))
    crypto_throw_memory(cx);
  else if (crypto_block_copy(cx, js_argument(argc, argv, 2), &job->data) &&
           crypto_block_copy(cx, js_argument(argc, argv, 4), &job->custom)) {
    memcpy(job->secret.data, key->secret.data, key->secret.size);
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 5));
  }
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* --- names ---------------------------------------------------------------------------------------------------------*/

typedef struct NameList {
  JsContext *cx;
  JsValue array;
  bool failed;
} NameList;

static void add_digest_name(const OBJ_NAME *name, void *opaque)
{
  NameList *list = opaque;
  EVP_MD *md = list->failed ? NULL : crypto_digest_named(name->name);
  if (md && !js_array_push(list->cx, list->array, js_string(list->cx, name->name)))
    list->failed = true;
  ossl->EVP_MD_free(md);
}

/* getHashes() -> names in byte order */
static JsValue crypto_get_hashes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  NameList list = {cx, js_array_new(cx, 0, NULL), false};
  if (js_is_exception(list.array))
    return JS_EXCEPTION;
  ossl->OPENSSL_init_crypto(OPENSSL_INIT_ADD_ALL_DIGESTS, NULL);
  ossl->OBJ_NAME_do_all_sorted(OBJ_NAME_TYPE_MD_METH, add_digest_name, &list);
  ossl->ERR_clear_error();
  return list.failed ? JS_EXCEPTION : list.array;
}

/* timingSafeEqual(a, b): views of one length; every byte is looked at. */
static JsValue crypto_timing_safe_equal(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView a, b;
  if (!rt_view_argument(cx, argc, argv, 0, &a) || !rt_view_argument(cx, argc, argv, 1, &b))
    return JS_EXCEPTION;
  if (a.byte_length != b.byte_length)
    return js_throw_range_error(cx, "Input buffers must have the same byte length");
  const volatile uint8_t *x = a.data, *y = b.data;
  uint8_t differing = 0;
  for (size_t k = 0; k < a.byte_length; k++)
    differing |= x[k] ^ y[k];
  return js_boolean(differing == 0);
}

bool crypto_define_hash(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"digestSize", crypto_digest_size, 1},
      {"digest", crypto_digest, 4},
      {"hmac", crypto_hmac, 4},
      {"kmac", crypto_kmac, 6},
      {"getHashes", crypto_get_hashes, 0},
      {"timingSafeEqual", crypto_timing_safe_equal, 2},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"update", digest_update, 1},
      {"digest", digest_digest, 2},
      {"size", digest_size, 0},
      {"isExtendable", digest_is_extendable, 0},
      {0},
  };
  JsValue hash = js_host_class_new(cx, &hash_class, hash_new, 1, methods);
  JsValue hmac = js_is_exception(hash) ? hash : js_host_class_new(cx, &hmac_class, hmac_new, 2, methods);
  return !js_is_exception(hmac) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "Hash", hash) &&
         js_set(cx, binding, "Hmac", hmac);
}
