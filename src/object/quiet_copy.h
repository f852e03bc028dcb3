// SPDX-License-Identifier: MIT
/*
 * Own properties of plain objects read and copied in bulk, for spread, rest, Object.assign, keys, values and entries:
 * what no program can watch is done without key lists and descriptors. Both functions stop where a getter, a setter or
 * an object out of the ordinary would have a say, and the caller goes on by the specification's steps.
 */
#ifndef OBJECT_QUIET_COPY_H
#define OBJECT_QUIET_COPY_H

#include "object/elements.h"
#include "object/operations.h"

typedef enum {
  COPY_BY_DEFINE, /* CreateDataProperty */
  COPY_BY_SET,    /* Set */
} JsQuietCopy;

/* Copies own enumerable properties but the excluded ones; the number of keys, in [[OwnPropertyKeys]]' order, that are
 * done with. No program has run. */
uint32_t copy_properties_quietly(JsHeap *heap, JsObject *target, JsObject *from, JsQuietCopy how, const JsKey *excluded,
                                 uint32_t excluded_count);
/* EnumerableOwnProperties, or NULL without an exception. */
JsElements *own_properties_quietly(JsContext *cx, JsObject *obj, JsOwnKind kind);

#endif
