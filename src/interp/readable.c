// SPDX-License-Identifier: MIT
/*
 * The short ways of readable streams (lib/internal/streams/readable.js): what every chunk and every stream passes
 * through when nothing is out of the ordinary. Listening to 'data', resuming, putting a chunk in and handing it over,
 * and the end. They see the stream's state word (readable_bits.def) and the few fields beside it, and leave to the
 * JavaScript function of the same purpose whatever they do not know; that function starts from the unchanged state.
 */
#include "interp/emitter.h"

#include "object/elements.h"
#include "object/operations.h"
#include "object/typed_array.h"

enum {
#define READABLE_BIT(name, number) name = 1 << number,
#include "interp/readable_bits.def"
#undef READABLE_BIT
  /* To be handed over at once. */
  FLOWS_AT_ONCE = FLOWING | DATA_LISTENING,
  /* What is queued is to flow, the source has not been asked for more. */
  FIRST_FLOW = CONSTRUCTED | FLOWING,
  FIRST_FLOW_MASK = FIRST_FLOW | ENDED | OBJECT_MODE | MULTI_AWAIT_DRAIN | DESTROYED | HAS_ERROR | READING |
                    CLOSE_EMITTED | READABLE_LISTENING | ERROR_EMITTED,
  /* All that came has been handed over, and what comes would be at once. */
  LAST = CONSTRUCTED | FLOWING,
  LAST_MASK = LAST | SYNC | OBJECT_MODE | MULTI_AWAIT_DRAIN | DESTROYED | HAS_ERROR | ENDED,
  /* Ends as streams do. */
  USUAL_END = AUTO_DESTROY | CONSTRUCTED | EMIT_CLOSE,
  USUAL_END_MASK = USUAL_END | DESTROYED | HAS_ERROR,
};

/* What the functions are made with. First the JavaScript functions that they stand for. */
#define READABLE_FUNCTIONS(X)                                                                                          \
  X(push, push, 2)                                                                                                     \
  X(on, on, 2)                                                                                                         \
  X(resume, resume, 0)                                                                                                 \
  X(resumeNow, resume_now, 2)                                                                                          \
  X(endReadableNow, end_readable_now, 2)                                                                               \
  X(emitClose, emit_close, 1)
/* Then functions that go on where these stop, methods as they were at the start, and objects. */
#define READABLE_PARTS(X)                                                                                              \
  X(afterEnd)                                                                                                          \
  X(afterPush)                                                                                                         \
  X(callRead)                                                                                                          \
  X(destroy)                                                                                                           \
  X(diesQuietly)                                                                                                       \
  X(emitReadable)                                                                                                      \
  X(flowOn)                                                                                                            \
  X(ownDestroy)                                                                                                        \
  X(process)                                                                                                           \
  X(pushDecoded)                                                                                                       \
  X(pushRest)                                                                                                          \
  X(read)                                                                                                              \
  X(readMore)                                                                                                          \
  X(bufferPrototype)                                                                                                   \
  X(streamPrototype)
/* Of a state. */
#define READABLE_FIELDS(X)                                                                                             \
  X(bits)                                                                                                              \
  X(length)                                                                                                            \
  X(buffer)                                                                                                            \
  X(bufferIndex)                                                                                                       \
  X(highWaterMark)                                                                                                     \
  X(awaitDrainWriters)

typedef enum {
#define X(field) FIELD_##field,
  READABLE_FIELDS(X)
#undef X
      FIELD_COUNT
} Field;

/* All functions share one kit; behind the parts it has what was learnt of two shapes of states: the shape, and where
 * the fields are. */
enum { LAYOUT_SIZE = 1 + FIELD_COUNT, LAYOUTS = 2 };
typedef enum {
#define X(name, function, length) SLOW_##name,
  READABLE_FUNCTIONS(X)
#undef X
#define X(name, function, length) QUICK_##name,
      READABLE_FUNCTIONS(X)
#undef X
#define X(name) PART_##name,
          READABLE_PARTS(X)
#undef X
              KIT_LAYOUTS,
  KIT_SIZE = KIT_LAYOUTS + LAYOUTS * LAYOUT_SIZE
} KitItem;

/* A stream's state as it is while no JavaScript runs. */
typedef struct Readable {
  JsElements *kit;
  JsObject *state;
  JsShape *shape;
  uint32_t layout; /* in the kit */
  int32_t bits, length;
} Readable;

static JsElements *kit_of(JsContext *cx)
{
  return (JsElements *)js_as_cell(slot_get(((JsNativeFunction *)js_callee(cx))->data[0]));
}

static JsValue kit_item(const JsElements *kit, KitItem item)
{
  return slot_get(kit->v[item]);
}

/* --- the state -----------------------------------------------------------------------------------------------------*/

/* A shape of states not met lately. False: none with these fields. */
static bool learn_layout(JsHeap *heap, JsElements *kit, JsShape *shape)
{
  static const uint16_t atoms[FIELD_COUNT] = {
#define X(field) ATOM_##field,
      READABLE_FIELDS(X)
#undef X
  };
  uint32_t slots[FIELD_COUNT];
  if (shape->cell.flags & SHAPE_DICTIONARY)
    return false;
  for (uint32_t k = 0; k < FIELD_COUNT; k++) {
    const JsPropertyEntry *entry = shape_lookup(heap, shape, key_by_atom_id(heap, (JsAtomId)atoms[k]));
    if (!entry || (entry->attrs & (PROP_WRITABLE | PROP_ACCESSOR | PROP_LAZY)) != PROP_WRITABLE)
      return false;
    slots[k] = entry->slot;
  }
  JsSlot *first = &kit->v[KIT_LAYOUTS];
  for (uint32_t k = 0; k < LAYOUT_SIZE; k++) /* the one before moves to the second place */
    slot_set(heap, kit, &first[LAYOUT_SIZE + k], slot_get(first[k]));
  slot_set(heap, kit, first, js_from_cell(shape));
  for (uint32_t k = 0; k < FIELD_COUNT; k++)
    slot_init(&first[1 + k], js_int32((int32_t)slots[k]));
  return true;
}

static JsSlot *field(const Readable *r, Field which)
{
  return object_slot(r->shape, r->state, (uint32_t)js_as_int32(slot_get(r->kit->v[r->layout + 1 + which])));
}

static JsValue get_field(const Readable *r, Field which)
{
  return slot_get(*field(r, which));
}

/* Of a value that is no cell. */
static void set_field(const Readable *r, Field which, JsValue val)
{
  slot_init(field(r, which), val);
}

static void set_bits(Readable *r, int32_t bits)
{
  r->bits = bits;
  set_field(r, FIELD_bits, js_int32(bits));
}

/* Also to be called when JavaScript has run. False: it is no state as the constructor makes them. */
static bool open_state(JsContext *cx, JsElements *kit, JsValue state, Readable *r)
{
  if (!js_is_kind(state, CELL_OBJECT) || (js_as_cell(state)->flags & (OBJECT_EXOTIC | OBJECT_LAZY | OBJECT_IS_PROTO)))
    return false;
  r->kit = kit;
  r->state = js_as_object(state);
  r->shape = object_shape(cx->heap, r->state);
  r->layout = KIT_LAYOUTS;
  JsValue shape = js_from_cell(r->shape);
  if (js_unlikely(!js_same_bits(slot_get(kit->v[r->layout]), shape))) {
    if (js_same_bits(slot_get(kit->v[r->layout + LAYOUT_SIZE]), shape))
      r->layout += LAYOUT_SIZE;
    else if (!learn_layout(cx->heap, kit, r->shape))
      return false;
  }
  JsValue bits = get_field(r, FIELD_bits), length = get_field(r, FIELD_length);
  if (!js_is_int32(bits) || !js_is_int32(length))
    return false;
  r->bits = js_as_int32(bits);
  r->length = js_as_int32(length);
  return true;
}

/* False: an exception may be pending, which the JavaScript function meets again. */
static bool open_stream(JsContext *cx, JsElements *kit, JsValue stream, Readable *r)
{
  return js_is_object(stream) &&
         open_state(cx, kit, emitter_get(cx, js_as_object(stream), KEY(cx->heap, _readableState)), r);
}

/* The queue, when it is an array like others; NULL otherwise. */
static JsArray *usual_queue(const Readable *r)
{
  JsValue buffer = get_field(r, FIELD_buffer);
  if (!js_is_array_object(buffer) || js_as_array(buffer)->length_readonly)
    return NULL;
  JsArray *queue = js_as_array(buffer);
  JsElements *elements = ptr_slot_get(queue->obj.elements);
  bool is_usual =
      elements ? elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags && elements->length == queue->length
               : queue->length == 0;
  return is_usual ? queue : NULL;
}

/* The stream's property is this, as it was at the start. */
static bool is_own(JsContext *cx, const JsElements *kit, JsValue stream, JsKey name, KitItem item)
{
  return js_same_bits(emitter_get(cx, js_as_object(stream), name), kit_item(kit, item));
}

static JsValue defer(JsContext *cx, const JsElements *kit, KitItem fn, int argc, JsValue a, JsValue b)
{
  JsValue call[3] = {kit_item(kit, fn), a, b};
  return ticks_defer(cx, kit_item(kit, PART_process), 1 + argc, call);
}

/* --- putting in ----------------------------------------------------------------------------------------------------*/

/* endReadable of the JavaScript side: 'end' comes in the next tick. */
static JsValue end_readable(JsContext *cx, Readable *r, JsValue stream)
{
  if (r->bits & (END_EMITTED | END_SCHEDULED))
    return JS_UNDEFINED;
  set_bits(r, r->bits | ENDED | END_SCHEDULED);
  return defer(cx, r->kit, QUICK_endReadableNow, 2, js_from_object(r->state), stream);
}

/* What the stream's decoder answers. argc 0: of what it holds at the end. */
static JsValue decode(JsContext *cx, const Readable *r, int argc, JsValue chunk)
{
  JsValue state = js_from_object(r->state), decoder = TRY(get_v(cx, state, KEY(cx->heap, decoder)));
  JsValue method = TRY(get_v(cx, decoder, argc ? KEY(cx->heap, write) : KEY(cx->heap, end)));
  return js_call(cx, method, decoder, argc, &chunk);
}

/* push(null) when nothing is queued and it flows. */
static JsValue push_last(JsContext *cx, Readable *r, JsValue stream)
{
  JsElements *kit = r->kit;
  JsValue state = js_from_object(r->state);
  if (r->bits & HAS_ENCODING) {
    JsValue rest = TRY(decode(cx, r, 0, JS_UNDEFINED));
    if (!js_is_string(rest) || js_as_string(rest)->length > 0 || !open_state(cx, kit, state, r) ||
        (r->bits & LAST_MASK) != LAST || r->length != 0)
      return js_call3(cx, kit_item(kit, PART_pushRest), JS_UNDEFINED, stream, state, rest);
  }
  set_bits(r, (r->bits | ENDED | EMITTED_READABLE) & ~(NEED_READABLE | READING));
  TRY(emitter_emit(cx, stream, KEY(cx->heap, readable), 0, NULL));
  if (open_state(cx, kit, state, r)) {
    set_bits(r, r->bits & ~(EMITTED_READABLE | NEED_READABLE));
    if ((r->bits & FLOWING) && r->length == 0) {
      TRY(end_readable(cx, r, stream));
      return JS_FALSE;
    }
  }
  TRY(js_call1(cx, kit_item(kit, PART_flowOn), JS_UNDEFINED, stream));
  return JS_FALSE;
}

/* How much a chunk counts; 0: it is for JavaScript. */
static int32_t chunk_size(JsContext *cx, const Readable *r, JsValue chunk)
{
  if (r->bits & OBJECT_MODE)
    return 1;
  if (!js_is_typed_array(chunk) || !js_same_bits(js_from_object(object_proto(cx->heap, js_as_object(chunk))),
                                                 kit_item(r->kit, PART_bufferPrototype)))
    return 0;
  size_t size = typed_array_length(js_as_typed_array(chunk));
  return size < INT32_MAX / 2 ? (int32_t)size : 0;
}

/* The source is to go on one tick later, so that one that answers at once cannot starve others. Gives whether the
 * stream wants more. */
static JsValue settle_push(JsContext *cx, Readable *r, JsValue stream)
{
  JsValue state = js_from_object(r->state), mark = get_field(r, FIELD_highWaterMark);
  bool wants = !(r->bits & ENDED) && (r->length == 0 || (js_is_number(mark) && r->length < js_number_value(mark)));
  if ((r->bits & (READING_MORE | CONSTRUCTED)) == CONSTRUCTED) {
    set_bits(r, r->bits | READING_MORE);
    TRY(defer(cx, r->kit, PART_readMore, 2, stream, state));
  }
  return js_boolean(wants);
}

/* A chunk of this size, decoded where that is asked for, goes to the consumer or into the queue. */
static JsValue add_chunk(JsContext *cx, Readable *r, JsValue stream, JsValue chunk, int32_t size, JsArray *queue)
{
  JsElements *kit = r->kit;
  JsValue state = js_from_object(r->state);
  if ((r->bits & (FLOWS_AT_ONCE | SYNC)) == FLOWS_AT_ONCE && r->length == 0) {
    set_field(r, FIELD_awaitDrainWriters, JS_NULL);
    set_bits(r, (r->bits & ~READING) | DATA_EMITTED);
    TRY(emitter_emit(cx, stream, KEY(cx->heap, data), 1, &chunk));
  } else {
    TRY_OR(JS_EXCEPTION, array_push_direct(cx, queue, chunk));
    set_field(r, FIELD_length, js_int32(r->length + size));
    set_bits(r, r->bits & ~READING);
    if (r->bits & NEED_READABLE)
      TRY(js_call1(cx, kit_item(kit, PART_emitReadable), JS_UNDEFINED, stream));
  }
  if (!open_state(cx, kit, state, r))
    return js_call1(cx, kit_item(kit, PART_afterPush), JS_UNDEFINED, stream);
  return settle_push(cx, r, stream);
}

static JsValue add_decoded(JsContext *cx, Readable *r, JsValue stream, JsValue chunk)
{
  JsElements *kit = r->kit;
  JsValue state = js_from_object(r->state);
  set_bits(r, r->bits & ~READING);
  JsValue text = TRY(decode(cx, r, 1, chunk));
  JsArray *queue;
  if (!js_is_string(text) || !open_state(cx, kit, state, r) || !(queue = usual_queue(r)) ||
      js_as_string(text)->length > INT32_MAX / 2)
    return js_call3(cx, kit_item(kit, PART_pushDecoded), JS_UNDEFINED, stream, state, text);
  int32_t size = (int32_t)js_as_string(text)->length;
  return size ? add_chunk(cx, r, stream, text, size, queue) : settle_push(cx, r, stream);
}

/* Readable.prototype.push ( chunk [, encoding ] ) */
static JsValue push(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { FOR_JAVASCRIPT = ENDED | DESTROYED | HAS_ERROR | MULTI_AWAIT_DRAIN };
  JsElements *kit = kit_of(cx);
  JsValue chunk = js_arg(argc, argv, 0);
  Readable r;
  if (!open_stream(cx, kit, this_val, &r))
    return js_call(cx, kit_item(kit, SLOW_push), this_val, argc, argv);
  if (js_is_null(chunk)) {
    if ((r.bits & LAST_MASK) == LAST && r.length == 0 && is_own(cx, kit, this_val, KEY(cx->heap, read), PART_read))
      return push_last(cx, &r, this_val);
  } else if (!(r.bits & FOR_JAVASCRIPT) && r.length >= 0 && r.length < INT32_MAX / 2) {
    int32_t size = chunk_size(cx, &r, chunk);
    JsArray *queue = usual_queue(&r);
    if (size && queue && !(r.bits & HAS_ENCODING))
      return add_chunk(cx, &r, this_val, chunk, size, queue);
    if (size && queue && !(r.bits & OBJECT_MODE))
      return add_decoded(cx, &r, this_val, chunk);
  }
  return js_call(cx, kit_item(kit, SLOW_push), this_val, argc, argv);
}

/* --- flowing -------------------------------------------------------------------------------------------------------*/

static JsValue resume_state(JsContext *cx, Readable *r, JsValue stream)
{
  int32_t bits = (r->bits | PAUSE_CHOSEN) & ~PAUSED;
  bool is_new = !(bits & (FLOWING | RESUME_SCHEDULED));
  if (!(bits & FLOWING)) {
    bits |= FLOW_CHOSEN | RESUME_SCHEDULED;
    if (!(bits & READABLE_LISTENING))
      bits |= FLOWING;
  }
  set_bits(r, bits);
  if (is_new)
    TRY(defer(cx, r->kit, QUICK_resumeNow, 2, stream, js_from_object(r->state)));
  return stream;
}

/* Readable.prototype.resume ( ) */
static JsValue resume(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *kit = kit_of(cx);
  Readable r;
  if (!open_stream(cx, kit, this_val, &r))
    return js_call(cx, kit_item(kit, SLOW_resume), this_val, argc, argv);
  return resume_state(cx, &r, this_val);
}

/* Somebody listens to 'readable'. */
static bool is_pulled(JsContext *cx, JsValue stream)
{
  JsValue table = emitter_get(cx, js_as_object(stream), KEY(cx->heap, _events));
  return js_is_object(table) && !js_is_undefined(emitter_get(cx, js_as_object(table), KEY(cx->heap, readable)));
}

/* Readable.prototype.on ( name, listener ) */
static JsValue on(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *kit = kit_of(cx);
  JsKey name;
  Readable r;
  bool done = false;
  if (argc < 2 || !js_is_object(this_val) || !emitter_event_key(cx, argv[0], &name) ||
      key_equals(name, KEY(cx->heap, readable)))
    return js_call(cx, kit_item(kit, SLOW_on), this_val, argc, argv);
  bool is_data = key_equals(name, KEY(cx->heap, data));
  if (!is_data || open_stream(cx, kit, this_val, &r))
    TRY(emitter_add(cx, kit_item(kit, PART_streamPrototype), this_val, argv[0], argv[1], &done));
  if (!done)
    return js_call(cx, kit_item(kit, SLOW_on), this_val, argc, argv);
  if (!is_data)
    return this_val;
  set_bits(&r, (r.bits & ~READABLE_LISTENING) | DATA_LISTENING | (is_pulled(cx, this_val) ? READABLE_LISTENING : 0));
  if (!js_is_hole(cx->exception))
    return JS_EXCEPTION;
  if ((r.bits & (FLOW_CHOSEN | FLOWING)) == FLOW_CHOSEN)
    return this_val;
  if (is_own(cx, kit, this_val, KEY(cx->heap, resume), QUICK_resume))
    return resume_state(cx, &r, this_val);
  JsValue method = TRY(get_v(cx, this_val, KEY(cx->heap, resume)));
  TRY(js_call0(cx, method, this_val));
  return this_val;
}

/* The one chunk of the queue; the hole: it is not that simple. */
static JsValue only_chunk(const Readable *r)
{
  JsArray *queue = usual_queue(r);
  return queue && queue->length == 1 && js_same_bits(get_field(r, FIELD_bufferIndex), js_int32(0))
             ? object_dense_get(&queue->obj, 0)
             : JS_HOLE;
}

/* resumeNow(stream, state). When one chunk is queued, the source is asked for more and the chunk is handed over. */
static JsValue resume_now(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *kit = kit_of(cx);
  JsValue stream = js_arg(argc, argv, 0), state = js_arg(argc, argv, 1), mark;
  Readable r;
  if (!js_is_object(stream) || !open_state(cx, kit, state, &r) || (r.bits & FIRST_FLOW_MASK) != FIRST_FLOW ||
      js_is_hole(only_chunk(&r)) || !js_is_number(mark = get_field(&r, FIELD_highWaterMark)) ||
      r.length >= js_number_value(mark) || !is_own(cx, kit, stream, KEY(cx->heap, read), PART_read))
    return js_call(cx, kit_item(kit, SLOW_resumeNow), this_val, argc, argv);
  set_bits(&r, r.bits | READING | SYNC);
  TRY(js_call2(cx, kit_item(kit, PART_callRead), JS_UNDEFINED, stream, state));
  TRY(emitter_emit(cx, stream, KEY(cx->heap, resume), 0, NULL));
  JsValue chunk = open_state(cx, kit, state, &r) ? only_chunk(&r) : JS_HOLE;
  if (!js_is_hole(chunk) && (r.bits & (FIRST_FLOW_MASK & ~READING)) == FIRST_FLOW) {
    JsArray *queue = js_as_array(get_field(&r, FIELD_buffer));
    queue->length = ptr_slot_get(queue->obj.elements)->length = 0;
    set_field(&r, FIELD_length, js_int32(0));
    set_field(&r, FIELD_awaitDrainWriters, JS_NULL);
    set_bits(&r, (r.bits & ~EMITTED_READABLE) | DATA_EMITTED | NEED_READABLE);
    TRY(emitter_emit(cx, stream, KEY(cx->heap, data), 1, &chunk));
    if (open_state(cx, kit, state, &r) && r.length == 0 && (r.bits & (READING | ENDED)) == READING)
      return JS_UNDEFINED;
  }
  return js_call1(cx, kit_item(kit, PART_flowOn), JS_UNDEFINED, stream);
}

/* --- the end -------------------------------------------------------------------------------------------------------*/

/* It has one side, and neither it nor its kind has anything to do when it is destroyed. False also on exception. */
static bool dies_quietly(JsContext *cx, const Readable *r, JsValue stream)
{
  JsObject *obj = js_as_object(stream);
  if ((r->bits & USUAL_END_MASK) != USUAL_END ||
      !js_is_undefined(emitter_get(cx, obj, KEY(cx->heap, _writableState))) ||
      !js_is_undefined(emitter_get(cx, obj, KEY(cx->heap, writable))) ||
      !is_own(cx, r->kit, stream, KEY(cx->heap, destroy), PART_destroy))
    return false;
  if (is_own(cx, r->kit, stream, KEY(cx->heap, _destroy), PART_ownDestroy))
    return true;
  JsKey key = key_from_symbol(js_as_symbol(kit_item(r->kit, PART_diesQuietly)));
  JsValue method = emitter_get(cx, obj, key);
  return js_is_callable(method) && js_same_bits(js_call0(cx, method, stream), JS_TRUE);
}

/* endReadableNow(state, stream) */
static JsValue end_readable_now(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *kit = kit_of(cx);
  JsValue state = js_arg(argc, argv, 0), stream = js_arg(argc, argv, 1);
  Readable r;
  if (!js_is_object(stream) || !open_state(cx, kit, state, &r))
    return js_call(cx, kit_item(kit, SLOW_endReadableNow), this_val, argc, argv);
  set_bits(&r, r.bits & ~END_SCHEDULED);
  if ((r.bits & (HAS_ERROR | CLOSE_EMITTED | END_EMITTED)) || r.length != 0)
    return JS_UNDEFINED;
  set_bits(&r, r.bits | END_EMITTED);
  TRY(emitter_emit(cx, stream, KEY(cx->heap, end), 0, NULL));
  if (!open_state(cx, kit, state, &r) || !dies_quietly(cx, &r, stream))
    return !js_is_hole(cx->exception) ? JS_EXCEPTION
                                      : js_call2(cx, kit_item(kit, PART_afterEnd), JS_UNDEFINED, state, stream);
  if (!open_state(cx, kit, state, &r))
    return JS_UNDEFINED;
  set_bits(&r, r.bits | DESTROYED | CLOSED);
  return defer(cx, kit, QUICK_emitClose, 1, stream, JS_UNDEFINED);
}

/* emitClose(stream) */
static JsValue emit_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsElements *kit = kit_of(cx);
  JsValue stream = js_arg(argc, argv, 0);
  Readable r;
  if (!open_stream(cx, kit, stream, &r) ||
      !js_is_undefined(emitter_get(cx, js_as_object(stream), KEY(cx->heap, _writableState))))
    return js_call(cx, kit_item(kit, SLOW_emitClose), this_val, argc, argv);
  set_bits(&r, r.bits | CLOSE_EMITTED);
  if (r.bits & EMIT_CLOSE)
    TRY(emitter_emit(cx, stream, KEY(cx->heap, close), 0, NULL));
  return JS_UNDEFINED;
}

/* --- making --------------------------------------------------------------------------------------------------------*/

JsValue readable_bits_new(JsContext *cx)
{
  static const struct {
    const char *name;
    int32_t bit;
  } rows[] = {
#define READABLE_BIT(name, number) {#name, name},
#include "interp/readable_bits.def"
#undef READABLE_BIT
  };
  JsObject *bits = object_new(cx);
  for (size_t k = 0; k < JS_COUNTOF(rows); k++)
    object_define_direct(cx->heap, bits, key_from_c_string(cx->heap, rows[k].name), js_int32(rows[k].bit), PROP_ALL);
  return js_from_object(bits);
}

JsValue readable_functions_new(JsContext *cx, JsObject *given)
{
  static const struct {
    const char *name;
    JsNativeFn fn;
    int length;
  } rows[] = {
#define X(name, function, length) {#name, function, length},
      READABLE_FUNCTIONS(X)
#undef X
  };
  static const char *const parts[] = {
#define X(name) #name,
      READABLE_PARTS(X)
#undef X
  };
  enum { COUNT = JS_COUNTOF(rows) };
  JsElements *kit = elements_new(cx->heap, KIT_SIZE);
  if (!kit)
    return throw_out_of_memory(cx);
  for (uint32_t k = 0; k < KIT_SIZE; k++)
    slot_init(&kit->v[k], JS_UNDEFINED);
  kit->length = KIT_SIZE;
  JsObject *functions = object_new(cx);
  JsValue data = js_from_cell(kit);
  for (uint32_t k = 0; k < COUNT; k++) {
    JsKey name = key_from_c_string(cx->heap, rows[k].name);
    slot_set(cx->heap, kit, &kit->v[SLOW_push + k], TRY(get_property(cx, given, name)));
    JsValue fn = js_from_cell(native_function_new(cx, rows[k].fn, name, rows[k].length, &data, 1));
    slot_set(cx->heap, kit, &kit->v[QUICK_push + k], fn);
    object_define_direct(cx->heap, functions, name, fn, PROP_ALL);
  }
  for (uint32_t k = 0; k < JS_COUNTOF(parts); k++)
    slot_set(cx->heap, kit, &kit->v[PART_afterEnd + k],
             TRY(get_property(cx, given, key_from_c_string(cx->heap, parts[k]))));
  if (!js_is_symbol(kit_item(kit, PART_diesQuietly)) || !js_is_object(kit_item(kit, PART_process)) ||
      !js_is_object(kit_item(kit, PART_streamPrototype)))
    return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, kit_item(kit, PART_process));
  return js_from_object(functions);
}
