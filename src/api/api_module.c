// SPDX-License-Identifier: MIT
/* js.h: modules. A record is an object without prototype that programs see, if at all, as an opaque value. */
#include "culm/js.h"

#include "module/module.h"
#include "object/vm.h"
#include "parser/ast.h"

static JsValue host_value(JsValue val)
{
  return js_is_undefined(val) ? JS_HOLE : val;
}

static bool expect_module(JsContext *cx, JsValue val)
{
  if (js_is_module(val))
    return true;
  (void)throw_error(cx, JS_MSG_NOT_A_MODULE, val);
  return false;
}

JsValue js_module_compile_at(JsContext *cx, JsValue source, const JsOrigin *origin)
{
  JsCompileOptions options = {
      .kind = COMPILE_MODULE, .first_line = origin->line + 1, .first_column = origin->column, .cache = origin->cache};
  JsModule *module = TRY(
      module_compile(cx, js_as_string(source), js_as_string(origin->url), &options, host_value(origin->host_defined)));
  return js_from_object(&module->obj);
}

JsValue js_module_compile(JsContext *cx, JsValue source, JsValue url, JsValue host_defined)
{
  JsOrigin origin = {.url = url, .host_defined = host_defined};
  return js_module_compile_at(cx, source, &origin);
}

JsValue js_module_synthetic(JsContext *cx, JsValue url, int export_count, const JsValue *export_names, JsValue evaluate)
{
  JsElements *names = elements_new(cx->heap, (uint32_t)export_count);
  if (!names)
    return throw_out_of_memory(cx);
  for (int k = 0; k < export_count; k++) {
    JsString *name = TRY(to_string(cx, export_names[k]));
    names = TRY(elements_push(cx, names, js_from_cell(name)));
  }
  /* Strings are cells and slots hold their pointers as they are. */
  _Static_assert(sizeof(JsSlot) == sizeof(JsString *), "a slot of a string is its pointer");
  JsModule *module =
      TRY(module_synthetic(cx, js_as_string(url), names->length, (JsString *const *)names->v, evaluate, JS_HOLE));
  js_keep_alive(js_from_cell(names));
  return js_from_object(&module->obj);
}

bool js_module_set_export(JsContext *cx, JsValue module, JsValue name, JsValue val)
{
  TRY_OR(false, expect_module(cx, module));
  JsString *string = TRY_OR(false, to_string(cx, name));
  return module_set_export(cx, js_as_module(module), string, val);
}

bool js_module_set_source(JsContext *cx, JsValue module, JsValue source)
{
  TRY_OR(false, expect_module(cx, module));
  module_set_source(cx, js_as_module(module), source);
  return true;
}

JsValue js_module_source(JsValue module)
{
  JsValue source = js_is_module(module) ? slot_get(js_as_module(module)->source) : JS_HOLE;
  return js_is_hole(source) ? JS_UNDEFINED : source;
}

_Static_assert(JS_IMPORT_SOURCE == (int)AST_PHASE_SOURCE && JS_IMPORT_DEFER == (int)AST_PHASE_DEFER, "the same phases");

JsValue js_module_requests(JsContext *cx, JsValue val)
{
  TRY(expect_module(cx, val));
  JsModule *module = js_as_module(val);
  JsArray *list = TRY(array_new(cx, module_request_count(module)));
  for (uint32_t k = 0; k < module_request_count(module); k++) {
    JsObject *request = TRY(object_new_with_proto(cx, NULL))
    , *attributes = TRY(object_new_with_proto(cx, NULL));
    for (uint32_t j = 0; j < module_request_attribute_count(module, k); j++) {
      JsString *key, *value;
      module_request_attribute(module, k, j, &key, &value);
      TRY(create_data_property_or_throw(cx, attributes, key_from_string(cx->heap, key), js_from_cell(value)));
    }
    JsString *specifier = module_request_specifier(module, k);
    TRY(create_data_property_or_throw(cx, request, key_from_c_string(cx->heap, "specifier"), js_from_cell(specifier)));
    TRY(create_data_property_or_throw(cx, request, key_from_c_string(cx->heap, "attributes"),
                                      js_from_object(attributes)));
    TRY(create_data_property_or_throw(cx, request, key_from_c_string(cx->heap, "phase"),
                                      js_int32((int32_t)module_request_phase(module, k))));
    TRY(array_push_direct(cx, list, js_from_object(request)));
  }
  return js_from_object(&list->obj);
}

bool js_module_link(JsContext *cx, JsValue val, int count, const JsValue *modules)
{
  TRY_OR(false, expect_module(cx, val));
  JsModule *module = js_as_module(val);
  for (int k = 0; k < count && (uint32_t)k < module_request_count(module); k++) {
    TRY_OR(false, expect_module(cx, modules[k]));
    module_set_linked(cx, module, (uint32_t)k, js_as_module(modules[k]));
  }
  return true;
}

bool js_module_instantiate(JsContext *cx, JsValue val)
{
  TRY_OR(false, expect_module(cx, val));
  return module_link(cx, js_as_module(val));
}

JsValue js_module_evaluate(JsContext *cx, JsValue val)
{
  TRY(expect_module(cx, val));
  JsModule *module = js_as_module(val);
  if (module->status < MODULE_LINKED && ptr_slot_get(module->info))
    return throw_error(cx, JS_MSG_MODULE_NOT_LINKED);
  return module_evaluate(cx, module);
}

JsValue js_module_namespace(JsContext *cx, JsValue val)
{
  TRY(expect_module(cx, val));
  JsModule *module = js_as_module(val);
  if (module->status < MODULE_LINKED && ptr_slot_get(module->info))
    return throw_error(cx, JS_MSG_MODULE_NOT_LINKED);
  return js_from_object(TRY(module_namespace(cx, module)));
}

JsValue js_module_import_deferred(JsContext *cx, JsValue val)
{
  TRY(expect_module(cx, val));
  JsPromise *promise = promise_new(cx);
  module_finish_dynamic_import(cx, js_as_module(val), promise, AST_PHASE_DEFER);
  return cx->terminating ? JS_EXCEPTION : js_from_cell(promise);
}

int js_module_status(JsValue val)
{
  if (!js_is_module(val))
    return 0;
  const JsModule *module = js_as_module(val);
  if (!js_is_hole(slot_get(module->error)))
    return 5;
  switch ((JsModuleStatus)module->status) {
  case MODULE_UNLINKED: return 0;
  case MODULE_LINKING: return 1;
  case MODULE_LINKED: return 2;
  case MODULE_EVALUATING:
  case MODULE_EVALUATING_ASYNC: return 3;
  case MODULE_EVALUATED: return 4;
  }
  return 0;
}

JsValue js_module_error(JsValue val)
{
  JsValue error = js_is_module(val) ? slot_get(js_as_module(val)->error) : JS_HOLE;
  return js_is_hole(error) ? JS_UNDEFINED : error;
}

bool js_module_has_top_level_await(JsValue val)
{
  return js_is_module(val) && js_as_module(val)->has_top_level_await;
}

bool js_module_is_async(JsValue val)
{
  return js_is_module(val) && (js_as_module(val)->graph_is_async || js_as_module(val)->has_top_level_await);
}

bool js_module_stalled_at(JsContext *cx, JsValue val, JsErrorLocation *out)
{
  JsModule *module = js_is_module(val) ? module_stalled(cx, js_as_module(val)) : NULL;
  if (!module)
    return false;
  JsCode *code = ptr_slot_get(ptr_slot_get(module->info)->body);
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  script_line_column(cx->heap, script, code_position(code, script->waits_at), &out->line, &out->column);
  out->end_column = out->column--; /* 1-based there, 0-based here */
  out->url = js_from_cell(ptr_slot_get(script->url));
  JsString *text = script_source_line(cx->heap, script, out->line);
  out->source_line = text ? js_from_cell(text) : JS_UNDEFINED;
  return true;
}
