// SPDX-License-Identifier: MIT
/*
 * Array: constructor, statics, ends (push, pop, shift, unshift), at, join (ecma262#sec-array-objects), and the tables.
 * Callbacks are in array_iterate.c, pieces and copies in array_splice.c, order in array_sort.c.
 *
 * Each method has the specification's generic loop; in front of it stands a FAST path for plain arrays that runs no
 * user code between checking and acting (array_is_readable, array_is_writable).
 */
#include "builtins/array.h"
#include "builtins/object.h"
#include "interp/ic.h"

#include <math.h>
#include <string.h>

enum { MAX_SAFE_BITS = 53 };
static const int64_t max_safe_integer = ((int64_t)1 << MAX_SAFE_BITS) - 1;

/* --- shared ------------------------------------------------------------------------------------------------------ */

JsObject *this_array_like(JsContext *cx, JsValue this_val, const char *method)
{
  if (js_likely(js_is_object(this_val)))
    return js_as_object(this_val);
  if (js_is_nullish(this_val) && method) {
    throw_error(cx, JS_MSG_CALLED_ON_NULLISH, method);
    return NULL;
  }
  return to_object(cx, this_val);
}

bool array_relative_index(JsContext *cx, JsValue val, int64_t len, int64_t missing, int64_t *out)
{
  if (js_likely(js_is_int32(val))) {
    int64_t k = js_as_int32(val);
    k = k < 0 ? k + len : k;
    *out = k < 0 ? 0 : k < len ? k : len;
    return true;
  }
  if (js_is_undefined(val)) {
    *out = missing;
    return true;
  }
  double relative;
  TRY_OR(false, to_integer_or_infinity(cx, val, &relative));
  double k = relative < 0 ? relative + (double)len : relative;
  *out = k < 0 ? 0 : k < (double)len ? (int64_t)k : len;
  return true;
}

static bool has_no_elements(const JsObject *obj)
{
  const JsElements *elements = ptr_slot_get(obj->elements);
  return !elements || (elements->cell.kind == CELL_ELEMENTS && elements->length == 0);
}

static bool has_original_protos(JsContext *cx, JsObject *obj)
{
  JsObject *array_proto = INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE),
           *object_proto_obj = INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE);
  return object_proto(cx->heap, obj) == array_proto && object_proto(cx->heap, array_proto) == object_proto_obj &&
         has_no_elements(array_proto) && has_no_elements(object_proto_obj);
}

bool array_is_readable(JsContext *cx, JsObject *obj)
{
  if (obj->cell.kind != CELL_ARRAY)
    return false;
  JsElements *elements = ptr_slot_get(obj->elements);
  return (!elements || elements->cell.kind == CELL_ELEMENTS) && has_original_protos(cx, obj);
}

bool array_is_writable(JsContext *cx, JsObject *obj)
{
  if (obj->cell.kind != CELL_ARRAY || ((JsArray *)obj)->length_readonly)
    return false;
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && (elements->cell.kind != CELL_ELEMENTS || elements->cell.flags))
    return false;
  return !(object_shape(cx->heap, obj)->cell.flags & SHAPE_NOT_EXTENSIBLE) && has_original_protos(cx, obj);
}

bool array_get_present(JsContext *cx, JsObject *obj, int64_t index, JsValue *val)
{
  if (js_likely((uint64_t)index <= JS_MAX_INDEX)) {
    *val = object_dense_get(obj, (uint32_t)index);
    if (js_likely(!js_is_hole(*val)))
      return true;
  }
  JsKey key = key_from_integer(cx->heap, (uint64_t)index);
  bool has;
  TRY_OR(false, object_has_property(cx, obj, key, &has));
  *val = JS_HOLE;
  if (has)
    *val = TRY_OR(false, get_property(cx, obj, key));
  return true;
}

bool array_set_length_property(JsContext *cx, JsObject *obj, int64_t len)
{
  return set_property(cx, obj, KEY(cx->heap, length), js_number_i64(len));
}

bool array_delete_index(JsContext *cx, JsObject *obj, int64_t index)
{
  return delete_property_or_throw(cx, obj, key_from_integer(cx->heap, (uint64_t)index));
}

/* A result whose length is known gets room for it at once, but not for lengths that nothing stands behind. */
enum { RESULT_ROOM_MAX = 1 << 16 };

bool array_result_add_slow(JsContext *cx, JsObject *result, uint32_t plain, int64_t index, JsValue val)
{
  JsElements *elements = ptr_slot_get(result->elements);
  JsArray *array = (JsArray *)result;
  bool is_dense = !elements || (elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags);
  if (result->cell.word != plain || !is_dense || index != (elements ? elements->length : 0) || index > array->length ||
      index >= JS_MAX_INDEX || (index == array->length && array->length_readonly))
    return create_data_property_index_or_throw(cx, result, index, val);
  if (!elements && array->length)
    TRY_OR(false, elements_reserve(cx, result, array->length < RESULT_ROOM_MAX ? array->length : RESULT_ROOM_MAX));
  TRY_OR(false, elements_define(cx, result, (uint32_t)index, val, PROP_ALL));
  if (index == array->length)
    array->length++;
  return true;
}

bool array_has_plain_species(JsContext *cx, JsObject *obj)
{
  JsValue ctor = js_from_object(INTRINSIC_OBJECT(cx, ARRAY));
  return obj->cell.kind == CELL_ARRAY && js_same_bits(peek_property(cx, obj, KEY(cx->heap, constructor)), ctor) &&
         js_same_bits(peek_property(cx, js_as_object(ctor), KEY_SYM(cx->heap, species)), ctor);
}

JsObject *array_species_create(JsContext *cx, JsObject *original, int64_t length)
{
  if (js_likely(length <= UINT32_MAX && array_has_plain_species(cx, original))) {
    JsArray *array = TRY_OR(NULL, array_new(cx, 0));
    array->length = (uint32_t)length;
    return &array->obj;
  }
  bool original_is_array;
  JsValue ctor = JS_UNDEFINED;
  TRY_OR(NULL, is_array(cx, js_from_object(original), &original_is_array));
  if (original_is_array) {
    ctor = TRY_OR(NULL, get_property(cx, original, KEY(cx->heap, constructor)));
    if (js_is_constructor(ctor)) {
      JsRealm *realm = TRY_OR(NULL, function_realm(cx, js_as_object(ctor)));
      if (realm != cx->realm && js_as_object(ctor) == realm_intrinsic(cx, realm, JS_INTRINSIC_ARRAY))
        ctor = JS_UNDEFINED;
    }
    if (js_is_object(ctor)) {
      ctor = TRY_OR(NULL, get_property(cx, js_as_object(ctor), KEY_SYM(cx->heap, species)));
      if (js_is_null(ctor))
        ctor = JS_UNDEFINED;
    }
  }
  if (js_is_undefined(ctor) || (js_is_object(ctor) && js_as_object(ctor) == INTRINSIC_OBJECT(cx, ARRAY))) {
    if (length > UINT32_MAX) {
      throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
      return NULL;
    }
    JsArray *array = TRY_OR(NULL, array_new(cx, 0));
    array->length = (uint32_t)length;
    return &array->obj;
  }
  if (!js_is_constructor(ctor)) {
    throw_error(cx, JS_MSG_SPECIES_NOT_CONSTRUCTOR);
    return NULL;
  }
  JsValue arg = js_number_i64(length);
  return js_as_object(TRY_OR(NULL, js_construct(cx, js_as_object(ctor), 1, &arg, js_as_object(ctor))));
}

/* --- constructor and statics ------------------------------------------------------------------------------------- */

/* Array ( ...values )  ecma262#sec-array */
static JsValue array_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx);
  JsObject *proto = INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE);
  if (!js_is_undefined(new_target) && js_as_object(new_target) != js_callee(cx))
    proto = TRY(get_prototype_from_constructor(cx, new_target, JS_INTRINSIC_ARRAY_PROTOTYPE));
  if (argc == 1 && js_is_number(argv[0])) {
    double len = js_number_value(argv[0]);
    if (!(len >= 0 && len <= UINT32_MAX && len == trunc(len)))
      return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
    return js_from_object(&TRY(array_new_with_proto(cx, (uint32_t)len, proto))->obj);
  }
  if (proto == INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE))
    return js_from_object(&TRY(array_from_values(cx, argv, (uint32_t)argc))->obj);
  JsArray *array = TRY(array_new_with_proto(cx, 0, proto));
  for (int k = 0; k < argc; k++)
    TRY(array_push_direct(cx, array, argv[k]));
  return js_from_object(&array->obj);
}

/* Array.isArray ( arg )  ecma262#sec-array.isarray */
static JsValue array_is_array(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool answer;
  TRY(is_array(cx, js_arg(argc, argv, 0), &answer));
  return js_boolean(answer);
}

/* Construct( this, args ) when this is a constructor, else an array. */
static JsObject *construct_or_array(JsContext *cx, JsValue ctor, bool has_length, int64_t length)
{
  if (js_is_constructor(ctor) && js_as_object(ctor) != INTRINSIC_OBJECT(cx, ARRAY)) {
    JsValue arg = js_number_i64(length);
    return js_as_object(TRY_OR(NULL, js_construct(cx, js_as_object(ctor), has_length, &arg, js_as_object(ctor))));
  }
  if (has_length && length > UINT32_MAX) {
    throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
    return NULL;
  }
  JsArray *array = TRY_OR(NULL, array_new(cx, 0));
  array->length = has_length ? (uint32_t)length : 0;
  return &array->obj;
}

/* Array.of ( ...items )  ecma262#sec-array.of */
static JsValue array_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(construct_or_array(cx, this_val, true, argc));
  for (int k = 0; k < argc; k++)
    TRY(create_data_property_index_or_throw(cx, obj, k, argv[k]));
  TRY(array_set_length_property(cx, obj, argc));
  return js_from_object(obj);
}

static JsValue from_iterable(JsContext *cx, JsValue ctor, JsValue items, JsValue method, JsValue map_fn,
                             JsValue this_arg)
{
  bool is_mapping = !js_is_undefined(map_fn);
  JsObject *obj = TRY(construct_or_array(cx, ctor, false, 0));
  JsIteratorRecord record;
  TRY(get_iterator_from_method(cx, items, method, &record));
  for (int64_t k = 0;; k++) {
    JsValue val;
    TRY(iterator_step_value(cx, &record, &val));
    if (js_is_hole(val)) {
      TRY(array_set_length_property(cx, obj, k));
      return js_from_object(obj);
    }
    if (is_mapping)
      val = js_call2(cx, map_fn, this_arg, val, js_number_i64(k));
    if (js_is_exception(val) || !create_data_property_index_or_throw(cx, obj, k, val) || !js_poll(cx, 4)) {
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
  }
}

/* Array.from ( items [ , mapper [ , thisArg ] ] )  ecma262#sec-array.from */
static JsValue array_from(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue items = js_arg(argc, argv, 0), map_fn = js_arg(argc, argv, 1), this_arg = js_arg(argc, argv, 2);
  if (!js_is_undefined(map_fn) && !array_check_callback(cx, map_fn))
    return JS_EXCEPTION;
  if (js_is_undefined(map_fn) && js_is_object(this_val) && js_as_object(this_val) == INTRINSIC_OBJECT(cx, ARRAY) &&
      array_iteration_is_pristine(cx, items) && array_is_packed(cx, js_as_array(items)))
    return js_from_object(&TRY(array_from_elements(cx, TRY(iterable_to_list(cx, items))))->obj);
  JsValue method = TRY(get_method(cx, items, KEY_SYM(cx->heap, iterator)));
  if (!js_is_undefined(method))
    return from_iterable(cx, this_val, items, method, map_fn, this_arg);
  JsObject *array_like = TRY(to_object(cx, items));
  int64_t len;
  TRY(length_of_array_like(cx, array_like, &len));
  JsObject *obj = TRY(construct_or_array(cx, this_val, true, len));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = TRY(get_index(cx, array_like, k));
    if (!js_is_undefined(map_fn))
      val = TRY(js_call2(cx, map_fn, this_arg, val, js_number_i64(k)));
    TRY(create_data_property_index_or_throw(cx, obj, k, val));
    TRY(js_poll(cx, 4));
  }
  TRY(array_set_length_property(cx, obj, len));
  return js_from_object(obj);
}

/* get Array [ %Symbol.species% ]  ecma262#sec-get-array-%symbol.species% */
static JsValue get_array_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* --- the ends ---------------------------------------------------------------------------------------------------- */

/* Array.prototype.at ( index )  ecma262#sec-array.prototype.at */
static JsValue array_proto_at(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  double relative;
  TRY(length_of_array_like(cx, obj, &len));
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &relative));
  double k = relative >= 0 ? relative : (double)len + relative;
  if (k < 0 || k >= (double)len)
    return JS_UNDEFINED;
  return get_index(cx, obj, (int64_t)k);
}

/* Array.prototype.push ( ...items )  ecma262#sec-array.prototype.push */
static JsValue array_proto_push(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  /* FAST: one value, for which a plain array has room. */
  if (js_likely(argc == 1 && js_is_kind(this_val, CELL_ARRAY) && !cx->vm->protos_have_elements)) {
    JsArray *array = js_as_array(this_val);
    if (js_likely(
            array_append_quick(cx->heap, &array->obj, realm_shape(cx, REALM_SHAPE_ARRAY)->id, array->length, *argv)))
      return js_number_u32(array->length);
  }
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  if (js_likely(array_is_writable(cx, obj) && (uint64_t)((JsArray *)obj)->length + (uint64_t)argc < UINT32_MAX)) {
    JsArray *array = (JsArray *)obj;
    for (int k = 0; k < argc; k++)
      TRY(array_push_direct(cx, array, argv[k]));
    return js_number_u32(array->length);
  }
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (len + argc > max_safe_integer)
    return throw_error(cx, JS_MSG_PUSH_TOO_MANY, argc, number_to_string(cx->heap, (double)len));
  for (int k = 0; k < argc; k++)
    TRY(set_index(cx, obj, len + k, argv[k]));
  TRY(array_set_length_property(cx, obj, len + argc));
  return js_number_i64(len + argc);
}

/* Array.prototype.pop ( )  ecma262#sec-array.prototype.pop */
static JsValue array_proto_pop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  if (js_likely(array_is_writable(cx, obj))) {
    JsArray *array = (JsArray *)obj;
    JsElements *elements = ptr_slot_get(obj->elements);
    if (!array->length)
      return JS_UNDEFINED;
    JsValue val = array_read(obj, --array->length);
    if (elements && elements->length > array->length)
      elements->length = array->length;
    return val;
  }
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (!len) {
    TRY(array_set_length_property(cx, obj, 0));
    return JS_UNDEFINED;
  }
  JsValue val = TRY(get_index(cx, obj, len - 1));
  TRY(array_delete_index(cx, obj, len - 1));
  TRY(array_set_length_property(cx, obj, len - 1));
  return val;
}

/* Moves the elements [from, from + count) to `to`, holes as holes, in the order that keeps what overlaps. */
static bool move_elements(JsContext *cx, JsObject *obj, int64_t from, int64_t to, int64_t count)
{
  int64_t step = from < to ? -1 : 1;
  if (step < 0) {
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--, from += step, to += step) {
    JsValue val;
    TRY_OR(false, array_get_present(cx, obj, from, &val));
    if (js_is_hole(val))
      TRY_OR(false, array_delete_index(cx, obj, to));
    else
      TRY_OR(false, set_index(cx, obj, to, val));
    TRY_OR(false, js_poll(cx, 4));
  }
  return true;
}

/* Array.prototype.shift ( )  ecma262#sec-array.prototype.shift */
static JsValue array_proto_shift(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  if (js_likely(array_is_writable(cx, obj))) {
    JsArray *array = (JsArray *)obj;
    JsElements *elements = ptr_slot_get(obj->elements);
    if (!array->length)
      return JS_UNDEFINED;
    JsValue val = array_read(obj, 0);
    array->length--;
    if (elements && elements->length) {
      memmove(elements->v, elements->v + 1, (elements->length - 1) * sizeof *elements->v);
      elements->length--;
      gc_barrier(cx->heap, elements);
    }
    return val;
  }
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (!len) {
    TRY(array_set_length_property(cx, obj, 0));
    return JS_UNDEFINED;
  }
  JsValue first = TRY(get_index(cx, obj, 0));
  TRY(move_elements(cx, obj, 1, 0, len - 1));
  TRY(array_delete_index(cx, obj, len - 1));
  TRY(array_set_length_property(cx, obj, len - 1));
  return first;
}

/* Array.prototype.unshift ( ...items )  ecma262#sec-array.prototype.unshift */
static JsValue array_proto_unshift(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  if (array_is_writable(cx, obj) && (uint64_t)((JsArray *)obj)->length + (uint64_t)argc < UINT32_MAX && argc) {
    JsArray *array = (JsArray *)obj;
    JsElements *elements = ptr_slot_get(obj->elements);
    uint32_t count = elements ? elements->length : 0;
    TRY(elements_reserve(cx, obj, count + (uint32_t)argc));
    elements = ptr_slot_get(obj->elements);
    memmove(elements->v + argc, elements->v, count * sizeof *elements->v);
    elements->length = count + (uint32_t)argc;
    for (int k = 0; k < argc; k++)
      slot_set(cx->heap, elements, &elements->v[k], argv[k]);
    gc_barrier(cx->heap, elements);
    array->length += (uint32_t)argc;
    return js_number_u32(array->length);
  }
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (argc) {
    if (len + argc > max_safe_integer)
      return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH_TYPE);
    TRY(move_elements(cx, obj, 0, argc, len));
    for (int k = 0; k < argc; k++)
      TRY(set_index(cx, obj, k, argv[k]));
  }
  TRY(array_set_length_property(cx, obj, len + argc));
  return js_number_i64(len + argc);
}

/* --- text -------------------------------------------------------------------------------------------------------- */

/* Arrays being joined, innermost first; a cycle gives the empty string. */
struct JsArrayJoin {
  struct JsArrayJoin *outer;
  JsObject *obj;
};

static bool is_being_joined(JsContext *cx, JsObject *obj)
{
  for (struct JsArrayJoin *join = cx->vm->joins; join; join = join->outer) {
    if (join->obj == obj)
      return true;
  }
  return false;
}

/* locale: locales and options for toLocaleString, or NULL for toString. */
static bool add_element_text(JsContext *cx, StringBuilder *out, JsValue val, const JsValue *locale)
{
  if (js_is_nullish(val))
    return true;
  if (locale)
    val = TRY_OR(false, invoke(cx, val, KEY(cx->heap, toLocaleString), 2, locale));
  JsString *text = js_is_string(val) ? js_as_string(val) : TRY_OR(false, to_string(cx, val));
  builder_add_string(out, text);
  return true;
}

/* FAST: the index from k on where something may be present, len when nothing is, for arrays whose index reads run no
 * code; k for all others. Huge arrays with few elements are walked by what is in them. */
int64_t array_skip_holes(JsContext *cx, JsObject *obj, int64_t k, int64_t len)
{
  if (obj->cell.kind != CELL_ARRAY || !has_original_protos(cx, obj))
    return k;
  const JsElements *elements = ptr_slot_get(obj->elements);
  if (!elements)
    return len;
  if (elements->cell.kind == CELL_ELEMENTS) {
    while (k < elements->length && js_is_hole(slot_get(elements->v[k])))
      k++;
    return k < elements->length ? k : len;
  }
  const JsSparseElements *sparse = (const JsSparseElements *)elements;
  if ((int64_t)sparse->count * sparse->mask > len)
    return k; /* looking through the table for each gap would be the longer way */
  int64_t nearest = len;
  for (uint32_t at = 0; at <= sparse->mask; at++) {
    const JsSparseEntry *entry = &sparse->entries[at];
    if (!js_is_hole(slot_get(entry->value)) && entry->index >= k && entry->index < nearest)
      nearest = entry->index;
  }
  return nearest;
}

static void add_separators(StringBuilder *out, JsString *separator, int64_t count)
{
  for (int64_t k = 0; separator->length && k < count && !out->failed; k++)
    builder_add_string(out, separator);
}

static bool join_elements(JsContext *cx, StringBuilder *out, JsObject *obj, int64_t len, JsString *separator,
                          const JsValue *locale)
{
  bool is_comma = separator->length == 1 && string_unit_at(cx->heap, separator, 0) == ',';
  if (separator->length && len > 1 && len - 1 > JS_MAX_STRING_LENGTH / separator->length) {
    out->failed = true; /* whatever the elements are: builder_finish says so */
    return true;
  }
  for (int64_t k = 0; k < len; k++) {
    if (k && is_comma)
      builder_add_unit(out, ',');
    else if (k)
      builder_add_string(out, separator);
    JsValue val = TRY_OR(false, get_index(cx, obj, k));
    if (js_is_undefined(val)) {
      int64_t next = array_skip_holes(cx, obj, k, len);
      if (next > k) { /* k itself is a hole */
        add_separators(out, separator, next - 1 - k);
        k = next - 1;
      }
    }
    TRY_OR(false, add_element_text(cx, out, val, locale));
    TRY_OR(false, js_poll(cx, 2));
  }
  return true;
}

static JsValue join_array(JsContext *cx, JsObject *obj, int64_t len, JsString *separator, const JsValue *locale)
{
  if (is_being_joined(cx, obj))
    return js_from_cell(string_empty(cx->heap));
  TRY(js_check_c_stack(cx));
  struct JsArrayJoin join = {cx->vm->joins, obj};
  StringBuilder out;
  builder_init(&out, cx);
  cx->vm->joins = &join;
  bool ok = join_elements(cx, &out, obj, len, separator, locale);
  cx->vm->joins = join.outer;
  if (!ok) {
    builder_discard(&out);
    return JS_EXCEPTION;
  }
  return js_from_cell(TRY(builder_finish(&out)));
}

/* Array.prototype.join ( separator )  ecma262#sec-array.prototype.join */
static JsValue array_proto_join(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  JsString *separator = string_from_unit(cx->heap, ',');
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    separator = TRY(to_string(cx, argv[0]));
  return join_array(cx, obj, len, separator, NULL);
}

/* Array.prototype.toString ( )  ecma262#sec-array.prototype.tostring */
static JsValue array_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  JsValue join = TRY(get_property(cx, obj, KEY(cx->heap, join)));
  if (js_is_callable(join))
    return js_call0(cx, join, js_from_object(obj));
  return object_proto_to_string(cx, js_from_object(obj), 0, NULL);
}

/* Array.prototype.toLocaleString ( [ locales [ , options ] ] )  ecma402#sup-array.prototype.tolocalestring */
static JsValue array_proto_to_locale_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  const JsValue locale[] = {js_arg(argc, argv, 0), js_arg(argc, argv, 1)};
  return join_array(cx, obj, len, string_from_unit(cx->heap, ','), locale);
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static const JsBuiltin array_static[] = {
    FN("isArray", array_is_array, 1),
    FN("from", array_from, 1),
    FN("fromAsync", array_from_async, 1),
    FN("of", array_of, 0),
    GETTER_SYM(species, get_array_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

const JsIntrinsicTable array_constructor_table = {CONSTRUCTOR_TABLE("Array", array_constructor, 1, ARRAY_PROTOTYPE),
                                                  ROWS(array_static)};

#define WALK(name_, fn_, kind_) FN_MAGIC(name_, fn_, 1, NATIVE_WALK_MAGIC + WALK_##kind_)
static const JsBuiltin array_proto[] = {
    FN("at", array_proto_at, 1),
    FN("concat", array_proto_concat, 1),
    FN("copyWithin", array_proto_copy_within, 2),
    FN("fill", array_proto_fill, 1),
    WALK("find", array_proto_find, FIND),
    WALK("findIndex", array_proto_find, FIND_INDEX),
    WALK("findLast", array_proto_find, FIND_LAST),
    WALK("findLastIndex", array_proto_find, FIND_LAST_INDEX),
    FN("lastIndexOf", array_proto_last_index_of, 1),
    FN("pop", array_proto_pop, 0),
    FN("push", array_proto_push, 1),
    FN("reverse", array_proto_reverse, 0),
    FN("shift", array_proto_shift, 0),
    FN("unshift", array_proto_unshift, 1),
    FN("slice", array_proto_slice, 2),
    FN("sort", array_proto_sort, 1),
    FN("splice", array_proto_splice, 2),
    FN("includes", array_proto_includes, 1),
    FN("indexOf", array_proto_index_of, 1),
    FN("join", array_proto_join, 1),
    FN_MAGIC("keys", array_proto_values, 0, OWN_KEYS),
    FN_MAGIC("entries", array_proto_values, 0, OWN_ENTRIES),
    INTRINSIC_PROP("values", ARRAY_PROTO_VALUES),
    WALK("forEach", array_proto_for_each, FOR_EACH),
    WALK("filter", array_proto_filter, FILTER),
    FN("flat", array_proto_flat, 0),
    FN("flatMap", array_proto_flat_map, 1),
    WALK("map", array_proto_map, MAP),
    WALK("every", array_proto_some_every, EVERY),
    WALK("some", array_proto_some_every, SOME),
    WALK("reduce", array_proto_reduce, REDUCE),
    WALK("reduceRight", array_proto_reduce, REDUCE_RIGHT),
    FN("toReversed", array_proto_to_reversed, 0),
    FN("toSorted", array_proto_to_sorted, 1),
    FN("toSpliced", array_proto_to_spliced, 2),
    FN("with", array_proto_with, 2),
    FN("toLocaleString", array_proto_to_locale_string, 0),
    FN("toString", array_proto_to_string, 0),
};

static JsObject *make_array_prototype(JsContext *cx)
{
  JsArray *array = array_new_with_proto(cx, 0, INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE));
  return array ? &array->obj : NULL;
}

/* Array.prototype [ %Symbol.unscopables% ]  ecma262#sec-array.prototype-%symbol.unscopables% */
static bool finish_array_prototype(JsContext *cx, JsObject *obj)
{
  static const char *const names[] = {"at",         "copyWithin",    "entries",   "fill",    "find",     "findIndex",
                                      "findLast",   "findLastIndex", "flat",      "flatMap", "includes", "keys",
                                      "toReversed", "toSorted",      "toSpliced", "values"};
  JsObject *list = TRY_OR(false, object_new_with_proto(cx, NULL));
  for (size_t k = 0; k < JS_COUNTOF(names); k++)
    object_define_direct(cx->heap, list, key_from_c_string(cx->heap, names[k]), js_boolean(true), PROP_ALL);
  object_define_direct(cx->heap, obj, KEY(cx->heap, constructor), js_from_object(INTRINSIC_OBJECT(cx, ARRAY)),
                       PROP_METHOD);
  /* Not lazy: array_iteration_is_pristine compares the property's value. */
  JsValue values = js_from_object(INTRINSIC_OBJECT(cx, ARRAY_PROTO_VALUES));
  object_define_direct(cx->heap, obj, KEY(cx->heap, values), values, PROP_METHOD);
  object_define_direct(cx->heap, obj, KEY_SYM(cx->heap, iterator), values, PROP_METHOD);
  object_define_direct(cx->heap, obj, KEY_SYM(cx->heap, unscopables), js_from_object(list), PROP_CONFIGURABLE);
  return true;
}

const JsIntrinsicTable array_prototype_table = {.make = INTRINSIC_CUSTOM,
                                                .parent = -1,
                                                .prototype = -1,
                                                .constructor = JS_INTRINSIC_ARRAY,
                                                .custom = make_array_prototype,
                                                .finish = finish_array_prototype,
                                                ROWS(array_proto)};
