// SPDX-License-Identifier: MIT
/*
 * [DOC] The interpreter
 *
 * The dispatch loop and nothing else. Dispatch is threaded: one label per row of opcodes.def. pc, fp, the constants,
 * the inline caches and the feedback bytes of the running frame live in locals and are read anew (LOAD_FRAME) whenever
 * the frame changes. Bodies hold the int32, double and cache-hit paths; everything else is in interp_slow_*.c, call.c
 * and the suspension files.
 *
 * What may throw, run user code or collect is preceded by SAVE(): it writes the frame's pc, which stack traces,
 * unwinding and returns read. A failing operation goes to `exception`. A JavaScript-to-JavaScript call pushes a frame
 * and goes on here.
 *
 * This file is one thing, one loop, and as long as the opcode table makes it.
 */
#include "interp/interp.h"

#include "interp/eval.h"
#include "object/coverage.h"
#include "object/typed_array.h"

enum {
#define UNITS_NO                      0
#define UNITS_DST                     1
#define UNITS_REG                     1
#define UNITS_RW                      1
#define UNITS_BASE                    1
#define UNITS_U16                     1
#define UNITS_I16                     1
#define UNITS_FB                      1
#define UNITS_I32                     2
#define UNITS_CONST                   2
#define UNITS_IC                      2
#define UNITS_JUMP                    2
#define OP(name, a, b, c, d, e, text) LEN_##name = 1 + UNITS_##a + UNITS_##b + UNITS_##c + UNITS_##d + UNITS_##e,
#include "bytecode/opcodes.def"
#undef OP
};

JS_INLINE uint32_t read_u32(const uint16_t *units)
{
  uint32_t word;
  memcpy(&word, units, sizeof word);
  return word;
}
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "32-bit operands are stored low unit first");

JS_INLINE bool both_int32(JsValue a, JsValue b)
{
  return (a.bits & b.bits) >= JS_VALUE_INT_TAG;
}
JS_INLINE bool both_numbers(JsValue a, JsValue b)
{
  return a.bits >= JS_VALUE_DOUBLE_OFFSET && b.bits >= JS_VALUE_DOUBLE_OFFSET;
}
JS_INLINE bool truthy(JsValue v)
{
  if (js_is_boolean(v))
    return js_is_true(v);
  if (js_is_int32(v))
    return js_as_int32(v) != 0;
  if (js_is_nullish(v))
    return false;
  if (js_is_cell(v) && js_as_cell(v)->kind >= CELL_OBJECT)
    return !(js_as_cell(v)->flags & OBJECT_IS_HTMLDDA);
  return to_boolean(v);
}
/* == of numbers, and of anything with null or undefined but objects that claim to be undefined; false: ask further. */
JS_INLINE bool quick_equals(JsValue a, JsValue b, bool *is)
{
  if (js_likely(both_int32(a, b)))
    *is = a.bits == b.bits;
  else if (both_numbers(a, b))
    *is = js_number_value(a) == js_number_value(b);
  else if (js_is_nullish(b) && !js_is_object(a))
    *is = js_is_nullish(a);
  else if (js_is_nullish(b) && !(js_as_cell(a)->flags & OBJECT_IS_HTMLDDA))
    *is = false;
  else
    return false;
  return true;
}
JS_INLINE JsEnv *env_at(JsValue env, uint32_t hops)
{
  JsEnv *e = (JsEnv *)js_as_cell(env);
  while (hops--)
    e = ptr_slot_get(e->parent);
  return e;
}

/* A read that the site's own entry answers: own or prototype data. */
JS_INLINE bool get_prop_hit(const JsIc *ic, JsValue base, JsValue *out)
{
  if (js_unlikely(!js_is_object(base) || js_as_cell(base)->word != ic->entry.shape))
    return false;
  if (js_likely(ic->entry.kind == IC_OWN_INLINE)) {
    *out = slot_get(*ic_inline_slot(js_as_object(base), ic->entry.slot));
    return true;
  }
  if (ic->entry.kind == IC_OWN_SLOTS) {
    *out = slot_get(*ic_vector_slot(js_as_object(base), ic->entry.slot));
    return true;
  }
  if (ic->entry.kind <= IC_PROTO_SLOTS && js_likely(ptr_slot_get(ic->entry.validity)->valid)) {
    JsObject *holder = ptr_slot_get(ic->entry.holder);
    *out = slot_get(ic->entry.kind == IC_PROTO_INLINE ? *ic_inline_slot(holder, ic->entry.slot)
                                                      : *ic_vector_slot(holder, ic->entry.slot));
    return true;
  }
  return false;
}

/* A method or other data property of a string, found on its prototype. */
JS_INLINE bool get_string_prop_hit(const JsIc *ic, JsValue base, JsValue *out)
{
  if (!js_is_string(base) || ic->entry.shape != IC_SHAPE_STRING || !ptr_slot_get(ic->entry.validity)->valid)
    return false;
  JsObject *holder = ptr_slot_get(ic->entry.holder);
  if (js_likely(ic->entry.kind == IC_PROTO_SLOTS))
    *out = slot_get(*ic_vector_slot(holder, ic->entry.slot));
  else if (ic->entry.kind == IC_PROTO_INLINE)
    *out = slot_get(*ic_inline_slot(holder, ic->entry.slot));
  else
    return false;
  return true;
}

/* A write to an own data property, or the addition of one in an inline slot. */
JS_INLINE bool set_prop_hit(JsHeap *heap, const JsIc *ic, JsValue base, JsValue val)
{
  if (js_unlikely(!js_is_object(base) || js_as_cell(base)->word != ic->entry.shape))
    return false;
  JsObject *obj = js_as_object(base);
  if (js_likely(ic->entry.kind == IC_SET_INLINE)) {
    slot_set(heap, obj, ic_inline_slot(obj, ic->entry.slot), val);
    return true;
  }
  if (ic->entry.kind == IC_SET_SLOTS) {
    JsSlots *slots = ptr_slot_get(obj->slots);
    slot_set(heap, slots, &slots->v[ic->entry.slot], val);
    return true;
  }
  if (ic->entry.kind == IC_ADD_INLINE &&
      (!ptr_slot_get(ic->entry.validity) || ptr_slot_get(ic->entry.validity)->valid)) {
    *ic_inline_slot(obj, ic->entry.slot) = (JsSlot){val.bits};
    obj->cell.word = ic->entry.new_shape;
    gc_barrier(heap, obj);
    return true;
  }
  return false;
}

/* obj[key] with the one symbol or interned string that the site has seen. */
JS_INLINE bool get_keyed_hit(const JsIc *ic, JsValue base, JsValue property, JsValue *out)
{
  return slot_get(ic->key).bits == property.bits && get_prop_hit(ic, base, out);
}

JS_INLINE bool set_keyed_hit(JsHeap *heap, const JsIc *ic, JsValue base, JsValue property, JsValue val)
{
  return slot_get(ic->key).bits == property.bits && set_prop_hit(heap, ic, base, val);
}

JS_INLINE bool get_index_hit(JsHeap *heap, JsValue base, JsValue property, JsValue *out)
{
  if (js_unlikely(!js_is_int32(property) || !js_is_object(base)))
    return false;
  JsObject *obj = js_as_object(base);
  uint32_t index = (uint32_t)js_as_int32(property);
  if (js_unlikely(obj->cell.kind != CELL_ARRAY && (obj->cell.flags & OBJECT_EXOTIC))) {
    if (obj->cell.kind != CELL_TYPED_ARRAY || js_as_int32(property) < 0)
      return false;
    *out = typed_array_get(heap, (JsTypedArray *)obj, index);
    return true;
  }
  *out = object_dense_get(obj, index);
  return !js_is_hole(*out);
}

JS_INLINE bool set_index_hit(JsHeap *heap, JsValue base, JsValue property, JsValue val)
{
  if (js_unlikely(!js_is_int32(property) || !js_is_object(base)))
    return false;
  JsObject *obj = js_as_object(base);
  uint32_t index = (uint32_t)js_as_int32(property);
  if (js_unlikely(obj->cell.kind != CELL_ARRAY && (obj->cell.flags & OBJECT_EXOTIC)))
    return obj->cell.kind == CELL_TYPED_ARRAY && js_as_int32(property) >= 0 && js_is_number(val) &&
           typed_array_set_number((JsTypedArray *)obj, index, val);
  return object_dense_set(heap, obj, index, val);
}

/* A global binding's slot. A lexical one stays where it is; a property of the global object is guarded by its validity.
 */
JS_INLINE JsSlot *global_hit(JsContext *cx, const JsIc *ic)
{
  if (ic->entry.kind == IC_GLOBAL_LEXICAL_INLINE)
    return ic_inline_slot(ptr_slot_get(cx->realm->global_lexicals), ic->entry.slot);
  if (ic->entry.kind == IC_GLOBAL_LEXICAL_SLOTS)
    return ic_vector_slot(ptr_slot_get(cx->realm->global_lexicals), ic->entry.slot);
  if (js_unlikely(ic->entry.kind == IC_EMPTY || !ptr_slot_get(ic->entry.validity)->valid))
    return NULL;
  JsObject *global = ptr_slot_get(cx->realm->global);
  return ic->entry.kind == IC_GLOBAL_OBJECT_INLINE ? ic_inline_slot(global, ic->entry.slot)
                                                   : ic_vector_slot(global, ic->entry.slot);
}

/* Computed jumps out of block scopes are what this file is made of; gcc and clang both accept them. */
JsValue interp_run(JsContext *cx)
{
  static const void *const labels[OP_COUNT] = {
#define OP(name, a, b, c, d, e, text) &&op_##name,
#include "bytecode/opcodes.def"
#undef OP
  };
  JsValue *fp;
  const uint16_t *pc;
  JsIc *ics;
  const JsSlot *constants;
  uint8_t *fb;
  JsHeap *const heap = cx->heap;

#define FRAME()      ((JsFrame *)fp - 1)
#define U(k)         (pc[k])
#define R(k)         (fp[pc[k]])
#define U32(k)       read_u32(pc + (k))
#define I32(k)       ((int32_t)U32(k))
#define IMM8()       (pc[0] >> 8)
#define IC(k)        (&ics[U32(k)])
#define SITE_KEY(k)  ((JsKey){ptr_slot_get(FRAME()->code->constants)->v[FRAME()->code->ic_sites[U32(k)].key].raw_})
#define CONST(k)     (slot_get(constants[U32(k)]))
#define CONST_KEY(k) (key_from_raw_value(CONST(k)))
#define DISPATCH()   goto *labels[pc[0] & 0xFF]
#define CASE(name)   op_##name:
#define NEXT(name)                                                                                                     \
  do {                                                                                                                 \
    pc += LEN_##name;                                                                                                  \
    DISPATCH();                                                                                                        \
  } while (0)
#define JUMP_TO(k)                                                                                                     \
  do {                                                                                                                 \
    pc += I32(k);                                                                                                      \
    DISPATCH();                                                                                                        \
  } while (0)
#define SAVE() ((void)(FRAME()->pc = pc))
#define STORE(k, expr)                                                                                                 \
  do {                                                                                                                 \
    JsValue store_ = (expr);                                                                                           \
    if (js_unlikely(js_is_exception(store_)))                                                                          \
      goto exception;                                                                                                  \
    R(k) = store_;                                                                                                     \
  } while (0)
#define CHECK(expr)                                                                                                    \
  do {                                                                                                                 \
    if (js_unlikely(!(expr)))                                                                                          \
      goto exception;                                                                                                  \
  } while (0)
#define STRICT() (IMM8() & 1)

  /* A suspended frame may be resumed with a throw. */
  if (js_unlikely(!js_is_hole(cx->exception)))
    goto exception;
load_frame : {
  JsFrame *frame = cx->frame;
  JsFeedback *feedback = code_feedback(heap, frame->code, cx->realm);
  fp = frame_registers(frame);
  pc = frame->pc;
  ics = feedback->ics;
  fb = feedback->fb;
  constants = ptr_slot_get(frame->code->constants)->v;
  DISPATCH();
}

  /* --- moves and constants --- */
  CASE(MOV)
  {
    R(1) = R(2);
    NEXT(MOV);
  }
  CASE(LOAD_CONST)
  {
    R(1) = CONST(2);
    NEXT(LOAD_CONST);
  }
  CASE(LOAD_INT)
  {
    R(1) = js_int32(I32(2));
    NEXT(LOAD_INT);
  }
  CASE(LOAD_UNDEFINED)
  {
    R(1) = JS_UNDEFINED;
    NEXT(LOAD_UNDEFINED);
  }
  CASE(LOAD_NULL)
  {
    R(1) = JS_NULL;
    NEXT(LOAD_NULL);
  }
  CASE(LOAD_TRUE)
  {
    R(1) = JS_TRUE;
    NEXT(LOAD_TRUE);
  }
  CASE(LOAD_FALSE)
  {
    R(1) = JS_FALSE;
    NEXT(LOAD_FALSE);
  }
  CASE(LOAD_HOLE)
  {
    R(1) = JS_HOLE;
    NEXT(LOAD_HOLE);
  }
  CASE(LOAD_CALLEE)
  {
    R(1) = FRAME()->callee;
    NEXT(LOAD_CALLEE);
  }
  CASE(LOAD_NEW_TARGET)
  {
    R(1) = FRAME()->new_target;
    NEXT(LOAD_NEW_TARGET);
  }
  CASE(LOAD_CLOSURE_ENV)
  {
    JsEnv *env = ptr_slot_get(js_as_function(FRAME()->callee)->env);
    R(1) = env ? js_from_cell(env) : JS_NULL;
    NEXT(LOAD_CLOSURE_ENV);
  }
  CASE(LOAD_GLOBAL_THIS)
  {
    R(1) = js_from_object(ptr_slot_get(cx->realm->global_this));
    NEXT(LOAD_GLOBAL_THIS);
  }

  /* --- environments --- */
  CASE(NEW_ENV)
  {
    SAVE();
    R(1) = js_from_cell(interp_slow_new_env(cx, FRAME()->code, R(2), U32(3)));
    NEXT(NEW_ENV);
  }
  CASE(COPY_ENV)
  {
    SAVE();
    R(1) = js_from_cell(interp_slow_copy_env(cx, (JsEnv *)js_as_cell(R(2))));
    NEXT(COPY_ENV);
  }
  CASE(GET_ENV)
  {
    R(1) = slot_get(env_at(R(2), U(3))->slots[U(4)]);
    NEXT(GET_ENV);
  }
  CASE(GET_ENV_CHECKED)
  {
    JsValue val = slot_get(env_at(R(2), U(3))->slots[U(4)]);
    if (js_unlikely(js_is_hole(val))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(5));
      goto exception;
    }
    R(1) = val;
    NEXT(GET_ENV_CHECKED);
  }
  CASE(SET_ENV)
  {
    JsEnv *env = env_at(R(1), U(2));
    slot_set(heap, env, &env->slots[U(3)], R(4));
    NEXT(SET_ENV);
  }
  CASE(SET_ENV_CHECKED)
  {
    JsEnv *env = env_at(R(1), U(2));
    if (js_unlikely(js_is_hole(slot_get(env->slots[U(3)])))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(5));
      goto exception;
    }
    slot_set(heap, env, &env->slots[U(3)], R(4));
    NEXT(SET_ENV_CHECKED);
  }
  CASE(GET_IMPORT)
  {
    SAVE();
    STORE(1, interp_slow_get_import(cx, R(2), U(3), U(4), CONST_KEY(5)));
    NEXT(GET_IMPORT);
  }
  CASE(CHECK_TDZ)
  {
    if (js_unlikely(js_is_hole(R(1)))) {
      SAVE();
      (void)interp_throw_tdz(cx, CONST_KEY(2));
      goto exception;
    }
    NEXT(CHECK_TDZ);
  }
  CASE(THROW_CONST_ASSIGN)
  {
    SAVE();
    (void)throw_error(cx, JS_MSG_ASSIGN_TO_CONST);
    goto exception;
  }

  /* --- globals --- */
  CASE(DECLARE_GLOBALS)
  {
    SAVE();
    CHECK(interp_slow_declare_globals(cx, FRAME()->code, U32(1)));
    NEXT(DECLARE_GLOBALS);
  }
  CASE(GET_GLOBAL)
  {
    JsSlot *slot = global_hit(cx, IC(2));
    if (js_likely(slot != NULL && !js_is_hole(slot_get(*slot)))) {
      R(1) = slot_get(*slot);
      NEXT(GET_GLOBAL);
    }
    SAVE();
    STORE(1, interp_slow_get_global(cx, IC(2), SITE_KEY(2), false));
    NEXT(GET_GLOBAL);
  }
  CASE(GET_GLOBAL_TYPEOF)
  {
    SAVE();
    STORE(1, interp_slow_get_global(cx, IC(2), SITE_KEY(2), true));
    NEXT(GET_GLOBAL_TYPEOF);
  }
  CASE(SET_GLOBAL)
  {
    SAVE();
    CHECK(interp_slow_set_global(cx, IC(1), SITE_KEY(1), R(3), STRICT()));
    NEXT(SET_GLOBAL);
  }
  CASE(INIT_GLOBAL_LEXICAL)
  {
    SAVE();
    CHECK(interp_slow_init_global_lexical(cx, SITE_KEY(1), R(3)));
    NEXT(INIT_GLOBAL_LEXICAL);
  }
  CASE(SET_GLOBAL_FUNCTION)
  {
    SAVE();
    CHECK(interp_slow_set_global_function(cx, CONST_KEY(1), R(3), U(4) != 0));
    NEXT(SET_GLOBAL_FUNCTION);
  }

  /* --- dynamic names --- */
  CASE(FIND_DYNAMIC)
  {
    JsValue found;
    SAVE();
    CHECK(interp_slow_find_dynamic(cx, R(2), U(3), CONST_KEY(4), &found));
    if (js_is_hole(found))
      JUMP_TO(6);
    R(1) = found;
    NEXT(FIND_DYNAMIC);
  }
  CASE(DYNAMIC_THIS)
  {
    R(1) = interp_slow_dynamic_this(cx, R(2));
    NEXT(DYNAMIC_THIS);
  }
  CASE(GET_DYNAMIC)
  {
    SAVE();
    STORE(1, interp_slow_get_dynamic(cx, R(2), CONST_KEY(3), STRICT()));
    NEXT(GET_DYNAMIC);
  }
  CASE(SET_DYNAMIC)
  {
    SAVE();
    CHECK(interp_slow_set_dynamic(cx, R(1), CONST_KEY(2), R(4), STRICT()));
    NEXT(SET_DYNAMIC);
  }
  CASE(DELETE_DYNAMIC)
  {
    SAVE();
    STORE(1, interp_slow_delete_dynamic(cx, R(2), CONST_KEY(3)));
    NEXT(DELETE_DYNAMIC);
  }
  CASE(DELETE_GLOBAL)
  {
    SAVE();
    STORE(1, interp_slow_delete_global(cx, CONST_KEY(2)));
    NEXT(DELETE_GLOBAL);
  }
  CASE(DECLARE_EVAL_VAR)
  {
    SAVE();
    CHECK(interp_slow_declare_eval_var(cx, R(1), U(2), CONST_KEY(3), R(5)));
    NEXT(DECLARE_EVAL_VAR);
  }
  CASE(PUSH_WITH)
  {
    SAVE();
    JsEnv *env = interp_slow_push_with(cx, R(2), R(3));
    CHECK(env != NULL);
    R(1) = js_from_cell(env);
    NEXT(PUSH_WITH);
  }

  /* --- properties --- */
  CASE(GET_PROP)
  {
    JsValue val;
    if (js_likely(get_prop_hit(IC(3), R(2), &val)) || get_string_prop_hit(IC(3), R(2), &val)) {
      R(1) = val;
      NEXT(GET_PROP);
    }
    SAVE();
    STORE(1, interp_slow_get_prop(cx, IC(3), R(2), SITE_KEY(3)));
    NEXT(GET_PROP);
  }
  CASE(GET_LENGTH)
  {
    JsValue base = R(2);
    if (js_likely(js_is_array_object(base))) {
      R(1) = js_number_u32(js_as_array(base)->length);
      NEXT(GET_LENGTH);
    }
    if (js_is_string(base)) {
      R(1) = js_int32((int32_t)js_as_string(base)->length);
      NEXT(GET_LENGTH);
    }
    SAVE();
    STORE(1, interp_slow_get_prop(cx, IC(3), base, SITE_KEY(3)));
    NEXT(GET_LENGTH);
  }
  CASE(SET_PROP)
  {
    if (js_likely(set_prop_hit(heap, IC(2), R(1), R(4))))
      NEXT(SET_PROP);
    SAVE();
    CHECK(interp_slow_set_prop(cx, IC(2), R(1), SITE_KEY(2), R(4), STRICT()));
    NEXT(SET_PROP);
  }
  CASE(GET_INDEX)
  {
    JsValue val;
    if (js_likely(get_index_hit(heap, R(2), R(3), &val)) || get_keyed_hit(IC(4), R(2), R(3), &val)) {
      R(1) = val;
      NEXT(GET_INDEX);
    }
    SAVE();
    STORE(1, interp_slow_get_index(cx, IC(4), R(2), R(3)));
    NEXT(GET_INDEX);
  }
  CASE(SET_INDEX)
  {
    if (js_likely(set_index_hit(heap, R(1), R(2), R(3))) || set_keyed_hit(heap, IC(4), R(1), R(2), R(3)))
      NEXT(SET_INDEX);
    SAVE();
    CHECK(interp_slow_set_index(cx, IC(4), R(1), R(2), R(3), STRICT()));
    NEXT(SET_INDEX);
  }
  CASE(DELETE_PROP)
  {
    SAVE();
    STORE(1, interp_slow_delete(cx, R(2), CONST_KEY(3), STRICT()));
    NEXT(DELETE_PROP);
  }
  CASE(DELETE_INDEX)
  {
    SAVE();
    STORE(1, interp_slow_delete_index(cx, R(2), R(3), STRICT()));
    NEXT(DELETE_INDEX);
  }
  CASE(GET_SUPER)
  {
    SAVE();
    STORE(1, interp_slow_get_super(cx, R(2), R(3), R(4)));
    NEXT(GET_SUPER);
  }
  CASE(SET_SUPER)
  {
    SAVE();
    CHECK(interp_slow_set_super(cx, R(1), R(2), R(3), R(4), STRICT()));
    NEXT(SET_SUPER);
  }
  CASE(GET_HOME)
  {
    JsObject *home = ptr_slot_get(js_as_function(R(2))->home_object);
    R(1) = home ? js_from_object(home) : JS_UNDEFINED;
    NEXT(GET_HOME);
  }
  CASE(IN)
  {
    SAVE();
    STORE(1, interp_slow_in(cx, R(2), R(3)));
    NEXT(IN);
  }
  CASE(INSTANCEOF)
  {
    SAVE();
    STORE(1, interp_slow_instanceof(cx, IC(4), R(2), R(3)));
    NEXT(INSTANCEOF);
  }
  CASE(TO_PROPERTY_KEY)
  {
    if (js_is_int32(R(2)) || js_is_string(R(2))) {
      R(1) = R(2);
      NEXT(TO_PROPERTY_KEY);
    }
    SAVE();
    STORE(1, interp_slow_to_property_key(cx, R(2)));
    NEXT(TO_PROPERTY_KEY);
  }
  CASE(PREPARE_KEY)
  {
    if (js_likely(js_is_int32(R(2)) || js_is_string(R(2)) || js_is_nullish(R(3)))) {
      R(1) = R(2);
      NEXT(PREPARE_KEY);
    }
    SAVE();
    STORE(1, interp_slow_to_property_key(cx, R(2)));
    NEXT(PREPARE_KEY);
  }
  CASE(GET_PRIVATE)
  {
    JsValue val;
    if (js_likely(js_same_bits(slot_get(IC(4)->key), R(3)) && get_prop_hit(IC(4), R(2), &val))) {
      R(1) = val;
      NEXT(GET_PRIVATE);
    }
    SAVE();
    STORE(1, interp_slow_get_private(cx, IC(4), R(2), R(3)));
    NEXT(GET_PRIVATE);
  }
  CASE(SET_PRIVATE)
  {
    if (js_likely(js_same_bits(slot_get(IC(4)->key), R(2)) && set_prop_hit(heap, IC(4), R(1), R(3))))
      NEXT(SET_PRIVATE);
    SAVE();
    CHECK(interp_slow_set_private(cx, IC(4), R(1), R(2), R(3)));
    NEXT(SET_PRIVATE);
  }
  CASE(HAS_PRIVATE)
  {
    SAVE();
    STORE(1, interp_slow_has_private(cx, R(2), R(3)));
    NEXT(HAS_PRIVATE);
  }
  CASE(DEFINE_PRIVATE)
  {
    SAVE();
    CHECK(interp_slow_define_private(cx, R(1), R(2), R(3)));
    NEXT(DEFINE_PRIVATE);
  }
  CASE(DEFINE_PRIVATE_METHOD)
  {
    SAVE();
    CHECK(interp_slow_define_private_method(cx, R(1), R(2), R(3), IMM8()));
    NEXT(DEFINE_PRIVATE_METHOD);
  }
  CASE(NEW_PRIVATE_NAME)
  {
    SAVE();
    R(1) = js_from_cell(symbol_new_private(heap, js_as_string(CONST(2)), js_as_string(CONST(4)), IMM8()));
    NEXT(NEW_PRIVATE_NAME);
  }

  /* --- literals and definitions --- */
  CASE(NEW_OBJECT)
  {
    SAVE();
    R(1) = js_from_object(interp_slow_new_object(cx, IC(3), U(2)));
    NEXT(NEW_OBJECT);
  }
  CASE(DEFINE_PROP)
  {
    if (js_likely(set_prop_hit(heap, IC(2), R(1), R(4))))
      NEXT(DEFINE_PROP);
    SAVE();
    CHECK(interp_slow_define_prop(cx, IC(2), js_as_object(R(1)), SITE_KEY(2), R(4)));
    NEXT(DEFINE_PROP);
  }
  CASE(DEFINE_INDEX)
  {
    SAVE();
    CHECK(interp_slow_define_index(cx, js_as_object(R(1)), R(2), R(3)));
    NEXT(DEFINE_INDEX);
  }
  CASE(DEFINE_METHOD)
  {
    SAVE();
    CHECK(interp_slow_define_method(cx, js_as_object(R(1)), R(2), R(3), IMM8()));
    NEXT(DEFINE_METHOD);
  }
  CASE(SET_PROTO)
  {
    SAVE();
    CHECK(interp_slow_set_proto(cx, js_as_object(R(1)), R(2)));
    NEXT(SET_PROTO);
  }
  CASE(SET_HOME)
  {
    JsFunction *fn = js_as_function(R(1));
    ptr_slot_set(heap, fn, &fn->home_object, js_as_object(R(2)));
    NEXT(SET_HOME);
  }
  CASE(SET_FUNCTION_NAME)
  {
    SAVE();
    CHECK(interp_slow_set_function_name(cx, R(1), R(2), IMM8()));
    NEXT(SET_FUNCTION_NAME);
  }
  CASE(COPY_DATA)
  {
    SAVE();
    CHECK(interp_slow_copy_data(cx, R(1), R(2), &R(3), U(4)));
    NEXT(COPY_DATA);
  }
  CASE(NEW_ARRAY)
  {
    SAVE();
    JsArray *array = array_new(cx, U32(2));
    CHECK(array != NULL);
    R(1) = js_from_cell(array);
    NEXT(NEW_ARRAY);
  }
  CASE(NEW_ARRAY_CONST)
  {
    SAVE();
    STORE(1, interp_slow_new_array_const(cx, CONST(2)));
    NEXT(NEW_ARRAY_CONST);
  }
  CASE(ARRAY_PUSH)
  {
    SAVE();
    CHECK(array_push_direct(cx, js_as_array(R(1)), R(2)));
    NEXT(ARRAY_PUSH);
  }
  CASE(ARRAY_PUSH_HOLE)
  {
    SAVE();
    CHECK(interp_slow_array_push_hole(cx, js_as_array(R(1))));
    NEXT(ARRAY_PUSH_HOLE);
  }
  CASE(ARRAY_SPREAD)
  {
    SAVE();
    CHECK(interp_slow_array_spread(cx, js_as_array(R(1)), R(2), IMM8()));
    NEXT(ARRAY_SPREAD);
  }
  CASE(NEW_REGEXP)
  {
    SAVE();
    STORE(1, interp_slow_new_regexp(cx, CONST(2), CONST(4)));
    NEXT(NEW_REGEXP);
  }
  CASE(TEMPLATE_OBJECT)
  {
    SAVE();
    STORE(1, interp_slow_template_object(cx, CONST(2)));
    NEXT(TEMPLATE_OBJECT);
  }
  CASE(NEW_CLOSURE)
  {
    SAVE();
    JsValue env = R(4);
    R(1) = js_from_cell(
        function_new(cx, (JsCode *)js_as_cell(CONST(2)), js_is_cell(env) ? (JsEnv *)js_as_cell(env) : NULL));
    NEXT(NEW_CLOSURE);
  }
  CASE(NEW_CLASS)
  {
    JsValue ctor, proto;
    SAVE();
    CHECK(interp_slow_new_class(cx, R(3), IMM8() & 1, (JsCode *)js_as_cell(CONST(4)), R(6), &ctor, &proto));
    R(1) = ctor;
    R(2) = proto;
    NEXT(NEW_CLASS);
  }
  CASE(SET_CLASS_FIELDS)
  {
    JsFunction *fn = js_as_function(R(1));
    slot_set(heap, fn, &fn->aux, R(2));
    NEXT(SET_CLASS_FIELDS);
  }
  CASE(INIT_FIELDS)
  {
    SAVE();
    CHECK(interp_slow_init_fields(cx, R(1), R(2)));
    NEXT(INIT_FIELDS);
  }
  CASE(COPY_REST)
  {
    SAVE();
    STORE(1, interp_slow_copy_rest(cx, FRAME(), U(2)));
    NEXT(COPY_REST);
  }
  CASE(NEW_ARGUMENTS)
  {
    SAVE();
    STORE(1, interp_slow_new_arguments(cx, FRAME(), R(2), IMM8() & 1));
    NEXT(NEW_ARGUMENTS);
  }

  /* --- conversions and checks --- */
  CASE(TO_NUMERIC)
  {
    if (js_likely(js_is_number(R(2)))) {
      R(1) = R(2);
      NEXT(TO_NUMERIC);
    }
    SAVE();
    STORE(1, to_numeric(cx, R(2)));
    NEXT(TO_NUMERIC);
  }
  CASE(TO_NUMBER)
  {
    if (js_likely(js_is_number(R(2)))) {
      R(1) = R(2);
      NEXT(TO_NUMBER);
    }
    SAVE();
    fb[U(3)] |= FB_OTHER;
    STORE(1, to_number(cx, R(2)));
    NEXT(TO_NUMBER);
  }
  CASE(TO_STRING)
  {
    if (js_is_string(R(2))) {
      R(1) = R(2);
      NEXT(TO_STRING);
    }
    SAVE();
    JsString *str = to_string(cx, R(2));
    CHECK(str != NULL);
    R(1) = js_from_cell(str);
    NEXT(TO_STRING);
  }
  CASE(CHECK_OBJECT_COERCIBLE)
  {
    if (js_unlikely(js_is_nullish(R(1)))) {
      SAVE();
      CHECK(interp_slow_check_object_coercible(cx, R(1), FRAME()->code, U32(2)));
    }
    NEXT(CHECK_OBJECT_COERCIBLE);
  }
  CASE(CHECK_OBJECT)
  {
    if (js_unlikely(!js_is_object(R(1)))) {
      SAVE();
      CHECK(interp_slow_check_object(cx, R(1), U(2)));
    }
    NEXT(CHECK_OBJECT);
  }
  CASE(CHECK_THIS)
  {
    if (js_unlikely(js_is_hole(R(1)))) {
      SAVE();
      (void)throw_error(cx, JS_MSG_THIS_NOT_INITIALISED);
      goto exception;
    }
    NEXT(CHECK_THIS);
  }
  CASE(CHECK_SUPER_TWICE)
  {
    if (js_unlikely(!js_is_hole(R(1)))) {
      SAVE();
      (void)throw_error(cx, JS_MSG_SUPER_CALLED_TWICE);
      goto exception;
    }
    NEXT(CHECK_SUPER_TWICE);
  }
  CASE(BOX_THIS)
  {
    if (js_unlikely(!js_is_object(R(1)))) {
      SAVE();
      R(1) = interp_slow_box_this(cx, R(1));
    }
    NEXT(BOX_THIS);
  }
  CASE(CHECK_CONSTRUCT_RETURN)
  {
    SAVE();
    STORE(1, interp_slow_check_construct_return(cx, R(2), R(3), IMM8() & 1));
    NEXT(CHECK_CONSTRUCT_RETURN);
  }

  /* --- arithmetic --- */
#define ARITH(name, BINARY, left, right, int_path, double_expr)                                                        \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = left, b = right;                                                                                       \
    if (js_likely(both_int32(a, b))) {                                                                                 \
      int32_t x = js_as_int32(a), y = js_as_int32(b), r;                                                               \
      int_path                                                                                                         \
    }                                                                                                                  \
    if (js_likely(both_numbers(a, b))) {                                                                               \
      double x = js_number_value(a), y = js_number_value(b);                                                           \
      fb[U(4)] |= FB_DOUBLE;                                                                                           \
      R(1) = js_number(double_expr);                                                                                   \
      NEXT(name);                                                                                                      \
    }                                                                                                                  \
    SAVE();                                                                                                            \
    STORE(1, interp_slow_binary(cx, BINARY, a, b, &fb[U(4)]));                                                         \
    NEXT(name);                                                                                                        \
  }
#define INT_OVERFLOWING(name, builtin)                                                                                 \
  if (js_likely(!builtin(x, y, &r))) {                                                                                 \
    R(1) = js_int32(r);                                                                                                \
    NEXT(name);                                                                                                        \
  }
  ARITH(ADD, BINARY_ADD, R(2), R(3), INT_OVERFLOWING(ADD, __builtin_add_overflow), x + y)
  ARITH(SUB, BINARY_SUB, R(2), R(3), INT_OVERFLOWING(SUB, __builtin_sub_overflow), x - y)
  ARITH(ADD_INT, BINARY_ADD, R(2), js_int32((int16_t)U(3)), INT_OVERFLOWING(ADD_INT, __builtin_add_overflow), x + y)
  ARITH(SUB_INT, BINARY_SUB, R(2), js_int32((int16_t)U(3)), INT_OVERFLOWING(SUB_INT, __builtin_sub_overflow), x - y)
  /* A zero product may be -0, a zero remainder too. */
#define INT_MUL(name)                                                                                                  \
  if (js_likely(!__builtin_mul_overflow(x, y, &r) && (r != 0 || (x | y) >= 0))) {                                      \
    R(1) = js_int32(r);                                                                                                \
    NEXT(name);                                                                                                        \
  }
  ARITH(MUL, BINARY_MUL, R(2), R(3), INT_MUL(MUL), x * y)
  ARITH(MUL_INT, BINARY_MUL, R(2), js_int32((int16_t)U(3)), INT_MUL(MUL_INT), x * y)
#define INT_MOD(name)                                                                                                  \
  if (js_likely(x >= 0 && y > 0)) {                                                                                    \
    r = (y & (y - 1)) == 0 ? (x & (y - 1)) : x % y;                                                                    \
    R(1) = js_int32(r);                                                                                                \
    NEXT(name);                                                                                                        \
  }                                                                                                                    \
  (void)r;
  ARITH(MOD, BINARY_MOD, R(2), R(3), INT_MOD(MOD), number_remainder(x, y))
  ARITH(MOD_INT, BINARY_MOD, R(2), js_int32((int16_t)U(3)), INT_MOD(MOD_INT), number_remainder(x, y))
#define INT_DIV(name)                                                                                                  \
  if (js_likely(y > 0 && x > 0 && x % y == 0)) {                                                                       \
    r = x / y;                                                                                                         \
    R(1) = js_int32(r);                                                                                                \
    NEXT(name);                                                                                                        \
  }                                                                                                                    \
  (void)r;
  ARITH(DIV, BINARY_DIV, R(2), R(3), INT_DIV(DIV), x / y)
#define INT_NONE (void)x, (void)y, (void)r;
  ARITH(EXP, BINARY_EXP, R(2), R(3), INT_NONE, number_exponentiate(x, y))

#define BITWISE(name, BINARY, right, expr)                                                                             \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(2), b = right;                                                                                       \
    if (js_likely(both_int32(a, b))) {                                                                                 \
      int32_t x = js_as_int32(a), y = js_as_int32(b);                                                                  \
      R(1) = expr;                                                                                                     \
      NEXT(name);                                                                                                      \
    }                                                                                                                  \
    SAVE();                                                                                                            \
    STORE(1, interp_slow_binary(cx, BINARY, a, b, &fb[U(4)]));                                                         \
    NEXT(name);                                                                                                        \
  }
#define IMM16() js_int32((int16_t)U(3))
  BITWISE(BIT_AND, BINARY_BIT_AND, R(3), js_int32(x & y))
  BITWISE(BIT_OR, BINARY_BIT_OR, R(3), js_int32(x | y))
  BITWISE(BIT_XOR, BINARY_BIT_XOR, R(3), js_int32(x ^ y))
  BITWISE(SHL, BINARY_SHL, R(3), js_int32((int32_t)((uint32_t)x << (y & 31))))
  BITWISE(SAR, BINARY_SAR, R(3), js_int32(x >> (y & 31)))
  BITWISE(SHR, BINARY_SHR, R(3), js_number_u32((uint32_t)x >> (y & 31)))
  BITWISE(BIT_AND_INT, BINARY_BIT_AND, IMM16(), js_int32(x & y))
  BITWISE(BIT_OR_INT, BINARY_BIT_OR, IMM16(), js_int32(x | y))
  BITWISE(SHL_INT, BINARY_SHL, IMM16(), js_int32((int32_t)((uint32_t)x << (y & 31))))
  BITWISE(SAR_INT, BINARY_SAR, IMM16(), js_int32(x >> (y & 31)))
  BITWISE(SHR_INT, BINARY_SHR, IMM16(), js_number_u32((uint32_t)x >> (y & 31)))

#define UNARY(name, int_condition, int_expr, has_double, double_expr)                                                  \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(2);                                                                                                  \
    if (js_likely(js_is_int32(a))) {                                                                                   \
      int32_t x = js_as_int32(a);                                                                                      \
      if (js_likely(int_condition)) {                                                                                  \
        R(1) = js_int32(int_expr);                                                                                     \
        NEXT(name);                                                                                                    \
      }                                                                                                                \
    }                                                                                                                  \
    if (has_double && js_is_number(a)) {                                                                               \
      double x = js_number_value(a);                                                                                   \
      fb[U(3)] |= FB_DOUBLE;                                                                                           \
      R(1) = js_number(double_expr);                                                                                   \
      NEXT(name);                                                                                                      \
    }                                                                                                                  \
    SAVE();                                                                                                            \
    STORE(1, interp_slow_unary(cx, OP_##name, a, &fb[U(3)]));                                                          \
    NEXT(name);                                                                                                        \
  }
  UNARY(NEG, x != 0 && x != INT32_MIN, -x, true, -x)
  UNARY(BIT_NOT, true, ~x, false, x)
  UNARY(INC, x != INT32_MAX, x + 1, true, x + 1)
  UNARY(DEC, x != INT32_MIN, x - 1, true, x - 1)
  CASE(NOT)
  {
    R(1) = js_boolean(!truthy(R(2)));
    NEXT(NOT);
  }
  CASE(TYPEOF)
  {
    R(1) = js_from_cell(type_of(heap, R(2)));
    NEXT(TYPEOF);
  }

  /* --- comparison, and jumps on it; the jump's feedback byte is operand 5 --- */
#define EQUALITY(name, negate)                                                                                         \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(2), b = R(3);                                                                                        \
    bool is;                                                                                                           \
    if (js_unlikely(!quick_equals(a, b, &is))) {                                                                       \
      SAVE();                                                                                                          \
      CHECK(interp_slow_equals(cx, a, b, &fb[U(4)], &is));                                                             \
    }                                                                                                                  \
    R(1) = js_boolean(is != negate);                                                                                   \
    NEXT(name);                                                                                                        \
  }
  EQUALITY(EQ, false)
  EQUALITY(NE, true)
  CASE(STRICT_EQ)
  {
    R(1) = js_boolean(strict_equals(heap, R(2), R(3)));
    NEXT(STRICT_EQ);
  }
  CASE(STRICT_NE)
  {
    R(1) = js_boolean(!strict_equals(heap, R(2), R(3)));
    NEXT(STRICT_NE);
  }
#define RELATION(name, COMPARE, op)                                                                                    \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(2), b = R(3);                                                                                        \
    bool is;                                                                                                           \
    if (js_likely(both_int32(a, b))) {                                                                                 \
      is = js_as_int32(a) op js_as_int32(b);                                                                           \
    } else if (js_likely(both_numbers(a, b))) {                                                                        \
      fb[U(4)] |= FB_DOUBLE;                                                                                           \
      is = js_number_value(a) op js_number_value(b);                                                                   \
    } else {                                                                                                           \
      SAVE();                                                                                                          \
      CHECK(interp_slow_compare(cx, COMPARE, a, b, &fb[U(4)], &is));                                                   \
    }                                                                                                                  \
    R(1) = js_boolean(is);                                                                                             \
    NEXT(name);                                                                                                        \
  }
  RELATION(LT, COMPARE_LT, <)
  RELATION(LE, COMPARE_LE, <=)
  RELATION(GT, COMPARE_GT, >)
  RELATION(GE, COMPARE_GE, >=)

  CASE(JUMP)
  {
    JUMP_TO(1);
  }
#define POLL()                                                                                                         \
  if (js_unlikely(--cx->budget <= 0)) {                                                                                \
    SAVE();                                                                                                            \
    CHECK(vm_poll(cx));                                                                                                \
  }
  CASE(LOOP)
  {
    POLL()
    JUMP_TO(1);
  }
#define JUMP_WHEN(name, condition)                                                                                     \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue v = R(1);                                                                                                  \
    if (condition)                                                                                                     \
      JUMP_TO(2);                                                                                                      \
    NEXT(name);                                                                                                        \
  }
  JUMP_WHEN(JUMP_TRUE, truthy(v))
  JUMP_WHEN(JUMP_FALSE, !truthy(v))
  JUMP_WHEN(JUMP_NULLISH, js_is_nullish(v))
  JUMP_WHEN(JUMP_NOT_NULLISH, !js_is_nullish(v))
  JUMP_WHEN(JUMP_UNDEFINED, js_is_undefined(v))
  JUMP_WHEN(JUMP_NOT_UNDEFINED, !js_is_undefined(v))
  JUMP_WHEN(JUMP_HOLE, js_is_hole(v))
#define JUMP_ON_RELATION(name, right, COMPARE, op, negate, before)                                                     \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    before JsValue a = R(1), b = right;                                                                                \
    bool is;                                                                                                           \
    if (js_likely(both_int32(a, b))) {                                                                                 \
      is = js_as_int32(a) op js_as_int32(b);                                                                           \
    } else if (js_likely(both_numbers(a, b))) {                                                                        \
      fb[U(5)] |= FB_DOUBLE;                                                                                           \
      is = js_number_value(a) op js_number_value(b);                                                                   \
    } else {                                                                                                           \
      SAVE();                                                                                                          \
      CHECK(interp_slow_compare(cx, COMPARE, a, b, &fb[U(5)], &is));                                                   \
    }                                                                                                                  \
    if (is != negate)                                                                                                  \
      JUMP_TO(3);                                                                                                      \
    NEXT(name);                                                                                                        \
  }
#define SMALL_INT(k) js_int32((int16_t)U(k))
#define JUMP_RELATION(rel, COMPARE, op)                                                                                \
  JUMP_ON_RELATION(JUMP_##rel, R(2), COMPARE, op, false, )                                                             \
  JUMP_ON_RELATION(JUMP_NOT_##rel, R(2), COMPARE, op, true, )                                                          \
  JUMP_ON_RELATION(LOOP_##rel, R(2), COMPARE, op, false, POLL())                                                       \
  JUMP_ON_RELATION(JUMP_##rel##_INT, SMALL_INT(2), COMPARE, op, false, )                                               \
  JUMP_ON_RELATION(JUMP_NOT_##rel##_INT, SMALL_INT(2), COMPARE, op, true, )                                            \
  JUMP_ON_RELATION(LOOP_##rel##_INT, SMALL_INT(2), COMPARE, op, false, POLL())
  JUMP_RELATION(LT, COMPARE_LT, <)
  JUMP_RELATION(LE, COMPARE_LE, <=)
  JUMP_RELATION(GT, COMPARE_GT, >)
  JUMP_RELATION(GE, COMPARE_GE, >=)
#define JUMP_EQUALITY(name, negate)                                                                                    \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(1), b = R(2);                                                                                        \
    bool is;                                                                                                           \
    if (js_unlikely(!quick_equals(a, b, &is))) {                                                                       \
      SAVE();                                                                                                          \
      CHECK(interp_slow_equals(cx, a, b, &fb[U(5)], &is));                                                             \
    }                                                                                                                  \
    if (is != negate)                                                                                                  \
      JUMP_TO(3);                                                                                                      \
    NEXT(name);                                                                                                        \
  }
  JUMP_EQUALITY(JUMP_EQ, false)
  JUMP_EQUALITY(JUMP_NE, true)
  CASE(JUMP_STRICT_EQ)
  {
    if (strict_equals(heap, R(1), R(2)))
      JUMP_TO(3);
    NEXT(JUMP_STRICT_EQ);
  }
  CASE(JUMP_STRICT_NE)
  {
    if (!strict_equals(heap, R(1), R(2)))
      JUMP_TO(3);
    NEXT(JUMP_STRICT_NE);
  }
#define JUMP_EQUALS_INT(name, negate)                                                                                  \
  CASE(name)                                                                                                           \
  {                                                                                                                    \
    JsValue a = R(1);                                                                                                  \
    bool is = js_same_bits(a, SMALL_INT(2));                                                                           \
    if (js_unlikely(js_is_double(a)))                                                                                  \
      is = js_as_double(a) == (int16_t)U(2);                                                                           \
    if (is != negate)                                                                                                  \
      JUMP_TO(3);                                                                                                      \
    NEXT(name);                                                                                                        \
  }
  JUMP_EQUALS_INT(JUMP_STRICT_EQ_INT, false)
  JUMP_EQUALS_INT(JUMP_STRICT_NE_INT, true)
  CASE(JUMP_TYPEOF)
  {
    if (value_is_typeof(R(1), (JsTypeofName)U(2)) != (IMM8() & 1))
      JUMP_TO(3);
    NEXT(JUMP_TYPEOF);
  }
  CASE(SWITCH_INT)
  {
    const JsSwitch *table = &FRAME()->code->switches[U32(2)];
    int64_t k = js_is_int32(R(1)) ? (int64_t)js_as_int32(R(1)) - table->low : -1;
    if (k >= 0 && k < table->count && table->targets[k]) {
      pc += table->targets[k];
      DISPATCH();
    }
    NEXT(SWITCH_INT);
  }

  /* --- calls --- */
#define AFTER_CALL(name, outcome)                                                                                      \
  switch (outcome) {                                                                                                   \
  case CALL_PUSHED: goto load_frame;                                                                                   \
  case CALL_DONE: R(1) = result; NEXT(name);                                                                           \
  default: goto exception;                                                                                             \
  }
  /* The window of a spread call lies above the registers. */
#define AFTER_SPREAD(name, outcome)                                                                                    \
  switch (outcome) {                                                                                                   \
  case CALL_PUSHED: goto load_frame;                                                                                   \
  case CALL_DONE:                                                                                                      \
    cx->stack_top = fp + FRAME()->code->register_count;                                                                \
    R(1) = result;                                                                                                     \
    NEXT(name);                                                                                                        \
  default: goto exception;                                                                                             \
  }
  CASE(CALL)
  {
    JsValue *window = &R(2), result;
    SAVE();
    if (js_unlikely(--cx->budget <= 0))
      CHECK(vm_poll(cx));
    if (js_likely(js_is_function(window[0]) && !(js_as_cell(window[0])->flags & OBJECT_CLASS_CONSTRUCTOR))) {
      CHECK(frame_push(cx, window, U(3), JS_UNDEFINED, 0, U(1)) != NULL);
      goto load_frame;
    }
    AFTER_CALL(CALL, interp_begin_call(cx, window, U(3), U(1), &result))
  }
  CASE(CALL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(CALL_SPREAD, interp_begin_call(cx, window, argc, U(1), &result))
  }
  CASE(NEW)
  {
    JsValue *window = &R(2), result;
    SAVE();
    AFTER_CALL(NEW, interp_begin_construct(cx, window, U(3), window[0], U(1), &result))
  }
  CASE(NEW_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(NEW_SPREAD, interp_begin_construct(cx, window, argc, window[0], U(1), &result))
  }
  CASE(SUPER_CALL)
  {
    JsValue *window = &R(2), result;
    SAVE();
    CHECK(interp_super_constructor(cx, window));
    AFTER_CALL(SUPER_CALL, interp_begin_construct(cx, window, U(3), R(4), U(1), &result))
  }
  CASE(SUPER_CALL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_super_constructor(cx, &R(2)) && interp_spread_window(cx, &R(2), R(3), &window, &argc));
    AFTER_SPREAD(SUPER_CALL_SPREAD, interp_begin_construct(cx, window, argc, R(4), U(1), &result))
  }
  CASE(SUPER_CALL_FORWARD)
  {
    JsValue *window, result;
    SAVE();
    CHECK(interp_super_constructor(cx, &R(2)) && (window = interp_forward_window(cx, &R(2))) != NULL);
    AFTER_SPREAD(SUPER_CALL_FORWARD, interp_begin_construct(cx, window, FRAME()->argc, R(3), U(1), &result))
  }
  CASE(CALL_EVAL)
  {
    JsValue *window = &R(2), result;
    SAVE();
    if (eval_is_direct(cx, window[0])) {
      STORE(1, eval_direct(cx, FRAME(), U(3) ? window[FRAME_WORDS + 1] : JS_UNDEFINED, U32(4), R(6)));
      NEXT(CALL_EVAL);
    }
    AFTER_CALL(CALL_EVAL, interp_begin_call(cx, window, U(3), U(1), &result))
  }
  CASE(CALL_EVAL_SPREAD)
  {
    JsValue *window, result;
    uint32_t argc;
    SAVE();
    CHECK(interp_spread_window(cx, &R(2), R(3), &window, &argc));
    if (eval_is_direct(cx, window[0])) {
      STORE(1, eval_direct(cx, FRAME(), argc ? window[FRAME_WORDS + 1] : JS_UNDEFINED, U32(4), R(6)));
      NEXT(CALL_EVAL_SPREAD);
    }
    AFTER_SPREAD(CALL_EVAL_SPREAD, interp_begin_call(cx, window, argc, U(1), &result))
  }
  CASE(RETURN)
  {
    goto return_value;
  }
  CASE(RETURN_UNDEFINED)
  {
    goto return_undefined;
  }

  /* --- exceptions --- */
  CASE(THROW)
  {
    SAVE();
    (void)throw_value(cx, R(1));
    cx->vm->throw_recorded = IMM8() == 1 && js_same_bits(cx->vm->thrown_value, R(1));
    goto exception;
  }
  CASE(CATCH)
  {
    R(1) = take_exception(cx);
    NEXT(CATCH);
  }
  CASE(THROW_ERROR)
  {
    SAVE();
    CHECK(interp_slow_throw_message(cx, U(1), FRAME()->code, U32(2)));
    NEXT(THROW_ERROR);
  }
  CASE(COUNT_RUN)
  {
    uint32_t *counter = &cx->vm->coverage->counters[U32(1)];
    *counter += *counter != UINT32_MAX;
    NEXT(COUNT_RUN);
  }
  CASE(DEBUGGER)
  {
    NEXT(DEBUGGER);
  }

  /* --- iteration --- */
  CASE(GET_ITERATOR)
  {
    SAVE();
    CHECK(interp_slow_get_iterator(cx, &R(1), R(2), IMM8() & 1));
    NEXT(GET_ITERATOR);
  }
  CASE(GET_ASYNC_ITERATOR)
  {
    SAVE();
    CHECK(interp_slow_get_async_iterator(cx, &R(1), R(2)));
    NEXT(GET_ASYNC_ITERATOR);
  }
  CASE(ITERATOR_NEXT)
  {
    JsValue *it = &R(2), val;
    if (js_likely(js_is_hole(it[1]) && js_is_int32(it[2]) && get_index_hit(heap, it[0], it[2], &val) &&
                  (uint32_t)js_as_int32(it[2]) < js_as_array(it[0])->length)) {
      it[2] = js_int32(js_as_int32(it[2]) + 1);
      R(1) = val;
      NEXT(ITERATOR_NEXT);
    }
    SAVE();
    CHECK(interp_slow_iterator_next(cx, it, &val));
    if (js_is_hole(val))
      JUMP_TO(3);
    R(1) = val;
    NEXT(ITERATOR_NEXT);
  }
  CASE(ITERATOR_STEP)
  {
    JsValue *it = &R(2), val = JS_HOLE;
    SAVE();
    if (!js_is_hole(it[2]))
      CHECK(interp_slow_iterator_next(cx, it, &val));
    R(1) = js_is_hole(val) ? JS_UNDEFINED : val;
    NEXT(ITERATOR_STEP);
  }
  CASE(ITERATOR_REST)
  {
    SAVE();
    STORE(1, interp_slow_iterator_rest(cx, &R(2)));
    NEXT(ITERATOR_REST);
  }
  CASE(ITERATOR_CLOSE)
  {
    SAVE();
    CHECK(interp_slow_iterator_close(cx, &R(1)));
    NEXT(ITERATOR_CLOSE);
  }
  CASE(ITERATOR_CLOSE_THROW)
  {
    SAVE();
    interp_slow_iterator_close_throw(cx, &R(1));
    NEXT(ITERATOR_CLOSE_THROW);
  }
  CASE(ITERATOR_CALL_NEXT)
  {
    SAVE();
    STORE(1, interp_slow_iterator_call_next(cx, &R(2)));
    NEXT(ITERATOR_CALL_NEXT);
  }
  CASE(ITERATOR_UNWRAP)
  {
    JsValue val;
    SAVE();
    CHECK(interp_slow_iterator_unwrap(cx, R(2), &R(3), &val));
    if (js_is_hole(val))
      JUMP_TO(4);
    R(1) = val;
    NEXT(ITERATOR_UNWRAP);
  }
  CASE(ITERATOR_CALL_RETURN)
  {
    JsValue val;
    SAVE();
    CHECK(interp_slow_iterator_call_return(cx, &R(2), &val));
    if (js_is_hole(val))
      JUMP_TO(3);
    R(1) = val;
    NEXT(ITERATOR_CALL_RETURN);
  }
  CASE(DELEGATE_STEP)
  {
    JsValue val;
    SAVE();
    CHECK(interp_slow_delegate_step(cx, &R(2), R(3), &R(4), IMM8() & 1, &val));
    if (js_is_hole(val))
      JUMP_TO(5);
    R(1) = val;
    NEXT(DELEGATE_STEP);
  }
  CASE(DELEGATE_RESULT)
  {
    JsValue val;
    bool done;
    SAVE();
    CHECK(interp_slow_delegate_result(cx, R(2), IMM8() & 1, &val, &done));
    R(1) = val;
    if (done)
      JUMP_TO(3);
    NEXT(DELEGATE_RESULT);
  }
  CASE(FOR_IN_START)
  {
    SAVE();
    STORE(1, interp_slow_for_in_start(cx, R(2)));
    NEXT(FOR_IN_START);
  }
  CASE(FOR_IN_NEXT)
  {
    JsValue key;
    SAVE();
    CHECK(interp_slow_for_in_next(cx, R(2), &key));
    if (js_is_hole(key))
      JUMP_TO(3);
    R(1) = key;
    NEXT(FOR_IN_NEXT);
  }

  /* --- generators and async functions: what suspends returns a value from the frame --- */
#define SUSPEND(expr)                                                                                                  \
  do {                                                                                                                 \
    SAVE();                                                                                                            \
    JsValue suspend_ = (expr);                                                                                         \
    if (js_unlikely(js_is_exception(suspend_)))                                                                        \
      goto exception;                                                                                                  \
    fp[0] = suspend_;                                                                                                  \
    goto leave;                                                                                                        \
  } while (0)
  CASE(INITIAL_YIELD)
  {
    SUSPEND(generator_initial_yield(cx, FRAME()));
  }
  CASE(YIELD)
  {
    SUSPEND(generator_yield(cx, FRAME(), R(1), IMM8() & 1));
  }
  CASE(RESUME)
  {
    int32_t mode = js_as_int32(R(2));
    if (mode == 2)
      JUMP_TO(3);
    if (mode == 1) {
      SAVE();
      (void)throw_value(cx, R(1));
      goto exception;
    }
    NEXT(RESUME);
  }
  CASE(ASYNC_ENTER)
  {
    SAVE();
    STORE(1, async_enter(cx, FRAME()));
    NEXT(ASYNC_ENTER);
  }
  CASE(AWAIT)
  {
    SUSPEND(async_await(cx, FRAME(), R(2)));
  }
  CASE(ASYNC_RETURN)
  {
    SUSPEND(async_return(cx, R(1), R(2)));
  }
  CASE(ASYNC_THROW)
  {
    SUSPEND(async_throw(cx, R(1), R(2)));
  }
  CASE(GENERATOR_RETURN)
  {
    SUSPEND(generator_return(cx, FRAME(), R(1)));
  }

  /* --- disposal --- */
  CASE(NEW_DISPOSE_SCOPE)
  {
    SAVE();
    R(1) = interp_slow_new_dispose_scope(cx);
    NEXT(NEW_DISPOSE_SCOPE);
  }
  CASE(ADD_DISPOSABLE)
  {
    SAVE();
    CHECK(interp_slow_add_disposable(cx, R(1), R(2), IMM8() & 1));
    NEXT(ADD_DISPOSABLE);
  }
  CASE(DISPOSE_ERROR)
  {
    SAVE();
    interp_slow_dispose_error(cx, R(1), R(2));
    NEXT(DISPOSE_ERROR);
  }
  CASE(DISPOSE_NEXT)
  {
    JsValue val;
    SAVE();
    CHECK(interp_slow_dispose_next(cx, R(2), &val));
    if (js_is_hole(val))
      JUMP_TO(3);
    R(1) = val;
    NEXT(DISPOSE_NEXT);
  }
  CASE(DISPOSE_END)
  {
    SAVE();
    CHECK(interp_slow_dispose_end(cx, R(1)));
    NEXT(DISPOSE_END);
  }

  /* --- modules --- */
  CASE(IMPORT_CALL)
  {
    SAVE();
    STORE(1, interp_slow_import_call(cx, FRAME()->code, R(2), R(3), IMM8()));
    NEXT(IMPORT_CALL);
  }
  CASE(IMPORT_META)
  {
    SAVE();
    STORE(1, interp_slow_import_meta(cx, FRAME()->code));
    NEXT(IMPORT_META);
  }
  CASE(MATERIALISE)
  {
    SAVE();
    CHECK(frame_materialise(cx, FRAME()));
    goto load_frame;
  }
  CASE(BREAK)
  {
    NEXT(BREAK);
  }

  /* --- leaving a frame --- */
  JsValue returned;
return_undefined:
  returned = JS_UNDEFINED;
  goto returning;
return_value:
  returned = R(1);
returning:
  /* A base constructor gives its object unless it returns one. */
  if (js_unlikely(FRAME()->flags & (FRAME_CONSTRUCT | FRAME_EMIT))) {
    if (FRAME()->flags & FRAME_EMIT) {
      returned = JS_TRUE;
    } else {
      if (!js_is_object(returned))
        returned = fp[0];
      interp_learn_instance(cx, js_as_function(FRAME()->callee), returned);
    }
  }
  goto left;
leave:
  returned = fp[0];
left : {
  JsFrame *frame = FRAME(), *caller = frame->caller;
  uint32_t result_register = frame->result_register;
  if (frame->flags & FRAME_ENTRY) {
    cx->frame = caller; /* the rest is for whoever ran it to restore */
    return returned;
  }
  frame_pop(cx, frame);
  caller->pc += opcode_info[caller->pc[0] & 0xFF].length;
  frame_registers(caller)[result_register] = returned;
  goto load_frame;
}

exception:
  if (interp_unwind(cx))
    goto load_frame;
  return JS_EXCEPTION;
}
