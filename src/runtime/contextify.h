// SPDX-License-Identifier: MIT
/* Contexts as the library holds them, for bindings that are handed one. */
#ifndef RUNTIME_CONTEXTIFY_H
#define RUNTIME_CONTEXTIFY_H

#include "runtime/env.h"

/* The realm (js_realm_new) behind a context of internalBinding('contextify'); the current one for any other value. */
JsValue contextify_realm(JsContext *cx, JsValue handle);

#endif
