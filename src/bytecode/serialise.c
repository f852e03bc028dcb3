// SPDX-License-Identifier: MIT
/*
 * [DOC] Code images
 *
 *   ImageHeader | records of functions, inner ones before outer ones | strings | table of string offsets
 *
 * All offsets count from the start of the image, everything is 8-byte aligned, nothing is relocated: the tables without
 * pointers are used in place. A record is an ImageFunction followed by its tables in the order of the counts. Loading
 * makes a JsCode whose only instruction is MATERIALISE; when it first runs, its constants are made, inner functions
 * again as such stubs. An image belongs to the build that wrote it: the stamp is a hash of the opcode table and of the
 * record's layout.
 */
#include "bytecode/code.h"

#include "base/hash.h"
#include "bytecode/lazy.h"
#include "base/strbuf.h"
#include "object/bigint.h"
#include "object/operations.h"
#include "object/vm.h"

typedef struct ImageHeader {
  uint64_t magic, stamp;
  uint32_t size, root;
  uint32_t string_count, string_table; /* table: offsets of ImageString */
  uint32_t url, source;                /* strings; source UINT32_MAX: none */
  uint32_t first_line, first_column;
} ImageHeader;
#define IMAGE_MAGIC    0x31306d6c75634a53ull
#define FORMAT_VERSION 2 /* of what follows, where no struct size tells */

typedef struct ImageString {
  uint32_t length;
  uint32_t flags; /* IMAGE_* */
  uint32_t hash;  /* of an atom */
  uint32_t pad;
} ImageString; /* units follow */
enum { IMAGE_WIDE = 1, IMAGE_ATOM = 2 };

typedef struct ImageFunction {
  uint32_t flags, register_count;
  uint16_t param_count, length, positions_base, has_arguments_map;
  uint32_t unit_count, constant_count, handler_count, ic_count, fb_count, scope_count, switch_count, positions_size;
  uint32_t source_start, source_end, name, size;
} ImageFunction;

typedef struct ImageSwitch {
  int32_t low;
  uint32_t count;
} ImageSwitch; /* targets follow, padded to 8 bytes */

typedef enum {
  IMAGE_BITS,     /* payload: the value's bits, no cell */
  IMAGE_STRING,   /* payload: string */
  IMAGE_CODE,     /* payload: offset of the record */
  IMAGE_ELEMENTS, /* payload: offset of a uint64 count, flags above bit 32, and as many constants */
  IMAGE_BIGINT,   /* payload: offset of a uint64 with the length (bit 32: negative) and as many limbs */
} ImageTag;
typedef struct ImageConstant {
  uint64_t tag, payload;
} ImageConstant;

static uint64_t image_stamp(JsVm *vm)
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

/* --- writing
 * ---------------------------------------------------------------------------------------------------------------- */

typedef struct Writer {
  JsContext *cx;
  StrBuf *out;
  size_t start;
  JsElements *strings; /* found so far; looked through in order, library files have a few hundred */
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

static uint32_t write_string(Writer *w, JsString *s)
{
  for (uint32_t k = 0; k < w->strings->length; k++) {
    JsString *known = js_as_string(slot_get(w->strings->v[k]));
    if (known == s || (!string_is_atom(s) && !string_is_atom(known) && string_equals(w->cx->heap, known, s)))
      return k;
  }
  JsElements *grown = elements_push(w->cx, w->strings, js_from_cell(s));
  if (!grown) {
    w->failed = true;
    return 0;
  }
  w->strings = grown;
  return grown->length - 1;
}

static uint32_t write_function(Writer *w, JsCode *code);

static ImageConstant write_constant(Writer *w, JsValue val)
{
  if (!js_is_cell(val))
    return (ImageConstant){IMAGE_BITS, val.bits};
  switch (js_as_cell(val)->kind) {
  case CELL_STRING: return (ImageConstant){IMAGE_STRING, write_string(w, js_as_string(val))};
  case CELL_CODE: return (ImageConstant){IMAGE_CODE, write_function(w, (JsCode *)js_as_cell(val))};
  case CELL_BIGINT: {
    JsBigInt *big = js_as_bigint(val);
    uint64_t head = big->length | (uint64_t)bigint_is_negative(big) << 32;
    uint32_t at = append(w, &head, 8);
    append(w, big->limbs, big->length * sizeof *big->limbs);
    return (ImageConstant){IMAGE_BIGINT, at};
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
    return (ImageConstant){IMAGE_ELEMENTS, at};
  }
  default: w->failed = true; return (ImageConstant){0};
  }
}

static uint32_t write_function(Writer *w, JsCode *code)
{
  if (!js_check_c_stack(w->cx) || !code_materialise(w->cx, code)) {
    w->failed = true;
    return 0;
  }
  if (code->eval_site_count || code->global_decls_count) {
    w->failed = true;
    (void)throw_error(w->cx, JS_MSG_CODE_NOT_SERIALISABLE, ptr_slot_get(code->name));
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
    items[k] = write_constant(w, slot_get(constants->v[k]));
  ImageFunction head = {.flags = code->flags,
                        .register_count = code->register_count,
                        .param_count = code->param_count,
                        .length = code->length,
                        .positions_base = code->positions_base,
                        .has_arguments_map = code->arguments_map != NULL,
                        .unit_count = code->unit_count,
                        .constant_count = code->constant_count,
                        .handler_count = code->handler_count,
                        .ic_count = code->ic_count,
                        .fb_count = code->fb_count,
                        .scope_count = code->scope_count,
                        .switch_count = code->switch_count,
                        .positions_size = code->positions_size,
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
  return at;
}

bool code_serialise(JsContext *cx, JsCode *code, StrBuf *out)
{
  Writer w = {.cx = cx, .out = out, .start = out->len, .strings = elements_new(cx->heap, 64)};
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  ImageHeader header = {.magic = IMAGE_MAGIC, .stamp = image_stamp(cx->vm)};
  JS_ASSERT(out->len % 8 == 0);
  if (!w.strings) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  strbuf_append(out, &header, sizeof header);
  header.root = write_function(&w, code);
  header.url = write_string(&w, ptr_slot_get(script->url));
  header.source = ptr_slot_get(script->source) ? write_string(&w, ptr_slot_get(script->source)) : UINT32_MAX;
  header.first_line = script->first_line;
  header.first_column = script->first_column;
  header.string_count = w.strings->length;
  size_t bytes = (header.string_count + 1) * sizeof(uint32_t);
  uint32_t *offsets = mem_alloc(NULL, MEM_SCRATCH, bytes);
  for (uint32_t k = 0; offsets && k < header.string_count; k++) {
    JsString *s = js_as_string(slot_get(w.strings->v[k]));
    StringView view = string_view(cx->heap, s);
    bool is_atom = string_is_atom(s);
    ImageString head = {view.length, (view.is_wide ? IMAGE_WIDE : 0) | (is_atom ? IMAGE_ATOM : 0),
                        is_atom ? string_hash(w.cx->heap, s) : 0, 0};
    offsets[k] = append(&w, &head, sizeof head);
    strbuf_append(out, view.units, (size_t)view.length * (view.is_wide ? 2 : 1));
  }
  if (offsets)
    header.string_table = append(&w, offsets, header.string_count * sizeof *offsets);
  mem_free(NULL, MEM_SCRATCH, offsets, offsets ? bytes : 0);
  if (w.failed || !offsets || out->failed) {
    if (!has_exception(cx))
      (void)throw_out_of_memory(cx);
    return false;
  }
  header.size = (uint32_t)(out->len - w.start);
  memcpy(out->data + w.start, &header, sizeof header);
  return true;
}

/* --- reading
 * ---------------------------------------------------------------------------------------------------------------- */

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
  StringView view = {head + 1, head->length, head->flags & IMAGE_WIDE};
  JsString *s = head->flags & IMAGE_ATOM ? atom_from_hashed_view(heap, view, head->hash) : string_from_view(heap, view);
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

static JsValue read_constant(JsContext *cx, JsScript *script, const ImageConstant *from)
{
  JsHeap *heap = cx->heap;
  const ImageHeader *image = script->image;
  switch ((ImageTag)from->tag) {
  case IMAGE_BITS: return JS_VALUE_LITERAL(from->payload);
  case IMAGE_STRING: return js_from_cell(image_string(heap, script, (uint32_t)from->payload));
  case IMAGE_CODE: return js_from_cell(stub_new(heap, script, at_offset(image, from->payload)));
  case IMAGE_BIGINT: {
    const uint64_t *head = at_offset(image, from->payload);
    uint32_t length = (uint32_t)*head;
    JsBigInt *big = gc_alloc(heap, CELL_BIGINT, sizeof *big + length * sizeof *big->limbs);
    big->length = length;
    big->cell.flags = *head >> 32 ? BIGINT_NEGATIVE : 0;
    memcpy(big->limbs, head + 1, length * sizeof *big->limbs);
    return js_from_cell(big);
  }
  case IMAGE_ELEMENTS: {
    const uint64_t *head = at_offset(image, from->payload);
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

bool code_materialise(JsContext *cx, JsCode *code)
{
  const ImageFunction *from = code->lazy;
  if (code->flags & CODE_LAZY)
    return lazy_compile(cx, code);
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
  if (from->switch_count) {
    size_t size = from->switch_count * sizeof(JsSwitch);
    JsSwitch *switches = mem_alloc(gc_heap_account(heap), MEM_CODE, size);
    if (!switches) {
      (void)throw_out_of_memory(cx);
      return false;
    }
    for (uint32_t k = 0; k < from->switch_count; k++) {
      const ImageSwitch *table = take(&at, 1, sizeof *table);
      switches[k] = (JsSwitch){table->low, table->count, take(&at, table->count, sizeof(int32_t))};
    }
    code->tables = switches;
    code->tables_size = size;
    gc_external_add(heap, size);
  }
  code->switches = code->tables;
  code->switch_count = from->switch_count;
  code->scope_count = from->scope_count;
  code->handler_count = from->handler_count;
  code->constant_count = from->constant_count;
  code->positions_size = from->positions_size;
  code->positions_base = from->positions_base;
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

JsCode *code_load(JsContext *cx, const void *bytes, size_t size)
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
  JsScript *script = script_new(cx->heap, NULL, NULL);
  script->image = image;
  ptr_slot_set(cx->heap, script, &script->image_strings, strings);
  ptr_slot_set(cx->heap, script, &script->url, image_string(cx->heap, script, image->url));
  script->first_line = image->first_line;
  script->first_column = image->first_column;
  script->load_source = load_image_source;
  script->load_opaque = script;
  return stub_new(cx->heap, script, at_offset(image, image->root));
}
