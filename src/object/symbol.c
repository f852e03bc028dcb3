// SPDX-License-Identifier: MIT
/* Symbols and property keys. */
#include "object/symbol.h"

#include <stdio.h>

#include "base/hash.h"
#include "object/elements.h"
#include "object/vm.h"

_Static_assert(sizeof(JsSymbol) == 24, "update symbol_trace()");

void symbol_trace(JsTracer *tracer, JsCell *cell)
{
  gc_trace_ptr(tracer, ((JsSymbol *)cell)->description);
  gc_trace_ptr(tracer, ((JsSymbol *)cell)->class_name);
}

JsSymbol *symbol_new(JsHeap *heap, JsString *description, uint8_t flags)
{
  JsSymbol *symbol = GC_NEW(heap, SYMBOL, JsSymbol);
  symbol->cell.flags = flags;
  symbol->cell.word = string_hash_word(hash_pointer(symbol));
  ptr_slot_init(&symbol->description, description);
  return symbol;
}

JsSymbol *symbol_new_private(JsHeap *heap, JsString *description, JsString *class_name, uint8_t flags)
{
  JsSymbol *symbol = symbol_new(heap, description, flags);
  ptr_slot_init(&symbol->class_name, class_name);
  return symbol;
}

/* The registry is a null-prototype object in the Vm, keyed by the string, valued by the symbol. */
JsSymbol *symbol_for(JsHeap *heap, JsString *key_string)
{
  JsVm *vm = heap_face(heap)->vm;
  JsKey key = key_from_string(heap, key_string);
  if (key_is_index(key)) {
    JsValue known;
    if (elements_lookup(heap, vm->symbol_registry, key_as_index(key), &known, NULL))
      return js_as_symbol(known);
    JsSymbol *symbol = symbol_new(heap, key_string, SYMBOL_REGISTERED);
    MUST(elements_define(&vm->cx, vm->symbol_registry, key_as_index(key), js_from_cell(symbol), PROP_ALL));
    return symbol;
  }
  JsValue known = object_get_direct(heap, vm->symbol_registry, key);
  if (!js_is_hole(known))
    return js_as_symbol(known);
  JsSymbol *symbol = symbol_new(heap, key_string, SYMBOL_REGISTERED);
  object_define_direct(heap, vm->symbol_registry, key, js_from_cell(symbol), PROP_ALL);
  return symbol;
}

JsString *symbol_descriptive_string(JsHeap *heap, JsSymbol *symbol)
{
  JsContext *cx = &heap_face(heap)->vm->cx;
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, "Symbol(");
  if (ptr_slot_get(symbol->description))
    builder_add_string(&b, ptr_slot_get(symbol->description));
  builder_add_ascii(&b, ")");
  JsString *s = builder_finish(&b);
  if (!s) {
    (void)take_exception(cx);
    return string_from_c_string(heap, "Symbol()");
  }
  return s;
}

/* --- keys -------------------------------------------------------------------------------------------------------- */

bool key_is_private(JsKey key)
{
  return key_is_symbol(key) && (key_cell(key)->flags & SYMBOL_PRIVATE);
}

uint32_t key_hash(JsKey key)
{
  return key_is_index(key) ? hash_u32(key_as_index(key)) : key_cell(key)->word;
}

JsValue key_to_value(JsHeap *heap, JsKey key)
{
  if (!key_is_index(key))
    return js_from_cell(key_cell(key));
  if (key_as_index(key) < 10)
    return js_from_cell(string_from_unit(heap, (uint16_t)('0' + key_as_index(key))));
  return js_from_cell(string_printf(heap, "%u", key_as_index(key)));
}

JsKey key_from_string(JsHeap *heap, JsString *s)
{
  if (string_is_atom(s))
    return key_from_atom(s);
  uint32_t index;
  if (string_to_index(heap, s, &index))
    return key_index(index);
  return key_from_atom(atom_from_string(heap, s));
}

JsKey key_from_c_string(JsHeap *heap, const char *name)
{
  StringView view = {name, (uint32_t)strlen(name), false};
  uint32_t index;
  if (view_to_index(view, &index))
    return key_index(index);
  return key_from_atom(atom_from_view(heap, view));
}

JsKey key_from_integer(JsHeap *heap, uint64_t integer)
{
  if (integer <= JS_MAX_INDEX)
    return key_index((uint32_t)integer);
  char digits[24];
  int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)integer);
  return key_from_atom(atom_from_view(heap, (StringView){digits, (uint32_t)len, false}));
}
