// SPDX-License-Identifier: MIT
/*
 * The instruction's source position points into the call expression; the text is scanned backwards and forwards over
 * one member chain. Whatever does not look like a plain chain is shown as V8 shows it: (intermediate value).
 */
#include "interp/call_site.h"

#include "bytecode/code.h"
#include "interp/frame.h"

static bool is_name_unit(uint16_t c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         c == '#' || c > 0x7F;
}

/* From the first unit of the last name back over `a.b[c].` chains: where the chain starts. */
static uint32_t chain_start(StringView text, uint32_t at, bool *intermediate)
{
  *intermediate = false;
  for (;;) {
    uint32_t k = at;
    if (k == 0 || view_unit(text, k - 1) != '.')
      return at;
    k--;
    if (k && view_unit(text, k - 1) == '?')
      k--;
    uint32_t end = k;
    while (k && is_name_unit(view_unit(text, k - 1)))
      k--;
    if (k == end) {
      *intermediate = true;
      return at;
    }
    at = k;
  }
}

JsString *call_site_text(JsContext *cx, bool construct)
{
  JsFrame *frame = cx->frame;
  if (!frame || (cx->native_frame && cx->native_frame->caller == frame))
    return NULL;
  JsValue script_val = slot_get(frame->code->script);
  if (!js_is_kind(script_val, CELL_SCRIPT))
    return NULL;
  JsString *source = ptr_slot_get(((JsScript *)js_as_cell(script_val))->source);
  if (!source)
    return NULL;
  StringView text = string_view(cx->heap, source);
  uint32_t at = code_position(frame->code, (uint32_t)(frame->pc - frame->code->units));
  if (construct) {
    static const char word[] = "new";
    uint32_t k = 0;
    while (k < 3 && at + k < text.length && view_unit(text, at + k) == (uint16_t)word[k])
      k++;
    if (k == 3) {
      at += 3;
      while (at < text.length && view_unit(text, at) <= ' ')
        at++;
    }
  }
  uint32_t end = at;
  while (end < text.length && is_name_unit(view_unit(text, end)))
    end++;
  if (end == at)
    return NULL;
  while (end + 1 < text.length && view_unit(text, end) == '.' && is_name_unit(view_unit(text, end + 1))) {
    end++;
    while (end < text.length && is_name_unit(view_unit(text, end)))
      end++;
  }
  if (end < text.length && view_unit(text, end) == '[')
    return NULL;
  bool intermediate;
  uint32_t start = chain_start(text, at, &intermediate);
  JsString *chain = string_substring(cx->heap, source, start, end);
  if (!intermediate)
    return chain;
  JsString *text_string = string_concat(cx, string_from_c_string(cx->heap, "(intermediate value)."), chain);
  if (!text_string)
    (void)take_exception(cx);
  return text_string;
}
