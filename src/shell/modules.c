// SPDX-License-Identifier: MIT
/* The shell's module loader: specifiers are paths relative to the importing file; `type: "json"` and "text" are known.
 * Whole graphs are read at once, so import() is ready when its job runs. */
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "shell/shell.h"

#include "builtins/json.h"
#include "module/module.h"
#include "object/vm.h"

/* The cache of the loader: an array [url, type, module, ...] in the Vm's hands. */
static JsElements *cache_of(JsContext *cx)
{
  return (JsElements *)js_as_cell(shell_of(cx)->modules.val);
}

static bool cache_add(JsContext *cx, JsString *url, JsString *type, JsModule *module)
{
  JsValue row[3] = {js_from_cell(url), js_from_cell(type), js_from_object(&module->obj)};
  for (int k = 0; k < 3; k++) {
    JsElements *grown = TRY_OR(false, elements_push(cx, cache_of(cx), row[k]));
    shell_of(cx)->modules.val = js_from_cell(grown);
  }
  return true;
}

/* A module whose imports could not be loaded is asked for again next time. */
static void cache_remove(JsContext *cx, JsModule *module)
{
  JsElements *cache = cache_of(cx);
  for (uint32_t k = 2; k < cache->length; k += 3)
    if (js_same_bits(slot_get(cache->v[k]), js_from_object(&module->obj)))
      slot_set(cx->heap, cache, &cache->v[k], JS_HOLE);
}

static JsModule *cache_find(JsContext *cx, JsString *url, JsString *type)
{
  JsElements *cache = cache_of(cx);
  for (uint32_t k = 0; k + 2 < cache->length; k += 3) {
    if (!js_is_hole(slot_get(cache->v[k + 2])) && string_equals(cx->heap, js_as_string(slot_get(cache->v[k])), url) &&
        string_equals(cx->heap, js_as_string(slot_get(cache->v[k + 1])), type))
      return js_as_module(slot_get(cache->v[k + 2]));
  }
  return NULL;
}

/* The path of a specifier seen from a referrer (a module's host_defined is its path). NULL: exception. */
static JsString *resolve_path(JsContext *cx, JsValue referrer, JsString *specifier)
{
  char base[PATH_MAX] = ".", joined[2 * PATH_MAX], real[PATH_MAX], name[PATH_MAX];
  if (js_is_string(referrer)) {
    char copy[PATH_MAX];
    copy[string_to_utf8(cx->heap, js_as_string(referrer), copy, sizeof copy - 1)] = 0;
    snprintf(base, sizeof base, "%s", dirname(copy));
  }
  name[string_to_utf8(cx->heap, specifier, name, sizeof name - 1)] = 0;
  if (name[0] == '/')
    snprintf(joined, sizeof joined, "%s", name);
  else
    snprintf(joined, sizeof joined, "%s/%s", base, name);
  if (!realpath(joined, real)) {
    (void)throw_error(cx, JS_MSG_MODULE_NOT_LOADED, specifier);
    return NULL;
  }
  return string_from_utf8(cx->heap, real, strlen(real));
}

static JsModule *load(JsContext *cx, JsString *path, JsString *type);

static JsString *attribute_type(JsContext *cx, JsModule *module, uint32_t request)
{
  for (uint32_t k = 0; k < module_request_attribute_count(module, request); k++) {
    JsString *key, *value;
    module_request_attribute(module, request, k, &key, &value);
    if (string_equals_ascii(cx->heap, key, "type"))
      return value;
  }
  return string_empty(cx->heap);
}

static JsModule *default_export(JsContext *cx, JsString *path, JsValue val)
{
  JsString *name = ATOM(cx->heap, default_);
  JsModule *module = TRY_OR(NULL, module_synthetic(cx, path, 1, &name, JS_UNDEFINED, js_from_cell(path)));
  TRY_OR(NULL, module_set_export(cx, module, name, val));
  return module;
}

/* The record alone. */
static JsModule *compile(JsContext *cx, JsString *path, JsString *type)
{
  JsModule *module;
  char name[PATH_MAX];
  name[string_to_utf8(cx->heap, path, name, sizeof name - 1)] = 0;
  JsString *source = shell_read_source(cx, name);
  if (!source) {
    (void)throw_error(cx, JS_MSG_MODULE_NOT_LOADED, path);
    return NULL;
  }
  if (string_equals_ascii(cx->heap, type, "json")) {
    JsValue val = TRY_OR(NULL, json_parse(cx, source, NULL));
    module = TRY_OR(NULL, default_export(cx, path, val));
  } else if (string_equals_ascii(cx->heap, type, "text")) {
    module = TRY_OR(NULL, default_export(cx, path, js_from_cell(source)));
  } else {
    module = TRY_OR(NULL, module_compile(cx, source, path, NULL, js_from_cell(path)));
  }
  TRY_OR(NULL, cache_add(cx, path, type, module));
  return module;
}

static bool load_requests(JsContext *cx, JsModule *module)
{
  JsString *path = ptr_slot_get(module->url);
  for (uint32_t k = 0; k < module_request_count(module); k++) {
    JsString *target = TRY_OR(false, resolve_path(cx, js_from_cell(path), module_request_specifier(module, k)));
    JsModule *required = TRY_OR(false, load(cx, target, attribute_type(cx, module, k)));
    module_set_linked(cx, module, k, required);
  }
  return true;
}

static JsModule *load(JsContext *cx, JsString *path, JsString *type)
{
  TRY_OR(NULL, js_check_c_stack(cx));
  JsModule *module = cache_find(cx, path, type);
  if (module)
    return module;
  module = TRY_OR(NULL, compile(cx, path, type));
  if (load_requests(cx, module))
    return module;
  cache_remove(cx, module);
  return NULL;
}

static bool shell_import(JsContext *cx, JsValue referrer, JsString *specifier, JsValue attributes, unsigned phase,
                         JsValue promise, void *opaque)
{
  JsString *type = string_empty(cx->heap);
  if (js_is_object(attributes)) {
    JsValue val = TRY_OR(false, get_property(cx, js_as_object(attributes), key_from_c_string(cx->heap, "type")));
    if (js_is_string(val))
      type = js_as_string(val);
  }
  referrer = module_host_defined(referrer);
  if (!js_is_string(referrer))
    referrer = slot_get(cx->realm->host_defined);
  JsString *path = TRY_OR(false, resolve_path(cx, referrer, specifier));
  JsModule *module = TRY_OR(false, load(cx, path, type));
  module_finish_dynamic_import(cx, module, js_as_promise(promise), phase);
  return !cx->terminating;
}

void shell_modules_start(Shell *shell)
{
  JsHeap *heap = shell->vm->heap;
  gc_root_add(heap, &shell->modules, js_from_cell(elements_new(heap, 8)), "shell modules");
  shell->vm->hooks.import_dynamically = shell_import;
}

JsModule *shell_load_module(JsContext *cx, const char *name, bool *parsed)
{
  bool ignored;
  parsed = parsed ? parsed : &ignored;
  *parsed = false;
  JsString *path = TRY_OR(NULL, resolve_path(cx, JS_UNDEFINED, string_from_utf8(cx->heap, name, strlen(name))));
  JsModule *module = cache_find(cx, path, string_empty(cx->heap));
  if (!module) {
    module = TRY_OR(NULL, compile(cx, path, string_empty(cx->heap)));
    *parsed = true;
    TRY_OR(NULL, load_requests(cx, module));
  }
  *parsed = true;
  return module;
}

JsValue shell_run_module(JsContext *cx, const char *name)
{
  JsModule *module = TRY(shell_load_module(cx, name, NULL));
  TRY(module_link(cx, module));
  return module_evaluate(cx, module);
}
