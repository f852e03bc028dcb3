// SPDX-License-Identifier: MIT
/* JSON text and values, for the JSON object and for C callers (modules that are JSON, host code). */
#ifndef BUILTINS_JSON_H
#define BUILTINS_JSON_H

#include "builtins/builtin.h"

/* ParseJSON: the value, or a SyntaxError in V8's words. records (may be NULL) gets the tree of parse records that a
 * reviver's context.source needs: for a primitive [value, source text], for an array [array, record ...], for an object
 * [object, raw key, record ...]. Nesting costs no C stack. */
JS_MUST_USE JsValue json_parse(JsContext *cx, JsString *text, JsElements **records);

/* JSON.stringify with all its arguments; undefined when the value has no JSON form. */
JS_MUST_USE JsValue json_stringify(JsContext *cx, JsValue val, JsValue replacer, JsValue space);

/* QuoteJSONString ( value )  ecma262#sec-quotejsonstring */
void json_quote(StringBuilder *b, StringView text);

/* Objects made by JSON.rawJSON are of kind CELL_RAW_JSON. */

#endif
