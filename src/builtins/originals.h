// SPDX-License-Identifier: MIT
/* Built-in functions as they are in the beginning; see js_define_originals. */
#ifndef BUILTINS_ORIGINALS_H
#define BUILTINS_ORIGINALS_H

#include "object/operations.h"

/* Read-only properties of an object that has none of these names yet. */
void define_originals(JsContext *cx, JsObject *obj);

#endif
