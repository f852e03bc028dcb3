// SPDX-License-Identifier: MIT
/* A thread that ends JavaScript which runs too long, or when the user presses Ctrl-C. */
#ifndef RUNTIME_WATCHDOG_H
#define RUNTIME_WATCHDOG_H

#include "runtime/env.h"

typedef struct Watchdog Watchdog;

typedef enum { WATCHDOG_QUIET, WATCHDOG_TIMEOUT, WATCHDOG_SIGINT } WatchdogResult;

/* timeout_ms 0: none. NULL: the thread could not be made. */
JS_MUST_USE Watchdog *watchdog_start(CulmEnv *env, uint64_t timeout_ms, bool on_sigint);
/* Ends it and tells what it did. */
WatchdogResult watchdog_stop(Watchdog *dog);

#endif
