// SPDX-License-Identifier: MIT
/* The shell's globals: print, console.log and test262's host object. */
#include "shell/shell.h"

#include "builtins/builtin.h"
#include "interp/eval.h"
#include "object/typed_array.h"

/* Symbols print as their description; everything else as ToString has it. */
static JsValue print_values(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FILE *out = shell_of(cx)->out;
  for (int k = 0; k < argc; k++) {
    JsString *text = js_is_symbol(argv[k]) ? symbol_descriptive_string(cx->heap, js_as_symbol(argv[k]))
                                           : TRY(to_string(cx, argv[k]));
    if (k)
      fputc(' ', out);
    shell_write_string(cx, text, out);
  }
  fputc('\n', out);
  return JS_UNDEFINED;
}

static JsValue host_gc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  gc_collect_major(cx->heap);
  return JS_UNDEFINED;
}

/* $262.evalScript: in the realm of the $262 object it belongs to, which is that of this function. */
static JsValue host_eval_script(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *source = TRY(to_string(cx, js_arg(argc, argv, 0)));
  return eval_script(cx, source, string_from_c_string(cx->heap, "evalScript"));
}

static JsValue host_detach_array_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue buffer = js_arg(argc, argv, 0);
  if (!js_is_array_buffer(buffer))
    return throw_error(cx, JS_MSG_NOT_AN_OBJECT, buffer);
  TRY(detach_array_buffer(cx, js_as_array_buffer(buffer), js_arg(argc, argv, 1)));
  return JS_NULL;
}

static JsValue host_html_dda(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return JS_NULL;
}

static JsObject *make_host_object(JsContext *cx);

static JsValue host_create_realm(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsRealm *realm = TRY(realm_new(cx))
  , *saved = cx->realm;
  cx->realm = realm;
  JsObject *host = make_host_object(cx);
  cx->realm = saved;
  return host ? js_from_object(host) : JS_EXCEPTION;
}

static const JsBuiltin host_rows[] = {
    FN("createRealm", host_create_realm, 0),
    FN("detachArrayBuffer", host_detach_array_buffer, 1),
    FN("evalScript", host_eval_script, 1),
    FN("gc", host_gc, 0),
};
static const JsBuiltin console_rows[] = {FN("log", print_values, 0), FN("error", print_values, 0)};
static const JsBuiltin global_rows[] = {FN("print", print_values, 0), FN("setTimeout", shell_set_timeout, 2)};

static JsObject *make_host_object(JsContext *cx)
{
  JsHeap *heap = cx->heap;
  JsObject *host = object_new(cx), *global = ptr_slot_get(cx->realm->global);
  TRY_OR(NULL, builtin_define_rows(cx, host, host_rows, JS_COUNTOF(host_rows)));
  TRY_OR(NULL, shell_define_agent(cx, host));
  object_define_direct(heap, host, key_from_c_string(heap, "global"),
                       js_from_object(ptr_slot_get(cx->realm->global_this)), PROP_METHOD);
  JsNativeFunction *dda = native_function_new(cx, host_html_dda, key_from_c_string(heap, ""), 0, NULL, 0);
  dda->obj.cell.flags |= OBJECT_IS_HTMLDDA;
  object_define_direct(heap, host, key_from_c_string(heap, "IsHTMLDDA"), js_from_cell(dda), PROP_METHOD);
  JsObject *source = TRY_OR(NULL, INTRINSIC_OBJECT(cx, ABSTRACT_MODULE_SOURCE));
  object_define_direct(heap, host, key_from_c_string(heap, "AbstractModuleSource"), js_from_object(source),
                       PROP_METHOD);
  TRY_OR(NULL, builtin_define_rows(cx, global, global_rows, JS_COUNTOF(global_rows)));
  object_define_direct(heap, global, key_from_c_string(heap, "$262"), js_from_object(host), PROP_METHOD);
  return host;
}

bool shell_define_globals(JsContext *cx)
{
  TRY_OR(false, make_host_object(cx));
  JsObject *console = object_new(cx);
  TRY_OR(false, builtin_define_rows(cx, console, console_rows, JS_COUNTOF(console_rows)));
  object_define_direct(cx->heap, ptr_slot_get(cx->realm->global), key_from_c_string(cx->heap, "console"),
                       js_from_object(console), PROP_METHOD);
  return true;
}
