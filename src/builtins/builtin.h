// SPDX-License-Identifier: MIT
/*
 * Registration of built-ins: each file ends with its tables, in the specification's order, one row a property.
 *
 *   static const JsBuiltin array_proto[] = {
 *     FN("at", array_proto_at, 1),
 *     GETTER("size", get_map_size),
 *     GETTER_SYM(species, get_species),
 *     FN_SYM(iterator, "[Symbol.iterator]", array_proto_values, 0),
 *     ALIAS_SYM(iterator, "values"),           the same function object as an earlier row
 *     STRING_SYM(toStringTag, "Map"),          read-only, configurable
 *     NUMBER("MAX_VALUE", 1.7976931348623157e308),
 *   };
 *   const JsIntrinsicTable map_constructor_table = { CONSTRUCTOR("Map", map_constructor, 0, MAP_PROTOTYPE), .rows =
 * map_static, .count = ... };
 *
 * builtins.def has one row per intrinsic naming its table. Objects are made on first touch; globals of the global
 * object are lazy properties that make their intrinsic.
 */
#ifndef BUILTINS_BUILTIN_H
#define BUILTINS_BUILTIN_H

#include "object/operations.h"
#include "object/vm.h"

typedef enum {
  BUILTIN_FUNCTION,
  BUILTIN_GETTER,    /* accessor; setter in fn2 or NULL */
  BUILTIN_NUMBER,    /* constant: not writable, not enumerable, not configurable */
  BUILTIN_STRING,    /* value text; attrs below */
  BUILTIN_ALIAS,     /* text: name of an earlier row of the same table whose function is shared */
  BUILTIN_INTRINSIC, /* number: JsIntrinsicId, made on first touch */
  BUILTIN_SYMBOL,    /* number: JsAtomId of a well-known symbol; constant */
  BUILTIN_VALUE,     /* text/number unused; value: JsValue bits in `number`... immutable constant (undefined, true) */
} JsBuiltinType;

typedef struct JsBuiltin {
  const char *name; /* NULL: keyed by `symbol` */
  uint16_t symbol;  /* JsAtomId of the well-known symbol when name is NULL */
  uint8_t type;     /* JsBuiltinType */
  uint8_t attrs;    /* PROP_*; 0 with type FUNCTION/ALIAS means PROP_METHOD, with GETTER PROP_CONFIGURABLE */
  int16_t length;
  int16_t magic; /* js_callee_magic() */
  JsNativeFn fn, fn2;
  const char *text;
  double number;
} JsBuiltin;

#define FN(name_, fn_, length_, ...)                                                                                   \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_FUNCTION, .fn = (fn_), .length = (length_), __VA_ARGS__                           \
  }
#define FN_MAGIC(name_, fn_, length_, magic_)                                                                          \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_FUNCTION, .fn = (fn_), .length = (length_), .magic = (magic_)                     \
  }
#define FN_SYM(sym_, text_, fn_, length_, ...)                                                                         \
  {                                                                                                                    \
    .symbol = ATOM_SYM_##sym_, .type = BUILTIN_FUNCTION, .fn = (fn_), .length = (length_), .text = (text_),            \
    __VA_ARGS__                                                                                                        \
  }
#define GETTER(name_, fn_, ...)                                                                                        \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_GETTER, .fn = (fn_), __VA_ARGS__                                                  \
  }
#define ACCESSOR(name_, getter_, setter_, ...)                                                                         \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_GETTER, .fn = (getter_), .fn2 = (setter_), __VA_ARGS__                            \
  }
#define GETTER_SYM(sym_, fn_, ...)                                                                                     \
  {                                                                                                                    \
    .symbol = ATOM_SYM_##sym_, .type = BUILTIN_GETTER, .fn = (fn_), __VA_ARGS__                                        \
  }
#define ACCESSOR_SYM(sym_, getter_, setter_, ...)                                                                      \
  {                                                                                                                    \
    .symbol = ATOM_SYM_##sym_, .type = BUILTIN_GETTER, .fn = (getter_), .fn2 = (setter_), __VA_ARGS__                  \
  }
#define NUMBER(name_, number_)                                                                                         \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_NUMBER, .number = (number_)                                                       \
  }
#define ALIAS(name_, text_)                                                                                            \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_ALIAS, .text = (text_)                                                            \
  }
#define ALIAS_SYM(sym_, text_, ...)                                                                                    \
  {                                                                                                                    \
    .symbol = ATOM_SYM_##sym_, .type = BUILTIN_ALIAS, .text = (text_), __VA_ARGS__                                     \
  }
#define STRING_SYM(sym_, text_)                                                                                        \
  {                                                                                                                    \
    .symbol = ATOM_SYM_##sym_, .type = BUILTIN_STRING, .text = (text_), .attrs = PROP_CONFIGURABLE                     \
  }
#define SYMBOL_CONST(name_)                                                                                            \
  {                                                                                                                    \
    .name = #name_, .type = BUILTIN_SYMBOL, .number = ATOM_SYM_##name_                                                 \
  }
#define INTRINSIC_PROP(name_, id_)                                                                                     \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_INTRINSIC, .number = JS_INTRINSIC_##id_, .attrs = PROP_METHOD                     \
  }

/* How an intrinsic is made. */
typedef enum {
  INTRINSIC_PLAIN,       /* an ordinary object inheriting from `parent` */
  INTRINSIC_CONSTRUCTOR, /* a C function with [[Construct]] and a `prototype` */
  INTRINSIC_FUNCTION,    /* a C function */
  INTRINSIC_CUSTOM       /* make() does it all before rows are added */
} JsIntrinsicMake;

typedef struct JsIntrinsicTable {
  JsIntrinsicMake make;
  const char *name; /* functions: their name */
  JsNativeFn fn;
  int16_t length;
  int16_t magic;
  int32_t parent;    /* JsIntrinsicId of [[Prototype]], or -1: the default (Object.prototype or Function.prototype), -2:
                        null */
  int32_t prototype; /* constructors: JsIntrinsicId of `prototype`, or -1 */
  int32_t constructor; /* prototypes: JsIntrinsicId of `constructor`, or -1 (first property, PROP_METHOD unless
                          constructor_attrs) */
  uint8_t constructor_attrs;
  JsObject *(*custom)(JsContext *cx);
  bool (*finish)(JsContext *cx, JsObject *obj); /* after the rows, may be NULL */
  const JsBuiltin *rows;
  uint32_t count;
} JsIntrinsicTable;

#define ROWS(table) .rows = (table), .count = JS_COUNTOF(table)
#define CONSTRUCTOR_TABLE(name_, fn_, length_, prototype_)                                                             \
  .make = INTRINSIC_CONSTRUCTOR, .name = (name_), .fn = (fn_), .length = (length_), .parent = -1,                      \
  .prototype = JS_INTRINSIC_##prototype_, .constructor = -1
#define PROTOTYPE_TABLE(constructor_)                                                                                  \
  .make = INTRINSIC_PLAIN, .parent = -1, .prototype = -1, .constructor = JS_INTRINSIC_##constructor_
#define NAMESPACE_TABLE() .make = INTRINSIC_PLAIN, .parent = -1, .prototype = -1, .constructor = -1

/* Adds a table's rows to any object (host tables use it too). */
JS_MUST_USE bool builtin_define_rows(JsContext *cx, JsObject *obj, const JsBuiltin *rows, uint32_t count);

/* this-value checks: throw INCOMPATIBLE_RECEIVER "Method Map.prototype.get called on incompatible receiver x". */
JS_MUST_USE JsObject *this_kind(JsContext *cx, JsValue this_val, JsCellKind kind, const char *method);

#endif
