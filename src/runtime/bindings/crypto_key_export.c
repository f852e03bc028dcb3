// SPDX-License-Identifier: MIT
/* What JavaScript learns of a key: its kind and facts, PEM, DER, raw bytes, the numbers of a JWK; comparison. */
#include "runtime/crypto.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  int id;
} key_types[] = {
    {"rsa", EVP_PKEY_RSA},     {"rsa-pss", EVP_PKEY_RSA_PSS}, {"dsa", EVP_PKEY_DSA},   {"dh", EVP_PKEY_DH},
    {"dh", EVP_PKEY_DHX},      {"ec", EVP_PKEY_EC},           {"ec", EVP_PKEY_SM2},    {"ed25519", EVP_PKEY_ED25519},
    {"ed448", EVP_PKEY_ED448}, {"x25519", EVP_PKEY_X25519},   {"x448", EVP_PKEY_X448},
};

const char *crypto_key_type_name(const EVP_PKEY *pkey)
{
  int id = ossl->EVP_PKEY_get_base_id(pkey);
  for (size_t k = 0; k < sizeof key_types / sizeof *key_types; k++)
    if (key_types[k].id == id)
      return key_types[k].name;
  return NULL;
}

/* kind() -> 'secret', 'public', 'private' */
static JsValue key_kind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {"secret", "public", "private"};
  CryptoKey *key = crypto_key_this(cx, this_val);
  return key ? js_intern(cx, names[key->kind]) : JS_EXCEPTION;
}

/* type() -> 'rsa' ...; undefined for secret keys and unknown algorithms */
static JsValue key_type(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  const char *name = key->pkey ? crypto_key_type_name(key->pkey) : NULL;
  return name ? js_intern(cx, name) : JS_UNDEFINED;
}

/* size(): of a secret key, in bytes */
static JsValue key_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  return key ? js_number((double)key->secret.size) : JS_EXCEPTION;
}

/* secret() -> Uint8Array */
static JsValue key_secret(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  return key ? crypto_block_array(cx, &key->secret) : JS_EXCEPTION;
}

/* toPublic() -> the public key of a private one */
static JsValue key_to_public(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  if (!key->pkey || !ossl->EVP_PKEY_up_ref(key->pkey))
    return js_throw_type_error(cx, "argument must be an asymmetric key");
  return crypto_key_object(cx, CRYPTO_KEY_PUBLIC, key->pkey);
}

/* equals(other): undefined when OpenSSL cannot say */
static JsValue key_equals(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  CryptoKey *other = js_host_native(js_argument(argc, argv, 0), &crypto_key_class);
  if (!key)
    return JS_EXCEPTION;
  if (!other || other->kind != key->kind)
    return JS_FALSE;
  if (key->kind == CRYPTO_KEY_SECRET)
    return js_boolean(key->secret.size == other->secret.size &&
                      ossl->CRYPTO_memcmp(key->secret.data, other->secret.data, key->secret.size) == 0);
  int result = ossl->EVP_PKEY_eq(key->pkey, other->pkey);
  ossl->ERR_clear_error();
  return result == -2 ? JS_UNDEFINED : js_boolean(result == 1);
}

/* --- facts ---------------------------------------------------------------------------------------------------------*/

static bool set_bits(JsContext *cx, JsValue obj, const char *name, int bits)
{
  return js_set(cx, obj, name, js_int32(bits));
}

static bool set_number(JsContext *cx, JsValue obj, const char *name, const EVP_PKEY *pkey, const char *param)
{
  BIGNUM *bn = NULL;
  ossl->EVP_PKEY_get_bn_param(pkey, param, &bn);
  JsValue array = bn ? crypto_bignum_array(cx, bn, 0) : JS_UNDEFINED;
  ossl->BN_clear_free(bn);
  return !js_is_exception(array) && js_set(cx, obj, name, array);
}

/* The name of a digest as Node has it ("sha256" for "SHA2-256"). */
static bool set_digest(JsContext *cx, JsValue obj, const char *name, const EVP_PKEY *pkey, const char *param)
{
  char text[80];
  size_t length;
  const char *digest = "sha1";
  EVP_MD *md = NULL;
  if (ossl->EVP_PKEY_get_utf8_string_param(pkey, param, text, sizeof text, &length)) {
    md = crypto_digest_named(text);
    digest = md ? ossl->OBJ_nid2ln(ossl->EVP_MD_get_type(md)) : text;
  }
  bool done = js_set(cx, obj, name, js_string(cx, digest));
  ossl->EVP_MD_free(md);
  return done;
}

/* The limits that are part of an RSA-PSS key, if there are any (RFC 4055); what is not said is SHA-1 and 20. */
static bool pss_details(JsContext *cx, JsValue obj, const EVP_PKEY *pkey)
{
  int salt = 0;
  if (!ossl->EVP_PKEY_get_int_param(pkey, OSSL_PKEY_PARAM_RSA_PSS_SALTLEN, &salt))
    return true;
  return set_digest(cx, obj, "hashAlgorithm", pkey, OSSL_PKEY_PARAM_RSA_DIGEST) &&
         set_digest(cx, obj, "mgf1HashAlgorithm", pkey, OSSL_PKEY_PARAM_RSA_MGF1_DIGEST) &&
         set_bits(cx, obj, "saltLength", salt);
}

/* details() -> { modulusLength, publicExponent (bytes), divisorLength, namedCurve, hashAlgorithm ... } */
static JsValue key_details(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  JsValue obj = key ? js_object_new(cx) : JS_EXCEPTION;
  if (js_is_exception(obj) || !key->pkey)
    return obj;
  bool done = true;
  BIGNUM *q = NULL;
  char curve[80];
  size_t length;
  switch (ossl->EVP_PKEY_get_base_id(key->pkey)) {
  case EVP_PKEY_RSA:
  case EVP_PKEY_RSA_PSS:
    done = set_bits(cx, obj, "modulusLength", ossl->EVP_PKEY_get_bits(key->pkey)) &&
           set_number(cx, obj, "publicExponent", key->pkey, OSSL_PKEY_PARAM_RSA_E) &&
           (ossl->EVP_PKEY_get_base_id(key->pkey) == EVP_PKEY_RSA || pss_details(cx, obj, key->pkey));
    break;
  case EVP_PKEY_DSA:
    ossl->EVP_PKEY_get_bn_param(key->pkey, OSSL_PKEY_PARAM_FFC_Q, &q);
    done = set_bits(cx, obj, "modulusLength", ossl->EVP_PKEY_get_bits(key->pkey)) &&
           set_bits(cx, obj, "divisorLength", q ? ossl->BN_num_bits(q) : 0);
    ossl->BN_free(q);
    break;
  case EVP_PKEY_EC:
    if (ossl->EVP_PKEY_get_utf8_string_param(key->pkey, OSSL_PKEY_PARAM_GROUP_NAME, curve, sizeof curve, &length))
      done = js_set(cx, obj, "namedCurve", js_string(cx, curve));
    break;
  default: break;
  }
  ossl->ERR_clear_error();
  return done ? obj : JS_EXCEPTION;
}

/* --- PEM and DER ---------------------------------------------------------------------------------------------------*/

static const char *structure_of(const char *type, bool is_encrypted)
{
  if (!strcmp(type, "spki"))
    return "SubjectPublicKeyInfo";
  if (!strcmp(type, "pkcs8"))
    return is_encrypted ? "EncryptedPrivateKeyInfo" : "PrivateKeyInfo";
  return "type-specific"; /* pkcs1, sec1 */
}

/* export(isPem, type, cipher or undefined, passphrase or undefined) -> string or Uint8Array; type is spki or pkcs1 of a
 * public key, pkcs8, pkcs1 or sec1 of a private one. */
static JsValue key_export(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char type[8], cipher[64];
  CryptoBlock phrase = {0};
  CryptoKey *key = crypto_key_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  bool is_pem = js_to_boolean(js_argument(argc, argv, 0));
  bool is_encrypted = crypto_name(cx, js_argument(argc, argv, 2), cipher, sizeof cipher);
  if (!key->pkey || !crypto_name(cx, js_argument(argc, argv, 1), type, sizeof type))
    return js_throw_type_error(cx, "Bad key export");
  if (!crypto_block_copy(cx, js_argument(argc, argv, 3), &phrase))
    return JS_EXCEPTION;
  int selection = key->kind == CRYPTO_KEY_PRIVATE ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  BIO *bio = ossl->BIO_new(ossl->BIO_s_mem());
  OSSL_ENCODER_CTX *ctx = ossl->OSSL_ENCODER_CTX_new_for_pkey(key->pkey, selection, is_pem ? "PEM" : "DER",
                                                              structure_of(type, is_encrypted), NULL);
  bool done = bio && ctx;
  if (done && is_encrypted)
    done = ossl->OSSL_ENCODER_CTX_set_cipher(ctx, cipher, NULL) &&
           ossl->OSSL_ENCODER_CTX_set_passphrase(ctx, phrase.data ? phrase.data : (const uint8_t *)"", phrase.size);
  done = done && ossl->OSSL_ENCODER_to_bio(ctx, bio);
  JsValue result = JS_UNDEFINED;
  if (done) {
    ossl->ERR_clear_error();
    result = is_pem ? crypto_bio_string(cx, bio) : crypto_bio_array(cx, bio);
  }
  ossl->OSSL_ENCODER_CTX_free(ctx);
  ossl->BIO_free_all(bio);
  crypto_block_free(&phrase);
  return done ? result : crypto_throw(cx, "Failed to encode key");
}

/* --- raw bytes and numbers -----------------------------------------------------------------------------------------*/

/* raw(isPrivate) -> Uint8Array; undefined for keys without such a form (of EC keys see numbers) */
static JsValue key_raw(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  uint8_t bytes[64]; /* 57 are the most: Ed448 */
  size_t size = sizeof bytes;
  bool is_private = js_to_boolean(js_argument(argc, argv, 0));
  bool done = key->pkey && (!is_private || key->kind == CRYPTO_KEY_PRIVATE) &&
              (is_private ? ossl->EVP_PKEY_get_raw_private_key(key->pkey, bytes, &size)
                          : ossl->EVP_PKEY_get_raw_public_key(key->pkey, bytes, &size)) == 1;
  ossl->ERR_clear_error();
  JsValue array = done ? rt_bytes_new(cx, bytes, size) : JS_UNDEFINED;
  explicit_bzero(bytes, sizeof bytes);
  return array;
}

/* point(form) -> the encoded public point of an EC key; form is one of constants.POINT_CONVERSION_* */
static JsValue key_point(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoKey *key = crypto_key_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  const EC_KEY *ec = key->pkey ? ossl->EVP_PKEY_get0_EC_KEY(key->pkey) : NULL;
  const EC_POINT *point = ec ? ossl->EC_KEY_get0_public_key(ec) : NULL;
  uint8_t bytes[256];
  size_t size = 0;
  if (point)
    size = ossl->EC_POINT_point2oct(ossl->EC_KEY_get0_group(ec), point,
                                    (point_conversion_form_t)rt_int_argument(argc, argv, 0), bytes, sizeof bytes, NULL);
  ossl->ERR_clear_error();
  return size ? rt_bytes_new(cx, bytes, size) : JS_UNDEFINED;
}

/* numbers() -> big-endian bytes for a JWK: of RSA { n, e, d, p, q, dp, dq, qi }, of EC { x, y, d }; private ones only
 * of private keys */
static JsValue key_numbers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const struct {
    const char *name, *param;
    bool is_rsa, is_private;
  } rows[] = {
      {"n", OSSL_PKEY_PARAM_RSA_N, true, false},         {"e", OSSL_PKEY_PARAM_RSA_E, true, false},
      {"d", OSSL_PKEY_PARAM_RSA_D, true, true},          {"p", OSSL_PKEY_PARAM_RSA_FACTOR1, true, true},
      {"q", OSSL_PKEY_PARAM_RSA_FACTOR2, true, true},    {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1, true, true},
      {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2, true, true}, {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1, true, true},
      {"x", OSSL_PKEY_PARAM_EC_PUB_X, false, false},     {"y", OSSL_PKEY_PARAM_EC_PUB_Y, false, false},
      {"d", OSSL_PKEY_PARAM_PRIV_KEY, false, true},
  };
  CryptoKey *key = crypto_key_this(cx, this_val);
  JsValue obj = key ? js_object_new(cx) : JS_EXCEPTION;
  if (js_is_exception(obj) || !key->pkey)
    return obj;
  int id = ossl->EVP_PKEY_get_base_id(key->pkey);
  bool is_rsa = id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS;
  size_t width = is_rsa ? 0 : ((size_t)ossl->EVP_PKEY_get_bits(key->pkey) + 7) / 8;
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    if (rows[k].is_rsa != is_rsa || (rows[k].is_private && key->kind != CRYPTO_KEY_PRIVATE))
      continue;
    BIGNUM *bn = NULL;
    ossl->EVP_PKEY_get_bn_param(key->pkey, rows[k].param, &bn);
    JsValue array = bn ? crypto_bignum_array(cx, bn, width) : JS_UNDEFINED;
    ossl->BN_clear_free(bn);
    if (js_is_exception(array) || !js_set(cx, obj, rows[k].name, array))
      return JS_EXCEPTION;
  }
  ossl->ERR_clear_error();
  return obj;
}

const JsFunctionRow crypto_key_methods[] = {
    {"kind", key_kind, 0},       {"type", key_type, 0},          {"size", key_size, 0},
    {"secret", key_secret, 0},   {"toPublic", key_to_public, 0}, {"equals", key_equals, 1},
    {"details", key_details, 0}, {"export", key_export, 4},      {"raw", key_raw, 1},
    {"point", key_point, 1},     {"numbers", key_numbers, 0},    {0},
};
