// SPDX-License-Identifier: MIT
/* The string iterator, and Annex B's HTML methods. */
#include "builtins/string.h"
#include "unicode/unicode.h"

void string_iterator_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsStringIterator) == 40, "update string_iterator_trace()");
void string_iterator_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, ((JsStringIterator *)cell)->str);
}

/* String.prototype [ %Symbol.iterator% ] ( )  ecma262#sec-string.prototype-%symbol.iterator% */
JsValue string_proto_iterator(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *str = TRY(this_string(cx, this_val, "String.prototype[Symbol.iterator]"));
  JsStringIterator *iterator = (JsStringIterator *)TRY(object_new_kind(
      cx, CELL_STRING_ITERATOR, sizeof(JsStringIterator), INTRINSIC_OBJECT(cx, STRING_ITERATOR_PROTOTYPE)));
  ptr_slot_set(cx->heap, iterator, &iterator->str, str);
  return js_from_object(&iterator->obj);
}

/* %StringIteratorPrototype%.next ( )  ecma262#sec-%stringiteratorprototype%.next */
static JsValue string_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsStringIterator *iterator =
      (JsStringIterator *)TRY(this_kind(cx, this_val, CELL_STRING_ITERATOR, "String Iterator.prototype.next"));
  JsString *str = ptr_slot_get(iterator->str);
  if (!str || iterator->position >= str->length) {
    ptr_slot_init(&iterator->str, NULL);
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  }
  uint32_t at = iterator->position, cp = string_unit_at(cx->heap, str, at), width = 1;
  if (unicode_is_lead_surrogate(cp) && at + 1 < str->length) {
    uint32_t trail = string_unit_at(cx->heap, str, at + 1);
    if (unicode_is_trail_surrogate(trail)) {
      cp = unicode_join_surrogates(cp, trail);
      width = 2;
    }
  }
  iterator->position = at + width;
  JsString *val = width == 2 ? string_from_code_point(cx->heap, cp) : string_from_unit(cx->heap, (uint16_t)cp);
  return create_iter_result_object(cx, js_from_cell(val), false);
}

static const JsBuiltin string_iterator_proto[] = {
    FN("next", string_iterator_next, 0),
    STRING_SYM(toStringTag, "String Iterator"),
};

const JsIntrinsicTable string_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                          .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                          .prototype = -1,
                                                          .constructor = -1,
                                                          ROWS(string_iterator_proto)};

/* --- Annex B ----------------------------------------------------------------------------------------------------- */

/* CreateHTML ( string, tag, attribute, value )  ecma262#sec-createhtml; magic: the row */
JsValue string_proto_html(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const struct {
    const char *method, *tag, *attribute;
  } rows[] = {
      {"anchor", "a", "name"},        {"big", "big", NULL},         {"blink", "blink", NULL},   {"bold", "b", NULL},
      {"fontcolor", "font", "color"}, {"fontsize", "font", "size"}, {"fixed", "tt", NULL},      {"italics", "i", NULL},
      {"link", "a", "href"},          {"small", "small", NULL},     {"strike", "strike", NULL}, {"sub", "sub", NULL},
      {"sup", "sup", NULL},
  };
  int row = js_callee_magic(cx);
  if (js_is_nullish(this_val)) {
    JsString *method = string_printf(cx->heap, "String.prototype.%s called on null or undefined", rows[row].method);
    return throw_error_string(cx, JS_TYPE_ERROR, method);
  }
  JsString *str = TRY(to_string(cx, this_val))
  , *value = NULL;
  if (rows[row].attribute)
    value = TRY(to_string(cx, js_arg(argc, argv, 0)));
  StringBuilder out;
  builder_init(&out, cx);
  builder_add_unit(&out, '<');
  builder_add_ascii(&out, rows[row].tag);
  if (value) {
    builder_add_unit(&out, ' ');
    builder_add_ascii(&out, rows[row].attribute);
    builder_add_ascii(&out, "=\"");
    StringView view = string_view(cx->heap, value);
    for (uint32_t k = 0; k < view.length; k++) {
      if (view_unit(view, k) == '"')
        builder_add_ascii(&out, "&quot;");
      else
        builder_add_unit(&out, view_unit(view, k));
    }
    js_keep_alive(js_from_cell(value));
    builder_add_unit(&out, '"');
  }
  builder_add_unit(&out, '>');
  builder_add_string(&out, str);
  builder_add_ascii(&out, "</");
  builder_add_ascii(&out, rows[row].tag);
  builder_add_unit(&out, '>');
  return js_from_cell(TRY(builder_finish(&out)));
}
