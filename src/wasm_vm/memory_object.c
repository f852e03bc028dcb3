// SPDX-License-Identifier: MIT
/* WebAssembly.Memory (https://webassembly.github.io/spec/js-api/#memories). */
#include "wasm_vm/arguments.h"
#include "wasm_vm/memory.h"

static JsWasmMemory *this_memory(JsContext *cx, JsValue this_val, const char *api)
{
  return (JsWasmMemory *)argument_receiver(cx, this_val, CELL_WASM_MEMORY, api, "WebAssembly.Memory");
}

/* Memory ( descriptor )  https://webassembly.github.io/spec/js-api/#dom-memory-memory */
static JsValue memory_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Memory()";
  WasmLimits limits;
  TRY(argument_new(cx, "WebAssembly.Memory"));
  if (!js_is_object(js_arg(argc, argv, 0))) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Argument 0 must be a memory descriptor", api);
    return JS_EXCEPTION;
  }
  JsObject *descriptor = js_as_object(argv[0]);
  TRY(argument_limits(cx, descriptor, api, WASM_MAX_PAGES, WASM_MAX_PAGES, &limits));
  JsValue shared = TRY(get_property(cx, descriptor, key_from_c_string(cx->heap, "shared")));
  limits.is_shared = to_boolean(shared);
  if (limits.is_shared && !limits.has_maximum) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: If shared is true, maximum property should be defined.", api);
    return JS_EXCEPTION;
  }
  JsWasmMemory *memory = TRY(wasm_memory_new(cx, &limits, js_new_target(cx)));
  return js_from_object(&memory->obj);
}

/* --- buffers ---------------------------------------------------------------------------------------------------- */

static void release_bytes(void *data, void *opaque)
{
  wasm_bytes_release(opaque);
}

/* A resizable buffer is to be of another length. The buffer's detach key, which nobody else has, is the memory. */
static bool resize_memory(JsContext *cx, JsObject *buffer, uint64_t byte_length)
{
  JsWasmMemory *memory = (JsWasmMemory *)js_as_cell(slot_get(((JsArrayBuffer *)buffer)->detach_key));
  if (byte_length < memory->byte_length || byte_length & ((1u << WASM_PAGE_SHIFT) - 1))
    return false;
  return wasm_memory_grow(cx, memory, (byte_length - memory->byte_length) >> WASM_PAGE_SHIFT) >= 0;
}

static void detach(JsContext *cx, JsWasmMemory *memory)
{
  MUST(detach_array_buffer(cx, ptr_slot_get(memory->buffer), js_from_object(&memory->obj)));
  ptr_slot_set(cx->heap, memory, &memory->buffer, NULL);
}

/* https://webassembly.github.io/spec/js-api/#create-a-fixed-length-memory-buffer */
static JsArrayBuffer *buffer_new(JsContext *cx, JsWasmMemory *memory, bool resizable)
{
  uint64_t length = wasm_memory_length(memory);
  JsArrayBuffer *buffer;
  bool done;
  if (memory->store) {
    shared_store_retain(memory->store);
    buffer = shared_array_buffer_new(cx, memory->store, resizable);
    if (!buffer)
      shared_store_release(memory->store);
  } else {
    buffer = array_buffer_new_external(cx, memory->data, length, release_bytes, memory->bytes);
    if (buffer) {
      memory->bytes->references++;
      /* What it just counted the memory has counted already. */
      gc_external_sub(cx->heap, length);
      mem_account_sub(gc_heap_account(cx->heap), MEM_ARRAY_BUFFER, length);
      buffer->obj.cell.aux = (uint8_t)(BUFFER_OF_MEMORY | (resizable ? BUFFER_RESIZABLE : 0));
      slot_set(cx->heap, buffer, &buffer->detach_key, js_from_object(&memory->obj));
      cx->vm->wasm_resize = resize_memory;
    }
  }
  if (!buffer)
    return NULL;
  if (resizable)
    buffer->max_byte_length = memory->maximum << WASM_PAGE_SHIFT;
  ptr_slot_set(cx->heap, memory, &memory->buffer, buffer);
  if (memory->store)
    TRY_OR(NULL, set_integrity_level(cx, &buffer->obj, INTEGRITY_FROZEN, &done));
  return buffer;
}

/* https://webassembly.github.io/spec/js-api/#refresh-the-memory-buffer */
void wasm_memory_refresh_buffer(JsContext *cx, JsWasmMemory *memory)
{
  JsArrayBuffer *buffer = ptr_slot_get(memory->buffer);
  if (!buffer)
    return;
  if (!array_buffer_is_fixed(buffer)) {
    buffer->byte_length = memory->byte_length;
    return;
  }
  detach(cx, memory);
}

/* A buffer of the kind that was asked for; the other kind is detached. */
static JsArrayBuffer *buffer_of_kind(JsContext *cx, JsWasmMemory *memory, bool resizable)
{
  JsArrayBuffer *buffer = ptr_slot_get(memory->buffer);
  bool is_current = buffer && (!memory->store || resizable || buffer->byte_length == wasm_memory_length(memory));
  if (is_current && array_buffer_is_fixed(buffer) == !resizable)
    return buffer;
  if (buffer && !memory->store)
    detach(cx, memory);
  return buffer_new(cx, memory, resizable);
}

/* get Memory.prototype.buffer  https://webassembly.github.io/spec/js-api/#dom-memory-buffer */
static JsValue get_memory_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWasmMemory *memory = TRY(this_memory(cx, this_val, "WebAssembly.Memory.buffer"));
  JsArrayBuffer *buffer = ptr_slot_get(memory->buffer);
  /* A shared memory that has grown gives a new, longer buffer. */
  if (buffer && memory->store && array_buffer_is_fixed(buffer) && buffer->byte_length != wasm_memory_length(memory))
    buffer = NULL;
  if (buffer)
    return js_from_object(&buffer->obj);
  buffer = TRY(buffer_new(cx, memory, false));
  return js_from_object(&buffer->obj);
}

/* Memory.prototype.grow ( delta )  https://webassembly.github.io/spec/js-api/#dom-memory-grow */
static JsValue memory_proto_grow(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Memory.grow()";
  uint64_t delta;
  JsWasmMemory *memory = TRY(this_memory(cx, this_val, api));
  TRY(argument_address(cx, js_arg(argc, argv, 0), memory->is_64, api, "Argument 0", &delta));
  int64_t old = wasm_memory_grow(cx, memory, delta);
  if (old < 0) {
    (void)wasm_throw(cx, JS_RANGE_ERROR, "%s: Maximum memory size exceeded", api);
    return JS_EXCEPTION;
  }
  WasmSlot slot = {.i64 = old};
  return memory->is_64 ? wasm_to_js(cx, WASM_I64, &slot) : js_int32((int32_t)old);
}

/* Memory.prototype.toFixedLengthBuffer ( )  https://webassembly.github.io/spec/js-api/#dom-memory-tofixedlengthbuffer
 */
static JsValue memory_proto_to_fixed_length_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWasmMemory *memory = TRY(this_memory(cx, this_val, "WebAssembly.Memory.toFixedLengthBuffer()"));
  JsArrayBuffer *buffer = TRY(buffer_of_kind(cx, memory, false));
  return js_from_object(&buffer->obj);
}

/* Memory.prototype.toResizableBuffer ( )  https://webassembly.github.io/spec/js-api/#dom-memory-toresizablebuffer */
static JsValue memory_proto_to_resizable_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char api[] = "WebAssembly.Memory.toResizableBuffer()";
  JsWasmMemory *memory = TRY(this_memory(cx, this_val, api));
  if (!memory->has_maximum) {
    (void)wasm_throw(cx, JS_TYPE_ERROR, "%s: Memory must have a maximum", api);
    return JS_EXCEPTION;
  }
  JsArrayBuffer *buffer = TRY(buffer_of_kind(cx, memory, true));
  return js_from_object(&buffer->obj);
}

static const JsBuiltin memory_proto[] = {
    FN("grow", memory_proto_grow, 1, .attrs = PROP_ALL),
    GETTER("buffer", get_memory_buffer, .attrs = PROP_ENUMERABLE | PROP_CONFIGURABLE),
    FN("toFixedLengthBuffer", memory_proto_to_fixed_length_buffer, 0, .attrs = PROP_ALL),
    FN("toResizableBuffer", memory_proto_to_resizable_buffer, 0, .attrs = PROP_ALL),
    STRING_SYM(toStringTag, "WebAssembly.Memory"),
};
extern const JsIntrinsicTable wasm_memory_constructor_table, wasm_memory_prototype_table;
const JsIntrinsicTable wasm_memory_constructor_table = {
    CONSTRUCTOR_TABLE("Memory", memory_constructor, 1, WASM_MEMORY_PROTOTYPE)};
const JsIntrinsicTable wasm_memory_prototype_table = {PROTOTYPE_TABLE(WASM_MEMORY), ROWS(memory_proto)};
