// SPDX-License-Identifier: MIT
/*
 * on, once, off and listenerCount of event emitters, over the table that emit.c describes; `_eventsCount` says how many
 * names it has. Each is made with the JavaScript function of the same purpose and does only what can be done without
 * calling anybody: listeners of 'newListener' and 'removeListener', warnings about many listeners, tables and emitters
 * of an unusual kind are that function's business, which starts from the unchanged state.
 */
#include "interp/emitter.h"

#include "interp/ic.h"
#include "object/elements.h"
#include "object/operations.h"
#include "object/property.h"

/* Of the methods. MODE: the symbol under which an emitter says that names stay in its table. LIMITS: an array whose
 * first element is the number of listeners that warns where the emitter has none of its own. */
enum { DATA_SLOW, DATA_MODE, DATA_LIMITS, DATA_COUNT };
/* Of what once() registers. */
enum { ONCE_TARGET, ONCE_NAME, ONCE_LISTENER, ONCE_FIRED, ONCE_COUNT };

typedef struct Listening {
  JsObject *emitter, *table;
  JsKey name;
  JsValue found; /* a function, an array or undefined */
} Listening;

static JsValue call_slow(JsContext *cx, JsNativeFunction *self, JsValue this_val, int argc, const JsValue *argv)
{
  return js_call(cx, slot_get(self->data[DATA_SLOW]), this_val, argc, argv);
}

/* An object whose own properties can be written and added in place. */
static bool is_plain(JsHeap *heap, const JsObject *obj)
{
  return obj->cell.kind == CELL_OBJECT && !(obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY | OBJECT_IS_PROTO)) &&
         !(object_shape(heap, obj)->cell.flags & (SHAPE_NOT_EXTENSIBLE | SHAPE_HAS_READONLY));
}

JsValue emitter_get(JsContext *cx, JsObject *obj, JsKey key)
{
  const JsIcEntry *entry = ic_mega_find(cx->vm->interp, obj, key);
  if (js_likely(entry != NULL))
    return ic_read_data(entry, obj);
  if (obj->cell.flags & OBJECT_EXOTIC)
    return JS_HOLE;
  /* FAST: that a table has no such name is not cached, as nothing but its shape says so. */
  if (is_plain(cx->heap, obj) && !object_proto(cx->heap, obj) &&
      !shape_lookup(cx->heap, object_shape(cx->heap, obj), key))
    return JS_UNDEFINED;
  JsLookup found;
  TRY(object_lookup(cx, obj, key, &found));
  return found.kind == LOOKUP_DATA || found.kind == LOOKUP_ABSENT ? get_property_cached(cx, obj, key) : JS_HOLE;
}

bool emitter_event_key(JsContext *cx, JsValue name, JsKey *key)
{
  if (js_is_string(name))
    *key = key_from_string(cx->heap, js_as_string(name));
  else if (js_is_symbol(name))
    *key = key_from_symbol((JsSymbol *)js_as_cell(name));
  else
    return false;
  return !key_is_index(*key);
}

/* The slot of an own property that is plain data; *owner: of the write barrier. NULL: there is none. */
static JsSlot *own_slot(JsHeap *heap, JsObject *obj, JsKey key, void **owner)
{
  JsShape *shape = object_shape(heap, obj);
  const JsPropertyEntry *entry = shape_lookup(heap, shape, key);
  if (!entry || (entry->attrs & (PROP_WRITABLE | PROP_ACCESSOR | PROP_LAZY)) != PROP_WRITABLE)
    return NULL;
  *owner = entry->slot < shape->inline_count ? (void *)obj : (void *)ptr_slot_get(obj->slots);
  return object_slot(shape, obj, entry->slot);
}

/* False: it is the JavaScript function's business. */
static bool look(JsContext *cx, JsValue this_val, JsValue name, Listening *out)
{
  if (!js_is_object(this_val) || !emitter_event_key(cx, name, &out->name))
    return false;
  out->emitter = js_as_object(this_val);
  JsValue table = emitter_get(cx, out->emitter, KEY(cx->heap, _events));
  if (!js_is_object(table) || !is_plain(cx->heap, js_as_object(table)))
    return false;
  out->table = js_as_object(table);
  out->found = emitter_get(cx, out->table, out->name);
  return js_is_undefined(out->found) || js_is_callable(out->found) || js_is_array_object(out->found);
}

static bool nobody_listens_to(JsContext *cx, const Listening *to, JsKey name)
{
  return js_is_undefined(emitter_get(cx, to->table, name));
}

/* _eventsCount, an own property with a small integer; NULL otherwise. */
static JsSlot *count_slot(JsContext *cx, const Listening *to, void **owner)
{
  JsSlot *slot = own_slot(cx->heap, to->emitter, KEY(cx->heap, _eventsCount), owner);
  return slot && js_is_int32(slot_get(*slot)) ? slot : NULL;
}

/* The table's entry under the name: written, or added to what inherits none. */
static void write_entry(JsHeap *heap, const Listening *to, JsValue val)
{
  void *owner;
  JsSlot *slot = own_slot(heap, to->table, to->name, &owner);
  if (slot)
    slot_set(heap, owner, slot, val);
  else
    object_define_direct(heap, to->table, to->name, val, PROP_ALL);
}

/* --- adding --------------------------------------------------------------------------------------------------------*/

/* Whether so many listeners for one event give no reason to warn. */
static bool is_few(JsContext *cx, JsNativeFunction *self, const Listening *to, uint32_t count)
{
  JsValue max = emitter_get(cx, to->emitter, KEY(cx->heap, _maxListeners));
  if (js_is_undefined(max))
    max = object_dense_get(js_as_object(slot_get(self->data[DATA_LIMITS])), 0);
  return js_is_number(max) && (count <= js_number_value(max) || js_number_value(max) == 0);
}

/* An array that can be changed in place. */
static JsElements *list_elements(const Listening *to)
{
  JsArray *list = js_as_array(to->found);
  JsElements *elements = ptr_slot_get(list->obj.elements);
  return elements && elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags &&
                 elements->length == list->length && !list->length_readonly
             ? elements
             : NULL;
}

/* The first listener of an emitter that has the properties for a table, but none yet. */
static bool make_table(JsContext *cx, JsValue this_val, JsValue name)
{
  JsHeap *heap = cx->heap;
  JsKey key;
  if (!js_is_object(this_val) || !emitter_event_key(cx, name, &key))
    return false;
  JsObject *emitter = js_as_object(this_val);
  void *events_owner, *count_owner;
  if (emitter->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY))
    return false;
  JsSlot *events = own_slot(heap, emitter, KEY(heap, _events), &events_owner);
  JsSlot *count = own_slot(heap, emitter, KEY(heap, _eventsCount), &count_owner);
  if (!events || !count || !js_is_undefined(slot_get(*events)))
    return false;
  slot_set(heap, count_owner, count, js_int32(0));
  slot_set(heap, events_owner, events, js_from_object(object_new_with_proto(cx, NULL)));
  return true;
}

/* *done false: nothing was changed that matters, it is the JavaScript function's business. Returns false on exception.
 */
static bool add(JsContext *cx, JsNativeFunction *self, JsValue this_val, JsValue name, JsValue listener, bool prepends,
                bool *done)
{
  JsHeap *heap = cx->heap;
  Listening to;
  void *owner;
  *done = false;
  if (!js_is_callable(listener) ||
      (!look(cx, this_val, name, &to) && !(make_table(cx, this_val, name) && look(cx, this_val, name, &to))) ||
      !nobody_listens_to(cx, &to, KEY(heap, newListener)))
    return true;
  if (js_is_undefined(to.found)) {
    JsSlot *count = count_slot(cx, &to, &owner);
    if (!count)
      return true;
    slot_set(heap, owner, count, js_number_i64(js_as_int32(slot_get(*count)) + INT64_C(1)));
    write_entry(heap, &to, listener);
  } else if (js_is_array_object(to.found)) {
    JsElements *elements = list_elements(&to);
    if (!elements || prepends || !is_few(cx, self, &to, elements->length + 1))
      return true;
    TRY_OR(false, array_push_direct(cx, js_as_array(to.found), listener));
  } else {
    if (!is_few(cx, self, &to, 2))
      return true;
    JsValue both[2] = {prepends ? listener : to.found, prepends ? to.found : listener};
    write_entry(heap, &to, js_from_cell(TRY_OR(false, array_from_values(cx, both, 2))));
  }
  *done = true;
  return true;
}

/* (name, listener) */
static JsValue add_listener(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  bool done = false;
  if (argc >= 2)
    TRY(add(cx, self, this_val, argv[0], argv[1], false, &done));
  return done ? this_val : call_slow(cx, self, this_val, argc, argv);
}

static JsValue prepend_listener(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  bool done = false;
  if (argc >= 2)
    TRY(add(cx, self, this_val, argv[0], argv[1], true, &done));
  return done ? this_val : call_slow(cx, self, this_val, argc, argv);
}

/* --- removing ------------------------------------------------------------------------------------------------------*/

/* It is the listener, or what once() made of it. */
static bool stands_for(JsContext *cx, JsValue entry, JsValue listener)
{
  return js_same_bits(entry, listener) ||
         (js_is_object(entry) && js_same_bits(emitter_get(cx, js_as_object(entry), KEY(cx->heap, listener)), listener));
}

/* The name has no listener any more. False: nothing was changed. */
static bool remove_name(JsContext *cx, JsNativeFunction *self, const Listening *to)
{
  JsHeap *heap = cx->heap;
  void *count_owner, *owner;
  JsSlot *count = count_slot(cx, to, &count_owner), *entry = own_slot(heap, to->table, to->name, &owner);
  JsKey mode_key = key_from_symbol((JsSymbol *)js_as_cell(slot_get(self->data[DATA_MODE])));
  JsValue mode = emitter_get(cx, to->emitter, mode_key);
  if (!count || !entry || (!js_is_boolean(mode) && !js_is_undefined(mode)))
    return false;
  int32_t left = js_as_int32(slot_get(*count)) - 1;
  JsShape *shape = object_shape(heap, to->table);
  bool is_last_left = left == 0 && !js_same_bits(mode, JS_TRUE);
  if (is_last_left && (shape->cell.flags & SHAPE_DICTIONARY)) {
    void *events_owner;
    JsSlot *events = own_slot(heap, to->emitter, KEY(heap, _events), &events_owner);
    if (!events)
      return false;
    slot_set(heap, events_owner, events, js_from_object(object_new_with_proto(cx, NULL)));
  } else if (js_same_bits(mode, JS_TRUE)) {
    slot_set(heap, owner, entry, JS_UNDEFINED);
  } else {
    object_remove_property(heap, to->table, to->name);
  }
  slot_set(heap, count_owner, count, js_int32(left));
  return true;
}

static bool remove_from_list(JsContext *cx, const Listening *to, JsElements *elements, JsValue listener)
{
  JsArray *list = js_as_array(to->found);
  uint32_t at = elements->length;
  while (at > 0 && !stands_for(cx, slot_get(elements->v[at - 1]), listener))
    at--;
  if (at == 0)
    return false;
  memmove(elements->v + at - 1, elements->v + at, (elements->length - at) * sizeof *elements->v);
  list->length = --elements->length;
  gc_barrier(cx->heap, elements);
  if (elements->length == 1)
    write_entry(cx->heap, to, slot_get(elements->v[0]));
  return true;
}

/* False: nothing was changed, it is the JavaScript function's business. */
static bool take_out(JsContext *cx, JsNativeFunction *self, JsValue this_val, JsValue name, JsValue listener)
{
  Listening to;
  if (!js_is_callable(listener) || !look(cx, this_val, name, &to))
    return false;
  if (js_is_undefined(to.found))
    return true;
  if (!nobody_listens_to(cx, &to, KEY(cx->heap, removeListener)))
    return false;
  if (!js_is_array_object(to.found))
    return !stands_for(cx, to.found, listener) || remove_name(cx, self, &to);
  JsElements *elements = list_elements(&to);
  return elements && elements->length > 1 && remove_from_list(cx, &to, elements, listener);
}

static JsValue remove_listener(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  if (argc >= 2 && take_out(cx, self, this_val, argv[0], argv[1]))
    return this_val;
  return !js_is_hole(cx->exception) ? JS_EXCEPTION : call_slow(cx, self, this_val, argc, argv);
}

/* --- once ----------------------------------------------------------------------------------------------------------*/

static bool is_native(JsValue val, JsNativeFn fn)
{
  return js_is_kind(val, CELL_NATIVE_FUNCTION) && js_as_native_function(val)->fn == fn;
}

/* What the emitter has for it is the method made here; NULL otherwise. */
static JsNativeFunction *own_method(JsContext *cx, JsValue emitter, JsKey name, JsNativeFn fn)
{
  if (!js_is_object(emitter))
    return NULL;
  JsValue method = emitter_get(cx, js_as_object(emitter), name);
  return is_native(method, fn) ? js_as_native_function(method) : NULL;
}

/* The function that once() registers. */
static JsValue call_once(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  if (js_same_bits(slot_get(self->data[ONCE_FIRED]), JS_TRUE))
    return JS_UNDEFINED;
  JsValue target = slot_get(self->data[ONCE_TARGET]);
  JsValue remove = TRY(get_v(cx, target, KEY(cx->heap, removeListener)));
  JsValue args[2] = {slot_get(self->data[ONCE_NAME]), js_from_cell(self)};
  TRY(js_call(cx, remove, target, 2, args));
  slot_set(cx->heap, self, &self->data[ONCE_FIRED], JS_TRUE);
  return js_call(cx, slot_get(self->data[ONCE_LISTENER]), target, argc, argv);
}

bool emitter_is_once(JsValue registered, JsValue emitter, JsValue *listener)
{
  if (!is_native(registered, call_once))
    return false;
  const JsNativeFunction *wrapper = js_as_native_function(registered);
  if (!js_same_bits(slot_get(wrapper->data[ONCE_TARGET]), emitter) ||
      js_same_bits(slot_get(wrapper->data[ONCE_FIRED]), JS_TRUE))
    return false;
  *listener = slot_get(wrapper->data[ONCE_LISTENER]);
  return true;
}

JsValue emitter_add(JsContext *cx, JsValue base, JsValue emitter, JsValue name, JsValue listener, bool *done)
{
  JsNativeFunction *method = own_method(cx, base, KEY(cx->heap, on), add_listener);
  *done = false;
  if (method)
    TRY(add(cx, method, emitter, name, listener, false, done));
  return JS_UNDEFINED;
}

bool emitter_take_once(JsContext *cx, JsValue registered)
{
  JsNativeFunction *wrapper = js_as_native_function(registered);
  JsValue target = slot_get(wrapper->data[ONCE_TARGET]);
  JsNativeFunction *remove = own_method(cx, target, KEY(cx->heap, removeListener), remove_listener);
  if (!remove || !take_out(cx, remove, target, slot_get(wrapper->data[ONCE_NAME]), registered))
    return false;
  slot_set(cx->heap, wrapper, &wrapper->data[ONCE_FIRED], JS_TRUE);
  return true;
}

static JsValue once(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  if (argc < 2 || !js_is_callable(argv[1]) || !js_is_object(this_val))
    return call_slow(cx, self, this_val, argc, argv);
  JsValue data[ONCE_COUNT] = {this_val, argv[0], argv[1], JS_FALSE};
  JsNativeFunction *wrapper = native_function_new(cx, call_once, KEY(cx->heap, wrapper), 0, data, ONCE_COUNT);
  object_define_direct(cx->heap, &wrapper->obj, KEY(cx->heap, listener), argv[1], PROP_ALL);
  JsValue args[2] = {argv[0], js_from_cell(wrapper)};
  JsNativeFunction *on = own_method(cx, this_val, KEY(cx->heap, on), add_listener);
  bool done = false;
  if (on)
    TRY(add(cx, on, this_val, args[0], args[1], false, &done));
  if (!done) {
    JsValue method = TRY(get_v(cx, this_val, KEY(cx->heap, on)));
    TRY(js_call(cx, method, this_val, 2, args));
  }
  return this_val;
}

/* --- asking --------------------------------------------------------------------------------------------------------*/

/* (name [, listener]) */
static JsValue listener_count(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsNativeFunction *self = (JsNativeFunction *)js_callee(cx);
  Listening to;
  if (argc < 1 || (argc > 1 && !js_is_nullish(argv[1])) || !look(cx, this_val, argv[0], &to))
    return !js_is_hole(cx->exception) ? JS_EXCEPTION : call_slow(cx, self, this_val, argc, argv);
  if (js_is_undefined(to.found))
    return js_int32(0);
  return js_is_array_object(to.found) ? js_number_u32(js_as_array(to.found)->length) : js_int32(1);
}

JsValue emitter_methods_new(JsContext *cx, JsObject *slow, JsValue mode, JsValue limits)
{
  static const struct {
    const char *name;
    JsNativeFn fn;
  } rows[] = {
      {"addListener", add_listener},       {"prependListener", prepend_listener}, {"once", once},
      {"removeListener", remove_listener}, {"listenerCount", listener_count},
  };
  JsObject *methods = object_new(cx);
  for (size_t k = 0; k < JS_COUNTOF(rows); k++) {
    JsKey name = key_from_c_string(cx->heap, rows[k].name);
    JsValue data[DATA_COUNT] = { TRY(get_property(cx, slow, name)), mode, limits };
    if (!js_is_callable(data[DATA_SLOW]))
      return throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, data[DATA_SLOW]);
    object_define_direct(cx->heap, methods, name,
                         js_from_cell(native_function_new(cx, rows[k].fn, name, 2, data, DATA_COUNT)), PROP_ALL);
  }
  return js_from_object(methods);
}
