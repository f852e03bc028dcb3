// SPDX-License-Identifier: MIT
/* What the array built-ins share: arguments, element access with fast paths, species. */
#ifndef BUILTINS_ARRAY_H
#define BUILTINS_ARRAY_H

#include "builtins/builtin.h"
#include "interp/walk.h"

/* ToObject( this ) with the method named in the error. */
JS_MUST_USE JsObject *this_array_like(JsContext *cx, JsValue this_val, const char *method);

/* ToIntegerOrInfinity of an argument, counted from the end when negative, clamped to 0 .. len. missing: for undefined.
 */
JS_MUST_USE bool array_relative_index(JsContext *cx, JsValue val, int64_t len, int64_t missing, int64_t *out);

/* An array for which ArraySpeciesCreate makes a plain one, and nobody can see it look. */
bool array_has_plain_species(JsContext *cx, JsObject *obj);
/* ArraySpeciesCreate ( originalArray, length )  ecma262#sec-arrayspeciescreate */
JS_MUST_USE JsObject *array_species_create(JsContext *cx, JsObject *original, int64_t length);

/* HasProperty and Get in one: *val is JS_HOLE when there is no such property. */
JS_MUST_USE bool array_get_present(JsContext *cx, JsObject *obj, int64_t index, JsValue *val);

JS_MUST_USE bool array_set_length_property(JsContext *cx, JsObject *obj, int64_t len);
JS_MUST_USE bool array_delete_index(JsContext *cx, JsObject *obj, int64_t index);

/* An array whose holes read as undefined and whose index reads run no code: its prototype chain is the original one
 * without index properties, its elements are dense. Holds until user code runs. */
bool array_is_readable(JsContext *cx, JsObject *obj);
/* Moreover elements may be added, moved and removed, and length set, without anybody noticing. */
bool array_is_writable(JsContext *cx, JsObject *obj);
JS_MUST_USE bool array_result_add_slow(JsContext *cx, JsObject *result, uint32_t plain, int64_t index, JsValue val);
/* CreateDataPropertyOrThrow of the next element of a result. plain: the shape id of an ordinary array. */
JS_MUST_USE JS_INLINE bool array_result_add(JsContext *cx, JsObject *result, uint32_t plain, int64_t index, JsValue val)
{
  if (js_likely(array_append_quick(cx->heap, result, plain, index, val)))
    return true;
  return array_result_add_slow(cx, result, plain, index, val);
}
/* The index from k on where something may be present, len when nothing is; k when reads might run code. */
int64_t array_skip_holes(JsContext *cx, JsObject *obj, int64_t k, int64_t len);
/* Element of a readable array within its length. */
JS_INLINE JsValue array_read(JsObject *obj, uint32_t index)
{
  JsValue val = object_dense_get(obj, index);
  return js_is_hole(val) ? JS_UNDEFINED : val;
}

JS_INLINE bool array_check_callback(JsContext *cx, JsValue fn)
{
  if (js_likely(js_is_callable(fn)))
    return true;
  throw_error(cx, JS_MSG_NOT_A_FUNCTION, fn);
  return false;
}

/* array_from_async.c: Array.fromAsync ( items [ , mapper [ , thisArg ] ] )  ecma262#sec-array.fromasync */
JsValue array_from_async(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* array_iterate.c */
JsValue array_proto_for_each(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_filter(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_some_every(JsContext *cx, JsValue this_val, int argc, const JsValue *argv); /* magic 1: some */
JsValue array_proto_find(JsContext *cx, JsValue this_val, int argc, const JsValue *argv); /* magic: of a WALK_FIND* */
JsValue array_proto_reduce(JsContext *cx, JsValue this_val, int argc,
                           const JsValue *argv); /* magic 1: from the right */
JsValue array_proto_flat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_flat_map(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_last_index_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_includes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* array_sort.c */
JsValue array_proto_sort(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_to_sorted(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
/* Sorts list in place (stable); undefined last; comparator undefined: by string. */
JS_MUST_USE bool sort_list(JsContext *cx, JsElements *list, JsValue comparator);

/* array_iterator.c */
JsValue array_proto_values(JsContext *cx, JsValue this_val, int argc, const JsValue *argv); /* magic: OWN_KEYS ... */

/* array_splice.c */
JsValue array_proto_splice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_concat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_to_spliced(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_to_reversed(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_with(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_copy_within(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue array_proto_reverse(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

/* %ArrayIteratorPrototype%'s objects. object is undefined once the iterator is exhausted. */
typedef struct JsArrayIterator {
  JsObject obj;
  JsSlot object;
  int64_t index;
  uint32_t kind; /* JsOwnKind */
  uint32_t pad;
} JsArrayIterator;
void array_iterator_trace(JsTracer *tracer, JsCell *cell);
JS_MUST_USE JsObject *array_iterator_new(JsContext *cx, JsObject *obj, JsOwnKind kind);

/* The Vm's walk_begin and walk_step. */
JS_MUST_USE bool array_walk_begin(JsContext *cx, JsArrayWalk *walk, uint32_t argc);
JS_MUST_USE int array_walk_step(JsContext *cx, JsArrayWalk *walk, JsValue returned, JsValue *args, uint32_t *argc,
                                JsValue *result);

#endif
