// SPDX-License-Identifier: MIT
/* Math  ecma262#sec-math-object. The transcendental functions are the C library's. */
#include "builtins/builtin.h"

#include "base/dtoa.h"
#include "base/rng.h"
#include "object/arithmetic.h"

#include <math.h>

/* Functions of one number that the C library has under the same contract. */
typedef enum {
  MATH_ACOS,
  MATH_ACOSH,
  MATH_ASIN,
  MATH_ASINH,
  MATH_ATAN,
  MATH_ATANH,
  MATH_CBRT,
  MATH_COS,
  MATH_COSH,
  MATH_EXP,
  MATH_EXPM1,
  MATH_LOG,
  MATH_LOG1P,
  MATH_LOG10,
  MATH_LOG2,
  MATH_SIN,
  MATH_SINH,
  MATH_SQRT,
  MATH_TAN,
  MATH_TANH
} MathFunction;

static JsValue math_unary(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  switch ((MathFunction)js_callee_magic(cx)) {
  case MATH_ACOS: return js_number(acos(x));
  case MATH_ACOSH: return js_number(acosh(x));
  case MATH_ASIN: return js_number(asin(x));
  case MATH_ASINH: return js_number(asinh(x));
  case MATH_ATAN: return js_number(atan(x));
  case MATH_ATANH: return js_number(atanh(x));
  case MATH_CBRT: return js_number((double)cbrtl(x)); /* cbrt() is a bit off: cbrt(27) is not 3 */
  case MATH_COS: return js_number(cos(x));
  case MATH_COSH: return js_number(cosh(x));
  case MATH_EXP: return js_number(exp(x));
  case MATH_EXPM1: return js_number(expm1(x));
  case MATH_LOG: return js_number(log(x));
  case MATH_LOG1P: return js_number(log1p(x));
  case MATH_LOG10: return js_number(log10(x));
  case MATH_LOG2: return js_number(log2(x));
  case MATH_SIN: return js_number(sin(x));
  case MATH_SINH: return js_number(sinh(x));
  case MATH_SQRT: return js_number(sqrt(x));
  case MATH_TAN: return js_number(tan(x));
  case MATH_TANH: return js_number(tanh(x));
  }
  JS_UNREACHABLE();
}

/* Math.abs ( x )  ecma262#sec-math.abs */
static JsValue math_abs(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number(fabs(x));
}

/* Math.atan2 ( y, x )  ecma262#sec-math.atan2 */
static JsValue math_atan2(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double y, x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &y));
  TRY(to_number_double(cx, js_arg(argc, argv, 1), &x));
  return js_number(atan2(y, x));
}

/* Math.ceil ( x )  ecma262#sec-math.ceil */
static JsValue math_ceil(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  if (argc > 0 && js_is_int32(argv[0]))
    return argv[0];
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number(ceil(x));
}

/* Math.clz32 ( x )  ecma262#sec-math.clz32 */
static JsValue math_clz32(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint32_t n;
  TRY(to_uint32(cx, js_arg(argc, argv, 0), &n));
  return js_int32(n ? __builtin_clz(n) : 32);
}

/* Math.f16round ( x )  ecma262#sec-math.f16round */
static JsValue math_f16round(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  if (x == 0 || !isfinite(x))
    return js_number(x);
  /* binary16 has 11 significant bits, and 2^-24 as its least place. Scaling by a power of two is exact. */
  int place = ilogb(x) - 10;
  if (place < -24)
    place = -24;
  double rounded = ldexp(nearbyint(ldexp(x, -place)), place);
  if (fabs(rounded) > 65504)
    rounded = copysign(INFINITY, x);
  return js_number(rounded == 0 ? copysign(0, x) : rounded);
}

/* Math.floor ( x )  ecma262#sec-math.floor */
static JsValue math_floor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  if (argc > 0 && js_is_int32(argv[0]))
    return argv[0];
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number(floor(x));
}

/* Math.fround ( x )  ecma262#sec-math.fround */
static JsValue math_fround(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number((double)(float)x);
}

/* All arguments are converted before any is looked at; a few live on the C stack. */
#define MATH_ARGS_INLINE 16

/* Math.hypot ( ...args )  ecma262#sec-math.hypot
 * NODE: scaled by the greatest argument, with a compensated sum. */
static JsValue math_hypot(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double inline_numbers[MATH_ARGS_INLINE], *numbers = inline_numbers, max = 0;
  size_t size = (size_t)argc * sizeof(double);
  MemAccount *account = gc_heap_account(cx->heap);
  if (argc > MATH_ARGS_INLINE && !(numbers = mem_alloc(account, MEM_SCRATCH, size)))
    return throw_out_of_memory(cx);
  bool infinite = false, nan = false, failed = false;
  for (int k = 0; k < argc && !failed; k++) {
    failed = !to_number_double(cx, argv[k], &numbers[k]);
    if (failed)
      break;
    numbers[k] = fabs(numbers[k]);
    infinite = infinite || isinf(numbers[k]);
    nan = nan || isnan(numbers[k]);
    if (numbers[k] > max)
      max = numbers[k];
  }
  JsValue result = JS_EXCEPTION;
  if (failed) {
    /* the exception is pending */
  } else if (infinite) {
    result = js_double(INFINITY);
  } else if (nan) {
    result = js_double(NAN);
  } else if (max == 0) {
    result = js_int32(0);
  } else {
    double sum = 0, lost = 0;
    for (int k = 0; k < argc; k++) {
      double n = numbers[k] / max, summand = n * n - lost, next = sum + summand;
      lost = (next - sum) - summand;
      sum = next;
    }
    result = js_number(sqrt(sum) * max);
  }
  if (numbers != inline_numbers)
    mem_free(account, MEM_SCRATCH, numbers, size);
  return result;
}

/* Math.imul ( x, y )  ecma262#sec-math.imul */
static JsValue math_imul(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint32_t x, y;
  TRY(to_uint32(cx, js_arg(argc, argv, 0), &x));
  TRY(to_uint32(cx, js_arg(argc, argv, 1), &y));
  return js_int32((int32_t)(x * y));
}

/* Math.max ( ...args )  ecma262#sec-math.max */
static JsValue math_max(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (argc == 2 && js_is_int32(argv[0]) && js_is_int32(argv[1]))
    return js_as_int32(argv[0]) > js_as_int32(argv[1]) ? argv[0] : argv[1];
  double highest = -INFINITY, x;
  for (int k = 0; k < argc; k++) {
    TRY(to_number_double(cx, argv[k], &x));
    if (isnan(x) || isnan(highest))
      highest = NAN;
    else if (x > highest || (x == 0 && highest == 0 && !signbit(x)))
      highest = x;
  }
  return js_number(highest);
}

/* Math.min ( ...args )  ecma262#sec-math.min */
static JsValue math_min(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (argc == 2 && js_is_int32(argv[0]) && js_is_int32(argv[1]))
    return js_as_int32(argv[0]) < js_as_int32(argv[1]) ? argv[0] : argv[1];
  double lowest = INFINITY, x;
  for (int k = 0; k < argc; k++) {
    TRY(to_number_double(cx, argv[k], &x));
    if (isnan(x) || isnan(lowest))
      lowest = NAN;
    else if (x < lowest || (x == 0 && lowest == 0 && signbit(x)))
      lowest = x;
  }
  return js_number(lowest);
}

/* Math.pow ( base, exponent )  ecma262#sec-math.pow */
static JsValue math_pow(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double base, exponent;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &base));
  TRY(to_number_double(cx, js_arg(argc, argv, 1), &exponent));
  return js_number(number_exponentiate(base, exponent));
}

/* Math.random ( )  ecma262#sec-math.random */
static JsValue math_random(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint64_t *state = cx->vm->rng_state;
  Rng rng = {state[0], state[1]};
  if (!(rng.s0 | rng.s1))
    rng_seed_from_system(&rng);
  double x = rng_next_double(&rng);
  state[0] = rng.s0;
  state[1] = rng.s1;
  return js_number(x);
}

/* Math.round ( x )  ecma262#sec-math.round */
static JsValue math_round(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  if (argc > 0 && js_is_int32(argv[0]))
    return argv[0];
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  double down = floor(x);
  /* x - down is exact; adding a half to x would not be. */
  double rounded = x - down >= 0.5 ? down + 1 : down;
  return js_number(rounded == 0 ? copysign(0, x) : rounded);
}

/* Math.sign ( x )  ecma262#sec-math.sign */
static JsValue math_sign(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number(x > 0 ? 1 : x < 0 ? -1 : x);
}

/* Math.trunc ( x )  ecma262#sec-math.trunc */
static JsValue math_trunc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double x;
  if (argc > 0 && js_is_int32(argv[0]))
    return argv[0];
  TRY(to_number_double(cx, js_arg(argc, argv, 0), &x));
  return js_number(trunc(x));
}

/* --- sumPrecise -------------------------------------------------------------------------------------------------- */

/* Any sum of up to 2^53 doubles as a fixed-point number of 32-bit places from 2^-1074 up, signed, carries delayed. */
#define SUM_PLACES 70
/* Additions after which the places must be carried: each adds less than 2^32 to a place. */
#define SUM_CARRY_EVERY (1u << 30)

typedef struct ExactSum {
  int64_t places[SUM_PLACES];
  uint32_t pending; /* additions since the last carry */
} ExactSum;

static void sum_carry(ExactSum *sum)
{
  int64_t carry = 0;
  for (int k = 0; k < SUM_PLACES - 1; k++) {
    int64_t place = sum->places[k] + carry;
    sum->places[k] = place & 0xffffffff;
    carry = place >> 32;
  }
  sum->places[SUM_PLACES - 1] += carry; /* the sign stays in the top place */
  sum->pending = 0;
}

static void sum_add(ExactSum *sum, double x)
{
  int e;
  int64_t m = (int64_t)ldexp(frexp(x, &e), 53);
  e -= 53;
  if (e < -1074) { /* a denormal: the mantissa's low bits are zero */
    m >>= -1074 - e;
    e = -1074;
  }
  unsigned place = (unsigned)(e + 1074) / 32, shift = (unsigned)(e + 1074) % 32;
  __int128 wide = (__int128)m * ((int64_t)1 << shift);
  sum->places[place] += (int64_t)(wide & 0xffffffff);
  sum->places[place + 1] += (int64_t)(wide >> 32 & 0xffffffff);
  sum->places[place + 2] += (int64_t)(wide >> 64);
  if (++sum->pending == SUM_CARRY_EVERY)
    sum_carry(sum);
}

static double sum_round(ExactSum *sum)
{
  sum_carry(sum);
  bool negative = sum->places[SUM_PLACES - 1] < 0;
  if (negative) {
    for (int k = 0; k < SUM_PLACES; k++)
      sum->places[k] = -sum->places[k];
    sum_carry(sum);
  }
  int top = SUM_PLACES - 1;
  while (top >= 0 && sum->places[top] == 0)
    top--;
  if (top < 0)
    return 0;
  /* The 96 bits at the top, then everything below as a sticky bit. */
  unsigned __int128 bits = (uint64_t)sum->places[top];
  bits = bits << 32 | (top > 0 ? (uint64_t)sum->places[top - 1] : 0);
  bits = bits << 32 | (top > 1 ? (uint64_t)sum->places[top - 2] : 0);
  bool sticky = false;
  for (int k = 0; k < top - 2; k++)
    sticky = sticky || sum->places[k] != 0;
  int exponent = (top - 2) * 32 - 1074;
  uint64_t high = (uint64_t)(bits >> 64);
  int lead = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)bits);
  bits <<= lead;
  double x = dtoa_round_bits((uint64_t)(bits >> 64), exponent - lead + 64, sticky || (uint64_t)bits != 0);
  return negative ? -x : x;
}

/* Math.sumPrecise ( items )  ecma262#sec-math.sumprecise */
static JsValue math_sum_precise(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue items = js_arg(argc, argv, 0);
  if (js_is_nullish(items))
    return throw_error(cx, JS_MSG_NOT_ITERABLE, items);
  JsIteratorRecord record;
  TRY(get_iterator(cx, items, &record));
  ExactSum sum = {0};
  bool all_minus_zero = true, plus_infinity = false, minus_infinity = false, nan = false;
  for (;;) {
    JsValue item;
    TRY(iterator_step_value(cx, &record, &item));
    if (js_is_hole(item))
      break;
    if (!js_is_number(item)) {
      (void)throw_error(cx, JS_MSG_NOT_ITERABLE_NUMBERS, item);
      iterator_close_on_throw(cx, &record);
      return JS_EXCEPTION;
    }
    double x = js_number_value(item);
    if (isfinite(x)) {
      all_minus_zero = all_minus_zero && x == 0 && signbit(x);
      if (x != 0)
        sum_add(&sum, x);
    } else {
      all_minus_zero = false;
      nan = nan || isnan(x);
      plus_infinity = plus_infinity || x > 0;
      minus_infinity = minus_infinity || x < 0;
    }
  }
  if (nan || (plus_infinity && minus_infinity))
    return js_double(NAN);
  if (plus_infinity || minus_infinity)
    return js_double(plus_infinity ? INFINITY : -INFINITY);
  return js_number(all_minus_zero ? -0.0 : sum_round(&sum));
}

static const JsBuiltin math_rows[] = {
    NUMBER("E", 2.718281828459045),
    NUMBER("LN10", 2.302585092994046),
    NUMBER("LN2", 0.6931471805599453),
    NUMBER("LOG10E", 0.4342944819032518),
    NUMBER("LOG2E", 1.4426950408889634),
    NUMBER("PI", 3.141592653589793),
    NUMBER("SQRT1_2", 0.7071067811865476),
    NUMBER("SQRT2", 1.4142135623730951),
    STRING_SYM(toStringTag, "Math"),
    FN("abs", math_abs, 1),
    FN_MAGIC("acos", math_unary, 1, MATH_ACOS),
    FN_MAGIC("acosh", math_unary, 1, MATH_ACOSH),
    FN_MAGIC("asin", math_unary, 1, MATH_ASIN),
    FN_MAGIC("asinh", math_unary, 1, MATH_ASINH),
    FN_MAGIC("atan", math_unary, 1, MATH_ATAN),
    FN_MAGIC("atanh", math_unary, 1, MATH_ATANH),
    FN("atan2", math_atan2, 2),
    FN_MAGIC("cbrt", math_unary, 1, MATH_CBRT),
    FN("ceil", math_ceil, 1),
    FN("clz32", math_clz32, 1),
    FN_MAGIC("cos", math_unary, 1, MATH_COS),
    FN_MAGIC("cosh", math_unary, 1, MATH_COSH),
    FN_MAGIC("exp", math_unary, 1, MATH_EXP),
    FN_MAGIC("expm1", math_unary, 1, MATH_EXPM1),
    FN("f16round", math_f16round, 1),
    FN("floor", math_floor, 1),
    FN("fround", math_fround, 1),
    FN("hypot", math_hypot, 2),
    FN("imul", math_imul, 2),
    FN_MAGIC("log", math_unary, 1, MATH_LOG),
    FN_MAGIC("log1p", math_unary, 1, MATH_LOG1P),
    FN_MAGIC("log10", math_unary, 1, MATH_LOG10),
    FN_MAGIC("log2", math_unary, 1, MATH_LOG2),
    FN("max", math_max, 2),
    FN("min", math_min, 2),
    FN("pow", math_pow, 2),
    FN("random", math_random, 0),
    FN("round", math_round, 1),
    FN("sign", math_sign, 1),
    FN_MAGIC("sin", math_unary, 1, MATH_SIN),
    FN_MAGIC("sinh", math_unary, 1, MATH_SINH),
    FN_MAGIC("sqrt", math_unary, 1, MATH_SQRT),
    FN("sumPrecise", math_sum_precise, 1),
    FN_MAGIC("tan", math_unary, 1, MATH_TAN),
    FN_MAGIC("tanh", math_unary, 1, MATH_TANH),
    FN("trunc", math_trunc, 1),
};
extern const JsIntrinsicTable math_table;
const JsIntrinsicTable math_table = {NAMESPACE_TABLE(), ROWS(math_rows)};
