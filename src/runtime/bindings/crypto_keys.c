// SPDX-License-Identifier: MIT
/* Keys of internalBinding('crypto'). */
#include "runtime/crypto.h"

#include <stdlib.h>

static void key_finalise(void *native)
{
  CryptoKey *key = native;
  if (!key)
    return;
  crypto_block_free(&key->secret);
  if (key->pkey)
    ossl->EVP_PKEY_free(key->pkey);
  free(key);
}

const JsHostClass crypto_key_class = {"KeyObjectHandle", key_finalise};
