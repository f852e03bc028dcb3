// SPDX-License-Identifier: MIT
/*
 * The `stack` of errors, as V8 26 has it: an own accessor property with the realm's one getter and setter; the text is
 * kept beside, in the error's own field, or under a private name of what Error.captureStackTrace was given.
 */
#include "object/error_object.h"
#include "object/operations.h"
#include "object/property.h"

/* Where the receiver, or what it inherits from, keeps its stack; NULL: nowhere. A proxy keeps none. */
static JsObject *stack_holder(JsContext *cx, JsValue receiver)
{
  JsHeap *heap = cx->heap;
  JsObject *obj = js_is_object(receiver) ? js_as_object(receiver) : NULL;
  for (; obj && obj->cell.kind != CELL_PROXY; obj = object_proto(heap, obj)) {
    if (obj->cell.kind == CELL_ERROR && !js_is_hole(slot_get(((JsErrorObject *)obj)->stack)))
      return obj;
    if (shape_lookup(heap, object_shape(heap, obj), KEY_PRIVATE(heap, stack_capture)))
      return obj;
  }
  return NULL;
}

static JsValue kept_stack(JsHeap *heap, JsObject *holder)
{
  if (holder->cell.kind == CELL_ERROR)
    return slot_get(((JsErrorObject *)holder)->stack);
  return object_get_direct(heap, holder, KEY_PRIVATE(heap, stack_capture));
}

static void keep_stack(JsHeap *heap, JsObject *holder, JsValue val)
{
  if (holder->cell.kind == CELL_ERROR)
    slot_set(heap, holder, &((JsErrorObject *)holder)->stack, val);
  else
    object_define_direct(heap, holder, KEY_PRIVATE(heap, stack_capture), val, PROP_WRITABLE | PROP_CONFIGURABLE);
}

/* The getter: the text is made at the first touch. */
static JsValue get_stack(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *holder = stack_holder(cx, this_val);
  if (!holder)
    return JS_UNDEFINED;
  JsValue val = kept_stack(cx->heap, holder);
  if (!js_is_kind(val, CELL_LAZY_VALUE))
    return val;
  JsLazyValue *lazy = (JsLazyValue *)js_as_cell(val);
  /* What the program's prepareStackTrace gives counts, whatever it read or set meanwhile. */
  JsValue made = TRY(lazy->resolve(cx, holder, lazy));
  keep_stack(cx->heap, holder, made);
  return made;
}

static JsValue set_stack(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *holder = stack_holder(cx, this_val);
  if (holder)
    keep_stack(cx->heap, holder, js_arg(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsAccessor *stack_accessor(JsContext *cx)
{
  JsHeap *heap = cx->heap;
  JsAccessor *accessor = ptr_slot_get(cx->realm->stack_accessor);
  if (!accessor) {
    accessor = GC_NEW(heap, ACCESSOR, JsAccessor);
    JsKey no_name = key_from_string(heap, string_empty(heap));
    slot_set(heap, accessor, &accessor->getter, js_from_cell(native_function_new(cx, get_stack, no_name, 0, NULL, 0)));
    slot_set(heap, accessor, &accessor->setter, js_from_cell(native_function_new(cx, set_stack, no_name, 1, NULL, 0)));
    ptr_slot_set(heap, cx->realm, &cx->realm->stack_accessor, accessor);
  }
  return accessor;
}

static void define_accessor(JsContext *cx, JsObject *target)
{
  object_define_direct(cx->heap, target, KEY(cx->heap, stack), js_from_cell(stack_accessor(cx)),
                       PROP_CONFIGURABLE | PROP_ACCESSOR);
}

void error_begin_stack(JsContext *cx, JsObject *error)
{
  slot_init(&((JsErrorObject *)error)->stack, JS_HOLE);
  define_accessor(cx, error);
}

void error_set_stack(JsContext *cx, JsObject *target, JsValue val)
{
  JsShape *shape = object_shape(cx->heap, target);
  const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, KEY(cx->heap, stack));
  JsAccessor *accessor = ptr_slot_get(cx->realm->stack_accessor);
  if (!entry || !accessor || slot_get(*object_slot(shape, target, entry->slot)).bits != js_from_cell(accessor).bits)
    define_accessor(cx, target);
  keep_stack(cx->heap, target, val);
}
