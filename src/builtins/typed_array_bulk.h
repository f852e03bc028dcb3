// SPDX-License-Identifier: MIT
/* Loops over the bytes of typed arrays: see typed_array_bulk.c. */
#ifndef BUILTINS_TYPED_ARRAY_BULK_H
#define BUILTINS_TYPED_ARRAY_BULK_H

#include "object/string.h"
#include "object/typed_array.h"

/* count elements of one type into another; both number types. The ranges do not overlap. */
void elements_convert(JsArrayElement type, uint8_t *out, JsArrayElement source_type, const uint8_t *in, size_t count);
/* size: of an element, 1, 2, 4 or 8 */
void elements_reverse(uint8_t *data, size_t count, uint32_t size);
/* Index in [from, to) of the first, or the last, element that equals a number; -1: none. Not for BigInt and Float16
 * types. */
int64_t elements_find(JsArrayElement type, const uint8_t *data, int64_t from, int64_t to, double wanted,
                      bool backwards);
/* The decimal digits of count integers (no BigInts), a separator behind each, pieces of 256 at a time.
 * False: the builder is wide or has failed. */
JS_MUST_USE bool elements_add_integers(StringBuilder *out, JsArrayElement type, const uint8_t *data, size_t count,
                                       char separator);
/* Ascending, -0 before +0, NaN last. False: no memory. */
JS_MUST_USE bool elements_sort(MemAccount *account, JsArrayElement type, uint8_t *data, size_t count);

#endif
