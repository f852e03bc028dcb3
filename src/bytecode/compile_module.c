// SPDX-License-Identifier: MIT
/* The import and export entries of a module, from the parser's lists into a JsModuleInfo. */
#include "bytecode/module_info.h"

#include "bytecode/compiler.h"

static uint32_t add_name(Compiler *c, JsElements **list, AstName *name)
{
  if (!name)
    return MODULE_NO_NAME;
  JsValue val = name_value(c, name);
  JsElements *grown = c->failed ? NULL : elements_push(c->cx, *list, val);
  if (!grown) {
    c->failed = true;
    return 0;
  }
  *list = grown;
  return grown->length - 1;
}

static void *take(char **at, size_t bytes)
{
  void *result = *at;
  *at += (bytes + 7) & ~(size_t)7;
  return result;
}

static void fill_exports(Compiler *c, JsElements **names, const AstExportEntry *from, uint32_t count,
                         JsModuleExportInfo *to)
{
  for (uint32_t k = 0; k < count; k++) {
    to[k].export_name = add_name(c, names, from[k].export_name);
    to[k].import_name = from[k].binding ? MODULE_NO_NAME : add_name(c, names, from[k].local_name);
    to[k].request = from[k].request;
    to[k].position = from[k].start;
    to[k].end = from[k].end;
    to[k].slot = from[k].binding ? from[k].binding->env_slot : 0;
  }
}

/* Bindings that other modules can see must be in the module's environment. */
void module_capture_bindings(const AstModule *module, AstScope *scope)
{
  for (uint32_t k = 0; k < module->imports.len + module->local_exports.len; k++) {
    AstBinding *binding = k < module->imports.len ? module->imports.items[k].binding
                                                  : module->local_exports.items[k - module->imports.len].binding;
    if (!binding || binding->captured)
      continue;
    binding->captured = true;
    binding->env_slot = scope->env_slots++;
  }
}

JsModuleInfo *module_info_build(Compiler *c, const AstModule *module, JsCode *body, JsCode *init, const AstScope *scope)
{
  if (c->failed)
    return NULL;
  JsElements *names = elements_new(c->heap, 8);
  JsModuleInfo *info = GC_NEW(c->heap, MODULE_INFO, JsModuleInfo);
  size_t exports = module->local_exports.len + module->indirect_exports.len + module->star_exports.len;
  size_t size = module->requests.len * sizeof(JsModuleRequestInfo) + module->imports.len * sizeof(JsModuleImportInfo) +
                exports * sizeof(JsModuleExportInfo) + 5 * 8;
  void *block = names ? mem_alloc_zeroed(gc_heap_account(c->heap), MEM_CODE, size) : NULL;
  if (!block) {
    compile_out_of_memory(c);
    return NULL;
  }
  info->tables = block;
  info->tables_size = size;
  ptr_slot_set(c->heap, info, &info->body, body);
  ptr_slot_set(c->heap, info, &info->init, init);
  char *at = block;
  JsModuleRequestInfo *requests = take(&at, module->requests.len * sizeof *requests);
  for (uint32_t k = 0; k < module->requests.len; k++) {
    const AstModuleRequest *from = &module->requests.items[k];
    requests[k] = (JsModuleRequestInfo){.specifier = add_name(c, &names, from->specifier),
                                        .attribute_count = from->attribute_count,
                                        .phase = from->phase,
                                        .position = from->start};
    requests[k].first_attribute = names->length;
    for (uint32_t j = 0; j < from->attribute_count; j++) {
      (void)add_name(c, &names, from->attributes[j].key);
      (void)add_name(c, &names, from->attributes[j].value);
    }
  }
  JsModuleImportInfo *imports = take(&at, module->imports.len * sizeof *imports);
  for (uint32_t k = 0; k < module->imports.len; k++) {
    const AstImportEntry *from = &module->imports.items[k];
    imports[k] = (JsModuleImportInfo){.request = from->request,
                                      .import_name = add_name(c, &names, from->import_name),
                                      .slot = from->binding->env_slot,
                                      .position = from->start,
                                      .end = from->end};
  }
  JsModuleExportInfo *locals = take(&at, module->local_exports.len * sizeof *locals);
  JsModuleExportInfo *indirects = take(&at, module->indirect_exports.len * sizeof *indirects);
  JsModuleExportInfo *stars = take(&at, module->star_exports.len * sizeof *stars);
  fill_exports(c, &names, module->local_exports.items, module->local_exports.len, locals);
  fill_exports(c, &names, module->indirect_exports.items, module->indirect_exports.len, indirects);
  fill_exports(c, &names, module->star_exports.items, module->star_exports.len, stars);
  ptr_slot_set(c->heap, info, &info->names, names);
  info->requests = requests;
  info->imports = imports;
  info->locals = locals;
  info->indirects = indirects;
  info->stars = stars;
  info->request_count = module->requests.len;
  info->import_count = module->imports.len;
  info->local_count = module->local_exports.len;
  info->indirect_count = module->indirect_exports.len;
  info->star_count = module->star_exports.len;
  info->env_slots = scope->env_slots;
  info->has_top_level_await = module->has_top_level_await;
  return c->failed ? NULL : info;
}

_Static_assert(sizeof(JsModuleInfo) == 120, "update module_info_trace()");
void module_info_trace(JsTracer *tracer, JsCell *cell)
{
  JsModuleInfo *info = (JsModuleInfo *)cell;
  gc_trace_ptr(tracer, info->names);
  gc_trace_ptr(tracer, info->body);
  gc_trace_ptr(tracer, info->init);
}

void module_info_finalise(JsHeap *heap, JsCell *cell)
{
  JsModuleInfo *info = (JsModuleInfo *)cell;
  mem_free(gc_heap_account(heap), MEM_CODE, info->tables, info->tables_size);
}
