// SPDX-License-Identifier: MIT
/* Realms: intrinsics on first touch, root shapes. */
#include "object/realm.h"

#include "object/arguments.h"
#include "object/context_global.h"
#include "object/elements.h"
#include "object/function.h"
#include "object/property.h"
#include "object/vm.h"

void realm_trace(JsTracer *tracer, JsCell *cell)
{
  JsRealm *realm = (JsRealm *)cell;
  gc_trace_ptr(tracer, realm->global);
  gc_trace_ptr(tracer, realm->global_this);
  gc_trace_ptr(tracer, realm->global_lexicals);
  gc_trace_slot(tracer, &realm->template_registry);
  gc_trace_slot(tracer, &realm->host_defined);
  gc_trace_ptr(tracer, realm->stack_accessor);
  gc_trace_ptr(tracer, realm->callee_accessor);
  gc_trace_slot(tracer, &realm->regexp_state);
  gc_trace_slot(tracer, &realm->intl);
  gc_trace_slot(tracer, &realm->math_random_state);
  for (int k = 0; k < JS_INTRINSIC_COUNT; k++)
    gc_trace_ptr(tracer, realm->intrinsics[k]);
  for (int k = 0; k < REALM_SHAPE_COUNT; k++)
    gc_trace_ptr(tracer, realm->shapes[k]);
  for (int k = 0; k < REALM_JSON_SHAPES; k++)
    gc_trace_ptr(tracer, realm->json_shapes[k]);
}

/* %Object.prototype% and %Function.prototype% come first, in `realm_new`, as everything inherits from them; their rows
 * are added by make_intrinsic like everybody's. */
JsObject *realm_make_intrinsic(JsContext *cx, JsRealm *realm, JsIntrinsicId id)
{
  JsRealm *caller = cx->realm;
  cx->realm = realm;
  JsValue pending = cx->exception; /* may be asked for while an error object is being made */
  cx->exception = JS_HOLE;
  JsObject *obj = cx->vm->make_intrinsic(cx, id);
  JS_CHECK(obj != NULL);
  cx->exception = pending;
  cx->realm = caller;
  return obj;
}

JsRealm *realm_new(JsContext *cx)
{
  return realm_new_over(cx, NULL);
}

JsRealm *realm_new_over(JsContext *cx, JsObject *sandbox)
{
  JsHeap *heap = cx->heap;
  JsRealm *realm = GC_NEW(heap, REALM, JsRealm);
  JsRealm *caller = cx->realm;
  realm->vm = cx->vm;
  cx->realm = realm;
  /* The global object: many properties, looked up through its validity cell. */
  JsObject *proto = INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE);
  JsObject *global = object_new_with_shape(heap, shape_root_for(heap, CELL_OBJECT, sizeof(JsObject), 0, proto));
  object_become_proto(heap, global);
  ptr_slot_set(heap, realm, &realm->global, global);
  JsObject *outer = sandbox ? context_global_new(cx, sandbox, global) : global;
  ptr_slot_set(heap, realm, &realm->global_this, outer);
  JsObject *lexicals = object_new_with_shape(heap, shape_root_for(heap, CELL_OBJECT, sizeof(JsObject), 0, NULL));
  object_become_proto(heap, lexicals);
  ptr_slot_set(heap, realm, &realm->global_lexicals, lexicals);
  bool ok = cx->vm->define_globals(cx, global);
  ptr_slot_set(heap, realm, &realm->global, outer);
  cx->realm = caller ? caller : realm;
  return ok ? realm : NULL;
}

static const uint8_t object_shape_slots[] = {1, 3, 5, 7, 9, 13, 17};

JsShape *realm_make_shape(JsContext *cx, JsRealmShape which)
{
  JsRealm *realm = cx->realm;
  JsShape *shape;
  JsHeap *heap = cx->heap;
  switch (which) {
  case REALM_SHAPE_ARRAY:
    shape = shape_root_for(heap, CELL_ARRAY, sizeof(JsArray), 0, INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE));
    break;
  case REALM_SHAPE_FUNCTION:
    shape = shape_root_for(heap, CELL_FUNCTION, sizeof(JsFunction), 0, INTRINSIC_OBJECT(cx, FUNCTION_PROTOTYPE));
    break;
  case REALM_SHAPE_ITERATOR_RESULT:
    shape = realm_shape(cx, REALM_SHAPE_OBJECT_ROOM_3);
    shape = shape_add_property(heap, shape, KEY(heap, value), PROP_ALL);
    shape = shape_add_property(heap, shape, KEY(heap, done), PROP_ALL);
    break;
  case REALM_SHAPE_ARGUMENTS:
  case REALM_SHAPE_STRICT_ARGUMENTS: shape = arguments_shape(cx, which == REALM_SHAPE_STRICT_ARGUMENTS); break;
  default:
    shape = shape_root_for(heap, CELL_OBJECT, sizeof(JsObject), object_shape_slots[which - REALM_SHAPE_OBJECT_ROOM_1],
                           INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE));
    break;
  }
  ptr_slot_set(heap, realm, &realm->shapes[which], shape);
  return shape;
}

JsShape *realm_object_shape(JsContext *cx, uint32_t count)
{
  for (uint32_t k = 0; k < JS_COUNTOF(object_shape_slots); k++)
    if (count <= object_shape_slots[k])
      return realm_shape(cx, (JsRealmShape)(REALM_SHAPE_OBJECT_ROOM_1 + k));
  return realm_shape(cx, REALM_SHAPE_OBJECT_ROOM_17);
}
