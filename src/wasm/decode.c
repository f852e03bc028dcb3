// SPDX-License-Identifier: MIT
/*
 * A module's sections (https://webassembly.github.io/spec/core/binary/modules.html), in one pass over its bytes. Texts
 * of errors are V8's where programs may have seen them.
 */
#include "wasm/decode.h"

#include "wasm/body.h"

enum {
  SECTION_CUSTOM,
  SECTION_TYPE,
  SECTION_IMPORT,
  SECTION_FUNCTION,
  SECTION_TABLE,
  SECTION_MEMORY,
  SECTION_GLOBAL,
  SECTION_EXPORT,
  SECTION_START,
  SECTION_ELEMENT,
  SECTION_CODE,
  SECTION_DATA,
  SECTION_DATA_COUNT,
  SECTION_TAG,
  SECTION_COUNT
};
static const char *const section_names[SECTION_COUNT] = {"Custom", "Type",   "Import",    "Function", "Table",
                                                         "Memory", "Global", "Export",    "Start",    "Element",
                                                         "Code",   "Data",   "DataCount", "Tag"};
/* The place of each in a module. */
static const uint8_t section_order[SECTION_COUNT] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

typedef struct Decoder {
  WasmReader r;
  WasmModule *m;
  uint32_t code_count, seen; /* bits of sections */
  WasmTypeRegistry registry; /* of this module's types alone */
  WASM_VEC(uint32_t) numbers;
} Decoder;

#define PUSH(vec, item)                                                                                                \
  do {                                                                                                                 \
    if (!arena_vec_push(&d->m->arena, &d->m->vec, item))                                                               \
      return reader_fail(&d->r, "out of memory");                                                                      \
  } while (0)

/* --- types ------------------------------------------------------------------------------------------------------ */

static bool read_types(Decoder *d, uint32_t type_count, WasmType *types, uint32_t count, uint32_t *slots)
{
  *slots = 0;
  for (uint32_t k = 0; k < count; k++) {
    READ(read_value_type(&d->r, type_count, &types[k]));
    *slots += wasm_slots(types[k]);
  }
  return true;
}

static bool read_func_type(Decoder *d, uint32_t type_count, WasmFuncType *out)
{
  WasmType types[WASM_MAX_PARAMS + WASM_MAX_RESULTS];
  READ(read_count(&d->r, &out->param_count, WASM_MAX_PARAMS, "param count"));
  READ(read_types(d, type_count, types, out->param_count, &out->param_slots));
  READ(read_count(&d->r, &out->result_count, WASM_MAX_RESULTS, "return count"));
  READ(read_types(d, type_count, types + out->param_count, out->result_count, &out->result_slots));
  out->types = (WasmType *)arena_copy(&d->m->arena, types, (out->param_count + out->result_count) * sizeof *types);
  return out->types || reader_fail(&d->r, "out of memory");
}

/* Does a type with this super fit it? */
static bool check_super(Decoder *d, uint32_t at, const WasmFuncType *type)
{
  if (type->super == UINT32_MAX)
    return true;
  const WasmModule *m = d->m;
  const WasmFuncType *super = &m->types.items[type->super];
  bool ok = !super->is_final && super->param_count == type->param_count && super->result_count == type->result_count;
  for (uint32_t k = 0; ok && k < type->param_count; k++)
    ok = wasm_is_subtype(m, super->types[k], type->types[k]);
  for (uint32_t k = 0; ok && k < type->result_count; k++)
    ok = wasm_is_subtype(m, wasm_results(type)[k], wasm_results(super)[k]);
  return ok || wasm_error(d->r.error, at, "type has invalid explicit supertype %u", type->super);
}

static bool read_sub_type(Decoder *d, uint32_t type_count, WasmFuncType *out)
{
  WasmReader *r = &d->r;
  uint8_t form;
  out->super = UINT32_MAX;
  out->is_final = true;
  READ(read_u8(r, &form, "type kind"));
  if (form == 0x50 || form == 0x4F) {
    uint32_t supers, self = d->m->types.len;
    out->is_final = form == 0x4F;
    READ(read_count(r, &supers, 1, "supertype count"));
    if (supers) {
      READ(read_u32(r, &out->super, "supertype"));
      if (out->super >= self)
        return reader_fail(r, "type %u: invalid supertype %u", self, out->super);
    }
    READ(read_u8(r, &form, "type kind"));
  }
  if (form == 0x60)
    return read_func_type(d, type_count, out);
  r->p--;
  if (form == 0x5F || form == 0x5E)
    return reader_fail(r, "struct and array types are not supported");
  return reader_fail(r, "unknown type form: %u", form);
}

/* Numbers the group that was read last. */
static bool number_group(Decoder *d, uint32_t first)
{
  for (uint32_t k = first; k < d->m->types.len; k++)
    if (!arena_vec_push(&d->m->arena, &d->numbers, k))
      return reader_fail(&d->r, "out of memory");
  if (!wasm_registry_add(&d->registry, d->m, first, d->numbers.items))
    return reader_fail(&d->r, "out of memory");
  for (uint32_t k = first; k < d->m->types.len; k++)
    d->m->types.items[k].canonical = d->numbers.items[k];
  return true;
}

static bool read_rec_group(Decoder *d)
{
  WasmReader *r = &d->r;
  uint32_t size = 1, first = d->m->types.len, at = reader_offset(r);
  if (r->p != r->end && *r->p == 0x4E) {
    r->p++;
    READ(read_count(r, &size, WASM_MAX_TYPES - first, "recursive group size"));
  }
  for (uint32_t k = 0; k < size; k++) {
    WasmFuncType type = {.group_start = first, .group_end = first + size, .canonical = first + k};
    READ(read_sub_type(d, first + size, &type));
    PUSH(types, type);
  }
  READ(number_group(d, first));
  for (uint32_t k = 0; k < size; k++)
    READ(check_super(d, at, &d->m->types.items[first + k]));
  return true;
}

static bool type_section(Decoder *d, uint32_t count)
{
  for (uint32_t k = 0; k < count; k++) {
    if (d->m->types.len >= WASM_MAX_TYPES)
      return reader_fail(&d->r, "too many types");
    READ(read_rec_group(d));
  }
  return true;
}

static bool read_type_index(Decoder *d, uint32_t *out)
{
  uint32_t at = reader_offset(&d->r);
  READ(read_u32(&d->r, out, "type index"));
  if (*out >= d->m->types.len)
    return wasm_error(d->r.error, at, "no signature at index %u (%u types)", *out, d->m->types.len);
  return true;
}

/* --- descriptions ------------------------------------------------------------------------------------------------- */

static bool read_limits(Decoder *d, WasmLimits *out, uint64_t limit, uint64_t limit_64, const char *what)
{
  WasmReader *r = &d->r;
  uint8_t flags;
  uint32_t at = reader_offset(r);
  READ(read_u8(r, &flags, "limits flags"));
  if (flags > 7)
    return wasm_error(r->error, at, "invalid %s limits flags 0x%x", what, flags);
  *out = (WasmLimits){.has_maximum = flags & 1, .is_shared = flags & 2, .is_64 = flags & 4};
  if (out->is_shared && !out->has_maximum)
    return wasm_error(r->error, at, "shared %s must have a maximum defined", what);
  int bits = out->is_64 ? 64 : 32;
  at = reader_offset(r);
  READ(read_leb_slow(r, bits, false, &out->initial, "initial size"));
  if (out->initial > (out->is_64 ? limit_64 : limit))
    return wasm_error(r->error, at, "initial %s size (%llu) is larger than implementation limit (%llu)", what,
                      (unsigned long long)out->initial, (unsigned long long)(out->is_64 ? limit_64 : limit));
  out->maximum = out->is_64 ? limit_64 : limit;
  if (!out->has_maximum)
    return true;
  at = reader_offset(r);
  READ(read_leb_slow(r, bits, false, &out->maximum, "maximum size"));
  if (out->maximum < out->initial)
    return wasm_error(r->error, at, "maximum %s size (%llu) is lower than the minimum (%llu)", what,
                      (unsigned long long)out->maximum, (unsigned long long)out->initial);
  return true;
}

static bool read_memory_type(Decoder *d, WasmLimits *out)
{
  uint32_t at = reader_offset(&d->r);
  READ(read_limits(d, out, WASM_MAX_PAGES, UINT64_C(1) << 48, "memory"));
  if (out->has_maximum && !out->is_64 && out->maximum > WASM_MAX_PAGES)
    return wasm_error(d->r.error, at, "maximum memory size (%llu pages) is larger than implementation limit (%u pages)",
                      (unsigned long long)out->maximum, (unsigned)WASM_MAX_PAGES);
  if (out->has_maximum && out->is_64 && out->maximum > UINT64_C(1) << 48)
    return wasm_error(d->r.error, at, "maximum memory size (%llu pages) is larger than implementation limit",
                      (unsigned long long)out->maximum);
  return true;
}

static bool read_table_type(Decoder *d, WasmTableInfo *out)
{
  READ(read_ref_type(&d->r, d->m->types.len, &out->type));
  uint32_t at = reader_offset(&d->r);
  READ(read_limits(d, &out->limits, WASM_MAX_TABLE_SIZE, WASM_MAX_TABLE_SIZE, "table"));
  if (out->limits.is_shared)
    return wasm_error(d->r.error, at, "invalid table limits flags");
  return true;
}

static bool read_global_type(Decoder *d, WasmGlobalInfo *out)
{
  uint8_t flag;
  READ(read_value_type(&d->r, d->m->types.len, &out->type));
  uint32_t at = reader_offset(&d->r);
  READ(read_u8(&d->r, &flag, "mutability"));
  if (flag > 1)
    return wasm_error(d->r.error, at, "invalid mutability bit pattern: %u", flag);
  out->is_mutable = flag;
  return true;
}

static bool read_tag_type(Decoder *d, uint32_t *type)
{
  uint8_t attribute;
  uint32_t at = reader_offset(&d->r);
  READ(read_u8(&d->r, &attribute, "exception attribute"));
  if (attribute)
    return wasm_error(d->r.error, at, "exception attribute %u not supported", attribute);
  READ(read_type_index(d, type));
  if (d->m->types.items[*type].result_count)
    return wasm_error(d->r.error, at, "tag signature %u has non-void return", *type);
  return true;
}

static uint32_t extern_count(const WasmModule *m, WasmExternKind kind)
{
  switch (kind) {
  case WASM_FUNCTION: return m->functions.len;
  case WASM_TABLE: return m->tables.len;
  case WASM_MEMORY: return m->memories.len;
  case WASM_GLOBAL: return m->globals.len;
  default: return m->tags.len;
  }
}

static bool read_import(Decoder *d)
{
  WasmReader *r = &d->r;
  WasmImport import = {.offset = reader_offset(r)};
  uint8_t kind;
  READ(read_name(r, &import.module, "module name"));
  READ(read_name(r, &import.name, "field name"));
  uint32_t at = reader_offset(r);
  READ(read_u8(r, &kind, "kind"));
  if (kind >= WASM_EXTERN_COUNT)
    return wasm_error(r->error, at, "unknown import desc code 0x%02x", kind);
  import.kind = (WasmExternKind)kind;
  import.index = extern_count(d->m, import.kind);
  d->m->imported[kind]++;
  switch (import.kind) {
  case WASM_FUNCTION: {
    WasmFunctionInfo function = {0};
    READ(read_type_index(d, &function.type));
    PUSH(functions, function);
    break;
  }
  case WASM_TABLE: {
    WasmTableInfo table = {0};
    READ(read_table_type(d, &table));
    PUSH(tables, table);
    break;
  }
  case WASM_MEMORY: {
    WasmLimits memory;
    READ(read_memory_type(d, &memory));
    PUSH(memories, memory);
    break;
  }
  case WASM_GLOBAL: {
    WasmGlobalInfo global = {0};
    READ(read_global_type(d, &global));
    PUSH(globals, global);
    break;
  }
  default: {
    uint32_t type;
    READ(read_tag_type(d, &type));
    PUSH(tags, type);
    break;
  }
  }
  PUSH(imports, import);
  return true;
}

/* --- definitions -------------------------------------------------------------------------------------------------- */

static bool read_function(Decoder *d)
{
  WasmFunctionInfo function = {0};
  READ(read_type_index(d, &function.type));
  if (d->m->functions.len >= WASM_MAX_FUNCTIONS)
    return reader_fail(&d->r, "too many functions");
  PUSH(functions, function);
  return true;
}

static bool read_table(Decoder *d)
{
  WasmTableInfo table = {0};
  WasmReader *r = &d->r;
  if (r->end - r->p >= 2 && r->p[0] == 0x40 && r->p[1] == 0) {
    r->p += 2;
    table.has_init = true;
  }
  READ(read_table_type(d, &table));
  if (table.has_init)
    READ(wasm_constant_read(d->m, r, table.type, d->m->globals.len, &table.init));
  else if (!wasm_is_defaultable(table.type))
    return reader_fail(r, "Table of non-defaultable table type must have initial value");
  if (d->m->tables.len >= WASM_MAX_TABLES)
    return reader_fail(r, "too many tables");
  PUSH(tables, table);
  return true;
}

static bool read_memory(Decoder *d)
{
  WasmLimits memory;
  READ(read_memory_type(d, &memory));
  if (d->m->memories.len >= WASM_MAX_MEMORIES)
    return reader_fail(&d->r, "too many memories");
  PUSH(memories, memory);
  return true;
}

static bool read_global(Decoder *d)
{
  WasmGlobalInfo global = {0};
  READ(read_global_type(d, &global));
  READ(wasm_constant_read(d->m, &d->r, global.type, d->m->globals.len, &global.init));
  if (d->m->globals.len >= WASM_MAX_GLOBALS)
    return reader_fail(&d->r, "too many globals");
  PUSH(globals, global);
  return true;
}

static bool read_tag(Decoder *d)
{
  uint32_t type;
  READ(read_tag_type(d, &type));
  PUSH(tags, type);
  return true;
}

static bool read_export(Decoder *d)
{
  WasmReader *r = &d->r;
  WasmExport export = {0};
  uint8_t kind;
  READ(read_name(r, &export.name, "field name"));
  uint32_t at = reader_offset(r);
  READ(read_u8(r, &kind, "kind"));
  if (kind >= WASM_EXTERN_COUNT)
    return wasm_error(r->error, at, "invalid export kind 0x%02x", kind);
  export.kind = (WasmExternKind)kind;
  at = reader_offset(r);
  READ(read_u32(r, &export.index, "item index"));
  static const char *const kinds[] = {"function", "table", "memory", "global", "tag"};
  uint32_t count = extern_count(d->m, export.kind);
  if (export.index >= count)
    return wasm_error(r->error, at, "%s index %u out of bounds (%u entr%s)", kinds[kind], export.index, count,
                      count == 1 ? "y" : "ies");
  if (export.kind == WASM_FUNCTION)
    d->m->declared[export.index / 8] |= (uint8_t)(1u << export.index % 8);
  PUSH(exports, export);
  return true;
}

static bool check_export_names(Decoder *d)
{
  uint32_t count = d->m->exports.len, capacity = 16;
  while (capacity < count * 2)
    capacity *= 2;
  uint32_t *table = ARENA_NEW_ARRAY(&d->m->arena, uint32_t, capacity);
  if (!table)
    return reader_fail(&d->r, "out of memory");
  for (uint32_t k = 0; k < count; k++) {
    const WasmName *name = &d->m->exports.items[k].name;
    uint32_t at = (uint32_t)hash_bytes(name->text, name->length, 0) & (capacity - 1);
    for (; table[at]; at = (at + 1) & (capacity - 1)) {
      const WasmName *other = &d->m->exports.items[table[at] - 1].name;
      if (other->length == name->length && !memcmp(other->text, name->text, name->length))
        return wasm_error(d->r.error, (uint32_t)((const uint8_t *)name->text - d->r.start),
                          "Duplicate export name '%.*s' for %s %u and %s %u", (int)(name->length % 100), name->text,
                          wasm_extern_name(d->m->exports.items[table[at] - 1].kind),
                          d->m->exports.items[table[at] - 1].index, wasm_extern_name(d->m->exports.items[k].kind),
                          d->m->exports.items[k].index);
    }
    table[at] = k + 1;
  }
  return true;
}

static bool start_section(Decoder *d)
{
  uint32_t at = reader_offset(&d->r);
  READ(read_u32(&d->r, &d->m->start, "start index"));
  if (d->m->start >= d->m->functions.len)
    return wasm_error(d->r.error, at, "function index %u out of bounds (%u entries)", d->m->start, d->m->functions.len);
  const WasmFuncType *type = wasm_function_type(d->m, d->m->start);
  if (type->param_count || type->result_count)
    return wasm_error(d->r.error, at, "invalid start function: non-zero parameter or return count");
  return true;
}

/* --- segments ----------------------------------------------------------------------------------------------------- */

static bool read_element_functions(Decoder *d, WasmElementSegment *segment)
{
  WasmReader *r = &d->r;
  uint32_t *functions = ARENA_NEW_ARRAY(&d->m->arena, uint32_t, segment->count);
  if (!functions)
    return reader_fail(r, "out of memory");
  for (uint32_t k = 0; k < segment->count; k++) {
    uint32_t at = reader_offset(r);
    READ(read_u32(r, &functions[k], "function index"));
    if (functions[k] >= d->m->functions.len)
      return wasm_error(r->error, at, "function index %u out of bounds (%u entries)", functions[k],
                        d->m->functions.len);
    d->m->declared[functions[k] / 8] |= (uint8_t)(1u << functions[k] % 8);
  }
  segment->functions = functions;
  return true;
}

static bool read_element_constants(Decoder *d, WasmElementSegment *segment)
{
  WasmConstant *constants = ARENA_NEW_ARRAY(&d->m->arena, WasmConstant, segment->count);
  if (!constants)
    return reader_fail(&d->r, "out of memory");
  for (uint32_t k = 0; k < segment->count; k++)
    READ(wasm_constant_read(d->m, &d->r, segment->type, d->m->globals.len, &constants[k]));
  segment->constants = constants;
  return true;
}

/* https://webassembly.github.io/spec/core/binary/modules.html#element-section */
static bool read_element(Decoder *d)
{
  WasmReader *r = &d->r;
  enum { NOT_ACTIVE = 1, EXPLICIT = 2, EXPRESSIONS = 4 };
  WasmElementSegment segment = {.mode = SEGMENT_ACTIVE};
  uint32_t flags, at = reader_offset(r);
  READ(read_u32(r, &flags, "flag"));
  if (flags > 7)
    return wasm_error(r->error, at, "illegal flag value %u", flags);
  if (flags & NOT_ACTIVE)
    segment.mode = flags & EXPLICIT ? SEGMENT_DECLARED : SEGMENT_PASSIVE;
  else {
    if (flags & EXPLICIT)
      READ(read_u32(r, &segment.table, "table index"));
    if (segment.table >= d->m->tables.len)
      return wasm_error(r->error, at, "out of bounds table index %u", segment.table);
    WasmType address = d->m->tables.items[segment.table].limits.is_64 ? WASM_I64 : WASM_I32;
    READ(wasm_constant_read(d->m, r, address, d->m->globals.len, &segment.offset));
  }
  segment.type = flags & EXPRESSIONS ? WASM_FUNCREF : WASM_REF_TYPE(false, WASM_HEAP_FUNC);
  if (flags & (NOT_ACTIVE | EXPLICIT)) {
    if (flags & EXPRESSIONS)
      READ(read_ref_type(r, d->m->types.len, &segment.type));
    else {
      uint8_t kind;
      READ(read_u8(r, &kind, "element kind"));
      if (kind)
        return reader_fail(r, "illegal element kind 0x%x. Must be 0x00", kind);
    }
  }
  if (segment.mode == SEGMENT_ACTIVE && !wasm_is_subtype(d->m, segment.type, d->m->tables.items[segment.table].type)) {
    char a[32], b[32];
    return wasm_error(r->error, at, "Element segment of type %s is not a subtype of referenced table %u (of type %s)",
                      wasm_type_text(segment.type, a), segment.table,
                      wasm_type_text(d->m->tables.items[segment.table].type, b));
  }
  READ(read_count(r, &segment.count, WASM_MAX_TABLE_SIZE, "number of elements"));
  READ(flags & EXPRESSIONS ? read_element_constants(d, &segment) : read_element_functions(d, &segment));
  PUSH(elements, segment);
  return true;
}

static bool read_data(Decoder *d)
{
  WasmReader *r = &d->r;
  WasmDataSegment segment = {.mode = SEGMENT_ACTIVE};
  const uint8_t *bytes;
  uint32_t flags, at = reader_offset(r);
  READ(read_u32(r, &flags, "flag"));
  if (flags > 2)
    return wasm_error(r->error, at, "illegal flag value %u", flags);
  if (flags == 2)
    READ(read_u32(r, &segment.memory, "memory index"));
  if (flags == 1)
    segment.mode = SEGMENT_PASSIVE;
  else {
    if (segment.memory >= d->m->memories.len)
      return wasm_error(r->error, at, "invalid memory index %u for data section (having %u memor%s)", segment.memory,
                        d->m->memories.len, d->m->memories.len == 1 ? "y" : "ies");
    WasmType address = d->m->memories.items[segment.memory].is_64 ? WASM_I64 : WASM_I32;
    READ(wasm_constant_read(d->m, r, address, d->m->globals.len, &segment.offset));
  }
  READ(read_u32(r, &segment.length, "source size"));
  segment.start = reader_offset(r);
  READ(read_bytes(r, segment.length, &bytes, "data"));
  PUSH(data, segment);
  return true;
}

static bool read_body(Decoder *d)
{
  WasmReader *r = &d->r;
  const uint8_t *bytes;
  uint32_t index = d->m->imported[WASM_FUNCTION] + d->code_count, at = reader_offset(r);
  WasmFunctionInfo *function = &d->m->functions.items[index];
  READ(read_u32(r, &function->length, "body size"));
  if (function->length > WASM_MAX_FUNCTION_SIZE)
    return wasm_error(r->error, at, "size %u > maximum function size %u", function->length,
                      (unsigned)WASM_MAX_FUNCTION_SIZE);
  function->offset = reader_offset(r);
  READ(read_bytes(r, function->length, &bytes, "function body"));
  d->code_count++;
  return true;
}

/* --- sections ----------------------------------------------------------------------------------------------------- */

static bool each(Decoder *d, uint32_t limit, const char *what, bool (*read)(Decoder *))
{
  uint32_t count;
  READ(read_count(&d->r, &count, limit, what));
  for (uint32_t k = 0; k < count; k++)
    READ(read(d));
  return true;
}

/* How many functions there will be is known before their section ends: constants may name them. */
static bool function_section(Decoder *d)
{
  READ(each(d, WASM_MAX_FUNCTIONS, "functions count", read_function));
  return true;
}

static bool code_section(Decoder *d)
{
  uint32_t at = reader_offset(&d->r), count, defined = d->m->functions.len - d->m->imported[WASM_FUNCTION];
  READ(read_count(&d->r, &count, WASM_MAX_FUNCTIONS, "body count"));
  if (count != defined)
    return wasm_error(d->r.error, at, "function body count %u mismatch (%u expected)", count, defined);
  for (uint32_t k = 0; k < count; k++)
    READ(read_body(d));
  return true;
}

static bool data_section(Decoder *d)
{
  uint32_t at = reader_offset(&d->r);
  READ(each(d, WASM_MAX_SEGMENTS, "data segments count", read_data));
  if (d->m->has_data_count && d->m->data_count != d->m->data.len)
    return wasm_error(d->r.error, at,
                      "number of data segments (%u) does not match declared number of data segments (%u)",
                      d->m->data.len, d->m->data_count);
  return true;
}

static bool make_declared(Decoder *d)
{
  if (!d->m->declared)
    d->m->declared = arena_alloc_zeroed(&d->m->arena, d->m->functions.len / 8 + 1);
  return d->m->declared || reader_fail(&d->r, "out of memory");
}

static bool read_section(Decoder *d, uint8_t code)
{
  uint32_t count;
  if (code > SECTION_FUNCTION)
    READ(make_declared(d));
  switch (code) {
  case SECTION_TYPE: READ(read_count(&d->r, &count, WASM_MAX_TYPES, "types count")); return type_section(d, count);
  case SECTION_IMPORT: return each(d, WASM_MAX_IMPORTS, "imports count", read_import);
  case SECTION_FUNCTION: return function_section(d);
  case SECTION_TABLE: return each(d, WASM_MAX_TABLES, "table count", read_table);
  case SECTION_MEMORY: return each(d, WASM_MAX_MEMORIES, "memory count", read_memory);
  case SECTION_GLOBAL: return each(d, WASM_MAX_GLOBALS, "globals count", read_global);
  case SECTION_EXPORT: return each(d, WASM_MAX_EXPORTS, "exports count", read_export) && check_export_names(d);
  case SECTION_START: return start_section(d);
  case SECTION_ELEMENT: return each(d, WASM_MAX_SEGMENTS, "segment count", read_element);
  case SECTION_CODE: return code_section(d);
  case SECTION_DATA: return data_section(d);
  case SECTION_DATA_COUNT:
    d->m->has_data_count = true;
    return read_u32(&d->r, &d->m->data_count, "data segments count");
  default: return each(d, WASM_MAX_TAGS, "tag count", read_tag);
  }
}

static bool custom_section(Decoder *d)
{
  WasmCustomSection custom;
  READ(read_name(&d->r, &custom.name, "section name"));
  custom.start = reader_offset(&d->r);
  custom.length = (uint32_t)(d->r.end - d->r.p);
  PUSH(customs, custom);
  return true;
}

static bool next_section(Decoder *d, const uint8_t *end)
{
  WasmReader *r = &d->r;
  uint32_t at = reader_offset(r), length;
  uint8_t code;
  READ(read_u8(r, &code, "section kind"));
  if (code >= SECTION_COUNT)
    return wasm_error(r->error, at, "unknown section code #0x%02x", code);
  READ(read_u32(r, &length, "section length"));
  if (length > (size_t)(end - r->p))
    return wasm_error(r->error, at,
                      "section (code %u, \"%s\") extends past end of the module (length %u, remaining bytes %u)", code,
                      section_names[code], length, (uint32_t)(end - r->p));
  r->end = r->p + length;
  if (code == SECTION_CUSTOM) {
    READ(custom_section(d));
    r->p = r->end;
  } else {
    if (d->seen >> section_order[code])
      return wasm_error(r->error, at, "unexpected section <%s>", section_names[code]);
    d->seen |= 1u << section_order[code];
    READ(read_section(d, code));
  }
  if (r->p != r->end)
    return reader_fail(r, "section was shorter than expected size (%u bytes expected, %u decoded)", length,
                       length - (uint32_t)(r->end - r->p));
  r->end = end;
  return true;
}

static bool read_header(WasmReader *r)
{
  const uint8_t *b;
  READ(read_bytes(r, 4, &b, "wasm magic"));
  if (memcmp(b, "\0asm", 4))
    return wasm_error(r->error, 0, "expected magic word 00 61 73 6d, found %02x %02x %02x %02x", b[0], b[1], b[2],
                      b[3]);
  READ(read_bytes(r, 4, &b, "wasm version"));
  if (memcmp(b, "\1\0\0", 4))
    return wasm_error(r->error, 4, "expected version 01 00 00 00, found %02x %02x %02x %02x", b[0], b[1], b[2], b[3]);
  return true;
}

static bool decode(Decoder *d, const uint8_t *end)
{
  WasmModule *m = d->m;
  READ(read_header(&d->r));
  while (d->r.p != end)
    READ(next_section(d, end));
  READ(make_declared(d));
  uint32_t defined = m->functions.len - m->imported[WASM_FUNCTION];
  if (d->code_count != defined)
    return wasm_error(d->r.error, m->length, "function count is %u, but code section is absent", defined);
  if (m->has_data_count && m->data_count != m->data.len)
    return wasm_error(d->r.error, m->length, "data segments count %u mismatch (%u expected)", m->data.len,
                      m->data_count);
  return wasm_bodies_validate(m, d->r.error);
}

bool wasm_decode(WasmModule *module, WasmError *error)
{
  const uint8_t *end = module->bytes + module->length;
  Decoder d = {.r = {module->bytes, end, module->bytes, error}, .m = module};
  bool ok = decode(&d, end);
  wasm_registry_free(&d.registry);
  return ok;
}
