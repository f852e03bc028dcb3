// SPDX-License-Identifier: MIT
/*
 * Validity cells of prototypes: see [DOC] Shapes. A cell is made when a cache first looks through a prototype and is
 * registered with the next prototype up the chain, so that a change there reaches everything below.
 */
#include "object/object.h"
#include "object/shape_space.h"

/* Chains longer than this are not cached: registration walks them. */
enum { PROTO_CHAIN_MAX = 64 };

void proto_info_finalise(JsHeap *heap, JsCell *cell)
{
  JsProtoInfo *info = (JsProtoInfo *)cell;
  mem_free(gc_heap_account(heap), MEM_HEAP_TABLES, info->dependants,
           info->dependant_capacity * sizeof *info->dependants);
  info->dependants = NULL;
}

void shape_space_sweep_protos(JsHeap *heap, JsShapeSpace *space)
{
  uint32_t kept = 0;
  for (uint32_t k = 0; k < space->info_count; k++) {
    JsProtoInfo *info = space->infos[k];
    if (!gc_is_live(heap, info))
      continue;
    space->infos[kept++] = info;
    uint32_t live = 0;
    for (uint32_t d = 0; d < info->dependant_count; d++)
      if (gc_is_live(heap, info->dependants[d]))
        info->dependants[live++] = info->dependants[d];
    info->dependant_count = live;
  }
  space->info_count = kept;
}

static JsProtoInfo *current_info(JsHeap *heap, JsObject *proto)
{
  JsValue val = slot_get(object_shape(heap, proto)->transitions);
  return js_is_kind(val, CELL_PROTO_INFO) ? (JsProtoInfo *)js_as_cell(val) : NULL;
}

static bool grow_list(JsHeap *heap, void **items, uint32_t *capacity, uint32_t count)
{
  if (count < *capacity)
    return true;
  uint32_t new_capacity = *capacity ? *capacity * 2 : 4;
  void *grown = mem_realloc(gc_heap_account(heap), MEM_HEAP_TABLES, *items, *capacity * sizeof(void *),
                            new_capacity * sizeof(void *));
  if (!grown)
    return false;
  *items = grown;
  *capacity = new_capacity;
  return true;
}

static JsProtoInfo *info_new(JsHeap *heap, JsObject *proto, JsProtoInfo *previous)
{
  JsShapeSpace *space = heap_face(heap)->shape_space;
  JsProtoInfo *info = GC_NEW(heap, PROTO_INFO, JsProtoInfo);
  if (!grow_list(heap, (void **)&space->infos, &space->info_capacity, space->info_count))
    return NULL;
  space->infos[space->info_count++] = info;
  info->serial = ++space->next_serial;
  info->valid = 1;
  if (previous)
    info->registered_in = previous->registered_in;
  JsShape *shape = object_shape(heap, proto);
  slot_set(heap, shape, &shape->transitions, js_from_cell(info));
  return info;
}

static bool can_validate(JsHeap *heap, JsObject *proto)
{
  if (!(proto->cell.flags & OBJECT_IS_PROTO) || !(object_shape(heap, proto)->cell.flags & SHAPE_DICTIONARY))
    return false;
  /* Exotic prototypes whose named properties are ordinary are fine; a proxy or a module namespace is not. */
  const JsObjectOps *ops = (proto->cell.flags & OBJECT_EXOTIC) ? object_ops((JsCellKind)proto->cell.kind) : NULL;
  return !ops || !(ops->get || ops->get_prototype_of);
}

JsProtoInfo *shape_proto_validity(JsHeap *heap, JsObject *proto)
{
  JsObject *chain[PROTO_CHAIN_MAX];
  uint32_t depth = 0;
  for (JsObject *obj = proto; obj; obj = object_proto(heap, obj)) {
    if (depth == PROTO_CHAIN_MAX || !can_validate(heap, obj))
      return NULL;
    chain[depth++] = obj;
    JsProtoInfo *known = current_info(heap, obj);
    if (known && known->valid)
      break; /* everything above it is registered */
  }
  JsProtoInfo *above = NULL, *info = NULL;
  while (depth--) {
    JsObject *obj = chain[depth];
    info = current_info(heap, obj);
    if (!info || !info->valid)
      info = info_new(heap, obj, info);
    if (!info)
      return NULL;
    if (above && info->registered_in != above->serial) {
      if (!grow_list(heap, (void **)&above->dependants, &above->dependant_capacity, above->dependant_count)) {
        info->valid = 0;
        return NULL;
      }
      above->dependants[above->dependant_count++] = obj;
      info->registered_in = above->serial;
    }
    above = info;
  }
  return info;
}

void shape_invalidate_proto(JsHeap *heap, JsObject *proto)
{
  JsProtoInfo *work = current_info(heap, proto);
  if (!work || !work->valid)
    return;
  work->valid = 0;
  work->next_work = NULL;
  while (work) {
    JsProtoInfo *info = work;
    work = info->next_work;
    for (uint32_t k = 0; k < info->dependant_count; k++) {
      JsProtoInfo *child = current_info(heap, info->dependants[k]);
      if (child && child->valid) {
        child->valid = 0;
        child->next_work = work;
        work = child;
      }
    }
  }
}
