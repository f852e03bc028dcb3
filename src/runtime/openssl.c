// SPDX-License-Identifier: MIT
/* Finds and loads libcrypto: see openssl.h. */
#include "runtime/openssl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

/* Immutable after init: written inside pthread_once only. */
static pthread_once_t openssl_once = PTHREAD_ONCE_INIT;
static OpenSsl openssl_table;
static bool openssl_present;

const OpenSsl *const ossl = &openssl_table;

static void openssl_load(void)
{
  void *library = dlopen("libcrypto.so.3", RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return;
#define OPENSSL_FUNCTION(name)                                                                                         \
  *(void **)&openssl_table.name = dlsym(library, #name);                                                               \
  if (!openssl_table.name)                                                                                             \
    return;
#include "runtime/openssl.def"
#undef OPENSSL_FUNCTION
  openssl_present = true;
}

const OpenSsl *openssl_get(void)
{
  pthread_once(&openssl_once, openssl_load);
  return openssl_present ? &openssl_table : NULL;
}
