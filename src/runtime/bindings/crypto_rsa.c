// SPDX-License-Identifier: MIT
/*
 * Encryption with RSA keys in internalBinding('crypto'), by the public and by the private half, and SPKAC (signed
 * public key and challenge, of HTML's former keygen element).
 */
#include "runtime/crypto.h"

#include <stdlib.h>
#include <string.h>

typedef enum RsaOperation { RSA_ENCRYPT, RSA_DECRYPT, RSA_SIGN_RAW, RSA_RECOVER } RsaOperation;

typedef struct RsaJob {
  CryptoJob job;
  RsaOperation operation;
  EVP_PKEY *pkey;
  int padding;
  EVP_MD *md; /* of OAEP; NULL: the usual one */
  CryptoBlock label, data, out;
  size_t size;
} RsaJob;

typedef int (*RsaInit)(EVP_PKEY_CTX *ctx);
typedef int (*RsaRun)(EVP_PKEY_CTX *ctx, unsigned char *out, size_t *out_size, const unsigned char *in, size_t size);

static bool set_oaep(RsaJob *job, EVP_PKEY_CTX *ctx)
{
  if (job->md && ossl->EVP_PKEY_CTX_set_rsa_oaep_md(ctx, job->md) <= 0)
    return false;
  if (!job->label.size)
    return true;
  /* The context takes possession of a copy made by OpenSSL's allocator. */
  void *copy = ossl->CRYPTO_memdup(job->label.data, job->label.size, __FILE__, __LINE__);
  if (copy && ossl->EVP_PKEY_CTX_set0_rsa_oaep_label(ctx, copy, (int)job->label.size) > 0)
    return true;
  ossl->CRYPTO_free(copy, __FILE__, __LINE__);
  return false;
}

static bool rsa_run(CryptoJob *base)
{
  RsaJob *job = (RsaJob *)base;
  const struct {
    RsaInit init;
    RsaRun run;
  } rows[] = {
      [RSA_ENCRYPT] = {ossl->EVP_PKEY_encrypt_init, ossl->EVP_PKEY_encrypt},
      [RSA_DECRYPT] = {ossl->EVP_PKEY_decrypt_init, ossl->EVP_PKEY_decrypt},
      [RSA_SIGN_RAW] = {ossl->EVP_PKEY_sign_init, ossl->EVP_PKEY_sign},
      [RSA_RECOVER] = {ossl->EVP_PKEY_verify_recover_init, ossl->EVP_PKEY_verify_recover},
  };
  if (job->operation == RSA_DECRYPT && job->padding == RSA_PKCS1_PADDING &&
      ossl->EVP_PKEY_get_base_id(job->pkey) == EVP_PKEY_RSA)
    return crypto_pkcs1_decrypt(job->pkey, &job->data, &job->out, &job->size);
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_pkey(NULL, job->pkey, NULL);
  RsaRun run = rows[job->operation].run;
  bool done = ctx && rows[job->operation].init(ctx) > 0 && ossl->EVP_PKEY_CTX_set_rsa_padding(ctx, job->padding) > 0 &&
              (job->padding != RSA_PKCS1_OAEP_PADDING || set_oaep(job, ctx)) &&
              run(ctx, NULL, &job->size, job->data.data, job->data.size) > 0 &&
              crypto_block_alloc(&job->out, job->size) &&
              run(ctx, job->out.data, &job->size, job->data.data, job->data.size) > 0;
  ossl->EVP_PKEY_CTX_free(ctx);
  return done;
}

static JsValue rsa_result(JsContext *cx, CryptoJob *base)
{
  RsaJob *job = (RsaJob *)base;
  return rt_bytes_new(cx, job->out.data, job->size);
}

static void rsa_free(CryptoJob *base)
{
  RsaJob *job = (RsaJob *)base;
  ossl->EVP_PKEY_free(job->pkey);
  ossl->EVP_MD_free(job->md);
  crypto_block_free(&job->label);
  crypto_block_free(&job->data);
  crypto_block_free(&job->out);
}

static const CryptoJobKind rsa_kind = {sizeof(RsaJob), "RSA operation failed", rsa_run, rsa_result, rsa_free};

/* rsaCrypt(operation, key, padding, oaepHash or undefined, label or undefined, data, req) -> Uint8Array; operation is 0
 * encrypt, 1 decrypt, 2 encrypt with the private key, 3 the reverse of that */
static JsValue crypto_rsa_crypt(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_argument(cx, argc, argv, 1, false);
  RsaJob *job = key ? crypto_job_new(cx, &rsa_kind) : NULL;
  if (!job)
    return JS_EXCEPTION;
  job->operation = (RsaOperation)(rt_int_argument(argc, argv, 0) & 3);
  job->padding = rt_int_argument(argc, argv, 2);
  if (ossl->EVP_PKEY_up_ref(key->pkey))
    job->pkey = key->pkey;
  JsValue hash = js_argument(argc, argv, 3);
  if (!js_is_undefined(hash) && !(job->md = crypto_digest_fetch(cx, hash)))
    crypto_throw_coded(cx, "Error", "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used");
  else if (crypto_block_copy(cx, js_argument(argc, argv, 4), &job->label) &&
           crypto_block_copy(cx, js_argument(argc, argv, 5), &job->data))
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 6));
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* --- SPKAC ---------------------------------------------------------------------------------------------------------*/

/* What is encoded in base64 in argument 0; NULL, with OpenSSL's queue empty, when that is nothing of the kind. */
static NETSCAPE_SPKI *read_spki(JsContext *cx, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  if (!crypto_ready(cx) || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return NULL;
  NETSCAPE_SPKI *spki = bytes.size && bytes.size <= INT32_MAX
                            ? ossl->NETSCAPE_SPKI_b64_decode((const char *)bytes.data, (int)bytes.size)
                            : NULL;
  crypto_bytes_free(&bytes);
  ossl->ERR_clear_error();
  return spki;
}

/* verifySpkac(base64) -> boolean */
static JsValue crypto_verify_spkac(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  NETSCAPE_SPKI *spki = read_spki(cx, argc, argv);
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  EVP_PKEY *pkey = spki ? ossl->X509_PUBKEY_get(spki->spkac->pubkey) : NULL;
  bool valid = pkey && ossl->NETSCAPE_SPKI_verify(spki, pkey) > 0;
  ossl->EVP_PKEY_free(pkey);
  ossl->NETSCAPE_SPKI_free(spki);
  ossl->ERR_clear_error();
  return js_boolean(valid);
}

/* exportPublicKey(base64) -> PEM, undefined when there is none */
static JsValue crypto_spkac_public_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  NETSCAPE_SPKI *spki = read_spki(cx, argc, argv);
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  EVP_PKEY *pkey = spki ? ossl->NETSCAPE_SPKI_get_pubkey(spki) : NULL;
  BIO *bio = pkey ? ossl->BIO_new(ossl->BIO_s_mem()) : NULL;
  JsValue pem = bio && ossl->PEM_write_bio_PUBKEY(bio, pkey) ? crypto_bio_array(cx, bio) : JS_UNDEFINED;
  ossl->BIO_free_all(bio);
  ossl->EVP_PKEY_free(pkey);
  ossl->NETSCAPE_SPKI_free(spki);
  ossl->ERR_clear_error();
  return pem;
}

/* exportChallenge(base64) -> Uint8Array, undefined when there is none */
static JsValue crypto_spkac_challenge(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  NETSCAPE_SPKI *spki = read_spki(cx, argc, argv);
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  unsigned char *text = NULL;
  int size = spki ? ossl->ASN1_STRING_to_UTF8(&text, spki->spkac->challenge) : -1;
  JsValue result = size >= 0 ? rt_bytes_new(cx, text, (size_t)size) : JS_UNDEFINED;
  ossl->CRYPTO_free(text, __FILE__, __LINE__);
  ossl->NETSCAPE_SPKI_free(spki);
  ossl->ERR_clear_error();
  return result;
}

bool crypto_define_rsa(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"rsaCrypt", crypto_rsa_crypt, 7},
      {"verifySpkac", crypto_verify_spkac, 1},
      {"exportPublicKey", crypto_spkac_public_key, 1},
      {"exportChallenge", crypto_spkac_challenge, 1},
      {0},
  };
  return js_define_functions(cx, binding, rows);
}
