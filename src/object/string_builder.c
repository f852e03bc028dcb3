// SPDX-License-Identifier: MIT
/* StringBuilder: see string.h. Starts in its own 128 bytes, moves to accounted memory, widens once. Memory of moderate
 * size is left to the next builder of the Vm. */
#include "object/string.h"

#include "base/dtoa.h"
#include "base/utf.h"
#include "object/context.h"
#include "object/vm.h"

enum { SPARE_MIN = 1024, SPARE_MAX = 16 * 1024 }; /* bytes */

static MemAccount *builder_account(StringBuilder *b)
{
  return gc_heap_account(b->cx->heap);
}

void builder_init(StringBuilder *b, JsContext *cx)
{
  b->cx = cx;
  b->units = b->inline_units;
  b->length = 0;
  b->capacity = sizeof b->inline_units;
  b->is_wide = b->failed = false;
}

static void builder_release(StringBuilder *b)
{
  JsVm *vm = b->cx->vm;
  size_t bytes = (size_t)b->capacity << b->is_wide;
  if (b->units == b->inline_units)
    return;
  if (!vm->spare_units && bytes >= SPARE_MIN && bytes <= SPARE_MAX) {
    vm->spare_units = b->units;
    vm->spare_bytes = bytes;
  } else {
    mem_free(builder_account(b), MEM_SCRATCH, b->units, bytes);
  }
  b->units = b->inline_units;
}

void builder_discard(StringBuilder *b)
{
  builder_release(b);
}

/* Memory for `capacity` units or more; *capacity becomes how many it has. */
static void *take_memory(StringBuilder *b, uint64_t *capacity, bool wide)
{
  JsVm *vm = b->cx->vm;
  void *units = vm->spare_units;
  if (!units || vm->spare_bytes < *capacity << wide)
    return mem_alloc(builder_account(b), MEM_SCRATCH, (size_t)*capacity << wide);
  *capacity = vm->spare_bytes >> wide;
  vm->spare_units = NULL;
  return units;
}

static bool builder_grow(StringBuilder *b, uint64_t need, bool target_wide)
{
  if (need > JS_MAX_STRING_LENGTH) {
    b->failed = true;
    return false;
  }
  uint64_t capacity = (uint64_t)b->capacity * 2;
  if (target_wide && !b->is_wide && need <= b->capacity)
    capacity = b->capacity;
  if (capacity < need)
    capacity = need;
  if (capacity > JS_MAX_STRING_LENGTH)
    capacity = JS_MAX_STRING_LENGTH;
  void *units = take_memory(b, &capacity, target_wide);
  if (!units) {
    b->failed = true;
    return false;
  }
  if (target_wide && !b->is_wide)
    utf_widen(b->units, b->length, units);
  else
    memcpy(units, b->units, (size_t)b->length << b->is_wide);
  builder_release(b);
  b->units = units;
  b->capacity = (uint32_t)capacity;
  b->is_wide = target_wide;
  return true;
}

/* Room for `more` units of the given width. */
JS_INLINE bool builder_reserve(StringBuilder *b, size_t more, bool wide)
{
  uint64_t need = (uint64_t)b->length + more;
  if (js_likely(!b->failed && need <= b->capacity && (b->is_wide || !wide)))
    return true;
  return !b->failed && builder_grow(b, need, b->is_wide || wide);
}

void builder_add_unit_slow(StringBuilder *b, uint16_t unit)
{
  if (!builder_reserve(b, 1, unit > 0xFF))
    return;
  if (b->is_wide)
    ((uint16_t *)b->units)[b->length++] = unit;
  else
    ((uint8_t *)b->units)[b->length++] = (uint8_t)unit;
}

void builder_add_code_point(StringBuilder *b, uint32_t code_point)
{
  if (code_point >= 0x10000) {
    builder_add_unit(b, utf16_lead_of(code_point));
    builder_add_unit(b, utf16_trail_of(code_point));
  } else {
    builder_add_unit(b, (uint16_t)code_point);
  }
}

void builder_add_view(StringBuilder *b, StringView view)
{
  if (!view.length || !builder_reserve(b, view.length, view.is_wide))
    return;
  if (b->is_wide && view.is_wide)
    memcpy((uint16_t *)b->units + b->length, view.units, (size_t)view.length * 2);
  else if (b->is_wide)
    utf_widen(view.units, view.length, (uint16_t *)b->units + b->length);
  else
    memcpy((uint8_t *)b->units + b->length, view.units, view.length);
  b->length += view.length;
}

void builder_add_string(StringBuilder *b, JsString *s)
{
  builder_add_view(b, string_view(b->cx->heap, s));
}

void builder_add_latin1_slow(StringBuilder *b, const void *units, size_t length)
{
  if (length > JS_MAX_STRING_LENGTH) {
    b->failed = true;
    return;
  }
  builder_add_view(b, (StringView){units, (uint32_t)length, false});
}

char *builder_room(StringBuilder *b, size_t size)
{
  return builder_reserve(b, size, false) && !b->is_wide ? (char *)b->units + b->length : NULL;
}

void builder_add_int32(StringBuilder *b, int32_t value)
{
  char text[DTOA_INTEGER_MAX], *room = builder_room(b, sizeof text);
  if (js_likely(room != NULL))
    b->length += (uint32_t)dtoa_int32_to_string(value, room);
  else
    builder_add_latin1(b, text, dtoa_int32_to_string(value, text));
}

void builder_add_double(StringBuilder *b, double value)
{
  char text[DTOA_STRING_MAX], *room = builder_room(b, sizeof text);
  if (js_likely(room != NULL))
    b->length += (uint32_t)dtoa_to_string(value, room);
  else
    builder_add_latin1(b, text, dtoa_to_string(value, text));
}

JsString *builder_finish(StringBuilder *b)
{
  JsHeap *heap = b->cx->heap;
  JsString *s = NULL;
  if (!b->failed) {
    if (b->length <= 1) {
      s = string_from_view(heap, (StringView){b->units, b->length, b->is_wide});
    } else if (b->is_wide) {
      uint16_t *units;
      s = string_alloc_wide(heap, b->length, &units);
      if (s)
        memcpy(units, b->units, (size_t)b->length * 2);
    } else {
      uint8_t *units;
      s = string_alloc_latin1(heap, b->length, &units);
      if (s)
        memcpy(units, b->units, b->length);
    }
  }
  builder_release(b);
  if (!s)
    throw_error(b->cx, JS_MSG_INVALID_STRING_LENGTH);
  return s;
}
