// SPDX-License-Identifier: MIT
/* Object, array, template and regular-expression literals, method definitions, arguments and rest. */
#include "interp/interp.h"

#include "interp/call_site.h"
#include "object/arguments.h"

/* A literal's cache holds its first shape's root: instances start with as many inline slots as the literal writes. */
JsObject *interp_slow_new_object(JsContext *cx, JsIc *ic, uint32_t count)
{
  (void)ic;
  return object_new_with_shape(cx->heap, realm_object_shape(cx, count));
}

/* Would CopyDataProperties make an object of the same shape? */
static bool is_copied_whole(JsContext *cx, JsShape *shape)
{
  if (shape->object_kind != CELL_OBJECT || (shape->cell.flags & (SHAPE_DICTIONARY | SHAPE_NOT_EXTENSIBLE)) ||
      shape->inline_base * sizeof(JsSlot) != sizeof(JsObject) ||
      ptr_slot_get(shape->proto) != INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE))
    return false;
  for (uint32_t k = 0; k < shape->count; k++) {
    const JsPropertyEntry *entry = &ptr_slot_get(shape->table)->entries[k];
    JsKey key = {entry->key.raw_};
    if (entry->attrs != PROP_ALL || key_is_none(key) || (key_is_symbol(key) && key_is_private(key)))
      return false;
  }
  return true;
}

JsValue interp_slow_new_object_from(JsContext *cx, JsIc *ic, JsValue source, uint32_t more)
{
  JsHeap *heap = cx->heap;
  JsObject *from = js_is_object(source) ? js_as_object(source) : NULL;
  JsShape *shape = from ? object_shape(heap, from) : NULL;
  JsElements *elements = from ? ptr_slot_get(from->elements) : NULL;
  if (!from || from->cell.flags || (elements && elements->length) || !is_copied_whole(cx, shape)) {
    uint32_t count = shape && !(shape->cell.flags & SHAPE_DICTIONARY) ? shape->count : 0;
    JsObject *copy = object_new_with_shape(heap, realm_object_shape(cx, count + more));
    return copy_data_properties(cx, copy, source, NULL, 0) ? js_from_object(copy) : JS_EXCEPTION;
  }
  JsObject *copy = object_new_with_shape(heap, shape);
  size_t inside = shape->inline_count * sizeof(JsSlot);
  memcpy(copy + 1, from + 1, inside);
  JsSlots *slots = ptr_slot_get(from->slots);
  if (slots) {
    size_t size = sizeof *slots + slots->capacity * sizeof(JsSlot);
    JsSlots *others = gc_alloc(heap, CELL_SLOTS, size);
    others->capacity = slots->capacity;
    memcpy(others->v, slots->v, slots->capacity * sizeof(JsSlot));
    ptr_slot_set(heap, copy, &copy->slots, others);
  }
  ic->entry = ic_entry(shape->id, IC_COPY, (uint32_t)(sizeof *copy + inside));
  gc_barrier(heap, running_feedback(cx));
  return js_from_object(copy);
}

JsObject *interp_slow_new_literal(JsContext *cx, uint32_t sites, const JsValue *values, uint32_t count, uint32_t more)
{
  JsHeap *heap = cx->heap;
  JsFeedback *feedback = running_feedback(cx);
  JsCode *code = cx->frame->code;
  JsObject *obj = object_new_with_shape(heap, realm_object_shape(cx, count + more));
  for (uint32_t k = 0; k < count; k++)
    object_define_direct(heap, obj, code_key(code, code->ic_sites[sites + k].key), values[k], PROP_ALL);
  JsShape *shape = object_shape(heap, obj);
  /* Not where a name comes twice. */
  if (!(shape->cell.flags & SHAPE_DICTIONARY) && shape->slot_count == count && count <= shape->inline_count) {
    JsIc *ic = &feedback->ics[sites];
    ic->entry = ic_entry(IC_NO_SHAPE, IC_LITERAL, (uint32_t)sizeof(JsObject) + shape->inline_count * sizeof(JsSlot));
    ic->entry.new_shape = shape->id;
    gc_barrier(heap, feedback);
  }
  return obj;
}

/* CreateDataProperty on a literal under construction: learns the transition like an assignment does. */
bool interp_slow_define_prop(JsContext *cx, JsIc *ic, JsObject *obj, JsKey key, JsValue val)
{
  JsHeap *heap = cx->heap;
  uint32_t old_shape = obj->cell.word;
  if (key_is_index(key))
    return create_data_property_or_throw(cx, obj, key, val);
  JsShape *before = object_shape(heap, obj);
  object_define_direct(heap, obj, key, val, PROP_ALL);
  JsShape *after = object_shape(heap, obj);
  if (obj->cell.word == old_shape || (after->cell.flags & SHAPE_DICTIONARY) || ptr_slot_get(after->parent) != before)
    return true;
  uint32_t slot = before->slot_count;
  if (after->slot_count == slot + 1 && slot < after->inline_count) {
    JsIcEntry entry = ic_entry(old_shape, IC_ADD_INLINE, after->inline_base + slot);
    entry.new_shape = after->id;
    ic_install(cx, running_feedback(cx), ic, &entry, key);
  }
  return true;
}

bool interp_slow_define_index(JsContext *cx, JsObject *obj, JsValue property, JsValue val)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, property, &key));
  return create_data_property_or_throw(cx, obj, key, val);
}

/* MethodDefinitionEvaluation's last step  ecma262#sec-definemethodproperty */
bool interp_slow_define_method(JsContext *cx, JsObject *obj, JsValue property, JsValue fn, unsigned bits)
{
  JsKey key;
  TRY_OR(false, to_property_key(cx, property, &key));
  uint8_t attrs = PROP_CONFIGURABLE | (bits & 1 ? PROP_ENUMERABLE : 0);
  JsPropertyDescriptor desc;
  if (bits & 6)
    desc = descriptor_accessor(bits & 2 ? fn : JS_HOLE, bits & 4 ? fn : JS_HOLE, attrs);
  else
    desc = descriptor_data(fn, attrs | PROP_WRITABLE);
  return define_property_or_throw(cx, obj, key, &desc);
}

bool interp_slow_set_proto(JsContext *cx, JsObject *obj, JsValue proto)
{
  if (!js_is_object(proto) && !js_is_null(proto))
    return true;
  bool done;
  return object_set_prototype_of(cx, obj, js_is_null(proto) ? NULL : js_as_object(proto), &done);
}

bool interp_slow_set_function_name(JsContext *cx, JsValue fn, JsValue property, unsigned kind)
{
  JsKey key;
  if (js_is_symbol(property))
    key = key_from_symbol(js_as_symbol(property));
  else
    TRY_OR(false, to_property_key(cx, property, &key));
  return set_function_name(cx, js_as_object(fn), key, kind == 1 ? "get" : kind == 2 ? "set" : NULL);
}

/* Excluded names come from patterns; there are rarely more than a handful. */
enum { EXCLUDED_INLINE = 16 };

bool interp_slow_copy_data(JsContext *cx, JsValue target, JsValue source, const JsValue *excluded, uint32_t count)
{
  JsKey inline_keys[EXCLUDED_INLINE], *keys = inline_keys;
  size_t size = count * sizeof *keys;
  if (count > EXCLUDED_INLINE) {
    keys = mem_alloc(&cx->vm->account, MEM_SCRATCH, size);
    if (!keys) {
      (void)throw_out_of_memory(cx);
      return false;
    }
  }
  bool ok = true;
  for (uint32_t k = 0; ok && k < count; k++)
    ok = to_property_key(cx, excluded[k], &keys[k]);
  ok = ok && copy_data_properties(cx, js_as_object(target), source, keys, count);
  if (keys != inline_keys)
    mem_free(&cx->vm->account, MEM_SCRATCH, keys, size);
  return ok;
}

JsValue interp_slow_new_array_const(JsContext *cx, JsValue elements)
{
  JsElements *template = (JsElements *)js_as_cell(elements);
  JsArray *array = TRY(array_new(cx, 0));
  template->cell.flags |= ELEMENTS_COPY_ON_WRITE;
  ptr_slot_set(cx->heap, array, &array->obj.elements, template);
  array->length = template->length;
  return js_from_cell(array);
}

bool interp_slow_array_push_hole(JsContext *cx, JsArray *array)
{
  return array_push_direct(cx, array, JS_HOLE);
}

/* NODE: spread arguments have messages of their own. */
static bool throw_spread(JsContext *cx, JsValue iterable, bool is_call)
{
  bool ends_in_call;
  if (!is_call) {
    interp_throw_not_iterable(cx, iterable);
    return false;
  }
  JsString *text = js_is_nullish(iterable) ? iterable_site_text(cx, &ends_in_call) : NULL;
  if (text)
    (void)throw_error(cx, JS_MSG_SPREAD_NULLISH, text, iterable);
  else if (js_is_nullish(iterable))
    throw_not_iterable(cx, iterable);
  else
    (void)throw_error(cx, JS_MSG_SPREAD_NOT_ITERABLE);
  return false;
}

bool interp_slow_array_spread(JsContext *cx, JsArray *array, JsValue iterable, bool is_call)
{
  JsElements *list;
  if (js_is_array_object(iterable) || js_is_string(iterable)) {
    list = TRY_OR(false, iterable_to_list(cx, iterable));
  } else {
    JsValue method = JS_UNDEFINED;
    if (!js_is_nullish(iterable))
      method = TRY_OR(false, get_v(cx, iterable, KEY_SYM(cx->heap, iterator)));
    if (!js_is_callable(method))
      return throw_spread(cx, iterable, is_call);
    JsIteratorRecord record;
    TRY_OR(false, get_iterator_from_method(cx, iterable, method, &record));
    list = TRY_OR(false, iterator_to_list(cx, &record));
  }
  for (uint32_t k = 0; k < list->length; k++) {
    JsValue val = slot_get(list->v[k]);
    TRY_OR(false, array_push_direct(cx, array, js_is_hole(val) ? JS_UNDEFINED : val));
  }
  return true;
}

/* A literal is RegExpCreate, which %RegExp% is for strings. */
static JsArray *frozen_array(JsContext *cx, JsElements *values)
{
  JsArray *array = TRY_OR(NULL, array_from_elements(cx, values));
  return array;
}

/* GetTemplateObject ( templateLiteral )  ecma262#sec-gettemplateobject. The constant is a list: cooked strings, raw
 * strings, the object once made (hole before). */
JsValue interp_slow_template_object(JsContext *cx, JsValue site)
{
  JsElements *parts = (JsElements *)js_as_cell(site);
  JsValue made = parts->length > 2 ? slot_get(parts->v[2]) : JS_HOLE;
  if (js_is_object(made))
    return made;
  JsArray *cooked = TRY(frozen_array(cx, (JsElements *)js_as_cell(slot_get(parts->v[0]))));
  JsArray *raw = TRY(frozen_array(cx, (JsElements *)js_as_cell(slot_get(parts->v[1]))));
  bool done;
  TRY(set_integrity_level(cx, &raw->obj, INTEGRITY_FROZEN, &done));
  JsPropertyDescriptor desc = descriptor_data(js_from_cell(raw), 0);
  TRY(define_property_or_throw(cx, &cooked->obj, KEY(cx->heap, raw), &desc));
  TRY(set_integrity_level(cx, &cooked->obj, INTEGRITY_FROZEN, &done));
  if (parts->length > 2)
    slot_set(cx->heap, parts, &parts->v[2], js_from_cell(cooked));
  return js_from_cell(cooked);
}

JsValue interp_slow_copy_rest(JsContext *cx, JsFrame *frame, uint32_t from)
{
  uint32_t count = frame->argc > from ? frame->argc - from : 0;
  JsArray *array = TRY(array_from_values(cx, frame->argv + from, count));
  return js_from_cell(array);
}

JsValue interp_slow_new_arguments(JsContext *cx, JsFrame *frame, JsValue env, bool mapped)
{
  JsCode *code = frame->code;
  JsObject *arguments;
  if (mapped)
    arguments = create_mapped_arguments_object(cx, js_as_object(frame->callee), frame->argc, frame->argv,
                                               js_is_cell(env) ? (JsEnv *)js_as_cell(env) : NULL, code->arguments_map,
                                               code->arguments_map ? code->param_count : 0, js_from_cell(code));
  else
    arguments = create_unmapped_arguments_object(cx, frame->argc, frame->argv);
  return arguments ? js_from_object(arguments) : JS_EXCEPTION;
}

bool interp_slow_throw_message(JsContext *cx, uint32_t message, JsCode *code, uint32_t constant)
{
  if (constant == CODE_NO_CONST)
    (void)throw_error(cx, (JsMessageId)message);
  else
    (void)throw_error(cx, (JsMessageId)message, code_key(code, constant));
  return false;
}

bool interp_slow_check_object_coercible(JsContext *cx, JsValue val, JsCode *code, uint32_t constant)
{
  if (constant == CODE_NO_CONST)
    (void)throw_error(cx, JS_MSG_DESTRUCTURE_NULLISH_VALUE, val, val);
  else
    (void)throw_error(cx, JS_MSG_DESTRUCTURE_NULLISH,
                      js_as_string(slot_get(ptr_slot_get(code->constants)->v[constant])), val);
  return false;
}

bool interp_slow_check_object(JsContext *cx, JsValue val, uint32_t reason)
{
  JsMessageId id = JS_MSG_NOT_AN_OBJECT;
  if (reason == CHECK_OBJECT_ITERATOR_RESULT)
    id = JS_MSG_ITERATOR_RESULT_NOT_OBJECT;
  (void)throw_error(cx, id, val);
  return false;
}
