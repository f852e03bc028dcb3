// SPDX-License-Identifier: MIT
/* Keys out of PEM and DER: outside bytes, nothing of JavaScript. OpenSSL must be loaded (openssl_get). */
#ifndef RUNTIME_KEY_PARSER_H
#define RUNTIME_KEY_PARSER_H

#include "runtime/openssl.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct KeyPassphrase {
  const uint8_t *bytes; /* NULL: none was given */
  size_t size;
  bool missing; /* one was asked for that was not given */
} KeyPassphrase;

/* NULL when the bytes are no such key: OpenSSL's queue says why. der_type is NULL for PEM, else pkcs1, pkcs8, sec1 or
 * spki. A public key may be read from a private one or a certificate. */
EVP_PKEY *key_read(bool is_private, const char *der_type, const uint8_t *bytes, size_t size, KeyPassphrase *pass);

#endif
