// SPDX-License-Identifier: MIT
/* What the engine asks of its host, and internalBinding itself. */
#ifndef RUNTIME_HOST_HOOKS_H
#define RUNTIME_HOST_HOOKS_H

#include "runtime/env.h"

void host_promise_rejection(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque);
JsValue host_import_dynamically(JsContext *cx, JsValue referrer, JsValue specifier, JsValue attributes,
                                JsImportPhase phase, void *opaque);
bool host_import_meta(JsContext *cx, JsValue host_defined, JsValue meta, void *opaque);
JsValue host_wasm_source(JsContext *cx, JsValue source, void *opaque);
JsValue host_internal_binding(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

#endif
