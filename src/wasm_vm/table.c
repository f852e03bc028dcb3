// SPDX-License-Identifier: MIT
/* Tables and globals (https://webassembly.github.io/spec/core/exec/runtime.html#table-instances). */
#include <stdlib.h>

#include "wasm_vm/runtime.h"

void wasm_table_trace(JsTracer *tracer, JsCell *cell);
void wasm_table_finalise(JsHeap *heap, JsCell *cell);
void wasm_global_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsWasmTable) == 56, "update wasm_table_trace()");
void wasm_table_trace(JsTracer *tracer, JsCell *cell)
{
  JsWasmTable *table = (JsWasmTable *)cell;
  object_trace(tracer, cell);
  gc_trace_slots(tracer, table->items, table->length);
}

void wasm_table_finalise(JsHeap *heap, JsCell *cell)
{
  JsWasmTable *table = (JsWasmTable *)cell;
  gc_external_sub(heap, table->capacity * sizeof *table->items);
  free(table->items);
}

static bool reserve(JsContext *cx, JsWasmTable *table, uint32_t length)
{
  if (length <= table->capacity)
    return true;
  uint32_t capacity = table->capacity + table->capacity / 2;
  if (capacity < length)
    capacity = length;
  JsSlot *items = realloc(table->items, capacity * sizeof *items);
  if (!items)
    return false;
  gc_external_add(cx->heap, (capacity - table->capacity) * sizeof *items);
  table->items = items;
  table->capacity = capacity;
  return true;
}

static void append(JsContext *cx, JsWasmTable *table, uint32_t length, JsValue val)
{
  for (uint32_t k = table->length; k < length; k++)
    slot_init(&table->items[k], val);
  table->length = length;
  gc_barrier(cx->heap, table);
}

JsWasmTable *wasm_table_new(JsContext *cx, WasmType type, const WasmLimits *limits, JsValue init, JsValue new_target)
{
  JsWasmTable *table =
      (JsWasmTable *)TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_TABLE_PROTOTYPE,
                                                                   CELL_WASM_TABLE, sizeof(JsWasmTable)));
  table->type = type;
  table->maximum = limits->maximum;
  table->has_maximum = limits->has_maximum;
  table->is_64 = limits->is_64;
  if (limits->initial > WASM_MAX_TABLE_SIZE || !reserve(cx, table, (uint32_t)limits->initial)) {
    (void)wasm_throw(cx, JS_RANGE_ERROR, "WebAssembly.Table(): could not allocate table");
    return NULL;
  }
  append(cx, table, (uint32_t)limits->initial, init);
  return table;
}

int64_t wasm_table_grow(JsContext *cx, JsWasmTable *table, uint64_t delta, JsValue val)
{
  uint64_t limit = table->has_maximum && table->maximum < WASM_MAX_TABLE_SIZE ? table->maximum : WASM_MAX_TABLE_SIZE;
  uint32_t old = table->length;
  if (delta > limit - old || !reserve(cx, table, old + (uint32_t)delta))
    return -1;
  append(cx, table, old + (uint32_t)delta, val);
  return old;
}

/* --- globals ---------------------------------------------------------------------------------------------------- */

_Static_assert(sizeof(JsWasmGlobal) == 56, "update wasm_global_trace()");
void wasm_global_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsWasmGlobal *)cell)->ref);
}

JsWasmGlobal *wasm_global_new(JsContext *cx, WasmType type, bool is_mutable, JsValue new_target)
{
  JsWasmGlobal *global =
      (JsWasmGlobal *)TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_GLOBAL_PROTOTYPE,
                                                                    CELL_WASM_GLOBAL, sizeof(JsWasmGlobal)));
  global->type = type;
  global->is_mutable = is_mutable;
  wasm_default(type, global->val);
  slot_init(&global->ref, JS_NULL);
  return global;
}

void wasm_global_store(JsContext *cx, JsWasmGlobal *global, const WasmSlot *val)
{
  global->val[0] = val[0];
  if (global->type == WASM_V128)
    global->val[1] = val[1];
  if (wasm_is_ref(global->type))
    slot_set(cx->heap, global, &global->ref, val[0].val);
}
