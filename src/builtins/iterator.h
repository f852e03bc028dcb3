// SPDX-License-Identifier: MIT
/* Iterator, between the files of the built-in. */
#ifndef BUILTINS_ITERATOR_H
#define BUILTINS_ITERATOR_H

#include "builtins/builtin.h"

typedef enum { HELPER_MAP, HELPER_FILTER, HELPER_TAKE, HELPER_DROP, HELPER_FLAT_MAP, HELPER_CONCAT } JsHelperKind;
typedef enum { HELPER_START, HELPER_YIELDED, HELPER_RUNNING, HELPER_DONE } JsHelperState;

/* What map, filter ... and Iterator.concat return: the specification's generator as a state machine. */
typedef struct JsIteratorHelper {
  JsObject obj;
  JS_PTR_SLOT(JsObject) iterator; /* the underlying one; concat: none */
  JsSlot next_method;
  JsSlot callback;             /* concat: a list of item, method in turn */
  JS_PTR_SLOT(JsObject) inner; /* flatMap, concat: the iterator being drained, or NULL */
  JsSlot inner_next;
  double remaining; /* take, drop */
  double counter;   /* calls of the callback; concat: place in the list */
  uint8_t kind, state;
} JsIteratorHelper;

/* %WrapForValidIteratorPrototype% objects, from Iterator.from. */
typedef struct JsWrappedIterator {
  JsObject obj;
  JS_PTR_SLOT(JsObject) iterator;
  JsSlot next_method;
} JsWrappedIterator;

/* GetIteratorFlattenable ( obj, primitiveHandling )  ecma262#sec-getiteratorflattenable; method: for the message. */
JS_MUST_USE bool get_iterator_flattenable(JsContext *cx, JsValue val, bool strings, const char *method,
                                          JsIteratorRecord *record);

#define HELPER_METHODS(V) V(map) V(filter) V(take) V(drop) V(flat_map)
#define V(name)           JsValue iterator_proto_##name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
HELPER_METHODS(V)
#undef V
JsValue iterator_concat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

extern const JsIntrinsicTable iterator_constructor_table;
extern const JsIntrinsicTable iterator_prototype_table;
extern const JsIntrinsicTable async_iterator_prototype_table;
extern const JsIntrinsicTable iterator_helper_prototype_table;
extern const JsIntrinsicTable wrap_for_valid_iterator_prototype_table;

#endif
