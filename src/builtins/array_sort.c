// SPDX-License-Identifier: MIT
/*
 * sort and toSorted  ecma262#sec-sortindexedproperties
 *
 * The values are collected into a list that the collector sees; what is sorted is a permutation of 32-bit positions in
 * malloc memory, so that a comparator may do what it likes to the array. A stable merge sort with insertion-sorted
 * runs; runs already in order are not merged, so sorted input costs n - 1 comparisons.
 */
#include <string.h>

#include "builtins/array.h"
#include "bytecode/code.h"
#include "object/string.h"

/* Below this many elements insertion takes fewer comparisons' worth of work than merging. */
enum { SORT_RUN = 8 };

typedef struct Sorter {
  JsContext *cx;
  JsElements *values; /* what the comparator gets */
  JsElements *texts;  /* without comparator: the values as strings */
  JsValue comparator;
  /* What the comparator was found to be after its first call: the difference of its parameters, or of a property. */
  enum { UNKNOWN_COMPARATOR, ANY_COMPARATOR, DIFFERENCE, DIFFERENCE_OF_PROPERTY } kind;
  bool reversed;
  JsKey key;
  uint32_t count;
  double *numbers; /* of a difference: what is subtracted, NULL when it is not a number everywhere */
} Sorter;

static uint32_t unit32(const uint16_t *units)
{
  return units[0] | (uint32_t)units[1] << 16;
}

/* (a, b) => a - b, (a, b) => b.key - a.key and their like are known by their code. */
static void learn_comparator(Sorter *s)
{
  s->kind = ANY_COMPARATOR;
  if (!js_is_function(s->comparator))
    return;
  const JsCode *code = ptr_slot_get(js_as_function(s->comparator)->code);
  const uint16_t *at = code->units;
  uint32_t left = 1, right = 2;
  if (code->lazy || code->param_count != 2)
    return;
  bool has_key = (at[0] & 0xFF) == OP_GET_PROP && (at[5] & 0xFF) == OP_GET_PROP;
  if (has_key) { /* GET_PROP dst, base, ic */
    uint32_t first = code->ic_sites[unit32(at + 3)].key, second = code->ic_sites[unit32(at + 8)].key;
    const JsElements *constants = ptr_slot_get(code->constants);
    s->key = key_from_raw_value(slot_get(constants->v[first]));
    if (!key_equals(s->key, key_from_raw_value(slot_get(constants->v[second]))) || at[1] == at[7] || at[1] <= 2 ||
        at[6] <= 2 || at[1] == at[6])
      return;
    left = at[1];
    right = at[6];
    s->reversed = at[2] == 2;
    if (at[2] + at[7] != 3 || (at[2] != 1 && at[2] != 2))
      return;
    at += 10;
  }
  /* SUB dst, left, right, feedback; RETURN dst */
  if ((at[0] & 0xFF) != OP_SUB || (at[5] & 0xFF) != OP_RETURN || at[6] != at[1])
    return;
  if (has_key ? at[2] != left || at[3] != right : at[2] + at[3] != 3 || (at[2] != 1 && at[2] != 2))
    return;
  if (!has_key)
    s->reversed = at[2] == 2;
  s->kind = has_key ? DIFFERENCE_OF_PROPERTY : DIFFERENCE;
}

/* The number that a difference takes from a value. False: it has to be called. */
static bool subtrahend(const Sorter *s, JsValue val, double *number)
{
  if (s->kind == DIFFERENCE_OF_PROPERTY) {
    if (!js_is_kind(val, CELL_OBJECT))
      return false;
    val = object_get_direct(s->cx->heap, js_as_object(val), s->key);
  }
  if (!js_is_number(val))
    return false;
  *number = s->reversed ? -js_number_value(val) : js_number_value(val);
  return true;
}

/* When all values have such a number, no more calls are needed and nothing can change in between. */
static void take_numbers(Sorter *s)
{
  s->numbers = mem_alloc(&s->cx->vm->account, MEM_SCRATCH, s->count * sizeof *s->numbers);
  for (uint32_t k = 0; s->numbers && k < s->count; k++) {
    if (!subtrahend(s, slot_get(s->values->v[k]), &s->numbers[k])) {
      mem_free(&s->cx->vm->account, MEM_SCRATCH, s->numbers, s->count * sizeof *s->numbers);
      s->numbers = NULL;
    }
  }
}

/* *order < 0, 0, > 0. False: exception. */
static bool compare(Sorter *s, uint32_t a, uint32_t b, int *order)
{
  JsContext *cx = s->cx;
  if (s->numbers) {
    double x = s->numbers[a], y = s->numbers[b];
    *order = x < y ? -1 : x > y;
    return js_poll(cx, 1);
  }
  if (s->texts) {
    *order = string_compare(cx->heap, js_as_string(slot_get(s->texts->v[a])), js_as_string(slot_get(s->texts->v[b])));
    return js_poll(cx, 1);
  }
  JsValue result =
      TRY_OR(false, js_call2(cx, s->comparator, JS_UNDEFINED, slot_get(s->values->v[a]), slot_get(s->values->v[b])));
  if (s->kind == UNKNOWN_COMPARATOR) {
    learn_comparator(s);
    if (s->kind != ANY_COMPARATOR)
      take_numbers(s);
  }
  if (js_likely(js_is_int32(result))) {
    *order = js_as_int32(result);
    return true;
  }
  double number;
  TRY_OR(false, to_number_double(cx, result, &number));
  *order = number < 0 ? -1 : number > 0;
  return true;
}

static bool insertion_sort(Sorter *s, uint32_t *at, uint32_t count)
{
  for (uint32_t k = 1; k < count; k++) {
    uint32_t item = at[k], hole = k;
    for (; hole > 0; hole--) {
      int order;
      TRY_OR(false, compare(s, at[hole - 1], item, &order));
      if (order <= 0)
        break;
      at[hole] = at[hole - 1];
    }
    at[hole] = item;
  }
  return true;
}

/* Merges from[0, middle) and from[middle, count) into to. */
static bool merge(Sorter *s, const uint32_t *from, uint32_t middle, uint32_t count, uint32_t *to)
{
  uint32_t left = 0, right = middle, out = 0;
  if (middle < count) {
    int order;
    TRY_OR(false, compare(s, from[middle - 1], from[middle], &order));
    if (order <= 0)
      left = count; /* in order already */
  }
  if (left == count || middle >= count) {
    memcpy(to, from, count * sizeof *to);
    return true;
  }
  while (left < middle && right < count) {
    int order;
    TRY_OR(false, compare(s, from[left], from[right], &order));
    to[out++] = order <= 0 ? from[left++] : from[right++];
  }
  while (left < middle)
    to[out++] = from[left++];
  while (right < count)
    to[out++] = from[right++];
  return true;
}

/* Sorts at[0, count) with the help of spare; *result says where the sorted positions are. */
static bool merge_sort(Sorter *s, uint32_t *at, uint32_t *spare, uint32_t count, uint32_t **result)
{
  for (uint32_t start = 0; start < count; start += SORT_RUN)
    TRY_OR(false, insertion_sort(s, at + start, count - start < SORT_RUN ? count - start : SORT_RUN));
  uint32_t *from = at, *to = spare;
  for (uint64_t width = SORT_RUN; width < count; width *= 2) {
    for (uint64_t start = 0; start < count; start += 2 * width) {
      uint32_t n = count - start < 2 * width ? (uint32_t)(count - start) : (uint32_t)(2 * width);
      TRY_OR(false, merge(s, from + start, width < n ? (uint32_t)width : n, n, to + start));
    }
    uint32_t *swap = from;
    from = to;
    to = swap;
  }
  *result = from;
  return true;
}

/* The strings that the default order compares. */
static JsElements *texts_of(JsContext *cx, JsElements *values, uint32_t count)
{
  JsElements *texts = elements_new(cx->heap, count);
  if (!texts) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < count; k++) {
    JsValue val = slot_get(values->v[k]);
    JsString *text = js_is_string(val) ? js_as_string(val) : TRY_OR(NULL, to_string(cx, val));
    slot_set(cx->heap, texts, &texts->v[k], js_from_cell(text));
    texts->length = k + 1;
  }
  return texts;
}

/* Sorts the first count values, none of them undefined. */
static bool sort_values(JsContext *cx, JsElements *list, uint32_t count, JsValue comparator)
{
  Sorter sorter = {.cx = cx, .values = list, .comparator = comparator, .count = count};
  if (count < 2)
    return true;
  if (js_is_undefined(comparator))
    sorter.texts = TRY_OR(false, texts_of(cx, list, count));
  JsElements *copy = elements_new(cx->heap, count);
  size_t bytes = (size_t)count * 2 * sizeof(uint32_t);
  uint32_t *at = copy ? mem_alloc(&cx->vm->account, MEM_SCRATCH, bytes) : NULL;
  if (!at) {
    throw_out_of_memory(cx);
    return false;
  }
  for (uint32_t k = 0; k < count; k++)
    at[k] = k;
  uint32_t *sorted = at;
  bool ok = merge_sort(&sorter, at, at + count, count, &sorted);
  for (uint32_t k = 0; ok && k < count; k++) {
    slot_set(cx->heap, copy, &copy->v[k], slot_get(list->v[sorted[k]]));
    copy->length = k + 1;
  }
  for (uint32_t k = 0; ok && k < count; k++)
    slot_set(cx->heap, list, &list->v[k], slot_get(copy->v[k]));
  mem_free(&cx->vm->account, MEM_SCRATCH, at, bytes);
  mem_free(&cx->vm->account, MEM_SCRATCH, sorter.numbers, sorter.numbers ? count * sizeof *sorter.numbers : 0);
  js_keep_alive(js_from_cell(sorter.texts ? sorter.texts : list));
  return ok;
}

bool sort_list(JsContext *cx, JsElements *list, JsValue comparator)
{
  uint32_t count = 0;
  for (uint32_t k = 0; k < list->length; k++) { /* undefined goes to the end uncompared */
    JsValue val = slot_get(list->v[k]);
    if (!js_is_undefined(val))
      slot_set(cx->heap, list, &list->v[count++], val);
  }
  for (uint32_t k = count; k < list->length; k++)
    slot_set(cx->heap, list, &list->v[k], JS_UNDEFINED);
  return sort_values(cx, list, count, comparator);
}

static bool check_comparator(JsContext *cx, JsValue comparator)
{
  if (js_is_undefined(comparator) || js_is_callable(comparator))
    return true;
  throw_error(cx, JS_MSG_BAD_COMPARATOR, comparator);
  return false;
}

/* Values below len; holes are skipped or read through. */
static JsElements *collect(JsContext *cx, JsObject *obj, int64_t len, bool skip_holes)
{
  JsElements *list = elements_new(cx->heap, len < 1 << 16 ? (uint32_t)len : 16);
  if (!list) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (int64_t k = 0; k < len; k++) {
    JsValue val;
    if (skip_holes)
      TRY_OR(NULL, array_get_present(cx, obj, k, &val));
    else
      val = TRY_OR(NULL, get_index(cx, obj, k));
    if (!js_is_hole(val))
      list = TRY_OR(NULL, elements_push(cx, list, val));
    TRY_OR(NULL, js_poll(cx, 2));
  }
  return list;
}

/* Array.prototype.sort ( comparator )  ecma262#sec-array.prototype.sort */
JsValue array_proto_sort(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue comparator = js_arg(argc, argv, 0);
  TRY(check_comparator(cx, comparator));
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  JsElements *list = TRY(collect(cx, obj, len, true));
  TRY(sort_list(cx, list, comparator));
  for (uint32_t k = 0; k < list->length; k++)
    TRY(set_index(cx, obj, k, slot_get(list->v[k])));
  for (int64_t k = list->length; k < len; k++) { /* holes go to the end */
    JsValue val;
    TRY(array_get_present(cx, obj, k, &val));
    if (!js_is_hole(val))
      TRY(array_delete_index(cx, obj, k));
    TRY(js_poll(cx, 2));
  }
  return js_from_object(obj);
}

/* Array.prototype.toSorted ( comparator )  ecma262#sec-array.prototype.tosorted */
JsValue array_proto_to_sorted(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue comparator = js_arg(argc, argv, 0);
  TRY(check_comparator(cx, comparator));
  JsObject *obj = TRY(this_array_like(cx, this_val, NULL));
  int64_t len;
  TRY(length_of_array_like(cx, obj, &len));
  if (len > UINT32_MAX)
    return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
  JsElements *list = TRY(collect(cx, obj, len, false));
  TRY(sort_list(cx, list, comparator));
  return js_from_object(&TRY(array_from_elements(cx, list))->obj);
}
