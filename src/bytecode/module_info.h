// SPDX-License-Identifier: MIT
/* What a module's text says about its imports and exports, and its compiled code. Made by
 * compile_source(COMPILE_MODULE), used by module/. Names are indices into `names`. */
#ifndef BYTECODE_MODULE_INFO_H
#define BYTECODE_MODULE_INFO_H

#include "bytecode/code.h"

#define MODULE_NO_NAME UINT32_MAX

typedef struct JsModuleRequestInfo {
  uint32_t specifier;
  uint32_t first_attribute, attribute_count; /* names[first + 2k] = key, [first + 2k + 1] = value */
  uint32_t phase;                            /* AstImportPhase */
  uint32_t position;                         /* source offset of the specifier */
} JsModuleRequestInfo;

typedef struct JsModuleImportInfo {
  uint32_t request;
  uint32_t import_name; /* MODULE_NO_NAME: the namespace object */
  uint32_t slot;        /* of the module's environment */
  uint32_t position, end;
} JsModuleImportInfo;

typedef struct JsModuleExportInfo {
  uint32_t export_name; /* MODULE_NO_NAME: export * */
  uint32_t import_name; /* indirect: name in the other module, MODULE_NO_NAME: its namespace */
  uint32_t request;     /* indirect and star */
  uint32_t slot;        /* local */
  uint32_t position, end;
} JsModuleExportInfo;

typedef struct JsModuleInfo {
  JsCell cell;
  JS_PTR_SLOT(JsElements) names;
  JS_PTR_SLOT(JsCode) body; /* runs over the module's environment */
  JS_PTR_SLOT(JsCode) init; /* run at linking: declares vars and functions */
  uint32_t env_slots;
  uint32_t request_count, import_count, local_count, indirect_count, star_count;
  bool has_top_level_await;
  const JsModuleRequestInfo *requests;
  const JsModuleImportInfo *imports;
  const JsModuleExportInfo *locals, *indirects, *stars;
  void *tables; /* one malloc block */
  size_t tables_size;
} JsModuleInfo;

void module_info_trace(JsTracer *tracer, JsCell *cell);
void module_info_finalise(JsHeap *heap, JsCell *cell);

#endif
