// SPDX-License-Identifier: MIT
/* The cell behind js_host_new: an object that owns a native pointer. */
#ifndef API_HOST_OBJECT_H
#define API_HOST_OBJECT_H

#include "culm/js.h"
#include "object/object.h"

typedef struct JsHostObject {
  JsObject obj;
  const JsHostClass *cls;
  void *native;
} JsHostObject;

void host_object_finalise(JsHeap *heap, JsCell *cell);

#endif
