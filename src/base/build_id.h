// SPDX-License-Identifier: MIT
/* What tells this build from any other: the linker's hash over the binary that this code is part of. */
#ifndef BASE_BUILD_ID_H
#define BASE_BUILD_ID_H

#include <stdint.h>

/* 0: the binary was linked without one. */
uint64_t build_id(void);

#endif
