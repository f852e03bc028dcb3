// SPDX-License-Identifier: MIT
/* GetSubstitution: the replacement templates of String.prototype.replace and RegExp.prototype[Symbol.replace]. */
#include "builtins/regexp.h"

static StringView view_part(StringView view, uint32_t from, uint32_t to)
{
  size_t unit = view.is_wide ? 2 : 1;
  return (StringView){(const char *)view.units + from * unit, to - from, view.is_wide};
}

/* Capture `group` (1 .. count); nothing when it took no part. */
static void add_capture(JsContext *cx, StringBuilder *out, const Substitution *sub, StringView str, uint32_t group)
{
  if (sub->ranges) {
    int32_t from = sub->ranges[2 * group], to = sub->ranges[2 * group + 1];
    if (from >= 0)
      builder_add_view(out, view_part(str, (uint32_t)from, (uint32_t)to));
    return;
  }
  JsValue val = slot_get(sub->values[group - 1]);
  if (js_is_string(val))
    builder_add_string(out, js_as_string(val));
}

/* $<name>: `name` is the key. */
static bool add_named(JsContext *cx, StringBuilder *out, const Substitution *sub, StringView str, JsKey name)
{
  if (sub->ranges) { /* FAST: the groups object would be fresh and without a prototype */
    JsElements *names = ptr_slot_get(sub->compiled->names);
    for (uint32_t k = 0; k < names->length; k += 2) {
      int32_t group = js_as_int32(slot_get(names->v[k + 1]));
      if (key_equals(key_from_raw_value(slot_get(names->v[k])), name) && sub->ranges[2 * group] >= 0)
        add_capture(cx, out, sub, str, (uint32_t)group);
    }
    return true;
  }
  JsValue val = TRY_OR(false, get_property(cx, js_as_object(sub->named), name));
  if (!js_is_undefined(val))
    builder_add_string(out, TRY_OR(false, to_string(cx, val)));
  return true;
}

static bool has_named(const Substitution *sub)
{
  return sub->ranges ? sub->compiled && ptr_slot_get(sub->compiled->names) : js_is_object(sub->named);
}

/* $1 .. $99 at `at` (the dollar): how many units it takes, 0 if it names no group. */
static uint32_t parse_group(StringView text, uint32_t at, uint32_t count, uint32_t *group)
{
  uint32_t first = at + 1 < text.length ? view_unit(text, at + 1) - (uint32_t)'0' : 10;
  uint32_t second = at + 2 < text.length ? view_unit(text, at + 2) - (uint32_t)'0' : 10;
  if (first >= 10)
    return 0;
  *group = first * 10 + second;
  if (second < 10 && *group >= 1 && *group <= count)
    return 3;
  *group = first;
  return first >= 1 && first <= count ? 2 : 0;
}

/* GetSubstitution ( matched, str, position, captures, namedCaptures, replacementTemplate )  ecma262#sec-getsubstitution
 */
bool get_substitution(JsContext *cx, StringBuilder *out, const Substitution *sub, JsString *replacement)
{
  StringView text = string_view(cx->heap, replacement), str = string_view(cx->heap, sub->str);
  uint32_t done = 0; /* text before it is out */
  for (uint32_t k = 0; k + 1 < text.length;) {
    if (view_unit(text, k) != '$') {
      k++;
      continue;
    }
    uint16_t next = view_unit(text, k + 1);
    uint32_t width = 2, group;
    builder_add_view(out, view_part(text, done, k));
    done = k;
    if (next == '$') {
      builder_add_unit(out, '$');
    } else if (next == '&') {
      if (sub->matched)
        builder_add_string(out, sub->matched);
      else
        builder_add_view(out, view_part(str, sub->position, sub->position + sub->matched_length));
    } else if (next == '`') {
      builder_add_view(out, view_part(str, 0, sub->position));
    } else if (next == '\'') {
      uint64_t tail = (uint64_t)sub->position + sub->matched_length;
      if (tail < str.length)
        builder_add_view(out, view_part(str, (uint32_t)tail, str.length));
    } else if (next == '<' && has_named(sub)) {
      int64_t close = k + 2;
      while (close < text.length && view_unit(text, (uint32_t)close) != '>')
        close++;
      if (close >= text.length) {
        k += 2;
        continue;
      }
      JsString *name = string_substring(cx->heap, replacement, k + 2, (uint32_t)close);
      TRY_OR(false, add_named(cx, out, sub, str, key_from_string(cx->heap, name)));
      width = (uint32_t)close + 1 - k;
    } else {
      width = parse_group(text, k, sub->count, &group);
      if (!width) {
        k++;
        continue;
      }
      add_capture(cx, out, sub, str, group);
    }
    k += width;
    done = k;
  }
  builder_add_view(out, view_part(text, done, text.length));
  js_keep_alive(js_from_cell(replacement));
  js_keep_alive(js_from_cell(sub->str));
  return true;
}
