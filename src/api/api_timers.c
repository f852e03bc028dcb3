// SPDX-License-Identifier: MIT
/*
 * The lists of timers and immediates. Timers of one duration form a list in the order they were started, which is the
 * order they expire; the lists stand in a heap by the expiry of their first timer. Timers, lists and immediates are
 * ordinary objects, linked by properties that programs can see: each kind is known by a model, and its properties are
 * slots here for as long as an object's shape says that they still are. Everything out of the ordinary (async hooks,
 * odd durations, objects that were taken apart) is done by functions in JavaScript on the same objects.
 */
#include "culm/js.h"

#include <math.h>
#include <string.h>

#include "object/convert.h"
#include "object/object.h"
#include "object/operations.h"
#include "object/realm.h"
#include "object/vm.h"

/* Properties, in the order of the arrays of keys that describe() gives. */
enum {
  TIMER_CALLBACK,
  TIMER_DURATION,
  TIMER_ARGS,
  TIMER_REPEAT,
  TIMER_REFED,
  TIMER_PREVIOUS,
  TIMER_NEXT,
  TIMER_START,
  TIMER_ID,
  TIMER_FRAME,
  TIMER_DESTROYED,
  TIMER_HAS_PRIMITIVE,
  TIMER_COUNT
};
enum { LIST_NEXT, LIST_PREVIOUS, LIST_EXPIRY, LIST_MSECS, LIST_POSITION, LIST_COUNT };
enum { IMMEDIATE_CALLBACK, IMMEDIATE_ARGS, IMMEDIATE_FRAME, IMMEDIATE_NEXT, IMMEDIATE_PREVIOUS, IMMEDIATE_COUNT };
enum { QUEUE_HEAD, QUEUE_TAIL, QUEUE_COUNT };
enum { PROPERTIES_MAX = TIMER_COUNT };

enum { KIND_TIMER, KIND_LIST, KIND_IMMEDIATE, KIND_QUEUE, KIND_COUNT };

/* Functions of the library that do what is out of the ordinary. */
enum { SLOW_SET_TIMEOUT, SLOW_SET_INTERVAL, SLOW_CLEAR, SLOW_INSERT, SLOW_SET_IMMEDIATE, SLOW_DESCRIBE, SLOW_COUNT };
static const char *const slow_names[SLOW_COUNT] = {"setTimeout", "setInterval",  "clearTimeout",
                                                   "insert",     "setImmediate", "describe"};

/* JsNativeFunction.magic: what a timer is made for. */
enum { MAKES_REFED = 1, MAKES_REPEATED = 2 };

enum { DURATION_MAX = 0x7FFFFFFF, BUCKETS_FIRST = 16, HEAP_FIRST = 16, ADDITIONS_MAX = 8 };

typedef struct Kind {
  JsObject *model; /* NULL: not described yet */
  uint32_t shape, inline_count, inline_base;
  uint32_t slots[PROPERTIES_MAX];
} Kind;

typedef struct List {
  struct List *next; /* of its bucket */
  JsObject *object;
  double expiry;
  uint32_t msecs, position; /* in the heap */
} List;

typedef struct JsTimers {
  JsTimerHost host;
  JsRootSource roots;
  JsVm *vm;
  JsValue slow[SLOW_COUNT];
  Kind kinds[KIND_COUNT];
  List **buckets, **heap;
  uint32_t bucket_count, count, capacity;
  List *recent; /* programs use few durations, most often the one they used before */
  double next_expiry;
  uint32_t last_id;
} JsTimers;

/* --- objects by their models ---------------------------------------------------------------------------------------*/

JS_INLINE JsSlot *slot_of(const Kind *kind, JsObject *obj, int which, void **owner)
{
  uint32_t slot = kind->slots[which];
  if (slot < kind->inline_count) {
    *owner = obj;
    return (JsSlot *)obj + kind->inline_base + slot;
  }
  JsSlots *slots = ptr_slot_get(obj->slots);
  *owner = slots;
  return &slots->v[slot - kind->inline_count];
}
JS_INLINE JsValue get(const Kind *kind, JsObject *obj, int which)
{
  void *owner;
  return slot_get(*slot_of(kind, obj, which, &owner));
}
JS_INLINE void put(JsHeap *heap, const Kind *kind, JsObject *obj, int which, JsValue val)
{
  void *owner;
  JsSlot *slot = slot_of(kind, obj, which, &owner);
  slot_set(heap, owner, slot, val);
}

/* The program has added properties, nothing else. */
static bool extends(JsHeap *heap, const JsObject *obj, const Kind *kind)
{
  const JsShape *shape = object_shape(heap, obj);
  if (shape->cell.flags & (SHAPE_DICTIONARY | SHAPE_HAS_READONLY))
    return false;
  for (int k = 0; shape && k <= ADDITIONS_MAX; k++, shape = ptr_slot_get(shape->parent)) {
    if (shape->id == kind->shape)
      return true;
  }
  return false;
}
JS_INLINE bool fits(JsHeap *heap, const Kind *kind, JsValue val)
{
  return js_is_object(val) && kind->model &&
         (js_likely(js_as_cell(val)->word == kind->shape) || extends(heap, js_as_object(val), kind));
}

static JsObject *copy_model(JsContext *cx, const Kind *kind)
{
  JsHeap *heap = cx->heap;
  JsShape *shape = shape_by_id(heap, kind->shape);
  JsObject *copy = object_new_with_shape(heap, shape);
  uint32_t inline_count = shape->slot_count < kind->inline_count ? shape->slot_count : kind->inline_count;
  memcpy((JsSlot *)copy + kind->inline_base, (JsSlot *)kind->model + kind->inline_base, inline_count * sizeof(JsSlot));
  gc_barrier(heap, copy);
  if (shape->slot_count > inline_count) {
    JsSlots *source = ptr_slot_get(kind->model->slots);
    JsSlots *slots = gc_alloc(heap, CELL_SLOTS, sizeof(JsSlots) + source->capacity * sizeof(JsSlot));
    slots->capacity = source->capacity;
    memcpy(slots->v, source->v, source->capacity * sizeof(JsSlot));
    gc_barrier(heap, slots);
    ptr_slot_set(heap, copy, &copy->slots, slots);
  }
  return copy;
}

/* model: an object with these keys, own data properties. */
static bool learn_kind(JsContext *cx, Kind *kind, JsValue model, JsValue keys, uint32_t count)
{
  if (!js_is_kind(model, CELL_OBJECT) || !js_is_array_object(keys) || js_as_array(keys)->length != count)
    goto unfit;
  JsObject *obj = js_as_object(model);
  JsShape *shape = object_shape(cx->heap, obj);
  if ((obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY | OBJECT_IS_PROTO)) || ptr_slot_get(obj->elements) ||
      (shape->cell.flags & (SHAPE_DICTIONARY | SHAPE_NOT_EXTENSIBLE | SHAPE_HAS_READONLY)))
    goto unfit;
  for (uint32_t k = 0; k < count; k++) {
    JsKey key;
    JsValue name = TRY_OR(false, get_index(cx, js_as_object(keys), k));
    TRY_OR(false, to_property_key(cx, name, &key));
    const JsPropertyEntry *entry = shape_lookup(cx->heap, shape, key);
    if (!entry)
      goto unfit;
    kind->slots[k] = entry->slot;
  }
  kind->shape = shape->id;
  kind->inline_count = shape->inline_count;
  kind->inline_base = shape->inline_base;
  kind->model = obj;
  return true;
unfit:
  return js_throw_type_error(cx, "not a model of timers"), false;
}

/* The library shows its objects: [timer, keys, list, keys, immediate, keys, queue, keys]. */
static JS_COLD bool describe(JsContext *cx, JsTimers *timers)
{
  static const uint32_t counts[KIND_COUNT] = {TIMER_COUNT, LIST_COUNT, IMMEDIATE_COUNT, QUEUE_COUNT};
  uint32_t id = timers->last_id;
  JsValue shown = TRY_OR(false, js_call0(cx, timers->slow[SLOW_DESCRIBE], JS_UNDEFINED));
  timers->last_id = id;
  for (uint32_t k = 0; k < KIND_COUNT; k++) {
    JsValue model = TRY_OR(false, get_index(cx, js_as_object(shown), 2 * k));
    JsValue keys = TRY_OR(false, get_index(cx, js_as_object(shown), 2 * k + 1));
    TRY_OR(false, learn_kind(cx, &timers->kinds[k], model, keys, counts[k]));
  }
  return true;
}

/* --- the heap of lists ---------------------------------------------------------------------------------------------*/

static void *timers_alloc(JsTimers *timers, size_t size)
{
  void *memory = mem_alloc_zeroed(&timers->vm->account, MEM_VM, size);
  JS_CHECK(memory != NULL);
  return memory;
}
static void timers_release(JsTimers *timers, void *memory, size_t size)
{
  mem_free(&timers->vm->account, MEM_VM, memory, size);
}

static void place(JsTimers *timers, List *list, uint32_t position)
{
  JsHeap *heap = timers->vm->heap;
  const Kind *kind = &timers->kinds[KIND_LIST];
  timers->heap[position] = list;
  list->position = position;
  if (fits(heap, kind, js_from_object(list->object)))
    put(heap, kind, list->object, LIST_POSITION, js_number_u32(position));
}

static void sift_up(JsTimers *timers, uint32_t at)
{
  List *list = timers->heap[at];
  while (at > 0 && timers->heap[(at - 1) >> 1]->expiry > list->expiry) {
    place(timers, timers->heap[(at - 1) >> 1], at);
    at = (at - 1) >> 1;
  }
  place(timers, list, at);
}

static void sift_down(JsTimers *timers, uint32_t at)
{
  List *list = timers->heap[at];
  for (uint32_t child; (child = 2 * at + 1) < timers->count; at = child) {
    if (child + 1 < timers->count && timers->heap[child + 1]->expiry < timers->heap[child]->expiry)
      child++;
    if (timers->heap[child]->expiry >= list->expiry)
      break;
    place(timers, timers->heap[child], at);
  }
  place(timers, list, at);
}

JS_INLINE List **bucket_of(const JsTimers *timers, uint32_t msecs)
{
  return &timers->buckets[(msecs * 0x9E3779B1u >> 7) & (timers->bucket_count - 1)];
}

static void resize_buckets(JsTimers *timers, uint32_t count)
{
  List **old = timers->buckets;
  uint32_t old_count = timers->bucket_count;
  timers->buckets = timers_alloc(timers, count * sizeof *timers->buckets);
  timers->bucket_count = count;
  for (uint32_t k = 0; k < old_count; k++) {
    for (List *list = old[k], *next; list; list = next) {
      next = list->next;
      List **bucket = bucket_of(timers, list->msecs);
      list->next = *bucket;
      *bucket = list;
    }
  }
  timers_release(timers, old, old_count * sizeof *old);
}

JS_INLINE List *find_list(JsTimers *timers, uint32_t msecs)
{
  List *list = timers->recent;
  if (list && list->msecs == msecs)
    return list;
  if (!timers->bucket_count)
    return NULL;
  list = *bucket_of(timers, msecs);
  while (list && list->msecs != msecs)
    list = list->next;
  if (list)
    timers->recent = list;
  return list;
}

/* A new list is scheduled when it is the next to expire. */
static List *add_list(JsContext *cx, JsTimers *timers, uint32_t msecs, double start)
{
  JsHeap *heap = cx->heap;
  const Kind *kind = &timers->kinds[KIND_LIST];
  JsObject *object = copy_model(cx, kind);
  List *list = timers_alloc(timers, sizeof *list);
  *list = (List){.object = object, .expiry = start + msecs, .msecs = msecs};
  put(heap, kind, object, LIST_NEXT, js_from_object(object));
  put(heap, kind, object, LIST_PREVIOUS, js_from_object(object));
  put(heap, kind, object, LIST_EXPIRY, js_number(list->expiry));
  put(heap, kind, object, LIST_MSECS, js_number_u32(msecs));
  if (timers->count == timers->capacity) {
    uint32_t capacity = timers->capacity ? timers->capacity * 2 : HEAP_FIRST;
    List **grown = timers_alloc(timers, capacity * sizeof *grown);
    if (timers->count)
      memcpy(grown, timers->heap, timers->count * sizeof *grown);
    timers_release(timers, timers->heap, timers->capacity * sizeof *grown);
    timers->heap = grown;
    timers->capacity = capacity;
  }
  if (timers->count >= timers->bucket_count)
    resize_buckets(timers, timers->bucket_count ? timers->bucket_count * 2 : BUCKETS_FIRST);
  List **bucket = bucket_of(timers, msecs);
  list->next = *bucket;
  *bucket = list;
  timers->heap[timers->count++] = list;
  sift_up(timers, timers->count - 1);
  timers->recent = list;
  if (timers->next_expiry > list->expiry) {
    timers->host.schedule(timers->host.opaque, msecs);
    timers->next_expiry = list->expiry;
  }
  return list;
}

static void remove_list(JsTimers *timers, List *list)
{
  JsHeap *heap = timers->vm->heap;
  const Kind *kind = &timers->kinds[KIND_LIST];
  List **link = bucket_of(timers, list->msecs);
  while (*link != list)
    link = &(*link)->next;
  *link = list->next;
  if (timers->recent == list)
    timers->recent = NULL;
  uint32_t at = list->position;
  List *last = timers->heap[--timers->count];
  if (at < timers->count) {
    timers->heap[at] = last;
    last->position = at;
    sift_down(timers, at);
    sift_up(timers, last->position);
  }
  if (fits(heap, kind, js_from_object(list->object)))
    put(heap, kind, list->object, LIST_POSITION, JS_NULL);
  timers_release(timers, list, sizeof *list);
}

/* An emptied list of a live timer goes at once, so that the loop is not woken for nothing. */
static void drop_list(JsTimers *timers, List *list)
{
  remove_list(timers, list);
  if (!timers->count) {
    timers->next_expiry = INFINITY;
  } else if (timers->heap[0]->expiry > timers->next_expiry) {
    double left = (timers->next_expiry = timers->heap[0]->expiry) - timers->host.now(timers->host.opaque);
    timers->host.schedule(timers->host.opaque, left > 1 ? left : 1);
  }
}

/* --- links ---------------------------------------------------------------------------------------------------------*/

/* What stands beside a timer in its list: a timer or the list. NULL: something else. */
JS_INLINE const Kind *neighbour_kind(JsHeap *heap, const JsTimers *timers, JsValue val)
{
  const Kind *timer = &timers->kinds[KIND_TIMER], *list = &timers->kinds[KIND_LIST];
  return fits(heap, timer, val) ? timer : fits(heap, list, val) ? list : NULL;
}
JS_INLINE void link_next(JsHeap *heap, const JsTimers *timers, const Kind *kind, JsValue val, JsValue next)
{
  put(heap, kind, js_as_object(val), kind == &timers->kinds[KIND_TIMER] ? (int)TIMER_NEXT : (int)LIST_NEXT, next);
}
JS_INLINE void link_previous(JsHeap *heap, const JsTimers *timers, const Kind *kind, JsValue val, JsValue previous)
{
  put(heap, kind, js_as_object(val), kind == &timers->kinds[KIND_TIMER] ? (int)TIMER_PREVIOUS : (int)LIST_PREVIOUS,
      previous);
}

/* Out of its list, if it is in one. False: nothing was changed, its neighbours are of no known kind. */
static bool unlink_timer(JsHeap *heap, const JsTimers *timers, JsObject *timer)
{
  const Kind *kind = &timers->kinds[KIND_TIMER];
  JsValue next = get(kind, timer, TIMER_NEXT), previous = get(kind, timer, TIMER_PREVIOUS);
  if (js_is_null(next) && js_is_null(previous))
    return true;
  const Kind *next_kind = neighbour_kind(heap, timers, next), *previous_kind = neighbour_kind(heap, timers, previous);
  if (!next_kind || !previous_kind)
    return false;
  link_previous(heap, timers, next_kind, next, previous);
  link_next(heap, timers, previous_kind, previous, next);
  put(heap, kind, timer, TIMER_NEXT, JS_NULL);
  put(heap, kind, timer, TIMER_PREVIOUS, JS_NULL);
  return true;
}

/* To the end of a list. False: nothing was changed. */
static bool append_timer(JsHeap *heap, const JsTimers *timers, const List *list, JsObject *timer)
{
  const Kind *timer_kind = &timers->kinds[KIND_TIMER], *list_kind = &timers->kinds[KIND_LIST];
  if (!fits(heap, list_kind, js_from_object(list->object)))
    return false;
  JsValue last = get(list_kind, list->object, LIST_PREVIOUS);
  const Kind *last_kind = neighbour_kind(heap, timers, last);
  if (!last_kind)
    return false;
  put(heap, timer_kind, timer, TIMER_PREVIOUS, last);
  put(heap, timer_kind, timer, TIMER_NEXT, js_from_object(list->object));
  link_next(heap, timers, last_kind, last, js_from_object(timer));
  put(heap, list_kind, list->object, LIST_PREVIOUS, js_from_object(timer));
  return true;
}

static void count_up(const JsTimers *timers)
{
  if ((*timers->host.live_timers)++ == 0)
    timers->host.keep_alive(timers->host.opaque, true);
}
static void count_down(const JsTimers *timers)
{
  if (--*timers->host.live_timers == 0)
    timers->host.keep_alive(timers->host.opaque, false);
}

/* --- functions -----------------------------------------------------------------------------------------------------*/

static JsTimers *timers_of(JsContext *cx)
{
  return cx->vm->timers;
}

static JsValue call_slow(JsContext *cx, int which, JsValue this_val, int argc, const JsValue *argv)
{
  return js_call(cx, timers_of(cx)->slow[which], this_val, argc, argv);
}

/* Surplus arguments of setTimeout and its kin, for the callback. */
static bool rest_of(JsContext *cx, int argc, const JsValue *argv, int from, JsValue *rest)
{
  *rest = JS_UNDEFINED;
  if (argc > from)
    *rest = js_from_cell(TRY_OR(false, array_from_values(cx, argv + from, (uint32_t)(argc - from))));
  return true;
}

/* (callback, after, ...args); magic: MAKES_* */
static JsValue set_timer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  JsHeap *heap = cx->heap;
  int magic = js_callee_magic(cx);
  JsValue after = js_arg(argc, argv, 1), rest;
  if (js_is_undefined(after))
    after = js_int32(1);
  if (js_unlikely(*timers->host.is_hooked || !js_is_callable(js_arg(argc, argv, 0)) || !js_is_number(after) ||
                  !(js_number_value(after) >= 1 && js_number_value(after) <= DURATION_MAX)))
    return call_slow(cx, magic & MAKES_REPEATED ? SLOW_SET_INTERVAL : SLOW_SET_TIMEOUT, js_boolean(magic & MAKES_REFED),
                     argc, argv);
  const Kind *kind = &timers->kinds[KIND_TIMER];
  if (js_unlikely(!kind->model))
    TRY(describe(cx, timers));
  TRY(rest_of(cx, argc, argv, 2, &rest));
  double now = timers->host.now(timers->host.opaque);
  uint32_t msecs = (uint32_t)js_number_value(after);
  JsObject *timer = copy_model(cx, kind);
  put(heap, kind, timer, TIMER_CALLBACK, argv[0]);
  put(heap, kind, timer, TIMER_DURATION, after);
  put(heap, kind, timer, TIMER_ARGS, rest);
  put(heap, kind, timer, TIMER_REPEAT, magic & MAKES_REPEATED ? after : JS_NULL);
  put(heap, kind, timer, TIMER_REFED, js_boolean(magic & MAKES_REFED));
  put(heap, kind, timer, TIMER_START, js_number(now));
  put(heap, kind, timer, TIMER_ID, js_number_u32(++timers->last_id));
  put(heap, kind, timer, TIMER_FRAME, cx->vm->async_context);
  List *list = find_list(timers, msecs);
  if (!list)
    list = add_list(cx, timers, msecs, now);
  if (magic & MAKES_REFED)
    count_up(timers);
  if (js_unlikely(!append_timer(heap, timers, list, timer))) {
    JsValue args[3] = {js_from_object(timer), js_from_object(list->object), js_number(now)};
    TRY(call_slow(cx, SLOW_INSERT, JS_UNDEFINED, 3, args));
  }
  return js_from_object(timer);
}

/* (timer) */
static JsValue clear_timer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  JsHeap *heap = cx->heap;
  const Kind *kind = &timers->kinds[KIND_TIMER];
  JsValue val = js_arg(argc, argv, 0);
  if (js_is_nullish(val))
    return JS_UNDEFINED;
  if (js_unlikely(*timers->host.is_hooked || !fits(heap, kind, val) ||
                  !js_same_bits(get(kind, js_as_object(val), TIMER_HAS_PRIMITIVE), JS_FALSE)))
    return call_slow(cx, SLOW_CLEAR, JS_UNDEFINED, argc, argv);
  JsObject *timer = js_as_object(val);
  if (!to_boolean(get(kind, timer, TIMER_CALLBACK)))
    return JS_UNDEFINED;
  JsValue next = get(kind, timer, TIMER_NEXT), previous = get(kind, timer, TIMER_PREVIOUS);
  bool is_destroyed = !js_same_bits(get(kind, timer, TIMER_DESTROYED), JS_FALSE);
  if (!is_destroyed && !unlink_timer(heap, timers, timer))
    return call_slow(cx, SLOW_CLEAR, JS_UNDEFINED, argc, argv);
  put(heap, kind, timer, TIMER_CALLBACK, JS_UNDEFINED);
  put(heap, kind, timer, TIMER_ARGS, JS_UNDEFINED);
  if (is_destroyed)
    return JS_UNDEFINED;
  put(heap, kind, timer, TIMER_DESTROYED, JS_TRUE);
  if (js_same_bits(get(kind, timer, TIMER_REFED), JS_TRUE)) {
    if (!js_is_null(next) && js_same_bits(next, previous)) {
      /* One whose timers run now goes in the end. */
      JsValue duration = get(kind, timer, TIMER_DURATION);
      double msecs = js_is_number(duration) ? js_number_value(duration) : -1;
      List *list = msecs >= 0 && msecs <= DURATION_MAX ? find_list(timers, (uint32_t)msecs) : NULL;
      if (list && js_same_bits(js_from_object(list->object), next))
        drop_list(timers, list);
    }
    count_down(timers);
  }
  put(heap, kind, timer, TIMER_DURATION, js_int32(-1));
  return JS_UNDEFINED;
}

/* Starts a timer, or starts it again. */
static JsValue insert(JsContext *cx, JsTimers *timers, JsValue timer, JsValue duration, double start)
{
  double msecs = js_is_number(duration) ? js_number_value(duration) : -1;
  if (!(msecs >= 0))
    return JS_UNDEFINED; /* cleared */
  if (!timers->kinds[KIND_TIMER].model)
    TRY(describe(cx, timers));
  uint32_t whole = msecs < DURATION_MAX ? (uint32_t)msecs : DURATION_MAX;
  List *list = find_list(timers, whole);
  if (!list)
    list = add_list(cx, timers, whole, start);
  JsHeap *heap = cx->heap;
  const Kind *kind = &timers->kinds[KIND_TIMER];
  if (fits(heap, kind, timer) && fits(heap, &timers->kinds[KIND_LIST], js_from_object(list->object))) {
    JsObject *obj = js_as_object(timer);
    bool unlinked = unlink_timer(heap, timers, obj);
    if (unlinked && append_timer(heap, timers, list, obj)) {
      if (!js_same_bits(get(kind, obj, TIMER_DESTROYED), JS_FALSE)) {
        /* What was cleared and is started again counts again. */
        put(heap, kind, obj, TIMER_DESTROYED, JS_FALSE);
        if (to_boolean(get(kind, obj, TIMER_REFED)))
          count_up(timers);
      }
      put(heap, kind, obj, TIMER_START, js_number(start));
      return JS_UNDEFINED;
    }
  }
  JsValue args[3] = {timer, js_from_object(list->object), js_number(start)};
  return call_slow(cx, SLOW_INSERT, JS_UNDEFINED, 3, args);
}

/* (timer, msecs, start) */
static JsValue insert_timer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue start = js_arg(argc, argv, 2);
  return insert(cx, timers_of(cx), js_arg(argc, argv, 0), js_arg(argc, argv, 1),
                js_is_number(start) ? js_number_value(start) : 0);
}

/* Timeout.prototype.refresh */
static JsValue refresh_timer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  const Kind *kind = &timers->kinds[KIND_TIMER];
  double now = timers->host.now(timers->host.opaque);
  JsValue duration = fits(cx->heap, kind, this_val)
                         ? get(kind, js_as_object(this_val), TIMER_DURATION)
                         : TRY(get_v(cx, this_val, key_from_c_string(cx->heap, "_idleTimeout")));
  TRY(insert(cx, timers, this_val, duration, now));
  return this_val;
}

static JsValue next_id(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number_u32(++timers_of(cx)->last_id);
}

/* The list that expires first, or undefined. */
static JsValue first_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  return timers->count ? js_from_object(timers->heap[0]->object) : JS_UNDEFINED;
}

/* All of them, by their expiry. */
static JsValue all_lists(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  JsArray *array = TRY(array_new(cx, 0));
  for (uint32_t k = 0; k < timers->count; k++)
    TRY(array_push_direct(cx, array, js_from_object(timers->heap[k]->object)));
  return js_from_cell(array);
}

/* The list with this object among those of its duration; NULL: it is none any more. */
static List *list_of(JsTimers *timers, JsValue object, JsValue msecs)
{
  double number = js_is_number(msecs) ? js_number_value(msecs) : -1;
  List *list = number >= 0 && number <= DURATION_MAX ? find_list(timers, (uint32_t)number) : NULL;
  return list && js_same_bits(js_from_object(list->object), object) ? list : NULL;
}

/* (list, msecs, expiry): its first timer expires later. */
static JsValue postpone_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  List *list = list_of(timers, js_arg(argc, argv, 0), js_arg(argc, argv, 1));
  JsValue expiry = js_arg(argc, argv, 2);
  if (list && js_is_number(expiry)) {
    list->expiry = js_number_value(expiry);
    if (fits(cx->heap, &timers->kinds[KIND_LIST], argv[0]))
      put(cx->heap, &timers->kinds[KIND_LIST], list->object, LIST_EXPIRY, expiry);
    sift_down(timers, list->position);
  }
  return JS_UNDEFINED;
}

/* (list, msecs, reschedules): it is empty; if it is one still. */
static JsValue end_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  List *list = list_of(timers, js_arg(argc, argv, 0), js_arg(argc, argv, 1));
  if (list && js_is_true(js_arg(argc, argv, 2)))
    drop_list(timers, list);
  else if (list)
    remove_list(timers, list);
  return JS_UNDEFINED;
}

/* (expiry): when the loop is going to call next. */
static JsValue set_next_expiry(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue expiry = js_arg(argc, argv, 0);
  if (js_is_number(expiry))
    timers_of(cx)->next_expiry = js_number_value(expiry);
  return JS_UNDEFINED;
}

/* (callback, ...args) */
static JsValue set_immediate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTimers *timers = timers_of(cx);
  JsHeap *heap = cx->heap;
  const Kind *kind = &timers->kinds[KIND_IMMEDIATE], *queue = &timers->kinds[KIND_QUEUE];
  JsValue rest;
  if (js_unlikely(!kind->model))
    TRY(describe(cx, timers));
  JsValue tail = get(queue, queue->model, QUEUE_TAIL);
  if (js_unlikely(*timers->host.is_hooked || !js_is_callable(js_arg(argc, argv, 0)) ||
                  !(js_is_null(tail) || fits(heap, kind, tail))))
    return call_slow(cx, SLOW_SET_IMMEDIATE, JS_UNDEFINED, argc, argv);
  TRY(rest_of(cx, argc, argv, 1, &rest));
  JsObject *immediate = copy_model(cx, kind);
  JsValue immediate_val = js_from_object(immediate);
  put(heap, kind, immediate, IMMEDIATE_CALLBACK, argv[0]);
  put(heap, kind, immediate, IMMEDIATE_ARGS, rest);
  put(heap, kind, immediate, IMMEDIATE_FRAME, cx->vm->async_context);
  if (js_is_null(tail)) {
    put(heap, queue, queue->model, QUEUE_HEAD, immediate_val);
  } else {
    put(heap, kind, js_as_object(tail), IMMEDIATE_NEXT, immediate_val);
    put(heap, kind, immediate, IMMEDIATE_PREVIOUS, tail);
  }
  put(heap, queue, queue->model, QUEUE_TAIL, immediate_val);
  timers->host.immediates[0]++;
  if (timers->host.immediates[1]++ == 0)
    timers->host.keep_turning(timers->host.opaque);
  return immediate_val;
}

/* --- setting up ----------------------------------------------------------------------------------------------------*/

static void trace_timers(JsTracer *tracer, void *opaque)
{
  JsTimers *timers = opaque;
  for (int k = 0; k < SLOW_COUNT; k++)
    gc_trace_value(tracer, timers->slow[k]);
  for (int k = 0; k < KIND_COUNT; k++)
    gc_trace_cell(tracer, timers->kinds[k].model);
  for (uint32_t k = 0; k < timers->count; k++)
    gc_trace_cell(tracer, timers->heap[k]->object);
}

static void free_timers(JsVm *vm)
{
  JsTimers *timers = vm->timers;
  gc_remove_root_source(vm->heap, &timers->roots);
  for (uint32_t k = 0; k < timers->count; k++)
    timers_release(timers, timers->heap[k], sizeof(List));
  timers_release(timers, timers->heap, timers->capacity * sizeof *timers->heap);
  timers_release(timers, timers->buckets, timers->bucket_count * sizeof *timers->buckets);
  timers_release(timers, timers, sizeof *timers);
  vm->timers = NULL;
}

JsValue js_timers_new(JsContext *cx, const JsTimerHost *host, JsValue slow)
{
  static const struct {
    const char *name;
    JsNativeFn fn;
    int length, magic;
  } rows[] = {
      {"setTimeout", set_timer, 2, MAKES_REFED},
      {"setInterval", set_timer, 2, MAKES_REFED | MAKES_REPEATED},
      {"setUnrefTimeout", set_timer, 2, 0},
      {"clearTimeout", clear_timer, 1, 0},
      {"clearInterval", clear_timer, 1, 0},
      {"refresh", refresh_timer, 0, 0},
      {"insert", insert_timer, 3, 0},
      {"nextId", next_id, 0, 0},
      {"firstList", first_list, 0, 0},
      {"allLists", all_lists, 0, 0},
      {"postponeList", postpone_list, 3, 0},
      {"endList", end_list, 3, 0},
      {"setNextExpiry", set_next_expiry, 1, 0},
      {"setImmediate", set_immediate, 1, 0},
  };
  JsVm *vm = cx->vm;
  if (vm->timers)
    return js_throw_type_error(cx, "there are timers already");
  JsTimers *timers = mem_alloc_zeroed(&vm->account, MEM_VM, sizeof *timers);
  JS_CHECK(timers != NULL);
  timers->host = *host;
  timers->vm = vm;
  timers->next_expiry = INFINITY;
  timers->last_id = 1;
  for (int k = 0; k < SLOW_COUNT; k++)
    timers->slow[k] = JS_UNDEFINED;
  timers->roots = (JsRootSource){.trace = trace_timers, .opaque = timers, .name = "timers"};
  gc_add_root_source(cx->heap, &timers->roots);
  vm->timers = timers;
  vm->free_timers = free_timers;
  for (int k = 0; k < SLOW_COUNT; k++)
    timers->slow[k] = TRY(get_v(cx, slow, key_from_c_string(cx->heap, slow_names[k])));
  JsObject *result = object_new(cx);
  for (size_t k = 0; k < JS_COUNTOF(rows); k++) {
    JsNativeFunction *fn =
        native_function_new(cx, rows[k].fn, key_from_c_string(cx->heap, rows[k].name), rows[k].length, NULL, 0);
    fn->magic = (int16_t)rows[k].magic;
    fn->obj.cell.aux |= NATIVE_OF_HOST;
    object_define_direct(cx->heap, result, key_from_c_string(cx->heap, rows[k].name), js_from_cell(fn), PROP_ALL);
  }
  return js_from_object(result);
}
