// SPDX-License-Identifier: MIT
/* Feedback cells and the bookkeeping of inline caches: see ic.h. */
#include "interp/ic.h"

#include <string.h>

#include "bytecode/code.h"
#include "object/vm.h"

_Static_assert(sizeof(JsIcEntry) == 32, "update trace_entry()");
_Static_assert(sizeof(JsIc) == 48, "update feedback_trace()");

static JsFeedback *feedback_new(JsHeap *heap, JsCode *code, JsRealm *realm)
{
  size_t size = sizeof(JsFeedback) + code->ic_count * sizeof(JsIc) + code->fb_count;
  JsFeedback *feedback = gc_alloc(heap, CELL_FEEDBACK, size);
  feedback->ic_count = code->ic_count;
  feedback->fb_count = code->fb_count;
  ptr_slot_init(&feedback->realm, realm);
  feedback->construct_target = IC_NO_SHAPE;
  feedback->fb = (uint8_t *)&feedback->ics[code->ic_count];
  for (uint32_t k = 0; k < code->ic_count; k++)
    feedback->ics[k].entry.shape = IC_NO_SHAPE;
  return feedback;
}

JsFeedback *feedback_find(JsHeap *heap, JsCode *code, JsRealm *realm)
{
  JsFeedback *first = (JsFeedback *)js_as_cell(slot_get(code->feedback));
  for (JsFeedback *feedback = first; feedback; feedback = ptr_slot_get(feedback->next)) {
    if (ptr_slot_get(feedback->realm) == realm)
      return feedback;
  }
  JsFeedback *fresh = feedback_new(heap, code, realm);
  ptr_slot_init(&fresh->next, first);
  slot_set(heap, code, &code->feedback, js_from_cell(fresh));
  return fresh;
}

static void trace_shape_id(JsTracer *tracer, uint32_t id)
{
  if (id < IC_SHAPE_STRING)
    gc_trace_cell(tracer, shape_by_id(gc_tracer_heap(tracer), id));
}

static void trace_entry(JsTracer *tracer, const JsIcEntry *entry)
{
  if (entry->kind == IC_EMPTY)
    return;
  trace_shape_id(tracer, entry->shape);
  trace_shape_id(tracer, entry->new_shape);
  gc_trace_ptr(tracer, entry->holder);
  gc_trace_ptr(tracer, entry->validity);
}

void feedback_trace(JsTracer *tracer, JsCell *cell)
{
  JsFeedback *feedback = (JsFeedback *)cell;
  gc_trace_ptr(tracer, feedback->next);
  gc_trace_ptr(tracer, feedback->realm);
  gc_trace_ptr(tracer, feedback->construct_proto);
  gc_trace_ptr(tracer, feedback->construct_shape);
  trace_shape_id(tracer, feedback->construct_target);
  for (uint32_t k = 0; k < feedback->ic_count; k++) {
    JsIc *ic = &feedback->ics[k];
    trace_entry(tracer, &ic->entry);
    gc_trace_ptr(tracer, ic->poly);
    gc_trace_slot(tracer, &ic->key);
  }
}

void ic_poly_trace(JsTracer *tracer, JsCell *cell)
{
  JsIcPoly *poly = (JsIcPoly *)cell;
  for (uint32_t k = 0; k < poly->count; k++)
    trace_entry(tracer, &poly->entries[k]);
}

static bool is_live_or_null(JsHeap *heap, const void *cell)
{
  return !cell || gc_is_live(heap, cell);
}

static bool entry_is_live(JsHeap *heap, const JsMegaEntry *mega)
{
  const JsIcEntry *entry = &mega->entry;
  if (entry->shape >= IC_SHAPE_STRING || entry->new_shape != IC_NO_SHAPE)
    return false;
  return gc_is_live(heap, shape_by_id(heap, entry->shape)) && gc_is_live(heap, key_cell((JsKey){mega->key})) &&
         is_live_or_null(heap, ptr_slot_get(entry->holder)) && is_live_or_null(heap, ptr_slot_get(entry->validity));
}

/* Shapes may die in any collection and their ids come back for others. */
static void mega_cache_sweep(JsHeap *heap, void *opaque)
{
  JsInterp *interp = opaque;
  interp->promise_guard.realm = NULL;
  memset(interp->emits, 0, sizeof interp->emits);
  if (!interp->mega)
    return;
  for (uint32_t k = 0; k < MEGA_CACHE_SIZE; k++) {
    JsMegaEntry *mega = &interp->mega[k];
    if (mega->key && !entry_is_live(heap, mega))
      *mega = (JsMegaEntry){0};
  }
}

JsInterp *interp_state(JsContext *cx)
{
  JsVm *vm = cx->vm;
  if (js_likely(vm->interp != NULL))
    return vm->interp;
  JsInterp *interp = mem_alloc_zeroed(&vm->account, MEM_VM, sizeof *interp);
  JS_CHECK(interp != NULL);
  interp->weak.sweep = mega_cache_sweep;
  interp->weak.opaque = interp;
  gc_add_weak_source(cx->heap, &interp->weak);
  vm->interp = interp;
  return interp;
}

static void make_mega(JsContext *cx, JsInterp *interp)
{
  interp->mega = mem_alloc_zeroed(&cx->vm->account, MEM_VM, MEGA_CACHE_SIZE * sizeof *interp->mega);
  JS_CHECK(interp->mega != NULL);
}

JsMegaEntry *ic_mega_entry(JsContext *cx, uint32_t shape, JsKey key)
{
  JsInterp *interp = interp_state(cx);
  if (js_unlikely(!interp->mega))
    make_mega(cx, interp);
  return mega_entry(interp, shape, key, IC_FOR_GET);
}

static void set_mono(JsHeap *heap, JsFeedback *feedback, JsIc *ic, const JsIcEntry *entry, uint8_t state)
{
  ic->entry = *entry;
  ic->entry.state = state;
  gc_barrier(heap, feedback);
}

void ic_make_mega(JsContext *cx, JsIc *ic)
{
  JsInterp *interp = interp_state(cx);
  if (!interp->mega)
    make_mega(cx, interp);
  ic->entry = (JsIcEntry){.shape = IC_NO_SHAPE, .new_shape = IC_NO_SHAPE, .state = IC_STATE_MEGA};
  ptr_slot_init(&ic->poly, NULL);
}

void ic_install(JsContext *cx, JsFeedback *feedback, JsIc *ic, const JsIcEntry *entry, JsKey key)
{
  JsHeap *heap = cx->heap;
  interp_state(cx)->ic_misses++;
  if (ic->entry.state == IC_STATE_EMPTY || (ic->entry.state == IC_STATE_MONO && ic->entry.shape == entry->shape)) {
    set_mono(heap, feedback, ic, entry, IC_STATE_MONO);
    return;
  }
  if (ic->entry.state == IC_STATE_MONO) {
    JsIcPoly *poly = GC_NEW(heap, IC_POLY, JsIcPoly);
    poly->entries[0] = ic->entry;
    poly->count = 1;
    ptr_slot_set(heap, feedback, &ic->poly, poly);
    ic->entry.state = IC_STATE_POLY;
  }
  if (ic->entry.state == IC_STATE_POLY) {
    JsIcPoly *poly = ptr_slot_get(ic->poly);
    uint32_t k = 0;
    while (k < poly->count && poly->entries[k].shape != entry->shape)
      k++;
    if (k < IC_POLY_MAX) {
      poly->entries[k] = *entry;
      if (k == poly->count)
        poly->count++;
      gc_barrier(heap, poly);
      /* The site itself keeps the newest. */
      set_mono(heap, feedback, ic, entry, IC_STATE_POLY);
      return;
    }
    ic_make_mega(cx, ic);
  }
  bool is_write = entry->kind >= IC_SET_INLINE;
  JsMegaEntry *mega = mega_entry(interp_state(cx), entry->shape, key, is_write ? IC_FOR_SET : IC_FOR_GET);
  mega->key = key.bits;
  mega->entry = *entry;
}
