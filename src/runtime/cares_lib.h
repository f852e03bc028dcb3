// SPDX-License-Identifier: MIT
/* c-ares, loaded when a program first asks a DNS server; functions keep their names behind the table. */
#ifndef RUNTIME_CARES_LIB_H
#define RUNTIME_CARES_LIB_H

#include <ares.h>

#define CARES_LIB_FUNCTIONS(V)                                                                                         \
  V(ares_library_init)                                                                                                 \
  V(ares_init_options)                                                                                                 \
  V(ares_destroy)                                                                                                      \
  V(ares_cancel)                                                                                                       \
  V(ares_query)                                                                                                        \
  V(ares_gethostbyaddr)                                                                                                \
  V(ares_process_fd)                                                                                                   \
  V(ares_timeout)                                                                                                      \
  V(ares_get_servers_ports)                                                                                            \
  V(ares_set_servers_ports)                                                                                            \
  V(ares_set_local_ip4)                                                                                                \
  V(ares_set_local_ip6)                                                                                                \
  V(ares_free_data)

typedef struct CaresLib {
#define FIELD(name) __typeof__(name) *name;
  CARES_LIB_FUNCTIONS(FIELD)
#undef FIELD
} CaresLib;

/* NULL when there is none on this machine. Any thread may ask. */
const CaresLib *cares_lib_get(void);

#endif
