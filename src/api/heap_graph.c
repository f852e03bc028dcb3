// SPDX-License-Identifier: MIT
/*
 * The graph of a heap snapshot and its JSON. The format is V8's, which Chrome's memory panel reads: flat arrays of
 * numbers, six a node and three an edge, that `meta` describes; an edge's target is the place of its node in `nodes`.
 */
#include "api/heap_graph.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf.h"

/* Numbers in `nodes` for each node. */
enum { NODE_FIELDS = 6 };
/* What is collected before it is written. */
#define WRITE_BYTES ((size_t)64 << 10)

void graph_init(HeapGraph *graph, JsHeap *heap)
{
  *graph = (HeapGraph){.heap = heap};
  strbuf_init(&graph->text, gc_heap_account(heap), MEM_SCRATCH);
  strbuf_init(&graph->scratch, gc_heap_account(heap), MEM_SCRATCH);
}

void graph_free(HeapGraph *graph)
{
  free(graph->nodes);
  free(graph->edges);
  free(graph->by_cell);
  free(graph->string_ends);
  free(graph->by_text);
  strbuf_free(&graph->text);
  strbuf_free(&graph->scratch);
}

/* Room for one more in a vector that doubles. */
static bool grow(HeapGraph *graph, void **items, uint32_t count, uint32_t *capacity, size_t size)
{
  if (graph->failed)
    return false;
  if (count < *capacity)
    return true;
  uint32_t wanted = *capacity ? *capacity * 2 : 1024;
  void *grown = wanted > *capacity ? realloc(*items, wanted * size) : NULL;
  if (!grown) {
    graph->failed = true;
    return false;
  }
  *items = grown;
  *capacity = wanted;
  return true;
}

/* --- strings
 * --------------------------------------------------------------------------------------------------------------------
 */

static size_t string_begin(const HeapGraph *graph, uint32_t number)
{
  return number ? graph->string_ends[number - 1] : 0;
}

static uint32_t string_hash_of(const char *bytes, size_t length)
{
  return (uint32_t)hash_bytes(bytes, length, 0);
}

static bool grow_strings(HeapGraph *graph)
{
  uint32_t mask = graph->text_mask ? graph->text_mask * 2 + 1 : 4095;
  uint32_t *table = calloc((size_t)mask + 1, sizeof *table);
  if (!table)
    return false;
  for (uint32_t k = 0; k < graph->string_count; k++) {
    size_t begin = string_begin(graph, k);
    uint32_t at = string_hash_of(graph->text.data + begin, graph->string_ends[k] - begin) & mask;
    while (table[at])
      at = (at + 1) & mask;
    table[at] = k + 1;
  }
  free(graph->by_text);
  graph->by_text = table;
  graph->text_mask = mask;
  return true;
}

/* Of text that is escaped already. */
static uint32_t intern(HeapGraph *graph, const char *bytes, size_t length)
{
  if (!grow(graph, (void **)&graph->string_ends, graph->string_count, &graph->string_capacity, sizeof(size_t)))
    return 0;
  if (graph->string_count >= graph->text_mask / 2 && !grow_strings(graph)) {
    graph->failed = true;
    return 0;
  }
  uint32_t at = string_hash_of(bytes, length) & graph->text_mask;
  for (; graph->by_text[at]; at = (at + 1) & graph->text_mask) {
    uint32_t number = graph->by_text[at] - 1;
    size_t begin = string_begin(graph, number);
    if (graph->string_ends[number] - begin == length &&
        (!length || memcmp(graph->text.data + begin, bytes, length) == 0))
      return number;
  }
  strbuf_append(&graph->text, bytes, length);
  if (graph->text.failed) {
    graph->failed = true;
    return 0;
  }
  graph->string_ends[graph->string_count] = graph->text.len;
  graph->by_text[at] = ++graph->string_count;
  return graph->string_count - 1;
}

static void escape_unit(StrBuf *out, uint16_t unit)
{
  if (unit == '"' || unit == '\\') {
    strbuf_append_char(out, '\\');
    strbuf_append_char(out, (char)unit);
  } else if (unit < 0x20 || utf16_is_surrogate(unit)) {
    strbuf_printf(out, "\\u%04x", unit);
  } else {
    strbuf_append_code_point(out, unit);
  }
}

uint32_t graph_string(HeapGraph *graph, const char *ascii)
{
  strbuf_clear(&graph->scratch);
  for (const char *c = ascii; *c; c++)
    escape_unit(&graph->scratch, (uint8_t)*c);
  return intern(graph, graph->scratch.data, graph->scratch.len);
}

uint32_t graph_cell_string(HeapGraph *graph, const JsString *string)
{
  if (string->cell.flags & STRING_ROPE)
    return graph_string(graph, "(concatenated string)");
  const JsString *base = string;
  uint32_t offset = 0, length = string->length < GRAPH_STRING_UNITS ? string->length : GRAPH_STRING_UNITS;
  if (string->cell.flags & STRING_SLICE) {
    base = ptr_slot_get(string->u.base);
    offset = string->offset;
  }
  strbuf_clear(&graph->scratch);
  for (uint32_t k = 0; k < length; k++)
    escape_unit(&graph->scratch, string_is_wide(string) ? base->u.wide[offset + k] : base->u.latin1[offset + k]);
  return intern(graph, graph->scratch.data, graph->scratch.len);
}

/* --- nodes and edges --------------------------------------------------------------------------------------------- */

static bool grow_cells(HeapGraph *graph)
{
  uint32_t mask = graph->cell_mask ? graph->cell_mask * 2 + 1 : 8191;
  uint32_t *table = mask > graph->cell_mask ? calloc((size_t)mask + 1, sizeof *table) : NULL;
  if (!table)
    return false;
  for (uint32_t k = 0; k < graph->node_count; k++) {
    if (!graph->nodes[k].cell)
      continue;
    uint32_t at = hash_pointer(graph->nodes[k].cell) & mask;
    while (table[at])
      at = (at + 1) & mask;
    table[at] = k + 1;
  }
  free(graph->by_cell);
  graph->by_cell = table;
  graph->cell_mask = mask;
  return true;
}

uint32_t graph_add_node(HeapGraph *graph, GraphNodeType type, uint32_t name, JsCell *cell, size_t size)
{
  if (!grow(graph, (void **)&graph->nodes, graph->node_count, &graph->node_capacity, sizeof *graph->nodes))
    return 0;
  uint32_t node = graph->node_count;
  if (cell) {
    if (node >= graph->cell_mask / 2 && !grow_cells(graph)) {
      graph->failed = true;
      return 0;
    }
    uint32_t at = hash_pointer(cell) & graph->cell_mask;
    while (graph->by_cell[at])
      at = (at + 1) & graph->cell_mask;
    graph->by_cell[at] = node + 1;
  }
  graph->nodes[node] = (GraphNode){cell, size, name, 0, (uint8_t)type};
  graph->node_count++;
  return node;
}

bool graph_find(const HeapGraph *graph, const JsCell *cell, uint32_t *node)
{
  if (!graph->by_cell)
    return false;
  for (uint32_t at = hash_pointer(cell) & graph->cell_mask; graph->by_cell[at]; at = (at + 1) & graph->cell_mask) {
    *node = graph->by_cell[at] - 1;
    if (graph->nodes[*node].cell == cell)
      return true;
  }
  return false;
}

void graph_add_edge(HeapGraph *graph, uint32_t from, GraphEdgeType type, uint32_t name, uint32_t to)
{
  if (!grow(graph, (void **)&graph->edges, graph->edge_count, &graph->edge_capacity, sizeof *graph->edges))
    return;
  graph->edges[graph->edge_count++] = (GraphEdge){type, name, to};
  graph->nodes[from].edge_count++;
}

/* --- the text
 * -------------------------------------------------------------------------------------------------------------------
 */

typedef struct Output {
  StrBuf buf;
  GraphWriteFn write;
  void *opaque;
  bool failed;
} Output;

static void flush(Output *out, size_t at_least)
{
  if (out->failed || out->buf.len < at_least)
    return;
  if (out->buf.failed || (out->buf.len && !out->write(out->opaque, out->buf.data, out->buf.len)))
    out->failed = true;
  strbuf_clear(&out->buf);
}

static void put_number(StrBuf *buf, uint64_t number)
{
  char digits[20];
  size_t at = sizeof digits;
  do
    digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  strbuf_append(buf, digits + at, sizeof digits - at);
}

/* Cells do not move, so that the address makes a number that a later snapshot knows the cell by again; odd, as V8's are
 * for what is in the heap. Made-up nodes have the first odd numbers, below all addresses. */
static uint32_t node_id(const HeapGraph *graph, uint32_t node)
{
  uintptr_t address = (uintptr_t)graph->nodes[node].cell;
  return address ? (uint32_t)(address >> 3) | 1 : node * 2 + 1;
}

static const char meta[] =
    "{\"snapshot\":{\"meta\":{\"node_fields\":[\"type\",\"name\",\"id\",\"self_size\",\"edge_count\",\"detachedness\"],"
    "\"node_types\":[[\"hidden\",\"array\",\"string\",\"object\",\"code\",\"closure\",\"regexp\",\"number\",\"native\","
    "\"synthetic\",\"concatenated string\",\"sliced string\",\"symbol\",\"bigint\",\"object shape\"],\"string\","
    "\"number\",\"number\",\"number\",\"number\"],\"edge_fields\":[\"type\",\"name_or_index\",\"to_node\"],"
    "\"edge_types\":[[\"context\",\"element\",\"property\",\"internal\",\"hidden\",\"shortcut\",\"weak\"],"
    "\"string_or_number\",\"node\"],\"trace_function_info_fields\":[\"function_id\",\"name\",\"script_name\","
    "\"script_id\",\"line\",\"column\"],\"trace_node_fields\":[\"id\",\"function_info_index\",\"count\",\"size\","
    "\"children\"],\"sample_fields\":[\"timestamp_us\",\"last_assigned_id\"],\"location_fields\":[\"object_index\","
    "\"script_id\",\"line\",\"column\"]},";

static void write_nodes(HeapGraph *graph, Output *out)
{
  strbuf_append_str(&out->buf, "\"nodes\":[");
  for (uint32_t k = 0; k < graph->node_count && !out->failed; k++) {
    const GraphNode *node = &graph->nodes[k];
    const uint64_t fields[NODE_FIELDS] = {node->type, node->name, node_id(graph, k), node->size, node->edge_count, 0};
    for (int field = 0; field < NODE_FIELDS; field++) {
      if (k || field)
        strbuf_append_char(&out->buf, ',');
      put_number(&out->buf, fields[field]);
    }
    strbuf_append_char(&out->buf, '\n');
    flush(out, WRITE_BYTES);
  }
  strbuf_append_str(&out->buf, "],\n");
}

static void write_edges(HeapGraph *graph, Output *out)
{
  strbuf_append_str(&out->buf, "\"edges\":[");
  for (uint32_t k = 0; k < graph->edge_count && !out->failed; k++) {
    const GraphEdge *edge = &graph->edges[k];
    if (k)
      strbuf_append_char(&out->buf, ',');
    put_number(&out->buf, edge->type);
    strbuf_append_char(&out->buf, ',');
    put_number(&out->buf, edge->name);
    strbuf_append_char(&out->buf, ',');
    put_number(&out->buf, (uint64_t)edge->to * NODE_FIELDS);
    strbuf_append_char(&out->buf, '\n');
    flush(out, WRITE_BYTES);
  }
  strbuf_append_str(&out->buf, "],\n");
}

bool graph_write(HeapGraph *graph, GraphWriteFn write, void *opaque)
{
  if (graph->failed)
    return false;
  Output out = {.write = write, .opaque = opaque};
  strbuf_init(&out.buf, gc_heap_account(graph->heap), MEM_SCRATCH);
  strbuf_append_str(&out.buf, meta);
  strbuf_printf(&out.buf,
                "\"node_count\":%" PRIu32 ",\"edge_count\":%" PRIu32
                ",\"trace_function_count\":0,\"extra_native_bytes\":0},\n",
                graph->node_count, graph->edge_count);
  write_nodes(graph, &out);
  write_edges(graph, &out);
  strbuf_append_str(&out.buf, "\"trace_function_infos\":[],\n\"trace_tree\":[],\n\"samples\":[],\n\"locations\":[],\n"
                              "\"strings\":[");
  for (uint32_t k = 0; k < graph->string_count && !out.failed; k++) {
    size_t begin = string_begin(graph, k);
    strbuf_append_str(&out.buf, k ? ",\n\"" : "\"");
    strbuf_append(&out.buf, graph->text.data + begin, graph->string_ends[k] - begin);
    strbuf_append_char(&out.buf, '"');
    flush(&out, WRITE_BYTES);
  }
  strbuf_append_str(&out.buf, "]}\n");
  flush(&out, 0);
  strbuf_free(&out.buf);
  return !out.failed;
}
