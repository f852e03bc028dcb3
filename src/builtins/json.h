// SPDX-License-Identifier: MIT
/* JSON text and values, for the JSON object and for C callers (modules that are JSON, host code). */
#ifndef BUILTINS_JSON_H
#define BUILTINS_JSON_H

#include "builtins/builtin.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ParseJSON: the value, or a SyntaxError in V8's words. records (may be NULL) gets the tree of parse records that a
 * reviver's context.source needs: for a primitive [value, source text], for an array [array, record ...], for an object
 * [object, raw key, record ...]. Nesting costs no C stack. */
JS_MUST_USE JsValue json_parse(JsContext *cx, JsString *text, JsElements **records);

/* JSON.stringify with all its arguments; undefined when the value has no JSON form. */
JS_MUST_USE JsValue json_stringify(JsContext *cx, JsValue val, JsValue replacer, JsValue space);

/* QuoteJSONString ( value )  ecma262#sec-quotejsonstring */
void json_quote(StringBuilder *b, StringView text);

/* Objects made by JSON.rawJSON are of kind CELL_RAW_JSON. */

#ifdef __SSE2__
/* Of 16 characters: which are quotes, backslashes or control characters. */
JS_INLINE __m128i json_special(const uint8_t *chars)
{
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), last_control = _mm_set1_epi8(31);
  __m128i text = _mm_loadu_si128((const __m128i *)chars);
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(text, last_control), text);
  return _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, backslash)));
}
#endif

/* How many characters from the start stand in a JSON string as they are: no quote, backslash or control character. */
JS_INLINE uint32_t json_plain_prefix(const uint8_t *chars, uint32_t len)
{
  uint32_t k = 0;
#ifdef __SSE2__
  for (; k + 16 <= len; k += 16) {
    int found = _mm_movemask_epi8(json_special(chars + k));
    if (found)
      return k + (uint32_t)__builtin_ctz((unsigned)found);
    /* Long texts go by four at a time. */
    while (k + 80 <= len &&
           !_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(json_special(chars + k + 16), json_special(chars + k + 32)),
                                           _mm_or_si128(json_special(chars + k + 48), json_special(chars + k + 64)))))
      k += 64;
  }
#endif
  while (k < len && chars[k] >= 0x20 && chars[k] != '"' && chars[k] != '\\')
    k++;
  return k;
}

#endif
