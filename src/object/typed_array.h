// SPDX-License-Identifier: MIT
/*
 * [DOC] Array buffers and typed arrays
 *
 * A JsArrayBuffer points at its bytes outside the heap. A fixed-length buffer that nobody detached is PLAIN
 * (BUFFER_* flags 0): its bytes and length do not change, so a view's `length` is valid as it stands and an element
 * access is: index below length, buffer plain, load. A resizable, shared or detached buffer goes through
 * typed_array_length, which asks the buffer each time.
 *
 * A SharedArrayBuffer's bytes belong to a reference-counted store that other threads' buffers share.
 * Views hold no pointer into the bytes across calls: detaching frees them.
 */
#ifndef OBJECT_TYPED_ARRAY_H
#define OBJECT_TYPED_ARRAY_H

#include <pthread.h>
#include <stdatomic.h>

#include "object/object.h"

/* ELEMENT(ID, C type, Name): in the order of the intrinsics. */
#define TYPED_ARRAY_TYPES(V)                                                                                           \
  V(INT8, int8_t, Int8Array)                                                                                           \
  V(UINT8, uint8_t, Uint8Array)                                                                                        \
  V(UINT8_CLAMPED, uint8_t, Uint8ClampedArray)                                                                         \
  V(INT16, int16_t, Int16Array)                                                                                        \
  V(UINT16, uint16_t, Uint16Array)                                                                                     \
  V(INT32, int32_t, Int32Array)                                                                                        \
  V(UINT32, uint32_t, Uint32Array)                                                                                     \
  V(FLOAT16, uint16_t, Float16Array)                                                                                   \
  V(FLOAT32, float, Float32Array)                                                                                      \
  V(FLOAT64, double, Float64Array)                                                                                     \
  V(BIGINT64, int64_t, BigInt64Array)                                                                                  \
  V(BIGUINT64, uint64_t, BigUint64Array)

typedef enum {
#define V(id, ctype, name) ELEMENT_##id,
  TYPED_ARRAY_TYPES(V)
#undef V
      ELEMENT_TYPE_COUNT
} JsArrayElement;

JS_INLINE uint32_t element_shift(JsArrayElement type)
{
  /* log2 of the element size, three bits a type. */
  return (uint32_t)(0x6da291200ull >> (3 * type)) & 7;
}
JS_INLINE uint32_t element_size(JsArrayElement type)
{
  return 1u << element_shift(type);
}
JS_INLINE bool element_is_bigint(JsArrayElement type)
{
  return type >= ELEMENT_BIGINT64;
}
/* "Int8Array" */
const char *typed_array_name(JsArrayElement type);

/* JsArrayBuffer.obj.cell.aux */
enum {
  BUFFER_DETACHED = 1,
  BUFFER_RESIZABLE = 2, /* or growable */
  BUFFER_SHARED = 4,
  BUFFER_OF_MEMORY = 8, /* of WebAssembly: the memory counts the bytes */
};

typedef void (*JsBufferFreeFn)(void *data, void *opaque);

/* What SharedArrayBuffers of several threads share. */
typedef struct JsSharedStore {
  atomic_size_t references;
  atomic_size_t byte_length;
  size_t max_byte_length;
  uint8_t *data;                                            /* max_byte_length bytes, zeroed */
  void (*free_data)(uint8_t *data, size_t max_byte_length); /* of a WebAssembly memory; NULL: free() */
  /* Of a WebAssembly memory: its pages can be used before the length is told. False: not to that length. */
  bool (*grow)(struct JsSharedStore *store, size_t byte_length);
  pthread_mutex_t mutex;          /* of the list below */
  struct JsSharedWaiter *waiters; /* threads in Atomics.wait */
} JsSharedStore;

typedef struct JsArrayBuffer {
  JsObject obj;
  uint8_t *data;          /* NULL when detached; else not NULL even with length 0 */
  size_t byte_length;     /* of shared buffers see array_buffer_byte_length */
  size_t max_byte_length; /* what data has room for */
  JsSharedStore *store;   /* BUFFER_SHARED only */
  JsBufferFreeFn free;    /* NULL: mem_free under MEM_ARRAY_BUFFER */
  void *free_opaque;
  JsSlot detach_key;
  bool lent;          /* another thread may use the bytes: they stay until the buffer is dead */
  uint8_t *lent_data; /* the bytes of a lent buffer after it was detached, */
  size_t lent_length; /* and how many data had room for */
} JsArrayBuffer;

typedef struct JsTypedArray {
  JsObject obj; /* cell.aux: JsArrayElement; cell.flags: OBJECT_EXOTIC */
  JS_PTR_SLOT(JsArrayBuffer) buffer;
  size_t byte_offset;
  size_t length; /* elements; length-tracking: 0 */
  bool length_tracking;
} JsTypedArray;

typedef struct JsDataView {
  JsObject obj;
  JS_PTR_SLOT(JsArrayBuffer) buffer;
  size_t byte_offset;
  size_t byte_length;
  bool length_tracking;
} JsDataView;

JS_INLINE bool js_is_typed_array(JsValue v)
{
  return js_is_kind(v, CELL_TYPED_ARRAY);
}
JS_INLINE JsTypedArray *js_as_typed_array(JsValue v)
{
  return (JsTypedArray *)js_as_cell(v);
}
JS_INLINE bool js_is_array_buffer(JsValue v) /* shared or not */
{
  return js_is_kind(v, CELL_ARRAY_BUFFER);
}
JS_INLINE JsArrayBuffer *js_as_array_buffer(JsValue v)
{
  return (JsArrayBuffer *)js_as_cell(v);
}
JS_INLINE bool array_buffer_is_detached(const JsArrayBuffer *buffer)
{
  return buffer->obj.cell.aux & BUFFER_DETACHED;
}
JS_INLINE bool array_buffer_is_shared(const JsArrayBuffer *buffer)
{
  return buffer->obj.cell.aux & BUFFER_SHARED;
}
JS_INLINE bool array_buffer_is_fixed(const JsArrayBuffer *buffer)
{
  return !(buffer->obj.cell.aux & BUFFER_RESIZABLE);
}
/* 0 when detached. */
JS_INLINE size_t array_buffer_byte_length(const JsArrayBuffer *buffer)
{
  if (js_unlikely((buffer->obj.cell.aux & (BUFFER_SHARED | BUFFER_RESIZABLE)) == (BUFFER_SHARED | BUFFER_RESIZABLE)))
    return atomic_load_explicit(&buffer->store->byte_length, memory_order_seq_cst);
  return buffer->byte_length;
}
JS_INLINE JsArrayElement typed_array_type(const JsTypedArray *array)
{
  return (JsArrayElement)array->obj.cell.aux;
}
/* Elements in bounds now; 0 when detached or out of bounds (*out_of_bounds, may be NULL, tells). */
size_t typed_array_length_slow(const JsTypedArray *array, bool *out_of_bounds);
JS_INLINE size_t typed_array_length(const JsTypedArray *array)
{
  if (js_likely(!(ptr_slot_get(array->buffer)->obj.cell.aux & (BUFFER_DETACHED | BUFFER_RESIZABLE))))
    return array->length;
  return typed_array_length_slow(array, NULL);
}
JS_INLINE bool typed_array_is_out_of_bounds(const JsTypedArray *array)
{
  if (js_likely(!(ptr_slot_get(array->buffer)->obj.cell.aux & (BUFFER_DETACHED | BUFFER_RESIZABLE))))
    return false;
  bool out_of_bounds;
  typed_array_length_slow(array, &out_of_bounds);
  return out_of_bounds;
}
/* Address of element 0; valid until user code runs. */
JS_INLINE uint8_t *typed_array_data(const JsTypedArray *array)
{
  return ptr_slot_get(array->buffer)->data + array->byte_offset;
}

double float16_to_double(uint16_t bits);
uint16_t double_to_float16(double d);

/* Reads the element at an aligned address. BigInts are allocated. */
JsValue element_load_slow(JsHeap *heap, JsArrayElement type, const void *address);
JS_INLINE JsValue element_load(JsHeap *heap, JsArrayElement type, const void *address)
{
  switch (type) {
  case ELEMENT_INT8: return js_int32(*(const int8_t *)address);
  case ELEMENT_UINT8:
  case ELEMENT_UINT8_CLAMPED: return js_int32(*(const uint8_t *)address);
  case ELEMENT_INT16: return js_int32(*(const int16_t *)address);
  case ELEMENT_UINT16: return js_int32(*(const uint16_t *)address);
  case ELEMENT_INT32: return js_int32(*(const int32_t *)address);
  case ELEMENT_UINT32: return js_number_u32(*(const uint32_t *)address);
  case ELEMENT_FLOAT64: return js_number(*(const double *)address);
  default: return element_load_slow(heap, type, address);
  }
}
/* Stores a number (or, for BigInt types, a BigInt): the conversion already ran. */
void element_store_slow(JsArrayElement type, void *address, JsValue numeric);
JS_INLINE void element_store(JsArrayElement type, void *address, JsValue numeric)
{
  if (js_is_int32(numeric)) {
    int32_t i = js_as_int32(numeric);
    switch (type) {
    case ELEMENT_INT8:
    case ELEMENT_UINT8: *(uint8_t *)address = (uint8_t)i; return;
    case ELEMENT_UINT8_CLAMPED: *(uint8_t *)address = (uint8_t)(i < 0 ? 0 : i > 255 ? 255 : i); return;
    case ELEMENT_INT16:
    case ELEMENT_UINT16: *(uint16_t *)address = (uint16_t)i; return;
    case ELEMENT_INT32:
    case ELEMENT_UINT32: *(int32_t *)address = i; return;
    case ELEMENT_FLOAT32: *(float *)address = (float)i; return;
    case ELEMENT_FLOAT64: *(double *)address = i; return;
    default: break;
    }
  } else if (type == ELEMENT_FLOAT64) {
    *(double *)address = js_as_double(numeric);
    return;
  }
  element_store_slow(type, address, numeric);
}

/* Element k, or undefined outside the bounds. */
JS_INLINE JsValue typed_array_get(JsHeap *heap, const JsTypedArray *array, size_t k)
{
  if (js_unlikely(k >= typed_array_length(array)))
    return JS_UNDEFINED;
  JsArrayElement type = typed_array_type(array);
  return element_load(heap, type, typed_array_data(array) + (k << element_shift(type)));
}
/* Stores a number into a non-BigInt array without running user code; false: the general path must do it. Writes outside
 * the bounds are dropped, as the language says. */
JS_INLINE bool typed_array_set_number(const JsTypedArray *array, size_t k, JsValue numeric)
{
  JsArrayElement type = typed_array_type(array);
  if (js_unlikely(!js_is_number(numeric) || element_is_bigint(type)))
    return false;
  if (js_likely(k < typed_array_length(array)))
    element_store(type, typed_array_data(array) + (k << element_shift(type)), numeric);
  return true;
}
/* TypedArraySetElement: converts, which may run user code. */
JS_MUST_USE bool typed_array_set(JsContext *cx, JsTypedArray *array, double k, JsValue val);
/* ToNumber or ToBigInt, as the type wants it. */
JS_MUST_USE JsValue to_element_value(JsContext *cx, JsArrayElement type, JsValue val);

/* --- making them ------------------------------------------------------------------------------------------------- */

/* A zeroed buffer of the current realm; RangeError when it cannot be had. */
JS_MUST_USE JsArrayBuffer *array_buffer_new(JsContext *cx, size_t byte_length);
/* Over the embedder's memory, which `free` gives back (NULL: it is mem_alloc'ed under MEM_ARRAY_BUFFER). On an
 * exception the memory stays the caller's. */
JS_MUST_USE JsArrayBuffer *array_buffer_new_external(JsContext *cx, void *data, size_t byte_length, JsBufferFreeFn free,
                                                     void *opaque);
/* A SharedArrayBuffer over a store, whose reference is taken over. */
JS_MUST_USE JsArrayBuffer *shared_array_buffer_new(JsContext *cx, JsSharedStore *store, bool growable);
void shared_store_retain(JsSharedStore *store);
void shared_store_release(JsSharedStore *store);
/* From now on nothing detaches the buffer. */
void array_buffer_pin(JsHeap *heap, JsArrayBuffer *buffer);
bool array_buffer_is_pinned(const JsArrayBuffer *buffer);
/* DetachArrayBuffer: TypeError when key is not the buffer's detach key. */
JS_MUST_USE bool detach_array_buffer(JsContext *cx, JsArrayBuffer *buffer, JsValue key);
/* Takes the bytes out of a fixed-length buffer and detaches it: for transfer to another thread. NULL: cannot. */
JS_MUST_USE void *array_buffer_take(JsContext *cx, JsArrayBuffer *buffer, size_t *byte_length, JsBufferFreeFn *free,
                                    void **opaque);
/* Over part of a buffer, in bounds and aligned (callers check). length in elements. */
/* A Uint8Array that inherits from proto. */
JsTypedArray *typed_array_new_over(JsContext *cx, JsObject *proto, JsArrayBuffer *buffer, size_t byte_offset,
                                   size_t length);
JS_MUST_USE JsTypedArray *typed_array_new(JsContext *cx, JsArrayElement type, JsArrayBuffer *buffer, size_t byte_offset,
                                          size_t length);
/* With a buffer of its own. */
JS_MUST_USE JsTypedArray *typed_array_new_length(JsContext *cx, JsArrayElement type, size_t length);

JS_MUST_USE JsDataView *data_view_new(JsContext *cx, JsArrayBuffer *buffer, size_t byte_offset, size_t byte_length);
/* Bytes in view now; 0 when detached or out of bounds. */
size_t data_view_byte_length(const JsDataView *view);

extern const JsObjectOps typed_array_ops;

#endif
