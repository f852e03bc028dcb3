// SPDX-License-Identifier: MIT
/* The internal methods of a global object over a host's object. */
#include "object/context_global.h"

#include "object/elements.h"
#include "object/operations.h"
#include "object/realm.h"

_Static_assert(sizeof(JsContextGlobal) == sizeof(JsObject) + 16, "update context_global_trace()");
void context_global_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsContextGlobal *)cell)->sandbox);
  gc_trace_ptr(tracer, ((JsContextGlobal *)cell)->inner);
}

static JsObject *sandbox_of(JsObject *obj)
{
  return ptr_slot_get(((JsContextGlobal *)obj)->sandbox);
}
static JsObject *inner_of(JsObject *obj)
{
  return ptr_slot_get(((JsContextGlobal *)obj)->inner);
}

JsObject *context_global_new(JsContext *cx, JsObject *sandbox, JsObject *inner)
{
  JsObject *proto = INTRINSIC_OBJECT(cx, OBJECT_PROTOTYPE);
  JsContextGlobal *global = (JsContextGlobal *)object_new_kind(cx, CELL_CONTEXT_GLOBAL, sizeof(JsContextGlobal), proto);
  ptr_slot_init(&global->sandbox, sandbox);
  ptr_slot_init(&global->inner, inner);
  return &global->obj;
}

static bool global_get_prototype_of(JsContext *cx, JsObject *obj, JsObject **proto)
{
  return object_get_prototype_of(cx, inner_of(obj), proto);
}

static bool global_set_prototype_of(JsContext *cx, JsObject *obj, JsObject *proto, bool *done)
{
  return object_set_prototype_of(cx, inner_of(obj), proto, done);
}

/* A program that finds the host's object under its own global names finds the global object. */
static JsValue outward(JsObject *obj, JsValue val)
{
  return js_is_object(val) && js_as_object(val) == sandbox_of(obj) ? js_from_object(obj) : val;
}

static bool global_get_own_property(JsContext *cx, JsObject *obj, JsKey key, JsPropertyDescriptor *desc, bool *found)
{
  TRY_OR(false, js_check_c_stack(cx));
  TRY_OR(false, object_get_own_property(cx, sandbox_of(obj), key, desc, found));
  if (*found)
    desc->value = outward(obj, desc->value);
  return *found || object_get_own_property(cx, inner_of(obj), key, desc, found);
}

static bool global_define_own_property(JsContext *cx, JsObject *obj, JsKey key, const JsPropertyDescriptor *desc,
                                       bool *done)
{
  TRY_OR(false, js_check_c_stack(cx));
  JsPropertyDescriptor own;
  bool found;
  /* undefined, NaN, Infinity stay what they are. */
  TRY_OR(false, object_get_own_property(cx, inner_of(obj), key, &own, &found));
  if (found && !(own.attrs & PROP_CONFIGURABLE) && !(own.attrs & PROP_WRITABLE) && !descriptor_is_accessor(&own))
    return object_define_own_property(cx, inner_of(obj), key, desc, done);
  return object_define_own_property(cx, sandbox_of(obj), key, desc, done);
}

static bool global_has_property(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  TRY_OR(false, js_check_c_stack(cx));
  TRY_OR(false, object_has_property(cx, sandbox_of(obj), key, has));
  return *has || object_has_property(cx, inner_of(obj), key, has);
}

static JsValue global_get(JsContext *cx, JsObject *obj, JsKey key, JsValue receiver)
{
  TRY(js_check_c_stack(cx));
  JsObject *sandbox = sandbox_of(obj);
  bool has;
  TRY(object_has_property(cx, sandbox, key, &has));
  if (has)
    return outward(obj, TRY(object_get(cx, sandbox, key, js_from_object(sandbox))));
  return object_get(cx, inner_of(obj), key, receiver);
}

static bool global_set(JsContext *cx, JsObject *obj, JsKey key, JsValue val, JsValue receiver, bool *done)
{
  TRY_OR(false, js_check_c_stack(cx));
  JsObject *sandbox = sandbox_of(obj);
  JsPropertyDescriptor own;
  bool found, has;
  TRY_OR(false, object_has_property(cx, sandbox, key, &has));
  if (!has) {
    TRY_OR(false, object_get_own_property(cx, inner_of(obj), key, &own, &found));
    if (found && !descriptor_is_accessor(&own) && !(own.attrs & PROP_WRITABLE)) {
      *done = false;
      return true;
    }
    if (found && descriptor_is_accessor(&own))
      return object_set(cx, inner_of(obj), key, val, receiver, done);
  }
  return object_set(cx, sandbox, key, val, js_from_object(sandbox), done);
}

static bool global_delete(JsContext *cx, JsObject *obj, JsKey key, bool *done)
{
  TRY_OR(false, js_check_c_stack(cx));
  TRY_OR(false, object_delete(cx, sandbox_of(obj), key, done));
  return !*done || object_delete(cx, inner_of(obj), key, done);
}

static bool is_own(JsContext *cx, JsObject *obj, JsKey key, bool *own)
{
  JsPropertyDescriptor desc;
  return object_get_own_property(cx, obj, key, &desc, own);
}

static JsElements *global_own_keys(JsContext *cx, JsObject *obj)
{
  TRY_OR(NULL, js_check_c_stack(cx));
  JsElements *list = TRY_OR(NULL, object_own_keys(cx, sandbox_of(obj)));
  JsElements *more = TRY_OR(NULL, object_own_keys(cx, inner_of(obj)));
  for (uint32_t k = 0; k < more->length; k++) {
    JsValue raw = slot_get(more->v[k]);
    bool own;
    TRY_OR(NULL, is_own(cx, sandbox_of(obj), key_from_raw_value(raw), &own));
    if (!own)
      list = TRY_OR(NULL, elements_push(cx, list, raw));
  }
  return list;
}

const JsObjectOps context_global_ops = {
    .get_prototype_of = global_get_prototype_of,
    .set_prototype_of = global_set_prototype_of,
    .get_own_property = global_get_own_property,
    .define_own_property = global_define_own_property,
    .has_property = global_has_property,
    .get = global_get,
    .set = global_set,
    .delete_ = global_delete,
    .own_keys = global_own_keys,
};
