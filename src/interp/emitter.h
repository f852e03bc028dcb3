// SPDX-License-Identifier: MIT
/* What emit.c and emitter.c share: looking at emitters and their tables of listeners without running user code. */
#ifndef INTERP_EMITTER_H
#define INTERP_EMITTER_H

#include "interp/interp.h"

/* A data property, also an inherited one. The hole: not so simple; an exception may be pending. */
JsValue emitter_get(JsContext *cx, JsObject *obj, JsKey key);
/* The key of an event's name. False: none that the table has as a named property. */
bool emitter_event_key(JsContext *cx, JsValue name, JsKey *key);
/* What once() of this emitter registered, not called yet: *listener is what it stands for. */
bool emitter_is_once(JsValue registered, JsValue emitter, JsValue *listener);
/* It is called in place of such a function: the latter is taken out of the table and done with. False: nothing was
 * changed, because that would call JavaScript. */
JS_MUST_USE bool emitter_take_once(JsContext *cx, JsValue registered);

/* Stream code's `on`: the method that `base` has for it adds the listener, when it is the one made here and has nobody
 * to call. *done false: nothing was changed that matters. Returns undefined or an exception. */
JS_MUST_USE JsValue emitter_add(JsContext *cx, JsValue base, JsValue emitter, JsValue name, JsValue listener,
                                bool *done);
/* emitter.emit(name, ...). */
JS_MUST_USE JsValue emitter_emit(JsContext *cx, JsValue emitter, JsKey name, int argc, const JsValue *argv);
/* process.nextTick(argv[0], ...). */
JS_MUST_USE JsValue ticks_defer(JsContext *cx, JsValue process, int argc, const JsValue *argv);

#endif
