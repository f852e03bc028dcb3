// SPDX-License-Identifier: MIT
/*
 * Linux's abstract local sockets: names that begin with a NUL and are no files (unix(7)). libuv 1.44 ends every name at
 * the first NUL, so sockets are made here and handed to it.
 */
#ifndef RUNTIME_ABSTRACT_SOCKET_H
#define RUNTIME_ABSTRACT_SOCKET_H

#include <uv.h>

/* 0 or a negative errno. name: `length` bytes, the first a NUL. */
int abstract_socket_bind(uv_pipe_t *pipe, const char *name, size_t length);
/* Such a connection is there at once, or refused at once. */
int abstract_socket_connect(uv_pipe_t *pipe, const char *name, size_t length);

#endif
