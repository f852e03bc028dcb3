// SPDX-License-Identifier: MIT
/* Tags and exceptions (https://webassembly.github.io/spec/core/exec/runtime.html#exception-instances). */
#include <stdlib.h>

#include "wasm_vm/runtime.h"

void wasm_tag_finalise(JsHeap *heap, JsCell *cell);
void wasm_exception_trace(JsTracer *tracer, JsCell *cell);
void wasm_exception_finalise(JsHeap *heap, JsCell *cell);

void wasm_tag_finalise(JsHeap *heap, JsCell *cell)
{
  free(((JsWasmTag *)cell)->params);
}

_Static_assert(sizeof(JsWasmException) == 48, "update wasm_exception_trace()");
void wasm_exception_trace(JsTracer *tracer, JsCell *cell)
{
  JsWasmException *exception = (JsWasmException *)cell;
  const JsWasmTag *tag = ptr_slot_get(exception->tag);
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, exception->tag);
  gc_trace_slot(tracer, &exception->stack);
  uint32_t slot = 0;
  for (uint32_t k = 0; exception->payload && k < tag->param_count; k++) {
    if (wasm_is_ref(tag->params[k]))
      gc_trace_value(tracer, exception->payload[slot].val);
    slot += wasm_slots(tag->params[k]);
  }
}

void wasm_exception_finalise(JsHeap *heap, JsCell *cell)
{
  free(((JsWasmException *)cell)->payload);
}

JsWasmTag *wasm_tag_new(JsContext *cx, const WasmType *params, uint32_t count, uint32_t type_id, JsValue new_target)
{
  JsWasmTag *tag =
      (JsWasmTag *)TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_TAG_PROTOTYPE,
                                                                 CELL_WASM_TAG, sizeof(JsWasmTag)));
  tag->params = malloc((count ? count : 1) * sizeof *params);
  if (!tag->params) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < count; k++) {
    tag->params[k] = params[k];
    tag->slot_count += wasm_slots(params[k]);
  }
  tag->param_count = count;
  tag->type_id = type_id;
  return tag;
}

JsWasmException *wasm_exception_new(JsContext *cx, JsWasmTag *tag, const WasmSlot *payload, JsValue new_target)
{
  JsWasmException *exception = (JsWasmException *)TRY_OR(
      NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_EXCEPTION_PROTOTYPE, CELL_WASM_EXCEPTION,
                                             sizeof(JsWasmException)));
  ptr_slot_set(cx->heap, exception, &exception->tag, tag);
  slot_init(&exception->stack, JS_UNDEFINED);
  exception->payload = malloc((tag->slot_count ? tag->slot_count : 1) * sizeof *payload);
  if (!exception->payload) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  if (tag->slot_count)
    memcpy(exception->payload, payload, tag->slot_count * sizeof *payload);
  gc_barrier(cx->heap, exception);
  return exception;
}
