// SPDX-License-Identifier: MIT
/*
 * BigInt cells over the limb arithmetic of base/bigint.h. A result is computed straight into a cell with room for its
 * bound; what the bound had too much stays unused behind `length`. Sizes over V8's limit are refused before anything is
 * allocated.
 */
#include "object/bigint.h"

#include "base/bigint.h"
#include "base/dtoa.h"
#include "base/hash.h"
#include "gc/alloc_inl.h"
#include "object/arithmetic.h"
#include "unicode/unicode.h"

#include <math.h>

_Static_assert(sizeof(JsBigInt) == 16, "limbs follow");

static Limbs limbs_of(const JsBigInt *a)
{
  return (Limbs){a->limbs, a->length, bigint_is_negative(a)};
}

/* A cell with room for `capacity` limbs; throws when that is over the limit or cannot be had. */
static JsBigInt *bigint_alloc(JsContext *cx, size_t capacity)
{
  /* Bounds exceed results by a few limbs, so a result at the limit must still find room. */
  if (capacity > (size_t)JS_MAX_BIGINT_LIMBS + 3) {
    throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
    return NULL;
  }
  JsBigInt *cell = gc_try_alloc(cx->heap, CELL_BIGINT, sizeof(JsBigInt) + capacity * 8);
  if (!cell)
    throw_out_of_memory(cx);
  return cell;
}

/* Sets the outcome of a computation into cell->limbs. */
static JsValue bigint_result(JsContext *cx, JsBigInt *cell, size_t len, bool negative)
{
  if (len > JS_MAX_BIGINT_LIMBS)
    return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
  cell->length = (uint32_t)len;
  cell->cell.flags = len && negative ? BIGINT_NEGATIVE : 0;
  return js_from_cell(cell);
}

/* --- operators --------------------------------------------------------------------------------------------------- */

static JsValue bigint_sum(JsContext *cx, Limbs a, Limbs b, bool subtract)
{
  JsBigInt *cell = TRY(bigint_alloc(cx, (a.len > b.len ? a.len : b.len) + 1));
  bool negative;
  size_t len = subtract ? limbs_sub(cell->limbs, &negative, a, b) : limbs_add(cell->limbs, &negative, a, b);
  return bigint_result(cx, cell, len, negative);
}

static JsValue bigint_product(JsContext *cx, Limbs a, Limbs b)
{
  if (a.len + b.len > (size_t)JS_MAX_BIGINT_LIMBS + 1)
    return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
  JsBigInt *cell = TRY(bigint_alloc(cx, a.len + b.len));
  return bigint_result(cx, cell, limbs_mul(cell->limbs, a, b), a.negative != b.negative);
}

/* Of a division the half that is not asked for goes to the C stack up to this many limbs. */
enum { QUOTIENT_SCRATCH = 64 };

/* Room for `len` limbs that nobody will see: `scratch` or a cell, which *cell then keeps alive. */
static uint64_t *bigint_scratch(JsContext *cx, uint64_t *scratch, size_t len, JsBigInt **cell)
{
  *cell = NULL;
  if (len <= QUOTIENT_SCRATCH)
    return scratch;
  *cell = bigint_alloc(cx, len);
  return *cell ? (*cell)->limbs : NULL;
}

static JsValue bigint_quotient(JsContext *cx, JsBigInt *left, Limbs a, Limbs b, bool want_remainder)
{
  if (b.len == 0)
    return throw_error(cx, JS_MSG_DIVISION_BY_ZERO);
  if (a.len < b.len)
    return want_remainder ? js_from_cell(left) : js_from_cell(bigint_from_uint64(cx->heap, 0));
  uint64_t scratch[QUOTIENT_SCRATCH];
  size_t quotient_len = a.len - b.len + 1, rest_len, len;
  JsBigInt *kept, *result = TRY(bigint_alloc(cx, want_remainder ? b.len : quotient_len));
  uint64_t *unseen = TRY(bigint_scratch(cx, scratch, want_remainder ? quotient_len : b.len, &kept));
  if (want_remainder)
    len = limbs_divrem(unseen, result->limbs, &rest_len, a, b);
  else
    len = limbs_divrem(result->limbs, unseen, &rest_len, a, b);
  js_keep_alive(js_from_cell(kept));
  if (want_remainder)
    return bigint_result(cx, result, rest_len, a.negative);
  return bigint_result(cx, result, len, a.negative != b.negative);
}

static JsValue bigint_power(JsContext *cx, Limbs a, Limbs b)
{
  if (b.negative)
    return throw_error(cx, JS_MSG_NEGATIVE_EXPONENT);
  bool trivial = a.len == 0 || (a.len == 1 && a.limbs[0] == 1);
  if (b.len > 1 && !trivial)
    return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
  /* For 0, 1 and -1 only the exponent's being zero, and its parity, matter. */
  uint64_t exponent = b.len == 0 ? 0 : trivial ? 2 - (b.limbs[0] & 1) : b.limbs[0];
  size_t size = limbs_pow_size(a, exponent, JS_MAX_BIGINT_LIMBS);
  if (size == SIZE_MAX)
    return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
  JsBigInt *cell = TRY(bigint_alloc(cx, size))
  , *scratch = TRY(bigint_alloc(cx, size));
  size_t len = limbs_pow(cell->limbs, scratch->limbs, a, exponent);
  js_keep_alive(js_from_cell(scratch));
  return bigint_result(cx, cell, len, a.negative && (exponent & 1));
}

/* BigInt::leftShift, with a negative count shifting right. */
static JsValue bigint_shift(JsContext *cx, Limbs a, Limbs b, bool left)
{
  if (a.len == 0)
    return bigint_result(cx, TRY(bigint_alloc(cx, 0)), 0, false);
  uint64_t count = b.len > 1 ? UINT64_MAX : b.len ? b.limbs[0] : 0;
  if (b.negative)
    left = !left;
  if (!left) {
    JsBigInt *cell = TRY(bigint_alloc(cx, a.len + 1));
    return bigint_result(cx, cell, limbs_shift_right(cell->limbs, a, count), a.negative);
  }
  if (count / 64 + a.len > JS_MAX_BIGINT_LIMBS)
    return throw_error(cx, JS_MSG_BIGINT_TOO_BIG);
  JsBigInt *cell = TRY(bigint_alloc(cx, a.len + (size_t)(count / 64) + 1));
  return bigint_result(cx, cell, limbs_shift_left(cell->limbs, a, count), a.negative);
}

static JsValue bigint_bits(JsContext *cx, LimbsBitwise op, Limbs a, Limbs b)
{
  JsBigInt *cell = TRY(bigint_alloc(cx, (a.len > b.len ? a.len : b.len) + 1));
  bool negative;
  size_t len = limbs_bitwise(op, cell->limbs, &negative, a, b);
  return bigint_result(cx, cell, len, negative);
}

/* A result of at most two limbs. */
static JsValue bigint_from_wide(JsHeap *heap, unsigned __int128 magnitude, bool negative)
{
  uint64_t low = (uint64_t)magnitude, high = (uint64_t)(magnitude >> 64);
  uint32_t len = high ? 2 : low ? 1 : 0;
  JsBigInt *cell = gc_alloc_fast(heap, CELL_BIGINT, sizeof(JsBigInt) + (high ? 16 : 8));
  cell->length = len;
  cell->cell.flags = len && negative ? BIGINT_NEGATIVE : 0;
  cell->limbs[0] = low;
  if (high)
    cell->limbs[1] = high;
  return js_from_cell(cell);
}

/* FAST: operands of one limb, which a double-width machine integer holds the result of; and the remainder of two limbs
 * by one. The hole: ask the general operation. */
static JsValue bigint_small_binary(JsContext *cx, JsBinaryOp op, const JsBigInt *left, const JsBigInt *right)
{
  JsHeap *heap = cx->heap;
  uint64_t x = left->length ? left->limbs[0] : 0, y = right->length ? right->limbs[0] : 0;
  bool x_negative = bigint_is_negative(left), y_negative = bigint_is_negative(right);
  if (left->length == 2) {
    unsigned __int128 wide = (unsigned __int128)left->limbs[1] << 64 | x;
    return op == BINARY_MOD && y ? bigint_from_wide(heap, wide % y, x_negative) : JS_HOLE;
  }
  switch (op) {
  case BINARY_SUB:
  case BINARY_ADD:
    y_negative ^= op == BINARY_SUB;
    if (x_negative == y_negative)
      return bigint_from_wide(heap, (unsigned __int128)x + y, x_negative);
    return x >= y ? bigint_from_wide(heap, x - y, x_negative) : bigint_from_wide(heap, y - x, y_negative);
  case BINARY_MUL: return bigint_from_wide(heap, (unsigned __int128)x * y, x_negative != y_negative);
  case BINARY_DIV: return y ? bigint_from_wide(heap, x / y, x_negative != y_negative) : JS_HOLE;
  case BINARY_MOD: return y ? bigint_from_wide(heap, x % y, x_negative) : JS_HOLE;
  case BINARY_BIT_AND: return (x_negative | y_negative) ? JS_HOLE : bigint_from_wide(heap, x & y, false);
  case BINARY_BIT_OR: return (x_negative | y_negative) ? JS_HOLE : bigint_from_wide(heap, x | y, false);
  case BINARY_BIT_XOR: return (x_negative | y_negative) ? JS_HOLE : bigint_from_wide(heap, x ^ y, false);
  default: return JS_HOLE;
  }
}

JsValue bigint_binary(JsContext *cx, int op, JsBigInt *left, JsBigInt *right)
{
  if (left->length <= 2 && right->length <= 1) {
    JsValue small = bigint_small_binary(cx, (JsBinaryOp)op, left, right);
    if (!js_is_hole(small))
      return small;
  }
  Limbs a = limbs_of(left), b = limbs_of(right);
  switch ((JsBinaryOp)op) {
  case BINARY_ADD: return bigint_sum(cx, a, b, false);
  case BINARY_SUB: return bigint_sum(cx, a, b, true);
  case BINARY_MUL: return bigint_product(cx, a, b);
  case BINARY_DIV: return bigint_quotient(cx, left, a, b, false);
  case BINARY_MOD: return bigint_quotient(cx, left, a, b, true);
  case BINARY_EXP: return bigint_power(cx, a, b);
  case BINARY_BIT_AND: return bigint_bits(cx, LIMBS_AND, a, b);
  case BINARY_BIT_OR: return bigint_bits(cx, LIMBS_OR, a, b);
  case BINARY_BIT_XOR: return bigint_bits(cx, LIMBS_XOR, a, b);
  case BINARY_SHL: return bigint_shift(cx, a, b, true);
  case BINARY_SAR: return bigint_shift(cx, a, b, false);
  case BINARY_SHR: return throw_error(cx, JS_MSG_BIGINT_SHR);
  }
  JS_UNREACHABLE();
}

JsValue bigint_negate(JsContext *cx, JsBigInt *a)
{
  JsBigInt *cell = TRY(bigint_alloc(cx, a->length));
  memcpy(cell->limbs, a->limbs, (size_t)a->length * 8);
  return bigint_result(cx, cell, a->length, !bigint_is_negative(a));
}

JsValue bigint_add_int(JsContext *cx, JsBigInt *a, int32_t delta)
{
  uint64_t magnitude = delta < 0 ? -(uint64_t)(int64_t)delta : (uint64_t)delta;
  return bigint_sum(cx, limbs_of(a), (Limbs){&magnitude, magnitude != 0, delta < 0}, false);
}

JsValue bigint_not(JsContext *cx, JsBigInt *a)
{
  /* ~a = -a - 1 */
  uint64_t one = 1;
  Limbs negated = limbs_of(a);
  negated.negative = negated.len && !negated.negative;
  return bigint_sum(cx, negated, (Limbs){&one, 1, false}, true);
}

/* --- comparison -------------------------------------------------------------------------------------------------- */

bool bigint_equals(const JsBigInt *a, const JsBigInt *b)
{
  return a->length == b->length && bigint_is_negative(a) == bigint_is_negative(b) &&
         memcmp(a->limbs, b->limbs, (size_t)a->length * 8) == 0;
}

int bigint_compare(const JsBigInt *a, const JsBigInt *b)
{
  return limbs_compare(limbs_of(a), limbs_of(b));
}

int bigint_compare_double(const JsBigInt *a, double d)
{
  return limbs_compare_double(limbs_of(a), d);
}

uint32_t bigint_hash(const JsBigInt *a)
{
  return (uint32_t)hash_bytes(a->limbs, (size_t)a->length * 8, bigint_is_negative(a));
}

/* --- conversions ------------------------------------------------------------------------------------------------- */

double bigint_to_double(const JsBigInt *a)
{
  return limbs_to_double(limbs_of(a));
}

uint64_t bigint_to_uint64(const JsBigInt *a)
{
  return limbs_to_uint64(limbs_of(a));
}

JsBigInt *bigint_from_uint64(JsHeap *heap, uint64_t u)
{
  JsBigInt *cell = gc_alloc(heap, CELL_BIGINT, sizeof(JsBigInt) + (u ? 8 : 0));
  if (u) {
    cell->length = 1;
    cell->limbs[0] = u;
  }
  return cell;
}

JsBigInt *bigint_from_int64(JsHeap *heap, int64_t i)
{
  JsBigInt *cell = bigint_from_uint64(heap, i < 0 ? -(uint64_t)i : (uint64_t)i);
  if (i < 0)
    cell->cell.flags = BIGINT_NEGATIVE;
  return cell;
}

/* NumberToBigInt ( number )  ecma262#sec-numbertobigint */
JsBigInt *bigint_from_double(JsContext *cx, double d)
{
  if (!isfinite(d) || d != trunc(d)) {
    throw_error(cx, JS_MSG_NOT_AN_INTEGER, js_number(d));
    return NULL;
  }
  uint64_t limbs[LIMBS_DOUBLE_MAX];
  size_t len = limbs_from_double(limbs, d);
  JsBigInt *cell = TRY_OR(NULL, bigint_alloc(cx, len));
  memcpy(cell->limbs, limbs, len * 8);
  cell->length = (uint32_t)len;
  cell->cell.flags = d < 0 ? BIGINT_NEGATIVE : 0;
  return cell;
}

/* digits (of the radix, overwritten) into a cell. */
static JsBigInt *bigint_from_digit_buffer(JsContext *cx, char *digits, size_t len, int radix)
{
  size_t lead = 0;
  while (lead < len && digits[lead] == '0')
    lead++;
  JsBigInt *cell = TRY_OR(NULL, bigint_alloc(cx, limbs_from_digits_size(len - lead, radix)));
  size_t limbs = limbs_from_digits(cell->limbs, digits + lead, len - lead, radix);
  if (js_is_exception(bigint_result(cx, cell, limbs, false)))
    return NULL;
  return cell;
}

JsBigInt *bigint_from_digits(JsContext *cx, const char *digits, size_t len, int radix)
{
  MemAccount *account = gc_heap_account(cx->heap);
  char *copy = mem_alloc(account, MEM_SCRATCH, len);
  if (!copy) {
    throw_out_of_memory(cx);
    return NULL;
  }
  memcpy(copy, digits, len);
  JsBigInt *cell = bigint_from_digit_buffer(cx, copy, len, radix);
  mem_free(account, MEM_SCRATCH, copy, len);
  return cell;
}

/* StringToBigInt ( str )  ecma262#sec-stringtobigint */
bool string_to_bigint(JsContext *cx, JsString *s, JsBigInt **out)
{
  *out = NULL;
  StringView view = string_view(cx->heap, s);
  uint32_t from = 0, to = view.length;
  while (from < to && unicode_is_space_or_line(view_unit(view, from)))
    from++;
  while (to > from && unicode_is_space_or_line(view_unit(view, to - 1)))
    to--;
  int radix = 10;
  bool negative = false;
  if (to - from > 2 && view_unit(view, from) == '0') {
    uint32_t kind = view_unit(view, from + 1) | 0x20;
    radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
    if (radix != 10)
      from += 2;
  }
  if (radix == 10 && to > from) {
    uint16_t sign = view_unit(view, from);
    negative = sign == '-';
    if (sign == '-' || sign == '+') {
      if (++from == to)
        return true;
    }
  }
  size_t len = to - from;
  MemAccount *account = gc_heap_account(cx->heap);
  char *digits = mem_alloc(account, MEM_SCRATCH, len);
  if (!digits) {
    throw_out_of_memory(cx);
    return false;
  }
  bool valid = true;
  for (uint32_t k = from; k < to && valid; k++) {
    uint16_t c = view_unit(view, k);
    valid = dtoa_digit_value(c) < (uint32_t)radix;
    digits[k - from] = (char)c;
  }
  JsBigInt *cell = valid ? bigint_from_digit_buffer(cx, digits, len, radix) : NULL;
  mem_free(account, MEM_SCRATCH, digits, len);
  if (valid && !cell)
    return false;
  if (cell && negative && cell->length)
    cell->cell.flags = BIGINT_NEGATIVE;
  *out = cell;
  return true;
}

/* BigInt::toString ( x, radix )  ecma262#sec-numeric-types-bigint-tostring */
JsString *bigint_to_string(JsContext *cx, const JsBigInt *a, int radix)
{
  MemAccount *account = gc_heap_account(cx->heap);
  Limbs limbs = limbs_of(a);
  size_t text_size = limbs_to_digits_size(limbs, radix) + 1, scratch_size = (limbs.len + 1) * 8;
  char *text = mem_alloc(account, MEM_SCRATCH, text_size);
  uint64_t *scratch = mem_alloc(account, MEM_SCRATCH, scratch_size);
  JsString *result = NULL;
  if (text && scratch) {
    size_t sign = limbs.negative;
    text[0] = '-';
    size_t len = sign + limbs_to_digits(text + sign, scratch, limbs, radix);
    if (len > JS_MAX_STRING_LENGTH)
      throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
    else
      result = string_from_latin1(cx->heap, text, len);
  } else {
    throw_out_of_memory(cx);
  }
  mem_free(account, MEM_SCRATCH, text, text ? text_size : 0);
  mem_free(account, MEM_SCRATCH, scratch, scratch ? scratch_size : 0);
  return result;
}
