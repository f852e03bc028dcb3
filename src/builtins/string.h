// SPDX-License-Identifier: MIT
/* String objects, between the files of the built-in (string*.c). */
#ifndef BUILTINS_STRING_H
#define BUILTINS_STRING_H

#include "builtins/builtin.h"

typedef struct JsStringIterator {
  JsObject obj;
  JS_PTR_SLOT(JsString) str; /* NULL: done */
  uint32_t position;
} JsStringIterator;

/* ToString ( RequireObjectCoercible ( this value ) ); method: "String.prototype.at", for the message. */
JS_MUST_USE JsString *this_string(JsContext *cx, JsValue this_val, const char *method);
/* ToIntegerOrInfinity of an argument clamped to 0 .. max; undefined: `missing`. */
JS_MUST_USE bool clamped_argument(JsContext *cx, JsValue val, uint32_t max, uint32_t missing, uint32_t *out);

JS_INLINE StringView view_slice(StringView view, uint32_t from, uint32_t to)
{
  return (StringView){(const char *)view.units + (size_t)from * (view.is_wide ? 2 : 1), to - from, view.is_wide};
}

/* Rows of string_prototype_table that stand in other files. */
/* clang-format off */
#define STRING_METHODS(V) \
  V(index_of) V(last_index_of) V(includes) V(starts_with) V(ends_with) V(match) V(match_all) V(replace) \
  V(replace_all) V(search) V(split) V(to_lower_case) V(to_upper_case) V(to_locale_lower_case) \
  V(to_locale_upper_case) V(trim) V(trim_start) V(trim_end) V(normalize) V(locale_compare) V(html) V(iterator)
/* clang-format on */
#define V(name) JsValue string_proto_##name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
STRING_METHODS(V)
#undef V

extern const JsIntrinsicTable string_constructor_table;
extern const JsIntrinsicTable string_prototype_table;
extern const JsIntrinsicTable string_iterator_prototype_table;

#endif
