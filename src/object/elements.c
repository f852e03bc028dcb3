// SPDX-License-Identifier: MIT
/*
 * Elements: dense vectors and the sparse hash behind index-keyed properties. See elements.h.
 */
#include "object/elements.h"

#include "gc/alloc_inl.h"

#include <stdlib.h>

#include "base/hash.h"
#include "object/property.h"
#include "object/realm.h"
#include "object/vm.h"

enum {
  ELEMENTS_FIRST = 4,
  /* A store this far beyond the end of a small vector makes the object sparse instead of allocating the gap. */
  ELEMENTS_MAX_GAP = 4096,
  SPARSE_FIRST = 8,
};
#define ELEMENTS_MAX_CAPACITY (1u << 28) /* 2 GiB of slots */

void elements_trace(JsTracer *tracer, JsCell *cell)
{
  JsElements *elements = (JsElements *)cell;
  gc_trace_slots(tracer, elements->v, elements->length);
}

void sparse_elements_trace(JsTracer *tracer, JsCell *cell)
{
  JsSparseElements *sparse = (JsSparseElements *)cell;
  size_t from = 0, to = (size_t)sparse->mask + 1;
  gc_trace_clip(tracer, sparse->entries, sizeof *sparse->entries, &from, &to);
  for (size_t k = from; k < to; k++)
    gc_trace_slot(tracer, &sparse->entries[k].value);
}

JsElements *elements_new(JsHeap *heap, uint32_t capacity)
{
  if (capacity > ELEMENTS_MAX_CAPACITY)
    return NULL;
  JsElements *elements = gc_try_alloc_fast(heap, CELL_ELEMENTS, sizeof(JsElements) + (size_t)capacity * sizeof(JsSlot));
  if (elements)
    elements->capacity = capacity;
  return elements;
}

/* --- sparse ------------------------------------------------------------------------------------------------------ */

static JsSparseElements *as_sparse(JsObject *obj)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  return elements && elements->cell.kind == CELL_SPARSE_ELEMENTS ? (JsSparseElements *)elements : NULL;
}

static JsSparseEntry *sparse_find(JsSparseElements *sparse, uint32_t index)
{
  for (uint32_t at = hash_u32(index) & sparse->mask;; at = (at + 1) & sparse->mask) {
    JsSparseEntry *entry = &sparse->entries[at];
    if (entry->attrs == 0 && js_is_hole(slot_get(entry->value)) && !entry->index)
      return NULL; /* never used (index 0 in use keeps SPARSE_USED in attrs) */
    if (entry->index == index && !js_is_hole(slot_get(entry->value)))
      return entry;
  }
}

/* Set in attrs of every entry ever used, so that a deleted entry for index 0 still is not "never used". */
enum { SPARSE_USED = 1 << 16 };

static JsSparseElements *sparse_new(JsHeap *heap, uint32_t size)
{
  JsSparseElements *sparse =
      gc_alloc(heap, CELL_SPARSE_ELEMENTS, sizeof(JsSparseElements) + (size_t)size * sizeof(JsSparseEntry));
  sparse->mask = size - 1;
  return sparse;
}

static void sparse_insert(JsHeap *heap, JsSparseElements *sparse, uint32_t index, JsValue val, uint32_t attrs)
{
  uint32_t at = hash_u32(index) & sparse->mask;
  while (sparse->entries[at].attrs & SPARSE_USED)
    at = (at + 1) & sparse->mask;
  JsSparseEntry *entry = &sparse->entries[at];
  slot_set(heap, sparse, &entry->value, val);
  entry->index = index;
  entry->attrs = attrs | SPARSE_USED;
  sparse->used++;
  sparse->count++;
}

static JsSparseElements *sparse_grow(JsHeap *heap, JsObject *obj, JsSparseElements *sparse)
{
  if ((sparse->used + 1) * 2 <= sparse->mask)
    return sparse;
  uint32_t size = sparse->count * 2 > sparse->mask / 2 ? (sparse->mask + 1) * 2 : sparse->mask + 1;
  JsSparseElements *grown = sparse_new(heap, size);
  for (uint32_t k = 0; k <= sparse->mask; k++)
    if (!js_is_hole(slot_get(sparse->entries[k].value)))
      sparse_insert(heap, grown, sparse->entries[k].index, slot_get(sparse->entries[k].value),
                    sparse->entries[k].attrs & ~(uint32_t)SPARSE_USED);
  ptr_slot_set(heap, obj, &obj->elements, (JsElements *)grown);
  return grown;
}

static uint32_t dense_attrs(const JsElements *elements)
{
  if (elements->cell.flags & ELEMENTS_FROZEN)
    return PROP_ENUMERABLE;
  return elements->cell.flags & ELEMENTS_SEALED ? PROP_ENUMERABLE | PROP_WRITABLE : PROP_ALL;
}

static JsSparseElements *make_sparse(JsHeap *heap, JsObject *obj)
{
  JsElements *dense = ptr_slot_get(obj->elements);
  uint32_t live = 0;
  for (uint32_t k = 0; dense && k < dense->length; k++)
    live += !js_is_hole(slot_get(dense->v[k]));
  uint32_t size = SPARSE_FIRST;
  while (size < live * 3)
    size *= 2;
  JsSparseElements *sparse = sparse_new(heap, size);
  for (uint32_t k = 0; dense && k < dense->length; k++)
    if (!js_is_hole(slot_get(dense->v[k])))
      sparse_insert(heap, sparse, k, slot_get(dense->v[k]), dense_attrs(dense));
  ptr_slot_set(heap, obj, &obj->elements, (JsElements *)sparse);
  return sparse;
}

/* --- both
 * --------------------------------------------------------------------------------------------------------------------
 */

bool elements_lookup(JsHeap *heap, JsObject *obj, uint32_t index, JsValue *val, uint32_t *attrs)
{
  (void)heap;
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return false;
  if (elements->cell.kind == CELL_ELEMENTS) {
    if (index >= elements->length || js_is_hole(slot_get(elements->v[index])))
      return false;
    *val = slot_get(elements->v[index]);
    if (attrs)
      *attrs = dense_attrs(elements);
    return true;
  }
  JsSparseEntry *entry = sparse_find((JsSparseElements *)elements, index);
  if (!entry)
    return false;
  *val = slot_get(entry->value);
  if (attrs)
    *attrs = entry->attrs & ~(uint32_t)SPARSE_USED;
  return true;
}

static bool grow_dense(JsContext *cx, JsObject *obj, uint32_t need)
{
  JsElements *old = ptr_slot_get(obj->elements);
  bool shared = old && (old->cell.flags & ELEMENTS_COPY_ON_WRITE);
  if (old && need <= old->capacity && !shared)
    return true;
  uint64_t capacity = old ? (uint64_t)old->capacity + old->capacity / 2 + 8 : ELEMENTS_FIRST;
  if (shared && need <= old->capacity)
    capacity = old->capacity;
  if (capacity < need)
    capacity = need;
  JsElements *grown = capacity <= ELEMENTS_MAX_CAPACITY ? elements_new(cx->heap, (uint32_t)capacity) : NULL;
  if (!grown && need <= ELEMENTS_MAX_CAPACITY)
    grown = elements_new(cx->heap, need);
  if (!grown) {
    throw_out_of_memory(cx);
    return false;
  }
  if (old) {
    memcpy(grown->v, old->v, old->length * sizeof(JsSlot));
    grown->length = old->length;
    grown->cell.flags = (uint8_t)(old->cell.flags & ~ELEMENTS_COPY_ON_WRITE);
  }
  ptr_slot_set(cx->heap, obj, &obj->elements, grown);
  if (old && !shared)
    old->length = 0; /* a word left on the stack must not keep all of them */
  return true;
}

bool elements_reserve(JsContext *cx, JsObject *obj, uint32_t capacity)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && elements->cell.kind != CELL_ELEMENTS)
    return true;
  return grow_dense(cx, obj, capacity ? capacity : 1);
}

static void note_proto_elements(JsContext *cx, JsObject *obj)
{
  if (obj->cell.flags & OBJECT_IS_PROTO)
    cx->vm->protos_have_elements = true;
}

bool elements_define(JsContext *cx, JsObject *obj, uint32_t index, JsValue val, uint32_t attrs)
{
  JsHeap *heap = cx->heap;
  JsElements *elements = ptr_slot_get(obj->elements);
  note_proto_elements(cx, obj);
  if (!elements || elements->cell.kind == CELL_ELEMENTS) {
    uint32_t length = elements ? elements->length : 0;
    bool uniform = elements && (elements->cell.flags & (ELEMENTS_FROZEN | ELEMENTS_SEALED));
    bool near = index < length || index - length <= ELEMENTS_MAX_GAP || (elements && index < elements->capacity) ||
                index - length <= length / 2;
    if (attrs == PROP_ALL && near && !uniform && index < ELEMENTS_MAX_CAPACITY) {
      TRY_OR(false, grow_dense(cx, obj, index + 1));
      elements = ptr_slot_get(obj->elements);
      if (index >= elements->length)
        elements->length = index + 1; /* the gap is zeroed: holes */
      slot_set(heap, elements, &elements->v[index], val);
      return true;
    }
    if (index < length && attrs == dense_attrs(elements) && !js_is_hole(slot_get(elements->v[index]))) {
      slot_set(heap, elements, &elements->v[index], val);
      return true;
    }
    make_sparse(heap, obj);
  }
  JsSparseElements *sparse = as_sparse(obj);
  JsSparseEntry *entry = sparse_find(sparse, index);
  if (entry) {
    slot_set(heap, sparse, &entry->value, val);
    entry->attrs = attrs | SPARSE_USED;
  } else {
    sparse = sparse_grow(heap, obj, sparse);
    sparse_insert(heap, sparse, index, val, attrs);
  }
  return true;
}

/* Own copy of a shared vector. Dies with the heap's report when it cannot be had: literals are small. */
static JsElements *unshare(JsHeap *heap, JsObject *obj, JsElements *elements)
{
  if (!(elements->cell.flags & ELEMENTS_COPY_ON_WRITE))
    return elements;
  MUST(grow_dense(&heap_face(heap)->vm->cx, obj, elements->length));
  return ptr_slot_get(obj->elements);
}

void elements_remove(JsHeap *heap, JsObject *obj, uint32_t index)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return;
  if (elements->cell.kind == CELL_ELEMENTS) {
    if (index >= elements->length)
      return;
    elements = unshare(heap, obj, elements);
    slot_init(&elements->v[index], JS_HOLE);
    if (index == elements->length - 1)
      elements->length--;
    return;
  }
  JsSparseElements *sparse = (JsSparseElements *)elements;
  JsSparseEntry *entry = sparse_find(sparse, index);
  if (entry) {
    slot_init(&entry->value, JS_HOLE);
    sparse->count--;
  }
}

static uint32_t truncate_sparse(JsSparseElements *sparse, uint32_t length)
{
  uint32_t stop = length; /* one beyond the highest index that cannot be deleted */
  for (uint32_t k = 0; k <= sparse->mask; k++) {
    JsSparseEntry *entry = &sparse->entries[k];
    if (!js_is_hole(slot_get(entry->value)) && entry->index >= stop && !(entry->attrs & PROP_CONFIGURABLE))
      stop = entry->index + 1;
  }
  for (uint32_t k = 0; k <= sparse->mask; k++) {
    JsSparseEntry *entry = &sparse->entries[k];
    if (!js_is_hole(slot_get(entry->value)) && entry->index >= stop) {
      slot_init(&entry->value, JS_HOLE);
      sparse->count--;
    }
  }
  return stop;
}

uint32_t elements_truncate(JsHeap *heap, JsObject *obj, uint32_t length)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return length;
  if (elements->cell.kind != CELL_ELEMENTS)
    return truncate_sparse((JsSparseElements *)elements, length);
  if (length >= elements->length)
    return length;
  if (elements->cell.flags & (ELEMENTS_FROZEN | ELEMENTS_SEALED)) {
    uint32_t stop = elements->length;
    while (stop > length && js_is_hole(slot_get(elements->v[stop - 1])))
      stop--;
    return stop;
  }
  if (length == 0) {
    ptr_slot_init(&obj->elements, NULL);
    return 0;
  }
  elements = unshare(heap, obj, elements);
  for (uint32_t k = length; k < elements->length; k++)
    slot_init(&elements->v[k], JS_HOLE);
  elements->length = length;
  return length;
}

JsElements *elements_push(JsContext *cx, JsElements *list, JsValue val)
{
  if (list->length == list->capacity) {
    uint64_t capacity = (uint64_t)list->capacity * 2 + 8;
    JsElements *grown = capacity <= ELEMENTS_MAX_CAPACITY ? elements_new(cx->heap, (uint32_t)capacity) : NULL;
    if (!grown) {
      throw_out_of_memory(cx);
      return NULL;
    }
    memcpy(grown->v, list->v, list->length * sizeof(JsSlot));
    grown->length = list->length;
    list = grown;
  }
  list->length++;
  slot_set(cx->heap, list, &list->v[list->length - 1], val);
  return list;
}

static int compare_index(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static JsElements *append_sparse(JsContext *cx, JsSparseElements *sparse, JsElements *list)
{
  if (!sparse->count)
    return list;
  MemAccount *account = gc_heap_account(cx->heap);
  size_t size = sparse->count * sizeof(uint32_t);
  uint32_t *indices = mem_alloc(account, MEM_SCRATCH, size), count = 0;
  if (!indices) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k <= sparse->mask; k++)
    if (!js_is_hole(slot_get(sparse->entries[k].value)))
      indices[count++] = sparse->entries[k].index;
  qsort(indices, count, sizeof *indices, compare_index); /* plain integers: nothing the collector must see */
  for (uint32_t k = 0; k < count && list; k++)
    list = elements_push(cx, list, key_raw_value(key_index(indices[k])));
  mem_free(account, MEM_SCRATCH, indices, size);
  return list;
}

JsElements *elements_append_indices(JsContext *cx, JsObject *obj, JsElements *list)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return list;
  if (elements->cell.kind != CELL_ELEMENTS)
    return append_sparse(cx, (JsSparseElements *)elements, list);
  for (uint32_t k = 0; k < elements->length; k++)
    if (!js_is_hole(slot_get(elements->v[k])))
      list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(key_index(k))));
  return list;
}

bool elements_set_integrity(JsContext *cx, JsObject *obj, bool frozen)
{
  JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return true;
  if (elements->cell.kind == CELL_ELEMENTS) {
    elements = unshare(cx->heap, obj, elements);
    elements->cell.flags |= frozen ? ELEMENTS_FROZEN | ELEMENTS_SEALED : ELEMENTS_SEALED;
    return true;
  }
  JsSparseElements *sparse = (JsSparseElements *)elements;
  for (uint32_t k = 0; k <= sparse->mask; k++) {
    JsSparseEntry *entry = &sparse->entries[k];
    if (!(entry->attrs & SPARSE_USED))
      continue;
    entry->attrs &= ~(uint32_t)PROP_CONFIGURABLE;
    if (frozen && !(entry->attrs & PROP_ACCESSOR))
      entry->attrs &= ~(uint32_t)PROP_WRITABLE;
  }
  return true;
}
