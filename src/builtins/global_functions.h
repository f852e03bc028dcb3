// SPDX-License-Identifier: MIT
/* The global object's functions  ecma262#sec-function-properties-of-the-global-object (eval is elsewhere). */
#ifndef BUILTINS_GLOBAL_FUNCTIONS_H
#define BUILTINS_GLOBAL_FUNCTIONS_H

#include "builtins/builtin.h"

/* isFinite, isNaN, parseFloat, parseInt (as intrinsics), the four URI functions, escape, unescape. */
extern const JsBuiltin global_function_rows[];
extern const uint32_t global_function_count;

#endif
