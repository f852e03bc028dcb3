// SPDX-License-Identifier: MIT
/*
 * Keys of internalBinding('crypto'): the native half of KeyObject and CryptoKey, and how they are read from PEM, DER
 * and raw numbers. All of that is outside bytes: whatever is wrong with them ends in an error of OpenSSL's.
 */
#include "runtime/crypto.h"
#include "runtime/key_parser.h"

#include <stdlib.h>
#include <string.h>

static void key_finalise(void *native)
{
  CryptoKey *key = native;
  if (!key)
    return;
  crypto_block_free(&key->secret);
  if (key->pkey)
    ossl->EVP_PKEY_free(key->pkey);
  free(key);
}

const JsHostClass crypto_key_class = {"KeyObjectHandle", key_finalise};

CryptoKey *crypto_key_this(JsContext *cx, JsValue this_val)
{
  CryptoKey *key = js_host_native(this_val, &crypto_key_class);
  if (!key)
    js_throw_type_error(cx, "Illegal invocation");
  return key;
}

CryptoKey *crypto_key_argument(JsContext *cx, int argc, const JsValue *argv, int k, bool is_secret)
{
  CryptoKey *key = js_host_native(js_argument(argc, argv, k), &crypto_key_class);
  if (key && (key->kind == CRYPTO_KEY_SECRET) == is_secret)
    return key;
  js_throw_type_error(cx, "argument must be a key");
  return NULL;
}

bool crypto_key_bytes(JsContext *cx, JsValue val, CryptoBytes *out)
{
  CryptoKey *key = js_host_native(val, &crypto_key_class);
  if (!key || key->kind != CRYPTO_KEY_SECRET)
    return crypto_bytes(cx, val, out);
  *out = (CryptoBytes){key->secret.data, key->secret.size, NULL};
  return true;
}

/* new KeyObjectHandle(): empty until C fills it; lib/ never calls it, but a class wants a constructor. */
static JsValue key_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_throw_type_error(cx, "Illegal constructor");
}

static JsValue key_wrap(JsContext *cx, CryptoKey *key)
{
  JsValue obj = crypto_object(cx, &crypto_key_class, key);
  if (js_is_exception(obj))
    key_finalise(key);
  return obj;
}

JsValue crypto_key_object(JsContext *cx, CryptoKeyKind kind, EVP_PKEY *pkey)
{
  CryptoKey *key = calloc(1, sizeof *key);
  if (!key) {
    ossl->EVP_PKEY_free(pkey);
    return crypto_throw_memory(cx);
  }
  key->kind = kind;
  key->pkey = pkey;
  return key_wrap(cx, key);
}

/* createSecretKey(bytes) */
static JsValue crypto_create_secret_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx)) /* the methods of every key count on it */
    return JS_EXCEPTION;
  CryptoKey *key = calloc(1, sizeof *key);
  if (!key)
    return crypto_throw_memory(cx);
  if (!crypto_block_copy(cx, js_argument(argc, argv, 0), &key->secret)) {
    free(key);
    return JS_EXCEPTION;
  }
  return key_wrap(cx, key);
}

/* --- PEM and DER ---------------------------------------------------------------------------------------------------*/

static JsValue finish_import(JsContext *cx, CryptoKeyKind kind, EVP_PKEY *pkey, const KeyPassphrase *pass)
{
  if (pkey) {
    ossl->ERR_clear_error();
    return crypto_key_object(cx, kind, pkey);
  }
  if (pass->missing)
    return crypto_throw_coded(cx, "TypeError", "ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key");
  return crypto_throw_whole(cx, kind == CRYPTO_KEY_PRIVATE ? "Failed to read private key"
                                                           : "Failed to read asymmetric key");
}

/* importKey(isPrivate, isPem, type, bytes, passphrase or undefined); type is pkcs1, pkcs8, sec1, spki or undefined. A
 * public key may be read from a private one. */
static JsValue crypto_import_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBlock bytes = {0}, phrase = {0};
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  char type[8] = "";
  bool is_private = js_to_boolean(js_argument(argc, argv, 0)), is_pem = js_to_boolean(js_argument(argc, argv, 1));
  crypto_name(cx, js_argument(argc, argv, 2), type, sizeof type);
  if (!crypto_block_copy(cx, js_argument(argc, argv, 3), &bytes) ||
      !crypto_block_copy(cx, js_argument(argc, argv, 4), &phrase)) {
    crypto_block_free(&bytes);
    return JS_EXCEPTION;
  }
  KeyPassphrase pass = {phrase.data, phrase.size, false};
  EVP_PKEY *pkey = NULL;
  ossl->ERR_clear_error();
  if (bytes.data)
    pkey = key_read(is_private, is_pem ? NULL : type, bytes.data, bytes.size, &pass);
  crypto_block_free(&bytes);
  crypto_block_free(&phrase);
  if (!pkey && !is_private && !is_pem)
    return crypto_throw_named(cx, "Failed to read asymmetric key");
  if (is_pem) /* NODE: what OpenSSL says of it is enough */
    pass.missing = false;
  return finish_import(cx, is_private ? CRYPTO_KEY_PRIVATE : CRYPTO_KEY_PUBLIC, pkey, &pass);
}

/* --- raw bytes and numbers -----------------------------------------------------------------------------------------*/

static int raw_type(const char *name)
{
  static const struct {
    const char *name;
    int id;
  } rows[] = {
      {"ed25519", EVP_PKEY_ED25519}, {"ed448", EVP_PKEY_ED448}, {"x25519", EVP_PKEY_X25519}, {"x448", EVP_PKEY_X448}};
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
    if (!strcmp(rows[k].name, name))
      return rows[k].id;
  return 0;
}

/* importRaw(isPrivate, type, bytes) -> key, undefined when the bytes are none; for ed25519, ed448, x25519, x448 */
static JsValue crypto_import_raw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  char type[16];
  if (!crypto_ready(cx) || !crypto_bytes(cx, js_argument(argc, argv, 2), &bytes))
    return JS_EXCEPTION;
  bool is_private = js_to_boolean(js_argument(argc, argv, 0));
  int id = crypto_name(cx, js_argument(argc, argv, 1), type, sizeof type) ? raw_type(type) : 0;
  EVP_PKEY *pkey = NULL;
  if (id)
    pkey = is_private ? ossl->EVP_PKEY_new_raw_private_key(id, NULL, bytes.data, bytes.size)
                      : ossl->EVP_PKEY_new_raw_public_key(id, NULL, bytes.data, bytes.size);
  crypto_bytes_free(&bytes);
  ossl->ERR_clear_error();
  return pkey ? crypto_key_object(cx, is_private ? CRYPTO_KEY_PRIVATE : CRYPTO_KEY_PUBLIC, pkey) : JS_UNDEFINED;
}

/* Makes a key of parameters and frees the builder; NULL when they are no key. */
static EVP_PKEY *key_from_params(const char *type, OSSL_PARAM_BLD *builder, bool is_private)
{
  OSSL_PARAM *params = builder ? ossl->OSSL_PARAM_BLD_to_param(builder) : NULL;
  EVP_PKEY_CTX *ctx = params ? ossl->EVP_PKEY_CTX_new_from_name(NULL, type, NULL) : NULL;
  EVP_PKEY *pkey = NULL;
  if (!ctx || ossl->EVP_PKEY_fromdata_init(ctx) <= 0 ||
      ossl->EVP_PKEY_fromdata(ctx, &pkey, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) <= 0)
    pkey = NULL;
  ossl->EVP_PKEY_CTX_free(ctx);
  ossl->OSSL_PARAM_free(params);
  ossl->OSSL_PARAM_BLD_free(builder);
  return pkey;
}

enum { RSA_NUMBERS = 8 };

/* importRsa(isPrivate, [n, e, d, p, q, dp, dq, qi]) -> key or undefined; numbers are big-endian bytes */
static JsValue crypto_import_rsa(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[RSA_NUMBERS] = {OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,
                                                 OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
                                                 OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
                                                 OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  bool is_private = js_to_boolean(js_argument(argc, argv, 0)), failed = false;
  BIGNUM *numbers[RSA_NUMBERS] = {0};
  OSSL_PARAM_BLD *builder = ossl->OSSL_PARAM_BLD_new();
  for (int k = 0; k < (is_private ? RSA_NUMBERS : 2) && !failed; k++) {
    JsValue val = js_get_index(cx, js_argument(argc, argv, 1), (uint32_t)k);
    numbers[k] = js_is_exception(val) ? NULL : crypto_bignum(cx, val);
    failed = !numbers[k] || !builder || !ossl->OSSL_PARAM_BLD_push_BN(builder, names[k], numbers[k]);
  }
  EVP_PKEY *pkey = NULL;
  if (!failed)
    pkey = key_from_params("RSA", builder, is_private);
  else
    ossl->OSSL_PARAM_BLD_free(builder);
  for (int k = 0; k < RSA_NUMBERS; k++)
    ossl->BN_clear_free(numbers[k]);
  ossl->ERR_clear_error();
  if (failed)
    return js_exception_pending(cx) ? JS_EXCEPTION : JS_UNDEFINED;
  return pkey ? crypto_key_object(cx, is_private ? CRYPTO_KEY_PRIVATE : CRYPTO_KEY_PUBLIC, pkey) : JS_UNDEFINED;
}

/* The public point of a private number, uncompressed; its size, or 0. */
static size_t point_of_scalar(int nid, const BIGNUM *scalar, uint8_t *out, size_t cap)
{
  EC_GROUP *group = ossl->EC_GROUP_new_by_curve_name(nid);
  EC_POINT *point = group ? ossl->EC_POINT_new(group) : NULL;
  size_t size = 0;
  if (point && ossl->EC_POINT_mul(group, point, scalar, NULL, NULL, NULL))
    size = ossl->EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out, cap, NULL);
  ossl->EC_POINT_free(point);
  ossl->EC_GROUP_free(group);
  return size;
}

/* The scalar belongs to the point, and both to the curve. */
static bool ec_key_is_valid(EVP_PKEY *pkey, bool is_private)
{
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
  bool valid =
      ctx && (is_private ? ossl->EVP_PKEY_pairwise_check(ctx) == 1 : ossl->EVP_PKEY_public_check_quick(ctx) == 1);
  ossl->EVP_PKEY_CTX_free(ctx);
  return valid;
}

enum { EC_POINT_CAP = 256 }; /* two coordinates of 571 bits and a byte fit well */

/* importEc(isPrivate, curve, point or undefined, scalar or undefined) -> key or undefined; the point is an encoded one.
 */
static JsValue crypto_import_ec(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char curve[64];
  CryptoBlock point = {0};
  uint8_t derived[EC_POINT_CAP];
  if (!crypto_ready(cx) || !crypto_block_copy(cx, js_argument(argc, argv, 2), &point))
    return JS_EXCEPTION;
  bool is_private = js_to_boolean(js_argument(argc, argv, 0));
  BIGNUM *scalar = is_private ? crypto_bignum(cx, js_argument(argc, argv, 3)) : NULL;
  int nid = crypto_name(cx, js_argument(argc, argv, 1), curve, sizeof curve) ? ossl->OBJ_sn2nid(curve) : NID_undef;
  OSSL_PARAM_BLD *builder = ossl->OSSL_PARAM_BLD_new();
  EVP_PKEY *pkey = NULL;
  const uint8_t *bytes = point.data;
  size_t size = point.size;
  if (!bytes && scalar && nid != NID_undef) {
    size = point_of_scalar(nid, scalar, derived, sizeof derived);
    bytes = size ? derived : NULL;
  }
  if (builder && nid != NID_undef && bytes && (scalar || !is_private) &&
      ossl->OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) &&
      ossl->OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, bytes, size) &&
      (!scalar || ossl->OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, scalar)))
    pkey = key_from_params("EC", builder, is_private);
  else
    ossl->OSSL_PARAM_BLD_free(builder);
  if (pkey && !ec_key_is_valid(pkey, is_private)) {
    ossl->EVP_PKEY_free(pkey);
    pkey = NULL;
  }
  ossl->BN_clear_free(scalar);
  crypto_block_free(&point);
  ossl->ERR_clear_error();
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  return pkey ? crypto_key_object(cx, is_private ? CRYPTO_KEY_PRIVATE : CRYPTO_KEY_PUBLIC, pkey) : JS_UNDEFINED;
}

bool crypto_define_keys(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"createSecretKey", crypto_create_secret_key, 1},
      {"importKey", crypto_import_key, 5},
      {"importRaw", crypto_import_raw, 3},
      {"importRsa", crypto_import_rsa, 2},
      {"importEc", crypto_import_ec, 4},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &crypto_key_class, key_new, 0, crypto_key_methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) &&
         js_set(cx, binding, "KeyObjectHandle", ctor);
}
