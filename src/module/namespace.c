// SPDX-License-Identifier: MIT
/* Module namespace exotic objects  ecma262#sec-module-namespace-exotic-objects */
#include "interp/import_binding.h"
#include "module/module.h"
#include "object/property.h"

#include <stdlib.h>

typedef struct JsNamespace {
  JsObject obj;
  JS_PTR_SLOT(JsModule) module;
  JS_PTR_SLOT(JsElements) names; /* raw keys in code-unit order of their strings */
  JS_PTR_SLOT(JsElements)
  targets;                         /* for each: a JsImportBinding, a module whose namespace it is, or a list of
                                      the module whose deferred namespace it is */
  JS_PTR_SLOT(JsObject) positions; /* name -> position in names */
  bool deferred;                   /* of `import defer`: a look at its exports evaluates the module */
} JsNamespace;

typedef struct SortItem {
  JsString *name;
  JsValue key, target;
} SortItem;

static int compare_items(const void *left, const void *right, void *heap)
{
  return string_compare(heap, ((const SortItem *)left)->name, ((const SortItem *)right)->name);
}

/* ModuleNamespaceCreate: only names that resolve unambiguously. */
JsObject *namespace_new(JsContext *cx, JsModule *module, JsElements *names, bool deferred)
{
  JsHeap *heap = cx->heap;
  JsElements *keys = elements_new(heap, names->length), *targets = elements_new(heap, names->length);
  JsElements *strings = elements_new(heap, names->length);
  if (!keys || !targets || !strings) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  size_t bytes = (names->length + 1) * sizeof(SortItem);
  uint32_t count = 0;
  for (uint32_t k = 0; k < names->length; k++) {
    JsResolution found;
    JsKey key = key_from_raw_value(slot_get(names->v[k]));
    TRY_OR(NULL, module_resolve_export(cx, module, key, &found));
    if (found.kind <= RESOLUTION_AMBIGUOUS)
      continue;
    JsValue target = js_from_object(&found.module->obj);
    if (found.kind == RESOLUTION_BINDING) {
      JsImportBinding *binding = GC_NEW(heap, IMPORT_BINDING, JsImportBinding);
      ptr_slot_init(&binding->env, ptr_slot_get(found.module->env));
      binding->slot = found.slot;
      target = js_from_cell(binding);
    } else if (found.kind == RESOLUTION_DEFERRED_NAMESPACE) {
      JsElements *list = elements_new(heap, 1);
      if (!list) {
        (void)throw_out_of_memory(cx);
        return NULL;
      }
      slot_init(&list->v[0], target);
      list->length = 1;
      target = js_from_cell(list);
    }
    slot_set(heap, keys, &keys->v[count], slot_get(names->v[k]));
    slot_set(heap, targets, &targets->v[count], target);
    keys->length = targets->length = count + 1;
    JsValue string = key_to_value(heap, key);
    slot_set(heap, strings, &strings->v[count], string);
    strings->length = ++count;
  }
  /* The lists above keep everything alive while the items are sorted in malloc memory; nothing is allocated meanwhile
   * but flat strings of names, which atoms are. */
  SortItem *items = mem_alloc(gc_heap_account(heap), MEM_SCRATCH, bytes);
  if (!items) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < count; k++)
    items[k] = (SortItem){js_as_string(slot_get(strings->v[k])), slot_get(keys->v[k]), slot_get(targets->v[k])};
  qsort_r(items, count, sizeof *items, compare_items, heap);
  for (uint32_t k = 0; k < count; k++) {
    slot_set(heap, keys, &keys->v[k], items[k].key);
    slot_set(heap, targets, &targets->v[k], items[k].target);
  }
  mem_free(gc_heap_account(heap), MEM_SCRATCH, items, bytes);
  JsNamespace *ns = (JsNamespace *)object_new_kind(cx, CELL_MODULE_NAMESPACE, sizeof(JsNamespace), NULL);
  JsObject *positions = TRY_OR(NULL, object_new_with_proto(cx, NULL));
  ptr_slot_set(heap, ns, &ns->positions, positions);
  ptr_slot_set(heap, ns, &ns->module, module);
  ptr_slot_set(heap, ns, &ns->names, keys);
  ptr_slot_set(heap, ns, &ns->targets, targets);
  for (uint32_t k = 0; k < count; k++) {
    JsKey key = key_from_raw_value(slot_get(keys->v[k]));
    if (!key_is_index(key))
      object_define_direct(heap, positions, key, js_int32((int32_t)k), PROP_ALL);
  }
  ns->deferred = deferred;
  JsString *tag = deferred ? string_from_c_string(heap, "Deferred Module") : ATOM(heap, Module);
  object_define_direct(heap, &ns->obj, KEY_SYM(heap, toStringTag), js_from_cell(tag), 0);
  return &ns->obj;
}

/* IsSymbolLikeNamespaceKey ( P, ns ): `then` too, so that a promise may be resolved with a deferred namespace. */
static bool is_symbol_like(JsContext *cx, const JsObject *obj, JsKey key)
{
  return key_is_symbol(key) || (((const JsNamespace *)obj)->deferred && key_equals(key, KEY(cx->heap, then)));
}

/* GetModuleExportsList ( O )'s first half. */
static bool wake(JsContext *cx, JsObject *obj)
{
  const JsNamespace *ns = (const JsNamespace *)obj;
  return !ns->deferred || module_evaluate_sync(cx, ptr_slot_get(ns->module));
}

static bool find(JsContext *cx, JsObject *obj, JsKey key, uint32_t *at)
{
  JsNamespace *ns = (JsNamespace *)obj;
  if (key_is_index(key)) {
    const JsElements *names = ptr_slot_get(ns->names);
    for (uint32_t k = 0; k < names->length; k++) {
      if (slot_get(names->v[k]).bits == key.bits) {
        *at = k;
        return true;
      }
    }
    return false;
  }
  JsValue position = object_get_direct(cx->heap, ptr_slot_get(ns->positions), key);
  if (!js_is_int32(position))
    return false;
  *at = (uint32_t)js_as_int32(position);
  return true;
}

/* The binding's value; ReferenceError in its dead zone. */
static JsValue read_target(JsContext *cx, JsObject *obj, uint32_t at)
{
  JsNamespace *ns = (JsNamespace *)obj;
  JsValue val = slot_get(ptr_slot_get(ns->targets)->v[at]);
  if (js_is_module(val))
    return js_from_object(TRY(module_namespace(cx, js_as_module(val))));
  if (js_is_kind(val, CELL_ELEMENTS)) {
    val = slot_get(((const JsElements *)js_as_cell(val))->v[0]);
    return js_from_object(TRY(module_deferred_namespace(cx, js_as_module(val))));
  }
  while (js_is_kind(val, CELL_IMPORT_BINDING)) {
    JsImportBinding *binding = (JsImportBinding *)js_as_cell(val);
    JsEnv *env = ptr_slot_get(binding->env);
    val = env ? slot_get(env->slots[binding->slot]) : JS_HOLE;
  }
  if (js_is_hole(val))
    return throw_error(cx, JS_MSG_TDZ, key_from_raw_value(slot_get(ptr_slot_get(ns->names)->v[at])));
  return val;
}

static bool namespace_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done)
{
  *done = proto == NULL;
  return true;
}

static bool namespace_is_extensible(JsContext *cx, JsObject *obj, bool *extensible)
{
  *extensible = false;
  return true;
}

static bool namespace_prevent_extensions(JsContext *cx, JsObject *obj, bool *done)
{
  *done = true;
  return true;
}

static bool namespace_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  uint32_t at;
  if (is_symbol_like(cx, obj, key))
    return ordinary_get_own_property(cx, obj, key, desc, found);
  TRY_OR(false, wake(cx, obj));
  *found = find(cx, obj, key, &at);
  if (!*found)
    return true;
  JsValue val = TRY_OR(false, read_target(cx, obj, at));
  *desc = descriptor_data(val, PROP_WRITABLE | PROP_ENUMERABLE);
  return true;
}

static bool namespace_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                          bool *done)
{
  JsPropertyDescriptor current;
  bool found;
  if (is_symbol_like(cx, obj, key)) {
    TRY_OR(false, ordinary_get_own_property(cx, obj, key, &current, &found));
    if (!found) {
      *done = false;
      return true;
    }
    return validate_and_apply_property_descriptor(cx, NULL, key, false, desc, &current, done);
  }
  TRY_OR(false, namespace_get_own_property(cx, obj, key, &current, &found));
  uint32_t refused = (desc->present & ~desc->attrs & (PROP_WRITABLE | PROP_ENUMERABLE)) |
                     (desc->present & desc->attrs & PROP_CONFIGURABLE);
  *done = found && !refused && !descriptor_is_accessor(desc) &&
          (js_is_hole(desc->value) || same_value(cx->heap, desc->value, current.value));
  return true;
}

static bool namespace_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  uint32_t at;
  if (is_symbol_like(cx, obj, key))
    return ordinary_has_property(cx, obj, key, has);
  TRY_OR(false, wake(cx, obj));
  *has = find(cx, obj, key, &at);
  return true;
}

static JsValue namespace_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  uint32_t at;
  if (is_symbol_like(cx, obj, key))
    return ordinary_get(cx, obj, key, receiver);
  TRY(wake(cx, obj));
  return find(cx, obj, key, &at) ? read_target(cx, obj, at) : JS_UNDEFINED;
}

static bool namespace_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  *done = false;
  return true;
}

static bool namespace_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  uint32_t at;
  if (is_symbol_like(cx, obj, key))
    return ordinary_delete(cx, obj, key, done);
  TRY_OR(false, wake(cx, obj));
  *done = !find(cx, obj, key, &at);
  return true;
}

static JsElements *namespace_own_keys(JsContext *cx, JsObject *obj)
{
  TRY_OR(NULL, wake(cx, obj));
  const JsElements *names = ptr_slot_get(((JsNamespace *)obj)->names);
  JsElements *list = elements_new(cx->heap, names->length + 1);
  for (uint32_t k = 0; list && k < names->length; k++)
    list = elements_push(cx, list, slot_get(names->v[k]));
  if (!list) {
    if (!has_exception(cx))
      (void)throw_out_of_memory(cx);
    return NULL;
  }
  return object_append_named_keys(cx, obj, list);
}

const JsObjectOps namespace_ops = {
    .set_prototype_of = namespace_set_prototype_of,
    .is_extensible = namespace_is_extensible,
    .prevent_extensions = namespace_prevent_extensions,
    .get_own_property = namespace_get_own_property,
    .define_own_property = namespace_define_own_property,
    .has_property = namespace_has_property,
    .get = namespace_get,
    .set = namespace_set,
    .delete_ = namespace_delete,
    .own_keys = namespace_own_keys,
};

_Static_assert(sizeof(JsNamespace) == 64, "update namespace_trace()");
void namespace_trace(JsTracer *tracer, JsCell *cell)
{
  JsNamespace *ns = (JsNamespace *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ns->module);
  gc_trace_ptr(tracer, ns->names);
  gc_trace_ptr(tracer, ns->targets);
  gc_trace_ptr(tracer, ns->positions);
}
