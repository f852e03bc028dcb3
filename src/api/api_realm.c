// SPDX-License-Identifier: MIT
/* js.h: scripts that run more than once, and realms. Both are cells that no program ever sees. */
#include "culm/js.h"

#include "bytecode/code.h"
#include "object/context_global.h"
#include "object/function.h"
#include "object/operations.h"
#include "object/vm.h"

/* --- scripts ----------------------------------------------------------------------------------------------------- */

static JsCompileOptions options_at(JsCompileKind kind, const JsOrigin *origin)
{
  return (JsCompileOptions){
      .kind = kind,
      .first_line = origin->line + 1,
      .first_column = origin->column,
      .host_defined = js_is_undefined(origin->host_defined) ? JS_HOLE : origin->host_defined,
      .allow_await = kind == COMPILE_SCRIPT && origin->allow_await,
      .cache = origin->cache,
  };
}

JsValue js_script_compile(JsContext *cx, JsValue source, const JsOrigin *origin)
{
  JsCompileOptions options = options_at(COMPILE_SCRIPT, origin);
  JsCode *code = TRY(compile_source(cx, js_as_string(source), js_as_string(origin->url), &options, NULL));
  return js_from_cell(code);
}

JsValue js_script_run(JsContext *cx, JsValue script)
{
  if (!js_is_kind(script, CELL_CODE))
    return js_throw_type_error(cx, "not a script");
  JsFunction *fn = function_new(cx, (JsCode *)js_as_cell(script), NULL);
  return js_call0(cx, js_from_cell(fn), js_from_object(ptr_slot_get(cx->realm->global_this)));
}

/* More parameters than any wrapper has. */
enum { PARAMS_MAX = 256 };

JsValue js_compile_function_at(JsContext *cx, JsValue source, const JsOrigin *origin, int param_count,
                               const JsValue *params)
{
  JsString *names[PARAMS_MAX];
  if (param_count > PARAMS_MAX)
    return js_throw_range_error(cx, "Too many parameters");
  for (int k = 0; k < param_count; k++)
    names[k] = js_as_string(params[k]);
  JsCompileOptions options = options_at(COMPILE_FUNCTION, origin);
  JsCode *code = TRY(compile_wrapped_function(cx, js_as_string(source), js_as_string(origin->url), names,
                                              (uint32_t)param_count, &options));
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, "function (");
  for (int k = 0; k < param_count; k++) {
    if (k > 0)
      builder_add_ascii(&b, ", ");
    builder_add_string(&b, names[k]);
  }
  builder_add_ascii(&b, ") {\n");
  JsString *head = TRY(builder_finish(&b));
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  ptr_slot_set(cx->heap, script, &script->wrapper_head, head);
  code->flags |= CODE_WRAPPED;
  return js_from_cell(function_new(cx, code, NULL));
}

/* --- realms ------------------------------------------------------------------------------------------------------ */

static JsRealm *realm_of(JsValue val)
{
  JS_CHECK(js_is_kind(val, CELL_REALM));
  return (JsRealm *)js_as_cell(val);
}

JsValue js_realm_new(JsContext *cx, JsValue sandbox)
{
  JsRealm *realm = TRY(realm_new_over(cx, js_is_object(sandbox) ? js_as_object(sandbox) : NULL));
  return js_from_cell(realm);
}

JsValue js_realm_current(JsContext *cx)
{
  return js_from_cell(cx->realm);
}

JsValue js_realm_enter(JsContext *cx, JsValue realm)
{
  JsValue before = js_from_cell(cx->realm);
  cx->realm = realm_of(realm);
  return before;
}

JsValue js_realm_global(JsValue realm)
{
  return js_from_object(ptr_slot_get(realm_of(realm)->global_this));
}

bool js_realm_define(JsContext *cx, JsValue realm, const char *name, JsValue val)
{
  JsObject *global = ptr_slot_get(realm_of(realm)->global_this);
  if (global->cell.kind == CELL_CONTEXT_GLOBAL)
    global = ptr_slot_get(((JsContextGlobal *)global)->inner);
  return js_define(cx, js_from_object(global), name, val, JS_HIDDEN);
}

void js_realm_allow_code_from_strings(JsValue realm, bool allow)
{
  realm_of(realm)->forbids_code_from_strings = !allow;
}

void js_realm_allow_wasm(JsValue realm, bool allow)
{
  realm_of(realm)->forbids_wasm = !allow;
}

void js_realm_keep_jobs(JsValue realm)
{
  realm_of(realm)->keeps_jobs = true;
}

bool js_run_realm_jobs(JsContext *cx, JsValue realm)
{
  return vm_run_realm_jobs(cx, realm_of(realm));
}
