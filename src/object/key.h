// SPDX-License-Identifier: MIT
/*
 * Property keys. A JsKey is an array index (0 .. 2^32-2), an atom (interned string that is not an array index) or a
 * symbol. Two keys are the same property exactly when their bits are equal. A private name is a symbol with
 * SYMBOL_PRIVATE. As a value, a key keeps its bits only for strings and symbols; use key_to_value for the language's
 * view.
 */
#ifndef OBJECT_KEY_H
#define OBJECT_KEY_H

#include "gc/cell.h"

typedef struct JsString JsString;
typedef struct JsSymbol JsSymbol;
typedef struct JsContext JsContext;

typedef struct JsKey {
  uint64_t bits;
} JsKey;

/* Largest array index; 2^32-1 is a name, not an index. */
#define JS_MAX_INDEX 0xFFFFFFFEu

JS_INLINE JsKey key_index(uint32_t index)
{
  return (JsKey){JS_VALUE_INT_TAG | index};
}
JS_INLINE JsKey key_from_atom(const JsString *atom)
{
  return (JsKey){(uint64_t)(uintptr_t)atom};
}
JS_INLINE JsKey key_from_symbol(const JsSymbol *symbol)
{
  return (JsKey){(uint64_t)(uintptr_t)symbol};
}
JS_INLINE bool key_is_index(JsKey key)
{
  return key.bits >= JS_VALUE_INT_TAG;
}
JS_INLINE uint32_t key_as_index(JsKey key)
{
  return (uint32_t)key.bits;
}
JS_INLINE bool key_equals(JsKey a, JsKey b)
{
  return a.bits == b.bits;
}
JS_INLINE bool key_is_none(JsKey key)
{
  return key.bits == 0;
}
JS_INLINE JsCell *key_cell(JsKey key)
{
  return (JsCell *)(uintptr_t)key.bits;
}
JS_INLINE bool key_is_symbol(JsKey key)
{
  return !key_is_index(key) && key_cell(key)->kind == CELL_SYMBOL;
}
JS_INLINE bool key_is_atom(JsKey key)
{
  return !key_is_index(key) && key_cell(key)->kind == CELL_STRING;
}
bool key_is_private(JsKey key);
/* As stored in a slot: bits as they are (an index looks like an int32 to the collector). */
JS_INLINE JsValue key_raw_value(JsKey key)
{
  return JS_VALUE_LITERAL(key.bits);
}
JS_INLINE JsKey key_from_raw_value(JsValue val)
{
  return (JsKey){val.bits};
}

uint32_t key_hash(JsKey key);
/* A string or symbol value (an index becomes its decimal string). */
JsValue key_to_value(JsHeap *heap, JsKey key);
/* The key of a string: interns it, or finds that it is an index. */
JsKey key_from_string(JsHeap *heap, JsString *str);
/* From NUL-terminated Latin-1. */
JsKey key_from_c_string(JsHeap *heap, const char *name);
/* 0 .. 2^53: an index or the atom of its decimal digits. */
JsKey key_from_integer(JsHeap *heap, uint64_t integer);

#endif
