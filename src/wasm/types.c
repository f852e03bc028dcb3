// SPDX-License-Identifier: MIT
/*
 * When types are the same and when one stands for another: numbering by recursion groups, and subtyping.
 * https://webassembly.github.io/spec/core/valid/matching.html, .../core/valid/conventions.html#types
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "wasm/module.h"

/* --- the registry ---------------------------------------------------------------------------------------------- */

typedef struct KeyWriter {
  uint8_t *bytes;
  size_t length, capacity;
  bool failed;
} KeyWriter;

static void key_u32(KeyWriter *w, uint32_t u)
{
  if (w->capacity - w->length < sizeof u) {
    size_t capacity = w->capacity ? w->capacity * 2 : 256;
    uint8_t *bytes = realloc(w->bytes, capacity);
    if (!bytes) {
      w->failed = true;
      return;
    }
    w->bytes = bytes;
    w->capacity = capacity;
  }
  memcpy(w->bytes + w->length, &u, sizeof u);
  w->length += sizeof u;
}

/* An index as its number when it stands before the group, as its place with a mark when inside. */
static void key_index(KeyWriter *w, const WasmFuncType *type, const uint32_t *numbers, uint32_t index)
{
  bool inside = index >= type->group_start;
  key_u32(w, inside);
  key_u32(w, inside ? index - type->group_start : numbers[index]);
}

static void key_type(KeyWriter *w, const WasmFuncType *type, const uint32_t *numbers)
{
  key_u32(w, type->is_final);
  if (type->super != UINT32_MAX)
    key_index(w, type, numbers, type->super);
  key_u32(w, type->param_count);
  key_u32(w, type->result_count);
  for (uint32_t k = 0; k < type->param_count + type->result_count; k++) {
    WasmType t = type->types[k];
    if (wasm_is_ref(t) && wasm_heap_type(t) < WASM_ABSTRACT) {
      key_u32(w, wasm_kind(t));
      key_index(w, type, numbers, wasm_heap_type(t));
    } else {
      key_u32(w, t);
    }
  }
}

static bool grow_table(WasmTypeRegistry *registry)
{
  uint32_t capacity = registry->capacity ? registry->capacity * 2 : 32;
  WasmTypeEntry *entries = calloc(capacity, sizeof *entries);
  if (!entries)
    return false;
  for (uint32_t k = 0; k < registry->capacity; k++) {
    if (!registry->entries[k].key)
      continue;
    uint32_t at = registry->entries[k].hash & (capacity - 1);
    while (entries[at].key)
      at = (at + 1) & (capacity - 1);
    entries[at] = registry->entries[k];
  }
  free(registry->entries);
  registry->entries = entries;
  registry->capacity = capacity;
  return true;
}

static bool add_supers(WasmTypeRegistry *registry, const WasmFuncType *group, uint32_t size, const uint32_t *numbers)
{
  if (registry->supers_capacity - registry->count < size) {
    uint32_t capacity = registry->supers_capacity * 2 + size;
    uint32_t *supers = realloc(registry->supers, capacity * sizeof *supers);
    if (!supers)
      return false;
    registry->supers = supers;
    registry->supers_capacity = capacity;
  }
  for (uint32_t k = 0; k < size; k++) {
    uint32_t super = group[k].super;
    if (super != UINT32_MAX)
      super = super >= group->group_start ? registry->count + (super - group->group_start) : numbers[super];
    registry->supers[registry->count + k] = super;
  }
  registry->count += size;
  return true;
}

/* The number of a group's first type. */
static bool add_group(WasmTypeRegistry *registry, KeyWriter *w, const WasmFuncType *group, uint32_t size,
                      const uint32_t *numbers, uint32_t *first)
{
  w->length = 0;
  for (uint32_t k = 0; k < size; k++)
    key_type(w, &group[k], numbers);
  if (w->failed || (registry->used * 2 >= registry->capacity && !grow_table(registry)))
    return false;
  uint32_t hash = (uint32_t)hash_bytes(w->bytes, w->length, 0), mask = registry->capacity - 1, at = hash & mask;
  for (; registry->entries[at].key; at = (at + 1) & mask) {
    WasmTypeEntry *entry = &registry->entries[at];
    if (entry->hash == hash && entry->length == w->length && !memcmp(entry->key, w->bytes, w->length)) {
      *first = entry->first;
      return true;
    }
  }
  uint8_t *key = malloc(w->length);
  if (!key)
    return false;
  memcpy(key, w->bytes, w->length);
  *first = registry->count;
  if (!add_supers(registry, group, size, numbers)) {
    free(key);
    return false;
  }
  registry->entries[at] = (WasmTypeEntry){hash, (uint32_t)w->length, key, *first};
  registry->used++;
  return true;
}

bool wasm_registry_add(WasmTypeRegistry *registry, const WasmModule *module, uint32_t from, uint32_t *numbers)
{
  KeyWriter w = {0};
  bool ok = true;
  for (uint32_t k = from; k < module->types.len && ok;) {
    const WasmFuncType *group = &module->types.items[k];
    uint32_t size = group->group_end - group->group_start, first;
    ok = add_group(registry, &w, group, size, numbers, &first);
    for (uint32_t j = 0; ok && j < size; j++)
      numbers[k + j] = first + j;
    k += size;
  }
  free(w.bytes);
  return ok;
}

bool wasm_registry_add_type(WasmTypeRegistry *registry, const WasmFuncType *type, uint32_t *number)
{
  KeyWriter w = {0};
  bool ok = add_group(registry, &w, type, 1, NULL, number);
  free(w.bytes);
  return ok;
}

void wasm_registry_free(WasmTypeRegistry *registry)
{
  for (uint32_t k = 0; k < registry->capacity; k++)
    free(registry->entries[k].key);
  free(registry->entries);
  free(registry->supers);
  *registry = (WasmTypeRegistry){0};
}

bool wasm_registry_is_subtype(const WasmTypeRegistry *registry, uint32_t a, uint32_t b)
{
  for (; a != UINT32_MAX; a = registry->supers[a])
    if (a == b)
      return true;
  return false;
}

/* --- subtyping in a module -------------------------------------------------------------------------------------- */

static bool heap_is_subtype(const WasmModule *module, uint32_t a, uint32_t b)
{
  if (a == b)
    return true;
  if (b < WASM_ABSTRACT) {
    if (a == WASM_HEAP_NOFUNC)
      return true;
    for (; a < WASM_ABSTRACT; a = module->types.items[a].super)
      if (module->types.items[a].canonical == module->types.items[b].canonical)
        return true;
    return false;
  }
  switch (b) {
  case WASM_HEAP_FUNC: return a < WASM_ABSTRACT || a == WASM_HEAP_NOFUNC;
  case WASM_HEAP_EXTERN: return a == WASM_HEAP_NOEXTERN;
  case WASM_HEAP_EXN: return a == WASM_HEAP_NOEXN;
  default: return false;
  }
}

bool wasm_is_subtype(const WasmModule *module, WasmType a, WasmType b)
{
  if (a == b || a == WASM_BOTTOM)
    return true;
  if (!wasm_is_ref(a) || !wasm_is_ref(b) || (wasm_is_nullable(a) && !wasm_is_nullable(b)))
    return false;
  return heap_is_subtype(module, wasm_heap_type(a), wasm_heap_type(b));
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static const char *heap_text(uint32_t heap)
{
  switch (heap) {
  case WASM_HEAP_EXN: return "exn";
  case WASM_HEAP_NOEXN: return "noexn";
  case WASM_HEAP_EXTERN: return "extern";
  case WASM_HEAP_NOEXTERN: return "noextern";
  case WASM_HEAP_FUNC: return "func";
  default: return "nofunc";
  }
}

const char *wasm_type_text(WasmType type, char buffer[32])
{
  switch (wasm_kind(type)) {
  case WASM_I32: return "i32";
  case WASM_I64: return "i64";
  case WASM_F32: return "f32";
  case WASM_F64: return "f64";
  case WASM_V128: return "s128";
  case WASM_BOTTOM: return "<bot>";
  }
  uint32_t heap = wasm_heap_type(type);
  const char *ref = wasm_is_nullable(type) ? "ref null" : "ref";
  if (heap < WASM_ABSTRACT)
    snprintf(buffer, 32, "(%s %u)", ref, heap);
  else if (!wasm_is_nullable(type))
    snprintf(buffer, 32, "(%s %s)", ref, heap_text(heap));
  else if (heap == WASM_HEAP_NOFUNC || heap == WASM_HEAP_NOEXTERN || heap == WASM_HEAP_NOEXN)
    snprintf(buffer, 32, "null%sref", heap_text(heap) + 2);
  else
    snprintf(buffer, 32, "%sref", heap_text(heap));
  return buffer;
}
