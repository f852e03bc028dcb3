// SPDX-License-Identifier: MIT
/* Proxy exotic objects: the cell and its internal methods' table
 * (ecma262#sec-proxy-object-internal-methods-and-internal-slots). */
#ifndef OBJECT_PROXY_H
#define OBJECT_PROXY_H

#include "object/object.h"

typedef struct JsProxy {
  JsObject obj;
  JS_PTR_SLOT(JsObject) target; /* NULL once revoked */
  JS_PTR_SLOT(JsObject) handler;
} JsProxy;

extern const JsObjectOps proxy_ops;
/* ProxyCreate */
JS_MUST_USE JsObject *proxy_create(JsContext *cx, JsValue target, JsValue handler);
/* [[Call]] and [[Construct]] of a proxy: used by interp/call.c. */
JS_MUST_USE JsValue proxy_call(JsContext *cx, JsProxy *proxy, JsValue this_val, int argc, const JsValue *argv);
JS_MUST_USE JsValue proxy_construct(JsContext *cx, JsProxy *proxy, int argc, const JsValue *argv, JsObject *new_target);
/* The target; NULL with TypeError naming the trap when revoked. */
JS_MUST_USE JsObject *proxy_live_target(JsContext *cx, JsObject *proxy, const char *trap);
void proxy_trace(JsTracer *tracer, JsCell *cell);

#endif
