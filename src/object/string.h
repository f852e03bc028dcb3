// SPDX-License-Identifier: MIT
/*
 * [DOC] Strings
 *
 * Latin-1 or UTF-16 code units; flat (units inline), rope (lazy concatenation) or slice (a window of a flat string).
 * A rope that is flattened becomes a slice of its flat copy, in place, so that all holders profit. An atom is a flat
 * string in the Vm's weak atom table; two atoms are equal exactly when their pointers are. Strings that spell an array
 * index never are atoms. A wide flat string may hold only Latin-1 units (no promise of narrowest form), so equality
 * compares units.
 *
 *   cell.word = hash (0: not computed)   cell.flags = StringFlags   cell.aux = unused
 */
#ifndef OBJECT_STRING_H
#define OBJECT_STRING_H

#include "gc/heap.h"
#include "object/key.h"

enum {
  STRING_WIDE = 1,       /* UTF-16 units; else Latin-1 */
  STRING_ROPE = 2,       /* left, right */
  STRING_SLICE = 4,      /* base, offset */
  STRING_ATOM = 8,       /* in the atom table */
  STRING_NOT_INDEX = 16, /* known not to spell an array index */
};

/* As V8: 2^29 - 24 units. Longer concatenations throw RangeError "Invalid string length". */
#define JS_MAX_STRING_LENGTH 0x1FFFFFE8u

struct JsString {
  JsCell cell;
  uint32_t length; /* code units */
  uint32_t offset; /* slice: first unit in base; rope: depth */
  union {
    struct {
      JS_PTR_SLOT(JsString) left;
      JS_PTR_SLOT(JsString) right;
    } rope;
    JS_PTR_SLOT(JsString) base; /* slice */
    uint8_t latin1[0];
    uint16_t wide[0];
  } u;
};

/* A flat view. Valid as long as the string is alive (cells do not move); pair with js_keep_alive if only the view is
 * used. */
typedef struct StringView {
  const void *units;
  uint32_t length;
  bool is_wide;
} StringView;

JS_INLINE bool js_is_string(JsValue v)
{
  return js_is_cell(v) && js_as_cell(v)->kind == CELL_STRING;
}
JS_INLINE JsString *js_as_string(JsValue v)
{
  return (JsString *)js_as_cell(v);
}
JS_INLINE bool string_is_wide(const JsString *s)
{
  return s->cell.flags & STRING_WIDE;
}
JS_INLINE bool string_is_atom(const JsString *s)
{
  return s->cell.flags & STRING_ATOM;
}
JS_INLINE bool string_is_flat(const JsString *s)
{
  return !(s->cell.flags & (STRING_ROPE | STRING_SLICE));
}

/* Flattens a rope (iteratively); after it the string is flat or a slice. */
void string_flatten_rope(JsHeap *heap, JsString *s);
static inline StringView string_view(JsHeap *heap, JsString *s)
{
  if (js_unlikely(s->cell.flags & STRING_ROPE))
    string_flatten_rope(heap, s);
  bool is_wide = s->cell.flags & STRING_WIDE;
  if (js_unlikely(s->cell.flags & STRING_SLICE)) {
    const JsString *base = ptr_slot_get(s->u.base);
    const void *units = is_wide ? (const void *)(base->u.wide + s->offset) : (const void *)(base->u.latin1 + s->offset);
    return (StringView){units, s->length, is_wide};
  }
  return (StringView){s->u.latin1, s->length, is_wide};
}
JS_INLINE uint16_t view_unit(StringView view, uint32_t k)
{
  return view.is_wide ? ((const uint16_t *)view.units)[k] : ((const uint8_t *)view.units)[k];
}
/* One unit; flattens a rope. k < length. */
uint16_t string_unit_at(JsHeap *heap, JsString *s, uint32_t k);

/* New flat strings. Lengths up to JS_MAX_STRING_LENGTH (callers check; see string_check_length). Short results (0 or 1
 * Latin-1 unit) are shared. */
JsString *string_from_latin1(JsHeap *heap, const void *units, size_t length);
/* Narrowed to Latin-1 when every unit fits. */
JsString *string_from_utf16(JsHeap *heap, const uint16_t *units, size_t length);
/* Invalid sequences become U+FFFD. */
JsString *string_from_utf8(JsHeap *heap, const char *bytes, size_t length);
JsString *string_from_c_string(JsHeap *heap, const char *ascii);
JsString *string_from_unit(JsHeap *heap, uint16_t unit);
JsString *string_from_code_point(JsHeap *heap, uint32_t code_point);
JsString *string_from_view(JsHeap *heap, StringView view);
JS_PRINTF(2, 3) JsString *string_printf(JsHeap *heap, const char *format, ...);
/* Uninitialised units for the caller to fill before anything else is allocated; never shared. NULL when the memory
 * cannot be had. */
JS_MUST_USE JsString *string_alloc_latin1(JsHeap *heap, size_t length, uint8_t **units);
JS_MUST_USE JsString *string_alloc_wide(JsHeap *heap, size_t length, uint16_t **units);
JsString *string_empty(JsHeap *heap);

/* O(1): a rope, or a flat copy when short. Throws RangeError when too long. */
JS_MUST_USE JsString *string_concat(JsContext *cx, JsString *left, JsString *right);
/* Strings and numbers, at least one, put together without a string between for each. */
enum { STRING_PARTS_MAX = 16 };
JS_MUST_USE JsString *string_concat_parts(JsContext *cx, const JsValue *parts, uint32_t count);
/* O(1) for long results: a slice. from <= to <= length. */
JsString *string_substring(JsHeap *heap, JsString *s, uint32_t from, uint32_t to);

bool string_equals(JsHeap *heap, JsString *a, JsString *b);
bool string_equals_ascii(JsHeap *heap, JsString *s, const char *ascii);
/* Code-unit order: <0, 0, >0. */
int string_compare(JsHeap *heap, JsString *a, JsString *b);
uint32_t string_hash(JsHeap *heap, JsString *s);
uint32_t string_view_hash(JsHeap *heap, StringView view);
/* A hash as the word of a string or a symbol: no number of a shape has its two highest bits, so that inline caches need
 * not ask whether a cell is an object. Never 0. */
JS_INLINE uint32_t string_hash_word(uint32_t hash)
{
  return (hash & 0x3FFFFFFFu) | 0x80000000u;
}
bool view_equals(StringView a, StringView b);
/* True and the index when the view is a canonical array index (below 2^32-1). */
bool view_to_index(StringView view, uint32_t *index);
/* First match at or after from, or -1. */
int64_t view_index_of(StringView haystack, StringView needle, uint32_t from);
int64_t view_last_index_of(StringView haystack, StringView needle, uint32_t from);
/* True and the index when the whole string is a canonical array index. */
bool string_to_index(JsHeap *heap, JsString *s, uint32_t *index);

/* Length in bytes of the UTF-8 form (lone surrogates as U+FFFD), and the conversion; returns bytes written, no NUL. */
size_t string_utf8_length(JsHeap *heap, JsString *s);
size_t string_to_utf8(JsHeap *heap, JsString *s, char *out, size_t cap);
/* NUL-terminated copy from mem_alloc(account of heap, MEM_SCRATCH, *size); NULL when out of memory. */
JS_MUST_USE char *string_to_utf8_alloc(JsHeap *heap, JsString *s, size_t *length, size_t *size);
void string_utf8_free(JsHeap *heap, char *utf8, size_t size);

/* Builds a string piecewise in malloc memory; narrow until a wide unit comes. Errors are sticky: builder_finish reports
 * them. */
typedef struct StringBuilder {
  JsContext *cx;
  void *units;
  uint32_t length, capacity; /* units */
  bool is_wide, failed;
  uint8_t inline_units[128];
} StringBuilder;
void builder_init(StringBuilder *b, JsContext *cx);
void builder_add_unit_slow(StringBuilder *b, uint16_t unit);
JS_INLINE void builder_add_unit(StringBuilder *b, uint16_t unit)
{
  if (js_likely(!b->is_wide && unit <= 0xFF && b->length < b->capacity && !b->failed))
    ((uint8_t *)b->units)[b->length++] = (uint8_t)unit;
  else
    builder_add_unit_slow(b, unit);
}
void builder_add_code_point(StringBuilder *b, uint32_t code_point);
/* Room for size Latin-1 units at the end of a narrow builder, for the caller to fill and to add to b->length; NULL: it
 * is wide or has failed, go by a copy. */
char *builder_room(StringBuilder *b, size_t size);
void builder_add_int32(StringBuilder *b, int32_t value);
/* Number::toString ( value, 10 ) */
void builder_add_double(StringBuilder *b, double value);
void builder_add_string(StringBuilder *b, JsString *s);
void builder_add_view(StringBuilder *b, StringView view);
void builder_add_latin1_slow(StringBuilder *b, const void *units, size_t length);
JS_INLINE void builder_add_latin1(StringBuilder *b, const void *units, size_t length)
{
  if (js_likely(!b->is_wide && length <= b->capacity - b->length && !b->failed)) {
    memcpy((uint8_t *)b->units + b->length, units, length);
    b->length += (uint32_t)length;
  } else {
    builder_add_latin1_slow(b, units, length);
  }
}
JS_INLINE void builder_add_ascii(StringBuilder *b, const char *ascii)
{
  builder_add_latin1(b, ascii, strlen(ascii));
}
/* The string, and frees the builder. NULL with a RangeError (too long, no memory) pending. */
JS_MUST_USE JsString *builder_finish(StringBuilder *b);
/* Frees without a result (error paths). */
void builder_discard(StringBuilder *b);

void string_trace(JsTracer *tracer, JsCell *cell);

#endif
