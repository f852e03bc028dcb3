// SPDX-License-Identifier: MIT
/*
 * TypedArray objects (ecma262#sec-typedarray-objects): element conversion, the exotic internal methods, the
 * constructors and the statics of %TypedArray%. The prototype's methods are in typed_array_proto.c and
 * typed_array_callback.c.
 */
#include "builtins/typed_array_builtin.h"
#include "builtins/typed_array_bulk.h"

#include <math.h>

#include "object/bigint.h"

void typed_array_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsTypedArray) == 56, "update typed_array_trace()");
void typed_array_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsTypedArray *)cell)->buffer);
}

const char *typed_array_name(JsArrayElement type)
{
  static const char *const names[] = {
#define V(id, ctype, name) #name,
      TYPED_ARRAY_TYPES(V)
#undef V
  };
  return names[type];
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

double float16_to_double(uint16_t bits)
{
  uint32_t exponent = (bits >> 10) & 31, fraction = bits & 1023;
  double magnitude;
  if (exponent == 31)
    magnitude = fraction ? NAN : INFINITY;
  else if (exponent == 0)
    magnitude = ldexp(fraction, -24);
  else
    magnitude = ldexp(1024 + fraction, (int)exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

uint16_t double_to_float16(double d)
{
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  uint16_t sign = (uint16_t)((bits >> 48) & 0x8000);
  double magnitude = fabs(d);
  if (d != d)
    return 0x7e00;
  if (magnitude >= 65520) /* halfway to 2^16 rounds up */
    return sign | 0x7c00;
  if (magnitude < 0x1p-14) /* subnormal: a multiple of 2^-24; 1024 of them are the least normal number */
    return sign | (uint16_t)nearbyint(magnitude * 0x1p24);
  uint32_t exponent = (uint32_t)((bits >> 52) & 2047) - 1023 + 15;
  uint64_t fraction = bits & 0xfffffffffffffull, rest = fraction & 0x3ffffffffffull;
  uint32_t half = (exponent << 10) + (uint32_t)(fraction >> 42);
  if (rest > 0x20000000000ull || (rest == 0x20000000000ull && (half & 1)))
    half++; /* may carry into the exponent, rightly */
  return sign | (uint16_t)half;
}

JsValue element_load_slow(JsHeap *heap, JsArrayElement type, const void *address)
{
  switch (type) {
  case ELEMENT_FLOAT16: return js_number(float16_to_double(*(const uint16_t *)address));
  case ELEMENT_FLOAT32: return js_number((double)*(const float *)address);
  case ELEMENT_BIGINT64: return js_from_cell(bigint_from_int64(heap, *(const int64_t *)address));
  case ELEMENT_BIGUINT64: return js_from_cell(bigint_from_uint64(heap, *(const uint64_t *)address));
  default: return element_load(heap, type, address);
  }
}

static uint8_t clamp_to_uint8(double d)
{
  if (!(d > 0))
    return 0;
  return d >= 255 ? 255 : (uint8_t)nearbyint(d);
}

void element_store_slow(JsArrayElement type, void *address, JsValue numeric)
{
  if (element_is_bigint(type)) {
    *(uint64_t *)address = bigint_to_uint64(js_as_bigint(numeric));
    return;
  }
  double d = js_number_value(numeric);
  switch (type) {
  case ELEMENT_INT8:
  case ELEMENT_UINT8: *(uint8_t *)address = (uint8_t)double_to_int32(d); break;
  case ELEMENT_UINT8_CLAMPED: *(uint8_t *)address = clamp_to_uint8(d); break;
  case ELEMENT_INT16:
  case ELEMENT_UINT16: *(uint16_t *)address = (uint16_t)double_to_int32(d); break;
  case ELEMENT_INT32:
  case ELEMENT_UINT32: *(int32_t *)address = double_to_int32(d); break;
  case ELEMENT_FLOAT16: *(uint16_t *)address = double_to_float16(d); break;
  case ELEMENT_FLOAT32: *(float *)address = (float)d; break;
  default: *(double *)address = d; break;
  }
}

JsValue to_element_value(JsContext *cx, JsArrayElement type, JsValue val)
{
  if (!element_is_bigint(type))
    return js_is_number(val) ? val : to_number(cx, val);
  JsBigInt *bigint = TRY(to_bigint(cx, val));
  return js_from_cell(bigint);
}

/* IsTypedArrayOutOfBounds and TypedArrayLength  ecma262#sec-istypedarrayoutofbounds */
size_t typed_array_length_slow(const JsTypedArray *array, bool *out_of_bounds)
{
  const JsArrayBuffer *buffer = ptr_slot_get(array->buffer);
  uint32_t shift = element_shift(typed_array_type(array));
  size_t bytes = array_buffer_byte_length(buffer), length = array->length;
  bool out = array_buffer_is_detached(buffer) || array->byte_offset > bytes;
  if (!out && array->length_tracking)
    length = (bytes - array->byte_offset) >> shift;
  else if (!out)
    out = (array->length << shift) > bytes - array->byte_offset;
  if (out_of_bounds)
    *out_of_bounds = out;
  return out ? 0 : length;
}

/* TypedArraySetElement ( O, index, value )  ecma262#sec-typedarraysetelement */
bool typed_array_set(JsContext *cx, JsTypedArray *array, double k, JsValue val)
{
  JsArrayElement type = typed_array_type(array);
  JsValue numeric = TRY_OR(false, to_element_value(cx, type, val));
  /* The conversion may have shrunk or detached the buffer; -0 compares as 0 but is not an index. */
  if (k >= 0 && k < (double)typed_array_length(array) && k == trunc(k) && !(k == 0 && signbit(k)))
    element_store(type, typed_array_at(array, (size_t)k), numeric);
  return true;
}

/* --- internal methods -------------------------------------------------------------------------------------------- */

/* CanonicalNumericIndexString ( argument ) for a key  ecma262#sec-canonicalnumericindexstring */
static bool canonical_numeric_index(JsHeap *heap, JsKey key, double *index)
{
  if (key_is_index(key)) {
    *index = key_as_index(key);
    return true;
  }
  if (!key_is_atom(key))
    return false;
  JsString *str = (JsString *)key_cell(key);
  if (!str->length)
    return false;
  uint16_t first = string_unit_at(heap, str, 0);
  if (!((first >= '0' && first <= '9') || first == '-' || first == 'I' || first == 'N'))
    return false;
  if (string_equals_ascii(heap, str, "-0")) {
    *index = -0.0;
    return true;
  }
  double d = string_to_number(heap, str);
  if (!string_equals(heap, number_to_string(heap, d), str))
    return false;
  *index = d;
  return true;
}

/* IsValidIntegerIndex ( O, index )  ecma262#sec-isvalidintegerindex */
static bool is_valid_index(JsTypedArray *array, double index)
{
  return index >= 0 && index < (double)typed_array_length(array) && index == trunc(index) &&
         !(index == 0 && signbit(index));
}

/* [[GetOwnProperty]]  ecma262#sec-typedarray-getownproperty */
static bool typed_array_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc,
                                         bool *found)
{
  JsTypedArray *array = (JsTypedArray *)obj;
  double index;
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_get_own_property(cx, obj, key, desc, found);
  *found = is_valid_index(array, index);
  if (*found)
    *desc = descriptor_data(typed_array_get(cx->heap, array, (size_t)index), PROP_ALL);
  return true;
}

/* [[HasProperty]]  ecma262#sec-typedarray-hasproperty */
static bool typed_array_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  double index;
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_has_property(cx, obj, key, has);
  *has = is_valid_index((JsTypedArray *)obj, index);
  return true;
}

/* [[DefineOwnProperty]]  ecma262#sec-typedarray-defineownproperty */
static bool typed_array_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                            bool *done)
{
  double index;
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_define_own_property(cx, obj, key, desc, done);
  /* Every attribute that is present must be true. */
  *done = is_valid_index((JsTypedArray *)obj, index) && !(desc->present & ~desc->attrs & PROP_ALL) &&
          !descriptor_is_accessor(desc);
  if (*done && !js_is_hole(desc->value))
    return typed_array_set(cx, (JsTypedArray *)obj, index, desc->value);
  return true;
}

/* [[Get]]  ecma262#sec-typedarray-get */
static JsValue typed_array_get_property(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  double index;
  if (key_is_index(key))
    return typed_array_get(cx->heap, (JsTypedArray *)obj, key_as_index(key));
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_get(cx, obj, key, receiver);
  return is_valid_index((JsTypedArray *)obj, index) ? typed_array_get(cx->heap, (JsTypedArray *)obj, (size_t)index)
                                                    : JS_UNDEFINED;
}

/* [[Set]]  ecma262#sec-typedarray-set */
static bool typed_array_set_property(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  double index;
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_set(cx, obj, key, val, receiver, done);
  *done = true;
  if (js_same_bits(receiver, js_from_object(obj)))
    return typed_array_set(cx, (JsTypedArray *)obj, index, val);
  if (!is_valid_index((JsTypedArray *)obj, index))
    return true;
  return ordinary_set(cx, obj, key, val, receiver, done);
}

/* [[Delete]]  ecma262#sec-typedarray-delete */
static bool typed_array_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  double index;
  if (!canonical_numeric_index(cx->heap, key, &index))
    return ordinary_delete(cx, obj, key, done);
  *done = !is_valid_index((JsTypedArray *)obj, index);
  return true;
}

/* [[OwnPropertyKeys]]  ecma262#sec-typedarray-ownpropertykeys */
static JsElements *typed_array_own_keys(JsContext *cx, JsObject *obj)
{
  JsElements *named = TRY_OR(NULL, ordinary_own_keys(cx, obj));
  size_t len = typed_array_length((JsTypedArray *)obj);
  if (len > UINT32_MAX / 2) {
    throw_out_of_memory(cx);
    return NULL;
  }
  JsElements *keys = elements_new(cx->heap, (uint32_t)len + named->length);
  if (!keys) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (size_t k = 0; k < len; k++)
    keys = TRY_OR(NULL, elements_push(cx, keys, key_raw_value(key_index((uint32_t)k))));
  for (uint32_t k = 0; k < named->length; k++)
    keys = TRY_OR(NULL, elements_push(cx, keys, slot_get(named->v[k])));
  return keys;
}

/* [[PreventExtensions]]  ecma262#sec-typedarray-preventextensions: only arrays whose length cannot change */
static bool typed_array_prevent_extensions(JsContext *cx, JsObject *obj, bool *done)
{
  JsTypedArray *array = (JsTypedArray *)obj;
  JsArrayBuffer *buffer = ptr_slot_get(array->buffer);
  if (array->length_tracking || (!array_buffer_is_fixed(buffer) && !array_buffer_is_shared(buffer))) {
    *done = false;
    return true;
  }
  return ordinary_prevent_extensions(cx, obj, done);
}

const JsObjectOps typed_array_ops = {
    .prevent_extensions = typed_array_prevent_extensions,
    .get_own_property = typed_array_get_own_property,
    .define_own_property = typed_array_define_own_property,
    .has_property = typed_array_has_property,
    .get = typed_array_get_property,
    .set = typed_array_set_property,
    .delete_ = typed_array_delete,
    .own_keys = typed_array_own_keys,
};

/* --- making arrays ----------------------------------------------------------------------------------------------- */

static const JsIntrinsicId constructor_ids[] = {
#define V(id, ctype, name) JS_INTRINSIC_##id##_ARRAY,
    TYPED_ARRAY_TYPES(V)
#undef V
};

JsObject *typed_array_constructor_of(JsContext *cx, JsArrayElement type)
{
  return realm_intrinsic(cx, cx->realm, constructor_ids[type]);
}

static JsTypedArray *typed_array_object(JsContext *cx, JsArrayElement type, JsValue new_target)
{
  /* FAST: the constructor's `prototype` is neither writable nor configurable: it is the intrinsic. */
  if (js_is_object(new_target) &&
      js_as_object(new_target) == ptr_slot_get(cx->realm->intrinsics[constructor_ids[type]]))
    new_target = JS_UNDEFINED;
  /* Each prototype's row follows its constructor's. */
  JsTypedArray *array = (JsTypedArray *)TRY_OR(
      NULL, ordinary_create_from_constructor(cx, new_target, (JsIntrinsicId)(constructor_ids[type] + 1),
                                             CELL_TYPED_ARRAY, sizeof(JsTypedArray)));
  array->obj.cell.aux = (uint8_t)type;
  array->obj.cell.flags |= OBJECT_EXOTIC;
  return array;
}

/* AllocateTypedArrayBuffer ( O, length )  ecma262#sec-allocatetypedarraybuffer. Until it has run the array has no
 * buffer: nothing else may see it. */
static bool allocate_elements(JsContext *cx, JsTypedArray *array, int64_t len)
{
  uint32_t shift = element_shift(typed_array_type(array));
  if (len > (INT64_MAX >> shift)) {
    throw_error(cx, JS_MSG_TYPED_ARRAY_LENGTH, js_number((double)len));
    return false;
  }
  JsArrayBuffer *buffer = TRY_OR(false, array_buffer_new(cx, (size_t)len << shift));
  ptr_slot_set(cx->heap, array, &array->buffer, buffer);
  array->length = (size_t)len;
  return true;
}

JsTypedArray *typed_array_new(JsContext *cx, JsArrayElement type, JsArrayBuffer *buffer, size_t byte_offset,
                              size_t length)
{
  JsTypedArray *array = TRY_OR(NULL, typed_array_object(cx, type, JS_UNDEFINED));
  ptr_slot_set(cx->heap, array, &array->buffer, buffer);
  array->byte_offset = byte_offset;
  array->length = length;
  return array;
}

JsTypedArray *typed_array_new_over(JsContext *cx, JsObject *proto, JsArrayBuffer *buffer, size_t byte_offset,
                                   size_t length)
{
  JsTypedArray *array = (JsTypedArray *)object_new_kind(cx, CELL_TYPED_ARRAY, sizeof(JsTypedArray), proto);
  array->obj.cell.aux = ELEMENT_UINT8;
  array->obj.cell.flags |= OBJECT_EXOTIC;
  ptr_slot_init(&array->buffer, buffer);
  array->byte_offset = byte_offset;
  array->length = length;
  return array;
}

JsTypedArray *typed_array_new_length(JsContext *cx, JsArrayElement type, size_t length)
{
  JsTypedArray *array = TRY_OR(NULL, typed_array_object(cx, type, JS_UNDEFINED));
  TRY_OR(NULL, allocate_elements(cx, array, (int64_t)length));
  return array;
}

void typed_array_copy_elements(JsHeap *heap, JsTypedArray *target, size_t to, JsTypedArray *source, size_t from,
                               size_t count)
{
  JsArrayElement type = typed_array_type(target), source_type = typed_array_type(source);
  uint8_t *out = typed_array_at(target, to);
  const uint8_t *in = typed_array_at(source, from);
  uint32_t size = element_size(type), source_size = element_size(source_type);
  bool same_bytes = type == source_type || (element_is_bigint(type) && element_is_bigint(source_type)) ||
                    (size == 1 && source_size == 1 && type != ELEMENT_UINT8_CLAMPED);
  if (same_bytes) {
    memmove(out, in, count * size);
    return;
  }
  /* Ranges of one buffer may overlap: copy in the direction, or through a copy, that reads before it writes. */
  bool overlap = in < out + count * size && out < in + count * source_size;
  uint8_t *copy = NULL;
  if (overlap) {
    copy = mem_alloc(gc_heap_account(heap), MEM_SCRATCH, count * source_size);
    JS_CHECK(copy != NULL);
    memcpy(copy, in, count * source_size);
    in = copy;
  }
  elements_convert(type, out, source_type, in, count);
  mem_free(gc_heap_account(heap), MEM_SCRATCH, copy, overlap ? count * source_size : 0);
}

/* InitializeTypedArrayFromTypedArray ( O, srcArray )  ecma262#sec-initializetypedarrayfromtypedarray */
static bool init_from_typed_array(JsContext *cx, JsTypedArray *array, JsTypedArray *source)
{
  if (typed_array_is_out_of_bounds(source)) {
    throw_error(cx, JS_MSG_DETACHED_BUFFER, "Construct");
    return false;
  }
  size_t len = typed_array_length(source);
  if (element_is_bigint(typed_array_type(array)) != element_is_bigint(typed_array_type(source))) {
    throw_error(cx, JS_MSG_BIGINT_MIX);
    return false;
  }
  TRY_OR(false, allocate_elements(cx, array, (int64_t)len));
  typed_array_copy_elements(cx->heap, array, 0, source, 0, len);
  return true;
}

/* ToIndex with the message of an offset or a length. */
static bool to_view_index(JsContext *cx, JsValue val, JsMessageId message, int64_t *out)
{
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, val, &d));
  if (d < 0 || d > 9007199254740991.0) {
    throw_error(cx, message, js_number(d));
    return false;
  }
  *out = (int64_t)d;
  return true;
}

/* InitializeTypedArrayFromArrayBuffer ( O, buffer, byteOffset, length )
 * ecma262#sec-initializetypedarrayfromarraybuffer */
static bool init_from_buffer(JsContext *cx, JsTypedArray *array, JsArrayBuffer *buffer, JsValue byte_offset,
                             JsValue length)
{
  JsArrayElement type = typed_array_type(array);
  int64_t size = element_size(type), offset, new_length = 0;
  TRY_OR(false, to_view_index(cx, byte_offset, JS_MSG_VIEW_OFFSET, &offset));
  if (offset % size) {
    throw_error(cx, JS_MSG_VIEW_OFFSET_ALIGNMENT, typed_array_name(type), (int)size);
    return false;
  }
  if (!js_is_undefined(length))
    TRY_OR(false, to_view_index(cx, length, JS_MSG_TYPED_ARRAY_LENGTH, &new_length));
  if (array_buffer_is_detached(buffer)) {
    throw_error(cx, JS_MSG_DETACHED_BUFFER, "Construct");
    return false;
  }
  int64_t bytes = (int64_t)array_buffer_byte_length(buffer);
  if (js_is_undefined(length)) {
    if (array_buffer_is_fixed(buffer) && bytes % size) {
      throw_error(cx, JS_MSG_VIEW_LENGTH_ALIGNMENT, typed_array_name(type), (int)size);
      return false;
    }
    if (offset > bytes) {
      throw_error(cx, JS_MSG_VIEW_OFFSET, js_number((double)offset));
      return false;
    }
    array->length_tracking = !array_buffer_is_fixed(buffer);
    new_length = array->length_tracking ? 0 : (bytes - offset) / size;
  } else if (offset > bytes) {
    throw_error(cx, JS_MSG_VIEW_OFFSET, js_number((double)offset));
    return false;
  } else if (new_length > (bytes - offset) / size) {
    throw_error(cx, JS_MSG_TYPED_ARRAY_LENGTH, js_number((double)new_length));
    return false;
  }
  array->byte_offset = (size_t)offset;
  array->length = (size_t)new_length;
  ptr_slot_set(cx->heap, array, &array->buffer, buffer);
  return true;
}

/* InitializeTypedArrayFromList ( O, values )  ecma262#sec-initializetypedarrayfromlist */
static bool init_from_list(JsContext *cx, JsTypedArray *array, JsElements *values)
{
  TRY_OR(false, allocate_elements(cx, array, values->length));
  for (uint32_t k = 0; k < values->length; k++) {
    JsValue val = slot_get(values->v[k]);
    if (!typed_array_set_number(array, k, val))
      TRY_OR(false, typed_array_set(cx, array, k, val));
  }
  return true;
}

/* InitializeTypedArrayFromArrayLike ( O, arrayLike )  ecma262#sec-initializetypedarrayfromarraylike */
static bool init_from_array_like(JsContext *cx, JsTypedArray *array, JsObject *source)
{
  int64_t len;
  TRY_OR(false, length_of_array_like(cx, source, &len));
  TRY_OR(false, allocate_elements(cx, array, len));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = TRY_OR(false, get_index(cx, source, k));
    TRY_OR(false, typed_array_set(cx, array, (double)k, val));
  }
  return true;
}

static bool init_from_object(JsContext *cx, JsTypedArray *array, int argc, const JsValue *argv)
{
  JsValue first = argv[0];
  if (js_is_typed_array(first))
    return init_from_typed_array(cx, array, js_as_typed_array(first));
  if (js_is_array_buffer(first))
    return init_from_buffer(cx, array, js_as_array_buffer(first), js_arg(argc, argv, 1), js_arg(argc, argv, 2));
  if (js_is_array_object(first) && array_iteration_is_pristine(cx, first)) {
    JsElements *values = TRY_OR(false, iterable_to_list(cx, first));
    return init_from_list(cx, array, values);
  }
  JsValue method = TRY_OR(false, get_method(cx, first, KEY_SYM(cx->heap, iterator)));
  if (js_is_undefined(method))
    return init_from_array_like(cx, array, js_as_object(first));
  JsIteratorRecord record;
  TRY_OR(false, get_iterator_from_method(cx, first, method, &record));
  JsElements *values = elements_new(cx->heap, 16);
  if (!values) {
    throw_out_of_memory(cx);
    return false;
  }
  for (;;) {
    JsValue val;
    TRY_OR(false, iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return init_from_list(cx, array, values);
    values = TRY_OR(false, elements_push(cx, values, val));
  }
}

/* TypedArray ( ...args )  ecma262#sec-typedarray; magic: JsArrayElement */
static JsValue typed_array_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayElement type = (JsArrayElement)js_callee_magic(cx);
  JsValue new_target = js_new_target(cx), first = js_arg(argc, argv, 0);
  if (js_is_undefined(new_target))
    return throw_constructor_requires_new(cx, typed_array_name(type));
  JsTypedArray *array;
  if (js_is_object(first)) {
    array = TRY(typed_array_object(cx, type, new_target));
    TRY(init_from_object(cx, array, argc, argv));
  } else {
    int64_t len;
    TRY(to_view_index(cx, first, JS_MSG_TYPED_ARRAY_LENGTH, &len));
    array = TRY(typed_array_object(cx, type, new_target));
    TRY(allocate_elements(cx, array, len));
  }
  return js_from_object(&array->obj);
}

/* %TypedArray% ( )  ecma262#sec-%typedarray% */
static JsValue abstract_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return throw_error(cx, JS_MSG_TYPED_ARRAY_ABSTRACT);
}

JsTypedArray *validate_typed_array(JsContext *cx, JsValue val, const char *method, int64_t *len)
{
  if (!js_is_typed_array(val)) {
    throw_error(cx, JS_MSG_NOT_A_TYPED_ARRAY);
    return NULL;
  }
  JsTypedArray *array = js_as_typed_array(val);
  if (typed_array_is_out_of_bounds(array)) {
    throw_error(cx, JS_MSG_DETACHED_BUFFER, method);
    return NULL;
  }
  *len = (int64_t)typed_array_length(array);
  return array;
}

/* TypedArrayCreateFromConstructor ( constructor, argumentList )  ecma262#sec-typedarraycreatefromctor */
static JsTypedArray *create_from_constructor(JsContext *cx, JsObject *ctor, int argc, const JsValue *argv,
                                             const char *method)
{
  JsValue made = TRY_OR(NULL, js_construct(cx, ctor, argc, argv, ctor));
  int64_t len;
  JsTypedArray *array = TRY_OR(NULL, validate_typed_array(cx, made, method, &len));
  if (argc == 1 && js_is_number(argv[0]) && (double)len < js_number_value(argv[0])) {
    throw_error(cx, JS_MSG_TYPED_ARRAY_TOO_SHORT);
    return NULL;
  }
  return array;
}

JsTypedArray *typed_array_create_with_length(JsContext *cx, JsObject *ctor, int64_t len, const char *method)
{
  JsValue length = js_number_i64(len);
  return create_from_constructor(cx, ctor, 1, &length, method);
}

/* get %TypedArray% [ %Symbol.species% ]  ecma262#sec-get-%typedarray%-%symbol.species% */
static JsValue get_typed_array_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* Would SpeciesConstructor find the current realm's own constructor, without running user code on the way? */
static bool species_is_pristine(JsContext *cx, JsTypedArray *exemplar)
{
  JsArrayElement type = typed_array_type(exemplar);
  JsObject *ctor = typed_array_constructor_of(cx, type);
  JsObject *proto = realm_intrinsic(cx, cx->realm, (JsIntrinsicId)(constructor_ids[type] + 1));
  JsShape *shape = object_shape(cx->heap, &exemplar->obj);
  if (shape->count || ptr_slot_get(shape->proto) != proto ||
      !js_same_bits(object_get_direct(cx->heap, proto, KEY(cx->heap, constructor)), js_from_object(ctor)))
    return false;
  JsLookup lookup;
  if (!object_lookup(cx, ctor, KEY_SYM(cx->heap, species), &lookup)) {
    (void)take_exception(cx); /* the general path meets it again */
    return false;
  }
  if (lookup.kind != LOOKUP_ACCESSOR)
    return false;
  JsSlot *slot = object_slot(object_shape(cx->heap, lookup.holder), lookup.holder, lookup.slot);
  JsValue getter = slot_get(((JsAccessor *)js_as_cell(slot_get(*slot)))->getter);
  return js_is_kind(getter, CELL_NATIVE_FUNCTION) && js_as_native_function(getter)->fn == get_typed_array_species;
}

/* What the pristine constructor does with a length, or with a buffer, an offset and maybe a length. */
static JsTypedArray *construct_directly(JsContext *cx, JsArrayElement type, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY_OR(NULL, typed_array_object(cx, type, JS_UNDEFINED));
  if (argc == 1) {
    int64_t len;
    TRY_OR(NULL, to_view_index(cx, argv[0], JS_MSG_TYPED_ARRAY_LENGTH, &len));
    TRY_OR(NULL, allocate_elements(cx, array, len));
  } else {
    TRY_OR(NULL, init_from_buffer(cx, array, js_as_array_buffer(argv[0]), argv[1], js_arg(argc, argv, 2)));
  }
  return array;
}

JsTypedArray *typed_array_species_create(JsContext *cx, JsTypedArray *exemplar, int argc, const JsValue *argv,
                                         const char *method)
{
  JsArrayElement type = typed_array_type(exemplar);
  if (js_likely(species_is_pristine(cx, exemplar)))
    return construct_directly(cx, type, argc, argv);
  JsObject *ctor = TRY_OR(NULL, species_constructor(cx, &exemplar->obj, typed_array_constructor_of(cx, type)));
  JsTypedArray *array = TRY_OR(NULL, create_from_constructor(cx, ctor, argc, argv, method));
  if (element_is_bigint(typed_array_type(array)) != element_is_bigint(type)) {
    throw_error(cx, JS_MSG_BIGINT_MIX);
    return NULL;
  }
  return array;
}

JsTypedArray *typed_array_create_same_type(JsContext *cx, JsTypedArray *exemplar, int64_t len)
{
  return typed_array_new_length(cx, typed_array_type(exemplar), (size_t)len);
}

/* --- %TypedArray% ------------------------------------------------------------------------------------------------ */

/* One element of from: mapped, then Set ( target, k, val, true ). */
static bool from_element(JsContext *cx, JsTypedArray *target, int64_t k, JsValue val, JsValue map_fn, JsValue this_arg)
{
  if (!js_is_undefined(map_fn))
    val = TRY_OR(false, js_call2(cx, map_fn, this_arg, val, js_number_i64(k)));
  return typed_array_set(cx, target, (double)k, val);
}

/* %TypedArray%.from ( source [ , mapper [ , thisArg ] ] )  ecma262#sec-%typedarray%.from */
static JsValue typed_array_from(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "%TypedArray%.from";
  JsValue source = js_arg(argc, argv, 0), map_fn = js_arg(argc, argv, 1), this_arg = js_arg(argc, argv, 2);
  if (!js_is_constructor(this_val))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR, this_val);
  if (!js_is_undefined(map_fn) && !js_is_callable(map_fn))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, map_fn);
  JsObject *ctor = js_as_object(this_val);
  JsValue method = TRY(get_method(cx, source, KEY_SYM(cx->heap, iterator)));
  if (!js_is_undefined(method)) {
    JsIteratorRecord record;
    TRY(get_iterator_from_method(cx, source, method, &record));
    JsElements *values = elements_new(cx->heap, 16);
    if (!values)
      return throw_out_of_memory(cx);
    for (;;) {
      JsValue val;
      TRY(iterator_step_value(cx, &record, &val));
      if (js_is_hole(val))
        break;
      values = TRY(elements_push(cx, values, val));
    }
    JsTypedArray *target = TRY(typed_array_create_with_length(cx, ctor, values->length, name));
    for (uint32_t k = 0; k < values->length; k++)
      TRY(from_element(cx, target, k, slot_get(values->v[k]), map_fn, this_arg));
    return js_from_object(&target->obj);
  }
  JsObject *array_like = TRY(to_object(cx, source));
  int64_t len;
  TRY(length_of_array_like(cx, array_like, &len));
  JsTypedArray *target = TRY(typed_array_create_with_length(cx, ctor, len, name));
  for (int64_t k = 0; k < len; k++) {
    JsValue val = TRY(get_index(cx, array_like, k));
    TRY(from_element(cx, target, k, val, map_fn, this_arg));
  }
  return js_from_object(&target->obj);
}

/* %TypedArray%.of ( ...items )  ecma262#sec-%typedarray%.of */
static JsValue typed_array_of(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_constructor(this_val))
    return throw_error(cx, JS_MSG_NOT_A_CONSTRUCTOR, this_val);
  JsTypedArray *target = TRY(typed_array_create_with_length(cx, js_as_object(this_val), argc, "%TypedArray%.of"));
  for (int k = 0; k < argc; k++)
    TRY(typed_array_set(cx, target, k, argv[k]));
  return js_from_object(&target->obj);
}

static const JsBuiltin typed_array_static[] = {
    FN("of", typed_array_of, 0),
    FN("from", typed_array_from, 1),
    GETTER_SYM(species, get_typed_array_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

const JsIntrinsicTable typed_array_constructor_table = {
    CONSTRUCTOR_TABLE("TypedArray", abstract_constructor, 0, TYPED_ARRAY_PROTOTYPE), ROWS(typed_array_static)};

extern const JsBuiltin uint8_array_static[], uint8_array_proto[]; /* uint8_array.c */
enum { UINT8_ARRAY_STATIC_ROWS = 3, UINT8_ARRAY_PROTO_ROWS = 5 };

/* The concrete constructors and prototypes: one row each, but Uint8Array's. */
#define BYTES_ROW(size_) static const JsBuiltin bytes_##size_[] = {NUMBER("BYTES_PER_ELEMENT", size_)};
BYTES_ROW(1)
BYTES_ROW(2)
BYTES_ROW(4)
BYTES_ROW(8)

#define CONCRETE(table_, ID, Name, size_, static_rows, static_count, proto_rows, proto_count)                          \
  const JsIntrinsicTable table_##_array_constructor_table = {.make = INTRINSIC_CONSTRUCTOR,                            \
                                                             .name = #Name,                                            \
                                                             .fn = typed_array_constructor,                            \
                                                             .length = 3,                                              \
                                                             .magic = ELEMENT_##ID,                                    \
                                                             .parent = JS_INTRINSIC_TYPED_ARRAY,                       \
                                                             .prototype = JS_INTRINSIC_##ID##_ARRAY_PROTOTYPE,         \
                                                             .constructor = -1,                                        \
                                                             .rows = static_rows,                                      \
                                                             .count = static_count};                                   \
  const JsIntrinsicTable table_##_array_prototype_table = {.make = INTRINSIC_PLAIN,                                    \
                                                           .parent = JS_INTRINSIC_TYPED_ARRAY_PROTOTYPE,               \
                                                           .prototype = -1,                                            \
                                                           .constructor = JS_INTRINSIC_##ID##_ARRAY,                   \
                                                           .rows = proto_rows,                                         \
                                                           .count = proto_count};
CONCRETE(int8, INT8, Int8Array, 1, bytes_1, 1, bytes_1, 1)
CONCRETE(uint8, UINT8, Uint8Array, 1, uint8_array_static, UINT8_ARRAY_STATIC_ROWS, uint8_array_proto,
         UINT8_ARRAY_PROTO_ROWS)
CONCRETE(uint8_clamped, UINT8_CLAMPED, Uint8ClampedArray, 1, bytes_1, 1, bytes_1, 1)
CONCRETE(int16, INT16, Int16Array, 2, bytes_2, 1, bytes_2, 1)
CONCRETE(uint16, UINT16, Uint16Array, 2, bytes_2, 1, bytes_2, 1)
CONCRETE(int32, INT32, Int32Array, 4, bytes_4, 1, bytes_4, 1)
CONCRETE(uint32, UINT32, Uint32Array, 4, bytes_4, 1, bytes_4, 1)
CONCRETE(float16, FLOAT16, Float16Array, 2, bytes_2, 1, bytes_2, 1)
CONCRETE(float32, FLOAT32, Float32Array, 4, bytes_4, 1, bytes_4, 1)
CONCRETE(float64, FLOAT64, Float64Array, 8, bytes_8, 1, bytes_8, 1)
CONCRETE(bigint64, BIGINT64, BigInt64Array, 8, bytes_8, 1, bytes_8, 1)
CONCRETE(biguint64, BIGUINT64, BigUint64Array, 8, bytes_8, 1, bytes_8, 1)
