// SPDX-License-Identifier: MIT
/*
 * Instances (https://webassembly.github.io/spec/core/exec/modules.html#instantiation): their vectors, constant
 * expressions, segments. What is imported comes from link.c, what JavaScript sees of it from exports.c.
 */
#include "wasm_vm/instance.h"

#include <stdlib.h>

#include "wasm/reader.h"
#include "wasm_vm/interp.h"

void wasm_instance_trace(JsTracer *tracer, JsCell *cell);
void wasm_instance_finalise(JsHeap *heap, JsCell *cell);
void wasm_instance_object_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(WasmInstance) == 96, "update wasm_instance_trace()");
void wasm_instance_trace(JsTracer *tracer, JsCell *cell)
{
  WasmInstance *instance = (WasmInstance *)cell;
  gc_trace_ptr(tracer, instance->realm);
  if (!instance->functions)
    return;
  const WasmModule *module = instance->module;
  gc_trace_slots(tracer, instance->functions, module->functions.len);
  gc_trace_slots(tracer, instance->tables, module->tables.len);
  gc_trace_slots(tracer, instance->memories, module->memories.len);
  gc_trace_slots(tracer, instance->globals, module->globals.len);
  gc_trace_slots(tracer, instance->tags, module->tags.len);
}

void wasm_instance_finalise(JsHeap *heap, JsCell *cell)
{
  WasmInstance *instance = (WasmInstance *)cell;
  gc_external_sub(heap, instance->size);
  free(instance->functions);
  if (instance->module)
    wasm_module_release(instance->module);
}

_Static_assert(sizeof(JsWasmInstance) == 40, "update wasm_instance_object_trace()");
void wasm_instance_object_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsWasmInstance *)cell)->data);
  gc_trace_ptr(tracer, ((JsWasmInstance *)cell)->exports);
}

/* --- vectors ---------------------------------------------------------------------------------------------------- */

static bool allocate_vectors(JsContext *cx, WasmInstance *instance)
{
  WasmModule *module = instance->module;
  size_t functions = module->functions.len, tables = module->tables.len, memories = module->memories.len;
  size_t globals = module->globals.len, tags = module->tags.len, slots = functions + tables + memories + globals + tags;
  size_t size = slots * sizeof(JsSlot) + module->types.len * sizeof(uint32_t) + module->elements.len + module->data.len;
  JsSlot *at = calloc(1, size ? size : 1);
  if (!at) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  instance->functions = at;
  instance->tables = at += functions;
  instance->memories = at += tables;
  instance->globals = at += memories;
  instance->tags = at += globals;
  instance->type_ids = (uint32_t *)(at + tags);
  instance->dropped_elements = (uint8_t *)(instance->type_ids + module->types.len);
  instance->dropped_data = instance->dropped_elements + module->elements.len;
  instance->size = size;
  gc_external_add(cx->heap, size);
  return true;
}

static WasmInstance *instance_new(JsContext *cx, WasmModule *module)
{
  WasmVm *wvm = TRY_OR(NULL, wasm_vm(cx));
  WasmInstance *instance = GC_NEW(cx->heap, WASM_INSTANCE, WasmInstance);
  wasm_module_retain(module);
  instance->module = module;
  ptr_slot_init(&instance->realm, cx->realm);
  TRY_OR(NULL, allocate_vectors(cx, instance));
  if (!wasm_registry_add(&wvm->registry, module, 0, instance->type_ids)) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  return instance;
}

/* --- constant expressions --------------------------------------------------------------------------------------- */

/* Deep enough for all that validation accepts (wasm/constant.c). */
enum { CONSTANT_DEPTH = 64 };

/* The bytes were checked when the module was made. */
static void evaluate(JsContext *cx, WasmInstance *instance, const WasmConstant *constant, WasmSlot out[2])
{
  WasmError error = {0};
  WasmSlot stack[CONSTANT_DEPTH][2];
  int depth = 0;
  const uint8_t *bytes = instance->module->bytes;
  WasmReader r = {bytes + constant->offset, bytes + constant->offset + constant->length, bytes, &error};
  for (;;) {
    uint8_t op = *r.p++;
    uint32_t u32 = 0;
    int32_t i32 = 0;
    int64_t i64 = 0;
    WasmSlot *top = stack[depth], *a = depth > 1 ? stack[depth - 2] : NULL, *b = depth > 0 ? stack[depth - 1] : NULL;
    switch (op) {
    case 0x0B: memcpy(out, stack[0], sizeof stack[0]); return;
    case 0x23:
      JS_CHECK(read_u32(&r, &u32, ""));
      memcpy(top, instance_global(instance, u32)->val, sizeof stack[0]);
      depth++;
      break;
    case 0x41:
      JS_CHECK(read_s32(&r, &i32, ""));
      top->u64 = (uint32_t)i32;
      depth++;
      break;
    case 0x42:
      JS_CHECK(read_s64(&r, &i64, ""));
      top->i64 = i64;
      depth++;
      break;
    case 0x43:
    case 0x44:
      top->u64 = 0;
      memcpy(top, r.p, op == 0x43 ? 4 : 8);
      r.p += op == 0x43 ? 4 : 8;
      depth++;
      break;
    case 0xD0:
      JS_CHECK(read_heap_type(&r, instance->module->types.len, &u32));
      top->val = JS_NULL;
      depth++;
      break;
    case 0xD2:
      JS_CHECK(read_u32(&r, &u32, ""));
      top->val = js_from_cell(instance_function(cx, instance, u32));
      depth++;
      break;
    case 0xFD: /* v128.const */
      JS_CHECK(read_u32(&r, &u32, ""));
      memcpy(top, r.p, 16);
      r.p += 16;
      depth++;
      break;
    default: /* binary operations on integers */
      JS_CHECK(a && b);
      switch (op) {
      case 0x6A: a->u64 = a->u32 + b->u32; break;
      case 0x6B: a->u64 = a->u32 - b->u32; break;
      case 0x6C: a->u64 = a->u32 * b->u32; break;
      case 0x7C: a->u64 += b->u64; break;
      case 0x7D: a->u64 -= b->u64; break;
      case 0x7E: a->u64 *= b->u64; break;
      default: JS_UNREACHABLE();
      }
      depth--;
    }
  }
}

/* --- what the module defines ------------------------------------------------------------------------------------ */

static bool define_tables(JsContext *cx, WasmInstance *instance)
{
  WasmModule *module = instance->module;
  for (uint32_t k = module->imported[WASM_TABLE]; k < module->tables.len; k++) {
    const WasmTableInfo *info = &module->tables.items[k];
    WasmSlot init[2] = {{.val = JS_NULL}, {0}};
    if (info->has_init)
      evaluate(cx, instance, &info->init, init);
    JsWasmTable *table = TRY_OR(
        false, wasm_table_new(cx, instance_type(instance, info->type), &info->limits, init[0].val, JS_UNDEFINED));
    slot_set(cx->heap, instance, &instance->tables[k], js_from_cell(table));
  }
  return true;
}

static bool define_memories(JsContext *cx, WasmInstance *instance)
{
  WasmModule *module = instance->module;
  for (uint32_t k = module->imported[WASM_MEMORY]; k < module->memories.len; k++) {
    JsWasmMemory *memory = TRY_OR(false, wasm_memory_new(cx, &module->memories.items[k], JS_UNDEFINED));
    slot_set(cx->heap, instance, &instance->memories[k], js_from_cell(memory));
  }
  return true;
}

static bool define_globals(JsContext *cx, WasmInstance *instance)
{
  WasmModule *module = instance->module;
  for (uint32_t k = module->imported[WASM_GLOBAL]; k < module->globals.len; k++) {
    const WasmGlobalInfo *info = &module->globals.items[k];
    WasmSlot val[2];
    evaluate(cx, instance, &info->init, val);
    JsWasmGlobal *global =
        TRY_OR(false, wasm_global_new(cx, instance_type(instance, info->type), info->is_mutable, JS_UNDEFINED));
    wasm_global_store(cx, global, val);
    slot_set(cx->heap, instance, &instance->globals[k], js_from_cell(global));
  }
  return true;
}

static bool define_tags(JsContext *cx, WasmInstance *instance)
{
  WasmModule *module = instance->module;
  for (uint32_t k = module->imported[WASM_TAG]; k < module->tags.len; k++) {
    uint32_t index = module->tags.items[k];
    const WasmFuncType *type = &module->types.items[index];
    JsWasmTag *tag =
        TRY_OR(false, wasm_tag_new(cx, type->types, type->param_count, instance->type_ids[index], JS_UNDEFINED));
    for (uint32_t p = 0; p < type->param_count; p++)
      tag->params[p] = instance_type(instance, type->types[p]);
    slot_set(cx->heap, instance, &instance->tags[k], js_from_cell(tag));
  }
  return true;
}

/* --- segments --------------------------------------------------------------------------------------------------- */

static bool in_bounds(uint64_t length, uint64_t at, uint64_t count)
{
  return count <= length && at <= length - count;
}

bool instance_memory_init(JsContext *cx, WasmInstance *instance, uint32_t memory, uint32_t segment, uint64_t to,
                          uint64_t from, uint64_t count)
{
  const WasmDataSegment *data = &instance->module->data.items[segment];
  JsWasmMemory *mem = instance_memory(instance, memory);
  uint64_t length = instance->dropped_data[segment] ? 0 : data->length;
  if (!in_bounds(wasm_memory_length(mem), to, count) || !in_bounds(length, from, count))
    return wasm_trap(cx, "memory access out of bounds");
  if (count)
    memcpy(mem->data + to, instance->module->bytes + data->start + from, count);
  return true;
}

bool instance_table_init(JsContext *cx, WasmInstance *instance, uint32_t table, uint32_t segment, uint64_t to,
                         uint64_t from, uint64_t count)
{
  const WasmElementSegment *elements = &instance->module->elements.items[segment];
  JsWasmTable *tab = instance_table(instance, table);
  uint64_t length = instance->dropped_elements[segment] ? 0 : elements->count;
  if (!in_bounds(tab->length, to, count))
    return wasm_trap(cx, "table index is out of bounds");
  if (!in_bounds(length, from, count))
    return wasm_trap(cx, "element segment out of bounds");
  for (uint64_t k = 0; k < count; k++) {
    WasmSlot val[2] = {{.val = JS_NULL}, {0}};
    if (elements->functions)
      val[0].val = js_from_cell(instance_function(cx, instance, elements->functions[from + k]));
    else
      evaluate(cx, instance, &elements->constants[from + k], val);
    slot_set(cx->heap, tab, &tab->items[to + k], val[0].val);
  }
  return true;
}

static uint64_t segment_offset(JsContext *cx, WasmInstance *instance, const WasmConstant *constant)
{
  WasmSlot offset[2];
  evaluate(cx, instance, constant, offset);
  return offset[0].u64;
}

static bool load_segments(JsContext *cx, WasmInstance *instance, const char *api)
{
  const WasmModule *module = instance->module;
  for (uint32_t k = 0; k < module->elements.len; k++) {
    const WasmElementSegment *segment = &module->elements.items[k];
    if (segment->mode == SEGMENT_ACTIVE) {
      uint64_t to = segment_offset(cx, instance, &segment->offset);
      if (!in_bounds(instance_table(instance, segment->table)->length, to, segment->count))
        return wasm_throw(cx, JS_RUNTIME_ERROR, "%s: table index is out of bounds", api);
      TRY_OR(false, instance_table_init(cx, instance, segment->table, k, to, 0, segment->count));
    }
    instance->dropped_elements[k] = segment->mode != SEGMENT_PASSIVE;
  }
  for (uint32_t k = 0; k < module->data.len; k++) {
    const WasmDataSegment *segment = &module->data.items[k];
    if (segment->mode != SEGMENT_ACTIVE)
      continue;
    uint64_t to = segment_offset(cx, instance, &segment->offset);
    uint64_t length = wasm_memory_length(instance_memory(instance, segment->memory));
    if (!in_bounds(length, to, segment->length))
      return wasm_throw(cx, JS_RUNTIME_ERROR,
                        "%s: data segment %u is out of bounds (offset %llu, length %u, memory size %llu)", api, k,
                        (unsigned long long)to, segment->length, (unsigned long long)length);
    TRY_OR(false, instance_memory_init(cx, instance, segment->memory, k, to, 0, segment->length));
    instance->dropped_data[k] = true;
  }
  return true;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

static bool run_start(JsContext *cx, WasmInstance *instance)
{
  if (instance->module->start == UINT32_MAX)
    return true;
  JsValue start = wasm_exported_function(cx, instance_function(cx, instance, instance->module->start));
  return !js_is_exception(js_call0(cx, start, JS_UNDEFINED));
}

JsWasmInstance *wasm_instantiate(JsContext *cx, WasmModule *module, JsValue imports, const char *api,
                                 JsValue new_target)
{
  WasmInstance *instance = TRY_OR(NULL, instance_new(cx, module));
  TRY_OR(NULL, instance_link(cx, instance, imports, api));
  TRY_OR(NULL, define_tags(cx, instance));
  TRY_OR(NULL, define_memories(cx, instance));
  TRY_OR(NULL, define_globals(cx, instance));
  TRY_OR(NULL, define_tables(cx, instance));
  JsWasmInstance *object = (JsWasmInstance *)TRY_OR(
      NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_INSTANCE_PROTOTYPE,
                                             CELL_WASM_INSTANCE_OBJECT, sizeof(JsWasmInstance)));
  ptr_slot_set(cx->heap, object, &object->data, instance);
  JsObject *exports = TRY_OR(NULL, instance_exports(cx, instance));
  ptr_slot_set(cx->heap, object, &object->exports, exports);
  TRY_OR(NULL, load_segments(cx, instance, api));
  TRY_OR(NULL, run_start(cx, instance));
  return object;
}
