// SPDX-License-Identifier: MIT
/*
 * The handshake's decisions: OpenSSL's callbacks, led to methods of the connection's object, and the methods by which
 * JavaScript answers or prepares them. A method named in `ask` runs within OpenSSL; what it cannot answer at once it
 * answers later, and the handshake waits. Contract: docs/bindings.md, tls_wrap.
 */
#include "runtime/binding.h"
#include "runtime/openssl_error.h"
#include "runtime/tls_wrap.h"

#include <stdlib.h>
#include <string.h>

static TlsWrap *wrap_of_ssl(const SSL *ssl)
{
  return tls_lib_get()->SSL_get_ex_data(ssl, 0);
}

/* --- sessions ---------------------------------------------------------------------------------------------------- */

/* onnewsession(id, session): a server's object says true to hold the handshake's end until newSessionDone(). */
static int on_new_session(SSL *ssl, SSL_SESSION *session)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap || !wrap->wants_sessions || wrap->closed)
    return 0;
  JsContext *cx = wrap->base.env->cx;
  unsigned id_length;
  const unsigned char *id = wrap->lib->SSL_SESSION_get_id(session, &id_length);
  unsigned char *der = NULL;
  int length = wrap->lib->i2d_SSL_SESSION(session, &der);
  if (length > 0) {
    JsValue args[2] = {rt_bytes_new(cx, id, id_length), rt_bytes_new(cx, der, (size_t)length)};
    if (js_is_exception(args[0]) || js_is_exception(args[1]))
      js_take_exception(cx);
    else if (js_is_true(tls_wrap_ask(wrap, "onnewsession", 2, args)))
      wrap->hold_output = true;
  }
  wrap->lib->CRYPTO_free(der, __FILE__, __LINE__);
  return 0; /* not kept here */
}

static SSL_SESSION *on_get_session(SSL *ssl, const unsigned char *id, int length, int *copy)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  *copy = 0;
  if (!wrap)
    return NULL;
  SSL_SESSION *session = wrap->next_session;
  wrap->next_session = NULL;
  return session;
}

/* onclienthello(sessionId, servername, hasTicket), answered by loadSession(session or null) */
static int on_client_hello(SSL *ssl, int *alert, void *arg)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap || !wrap->wants_hello || wrap->hello == TLS_ANSWERED)
    return SSL_CLIENT_HELLO_SUCCESS;
  if (wrap->hello == TLS_ASKED)
    return SSL_CLIENT_HELLO_RETRY;
  const unsigned char *id, *ticket;
  size_t length = wrap->lib->SSL_client_hello_get0_session_id(ssl, &id), ticket_length = 0;
  if (length == 0)
    return SSL_CLIENT_HELLO_SUCCESS;
  bool has_ticket =
      wrap->lib->SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_session_ticket, &ticket, &ticket_length) && ticket_length;
  JsContext *cx = wrap->base.env->cx;
  JsValue args[2] = {rt_bytes_new(cx, id, length), js_boolean(has_ticket)};
  if (js_is_exception(args[0])) {
    js_take_exception(cx);
    return SSL_CLIENT_HELLO_ERROR;
  }
  wrap->hello = TLS_ASKED;
  tls_wrap_ask(wrap, "onclienthello", 2, args);
  return wrap->hello == TLS_ANSWERED ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_RETRY;
}

static SSL_SESSION *session_argument(TlsWrap *wrap, JsValue val)
{
  JsView view;
  if (!js_view(val, &view) || !view.byte_length)
    return NULL;
  const unsigned char *der = view.data;
  SSL_SESSION *session = wrap->lib->d2i_SSL_SESSION(NULL, &der, (long)view.byte_length);
  wrap->lib->ERR_clear_error();
  return session;
}

static JsValue load_session(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  if (!wrap || wrap->hello != TLS_ASKED)
    return JS_UNDEFINED;
  wrap->next_session = session_argument(wrap, js_argument(argc, argv, 0));
  wrap->hello = TLS_ANSWERED;
  tls_wrap_cycle(wrap);
  return JS_UNDEFINED;
}

static JsValue new_session_done(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  if (wrap) {
    wrap->hold_output = false;
    tls_wrap_cycle(wrap);
  }
  return JS_UNDEFINED;
}

/* setSession(bytes) -> whether they are one */
static JsValue set_session(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  SSL_SESSION *session = session_argument(wrap, js_argument(argc, argv, 0));
  bool done = session && wrap->lib->SSL_set_session(wrap->ssl, session);
  if (session)
    wrap->lib->SSL_SESSION_free(session);
  return js_boolean(done);
}

static JsValue enable_session_callbacks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->wants_sessions = true;
  wrap->wants_hello = wrap->is_server && js_to_boolean(js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* --- certificates ------------------------------------------------------------------------------------------------ */

static const char *server_name(TlsWrap *wrap)
{
  return wrap->lib->SSL_get_servername(wrap->ssl, TLSEXT_NAMETYPE_host_name);
}

/* oncertificate(servername, wantsOcsp), answered by certificateDone(SecureContext or undefined, OCSP response) */
static int on_certificate(SSL *ssl, void *arg)
{
  TlsWrap *wrap = arg;
  if (!wrap->is_server || !wrap->wants_certificate || wrap->certificate == TLS_ANSWERED)
    return 1;
  if (wrap->certificate == TLS_ASKED)
    return -1;
  JsContext *cx = wrap->base.env->cx;
  const char *name = server_name(wrap);
  bool ocsp = wrap->lib->SSL_ctrl(ssl, SSL_CTRL_GET_TLSEXT_STATUS_REQ_TYPE, 0, NULL) == TLSEXT_STATUSTYPE_ocsp;
  JsValue args[2] = {name ? js_string(cx, name) : js_string(cx, ""), js_boolean(ocsp)};
  wrap->certificate = TLS_ASKED;
  tls_wrap_ask(wrap, "oncertificate", 2, args);
  return wrap->certificate == TLS_ANSWERED ? 1 : -1;
}

/* The connection goes on with another context's certificate, trust and list of authorities. */
static bool use_context(JsContext *cx, TlsWrap *wrap, JsValue val)
{
  SecureContext *context = secure_context_of(val);
  if (!context)
    return false;
  const TlsLib *lib = wrap->lib;
  lib->SSL_set_SSL_CTX(wrap->ssl, context->ctx);
  lib->SSL_ctrl(wrap->ssl, SSL_CTRL_SET_VERIFY_CERT_STORE, 1, lib->SSL_CTX_get_cert_store(context->ctx));
  lib->SSL_set_client_CA_list(wrap->ssl, lib->SSL_dup_CA_list(lib->SSL_CTX_get_client_CA_list(context->ctx)));
  js_ref_set(wrap->context_ref, val);
  return true;
}

static JsValue certificate_done(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  if (!wrap || wrap->certificate != TLS_ASKED)
    return JS_UNDEFINED;
  JsView view;
  if (js_value_is_object(js_argument(argc, argv, 0)) && !use_context(cx, wrap, argv[0]))
    return js_throw_type_error(cx, "Invalid SNI context");
  if (js_view(js_argument(argc, argv, 1), &view) && view.byte_length) {
    free(wrap->ocsp);
    wrap->ocsp_length = 0;
    wrap->ocsp = malloc(view.byte_length);
    if (wrap->ocsp) {
      memcpy(wrap->ocsp, view.data, view.byte_length);
      wrap->ocsp_length = view.byte_length;
    }
  }
  wrap->certificate = TLS_ANSWERED;
  tls_wrap_cycle(wrap);
  return JS_UNDEFINED;
}

static JsValue enable_certificate_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->wants_certificate = true;
  wrap->lib->SSL_set_cert_cb(wrap->ssl, on_certificate, wrap);
  return JS_UNDEFINED;
}

/* setKeyCert(SecureContext) */
static JsValue set_key_cert(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  return use_context(cx, wrap, js_argument(argc, argv, 0)) ? JS_UNDEFINED : js_throw_type_error(cx, "Invalid context");
}

/* OCSP: a server gives what certificateDone brought, a client's object is told by onocspresponse(bytes or null). */
static int on_status(SSL *ssl, void *arg)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap)
    return SSL_TLSEXT_ERR_NOACK;
  const TlsLib *lib = wrap->lib;
  if (wrap->is_server) {
    unsigned char *copy = wrap->ocsp_length ? lib->CRYPTO_malloc(wrap->ocsp_length, __FILE__, __LINE__) : NULL;
    if (!copy)
      return SSL_TLSEXT_ERR_NOACK;
    memcpy(copy, wrap->ocsp, wrap->ocsp_length);
    lib->SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP, (long)wrap->ocsp_length, copy);
    return SSL_TLSEXT_ERR_OK;
  }
  unsigned char *bytes = NULL;
  long length = lib->SSL_ctrl(ssl, SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &bytes);
  JsContext *cx = wrap->base.env->cx;
  JsValue response = bytes && length > 0 ? rt_bytes_new(cx, bytes, (size_t)length) : JS_NULL;
  if (js_is_exception(response))
    response = js_take_exception(cx);
  tls_wrap_ask(wrap, "onocspresponse", 1, &response);
  return 1; /* JavaScript destroys what it does not like */
}

static JsValue request_ocsp(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->lib->SSL_ctrl(wrap->ssl, SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, TLSEXT_STATUSTYPE_ocsp, NULL);
  return JS_UNDEFINED;
}

/* Whether the chain is good is for JavaScript to ask (verifyError). */
static int accept_any(int preverified, X509_STORE_CTX *search)
{
  return 1;
}

/* setVerifyMode(requestCert, rejectUnauthorized) */
static JsValue set_verify_mode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  bool request = js_to_boolean(js_argument(argc, argv, 0)), reject = js_to_boolean(js_argument(argc, argv, 1));
  int mode = SSL_VERIFY_NONE;
  if (!wrap->is_server)
    mode = SSL_VERIFY_PEER; /* with accept_any: nothing is refused here */
  else if (request)
    mode = SSL_VERIFY_PEER | (reject ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
  wrap->lib->SSL_set_verify(wrap->ssl, mode, accept_any);
  return JS_UNDEFINED;
}

/* --- names and protocols ----------------------------------------------------------------------------------------- */

static JsValue set_server_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  char *name = wrap ? js_to_utf8(cx, js_argument(argc, argv, 0), NULL) : NULL;
  if (!name)
    return JS_EXCEPTION;
  wrap->lib->SSL_ctrl(wrap->ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
  free(name);
  return JS_UNDEFINED;
}

/* getServername() -> text or false */
static JsValue get_server_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  const char *name = server_name(wrap);
  return name ? js_string(cx, name) : JS_FALSE;
}

/* The protocol of the wire-format list that JavaScript chose by name; it is copied, the answer must outlive the call.
 */
static int choose_by_callback(TlsWrap *wrap, const unsigned char **out, unsigned char *out_length,
                              const unsigned char *in, unsigned in_length)
{
  JsContext *cx = wrap->base.env->cx;
  JsValue list = rt_bytes_new(cx, in, in_length);
  if (js_is_exception(list)) {
    js_take_exception(cx);
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  JsValue chosen = tls_wrap_ask(wrap, "onalpn", 1, &list);
  if (!js_value_is_string(chosen))
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  size_t length = js_string_write_utf8(cx, chosen, wrap->alpn_chosen, sizeof wrap->alpn_chosen - 1);
  *out = (const unsigned char *)wrap->alpn_chosen;
  *out_length = (unsigned char)length;
  return SSL_TLSEXT_ERR_OK;
}

static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in,
                   unsigned in_length, void *arg)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap)
    return SSL_TLSEXT_ERR_NOACK;
  if (wrap->wants_alpn)
    return choose_by_callback(wrap, out, out_length, in, in_length);
  if (!wrap->alpn_length)
    return SSL_TLSEXT_ERR_NOACK;
  int found =
      wrap->lib->SSL_select_next_proto((unsigned char **)out, out_length, wrap->alpn, wrap->alpn_length, in, in_length);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/* setALPNProtocols(view in wire format) */
static JsValue set_alpn_protocols(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  JsView view;
  if (!wrap || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (!wrap->is_server) {
    wrap->lib->SSL_set_alpn_protos(wrap->ssl, view.data, (unsigned)view.byte_length);
    return JS_UNDEFINED;
  }
  free(wrap->alpn);
  wrap->alpn = malloc(view.byte_length + 1);
  wrap->alpn_length = wrap->alpn ? (unsigned)view.byte_length : 0;
  if (wrap->alpn_length)
    memcpy(wrap->alpn, view.data, view.byte_length);
  return JS_UNDEFINED;
}

static JsValue enable_alpn_callback(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->wants_alpn = true;
  return JS_UNDEFINED;
}

/* getALPNNegotiatedProtocol() -> text or false */
static JsValue get_alpn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  const unsigned char *name;
  unsigned length;
  wrap->lib->SSL_get0_alpn_selected(wrap->ssl, &name, &length);
  return length ? js_string_latin1(cx, name, length) : JS_FALSE;
}

/* --- pre-shared keys --------------------------------------------------------------------------------------------- */

/* The psk member of what onpskexchange answered; 0 when there is none that fits. */
static unsigned take_psk(TlsWrap *wrap, JsValue answer, unsigned char *psk, unsigned cap)
{
  JsView view;
  if (!js_view(answer, &view) || view.byte_length > cap)
    return 0;
  if (view.byte_length)
    memcpy(psk, view.data, view.byte_length);
  return (unsigned)view.byte_length;
}

/* onpskexchange(identity, 0, most bytes) -> key */
static unsigned on_psk_server(SSL *ssl, const char *identity, unsigned char *psk, unsigned cap)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap)
    return 0;
  JsContext *cx = wrap->base.env->cx;
  JsValue args[3] = {js_string(cx, identity ? identity : ""), js_int32(0), js_int32((int)cap)};
  return take_psk(wrap, tls_wrap_ask(wrap, "onpskexchange", 3, args), psk, cap);
}

/* onpskexchange(hint or null, most bytes of identity, most bytes of key) -> [key, identity] */
static unsigned on_psk_client(SSL *ssl, const char *hint, char *identity, unsigned identity_cap, unsigned char *psk,
                              unsigned cap)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap)
    return 0;
  JsContext *cx = wrap->base.env->cx;
  JsValue args[3] = {hint ? js_string(cx, hint) : JS_NULL, js_int32((int)identity_cap), js_int32((int)cap)};
  JsValue answer = tls_wrap_ask(wrap, "onpskexchange", 3, args);
  if (!js_value_is_array(answer))
    return 0;
  JsValue key = js_get_index(cx, answer, 0), name = js_get_index(cx, answer, 1);
  if (js_is_exception(key) || js_is_exception(name) || !js_value_is_string(name)) {
    js_take_exception(cx);
    return 0;
  }
  if (js_string_utf8_size(cx, name) >= identity_cap)
    return 0;
  identity[js_string_write_utf8(cx, name, identity, identity_cap - 1)] = '\0';
  return take_psk(wrap, key, psk, cap);
}

static JsValue enable_psk(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->is_server)
    wrap->lib->SSL_set_psk_server_callback(wrap->ssl, on_psk_server);
  else
    wrap->lib->SSL_set_psk_client_callback(wrap->ssl, on_psk_client);
  return JS_UNDEFINED;
}

/* setPskIdentityHint(text) -> whether it was taken */
static JsValue set_psk_hint(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  char *hint = wrap ? js_to_utf8(cx, js_argument(argc, argv, 0), NULL) : NULL;
  if (!hint)
    return JS_EXCEPTION;
  int done = wrap->lib->SSL_use_psk_identity_hint(wrap->ssl, hint);
  free(hint);
  wrap->lib->ERR_clear_error();
  return js_boolean(done);
}

/* --- what happens on the way ------------------------------------------------------------------------------------- */

/* onkeylog(line) */
static void on_keylog(const SSL *ssl, const char *line)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap)
    return;
  JsContext *cx = wrap->base.env->cx;
  size_t length = strlen(line);
  char *text = malloc(length + 1);
  if (!text)
    return;
  memcpy(text, line, length);
  text[length] = '\n';
  JsValue bytes = rt_bytes_new(cx, text, length + 1);
  free(text);
  if (js_is_exception(bytes))
    js_take_exception(cx);
  else
    tls_wrap_ask(wrap, "onkeylog", 1, &bytes);
}

static JsValue enable_keylog(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->lib->SSL_CTX_set_keylog_callback(wrap->lib->SSL_get_SSL_CTX(wrap->ssl), on_keylog);
  return JS_UNDEFINED;
}

/* Renegotiations, which TLS 1.3 has not: onhandshakestart(), and onhandshakedone() again. */
static void on_info(const SSL *ssl, int where, int ret)
{
  TlsWrap *wrap = wrap_of_ssl(ssl);
  if (!wrap || !wrap->established || wrap->lib->SSL_version(ssl) >= TLS1_3_VERSION)
    return;
  if (where & SSL_CB_HANDSHAKE_START)
    tls_wrap_ask(wrap, "onhandshakestart", 0, NULL);
  if (where & SSL_CB_HANDSHAKE_DONE)
    wrap->handshake_done = true;
}

static JsValue watch_renegotiation(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->lib->SSL_set_info_callback(wrap->ssl, on_info);
  return JS_UNDEFINED;
}

static JsValue renegotiate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  wrap->lib->ERR_clear_error();
  tls_wrap_enter(wrap);
  int done = wrap->lib->SSL_renegotiate(wrap->ssl);
  if (done == 1)
    done = wrap->lib->SSL_do_handshake(wrap->ssl) == 1 || wrap->lib->ERR_peek_error() == 0;
  tls_wrap_leave(wrap);
  if (done != 1)
    return openssl_error_throw(cx, "SSL_renegotiate");
  tls_wrap_cycle(wrap);
  return JS_UNDEFINED;
}

/* enableTrace(): every message in OpenSSL's words on stderr */
static JsValue enable_trace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  BIO *out = wrap->lib->BIO_new_fp(stderr, BIO_NOCLOSE);
  if (!out)
    return JS_UNDEFINED;
  wrap->lib->SSL_set_msg_callback(wrap->ssl, wrap->lib->SSL_trace);
  wrap->lib->SSL_ctrl(wrap->ssl, SSL_CTRL_SET_MSG_CALLBACK_ARG, 0, out);
  return JS_UNDEFINED;
}

void tls_wrap_install_callbacks(const TlsLib *lib, SSL_CTX *ctx)
{
  lib->SSL_CTX_sess_set_new_cb(ctx, on_new_session);
  lib->SSL_CTX_sess_set_get_cb(ctx, on_get_session);
  lib->SSL_CTX_set_client_hello_cb(ctx, on_client_hello, NULL);
  lib->SSL_CTX_set_alpn_select_cb(ctx, on_alpn, NULL);
  lib->SSL_CTX_callback_ctrl(ctx, SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB, (void (*)(void))on_status);
}

const JsFunctionRow tls_handshake_methods[] = {
    {"loadSession", load_session, 1},
    {"newSessionDone", new_session_done, 0},
    {"setSession", set_session, 1},
    {"enableSessionCallbacks", enable_session_callbacks, 1},
    {"certificateDone", certificate_done, 2},
    {"enableCertificateCallback", enable_certificate_callback, 0},
    {"setKeyCert", set_key_cert, 1},
    {"requestOCSP", request_ocsp, 0},
    {"setVerifyMode", set_verify_mode, 2},
    {"setServername", set_server_name, 1},
    {"getServername", get_server_name, 0},
    {"setALPNProtocols", set_alpn_protocols, 1},
    {"enableALPNCallback", enable_alpn_callback, 0},
    {"getALPNNegotiatedProtocol", get_alpn, 0},
    {"enablePskCallback", enable_psk, 0},
    {"setPskIdentityHint", set_psk_hint, 1},
    {"enableKeylogCallback", enable_keylog, 0},
    {"watchRenegotiation", watch_renegotiation, 0},
    {"renegotiate", renegotiate, 0},
    {"enableTrace", enable_trace, 0},
    {0},
};
