// SPDX-License-Identifier: MIT
/*
 * Unwinding: from the running frame down to the entry frame of this interpreter loop, looking in each code's handler
 * table (innermost first). A termination passes every catch and finally.
 */
#include "interp/interp.h"

static const JsHandler *find_handler(const JsCode *code, uint32_t pc)
{
  for (uint32_t k = 0; k < code->handler_count; k++) {
    const JsHandler *handler = &code->handlers[k];
    if (pc >= handler->start && pc < handler->end)
      return handler;
  }
  return NULL;
}

/* The first frame an exception unwinds is where it was thrown. */
static void record_throw(JsContext *cx)
{
  JsVm *vm = cx->vm;
  vm->throw_recorded = true;
  vm->thrown_value = cx->exception;
  vm->thrown_code = &cx->frame->code->cell;
  vm->thrown_pc = (uint32_t)(cx->frame->pc - cx->frame->code->units);
}

bool interp_unwind(JsContext *cx)
{
  if (!cx->vm->throw_recorded)
    record_throw(cx);
  for (;;) {
    JsFrame *frame = cx->frame;
    const JsHandler *handler =
        cx->terminating ? NULL : find_handler(frame->code, (uint32_t)(frame->pc - frame->code->units));
    cx->stack_top = frame_registers(frame) + frame->code->register_count;
    cx->realm = frame_realm(frame);
    if (handler) {
      frame->pc = frame->code->units + handler->target;
      return true;
    }
    if (frame->suspended)
      suspended_abandon(cx, frame);
    bool is_entry = frame->flags & FRAME_ENTRY;
    frame_pop(cx, frame);
    if (is_entry)
      return false;
  }
}
