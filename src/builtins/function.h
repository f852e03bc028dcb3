// SPDX-License-Identifier: MIT
/* Function, between the files that make function objects from text. */
#ifndef BUILTINS_FUNCTION_H
#define BUILTINS_FUNCTION_H

#include "builtins/builtin.h"

/* CreateDynamicFunction: the arguments are parameters and, last, the body. fallback: the prototype when new.target's
 * realm is asked for one. */
JS_MUST_USE JsValue create_dynamic_function(JsContext *cx, int argc, const JsValue *argv, bool is_async,
                                            bool is_generator, JsIntrinsicId fallback);

extern const JsIntrinsicTable function_constructor_table;
extern const JsIntrinsicTable function_prototype_table;
extern const JsIntrinsicTable throw_type_error_table;

#endif
