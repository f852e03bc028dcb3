// SPDX-License-Identifier: MIT
/* Running source text: scripts, indirect and direct eval. */
#ifndef INTERP_EVAL_H
#define INTERP_EVAL_H

#include "interp/frame.h"

/* Is this callee the current realm's %eval%? */
bool eval_is_direct(JsContext *cx, JsValue callee);
/* PerformEval, direct: what stands at JsEvalSite `site` of the running code, over environment env. */
JS_MUST_USE JsValue eval_direct(JsContext *cx, JsFrame *frame, JsValue source, uint32_t site, JsValue env);
/* PerformEval, indirect: the body of the global function `eval`. */
JS_MUST_USE JsValue eval_indirect(JsContext *cx, JsValue source);
/* Runs compiled top-level code (script, eval or module body over env) with this value. Module code: the promise of its
 * async body. */
JS_MUST_USE JsValue eval_run_code(JsContext *cx, JsCode *code, JsEnv *env, JsValue this_val);
/* Keeps where the running code evaluates this text, for stack traces. */
void eval_note_origin(JsContext *cx, JsCode *code);
/* ScriptEvaluation of a source text in the current realm. */
JS_MUST_USE JsValue eval_script(JsContext *cx, JsString *source, JsString *url);

#endif
