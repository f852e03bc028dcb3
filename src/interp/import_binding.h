// SPDX-License-Identifier: MIT
/* An import's slot in a module environment holds one of these: the exporting module's environment and slot. */
#ifndef INTERP_IMPORT_BINDING_H
#define INTERP_IMPORT_BINDING_H

#include "object/env.h"

typedef struct JsImportBinding {
  JsCell cell;
  JS_PTR_SLOT(JsEnv) env;
  uint32_t slot;
  uint32_t pad;
} JsImportBinding;

void import_binding_trace(JsTracer *tracer, JsCell *cell);

#endif
