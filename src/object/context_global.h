// SPDX-License-Identifier: MIT
/*
 * The global object of a realm that stands over a host's object (Node's vm contexts): what is read is looked for in the
 * host's object first, then among the realm's own globals; what is written, declared or deleted goes to the host's.
 */
#ifndef OBJECT_CONTEXT_GLOBAL_H
#define OBJECT_CONTEXT_GLOBAL_H

#include "object/object.h"

typedef struct JsContextGlobal {
  JsObject obj;
  JS_PTR_SLOT(JsObject) sandbox; /* the host's object */
  JS_PTR_SLOT(JsObject) inner;   /* an ordinary global object with the realm's built-ins */
} JsContextGlobal;

extern const JsObjectOps context_global_ops;
JsObject *context_global_new(JsContext *cx, JsObject *sandbox, JsObject *inner);
void context_global_trace(JsTracer *tracer, JsCell *cell);

#endif
