// SPDX-License-Identifier: MIT
/* The life of modules, their functions' code and names: see module.h. */
#include "wasm/decode.h"

#include <stdlib.h>

#include "wasm/body.h"

const char *wasm_extern_name(WasmExternKind kind)
{
  static const char *const names[WASM_EXTERN_COUNT] = {"function", "table", "memory", "global", "tag"};
  return names[kind];
}

WasmModule *wasm_module_new(const uint8_t *bytes, size_t length, WasmError *error)
{
  *error = (WasmError){0};
  if (length > WASM_MAX_MODULE_SIZE) {
    wasm_error(error, 0, "buffer source exceeds maximum size of %u (is %zu)", (unsigned)WASM_MAX_MODULE_SIZE, length);
    return NULL;
  }
  WasmModule *module = calloc(1, sizeof *module);
  uint8_t *copy = malloc(length ? length : 1);
  if (!module || !copy) {
    free(module);
    free(copy);
    wasm_error(error, 0, "out of memory");
    return NULL;
  }
  memcpy(copy, bytes, length);
  atomic_init(&module->references, 1);
  arena_init(&module->arena, NULL, MEM_CODE);
  module->bytes = copy;
  module->length = (uint32_t)length;
  module->start = UINT32_MAX;
  module->hash = (uint32_t)hash_bytes(copy, length, 0);
  pthread_mutex_init(&module->mutex, NULL);
  if (wasm_decode(module, error))
    return module;
  wasm_module_release(module);
  return NULL;
}

void wasm_module_retain(WasmModule *module)
{
  atomic_fetch_add_explicit(&module->references, 1, memory_order_relaxed);
}

void wasm_module_release(WasmModule *module)
{
  if (atomic_fetch_sub_explicit(&module->references, 1, memory_order_acq_rel) != 1)
    return;
  for (uint32_t k = 0; k < module->functions.len; k++)
    free(atomic_load_explicit(&module->functions.items[k].code, memory_order_relaxed));
  arena_free(&module->arena);
  pthread_mutex_destroy(&module->mutex);
  free((uint8_t *)module->bytes);
  free(module->url);
  free(module);
}

WasmCode *wasm_module_code(WasmModule *module, uint32_t function)
{
  _Atomic(WasmCode *) *place = &module->functions.items[function].code;
  WasmCode *code = atomic_load_explicit(place, memory_order_acquire);
  if (code)
    return code;
  pthread_mutex_lock(&module->mutex);
  code = atomic_load_explicit(place, memory_order_relaxed);
  if (!code) {
    code = wasm_body_translate(module, function);
    atomic_store_explicit(place, code, memory_order_release);
  }
  pthread_mutex_unlock(&module->mutex);
  return code;
}

/* Names in the custom section "name"; what is malformed in it is not looked at. */
enum { MODULE_NAME = 0, FUNCTION_NAMES = 1 };
static bool find_name(WasmReader *r, uint8_t kind, uint32_t function, WasmName *out)
{
  while (r->p != r->end) {
    uint8_t id;
    uint32_t length, count;
    const uint8_t *payload;
    READ(read_u8(r, &id, "name kind"));
    READ(read_u32(r, &length, "name payload length"));
    READ(read_bytes(r, length, &payload, "names"));
    if (id != kind)
      continue;
    WasmReader names = {payload, payload + length, r->start, r->error};
    if (kind == MODULE_NAME)
      return read_name(&names, out, "module name");
    READ(read_u32(&names, &count, "names count"));
    for (uint32_t k = 0; k < count; k++) {
      uint32_t index;
      READ(read_u32(&names, &index, "function index"));
      READ(read_name(&names, out, "function name"));
      if (index == function)
        return true;
    }
  }
  return false;
}

static WasmName name_of(const WasmModule *module, uint8_t kind, uint32_t function)
{
  WasmName name = {NULL, 0};
  for (uint32_t k = 0; k < module->customs.len; k++) {
    const WasmCustomSection *custom = &module->customs.items[k];
    if (custom->name.length != 4 || memcmp(custom->name.text, "name", 4))
      continue;
    WasmError ignored = {0};
    const uint8_t *from = module->bytes + custom->start;
    WasmReader r = {from, from + custom->length, module->bytes, &ignored};
    if (find_name(&r, kind, function, &name))
      return name;
  }
  return (WasmName){NULL, 0};
}

WasmName wasm_function_name(const WasmModule *module, uint32_t function)
{
  return name_of(module, FUNCTION_NAMES, function);
}

WasmName wasm_module_name(const WasmModule *module)
{
  return name_of(module, MODULE_NAME, 0);
}
