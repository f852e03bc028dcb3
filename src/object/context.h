// SPDX-License-Identifier: MIT
/*
 * JsVm (isolate): everything a JavaScript thread has. JsContext is its running face, what fallible code is handed:
 * one per Vm, with the current realm in it; a call into a function of another realm switches it.
 *
 * The effect rule: a function that takes JsContext *cx may throw, run user code, allocate and collect; one that takes
 * JsHeap * may allocate and collect; others only compute.
 */
#ifndef OBJECT_CONTEXT_H
#define OBJECT_CONTEXT_H

#include "base/stack.h"
#include "gc/heap.h"
#include "object/exception.h"

typedef struct JsVm JsVm;
typedef struct JsRealm JsRealm;
typedef struct JsFrame JsFrame;
typedef struct JsObject JsObject;
typedef struct JsNativeFunction JsNativeFunction;

/* A C call in progress: what js_callee() and js_new_target() answer, and a link for stack traces. On the C stack. */
typedef struct JsNativeFrame {
  struct JsNativeFrame *older;
  JsFrame *caller; /* interpreter frame below, for stack traces */
  JsObject *callee;
  JsValue new_target; /* undefined for [[Call]] */
  JsValue this_val;   /* for stack traces */
} JsNativeFrame;

struct JsContext {
  JsHeap *heap;
  JsVm *vm;
  JsRealm *realm;          /* current realm */
  JsValue exception;       /* pending exception, or JS_HOLE */
  uintptr_t c_stack_limit; /* lowest address C frames may reach */
  /* The VM stack: registers and frame headers; grows up. */
  JsValue *stack_base, *stack_top, *stack_limit;
  JsFrame *frame;              /* running interpreter frame (see interp/frame.h), NULL outside JavaScript */
  JsNativeFrame *native_frame; /* innermost C call */
  int32_t budget;              /* counts down at back edges, calls and in long C loops; <= 0: js_poll */
  bool terminating;            /* the pending exception is a termination: no catch, no finally */
};

/* Interrupt requests, set from any thread. */
enum { JS_INTERRUPT_TERMINATE = 1, JS_INTERRUPT_GC = 2, JS_INTERRUPT_HOST = 4 };

/* Handles the budget poll: interrupts, CPU limits, termination. False: an exception (maybe a termination) is pending.
 */
JS_MUST_USE bool vm_poll(JsContext *cx);
/* For loops in C that can run long: `cost` units of about a dozen instructions each. */
JS_MUST_USE static inline bool js_poll(JsContext *cx, int32_t cost)
{
  cx->budget -= cost;
  return js_likely(cx->budget > 0) || vm_poll(cx);
}

/* C recursion guard: throws RangeError "Maximum call stack size exceeded" when the C stack is nearly used up. */
JS_MUST_USE static inline bool js_check_c_stack(JsContext *cx)
{
  /* Not the address of a local: ASan may keep those elsewhere. */
  if (js_likely(stack_pointer() > cx->c_stack_limit))
    return true;
  throw_stack_overflow(cx);
  return false;
}

/* Within a native function: the function object being called, and new.target (undefined when called). */
JS_INLINE JsObject *js_callee(JsContext *cx)
{
  return cx->native_frame->callee;
}
JS_INLINE JsValue js_new_target(JsContext *cx)
{
  return cx->native_frame->new_target;
}

#endif
