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

/* --- the cache of emit ---------------------------------------------------------------------------------------------*/

JS_INLINE JsEmitEntry *emit_cache_place(JsInterp *interp, const JsObject *emitter, uint64_t name)
{
  uint64_t hash = (name >> 4) ^ emitter->cell.word;
  return &interp->emits[(hash ^ hash >> 6) & (EMIT_CACHE_SIZE - 1)];
}
JS_INLINE JsValue emit_at_place(JsObject *obj, uint32_t place)
{
  return slot_get(place & 1 ? *ic_inline_slot(obj, place >> 1) : *ic_vector_slot(obj, place >> 1));
}

/* FAST: what listens to the event argv[0] of an object, by an entry that is true still. The hole: look further. */
JS_INLINE JsValue emit_cached_listener(JsContext *cx, JsValue emitter, JsValue name, const JsEmitEntry **entry)
{
  if (js_unlikely(!js_is_object(emitter) || !cx->vm->interp))
    return JS_HOLE;
  /* An atom's value and its key have the same bits. */
  JsObject *obj = js_as_object(emitter);
  const JsEmitEntry *found = emit_cache_place(cx->vm->interp, obj, name.bits);
  if (js_unlikely(found->name != name.bits || found->emitter_shape != obj->cell.word))
    return JS_HOLE;
  JsValue table = emit_at_place(obj, found->table);
  if (js_unlikely(!js_is_object(table) || js_as_cell(table)->word != found->table_shape ||
                  !js_same_bits(emit_at_place(obj, found->capture), JS_FALSE)))
    return JS_HOLE;
  *entry = found;
  return emit_at_place(js_as_object(table), found->listener);
}

/* emit.c: the listeners of an array are called. CALL_FAILED with nothing pending: nothing was changed. */
JS_MUST_USE JsCallOutcome emit_begin_list(JsContext *cx, JsValue *window, uint32_t argc, JsValue found,
                                          uint32_t result_register, JsValue *result);

/* FAST: the window of emit becomes its listener's, when that is the plain function it was before. If not, *listener is
 * what else was found, or the hole. */
JS_INLINE bool emit_takes_window(JsContext *cx, JsValue *window, uint32_t *argc, JsValue *listener)
{
  JsValue *args = window + FRAME_WORDS + 1;
  const JsEmitEntry *entry;
  *listener = JS_HOLE;
  if (js_unlikely(!*argc))
    return false;
  *listener = emit_cached_listener(cx, window[FRAME_WORDS], args[0], &entry);
  if (js_is_hole(*listener) || listener->bits != entry->plain)
    return false;
  uint32_t given = --*argc;
  for (uint32_t k = 0; k < given; k++)
    args[k] = args[k + 1];
  window[0] = *listener;
  return true;
}

#endif
