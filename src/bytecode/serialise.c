// SPDX-License-Identifier: MIT
/* Writing code images: image.h. */
#include "bytecode/image.h"

#include "base/hash.h"
#include "base/strbuf.h"
#include "bytecode/lazy.h"
#include "bytecode/module_info.h"
#include "object/bigint.h"
#include "object/operations.h"
#include "object/vm.h"

/* Cells found so far with their numbers. */
typedef struct Interned {
  JsElements *cells;
  uint32_t *slots; /* number + 1, 0: free */
  uint32_t mask;
} Interned;

typedef struct Writer {
  JsContext *cx;
  StrBuf *out;
  size_t start;
  Interned strings, links;
  bool whole; /* what never ran is compiled, too */
  bool failed;
} Writer;

static void align(Writer *w)
{
  while (w->out->len % 8)
    strbuf_append_char(w->out, 0);
}

static uint32_t append(Writer *w, const void *bytes, size_t size)
{
  align(w);
  uint32_t at = (uint32_t)(w->out->len - w->start);
  strbuf_append(w->out, bytes, size);
  align(w);
  return at;
}

static bool is_plain_string(const JsCell *cell)
{
  return cell->kind == CELL_STRING && !string_is_atom((const JsString *)cell);
}

static uint32_t cell_hash(Writer *w, JsValue val)
{
  JsCell *cell = js_as_cell(val);
  if (!is_plain_string(cell))
    return hash_pointer(cell);
  StringView view = string_view(w->cx->heap, (JsString *)cell);
  return view.is_wide ? hash_utf16(view.units, view.length, 0) : hash_latin1(view.units, view.length, 0);
}

/* Numbers cells in the order they are met; strings of equal text that are no atoms have one number. */
static bool intern_grow(Writer *w, Interned *table)
{
  uint32_t size = table->mask ? 2 * (table->mask + 1) : 256;
  uint32_t *slots = mem_alloc_zeroed(NULL, MEM_SCRATCH, size * sizeof *slots);
  if (!slots)
    return false;
  for (uint32_t k = 0; k < table->cells->length; k++) {
    uint32_t at = cell_hash(w, slot_get(table->cells->v[k])) & (size - 1);
    while (slots[at])
      at = (at + 1) & (size - 1);
    slots[at] = k + 1;
  }
  mem_free(NULL, MEM_SCRATCH, table->slots, table->slots ? (table->mask + 1) * sizeof *slots : 0);
  table->slots = slots;
  table->mask = size - 1;
  return true;
}

static uint32_t intern(Writer *w, Interned *table, JsCell *cell)
{
  if (w->failed || (table->cells->length >= table->mask / 2 && !intern_grow(w, table))) {
    w->failed = true;
    return 0;
  }
  uint32_t at = cell_hash(w, js_from_cell(cell)) & table->mask;
  for (; table->slots[at]; at = (at + 1) & table->mask) {
    JsCell *known = js_as_cell(slot_get(table->cells->v[table->slots[at] - 1]));
    if (known == cell || (is_plain_string(known) && is_plain_string(cell) &&
                          string_equals(w->cx->heap, (JsString *)known, (JsString *)cell)))
      return table->slots[at] - 1;
  }
  JsElements *grown = elements_push(w->cx, table->cells, js_from_cell(cell));
  if (!grown) {
    w->failed = true;
    return 0;
  }
  table->cells = grown;
  table->slots[at] = grown->length;
  return grown->length - 1;
}

static uint32_t write_string(Writer *w, JsString *s)
{
  return intern(w, &w->strings, &s->cell);
}

static uint32_t write_function(Writer *w, JsCode *code);

static ImageConstant write_constant(Writer *w, JsValue val)
{
  if (!js_is_cell(val))
    return image_constant(IMAGE_BITS, val.bits);
  switch (js_as_cell(val)->kind) {
  case CELL_STRING: return image_constant(IMAGE_STRING, write_string(w, js_as_string(val)));
  case CELL_CODE: return image_constant(IMAGE_CODE, write_function(w, (JsCode *)js_as_cell(val)));
  case CELL_BIGINT: {
    JsBigInt *big = js_as_bigint(val);
    uint64_t head = big->length | (uint64_t)bigint_is_negative(big) << 32;
    uint32_t at = append(w, &head, 8);
    append(w, big->limbs, big->length * sizeof *big->limbs);
    return image_constant(IMAGE_BIGINT, at);
  }
  case CELL_ELEMENTS: {
    JsElements *list = (JsElements *)js_as_cell(val);
    size_t bytes = (list->length + 1) * sizeof(ImageConstant);
    ImageConstant *items = mem_alloc_zeroed(NULL, MEM_SCRATCH, bytes);
    if (!items) {
      w->failed = true;
      return (ImageConstant){0};
    }
    for (uint32_t k = 0; k < list->length; k++)
      items[k] = write_constant(w, slot_get(list->v[k]));
    uint64_t head = list->length | (uint64_t)list->cell.flags << 32;
    uint32_t at = append(w, &head, 8);
    append(w, items, list->length * sizeof *items);
    mem_free(NULL, MEM_SCRATCH, items, bytes);
    return image_constant(IMAGE_ELEMENTS, at);
  }
  default:
    if (js_is_object(val)) /* a template object, which only running makes */
      return image_constant(IMAGE_BITS, JS_HOLE.bits);
    w->failed = true;
    return (ImageConstant){0};
  }
}

/* A link's constant may be another one. */
static ImageConstant write_link_constant(Writer *w, JsValue val)
{
  if (js_is_cell(val) && js_as_cell(val)->kind == CELL_ELEMENTS)
    return image_constant(IMAGE_LINK, intern(w, &w->links, js_as_cell(val)));
  return write_constant(w, val);
}

static uint32_t write_link(Writer *w, const JsElements *link)
{
  uint64_t count = link->length;
  uint32_t at = append(w, &count, 8);
  for (uint32_t k = 0; k < link->length; k++) {
    ImageConstant item = write_link_constant(w, slot_get(link->v[k]));
    append(w, &item, sizeof item);
  }
  return at;
}

static void write_eval_sites(Writer *w, const JsCode *code)
{
  for (uint32_t k = 0; k < code->eval_site_count; k++) {
    JsEvalSite site = code->eval_sites[k];
    site.scopes = NULL;
    append(w, &site, sizeof site);
    for (uint32_t j = 0; j < site.scope_count; j++) {
      JsScopeInfo info = *code->eval_sites[k].scopes[j];
      const JsScopeName *names = info.names;
      info.names = NULL;
      append(w, &info, sizeof info);
      append(w, names, info.name_count * sizeof *names);
    }
  }
}

static void write_global_decls(Writer *w, const JsCode *code)
{
  for (uint32_t k = 0; k < code->global_decls_count; k++) {
    const JsGlobalDecls *decls = &code->global_decls[k];
    ImageGlobalDecls head = {decls->count, decls->deletable};
    append(w, &head, sizeof head);
    append(w, decls->decls, decls->count * sizeof *decls->decls);
  }
}

/* In cached code a function that never ran stays what it is; one that is a record of another image is read from it. */
static bool lazy_or_made(Writer *w, JsCode *code)
{
  return code->flags & CODE_LAZY && !w->whole ? code_unpack_lazy(w->cx, code) : code_materialise(w->cx, code);
}

static uint32_t write_function(Writer *w, JsCode *code)
{
  if (w->failed || !js_check_c_stack(w->cx) || !lazy_or_made(w, code)) {
    w->failed = true;
    return 0;
  }
  const JsElements *constants = ptr_slot_get(code->constants);
  size_t bytes = (code->constant_count + 1) * sizeof(ImageConstant);
  ImageConstant *items = mem_alloc_zeroed(NULL, MEM_SCRATCH, bytes);
  if (!items) {
    w->failed = true;
    return 0;
  }
  for (uint32_t k = 0; k < code->constant_count && !w->failed; k++)
    items[k] = code->flags & CODE_LAZY ? write_link_constant(w, slot_get(constants->v[k]))
                                       : write_constant(w, slot_get(constants->v[k]));
  ImageFunction head = {.flags = code->flags,
                        .register_count = code->register_count,
                        .fill_end = code->fill_end,
                        .param_count = code->param_count,
                        .length = code->length,
                        .has_arguments_map = code->arguments_map != NULL,
                        .unit_count = code->unit_count,
                        .constant_count = code->constant_count,
                        .handler_count = code->handler_count,
                        .ic_count = code->ic_count,
                        .fb_count = code->fb_count,
                        .scope_count = code->scope_count,
                        .switch_count = code->switch_count,
                        .positions_size = code->positions_size,
                        .eval_site_count = code->eval_site_count,
                        .global_decls_count = code->global_decls_count,
                        .source_start = code->source_start,
                        .source_end = code->source_end,
                        .name = write_string(w, ptr_slot_get(code->name))};
  uint32_t at = append(w, &head, sizeof head);
  append(w, items, code->constant_count * sizeof *items);
  mem_free(NULL, MEM_SCRATCH, items, bytes);
  append(w, code->units, code->unit_count * sizeof *code->units);
  append(w, code->handlers, code->handler_count * sizeof *code->handlers);
  append(w, code->ic_sites, code->ic_count * sizeof *code->ic_sites);
  for (uint32_t k = 0; k < code->scope_count; k++) {
    JsScopeInfo info = code->scopes[k];
    info.names = NULL; /* only eval sites have names */
    info.name_count = 0;
    append(w, &info, sizeof info);
  }
  append(w, code->arguments_map, head.has_arguments_map ? code->param_count * sizeof(uint16_t) : 0);
  append(w, code->positions, code->positions_size);
  for (uint32_t k = 0; k < code->switch_count; k++) {
    ImageSwitch table = {code->switches[k].low, code->switches[k].count};
    append(w, &table, sizeof table);
    append(w, code->switches[k].targets, table.count * sizeof(int32_t));
  }
  write_eval_sites(w, code);
  write_global_decls(w, code);
  return at;
}

static uint32_t write_module(Writer *w, JsModuleInfo *info)
{
  const JsElements *names = ptr_slot_get(info->names);
  ImageModule head = {.body = write_function(w, ptr_slot_get(info->body)),
                      .init = write_function(w, ptr_slot_get(info->init)),
                      .name_count = names->length,
                      .env_slots = info->env_slots,
                      .request_count = info->request_count,
                      .import_count = info->import_count,
                      .local_count = info->local_count,
                      .indirect_count = info->indirect_count,
                      .star_count = info->star_count,
                      .has_top_level_await = info->has_top_level_await};
  uint32_t at = append(w, &head, sizeof head);
  for (uint32_t k = 0; k < names->length; k++) {
    ImageConstant item = write_constant(w, slot_get(names->v[k]));
    append(w, &item, sizeof item);
  }
  append(w, info->requests, info->request_count * sizeof *info->requests);
  append(w, info->imports, info->import_count * sizeof *info->imports);
  append(w, info->locals, info->local_count * sizeof *info->locals);
  append(w, info->indirects, info->indirect_count * sizeof *info->indirects);
  append(w, info->stars, info->star_count * sizeof *info->stars);
  return at;
}

/* Links found while others are written are written too. */
static uint32_t write_links(Writer *w)
{
  uint32_t table = 0, *offsets = NULL;
  size_t size = 0;
  for (uint32_t k = 0; k < w->links.cells->length && !w->failed; k++) {
    size_t needed = w->links.cells->length * sizeof *offsets;
    if (needed > size) {
      uint32_t *grown = mem_realloc(NULL, MEM_SCRATCH, offsets, size, 2 * needed);
      if (!grown) {
        w->failed = true;
        break;
      }
      offsets = grown;
      size = 2 * needed;
    }
    offsets[k] = write_link(w, (const JsElements *)js_as_cell(slot_get(w->links.cells->v[k])));
  }
  if (!w->failed && offsets)
    table = append(w, offsets, w->links.cells->length * sizeof *offsets);
  mem_free(NULL, MEM_SCRATCH, offsets, size);
  return table;
}

static uint32_t write_strings(Writer *w)
{
  uint32_t count = w->strings.cells->length, table = 0;
  size_t bytes = (count + 1) * sizeof(uint32_t);
  uint32_t *offsets = w->failed ? NULL : mem_alloc(NULL, MEM_SCRATCH, bytes);
  if (!offsets) {
    w->failed = true;
    return 0;
  }
  for (uint32_t k = 0; k < count; k++) {
    JsString *s = js_as_string(slot_get(w->strings.cells->v[k]));
    StringView view = string_view(w->cx->heap, s);
    bool is_atom = string_is_atom(s);
    ImageString head = {view.length, view.is_wide, is_atom, is_atom ? string_hash(w->cx->heap, s) : 0};
    while (w->out->len % 4)
      strbuf_append_char(w->out, 0);
    offsets[k] = (uint32_t)(w->out->len - w->start);
    strbuf_append(w->out, &head, sizeof head);
    strbuf_append(w->out, view.units, (size_t)view.length * (view.is_wide ? 2 : 1));
  }
  table = append(w, offsets, count * sizeof *offsets);
  mem_free(NULL, MEM_SCRATCH, offsets, bytes);
  return table;
}

static void interned_free(Interned *table)
{
  mem_free(NULL, MEM_SCRATCH, table->slots, table->slots ? (table->mask + 1) * sizeof *table->slots : 0);
}

static bool write_image(JsContext *cx, JsScript *script, JsCode *code, JsModuleInfo *info, bool with_source,
                        StrBuf *out)
{
  Writer w = {.cx = cx,
              .out = out,
              .start = out->len,
              .strings.cells = elements_new(cx->heap, 64),
              .links.cells = elements_new(cx->heap, 64),
              .whole = with_source};
  ImageHeader header = {.magic = IMAGE_MAGIC,
                        .stamp = image_stamp(cx->vm),
                        .url = UINT32_MAX,
                        .source = UINT32_MAX,
                        .first_line = script->first_line,
                        .first_column = script->first_column,
                        .map_url_start = script->map_url_start,
                        .map_url_end = script->map_url_end,
                        .is_renamed = script->is_renamed};
  JS_ASSERT(out->len % 8 == 0);
  w.failed = !w.strings.cells || !w.links.cells;
  strbuf_append(out, &header, sizeof header);
  if (!w.failed && info)
    header.module = write_module(&w, info);
  else if (!w.failed)
    header.root = write_function(&w, code);
  if (!w.failed) {
    header.url = write_string(&w, ptr_slot_get(script->url));
    JsString *source = with_source ? script_source(cx->heap, script) : NULL;
    if (source)
      header.source = write_string(&w, source);
    header.link_table = write_links(&w);
    header.link_count = w.links.cells->length;
    header.string_table = write_strings(&w);
    header.string_count = w.strings.cells->length;
  }
  interned_free(&w.strings);
  interned_free(&w.links);
  if (w.failed || out->failed || out->len - w.start > INT32_MAX) {
    if (!has_exception(cx))
      (void)throw_out_of_memory(cx);
    return false;
  }
  header.size = (uint32_t)(out->len - w.start);
  memcpy(out->data + w.start, &header, sizeof header);
  return true;
}

static JsScript *script_of(JsCode *code)
{
  return (JsScript *)js_as_cell(slot_get(code->script));
}

bool code_serialise(JsContext *cx, JsCode *code, StrBuf *out)
{
  return write_image(cx, script_of(code), code, NULL, true, out);
}

bool code_serialise_bare(JsContext *cx, JsCode *code, JsModuleInfo *info, StrBuf *out)
{
  return write_image(cx, script_of(info ? ptr_slot_get(info->body) : code), code, info, false, out);
}
