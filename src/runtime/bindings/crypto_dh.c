// SPDX-License-Identifier: MIT
/*
 * Diffie-Hellman of internalBinding('crypto'): the class over prime and generator, the groups of RFC 2409 and RFC 3526,
 * and the shared secret of two key objects of any kind (DH, EC, X25519, X448).
 */
#include "runtime/crypto.h"

#include <stdlib.h>
#include <string.h>

typedef BIGNUM *(*GroupPrime)(BIGNUM *out);

BIGNUM *crypto_dh_group_prime(const char *name)
{
  const struct {
    const char *name;
    GroupPrime prime;
  } groups[] = {
      {"modp1", ossl->BN_get_rfc2409_prime_768},   {"modp2", ossl->BN_get_rfc2409_prime_1024},
      {"modp5", ossl->BN_get_rfc3526_prime_1536},  {"modp14", ossl->BN_get_rfc3526_prime_2048},
      {"modp15", ossl->BN_get_rfc3526_prime_3072}, {"modp16", ossl->BN_get_rfc3526_prime_4096},
      {"modp17", ossl->BN_get_rfc3526_prime_6144}, {"modp18", ossl->BN_get_rfc3526_prime_8192},
  };
  for (size_t k = 0; k < sizeof groups / sizeof *groups; k++)
    if (!strcasecmp(groups[k].name, name))
      return groups[k].prime(NULL);
  return NULL;
}

typedef struct DiffieHellman {
  DH *dh;
  int verify_error;
} DiffieHellman;

static void dh_finalise(void *native)
{
  DiffieHellman *self = native;
  if (!self)
    return;
  ossl->DH_free(self->dh);
  free(self);
}

static const JsHostClass dh_class = {"DiffieHellman", dh_finalise};

/* The Diffie-Hellman key of a prime and a generator, of which it takes possession. */
static DH *dh_of_numbers(BIGNUM *prime, BIGNUM *generator)
{
  DH *dh = prime && generator ? ossl->DH_new() : NULL;
  if (dh && ossl->DH_set0_pqg(dh, prime, NULL, generator))
    return dh;
  ossl->DH_free(dh);
  ossl->BN_free(prime);
  ossl->BN_free(generator);
  return NULL;
}

static BIGNUM *number_of_int(int value)
{
  BIGNUM *bn = ossl->BN_new();
  if (bn)
    ossl->BN_set_word(bn, (BN_ULONG)value);
  return bn;
}

/* A generator given as number or bytes; at least 2, or NULL with an exception. */
static BIGNUM *read_generator(JsContext *cx, JsValue val)
{
  BIGNUM *generator = js_is_number(val)
                          ? number_of_int(rt_int_argument(1, &val, 0) > 0 ? rt_int_argument(1, &val, 0) : 0)
                          : crypto_bignum(cx, val);
  if (generator && (ossl->BN_is_zero(generator) || ossl->BN_is_one(generator))) {
    ossl->BN_free(generator);
    crypto_raise(ERR_LIB_DH, DH_R_BAD_GENERATOR);
    crypto_throw(cx, "Initialization failed");
    return NULL;
  }
  return generator;
}

/* A prime of so many bits is looked for, which takes a while. */
static DH *dh_of_length(JsContext *cx, int bits, JsValue generator)
{
  DH *dh = ossl->DH_new();
  int g = js_is_number(generator) ? rt_int_argument(1, &generator, 0) : 0;
  if (dh && bits >= 2 && ossl->DH_generate_parameters_ex(dh, bits, g, NULL))
    return dh;
  ossl->DH_free(dh);
  if (bits < 2) {
    crypto_raise(ERR_LIB_DH, DH_R_MODULUS_TOO_SMALL);
    crypto_throw(cx, "Initialization failed");
  } else {
    crypto_throw_coded(cx, "TypeError", "ERR_INVALID_ARG_VALUE", "Invalid DH parameters");
  }
  return NULL;
}

static DH *dh_of_arguments(JsContext *cx, int argc, const JsValue *argv)
{
  JsValue first = js_argument(argc, argv, 0), second = js_argument(argc, argv, 1);
  if (js_is_number(first))
    return dh_of_length(cx, rt_int_argument(argc, argv, 0), second);
  if (js_is_null(second)) { /* a group's name */
    char name[16];
    DH *dh = crypto_name(cx, first, name, sizeof name)
                 ? dh_of_numbers(crypto_dh_group_prime(name), number_of_int(DH_GENERATOR_2))
                 : NULL;
    if (!dh)
      crypto_throw_coded(cx, "Error", "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group");
    return dh;
  }
  BIGNUM *generator = read_generator(cx, second);
  if (!generator)
    return NULL;
  BIGNUM *prime = crypto_bignum(cx, first);
  DH *dh = NULL;
  if (prime && ossl->BN_num_bits(prime) > OPENSSL_DH_MAX_MODULUS_BITS) {
    ossl->BN_free(prime);
    ossl->BN_free(generator);
    crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Checking DH parameters failed");
  } else if (prime) {
    dh = dh_of_numbers(prime, generator);
    if (!dh)
      crypto_throw(cx, "Initialization failed");
  } else {
    ossl->BN_free(generator);
  }
  return dh;
}

/* new DiffieHellman(prime bytes or bits, generator bytes or number), new DiffieHellman(group, null) */
static JsValue dh_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DiffieHellman *self = crypto_ready(cx) ? calloc(1, sizeof *self) : NULL;
  if (!self)
    return js_exception_pending(cx) ? JS_EXCEPTION : crypto_throw_memory(cx);
  self->dh = dh_of_arguments(cx, argc, argv);
  JsValue obj = JS_EXCEPTION;
  if (self->dh) {
    if (!ossl->DH_check(self->dh, &self->verify_error))
      self->verify_error = 0;
    ossl->ERR_clear_error();
    obj = js_host_new(cx, &dh_class, self);
  }
  if (js_is_exception(obj))
    dh_finalise(self);
  return obj;
}

static DiffieHellman *dh_this(JsContext *cx, JsValue this_val)
{
  DiffieHellman *self = js_host_native(this_val, &dh_class);
  if (!self)
    js_throw_type_error(cx, "Illegal invocation");
  return self;
}

typedef enum { DH_PRIME, DH_GENERATOR, DH_PUBLIC, DH_PRIVATE } DhNumber;

static const BIGNUM *dh_number(const DH *dh, DhNumber which)
{
  const BIGNUM *p, *q, *g, *public_key, *private_key;
  ossl->DH_get0_pqg(dh, &p, &q, &g);
  ossl->DH_get0_key(dh, &public_key, &private_key);
  return which == DH_PRIME ? p : which == DH_GENERATOR ? g : which == DH_PUBLIC ? public_key : private_key;
}

static JsValue dh_get(JsContext *cx, JsValue this_val, DhNumber which)
{
  DiffieHellman *self = dh_this(cx, this_val);
  if (!self)
    return JS_EXCEPTION;
  const BIGNUM *number = dh_number(self->dh, which);
  return number ? crypto_bignum_array(cx, number, 0) : JS_UNDEFINED;
}

static JsValue dh_get_prime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_get(cx, this_val, DH_PRIME);
}

static JsValue dh_get_generator(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_get(cx, this_val, DH_GENERATOR);
}

static JsValue dh_get_public_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_get(cx, this_val, DH_PUBLIC);
}

static JsValue dh_get_private_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_get(cx, this_val, DH_PRIVATE);
}

/* generateKeys() -> the public key; a private key that was set is kept */
static JsValue dh_generate_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DiffieHellman *self = dh_this(cx, this_val);
  if (!self)
    return JS_EXCEPTION;
  if (!ossl->DH_generate_key(self->dh))
    return crypto_throw(cx, "Key generation failed");
  return dh_get(cx, this_val, DH_PUBLIC);
}

static JsValue dh_set(JsContext *cx, JsValue this_val, JsValue val, bool is_public)
{
  DiffieHellman *self = dh_this(cx, this_val);
  BIGNUM *number = self ? crypto_bignum(cx, val) : NULL;
  if (!number)
    return JS_EXCEPTION;
  if (ossl->DH_set0_key(self->dh, is_public ? number : NULL, is_public ? NULL : number))
    return JS_UNDEFINED;
  ossl->BN_free(number);
  return crypto_throw(cx, "Failed to set key");
}

static JsValue dh_set_public_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_set(cx, this_val, js_argument(argc, argv, 0), true);
}

static JsValue dh_set_private_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return dh_set(cx, this_val, js_argument(argc, argv, 0), false);
}

static JsValue throw_public_key(JsContext *cx, const char *message)
{
  return crypto_throw_coded(cx, "RangeError", "ERR_CRYPTO_INVALID_KEYLEN", message);
}

/* computeSecret(other's public key) -> Uint8Array as long as the prime */
static JsValue dh_compute_secret(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DiffieHellman *self = dh_this(cx, this_val);
  BIGNUM *other = self ? crypto_bignum(cx, js_argument(argc, argv, 0)) : NULL;
  if (!other)
    return JS_EXCEPTION;
  int size = ossl->DH_size(self->dh), check = 0, written = -1;
  ossl->DH_check_pub_key(self->dh, other, &check);
  void *data;
  JsValue array = rt_typed_array_new(cx, JS_UINT8, (size_t)size, &data);
  bool fits = !(check & (DH_CHECK_PUBKEY_TOO_SMALL | DH_CHECK_PUBKEY_TOO_LARGE));
  if (!js_is_exception(array) && fits && dh_number(self->dh, DH_PRIVATE))
    written = ossl->DH_compute_key_padded(data, other, self->dh);
  ossl->BN_free(other);
  ossl->ERR_clear_error();
  if (js_is_exception(array) || written >= 0)
    return array;
  if (check & DH_CHECK_PUBKEY_TOO_SMALL)
    return throw_public_key(cx, "Supplied key is too small");
  if (check & DH_CHECK_PUBKEY_TOO_LARGE)
    return throw_public_key(cx, "Supplied key is too large");
  return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute shared secret");
}

/* verifyError() -> DH_CHECK_* bits */
static JsValue dh_verify_error(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DiffieHellman *self = dh_this(cx, this_val);
  return self ? js_int32(self->verify_error) : JS_EXCEPTION;
}

/* isDhGroup(name) */
static JsValue crypto_is_dh_group(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char name[16];
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  BIGNUM *prime = crypto_name(cx, js_argument(argc, argv, 0), name, sizeof name) ? crypto_dh_group_prime(name) : NULL;
  ossl->BN_free(prime);
  return js_boolean(prime != NULL);
}

/* --- the secret of two keys ----------------------------------------------------------------------------------------*/

typedef struct SecretJob {
  CryptoJob job;
  EVP_PKEY *own, *peer;
  CryptoBlock out;
  size_t size;
} SecretJob;

static bool secret_run(CryptoJob *base)
{
  SecretJob *job = (SecretJob *)base;
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_pkey(NULL, job->own, NULL);
  size_t size = 0;
  bool done = ctx && ossl->EVP_PKEY_derive_init(ctx) > 0 && ossl->EVP_PKEY_derive_set_peer(ctx, job->peer) > 0 &&
              ossl->EVP_PKEY_derive(ctx, NULL, &size) > 0 && crypto_block_alloc(&job->out, size);
  job->size = size;
  done = done && ossl->EVP_PKEY_derive(ctx, job->out.data, &job->size) > 0;
  ossl->EVP_PKEY_CTX_free(ctx);
  if (done && job->size < size) {
    /* A secret shorter than the prime has zeroes in front. */
    memmove(job->out.data + (size - job->size), job->out.data, job->size);
    memset(job->out.data, 0, size - job->size);
    job->size = size;
  }
  return done;
}

static JsValue secret_result(JsContext *cx, CryptoJob *base)
{
  SecretJob *job = (SecretJob *)base;
  return rt_bytes_new(cx, job->out.data, job->size);
}

static void secret_free(CryptoJob *base)
{
  SecretJob *job = (SecretJob *)base;
  ossl->EVP_PKEY_free(job->own);
  ossl->EVP_PKEY_free(job->peer);
  crypto_block_free(&job->out);
}

static const CryptoJobKind secret_kind = {sizeof(SecretJob), "diffieHellman failed", secret_run, secret_result,
                                          secret_free};

/* diffieHellman(private key, public key, req) -> Uint8Array */
static JsValue crypto_diffie_hellman(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *own = crypto_key_argument(cx, argc, argv, 0, false);
  CryptoKey *peer = own ? crypto_key_argument(cx, argc, argv, 1, false) : NULL;
  SecretJob *job = peer ? crypto_job_new(cx, &secret_kind) : NULL;
  if (!job)
    return JS_EXCEPTION;
  if (ossl->EVP_PKEY_up_ref(own->pkey))
    job->own = own->pkey;
  if (ossl->EVP_PKEY_up_ref(peer->pkey))
    job->peer = peer->pkey;
  return crypto_job_start(cx, &job->job, js_argument(argc, argv, 2));
}

bool crypto_define_dh(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"isDhGroup", crypto_is_dh_group, 1},
      {"diffieHellman", crypto_diffie_hellman, 3},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"generateKeys", dh_generate_keys, 0},  {"computeSecret", dh_compute_secret, 1},
      {"getPrime", dh_get_prime, 0},          {"getGenerator", dh_get_generator, 0},
      {"getPublicKey", dh_get_public_key, 0}, {"getPrivateKey", dh_get_private_key, 0},
      {"setPublicKey", dh_set_public_key, 1}, {"setPrivateKey", dh_set_private_key, 1},
      {"verifyError", dh_verify_error, 0},    {0},
  };
  JsValue ctor = js_host_class_new(cx, &dh_class, dh_new, 2, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "DiffieHellman", ctor);
}
