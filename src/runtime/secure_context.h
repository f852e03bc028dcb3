// SPDX-License-Identifier: MIT
/* TLS contexts: keys, certificates, trust and parameters that connections share (bindings/secure_context.c). */
#ifndef RUNTIME_SECURE_CONTEXT_H
#define RUNTIME_SECURE_CONTEXT_H

#include "culm/js.h"
#include "runtime/tls_lib.h"

enum { TICKET_NAME_SIZE = 16, TICKET_KEY_SIZE = 16, TICKET_KEYS_SIZE = TICKET_NAME_SIZE + 2 * TICKET_KEY_SIZE };

typedef struct SecureContext {
  const TlsLib *lib;
  SSL_CTX *ctx;
  bool shares_store;                           /* what is trusted is other contexts' too */
  X509 *cert, *issuer;                         /* of the last setCert, for OCSP; may be NULL */
  unsigned char ticket_keys[TICKET_KEYS_SIZE]; /* name, HMAC key, AES key */
} SecureContext;

/* NULL when val is none or is closed. */
SecureContext *secure_context_of(JsValue val);

/* Callbacks that lead to a connection's object (tls_wrap.c). */
void tls_wrap_install_callbacks(const TlsLib *lib, SSL_CTX *ctx);

#endif
