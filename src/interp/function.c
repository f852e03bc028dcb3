// SPDX-License-Identifier: MIT
/* Interpreted functions as objects: closures, their lazily made properties, their names and source text. */
#include "object/function.h"

#include "bytecode/code.h"
#include "interp/setup.h"
#include "object/realm.h"

/* Ordinary functions of a realm share one root shape; other kinds inherit from other prototypes. */
static JsShape *function_shape(JsContext *cx, const JsCode *code)
{
  uint32_t kind = code->flags & (CODE_GENERATOR | CODE_ASYNC);
  if (!kind)
    return realm_shape(cx, REALM_SHAPE_FUNCTION);
  JsIntrinsicId id = kind == CODE_GENERATOR ? JS_INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE
                     : kind == CODE_ASYNC   ? JS_INTRINSIC_ASYNC_FUNCTION_PROTOTYPE
                                            : JS_INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE;
  return shape_root_for(cx->heap, CELL_FUNCTION, sizeof(JsFunction), 0, realm_intrinsic(cx, cx->realm, id));
}

static bool has_construct(const JsCode *code)
{
  return !(code->flags & (CODE_METHOD | CODE_ARROW | CODE_ASYNC | CODE_GENERATOR));
}

/* OrdinaryFunctionCreate  ecma262#sec-ordinaryfunctioncreate */
JsFunction *function_new(JsContext *cx, JsCode *code, JsEnv *env)
{
  JsFunction *fn = (JsFunction *)object_new_with_shape(cx->heap, function_shape(cx, code));
  fn->obj.cell.flags |= OBJECT_CALLABLE | OBJECT_LAZY | (has_construct(code) ? OBJECT_CONSTRUCTOR : 0);
  ptr_slot_init(&fn->code, code);
  ptr_slot_init(&fn->env, env);
  ptr_slot_init(&fn->realm, cx->realm);
  slot_init(&fn->aux, JS_UNDEFINED);
  return fn;
}

/* MakeConstructor, and the prototype objects of generator functions  ecma262#sec-makeconstructor */
static void make_prototype(JsContext *cx, JsFunction *fn, JsCode *code)
{
  JsHeap *heap = cx->heap;
  JsRealm *realm = ptr_slot_get(fn->realm);
  if (code->flags & CODE_GENERATOR) {
    JsObject *parent = realm_intrinsic(cx, realm,
                                       code->flags & CODE_ASYNC ? JS_INTRINSIC_ASYNC_GENERATOR_PROTOTYPE
                                                                : JS_INTRINSIC_GENERATOR_PROTOTYPE);
    JsObject *proto = object_new_with_proto(cx, parent);
    object_define_direct(heap, &fn->obj, KEY(heap, prototype), js_from_object(proto), PROP_WRITABLE);
  } else if (has_construct(code) && !(code->flags & CODE_CLASS_CONSTRUCTOR)) {
    JsObject *proto = object_new_with_proto(cx, realm_intrinsic(cx, realm, JS_INTRINSIC_OBJECT_PROTOTYPE));
    object_define_direct(heap, proto, KEY(heap, constructor), js_from_cell(fn), PROP_METHOD);
    object_define_direct(heap, &fn->obj, KEY(heap, prototype), js_from_object(proto), PROP_WRITABLE);
  }
}

/* FAST: all three at once, in the order in which the specification makes them; nobody has looked yet. */
bool interp_materialise(JsContext *cx, JsObject *obj, JsKey key)
{
  (void)key;
  JsHeap *heap = cx->heap;
  JsFunction *fn = (JsFunction *)obj;
  JsCode *code = ptr_slot_get(fn->code);
  obj->cell.flags &= (uint8_t)~OBJECT_LAZY;
  JsString *name = ptr_slot_get(code->name);
  if (!shape_lookup(heap, object_shape(heap, obj), KEY(heap, length)))
    object_define_direct(heap, obj, KEY(heap, length), js_int32(code->length), PROP_CONFIGURABLE);
  if (!shape_lookup(heap, object_shape(heap, obj), KEY(heap, name)))
    object_define_direct(heap, obj, KEY(heap, name), js_from_cell(name ? name : string_empty(heap)), PROP_CONFIGURABLE);
  make_prototype(cx, fn, code);
  return true;
}

JsString *function_debug_name(JsContext *cx, JsObject *fn)
{
  JsHeap *heap = cx->heap;
  JsValue own = object_get_direct(heap, fn, KEY(heap, name));
  if (js_is_string(own))
    return js_as_string(own);
  JsString *name = NULL;
  if (fn->cell.kind == CELL_FUNCTION)
    name = ptr_slot_get(ptr_slot_get(((JsFunction *)fn)->code)->name);
  else if (fn->cell.kind == CELL_NATIVE_FUNCTION)
    name = ptr_slot_get(((JsNativeFunction *)fn)->name);
  return name ? name : string_empty(heap);
}

/* A body with its wrapper, as vm.compileFunction() makes them; the body alone where memory is short. */
static JsString *text_of(JsContext *cx, JsCode *code)
{
  JsString *text = code_source_text(cx->heap, code);
  JsValue script = slot_get(code->script);
  JsString *head = js_is_cell(script) ? ptr_slot_get(((JsScript *)js_as_cell(script))->wrapper_head) : NULL;
  if (!(code->flags & CODE_WRAPPED) || !head)
    return text;
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_string(&b, head);
  builder_add_string(&b, text);
  builder_add_ascii(&b, "\n}");
  JsString *whole = builder_finish(&b);
  if (!whole)
    (void)take_exception(cx);
  return whole ? whole : text;
}

JsString *function_source_text(JsContext *cx, JsObject *fn)
{
  if (fn->cell.kind != CELL_FUNCTION)
    return NULL;
  return text_of(cx, ptr_slot_get(((JsFunction *)fn)->code));
}
