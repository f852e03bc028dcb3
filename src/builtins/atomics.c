// SPDX-License-Identifier: MIT
/* Atomics (ecma262#sec-atomics-object): sequentially consistent operations on integer elements. Waiting and notifying
 * are in atomics_wait.c. */
#include "builtins/atomics.h"

#include "object/bigint.h"

/* --- operations -------------------------------------------------------------------------------------------------- */

typedef enum { ATOMIC_ADD, ATOMIC_SUB, ATOMIC_AND, ATOMIC_OR, ATOMIC_XOR, ATOMIC_EXCHANGE } AtomicOp;

/* ValidateIntegerTypedArray ( typedArray, waitable )  ecma262#sec-validateintegertypedarray */
JsTypedArray *atomics_validate_array(JsContext *cx, JsValue val, AtomicsWanted wanted, const char *method)
{
  JsArrayElement type = js_is_typed_array(val) ? typed_array_type(js_as_typed_array(val)) : ELEMENT_FLOAT64;
  bool suits = wanted == ATOMICS_WAITABLE ? type == ELEMENT_INT32 || type == ELEMENT_BIGINT64
                                          : type != ELEMENT_UINT8_CLAMPED && type != ELEMENT_FLOAT16 &&
                                                type != ELEMENT_FLOAT32 && type != ELEMENT_FLOAT64;
  if (!suits) {
    throw_error(cx, wanted == ATOMICS_WAITABLE ? JS_MSG_NOT_WAITABLE_TYPED_ARRAY : JS_MSG_NOT_INTEGER_TYPED_ARRAY, val);
    return NULL;
  }
  int64_t len;
  return validate_typed_array(cx, val, method, &len);
}

/* ValidateAtomicAccess ( taRecord, requestIndex )  ecma262#sec-validateatomicaccess */
bool atomics_validate_access(JsContext *cx, JsTypedArray *array, JsValue request, size_t *index)
{
  size_t len = typed_array_length(array);
  double d;
  TRY_OR(false, to_integer_or_infinity(cx, request, &d));
  if (d < 0 || d >= (double)len) {
    throw_error(cx, JS_MSG_ATOMIC_INDEX);
    return false;
  }
  *index = (size_t)d;
  return true;
}

/* RevalidateAtomicAccess ( typedArray, byteIndex )  ecma262#sec-revalidateatomicaccess */
static bool revalidate_access(JsContext *cx, JsTypedArray *array, size_t index, const char *method)
{
  if (typed_array_is_out_of_bounds(array)) {
    throw_error(cx, JS_MSG_DETACHED_BUFFER, method);
    return false;
  }
  if (index >= typed_array_length(array)) {
    throw_error(cx, JS_MSG_ATOMIC_INDEX);
    return false;
  }
  return true;
}

/* The value as the specification converts it: an integral number or a BigInt. */
static JsValue to_atomic_value(JsContext *cx, JsArrayElement type, JsValue val)
{
  if (element_is_bigint(type))
    return to_element_value(cx, type, val);
  double d;
  TRY(to_integer_or_infinity(cx, val, &d));
  return js_number(d);
}

#define ATOMIC_APPLY(type_, address_, op_, operand_)                                                                   \
  ({                                                                                                                   \
    type_ *at_ = (type_ *)(address_), operand__ = (type_)(operand_), old_ = 0;                                         \
    switch (op_) {                                                                                                     \
    case ATOMIC_ADD: old_ = __atomic_fetch_add(at_, operand__, __ATOMIC_SEQ_CST); break;                               \
    case ATOMIC_SUB: old_ = __atomic_fetch_sub(at_, operand__, __ATOMIC_SEQ_CST); break;                               \
    case ATOMIC_AND: old_ = __atomic_fetch_and(at_, operand__, __ATOMIC_SEQ_CST); break;                               \
    case ATOMIC_OR: old_ = __atomic_fetch_or(at_, operand__, __ATOMIC_SEQ_CST); break;                                 \
    case ATOMIC_XOR: old_ = __atomic_fetch_xor(at_, operand__, __ATOMIC_SEQ_CST); break;                               \
    case ATOMIC_EXCHANGE: old_ = __atomic_exchange_n(at_, operand__, __ATOMIC_SEQ_CST); break;                         \
    }                                                                                                                  \
    (uint64_t) old_;                                                                                                   \
  })

static uint64_t atomic_apply(JsArrayElement type, void *address, AtomicOp op, uint64_t operand)
{
  switch (element_shift(type)) {
  case 0: return ATOMIC_APPLY(uint8_t, address, op, operand);
  case 1: return ATOMIC_APPLY(uint16_t, address, op, operand);
  case 2: return ATOMIC_APPLY(uint32_t, address, op, operand);
  default: return ATOMIC_APPLY(uint64_t, address, op, operand);
  }
}

uint64_t atomics_load_word(JsArrayElement type, void *address)
{
  switch (element_shift(type)) {
  case 0: return __atomic_load_n((uint8_t *)address, __ATOMIC_SEQ_CST);
  case 1: return __atomic_load_n((uint16_t *)address, __ATOMIC_SEQ_CST);
  case 2: return __atomic_load_n((uint32_t *)address, __ATOMIC_SEQ_CST);
  default: return __atomic_load_n((uint64_t *)address, __ATOMIC_SEQ_CST);
  }
}

#define ATOMIC_COMPARE(type_, address_, expected_, desired_)                                                           \
  ({                                                                                                                   \
    type_ expect_ = (type_)(expected_);                                                                                \
    __atomic_compare_exchange_n((type_ *)(address_), &expect_, (type_)(desired_), false, __ATOMIC_SEQ_CST,             \
                                __ATOMIC_SEQ_CST);                                                                     \
    (uint64_t) expect_;                                                                                                \
  })

static uint64_t atomic_compare(JsArrayElement type, void *address, uint64_t expected, uint64_t desired)
{
  switch (element_shift(type)) {
  case 0: return ATOMIC_COMPARE(uint8_t, address, expected, desired);
  case 1: return ATOMIC_COMPARE(uint16_t, address, expected, desired);
  case 2: return ATOMIC_COMPARE(uint32_t, address, expected, desired);
  default: return ATOMIC_COMPARE(uint64_t, address, expected, desired);
  }
}

uint64_t atomics_word_of(JsArrayElement type, JsValue numeric)
{
  uint64_t word = 0;
  element_store(type, &word, numeric);
  return word;
}

/* AtomicReadModifyWrite ( typedArray, index, value, op )  ecma262#sec-atomicreadmodifywrite; magic: AtomicOp */
static JsValue atomics_read_modify_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const names[] = {"Atomics.add", "Atomics.sub", "Atomics.and",
                                      "Atomics.or",  "Atomics.xor", "Atomics.exchange"};
  AtomicOp op = (AtomicOp)js_callee_magic(cx);
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_ANY_INTEGER, names[op]));
  JsArrayElement type = typed_array_type(array);
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  JsValue numeric = TRY(to_atomic_value(cx, type, js_arg(argc, argv, 2)));
  TRY(revalidate_access(cx, array, index, names[op]));
  uint64_t old = atomic_apply(type, typed_array_at(array, index), op, atomics_word_of(type, numeric));
  return element_load(cx->heap, type, &old);
}

/* Atomics.compareExchange ( typedArray, index, expectedValue, replacementValue )  ecma262#sec-atomics.compareexchange
 */
static JsValue atomics_compare_exchange(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "Atomics.compareExchange";
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_ANY_INTEGER, name));
  JsArrayElement type = typed_array_type(array);
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  JsValue expected = TRY(to_atomic_value(cx, type, js_arg(argc, argv, 2)));
  JsValue replacement = TRY(to_atomic_value(cx, type, js_arg(argc, argv, 3)));
  TRY(revalidate_access(cx, array, index, name));
  uint64_t old = atomic_compare(type, typed_array_at(array, index), atomics_word_of(type, expected),
                                atomics_word_of(type, replacement));
  return element_load(cx->heap, type, &old);
}

/* Atomics.load ( typedArray, index )  ecma262#sec-atomics.load */
static JsValue atomics_load(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_ANY_INTEGER, "Atomics.load"));
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  TRY(revalidate_access(cx, array, index, "Atomics.load"));
  uint64_t word = atomics_load_word(typed_array_type(array), typed_array_at(array, index));
  return element_load(cx->heap, typed_array_type(array), &word);
}

/* Atomics.store ( typedArray, index, value )  ecma262#sec-atomics.store */
static JsValue atomics_store(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsTypedArray *array = TRY(atomics_validate_array(cx, js_arg(argc, argv, 0), ATOMICS_ANY_INTEGER, "Atomics.store"));
  JsArrayElement type = typed_array_type(array);
  size_t index;
  TRY(atomics_validate_access(cx, array, js_arg(argc, argv, 1), &index));
  JsValue numeric = TRY(to_atomic_value(cx, type, js_arg(argc, argv, 2)));
  TRY(revalidate_access(cx, array, index, "Atomics.store"));
  atomic_apply(type, typed_array_at(array, index), ATOMIC_EXCHANGE, atomics_word_of(type, numeric));
  return numeric;
}

/* Atomics.isLockFree ( size )  ecma262#sec-atomics.islockfree */
static JsValue atomics_is_lock_free(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double n;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &n));
  return js_boolean(n == 1 || n == 2 || n == 4 || n == 8);
}

/* Atomics.pause ( [ N ] )  ecma262#sec-atomics.pause */
static JsValue atomics_pause(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue n = js_arg(argc, argv, 0);
  if (!js_is_undefined(n) && !is_integral_number(n))
    return throw_error(cx, JS_MSG_ATOMICS_PAUSE_ARGUMENT);
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
  return JS_UNDEFINED;
}

static const JsBuiltin atomics_rows[] = {
    FN("load", atomics_load, 2),
    FN("store", atomics_store, 3),
    FN_MAGIC("add", atomics_read_modify_write, 3, ATOMIC_ADD),
    FN_MAGIC("sub", atomics_read_modify_write, 3, ATOMIC_SUB),
    FN_MAGIC("and", atomics_read_modify_write, 3, ATOMIC_AND),
    FN_MAGIC("or", atomics_read_modify_write, 3, ATOMIC_OR),
    FN_MAGIC("xor", atomics_read_modify_write, 3, ATOMIC_XOR),
    FN_MAGIC("exchange", atomics_read_modify_write, 3, ATOMIC_EXCHANGE),
    FN("compareExchange", atomics_compare_exchange, 4),
    FN("isLockFree", atomics_is_lock_free, 1),
    FN_MAGIC("wait", atomics_wait, 4, ATOMICS_WAIT_SYNC),
    FN_MAGIC("waitAsync", atomics_wait, 4, ATOMICS_WAIT_ASYNC),
    FN("notify", atomics_notify, 3),
    FN("pause", atomics_pause, 0),
    STRING_SYM(toStringTag, "Atomics"),
};

const JsIntrinsicTable atomics_table = {NAMESPACE_TABLE(), ROWS(atomics_rows)};
