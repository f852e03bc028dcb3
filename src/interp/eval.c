// SPDX-License-Identifier: MIT
/* PerformEval ( x, strictCaller, direct )  ecma262#sec-performeval, and running scripts. */
#include "interp/eval.h"

#include "interp/interp.h"

bool eval_is_direct(JsContext *cx, JsValue callee)
{
  if (!js_is_kind(callee, CELL_NATIVE_FUNCTION))
    return false;
  JsObject *eval = ptr_slot_get(cx->realm->intrinsics[JS_INTRINSIC_EVAL]);
  return eval && js_as_object(callee) == eval;
}

JsValue eval_run_code(JsContext *cx, JsCode *code, JsEnv *env, JsValue this_val)
{
  JsFunction *fn = function_new(cx, code, env);
  return js_call0(cx, js_from_cell(fn), this_val);
}

void eval_note_origin(JsContext *cx, JsCode *code)
{
  JsFrame *frame = cx->frame;
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  if (!frame || (frame->code->flags & CODE_BUILTIN))
    return;
  ptr_slot_set(cx->heap, script, &script->eval_code, frame->code);
  script->eval_pc = (uint32_t)(frame->pc - frame->code->units);
  /* GetActiveScriptOrModule: import() in the text is relative to who evaluates it. */
  JsValue outer = slot_get(frame->code->script);
  if (js_is_kind(outer, CELL_SCRIPT) && js_is_hole(slot_get(script->host_defined)))
    slot_set(cx->heap, script, &script->host_defined, slot_get(((JsScript *)js_as_cell(outer))->host_defined));
}

static JsValue perform_eval(JsContext *cx, JsValue source, const JsEvalSite *site, JsCode *site_code, JsEnv *env,
                            bool strict, JsValue this_val)
{
  if (!js_is_string(source))
    return source;
  JsVm *vm = cx->vm;
  if (cx->realm->forbids_code_from_strings)
    return throw_error(cx, JS_MSG_CODE_GENERATION_FORBIDDEN);
  if (vm->hooks.allow_code_generation && !vm->hooks.allow_code_generation(cx, js_as_string(source), vm->hooks.opaque)) {
    if (!has_exception(cx))
      return throw_error(cx, JS_MSG_CODE_GENERATION_FORBIDDEN);
    return JS_EXCEPTION;
  }
  JsCompileOptions options = {.kind = COMPILE_EVAL,
                              .is_strict = strict,
                              .eval_site = site,
                              .eval_code = site_code,
                              .eval_env = env,
                              .first_line = 1,
                              .host_defined = JS_HOLE};
  JsCode *code = TRY(compile_source(cx, js_as_string(source), string_empty(cx->heap), &options, NULL));
  eval_note_origin(cx, code);
  return eval_run_code(cx, code, env, this_val);
}

JsValue eval_direct(JsContext *cx, JsFrame *frame, JsValue source, uint32_t site, JsValue env)
{
  const JsEvalSite *eval_site = &frame->code->eval_sites[site];
  JsEnv *eval_env = js_is_cell(env) ? (JsEnv *)js_as_cell(env) : NULL;
  /* `this` of the calling function is a captured binding; at a script's top level it is the global this. */
  return perform_eval(cx, source, eval_site, frame->code, eval_env, frame->code->flags & CODE_STRICT,
                      frame_registers(frame)[0]);
}

JsValue eval_indirect(JsContext *cx, JsValue source)
{
  return perform_eval(cx, source, NULL, NULL, NULL, false, js_from_object(ptr_slot_get(cx->realm->global_this)));
}

JsValue eval_script(JsContext *cx, JsString *source, JsString *url)
{
  JsCompileOptions options = {.kind = COMPILE_SCRIPT, .first_line = 1, .host_defined = JS_HOLE};
  JsCode *code = TRY(compile_source(cx, source, url, &options, NULL));
  return eval_run_code(cx, code, NULL, js_from_object(ptr_slot_get(cx->realm->global_this)));
}
