// SPDX-License-Identifier: MIT
/* Joining lists, for Intl.ListFormat and Intl.DurationFormat. */
#ifndef BUILTINS_INTL_LIST_FORMAT_H
#define BUILTINS_INTL_LIST_FORMAT_H

#include "builtins/intl/intl.h"

/* Rows of the options' values, as UListFormatterType and UListFormatterWidth. */
enum { LIST_CONJUNCTION, LIST_DISJUNCTION, LIST_UNIT };
enum { LIST_LONG, LIST_SHORT, LIST_NARROW };

JS_MUST_USE JsIcuHandle *intl_open_list_formatter(JsContext *cx, const char *icu_locale, int type, int width);
/*
 * Joins strings. With parts: adds { type: 'literal', value } and for each element its own parts, elements' entry of
 * the same index (an array), or { type: 'element', value } when elements is NULL.
 */
JS_MUST_USE JsString *intl_join_list(JsContext *cx, JsIcuHandle *formatter, JsElements *strings, JsArray *parts,
                                     JsElements *elements);

#endif
