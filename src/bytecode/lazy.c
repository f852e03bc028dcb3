// SPDX-License-Identifier: MIT
/*
 * [DOC] Lazy functions
 *
 * A function the parser checked and let go of (parser/parse_lazy.c) becomes a JsCode with CODE_LAZY whose only
 * instruction is MATERIALISE. When that runs, the function's text is parsed again, inside scopes that answer for the
 * ones it was written in, and compiled into the same JsCode. Its constants are, until then,
 *
 *   0  the chain of scopes around it that have an environment, or undefined
 *   1  where its parameters start
 *   2  LAZY_*: what the parser has to know
 *
 * A link of the chain is shared by all functions of a scope: the link around it, LINK_*, then a pair for each captured
 * binding: its name (an atom; a synthetic name: its kind as a number) and its slot, kind and flags in one number;
 * sorted by the name's bits, which stay, as cells never move.
 */
#include "bytecode/lazy.h"

#include <stdlib.h>

#include "bytecode/compile_entry.h"
#include "object/atom.h"

const uint16_t code_stub_units[] = {OP_MATERIALISE};

enum { LAZY_CHAIN, LAZY_START, LAZY_BITS, LAZY_CONSTANTS };
enum {
  LAZY_KIND = 15, /* AstFunctionKind */
  LAZY_ASYNC = 16,
  LAZY_GENERATOR = 32,
  LAZY_EXPRESSION = 64,
  LAZY_CLASS_MEMBER = 128,
  LAZY_NAMED = 256, /* the code's name is its own */
  LAZY_MODULE = 512,
  LAZY_THIS_UNDEFINED = 1024,
};
enum { LINK_PARENT, LINK_BITS, LINK_BINDINGS };
enum { LINK_KIND = 255 /* AstScopeKind */, LINK_SLOPPY_EVAL = 256 };
enum { BINDING_KIND_SHIFT = 16, BINDING_FLAGS_SHIFT = 24, BINDING_NEEDS_TDZ = 8 /* beside SCOPE_NAME_* */ };

typedef struct LinkEntry {
  uint64_t name;
  uint32_t info;
} LinkEntry;

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* Names that are too long to be worth an atom elsewhere need one here: they are compared by identity. */
static JsValue name_identity(Compiler *c, AstName *name)
{
  JsValue val = name_value(c, name);
  if (c->failed || string_is_atom(js_as_string(val)))
    return val;
  StringView view = {name->units, name->len, name->is_wide};
  val = js_from_cell(atom_from_view(c->heap, view));
  JsElements *list = elements_push(c->cx, c->names, val);
  if (list)
    c->names = list;
  else
    c->failed = true;
  return val;
}

static int compare_entries(const void *left, const void *right)
{
  uint64_t a = ((const LinkEntry *)left)->name, b = ((const LinkEntry *)right)->name;
  return a < b ? -1 : a > b;
}

static int compare_pairs(const void *left, const void *right)
{
  uint64_t a = slot_get(*(const JsSlot *)left).bits, b = slot_get(*(const JsSlot *)right).bits;
  return a < b ? -1 : a > b;
}

static uint32_t collect_bindings(Compiler *c, const AstScope *scope, LinkEntry *entries)
{
  uint32_t count = 0;
  for (uint32_t k = 0; k < scope->bindings.len && !c->failed; k++) {
    const AstBinding *binding = scope->bindings.items[k];
    bool is_implicit = binding->kind >= AST_BINDING_THIS && binding->kind <= AST_BINDING_CALLEE;
    if (!binding->captured || (binding->name->is_synthetic && !is_implicit))
      continue;
    JsValue name = is_implicit ? js_int32(binding->kind) : name_identity(c, binding->name);
    uint32_t flags = (binding->is_const ? SCOPE_NAME_CONST : 0) | (binding->is_static ? SCOPE_NAME_STATIC : 0) |
                     (binding->needs_tdz ? BINDING_NEEDS_TDZ : 0);
    entries[count++] = (LinkEntry){name.bits, binding->env_slot | (uint32_t)binding->kind << BINDING_KIND_SHIFT |
                                                  flags << BINDING_FLAGS_SHIFT};
  }
  qsort(entries, count, sizeof *entries, compare_entries);
  return count;
}

void lazy_link_sort(JsElements *link)
{
  uint32_t count = (link->length - LINK_BINDINGS) / 2;
  /* Both words of a pair move together; no references come or go, so no barrier is asked. */
  qsort(&link->v[LINK_BINDINGS], count, 2 * sizeof link->v[0], compare_pairs);
}

static JsElements *link_new(Compiler *c, const AstScope *scope, JsElements *parent)
{
  LinkEntry *entries = ARENA_NEW_ARRAY(c->arena, LinkEntry, scope->bindings.len + 1);
  uint32_t count = entries ? collect_bindings(c, scope, entries) : 0;
  JsElements *link = entries && !c->failed ? elements_new(c->heap, LINK_BINDINGS + 2 * count) : NULL;
  if (!link) {
    compile_out_of_memory(c);
    return NULL;
  }
  slot_init(&link->v[LINK_PARENT], parent ? js_from_cell(parent) : JS_UNDEFINED);
  slot_init(&link->v[LINK_BITS], js_int32(scope->kind | (scope->has_sloppy_eval ? LINK_SLOPPY_EVAL : 0)));
  for (uint32_t k = 0; k < count; k++) {
    slot_init(&link->v[LINK_BINDINGS + 2 * k], JS_VALUE_LITERAL(entries[k].name));
    slot_init(&link->v[LINK_BINDINGS + 2 * k + 1], js_int32((int32_t)entries[k].info));
  }
  link->length = LINK_BINDINGS + 2 * count;
  JsElements *names = elements_push(c->cx, c->names, js_from_cell(link)); /* the tree that knows it is not traced */
  if (!names) {
    c->failed = true;
    return NULL;
  }
  c->names = names;
  return link;
}

/* The chain from scope outwards. */
static JsElements *chain_of(Compiler *c, AstScope *scope)
{
  while (scope && !scope_has_env(scope))
    scope = scope->parent;
  if (!scope || c->failed)
    return NULL;
  if (scope->kind == AST_SCOPE_OUTER && scope->outer)
    return scope->outer;
  if (!scope->chain) {
    if (!js_check_c_stack(c->cx)) {
      c->failed = true;
      return NULL;
    }
    JsElements *parent = chain_of(c, scope->parent);
    scope->chain = c->failed ? NULL : link_new(c, scope, parent);
  }
  return scope->chain;
}

JsCode *lazy_code_new(Fn *outer, Compiler *c, const AstFunction *node, JsString *name, uint32_t flags)
{
  JsElements *chain = chain_of(c, outer->scope);
  JsElements *constants = c->failed ? NULL : elements_new(c->heap, LAZY_CONSTANTS);
  if (!constants) {
    compile_out_of_memory(c);
    return NULL;
  }
  uint32_t bits = node->base.op | (node->is_async ? LAZY_ASYNC : 0) | (node->is_generator ? LAZY_GENERATOR : 0) |
                  (node->is_expression ? LAZY_EXPRESSION : 0) | (node->is_class_member ? LAZY_CLASS_MEMBER : 0) |
                  (node->is_expression && node->name ? LAZY_NAMED : 0) | (c->is_module ? LAZY_MODULE : 0) |
                  (c->this_is_undefined ? LAZY_THIS_UNDEFINED : 0);
  slot_init(&constants->v[LAZY_CHAIN], chain ? js_from_cell(chain) : JS_UNDEFINED);
  slot_init(&constants->v[LAZY_START], js_int32((int32_t)node->parameters_start));
  slot_init(&constants->v[LAZY_BITS], js_int32((int32_t)bits));
  constants->length = LAZY_CONSTANTS;
  JsCode *code = GC_NEW(c->heap, CODE, JsCode);
  ptr_slot_init(&code->constants, constants);
  ptr_slot_init(&code->name, name);
  slot_init(&code->script, js_from_cell(c->script));
  code->flags = flags | c->code_flags | CODE_LAZY | (node->uses_arguments || node->has_rest ? CODE_NEEDS_ARGUMENTS : 0);
  code->param_count = (uint16_t)(node->param_count < 0xFFFF ? node->param_count : 0xFFFF);
  code->register_count = 2 + code->param_count;
  code->fill_end = (uint16_t)code->register_count;
  code->length = (uint16_t)(node->length < 0xFFFF ? node->length : 0xFFFF);
  code->constant_count = LAZY_CONSTANTS;
  code->units = code_stub_units;
  code->unit_count = 1;
  code->source_start = node->base.start;
  code->source_end = node->base.end;
  return code;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

/* A ParseFindOuter. */
static bool find_outer(void *opaque, void *scope, AstName *name, AstBindingKind kind, ParseOuterBinding *found)
{
  Compiler *c = opaque;
  const JsElements *link = scope;
  if (name->is_synthetic && kind < AST_BINDING_THIS)
    return false;
  uint64_t wanted = kind >= AST_BINDING_THIS ? js_int32(kind).bits : name_identity(c, name).bits;
  uint32_t low = 0, high = (link->length - LINK_BINDINGS) / 2;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    uint64_t here = slot_get(link->v[LINK_BINDINGS + 2 * middle]).bits;
    if (here == wanted) {
      uint32_t info = (uint32_t)js_as_int32(slot_get(link->v[LINK_BINDINGS + 2 * middle + 1]));
      uint32_t flags = info >> BINDING_FLAGS_SHIFT;
      found->env_slot = (uint16_t)info;
      found->kind = (uint8_t)(info >> BINDING_KIND_SHIFT);
      found->is_const = flags & SCOPE_NAME_CONST;
      found->is_static = flags & SCOPE_NAME_STATIC;
      found->needs_tdz = flags & BINDING_NEEDS_TDZ;
      return true;
    }
    if (here < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

/* The scopes around, innermost first. False: out of memory. */
static bool outer_links(Arena *arena, JsValue chain, const ParseOuterScope **first)
{
  for (const ParseOuterScope **at = first; js_is_cell(chain);) {
    JsElements *link = (JsElements *)js_as_cell(chain);
    uint32_t bits = (uint32_t)js_as_int32(slot_get(link->v[LINK_BITS]));
    ParseOuterScope *scope = ARENA_NEW(arena, ParseOuterScope);
    if (!scope)
      return false;
    scope->kind = bits & LINK_KIND;
    scope->has_sloppy_eval = bits & LINK_SLOPPY_EVAL;
    scope->has_env = true;
    scope->opaque = link;
    *at = scope;
    at = &scope->parent;
    chain = slot_get(link->v[LINK_PARENT]);
  }
  return true;
}

static ParseLazy lazy_record(Compiler *c, const JsCode *code, const JsElements *facts)
{
  uint32_t bits = (uint32_t)js_as_int32(slot_get(facts->v[LAZY_BITS]));
  ParseLazy lazy = {.start = (uint32_t)js_as_int32(slot_get(facts->v[LAZY_START])),
                    .function_start = code->source_start,
                    .kind = bits & LAZY_KIND,
                    .is_async = bits & LAZY_ASYNC,
                    .is_generator = bits & LAZY_GENERATOR,
                    .is_expression = bits & LAZY_EXPRESSION,
                    .is_class_member = bits & LAZY_CLASS_MEMBER,
                    .is_module = bits & LAZY_MODULE,
                    .find = find_outer,
                    .opaque = c};
  if (bits & LAZY_NAMED) {
    StringView view = string_view(c->heap, ptr_slot_get(code->name));
    lazy.name = view.units;
    lazy.name_len = view.length;
    lazy.name_is_wide = view.is_wide;
  }
  c->is_module = bits & LAZY_MODULE;
  c->this_is_undefined = bits & LAZY_THIS_UNDEFINED;
  return lazy;
}

/* The stub becomes what was compiled. */
static void take_body(JsHeap *heap, JsCode *code, JsCode *body)
{
  code->flags = body->flags;
  code->register_count = body->register_count;
  code->fill_end = body->fill_end;
  code->unit_count = body->unit_count;
  code->units = body->units;
  code->constant_count = body->constant_count;
  code->handler_count = body->handler_count;
  code->ic_count = body->ic_count;
  code->fb_count = body->fb_count;
  code->scope_count = body->scope_count;
  code->switch_count = body->switch_count;
  code->handlers = body->handlers;
  code->ic_sites = body->ic_sites;
  code->scopes = body->scopes;
  code->switches = body->switches;
  code->eval_sites = body->eval_sites;
  code->global_decls = body->global_decls;
  code->eval_site_count = body->eval_site_count;
  code->global_decls_count = body->global_decls_count;
  code->arguments_map = body->arguments_map;
  code->positions = body->positions;
  code->positions_size = body->positions_size;
  code->tables = body->tables;
  code->tables_size = body->tables_size;
  body->tables = NULL;
  slot_init(&code->feedback, JS_VALUE_LITERAL(0)); /* it had none of the sites */
  ptr_slot_set(heap, code, &code->constants, ptr_slot_get(body->constants));
}

bool lazy_compile(JsContext *cx, JsCode *code)
{
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  JsElements *facts = ptr_slot_get(code->constants);
  Compilation comp;
  if (!compilation_begin(&comp, cx, script_source(cx->heap, script), NULL)) {
    (void)compilation_end(&comp, NULL);
    return false;
  }
  comp.c.script = script;
  comp.c.code_flags = code->flags & CODE_BUILTIN;
  ParseLazy lazy = lazy_record(&comp.c, code, facts);
  comp.source.len = code->source_end;
  comp.parse.goal = PARSE_LAZY_FUNCTION;
  comp.parse.is_strict = code->flags & CODE_STRICT;
  comp.parse.lazy = &lazy;
  compilation_allow_lazy(&comp);
  JsCode *body = NULL;
  if (!outer_links(&comp.arena, slot_get(facts->v[LAZY_CHAIN]), &comp.parse.outer))
    compile_out_of_memory(&comp.c);
  else if (compilation_parse(&comp) && !comp.c.failed)
    body = compile_function(NULL, &comp.c, comp.result.function, NULL, NULL);
  if (!compilation_end(&comp, body))
    return false;
  take_body(cx->heap, code, body);
  js_keep_alive(js_from_cell(facts));
  return true;
}
