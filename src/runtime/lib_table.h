// SPDX-License-Identifier: MIT
/* The core library as tools/embed_lib wrote it into the binary: files sorted by id. */
#ifndef RUNTIME_LIB_TABLE_H
#define RUNTIME_LIB_TABLE_H

#include "runtime/env.h"

extern const LibFile lib_files[];
extern const size_t lib_file_count;

#endif
