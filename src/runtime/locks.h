// SPDX-License-Identifier: MIT
/*
 * Web Locks: one manager for all threads of the process. A thread asks through its LockClient; what becomes of its
 * requests lies there until the thread takes it, and its loop is woken.  https://w3c.github.io/web-locks/
 */
#ifndef RUNTIME_LOCKS_H
#define RUNTIME_LOCKS_H

#include "runtime/message.h"

typedef struct LockClient LockClient;
typedef struct LockRequest LockRequest;

/* The thread ends: its locks are free, its requests forgotten, and nobody wakes its loop any more. */
void locks_release_all(CulmEnv *env);
/* Once the loop has closed its handles. */
void locks_client_free(CulmEnv *env);

#endif
