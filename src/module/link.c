// SPDX-License-Identifier: MIT
/* Link ( )  ecma262#sec-moduledeclarationlinking */
#include "interp/import_binding.h"
#include "module/module.h"
#include "parser/ast.h"

typedef struct Linker {
  JsContext *cx;
  JsElements *stack;
  uint32_t index;
} Linker;

/* start, end: of the import or export that asks for the name, in the module's source. */
static bool missing_export(JsContext *cx, JsModule *module, uint32_t request, uint32_t name, JsResolutionKind kind,
                           uint32_t start, uint32_t end)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  JsString *specifier = module_request_specifier(module, request);
  JsKey key = module_info_key(cx->heap, info, name);
  if (kind == RESOLUTION_AMBIGUOUS)
    (void)throw_error(cx, JS_MSG_AMBIGUOUS_EXPORT, specifier, key);
  else
    (void)throw_error(cx, JS_MSG_MISSING_EXPORT, specifier, key);
  JsValue error = take_exception(cx);
  JsScript *script = (JsScript *)js_as_cell(slot_get(ptr_slot_get(info->body)->script));
  TRY_OR(false, syntax_error_locate(cx, error, script, start, end));
  (void)throw_value(cx, error);
  return false;
}

static bool bind_import(JsContext *cx, JsModule *module, const JsModuleImportInfo *import)
{
  JsModule *target = module_linked(module, import->request);
  JsEnv *env = ptr_slot_get(module->env);
  JsValue val;
  unsigned phase = module_request_phase(module, import->request);
  if (phase == AST_PHASE_SOURCE) {
    val = slot_get(target->source);
  } else if (import->import_name == MODULE_NO_NAME) {
    val = js_from_object(TRY_OR(false, module_namespace_of(cx, target, phase)));
  } else {
    JsResolution found;
    JsKey name = module_info_key(cx->heap, ptr_slot_get(module->info), import->import_name);
    TRY_OR(false, module_resolve_export(cx, target, name, &found));
    if (found.kind <= RESOLUTION_AMBIGUOUS)
      return missing_export(cx, module, import->request, import->import_name, found.kind, import->position,
                            import->end);
    if (found.kind != RESOLUTION_BINDING) {
      bool deferred = found.kind == RESOLUTION_DEFERRED_NAMESPACE;
      val = js_from_object(
          TRY_OR(false, deferred ? module_deferred_namespace(cx, found.module) : module_namespace(cx, found.module)));
    } else {
      JsImportBinding *binding = GC_NEW(cx->heap, IMPORT_BINDING, JsImportBinding);
      ptr_slot_init(&binding->env, ptr_slot_get(found.module->env));
      binding->slot = found.slot;
      val = js_from_cell(binding);
    }
  }
  slot_set(cx->heap, env, &env->slots[import->slot], val);
  return true;
}

/* InitializeEnvironment ( )  ecma262#sec-source-text-module-record-initialize-environment */
static bool initialize_environment(JsContext *cx, JsModule *module)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  for (uint32_t k = 0; k < info->indirect_count; k++) {
    const JsModuleExportInfo *entry = &info->indirects[k];
    JsResolution found;
    TRY_OR(false, module_resolve_export(cx, module, module_info_key(cx->heap, info, entry->export_name), &found));
    if (found.kind <= RESOLUTION_AMBIGUOUS)
      return missing_export(cx, module, entry->request,
                            entry->import_name == MODULE_NO_NAME ? entry->export_name : entry->import_name, found.kind,
                            entry->position, entry->end);
  }
  for (uint32_t k = 0; k < info->import_count; k++)
    TRY_OR(false, bind_import(cx, module, &info->imports[k]));
  JsFunction *init = function_new(cx, ptr_slot_get(info->init), ptr_slot_get(module->env));
  TRY_OR(false, js_call0(cx, js_from_cell(init), JS_UNDEFINED));
  return true;
}

/* InnerModuleLinking  ecma262#sec-InnerModuleLinking */
static bool inner_link(Linker *l, JsModule *module)
{
  JsContext *cx = l->cx;
  TRY_OR(false, js_check_c_stack(cx));
  if (module->status != MODULE_UNLINKED)
    return true;
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (!info) {
    module->status = MODULE_LINKED;
    return true;
  }
  module->status = MODULE_LINKING;
  module->graph_is_async = module->has_top_level_await;
  module->dfs_index = module->dfs_ancestor = l->index++;
  l->stack = TRY_OR(false, elements_push(cx, l->stack, js_from_object(&module->obj)));
  /* Made before anything is resolved: in a cycle another module may bind to it first. */
  if (!ptr_slot_get(module->env)) {
    JsEnv *env = env_new(cx->heap, NULL, info->env_slots);
    ptr_slot_set(cx->heap, module, &module->env, env);
  }
  for (uint32_t k = 0; k < info->request_count; k++) {
    JsModule *required = module_linked(module, k);
    if (!required) {
      (void)throw_error(cx, JS_MSG_MODULE_NOT_LOADED, module_request_specifier(module, k));
      return false;
    }
    if (info->requests[k].phase == AST_PHASE_SOURCE) { /* its source is used; it is not linked */
      if (!js_is_hole(slot_get(required->source)))
        continue;
      (void)throw_error(cx, JS_MSG_IMPORT_PHASE, ptr_slot_get(required->url));
      return false;
    }
    TRY_OR(false, inner_link(l, required));
    module->graph_is_async |= required->graph_is_async;
    if (required->status == MODULE_LINKING && required->dfs_ancestor < module->dfs_ancestor)
      module->dfs_ancestor = required->dfs_ancestor;
  }
  TRY_OR(false, initialize_environment(cx, module));
  if (module->dfs_ancestor != module->dfs_index)
    return true;
  /* The members of a cycle are async when one of them is. */
  for (uint32_t k = l->stack->length; k-- > 0;) {
    JsModule *member = js_as_module(slot_get(l->stack->v[k]));
    module->graph_is_async |= member->graph_is_async;
    if (member == module)
      break;
  }
  for (;;) {
    JsModule *done = js_as_module(slot_get(l->stack->v[--l->stack->length]));
    done->status = MODULE_LINKED;
    done->graph_is_async = module->graph_is_async;
    if (done == module)
      return true;
  }
}

bool module_link(JsContext *cx, JsModule *module)
{
  Linker l = {cx, elements_new(cx->heap, 8), 0};
  if (!l.stack) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  if (inner_link(&l, module))
    return true;
  for (uint32_t k = 0; k < l.stack->length; k++)
    js_as_module(slot_get(l.stack->v[k]))->status = MODULE_UNLINKED;
  return false;
}
