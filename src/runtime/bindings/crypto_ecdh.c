// SPDX-License-Identifier: MIT
/* The class ECDH of internalBinding('crypto'): a key on a curve, points in their encodings. */
#include "runtime/crypto.h"

#include <stdlib.h>

static void ecdh_finalise(void *native)
{
  if (native)
    ossl->EC_KEY_free(native);
}

static const JsHostClass ecdh_class = {"ECDH", ecdh_finalise};

static int curve_nid(JsContext *cx, JsValue val)
{
  char name[64];
  return crypto_name(cx, val, name, sizeof name) ? ossl->OBJ_sn2nid(name) : NID_undef;
}

static JsValue throw_curve(JsContext *cx)
{
  return crypto_throw_coded(cx, "TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
}

/* new ECDH(curve) */
static JsValue ecdh_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  int nid = curve_nid(cx, js_argument(argc, argv, 0));
  EC_KEY *key = nid == NID_undef ? NULL : ossl->EC_KEY_new_by_curve_name(nid);
  if (!key)
    return throw_curve(cx);
  JsValue obj = js_host_new(cx, &ecdh_class, key);
  if (js_is_exception(obj))
    ossl->EC_KEY_free(key);
  return obj;
}

static EC_KEY *ecdh_this(JsContext *cx, JsValue this_val)
{
  EC_KEY *key = js_host_native(this_val, &ecdh_class);
  if (!key)
    js_throw_type_error(cx, "Illegal invocation");
  return key;
}

/* generateKeys() */
static JsValue ecdh_generate_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  return ossl->EC_KEY_generate_key(key)
             ? JS_UNDEFINED
             : crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to generate key");
}

static JsValue encode_point(JsContext *cx, const EC_GROUP *group, const EC_POINT *point, int form)
{
  uint8_t bytes[256]; /* an uncompressed point of 571 bits has 145 */
  size_t size = ossl->EC_POINT_point2oct(group, point, (point_conversion_form_t)form, bytes, sizeof bytes, NULL);
  return size ? rt_bytes_new(cx, bytes, size) : crypto_throw(cx, "Failed to get public key");
}

/* getPublicKey(form) -> Uint8Array; form is one of constants.POINT_CONVERSION_* */
static JsValue ecdh_get_public_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  const EC_POINT *point = ossl->EC_KEY_get0_public_key(key);
  if (!point)
    return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key");
  return encode_point(cx, ossl->EC_KEY_get0_group(key), point, rt_int_argument(argc, argv, 0));
}

/* getPrivateKey() -> Uint8Array */
static JsValue ecdh_get_private_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  const BIGNUM *number = ossl->EC_KEY_get0_private_key(key);
  if (!number)
    return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key");
  return crypto_bignum_array(cx, number, 0);
}

/* NULL, with OpenSSL's queue empty and no exception, when the bytes are no point of the curve. */
static EC_POINT *decode_point(JsContext *cx, const EC_GROUP *group, JsValue val)
{
  CryptoBytes bytes;
  if (!crypto_bytes(cx, val, &bytes))
    return NULL;
  EC_POINT *point = ossl->EC_POINT_new(group);
  if (point && !ossl->EC_POINT_oct2point(group, point, bytes.data, bytes.size, NULL)) {
    ossl->EC_POINT_free(point);
    point = NULL;
  }
  crypto_bytes_free(&bytes);
  ossl->ERR_clear_error();
  return point;
}

/* setPrivateKey(bytes): the public key follows from it */
static JsValue ecdh_set_private_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  BIGNUM *number = key ? crypto_bignum(cx, js_argument(argc, argv, 0)) : NULL;
  if (!number)
    return JS_EXCEPTION;
  const EC_GROUP *group = ossl->EC_KEY_get0_group(key);
  const BIGNUM *order = ossl->EC_GROUP_get0_order(group);
  EC_POINT *point = NULL;
  JsValue result = JS_UNDEFINED;
  if (ossl->BN_is_zero(number) || ossl->BN_cmp(number, order) >= 0)
    result = crypto_throw_coded(cx, "RangeError", "ERR_CRYPTO_INVALID_KEYTYPE",
                                "Private key is not valid for specified curve.");
  else if (!(point = ossl->EC_POINT_new(group)) || !ossl->EC_POINT_mul(group, point, number, NULL, NULL, NULL) ||
           !ossl->EC_KEY_set_private_key(key, number) || !ossl->EC_KEY_set_public_key(key, point))
    result = crypto_throw(cx, "Failed to set the private key");
  ossl->EC_POINT_free(point);
  ossl->BN_clear_free(number);
  return result;
}

/* setPublicKey(bytes) */
static JsValue ecdh_set_public_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  EC_POINT *point = key ? decode_point(cx, ossl->EC_KEY_get0_group(key), js_argument(argc, argv, 0)) : NULL;
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  bool done = point && ossl->EC_KEY_set_public_key(key, point);
  ossl->EC_POINT_free(point);
  return done ? JS_UNDEFINED
              : crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
}

/* computeSecret(other's public key) -> Uint8Array; undefined when that is no point of the curve */
static JsValue ecdh_compute_secret(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  EC_KEY *key = ecdh_this(cx, this_val);
  if (!key)
    return JS_EXCEPTION;
  const EC_GROUP *group = ossl->EC_KEY_get0_group(key);
  EC_POINT *point = decode_point(cx, group, js_argument(argc, argv, 0));
  if (!point)
    return js_exception_pending(cx) ? JS_EXCEPTION : JS_UNDEFINED;
  if (!ossl->EC_KEY_check_key(key)) {
    ossl->EC_POINT_free(point);
    return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair");
  }
  size_t size = ((size_t)ossl->EC_GROUP_get_degree(group) + 7) / 8;
  void *data;
  JsValue array = rt_typed_array_new(cx, JS_UINT8, size, &data);
  int written = js_is_exception(array) ? -1 : ossl->ECDH_compute_key(data, size, point, key, NULL);
  ossl->EC_POINT_free(point);
  if (js_is_exception(array) || written > 0)
    return array;
  return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute ECDH key");
}

/* ecdhConvertKey(key, curve, form) -> Uint8Array */
static JsValue crypto_ecdh_convert_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  int nid = curve_nid(cx, js_argument(argc, argv, 1));
  EC_GROUP *group = nid == NID_undef ? NULL : ossl->EC_GROUP_new_by_curve_name(nid);
  if (!group)
    return throw_curve(cx);
  EC_POINT *point = decode_point(cx, group, js_argument(argc, argv, 0));
  JsValue result = JS_EXCEPTION;
  if (point)
    result = encode_point(cx, group, point, rt_int_argument(argc, argv, 2));
  else if (!js_exception_pending(cx))
    crypto_throw_coded(cx, "Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
  ossl->EC_POINT_free(point);
  ossl->EC_GROUP_free(group);
  return result;
}

/* getCurves() -> names */
static JsValue crypto_get_curves(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  size_t count = ossl->EC_get_builtin_curves(NULL, 0);
  EC_builtin_curve *curves = calloc(count + 1, sizeof *curves);
  JsValue array = curves ? js_array_new(cx, 0, NULL) : crypto_throw_memory(cx);
  if (curves)
    ossl->EC_get_builtin_curves(curves, count);
  for (size_t k = 0; k < count && !js_is_exception(array); k++)
    if (!js_array_push(cx, array, js_string(cx, ossl->OBJ_nid2sn(curves[k].nid))))
      array = JS_EXCEPTION;
  free(curves);
  return array;
}

bool crypto_define_ecdh(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"ecdhConvertKey", crypto_ecdh_convert_key, 3},
      {"getCurves", crypto_get_curves, 0},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"generateKeys", ecdh_generate_keys, 0},
      {"getPublicKey", ecdh_get_public_key, 1},
      {"getPrivateKey", ecdh_get_private_key, 0},
      {"setPublicKey", ecdh_set_public_key, 1},
      {"setPrivateKey", ecdh_set_private_key, 1},
      {"computeSecret", ecdh_compute_secret, 1},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &ecdh_class, ecdh_new, 1, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "ECDH", ctor);
}
