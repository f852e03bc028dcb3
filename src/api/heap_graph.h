// SPDX-License-Identifier: MIT
/*
 * The graph of a heap snapshot while it is made: nodes, edges and strings in malloc memory, so that nothing in the heap
 * moves on meanwhile. heap_graph.c holds it and writes it out as V8's .heapsnapshot JSON, heap_snapshot.c fills it.
 */
#ifndef API_HEAP_GRAPH_H
#define API_HEAP_GRAPH_H

#include "base/strbuf.h"
#include "gc/heap.h"
#include "object/string.h"

/* Positions in meta.node_types and meta.edge_types of the format. */
typedef enum {
  NODE_HIDDEN,
  NODE_ARRAY,
  NODE_STRING,
  NODE_OBJECT,
  NODE_CODE,
  NODE_CLOSURE,
  NODE_REGEXP,
  NODE_NUMBER,
  NODE_NATIVE,
  NODE_SYNTHETIC,
  NODE_CONCATENATED_STRING,
  NODE_SLICED_STRING,
  NODE_SYMBOL,
  NODE_BIGINT,
  NODE_OBJECT_SHAPE
} GraphNodeType;

typedef enum {
  EDGE_CONTEXT, /* a variable of an environment */
  EDGE_ELEMENT, /* name: an index */
  EDGE_PROPERTY,
  EDGE_INTERNAL, /* a named field */
  EDGE_HIDDEN,   /* name: an index */
  EDGE_SHORTCUT,
  EDGE_WEAK
} GraphEdgeType;

typedef struct GraphNode {
  JsCell *cell; /* NULL: made up */
  size_t size;
  uint32_t name; /* a string */
  uint32_t edge_count;
  uint8_t type; /* GraphNodeType */
} GraphNode;

typedef struct GraphEdge {
  uint32_t type; /* GraphEdgeType */
  uint32_t name; /* a string, or an index */
  uint32_t to;   /* a node */
} GraphEdge;

typedef struct HeapGraph {
  JsHeap *heap;
  GraphNode *nodes;
  uint32_t node_count, node_capacity;
  GraphEdge *edges;
  uint32_t edge_count, edge_capacity;
  uint32_t *by_cell; /* hash: node + 1 */
  uint32_t cell_mask;
  StrBuf text; /* of the strings, escaped for JSON, one behind the other */
  size_t *string_ends;
  uint32_t string_count, string_capacity;
  uint32_t *by_text; /* hash: string + 1 */
  uint32_t text_mask;
  StrBuf scratch;
  bool failed; /* out of memory: everything else does nothing any more */
} HeapGraph;

void graph_init(HeapGraph *graph, JsHeap *heap);
void graph_free(HeapGraph *graph);

/* Strings are numbered; equal ones once. */
uint32_t graph_string(HeapGraph *graph, const char *ascii);
/* The text of a string cell, the first GRAPH_STRING_UNITS of it; ropes are not flattened. */
uint32_t graph_cell_string(HeapGraph *graph, const JsString *string);
#define GRAPH_STRING_UNITS 1024 /* as V8 */

uint32_t graph_add_node(HeapGraph *graph, GraphNodeType type, uint32_t name, JsCell *cell, size_t size);
/* False: no node was made for it. */
bool graph_find(const HeapGraph *graph, const JsCell *cell, uint32_t *node);
/* Edges are added node by node, in the order of the nodes. */
void graph_add_edge(HeapGraph *graph, uint32_t from, GraphEdgeType type, uint32_t name, uint32_t to);

typedef bool (*GraphWriteFn)(void *opaque, const char *bytes, size_t length);
/* False: out of memory, or write said so. */
bool graph_write(HeapGraph *graph, GraphWriteFn write, void *opaque);

#endif
