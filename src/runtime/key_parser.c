// SPDX-License-Identifier: MIT
/* Keys out of PEM and DER: see key_parser.h. */
#include "runtime/key_parser.h"

#include <string.h>

static int on_passphrase(char *out, int cap, int is_writing, void *opaque)
{
  KeyPassphrase *pass = opaque;
  if (!pass->bytes) {
    pass->missing = true;
    return -1;
  }
  if (pass->size > (size_t)cap)
    return -1;
  memcpy(out, pass->bytes, pass->size);
  return (int)pass->size;
}

static EVP_PKEY *certificate_key(const uint8_t *der, long size)
{
  X509 *cert = ossl->d2i_X509(NULL, &der, size);
  EVP_PKEY *pkey = cert ? ossl->X509_get_pubkey(cert) : NULL;
  ossl->X509_free(cert);
  return pkey;
}

/* The public key in the first block of PEM that holds one; *found says whether there was such a block. */
static EVP_PKEY *read_public_pem(const uint8_t *text, size_t size, bool *found)
{
  BIO *bio = ossl->BIO_new_mem_buf(text, (int)size);
  EVP_PKEY *pkey = NULL;
  char *name, *header;
  unsigned char *data;
  long length;
  *found = false;
  while (bio && !*found && ossl->PEM_read_bio(bio, &name, &header, &data, &length)) {
    const unsigned char *der = data;
    *found = true;
    if (!strcmp(name, PEM_STRING_PUBLIC))
      pkey = ossl->d2i_PUBKEY(NULL, &der, length);
    else if (!strcmp(name, PEM_STRING_RSA_PUBLIC))
      pkey = ossl->d2i_PublicKey(EVP_PKEY_RSA, NULL, &der, length);
    else if (!strcmp(name, PEM_STRING_X509) || !strcmp(name, PEM_STRING_X509_OLD) ||
             !strcmp(name, PEM_STRING_X509_TRUSTED))
      pkey = certificate_key(der, length);
    else
      *found = false;
    ossl->CRYPTO_free(name, __FILE__, __LINE__);
    ossl->CRYPTO_free(header, __FILE__, __LINE__);
    ossl->CRYPTO_free(data, __FILE__, __LINE__);
  }
  if (!*found || pkey)
    ossl->ERR_clear_error();
  ossl->BIO_free_all(bio);
  return pkey;
}

static EVP_PKEY *read_private_pem(const uint8_t *text, size_t size, KeyPassphrase *pass)
{
  BIO *bio = ossl->BIO_new_mem_buf(text, (int)size);
  EVP_PKEY *pkey = bio ? ossl->PEM_read_bio_PrivateKey(bio, NULL, on_passphrase, pass) : NULL;
  ossl->BIO_free_all(bio);
  return pkey;
}

static EVP_PKEY *read_public_der(const uint8_t *der, size_t size, bool is_pkcs1)
{
  return is_pkcs1 ? ossl->d2i_PublicKey(EVP_PKEY_RSA, NULL, &der, (long)size)
                  : ossl->d2i_PUBKEY(NULL, &der, (long)size);
}

static EVP_PKEY *read_pkcs8(const uint8_t *der, size_t size, KeyPassphrase *pass)
{
  BIO *bio = ossl->BIO_new_mem_buf(der, (int)size);
  EVP_PKEY *pkey = NULL;
  if (pass->bytes && bio)
    pkey = ossl->d2i_PKCS8PrivateKey_bio(bio, NULL, on_passphrase, pass);
  if (!pkey) {
    /* Not encrypted, in spite of the passphrase or for want of one. */
    const uint8_t *at = der;
    PKCS8_PRIV_KEY_INFO *info = ossl->d2i_PKCS8_PRIV_KEY_INFO(NULL, &at, (long)size);
    pkey = info ? ossl->EVP_PKCS82PKEY(info) : NULL;
    ossl->PKCS8_PRIV_KEY_INFO_free(info);
    X509_SIG *encrypted = NULL;
    if (!pkey && !pass->bytes) {
      at = der;
      encrypted = ossl->d2i_X509_SIG(NULL, &at, (long)size);
      pass->missing = encrypted != NULL;
      ossl->X509_SIG_free(encrypted);
    }
  }
  ossl->BIO_free_all(bio);
  return pkey;
}

static EVP_PKEY *read_private_der(const uint8_t *der, size_t size, const char *type, KeyPassphrase *pass)
{
  if (!strcmp(type, "pkcs1"))
    return ossl->d2i_PrivateKey(EVP_PKEY_RSA, NULL, &der, (long)size);
  if (!strcmp(type, "sec1"))
    return ossl->d2i_PrivateKey(EVP_PKEY_EC, NULL, &der, (long)size);
  return read_pkcs8(der, size, pass);
}

EVP_PKEY *key_read(bool is_private, const char *der_type, const uint8_t *bytes, size_t size, KeyPassphrase *pass)
{
  if (size > INT32_MAX)
    return NULL;
  if (is_private)
    return der_type ? read_private_der(bytes, size, der_type, pass) : read_private_pem(bytes, size, pass);
  if (!der_type) {
    bool found;
    EVP_PKEY *pkey = read_public_pem(bytes, size, &found);
    return found ? pkey : read_private_pem(bytes, size, pass);
  }
  if (!strcmp(der_type, "pkcs8") || !strcmp(der_type, "sec1"))
    return read_private_der(bytes, size, der_type, pass);
  return read_public_der(bytes, size, !strcmp(der_type, "pkcs1"));
}
