// SPDX-License-Identifier: MIT
/* Values into messages and back: the structured clone algorithm over serial.h, with transfer. */
#include "runtime/message.h"

#include "runtime/serial.h"

#include <stdlib.h>
#include <string.h>

/* Behind a host object's tag. */
enum { HOST_PORT, HOST_CLONED, HOST_FILE, HOST_WASM };

/* In place of a number: the library transfers this object in its own way. */
#define NUMBER_OF_LIBRARY UINT32_MAX

typedef struct Writing {
  SerialWriter writer;
  CulmEnv *env;
  RtMessage *message;
  JsValue transfer;  /* array, or undefined */
  JsValue parts;     /* array: what the library gave for each entry that is its own */
  uint32_t *numbers; /* of each entry of transfer: among buffers or among ports, or NUMBER_OF_LIBRARY */
  int64_t transfer_count;
} Writing;

/* --- errors ------------------------------------------------------------------------------------------------------ */

/* A DataCloneError. */
static void throw_clone_error(CulmEnv *env, JsValue message)
{
  JsContext *cx = env->cx;
  JsValue make = messaging_callback(env, "makeError");
  JsValue error =
      js_value_is_function(make) ? js_call(cx, make, JS_UNDEFINED, 1, &message) : js_error_new(cx, "Error", message);
  if (!js_is_exception(error))
    js_throw(cx, error);
}

static void refuse_text(CulmEnv *env, const char *text)
{
  throw_clone_error(env, js_string(env->cx, text));
}

static void refuse(SerialWriter *writer, JsValue message)
{
  Writing *writing = writer->opaque;
  throw_clone_error(writing->env, message);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bool number_of(Writing *writing, JsValue obj, int64_t *at)
{
  for (int64_t k = 0; k < writing->transfer_count; k++) {
    JsValue each = js_get_index(writing->env->cx, writing->transfer, (uint32_t)k);
    if (js_is_exception(each))
      return false;
    if (each.bits == obj.bits) {
      *at = k;
      return true;
    }
  }
  *at = -1;
  return true;
}

static SerialAnswer write_transferred(SerialWriter *writer, JsValue buffer, uint32_t *id)
{
  Writing *writing = writer->opaque;
  int64_t at;
  if (!number_of(writing, buffer, &at))
    return SERIAL_FAILED;
  if (at < 0)
    return SERIAL_NOT_MINE;
  *id = writing->numbers[at];
  return SERIAL_DONE;
}

static SerialAnswer write_shared(SerialWriter *writer, JsValue buffer, uint32_t *id)
{
  Writing *writing = writer->opaque;
  RtMessage *message = writing->message;
  JsSharedBytes **list = realloc(message->shared, (message->shared_count + 1) * sizeof *list);
  if (!list) {
    js_throw_range_error(writer->cx, "Out of memory");
    return SERIAL_FAILED;
  }
  message->shared = list;
  list[message->shared_count] = js_shared_bytes(buffer);
  /* The number's lowest bit says whether it grows. */
  *id = message->shared_count++ << 1 | (js_array_buffer_traits(buffer, NULL) & JS_BUFFER_RESIZABLE ? 1u : 0u);
  return SERIAL_DONE;
}

static SerialAnswer write_port(Writing *writing, JsValue obj)
{
  int64_t at;
  if (!number_of(writing, obj, &at))
    return SERIAL_FAILED;
  if (at < 0) {
    refuse_text(writing->env, "Object that needs transfer was found in message but not listed in transferList");
    return SERIAL_FAILED;
  }
  return serial_write_host_tag(&writing->writer) && serial_write_uint32(&writing->writer, HOST_PORT) &&
                 serial_write_uint32(&writing->writer, writing->numbers[at])
             ? SERIAL_DONE
             : SERIAL_FAILED;
}

static bool write_parts(SerialWriter *writer, JsValue parts)
{
  JsContext *cx = writer->cx;
  JsValue name = js_get_index(cx, parts, 0), data = js_get_index(cx, parts, 1);
  return !js_is_exception(name) && !js_is_exception(data) && serial_write_host_tag(writer) &&
         serial_write_uint32(writer, HOST_CLONED) && serial_write_value(writer, name) &&
         serial_write_value(writer, data);
}

/* Adds a descriptor to what the message owns from now on; -1: it is given up later (take_descriptor). */
static bool add_file(Writing *writing, int fd)
{
  RtMessage *message = writing->message;
  int *files = realloc(message->files, (message->file_count + 1) * sizeof *files);
  if (!files)
    return (void)js_throw_range_error(writing->env->cx, "Out of memory"), false;
  message->files = files;
  files[message->file_count++] = fd;
  return true;
}

/* Modules and shared memories of WebAssembly go beside the bytes. */
static SerialAnswer write_wasm(Writing *writing, JsSharedWasm *shared)
{
  RtMessage *message = writing->message;
  JsSharedWasm **list = realloc(message->wasm, (message->wasm_count + 1) * sizeof *list);
  if (!list) {
    js_shared_wasm_release(shared);
    js_throw_range_error(writing->env->cx, "Out of memory");
    return SERIAL_FAILED;
  }
  message->wasm = list;
  list[message->wasm_count] = shared;
  return serial_write_host_tag(&writing->writer) && serial_write_uint32(&writing->writer, HOST_WASM) &&
                 serial_write_uint32(&writing->writer, message->wasm_count++)
             ? SERIAL_DONE
             : SERIAL_FAILED;
}

/* What [kTransfer]() gave: [name, data, ports], or the name alone of what is a descriptor. That is replaced by its
 * number in the message; it is given up when all else has been written. */
static SerialAnswer write_transferable(Writing *writing, uint32_t at)
{
  JsContext *cx = writing->env->cx;
  SerialWriter *writer = &writing->writer;
  JsValue parts = js_get_index(cx, writing->parts, at);
  if (js_is_exception(parts))
    return SERIAL_FAILED;
  if (!js_value_is_string(parts))
    return write_parts(writer, parts) ? SERIAL_DONE : SERIAL_FAILED;
  uint32_t number = (uint32_t)writing->message->file_count;
  return add_file(writing, -1) && serial_write_host_tag(writer) && serial_write_uint32(writer, HOST_FILE) &&
                 serial_write_uint32(writer, number) && serial_write_value(writer, parts) &&
                 js_set_index(cx, writing->parts, at, js_int32((int32_t)number))
             ? SERIAL_DONE
             : SERIAL_FAILED;
}

/* Objects of the library that know how to be cloned: [kClone]() gives [name of who restores it, data]. */
static SerialAnswer write_host_object(SerialWriter *writer, JsValue obj)
{
  Writing *writing = writer->opaque;
  JsContext *cx = writer->cx;
  if (js_value_is_function(obj))
    return SERIAL_NOT_MINE;
  if (js_object_kind(obj) == JS_OBJECT_WEBASSEMBLY) {
    JsSharedWasm *shared = js_shared_wasm(obj);
    return shared ? write_wasm(writing, shared) : SERIAL_NOT_MINE;
  }
  if (port_object_data(writing->env, obj))
    return write_port(writing, obj);
  int64_t at;
  if (!number_of(writing, obj, &at))
    return SERIAL_FAILED;
  if (at >= 0)
    return write_transferable(writing, (uint32_t)at);
  JsValue clone = messaging_callback(writing->env, "clone");
  if (!js_value_is_function(clone))
    return SERIAL_NOT_MINE;
  JsValue parts = js_call(cx, clone, JS_UNDEFINED, 1, &obj);
  if (js_is_exception(parts))
    return SERIAL_FAILED;
  if (js_is_undefined(parts))
    return SERIAL_NOT_MINE;
  return write_parts(writer, parts) ? SERIAL_DONE : SERIAL_FAILED;
}

static const SerialWriterHost writer_host = {write_host_object, write_transferred, write_shared, refuse};

/* An entry that is neither buffer nor port: the library knows it, or it cannot be transferred. Ports that travel with
 * it are put behind the other entries. */
static bool check_library_object(Writing *writing, int64_t at, JsValue obj, bool is_duplicate)
{
  JsContext *cx = writing->env->cx;
  JsValue argv[] = {obj, js_boolean(is_duplicate)};
  JsValue parts = js_call(cx, messaging_callback(writing->env, "transfer"), JS_UNDEFINED, 2, argv);
  if (js_is_exception(parts))
    return false;
  if (js_is_undefined(parts))
    return refuse_text(writing->env, "Found invalid value in transferList."), false;
  if (js_is_undefined(writing->parts)) {
    JsValue copy = js_array_new(cx, 0, NULL);
    for (int64_t k = 0; k < writing->transfer_count && !js_is_exception(copy); k++) {
      JsValue each = js_get_index(cx, writing->transfer, (uint32_t)k);
      if (js_is_exception(each) || !js_array_push(cx, copy, each))
        return false;
    }
    writing->parts = js_is_exception(copy) ? copy : js_array_new(cx, 0, NULL);
    if (js_is_exception(writing->parts))
      return false;
    writing->transfer = copy;
  }
  writing->numbers[at] = NUMBER_OF_LIBRARY;
  if (!js_set_index(cx, writing->parts, (uint32_t)at, parts))
    return false;
  JsValue ports = js_value_is_object(parts) ? js_get_index(cx, parts, 2) : JS_UNDEFINED;
  int64_t count = 0;
  if (js_is_exception(ports) || (js_value_is_object(ports) && !js_length(cx, ports, &count)))
    return false;
  uint32_t *numbers = realloc(writing->numbers, (size_t)(writing->transfer_count + count + 1) * sizeof *numbers);
  if (!numbers)
    return (void)js_throw_range_error(cx, "Out of memory"), false;
  writing->numbers = numbers;
  for (int64_t k = 0; k < count; k++) {
    JsValue port = js_get_index(cx, ports, (uint32_t)k);
    if (js_is_exception(port) || !js_array_push(cx, writing->transfer, port))
      return false;
    writing->transfer_count++;
  }
  return true;
}

/* Looks at what is to be transferred; nothing is detached yet. */
static bool check_transfer(Writing *writing, const PortData *source)
{
  CulmEnv *env = writing->env;
  JsContext *cx = env->cx;
  if (js_is_undefined(writing->transfer))
    return true;
  if (!js_length(cx, writing->transfer, &writing->transfer_count))
    return false;
  writing->numbers = calloc((size_t)writing->transfer_count + 1, sizeof *writing->numbers);
  if (!writing->numbers)
    return (void)js_throw_range_error(cx, "Out of memory"), false;
  uint32_t buffers = 0, ports = 0;
  for (int64_t k = 0; k < writing->transfer_count; k++) {
    JsValue each = js_get_index(cx, writing->transfer, (uint32_t)k);
    int64_t first;
    if (js_is_exception(each) || !number_of(writing, each, &first))
      return false;
    unsigned traits = js_array_buffer_traits(each, NULL);
    PortData *port = traits ? NULL : port_object_data(env, each);
    JsValue argv[] = {each, js_boolean(port != NULL)};
    JsValue allowed = js_call(cx, messaging_callback(env, "checkTransfer"), JS_UNDEFINED, 2, argv);
    if (js_is_exception(allowed))
      return false;
    if (traits && !(traits & JS_BUFFER_SHARED)) {
      if (first != k)
        return refuse_text(env, "Transfer list contains duplicate ArrayBuffer"), false;
      if (traits & JS_BUFFER_DETACHED)
        return refuse_text(env, "An ArrayBuffer is detached and could not be cloned."), false;
      writing->numbers[k] = buffers++;
    } else if (port) {
      if (first != k)
        return refuse_text(env, "Transfer list contains duplicate MessagePort"), false;
      if (port == source)
        return refuse_text(env, "Transfer list contains source port"), false;
      writing->numbers[k] = ports++;
    } else if (traits || !js_value_is_object(each)) {
      return refuse_text(env, "Found invalid value in transferList."), false;
    } else if (!check_library_object(writing, k, each, first != k)) {
      return false;
    }
  }
  RtMessage *message = writing->message;
  message->buffers = calloc(buffers + 1u, sizeof *message->buffers);
  message->ports = calloc(ports + 1u, sizeof(PortData *));
  if (message->buffers && message->ports)
    return true;
  return (void)js_throw_range_error(cx, "Out of memory"), false;
}

/* The descriptor of a transferred object goes to the message, also when nothing in it speaks of the object. */
static bool take_descriptor(Writing *writing, uint32_t at, JsValue obj)
{
  JsContext *cx = writing->env->cx;
  JsValue parts = js_get_index(cx, writing->parts, at);
  if (js_is_exception(parts) || js_value_is_object(parts))
    return !js_is_exception(parts);
  int32_t fd, number;
  JsValue given = js_call(cx, messaging_callback(writing->env, "giveUp"), JS_UNDEFINED, 1, &obj);
  if (js_is_exception(given) || !js_to_int32(cx, given, &fd))
    return false;
  if (js_value_is_string(parts))
    return add_file(writing, fd);
  if (!js_to_int32(cx, parts, &number))
    return false;
  writing->message->files[number] = fd;
  return true;
}

/* Detaches what is transferred. */
static bool take_transfer(Writing *writing)
{
  CulmEnv *env = writing->env;
  RtMessage *message = writing->message;
  for (int64_t k = 0; k < writing->transfer_count; k++) {
    JsValue each = js_get_index(env->cx, writing->transfer, (uint32_t)k);
    if (js_is_exception(each))
      return false;
    unsigned traits = js_array_buffer_traits(each, NULL);
    if (writing->numbers[k] == NUMBER_OF_LIBRARY) {
      if (!take_descriptor(writing, (uint32_t)k, each))
        return false;
      continue;
    }
    if (!traits) {
      message->ports[message->port_count++] = port_object_detach(env, each);
      continue;
    }
    /* A getter may have detached it since. */
    if (traits & JS_BUFFER_DETACHED)
      return refuse_text(env, "An ArrayBuffer is detached and could not be cloned."), false;
    if (!js_array_buffer_take(env->cx, each, &message->buffers[message->buffer_count]))
      return false;
    message->buffer_count++;
  }
  return true;
}

/* The message does not come about, and with it the ports that the library made for it: whoever has the other end of one
 * hears of that. The pending exception stays. */
static void close_library_ports(Writing *writing)
{
  CulmEnv *env = writing->env;
  JsContext *cx = env->cx;
  int64_t count;
  if (js_is_undefined(writing->parts) || js_is_terminating(cx))
    return;
  JsValue error = js_take_exception(cx);
  bool ok = js_length(cx, writing->parts, &count);
  for (int64_t k = 0; ok && k < count; k++) {
    JsValue parts = js_get_index(cx, writing->parts, (uint32_t)k), ports = JS_UNDEFINED;
    int64_t port_count = 0;
    if (js_value_is_object(parts))
      ports = js_get_index(cx, parts, 2);
    ok = !js_is_exception(ports) && (!js_value_is_object(ports) || js_length(cx, ports, &port_count));
    for (int64_t j = 0; ok && j < port_count; j++) {
      JsValue port = js_get_index(cx, ports, (uint32_t)j);
      if (!js_is_exception(port) && port_object_data(env, port))
        port_data_free(port_object_detach(env, port));
    }
  }
  if (js_exception_pending(cx))
    (void)js_take_exception(cx);
  (void)js_throw(cx, error);
}

RtMessage *message_write(CulmEnv *env, JsValue val, JsValue transfer, const PortData *source)
{
  Writing writing = {.env = env, .transfer = transfer, .parts = JS_UNDEFINED};
  writing.message = calloc(1, sizeof *writing.message);
  if (!writing.message) {
    js_throw_range_error(env->cx, "Out of memory");
    return NULL;
  }
  atomic_init(&writing.message->references, 1);
  serial_writer_init(&writing.writer, env->cx, &writer_host, &writing);
  bool ok = check_transfer(&writing, source) && serial_write_header(&writing.writer) &&
            serial_write_value(&writing.writer, val) && take_transfer(&writing);
  if (ok)
    writing.message->bytes = serial_writer_take(&writing.writer, &writing.message->length);
  serial_writer_free(&writing.writer);
  free(writing.numbers);
  if (ok)
    return writing.message;
  close_library_ports(&writing);
  message_release(writing.message);
  return NULL;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

typedef struct Reading {
  SerialReader reader;
  CulmEnv *env;
  RtMessage *message;
  JsValue buffers, ports; /* arrays */
} Reading;

static JsValue read_transferred(SerialReader *reader, uint32_t id)
{
  Reading *reading = reader->opaque;
  return id < reading->message->buffer_count ? js_get_index(reader->cx, reading->buffers, id) : JS_UNDEFINED;
}

static JsValue read_shared(SerialReader *reader, uint32_t id)
{
  Reading *reading = reader->opaque;
  if (id >> 1 >= reading->message->shared_count)
    return JS_UNDEFINED;
  return js_shared_array_buffer_new(reader->cx, reading->message->shared[id >> 1], id & 1);
}

static JsValue read_file(Reading *reading)
{
  JsContext *cx = reading->env->cx;
  RtMessage *message = reading->message;
  uint32_t number;
  if (!serial_read_uint32(&reading->reader, &number) || number >= message->file_count || message->files[number] < 0)
    return JS_UNDEFINED;
  JsValue name = serial_read_value(&reading->reader);
  JsValue argv[] = {name, js_int32(message->files[number]), js_boolean(messaging_reads_elsewhere(reading->env))};
  if (js_is_exception(argv[0]))
    return JS_EXCEPTION;
  JsValue handle = js_call(cx, messaging_callback(reading->env, "restore"), JS_UNDEFINED, 3, argv);
  if (!js_is_exception(handle))
    message->files[number] = -1;
  return handle;
}

static JsValue read_host_object(SerialReader *reader)
{
  Reading *reading = reader->opaque;
  JsContext *cx = reader->cx;
  uint32_t kind, number;
  if (!serial_read_uint32(reader, &kind))
    return JS_UNDEFINED;
  if (kind == HOST_PORT)
    return serial_read_uint32(reader, &number) ? js_get_index(cx, reading->ports, number) : JS_UNDEFINED;
  JsValue argv[3];
  if (kind == HOST_FILE)
    return read_file(reading);
  if (kind == HOST_WASM)
    return serial_read_uint32(reader, &number) && number < reading->message->wasm_count
               ? js_shared_wasm_object(cx, reading->message->wasm[number])
               : JS_UNDEFINED;
  argv[0] = serial_read_value(reader);
  argv[1] = js_is_exception(argv[0]) ? argv[0] : serial_read_value(reader);
  if (js_is_exception(argv[1]))
    return JS_EXCEPTION;
  argv[2] = js_boolean(messaging_reads_elsewhere(reading->env));
  return js_call(cx, messaging_callback(reading->env, "restore"), JS_UNDEFINED, 3, argv);
}

static const SerialReaderHost reader_host = {read_host_object, read_transferred, read_shared};

static bool receive_transfer(Reading *reading)
{
  CulmEnv *env = reading->env;
  JsContext *cx = env->cx;
  RtMessage *message = reading->message;
  for (uint32_t k = 0; k < message->buffer_count; k++) {
    JsValue buffer = js_array_buffer_adopt(cx, &message->buffers[k]);
    if (js_is_exception(buffer))
      return false;
    message->buffers[k].data = NULL;
    if (!js_array_push(cx, reading->buffers, buffer))
      return false;
  }
  for (uint32_t k = 0; k < message->port_count; k++) {
    PortData *data = message->ports[k];
    message->ports[k] = NULL;
    JsValue port = port_object_new(env, data);
    if (js_is_exception(port) || !js_array_push(cx, reading->ports, port))
      return false;
  }
  return true;
}

JsValue message_read(CulmEnv *env, RtMessage *message, JsValue *ports)
{
  JsContext *cx = env->cx;
  Reading reading = {.env = env, .message = message};
  reading.buffers = js_array_new(cx, 0, NULL);
  reading.ports = js_is_exception(reading.buffers) ? JS_EXCEPTION : js_array_new(cx, 0, NULL);
  JsValue val = JS_EXCEPTION;
  serial_reader_init(&reading.reader, cx, &reader_host, &reading, message->bytes, message->length);
  if (!js_is_exception(reading.ports) && receive_transfer(&reading) && serial_read_header(&reading.reader))
    val = serial_read_value(&reading.reader);
  serial_reader_free(&reading.reader);
  message_release(message);
  *ports = reading.ports;
  return val;
}
