// SPDX-License-Identifier: MIT
/* How V8 names the callee in "x.y is not a function": the source text of the call that failed. */
#ifndef INTERP_CALL_SITE_H
#define INTERP_CALL_SITE_H

#include "bytecode/code.h"
#include "object/operations.h"

/* The callee's expression at the running frame's instruction, or NULL when it cannot be told. */
JsString *call_site_text(JsContext *cx, bool construct);
/* The same for what is iterated there. *is_call: its last part is a call. */
JsString *iterable_site_text(JsContext *cx, bool *is_call);
/* What V8 calls a function that has no name but is assigned to a property: "Foo.bar". NULL: nothing. */
JsString *inferred_function_name(JsContext *cx, const JsCode *code);

#endif
