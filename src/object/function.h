// SPDX-License-Identifier: MIT
/*
 * Function objects: closures over bytecode, C functions, bound functions.
 * `length`, `name` and `prototype` of closures and `length` and `name` of C functions are made on first touch
 * (OBJECT_LAZY).
 */
#ifndef OBJECT_FUNCTION_H
#define OBJECT_FUNCTION_H

#include "object/env.h"

struct JsCode; /* bytecode/code.h: what all closures of one function literal share */

typedef struct JsFunction {
  JsObject obj; /* cell.aux: FUNCTION_* */
  JS_PTR_SLOT(struct JsCode) code;
  JS_PTR_SLOT(JsEnv) env;
  JS_PTR_SLOT(JsObject) home_object; /* methods that use super, class constructors; NULL */
  JS_PTR_SLOT(JsRealm) realm;
  JsSlot aux; /* class constructor: the field initialiser function (or undefined); module functions: the module */
} JsFunction;
_Static_assert(sizeof(JsFunction) == 64, "update function_trace()");

/* JsFunction.obj.cell.aux */
enum { FUNCTION_NAME_SET = 1 /* an explicit name was given: function.slots carry it */ };

/*
 * A C function. argv has argc values (missing ones: js_arg). In it js_callee(cx) is the function object (its data
 * slots) and js_new_target(cx) is undefined unless it was called as a constructor. `this_val` of a constructor call is
 * JS_HOLE.
 */
typedef JsValue (*JsNativeFn)(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

typedef struct JsNativeFunction {
  JsObject obj; /* cell.aux: NATIVE_* */
  JsNativeFn fn;
  JS_PTR_SLOT(JsRealm) realm;
  JS_PTR_SLOT(JsString) name; /* initial value of `name`; NULL: "" */
  int16_t length;             /* initial value of `length` */
  int16_t magic;              /* for functions that share one C body */
  uint32_t data_count;
  JsSlot data[]; /* the closure's values */
} JsNativeFunction;

/* JsNativeFunction.obj.cell.aux */
enum { NATIVE_OF_HOST = 1 /* made through the API: as V8 does with its API's functions, stack traces leave it out */ };

typedef struct JsBoundFunction {
  JsObject obj;
  JS_PTR_SLOT(JsObject) target;
  JsSlot bound_this;
  JS_PTR_SLOT(JsElements) bound_args; /* NULL: none */
} JsBoundFunction;

/* JsNativeFunction.magic of built-ins that only pass a call on (apply, call, Reflect.apply): V8 tail-calls there, so
 * stack traces do not show them. */
enum {
  NATIVE_PASSES_CALL_MAGIC = 0x7A1C, /* Reflect.construct */
  NATIVE_IS_CALL_MAGIC,              /* Function.prototype.call */
  NATIVE_IS_APPLY_MAGIC,             /* Function.prototype.apply */
  NATIVE_IS_REFLECT_APPLY_MAGIC,
  NATIVE_IS_EMIT_MAGIC, /* interp/emit.c; this one traces do show */
};
/* Of Promise.prototype.then and Promise.resolve: the interpreter does what nobody can see it do (interp/promise.c). */
enum { NATIVE_PROMISE_THEN_MAGIC = 0x7A28, NATIVE_PROMISE_RESOLVE_MAGIC };
/* JsNativeFunction.magic of array methods that call back: this and a JsWalkKind (interp/walk.h). */
enum { NATIVE_WALK_MAGIC = 0x7A40, NATIVE_WALK_MAGIC_LAST = 0x7A4F };
/* JsNativeFunction.magic of Function.prototype[@@hasInstance]: what `instanceof` need not call. */
enum { NATIVE_HAS_INSTANCE_MAGIC = 0x7A2F };
/* Of String.prototype.charCodeAt: loops over text ask for one unit after the other, which a call answers at once. */
enum { NATIVE_CHAR_CODE_AT_MAGIC = 0x7A2C };
/* Of the getter %TypedArray%.prototype.length. */
enum { NATIVE_TYPED_LENGTH_MAGIC = 0x7A2B };
/* Of getters whose value is data 0, once that is no hole. */
enum { NATIVE_RETURNS_HELD_MAGIC = 0x7A2A };
/* Of getters of @@species: the receiver, nothing else. */
enum { NATIVE_RETURNS_THIS_MAGIC = 0x7A2E };
/* Of WebAssembly's exported functions: traces show what they run instead. */
enum { NATIVE_RUNS_WASM_MAGIC = 0x7A2D };
JS_INLINE bool native_passes_call(const JsNativeFunction *fn)
{
  return fn->magic >= NATIVE_PASSES_CALL_MAGIC && fn->magic <= NATIVE_IS_EMIT_MAGIC;
}
/* The interpreter may begin the call by itself: those, walks, and some that it answers at once. */
JS_INLINE bool native_may_take_window(const JsNativeFunction *fn)
{
  return fn->magic >= NATIVE_PASSES_CALL_MAGIC && fn->magic <= NATIVE_WALK_MAGIC_LAST;
}
/* JsNativeFunction.magic of functions that stack traces follow from an awaited promise to who waits for it: a promise's
 * own resolve or reject function (data 0: the promise), and what a combinator gives to each `then` (data 0: a list
 * whose first element settles the result, data 1: the index), one for each combinator in this order. */
enum {
  NATIVE_SETTLES_MAGIC = 0x7A30,
  NATIVE_ELEMENT_OF_ALL_MAGIC,
  NATIVE_ELEMENT_OF_ALL_SETTLED_MAGIC,
  NATIVE_ELEMENT_OF_ANY_MAGIC
};

JS_INLINE bool js_is_function(JsValue v)
{
  return js_is_kind(v, CELL_FUNCTION);
}
JS_INLINE JsFunction *js_as_function(JsValue v)
{
  return (JsFunction *)js_as_cell(v);
}
JS_INLINE JsNativeFunction *js_as_native_function(JsValue v)
{
  return (JsNativeFunction *)js_as_cell(v);
}
JS_INLINE JsValue js_arg(int argc, const JsValue *argv, int k)
{
  return k < argc ? argv[k] : JS_UNDEFINED;
}
/* Data slot k of the running native function. */
JS_INLINE JsValue js_callee_data(JsContext *cx, uint32_t k)
{
  return slot_get(((JsNativeFunction *)js_callee(cx))->data[k]);
}
JS_INLINE int js_callee_magic(JsContext *cx)
{
  return ((JsNativeFunction *)js_callee(cx))->magic;
}

/* CreateBuiltinFunction in the current realm. name: key whose text becomes the name (may be none); data may be NULL
 * with 0. */
JsNativeFunction *native_function_new(JsContext *cx, JsNativeFn fn, JsKey name, int length, const JsValue *data,
                                      uint32_t data_count);
/* With [[Construct]] and prototype given. */
JsNativeFunction *native_constructor_new(JsContext *cx, JsNativeFn fn, JsKey name, int length, JsObject *proto);

/* A closure of code over env in the current realm; kind (async, generator, method, class) is in the code. The
 * function's own prototype object is made lazily. */
JsFunction *function_new(JsContext *cx, struct JsCode *code, JsEnv *env);

/* The text SetFunctionName would give. prefix: "get", "set" or NULL. */
JsString *function_name_text(JsContext *cx, JsKey name, const char *prefix);
/* SetFunctionName with "get"/"set" prefix or NULL. */
JS_MUST_USE bool set_function_name(JsContext *cx, JsObject *fn, JsKey name, const char *prefix);
/* Text for Function.prototype.toString and messages; NULL for what has no source (then it is "[native code]").
 * Implemented in interp/. */
JsString *function_source_text(JsContext *cx, JsObject *fn);
/* Implemented in interp/. The name for stack traces and messages, without user code: own data property `name` or the
 * code's name; may be "". */
JsString *function_debug_name(JsContext *cx, JsObject *fn);

/* ecma262#sec-boundfunctioncreate */
JS_MUST_USE JsObject *bound_function_create(JsContext *cx, JsObject *target, JsValue bound_this, int argc,
                                            const JsValue *argv);

void function_trace(JsTracer *tracer, JsCell *cell);
void native_function_trace(JsTracer *tracer, JsCell *cell);
void bound_function_trace(JsTracer *tracer, JsCell *cell);

#endif
