// SPDX-License-Identifier: MIT
/*
 * [DOC] Walks
 *
 * forEach, map, reduce and their kin call back once an element. Called by bytecode on an array and with a plain
 * function, they are no C frame: the built-in's call window becomes the walk's state, each callback gets a frame right
 * above it, marked FRAME_WALK, and when that returns the interpreter's loop goes on with the next element. The
 * built-ins keep their loop in C for every other receiver and callback. What an element means is builtins/array_walk.c.
 */
#ifndef INTERP_WALK_H
#define INTERP_WALK_H

#include "interp/frame.h"
#include "object/vm.h"

/* JsNativeFunction.magic - NATIVE_WALK_MAGIC. Odd: from the end. */
typedef enum {
  WALK_FOR_EACH = 0,
  WALK_MAP = 2,
  WALK_FILTER = 4,
  WALK_EVERY = 6,
  WALK_SOME = 8,
  WALK_REDUCE = 10,
  WALK_REDUCE_RIGHT,
  WALK_FIND,
  WALK_FIND_LAST,
  WALK_FIND_INDEX,
  WALK_FIND_LAST_INDEX,
} JsWalkKind;

/* Lies over the built-in's window: callee, what was to be its frame's header, this and the first two arguments. The
 * window of the callbacks follows. */
typedef struct JsArrayWalk {
  JsValue callee;
  JsValue result;    /* map, filter: the new array; reduce: the accumulator, the hole before there is one */
  JsValue element;   /* what the callback looks at */
  int64_t at;        /* its index */
  uint64_t left, to; /* elements to see, this one included; elements added to the result */
  uint64_t kind;     /* JsWalkKind */
  uint64_t plain;    /* id of the shape of an ordinary array */
  JsValue receiver, callback, this_arg;
} JsArrayWalk;
enum { WALK_WORDS = sizeof(JsArrayWalk) / sizeof(JsValue) };
_Static_assert(WALK_WORDS == FRAME_WORDS + 3, "the window that bytecode laid");

JS_INLINE bool walk_is_reduce(const JsArrayWalk *walk)
{
  return (walk->kind | 1) == WALK_REDUCE_RIGHT;
}
JS_INLINE void walk_advance(JsArrayWalk *walk)
{
  walk->at += walk->kind & 1 ? -1 : 1;
  walk->left--;
}

JS_INLINE JsArrayWalk *frame_walk(JsFrame *frame)
{
  return (JsArrayWalk *)frame - 1;
}

/* What the built-ins do, called through the Vm: begin makes what is to be returned (false: exception); step takes what
 * the callback returned (the hole: nothing was called yet). Its outcomes: */
typedef enum {
  WALK_FAILED,
  WALK_CALLS, /* args are the callback's next arguments, *argc of them */
  WALK_ENDS   /* *result is the built-in's */
} JsWalkStep;
enum { WALK_ARGS_MAX = 4 };

#endif
