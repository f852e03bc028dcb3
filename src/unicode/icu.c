// SPDX-License-Identifier: MIT
/* Finds and loads ICU: see icu.h. */
#include "unicode/icu.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

/* The ICU versions looked for: Debian 12 has 72, tried first. Before 70 functions of icu_functions.def are missing. */
enum { ICU_USUAL_VERSION = 72, ICU_NEWEST_VERSION = 99, ICU_OLDEST_VERSION = 70 };

/* Immutable after init: written inside pthread_once only. */
static pthread_once_t icu_once = PTHREAD_ONCE_INIT;
static Icu icu_table;
static bool icu_present;

static void *icu_symbol(void *library, const char *name, int version)
{
  char versioned[96];
  snprintf(versioned, sizeof versioned, "%s_%d", name, version);
  void *address = dlsym(library, versioned);
  return address ? address : dlsym(library, name); /* built with renaming disabled */
}

static bool icu_bind(Icu *icu, void *uc, void *i18n, int version)
{
#define BIND(library, name)                                                                                            \
  *(void **)&icu->name = icu_symbol(library, #name, version);                                                          \
  if (!icu->name)                                                                                                      \
    return false;
#define ICU_UC(type, name, params)   BIND(uc, name)
#define ICU_I18N(type, name, params) BIND(i18n, name)
#include "unicode/icu_functions.def"
#undef ICU_UC
#undef ICU_I18N
#undef BIND
  icu->version = version;
  return true;
}

static bool icu_try(int version)
{
  char name[32];
  snprintf(name, sizeof name, "libicuuc.so.%d", version);
  void *uc = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!uc)
    return false;
  snprintf(name, sizeof name, "libicui18n.so.%d", version);
  void *i18n = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (i18n && icu_bind(&icu_table, uc, i18n, version))
    return true;
  if (i18n)
    dlclose(i18n);
  dlclose(uc);
  return false;
}

static void icu_init(void)
{
  icu_present = icu_try(ICU_USUAL_VERSION);
  for (int version = ICU_NEWEST_VERSION; version >= ICU_OLDEST_VERSION && !icu_present; version--)
    icu_present = version != ICU_USUAL_VERSION && icu_try(version);
}

const Icu *icu_load(void)
{
  pthread_once(&icu_once, icu_init);
  return icu_present ? &icu_table : NULL;
}
