// SPDX-License-Identifier: MIT
/*
 * ArrayBuffer and SharedArrayBuffer (ecma262#sec-arraybuffer-objects, ecma262#sec-sharedarraybuffer-objects).
 *
 * Bytes are calloc'ed and counted as the heap's external memory; those of every buffer, whoever allocated them, also
 * under MEM_ARRAY_BUFFER. A resizable buffer gets all its room at once: large zeroed blocks cost memory only where they
 * are written, and the address never changes under a resize.
 */
#include "object/typed_array.h"
#include "builtins/builtin.h"

#include <stdlib.h>

/* HOST: the largest length that is tried; beyond it every address space ends. */
#define ARRAY_BUFFER_MAX ((int64_t)1 << 46)

void array_buffer_trace(JsTracer *tracer, JsCell *cell);
void array_buffer_finalise(JsHeap *heap, JsCell *cell);

_Static_assert(sizeof(JsArrayBuffer) == 104, "update array_buffer_trace()");
void array_buffer_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsArrayBuffer *)cell)->detach_key);
}

/* --- stores ------------------------------------------------------------------------------------------------------- */

void shared_store_retain(JsSharedStore *store)
{
  atomic_fetch_add_explicit(&store->references, 1, memory_order_relaxed);
}

void shared_store_release(JsSharedStore *store)
{
  if (atomic_fetch_sub_explicit(&store->references, 1, memory_order_acq_rel) == 1) {
    pthread_mutex_destroy(&store->mutex);
    if (store->free_data)
      store->free_data(store->data, store->max_byte_length);
    else
      free(store->data);
    free(store);
  }
}

static JsSharedStore *shared_store_new(size_t byte_length, size_t max_byte_length)
{
  JsSharedStore *store = calloc(1, sizeof *store);
  uint8_t *data = calloc(1, max_byte_length ? max_byte_length : 1);
  if (!store || !data) {
    free(store);
    free(data);
    return NULL;
  }
  atomic_init(&store->references, 1);
  atomic_init(&store->byte_length, byte_length);
  store->max_byte_length = max_byte_length;
  store->data = data;
  pthread_mutex_init(&store->mutex, NULL);
  return store;
}

static void release_data(JsHeap *heap, JsArrayBuffer *buffer)
{
  if (!buffer->data)
    return;
  MemAccount *account = gc_heap_account(heap);
  bool is_counted = !(buffer->obj.cell.aux & BUFFER_OF_MEMORY);
  if (is_counted)
    gc_external_sub(heap, buffer->max_byte_length);
  if (!buffer->store && !buffer->free) {
    mem_free(account, MEM_ARRAY_BUFFER, buffer->data, buffer->max_byte_length);
  } else {
    if (is_counted)
      mem_account_sub(account, MEM_ARRAY_BUFFER, buffer->max_byte_length);
    if (buffer->store)
      shared_store_release(buffer->store);
    else
      buffer->free(buffer->data, buffer->free_opaque);
  }
  buffer->data = NULL;
}

/* Parts a buffer that is about to be detached from its bytes. Lent ones are only put aside: a request on another thread
 * may be in the middle of them, and it keeps the buffer alive. */
static void part_with_data(JsHeap *heap, JsArrayBuffer *buffer)
{
  if (!buffer->lent || !buffer->data) {
    release_data(heap, buffer);
    return;
  }
  buffer->lent_data = buffer->data;
  buffer->lent_length = buffer->max_byte_length;
  buffer->data = NULL;
}

void array_buffer_finalise(JsHeap *heap, JsCell *cell)
{
  JsArrayBuffer *buffer = (JsArrayBuffer *)cell;
  if (buffer->lent_data) {
    buffer->data = buffer->lent_data;
    buffer->max_byte_length = buffer->lent_length;
  }
  release_data(heap, buffer);
}

/* --- making buffers ---------------------------------------------------------------------------------------------- */

/* Gives a fresh buffer object its bytes. Collects once when the system refuses: dead buffers may hold what is needed.
 */
static bool allocate_data(JsContext *cx, JsArrayBuffer *buffer, int64_t byte_length, int64_t max_byte_length)
{
  MemAccount *account = gc_heap_account(cx->heap);
  size_t room = (size_t)max_byte_length;
  uint8_t *data = NULL;
  if (max_byte_length <= ARRAY_BUFFER_MAX) {
    data = mem_alloc_zeroed(account, MEM_ARRAY_BUFFER, room);
    if (!data) {
      gc_collect_major(cx->heap);
      data = mem_alloc_zeroed(account, MEM_ARRAY_BUFFER, room);
    }
  }
  if (!data) {
    throw_error(cx, JS_MSG_ARRAY_BUFFER_ALLOCATION);
    return false;
  }
  buffer->data = data;
  buffer->byte_length = (size_t)byte_length;
  buffer->max_byte_length = room;
  gc_external_add(cx->heap, room);
  return true;
}

static JsArrayBuffer *buffer_object(JsContext *cx)
{
  JsArrayBuffer *buffer = (JsArrayBuffer *)TRY_OR(NULL, object_new_kind(cx, CELL_ARRAY_BUFFER, sizeof(JsArrayBuffer),
                                                                        INTRINSIC_OBJECT(cx, ARRAY_BUFFER_PROTOTYPE)));
  slot_init(&buffer->detach_key, JS_UNDEFINED);
  return buffer;
}

JsArrayBuffer *array_buffer_new(JsContext *cx, size_t byte_length)
{
  JsArrayBuffer *buffer = TRY_OR(NULL, buffer_object(cx));
  if (byte_length > (size_t)ARRAY_BUFFER_MAX) {
    throw_error(cx, JS_MSG_ARRAY_BUFFER_ALLOCATION);
    return NULL;
  }
  TRY_OR(NULL, allocate_data(cx, buffer, (int64_t)byte_length, (int64_t)byte_length));
  return buffer;
}

JsArrayBuffer *array_buffer_new_external(JsContext *cx, void *data, size_t byte_length, JsBufferFreeFn free_fn,
                                         void *opaque)
{
  if (!data) {
    /* Nothing to hold on to: an empty buffer of our own. */
    JsArrayBuffer *empty = TRY_OR(NULL, array_buffer_new(cx, 0));
    if (free_fn)
      free_fn(NULL, opaque);
    return empty;
  }
  JsArrayBuffer *buffer = TRY_OR(NULL, buffer_object(cx));
  buffer->data = data;
  buffer->byte_length = buffer->max_byte_length = byte_length;
  buffer->free = free_fn;
  buffer->free_opaque = opaque;
  gc_external_add(cx->heap, byte_length);
  if (free_fn)
    mem_account_add(gc_heap_account(cx->heap), MEM_ARRAY_BUFFER, byte_length);
  return buffer;
}

static void adopt_store(JsContext *cx, JsArrayBuffer *buffer, JsSharedStore *store, bool growable)
{
  buffer->obj.cell.aux =
      (uint8_t)(BUFFER_SHARED | (growable ? BUFFER_RESIZABLE : 0) | (store->free_data ? BUFFER_OF_MEMORY : 0));
  buffer->store = store;
  buffer->data = store->data;
  buffer->byte_length = atomic_load(&store->byte_length);
  buffer->max_byte_length = store->max_byte_length;
  if (store->free_data)
    return;
  gc_external_add(cx->heap, store->max_byte_length);
  mem_account_add(gc_heap_account(cx->heap), MEM_ARRAY_BUFFER, store->max_byte_length);
}

JsArrayBuffer *shared_array_buffer_new(JsContext *cx, JsSharedStore *store, bool growable)
{
  JsArrayBuffer *buffer =
      (JsArrayBuffer *)TRY_OR(NULL, object_new_kind(cx, CELL_ARRAY_BUFFER, sizeof(JsArrayBuffer),
                                                    INTRINSIC_OBJECT(cx, SHARED_ARRAY_BUFFER_PROTOTYPE)));
  slot_init(&buffer->detach_key, JS_UNDEFINED);
  adopt_store(cx, buffer, store, growable);
  return buffer;
}

/* --- detaching --------------------------------------------------------------------------------------------------- */

static void mark_detached(JsArrayBuffer *buffer)
{
  buffer->data = NULL;
  buffer->byte_length = buffer->max_byte_length = 0;
  buffer->obj.cell.aux |= BUFFER_DETACHED;
}

/* A key that nobody has. */
void array_buffer_pin(JsHeap *heap, JsArrayBuffer *buffer)
{
  slot_set(heap, &buffer->obj.cell, &buffer->detach_key, JS_TRUE);
}

bool array_buffer_is_pinned(const JsArrayBuffer *buffer)
{
  return !js_is_undefined(slot_get(buffer->detach_key));
}

/* DetachArrayBuffer ( arrayBuffer [ , key ] )  ecma262#sec-detacharraybuffer */
bool detach_array_buffer(JsContext *cx, JsArrayBuffer *buffer, JsValue key)
{
  if (array_buffer_is_shared(buffer) || !same_value(cx->heap, slot_get(buffer->detach_key), key)) {
    throw_error(cx, JS_MSG_NOT_DETACHABLE);
    return false;
  }
  part_with_data(cx->heap, buffer);
  mark_detached(buffer);
  return true;
}

void *array_buffer_take(JsContext *cx, JsArrayBuffer *buffer, size_t *byte_length, JsBufferFreeFn *free_fn,
                        void **opaque)
{
  if (array_buffer_is_shared(buffer) || array_buffer_is_detached(buffer) || !array_buffer_is_fixed(buffer) ||
      !js_is_undefined(slot_get(buffer->detach_key))) {
    throw_error(cx, JS_MSG_DETACHED_BUFFER, "transfer");
    return NULL;
  }
  void *data = buffer->data;
  *byte_length = buffer->byte_length;
  if (buffer->lent) {
    data = malloc(buffer->byte_length ? buffer->byte_length : 1);
    if (!data) {
      throw_error(cx, JS_MSG_ARRAY_BUFFER_ALLOCATION);
      return NULL;
    }
    memcpy(data, buffer->data, buffer->byte_length);
    *free_fn = NULL;
    *opaque = NULL;
    part_with_data(cx->heap, buffer);
    mark_detached(buffer);
    return data;
  }
  *free_fn = buffer->free;
  *opaque = buffer->free_opaque;
  gc_external_sub(cx->heap, buffer->max_byte_length);
  /* the taker's account counts it from now on */
  mem_account_sub(gc_heap_account(cx->heap), MEM_ARRAY_BUFFER, buffer->max_byte_length);
  mark_detached(buffer);
  return data;
}

/* --- constructors ------------------------------------------------------------------------------------------------ */

/* GetArrayBufferMaxByteLengthOption ( options )  ecma262#sec-getarraybuffermaxbytelengthoption; -1: empty */
static bool max_byte_length_option(JsContext *cx, JsValue options, int64_t *out)
{
  *out = -1;
  if (!js_is_object(options))
    return true;
  JsValue max = TRY_OR(false, get_property(cx, js_as_object(options), KEY(cx->heap, maxByteLength)));
  return js_is_undefined(max) || to_index(cx, max, out);
}

/* ToIndex with this constructor's message. */
static bool buffer_length_argument(JsContext *cx, JsValue val, int64_t *out)
{
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, val, &d));
  if (d < 0 || d > 9007199254740991.0) {
    throw_error(cx, JS_MSG_ARRAY_BUFFER_LENGTH);
    return false;
  }
  *out = (int64_t)d;
  return true;
}

/* AllocateArrayBuffer, AllocateSharedArrayBuffer ( constructor, byteLength [ , maxByteLength ] )
 * ecma262#sec-allocatearraybuffer; max -1: fixed length */
static JsArrayBuffer *allocate_buffer(JsContext *cx, JsValue new_target, bool shared, int64_t byte_length, int64_t max)
{
  if (max >= 0 && byte_length > max) {
    throw_error(cx, JS_MSG_ARRAY_BUFFER_MAX_LENGTH);
    return NULL;
  }
  JsIntrinsicId fallback = shared ? JS_INTRINSIC_SHARED_ARRAY_BUFFER_PROTOTYPE : JS_INTRINSIC_ARRAY_BUFFER_PROTOTYPE;
  JsArrayBuffer *buffer = (JsArrayBuffer *)TRY_OR(
      NULL, ordinary_create_from_constructor(cx, new_target, fallback, CELL_ARRAY_BUFFER, sizeof(JsArrayBuffer)));
  slot_init(&buffer->detach_key, JS_UNDEFINED);
  int64_t room = max >= 0 ? max : byte_length;
  if (shared) {
    JsSharedStore *store = room <= ARRAY_BUFFER_MAX ? shared_store_new((size_t)byte_length, (size_t)room) : NULL;
    if (!store) {
      throw_error(cx, JS_MSG_ARRAY_BUFFER_ALLOCATION);
      return NULL;
    }
    adopt_store(cx, buffer, store, max >= 0);
    return buffer;
  }
  TRY_OR(NULL, allocate_data(cx, buffer, byte_length, room));
  buffer->obj.cell.aux = max >= 0 ? BUFFER_RESIZABLE : 0;
  return buffer;
}

/* ArrayBuffer, SharedArrayBuffer ( length [ , options ] )  ecma262#sec-arraybuffer-length; magic: shared */
static JsValue array_buffer_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool shared = js_callee_magic(cx);
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, shared ? "SharedArrayBuffer" : "ArrayBuffer");
  JsValue new_target = js_new_target(cx);
  int64_t byte_length, max;
  TRY(buffer_length_argument(cx, js_arg(argc, argv, 0), &byte_length));
  TRY(max_byte_length_option(cx, js_arg(argc, argv, 1), &max));
  return js_from_object(&TRY(allocate_buffer(cx, new_target, shared, byte_length, max))->obj);
}

/* ArrayBuffer.isView ( arg )  ecma262#sec-arraybuffer.isview */
static JsValue array_buffer_is_view(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue arg = js_arg(argc, argv, 0);
  return js_boolean(js_is_kind(arg, CELL_TYPED_ARRAY) || js_is_kind(arg, CELL_DATA_VIEW));
}

/* get ArrayBuffer [ %Symbol.species% ]  ecma262#sec-get-arraybuffer-%symbol.species% */
static JsValue get_array_buffer_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

/* --- prototypes -------------------------------------------------------------------------------------------------- */

typedef enum { WANT_UNSHARED, WANT_SHARED } BufferKind;

static JsArrayBuffer *this_buffer(JsContext *cx, JsValue this_val, BufferKind kind, const char *method)
{
  if (js_is_array_buffer(this_val) && array_buffer_is_shared(js_as_array_buffer(this_val)) == (kind == WANT_SHARED))
    return js_as_array_buffer(this_val);
  throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, this_val);
  return NULL;
}

/* get ArrayBuffer.prototype.byteLength  ecma262#sec-get-arraybuffer.prototype.bytelength */
static JsValue get_array_buffer_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_UNSHARED, "get ArrayBuffer.prototype.byteLength"));
  return js_number_i64((int64_t)buffer->byte_length);
}

/* get ArrayBuffer.prototype.detached  ecma262#sec-get-arraybuffer.prototype.detached */
static JsValue get_array_buffer_detached(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(
      array_buffer_is_detached(TRY(this_buffer(cx, this_val, WANT_UNSHARED, "get ArrayBuffer.prototype.detached"))));
}

/* get ArrayBuffer.prototype.maxByteLength  ecma262#sec-get-arraybuffer.prototype.maxbytelength */
static JsValue get_array_buffer_max_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_UNSHARED, "get ArrayBuffer.prototype.maxByteLength"));
  return js_number_i64((int64_t)buffer->max_byte_length);
}

/* get ArrayBuffer.prototype.resizable  ecma262#sec-get-arraybuffer.prototype.resizable */
static JsValue get_array_buffer_resizable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(
      !array_buffer_is_fixed(TRY(this_buffer(cx, this_val, WANT_UNSHARED, "get ArrayBuffer.prototype.resizable"))));
}

/* ArrayBuffer.prototype.resize ( newLength )  ecma262#sec-arraybuffer.prototype.resize */
static JsValue array_buffer_proto_resize(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "ArrayBuffer.prototype.resize";
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_UNSHARED, name));
  if (array_buffer_is_fixed(buffer))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, name, this_val);
  int64_t new_length;
  TRY(to_index(cx, js_arg(argc, argv, 0), &new_length));
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, name);
  if ((size_t)new_length > buffer->max_byte_length)
    return throw_error(cx, JS_MSG_RESIZE_LENGTH, name);
  if (buffer->obj.cell.aux & BUFFER_OF_MEMORY)
    return cx->vm->wasm_resize(cx, &buffer->obj, (uint64_t)new_length) ? JS_UNDEFINED
                                                                       : throw_error(cx, JS_MSG_RESIZE_LENGTH, name);
  /* What is cut off must read as zero when the buffer grows again. */
  if ((size_t)new_length < buffer->byte_length)
    memset(buffer->data + new_length, 0, buffer->byte_length - (size_t)new_length);
  buffer->byte_length = (size_t)new_length;
  return JS_UNDEFINED;
}

/* Relative start and end against a length, as slice and subarray clamp them. */
static bool relative_range(JsContext *cx, int argc, const JsValue *argv, int64_t len, int64_t *first, int64_t *final)
{
  double start, end = (double)len;
  TRY_OR(false, to_integer_or_infinity(cx, js_arg(argc, argv, 0), &start));
  *first = (int64_t)(start < 0 ? (start + len > 0 ? start + len : 0) : start < len ? start : len);
  if (!js_is_undefined(js_arg(argc, argv, 1)))
    TRY_OR(false, to_integer_or_infinity(cx, argv[1], &end));
  *final = (int64_t)(end < 0 ? (end + len > 0 ? end + len : 0) : end < len ? end : len);
  return true;
}

/* ArrayBuffer.prototype.slice, SharedArrayBuffer.prototype.slice ( start, end )
 * ecma262#sec-arraybuffer.prototype.slice; magic: shared */
static JsValue array_buffer_proto_slice(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool shared = js_callee_magic(cx);
  const char *name = shared ? "SharedArrayBuffer.prototype.slice" : "ArrayBuffer.prototype.slice";
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, shared ? WANT_SHARED : WANT_UNSHARED, name));
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, name);
  int64_t first, final, new_len;
  TRY(relative_range(cx, argc, argv, (int64_t)array_buffer_byte_length(buffer), &first, &final));
  new_len = final > first ? final - first : 0;
  JsObject *fallback = shared ? INTRINSIC_OBJECT(cx, SHARED_ARRAY_BUFFER) : INTRINSIC_OBJECT(cx, ARRAY_BUFFER);
  JsObject *ctor = TRY(species_constructor(cx, &buffer->obj, fallback));
  JsValue length = js_number_i64(new_len);
  JsValue made = TRY(js_construct(cx, ctor, 1, &length, ctor));
  JsArrayBuffer *copy = TRY(this_buffer(cx, made, shared ? WANT_SHARED : WANT_UNSHARED, name));
  if (array_buffer_is_detached(copy))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, name);
  if (copy == buffer || (shared && copy->store == buffer->store))
    return throw_error(cx, JS_MSG_BUFFER_SPECIES_THIS);
  if (array_buffer_byte_length(copy) < (size_t)new_len)
    return throw_error(cx, JS_MSG_BUFFER_SPECIES_SHORT);
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, name);
  /* The constructor may have resized the source. */
  int64_t current = (int64_t)array_buffer_byte_length(buffer);
  if (first < current) {
    int64_t count = new_len < current - first ? new_len : current - first;
    memcpy(copy->data, buffer->data + first, (size_t)count);
  }
  return made;
}

typedef enum { TRANSFER, TRANSFER_TO_FIXED_LENGTH } TransferKind;

/* ArrayBufferCopyAndDetach ( arrayBuffer, newLength, preserveResizability )
 * ecma262#sec-arraybuffercopyanddetach; magic: TransferKind */
static JsValue array_buffer_proto_transfer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TransferKind kind = (TransferKind)js_callee_magic(cx);
  const char *name =
      kind == TRANSFER ? "ArrayBuffer.prototype.transfer" : "ArrayBuffer.prototype.transferToFixedLength";
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_UNSHARED, name));
  int64_t new_length = (int64_t)buffer->byte_length;
  if (!js_is_undefined(js_arg(argc, argv, 0)))
    TRY(buffer_length_argument(cx, argv[0], &new_length));
  if (array_buffer_is_detached(buffer))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, name);
  if (!js_is_undefined(slot_get(buffer->detach_key)))
    return throw_error(cx, JS_MSG_NOT_DETACHABLE);
  bool resizable = kind == TRANSFER && !array_buffer_is_fixed(buffer);
  JsArrayBuffer *moved;
  if (!resizable && !buffer->lent && array_buffer_is_fixed(buffer) && new_length == (int64_t)buffer->byte_length) {
    /* The bytes move without a copy. */
    moved = TRY(buffer_object(cx));
    moved->data = buffer->data;
    moved->byte_length = moved->max_byte_length = buffer->byte_length;
    moved->free = buffer->free;
    moved->free_opaque = buffer->free_opaque;
    mark_detached(buffer);
    return js_from_object(&moved->obj);
  }
  moved = TRY(allocate_buffer(cx, js_from_object(INTRINSIC_OBJECT(cx, ARRAY_BUFFER)), false, new_length,
                              resizable ? (int64_t)buffer->max_byte_length : -1));
  size_t count = buffer->byte_length < (size_t)new_length ? buffer->byte_length : (size_t)new_length;
  memcpy(moved->data, buffer->data, count);
  part_with_data(cx->heap, buffer);
  mark_detached(buffer);
  return js_from_object(&moved->obj);
}

/* --- SharedArrayBuffer ------------------------------------------------------------------------------------------- */

/* get SharedArrayBuffer.prototype.byteLength  ecma262#sec-get-sharedarraybuffer.prototype.bytelength */
static JsValue get_shared_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_SHARED, "get SharedArrayBuffer.prototype.byteLength"));
  return js_number_i64((int64_t)array_buffer_byte_length(buffer));
}

/* get SharedArrayBuffer.prototype.growable  ecma262#sec-get-sharedarraybuffer.prototype.growable */
static JsValue get_shared_growable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(
      !array_buffer_is_fixed(TRY(this_buffer(cx, this_val, WANT_SHARED, "get SharedArrayBuffer.prototype.growable"))));
}

/* get SharedArrayBuffer.prototype.maxByteLength  ecma262#sec-get-sharedarraybuffer.prototype.maxbytelength */
static JsValue get_shared_max_byte_length(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_SHARED, "get SharedArrayBuffer.prototype.maxByteLength"));
  return js_number_i64((int64_t)buffer->max_byte_length);
}

/* SharedArrayBuffer.prototype.grow ( newLength )  ecma262#sec-sharedarraybuffer.prototype.grow */
static JsValue shared_array_buffer_proto_grow(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "SharedArrayBuffer.prototype.grow";
  JsArrayBuffer *buffer = TRY(this_buffer(cx, this_val, WANT_SHARED, name));
  if (array_buffer_is_fixed(buffer))
    return throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, name, this_val);
  int64_t new_length;
  TRY(to_index(cx, js_arg(argc, argv, 0), &new_length));
  JsSharedStore *store = buffer->store;
  if (store->grow)
    return (size_t)new_length <= buffer->max_byte_length && store->grow(store, (size_t)new_length)
               ? JS_UNDEFINED
               : throw_error(cx, JS_MSG_RESIZE_LENGTH, name);
  size_t current = atomic_load(&store->byte_length);
  do {
    if ((size_t)new_length < current || (size_t)new_length > buffer->max_byte_length)
      return throw_error(cx, JS_MSG_RESIZE_LENGTH, name);
  } while (!atomic_compare_exchange_weak(&buffer->store->byte_length, &current, (size_t)new_length));
  return JS_UNDEFINED;
}

static const JsBuiltin array_buffer_static[] = {
    FN("isView", array_buffer_is_view, 1),
    GETTER_SYM(species, get_array_buffer_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

static const JsBuiltin array_buffer_proto[] = {
    GETTER("byteLength", get_array_buffer_byte_length),
    FN_MAGIC("slice", array_buffer_proto_slice, 2, 0),
    GETTER("maxByteLength", get_array_buffer_max_byte_length),
    GETTER("resizable", get_array_buffer_resizable),
    FN("resize", array_buffer_proto_resize, 1),
    FN_MAGIC("transfer", array_buffer_proto_transfer, 0, TRANSFER),
    FN_MAGIC("transferToFixedLength", array_buffer_proto_transfer, 0, TRANSFER_TO_FIXED_LENGTH),
    GETTER("detached", get_array_buffer_detached),
    STRING_SYM(toStringTag, "ArrayBuffer"),
};

static const JsBuiltin shared_array_buffer_static[] = {
    GETTER_SYM(species, get_array_buffer_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

static const JsBuiltin shared_array_buffer_proto[] = {
    GETTER("byteLength", get_shared_byte_length),        FN_MAGIC("slice", array_buffer_proto_slice, 2, 1),
    GETTER("maxByteLength", get_shared_max_byte_length), GETTER("growable", get_shared_growable),
    FN("grow", shared_array_buffer_proto_grow, 1),       STRING_SYM(toStringTag, "SharedArrayBuffer"),
};

const JsIntrinsicTable array_buffer_constructor_table = {
    CONSTRUCTOR_TABLE("ArrayBuffer", array_buffer_constructor, 1, ARRAY_BUFFER_PROTOTYPE), ROWS(array_buffer_static)};
const JsIntrinsicTable array_buffer_prototype_table = {PROTOTYPE_TABLE(ARRAY_BUFFER), ROWS(array_buffer_proto)};
const JsIntrinsicTable shared_array_buffer_constructor_table = {
    CONSTRUCTOR_TABLE("SharedArrayBuffer", array_buffer_constructor, 1, SHARED_ARRAY_BUFFER_PROTOTYPE), .magic = 1,
    ROWS(shared_array_buffer_static)};
const JsIntrinsicTable shared_array_buffer_prototype_table = {PROTOTYPE_TABLE(SHARED_ARRAY_BUFFER),
                                                              ROWS(shared_array_buffer_proto)};
