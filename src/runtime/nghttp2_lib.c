// SPDX-License-Identifier: MIT
/* Finds and loads libnghttp2: see nghttp2_lib.h. */
#include "runtime/nghttp2_lib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

/* Immutable after init: written inside pthread_once only. */
static pthread_once_t nghttp2_lib_once = PTHREAD_ONCE_INIT;
static Nghttp2Lib nghttp2_lib_table;
static bool nghttp2_lib_present;

static void nghttp2_lib_load(void)
{
  void *library = dlopen("libnghttp2.so.14", RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return;
#define BIND(name)                                                                                                     \
  *(void **)&nghttp2_lib_table.name = dlsym(library, #name);                                                           \
  if (!nghttp2_lib_table.name)                                                                                         \
    return;
  NGHTTP2_LIB_FUNCTIONS(BIND)
#undef BIND
  nghttp2_lib_present = true;
}

const Nghttp2Lib *nghttp2_lib_get(void)
{
  pthread_once(&nghttp2_lib_once, nghttp2_lib_load);
  return nghttp2_lib_present ? &nghttp2_lib_table : NULL;
}
