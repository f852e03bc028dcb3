// SPDX-License-Identifier: MIT
/*
 * Linear memories (https://webassembly.github.io/spec/core/exec/runtime.html#memory-instances).
 *
 * Address space is reserved for all that a memory may grow to, so that growing moves nothing: what another thread does
 * with bytes lent from a buffer that growing detached still ends in the memory, as in V8. When the system refuses that
 * much, the memory gets what it needs now and cannot grow.
 */
#include <stdlib.h>

#include "base/vmem.h"
#include "wasm_vm/memory.h"

void wasm_memory_trace(JsTracer *tracer, JsCell *cell);
void wasm_memory_finalise(JsHeap *heap, JsCell *cell);

_Static_assert(sizeof(JsWasmMemory) == 88, "update wasm_memory_trace()");
void wasm_memory_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsWasmMemory *)cell)->buffer);
}

void wasm_bytes_release(WasmBytes *bytes)
{
  if (--bytes->references)
    return;
  vmem_release(bytes->data, bytes->reserved);
  free(bytes);
}

void wasm_memory_finalise(JsHeap *heap, JsCell *cell)
{
  JsWasmMemory *memory = (JsWasmMemory *)cell;
  gc_external_sub(heap, memory->counted);
  if (memory->bytes)
    wasm_bytes_release(memory->bytes);
  if (memory->store)
    shared_store_release(memory->store);
}

/* --- bytes ------------------------------------------------------------------------------------------------------ */

/* At least a page, so that an empty memory has an address too. */
static size_t reservation(size_t bytes)
{
  return vmem_round_up(bytes ? bytes : 1);
}

static uint8_t *reserve(size_t committed, size_t wanted, size_t *reserved)
{
  size_t sizes[2] = {reservation(wanted), reservation(committed)};
  for (int k = 0; k < 2; k++) {
    uint8_t *data = vmem_reserve(sizes[k], 0);
    if (!data)
      continue;
    *reserved = sizes[k];
    if (!committed || vmem_commit(data, committed))
      return data;
    vmem_release(data, sizes[k]);
  }
  return NULL;
}

static WasmBytes *bytes_new(size_t committed, size_t wanted)
{
  WasmBytes *bytes = calloc(1, sizeof *bytes);
  if (!bytes)
    return NULL;
  bytes->references = 1;
  bytes->committed = committed;
  bytes->data = reserve(committed, wanted, &bytes->reserved);
  if (bytes->data)
    return bytes;
  free(bytes);
  return NULL;
}

static void free_store(uint8_t *data, size_t room)
{
  vmem_release(data, room);
}

/* Another thread may have grown it meanwhile: false then. The new length is published when its pages can be used. */
static bool store_grow_from(JsSharedStore *store, size_t old, size_t length)
{
  pthread_mutex_lock(&store->mutex);
  bool ok = atomic_load(&store->byte_length) == old && length <= store->max_byte_length &&
            (length == old || vmem_commit(store->data + old, length - old));
  if (ok)
    atomic_store(&store->byte_length, length);
  pthread_mutex_unlock(&store->mutex);
  return ok;
}

/* JsSharedStore.grow */
static bool store_grow(JsSharedStore *store, size_t length)
{
  for (;;) {
    size_t old = atomic_load(&store->byte_length);
    if (length < old || length & (((size_t)1 << WASM_PAGE_SHIFT) - 1))
      return false;
    if (store_grow_from(store, old, length))
      return true;
    if (atomic_load(&store->byte_length) == old)
      return false;
  }
}

static JsSharedStore *store_new(size_t committed, size_t wanted)
{
  JsSharedStore *store = calloc(1, sizeof *store);
  if (!store)
    return NULL;
  store->data = reserve(committed, wanted, &store->max_byte_length);
  if (!store->data) {
    free(store);
    return NULL;
  }
  store->free_data = free_store;
  store->grow = store_grow;
  atomic_init(&store->references, 1);
  atomic_init(&store->byte_length, committed);
  pthread_mutex_init(&store->mutex, NULL);
  return store;
}

/* --- memories --------------------------------------------------------------------------------------------------- */

static uint64_t page_limit(const JsWasmMemory *memory)
{
  uint64_t limit = memory->is_64 ? WASM_MAX_PAGES_64 : WASM_MAX_PAGES;
  return memory->has_maximum && memory->maximum < limit ? memory->maximum : limit;
}

static bool give_bytes(JsContext *cx, JsWasmMemory *memory, const WasmLimits *limits)
{
  uint64_t most = page_limit(memory);
  if (limits->initial > most)
    return false;
  size_t committed = (size_t)limits->initial << WASM_PAGE_SHIFT, wanted = (size_t)most << WASM_PAGE_SHIFT;
  if (limits->is_shared) {
    memory->store = store_new(committed, wanted);
    memory->data = memory->store ? memory->store->data : NULL;
  } else {
    memory->bytes = bytes_new(committed, wanted);
    memory->data = memory->bytes ? memory->bytes->data : NULL;
  }
  if (!memory->data)
    return false;
  memory->byte_length = committed;
  memory->counted = committed;
  gc_external_add(cx->heap, committed);
  return true;
}

JsWasmMemory *wasm_memory_new(JsContext *cx, const WasmLimits *limits, JsValue new_target)
{
  JsWasmMemory *memory =
      (JsWasmMemory *)TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_WASM_MEMORY_PROTOTYPE,
                                                                    CELL_WASM_MEMORY, sizeof(JsWasmMemory)));
  memory->maximum = limits->maximum;
  memory->has_maximum = limits->has_maximum;
  memory->is_64 = limits->is_64;
  if (give_bytes(cx, memory, limits))
    return memory;
  /* Dead memories may hold what is needed. */
  gc_collect_major(cx->heap);
  if (give_bytes(cx, memory, limits))
    return memory;
  (void)wasm_throw(cx, JS_RANGE_ERROR, "WebAssembly.Memory(): could not allocate memory");
  return NULL;
}

JsWasmMemory *wasm_memory_over(JsContext *cx, JsSharedStore *store, uint64_t maximum, bool is_64)
{
  JsWasmMemory *memory = (JsWasmMemory *)object_new_kind(cx, CELL_WASM_MEMORY, sizeof(JsWasmMemory),
                                                         INTRINSIC_OBJECT(cx, WASM_MEMORY_PROTOTYPE));
  shared_store_retain(store);
  memory->store = store;
  memory->data = store->data;
  memory->byte_length = atomic_load(&store->byte_length);
  memory->maximum = maximum;
  memory->has_maximum = true;
  memory->is_64 = is_64;
  return memory;
}

uint64_t wasm_memory_length(JsWasmMemory *memory)
{
  if (js_unlikely(memory->store != NULL))
    memory->byte_length = atomic_load_explicit(&memory->store->byte_length, memory_order_seq_cst);
  return memory->byte_length;
}

static int64_t grow_shared(JsWasmMemory *memory, uint64_t delta)
{
  JsSharedStore *store = memory->store;
  for (;;) {
    size_t old = atomic_load(&store->byte_length), pages = old >> WASM_PAGE_SHIFT;
    if (delta > page_limit(memory) - pages)
      return -1;
    size_t length = (pages + delta) << WASM_PAGE_SHIFT;
    if (store_grow_from(store, old, length)) {
      memory->byte_length = length;
      return (int64_t)pages;
    }
    if (atomic_load(&store->byte_length) == old)
      return -1;
  }
}

int64_t wasm_memory_grow(JsContext *cx, JsWasmMemory *memory, uint64_t delta)
{
  if (memory->store)
    return grow_shared(memory, delta);
  WasmBytes *bytes = memory->bytes;
  uint64_t pages = memory->byte_length >> WASM_PAGE_SHIFT;
  if (delta > page_limit(memory) - pages)
    return -1;
  size_t length = (size_t)(pages + delta) << WASM_PAGE_SHIFT;
  if (length > bytes->reserved)
    return -1;
  if (length > bytes->committed && !vmem_commit(bytes->data + bytes->committed, length - bytes->committed))
    return -1;
  bytes->committed = length;
  memory->byte_length = length;
  wasm_memory_refresh_buffer(cx, memory);
  gc_external_add(cx->heap, length - memory->counted);
  memory->counted = length;
  return (int64_t)pages;
}
