// SPDX-License-Identifier: MIT
/*
 * Error objects and stack traces in V8's format. The raw frames are captured when the error is made (or by
 * Error.captureStackTrace); the text of `stack` is formatted on first touch, through Error.prepareStackTrace when the
 * program set it.
 */
#ifndef OBJECT_ERROR_OBJECT_H
#define OBJECT_ERROR_OBJECT_H

#include "object/object.h"
#include "object/realm.h"

typedef struct JsErrorObject {
  JsObject obj;
  JsSlot stack; /* what the accessor `stack` gives: a JsLazyValue until it is asked for; hole: nothing captured */
} JsErrorObject;
/* JsErrorObject.obj.cell.aux: no handler of WebAssembly takes it. */
enum { ERROR_IS_TRAP = 1 };

JS_INLINE bool js_is_error(JsValue v)
{
  return js_is_kind(v, CELL_ERROR);
}
JsIntrinsicId error_type_prototype(JsErrorType type);
/* Captures the stack into target as an own `stack` property; frames above and including `skip_until` (callable or NULL)
 * are left out. */
JS_MUST_USE bool error_capture_stack(JsContext *cx, JsObject *target, JsObject *skip_until);
/* The own accessor `stack` of a new error, its first property; error_capture_stack gives it something to give. */
void error_begin_stack(JsContext *cx, JsObject *error);
/* Makes val, a JsLazyValue perhaps, the object's stack. */
void error_set_stack(JsContext *cx, JsObject *target, JsValue val);
void error_trace(JsTracer *tracer, JsCell *cell);

#endif
