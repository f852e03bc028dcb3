// SPDX-License-Identifier: MIT
/* Operations on objects (ecma262#sec-operations-on-objects). Iteration is in iteration.c. */
#include "object/operations.h"

#include "object/elements.h"
#include "object/property.h"
#include "object/proxy.h"
#include "object/quiet_copy.h"
#include "object/vm.h"

/* --- Get, Set ---------------------------------------------------------------------------------------------------- */

static JsKey key_of_integer(JsContext *cx, int64_t index)
{
  return key_from_integer(cx->heap, (uint64_t)index);
}

JsValue get_index_slow(JsContext *cx, JsObject *obj, int64_t index)
{
  return object_get(cx, obj, key_of_integer(cx, index), js_from_object(obj));
}

/* GetV ( V, P )  ecma262#sec-getv */
JsValue get_v(JsContext *cx, JsValue base, JsKey key)
{
  if (js_likely(js_is_object(base)))
    return object_get(cx, js_as_object(base), key, base);
  if (js_is_nullish(base) && key_equals(key, KEY_SYM(cx->heap, iterator)))
    return throw_error(cx, js_is_null(base) ? JS_MSG_NULL_NOT_ITERABLE : JS_MSG_UNDEFINED_NOT_ITERABLE);
  if (js_is_nullish(base))
    return throw_error(cx, JS_MSG_READ_PROPERTY_OF_NULLISH, base, key);
  if (js_is_string(base)) {
    JsString *s = js_as_string(base);
    if (key_equals(key, KEY(cx->heap, length)))
      return js_int32((int32_t)s->length);
    if (key_is_index(key) && key_as_index(key) < s->length)
      return js_from_cell(string_from_unit(cx->heap, string_unit_at(cx->heap, s, key_as_index(key))));
  }
  return object_get(cx, primitive_prototype(cx, base), key, base);
}

JsValue get_value_property(JsContext *cx, JsValue base, JsValue property)
{
  JsKey key;
  if (js_is_nullish(base)) {
    /* V8 names the key in the message, but must not run its toString. */
    if (!js_is_object(property)) {
      TRY(to_property_key(cx, property, &key));
      return get_v(cx, base, key);
    }
    return throw_error(cx, JS_MSG_READ_PROPERTIES_OF_NULLISH, base, property);
  }
  TRY(to_property_key(cx, property, &key));
  return get_v(cx, base, key);
}

/* What a failed [[Set]] throws in strict code, in V8's words. */
static bool throw_set_failure(JsContext *cx, JsValue base, JsKey key)
{
  JsObject *obj = js_is_object(base) ? js_as_object(base) : primitive_prototype(cx, base);
  if (js_is_string(base) && (key_equals(key, KEY(cx->heap, length)) ||
                             (key_is_index(key) && key_as_index(key) < js_as_string(base)->length))) {
    throw_error(cx, JS_MSG_READ_ONLY_PROPERTY, key, base, base);
    return false;
  }
  if (!js_is_object(base)) {
    JsString *type = type_of(cx->heap, base);
    char name[16];
    name[string_to_utf8(cx->heap, type, name, sizeof name - 1)] = 0;
    throw_error(cx, JS_MSG_PRIMITIVE_PROPERTY, key, name, base);
    return false;
  }
  if (obj->cell.kind == CELL_MODULE_NAMESPACE) { /* not looked into: a deferred one would be evaluated */
    throw_error(cx, JS_MSG_NAMESPACE_PROPERTY, key, base);
    return false;
  }
  for (JsObject *holder = obj; holder && holder->cell.kind != CELL_PROXY; holder = object_proto(cx->heap, holder)) {
    JsPropertyDescriptor desc;
    bool found;
    TRY_OR(false, object_get_own_property(cx, holder, key, &desc, &found));
    if (!found)
      continue;
    if (descriptor_is_accessor(&desc))
      throw_error(cx, JS_MSG_NO_SETTER, key, base);
    else
      throw_error(cx, JS_MSG_READ_ONLY_PROPERTY, key, base, base);
    return false;
  }
  if (obj->cell.kind == CELL_PROXY) {
    const JsProxy *proxy = (const JsProxy *)obj;
    JsObject *target = ptr_slot_get(proxy->target), *handler = ptr_slot_get(proxy->handler);
    /* Without a trap of its own it is the target that refused. */
    if (target && handler && handler->cell.kind != CELL_PROXY && js_check_c_stack(cx) &&
        js_is_hole(object_data_property(cx->heap, handler, KEY(cx->heap, set))))
      return throw_set_failure(cx, js_from_object(target), key);
    if (!has_exception(cx))
      throw_error(cx, JS_MSG_PROXY_SET_FALSISH, key);
  } else
    throw_error(cx, JS_MSG_NOT_EXTENSIBLE, key);
  return false;
}

bool put_value_property(JsContext *cx, JsValue base, JsKey key, JsValue val, bool strict)
{
  bool done;
  if (js_is_nullish(base)) {
    throw_error(cx, JS_MSG_SET_PROPERTY_OF_NULLISH, base, key);
    return false;
  }
  if (js_is_object(base))
    TRY_OR(false, object_set(cx, js_as_object(base), key, val, base, &done));
  else if (js_is_string(base) && (key_equals(key, KEY(cx->heap, length)) ||
                                  (key_is_index(key) && key_as_index(key) < js_as_string(base)->length)))
    done = false;
  else
    TRY_OR(false, object_set(cx, primitive_prototype(cx, base), key, val, base, &done));
  return done || !strict || throw_set_failure(cx, base, key);
}

/* Set ( O, P, V, true )  ecma262#sec-set-o-p-v-throw */
bool set_property(JsContext *cx, JsObject *obj, JsKey key, JsValue val)
{
  return put_value_property(cx, js_from_object(obj), key, val, true);
}

bool set_index(JsContext *cx, JsObject *obj, int64_t index, JsValue val)
{
  if ((uint64_t)index <= JS_MAX_INDEX && object_dense_set(cx->heap, obj, (uint32_t)index, val))
    return true;
  return set_property(cx, obj, key_of_integer(cx, index), val);
}

/* --- defining ---------------------------------------------------------------------------------------------------- */

bool create_data_property(JsContext *cx, JsObject *obj, JsKey key, JsValue val, bool *done)
{
  JsPropertyDescriptor desc = descriptor_data(val, PROP_ALL);
  return object_define_own_property(cx, obj, key, &desc, done);
}

static bool throw_define_failure(JsContext *cx, JsObject *obj, JsKey key)
{
  bool found = false;
  JsPropertyDescriptor own;
  if (obj->cell.kind != CELL_PROXY)
    TRY_OR(false, object_get_own_property(cx, obj, key, &own, &found));
  if (obj->cell.kind == CELL_PROXY)
    throw_error(cx, JS_MSG_PROXY_DEFINE_FALSISH, key);
  else
    throw_error(cx, found ? JS_MSG_CANNOT_REDEFINE : JS_MSG_DEFINE_NOT_EXTENSIBLE, key);
  return false;
}

bool create_data_property_or_throw(JsContext *cx, JsObject *obj, JsKey key, JsValue val)
{
  bool done;
  TRY_OR(false, create_data_property(cx, obj, key, val, &done));
  return done || throw_define_failure(cx, obj, key);
}

bool create_data_property_index_or_throw(JsContext *cx, JsObject *obj, int64_t index, JsValue val)
{
  /* FAST: the next element of a plain array, or one that is there: nothing to ask, nobody to tell. */
  if (js_likely(obj->cell.kind == CELL_ARRAY)) {
    JsArray *array = (JsArray *)obj;
    JsElements *elements = ptr_slot_get(obj->elements);
    if (elements && elements->cell.kind == CELL_ELEMENTS && !elements->cell.flags && index >= 0 &&
        index < elements->capacity && index <= elements->length &&
        (index < array->length || (index == array->length && !array->length_readonly)) &&
        !(object_shape(cx->heap, obj)->cell.flags & SHAPE_NOT_EXTENSIBLE) && !(obj->cell.flags & OBJECT_IS_PROTO)) {
      if (index == array->length)
        array->length++;
      if (index == elements->length)
        elements->length++;
      slot_set(cx->heap, elements, &elements->v[index], val);
      return true;
    }
  }
  return create_data_property_or_throw(cx, obj, key_of_integer(cx, index), val);
}

bool define_property_or_throw(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc)
{
  bool done;
  TRY_OR(false, object_define_own_property(cx, obj, key, desc, &done));
  return done || throw_define_failure(cx, obj, key);
}

bool delete_property_or_throw(JsContext *cx, JsObject *obj, JsKey key)
{
  bool done;
  TRY_OR(false, object_delete(cx, obj, key, &done));
  if (!done)
    throw_error(cx, obj->cell.kind == CELL_PROXY ? JS_MSG_PROXY_DELETE_FALSISH : JS_MSG_CANNOT_DELETE, key,
                js_from_object(obj));
  return done;
}

bool has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  return object_has_property(cx, obj, key, has);
}

bool has_own_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  JsPropertyDescriptor desc;
  return object_get_own_property(cx, obj, key, &desc, has);
}

/* --- calling ----------------------------------------------------------------------------------------------------- */

/* GetMethod ( V, P )  ecma262#sec-getmethod */
JsValue get_method(JsContext *cx, JsValue base, JsKey key)
{
  JsValue method = TRY(get_v(cx, base, key));
  if (js_is_nullish(method))
    return JS_UNDEFINED;
  if (!js_is_callable(method))
    return throw_error(cx, JS_MSG_NOT_A_FUNCTION, method);
  return method;
}

JsValue invoke(JsContext *cx, JsValue base, JsKey key, int argc, const JsValue *argv)
{
  JsValue method = TRY(get_v(cx, base, key));
  return js_call(cx, method, base, argc, argv);
}

bool length_of_array_like(JsContext *cx, JsObject *obj, int64_t *len)
{
  if (obj->cell.kind == CELL_ARRAY) {
    *len = ((JsArray *)obj)->length;
    return true;
  }
  JsValue val = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, length)));
  return to_length(cx, val, len);
}

/* CreateListFromArrayLike  ecma262#sec-createlistfromarraylike */
/* NODE: longer lists are refused before anything is read (V8's longest fixed array). */
enum { LIST_MAX_LENGTH = 134217726 };

JsElements *create_list_from_array_like(JsContext *cx, JsValue val)
{
  if (!js_is_object(val)) {
    throw_error(cx, JS_MSG_LIST_FROM_NON_OBJECT);
    return NULL;
  }
  JsObject *obj = js_as_object(val);
  int64_t len;
  TRY_OR(NULL, length_of_array_like(cx, obj, &len));
  if (len > LIST_MAX_LENGTH) {
    throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
    return NULL;
  }
  JsElements *list = elements_new(cx->heap, len < 64 ? (uint32_t)len : 64);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (int64_t k = 0; k < len; k++) {
    JsValue item = TRY_OR(NULL, get_index(cx, obj, k));
    list = TRY_OR(NULL, elements_push(cx, list, item));
    TRY_OR(NULL, js_poll(cx, 1));
  }
  return list;
}

JsObject *species_checked(JsContext *cx, JsValue species, JsObject *default_constructor)
{
  if (js_is_nullish(species))
    return default_constructor;
  if (js_is_constructor(species))
    return js_as_object(species);
  throw_error(cx, JS_MSG_SPECIES_NOT_CONSTRUCTOR);
  return NULL;
}

JsObject *species_of_constructor(JsContext *cx, JsValue ctor, JsObject *default_constructor)
{
  if (js_is_undefined(ctor))
    return default_constructor;
  if (!js_is_object(ctor)) {
    throw_error(cx, JS_MSG_CONSTRUCTOR_NOT_OBJECT);
    return NULL;
  }
  JsValue species = TRY_OR(NULL, get_property(cx, js_as_object(ctor), KEY_SYM(cx->heap, species)));
  return species_checked(cx, species, default_constructor);
}

/* SpeciesConstructor ( O, defaultConstructor )  ecma262#sec-speciesconstructor */
JsObject *species_constructor(JsContext *cx, JsObject *obj, JsObject *default_constructor)
{
  JsValue ctor = TRY_OR(NULL, get_property(cx, obj, KEY(cx->heap, constructor)));
  return species_of_constructor(cx, ctor, default_constructor);
}

JsObject *ordinary_create_from_constructor(JsContext *cx, JsValue new_target, JsIntrinsicId fallback, JsCellKind kind,
                                           size_t object_size)
{
  JsObject *proto = TRY_OR(NULL, get_prototype_from_constructor(cx, new_target, fallback));
  return object_new_kind(cx, kind, object_size, proto);
}

/* NODE: a chain with more proxies than this (V8) is taken for endless. */
enum { CHAIN_PROXIES_MAX = 100 * 1024 };

bool next_prototype(JsContext *cx, JsObject **obj, uint32_t *proxies)
{
  if ((*obj)->cell.kind == CELL_PROXY && ++*proxies > CHAIN_PROXIES_MAX) {
    throw_stack_overflow(cx);
    return false;
  }
  return object_get_prototype_of(cx, *obj, obj) && js_poll(cx, 1);
}

/* OrdinaryHasInstance ( C, O )  ecma262#sec-ordinaryhasinstance */
bool ordinary_has_instance(JsContext *cx, JsValue ctor, JsValue val, bool *out)
{
  *out = false;
  if (!js_is_callable(ctor))
    return true;
  if (js_is_kind(ctor, CELL_BOUND_FUNCTION)) {
    TRY_OR(false, js_check_c_stack(cx));
    return instance_of(cx, val, js_from_object(ptr_slot_get(((JsBoundFunction *)js_as_cell(ctor))->target)), out);
  }
  if (!js_is_object(val))
    return true;
  JsValue proto = TRY_OR(false, get_property(cx, js_as_object(ctor), KEY(cx->heap, prototype)));
  if (!js_is_object(proto)) {
    throw_error(cx, JS_MSG_INSTANCEOF_BAD_PROTOTYPE, proto);
    return false;
  }
  JsObject *obj = js_as_object(val);
  uint32_t proxies = 0;
  for (;;) {
    TRY_OR(false, next_prototype(cx, &obj, &proxies));
    if (!obj)
      return true;
    if (obj == js_as_object(proto)) {
      *out = true;
      return true;
    }
  }
}

/* InstanceofOperator ( V, target )  ecma262#sec-instanceofoperator */
bool instance_of(JsContext *cx, JsValue val, JsValue target, bool *out)
{
  if (!js_is_object(target)) {
    throw_error(cx, JS_MSG_INSTANCEOF_NOT_OBJECT);
    return false;
  }
  JsValue method = TRY_OR(false, get_method(cx, target, KEY_SYM(cx->heap, hasInstance)));
  if (!js_is_undefined(method)) {
    JsValue result = TRY_OR(false, js_call1(cx, method, target, val));
    *out = to_boolean(result);
    return true;
  }
  if (!js_is_callable(target)) {
    throw_error(cx, JS_MSG_INSTANCEOF_NOT_CALLABLE);
    return false;
  }
  return ordinary_has_instance(cx, target, val, out);
}

/* --- integrity --------------------------------------------------------------------------------------------------- */

/* SetIntegrityLevel ( O, level )  ecma262#sec-setintegritylevel */
bool set_integrity_level(JsContext *cx, JsObject *obj, JsIntegrity level, bool *done)
{
  TRY_OR(false, object_prevent_extensions(cx, obj, done));
  if (!*done)
    return true;
  /* FAST: objects made alike stay alike. */
  JsShape *shape = object_shape(cx->heap, obj);
  if (!(obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY)) && !(shape->cell.flags & SHAPE_DICTIONARY)) {
    JsShape *fixed = shape_with_integrity(cx->heap, shape, level == INTEGRITY_FROZEN);
    if (fixed) {
      object_set_shape(cx->heap, obj, fixed);
      return elements_set_integrity(cx, obj, level == INTEGRITY_FROZEN);
    }
  }
  JsElements *keys = TRY_OR(false, object_own_keys(cx, obj));
  bool ordinary = !(obj->cell.flags & OBJECT_EXOTIC) || obj->cell.kind == CELL_ARRAY;
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    if (obj->cell.kind == CELL_TYPED_ARRAY && key_is_index(key)) { /* would be refused below: V8's words for it */
      throw_error(cx, JS_MSG_VIEW_INTEGRITY, level == INTEGRITY_FROZEN ? "freeze" : "seal");
      return false;
    }
    if (ordinary && key_is_index(key)) /* FAST: all at once below */
      continue;
    JsPropertyDescriptor change = {JS_HOLE, JS_HOLE, JS_HOLE, 0, PROP_CONFIGURABLE};
    if (level == INTEGRITY_FROZEN) {
      JsPropertyDescriptor own;
      bool found;
      TRY_OR(false, object_get_own_property(cx, obj, key, &own, &found));
      if (!found)
        continue;
      if (!descriptor_is_accessor(&own))
        change.present |= PROP_WRITABLE;
    }
    TRY_OR(false, define_property_or_throw(cx, obj, key, &change));
  }
  return !ordinary || elements_set_integrity(cx, obj, level == INTEGRITY_FROZEN);
}

/* TestIntegrityLevel ( O, level )  ecma262#sec-testintegritylevel */
bool test_integrity_level(JsContext *cx, JsObject *obj, JsIntegrity level, bool *out)
{
  bool extensible;
  *out = false;
  TRY_OR(false, object_is_extensible(cx, obj, &extensible));
  if (extensible)
    return true;
  JsElements *keys = TRY_OR(false, object_own_keys(cx, obj));
  for (uint32_t k = 0; k < keys->length; k++) {
    JsPropertyDescriptor own;
    bool found;
    TRY_OR(false, object_get_own_property(cx, obj, key_from_raw_value(slot_get(keys->v[k])), &own, &found));
    if (!found)
      continue;
    if (own.attrs & PROP_CONFIGURABLE)
      return true;
    if (level == INTEGRITY_FROZEN && !descriptor_is_accessor(&own) && (own.attrs & PROP_WRITABLE))
      return true;
  }
  *out = true;
  return true;
}

/* --- enumerating and copying ------------------------------------------------------------------------------------- */

/* EnumerableOwnProperties ( O, kind )  ecma262#sec-enumerableownproperties */
JsElements *enumerable_own_properties(JsContext *cx, JsObject *obj, JsOwnKind kind)
{
  JsElements *list = own_properties_quietly(cx, obj, kind);
  if (list)
    return list;
  JsElements *keys = TRY_OR(NULL, object_own_keys(cx, obj));
  list = elements_new(cx->heap, keys->length);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    JsPropertyDescriptor own;
    bool found;
    if (key_is_symbol(key))
      continue;
    TRY_OR(NULL, object_get_own_property(cx, obj, key, &own, &found));
    if (!found || !(own.attrs & PROP_ENUMERABLE))
      continue;
    JsValue item = JS_UNDEFINED;
    if (kind != OWN_VALUES)
      item = key_to_value(cx->heap, key);
    if (kind != OWN_KEYS) {
      JsValue val = TRY_OR(NULL, get_property(cx, obj, key));
      if (kind == OWN_ENTRIES) {
        JsValue pair[2] = {item, val};
        JsArray *entry = TRY_OR(NULL, array_from_values(cx, pair, 2));
        item = js_from_cell(entry);
      } else {
        item = val;
      }
    }
    list = TRY_OR(NULL, elements_push(cx, list, item));
  }
  return list;
}

/* CopyDataProperties ( target, source, excludedItems )  ecma262#sec-copydataproperties */
bool copy_data_properties(JsContext *cx, JsObject *target, JsValue source, const JsKey *excluded,
                          uint32_t excluded_count)
{
  if (js_is_nullish(source))
    return true;
  JsObject *from = TRY_OR(false, to_object(cx, source));
  uint32_t done = copy_properties_quietly(cx->heap, target, from, COPY_BY_DEFINE, excluded, excluded_count);
  if (done && done == object_shape(cx->heap, from)->count)
    return true;
  JsElements *keys = TRY_OR(false, object_own_keys(cx, from));
  for (uint32_t k = done; k < keys->length; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    bool skip = false;
    for (uint32_t e = 0; e < excluded_count && !skip; e++)
      skip = key_equals(excluded[e], key);
    if (skip)
      continue;
    JsPropertyDescriptor own;
    bool found;
    TRY_OR(false, object_get_own_property(cx, from, key, &own, &found));
    if (!found || !(own.attrs & PROP_ENUMERABLE))
      continue;
    JsValue val = TRY_OR(false, get_property(cx, from, key));
    TRY_OR(false, create_data_property_or_throw(cx, target, key, val));
  }
  return true;
}

/* --- property descriptors as objects ----------------------------------------------------------------------------- */

static bool read_field(JsContext *cx, JsObject *obj, JsKey key, JsValue *val, bool *has)
{
  /* FAST: what most descriptors are made of, by one walk. */
  if (!(obj->cell.flags & OBJECT_EXOTIC)) {
    JsLookup found;
    TRY_OR(false, object_lookup(cx, obj, key, &found));
    *has = found.kind == LOOKUP_DATA && !(found.attrs & PROP_LAZY);
    if (found.kind == LOOKUP_ABSENT)
      return true;
    if (*has) {
      *val = slot_get(*object_slot(object_shape(cx->heap, found.holder), found.holder, found.slot));
      return true;
    }
  }
  TRY_OR(false, object_has_property(cx, obj, key, has));
  if (*has)
    *val = TRY_OR(false, get_property(cx, obj, key));
  return true;
}

/* FAST: a plain object with nothing but data properties and no prototype, by one walk over its table. False: ask in the
 * order of the specification. */
static bool descriptor_from_plain(JsHeap *heap, JsObject *obj, JsPropertyDescriptor *desc)
{
  JsShape *shape = object_shape(heap, obj);
  if (obj->cell.kind != CELL_OBJECT || ptr_slot_get(shape->proto) || (shape->cell.flags & SHAPE_DICTIONARY))
    return false;
  *desc = (JsPropertyDescriptor){JS_HOLE, JS_HOLE, JS_HOLE, 0, 0};
  JsPropertyTable *table = ptr_slot_get(shape->table);
  for (uint32_t k = 0; k < shape->count; k++) {
    const JsPropertyEntry *entry = &table->entries[k];
    if (entry->attrs & (PROP_ACCESSOR | PROP_LAZY))
      return false;
    JsValue val = slot_get(*object_slot(shape, obj, entry->slot));
    uint8_t bit = 0;
    if (entry->key.raw_ == KEY(heap, value).bits)
      desc->value = val;
    else if (entry->key.raw_ == KEY(heap, enumerable).bits)
      bit = PROP_ENUMERABLE;
    else if (entry->key.raw_ == KEY(heap, configurable).bits)
      bit = PROP_CONFIGURABLE;
    else if (entry->key.raw_ == KEY(heap, writable).bits)
      bit = PROP_WRITABLE;
    else if (entry->key.raw_ == KEY(heap, get).bits)
      desc->getter = val;
    else if (entry->key.raw_ == KEY(heap, set).bits)
      desc->setter = val;
    desc->present |= bit;
    desc->attrs |= to_boolean(val) ? bit : 0;
  }
  return true;
}

/* What the fields must be to one another. */
static bool check_descriptor(JsContext *cx, JsObject *obj, const JsPropertyDescriptor *desc)
{
  if (!js_is_hole(desc->getter) && !js_is_undefined(desc->getter) && !js_is_callable(desc->getter)) {
    throw_error(cx, JS_MSG_GETTER_NOT_CALLABLE, desc->getter);
    return false;
  }
  if (!js_is_hole(desc->setter) && !js_is_undefined(desc->setter) && !js_is_callable(desc->setter)) {
    throw_error(cx, JS_MSG_SETTER_NOT_CALLABLE, desc->setter);
    return false;
  }
  if (descriptor_is_accessor(desc) && descriptor_is_data(desc)) {
    throw_error(cx, JS_MSG_DESCRIPTOR_MIXED, js_from_object(obj));
    return false;
  }
  return true;
}

/* ToPropertyDescriptor ( Obj )  ecma262#sec-topropertydescriptor */
bool to_property_descriptor(JsContext *cx, JsValue val, JsPropertyDescriptor *desc)
{
  if (!js_is_object(val)) {
    throw_error(cx, JS_MSG_DESCRIPTOR_NOT_OBJECT, val);
    return false;
  }
  JsHeap *heap = cx->heap;
  JsObject *obj = js_as_object(val);
  if (descriptor_from_plain(heap, obj, desc))
    return check_descriptor(cx, obj, desc);
  *desc = (JsPropertyDescriptor){JS_HOLE, JS_HOLE, JS_HOLE, 0, 0};
  const struct {
    JsKey key;
    uint8_t bit;
  } flags[] = {{KEY(heap, enumerable), PROP_ENUMERABLE}, {KEY(heap, configurable), PROP_CONFIGURABLE}};
  JsValue field;
  bool has;
  for (int k = 0; k < 2; k++) {
    TRY_OR(false, read_field(cx, obj, flags[k].key, &field, &has));
    if (has) {
      desc->present |= flags[k].bit;
      desc->attrs |= to_boolean(field) ? flags[k].bit : 0;
    }
  }
  TRY_OR(false, read_field(cx, obj, KEY(heap, value), &field, &has));
  if (has)
    desc->value = field;
  TRY_OR(false, read_field(cx, obj, KEY(heap, writable), &field, &has));
  if (has) {
    desc->present |= PROP_WRITABLE;
    desc->attrs |= to_boolean(field) ? PROP_WRITABLE : 0;
  }
  TRY_OR(false, read_field(cx, obj, KEY(heap, get), &field, &has));
  if (has) {
    if (!js_is_undefined(field) && !js_is_callable(field)) {
      throw_error(cx, JS_MSG_GETTER_NOT_CALLABLE, field);
      return false;
    }
    desc->getter = field;
  }
  TRY_OR(false, read_field(cx, obj, KEY(heap, set), &field, &has));
  if (has) {
    if (!js_is_undefined(field) && !js_is_callable(field)) {
      throw_error(cx, JS_MSG_SETTER_NOT_CALLABLE, field);
      return false;
    }
    desc->setter = field;
  }
  return check_descriptor(cx, obj, desc);
}

/* FromPropertyDescriptor ( Desc )  ecma262#sec-frompropertydescriptor */
JsValue from_property_descriptor(JsContext *cx, const JsPropertyDescriptor *desc)
{
  JsHeap *heap = cx->heap;
  JsObject *obj = object_new(cx);
  if (!js_is_hole(desc->value))
    object_define_direct(heap, obj, KEY(heap, value), desc->value, PROP_ALL);
  if ((desc->present & PROP_WRITABLE) && !descriptor_is_accessor(desc))
    object_define_direct(heap, obj, KEY(heap, writable), js_boolean(desc->attrs & PROP_WRITABLE), PROP_ALL);
  if (!js_is_hole(desc->getter))
    object_define_direct(heap, obj, KEY(heap, get), desc->getter, PROP_ALL);
  if (!js_is_hole(desc->setter))
    object_define_direct(heap, obj, KEY(heap, set), desc->setter, PROP_ALL);
  if (desc->present & PROP_ENUMERABLE)
    object_define_direct(heap, obj, KEY(heap, enumerable), js_boolean(desc->attrs & PROP_ENUMERABLE), PROP_ALL);
  if (desc->present & PROP_CONFIGURABLE)
    object_define_direct(heap, obj, KEY(heap, configurable), js_boolean(desc->attrs & PROP_CONFIGURABLE), PROP_ALL);
  return js_from_object(obj);
}

bool is_regexp(JsContext *cx, JsValue val, bool *out)
{
  *out = false;
  if (!js_is_object(val))
    return true;
  JsValue matcher = TRY_OR(false, get_property(cx, js_as_object(val), KEY_SYM(cx->heap, match)));
  *out = js_is_undefined(matcher) ? js_is_kind(val, CELL_REGEXP) : to_boolean(matcher);
  return true;
}
