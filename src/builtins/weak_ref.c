// SPDX-License-Identifier: MIT
/*
 * WeakRef and FinalizationRegistry (ecma262#sec-weak-ref-objects, ecma262#sec-finalization-registry-objects).
 *
 * Each object is a weak source of its own. A target that was made or dereferenced stays alive until the Vm clears its
 * list of kept objects at the end of the job. When the target of a registration dies, the registration moves to the
 * registry's pending ones and one clean-up job is queued, which calls back for everything pending.
 */
#include "builtins/collection.h"

typedef struct JsWeakRef {
  JsObject obj;
  JsCell *target; /* weak; NULL: dead */
  JsWeakSource source;
} JsWeakRef;

typedef struct Registration {
  JsCell *target; /* weak; NULL: died, waits for the clean-up job */
  JsCell *token;  /* weak; NULL: none */
  JsValue held;   /* strong while the registry lives: traced with it; the hole: the registration is to be taken out */
} Registration;

typedef struct JsFinalizationRegistry {
  JsObject obj;
  JsSlot cleanup;
  JS_PTR_SLOT(JsRealm) realm;
  Registration *cells; /* malloc */
  uint32_t count, capacity;
  uint32_t pending; /* registrations with a dead target */
  uint32_t settled; /* the first so many are older than the last collection */
  uint32_t job_queued;
  uint32_t cleaning; /* run_cleanup is on its way: registrations stay where they are */
  JsWeakSource source;
} JsFinalizationRegistry;

void weak_ref_finalise(JsHeap *heap, JsCell *cell);
void finalization_registry_trace(JsTracer *tracer, JsCell *cell);
void finalization_registry_finalise(JsHeap *heap, JsCell *cell);

/* AddToKeptObjects ( value )  ecma262#sec-addtokeptobjects */
static bool add_to_kept_objects(JsContext *cx, JsValue val)
{
  JsArray *kept = (JsArray *)cx->vm->kept_alive;
  if (!kept) {
    kept = TRY_OR(false, array_new(cx, 4));
    cx->vm->kept_alive = &kept->obj;
  }
  /* Loops dereference the same target again and again. */
  if (kept->length && js_same_bits(object_dense_get(&kept->obj, kept->length - 1), val))
    return true;
  JsElements *before = ptr_slot_get(kept->obj.elements);
  TRY_OR(false, array_push_direct(cx, kept, val));
  if (before && before->cell.kind == CELL_ELEMENTS &&
      before != ptr_slot_get(kept->obj.elements)) /* a word left on the stack must not keep all of them */
    before->length = 0;
  return true;
}

/* --- WeakRef ------------------------------------------------------------------------------------------------------ */

static void weak_ref_sweep(JsHeap *heap, void *opaque)
{
  JsWeakRef *ref = opaque;
  if (ref->target && !gc_is_live(heap, ref->target))
    ref->target = NULL;
}

void weak_ref_finalise(JsHeap *heap, JsCell *cell)
{
  JsWeakRef *ref = (JsWeakRef *)cell;
  if (ref->source.opaque)
    gc_remove_weak_source(heap, &ref->source);
}

/* WeakRef ( target )  ecma262#sec-weak-ref-target */
static JsValue weak_ref_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "WeakRef");
  JsValue target = js_arg(argc, argv, 0);
  if (!can_be_held_weakly(target))
    return throw_error(cx, JS_MSG_WEAK_REF_TARGET);
  JsWeakRef *ref = (JsWeakRef *)TRY(ordinary_create_from_constructor(
      cx, js_new_target(cx), JS_INTRINSIC_WEAK_REF_PROTOTYPE, CELL_WEAK_REF, sizeof(JsWeakRef)));
  TRY(add_to_kept_objects(cx, target));
  ref->target = js_as_cell(target);
  ref->source = (JsWeakSource){.sweep = weak_ref_sweep, .opaque = ref, .settles = true};
  gc_add_weak_source(cx->heap, &ref->source);
  return js_from_object(&ref->obj);
}

/* WeakRef.prototype.deref ( )  ecma262#sec-weak-ref.prototype.deref */
static JsValue weak_ref_proto_deref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsWeakRef *ref = (JsWeakRef *)TRY(this_kind(cx, this_val, CELL_WEAK_REF, "WeakRef.prototype.deref"));
  if (!ref->target)
    return JS_UNDEFINED;
  JsValue target = js_from_cell(ref->target);
  TRY(add_to_kept_objects(cx, target));
  return target;
}

/* --- FinalizationRegistry ---------------------------------------------------------------------------------------- */

_Static_assert(sizeof(JsFinalizationRegistry) == 24 + 32 + 16 + sizeof(JsWeakSource),
               "update finalization_registry_trace()");
void finalization_registry_trace(JsTracer *tracer, JsCell *cell)
{
  JsFinalizationRegistry *registry = (JsFinalizationRegistry *)cell;
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &registry->cleanup);
  gc_trace_ptr(tracer, registry->realm);
  for (uint32_t k = 0; k < registry->count; k++)
    gc_trace_value(tracer, registry->cells[k].held);
}

void finalization_registry_finalise(JsHeap *heap, JsCell *cell)
{
  JsFinalizationRegistry *registry = (JsFinalizationRegistry *)cell;
  if (!registry->source.opaque)
    return;
  gc_remove_weak_source(heap, &registry->source);
  mem_free(gc_heap_account(heap), MEM_COLLECTION, registry->cells, registry->capacity * sizeof(Registration));
}

/* Takes out the registrations without a held value. */
static void compact(JsFinalizationRegistry *registry)
{
  uint32_t kept = 0, settled = 0;
  for (uint32_t k = 0; k < registry->count; k++) {
    if (js_is_hole(registry->cells[k].held))
      continue;
    settled += k < registry->settled;
    registry->cells[kept++] = registry->cells[k];
  }
  registry->count = kept;
  registry->settled = settled;
}

/* The held value of the next registration from *at on whose target died, the hole when there is none. */
static JsValue take_pending(JsFinalizationRegistry *registry, uint32_t *at)
{
  for (; *at < registry->count; ++*at) {
    Registration *cell = &registry->cells[*at];
    if (cell->target || js_is_hole(cell->held))
      continue;
    JsValue held = cell->held;
    *cell = (Registration){NULL, NULL, JS_HOLE};
    registry->pending--;
    return held;
  }
  return JS_HOLE;
}

/* CleanupFinalizationRegistry ( finalizationRegistry )  ecma262#sec-cleanup-finalization-registry */
static bool run_cleanup(JsContext *cx, JsValue *data)
{
  JsFinalizationRegistry *registry = (JsFinalizationRegistry *)js_as_cell(data[0]);
  uint32_t at = 0;
  bool ok = true;
  registry->job_queued = 0;
  registry->cleaning++;
  while (ok && registry->pending) {
    JsValue held = take_pending(registry, &at);
    if (js_is_hole(held))
      at = 0; /* something died in a callback */
    else
      ok = !js_failed(js_call1(cx, slot_get(registry->cleanup), JS_UNDEFINED, held));
  }
  if (--registry->cleaning == 0)
    compact(registry);
  if (!ok && registry->pending && !registry->job_queued) {
    /* The rest is for another job; this one's exception goes to the host. */
    registry->job_queued = 1;
    JsValue exception = take_exception(cx);
    vm_enqueue_job(cx, run_cleanup, data, 1);
    throw_value(cx, exception);
  }
  return ok;
}

static void registry_sweep(JsHeap *heap, void *opaque)
{
  JsFinalizationRegistry *registry = opaque;
  if (!gc_is_live(heap, registry))
    return;
  for (uint32_t k = gc_collection_is_minor(heap) ? registry->settled : 0; k < registry->count; k++) {
    Registration *cell = &registry->cells[k];
    if (cell->token && !gc_is_live(heap, cell->token))
      cell->token = NULL;
    if (cell->target && !gc_is_live(heap, cell->target)) {
      cell->target = NULL;
      registry->pending++;
    }
  }
  registry->settled = registry->count;
  if (registry->pending && !registry->job_queued) {
    /* The queue is malloc memory: nothing is allocated on the heap here. */
    JsValue data = js_from_object(&registry->obj);
    registry->job_queued = 1;
    vm_enqueue_job(&heap_face(heap)->vm->cx, run_cleanup, &data, 1);
  }
}

/* FinalizationRegistry ( cleanupCallback )  ecma262#sec-finalization-registry-cleanup-callback */
static JsValue finalization_registry_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "FinalizationRegistry");
  if (!js_is_callable(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_CLEANUP_NOT_CALLABLE);
  JsFinalizationRegistry *registry = (JsFinalizationRegistry *)TRY(
      ordinary_create_from_constructor(cx, js_new_target(cx), JS_INTRINSIC_FINALIZATION_REGISTRY_PROTOTYPE,
                                       CELL_FINALIZATION_REGISTRY, sizeof(JsFinalizationRegistry)));
  slot_set(cx->heap, registry, &registry->cleanup, argv[0]);
  ptr_slot_set(cx->heap, registry, &registry->realm, cx->realm);
  registry->source = (JsWeakSource){.sweep = registry_sweep, .opaque = registry};
  gc_add_weak_source(cx->heap, &registry->source);
  return js_from_object(&registry->obj);
}

static JsFinalizationRegistry *this_registry(JsContext *cx, JsValue this_val, const char *method)
{
  return (JsFinalizationRegistry *)this_kind(cx, this_val, CELL_FINALIZATION_REGISTRY, method);
}

/* FinalizationRegistry.prototype.register ( target, heldValue [ , unregisterToken ] )
 * ecma262#sec-finalization-registry.prototype.register */
static JsValue finalization_registry_proto_register(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsFinalizationRegistry *registry = TRY(this_registry(cx, this_val, "FinalizationRegistry.prototype.register"));
  JsValue target = js_arg(argc, argv, 0), held = js_arg(argc, argv, 1), token = js_arg(argc, argv, 2);
  if (!can_be_held_weakly(target))
    return throw_error(cx, JS_MSG_REGISTER_TARGET);
  if (same_value(cx->heap, target, held))
    return throw_error(cx, JS_MSG_REGISTER_SAME);
  if (!can_be_held_weakly(token) && !js_is_undefined(token))
    return throw_error(cx, JS_MSG_UNREGISTER_TOKEN, token);
  if (registry->count == registry->capacity) {
    uint32_t capacity = registry->capacity ? registry->capacity * 2 : 4;
    Registration *cells =
        capacity < registry->capacity
            ? NULL
            : mem_realloc(gc_heap_account(cx->heap), MEM_COLLECTION, registry->cells,
                          registry->capacity * sizeof(Registration), (size_t)capacity * sizeof(Registration));
    if (!cells)
      return throw_out_of_memory(cx);
    registry->cells = cells;
    registry->capacity = capacity;
  }
  registry->cells[registry->count++] =
      (Registration){js_as_cell(target), js_is_undefined(token) ? NULL : js_as_cell(token), held};
  gc_barrier(cx->heap, registry);
  return JS_UNDEFINED;
}

/* FinalizationRegistry.prototype.unregister ( unregisterToken )
 * ecma262#sec-finalization-registry.prototype.unregister */
static JsValue finalization_registry_proto_unregister(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsFinalizationRegistry *registry = TRY(this_registry(cx, this_val, "FinalizationRegistry.prototype.unregister"));
  JsValue token = js_arg(argc, argv, 0);
  if (!can_be_held_weakly(token))
    return throw_error(cx, JS_MSG_UNREGISTER_TOKEN, token);
  bool found = false;
  for (uint32_t k = 0; k < registry->count; k++) {
    Registration *cell = &registry->cells[k];
    if (cell->token != js_as_cell(token))
      continue;
    found = true;
    registry->pending -= !cell->target;
    *cell = (Registration){NULL, NULL, JS_HOLE};
  }
  if (found && !registry->cleaning)
    compact(registry);
  return js_boolean(found);
}

static const JsBuiltin weak_ref_proto[] = {
    FN("deref", weak_ref_proto_deref, 0),
    STRING_SYM(toStringTag, "WeakRef"),
};

static const JsBuiltin finalization_registry_proto[] = {
    FN("register", finalization_registry_proto_register, 2),
    FN("unregister", finalization_registry_proto_unregister, 1),
    STRING_SYM(toStringTag, "FinalizationRegistry"),
};

const JsIntrinsicTable weak_ref_constructor_table = {
    CONSTRUCTOR_TABLE("WeakRef", weak_ref_constructor, 1, WEAK_REF_PROTOTYPE)};
const JsIntrinsicTable weak_ref_prototype_table = {PROTOTYPE_TABLE(WEAK_REF), ROWS(weak_ref_proto)};
const JsIntrinsicTable finalization_registry_constructor_table = {
    CONSTRUCTOR_TABLE("FinalizationRegistry", finalization_registry_constructor, 1, FINALIZATION_REGISTRY_PROTOTYPE)};
const JsIntrinsicTable finalization_registry_prototype_table = {PROTOTYPE_TABLE(FINALIZATION_REGISTRY),
                                                                ROWS(finalization_registry_proto)};
