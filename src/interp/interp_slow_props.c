// SPDX-License-Identifier: MIT
/* Named and indexed property access beyond the caches' first entry: lookup, learning, and the general operations. */
#include "interp/interp.h"

#include "interp/interp_hits.h"
#include "object/compare.h"
#include "object/property.h"
#include "object/proxy.h"
#include "object/typed_array.h"

/* --- get --------------------------------------------------------------------------------------------------------- */

/* A getter of @@species. */
JS_INLINE bool returns_this(JsValue getter)
{
  return js_is_kind(getter, CELL_NATIVE_FUNCTION) && js_as_native_function(getter)->magic == NATIVE_RETURNS_THIS_MAGIC;
}

/* Does what a read entry says; the hole when its validity cell is dead. obj is NULL for primitives. */
static JsValue entry_get(JsContext *cx, const JsIcEntry *entry, JsObject *obj, JsValue receiver)
{
  JsObject *holder = obj;
  if (ptr_slot_get(entry->validity)) {
    if (!ptr_slot_get(entry->validity)->valid)
      return JS_HOLE;
    holder = ptr_slot_get(entry->holder);
  }
  switch (entry->kind) {
  case IC_OWN_INLINE:
  case IC_PROTO_INLINE:
  case IC_OWN_SLOTS:
  case IC_PROTO_SLOTS: return slot_get(*ic_read_slot(entry, holder));
  case IC_ABSENT: return JS_UNDEFINED;
  case IC_OWN_GETTER_INLINE:
  case IC_PROTO_GETTER_INLINE:
  case IC_OWN_GETTER_SLOTS:
  case IC_PROTO_GETTER_SLOTS: {
    JsValue getter = ic_getter(entry, obj);
    if (js_is_hole(getter))
      return JS_HOLE;
    if (returns_this(getter))
      return receiver;
    return js_is_undefined(getter) ? JS_UNDEFINED : js_call0(cx, getter, receiver);
  }
  default: return JS_HOLE;
  }
}

/* Makes a read entry from a lookup. False: not cacheable. start: the object where the lookup began. */
static bool entry_from_lookup(JsHeap *heap, JsIcEntry *entry, uint32_t shape, const JsLookup *found, JsObject *start,
                              bool receiver_is_primitive)
{
  *entry = ic_entry(shape, IC_EMPTY, 0);
  JsProtoInfo *validity = found->validity;
  /* An own property of a prototype object is guarded by its validity cell as well. */
  bool own = found->kind != LOOKUP_ABSENT && found->holder == start && !receiver_is_primitive && !validity;
  if (receiver_is_primitive)
    validity = shape_proto_validity(heap, start);
  if (found->kind == LOOKUP_ABSENT) {
    if (!validity && (receiver_is_primitive || object_proto(heap, start)))
      return false;
    entry->kind = IC_ABSENT;
    ptr_slot_init(&entry->validity, validity);
    return true;
  }
  if (found->kind != LOOKUP_DATA && found->kind != LOOKUP_ACCESSOR)
    return false;
  if (!own && !validity)
    return false;
  JsIcKind kind = found->kind == LOOKUP_DATA ? (own ? IC_OWN_INLINE : IC_PROTO_INLINE)
                                             : (own ? IC_OWN_GETTER_INLINE : IC_PROTO_GETTER_INLINE);
  ic_entry_slot(entry, object_shape(heap, found->holder), kind, found->slot);
  if (!own) {
    ptr_slot_init(&entry->holder, found->holder);
    ptr_slot_init(&entry->validity, validity);
  }
  return true;
}

/* The read entry of the Vm's cache for an object, made when it can be; *entry has kind IC_EMPTY otherwise. */
static bool mega_lookup(JsContext *cx, JsObject *obj, JsKey key, JsIcEntry *entry)
{
  JsMegaEntry *mega = ic_mega_entry(cx, obj->cell.word, key);
  if (js_likely(mega->key == key.bits && mega->entry.shape == obj->cell.word &&
                (!ptr_slot_get(mega->entry.validity) || ptr_slot_get(mega->entry.validity)->valid))) {
    *entry = mega->entry;
    return true;
  }
  JsLookup found;
  TRY_OR(false, object_lookup(cx, obj, key, &found));
  if (entry_from_lookup(cx->heap, entry, obj->cell.word, &found, obj, false)) {
    mega = ic_mega_entry(cx, obj->cell.word, key);
    mega->key = key.bits;
    mega->entry = *entry;
  } else {
    *entry = ic_entry(IC_NO_SHAPE, IC_EMPTY, 0);
  }
  return true;
}

/* FAST: what the Vm's cache answers without running a program: data, @@species. The hole: ask mega_lookup. */
JS_INLINE JsValue quick_cached(const JsInterp *interp, JsObject *obj, JsKey key)
{
  const JsIcEntry *entry = ic_mega_find(interp, obj, key);
  if (js_unlikely(!entry))
    return JS_HOLE;
  if (js_unlikely(entry->kind == IC_OWN_GETTER_SLOTS))
    return returns_this(ic_getter(entry, obj)) ? js_from_object(obj) : JS_HOLE;
  return ic_read_data(entry, obj);
}

JsValue get_property_cached(JsContext *cx, JsObject *obj, JsKey key)
{
  JsValue val = quick_cached(cx->vm->interp, obj, key);
  if (js_likely(!js_is_hole(val)))
    return val;
  JsIcEntry entry;
  TRY(mega_lookup(cx, obj, key, &entry));
  val = entry_get(cx, &entry, obj, js_from_object(obj));
  return js_likely(!js_is_hole(val)) ? val : get_property(cx, obj, key);
}

JsValue peek_property(JsContext *cx, JsObject *obj, JsKey key)
{
  JsValue val = quick_cached(cx->vm->interp, obj, key);
  if (js_likely(!js_is_hole(val)))
    return val;
  JsIcEntry entry;
  if (!mega_lookup(cx, obj, key, &entry)) {
    (void)take_exception(cx);
    return JS_HOLE;
  }
  return quick_cached(cx->vm->interp, obj, key);
}

static uint32_t primitive_shape(JsContext *cx, JsValue base, JsIntrinsicId *proto)
{
  if (js_is_string(base))
    return *proto = JS_INTRINSIC_STRING_PROTOTYPE, IC_SHAPE_STRING;
  if (js_is_number(base))
    return *proto = JS_INTRINSIC_NUMBER_PROTOTYPE, IC_SHAPE_NUMBER;
  if (js_is_boolean(base))
    return *proto = JS_INTRINSIC_BOOLEAN_PROTOTYPE, IC_SHAPE_BOOLEAN;
  if (js_is_symbol(base))
    return *proto = JS_INTRINSIC_SYMBOL_PROTOTYPE, IC_SHAPE_SYMBOL;
  if (js_is_bigint(base))
    return *proto = JS_INTRINSIC_BIGINT_PROTOTYPE, IC_SHAPE_BIGINT;
  return IC_NO_SHAPE;
}

/* A read of a named key through a site's cache. */
static JsValue cached_get(JsContext *cx, JsIc *ic, JsValue base, JsKey key)
{
  JsHeap *heap = cx->heap;
  JsObject *obj = NULL, *start;
  uint32_t shape;
  JsIntrinsicId proto_id = JS_INTRINSIC_OBJECT_PROTOTYPE;
  if (js_likely(js_is_object(base))) {
    obj = start = js_as_object(base);
    shape = obj->cell.word;
  } else {
    shape = primitive_shape(cx, base, &proto_id);
    if (shape == IC_NO_SHAPE)
      return get_v(cx, base, key);
    if (shape == IC_SHAPE_STRING && key_equals(key, KEY(heap, length)))
      return js_int32((int32_t)js_as_string(base)->length);
    start = realm_intrinsic(cx, cx->realm, proto_id);
    object_become_proto(heap, start); /* gives it a validity cell */
  }
  const JsIcEntry *entry = ic->entry.shape == shape ? &ic->entry : ic_find(cx, ic, shape, key, IC_FOR_GET);
  if (entry && entry->kind <= IC_PROTO_SLOTS) { /* data: no user code */
    JsValue val = entry_get(cx, entry, obj, base);
    if (!js_is_hole(val))
      return val;
  } else if (entry) {
    JsIcEntry copy = *entry; /* a getter may change the site */
    JsValue val = entry_get(cx, &copy, obj, base);
    if (!js_is_hole(val))
      return val;
  }
  JsLookup found;
  TRY(object_lookup(cx, start, key, &found));
  if (obj)
    shape = obj->cell.word; /* lazy properties may have been made */
  JsIcEntry fresh;
  if (!entry_from_lookup(heap, &fresh, shape, &found, start, !obj))
    return get_v(cx, base, key);
  ic_install(cx, running_feedback(cx), ic, &fresh, key);
  JsValue val = entry_get(cx, &fresh, obj, base);
  return js_likely(!js_is_hole(val)) ? val : get_v(cx, base, key);
}

JsValue interp_slow_get_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key)
{
  JsValue val;
  if (get_prop_of_many(cx, ic, base, key, &val))
    return val;
  if (js_unlikely(key_is_index(key)))
    return get_v(cx, base, key);
  if (js_is_array_object(base) && key_equals(key, KEY(cx->heap, length)))
    return js_number_u32(js_as_array(base)->length);
  return cached_get(cx, ic, base, key);
}

JsCallOutcome interp_push_getter(JsContext *cx, JsValue getter, JsValue receiver, uint32_t result_register)
{
  JsValue *window = cx->stack_top;
  if (!js_is_function(getter) || (js_as_cell(getter)->flags & OBJECT_CLASS_CONSTRUCTOR) ||
      window + FRAME_WORDS >= cx->stack_limit)
    return CALL_DONE;
  if (js_unlikely(--cx->budget <= 0) && !vm_poll(cx))
    return CALL_FAILED;
  window[0] = getter;
  window[FRAME_WORDS] = receiver;
  return frame_push(cx, window, 0, JS_UNDEFINED, 0, result_register) ? CALL_PUSHED : CALL_FAILED;
}

JsCallOutcome interp_get_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key, uint32_t result_register,
                              JsValue *result)
{
  if (js_is_object(base)) {
    /* FAST: a getter in JavaScript gets a frame on top instead of a loop of its own. */
    uint32_t shape = js_as_cell(base)->word;
    const JsIcEntry *entry = &ic->entry;
    if (entry->shape != shape) {
      if (get_prop_of_many(cx, ic, base, key, result))
        return CALL_DONE;
      entry = ic_find(cx, ic, shape, key, IC_FOR_GET);
    }
    JsValue getter = entry ? ic_getter(entry, js_as_object(base)) : JS_HOLE;
    if (js_is_kind(getter, CELL_NATIVE_FUNCTION)) {
      /* FAST: of built-ins, such as the length of a typed array. */
      JsNativeFunction *native = js_as_native_function(getter);
      if (native->magic == NATIVE_TYPED_LENGTH_MAGIC && js_is_typed_array(base))
        *result = js_number_i64((int64_t)typed_array_length(js_as_typed_array(base)));
      else
        *result = native_call(cx, native, base, 0, NULL, JS_UNDEFINED);
      return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
    }
    JsCallOutcome outcome = interp_push_getter(cx, getter, base, result_register);
    if (outcome != CALL_DONE)
      return outcome;
  }
  *result = interp_slow_get_prop(cx, ic, base, key);
  return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
}

/* --- set --------------------------------------------------------------------------------------------------------- */

/* Room for slot vector index `index`, then the store and the new shape. */
static void add_to_slots(JsHeap *heap, JsObject *obj, uint32_t index, JsValue val, uint32_t new_shape)
{
  JsSlots *slots = object_reserve_slots(heap, obj, index + 1);
  slot_set(heap, slots, &slots->v[index], val);
  obj->cell.word = new_shape;
  gc_barrier(heap, obj);
}

typedef enum { ENTRY_STALE, ENTRY_DONE, ENTRY_THREW } JsEntryOutcome;

static JsEntryOutcome call_cached_setter(JsContext *cx, JsValue pair, JsValue receiver, JsValue val)
{
  if (!js_is_kind(pair, CELL_ACCESSOR))
    return ENTRY_STALE;
  JsValue setter = slot_get(((JsAccessor *)js_as_cell(pair))->setter);
  if (js_is_undefined(setter))
    return ENTRY_STALE;
  return js_is_exception(js_call1(cx, setter, receiver, val)) ? ENTRY_THREW : ENTRY_DONE;
}

static JsEntryOutcome entry_set(JsContext *cx, const JsIcEntry *entry, JsObject *obj, JsValue receiver, JsValue val)
{
  JsHeap *heap = cx->heap;
  JsProtoInfo *validity = ptr_slot_get(entry->validity);
  if (validity && !validity->valid)
    return ENTRY_STALE;
  switch (entry->kind) {
  case IC_SET_INLINE: slot_set(heap, obj, ic_inline_slot(obj, entry->slot), val); return ENTRY_DONE;
  case IC_SET_SLOTS: slot_set(heap, ptr_slot_get(obj->slots), ic_vector_slot(obj, entry->slot), val); return ENTRY_DONE;
  case IC_ADD_INLINE:
    slot_set(heap, obj, ic_inline_slot(obj, entry->slot), val);
    obj->cell.word = entry->new_shape;
    gc_barrier(heap, obj);
    return ENTRY_DONE;
  case IC_ADD_SLOTS: add_to_slots(heap, obj, entry->slot - IC_VECTOR_BASE, val, entry->new_shape); return ENTRY_DONE;
  case IC_OWN_SETTER_INLINE: return call_cached_setter(cx, slot_get(*ic_inline_slot(obj, entry->slot)), receiver, val);
  case IC_OWN_SETTER_SLOTS: return call_cached_setter(cx, slot_get(*ic_vector_slot(obj, entry->slot)), receiver, val);
  case IC_PROTO_SETTER_INLINE:
    return call_cached_setter(cx, slot_get(*ic_inline_slot(ptr_slot_get(entry->holder), entry->slot)), receiver, val);
  case IC_PROTO_SETTER_SLOTS:
    return call_cached_setter(cx, slot_get(*ic_vector_slot(ptr_slot_get(entry->holder), entry->slot)), receiver, val);
  default: return ENTRY_STALE;
  }
}

/* Learns from an addition that the general path has just made: the shape before, and the chain that was looked through.
 */
static void learn_addition(JsContext *cx, JsIc *ic, JsObject *obj, JsKey key, uint32_t old_shape, JsProtoInfo *validity)
{
  JsHeap *heap = cx->heap;
  JsShape *shape = object_shape(heap, obj);
  if (obj->cell.word == old_shape || shape->cell.flags & SHAPE_DICTIONARY || obj->cell.flags & OBJECT_IS_PROTO)
    return;
  JsShape *parent = ptr_slot_get(shape->parent);
  if (!parent || parent->id != old_shape || shape->slot_count != parent->slot_count + 1)
    return;
  JsIcEntry entry = ic_entry(old_shape, IC_EMPTY, 0);
  ic_entry_slot(&entry, shape, IC_ADD_INLINE, parent->slot_count);
  entry.new_shape = shape->id;
  ptr_slot_init(&entry.validity, validity);
  ic_install(cx, running_feedback(cx), ic, &entry, key);
}

static bool cached_set(JsContext *cx, JsIc *ic, JsObject *obj, JsKey key, JsValue val, bool strict)
{
  JsHeap *heap = cx->heap;
  JsValue base = js_from_object(obj);
  uint32_t shape = obj->cell.word;
  const JsIcEntry *cached = ic->entry.shape == shape ? &ic->entry : ic_find(cx, ic, shape, key, IC_FOR_SET);
  if (cached && set_entry_hit(heap, cached, obj, val))
    return true;
  if (cached) {
    JsIcEntry copy = *cached;
    JsEntryOutcome outcome = entry_set(cx, &copy, obj, base, val);
    if (outcome != ENTRY_STALE)
      return outcome == ENTRY_DONE;
  }
  JsLookup found;
  TRY_OR(false, object_lookup(cx, obj, key, &found));
  shape = obj->cell.word;
  bool own = found.holder == obj;
  if (own && found.validity)
    return put_value_property(cx, base, key, val, strict);
  JsIcEntry entry = ic_entry(shape, IC_EMPTY, 0);
  if (found.kind == LOOKUP_DATA && own && (found.attrs & PROP_WRITABLE) && !(found.attrs & PROP_LAZY)) {
    ic_entry_slot(&entry, object_shape(heap, obj), IC_SET_INLINE, found.slot);
  } else if (found.kind == LOOKUP_ACCESSOR && (own || found.validity)) {
    ic_entry_slot(&entry, object_shape(heap, found.holder), own ? IC_OWN_SETTER_INLINE : IC_PROTO_SETTER_INLINE,
                  found.slot);
    if (!own) {
      ptr_slot_init(&entry.holder, found.holder);
      ptr_slot_init(&entry.validity, found.validity);
    }
  } else if (!(obj->cell.flags & OBJECT_EXOTIC) || obj->cell.kind == CELL_ARRAY) {
    bool writable_above = found.kind == LOOKUP_DATA && !own && found.validity && (found.attrs & PROP_WRITABLE);
    bool absent = found.kind == LOOKUP_ABSENT && (found.validity || !object_proto(heap, obj));
    TRY_OR(false, put_value_property(cx, base, key, val, strict));
    if (writable_above || absent)
      learn_addition(cx, ic, obj, key, shape, found.validity);
    return true;
  } else {
    return put_value_property(cx, base, key, val, strict);
  }
  ic_install(cx, running_feedback(cx), ic, &entry, key);
  JsEntryOutcome outcome = entry_set(cx, &entry, obj, base, val);
  if (outcome == ENTRY_STALE)
    return put_value_property(cx, base, key, val, strict);
  return outcome == ENTRY_DONE;
}

bool interp_slow_set_prop(JsContext *cx, JsIc *ic, JsValue base, JsKey key, JsValue val, bool strict)
{
  if (js_unlikely(!js_is_object(base) || key_is_index(key)))
    return put_value_property(cx, base, key, val, strict);
  JsObject *obj = js_as_object(base);
  if (obj->cell.kind == CELL_PROXY || (obj->cell.kind == CELL_ARRAY && key_equals(key, KEY(cx->heap, length))))
    return put_value_property(cx, base, key, val, strict);
  return cached_set(cx, ic, obj, key, val, strict);
}

/* --- indexed ----------------------------------------------------------------------------------------------------- */

/* The named key of a keyed access, or none: strings that spell no index, symbols. Strings are interned. */
static JsKey named_key(JsContext *cx, JsValue property)
{
  if (js_is_string(property)) {
    JsString *str = js_as_string(property);
    JsKey key = string_is_atom(str) ? key_from_atom(str) : key_from_string(cx->heap, str);
    return key_is_index(key) ? (JsKey){0} : key;
  }
  return js_is_symbol(property) ? key_from_symbol(js_as_symbol(property)) : (JsKey){0};
}

/* A keyed site is monomorphic in its key first; a second key sends it to the Vm's cache. */
static JsIc *keyed_ic(JsContext *cx, JsIc *ic, JsKey key)
{
  JsValue seen = slot_get(ic->key);
  if (js_is_hole(seen)) {
    slot_set(cx->heap, running_feedback(cx), &ic->key, key_raw_value(key));
  } else if (seen.bits != key.bits && ic->entry.state != IC_STATE_MEGA) {
    slot_set(cx->heap, running_feedback(cx), &ic->key, JS_UNDEFINED);
    ic_make_mega(cx, ic);
  }
  return ic;
}

JsValue interp_slow_get_index(JsContext *cx, JsIc *ic, JsValue base, JsValue property)
{
  if (js_is_int32(property)) {
    int32_t index = js_as_int32(property);
    if (js_is_string(base) && (uint32_t)index < js_as_string(base)->length && index >= 0)
      return js_from_cell(string_from_unit(cx->heap, string_unit_at(cx->heap, js_as_string(base), (uint32_t)index)));
    if (js_is_object(base) && index >= 0)
      return get_index(cx, js_as_object(base), index);
    return get_value_property(cx, base, property);
  }
  if (js_likely(!js_is_nullish(base))) {
    /* FAST: names that are atoms already, of a site that has seen several. */
    JsValue val;
    if (ic->entry.state == IC_STATE_MEGA && js_is_string(property) && string_is_atom(js_as_string(property)) &&
        get_prop_of_many(cx, ic, base, key_from_atom(js_as_string(property)), &val))
      return val;
    JsKey key = named_key(cx, property);
    if (!key_is_none(key))
      return interp_slow_get_prop(cx, keyed_ic(cx, ic, key), base, key);
  }
  return get_value_property(cx, base, property);
}

/* Adds the element behind an array's last: no setter can be met as long as no prototype has elements. */
static bool append_element(JsContext *cx, JsArray *array, uint32_t index, JsValue val)
{
  JsElements *elements = ptr_slot_get(array->obj.elements);
  if ((index >= array->length && array->length_readonly) || cx->vm->protos_have_elements || !elements ||
      elements->cell.kind != CELL_ELEMENTS || elements->cell.flags || elements->length != index ||
      index >= elements->capacity || object_shape(cx->heap, &array->obj)->cell.flags & SHAPE_NOT_EXTENSIBLE)
    return false;
  slot_set(cx->heap, elements, &elements->v[index], val);
  elements->length = index + 1;
  if (index >= array->length)
    array->length = index + 1;
  return true;
}

/* Whether an index that an object does not have of its own is plainly added: no prototype has elements, nothing forbids
 * it. */
static bool may_add_element(JsContext *cx, JsObject *obj, uint32_t index)
{
  bool is_array = obj->cell.kind == CELL_ARRAY;
  if ((!is_array && (obj->cell.kind != CELL_OBJECT || obj->cell.flags & (OBJECT_IS_PROTO | OBJECT_EXOTIC))) ||
      cx->vm->protos_have_elements || object_shape(cx->heap, obj)->cell.flags & SHAPE_NOT_EXTENSIBLE ||
      (is_array && index >= ((JsArray *)obj)->length && ((JsArray *)obj)->length_readonly))
    return false;
  const JsElements *elements = ptr_slot_get(obj->elements);
  return !elements || (elements->cell.kind == CELL_ELEMENTS &&
                       (index >= elements->length || js_is_hole(slot_get(elements->v[index]))));
}

static bool add_element(JsContext *cx, JsObject *obj, uint32_t index, JsValue val)
{
  TRY_OR(false, elements_define(cx, obj, index, val, PROP_ALL));
  if (obj->cell.kind == CELL_ARRAY && index >= ((JsArray *)obj)->length)
    ((JsArray *)obj)->length = index + 1;
  return true;
}

bool interp_slow_set_index(JsContext *cx, JsIc *ic, JsValue base, JsValue property, JsValue val, bool strict)
{
  if (js_is_int32(property) && js_is_object(base) && js_as_int32(property) >= 0) {
    JsObject *obj = js_as_object(base);
    uint32_t index = (uint32_t)js_as_int32(property);
    if (obj->cell.kind == CELL_ARRAY && append_element(cx, (JsArray *)obj, index, val))
      return true;
    if (may_add_element(cx, obj, index))
      return add_element(cx, obj, index, val);
    return put_value_property(cx, base, key_index(index), val, strict);
  }
  if (js_is_object(base)) {
    JsKey key = named_key(cx, property);
    if (!key_is_none(key))
      return interp_slow_set_prop(cx, keyed_ic(cx, ic, key), base, key, val, strict);
  }
  if (js_unlikely(js_is_nullish(base))) {
    /* The value was computed, the key's ToPropertyKey is not reached: the base is checked first. */
    JsKey key = KEY(cx->heap, empty_name);
    if (!js_is_object(property))
      TRY_OR(false, to_property_key(cx, property, &key));
    return put_value_property(cx, base, key, val, strict);
  }
  JsKey key;
  TRY_OR(false, to_property_key(cx, property, &key));
  return put_value_property(cx, base, key, val, strict);
}

JsValue interp_slow_to_property_key(JsContext *cx, JsValue val)
{
  JsKey key;
  TRY(to_property_key(cx, val, &key));
  return key_is_index(key) && key_as_index(key) <= INT32_MAX ? js_int32((int32_t)key_as_index(key))
                                                             : key_to_value(cx->heap, key);
}

/* --- delete, super, in, instanceof ------------------------------------------------------------------------------- */

/* The delete Operator  ecma262#sec-delete-operator-runtime-semantics-evaluation */
JsValue interp_slow_delete(JsContext *cx, JsValue base, JsKey key, bool strict)
{
  JsObject *obj = TRY(to_object(cx, base));
  bool done;
  TRY(object_delete(cx, obj, key, &done));
  if (!done && strict)
    return throw_error(cx, js_is_kind(base, CELL_PROXY) ? JS_MSG_PROXY_DELETE_FALSISH : JS_MSG_CANNOT_DELETE, key,
                       base);
  return js_boolean(done);
}

JsValue interp_slow_delete_index(JsContext *cx, JsValue base, JsValue property, bool strict)
{
  TRY(to_object(cx, base));
  JsKey key;
  TRY(to_property_key(cx, property, &key));
  return interp_slow_delete(cx, base, key, strict);
}

JsValue interp_slow_get_super(JsContext *cx, JsValue home, JsValue this_val, JsValue property)
{
  JsObject *parent = NULL;
  if (js_is_object(home))
    TRY(object_get_prototype_of(cx, js_as_object(home), &parent));
  JsKey key;
  TRY(to_property_key(cx, property, &key));
  if (!parent)
    return throw_error(cx, JS_MSG_READ_PROPERTY_OF_NULLISH, JS_NULL, key);
  return object_get(cx, parent, key, this_val);
}

bool interp_slow_set_super(JsContext *cx, JsValue home, JsValue this_val, JsValue property, JsValue val, bool strict)
{
  JsObject *parent = NULL;
  if (js_is_object(home))
    TRY_OR(false, object_get_prototype_of(cx, js_as_object(home), &parent));
  JsKey key;
  TRY_OR(false, to_property_key(cx, property, &key));
  if (!parent) {
    (void)throw_error(cx, JS_MSG_SET_PROPERTY_OF_NULLISH, JS_NULL, key);
    return false;
  }
  bool done;
  TRY_OR(false, object_set(cx, parent, key, val, this_val, &done));
  if (!done && strict) {
    (void)throw_error(cx, JS_MSG_READ_ONLY_PROPERTY, key, this_val, this_val);
    return false;
  }
  return true;
}

JsValue interp_slow_in(JsContext *cx, JsValue property, JsValue base)
{
  JsKey key;
  if (!js_is_object(base)) /* before the key is made: its toString is not run */
    return throw_error(cx, JS_MSG_IN_NOT_OBJECT, property, base);
  TRY(to_property_key(cx, property, &key));
  /* FAST: what the Vm's cache knows. */
  if (!key_is_index(key) && !(js_as_cell(base)->flags & OBJECT_EXOTIC)) {
    JsIcEntry entry;
    TRY(mega_lookup(cx, js_as_object(base), key, &entry));
    if (entry.kind != IC_EMPTY)
      return js_boolean(entry.kind != IC_ABSENT);
  }
  bool has;
  TRY(object_has_property(cx, js_as_object(base), key, &has));
  return js_boolean(has);
}

/* Whether proto is on the chain of obj. False: a proxy is, ask the general way. */
static bool search_chain(JsHeap *heap, JsObject *obj, const JsObject *proto, bool *is)
{
  while (obj) {
    if (js_unlikely((obj->cell.flags & OBJECT_EXOTIC) && object_ops((JsCellKind)obj->cell.kind)->get_prototype_of))
      return false;
    obj = object_proto(heap, obj);
    if (obj == proto)
      break;
  }
  *is = obj != NULL;
  return true;
}

/* Whether instanceof of a target goes by the chain alone: it has Function.prototype's @@hasInstance. */
static bool has_plain_instances(JsContext *cx, JsObject *target, bool *plain)
{
  JsIcEntry entry;
  TRY_OR(false, mega_lookup(cx, target, KEY_SYM(cx->heap, hasInstance), &entry));
  bool is_data = entry.kind > IC_EMPTY && entry.kind <= IC_PROTO_SLOTS;
  JsValue method = is_data ? entry_get(cx, &entry, target, js_from_object(target)) : JS_UNDEFINED;
  *plain =
      js_is_kind(method, CELL_NATIVE_FUNCTION) && js_as_native_function(method)->magic == NATIVE_HAS_INSTANCE_MAGIC;
  return true;
}

/* Such a target with an own `prototype` is remembered: one validity cell says that both are still so. */
static void learn_instanceof(JsContext *cx, JsIc *ic, JsObject *target)
{
  JsHeap *heap = cx->heap;
  bool is_proto = target->cell.flags & OBJECT_IS_PROTO;
  JsShape *shape = object_shape(heap, target);
  const JsPropertyEntry *own = shape_lookup(heap, shape, KEY(heap, prototype));
  JsObject *guard = is_proto ? target : ptr_slot_get(shape->proto);
  if (!own || (own->attrs & (PROP_ACCESSOR | PROP_LAZY)) || !guard ||
      (!is_proto && (shape->cell.flags & SHAPE_DICTIONARY)))
    return;
  uint32_t slot = own->slot;
  JsProtoInfo *validity = shape_proto_validity(heap, guard);
  if (!validity)
    return;
  JsIcEntry entry = ic_entry(target->cell.word, IC_EMPTY, 0);
  ic_entry_slot(&entry, shape, IC_OWN_INLINE, slot);
  ptr_slot_init(&entry.validity, validity);
  ic->entry = entry;
  gc_barrier(heap, running_feedback(cx));
}

/* InstanceofOperator ( V, target )  ecma262#sec-instanceofoperator */
JsValue interp_slow_instanceof(JsContext *cx, JsIc *ic, JsValue val, JsValue target)
{
  bool is;
  if (js_likely(js_is_function(target))) {
    JsObject *fn = js_as_object(target);
    JsValue proto = JS_HOLE;
    if (js_likely(ic->entry.shape == fn->cell.word && ptr_slot_get(ic->entry.validity)->valid)) {
      if (!js_is_object(val))
        return JS_FALSE;
      proto = slot_get(ic->entry.kind == IC_OWN_INLINE ? *ic_inline_slot(fn, ic->entry.slot)
                                                       : *ic_vector_slot(fn, ic->entry.slot));
    } else {
      bool plain;
      TRY(has_plain_instances(cx, fn, &plain));
      if (plain && !js_is_object(val))
        return JS_FALSE;
      if (plain) {
        proto = TRY(get_property_cached(cx, fn, KEY(cx->heap, prototype)));
        learn_instanceof(cx, ic, fn);
      }
    }
    if (js_is_object(proto) && search_chain(cx->heap, js_as_object(val), js_as_object(proto), &is))
      return js_boolean(is);
  }
  TRY(instance_of(cx, val, target, &is));
  return js_boolean(is);
}

/* --- private names ----------------------------------------------------------------------------------------------- */

static const JsPropertyEntry *private_lookup(JsContext *cx, JsValue base, JsValue name)
{
  return shape_lookup(cx->heap, object_shape(cx->heap, js_as_object(base)), key_from_raw_value(name));
}

static JsIc *private_ic(JsContext *cx, JsIc *ic, JsValue name)
{
  if (!js_same_bits(slot_get(ic->key), name)) {
    slot_set(cx->heap, running_feedback(cx), &ic->key, name);
    ic->entry = (JsIcEntry){.shape = IC_NO_SHAPE, .new_shape = IC_NO_SHAPE};
    ptr_slot_init(&ic->poly, NULL);
  }
  return ic;
}

/* A private name that the base does not have, in V8's words: a class's methods are one brand. */
static void throw_private_absent(JsContext *cx, JsValue base, JsValue name, bool is_write)
{
  const JsSymbol *symbol = js_as_symbol(name);
  JsString *class_name = ptr_slot_get(symbol->class_name);
  JsKey key = key_from_raw_value(name);
  bool is_method = symbol->cell.flags & SYMBOL_PRIVATE_METHOD;
  if (is_method && (symbol->cell.flags & SYMBOL_PRIVATE_STATIC))
    (void)throw_error(cx, JS_MSG_PRIVATE_STATIC_RECEIVER, class_name);
  else if (is_method && js_is_nullish(base))
    (void)throw_error(cx, JS_MSG_READ_PROPERTY_OF_NULLISH, base, key_from_string(cx->heap, class_name));
  else if (is_method)
    (void)throw_error(cx, JS_MSG_PRIVATE_RECEIVER, class_name);
  else if (js_is_nullish(base))
    (void)throw_error(cx, is_write ? JS_MSG_SET_PROPERTY_OF_NULLISH : JS_MSG_READ_PROPERTY_OF_NULLISH, base, key);
  else
    (void)throw_error(cx, is_write ? JS_MSG_PRIVATE_WRITE : JS_MSG_PRIVATE_READ, key);
}

/* PrivateGet ( O, P )  ecma262#sec-privateget */
JsValue interp_slow_get_private(JsContext *cx, JsIc *ic, JsValue base, JsValue name)
{
  JsKey key = key_from_raw_value(name);
  const JsPropertyEntry *found = js_is_object(base) ? private_lookup(cx, base, name) : NULL;
  if (!found) {
    throw_private_absent(cx, base, name, false);
    return JS_EXCEPTION;
  }
  JsObject *obj = js_as_object(base);
  JsShape *shape = object_shape(cx->heap, obj);
  JsValue val = slot_get(*object_slot(shape, obj, found->slot));
  if (found->attrs & PROP_ACCESSOR) {
    JsValue getter = slot_get(((JsAccessor *)js_as_cell(val))->getter);
    if (js_is_undefined(getter))
      return throw_error(cx, JS_MSG_PRIVATE_NO_GETTER, key);
    return js_call0(cx, getter, base);
  }
  JsIcEntry entry = ic_entry(shape->id, IC_EMPTY, 0);
  ic_entry_slot(&entry, shape, IC_OWN_INLINE, found->slot);
  ic_install(cx, running_feedback(cx), private_ic(cx, ic, name), &entry, key);
  return val;
}

/* PrivateSet ( O, P, value )  ecma262#sec-privateset */
bool interp_slow_set_private(JsContext *cx, JsIc *ic, JsValue base, JsValue name, JsValue val)
{
  JsKey key = key_from_raw_value(name);
  const JsPropertyEntry *found = js_is_object(base) ? private_lookup(cx, base, name) : NULL;
  if (!found) {
    throw_private_absent(cx, base, name, true);
    return false;
  }
  JsObject *obj = js_as_object(base);
  JsShape *shape = object_shape(cx->heap, obj);
  JsSlot *slot = object_slot(shape, obj, found->slot);
  if (found->attrs & PROP_ACCESSOR) {
    JsValue setter = slot_get(((JsAccessor *)js_as_cell(slot_get(*slot)))->setter);
    if (js_is_undefined(setter)) {
      (void)throw_error(cx, JS_MSG_PRIVATE_NO_SETTER, key);
      return false;
    }
    return !js_is_exception(js_call1(cx, setter, base, val));
  }
  if (!(found->attrs & PROP_WRITABLE)) {
    (void)throw_error(cx, JS_MSG_PRIVATE_METHOD_WRITE, key);
    return false;
  }
  JsIcEntry entry = ic_entry(shape->id, IC_EMPTY, 0);
  ic_entry_slot(&entry, shape, IC_SET_INLINE, found->slot);
  JsEntryOutcome outcome = entry_set(cx, &entry, obj, base, val);
  JS_ASSERT(outcome == ENTRY_DONE);
  ic_install(cx, running_feedback(cx), private_ic(cx, ic, name), &entry, key);
  return outcome == ENTRY_DONE;
}

JsValue interp_slow_has_private(JsContext *cx, JsValue base, JsValue name)
{
  if (!js_is_object(base))
    return throw_error(cx, JS_MSG_PRIVATE_IN_NOT_OBJECT, key_from_raw_value(name), base);
  return js_boolean(private_lookup(cx, base, name) != NULL);
}

/* PrivateFieldAdd ( O, P, value )  ecma262#sec-privatefieldadd */
bool interp_slow_define_private(JsContext *cx, JsValue base, JsValue name, JsValue val)
{
  JsKey key = key_from_raw_value(name);
  if (private_lookup(cx, base, name)) {
    (void)throw_error(cx, JS_MSG_PRIVATE_TWICE, key);
    return false;
  }
  object_define_direct(cx->heap, js_as_object(base), key, val, PROP_WRITABLE);
  return true;
}

/* PrivateMethodOrAccessorAdd ( O, method )  ecma262#sec-privatemethodoraccessoradd */
bool interp_slow_define_private_method(JsContext *cx, JsValue base, JsValue name, JsValue fn, unsigned kind)
{
  JsHeap *heap = cx->heap;
  JsKey key = key_from_raw_value(name);
  JsObject *obj = js_as_object(base);
  const JsPropertyEntry *found = private_lookup(cx, base, name);
  if (kind && found && (found->attrs & PROP_ACCESSOR)) {
    JsAccessor *pair = (JsAccessor *)js_as_cell(slot_get(*object_slot(object_shape(heap, obj), obj, found->slot)));
    JsSlot *half = kind == 1 ? &pair->getter : &pair->setter;
    if (js_is_undefined(slot_get(*half))) {
      /* The pair of one instance is its own cell, so filling the other half touches nobody else. */
      slot_set(heap, pair, half, fn);
      return true;
    }
  }
  if (found) {
    (void)throw_error(cx, JS_MSG_PRIVATE_METHODS_TWICE, ptr_slot_get(js_as_symbol(name)->class_name));
    return false;
  }
  if (kind)
    object_define_accessor_direct(heap, obj, key, kind == 1 ? fn : JS_UNDEFINED, kind == 2 ? fn : JS_UNDEFINED, 0);
  else
    object_define_direct(heap, obj, key, fn, 0);
  return true;
}
