// SPDX-License-Identifier: MIT
/* Heap snapshots: as bytes, into files, and by itself when the heap is nearly full. */
#ifndef RUNTIME_HEAP_DUMP_H
#define RUNTIME_HEAP_DUMP_H

#include "runtime/env.h"

/* An array of Uint8Arrays that hold the text one behind the other. */
JsValue heap_dump_chunks(CulmEnv *env, bool with_numbers);
/* Into a new file: 0 or an errno of libuv's. may_collect: see js_heap_snapshot. */
int heap_dump_file(CulmEnv *env, const char *path, bool with_numbers, bool may_collect);
/* From now on the heap's limit gives way `count` times, each time after a snapshot was written into the current folder
 * (or --diagnostic-dir). */
void heap_dump_near_limit(CulmEnv *env, unsigned count);

#endif
