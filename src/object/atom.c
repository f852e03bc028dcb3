// SPDX-License-Identifier: MIT
/*
 * The atom table: open addressing over weak references to atom strings, keyed by units. Well-known rows are kept by the
 * heap's face and traced as roots by the Vm. Also the table of one-unit strings.
 */
#include "object/atom.h"

#include "gc/recent.h"
#include "object/vm.h"

struct JsAtomTable {
  JsString **entries;             /* NULL: free; ATOM_DELETED: tombstone */
  uint32_t count, used, capacity; /* live; live + tombstones; size, a power of two */
  GcRecent recent;                /* atoms made since the last collection */
  GcRecent waiting;               /* a major one: atoms that were not reached at the first look */
  uint32_t seen;                  /* a major one: entries that were looked at; rehashing begins anew */
  JsWeakSource weak;
  JsRootSource roots;
  JsCell *well_known[ATOM_COUNT];
  JsString *latin1[256];
};

#define ATOM_DELETED ((JsString *)(uintptr_t)8)
enum { ATOM_TABLE_FIRST = 8192 }; /* entries: an empty program has 3,000 atoms */

static const struct {
  const char *text;
  uint8_t kind; /* 0 atom, 1 well-known symbol, 2 private name */
} atom_rows[] = {
#define ATOM_ROW(id, text) {text, 0},
#define SYMBOL_ROW(id)     {"Symbol." #id, 1},
#define PRIVATE_ROW(id)    {#id, 2},
#include "object/atoms.def"
#undef ATOM_ROW
#undef SYMBOL_ROW
#undef PRIVATE_ROW
};

static void drop_if_dead(JsHeap *heap, JsAtomTable *table, uint32_t at)
{
  JsString *atom = table->entries[at];
  if (atom && atom != ATOM_DELETED && !gc_is_live(heap, atom)) {
    table->entries[at] = ATOM_DELETED;
    table->count--;
  }
}

/* Atoms that came into the table and were not dropped yet; one may be listed twice. */
static void drop_listed(JsHeap *heap, JsAtomTable *table, const GcRecent *atoms)
{
  for (uint32_t k = 0; k < atoms->count; k++) {
    uint32_t at = atoms->cells[k]->word & (table->capacity - 1);
    while (table->entries[at] && (const JsCell *)table->entries[at] != atoms->cells[k])
      at = (at + 1) & (table->capacity - 1);
    drop_if_dead(heap, table, at);
  }
}

/* Entries ahead whose atom's header is fetched; entries of a slice: a fraction of a millisecond. */
enum { FETCH_AHEAD = 16, ENTRIES_AT_ONCE = 8192 };

/* Part of a first look in a major collection by slices: what is reached now lives, the rest is looked at again. */
static bool table_advance(JsTracer *tracer, void *opaque)
{
  JsHeap *heap = gc_tracer_heap(tracer);
  JsAtomTable *table = opaque;
  uint32_t left = table->capacity - table->seen,
           to = left < ENTRIES_AT_ONCE ? table->capacity : table->seen + ENTRIES_AT_ONCE;
  if (!left)
    return false;
  for (uint32_t k = table->seen; k < to; k++) {
    JsString *atom = table->entries[k];
    if (k + FETCH_AHEAD < table->capacity)
      __builtin_prefetch(table->entries[k + FETCH_AHEAD]);
    if (atom && atom != ATOM_DELETED && !gc_is_live(heap, atom))
      gc_recent_add(heap, &table->waiting, &atom->cell);
  }
  table->seen = to;
  return true;
}

static void table_sweep(JsHeap *heap, void *opaque)
{
  JsAtomTable *table = opaque;
  bool is_minor = gc_collection_is_minor(heap), is_known = table->seen == table->capacity && !table->waiting.is_all;
  if (!table->recent.is_all && (is_minor || is_known)) {
    drop_listed(heap, table, &table->recent);
    if (!is_minor)
      drop_listed(heap, table, &table->waiting);
  } else {
    for (uint32_t k = 0; k < table->capacity; k++)
      drop_if_dead(heap, table, k);
  }
  gc_recent_clear(heap, &table->recent);
  gc_recent_clear(heap, &table->waiting);
  table->seen = 0;
}

static void table_trace_roots(JsTracer *tracer, void *opaque)
{
  JsAtomTable *table = opaque;
  for (uint32_t k = 0; k < ATOM_COUNT; k++)
    gc_trace_cell(tracer, table->well_known[k]);
  for (uint32_t k = 0; k < 256; k++)
    gc_trace_cell(tracer, table->latin1[k]);
  gc_trace_cell(tracer, heap_face(gc_tracer_heap(tracer))->empty_string);
}

static bool table_rehash(JsHeap *heap, JsAtomTable *table, uint32_t capacity)
{
  JsString **entries = mem_alloc_zeroed(gc_heap_account(heap), MEM_HEAP_TABLES, capacity * sizeof *entries);
  if (!entries)
    return false;
  for (uint32_t k = 0; k < table->capacity; k++) {
    JsString *atom = table->entries[k];
    if (!atom || atom == ATOM_DELETED)
      continue;
    uint32_t at = atom->cell.word & (capacity - 1);
    while (entries[at])
      at = (at + 1) & (capacity - 1);
    entries[at] = atom;
  }
  mem_free(gc_heap_account(heap), MEM_HEAP_TABLES, table->entries, table->capacity * sizeof *table->entries);
  table->entries = entries;
  table->capacity = capacity;
  table->seen = 0;
  table->used = table->count;
  return true;
}

/* The entry for these units, or NULL; *free_at is where a new one may go. */
static JsString *table_find(JsAtomTable *table, StringView view, uint32_t hash, uint32_t *free_at)
{
  uint32_t mask = table->capacity - 1, at = hash & mask;
  uint32_t tombstone = UINT32_MAX;
  for (;; at = (at + 1) & mask) {
    JsString *atom = table->entries[at];
    if (!atom)
      break;
    if (atom == ATOM_DELETED) {
      if (tombstone == UINT32_MAX)
        tombstone = at;
      continue;
    }
    if (atom->cell.word == hash && atom->length == view.length) {
      StringView mine = {atom->u.latin1, atom->length, string_is_wide(atom)};
      if (view_equals(mine, view))
        return atom;
    }
  }
  *free_at = tombstone != UINT32_MAX ? tombstone : at;
  return NULL;
}

static void table_insert(JsHeap *heap, JsAtomTable *table, JsString *atom, uint32_t hash)
{
  if ((table->used + 1) * 4 > table->capacity * 3)
    JS_CHECK(table_rehash(heap, table, table->count * 2 > table->capacity ? table->capacity * 2 : table->capacity));
  uint32_t at;
  atom->cell.word = hash;
  JsString *other = table_find(table, (StringView){atom->u.latin1, atom->length, string_is_wide(atom)}, hash, &at);
  JS_ASSERT(!other);
  (void)other;
  if (!table->entries[at])
    table->used++;
  table->entries[at] = atom;
  table->count++;
  gc_recent_add(heap, &table->recent, &atom->cell);
  atom->cell.flags |= STRING_ATOM | STRING_NOT_INDEX;
}

JsString *atom_from_view(JsHeap *heap, StringView view)
{
  return atom_from_hashed_view(heap, view, string_view_hash(heap, view));
}

JsString *atom_from_hashed_view(JsHeap *heap, StringView view, uint32_t hash)
{
  JsAtomTable *table = heap_face(heap)->atom_table;
  uint32_t at;
  JsString *atom = table_find(table, view, hash, &at);
  if (atom)
    return atom;
  atom = string_from_view(heap, view);
  table_insert(heap, table, atom, hash);
  return atom;
}

JsString *atom_from_string(JsHeap *heap, JsString *s)
{
  if (string_is_atom(s))
    return s;
  JsAtomTable *table = heap_face(heap)->atom_table;
  uint32_t hash = string_hash(heap, s), at;
  StringView view = string_view(heap, s);
  JsString *atom = table_find(table, view, hash, &at);
  if (atom)
    return atom;
  atom = s;
  if (!string_is_flat(s)) {
    atom = string_from_view(heap, view);
    js_keep_alive(js_from_cell(s));
  }
  table_insert(heap, table, atom, hash);
  return atom;
}

JsString *atom_from_c_string(JsHeap *heap, const char *ascii)
{
  return atom_from_view(heap, (StringView){ascii, (uint32_t)strlen(ascii), false});
}

static void make_unit_strings(JsHeap *heap, JsAtomTable *table)
{
  for (uint32_t k = 0; k < 256; k++) {
    JsString *s = gc_alloc(heap, CELL_STRING, sizeof(JsString));
    s->length = 1;
    s->u.latin1[0] = (uint8_t)k;
    table->latin1[k] = s;
    uint32_t index;
    StringView view = {s->u.latin1, 1, false};
    if (!view_to_index(view, &index))
      table_insert(heap, table, s, string_view_hash(heap, view));
  }
}

bool atom_table_init(JsHeap *heap)
{
  MemAccount *account = gc_heap_account(heap);
  JsAtomTable *table = mem_alloc_zeroed(account, MEM_HEAP_TABLES, sizeof *table);
  if (!table)
    return false;
  if (!table_rehash(heap, table, ATOM_TABLE_FIRST)) {
    mem_free(account, MEM_HEAP_TABLES, table, sizeof *table);
    return false;
  }
  table->recent.is_all = true; /* start-up makes thousands */
  JsHeapFace *face = heap_face(heap);
  face->atom_table = table;
  face->atoms = table->well_known;
  face->latin1_strings = table->latin1;
  table->weak = (JsWeakSource){.sweep = table_sweep, .opaque = table, .advance = table_advance};
  gc_add_weak_source(heap, &table->weak);
  table->roots = (JsRootSource){.trace = table_trace_roots, .opaque = table, .name = "well-known names"};
  gc_add_root_source(heap, &table->roots);

  face->empty_string = gc_alloc(heap, CELL_STRING, sizeof(JsString));
  table_insert(heap, table, face->empty_string, string_view_hash(heap, (StringView){"", 0, false}));
  make_unit_strings(heap, table);
  for (uint32_t k = 0; k < ATOM_COUNT; k++) {
    const char *text = atom_rows[k].text;
    if (atom_rows[k].kind == 0)
      table->well_known[k] = &atom_from_c_string(heap, text)->cell;
    else
      table->well_known[k] = &symbol_new(heap, string_from_c_string(heap, text),
                                         atom_rows[k].kind == 1 ? SYMBOL_WELL_KNOWN : SYMBOL_PRIVATE)
                                  ->cell;
  }
  return true;
}

void atom_table_free(JsHeap *heap)
{
  JsAtomTable *table = heap_face(heap)->atom_table;
  if (!table)
    return;
  gc_remove_weak_source(heap, &table->weak);
  gc_remove_root_source(heap, &table->roots);
  MemAccount *account = gc_heap_account(heap);
  gc_recent_clear(heap, &table->recent);
  gc_recent_clear(heap, &table->waiting);
  mem_free(account, MEM_HEAP_TABLES, table->entries, table->capacity * sizeof *table->entries);
  mem_free(account, MEM_HEAP_TABLES, table, sizeof *table);
  heap_face(heap)->atom_table = NULL;
}
