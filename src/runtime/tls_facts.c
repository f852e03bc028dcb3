// SPDX-License-Identifier: MIT
/*
 * What a TLS connection can tell: the peer's certificate and what is wrong with it, cipher, keys, session. Methods of
 * TLSWrap; contract: docs/bindings.md, tls_wrap.
 */
#include "runtime/binding.h"
#include "runtime/openssl_error.h"
#include "runtime/tls_wrap.h"
#include "runtime/x509.h"

#include <stdlib.h>
#include <string.h>

/* --- certificates ------------------------------------------------------------------------------------------------ */

/* The issuer of cert: among the peer's chain, else among what is trusted; NULL, or to be freed. */
static X509 *find_issuer(TlsWrap *wrap, X509 *cert)
{
  const TlsLib *lib = wrap->lib;
  OPENSSL_STACK *chain = (OPENSSL_STACK *)lib->SSL_get_peer_cert_chain(wrap->ssl);
  int count = chain ? lib->OPENSSL_sk_num(chain) : 0;
  for (int k = 0; k < count; k++) {
    X509 *candidate = lib->OPENSSL_sk_value(chain, k);
    if (lib->X509_cmp(candidate, cert) != 0 && lib->X509_check_issued(candidate, cert) == X509_V_OK) {
      lib->X509_up_ref(candidate);
      return candidate;
    }
  }
  X509 *issuer = NULL;
  X509_STORE *store = lib->SSL_CTX_get_cert_store(lib->SSL_get_SSL_CTX(wrap->ssl));
  X509_STORE_CTX *search = lib->X509_STORE_CTX_new();
  if (!search || !lib->X509_STORE_CTX_init(search, store, NULL, NULL) ||
      lib->X509_STORE_CTX_get1_issuer(&issuer, search, cert) != 1)
    issuer = NULL;
  lib->X509_STORE_CTX_free(search);
  return issuer;
}

/* The certificate's object with issuerCertificate up to the root, which is its own issuer. Takes cert. */
static JsValue chain_object(JsContext *cx, TlsWrap *wrap, X509 *cert)
{
  enum { LONGEST = 64 };
  const TlsLib *lib = wrap->lib;
  const OpenSsl *crypto = openssl_get();
  JsValue leaf = JS_UNDEFINED, last = JS_UNDEFINED;
  for (int k = 0; cert && k < LONGEST; k++) {
    JsValue obj = x509_legacy_object(cx, crypto, cert);
    bool failed = js_is_exception(obj) || (!js_is_undefined(last) && !js_set(cx, last, "issuerCertificate", obj));
    if (js_is_undefined(leaf))
      leaf = obj;
    last = obj;
    bool is_root = lib->X509_check_issued(cert, cert) == X509_V_OK;
    if (!failed && is_root)
      failed = !js_set(cx, obj, "issuerCertificate", obj);
    X509 *issuer = failed || is_root ? NULL : find_issuer(wrap, cert);
    lib->X509_free(cert);
    cert = issuer;
    if (failed)
      return JS_EXCEPTION;
  }
  lib->X509_free(cert);
  lib->ERR_clear_error();
  return leaf;
}

/* getPeerCertificate(withIssuers) -> object or undefined */
static JsValue get_peer_certificate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  const OpenSsl *crypto = openssl_get();
  if (!wrap || !crypto)
    return JS_EXCEPTION;
  X509 *cert = wrap->lib->SSL_get1_peer_certificate(wrap->ssl);
  if (!cert)
    return JS_UNDEFINED;
  if (js_to_boolean(js_argument(argc, argv, 0)))
    return chain_object(cx, wrap, cert);
  JsValue out = x509_legacy_object(cx, crypto, cert);
  wrap->lib->X509_free(cert);
  return out;
}

static JsValue get_certificate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  const OpenSsl *crypto = openssl_get();
  if (!wrap || !crypto)
    return JS_EXCEPTION;
  X509 *cert = wrap->lib->SSL_get_certificate(wrap->ssl);
  return cert ? x509_legacy_object(cx, crypto, cert) : JS_UNDEFINED;
}

/* getCertificateDer(ofPeer) -> bytes or undefined */
static JsValue get_certificate_der(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  const OpenSsl *crypto = openssl_get();
  if (!wrap || !crypto)
    return JS_EXCEPTION;
  bool of_peer = js_to_boolean(js_argument(argc, argv, 0));
  X509 *cert = of_peer ? wrap->lib->SSL_get1_peer_certificate(wrap->ssl) : wrap->lib->SSL_get_certificate(wrap->ssl);
  JsValue out = cert ? x509_der(cx, crypto, cert) : JS_UNDEFINED;
  if (of_peer)
    wrap->lib->X509_free(cert);
  return out;
}

/* The names of verification results that programs compare with. */
static const char *verify_code(long result)
{
  static const struct {
    int result;
    const char *name;
  } rows[] = {
#define ROW(name) {X509_V_ERR_##name, #name},
      ROW(UNABLE_TO_GET_ISSUER_CERT) ROW(UNABLE_TO_GET_CRL) ROW(UNABLE_TO_DECRYPT_CERT_SIGNATURE)
          ROW(UNABLE_TO_DECRYPT_CRL_SIGNATURE) ROW(UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY) ROW(CERT_SIGNATURE_FAILURE)
              ROW(CRL_SIGNATURE_FAILURE) ROW(CERT_NOT_YET_VALID) ROW(CERT_HAS_EXPIRED) ROW(CRL_NOT_YET_VALID)
                  ROW(CRL_HAS_EXPIRED) ROW(ERROR_IN_CERT_NOT_BEFORE_FIELD) ROW(ERROR_IN_CERT_NOT_AFTER_FIELD)
                      ROW(ERROR_IN_CRL_LAST_UPDATE_FIELD) ROW(ERROR_IN_CRL_NEXT_UPDATE_FIELD) ROW(OUT_OF_MEM)
                          ROW(DEPTH_ZERO_SELF_SIGNED_CERT) ROW(SELF_SIGNED_CERT_IN_CHAIN)
                              ROW(UNABLE_TO_GET_ISSUER_CERT_LOCALLY) ROW(UNABLE_TO_VERIFY_LEAF_SIGNATURE)
                                  ROW(CERT_CHAIN_TOO_LONG) ROW(CERT_REVOKED) ROW(INVALID_CA) ROW(PATH_LENGTH_EXCEEDED)
                                      ROW(INVALID_PURPOSE) ROW(CERT_UNTRUSTED) ROW(CERT_REJECTED) ROW(HOSTNAME_MISMATCH)
#undef ROW
  };
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
    if (rows[k].result == result)
      return rows[k].name;
  return "UNSPECIFIED";
}

/* Without a certificate: fine where the connection was authenticated otherwise. */
static long verify_result(TlsWrap *wrap)
{
  const TlsLib *lib = wrap->lib;
  X509 *cert = lib->SSL_get1_peer_certificate(wrap->ssl);
  if (cert) {
    lib->X509_free(cert);
    return lib->SSL_get_verify_result(wrap->ssl);
  }
  const SSL_CIPHER *cipher = lib->SSL_get_current_cipher(wrap->ssl);
  const SSL_SESSION *session = lib->SSL_get_session(wrap->ssl);
  bool is_psk = cipher && lib->SSL_CIPHER_get_auth_nid(cipher) == NID_auth_psk;
  bool is_resumed =
      session && lib->SSL_SESSION_get_protocol_version(session) == TLS1_3_VERSION && lib->SSL_session_reused(wrap->ssl);
  return is_psk || is_resumed ? X509_V_OK : X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
}

/* verifyError() -> null, or an Error with its code */
static JsValue verify_error(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  long result = verify_result(wrap);
  if (result == X509_V_OK)
    return JS_NULL;
  JsValue error = js_error_new(cx, "Error", js_string(cx, wrap->lib->X509_verify_cert_error_string(result)));
  if (!js_is_exception(error) && !js_set(cx, error, "code", js_string(cx, verify_code(result))))
    return JS_EXCEPTION;
  return error;
}

/* --- cipher and keys --------------------------------------------------------------------------------------------- */

typedef struct Member {
  const char *name;
  JsValue value;
} Member;

static JsValue object_of(JsContext *cx, int count, const Member *members)
{
  JsValue out = js_object_new(cx);
  for (int k = 0; k < count; k++)
    if (js_is_exception(members[k].value) || !js_set(cx, out, members[k].name, members[k].value))
      return JS_EXCEPTION;
  return out;
}

static JsValue get_cipher(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  const SSL_CIPHER *cipher = wrap->lib->SSL_get_current_cipher(wrap->ssl);
  if (!cipher)
    return JS_UNDEFINED;
  Member members[] = {{"name", js_string(cx, wrap->lib->SSL_CIPHER_get_name(cipher))},
                      {"standardName", js_string(cx, wrap->lib->SSL_CIPHER_standard_name(cipher))},
                      {"version", js_string(cx, wrap->lib->SSL_CIPHER_get_version(cipher))}};
  return object_of(cx, 3, members);
}

static JsValue get_protocol(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  return wrap ? js_string(cx, wrap->lib->SSL_get_version(wrap->ssl)) : JS_EXCEPTION;
}

/* getEphemeralKeyInfo() -> null on a server */
static JsValue get_ephemeral_key_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->is_server)
    return JS_NULL;
  const TlsLib *lib = wrap->lib;
  EVP_PKEY *key = NULL;
  if (!lib->SSL_ctrl(wrap->ssl, SSL_CTRL_GET_PEER_TMP_KEY, 0, &key))
    return js_object_new(cx);
  int id = lib->EVP_PKEY_get_base_id(key);
  JsValue size = js_int32(lib->EVP_PKEY_get_bits(key)), out;
  if (id == EVP_PKEY_DH) {
    Member members[] = {{"type", js_string(cx, "DH")}, {"size", size}};
    out = object_of(cx, 2, members);
  } else {
    char group[80];
    size_t length = 0;
    bool named = id == EVP_PKEY_EC && lib->EVP_PKEY_get_group_name(key, group, sizeof group, &length);
    Member members[] = {
        {"type", js_string(cx, "ECDH")}, {"name", js_string(cx, named ? group : lib->OBJ_nid2sn(id))}, {"size", size}};
    out = object_of(cx, 3, members);
  }
  lib->EVP_PKEY_free(key);
  return out;
}

static const char *signature_name(int nid)
{
  switch (nid) {
  case EVP_PKEY_RSA: return "RSA";
  case EVP_PKEY_RSA_PSS: return "RSA-PSS";
  case EVP_PKEY_DSA: return "DSA";
  case EVP_PKEY_EC: return "ECDSA";
  case NID_ED25519: return "Ed25519";
  case NID_ED448: return "Ed448";
  default: return NULL;
  }
}

/* getSharedSigalgs() -> ['RSA-PSS+SHA256', ...] */
static JsValue get_shared_sigalgs(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  const TlsLib *lib = wrap->lib;
  JsValue out = js_array_new(cx, 0, NULL);
  int count = lib->SSL_get_shared_sigalgs(wrap->ssl, 0, NULL, NULL, NULL, NULL, NULL);
  for (int k = 0; k < count && !js_is_exception(out); k++) {
    int sign, hash;
    char text[128];
    lib->SSL_get_shared_sigalgs(wrap->ssl, k, &sign, &hash, NULL, NULL, NULL);
    const char *sign_name = signature_name(sign), *hash_name = lib->OBJ_nid2sn(hash);
    snprintf(text, sizeof text, "%s+%s", sign_name ? sign_name : lib->OBJ_nid2sn(sign),
             hash == NID_undef ? "UNDEF" : hash_name);
    if (!js_array_push(cx, out, js_string(cx, text)))
      out = JS_EXCEPTION;
  }
  return out;
}

/* exportKeyingMaterial(length, label, context view or undefined) -> bytes */
static JsValue export_keying_material(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  size_t length = rt_size_argument(argc, argv, 0), label_length;
  if (!wrap)
    return JS_EXCEPTION;
  if (length > 1 << 24)
    return js_throw_range_error(cx, "Out of memory");
  char *label = js_to_utf8(cx, js_argument(argc, argv, 1), &label_length);
  unsigned char *out = label ? malloc(length + 1) : NULL;
  JsView context;
  bool has_context = js_view(js_argument(argc, argv, 2), &context);
  JsValue result = JS_EXCEPTION;
  if (out) {
    const unsigned char *bytes = has_context && context.data ? context.data : (const unsigned char *)"";
    int done = wrap->lib->SSL_export_keying_material(wrap->ssl, out, length, label, label_length, bytes,
                                                     has_context ? context.byte_length : 0, has_context);
    result = done == 1 ? rt_bytes_new(cx, out, length) : openssl_error_throw(cx, "SSL_export_keying_material");
    explicit_bzero(out, length);
  }
  free(out);
  free(label);
  return result;
}

/* getFinished(ofPeer) -> bytes or undefined */
static JsValue get_finished(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  unsigned char bytes[EVP_MAX_MD_SIZE * 2];
  size_t length = js_to_boolean(js_argument(argc, argv, 0))
                      ? wrap->lib->SSL_get_peer_finished(wrap->ssl, bytes, sizeof bytes)
                      : wrap->lib->SSL_get_finished(wrap->ssl, bytes, sizeof bytes);
  return length ? rt_bytes_new(cx, bytes, length < sizeof bytes ? length : sizeof bytes) : JS_UNDEFINED;
}

/* --- session ----------------------------------------------------------------------------------------------------- */

static JsValue get_session(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  SSL_SESSION *session = wrap->lib->SSL_get_session(wrap->ssl);
  unsigned char *der = NULL;
  int length = session ? wrap->lib->i2d_SSL_SESSION(session, &der) : 0;
  JsValue out = length > 0 ? rt_bytes_new(cx, der, (size_t)length) : JS_UNDEFINED;
  wrap->lib->CRYPTO_free(der, __FILE__, __LINE__);
  return out;
}

static JsValue get_ticket(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  const SSL_SESSION *session = wrap->lib->SSL_get_session(wrap->ssl);
  const unsigned char *ticket = NULL;
  size_t length = 0;
  if (session)
    wrap->lib->SSL_SESSION_get0_ticket(session, &ticket, &length);
  return ticket ? rt_bytes_new(cx, ticket, length) : JS_UNDEFINED;
}

static JsValue is_session_reused(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  return wrap ? js_boolean(wrap->lib->SSL_session_reused(wrap->ssl)) : JS_EXCEPTION;
}

/* setMaxSendFragment(size) -> whether OpenSSL takes it */
static JsValue set_max_send_fragment(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  return js_boolean(
      wrap->lib->SSL_ctrl(wrap->ssl, SSL_CTRL_SET_MAX_SEND_FRAGMENT, rt_int_argument(argc, argv, 0), NULL) == 1);
}

const JsFunctionRow tls_fact_methods[] = {
    {"getPeerCertificate", get_peer_certificate, 1},
    {"getCertificate", get_certificate, 0},
    {"getCertificateDer", get_certificate_der, 1},
    {"verifyError", verify_error, 0},
    {"getCipher", get_cipher, 0},
    {"getProtocol", get_protocol, 0},
    {"getEphemeralKeyInfo", get_ephemeral_key_info, 0},
    {"getSharedSigalgs", get_shared_sigalgs, 0},
    {"exportKeyingMaterial", export_keying_material, 3},
    {"getFinished", get_finished, 1},
    {"getSession", get_session, 0},
    {"getTLSTicket", get_ticket, 0},
    {"isSessionReused", is_session_reused, 0},
    {"setMaxSendFragment", set_max_send_fragment, 1},
    {0},
};
