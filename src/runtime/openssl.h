// SPDX-License-Identifier: MIT
/*
 * OpenSSL's libcrypto, loaded when a program first asks for cryptography, so that start-up never touches it. The
 * functions keep their names behind the table: `ssl->EVP_DigestUpdate(...)`.
 */
#ifndef RUNTIME_OPENSSL_H
#define RUNTIME_OPENSSL_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#define OPENSSL_FUNCTIONS(V)                                                                                           \
  V(CRYPTO_memcmp)                                                                                                     \
  V(ERR_clear_error)                                                                                                   \
  V(EVP_DigestFinalXOF)                                                                                                \
  V(EVP_DigestFinal_ex)                                                                                                \
  V(EVP_DigestInit_ex)                                                                                                 \
  V(EVP_DigestUpdate)                                                                                                  \
  V(EVP_MAC_CTX_free)                                                                                                  \
  V(EVP_MAC_CTX_get_mac_size)                                                                                          \
  V(EVP_MAC_CTX_new)                                                                                                   \
  V(EVP_MAC_fetch)                                                                                                     \
  V(EVP_MAC_final)                                                                                                     \
  V(EVP_MAC_free)                                                                                                      \
  V(EVP_MAC_init)                                                                                                      \
  V(EVP_MAC_update)                                                                                                    \
  V(EVP_MD_CTX_copy_ex)                                                                                                \
  V(EVP_MD_CTX_free)                                                                                                   \
  V(EVP_MD_CTX_new)                                                                                                    \
  V(EVP_MD_fetch)                                                                                                      \
  V(EVP_MD_free)                                                                                                       \
  V(EVP_MD_get0_name)                                                                                                  \
  V(EVP_MD_get_flags)                                                                                                  \
  V(EVP_MD_get_size)                                                                                                   \
  V(EVP_PBE_scrypt)                                                                                                    \
  V(EVP_get_digestbyname)                                                                                              \
  V(OSSL_PARAM_construct_end)                                                                                          \
  V(OSSL_PARAM_construct_utf8_string)                                                                                  \
  V(PKCS5_PBKDF2_HMAC)                                                                                                 \
  V(RAND_bytes)

typedef struct OpenSsl {
#define FIELD(name) __typeof__(name) *name;
  OPENSSL_FUNCTIONS(FIELD)
#undef FIELD
} OpenSsl;

/* The library; NULL when there is none on this machine. Any thread may ask. */
const OpenSsl *openssl_get(void);

#endif
