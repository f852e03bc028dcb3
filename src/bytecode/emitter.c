// SPDX-License-Identifier: MIT
/*
 * Writing instructions: units, constants, labels, handlers, positions; and packing a finished function into a JsCode
 * whose tables lie in one block of memory.
 */
#include "bytecode/compiler.h"

#include "object/bigint.h"

#include <stdlib.h>

void compile_out_of_memory(Compiler *c)
{
  if (c->failed)
    return;
  c->failed = true;
  (void)throw_out_of_memory(c->cx);
}

#define PUSH(fn, vec, item)                                                                                            \
  do {                                                                                                                 \
    if (js_unlikely(!arena_vec_push((fn)->c->arena, (vec), (item))))                                                   \
      compile_out_of_memory((fn)->c);                                                                                  \
  } while (0)

uint32_t current_pc(Fn *fn)
{
  return fn->units.len;
}

/* --- instructions ------------------------------------------------------------------------------------------------ */

static void push_varint(Fn *fn, uint32_t value)
{
  for (; value >= 0x80; value >>= 7)
    PUSH(fn, &fn->positions, (uint8_t)(value | 0x80));
  PUSH(fn, &fn->positions, (uint8_t)value);
}

static void note_position(Fn *fn)
{
  if (fn->position == fn->last_position)
    return;
  int32_t delta = (int32_t)(fn->position - fn->last_position);
  push_varint(fn, fn->units.len - fn->last_position_pc);
  push_varint(fn, (uint32_t)delta << 1 ^ (uint32_t)(delta >> 31));
  fn->last_position_pc = fn->units.len;
  fn->last_position = fn->position;
}

uint32_t emit_instruction(Fn *fn, JsOpcode op, uint8_t imm, const uint32_t *operands)
{
  note_position(fn);
  uint32_t pc = fn->units.len;
  PUSH(fn, &fn->units, (uint16_t)(op | imm << 8));
  const JsOpcodeInfo *info = &opcode_info[op];
  for (uint32_t k = 0; k < 5 && info->operands[k] != OP_KIND_NO; k++) {
    uint32_t value = operands[k];
    if (info->operands[k] == OP_KIND_FB)
      value = fn->fb_count < 0xFFFF ? fn->fb_count++ : 0xFFFF; /* the last byte is shared by all that come too late */
    PUSH(fn, &fn->units, (uint16_t)value);
    if (info->operands[k] >= OP_KIND_I32)
      PUSH(fn, &fn->units, (uint16_t)(value >> 16));
  }
  return pc;
}

Label *label_new(Fn *fn)
{
  Label *label = ARENA_NEW(fn->c->arena, Label);
  if (!label) {
    compile_out_of_memory(fn->c);
    return NULL;
  }
  label->pc = UINT32_MAX;
  return label;
}

static void patch(Fn *fn, uint32_t start, uint32_t operand, uint32_t target)
{
  if (fn->c->failed)
    return;
  uint32_t distance = target - start;
  fn->units.items[operand] = (uint16_t)distance;
  fn->units.items[operand + 1] = (uint16_t)(distance >> 16);
}

void emit_jump(Fn *fn, JsOpcode op, uint8_t imm, const uint32_t *operands, Label *label)
{
  uint32_t pc = emit_instruction(fn, op, imm, operands), unit = pc + 1;
  const JsOpcodeInfo *info = &opcode_info[op];
  for (uint32_t k = 0; info->operands[k] != OP_KIND_JUMP; k++)
    unit += info->operands[k] >= OP_KIND_I32 ? 2 : 1;
  if (!label)
    return;
  if (label->pc != UINT32_MAX) {
    patch(fn, pc, unit, label->pc);
  } else {
    PUSH(fn, &label->uses, pc);
    PUSH(fn, &label->uses, unit);
  }
}

void label_bind(Fn *fn, Label *label)
{
  if (!label)
    return;
  label->pc = fn->units.len;
  for (uint32_t k = 0; k + 1 < label->uses.len; k += 2)
    patch(fn, label->uses.items[k], label->uses.items[k + 1], label->pc);
}

void emit_move(Fn *fn, Reg dst, Reg src)
{
  if (dst != src)
    EMIT(fn, MOV, dst, src);
}

void emit_load_int(Fn *fn, Reg dst, int32_t i)
{
  EMIT(fn, LOAD_INT, dst, (uint32_t)i);
}

void emit_load_undefined(Fn *fn, Reg dst)
{
  EMIT(fn, LOAD_UNDEFINED, dst);
}

void emit_load_hole(Fn *fn, Reg dst)
{
  EMIT(fn, LOAD_HOLE, dst);
}

void emit_load_value(Fn *fn, Reg dst, JsValue val)
{
  if (js_is_int32(val))
    emit_load_int(fn, dst, js_as_int32(val));
  else if (js_is_undefined(val))
    EMIT(fn, LOAD_UNDEFINED, dst);
  else if (js_is_null(val))
    EMIT(fn, LOAD_NULL, dst);
  else if (js_is_boolean(val) && js_is_true(val))
    EMIT(fn, LOAD_TRUE, dst);
  else if (js_is_boolean(val))
    EMIT(fn, LOAD_FALSE, dst);
  else if (js_is_hole(val))
    EMIT(fn, LOAD_HOLE, dst);
  else
    EMIT(fn, LOAD_CONST, dst, constant_value(fn, val));
}

/* --- constants --------------------------------------------------------------------------------------------------- */

static uint32_t constant_push(Fn *fn, JsValue val)
{
  Compiler *c = fn->c;
  if (c->failed)
    return 0;
  JsElements *list = elements_push(c->cx, fn->constants, val);
  if (!list) {
    c->failed = true;
    return 0;
  }
  fn->constants = list;
  return list->length - 1;
}

uint32_t constant_cell(Fn *fn, void *cell)
{
  return cell ? constant_push(fn, js_from_cell(cell)) : 0;
}

static bool const_table_grow(Fn *fn)
{
  uint32_t size = fn->const_table ? (fn->const_mask + 1) * 2 : 16;
  ConstEntry *table = ARENA_NEW_ARRAY(fn->c->arena, ConstEntry, size);
  if (!table) {
    compile_out_of_memory(fn->c);
    return false;
  }
  for (uint32_t k = 0; fn->const_table && k <= fn->const_mask; k++) {
    const ConstEntry *entry = &fn->const_table[k];
    if (!entry->index)
      continue;
    uint32_t at = (uint32_t)(entry->bits * 0x9E3779B97F4A7C15ull >> 40) & (size - 1);
    while (table[at].index)
      at = (at + 1) & (size - 1);
    table[at] = *entry;
  }
  fn->const_table = table;
  fn->const_mask = size - 1;
  return true;
}

uint32_t constant_value(Fn *fn, JsValue val)
{
  if (fn->c->failed)
    return 0;
  if ((!fn->const_table || fn->const_count * 2 > fn->const_mask) && !const_table_grow(fn))
    return 0;
  uint32_t at = (uint32_t)(val.bits * 0x9E3779B97F4A7C15ull >> 40) & fn->const_mask;
  for (; fn->const_table[at].index; at = (at + 1) & fn->const_mask) {
    if (fn->const_table[at].bits == val.bits)
      return fn->const_table[at].index - 1;
  }
  uint32_t index = constant_push(fn, val);
  fn->const_table[at] = (ConstEntry){val.bits, index + 1};
  fn->const_count++;
  return index;
}

uint32_t ic_new(Fn *fn, uint32_t key)
{
  JsIcSite site = {key};
  PUSH(fn, &fn->ic_sites, site);
  return fn->ic_sites.len ? fn->ic_sites.len - 1 : 0;
}

/* --- names ------------------------------------------------------------------------------------------------------- */

/* Longer strings are hardly property names: no use interning them. */
#define MAX_ATOM_LENGTH 1024

static JsString *name_string(Compiler *c, AstName *name)
{
  if (name->atom)
    return name->atom;
  if (c->failed)
    return string_empty(c->heap);
  StringView view = {name->units, name->len, name->is_wide};
  JsString *string = string_from_view(c->heap, view);
  if (name->len <= MAX_ATOM_LENGTH) {
    JsKey key = key_from_string(c->heap, string);
    if (key_is_atom(key))
      string = (JsString *)key_cell(key);
  }
  JsElements *list = elements_push(c->cx, c->names, js_from_cell(string));
  if (!list) {
    c->failed = true;
    return string;
  }
  c->names = list;
  name->atom = string;
  return string;
}

JsKey name_key(Compiler *c, AstName *name)
{
  JsString *string = name_string(c, name);
  return string_is_atom(string) ? key_from_atom(string) : key_from_string(c->heap, string);
}

JsValue name_value(Compiler *c, AstName *name)
{
  return js_from_cell(name_string(c, name));
}

uint32_t constant_key(Fn *fn, AstName *name)
{
  JsKey key = name_key(fn->c, name);
  return constant_value(fn, key_raw_value(key));
}

bool name_is(const AstName *name, const char *ascii)
{
  return !name->is_wide && !name->is_synthetic && strlen(ascii) == name->len && !memcmp(name->units, ascii, name->len);
}

/* --- packing ----------------------------------------------------------------------------------------------------- */

static int compare_handlers(const void *left, const void *right)
{
  const HandlerRange *a = left, *b = right;
  if (a->depth != b->depth)
    return a->depth > b->depth ? -1 : 1;
  return a->start < b->start ? -1 : a->start > b->start;
}

typedef struct Packer {
  char *base;
  size_t at;
} Packer;

/* Two passes over the same calls: without a base only the size is found. */
static void *pack(Packer *p, const void *from, size_t count, size_t item)
{
  size_t at = p->at, bytes = count * item;
  p->at += (bytes + 7) & ~(size_t)7;
  if (!count)
    return NULL;
  if (p->base && from)
    memcpy(p->base + at, from, bytes);
  return p->base ? p->base + at : NULL;
}

static void pack_scope_names(Packer *p, JsScopeInfo *info)
{
  const JsScopeName *names = pack(p, info->names, info->name_count, sizeof *info->names);
  if (p->base)
    info->names = names;
}

static void pack_tables(Packer *p, Fn *fn, JsCode *code)
{
  code->units = pack(p, fn->units.items, fn->units.len, sizeof(uint16_t));
  JsHandler *handlers = pack(p, NULL, fn->handlers.len, sizeof *handlers);
  for (uint32_t k = 0; handlers && k < fn->handlers.len; k++) {
    const HandlerRange *range = &fn->handlers.items[k];
    handlers[k] = (JsHandler){range->start, range->end, range->target->pc};
  }
  code->handlers = handlers;
  code->ic_sites = pack(p, fn->ic_sites.items, fn->ic_sites.len, sizeof *code->ic_sites);
  code->scopes = pack(p, fn->scopes.items, fn->scopes.len, sizeof *code->scopes);
  JsSwitch *switches = pack(p, fn->switches.items, fn->switches.len, sizeof *switches);
  for (uint32_t k = 0; k < fn->switches.len; k++) {
    const JsSwitch *from = &fn->switches.items[k];
    const int32_t *targets = pack(p, from->targets, from->count, sizeof *from->targets);
    if (switches)
      switches[k].targets = targets;
  }
  code->switches = switches;
  JsEvalSite *sites = pack(p, fn->eval_sites.items, fn->eval_sites.len, sizeof *sites);
  for (uint32_t k = 0; k < fn->eval_sites.len; k++) {
    const JsEvalSite *from = &fn->eval_sites.items[k];
    JsScopeInfo **pointers = pack(p, NULL, from->scope_count, sizeof(JsScopeInfo *));
    JsScopeInfo *infos = pack(p, NULL, from->scope_count, sizeof(JsScopeInfo));
    for (uint32_t j = 0; j < from->scope_count; j++) {
      JsScopeInfo info = *from->scopes[j];
      pack_scope_names(p, &info);
      if (infos) {
        infos[j] = info;
        pointers[j] = &infos[j];
      }
    }
    if (sites)
      sites[k].scopes = (const JsScopeInfo *const *)pointers;
  }
  code->eval_sites = sites;
  JsGlobalDecls *decls = pack(p, fn->global_decls.items, fn->global_decls.len, sizeof *decls);
  for (uint32_t k = 0; k < fn->global_decls.len; k++) {
    const JsGlobalDecls *from = &fn->global_decls.items[k];
    const JsGlobalDecl *list = pack(p, from->decls, from->count, sizeof *from->decls);
    if (decls)
      decls[k].decls = list;
  }
  code->global_decls = decls;
  code->arguments_map = fn->arguments_map ? pack(p, fn->arguments_map, fn->param_count, sizeof(uint16_t)) : NULL;
  code->positions = pack(p, fn->positions.items, fn->positions.len, 1);
}

JsCode *emit_finish(Fn *fn, JsString *name, uint32_t length)
{
  Compiler *c = fn->c;
  if (c->failed)
    return NULL;
  if (fn->handlers.len)
    qsort(fn->handlers.items, fn->handlers.len, sizeof *fn->handlers.items, compare_handlers);
  JsCode *code = GC_NEW(c->heap, CODE, JsCode);
  ptr_slot_init(&code->constants, fn->constants);
  ptr_slot_init(&code->name, name);
  slot_init(&code->script, js_from_cell(c->script));
  code->flags = fn->flags | c->code_flags;
  code->register_count = fn->max_reg;
  code->fill_end = (uint16_t)(fn->fill_end ? fn->fill_end : fn->max_reg);
  code->param_count = fn->param_count;
  code->length = (uint16_t)(length < 0xFFFF ? length : 0xFFFF);
  code->unit_count = fn->units.len;
  code->constant_count = fn->constants->length;
  code->handler_count = fn->handlers.len;
  code->ic_count = fn->ic_sites.len;
  code->fb_count = fn->fb_count < 0xFFFF ? fn->fb_count : 0x10000;
  code->scope_count = fn->scopes.len;
  code->switch_count = fn->switches.len;
  code->eval_site_count = fn->eval_sites.len;
  code->global_decls_count = fn->global_decls.len;
  code->positions_size = fn->positions.len;
  code->source_start = fn->node ? fn->node->base.start : 0;
  code->source_end = fn->node ? fn->node->base.end : 0;
  Packer p = {0};
  pack_tables(&p, fn, code);
  size_t size = p.at;
  void *block = mem_alloc(gc_heap_account(c->heap), MEM_CODE, size);
  if (!block) {
    code->unit_count = 0;
    compile_out_of_memory(c);
    return NULL;
  }
  memset(block, 0, size);
  p = (Packer){block, 0};
  pack_tables(&p, fn, code);
  code->tables = block;
  code->tables_size = size;
  gc_external_add(c->heap, size);
#ifdef JS_ASSERTIONS
  const char *what;
  JS_CHECK(code_verify(code, &what));
#endif
  cover_finish(fn, code);
  return code;
}
