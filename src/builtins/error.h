// SPDX-License-Identifier: MIT
/* The tables of the Error family. */
#ifndef BUILTINS_ERROR_H
#define BUILTINS_ERROR_H

#include "builtins/builtin.h"
#include "object/error_object.h"

#define ERROR_TABLES(id)                                                                                               \
  extern const JsIntrinsicTable id##_constructor_table;                                                                \
  extern const JsIntrinsicTable id##_prototype_table;

ERROR_TABLES(error)
ERROR_TABLES(eval_error)
ERROR_TABLES(range_error)
ERROR_TABLES(reference_error)
ERROR_TABLES(syntax_error)
ERROR_TABLES(type_error)
ERROR_TABLES(uri_error)
ERROR_TABLES(aggregate_error)
ERROR_TABLES(suppressed_error)
ERROR_TABLES(compile_error)
ERROR_TABLES(link_error)
ERROR_TABLES(runtime_error)
#undef ERROR_TABLES

#endif
