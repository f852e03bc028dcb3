// SPDX-License-Identifier: MIT
/* Symbols, and private names, which are symbols that no reflection shows. cell.word is the hash. */
#ifndef OBJECT_SYMBOL_H
#define OBJECT_SYMBOL_H

#include "object/string.h"

enum {
  SYMBOL_PRIVATE = 1,    /* a class's #name: never listed, never given to a proxy */
  SYMBOL_REGISTERED = 2, /* Symbol.for */
  SYMBOL_WELL_KNOWN = 4,
  SYMBOL_PRIVATE_METHOD = 8, /* of a private name: a method or accessor */
  SYMBOL_PRIVATE_STATIC = 16,
};

struct JsSymbol {
  JsCell cell;
  JS_PTR_SLOT(JsString) description; /* NULL: undefined */
  JS_PTR_SLOT(JsString) class_name;  /* of a class's private name, for messages */
};

JS_INLINE bool js_is_symbol(JsValue v)
{
  return js_is_cell(v) && js_as_cell(v)->kind == CELL_SYMBOL;
}
JS_INLINE JsSymbol *js_as_symbol(JsValue v)
{
  return (JsSymbol *)js_as_cell(v);
}

/* description may be NULL. flags: SYMBOL_*. */
JsSymbol *symbol_new(JsHeap *heap, JsString *description, uint8_t flags);
/* A class's #name. */
JsSymbol *symbol_new_private(JsHeap *heap, JsString *description, JsString *class_name, uint8_t flags);
/* Symbol.for's registry: the Vm's, strong. */
JsSymbol *symbol_for(JsHeap *heap, JsString *key);
/* "Symbol(description)" */
JsString *symbol_descriptive_string(JsHeap *heap, JsSymbol *symbol);

void symbol_trace(JsTracer *tracer, JsCell *cell);

#endif
