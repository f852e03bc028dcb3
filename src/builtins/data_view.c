// SPDX-License-Identifier: MIT
/* DataView (ecma262#sec-dataview-objects): elements of any type at any byte offset, in either byte order. */
#include "builtins/typed_array_builtin.h"

void data_view_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsDataView) == 56, "update data_view_trace()");
void data_view_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsDataView *)cell)->buffer);
}

/* IsViewOutOfBounds, GetViewByteLength  ecma262#sec-isviewoutofbounds; false: out of bounds */
static bool view_byte_length(const JsDataView *view, size_t *byte_length)
{
  const JsArrayBuffer *buffer = ptr_slot_get(view->buffer);
  size_t bytes = array_buffer_byte_length(buffer);
  if (array_buffer_is_detached(buffer) || view->byte_offset > bytes)
    return false;
  *byte_length = view->length_tracking ? bytes - view->byte_offset : view->byte_length;
  return *byte_length <= bytes - view->byte_offset;
}

/* ToIndex with a message of this type. */
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

/* DataView ( buffer [ , byteOffset [ , byteLength ] ] )  ecma262#sec-dataview-buffer-byteoffset-bytelength */
static JsValue data_view_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue new_target = js_new_target(cx), byte_length = js_arg(argc, argv, 2);
  if (js_is_undefined(new_target))
    return throw_constructor_requires_new(cx, "DataView");
  if (!js_is_array_buffer(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_DATA_VIEW_BUFFER);
  JsArrayBuffer *buffer = js_as_array_buffer(argv[0]);
  int64_t offset, view_length = 0;
  TRY(to_view_index(cx, js_arg(argc, argv, 1), JS_MSG_VIEW_OFFSET, &offset));
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, "DataView");
  int64_t bytes = (int64_t)array_buffer_byte_length(buffer);
  if (offset > bytes)
    return throw_error(cx, JS_MSG_VIEW_OFFSET, js_number((double)offset));
  bool tracking = js_is_undefined(byte_length) && !array_buffer_is_fixed(buffer);
  if (!js_is_undefined(byte_length)) {
    TRY(to_view_index(cx, byte_length, JS_MSG_DATA_VIEW_LENGTH, &view_length));
    if (view_length > bytes - offset)
      return throw_error(cx, JS_MSG_DATA_VIEW_LENGTH, js_number((double)view_length));
  } else if (!tracking) {
    view_length = bytes - offset;
  }
  JsDataView *view = (JsDataView *)TRY(ordinary_create_from_constructor(
      cx, new_target, JS_INTRINSIC_DATA_VIEW_PROTOTYPE, CELL_DATA_VIEW, sizeof(JsDataView)));
  ptr_slot_set(cx->heap, view, &view->buffer, buffer);
  /* Looking up the prototype may have run code that resized or detached the buffer. */
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, "DataView");
  bytes = (int64_t)array_buffer_byte_length(buffer);
  if (offset > bytes)
    return throw_error(cx, JS_MSG_VIEW_OFFSET, js_number((double)offset));
  if (!js_is_undefined(byte_length) && view_length > bytes - offset)
    return throw_error(cx, JS_MSG_DATA_VIEW_LENGTH, js_number((double)view_length));
  view->byte_offset = (size_t)offset;
  view->byte_length = (size_t)view_length;
  view->length_tracking = tracking;
  return js_from_object(&view->obj);
}

JsDataView *data_view_new(JsContext *cx, JsArrayBuffer *buffer, size_t byte_offset, size_t byte_length)
{
  JsDataView *view = (JsDataView *)TRY_OR(
      NULL, object_new_kind(cx, CELL_DATA_VIEW, sizeof(JsDataView), INTRINSIC_OBJECT(cx, DATA_VIEW_PROTOTYPE)));
  ptr_slot_set(cx->heap, view, &view->buffer, buffer);
  view->byte_offset = byte_offset;
  view->byte_length = byte_length;
  return view;
}

size_t data_view_byte_length(const JsDataView *view)
{
  size_t byte_length;
  return view_byte_length(view, &byte_length) ? byte_length : 0;
}

static JsDataView *this_view(JsContext *cx, JsValue this_val, const char *method)
{
  return (JsDataView *)this_kind(cx, this_val, CELL_DATA_VIEW, method);
}

/* get DataView.prototype.buffer  ecma262#sec-get-dataview.prototype.buffer */
static JsValue get_data_view_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsDataView *view = TRY(this_view(cx, this_val, "get DataView.prototype.buffer"));
  return js_from_object(&ptr_slot_get(view->buffer)->obj);
}

/* get DataView.prototype.byteLength  ecma262#sec-get-dataview.prototype.bytelength */
static JsValue get_data_view_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "get DataView.prototype.byteLength";
  size_t byte_length;
  if (!view_byte_length(TRY(this_view(cx, this_val, name)), &byte_length))
    return throw_error(cx, JS_MSG_DETACHED_OR_OUT_OF_BOUNDS, name);
  return js_number_i64((int64_t)byte_length);
}

/* get DataView.prototype.byteOffset  ecma262#sec-get-dataview.prototype.byteoffset */
static JsValue get_data_view_byte_offset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "get DataView.prototype.byteOffset";
  JsDataView *view = TRY(this_view(cx, this_val, name));
  size_t byte_length;
  if (!view_byte_length(view, &byte_length))
    return throw_error(cx, JS_MSG_DETACHED_OR_OUT_OF_BOUNDS, name);
  return js_number_i64((int64_t)view->byte_offset);
}

static const char *accessor_name(JsArrayElement type, bool set)
{
  static const char *const names[][2] = {
      [ELEMENT_INT8] = {"DataView.prototype.getInt8", "DataView.prototype.setInt8"},
      [ELEMENT_UINT8] = {"DataView.prototype.getUint8", "DataView.prototype.setUint8"},
      [ELEMENT_INT16] = {"DataView.prototype.getInt16", "DataView.prototype.setInt16"},
      [ELEMENT_UINT16] = {"DataView.prototype.getUint16", "DataView.prototype.setUint16"},
      [ELEMENT_INT32] = {"DataView.prototype.getInt32", "DataView.prototype.setInt32"},
      [ELEMENT_UINT32] = {"DataView.prototype.getUint32", "DataView.prototype.setUint32"},
      [ELEMENT_FLOAT16] = {"DataView.prototype.getFloat16", "DataView.prototype.setFloat16"},
      [ELEMENT_FLOAT32] = {"DataView.prototype.getFloat32", "DataView.prototype.setFloat32"},
      [ELEMENT_FLOAT64] = {"DataView.prototype.getFloat64", "DataView.prototype.setFloat64"},
      [ELEMENT_BIGINT64] = {"DataView.prototype.getBigInt64", "DataView.prototype.setBigInt64"},
      [ELEMENT_BIGUINT64] = {"DataView.prototype.getBigUint64", "DataView.prototype.setBigUint64"},
  };
  return names[type][set];
}

/* Copies an element between the buffer and an aligned word, turning its bytes when they are big-endian. */
static void copy_element(uint8_t *to, const uint8_t *from, uint32_t size, bool little_endian)
{
  for (uint32_t k = 0; k < size; k++)
    to[k] = from[little_endian ? k : size - 1 - k];
}

/* The element's address; NULL: exception. */
static uint8_t *element_address(JsContext *cx, JsDataView *view, int64_t index, JsArrayElement type, const char *name)
{
  size_t byte_length;
  if (!view_byte_length(view, &byte_length)) {
    throw_error(cx, JS_MSG_DETACHED_OR_OUT_OF_BOUNDS, name);
    return NULL;
  }
  if ((uint64_t)index + element_size(type) > byte_length) {
    throw_error(cx, JS_MSG_DATA_VIEW_OFFSET);
    return NULL;
  }
  return ptr_slot_get(view->buffer)->data + view->byte_offset + index;
}

/* GetViewValue ( view, requestIndex, isLittleEndian, type )  ecma262#sec-getviewvalue; magic: JsArrayElement */
static JsValue data_view_proto_get(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayElement type = (JsArrayElement)js_callee_magic(cx);
  const char *name = accessor_name(type, false);
  JsDataView *view = TRY(this_view(cx, this_val, name));
  int64_t index;
  TRY(to_view_index(cx, js_arg(argc, argv, 0), JS_MSG_DATA_VIEW_OFFSET, &index));
  bool little_endian = to_boolean(js_arg(argc, argv, 1));
  const uint8_t *address = TRY(element_address(cx, view, index, type, name));
  uint64_t word = 0;
  copy_element((uint8_t *)&word, address, element_size(type), little_endian);
  return element_load(cx->heap, type, &word);
}

/* SetViewValue ( view, requestIndex, isLittleEndian, type, value )  ecma262#sec-setviewvalue; magic: JsArrayElement */
static JsValue data_view_proto_set(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayElement type = (JsArrayElement)js_callee_magic(cx);
  const char *name = accessor_name(type, true);
  JsDataView *view = TRY(this_view(cx, this_val, name));
  int64_t index;
  TRY(to_view_index(cx, js_arg(argc, argv, 0), JS_MSG_DATA_VIEW_OFFSET, &index));
  JsValue numeric = TRY(to_element_value(cx, type, js_arg(argc, argv, 1)));
  bool little_endian = to_boolean(js_arg(argc, argv, 2));
  uint8_t *address = TRY(element_address(cx, view, index, type, name));
  uint64_t word = 0;
  element_store(type, &word, numeric);
  copy_element(address, (const uint8_t *)&word, element_size(type), little_endian);
  return JS_UNDEFINED;
}

#define GET(Name, id) FN_MAGIC("get" Name, data_view_proto_get, 1, ELEMENT_##id)
#define SET(Name, id) FN_MAGIC("set" Name, data_view_proto_set, 2, ELEMENT_##id)
static const JsBuiltin data_view_proto[] = {
    GETTER("buffer", get_data_view_buffer),
    GETTER("byteLength", get_data_view_byte_length),
    GETTER("byteOffset", get_data_view_byte_offset),
    GET("Int8", INT8),
    SET("Int8", INT8),
    GET("Uint8", UINT8),
    SET("Uint8", UINT8),
    GET("Int16", INT16),
    SET("Int16", INT16),
    GET("Uint16", UINT16),
    SET("Uint16", UINT16),
    GET("Int32", INT32),
    SET("Int32", INT32),
    GET("Uint32", UINT32),
    SET("Uint32", UINT32),
    GET("Float16", FLOAT16),
    SET("Float16", FLOAT16),
    GET("Float32", FLOAT32),
    SET("Float32", FLOAT32),
    GET("Float64", FLOAT64),
    SET("Float64", FLOAT64),
    GET("BigInt64", BIGINT64),
    SET("BigInt64", BIGINT64),
    GET("BigUint64", BIGUINT64),
    SET("BigUint64", BIGUINT64),
    STRING_SYM(toStringTag, "DataView"),
};

const JsIntrinsicTable data_view_constructor_table = {
    CONSTRUCTOR_TABLE("DataView", data_view_constructor, 1, DATA_VIEW_PROTOTYPE)};
const JsIntrinsicTable data_view_prototype_table = {PROTOTYPE_TABLE(DATA_VIEW), ROWS(data_view_proto)};
