// SPDX-License-Identifier: MIT
/*
 * Key pairs of internalBinding('crypto'). A pair is one EVP_PKEY in two objects, a public and a private one; what the
 * public object shows is its public half only.
 */
#include "runtime/crypto.h"

#include <string.h>

typedef struct KeygenJob {
  CryptoJob job;
  int id;                           /* EVP_PKEY_RSA ... */
  int bits, divisor;                /* of the modulus or prime; of a DSA key's divisor, -1: the usual one */
  BIGNUM *exponent;                 /* of RSA */
  char digest[64], mgf1_digest[64]; /* of RSA-PSS; "": none */
  int salt_length;                  /* -1: none */
  char curve[64];
  bool is_explicit; /* the curve's parameters instead of its name */
  BIGNUM *prime;    /* of DH; NULL: one of `bits` bits is made */
  int generator;
  EVP_PKEY *pkey;
} KeygenJob;

static bool set_rsa(KeygenJob *job, EVP_PKEY_CTX *ctx)
{
  if (ossl->EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, job->bits) <= 0 ||
      ossl->EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, job->exponent) <= 0)
    return false;
  if (job->id != EVP_PKEY_RSA_PSS)
    return true;
  const char *mgf1 = job->mgf1_digest[0] ? job->mgf1_digest : job->digest;
  if (job->digest[0] && ossl->EVP_PKEY_CTX_set_rsa_pss_keygen_md_name(ctx, job->digest, NULL) <= 0)
    return false;
  if (mgf1[0] && ossl->EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md_name(ctx, mgf1) <= 0)
    return false;
  int salt = job->salt_length;
  if (salt < 0 && job->digest[0]) {
    EVP_MD *md = crypto_digest_named(job->digest);
    salt = md ? ossl->EVP_MD_get_size(md) : -1;
    ossl->EVP_MD_free(md);
  }
  return salt < 0 || ossl->EVP_PKEY_CTX_set_rsa_pss_keygen_saltlen(ctx, salt) > 0;
}

static bool set_ec(KeygenJob *job, EVP_PKEY_CTX *ctx)
{
  int nid = ossl->EC_curve_nist2nid(job->curve);
  if (nid == NID_undef)
    nid = ossl->OBJ_sn2nid(job->curve);
  return ossl->EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, nid) > 0 &&
         ossl->EVP_PKEY_CTX_set_ec_param_enc(ctx,
                                             job->is_explicit ? OPENSSL_EC_EXPLICIT_CURVE : OPENSSL_EC_NAMED_CURVE) > 0;
}

/* Parameters that are numbers already. */
static EVP_PKEY *dh_params_of_prime(KeygenJob *job)
{
  OSSL_PARAM_BLD *builder = ossl->OSSL_PARAM_BLD_new();
  BIGNUM *g = ossl->BN_new();
  EVP_PKEY *params = NULL;
  OSSL_PARAM *list = NULL;
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_name(NULL, "DH", NULL);
  if (builder && g && ctx && ossl->BN_set_word(g, (BN_ULONG)job->generator) &&
      ossl->OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_FFC_P, job->prime) &&
      ossl->OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_FFC_G, g))
    list = ossl->OSSL_PARAM_BLD_to_param(builder);
  if (!list || ossl->EVP_PKEY_fromdata_init(ctx) <= 0 ||
      ossl->EVP_PKEY_fromdata(ctx, &params, EVP_PKEY_KEY_PARAMETERS, list) <= 0)
    params = NULL;
  ossl->EVP_PKEY_CTX_free(ctx);
  ossl->OSSL_PARAM_free(list);
  ossl->OSSL_PARAM_BLD_free(builder);
  ossl->BN_free(g);
  return params;
}

/* Parameters that are searched for. */
static EVP_PKEY *make_params(KeygenJob *job)
{
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_id(job->id, NULL);
  EVP_PKEY *params = NULL;
  bool done = ctx && ossl->EVP_PKEY_paramgen_init(ctx) > 0;
  if (done && job->id == EVP_PKEY_DSA)
    done = ossl->EVP_PKEY_CTX_set_dsa_paramgen_bits(ctx, job->bits) > 0 &&
           (job->divisor < 0 || ossl->EVP_PKEY_CTX_set_dsa_paramgen_q_bits(ctx, job->divisor) > 0);
  else if (done)
    done = ossl->EVP_PKEY_CTX_set_dh_paramgen_prime_len(ctx, job->bits) > 0 &&
           ossl->EVP_PKEY_CTX_set_dh_paramgen_generator(ctx, job->generator) > 0;
  if (!done || ossl->EVP_PKEY_paramgen(ctx, &params) <= 0)
    params = NULL;
  ossl->EVP_PKEY_CTX_free(ctx);
  return params;
}

/* What the key is made with; NULL when that cannot be had. */
static EVP_PKEY_CTX *keygen_context(KeygenJob *job)
{
  if (job->id != EVP_PKEY_DSA && job->id != EVP_PKEY_DH)
    return ossl->EVP_PKEY_CTX_new_id(job->id, NULL);
  EVP_PKEY *params = job->prime ? dh_params_of_prime(job) : make_params(job);
  EVP_PKEY_CTX *ctx = params ? ossl->EVP_PKEY_CTX_new_from_pkey(NULL, params, NULL) : NULL;
  ossl->EVP_PKEY_free(params);
  return ctx;
}

static bool keygen_run(CryptoJob *base)
{
  KeygenJob *job = (KeygenJob *)base;
  EVP_PKEY_CTX *ctx = keygen_context(job);
  bool done = ctx && ossl->EVP_PKEY_keygen_init(ctx) > 0;
  if (done && (job->id == EVP_PKEY_RSA || job->id == EVP_PKEY_RSA_PSS))
    done = set_rsa(job, ctx);
  else if (done && job->id == EVP_PKEY_EC)
    done = set_ec(job, ctx);
  done = done && ossl->EVP_PKEY_keygen(ctx, &job->pkey) > 0;
  ossl->EVP_PKEY_CTX_free(ctx);
  return done;
}

/* [public key, private key] */
static JsValue keygen_result(JsContext *cx, CryptoJob *base)
{
  KeygenJob *job = (KeygenJob *)base;
  JsValue pair[2];
  static const CryptoKeyKind kinds[2] = {CRYPTO_KEY_PUBLIC, CRYPTO_KEY_PRIVATE};
  for (int k = 0; k < 2; k++) {
    if (!ossl->EVP_PKEY_up_ref(job->pkey))
      return crypto_throw_memory(cx);
    pair[k] = crypto_key_object(cx, kinds[k], job->pkey);
    if (js_is_exception(pair[k]))
      return JS_EXCEPTION;
  }
  return js_array_new(cx, 2, pair);
}

static void keygen_free(CryptoJob *base)
{
  KeygenJob *job = (KeygenJob *)base;
  ossl->BN_free(job->exponent);
  ossl->BN_free(job->prime);
  ossl->EVP_PKEY_free(job->pkey);
}

static const CryptoJobKind keygen_kind = {sizeof(KeygenJob), "Key generation failed", keygen_run, keygen_result,
                                          keygen_free};

static int keygen_type(const char *name)
{
  static const struct {
    const char *name;
    int id;
  } rows[] = {
      {"rsa", EVP_PKEY_RSA},     {"rsa-pss", EVP_PKEY_RSA_PSS}, {"dsa", EVP_PKEY_DSA},
      {"ec", EVP_PKEY_EC},       {"dh", EVP_PKEY_DH},           {"ed25519", EVP_PKEY_ED25519},
      {"ed448", EVP_PKEY_ED448}, {"x25519", EVP_PKEY_X25519},   {"x448", EVP_PKEY_X448},
  };
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
    if (!strcmp(rows[k].name, name))
      return rows[k].id;
  return 0;
}

static bool read_int(JsContext *cx, JsValue options, const char *name, int fallback, int *out)
{
  JsValue val = js_get(cx, options, name);
  if (js_is_exception(val))
    return false;
  *out = js_is_number(val) ? rt_int_argument(1, &val, 0) : fallback;
  return true;
}

static bool read_name(JsContext *cx, JsValue options, const char *name, char *out, size_t cap)
{
  JsValue val = js_get(cx, options, name);
  if (js_is_exception(val))
    return false;
  if (js_is_undefined(val) || crypto_name(cx, val, out, cap))
    return true;
  js_throw_range_error(cx, "Bad name of a key's parameter");
  return false;
}

static bool read_options(JsContext *cx, KeygenJob *job, JsValue options)
{
  char group[16] = "";
  if (!read_int(cx, options, "bits", 0, &job->bits) || !read_int(cx, options, "divisor", -1, &job->divisor) ||
      !read_int(cx, options, "saltLength", -1, &job->salt_length) ||
      !read_int(cx, options, "generator", 2, &job->generator) ||
      !read_name(cx, options, "digest", job->digest, sizeof job->digest) ||
      !read_name(cx, options, "mgf1Digest", job->mgf1_digest, sizeof job->mgf1_digest) ||
      !read_name(cx, options, "curve", job->curve, sizeof job->curve) ||
      !read_name(cx, options, "group", group, sizeof group))
    return false;
  if (group[0])
    job->prime = crypto_dh_group_prime(group);
  JsValue exponent = js_get(cx, options, "exponent"), is_explicit = js_get(cx, options, "explicit");
  JsValue prime = js_get(cx, options, "prime");
  if (js_is_exception(exponent) || js_is_exception(is_explicit) || js_is_exception(prime))
    return false;
  job->is_explicit = js_to_boolean(is_explicit);
  if (js_is_number(exponent)) {
    job->exponent = ossl->BN_new();
    if (!job->exponent || !ossl->BN_set_word(job->exponent, (BN_ULONG)rt_size_argument(1, &exponent, 0))) {
      crypto_throw_memory(cx);
      return false;
    }
  }
  return js_is_undefined(prime) || (job->prime = crypto_bignum(cx, prime));
}

/* generateKeyPair(type, options, req) -> [public key, private key]; options: bits, exponent, digest, mgf1Digest,
 * saltLength, divisor, curve, explicit, prime, generator, group */
static JsValue crypto_generate_key_pair(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char type[16];
  KeygenJob *job = crypto_job_new(cx, &keygen_kind);
  if (!job)
    return JS_EXCEPTION;
  job->id = crypto_name(cx, js_argument(argc, argv, 0), type, sizeof type) ? keygen_type(type) : 0;
  if (job->id && js_value_is_object(js_argument(argc, argv, 1))) {
    if (read_options(cx, job, argv[1]))
      return crypto_job_start(cx, &job->job, js_argument(argc, argv, 2));
  } else {
    js_throw_type_error(cx, "Bad type of a key pair");
  }
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* isCurve(name): EC keys can be made on it */
static JsValue crypto_is_curve(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char name[64];
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  if (!crypto_name(cx, js_argument(argc, argv, 0), name, sizeof name))
    return JS_FALSE;
  int nid = ossl->EC_curve_nist2nid(name);
  if (nid == NID_undef)
    nid = ossl->OBJ_sn2nid(name);
  EC_GROUP *group = nid == NID_undef ? NULL : ossl->EC_GROUP_new_by_curve_name(nid);
  ossl->EC_GROUP_free(group);
  ossl->ERR_clear_error();
  return js_boolean(group != NULL);
}

bool crypto_define_keygen(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"generateKeyPair", crypto_generate_key_pair, 3},
      {"isCurve", crypto_is_curve, 1},
      {0},
  };
  return js_define_functions(cx, binding, rows);
}
