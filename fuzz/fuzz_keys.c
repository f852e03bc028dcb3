// SPDX-License-Identifier: MIT
/* Any bytes as a key: PEM and DER of every type, public and private, with and without a passphrase. The first byte
 * chooses. A key that was read must survive being written and read again. */
#include "runtime/key_parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(EVP_PKEY *pkey)
{
  unsigned char *der = NULL;
  int size = ossl->i2d_PUBKEY(pkey, &der);
  if (size > 0) {
    KeyPassphrase none = {0};
    EVP_PKEY *again = key_read(false, "spki", der, (size_t)size, &none);
    if (!again)
      abort();
    ossl->EVP_PKEY_free(again);
  }
  ossl->CRYPTO_free(der, __FILE__, __LINE__);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const types[] = {NULL, "pkcs1", "pkcs8", "sec1", "spki"};
  if (!size || !openssl_get())
    return 0;
  KeyPassphrase pass = {data[0] & 8 ? (const uint8_t *)"top" : NULL, 3, false};
  EVP_PKEY *pkey = key_read((data[0] & 16) != 0, types[(data[0] & 7) % 5], data + 1, size - 1, &pass);
  if (pkey)
    check_again(pkey);
  ossl->EVP_PKEY_free(pkey);
  ossl->ERR_clear_error();
  return 0;
}
