// SPDX-License-Identifier: MIT
/*
 * internalBinding('serdes'): v8's Serializer and Deserializer over serial.h. What their subclasses override
 * (_writeHostObject, _readHostObject, _getSharedArrayBufferId, _getDataCloneError) is called as methods of the object.
 */
#include "runtime/env.h"

#include "runtime/serial.h"

#include <stdlib.h>

/* Buffers by number, as the program gave them. */
typedef struct Transfers {
  JsRef *list; /* array: number, buffer, ... */
} Transfers;

static JsValue transfers_add(JsContext *cx, Transfers *transfers, int argc, const JsValue *argv)
{
  if (!transfers->list) {
    JsValue list = js_array_new(cx, 0, NULL);
    transfers->list = js_is_exception(list) ? NULL : js_ref_new(cx, list);
    if (!transfers->list)
      return JS_EXCEPTION;
  }
  JsValue list = js_ref_get(transfers->list);
  if (!js_array_push(cx, list, js_number((uint32_t)arg_double(argc, argv, 0, 0))) ||
      !js_array_push(cx, list, js_argument(argc, argv, 1)))
    return JS_EXCEPTION;
  return JS_UNDEFINED;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

typedef struct Serializer {
  SerialWriter writer;
  Transfers transfers;
  JsValue self; /* during a call */
} Serializer;

static void serializer_finalise(void *native)
{
  Serializer *serializer = native;
  serial_writer_free(&serializer->writer);
  js_ref_free(serializer->transfers.list);
  free(serializer);
}

static const JsHostClass serializer_class = {"Serializer", serializer_finalise};

static Serializer *this_serializer(JsContext *cx, JsValue this_val)
{
  Serializer *serializer = js_host_native(this_val, &serializer_class);
  if (serializer)
    serializer->self = this_val;
  else
    js_throw_type_error(cx, "Illegal invocation");
  return serializer;
}

static SerialAnswer write_host_object(SerialWriter *writer, JsValue obj)
{
  Serializer *serializer = writer->opaque;
  JsContext *cx = writer->cx;
  JsView view;
  /* Only views and objects of the runtime are asked about; an object of some class is plain here. */
  if (!js_view(obj, &view) && js_object_kind(obj) != JS_OBJECT_HOST)
    return SERIAL_NOT_MINE;
  JsValue method = js_get(cx, serializer->self, "_writeHostObject");
  if (js_is_exception(method))
    return SERIAL_FAILED;
  if (!js_value_is_function(method))
    return SERIAL_NOT_MINE;
  if (!serial_write_host_tag(writer))
    return SERIAL_FAILED;
  return js_is_exception(js_call(cx, method, serializer->self, 1, &obj)) ? SERIAL_FAILED : SERIAL_DONE;
}

static SerialAnswer write_transferred(SerialWriter *writer, JsValue buffer, uint32_t *id)
{
  Serializer *serializer = writer->opaque;
  JsContext *cx = writer->cx;
  int64_t count = 0;
  if (!serializer->transfers.list)
    return SERIAL_NOT_MINE;
  JsValue list = js_ref_get(serializer->transfers.list);
  if (!js_length(cx, list, &count))
    return SERIAL_FAILED;
  for (int64_t k = 0; k + 1 < count; k += 2) {
    JsValue number = js_get_index(cx, list, (uint32_t)k), each = js_get_index(cx, list, (uint32_t)k + 1);
    if (js_is_exception(number) || js_is_exception(each))
      return SERIAL_FAILED;
    if (each.bits == buffer.bits) {
      *id = (uint32_t)js_number_value(number);
      return SERIAL_DONE;
    }
  }
  return SERIAL_NOT_MINE;
}

static SerialAnswer write_shared(SerialWriter *writer, JsValue buffer, uint32_t *id)
{
  Serializer *serializer = writer->opaque;
  JsContext *cx = writer->cx;
  JsValue method = js_get(cx, serializer->self, "_getSharedArrayBufferId");
  if (js_is_exception(method))
    return SERIAL_FAILED;
  if (!js_value_is_function(method))
    return SERIAL_NOT_MINE;
  JsValue number = js_call(cx, method, serializer->self, 1, &buffer);
  int64_t wide;
  if (js_is_exception(number) || !js_to_int64(cx, number, &wide))
    return SERIAL_FAILED;
  *id = (uint32_t)wide;
  return SERIAL_DONE;
}

static void refuse(SerialWriter *writer, JsValue message)
{
  Serializer *serializer = writer->opaque;
  JsContext *cx = writer->cx;
  JsValue make = js_get(cx, serializer->self, "_getDataCloneError");
  if (js_is_exception(make))
    return;
  JsValue error = js_value_is_function(make) ? js_call(cx, make, serializer->self, 1, &message)
                                             : js_error_new(cx, "Error", message);
  if (!js_is_exception(error))
    js_throw(cx, error);
}

static const SerialWriterHost writer_host = {write_host_object, write_transferred, write_shared, refuse};

static JsValue serializer_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!js_is_construct_call(cx))
    return js_throw_type_error(cx, "Class constructor Serializer cannot be invoked without `new`");
  Serializer *serializer = calloc(1, sizeof *serializer);
  if (!serializer)
    return js_throw_range_error(cx, "Out of memory");
  serial_writer_init(&serializer->writer, cx, &writer_host, serializer);
  return js_host_new(cx, &serializer_class, serializer);
}

static JsValue serializer_write_header(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  return serializer && serial_write_header(&serializer->writer) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue serializer_write_value(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  return serializer && serial_write_value(&serializer->writer, js_argument(argc, argv, 0)) ? JS_TRUE : JS_EXCEPTION;
}

static JsValue serializer_release_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  if (!serializer)
    return JS_EXCEPTION;
  JsBytes bytes = {0};
  bytes.data = serial_writer_take(&serializer->writer, &bytes.length);
  if (!bytes.data)
    return js_array_buffer_new(cx, 0, NULL);
  bytes.max_length = bytes.length;
  JsValue buffer = js_array_buffer_adopt(cx, &bytes);
  if (js_is_exception(buffer))
    free(bytes.data);
  return buffer;
}

static JsValue serializer_transfer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  return serializer ? transfers_add(cx, &serializer->transfers, argc, argv) : JS_EXCEPTION;
}

static JsValue serializer_write_uint32(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  int64_t value;
  if (!serializer || !js_to_int64(cx, js_argument(argc, argv, 0), &value))
    return JS_EXCEPTION;
  return serial_write_uint32(&serializer->writer, (uint32_t)value) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue serializer_write_uint64(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  int64_t high, low;
  if (!serializer || !js_to_int64(cx, js_argument(argc, argv, 0), &high) ||
      !js_to_int64(cx, js_argument(argc, argv, 1), &low))
    return JS_EXCEPTION;
  uint64_t value = (uint64_t)(uint32_t)high << 32 | (uint32_t)low;
  return serial_write_uint64(&serializer->writer, value) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue serializer_write_double(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  double value;
  if (!serializer || !js_to_double(cx, js_argument(argc, argv, 0), &value))
    return JS_EXCEPTION;
  return serial_write_double(&serializer->writer, value) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue serializer_write_raw_bytes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  JsView view;
  if (!serializer)
    return JS_EXCEPTION;
  if (!js_view(js_argument(argc, argv, 0), &view))
    return js_throw_type_error(cx, "source must be a TypedArray or a DataView");
  return serial_write_bytes(&serializer->writer, view.data, view.byte_length) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue serializer_views_are_host(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Serializer *serializer = this_serializer(cx, this_val);
  if (!serializer)
    return JS_EXCEPTION;
  serializer->writer.views_are_host = js_to_boolean(js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

typedef struct Deserializer {
  SerialReader reader;
  Transfers transfers;
  JsRef *source; /* the view that is read from */
  JsValue self;
} Deserializer;

static void deserializer_finalise(void *native)
{
  Deserializer *deserializer = native;
  serial_reader_free(&deserializer->reader);
  js_ref_free(deserializer->transfers.list);
  js_ref_free(deserializer->source);
  free(deserializer);
}

static const JsHostClass deserializer_class = {"Deserializer", deserializer_finalise};

static Deserializer *this_deserializer(JsContext *cx, JsValue this_val)
{
  Deserializer *deserializer = js_host_native(this_val, &deserializer_class);
  if (!deserializer) {
    js_throw_type_error(cx, "Illegal invocation");
    return NULL;
  }
  deserializer->self = this_val;
  /* The bytes may have been detached since. */
  JsView view;
  if (!js_view(js_ref_get(deserializer->source), &view))
    view = (JsView){0};
  deserializer->reader.data = view.data;
  deserializer->reader.length = view.byte_length;
  if (deserializer->reader.at > view.byte_length)
    deserializer->reader.at = view.byte_length;
  return deserializer;
}

static JsValue read_host_object(SerialReader *reader)
{
  Deserializer *deserializer = reader->opaque;
  JsContext *cx = reader->cx;
  JsValue method = js_get(cx, deserializer->self, "_readHostObject");
  if (js_is_exception(method))
    return method;
  if (!js_value_is_function(method))
    return js_throw_plain_error(cx, "Unable to deserialize cloned data.");
  JsValue obj = js_call(cx, method, deserializer->self, 0, NULL);
  if (js_is_exception(obj) || js_value_is_object(obj))
    return obj;
  return js_throw_type_error(cx, "readHostObject must return an object");
}

static JsValue read_transferred(SerialReader *reader, uint32_t id)
{
  Deserializer *deserializer = reader->opaque;
  JsContext *cx = reader->cx;
  int64_t count = 0;
  if (!deserializer->transfers.list)
    return JS_UNDEFINED;
  JsValue list = js_ref_get(deserializer->transfers.list);
  if (!js_length(cx, list, &count))
    return JS_EXCEPTION;
  for (int64_t k = 0; k + 1 < count; k += 2) {
    JsValue number = js_get_index(cx, list, (uint32_t)k);
    if (js_is_exception(number))
      return number;
    if ((uint32_t)js_number_value(number) == id)
      return js_get_index(cx, list, (uint32_t)k + 1);
  }
  return JS_UNDEFINED;
}

static const SerialReaderHost reader_host = {read_host_object, read_transferred, read_transferred};

static JsValue deserializer_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue source = js_argument(argc, argv, 0);
  JsView view;
  if (!js_is_construct_call(cx))
    return js_throw_type_error(cx, "Class constructor Deserializer cannot be invoked without `new`");
  if (!js_view(source, &view))
    return js_throw_type_error(cx, "buffer must be a TypedArray or a DataView");
  Deserializer *deserializer = calloc(1, sizeof *deserializer);
  if (!deserializer)
    return js_throw_range_error(cx, "Out of memory");
  serial_reader_init(&deserializer->reader, cx, &reader_host, deserializer, view.data, view.byte_length);
  deserializer->source = js_ref_new(cx, source);
  JsValue obj = js_host_new(cx, &deserializer_class, deserializer);
  if (js_is_exception(obj) || !js_set(cx, obj, "buffer", source))
    return JS_EXCEPTION;
  return obj;
}

static JsValue deserializer_read_header(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  return deserializer && serial_read_header(&deserializer->reader) ? JS_TRUE : JS_EXCEPTION;
}

static JsValue deserializer_read_value(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  return deserializer ? serial_read_value(&deserializer->reader) : JS_EXCEPTION;
}

static JsValue deserializer_version(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  return deserializer ? js_number(deserializer->reader.version) : JS_EXCEPTION;
}

static JsValue deserializer_transfer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  if (!deserializer)
    return JS_EXCEPTION;
  if (!js_array_buffer_traits(js_argument(argc, argv, 1), NULL))
    return js_throw_type_error(cx, "arrayBuffer must be an ArrayBuffer or SharedArrayBuffer");
  return transfers_add(cx, &deserializer->transfers, argc, argv);
}

static JsValue deserializer_read_uint32(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  uint32_t value;
  if (!deserializer)
    return JS_EXCEPTION;
  return serial_read_uint32(&deserializer->reader, &value) ? js_number(value)
                                                           : js_throw_plain_error(cx, "ReadUint32() failed");
}

static JsValue deserializer_read_uint64(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  uint64_t value;
  if (!deserializer)
    return JS_EXCEPTION;
  if (!serial_read_uint64(&deserializer->reader, &value))
    return js_throw_plain_error(cx, "ReadUint64() failed");
  JsValue halves[] = {js_number((uint32_t)(value >> 32)), js_number((uint32_t)value)};
  return js_array_new(cx, 2, halves);
}

static JsValue deserializer_read_double(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  double value;
  if (!deserializer)
    return JS_EXCEPTION;
  return serial_read_double(&deserializer->reader, &value) ? js_number(value)
                                                           : js_throw_plain_error(cx, "ReadDouble() failed");
}

/* The offset of the bytes. */
static JsValue deserializer_read_raw_bytes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Deserializer *deserializer = this_deserializer(cx, this_val);
  const uint8_t *bytes;
  int64_t length;
  if (!deserializer || !js_to_int64(cx, js_argument(argc, argv, 0), &length))
    return JS_EXCEPTION;
  size_t at = deserializer->reader.at;
  if (length < 0 || !serial_read_bytes(&deserializer->reader, (size_t)length, &bytes))
    return js_throw_plain_error(cx, "ReadRawBytes() failed");
  return js_number((double)at);
}

JsValue binding_serdes(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow writer_rows[] = {
      {"writeHeader", serializer_write_header, 0},
      {"writeValue", serializer_write_value, 1},
      {"releaseBuffer", serializer_release_buffer, 0},
      {"transferArrayBuffer", serializer_transfer, 2},
      {"writeUint32", serializer_write_uint32, 1},
      {"writeUint64", serializer_write_uint64, 2},
      {"writeDouble", serializer_write_double, 1},
      {"writeRawBytes", serializer_write_raw_bytes, 1},
      {"_setTreatArrayBufferViewsAsHostObjects", serializer_views_are_host, 1},
      {0},
  };
  static const JsFunctionRow reader_rows[] = {
      {"readHeader", deserializer_read_header, 0},
      {"readValue", deserializer_read_value, 0},
      {"getWireFormatVersion", deserializer_version, 0},
      {"transferArrayBuffer", deserializer_transfer, 2},
      {"readUint32", deserializer_read_uint32, 0},
      {"readUint64", deserializer_read_uint64, 0},
      {"readDouble", deserializer_read_double, 0},
      {"_readRawBytes", deserializer_read_raw_bytes, 1},
      {0},
  };
  static const JsFunctionRow none[] = {{0}};
  JsValue binding = binding_new(cx, none);
  JsValue writer = js_host_class_new(cx, &serializer_class, serializer_new, 0, writer_rows);
  JsValue reader = js_host_class_new(cx, &deserializer_class, deserializer_new, 1, reader_rows);
  if (js_is_exception(binding) || js_is_exception(writer) || js_is_exception(reader) ||
      !js_set(cx, binding, "Serializer", writer) || !js_set(cx, binding, "Deserializer", reader))
    return JS_EXCEPTION;
  return binding;
}
