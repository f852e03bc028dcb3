// SPDX-License-Identifier: MIT
/* Finds and loads libcares: see cares_lib.h. */
#include "runtime/cares_lib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Immutable after init: written inside pthread_once only. */
static pthread_once_t cares_lib_once = PTHREAD_ONCE_INIT;
static CaresLib cares_lib_table;
static bool cares_lib_present;

static void cares_lib_load(void)
{
  void *library = dlopen("libcares.so.2", RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return;
#define BIND(name)                                                                                                     \
  *(void **)&cares_lib_table.name = dlsym(library, #name);                                                             \
  if (!cares_lib_table.name)                                                                                           \
    return;
  CARES_LIB_FUNCTIONS(BIND)
#undef BIND
  cares_lib_present = cares_lib_table.ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
}

const CaresLib *cares_lib_get(void)
{
  pthread_once(&cares_lib_once, cares_lib_load);
  return cares_lib_present ? &cares_lib_table : NULL;
}
