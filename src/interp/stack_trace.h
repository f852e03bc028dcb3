// SPDX-License-Identifier: MIT
/*
 * [DOC] Stack traces
 *
 * Capturing walks the interpreter and native frames, and the async functions waiting for the bottom one, into a list:
 * an unused word, then four values a frame (function, code or undefined, pc with flags, this). Formatting happens at
 * the first touch of `stack`: through Error.prepareStackTrace with CallSite objects when the program has set it, else
 * as text in V8's form.
 */
#ifndef INTERP_STACK_TRACE_H
#define INTERP_STACK_TRACE_H

#include "object/operations.h"

/* The Vm's capture_stack hook: see error_capture_stack. */
JS_MUST_USE bool stack_trace_capture(JsContext *cx, JsObject *target, JsObject *skip_until);
/* File name, line and column of the innermost JavaScript frame; false when there is none. */
JS_MUST_USE bool stack_trace_caller_position(JsContext *cx, JsString **url, uint32_t *line, uint32_t *column);

typedef struct JsCallSite {
  JsObject obj;
  JsSlot fn, code, position, this_val; /* the four values */
} JsCallSite;
typedef enum {
  CALL_SITE_THIS,
  CALL_SITE_TYPE_NAME,
  CALL_SITE_FUNCTION,
  CALL_SITE_FUNCTION_NAME,
  CALL_SITE_METHOD_NAME,
  CALL_SITE_FILE_NAME,
  CALL_SITE_SCRIPT_NAME,
  CALL_SITE_LINE,
  CALL_SITE_COLUMN,
  CALL_SITE_POSITION,
  CALL_SITE_ENCLOSING_LINE,
  CALL_SITE_ENCLOSING_COLUMN,
  CALL_SITE_EVAL_ORIGIN,
  CALL_SITE_SCRIPT_HASH,
  CALL_SITE_IS_TOPLEVEL,
  CALL_SITE_IS_EVAL,
  CALL_SITE_IS_NATIVE,
  CALL_SITE_IS_CONSTRUCTOR,
  CALL_SITE_IS_ASYNC,
  CALL_SITE_IS_PROMISE_ALL,
  CALL_SITE_PROMISE_INDEX,
  CALL_SITE_TO_STRING
} JsCallSiteField;
/* What the methods of CallSite objects answer. */
JS_MUST_USE JsValue call_site_get(JsContext *cx, JsCallSite *call_site, JsCallSiteField field);

void call_site_trace(JsTracer *tracer, JsCell *cell);

#endif
