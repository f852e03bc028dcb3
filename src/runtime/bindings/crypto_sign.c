// SPDX-License-Identifier: MIT
/*
 * Signatures of internalBinding('crypto'): a digest that is fed and then signed or verified, and whole messages, which
 * the algorithms that hash themselves (Ed25519, Ed448) need. Signatures of DSA and ECDSA are two numbers: in DER, or
 * side by side as IEEE P1363 has them.
 */
#include "runtime/crypto.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* How RSA pads, and in which form numbers are. */
typedef struct SignOptions {
  int padding;     /* 0: the key's usual one */
  int salt_length; /* SALT_UNKNOWN: not said */
  bool is_p1363;
} SignOptions;

enum { SALT_UNKNOWN = INT_MIN };

static SignOptions read_options(int argc, const JsValue *argv, int k)
{
  SignOptions options = {rt_int_argument(argc, argv, k), SALT_UNKNOWN, false};
  if (k + 1 < argc && js_is_number(argv[k + 1]))
    options.salt_length = rt_int_argument(argc, argv, k + 1);
  options.is_p1363 = js_to_boolean(js_argument(argc, argv, k + 2));
  return options;
}

static bool apply_options(EVP_PKEY_CTX *ctx, EVP_PKEY *pkey, const SignOptions *options)
{
  int id = ossl->EVP_PKEY_get_base_id(pkey);
  if (id != EVP_PKEY_RSA && id != EVP_PKEY_RSA_PSS)
    return true;
  int padding = options->padding         ? options->padding
                : id == EVP_PKEY_RSA_PSS ? RSA_PKCS1_PSS_PADDING
                                         : RSA_PKCS1_PADDING;
  if (ossl->EVP_PKEY_CTX_set_rsa_padding(ctx, padding) <= 0)
    return false;
  return padding != RSA_PKCS1_PSS_PADDING || options->salt_length == SALT_UNKNOWN ||
         ossl->EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, options->salt_length) > 0;
}

/* --- the two forms of a pair of numbers ----------------------------------------------------------------------------*/

/* Bytes of each number; 0 for keys whose signatures are no pair. */
static size_t number_size(EVP_PKEY *pkey)
{
  int id = ossl->EVP_PKEY_get_base_id(pkey), bits = 0;
  if (id == EVP_PKEY_EC) {
    bits = ossl->EC_GROUP_order_bits(ossl->EC_KEY_get0_group(ossl->EVP_PKEY_get0_EC_KEY(pkey)));
  } else if (id == EVP_PKEY_DSA) {
    BIGNUM *q = NULL;
    if (ossl->EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_FFC_Q, &q))
      bits = ossl->BN_num_bits(q);
    ossl->BN_free(q);
  }
  return bits > 0 ? ((size_t)bits + 7) / 8 : 0;
}

static bool der_to_p1363(EVP_PKEY *pkey, CryptoBlock *signature)
{
  size_t width = number_size(pkey);
  if (!width)
    return true;
  const uint8_t *der = signature->data;
  ECDSA_SIG *pair = ossl->d2i_ECDSA_SIG(NULL, &der, (long)signature->size);
  CryptoBlock out = {0};
  const BIGNUM *r, *s;
  bool done = pair && crypto_block_alloc(&out, 2 * width);
  if (done) {
    ossl->ECDSA_SIG_get0(pair, &r, &s);
    done = ossl->BN_bn2binpad(r, out.data, (int)width) > 0 && ossl->BN_bn2binpad(s, out.data + width, (int)width) > 0;
  }
  ossl->ECDSA_SIG_free(pair);
  crypto_block_free(done ? signature : &out);
  if (done)
    *signature = out;
  return done;
}

/* False: it cannot be a signature. */
static bool p1363_to_der(EVP_PKEY *pkey, CryptoBlock *signature)
{
  size_t width = number_size(pkey);
  if (!width)
    return true;
  if (signature->size != 2 * width)
    return false;
  ECDSA_SIG *pair = ossl->ECDSA_SIG_new();
  BIGNUM *r = ossl->BN_bin2bn(signature->data, (int)width, NULL);
  BIGNUM *s = ossl->BN_bin2bn(signature->data + width, (int)width, NULL);
  unsigned char *der = NULL;
  CryptoBlock out = {0};
  int size = -1;
  if (pair && r && s && ossl->ECDSA_SIG_set0(pair, r, s)) {
    r = s = NULL;
    size = ossl->i2d_ECDSA_SIG(pair, &der);
  }
  bool done = size > 0 && crypto_block_alloc(&out, (size_t)size);
  if (done) {
    memcpy(out.data, der, (size_t)size);
    crypto_block_free(signature);
    *signature = out;
  }
  ossl->CRYPTO_free(der, __FILE__, __LINE__);
  ossl->BN_free(r);
  ossl->BN_free(s);
  ossl->ECDSA_SIG_free(pair);
  return done;
}

/* --- step by step --------------------------------------------------------------------------------------------------*/

typedef struct Signer {
  EVP_MD *md;
  EVP_MD_CTX *hash; /* NULL: spent */
} Signer;

static void signer_finalise(void *native)
{
  Signer *signer = native;
  if (!signer)
    return;
  ossl->EVP_MD_CTX_free(signer->hash);
  ossl->EVP_MD_free(signer->md);
  free(signer);
}

static const JsHostClass signer_class = {"Signer", signer_finalise};

/* new Signer(digest) */
static JsValue signer_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Signer *signer = crypto_ready(cx) ? calloc(1, sizeof *signer) : NULL;
  if (!signer)
    return js_exception_pending(cx) ? JS_EXCEPTION : crypto_throw_memory(cx);
  signer->md = crypto_digest_fetch(cx, js_argument(argc, argv, 0));
  signer->hash = signer->md ? ossl->EVP_MD_CTX_new() : NULL;
  JsValue obj = JS_EXCEPTION;
  if (signer->hash && ossl->EVP_DigestInit_ex(signer->hash, signer->md, NULL))
    obj = js_host_new(cx, &signer_class, signer);
  else
    crypto_throw_coded(cx, "TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest");
  if (js_is_exception(obj))
    signer_finalise(signer);
  return obj;
}

static Signer *signer_this(JsContext *cx, JsValue this_val)
{
  Signer *signer = js_host_native(this_val, &signer_class);
  if (!signer)
    js_throw_type_error(cx, "Illegal invocation");
  else if (!signer->hash)
    crypto_throw_coded(cx, "Error", "ERR_CRYPTO_INVALID_STATE", "Not initialised");
  return signer && signer->hash ? signer : NULL;
}

/* update(data) */
static JsValue signer_update(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Signer *signer = signer_this(cx, this_val);
  CryptoBytes bytes;
  if (!signer || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  bool done = ossl->EVP_DigestUpdate(signer->hash, bytes.data, bytes.size);
  crypto_bytes_free(&bytes);
  return done ? JS_UNDEFINED : crypto_throw(cx, "Update failed");
}

/* The digest, with which the signer is spent. */
static bool signer_digest(Signer *signer, uint8_t *out, unsigned *size)
{
  bool done = ossl->EVP_DigestFinal_ex(signer->hash, out, size);
  ossl->EVP_MD_CTX_free(signer->hash);
  signer->hash = NULL;
  return done;
}

static EVP_PKEY_CTX *digest_context(Signer *signer, EVP_PKEY *pkey, const SignOptions *options, bool is_verification)
{
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
  if (ctx && (is_verification ? ossl->EVP_PKEY_verify_init(ctx) : ossl->EVP_PKEY_sign_init(ctx)) > 0 &&
      apply_options(ctx, pkey, options) && ossl->EVP_PKEY_CTX_set_signature_md(ctx, signer->md) > 0)
    return ctx;
  ossl->EVP_PKEY_CTX_free(ctx);
  return NULL;
}

/* Keys that sign messages rather than digests. */
static bool signs_messages(const EVP_PKEY *pkey)
{
  int id = ossl->EVP_PKEY_get_base_id(pkey);
  return id == EVP_PKEY_ED25519 || id == EVP_PKEY_ED448;
}

static JsValue throw_unsupported(JsContext *cx)
{
  return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation");
}

/* sign(key, padding, saltLength, isP1363) -> Uint8Array */
static JsValue signer_sign(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Signer *signer = signer_this(cx, this_val);
  CryptoKey *key = signer ? crypto_key_argument(cx, argc, argv, 0, false) : NULL;
  if (!key)
    return JS_EXCEPTION;
  if (signs_messages(key->pkey))
    return throw_unsupported(cx);
  SignOptions options = read_options(argc, argv, 1);
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned digest_size;
  CryptoBlock out = {0};
  size_t size = 0;
  ossl->ERR_clear_error();
  bool done = signer_digest(signer, digest, &digest_size);
  EVP_PKEY_CTX *ctx = done ? digest_context(signer, key->pkey, &options, false) : NULL;
  done = ctx && ossl->EVP_PKEY_sign(ctx, NULL, &size, digest, digest_size) > 0 && crypto_block_alloc(&out, size) &&
         ossl->EVP_PKEY_sign(ctx, out.data, &out.size, digest, digest_size) > 0 &&
         (!options.is_p1363 || der_to_p1363(key->pkey, &out));
  ossl->EVP_PKEY_CTX_free(ctx);
  JsValue result = done ? crypto_block_array(cx, &out) : crypto_throw(cx, "Signing failed");
  crypto_block_free(&out);
  return result;
}

/* verify(key, signature, padding, saltLength, isP1363) -> boolean */
static JsValue signer_verify(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Signer *signer = signer_this(cx, this_val);
  CryptoKey *key = signer ? crypto_key_argument(cx, argc, argv, 0, false) : NULL;
  CryptoBlock signature;
  if (!key || !crypto_block_copy(cx, js_argument(argc, argv, 1), &signature))
    return JS_EXCEPTION;
  if (signs_messages(key->pkey)) {
    crypto_block_free(&signature);
    return throw_unsupported(cx);
  }
  SignOptions options = read_options(argc, argv, 2);
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned digest_size;
  ossl->ERR_clear_error();
  bool done = signer_digest(signer, digest, &digest_size);
  EVP_PKEY_CTX *ctx = done ? digest_context(signer, key->pkey, &options, true) : NULL;
  bool valid = ctx && (!options.is_p1363 || p1363_to_der(key->pkey, &signature)) &&
               ossl->EVP_PKEY_verify(ctx, signature.data, signature.size, digest, digest_size) == 1;
  crypto_block_free(&signature);
  if (!ctx)
    return crypto_throw(cx, "Verification failed");
  ossl->EVP_PKEY_CTX_free(ctx);
  ossl->ERR_clear_error();
  return js_boolean(valid);
}

/* --- whole messages ------------------------------------------------------------------------------------------------*/

typedef struct SignJob {
  CryptoJob job;
  bool is_verification, valid;
  EVP_PKEY *pkey;
  EVP_MD *md; /* NULL: the key's own */
  SignOptions options;
  CryptoBlock data, signature;
} SignJob;

static bool sign_run(CryptoJob *base)
{
  SignJob *job = (SignJob *)base;
  if (job->md && signs_messages(job->pkey)) {
    crypto_raise(ERR_LIB_PROV, PROV_R_INVALID_DIGEST);
    return false;
  }
  EVP_MD_CTX *ctx = ossl->EVP_MD_CTX_new();
  EVP_PKEY_CTX *key_ctx = NULL;
  bool ready = ctx &&
               (job->is_verification ? ossl->EVP_DigestVerifyInit(ctx, &key_ctx, job->md, NULL, job->pkey)
                                     : ossl->EVP_DigestSignInit(ctx, &key_ctx, job->md, NULL, job->pkey)) == 1 &&
               apply_options(key_ctx, job->pkey, &job->options);
  bool done = ready;
  if (ready && job->is_verification) {
    job->valid =
        (!job->options.is_p1363 || p1363_to_der(job->pkey, &job->signature)) &&
        ossl->EVP_DigestVerify(ctx, job->signature.data, job->signature.size, job->data.data, job->data.size) == 1;
  } else if (ready) {
    size_t size = 0;
    done = ossl->EVP_DigestSign(ctx, NULL, &size, job->data.data, job->data.size) == 1 &&
           crypto_block_alloc(&job->signature, size) &&
           ossl->EVP_DigestSign(ctx, job->signature.data, &job->signature.size, job->data.data, job->data.size) == 1 &&
           (!job->options.is_p1363 || der_to_p1363(job->pkey, &job->signature));
  }
  ossl->EVP_MD_CTX_free(ctx);
  return done;
}

static JsValue sign_result(JsContext *cx, CryptoJob *base)
{
  SignJob *job = (SignJob *)base;
  return job->is_verification ? js_boolean(job->valid) : crypto_block_array(cx, &job->signature);
}

static void sign_free(CryptoJob *base)
{
  SignJob *job = (SignJob *)base;
  ossl->EVP_PKEY_free(job->pkey);
  ossl->EVP_MD_free(job->md);
  crypto_block_free(&job->data);
  crypto_block_free(&job->signature);
}

static const CryptoJobKind sign_kind = {sizeof(SignJob), "Signing failed", sign_run, sign_result, sign_free};

static JsValue start_sign(JsContext *cx, int argc, const JsValue *argv, bool is_verification)
{
  CryptoKey *key = crypto_key_argument(cx, argc, argv, 1, false);
  SignJob *job = key ? crypto_job_new(cx, &sign_kind) : NULL;
  if (!job)
    return JS_EXCEPTION;
  int at = is_verification ? 4 : 3;
  job->is_verification = is_verification;
  job->options = read_options(argc, argv, at);
  if (ossl->EVP_PKEY_up_ref(key->pkey))
    job->pkey = key->pkey;
  JsValue digest = js_argument(argc, argv, 0);
  if (js_value_is_string(digest))
    job->md = crypto_digest_fetch(cx, digest);
  if (js_value_is_string(digest) && !job->md)
    crypto_throw_coded(cx, "TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest");
  else if (crypto_block_copy(cx, js_argument(argc, argv, 2), &job->data) &&
           (!is_verification || crypto_block_copy(cx, js_argument(argc, argv, 3), &job->signature)))
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, at + 3));
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* sign(digest or undefined, key, data, padding, saltLength, isP1363, req) -> Uint8Array */
static JsValue crypto_sign(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return start_sign(cx, argc, argv, false);
}

/* verify(digest or undefined, key, data, signature, padding, saltLength, isP1363, req) -> boolean */
static JsValue crypto_verify(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return start_sign(cx, argc, argv, true);
}

bool crypto_define_sign(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"sign", crypto_sign, 7},
      {"verify", crypto_verify, 8},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"update", signer_update, 1},
      {"sign", signer_sign, 4},
      {"verify", signer_verify, 5},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &signer_class, signer_new, 1, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "Signer", ctor);
}
