// SPDX-License-Identifier: MIT
/*
 * internalBinding('secure_context'): SecureContext and TrustStore over OpenSSL's SSL_CTX and X509_STORE. Contract:
 * docs/bindings.md. PEM and DER arguments are views or strings; what cannot be read throws OpenSSL's error.
 */
#include "runtime/secure_context.h"

#include "runtime/binding.h"
#include "runtime/env.h"
#include "runtime/openssl_error.h"

#include <stdlib.h>
#include <string.h>

typedef struct TrustStore {
  const TlsLib *lib;
  X509_STORE *store;
} TrustStore;

static void context_release(SecureContext *context)
{
  const TlsLib *lib = context->lib;
  lib->X509_free(context->cert);
  lib->X509_free(context->issuer);
  if (context->ctx)
    lib->SSL_CTX_free(context->ctx);
  context->ctx = NULL;
  context->cert = context->issuer = NULL;
}

static void context_finalise(void *native)
{
  if (!native)
    return;
  context_release(native);
  explicit_bzero(native, sizeof(SecureContext));
  free(native);
}

static void store_finalise(void *native)
{
  TrustStore *store = native;
  if (store)
    store->lib->X509_STORE_free(store->store);
  free(store);
}

static const JsHostClass context_class = {"SecureContext", context_finalise};
static const JsHostClass store_class = {"TrustStore", store_finalise};

SecureContext *secure_context_of(JsValue val)
{
  SecureContext *context = js_host_native(val, &context_class);
  return context && context->ctx ? context : NULL;
}

static SecureContext *context_this(JsContext *cx, JsValue this_val)
{
  SecureContext *context = secure_context_of(this_val);
  if (!context)
    js_throw_type_error(cx, "Illegal invocation");
  return context;
}

static const TlsLib *library_or_throw(JsContext *cx)
{
  const TlsLib *lib = tls_lib_get();
  if (!lib)
    js_throw_plain_error(cx, "OpenSSL 3 (libssl.so.3) cannot be loaded");
  return lib;
}

/* --- arguments --------------------------------------------------------------------------------------------------- */

/* A view's bytes or a string's UTF-8, as a memory BIO over a copy; NULL with the exception pending. */
static BIO *bio_argument(JsContext *cx, const TlsLib *lib, int argc, const JsValue *argv, int k)
{
  JsView view;
  JsValue val = js_argument(argc, argv, k);
  BIO *bio = lib->BIO_new(lib->BIO_s_mem());
  bool filled = false;
  if (js_view(val, &view)) {
    filled = bio && view.byte_length <= INT32_MAX &&
             (!view.byte_length || lib->BIO_write(bio, view.data, (int)view.byte_length) == (int)view.byte_length);
  } else {
    size_t length;
    char *text = js_to_utf8(cx, val, &length);
    if (!text) {
      lib->BIO_free_all(bio);
      return NULL;
    }
    filled = bio && length <= INT32_MAX && (!length || lib->BIO_write(bio, text, (int)length) == (int)length);
    free(text);
  }
  if (filled)
    return bio;
  lib->BIO_free_all(bio);
  js_throw_range_error(cx, "Out of memory");
  return NULL;
}

static char *text_argument(JsContext *cx, int argc, const JsValue *argv, int k)
{
  return js_to_utf8(cx, js_argument(argc, argv, k), NULL);
}

/* OpenSSL asks: rwflag is for encrypting, userdata the passphrase or NULL. */
static int give_passphrase(char *out, int size, int rwflag, void *userdata)
{
  if (!userdata)
    return 0;
  size_t length = strlen(userdata);
  if (length > (size_t)size)
    return -1;
  memcpy(out, userdata, length);
  return (int)length;
}

static int no_passphrase(char *out, int size, int rwflag, void *userdata)
{
  return 0;
}

/* --- the context ------------------------------------------------------------------------------------------------- */

/* Session tickets by RFC 5077's recommended construction: AES-128-CBC and HMAC-SHA-256 under the context's keys. */
static int on_ticket_key(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac,
                         int encrypt)
{
  const TlsLib *lib = tls_lib_get();
  const SecureContext *context = lib->SSL_CTX_get_ex_data(lib->SSL_get_SSL_CTX(ssl), 0);
  if (!context)
    return -1;
  const unsigned char *hmac_key = context->ticket_keys + TICKET_NAME_SIZE, *aes_key = hmac_key + TICKET_KEY_SIZE;
  if (encrypt) {
    memcpy(name, context->ticket_keys, TICKET_NAME_SIZE);
    if (lib->RAND_bytes(iv, 16) != 1)
      return -1;
  } else if (memcmp(name, context->ticket_keys, TICKET_NAME_SIZE) != 0) {
    return 0; /* of other keys: a full handshake */
  }
  OSSL_PARAM params[] = {
      lib->OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)hmac_key, TICKET_KEY_SIZE),
      lib->OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
      lib->OSSL_PARAM_construct_end(),
  };
  const EVP_CIPHER *aes = lib->EVP_aes_128_cbc();
  int ready = encrypt ? lib->EVP_EncryptInit_ex(cipher, aes, NULL, aes_key, iv)
                      : lib->EVP_DecryptInit_ex(cipher, aes, NULL, aes_key, iv);
  if (ready <= 0 || lib->EVP_MAC_CTX_set_params(mac, params) <= 0)
    return -1;
  return 1;
}

static JsValue context_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const TlsLib *lib = library_or_throw(cx);
  if (!lib)
    return JS_EXCEPTION;
  SecureContext *context = calloc(1, sizeof *context);
  if (!context)
    return js_throw_range_error(cx, "Out of memory");
  context->lib = lib;
  JsValue obj = js_host_new(cx, &context_class, context);
  if (js_is_exception(obj))
    free(context);
  return obj;
}

/* init(side, min, max): side 0 both, 1 server, 2 client; protocol versions as OpenSSL's numbers, 0 for none. */
static JsValue context_init(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = js_host_native(this_val, &context_class);
  if (!context || context->ctx)
    return js_throw_type_error(cx, "Illegal invocation");
  const TlsLib *lib = context->lib;
  int side = rt_int_argument(argc, argv, 0);
  context->ctx = lib->SSL_CTX_new(side == 1   ? lib->TLS_server_method()
                                  : side == 2 ? lib->TLS_client_method()
                                              : lib->TLS_method());
  if (!context->ctx)
    return openssl_error_throw(cx, "No TLS context");
  SSL_CTX *ctx = context->ctx;
  lib->SSL_CTX_set_ex_data(ctx, 0, context);
  lib->SSL_CTX_ctrl(ctx, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER, NULL);
  lib->SSL_CTX_clear_options(ctx, SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
  lib->SSL_CTX_set_options(ctx, SSL_OP_NO_SSLv3 | SSL_OP_ENABLE_MIDDLEBOX_COMPAT | SSL_OP_IGNORE_UNEXPECTED_EOF);
  /* Sessions are kept by JavaScript, if at all. */
  lib->SSL_CTX_ctrl(ctx, SSL_CTRL_SET_SESS_CACHE_MODE,
                    SSL_SESS_CACHE_BOTH | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR, NULL);
  lib->SSL_CTX_ctrl(ctx, SSL_CTRL_SET_MIN_PROTO_VERSION, rt_int_argument(argc, argv, 1), NULL);
  lib->SSL_CTX_ctrl(ctx, SSL_CTRL_SET_MAX_PROTO_VERSION, rt_int_argument(argc, argv, 2), NULL);
  if (lib->RAND_bytes(context->ticket_keys, TICKET_KEYS_SIZE) != 1)
    return openssl_error_throw(cx, "Error generating ticket keys");
  lib->SSL_CTX_set_tlsext_ticket_key_evp_cb(ctx, on_ticket_key);
  tls_wrap_install_callbacks(lib, ctx);
  return JS_UNDEFINED;
}

static JsValue context_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = js_host_native(this_val, &context_class);
  if (context) {
    if (context->ctx)
      context->lib->SSL_CTX_set_ex_data(context->ctx, 0, NULL);
    context_release(context);
  }
  return JS_UNDEFINED;
}

/* The store of a context that is about to change it: its own, as soon as it was shared. */
static X509_STORE *own_store(SecureContext *context)
{
  const TlsLib *lib = context->lib;
  X509_STORE *store = lib->SSL_CTX_get_cert_store(context->ctx);
  X509_STORE *copy = context->shares_store ? lib->X509_STORE_new() : NULL;
  if (!copy)
    return store;
  OPENSSL_STACK *objects = (OPENSSL_STACK *)lib->X509_STORE_get0_objects(store);
  for (int k = 0; k < lib->OPENSSL_sk_num(objects); k++) {
    X509 *cert = lib->X509_OBJECT_get0_X509(lib->OPENSSL_sk_value(objects, k));
    if (cert)
      lib->X509_STORE_add_cert(copy, cert);
  }
  lib->SSL_CTX_set_cert_store(context->ctx, copy); /* takes it */
  context->shares_store = false;
  return copy;
}

/* --- keys and certificates --------------------------------------------------------------------------------------- */

/* The bytes of argument 0, and argument 1 where it is given (else NULL; for forget_passphrase). NULL: thrown. */
static BIO *bio_and_passphrase(JsContext *cx, const TlsLib *lib, int argc, const JsValue *argv, char **passphrase)
{
  *passphrase = NULL;
  BIO *bio = bio_argument(cx, lib, argc, argv, 0);
  if (!bio || js_is_undefined(js_argument(argc, argv, 1)) || (*passphrase = text_argument(cx, argc, argv, 1)))
    return bio;
  lib->BIO_free_all(bio);
  return NULL;
}

static void forget_passphrase(char *passphrase)
{
  if (passphrase)
    explicit_bzero(passphrase, strlen(passphrase));
  free(passphrase);
}

/* setKey(pem, passphrase or undefined) */
static JsValue context_set_key(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  char *passphrase;
  BIO *bio = context ? bio_and_passphrase(cx, context->lib, argc, argv, &passphrase) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  lib->ERR_clear_error();
  EVP_PKEY *key = lib->PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, passphrase);
  forget_passphrase(passphrase);
  lib->BIO_free_all(bio);
  if (!key)
    return openssl_error_throw(cx, "PEM_read_bio_PrivateKey");
  int used = lib->SSL_CTX_use_PrivateKey(context->ctx, key);
  lib->EVP_PKEY_free(key);
  return used ? JS_UNDEFINED : openssl_error_throw(cx, "SSL_CTX_use_PrivateKey");
}

/* Remembers who issued the leaf: one of the chain, else one that is trusted. */
static void remember_issuer(SecureContext *context, X509 *leaf, OPENSSL_STACK *chain)
{
  const TlsLib *lib = context->lib;
  lib->X509_free(context->cert);
  lib->X509_free(context->issuer);
  context->issuer = NULL;
  context->cert = leaf;
  lib->X509_up_ref(leaf);
  int count = chain ? lib->OPENSSL_sk_num(chain) : 0;
  for (int k = 0; k < count && !context->issuer; k++) {
    X509 *candidate = lib->OPENSSL_sk_value(chain, k);
    if (lib->X509_check_issued(candidate, leaf) == X509_V_OK) {
      lib->X509_up_ref(candidate);
      context->issuer = candidate;
    }
  }
  if (context->issuer)
    return;
  X509_STORE_CTX *search = lib->X509_STORE_CTX_new();
  if (search && lib->X509_STORE_CTX_init(search, lib->SSL_CTX_get_cert_store(context->ctx), NULL, NULL) &&
      lib->X509_STORE_CTX_get1_issuer(&context->issuer, search, leaf) != 1)
    context->issuer = NULL;
  lib->X509_STORE_CTX_free(search);
}

/* The leaf and the chain that is sent with it. */
static bool use_chain(SecureContext *context, X509 *leaf, OPENSSL_STACK *chain)
{
  const TlsLib *lib = context->lib;
  if (!lib->SSL_CTX_use_certificate(context->ctx, leaf))
    return false;
  lib->SSL_CTX_ctrl(context->ctx, SSL_CTRL_CHAIN, 0, NULL);
  int count = chain ? lib->OPENSSL_sk_num(chain) : 0;
  for (int k = 0; k < count; k++)
    if (!lib->SSL_CTX_ctrl(context->ctx, SSL_CTRL_CHAIN_CERT, 1, lib->OPENSSL_sk_value(chain, k)))
      return false;
  remember_issuer(context, leaf, chain);
  lib->ERR_clear_error();
  return true;
}

/* The certificates of a PEM text behind the first; true when it ended as it should. */
static bool read_chain(const TlsLib *lib, BIO *bio, OPENSSL_STACK *chain)
{
  for (X509 *cert; (cert = lib->PEM_read_bio_X509(bio, NULL, no_passphrase, NULL));) {
    if (!lib->OPENSSL_sk_push(chain, cert)) {
      lib->X509_free(cert);
      return false;
    }
  }
  unsigned long error = lib->ERR_peek_last_error();
  bool ended = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
  if (ended)
    lib->ERR_clear_error();
  return ended;
}

/* setCert(pem): leaf first */
static JsValue context_set_cert(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  BIO *bio = context ? bio_argument(cx, context->lib, argc, argv, 0) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  lib->ERR_clear_error();
  X509 *leaf = lib->PEM_read_bio_X509_AUX(bio, NULL, no_passphrase, NULL);
  OPENSSL_STACK *chain = lib->OPENSSL_sk_new_null();
  bool used = leaf && chain && read_chain(lib, bio, chain) && use_chain(context, leaf, chain);
  lib->OPENSSL_sk_pop_free(chain, (OPENSSL_sk_freefunc)lib->X509_free);
  lib->X509_free(leaf);
  lib->BIO_free_all(bio);
  return used ? JS_UNDEFINED : openssl_error_throw(cx, "SSL_CTX_use_certificate_chain");
}

/* addCACert(pem): trusted; servers name it to clients. */
static JsValue context_add_ca(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  BIO *bio = context ? bio_argument(cx, context->lib, argc, argv, 0) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  X509_STORE *store = own_store(context);
  for (X509 *cert; (cert = lib->PEM_read_bio_X509_AUX(bio, NULL, no_passphrase, NULL));) {
    lib->X509_STORE_add_cert(store, cert);
    lib->SSL_CTX_add_client_CA(context->ctx, cert);
    lib->X509_free(cert);
  }
  lib->BIO_free_all(bio);
  lib->ERR_clear_error();
  return JS_UNDEFINED;
}

/* addCRL(pem) */
static JsValue context_add_crl(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  BIO *bio = context ? bio_argument(cx, context->lib, argc, argv, 0) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  X509_CRL *crl = lib->PEM_read_bio_X509_CRL(bio, NULL, no_passphrase, NULL);
  lib->BIO_free_all(bio);
  lib->ERR_clear_error();
  if (!crl)
    return JS_FALSE;
  X509_STORE *store = own_store(context);
  lib->X509_STORE_add_crl(store, crl);
  lib->X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  lib->X509_CRL_free(crl);
  return JS_TRUE;
}

/* loadPKCS12(der, passphrase or undefined): key, certificate, and its chain, which becomes trusted. */
static JsValue context_load_pkcs12(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  char *passphrase;
  BIO *bio = context ? bio_and_passphrase(cx, context->lib, argc, argv, &passphrase) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  lib->ERR_clear_error();
  PKCS12 *p12 = lib->d2i_PKCS12_bio(bio, NULL);
  EVP_PKEY *key = NULL;
  X509 *cert = NULL;
  STACK_OF(X509) *others = NULL;
  bool parsed = p12 && lib->PKCS12_parse(p12, passphrase, &key, &cert, &others);
  OPENSSL_STACK *chain = (OPENSSL_STACK *)others;
  bool used =
      parsed && key && cert && use_chain(context, cert, chain) && lib->SSL_CTX_use_PrivateKey(context->ctx, key);
  for (int k = 0; used && chain && k < lib->OPENSSL_sk_num(chain); k++) {
    lib->X509_STORE_add_cert(own_store(context), lib->OPENSSL_sk_value(chain, k));
    lib->SSL_CTX_add_client_CA(context->ctx, lib->OPENSSL_sk_value(chain, k));
  }
  forget_passphrase(passphrase);
  lib->OPENSSL_sk_pop_free(chain, (OPENSSL_sk_freefunc)lib->X509_free);
  lib->EVP_PKEY_free(key);
  bool has_cert = cert != NULL;
  lib->X509_free(cert);
  lib->PKCS12_free(p12);
  lib->BIO_free_all(bio);
  if (used)
    return JS_UNDEFINED;
  const char *reason = lib->ERR_reason_error_string(lib->ERR_get_error());
  lib->ERR_clear_error();
  if (parsed && !has_cert)
    return js_throw_plain_error(cx, "Unable to load certificate");
  return js_throw_plain_error(cx, "%s", reason ? reason : "Unable to load PFX certificate");
}

/* --- parameters -------------------------------------------------------------------------------------------------- */

typedef int (*ContextTextSetter)(SSL_CTX *ctx, const char *text);

static JsValue set_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, ContextTextSetter set)
{
  SecureContext *context = context_this(cx, this_val);
  char *text = context ? text_argument(cx, argc, argv, 0) : NULL;
  if (!text)
    return JS_EXCEPTION;
  context->lib->ERR_clear_error();
  int done = set(context->ctx, text);
  free(text);
  return done > 0 ? JS_UNDEFINED : openssl_error_throw(cx, "error:00000000:lib(0)::reason(0)");
}

static JsValue context_set_ciphers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  JsValue text = js_argument(argc, argv, 0);
  if (!context)
    return JS_EXCEPTION;
  JsValue result = set_text(cx, this_val, argc, argv, context->lib->SSL_CTX_set_cipher_list);
  /* None below TLS 1.3 is a choice. */
  if (js_is_exception(result) && js_value_is_string(text) && js_string_length(text) == 0) {
    js_take_exception(cx);
    return JS_UNDEFINED;
  }
  return result;
}

static JsValue context_set_cipher_suites(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  return context ? set_text(cx, this_val, argc, argv, context->lib->SSL_CTX_set_ciphersuites) : JS_EXCEPTION;
}

static int set_sigalgs(SSL_CTX *ctx, const char *text)
{
  return (int)tls_lib_get()->SSL_CTX_ctrl(ctx, SSL_CTRL_SET_SIGALGS_LIST, 0, (void *)text);
}

static JsValue context_set_sigalgs(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return set_text(cx, this_val, argc, argv, set_sigalgs);
}

/* setECDHCurve(names) -> whether they are known */
static JsValue context_set_curve(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  char *text = context ? text_argument(cx, argc, argv, 0) : NULL;
  if (!text)
    return JS_EXCEPTION;
  bool done =
      strcmp(text, "auto") == 0 || context->lib->SSL_CTX_ctrl(context->ctx, SSL_CTRL_SET_GROUPS_LIST, 0, text) > 0;
  free(text);
  context->lib->ERR_clear_error();
  return js_boolean(done);
}

/* setDHParam(pem or true for OpenSSL's own) -> bits, 0 when the PEM cannot be read or is not taken */
static JsValue context_set_dh(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { LEAST_BITS = 1024 };
  SecureContext *context = context_this(cx, this_val);
  if (!context)
    return JS_EXCEPTION;
  const TlsLib *lib = context->lib;
  if (js_is_true(js_argument(argc, argv, 0))) {
    lib->SSL_CTX_ctrl(context->ctx, SSL_CTRL_SET_DH_AUTO, 1, NULL);
    return js_int32(INT32_MAX);
  }
  BIO *bio = bio_argument(cx, lib, argc, argv, 0);
  if (!bio)
    return JS_EXCEPTION;
  EVP_PKEY *params = lib->PEM_read_bio_Parameters(bio, NULL);
  lib->BIO_free_all(bio);
  lib->ERR_clear_error();
  if (!params)
    return js_int32(0);
  int bits = lib->EVP_PKEY_get_bits(params);
  if (bits < LEAST_BITS || !lib->SSL_CTX_set0_tmp_dh_pkey(context->ctx, params)) {
    lib->EVP_PKEY_free(params);
    return bits < LEAST_BITS ? js_int32(bits) : openssl_error_throw(cx, "Error setting temp DH parameter");
  }
  return js_int32(bits);
}

static JsValue context_set_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  if (!context)
    return JS_EXCEPTION;
  context->lib->SSL_CTX_set_options(context->ctx, (uint64_t)rt_double_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* setSessionIdContext(text): its SHA-1 when it is longer than OpenSSL allows */
static JsValue context_set_session_id_context(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  char *text = context ? text_argument(cx, argc, argv, 0) : NULL;
  if (!text)
    return JS_EXCEPTION;
  size_t length = strlen(text);
  int done = context->lib->SSL_CTX_set_session_id_context(
      context->ctx, (unsigned char *)text, length > SSL_MAX_SID_CTX_LENGTH ? SSL_MAX_SID_CTX_LENGTH : (unsigned)length);
  free(text);
  return done ? JS_UNDEFINED : openssl_error_throw(cx, "SSL_CTX_set_session_id_context error");
}

static JsValue context_set_session_timeout(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  if (!context)
    return JS_EXCEPTION;
  context->lib->SSL_CTX_set_timeout(context->ctx, (long)rt_double_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* setProto(version, SSL_CTRL_SET_MIN_PROTO_VERSION or ..MAX..) and getProto(ctrl) */
static JsValue context_set_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv, int control)
{
  SecureContext *context = context_this(cx, this_val);
  if (!context)
    return JS_EXCEPTION;
  context->lib->SSL_CTX_ctrl(context->ctx, control, rt_int_argument(argc, argv, 0), NULL);
  return JS_UNDEFINED;
}

static JsValue context_set_min_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return context_set_proto(cx, this_val, argc, argv, SSL_CTRL_SET_MIN_PROTO_VERSION);
}

static JsValue context_set_max_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return context_set_proto(cx, this_val, argc, argv, SSL_CTRL_SET_MAX_PROTO_VERSION);
}

static JsValue context_get_proto(JsContext *cx, JsValue this_val, int control)
{
  SecureContext *context = context_this(cx, this_val);
  return context ? js_int32((int)context->lib->SSL_CTX_ctrl(context->ctx, control, 0, NULL)) : JS_EXCEPTION;
}

static JsValue context_get_min_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return context_get_proto(cx, this_val, SSL_CTRL_GET_MIN_PROTO_VERSION);
}

static JsValue context_get_max_proto(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return context_get_proto(cx, this_val, SSL_CTRL_GET_MAX_PROTO_VERSION);
}

static JsValue context_allow_partial_chain(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  if (!context)
    return JS_EXCEPTION;
  context->lib->X509_STORE_set_flags(own_store(context), X509_V_FLAG_PARTIAL_CHAIN);
  return JS_UNDEFINED;
}

static JsValue context_get_ticket_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  return context ? rt_bytes_new(cx, context->ticket_keys, TICKET_KEYS_SIZE) : JS_EXCEPTION;
}

/* setTicketKeys(48 bytes) */
static JsValue context_set_ticket_keys(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  JsView view;
  if (!context || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (view.byte_length != TICKET_KEYS_SIZE)
    return js_throw_range_error(cx, "Session ticket keys must be a 48-byte buffer");
  memcpy(context->ticket_keys, view.data, TICKET_KEYS_SIZE);
  return JS_UNDEFINED;
}

static JsValue certificate_der(JsContext *cx, const TlsLib *lib, X509 *cert)
{
  unsigned char *der = NULL;
  int length = cert ? lib->i2d_X509(cert, &der) : 0;
  JsValue out = length > 0 ? rt_bytes_new(cx, der, (size_t)length) : JS_NULL;
  lib->CRYPTO_free(der, __FILE__, __LINE__);
  return out;
}

static JsValue context_get_certificate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  return context ? certificate_der(cx, context->lib, context->cert) : JS_EXCEPTION;
}

static JsValue context_get_issuer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  return context ? certificate_der(cx, context->lib, context->issuer) : JS_EXCEPTION;
}

/* --- trust ------------------------------------------------------------------------------------------------------- */

static JsValue store_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const TlsLib *lib = library_or_throw(cx);
  if (!lib)
    return JS_EXCEPTION;
  TrustStore *store = calloc(1, sizeof *store);
  if (!store)
    return js_throw_range_error(cx, "Out of memory");
  store->lib = lib;
  store->store = lib->X509_STORE_new();
  JsValue obj = store->store ? js_host_new(cx, &store_class, store) : js_throw_range_error(cx, "Out of memory");
  if (js_is_exception(obj))
    store_finalise(store);
  return obj;
}

static TrustStore *store_this(JsContext *cx, JsValue this_val)
{
  TrustStore *store = js_host_native(this_val, &store_class);
  if (!store)
    js_throw_type_error(cx, "Illegal invocation");
  return store;
}

/* add(pem) -> how many certificates it had, or an Error about the first that cannot be read */
static JsValue store_add(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TrustStore *store = store_this(cx, this_val);
  BIO *bio = store ? bio_argument(cx, store->lib, argc, argv, 0) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  const TlsLib *lib = store->lib;
  int count = 0;
  lib->ERR_clear_error();
  for (X509 *cert; (cert = lib->PEM_read_bio_X509(bio, NULL, no_passphrase, NULL)); count++) {
    lib->X509_STORE_add_cert(store->store, cert);
    lib->X509_free(cert);
  }
  lib->BIO_free_all(bio);
  unsigned long error = lib->ERR_peek_last_error();
  if (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE) {
    if (count == 0)
      return openssl_error_new(cx, "no certificate");
    lib->ERR_clear_error();
    return js_int32(count);
  }
  return openssl_error_new(cx, "no certificate");
}

/* addDefaults(): OpenSSL's own locations, with SSL_CERT_FILE and SSL_CERT_DIR */
static JsValue store_add_defaults(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TrustStore *store = store_this(cx, this_val);
  if (!store)
    return JS_EXCEPTION;
  store->lib->X509_STORE_set_default_paths(store->store);
  store->lib->ERR_clear_error();
  return JS_UNDEFINED;
}

/* setTrust(store): shared with every other context that has it; it must not change afterwards. */
static JsValue context_set_trust(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SecureContext *context = context_this(cx, this_val);
  TrustStore *store = context ? store_this(cx, js_argument(argc, argv, 0)) : NULL;
  if (!store)
    return JS_EXCEPTION;
  context->lib->SSL_CTX_ctrl(context->ctx, SSL_CTRL_SET_VERIFY_CERT_STORE, 0, NULL);
  context->lib->SSL_CTX_set1_cert_store(context->ctx, store->store);
  context->shares_store = true;
  return JS_UNDEFINED;
}

/* --- the library ------------------------------------------------------------------------------------------------- */

/* getCiphers() -> names of everything there is, TLS 1.3's in between */
static JsValue get_ciphers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const TlsLib *lib = library_or_throw(cx);
  if (!lib)
    return JS_EXCEPTION;
  SSL_CTX *ctx = lib->SSL_CTX_new(lib->TLS_method());
  SSL *ssl = ctx ? lib->SSL_new(ctx) : NULL;
  JsValue out = js_array_new(cx, 0, NULL);
  if (ssl && lib->SSL_set_cipher_list(ssl, "ALL:@SECLEVEL=0")) {
    OPENSSL_STACK *ciphers = (OPENSSL_STACK *)lib->SSL_get_ciphers(ssl);
    for (int k = 0; k < lib->OPENSSL_sk_num(ciphers) && !js_is_exception(out); k++) {
      const char *name = lib->SSL_CIPHER_get_name(lib->OPENSSL_sk_value(ciphers, k));
      if (strstr(name, "TLS_") == name)
        continue;
      if (!js_array_push(cx, out, js_string(cx, name)))
        out = JS_EXCEPTION;
    }
  }
  if (ssl)
    lib->SSL_free(ssl);
  if (ctx)
    lib->SSL_CTX_free(ctx);
  lib->ERR_clear_error();
  return out;
}

/* toPem(der or pem) -> the certificate as PEM; undefined when it is none */
static JsValue to_pem(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  const TlsLib *lib = library_or_throw(cx);
  BIO *bio = lib ? bio_argument(cx, lib, argc, argv, 0) : NULL;
  if (!bio)
    return JS_EXCEPTION;
  X509 *cert = lib->PEM_read_bio_X509(bio, NULL, no_passphrase, NULL);
  BIO *out = cert ? lib->BIO_new(lib->BIO_s_mem()) : NULL;
  JsValue text = JS_UNDEFINED;
  if (out && lib->PEM_write_bio_X509(out, cert)) {
    char *bytes;
    long length = lib->BIO_ctrl(out, BIO_CTRL_INFO, 0, &bytes);
    text = js_string_latin1(cx, bytes, (size_t)length);
  }
  lib->X509_free(cert);
  lib->BIO_free_all(out);
  lib->BIO_free_all(bio);
  lib->ERR_clear_error();
  return text;
}

JsValue binding_secure_context(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow context_methods[] = {
      {"init", context_init, 3},
      {"setKey", context_set_key, 2},
      {"setCert", context_set_cert, 1},
      {"addCACert", context_add_ca, 1},
      {"setAllowPartialTrustChain", context_allow_partial_chain, 0},
      {"addCRL", context_add_crl, 1},
      {"setTrust", context_set_trust, 1},
      {"setCipherSuites", context_set_cipher_suites, 1},
      {"setCiphers", context_set_ciphers, 1},
      {"setSigalgs", context_set_sigalgs, 1},
      {"setECDHCurve", context_set_curve, 1},
      {"setDHParam", context_set_dh, 1},
      {"setMaxProto", context_set_max_proto, 1},
      {"setMinProto", context_set_min_proto, 1},
      {"getMaxProto", context_get_max_proto, 0},
      {"getMinProto", context_get_min_proto, 0},
      {"setOptions", context_set_options, 1},
      {"setSessionIdContext", context_set_session_id_context, 1},
      {"setSessionTimeout", context_set_session_timeout, 1},
      {"close", context_close, 0},
      {"loadPKCS12", context_load_pkcs12, 2},
      {"setTicketKeys", context_set_ticket_keys, 1},
      {"getTicketKeys", context_get_ticket_keys, 0},
      {"getCertificate", context_get_certificate, 0},
      {"getIssuer", context_get_issuer, 0},
      {0},
  };
  static const JsFunctionRow store_methods[] = {
      {"add", store_add, 1},
      {"addDefaults", store_add_defaults, 0},
      {0},
  };
  static const JsFunctionRow functions[] = {{"getCiphers", get_ciphers, 0}, {"toPem", to_pem, 1}, {0}};
  JsValue binding = binding_new(cx, functions);
  JsValue context = js_host_class_new(cx, &context_class, context_new, 0, context_methods);
  JsValue store = js_host_class_new(cx, &store_class, store_new, 0, store_methods);
  if (js_is_exception(binding) || js_is_exception(context) || js_is_exception(store) ||
      !js_set(cx, binding, "SecureContext", context) || !js_set(cx, binding, "TrustStore", store))
    return JS_EXCEPTION;
  return binding;
}
