// SPDX-License-Identifier: MIT
/*
 * String cells: making them, ropes and slices, comparing, hashing. See string.h for the representations.
 */
#include "gc/alloc_inl.h"
#include "object/string.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/utf.h"
#include "object/convert.h"
#include "object/atom.h"
#include "object/exception.h"
#include "object/context.h"

enum {
  /* Concatenations up to this many units are copied: a rope node costs as much. */
  STRING_ROPE_MIN = 24,
  /* Substrings shorter than this are copied: a slice costs 32 bytes and keeps its base alive. */
  STRING_SLICE_MIN = 32,
  STRING_HEADER = offsetof(JsString, u),
};
_Static_assert(sizeof(JsString) == 32, "update string_trace()");

void string_trace(JsTracer *tracer, JsCell *cell)
{
  JsString *s = (JsString *)cell;
  if (cell->flags & STRING_ROPE) {
    gc_trace_ptr(tracer, s->u.rope.left);
    gc_trace_ptr(tracer, s->u.rope.right);
  } else if (cell->flags & STRING_SLICE) {
    gc_trace_ptr(tracer, s->u.base);
  }
}

/* --- making ------------------------------------------------------------------------------------------------------ */

static JsString *string_alloc(JsHeap *heap, size_t length, bool is_wide)
{
  size_t size = STRING_HEADER + (length << is_wide);
  if (size < sizeof(JsString))
    size = sizeof(JsString);
  JsString *s = gc_try_alloc(heap, CELL_STRING, size);
  if (!s) {
    gc_fail_if_refused(heap);
    return NULL;
  }
  s->length = (uint32_t)length;
  s->cell.flags = is_wide ? STRING_WIDE : 0;
  return s;
}

JsString *string_alloc_latin1(JsHeap *heap, size_t length, uint8_t **units)
{
  JsString *s = string_alloc(heap, length, false);
  if (s)
    *units = s->u.latin1;
  return s;
}

JsString *string_alloc_wide(JsHeap *heap, size_t length, uint16_t **units)
{
  JsString *s = string_alloc(heap, length, true);
  if (s)
    *units = s->u.wide;
  return s;
}

/* For lengths the caller has bounded: running out is the heap's fatal error. */
static JsString *string_alloc_or_die(JsHeap *heap, size_t length, bool is_wide)
{
  size_t size = STRING_HEADER + (length << is_wide);
  if (size < sizeof(JsString))
    size = sizeof(JsString);
  JsString *s = gc_alloc_fast(heap, CELL_STRING, size);
  s->length = (uint32_t)length;
  s->cell.flags = is_wide ? STRING_WIDE : 0;
  return s;
}

JsString *string_empty(JsHeap *heap)
{
  return heap_face(heap)->empty_string;
}

JsString *string_from_unit(JsHeap *heap, uint16_t unit)
{
  if (unit < 256)
    return heap_face(heap)->latin1_strings[unit];
  JsString *s = string_alloc_or_die(heap, 1, true);
  s->u.wide[0] = unit;
  return s;
}

JsString *string_from_code_point(JsHeap *heap, uint32_t code_point)
{
  if (code_point < 0x10000)
    return string_from_unit(heap, (uint16_t)code_point);
  JsString *s = string_alloc_or_die(heap, 2, true);
  s->u.wide[0] = utf16_lead_of(code_point);
  s->u.wide[1] = utf16_trail_of(code_point);
  return s;
}

JsString *string_from_latin1(JsHeap *heap, const void *units, size_t length)
{
  if (length <= 1)
    return length ? string_from_unit(heap, *(const uint8_t *)units) : string_empty(heap);
  JsString *s = string_alloc_or_die(heap, length, false);
  memcpy(s->u.latin1, units, length);
  return s;
}

JsString *string_from_utf16(JsHeap *heap, const uint16_t *units, size_t length)
{
  if (length <= 1)
    return length ? string_from_unit(heap, units[0]) : string_empty(heap);
  bool is_wide = !utf16_is_latin1(units, length);
  JsString *s = string_alloc_or_die(heap, length, is_wide);
  if (is_wide)
    memcpy(s->u.wide, units, length * 2);
  else
    utf_narrow(units, length, s->u.latin1);
  return s;
}

JsString *string_from_utf8(JsHeap *heap, const char *bytes, size_t length)
{
  const uint8_t *utf8 = (const uint8_t *)bytes;
  Utf8Info info;
  utf8_scan(utf8, length, UTF_REPLACE, &info);
  if (info.max < 0x80)
    return string_from_latin1(heap, utf8, length);
  bool is_wide = info.max > 0xFF;
  JsString *s = string_alloc_or_die(heap, info.units, is_wide);
  if (!is_wide)
    utf8_to_latin1(utf8, length, s->u.latin1);
  else if (info.well_formed)
    utf8_well_formed_to_utf16(utf8, length, s->u.wide);
  else
    utf8_to_utf16(utf8, length, s->u.wide, UTF_REPLACE);
  return s;
}

JsString *string_from_c_string(JsHeap *heap, const char *ascii)
{
  return string_from_latin1(heap, ascii, strlen(ascii));
}

JsString *string_from_view(JsHeap *heap, StringView view)
{
  return view.is_wide ? string_from_utf16(heap, view.units, view.length)
                      : string_from_latin1(heap, view.units, view.length);
}

JsString *string_printf(JsHeap *heap, const char *format, ...)
{
  char small[256];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (length < 0)
    return string_empty(heap);
  if ((size_t)length < sizeof small)
    return string_from_utf8(heap, small, (size_t)length);
  size_t size = (size_t)length + 1;
  char *big = mem_alloc(gc_heap_account(heap), MEM_SCRATCH, size);
  if (!big)
    return string_from_utf8(heap, small, sizeof small - 1);
  va_start(args, format);
  vsnprintf(big, size, format, args);
  va_end(args);
  JsString *s = string_from_utf8(heap, big, (size_t)length);
  mem_free(gc_heap_account(heap), MEM_SCRATCH, big, size);
  return s;
}

/* --- ropes and slices -------------------------------------------------------------------------------------------- */

static void copy_units(void *out, bool out_wide, uint32_t at, StringView view)
{
  if (out_wide && view.is_wide)
    memcpy((uint16_t *)out + at, view.units, (size_t)view.length * 2);
  else if (out_wide)
    utf_widen(view.units, view.length, (uint16_t *)out + at);
  else
    memcpy((uint8_t *)out + at, view.units, view.length);
}

/* Fills `out` from right to left without recursion: the pending left sides are a chain in malloc memory only when the
 * tree is right-heavy; the common left-heavy tree of `s += x` needs a single pending node. */
static void rope_write(JsHeap *heap, JsString *rope, void *out, bool out_wide)
{
  JsString *inline_stack[64];
  JsString **stack = inline_stack;
  size_t depth = 0, capacity = JS_COUNTOF(inline_stack), heap_size = 0;
  uint32_t end = rope->length;
  JsString *node = rope;
  for (;;) {
    while (node->cell.flags & STRING_ROPE) {
      if (depth == capacity) {
        size_t new_size = capacity * 2 * sizeof *stack;
        JsString **grown = mem_alloc(gc_heap_account(heap), MEM_SCRATCH, new_size);
        JS_CHECK(grown != NULL);
        memcpy(grown, stack, depth * sizeof *stack);
        if (stack != inline_stack)
          mem_free(gc_heap_account(heap), MEM_SCRATCH, stack, heap_size);
        stack = grown;
        heap_size = new_size;
        capacity *= 2;
      }
      stack[depth++] = ptr_slot_get(node->u.rope.left);
      node = ptr_slot_get(node->u.rope.right);
    }
    StringView view = string_view(heap, node);
    end -= view.length;
    copy_units(out, out_wide, end, view);
    if (!depth)
      break;
    node = stack[--depth];
  }
  if (stack != inline_stack)
    mem_free(gc_heap_account(heap), MEM_SCRATCH, stack, heap_size);
}

void string_flatten_rope(JsHeap *heap, JsString *s)
{
  bool is_wide = s->cell.flags & STRING_WIDE;
  JsString *flat = string_alloc_or_die(heap, s->length, is_wide);
  rope_write(heap, s, flat->u.latin1, is_wide);
  s->cell.flags = (uint8_t)((s->cell.flags & ~STRING_ROPE) | STRING_SLICE);
  s->offset = 0;
  s->u.rope.right.raw_ = NULL;
  ptr_slot_set(heap, s, &s->u.base, flat);
}

uint16_t string_unit_at(JsHeap *heap, JsString *s, uint32_t k)
{
  return view_unit(string_view(heap, s), k);
}

JsString *string_concat(JsContext *cx, JsString *left, JsString *right)
{
  if (!left->length)
    return right;
  if (!right->length)
    return left;
  uint64_t length = (uint64_t)left->length + right->length;
  if (js_unlikely(length > JS_MAX_STRING_LENGTH)) {
    throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
    return NULL;
  }
  bool is_wide = (left->cell.flags | right->cell.flags) & STRING_WIDE;
  JsHeap *heap = cx->heap;
  if (length < STRING_ROPE_MIN) {
    StringView a = string_view(heap, left), b = string_view(heap, right);
    JsString *s = string_alloc_or_die(heap, length, is_wide);
    copy_units(s->u.latin1, is_wide, 0, a);
    copy_units(s->u.latin1, is_wide, left->length, b);
    return s;
  }
  JsString *s = gc_alloc_fast(heap, CELL_STRING, sizeof(JsString));
  s->cell.flags = (uint8_t)(STRING_ROPE | (is_wide ? STRING_WIDE : 0));
  s->length = (uint32_t)length;
  ptr_slot_init(&s->u.rope.left, left);
  ptr_slot_init(&s->u.rope.right, right);
  return s;
}

/* Longer ones are not copied: they become ropes. */
#define STRING_PART_MAX 256

typedef struct NumberText {
  char digits[40];
  uint32_t length;
} NumberText;

static uint32_t part_length(JsValue part, NumberText *text)
{
  if (js_is_string(part))
    return js_as_string(part)->length;
  return text->length = (uint32_t)number_to_chars(js_number_value(part), text->digits);
}

JsString *string_concat_parts(JsContext *cx, const JsValue *parts, uint32_t count)
{
  JS_ASSERT(count > 0 && count <= STRING_PARTS_MAX);
  JsHeap *heap = cx->heap;
  NumberText texts[STRING_PARTS_MAX];
  JsString *result = NULL;
  for (uint32_t k = 0; k < count;) {
    /* Short parts in a row make one flat string. */
    uint32_t first = k, total = 0;
    bool is_wide = false;
    for (; k < count && total < STRING_PART_MAX; k++) {
      uint32_t length = part_length(parts[k], &texts[k]);
      if (length >= STRING_PART_MAX)
        break;
      total += length;
      is_wide |= js_is_string(parts[k]) && js_as_string(parts[k])->cell.flags & STRING_WIDE;
    }
    JsString *piece;
    if (k == first || (k == first + 1 && js_is_string(parts[first]))) {
      piece = js_as_string(parts[first]);
      k = first + 1;
    } else {
      piece = string_alloc_or_die(heap, total, is_wide);
      uint32_t at = 0;
      for (uint32_t j = first; j < k; j++) {
        StringView view = {texts[j].digits, texts[j].length, false};
        if (js_is_string(parts[j]))
          view = string_view(heap, js_as_string(parts[j]));
        copy_units(piece->u.latin1, is_wide, at, view);
        at += view.length;
      }
    }
    result = result ? TRY_OR(NULL, string_concat(cx, result, piece)) : piece;
  }
  return result;
}

JsString *string_substring(JsHeap *heap, JsString *s, uint32_t from, uint32_t to)
{
  JS_ASSERT(from <= to && to <= s->length);
  if (from == 0 && to == s->length)
    return s;
  StringView view = string_view(heap, s);
  uint32_t length = to - from;
  if (length < STRING_SLICE_MIN) {
    StringView part = {(const uint8_t *)view.units + ((size_t)from << view.is_wide), length, view.is_wide};
    return string_from_view(heap, part);
  }
  JsString *base = s;
  uint32_t offset = from;
  if (s->cell.flags & STRING_SLICE) {
    base = ptr_slot_get(s->u.base);
    offset += s->offset;
  }
  JsString *slice = GC_NEW(heap, STRING, JsString);
  slice->cell.flags = (uint8_t)(STRING_SLICE | (view.is_wide ? STRING_WIDE : 0));
  slice->length = length;
  slice->offset = offset;
  ptr_slot_init(&slice->u.base, base);
  return slice;
}

/* --- comparing --------------------------------------------------------------------------------------------------- */

bool view_equals(StringView a, StringView b)
{
  if (a.length != b.length)
    return false;
  if (a.is_wide == b.is_wide)
    return memcmp(a.units, b.units, (size_t)a.length << a.is_wide) == 0;
  const uint16_t *wide = a.is_wide ? a.units : b.units;
  const uint8_t *narrow = a.is_wide ? b.units : a.units;
  for (uint32_t k = 0; k < a.length; k++)
    if (wide[k] != narrow[k])
      return false;
  return true;
}

bool string_equals(JsHeap *heap, JsString *a, JsString *b)
{
  if (a == b)
    return true;
  if (a->length != b->length || (a->cell.flags & b->cell.flags & STRING_ATOM))
    return false;
  if (a->cell.word && b->cell.word && a->cell.word != b->cell.word)
    return false;
  return view_equals(string_view(heap, a), string_view(heap, b));
}

bool string_equals_ascii(JsHeap *heap, JsString *s, const char *ascii)
{
  return view_equals(string_view(heap, s), (StringView){ascii, (uint32_t)strlen(ascii), false});
}

int string_compare(JsHeap *heap, JsString *a, JsString *b)
{
  StringView va = string_view(heap, a), vb = string_view(heap, b);
  uint32_t n = va.length < vb.length ? va.length : vb.length;
  if (!va.is_wide && !vb.is_wide) {
    int order = memcmp(va.units, vb.units, n);
    if (order)
      return order;
  } else {
    for (uint32_t k = 0; k < n; k++) {
      int order = (int)view_unit(va, k) - (int)view_unit(vb, k);
      if (order)
        return order;
    }
  }
  return va.length < vb.length ? -1 : va.length > vb.length;
}

uint32_t string_view_hash(JsHeap *heap, StringView view)
{
  (void)heap;
  uint32_t hash = view.is_wide ? hash_utf16(view.units, view.length, 0) : hash_latin1(view.units, view.length, 0);
  return string_hash_word(hash);
}

uint32_t string_hash(JsHeap *heap, JsString *s)
{
  if (!s->cell.word)
    s->cell.word = string_view_hash(heap, string_view(heap, s));
  return s->cell.word;
}

/* An array index in canonical decimal form: no sign, no leading zero, below 2^32-1. */
bool view_to_index(StringView view, uint32_t *index)
{
  if (view.length == 0 || view.length > 10)
    return false;
  uint32_t first = view_unit(view, 0);
  if (first < '0' || first > '9' || (first == '0' && view.length > 1))
    return false;
  uint64_t n = 0;
  for (uint32_t k = 0; k < view.length; k++) {
    uint32_t digit = view_unit(view, k) - (uint32_t)'0';
    if (digit > 9)
      return false;
    n = n * 10 + digit;
  }
  if (n > JS_MAX_INDEX)
    return false;
  *index = (uint32_t)n;
  return true;
}

bool string_to_index(JsHeap *heap, JsString *s, uint32_t *index)
{
  if (s->length > 10 || (s->cell.flags & (STRING_ATOM | STRING_NOT_INDEX)))
    return false;
  return view_to_index(string_view(heap, s), index);
}

/* --- UTF-8 ------------------------------------------------------------------------------------------------------- */

size_t string_utf8_length(JsHeap *heap, JsString *s)
{
  StringView view = string_view(heap, s);
  return view.is_wide ? utf16_utf8_length(view.units, view.length) : latin1_utf8_length(view.units, view.length);
}

size_t string_to_utf8(JsHeap *heap, JsString *s, char *out, size_t cap)
{
  StringView view = string_view(heap, s);
  size_t read;
  return view.is_wide ? utf16_to_utf8_bounded(view.units, view.length, (uint8_t *)out, cap, UTF_REPLACE, &read)
                      : latin1_to_utf8_bounded(view.units, view.length, (uint8_t *)out, cap, &read);
}

char *string_to_utf8_alloc(JsHeap *heap, JsString *s, size_t *length, size_t *size)
{
  size_t need = string_utf8_length(heap, s) + 1;
  char *utf8 = mem_alloc(gc_heap_account(heap), MEM_SCRATCH, need);
  if (!utf8)
    return NULL;
  size_t written = string_to_utf8(heap, s, utf8, need - 1);
  utf8[written] = 0;
  if (length)
    *length = written;
  *size = need;
  return utf8;
}

void string_utf8_free(JsHeap *heap, char *utf8, size_t size)
{
  mem_free(gc_heap_account(heap), MEM_SCRATCH, utf8, size);
}
