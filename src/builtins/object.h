// SPDX-License-Identifier: MIT
/* Object, between the files of the built-in. */
#ifndef BUILTINS_OBJECT_H
#define BUILTINS_OBJECT_H

#include "builtins/builtin.h"

/* [[SetPrototypeOf]] with the TypeError that says why it failed. proto: an object or null. */
JS_MUST_USE bool set_prototype_or_throw(JsContext *cx, JsObject *obj, JsValue proto);

/* Object.prototype.toString ( )  ecma262#sec-object.prototype.tostring */
JsValue object_proto_to_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);

extern const JsIntrinsicTable object_constructor_table;
extern const JsIntrinsicTable object_prototype_table;

#endif
