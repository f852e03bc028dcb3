// SPDX-License-Identifier: MIT
/*
 * OpenSSL's libcrypto, loaded when a program first asks for cryptography, so that start-up never touches it. The
 * functions keep their names behind the table: `ossl->EVP_DigestUpdate(...)`; openssl.def lists those in use. OpenSSL's
 * macros that call functions by name (sk_X509_num, OPENSSL_free, BIO_get_mem_ptr) cannot be used: call what is behind
 * them. Call openssl_get() before the first use in a thread.
 */
#ifndef RUNTIME_OPENSSL_H
#define RUNTIME_OPENSSL_H

#define OPENSSL_SUPPRESS_DEPRECATED /* DH, EC_KEY and the like are the only faces of what Node's API shows of them */

#include <openssl/bn.h>
#include <openssl/bnerr.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/encoder.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/proverr.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

typedef struct OpenSsl {
#define OPENSSL_FUNCTION(name) __typeof__(name) *name;
#include "runtime/openssl.def"
#undef OPENSSL_FUNCTION
} OpenSsl;

/* The library; NULL when there is none on this machine. Any thread may ask. */
const OpenSsl *openssl_get(void);
/* What openssl_get() returned when it was not NULL. */
extern const OpenSsl *const ossl;

#endif
