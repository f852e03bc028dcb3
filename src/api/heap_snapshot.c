// SPDX-License-Identifier: MIT
/*
 * js.h: heap snapshots and queries for objects.
 *
 * A snapshot is taken by walking the heap; nothing is allocated in it and no JavaScript runs. Every live cell is a
 * node. First come the edges that people read: properties and elements by name, variables of environments, the fields
 * of the table below; then whatever else the cell refers to, as the collector's own tracing tells it, so that nothing
 * that keeps an object alive is left out.
 */
#include "culm/js.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/heap_graph.h"
#include "api/host_object.h"
#include "builtins/collection.h"
#include "builtins/regexp.h"
#include "bytecode/code.h"
#include "interp/promise.h"
#include "object/elements.h"
#include "object/error_object.h"
#include "object/operations.h"
#include "object/proxy.h"
#include "object/typed_array.h"
#include "object/vm.h"

#define SNAPSHOT_ROOTS_MAX 64

typedef struct SnapshotRoot {
  uint32_t source; /* of Snapshot.sources */
  JsCell *cell;
} SnapshotRoot;

typedef struct Snapshot {
  HeapGraph graph;
  JsHeap *heap;
  bool with_numbers;
  const char *sources[SNAPSHOT_ROOTS_MAX];
  uint32_t source_count;
  SnapshotRoot *roots;
  size_t root_count, root_capacity;
  uint32_t node;       /* whose edges are being added */
  uint32_t *named;     /* by node: the last node + 1 that has a named edge to it */
  uint32_t next_index; /* of hidden edges */
} Snapshot;

/* --- what cells are called --------------------------------------------------------------------------------------- */

/* Fields that deserve a name. Of objects `properties` and `elements` too. */
typedef struct SnapshotField {
  uint8_t kind;
  uint8_t is_slot; /* a JsSlot, else a pointer */
  uint16_t offset;
  const char *name;
} SnapshotField;

#define POINTER_FIELD(kind, type, member, name)                                                                        \
  {                                                                                                                    \
    CELL_##kind, 0, offsetof(type, member), name                                                                       \
  }
#define SLOT_FIELD(kind, type, member, name)                                                                           \
  {                                                                                                                    \
    CELL_##kind, 1, offsetof(type, member), name                                                                       \
  }
static const SnapshotField fields[] = {
    POINTER_FIELD(FUNCTION, JsFunction, code, "code"),
    POINTER_FIELD(FUNCTION, JsFunction, env, "context"),
    POINTER_FIELD(FUNCTION, JsFunction, home_object, "home_object"),
    POINTER_FIELD(FUNCTION, JsFunction, realm, "realm"),
    SLOT_FIELD(FUNCTION, JsFunction, aux, "class_fields"),
    POINTER_FIELD(NATIVE_FUNCTION, JsNativeFunction, realm, "realm"),
    POINTER_FIELD(BOUND_FUNCTION, JsBoundFunction, target, "bound_function"),
    SLOT_FIELD(BOUND_FUNCTION, JsBoundFunction, bound_this, "bound_this"),
    POINTER_FIELD(BOUND_FUNCTION, JsBoundFunction, bound_args, "bound_arguments"),
    POINTER_FIELD(PROXY, JsProxy, target, "target"),
    POINTER_FIELD(PROXY, JsProxy, handler, "handler"),
    SLOT_FIELD(PRIMITIVE_WRAPPER, JsPrimitiveWrapper, primitive, "value"),
    SLOT_FIELD(ACCESSOR, JsAccessor, getter, "getter"),
    SLOT_FIELD(ACCESSOR, JsAccessor, setter, "setter"),
    POINTER_FIELD(MAP, JsCollection, table, "table"),
    POINTER_FIELD(SET, JsCollection, table, "table"),
    SLOT_FIELD(PROMISE, JsPromise, result, "result"),
    POINTER_FIELD(PROMISE, JsPromise, reactions, "reactions"),
    POINTER_FIELD(TYPED_ARRAY, JsTypedArray, buffer, "buffer"),
    POINTER_FIELD(REGEXP, JsRegExp, source, "source"),
    POINTER_FIELD(REGEXP, JsRegExp, compiled, "code"),
    POINTER_FIELD(ENV, JsEnv, parent, "previous"),
    POINTER_FIELD(CODE, JsCode, name, "name"),
    POINTER_FIELD(CODE, JsCode, constants, "constants"),
    SLOT_FIELD(CODE, JsCode, script, "script"),
    SLOT_FIELD(CODE, JsCode, feedback, "feedback"),
    POINTER_FIELD(SCRIPT, JsScript, url, "name"),
    POINTER_FIELD(SCRIPT, JsScript, source, "source"),
    POINTER_FIELD(SHAPE, JsShape, proto, "prototype"),
    POINTER_FIELD(SHAPE, JsShape, table, "descriptors"),
    POINTER_FIELD(SHAPE, JsShape, parent, "back_pointer"),
    POINTER_FIELD(REALM, JsRealm, global, "global_object"),
};

static JsCell *field_target(const JsCell *cell, const SnapshotField *field)
{
  const void *at = (const char *)cell + field->offset;
  if (!field->is_slot)
    return *(JsCell *const *)at;
  JsValue val = slot_get(*(const JsSlot *)at);
  return js_is_cell(val) && val.bits ? js_as_cell(val) : NULL;
}

/* The text of a data property `name` of a function, or of its code. */
static uint32_t function_name(Snapshot *snapshot, JsObject *fn)
{
  JsValue own = object_get_direct(snapshot->heap, fn, KEY(snapshot->heap, name));
  if (js_is_string(own))
    return graph_cell_string(&snapshot->graph, js_as_string(own));
  JsString *name = NULL;
  if (fn->cell.kind == CELL_FUNCTION && ptr_slot_get(((JsFunction *)fn)->code))
    name = ptr_slot_get(ptr_slot_get(((JsFunction *)fn)->code)->name);
  else if (fn->cell.kind == CELL_NATIVE_FUNCTION)
    name = ptr_slot_get(((JsNativeFunction *)fn)->name);
  return name ? graph_cell_string(&snapshot->graph, name) : graph_string(&snapshot->graph, "");
}

/* An object is called by the function that its prototypes name as constructor. */
static uint32_t object_name(Snapshot *snapshot, JsObject *obj)
{
  if (obj->cell.kind == CELL_PROXY)
    return graph_string(&snapshot->graph, "Proxy");
  JsObject *proto = object_proto(snapshot->heap, obj);
  JsValue constructor = JS_HOLE;
  if (proto && proto->cell.kind != CELL_PROXY)
    constructor = object_data_property(snapshot->heap, proto, KEY(snapshot->heap, constructor));
  if (js_is_callable(constructor))
    return function_name(snapshot, js_as_object(constructor));
  if (obj->cell.kind == CELL_HOST_OBJECT)
    return graph_string(&snapshot->graph, ((JsHostObject *)obj)->cls->name);
  return graph_string(&snapshot->graph, "Object");
}

static uint32_t system_name(Snapshot *snapshot, JsCellKind kind)
{
  char name[64];
  snprintf(name, sizeof name, "system / %s", gc_cell_kind_name(kind));
  return graph_string(&snapshot->graph, name);
}

/* Memory that a cell holds outside of the heap. */
static size_t external_size(const JsCell *cell)
{
  if (cell->kind == CELL_ARRAY_BUFFER)
    return ((const JsArrayBuffer *)cell)->data ? ((const JsArrayBuffer *)cell)->max_byte_length : 0;
  return cell->kind == CELL_CODE ? ((const JsCode *)cell)->tables_size : 0;
}

static void name_cell(Snapshot *snapshot, JsCell *cell, GraphNodeType *type, uint32_t *name)
{
  HeapGraph *graph = &snapshot->graph;
  const JsString *text = NULL;
  *type = NODE_HIDDEN;
  switch (cell->kind) {
  case CELL_STRING:
    *type = cell->flags & STRING_ROPE ? NODE_CONCATENATED_STRING : NODE_STRING;
    if (cell->flags & STRING_SLICE)
      *type = NODE_SLICED_STRING;
    text = (JsString *)cell;
    break;
  case CELL_SYMBOL:
    *type = NODE_SYMBOL;
    text = ptr_slot_get(((JsSymbol *)cell)->description);
    break;
  case CELL_BIGINT:
    *type = NODE_BIGINT;
    *name = graph_string(graph, "bigint");
    return;
  case CELL_SHAPE:
  case CELL_PROPERTY_TABLE:
  case CELL_SHAPE_TRANSITIONS:
  case CELL_PROTO_INFO: *type = NODE_OBJECT_SHAPE; break;
  case CELL_SLOTS:
    *type = NODE_ARRAY;
    *name = graph_string(graph, "(object properties)");
    return;
  case CELL_ELEMENTS:
  case CELL_SPARSE_ELEMENTS:
    *type = NODE_ARRAY;
    *name = graph_string(graph, "(object elements)");
    return;
  case CELL_ORDERED_TABLE: *type = NODE_ARRAY; break;
  case CELL_ENV:
    *type = NODE_OBJECT;
    *name = graph_string(graph, "system / Context");
    return;
  case CELL_CODE:
    *type = NODE_CODE;
    text = ptr_slot_get(((JsCode *)cell)->name);
    break;
  case CELL_SCRIPT:
    *type = NODE_CODE;
    text = ptr_slot_get(((JsScript *)cell)->url);
    break;
  case CELL_FEEDBACK:
  case CELL_IC_POLY:
  case CELL_REGEXP_PROGRAM: *type = NODE_CODE; break;
  case CELL_FUNCTION:
  case CELL_NATIVE_FUNCTION:
  case CELL_BOUND_FUNCTION:
    *type = NODE_CLOSURE;
    *name = function_name(snapshot, (JsObject *)cell);
    return;
  case CELL_REGEXP:
    *type = NODE_REGEXP;
    text = ptr_slot_get(((JsRegExp *)cell)->source);
    break;
  default:
    if (cell->kind >= CELL_OBJECT) {
      *type = NODE_OBJECT;
      *name = object_name(snapshot, (JsObject *)cell);
      return;
    }
  }
  *name = text ? graph_cell_string(graph, text) : system_name(snapshot, cell->kind);
}

/* --- edges ------------------------------------------------------------------------------------------------------- */

static void add_named_edge(Snapshot *snapshot, GraphEdgeType type, uint32_t name, const JsCell *target)
{
  uint32_t to;
  if (!target || snapshot->graph.failed || !graph_find(&snapshot->graph, target, &to))
    return;
  snapshot->named[to] = snapshot->node + 1;
  graph_add_edge(&snapshot->graph, snapshot->node, type, name, to);
}

/* A value may be a number, which is no cell. */
static void add_value_edge(Snapshot *snapshot, GraphEdgeType type, uint32_t name, JsValue val)
{
  HeapGraph *graph = &snapshot->graph;
  if (js_is_cell(val)) {
    if (val.bits)
      add_named_edge(snapshot, type, name, js_as_cell(val));
  } else if (snapshot->with_numbers && js_is_number(val)) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.17g", js_number_value(val));
    uint32_t to = graph_add_node(graph, NODE_NUMBER, graph_string(graph, digits), NULL, 0);
    graph_add_edge(graph, snapshot->node, type, name, to);
  }
}

static uint32_t key_name(Snapshot *snapshot, JsKey key)
{
  if (key_is_symbol(key)) {
    JsString *description = ptr_slot_get(((JsSymbol *)key_cell(key))->description);
    return description ? graph_cell_string(&snapshot->graph, description) : graph_string(&snapshot->graph, "<symbol>");
  }
  return graph_cell_string(&snapshot->graph, (JsString *)key_cell(key));
}

/* "get name" and "set name" of an accessor, the value of anything else. */
static void add_property(Snapshot *snapshot, JsKey key, uint32_t attrs, JsValue val)
{
  HeapGraph *graph = &snapshot->graph;
  if (!(attrs & PROP_ACCESSOR) || !js_is_kind(val, CELL_ACCESSOR)) {
    add_value_edge(snapshot, EDGE_PROPERTY, key_name(snapshot, key), val);
    return;
  }
  const JsAccessor *accessor = (JsAccessor *)js_as_cell(val);
  const JsValue parts[] = {slot_get(accessor->getter), slot_get(accessor->setter)};
  for (int k = 0; k < 2; k++) {
    if (!js_is_callable(parts[k]))
      continue;
    char name[128] = "";
    uint32_t plain = key_name(snapshot, key);
    size_t begin = plain ? graph->string_ends[plain - 1] : 0;
    /* The text is escaped for JSON already: the prefix needs no more of that. */
    size_t length = graph->failed ? 0 : graph->string_ends[plain] - begin;
    if (length && length < sizeof name - 5 && !memchr(graph->text.data + begin, '\\', length))
      snprintf(name, sizeof name, "%s %.*s", k ? "set" : "get", (int)length, graph->text.data + begin);
    add_named_edge(snapshot, EDGE_PROPERTY, *name ? graph_string(graph, name) : plain, js_as_cell(parts[k]));
  }
}

static void add_object_edges(Snapshot *snapshot, JsObject *obj)
{
  HeapGraph *graph = &snapshot->graph;
  JsShape *shape = object_shape(snapshot->heap, obj);
  if (!shape)
    return;
  JsPropertyTable *table = ptr_slot_get(shape->table);
  for (uint32_t k = 0; table && k < shape->count; k++) {
    const JsPropertyEntry *entry = &table->entries[k];
    JsKey key = {entry->key.raw_};
    if (!key_is_none(key) && !key_is_index(key))
      add_property(snapshot, key, entry->attrs, slot_get(*object_slot(shape, obj, entry->slot)));
  }
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && elements->cell.kind == CELL_ELEMENTS) {
    for (uint32_t k = 0; k < elements->length; k++)
      add_value_edge(snapshot, EDGE_ELEMENT, k, slot_get(elements->v[k]));
  }
  add_named_edge(snapshot, EDGE_PROPERTY, graph_string(graph, "__proto__"), (JsCell *)ptr_slot_get(shape->proto));
  add_named_edge(snapshot, EDGE_INTERNAL, graph_string(graph, "map"), &shape->cell);
  add_named_edge(snapshot, EDGE_INTERNAL, graph_string(graph, "properties"), (JsCell *)ptr_slot_get(obj->slots));
  add_named_edge(snapshot, EDGE_INTERNAL, graph_string(graph, "elements"), (JsCell *)elements);
}

/* Variables have names where the program may ask for them by name (eval, modules); else they are numbered. */
static void add_environment_edges(Snapshot *snapshot, JsEnv *env)
{
  JsValue owner = slot_get(env->owner);
  const JsElements *constants =
      js_is_kind(owner, CELL_CODE) ? ptr_slot_get(((JsCode *)js_as_cell(owner))->constants) : NULL;
  for (uint32_t k = 0; k < env->count; k++) {
    char numbered[32];
    snprintf(numbered, sizeof numbered, "variable %u", k);
    uint32_t name = graph_string(&snapshot->graph, numbered);
    for (uint32_t at = 0; constants && env->info && at < env->info->name_count; at++) {
      const JsScopeName *row = &env->info->names[at];
      JsValue text = row->slot == k && row->key < constants->length ? slot_get(constants->v[row->key]) : JS_HOLE;
      if (js_is_string(text))
        name = graph_cell_string(&snapshot->graph, js_as_string(text));
    }
    add_value_edge(snapshot, EDGE_CONTEXT, name, slot_get(env->slots[k]));
  }
}

static void add_weak_entry(JsCell *key, JsValue val, void *opaque)
{
  Snapshot *snapshot = opaque;
  uint32_t to;
  if (graph_find(&snapshot->graph, key, &to))
    graph_add_edge(&snapshot->graph, snapshot->node, EDGE_WEAK, graph_string(&snapshot->graph, "key"), to);
  if (js_is_cell(val) && val.bits)
    add_named_edge(snapshot, EDGE_INTERNAL, graph_string(&snapshot->graph, "value of a live key"), js_as_cell(val));
}

static void add_other_reference(JsCell *target, const char *source, void *opaque)
{
  Snapshot *snapshot = opaque;
  uint32_t to;
  (void)source;
  if (snapshot->graph.failed || !graph_find(&snapshot->graph, target, &to) || snapshot->named[to] == snapshot->node + 1)
    return;
  graph_add_edge(&snapshot->graph, snapshot->node, EDGE_HIDDEN, snapshot->next_index++, to);
}

static void add_cell_edges(Snapshot *snapshot, JsCell *cell)
{
  snapshot->next_index = 1;
  if (cell->kind >= CELL_OBJECT)
    add_object_edges(snapshot, (JsObject *)cell);
  else if (cell->kind == CELL_ENV)
    add_environment_edges(snapshot, (JsEnv *)cell);
  if (cell->kind == CELL_WEAK_MAP || cell->kind == CELL_WEAK_SET)
    weak_collection_each(cell, add_weak_entry, snapshot);
  for (size_t k = 0; k < JS_COUNTOF(fields); k++) {
    if (fields[k].kind == cell->kind)
      add_named_edge(snapshot, EDGE_INTERNAL, graph_string(&snapshot->graph, fields[k].name),
                     field_target(cell, &fields[k]));
  }
  gc_each_reference(snapshot->heap, cell, add_other_reference, snapshot);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

static void note_root(JsCell *target, const char *source, void *opaque)
{
  Snapshot *snapshot = opaque;
  uint32_t at = 0;
  while (at < snapshot->source_count && strcmp(snapshot->sources[at], source ? source : "other") != 0)
    at++;
  if (at == snapshot->source_count) {
    if (at == SNAPSHOT_ROOTS_MAX)
      at--; /* the last one takes them all */
    else
      snapshot->sources[snapshot->source_count++] = source ? source : "other";
  }
  if (snapshot->root_count == snapshot->root_capacity) {
    size_t capacity = snapshot->root_capacity ? snapshot->root_capacity * 2 : 1024;
    SnapshotRoot *roots = realloc(snapshot->roots, capacity * sizeof *roots);
    if (!roots) {
      snapshot->graph.failed = true;
      return;
    }
    snapshot->roots = roots;
    snapshot->root_capacity = capacity;
  }
  snapshot->roots[snapshot->root_count++] = (SnapshotRoot){at, target};
}

static void add_cell_node(JsCell *cell, void *opaque)
{
  Snapshot *snapshot = opaque;
  GraphNodeType type;
  uint32_t name;
  if (snapshot->graph.failed)
    return;
  name_cell(snapshot, cell, &type, &name);
  graph_add_node(&snapshot->graph, type, name, cell, gc_cell_size(cell) + external_size(cell));
}

/* Node 0 is the root: its first edge leads to the collector's roots, the others to global objects. */
static void add_root_edges(Snapshot *snapshot, uint32_t cells_begin)
{
  HeapGraph *graph = &snapshot->graph;
  uint32_t index = 1;
  graph_add_edge(graph, 0, EDGE_ELEMENT, index++, 1);
  for (uint32_t k = cells_begin; k < graph->node_count && !graph->failed; k++) {
    JsCell *cell = graph->nodes[k].cell;
    uint32_t to;
    if (cell && cell->kind == CELL_REALM && ptr_slot_get(((JsRealm *)cell)->global) &&
        graph_find(graph, (JsCell *)ptr_slot_get(((JsRealm *)cell)->global), &to)) {
      graph->nodes[to].name = graph_string(graph, "global");
      graph_add_edge(graph, 0, EDGE_SHORTCUT, graph_string(graph, "global"), to);
    }
  }
  for (uint32_t k = 0; k < snapshot->source_count; k++)
    graph_add_edge(graph, 1, EDGE_ELEMENT, k + 1, 2 + k);
  for (uint32_t k = 0; k < snapshot->source_count; k++) {
    snapshot->node = 2 + k;
    snapshot->next_index = 1;
    for (size_t root = 0; root < snapshot->root_count; root++) {
      uint32_t to;
      if (snapshot->roots[root].source == k && !graph->failed && graph_find(graph, snapshot->roots[root].cell, &to) &&
          snapshot->named[to] != snapshot->node + 1) {
        snapshot->named[to] = snapshot->node + 1;
        graph_add_edge(graph, snapshot->node, EDGE_ELEMENT, snapshot->next_index++, to);
      }
    }
  }
}

static void build(Snapshot *snapshot)
{
  HeapGraph *graph = &snapshot->graph;
  gc_each_root(snapshot->heap, note_root, snapshot);
  graph_add_node(graph, NODE_SYNTHETIC, graph_string(graph, ""), NULL, 0);
  graph_add_node(graph, NODE_SYNTHETIC, graph_string(graph, "(GC roots)"), NULL, 0);
  for (uint32_t k = 0; k < snapshot->source_count; k++) {
    char name[96];
    snprintf(name, sizeof name, "(%s)", snapshot->sources[k]);
    graph_add_node(graph, NODE_SYNTHETIC, graph_string(graph, name), NULL, 0);
  }
  uint32_t cells_begin = graph->node_count;
  gc_each_cell(snapshot->heap, add_cell_node, snapshot);
  uint32_t cells_end = graph->node_count;
  snapshot->named = calloc((size_t)cells_end + 1, sizeof *snapshot->named);
  if (!snapshot->named)
    graph->failed = true;
  if (graph->failed)
    return;
  add_root_edges(snapshot, cells_begin);
  for (uint32_t k = cells_begin; k < cells_end && !graph->failed; k++) {
    snapshot->node = k;
    add_cell_edges(snapshot, graph->nodes[k].cell);
  }
}

bool js_heap_snapshot(JsVm *vm, bool with_numbers, bool may_collect, JsSnapshotWriter write, void *opaque)
{
  Snapshot snapshot = {.heap = vm->heap, .with_numbers = with_numbers};
  if (may_collect)
    gc_collect_major(vm->heap);
  graph_init(&snapshot.graph, vm->heap);
  build(&snapshot);
  bool done = graph_write(&snapshot.graph, write, opaque);
  graph_free(&snapshot.graph);
  free(snapshot.named);
  free(snapshot.roots);
  return done;
}

/* --- queries ----------------------------------------------------------------------------------------------------- */

typedef struct Query {
  JsHeap *heap;
  JsObject *proto;
  JsElements *found; /* NULL: count only */
  uint32_t count;
} Query;

static void query_cell(JsCell *cell, void *opaque)
{
  Query *query = opaque;
  if (cell->kind < CELL_OBJECT || cell->kind == CELL_PROXY)
    return;
  for (JsObject *at = object_proto(query->heap, (JsObject *)cell); at && at->cell.kind != CELL_PROXY;
       at = object_proto(query->heap, at)) {
    if (at != query->proto)
      continue;
    if (query->found && query->count < query->found->capacity) {
      slot_set(query->heap, query->found, &query->found->v[query->count], js_from_cell(cell));
      query->found->length = query->count + 1;
    }
    query->count++;
    return;
  }
}

JsValue js_query_objects(JsContext *cx, JsValue proto)
{
  if (!js_is_object(proto))
    return js_throw_type_error(cx, "Not an object");
  Query query = {.heap = cx->heap, .proto = js_as_object(proto)};
  gc_collect_major(cx->heap);
  gc_each_cell(cx->heap, query_cell, &query);
  /* What else the collector finds gone from here on only shortens the list. */
  query.found = elements_new(cx->heap, query.count ? query.count : 1);
  if (!query.found)
    return js_throw_range_error(cx, "Out of memory");
  query.count = 0;
  gc_each_cell(cx->heap, query_cell, &query);
  JsValue list = js_array_new(cx, 0, NULL);
  for (uint32_t k = 0; k < query.found->length && !js_is_exception(list); k++)
    if (!js_array_push(cx, list, slot_get(query.found->v[k])))
      return JS_EXCEPTION;
  return list;
}
