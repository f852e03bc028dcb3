// SPDX-License-Identifier: MIT
/* Finds and loads libssl: see tls_lib.h. */
#include "runtime/tls_lib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

/* Immutable after init: written inside pthread_once only. */
static pthread_once_t tls_lib_once = PTHREAD_ONCE_INIT;
static TlsLib tls_lib_table;
static bool tls_lib_present;

/* libcrypto's symbols are found by way of libssl, which needs it. */
static void tls_lib_load(void)
{
  void *library = dlopen("libssl.so.3", RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return;
#define BIND(name)                                                                                                     \
  *(void **)&tls_lib_table.name = dlsym(library, #name);                                                               \
  if (!tls_lib_table.name)                                                                                             \
    return;
  TLS_LIB_FUNCTIONS(BIND)
#undef BIND
  tls_lib_present = true;
}

const TlsLib *tls_lib_get(void)
{
  pthread_once(&tls_lib_once, tls_lib_load);
  return tls_lib_present ? &tls_lib_table : NULL;
}
