// SPDX-License-Identifier: MIT
/* Environments: the cells that hold captured bindings. One per entry of a scope that needs one. */
#ifndef OBJECT_ENV_H
#define OBJECT_ENV_H

#include "object/object.h"

enum {
  ENV_WITH = 1, /* slots[0] is a `with` object */
  ENV_EVAL_VARS =
      2, /* slots[count-1] is an object (or hole) with variables made by sloppy direct eval in this function */
};

struct JsScopeInfo; /* names of the slots, for eval, with, debugger: bytecode/code.h */

typedef struct JsEnv {
  JsCell cell; /* flags: ENV_* */
  JS_PTR_SLOT(struct JsEnv) parent;
  const struct JsScopeInfo *info; /* owned by the code; NULL when no name is ever needed at run time */
  JsSlot owner;                   /* the JsCode that owns info, or hole */
  uint32_t count;
  uint32_t pad;
  JsSlot slots[]; /* JS_HOLE: uninitialised (TDZ) */
} JsEnv;

/* Slots are holes. */
JsEnv *env_new(JsHeap *heap, JsEnv *parent, uint32_t count);
void env_trace(JsTracer *tracer, JsCell *cell);

#endif
