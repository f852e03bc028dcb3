// SPDX-License-Identifier: MIT
/*
 * A TLS connection over another stream: what its two files share. bindings/tls_wrap.c moves bytes; tls_handshake.c
 * answers OpenSSL's callbacks; tls_facts.c tells what was agreed on.
 *
 * JavaScript may close the connection in any callback: the SSL object lives until the last of our functions that is
 * working on it has returned (busy), the struct until no write below is under way (flights).
 */
#ifndef RUNTIME_TLS_WRAP_H
#define RUNTIME_TLS_WRAP_H

#include "runtime/secure_context.h"
#include "runtime/stream_wrap.h"

typedef struct TlsWrite TlsWrite;

/* A question to JavaScript that holds the handshake until it is answered. */
typedef enum TlsQuestion { TLS_NOT_ASKED, TLS_ASKED, TLS_ANSWERED } TlsQuestion;

typedef struct TlsWrap {
  RtStream base; /* the clear side */
  RtConsumer consumer;
  const TlsLib *lib;
  SSL *ssl;
  BIO *in, *out; /* encrypted bytes; the SSL object's */
  RtStream *under;
  JsRef *under_ref, *context_ref;
  bool is_server, started, established, reading;
  bool told_eof, eof_below, failed, closed, again;
  bool handshake_done; /* to be told to JavaScript */
  bool hold_output;    /* until JavaScript has kept the new session */
  bool wants_hello, wants_certificate, wants_sessions, wants_alpn;
  TlsQuestion hello, certificate;
  unsigned busy, in_ssl;
  size_t flights_begun, flights_done;
  TlsWrite *writes, **writes_end;
  char *clear; /* written before it could be encrypted */
  size_t clear_length, clear_cap;
  SSL_SESSION *next_session;
  unsigned char *alpn; /* protocols in wire format */
  unsigned alpn_length;
  char alpn_chosen[256];
  unsigned char *ocsp;
  size_t ocsp_length;
} TlsWrap;

/* NULL when val is none or is closed. */
TlsWrap *tls_wrap_of(JsValue val);
TlsWrap *tls_wrap_this(JsContext *cx, JsValue this_val);
/* Handshake, encryption and decryption as far as they go. May run JavaScript. */
void tls_wrap_cycle(TlsWrap *wrap);
/* Around every call that may run OpenSSL's callbacks. */
void tls_wrap_enter(TlsWrap *wrap);
void tls_wrap_leave(TlsWrap *wrap);
/* The object's method, without ticks: within callbacks of OpenSSL. undefined when it threw (that is reported). */
JsValue tls_wrap_ask(TlsWrap *wrap, const char *method, int argc, const JsValue *argv);

extern const JsFunctionRow tls_handshake_methods[], tls_fact_methods[];

#endif
