// SPDX-License-Identifier: MIT
/* Intl.ListFormat  ecma402#listformat-objects */
#include "builtins/intl/list_format.h"

extern const JsIntrinsicTable intl_list_format_constructor_table, intl_list_format_prototype_table;

enum { LIST_ICU = 1 };

typedef struct JsListFormat {
  JsIntl intl;
  uint8_t type, style;
} JsListFormat;

static const char *const types[] = {"conjunction", "disjunction", "unit", NULL};
static const char *const styles[] = {"long", "short", "narrow", NULL};

JsIcuHandle *intl_open_list_formatter(JsContext *cx, const char *icu_locale, int type, int width)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  enum { FORMATTER_BYTES = 1024 };
  IcuError error = 0;
  IcuListFormatter *opened = icu->ulistfmt_openForType(icu_locale, type, width, &error);
  return intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->ulistfmt_close, FORMATTER_BYTES);
}

/* Intl.ListFormat ( [ locales [ , options ] ] )  ecma402#sec-Intl.ListFormat */
static JsValue intl_list_format_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.ListFormat");
  JsListFormat *format = TRY(INTL_NEW(cx, js_new_target(cx), LIST_FORMAT, JsListFormat));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  IntlLocale locale;
  int type, style;
  TRY(intl_get_options_object(cx, js_arg(argc, argv, 1), "Intl.ListFormat", &options));
  TRY(intl_read_matcher(cx, options));
  TRY(intl_resolve_locale(cx, requested, NULL, 0, &locale));
  TRY(intl_enum_option(cx, options, "type", types, LIST_CONJUNCTION, &type));
  TRY(intl_enum_option(cx, options, "style", styles, LIST_LONG, &style));
  format->type = (uint8_t)type;
  format->style = (uint8_t)style;
  JsIcuHandle *handle = TRY(intl_open_list_formatter(cx, locale.icu, type, style));
  intl_set(cx, &format->intl, LIST_ICU, handle);
  intl_set(cx, &format->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&format->intl.obj);
}

/* StringListFromIterable ( iterable )  ecma402#sec-createstringlistfromiterable */
static JsElements *string_list(JsContext *cx, JsValue iterable)
{
  JsElements *list = elements_new(cx->heap, 8);
  if (js_is_undefined(iterable))
    return list;
  JsIteratorRecord record;
  TRY_OR(NULL, get_iterator(cx, iterable, &record));
  for (;;) {
    JsValue val;
    TRY_OR(NULL, iterator_step_value(cx, &record, &val));
    if (js_is_hole(val))
      return list;
    if (!js_is_string(val)) {
      throw_error(cx, JS_MSG_INTL_NOT_STRING, val);
      iterator_close_on_throw(cx, &record);
      return NULL;
    }
    list = TRY_OR(NULL, elements_push(cx, list, val));
    TRY_OR(NULL, js_poll(cx, 1));
  }
}

/* --- joining ------------------------------------------------------------------------------------------------------ */

/* Pointers to the units of all strings, in one scratch cell: count pointers, then count lengths. */
static bool collect_units(JsContext *cx, JsElements *strings, const uint16_t ***texts, int32_t **lengths)
{
  uint32_t count = strings->length;
  uint8_t *room;
  size_t bytes = (size_t)count * (sizeof(uint16_t *) + sizeof(int32_t)) + 16;
  JsString *cell = string_alloc_latin1(cx->heap, bytes, &room);
  if (!cell) {
    throw_out_of_memory(cx);
    return false;
  }
  *texts = (const uint16_t **)(((uintptr_t)room + 7) & ~(uintptr_t)7);
  *lengths = (int32_t *)(*texts + count);
  for (uint32_t k = 0; k < count; k++) {
    JsString *keep, *string = js_as_string(slot_get(strings->v[k]));
    (*texts)[k] = TRY_OR(false, intl_units(cx, string, &keep));
    (*lengths)[k] = (int32_t)string->length;
    /* A copy has to be reachable, which pointers in a string cell are not. */
    slot_set(cx->heap, strings, &strings->v[k], js_from_cell(keep));
  }
  return true;
}

static bool add_literal(JsContext *cx, JsArray *parts, JsString *text, int32_t from, int32_t to)
{
  return from >= to ||
         intl_add_part(cx, parts, "literal", string_substring(cx->heap, text, (uint32_t)from, (uint32_t)to), NULL,
                       JS_UNDEFINED);
}

static bool add_element(JsContext *cx, JsArray *parts, JsString *text, const IntlField *field, uint32_t index,
                        JsElements *elements)
{
  if (!elements) {
    JsString *piece = string_substring(cx->heap, text, (uint32_t)field->start, (uint32_t)field->limit);
    return intl_add_part(cx, parts, "element", piece, NULL, JS_UNDEFINED);
  }
  JsArray *own = js_as_array(slot_get(elements->v[index]));
  for (uint32_t k = 0; k < own->length; k++)
    TRY_OR(false, array_push_direct(cx, parts, object_dense_get(&own->obj, k)));
  return true;
}

JsString *intl_join_list(JsContext *cx, JsIcuHandle *formatter, JsElements *strings, JsArray *parts,
                         JsElements *elements)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  const uint16_t **texts;
  int32_t *lengths;
  TRY_OR(NULL, collect_units(cx, strings, &texts, &lengths));
  IcuError error = 0;
  JsIcuHandle *result = TRY_OR(
      NULL, intl_handle_new(cx, icu->ulistfmt_openResult(&error), *(void *const *)&icu->ulistfmt_closeResult, 512));
  icu->ulistfmt_formatStringsToResult(formatter->icu, texts, lengths, (int32_t)strings->length, result->icu, &error);
  const IcuFormattedValue *value = error > 0 ? NULL : icu->ulistfmt_resultAsValue(result->icu, &error);
  if (error > 0) {
    intl_throw_icu(cx);
    return NULL;
  }
  JsString *text = TRY_OR(NULL, intl_value_string(cx, icu, value));
  if (parts) {
    enum { ELEMENT_FIELD = 1 };
    int count;
    const IntlField *fields = TRY_OR(NULL, intl_fields(cx, icu, value, &count));
    int32_t done = 0;
    uint32_t index = 0;
    for (int k = 0; k < count; k++) {
      if (fields[k].category != ICU_CATEGORY_LIST || fields[k].field != ELEMENT_FIELD || index == strings->length)
        continue;
      TRY_OR(NULL, add_literal(cx, parts, text, done, fields[k].start));
      TRY_OR(NULL, add_element(cx, parts, text, &fields[k], index++, elements));
      done = fields[k].limit;
    }
    TRY_OR(NULL, add_literal(cx, parts, text, done, (int32_t)text->length));
  }
  js_keep_alive(js_from_cell(result));
  js_keep_alive(js_from_cell(strings));
  return text;
}

/* Intl.ListFormat.prototype.format ( list ) and formatToParts  ecma402#sec-Intl.ListFormat.prototype.format
 * magic 1: to parts */
static JsValue intl_list_format_proto_format(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool to_parts = js_callee_magic(cx);
  JsListFormat *format =
      INTL_THIS(cx, this_val, LIST_FORMAT, JsListFormat,
                to_parts ? "Intl.ListFormat.prototype.formatToParts" : "Intl.ListFormat.prototype.format");
  JsElements *strings = TRY(string_list(cx, js_arg(argc, argv, 0)));
  JsArray *parts = to_parts ? TRY(array_new(cx, strings->length * 2)) : NULL;
  JsIcuHandle *formatter = (JsIcuHandle *)js_as_cell(slot_get(format->intl.slots[LIST_ICU]));
  JsString *text = TRY(intl_join_list(cx, formatter, strings, parts, NULL));
  return parts ? js_from_object(&parts->obj) : js_from_cell(text);
}

/* Intl.ListFormat.prototype.resolvedOptions ( )  ecma402#sec-Intl.ListFormat.prototype.resolvedoptions */
static JsValue intl_list_format_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsListFormat *format =
      INTL_THIS(cx, this_val, LIST_FORMAT, JsListFormat, "Intl.ListFormat.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(format->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "type", types[format->type]));
  TRY(intl_put_ascii(cx, out, "style", styles[format->style]));
  return js_from_object(out);
}

static const JsBuiltin intl_list_format_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_LIST_FORMAT),
};
static const JsBuiltin intl_list_format_proto[] = {
    FN("resolvedOptions", intl_list_format_proto_resolved_options, 0),
    FN_MAGIC("format", intl_list_format_proto_format, 1, 0),
    FN_MAGIC("formatToParts", intl_list_format_proto_format, 1, 1),
    STRING_SYM(toStringTag, "Intl.ListFormat"),
};
const JsIntrinsicTable intl_list_format_constructor_table = {
    CONSTRUCTOR_TABLE("ListFormat", intl_list_format_constructor, 0, INTL_LIST_FORMAT_PROTOTYPE),
    ROWS(intl_list_format_static)};
const JsIntrinsicTable intl_list_format_prototype_table = {PROTOTYPE_TABLE(INTL_LIST_FORMAT),
                                                           ROWS(intl_list_format_proto)};
