// SPDX-License-Identifier: MIT
/*
 * Operations on objects (ecma262#sec-operations-on-objects) and on iterators
 * (ecma262#sec-operations-on-iterator-objects), built on the essential internal methods. All may run user code: re-read
 * lengths, elements and shapes after them.
 */
#ifndef OBJECT_OPERATIONS_H
#define OBJECT_OPERATIONS_H

#include "object/call.h"
#include "object/compare.h"
#include "object/convert.h"
#include "object/elements.h"
#include "object/proxy.h"
#include "object/realm.h"

/* Get ( O, P ) */
JS_MUST_USE static inline JsValue get_property(JsContext *cx, JsObject *obj, JsKey key)
{
  return object_get(cx, obj, key, js_from_object(obj));
}
/* Get of an integer index up to 2^53. Dense elements are read directly. */
JS_MUST_USE JsValue get_index_slow(JsContext *cx, JsObject *obj, int64_t index);
JS_MUST_USE static inline JsValue get_index(JsContext *cx, JsObject *obj, int64_t index)
{
  if (js_likely((uint64_t)index <= JS_MAX_INDEX)) {
    JsValue val = object_dense_get(obj, (uint32_t)index);
    if (!js_is_hole(val))
      return val;
  }
  return get_index_slow(cx, obj, index);
}
/* GetV ( V, P ): primitives look in their prototype; TypeError "Cannot read properties of undefined (reading 'x')". */
JS_MUST_USE JsValue get_v(JsContext *cx, JsValue base, JsKey key);
/* base[property] with any property value. */
JS_MUST_USE JsValue get_value_property(JsContext *cx, JsValue base, JsValue property);

/* Set ( O, P, V, true ): TypeError when it fails. */
JS_MUST_USE bool set_property(JsContext *cx, JsObject *obj, JsKey key, JsValue val);
JS_MUST_USE bool set_index(JsContext *cx, JsObject *obj, int64_t index, JsValue val);
/* base.key = val as the language does it, on any base; strict: failures throw. */
JS_MUST_USE bool put_value_property(JsContext *cx, JsValue base, JsKey key, JsValue val, bool strict);

JS_MUST_USE bool create_data_property(JsContext *cx, JsObject *obj, JsKey key, JsValue val, bool *done);
JS_MUST_USE bool create_data_property_or_throw(JsContext *cx, JsObject *obj, JsKey key, JsValue val);
JS_MUST_USE bool create_data_property_index_or_throw(JsContext *cx, JsObject *obj, int64_t index, JsValue val);
JS_MUST_USE bool define_property_or_throw(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc);
JS_MUST_USE bool delete_property_or_throw(JsContext *cx, JsObject *obj, JsKey key);
JS_MUST_USE bool has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has);
JS_MUST_USE bool has_own_property(JsContext *cx, JsObject *obj, JsKey key, bool *has);
/* GetMethod: undefined when absent or nullish; TypeError when not callable. */
JS_MUST_USE JsValue get_method(JsContext *cx, JsValue base, JsKey key);
/* Invoke ( V, P, args ) */
JS_MUST_USE JsValue invoke(JsContext *cx, JsValue base, JsKey key, int argc, const JsValue *argv);
JS_MUST_USE bool length_of_array_like(JsContext *cx, JsObject *obj, int64_t *len);
/* CreateListFromArrayLike, all element types. NULL: exception. */
JS_MUST_USE JsElements *create_list_from_array_like(JsContext *cx, JsValue val);
JS_MUST_USE JsObject *species_constructor(JsContext *cx, JsObject *obj, JsObject *default_constructor);
/* Its steps from the value of `constructor` and from that of @@species on. */
JS_MUST_USE JsObject *species_of_constructor(JsContext *cx, JsValue ctor, JsObject *default_constructor);
JS_MUST_USE JsObject *species_checked(JsContext *cx, JsValue species, JsObject *default_constructor);
/* One step along a prototype chain for C loops; RangeError when proxies make it endless. */
JS_MUST_USE bool next_prototype(JsContext *cx, JsObject **obj, uint32_t *proxies);
JS_MUST_USE bool ordinary_has_instance(JsContext *cx, JsValue ctor, JsValue val, bool *out);
JS_MUST_USE bool instance_of(JsContext *cx, JsValue val, JsValue target, bool *out);
/* OrdinaryCreateFromConstructor for kinds with their own struct. new_target undefined: the current realm's fallback. */
JS_MUST_USE JsObject *ordinary_create_from_constructor(JsContext *cx, JsValue new_target, JsIntrinsicId fallback,
                                                       JsCellKind kind, size_t object_size);

typedef enum { INTEGRITY_SEALED, INTEGRITY_FROZEN } JsIntegrity;
JS_MUST_USE bool set_integrity_level(JsContext *cx, JsObject *obj, JsIntegrity level, bool *done);
JS_MUST_USE bool test_integrity_level(JsContext *cx, JsObject *obj, JsIntegrity level, bool *out);

typedef enum { OWN_KEYS = 0, OWN_VALUES = 1, OWN_ENTRIES = 2 } JsOwnKind;
/* EnumerableOwnProperties: a list of values / key values / [key, value] arrays. */
JS_MUST_USE JsElements *enumerable_own_properties(JsContext *cx, JsObject *obj, JsOwnKind kind);
/* CopyDataProperties; excluded: raw keys list or NULL. */
JS_MUST_USE bool copy_data_properties(JsContext *cx, JsObject *target, JsValue source, const JsKey *excluded,
                                      uint32_t excluded_count);

JS_MUST_USE bool to_property_descriptor(JsContext *cx, JsValue val, JsPropertyDescriptor *desc);
/* FromPropertyDescriptor */
JS_MUST_USE JsValue from_property_descriptor(JsContext *cx, const JsPropertyDescriptor *desc);

/* { value, done } */
JsValue create_iter_result_object(JsContext *cx, JsValue value, bool done);

typedef struct JsIteratorRecord {
  JsObject *iterator;
  JsValue next_method;
  bool done;
} JsIteratorRecord;
/* "number 5 is not iterable (cannot read property Symbol(Symbol.iterator))": what C code finds not iterable. */
void throw_not_iterable(JsContext *cx, JsValue val);
/* GetIterator ( obj, sync ) */
JS_MUST_USE bool get_iterator(JsContext *cx, JsValue iterable, JsIteratorRecord *record);
JS_MUST_USE bool get_iterator_from_method(JsContext *cx, JsValue obj, JsValue method, JsIteratorRecord *record);
/* GetIteratorDirect */
JS_MUST_USE bool get_iterator_direct(JsContext *cx, JsObject *obj, JsIteratorRecord *record);
/* IteratorStepValue: *val is JS_HOLE at the end. Sets record->done on the end and on exceptions. */
JS_MUST_USE bool iterator_step_value(JsContext *cx, JsIteratorRecord *record, JsValue *val);
/* IteratorClose with a normal completion: false when `return` throws. */
JS_MUST_USE bool iterator_close(JsContext *cx, JsIteratorRecord *record);
/* IteratorClose with the pending exception as completion: that exception stays pending. Always returns false /
 * JS_EXCEPTION. */
bool iterator_close_on_throw(JsContext *cx, JsIteratorRecord *record);
/* The whole iterable as a list; arrays with pristine iteration are copied directly. NULL: exception. */
JS_MUST_USE JsElements *iterator_to_list(JsContext *cx, JsIteratorRecord *iterator);
JS_MUST_USE JsElements *iterable_to_list(JsContext *cx, JsValue iterable);
/* The magic of %ArrayIteratorPrototype%.next: how C code recognises the original. */
enum { ARRAY_ITERATOR_NEXT_MAGIC = 0x4E58 };
/* True when iterating this array is unobservable (%Array.prototype%[Symbol.iterator] and %ArrayIteratorPrototype%.next
 * pristine). */
bool array_iteration_is_pristine(JsContext *cx, JsValue iterable);

/* SymbolDescriptiveString etc. live with their types; this is for `new.target`-less constructors: */
JS_COLD JsValue throw_constructor_requires_new(JsContext *cx, const char *name);

#endif
