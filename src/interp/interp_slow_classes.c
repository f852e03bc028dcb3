// SPDX-License-Identifier: MIT
/* Class definitions, field initialisers, what constructors and sloppy functions do with `this`. */
#include "interp/interp.h"

/* ClassDefinitionEvaluation, up to the elements  ecma262#sec-runtime-semantics-classdefinitionevaluation */
bool interp_slow_new_class(JsContext *cx, JsValue heritage, bool has_heritage, JsCode *code, JsValue env, JsValue *ctor,
                           JsValue *proto)
{
  JsHeap *heap = cx->heap;
  JsObject *proto_parent = INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE), *ctor_parent = NULL;
  if (has_heritage && js_is_null(heritage)) {
    proto_parent = NULL;
  } else if (has_heritage) {
    if (!js_is_constructor(heritage)) {
      (void)throw_error(cx, JS_MSG_EXTENDS_NOT_CONSTRUCTOR, heritage);
      return false;
    }
    JsValue parent = get_property(cx, js_as_object(heritage), KEY(heap, prototype));
    if (js_is_exception(parent))
      return false;
    if (!js_is_object(parent) && !js_is_null(parent)) {
      (void)throw_error(cx, JS_MSG_EXTENDS_BAD_PROTOTYPE, parent);
      return false;
    }
    proto_parent = js_is_null(parent) ? NULL : js_as_object(parent);
    ctor_parent = js_as_object(heritage);
  }
  JsObject *proto_obj = TRY_OR(false, object_new_with_proto(cx, proto_parent));
  JsFunction *fn = function_new(cx, code, js_is_cell(env) ? (JsEnv *)js_as_cell(env) : NULL);
  if (ctor_parent) {
    bool done;
    TRY_OR(false, ordinary_set_prototype_of(cx, &fn->obj, ctor_parent, &done));
  }
  fn->obj.cell.flags |= OBJECT_CLASS_CONSTRUCTOR | OBJECT_CONSTRUCTOR;
  ptr_slot_set(heap, fn, &fn->home_object, proto_obj);
  TRY_OR(false, object_materialise(cx, &fn->obj, (JsKey){0}));
  object_define_direct(heap, &fn->obj, KEY(heap, prototype), js_from_object(proto_obj), 0);
  object_define_direct(heap, proto_obj, KEY(heap, constructor), js_from_cell(fn), PROP_METHOD);
  *ctor = js_from_cell(fn);
  *proto = js_from_object(proto_obj);
  return true;
}

/* InitializeInstanceElements ( O, constructor )  ecma262#sec-initializeinstanceelements: the compiler made one function
 * of it. */
bool interp_slow_init_fields(JsContext *cx, JsValue ctor, JsValue this_val)
{
  JsValue init = slot_get(js_as_function(ctor)->aux);
  if (!js_is_function(init))
    return true;
  return !js_is_exception(js_call0(cx, init, this_val));
}

/* OrdinaryCallBindThis, sloppy  ecma262#sec-ordinarycallbindthis */
JsValue interp_slow_box_this(JsContext *cx, JsValue this_val)
{
  if (js_is_nullish(this_val) || js_is_hole(this_val))
    return js_from_object(ptr_slot_get(cx->realm->global_this));
  return js_from_object(MUST(to_object(cx, this_val)));
}

/* The end of [[Construct]]  ecma262#sec-ecmascript-function-objects-construct-argumentslist-newtarget */
JsValue interp_slow_check_construct_return(JsContext *cx, JsValue val, JsValue this_val, bool derived)
{
  if (js_is_object(val))
    return val;
  bool wrong_value = derived && !js_is_undefined(val);
  if (!wrong_value && !js_is_hole(this_val))
    return this_val;
  /* The constructor's own context is gone by then: the error is of the caller's realm. */
  JsRealm *realm = cx->realm;
  JsFrame *caller = cx->frame->caller;
  if (!(cx->frame->flags & FRAME_ENTRY) && caller && js_is_function(caller->callee))
    cx->realm = ptr_slot_get(js_as_function(caller->callee)->realm);
  else if (cx->native_frame && cx->native_frame->callee->cell.kind == CELL_NATIVE_FUNCTION)
    cx->realm = ptr_slot_get(((JsNativeFunction *)cx->native_frame->callee)->realm);
  (void)throw_error(cx, wrong_value ? JS_MSG_DERIVED_RETURN : JS_MSG_THIS_NOT_INITIALISED);
  cx->realm = realm;
  return JS_EXCEPTION;
}
