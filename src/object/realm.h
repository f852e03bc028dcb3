// SPDX-License-Identifier: MIT
/*
 * A realm: global object, intrinsics, root shapes. Intrinsics are made on first touch from the tables that
 * intrinsics.def names, so that a realm is made in far under a millisecond.
 */
#ifndef OBJECT_REALM_H
#define OBJECT_REALM_H

#include "object/shape.h"
#include "object/context.h"

typedef enum {
#define INTRINSIC(id, name) JS_INTRINSIC_##id,
#include "object/intrinsics.def"
#undef INTRINSIC
  JS_INTRINSIC_COUNT
} JsIntrinsicId;

/* Root shapes that hot paths need. */
typedef enum {
  REALM_SHAPE_OBJECT_ROOM_1, /* plain objects with so many inline slots: all that their cells have room for */
  REALM_SHAPE_OBJECT_ROOM_3,
  REALM_SHAPE_OBJECT_ROOM_5,
  REALM_SHAPE_OBJECT_ROOM_7,
  REALM_SHAPE_OBJECT_ROOM_9,
  REALM_SHAPE_OBJECT_ROOM_13,
  REALM_SHAPE_OBJECT_ROOM_17,
  REALM_SHAPE_ARRAY,
  REALM_SHAPE_FUNCTION,        /* ordinary functions: lazy length, name, prototype */
  REALM_SHAPE_ITERATOR_RESULT, /* { value, done } */
  REALM_SHAPE_PROMISE,         /* interp/promise.c makes these two */
  REALM_SHAPE_RESOLVER,        /* resolve and reject functions */
  REALM_SHAPE_ARGUMENTS,       /* length, @@iterator, callee, inline (arguments.c) */
  REALM_SHAPE_STRICT_ARGUMENTS,
  REALM_SHAPE_COUNT
} JsRealmShape;

enum { REALM_JSON_SHAPES = 16 };

struct JsRealm {
  JsCell cell;
  JsVm *vm;
  JS_PTR_SLOT(JsObject) global;      /* global object */
  JS_PTR_SLOT(JsObject) global_this; /* what `this` is at top level */
  JS_PTR_SLOT(JsObject)
  global_lexicals; /* null-prototype object with the let/const/class bindings of scripts (hole: TDZ; not writable:
                      const) */
  JsSlot template_registry;
  JsSlot host_defined;            /* the embedder's value */
  bool keeps_jobs;                /* promise jobs made here run only when the host asks for them: vm_run_realm_jobs */
  bool forbids_code_from_strings; /* eval() and new Function() throw an EvalError */
  bool forbids_wasm;              /* WebAssembly compiles nothing */
  JS_PTR_SLOT(JsObject) intrinsics[JS_INTRINSIC_COUNT];
  JS_PTR_SLOT(JsShape) shapes[REALM_SHAPE_COUNT];
  /* Of objects that JSON.parse made lately (builtins/json_parse.c); NULL: none. */
  JS_PTR_SLOT(JsShape) json_shapes[REALM_JSON_SHAPES];
  JS_PTR_SLOT(struct JsAccessor) stack_accessor;  /* of every error's `stack`; NULL: none was made yet */
  JS_PTR_SLOT(struct JsAccessor) callee_accessor; /* the same, of the `callee` of strict arguments objects */
  JsSlot math_random_state;                       /* reserved for Math.random's cache */
  JsSlot regexp_state;                            /* a JsRegExpState (builtins/regexp.h), or hole */
  JsSlot intl;                                    /* a JsIntlState (builtins/intl/intl_state.h), or hole */
};

/* A new realm with a fresh global object. NULL with an exception when out of memory. */
JS_MUST_USE JsRealm *realm_new(JsContext *cx);
/* The same over a host's object: see context_global.h. */
JS_MUST_USE JsRealm *realm_new_over(JsContext *cx, JsObject *sandbox);

JsObject *realm_make_intrinsic(JsContext *cx, JsRealm *realm, JsIntrinsicId id);
/* %id% of a realm. Made on first use; never NULL (a table that is missing from the build is an internal error). */
JS_INLINE JsObject *realm_intrinsic(JsContext *cx, JsRealm *realm, JsIntrinsicId id)
{
  JsObject *obj = ptr_slot_get(realm->intrinsics[id]);
  return js_likely(obj != NULL) ? obj : realm_make_intrinsic(cx, realm, id);
}
/* INTRINSIC(cx, ARRAY_PROTOTYPE): of the current realm. */
#define INTRINSIC_OBJECT(cx, id) realm_intrinsic((cx), (cx)->realm, JS_INTRINSIC_##id)

JsShape *realm_make_shape(JsContext *cx, JsRealmShape which);
/* The root shape, made on first use. */
JS_INLINE JsShape *realm_shape(JsContext *cx, JsRealmShape which)
{
  JsShape *shape = ptr_slot_get(cx->realm->shapes[which]);
  return js_likely(shape != NULL) ? shape : realm_make_shape(cx, which);
}
/* Shape for an object literal or constructor expecting `count` properties. */
JsShape *realm_object_shape(JsContext *cx, uint32_t count);

/* GetFunctionRealm. NULL: exception (revoked proxy). */
JS_MUST_USE JsRealm *function_realm(JsContext *cx, JsObject *fn);
/* GetPrototypeFromConstructor; fallback is an intrinsic id of the constructor's realm. new_target undefined: the
 * current realm's. */
JS_MUST_USE JsObject *get_prototype_from_constructor(JsContext *cx, JsValue new_target, JsIntrinsicId fallback);

void realm_trace(JsTracer *tracer, JsCell *cell);

#endif
