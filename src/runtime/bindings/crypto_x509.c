// SPDX-License-Identifier: MIT
/*
 * X.509 certificates of internalBinding('crypto'). What is said of one is in runtime/x509.c, which TLS shares; here are
 * the native object, reading, and the questions that are put to it.
 */
#include "runtime/x509.h"

#include "runtime/crypto.h"

#include <string.h>

static void x509_finalise(void *native)
{
  if (native)
    ossl->X509_free(native);
}

static const JsHostClass x509_class = {"X509Handle", x509_finalise};

/* Takes the certificate, also on failure. */
static JsValue x509_object(JsContext *cx, X509 *cert)
{
  JsValue obj = crypto_object(cx, &x509_class, cert);
  if (js_is_exception(obj))
    ossl->X509_free(cert);
  return obj;
}

/* PEM, or DER when there is none. */
static X509 *read_certificate(const uint8_t *bytes, size_t size)
{
  BIO *bio = ossl->BIO_new_mem_buf(bytes, (int)size);
  X509 *cert = bio ? ossl->PEM_read_bio_X509_AUX(bio, NULL, NULL, NULL) : NULL;
  ossl->BIO_free_all(bio);
  if (cert)
    return cert;
  CryptoError error; /* of PEM: that is what is told when it is no DER either */
  crypto_error_take(&error);
  cert = ossl->d2i_X509(NULL, &bytes, (long)size);
  ossl->ERR_clear_error();
  if (!cert)
    crypto_raise(error.count ? ERR_GET_LIB(error.codes[0]) : ERR_LIB_PEM,
                 error.count ? ERR_GET_REASON(error.codes[0]) : PEM_R_NO_START_LINE);
  return cert;
}

/* new X509Handle(bytes) */
static JsValue x509_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  if (!crypto_ready(cx) || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  ossl->ERR_clear_error();
  X509 *cert = bytes.size <= INT32_MAX ? read_certificate(bytes.data, bytes.size) : NULL;
  crypto_bytes_free(&bytes);
  return cert ? x509_object(cx, cert) : crypto_throw(cx, "Failed to read certificate");
}

static X509 *x509_this(JsContext *cx, JsValue this_val)
{
  X509 *cert = js_host_native(this_val, &x509_class);
  if (!cert)
    js_throw_type_error(cx, "Illegal invocation");
  return cert;
}

/* --- what it says --------------------------------------------------------------------------------------------------*/

/* 'C=UK\nCN=a': a line for each part */
static JsValue name_lines(JsContext *cx, const X509_NAME *name)
{
  enum {
    FLAGS = ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT | XN_FLAG_SEP_MULTILINE |
            XN_FLAG_FN_SN
  };
  BIO *bio = ossl->X509_NAME_entry_count(name) > 0 ? ossl->BIO_new(ossl->BIO_s_mem()) : NULL;
  JsValue text = JS_UNDEFINED;
  if (bio && ossl->X509_NAME_print_ex(bio, name, 0, FLAGS) > 0)
    text = crypto_bio_string(cx, bio);
  ossl->BIO_free_all(bio);
  return text;
}

static JsValue pem_text(JsContext *cx, X509 *cert)
{
  BIO *bio = ossl->BIO_new(ossl->BIO_s_mem());
  JsValue text = bio && ossl->PEM_write_bio_X509(bio, cert) ? crypto_bio_string(cx, bio)
                                                            : crypto_throw(cx, "Failed to encode certificate");
  ossl->BIO_free_all(bio);
  return text;
}

static JsValue public_key(JsContext *cx, X509 *cert)
{
  EVP_PKEY *pkey = ossl->X509_get_pubkey(cert);
  return pkey ? crypto_key_object(cx, CRYPTO_KEY_PUBLIC, pkey) : crypto_throw(cx, "Failed to read public key");
}

static JsValue signature_algorithm(JsContext *cx, X509 *cert, bool is_oid)
{
  const X509_ALGOR *algorithm;
  const ASN1_OBJECT *object;
  char oid[256];
  ossl->X509_get0_signature(NULL, &algorithm, cert);
  ossl->X509_ALGOR_get0(&object, NULL, NULL, algorithm);
  int nid = ossl->OBJ_obj2nid(object);
  if (!is_oid)
    return nid == NID_undef ? JS_UNDEFINED : js_string(cx, ossl->OBJ_nid2ln(nid));
  return ossl->OBJ_obj2txt(oid, sizeof oid, object, 1) > 0 ? js_string(cx, oid) : JS_UNDEFINED;
}

/* get(what): one of the names of X509Certificate's properties */
static JsValue x509_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char what[32];
  X509 *cert = x509_this(cx, this_val);
  if (!cert)
    return JS_EXCEPTION;
  if (!crypto_name(cx, js_argument(argc, argv, 0), what, sizeof what))
    return JS_UNDEFINED;
  JsValue result = JS_UNDEFINED;
  if (!strcmp(what, "subject"))
    result = name_lines(cx, ossl->X509_get_subject_name(cert));
  else if (!strcmp(what, "issuer"))
    result = name_lines(cx, ossl->X509_get_issuer_name(cert));
  else if (!strcmp(what, "subjectAltName"))
    result = x509_alt_name(cx, ossl, cert);
  else if (!strcmp(what, "infoAccess"))
    result = x509_info_access(cx, ossl, cert);
  else if (!strcmp(what, "validFrom"))
    result = x509_time(cx, ossl, ossl->X509_get0_notBefore(cert));
  else if (!strcmp(what, "validTo"))
    result = x509_time(cx, ossl, ossl->X509_get0_notAfter(cert));
  else if (!strcmp(what, "fingerprint"))
    result = x509_fingerprint(cx, ossl, cert, "SHA1");
  else if (!strcmp(what, "fingerprint256"))
    result = x509_fingerprint(cx, ossl, cert, "SHA256");
  else if (!strcmp(what, "fingerprint512"))
    result = x509_fingerprint(cx, ossl, cert, "SHA512");
  else if (!strcmp(what, "keyUsage"))
    result = x509_key_usage(cx, ossl, cert);
  else if (!strcmp(what, "serialNumber"))
    result = x509_serial(cx, ossl, cert);
  else if (!strcmp(what, "signatureAlgorithm"))
    result = signature_algorithm(cx, cert, false);
  else if (!strcmp(what, "signatureAlgorithmOid"))
    result = signature_algorithm(cx, cert, true);
  else if (!strcmp(what, "raw"))
    result = x509_der(cx, ossl, cert);
  else if (!strcmp(what, "pem"))
    result = pem_text(cx, cert);
  else if (!strcmp(what, "publicKey"))
    result = public_key(cx, cert);
  else if (!strcmp(what, "ca"))
    result = js_boolean(ossl->X509_check_ca(cert) == 1);
  else if (!strcmp(what, "legacy"))
    result = x509_legacy_object(cx, ossl, cert);
  ossl->ERR_clear_error();
  return result;
}

/* --- questions -----------------------------------------------------------------------------------------------------*/

/* check(kind, text, flags) -> the name that matches; undefined when none does, null when the text is none; kind is
 * 'host', 'email' or 'ip'. */
static JsValue x509_check(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char kind[8];
  CryptoBlock text;
  X509 *cert = x509_this(cx, this_val);
  if (!cert || !crypto_block_copy(cx, js_argument(argc, argv, 1), &text))
    return JS_EXCEPTION;
  unsigned flags = (unsigned)rt_int_argument(argc, argv, 2);
  char *peer = NULL;
  const char *name = (const char *)text.data;
  int found = -2;
  if (name && crypto_name(cx, js_argument(argc, argv, 0), kind, sizeof kind)) {
    if (!strcmp(kind, "host"))
      found = ossl->X509_check_host(cert, name, text.size, flags, &peer);
    else if (!strcmp(kind, "email"))
      found = ossl->X509_check_email(cert, name, text.size, flags);
    else
      found = ossl->X509_check_ip_asc(cert, name, flags);
  }
  JsValue result = found == 1    ? js_string_utf8(cx, peer ? peer : name, peer ? strlen(peer) : text.size)
                   : found == -2 ? JS_NULL
                                 : JS_UNDEFINED;
  ossl->CRYPTO_free(peer, __FILE__, __LINE__);
  crypto_block_free(&text);
  ossl->ERR_clear_error();
  return result;
}

/* checkIssued(issuer): the issuer's names and extensions fit; signatures are not looked at */
static JsValue x509_check_issued_by(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  X509 *cert = x509_this(cx, this_val), *issuer = cert ? x509_this(cx, js_argument(argc, argv, 0)) : NULL;
  if (!issuer)
    return JS_EXCEPTION;
  bool issued = ossl->X509_check_issued(issuer, cert) == X509_V_OK;
  ossl->ERR_clear_error();
  return js_boolean(issued);
}

/* checkPrivateKey(key): it belongs to the certificate */
static JsValue x509_check_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  X509 *cert = x509_this(cx, this_val);
  CryptoKey *key = cert ? crypto_key_argument(cx, argc, argv, 0, false) : NULL;
  if (!key)
    return JS_EXCEPTION;
  bool belongs = ossl->X509_check_private_key(cert, key->pkey) == 1;
  ossl->ERR_clear_error();
  return js_boolean(belongs);
}

/* verify(key): the certificate is signed by it */
static JsValue x509_verify_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  X509 *cert = x509_this(cx, this_val);
  CryptoKey *key = cert ? crypto_key_argument(cx, argc, argv, 0, false) : NULL;
  if (!key)
    return JS_EXCEPTION;
  bool valid = ossl->X509_verify(cert, key->pkey) > 0;
  ossl->ERR_clear_error();
  return js_boolean(valid);
}

/* --- bundles -------------------------------------------------------------------------------------------------------*/

/* [key or null, certificate or null, [certificates]]; takes key and cert and borrows the others. */
static JsValue bundle_array(JsContext *cx, EVP_PKEY *pkey, X509 *cert, const STACK_OF(X509) * others)
{
  JsValue key = pkey ? crypto_key_object(cx, CRYPTO_KEY_PRIVATE, pkey) : JS_NULL;
  JsValue own = cert ? x509_object(cx, cert) : JS_NULL;
  JsValue list = js_array_new(cx, 0, NULL);
  if (js_is_exception(key) || js_is_exception(own) || js_is_exception(list))
    return JS_EXCEPTION;
  int count = others ? ossl->OPENSSL_sk_num((const OPENSSL_STACK *)others) : 0;
  for (int k = 0; k < count; k++) {
    X509 *other = ossl->OPENSSL_sk_value((const OPENSSL_STACK *)others, k);
    JsValue obj = ossl->X509_up_ref(other) ? x509_object(cx, other) : crypto_throw_memory(cx);
    if (js_is_exception(obj) || !js_array_push(cx, list, obj))
      return JS_EXCEPTION;
  }
  JsValue parts[] = {key, own, list};
  return js_array_new(cx, sizeof parts / sizeof *parts, parts);
}

/* parsePKCS12(bytes, passphrase or undefined): RFC 7292. The passphrase has no zero byte. */
static JsValue crypto_parse_pkcs12(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  CryptoBlock phrase = {0};
  if (!crypto_ready(cx) || !crypto_block_copy(cx, js_argument(argc, argv, 1), &phrase))
    return JS_EXCEPTION;
  if (!crypto_bytes(cx, js_argument(argc, argv, 0), &bytes)) {
    crypto_block_free(&phrase);
    return JS_EXCEPTION;
  }
  const uint8_t *at = bytes.data;
  PKCS12 *bundle = bytes.size <= INT32_MAX ? ossl->d2i_PKCS12(NULL, &at, (long)bytes.size) : NULL;
  ossl->ERR_clear_error();
  EVP_PKEY *pkey = NULL;
  X509 *cert = NULL;
  STACK_OF(X509) *others = NULL;
  const char *text = phrase.data ? (const char *)phrase.data : "";
  /* A bundle need not have a MAC; OpenSSL 3.0 does without only when there is no passphrase: it gets one. */
  bool done = bundle &&
              (ossl->PKCS12_mac_present(bundle) || !*text || ossl->PKCS12_set_mac(bundle, text, -1, NULL, 0, 1, NULL));
  done = done && ossl->PKCS12_parse(bundle, text, &pkey, &cert, &others);
  ossl->PKCS12_free(bundle);
  crypto_bytes_free(&bytes);
  crypto_block_free(&phrase);
  if (!bundle)
    return crypto_throw_operation(cx, "Input is not a valid PKCS#12 structure");
  if (!done)
    return crypto_throw_operation(cx, "Failed to parse PKCS#12 bundle");
  ossl->ERR_clear_error();
  JsValue result = bundle_array(cx, pkey, cert, others);
  ossl->OPENSSL_sk_pop_free((OPENSSL_STACK *)others, (OPENSSL_sk_freefunc)ossl->X509_free);
  return result;
}

bool crypto_define_x509(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"parsePKCS12", crypto_parse_pkcs12, 2},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"get", x509_get, 1},
      {"check", x509_check, 3},
      {"checkIssued", x509_check_issued_by, 1},
      {"checkPrivateKey", x509_check_key, 1},
      {"verify", x509_verify_with, 1},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &x509_class, x509_new, 1, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "X509Handle", ctor);
}
