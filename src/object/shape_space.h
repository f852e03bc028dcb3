// SPDX-License-Identifier: MIT
/* Private to shape.c and shape_proto.c: what the object layer keeps about all shapes of a heap. */
#ifndef OBJECT_SHAPE_SPACE_H
#define OBJECT_SHAPE_SPACE_H

#include "object/shape.h"

#define SHAPE_ROOT_DELETED ((JsShape *)(uintptr_t)8)

#define SHAPE_RECENT_PROTOS 64 /* a power of two */

typedef struct JsShapeSpace {
  uint32_t next_id, committed_ids;
  uint32_t *free_ids;
  uint32_t free_count, free_capacity;
  JsShape **roots; /* weak hash set of root shapes by (kind, size, inline slots, proto) */
  uint32_t root_capacity, root_used;
  JsShape *recent_roots[CELL_KIND_COUNT]; /* the root asked for last, by kind; weak, forgotten at each collection */
  /* What shape_with_proto answered last, by both; weak, forgotten at each collection. */
  struct {
    uint32_t from; /* 0: free */
    JsObject *proto;
    JsShape *to;
  } recent_protos[SHAPE_RECENT_PROTOS];
  JsProtoInfo **infos; /* weak list of all validity cells */
  uint32_t info_count, info_capacity;
  uint32_t next_serial;
  JsWeakSource weak;
} JsShapeSpace;

/* Drops dead validity cells and dead dependants. */
void shape_space_sweep_protos(JsHeap *heap, JsShapeSpace *space);

#endif
