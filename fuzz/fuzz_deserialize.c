// SPDX-License-Identifier: MIT
/*
 * Any bytes are a serialised value or an exception. What was read is written, if it can be, and what was written is
 * read and written the same. Each input has a Vm of its own, so that what leaks shows.
 */
#include "runtime/serial.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAP_BYTES = 256 << 20 };

static void check(bool ok)
{
  if (!ok)
    abort();
}

/* JS_EXCEPTION when the bytes are no value; the exception is taken. */
static JsValue read_value(JsContext *cx, const uint8_t *bytes, size_t length)
{
  SerialReader reader;
  serial_reader_init(&reader, cx, NULL, NULL, bytes, length);
  JsValue val = serial_read_header(&reader) ? serial_read_value(&reader) : JS_EXCEPTION;
  check(reader.at <= reader.length);
  check(js_is_exception(val) == js_exception_pending(cx));
  if (js_is_exception(val))
    (void)js_take_exception(cx);
  serial_reader_free(&reader);
  return val;
}

/* NULL when the value cannot be written; the exception is taken. */
static uint8_t *write_value(JsContext *cx, JsValue val, size_t *length)
{
  SerialWriter writer;
  serial_writer_init(&writer, cx, NULL, NULL);
  bool ok = serial_write_header(&writer) && serial_write_value(&writer, val);
  check(ok != js_exception_pending(cx));
  uint8_t *bytes = ok ? serial_writer_take(&writer, length) : NULL;
  if (!ok)
    (void)js_take_exception(cx);
  serial_writer_free(&writer);
  return bytes;
}

static void run(JsContext *cx, const uint8_t *bytes, size_t length)
{
  JsValue val = read_value(cx, bytes, length);
  if (js_is_exception(val))
    return;
  size_t first_length, second_length;
  uint8_t *first = write_value(cx, val, &first_length);
  if (!first)
    return;
  JsValue again = read_value(cx, first, first_length);
  check(!js_is_exception(again));
  uint8_t *second = write_value(cx, again, &second_length);
  check(second && second_length == first_length && memcmp(first, second, first_length) == 0);
  free(second);
  free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  /* A resizable buffer takes all that it may grow to at once, gigabytes if its bytes say so: none of them here. */
  if (size > 1 << 14 || (size && memchr(data, SERIAL_TAG_RESIZABLE_ARRAY_BUFFER, size)))
    return 0;
  JsVm *vm = js_vm_new(&(JsConfig){.heap_limit_bytes = HEAP_BYTES}, NULL);
  /* The header is given, so that every input gets past it; the copy's end is the sanitizer's to watch. */
  uint8_t *copy = malloc(size + 2);
  check(vm && copy);
  copy[0] = SERIAL_TAG_VERSION;
  copy[1] = SERIAL_VERSION;
  if (size)
    memcpy(copy + 2, data, size);
  run(js_vm_context(vm), copy, size + 2);
  js_vm_free(vm);
  free(copy);
  return 0;
}
