// SPDX-License-Identifier: MIT
/*
 * JSON.stringify: the text is built in one buffer.
 *
 * Objects being serialised form a chain of C frames (what the cycle check walks); recursion is guarded by the C stack
 * check. FAST: an ordinary object with plain data properties is read straight from its slots, by the order of its
 * shape, for as long as it keeps that shape; user code (toJSON, getters, the replacer) may change it at any step, and
 * from then on the rest of the names, which the spec takes beforehand too, go through Get.
 */
#include "builtins/json.h"

#include "base/dtoa.h"
#include "base/utf.h"
#include "interp/ic.h"
#include "object/bigint.h"

#include <math.h>

typedef struct JsonLevel {
  struct JsonLevel *outer;
  JsObject *obj;
  JsKey key; /* of the property being serialised: an index or a name */
  uint32_t index;
  bool by_index;
} JsonLevel;

typedef struct JsonWriter {
  JsContext *cx;
  StringBuilder out;
  JsValue replacer;          /* callable, or undefined */
  JsElements *property_list; /* raw keys, or NULL */
  JsString *gap;             /* NULL: none */
  JsonLevel *innermost;
  uint32_t depth;
} JsonWriter;

/* *written false: the value has no JSON form, nothing was added. Returns false on exception. */
static bool json_write(JsonWriter *w, JsObject *holder, JsValue key, JsValue val, bool *written);

/* --- strings ----------------------------------------------------------------------------------------------------- */

/* 0: as it is; 1: \u00XX; else the letter behind the backslash. */
static const char escapes[128] = {
    [0 ... 31] = 1, ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\',
};

static void add_unicode_escape(StringBuilder *b, uint32_t unit)
{
  static const char digits[] = "0123456789abcdef";
  char text[6] = {'\\', 'u', digits[unit >> 12], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15]};
  builder_add_latin1(b, text, 6);
}

static void add_escape(StringBuilder *b, uint32_t unit)
{
  if (unit >= 128 || escapes[unit] == 1) {
    add_unicode_escape(b, unit);
    return;
  }
  char text[2] = {'\\', escapes[unit]};
  builder_add_latin1(b, text, 2);
}

static void quote_latin1(StringBuilder *b, const uint8_t *chars, uint32_t len)
{
  uint32_t start = 0;
  for (uint32_t k = 0; k < len; k++) {
    k += json_plain_prefix(chars + k, len - k);
    if (k == len)
      break;
    builder_add_latin1(b, chars + start, k - start);
    add_escape(b, chars[k]);
    start = k + 1;
  }
  builder_add_latin1(b, chars + start, len - start);
}

static void quote_utf16(StringBuilder *b, const uint16_t *units, uint32_t len)
{
  uint32_t start = 0;
  for (uint32_t k = 0; k < len; k++) {
    uint32_t unit = units[k];
    if (unit < 128 ? !escapes[unit] : !utf16_is_surrogate(unit))
      continue;
    if (utf16_is_lead(unit) && k + 1 < len && utf16_is_trail(units[k + 1])) {
      k++;
      continue;
    }
    builder_add_view(b, (StringView){units + start, k - start, true});
    add_escape(b, unit);
    start = k + 1;
  }
  builder_add_view(b, (StringView){units + start, len - start, true});
}

/* Eight characters among which a quote, a backslash or a control character may be; false: none is. */
JS_INLINE bool may_need_escape(uint64_t chars)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
  uint64_t quote = chars ^ ones * '"', backslash = chars ^ ones * '\\';
  return ((chars - ones * 0x20) | (quote - ones) | (backslash - ones)) & ~chars & tops;
}

/* FAST: a text as it stands, in the room there is. False: nothing was added. */
JS_INLINE bool quote_plain(StringBuilder *b, const uint8_t *chars, uint32_t len)
{
  enum { PLAIN_MAX = 256 };
  if (b->is_wide || b->failed || len > PLAIN_MAX || b->capacity - b->length < len + 2)
    return false;
  uint8_t *out = (uint8_t *)b->units + b->length;
#ifdef __SSE2__
  if (len >= 16) { /* the last sixteen may overlap those before */
    __m128i special = json_special(chars + len - 16);
    for (uint32_t k = 0; k + 16 < len; k += 16)
      special = _mm_or_si128(special, json_special(chars + k));
    if (_mm_movemask_epi8(special))
      return false;
    memcpy(out + 1, chars, len);
  } else
#endif
      if (len >= 8) { /* likewise two words */
    uint64_t head, tail;
    memcpy(&head, chars, 8);
    memcpy(&tail, chars + len - 8, 8);
    if (may_need_escape(head) || may_need_escape(tail))
      return false;
    memcpy(out + 1, &head, 8);
    memcpy(out + 1 + len - 8, &tail, 8);
  } else if (len >= 4) {
    uint32_t head, tail;
    memcpy(&head, chars, 4);
    memcpy(&tail, chars + len - 4, 4);
    if (may_need_escape(head | (uint64_t)tail << 32))
      return false;
    memcpy(out + 1, &head, 4);
    memcpy(out + 1 + len - 4, &tail, 4);
  } else {
    for (uint32_t k = 0; k < len; k++) {
      if (chars[k] < 128 && escapes[chars[k]])
        return false;
      out[1 + k] = chars[k];
    }
  }
  out[0] = out[1 + len] = '"';
  b->length += len + 2;
  return true;
}

void json_quote(StringBuilder *b, StringView text)
{
  if (!text.is_wide && quote_plain(b, text.units, text.length))
    return;
  builder_add_unit(b, '"');
  if (text.is_wide)
    quote_utf16(b, text.units, text.length);
  else
    quote_latin1(b, text.units, text.length);
  builder_add_unit(b, '"');
}

/* --- cycles ------------------------------------------------------------------------------------------------------ */

/* The name of what made obj, found without running user code. */
static bool add_constructor_name(JsContext *cx, StringBuilder *b, JsObject *obj)
{
  JsLookup found = {.kind = LOOKUP_ABSENT};
  JsString *name = NULL;
  if (!(obj->cell.flags & OBJECT_EXOTIC) || obj->cell.kind == CELL_ARRAY) {
    TRY_OR(false, object_lookup(cx, obj, KEY(cx->heap, constructor), &found));
    if (found.kind == LOOKUP_DATA) {
      JsValue ctor = slot_get(*object_slot(object_shape(cx->heap, found.holder), found.holder, found.slot));
      if (js_is_callable(ctor))
        name = function_debug_name(cx, js_as_object(ctor));
    }
  }
  builder_add_ascii(b, "object with constructor '");
  if (name && name->length)
    builder_add_string(b, name);
  else
    builder_add_ascii(b, obj->cell.kind == CELL_ARRAY ? "Array" : "Object");
  builder_add_unit(b, '\'');
  return true;
}

static void add_step(JsContext *cx, StringBuilder *b, const JsonLevel *level)
{
  char digits[DTOA_INTEGER_MAX];
  uint32_t index = level->by_index ? level->index : key_is_index(level->key) ? key_as_index(level->key) : 0;
  if (level->by_index || key_is_index(level->key)) {
    builder_add_ascii(b, "index ");
    builder_add_latin1(b, digits, dtoa_uint32_to_string(index, digits));
  } else {
    builder_add_ascii(b, "property '");
    builder_add_string(b, js_as_string(key_to_value(cx->heap, level->key)));
    builder_add_unit(b, '\'');
  }
}

/* NODE: the first two steps and the last one before the cycle closes are shown. */
static JS_COLD bool throw_circular(JsonWriter *w, JsObject *obj)
{
  JsContext *cx = w->cx;
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, "Converting circular structure to JSON\n    --> starting at ");
  bool ok = add_constructor_name(cx, &b, obj);
  uint32_t steps = 0; /* levels above the one where the cycle starts */
  for (JsonLevel *level = w->innermost; level->obj != obj; level = level->outer)
    steps++;
  for (uint32_t k = 1; k <= steps && ok; k++) {
    if (steps > 3 && k > 2 && k < steps) {
      if (k == 3)
        builder_add_ascii(&b, "\n    |     ...");
      continue;
    }
    JsonLevel *to = w->innermost;
    for (uint32_t up = steps; up > k; up--)
      to = to->outer;
    builder_add_ascii(&b, "\n    |     ");
    add_step(cx, &b, to->outer);
    builder_add_ascii(&b, " -> ");
    ok = add_constructor_name(cx, &b, to->obj);
  }
  if (!ok) {
    builder_discard(&b);
    return false;
  }
  builder_add_ascii(&b, "\n    --- ");
  add_step(cx, &b, w->innermost);
  builder_add_ascii(&b, " closes the circle");
  JsString *message = TRY_OR(false, builder_finish(&b));
  (void)throw_error_string(cx, JS_TYPE_ERROR, message);
  return false;
}

static bool json_enter(JsonWriter *w, JsonLevel *level, JsObject *obj)
{
  TRY_OR(false, js_check_c_stack(w->cx));
  for (JsonLevel *outer = w->innermost; outer; outer = outer->outer)
    if (outer->obj == obj)
      return throw_circular(w, obj);
  *level = (JsonLevel){.outer = w->innermost, .obj = obj};
  w->innermost = level;
  w->depth++;
  return true;
}

static void json_leave(JsonWriter *w)
{
  w->innermost = w->innermost->outer;
  w->depth--;
}

/* --- containers -------------------------------------------------------------------------------------------------- */

static void add_line(JsonWriter *w, uint32_t depth)
{
  builder_add_unit(&w->out, '\n');
  StringView gap = string_view(w->cx->heap, w->gap);
  for (uint32_t k = 0; k < depth; k++)
    builder_add_view(&w->out, gap);
}

/* A value that nothing is asked of. False: it is not one of these, nothing was added. */
JS_INLINE bool json_write_simple(JsonWriter *w, JsValue val)
{
  StringBuilder *out = &w->out;
  if (js_is_string(val)) {
    json_quote(out, string_view(w->cx->heap, js_as_string(val)));
    js_keep_alive(val);
  } else if (js_is_int32(val)) {
    builder_add_int32(out, js_as_int32(val));
  } else if (js_is_boolean(val)) {
    builder_add_ascii(out, js_is_true(val) ? "true" : "false");
  } else if (js_is_null(val)) {
    builder_add_ascii(out, "null");
  } else {
    return false;
  }
  return true;
}

/* One property of an object: separator, name and value, or nothing when the value has no JSON form. */
static bool json_write_property(JsonWriter *w, JsObject *obj, JsKey key, JsValue val, bool *any)
{
  StringBuilder *out = &w->out;
  if (js_is_undefined(val) && js_is_undefined(w->replacer))
    return true;
  uint32_t mark = out->length;
  if (*any)
    builder_add_unit(out, ',');
  if (w->gap)
    add_line(w, w->depth);
  JsValue name = key_to_value(w->cx->heap, key);
  json_quote(out, string_view(w->cx->heap, js_as_string(name)));
  builder_add_unit(out, ':');
  if (w->gap)
    builder_add_unit(out, ' ');
  if (js_is_undefined(w->replacer) && json_write_simple(w, val)) {
    *any = true;
    return true;
  }
  w->innermost->key = key;
  w->innermost->by_index = false;
  bool written;
  TRY_OR(false, json_write(w, obj, name, val, &written));
  if (written)
    *any = true;
  else if (!out->failed)
    out->length = mark; /* take the name back */
  return true;
}

static bool json_write_listed(JsonWriter *w, JsObject *obj, JsElements *keys, bool are_values, bool *any)
{
  for (uint32_t k = 0; k < keys->length; k++) {
    JsValue raw = slot_get(keys->v[k]);
    JsKey key = are_values ? key_from_string(w->cx->heap, js_as_string(raw)) : key_from_raw_value(raw);
    JsValue val = TRY_OR(false, get_property(w->cx, obj, key));
    TRY_OR(false, json_write_property(w, obj, key, val, any));
  }
  return true;
}

/* FAST: see the file head. *done false: the object is not of that sort, nothing was written. */
static bool json_write_by_shape(JsonWriter *w, JsObject *obj, bool *any, bool *done)
{
  JsHeap *heap = w->cx->heap;
  JsShape *shape = object_shape(heap, obj);
  *done = false;
  if (obj->cell.kind != CELL_OBJECT || obj->cell.flags & (OBJECT_EXOTIC | OBJECT_LAZY) ||
      shape->cell.flags & SHAPE_DICTIONARY)
    return true;
  JsElements *elements = ptr_slot_get(obj->elements);
  if (elements && (elements->cell.kind != CELL_ELEMENTS || elements->length))
    return true;
  *done = true;
  uint32_t count = shape->count;
  for (uint32_t k = 0; k < count; k++) {
    JsPropertyTable *table = ptr_slot_get(shape->table);
    JsKey key = key_from_raw_value(slot_get(table->entries[k].key));
    uint32_t attrs = table->entries[k].attrs;
    if (key_is_none(key) || !key_is_atom(key) || !(attrs & PROP_ENUMERABLE))
      continue;
    JsValue val;
    if (object_shape(heap, obj) == shape && !(attrs & (PROP_ACCESSOR | PROP_LAZY)))
      val = slot_get(*object_slot(shape, obj, table->entries[k].slot));
    else
      val = TRY_OR(false, get_property(w->cx, obj, key));
    TRY_OR(false, json_write_property(w, obj, key, val, any));
  }
  return true;
}

/* SerializeJSONObject ( state, value )  ecma262#sec-serializejsonobject */
static bool json_write_object(JsonWriter *w, JsObject *obj)
{
  JsonLevel level;
  TRY_OR(false, json_enter(w, &level, obj));
  builder_add_unit(&w->out, '{');
  bool any = false, done = false;
  if (w->property_list) {
    TRY_OR(false, json_write_listed(w, obj, w->property_list, false, &any));
  } else {
    TRY_OR(false, json_write_by_shape(w, obj, &any, &done));
    if (!done) {
      JsElements *keys = TRY_OR(false, enumerable_own_properties(w->cx, obj, OWN_KEYS));
      TRY_OR(false, json_write_listed(w, obj, keys, true, &any));
    }
  }
  json_leave(w);
  if (any && w->gap)
    add_line(w, w->depth);
  builder_add_unit(&w->out, '}');
  return true;
}

/* SerializeJSONArray ( state, value )  ecma262#sec-serializejsonarray */
static bool json_write_array(JsonWriter *w, JsObject *array)
{
  JsonLevel level;
  TRY_OR(false, json_enter(w, &level, array));
  builder_add_unit(&w->out, '[');
  int64_t len;
  TRY_OR(false, length_of_array_like(w->cx, array, &len));
  for (int64_t k = 0; k < len; k++) {
    TRY_OR(false, js_poll(w->cx, 4));
    if (k)
      builder_add_unit(&w->out, ',');
    if (w->gap)
      add_line(w, w->depth);
    JsValue val = object_dense_get(array, (uint32_t)k);
    if (js_is_hole(val) || k > UINT32_MAX || array->cell.kind != CELL_ARRAY)
      val = TRY_OR(false, get_index(w->cx, array, k));
    if (js_is_undefined(w->replacer) && json_write_simple(w, val)) {
      if (w->out.failed)
        return true; /* builder_finish will throw: no use in going on */
      continue;
    }
    level.index = (uint32_t)k;
    level.by_index = true;
    bool written;
    TRY_OR(false, json_write(w, array, js_number_i64(k), val, &written));
    if (!written)
      builder_add_ascii(&w->out, "null");
    if (w->out.failed)
      return true; /* builder_finish will throw: no use in going on */
  }
  json_leave(w);
  if (len > 0 && w->gap)
    add_line(w, w->depth);
  builder_add_unit(&w->out, ']');
  return true;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

/* Steps 2 to 4 of SerializeJSONProperty: toJSON, the replacer, wrapper objects. key is the name, or an index number. */
static JsValue json_prepare(JsonWriter *w, JsObject *holder, JsValue key, JsValue val)
{
  JsContext *cx = w->cx;
  if (js_is_object(val) || js_is_bigint(val)) {
    JsValue to_json = js_is_object(val) ? get_property_cached(cx, js_as_object(val), KEY(cx->heap, toJSON))
                                        : get_v(cx, val, KEY(cx->heap, toJSON));
    if (js_is_exception(to_json))
      return to_json;
    if (js_is_callable(to_json)) {
      JsString *name = TRY(to_string(cx, key));
      val = TRY(js_call1(cx, to_json, val, js_from_cell(name)));
    }
  }
  if (!js_is_undefined(w->replacer)) {
    if (!holder) { /* the wrapper of the outermost value */
      holder = object_new(cx);
      TRY(create_data_property_or_throw(cx, holder, KEY(cx->heap, empty_name), val));
    }
    JsString *name = TRY(to_string(cx, key));
    val = TRY(js_call2(cx, w->replacer, js_from_object(holder), js_from_cell(name), val));
  }
  if (js_is_kind(val, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(val))->primitive);
    if (js_is_number(primitive))
      return to_number(cx, val);
    if (js_is_string(primitive))
      return js_from_cell(TRY(to_string(cx, val)));
    if (js_is_boolean(primitive) || js_is_bigint(primitive))
      return primitive;
  }
  return val;
}

/* SerializeJSONProperty ( state, key, holder )  ecma262#sec-serializejsonproperty, from step 2 on */
static bool json_write(JsonWriter *w, JsObject *holder, JsValue key, JsValue val, bool *written)
{
  JsContext *cx = w->cx;
  StringBuilder *out = &w->out;
  *written = true;
  if ((js_is_cell(val) && !js_is_string(val)) || !js_is_undefined(w->replacer))
    val = TRY_OR(false, json_prepare(w, holder, key, val));
  if (json_write_simple(w, val))
    return true;
  if (js_is_number(val)) {
    if (isfinite(js_as_double(val)))
      builder_add_double(out, js_as_double(val));
    else
      builder_add_ascii(out, "null");
  } else if (js_is_bigint(val)) {
    (void)throw_error(cx, JS_MSG_JSON_BIGINT);
    return false;
  } else if (js_is_object(val) && !js_is_callable(val)) {
    JsObject *obj = js_as_object(val);
    if (obj->cell.kind == CELL_RAW_JSON) {
      JsValue text = TRY_OR(false, get_property(cx, obj, key_from_c_string(cx->heap, "rawJSON")));
      builder_add_string(out, js_as_string(text));
      return true;
    }
    bool array;
    if (js_likely(obj->cell.kind == CELL_OBJECT))
      return json_write_object(w, obj);
    TRY_OR(false, is_array(cx, val, &array));
    return array ? json_write_array(w, obj) : json_write_object(w, obj);
  } else {
    *written = false;
  }
  return true;
}

/* --- JSON.stringify ---------------------------------------------------------------------------------------------- */

/* The property list of an array replacer: strings and numbers, each once, in order. */
static JsElements *json_property_list(JsContext *cx, JsObject *array)
{
  JsElements *list = TRY_OR(NULL, elements_new(cx->heap, 8));
  JsObject *seen = object_new_with_proto(cx, NULL);
  int64_t len;
  TRY_OR(NULL, length_of_array_like(cx, array, &len));
  for (int64_t k = 0; k < len; k++) {
    TRY_OR(NULL, js_poll(cx, 4));
    JsValue item = TRY_OR(NULL, get_index(cx, array, k));
    bool usable = js_is_string(item) || js_is_number(item);
    if (js_is_kind(item, CELL_PRIMITIVE_WRAPPER)) {
      JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(item))->primitive);
      usable = js_is_string(primitive) || js_is_number(primitive);
    }
    if (!usable)
      continue;
    JsKey key = key_from_string(cx->heap, TRY_OR(NULL, to_string(cx, item)));
    bool known;
    TRY_OR(NULL, has_own_property(cx, seen, key, &known));
    if (known)
      continue;
    TRY_OR(NULL, create_data_property_or_throw(cx, seen, key, JS_TRUE));
    list = TRY_OR(NULL, elements_push(cx, list, key_raw_value(key)));
  }
  return list;
}

/* The text of one level of indentation, at most ten units; NULL: none. False: exception. */
static bool json_gap(JsContext *cx, JsValue space, JsString **gap)
{
  *gap = NULL;
  if (js_is_kind(space, CELL_PRIMITIVE_WRAPPER)) {
    JsValue primitive = slot_get(((JsPrimitiveWrapper *)js_as_object(space))->primitive);
    if (js_is_number(primitive))
      space = TRY_OR(false, to_number(cx, space));
    else if (js_is_string(primitive))
      space = js_from_cell(TRY_OR(false, to_string(cx, space)));
  }
  if (js_is_number(space)) {
    double n = double_to_integer(js_number_value(space));
    if (n >= 1)
      *gap = string_from_latin1(cx->heap, "          ", n > 10 ? 10 : (size_t)n);
  } else if (js_is_string(space)) {
    JsString *text = js_as_string(space);
    if (text->length)
      *gap = text->length > 10 ? string_substring(cx->heap, text, 0, 10) : text;
  }
  return true;
}

JsValue json_stringify(JsContext *cx, JsValue val, JsValue replacer, JsValue space)
{
  JsonWriter w = {.cx = cx, .replacer = JS_UNDEFINED};
  if (js_is_callable(replacer)) {
    w.replacer = replacer;
  } else if (js_is_object(replacer)) {
    bool array;
    TRY(is_array(cx, replacer, &array));
    if (array)
      w.property_list = TRY(json_property_list(cx, js_as_object(replacer)));
  }
  TRY(json_gap(cx, space, &w.gap));
  builder_init(&w.out, cx);
  bool written;
  if (!json_write(&w, NULL, js_from_cell(string_empty(cx->heap)), val, &written)) {
    builder_discard(&w.out);
    return JS_EXCEPTION;
  }
  if (!written) {
    builder_discard(&w.out);
    return JS_UNDEFINED;
  }
  return js_from_cell(TRY(builder_finish(&w.out)));
}
