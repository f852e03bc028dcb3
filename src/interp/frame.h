// SPDX-License-Identifier: MIT
/*
 * [DOC] Frames
 *
 * The VM stack grows up. A caller lays a call window at the top of its registers; the callee's frame header and
 * registers overlap it, so arguments are not copied:
 *
 *   caller:  ... | base+0 .. base+7: header | base+8: this | base+9.. arguments |
 *   callee:        JsFrame                    fp[0]           fp[1] ...           locals ...
 *
 * Fewer arguments than parameters: the missing ones are undefined. More: the extra ones are overwritten by locals,
 * unless the code has CODE_NEEDS_ARGUMENTS; then header, this and parameters are copied above the arguments and
 * frame->argv points at the originals. A JS-to-JS call never recurses in C. C-to-JS calls (js_call) run a nested
 * interpreter loop, marked FRAME_ENTRY, which ends when that frame returns or throws.
 */
#ifndef INTERP_FRAME_H
#define INTERP_FRAME_H

#include "bytecode/code.h"
#include "object/function.h"

enum {
  FRAME_ENTRY = 1,     /* called from C: return leaves the interpreter loop */
  FRAME_CONSTRUCT = 2, /* [[Construct]]: the result must be an object */
  FRAME_GENERATOR = 4, /* registers were restored from, and are saved to, a generator */
  FRAME_ASYNC = 8,
  FRAME_EMIT = 16,   /* a listener called by emit: the result is true */
  FRAME_WALK = 32,   /* a callback of an array method: its walk lies below (walk.h) */
  FRAME_LIST = 128,  /* with FRAME_EMIT: the other listeners are in a list below (emit.c) */
  FRAME_JOB = 64,    /* with FRAME_ENTRY: called by a drain, whose next job takes its place (jobs.h) */
  FRAME_LEARN = 128, /* without it: [[Construct]] of new.target itself, whose instances are not known well yet */
};

struct JsFrame {
  JsValue callee;     /* JsFunction */
  JsFrame *caller;    /* the interpreter frame below, across C frames too; NULL at the bottom */
  const uint16_t *pc; /* saved pc of THIS frame while it calls or throws */
  JsCode *code;
  JsValue new_target;
  const JsValue *argv; /* actual arguments (for arguments, rest) */
  uint32_t argc;
  uint16_t result_register; /* in the caller */
  uint8_t flags;            /* FRAME_* */
  uint8_t resume;           /* units from the caller's pc to where it goes on after a return */
  void *suspended;          /* generator or async state cell, or NULL */
};
_Static_assert(sizeof(JsFrame) == FRAME_WORDS * sizeof(JsValue), "header words");

JS_INLINE JsValue *frame_registers(JsFrame *frame)
{
  return (JsValue *)frame + FRAME_WORDS;
}

#endif
