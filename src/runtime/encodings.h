// SPDX-License-Identifier: MIT
/*
 * Buffer's encodings: text out of bytes and bytes out of text, in one place for every binding that is given an
 * encoding. The numbers are those of encodingsMap in lib/internal/util.js.
 */
#ifndef RUNTIME_ENCODINGS_H
#define RUNTIME_ENCODINGS_H

#include "culm/js.h"

typedef enum RtEncoding {
  RT_ASCII,
  RT_UTF8,
  RT_BASE64,
  RT_UTF16LE,
  RT_LATIN1,
  RT_HEX,
  RT_BUFFER,
  RT_BASE64URL,
} RtEncoding;

/* A string; JS_EXCEPTION when it would be too long. */
JsValue rt_decode_bytes(JsContext *cx, RtEncoding encoding, const uint8_t *bytes, size_t length);
/* An upper bound of what rt_encode_string writes. */
size_t rt_encoded_size(JsContext *cx, RtEncoding encoding, JsValue string);
/* Whole characters only, at most cap bytes; returns the count. */
size_t rt_encode_string(JsContext *cx, RtEncoding encoding, JsValue string, uint8_t *out, size_t cap);

#endif
