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
#include <openssl/x509v3.h>

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

/* Certificates and errors (x509.c, openssl_error.c). */
#define OPENSSL_X509_FUNCTIONS(V)                                                                                      \
  V(ASN1_INTEGER_to_BN)                                                                                                \
  V(ASN1_STRING_get0_data)                                                                                             \
  V(ASN1_STRING_length)                                                                                                \
  V(ASN1_STRING_to_UTF8)                                                                                               \
  V(ASN1_TIME_print)                                                                                                   \
  V(AUTHORITY_INFO_ACCESS_free)                                                                                        \
  V(BIO_ctrl)                                                                                                          \
  V(BIO_free_all)                                                                                                      \
  V(BIO_new)                                                                                                           \
  V(BIO_s_mem)                                                                                                         \
  V(BN_bn2hex)                                                                                                         \
  V(BN_free)                                                                                                           \
  V(BN_get_word)                                                                                                       \
  V(BN_num_bits)                                                                                                       \
  V(CRYPTO_free)                                                                                                       \
  V(EC_curve_nid2nist)                                                                                                 \
  V(ERR_error_string_n)                                                                                                \
  V(ERR_get_error)                                                                                                     \
  V(ERR_lib_error_string)                                                                                              \
  V(ERR_peek_error)                                                                                                    \
  V(ERR_print_errors_cb)                                                                                               \
  V(ERR_reason_error_string)                                                                                           \
  V(EVP_PKEY_get_base_id)                                                                                              \
  V(EVP_PKEY_get_bits)                                                                                                 \
  V(EVP_PKEY_get_bn_param)                                                                                             \
  V(EVP_PKEY_get_octet_string_param)                                                                                   \
  V(EVP_PKEY_get_utf8_string_param)                                                                                    \
  V(EXTENDED_KEY_USAGE_free)                                                                                           \
  V(GENERAL_NAMES_free)                                                                                                \
  V(OBJ_nid2ln)                                                                                                        \
  V(OBJ_nid2sn)                                                                                                        \
  V(OBJ_obj2nid)                                                                                                       \
  V(OBJ_obj2txt)                                                                                                       \
  V(OBJ_sn2nid)                                                                                                        \
  V(OPENSSL_sk_num)                                                                                                    \
  V(OPENSSL_sk_value)                                                                                                  \
  V(X509_NAME_ENTRY_get_data)                                                                                          \
  V(X509_NAME_ENTRY_get_object)                                                                                        \
  V(X509_NAME_entry_count)                                                                                             \
  V(X509_NAME_get_entry)                                                                                               \
  V(X509_NAME_print_ex)                                                                                                \
  V(X509_check_ca)                                                                                                     \
  V(X509_digest)                                                                                                       \
  V(X509_get0_notAfter)                                                                                                \
  V(X509_get0_notBefore)                                                                                               \
  V(X509_get0_pubkey)                                                                                                  \
  V(X509_get0_serialNumber)                                                                                            \
  V(X509_get_ext_d2i)                                                                                                  \
  V(X509_get_issuer_name)                                                                                              \
  V(X509_get_subject_name)                                                                                             \
  V(i2d_PUBKEY)                                                                                                        \
  V(i2d_X509)

typedef struct OpenSsl {
#define FIELD(name) __typeof__(name) *name;
  OPENSSL_FUNCTIONS(FIELD)
  OPENSSL_X509_FUNCTIONS(FIELD)
#undef FIELD
} OpenSsl;

/* The library; NULL when there is none on this machine. Any thread may ask. */
const OpenSsl *openssl_get(void);

#endif
