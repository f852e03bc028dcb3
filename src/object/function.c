// SPDX-License-Identifier: MIT
/* Function objects: see function.h. What needs the bytecode (closures' lazy properties, names) comes from the
 * interpreter's hooks. */
#include "object/function.h"

#include "gc/alloc_inl.h"

#include "object/operations.h"
#include "object/property.h"
#include "object/vm.h"

void function_trace(JsTracer *tracer, JsCell *cell)
{
  JsFunction *fn = (JsFunction *)cell;
  object_trace(tracer, cell);
  gc_trace_cell(tracer, ptr_slot_get(fn->code));
  gc_trace_ptr(tracer, fn->env);
  gc_trace_ptr(tracer, fn->home_object);
  gc_trace_ptr(tracer, fn->realm);
  gc_trace_slot(tracer, &fn->aux);
}

_Static_assert(sizeof(JsNativeFunction) == 56, "update native_function_trace()");
void native_function_trace(JsTracer *tracer, JsCell *cell)
{
  JsNativeFunction *fn = (JsNativeFunction *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, fn->realm);
  gc_trace_ptr(tracer, fn->name);
  gc_trace_slots(tracer, fn->data, fn->data_count);
}

void bound_function_trace(JsTracer *tracer, JsCell *cell)
{
  JsBoundFunction *fn = (JsBoundFunction *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, fn->target);
  gc_trace_slot(tracer, &fn->bound_this);
  gc_trace_ptr(tracer, fn->bound_args);
}

/* --- environments ------------------------------------------------------------------------------------------------ */

void env_trace(JsTracer *tracer, JsCell *cell)
{
  JsEnv *env = (JsEnv *)cell;
  gc_trace_ptr(tracer, env->parent);
  gc_trace_slot(tracer, &env->owner);
  gc_trace_slots(tracer, env->slots, env->count);
}

JsEnv *env_new(JsHeap *heap, JsEnv *parent, uint32_t count)
{
  JsEnv *env = gc_alloc_fast(heap, CELL_ENV, sizeof(JsEnv) + count * sizeof(JsSlot));
  ptr_slot_init(&env->parent, parent);
  env->count = count;
  return env;
}

/* --- C functions ------------------------------------------------------------------------------------------------- */

/* CreateBuiltinFunction  ecma262#sec-createbuiltinfunction */
JsNativeFunction *native_function_new(JsContext *cx, JsNativeFn fn, JsKey name, int length, const JsValue *data,
                                      uint32_t data_count)
{
  JsHeap *heap = cx->heap;
  JsObject *proto = INTRINSIC_OBJECT(cx, FUNCTION_PROTOTYPE);
  JsString *text = key_is_none(name) ? NULL : function_name_text(cx, name, NULL);
  JsShape *shape =
      shape_root_for(heap, CELL_NATIVE_FUNCTION, sizeof(JsNativeFunction) + data_count * sizeof(JsSlot), 0, proto);
  JsNativeFunction *native = (JsNativeFunction *)object_new_with_shape(heap, shape);
  native->obj.cell.flags |= OBJECT_CALLABLE | OBJECT_LAZY;
  native->fn = fn;
  native->length = (int16_t)length;
  ptr_slot_init(&native->realm, cx->realm);
  ptr_slot_init(&native->name, text);
  native->data_count = data_count;
  for (uint32_t k = 0; k < data_count; k++)
    slot_init(&native->data[k], data[k]);
  return native;
}

JsNativeFunction *native_constructor_new(JsContext *cx, JsNativeFn fn, JsKey name, int length, JsObject *proto)
{
  JsNativeFunction *native = native_function_new(cx, fn, name, length, NULL, 0);
  native->obj.cell.flags |= OBJECT_CONSTRUCTOR;
  if (proto) {
    native_function_materialise(cx, &native->obj);
    object_define_direct(cx->heap, &native->obj, KEY(cx->heap, prototype), js_from_object(proto), 0);
  }
  return native;
}

void native_function_materialise(JsContext *cx, JsObject *obj)
{
  JsNativeFunction *native = (JsNativeFunction *)obj;
  JsHeap *heap = cx->heap;
  obj->cell.flags &= (uint8_t)~OBJECT_LAZY;
  JsString *name = ptr_slot_get(native->name);
  object_define_direct(heap, obj, KEY(heap, length), js_int32(native->length), PROP_CONFIGURABLE);
  object_define_direct(heap, obj, KEY(heap, name), js_from_cell(name ? name : string_empty(heap)), PROP_CONFIGURABLE);
}

/* --- names
 * --------------------------------------------------------------------------------------------------------------------
 */

/* The text SetFunctionName gives: "get x", "[description]" for symbols, "#x" for private names. */
JsString *function_name_text(JsContext *cx, JsKey name, const char *prefix)
{
  JsString *text;
  if (key_is_symbol(name)) {
    JsSymbol *symbol = (JsSymbol *)key_cell(name);
    JsString *description = ptr_slot_get(symbol->description);
    if (symbol->cell.flags & SYMBOL_PRIVATE) {
      text = description;
    } else if (!description) {
      text = string_empty(cx->heap);
    } else {
      StringBuilder b;
      builder_init(&b, cx);
      builder_add_ascii(&b, "[");
      builder_add_string(&b, description);
      builder_add_ascii(&b, "]");
      text = builder_finish(&b);
      if (!text) {
        (void)take_exception(cx);
        text = string_empty(cx->heap);
      }
    }
  } else {
    text = js_as_string(key_to_value(cx->heap, name));
  }
  if (!prefix)
    return text;
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, prefix);
  builder_add_ascii(&b, " ");
  builder_add_string(&b, text);
  JsString *full = builder_finish(&b);
  if (full)
    return full;
  (void)take_exception(cx);
  return text;
}

/* SetFunctionName ( F, name [ , prefix ] )  ecma262#sec-setfunctionname */
bool set_function_name(JsContext *cx, JsObject *fn, JsKey name, const char *prefix)
{
  JsString *text = function_name_text(cx, name, prefix);
  if (fn->cell.flags & OBJECT_LAZY)
    TRY_OR(false, object_materialise(cx, fn, KEY(cx->heap, name)));
  object_define_direct(cx->heap, fn, KEY(cx->heap, name), js_from_cell(text), PROP_CONFIGURABLE);
  return true;
}

/* --- bound functions --------------------------------------------------------------------------------------------- */

/* BoundFunctionCreate ( targetFunction, boundThis, boundArgs )  ecma262#sec-boundfunctioncreate */
JsObject *bound_function_create(JsContext *cx, JsObject *target, JsValue bound_this, int argc, const JsValue *argv)
{
  JsObject *proto;
  TRY_OR(NULL, object_get_prototype_of(cx, target, &proto));
  JsBoundFunction *bound = (JsBoundFunction *)object_new_kind(cx, CELL_BOUND_FUNCTION, sizeof(JsBoundFunction), proto);
  bound->obj.cell.flags |= OBJECT_CALLABLE | (target->cell.flags & OBJECT_CONSTRUCTOR);
  ptr_slot_init(&bound->target, target);
  slot_init(&bound->bound_this, bound_this);
  if (argc) {
    JsElements *args = elements_new(cx->heap, (uint32_t)argc);
    if (!args) {
      throw_out_of_memory(cx);
      return NULL;
    }
    for (int k = 0; k < argc; k++)
      slot_init(&args->v[k], argv[k]);
    args->length = (uint32_t)argc;
    ptr_slot_set(cx->heap, bound, &bound->bound_args, args);
  }
  return &bound->obj;
}

/* --- realms of functions ----------------------------------------------------------------------------------------- */

/* GetFunctionRealm ( obj )  ecma262#sec-getfunctionrealm */
JsRealm *function_realm(JsContext *cx, JsObject *fn)
{
  for (;;) {
    switch (fn->cell.kind) {
    case CELL_FUNCTION: return ptr_slot_get(((JsFunction *)fn)->realm);
    case CELL_NATIVE_FUNCTION: return ptr_slot_get(((JsNativeFunction *)fn)->realm);
    case CELL_BOUND_FUNCTION: fn = ptr_slot_get(((JsBoundFunction *)fn)->target); break;
    case CELL_PROXY: fn = TRY_OR(NULL, proxy_live_target(cx, fn, "get")); break;
    default: return cx->realm;
    }
  }
}

/* GetPrototypeFromConstructor ( constructor, intrinsicDefaultProto )  ecma262#sec-getprototypefromconstructor */
JsObject *get_prototype_from_constructor(JsContext *cx, JsValue new_target, JsIntrinsicId fallback)
{
  if (js_is_undefined(new_target))
    return realm_intrinsic(cx, cx->realm, fallback);
  JsObject *ctor = js_as_object(new_target);
  JsValue proto = TRY_OR(NULL, get_property(cx, ctor, KEY(cx->heap, prototype)));
  if (js_is_object(proto))
    return js_as_object(proto);
  JsRealm *realm = TRY_OR(NULL, function_realm(cx, ctor));
  return realm_intrinsic(cx, realm, fallback);
}
