// SPDX-License-Identifier: MIT
/* The handles of the loop that timers and immediates share. */
#ifndef RUNTIME_LOOP_H
#define RUNTIME_LOOP_H

#include "runtime/env.h"

void loop_start(CulmEnv *env);
/* JsHost.wake */
void loop_wake(JsVm *vm, void *opaque);
void loop_settle_waits(CulmEnv *env);

#endif
