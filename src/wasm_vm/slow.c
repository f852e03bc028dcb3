// SPDX-License-Identifier: MIT
/* What the interpreter's loop leaves to functions: translation, odd memories, bulk operations, exceptions. */
#include "wasm_vm/interp.h"

const WasmCode *slow_code(JsContext *cx, WasmInstance *instance, uint32_t function)
{
  const WasmCode *code = wasm_module_code(instance->module, function);
  if (js_unlikely(!code))
    (void)wasm_throw(cx, JS_RANGE_ERROR, "WebAssembly function #%u is too large for the interpreter", function);
  return code;
}

/* --- memories --------------------------------------------------------------------------------------------------- */

bool slow_memory_seen(WasmInstance *inst, uint32_t memory, uint64_t address, uint64_t size, uint64_t *memory_size)
{
  JsWasmMemory *mem = instance_memory(inst, memory);
  *memory_size = wasm_memory_length(mem);
  return size <= *memory_size && address <= *memory_size - size;
}

uint8_t *slow_address(WasmInstance *inst, uint64_t address, uint32_t memory, uint64_t offset, uint64_t size)
{
  JsWasmMemory *mem = instance_memory(inst, memory);
  uint64_t length = wasm_memory_length(mem), at;
  if (__builtin_add_overflow(address, offset, &at) || size > length || at > length - size)
    return NULL;
  return mem->data + at;
}

static bool in_bounds(uint64_t length, uint64_t at, uint64_t count)
{
  return count <= length && at <= length - count;
}

bool slow_memory_fill(JsContext *cx, JsWasmMemory *memory, uint64_t at, uint32_t val, uint64_t count)
{
  if (!in_bounds(wasm_memory_length(memory), at, count))
    return wasm_trap(cx, "memory access out of bounds");
  if (count)
    memset(memory->data + at, (int)(val & 0xFF), count);
  return true;
}

bool slow_memory_copy(JsContext *cx, JsWasmMemory *to_memory, JsWasmMemory *from_memory, uint64_t to, uint64_t from,
                      uint64_t count)
{
  if (!in_bounds(wasm_memory_length(to_memory), to, count) || !in_bounds(wasm_memory_length(from_memory), from, count))
    return wasm_trap(cx, "memory access out of bounds");
  if (count)
    memmove(to_memory->data + to, from_memory->data + from, count);
  return true;
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

bool slow_table_fill(JsContext *cx, JsWasmTable *table, uint64_t at, JsValue val, uint64_t count)
{
  if (!in_bounds(table->length, at, count))
    return wasm_trap(cx, "table index is out of bounds");
  for (uint64_t k = 0; k < count; k++)
    slot_set(cx->heap, table, &table->items[at + k], val);
  return true;
}

bool slow_table_copy(JsContext *cx, JsWasmTable *to_table, JsWasmTable *from_table, uint64_t to, uint64_t from,
                     uint64_t count)
{
  if (!in_bounds(to_table->length, to, count) || !in_bounds(from_table->length, from, count))
    return wasm_trap(cx, "table index is out of bounds");
  if (count)
    memmove(to_table->items + to, from_table->items + from, count * sizeof *to_table->items);
  gc_barrier(cx->heap, to_table);
  return true;
}

/* --- exceptions (https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions) ------------- */

static bool is_trap(JsValue exception)
{
  return js_is_error(exception) && (js_as_cell(exception)->aux & ERROR_IS_TRAP);
}

bool slow_unwind(JsContext *cx, WasmVm *wvm, WasmActivation *activation)
{
  if (cx->terminating || is_trap(cx->exception))
    return false;
  /* Frames that called say where they go on: their call stands just before. */
  for (uint32_t back = 0;; back = 1) {
    WasmFrame *frame = &activation->current;
    const WasmCode *code = frame->code;
    uint32_t unit = (uint32_t)(frame->pc - code->units) - back;
    for (uint32_t k = 0; k < code->handler_count; k++) {
      if (unit < code->handlers[k].from || unit >= code->handlers[k].to)
        continue;
      if (code->handlers[k].target == UINT32_MAX) /* delegated to the caller, past the handlers around it */
        break;
      wvm->caught = take_exception(cx);
      frame->pc = code->units + code->handlers[k].target;
      return true;
    }
    if (wvm->frame_top == activation->frames)
      return false;
    *frame = *--wvm->frame_top;
  }
}

bool slow_throw(JsContext *cx, WasmInstance *inst, uint32_t tag, const WasmSlot *payload)
{
  JsWasmTag *thrown = instance_tag(inst, tag);
  if (thrown->is_js) {
    (void)throw_value(cx, payload[0].val);
    return false;
  }
  JsWasmException *exception = TRY_OR(false, wasm_exception_new(cx, thrown, payload, JS_UNDEFINED));
  (void)throw_value(cx, js_from_cell(exception));
  return false;
}

void slow_throw_ref(JsContext *cx, JsValue ref)
{
  JsWasmException *exception = (JsWasmException *)js_as_cell(ref);
  (void)throw_value(cx, ptr_slot_get(exception->tag)->is_js ? exception->payload[0].val : ref);
}

bool slow_catch(JsContext *cx, WasmVm *wvm, WasmInstance *inst, uint32_t tag, WasmSlot *slots, bool *taken)
{
  JsWasmTag *wanted = instance_tag(inst, tag);
  if (js_is_kind(wvm->caught, CELL_WASM_EXCEPTION)) {
    JsWasmException *exception = (JsWasmException *)js_as_cell(wvm->caught);
    *taken = ptr_slot_get(exception->tag) == wanted;
    if (*taken && wanted->slot_count)
      memcpy(slots, exception->payload, wanted->slot_count * sizeof *slots);
    return true;
  }
  *taken = wanted->is_js;
  if (*taken)
    slots[0].val = wvm->caught;
  return true;
}

JsValue slow_exception_ref(JsContext *cx, JsValue caught)
{
  if (js_is_kind(caught, CELL_WASM_EXCEPTION))
    return caught;
  WasmSlot payload = {.val = caught};
  JsWasmTag *tag = (JsWasmTag *)INTRINSIC_OBJECT(cx, WASM_JS_TAG);
  return js_from_cell(MUST(wasm_exception_new(cx, tag, &payload, JS_UNDEFINED)));
}
