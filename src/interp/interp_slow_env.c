// SPDX-License-Identifier: MIT
/* Environments, global names and names behind `with` and sloppy direct eval. */
#include "interp/interp.h"

#include "interp/eval.h"
#include "interp/import_binding.h"

JsEnv *interp_slow_new_env(JsContext *cx, JsCode *code, JsValue parent, uint32_t scope)
{
  const JsScopeInfo *info = &code->scopes[scope];
  JsEnv *env = env_new(cx->heap, js_is_cell(parent) ? (JsEnv *)js_as_cell(parent) : NULL, info->slot_count);
  env->cell.flags = info->flags;
  if (info->name_count || info->flags) {
    env->info = info;
    slot_init(&env->owner, js_from_cell(code));
  }
  return env;
}

JsEnv *interp_slow_copy_env(JsContext *cx, JsEnv *env)
{
  JsEnv *copy = env_new(cx->heap, ptr_slot_get(env->parent), env->count);
  copy->cell.flags = env->cell.flags;
  copy->info = env->info;
  slot_init(&copy->owner, slot_get(env->owner));
  for (uint32_t k = 0; k < env->count; k++)
    slot_init(&copy->slots[k], slot_get(env->slots[k]));
  return copy;
}

JsValue interp_throw_tdz(JsContext *cx, JsKey key)
{
  if (key_is_atom(key) && key_equals(key, KEY(cx->heap, this_)))
    return throw_error(cx, JS_MSG_THIS_NOT_INITIALISED);
  return throw_error(cx, JS_MSG_TDZ, key);
}

JsValue interp_slow_get_import(JsContext *cx, JsValue env, uint32_t hops, uint32_t slot, JsKey key)
{
  JsEnv *e = (JsEnv *)js_as_cell(env);
  while (hops--)
    e = ptr_slot_get(e->parent);
  JsValue val = slot_get(e->slots[slot]);
  while (js_is_kind(val, CELL_IMPORT_BINDING)) {
    JsImportBinding *binding = (JsImportBinding *)js_as_cell(val);
    val = slot_get(ptr_slot_get(binding->env)->slots[binding->slot]);
  }
  return js_unlikely(js_is_hole(val)) ? interp_throw_tdz(cx, key) : val;
}

void import_binding_trace(JsTracer *tracer, JsCell *cell)
{
  gc_trace_ptr(tracer, ((JsImportBinding *)cell)->env);
}

/* --- globals ----------------------------------------------------------------------------------------------------- */

/* The lexical record's entry for key, or NULL. */
static const JsPropertyEntry *lexical_entry(JsContext *cx, JsKey key)
{
  JsObject *lexicals = ptr_slot_get(cx->realm->global_lexicals);
  return shape_lookup(cx->heap, object_shape(cx->heap, lexicals), key);
}
static JsSlot *lexical_slot(JsContext *cx, const JsPropertyEntry *entry)
{
  JsObject *lexicals = ptr_slot_get(cx->realm->global_lexicals);
  return object_slot(object_shape(cx->heap, lexicals), lexicals, entry->slot);
}

/* first_kind: of the pair for inline slots and for others. */
static void learn_global(JsContext *cx, JsIc *ic, JsIcKind first_kind, uint32_t slot)
{
  bool is_lexical = first_kind == IC_GLOBAL_LEXICAL_INLINE;
  JsHeap *heap = cx->heap;
  JsObject *holder = is_lexical ? ptr_slot_get(cx->realm->global_lexicals) : ptr_slot_get(cx->realm->global);
  JsIcEntry entry = ic_entry(IC_NO_SHAPE, IC_EMPTY, 0);
  if (!is_lexical) {
    object_become_proto(heap, holder); /* gives it a validity cell */
    JsProtoInfo *validity = shape_proto_validity(heap, holder);
    if (!validity)
      return;
    ptr_slot_init(&entry.validity, validity);
  }
  if (first_kind == IC_PROTO_GETTER_INLINE)
    ptr_slot_init(&entry.holder, holder);
  ic_entry_slot(&entry, object_shape(heap, holder), first_kind, slot);
  entry.state = IC_STATE_MONO;
  ic->entry = entry;
  gc_barrier(heap, running_feedback(cx));
}

/* GetBindingValue of the global Environment Record  ecma262#sec-global-environment-records-getbindingvalue-n-s */
JsValue interp_slow_get_global(JsContext *cx, JsIc *ic, JsKey key, bool is_typeof)
{
  JsRealm *realm = cx->realm;
  const JsPropertyEntry *entry = lexical_entry(cx, key);
  if (entry) {
    JsValue val = slot_get(*lexical_slot(cx, entry));
    if (js_is_hole(val))
      return interp_throw_tdz(cx, key);
    learn_global(cx, ic, IC_GLOBAL_LEXICAL_INLINE, entry->slot);
    return val;
  }
  JsObject *global = ptr_slot_get(realm->global);
  if (!(global->cell.flags & OBJECT_EXOTIC) && !key_is_index(key)) {
    JsLookup found;
    TRY(object_lookup(cx, global, key, &found));
    if (found.holder == global && !(found.attrs & (PROP_LAZY | PROP_ACCESSOR))) {
      learn_global(cx, ic, IC_GLOBAL_OBJECT_INLINE, found.slot);
      return slot_get(*object_slot(object_shape(cx->heap, global), global, found.slot));
    }
    if (found.holder == global && found.kind == LOOKUP_ACCESSOR)
      learn_global(cx, ic, IC_PROTO_GETTER_INLINE, found.slot);
  }
  bool has;
  TRY(object_has_property(cx, global, key, &has));
  if (!has)
    return is_typeof ? JS_UNDEFINED : throw_error(cx, JS_MSG_NOT_DEFINED, key);
  return get_property(cx, global, key);
}

JsCallOutcome interp_get_global(JsContext *cx, JsIc *ic, JsKey key, uint32_t result_register, JsValue *result)
{
  /* FAST: getters such as those of Buffer and process. */
  JsObject *global = ptr_slot_get(cx->realm->global);
  JsValue getter = ic_getter(&ic->entry, global);
  if (js_is_kind(getter, CELL_NATIVE_FUNCTION)) {
    const JsNativeFunction *native = js_as_native_function(getter);
    if (native->magic == NATIVE_RETURNS_HELD_MAGIC && !js_is_hole(slot_get(native->data[0]))) {
      *result = slot_get(native->data[0]);
      return CALL_DONE;
    }
  } else if (!js_is_hole(getter)) {
    JsCallOutcome outcome = interp_push_getter(cx, getter, js_from_object(global), result_register);
    if (outcome != CALL_DONE)
      return outcome;
  }
  *result = interp_slow_get_global(cx, ic, key, false);
  return js_is_exception(*result) ? CALL_FAILED : CALL_DONE;
}

/* Stores into a slot of the holder, wherever it is. */
static void store_in(JsHeap *heap, JsObject *holder, JsSlot *slot, JsValue val)
{
  *slot = (JsSlot){val.bits};
  gc_barrier(heap, holder);
  if (ptr_slot_get(holder->slots))
    gc_barrier(heap, ptr_slot_get(holder->slots));
}

/* A cached site assigns only writable bindings. */
static bool set_cached_global(JsContext *cx, JsIc *ic, JsValue val)
{
  JsObject *lexicals = ptr_slot_get(cx->realm->global_lexicals), *global = ptr_slot_get(cx->realm->global);
  JsSlot *slot;
  switch (ic->entry.kind) {
  case IC_GLOBAL_LEXICAL_INLINE: slot = ic_inline_slot(lexicals, ic->entry.slot); break;
  case IC_GLOBAL_LEXICAL_SLOTS: slot = ic_vector_slot(lexicals, ic->entry.slot); break;
  case IC_GLOBAL_OBJECT_INLINE:
  case IC_GLOBAL_OBJECT_SLOTS:
    if (!ptr_slot_get(ic->entry.validity)->valid)
      return false;
    store_in(cx->heap, global,
             ic->entry.kind == IC_GLOBAL_OBJECT_INLINE ? ic_inline_slot(global, ic->entry.slot)
                                                       : ic_vector_slot(global, ic->entry.slot),
             val);
    return true;
  default: return false;
  }
  store_in(cx->heap, lexicals, slot, val);
  return true;
}

bool interp_slow_set_global(JsContext *cx, JsIc *ic, JsKey key, JsValue val, bool strict)
{
  if (js_likely(set_cached_global(cx, ic, val)))
    return true;
  JsObject *global = ptr_slot_get(cx->realm->global);
  const JsPropertyEntry *entry = lexical_entry(cx, key);
  if (entry) {
    if (js_is_hole(slot_get(*lexical_slot(cx, entry)))) {
      (void)interp_throw_tdz(cx, key);
      return false;
    }
    if (!(entry->attrs & PROP_WRITABLE)) {
      (void)throw_error(cx, JS_MSG_ASSIGN_TO_CONST);
      return false;
    }
    store_in(cx->heap, ptr_slot_get(cx->realm->global_lexicals), lexical_slot(cx, entry), val);
    learn_global(cx, ic, IC_GLOBAL_LEXICAL_INLINE, entry->slot);
    return true;
  }
  if (!(global->cell.flags & OBJECT_EXOTIC) && !key_is_index(key)) {
    JsLookup found;
    TRY_OR(false, object_lookup(cx, global, key, &found));
    if (found.holder == global && (found.attrs & (PROP_WRITABLE | PROP_LAZY | PROP_ACCESSOR)) == PROP_WRITABLE) {
      learn_global(cx, ic, IC_GLOBAL_OBJECT_INLINE, found.slot);
      if (set_cached_global(cx, ic, val))
        return true;
    }
  }
  if (strict) {
    bool has;
    TRY_OR(false, object_has_property(cx, global, key, &has));
    if (!has) {
      (void)throw_error(cx, JS_MSG_NOT_DEFINED, key);
      return false;
    }
  }
  return put_value_property(cx, js_from_object(global), key, val, strict);
}

bool interp_slow_init_global_lexical(JsContext *cx, JsKey key, JsValue val)
{
  const JsPropertyEntry *entry = lexical_entry(cx, key);
  JS_CHECK(entry != NULL);
  store_in(cx->heap, ptr_slot_get(cx->realm->global_lexicals), lexical_slot(cx, entry), val);
  return true;
}

/* CanDeclareGlobalFunction, CanDeclareGlobalVar  ecma262#sec-candeclareglobalfunction */
static bool can_declare(JsContext *cx, JsObject *global, JsKey key, bool is_function, bool *can)
{
  JsPropertyDescriptor desc;
  bool found;
  TRY_OR(false, object_get_own_property(cx, global, key, &desc, &found));
  if (!found)
    return object_is_extensible(cx, global, can);
  *can = !is_function || (desc.attrs & PROP_CONFIGURABLE) ||
         (!descriptor_is_accessor(&desc) && (desc.attrs & PROP_WRITABLE) && (desc.attrs & PROP_ENUMERABLE));
  return true;
}

/* CreateGlobalVarBinding  ecma262#sec-createglobalvarbinding */
static bool create_global_var(JsContext *cx, JsObject *global, JsKey key, bool deletable)
{
  bool has, extensible;
  TRY_OR(false, has_own_property(cx, global, key, &has));
  TRY_OR(false, object_is_extensible(cx, global, &extensible));
  if (has || !extensible)
    return true;
  JsPropertyDescriptor desc =
      descriptor_data(JS_UNDEFINED, PROP_WRITABLE | PROP_ENUMERABLE | (deletable ? PROP_CONFIGURABLE : 0));
  return define_property_or_throw(cx, global, key, &desc);
}

static bool is_lexical_decl(const JsGlobalDecl *decl)
{
  return decl->kind == GLOBAL_DECL_LET || decl->kind == GLOBAL_DECL_CONST;
}

/* A lexical name must be free; a var name must not hide a lexical one. */
static bool check_global_decl(JsContext *cx, JsObject *global, const JsGlobalDecl *decl, JsKey key, bool *usable)
{
  *usable = true;
  bool lexical = lexical_entry(cx, key) != NULL;
  if (decl->kind == GLOBAL_DECL_ANNEX_B_FUNCTION) {
    if (lexical)
      *usable = false;
    else
      TRY_OR(false, can_declare(cx, global, key, false, usable));
    return true;
  }
  if (!lexical && is_lexical_decl(decl)) {
    /* HasRestrictedGlobalProperty; a var of an earlier script is not configurable either. */
    JsPropertyDescriptor desc;
    TRY_OR(false, object_get_own_property(cx, global, key, &desc, &lexical));
    lexical = lexical && !(desc.attrs & PROP_CONFIGURABLE);
  }
  if (lexical) {
    (void)throw_error(cx, JS_MSG_ALREADY_DECLARED, key);
    return false;
  }
  if (!is_lexical_decl(decl)) {
    bool can;
    TRY_OR(false, can_declare(cx, global, key, decl->kind == GLOBAL_DECL_FUNCTION, &can));
    if (!can) {
      (void)throw_error(cx, JS_MSG_CANNOT_DECLARE_GLOBAL, key);
      return false;
    }
  }
  return true;
}

/* GlobalDeclarationInstantiation ( script, env )  ecma262#sec-globaldeclarationinstantiation, and the global case of
 * EvalDeclarationInstantiation: everything is checked before anything is made. */
bool interp_slow_declare_globals(JsContext *cx, JsCode *code, uint32_t index)
{
  JsHeap *heap = cx->heap;
  const JsGlobalDecls *decls = &code->global_decls[index];
  JsObject *global = ptr_slot_get(cx->realm->global), *lexicals = ptr_slot_get(cx->realm->global_lexicals);
  bool usable, has_lexical = false;
  for (uint32_t k = 0; k < decls->count; k++)
    TRY_OR(false, check_global_decl(cx, global, &decls->decls[k], code_key(code, decls->decls[k].key), &usable));
  for (uint32_t k = 0; k < decls->count; k++) {
    const JsGlobalDecl *decl = &decls->decls[k];
    JsKey key = code_key(code, decl->key);
    has_lexical |= is_lexical_decl(decl);
    switch (decl->kind) {
    case GLOBAL_DECL_LET: object_define_direct(heap, lexicals, key, JS_HOLE, PROP_WRITABLE | PROP_ENUMERABLE); break;
    case GLOBAL_DECL_CONST: object_define_direct(heap, lexicals, key, JS_HOLE, PROP_ENUMERABLE); break;
    case GLOBAL_DECL_VAR: TRY_OR(false, create_global_var(cx, global, key, decls->deletable)); break;
    case GLOBAL_DECL_ANNEX_B_FUNCTION:
      TRY_OR(false, check_global_decl(cx, global, decl, key, &usable));
      if (usable)
        TRY_OR(false, create_global_var(cx, global, key, decls->deletable));
      break;
    default: break;
    }
  }
  /* Sites that read properties of the global object may now see one of these names instead. */
  if (has_lexical && (global->cell.flags & OBJECT_IS_PROTO))
    shape_invalidate_proto(heap, global);
  return true;
}

/* CreateGlobalFunctionBinding ( N, V, D )  ecma262#sec-createglobalfunctionbinding */
bool interp_slow_set_global_function(JsContext *cx, JsKey key, JsValue fn, bool deletable)
{
  JsObject *global = ptr_slot_get(cx->realm->global);
  JsPropertyDescriptor existing, desc = descriptor_data(fn, 0);
  bool found;
  TRY_OR(false, object_get_own_property(cx, global, key, &existing, &found));
  if (!found || (existing.attrs & PROP_CONFIGURABLE))
    desc.attrs = PROP_WRITABLE | PROP_ENUMERABLE | (deletable ? PROP_CONFIGURABLE : 0);
  else
    desc.present = 0;
  TRY_OR(false, define_property_or_throw(cx, global, key, &desc));
  return set_property(cx, global, key, fn);
}

/* --- dynamic names ----------------------------------------------------------------------------------------------- */

/* HasBinding of an object Environment Record  ecma262#sec-object-environment-records-hasbinding-n */
static bool with_has_binding(JsContext *cx, JsObject *obj, JsKey key, bool *has)
{
  TRY_OR(false, object_has_property(cx, obj, key, has));
  if (!*has)
    return true;
  JsValue unscopables = get_property(cx, obj, KEY_SYM(cx->heap, unscopables));
  if (js_is_exception(unscopables))
    return false;
  if (js_is_object(unscopables)) {
    JsValue blocked = get_property(cx, js_as_object(unscopables), key);
    if (js_is_exception(blocked))
      return false;
    *has = !to_boolean(blocked);
  }
  return true;
}

bool interp_slow_find_dynamic(JsContext *cx, JsValue env, uint32_t hops, JsKey key, JsValue *found)
{
  JsEnv *e = js_is_cell(env) ? (JsEnv *)js_as_cell(env) : NULL;
  for (; hops && e; hops--, e = ptr_slot_get(e->parent)) {
    JsValue candidate = JS_HOLE;
    bool has = false;
    if (e->cell.flags & ENV_WITH) {
      candidate = slot_get(e->slots[0]);
      TRY_OR(false, with_has_binding(cx, js_as_object(candidate), key, &has));
    } else if (e->cell.flags & ENV_EVAL_VARS) {
      candidate = slot_get(e->slots[e->count - 1]);
      if (!js_is_hole(candidate))
        TRY_OR(false, has_own_property(cx, js_as_object(candidate), key, &has));
    }
    if (has) {
      *found = candidate;
      return true;
    }
  }
  *found = JS_HOLE;
  return true;
}

/* Objects of eval variables have no prototype and a mark that no program can make. */
static bool is_eval_vars(JsContext *cx, JsValue obj)
{
  return shape_lookup(cx->heap, object_shape(cx->heap, js_as_object(obj)), KEY_PRIVATE(cx->heap, eval_variables)) !=
         NULL;
}

JsValue interp_slow_dynamic_this(JsContext *cx, JsValue found)
{
  return is_eval_vars(cx, found) ? JS_UNDEFINED : found;
}

JsValue interp_slow_get_dynamic(JsContext *cx, JsValue obj, JsKey key, bool strict)
{
  bool has;
  TRY(object_has_property(cx, js_as_object(obj), key, &has));
  if (!has)
    return strict ? throw_error(cx, JS_MSG_NOT_DEFINED, key) : JS_UNDEFINED;
  return get_property(cx, js_as_object(obj), key);
}

bool interp_slow_set_dynamic(JsContext *cx, JsValue obj, JsKey key, JsValue val, bool strict)
{
  bool has;
  TRY_OR(false, object_has_property(cx, js_as_object(obj), key, &has));
  if (!has && strict) {
    (void)throw_error(cx, JS_MSG_NOT_DEFINED, key);
    return false;
  }
  return put_value_property(cx, obj, key, val, strict);
}

JsValue interp_slow_delete_dynamic(JsContext *cx, JsValue obj, JsKey key)
{
  bool done;
  TRY(object_delete(cx, js_as_object(obj), key, &done));
  return js_boolean(done);
}

JsValue interp_slow_delete_global(JsContext *cx, JsKey key)
{
  if (lexical_entry(cx, key))
    return JS_FALSE;
  bool done;
  TRY(object_delete(cx, ptr_slot_get(cx->realm->global), key, &done));
  return js_boolean(done);
}

/* The variable part of EvalDeclarationInstantiation  ecma262#sec-evaldeclarationinstantiation */
bool interp_slow_declare_eval_var(JsContext *cx, JsValue env, uint32_t hops, JsKey key, JsValue function)
{
  JsHeap *heap = cx->heap;
  JsEnv *e = (JsEnv *)js_as_cell(env);
  while (hops--)
    e = ptr_slot_get(e->parent);
  JS_CHECK(e->cell.flags & ENV_EVAL_VARS);
  JsSlot *slot = &e->slots[e->count - 1];
  if (js_is_hole(slot_get(*slot))) {
    JsObject *vars = TRY_OR(false, object_new_with_proto(cx, NULL));
    object_define_direct(heap, vars, KEY_PRIVATE(heap, eval_variables), JS_TRUE, 0);
    slot_set(heap, e, slot, js_from_object(vars));
  }
  JsObject *vars = js_as_object(slot_get(*slot));
  bool has;
  TRY_OR(false, has_own_property(cx, vars, key, &has));
  if (!js_is_hole(function))
    return create_data_property_or_throw(cx, vars, key, function);
  return has || create_data_property_or_throw(cx, vars, key, JS_UNDEFINED);
}

JsEnv *interp_slow_push_with(JsContext *cx, JsValue parent, JsValue val)
{
  JsObject *obj = TRY_OR(NULL, to_object(cx, val));
  JsEnv *env = env_new(cx->heap, js_is_cell(parent) ? (JsEnv *)js_as_cell(parent) : NULL, 1);
  env->cell.flags = ENV_WITH;
  slot_init(&env->slots[0], js_from_object(obj));
  return env;
}
