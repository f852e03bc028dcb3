// SPDX-License-Identifier: MIT
/*
 * Values as bytes, in the wire format that v8.serialize() speaks (version 15, read from 13 on): what v8's Serializer
 * and Deserializer, structuredClone and messages between threads are made of.
 *
 * A writer and a reader are plain C structs; what is the host's business (its own objects, transfers, errors) goes
 * through a table of callbacks, whose members may be NULL.
 */
#ifndef RUNTIME_SERIAL_H
#define RUNTIME_SERIAL_H

#include "culm/js.h"

enum { SERIAL_VERSION = 15 };

typedef enum { SERIAL_NOT_MINE, SERIAL_DONE, SERIAL_FAILED } SerialAnswer;

/* --- writing -------------------------------------------------------------------------------------------------------*/

typedef struct SerialWriter SerialWriter;

typedef struct SerialWriterHost {
  /* May write an object in its own way, behind serial_write_host_tag. Asked for host objects, for objects that are not
   * plain, and for views when views_are_host. */
  SerialAnswer (*object)(SerialWriter *writer, JsValue obj);
  /* A transferred ArrayBuffer's number. */
  SerialAnswer (*transferred)(SerialWriter *writer, JsValue buffer, uint32_t *id);
  SerialAnswer (*shared)(SerialWriter *writer, JsValue buffer, uint32_t *id);
  /* Throws; message: what could not be cloned, and that it could not. */
  void (*refuse)(SerialWriter *writer, JsValue message);
} SerialWriterHost;

typedef struct SerialSeen {
  uint64_t bits; /* 0: free */
  uint32_t id;
} SerialSeen;

struct SerialWriter {
  JsContext *cx;
  const SerialWriterHost *host;
  void *opaque;
  uint8_t *data;
  size_t length, capacity;
  SerialSeen *seen; /* open addressing */
  uint32_t seen_count, seen_capacity;
  JsRef *alive; /* array of the objects seen: their addresses must not come back for others */
  JsValue default_proto;
  bool views_are_host;
};

void serial_writer_init(SerialWriter *writer, JsContext *cx, const SerialWriterHost *host, void *opaque);
void serial_writer_free(SerialWriter *writer);
/* The bytes, malloc'ed, the caller's; the writer is empty then. */
uint8_t *serial_writer_take(SerialWriter *writer, size_t *length);
JS_API_CHECK bool serial_write_header(SerialWriter *writer);
JS_API_CHECK bool serial_write_value(SerialWriter *writer, JsValue val);
JS_API_CHECK bool serial_write_uint32(SerialWriter *writer, uint32_t value);
JS_API_CHECK bool serial_write_uint64(SerialWriter *writer, uint64_t value);
JS_API_CHECK bool serial_write_double(SerialWriter *writer, double value);
JS_API_CHECK bool serial_write_bytes(SerialWriter *writer, const void *bytes, size_t length);
JS_API_CHECK bool serial_write_host_tag(SerialWriter *writer);

/* --- reading -------------------------------------------------------------------------------------------------------*/

typedef struct SerialReader SerialReader;

typedef struct SerialReaderHost {
  JsValue (*object)(SerialReader *reader);
  JsValue (*transferred)(SerialReader *reader, uint32_t id); /* undefined: unknown */
  JsValue (*shared)(SerialReader *reader, uint32_t id);
} SerialReaderHost;

struct SerialReader {
  JsContext *cx;
  const SerialReaderHost *host;
  void *opaque;
  const uint8_t *data;
  size_t length, at;
  uint32_t version;
  JsRef *objects; /* array: object by number */
  uint32_t object_count;
  uint32_t remembered; /* the array's length */
  bool host_has_run;   /* code may have seen what is not whole yet */
};

/* The bytes must stay. */
void serial_reader_init(SerialReader *reader, JsContext *cx, const SerialReaderHost *host, void *opaque,
                        const uint8_t *data, size_t length);
void serial_reader_free(SerialReader *reader);
JS_API_CHECK bool serial_read_header(SerialReader *reader);
JS_API_CHECK JsValue serial_read_value(SerialReader *reader);
/* False, without an exception: the bytes end before. */
JS_API_CHECK bool serial_read_uint32(SerialReader *reader, uint32_t *value);
JS_API_CHECK bool serial_read_uint64(SerialReader *reader, uint64_t *value);
JS_API_CHECK bool serial_read_double(SerialReader *reader, double *value);
JS_API_CHECK bool serial_read_bytes(SerialReader *reader, size_t length, const uint8_t **bytes);

/* The tags of the format. */
typedef enum SerialTag {
  SERIAL_TAG_VERSION = 0xFF,
  SERIAL_TAG_PADDING = 0,
  SERIAL_TAG_UNDEFINED = '_',
  SERIAL_TAG_NULL = '0',
  SERIAL_TAG_TRUE = 'T',
  SERIAL_TAG_FALSE = 'F',
  SERIAL_TAG_INT32 = 'I',
  SERIAL_TAG_UINT32 = 'U',
  SERIAL_TAG_DOUBLE = 'N',
  SERIAL_TAG_BIGINT = 'Z',
  SERIAL_TAG_UTF8_STRING = 'S',
  SERIAL_TAG_LATIN1_STRING = '"',
  SERIAL_TAG_UTF16_STRING = 'c',
  SERIAL_TAG_REFERENCE = '^',
  SERIAL_TAG_OBJECT = 'o',
  SERIAL_TAG_OBJECT_END = '{',
  SERIAL_TAG_SPARSE_ARRAY = 'a',
  SERIAL_TAG_SPARSE_ARRAY_END = '@',
  SERIAL_TAG_DENSE_ARRAY = 'A',
  SERIAL_TAG_DENSE_ARRAY_END = '$',
  SERIAL_TAG_HOLE = '-',
  SERIAL_TAG_DATE = 'D',
  SERIAL_TAG_TRUE_OBJECT = 'y',
  SERIAL_TAG_FALSE_OBJECT = 'x',
  SERIAL_TAG_NUMBER_OBJECT = 'n',
  SERIAL_TAG_BIGINT_OBJECT = 'z',
  SERIAL_TAG_STRING_OBJECT = 's',
  SERIAL_TAG_REGEXP = 'R',
  SERIAL_TAG_MAP = ';',
  SERIAL_TAG_MAP_END = ':',
  SERIAL_TAG_SET = '\'',
  SERIAL_TAG_SET_END = ',',
  SERIAL_TAG_ARRAY_BUFFER = 'B',
  SERIAL_TAG_RESIZABLE_ARRAY_BUFFER = '~',
  SERIAL_TAG_TRANSFERRED_BUFFER = 't',
  SERIAL_TAG_SHARED_BUFFER = 'u',
  SERIAL_TAG_VIEW = 'V',
  SERIAL_TAG_ERROR = 'r',
  SERIAL_TAG_HOST_OBJECT = '\\',
} SerialTag;

/* Within an error. */
typedef enum SerialErrorTag {
  SERIAL_ERROR_EVAL = 'E',
  SERIAL_ERROR_RANGE = 'R',
  SERIAL_ERROR_REFERENCE = 'F',
  SERIAL_ERROR_SYNTAX = 'S',
  SERIAL_ERROR_TYPE = 'T',
  SERIAL_ERROR_URI = 'U',
  SERIAL_ERROR_MESSAGE = 'm',
  SERIAL_ERROR_CAUSE = 'c',
  SERIAL_ERROR_STACK = 's',
  SERIAL_ERROR_END = '.',
} SerialErrorTag;

/* A view's kind. */
#define SERIAL_VIEW_TAGS(V)                                                                                            \
  V(JS_INT8, 'b')                                                                                                      \
  V(JS_UINT8, 'B')                                                                                                     \
  V(JS_UINT8_CLAMPED, 'C')                                                                                             \
  V(JS_INT16, 'w')                                                                                                     \
  V(JS_UINT16, 'W')                                                                                                    \
  V(JS_INT32, 'd')                                                                                                     \
  V(JS_UINT32, 'D')                                                                                                    \
  V(JS_FLOAT16, 'h')                                                                                                   \
  V(JS_FLOAT32, 'f')                                                                                                   \
  V(JS_FLOAT64, 'F')                                                                                                   \
  V(JS_BIGINT64, 'q')                                                                                                  \
  V(JS_BIGUINT64, 'Q')                                                                                                 \
  V(JS_DATA_VIEW, '?')

/* Flags of a regular expression, a letter and its bit each. */
#define SERIAL_REGEXP_FLAGS(V) V('g', 1) V('i', 2) V('m', 4) V('y', 8) V('u', 16) V('s', 32) V('d', 128) V('v', 256)

enum { SERIAL_VIEW_TRACKS_LENGTH = 1, SERIAL_VIEW_RESIZABLE = 2 };

#endif
