/* SPDX-License-Identifier: MIT */
/* What Atomics' files share, and the host's side of Atomics.waitAsync. */
#ifndef BUILTINS_ATOMICS_H
#define BUILTINS_ATOMICS_H

#include "builtins/typed_array_builtin.h"

typedef enum { ATOMICS_ANY_INTEGER, ATOMICS_WAITABLE } AtomicsWanted;

/* ValidateIntegerTypedArray ( typedArray, waitable )  ecma262#sec-validateintegertypedarray. NULL: exception. */
JS_MUST_USE JsTypedArray *atomics_validate_array(JsContext *cx, JsValue val, AtomicsWanted wanted, const char *method);
/* ValidateAtomicAccess ( taRecord, requestIndex )  ecma262#sec-validateatomicaccess */
JS_MUST_USE bool atomics_validate_access(JsContext *cx, JsTypedArray *array, JsValue request, size_t *index);
uint64_t atomics_load_word(JsArrayElement type, void *address);
/* The element's bits for a converted value. */
uint64_t atomics_word_of(JsArrayElement type, JsValue numeric);

/* atomics_wait.c; magic of atomics_wait */
enum { ATOMICS_WAIT_SYNC, ATOMICS_WAIT_ASYNC };
JsValue atomics_wait(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue atomics_notify(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
/* In this order, WebAssembly's results of memory.atomic.wait. */
typedef enum { ATOMICS_WOKEN, ATOMICS_NOT_EQUAL, ATOMICS_TIMED_OUT } AtomicsWaitResult;
/* Sleeps until notified; timeout in nanoseconds, below zero: none. False: an interrupt threw. */
JS_MUST_USE bool atomics_wait_word(JsContext *cx, JsSharedStore *store, JsArrayElement type, void *address,
                                   uint64_t expected, int64_t timeout, AtomicsWaitResult *result);
/* How many of those who wait on the address were woken, `count` at most. */
uint32_t atomics_notify_word(JsSharedStore *store, const void *address, double count);
/* Settles the promises of this Vm's asynchronous waits that were notified or timed out: what a host does on its Vm's
 * thread after JsHostHooks.wake. Gives the nanoseconds until the next one times out; UINT64_MAX when none does. */
uint64_t atomics_settle_waits(JsContext *cx);
/* Are there asynchronous waits that may still be settled? */
bool atomics_has_waits(const JsVm *vm);

#endif
