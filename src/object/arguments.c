// SPDX-License-Identifier: MIT
/* Arguments exotic objects  ecma262#sec-arguments-exotic-objects */
#include "object/arguments.h"

#include "object/elements.h"
#include "object/operations.h"
#include "object/property.h"
#include "object/realm.h"
#include "object/vm.h"

enum { SLOT_UNMAPPED = 0xFFFF };

_Static_assert(sizeof(JsArguments) == 64, "update arguments_trace()");
void arguments_trace(JsTracer *tracer, JsCell *cell)
{
  JsArguments *arguments = (JsArguments *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, arguments->env);
  gc_trace_slot(tracer, &arguments->unmapped);
  gc_trace_slot(tracer, &arguments->code);
}

/* Its slots, inline. */
enum { SLOT_LENGTH, SLOT_ITERATOR, SLOT_CALLEE, SLOT_COUNT };

JsShape *arguments_shape(JsContext *cx, bool is_strict)
{
  JsHeap *heap = cx->heap;
  JsShape *shape =
      shape_root_for(heap, CELL_ARGUMENTS, sizeof(JsArguments), SLOT_COUNT, INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE));
  shape = shape_add_property(heap, shape, KEY(heap, length), PROP_METHOD);
  shape = shape_add_property(heap, shape, KEY_SYM(heap, iterator), PROP_METHOD);
  return shape_add_property(heap, shape, KEY(heap, callee), is_strict ? PROP_ACCESSOR : PROP_METHOD);
}

static JsArguments *arguments_new(JsContext *cx, JsRealmShape shape, uint32_t argc, const JsValue *argv, JsValue callee)
{
  JsElements *elements = NULL;
  if (argc) {
    elements = elements_new(cx->heap, argc);
    if (!elements) {
      throw_out_of_memory(cx);
      return NULL;
    }
    for (uint32_t k = 0; k < argc; k++)
      slot_init(&elements->v[k], argv[k]);
    elements->length = argc;
  }
  JsArguments *arguments = (JsArguments *)object_new_with_shape(cx->heap, realm_shape(cx, shape));
  ptr_slot_init(&arguments->obj.elements, elements);
  JsSlot *slots = (JsSlot *)(arguments + 1);
  slot_init(&slots[SLOT_LENGTH], js_number_u32(argc));
  slot_init(&slots[SLOT_ITERATOR], js_from_object(INTRINSIC_OBJECT(cx, ARRAY_PROTO_VALUES)));
  slot_init(&slots[SLOT_CALLEE], callee);
  return arguments;
}

JsObject *create_unmapped_arguments_object(JsContext *cx, uint32_t argc, const JsValue *argv)
{
  JsAccessor *accessor = ptr_slot_get(cx->realm->callee_accessor);
  if (js_unlikely(!accessor)) {
    /* One for all: the property cannot be configured. */
    JsValue thrower = js_from_object(INTRINSIC_OBJECT(cx, THROW_TYPE_ERROR));
    accessor = GC_NEW(cx->heap, ACCESSOR, JsAccessor);
    slot_init(&accessor->getter, thrower);
    slot_init(&accessor->setter, thrower);
    ptr_slot_set(cx->heap, cx->realm, &cx->realm->callee_accessor, accessor);
  }
  return &TRY_OR(NULL, arguments_new(cx, REALM_SHAPE_STRICT_ARGUMENTS, argc, argv, js_from_cell(accessor)))
  ->obj;
}

JsObject *create_mapped_arguments_object(JsContext *cx, JsObject *callee, uint32_t argc, const JsValue *argv,
                                         JsEnv *env, const uint16_t *slot_map, uint32_t mapped_count, JsValue code)
{
  JsArguments *arguments = TRY_OR(NULL, arguments_new(cx, REALM_SHAPE_ARGUMENTS, argc, argv, js_from_object(callee)));
  uint32_t count = mapped_count < argc ? mapped_count : argc;
  if (!count)
    return &arguments->obj;
  /* A mapped index has a hole in elements: its value is in the environment. */
  JsElements *elements = ptr_slot_get(arguments->obj.elements);
  for (uint32_t k = 0; k < count; k++)
    if (slot_map[k] != SLOT_UNMAPPED)
      slot_init(&elements->v[k], JS_HOLE);
  ptr_slot_set(cx->heap, arguments, &arguments->env, env);
  slot_set(cx->heap, arguments, &arguments->code, code);
  arguments->slot_map = slot_map;
  arguments->mapped_count = count;
  return &arguments->obj;
}

/* The environment slot an index is mapped to, or NULL. */
static JsSlot *mapped_slot(JsObject *obj, JsKey key)
{
  JsArguments *arguments = (JsArguments *)obj;
  if (!key_is_index(key) || key_as_index(key) >= arguments->mapped_count)
    return NULL;
  uint32_t index = key_as_index(key);
  if (arguments->slot_map[index] == SLOT_UNMAPPED)
    return NULL;
  JsValue cut = slot_get(arguments->unmapped);
  if (!js_is_hole(cut) && js_is_true(slot_get(((JsElements *)js_as_cell(cut))->v[index])))
    return NULL;
  return &ptr_slot_get(arguments->env)->slots[arguments->slot_map[index]];
}

/* Ends the mapping of one index; the value goes into elements (unless it is being deleted). */
static bool cut_mapping(JsContext *cx, JsObject *obj, JsKey key)
{
  JsArguments *arguments = (JsArguments *)obj;
  JsValue cut = slot_get(arguments->unmapped);
  if (js_is_hole(cut)) {
    JsElements *flags = elements_new(cx->heap, arguments->mapped_count);
    if (!flags) {
      throw_out_of_memory(cx);
      return false;
    }
    flags->length = arguments->mapped_count;
    for (uint32_t k = 0; k < flags->length; k++)
      slot_init(&flags->v[k], JS_FALSE);
    cut = js_from_cell(flags);
    slot_set(cx->heap, arguments, &arguments->unmapped, cut);
  }
  slot_init(&((JsElements *)js_as_cell(cut))->v[key_as_index(key)], JS_TRUE);
  return true;
}

/* Attributes of a mapped property: those elements keep (only odd ones are there), else the default. */
static uint8_t mapped_attributes(JsContext *cx, JsObject *obj, JsKey key)
{
  JsValue stale;
  uint32_t attrs;
  return elements_lookup(cx->heap, obj, key_as_index(key), &stale, &attrs) ? (uint8_t)(attrs & PROP_ALL) : PROP_ALL;
}

static bool arguments_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  JsSlot *slot = mapped_slot(obj, key);
  if (!slot)
    return ordinary_get_own_property(cx, obj, key, desc, found);
  *desc = descriptor_data(slot_get(*slot), mapped_attributes(cx, obj, key));
  *found = true;
  return true;
}

/* [[DefineOwnProperty]]: an accessor or a read-only property ends the mapping; other attributes are kept in elements,
 * which turn sparse then, so that no fast path reads a value there. */
static bool arguments_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                          bool *done)
{
  JsSlot *slot = mapped_slot(obj, key);
  if (!slot)
    return ordinary_define_own_property(cx, obj, key, desc, done);
  JsPropertyDescriptor change = *desc;
  bool makes_readonly = (desc->present & PROP_WRITABLE) && !(desc->attrs & PROP_WRITABLE);
  if (!descriptor_is_accessor(desc) && makes_readonly && js_is_hole(desc->value))
    change.value = slot_get(*slot);
  JsPropertyDescriptor current = descriptor_data(slot_get(*slot), mapped_attributes(cx, obj, key));
  TRY_OR(false, validate_and_apply_property_descriptor(cx, obj, key, true, &change, &current, done));
  if (!*done)
    return true;
  if (!descriptor_is_accessor(desc) && !js_is_hole(desc->value))
    slot_set(cx->heap, ptr_slot_get(((JsArguments *)obj)->env), slot, desc->value);
  if (descriptor_is_accessor(desc) || makes_readonly)
    return cut_mapping(cx, obj, key);
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements->cell.kind == CELL_ELEMENTS)
    slot_init(&elements->v[key_as_index(key)], JS_HOLE);
  return true;
}

static JsValue arguments_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  JsSlot *slot = mapped_slot(obj, key);
  return slot ? slot_get(*slot) : ordinary_get(cx, obj, key, receiver);
}

static bool arguments_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  JsSlot *slot = js_same_bits(receiver, js_from_object(obj)) ? mapped_slot(obj, key) : NULL;
  if (!slot)
    return ordinary_set(cx, obj, key, val, receiver, done);
  slot_set(cx->heap, ptr_slot_get(((JsArguments *)obj)->env), slot, val);
  *done = true;
  return true;
}

static bool arguments_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  if (!mapped_slot(obj, key))
    return ordinary_delete(cx, obj, key, done);
  *done = mapped_attributes(cx, obj, key) & PROP_CONFIGURABLE;
  if (!*done)
    return true;
  elements_remove(cx->heap, obj, key_as_index(key));
  return cut_mapping(cx, obj, key);
}

static JsElements *arguments_own_keys(JsContext *cx, JsObject *obj)
{
  JsElements *list = elements_new(cx->heap, 8);
  JsElements *own = ptr_slot_get(obj->elements);
  uint32_t dense = own && own->cell.kind == CELL_ELEMENTS ? own->length : ((JsArguments *)obj)->mapped_count;
  if (own && own->cell.kind != CELL_ELEMENTS && !((JsArguments *)obj)->mapped_count)
    return ordinary_own_keys(cx, obj);
  for (uint32_t k = 0; k < dense && list; k++) {
    JsValue val;
    if (mapped_slot(obj, key_index(k)) || elements_lookup(cx->heap, obj, k, &val, NULL))
      list = elements_push(cx, list, key_raw_value(key_index(k)));
  }
  if (list && own && own->cell.kind != CELL_ELEMENTS) {
    JsElements *rest = TRY_OR(NULL, elements_append_indices(cx, obj, elements_new(cx->heap, 8)));
    for (uint32_t k = 0; k < rest->length && list; k++)
      if (key_as_index(key_from_raw_value(slot_get(rest->v[k]))) >= dense)
        list = elements_push(cx, list, slot_get(rest->v[k]));
  }
  return list ? object_append_named_keys(cx, obj, list) : NULL;
}

const JsObjectOps arguments_ops = {
    .get_own_property = arguments_get_own_property,
    .define_own_property = arguments_define_own_property,
    .get = arguments_get,
    .set = arguments_set,
    .delete_ = arguments_delete,
    .own_keys = arguments_own_keys,
};
