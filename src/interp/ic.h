// SPDX-License-Identifier: MIT
/*
 * [DOC] Inline caches
 *
 * A site that names a property has a JsIc in its function's JsFeedback. It remembers, per receiver shape, where the
 * property was found: one shape in the site itself (monomorphic), up to IC_POLY_MAX in a side cell (polymorphic), then
 * the Vm's direct-mapped cache of (shape, key) (megamorphic). What was found on the prototype chain is guarded by the
 * receiver's shape and one validity cell (object/shape.h); the holder's slot is read again at every hit.
 *
 * A cache keeps the shapes, holders and validity cells it names alive: a shape id is never reused under a cache's feet.
 * The megamorphic cache is emptied at every collection instead.
 */
#ifndef INTERP_IC_H
#define INTERP_IC_H

#include "object/object.h"
#include "object/vm.h"

typedef enum {
  IC_EMPTY,
  /* reads; slot: word offset in the object (INLINE, odd) or in its slot vector (SLOTS, even) */
  IC_OWN_INLINE,
  IC_OWN_SLOTS,
  IC_PROTO_INLINE, /* of holder, guarded by validity */
  IC_PROTO_SLOTS,
  IC_OWN_GETTER_INLINE, /* the slot holds a JsAccessor */
  IC_OWN_GETTER_SLOTS,
  IC_PROTO_GETTER_INLINE,
  IC_PROTO_GETTER_SLOTS,
  IC_ABSENT,
  /* writes */
  IC_SET_INLINE,
  IC_SET_SLOTS,
  IC_ADD_INLINE, /* shape -> new_shape, guarded by validity of the chain (NULL: null prototype) */
  IC_ADD_SLOTS,
  IC_OWN_SETTER_INLINE,
  IC_OWN_SETTER_SLOTS,
  IC_PROTO_SETTER_INLINE,
  IC_PROTO_SETTER_SLOTS,
  /* global names; those of the global object are guarded by its validity, which new lexical names end too */
  IC_GLOBAL_LEXICAL_INLINE,
  IC_GLOBAL_LEXICAL_SLOTS,
  IC_GLOBAL_OBJECT_INLINE,
  IC_GLOBAL_OBJECT_SLOTS,
  IC_COPY,    /* of a spread's source, all of whose properties are plain: its copy has the same shape; `slot`: bytes */
  IC_LITERAL, /* a literal's: its object has new_shape, its cell `slot` bytes, its slots lie inside */
} JsIcKind;

/* A shape id that no object has. */
#define IC_NO_SHAPE 0xFFFFFFFFu
/* Stand for the "shapes" of primitive receivers. */
#define IC_SHAPE_STRING  0xFFFFFFF0u
#define IC_SHAPE_NUMBER  0xFFFFFFF1u
#define IC_SHAPE_BOOLEAN 0xFFFFFFF2u
#define IC_SHAPE_SYMBOL  0xFFFFFFF3u
#define IC_SHAPE_BIGINT  0xFFFFFFF4u

typedef struct JsIcEntry {
  uint32_t shape;
  uint32_t new_shape;
  uint32_t slot;
  uint8_t kind;  /* JsIcKind */
  uint8_t state; /* of the site; meaningful in JsIc only */
  uint16_t count;
  JS_PTR_SLOT(JsObject) holder;
  JS_PTR_SLOT(JsProtoInfo) validity;
} JsIcEntry;

enum { IC_STATE_EMPTY, IC_STATE_MONO, IC_STATE_POLY, IC_STATE_MEGA };

/* How many shapes a site remembers before it uses the Vm-wide cache; V8 and JavaScriptCore settled on the same few. */
#define IC_POLY_MAX 4

typedef struct JsIcPoly {
  JsCell cell;
  uint32_t count;
  uint32_t pad;
  JsIcEntry entries[IC_POLY_MAX];
} JsIcPoly;

/* In JsFeedback. `key` is the key of keyed sites (GET_INDEX by name, private names), else the hole; call sites keep
 * their target there. */
typedef struct JsIc {
  JsIcEntry entry;
  JS_PTR_SLOT(JsIcPoly) poly;
  JsSlot key;
} JsIc;

/* Per code: see bytecode/code.h. ics[ic_count], then fb bytes. */
typedef struct JsFeedback {
  JsCell cell;
  uint32_t ic_count, fb_count;
  JS_PTR_SLOT(struct JsFeedback) next; /* the same code in another realm */
  JS_PTR_SLOT(JsRealm) realm;          /* caches about globals and primitives' prototypes are the realm's */
  /* Instances made with this code as their new.target: prototype, root shape and how many slots they grew to. */
  JS_PTR_SLOT(JsObject) construct_proto;
  JS_PTR_SLOT(JsShape) construct_shape;
  uint32_t construct_slots;
  uint32_t construct_count;
  /* A new_target of this shape (an id, or IC_NO_SHAPE) has its `prototype` in this word of its cell, or of its slots.
   */
  uint32_t construct_target;
  uint32_t construct_word;
  bool construct_in_slots;
  uint8_t *fb; /* in the cell's tail */
  JsIc ics[];
} JsFeedback;

/* Type feedback bits, gathered outside the int32 path. */
enum { FB_DOUBLE = 1, FB_STRING = 2, FB_BIGINT = 4, FB_OTHER = 8, FB_OVERFLOW = 16 };

#define MEGA_CACHE_SIZE 1024 /* entries; a power of two. 48 KiB a Vm, made when the first site turns megamorphic */

typedef struct JsMegaEntry {
  uint64_t key; /* JsKey bits; 0: free */
  JsIcEntry entry;
} JsMegaEntry;

/* Where emit found what listens to an event (emit.c): own data properties of the emitter and its table of listeners. A
 * place is a slot's number, doubled, and whether it is inline. */
typedef struct JsEmitEntry {
  uint64_t name; /* JsKey bits; 0: free */
  uint32_t emitter_shape, table_shape;
  uint32_t table, capture, listener; /* places */
  uint32_t pad;
  uint64_t plain; /* the bits of a listener that was found there and needs nothing but a frame; 0: none */
} JsEmitEntry;
enum { EMIT_CACHE_SIZE = 64 };

/* The interpreter's private part of the Vm: JsVm.interp. */
typedef struct JsInterp {
  JsMegaEntry *mega; /* NULL until needed */
  JsWeakSource weak;
  struct StackTraceState *traces;
  JsEmitEntry emits[EMIT_CACHE_SIZE]; /* emptied at every collection */
  /* Where %Promise.prototype%.constructor and %Promise%[@@species] were found as they were made: the entries, and the
   * getter. Emptied at every collection. */
  struct {
    JsRealm *realm; /* NULL: empty */
    JsIcEntry constructor, species;
    JsValue getter;
  } promise_guard;
  uint64_t ic_misses, mega_hits; /* --stats */
} JsInterp;

struct JsCode;
/* The feedback of a code in a realm, made when there is none. */
JsFeedback *feedback_find(JsHeap *heap, struct JsCode *code, JsRealm *realm);
JsInterp *interp_state(JsContext *cx);

/* Remembers an entry for its shape at a site: mono, then poly, then mega. */
void ic_install(JsContext *cx, JsFeedback *feedback, JsIc *ic, const JsIcEntry *entry, JsKey key);
/* The place of a read of (shape, key) in the Vm's cache; whoever fills it sets key and entry. */
JsMegaEntry *ic_mega_entry(JsContext *cx, uint32_t shape, JsKey key);
/* Get ( O, P ) through the Vm's cache: for C code that asks many objects for the same name. Not for index keys. */
JS_MUST_USE JsValue get_property_cached(JsContext *cx, JsObject *obj, JsKey key);
/* What that would answer without running a program; the hole: it cannot be told. */
JsValue peek_property(JsContext *cx, JsObject *obj, JsKey key);
/* Sends a site to the Vm's cache for good. */
void ic_make_mega(JsContext *cx, JsIc *ic);
typedef enum { IC_FOR_GET = 0, IC_FOR_SET = 0x155 } JsIcUse;
JS_INLINE uint32_t mega_place(uint32_t shape, JsKey key, JsIcUse use)
{
  uint64_t hash = (key.bits >> 4) ^ ((uint64_t)shape * 0x9E3779B1u) ^ use;
  return (uint32_t)(hash ^ hash >> 10) & (MEGA_CACHE_SIZE - 1);
}
JS_INLINE JsMegaEntry *mega_entry(JsInterp *interp, uint32_t shape, JsKey key, JsIcUse use)
{
  return &interp->mega[mega_place(shape, key, use)];
}
/* The entry for a shape at a site beyond its own, or NULL. */
JS_INLINE const JsIcEntry *ic_find(JsContext *cx, const JsIc *ic, uint32_t shape, JsKey key, JsIcUse use)
{
  if (ic->entry.state == IC_STATE_POLY) {
    const JsIcPoly *poly = ptr_slot_get(ic->poly);
    for (uint32_t k = 0; k < poly->count; k++) {
      if (poly->entries[k].shape == shape)
        return &poly->entries[k];
    }
    return NULL;
  }
  if (ic->entry.state == IC_STATE_MEGA) {
    JsInterp *interp = cx->vm->interp; /* made with the first such site */
    const JsMegaEntry *mega = mega_entry(interp, shape, key, use);
    if (mega->key == key.bits && mega->entry.shape == shape) {
      interp->mega_hits++;
      return &mega->entry;
    }
  }
  return NULL;
}

/* The slot of a read entry: odd kinds name a word of the object itself. */
JS_INLINE JsSlot *ic_read_slot(const JsIcEntry *entry, JsObject *holder)
{
  return (entry->kind & 1 ? (JsSlot *)holder : (JsSlot *)ptr_slot_get(holder->slots)) + entry->slot;
}
_Static_assert((IC_OWN_INLINE & IC_PROTO_INLINE & IC_OWN_GETTER_INLINE & IC_PROTO_GETTER_INLINE & 1) &&
                   !((IC_OWN_SLOTS | IC_PROTO_SLOTS | IC_OWN_GETTER_SLOTS | IC_PROTO_GETTER_SLOTS) & 1),
               "told by the low bit");
/* Whether an entry that looked through prototypes still holds. */
JS_INLINE bool ic_is_valid(const JsIcEntry *entry)
{
  return !ptr_slot_get(entry->validity) || ptr_slot_get(entry->validity)->valid;
}
/* The getter that a read entry leads to; the hole: it is stale or leads to something else. */
JS_INLINE JsValue ic_getter(const JsIcEntry *entry, JsObject *obj)
{
  if (entry->kind < IC_OWN_GETTER_INLINE || entry->kind > IC_PROTO_GETTER_SLOTS || !ic_is_valid(entry))
    return JS_HOLE;
  JsValue pair = slot_get(*ic_read_slot(entry, ptr_slot_get(entry->validity) ? ptr_slot_get(entry->holder) : obj));
  return js_is_kind(pair, CELL_ACCESSOR) ? slot_get(((JsAccessor *)js_as_cell(pair))->getter) : JS_HOLE;
}

/* The value that a valid read entry leads to, undefined where it says that there is none; the hole: not data. */
JS_INLINE JsValue ic_read_data(const JsIcEntry *entry, JsObject *obj)
{
  if (js_unlikely(entry->kind == IC_EMPTY || entry->kind > IC_PROTO_SLOTS))
    return entry->kind == IC_ABSENT ? JS_UNDEFINED : JS_HOLE;
  return slot_get(*ic_read_slot(entry, ptr_slot_get(entry->validity) ? ptr_slot_get(entry->holder) : obj));
}
/* What the Vm's cache has about reading the key from objects like this one, if it holds; NULL otherwise. */
JS_INLINE const JsIcEntry *ic_mega_find(const JsInterp *interp, const JsObject *obj, JsKey key)
{
  if (js_unlikely(!interp || !interp->mega))
    return NULL;
  const JsMegaEntry *mega = &interp->mega[mega_place(obj->cell.word, key, IC_FOR_GET)];
  bool is_hit = mega->key == key.bits && mega->entry.shape == obj->cell.word && ic_is_valid(&mega->entry);
  return js_likely(is_hit) ? &mega->entry : NULL;
}

JS_INLINE JsIcEntry ic_entry(uint32_t shape, JsIcKind kind, uint32_t slot)
{
  return (JsIcEntry){.shape = shape, .new_shape = IC_NO_SHAPE, .slot = slot, .kind = (uint8_t)kind};
}
/* Word of a slot vector's first slot. */
enum { IC_VECTOR_BASE = offsetof(JsSlots, v) / sizeof(JsSlot) };
/* Fills kind and slot for a numbered slot: kind_inline or the kind after it. */
JS_INLINE void ic_entry_slot(JsIcEntry *entry, const JsShape *shape, JsIcKind kind_inline, uint32_t slot)
{
  bool is_inline = slot < shape->inline_count;
  entry->kind = (uint8_t)(kind_inline + !is_inline);
  entry->slot = is_inline ? shape->inline_base + slot : slot - shape->inline_count + IC_VECTOR_BASE;
}
JS_INLINE JsSlot *ic_inline_slot(JsObject *obj, uint32_t slot)
{
  return (JsSlot *)obj + slot;
}
JS_INLINE JsSlot *ic_vector_slot(JsObject *obj, uint32_t slot)
{
  return (JsSlot *)ptr_slot_get(obj->slots) + slot;
}

void feedback_trace(JsTracer *tracer, JsCell *cell);
void ic_poly_trace(JsTracer *tracer, JsCell *cell);

#endif
