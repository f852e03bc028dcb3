// SPDX-License-Identifier: MIT
/*
 * Atomics.wait, waitAsync and notify (ecma262#sec-atomics-object).
 *
 * A shared store has a mutex, and a list of those who wait on addresses in it, in order of arrival. A waiting thread's
 * entry stands on its C stack with a condition of its own; it wakes up now and then to look at its Vm's interrupts, so
 * that it can be terminated. An asynchronous wait is in malloc memory and in its Vm's list as well: whoever notifies it
 * marks it and calls the host's `wake`, and the Vm's own thread settles the promise in atomics_settle_waits. All fields
 * that two threads touch are the mutex's; a Vm that goes away takes its waits out of their stores first.
 */
#include "builtins/atomics.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "interp/promise.h"

/* How long a waiter sleeps before it looks at interrupts. */
#define WAIT_SLICE_NS 20000000ull

struct JsSharedWaiter {
  struct JsSharedWaiter *next;
  const void *address;
  JsVm *vm;                /* asynchronous only: whom to wake */
  pthread_cond_t woken_up; /* of a sleeping thread */
  bool notified;
};

typedef struct JsAsyncWait {
  struct JsSharedWaiter waiter;
  struct JsAsyncWait *next; /* in the Vm's list */
  JsSharedStore *store;     /* a reference of its own */
  JsRoot promise;
  uint64_t deadline; /* UINT64_MAX: none */
} JsAsyncWait;

static void enlist(JsSharedStore *store, struct JsSharedWaiter *waiter)
{
  struct JsSharedWaiter **link = &store->waiters;
  while (*link)
    link = &(*link)->next;
  *link = waiter;
}

static void delist(JsSharedStore *store, struct JsSharedWaiter *waiter)
{
  for (struct JsSharedWaiter **link = &store->waiters; *link; link = &(*link)->next) {
    if (*link == waiter) {
      *link = waiter->next;
      return;
    }
  }
}

static uint64_t monotonic_now(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

/* Sleeps until notified or the deadline (UINT64_MAX: none). The store's mutex is held. False: an interrupt threw. */
static bool sleep_until(JsContext *cx, JsSharedStore *store, struct JsSharedWaiter *waiter, uint64_t deadline)
{
  while (!waiter->notified) {
    uint64_t now = monotonic_now(), until = now + WAIT_SLICE_NS;
    if (now >= deadline)
      return true;
    if (until > deadline)
      until = deadline;
    struct timespec at = {(time_t)(until / 1000000000ull), (long)(until % 1000000000ull)};
    pthread_cond_timedwait(&waiter->woken_up, &store->mutex, &at);
    if (!waiter->notified && atomic_load_explicit(&cx->vm->interrupts, memory_order_relaxed)) {
      pthread_mutex_unlock(&store->mutex);
      bool go_on = vm_poll(cx);
      pthread_mutex_lock(&store->mutex);
      if (!go_on)
        return false;
    }
  }
  return true;
}

/* What a wait is about, once its arguments are converted. */
typedef struct WaitRequest {
  JsSharedStore *store;
  JsArrayElement type;
  void *address;
  uint64_t expected;
  uint64_t deadline;
  bool no_time; /* a timeout of zero */
} WaitRequest;

static bool wait_here(JsContext *cx, const WaitRequest *request, AtomicsWaitResult *result)
{
  JsSharedStore *store = request->store;
  struct JsSharedWaiter waiter = {.address = request->address};
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&waiter.woken_up, &attributes);
  pthread_condattr_destroy(&attributes);
  bool ok = true;
  pthread_mutex_lock(&store->mutex);
  if (atomics_load_word(request->type, request->address) != request->expected) {
    *result = ATOMICS_NOT_EQUAL;
  } else {
    enlist(store, &waiter);
    ok = sleep_until(cx, store, &waiter, request->deadline);
    if (!waiter.notified)
      delist(store, &waiter);
    *result = waiter.notified ? ATOMICS_WOKEN : ATOMICS_TIMED_OUT;
  }
  pthread_mutex_unlock(&store->mutex);
  pthread_cond_destroy(&waiter.woken_up);
  return ok;
}

bool atomics_wait_word(JsContext *cx, JsSharedStore *store, JsArrayElement type, void *address, uint64_t expected,
                       int64_t timeout, AtomicsWaitResult *result)
{
  uint64_t deadline = UINT64_MAX;
  if (timeout >= 0 && __builtin_add_overflow(monotonic_now(), (uint64_t)timeout, &deadline))
    deadline = UINT64_MAX;
  WaitRequest request = {store, type, address, expected, deadline, false};
  return wait_here(cx, &request, result);
}

/* --- asynchronous waits ------------------------------------------------------------------------------------------ */

static void free_wait(JsVm *vm, JsAsyncWait *wait)
{
  shared_store_release(wait->store);
  gc_root_remove(vm->heap, &wait->promise);
  mem_free(&vm->account, MEM_VM, wait, sizeof *wait);
}

static void free_waits(JsVm *vm)
{
  while (vm->async_waits) {
    JsAsyncWait *wait = vm->async_waits;
    vm->async_waits = wait->next;
    pthread_mutex_lock(&wait->store->mutex);
    if (!wait->waiter.notified)
      delist(wait->store, &wait->waiter);
    pthread_mutex_unlock(&wait->store->mutex);
    free_wait(vm, wait);
  }
}

bool atomics_has_waits(const JsVm *vm)
{
  return vm->async_waits != NULL;
}

uint64_t atomics_settle_waits(JsContext *cx)
{
  JsVm *vm = cx->vm;
  uint64_t now = monotonic_now(), next = UINT64_MAX;
  for (JsAsyncWait **link = &vm->async_waits; *link;) {
    JsAsyncWait *wait = *link;
    pthread_mutex_lock(&wait->store->mutex);
    bool notified = wait->waiter.notified, timed_out = !notified && wait->deadline <= now;
    if (timed_out)
      delist(wait->store, &wait->waiter);
    pthread_mutex_unlock(&wait->store->mutex);
    if (!notified && !timed_out) {
      if (wait->deadline != UINT64_MAX && wait->deadline - now < next)
        next = wait->deadline - now;
      link = &wait->next;
      continue;
    }
    *link = wait->next;
    promise_fulfill(cx, js_as_promise(wait->promise.val),
                    js_from_cell(string_from_c_string(cx->heap, notified ? "ok" : "timed-out")));
    free_wait(vm, wait);
  }
  return next;
}

static JsValue wait_result(JsContext *cx, bool is_async, JsValue val)
{
  JsObject *result = object_new(cx);
  TRY(create_data_property_or_throw(cx, result, key_from_c_string(cx->heap, "async"), js_boolean(is_async)));
  TRY(create_data_property_or_throw(cx, result, KEY(cx->heap, value), val));
  return js_from_object(result);
}

static JsValue wait_later(JsContext *cx, const WaitRequest *request)
{
  JsVm *vm = cx->vm;
  JsSharedStore *store = request->store;
  JsAsyncWait *wait = mem_alloc_zeroed(&vm->account, MEM_VM, sizeof *wait);
  if (!wait)
    return throw_out_of_memory(cx);
  JsPromise *promise = promise_new(cx);
  wait->waiter.address = request->address;
  wait->waiter.vm = vm;
  wait->deadline = request->deadline;
  wait->store = store;
  const char *at_once = NULL;
  pthread_mutex_lock(&store->mutex);
  if (atomics_load_word(request->type, request->address) != request->expected)
    at_once = "not-equal";
  else if (request->no_time)
    at_once = "timed-out";
  else
    enlist(store, &wait->waiter);
  pthread_mutex_unlock(&store->mutex);
  if (at_once) {
    mem_free(&vm->account, MEM_VM, wait, sizeof *wait);
    return wait_result(cx, false, js_from_cell(string_from_c_string(cx->heap, at_once)));
  }
  shared_store_retain(store);
  gc_root_add(cx->heap, &wait->promise, js_from_object(&promise->obj), "Atomics.waitAsync");
  JsAsyncWait **link = &vm->async_waits;
  while (*link) /* those with the same deadline are settled in order of arrival */
    link = &(*link)->next;
  *link = wait;
  vm->free_async_waits = free_waits;
  if (wait->deadline != UINT64_MAX && vm->hooks.wake)
    vm->hooks.wake(vm, vm->hooks.opaque); /* the host learns of the deadline */
  return wait_result(cx, true, js_from_object(&promise->obj));
}

/* DoWait ( mode, typedArray, index, value, timeout )  ecma262#sec-dowait; magic: the mode */
JsValue atomics_wait(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool is_async = js_callee_magic(cx) == ATOMICS_WAIT_ASYNC;
  const char *name = is_async ? "Atomics.waitAsync" : "Atomics.wait";
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_WAITABLE, name));
  JsArrayBuffer *buffer = ptr_slot_get(array->buffer);
  if (!array_buffer_is_shared(buffer))
    return throw_error(cx, JS_MSG_NOT_SHARED_TYPED_ARRAY, argv[0]);
  WaitRequest request = {.store = buffer->store, .type = typed_array_type(array), .deadline = UINT64_MAX};
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  JsValue expected;
  if (request.type == ELEMENT_BIGINT64) {
    expected = TRY(to_element_value(cx, request.type, js_arg(argc, argv, 2)));
  } else {
    int32_t i;
    TRY(to_int32(cx, js_arg(argc, argv, 2), &i));
    expected = js_int32(i);
  }
  request.expected = atomics_word_of(request.type, expected);
  double timeout;
  TRY(to_number_double(cx, js_arg(argc, argv, 3), &timeout));
  if (!isnan(timeout) && timeout < 1e12) /* beyond three decades is for ever */
    request.deadline = monotonic_now() + (timeout > 0 ? (uint64_t)(timeout * 1e6) : 0);
  request.no_time = timeout <= 0;
  if (!is_async && cx->vm->options.cannot_block)
    return throw_error(cx, JS_MSG_ATOMICS_WAIT_NOT_ALLOWED);
  request.address = typed_array_at(array, index);
  if (is_async)
    return wait_later(cx, &request);
  static const char *const texts[] = {"ok", "not-equal", "timed-out"};
  AtomicsWaitResult result;
  TRY(wait_here(cx, &request, &result));
  js_keep_alive(js_from_object(&array->obj));
  return js_from_cell(string_from_c_string(cx->heap, texts[result]));
}

/* --- notifying --------------------------------------------------------------------------------------------------- */

/* The store's mutex is held: neither the waiter nor its Vm goes away meanwhile. */
static void wake_up(struct JsSharedWaiter *waiter)
{
  waiter->notified = true;
  if (!waiter->vm)
    pthread_cond_signal(&waiter->woken_up);
  else if (waiter->vm->hooks.wake)
    waiter->vm->hooks.wake(waiter->vm, waiter->vm->hooks.opaque);
}

uint32_t atomics_notify_word(JsSharedStore *store, const void *address, double count)
{
  uint32_t woken = 0;
  pthread_mutex_lock(&store->mutex);
  for (struct JsSharedWaiter **link = &store->waiters; *link && woken < count;) {
    struct JsSharedWaiter *waiter = *link;
    if (waiter->address != address) {
      link = &waiter->next;
      continue;
    }
    *link = waiter->next;
    wake_up(waiter);
    woken++;
  }
  pthread_mutex_unlock(&store->mutex);
  return woken;
}

/* Atomics.notify ( typedArray, index, count )  ecma262#sec-atomics.notify */
JsValue atomics_notify(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_WAITABLE, "Atomics.notify"));
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  double count = INFINITY;
  if (!js_is_undefined(js_arg(argc, argv, 2))) {
    TRY(to_integer_or_infinity(cx, argv[2], &count));
    if (count < 0)
      count = 0;
  }
  JsArrayBuffer *buffer = ptr_slot_get(array->buffer);
  if (!array_buffer_is_shared(buffer))
    return js_int32(0);
  return js_int32((int32_t)atomics_notify_word(buffer->store, typed_array_at(array, index), count));
}
