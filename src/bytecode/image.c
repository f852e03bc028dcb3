// SPDX-License-Identifier: MIT
/* Reading code images: image.h. */
#include "bytecode/image.h"

#include <stdlib.h>

#include "base/hash.h"
#include "bytecode/lazy.h"
#include "bytecode/module_info.h"
#include "object/bigint.h"
#include "object/operations.h"
#include "object/vm.h"

uint64_t image_stamp(JsVm *vm)
{
  if (js_likely(vm->image_stamp != 0))
    return vm->image_stamp;
  static const char table[] =
#define OP(name, a, b, c, d, e, text) #name #a #b #c #d #e
#include "bytecode/opcodes.def"
#undef OP
      ;
  uint64_t seed = sizeof(ImageFunction) + 64 * sizeof(JsHandler) + FORMAT_VERSION;
  return vm->image_stamp = hash_bytes(table, sizeof table - 1, seed);
}

static const void *at_offset(const ImageHeader *image, uint64_t offset)
{
  return (const char *)image + offset;
}

static JsString *image_string(JsHeap *heap, JsScript *script, uint32_t index)
{
  const ImageHeader *image = script->image;
  JsElements *made = ptr_slot_get(script->image_strings);
  JsValue val = slot_get(made->v[index]);
  if (!js_is_hole(val))
    return js_as_string(val);
  const uint32_t *table = at_offset(image, image->string_table);
  const ImageString *head = at_offset(image, table[index]);
  StringView view = {head + 1, head->length, head->is_wide};
  JsString *s = head->is_atom ? atom_from_hashed_view(heap, view, head->hash) : string_from_view(heap, view);
  slot_set(heap, made, &made->v[index], js_from_cell(s));
  return s;
}

static JsCode *stub_new(JsHeap *heap, JsScript *script, const ImageFunction *from)
{
  JsString *name = image_string(heap, script, from->name);
  JsCode *code = GC_NEW(heap, CODE, JsCode);
  ptr_slot_init(&code->name, name);
  slot_init(&code->script, js_from_cell(script));
  ptr_slot_init(&code->constants, ptr_slot_get(script->image_strings)); /* never read, but there */
  code->flags = from->flags;
  code->register_count = from->register_count;
  code->fill_end = from->fill_end;
  code->param_count = from->param_count;
  code->length = from->length;
  code->units = code_stub_units;
  code->unit_count = 1;
  code->ic_count = from->ic_count;
  code->fb_count = from->fb_count;
  code->source_start = from->source_start;
  code->source_end = from->source_end;
  code->lazy = from;
  return code;
}

static JsValue read_constant(JsContext *cx, JsScript *script, const ImageConstant *from);

/* One link of a chain, without its parent. */
static JsElements *read_link(JsContext *cx, JsScript *script, uint32_t index)
{
  const ImageHeader *image = script->image;
  const uint32_t *table = at_offset(image, image->link_table);
  const uint64_t *head = at_offset(image, table[index]);
  const ImageConstant *items = (const ImageConstant *)(head + 1);
  JsElements *link = elements_new(cx->heap, (uint32_t)*head);
  if (!link) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  slot_init(&link->v[0], JS_UNDEFINED);
  link->length = 1;
  for (uint32_t k = 1; k < *head; k++) {
    JsValue val = TRY_OR(NULL, read_constant(cx, script, &items[k]));
    slot_set(cx->heap, link, &link->v[k], val);
    link->length = k + 1;
  }
  lazy_link_sort(link);
  return link;
}

static uint32_t link_parent(const ImageHeader *image, uint32_t index)
{
  const uint32_t *table = at_offset(image, image->link_table);
  const ImageConstant *items = (const ImageConstant *)((const uint64_t *)at_offset(image, table[index]) + 1);
  return image_tag(items[0]) == IMAGE_LINK ? image_payload(items[0]) : UINT32_MAX;
}

/* Chains may be long: from the inside outwards until a link is known. */
static JsElements *image_link(JsContext *cx, JsScript *script, uint32_t index)
{
  JsElements *made = ptr_slot_get(script->image_links), *first = NULL, *inner = NULL;
  if (!made) {
    uint32_t count = ((const ImageHeader *)script->image)->link_count;
    made = elements_new(cx->heap, count);
    if (!made) {
      (void)throw_out_of_memory(cx);
      return NULL;
    }
    for (uint32_t k = 0; k < count; k++)
      slot_init(&made->v[k], JS_HOLE);
    made->length = count;
    ptr_slot_set(cx->heap, script, &script->image_links, made);
  }
  const ImageHeader *image = script->image;
  for (uint32_t at = index; at != UINT32_MAX; at = link_parent(image, at)) {
    JsValue known = slot_get(made->v[at]);
    JsElements *link = js_is_hole(known) ? read_link(cx, script, at) : (JsElements *)js_as_cell(known);
    if (!link) { /* no half chain stays */
      for (uint32_t k = index; k != at; k = link_parent(image, k))
        slot_set(cx->heap, made, &made->v[k], JS_HOLE);
      return NULL;
    }
    slot_set(cx->heap, made, &made->v[at], js_from_cell(link));
    if (inner)
      slot_set(cx->heap, inner, &inner->v[0], js_from_cell(link));
    first = first ? first : link;
    if (!js_is_hole(known))
      break;
    inner = link;
  }
  return first;
}

static JsValue read_constant(JsContext *cx, JsScript *script, const ImageConstant *from)
{
  JsHeap *heap = cx->heap;
  const ImageHeader *image = script->image;
  switch (image_tag(*from)) {
  case IMAGE_BITS: return JS_VALUE_LITERAL(from->word);
  case IMAGE_STRING: return js_from_cell(image_string(heap, script, image_payload(*from)));
  case IMAGE_LINK: return js_from_cell(TRY(image_link(cx, script, image_payload(*from))));
  case IMAGE_CODE: return js_from_cell(stub_new(heap, script, at_offset(image, image_payload(*from))));
  case IMAGE_BIGINT: {
    const uint64_t *head = at_offset(image, image_payload(*from));
    uint32_t length = (uint32_t)*head;
    JsBigInt *big = gc_alloc(heap, CELL_BIGINT, sizeof *big + length * sizeof *big->limbs);
    big->length = length;
    big->cell.flags = *head >> 32 ? BIGINT_NEGATIVE : 0;
    memcpy(big->limbs, head + 1, length * sizeof *big->limbs);
    return js_from_cell(big);
  }
  case IMAGE_ELEMENTS: {
    const uint64_t *head = at_offset(image, image_payload(*from));
    uint32_t length = (uint32_t)*head;
    const ImageConstant *items = (const ImageConstant *)(head + 1);
    JsElements *list = elements_new(heap, length);
    if (!list)
      return throw_out_of_memory(cx);
    for (uint32_t k = 0; k < length; k++) {
      JsValue val = TRY(read_constant(cx, script, &items[k]));
      slot_set(heap, list, &list->v[k], val);
      list->length = k + 1;
    }
    list->cell.flags |= (uint8_t)(*head >> 32);
    return js_from_cell(list);
  }
  }
  return JS_UNDEFINED;
}

static const void *take(const char **at, size_t count, size_t size)
{
  const void *result = *at;
  *at += (count * size + 7) & ~(size_t)7;
  return count ? result : NULL;
}

bool code_unpack_lazy(JsContext *cx, JsCode *code)
{
  const ImageFunction *from = code->lazy;
  if (!from)
    return true;
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  const ImageConstant *items = (const ImageConstant *)(from + 1);
  JsElements *facts = elements_new(cx->heap, from->constant_count);
  if (!facts) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  for (uint32_t k = 0; k < from->constant_count; k++) {
    JsValue val = TRY_OR(false, read_constant(cx, script, &items[k]));
    slot_set(cx->heap, facts, &facts->v[k], val);
    facts->length = k + 1;
  }
  ptr_slot_set(cx->heap, code, &code->constants, facts);
  code->constant_count = from->constant_count;
  code->lazy = NULL;
  return true;
}

/* What holds pointers lies in one block: found out how large by a pass without one. */
typedef struct Block {
  char *base;
  size_t at;
} Block;

static void *place(Block *block, size_t count, size_t size)
{
  void *result = block->base && count ? block->base + block->at : NULL;
  block->at += (count * size + 7) & ~(size_t)7;
  return result;
}

static const char *read_switches(Block *block, const ImageFunction *from, const char *at, JsCode *code)
{
  JsSwitch *switches = place(block, from->switch_count, sizeof *switches);
  for (uint32_t k = 0; k < from->switch_count; k++) {
    const ImageSwitch *table = take(&at, 1, sizeof *table);
    const int32_t *targets = take(&at, table->count, sizeof *targets);
    if (switches)
      switches[k] = (JsSwitch){table->low, table->count, targets};
  }
  code->switches = switches;
  return at;
}

static const char *read_eval_sites(Block *block, const ImageFunction *from, const char *at, JsCode *code)
{
  JsEvalSite *sites = place(block, from->eval_site_count, sizeof *sites);
  for (uint32_t k = 0; k < from->eval_site_count; k++) {
    const JsEvalSite *site = take(&at, 1, sizeof *site);
    const JsScopeInfo **pointers = place(block, site->scope_count, sizeof *pointers);
    JsScopeInfo *infos = place(block, site->scope_count, sizeof *infos);
    for (uint32_t j = 0; j < site->scope_count; j++) {
      const JsScopeInfo *info = take(&at, 1, sizeof *info);
      const JsScopeName *names = take(&at, info->name_count, sizeof *names);
      if (infos) {
        infos[j] = *info;
        infos[j].names = names;
        pointers[j] = &infos[j];
      }
    }
    if (sites) {
      sites[k] = *site;
      sites[k].scopes = pointers;
    }
  }
  code->eval_sites = sites;
  return at;
}

static void read_global_decls(Block *block, const ImageFunction *from, const char *at, JsCode *code)
{
  JsGlobalDecls *decls = place(block, from->global_decls_count, sizeof *decls);
  for (uint32_t k = 0; k < from->global_decls_count; k++) {
    const ImageGlobalDecls *head = take(&at, 1, sizeof *head);
    const JsGlobalDecl *list = take(&at, head->count, sizeof *list);
    if (decls)
      decls[k] = (JsGlobalDecls){head->count, head->deletable, list};
  }
  code->global_decls = decls;
}

static bool read_tables(JsContext *cx, const ImageFunction *from, const char *at, JsCode *code)
{
  if (!(from->switch_count | from->eval_site_count | from->global_decls_count))
    return true;
  Block block = {0};
  for (int pass = 0; pass < 2; pass++) {
    block.at = 0;
    const char *next = read_switches(&block, from, at, code);
    next = read_eval_sites(&block, from, next, code);
    read_global_decls(&block, from, next, code);
    if (pass)
      break;
    block.base = mem_alloc(gc_heap_account(cx->heap), MEM_CODE, block.at);
    if (!block.base) {
      (void)throw_out_of_memory(cx);
      return false;
    }
  }
  code->tables = block.base;
  code->tables_size = block.at;
  gc_external_add(cx->heap, block.at);
  return true;
}

bool code_materialise(JsContext *cx, JsCode *code)
{
  const ImageFunction *from = code->lazy;
  if (code->flags & CODE_LAZY)
    return code_unpack_lazy(cx, code) && lazy_compile(cx, code);
  if (!from)
    return true;
  JsHeap *heap = cx->heap;
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  const char *at = (const char *)(from + 1);
  const ImageConstant *items = take(&at, from->constant_count, sizeof *items);
  JsElements *constants = elements_new(heap, from->constant_count);
  if (!constants) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  for (uint32_t k = 0; k < from->constant_count; k++) {
    JsValue val = TRY_OR(false, read_constant(cx, script, &items[k]));
    slot_set(heap, constants, &constants->v[k], val);
    constants->length = k + 1;
  }
  const uint16_t *units = take(&at, from->unit_count, sizeof *units);
  code->handlers = take(&at, from->handler_count, sizeof *code->handlers);
  code->ic_sites = take(&at, from->ic_count, sizeof *code->ic_sites);
  code->scopes = take(&at, from->scope_count, sizeof *code->scopes);
  code->arguments_map = take(&at, from->has_arguments_map ? from->param_count : 0, sizeof *code->arguments_map);
  code->positions = take(&at, from->positions_size, 1);
  TRY_OR(false, read_tables(cx, from, at, code));
  code->eval_site_count = from->eval_site_count;
  code->global_decls_count = from->global_decls_count;
  code->switch_count = from->switch_count;
  code->scope_count = from->scope_count;
  code->handler_count = from->handler_count;
  code->constant_count = from->constant_count;
  code->positions_size = from->positions_size;
  code->units = units;
  code->unit_count = from->unit_count;
  code->lazy = NULL;
  ptr_slot_set(heap, code, &code->constants, constants);
  return true;
}

static JsString *load_image_source(JsHeap *heap, void *opaque)
{
  JsScript *script = opaque;
  const ImageHeader *image = script->image;
  return image->source == UINT32_MAX ? NULL : image_string(heap, script, image->source);
}

/* Gives the script the image. */
static const ImageHeader *open_image(JsContext *cx, JsScript *script, const void *bytes, size_t size)
{
  const ImageHeader *image = bytes;
  JS_ASSERT((uintptr_t)bytes % 8 == 0);
  if (size < sizeof *image || image->magic != IMAGE_MAGIC || image->stamp != image_stamp(cx->vm) ||
      image->size > size) {
    (void)throw_error(cx, JS_MSG_BAD_CODE_IMAGE);
    return NULL;
  }
  JsElements *strings = elements_new(cx->heap, image->string_count);
  if (!strings) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < image->string_count; k++)
    slot_init(&strings->v[k], JS_HOLE);
  strings->length = image->string_count;
  script->image = image;
  ptr_slot_set(cx->heap, script, &script->image_strings, strings);
  script->map_url_start = image->map_url_start;
  script->map_url_end = image->map_url_end;
  script->is_renamed = image->is_renamed;
  return image;
}

JsCode *code_load(JsContext *cx, const void *bytes, size_t size)
{
  JsScript *script = script_new(cx->heap, NULL, NULL);
  const ImageHeader *image = TRY_OR(NULL, open_image(cx, script, bytes, size));
  ptr_slot_set(cx->heap, script, &script->url, image_string(cx->heap, script, image->url));
  script->first_line = image->first_line;
  script->first_column = image->first_column;
  script->load_source = load_image_source;
  script->load_opaque = script;
  return stub_new(cx->heap, script, at_offset(image, image->root));
}

static JsModuleInfo *load_module(JsContext *cx, JsScript *script, const ImageHeader *image)
{
  const ImageModule *from = at_offset(image, image->module);
  const char *at = (const char *)(from + 1);
  JsElements *names = elements_new(cx->heap, from->name_count);
  if (!names) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < from->name_count; k++) {
    const ImageConstant *item = take(&at, 1, sizeof *item);
    JsValue val = TRY_OR(NULL, read_constant(cx, script, item));
    slot_set(cx->heap, names, &names->v[k], val);
    names->length = k + 1;
  }
  JsCode *body = stub_new(cx->heap, script, at_offset(image, from->body));
  JsCode *init = stub_new(cx->heap, script, at_offset(image, from->init));
  JsModuleInfo *info = GC_NEW(cx->heap, MODULE_INFO, JsModuleInfo);
  ptr_slot_set(cx->heap, info, &info->names, names);
  ptr_slot_set(cx->heap, info, &info->body, body);
  ptr_slot_set(cx->heap, info, &info->init, init);
  info->env_slots = from->env_slots;
  info->request_count = from->request_count;
  info->import_count = from->import_count;
  info->local_count = from->local_count;
  info->indirect_count = from->indirect_count;
  info->star_count = from->star_count;
  info->has_top_level_await = from->has_top_level_await;
  info->requests = take(&at, info->request_count, sizeof *info->requests);
  info->imports = take(&at, info->import_count, sizeof *info->imports);
  info->locals = take(&at, info->local_count, sizeof *info->locals);
  info->indirects = take(&at, info->indirect_count, sizeof *info->indirects);
  info->stars = take(&at, info->star_count, sizeof *info->stars);
  return info;
}

JsCode *code_load_bare(JsContext *cx, JsScript *script, const void *bytes, size_t size, JsModuleInfo **info)
{
  const ImageHeader *image = TRY_OR(NULL, open_image(cx, script, bytes, size));
  if (image->is_renamed)
    ptr_slot_set(cx->heap, script, &script->url, image_string(cx->heap, script, image->url));
  if (!image->module)
    return stub_new(cx->heap, script, at_offset(image, image->root));
  JsModuleInfo *made = TRY_OR(NULL, load_module(cx, script, image));
  *info = made;
  return ptr_slot_get(made->body);
}
