// SPDX-License-Identifier: MIT
/* What the files about typed arrays share. */
#ifndef BUILTINS_TYPED_ARRAY_BUILTIN_H
#define BUILTINS_TYPED_ARRAY_BUILTIN_H

#include "builtins/builtin.h"
#include "object/typed_array.h"

/* ValidateTypedArray: the array and its length; TypeError when it is not one or is out of bounds. */
JS_MUST_USE JsTypedArray *validate_typed_array(JsContext *cx, JsValue val, const char *method, int64_t *len);
/* TypedArrayCreateFromConstructor with one length argument. */
JS_MUST_USE JsTypedArray *typed_array_create_with_length(JsContext *cx, JsObject *ctor, int64_t len,
                                                         const char *method);
/* TypedArraySpeciesCreate; the result's content type is the exemplar's. */
JS_MUST_USE JsTypedArray *typed_array_species_create(JsContext *cx, JsTypedArray *exemplar, int argc,
                                                     const JsValue *argv, const char *method);
/* TypedArrayCreateSameType */
JS_MUST_USE JsTypedArray *typed_array_create_same_type(JsContext *cx, JsTypedArray *exemplar, int64_t len);
JsObject *typed_array_constructor_of(JsContext *cx, JsArrayElement type);
/* Copies `count` elements between arrays that may overlap and differ in type; all in bounds. */
void typed_array_copy_elements(JsHeap *heap, JsTypedArray *target, size_t to, JsTypedArray *source, size_t from,
                               size_t count);
/* Element address, in bounds. */
JS_INLINE uint8_t *typed_array_at(const JsTypedArray *array, size_t k)
{
  return typed_array_data(array) + (k << element_shift(typed_array_type(array)));
}

#endif
