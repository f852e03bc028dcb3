// SPDX-License-Identifier: MIT
/* What both kinds of child processes read from JavaScript's options: file, args, envPairs, cwd, ids, stdio entries. */
#ifndef RUNTIME_SPAWN_OPTIONS_H
#define RUNTIME_SPAWN_OPTIONS_H

#include "runtime/env.h"

typedef struct SpawnOptions {
  uv_process_options_t uv; /* stdio and exit_cb are the caller's */
  char *file, *cwd;
  char **args, **env; /* NULL-terminated, owned */
} SpawnOptions;

/* False with an exception; nothing is to be freed then. */
JS_MUST_USE bool spawn_options_read(JsContext *cx, SpawnOptions *spawn, JsValue options);
void spawn_options_free(SpawnOptions *spawn);

typedef enum { SPAWN_IGNORE, SPAWN_FD, SPAWN_PIPE, SPAWN_WRAP } SpawnStdioKind;
/* The kind of a stdio entry, with its descriptor where it has one. */
JS_MUST_USE bool spawn_stdio_kind(JsContext *cx, JsValue entry, SpawnStdioKind *kind, int *fd);
/* "SIGTERM" for 15; NULL for an unknown number. */
const char *spawn_signal_name(int number);

#endif
