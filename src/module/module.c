// SPDX-License-Identifier: MIT
/* Module records: making them, their requests, ResolveExport and GetExportedNames. */
#include "module/module.h"

#include "object/property.h"
#include "object/vm.h"
#include "parser/ast.h"

static JsModule *module_new(JsContext *cx, JsString *url, JsValue host_defined)
{
  cx->vm->import_meta = module_import_meta;
  JsModule *module = (JsModule *)object_new_kind(cx, CELL_MODULE, sizeof(JsModule), NULL);
  ptr_slot_init(&module->url, url);
  slot_init(&module->host_defined, host_defined);
  slot_init(&module->error, JS_HOLE);
  slot_init(&module->evaluate, JS_UNDEFINED);
  slot_init(&module->source, JS_HOLE);
  return module;
}

/* ParseModule ( sourceText, realm, hostDefined )  ecma262#sec-parsemodule */
JsModule *module_compile(JsContext *cx, JsString *source, JsString *url, const JsCompileOptions *options,
                         JsValue host_defined)
{
  JsModule *module = module_new(cx, url, host_defined);
  JsCompileOptions all = options ? *options : (JsCompileOptions){.first_line = 1};
  all.kind = COMPILE_MODULE;
  all.host_defined = js_from_object(&module->obj);
  JsModuleInfo *info = NULL;
  TRY_OR(NULL, compile_source(cx, source, url, &all, &info));
  ptr_slot_set(cx->heap, module, &module->info, info);
  module->has_top_level_await = ptr_slot_get(info->body)->flags & CODE_ASYNC;
  JsElements *linked = elements_new(cx->heap, info->request_count);
  if (!linked) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < info->request_count; k++)
    slot_init(&linked->v[k], JS_HOLE);
  linked->length = info->request_count;
  ptr_slot_set(cx->heap, module, &module->linked, linked);
  return module;
}

/* CreateDefaultExportSyntheticModule's general form  ecma262#sec-synthetic-module-records */
JsModule *module_synthetic(JsContext *cx, JsString *url, uint32_t export_count, JsString *const *names,
                           JsValue evaluate, JsValue host_defined)
{
  JsModule *module = module_new(cx, url, host_defined);
  JsElements *list = elements_new(cx->heap, export_count);
  if (!list) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  ptr_slot_set(cx->heap, module, &module->export_names, list);
  for (uint32_t k = 0; k < export_count; k++) {
    JsKey key = key_from_string(cx->heap, names[k]);
    slot_set(cx->heap, list, &list->v[k], key_raw_value(key));
    list->length = k + 1;
  }
  slot_set(cx->heap, module, &module->evaluate, evaluate);
  JsEnv *env = env_new(cx->heap, NULL, export_count);
  for (uint32_t k = 0; k < export_count; k++)
    slot_init(&env->slots[k], JS_UNDEFINED);
  ptr_slot_set(cx->heap, module, &module->env, env);
  return module;
}

static bool synthetic_slot(const JsModule *module, JsKey name, uint32_t *slot)
{
  const JsElements *names = ptr_slot_get(module->export_names);
  for (uint32_t k = 0; k < names->length; k++) {
    if (slot_get(names->v[k]).bits != name.bits)
      continue;
    *slot = k;
    return true;
  }
  return false;
}

bool module_set_export(JsContext *cx, JsModule *module, JsString *name, JsValue val)
{
  uint32_t slot;
  JsKey key = key_from_string(cx->heap, name);
  if (ptr_slot_get(module->info) || !synthetic_slot(module, key, &slot)) {
    (void)throw_error(cx, JS_MSG_NOT_AN_EXPORT, key);
    return false;
  }
  JsEnv *env = ptr_slot_get(module->env);
  slot_set(cx->heap, env, &env->slots[slot], val);
  return true;
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

static JsString *info_string(const JsModuleInfo *info, uint32_t name)
{
  return js_as_string(slot_get(ptr_slot_get(info->names)->v[name]));
}

JsKey module_info_key(JsHeap *heap, const JsModuleInfo *info, uint32_t name)
{
  return key_from_string(heap, info_string(info, name));
}

uint32_t module_request_count(const JsModule *module)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  return info ? info->request_count : 0;
}

JsString *module_request_specifier(const JsModule *module, uint32_t request)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  return info_string(info, info->requests[request].specifier);
}

uint32_t module_request_attribute_count(const JsModule *module, uint32_t request)
{
  return ptr_slot_get(module->info)->requests[request].attribute_count;
}

void module_request_attribute(const JsModule *module, uint32_t request, uint32_t index, JsString **key,
                              JsString **value)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  uint32_t first = info->requests[request].first_attribute + 2 * index;
  *key = info_string(info, first);
  *value = info_string(info, first + 1);
}

uint32_t module_request_position(const JsModule *module, uint32_t request)
{
  return ptr_slot_get(module->info)->requests[request].position;
}

unsigned module_request_phase(const JsModule *module, uint32_t request)
{
  return ptr_slot_get(module->info)->requests[request].phase;
}

void module_set_source(JsContext *cx, JsModule *module, JsValue source)
{
  slot_set(cx->heap, module, &module->source, source);
}

void module_set_linked(JsContext *cx, JsModule *module, uint32_t request, JsModule *target)
{
  JsElements *linked = ptr_slot_get(module->linked);
  slot_set(cx->heap, linked, &linked->v[request], js_from_object(&target->obj));
}

JsModule *module_linked(const JsModule *module, uint32_t request)
{
  JsValue val = slot_get(ptr_slot_get(module->linked)->v[request]);
  return js_is_hole(val) ? NULL : js_as_module(val);
}

JsValue module_host_defined(JsValue referrer)
{
  return js_is_module(referrer) ? slot_get(js_as_module(referrer)->host_defined) : referrer;
}

/* --- exports ----------------------------------------------------------------------------------------------------- */

/* The (module, name) pairs on the way, to end cycles. */
typedef struct ResolveStep {
  const JsModule *module;
  JsKey name;
  const struct ResolveStep *older;
} ResolveStep;

static bool resolve(JsContext *cx, JsModule *module, JsKey name, const ResolveStep *older, JsResolution *out);

static bool resolve_star(JsContext *cx, JsModule *module, JsKey name, const ResolveStep *step, JsResolution *out)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (key_equals(name, KEY(cx->heap, default_)))
    return true;
  for (uint32_t k = 0; k < info->star_count; k++) {
    JsModule *target = module_linked(module, info->stars[k].request);
    JsResolution found = {RESOLUTION_NOT_FOUND, NULL, 0};
    if (!target)
      continue;
    TRY_OR(false, resolve(cx, target, name, step, &found));
    if (found.kind == RESOLUTION_AMBIGUOUS) {
      *out = found;
      return true;
    }
    if (found.kind == RESOLUTION_NOT_FOUND)
      continue;
    if (out->kind == RESOLUTION_NOT_FOUND) {
      *out = found;
    } else if (out->kind != found.kind || out->module != found.module || out->slot != found.slot) {
      out->kind = RESOLUTION_AMBIGUOUS;
      return true;
    }
  }
  return true;
}

static bool resolve(JsContext *cx, JsModule *module, JsKey name, const ResolveStep *older, JsResolution *out)
{
  *out = (JsResolution){RESOLUTION_NOT_FOUND, NULL, 0};
  TRY_OR(false, js_check_c_stack(cx));
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (!info) {
    if (synthetic_slot(module, name, &out->slot))
      *out = (JsResolution){RESOLUTION_BINDING, module, out->slot};
    return true;
  }
  for (const ResolveStep *s = older; s; s = s->older) {
    if (s->module == module && key_equals(s->name, name))
      return true;
  }
  ResolveStep step = {module, name, older};
  for (uint32_t k = 0; k < info->local_count; k++) {
    if (key_equals(module_info_key(cx->heap, info, info->locals[k].export_name), name)) {
      *out = (JsResolution){RESOLUTION_BINDING, module, info->locals[k].slot};
      /* import * as ns; export { ns }: the namespace itself, wherever it is imported */
      for (uint32_t j = 0; j < info->import_count; j++) {
        JsModule *target = module_linked(module, info->imports[j].request);
        unsigned phase = info->requests[info->imports[j].request].phase;
        if (info->imports[j].slot == out->slot && info->imports[j].import_name == MODULE_NO_NAME && target &&
            phase != AST_PHASE_SOURCE)
          *out = (JsResolution){phase == AST_PHASE_DEFER ? RESOLUTION_DEFERRED_NAMESPACE : RESOLUTION_NAMESPACE, target,
                                0};
      }
      return true;
    }
  }
  for (uint32_t k = 0; k < info->indirect_count; k++) {
    const JsModuleExportInfo *entry = &info->indirects[k];
    if (!key_equals(module_info_key(cx->heap, info, entry->export_name), name))
      continue;
    JsModule *target = module_linked(module, entry->request);
    if (!target)
      return true;
    if (entry->import_name == MODULE_NO_NAME) {
      *out = (JsResolution){RESOLUTION_NAMESPACE, target, 0};
      return true;
    }
    return resolve(cx, target, module_info_key(cx->heap, info, entry->import_name), &step, out);
  }
  return resolve_star(cx, module, name, &step, out);
}

/* ResolveExport  ecma262#sec-resolveexport */
bool module_resolve_export(JsContext *cx, JsModule *module, JsKey name, JsResolution *out)
{
  return resolve(cx, module, name, NULL, out);
}

static bool list_has(const JsElements *list, JsValue val)
{
  for (uint32_t k = 0; k < list->length; k++) {
    if (slot_get(list->v[k]).bits == val.bits)
      return true;
  }
  return false;
}

static bool add_names(JsContext *cx, JsModule *module, JsElements **visited, JsElements **names, bool is_root)
{
  TRY_OR(false, js_check_c_stack(cx));
  JsValue self = js_from_object(&module->obj);
  if (list_has(*visited, self))
    return true;
  *visited = TRY_OR(false, elements_push(cx, *visited, self));
  const JsModuleInfo *info = ptr_slot_get(module->info);
  uint32_t own = info ? info->local_count + info->indirect_count : ptr_slot_get(module->export_names)->length;
  for (uint32_t k = 0; k < own; k++) {
    JsValue key;
    if (!info)
      key = slot_get(ptr_slot_get(module->export_names)->v[k]);
    else if (k < info->local_count)
      key = key_raw_value(module_info_key(cx->heap, info, info->locals[k].export_name));
    else
      key = key_raw_value(module_info_key(cx->heap, info, info->indirects[k - info->local_count].export_name));
    bool is_default = key.bits == KEY(cx->heap, default_).bits;
    if ((is_root || !is_default) && !list_has(*names, key))
      *names = TRY_OR(false, elements_push(cx, *names, key));
  }
  for (uint32_t k = 0; info && k < info->star_count; k++) {
    JsModule *target = module_linked(module, info->stars[k].request);
    if (target)
      TRY_OR(false, add_names(cx, target, visited, names, false));
  }
  return true;
}

/* GetExportedNames  ecma262#sec-getexportednames */
JsElements *module_exported_names(JsContext *cx, JsModule *module)
{
  JsElements *visited = elements_new(cx->heap, 8), *names = elements_new(cx->heap, 8);
  if (!visited || !names) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  TRY_OR(NULL, add_names(cx, module, &visited, &names, true));
  return names;
}

/* GetModuleNamespace  ecma262#sec-getmodulenamespace */
JsObject *module_namespace(JsContext *cx, JsModule *module)
{
  return module_namespace_of(cx, module, AST_PHASE_EVALUATION);
}

JsObject *module_deferred_namespace(JsContext *cx, JsModule *module)
{
  return module_namespace_of(cx, module, AST_PHASE_DEFER);
}

JsObject *module_namespace_of(JsContext *cx, JsModule *module, unsigned phase)
{
  bool deferred = phase == AST_PHASE_DEFER;
  JsObject *made = deferred ? ptr_slot_get(module->deferred_namespace) : ptr_slot_get(module->namespace_object);
  if (made)
    return made;
  JsElements *names = TRY_OR(NULL, module_exported_names(cx, module));
  JsObject *ns = TRY_OR(NULL, namespace_new(cx, module, names, deferred));
  if (deferred)
    ptr_slot_set(cx->heap, module, &module->deferred_namespace, ns);
  else
    ptr_slot_set(cx->heap, module, &module->namespace_object, ns);
  return ns;
}

JsValue module_import_meta(JsContext *cx, JsValue referrer)
{
  if (!js_is_module(referrer))
    return throw_error(cx, JS_MSG_NO_INTRINSIC, "import.meta");
  JsModule *module = js_as_module(referrer);
  JsObject *meta = ptr_slot_get(module->meta);
  if (!meta) {
    meta = TRY(object_new_with_proto(cx, NULL));
    JsHostHooks *hooks = &cx->vm->hooks;
    if (hooks->import_meta)
      TRY(hooks->import_meta(cx, slot_get(module->host_defined), meta, hooks->opaque));
    ptr_slot_set(cx->heap, module, &module->meta, meta);
  }
  return js_from_object(meta);
}

_Static_assert(sizeof(JsModule) == 176, "update module_trace()");
void module_trace(JsTracer *tracer, JsCell *cell)
{
  JsModule *module = (JsModule *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, module->info);
  gc_trace_ptr(tracer, module->url);
  gc_trace_slot(tracer, &module->host_defined);
  gc_trace_ptr(tracer, module->env);
  gc_trace_ptr(tracer, module->linked);
  gc_trace_ptr(tracer, module->export_names);
  gc_trace_ptr(tracer, module->namespace_object);
  gc_trace_ptr(tracer, module->deferred_namespace);
  gc_trace_ptr(tracer, module->meta);
  gc_trace_slot(tracer, &module->error);
  gc_trace_ptr(tracer, module->cycle_root);
  gc_trace_ptr(tracer, module->top_level);
  gc_trace_ptr(tracer, module->async_parents);
  gc_trace_slot(tracer, &module->evaluate);
  gc_trace_slot(tracer, &module->source);
}
