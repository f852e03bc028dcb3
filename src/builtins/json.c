// SPDX-License-Identifier: MIT
/* The JSON object  ecma262#sec-json-object: parse with its reviver, raw JSON, stringify. */
#include "builtins/json.h"

/* --- reviver ----------------------------------------------------------------------------------------------------- */

typedef struct JsonReviver {
  JsContext *cx;
  JsValue fn;
} JsonReviver;

static JsElements *record_at(JsElements *record, uint32_t k)
{
  return k < record->length ? (JsElements *)js_as_cell(slot_get(record->v[k])) : NULL;
}

/* The record of an object's property, or NULL. The last of equal names counts. */
static JsElements *record_of_key(JsElements *record, JsKey key)
{
  for (uint32_t k = record->length; k > 2; k -= 2)
    if (key_equals(key_from_raw_value(slot_get(record->v[k - 2])), key))
      return record_at(record, k - 1);
  return NULL;
}

static JsValue internalize(const JsonReviver *reviver, JsObject *holder, JsKey key, JsElements *record);

/* Replaces or deletes one property by what the reviver makes of it. */
static bool internalize_property(const JsonReviver *reviver, JsObject *obj, JsKey key, JsElements *record)
{
  JsValue val = TRY_OR(false, internalize(reviver, obj, key, record));
  bool done;
  if (js_is_undefined(val))
    return object_delete(reviver->cx, obj, key, &done);
  return create_data_property(reviver->cx, obj, key, val, &done);
}

static bool internalize_children(const JsonReviver *reviver, JsObject *obj, JsElements *record)
{
  JsContext *cx = reviver->cx;
  bool array;
  TRY_OR(false, is_array(cx, js_from_object(obj), &array));
  if (array) {
    int64_t len;
    TRY_OR(false, length_of_array_like(cx, obj, &len));
    for (int64_t k = 0; k < len; k++)
      TRY_OR(false, internalize_property(reviver, obj, key_from_integer(cx->heap, (uint64_t)k),
                                         record && k < UINT32_MAX ? record_at(record, (uint32_t)k + 1) : NULL));
    return true;
  }
  JsElements *keys = TRY_OR(false, enumerable_own_properties(cx, obj, OWN_KEYS));
  for (uint32_t k = 0; k < keys->length; k++) {
    JsKey key = key_from_string(cx->heap, js_as_string(slot_get(keys->v[k])));
    TRY_OR(false, internalize_property(reviver, obj, key, record ? record_of_key(record, key) : NULL));
  }
  return true;
}

/* InternalizeJSONProperty ( holder, name, reviver, parseRecord )  ecma262#sec-internalizejsonproperty */
static JsValue internalize(const JsonReviver *reviver, JsObject *holder, JsKey key, JsElements *record)
{
  JsContext *cx = reviver->cx;
  TRY(js_check_c_stack(cx));
  TRY(js_poll(cx, 8));
  JsValue val = TRY(get_property(cx, holder, key));
  /* A value that the reviver has changed since has no source. */
  if (record && !same_value(cx->heap, slot_get(record->v[0]), val))
    record = NULL;
  JsObject *context = object_new(cx);
  if (js_is_object(val))
    TRY(internalize_children(reviver, js_as_object(val), record));
  else if (record)
    TRY(create_data_property_or_throw(cx, context, key_from_c_string(cx->heap, "source"), slot_get(record->v[1])));
  return js_call3(cx, reviver->fn, js_from_object(holder), key_to_value(cx->heap, key), val, js_from_object(context));
}

/* JSON.parse ( text [ , reviver ] )  ecma262#sec-json.parse */
static JsValue json_parse_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *text = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsValue fn = js_arg(argc, argv, 1);
  if (!js_is_callable(fn))
    return json_parse(cx, text, NULL);
  JsElements *record = NULL;
  JsValue val = TRY(json_parse(cx, text, &record));
  JsObject *root = object_new(cx);
  TRY(create_data_property_or_throw(cx, root, KEY(cx->heap, empty_name), val));
  JsonReviver reviver = {cx, fn};
  return internalize(&reviver, root, KEY(cx->heap, empty_name), record);
}

/* --- raw JSON ---------------------------------------------------------------------------------------------------- */

/* JSON.rawJSON ( text )  ecma262#sec-json.rawjson */
static JsValue json_raw_json(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsString *text = TRY(to_string(cx, js_arg(argc, argv, 0)));
  if (text->length == 0)
    return throw_error(cx, JS_MSG_RAW_JSON_VALUE);
  uint16_t first = string_unit_at(cx->heap, text, 0), last = string_unit_at(cx->heap, text, text->length - 1);
  const char *space = "\t\n\r ";
  if (first == '{' || first == '[' || (first < 0x80 && strchr(space, first)) || (last < 0x80 && strchr(space, last)))
    return throw_error(cx, JS_MSG_RAW_JSON_VALUE);
  (void)TRY(json_parse(cx, text, NULL));
  JsObject *obj = object_new_kind(cx, CELL_RAW_JSON, sizeof(JsObject), NULL);
  TRY(create_data_property_or_throw(cx, obj, key_from_c_string(cx->heap, "rawJSON"), js_from_cell(text)));
  bool done;
  TRY(set_integrity_level(cx, obj, INTEGRITY_FROZEN, &done));
  return js_from_object(obj);
}

/* JSON.isRawJSON ( O )  ecma262#sec-json.israwjson */
static JsValue json_is_raw_json(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_boolean(js_is_kind(js_arg(argc, argv, 0), CELL_RAW_JSON));
}

/* JSON.stringify ( value [ , replacer [ , space ] ] )  ecma262#sec-json.stringify */
static JsValue json_stringify_fn(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return json_stringify(cx, js_arg(argc, argv, 0), js_arg(argc, argv, 1), js_arg(argc, argv, 2));
}

static const JsBuiltin json_rows[] = {
    FN("parse", json_parse_fn, 2),        FN("stringify", json_stringify_fn, 3), FN("rawJSON", json_raw_json, 1),
    FN("isRawJSON", json_is_raw_json, 1), STRING_SYM(toStringTag, "JSON"),
};
extern const JsIntrinsicTable json_table;
const JsIntrinsicTable json_table = {NAMESPACE_TABLE(), ROWS(json_rows)};
