// SPDX-License-Identifier: MIT
/*
 * OpenSSL's libssl, and what TLS needs of libcrypto, loaded when a program first asks for TLS. The functions keep their
 * names behind the table, `lib->SSL_new(ctx)`; what the headers make a macro is spelled as the control call it stands
 * for.
 */
#ifndef RUNTIME_TLS_LIB_H
#define RUNTIME_TLS_LIB_H

#include "runtime/openssl.h"

#include <openssl/ssl.h>
#include <openssl/tls1.h>

#define TLS_LIB_FUNCTIONS(V)                                                                                           \
  V(BIO_ctrl)                                                                                                          \
  V(BIO_free_all)                                                                                                      \
  V(BIO_new)                                                                                                           \
  V(BIO_new_fp)                                                                                                        \
  V(BIO_s_mem)                                                                                                         \
  V(BIO_write)                                                                                                         \
  V(CRYPTO_free)                                                                                                       \
  V(CRYPTO_malloc)                                                                                                     \
  V(ERR_clear_error)                                                                                                   \
  V(ERR_get_error)                                                                                                     \
  V(ERR_peek_error)                                                                                                    \
  V(ERR_peek_last_error)                                                                                               \
  V(ERR_reason_error_string)                                                                                           \
  V(EVP_DecryptInit_ex)                                                                                                \
  V(EVP_EncryptInit_ex)                                                                                                \
  V(EVP_MAC_CTX_set_params)                                                                                            \
  V(EVP_PKEY_free)                                                                                                     \
  V(EVP_PKEY_get_base_id)                                                                                              \
  V(EVP_PKEY_get_bits)                                                                                                 \
  V(EVP_PKEY_get_group_name)                                                                                           \
  V(EVP_aes_128_cbc)                                                                                                   \
  V(OBJ_nid2sn)                                                                                                        \
  V(OPENSSL_sk_new_null)                                                                                               \
  V(OPENSSL_sk_num)                                                                                                    \
  V(OPENSSL_sk_pop_free)                                                                                               \
  V(OPENSSL_sk_push)                                                                                                   \
  V(OPENSSL_sk_value)                                                                                                  \
  V(OSSL_PARAM_construct_end)                                                                                          \
  V(OSSL_PARAM_construct_octet_string)                                                                                 \
  V(OSSL_PARAM_construct_utf8_string)                                                                                  \
  V(PEM_read_bio_Parameters)                                                                                           \
  V(PEM_read_bio_PrivateKey)                                                                                           \
  V(PEM_read_bio_X509)                                                                                                 \
  V(PEM_read_bio_X509_AUX)                                                                                             \
  V(PEM_read_bio_X509_CRL)                                                                                             \
  V(PEM_write_bio_X509)                                                                                                \
  V(PKCS12_free)                                                                                                       \
  V(PKCS12_parse)                                                                                                      \
  V(RAND_bytes)                                                                                                        \
  V(SSL_CIPHER_get_auth_nid)                                                                                           \
  V(SSL_CIPHER_get_name)                                                                                               \
  V(SSL_CIPHER_get_version)                                                                                            \
  V(SSL_CIPHER_standard_name)                                                                                          \
  V(SSL_CTX_add_client_CA)                                                                                             \
  V(SSL_CTX_callback_ctrl)                                                                                             \
  V(SSL_CTX_clear_options)                                                                                             \
  V(SSL_CTX_ctrl)                                                                                                      \
  V(SSL_CTX_free)                                                                                                      \
  V(SSL_CTX_get_cert_store)                                                                                            \
  V(SSL_CTX_get_client_CA_list)                                                                                        \
  V(SSL_CTX_get_ex_data)                                                                                               \
  V(SSL_CTX_new)                                                                                                       \
  V(SSL_CTX_sess_set_get_cb)                                                                                           \
  V(SSL_CTX_sess_set_new_cb)                                                                                           \
  V(SSL_CTX_set0_tmp_dh_pkey)                                                                                          \
  V(SSL_CTX_set1_cert_store)                                                                                           \
  V(SSL_CTX_set_alpn_select_cb)                                                                                        \
  V(SSL_CTX_set_cert_store)                                                                                            \
  V(SSL_CTX_set_cipher_list)                                                                                           \
  V(SSL_CTX_set_ciphersuites)                                                                                          \
  V(SSL_CTX_set_client_hello_cb)                                                                                       \
  V(SSL_CTX_set_ex_data)                                                                                               \
  V(SSL_CTX_set_keylog_callback)                                                                                       \
  V(SSL_CTX_set_options)                                                                                               \
  V(SSL_CTX_set_session_id_context)                                                                                    \
  V(SSL_CTX_set_timeout)                                                                                               \
  V(SSL_CTX_set_tlsext_ticket_key_evp_cb)                                                                              \
  V(SSL_CTX_use_PrivateKey)                                                                                            \
  V(SSL_CTX_use_certificate)                                                                                           \
  V(SSL_SESSION_free)                                                                                                  \
  V(SSL_SESSION_get0_ticket)                                                                                           \
  V(SSL_SESSION_get_id)                                                                                                \
  V(SSL_SESSION_get_protocol_version)                                                                                  \
  V(SSL_client_hello_get0_ext)                                                                                         \
  V(SSL_client_hello_get0_session_id)                                                                                  \
  V(SSL_ctrl)                                                                                                          \
  V(SSL_do_handshake)                                                                                                  \
  V(SSL_dup_CA_list)                                                                                                   \
  V(SSL_export_keying_material)                                                                                        \
  V(SSL_free)                                                                                                          \
  V(SSL_get0_alpn_selected)                                                                                            \
  V(SSL_get1_peer_certificate)                                                                                         \
  V(SSL_get_SSL_CTX)                                                                                                   \
  V(SSL_get_certificate)                                                                                               \
  V(SSL_get_ciphers)                                                                                                   \
  V(SSL_get_current_cipher)                                                                                            \
  V(SSL_get_error)                                                                                                     \
  V(SSL_get_ex_data)                                                                                                   \
  V(SSL_get_finished)                                                                                                  \
  V(SSL_get_peer_cert_chain)                                                                                           \
  V(SSL_get_peer_finished)                                                                                             \
  V(SSL_get_servername)                                                                                                \
  V(SSL_get_session)                                                                                                   \
  V(SSL_get_shared_sigalgs)                                                                                            \
  V(SSL_get_verify_result)                                                                                             \
  V(SSL_get_version)                                                                                                   \
  V(SSL_new)                                                                                                           \
  V(SSL_read_ex)                                                                                                       \
  V(SSL_renegotiate)                                                                                                   \
  V(SSL_select_next_proto)                                                                                             \
  V(SSL_session_reused)                                                                                                \
  V(SSL_set0_wbio)                                                                                                     \
  V(SSL_set_SSL_CTX)                                                                                                   \
  V(SSL_set_accept_state)                                                                                              \
  V(SSL_set_alpn_protos)                                                                                               \
  V(SSL_set_bio)                                                                                                       \
  V(SSL_set_cert_cb)                                                                                                   \
  V(SSL_set_cipher_list)                                                                                               \
  V(SSL_set_client_CA_list)                                                                                            \
  V(SSL_set_connect_state)                                                                                             \
  V(SSL_set_ex_data)                                                                                                   \
  V(SSL_set_info_callback)                                                                                             \
  V(SSL_set_msg_callback)                                                                                              \
  V(SSL_set_psk_client_callback)                                                                                       \
  V(SSL_set_psk_server_callback)                                                                                       \
  V(SSL_set_session)                                                                                                   \
  V(SSL_set_verify)                                                                                                    \
  V(SSL_shutdown)                                                                                                      \
  V(SSL_trace)                                                                                                         \
  V(SSL_use_psk_identity_hint)                                                                                         \
  V(SSL_version)                                                                                                       \
  V(SSL_write_ex)                                                                                                      \
  V(TLS_client_method)                                                                                                 \
  V(TLS_method)                                                                                                        \
  V(TLS_server_method)                                                                                                 \
  V(X509_CRL_free)                                                                                                     \
  V(X509_OBJECT_get0_X509)                                                                                             \
  V(X509_STORE_CTX_free)                                                                                               \
  V(X509_STORE_CTX_get1_issuer)                                                                                        \
  V(X509_STORE_CTX_init)                                                                                               \
  V(X509_STORE_CTX_new)                                                                                                \
  V(X509_STORE_add_cert)                                                                                               \
  V(X509_STORE_add_crl)                                                                                                \
  V(X509_STORE_free)                                                                                                   \
  V(X509_STORE_get0_objects)                                                                                           \
  V(X509_STORE_new)                                                                                                    \
  V(X509_STORE_set_default_paths)                                                                                      \
  V(X509_STORE_set_flags)                                                                                              \
  V(X509_check_issued)                                                                                                 \
  V(X509_cmp)                                                                                                          \
  V(X509_free)                                                                                                         \
  V(X509_up_ref)                                                                                                       \
  V(X509_verify_cert_error_string)                                                                                     \
  V(d2i_PKCS12_bio)                                                                                                    \
  V(d2i_SSL_SESSION)                                                                                                   \
  V(i2d_SSL_SESSION)                                                                                                   \
  V(i2d_X509)

typedef struct TlsLib {
#define FIELD(name) __typeof__(name) *name;
  TLS_LIB_FUNCTIONS(FIELD)
#undef FIELD
} TlsLib;

/* NULL when there is none on this machine. Any thread may ask. */
const TlsLib *tls_lib_get(void);

#endif
